/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "bkti_context.h"
#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;

static void set_up(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void tear_down(void) {
    bkt_context_free(context);
    context = NULL;
}

static const bkt_diagnostic *at(uint32_t index) {
    return bkt_context_diagnostic_at(context, index);
}

START_TEST(an_error_has_all_its_parts) {
    char source[] = "trade.xml";
    bkti_place place = {.source = source,
                        .offset = 345,
                        .line = 12,
                        .column = 5,
                        .dataset = 2,
                        .series = "A.BLR.KAZ",
                        .period = "2012",
                        .os_error = 13};
    ck_assert_int_eq(bkti_fail(context, BKT_ERR_VALUE, &place, "'%s' is no number", "1,5"),
                     BKT_ERR_VALUE);
    source[0] = 'X'; /* texts were copied */
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_ptr_nonnull(error);
    ck_assert_ptr_eq(error, at(0));
    ck_assert_int_eq(bkt_diagnostic_status(error), BKT_ERR_VALUE);
    ck_assert_int_eq(bkt_diagnostic_severity(error), BKT_SEVERITY_ERROR);
    ck_assert_str_eq(bkt_diagnostic_text(error), "'1,5' is no number");
    ck_assert_str_eq(bkt_diagnostic_line_text(error), "trade.xml:12:5: '1,5' is no number");
    ck_assert_str_eq(bkt_context_error_text(context), "trade.xml:12:5: '1,5' is no number");
    ck_assert_str_eq(bkt_diagnostic_source(error), "trade.xml");
    ck_assert_uint_eq(bkt_diagnostic_offset(error), 345);
    ck_assert_uint_eq(bkt_diagnostic_line(error), 12);
    ck_assert_uint_eq(bkt_diagnostic_column(error), 5);
    ck_assert_uint_eq(bkt_diagnostic_dataset(error), 2);
    ck_assert_str_eq(bkt_diagnostic_series(error), "A.BLR.KAZ");
    ck_assert_str_eq(bkt_diagnostic_period(error), "2012");
    ck_assert_int_eq(bkt_diagnostic_os_error(error), 13);
    ck_assert_uint_eq(bkt_diagnostic_repeats(error), 0);
}
END_TEST

/* Sorts of one status do not push each other out. */
START_TEST(five_of_each_sort_are_kept) {
    static const char *const sorts[] = {"one", "other", NULL};
    for (int i = 0; i < 3 * 7; i++) {
        bkti_place place = {.sort = sorts[i % 3]};
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, &place, "%d", i);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 15);
    for (uint32_t i = 0; i < 15; i++) {
        ck_assert_uint_eq(bkt_diagnostic_repeats(at(i)), i < 12 ? 0 : 2);
    }
}
END_TEST

START_TEST(unknown_parts_of_the_place_are_left_out) {
    static const struct {
        bkti_place place;
        const char *line;
    } CASES[] = {
        {{0}, "gone"},
        {{.source = "a.xml"}, "a.xml: gone"},
        {{.source = ""}, "gone"},
        {{.source = "a.xml", .line = 3}, "a.xml:3: gone"},
        {{.source = "a.xml", .line = 3, .column = 4}, "a.xml:3:4: gone"},
        {{.source = "a.xml", .column = 4}, "a.xml: gone"},
        {{.line = 3, .column = 4}, "3:4: gone"},
        {{.line = UINT64_MAX, .column = UINT64_MAX},
         "18446744073709551615:18446744073709551615: gone"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        bkti_fail(context, BKT_ERR_NOT_FOUND, &CASES[i].place, "gone");
        ck_assert_str_eq(bkt_context_error_text(context), CASES[i].line);
        ck_assert_str_eq(bkt_diagnostic_text(bkt_context_error(context)), "gone");
    }
    bkti_fail(context, BKT_ERR_NOT_FOUND, NULL, "gone");
    ck_assert_str_eq(bkt_context_error_text(context), "gone");
    ck_assert_str_eq(bkt_diagnostic_source(bkt_context_error(context)), "");
    ck_assert_str_eq(bkt_diagnostic_series(bkt_context_error(context)), "");
    ck_assert_str_eq(bkt_diagnostic_period(bkt_context_error(context)), "");
}
END_TEST

START_TEST(five_of_a_status_and_severity_are_kept) {
    for (int i = 1; i <= 8; i++) {
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL, "value %d", i);
        bkti_tell(context, BKT_SEVERITY_NOTE, BKT_ERR_VALUE, NULL, "note %d", i);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 10);
    ck_assert_str_eq(bkt_diagnostic_text(at(0)), "value 1");
    ck_assert_str_eq(bkt_diagnostic_text(at(8)), "value 5");
    ck_assert_uint_eq(bkt_diagnostic_repeats(at(8)), 3);
    ck_assert_uint_eq(bkt_diagnostic_repeats(at(9)), 3);
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_uint_eq(bkt_diagnostic_repeats(at(i)), 0);
    }
    bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_PERIOD, NULL, "period");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 11);
    ck_assert_ptr_null(at(11));
    ck_assert_ptr_null(bkt_context_error(context));
    ck_assert_str_eq(bkt_context_error_text(context), "");
}
END_TEST

START_TEST(the_newest_error_is_there_however_many) {
    char text[32];
    for (int i = 1; i <= 1000; i++) {
        snprintf(text, sizeof text, "no file number %d", i);
        ck_assert_int_eq(bkti_fail(context, BKT_ERR_NOT_FOUND, NULL, "no file number %d", i),
                         BKT_ERR_NOT_FOUND);
        ck_assert_str_eq(bkt_context_error_text(context), text);
        ck_assert_str_eq(bkt_diagnostic_text(bkt_context_error(context)), text);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 5);
    ck_assert_uint_eq(bkt_diagnostic_repeats(at(4)), 995);
    ck_assert_uint_eq(bkt_diagnostic_repeats(bkt_context_error(context)), 0);
    /* An error that is kept again takes its place. */
    bkti_fail(context, BKT_ERR_XML, NULL, "not well-formed");
    ck_assert_ptr_eq(bkt_context_error(context), at(5));
}
END_TEST

START_TEST(the_limit_spares_the_first_of_each_kind) {
    bkt_context_options options;
    bkt_context_options_init(&options, (uint32_t)sizeof options);
    options.diagnostic_limit = 2;
    bkt_context *limited;
    ck_assert_int_eq(bkt_context_new(&options, &limited), BKT_OK);
    for (int i = 0; i < 4; i++) {
        bkti_tell(limited, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL, "value");
    }
    bkti_tell(limited, BKT_SEVERITY_WARNING, BKT_ERR_PERIOD, NULL, "period");
    bkti_tell(limited, BKT_SEVERITY_WARNING, BKT_ERR_PERIOD, NULL, "period");
    bkti_fail(limited, BKT_ERR_XML, NULL, "first");
    bkti_fail(limited, BKT_ERR_XML, NULL, "second");
    ck_assert_uint_eq(bkt_context_diagnostic_count(limited), 4);
    ck_assert_uint_eq(bkt_diagnostic_repeats(bkt_context_diagnostic_at(limited, 1)), 2);
    ck_assert_uint_eq(bkt_diagnostic_repeats(bkt_context_diagnostic_at(limited, 2)), 1);
    ck_assert_uint_eq(bkt_diagnostic_repeats(bkt_context_diagnostic_at(limited, 3)), 1);
    ck_assert_str_eq(bkt_context_error_text(limited), "second");
    bkt_context_free(limited);
}
END_TEST

START_TEST(clearing_forgets_all) {
    uint64_t before = bkt_context_memory_used(context);
    for (int i = 0; i < 7; i++) {
        bkti_fail(context, BKT_ERR_VALUE, NULL, "error");
    }
    bkt_context_diagnostics_clear(context);
    ck_assert_uint_eq(bkt_context_memory_used(context), before);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    ck_assert_ptr_null(bkt_context_error(context));
    ck_assert_str_eq(bkt_context_error_text(context), "");
    bkti_fail(context, BKT_ERR_VALUE, NULL, "again");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    ck_assert_uint_eq(bkt_diagnostic_repeats(at(0)), 0);
}
END_TEST

START_TEST(what_leaves_is_one_line_of_utf8) {
    static const struct {
        const char *found;
        const char *told;
    } CASES[] = {
        {"plain", "plain"},
        {"a\nb\tc\x1b[31m\x7f", "a b c [31m "},
        {"Казахстан €  𝄞", "Казахстан €  𝄞"},
        {"\xc2\x85\xc2\x9b!", "    !"},           /* C1 controls */
        {"\xc2\xa0", "\xc2\xa0"},                 /* no-break space */
        {"\xff\xfe", "??"},                       /* never in UTF-8 */
        {"\xc3(", "?("},                          /* lead without its byte */
        {"\xe2\x82", "??"},                       /* cut off */
        {"\xc0\xaf", "??"},                       /* overlong */
        {"\xe0\x80\xaf", "???"},                  /* overlong */
        {"\xed\xa0\x80", "???"},                  /* a surrogate */
        {"\xf0\x80\x80\x80", "????"},             /* overlong */
        {"\xf4\x90\x80\x80", "????"},             /* above U+10FFFF */
        {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"}, /* U+10FFFF */
        {"\x80z", "?z"},                          /* a byte of nothing */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        bkti_fail(context, BKT_ERR_VALUE, NULL, "%s", CASES[i].found);
        ck_assert_str_eq(bkt_context_error_text(context), CASES[i].told);
    }
}
END_TEST

typedef struct log_seen {
    int count;
    char newest[64];
} log_seen;

static void see_log(const bkt_diagnostic *diagnostic, void *user) {
    log_seen *seen = user;
    seen->count++;
    snprintf(seen->newest, sizeof seen->newest, "%s", bkt_diagnostic_line_text(diagnostic));
}

START_TEST(the_log_gets_what_is_kept_and_every_error) {
    log_seen seen = {0, ""};
    bkt_context_options options;
    bkt_context_options_init(&options, (uint32_t)sizeof options);
    options.log = see_log;
    options.log_user = &seen;
    bkt_context *logged;
    ck_assert_int_eq(bkt_context_new(&options, &logged), BKT_OK);
    for (int i = 1; i <= 9; i++) {
        bkti_tell(logged, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL, "warning %d", i);
    }
    ck_assert_int_eq(seen.count, 5);
    ck_assert_str_eq(seen.newest, "warning 5");
    for (int i = 1; i <= 9; i++) {
        bkti_fail(logged, BKT_ERR_VALUE, NULL, "error %d", i);
    }
    ck_assert_int_eq(seen.count, 14);
    ck_assert_str_eq(seen.newest, "error 9");
    bkt_context_free(logged);
}
END_TEST

START_TEST(an_error_needs_no_memory) {
    failing_memory memory;
    char long_name[3000];
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *failing = failing_memory_context(&memory);
        failing_memory_arm(&memory);
        bkti_place place = {.source = "a.xml", .line = 3, .column = 4, .series = "BLR.KAZ"};
        bkti_tell(failing, BKT_SEVERITY_WARNING, BKT_ERR_PERIOD, &place, "period");
        ck_assert_int_eq(bkti_fail(failing, BKT_ERR_VALUE, &place, "value %d", 1), BKT_ERR_VALUE);
        ck_assert_int_eq(bkt_diagnostic_status(bkt_context_error(failing)), BKT_ERR_VALUE);
        ck_assert_str_eq(bkt_context_error_text(failing), "a.xml:3:4: value 1");
        ck_assert_str_eq(bkt_diagnostic_text(bkt_context_error(failing)), "value 1");
        ck_assert_uint_eq(bkt_diagnostic_line(bkt_context_error(failing)), 3);

        /* An error that quotes the one before. */
        bkti_fail(failing, BKT_ERR_LAYOUT, NULL, "after \"%s\"", bkt_context_error_text(failing));
        ck_assert_str_eq(bkt_context_error_text(failing), "after \"a.xml:3:4: value 1\"");

        /* A sentence that is too long is cut, and one behind an overlong name is still there. */
        bkti_fail(failing, BKT_ERR_XML, NULL, "%s", long_name);
        size_t length = strlen(bkt_context_error_text(failing));
        ck_assert(length == sizeof long_name - 1 || (memory.has_failed && length == 1023));
        place.source = long_name;
        bkti_fail(failing, BKT_ERR_NOT_FOUND, &place, "no such file");
        ck_assert_str_eq(bkt_diagnostic_text(bkt_context_error(failing)), "no such file");
        failing_memory_disarm(&memory);
        bkt_context_free(failing);
        failing_memory_check(&memory);
    }
}
END_TEST

START_TEST(nothing_is_fine) {
    ck_assert_int_eq(bkti_fail(NULL, BKT_ERR_XML, NULL, "nobody hears"), BKT_ERR_XML);
    bkti_tell(NULL, BKT_SEVERITY_WARNING, BKT_ERR_XML, NULL, "nobody hears");
    ck_assert_int_eq(bkt_diagnostic_status(NULL), BKT_OK);
    ck_assert_int_eq(bkt_diagnostic_severity(NULL), 0);
    ck_assert_str_eq(bkt_diagnostic_text(NULL), "");
    ck_assert_str_eq(bkt_diagnostic_line_text(NULL), "");
    ck_assert_str_eq(bkt_diagnostic_source(NULL), "");
    ck_assert_uint_eq(bkt_diagnostic_offset(NULL), 0);
    ck_assert_uint_eq(bkt_diagnostic_line(NULL), 0);
    ck_assert_uint_eq(bkt_diagnostic_column(NULL), 0);
    ck_assert_uint_eq(bkt_diagnostic_dataset(NULL), 0);
    ck_assert_str_eq(bkt_diagnostic_series(NULL), "");
    ck_assert_str_eq(bkt_diagnostic_period(NULL), "");
    ck_assert_int_eq(bkt_diagnostic_os_error(NULL), 0);
    ck_assert_uint_eq(bkt_diagnostic_repeats(NULL), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("diagnostic");
    TCase *test_case = tcase_create("diagnostic");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, an_error_has_all_its_parts);
    tcase_add_test(test_case, unknown_parts_of_the_place_are_left_out);
    tcase_add_test(test_case, five_of_each_sort_are_kept);
    tcase_add_test(test_case, five_of_a_status_and_severity_are_kept);
    tcase_add_test(test_case, the_newest_error_is_there_however_many);
    tcase_add_test(test_case, the_limit_spares_the_first_of_each_kind);
    tcase_add_test(test_case, clearing_forgets_all);
    tcase_add_test(test_case, what_leaves_is_one_line_of_utf8);
    tcase_add_test(test_case, the_log_gets_what_is_kept_and_every_error);
    tcase_add_test(test_case, an_error_needs_no_memory);
    tcase_add_test(test_case, nothing_is_fine);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
