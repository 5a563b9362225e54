#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The trade of two countries from Python, by ctypes alone.

    python3 balance.py data/blr-kaz.xml BLR KAZ

BKTRADE_LIBRARY names the library where the loader does not find it."""

import ctypes
import ctypes.util
import os
import sys

path = os.environ.get("BKTRADE_LIBRARY") or ctypes.util.find_library("bktrade") or "libbktrade.so.0"
bkt = ctypes.CDLL(path)


def declare(name, result, *arguments):
    function = getattr(bkt, name)
    function.restype = result
    function.argtypes = arguments


pointer, text, status = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32
declare("bkt_context_new", status, pointer, ctypes.POINTER(pointer))
declare("bkt_context_free", None, pointer)
declare("bkt_context_error_text", text, pointer)
declare("bkt_table_read", status, pointer, text, pointer, ctypes.POINTER(pointer))
declare("bkt_table_free", None, pointer)
declare("bkt_table_row_count", ctypes.c_int64, pointer)
declare("bkt_table_column_find", pointer, pointer, text)
declare("bkt_column_text_at", text, pointer, ctypes.c_int64)
declare("bkt_column_numbers_view", ctypes.POINTER(ctypes.c_double), pointer)
declare("bkt_balance_options_init", status, pointer, ctypes.c_uint32)
declare("bkt_balance", status, pointer, pointer, pointer, ctypes.POINTER(pointer))


class BalanceOptions(ctypes.Structure):
    """bkt_balance_options of bktrade/trade.h."""

    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("cif_rate", ctypes.c_double),
        ("unit_scale", ctypes.c_double),
        ("reporter", text),
        ("partner", text),
        ("profile", pointer),
        ("selection", pointer),
        ("first_period", text),
        ("last_period", text),
        ("product", text),
        ("unit", text),
        ("frequency", ctypes.c_int32),
        ("product_length", ctypes.c_int32),
    ]


class Trade:
    """A context with what was made from it; use it in a with statement."""

    def __enter__(self):
        self.context = pointer()
        self.tables = []
        self.check(bkt.bkt_context_new(None, ctypes.byref(self.context)))
        return self

    def __exit__(self, *unused):
        for table in self.tables:
            bkt.bkt_table_free(table)
        bkt.bkt_context_free(self.context)

    def check(self, code):
        if code != 0:
            raise RuntimeError(bkt.bkt_context_error_text(self.context).decode())

    def read(self, path):
        table = pointer()
        self.check(bkt.bkt_table_read(self.context, os.fsencode(path), None, ctypes.byref(table)))
        self.tables.append(table)
        return table

    def balance(self, table, reporter, partner, unit_scale=1e6):
        options = BalanceOptions()
        self.check(bkt.bkt_balance_options_init(ctypes.byref(options), ctypes.sizeof(options)))
        options.reporter, options.partner = reporter.encode(), partner.encode()
        options.unit_scale = unit_scale
        result = pointer()
        self.check(
            bkt.bkt_balance(self.context, table, ctypes.byref(options), ctypes.byref(result))
        )
        self.tables.append(result)
        return result


def column(table, name):
    """A number column as a list; NaN is missing. (numpy.ctypeslib.as_array would not even copy.)"""
    numbers = bkt.bkt_column_numbers_view(bkt.bkt_table_column_find(table, name.encode()))
    return numbers[: bkt.bkt_table_row_count(table)]


def main():
    path, reporter, partner = (sys.argv[1:] + ["data/blr-kaz.xml", "BLR", "KAZ"][len(sys.argv) - 1 :])[:3]
    with Trade() as trade:
        balance = trade.balance(trade.read(path), reporter, partner)
        periods = bkt.bkt_table_column_find(balance, b"TIME_PERIOD")
        names = ["EXPORTS_REPORTER", "IMPORTS_REPORTER", "EXPORTS_PARTNER", "IMPORTS_PARTNER"]
        columns = [column(balance, name) for name in names]
        for row, figures in enumerate(zip(*columns)):
            period = bkt.bkt_column_text_at(periods, row).decode()
            print(period, *("%10s" % ("-" if x != x else "%.1f" % x) for x in figures))


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(str(error))
