/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

/* 1 to 2 in eleven years, unevenly: the last value is 2000. */
static const double turnover[] = {1000, 1090, 1060, 1210, 1300, 1280,
                                  1420, 1510, 1600, 1750, 1890, 2000};
static const double goals[] = {3500, 4000, 1500};
static const double rates[] = {0.05, -0.01, 1.0};

static bkt_target_options options_of(uint32_t target_count, uint32_t growth_count) {
    bkt_target_options options;
    bkt_target_options_init(&options, sizeof options);
    options.targets = goals;
    options.target_count = target_count;
    options.growths = rates;
    options.growth_count = growth_count;
    return options;
}

START_TEST(period_by_period) {
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out;
    bkt_target_options options = options_of(3, 0);
    options.method = BKT_METHOD_DRIFT;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 60);
    ck_assert_str_eq(text_at(out, "TARGET", 0), "3500");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "2022");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 19), "2041");
    ck_assert_str_eq(text_at(out, "TARGET", 20), "4000");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 20), "2022");
    ck_assert(number_at(out, "PERIODS_AHEAD", 4) == 5.0);
    ck_assert(number_at(out, "TARGET_VALUE", 4) == 3500.0);
    ck_assert(fabs(number_at(out, "REQUIRED_GROWTH", 4) - (pow(1.75, 0.2) - 1.0)) < 1e-14);
    ck_assert(number_at(out, "REQUIRED_AMOUNT", 4) == 300.0);
    ck_assert(fabs(number_at(out, "PROJECTED", 0) - (2000.0 + 1000.0 / 11.0)) < 1e-9);
    for (int64_t row = 0; row < 20; row++) {
        double reached = number_at(out, "PROBABILITY_REACHED", row);
        ck_assert(reached >= number_at(out, "PROBABILITY_REACHED", row + 20));
        ck_assert(reached >= number_at(out, "PROBABILITY_ABOVE", row));
        ck_assert(row == 0 || reached >= number_at(out, "PROBABILITY_REACHED", row - 1));
        ck_assert(number_at(out, "PROBABILITY_REACHED", row + 40) == 1.0);
    }
    ck_assert(number_at(out, "PROBABILITY_REACHED", 19) > 0.5);
    ck_assert_str_eq(text_at(out, "BASIS", 5), "calibrated");
    ck_assert_str_eq(text_at(out, "BASIS", 6), "extrapolated");
    ck_assert_str_eq(bkt_table_property(out, "basis"), "calibrated");
    ck_assert_str_eq(bkt_table_property(out, "calibrated_steps"), "6");
    ck_assert(number_at(out, "REQUIRED_GROWTH", 40) < 0.0); /* passed already */
    ck_assert_str_eq(bkt_table_property(out, "seed"), "1");
    ck_assert_str_eq(bkt_table_property(out, "paths"), "20000");
    ck_assert_str_eq(bkt_table_property(out, "walk"), "logarithms");
    ck_assert_str_eq(bkt_table_property(out, "last_value"), "2000");
    ck_assert_str_eq(bkt_table_property(out, "method"), "drift");
    ck_assert_str_eq(bkt_table_property(out, "source"), "a test");
    ck_assert(strstr(bkt_table_property(out, "probability"), "from 12 values") != NULL);
    ck_assert(strstr(bkt_table_property(out, "probability"), "yearly series") != NULL);
    ck_assert(strstr(bkt_table_property(out, "probability"), "beyond 6 periods") != NULL);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* The figures of the function on arrays, whatever the method of PROJECTED. */
START_TEST(rests_on_calibrated_paths) {
    double points[20], reached[60], above[60];
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out;
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, goals, 3, NULL, points, reached, above, NULL),
        BKT_OK);
    for (int32_t method = BKT_METHOD_AUTOMATIC; method <= BKT_METHOD_NAIVE; method++) {
        bkt_target_options options = options_of(3, 0);
        options.method = method;
        ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
        bool same = true;
        for (int64_t row = 0; row < 60; row++) {
            double projected = number_at(out, "PROJECTED", row);
            same = same && number_at(out, "PROBABILITY_REACHED", row) == reached[row];
            same = same && number_at(out, "PROBABILITY_ABOVE", row) == above[row];
            same = same && projected == (method == BKT_METHOD_NAIVE ? 2000.0 : points[row % 20]);
        }
        ck_assert(same);
        bkt_table_free(out);
    }
    bkt_table_free(table);
}
END_TEST

/* Of trade the errors of trade count; how PROJECTED is combined doesn't. */
START_TEST(of_trade_and_of_medians) {
    double points[20], reached[20], other[20];
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out;
    bkt_target_options options = options_of(1, 0);
    bkt_reach_options reach;
    bkt_reach_options_init(&reach, sizeof reach);
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, goals, 1, &reach, points, other, NULL, NULL),
        BKT_OK);
    reach.flags = BKT_PROJECTION_TRADE;
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, goals, 1, &reach, points, reached, NULL, NULL),
        BKT_OK);
    options.flags = BKT_PROJECTION_TRADE | BKT_PROJECTION_WEIGHTED;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    bool same = true, moved = false;
    for (int64_t row = 0; row < 20; row++) {
        same = same && number_at(out, "PROBABILITY_REACHED", row) == reached[row];
        moved = moved || number_at(out, "PROJECTED", row) != points[row];
    }
    ck_assert(same);
    ck_assert(moved);
    ck_assert(reached[4] > other[4]); /* trade may double in a year */
    ck_assert(strstr(bkt_table_property(out, "probability"), "trade between countries") != NULL);
    bkt_table_free(out);
    options.flags = BKT_PROJECTION_TRADE | BKT_PROJECTION_NO_FLOOR;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "balances") != NULL);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(how_far_to_be_trusted) {
    static const char *const fractions[] = {"PROBABILITY_REACHED", "PROBABILITY_ABOVE",
                                            "REQUIRED_GROWTH"};
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out;
    bkt_target_options options = options_of(1, 0);
    options.horizon = 6; /* as far as errors were measured */
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "a judgement") != NULL);
    ck_assert(strstr(bkt_table_property(out, "probability"), "extrapolation") == NULL);
    bkt_table_free(out);
    options.flags = BKT_TARGET_WALK;
    options.horizon = 11; /* as long as the series */
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "not calibrated") != NULL);
    ck_assert(strstr(bkt_table_property(out, "probability"), "extrapolation") == NULL);
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(out, fractions[i])), "fraction");
    bkt_table_free(out);
    options.horizon = 12;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "beyond 11 periods") != NULL);
    bkt_table_free(out);
    /* What may turn negative has no walk in logarithms. */
    options.flags = BKT_PROJECTION_NO_FLOOR | BKT_TARGET_WALK;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(bkt_table_property(out, "walk"), "values");
    ck_assert_str_eq(bkt_table_property(out, "basis"), "walk");
    ck_assert_str_eq(text_at(out, "BASIS", 11), "walk");
    bkt_table_free(out);
    bkt_table_free(table);
    table = table_of_years(context, 2020, turnover, 2);
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "fewer than three") != NULL);
    ck_assert_str_eq(text_at(out, "BASIS", 0), "none");
    bkt_table_free(out);
    bkt_table_free(table);
    table = table_of_years(context, 2020, turnover, 4);
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert(strstr(bkt_table_property(out, "probability"), "5 values would be needed") != NULL);
    ck_assert_str_eq(bkt_table_property(out, "basis"), "walk");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(summary) {
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out, *steps;
    bkt_target_options options = options_of(3, 3);
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_target(context, table, &options, &steps), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 9);
    ck_assert_str_eq(text_at(out, "TARGET", 3), "4000");
    ck_assert_str_eq(text_at(out, "GROWTH", 3), "0.05");
    ck_assert_str_eq(text_at(out, "GROWTH", 4), "-0.01");
    /* 5 % a year: ln(1.75) / ln(1.05) = 11.47 years. */
    ck_assert(fabs(number_at(out, "YEARS_NEEDED", 0) - 11.4698484) < 1e-6);
    ck_assert(number_at(out, "PERIODS_NEEDED", 0) == 12.0);
    ck_assert_str_eq(text_at(out, "FIRST_PERIOD", 0), "2033");
    ck_assert_int_eq(reason_at(out, "YEARS_NEEDED", 1), BKT_MISSING_NEVER);
    ck_assert_int_eq(reason_at(out, "PERIODS_NEEDED", 1), BKT_MISSING_NEVER);
    ck_assert_ptr_null(text_at(out, "FIRST_PERIOD", 1));
    /* One doubling is one year. */
    ck_assert(number_at(out, "YEARS_NEEDED", 5) == 1.0);
    ck_assert_str_eq(text_at(out, "FIRST_PERIOD", 5), "2022");
    ck_assert(number_at(out, "LAST_VALUE", 0) == 2000.0);
    ck_assert(fabs(number_at(out, "REQUIRED_GROWTH", 0) - (pow(1.75, 0.05) - 1.0)) < 1e-14);
    ck_assert(number_at(out, "REQUIRED_AMOUNT", 0) == 75.0);
    double median = number_at(out, "MEDIAN_PERIODS", 0);
    ck_assert(number_at(steps, "PROBABILITY_REACHED", (int64_t)median - 1) >= 0.5);
    ck_assert(number_at(steps, "PROBABILITY_REACHED", (int64_t)median - 2) < 0.5);
    ck_assert_str_eq(text_at(out, "MEDIAN_PERIOD", 0),
                     text_at(steps, "TIME_PERIOD", (int64_t)median - 1));
    double projected = number_at(out, "PROJECTED_PERIODS", 0);
    ck_assert(number_at(steps, "PROJECTED", (int64_t)projected - 1) >= 3500.0);
    ck_assert(number_at(steps, "PROJECTED", (int64_t)projected - 2) < 3500.0);
    ck_assert(number_at(out, "PROBABILITY_WITHIN", 0) ==
              number_at(steps, "PROBABILITY_REACHED", 19));
    ck_assert(number_at(out, "PROBABILITY_WITHIN", 0) +
                  number_at(out, "PROBABILITY_NOT_WITHIN", 0) ==
              1.0);
    /* Passed already. */
    ck_assert(number_at(out, "YEARS_NEEDED", 6) == 0.0);
    ck_assert(number_at(out, "MEDIAN_PERIODS", 6) == 0.0);
    ck_assert(number_at(out, "PROJECTED_PERIODS", 6) == 0.0);
    ck_assert_str_eq(text_at(out, "FIRST_PERIOD", 6), "2021");
    ck_assert_str_eq(text_at(out, "MEDIAN_PERIOD", 6), "2021");
    ck_assert(number_at(out, "PROBABILITY_NOT_WITHIN", 6) == 0.0);
    bkt_table_free(steps);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(without_rates_and_out_of_reach) {
    static const double far_goals[] = {1e9};
    static const double falling[] = {90, 80, 60, 55, 44, 40};
    bkt_table *table = table_of_years(context, 2010, falling, 6);
    bkt_table *out;
    bkt_target_options options = options_of(1, 0);
    options.targets = far_goals;
    options.flags = BKT_TARGET_KNOWN | BKT_TARGET_WALK;
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 1);
    ck_assert_ptr_null(text_at(out, "GROWTH", 0));
    ck_assert_int_eq(reason_at(out, "GROWTH_RATE", 0), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "YEARS_NEEDED", 0), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "MEDIAN_PERIODS", 0), BKT_MISSING_NEVER);
    ck_assert_int_eq(reason_at(out, "PROJECTED_PERIODS", 0), BKT_MISSING_NEVER);
    ck_assert(number_at(out, "PROBABILITY_NOT_WITHIN", 0) == 1.0);
    ck_assert(strstr(bkt_table_property(out, "probability"), "taken as known") != NULL);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(short_zero_and_negative_series) {
    static const double two[] = {100, 110};
    static const double negative[] = {-9, -4, -6, 0, -2, -1};
    static const double zero[] = {3, 2, 1, 0};
    bkt_target_options options = options_of(1, 1);
    bkt_table *out;
    bkt_table *table = table_of_years(context, 2010, two, 2);
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(reason_at(out, "PROBABILITY_WITHIN", 0), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_at(out, "MEDIAN_PERIODS", 0), BKT_MISSING_TOO_FEW);
    ck_assert(isfinite(number_at(out, "YEARS_NEEDED", 0)));
    bkt_table_free(out);
    bkt_table_free(table);
    static const double small_goals[] = {0.0, 5.0};
    options.targets = small_goals;
    options.target_count = 2;
    table = table_of_years(context, 2010, negative, 6);
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(reason_at(out, "YEARS_NEEDED", 0), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(reason_at(out, "REQUIRED_GROWTH", 1), BKT_MISSING_DOMAIN);
    ck_assert(number_at(out, "REQUIRED_AMOUNT", 1) == 0.3);
    ck_assert(number_at(out, "PROBABILITY_WITHIN", 0) > 0.5);
    ck_assert_str_eq(bkt_table_property(out, "walk"), "values");
    bkt_table_free(out);
    bkt_table_free(table);
    table = table_of_years(context, 2010, zero, 4);
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert(number_at(out, "YEARS_NEEDED", 0) == 0.0);
    ck_assert_int_eq(reason_at(out, "YEARS_NEEDED", 1), BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(reason_at(out, "REQUIRED_GROWTH", 1), BKT_MISSING_ZERO_DENOMINATOR);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* A rate is one of a year, whatever the periods. */
START_TEST(months) {
    static const double monthly_rates[] = {1.0, 0.03};
    double values[30];
    for (int t = 0; t < 30; t++)
        values[t] = 100.0 + t + (t % 5) * 3.0;
    values[29] = 100.0;
    static const double double_goal[] = {200.0, 400.0};
    bkt_target_options options = options_of(2, 2);
    options.targets = double_goal;
    options.growths = monthly_rates;
    bkt_table *table = table_of_parts(context, 2020, 12, values, 30);
    bkt_table *out;
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_OK);
    ck_assert(number_at(out, "YEARS_NEEDED", 0) == 1.0);
    ck_assert(number_at(out, "PERIODS_NEEDED", 0) == 12.0);
    ck_assert_str_eq(text_at(out, "FIRST_PERIOD", 0), "2023-06");
    ck_assert(number_at(out, "PERIODS_NEEDED", 2) == 24.0);
    ck_assert(number_at(out, "PERIODS_NEEDED", 1) == ceil(12.0 * log(2.0) / log(1.03)));
    ck_assert(fabs(number_at(out, "REQUIRED_GROWTH", 0) - (pow(2.0, 12.0 / 20.0) - 1.0)) < 1e-12);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

/* The walk does not know seasons: that is said. The paths do. */
START_TEST(seasons_are_noted) {
    static const double factors[] = {0.8, 1.2, 1.1, 0.9};
    double values[24];
    for (int t = 0; t < 24; t++)
        values[t] = (10.0 + t) * factors[t % 4];
    bkt_table *table = table_of_parts(context, 2010, 4, values, 24);
    bkt_table *out;
    bkt_target_options options = options_of(1, 0);
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(bkt_table_property(out, "season"), "multiplicative");
    ck_assert_str_eq(bkt_table_property(out, "calibrated_steps"), "8");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(out);
    options.flags = BKT_TARGET_WALK;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *note = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(note), BKT_SEVERITY_NOTE);
    ck_assert(strstr(bkt_diagnostic_text(note), "season") != NULL);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(refusals) {
    static const double twice[] = {5, 5};
    static const double infinite[] = {INFINITY};
    bkt_table *table = table_of_years(context, 2010, turnover, 12);
    bkt_table *out;
    bkt_target_options options = options_of(0, 0);
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target(context, table, NULL, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target_summary(context, table, NULL, &out), BKT_ERR_ARGUMENT);
    options = options_of(2, 0);
    options.targets = twice;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 0);
    options.targets = infinite;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 2);
    options.growths = twice;
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options.growths = NULL;
    ck_assert_int_eq(bkt_target_summary(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 0);
    options.horizon = 0;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options.horizon = 20000;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_LIMIT);
    options = options_of(1, 0);
    options.paths = 0;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    options = options_of(1, 0);
    options.method = 42;
    ck_assert_int_eq(bkt_target(context, table, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target(context, NULL, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target(NULL, table, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target_summary(NULL, table, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(out);
    bkt_table_free(table);
}
END_TEST

static void fail_every_allocation(bkt_status (*function)(bkt_context *, const bkt_table *,
                                                         const bkt_target_options *,
                                                         bkt_table **)) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = table_of_years(own, 2010, turnover, 12);
        ck_assert_ptr_nonnull(table);
        bkt_table *out = NULL;
        bkt_target_options options = options_of(2, 1);
        options.horizon = 3;
        options.paths = 10;
        failing_memory_arm(&memory);
        bkt_status status = function(own, table, &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}

START_TEST(every_allocation_failing) {
    fail_every_allocation(bkt_target);
    fail_every_allocation(bkt_target_summary);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("target");
    TCase *test_case = tcase_create("target");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, period_by_period);
    tcase_add_test(test_case, rests_on_calibrated_paths);
    tcase_add_test(test_case, of_trade_and_of_medians);
    tcase_add_test(test_case, how_far_to_be_trusted);
    tcase_add_test(test_case, summary);
    tcase_add_test(test_case, without_rates_and_out_of_reach);
    tcase_add_test(test_case, short_zero_and_negative_series);
    tcase_add_test(test_case, months);
    tcase_add_test(test_case, seasons_are_noted);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
