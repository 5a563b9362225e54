# SPDX-License-Identifier: MIT
"""The example data against their sources: counts and exact sums by series and source."""

import decimal
import os
import shutil
import tempfile
import xml.etree.ElementTree as ElementTree

import tap

DATA = tap.ROOT / "examples" / "data"

# Reporter, flow, source: observations and their sum in thousand USD, added up from the sources'
# tables and not from the message.
EXPECTED = {
    ("BLR", "X", "COMTRADE_WITS"): (19, "6398396.168"),
    ("BLR", "M", "COMTRADE_WITS"): (19, "1577803.624"),
    ("KAZ", "X", "COMTRADE_WITS"): (22, "1132595.992"),
    ("KAZ", "M", "COMTRADE_WITS"): (22, "6228422.94"),
    ("KAZ", "X", "STAT_GOV_KZ"): (6, "769551.42672"),
    ("KAZ", "M", "STAT_GOV_KZ"): (6, "4385872.88322"),
    ("BLR", "X", "PRESS_LAW_BY"): (1, "783700"),
    ("BLR", "M", "PRESS_LAW_BY"): (1, "112300"),
    ("KAZ", "X", "PRESS_AZERNEWS"): (1, "95500"),
    ("KAZ", "M", "PRESS_AZERNEWS"): (1, "508600"),
}
SPOTS = {
    ("BLR", "X", "2012"): "804138",
    ("BLR", "M", "2012"): "119023.9",
    ("KAZ", "X", "2012"): "90356.78",
    ("KAZ", "M", "2012"): "675526.58",
    ("BLR", "M", "2010"): "405811.3",
    ("KAZ", "M", "2021"): "780733.46803",
}
VALUATION = {("COMTRADE_WITS", "X"): "FOB", ("COMTRADE_WITS", "M"): "CIF"}
STRUCTURE = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"


def observations():
    for series in ElementTree.parse(DATA / "blr-kaz.xml").getroot().iter("Series"):
        for observation in series.iter("Obs"):
            yield {**series.attrib, **observation.attrib}


def check_figures(rows):
    found = {}
    for row in rows:
        key = (row["REF_AREA"], row["TRADE_FLOW"], row["SOURCE"])
        count, total = found.get(key, (0, decimal.Decimal(0)))
        found[key] = (count + 1, total + decimal.Decimal(row["OBS_VALUE"]))
    for key, (count, total) in EXPECTED.items():
        tap.ok(
            found.get(key) == (count, decimal.Decimal(total)),
            "count and sum of " + " ".join(key),
            f"expected {count} and {total}, found {found.get(key)}",
        )
    tap.ok(len(rows) == 98, "98 observations", f"found {len(rows)}")
    values = {(r["REF_AREA"], r["TRADE_FLOW"], r["TIME_PERIOD"]): r["OBS_VALUE"] for r in rows}
    tap.ok(len(values) == len(rows), "no key comes twice")
    wrong = [(key, values.get(key)) for key, value in SPOTS.items() if values.get(key) != value]
    tap.ok(not wrong, "single figures", wrong)


def check_attributes(rows):
    wrong = []
    for row in rows:
        press = row["SOURCE"].startswith("PRESS_")
        expected = {
            "SOURCE_TYPE": "PRESS" if press else "STATISTICS",
            "OBS_STATUS": "V" if press else "A",
            "VALUATION": VALUATION.get((row["SOURCE"], row["TRADE_FLOW"]), "_U"),
            "UNIT_MULT": "3",
            "UNIT_MEASURE": "USD",
        }
        wrong += [(row["TIME_PERIOD"], k, row.get(k)) for k, v in expected.items() if row.get(k) != v]
    tap.ok(not wrong, "status, valuation and unit follow the source", wrong)


def check_structure(rows):
    root = ElementTree.parse(DATA / "blr-kaz-structure.xml").getroot()
    codes = {
        codelist.get("id"): {code.get("id") for code in codelist.iter(STRUCTURE + "Code")}
        for codelist in root.iter(STRUCTURE + "Codelist")
    }
    components = {}
    for kind in ("Dimension", "TimeDimension", "Attribute", "PrimaryMeasure"):
        for component in root.iter(STRUCTURE + kind):
            if component.get("id"):
                reference = component.find(f".//{STRUCTURE}Enumeration/Ref")
                components[component.get("id")] = None if reference is None else reference.get("id")
    wrong = set()
    for row in rows:
        for name, value in row.items():
            if name not in components:
                wrong.add(f"{name} is no component of the structure")
            elif components[name] and value not in codes[components[name]]:
                wrong.add(f"{name}={value} is not in {components[name]}")
    tap.ok(not wrong, "every component and code is in the structure message", sorted(wrong))


def check_schemas():
    folder = os.environ.get("BKT_SDMX_SCHEMAS", "")
    names = ("the structure message is valid", "the data message is valid")
    if not folder or not shutil.which("xmllint"):
        for name in names:
            tap.skip(name, "needs BKT_SDMX_SCHEMAS (a folder with SDMXMessage.xsd 2.1) and xmllint")
        return
    own = tap.ROOT / "tests" / "contract" / "blr-kaz-data.xsd"
    namespace = ElementTree.parse(own).getroot().get("targetNamespace")
    message = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
    with tempfile.TemporaryDirectory() as temporary:
        joined = os.path.join(temporary, "joined.xsd")
        with open(joined, "w", encoding="utf-8") as file:
            file.write(
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
                f'<xs:import namespace="{message}" schemaLocation="{folder}/SDMXMessage.xsd"/>'
                f'<xs:import namespace="{namespace}" schemaLocation="{own}"/></xs:schema>'
            )
        for name, file in zip(names, ("blr-kaz-structure.xml", "blr-kaz.xml")):
            code, text = tap.run(["xmllint", "--noout", "--nonet", "--schema", joined, DATA / file])
            tap.ok(code == 0, name, text)


rows = list(observations())
check_figures(rows)
check_attributes(rows)
check_structure(rows)
check_schemas()
tap.done()
