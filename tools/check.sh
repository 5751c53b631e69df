#!/usr/bin/env bash
# Formatting, clang-tidy and shellcheck. With --all clang-tidy reads every source, otherwise those
# that differ from origin/main, or from the commit before when there is no such branch.
set -euo pipefail

changed_files() {
    local base
    base=$(git merge-base HEAD origin/main 2>/dev/null || true)
    if [[ -z $base || $base == "$(git rev-parse HEAD)" ]]; then
        base=$(git rev-parse --verify --quiet HEAD~1 || git hash-object -t tree /dev/null)
    fi
    git diff --name-only --diff-filter=d "$base"
    git ls-files --others --exclude-standard
}

# The sources to read: a header is read through the source of its name.
sources() {
    if [[ $1 == --all ]]; then
        git ls-files '*.cpp'
    else
        changed_files | sed -n -E 's/\.(cpp|hpp)$/.cpp/p' | sort -u |
            while read -r file; do [[ ! -f $file ]] || echo "$file"; done
    fi
}

echo "check: formatting"
git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-19 --dry-run -Werror

echo "check: shell scripts"
{
    echo dev
    echo .ci/run
    git ls-files '*.sh'
} | xargs shellcheck

mapfile -t files < <(sources "${1:-changed}")
echo "check: clang-tidy on ${#files[@]} files"
# A configuration of its own: without precompiled headers nothing needs to be built first, and a
# file that lacks an include is found.
cmake --preset dev -B build/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
if [[ ${#files[@]} -gt 0 ]]; then
    printf '%s\0' "${files[@]}" |
        xargs -0 -n 1 -P "${JOBS:-2}" clang-tidy-19 --quiet -p build/tidy 2>&1 |
        { grep -v 'warnings\? generated\.$' || true; }
fi
