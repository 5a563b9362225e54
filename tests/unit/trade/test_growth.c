/* SPDX-License-Identifier: MIT */
/* The kernels on plain numbers: growth, mirror gaps, balances. */
#include "trade_fixture.h"

#include "run_suite.h"

static void check_missing(int32_t actual, int32_t expected, const double *number) {
    ck_assert_int_eq(actual, expected);
    ck_assert(isnan(*number));
}

START_TEST(growth_is_against_the_earlier) {
    double rate = 0;
    ck_assert_int_eq(bkt_growth_rate(100, 156.4, &rate), BKT_MISSING_NOT);
    check_near(rate, 0.564);
    ck_assert_int_eq(bkt_growth_rate(100, 0, &rate), BKT_MISSING_NOT);
    check_near(rate, -1);
    check_missing(bkt_growth_rate(0, 1, &rate), BKT_MISSING_ZERO_DENOMINATOR, &rate);
    check_missing(bkt_growth_rate(-1, 1, &rate), BKT_MISSING_DOMAIN, &rate);
    check_missing(bkt_growth_rate(NAN, 1, &rate), BKT_MISSING_INPUT, &rate);
    check_missing(bkt_growth_rate(1, NAN, &rate), BKT_MISSING_INPUT, &rate);
    check_missing(bkt_growth_rate(1e-300, 1e300, &rate), BKT_MISSING_OVERFLOW, &rate);
    ck_assert_int_eq(bkt_growth_rate(1, 2, NULL), BKT_MISSING_INPUT);
}
END_TEST

START_TEST(log_growth_needs_two_above_zero) {
    double rate = 0;
    ck_assert_int_eq(bkt_growth_log(1, exp(1), &rate), BKT_MISSING_NOT);
    check_near(rate, 1);
    check_missing(bkt_growth_log(0, 1, &rate), BKT_MISSING_DOMAIN, &rate);
    check_missing(bkt_growth_log(1, 0, &rate), BKT_MISSING_DOMAIN, &rate);
    check_missing(bkt_growth_log(1, NAN, &rate), BKT_MISSING_INPUT, &rate);
}
END_TEST

START_TEST(midpoint_growth_is_defined_for_one_zero) {
    double rate = 0;
    ck_assert_int_eq(bkt_growth_midpoint(90, 110, &rate), BKT_MISSING_NOT);
    check_near(rate, 0.2);
    ck_assert_int_eq(bkt_growth_midpoint(0, 5, &rate), BKT_MISSING_NOT);
    check_near(rate, 2);
    ck_assert_int_eq(bkt_growth_midpoint(5, 0, &rate), BKT_MISSING_NOT);
    check_near(rate, -2);
    check_missing(bkt_growth_midpoint(0, 0, &rate), BKT_MISSING_ZERO_DENOMINATOR, &rate);
    check_missing(bkt_growth_midpoint(NAN, 0, &rate), BKT_MISSING_INPUT, &rate);
}
END_TEST

/* 604.1 to 1,000 in four years is 13.4 % a year: the press figures of 2017 and 2021. */
START_TEST(compound_growth_goes_by_true_years) {
    double rate = 0;
    ck_assert_int_eq(bkt_growth_compound(604.1, 1000, 4, &rate), BKT_MISSING_NOT);
    ck_assert_double_eq_tol(rate, 0.134, 0.0005);
    ck_assert_int_eq(bkt_growth_compound(100, 121, 2, &rate), BKT_MISSING_NOT);
    check_near(rate, 0.1);
    ck_assert_int_eq(bkt_growth_compound(100, 110, 0.25, &rate), BKT_MISSING_NOT);
    check_near(rate, 0.4641);
    ck_assert_int_eq(bkt_growth_compound(100, 0, 2, &rate), BKT_MISSING_NOT);
    check_near(rate, -1);
    check_missing(bkt_growth_compound(100, 110, 0, &rate), BKT_MISSING_NO_EARLIER_PERIOD, &rate);
    check_missing(bkt_growth_compound(0, 110, 1, &rate), BKT_MISSING_DOMAIN, &rate);
    check_missing(bkt_growth_compound(10, -1, 1, &rate), BKT_MISSING_DOMAIN, &rate);
    check_missing(bkt_growth_compound(10, NAN, 1, &rate), BKT_MISSING_INPUT, &rate);
    check_missing(bkt_growth_compound(1, 10, 1e-6, &rate), BKT_MISSING_OVERFLOW, &rate);
}
END_TEST

START_TEST(an_index_is_of_its_base) {
    double index = 0;
    ck_assert_int_eq(bkt_growth_index(50, 75, &index), BKT_MISSING_NOT);
    check_near(index, 150);
    check_missing(bkt_growth_index(0, 75, &index), BKT_MISSING_ZERO_DENOMINATOR, &index);
    check_missing(bkt_growth_index(NAN, 75, &index), BKT_MISSING_INPUT, &index);
}
END_TEST

START_TEST(a_trend_of_steady_growth_is_that_growth) {
    double times[6];
    double numbers[6];
    for (int i = 0; i < 6; i++) {
        times[i] = 2010 + i;
        numbers[i] = 200 * pow(1.08, i);
    }
    double rate = 0;
    double slope = 0;
    double error = 1;
    double fit = 0;
    int64_t used = 0;
    ck_assert_int_eq(
        bkt_growth_least_squares(times, numbers, 6, &rate, &slope, &error, &fit, &used),
        BKT_MISSING_NOT);
    check_near(rate, 0.08);
    check_near(slope, log(1.08));
    ck_assert_double_lt(error, 1e-12);
    check_near(fit, 1);
    ck_assert_int_eq(used, 6);
}
END_TEST

/* ln y = 1, 3, 2 at 0, 1, 2: b = 1/2, errors -1/2, 1, -1/2, their squares 3/2, of the logs 2. */
START_TEST(a_trend_has_the_error_and_fit_of_a_line) {
    double times[] = {0, 1, 2, 3, NAN};
    double numbers[] = {exp(1), exp(3), exp(2), 0, 5};
    double rate = 0;
    double slope = 0;
    double error = 0;
    double fit = 0;
    int64_t used = 0;
    ck_assert_int_eq(
        bkt_growth_least_squares(times, numbers, 5, &rate, &slope, &error, &fit, &used),
        BKT_MISSING_NOT);
    check_near(slope, 0.5);
    check_near(rate, exp(0.5) - 1);
    check_near(error, sqrt(1.5 / 1 / 2));
    check_near(fit, 0.25);
    ck_assert_int_eq(used, 3);
}
END_TEST

START_TEST(a_trend_needs_numbers_that_lie_apart) {
    double times[] = {2010, 2010, 2011};
    double numbers[] = {5, 6, 0};
    double rate = 0;
    double error = 0;
    double fit = 0;
    check_missing(bkt_growth_least_squares(times, numbers, 3, &rate, NULL, NULL, NULL, NULL),
                  BKT_MISSING_TOO_FEW, &rate);
    check_missing(bkt_growth_least_squares(times, numbers, 0, &rate, NULL, NULL, NULL, NULL),
                  BKT_MISSING_TOO_FEW, &rate);
    check_missing(bkt_growth_least_squares(NULL, numbers, 3, &rate, NULL, NULL, NULL, NULL),
                  BKT_MISSING_INPUT, &rate);
    double two_times[] = {2010, 2012, 2013};
    double equal[] = {5, 5, 5};
    ck_assert_int_eq(bkt_growth_least_squares(two_times, equal, 2, &rate, NULL, &error, &fit, NULL),
                     BKT_MISSING_NOT);
    check_near(rate, 0);
    ck_assert(isnan(error)); /* two points leave no error */
    ck_assert(isnan(fit));   /* and equal ones nothing to explain */
    ck_assert_int_eq(bkt_growth_least_squares(two_times, equal, 3, &rate, NULL, &error, &fit, NULL),
                     BKT_MISSING_NOT);
    ck_assert(isnan(fit));
}
END_TEST

/* IMF: imports of 106 at CIF stand against exports of 100 at FOB. */
START_TEST(imports_come_to_fob) {
    double value = 0;
    ck_assert_int_eq(bkt_mirror_to_fob(106, 0.06, &value), BKT_MISSING_NOT);
    check_near(value, 100);
    check_missing(bkt_mirror_to_fob(106, -1, &value), BKT_MISSING_DOMAIN, &value);
    check_missing(bkt_mirror_to_fob(NAN, 0.06, &value), BKT_MISSING_INPUT, &value);
}
END_TEST

/* 2017: Belarus's 592.4 against Kazakhstan's 508.6 at CIF: 21 % of the mean at FOB. */
START_TEST(a_gap_is_of_the_mean_of_both) {
    double fob = 0;
    double gap = 0;
    ck_assert_int_eq(bkt_mirror_to_fob(508.6, 0.06, &fob), BKT_MISSING_NOT);
    ck_assert_int_eq(bkt_mirror_relative_gap(592.4, fob, &gap), BKT_MISSING_NOT);
    ck_assert_double_eq_tol(gap, -0.21, 0.0005);
    ck_assert_int_eq(bkt_mirror_log_gap(95.5, 97.1, &gap), BKT_MISSING_NOT);
    check_near(gap, log(97.1 / 95.5));
    ck_assert_int_eq(bkt_mirror_relative_gap(0, 5, &gap), BKT_MISSING_NOT);
    check_near(gap, 2);
    check_missing(bkt_mirror_relative_gap(0, 0, &gap), BKT_MISSING_ZERO_DENOMINATOR, &gap);
    check_missing(bkt_mirror_log_gap(0, 5, &gap), BKT_MISSING_DOMAIN, &gap);
}
END_TEST

START_TEST(balances_of_plain_numbers) {
    double number = 0;
    ck_assert_int_eq(bkt_balance_coverage(150, 100, &number), BKT_MISSING_NOT);
    check_near(number, 150);
    check_missing(bkt_balance_coverage(1, 0, &number), BKT_MISSING_ZERO_DENOMINATOR, &number);
    check_missing(bkt_balance_coverage(1, NAN, &number), BKT_MISSING_INPUT, &number);
    ck_assert_int_eq(bkt_balance_normalised(3, 1, &number), BKT_MISSING_NOT);
    check_near(number, 0.5);
    ck_assert_int_eq(bkt_balance_normalised(0, 1, &number), BKT_MISSING_NOT);
    check_near(number, -1);
    check_missing(bkt_balance_normalised(0, 0, &number), BKT_MISSING_ZERO_DENOMINATOR, &number);
}
END_TEST

START_TEST(a_strict_sum_needs_every_number) {
    double balances[] = {1e16, 1, -1e16, NAN, 2};
    double strict = 0;
    double available = 0;
    int64_t used = 0;
    check_missing(bkt_balance_cumulated(balances, 5, &strict, &available, &used), BKT_MISSING_INPUT,
                  &strict);
    check_near(available, 3);
    ck_assert_int_eq(used, 4);
    ck_assert_int_eq(bkt_balance_cumulated(balances, 3, &strict, NULL, NULL), BKT_MISSING_NOT);
    check_near(strict, 1);
    check_missing(bkt_balance_cumulated(NULL, 0, &strict, &available, &used), BKT_MISSING_TOO_FEW,
                  &strict);
    ck_assert(isnan(available));
    double huge[] = {1e308, 1e308};
    check_missing(bkt_balance_cumulated(huge, 2, &strict, NULL, NULL), BKT_MISSING_OVERFLOW,
                  &strict);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("growth");
    TCase *tests = tcase_create("growth");
    tcase_add_test(tests, growth_is_against_the_earlier);
    tcase_add_test(tests, log_growth_needs_two_above_zero);
    tcase_add_test(tests, midpoint_growth_is_defined_for_one_zero);
    tcase_add_test(tests, compound_growth_goes_by_true_years);
    tcase_add_test(tests, an_index_is_of_its_base);
    tcase_add_test(tests, a_trend_of_steady_growth_is_that_growth);
    tcase_add_test(tests, a_trend_has_the_error_and_fit_of_a_line);
    tcase_add_test(tests, a_trend_needs_numbers_that_lie_apart);
    tcase_add_test(tests, imports_come_to_fob);
    tcase_add_test(tests, a_gap_is_of_the_mean_of_both);
    tcase_add_test(tests, balances_of_plain_numbers);
    tcase_add_test(tests, a_strict_sum_needs_every_number);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
