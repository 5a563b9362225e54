/* SPDX-License-Identifier: MIT */
/* Against statsforecast 2.1.1 (its model DOTM with an initial level of y(1) / theta), and against
 * the model written out. */
#include <string.h>

#include "method_check.h"
#include "run_suite.h"

static void project(const double *values, int64_t count, double alpha, double theta) {
    bkt_projection_options options = five_ahead();
    options.alpha = alpha;
    options.theta = theta;
    project_with(bkt_dynamic_theta_project, values, count, &options);
}

START_TEST(given_parameters_as_statsforecast) {
    static const struct {
        const double *values;
        int64_t count;
        double alpha, theta, squares, level;
        double mean[5];
    } rows[] = {{AIR,
                 0.6,
                 3.0,
                 1069214.7926957821,
                 5363.223277963947,
                 {5788.882872211426, 6041.902053788233, 6290.317589350817, 6533.802185061484,
                  6772.272989335161}},
                {NILE,
                 0.3,
                 1.5,
                 786076.4446629207,
                 969.3909662070007,
                 {966.438357306677, 965.0754598855154, 963.664680319154, 962.216930823517,
                  960.7413448792737}},
                {AIR,
                 0.9,
                 10.0,
                 415109.13815955794,
                 5650.714928578473,
                 {6033.802341166633, 6384.5200507155805, 6737.282430716427, 7090.523460440915,
                  7443.32309712103}}};
    for (size_t i = 0; i < 3; i++) {
        project(rows[i].values, rows[i].count, rows[i].alpha, rows[i].theta);
        check_close(fit.squares, rows[i].squares, 1e-12);
        check_close(fit.level, rows[i].level, 1e-13);
        for (int h = 0; h < 5; h++)
            check_close(points[h], rows[i].mean[h], 1e-12);
        check_close(fit.first_level, rows[i].values[0] / rows[i].theta, 1e-13);
        check_close(fit.theta, rows[i].theta, 1e-14);
        double freedom = (double)(rows[i].count - 4);
        check_close(errors[0], sqrt(rows[i].squares / freedom), 1e-12);
        ck_assert(fit.freedom == freedom);
    }
}
END_TEST

/* No other alpha and theta of a fine grid give less. */
START_TEST(the_best_parameters) {
    static const struct {
        const double *values;
        int64_t count;
    } rows[] = {{AIR}, {NILE}, {nile + 6, 15}, {nile, 6}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(rows[i].values, rows[i].count, NAN, NAN);
        double least = fit.squares;
        ck_assert(fit.alpha >= 0.1 && fit.alpha <= 0.99 && fit.theta >= 1.0 && fit.theta <= 10.0);
        for (int a = 0; a <= 89; a++)
            for (int k = 0; k <= 45; k++) {
                project(rows[i].values, rows[i].count, 0.1 + 0.01 * a, 1.0 + 0.2 * k);
                if (fit.squares < least * (1.0 - 1e-9))
                    ck_abort_msg("series %zu: %g at %g, %g, not %g", i, fit.squares, fit.alpha,
                                 fit.theta, least);
            }
        /* One of the two given: the other is found. */
        project(rows[i].values, rows[i].count, 0.5, NAN);
        ck_assert(fit.alpha == 0.5 && fit.squares >= least * (1.0 - 1e-9));
        project(rows[i].values, rows[i].count, NAN, 2.0);
        ck_assert(fabs(fit.theta - 2.0) < 1e-14 && fit.squares >= least * (1.0 - 1e-9));
    }
}
END_TEST

/* The line through the values before period t (from 1), by least squares. */
static void line_before(const double *values, int64_t t, double *intercept, double *slope) {
    double n = 0.0, t_sum = 0.0, y_sum = 0.0, tt = 0.0, ty = 0.0;
    for (int64_t i = 1; i < t; i++) {
        if (isnan(values[i - 1]))
            continue;
        n += 1.0;
        t_sum += (double)i;
        y_sum += values[i - 1];
        tt += (double)(i * i);
        ty += (double)i * values[i - 1];
    }
    double determinant = n * tt - t_sum * t_sum;
    *slope = determinant > 0.0 ? (n * ty - t_sum * y_sum) / determinant : 0.0;
    *intercept = n > 0.0 ? (y_sum - *slope * t_sum) / n : 0.0;
}

START_TEST(gaps) {
    double values[17];
    memcpy(values, air, sizeof air);
    values[1] = values[5] = values[6] = NAN;
    double alpha = 0.45, theta = 2.5;
    project(values, 12, alpha, theta);
    /* The model with smoothed values and a smoothed line, which both stay where a value lacks. */
    double level = values[0] / theta;
    double rest = 1.0, ahead = 0.0, squares = 0.0;
    int64_t seen = 0;
    for (int64_t t = 1; t <= 17; t++) {
        double intercept, slope;
        ahead += 1.0;
        line_before(values, t, &intercept, &slope);
        double expected = level + (1.0 - 1.0 / theta) * (rest * intercept + ahead * slope);
        if (t > 12) {
            values[t - 1] = expected;
            check_close(points[t - 13], expected, 1e-12);
        }
        if (isnan(values[t - 1]))
            continue;
        if (seen >= 2)
            squares += (values[t - 1] - expected) * (values[t - 1] - expected);
        level += alpha * (values[t - 1] - level);
        rest *= 1.0 - alpha;
        ahead *= 1.0 - alpha;
        seen++;
    }
    check_close(fit.squares, squares, 1e-12);
    ck_assert(fit.freedom == 5.0);
}
END_TEST

/* What a unit more at one step does to later points; the variance is the sum of their squares. */
START_TEST(errors_by_shocks) {
    double values[20], middle[5], widths[5], effects[5][5];
    static const double alphas[] = {0.2, 0.6, 0.95};
    for (int a = 0; a < 3; a++) {
        double alpha = alphas[a];
        memcpy(values, air, sizeof air);
        values[4] = NAN;
        project(values, 12, alpha, 2.2);
        memcpy(middle, points, sizeof middle);
        memcpy(widths, errors, sizeof widths);
        double sigma = fit.sigma;
        for (int k = 0; k < 4; k++) {
            memcpy(values + 12, middle, sizeof middle);
            values[12 + k] += 1.0;
            project(values, 13 + k, alpha, 2.2);
            for (int h = k + 1; h < 5; h++)
                effects[k][h] = points[h - k - 1] - middle[h];
        }
        for (int h = 0; h < 5; h++) {
            double sum = 1.0;
            for (int k = 0; k < h; k++)
                sum += effects[k][h] * effects[k][h];
            check_close(widths[h], sigma * sqrt(sum), 1e-9);
        }
    }
}
END_TEST

START_TEST(simple_series) {
    double linear[12];
    static const double five[] = {3, 5, 4, 6, 8};
    for (int t = 0; t < 12; t++)
        linear[t] = 3.0 + 2.0 * t;
    project(linear, 12, NAN, NAN);
    for (int h = 0; h < 5; h++)
        ck_assert(points[h] > linear[11] + 1.5 * h && isfinite(errors[h]));
    project(five, 5, NAN, NAN);
    ck_assert(fit.freedom == 1.0 && isfinite(points[4]) && isfinite(errors[4]));
    bkt_projection_options options = five_ahead();
    ck_assert_int_eq(bkt_dynamic_theta_project(NULL, five, 4, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("dynamic_theta");
    TCase *test_case = tcase_create("dynamic_theta");
    tcase_add_test(test_case, given_parameters_as_statsforecast);
    tcase_add_test(test_case, the_best_parameters);
    tcase_add_test(test_case, gaps);
    tcase_add_test(test_case, errors_by_shocks);
    tcase_add_test(test_case, simple_series);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
