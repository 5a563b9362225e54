# SPDX-License-Identifier: MIT
"""The program bktrade on the example data: figures that were published, exit codes, messages.

Figures: Belarus and Kazakhstan to UN Comtrade (through World Bank WITS), Kazakhstan's own tables,
and the press figures of examples/data/README.md."""

import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract"))
from tap import ROOT, done, ok  # noqa: E402

PROGRAM = sys.argv[1]
DATA = ROOT / "examples/data/blr-kaz.xml"


def bktrade(*arguments, **environment):
    """(exit code, stdout, stderr)."""
    result = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )
    return result.returncode, result.stdout, result.stderr


def line_of(text, start):
    return next((line for line in text.splitlines() if line.startswith(start)), "")


def check_balance():
    code, out, err = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "KAZ")
    ok(code == 0 and err == "", "balance: exit 0, nothing on stderr", err)
    ok(
        line_of(out, "2012").split() == "2012 804.1 119.0 923.2 90.4 675.5 765.9".split(),
        "balance: 2012 as both report it",
        line_of(out, "2012"),
    )
    ok(
        line_of(out, "2017").split() == "2017 . . . 95.5 508.6 604.1".split(),
        "balance: what Belarus did not report in 2017 is missing, not zero",
        line_of(out, "2017"),
    )
    for names in (("Belarus", "kazakhstan"), ("BY", "KZ"), ("112", "398"), ("BLR", "Kazakhstan")):
        other = bktrade("balance", DATA, "--reporter", names[0], "--partner", names[1])
        ok(other == (0, out, ""), f"balance: the pair named as {names[0]} and {names[1]}", other[2])
    ok(bktrade("balance", DATA)[1] == out, "balance: the only pair needs no names")
    again = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "KAZ")
    ok(again[1] == out, "balance: the same bytes again")


def check_csv():
    code, out, err = bktrade("balance", DATA, "--unit", "ones", "--csv")
    rows = {row["TIME_PERIOD"]: row for row in csv.DictReader(io.StringIO(out))}
    ok(code == 0 and len(rows) == 29, "csv: 29 years", f"{code} {len(rows)} {err}")
    row = rows.get("2012", {})
    ok(
        [float(row.get(name) or "nan") for name in ("EXPORTS_REPORTER", "IMPORTS_PARTNER")]
        == [804138000, 675526580],
        "csv: 2012 to the dollar",
        str(row),
    )
    ok(row.get("INVERTED_EXPORTS") == "1", "csv: imports at CIF below exports at FOB are flagged")
    ok(rows["2019"]["BALANCE_REPORTER"] == "", "csv: missing is empty")
    swapped = bktrade("balance", DATA, "--reporter", "KAZ", "--partner", "BLR", "--unit", "ones", "--csv")
    other = {row["TIME_PERIOD"]: row for row in csv.DictReader(io.StringIO(swapped[1]))}
    ok(
        all(
            not rows[year]["BALANCE_REPORTER"]
            or float(rows[year]["BALANCE_REPORTER"]) == -float(other[year]["BALANCE_PARTNER"])
            for year in rows
        ),
        "csv: swapping the sides turns the balance",
    )
    window = bktrade("balance", DATA, "--from", "2010", "--to", "2012", "--csv")[1]
    ok(len(window.splitlines()) == 4, "csv: a window of three years", window)
    german = bktrade("balance", DATA, "--unit", "ones", "--csv", LC_ALL="de_DE.UTF-8")
    ok(german[1] == out, "csv: the same in a German environment")


def check_info():
    code, out, _ = bktrade("info", DATA)
    for words in (
        "SDMX-ML 2.1 StructureSpecificData, UTF-8",
        "BKTRADE:BILATERAL_TRADE(1.0)",
        "29 periods, 1995 to 2023",
        "2 codes: BLR, KAZ",
        "series 4, groups 0, observations 98",
    ):
        ok(code == 0 and words in out, f"info: says '{words}'", out)


def check_project():
    code, out, err = bktrade("project", DATA, "--side", "partner", "--horizon", "3")
    ok(code == 0 and line_of(out, "2026") != "" and line_of(out, "2027") == "", "project: 3 years", err)
    code, out, _ = bktrade("project", DATA, "--side", "partner", "--model", "naive", "--csv", "--horizon", "5")
    rows = list(csv.DictReader(io.StringIO(out)))
    last = [row for row in rows if row["ACTUAL"]][-1]["ACTUAL"]
    future = [row for row in rows if row["PROJECTED"]]
    ok(
        code == 0 and len(future) == 5 and all(row["PROJECTED"] == last for row in future),
        "project: naive repeats the last value",
        out,
    )
    ok(
        all(
            float(row["LOWER_95"]) <= float(row["LOWER_80"]) <= float(row["PROJECTED"])
            <= float(row["UPPER_80"]) <= float(row["UPPER_95"])
            for row in future
        ),
        "project: intervals lie in one another",
    )
    code, out, err = bktrade(
        "project", DATA, "--value", "OBS_VALUE", "--select", "REF_AREA=KAZ", "--select", "TRADE_FLOW=X",
        "--model", "drift", "--csv",
    )
    ok(code == 0 and "DRIFT" not in err and out.count("\n") == 40, "project: a column of any file", err)


def check_target():
    code, out, err = bktrade("target", DATA, "--to", "3.5e9", "--to", "4e9", "--growth", "5%", "--side", "partner")
    ok(code == 0, "target: exit 0", err)
    # 948.3167737 (1.05)^n = 3500: n = 26.76, so 27 years after 2023.
    ok(
        line_of(out, "  5.0 %").split() == "5.0 % 2050 (26.8 years) 2053 (29.5 years)".split(),
        "target: 5 % a year reaches 3.5 bn in 2050 and 4 bn in 2053",
        out,
    )
    # (3500 / 948.3167737)^(1/7) - 1 = 20.5 %.
    ok("20.5 %" in line_of(out, "  2030"), "target: growth needed for 3.5 bn in 2030", line_of(out, "  2030"))
    same = bktrade("target", DATA, "--to", "3.5bn", "--to", "4000m", "--growth", "0.05", "--side", "partner")
    ok(same[1] == out, "target: 3.5bn and 4000m are the same amounts, the simulation the same bytes")
    code, out, _ = bktrade("target", DATA, "--to", "3.5e9", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    for side in ("TURNOVER_REPORTER", "TURNOVER_PARTNER"):
        chances = [float(row["PROBABILITY_REACHED"]) for row in rows if row["SERIES"] == side]
        ok(
            len(chances) == 20 and chances == sorted(chances) and 0 <= chances[0] <= chances[-1] <= 1,
            f"target: probabilities of {side} only grow",
            str(chances),
        )


def check_plot():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "trade.svg"
        code, _, err = bktrade("plot", DATA, "-o", path, "--target", "3.5bn", "--target", "4bn")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        ok(code == 0 and ElementTree.fromstring(text).tag.endswith("svg"), "plot: well-formed SVG", err)
        for words in ("Exports", "Imports", "Balance of Belarus", "Turnover, projected", "3.5 billion USD"):
            ok(words in text, f"plot: has '{words}'")
        code, _, err = bktrade("plot", DATA, "-o", pathlib.Path(folder) / "none" / "trade.svg")
        ok(code == 1 and "none" in err, "plot: a folder that is not there", err)


def check_problems():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        cut = folder / "cut.xml"
        cut.write_bytes(DATA.read_bytes()[:5000])
        comma = folder / "comma.xml"
        comma.write_text(DATA.read_text(encoding="utf-8").replace('"48019.216"', '"48019,216"'), encoding="utf-8")
        empty = folder / "empty.xml"
        empty.write_bytes(b"")
        for path, words in (
            (cut, "cut.xml:"),
            (empty, "empty.xml"),
            (folder, "folder"),
            (folder / "absent.xml", "absent.xml"),
            (ROOT / "examples/data/blr-kaz-structure.xml", "Structure"),
            (ROOT / "README.md", "README.md"),
        ):
            for command in ("info", "balance"):
                code, out, err = bktrade(command, path)
                ok(code == 1 and words in err and err.count("\n") == 1, f"{command} {path.name}: one line, exit 1", err)
        code, out, err = bktrade("balance", comma)
        ok(
            code == 0 and "comma.xml:32:7" in err and "48019,216" in err and line_of(out, "1998").split()[1] == ".",
            "a decimal comma: a warning with its place, the figure missing",
            err + out[:400],
        )
    for arguments, words in (
        ((), "Usage"),
        (("frobnicate",), "frobnicate"),
        (("balance",), "no file"),
        (("balance", DATA, "--reporter"), "--reporter"),
        (("balance", DATA, "--colour"), "--colour"),
        (("balance", DATA, "--unit", "dozen"), "dozen"),
        (("project", DATA, "--horizon", "0"), "--horizon"),
        (("project", DATA, "--model", "oracle"), "oracle"),
        (("target", DATA), "--to"),
        (("target", DATA, "--to", "much"), "much"),
        (("plot", DATA), "-o"),
    ):
        code, out, err = bktrade(*arguments)
        ok(code == 2 and words in err and out == "", f"usage: {' '.join(map(str, arguments[:1]))} {words}", err)
    code, _, err = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "Atlantis")
    ok(code == 1 and "Atlantis" in err, "a partner that is no country", err)
    code, _, err = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "RUS")
    ok(code == 1 and "KAZ" in err, "a partner that is not there: who is", err)


def check_help():
    for command in ("info", "balance", "project", "target", "plot"):
        code, out, _ = bktrade(command, "--help")
        ok(code == 0 and "Usage: bktrade " + command in out and "Examples:" in out, f"{command} --help", out)
    code, out, _ = bktrade("--version")
    version = (ROOT / "include/bktrade/version.h").read_text().split('BKT_VERSION_TEXT   "')[1].split('"')[0]
    ok(code == 0 and version in out, "--version", out)


check_balance()
check_csv()
check_info()
check_project()
check_target()
check_plot()
check_problems()
check_help()
done()
