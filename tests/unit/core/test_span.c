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

START_TEST(order) {
    ck_assert_int_lt(bkti_span_compare(BKTI_SPAN("a"), BKTI_SPAN("b")), 0);
    ck_assert_int_gt(bkti_span_compare(BKTI_SPAN("\xc3\xa9"), BKTI_SPAN("z")), 0);
    ck_assert_int_lt(bkti_span_compare(BKTI_SPAN("ab"), BKTI_SPAN("abc")), 0);
    ck_assert_int_gt(bkti_span_compare(BKTI_SPAN("a"), BKTI_SPAN("")), 0);
    ck_assert_int_eq(bkti_span_compare((bkti_span){NULL, 0}, BKTI_SPAN("")), 0);
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

/* Bytes taken, and the code point; 0 bytes leave it as it was. */
static size_t character(bkti_span text, uint32_t *out_point) {
    *out_point = 7;
    size_t size = bkti_span_character(text, out_point);
    ck_assert_uint_eq(size, bkti_span_character(text, NULL));
    return size;
}

START_TEST(characters) {
    static const struct {
        const char *text;
        uint32_t point;
    } good[] = {{"a", 'a'},
                {"\x7f", 0x7f},
                {"\xc2\x80", 0x80},
                {"\xdf\xbf", 0x7ff},
                {"\xe0\xa0\x80", 0x800},
                {"\xed\x9f\xbf", 0xd7ff},
                {"\xee\x80\x80", 0xe000},
                {"\xef\xbf\xbf", 0xffff},
                {"\xf0\x90\x80\x80", 0x10000},
                {"\xf4\x8f\xbf\xbf", 0x10ffff}};
    uint32_t point;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        bkti_span text = bkti_span_of(good[i].text);
        ck_assert_uint_eq(character(text, &point), text.size);
        ck_assert_uint_eq(point, good[i].point);
        /* Cut short it is none. */
        text.size--;
        ck_assert_uint_eq(character(text, &point), 0);
        ck_assert_uint_eq(point, 7);
    }
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf", /* overlong */
                                      "\xe0\x9f\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf", /* surrogates */
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xff\xbf\xbf\xbf",
                                      "\xc3 ",
                                      "\xe2\x82 "};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_uint_eq(character(bkti_span_of(bad[i]), &point), 0);
    }
    ck_assert_uint_eq(character(BKTI_SPAN("\0x"), &point), 1);
    ck_assert_uint_eq(point, 0);
    ck_assert_uint_eq(character((bkti_span){NULL, 0}, &point), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("span");
    TCase *test_case = tcase_create("span");
    tcase_add_test(test_case, equality);
    tcase_add_test(test_case, order);
    tcase_add_test(test_case, equality_without_regard_to_case);
    tcase_add_test(test_case, trimming);
    tcase_add_test(test_case, characters);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
