# SPDX-License-Identifier: MIT
"""The public headers as compilers and makers of bindings see them.

    check_headers.py [DESCRIPTION]     compares lib/abi/api.json too (the default)"""

import json
import pathlib
import re
import shutil
import sys
import tempfile

import tap

sys.path.insert(0, str(tap.ROOT / "lib" / "abi"))
import describe  # noqa: E402

INCLUDE = tap.ROOT / "include"
SEVERE = ["-Wall", "-Wextra", "-Werror", "-pedantic-errors", "-fsyntax-only", f"-I{INCLUDE}"]
LANGUAGES = [("gcc", "c99"), ("gcc", "c11"), ("g++", "c++11"), ("g++", "c++17"),
             ("clang", "c99"), ("clang", "c11"), ("clang++", "c++11"), ("clang++", "c++17")]
# Where a struct's layout is tried without the target's C library.
TARGETS = [("x86_64-linux-gnu", "lp64"), ("s390x-linux-gnu", "lp64"),
           ("armv7a-linux-gnueabihf", "ilp32"), ("i386-linux-gnu", "ilp32-i386")]
KEYWORDS = set(
    """alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept
    const constexpr const_cast continue decltype default delete do double dynamic_cast else enum explicit
    export extern false float for friend goto if inline int long mutable namespace new noexcept not
    nullptr operator or private protected public register reinterpret_cast requires return short signed
    sizeof static struct switch template this throw true try typedef typeid typename union unsigned using
    virtual void volatile wchar_t while xor
    None and as assert async await class def del elif except finally from global import in is lambda
    nonlocal pass raise with yield match type
    chan defer fallthrough func go interface map package range select var
    abstract become box crate dyn final fn impl let loop macro mod move mut override priv pub ref self
    static super trait typeof unsafe unsized use where
    boolean byte extends implements instanceof native strictfp synchronized throws transient
    baremodule begin elseif end function local module quote
    next repeat NULL NA Inf NaN TRUE FALSE""".split()
)
VALUES = {"void", "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t",
          "double"}


def compile_text(compiler, text, suffix, *options):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"source{suffix}"
        source.write_text(text, encoding="utf-8")
        return tap.run([compiler, *options, source])


def check_compiling():
    headers = sorted(path.name for path in (INCLUDE / "bktrade").glob("*.h"))
    for compiler, language in LANGUAGES:
        name = f"each header compiles alone: {compiler} -std={language}"
        if not shutil.which(compiler):
            tap.skip(name, f"no {compiler}")
            continue
        suffix = ".cc" if "+" in language else ".c"
        failures = []
        for header in headers:
            # Twice: a header must bear it.
            text = f"#include <bktrade/{header}>\n" * 2
            comments = ["-Wdocumentation"] if "clang" in compiler else []
            code, output = compile_text(compiler, text, suffix, *SEVERE, *comments, f"-std={language}")
            if code != 0:
                failures.append(f"{header}: {output}")
        tap.ok(not failures, name, "\n".join(failures))
    umbrella = (INCLUDE / "bktrade" / "bktrade.h").read_text("utf-8")
    included = set(re.findall(r"<bktrade/(\w+\.h)>", umbrella)) | {"bktrade.h"}
    tap.same_set("bktrade.h includes every header", included, set(headers), "bktrade.h", "include/bktrade")
    installed = set(re.findall(r"'(\w+\.h)'", (INCLUDE / "bktrade" / "meson.build").read_text("utf-8")))
    tap.same_set("every header is installed", installed, set(headers), "meson.build", "include/bktrade")


def value_or_pointer(kind, api, place):
    """Why a type may not cross the boundary in this place; None if it may."""
    named = {entry["name"] for part in ("handles", "structs") for entry in api[part]}
    aliases = {entry["name"] for part in ("types", "callbacks") for entry in api[part]}
    bare = re.sub(r"\b(const|struct)\b|[\s*]", "", kind)
    if "(*)" in kind:
        return None if place == "arrow" else "a function pointer without a name"
    if "[" in kind:
        return None if place == "field" and kind.split("[")[0] in VALUES else "an array"
    if "*" in kind:
        known = VALUES | named | aliases | {"char"} | ({"size_t"} if place == "parameter" else set())
        return None if bare in known or bare.startswith("Arrow") else "unknown pointee"
    known = (VALUES - {"void"}) | aliases | ({"size_t"} if place == "parameter" else set())
    if place == "result":
        known = known | {"void"}
    return None if bare in known else "not a type of fixed width"


def check_types(api):
    wrong, words = [], []
    for function in api["functions"] + api["callbacks"]:
        name = function["name"]
        reason = value_or_pointer(function["returns"], api, "result")
        if reason:
            wrong.append(f"{name} returns {function['returns']}: {reason}")
        for parameter in function["parameters"]:
            reason = value_or_pointer(parameter["type"], api, "parameter")
            if reason:
                wrong.append(f"{name}, {parameter['name']}: {parameter['type']}: {reason}")
            if parameter["name"] in KEYWORDS:
                words.append(f"{name}: parameter {parameter['name']}")
    for struct in api["structs"]:
        place = "arrow" if struct["name"].startswith("Arrow") else "field"
        for field in struct["fields"]:
            reason = value_or_pointer(field["type"], api, place)
            if reason:
                wrong.append(f"{struct['name']}.{field['name']}: {field['type']}: {reason}")
            if field["name"] in KEYWORDS:
                words.append(f"{struct['name']}: field {field['name']}")
    tap.ok(not wrong, "only types of fixed width cross the boundary", wrong)
    tap.ok(not words, "no parameter or field is a keyword of another language", words)
    unnamed = [entry["name"] for part in ("handles", "structs", "types", "callbacks", "enums", "functions")
               for entry in api[part] if not re.match(r"bkt_[a-z]|Arrow", entry["name"])]
    unnamed += [macro["name"] for macro in api["macros"] if not macro["name"].startswith("BKT_")]
    unnamed += [value["name"] for enum in api["enums"] for value in enum["values"]
                if not value["name"].startswith("BKT_")]
    tap.ok(not unnamed, "every public name begins bkt_ or BKT_", unnamed)
    # C keeps tags and functions apart; SWIG and most languages have one space for both.
    names = [entry["name"] for part in ("handles", "structs", "types", "callbacks", "enums", "functions")
             for entry in api[part]]
    tap.ok(len(names) == len(set(names)), "no type has the name of a function",
           sorted({name for name in names if names.count(name) > 1}))


def holes(struct, model, api):
    place, found = 0, []
    layout = struct["layout"][model]
    for field in struct["fields"]:
        offset = layout["offsets"][field["name"]]
        if offset != place:
            found.append(f"{struct['name']}: {offset - place} bytes before {field['name']} ({model})")
        place = offset + describe.size_of(field["type"], model, api)[0]
    if place != layout["size"]:
        found.append(f"{struct['name']}: {layout['size'] - place} bytes at the end ({model})")
    return found


def check_structs(api):
    functions = {function["name"]: function for function in api["functions"]}
    wrong, padding = [], []
    for struct in api["structs"]:
        if struct["name"].startswith("Arrow"):
            continue
        name, fields = struct["name"], [(field["name"], field["type"]) for field in struct["fields"]]
        if fields[:2] != [("struct_size", "uint32_t"), ("flags", "uint32_t")]:
            wrong.append(f"{name}: must begin with uint32_t struct_size, flags")
        if name + "_init" not in functions:
            wrong.append(f"{name}: there is no {name}_init()")
        for model in describe.MODELS:
            padding += holes(struct, model, api)
    tap.ok(not wrong, "structs begin with their size and have an _init function", wrong)
    tap.ok(not padding, "no struct has padding, in any data model", padding)


def assertions(api, model):
    lines = ["#include <stddef.h>", "#include <bktrade/bktrade.h>"]
    for struct in api["structs"]:
        tag, layout = f"struct {struct['name']}", struct["layout"][model]
        lines.append(f'_Static_assert(sizeof({tag}) == {layout["size"]}, "size of {tag}");')
        for field, offset in layout["offsets"].items():
            lines.append(f'_Static_assert(offsetof({tag}, {field}) == {offset}, "{tag}.{field}");')
    for enum in api["enums"]:
        for value in enum["values"]:
            lines.append(f'_Static_assert({value["name"]} == {value["value"]}, "{value["name"]}");')
    for macro in api["macros"]:
        if isinstance(macro["value"], int):
            lines.append(f'_Static_assert({macro["name"]} == {macro["value"]}, "{macro["name"]}");')
    for part in ("functions", "callbacks"):
        for function in api[part]:
            kinds = ", ".join(parameter["type"] for parameter in function["parameters"]) or "void"
            name = function["name"]
            found = f"__typeof__(&{name})" if part == "functions" else name
            lines.append(f"_Static_assert(__builtin_types_compatible_p({found}, "
                         f'{function["returns"]} (*)({kinds})), "{name}");')
    return "\n".join(lines) + "\n"


def check_layouts(api):
    options = [f"-I{INCLUDE}", "-std=gnu11", "-fsyntax-only"]
    native = "lp64" if sys.maxsize > 2**32 else "ilp32"
    for compiler in ("gcc", "clang"):
        name = f"{compiler} sees the layouts, values and signatures that the description has"
        if not shutil.which(compiler):
            tap.skip(name, f"no {compiler}")
            continue
        code, output = compile_text(compiler, assertions(api, native), ".c", *options)
        tap.ok(code == 0, name, output)
    for target, model in TARGETS:
        name = f"layouts on {target}"
        if not shutil.which("clang"):
            tap.skip(name, "no clang")
            continue
        code, output = compile_text("clang", assertions(api, model), ".c", *options,
                                    f"--target={target}", "-ffreestanding")
        tap.ok(code == 0, name, output)


def walk(node):
    yield node
    for child in node.get("inner", []):
        yield from walk(child)


def check_tree(api):
    """The compiler's own tree: what the description's reader could have overlooked."""
    name = "clang's tree has the described functions and nothing forbidden"
    if not shutil.which("clang"):
        tap.skip(name, "no clang")
        return
    code, output = compile_text("clang", "#include <bktrade/bktrade.h>\n", ".c", f"-I{INCLUDE}", "-std=c11",
                                "-fsyntax-only", "-Xclang", "-ast-dump=json")
    if code != 0:
        tap.ok(False, name, output)
        return
    forbidden = re.compile(r"\b(long|bool|_Bool|FILE|time_t|off_t|ssize_t|va_list|wchar_t|union|xml\w+|z_stream)\b")
    seen, wrong = set(), []
    for node in json.loads(output)["inner"]:
        own = re.match(r"bkt_|Arrow", node.get("name", ""))
        if not own:
            continue
        if node["kind"] == "FunctionDecl":
            seen.add(node["name"])
            if node.get("variadic") or node.get("inline"):
                wrong.append(f"{node['name']}: variadic or inline")
        for part in walk(node):
            if part["kind"] not in ("FunctionDecl", "ParmVarDecl", "FieldDecl", "TypedefDecl", "RecordDecl"):
                continue
            kind = part.get("type", {}).get("qualType", "")
            if part.get("isBitfield") or part.get("tagUsed") == "union" or forbidden.search(kind):
                wrong.append(f"{node['name']}: {part.get('name', '')} {kind}")
    declared = {function["name"] for function in api["functions"]}
    wrong += [f"not described: {item}" for item in seen - declared]
    wrong += [f"not seen by clang: {item}" for item in declared - seen]
    tap.ok(not wrong, name, wrong)


def check_comments(api):
    lacking = [function["name"] for function in api["functions"] if not function["since"] or
               not (function["text"] or function["return_text"])]
    tap.ok(not lacking, "every function has a comment with @since", lacking)
    lacking = [function["name"] for function in api["functions"]
               if function["returns"] == "bkt_status" and function["role"] != "getter" and
               "BKT_OK" not in function["statuses"]]
    tap.ok(not lacking, "every function with a status says which ones it returns", lacking)
    lacking = [function["name"] for function in api["functions"] if not function["room"]]
    tap.ok(not lacking, "every function is defined in a room", lacking)
    handles = {handle["name"] for handle in api["handles"]}
    made = {function["belongs_to"] for function in api["functions"] if function["role"] == "constructor"}
    ended = {function["belongs_to"] for function in api["functions"] if function["role"] == "destructor"}
    tap.ok(not (made & handles) - ended, "whatever is made can be freed", sorted((made & handles) - ended))
    numbers = [value["value"] for enum in api["enums"] if enum["name"] == "bkt_status_code"
               for value in enum["values"]]
    tap.ok(len(numbers) == len(set(numbers)), "no status has the number of another", str(numbers))


def check_description(api):
    found = describe.RESULT.read_text("utf-8") if describe.RESULT.exists() else ""
    expected = describe.text_of(api)
    tap.ok(found == expected, "lib/abi/api.json is what the headers say",
           "run: python3 lib/abi/describe.py (and look at what changed)")


api = describe.describe()
check_compiling()
check_types(api)
check_structs(api)
check_layouts(api)
check_tree(api)
check_comments(api)
check_description(api)
tap.done()
