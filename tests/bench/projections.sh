#!/bin/sh
# SPDX-License-Identifier: MIT
# All figures of projections in one run, on the series of the M1, M3 and tourism competitions:
#   sh tests/bench/projections.sh BUILD FOLDER
# BUILD is a configured build folder; FOLDER has m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz. Accuracy and
# time of the automatic choice, whole and on the last 8 values; intervals and probabilities of targets
# on series that they were not made from; R's forecast and statsforecast, as far as they are installed.
set -eu
if [ $# -ne 2 ] || ! [ -f "$1/build.ninja" ]; then
    echo "usage: sh tests/bench/projections.sh BUILD FOLDER" >&2
    exit 2
fi
here=$(dirname "$0")
bench=$1/tests/bench
ninja -C "$1" tests/bench/accuracy/bench-accuracy tests/bench/calibration/bench-calibration \
    tests/bench/calibration/bench-targets >/dev/null
for name in m1 m3 tourism; do
    [ -f "$2/$name.tsv.gz" ] || echo "$2/$name.tsv.gz is not there: nothing is measured on it"
done
printf '==== accuracy\n'
"$bench/accuracy/bench-accuracy" "$2" 0 automatic automatic-analytical
printf '\n==== accuracy on the last 8 values of a series (see yearly)\n'
"$bench/accuracy/bench-accuracy" "$2" 8 automatic
printf '\n==== intervals\n'
"$bench/calibration/bench-calibration" "$2"
printf '\n==== probabilities of targets\n'
"$bench/calibration/bench-targets" "$2"
printf '\n==== others\n'
python3 "$here/peers/peers.py" "$bench/accuracy/bench-accuracy" "$2" --no-arima
