/* SPDX-License-Identifier: MIT */
/* Projections with intervals: what must hold for every series and method. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"

#define H 6

static double points[H];
static double lower[2 * H];
static double upper[2 * H];
static bkt_fit fit;

static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};

static bkt_projection_options options_of(int32_t method) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = H;
    options.method = method;
    return options;
}

static bkt_status project(const double *values, int64_t count, const bkt_projection_options *o) {
    bkt_fit_init(&fit, sizeof fit);
    return bkt_series_project(context, values, count, o, points, lower, upper, &fit);
}

static void project_by(const double *values, int64_t count, int32_t method) {
    bkt_projection_options options = options_of(method);
    ck_assert_int_eq(project(values, count, &options), BKT_OK);
}

/* 95 % outside 80 % outside the point, at every step; or no bounds at all. */
static void check_nested(const char *name) {
    for (int h = 0; h < H; h++) {
        ck_assert(!isinf(points[h]) && !isinf(lower[h]) && !isinf(upper[H + h]));
        if (isnan(lower[h]) || isnan(upper[H + h]) || isnan(upper[h]) || isnan(lower[H + h])) {
            ck_assert_msg(!(fit.freedom >= 1.0) || strstr(name, "huge") != NULL ||
                              strcmp(name, "largest") == 0,
                          "%s", name);
            continue;
        }
        ck_assert_msg(lower[H + h] <= lower[h] && lower[h] <= points[h] && points[h] <= upper[h] &&
                          upper[h] <= upper[H + h],
                      "%s, step %d: %g %g %g %g %g", name, h + 1, lower[H + h], lower[h], points[h],
                      upper[h], upper[H + h]);
    }
}

static const int32_t all_methods[] = {BKT_METHOD_AUTOMATIC,
                                      BKT_METHOD_NAIVE,
                                      BKT_METHOD_DRIFT,
                                      BKT_METHOD_LOG_TREND,
                                      BKT_METHOD_HOLT,
                                      BKT_METHOD_DAMPED_HOLT,
                                      BKT_METHOD_SEASONAL_NAIVE,
                                      BKT_METHOD_SES,
                                      BKT_METHOD_THETA,
                                      BKT_METHOD_LOG_THETA,
                                      BKT_METHOD_BOX_COX_THETA,
                                      BKT_METHOD_DYNAMIC_THETA,
                                      BKT_METHOD_CES,
                                      BKT_METHOD_DELTA,
                                      BKT_METHOD_RHO,
                                      BKT_METHOD_CARD,
                                      BKT_METHOD_CARDT,
                                      BKT_METHOD_BREAK_TREND};
#define METHODS (sizeof all_methods / sizeof all_methods[0])

/* Those that take logarithms: points may be too large, and scaling them rounds. */
static bool takes_logs(int32_t method) {
    return method == BKT_METHOD_LOG_TREND || method == BKT_METHOD_LOG_THETA ||
           method == BKT_METHOD_BOX_COX_THETA ||
           (method >= BKT_METHOD_DELTA && method <= BKT_METHOD_BREAK_TREND);
}

typedef struct case_row {
    const char *name;
    double values[12];
    int64_t count;
} case_row;

static const case_row cases[] = {
    {"one", {5}, 1},
    {"two", {5, 7}, 2},
    {"three", {5, 7, 6}, 3},
    {"four", {5, 7, 6, 9}, 4},
    {"eight", {5, 7, 6, 9, 8, 12, 11, 14}, 8},
    {"constant", {5, 5, 5, 5, 5, 5, 5, 5}, 8},
    {"linear", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 12},
    {"all zero", {0, 0, 0, 0, 0, 0, 0, 0}, 8},
    {"some zero", {0, 3, 0, 0, 7, 1, 0, 2}, 8},
    {"one negative", {5, 7, -6, 9, 8, 12, 11, 14}, 8},
    {"falling", {90, 71, 50, 33, 12, 5, 2, 1}, 8},
    {"leading missing", {NAN, NAN, 6, 9, 8, 12, 11, 14}, 8},
    {"inner missing", {5, 7, NAN, 9, NAN, NAN, 11, 14, 13, 17}, 10},
    {"trailing missing", {5, 7, 6, 9, 8, 12, NAN, NAN}, 8},
    {"spike of 12,000 %", {5, 7, 6, 9, 8, 12, 11, 1400}, 8},
    {"huge", {1e300, 1.1e300, 1.3e300, 1.2e300, 1.5e300, 1.6e300, 1.7e300, 1.9e300}, 8},
    {"largest", {1.7e308, -1.7e308, 1.7e308, -1.7e308, 1.7e308, -1.7e308, 1.7e308}, 7},
    {"tiny", {1e-300, 1.1e-300, 1.3e-300, 1.2e-300, 1.5e-300, 1.6e-300, 1.7e-300}, 7},
    {"huge and tiny", {1e300, 1e-300, 1e300, 1e-300, 1e300, 1e-300, 1e300, 1}, 8},
};
#define CASES (sizeof cases / sizeof cases[0])

START_TEST(every_method_on_every_case) {
    for (size_t c = 0; c < CASES; c++) {
        for (size_t m = 0; m < METHODS; m++) {
            project_by(cases[c].values, cases[c].count, all_methods[m]);
            check_nested(cases[c].name);
            ck_assert_msg(fit.method != BKT_METHOD_NONE, "%s", cases[c].name);
            bool logs = takes_logs(fit.method);
            for (int h = 0; h < H && !logs && strcmp(cases[c].name, "largest") != 0; h++)
                ck_assert_msg(isfinite(points[h]), "%s by %s", cases[c].name,
                              bkt_method_id(all_methods[m]));
            double again[H], again_upper[2 * H];
            memcpy(again, points, sizeof again);
            memcpy(again_upper, upper, sizeof again_upper);
            project_by(cases[c].values, cases[c].count, all_methods[m]);
            ck_assert(memcmp(again, points, sizeof again) == 0);
            ck_assert(memcmp(again_upper, upper, sizeof again_upper) == 0);
        }
    }
}
END_TEST

START_TEST(no_value) {
    double nothing[3] = {NAN, NAN, NAN};
    bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC);
    ck_assert_int_eq(project(NULL, 0, &options), BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_NO_VALUE);
    ck_assert_int_eq(fit.method, BKT_METHOD_NONE);
    ck_assert_int_eq(project(nothing, 3, &options), BKT_ERR_SERIES);
    ck_assert(isnan(points[0]) && isnan(lower[0]) && isnan(upper[2 * H - 1]));
    ck_assert_int_eq(fit.missing_leading, 3);
    ck_assert(strlen(bkt_context_error_text(context)) > 0);
}
END_TEST

START_TEST(fallbacks_are_named) {
    static const double zeros[] = {0, 1, 2, 3, 4, 5, 6};
    project_by(air, 1, BKT_METHOD_HOLT);
    ck_assert(fit.method == BKT_METHOD_NAIVE && fit.fallback == BKT_FALLBACK_TOO_FEW);
    ck_assert(isnan(fit.sigma) && isnan(lower[0]) && points[0] == 1520.0);
    project_by(air, 4, BKT_METHOD_HOLT);
    ck_assert(fit.method == BKT_METHOD_DRIFT && fit.fallback == BKT_FALLBACK_TOO_FEW);
    ck_assert(fit.choice == BKT_CHOICE_GIVEN && fit.freedom == 2.0);
    project_by(zeros, 7, BKT_METHOD_LOG_TREND);
    ck_assert(fit.method == BKT_METHOD_DRIFT && fit.fallback == BKT_FALLBACK_NOT_POSITIVE);
    bkt_projection_options options = options_of(BKT_METHOD_LOG_TREND);
    options.flags = BKT_PROJECTION_NO_FALLBACK;
    ck_assert_int_eq(project(zeros, 7, &options), BKT_ERR_SERIES);
    ck_assert(strstr(bkt_context_error_text(context), "logarithm") != NULL);
    options.method = BKT_METHOD_HOLT;
    ck_assert_int_eq(project(air, 4, &options), BKT_ERR_SERIES);
    project_by(air, 12, BKT_METHOD_HOLT);
    ck_assert(fit.method == BKT_METHOD_HOLT && fit.fallback == BKT_FALLBACK_NONE);
}
END_TEST

START_TEST(combinations) {
    static const int32_t members[] = {BKT_METHOD_NAIVE, BKT_METHOD_DRIFT, BKT_METHOD_HOLT};
    static const double weights[] = {1, 2, 1};
    bkt_projection_options options = options_of(BKT_METHOD_COMBINATION);
    options.members = members;
    options.weights = weights;
    options.member_count = 3;
    ck_assert_int_eq(project(air, 12, &options), BKT_OK);
    ck_assert(fit.member_count == 3 && fit.member_weights[1] == 0.5);
    check_nested("");
    /* Holt is too much for 4 values: its weight goes to the drift. */
    ck_assert_int_eq(project(air, 4, &options), BKT_OK);
    ck_assert(fit.member_count == 2 && fit.member_weights[1] == 0.75);
    ck_assert(fit.fallback == BKT_FALLBACK_TOO_FEW);
    options.member_count = 0;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.member_count = 9;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    int32_t twice[] = {BKT_METHOD_NAIVE, BKT_METHOD_NAIVE};
    options.member_count = 2;
    options.members = twice;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    twice[1] = BKT_METHOD_AUTOMATIC;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.members = members;
    static const double negative[] = {1, -1}, zeros[] = {0, 0};
    options.weights = negative;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.weights = zeros;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
}
END_TEST

START_TEST(scaling_the_series_scales_the_projection) {
    double scaled[12];
    for (size_t m = 0; m < METHODS; m++) {
        for (double factor = 1e-9; factor < 1e12; factor *= 1024.0) {
            double before[H], width[H];
            project_by(air, 12, all_methods[m]);
            for (int h = 0; h < H; h++) {
                before[h] = points[h];
                width[h] = upper[h] - points[h];
            }
            for (int t = 0; t < 12; t++)
                scaled[t] = air[t] * factor;
            project_by(scaled, 12, all_methods[m]);
            for (int h = 0; h < H; h++) {
                ck_assert(fabs(points[h] / (before[h] * factor) - 1.0) < 1e-6);
                ck_assert(fabs((upper[h] - points[h]) / (width[h] * factor) - 1.0) < 1e-5);
            }
        }
        /* By a power of two every bit stays. */
        double before[H];
        project_by(air, 12, all_methods[m]);
        memcpy(before, points, sizeof before);
        for (int t = 0; t < 12; t++)
            scaled[t] = air[t] * 0x1p20;
        project_by(scaled, 12, all_methods[m]);
        for (int h = 0; h < H && !takes_logs(all_methods[m]); h++)
            ck_assert(points[h] == before[h] * 0x1p20);
    }
}
END_TEST

START_TEST(missing_ends_change_nothing) {
    double padded[16];
    for (size_t m = 0; m < METHODS; m++) {
        double before[H];
        project_by(air, 12, all_methods[m]);
        memcpy(before, points, sizeof before);
        for (int t = 0; t < 16; t++)
            padded[t] = t < 2 || t >= 14 ? NAN : air[t - 2];
        project_by(padded, 16, all_methods[m]);
        ck_assert(memcmp(before, points, sizeof before) == 0);
        ck_assert(fit.missing_leading == 2 && fit.missing_trailing == 2 && fit.count == 12);
    }
}
END_TEST

START_TEST(floor_at_zero) {
    static const double falling[] = {90, 71, 50, 33, 12, 5, 2, 1};
    project_by(falling, 8, BKT_METHOD_DRIFT);
    ck_assert(points[H - 1] == 0.0 && lower[H] == 0.0 && (fit.flags & BKT_FIT_FLOORED) != 0);
    bkt_projection_options options = options_of(BKT_METHOD_DRIFT);
    options.flags = BKT_PROJECTION_NO_FLOOR;
    ck_assert_int_eq(project(falling, 8, &options), BKT_OK);
    ck_assert(points[H - 1] < 0.0 && lower[H] < 0.0 && (fit.flags & BKT_FIT_FLOORED) == 0);
    check_nested("");
    static const double balance[] = {9, 5, -2, -6};
    project_by(balance, 4, BKT_METHOD_DRIFT);
    ck_assert(points[0] == -11.0);
}
END_TEST

START_TEST(levels) {
    double given[] = {0.95, 0.5, 0.999, 0.8};
    double low[4 * H], high[4 * H];
    bkt_projection_options options = options_of(BKT_METHOD_DAMPED_HOLT);
    options.levels = given;
    options.level_count = 4;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, low, high, NULL),
                     BKT_OK);
    for (int h = 0; h < H; h++) {
        ck_assert(low[2 * H + h] < low[h] && low[h] < low[3 * H + h]);
        ck_assert(low[3 * H + h] < low[H + h] && low[H + h] < points[h]);
        ck_assert(points[h] < high[H + h] && high[H + h] < high[3 * H + h]);
    }
    static const double bad[] = {0.0, 1.0, -0.1, 95.0, NAN};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        given[1] = bad[i];
        ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, low, high, NULL),
                         BKT_ERR_ARGUMENT);
    }
    given[1] = 0.95;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, low, high, NULL),
                     BKT_ERR_ARGUMENT);
    options.level_count = 17;
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, low, high, NULL),
                     BKT_ERR_ARGUMENT);
    /* Student's bounds are wider than the normal ones, which are R's. */
    options = options_of(BKT_METHOD_DRIFT);
    ck_assert_int_eq(project(air, 12, &options), BKT_OK);
    double student = upper[H] - points[0];
    options.flags = BKT_PROJECTION_NORMAL;
    ck_assert_int_eq(project(air, 12, &options), BKT_OK);
    ck_assert(fabs(upper[H] - points[0] - 345.938422351201) < 1e-9);
    ck_assert(fabs(student / (upper[H] - points[0]) - 2.22813885198627 / 1.95996398454005) < 1e-9);
}
END_TEST

START_TEST(arguments) {
    bkt_projection_options options = options_of(BKT_METHOD_NAIVE);
    double infinite[] = {1, 2, -INFINITY, 4};
    ck_assert_int_eq(project(infinite, 4, &options), BKT_ERR_SERIES);
    ck_assert(strstr(bkt_context_error_text(context), "value 3") != NULL);
    ck_assert(isnan(points[0]));
    options.horizon = 0;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.horizon = 10001;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_LIMIT);
    options.horizon = H;
    options.season_length = 10001;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_LIMIT);
    ck_assert(strstr(bkt_context_error_text(context), "10001") != NULL);
    options.season_length = 10000; /* far longer than the series */
    options.method = BKT_METHOD_CARD;
    ck_assert_int_eq(project(air, 12, &options), BKT_OK);
    options.season_length = 0;
    options.method = 42;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.method = BKT_METHOD_NONE;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.method = BKT_METHOD_NAIVE;
    options.flags = 0x8000;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.flags = 0;
    options.reserved = 1;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ARGUMENT);
    options.reserved = 0;
    options.struct_size = 8;
    ck_assert_int_eq(project(air, 12, &options), BKT_ERR_ABI);
    options.struct_size = sizeof options;
    ck_assert_int_eq(project(NULL, 12, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(project(air, -1, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, NULL, NULL, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, lower, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_project(NULL, air, 12, &options, points, NULL, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_project(context, air, 12, &options, points, NULL, NULL, NULL),
                     BKT_OK);
    double ten[10];
    ck_assert_int_eq(bkt_series_project(context, air, 12, NULL, ten, NULL, NULL, NULL), BKT_OK);
    ck_assert_int_eq(bkt_projection_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_projection_options_init(&options, 4), BKT_ERR_ABI);
}
END_TEST

START_TEST(far_horizon) {
    static double far_points[10000], far_lower[10000], far_upper[10000];
    static const double half[] = {0.5};
    bkt_projection_options options = options_of(BKT_METHOD_LOG_TREND);
    options.horizon = 10000;
    options.levels = half;
    options.level_count = 1;
    for (size_t m = 0; m < METHODS; m++) {
        options.method = all_methods[m];
        ck_assert_int_eq(
            bkt_series_project(context, air, 12, &options, far_points, far_lower, far_upper, NULL),
            BKT_OK);
        for (int h = 0; h < 10000; h++)
            ck_assert(!isinf(far_points[h]) && !isinf(far_lower[h]) && !isinf(far_upper[h]));
    }
}
END_TEST

/* 10 + t with the factors 0.8, 1.2, 1.1, 0.9: the season is found, taken out and put back. */
START_TEST(seasons) {
    static const double factors[] = {0.8, 1.2, 1.1, 0.9};
    double values[24];
    for (int t = 0; t < 24; t++)
        values[t] = (10.0 + t) * factors[t % 4];
    bkt_projection_options options = options_of(BKT_METHOD_DRIFT);
    options.season_length = 4;
    ck_assert_int_eq(project(values, 24, &options), BKT_OK);
    ck_assert_int_eq(fit.flags & (BKT_FIT_SEASONAL | BKT_FIT_MULTIPLICATIVE),
                     BKT_FIT_SEASONAL | BKT_FIT_MULTIPLICATIVE);
    for (int h = 0; h < H; h++)
        ck_assert(fabs(points[h] / ((34.0 + h) * factors[h % 4]) - 1.0) < 0.02);
    check_nested("");
    values[5] = NAN;
    ck_assert_int_eq(project(values, 24, &options), BKT_OK);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) != 0 && fit.missing_inner == 1);
    for (int t = 0; t < 24; t++)
        values[t] = -5.0 + t + 60.0 * (factors[t % 4] - 1.0);
    ck_assert_int_eq(project(values, 24, &options), BKT_OK);
    ck_assert_int_eq(fit.flags & (BKT_FIT_SEASONAL | BKT_FIT_MULTIPLICATIVE), BKT_FIT_SEASONAL);
    for (int h = 0; h < H; h++)
        ck_assert(fabs(points[h] - (19.0 + h + 60.0 * (factors[h % 4] - 1.0))) < 1e-9);
    options.flags = BKT_PROJECTION_NO_SEASON;
    ck_assert_int_eq(project(values, 24, &options), BKT_OK);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) == 0);
    options.flags = 0;
    ck_assert_int_eq(project(values, 11, &options), BKT_OK); /* less than three seasons */
    ck_assert((fit.flags & BKT_FIT_SEASONAL) == 0);
}
END_TEST

START_TEST(exact_lines_stay_lines) {
    double values[12];
    for (int t = 0; t < 12; t++)
        values[t] = 3.0 + 2.0 * t;
    static const int32_t methods[] = {BKT_METHOD_DRIFT, BKT_METHOD_HOLT};
    for (size_t m = 0; m < 2; m++) {
        project_by(values, 12, methods[m]);
        for (int h = 0; h < H; h++) {
            ck_assert(fabs(points[h] - (27.0 + 2.0 * h)) < 1e-9);
            ck_assert(upper[h] - lower[h] < 1e-6);
        }
    }
    for (int t = 0; t < 12; t++)
        values[t] = ldexp(1.0, t);
    project_by(values, 12, BKT_METHOD_LOG_TREND);
    for (int h = 0; h < H; h++)
        ck_assert(fabs(points[h] / ldexp(1.0, 12 + h) - 1.0) < 1e-12);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    double values[24];
    for (int t = 0; t < 24; t++)
        values[t] = (10.0 + t) * (t % 4 == 0 ? 0.7 : 1.1);
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC);
        options.season_length = 4;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_series_project(own, values, 24, &options, points, lower, upper, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

/* So long that methods need more memory than a workspace has at first. */
START_TEST(every_allocation_of_methods_failing) {
    static double values[700];
    static double own_errors[H];
    for (int t = 0; t < 700; t++)
        values[t] = (50.0 + t % 17) * (t % 4 == 0 ? 0.7 : 1.1);
    for (size_t m = 0; m < METHODS; m++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *own = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(own);
            bkt_projection_options options = options_of(all_methods[m]);
            options.season_length = 4;
            failing_memory_arm(&memory);
            bkt_status status =
                bkt_series_project(own, values, 700, &options, points, lower, upper, NULL);
            ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && isnan(points[0])));
            if (all_methods[m] == BKT_METHOD_BOX_COX_THETA)
                status =
                    bkt_box_cox_theta_project(own, values, 700, &options, points, own_errors, NULL);
            failing_memory_disarm(&memory);
            ck_assert(status == BKT_OK || (isnan(points[0]) && memory.has_failed));
            bkt_context_free(own);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("series");
    TCase *test_case = tcase_create("series");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, every_method_on_every_case);
    tcase_add_test(test_case, no_value);
    tcase_add_test(test_case, fallbacks_are_named);
    tcase_add_test(test_case, combinations);
    tcase_add_test(test_case, scaling_the_series_scales_the_projection);
    tcase_add_test(test_case, missing_ends_change_nothing);
    tcase_add_test(test_case, floor_at_zero);
    tcase_add_test(test_case, levels);
    tcase_add_test(test_case, arguments);
    tcase_add_test(test_case, far_horizon);
    tcase_add_test(test_case, seasons);
    tcase_add_test(test_case, exact_lines_stay_lines);
    tcase_add_test(test_case, every_allocation_failing);
    tcase_add_test(test_case, every_allocation_of_methods_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
