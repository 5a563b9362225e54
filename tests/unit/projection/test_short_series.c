/* SPDX-License-Identifier: MIT */
/* What users of other forecasting libraries asked for, of series that are short, or not as those
 * libraries would have them. Each test says where it was asked. */
#include "asked_for.h"
#include "run_suite.h"
#include "seasonal_series.h"

/* unit8co/darts#3001: ETS refuses 9 points ("at least 10"), where R selects a form. */
START_TEST(nine_points_are_enough_for_ets) {
    projected out;
    for (int64_t count = 5; count <= 9; count++) {
        project_by(BKT_METHOD_ETS, exports, count, 1, &out);
        ck_assert_int_eq(out.fit.method, BKT_METHOD_ETS);
        ck_assert_int_eq(out.fit.fallback, BKT_FALLBACK_NONE);
        ck_assert(out.fit.ets_error != BKT_ETS_ANY && isfinite(out.fit.criterion));
        for (int h = 0; h < HORIZON; h++)
            ck_assert(isfinite(out.lower[HORIZON + h]) && isfinite(out.upper[HORIZON + h]));
    }
}
END_TEST

/* Nixtla/statsforecast#677: one short series ends the whole batch ("tiny datasets"), where each
 * should have its own way out. */
START_TEST(one_bad_series_does_not_stop_the_others) {
    enum { SERIES = 6 };
    double values[2 * EXPORTS + 8];
    static const int64_t offsets[SERIES + 1] = {
        0, EXPORTS, EXPORTS + 1, EXPORTS + 3, EXPORTS + 3, EXPORTS + 8, 2 * EXPORTS + 8};
    double points[SERIES * HORIZON], lower[2 * SERIES * HORIZON], upper[2 * SERIES * HORIZON];
    static bkt_fit fits[SERIES];
    bkt_status statuses[SERIES];
    memcpy(values, exports, sizeof exports);
    for (int t = EXPORTS; t < EXPORTS + 8; t++)
        values[t] = t < EXPORTS + 3 ? exports[t - EXPORTS] : HUGE_VAL;
    memcpy(values + EXPORTS + 8, exports, sizeof exports);
    bkt_projection_options options = options_by(BKT_METHOD_ETS, 1);
    options.threads = 4;
    ck_assert_int_eq(bkt_panel_project(context, values, offsets, SERIES, &options, points, lower,
                                       upper, fits, sizeof fits[0], statuses),
                     BKT_OK);
    static const bkt_status expected[SERIES] = {BKT_OK,         BKT_OK,         BKT_OK,
                                                BKT_ERR_SERIES, BKT_ERR_SERIES, BKT_OK};
    static const int32_t methods[SERIES] = {BKT_METHOD_ETS,  BKT_METHOD_NAIVE, BKT_METHOD_NAIVE,
                                            BKT_METHOD_NONE, BKT_METHOD_NONE,  BKT_METHOD_ETS};
    for (int i = 0; i < SERIES; i++) {
        ck_assert_int_eq(statuses[i], expected[i]);
        ck_assert_int_eq(fits[i].method, methods[i]);
        ck_assert(isfinite(points[i * HORIZON]) == (expected[i] == BKT_OK));
    }
    ck_assert_int_eq(fits[1].fallback, BKT_FALLBACK_TOO_FEW);
    ck_assert_int_eq(fits[3].fallback, BKT_FALLBACK_NO_VALUE);
    ck_assert_int_eq(bkt_context_diagnostic_count(context), 2);
    ck_assert(memcmp(points, points + 5 * HORIZON, HORIZON * sizeof points[0]) == 0);
    ck_assert(memcmp(upper, upper + 10 * HORIZON, 2 * HORIZON * sizeof upper[0]) == 0);
}
END_TEST

/* robjhyndman/forecast#211, #509: three points are refused ("You've got to be joking"), where a
 * forecast with a flag is wanted. */
START_TEST(three_points_give_a_forecast_and_a_flag) {
    projected out;
    int32_t method;
    for (uint32_t place = 0; next_method(&place, &method);) {
        for (int64_t count = 1; count <= 3; count++) {
            project_by(method, exports, count, 1, &out);
            for (int h = 0; h < HORIZON; h++)
                ck_assert(isfinite(out.points[h]));
            ck_assert_int_eq(out.fit.count, count);
            int is_short = count < bkt_method_least_count(method);
            ck_assert_msg((out.fit.fallback == BKT_FALLBACK_TOO_FEW) == is_short, "%s of %d values",
                          bkt_method_id(method), (int)count);
            ck_assert(!is_short || strlen(bkt_fallback_text(out.fit.fallback)) > 0);
            if (is_short)
                ck_assert_int_eq(out.fit.method, count < 3 ? BKT_METHOD_NAIVE : BKT_METHOD_DRIFT);
        }
    }
    project_by(BKT_METHOD_AUTOMATIC, exports, 3, 1, &out);
    ck_assert(out.fit.choice == BKT_CHOICE_VERY_SHORT);
    ck_assert(strlen(bkt_choice_text(out.fit.choice)) > 0);
}
END_TEST

/* robjhyndman/forecast#291: auto.arima fits 4 to 6 points with as many parameters. */
START_TEST(arima_keeps_its_parameters_to_the_data) {
    projected out;
    for (int64_t first = 0; first + 4 <= EXPORTS; first++) {
        for (int64_t count = 4; first + count <= EXPORTS; count++) {
            project_by(BKT_METHOD_ARIMA, exports + first, count, 1, &out);
            ck_assert_int_eq(out.fit.method, BKT_METHOD_ARIMA);
            const int32_t *orders = out.fit.arima_orders;
            int32_t terms = orders[0] + orders[2] + orders[3] + orders[5];
            ck_assert_msg(4 * terms <= count, "%d terms of %d values", terms, (int)count);
            ck_assert(out.fit.freedom >= 1.0);
        }
    }
}
END_TEST

/* tidyverts/fable#300: two differences and a seasonal one on a short series: absurd forecasts. */
START_TEST(differences_are_capped) {
    projected out;
    for (int64_t count = 8; count <= 44; count++) {
        double low = HUGE_VAL;
        double high = 0.0;
        for (int64_t t = 0; t < count; t++) {
            low = fmin(low, gas[t]);
            high = fmax(high, gas[t]);
        }
        project_by(BKT_METHOD_ARIMA, gas, count, 4, &out);
        int32_t differences = out.fit.arima_orders[1] + out.fit.arima_orders[4];
        ck_assert_msg(differences <= (count < 13 ? 1 : 2), "%d of %d values", differences,
                      (int)count);
        for (int h = 0; h < HORIZON; h++)
            ck_assert_msg(out.points[h] > 0.5 * low && out.points[h] < 1.5 * high,
                          "%g after %d values", out.points[h], (int)count);
    }
    static const int32_t too_many[] = {0, 2, 1, 0, 1, 1};
    bkt_projection_options options = options_by(BKT_METHOD_ARIMA, 4);
    options.arima_orders = too_many;
    ck_assert_int_eq(try_with(&options, gas, 44, &out), BKT_ERR_ARGUMENT);
}
END_TEST

/* tidyverts/fable#124: four points end in an error that tells nothing; #417: a straight line ends
 * in no model. */
START_TEST(four_points_and_a_straight_line) {
    projected out;
    double line[12];
    int32_t method;
    for (int t = 0; t < 12; t++)
        line[t] = 10.0 + 3.0 * t;
    for (uint32_t place = 0; next_method(&place, &method);) {
        bkt_projection_options options = options_by(method, 1);
        options.flags = BKT_PROJECTION_NO_FALLBACK;
        bkt_status status = try_with(&options, exports, 4, &out);
        ck_assert_int_eq(status, bkt_method_least_count(method) > 4 ? BKT_ERR_SERIES : BKT_OK);
        if (status != BKT_OK) {
            const char *text = bkt_context_error_text(context);
            ck_assert(strstr(text, bkt_method_id(method)) != NULL && strstr(text, "4") != NULL);
        }
        project_by(method, line, 12, 1, &out);
        ck_assert_int_eq(out.fit.fallback, BKT_FALLBACK_NONE);
        for (int h = 0; h < HORIZON; h++) {
            ck_assert(isfinite(out.points[h]) && isfinite(out.upper[h]));
            ck_assert(out.points[h] >= 43.0 - 1e-2); /* the last value */
        }
    }
    static const int32_t straight[] = {BKT_METHOD_DRIFT, BKT_METHOD_HOLT, BKT_METHOD_ETS,
                                       BKT_METHOD_ARIMA};
    for (size_t i = 0; i < sizeof straight / sizeof straight[0]; i++) {
        project_by(straight[i], line, 12, 1, &out);
        for (int h = 0; h < HORIZON; h++)
            ck_assert_msg(fabs(out.points[h] - (46.0 + 3.0 * h)) < 1e-3, "%s, step %d: %g",
                          bkt_method_id(straight[i]), h + 1, out.points[h]);
    }
}
END_TEST

/* Smoothing of exports by hand from a first level, one year left out; gives the last level. */
static double smooth_by_hand(double level, int gap, double *out_squares) {
    *out_squares = 0.0;
    for (int t = 0; t < EXPORTS; t++) {
        double error = t == gap ? 0.0 : exports[t] - level;
        *out_squares += error * error;
        level += 0.4 * error;
    }
    return level;
}

/* robjhyndman/forecast#952, tidyverts/fable#439: ETS must accept missing values, and learn nothing
 * from them. */
START_TEST(ets_skips_what_is_missing) {
    projected gap;
    projected whole;
    double values[EXPORTS];
    double squares, more, less;
    bkt_projection_options options = options_by(BKT_METHOD_ETS, 1);
    options.ets_error = BKT_ETS_ADDITIVE;
    options.ets_trend = BKT_ETS_NONE;
    options.alpha = 0.4;
    for (int missing = 1; missing + 1 < EXPORTS; missing++) {
        memcpy(values, exports, sizeof exports);
        values[missing] = NAN;
        project_with(&options, values, EXPORTS, &gap);
        ck_assert_int_eq(gap.fit.method, BKT_METHOD_ETS);
        ck_assert(gap.fit.missing_inner == 1 && gap.fit.count == EXPORTS - 1);
        double level = smooth_by_hand(gap.fit.first_level, missing, &squares);
        for (int h = 0; h < HORIZON; h++)
            ck_assert(fabs(gap.points[h] - level) < 1e-9 * level);
        ck_assert(fabs(gap.fit.squares - squares) < 1e-9 * squares);
        /* The first level is that of least squares. */
        smooth_by_hand(gap.fit.first_level + 1.0, missing, &more);
        smooth_by_hand(gap.fit.first_level - 1.0, missing, &less);
        ck_assert(squares < more && squares < less);
        ck_assert(fabs((more - squares) - (less - squares)) < 1e-3);
    }
    /* And with a season: what a month is like is known from other years. */
    double months[144];
    memcpy(months, passengers, sizeof months);
    months[127] = months[128] = months[140] = NAN;
    project_by(BKT_METHOD_ETS, passengers, 144, 12, &whole);
    project_by(BKT_METHOD_ETS, months, 144, 12, &gap);
    ck_assert(gap.fit.ets_season == BKT_ETS_MULTIPLICATIVE && gap.fit.missing_inner == 3);
    for (int h = 0; h < HORIZON; h++)
        ck_assert(fabs(gap.points[h] / whole.points[h] - 1.0) < 0.05);
}
END_TEST

/* Nixtla/statsforecast#564: missing values are dropped in silence, and their places lost. */
START_TEST(gaps_keep_their_place_and_are_told) {
    projected out;
    projected dropped;
    static const double gaps[] = {NAN, 10, 12, NAN, NAN, 18, 20, 22, NAN, 26, NAN, NAN, NAN};
    static const double values[] = {10, 12, 18, 20, 22, 26};
    int32_t method;
    project_by(BKT_METHOD_DRIFT, gaps, 13, 1, &out);
    ck_assert(out.fit.missing_leading == 1 && out.fit.missing_inner == 3 &&
              out.fit.missing_trailing == 3 && out.fit.count == 6);
    for (int h = 0; h < HORIZON; h++)
        ck_assert(fabs(out.points[h] - (28.0 + 2.0 * h)) < 1e-12);
    for (uint32_t place = 0; next_method(&place, &method);) {
        project_by(method, gaps, 13, 1, &out);
        project_by(method, values, 6, 1, &dropped);
        ck_assert(out.fit.missing_inner == 3 && dropped.fit.missing_inner == 0);
        /* Of the last value alone, and of a mean, no place matters. */
        if (method == BKT_METHOD_HOLT || method == BKT_METHOD_DRIFT || method == BKT_METHOD_THETA ||
            method == BKT_METHOD_LOG_TREND || method == BKT_METHOD_DELTA)
            ck_assert_msg(fabs(out.points[0] - dropped.points[0]) > 1e-6, "%s",
                          bkt_method_id(method));
    }
}
END_TEST

/* sktime/sktime#940, Nixtla/statsforecast PR#315 and PR#316: zeros and negative values break
 * multiplicative seasons. */
START_TEST(zeros_and_negatives_have_an_additive_season) {
    projected out;
    double values[44];
    int32_t method;
    for (int wanted = 0; wanted < 2; wanted++) {
        for (int t = 0; t < 44; t++)
            values[t] = gas[t] - (wanted == 0 ? 84.8 : 130.0); /* the least is 0, or below */
        for (uint32_t place = 0; next_method(&place, &method);) {
            project_by(method, values, 44, 4, &out);
            ck_assert_msg((out.fit.flags & BKT_FIT_MULTIPLICATIVE) == 0, "%s",
                          bkt_method_id(method));
            ck_assert(out.fit.ets_season != BKT_ETS_MULTIPLICATIVE &&
                      out.fit.ets_error != BKT_ETS_MULTIPLICATIVE);
            for (int h = 0; h < HORIZON; h++)
                ck_assert_msg(isfinite(out.points[h]) && isfinite(out.lower[h]) &&
                                  isfinite(out.upper[h]),
                              "%s", bkt_method_id(method));
        }
        project_by(BKT_METHOD_DRIFT, values, 44, 4, &out);
        ck_assert((out.fit.flags & BKT_FIT_SEASONAL) != 0);
    }
    project_by(BKT_METHOD_DRIFT, gas, 44, 4, &out);
    ck_assert((out.fit.flags & BKT_FIT_MULTIPLICATIVE) != 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("short_series");
    TCase *test_case = tcase_create("short_series");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, nine_points_are_enough_for_ets);
    tcase_add_test(test_case, one_bad_series_does_not_stop_the_others);
    tcase_add_test(test_case, three_points_give_a_forecast_and_a_flag);
    tcase_add_test(test_case, arima_keeps_its_parameters_to_the_data);
    tcase_add_test(test_case, differences_are_capped);
    tcase_add_test(test_case, four_points_and_a_straight_line);
    tcase_add_test(test_case, ets_skips_what_is_missing);
    tcase_add_test(test_case, gaps_keep_their_place_and_are_told);
    tcase_add_test(test_case, zeros_and_negatives_have_an_additive_season);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
