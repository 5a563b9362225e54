# SPDX-License-Identifier: MIT
"""The rule of the rooms: what the build grants, and that nothing goes around it.

    check_rooms.py BUILD_FOLDER"""

import json
import pathlib
import re
import shlex
import sys
import tempfile

import tap

LIB = tap.ROOT / "lib"
# Foreign headers, and the one room that may know them.
OWNERS = {"libxml/": "xml", "zlib.h": "io", "zconf.h": "io", "isa-l": "io", "json-c/": "json"}


def table():
    """Room: the rooms that it may use, as lib/meson.build grants them."""
    source = (LIB / "meson.build").read_text("utf-8")
    rows = re.findall(r"^  \['(\w+)',\s*\[([^\]]*)\]", source, re.M)
    return {room: set(re.findall(r"'(\w+)'", used)) for room, used in rows}


def commands(build):
    """Room: the include options of one of its sources."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text("utf-8")):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        if path.suffix != ".c" or LIB not in path.parents:
            continue
        words = shlex.split(entry["command"])
        includes = [pathlib.Path(entry["directory"], word[2:]).resolve() for word in words
                    if word.startswith("-I")]
        found.setdefault(path.parent.name, (words[0], includes))
    return found


def check_paths(granted, found):
    for room, (_, includes) in found.items():
        rooms = {path.name for path in includes if path.parent == LIB}
        tap.same_set(f"{room}: include path as granted", rooms, granted[room] | {room}, "build", "table")


def check_upward(granted, found):
    """An include of each forbidden room's header must not compile."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "upward.c"
        for room, (compiler, includes) in found.items():
            reached = []
            for other in sorted(set(granted) - granted[room] - {room}):
                for header in sorted((LIB / other).glob("bkti_*.h")):
                    source.write_text(f'#include "{header.name}"\n', encoding="utf-8")
                    options = [f"-I{path}" for path in includes]
                    code, _ = tap.run([compiler, *options, "-fsyntax-only", source])
                    if code == 0:
                        reached.append(f"{other}/{header.name}")
            tap.ok(not reached, f"{room}: no other room's header can be included", reached)


def check_sources(granted):
    around, foreign, missing, twice = [], [], [], {}
    for path in sorted(LIB.glob("*/*.[ch]")):
        room = path.parent.name
        if path.suffix == ".h":
            twice.setdefault(path.name, []).append(room)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
            if not match:
                continue
            where = f"lib/{room}/{path.name}:{number}: {match[1]}"
            if ".." in match[1]:
                around.append(where)
            foreign += [where for start, owner in OWNERS.items() if match[1].startswith(start) and room != owner]
    for path in sorted(LIB.glob("*/*.c")):
        listed = (path.parent / "meson.build").read_text("utf-8")
        if f"'{path.name}'" not in listed:
            missing.append(f"lib/{path.parent.name}/{path.name}")
    tap.ok(not around, "no include goes around the path with ..", around)
    tap.ok(not foreign, "libxml2 is known to xml alone, zlib and ISA-L to io alone", foreign)
    tap.ok(not missing, "every source of lib is built", missing)
    twins = [f"{name}: {', '.join(rooms)}" for name, rooms in twice.items() if len(rooms) > 1]
    tap.ok(not twins, "no two rooms have a header of one name", twins)
    readmes = [room for room in granted if not (LIB / room / "README.md").exists()]
    tap.ok(not readmes, "every room has its README", readmes)


build = pathlib.Path(sys.argv[1])
granted = table()
found = commands(build)
# A room without sources, as those are whose library a build does without, has no command to look at.
empty = {room for room in granted if not any((LIB / room).glob("*.c")) or
         re.search(r"room_sources = \w+\.found\(\) \?.*: \[\]", (LIB / room / "meson.build").read_text("utf-8"))}
tap.same_set("the table has every room that is built", set(found) | empty, set(granted), "build", "table")
check_paths(granted, found)
check_upward(granted, found)
check_sources(granted)
tap.done()
