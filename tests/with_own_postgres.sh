#!/usr/bin/env bash
# Runs a command with STRIKEOFF_TEST_DATABASE naming a PostgreSQL of the operator's own: a cluster
# that Strikeoff did not make, reached by URL as a login that may create roles.
set -euo pipefail
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
directory=$(mktemp -d /tmp/strikeoff-own-XXXXXX)
run=()
if [[ $(id -u) == 0 ]]; then
    chown postgres "$directory"
    run=(runuser -u postgres --)
fi
finish() {
    "${run[@]}" "$bin/pg_ctl" stop -s -m fast -D "$directory/pg" || true
    rm -rf "$directory"
}
trap finish EXIT
cd /
"${run[@]}" "$bin/initdb" -D "$directory/pg" -U dba --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
"${run[@]}" "$bin/pg_ctl" start -s -w -D "$directory/pg" -l "$directory/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$directory' -c max_connections=200"
"${run[@]}" "$bin/createdb" -h "$directory" -U dba own
host=${directory//\//%2F}
STRIKEOFF_TEST_DATABASE="postgresql://dba@$host/own" "$@"
