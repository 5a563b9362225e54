/* SPDX-License-Identifier: MIT */
/* Runs one Check suite and prints TAP, for every unit test program. */
#ifndef RUN_SUITE_H
#define RUN_SUITE_H

#include <check.h>
#include <locale.h>
#include <stdlib.h>

static int run_suite(Suite *suite) {
    /* As a program of the user's would: a locale with a decimal comma must change nothing. */
    setlocale(LC_ALL, "");
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
