/* SPDX-License-Identifier: MIT */
/* Bounds from the errors on many series. */
#include <math.h>
#include <string.h>

#include "bkti_calibration.h"

#include "fixture.h"
#include "passengers.h"
#include "run_suite.h"

#define H 30

static double points[H];
static double lower[3 * H];
static double upper[3 * H];
static bkt_fit fit;

static void project(const double *values, int64_t count, uint32_t season_length, uint32_t flags,
                    const double *levels) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = H;
    options.season_length = season_length;
    options.flags = flags;
    options.levels = levels;
    options.level_count = 3;
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(
        bkt_series_project(context, values, count, &options, points, lower, upper, &fit), BKT_OK);
}

START_TEST(quantiles_rise) {
    for (size_t table = 0; table < 3; table++) {
        const bkti_calibration *calibration = &bkti_calibrations[table];
        ck_assert(calibration->steps == (table == 0 ? 6 : table == 1 ? 8 : 24));
        for (uint32_t step = 1; step <= calibration->steps + 3; step++) {
            double before = -HUGE_VAL;
            for (int i = 1; i < 2000; i++) {
                double quantile = bkti_calibration_quantile(calibration, step, i / 2000.0);
                ck_assert_msg(isfinite(quantile) && quantile >= before, "%zu %u %d", table,
                              (unsigned)step, i);
                before = quantile;
            }
            /* Errors below and above, and in units of their width. */
            ck_assert(bkti_calibration_quantile(calibration, step, 0.1) < -1.0);
            ck_assert(bkti_calibration_quantile(calibration, step, 0.9) > 1.0);
        }
    }
    ck_assert(bkti_calibration_for(0) == bkti_calibrations &&
              bkti_calibration_for(1) == bkti_calibrations &&
              bkti_calibration_for(4) == bkti_calibrations + 1 &&
              bkti_calibration_for(12) == bkti_calibrations + 2);
}
END_TEST

START_TEST(bounds_are_widths_by_quantiles) {
    static const double levels[] = {0.5, 0.8, 0.95};
    static const struct {
        int64_t count;
        uint32_t season_length;
    } rows[] = {{5, 1}, {8, 1}, {30, 1}, {20, 4}, {60, 12}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bkt_projection_options options;
        bkti_settings settings;
        bkti_workspace workspace = {.memory = bkti_context_memory(context)};
        double own[H];
        double widths[H];
        project(passengers, rows[i].count, rows[i].season_length, 0, levels);
        ck_assert((fit.flags & BKT_FIT_CALIBRATED) != 0 && (fit.flags & BKT_FIT_EXTRAPOLATED) != 0);
        bkt_projection_options_init(&options, sizeof options);
        options.horizon = H;
        options.season_length = rows[i].season_length;
        ck_assert_int_eq(bkti_settings_take(context, &options, &settings), BKT_OK);
        ck_assert_int_eq(bkti_series_widths(context, &workspace, passengers, rows[i].count,
                                            &settings, own, widths, &fit),
                         BKT_OK);
        bkti_workspace_free(&workspace);
        ck_assert(memcmp(own, points, sizeof own) == 0);
        const bkti_calibration *calibration = bkti_calibration_for(rows[i].season_length);
        for (int h = 0; h < H; h++) {
            ck_assert(widths[h] > 0.0);
            for (int k = 0; k < 3; k++) {
                double tail = (1.0 - levels[k]) / 2.0;
                double reach = bkti_calibration_quantile(calibration, (uint32_t)h + 1, tail);
                double low = fmax(0.0, fmin(points[h], points[h] + widths[h] * reach));
                ck_assert(fabs(lower[k * H + h] - low) <= 1e-12 * points[h]);
            }
            ck_assert(lower[2 * H + h] <= lower[H + h] && lower[H + h] <= lower[h] &&
                      lower[h] <= points[h] && points[h] <= upper[h] && upper[h] <= upper[H + h] &&
                      upper[H + h] <= upper[2 * H + h]);
        }
    }
}
END_TEST

START_TEST(where_it_does_not_apply) {
    static const double levels[] = {0.8, 0.95, 0.5};
    project(passengers, 4, 1, 0, levels);
    ck_assert((fit.flags & BKT_FIT_CALIBRATED) == 0);
    project(passengers, 20, 1, BKT_PROJECTION_ANALYTICAL, levels);
    ck_assert((fit.flags & BKT_FIT_CALIBRATED) == 0);
    for (int h = 0; h < H; h++)
        ck_assert(lower[h] <= points[h] && points[h] <= upper[h]);
}
END_TEST

START_TEST(the_unit_does_not_matter) {
    static const double levels[] = {0.8, 0.95, 0.999999};
    double first[2][3 * H];
    double values[20];
    project(passengers, 20, 1, 0, levels);
    memcpy(first[0], lower, sizeof lower);
    memcpy(first[1], upper, sizeof upper);
    for (int t = 0; t < 20; t++)
        values[t] = passengers[t] * 1e6;
    project(values, 20, 1, 0, levels);
    for (int i = 0; i < 3 * H; i++) {
        ck_assert(fabs(lower[i] - 1e6 * first[0][i]) <= 1e-6 * lower[i]);
        ck_assert(fabs(upper[i] - 1e6 * first[1][i]) <= 1e-6 * upper[i]);
    }
}
END_TEST

START_TEST(what_never_changes) {
    static const double levels[] = {0.8, 0.95, 0.5};
    static const double constant[] = {7, 7, 7, 7, 7, 7, 7, 7};
    static const double linear[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const double spike[] = {1, 1.1, 1.05, 1.2, 120, 1.2, 1.1, 1.3, 1.2};
    project(constant, 8, 1, 0, levels);
    for (int i = 0; i < 3 * H; i++)
        ck_assert(lower[i] == 7.0 && upper[i] == 7.0);
    project(linear, 8, 1, 0, levels);
    for (int h = 0; h < H; h++)
        ck_assert(lower[H + h] < points[h] && points[h] < upper[H + h] && isfinite(upper[H + h]));
    project(spike, 9, 1, 0, levels);
    for (int h = 0; h < H; h++)
        ck_assert(lower[H + h] >= 0.0 && isfinite(upper[H + h]) && upper[H + h] < 1e5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("calibration");
    TCase *cases = tcase_create("calibration");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, quantiles_rise);
    tcase_add_test(cases, bounds_are_widths_by_quantiles);
    tcase_add_test(cases, where_it_does_not_apply);
    tcase_add_test(cases, the_unit_does_not_matter);
    tcase_add_test(cases, what_never_changes);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
