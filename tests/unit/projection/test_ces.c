/* SPDX-License-Identifier: MIT */
/* Against statsforecast 2.1.1 (cescalc() and forecast() without back-fitting, from the mean of the
 * first ten values) and against the model written out. */
#include <stdbool.h>
#include <string.h>

#include "method_check.h"
#include "run_suite.h"

static void project(const double *values, int64_t count, double real, double imaginary) {
    bkt_projection_options options = five_ahead();
    options.alpha_real = real;
    options.alpha_imaginary = imaginary;
    project_with(bkt_ces_project, values, count, &options);
}

START_TEST(given_parameters) {
    static const struct {
        const double *values;
        int64_t count;
        double real, imaginary, squares;
        double mean[5];
        double widths[5]; /* sqrt(1 + sum of the squared responses), by powers of the transition */
    } rows[] = {
        {AIR,
         1.3,
         1.0,
         12020294.811807176,
         {4673.731034109432, 4673.731034109432, 4673.731034109432, 4673.731034109432,
          4673.731034109432},
         {1.0, 1.044030650891055, 1.0862780491200217, 1.1269427669584644, 1.1661903789690602}},
        {NILE,
         1.1,
         0.95,
         3855110.0496509764,
         {592.4616737668476, 541.3291048947509, 516.8192780936182, 492.20380552899394,
          468.8243888807754},
         {1.0, 1.0111874208078342, 1.012302449863676, 1.013548870306706, 1.0146659906097177}},
        {AIR,
         1.6,
         1.05,
         4743812.612492232,
         {5629.190872730909, 5841.91115474333, 5995.738529172423, 6195.537662252134,
          6375.445108862929},
         {1.0, 1.1412712210513327, 1.3297767669800824, 1.4716781237757122, 1.6278848026273238}}};
    for (size_t i = 0; i < 3; i++) {
        project(rows[i].values, rows[i].count, rows[i].real, rows[i].imaginary);
        check_close(fit.squares, rows[i].squares, 1e-13);
        double sigma = sqrt(rows[i].squares / (double)(rows[i].count - 2));
        for (int h = 0; h < 5; h++) {
            check_close(points[h], rows[i].mean[h], 1e-12);
            check_close(errors[h], sigma * rows[i].widths[h], 1e-12);
        }
        ck_assert(fit.alpha_real == rows[i].real && fit.alpha_imaginary == rows[i].imaginary);
        ck_assert(isnan(fit.alpha) && fit.freedom == (double)(rows[i].count - 2));
    }
}
END_TEST

/* Svetunkov & Kourentzes's three inequalities. */
static bool stable(double real, double imaginary) {
    double a = (real - 2.5) * (real - 2.5) + imaginary * imaginary;
    double b = (real - 0.5) * (real - 0.5) + (imaginary - 1.0) * (imaginary - 1.0);
    double c = (real - 1.5) * (real - 1.5) + (imaginary - 0.5) * (imaginary - 0.5);
    return a > 1.25 && b > 0.25 && c < 1.5;
}

START_TEST(the_best_stable_parameters) {
    static const struct {
        const double *values;
        int64_t count;
    } rows[] = {{AIR}, {NILE}, {nile + 3, 8}, {nile, 6}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(rows[i].values, rows[i].count, NAN, NAN);
        double least = fit.squares;
        ck_assert(stable(fit.alpha_real, fit.alpha_imaginary));
        for (int r = 1; r <= 60; r++)
            for (int k = 1; k <= 63; k++) {
                double real = 0.03 * r;
                double imaginary = 0.03 * k;
                if (!stable(real, imaginary))
                    continue;
                project(rows[i].values, rows[i].count, real, imaginary);
                if (fit.squares < least * (1.0 - 1e-9))
                    ck_abort_msg("series %zu: %g at %g, %g, not %g", i, fit.squares, real,
                                 imaginary, least);
            }
        project(rows[i].values, rows[i].count, 1.2, NAN);
        ck_assert(fit.alpha_real == 1.2 && fit.squares >= least * (1.0 - 1e-9));
        project(rows[i].values, rows[i].count, NAN, 1.0);
        ck_assert(fit.alpha_imaginary == 1.0 && fit.squares >= least * (1.0 - 1e-9));
    }
}
END_TEST

START_TEST(gaps) {
    double values[12];
    memcpy(values, air, sizeof air);
    values[2] = values[7] = values[8] = NAN;
    double level = (1520.0 + 1676 + 2364 + 2700 + 2867 + 3408 + 4572 + 5140 + 5714) / 9.0;
    double potential = level / 1.1;
    double squares = 0.0;
    project(values, 12, 1.4, 1.02);
    for (int t = 0; t < 17; t++) {
        if (t >= 12)
            check_close(points[t - 12], level, 1e-12);
        double error = t < 12 && !isnan(values[t]) ? values[t] - level : 0.0;
        double before = level;
        squares += error * error;
        level += -(1.0 - 1.02) * potential + (1.4 - 1.02) * error;
        potential = before + (1.0 - 1.4) * potential + (1.4 + 1.02) * error;
    }
    check_close(fit.squares, squares, 1e-12);
    ck_assert(fit.count == 9 && fit.freedom == 7.0);
}
END_TEST

START_TEST(simple_series) {
    static const double zeros[] = {0, 0, 0, 0, 0, 0, 0};
    double constant[20];
    project(zeros, 7, NAN, NAN);
    ck_assert(points[4] == 0.0 && errors[4] == 0.0);
    for (int t = 0; t < 20; t++)
        constant[t] = 40.0;
    project(constant, 20, NAN, NAN);
    for (int h = 0; h < 5; h++)
        ck_assert_msg(fabs(points[h] - 40.0) < 1e-3, "%.9g", points[h]);
}
END_TEST

START_TEST(refusals) {
    bkt_projection_options options = five_ahead();
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_ces_project(NULL, air, 5, &options, points, errors, &fit), BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
    static const double bad[] = {0.0, -1.0, 1.91, INFINITY};
    for (int i = 0; i < 4; i++) {
        options.alpha_real = bad[i];
        options.alpha_imaginary = NAN;
        ck_assert_int_eq(bkt_ces_project(NULL, AIR, &options, points, errors, &fit),
                         BKT_ERR_ARGUMENT);
        options.alpha_real = NAN;
        options.alpha_imaginary = bad[i];
        ck_assert_int_eq(bkt_ces_project(NULL, AIR, &options, points, errors, &fit),
                         BKT_ERR_ARGUMENT);
    }
}
END_TEST

/* Where no model with what is given is stable; and where one is, though the grid has none. */
START_TEST(stable_or_refused) {
    static const struct {
        double real;
        double imaginary;
        bkt_status status;
    } rows[] = {{0.01, NAN, BKT_ERR_ARGUMENT},
                {1.8, 0.01, BKT_ERR_ARGUMENT},
                {1.3, 1.0, BKT_OK},
                {1.3, NAN, BKT_OK},
                {NAN, 1.0, BKT_OK}};
    bkt_projection_options options = five_ahead();
    options.alpha_real = rows[_i].real;
    options.alpha_imaginary = rows[_i].imaginary;
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_ces_project(NULL, AIR, &options, points, errors, &fit), rows[_i].status);
    if (rows[_i].status == BKT_OK)
        ck_assert(points[4] > 1000.0 && points[4] < 20000.0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("ces");
    TCase *test_case = tcase_create("ces");
    tcase_add_test(test_case, given_parameters);
    tcase_add_test(test_case, the_best_stable_parameters);
    tcase_add_test(test_case, gaps);
    tcase_add_test(test_case, simple_series);
    tcase_add_loop_test(test_case, stable_or_refused, 0, 5);
    tcase_add_test(test_case, refusals);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
