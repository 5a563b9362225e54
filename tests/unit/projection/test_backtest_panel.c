/* SPDX-License-Identifier: MIT */
/* Back-tests of many series in one table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

#define SERIES 4
#define YEARS  12

static const char *const areas[SERIES] = {"BY", "KZ", "RU", "UZ"};
static const double values[SERIES][YEARS] = {
    {1520, 1676, 2042, 2364, 2700, 2867, 3408, 3939, 4421, 4572, 5140, 5714},
    {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, /* no scale */
    {30, 28, 33, 31, 35, 34, 39, 36, 41, 40, 44, 43},
    {210, 190, 230, 180, 240, 170, 220, 200, 195, 205, 215, 185}};
static const int32_t methods[] = {BKT_METHOD_DRIFT, BKT_METHOD_NAIVE};

/* Rows year by year, so that series are mixed; `twice` repeats a period of the third. */
static bkt_table *make_table(bkt_context *owner, bool twice) {
    const char *keys[SERIES * YEARS + 1];
    const char *periods[SERIES * YEARS + 1];
    double numbers[SERIES * YEARS + 1];
    static char years[YEARS][16];
    int64_t rows = 0;
    for (int t = 0; t < YEARS; t++) {
        snprintf(years[t], sizeof years[t], "%d", 2000 + t);
        for (int s = 0; s < SERIES; s++) {
            keys[rows] = areas[s];
            periods[rows] = years[t];
            numbers[rows++] = values[s][t];
        }
    }
    if (twice) {
        keys[rows] = areas[2];
        periods[rows] = years[5];
        numbers[rows++] = 1.0;
    }
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    if (bkt_table_builder_new(owner, &builder) != BKT_OK)
        return NULL;
    if (bkt_table_builder_add_texts(builder, "AREA", BKT_ROLE_DIMENSION, keys, rows) != BKT_OK ||
        bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, rows) != BKT_OK ||
        bkt_table_builder_add_numbers(builder, "VALUE", BKT_ROLE_MEASURE, "USD", numbers, NULL,
                                      NULL, rows) != BKT_OK) {
        bkt_table_builder_free(builder);
        return NULL;
    }
    return bkt_table_builder_finish(builder, &table) == BKT_OK ? table : NULL;
}

static bkt_backtest_options panel_options(void) {
    bkt_backtest_options options;
    bkt_backtest_options_init(&options, sizeof options);
    options.horizon = 2;
    options.methods = methods;
    options.method_count = 2;
    return options;
}

static void check_close(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-12 * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

/* Rows: 2 methods of 3 horizons a series; behind the series the pooled ones. */
START_TEST(each_as_by_itself) {
    bkt_table *table = make_table(context, false);
    bkt_table *out, *single;
    bkt_backtest_options options = panel_options();
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), (SERIES + 1) * 6);
    ck_assert_str_eq(bkt_table_property(out, "series_count"), "4");
    for (int s = 0; s < SERIES; s++) {
        bkt_table *one = table_of_years(context, 2000, values[s], YEARS);
        ck_assert_int_eq(bkt_backtest(context, one, &options, &single), BKT_OK);
        for (uint32_t i = 2; i < bkt_table_column_count(single); i++) {
            const char *id = bkt_column_id(bkt_table_column_at(single, i));
            for (int64_t row = 0; row < 6; row++) {
                int64_t place = s * 6 + row;
                ck_assert_int_eq(reason_at(out, id, place), reason_at(single, id, row));
                if (reason_at(out, id, place) == BKT_MISSING_NOT)
                    ck_assert(number_at(out, id, place) == number_at(single, id, row));
            }
        }
        ck_assert_str_eq(text_at(out, "AREA", s * 6 + 5), areas[s]);
        ck_assert_str_eq(text_at(out, "METHOD", s * 6 + 5), "naive");
        ck_assert_str_eq(text_at(out, "HORIZON", s * 6 + 5), "all");
        ck_assert(number_at(out, "SERIES", s * 6) == 1.0);
        ck_assert_ptr_null(text_at(out, "PROBLEM", s * 6));
        bkt_table_free(single);
        bkt_table_free(one);
    }
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

static double mean_of(const bkt_table *out, const char *id, int64_t row) {
    return (number_at(out, id, row) + number_at(out, id, 12 + row) + number_at(out, id, 18 + row)) /
           3.0;
}

START_TEST(pooled_rows) {
    bkt_table *table = make_table(context, false);
    bkt_table *out;
    bkt_backtest_options options = panel_options();
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    for (int64_t row = 0; row < 6; row++) {
        int64_t pooled = SERIES * 6 + row;
        ck_assert_ptr_null(text_at(out, "AREA", pooled));
        ck_assert(number_at(out, "SERIES", pooled) == 3.0); /* the constant one has no MASE */
        check_close(number_at(out, "SMAPE", pooled), mean_of(out, "SMAPE", row));
        check_close(number_at(out, "MASE", pooled), mean_of(out, "MASE", row));
        check_close(number_at(out, "MAPE", pooled), mean_of(out, "MAPE", row));
        check_close(number_at(out, "MSIS_95", pooled), mean_of(out, "MSIS_95", row));
        check_close(number_at(out, "NAIVE_MASE", pooled), mean_of(out, "NAIVE_MASE", row));
        /* As many comparisons in each: the share of all is the mean of shares. */
        check_close(number_at(out, "COVERAGE_80", pooled), mean_of(out, "COVERAGE_80", row));
        check_close(number_at(out, "PROJECTIONS", pooled), 3.0 * mean_of(out, "PROJECTIONS", row));
        check_close(number_at(out, "OWA", pooled),
                    0.5 * (mean_of(out, "SMAPE", row) / mean_of(out, "NAIVE_SMAPE", row) +
                           mean_of(out, "MASE", row) / mean_of(out, "NAIVE_MASE", row)));
        ck_assert_int_eq(reason_at(out, "MAE", pooled), BKT_MISSING_NOT_APPLICABLE);
        ck_assert_int_eq(reason_at(out, "RELATIVE_MAE", pooled), BKT_MISSING_NOT_APPLICABLE);
    }
    ck_assert(number_at(out, "OWA", SERIES * 6 + 5) == 1.0); /* naive 2 itself */
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(one_bad_series) {
    bkt_table *table = make_table(context, true);
    bkt_table *whole = make_table(context, false);
    bkt_table *out, *good;
    bkt_backtest_options options = panel_options();
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_backtest(context, whole, &options, &good), BKT_OK);
    ck_assert_ptr_null(bkt_context_error(context));
    for (int64_t row = 12; row < 18; row++) {
        ck_assert_str_eq(text_at(out, "AREA", row), "RU");
        ck_assert_ptr_nonnull(strstr(text_at(out, "PROBLEM", row), "2005 comes twice"));
        ck_assert(number_at(out, "SERIES", row) == 0.0);
        ck_assert_int_eq(reason_at(out, "MASE", row), BKT_MISSING_INPUT);
        ck_assert_int_eq(reason_at(out, "COVERAGE_95", row), BKT_MISSING_INPUT);
        ck_assert_int_eq(reason_at(out, "RELATIVE_MAE", row), BKT_MISSING_INPUT);
    }
    ck_assert(number_at(out, "MASE", 18) == number_at(good, "MASE", 18));
    ck_assert(number_at(out, "SERIES", SERIES * 6) == 2.0);
    bkt_table_free(good);
    bkt_table_free(out);
    bkt_table_free(whole);
    bkt_table_free(table);
}
END_TEST

static int32_t stop_at_second(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    (void)done;
    (void)total;
    *(uint64_t *)user = rows;
    return rows == 2;
}

START_TEST(refusals) {
    bkt_table *table = make_table(context, false);
    bkt_table *out;
    bkt_backtest_options options = panel_options();
    options.time_id = "AREA";
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_COLUMN_KIND);
    options = panel_options();
    options.value_id = "OTHER";
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_NO_COLUMN);
    ck_assert_ptr_null(out);
    bkt_context_options own;
    bkt_context *cancelling;
    uint64_t rows = 0;
    bkt_context_options_init(&own, sizeof own);
    own.progress = stop_at_second;
    own.progress_user = &rows;
    ck_assert_int_eq(bkt_context_new(&own, &cancelling), BKT_OK);
    options = panel_options();
    ck_assert_int_eq(bkt_backtest(cancelling, table, &options, &out), BKT_ERR_CANCELLED);
    ck_assert(rows == 2 && out == NULL);
    bkt_context_free(cancelling);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = make_table(own, true);
        ck_assert_ptr_nonnull(table);
        bkt_table *out = NULL;
        bkt_backtest_options options = panel_options();
        options.training = 10;
        failing_memory_arm(&memory);
        bkt_status status = bkt_backtest(own, table, &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("backtest_panel");
    TCase *test_case = tcase_create("backtest_panel");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, each_as_by_itself);
    tcase_add_test(test_case, pooled_rows);
    tcase_add_test(test_case, one_bad_series);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
