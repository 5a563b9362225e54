/* SPDX-License-Identifier: MIT */
/* The automatic choice: its rule, the median, and months brought to quarterly sums. */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "passengers.h"
#include "run_suite.h"

#define H 8

static double points[H];
static bkt_fit fit;

static bkt_projection_options options_of(int32_t method, uint32_t season_length) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = H;
    options.method = method;
    options.season_length = season_length;
    return options;
}

static void project(const double *values, int64_t count, const bkt_projection_options *options) {
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_series_project(context, values, count, options, points, NULL, NULL, &fit),
                     BKT_OK);
}

static void project_by(const double *values, int64_t count, int32_t method,
                       uint32_t season_length) {
    bkt_projection_options options = options_of(method, season_length);
    project(values, count, &options);
}

START_TEST(rule) {
    static const struct {
        int64_t count;
        uint32_t season_length;
        int32_t choice;
        uint32_t members;
        uint32_t flags;
    } rows[] = {
        {1, 1, BKT_CHOICE_VERY_SHORT, 1, 0},
        {3, 1, BKT_CHOICE_VERY_SHORT, 1, 0},
        {4, 1, BKT_CHOICE_SHORT, 3, BKT_FIT_MEDIAN},
        {5, 1, BKT_CHOICE_SHORT, 3, BKT_FIT_MEDIAN},
        {11, 1, BKT_CHOICE_SHORT, 3, BKT_FIT_MEDIAN},
        {12, 1, BKT_CHOICE_LONG, 4, BKT_FIT_MEDIAN},
        {3, 4, BKT_CHOICE_VERY_SHORT, 1, 0},
        {4, 4, BKT_CHOICE_SHORT, 3, BKT_FIT_MEDIAN},
        {4, 2, BKT_CHOICE_MIDDLE, 3, 0},
        {4, 3, BKT_CHOICE_MIDDLE, 3, 0},
        {5, 2, BKT_CHOICE_MIDDLE, 3, 0},
        {5, 4, BKT_CHOICE_MIDDLE, 3, 0},
        {15, 4, BKT_CHOICE_MIDDLE, 3, 0},
        {16, 4, BKT_CHOICE_LONG, 6, 0},
        {12, 12, BKT_CHOICE_LONG, 4, BKT_FIT_MEDIAN},
        {13, 12, BKT_CHOICE_MIDDLE, 3, 0},
        {47, 12, BKT_CHOICE_MIDDLE, 3, 0},
        {48, 12, BKT_CHOICE_LONG, 5, BKT_FIT_SUMS},
        {28, 7, BKT_CHOICE_LONG, 5, 0},
        {60, 24, BKT_CHOICE_MIDDLE, 3, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project_by(passengers, rows[i].count, BKT_METHOD_AUTOMATIC, rows[i].season_length);
        ck_assert_msg(fit.choice == rows[i].choice && fit.member_count == rows[i].members &&
                          (fit.flags & (BKT_FIT_MEDIAN | BKT_FIT_SUMS)) == rows[i].flags &&
                          fit.fallback == BKT_FALLBACK_NONE,
                      "%d values, season %u: choice %d, %u members, flags %x, fallback %d",
                      (int)rows[i].count, (unsigned)rows[i].season_length, (int)fit.choice,
                      (unsigned)fit.member_count, (unsigned)fit.flags, (int)fit.fallback);
        double sum = 0.0;
        for (uint32_t k = 0; k < fit.member_count; k++)
            sum += fit.member_weights[k];
        ck_assert(fabs(sum - 1.0) < 1e-15);
    }
}
END_TEST

START_TEST(median_of_four) {
    static const int32_t members[] = {BKT_METHOD_ETS, BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_DELTA,
                                      BKT_METHOD_DRIFT};
    double least = HUGE_VAL;
    double greatest = -HUGE_VAL;
    double sum = 0.0;
    for (size_t i = 0; i < 4; i++) {
        project_by(passengers, 12, members[i], 1);
        least = fmin(least, points[2]);
        greatest = fmax(greatest, points[2]);
        sum += points[2];
    }
    ck_assert(least < greatest);
    project_by(passengers, 12, BKT_METHOD_AUTOMATIC, 1);
    ck_assert(fabs(points[2] - (sum - least - greatest) / 2.0) < 1e-9);
}
END_TEST

START_TEST(weights_of_quarters) {
    static const int32_t members[] = {BKT_METHOD_ETS,   BKT_METHOD_DELTA,
                                      BKT_METHOD_DRIFT, BKT_METHOD_SEASONAL_NAIVE,
                                      BKT_METHOD_CES,   BKT_METHOD_DAMPED_HOLT};
    double sums[H] = {0.0};
    for (size_t i = 0; i < 6; i++) {
        project_by(passengers, 40, members[i], 4);
        for (int h = 0; h < H; h++)
            sums[h] += points[h] * (i < 2 ? 0.25 : 0.125);
    }
    project_by(passengers, 40, BKT_METHOD_AUTOMATIC, 4);
    for (int h = 0; h < H; h++)
        ck_assert(fabs(points[h] - sums[h]) < 1e-9 * sums[h]);
}
END_TEST

/* What months are before they are brought to the quarters. */
static void project_months(int64_t count, uint32_t horizon, double *out) {
    static const int32_t members[] = {BKT_METHOD_ETS, BKT_METHOD_ETS_DAMPED, BKT_METHOD_DELTA,
                                      BKT_METHOD_CES, BKT_METHOD_CARDT};
    bkt_projection_options options = options_of(BKT_METHOD_COMBINATION, 12);
    options.horizon = horizon;
    options.members = members;
    options.member_count = 5;
    ck_assert_int_eq(
        bkt_series_project(context, passengers, count, &options, out, NULL, NULL, NULL), BKT_OK);
}

START_TEST(months_go_halfway_to_quarters) {
    /* Not a multiple of three: the last quarter ends with the last month. */
    int64_t count = 142;
    double months[9];
    double sums[47];
    double quarters[3];
    project_months(count, 9, months);
    for (int i = 0; i < 47; i++) {
        const double *first = passengers + 1 + 3 * i;
        sums[i] = first[0] + first[1] + first[2];
    }
    bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC, 4);
    options.horizon = 3;
    ck_assert_int_eq(bkt_series_project(context, sums, 47, &options, quarters, NULL, NULL, NULL),
                     BKT_OK);
    project_by(passengers, count, BKT_METHOD_AUTOMATIC, 12);
    for (int h = 0; h < H; h++) {
        int q = h / 3;
        double sum = months[3 * q] + months[3 * q + 1] + months[3 * q + 2];
        double expected = months[h] * (1.0 + quarters[q] / sum) / 2.0;
        ck_assert(fabs(expected - months[h]) > 1e-6);
        ck_assert(fabs(points[h] - expected) < 1e-9 * expected);
    }
}
END_TEST

START_TEST(horizon_does_not_matter) {
    double all[H];
    project_by(passengers, 60, BKT_METHOD_AUTOMATIC, 12);
    memcpy(all, points, sizeof all);
    for (uint32_t horizon = 1; horizon < H; horizon++) {
        bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC, 12);
        options.horizon = horizon;
        memset(points, 0, sizeof points);
        project(passengers, 60, &options);
        ck_assert(memcmp(points, all, horizon * sizeof *points) == 0);
        ck_assert(points[horizon] == 0.0);
    }
}
END_TEST

START_TEST(values_that_are_not_positive) {
    double values[60];
    for (int t = 0; t < 60; t++)
        values[t] = passengers[t] - 200.0;
    project_by(values, 60, BKT_METHOD_AUTOMATIC, 12);
    ck_assert((fit.flags & BKT_FIT_SUMS) != 0);
    for (int h = 0; h < H; h++)
        ck_assert(points[h] > -200.0 && points[h] < 200.0);
    /* A month missing in each quarter leaves no sum. */
    for (int t = 1; t < 60; t += 3)
        values[t] = NAN;
    project_by(values, 60, BKT_METHOD_AUTOMATIC, 12);
    ck_assert((fit.flags & BKT_FIT_SUMS) == 0);
    for (int h = 0; h < H; h++)
        ck_assert(isfinite(points[h]));
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC, 12);
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_series_project(own, passengers, 60, &options, points, NULL, NULL, NULL);
        failing_memory_disarm(&memory);
        ck_assert_int_eq(status, memory.has_failed ? BKT_ERR_MEMORY : BKT_OK);
        ck_assert(isnan(points[0]) == (status != BKT_OK));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("choice");
    TCase *cases = tcase_create("choice");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, rule);
    tcase_add_test(cases, median_of_four);
    tcase_add_test(cases, weights_of_quarters);
    tcase_add_test(cases, months_go_halfway_to_quarters);
    tcase_add_test(cases, horizon_does_not_matter);
    tcase_add_test(cases, values_that_are_not_positive);
    tcase_add_test(cases, every_allocation_failing);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
