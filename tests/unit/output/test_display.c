/* SPDX-License-Identifier: MIT */
#include "bkti_display.h"
#include "bkti_svg.h"

#include <math.h>

#include <bktrade/context.h>

#include "bkti_context.h"
#include "run_suite.h"

static bkt_context *context;
static bkti_text text;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkti_text_init(&text, bkti_context_memory(context));
}

static void finish(void) {
    bkti_text_free(&text);
    bkt_context_free(context);
}

static size_t width(const char *terminated) {
    return bkti_display_width(bkti_span_of(terminated));
}

START_TEST(cells_are_those_of_a_terminal) {
    ck_assert_uint_eq(width(""), 0);
    ck_assert_uint_eq(width("Belarus"), 7);
    ck_assert_uint_eq(width("Беларусь"), 8);
    ck_assert_uint_eq(width("e\xcc\x81"), 1);                /* e and a combining acute */
    ck_assert_uint_eq(width("\xe4\xb8\xad\xe5\x9b\xbd"), 4); /* China, two ideographs */
    ck_assert_uint_eq(width("\xed\x95\x9c\xea\xb5\xad"), 4); /* Korea, two syllables */
    ck_assert_uint_eq(width("\xef\xbc\xa1"), 2);             /* fullwidth A */
    ck_assert_uint_eq(width("\xf0\x9f\x8c\x8d"), 2);         /* a globe */
    ck_assert_uint_eq(width("\xe2\x80\x93"), 1);             /* en dash */
    ck_assert_uint_eq(width("a\xe2\x80\x8b"
                            "b"),
                      2);                                    /* zero width space */
    ck_assert_uint_eq(width("\xe0\xa4\x95\xe0\xa5\x8d"), 1); /* ka and virama */
}
END_TEST

START_TEST(what_a_terminal_would_obey_is_not_shown) {
    bkti_display(&text, bkti_span_of("a\tb\nc\x1b[31m\x7f"), 0, NULL);
    ck_assert_str_eq(bkti_text_get(&text), "a b c\xef\xbf\xbd[31m\xef\xbf\xbd");
    bkti_text_clear(&text);
    bkti_display(&text, bkti_span_of("\xc2\x9bx\xe2\x80\xaey"), 0, NULL);
    ck_assert_str_eq(bkti_text_get(&text), "\xef\xbf\xbdx\xef\xbf\xbdy");
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_marked_one_by_one) {
    static const char *const BAD[] = {"\x80",         "\xc0\x80",     "\xc3",
                                      "\xe2\x82",     "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80", "\xff",         "\xe0\x80\x80"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        ck_assert_uint_eq(width(BAD[i]), strlen(BAD[i]));
        bkti_text_clear(&text);
        bkti_display(&text, bkti_span_of(BAD[i]), 0, NULL);
        ck_assert_uint_eq(text.size, 3 * strlen(BAD[i]));
    }
}
END_TEST

static const char *cut(const char *terminated, size_t limit, const char *ellipsis, size_t cells) {
    bkti_text_clear(&text);
    ck_assert_uint_eq(bkti_display(&text, bkti_span_of(terminated), limit, ellipsis), cells);
    ck_assert_uint_eq(bkti_display(NULL, bkti_span_of(terminated), limit, ellipsis), cells);
    return bkti_text_get(&text);
}

START_TEST(long_texts_are_cut) {
    ck_assert_str_eq(cut("Kazakhstan", 10, "...", 10), "Kazakhstan");
    ck_assert_str_eq(cut("Kazakhstan", 9, "...", 9), "Kazakh...");
    ck_assert_str_eq(cut("Kazakhstan", 4, "\xe2\x80\xa6", 4), "Kaz\xe2\x80\xa6");
    /* A wide character that would not fit whole goes. */
    ck_assert_str_eq(cut("\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad", 4, "\xe2\x80\xa6", 3),
                     "\xe4\xb8\xad\xe2\x80\xa6");
    ck_assert_str_eq(cut("e\xcc\x81"
                         "a",
                         2, "\xe2\x80\xa6", 2),
                     "e\xcc\x81"
                     "a");
}
END_TEST

static double cells(bkti_span span) {
    return (double)bkti_display_width(span);
}

START_TEST(lines_break_between_words) {
    bkti_span rest = bkti_span_of("  Exports as  Belarus reports them ");
    static const char *const LINES[] = {"Exports as", "Belarus", "reports", "them"};
    for (size_t i = 0; i < 4; i++) {
        bkti_span line = bkti_take_line(&rest, 10, cells);
        ck_assert(bkti_span_is(line, LINES[i]));
    }
    ck_assert_uint_eq(bkti_take_line(&rest, 10, cells).size, 0);
    rest = bkti_span_of("Incomprehensibilities are");
    ck_assert(bkti_span_is(bkti_take_line(&rest, 5, cells), "Incomprehensibilities"));
    rest = bkti_span_of(" \t\n");
    ck_assert_uint_eq(bkti_take_line(&rest, 5, cells).size, 0);
}
END_TEST

START_TEST(svg_text_is_escaped) {
    bkti_span span = bkti_span_of("<a href=\"x\">&'\x01\xff\xef\xbf\xbf\n\xd0\x91");
    bkti_svg(&text, "%d|%n|%s|%t|", 7, 1.005, "<raw>", &span);
    ck_assert_str_eq(bkti_text_get(&text),
                     "7|1.00|<raw>|&lt;a href=&quot;x&quot;&gt;&amp;'\xef\xbf\xbd\xef\xbf\xbd"
                     "\xef\xbf\xbd \xd0\x91|");
}
END_TEST

START_TEST(svg_widths_grow_with_the_text) {
    ck_assert(bkti_svg_measure(bkti_span_of("")) == 0);
    ck_assert(bkti_svg_measure(bkti_span_of("iii")) < bkti_svg_measure(bkti_span_of("WWW")));
    ck_assert(fabs(bkti_svg_measure(bkti_span_of("2024")) - 4 * 0.636) < 1e-9);
    ck_assert(bkti_svg_measure(bkti_span_of("e\xcc\x81")) == bkti_svg_measure(bkti_span_of("e")));
    ck_assert(bkti_svg_measure(bkti_span_of("\xe4\xb8\xad")) == 1);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("display");
    TCase *test_case = tcase_create("display");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, cells_are_those_of_a_terminal);
    tcase_add_test(test_case, what_a_terminal_would_obey_is_not_shown);
    tcase_add_test(test_case, bytes_that_are_no_utf8_are_marked_one_by_one);
    tcase_add_test(test_case, long_texts_are_cut);
    tcase_add_test(test_case, lines_break_between_words);
    tcase_add_test(test_case, svg_text_is_escaped);
    tcase_add_test(test_case, svg_widths_grow_with_the_text);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
