/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

#define W BKT_ACCURACY_WIDTH

static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};

static bkt_backtest_options options_of(uint32_t horizon, uint32_t training) {
    bkt_backtest_options options;
    bkt_backtest_options_init(&options, sizeof options);
    options.horizon = horizon;
    options.training = training;
    return options;
}

static void check_close(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-12 * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

/* The last value of 1 2 4 3 5 from the origins 4 and 3, one and two steps ahead. */
START_TEST(by_hand) {
    static const double values[] = {1, 2, 4, 3, 5};
    double accuracy[3 * W], coverage[3 * 2], msis[3 * 2];
    bkt_backtest_options options = options_of(2, 3);
    ck_assert_int_eq(bkt_series_backtest(context, values, 5, BKT_METHOD_NAIVE, &options, accuracy,
                                         W, coverage, msis),
                     BKT_OK);
    /* origin 4: errors 1 (3) and 1 (5), q = 1.5; origin 3: error 2 (5), q = 4/3. */
    const double *one = accuracy + W, *two = accuracy + 2 * W;
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == 3.0 && one[0] == 2.0 && two[0] == 1.0);
    check_close(one[BKT_ACCURACY_MAE], 1.5);
    check_close(one[BKT_ACCURACY_RMSE], sqrt(2.5));
    check_close(one[BKT_ACCURACY_MAPE], (100.0 / 3.0 + 200.0 / 5.0) / 2.0);
    check_close(one[BKT_ACCURACY_SMAPE], (200.0 / 7.0 + 400.0 / 8.0) / 2.0);
    check_close(one[BKT_ACCURACY_MASE], (1.0 / 1.5 + 2.0 / (4.0 / 3.0)) / 2.0);
    check_close(two[BKT_ACCURACY_MAE], 1.0);
    check_close(accuracy[BKT_ACCURACY_MAE], 4.0 / 3.0);
    ck_assert(coverage[0] == 1.0 && coverage[5] == 1.0);
    options.origin_limit = 1; /* the latest alone */
    ck_assert_int_eq(bkt_series_backtest(context, values, 5, BKT_METHOD_NAIVE, &options, accuracy,
                                         W, NULL, NULL),
                     BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == 1.0 && accuracy[BKT_ACCURACY_MAE] == 2.0);
}
END_TEST

START_TEST(zeros_and_constants) {
    static const double values[] = {5, 5, 5, 0, 0, 7};
    double accuracy[2 * W];
    bkt_backtest_options options = options_of(1, 3);
    ck_assert_int_eq(bkt_series_backtest(context, values, 6, BKT_METHOD_NAIVE, &options, accuracy,
                                         W, NULL, NULL),
                     BKT_OK);
    ck_assert(isnan(accuracy[BKT_ACCURACY_MAPE])); /* a zero actual */
    ck_assert(isnan(accuracy[BKT_ACCURACY_MASE])); /* a constant past */
    check_close(accuracy[BKT_ACCURACY_SMAPE], (200.0 + 0.0 + 200.0) / 3.0);
    ck_assert_int_eq(bkt_series_backtest(context, values, 2, BKT_METHOD_NAIVE, &options, accuracy,
                                         W, NULL, NULL),
                     BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == 0.0 && isnan(accuracy[BKT_ACCURACY_MAE]));
    ck_assert_int_eq(
        bkt_series_backtest(context, NULL, 0, BKT_METHOD_NAIVE, &options, accuracy, W, NULL, NULL),
        BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == 0.0);
}
END_TEST

START_TEST(gaps_are_no_origins) {
    double values[12];
    double accuracy[4 * W];
    memcpy(values, air, sizeof values);
    values[8] = NAN;
    bkt_backtest_options options = options_of(3, 6);
    ck_assert_int_eq(bkt_series_backtest(context, values, 12, BKT_METHOD_DRIFT, &options, accuracy,
                                         W, NULL, NULL),
                     BKT_OK);
    /* Origins 6, 7, 8, 10, 11; the ninth value is an origin of nothing and compared with nothing.
     */
    ck_assert(accuracy[W] == 4.0 && accuracy[2 * W] == 3.0 && accuracy[3 * W] == 2.0);
    /* Wider rows than this library knows are NaN beyond. */
    double wide[4 * (W + 1)];
    ck_assert_int_eq(bkt_series_backtest(context, values, 12, BKT_METHOD_DRIFT, &options, wide,
                                         W + 1, NULL, NULL),
                     BKT_OK);
    ck_assert(isnan(wide[W]) && wide[W + 1] == 4.0);
}
END_TEST

START_TEST(extreme_series) {
    double values[12];
    double accuracy[2 * W], reference[2 * W];
    bkt_backtest_options options = options_of(1, 6);
    ck_assert_int_eq(
        bkt_series_backtest(context, air, 12, BKT_METHOD_DRIFT, &options, reference, W, NULL, NULL),
        BKT_OK);
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int t = 0; t < 12; t++)
            values[t] = ldexp(air[t], 980 * sign);
        ck_assert_int_eq(bkt_series_backtest(context, values, 12, BKT_METHOD_DRIFT, &options,
                                             accuracy, W, NULL, NULL),
                         BKT_OK);
        ck_assert(accuracy[BKT_ACCURACY_RMSE] == ldexp(reference[BKT_ACCURACY_RMSE], 980 * sign));
        ck_assert(accuracy[BKT_ACCURACY_MASE] == reference[BKT_ACCURACY_MASE]);
        ck_assert(accuracy[BKT_ACCURACY_SMAPE] == reference[BKT_ACCURACY_SMAPE]);
    }
}
END_TEST

/* Origins of a series of 12: which they are shows in what is compared. */
START_TEST(where_origins_are) {
    double accuracy[4 * W];
    bkt_backtest_options options = options_of(3, 4);
    options.origin_step = 3; /* from 11 back: 11, 8, 5 */
    ck_assert_int_eq(
        bkt_series_backtest(context, air, 12, BKT_METHOD_NAIVE, &options, accuracy, W, NULL, NULL),
        BKT_OK);
    ck_assert(accuracy[W] == 3.0 && accuracy[2 * W] == 2.0 && accuracy[3 * W] == 2.0);
    check_close(accuracy[W + BKT_ACCURACY_MAE],
                (air[11] - air[10] + air[8] - air[7] + air[5] - air[4]) / 3.0);
    options.flags = BKT_BACKTEST_WHOLE_HORIZON; /* 9, 6 */
    ck_assert_int_eq(
        bkt_series_backtest(context, air, 12, BKT_METHOD_NAIVE, &options, accuracy, W, NULL, NULL),
        BKT_OK);
    ck_assert(accuracy[W] == 2.0 && accuracy[2 * W] == 2.0 && accuracy[3 * W] == 2.0);
    check_close(accuracy[3 * W + BKT_ACCURACY_MAE], (air[11] - air[8] + air[8] - air[5]) / 2.0);
    options.origin_limit = 1;
    ck_assert_int_eq(
        bkt_series_backtest(context, air, 12, BKT_METHOD_NAIVE, &options, accuracy, W, NULL, NULL),
        BKT_OK);
    ck_assert(accuracy[0] == 3.0 && accuracy[3 * W + BKT_ACCURACY_MAE] == air[11] - air[8]);
    options.training = 10; /* no origin has as many with a whole horizon after it */
    ck_assert_int_eq(
        bkt_series_backtest(context, air, 12, BKT_METHOD_NAIVE, &options, accuracy, W, NULL, NULL),
        BKT_OK);
    ck_assert(accuracy[0] == 0.0 && isnan(accuracy[BKT_ACCURACY_MAE]));
}
END_TEST

/* The mean of drift and the last value, weights 1 and 3, is a quarter of the drift. */
START_TEST(combinations) {
    static const int32_t members[] = {BKT_METHOD_DRIFT, BKT_METHOD_NAIVE};
    static const int32_t methods[] = {BKT_METHOD_COMBINATION, BKT_METHOD_DRIFT};
    static const double weights[] = {1, 3};
    static const double line[] = {10, 14, 18, 22, 26, 30, 34, 38};
    double accuracy[3 * W];
    bkt_backtest_options options = options_of(2, 5);
    options.members = members;
    options.weights = weights;
    options.member_count = 2;
    ck_assert_int_eq(bkt_series_backtest(context, line, 8, BKT_METHOD_COMBINATION, &options,
                                         accuracy, W, NULL, NULL),
                     BKT_OK);
    check_close(accuracy[W + BKT_ACCURACY_MAE], 3.0);     /* 4 less 1 */
    check_close(accuracy[2 * W + BKT_ACCURACY_MAE], 6.0); /* 8 less 2 */
    options.methods = methods;
    options.method_count = 2;
    bkt_table *table = table_of_years(context, 1949, line, 8);
    bkt_table *out;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(text_at(out, "METHOD", 0), "combination");
    ck_assert(number_at(out, "MAE", 0) == accuracy[W + BKT_ACCURACY_MAE]);
    ck_assert(number_at(out, "MAE", 3) == 0.0);
    bkt_table_free(out);
    options.member_count = 0;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

/* A season and one more, so that errors have a scale. */
START_TEST(training_of_seasons) {
    double values[16];
    for (int t = 0; t < 16; t++)
        values[t] = 100.0 + t + 10.0 * (t % 4 == 0);
    bkt_table *table = table_of_parts(context, 2000, 4, values, 7);
    bkt_table *out;
    bkt_backtest_options options = options_of(1, 0);
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(bkt_table_property(out, "training"), "5");
    ck_assert_int_eq(reason_at(out, "MASE", 0), BKT_MISSING_NOT);
    bkt_table_free(out);
    options.training = 4;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(reason_at(out, "MASE", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "OWA", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "MSIS_80", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "MAE", 0), BKT_MISSING_NOT);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(table_of_methods) {
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    ck_assert_int_eq(bkt_backtest(context, table, NULL, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 6 * 4);
    ck_assert_str_eq(text_at(out, "METHOD", 0), "automatic");
    ck_assert_str_eq(text_at(out, "HORIZON", 0), "1");
    ck_assert_str_eq(text_at(out, "HORIZON", 3), "all");
    ck_assert_str_eq(text_at(out, "METHOD", 4), "naive");
    /* Half of 12: origins from the sixth value to the eleventh. */
    ck_assert(number_at(out, "PROJECTIONS", 0) == 6.0 && number_at(out, "PROJECTIONS", 3) == 15.0);
    for (int64_t row = 4; row < 8; row++) {
        ck_assert(number_at(out, "RELATIVE_MAE", row) == 1.0);
        ck_assert(number_at(out, "MASE", row) == number_at(out, "NAIVE_MASE", row));
    }
    ck_assert(number_at(out, "RELATIVE_MAE", 8) < 0.5); /* drift on a rising series */
    ck_assert(number_at(out, "COVERAGE_95", 8) >= number_at(out, "COVERAGE_80", 8));
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(out, "MAE")), "million USD");
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(out, "SMAPE")), "%");
    ck_assert_str_eq(bkt_table_property(out, "origins"), "6");
    ck_assert_str_eq(bkt_table_property(out, "training"), "6");
    ck_assert_str_eq(bkt_table_property(out, "first_origin"), "1954");
    ck_assert_str_eq(bkt_table_property(out, "last_origin"), "1959");
    ck_assert_str_eq(bkt_table_property(out, "last_period"), "1960");
    ck_assert_str_eq(bkt_table_property(out, "count"), "12");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(reasons_in_the_table) {
    static const double constant[] = {5, 5, 5, 5, 5, 5, 5, 5};
    static const int32_t methods[] = {BKT_METHOD_DRIFT};
    bkt_backtest_options options = options_of(1, 0);
    options.methods = methods;
    options.method_count = 1;
    bkt_table *table = table_of_years(context, 2000, constant, 8);
    bkt_table *out;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(reason_at(out, "MASE", 0), BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(reason_at(out, "RELATIVE_MAE", 0), BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert(number_at(out, "MAE", 0) == 0.0);
    bkt_table_free(out);
    bkt_table_free(table);
    table = table_of_years(context, 2000, constant, 3);
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_OK);
    ck_assert(number_at(out, "PROJECTIONS", 0) == 0.0);
    ck_assert_int_eq(reason_at(out, "MAE", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "COVERAGE_80", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "RELATIVE_MAE", 0), BKT_MISSING_TOO_FEW);
    ck_assert_str_eq(bkt_table_property(out, "origins"), "0");
    ck_assert_ptr_null(bkt_table_property(out, "first_origin"));
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(refusals) {
    static const int32_t twice[] = {BKT_METHOD_NAIVE, BKT_METHOD_NAIVE};
    static const int32_t unknown[] = {42};
    static const int32_t combination[] = {BKT_METHOD_COMBINATION};
    bkt_backtest_options options = options_of(1, 0);
    double accuracy[2 * W];
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    options.methods = twice;
    options.method_count = 2;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options.method_count = 1;
    options.methods = unknown;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options.methods = combination;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options.methods = NULL;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(0, 0);
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(20000, 0);
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_LIMIT);
    options = options_of(1, 0);
    options.origin_limit = 0;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 0);
    options.origin_step = 0;
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_backtest(context, NULL, NULL, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_backtest(NULL, table, NULL, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 0);
    options.value_id = "OTHER";
    ck_assert_int_eq(bkt_backtest(context, table, &options, &out), BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_series_backtest(context, air, 12, 42, NULL, accuracy, W, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_backtest(context, air, 12, 1, NULL, NULL, W, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_backtest(NULL, air, 12, 1, NULL, accuracy, W, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_failing) {
    static const int32_t methods[] = {BKT_METHOD_DRIFT};
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = table_of_years(own, 1949, air, 12);
        ck_assert_ptr_nonnull(table);
        bkt_table *out = NULL;
        bkt_backtest_options options = options_of(1, 10);
        options.methods = methods;
        options.method_count = 1;
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
    Suite *suite = suite_create("backtest");
    TCase *test_case = tcase_create("backtest");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, by_hand);
    tcase_add_test(test_case, zeros_and_constants);
    tcase_add_test(test_case, gaps_are_no_origins);
    tcase_add_test(test_case, extreme_series);
    tcase_add_test(test_case, where_origins_are);
    tcase_add_test(test_case, combinations);
    tcase_add_test(test_case, training_of_seasons);
    tcase_add_test(test_case, table_of_methods);
    tcase_add_test(test_case, reasons_in_the_table);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
