# SPDX-License-Identifier: MIT
"""The examples run on the example data, and C and Python show the same figures.

    check_examples.py SHARED_LIBRARY NAME=PROGRAM..."""

import os
import pathlib
import re
import sys
import tempfile

import tap

DATA = tap.ROOT / "examples" / "data" / "blr-kaz.xml"
FOLDER = tempfile.TemporaryDirectory()
ARGUMENTS = {
    "read": [DATA],
    "balance": [DATA, "BLR", "KAZ"],
    "project": [DATA, "BLR", "KAZ", "4e9"],
    "stream": [DATA, "REF_AREA=BLR", "TRADE_FLOW=X", "2010", "2016"],
    "arrays": [],
    "publish": [DATA, "BLR", "KAZ", os.path.join(FOLDER.name, "balance")],
    "validate": [DATA, DATA.with_name("blr-kaz-structure.xml")],
}
# Million USD: exports and imports as Belarus, then as Kazakhstan reports them.
YEAR_2012 = ["804.1", "119.0", "90.4", "675.5"]


def numbers_of(text, year):
    line = next((line for line in text.splitlines() if line.startswith(year)), "")
    return re.findall(r"\d+\.\d+", line)


library, *programs = sys.argv[1:]
outputs = {}
for program in programs:
    name, path = program.split("=")
    code, outputs[name] = tap.run([path, *ARGUMENTS[name]])
    tap.ok(code == 0 and outputs[name].strip(), f"example {name} runs", outputs[name])
tap.ok(numbers_of(outputs["balance"], "2012") == YEAR_2012, "balance: 2012 in C", outputs["balance"])
tap.ok(outputs["validate"].startswith("98 rows, 0 findings"), "validate: nothing is wrong", outputs["validate"])
published = pathlib.Path(FOLDER.name, "balance.xml").read_text()
tap.ok('<Obs TIME_PERIOD="2012" EXPORTS_REPORTER="804138000"' in published, "publish: 2012 as SDMX", published[:3000])
if library == "-":
    tap.skip("balance: 2012 in Python", "no shared library was built")
else:
    script = tap.ROOT / "examples" / "python" / "balance.py"
    code, text = tap.run([sys.executable, script, DATA, "BLR", "KAZ"],
                         env={**os.environ, "BKTRADE_LIBRARY": os.path.abspath(library)})
    tap.ok(code == 0 and numbers_of(text, "2012") == YEAR_2012, "balance: 2012 in Python", text)
    tap.ok([line.split() for line in text.splitlines()] ==
           [line.split() for line in outputs["balance"].splitlines()],
           "C and Python print the same table", f"{outputs['balance']}\n{text}")
tap.done()
