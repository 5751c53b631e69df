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
    libcurl4-openssl-dev libqrencode-dev libicu-dev
    libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev
    # Proxies that the tests put before the service.
    nginx-light haproxy
    # The mail server that the tests send to.
    python3-aiosmtpd
    # The browser that the tests of the web site drive.
    chromium fonts-dejavu-core
    # What runs beside the service. The time-zone library reads the files of tzdata.
    postgresql-15 tzdata
)

# npm fetches the Node that builds the web site. One from elsewhere will do.
command -v npm >/dev/null || packages+=(nodejs npm)

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

# The versions are those of the lock file, and none of their scripts is run.
install_validator() {
    local lock=tools/openapi/package-lock.json
    local installed=tools/openapi/node_modules/.package-lock.json
    [[ $installed -nt $lock ]] && return
    echo "dev setup: installing the validator of tools/openapi"
    if npm ci --prefix tools/openapi --ignore-scripts --no-audit --no-fund --loglevel=error; then
        touch "$installed"
    else
        # Only one test needs it; whoever runs the service can do without.
        echo "dev setup: it cannot be installed; the test openapi_is_valid will fail" >&2
    fi
}

mapfile -t missing < <(missing_packages)
if [[ ${#missing[@]} == 0 ]]; then
    install_validator
    tools/web_setup.sh
    exit 0
fi
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

# Debian starts the proxies when it installs them, but the tests run their own. Those that were here
# before are left alone.
for proxy in nginx haproxy; do
    printf '%s\n' "${missing[@]}" | grep -qx "$proxy\(-light\)\?" || continue
    as_root update-rc.d "$proxy" disable >/dev/null
    as_root service "$proxy" stop >/dev/null 2>&1 || true # Where nothing starts services.
done
install_validator
tools/web_setup.sh
