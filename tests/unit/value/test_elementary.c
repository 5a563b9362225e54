/* SPDX-License-Identifier: MIT */
#include "bkti_elementary.h"

#include <float.h>
#include <math.h>

#include "run_suite.h"

static void check_close(double found, double expected, double tolerance) {
    ck_assert_msg(fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

/* Correctly rounded to 17 digits, from the definition. */
START_TEST(elementary_functions) {
    check_close(bkti_exp(1.0), 2.7182818284590452, DBL_EPSILON);
    check_close(bkti_exp(-1.0), 0.36787944117144232, DBL_EPSILON);
    check_close(bkti_exp(100.0), 2.6881171418161356e43, DBL_EPSILON);
    check_close(bkti_expm1(1e-10) / 1.00000000005e-10, 1.0, DBL_EPSILON);
    check_close(bkti_expm1(1.0), 1.7182818284590452, 4.0 * DBL_EPSILON);
    check_close(bkti_log(2.0), 0.69314718055994531, DBL_EPSILON);
    check_close(bkti_log(10.0), 2.3025850929940457, DBL_EPSILON);
    check_close(bkti_log(1e-300), -690.77552789821371, DBL_EPSILON);
    check_close(bkti_log1p(1e-10) / 9.9999999995e-11, 1.0, DBL_EPSILON);
    check_close(bkti_log1p(0.05), 0.048790164169432003, DBL_EPSILON);
    ck_assert(bkti_exp(0.0) == 1.0 && bkti_log(1.0) == 0.0);
    ck_assert(bkti_exp(-1000.0) == 0.0 && isinf(bkti_exp(1000.0)));
    ck_assert(isnan(bkti_log(-1.0)) && isinf(bkti_log(0.0)) && isnan(bkti_exp(NAN)));
    for (double x = -700.0; x < 700.0; x += 0.37) {
        check_close(bkti_exp(x) / exp(x), 1.0, 4.0 * DBL_EPSILON);
        check_close(bkti_log(exp(x)), log(exp(x)), 4.0 * DBL_EPSILON);
    }
}
END_TEST

START_TEST(ratios_and_rates) {
    ck_assert(bkti_log_ratio(3.0, 3.0) == 0.0);
    check_close(bkti_log_ratio(1.0, 10.0), 2.3025850929940457, DBL_EPSILON);
    check_close(bkti_log_ratio(1e10, 1e10 + 1.0) / 9.9999999995e-11, 1.0, 4.0 * DBL_EPSILON);
    check_close(bkti_log_ratio(1e-300, 1e300), 1381.5510557964274, DBL_EPSILON);
    check_close(bkti_log_ratio(1e300, 1e-300), -1381.5510557964274, DBL_EPSILON);
    check_close(bkti_compound_rate(100.0, 121.0, 2.0), 0.1, DBL_EPSILON);
    check_close(bkti_compound_rate(1e-300, 1e300, 600.0), 9.0, 16.0 * DBL_EPSILON);
    check_close(bkti_compound_rate(100.0, 110.0, 0.25), 0.4641, 4.0 * DBL_EPSILON);
    ck_assert(bkti_compound_rate(3.0, 3.0, 7.0) == 0.0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("elementary");
    TCase *test_case = tcase_create("elementary");
    tcase_add_test(test_case, elementary_functions);
    tcase_add_test(test_case, ratios_and_rates);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
