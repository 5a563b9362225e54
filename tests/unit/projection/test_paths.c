/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "bkti_context.h"
#include "bkti_paths.h"
#include "another_generator.h"
#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"

#define H 20
#define L BKTI_CALIBRATION_LEVELS

static bkti_workspace workspace;

static void begin(void) {
    set_up();
    workspace = (bkti_workspace){.memory = bkti_context_memory(context)};
}

static void end(void) {
    bkti_workspace_free(&workspace);
    tear_down();
}

/* Errors in widths that are standard normal, or skewed. */
static bkti_calibration calibration_of(double skew) {
    bkti_calibration calibration = {.season_length = 1, .steps = H};
    for (int h = 0; h < H; h++)
        for (int i = 0; i < L; i++) {
            double z = bkti_normal_quantile(bkti_calibration_probabilities[i]);
            calibration.quantiles[h][i] = z > 0.0 ? z * (1.0 + skew) : z * (1.0 - skew);
        }
    return calibration;
}

static bkt_status reach(const bkti_calibration *calibration, const double *points,
                        const double *widths, bool has_floor, bkti_paths paths, double last,
                        const double *targets, uint32_t count, double *reached, double *above) {
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, calibration, points, widths, paths.horizon, has_floor);
    return bkti_paths_reach(context, &workspace, &paths, &marginals, last, targets, count, reached,
                            above);
}

/* Where the distributions of all steps are those of a random walk in logarithms, first passages
 * are a walk's: simulated with 200,000 paths elsewhere, 5, 10, 15 and 20 periods ahead, and in the
 * closed form of Cox & Miller with the correction of Broadie, Glasserman & Kou. */
START_TEST(as_a_random_walk) {
    static const struct {
        double target, drift, sigma;
        double simulated[4];
    } rows[] = {
        {3.5, 0.05, 0.15, {.002, .065, .226, .409}}, {3.5, 0.08, 0.15, {.006, .186, .501, .739}},
        {3.5, 0.12, 0.20, {.076, .504, .800, .925}}, {4.0, 0.08, 0.15, {.002, .117, .407, .666}},
        {4.0, 0.12, 0.20, {.041, .412, .742, .899}},
    };
    bkti_calibration calibration = calibration_of(0.0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double points[H], widths[H], reached[H], above[H];
        double target = log(rows[i].target);
        bkti_paths paths = {.seed = 1, .horizon = H, .count = 100000};
        bkt_walk walk;
        bkt_walk_init(&walk, sizeof walk);
        walk.start = 1.0;
        walk.drift = rows[i].drift;
        walk.sigma = rows[i].sigma;
        for (int k = 0; k < H; k++) {
            points[k] = rows[i].drift * (k + 1);
            widths[k] = rows[i].sigma * sqrt(k + 1.0);
        }
        ck_assert_int_eq(
            reach(&calibration, points, widths, false, paths, 0.0, &target, 1, reached, above),
            BKT_OK);
        for (int k = 0; k < 4; k++) {
            double expected = rows[i].simulated[k];
            double error = 4.0 * sqrt(1.5 * expected * (1.0 - expected) / 100000.0) + 0.0005;
            double closed;
            ck_assert_msg(fabs(reached[5 * k + 4] - expected) <= error, "row %zu, %d: %g", i, k,
                          reached[5 * k + 4]);
            bkt_walk_probability(&walk, rows[i].target, 5.0 * (k + 1), 1, &closed);
            ck_assert(fabs(reached[5 * k + 4] - closed) < 0.025);
        }
        double z = (points[H - 1] - target) / widths[H - 1];
        ck_assert(fabs(above[H - 1] - bkti_normal_below(z)) < 0.006);
    }
}
END_TEST

/* Another way to draw: a Cholesky factor of the correlations themselves. */
static void factorise(double matrix[H][H], uint32_t size) {
    for (uint32_t i = 0; i < size; i++)
        for (uint32_t j = 0; j <= i; j++) {
            double sum = matrix[i][j];
            for (uint32_t k = 0; k < j; k++)
                sum -= matrix[i][k] * matrix[j][k];
            matrix[i][j] = i == j ? sqrt(sum) : sum / matrix[j][j];
        }
}

START_TEST(as_another_simulation) {
    enum { SIZE = 6, COUNT = 60000 };
    static const double shares[] = {0.0, 0.25, 0.5, 1.0};
    static const double targets[] = {9.0, 12.0, 15.0, 25.0};
    bkti_calibration calibration = calibration_of(0.3);
    for (size_t s = 0; s < 3; s++) {
        double points[SIZE], widths[SIZE], reached[4 * SIZE], above[4 * SIZE];
        double factor[H][H] = {{0.0}};
        double first[4][SIZE] = {{0.0}};
        double at[4][SIZE] = {{0.0}};
        uint64_t state = 12345;
        for (uint32_t k = 0; k < SIZE; k++) {
            points[k] = 10.0 + 0.5 * k;
            widths[k] = 2.0 + k;
            for (uint32_t j = 0; j <= k; j++)
                factor[k][j] = shares[s] + (1.0 - shares[s]) * sqrt((j + 1.0) / (k + 1.0));
        }
        factorise(factor, SIZE);
        for (int path = 0; path < COUNT; path++) {
            double normals[SIZE];
            bool was_there[4] = {false};
            for (uint32_t k = 0; k < SIZE; k++) {
                double z = 0.0;
                normals[k] = polar_normal(&state);
                for (uint32_t j = 0; j <= k; j++)
                    z += factor[k][j] * normals[j];
                double value = points[k] + widths[k] * z * (z > 0.0 ? 1.3 : 0.7);
                value = value < 0.0 ? 0.0 : value;
                for (int i = 0; i < 4; i++) {
                    at[i][k] += value >= targets[i];
                    was_there[i] = was_there[i] || value >= targets[i];
                    first[i][k] += was_there[i];
                }
            }
        }
        bkti_paths paths = {.seed = 7, .horizon = SIZE, .count = COUNT, .share = shares[s]};
        ck_assert_int_eq(
            reach(&calibration, points, widths, true, paths, 8.0, targets, 4, reached, above),
            BKT_OK);
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < SIZE; k++) {
                ck_assert_msg(fabs(reached[i * SIZE + k] - first[i][k] / COUNT) < 0.011,
                              "share %g, target %g, step %d: %g against %g", shares[s], targets[i],
                              k + 1, reached[i * SIZE + k], first[i][k] / COUNT);
                ck_assert(fabs(above[i * SIZE + k] - at[i][k] / COUNT) < 0.011);
            }
    }
}
END_TEST

/* Numbers of all steps have the correlation that is said. */
START_TEST(correlations) {
    enum { SIZE = 5, COUNT = 50000 };
    bkti_paths paths = {.seed = 3, .horizon = SIZE, .count = COUNT, .share = 0.5};
    double sums[SIZE][SIZE] = {{0.0}};
    for (uint64_t i = 0; i < COUNT; i++) {
        bkti_random random;
        double normals[SIZE];
        bkti_paths_start(&paths, i, &random);
        bkti_paths_draw(&paths, &random, normals);
        for (int k = 0; k < SIZE; k++)
            for (int j = 0; j < SIZE; j++)
                sums[k][j] += normals[k] * normals[j] / COUNT;
    }
    for (int k = 0; k < SIZE; k++)
        for (int j = 0; j <= k; j++) {
            double expected = 0.5 + 0.5 * sqrt((j + 1.0) / (k + 1.0));
            ck_assert_msg(fabs(sums[k][j] - expected) < 0.02, "%d, %d: %g", k, j, sums[k][j]);
        }
    ck_assert(bkti_paths_correlation(&paths, 1) == 1.0);
    ck_assert(fabs(bkti_paths_correlation(&paths, 4) - 0.75) < 1e-15);
}
END_TEST

/* Value and place are each other's inverse, also beyond the outermost quantiles. */
START_TEST(values_and_places) {
    static const double points[] = {100.0, 1e300, 5.0, -50.0};
    static const double widths[] = {10.0, 1e299, 0.0, 1e-3};
    bkti_calibration calibration = calibration_of(0.4);
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, &calibration, points, widths, 4, false);
    for (int i = -50; i <= 50; i++) {
        double z = i / 10.0;
        for (uint32_t k = 0; k < 4; k++) {
            double value = bkti_marginals_value(&marginals, k, z);
            double place = bkti_marginals_place(&marginals, k, value);
            if (k == 2)
                ck_assert(value == 5.0 && place == -HUGE_VAL);
            else
                ck_assert(fabs(place - z) < 1e-6);
        }
    }
    ck_assert(bkti_marginals_place(&marginals, 2, 5.0 * (1.0 + 1e-13)) == -HUGE_VAL);
    ck_assert(bkti_marginals_place(&marginals, 2, 5.0 * (1.0 + 1e-11)) == HUGE_VAL);
    marginals.has_floor = true;
    ck_assert(bkti_marginals_value(&marginals, 3, 1.0) == 0.0);
    ck_assert(bkti_marginals_place(&marginals, 3, 0.0) == -HUGE_VAL);
    ck_assert(bkti_marginals_place(&marginals, 0, -1.0) == -HUGE_VAL);
    ck_assert(isfinite(bkti_marginals_place(&marginals, 0, 1e-300)));
    /* Quantiles that don't rise are a jump. */
    memset(calibration.quantiles, 0, sizeof calibration.quantiles);
    ck_assert(bkti_marginals_place(&marginals, 0, 100.0) == -HUGE_VAL);
    ck_assert(bkti_marginals_place(&marginals, 0, 101.0) == HUGE_VAL);
}
END_TEST

START_TEST(unknown_from_a_step_on) {
    double points[] = {10.0, 11.0, 12.0, 13.0};
    double widths[] = {1.0, 2.0, NAN, 3.0};
    static const double targets[] = {12.0, 9.0};
    bkti_calibration calibration = calibration_of(0.0);
    bkti_paths paths = {.seed = 1, .horizon = 4, .count = 500};
    double reached[8], above[8];
    ck_assert_int_eq(
        reach(&calibration, points, widths, true, paths, 9.0, targets, 2, reached, above), BKT_OK);
    ck_assert(reached[0] > 0.0 && reached[1] > reached[0]);
    ck_assert(isnan(reached[2]) && isnan(reached[3]) && isnan(above[2]) && isnan(above[3]));
    for (int k = 0; k < 4; k++)
        ck_assert(reached[4 + k] == 1.0);
}
END_TEST

/* What is known of the first step besides is kept, and the steps after it follow. */
START_TEST(first_step_known) {
    static bkti_first first;
    bkti_paths paths = {.seed = 1, .horizon = 4, .count = 20000, .share = 0.25, .first = &first};
    for (int i = 0; i < BKTI_FIRST_POINTS; i++) {
        first.below[i] = (double)i / (BKTI_FIRST_POINTS - 1);
        first.normals[i] = 1.0 + first.below[i]; /* evenly between 1 and 2 */
    }
    double sums[4] = {0.0};
    double least = 9.0, most = -9.0;
    for (uint64_t i = 0; i < paths.count; i++) {
        bkti_random random;
        double normals[4];
        bkti_paths_start(&paths, i, &random);
        bkti_paths_draw(&paths, &random, normals);
        least = fmin(least, normals[0]);
        most = fmax(most, normals[0]);
        for (int k = 0; k < 4; k++)
            sums[k] += normals[k] / paths.count;
    }
    ck_assert(least >= 1.0 && most <= 2.0 && least < 1.01 && most > 1.99);
    for (uint32_t k = 0; k < 4; k++)
        ck_assert(fabs(sums[k] - 1.5 * bkti_paths_correlation(&paths, k + 1)) < 0.03);
}
END_TEST

static int32_t stop(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    (void)done;
    (void)total;
    *(uint64_t *)user = rows;
    return 1;
}

START_TEST(stopped) {
    uint64_t rows = 0;
    bkt_context_options options;
    bkt_context *own;
    bkt_context_options_init(&options, sizeof options);
    options.progress = stop;
    options.progress_user = &rows;
    ck_assert_int_eq(bkt_context_new(&options, &own), BKT_OK);
    double points[] = {10.0}, widths[] = {1.0}, reached[1], target = 11.0;
    bkti_calibration calibration = calibration_of(0.0);
    bkti_paths paths = {.seed = 1, .horizon = 1, .count = 100000};
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, &calibration, points, widths, 1, false);
    ck_assert_int_eq(
        bkti_paths_reach(own, &workspace, &paths, &marginals, 10.0, &target, 1, reached, NULL),
        BKT_ERR_CANCELLED);
    ck_assert_uint_eq(rows, 4096);
    bkt_context_free(own);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("paths");
    TCase *test_case = tcase_create("paths");
    tcase_set_timeout(test_case, 60);
    tcase_add_checked_fixture(test_case, begin, end);
    tcase_add_test(test_case, as_a_random_walk);
    tcase_add_test(test_case, as_another_simulation);
    tcase_add_test(test_case, correlations);
    tcase_add_test(test_case, values_and_places);
    tcase_add_test(test_case, unknown_from_a_step_on);
    tcase_add_test(test_case, first_step_known);
    tcase_add_test(test_case, stopped);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
