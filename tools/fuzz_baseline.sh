#!/usr/bin/env bash
# tools/fuzz_baseline.sh BASELINE TARGET FIGURE: holds the per cent of regions that a target's corpus
# reaches against the line `TARGET FIGURE` of the file BASELINE. Exits 1 when it fell, when the file
# has no such line, or when the figure is none. UPDATE_BASELINE=1 writes the figure there instead.
set -euo pipefail

drop_max=2.0 # Points of a per cent: a line more or less in a small file is no regression.
baseline=$1 name=$2 figure=$3

if ! [[ $figure =~ ^[0-9]+(\.[0-9]+)?$ ]]; then
    echo "fuzz: $name: '$figure' is no figure: nothing was measured" >&2
    exit 1
fi
if [[ ${UPDATE_BASELINE:-0} == 1 ]]; then
    { awk -v name="$name" '$1 != name' "$baseline"; echo "$name $figure"; } |
        LC_ALL=C sort >"$baseline.new"
    mv "$baseline.new" "$baseline"
    exit 0
fi
before=$(awk -v name="$name" '$1 == name { print $2 }' "$baseline")
if [[ -z $before ]]; then
    echo "fuzz: $name has no figure in $baseline; UPDATE_BASELINE=1 writes it" >&2
    exit 1
fi
if awk -v now="$figure" -v before="$before" -v drop="$drop_max" \
    'BEGIN { exit !(now < before - drop) }'; then
    echo "fuzz: $name: its corpus reaches $figure % of the regions, $before % before." \
        "If the code is right, renew the corpus (docs/DEVELOPMENT.md)," \
        "then write the figure with UPDATE_BASELINE=1" >&2
    exit 1
fi
