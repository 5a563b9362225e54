/* SPDX-License-Identifier: MIT */
/* Against R 4.2.2: least squares for the initial level (qr.solve on the errors of a unit of level),
 * optimize() for alpha, and the forecast package 8.20. */
#include <string.h>

#include "method_check.h"
#include "run_suite.h"

/* R's LakeHuron, 1875 to 1914. */
static const double huron[] = {580.38, 581.86, 580.97, 580.80, 579.79, 580.39, 580.42, 580.82,
                               581.40, 581.32, 581.44, 581.68, 581.17, 580.53, 580.01, 579.91,
                               579.14, 579.16, 579.55, 579.67, 578.44, 578.24, 579.10, 579.09,
                               579.35, 578.82, 579.32, 579.01, 579.00, 579.80, 579.83, 579.72,
                               579.89, 580.01, 579.37, 578.69, 578.19, 578.67, 579.55, 578.92};

static void project(const double *values, int64_t count, double alpha) {
    bkt_projection_options options = five_ahead();
    options.alpha = alpha;
    project_with(bkt_ses_project, values, count, &options);
}

START_TEST(given_alpha) {
    static const struct {
        const double *values;
        int64_t count;
        double alpha, first_level, squares, level;
    } rows[] = {{AIR, 0.3, 2181.833717236, 10860785.72537, 4663.086166813},
                {AIR, 0.75, 1588.554924017, 2958718.712647, 5530.090247426},
                {NILE, 0.3, 1112.71841595, 729152.9966988, 969.3992167719},
                {NILE, 0.75, 1121.293412401, 829078.0478734, 843.5544411786}};
    for (size_t i = 0; i < 4; i++) {
        project(rows[i].values, rows[i].count, rows[i].alpha);
        check_close(fit.first_level, rows[i].first_level, 1e-12);
        check_close(fit.squares, rows[i].squares, 1e-12);
        check_close(fit.level, rows[i].level, 1e-12);
        check_close(fit.sigma, sqrt(rows[i].squares / (double)(rows[i].count - 2)), 1e-12);
        for (int h = 0; h < 5; h++) {
            ck_assert(points[h] == fit.level);
            check_close(errors[h], fit.sigma * sqrt(1.0 + h * rows[i].alpha * rows[i].alpha),
                        1e-14);
        }
    }
}
END_TEST

START_TEST(best_alpha) {
    project(huron, 40, NAN);
    check_close(fit.alpha, 0.870192432004, 1e-6);
    check_close(fit.squares, 12.760565489, 1e-10);
    project(AIR, NAN);
    ck_assert(fit.alpha == 0.9999);
    ck_assert(fit.squares <= 1884919.56637);
    project(NILE, NAN);
    ck_assert(fit.alpha == 1e-4);
    ck_assert(fit.squares <= 652090.149554);
}
END_TEST

START_TEST(as_r) { /* f <- ses(y, h = 5); f$mean; f$upper[, 2] - f$mean */
    static const double mean[] = {1078.36581147681, 1078.36581147681, 1078.36581147681,
                                  1078.36581147681, 1078.36581147681};
    static const double width[] = {299.104468466485, 299.104469962828, 299.104471459170,
                                   299.104472955513, 299.104474451855};
    project(NILE, NAN);
    check_reference(mean, width, 1e-5);
    ck_assert(fit.squares <= 652090.167436102 && fit.freedom == 28.0);
}
END_TEST

START_TEST(a_gap_leaves_the_level) {
    double values[40], expected[5];
    project(AIR, 0.4);
    memcpy(expected, points, sizeof expected);
    for (int t = 0; t < 12; t++)
        values[t < 5 ? t : t + 28] = air[t];
    for (int t = 5; t < 33; t++)
        values[t] = NAN;
    project(values, 40, 0.4);
    ck_assert(memcmp(expected, points, sizeof expected) == 0);
    ck_assert(fit.missing_inner == 28);
}
END_TEST

START_TEST(simple_series) {
    static const double constant[] = {7, 7, 7};
    static const double zeros[] = {0, 0, 0, 0};
    project(constant, 3, NAN);
    ck_assert(points[4] == 7.0 && errors[4] == 0.0 && fit.freedom == 1.0);
    project(zeros, 4, NAN);
    ck_assert(points[4] == 0.0 && errors[4] == 0.0);
    bkt_projection_options options = five_ahead();
    ck_assert_int_eq(bkt_ses_project(NULL, constant, 2, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("ses");
    TCase *test_case = tcase_create("ses");
    tcase_add_test(test_case, given_alpha);
    tcase_add_test(test_case, best_alpha);
    tcase_add_test(test_case, as_r);
    tcase_add_test(test_case, a_gap_leaves_the_level);
    tcase_add_test(test_case, simple_series);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
