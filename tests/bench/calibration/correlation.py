#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How changes of a pair's exports and imports hang together: the mean and the spread of their
correlations (Fisher's z of the normal scores'), behind the constants of lib/projection/together.c.

    correlation.py FILE

FILE is a CSV of trade between pairs with the columns year, exporter, importer,
comtrade_exporter_kusd and comtrade_importer_kusd. Exports and imports of a pair are those that one
and the same side reports. Changes are ratios of a year to the year before; a pair with eight changes
or more counts. Mean and variance between pairs: DerSimonian & Laird 1986, "Meta-analysis in clinical
trials", Controlled Clinical Trials 7(3).
"""

import csv
import math
import statistics
import sys
from collections import defaultdict

LEAST_CHANGES = 8


def scores(values):
    """Normal scores of the ranks; ties have their mean rank."""
    normal = statistics.NormalDist()
    ordered = sorted(values)
    ranks = {}
    for value in set(values):
        ranks[value] = ordered.index(value) + (ordered.count(value) + 1) / 2
    return [normal.inv_cdf(ranks[value] / (len(values) + 1)) for value in values]


def correlation(first, second):
    a, b = scores(first), scores(second)
    below = math.sqrt(sum(x * x for x in a) * sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / below if below > 0 else None


def read(path):
    exports, imports = defaultdict(dict), defaultdict(dict)
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            year, exporter, importer = int(row["year"]), row["exporter"], row["importer"]
            if row["comtrade_exporter_kusd"]:
                exports[exporter, importer][year] = float(row["comtrade_exporter_kusd"])
            if row["comtrade_importer_kusd"]:
                imports[importer, exporter][year] = float(row["comtrade_importer_kusd"])
    return exports, imports


def changes(series, years):
    return [series[year] / series[year - 1] for year in years]


def main():
    if len(sys.argv) < 2:
        print("no file of trade between pairs was given: nothing measured\n" + __doc__.split("\n\n")[1])
        return
    exports, imports = read(sys.argv[1])
    found = []
    for pair, sold in exports.items():
        bought = imports.get(pair, {})
        years = [
            year
            for year in sorted(sold)
            if all(series.get(y, 0) > 0 for series in (sold, bought) for y in (year, year - 1))
        ]
        if len(years) >= LEAST_CHANGES:
            r = correlation(changes(sold, years), changes(bought, years))
            if r is not None and abs(r) < 1:
                found.append((math.atanh(r), len(years) - 3))
    weight = sum(w for _, w in found)
    mean = sum(z * w for z, w in found) / weight
    excess = sum(w * (z - mean) ** 2 for z, w in found) - (len(found) - 1)
    between = max(0.0, excess / (weight - sum(w * w for _, w in found) / weight))
    weights = [1 / (1 / w + between) for _, w in found]
    centre = sum(z * w for (z, _), w in zip(found, weights)) / sum(weights)
    print(f"{len(found)} pairs: mean of Fisher's z {centre:.3f} (correlation {math.tanh(centre):.3f}),")
    print(f"variance between pairs {between:.4f}: as {1 / between if between else math.inf:.1f} changes more than three")


main()
