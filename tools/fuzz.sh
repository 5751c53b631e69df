#!/usr/bin/env bash
# tools/fuzz.sh [TARGET]: runs the fuzz targets, FUZZ_SECONDS each. What a run learns stays in
# build/fuzz-corpus; inputs worth keeping are moved to fuzz/corpus/TARGET by hand.
set -euo pipefail

targets=()
for source in fuzz/*_fuzz.cpp; do
    [[ -f $source ]] || continue
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
for name in "${targets[@]}"; do
    mkdir -p "build/fuzz-corpus/$name" build/fuzz-findings
    corpora=("build/fuzz-corpus/$name")
    [[ -d fuzz/corpus/$name ]] && corpora+=("fuzz/corpus/$name")
    echo "fuzz: $name"
    "build/fuzz/fuzz/$name" -max_total_time="${FUZZ_SECONDS:-60}" -print_final_stats=1 \
        -timeout=10 -artifact_prefix="build/fuzz-findings/$name-" "${corpora[@]}"
done
