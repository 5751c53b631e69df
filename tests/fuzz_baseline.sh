#!/usr/bin/env bash
# Feeds tools/fuzz_baseline.sh with figures, as ./dev fuzz does after each target.
set -euo pipefail
cd "$(dirname "$0")/.."
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
baseline=$directory/coverage.txt
faults=0

fault() { echo "FAILED $*"; faults=1; }
compare() { tools/fuzz_baseline.sh "$baseline" "$@" 2>"$directory/said"; }
passes() { compare "$@" || fault "$*: $(cat "$directory/said")"; }
# refuses WORDS TARGET FIGURE: fails, and names the target and what is wrong.
refuses() {
    local words=$1 status=0
    shift
    compare "$@" || status=$?
    [[ $status == 1 ]] || fault "$*: exit code $status"
    grep -qF -- "$words" "$directory/said" || fault "$*: said '$(cat "$directory/said")'"
    grep -qF -- "$1" "$directory/said" || fault "$*: the target is not named"
}

printf '%s\n' 'csv_fuzz 93.50' 'json_fuzz 100.00' 'sale_files_fuzz 9.75' >"$baseline"
passes csv_fuzz 93.50
passes csv_fuzz 97.12
passes csv_fuzz 91.50 # Two points are no fall.
passes json_fuzz 100
passes sale_files_fuzz 10.01
refuses 'reaches 91.49 % of the regions, 93.50 % before' csv_fuzz 91.49
refuses 'reaches 9.99 % of the regions, 100.00 % before' json_fuzz 9.99
refuses 'reaches 0 % of the regions' csv_fuzz 0
refuses 'has no figure' files_fuzz 99.00 # Its name ends another's.
refuses 'has no figure' csv 99.00
refuses 'nothing was measured' csv_fuzz ''
refuses 'nothing was measured' csv_fuzz -

UPDATE_BASELINE=1 passes csv_fuzz 80.00
UPDATE_BASELINE=1 passes bids_fuzz 50.25
UPDATE_BASELINE=1 refuses 'nothing was measured' csv_fuzz ''
wanted=$'bids_fuzz 50.25\ncsv_fuzz 80.00\njson_fuzz 100.00\nsale_files_fuzz 9.75'
[[ $(cat "$baseline") == "$wanted" ]] || fault "written: $(cat "$baseline")"
passes bids_fuzz 50.25

# Every target has a figure to fall from, and every figure is one of a target.
for source in fuzz/*_fuzz.cpp; do
    name=$(basename "$source" .cpp)
    tools/fuzz_baseline.sh fuzz/coverage.txt "$name" 100 || fault "$name"
done
while read -r name _; do
    [[ -f fuzz/$name.cpp ]] || fault "$name has a figure and is no target"
done <fuzz/coverage.txt
exit "$faults"
