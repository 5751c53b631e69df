#!/usr/bin/env bash
# tests/openapi.sh STRIKEOFF: the API's document passes a public validator, and broken ones do not.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
directory=$(mktemp -d /tmp/strikeoff-openapi-XXXXXX)
trap 'rm -rf "$directory"' EXIT
check() { node tools/openapi/check.mjs "$1"; }

"$1" openapi >"$directory/openapi.json"
check "$directory/openapi.json"

# Each of these takes one thing out of place: a check that lets it pass checks nothing.
breakages=(
    's/"responses":/"response":/'
    's/"in":"path"/"in":"road"/'
    's/"type":"integer"/"type":"number of"/'
    's/"pattern":"[^"]*"/"pattern":"("/'
    's/"example":{"status":"[a-z]*"/"example":{"status":7/'
    's/"reason":"bid.rate_off_step"/"reason":"bid.rate_of_step"/'
)
for breakage in "${breakages[@]}"; do
    sed "$breakage" "$directory/openapi.json" >"$directory/broken.json"
    if cmp -s "$directory/openapi.json" "$directory/broken.json"; then
        echo "openapi: $breakage changes nothing" >&2
        exit 1
    fi
    if check "$directory/broken.json" >"$directory/log" 2>&1; then
        echo "openapi: the check lets $breakage pass" >&2
        exit 1
    fi
done
echo "openapi: ${#breakages[@]} broken documents were found out"
