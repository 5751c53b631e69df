#!/usr/bin/env bash
# Proves the two commands of the README on a machine that has nothing: a Debian 12 made with
# debootstrap in build/fresh, a clone of HEAD in it, and there `./dev demo --once` and `./dev test`.
# Needs root. The base system is kept in build/fresh/base.tar for the next run.
set -euo pipefail

directory=$PWD/build/fresh
root=$directory/root

# The mirror of this machine, so that the new one is made from what can be reached.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
        2>/dev/null | sed -n -E -e 's/^URIs: *([^ ]+).*/\1/p' \
        -e 's/^deb +(\[[^]]*\] +)?([^ ]+) +bookworm .*/\2/p' | grep -v security | head -n 1
}

# In mounts of its own: debootstrap leaves its /proc mounted, which is no part of the base and must
# not be there when the directory is removed.
make_base() {
    local from
    from=$(mirror || true)
    rm -rf --one-file-system "$root"
    debootstrap --variant=minbase --include=ca-certificates bookworm "$root" \
        "${from:-http://deb.debian.org/debian}"
    rm -f "$root"/var/cache/apt/archives/*.deb
    tar -C "$root" --one-file-system -cf "$directory/base.tar.new" .
    mv "$directory/base.tar.new" "$directory/base.tar"
}

# How this machine reaches the registry: names, sources, proxies, certificates. No passwords:
# auth.conf stays behind.
carry_network() {
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    rm -f "$root/etc/apt/sources.list"
    local file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
        [[ -f $file ]] && cp "$file" "$root$file"
    done
    for file in /etc/apt/apt.conf.d/*; do
        ! grep -q '^ *Acquire' "$file" || cp "$file" "$root$file"
    done
    cp -r /etc/apt/keyrings /etc/apt/trusted.gpg.d "$root/etc/apt/" 2>/dev/null || true
    cp -r /usr/share/keyrings "$root/usr/share/"
    cp -r /usr/local/share/ca-certificates "$root/usr/local/share/"
    chroot "$root" update-ca-certificates >/dev/null
}

# Runs in namespaces of its own: mounts and processes end with it, whatever happens.
inside() {
    mount --bind "$root" "$root" # A root is the root of a mount, which some programs count on.
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=0755 tmpfs "$root/run"
    local variables=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 JOBS="${JOBS:-2}")
    local name
    for name in http_proxy https_proxy no_proxy; do
        [[ -z ${!name:-} ]] || variables+=("$name=${!name}")
    done
    local command
    for command in "./dev demo --once" "./dev test"; do
        echo "fresh: $command"
        env -i "${variables[@]}" chroot "$root" sh -ec "cd /root/strikeoff && $command" </dev/null
    done
    echo "fresh: both commands pass on a bare Debian 12"
}

case ${1:-} in
inside | make_base)
    "$1"
    exit
    ;;
esac
if [[ $(id -u) != 0 ]]; then
    echo "check --fresh: only root can make a Debian to chroot into" >&2
    exit 2
fi
mkdir -p "$directory"
if ! command -v debootstrap >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends debootstrap
fi
[[ -f $directory/base.tar ]] || unshare --mount --propagation private "$0" make_base
rm -rf --one-file-system "$root"
mkdir "$root"
tar -C "$root" -xf "$directory/base.tar"
carry_network
git clone --quiet --no-hardlinks . "$root/root/strikeoff"
exec unshare --mount --pid --fork --propagation private "$0" inside
