#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library beside R's forecast and statsforecast, on the same series, in one run.

    peers.py BENCH-ACCURACY FOLDER [--every PERIOD=K]... [--no-arima] [--only PEER]

FOLDER holds m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz. Of a period's series every k-th is taken
(default 1 of yearly and other ones, 4 of quarterly, 20 of monthly ones): R's ets takes ten minutes
of CPU for a thousand monthly series, its auto.arima forty. What is not installed is told and left
out.
"""

import argparse
import gzip
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings

SETS = {"m1": "M1", "m3": "M3", "tourism": "Tourism"}
SEASONS = {"yearly": 1, "quarterly": 4, "monthly": 12, "other": 1}
R_MEAN = "mean(ets, thetaf)"


class Series:
    def __init__(self, file_name, fields):
        self.key = f"{file_name} {fields[0]}"
        self.set = SETS[file_name]
        self.period = fields[2]
        self.training = [float(x) for x in fields[5].split(",")]
        self.test = [float(x) for x in fields[6].split(",")]
        lag = SEASONS[self.period]
        changes = [abs(b - a) for a, b in zip(self.training, self.training[lag:])]
        self.scale = sum(changes) / len(changes) if changes else 0.0


def sample(folder, target, every):
    """Writes every k-th series of a period to the target folder; gives those that have a scale."""
    chosen = {}
    for name in SETS:
        source = folder / f"{name}.tsv.gz"
        if not source.exists():
            print(f"{source} is not there: nothing measured for it")
            continue
        seen = dict.fromkeys(SEASONS, 0)
        with gzip.open(source, "rt") as lines, gzip.open(target / source.name, "wt") as out:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) < 7 or fields[2] not in seen:
                    continue
                seen[fields[2]] += 1
                if (seen[fields[2]] - 1) % every[fields[2]] != 0:
                    continue
                series = Series(name, fields)
                out.write(line)
                if series.scale > 0.0:
                    chosen[series.key] = series
    return chosen


class Score:
    def __init__(self):
        self.smape = self.mase = self.msis = self.seconds = 0.0
        self.within80 = self.within95 = self.points = self.series = self.refused = 0

    def add(self, series, steps):
        """steps: (point, low80, high80, low95, high95) for each of the test's steps."""
        n = len(series.test)
        for y, (point, low80, high80, low, high) in zip(series.test, steps):
            self.smape += 200.0 * abs(y - point) / (abs(y) + abs(point)) / n
            self.mase += abs(y - point) / series.scale / n
            outside = max(low - y, 0.0) + max(y - high, 0.0)
            self.msis += (high - low + 40.0 * outside) / series.scale / n
            self.within80 += low80 <= y <= high80
            self.within95 += low <= y <= high
        self.points += n
        self.series += 1


    def __iadd__(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self


def score_of(scores, series, method):
    return scores.setdefault((series.set, series.period), {}).setdefault(method, Score())


def pool(scores):
    """Of every set as a whole, and of all sets together, as bench-accuracy does."""
    pooled = {}
    for (name, period), methods in scores.items():
        for key in ((name, "whole"), ("all sets,", period), ("all sets,", "whole")):
            for method, score in methods.items():
                total = pooled.setdefault(key, {}).setdefault(method, Score())
                total += score
    return scores | pooled


def run_r(folder, chosen, arima, scores):
    if shutil.which("Rscript") is None:
        return "R's forecast: R is not installed (apt install r-cran-forecast)"
    out = folder / "r.tsv"
    script = pathlib.Path(__file__).with_name("peers.R")
    done = subprocess.run(["Rscript", script, folder, out, "1" if arima else "0"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return "R's forecast: " + (done.stderr.strip().splitlines() or ["it failed"])[-1]
    found, seconds, version = {}, {}, ""
    for line in out.read_text().splitlines():
        fields = line.split("\t")
        if fields[0] == "cpu":
            seconds[fields[1], "R " + fields[2]] = float(fields[3])
        elif fields[0] == "version":
            version = fields[1]
        else:
            numbers = tuple(float(x) for x in fields[3:])
            found.setdefault((fields[0], "R " + fields[1]), []).append(numbers)
    for (key, method), steps in found.items():
        if key in chosen:
            score_of(scores, chosen[key], method).add(chosen[key], steps)
    for (period, method), spent in seconds.items():
        spread(scores, period, method, spent)
        if method in ("R ets", "R thetaf"):
            spread(scores, period, "R " + R_MEAN, spent)
    return f"R's forecast {version}"


def spread(scores, period, method, spent):
    """CPU time of a method over all sets of a period, by their numbers of series."""
    of = [m[method] for (_, p), m in scores.items() if p == period and method in m]
    total = sum(s.series for s in of)
    for s in of:
        s.seconds += spent * s.series / total


def run_statsforecast(chosen, arima, scores):
    try:
        import numpy
        import statsforecast
        from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta
    except ImportError as error:
        return f"statsforecast: not installed ({error}; pip install statsforecast)"
    warnings.simplefilter("ignore")
    kinds = {"AutoETS": AutoETS, "DynamicOptimizedTheta": DynamicOptimizedTheta,
             "AutoCES": AutoCES}
    if arima:
        kinds["AutoARIMA"] = AutoARIMA
    together = "of the four" if arima else "of the three"
    names = ["mean", "lo-80", "hi-80", "lo-95", "hi-95"]

    def project(kind, series):
        model = kinds[kind](season_length=SEASONS[series.period])
        y = numpy.array(series.training)
        f = model.forecast(y=y, h=len(series.test), level=[80, 95])
        return numpy.column_stack([f[name] for name in names])

    for period in SEASONS:  # what is compiled at first is not measured
        for series in [s for s in chosen.values() if s.period == period][:1]:
            for kind in kinds:
                project(kind, series)
    for series in chosen.values():
        found, spent = [], 0.0
        for kind in kinds:
            score = score_of(scores, series, "sf " + kind)
            start = time.process_time()
            try:
                steps = project(kind, series)
            except Exception:  # a series that it refuses
                steps = None
            took = time.process_time() - start
            score.seconds += took
            spent += took
            if steps is None or not numpy.isfinite(steps).all():
                score.refused += 1
                continue
            score.add(series, steps.tolist())
            found.append(steps)
        for name, join in (("mean", numpy.mean), ("median", numpy.median)):
            score = score_of(scores, series, f"sf {name} {together}")
            score.seconds += spent
            if found:
                score.add(series, join(found, axis=0).tolist())
            else:
                score.refused += 1
    return f"statsforecast {statsforecast.__version__}"


def run_library(bench, folder):
    """The tables of bench-accuracy, by set and period: rows of (method, numbers)."""
    done = subprocess.run([bench, folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    tables, rows = {}, None
    for line in done.stdout.splitlines():
        heading = re.fullmatch(r"(.+) (\S+), (\d+) series", line)
        row = re.fullmatch(r"(.+?)((?:\s+[-+.\dnaief]+){7})", line)
        if heading:
            rows = tables.setdefault((heading[1], heading[2]), [])
        elif row and rows is not None:
            rows.append((row[1].strip(), [float(x) for x in row[2].split()]))
    return tables


def print_tables(tables, scores):
    for (name, period), rows in tables.items():
        if not rows:
            continue
        naive = dict(rows)["naive2"]
        print(f"\n{name} {period}\n{'method':<28}{'series':>7}{'sMAPE':>9}{'MASE':>8}{'OWA':>7}"
              f"{'in 80%':>8}{'in 95%':>8}{'MSIS':>9}{'s/1000':>10}")
        for method, n in rows:
            print(f"{method:<28}{'':>7}{n[0]:9.3f}{n[1]:8.3f}{n[2]:7.3f}{n[3]:8.3f}{n[4]:8.3f}"
                  f"{n[5]:9.2f}{n[6]:10.4f}")
        for method, s in scores.get((name, period), {}).items():
            if s.series == 0:
                print(f"{method:<28} refused all {s.refused} series")
                continue
            smape, mase = s.smape / s.series, s.mase / s.series
            owa = (smape / naive[0] + mase / naive[1]) / 2.0
            refused = f"  refused {s.refused}" if s.refused else ""
            print(f"{method:<28}{s.series:7d}{smape:9.3f}{mase:8.3f}{owa:7.3f}"
                  f"{s.within80 / s.points:8.3f}{s.within95 / s.points:8.3f}"
                  f"{s.msis / s.series:9.2f}{1000.0 * s.seconds / s.series:10.4f}{refused}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", help="the program bench-accuracy")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--every", action="append", default=[], metavar="PERIOD=K")
    parser.add_argument("--no-arima", action="store_true", help="without the others' ARIMA")
    parser.add_argument("--only", choices=["r", "statsforecast"])
    arguments = parser.parse_args()
    every = {"yearly": 1, "quarterly": 4, "monthly": 20, "other": 1}
    for text in arguments.every:
        period, _, k = text.partition("=")
        if period not in every or not k.isdigit() or int(k) < 1:
            parser.error(f"--every {text}: PERIOD is one of {', '.join(every)}, K 1 or more")
        every[period] = int(k)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        chosen = sample(arguments.folder, folder, every)
        if not chosen:
            print("no series: nothing measured")
            return
        scores, told = {}, []
        tables = run_library(arguments.bench, folder)
        if arguments.only != "statsforecast":
            told.append(run_r(folder, chosen, not arguments.no_arima, scores))
        if arguments.only != "r":
            told.append(run_statsforecast(chosen, not arguments.no_arima, scores))
        print("every k-th series: " + ", ".join(f"{p} {k}" for p, k in every.items()))
        print("beside: " + "; ".join(told))
        print_tables(tables, pool(scores))


main()
