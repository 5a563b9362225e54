# SPDX-License-Identifier: MIT
"""The library called through its description: what lib/abi/api.json says is enough for a binding, and
what the headers promise of NULL, of places out of range and of options structs holds everywhere.

    check_calls.py SHARED_LIBRARY"""

import ctypes
import json
import os
import re
import subprocess
import sys

import tap

DATA = tap.ROOT / "examples" / "data" / "blr-kaz.xml"
STRUCTURE = tap.ROOT / "tests" / "data" / "structures" / "trade-2.1.xml"
SCALARS = {"void": None, "int32_t": ctypes.c_int32, "uint32_t": ctypes.c_uint32, "int64_t": ctypes.c_int64,
           "uint64_t": ctypes.c_uint64, "double": ctypes.c_double, "size_t": ctypes.c_size_t,
           "uint8_t": ctypes.c_uint8}
OK, ERR_ARGUMENT, ERR_ABI = 0, 10, 11
# What no place in a table and no count of ours can be.
EXTREMES = {ctypes.c_int32: (-1, -(2**31), 2**31 - 1), ctypes.c_uint32: (1, 2**31, 2**32 - 1),
            ctypes.c_int64: (-1, -(2**63), 2**63 - 1), ctypes.c_uint64: (1, 2**63, 2**64 - 1)}
TAIL = 64


class Binding:
    """The functions, structs and callbacks of a library as its description has them."""

    def __init__(self, library):
        self.api = json.loads((tap.ROOT / "lib" / "abi" / "api.json").read_text("utf-8"))
        self.library = ctypes.CDLL(library)
        self.aliases = {entry["name"]: SCALARS[entry["type"]] for entry in self.api["types"]}
        self.callbacks = {entry["name"]: entry for entry in self.api["callbacks"]}
        self.structs = {}
        for struct in self.api["structs"]:
            fields = [(field["name"], self.kind(field["type"])) for field in struct["fields"]]
            self.structs[struct["name"]] = type(struct["name"], (ctypes.Structure,), {"_fields_": fields})
        self.functions = {function["name"]: function for function in self.api["functions"]}
        for name, function in self.functions.items():
            called = getattr(self.library, name)
            called.restype = self.kind(function["returns"])
            called.argtypes = self.kinds(name)
            setattr(self, name, called)

    def kinds(self, name):
        return [self.kind(parameter["type"]) for parameter in self.functions[name]["parameters"]]

    def kind(self, text):
        array = re.fullmatch(r"(.*)\[(\w+)\]", text)
        if array:
            limits = {macro["name"]: macro["value"] for macro in self.api["macros"]}
            return self.kind(array[1]) * int(limits.get(array[2], array[2]))
        if text == "const char *":
            return ctypes.c_char_p
        if text.endswith("*"):
            return ctypes.c_void_p
        if text in self.callbacks:
            entry = self.callbacks[text]
            return ctypes.CFUNCTYPE(self.kind(entry["returns"]),
                                    *[self.kind(parameter["type"]) for parameter in entry["parameters"]])
        return self.aliases[text] if text in self.aliases else SCALARS[text]

    def new(self, name, *arguments):
        """What a constructor makes."""
        made = ctypes.c_void_p()
        status = getattr(self, name)(*arguments, ctypes.byref(made))
        if status != OK:
            raise RuntimeError(f"{name} gives {status}")
        return made

    def options(self, struct, extra=0, **values):
        """Options with room behind them, made by their own _init."""
        size = ctypes.sizeof(self.structs[struct])
        room = ctypes.create_string_buffer(b"\xee" * (size + TAIL), size + TAIL)
        status = getattr(self, struct + "_init")(room, size + extra)
        if status != OK:
            raise RuntimeError(f"{struct}_init gives {status}")
        view = self.structs[struct].from_buffer(room)
        for name, value in values.items():
            setattr(view, name, value)
        return room, view


def nothing(kind):
    return 0 if kind in SCALARS.values() else None


def one(kind):
    return 1 if kind in SCALARS.values() else b"x"


def handle_of(parameter):
    """bkt_table for 'const bkt_table *'; None for what is no single handle."""
    match = re.fullmatch(r"(?:const )?(bkt_\w+) \*", parameter["type"])
    return match[1] if match else None


class World:
    """One object of each handle, for functions that need one."""

    def __init__(self, binding):
        self.binding = binding
        self.kept = []
        b = binding
        context = b.new("bkt_context_new", None)
        table = b.new("bkt_table_read", context, os.fsencode(DATA), None)
        balance = self.made_balance(context, table)
        b.bkt_table_read(context, b"no such file", None, ctypes.byref(ctypes.c_void_p()))
        selected = b.new("bkt_table_select", context, balance, self.texts(b"TIME_PERIOD", b"EXPORTS_REPORTER"), 2)
        self.handles = {
            "bkt_context": context,
            "bkt_diagnostic": b.bkt_context_error(context),
            "bkt_table": table,
            "bkt_column": b.bkt_table_column_at(table, 0),
            "bkt_table_builder": b.new("bkt_table_builder_new", context),
            "bkt_filter": b.new("bkt_filter_new", context),
            "bkt_reader": b.new("bkt_reader_open_path", context, os.fsencode(DATA), None),
            "bkt_area": b.bkt_area_find(b"BLR"),
            "bkt_profile": b.new("bkt_profile_detect", context, table, None),
            "bkt_indicator": b.bkt_indicator_find(b"EXPORTS_REPORTER"),
            "bkt_plot": b.new("bkt_plot_new", context),
            "bkt_writer": b.new("bkt_writer_open_memory", context, None),
        }
        self.balance, self.series = balance, selected

    def texts(self, *texts):
        array = (ctypes.c_char_p * len(texts))(*texts)
        self.kept.append(array)
        return ctypes.cast(array, ctypes.c_void_p)

    def numbers(self, *numbers):
        array = (ctypes.c_double * len(numbers))(*numbers)
        self.kept.append(array)
        return ctypes.cast(array, ctypes.c_void_p)

    def room(self, size=65536):
        room = ctypes.create_string_buffer(size)
        self.kept.append(room)
        return ctypes.cast(room, ctypes.c_void_p)

    def made_balance(self, context, table):
        options, view = self.binding.options("bkt_balance_options", reporter=b"BLR", partner=b"KAZ")
        self.kept += [options, view]
        return self.binding.new("bkt_balance", context, table, options)

    def callback(self, name, result):
        called = self.binding.kind(name)(lambda *arguments: result)
        self.kept.append(called)
        return called


def expected_of_nothing(function):
    """What a function gives for NULL: statuses say so, all else is empty."""
    kind = function["returns"]
    if kind == "bkt_status" and "BKT_OK" in function["statuses"]:
        return {ERR_ARGUMENT}
    if kind == "const char *":
        return {None, b""}
    if kind.endswith("*"):
        return {None}
    return None


def call_all(library):
    """Every function with NULL and with places out of range; in a process of its own, because a
    fault here ends it. The last name printed is the one that did."""
    binding = Binding(library)
    world = World(binding)
    for name, function in binding.functions.items():
        parameters, kinds = function["parameters"], binding.kinds(name)
        if not parameters or function["role"] == "destructor":
            continue
        called = getattr(binding, name)
        print(name, flush=True)
        nothings = [nothing(kind) for kind in kinds]
        found = called(*[kind() if issubclass(kind, ctypes._CFuncPtr) else value
                         for kind, value in zip(kinds, nothings)])
        expected = expected_of_nothing(function)
        first_handle = handle_of(parameters[0])
        if expected is not None and (first_handle or kinds[0] in (ctypes.c_char_p, ctypes.c_void_p)) and \
                found not in expected:
            print(f"WRONG {name} gives {found!r} for NULL", flush=True)
        for handles in (False, True):
            for place in range(3):
                arguments = []
                for parameter, kind in zip(parameters, kinds):
                    handle = handle_of(parameter)
                    if handles and handle in world.handles:
                        arguments.append(world.handles[handle])
                    elif issubclass(kind, ctypes._CFuncPtr):
                        arguments.append(kind())
                    elif kind in EXTREMES:
                        arguments.append(EXTREMES[kind][place])
                    elif kind is ctypes.c_size_t:
                        arguments.append(0 if handles else 1)
                    else:
                        arguments.append(nothing(kind))
                found = called(*arguments)
                if handles and name == "bkt_table_builder_finish":  # it takes the builder with it
                    world.handles["bkt_table_builder"] = binding.new("bkt_table_builder_new",
                                                                     world.handles["bkt_context"])
                if function["role"] == "init" and found != ERR_ARGUMENT:
                    print(f"WRONG {name} gives {found} for NULL", flush=True)
    for name, function in binding.functions.items():
        if function["role"] == "destructor":
            print(name, flush=True)
            getattr(binding, name)(None)
    print("done", flush=True)


def check_all(library):
    name = "every function bears NULL and places out of range"
    code, output = tap.run([sys.executable, os.path.abspath(__file__), library, "--call-all"])
    lines = output.splitlines()
    wrong = [line for line in lines if line.startswith("WRONG")]
    if code != 0 or not lines or lines[-1] != "done":
        wrong.append(f"ended with {code} after: " + " | ".join(lines[-5:]))
    tap.ok(not wrong, name, wrong)


def check_layout(binding):
    wrong = []
    model = "lp64" if ctypes.sizeof(ctypes.c_void_p) == 8 else "ilp32"
    for struct in binding.api["structs"]:
        own = binding.structs[struct["name"]]
        if ctypes.sizeof(own) != struct["layout"][model]["size"]:
            wrong.append(f"{struct['name']}: {ctypes.sizeof(own)}")
        wrong += [f"{struct['name']}.{name}" for name, offset in struct["layout"][model]["offsets"].items()
                  if getattr(own, name).offset != offset]
    tap.ok(not wrong, "ctypes lays out the structs as described", wrong)


def check_init(binding):
    wrong = []
    for struct, own in binding.structs.items():
        init, size = getattr(binding, struct + "_init"), ctypes.sizeof(own)
        room = ctypes.create_string_buffer(8192)
        for refused in (0, 1, 7, size - 1, 4097, 2**32 - 1):
            if init(room, refused) != ERR_ABI:
                wrong.append(f"{struct}_init of {refused} bytes")
        for taken in (size, size + TAIL, 4096):
            ctypes.memset(room, 0xEE, 8192)
            if init(room, taken) != OK or int.from_bytes(room.raw[:4], sys.byteorder) != taken:
                wrong.append(f"{struct}_init of {taken} bytes")
            if any(room.raw[size:taken]) or room.raw[taken:taken + 8] != b"\xee" * 8:
                wrong.append(f"{struct}_init of {taken} bytes: what is behind the fields")
    tap.ok(not wrong, "_init takes today's size and larger ones, and writes just these", wrong)


def takers(world):
    """For each options struct the functions that take it: (struct, function, call with options, what
    the options need)."""
    b, h = world.binding, world.handles
    context, table, out = h["bkt_context"], h["bkt_table"], world.room()
    write = world.callback("bkt_write_function", 0)
    read = world.callback("bkt_read_function", 0)
    data = DATA.read_bytes()
    structure, structure_path = STRUCTURE.read_bytes(), os.fsencode(STRUCTURE)
    definition = b.new("bkt_structure_read", context, structure_path, None)
    dsd = b.bkt_structure_item_at(definition, 8, 0)
    path, folder = os.fsencode(DATA), os.environ.get("TMPDIR", "/tmp")
    csv = os.fsencode(os.path.join(folder, f"bktrade-check-{os.getpid()}.csv"))
    time, code, value = world.texts(b"TIME_PERIOD"), world.texts(b"REF_AREA"), b"EXPORTS_REPORTER"
    values = world.numbers(*[100.0 * 1.05**i for i in range(12)])
    series, plot = world.series, h["bkt_plot"]
    pair = {"reporter": b"BLR", "partner": b"KAZ"}
    goal = {"targets": world.numbers(1e9), "target_count": 1}
    profile = {"reporter_column": b"A", "partner_column": b"B", "flow_column": b"C"}
    given = {"bkt_walk": {"start": 1.0, "drift": 0.1, "sigma": 0.1}}
    walk_room, walk_view = b.options("bkt_walk", **given["bkt_walk"])
    rates = {"growths": world.numbers(0.05), "list_count": 1}
    rates_room, rates_view = b.options("bkt_scenario_options", **rates)
    world.kept += [walk_room, walk_view, rates_room, rates_view]

    def method(name):
        return ("bkt_projection_options", name,
                lambda o: getattr(b, name)(context, values, 12, o, out, world.room(), None), {})

    return [
        ("bkt_context_options", "bkt_context_new", lambda o: b.bkt_context_new(o, out), {}),
        ("bkt_structure_options", "bkt_structure_builder_new",
         lambda o: b.bkt_structure_builder_new(context, o, out), {}),
        ("bkt_structure_options", "bkt_structure_read",
         lambda o: b.bkt_structure_read(context, structure_path, o, out), {}),
        ("bkt_structure_options", "bkt_structure_read_memory",
         lambda o: b.bkt_structure_read_memory(context, structure, len(structure), o, out), {}),
        ("bkt_read_options", "bkt_reader_open_path",
         lambda o: b.bkt_reader_open_path(context, path, o, out), {}),
        ("bkt_read_options", "bkt_reader_open_memory",
         lambda o: b.bkt_reader_open_memory(context, data, len(data), o, out), {}),
        ("bkt_read_options", "bkt_reader_open_callback",
         lambda o: b.bkt_reader_open_callback(context, read, None, o, out), {}),
        ("bkt_read_options", "bkt_reader_open_feed", lambda o: b.bkt_reader_open_feed(context, o, out), {}),
        ("bkt_read_options", "bkt_table_read", lambda o: b.bkt_table_read(context, path, o, out), {}),
        ("bkt_read_options", "bkt_table_read_memory",
         lambda o: b.bkt_table_read_memory(context, data, len(data), o, out), {}),
        ("bkt_sort_options", "bkt_table_sort", lambda o: b.bkt_table_sort(context, table, time, 1, o, out), {}),
        ("bkt_group_options", "bkt_table_group", lambda o: b.bkt_table_group(context, table, time, 1, o, out), {}),
        ("bkt_group_options", "bkt_table_pivot",
         lambda o: b.bkt_table_pivot(context, table, time, 1, b"REF_AREA", b"OBS_VALUE", o, out), {}),
        ("bkt_names_options", "bkt_table_add_names", lambda o: b.bkt_table_add_names(context, table, o, out), {}),
        ("bkt_detect_options", "bkt_profile_detect", lambda o: b.bkt_profile_detect(context, table, o, out), {}),
        ("bkt_profile_options", "bkt_profile_new", lambda o: b.bkt_profile_new(context, o, out), profile),
        ("bkt_balance_options", "bkt_balance", lambda o: b.bkt_balance(context, table, o, out), pair),
        ("bkt_balance_options", "bkt_balance_sectors", lambda o: b.bkt_balance_sectors(context, table, o, out),
         pair),
        ("bkt_summary_options", "bkt_balance_summary",
         lambda o: b.bkt_balance_summary(context, world.balance, o, out), {}),
        ("bkt_comparison_options", "bkt_comparison", lambda o: b.bkt_comparison(context, table, table, o, out, None), {}),
        ("bkt_update_options", "bkt_update",
         lambda o: b.bkt_update(context, (ctypes.c_void_p * 1)(table), 1, o, out), {}),
        ("bkt_projection_options", "bkt_series_project",
         lambda o: b.bkt_series_project(context, values, 12, o, out, None, None, None), {}),
        ("bkt_projection_options", "bkt_panel_project",
         lambda o: b.bkt_panel_project(context, values, (ctypes.c_int64 * 2)(0, 12), 1, o, out, None, None, None, 0,
                                       world.room()), {}),
        *[method(f"bkt_{name}_project") for name in ("naive", "drift", "log_trend", "holt", "damped_holt")],
        *[method(f"bkt_{name}_project")
          for name in ("seasonal_naive", "ses", "theta", "log_theta", "box_cox_theta", "dynamic_theta", "ces", "arima")],
        *[method(f"bkt_{name}_project")
          for name in ("delta", "rho", "card", "cardt", "break_trend", "ets", "ets_damped")],
        ("bkt_projection_options", "bkt_projection", lambda o: b.bkt_projection(context, series, o, out), {}),
        ("bkt_projection_options", "bkt_scenario",
         lambda o: b.bkt_scenario(context, series, o, rates_room, out), {}),
        ("bkt_scenario_options", "bkt_scenario", lambda o: b.bkt_scenario(context, series, None, o, out), rates),
        ("bkt_backtest_options", "bkt_series_backtest",
         lambda o: b.bkt_series_backtest(context, values, 12, 1, o, out, 7, None, None), {}),
        ("bkt_backtest_options", "bkt_backtest", lambda o: b.bkt_backtest(context, series, o, out), {}),
        ("bkt_reach_options", "bkt_series_reach",
         lambda o: b.bkt_series_reach(context, values, 12, goal["targets"], 1, o, out, out, None, None), {"paths": 10}),
        ("bkt_reach_options", "bkt_series_reach_together",
         lambda o: b.bkt_series_reach_together(context, values, values, 12, goal["targets"], 1, o, out, out, out, out,
                                               out, None), {"paths": 10}),
        ("bkt_walk_options", "bkt_walk_simulate",
         lambda o: b.bkt_walk_simulate(context, walk_room, goal["targets"], 1, o, out, None), {"paths": 10}),
        ("bkt_walk", "bkt_walk_simulate",
         lambda o: b.bkt_walk_simulate(context, o, goal["targets"], 1, None, out, None), given["bkt_walk"]),
        ("bkt_target_options", "bkt_target", lambda o: b.bkt_target(context, series, o, out), goal),
        ("bkt_target_options", "bkt_target_summary", lambda o: b.bkt_target_summary(context, series, o, out), goal),
        ("bkt_target_options", "bkt_target_together",
         lambda o: b.bkt_target_together(context, series, b"EXPORTS_REPORTER", b"EXPORTS_REPORTER", o, out), {}),
        ("bkt_print_options", "bkt_table_print", lambda o: b.bkt_table_print(context, series, o, write, None), {}),
        ("bkt_csv_options", "bkt_table_write_csv",
         lambda o: b.bkt_table_write_csv(context, series, o, write, None), {}),
        ("bkt_csv_options", "bkt_table_write_csv_path",
         lambda o: b.bkt_table_write_csv_path(context, series, o, csv), {}),
        ("bkt_write_options", "bkt_writer_open_path", lambda o: b.bkt_writer_open_path(context, csv, o, out), {}),
        ("bkt_write_options", "bkt_writer_open_callback",
         lambda o: b.bkt_writer_open_callback(context, write, None, o, out), {}),
        ("bkt_write_options", "bkt_writer_open_memory", lambda o: b.bkt_writer_open_memory(context, o, out), {}),
        ("bkt_write_options", "bkt_table_write", lambda o: b.bkt_table_write(context, series, o, write, None), {}),
        ("bkt_write_options", "bkt_table_write_path", lambda o: b.bkt_table_write_path(context, series, o, csv), {}),
        ("bkt_write_options", "bkt_structure_write",
         lambda o: b.bkt_structure_write(context, definition, o, write, None), {}),
        ("bkt_write_options", "bkt_structure_write_path",
         lambda o: b.bkt_structure_write_path(context, definition, o, csv), {}),
        *[("bkt_write_options", name, lambda o, name=name: getattr(b, name)(context, table, o, write, None), {})
          for name in ("bkt_table_write_structure", "bkt_table_write_schema")],
        *[("bkt_write_options", name, lambda o, name=name: getattr(b, name)(context, table, o, csv), {})
          for name in ("bkt_table_write_structure_path", "bkt_table_write_schema_path")],
        ("bkt_write_options", "bkt_item_write_schema",
         lambda o: b.bkt_item_write_schema(context, dsd, o, write, None), {}),
        ("bkt_write_options", "bkt_item_write_schema_path",
         lambda o: b.bkt_item_write_schema_path(context, dsd, o, csv), {}),
        ("bkt_dataset_options", "bkt_writer_announce", lambda o: b.bkt_writer_announce(h["bkt_writer"], o, series),
         {}),
        ("bkt_dataset_options", "bkt_writer_begin_dataset",
         lambda o: b.bkt_writer_begin_dataset(b.new("bkt_writer_open_memory", context, None), o), {}),
        ("bkt_dataset_options", "bkt_validator_begin_dataset",
         lambda o: b.bkt_validator_begin_dataset(b.new("bkt_validator_new", context, definition, None), o), {}),
        ("bkt_validation_options", "bkt_validator_new",
         lambda o: b.bkt_validator_new(context, definition, o, out), {}),
        ("bkt_validation_options", "bkt_table_validate",
         lambda o: b.bkt_table_validate(context, table, definition, o, out, None), {}),
        ("bkt_query_options", "bkt_query_new",
         lambda o: b.bkt_query_new(context, b.bkt_service_find(b"ECB"), o, out), {"resource": b"EXR"}),
        ("bkt_plot_options", "bkt_plot_set_options", lambda o: b.bkt_plot_set_options(plot, o), {}),
        ("bkt_plot_style", "bkt_plot_add_line",
         lambda o: b.bkt_plot_add_line(plot, series, b"TIME_PERIOD", value, None, o), {}),
        ("bkt_plot_style", "bkt_plot_add_bars",
         lambda o: b.bkt_plot_add_bars(plot, series, b"TIME_PERIOD", value, None, o), {}),
        ("bkt_plot_style", "bkt_plot_add_band",
         lambda o: b.bkt_plot_add_band(plot, series, b"TIME_PERIOD", value, value, None, o), {}),
    ], csv


def check_options(binding):
    """The same rules for whoever takes options: an unknown tail is refused unless it is zero, an
    impossible size too, and so are flags and reserved fields that nobody knows yet."""
    world = World(binding)
    table, written = takers(world)
    sizes, flags, outcomes = [], [], []
    for struct, name, call, needed in table:
        size = ctypes.sizeof(binding.structs[struct])
        today = call(binding.options(struct, **needed)[0])
        if today in (ERR_ARGUMENT, ERR_ABI):
            outcomes.append(f"{name}: {today} for {struct} of today")
            continue

        def outcome(change, extra=0):
            room, view = binding.options(struct, extra, **needed)
            change(room, view)
            return call(room)

        def set_size(number):
            return lambda room, view: setattr(view, "struct_size", number)

        if outcome(lambda room, view: None, TAIL) != today:
            sizes.append(f"{name}: a longer {struct} with a zero tail")
        for behind in (0, TAIL - 1):
            def mark(room, view, place=size + behind):
                room[place] = b"\x01"
            if outcome(mark, TAIL) != ERR_ABI:
                sizes.append(f"{name}: a longer {struct} with a tail at {size + behind}")
        for wrong in (0, 7, size - 1, 4097, 2**32 - 1):
            if outcome(set_size(wrong)) != ERR_ABI:
                sizes.append(f"{name}: {struct} of {wrong} bytes")
        status = outcome(lambda room, view: setattr(view, "flags", 2**31))
        if status != ERR_ARGUMENT:
            flags.append(f"{name}: {status} for an unknown flag of {struct}")
        for field in binding.structs[struct]._fields_:
            if field[0].startswith("reserved"):
                status = outcome(lambda room, view: setattr(view, field[0], one(field[1])))
                if status != ERR_ARGUMENT:
                    flags.append(f"{name}: {status} for {struct}.{field[0]}")
    if os.path.exists(written):
        os.remove(written)
    known = {(struct, name) for struct, name, _, _ in table}
    taken = {(handle_of(parameter), name) for name, function in binding.functions.items()
             for parameter in function["parameters"] if parameter["type"].startswith("const ")
             and handle_of(parameter) in binding.structs}
    # Scalar functions without a context, which have no diagnostic to give.
    taken.discard(("bkt_walk", "bkt_walk_probability"))
    tap.same_set("every function that takes options is tried", known, taken, "this test", "the description")
    tap.ok(not outcomes, "options made by _init are taken", outcomes)
    tap.ok(not sizes, "struct_size and tails: BKT_ERR_ABI where they can't be", sizes)
    tap.ok(not flags, "flags and reserved fields that nobody knows: BKT_ERR_ARGUMENT", flags)


def main():
    library = sys.argv[1]
    if library == "-":
        tap.skip("calls through the description", "no shared library was built")
    elif "--call-all" in sys.argv:
        call_all(library)
        return
    else:
        library = os.path.abspath(library)
        binding = Binding(library)
        check_layout(binding)
        check_init(binding)
        check_all(library)
        check_options(binding)
    tap.done()


main()
