/* SPDX-License-Identifier: MIT */
/* Combinations: medians, and weights from how the members did. */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "passengers.h"
#include "run_suite.h"

static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};
static const int32_t two[] = {BKT_METHOD_NAIVE, BKT_METHOD_DRIFT};
static const int32_t three[] = {BKT_METHOD_DRIFT, BKT_METHOD_NAIVE, BKT_METHOD_THETA};

static bkt_projection_options options_of(const int32_t *members, uint32_t count, uint32_t flags) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.method = BKT_METHOD_COMBINATION;
    options.members = members;
    options.member_count = count;
    options.flags = flags;
    options.horizon = 2;
    return options;
}

static void check_close(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-12 * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

static double middle(double a, double b, double c) {
    return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

START_TEST(median_of_members) {
    double points[3][2], lower[3][4], upper[3][4], together[2], low[4], high[4];
    bkt_projection_options options = options_of(three, 3, 0);
    for (int i = 0; i < 3; i++) {
        options.method = three[i];
        ck_assert_int_eq(
            bkt_series_project(context, air, 12, &options, points[i], lower[i], upper[i], NULL),
            BKT_OK);
    }
    options = options_of(three, 3, BKT_PROJECTION_MEDIAN);
    bkt_fit fit;
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, together, low, high, &fit),
                     BKT_OK);
    for (int h = 0; h < 2; h++)
        ck_assert(together[h] == middle(points[0][h], points[1][h], points[2][h]));
    for (int i = 0; i < 4; i++) {
        ck_assert(low[i] == middle(lower[0][i], lower[1][i], lower[2][i]));
        ck_assert(high[i] == middle(upper[0][i], upper[1][i], upper[2][i]));
    }
    ck_assert_uint_eq(fit.flags & (BKT_FIT_MEDIAN | BKT_FIT_WEIGHTED), BKT_FIT_MEDIAN);
    ck_assert_int_eq(fit.method, BKT_METHOD_COMBINATION);
    /* Of two: their mean. */
    options = options_of(three, 2, BKT_PROJECTION_MEDIAN);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, together, low, high, NULL),
                     BKT_OK);
    check_close(together[1], 0.5 * (points[0][1] + points[1][1]));
    check_close(low[3], 0.5 * (lower[0][3] + lower[1][3]));
}
END_TEST

/* On a line drift makes no error, so that a tenth of the mean error stands for it: 1 / 2^2 and
 * 1 / 0.1^2, and four origins of six shares. */
START_TEST(weights_by_hand) {
    static const double line[] = {10, 14, 18, 22, 26, 30, 34, 38};
    double points[2];
    bkt_fit fit;
    bkt_fit_init(&fit, sizeof fit);
    bkt_projection_options options = options_of(two, 2, BKT_PROJECTION_WEIGHTED);
    ck_assert_int_eq(bkt_series_project(context, line, 8, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    double share = 4.0 / 6.0;
    double drift = share * 100.0 / 100.25 + (1.0 - share) * 0.5;
    check_close(fit.member_weights[0], 1.0 - drift);
    check_close(fit.member_weights[1], drift);
    check_close(points[0], 38.0 + 4.0 * drift);
    ck_assert_uint_eq(fit.flags & (BKT_FIT_MEDIAN | BKT_FIT_WEIGHTED), BKT_FIT_WEIGHTED);
}
END_TEST

/* Mean absolute errors of the last value and of drift from each origin, computed here. */
START_TEST(weights_from_errors) {
    static const double given[] = {3, 1};
    double errors[2] = {0, 0}, points[2];
    for (int n = 4; n < 12; n++) {
        double slope = (air[n - 1] - air[0]) / (n - 1);
        for (int h = 1; h <= 2 && n - 1 + h < 12; h++) {
            errors[0] += fabs(air[n - 1 + h] - air[n - 1]);
            errors[1] += fabs(air[n - 1 + h] - air[n - 1] - h * slope);
        }
    }
    double rolled = errors[1] * errors[1] / (errors[0] * errors[0] + errors[1] * errors[1]);
    double share = 8.0 / 10.0;
    bkt_fit fit;
    bkt_fit_init(&fit, sizeof fit);
    bkt_projection_options options = options_of(two, 2, BKT_PROJECTION_WEIGHTED);
    options.weights = given;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    check_close(fit.member_weights[0], share * rolled + (1.0 - share) * 0.75);
    check_close(fit.member_weights[0] + fit.member_weights[1], 1.0);
    /* A gap is no origin and nothing is compared with it; the sum stays 1. */
    double gap[12];
    memcpy(gap, air, sizeof gap);
    gap[9] = NAN;
    bkt_fit other;
    bkt_fit_init(&other, sizeof other);
    ck_assert_int_eq(bkt_series_project(context, gap, 12, &options, points, NULL, NULL, &other),
                     BKT_OK);
    ck_assert(other.member_weights[0] != fit.member_weights[0]);
    check_close(other.member_weights[0] + other.member_weights[1], 1.0);
}
END_TEST

/* Where nothing can be learned the weights stay; a single method is itself; the automatic choice
 * takes both flags. */
START_TEST(where_nothing_is_learned) {
    static const double constant[] = {5, 5, 5, 5, 5, 5, 5, 5};
    double points[2], plain[2];
    bkt_fit fit;
    bkt_fit_init(&fit, sizeof fit);
    bkt_projection_options options = options_of(two, 2, BKT_PROJECTION_WEIGHTED);
    for (int64_t n = 1; n <= 4; n++) {
        ck_assert_int_eq(bkt_series_project(context, air, n, &options, points, NULL, NULL, &fit),
                         BKT_OK);
        ck_assert(n < 3 || fit.member_weights[0] == 0.5);
    }
    ck_assert_int_eq(bkt_series_project(context, constant, 8, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    ck_assert(fit.member_weights[0] == 0.5 && points[0] == 5.0);
    options.method = BKT_METHOD_DRIFT;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    options.flags = 0;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, plain, NULL, NULL, NULL),
                     BKT_OK);
    ck_assert(points[1] == plain[1]);
    ck_assert_uint_eq(fit.flags & (BKT_FIT_MEDIAN | BKT_FIT_WEIGHTED), 0);
    options.method = BKT_METHOD_AUTOMATIC;
    options.flags = BKT_PROJECTION_WEIGHTED;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    ck_assert(fit.member_count < 2 || (fit.flags & BKT_FIT_WEIGHTED) != 0);
    options.flags = BKT_PROJECTION_MEDIAN;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    ck_assert(fit.member_count < 2 || (fit.flags & BKT_FIT_MEDIAN) != 0);
    options.flags = BKT_PROJECTION_MEDIAN | BKT_PROJECTION_WEIGHTED;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_ERR_ARGUMENT);
}
END_TEST

/* Of any size, twice the same, and with a season. */
START_TEST(scale_season_determinism) {
    static const int32_t seasonal[] = {BKT_METHOD_SEASONAL_NAIVE, BKT_METHOD_THETA};
    double points[2], again[2], values[12];
    bkt_fit fit, scaled;
    bkt_fit_init(&fit, sizeof fit);
    bkt_fit_init(&scaled, sizeof scaled);
    bkt_projection_options options = options_of(two, 2, BKT_PROJECTION_WEIGHTED);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int t = 0; t < 12; t++)
            values[t] = ldexp(air[t], 980 * sign);
        ck_assert_int_eq(
            bkt_series_project(context, values, 12, &options, points, NULL, NULL, &scaled), BKT_OK);
        check_close(scaled.member_weights[0], fit.member_weights[0]);
    }
    options = options_of(seasonal, 2, BKT_PROJECTION_WEIGHTED);
    options.season_length = 12;
    ck_assert_int_eq(
        bkt_series_project(context, passengers, 144, &options, points, NULL, NULL, &fit), BKT_OK);
    ck_assert_int_eq(
        bkt_series_project(context, passengers, 144, &options, again, NULL, NULL, &fit), BKT_OK);
    ck_assert(memcmp(points, again, sizeof points) == 0);
    /* Passengers grow: last year's value is far off. */
    ck_assert(fit.member_weights[1] > 0.6 && fit.member_weights[1] < 1.0);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        double points[2], lower[4], upper[4];
        bkt_projection_options options = options_of(three, 3, BKT_PROJECTION_WEIGHTED);
        failing_memory_arm(&memory);
        bkt_status status = bkt_series_project(own, air, 12, &options, points, lower, upper, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) != isnan(points[0]));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("weights");
    TCase *test_case = tcase_create("weights");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, median_of_members);
    tcase_add_test(test_case, weights_by_hand);
    tcase_add_test(test_case, weights_from_errors);
    tcase_add_test(test_case, where_nothing_is_learned);
    tcase_add_test(test_case, scale_season_determinism);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
