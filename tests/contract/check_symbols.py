# SPDX-License-Identifier: MIT
"""What the built libraries show to the world: names, versions, and no state.

    check_symbols.py SHARED_LIBRARY STATIC_LIBRARY     ("-" for one that was not built)"""

import re
import sys

import tap

sys.path.insert(0, str(tap.ROOT / "lib" / "abi"))
import describe  # noqa: E402

MAP = tap.ROOT / "lib" / "abi" / "libbktrade.map"
NEEDED = re.compile(r"lib(xml2|z|isal|json-c|m|c|pthread)\.so(\.\d+)?|ld-linux.*|linux-vdso.*")
# Process-wide state, output of its own, other people's error handlers, or numbers by locale.
FORBIDDEN = set(
    """setlocale uselocale strtod strtof atof printf vprintf puts putchar perror exit _exit abort
    signal sigaction atexit thrd_create getenv setenv rand srand random localtime gmtime
    strtok strerror tmpfile xmlCleanupParser xmlSetGenericErrorFunc xmlSetStructuredErrorFunc
    xmlMemSetup xmlSetExternalEntityLoader xmlKeepBlanksDefault xmlSubstituteEntitiesDefault
    xmlInitializeCatalog""".split()
)
ALLOCATION = {"malloc", "calloc", "realloc", "free", "strdup", "strndup", "reallocarray"}
# Names that one file alone may use: what they are for, the file, the names.
CONTAINED = [("memory comes", "memory", ALLOCATION), ("threads come", "worker", {"pthread_create"})]


def map_names():
    """Names by node of the version script."""
    nodes = {}
    source = re.sub(r"/\*.*?\*/", "", MAP.read_text(encoding="utf-8"), flags=re.S)
    for node, body in re.findall(r"(\w[\w.]*)\s*\{(.*?)\}", source, re.S):
        exported = re.sub(r"local:.*", "", body, flags=re.S).replace("global:", "")
        nodes[node] = set(re.findall(r"[\w*]+", exported))
    return nodes


def check_map(declared, nodes):
    listed = set().union(*nodes.values())
    lines = [f"lib/abi/libbktrade.map lacks the line:        {name};" for name in sorted(declared - listed)]
    lines += [f"lib/abi/libbktrade.map has one too many: {name};" for name in sorted(listed - declared)]
    tap.ok(not lines, "functions in the headers = names in the version script", lines)
    wild = [name for name in listed if "*" in name]
    tap.ok(not wild, "the version script has no wildcard", wild)
    for node in nodes:
        names = re.findall(r"^ +(bkt_\w+);", MAP.read_text(encoding="utf-8"), re.M)
        tap.ok(names == sorted(names), f"the names of {node} are in order", names)


def check_shared(library, declared, nodes):
    _, text = tap.run(["nm", "-D", "--defined-only", library])
    exported, versions, other = set(), {}, []
    for line in text.splitlines():
        kind, name = line.split()[-2:]
        bare, _, version = name.replace("@@", "@").partition("@")
        if kind == "A":
            continue
        if kind != "T":
            other.append(line)
        exported.add(bare)
        versions[bare] = version
    tap.same_set("functions in the headers = exported symbols", declared, exported, "headers", "library")
    tap.ok(not other, "no exported data", other)
    wrong = [name for node, names in nodes.items() for name in names & exported if versions[name] != node]
    tap.ok(not wrong, "each symbol has the version of its node", wrong)


def check_dynamic(library):
    epoch = re.search(r"abi_epoch = '(\d+)'", (tap.ROOT / "meson.build").read_text("utf-8"))[1]
    _, dynamic = tap.run(["readelf", "-dW", library])
    soname = re.findall(r"SONAME.*\[(.*)\]", dynamic)
    tap.ok(soname == [f"libbktrade.so.{epoch}"], "the soname carries the epoch", str(soname))
    tap.ok("NODELETE" in dynamic, "the library stays loaded (NODELETE)", dynamic)
    tap.ok("TEXTREL" not in dynamic, "no text relocations", dynamic)
    tap.ok(not re.search(r"RPATH|RUNPATH", dynamic), "no run path", dynamic)
    needed = re.findall(r"NEEDED.*\[(.*)\]", dynamic)
    foreign = [name for name in needed if not NEEDED.fullmatch(name)]
    tap.ok(not foreign, "needs libxml2, zlib (and ISA-L, if asked for) and the C library alone", foreign)
    _, sections = tap.run(["readelf", "-SW", library])
    pointer = 8 if "ELF64" in tap.run(["readelf", "-hW", library])[1] else 4
    wide = [
        line
        for line in sections.splitlines()
        if re.search(r"\.(init|fini)_array|\.ctors|\.dtors", line) and section_size(line) > pointer
    ]
    tap.ok(not wide, "no constructors or destructors but the toolchain's", wide)


def check_undefined(library):
    _, text = tap.run(["nm", "-D", "--undefined-only", library])
    used = {line.split()[-1].partition("@")[0] for line in text.splitlines()}
    tap.ok(not used & FORBIDDEN, "calls nothing that changes or asks the process", sorted(used & FORBIDDEN))


def section_size(line):
    """Size of a section in a line of readelf -SW."""
    return int(re.sub(r"^ *\[ *\d+\] ", "", line).split()[4], 16)


def check_static(library, declared):
    _, text = tap.run(["nm", "-g", "--defined-only", library])
    names = {line.split()[-1] for line in text.splitlines() if re.search(r" [A-Za-z] \w+$", line)}
    foreign = sorted(name for name in names if not re.match(r"bkti?_", name))
    tap.ok(not foreign, "every global name of the archive begins bkt_ or bkti_", foreign)
    public = {name for name in names if name.startswith("bkt_")}
    tap.same_set("functions in the headers = bkt_ names of the archive", declared, public, "headers", "archive")

    _, sections = tap.run(["readelf", "-SW", library])
    member, writable, starts = "", [], []
    for line in sections.splitlines():
        if line.startswith("File:"):
            member = re.sub(r".*\((.*)\)$", r"\1", line)
        match = re.match(r" *\[ *\d+\] (\S+) +\S+ ", line)
        if not match or section_size(line) == 0:
            continue
        if re.fullmatch(r"\.(data|bss|tdata|tbss)(\..*)?", match[1]) and ".data.rel.ro" not in match[1]:
            writable.append(f"{member}: {match[1]} has {section_size(line)} bytes")
        if re.match(r"\.(init_array|fini_array|ctors|dtors)", match[1]):
            starts.append(f"{member}: {match[1]}")
    tap.ok(not writable, "no writable globals", writable)
    tap.ok(not starts, "no object has a constructor", starts)

    _, text = tap.run(["nm", "--undefined-only", library])
    for what, file, contained in CONTAINED:
        member, users = "", []
        for line in text.splitlines():
            if line.endswith(":"):
                member = line[:-1]
            elif line.split() and line.split()[-1] in contained and not member.startswith(f"core_{file}"):
                users.append(f"{member}: {line.split()[-1]}")
        tap.ok(not users, f"{what} from lib/core/{file}.c alone", users)


def main():
    shared, static = sys.argv[1:3]
    declared = {function["name"] for function in describe.describe()["functions"]}
    nodes = map_names()
    check_map(declared, nodes)
    if shared != "-":
        check_shared(shared, declared, nodes)
        check_dynamic(shared)
        check_undefined(shared)
    if static != "-":
        check_static(static, declared)
    tap.done()


main()
