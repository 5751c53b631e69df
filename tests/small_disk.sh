#!/usr/bin/env bash
# Runs a command with TMPDIR and STRIKEOFF_SMALL_DISK naming a disk of 384 MiB that goes with it. As
# root it is mounted for this command alone; others need a kernel that lets them make user
# namespaces, and fail without one.
set -euo pipefail
directory=$(mktemp -d /tmp/strikeoff-disk-XXXXXX)
trap 'rmdir "$directory"' EXIT
export STRIKEOFF_SMALL_DISK=$directory TMPDIR=$directory
# shellcheck disable=SC2016 # Expanded by the inner shell.
mount='mount -t tmpfs -o size=384m,mode=0755 none "$TMPDIR" && exec "$@"'
if [[ $(id -u) == 0 ]]; then
    unshare --mount bash -c "$mount" bash "$@"
else
    # PostgreSQL does not run as root, also as one that is root in its own namespace only.
    unshare --user --map-root-user --mount bash -c "$mount" bash \
        unshare --user --map-user="$(id -u)" --map-group="$(id -g)" "$@"
fi
