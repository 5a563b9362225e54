/* SPDX-License-Identifier: MIT */
#include "bkti_pattern.h"

#include <bktrade/context.h>

#include <string.h>

#include "bkti_context.h"
#include "run_suite.h"

static bkti_memory *memory;
static bkt_context *context;

static void setup(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    memory = bkti_context_memory(context);
}

static void teardown(void) {
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_context_free(context);
}

START_TEST(texts_match) {
    static const struct {
        const char *pattern;
        const char *good[5];
        const char *bad[6];
    } cases[] = {
        {"", {""}, {"a"}},
        {"abc", {"abc"}, {"ab", "abcd", "ABC", ""}},
        {"a|bc|", {"a", "bc", ""}, {"b", "abc"}},
        {"(a|b)*c", {"c", "abbac"}, {"ab", "ca"}},
        {"a?b+", {"b", "abbb"}, {"a", "aab"}},
        {"[A-Z]{3}", {"ABC"}, {"AB", "ABCD", "AbC"}},
        {"[0-9]{2,4}", {"12", "123", "1234"}, {"1", "12345"}},
        {"x{2,}", {"xx", "xxxxx"}, {"x", ""}},
        {"x{0}", {""}, {"x"}},
        {"(ab){0,2}c", {"c", "abc", "ababc"}, {"abababc"}},
        {"[^0-9]", {"a", "\xc3\xa9"}, {"1", "ab", ""}},
        {"[a-z-[aeiou]]+", {"xyz"}, {"a", "xay", ""}},
        {"[^a-z-[A]]+", {"B1"}, {"A", "b"}},
        {"[+\\-*]", {"+", "-", "*"}, {"\\", "a"}},
        {"[a-]", {"a", "-"}, {"b"}},
        {"[.$]+", {".", "$."}, {"a"}},
        {"\\d+(\\.\\d+)?", {"12", "12.5"}, {"12.", ".5", "x"}},
        {"\\D\\s\\S", {"a b"}, {"1 b", "a  ", "ab"}},
        {"\\i\\c*", {"_a-1", "\xc3\xa9"}, {"1a", "-"}},
        {"\\w+", {"a1", "\xc3\xa9", "$"}, {"a-b", "a_b", " "}},
        {"[\\d\\-]+", {"1-2"}, {"a"}},
        {"\\(\\[\\]\\)\\\\\\.", {"([])\\."}, {"x"}},
        {"a.c",
         {"abc", "a\xc3\xa9"
                 "c"},
         {"a\nc", "ac"}},
        {"^a$", {"^a$"}, {"a"}}, /* XML Schema has no anchors */
        {"\\n\\t", {"\n\t"}, {"nt"}},
        {"((a|b)(c|d)?){2}", {"ab", "acbd", "aac"}, {"a", "abab"}},
        {"(a*)*b", {"b", "aaab"}, {"aaa"}},
        {"\xc3\xa9{2}", {"\xc3\xa9\xc3\xa9"}, {"\xc3\xa9"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool no_memory;
        bkti_pattern *pattern = bkti_pattern_new(memory, cases[i].pattern, &no_memory);
        ck_assert_msg(pattern != NULL, "'%s' is a pattern", cases[i].pattern);
        for (size_t j = 0; j < 5 && cases[i].good[j] != NULL; j++) {
            ck_assert_msg(bkti_pattern_matches(pattern, bkti_span_of(cases[i].good[j])),
                          "'%s' is of '%s'", cases[i].good[j], cases[i].pattern);
        }
        for (size_t j = 0; j < 6 && cases[i].bad[j] != NULL; j++) {
            ck_assert_msg(!bkti_pattern_matches(pattern, bkti_span_of(cases[i].bad[j])),
                          "'%s' is not of '%s'", cases[i].bad[j], cases[i].pattern);
        }
        bkti_pattern_free(pattern);
    }
}
END_TEST

START_TEST(no_patterns) {
    static const char *const cases[] = {
        "(",    ")",   "a)",     "[",      "[]",          "[a",   "[z-a]",     "*",
        "a**b", "a{",  "a{2,1}", "a{x}",   "a{1001}",     "\\",   "\\p{Lu}",   "\\q",
        "]",    "{2}", "a{2",    "[a-[b]", "(a{500}){9}", "\xff", "[\\d-z]x[", "a{1,2"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool no_memory = true;
        bkti_pattern *pattern = bkti_pattern_new(memory, cases[i], &no_memory);
        ck_assert_msg(pattern == NULL && !no_memory, "'%s' is none", cases[i]);
    }
    /* Nesting has an end. */
    char deep[2001];
    bool no_memory;
    memset(deep, '(', 1000);
    memset(deep + 1000, ')', 1000);
    deep[2000] = '\0';
    ck_assert_ptr_null(bkti_pattern_new(memory, deep, &no_memory));
}
END_TEST

START_TEST(time_is_linear) {
    /* Where trying all ways would take longer than there is time. */
    static const char *const cases[] = {"(a|aa)+b", "(a*)*b", "(a?){100}a{100}b", "(.*a){20}b"};
    static char text[20001];
    memset(text, 'a', 20000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool no_memory;
        bkti_pattern *pattern = bkti_pattern_new(memory, cases[i], &no_memory);
        ck_assert_ptr_nonnull(pattern);
        ck_assert(!bkti_pattern_matches(pattern, bkti_span_of(text)));
        bkti_pattern_free(pattern);
    }
}
END_TEST

START_TEST(nested_choices_do_not_explode) {
    /* Forty levels, each with a choice and a repetition. */
    char nested[400] = "";
    for (int i = 0; i < 40; i++) {
        strcat(nested, "(");
    }
    strcat(nested, "a");
    for (int i = 0; i < 40; i++) {
        strcat(nested, "|b)*");
    }
    bool no_memory;
    bkti_pattern *pattern = bkti_pattern_new(memory, nested, &no_memory);
    ck_assert_ptr_nonnull(pattern);
    ck_assert(bkti_pattern_matches(pattern, BKTI_SPAN("bab")));
    ck_assert(!bkti_pattern_matches(pattern, BKTI_SPAN("bac")));
    bkti_pattern_free(pattern);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/pattern");
    TCase *test_case = tcase_create("pattern");
    tcase_add_checked_fixture(test_case, setup, teardown);
    tcase_set_timeout(test_case, 60);
    tcase_add_test(test_case, texts_match);
    tcase_add_test(test_case, no_patterns);
    tcase_add_test(test_case, time_is_linear);
    tcase_add_test(test_case, nested_choices_do_not_explode);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
