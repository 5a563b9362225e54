# SPDX-License-Identifier: MIT
# Sourced by examples/quickstart.sh, tests/run.sh and .ci/run: gets what a build needs, and only
# what isn't there. POSIX sh.
#
#   need "Debian package|command that succeeds when it is there" ...

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "This needs root: log in as root or install sudo." >&2
        return 1
    fi
}

install_packages() {
    # The lists of packages may be absent or old: then fetch them and try once more. Variables go
    # through env because sudo drops them.
    install="env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
    as_root $install "$@" </dev/null >/dev/null 2>&1 && return 0
    as_root apt-get update -q </dev/null >/dev/null 2>&1
    as_root $install "$@" </dev/null
}

missing_packages() {
    for needed in "$@"; do
        sh -c "${needed#*|}" >/dev/null 2>&1 || printf ' %s' "${needed%%|*}"
    done
}

need() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Not found here, by the names that Debian gives them:$missing" >&2
        echo "Please install them with your package manager (Fedora, for example: gcc glibc-devel" >&2
        echo "meson ninja-build pkgconf libxml2-devel zlib-devel check-devel), then run this again." >&2
        return 1
    fi
    echo "Installing:$missing" >&2
    # shellcheck disable=SC2086
    install_packages $missing || return 1
    missing=$(missing_packages "$@")
    if [ -n "$missing" ]; then
        echo "Installed, but still not usable:$missing" >&2
        return 1
    fi
}

need_build() {
    # libc6-dev is only recommended by gcc.
    need "gcc|command -v cc" "libc6-dev|echo '#include <stdio.h>' | cc -E -" \
        "meson|meson --version" "ninja-build|ninja --version" "pkg-config|pkg-config --version" \
        "libxml2-dev|pkg-config --exists 'libxml-2.0 >= 2.9.14'" \
        "zlib1g-dev|pkg-config --exists zlib"
}

need_tests() {
    # The last: what a statically linked libxml2 wants, and libxml2-dev does not bring along.
    need_build && need "check|pkg-config --exists check" "python3|python3 --version" \
        "libicu-dev liblzma-dev|echo 'int main(void) { return 0; }' |
            cc -x c - \$(pkg-config --static --libs libxml-2.0) -o /dev/null"
}
