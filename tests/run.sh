#!/bin/sh
# SPDX-License-Identifier: MIT
# Gets what is missing, builds, and runs all tests:   sh tests/run.sh
# BUILD=FOLDER builds there (default: build-tests in the source folder); arguments are Meson's.
# The last line is "N passed, N failed"; the exit code is 0 only if none failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. .ci/need.sh
build=${BUILD:-build-tests}
passed=0
failed=0

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && exit 0
    exit 1
}

# One step that must succeed: its output is shown only when it does not.
step() {
    step_name=$1
    shift
    echo "$step_name" >&2
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "Failed: $step_name" >&2
        failed=$((failed + 1))
        finish
    fi
}

# Adds the counts of a log to the totals.
add() {
    counts=$(python3 tests/count.py "$@")
    # shellcheck disable=SC2086
    set -- ${counts:-0 1 0}
    passed=$((passed + $1))
    failed=$((failed + $2))
    [ "$3" = 0 ] || echo "skipped: $3" >&2
}

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
need_tests || { failed=1; finish; }

if [ -f "$build/build.ninja" ]; then
    step "Configuring $build" meson setup --reconfigure "$build" "$@"
else
    step "Configuring $build" meson setup "$build" "$@"
fi
step "Building" ninja -C "$build"

echo "Testing" >&2
rm -f "$build/meson-logs/testlog.json"
meson test -C "$build" --no-rebuild --print-errorlogs >"$log" 2>&1
if [ -f "$build/meson-logs/testlog.json" ]; then
    add "$build/meson-logs/testlog.json"
else
    cat "$log" >&2
    failed=$((failed + 1))
fi

echo "Installing and using what was installed" >&2
python3 tests/packaging/check_install.py "$build" >"$log" 2>&1
add --tap "$log"

finish
