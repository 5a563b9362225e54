/* SPDX-License-Identifier: MIT */
/* What users of other forecasting libraries asked for, of what comes out. Each test says where it
 * was asked. */
#include <stdlib.h>
#include <time.h>

#include "asked_for.h"
#include "run_suite.h"
#include "seasonal_series.h"

/* facebook/prophet#2471, DataZooDE/anofox-forecast#196: forecasts below zero of what can't be
 * negative. */
START_TEST(what_was_never_negative_stays_so) {
    static const double falling[] = {900, 640, 410, 300, 170, 90, 55, 30, 12, 3};
    projected out;
    int32_t method;
    int floored = 0;
    for (uint32_t place = 0; next_method(&place, &method);) {
        bkt_projection_options options = options_by(method, 1);
        project_with(&options, falling, 10, &out);
        for (int i = 0; i < 2 * HORIZON; i++)
            ck_assert_msg(out.lower[i] >= 0.0 && out.upper[i] >= 0.0 && out.points[i / 2] >= 0.0,
                          "%s", bkt_method_id(method));
        int is_floored = (out.fit.flags & BKT_FIT_FLOORED) != 0;
        floored += is_floored;
        options.flags = BKT_PROJECTION_NO_FLOOR;
        project_with(&options, falling, 10, &out);
        ck_assert((out.fit.flags & BKT_FIT_FLOORED) == 0);
        int below = 0;
        for (int i = 0; i < 2 * HORIZON; i++)
            below += out.lower[i] < 0.0 || out.upper[i] < 0.0 || out.points[i / 2] < 0.0;
        ck_assert_msg((below > 0) == is_floored, "%s", bkt_method_id(method));
    }
    ck_assert_int_gt(floored, 0);
}
END_TEST

/* Nixtla/statsforecast#436, sktime/sktime#2315, #6287: the same data give another result the second
 * time, after other series, or without a seed. */
START_TEST(same_data_same_bits) {
    projected first;
    projected again;
    projected other;
    int32_t method;
    for (uint32_t place = 0; next_method(&place, &method);) {
        project_by(method, gas, 44, 4, &first);
        project_by(method, deaths, 72, 12, &other);
        project_by(method, gas, 44, 4, &again);
        ck_assert_msg(is_same(&first, &again), "%s", bkt_method_id(method));
        bkt_context *kept = context;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        project_by(method, gas, 44, 4, &again);
        bkt_context_free(context);
        context = kept;
        ck_assert_msg(is_same(&first, &again), "%s", bkt_method_id(method));
        ck_assert(!is_same(&first, &other));
    }
    static const double target = 1500.0;
    double reached[3][20];
    bkt_walk walk;
    bkt_walk_options options;
    ck_assert_int_eq(bkt_walk_init(&walk, sizeof walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_estimate(context, exports, EXPORTS, 0, &walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_options_init(&options, sizeof options), BKT_OK);
    for (int i = 0; i < 3; i++) {
        options.seed = i < 2 ? 7 : 8;
        ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached[i], NULL),
                         BKT_OK);
    }
    ck_assert(memcmp(reached[0], reached[1], sizeof reached[0]) == 0);
    ck_assert(memcmp(reached[0], reached[2], sizeof reached[0]) != 0);
}
END_TEST

/* The same for panels, whatever the threads and the order. */
START_TEST(same_bits_by_threads_and_order) {
    enum { SERIES = 40 };
    static double values[SERIES * EXPORTS], turned[SERIES * EXPORTS];
    static double points[4][SERIES * HORIZON], backwards[SERIES * HORIZON];
    static bkt_status statuses[SERIES];
    int64_t offsets[SERIES + 1];
    for (int i = 0; i <= SERIES; i++)
        offsets[i] = (int64_t)i * EXPORTS;
    for (int i = 0; i < SERIES; i++) {
        for (int t = 0; t < EXPORTS; t++)
            values[i * EXPORTS + t] = exports[t] * (1.0 + 0.3 * ((i * 31 + t * 17) % 11) / 11.0);
        memcpy(turned + (SERIES - 1 - i) * EXPORTS, values + i * EXPORTS, sizeof exports);
    }
    bkt_projection_options options = options_by(BKT_METHOD_AUTOMATIC, 1);
    for (int turn = 0; turn < 4; turn++) {
        options.threads = turn < 3 ? (uint32_t)turn + 1 : 16;
        ck_assert_int_eq(bkt_panel_project(context, values, offsets, SERIES, &options, points[turn],
                                           NULL, NULL, NULL, 0, statuses),
                         BKT_OK);
        ck_assert(memcmp(points[0], points[turn], sizeof points[0]) == 0);
    }
    ck_assert_int_eq(bkt_panel_project(context, turned, offsets, SERIES, &options, backwards, NULL,
                                       NULL, NULL, 0, statuses),
                     BKT_OK);
    for (int i = 0; i < SERIES; i++)
        ck_assert(memcmp(points[0] + i * HORIZON, backwards + (SERIES - 1 - i) * HORIZON,
                         HORIZON * sizeof(double)) == 0);
}
END_TEST

/* robjhyndman/forecast#129, Nixtla/statsforecast#482, sktime/sktime#5586, #2275: bounds of 1e100,
 * the lower above the upper, 80 % wider than 95 %, a level taken for its complement. */
START_TEST(intervals_are_ordered_and_finite) {
    static const double levels[] = {0.5, 0.8, 0.95, 0.99, 0.135, 0.999};
    static const int rising[] = {4, 0, 1, 2, 3, 5};
    static const double spike[] = {5, 7, 6, 9, 8, 12, 11, 1331, 14, 13, 17};
    const struct {
        const double *values;
        int64_t count;
        uint32_t season_length;
    } series[] = {{exports, EXPORTS, 1}, {exports, 8, 1}, {spike, 11, 1},
                  {spike, 8, 1},         {gas, 44, 4},    {deaths, 72, 12}};
    double points[24], lower[6 * 24], upper[6 * 24];
    int32_t method;
    for (uint32_t place = 0; next_method(&place, &method);) {
        for (size_t s = 0; s < sizeof series / sizeof series[0]; s++) {
            bkt_projection_options options = options_by(method, series[s].season_length);
            options.horizon = 24;
            options.levels = levels;
            options.level_count = 6;
            ck_assert_int_eq(bkt_series_project(context, series[s].values, series[s].count,
                                                &options, points, lower, upper, NULL),
                             BKT_OK);
            int bad = 0;
            for (int h = 0; h < 24; h++) {
                double low = points[h];
                double high = points[h];
                for (int i = 0; i < 6; i++) {
                    double next_low = lower[rising[i] * 24 + h];
                    double next_high = upper[rising[i] * 24 + h];
                    bad += !(next_low <= low && next_high >= high && next_high < 1e30);
                    low = next_low;
                    high = next_high;
                }
            }
            ck_assert_msg(bad == 0, "%s, series %d", bkt_method_id(method), (int)s);
        }
    }
    projected out;
    static const double per_cent[] = {95.0};
    bkt_projection_options options = options_by(BKT_METHOD_AUTOMATIC, 1);
    options.levels = per_cent;
    options.level_count = 1;
    ck_assert_int_eq(try_with(&options, exports, EXPORTS, &out), BKT_ERR_ARGUMENT);
}
END_TEST

/* Nixtla/neuralforecast#1352, Nixtla/statsforecast PR#795, #686: intervals from errors need more
 * windows than short series have. Here they come from other series' errors: any length, any
 * horizon. */
START_TEST(intervals_from_errors_need_no_windows) {
    static double points[40], lower[2 * 40], upper[2 * 40];
    bkt_fit fit;
    for (int64_t count = 5; count <= EXPORTS; count++) {
        for (uint32_t horizon = 1; horizon <= 40; horizon += 13) {
            bkt_projection_options options = options_by(BKT_METHOD_AUTOMATIC, 1);
            options.horizon = horizon;
            ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
            ck_assert_int_eq(
                bkt_series_project(context, exports, count, &options, points, lower, upper, &fit),
                BKT_OK);
            ck_assert((fit.flags & BKT_FIT_CALIBRATED) != 0);
            ck_assert(((fit.flags & BKT_FIT_EXTRAPOLATED) != 0) == (horizon > 6));
            for (uint32_t i = 0; i < 2 * horizon; i++)
                ck_assert(isfinite(lower[i]) && isfinite(upper[i]) && lower[i] < upper[i]);
        }
    }
}
END_TEST

static double seconds_of(int32_t method, const double *values, int64_t count,
                         uint32_t season_length) {
    projected out;
    double least = HUGE_VAL;
    for (int turn = 0; turn < 3; turn++) {
        clock_t start = clock();
        project_by(method, values, count, season_length, &out);
        least = fmin(least, (double)(clock() - start) / CLOCKS_PER_SEC);
    }
    return least;
}

/* Nixtla/statsforecast#444, robjhyndman/forecast#353, #889: the time of ARIMA explodes with the
 * length of the season (there hundredfold from 12 to 52; here less, with room for other load). */
START_TEST(time_does_not_explode_with_the_season) {
    static const int32_t methods[] = {BKT_METHOD_ARIMA, BKT_METHOD_ETS, BKT_METHOD_AUTOMATIC};
    static double values[160];
    projected out;
    for (int t = 0; t < 160; t++)
        values[t] = 100.0 + 0.2 * t + 10.0 * (t % 52 < 26 ? 1 : -1) + (t * 7919 % 101) / 20.0 +
                    5.0 * (t % 12 < 6 ? 1 : -1);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        double years = seconds_of(methods[i], values, 160, 12);
        double weeks = seconds_of(methods[i], values, 160, 52);
        ck_assert_msg(weeks < 20.0 * years + 0.05, "%s: %d us, %d us", bkt_method_id(methods[i]),
                      (int)(1e6 * years), (int)(1e6 * weeks));
    }
    project_by(BKT_METHOD_ARIMA, values, 160, 52, &out);
    ck_assert(out.fit.arima_orders[3] + out.fit.arima_orders[4] + out.fit.arima_orders[5] == 0);
}
END_TEST

/* Nixtla/statsforecast PR#1083 (#1023): paths must keep their correlation across the horizon. Were
 * steps independent, a target would be reached far too often. */
START_TEST(paths_keep_their_correlation) {
    double reached[20], above[20], at_once;
    static const double target = 2.0;
    bkt_walk walk;
    bkt_walk_options options;
    ck_assert_int_eq(bkt_walk_init(&walk, sizeof walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_options_init(&options, sizeof options), BKT_OK);
    walk.start = 1.0;
    walk.drift = 0.0;
    walk.sigma = 0.15;
    options.paths = 100000;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, above),
                     BKT_OK);
    double never = 1.0;
    for (int k = 0; k < 20; k++) {
        never *= 1.0 - above[k];
        ck_assert(reached[k] >= above[k] && (k == 0 || reached[k] >= reached[k - 1]));
        ck_assert_int_eq(bkt_walk_probability(&walk, target, k + 1.0, 1, &at_once),
                         BKT_MISSING_NOT);
        ck_assert_msg(fabs(reached[k] - at_once) < 0.015, "period %d: %g, %g", k + 1, reached[k],
                      at_once);
    }
    ck_assert(1.0 - never > 2.0 * reached[19]);
}
END_TEST

/* The same of calibrated paths. */
START_TEST(calibrated_paths_keep_their_correlation) {
    double points[20], reached[20], above[20];
    static const double target = 1000.0;
    bkt_fit fit;
    bkt_reach_options options;
    ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
    ck_assert_int_eq(bkt_reach_options_init(&options, sizeof options), BKT_OK);
    for (int is_trade = 0; is_trade < 2; is_trade++) {
        options.flags = is_trade ? BKT_PROJECTION_TRADE : 0;
        ck_assert_int_eq(bkt_series_reach(context, exports, EXPORTS, &target, 1, &options, points,
                                          reached, above, &fit),
                         BKT_OK);
        ck_assert((fit.flags & BKT_FIT_CALIBRATED) != 0);
        ck_assert(((fit.flags & BKT_FIT_TRADE) != 0) == (is_trade == 1));
        double never = 1.0;
        for (int k = 0; k < 6; k++) {
            never *= 1.0 - above[k];
            ck_assert(reached[k] >= above[k] && (k == 0 || reached[k] >= reached[k - 1]));
        }
        ck_assert_msg(1.0 - never > 1.3 * reached[5] && reached[5] > 0.0, "%g, %g", 1.0 - never,
                      reached[5]);
    }
}
END_TEST

/* statsmodels/statsmodels#8661: theta added 1 to every forecast of a series without a season. */
START_TEST(theta_adds_nothing_without_a_season) {
    static const double nought[] = {0, 0, 0, 0, 0, 0, 0, 0};
    static const int32_t thetas[] = {BKT_METHOD_THETA, BKT_METHOD_DYNAMIC_THETA};
    projected out;
    projected unadjusted;
    projected moved;
    double higher[EXPORTS];
    for (int t = 0; t < EXPORTS; t++)
        higher[t] = exports[t] + 1000.0;
    for (size_t i = 0; i < 2; i++) {
        project_by(thetas[i], nought, 8, 1, &out);
        for (int h = 0; h < HORIZON; h++)
            ck_assert(fabs(out.points[h]) < 1e-12);
        project_by(thetas[i], exports, EXPORTS, 1, &out);
        project_by(thetas[i], exports, EXPORTS, 4, &unadjusted);
        ck_assert((unadjusted.fit.flags & BKT_FIT_SEASONAL) == 0);
        ck_assert(is_same(&out, &unadjusted));
    }
    /* l + b/2 (h-1 + (1 - (1-alpha)^n) / alpha), b by least squares. */
    double times = 0.0, slope = 0.0;
    for (int t = 0; t < EXPORTS; t++) {
        slope += (t - 9.0) * exports[t];
        times += (t - 9.0) * (t - 9.0);
    }
    slope /= times;
    project_by(BKT_METHOD_THETA, exports, EXPORTS, 1, &out);
    double rest = 1.0;
    for (int t = 0; t < EXPORTS; t++)
        rest *= 1.0 - out.fit.alpha;
    project_by(BKT_METHOD_THETA, higher, EXPORTS, 1, &moved);
    for (int h = 0; h < HORIZON; h++) {
        double expected = out.fit.level + slope / 2.0 * (h + (1.0 - rest) / out.fit.alpha);
        ck_assert_msg(fabs(out.points[h] - expected) < 1e-6, "%.9g, %.9g", out.points[h], expected);
        ck_assert(fabs(moved.points[h] - out.points[h] - 1000.0) < 1e-3);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("promises");
    TCase *test_case = tcase_create("promises");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_set_timeout(test_case, 60);
    tcase_add_test(test_case, what_was_never_negative_stays_so);
    tcase_add_test(test_case, same_data_same_bits);
    tcase_add_test(test_case, same_bits_by_threads_and_order);
    tcase_add_test(test_case, intervals_are_ordered_and_finite);
    tcase_add_test(test_case, intervals_from_errors_need_no_windows);
    tcase_add_test(test_case, time_does_not_explode_with_the_season);
    tcase_add_test(test_case, paths_keep_their_correlation);
    tcase_add_test(test_case, calibrated_paths_keep_their_correlation);
    tcase_add_test(test_case, theta_adds_nothing_without_a_season);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
