# SPDX-License-Identifier: MIT
"""The installed tree: its files, and programs outside that use it through pkg-config.

    check_install.py BUILD_FOLDER     (built; results as TAP)"""

import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "contract"))
import tap  # noqa: E402

GOLDEN = ROOT / "tests" / "packaging" / "files.txt"
DATA = ROOT / "examples" / "data" / "blr-kaz.xml"


def options_of(build):
    listed = json.loads(tap.run(["meson", "introspect", "--buildoptions", build])[1])
    return {option["name"]: option["value"] for option in listed}


def meson(*arguments, **options):
    return tap.run(["meson", *arguments], **options)


def install(build, stage):
    return meson("install", "-C", build, "--no-rebuild", "--quiet",
                 env={**os.environ, "DESTDIR": str(stage)})


def check_files(tree, libdir):
    """The files of the tree, with the two folders that differ between systems named."""
    expected = set(GOLDEN.read_text("utf-8").split())
    found = set()
    for path in tree.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(tree).as_posix()
        found.add(re.sub(rf"^{re.escape(libdir)}/", "LIBDIR/", name))
    tap.same_set("the installed files are those of tests/packaging/files.txt", found, expected,
                 "the installed tree", "files.txt")


class Tree:
    """An installed tree, as pkg-config finds it."""

    def __init__(self, stage, prefix, libdir):
        self.environment = dict(os.environ)
        self.environment["PKG_CONFIG_PATH"] = f"{stage}{prefix}/{libdir}/pkgconfig"
        # The stage stands before the paths of our own package only.
        self.stage, self.prefix = stage, prefix
        self.environment["LD_LIBRARY_PATH"] = f"{stage}{prefix}/{libdir}"

    def flags(self, *options):
        code, text = tap.run(["pkg-config", *options, "bktrade"], env=self.environment)
        if code != 0:
            raise RuntimeError(text)
        return [word.replace(self.prefix, f"{self.stage}{self.prefix}", 1)
                if word[2:].startswith(self.prefix) else word for word in text.split()]

    def compile(self, source, program, flags):
        compiler = os.environ.get("CC", "cc").split()
        return tap.run([*compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", source, *flags, "-o", program],
                       env=self.environment)


def check_programs(tree, folder):
    source = shutil.copy(ROOT / "tests" / "packaging" / "consumer.c", folder / "consumer.c")
    example = shutil.copy(ROOT / "examples" / "balance.c", folder / "balance.c")
    shared = tree.flags("--cflags", "--libs")
    static = ["-l:libbktrade.a" if word == "-lbktrade" else word
              for word in tree.flags("--static", "--cflags", "--libs")]
    for name, flags in (("shared", shared), ("static", static)):
        program = folder / f"consumer-{name}"
        code, text = tree.compile(source, program, flags)
        tap.ok(code == 0, f"a program outside the tree is compiled ({name})", text)
        if code != 0:
            continue
        code, text = tap.run([program], env=tree.environment)
        tap.ok(code == 0 and text.strip() == "0.1.0 1472.8", f"it runs ({name})", text)
        needed = tap.run(["readelf", "-d", program])[1]
        linked = "libbktrade.so" in needed
        tap.ok(linked == (name == "shared"), f"it is linked {name}", needed)

        program = folder / f"balance-{name}"
        code, text = tree.compile(example, program, flags)
        tap.ok(code == 0, f"examples/balance.c is compiled outside the tree ({name})", text)
        code, text = tap.run([program, DATA, "BLR", "KAZ"], env=tree.environment)
        line = next((line.split() for line in text.splitlines() if line.startswith("2012")), [])
        tap.ok(line[1:] == ["804.1", "119.0", "90.4", "675.5"], f"it shows the trade of 2012 ({name})", text)


def check_pc(tree):
    """What the .pc file says, in the order that pkg-config gives it."""
    flags = tree.flags("--cflags")
    tap.ok(f"-I{tree.stage}{tree.prefix}/include" in flags and "-DBKT_STATIC" not in flags,
           "--cflags has the include folder and no BKT_STATIC", " ".join(flags))
    libraries = [word for word in tree.flags("--libs") if word.startswith("-l")]
    tap.ok(libraries == ["-lbktrade"], "--libs names bktrade alone", " ".join(libraries))
    static = tree.flags("--static", "--cflags", "--libs")
    wanted = {"-DBKT_STATIC", "-lbktrade", "-lxml2", "-lz", "-lm", "-pthread"}
    tap.ok(wanted <= set(static), "--static adds what the archive needs", " ".join(static))
    version = tap.run(["pkg-config", "--modversion", "bktrade"], env=tree.environment)[1].strip()
    meson_version = re.search(r"^  version: '(.*)'", (ROOT / "meson.build").read_text("utf-8"), re.M)[1]
    tap.ok(version == meson_version, "the version is the project's", version)


def check_configurations(folder):
    """Configurations of distributors: nothing is built, the .pc file and the targets are looked at."""
    lean = ["-Dtests=disabled", "-Dexamples=disabled"]
    build = folder / "absolute"
    code, text = meson("setup", build, ROOT, *lean, "--prefix=/p", "--libdir=/q/lib", "--includedir=/r/include")
    pc = (build / "pkgconfig" / "bktrade.pc").read_text("utf-8") if code == 0 else text
    tap.ok("\nlibdir=/q/lib\n" in pc and "\nincludedir=/r/include\n" in pc,
           "libdir and includedir outside the prefix", pc)
    build = folder / "relocatable"
    code, text = meson("setup", build, ROOT, *lean, "--prefix=/p", "--libdir=lib/x",
                       "-Dpkgconfig.relocatable=true")
    pc = (build / "pkgconfig" / "bktrade.pc").read_text("utf-8") if code == 0 else text
    tap.ok(pc.startswith("prefix=${pcfiledir}/../../..\n"), "a relocatable .pc file", pc)
    for kind in ("shared", "static"):
        build = folder / kind
        code, text = meson("setup", build, ROOT, *lean, f"-Ddefault_library={kind}")
        targets = json.loads(meson("introspect", "--targets", build)[1]) if code == 0 else []
        kinds = {target["type"] for target in targets if target["name"] == "bktrade" and target["installed"]}
        tap.ok(kinds == {f"{kind} library"}, f"-Ddefault_library={kind}", text)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    options = options_of(build)
    prefix, libdir = options["prefix"], options["libdir"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        stage = folder / "stage"
        code, text = install(build, stage)
        tap.ok(code == 0, "meson install into a DESTDIR", text)
        if code == 0:
            check_files(pathlib.Path(f"{stage}{prefix}"), libdir)
            outside = folder / "outside"
            outside.mkdir()
            tree = Tree(stage, prefix, libdir)
            try:
                check_pc(tree)
                check_programs(tree, outside)
            except RuntimeError as error:
                tap.ok(False, "pkg-config finds bktrade", str(error))
        check_configurations(folder)
    tap.done()


main()
