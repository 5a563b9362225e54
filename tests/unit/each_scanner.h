/* SPDX-License-Identifier: MIT */
/* Runs tests with either scanner: what comes out must be the same. */
#ifndef EACH_SCANNER_H
#define EACH_SCANNER_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include <bktrade/reader.h>

/* Which scanner is tested. */
static int32_t scanner_in_use = BKT_SCANNER_FAST;

static void use_fast(void) {
    scanner_in_use = BKT_SCANNER_FAST;
}

static void use_libxml2(void) {
    scanner_in_use = BKT_SCANNER_LIBXML2;
}

static inline bool is_fast_in_use(void) {
#if defined(BKTI_NO_FAST_SCANNER)
    return false;
#else
    return scanner_in_use == BKT_SCANNER_FAST;
#endif
}

/* Two test cases, one a scanner. */
static inline void with_each_scanner(Suite *suite, void (*add)(TCase *tests)) {
    TCase *fast = tcase_create("fast");
    tcase_add_checked_fixture(fast, use_fast, NULL);
    add(fast);
    suite_add_tcase(suite, fast);
    TCase *libxml2 = tcase_create("libxml2");
    tcase_add_checked_fixture(libxml2, use_libxml2, NULL);
    add(libxml2);
    suite_add_tcase(suite, libxml2);
}

#endif
