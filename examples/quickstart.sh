#!/bin/sh
# SPDX-License-Identifier: MIT
# From a clean checkout to the trade of Belarus and Kazakhstan:   sh examples/quickstart.sh
# Gets what is missing, builds the program bktrade, and runs it on the example data.
# BUILD=FOLDER builds there (default: build in the source folder).
set -eu
cd "$(dirname "$0")/.."
. .ci/need.sh
build=${BUILD:-build}
data=examples/data/blr-kaz.xml

need_build
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "$@" >"$log" 2>&1 || { cat "$log" >&2; echo "Failed: $*" >&2; exit 1; }
}
echo "Building in $build ..." >&2
[ -f "$build/build.ninja" ] || quietly meson setup "$build" -Dtests=disabled
quietly ninja -C "$build"
bktrade="$build/examples/cli/bktrade"

run() {
    echo
    echo "\$ bktrade $*"
    "$bktrade" "$@"
}
run balance "$data" --reporter BLR --partner KAZ
run target "$data" --reporter BLR --partner KAZ --to 3.5e9 --to 4e9 --growth 5% --growth 10%
run plot "$data" --reporter BLR --partner KAZ -o "$build/blr-kaz.svg" --target 3.5bn --target 4bn
echo
echo "The plot is in $build/blr-kaz.svg; the program is $bktrade (see $bktrade --help)."
