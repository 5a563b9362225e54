# SPDX-License-Identifier: MIT
"""Counts test results, each TAP subtest as one.

    count.py BUILD/meson-logs/testlog.json   prints "PASSED FAILED SKIPPED", and the failures to stderr
    count.py --tap FILE                      the same from the output of one TAP program"""

import json
import re
import sys

RESULT = re.compile(r"^(not )?ok\b[ \d]*(?:- )?(.*)$", re.M)
BAD = {"FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"}


def count(name, text, bad, seconds=""):
    passed, failed, skipped, failures = 0, 0, 0, []
    for negative, what in RESULT.findall(text):
        if re.search(r"# *(SKIP|TODO)\b", what, re.I):
            skipped += 1
        elif negative:
            failed += 1
            failures.append(what)
        else:
            passed += 1
    if bad and not failed:
        # No subtest says so: the program crashed, ran too long, or stopped early.
        failed += 1
        failures.append("the program itself")
    elif not bad and not passed and not failed and not skipped:
        passed += 1
    for failure in failures:
        print(f"FAILED {name}: {failure}", file=sys.stderr)
    return passed, failed, skipped


def main():
    totals = [0, 0, 0]
    if sys.argv[1] == "--tap":
        with open(sys.argv[2], encoding="utf-8", errors="replace") as file:
            text = file.read()
        plan = re.search(r"^1\.\.(\d+)", text, re.M)
        complete = plan and int(plan[1]) == len(RESULT.findall(text))
        totals = count(sys.argv[2], text, not complete)
        sys.stderr.writelines(line + "\n" for line in text.splitlines() if line.startswith("#"))
    else:
        with open(sys.argv[1], encoding="utf-8") as file:
            for line in file:
                test = json.loads(line)
                if test["result"] == "SKIP":
                    totals[2] += 1
                    continue
                bad = test["result"] in BAD
                part = count(test["name"], test.get("stdout", ""), bad)
                totals = [a + b for a, b in zip(totals, part)]
                if bad:
                    shown = [line for line in test.get("stdout", "").splitlines()
                             if not line.startswith("ok ")]
                    print(*shown[-100:], test.get("stderr", "")[-8000:], sep="\n", file=sys.stderr)
    print(*totals)


main()
