# SPDX-License-Identifier: MIT
"""What the contract checks share: results as TAP, and a few paths."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

_count = 0
_failed = 0


def ok(passed, name, detail=""):
    """One result. The detail (text or lines) is printed only when the check failed."""
    global _count, _failed
    _count += 1
    if passed:
        print(f"ok {_count} - {name}")
        return
    _failed += 1
    print(f"not ok {_count} - {name}")
    lines = detail.splitlines() if isinstance(detail, str) else [str(line) for line in detail]
    for line in lines:
        print(f"# {line}")


def skip(name, reason):
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP {reason}")


def done():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


def run(arguments, **options):
    """Runs a program; gives (exit code, everything that it printed)."""
    result = subprocess.run(
        [str(argument) for argument in arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    return result.returncode, result.stdout


def same_set(name, found, expected, found_name, expected_name):
    """Two sets that must be equal; says what to add where."""
    lines = [f"only in {found_name}: {item}" for item in sorted(found - expected)]
    lines += [f"only in {expected_name}: {item}" for item in sorted(expected - found)]
    ok(not lines, name, lines)
