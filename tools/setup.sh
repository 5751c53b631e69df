#!/usr/bin/env bash
# Installs the Debian packages that are missing; says and does nothing when none is.
set -euo pipefail

packages=(
    # Compiler and build.
    git ca-certificates curl
    clang-19 clang-tidy-19 clang-format-19 lld-19 libclang-rt-19-dev llvm-19
    cmake ninja-build ccache pkg-config shellcheck
    # Libraries. Boost's JSON and URL are not in its -all-dev package.
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
    libpq-dev libsodium-dev libssl-dev libfmt-dev libspdlog-dev libcli11-dev
    libhowardhinnant-date-dev zlib1g-dev libjemalloc-dev prometheus-cpp-dev
    libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev
    # What runs beside the service. The time-zone library reads the files of tzdata.
    postgresql-15 tzdata
)

missing_packages() {
    local installed package
    # dpkg-query fails when one of the names is unknown to it, which is what we ask.
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null ||
        true)
    for package in "${packages[@]}"; do
        grep -qxF "installed $package" <<<"$installed" || echo "$package"
    done
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "dev setup: packages are missing and only root can install them: ${missing[*]}" >&2
        exit 1
    fi
}

install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "dev setup: this is not Debian; what Strikeoff needs is listed in tools/setup.sh" >&2
    exit 1
fi

mapfile -t missing < <(missing_packages)
[[ ${#missing[@]} == 0 ]] && exit 0
echo "dev setup: installing ${missing[*]}"
as_root apt-get update -qq

# Debian's package makes and starts a cluster of its own when it is first installed. Strikeoff runs
# a private one, so the package is told not to. A PostgreSQL that is already here keeps its clusters.
if printf '%s\n' "${missing[@]}" | grep -qx 'postgresql-15'; then
    install postgresql-common
    as_root sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
fi
install "${missing[@]}"
