/* SPDX-License-Identifier: MIT */
#include <check.h>

#include "bkti_language.h"
#include "run_suite.h"

/* From what fits best to what fits least. */
static const char *const languages[] = {"pt-BR", "pt", "pt_PT", "en", "en-GB", "de"};

START_TEST(the_nearest_language_fits_best) {
    for (size_t i = 0; i + 1 < sizeof languages / sizeof *languages; i++) {
        ck_assert_int_gt(bkti_language_fit(bkti_span_of(languages[i]), BKTI_SPAN("pt-BR")),
                         bkti_language_fit(bkti_span_of(languages[i + 1]), BKTI_SPAN("pt-BR")));
    }
    ck_assert_int_gt(bkti_language_fit(BKTI_SPAN("de"), BKTI_SPAN("pt-BR")), 0);
}
END_TEST

START_TEST(what_says_none_is_english) {
    int same = bkti_language_fit(BKTI_SPAN("EN"), BKTI_SPAN("en"));
    ck_assert_int_eq(bkti_language_fit(BKTI_SPAN(""), BKTI_SPAN("en")), same);
    ck_assert_int_eq(bkti_language_fit(BKTI_SPAN("en"), BKTI_SPAN("")), same);
    ck_assert_int_eq(bkti_language_fit((bkti_span){NULL, 0}, (bkti_span){NULL, 0}), same);
    ck_assert_int_lt(bkti_language_fit(BKTI_SPAN("eng"), BKTI_SPAN("en")), same);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, the_nearest_language_fits_best);
    tcase_add_test(tests, what_says_none_is_english);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
