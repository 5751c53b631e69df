#!/bin/bash
# Shows that tests catch bugs: every patch beside this script plants one in a copy of the sources,
# and the test named in its first line (`# Test: Suite.name`) must then fail. It stands in
# property_tests, or in the program that a second line names (`# Program: desk_tests`). Exits 0 when
# all of them do. With arguments, only the patches of these names: run.sh budget_not_spent
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$here/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

mkdir -p "$copy/tests"
cp -r "$tree/src" "$tree/cmake" "$copy/"
cp -r "$tree/tests/support" "$tree/tests/mutations" "$tree/tests/data" "$copy/tests/"

cmake -S "$copy/tests/mutations" -B "$copy/build" -G Ninja -DCMAKE_CXX_FLAGS="-O1" \
    -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 >"$copy/cmake.log" \
    || { cat "$copy/cmake.log"; exit 1; }

build() { # programs...
    ninja -C "$copy/build" -j"${JOBS:-2}" "$@" >"$copy/build.log" 2>&1 \
        || { tail -30 "$copy/build.log"; exit 1; }
}

test_of() { sed -n '1s/^# Test: //p' "$1"; }
program_of() {
    local named
    named=$(sed -n '2s/^# Program: //p' "$1")
    echo "${named:-property_tests}"
}

patches=()
if [ $# -eq 0 ]; then
    patches=("$here"/*.patch)
else
    for name in "$@"; do patches+=("$here/${name%.patch}.patch"); done
fi
declare -A filters
for patch in "${patches[@]}"; do
    test=$(test_of "$patch")
    [ -n "$test" ] || { echo "$patch: the first line must be '# Test: Suite.name'"; exit 1; }
    filters[$(program_of "$patch")]+="$test:"
done

build "${!filters[@]}"
for program in "${!filters[@]}"; do
    if ! "$copy/build/$program" --gtest_filter="${filters[$program]}" >"$copy/test.log" 2>&1; then
        cat "$copy/test.log"
        echo "the tests of $program do not pass without a mutation"
        exit 1
    fi
done

survived=0
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    test=$(test_of "$patch")
    program=$(program_of "$patch")
    patch --quiet -p1 -d "$copy" <"$patch"
    build "$program"
    run=("$copy/build/$program" --gtest_filter="$test")
    if ! "${run[@]}" --gtest_list_tests | grep -q '^  '; then
        echo "NO TEST   $name: $test does not exist"
        survived=1
    elif timeout 300 "${run[@]}" >"$copy/test.log" 2>&1; then
        echo "SURVIVED  $name: $test passes"
        survived=1
    elif ! grep -qF "[  FAILED  ] $test" "$copy/test.log"; then
        # A crash or a run out of time shows nothing about the property.
        echo "BROKE     $name: $test did not finish"
        tail -3 "$copy/test.log" | sed 's/^/          /'
        survived=1
    else
        echo "caught    $name: $test"
        sed -n '/Failure$/{n;/^Failed$/n;p;q}' "$copy/test.log" | sed 's/^/          /'
    fi
    patch --quiet --reverse -p1 -d "$copy" <"$patch"
done
exit $survived
