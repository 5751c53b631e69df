#!/usr/bin/env bash
# tools/fuzz.sh [TARGET]: runs the fuzz targets, FUZZ_SECONDS each, then measures how much of the
# files that a target names in its lines `// Covers:` its corpus reaches, and holds the figure
# against fuzz/coverage.txt (fuzz_baseline.sh). UPDATE_BASELINE=1 writes the figures there. What a
# run learns stays in build/fuzz-corpus; docs/DEVELOPMENT.md says how inputs worth keeping get into
# fuzz/corpus.
set -euo pipefail

targets=()
for source in fuzz/*_fuzz.cpp; do
    name=$(basename "$source" .cpp)
    [[ $# == 0 || $name == "$1" || $name == "$1_fuzz" ]] && targets+=("$name")
done
if [[ ${#targets[@]} == 0 ]]; then
    echo "fuzz: no target ${1:-fuzz/*_fuzz.cpp}: nothing was run" >&2
    exit 2
fi

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "${JOBS:-2}" --target "${targets[@]}"
export ASAN_OPTIONS=detect_leaks=1:halt_on_error=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
mkdir -p build/fuzz-coverage build/fuzz-findings

# coverage NAME CORPUS...: the per cent of regions that the inputs reach.
coverage() {
    local name=$1 program=build/fuzz/fuzz/$1 profile=build/fuzz-coverage/$1 files
    shift
    mapfile -t files < <(sed -n 's,^// Covers: ,,p' "fuzz/$name.cpp" | tr ' ' '\n')
    if [[ ${#files[@]} == 0 ]]; then
        echo "fuzz: fuzz/$name.cpp does not say what it covers" >&2
        return 1
    fi
    LLVM_PROFILE_FILE=$profile.raw "$program" -runs=0 "$@" 2>"$profile.log" ||
        { cat "$profile.log" >&2; return 1; }
    llvm-profdata-19 merge -sparse -o "$profile.profile" "$profile.raw"
    llvm-cov-19 report "$program" -instr-profile="$profile.profile" "${files[@]}" \
        >"$profile.txt"
    awk '/^TOTAL/ { sub("%", "", $4); print $4 }' "$profile.txt"
}

failed=()
for name in "${targets[@]}"; do
    learned=build/fuzz-corpus/$name
    kept=fuzz/corpus/$name
    mkdir -p "$learned" "$kept"
    echo "fuzz: $name"
    LLVM_PROFILE_FILE=/dev/null "build/fuzz/fuzz/$name" -max_total_time="${FUZZ_SECONDS:-60}" \
        -print_final_stats=1 -timeout=10 -artifact_prefix="build/fuzz-findings/$name-" \
        "$learned" "$kept" || { failed+=("$name: a finding in build/fuzz-findings"); continue; }
    figure=$(coverage "$name" "$kept")
    echo "fuzz: $name: the corpus reaches $figure % of the regions, with what was learned" \
        "$(coverage "$name" "$kept" "$learned") %"
    tools/fuzz_baseline.sh fuzz/coverage.txt "$name" "$figure" ||
        failed+=("$name: the coverage fell, or has no baseline")
done
if [[ ${#failed[@]} -gt 0 ]]; then
    printf 'fuzz: FAILED %s\n' "${failed[@]}" >&2
    exit 1
fi
