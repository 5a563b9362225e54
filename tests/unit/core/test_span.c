/* SPDX-License-Identifier: MIT */
#include "bkti_span.h"
#include "run_suite.h"

START_TEST(equality) {
    ck_assert(bkti_span_equal(BKTI_SPAN("abc"), bkti_span_of("abc")));
    ck_assert(!bkti_span_equal(BKTI_SPAN("abc"), BKTI_SPAN("abd")));
    ck_assert(!bkti_span_equal(BKTI_SPAN("abc"), BKTI_SPAN("ab")));
    ck_assert(bkti_span_equal((bkti_span){NULL, 0}, BKTI_SPAN("")));
    ck_assert(bkti_span_is((bkti_span){"abcdef", 3}, "abc"));
    ck_assert(bkti_span_is((bkti_span){NULL, 0}, ""));
    ck_assert(bkti_span_is(bkti_span_of(NULL), ""));
}
END_TEST

START_TEST(equality_without_regard_to_case) {
    ck_assert(bkti_span_equal_caseless(BKTI_SPAN("Time_Period"), BKTI_SPAN("TIME_PERIOD")));
    ck_assert(!bkti_span_equal_caseless(BKTI_SPAN("a"), BKTI_SPAN("ab")));
    /* ASCII alone: neither the neighbours of the letters nor other alphabets. */
    ck_assert(!bkti_span_equal_caseless(BKTI_SPAN("@["), BKTI_SPAN("`{")));
    ck_assert(!bkti_span_equal_caseless(BKTI_SPAN("\xc3\xa9"), BKTI_SPAN("\xc3\x89")));
    ck_assert(bkti_span_equal_caseless((bkti_span){NULL, 0}, BKTI_SPAN("")));
}
END_TEST

START_TEST(trimming) {
    ck_assert(bkti_span_is(bkti_span_trim(BKTI_SPAN(" \t\r\n2012 Q1 \n")), "2012 Q1"));
    ck_assert(bkti_span_is(bkti_span_trim(BKTI_SPAN("x")), "x"));
    ck_assert(bkti_span_is(bkti_span_trim(BKTI_SPAN(" \n")), ""));
    ck_assert(bkti_span_is(bkti_span_trim((bkti_span){NULL, 0}), ""));
    /* A no-break space is no white space of XML. */
    ck_assert(bkti_span_is(bkti_span_trim(BKTI_SPAN("\xc2\xa0")), "\xc2\xa0"));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("span");
    TCase *test_case = tcase_create("span");
    tcase_add_test(test_case, equality);
    tcase_add_test(test_case, equality_without_regard_to_case);
    tcase_add_test(test_case, trimming);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
