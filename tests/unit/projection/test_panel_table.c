/* SPDX-License-Identifier: MIT */
/* Tables with several series: each is projected as it would be by itself, and a bad one stops none
 * of the others. */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

/* First: its functions have a context of their own. */
#include "table_of_lines.h"

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

/* Two series of years, one of quarters with a gap, rows mixed. */
static const char mixed[] = "FREQ,REF_AREA,~TIME_PERIOD,#OBS_VALUE,@OBS_STATUS\n"
                            "A,BLR,2001,10,A\n"
                            "A,KAZ,2003,7,A\n"
                            "Q,BLR,2001-Q1,3,A\n"
                            "A,BLR,2003,14,P\n"
                            "A,BLR,2002,11,A\n"
                            "Q,BLR,2001-Q2,4,A\n"
                            "A,KAZ,2001,5,A\n"
                            "Q,BLR,2001-Q4,6,A\n"
                            "A,KAZ,2002,,A\n"
                            "A,BLR,2004,13,A\n";

static bkt_projection_options options_with(uint32_t threads) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = 3;
    options.threads = threads;
    return options;
}

static bkt_table *project(const bkt_table *table, const bkt_projection_options *options) {
    bkt_table *out = NULL;
    bkt_context_diagnostics_clear(context);
    bkt_status status = bkt_projection(context, table, options, &out);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return out;
}

/* The rows of one series. */
static bkt_table *only(const bkt_table *table, const char *frequency, const char *area) {
    bkt_filter *filter;
    bkt_table *out = NULL;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "FREQ", &frequency, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "REF_AREA", &area, 1), BKT_OK);
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &out), BKT_OK);
    bkt_filter_free(filter);
    return out;
}

static const char *const number_ids[] = {"ACTUAL",   "PROJECTED", "LOWER_80",
                                         "UPPER_80", "LOWER_95",  "UPPER_95"};

static void check_same(const bkt_table *many, int64_t first_row, const bkt_table *alone) {
    for (int64_t row = 0; row < bkt_table_row_count(alone); row++) {
        ck_assert_str_eq(text_at(many, "TIME_PERIOD", first_row + row),
                         text_at(alone, "TIME_PERIOD", row));
        for (size_t i = 0; i < 6; i++) {
            double a = number_at(many, number_ids[i], first_row + row);
            double b = number_at(alone, number_ids[i], row);
            ck_assert_msg(isnan(a) ? isnan(b) : a == b, "%s, row %d", number_ids[i], (int)row);
            ck_assert_int_eq(reason_at(many, number_ids[i], first_row + row),
                             reason_at(alone, number_ids[i], row));
        }
    }
}

START_TEST(each_as_by_itself) {
    static const uint32_t threads[] = {0, 1, 2, 3, 8};
    static const char *const keys[][2] = {{"A", "BLR"}, {"A", "KAZ"}, {"Q", "BLR"}};
    bkt_table *table = make_table(context, "source=a test", mixed);
    bkt_projection_options options = options_with(threads[_i]);
    bkt_table *out = project(table, &options);
    static const char *const ids[] = {"FREQ",      "REF_AREA", "TIME_PERIOD", "ACTUAL",
                                      "PROJECTED", "LOWER_80", "UPPER_80",    "LOWER_95",
                                      "UPPER_95",  "METHOD",   "FALLBACK",    "PROBLEM"};
    ck_assert_uint_eq(bkt_table_column_count(out), 12);
    for (uint32_t i = 0; i < 12; i++)
        ck_assert_str_eq(bkt_column_id(bkt_table_column_at(out, i)), ids[i]);
    ck_assert_int_eq(bkt_table_row_count(out), 7 + 6 + 7);
    int64_t row = 0;
    for (size_t i = 0; i < 3; i++) {
        bkt_table *part = only(table, keys[i][0], keys[i][1]);
        bkt_table *alone = project(part, &options);
        ck_assert_uint_eq(bkt_table_column_count(alone), 7);
        check_same(out, row, alone);
        for (int64_t end = row + bkt_table_row_count(alone); row < end; row++) {
            ck_assert_str_eq(text_at(out, "FREQ", row), keys[i][0]);
            ck_assert_str_eq(text_at(out, "REF_AREA", row), keys[i][1]);
            ck_assert_str_eq(text_at(out, "METHOD", row), bkt_table_property(alone, "method"));
            ck_assert_ptr_null(text_at(out, "PROBLEM", row));
        }
        bkt_table_free(alone);
        bkt_table_free(part);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    ck_assert_str_eq(bkt_table_property(out, "source"), "a test");
    ck_assert_str_eq(bkt_table_property(out, "value"), "OBS_VALUE");
    ck_assert_str_eq(bkt_table_property(out, "method"), "automatic");
    ck_assert_str_eq(bkt_table_property(out, "horizon"), "3");
    ck_assert_str_eq(bkt_table_property(out, "series_count"), "3");
    ck_assert_str_eq(bkt_table_property(out, "projected_count"), "3");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* One key is one series, whatever dimensions there are; spliced keys are not. */
START_TEST(one_series_and_two) {
    bkt_table *table = make_table(context, NULL,
                                  "FREQ,REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                                  "A,BLR,2001,10\nA,BLR,2002,11\nA,BLR,2003,12\n");
    bkt_projection_options options = options_with(2);
    bkt_table *out = project(table, &options);
    ck_assert_uint_eq(bkt_table_column_count(out), 7);
    ck_assert_ptr_nonnull(bkt_table_property(out, "members"));
    bkt_table_free(out);
    bkt_table_free(table);
    table = make_table(context, NULL,
                       "REF_AREA,~TIME_PERIOD,#OBS_VALUE\nBLR,2001,10\nBLR,2002,11\nKAZ,2003,99\n");
    out = project(table, &options);
    ck_assert_str_eq(bkt_table_property(out, "series_count"), "2");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(bad_ones_say_why) {
    bkt_table *table = make_table(context, NULL,
                                  "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                                  "TWICE,2001,10\nGOOD,2001,1\nTWICE,2001,11\n"
                                  "MIXED,2001,1\nMIXED,2001-Q1,2\n"
                                  "EMPTY,2001,\nEMPTY,2002,secret\n"
                                  "WORDS,soon,5\nNOTIME,,5\n"
                                  "LATE,9998,5\nLONG,-1,1\n"
                                  "GOOD,2002,2\nGOOD,2003,3\n");
    bkt_projection_options options = options_with(2);
    bkt_table *out = project(table, &options);
    static const struct {
        const char *key;
        const char *words;
    } expected[] = {{"TWICE", "the period 2001 comes twice in the series"},
                    {"GOOD", NULL},
                    {"MIXED", "of different frequency"},
                    {"EMPTY", "the column OBS_VALUE has no value"},
                    {"WORDS", "row 8 has the text soon in the column TIME_PERIOD"},
                    {"NOTIME", "row 9 has nothing"},
                    {"LATE", "beyond the year 9999"},
                    {"LONG", "where a period is needed"}};
    int64_t row = 0;
    for (size_t i = 0; i < 8; i++) {
        ck_assert_str_eq(text_at(out, "REF_AREA", row), expected[i].key);
        if (expected[i].words == NULL) {
            ck_assert_ptr_null(text_at(out, "PROBLEM", row));
            ck_assert(number_at(out, "PROJECTED", row + 3) >= 3.0);
            row += 6;
            continue;
        }
        ck_assert_msg(strstr(text_at(out, "PROBLEM", row), expected[i].words) != NULL, "%s: %s",
                      expected[i].key, text_at(out, "PROBLEM", row));
        ck_assert_ptr_null(text_at(out, "TIME_PERIOD", row));
        ck_assert_ptr_null(text_at(out, "METHOD", row));
        for (size_t k = 0; k < 6; k++)
            ck_assert_int_eq(reason_at(out, number_ids[k], row), BKT_MISSING_INPUT);
        row++;
    }
    ck_assert_int_eq(bkt_table_row_count(out), row);
    ck_assert_str_eq(bkt_table_property(out, "projected_count"), "1");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(told), BKT_SEVERITY_WARNING);
    ck_assert_str_eq(bkt_diagnostic_series(told), "TWICE");
    ck_assert_str_eq(bkt_diagnostic_text(told),
                     "7 of 8 series could not be projected; the column PROBLEM says why, of the "
                     "first, TWICE: the period 2001 comes twice in the series");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* The history of a series that the method refuses stays; so does its number of rows. */
START_TEST(refused_by_the_method) {
    bkt_table *table = make_table(context, NULL,
                                  "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                                  "NEG,2001,1\nNEG,2002,-1\nNEG,2003,3\nNEG,2004,4\n"
                                  "POS,2001,1\nPOS,2002,2\nPOS,2003,3\nPOS,2004,4\n");
    bkt_projection_options options = options_with(2);
    options.method = BKT_METHOD_LOG_TREND;
    options.flags = BKT_PROJECTION_NO_FALLBACK;
    bkt_table *out = project(table, &options);
    ck_assert_int_eq(bkt_table_row_count(out), 14);
    ck_assert(number_at(out, "ACTUAL", 1) == -1.0);
    ck_assert_int_eq(reason_at(out, "PROJECTED", 1), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "ACTUAL", 4), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "PROJECTED", 4), BKT_MISSING_INPUT);
    ck_assert_int_eq(reason_at(out, "UPPER_95", 6), BKT_MISSING_INPUT);
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 6), "2007");
    ck_assert_ptr_nonnull(strstr(text_at(out, "PROBLEM", 4), "log"));
    ck_assert(number_at(out, "PROJECTED", 11) > 4.0);
    bkt_table_free(out);
    options.flags = 0;
    out = project(table, &options);
    ck_assert_str_eq(text_at(out, "METHOD", 4), "drift");
    ck_assert_str_eq(text_at(out, "FALLBACK", 4), bkt_fallback_text(BKT_FALLBACK_NOT_POSITIVE));
    ck_assert_str_eq(text_at(out, "METHOD", 11), "log-trend");
    ck_assert_ptr_null(text_at(out, "FALLBACK", 11));
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* A missing code is a key of its own. */
START_TEST(keys_that_are_missing) {
    bkt_table *table = make_table(context, NULL,
                                  "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                                  ",2001,1\nBLR,2001,5\n,2002,2\nBLR,2002,6\n");
    bkt_projection_options options = options_with(2);
    bkt_table *out = project(table, &options);
    ck_assert_int_eq(bkt_table_row_count(out), 10);
    ck_assert_ptr_null(text_at(out, "REF_AREA", 0));
    ck_assert_str_eq(text_at(out, "REF_AREA", 5), "BLR");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(what_fails_for_all) {
    bkt_table *table = make_table(context, NULL, mixed);
    bkt_table *out;
    bkt_projection_options options = options_with(2);
    options.value_id = "NOWHERE";
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_NO_COLUMN);
    ck_assert_ptr_null(out);
    options.value_id = "OBS_STATUS";
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_COLUMN_KIND);
    bkt_table_free(table);
    table = make_table(context, NULL, "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n");
    options = options_with(2);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_NO_DATA);
    bkt_table_free(table);
    table = make_table(context, NULL, "METHOD,~TIME_PERIOD,#OBS_VALUE\nA,2001,1\nB,2001,1\n");
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_REPEATED_COMPONENT);
    ck_assert_ptr_null(out);
    bkt_table_free(table);
}
END_TEST

static int32_t stop(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    (void)done;
    (void)total;
    (void)user;
    return rows >= 2;
}

START_TEST(cancelled) {
    bkt_context_options limits;
    bkt_context *with;
    bkt_context_options_init(&limits, sizeof limits);
    limits.progress = stop;
    ck_assert_int_eq(bkt_context_new(&limits, &with), BKT_OK);
    bkt_table *table = make_table(with, NULL, mixed);
    bkt_projection_options options = options_with(1);
    bkt_table *out;
    ck_assert_int_eq(bkt_projection(with, table, &options, &out), BKT_ERR_CANCELLED);
    ck_assert_ptr_null(out);
    bkt_table_free(table);
    bkt_context_free(with);
}
END_TEST

START_TEST(memory_fails) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *with = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(with);
        bkt_table *table =
            make_table(with, NULL,
                       "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                       "BLR,2001,1\nKAZ,2001,5\nBLR,2002,2\nKAZ,2001,6\nRUS,2003,\nUKR,2003,0\n");
        bkt_projection_options options = options_with(1);
        options.method = BKT_METHOD_LOG_TREND;
        options.flags = BKT_PROJECTION_NO_FALLBACK;
        bkt_table *out;
        failing_memory_arm(&memory);
        bkt_status status = bkt_projection(with, table, &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(table);
        bkt_context_free(with);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("projection/panel_table");
    TCase *tests = tcase_create("panel_table");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, each_as_by_itself, 0, 5);
    tcase_add_test(tests, one_series_and_two);
    tcase_add_test(tests, bad_ones_say_why);
    tcase_add_test(tests, refused_by_the_method);
    tcase_add_test(tests, keys_that_are_missing);
    tcase_add_test(tests, what_fails_for_all);
    tcase_add_test(tests, cancelled);
    tcase_add_test(tests, memory_fails);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
