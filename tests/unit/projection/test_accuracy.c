/* SPDX-License-Identifier: MIT */
/* Measures: by hand, and against the M4 competition's definitions carried out elsewhere. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <bktrade/projection.h>

#include "fixture.h"
#include "run_suite.h"

#define W BKT_ACCURACY_WIDTH

/* Made up in the manner of the M3 competition's quarterly series: 20 values and 8 held out. */
static const double quarters[] = {312, 341, 298, 377, 335, 362, 317, 402, 351, 389,
                                  336, 431, 380, 408, 349, 452, 391, 433, 371, 478,
                                  402, 449, 388, 503, 431, 466, 399, 527};
#define COUNT   28
#define HORIZON 8
/* By a script of the definitions alone (section of the M4 guide: ACF test, classical multiplicative
 * decomposition, scale of the 20 values), in Python's doubles. */
#define SCALE          21.5625
#define NAIVE_2_SMAPE  4.2973449041476535
#define NAIVE_2_MASE   0.9002915282716873
#define SEASONAL_SMAPE 6.259579108412158
#define SEASONAL_MASE  1.2695652173913043
#define SEASONAL_OWA   1.4333933578981746

static void check_close(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-12 * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

/* The competition's own way: the last `horizon` values held out. */
static bkt_backtest_options held_out(uint32_t horizon, uint32_t season_length) {
    bkt_backtest_options options;
    bkt_backtest_options_init(&options, sizeof options);
    options.flags = BKT_BACKTEST_WHOLE_HORIZON;
    options.horizon = horizon;
    options.origin_limit = 1;
    options.season_length = season_length;
    return options;
}

START_TEST(as_the_competition_defines_them) {
    double accuracy[(HORIZON + 1) * W];
    bkt_backtest_options options = held_out(HORIZON, 4);
    ck_assert_int_eq(bkt_series_backtest(context, quarters, COUNT, BKT_METHOD_NAIVE, &options,
                                         accuracy, W, NULL, NULL),
                     BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == HORIZON);
    check_close(accuracy[BKT_ACCURACY_SMAPE], NAIVE_2_SMAPE);
    check_close(accuracy[BKT_ACCURACY_MASE], NAIVE_2_MASE);
    check_close(accuracy[BKT_ACCURACY_OWA], 1.0);
    ck_assert_int_eq(bkt_series_backtest(context, quarters, COUNT, BKT_METHOD_SEASONAL_NAIVE,
                                         &options, accuracy, W, NULL, NULL),
                     BKT_OK);
    check_close(accuracy[BKT_ACCURACY_SMAPE], SEASONAL_SMAPE);
    check_close(accuracy[BKT_ACCURACY_MASE], SEASONAL_MASE);
    check_close(accuracy[BKT_ACCURACY_OWA], SEASONAL_OWA);
    /* Naive 2 stays what it is where the method is to see no season. */
    options.flags |= BKT_PROJECTION_NO_SEASON;
    ck_assert_int_eq(bkt_series_backtest(context, quarters, COUNT, BKT_METHOD_NAIVE, &options,
                                         accuracy, W, NULL, NULL),
                     BKT_OK);
    check_close(accuracy[BKT_ACCURACY_OWA], 0.5 * (accuracy[BKT_ACCURACY_SMAPE] / NAIVE_2_SMAPE +
                                                   accuracy[BKT_ACCURACY_MASE] / NAIVE_2_MASE));
}
END_TEST

/* From the bounds that bkt_series_project() gives. */
START_TEST(interval_scores) {
    static const double levels[] = {0.5, 0.95};
    double points[HORIZON], lower[2 * HORIZON], upper[2 * HORIZON];
    double accuracy[(HORIZON + 1) * W], coverage[(HORIZON + 1) * 2], msis[(HORIZON + 1) * 2];
    bkt_projection_options how;
    bkt_projection_options_init(&how, sizeof how);
    how.horizon = HORIZON;
    how.season_length = 4;
    how.method = BKT_METHOD_SEASONAL_NAIVE;
    how.levels = levels;
    how.level_count = 2;
    ck_assert_int_eq(
        bkt_series_project(context, quarters, COUNT - HORIZON, &how, points, lower, upper, NULL),
        BKT_OK);
    bkt_backtest_options options = held_out(HORIZON, 4);
    options.levels = levels;
    options.level_count = 2;
    ck_assert_int_eq(bkt_series_backtest(context, quarters, COUNT, how.method, &options, accuracy,
                                         W, coverage, msis),
                     BKT_OK);
    for (int i = 0; i < 2; i++) {
        double sum = 0.0, inside = 0.0;
        for (int h = 0; h < HORIZON; h++) {
            double y = quarters[COUNT - HORIZON + h];
            double low = lower[i * HORIZON + h], high = upper[i * HORIZON + h];
            double score = high - low;
            score += y < low ? 2.0 / (1.0 - levels[i]) * (low - y) : 0.0;
            score += y > high ? 2.0 / (1.0 - levels[i]) * (y - high) : 0.0;
            check_close(msis[(h + 1) * 2 + i], score / SCALE);
            ck_assert(coverage[(h + 1) * 2 + i] == (low <= y && y <= high ? 1.0 : 0.0));
            sum += score;
            inside += low <= y && y <= high;
        }
        check_close(msis[i], sum / HORIZON / SCALE);
        check_close(coverage[i], inside / HORIZON);
    }
    ck_assert(coverage[0] < 1.0 && coverage[1] == 1.0); /* both sorts of terms were there */
}
END_TEST

/* Drift of 1 2 4 3 5 from 3, the fourth value, against the last value: 3 + 2/3, actual 5. */
START_TEST(overall_average_by_hand) {
    static const double values[] = {1, 2, 4, 3, 5};
    double accuracy[2 * W];
    bkt_backtest_options options = held_out(1, 0);
    options.training = 4;
    ck_assert_int_eq(bkt_series_backtest(context, values, 5, BKT_METHOD_DRIFT, &options, accuracy,
                                         W, NULL, NULL),
                     BKT_OK);
    double point = 3.0 + 2.0 / 3.0;
    double own = 200.0 * (5.0 - point) / (5.0 + point), naive = 200.0 * 2.0 / 8.0;
    check_close(accuracy[BKT_ACCURACY_SMAPE], own);
    check_close(accuracy[BKT_ACCURACY_MASE], (5.0 - point) / (4.0 / 3.0));
    check_close(accuracy[BKT_ACCURACY_OWA], 0.5 * (own / naive + (5.0 - point) / 2.0));
}
END_TEST

START_TEST(what_has_no_measure) {
    static const double exact[] = {1, 2, 3, 4, 4, 4};    /* naive 2 is never wrong */
    static const double constant[] = {5, 5, 5, 5, 6, 7}; /* before the first origin */
    static const double zeros[] = {0, 0, 0, 0, 0, 0};
    double accuracy[2 * W], msis[2 * 2], coverage[2 * 2];
    bkt_backtest_options options = held_out(1, 0);
    options.origin_limit = 2;
    options.training = 4;
    ck_assert_int_eq(bkt_series_backtest(context, exact, 6, BKT_METHOD_DRIFT, &options, accuracy, W,
                                         coverage, msis),
                     BKT_OK);
    ck_assert(isnan(accuracy[BKT_ACCURACY_OWA]) && accuracy[BKT_ACCURACY_MASE] > 0.0);
    ck_assert_int_eq(bkt_series_backtest(context, constant, 6, BKT_METHOD_DRIFT, &options, accuracy,
                                         W, coverage, msis),
                     BKT_OK);
    ck_assert(isnan(accuracy[BKT_ACCURACY_OWA]) && isnan(accuracy[BKT_ACCURACY_MASE]));
    ck_assert(isnan(msis[0]) && accuracy[BKT_ACCURACY_SMAPE] > 0.0);
    ck_assert_int_eq(bkt_series_backtest(context, zeros, 6, BKT_METHOD_DRIFT, &options, accuracy, W,
                                         coverage, msis),
                     BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_SMAPE] == 0.0 && isnan(accuracy[BKT_ACCURACY_OWA]));
    ck_assert(coverage[0] == 1.0 && isnan(msis[0]));
    options.season_length = 6; /* no change over a season */
    ck_assert_int_eq(bkt_series_backtest(context, quarters, 7, BKT_METHOD_DRIFT, &options, accuracy,
                                         W, coverage, msis),
                     BKT_OK);
    ck_assert(accuracy[BKT_ACCURACY_COUNT] == 2.0 && accuracy[BKT_ACCURACY_MAE] > 0.0);
    ck_assert(isnan(accuracy[BKT_ACCURACY_MASE]) && isnan(msis[1]));
}
END_TEST

/* Whatever the series: counts and measures are there or NaN, nothing is infinite or negative. */
START_TEST(short_and_odd_series) {
    static const double series[][8] = {{3, 5, 4, 6, 7, 5, 8, 9},
                                       {2, 2, 2, 2, 2, 2, 2, 2},
                                       {1, 2, 3, 4, 5, 6, 7, 8},
                                       {0, 0, 0, 0, 0, 0, 0, 0},
                                       {3, 5, -4, 6, 7, 5, 8, 9},
                                       {3, NAN, 4, 6, NAN, 5, 8, 9},
                                       {NAN, NAN, 4, 6, 7, 5, 8, NAN},
                                       {3, 5, 4, 484, 7, 5, 8, 9},
                                       {1e300, 2e300, 1e-300, 3e300, 4e300, 1e300, 1e300, 5e300},
                                       {1e-300, 2e-300, 4e-300, 3e-300, 1e-300, 5e-300, 2e-300, 0}};
    for (size_t s = 0; s < sizeof series / sizeof series[0]; s++) {
        for (int64_t n = 0; n <= 8; n++) {
            double accuracy[4 * W], again[4 * W], coverage[4 * 2], msis[4 * 2];
            bkt_backtest_options options;
            bkt_backtest_options_init(&options, sizeof options);
            options.training = 1;
            double compared = 0.0;
            for (int64_t origin = 1; origin < n; origin++)
                compared += n - origin < 3 ? (double)(n - origin) : 3.0;
            for (uint32_t i = 0; i < bkt_method_count(); i++) {
                int32_t method = bkt_method_at(i);
                if (method == BKT_METHOD_COMBINATION)
                    continue;
                ck_assert_int_eq(bkt_series_backtest(context, series[s], n, method, &options,
                                                     accuracy, W, coverage, msis),
                                 BKT_OK);
                ck_assert_int_eq(bkt_series_backtest(context, series[s], n, method, &options, again,
                                                     W, NULL, NULL),
                                 BKT_OK);
                bool sound = memcmp(accuracy, again, sizeof accuracy) == 0;
                sound = sound && (s >= 5 || accuracy[BKT_ACCURACY_COUNT] == compared);
                for (int k = 0; k < 4 * W; k++)
                    sound = sound && !isinf(accuracy[k]) && !(accuracy[k] < 0.0);
                for (int k = 0; k < 4 * 2; k++)
                    sound = sound && !isinf(msis[k]) && !(msis[k] < 0.0);
                ck_assert_msg(sound, "series %zu, %lld values, %s", s, (long long)n,
                              bkt_method_id(method));
            }
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("accuracy");
    TCase *test_case = tcase_create("accuracy");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, as_the_competition_defines_them);
    tcase_add_test(test_case, interval_scores);
    tcase_add_test(test_case, overall_average_by_hand);
    tcase_add_test(test_case, what_has_no_measure);
    tcase_add_test(test_case, short_and_odd_series);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
