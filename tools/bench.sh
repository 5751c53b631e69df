#!/usr/bin/env bash
# tools/bench.sh [WHAT]: with WHAT runs tools/bench_WHAT.sh or the benchmark program WHAT_bench,
# without it all of them.
set -euo pipefail

programs=()
for source in bench/*_bench.cpp; do
    name=$(basename "$source" .cpp)
    [[ $# == 0 || $name == "$1_bench" ]] && programs+=("$name")
done
scripts=()
for script in tools/bench_*.sh; do
    [[ -f $script ]] || continue
    [[ $# == 0 || $script == "tools/bench_$1.sh" ]] && scripts+=("$script")
done
if [[ ${#programs[@]} == 0 && ${#scripts[@]} == 0 ]]; then
    echo "bench: there is neither tools/bench_${1:-}.sh nor bench/${1:-}_bench.cpp" >&2
    exit 2
fi
[[ $# == 0 ]] || shift

cmake --preset release >/dev/null
cmake --build --preset release -j "${JOBS:-2}" --target strikeoff "${programs[@]}"
for name in "${programs[@]}"; do
    "build/release/bench/$name" "$@"
done
for script in "${scripts[@]}"; do
    "$script" "$@"
done
