#!/bin/sh
# Runs the migrations in a private PostgreSQL cluster, for the SQL tests beside this file.
#   scratch_cluster.sh start|migrate|stop DIR
# `migrate` makes the database strikeoff anew; afterwards connect with psql -h DIR/socket.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
migrations="$here/../../migrations"
bin=${PG_BIN:-$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)}
command=${1:?start, migrate or stop}
dir=${2:?a directory}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

run_sql() { # user database file
    as_postgres "$bin/psql" -X -q -1 -v ON_ERROR_STOP=1 -h "$dir/socket" -U "$1" -d "$2" <"$3"
}

case $command in
start)
    mkdir -p "$dir/socket"
    if [ "$(id -u)" = 0 ]; then chown -R postgres "$dir"; fi
    as_postgres "$bin/initdb" -D "$dir/data" -k -A trust -U postgres -E UTF8 \
        --locale=C.UTF-8 >/dev/null
    as_postgres "$bin/pg_ctl" -D "$dir/data" -w -s -l "$dir/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$dir/socket'" start
    ;;
migrate)
    as_postgres "$bin/psql" -X -q -h "$dir/socket" -U postgres -d postgres \
        -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS strikeoff WITH (FORCE)'
    run_sql postgres postgres "$migrations/roles.sql"
    as_postgres "$bin/psql" -X -q -h "$dir/socket" -U postgres -d postgres \
        -c 'CREATE DATABASE strikeoff OWNER strikeoff_owner'
    for file in "$migrations"/[0-9]*.sql; do
        run_sql strikeoff_owner strikeoff "$file" || { echo "failed: $file" >&2; exit 1; }
    done
    ;;
stop)
    as_postgres "$bin/pg_ctl" -D "$dir/data" -w -s -m fast stop
    ;;
*)
    echo "unknown command $command" >&2
    exit 2
    ;;
esac
