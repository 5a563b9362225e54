#!/bin/sh
# SPDX-License-Identifier: MIT
# What looks at many bytes at once (lib/xml/vector*.c), on processors that are emulated: AArch64 with
# its NEON, and s390x, whose words begin with the high byte:
#   sh tests/contract/check_vectors_emulated.sh [FOLDER]      programs go there (default: a temporary one)
set -eu
cd "$(dirname "$0")/../.."
. .ci/need.sh

need "qemu-user|command -v qemu-s390x" \
    "gcc-aarch64-linux-gnu libc6-dev-arm64-cross|echo 'int main(void) { return 0; }' |
        aarch64-linux-gnu-gcc -static -x c - -o /dev/null" \
    "gcc-s390x-linux-gnu libc6-dev-s390x-cross|echo 'int main(void) { return 0; }' |
        s390x-linux-gnu-gcc -static -x c - -o /dev/null"

folder=${1:-}
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"

# PROCESSOR VERSION...: the versions that have to be there.
run() {
    processor=$1
    shift
    "$processor-linux-gnu-gcc" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -static -Wall -Wextra -Wpedantic \
        -Wconversion -Wshadow -Werror -Ilib/xml -Ilib/core -Itests/unit lib/xml/vector*.c tests/unit/xml/vector_main.c \
        -o "$folder/vector-$processor"
    result=$("qemu-$processor" "$folder/vector-$processor") || { echo "$processor: $result"; return 1; }
    for version in "$@"; do
        case $result in
        *"$version: 0 failures"*) echo "$processor, $version: passed" ;;
        *) echo "$processor, $version: not there"; return 1 ;;
        esac
    done
}

run aarch64 portable neon
run s390x portable
