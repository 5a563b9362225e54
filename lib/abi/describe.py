#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Describes the public API for makers of bindings: reads include/bktrade and writes lib/abi/api.json.

    python3 lib/abi/describe.py            writes lib/abi/api.json
    python3 lib/abi/describe.py --print    prints it instead

It reads the headers as they are written in this project (one declaration at a time, Doxygen comment
before it, field and enumerator comments after them) and refuses what it does not understand. The
contract tests compare its result with the compilers' view of the same headers."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ROOT / "include" / "bktrade"
RESULT = ROOT / "lib" / "abi" / "api.json"

# Size and alignment of a pointer, and alignment of 8-byte numbers.
MODELS = {"lp64": (8, 8), "ilp32": (4, 8), "ilp32-i386": (4, 4)}
NUMBERS = {"int8_t": 1, "uint8_t": 1, "char": 1, "int16_t": 2, "uint16_t": 2, "int32_t": 4,
           "uint32_t": 4, "float": 4, "int64_t": 8, "uint64_t": 8, "double": 8}
STATUS = re.compile(r"\bBKT_(?:OK|END|MORE|ERR_[A-Z_]+)\b")


class Unknown(Exception):
    """A declaration that is written in a way that this script does not know."""


def plain(comment):
    """The text of a comment without its stars."""
    text = re.sub(r"^/\*\*<?|\*/$", "", comment.strip())
    text = re.sub(r"\n[ \t]*\* ?", "\n", text)
    return re.sub(r"[ \t]*\n[ \t]*", "\n", text).strip()


def one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def split_comments(source):
    """The source with each comment replaced by a mark, and the comments."""
    comments = []

    def keep(match):
        comments.append(match.group(0))
        return f"\x01{len(comments) - 1}\x02"

    return re.sub(r"/\*.*?\*/", keep, source, flags=re.S), comments


def statements(source):
    """The declarations of a header: (text with comment marks) up to ';' outside braces."""
    source = re.sub(r"\\\n", " ", source)
    lines = [line for line in source.split("\n") if not re.match(r"\s*#", line)]
    text = "\n".join(lines).replace('extern "C" {', " ")
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth < 0:  # the end of extern "C"
                depth, start = 0, place + 1
        elif letter == ";" and depth == 0:
            yield text[start:place]
            start = place + 1


def take_comments(text, comments):
    """(text without marks, its documentation before, its documentation behind)"""
    before, behind = "", ""
    for number in re.findall(r"\x01(\d+)\x02", text):
        comment = comments[int(number)]
        if comment.startswith("/**<"):
            behind = plain(comment)
        elif comment.startswith("/**"):
            before = plain(comment)
    return one_line(re.sub(r"\x01\d+\x02", " ", text)), before, behind


def split_list(text, separator):
    """Splits at a separator outside parentheses."""
    depth, part, parts = 0, "", []
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == separator and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    return parts + [part]


def parse_variable(text):
    """'const char *const *texts' as ('const char *const *', 'texts')."""
    callback = re.fullmatch(r"(.+?)\(\*\s*(\w+)\)\((.*)\)", text)
    if callback:
        return f"{callback[1].strip()} (*)({callback[3]})", callback[2]
    match = re.fullmatch(r"(.*?[\s*])(\w+)(\[\w*\])?", text)
    if not match:
        raise Unknown(text)
    return match[1].strip() + (match[3] or ""), match[2]


def parse_parameters(text, documentation):
    if text.strip() in ("", "void"):
        return []
    described = parameter_texts(documentation)
    parameters = []
    for part in split_list(text, ","):
        kind, name = parse_variable(one_line(part))
        parameter = {"name": name, "type": kind, "direction": direction(kind, name)}
        if name in described:
            parameter["text"] = described[name]
        parameters.append(parameter)
    return parameters


def direction(kind, name):
    """Results are named out_..., a caller's memory to be filled is named buffer."""
    return "out" if name.startswith("out_") or name == "buffer" else "in"


def parameter_texts(documentation):
    """What @param says: 'a,b text' and several on one line are allowed."""
    found = {}
    for part in re.split(r"(?=@\w+)", documentation):
        match = re.match(r"@param(?:\[[\w,]+\])?\s+([\w, ]*?\w)\s+(?=\S)(.*)", part, re.S)
        if not match:
            continue
        names = match[1]
        text = match[2]
        if "," in names:
            names = [name.strip() for name in names.split(",")]
        else:
            first, _, rest = names.partition(" ")
            names, text = [first], (rest + " " + text) if rest else text
        for name in names:
            found[name] = one_line(text)
    return found


def since(documentation):
    match = re.search(r"@since\s+([\d.]*\d)", documentation)
    return match[1] if match else None


def opening(documentation):
    """The text before the first @ command."""
    return one_line(re.split(r"@(?:param|return|since|file)\b", documentation)[0])


def returned(documentation):
    match = re.search(r"@return\s+(.*?)(?=@(?:since|param)\b|\Z)", documentation, re.S)
    return one_line(match[1]) if match else ""


def parse_function(text, documentation, header):
    match = re.fullmatch(r"BKT_API\s+(.*?[\s*])(\w+)\((.*)\)", text)
    if not match:
        raise Unknown(text)
    return {
        "name": match[2],
        "header": header,
        "returns": match[1].strip(),
        "parameters": parse_parameters(match[3], documentation),
        "text": opening(documentation),
        "return_text": returned(documentation),
        "since": since(documentation),
    }


def parse_fields(body, comments):
    fields = []
    parts = body.split(";")
    for number, part in enumerate(parts):
        # The comment behind a field stands after its semicolon, so at the head of the next part.
        text, before, _ = take_comments(part, comments)
        if not text:
            continue
        head = re.match(r"(?:\s*\x01\d+\x02)*", parts[number + 1])[0]
        _, _, behind = take_comments(head, comments)
        kind, name = parse_variable(text)
        fields.append({"name": name, "type": kind, "text": one_line(behind or before)})
    return fields


def parse_enumerators(body, comments):
    values, following, pending = [], 0, None
    parts = split_list(body, ",")
    for number, part in enumerate(parts):
        text, before, behind_last = take_comments(part, comments)
        if not text:
            continue
        match = re.fullmatch(r"(\w+)(?:\s*=\s*(-?\w+))?", text)
        if not match:
            raise Unknown(text)
        value = int(match[2], 0) if match[2] else following
        following = value + 1
        behind = behind_last if number == len(parts) - 1 else ""
        if number + 1 < len(parts):
            head = re.match(r"(?:\s*\x01\d+\x02)*", parts[number + 1])[0]
            behind = take_comments(head, comments)[2] or behind
        values.append({"name": match[1], "value": value, "text": one_line(behind or before)})
    return values


def parse_macros(source, header):
    macros = []
    for match in re.finditer(r"^#define[ \t]+(\w+)(\([^)]*\))?[ \t]*(.*)$", source, re.M):
        name, arguments, value = match[1], match[2], re.sub(r"/\*.*", "", match[3]).strip()
        if name == "BKT_API" or (name.endswith("_H") and not value) or name.startswith("ARROW_"):
            continue
        if arguments or not re.fullmatch(r"-?(0x[0-9a-fA-F]+|\d+)|\"[^\"]*\"", value):
            raise Unknown(f"#define {name}: only literals are macros here")
        literal = value[1:-1] if value.startswith('"') else int(value, 0)
        macros.append({"name": name, "header": header, "value": literal})
    return macros


def parse_header(path, api):
    source = path.read_text(encoding="utf-8")
    header = f"bktrade/{path.name}"
    api["macros"] += parse_macros(source, header)
    marked, comments = split_comments(source)
    for statement in statements(marked):
        text, before, _ = take_comments(re.sub(r"\{.*\}", "{}", statement, flags=re.S), comments)
        body = re.search(r"\{(.*)\}", statement, re.S)
        entry = {"name": None, "header": header, "text": opening(before)}
        if not text:
            continue
        if text.startswith("BKT_API"):
            api["functions"].append(parse_function(text, before, header))
        elif match := re.fullmatch(r"enum (\w+) \{\}", text):
            entry.update(name=match[1], values=parse_enumerators(body[1], comments))
            api["enums"].append(entry)
        elif match := re.fullmatch(r"(?:typedef )?struct (\w+) \{\}(?: \w+)?", text):
            entry.update(name=match[1], fields=parse_fields(body[1], comments))
            api["structs"].append(entry)
        elif match := re.fullmatch(r"typedef struct (\w+) (\w+)", text):
            entry["name"] = match[2]
            api["handles"].append(entry)
        elif match := re.fullmatch(r"typedef (.*?)\(\*(\w+)\)\((.*)\)", text):
            entry.update(name=match[2], returns=match[1].strip(),
                         parameters=parse_parameters(match[3], before),
                         return_text=returned(before))
            api["callbacks"].append(entry)
        elif match := re.fullmatch(r"typedef (\w+) (\w+)", text):
            entry.update(name=match[2], type=match[1])
            api["types"].append(entry)
        else:
            raise Unknown(text)


def size_of(kind, model, api):
    """(size, alignment) of a field's type under a data model."""
    pointer, wide = MODELS[model]
    callbacks = {callback["name"] for callback in api["callbacks"]}
    aliases = {alias["name"]: alias["type"] for alias in api["types"]}
    array = re.fullmatch(r"(.*)\[(\w+)\]", kind)
    if array:
        limits = {macro["name"]: macro["value"] for macro in api["macros"]}
        size, alignment = size_of(array[1], model, api)
        return size * int(limits.get(array[2], array[2])), alignment
    if "*" in kind or kind in callbacks:
        return pointer, pointer
    size = NUMBERS.get(aliases.get(kind, kind))
    if size is None:
        raise Unknown(f"the size of a field of type {kind}")
    return size, min(size, wide) if size == 8 else size


def lay_out(struct, model, api):
    place, widest, offsets = 0, 1, {}
    for field in struct["fields"]:
        size, alignment = size_of(field["type"], model, api)
        place = (place + alignment - 1) // alignment * alignment
        offsets[field["name"]] = place
        place += size
        widest = max(widest, alignment)
    return {"size": (place + widest - 1) // widest * widest, "offsets": offsets}


def statuses(function, before, api, known):
    """The statuses that a function's comment names, references to other functions followed."""
    if function["returns"] != "bkt_status":
        return []
    if "statuses" in function:
        return function["statuses"]
    text = function["return_text"]
    found = set(STATUS.findall(text)) & known
    found |= {f"BKT_ERR_{word}" for word in re.findall(r"\b[A-Z][A-Z_]+\b", text)} & known
    others = [other for other in api["functions"] if other is not function
              and re.search(rf"\b{other['name']}\(\)", text)]
    if "as above" in text or (not text and before is not None):
        others.append(before)
    function["statuses"] = sorted(found)
    for other in others:
        place = api["functions"].index(other)
        found |= set(statuses(other, api["functions"][place - 1] if place else None, api, known))
    # memory_limit of the context: said once, in context.h.
    takes_handle = any(re.fullmatch(r"(const )?bkt_\w+ \*", parameter["type"])
                       and not parameter["type"].endswith("_options *") for parameter in function["parameters"])
    if "BKT_ERR_MEMORY" in found and takes_handle:
        found.add("BKT_ERR_LIMIT")
    function["statuses"] = sorted(found)
    return function["statuses"]


def role(function, api):
    handles = {handle["name"] for handle in api["handles"]}
    structs = {struct["name"] for struct in api["structs"]}
    name, parameters = function["name"], function["parameters"]

    def about(parameter):
        return re.sub(r"\b(const|struct)\b|[\s*]", "", parameter["type"])

    first = about(parameters[0]) if parameters else None
    made = about(parameters[-1]) if parameters and parameters[-1]["type"].endswith("**") else None
    if name.endswith("_free"):
        return "destructor", first
    if name.endswith("_init") and first in structs:
        return "init", first
    if made in handles and not parameters[-1]["type"].startswith("const "):
        return "constructor", made
    if first in handles and len(parameters) == 1 and parameters[0]["type"].startswith("const "):
        return "getter", first
    # A method belongs to the handle that its name begins with: bkt_table_print() to bkt_table.
    owners = [handle for handle in handles if name.startswith(handle + "_")]
    if first in handles and owners:
        return "method", max(owners, key=len)
    return "function", None


def rooms():
    """Which room defines a function, by the definitions in lib."""
    found = {}
    for path in sorted((ROOT / "lib").glob("*/*.c")):
        source = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^[A-Za-z_][\w \t*]*?\b(bkt_\w+)\([^;{]*\)\s*\{", source, re.M):
            found[match[1]] = path.parent.name
    return found


def describe():
    api = {"library": "bktrade", "version": None, "macros": [], "types": [], "handles": [],
           "enums": [], "structs": [], "callbacks": [], "functions": []}
    umbrella = (HEADERS / "bktrade.h").read_text(encoding="utf-8")
    order = re.findall(r"#include <bktrade/(\w+\.h)>", umbrella)
    for name in order:
        try:
            parse_header(HEADERS / name, api)
        except Unknown as unknown:
            sys.exit(f"{name}: can't read: {unknown}")
    structs = {struct["name"] for struct in api["structs"]}
    api["handles"] = [handle for handle in api["handles"] if handle["name"] not in structs]
    for struct in api["structs"]:
        struct["layout"] = {model: lay_out(struct, model, api) for model in MODELS}
    known = {value["name"] for enum in api["enums"] if enum["name"] == "bkt_status_code"
             for value in enum["values"]}
    defined_in = rooms()
    before = None
    for function in api["functions"]:
        function["statuses"] = statuses(function, before, api, known)
        function["role"], function["belongs_to"] = role(function, api)
        function["room"] = defined_in.get(function["name"])
        before = function
    api["version"] = next(macro["value"] for macro in api["macros"]
                          if macro["name"] == "BKT_VERSION_TEXT")
    return api


def text_of(api):
    """JSON with one line for each property of an entry, and for each parameter, field or value."""
    def compact(value):
        return json.dumps(value, ensure_ascii=False)

    def entry(value):
        lines = []
        for name, part in value.items():
            if isinstance(part, list) and part and isinstance(part[0], dict):
                inner = ",\n".join("    " + compact(item) for item in part)
                lines.append(f"   {compact(name)}: [\n{inner}]")
            else:
                lines.append(f"   {compact(name)}: {compact(part)}")
        return "  {\n" + ",\n".join(lines) + "}"

    parts = []
    for name, value in api.items():
        if not isinstance(value, list):
            parts.append(f" {compact(name)}: {compact(value)}")
        elif name == "macros":
            inner = ",\n".join("  " + compact(item) for item in value)
            parts.append(f" {compact(name)}: [\n{inner}]")
        else:
            inner = ",\n".join(entry(item) for item in value)
            parts.append(f" {compact(name)}: [\n{inner}]")
    return "{\n" + ",\n".join(parts) + "}\n"


def main():
    text = text_of(describe())
    if "--print" in sys.argv[1:]:
        sys.stdout.write(text)
    else:
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
