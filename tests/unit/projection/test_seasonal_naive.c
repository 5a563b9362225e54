/* SPDX-License-Identifier: MIT */
/* Against R's forecast package 8.20 under R 4.2.2, and by hand. */
#include "method_check.h"
#include "run_suite.h"

static const double quarters[] = {5, 9, 4, 7, 6, 11, 4, 8, 7, 12, 6, 8, 9};

static void project(const double *values, int64_t count, uint32_t season_length, uint32_t flags) {
    bkt_projection_options options = five_ahead();
    options.season_length = season_length;
    options.flags = flags;
    project_with(bkt_seasonal_naive_project, values, count, &options);
}

START_TEST(as_r) { /* f <- snaive(ts(y, frequency = 4), h = 5); f$mean; f$upper[, 2] - f$mean */
    static const double mean[] = {12, 6, 8, 9, 12};
    static const double width[] = {2.61328531272007, 2.61328531272007, 2.61328531272007,
                                   2.61328531272007, 3.69574353159914};
    project(quarters, 13, 4, 0);
    check_reference(mean, width, 1e-13);
    ck_assert(fit.freedom == 9.0 && fit.count == 13);
}
END_TEST

/* A season without its latest value goes back one more; one without any falls to the last value. */
START_TEST(gaps) {
    static const double values[] = {5, 9, NAN, 7, 6, NAN, NAN, 8, 7, 12, NAN, NAN, 9};
    project(values, 13, 4, 0);
    ck_assert(points[0] == 12.0 && points[1] == 9.0 && points[2] == 8.0 && points[3] == 9.0);
    /* Changes: 1, 1, 2 of the first season; 3 over two seasons; 1. */
    double sigma = sqrt((1.0 + 1.0 + 4.0 + 9.0 / 2.0 + 1.0) / 5.0);
    check_close(fit.sigma, sigma, 1e-15);
    ck_assert(fit.freedom == 5.0 && fit.missing_inner == 5);
    check_close(errors[0], sigma, 1e-15);
    check_close(errors[2], sigma * sqrt(2.0), 1e-15);
    check_close(errors[4], sigma * sqrt(2.0), 1e-15);
}
END_TEST

static void check_naive(void) {
    double found[5], widths[5];
    for (int h = 0; h < 5; h++) {
        found[h] = points[h];
        widths[h] = errors[h];
    }
    bkt_projection_options options = five_ahead();
    project_with(bkt_naive_project, quarters, fit.count, &options);
    for (int h = 0; h < 5; h++)
        ck_assert(found[h] == points[h] && widths[h] == errors[h]);
}

START_TEST(without_a_season_the_last_value) {
    project(quarters, 13, 0, 0);
    check_naive();
    project(quarters, 13, 1, 0);
    check_naive();
    project(quarters, 13, 4, BKT_PROJECTION_NO_SEASON);
    check_naive();
    project(quarters, 4, 4, 0); /* no change over a season */
    check_naive();
    project(quarters, 3, 10000, 0);
    check_naive();
}
END_TEST

START_TEST(extremes) {
    static const double largest[] = {1.7e308, -1.7e308, 1.7e308, 1.7e308, 1.7e308};
    project(largest, 5, 2, 0);
    ck_assert(points[0] == 1.7e308 && isfinite(points[1]) && !isinf(errors[0]));
    static const double two[] = {1e300, 2e300, 1e300};
    project(two, 3, 2, 0);
    ck_assert(errors[0] == 0.0 && points[0] == 2e300 && points[1] == 1e300);
}
END_TEST

/* It gets the series with its season, the others without. */
START_TEST(within_a_series) {
    bkt_context *context;
    double own[5];
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_projection_options options = five_ahead();
    options.season_length = 4;
    options.method = BKT_METHOD_SEASONAL_NAIVE;
    double values[24];
    for (int t = 0; t < 24; t++)
        values[t] = 20.0 + 0.25 * t + 8.0 * (t % 4 == 1);
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_series_project(context, values, 24, &options, own, NULL, NULL, &fit),
                     BKT_OK);
    /* What the test for seasons found is nothing to it. */
    ck_assert((fit.flags & (BKT_FIT_SEASONAL | BKT_FIT_MULTIPLICATIVE)) == BKT_FIT_SEASONAL);
    for (int h = 0; h < 5; h++)
        ck_assert(own[h] == values[20 + h % 4]);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("seasonal_naive");
    TCase *test_case = tcase_create("seasonal_naive");
    tcase_add_test(test_case, as_r);
    tcase_add_test(test_case, gaps);
    tcase_add_test(test_case, without_a_season_the_last_value);
    tcase_add_test(test_case, extremes);
    tcase_add_test(test_case, within_a_series);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
