# SPDX-License-Identifier: MIT
"""A generated message read by the library has what the generator says that it wrote.

    check_generated.py GENERATE READING_BACK KIND"""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract"))
import tap  # noqa: E402

generate, reading_back, kind = sys.argv[1:4]
with tempfile.TemporaryDirectory() as folder:
    for observations in (0, 1, 5000):
        path = pathlib.Path(folder) / f"{observations}.xml"
        arguments = ["--kind", kind, "--observations", observations, "-o", path]
        code, written = tap.run([generate, *arguments])
        tap.ok(code == 0, f"{kind}: {observations} observations written", written)
        code, read = tap.run([reading_back, path])
        expected = written.split(" bytes")[0] + " warnings 0"
        tap.ok(code == 0 and read.strip() == expected, f"{kind}: the same is read", f"{written}{read}")
    again = pathlib.Path(folder) / "again.xml"
    tap.run([generate, *arguments[:-1], again])
    tap.ok(again.read_bytes() == path.read_bytes(), f"{kind}: the same bytes again")
tap.done()
