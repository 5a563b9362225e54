# SPDX-License-Identifier: MIT
"""Other readers of SDMX-ML in Python, on one file: each in a process of its own, without the time
that importing takes; medians. What isn't installed is said; README.md has the names.

    others.py FILE [--repeat N] [--only NAME]..."""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings


def read_sdmx1():
    import sdmx

    def read(path):
        return [sdmx.to_pandas(data) for data in sdmx.read_sdmx(path).data], None

    return read


def read_pysdmx():
    from pysdmx.io import read_sdmx

    def read(path):
        return [data.data for data in read_sdmx(path, validate=False).data], "OBS_VALUE"

    return read


def read_pandas():
    import pandas

    def read(path):
        wanted = {"Obs": ["TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"]}
        return [pandas.read_xml(path, iterparse=wanted)], "OBS_VALUE"

    return read


READERS = {
    "sdmx1": (read_sdmx1, "to a pandas Series"),
    "pysdmx": (read_pysdmx, "to a pandas DataFrame, not validated"),
    "pandas": (read_pandas, "read_xml by iterparse: only what stands at Obs, no key of the series"),
}
NOT_INSTALLED = 3


def run(name, path):
    """In a child: reads and prints what it took."""
    warnings.simplefilter("ignore")
    try:
        read = READERS[name][0]()
    except ImportError:
        sys.exit(NOT_INSTALLED)
    before, begin = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    tables, column = read(path)
    wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_SELF)
    total = 0.0
    for table in tables:
        values = table if column is None else table[column]
        total += float(values.astype(float).sum())
    print(json.dumps({
        "wall": wall,
        "user": after.ru_utime - before.ru_utime,
        "system": after.ru_stime - before.ru_stime,
        "peak": after.ru_maxrss / 1024,
        "rows": sum(len(table) for table in tables),
        "sum": total,
    }))


def measure(name, path):
    """A result, or why there is none."""
    child = subprocess.run([sys.executable, __file__, path, "--run", name], capture_output=True, text=True)
    if child.returncode == NOT_INSTALLED:
        return "not installed, or something that it needs"
    if child.returncode != 0:
        lines = child.stderr.strip().splitlines() or [f"exit code {child.returncode}"]
        return "failed: " + lines[-1]
    result = json.loads(child.stdout.splitlines()[-1])
    return result if result["rows"] > 0 else "read no observation"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("file")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", action="append", choices=READERS)
    parser.add_argument("--run", choices=READERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        return run(arguments.run, arguments.file)
    results = {name: [] for name in arguments.only or READERS}
    for _ in range(arguments.repeat):
        for name, own in results.items():
            if not own or isinstance(own[-1], dict):
                own.append(measure(name, arguments.file))
    size = os.path.getsize(arguments.file) / 1e6
    print(f"{arguments.file}: {size:.1f} MB; medians of {arguments.repeat} runs; rates by CPU time\n")
    print(f"{'':<8} {'wall s':>8} {'user s':>8} {'system s':>8} {'MB/s':>8} {'Mobs/s':>8} {'peak MiB':>9}")
    for name, own in results.items():
        if not isinstance(own[-1], dict):
            print(f"{name:<8} {own[-1]}")
            continue
        wall, user, system = (statistics.median(one[key] for one in own) for key in ("wall", "user", "system"))
        cpu = statistics.median(one["user"] + one["system"] for one in own)
        peak = max(one["peak"] for one in own)
        print(
            f"{name:<8} {wall:8.2f} {user:8.2f} {system:8.2f} {size / cpu:8.2f} {own[0]['rows'] / 1e6 / cpu:8.3f} "
            f"{peak:9.1f}  {READERS[name][1]}; observations {own[0]['rows']} sum {own[0]['sum']:.2f}"
        )


if __name__ == "__main__":
    main()
