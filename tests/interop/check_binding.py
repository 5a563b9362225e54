# SPDX-License-Identifier: MIT
"""The main job through a binding made of lib/abi/api.json.

    check_binding.py SHARED_LIBRARY"""

import ctypes
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract"))
import tap  # noqa: E402
from binding import Binding  # noqa: E402

bkt = Binding(pathlib.Path(sys.argv[1]).resolve(), tap.ROOT / "lib" / "abi" / "api.json")


def options(name):
    """A struct as its _init function fills it."""
    made = getattr(bkt, name)()
    status = getattr(bkt, name + "_init")(ctypes.byref(made), ctypes.sizeof(made))
    return made, status


def made_by(function, kind, *arguments):
    pointer = ctypes.POINTER(getattr(bkt, kind))()
    return pointer, getattr(bkt, function)(*arguments, ctypes.byref(pointer))


def check_structs():
    model = "lp64" if ctypes.sizeof(ctypes.c_void_p) == 8 else "ilp32"
    wrong = [struct["name"] for struct in bkt.api["structs"]
             if ctypes.sizeof(getattr(bkt, struct["name"])) != struct["layout"][model]["size"]]
    tap.ok(not wrong, "structs have the described sizes", wrong)
    wrong = []
    for struct in bkt.api["structs"]:
        name = struct["name"]
        if name.startswith("Arrow"):
            continue
        made, status = options(name)
        if status != bkt.BKT_OK or made.struct_size != ctypes.sizeof(made):
            wrong.append(f"{name}_init: status {status}, struct_size {made.struct_size}")
        init = getattr(bkt, name + "_init")
        if init(ctypes.byref(made), 4) != bkt.BKT_ERR_ABI or init(None, 8) != bkt.BKT_ERR_ARGUMENT:
            wrong.append(f"{name}_init takes a size that can't be, or NULL")
    tap.ok(not wrong, "every struct is filled by its _init function, which knows its sizes", wrong)


def check_texts():
    for enum, function in (("bkt_status_code", "bkt_status_text"), ("bkt_missing_reason", "bkt_missing_text")):
        values = next(part for part in bkt.api["enums"] if part["name"] == enum)["values"]
        texts = [getattr(bkt, function)(value["value"]) for value in values]
        unknown = getattr(bkt, function)(-12345)
        tap.ok(unknown not in texts and len(set(texts)) == len(texts), f"{function} knows each {enum}", texts)


def check_nulls():
    """No function may crash when it gets NULL for everything; those with a status refuse it."""
    wrong = []
    for function in bkt.api["functions"]:
        arguments = []
        for parameter in function["parameters"]:
            kind = bkt.type_of(parameter["type"])
            simple = kind in (ctypes.c_char_p, ctypes.c_void_p) or not issubclass(kind, ctypes._SimpleCData)
            arguments.append(kind() if simple else kind(0))
        result = getattr(bkt, function["name"])(*arguments)
        if function["returns"] == "bkt_status" and function["role"] != "getter" and result == bkt.BKT_OK:
            wrong.append(function["name"])
    tap.ok(not wrong, "NULL and 0 everywhere is refused by every function with a status", wrong)


def check_balance(context):
    path = str(tap.ROOT / "examples" / "data" / "blr-kaz.xml").encode()
    table, status = made_by("bkt_table_read", "bkt_table", context, path, None)
    tap.ok(status == bkt.BKT_OK and bkt.bkt_table_row_count(table) == 98, "the example data are read",
           str(bkt.bkt_context_error_text(context)))
    wanted, _ = options("bkt_balance_options")
    wanted.reporter, wanted.partner, wanted.unit_scale = b"BLR", b"KAZ", 1e6
    balance, status = made_by("bkt_balance", "bkt_table", context, table, ctypes.byref(wanted))
    found = []
    periods = bkt.bkt_table_column_find(balance, b"TIME_PERIOD")
    for row in range(bkt.bkt_table_row_count(balance)):
        if bkt.bkt_column_text_at(periods, row) == b"2012":
            for name in (b"EXPORTS_REPORTER", b"IMPORTS_REPORTER", b"EXPORTS_PARTNER", b"IMPORTS_PARTNER"):
                number = ctypes.c_double()
                bkt.bkt_column_number_at(bkt.bkt_table_column_find(balance, name), row, ctypes.byref(number))
                found.append(round(number.value, 1))
    tap.ok(found == [804.1, 119.0, 90.4, 675.5], "the balance of 2012", f"{found} {status}")
    check_callback(context, table)
    bkt.bkt_table_free(balance)
    bkt.bkt_table_free(table)


def check_callback(context, table):
    parts = []

    @bkt.bkt_write_function
    def take(data, size, user):
        parts.append(ctypes.string_at(data, size))
        return 0

    status = bkt.bkt_table_write_csv(context, table, None, take, None)
    lines = b"".join(parts).decode().splitlines()
    tap.ok(status == bkt.BKT_OK and len(lines) == 99, "CSV through a Python callback", lines[:3])


tap.ok(bkt.bkt_version_number() == bkt.BKT_VERSION_NUMBER, "the version is the description's")
check_structs()
check_texts()
check_nulls()
context, status = made_by("bkt_context_new", "bkt_context", None)
tap.ok(status == bkt.BKT_OK, "a context is made")
check_balance(context)
bkt.bkt_context_free(context)
tap.done()
