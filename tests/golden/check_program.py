# SPDX-License-Identifier: MIT
"""The program bktrade on the example data: figures that were published, exit codes, messages.

Figures: Belarus and Kazakhstan to UN Comtrade (through World Bank WITS), Kazakhstan's own tables,
and the press figures of examples/data/README.md."""

import csv
import io
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

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
    for row in rows.values():
        figures = ("EXPORTS_REPORTER", "IMPORTS_REPORTER")
        if all(row[name] == "" for name in figures):
            made = [name for name in row if name.endswith("_REPORTER") and row[name] != ""]
            ok(not made, f"csv: {row['TIME_PERIOD']}, nothing is made of nothing", str(made))
    window = bktrade("balance", DATA, "--from", "2010", "--to", "2012", "--csv")[1]
    ok(len(window.splitlines()) == 4, "csv: a window of three years", window)
    german = bktrade("balance", DATA, "--unit", "ones", "--csv", LC_ALL="de_DE.UTF-8")
    ok(german[1] == out, "csv: the same in a German environment")


def check_shape():
    """What the figures are worth showing, and what they are called."""
    out = bktrade("balance", DATA, "--unit", "billion", "--all", "--from", "2008")[1]
    ok(
        line_of(out, "2012").split() == "2012 0.804 0.119 0.923 0.090 0.676 0.766".split(),
        "balance: billions have decimals",
        line_of(out, "2012"),
    )
    out = bktrade("balance", DATA, "--unit", "ones")[1]
    ok(
        line_of(out, "2022").split()[4:] == ["186,537,533", "905,549,647", "1,092,087,180"],
        "balance: columns wide enough for single dollars",
        line_of(out, "2022"),
    )
    out = bktrade("balance", DATA, "--growth")[1]
    ok("since 1998" in out and "since 1995" in out, "balance: growth since which year, for each side", out)
    summary = bktrade("balance", DATA, "--summary", "--from", "2008", "--to", "2018")[1]
    # (896.0 / 537.0118)^(1/10) - 1 = 5.3 %, by Kazakhstan (712.4 / 567.0)^(1/10) - 1 = 2.3 %.
    growth = [line for line in summary.splitlines() if line.startswith("  compound growth")][-1].split()
    ok(
        [word for word in growth if word.endswith("%")] == ["5.3%", "2.3%"] and "2008-2018" in growth,
        "balance: the summary's growth of turnover in per cent",
        " ".join(growth),
    )
    sums = line_of(summary, "  sum, every period").split()
    ok(sums[4] == "." and sums[5] == "4,855.8", "balance: the sum over a gap is missing", str(sums))


QUARTERS = """<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
  xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"><m:Header><m:ID>Q</m:ID><m:Test>true</m:Test>
  <m:Prepared>2026-01-01</m:Prepared><m:Sender id="T"/><m:Structure structureID="S" namespace="urn:t"
  dimensionAtObservation="TIME_PERIOD"><c:Structure><Ref agencyID="T" id="T" version="1.0"/></c:Structure>
  </m:Structure></m:Header><m:DataSet>%s</m:DataSet></m:StructureSpecificData>"""


def written(folder, name, series):
    """A message of annual or quarterly trade in million USD: (reporter, flow) -> {period: value}."""
    text = ""
    for (area, flow), figures in series.items():
        other, frequency = {"BLR": "KAZ", "KAZ": "BLR"}[area], "Q" if "Q" in min(figures) else "A"
        text += f'<Series FREQ="{frequency}" REF_AREA="{area}" COUNTERPART_AREA="{other}" TRADE_FLOW="{flow}" '
        text += 'UNIT_MEASURE="USD" UNIT_MULT="6">'
        text += "".join(f'<Obs TIME_PERIOD="{period}" OBS_VALUE="{value}"/>' for period, value in figures.items())
        text += "</Series>"
    path = pathlib.Path(folder) / name
    path.write_text(QUARTERS % text, encoding="utf-8")
    return path


def check_seasons():
    """Turnover 10, 20, 10, 30 a quarter, a tenth more each year: growth is 10 %, never the season."""
    half = {f"{year}-Q{q}": [5, 10, 5, 15][q - 1] * 1.1 ** (year - 2015) for year in range(2015, 2020) for q in range(1, 5)}
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder, "quarters.xml", {("BLR", "X"): half, ("BLR", "M"): half})
        out = bktrade("balance", path, "--growth", "--csv")[1]
        rows = list(csv.DictReader(io.StringIO(out)))
        rates = [row["TURNOVER_COMPOUND_GROWTH_REPORTER"] for row in rows]
        ok(
            rates[:4] == [""] * 4 and all(abs(float(rate) - 0.1) < 1e-9 for rate in rates[4:]),
            "seasons: growth since the first figure is of one quarter",
            str(rates),
        )
        out = bktrade("target", path, "--to", "100m", "--horizon", "4")[1]
        ok("10.0 % (as 2015-Q4 to 2019-Q4)" in out, "seasons: a series' own growth is of one quarter", out)
        ok("not for a year" in out, "seasons: a target of a quarter is said to be one", out)


def check_one_sided():
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder, "exports.xml", {("BLR", "X"): {str(year): year - 2010 for year in range(2012, 2020)}})
        for arguments in (("project", path), ("target", path, "--to", "1bn"), ("target", path, "--to", "1bn", "--side", "reporter")):
            code, out, err = bktrade(*arguments)
            ok(code == 1 and out == "" and "turnover" in err, f"{arguments[0]}: no turnover from exports alone", err)
        code, out, err = bktrade("target", path, "--of", "exports", "--to", "20m", "--side", "reporter")
        ok(code == 0 and line_of(out, "  last value").split()[2] == "9.000", "target: exports alone", out + err)
        code, _, err = bktrade("plot", path, "-o", path.with_suffix(".svg"))
        ok(code == 0 and "nothing to project" in err, "plot: exports alone, without a projection", err)
        code, _, err = bktrade("plot", path, "-o", path.with_suffix(".svg"), "--side", "partner")
        ok(code == 1 and "nothing to draw" in err, "plot: nothing to draw is said", err)
        # Reported both ways, and a deficit: (1 + g) has no meaning below zero.
        deficit = {str(year): value for year, value in zip(range(2012, 2019), (1, 2, 1, 2, 1, 2, 1))}
        more = {year: 10 + value for year, value in deficit.items()}
        path = written(folder, "deficit.xml", {("BLR", "X"): deficit, ("BLR", "M"): more})
        code, out, _ = bktrade("target", path, "--of", "balance", "--to", "0", "--side", "reporter")
        ok(code == 0 and "no rate" in line_of(out, "  5.0 %"), "target: a deficit has no growth rate", out)
        out = bktrade("target", path, "--of", "balance", "--to", "0", "--side", "reporter", "--walk")[1]
        ok("drift in the values" in out, "target: a balance walks in values", out)


def check_told():
    """What was computed with is told, and a refusal names the program's own options."""
    out = bktrade("balance", DATA)[1]
    ok("imports at CIF are divided by 1.06" in out, "balance: what imports at CIF were divided by", out)
    out = bktrade("balance", DATA, "--cif-rate", "10%")[1]
    # Belarus 2012: (675.5 - 119.0) / 1.1 = 505.9.
    ok("divided by 1.1 " in out and " 505.9 " in out, "balance: another CIF rate is told as well", out)
    series = '<Series FREQ="A" REF_AREA="BLR" COUNTERPART_AREA="KAZ" TRADE_FLOW="X" UNIT_MEASURE="%s" COMMODITY="%s">%s</Series>'
    figure = '<Obs TIME_PERIOD="%s" OBS_VALUE="%s"/>'
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "several.xml"
        for text, option in (
            (series % ("USD", "TOTAL", figure % (2012, 5)) + series % ("EUR", "TOTAL", figure % (2012, 4)), "--currency CODE"),
            (series % ("USD", "27", figure % (2012, 5)) + series % ("USD", "84", figure % (2012, 4)), "--product CODE"),
            (series % ("USD", "TOTAL", figure % (2012, 5) + figure % (2012, 4)), "--last-wins"),
        ):
            path.write_text(QUARTERS % text, encoding="utf-8")
            code, out, err = bktrade("balance", path, "--reporter", "BLR", "--partner", "KAZ")
            ok(code == 1 and out == "" and option in err, f"balance: a refusal names {option}", err)
        path.write_text(QUARTERS % (series % ("", "TOTAL", figure % (2012, 5e6))).replace('UNIT_MEASURE=""', ""), encoding="utf-8")
        code, out, err = bktrade("balance", path)
        ok(
            code == 0 and out.splitlines()[0] == "Trade of Belarus with Kazakhstan, million units",
            "balance: figures without a currency are in units",
            out[:200] + err,
        )
        # Codes that are nobody's: the other one is found all the same.
        text = (series % ("USD", "TOTAL", figure % (2012, 5))).replace("BLR", "Q01").replace("KAZ", "Q02")
        path.write_text(QUARTERS % text, encoding="utf-8")
        for given in (("--reporter", "Q01"), ("--partner", "Q02")):
            code, out, err = bktrade("balance", path, *given)
            ok(code == 0 and "Trade of Q01 with Q02" in out, f"balance: the other of {given[1]}", err)


def check_large():
    """Of a file above 64 MiB only the pair's rows are read: when there are none, that is said."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "large.xml"
        head, tail = DATA.read_text(encoding="utf-8").split("</message:Header>")
        with path.open("w", encoding="utf-8") as file:
            file.write(head + "</message:Header>")
            for _ in range(65):
                file.write((" " * 1023 + "\n") * 1024)
            file.write(tail)
        code, out, _ = bktrade("balance", path, "--reporter", "BLR", "--partner", "KAZ")
        ok(code == 0 and line_of(out, "2012").split()[1] == "804.1", "large: the pair is found", out)
        code, out, err = bktrade("balance", path, "--reporter", "BLR", "--partner", "RUS")
        ok(
            code == 1 and out == "" and "no observation in the files is of 'BLR' with 'RUS'" in err,
            "large: a pair that is not there is said to be not there",
            err,
        )


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


def check_levels():
    """A CSV knows no levels; what is written with a structure has them."""
    dsd = ROOT / "tests/data/with-structure/trade-2.1.xml"
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data.csv"
        data.write_text("DATAFLOW,FLOW,SOURCE,REPORTER,TIME_PERIOD,OBS_VALUE,PLACE,ISSUED,UNIT_MULT\n"
                        "BKT:TRADE(1.0),X,UN,BY,2011,1,KZ,2026-01-01T00:00:00,3\n"
                        "BKT:TRADE(1.0),X,UN,RU,2012,2,KZ,2026-01-01T00:00:00,3\n")
        for kind in ("ml21", "generic", "ml30"):
            again = pathlib.Path(folder) / f"{kind}.xml"
            code, _, err = bktrade("convert", data, "--structure", dsd, "--to", kind, "-o", again)
            text = again.read_text()
            ok(code == 0 and err == "" and text.count("Group ") == 1 and text.count("2026-01-01T") == 1,
               f"convert --structure --to {kind}: what is of the group and the data set is told once", err)
            code, out, err = bktrade("validate", again, "--structure", dsd)
            ok(code == 0 and "attribute-level" not in out, f"convert --structure --to {kind}: valid", out + err)


def check_with_structure():
    dsd = ROOT / "examples/data/blr-kaz-structure.xml"
    code, out, err = bktrade("info", DATA, "--structure", dsd)
    for words in (
        "dimension   UNIT_MEASURE             Unit of measure: 1 of 1 code: USD (US dollar)",
        "attribute   UNIT_MULT                Unit multiplier: 1 of 3 codes: 3 (Thousands)",
        "2 of 2 codes: BLR (Belarus), KAZ (Kazakhstan)",
        "98 numbers",
    ):
        ok(code == 0 and err == "" and words in out, f"info --structure: says '{words}'", out)
    ok("?" not in out, "info --structure: no role is assumed", out)
    ok(bktrade("balance", DATA, "--structure", dsd) == bktrade("balance", DATA),
       "balance --structure: the same figures, of the only pair")
    code, out, err = bktrade("convert", DATA, "--structure", dsd, "--to", "csv", "--labels", "en", "-o", "-")
    row = next(csv.DictReader(io.StringIO(out)))
    ok(code == 0 and row["REF_AREA"] == "BLR" and row["REF_AREA_NAME_en"] == "Belarus"
       and list(row)[:4] == ["FREQ", "FREQ_NAME_en", "REF_AREA", "REF_AREA_NAME_en"],
       "convert --labels: names beside codes, in the DSD's order", err)
    code, out, err = bktrade("convert", DATA, "--structure", dsd, "--to", "ml30", "--labels", "en", "-o", "-")
    ok(code == 2 and out == "" and "csv" in err, "convert --labels: for csv alone", err)
    code, _, err = bktrade("info", DATA, "--structure", DATA)
    ok(code == 1 and "blr-kaz.xml" in err and "tructure" in err, "--structure: a data message is none", err)
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder) / "trade.svg"
        for command in (("project", DATA), ("target", DATA, "--to", "3.5bn"), ("plot", DATA, "-o", picture)):
            plain, drawn = bktrade(*command), picture.exists() and picture.read_text()
            ok(plain[0] == 0 and bktrade(*command, "--structure", dsd) == plain
               and (not drawn or picture.read_text() == drawn), f"{command[0]} --structure: the same figures", plain[2])
            code, _, err = bktrade(*command, "--structure", "nowhere.xml")
            ok(code == 1 and "nowhere.xml" in err, f"{command[0]} --structure: a file that isn't there", err)
        # Only the structure says that this attribute is a number.
        counted, numbers = pathlib.Path(folder) / "counted.xml", pathlib.Path(folder) / "numbers.xml"
        counted.write_text(DATA.read_text().replace(" OBS_VALUE=", ' VALUE=').replace(":OBS_VALUE", ":VALUE"))
        numbers.write_text(dsd.read_text().replace('"OBS_VALUE"', '"VALUE"'))
        how = ("project", counted, "--value", "VALUE", "--select", "REF_AREA=BLR", "--select", "TRADE_FLOW=X")
        code, _, err = bktrade(*how)
        ok(code == 1 and "no number column" in err, "project: an unknown column is no number", err)
        code, out, err = bktrade(*how, "--structure", numbers)
        ok(code == 0 and "95" in out, "project --structure: a measure by the structure", err)
    code, _, err = bktrade("balance", DATA, "--structure", "nowhere.xml")
    ok(code == 1 and "nowhere.xml" in err, "--structure: a file that isn't there", err)
    with tempfile.TemporaryDirectory() as folder:
        other = pathlib.Path(folder) / "other.xml"
        other.write_text(dsd.read_text().replace('"BILATERAL_TRADE"', '"ANOTHER"'))
        code, out, err = bktrade("info", DATA, "--structure", other)
        ok(code == 0 and "BKTRADE:BILATERAL_TRADE(1.0)" in err and "?" in out,
           "--structure: one of other data is told and not used", err)
        code, out, err = bktrade("info", DATA, "--structure", other, "--structure", dsd)
        ok(code == 0 and "?" not in out, "--structure: of several the right one is used", err)


def check_structure_parts():
    kinds = ROOT / "tests/data/structures"
    code, out, err = bktrade("structure", kinds / "kinds-2.1.xml", "--codes", "AGENCIES")
    for words in ("(contact)    Ann & Bob, Trade, Inquiries\n", "Email      bob@example.org\n", "Fax        +375 2\n"):
        ok(code == 0 and words in out, f"structure: contacts: says '{words.strip()}'", out)
    code, out, err = bktrade("structure", kinds / "kinds-2.1.xml", "--codes", "AGENCIES", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ok(code == 0 and [row.get("CONTACTS") for row in rows] == [
        "Ann & Bob, Trade, Inquiries, Email: ann@example.org, Telephone: +375 1, Email: bob@example.org, "
        "URI: http://example.org/?a=1&b=2; Fax: +375 2, X400: X"], "structure: contacts as CSV", out + err)
    code, out, err = bktrade("structure", ROOT / "examples/data/blr-kaz-structure.xml", "--codes", "CL_AREA", "--csv")
    ok(code == 0 and out.startswith("CODE,PARENT,LEVEL,NAME,DESCRIPTION\n"), "structure: codes have no contacts", out + err)
    with tempfile.TemporaryDirectory() as folder:
        other = pathlib.Path(folder) / "other.xml"
        text = (kinds / "kinds-2.1.xml").read_text(encoding="utf-8")
        english, french = (f'<str:Department xml:lang="{language}">{name}</str:Department>'
                           for language, name in (("en", "Trade"), ("fr", "Commerce")))
        other.write_text(text.replace(english + french, french + english), encoding="utf-8")
        for path in (kinds / "kinds-2.1.xml", other):
            for language, name in (("en", "Trade"), ("fr", "Commerce"), ("ru", "Trade")):
                for how in ((), ("--csv",)):
                    code, out, err = bktrade("structure", path, "--codes", "AGENCIES", "--language", language, *how)
                    ok(code == 0 and f"Ann & Bob, {name}, Inquiries" in out,
                       f"structure: contacts in the language: {language} {' '.join(how)}", out + err)
    code, out, err = bktrade("structure", kinds / "kinds-3.0.xml", "--dsd", "DSD", "--language", "fr")
    ok(code == 0 and "Double; -1: Inconnu; 0: Not there" in out, "structure: sentinel values", out)
    with tempfile.TemporaryDirectory() as folder:
        many = pathlib.Path(folder) / "many.xml"
        text = (kinds / "kinds-3.0.xml").read_text()
        # With a byte more in front: a fixed size would cut a character of two bytes.
        for more in ("", "x"):
            values = {-n: "Неизвестноещё" for n in range(10, 60)}
            values[-10] += more
            added = "".join(f'<str:SentinelValue value="{value}"><com:Name xml:lang="en">{name}</com:Name>'
                            "</str:SentinelValue>" for value, name in values.items())
            many.write_text(text.replace('<str:SentinelValue value="-1">', added + '<str:SentinelValue value="-1">', 1),
                            encoding="utf-8")
            code, out, err = bktrade("structure", many, "--dsd", "DSD", "--csv")
            told = "; ".join(f"{value}: {name}" for value, name in values.items())
            ok(code == 0 and f"Double; {told}; -1: " in out, "structure: many sentinel values, all told", out + err)
            code, _, err = bktrade("structure", many)
            ok(code == 0, "structure: many sentinel values", err)


def check_project():
    code, out, err = bktrade("project", DATA, "--side", "partner", "--horizon", "3")
    ok(code == 0 and line_of(out, "2026") != "" and line_of(out, "2027") == "", "project: 3 years", err)
    last = line_of(out, "automatic  all").split()
    ok("NAIVE" not in out and float(last[-1]) > 1, "project: labels for people, the share within the interval in %", out)
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


def check_explain():
    code, out, err = bktrade("project", DATA, "--side", "reporter", "--explain", "--horizon", "40")
    ok(code == 0, "project --explain: exit 0", err)
    for words in ("20 values are used, from 1998 to 2018", "One period between them has no value", "After 2018",
                  "No season is looked for", "chosen by rule", "trade between", "extrapolated",
                  "the last value: its mean absolute error is"):
        ok(words in " ".join(out.split()), f"project --explain: {words}", out)
    # The members' own points are what the methods say by themselves.
    by_itself = list(csv.DictReader(io.StringIO(
        bktrade("project", DATA, "--side", "reporter", "--model", "drift", "--horizon", "8", "--csv")[1])))
    own = [row["PROJECTED"] for row in by_itself if row["PROJECTED"]]
    code, out, err = bktrade("project", DATA, "--side", "reporter", "--members", "theta,drift", "--explain", "--horizon", "8")
    points = out[out.index("What each of them says"):].splitlines()
    place = next(line for line in points if line.startswith("PERIOD")).split().index("drift")
    shown = [line.split()[place].replace(",", "") for line in points if line[:2] == "20"]
    ok(shown == [f"{float(value):.1f}" for value in own], "project --explain: the members' own points", str(shown) + str(own))
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder) / "fan.svg"
        code, out, err = bktrade("project", DATA, "--side", "partner", "--members", "drift,delta", "--weights", "3,1",
                                 "--plot", picture, "--explain")
        text = picture.read_text("utf-8") if picture.exists() else ""
        ok(code == 0 and all(f">{level} %<" in text for level in (50, 80, 95)), "project --plot: three bands", out + err)
        ok("75.0 %" in out and "25.0 %" in out and "asked for" in out, "project --members: their weights", out)
        code, out, err = bktrade("project", DATA, "--plot", picture)
        ok(code == 2 and "--side" in err, "project --plot: one series a chart", err)
        for option in (("--plot", picture), ("--explain",)):
            code, out, err = bktrade("project", DATA, "--value", "OBS_VALUE", *option)
            ok(code == 2 and "--select" in err and out == "", f"project {option[0]}: of one series", out + err)
        code, out, err = bktrade("project", DATA, "--side", "partner", "--weighted", "--members", "drift,delta", "--explain")
        ok(code == 0 and "follow from how each did" in " ".join(out.split()), "project --weighted: told", out)
        code, out, err = bktrade("project", DATA, "--side", "partner", "--median", "--members", "drift,delta,naive", "--explain")
        ok(code == 0 and "the median of these" in out, "project --median: told", out)


def check_backtest():
    code, out, err = bktrade("backtest", DATA, "--side", "partner", "--methods", "naive,drift", "--horizon", "2")
    ok(code == 0, "backtest: exit 0", err)
    for words in ("29 to 2023", "14, from 2009 to 2022", "MASE by periods ahead", "Best of 2 by OWA: Random walk with drift"):
        ok(words in " ".join(out.split()), f"backtest: {words}", out)
    code, out, err = bktrade("backtest", DATA, "--side", "partner", "--methods", "naive", "--horizon", "5000")
    ok(code == 0 and "ahead: with --csv" in out, "backtest: a long horizon", out[-300:] + err)
    code, out, err = bktrade("backtest", DATA, "--side", "partner", "--methods", "naive,drift", "--horizon", "2", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ok(code == 0 and len(rows) == 6 and rows[2]["OWA"] == "1" and rows[0]["RELATIVE_MAE"] == "1", "backtest --csv: naive is the unit", out)
    # The last value by hand: one step ahead of every year from 2010 on.
    past = [float(row["ACTUAL"]) for row in csv.DictReader(io.StringIO(
        bktrade("project", DATA, "--side", "partner", "--csv")[1])) if row["ACTUAL"]]
    errors = [abs(past[i] - past[i - 1]) for i in range(15, 29)]
    ok(
        rows[0]["PROJECTIONS"] == "14" and abs(float(rows[0]["MAE"]) - sum(errors) / 14) < 1e-9,
        "backtest: the last value's mean absolute error by hand",
        rows[0]["MAE"],
    )
    code, out, err = bktrade("backtest", DATA, "--side", "partner", "--step", "3", "--origins", "2", "--levels", "50,99.5",
                             "--members", "drift,theta", "--methods", "automatic", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ok(
        code == 0 and [row["METHOD"] for row in rows] == ["automatic"] * 4 + ["combination"] * 4
        and rows[0]["PROJECTIONS"] == "2" and "MSIS_99_5" in rows[0],
        "backtest: origins, levels, a combination",
        out + err,
    )
    code, out, err = bktrade("backtest", DATA, "--value", "OBS_VALUE", "--methods", "automatic,naive", "--csv")
    rows = [row for row in csv.DictReader(io.StringIO(out)) if row["HORIZON"] == "all"]
    ok(code == 0 and len(rows) == 10 and rows[-1]["REF_AREA"] == "" and rows[-1]["SERIES"] == "4", "backtest: four series and all", out + err)
    pooled = sum(float(row["MASE"]) for row in rows[:-2] if row["METHOD"] == "naive") / 4
    ok(abs(float(rows[-1]["MASE"]) - pooled) < 1e-12, "backtest: the mean of the series", rows[-1]["MASE"])
    code, out, err = bktrade("backtest", DATA, "--value", "OBS_VALUE", "--methods", "automatic,naive")
    ok(code == 0 and line_of(out, "REF_AREA").split()[:4] == ["REF_AREA", "COUNTERPART_AREA", "TRADE_FLOW", "METHOD"] and "Best of 2" in out,
       "backtest: what tells series apart, and the best for all", out + err)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "twice.csv"
        path.write_text("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
                        + "".join(f"A:B(1.0),BLR,{2000 + i},{i * i}\n" for i in range(9))
                        + "A:B(1.0),KAZ,2001,1\nA:B(1.0),KAZ,2001,2\n")
        code, out, err = bktrade("backtest", path, "--value", "OBS_VALUE", "--methods", "naive")
        ok(code == 0 and "note: KAZ: the period 2001 comes twice" in err, "backtest: why a series has no figures", out + err)


def check_short_series():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "short.csv"
        for count in (1, 2, 3, 4, 8):
            path.write_text("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
                            + "".join(f"A:B(1.0),BLR,{2001 + i},{(i + 1) ** 2 % 7}\n" for i in range(count)))
            code, out, err = bktrade("project", path, "--value", "OBS_VALUE", "--explain", "--horizon", "2")
            value = "1 value is used" if count == 1 else f"{count} values are used"
            ok(code == 0 and value in out and ("too short for a back-test" in out) == (count < 8)
               and ("There are no intervals" in out) == (count == 1), f"project --explain: {count} values", out + err)
            code, out, err = bktrade("backtest", path, "--value", "OBS_VALUE")
            ok(code == 0 and ("nothing to compare" in out) == (count < 8) and ("Best of 7" in out) == (count == 8),
               f"backtest: {count} values", out + err)


def check_scenarios():
    """948.3167737 million in 2023, by given growth."""
    partner = ("project", DATA, "--side", "partner", "--horizon", "4")
    code, out, err = bktrade(*partner, "--growth", "5%", "--growth", "8%,5%,3%")
    lines = [line.split() for line in out.splitlines() if line.startswith(("5% ", "8%, 5%, 3% "))]
    ok(code == 0 and [line[-3] for line in lines]
       == "995.7 1,045.5 1,097.8 1,152.7 1,024.2 1,075.4 1,107.7 1,140.9".split(),
       "project --growth: paths beside the projection", out + err)
    code, out, err = bktrade(*partner, "--growth", "5%", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ok(code == 0 and [row["SCENARIO"] for row in rows] == ["5%"] * 4
       and abs(float(rows[3]["PATH"]) - 948.3167737 * 1.05**4) < 1e-4
       and float(rows[0]["DIFFERENCE"]) == float(rows[0]["PATH"]) - float(rows[0]["PROJECTED"]),
       "project --growth --csv: the comparison", out + err)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "scenarios.csv"
        path.write_bytes(b'\xef\xbb\xbfNOTE;SCENARIO;TIME_PERIOD;GROWTH\r\n;low;2024;1%\r\n\r\n'
                         b'"a ""note""; well";"high; hot";2024;0.1\r\n;low;2025;-0.5%')
        code, out, err = bktrade(*partner, "--scenario", path, "--csv")
        rows = {(row["SCENARIO"], row["TIME_PERIOD"]): row["PATH"] for row in csv.DictReader(io.StringIO(out))}
        ok(code == 0 and abs(float(rows["low", "2025"]) - 948.3167737 * 1.01 * 0.995) < 1e-4
           and abs(float(rows["high; hot", "2024"]) - 948.3167737 * 1.1) < 1e-4 and rows["high; hot", "2025"] == "",
           "project --scenario: any separator, quotes, a mark of UTF-8", out + err)
        path.write_text("SCENARIO,TIME_PERIOD,LEVEL\nplan,2024,1000\nplan,2026,1200\n")
        code, out, err = bktrade(*partner, "--scenario", path)
        ok(code == 0 and "1,000.0" in line_of(out, "plan") and "no level for 2025" in err,
           "project --scenario: levels, and the gap is told", out + err)
        for text, words in (
            ("", "scenarios.csv:1: the first line must name the columns"),
            ("SCENARIO,TIME_PERIOD\na,2024\n", "one of GROWTH, FACTOR and LEVEL"),
            ("SCENARIO,TIME_PERIOD,GROWTH,LEVEL\na,2024,1,1\n", "one of GROWTH, FACTOR and LEVEL"),
            ("SCENARIO,TIME_PERIOD,GROWTH\n", "there is no scenario"),
            ("SCENARIO,TIME_PERIOD,GROWTH\na,2024,0.1\na,soon,0.1\n", "scenarios.csv:3: field 2 is 'soon'"),
            ("SCENARIO,TIME_PERIOD,GROWTH\na,2024,5\n", "scenarios.csv:2: field 3 is '5'; expected a growth"),
            ("SCENARIO,TIME_PERIOD,LEVEL\na,2024,1e999\n", "field 3 is '1e999'"),
            ("SCENARIO,TIME_PERIOD,LEVEL\na,2024\n", "scenarios.csv:2: the line has 2 fields; expected 3"),
            ("SCENARIO,TIME_PERIOD,LEVEL\n,2024,1\n", "field 1 is ''; expected the name"),
            ('SCENARIO,TIME_PERIOD,LEVEL\n"a,2024,1\n', "scenarios.csv:2: field 1: a quotation mark"),
            ('SCENARIO,TIME_PERIOD,LEVEL\n"a"b,2024,1\n', "text behind it"),
            ("SCENARIO,TIME_PERIOD,LEVEL\n" + "," * 100, "there are too many"),
            ("SCENARIO,TIME_PERIOD,LEVEL\na,2024,1\na,2024,2\n", "rows 1 and 2 of the table of scenarios are both"),
            ("SCENARIO,TIME_PERIOD,LEVEL\na\0,2024,1\n", "this is no text"),
        ):
            path.write_text(text)
            for how in ((), ("--csv",)):
                code, out, err = bktrade(*partner, "--scenario", path, *how)
                ok(code == 1 and out == "" and words in err and err.count("\n") == 1, f"project --scenario: {words}", out + err)
        code, _, err = bktrade(*partner, "--scenario", path.with_name("none.csv"))
        ok(code == 1 and "none.csv: No such file" in err, "project --scenario: no such file", err)


def check_several_series():
    """Four series in one file: as reported by each, exports and imports."""
    how = ("project", DATA, "--value", "OBS_VALUE", "--horizon", "3", "--model", "drift")
    code, out, err = bktrade(*how, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    one = bktrade(*how, "--csv", "--select", "REF_AREA=KAZ", "--select", "TRADE_FLOW=X")[1]
    own = [{key: row[key] for key in next(csv.reader(io.StringIO(one)))} for row in rows
           if row["REF_AREA"] == "KAZ" and row["TRADE_FLOW"] == "X"]
    ok(code == 0 and err == "" and own == list(csv.DictReader(io.StringIO(one))) and len(own) > 10,
       "project: several series, each as it is by itself", out[:400] + err)
    ok(all(bktrade(*how, "--csv", "--threads", str(n))[1] == out for n in (1, 2, 3, 8)),
       "project --threads: the same bytes")
    code, out, err = bktrade(*how, "--threads", "2")
    ok(code == 0 and "4, 4 of them projected" in out
       and len([line for line in out.splitlines() if line.startswith("A     ")]) == 4,
       "project: a row a series", out + err)
    code, out, err = bktrade(*how, "--growth", "5%")
    ok(code == 0 and out.count("5% ") == 12, "project --growth: of several series", out + err)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "twice.csv"
        path.write_text("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
                        "A:B(1.0),BLR,2001,1\nA:B(1.0),BLR,2002,2\nA:B(1.0),BLR,2003,4\n"
                        "A:B(1.0),KAZ,2001,1\nA:B(1.0),KAZ,2001,2\nA:B(1.0),RUS,2001,1\n")
        code, out, err = bktrade("project", path, "--value", "OBS_VALUE")
        ok(code == 0 and "3, 2 of them projected" in out and "the period 2001 comes twice" in out
           and "1 of 3 series could not be projected" in err, "project: a bad series stops none of the others", out + err)


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
    ok("from 29 values" in out and "a judgement" in out, "target: what the probabilities rest on", out)
    ok(
        line_of(out, "  2029 ").split()[0] == "2029" and line_of(out, "  2030").split()[0] == "2030*",
        "target: what is extrapolated is marked",
        out,
    )
    part = ("--to", "560mn", "--to", "1bn", "--partial", "560mn", "--partial-previous", "520mn", "--partial-share", "7/12")
    code, out, err = bktrade("target", DATA, "--side", "partner", *part)
    ok(
        code == 0 and "58 % of it that are counted, 7.7 % above" in out and line_of(out, "  2024").split()[2] == "reached",
        "target: a part of the year",
        out + err,
    )
    code, out, err = bktrade("target", DATA, *part)
    ok(code == 2 and "--side" in err, "target: a part of the year is one side's", err)
    code, out, err = bktrade("target", DATA, "--side", "partner", *part[:-2])
    ok(code == 2 and "go together" in err, "target: a part needs its share", err)
    code, out, err = bktrade("target", DATA, "--side", "partner", *part[:-1], "7")
    ok(code == 2 and "7/12" in err, "target: a share is below 1", err)
    code, out, err = bktrade("target", DATA, "--side", "partner", *part[:-4], "--partial-previous", "2bn", *part[-2:])
    ok(code == 2 and "above the whole" in err, "target: a part is no more than the whole", err)
    code, out, err = bktrade("target", DATA, "--together", "--to", "1bn", "--side", "partner")
    words = line_of(out, "  2024 ").split()
    ok(
        code == 0 and float(words[3].replace(",", "")) == round(float(words[1]) + float(words[2]), 1) and words[4][0] == "-",
        "target: exports and imports together",
        out + err,
    )
    ok("388 pairs of countries" in out and "28 changes" in out, "target: what their correlation rests on", out)
    ok(bktrade("target", DATA, "--together")[0] == 0, "target: together without a target")
    code, out, err = bktrade("target", DATA, "--together", "--walk")
    ok(code == 2 and "--walk" in err, "target: no walk together", err)
    code, out, err = bktrade("target", DATA, "--together", "--to", "1bn", "--csv")
    ok(code == 0 and out.splitlines()[0].startswith("SERIES,TARGET,TIME_PERIOD"), "target: together as CSV", out[:200] + err)
    out = bktrade("target", DATA, "--to", "3.5e9", "--side", "partner", "--walk")[1]
    ok("not calibrated" in out and "extrapolation" not in out, "target: what a walk rests on", out)
    code, out, _ = bktrade("target", DATA, "--to", "3.5e9", "--to", "3500mn", "--side", "partner", "--horizon", "40", "--walk")
    ok("beyond 28 periods ahead" in out and "extrapolation" in out, "target: a horizon beyond the sample is said to be one", out)
    ok(line_of(out, "  Period").split() == ["Period", "Projected", "3,500", "3,500"], "target: the same amount counts once", out)
    code, out, _ = bktrade("target", DATA, "--to", "500m", "--side", "partner")
    ok(
        line_of(out, "  5.0 %").split()[-1] == "reached" and line_of(out, "  2030").split()[2:] == ["reached"] * 2,
        "target: one below the last value is reached",
        out,
    )
    code, out, _ = bktrade("target", DATA, "--to", "1bn", "--side", "partner", "--from", "2022")
    ok(code == 0 and "simulated" not in out and "fewer than three values" in out, "target: two values have no walk", out)
    code, out, _ = bktrade("target", DATA, "--of", "balance", "--to", "1bn", "--side", "partner", "--walk")
    ok("drift in the values" in out, "target: a balance, though it never was negative, walks in values", out)
    code, out, err = bktrade(
        "target", DATA, "--value", "OBS_VALUE", "--select", "REF_AREA=KAZ", "--select", "TRADE_FLOW=X",
        "--to", "500000", "--from", "2015", "--until", "2020",
    )
    ok(code == 0 and "77,323 in 2020" in out, "target: the window of a plain column", out + err)
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


        code, _, err = bktrade("plot", DATA, "-o", path, "--horizon", "0")
        text = path.read_text(encoding="utf-8") if code == 0 else ""
        black = [line for line in text.splitlines() if 'fill="none" stroke="#000000"' in line]
        ok(len(black) > 0, "plot: the turnover is black without a projection as with one", str(black))


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
        (("project", DATA, "--levels", "0.8"), "0.8"),
        (("project", DATA, "--members", "drift,drift"), "twice"),
        (("project", DATA, "--members", "automatik"), "there are naive"),
        (("project", DATA, "--members", "drift", "--weights", "1,2"), "2 weights for 1"),
        (("project", DATA, "--members", "drift", "--model", "theta"), "--members"),
        (("project", DATA, "--median", "--weighted"), "exclude"),
        (("backtest", DATA, "--methods", "oracle"), "oracle"),
        (("backtest", DATA, "--methods", "drift,drift"), "twice"),
        (("backtest", DATA, "--weights", "1"), "--members"),
        (("backtest", DATA, "--origins", "0"), "--origins"),
        (("backtest", DATA, "--horizon", "0"), "--horizon"),
        (("project", DATA, "--growth", "5"), "write 5%"),
        (("project", DATA, "--growth", "5%,"), "--growth wants a rate"),
        (("project", DATA, "--threads", "0"), "--threads"),
        (("target", DATA), "--to"),
        (("target", DATA, "--to", "much"), "much"),
        (("target", DATA, "--to", "5%"), "5%"),
        (("target", DATA, "--to", "1bn", "--growth", "5"), "write 5%"),
        (("target", DATA, "--to", "1bn", "--growth", "5bn"), "5bn"),
        (("target", DATA, "--to", "1bn", *(f"--growth={i}%" for i in range(1, 20))), "growth rates"),
        (("balance", DATA, "--cif-rate", "6"), "write 6%"),
        (("balance", DATA, "--from", "soon"), "'soon' is no period"),
        (("balance", DATA, "--from", "2015", "--to", "2010"), "lies after"),
        (("balance", DATA, "--reporter", "BLR", "--partner", "BY"), "both Belarus"),
        (("balance", DATA, "--profile", "nonsuch"), "nonsuch"),
        (("project", DATA, "--value", "OBS_VALUE", "--from", "soon"), "'soon' is no period"),
        (("target", DATA, "--to", "1bn", "--growth", "-100%"), "-100%"),
        (("plot", DATA), "-o"),
    ):
        code, out, err = bktrade(*arguments)
        ok(code == 2 and words in err and out == "", f"usage: {' '.join(map(str, arguments[:1]))} {words}", err)
    code, _, err = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "Atlantis")
    ok(code == 1 and "Atlantis" in err, "a partner that is no country", err)
    code, _, err = bktrade("balance", DATA, "--reporter", "BLR", "--partner", "RUS")
    ok(code == 1 and "KAZ" in err, "a partner that is not there: who is", err)


def check_answer_later():
    promise = ROOT / "tests/data/messages/footer-address.xml"
    address = "http://example.org/file/7Dqf4.zip"
    code, out, err = bktrade("info", promise)
    ok(code == 0 and f"address       {address}" in out, "info: the address where the answer will be", out + err)
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "out.csv"
        for arguments in (("convert", promise, "-o", target), ("convert", promise, "--to", "ml21", "-o", "-"),
                          ("convert", DATA, promise, "-o", target), ("balance", promise)):
            code, out, err = bktrade(*arguments)
            ok(
                code == 1 and out == "" and f"will be at {address}" in err and "footer-address.xml:19:" in err
                and not any(pathlib.Path(folder).iterdir()),
                f"{arguments[0]}: an answer that comes later is told, nothing is written",
                err,
            )


def check_encoding():
    cyrillic = ROOT / "tests/data/messages/csv-2.0-windows-1251.csv"
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "out.csv"
        code, out, err = bktrade("convert", cyrillic, "--encoding", "windows-1251", "-o", target)
        ok(
            code == 0 and err == "" and "По данным Белстата" in target.read_text(encoding="utf-8"),
            "convert --encoding windows-1251: Cyrillic letters",
            err,
        )
        for command in ("info", "balance", "validate", "project", "backtest", "target", "plot", "diff", "convert"):
            arguments = [cyrillic, "--encoding", "windows-1215"]
            arguments += {"plot": ["-o", target.with_suffix(".svg")], "diff": [cyrillic], "target": ["--to", "1bn"],
                          "validate": ["--structure", ROOT / "examples/data/blr-kaz-structure.xml"],
                          "convert": ["-o", target.with_suffix(".xml")]}.get(command, [])
            code, out, err = bktrade(command, *arguments)
            ok(
                code == 2 and out == "" and "windows-1215" in err and len(list(pathlib.Path(folder).iterdir())) == 1,
                f"{command}: an encoding that nobody knows is told",
                err,
            )


def check_convert():
    kinds = ("csv", "sdmx-csv", "sdmx-csv-1", "ml21", "ml21-flat", "ml30", "ml30-flat", "generic",
             "generic-flat")
    balance = bktrade("balance", DATA)[1]
    # SDMX-CSV has no header that says the source.
    figures = "".join(line for line in balance.splitlines(True) if not line.startswith("Source:"))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for kind in kinds:
            code, out, err = bktrade("convert", DATA, "--to", kind, "-o", folder / kind)
            ok(code == 0 and out == "", f"convert --to {kind}", err)
            if kind != "csv":
                wanted = figures if "csv" in kind else balance
                if kind == "sdmx-csv-1":  # nor the structure, only a dataflow
                    wanted = wanted.replace(" (structure BKTRADE:BILATERAL_TRADE(1.0))", "")
                ok(bktrade("balance", folder / kind)[1] == wanted, f"{kind}: the same balance")
        code, out, _ = bktrade("convert", DATA, "--to", "csv", "-o", "-")
        ok(code == 0 and out == (folder / "csv").read_text(), "convert to stdout")
        odd = folder / "odd.csv"
        odd.write_text("DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
                       + "".join(f"X:Y(1.0),A,BLR,{year},odd\n" for year in range(1980, 2020)))
        told = [bktrade("convert", odd, "--to", "csv", "-o", out)[2].replace(str(out), "")
                for out in (folder / "odd-out", "-")]
        ok(told[0] == told[1] and "odd.csv:2:" in told[0], "convert to stdout: read twice, told once",
           told[1])
        code, _, err = bktrade("convert", folder / "sdmx-csv", "-o", folder / "again.xml.gz")
        ok(code == 0 and bktrade("balance", folder / "again.xml.gz")[1] == figures,
           "convert: from CSV to packed SDMX-ML by the name", err)
        late = folder / "late.xml"
        late.write_text((ROOT / "tests/data/messages/late-structures.xml").read_text())
        for kind in ("sdmx-csv", "ml30"):
            code, out, err = bktrade("convert", late, "--to", kind, "-o", folder / "late")
            ok(code == 0, f"convert --to {kind}: a second data set of another structure", err)
            code, out, _ = bktrade("info", folder / "late")
            ok("BKT:FIRST(1.0)" in out and "BKT:SECOND(1.0)" in out, f"{kind}: both are there", out)
        code, _, err = bktrade("convert", DATA, "-o", folder / "own.xml", "--write-structure",
                               folder / "own-dsd.xml", "--write-schema", folder / "own.xsd")
        ok(code == 0 and bktrade("balance", folder / "own.xml")[1] == balance
           and 'id="CL_REF_AREA"' in (folder / "own-dsd.xml").read_text()
           and 'name="CL_REF_AREA"' in (folder / "own.xsd").read_text(),
           "convert: with a structure and a schema", err)
        code, _, err = bktrade("convert", DATA, "-o", folder / "lists.xml", "--to", "ml30", "--list", "TITLE")
        ok(code == 0 and '<Comp id="TITLE"' in (folder / "lists.xml").read_text()
           and bktrade("balance", folder / "lists.xml")[1] == balance, "convert: --list", err)
        before = sorted(folder.iterdir())
        result = subprocess.run(
            [PROGRAM, "convert", DATA, "-o", folder / "full.xml"], capture_output=True, text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)))
        ok(result.returncode == 1 and "full.xml" in result.stderr and "larger" in result.stderr
           and sorted(folder.iterdir()) == before, "convert: a file that may not grow", result.stderr)
        broken = folder / "broken.xml"
        broken.write_text(DATA.read_text()[:-200])
        code, _, err = bktrade("convert", broken, "-o", folder / "never.csv")
        ok(code == 1 and "broken.xml" in err and sorted(folder.iterdir()) == sorted([*before, broken]),
           "convert: of a broken file nothing is left", err)
        code, _, err = bktrade("convert", DATA, "-o", folder / "nowhere" / "x.csv")
        ok(code == 1 and "nowhere/x.csv" in err, "convert: a folder that isn't there", err)
    code, _, err = bktrade("convert", DATA)
    ok(code == 2 and "-o" in err, "convert: without -o", err)
    code, _, err = bktrade("convert", DATA, "-o", "x.data")
    ok(code == 2 and "--to" in err, "convert: a name that tells nothing", err)
    code, _, err = bktrade("convert", DATA, "-o", "-", "--to", "json")
    ok(code == 2 and "json" in err, "convert: a kind that there isn't", err)


def check_validate():
    structure = ROOT / "examples/data/blr-kaz-structure.xml"
    code, out, err = bktrade("validate", DATA, "--structure", structure)
    header = "KIND,SEVERITY,SOURCE,DATASET,LINE,ROW,SERIES_KEY,PERIOD,COMPONENT,VALUE,EXPECTED,ROWS"
    ok(code == 0 and out.splitlines() == [header] and err == "", "validate: nothing is wrong", out + err)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        wrong = folder / "wrong.xml"
        wrong.write_text(DATA.read_text().replace('"BLR"', '"BRL"').replace('TIME_PERIOD="2012"', 'TIME_PERIOD="2019-W53"'))
        code, out, err = bktrade("validate", wrong, "--structure", structure)
        rows = list(csv.DictReader(io.StringIO(out)))
        kinds = {row["KIND"] for row in rows}
        ok(code == 1 and kinds == {"unknown-code", "period-impossible"} and "in " in err,
           "validate: what is wrong is found", out + err)
        first = next((row for row in rows if row["KIND"] == "unknown-code"), {})
        ok(first.get("VALUE") == "BRL" and first.get("EXPECTED", "").startswith("BLR of "),
           "validate: what was meant", str(first))
        code, out, err = bktrade("validate", wrong, "--structure", structure, "--summary")
        ok(code == 1 and {row["KIND"] for row in csv.DictReader(io.StringIO(out))} == kinds,
           "validate: a summary by kind", out + err)
        code, out, err = bktrade("validate", wrong, "--structure", structure, "--limit", 1)
        ok(code == 1 and len(out.splitlines()) == 3, "validate: --limit", out + err)
        conflict = folder / "conflict.xml"
        conflict.write_text((ROOT / "tests/data/messages/conflicting-groups.xml").read_text())
        code, out, _ = bktrade("validate", conflict, "--structure", structure)
        ok(code == 1 and "attribute-conflict" in out and "'by pair' of a group is not" in out,
           "validate: groups that contradict each other", out)
        archive = folder / "both.zip"
        with zipfile.ZipFile(archive, "w") as both:
            both.write(DATA, "data.xml")
            both.write(structure, "structure.xml")
        code, out, err = bktrade("validate", archive)
        ok(code == 0 and out.splitlines() == [header], "validate: the structure in the same zip", out + err)
        code, out, err = bktrade("validate", DATA, "--structure", structure, "--dsd", "NONE")
        ok(code == 1 and "NONE" in err and out == "", "validate: a structure that there isn't", err)
        code, out, err = bktrade("validate", DATA, "--structure", folder / "nowhere.xml")
        ok(code == 1 and "nowhere.xml" in err, "validate: a structure file that there isn't", err)
        code, out, err = bktrade("validate", DATA, "--structure", DATA)
        ok(code == 1 and "Structure" in err, "validate: data in the place of the structure", err)
    code, out, err = bktrade("validate", DATA)
    ok(code == 2 and "--structure" in err, "validate: without a structure", err)
    code, _, err = bktrade("validate", DATA, "--structure", structure, "--limit", "many")
    ok(code == 2 and "limit" in err, "validate: a limit that is none", err)


def check_diff():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        later = folder / "later.csv"
        bktrade("convert", DATA, "--to", "sdmx-csv", "-o", later)
        code, out, err = bktrade("diff", DATA, later, "--exit-code")
        ok(code == 0 and out.startswith("unchanged ") and out.endswith("no differences\n"),
           "diff: SDMX-ML against SDMX-CSV of the same, nothing", out + err)
        head, *lines = later.read_text(encoding="utf-8").splitlines()
        lines = [line.replace(",2012,804138,USD", ",2012,804138.5,EUR") for line in lines if ",KAZ,X,TOTAL,1998," not in line]
        later.write_text("\n".join([head, *reversed(lines), lines[5], ""]), encoding="utf-8")
        code, out, err = bktrade("diff", DATA, later)
        ok(code == 0 and line_of(out, "removed").split()[1] == "1" and line_of(out, "revised").split()[1] == "1"
           and line_of(out, "repeated after").split()[2] == "1"
           and line_of(out, "2012").split()[-6:] == ["UNIT_MEASURE", "804138.0", "804138.5", "0.500", "USD", "EUR"]
           and "all of FREQ A" in out, "diff: removed, revised, repeated", out)
        ok("warning: " in err and "later.csv" in err and "A.BLR.KAZ.X.TOTAL.2004" in err, "diff: a key twice is told", err)
        code, out, err = bktrade("diff", DATA, later, "--csv", "--ignore", "UNIT_MEASURE")
        rows = list(csv.DictReader(io.StringIO(out)))
        ok([row["CHANGE"] for row in rows] == ["removed", "repeated after", "revised"]
           and rows[2]["OBS_VALUE_DIFFERENCE"] == "0.5" and "UNIT_MEASURE_AFTER" not in rows[2], "diff --csv --ignore", out)
        code, written, err = bktrade("diff", DATA, later, "-o", folder / "x.csv", "--ignore", "UNIT_MEASURE")
        ok(code == 0 and (folder / "x.csv").read_text(encoding="utf-8") == out and "revised" in written, "diff -o", written + err)
        ok(bktrade("diff", DATA, later, "--csv", "--ignore", "UNIT_MEASURE", "-o", "-")[1] == out, "diff -o -")
        code, out, err = bktrade("diff", DATA, later, "--summary", "--exit-code")
        ok(code == 1 and "TIME_PERIOD" not in out, "diff --summary --exit-code", out + err)
        code, out, err = bktrade("diff", DATA, later, "--key", "NONE")
        ok(code == 1 and "NONE" in err, "diff: a key that is not there", err)
        code, out, err = bktrade("diff", DATA, folder / "absent.xml")
        ok(code == 1 and "absent.xml" in err, "diff: a file that is not there", err)
    code, out, err = bktrade("diff", DATA)
    ok(code == 2 and "two files" in err, "diff: with one file", err)


def check_provenance():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        code, _, err = bktrade("convert", DATA, "--provenance", "-o", folder / "x.csv")
        lines = DATA.read_text(encoding="utf-8").splitlines()
        rows = list(csv.DictReader(io.StringIO((folder / "x.csv").read_text(encoding="utf-8"))))
        good = all(f'TIME_PERIOD="{row["TIME_PERIOD"]}"' in lines[int(row["LINE"]) - 1] for row in rows)
        ok(code == 0 and good and len(rows) > 50 and rows[0]["SOURCE_"] == str(DATA)
           and rows[0]["SOURCE"] == "COMTRADE_WITS" and rows[0]["DATASET"] == "1", "convert --provenance", err)
        code, _, err = bktrade("convert", "--apply", DATA, DATA, "--provenance", "-o", folder / "y.csv")
        rows = list(csv.DictReader(io.StringIO((folder / "y.csv").read_text(encoding="utf-8"))))
        ok(code == 0 and rows[0]["LINE"] != "" and "DATASET" not in rows[0], "convert --apply --provenance", err)


def check_apply():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        changes = folder / "changes.csv"
        head = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,COUNTERPART_AREA,TRADE_FLOW,COMMODITY,TIME_PERIOD,OBS_VALUE\n"
        key = "datastructure,BKTRADE:BILATERAL_TRADE(1.0),{},A,BLR,KAZ,{},TOTAL,{},{}\n"
        changes.write_text(head + key.format("M", "X", 2012, 900000) + key.format("D", "M", 2012, "")
                           + key.format("D", "X", "", "") + key.format("M", "X", 2013, 500),
                           encoding="utf-8")
        state = folder / "state.csv"
        code, _, err = bktrade("convert", "--apply", DATA, changes, "-o", state)
        rows = list(csv.DictReader(io.StringIO(state.read_text(encoding="utf-8"))))
        exports = [row for row in rows if row["REF_AREA"] == "BLR" and row["TRADE_FLOW"] == "X"]
        ok(code == 0 and [(row["TIME_PERIOD"], row["OBS_VALUE"]) for row in exports] == [("2013", "500")]
           and not [row for row in rows if row["REF_AREA"] == "BLR" and row["TRADE_FLOW"] == "M"
                    and row["TIME_PERIOD"] == "2012"] and "ACTION" not in rows[0], "convert --apply", err)
        changes.write_text(head + key.format("M", "X", 2012, 900000), encoding="utf-8")
        code, out, err = bktrade("balance", DATA, changes, "--apply")
        ok(code == 0 and line_of(out, "2012").split()[1] == "900.0", "balance --apply", out + err)
        code, out, err = bktrade("convert", "--apply", changes, DATA, "-o", folder / "again.xml")
        code, out, err = bktrade("diff", DATA, folder / "again.xml")
        ok(code == 0 and "no differences" in out, "diff: applied in the other order, nothing is left of it", out + err)


def check_url():
    imf = "https://api.imf.org/external/sdmx/2.1/data/IMF.STA,IMTS/"
    comext = "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/"
    ecb = "https://data-api.ecb.europa.eu/service/"
    for arguments, address in (
        ("imf --reporter BLR --partner KAZ --frequency A --from 2010 --to 2023",
         imf + "BLR.XG_FOB_USD+MG_CIF_USD.KAZ.A?startPeriod=2010&endPeriod=2023"),
        ("IMF --reporter by --partner 398+Russia", imf + "BLR.XG_FOB_USD+MG_CIF_USD.KAZ+RUS."),
        ("imf imts --reporter EU27 --partner TX898 --flow TBG_USD", imf + "EU27.TBG_USD.TX898."),
        ("imf IMF.STA:IMTS(1.0.0) BLR...A", imf.replace("/BLR", "").rstrip("/") + ",1.0.0/BLR...A"),
        ("imf3 --reporter BLR --partner World --flow exports",
         "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/~/BLR.XG_FOB_USD.G001.*"),
        ("comext --reporter Germany+FR --partner WLD --flow imports --product 27",
         comext + "2.1/data/DS-045409/.DE+FR.WORLD.27.1.VALUE_IN_EUROS"),
        ("comext --reporter DE --partner KZ --select indicators=QUANTITY_IN_100KG --select flow=1",
         comext + "2.1/data/DS-045409/.DE.KZ.TOTAL.1.QUANTITY_IN_100KG"),
        ("comext3 --reporter DE+FR --partner KZ --frequency M",
         comext + "3.0/data/dataflow/ESTAT/DS-045409/1.0/M.*.KZ.TOTAL.*.VALUE_IN_EUROS"
         "?c%5Breporter%5D=DE,FR&c%5Bflow%5D=2,1"),
        ("ecb EXR D.USD.EUR.SP00.A --first 1 --last 2 --detail dataonly --at AllDimensions --history "
         "--updated-after 2024-05-15",
         ecb + "data/EXR/D.USD.EUR.SP00.A?updatedAfter=2024-05-15T00%3A00%3A00&firstNObservations=1"
         "&lastNObservations=2&dimensionAtObservation=AllDimensions&detail=dataonly&includeHistory=true"),
        ("ecb ECB:EXR --available --component CURRENCY --selectable",
         ecb + "availableconstraint/ECB,EXR/all/all/CURRENCY?mode=available"),
        ("ecb ECB:CL_FREQ --structure codelist --item A --stubs full --references parents",
         ecb + "codelist/ECB/CL_FREQ/latest/A?references=parents&detail=full"),
        ("ecb --structure dataflow", ecb + "dataflow"),
        ("--service https://host/rest --rest 2 A:F --select REF_AREA=A+B --measures none --as-of 2024-01-01",
         "https://host/rest/data/dataflow/A/F/~?c%5BREF_AREA%5D=A,B&measures=none"
         "&asOf=2024-01-01T00%3A00%3A00"),
        ("--service https://host/rest --rest 1 F --dimensions FREQ+AREA --select AREA=X --provider P",
         "https://host/rest/data/F/.X/P"),
    ):
        words = [word.replace("FREQ+AREA", "FREQ AREA") for word in arguments.split(" ")]
        ok(bktrade("url", *words) == (0, address + "\n", ""), f"url {arguments}", bktrade("url", *words))
    code, out, err = bktrade("url", "ecb", "EXR", "--as", "sdmx-csv-1")
    header = "Accept: application/vnd.sdmx.data+csv;version=1.0.0"
    ok(code == 0 and out == ecb + "data/EXR\n" and header in err, "url: the header on standard error", err)
    command = bktrade("url", "ecb", "EXR", "--as", "sdmx-csv-1", "--curl")
    ok(command == (0, f"curl -fL --compressed -H '{header}' '{ecb}data/EXR'\n", ""), "url --curl", command)
    ok(bktrade("url", "estat", "F", "--as", "sdmx-csv-1", "--curl")[1].endswith("/data/F?format=SDMX-CSV'\n"),
       "url --curl: no header where a parameter asks")
    code, out, err = bktrade("url")
    names = [line.split()[0] for line in out.splitlines()]
    ok(code == 0 and {"IMF", "ESTAT", "OECD", "WITS", "COMTRADE", "UNSD", "ECB", "BIS", "ILO"} <= set(names), "url: lists", out)
    for name in names:
        code, out, err = bktrade("url", name.lower(), "--about")
        ok(code == 0 and "  source " in out and "https://" in out, f"url {name} --about", out + err)
    for arguments, words in (
        ("nobody", "'nobody'"),
        ("comtrade", "subscription key"),
        ("ecb EXR D..X/Y", "key, dimension 3: 'X/Y'"),
        ("ecb EXR A B", "'B'"),
        ("ecb EXR --from soon", "'soon' is no period"),
        ("ecb EXR --from 2020 --to 2010", "lies after"),
        ("ecb EXR --reporter BLR", "--reporter"),
        ("ecb EXR --as pdf", "sdmx-csv"),
        ("ecb EXR --first 0", "--first"),
        ("ecb EXR --detail some", "serieskeysonly"),
        ("ecb EXR --select FREQ=A", "dimensions"),
        ("imf --reporter BLR --select COUNTRY=KAZ", "twice"),
        ("imf --partner " + "+".join(["KAZ"] * 600), "too long"),
        ("imf --partner " + "K" * 300, "too long"),
        ("estat F --history", "ESTAT"),
        ("--service https://host/rest F", "--rest"),
        ("--service host --rest 1 F", "'host'"),
        ("--about", "no service"),
    ):
        code, out, err = bktrade("url", *arguments.split(" "))
        ok(code == 2 and out == "" and words in err, f"url {arguments[:40]}: {words}", err)


STRUCTURES = ROOT / "tests/data/structures"


def check_structure():
    kinds = STRUCTURES / "kinds-2.1.xml"
    code, out, err = bktrade("structure", kinds)
    ok(code == 0 and err == "", "structure: exit 0, nothing on stderr", err)
    ok(line_of(out, "Codelist  ").split() == ["Codelist", "EX:CL_AREA(1.0)", "Areas", "2", "codes"],
       "structure: a code list with its name and number of codes", out)
    ok(line_of(out, "1  ").split() == ["1", "dimension", "AREA", "Area", "EX:CL_AREA(1.0)", "2"],
       "structure: a dimension with its concept and code list", out)
    ok("mandatory" in line_of(out, "          attribute  SOURCE"), "structure: an attribute that must be there", out)
    code, out, err = bktrade("structure", kinds, "--codes", "CL_AREA", "--language", "be")
    ok("\n  BY  Беларусь" in out, "structure --codes: a tree, in the language asked for", out)
    code, out, err = bktrade("structure", kinds, "--codes", "CATS", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ok([(row["CODE"], row["PARENT"], row["LEVEL"]) for row in rows] == [("A", "", "1"), ("B", "A", "2")],
       "structure --codes --csv: categories", out)
    code, out, err = bktrade("structure", kinds, "--csv")
    ok({"KIND": "Dataflow", "AGENCY": "EX", "ID": "DF", "VERSION": "1.0", "NAME": "Flow",
        "CONTENT": "of EX:DSD(1.0)"} in csv.DictReader(io.StringIO(out)), "structure --csv: the artefacts", out)
    code, out, err = bktrade("structure", kinds, "--codes", "NONE")
    ok(code == 2 and "'NONE'" in err and "EX:CL_AREA(1.0)" in err, "structure --codes: what there is", err)
    code, out, err = bktrade("structure", kinds, "--to", "ml30")
    ok(code == 2 and "-o" in err, "structure --to without -o", err)
    code, out, err = bktrade("structure", kinds, "-o", "-", "--to", "csv")
    ok(code == 2 and "'csv'" in err, "structure --to: what it takes", err)
    for kind, version in (("xsd21", "v2_1"), ("xsd30", "v3_0")):
        code, out, err = bktrade("structure", STRUCTURES / "trade-2.1.xml", "-o", "-", "--to", kind)
        ok(code == 0 and f"{version}/data/structurespecific" in out and '<xs:enumeration value="KAZ"/>' in out
           and '<xs:complexType name="ByFlow">' in out, f"structure --to {kind}: the schema of the DSD", err)
    code, out, err = bktrade("structure", STRUCTURES / "extended-3.0.xml", "-o", "-", "--to", "xsd21")
    ok(code == 2 and out == "" and "none" in err, "structure --to xsd21: there is no DSD", err)
    code, out, err = bktrade("structure", DATA)
    ok(code == 1 and "blr-kaz.xml" in err, "structure: data are no structure", err)
    with tempfile.TemporaryDirectory() as folder:
        written = pathlib.Path(folder) / "kinds.xml.gz"
        code, out, err = bktrade("structure", STRUCTURES / "trade-2.0.xml", "-o", written, "--to", "ml30")
        ok(code == 0 and written.read_bytes()[:2] == b"\x1f\x8b", "structure -o: packed by its name", err)
        before = bktrade("structure", STRUCTURES / "trade-2.0.xml", "--codes", "CL_AREA")
        ok(bktrade("structure", written, "--codes", "CL_AREA") == before, "structure -o: the same codes again", before[1])
        code, out, err = bktrade("structure", STRUCTURES / "kinds-3.0.xml", "-o", written)
        ok(code == 0 and "SDMX-ML 2.1 has no place for" in err, "structure -o: what is left out is told", err)
        code, out, err = bktrade("structure", STRUCTURES / "kinds-3.0.xml", "-o", pathlib.Path(folder) / "no.xml", "--strict")
        ok(code == 1 and not (pathlib.Path(folder) / "no.xml").exists(), "structure --strict: nothing is left", err)


def check_help():
    for command in ("info", "diff", "structure", "balance", "project", "backtest", "target", "plot", "url"):
        code, out, _ = bktrade(command, "--help")
        ok(code == 0 and "Usage: bktrade " + command in out and "Examples:" in out, f"{command} --help", out)
    code, out, _ = bktrade("--version")
    version = (ROOT / "include/bktrade/version.h").read_text().split('BKT_VERSION_TEXT   "')[1].split('"')[0]
    ok(code == 0 and version in out, "--version", out)


check_balance()
check_csv()
check_shape()
check_seasons()
check_one_sided()
check_told()
check_large()
check_info()
check_project()
check_explain()
check_backtest()
check_short_series()
check_scenarios()
check_several_series()
check_target()
check_plot()
check_problems()
check_encoding()
check_answer_later()
check_convert()
check_with_structure()
check_levels()
check_validate()
check_diff()
check_apply()
check_structure()
check_structure_parts()
check_url()
check_provenance()
check_help()
done()
