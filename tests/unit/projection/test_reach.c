/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"

#define H 8

static const double turnover[] = {1000, 1090, 1060, 1210, 1300, 1280,
                                  1420, 1510, 1600, 1750, 1890, 2000};
static double points[H], reached[8 * H], above[8 * H];

static bkt_reach_options options_of(void) {
    bkt_reach_options options;
    ck_assert_int_eq(bkt_reach_options_init(&options, sizeof options), BKT_OK);
    options.horizon = H;
    return options;
}

static bkt_fit reach(const double *values, int64_t count, const double *targets,
                     uint32_t target_count, const bkt_reach_options *options) {
    bkt_fit fit;
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_series_reach(context, values, count, targets, target_count, options,
                                      points, reached, above, &fit),
                     BKT_OK);
    return fit;
}

/* Probabilities are numbers from 0 to 1 that rise with time and fall with the target. */
static void check_order(uint32_t target_count) {
    bool sound = true;
    for (uint32_t i = 0; i < target_count; i++)
        for (uint32_t k = 0; k < H; k++) {
            double p = reached[i * H + k];
            sound = sound && p >= 0.0 && p <= 1.0 && above[i * H + k] <= p;
            sound = sound && (k == 0 || p >= reached[i * H + k - 1]);
            sound = sound && (i == 0 || p <= reached[(i - 1) * H + k]);
            sound = sound && (i == 0 || above[i * H + k] <= above[(i - 1) * H + k]);
        }
    ck_assert(sound);
}

START_TEST(rises_with_time_and_falls_with_the_target) {
    static const double targets[] = {-5.0, 0.0, 2000.0, 2001.0, 2200.0, 2600.0, 4000.0, 1e300};
    bkt_reach_options options = options_of();
    bkt_fit fit = reach(turnover, 12, targets, 8, &options);
    check_order(8);
    ck_assert((fit.flags & BKT_FIT_CALIBRATED) != 0 && (fit.flags & BKT_FIT_EXTRAPOLATED) != 0);
    ck_assert_int_eq(fit.count, 12);
    for (int k = 0; k < H; k++) {
        ck_assert(reached[k] == 1.0 && reached[H + k] == 1.0 && reached[2 * H + k] == 1.0);
        ck_assert(above[k] == 1.0 && above[H + k] == 1.0); /* never below 0 */
        ck_assert(reached[7 * H + k] == 0.0);
        ck_assert(points[k] > (k == 0 ? 2000.0 : points[k - 1]));
    }
    ck_assert(reached[3 * H] > 0.5 && reached[3 * H] < 1.0);
    ck_assert(reached[3 * H] == above[3 * H]); /* the first period: one and the same */
    ck_assert(reached[5 * H + 4] > above[5 * H + 4]);
    options.horizon = fit.calibrated_steps;
    double few[8 * H];
    ck_assert_uint_le(options.horizon, H);
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, targets, 8, &options, points, few, NULL, &fit),
        BKT_OK);
    ck_assert((fit.flags & BKT_FIT_EXTRAPOLATED) == 0);
    /* A shorter horizon changes nothing. */
    for (uint32_t k = 0; k < options.horizon; k++)
        ck_assert(few[4 * options.horizon + k] == reached[4 * H + k]);
}
END_TEST

/* The first step's probability is what the calibrated bounds say: one in ten above the upper bound
 * of 80 %. */
START_TEST(agrees_with_the_bounds) {
    static const double levels[] = {0.8, 0.95};
    double lower[2 * H], upper[2 * H];
    bkt_projection_options projection;
    bkt_projection_options_init(&projection, sizeof projection);
    projection.horizon = H;
    projection.levels = levels;
    projection.level_count = 2;
    ck_assert_int_eq(
        bkt_series_project(context, turnover, 12, &projection, points, lower, upper, NULL), BKT_OK);
    double targets[4];
    bkt_reach_options options = options_of();
    options.paths = 50000;
    for (int k = 0; k < H; k++) {
        targets[0] = lower[k];
        targets[1] = upper[k];
        targets[2] = lower[H + k];
        targets[3] = upper[H + k];
        reach(turnover, 12, targets, 4, &options);
        ck_assert(fabs(above[k] - 0.9) < 0.006);
        ck_assert(fabs(above[H + k] - 0.1) < 0.006);
        ck_assert(fabs(above[2 * H + k] - 0.975) < 0.004);
        ck_assert(fabs(above[3 * H + k] - 0.025) < 0.004);
    }
}
END_TEST

START_TEST(same_bits_and_other_seeds) {
    static const double targets[] = {2100.0, 2500.0, 3000.0};
    double first[3 * H], second[3 * H];
    bkt_reach_options options = options_of();
    reach(turnover, 12, targets, 3, &options);
    memcpy(first, reached, sizeof first);
    reach(turnover, 12, targets, 3, &options);
    ck_assert(memcmp(first, reached, sizeof first) == 0);
    /* A target's figures don't depend on what others are asked for. */
    reach(turnover, 12, targets + 1, 1, &options);
    ck_assert(memcmp(first + H, reached, H * sizeof(double)) == 0);
    options.seed = 2;
    reach(turnover, 12, targets, 3, &options);
    memcpy(second, reached, sizeof second);
    ck_assert(memcmp(first, second, sizeof first) != 0);
    for (int i = 0; i < 3 * H; i++)
        ck_assert(fabs(first[i] - second[i]) < 0.02);
}
END_TEST

/* A season is in the paths: only the high quarter has a chance. */
START_TEST(seasons) {
    static const double factors[] = {0.5, 0.8, 0.9, 1.8};
    double values[32];
    double target = 190.0;
    for (int t = 0; t < 32; t++)
        values[t] = (100.0 + t % 3) * factors[t % 4];
    bkt_reach_options options = options_of();
    options.season_length = 4;
    bkt_fit fit = reach(values, 32, &target, 1, &options);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) != 0 && (fit.flags & BKT_FIT_CALIBRATED) != 0);
    ck_assert(above[3] > 0.002 && above[2] == 0.0 && above[7] > above[3] && above[6] == 0.0);
    check_order(1);
}
END_TEST

START_TEST(walk_when_asked_and_when_few) {
    static const double targets[] = {150.0, 2500.0};
    double by_walk[2 * H];
    bkt_walk walk;
    bkt_walk_options how;
    bkt_reach_options options = options_of();
    bkt_walk_options_init(&how, sizeof how);
    how.horizon = H;
    options.flags = BKT_TARGET_WALK;
    bkt_fit fit = reach(turnover, 12, targets, 2, &options);
    ck_assert((fit.flags & (BKT_FIT_CALIBRATED | BKT_FIT_EXTRAPOLATED)) == 0);
    bkt_walk_init(&walk, sizeof walk);
    ck_assert_int_eq(bkt_walk_estimate(context, turnover, 12, 0, &walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 2, &how, by_walk, NULL), BKT_OK);
    ck_assert(memcmp(by_walk, reached, sizeof by_walk) == 0);
    options.flags = BKT_TARGET_WALK | BKT_TARGET_KNOWN;
    reach(turnover, 12, targets, 2, &options);
    ck_assert(memcmp(by_walk, reached, sizeof by_walk) != 0);
    options.flags = 0;
    static const double few[] = {100.0, 104.0, 101.0, 109.0, 112.0};
    for (int64_t count = 1; count <= 5; count++) {
        static const double near[] = {90.0, 150.0};
        fit = reach(few, count, near, 2, &options);
        ck_assert_int_eq((fit.flags & BKT_FIT_CALIBRATED) != 0, count == 5);
        for (int k = 0; k < H; k++) {
            ck_assert(reached[k] == 1.0);
            ck_assert_int_eq(isnan(reached[H + k]), count < 3);
            ck_assert_int_eq(isnan(above[k]), count < 3);
        }
    }
}
END_TEST

static void fill(double *values, int64_t count, double first, double step) {
    for (int64_t t = 0; t < count; t++)
        values[t] = first + step * (double)t;
}

START_TEST(odd_series) {
    static const double targets[] = {0.0, 1.0, 7.0, 7.5};
    double values[12];
    bkt_reach_options options = options_of();
    options.paths = 2000;
    /* Constant: it stays, exactly. */
    fill(values, 12, 7.0, 0.0);
    reach(values, 12, targets, 4, &options);
    for (int k = 0; k < H; k++)
        ck_assert(reached[2 * H + k] == 1.0 && reached[3 * H + k] == 0.0 &&
                  above[2 * H + k] == 1.0);
    /* Exactly linear, below zero. */
    fill(values, 12, -12.0, 1.0);
    reach(values, 12, targets, 4, &options);
    check_order(4);
    ck_assert(reached[7] > 0.9 && reached[3 * H + 7] > 0.1 && reached[3 * H + 7] < 0.5);
    /* Zeros, and a target of 0 is reached by what is 0. */
    fill(values, 12, 0.0, 0.0);
    reach(values, 12, targets, 4, &options);
    for (int k = 0; k < H; k++)
        ck_assert(reached[k] == 1.0 && reached[H + k] == 0.0);
    /* A spike of 12,000 %. */
    fill(values, 12, 5.0, 0.1);
    values[8] = 600.0;
    reach(values, 12, targets, 4, &options);
    check_order(4);
    /* Gaps and missing ends. */
    fill(values, 12, 3.0, 0.3);
    values[0] = values[5] = values[11] = NAN;
    bkt_fit fit = reach(values, 12, targets, 4, &options);
    check_order(4);
    ck_assert_int_eq(fit.count, 9);
    ck_assert(points[0] > 6.0 && points[0] < 6.6);
    /* A series that never was negative ends at 0, unless it may be. */
    fill(values, 12, 12.0, -1.0);
    static const double minus[] = {-2.0, 0.0, 0.5, 1.0};
    reach(values, 12, minus, 4, &options);
    ck_assert(above[H + 7] == 1.0 && above[7] == 1.0);
    options.flags = BKT_PROJECTION_NO_FLOOR;
    reach(values, 12, minus, 4, &options);
    ck_assert(above[H + 7] < 0.6 && points[7] < 0.0);
}
END_TEST

/* Extreme values give the same probabilities, or none. */
START_TEST(extreme_series) {
    static const double factors[] = {1e290, 1e-290, 1e300, 1e-300, 1e304};
    double values[12];
    double ordinary[2 * H];
    double targets[2] = {2200.0, 3000.0};
    bkt_reach_options options = options_of();
    reach(turnover, 12, targets, 2, &options);
    memcpy(ordinary, reached, sizeof ordinary);
    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        for (int t = 0; t < 12; t++)
            values[t] = turnover[t] * factors[i];
        double scaled[2] = {targets[0] * factors[i], targets[1] * factors[i]};
        if (!isfinite(scaled[1]))
            scaled[1] = 1.7e308;
        reach(values, 12, scaled, 2, &options);
        for (int k = 0; k < H; k++)
            ck_assert(isnan(reached[k]) || fabs(reached[k] - ordinary[k]) < 0.05);
        ck_assert(i >= 4 || !isnan(reached[0]));
    }
}
END_TEST

START_TEST(refusals) {
    static const double infinite[] = {1.0, 2.0, INFINITY, 3.0, 4.0, 5.0};
    static const double bad[] = {NAN, INFINITY};
    static const double target[] = {2500.0, 2500.0};
    static const double nothing[] = {NAN, NAN};
    bkt_reach_options options = options_of();
    bkt_fit fit;
#define REFUSED(status, values, count, goals, goal_count)                                          \
    ck_assert_int_eq(bkt_series_reach(context, values, count, goals, goal_count, &options, points, \
                                      reached, above, NULL),                                       \
                     status)
    REFUSED(BKT_ERR_SERIES, infinite, 6, target, 1);
    ck_assert(isnan(reached[0]) && isnan(points[0]));
    REFUSED(BKT_ERR_SERIES, NULL, 0, target, 1);
    REFUSED(BKT_ERR_SERIES, nothing, 2, target, 1);
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, bad, 1);
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, bad + 1, 1);
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, NULL, 1);
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 0);
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 1001);
    REFUSED(BKT_ERR_ARGUMENT, NULL, 12, target, 1);
    REFUSED(BKT_ERR_ARGUMENT, turnover, -1, target, 1);
    REFUSED(BKT_OK, turnover, 12, target, 2); /* twice the same: twice the same figures */
    ck_assert(memcmp(reached, reached + H, H * sizeof(double)) == 0);
    options.horizon = 0;
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 1);
    options.horizon = 10001;
    REFUSED(BKT_ERR_LIMIT, turnover, 12, target, 1);
    options = options_of();
    options.paths = 0;
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 1);
    options.paths = 10000001;
    REFUSED(BKT_ERR_LIMIT, turnover, 12, target, 1);
    options = options_of();
    options.flags = BKT_PROJECTION_NORMAL;
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 1);
    options = options_of();
    options.reserved = 1;
    REFUSED(BKT_ERR_ARGUMENT, turnover, 12, target, 1);
    options = options_of();
    ck_assert_int_eq(
        bkt_series_reach(NULL, turnover, 12, target, 1, &options, points, reached, NULL, NULL),
        BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, target, 1, &options, NULL, reached, NULL, NULL),
        BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, target, 1, &options, points, NULL, NULL, NULL),
        BKT_ERR_ARGUMENT);
    memset(&fit, 0, sizeof fit);
    ck_assert_int_eq(
        bkt_series_reach(context, turnover, 12, target, 1, &options, points, reached, NULL, &fit),
        BKT_ERR_ABI);
}
END_TEST

/* A horizon as long as may be asked for: defined, and no probability falls. */
START_TEST(far) {
    static double far_points[10000], far_reached[10000];
    double target = 1e6;
    bkt_reach_options options = options_of();
    options.horizon = 10000;
    options.paths = 20;
    ck_assert_int_eq(bkt_series_reach(context, turnover, 12, &target, 1, &options, far_points,
                                      far_reached, NULL, NULL),
                     BKT_OK);
    bool sound = true;
    for (int k = 1; k < 10000; k++)
        sound = sound && (far_reached[k] >= far_reached[k - 1] || isnan(far_reached[k]));
    ck_assert(sound);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    double targets[2] = {2500.0, 3000.0};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_reach_options options = options_of();
        options.paths = 10;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_series_reach(own, turnover, 12, targets, 2, &options, points, reached, above, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("reach");
    TCase *test_case = tcase_create("reach");
    tcase_set_timeout(test_case, 60);
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, rises_with_time_and_falls_with_the_target);
    tcase_add_test(test_case, agrees_with_the_bounds);
    tcase_add_test(test_case, same_bits_and_other_seeds);
    tcase_add_test(test_case, seasons);
    tcase_add_test(test_case, walk_when_asked_and_when_few);
    tcase_add_test(test_case, odd_series);
    tcase_add_test(test_case, extreme_series);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, far);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
