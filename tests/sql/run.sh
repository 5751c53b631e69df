#!/bin/sh
# Runs the SQL tests in a scratch cluster under DIR (default: a new temporary directory).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:-$(mktemp -d /tmp/strikeoff-sql-XXXXXX)}
bin=${PG_BIN:-$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

run() { # user, options..., script on standard input
    user=$1
    shift
    as_postgres "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$dir/socket" -U "$user" -d strikeoff "$@"
}

"$here/scratch_cluster.sh" start "$dir"
trap '"$here/scratch_cluster.sh" stop "$dir"; rm -rf "$dir"' EXIT
"$here/scratch_cluster.sh" migrate "$dir"

run strikeoff_owner -1 <"$here/fixture.sql"
run strikeoff_owner <"$here/schema_test.sql"
run strikeoff_owner <"$here/journal_test.sql"
run postgres <"$here/access_test.sql"
run postgres <"$here/books_test.sql"
run postgres <"$here/epoch_test.sql"
run strikeoff_owner -1 <"$here/../../migrations/test_clock.sql"
run strikeoff_owner <"$here/journal_test.sql"
echo ok
