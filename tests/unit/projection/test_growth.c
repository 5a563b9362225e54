/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include <bktrade/projection.h>

#include "run_suite.h"

static void check_close(double found, double expected, double tolerance) {
    ck_assert_msg(fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

static double time_to(double value, double target, double growth) {
    double periods;
    ck_assert_int_eq(bkt_growth_time(value, target, growth, &periods), BKT_MISSING_NOT);
    return periods;
}

START_TEST(whole_powers_do_not_round_up) {
    ck_assert(time_to(1.0, 4.0, 1.0) == 2.0);
    ck_assert(time_to(3.0, 24.0, 1.0) == 3.0);
    ck_assert(time_to(100.0, 121.0, 0.1) == 2.0);
    ck_assert(time_to(1e9, 1e9 * 1.05 * 1.05 * 1.05 * 1.05 * 1.05, 0.05) == 5.0);
    ck_assert(time_to(1.0, 1.0001, 0.0001) == 1.0);
    for (int k = 1; k <= 60; k++) {
        double target;
        for (double growth = 0.005; growth < 4.0; growth *= 1.7) {
            ck_assert_int_eq(bkt_growth_forward(804.1, growth, k, &target), BKT_MISSING_NOT);
            ck_assert_msg(time_to(804.1, target, growth) == k, "%d periods at %g", k, growth);
            /* A hair more than the power takes longer. */
            ck_assert(time_to(804.1, target * (1.0 + 1e-12), growth) > k);
        }
    }
}
END_TEST

/* From 1 bn to 3.5 and 4 bn: 28.5 and 32.0 % a year in 5 years, 19.6 and 21.9 in 7, 13.3 and 14.9
 * in 10, 8.7 and 9.7 in 15; at 0.6 % a year 3.5 bn takes 207 to 210 years. */
START_TEST(the_road_to_the_target) {
    static const double periods[] = {5, 7, 10, 15};
    static const double for_3_5[] = {0.285, 0.196, 0.133, 0.087};
    static const double for_4[] = {0.320, 0.219, 0.149, 0.097};
    double growth;
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(bkt_growth_required(1e9, 3.5e9, periods[i], &growth), BKT_MISSING_NOT);
        check_close(growth, for_3_5[i], 5e-4);
        ck_assert_int_eq(bkt_growth_required(1e9, 4e9, periods[i], &growth), BKT_MISSING_NOT);
        check_close(growth, for_4[i], 5e-4);
    }
    check_close(time_to(1e9, 3.5e9, 0.006), 209.4, 0.05);
    check_close(time_to(1e9, 3.5e9, 0.05), 25.676534, 1e-6);
}
END_TEST

START_TEST(required_growth_leads_to_the_target) {
    for (double value = 1e-9; value < 1e12; value *= 9.7)
        for (double factor = 0.01; factor < 200.0; factor *= 1.9)
            for (double periods = 1.0; periods < 80.0; periods += 3.0) {
                double growth, there;
                double target = value * factor;
                ck_assert_int_eq(bkt_growth_required(value, target, periods, &growth),
                                 BKT_MISSING_NOT);
                ck_assert_int_eq(bkt_growth_forward(value, growth, periods, &there),
                                 BKT_MISSING_NOT);
                /* The rate itself is rounded, which counts once a period. */
                ck_assert(fabs(there / target - 1.0) <= (8.0 + periods) * DBL_EPSILON);
            }
}
END_TEST

START_TEST(edges) {
    double x;
    ck_assert(time_to(5.0, 5.0, 0.1) == 0.0 && time_to(5.0, 4.0, -0.1) == 0.0);
    ck_assert(time_to(5.0, 0.0, 0.0) == 0.0 && time_to(5.0, -3.0, 0.1) == 0.0);
    /* Far out the power is rounded more often than the quotient of logarithms. */
    ck_assert_int_eq(bkt_growth_time(3.0, 3.0 * pow(1.25, 200), 0.25, &x), BKT_MISSING_NOT);
    ck_assert(x == 200.0);
    ck_assert_int_eq(bkt_growth_time(5.0, 6.0, 0.0, &x), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time(5.0, 6.0, -0.2, &x), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time(0.0, 6.0, 0.1, &x), BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(bkt_growth_time(-1.0, 6.0, 0.1, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_time(NAN, 6.0, 0.1, &x), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_time(1.0, INFINITY, 0.1, &x), BKT_MISSING_INPUT);
    ck_assert(isnan(x));
    ck_assert(isfinite(time_to(1e-300, 1e300, 1e-10)));
    ck_assert_int_eq(bkt_growth_required(5.0, 6.0, 0.0, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_required(5.0, 6.0, -1.0, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_required(0.0, 6.0, 2.0, &x), BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(bkt_growth_required(-1.0, 6.0, 2.0, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_required(1.0, NAN, 2.0, &x), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_required(1e-300, 1e300, 0.5, &x), BKT_MISSING_OVERFLOW);
    ck_assert_int_eq(bkt_growth_required(4.0, 0.0, 2.0, &x), BKT_MISSING_NOT);
    ck_assert(x == -1.0);
    ck_assert_int_eq(bkt_growth_required(-4.0, -1.0, 2.0, &x), BKT_MISSING_NOT);
    check_close(x, -0.5, 4.0 * DBL_EPSILON);
    ck_assert_int_eq(bkt_growth_required_linear(5.0, 6.0, 4.0, &x), BKT_MISSING_NOT);
    ck_assert(x == 0.25);
    ck_assert_int_eq(bkt_growth_required_linear(5.0, 6.0, 0.0, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_required_linear(-1.7e308, 1.7e308, 1.0, &x), BKT_MISSING_OVERFLOW);
    ck_assert_int_eq(bkt_growth_required_linear(NAN, 6.0, 4.0, &x), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_forward(1.0, -1.0, 2.0, &x), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_forward(1.0, NAN, 2.0, &x), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_forward(1e300, 1.0, 1e6, &x), BKT_MISSING_OVERFLOW);
    ck_assert_int_eq(bkt_growth_forward(1.5, 1.0, 10.0, &x), BKT_MISSING_NOT);
    ck_assert(x == 1536.0);
    ck_assert_int_eq(bkt_growth_forward(1536.0, 1.0, -10.0, &x), BKT_MISSING_NOT);
    ck_assert(x == 1.5);
}
END_TEST

START_TEST(two_speeds) {
    double n, difference;
    ck_assert_int_eq(bkt_growth_time_of_sum(100.0, 0.5, 50.0, 0.0, 275.0, &n, &difference),
                     BKT_MISSING_NOT);
    ck_assert(n == 2.0); /* 225 + 50 */
    check_close(difference, 175.0, 1e-14);
    /* Equal rates: as one value. */
    ck_assert_int_eq(bkt_growth_time_of_sum(675.5, 0.1, 90.4, 0.1, 3500.0, &n, NULL),
                     BKT_MISSING_NOT);
    check_close(n, time_to(765.9, 3500.0, 0.1), 1e-12);
    /* One shrinks at first faster than the other grows: the sum falls, then rises. */
    ck_assert_int_eq(bkt_growth_time_of_sum(100.0, -0.5, 10.0, 0.2, 110.5, &n, &difference),
                     BKT_MISSING_NOT);
    check_close(100.0 * pow(0.5, n) + 10.0 * pow(1.2, n), 110.5, 1e-12);
    ck_assert(difference < 0.0);
    ck_assert_int_eq(bkt_growth_time_of_sum(3.0, 0.1, 4.0, 0.1, 7.0, &n, &difference),
                     BKT_MISSING_NOT);
    ck_assert(n == 0.0 && difference == -1.0);
    ck_assert_int_eq(bkt_growth_time_of_sum(3.0, 0.0, 4.0, -0.1, 8.0, &n, NULL), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time_of_sum(0.0, 0.5, 4.0, 0.0, 8.0, &n, NULL), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time_of_sum(-3.0, 0.1, 4.0, 0.1, 8.0, &n, NULL),
                     BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_time_of_sum(3.0, -1.0, 4.0, 0.1, 8.0, &n, NULL),
                     BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_time_of_sum(3.0, 0.1, NAN, 0.1, 8.0, &n, NULL), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_time_of_sum(1e-300, 1e-9, 0.0, 0.0, 1e300, &n, NULL),
                     BKT_MISSING_NOT);
    ck_assert(isfinite(n));
}
END_TEST

START_TEST(when_the_balance_turns) {
    double n;
    ck_assert_int_eq(bkt_growth_time_of_equality(400.0, 0.0, 100.0, 1.0, &n), BKT_MISSING_NOT);
    ck_assert(n == 2.0);
    ck_assert_int_eq(bkt_growth_time_of_equality(100.0, 1.0, 400.0, 0.0, &n), BKT_MISSING_NOT);
    ck_assert(n == 2.0);
    ck_assert_int_eq(bkt_growth_time_of_equality(5.0, 0.1, 5.0, 0.3, &n), BKT_MISSING_NOT);
    ck_assert(n == 0.0);
    ck_assert_int_eq(bkt_growth_time_of_equality(400.0, 0.1, 100.0, 0.1, &n), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time_of_equality(400.0, 0.2, 100.0, 0.1, &n), BKT_MISSING_NEVER);
    ck_assert_int_eq(bkt_growth_time_of_equality(0.0, 0.2, 100.0, 0.1, &n), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_growth_time_of_equality(NAN, 0.2, 100.0, 0.1, &n), BKT_MISSING_INPUT);
}
END_TEST

START_TEST(paths) {
    double points[6];
    double expected;
    static const double rates[] = {0.05, 0.05, -0.2, 1.0};
    /* A constant rate gives what bkt_growth_forward() gives, to the bit. */
    ck_assert_int_eq(bkt_growth_project(804.1, rates, 1, 6, points), BKT_MISSING_NOT);
    for (int h = 1; h <= 6; h++) {
        bkt_growth_forward(804.1, 0.05, h, &expected);
        ck_assert(points[h - 1] == expected);
    }
    /* The last rate goes on; stretches of one rate are one power. */
    ck_assert_int_eq(bkt_growth_project(100.0, rates, 4, 6, points), BKT_MISSING_NOT);
    check_close(points[0], 105.0, 1e-15);
    bkt_growth_forward(100.0, 0.05, 2, &expected);
    ck_assert(points[1] == expected);
    check_close(points[2], 100.0 * 1.05 * 1.05 * 0.8, 1e-15);
    ck_assert(points[3] == 2.0 * points[2] && points[5] == 8.0 * points[2]);
    /* Zero stays, a negative value gets farther from it. */
    ck_assert_int_eq(bkt_growth_project(0.0, rates, 1, 6, points), BKT_MISSING_NOT);
    ck_assert(points[5] == 0.0);
    ck_assert_int_eq(bkt_growth_project(-1.0, rates + 3, 1, 6, points), BKT_MISSING_NOT);
    ck_assert(points[0] == -2.0 && points[5] == -64.0);
}
END_TEST

START_TEST(paths_that_end) {
    double points[4];
    static const double down[] = {0.1, -1.0, 0.1};
    ck_assert_int_eq(bkt_growth_project(1.0, down, 3, 4, points), BKT_MISSING_DOMAIN);
    ck_assert(points[0] == 1.1 && isnan(points[1]) && isnan(points[2]) && isnan(points[3]));
    static const double gap[] = {0.1, NAN, 0.1};
    ck_assert_int_eq(bkt_growth_project(1.0, gap, 3, 4, points), BKT_MISSING_INPUT);
    ck_assert(points[0] == 1.1 && isnan(points[1]) && isnan(points[3]));
    static const double huge[] = {1e200, -0.5};
    ck_assert_int_eq(bkt_growth_project(1e150, huge, 2, 4, points), BKT_MISSING_OVERFLOW);
    ck_assert(isnan(points[0]) && isnan(points[3]));
    static const double endless[] = {INFINITY};
    ck_assert_int_eq(bkt_growth_project(1.0, endless, 1, 4, points), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_project(NAN, down, 1, 4, points), BKT_MISSING_INPUT);
    ck_assert(isnan(points[0]));
    points[0] = 1.0;
    ck_assert_int_eq(bkt_growth_project(1.0, NULL, 0, 4, points), BKT_MISSING_INPUT);
    ck_assert(isnan(points[0]));
    ck_assert_int_eq(bkt_growth_project(1.0, NULL, 2, 4, points), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_project(1.0, down, 3, 4, NULL), BKT_MISSING_INPUT);
    ck_assert_int_eq(bkt_growth_project(1.0, down, 1, 0, points), BKT_MISSING_NOT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("growth");
    TCase *test_case = tcase_create("growth");
    tcase_add_test(test_case, whole_powers_do_not_round_up);
    tcase_add_test(test_case, the_road_to_the_target);
    tcase_add_test(test_case, required_growth_leads_to_the_target);
    tcase_add_test(test_case, edges);
    tcase_add_test(test_case, two_speeds);
    tcase_add_test(test_case, when_the_balance_turns);
    tcase_add_test(test_case, paths);
    tcase_add_test(test_case, paths_that_end);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
