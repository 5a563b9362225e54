/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "bkti_probability.h"
#include "run_suite.h"

static void check_close(double found, double expected, double tolerance) {
    ck_assert_msg(fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

/* Abramowitz & Stegun, tables 26.1 and 26.5, and R 4.2.2: pnorm(), qnorm(). */
START_TEST(normal_distribution) {
    check_close(bkti_normal_below(0.0), 0.5, DBL_EPSILON);
    check_close(bkti_normal_below(1.0), 0.841344746068542949, 1e-15);
    check_close(bkti_normal_below(-1.96), 0.0249978951482204341, 1e-15);
    check_close(bkti_normal_below(-6.0) / 9.8658764503769814e-10, 1.0, 1e-12);
    check_close(bkti_normal_quantile(0.9), 1.28155156554460047, 1e-12);
    check_close(bkti_normal_quantile(0.975), 1.95996398454005424, 1e-12);
    check_close(bkti_normal_quantile(0.995), 2.57582930354890076, 1e-12);
    check_close(bkti_normal_quantile(1e-10), -6.36134090240406, 1e-12);
    ck_assert(bkti_normal_quantile(0.5) == 0.0);
    ck_assert(isnan(bkti_normal_quantile(0.0)) && isnan(bkti_normal_quantile(1.0)));
    for (double x = -8.0; x < 6.0; x += 0.01)
        check_close(bkti_normal_quantile(bkti_normal_below(x)), x, 1e-7);
}
END_TEST

/* R 4.2.2: qt(p, n, lower.tail = FALSE); those of 0.025 also in Abramowitz & Stegun, table 26.10.
 */
START_TEST(student_quantiles) {
    static const struct {
        double p;
        double freedom;
        double t;
    } rows[] = {
        {0.025, 1, 12.7062047361747},   {0.025, 2, 4.30265272974946},
        {0.025, 3, 3.18244630528371},   {0.025, 5, 2.57058183563632},
        {0.025, 10, 2.22813885198627},  {0.025, 30, 2.04227245630124},
        {0.025, 120, 1.97993040505278}, {0.1, 1, 3.07768353717525},
        {0.1, 7, 1.41492392765051},     {0.005, 4, 4.60409487135},
        {0.0005, 6, 5.95881617881888},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_close(bkti_student_upper(rows[i].p, rows[i].freedom), rows[i].t, 1e-9);
    check_close(bkti_student_upper(0.025, 1e6), 1.95996635681411, 1e-9);
    ck_assert(bkti_student_upper(0.5, 3) == 0.0);
    ck_assert(isnan(bkti_student_upper(0.6, 3)) && isnan(bkti_student_upper(0.1, 0)));
    for (double n = 1.0; n < 2000.0; n *= 3.0)
        for (double p = 0.49; p > 1e-12; p /= 7.0)
            check_close(bkti_student_above(bkti_student_upper(p, n), n) / p, 1.0, 1e-9);
}
END_TEST

/* R 4.2.2: pf(f, m, n, lower.tail = FALSE). */
START_TEST(fisher) {
    static const struct {
        double f, first, second, above;
    } rows[] = {{2.5, 3, 8, 0.133484535021578},      {1.2, 11, 48, 0.312704917673777},
                {0.3, 1, 1, 0.680994279960023},      {14, 6, 2.5, 0.0421851436413063},
                {1.01, 364, 800, 0.451263066269027}, {40, 3, 200, 2.70792013170141e-20}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_close(bkti_fisher_above(rows[i].f, rows[i].first, rows[i].second) / rows[i].above,
                    1.0, 1e-11);
    ck_assert(bkti_fisher_above(0.0, 3, 4) == 1.0 && bkti_fisher_above(1e308, 3, 400) == 0.0);
}
END_TEST

/* The first numbers of xoshiro256** from the state {1, 2, 3, 4}: rotl(2 * 5, 7) * 9 = 11520, then
 * rotl(0 * 5, 7) * 9 = 0, and so on by hand of its definition. */
START_TEST(generator) {
    bkti_random random = {{1, 2, 3, 4}};
    ck_assert_uint_eq(bkti_random_bits(&random), 11520);
    ck_assert_uint_eq(bkti_random_bits(&random), 0);
    ck_assert_uint_eq(bkti_random_bits(&random), 1509978240);
    ck_assert_uint_eq(bkti_random_bits(&random), 1215971899390074240);
    bkti_random again;
    bkti_random_start(&random, 1, 7);
    bkti_random_start(&again, 1, 7);
    for (int i = 0; i < 100; i++)
        ck_assert(bkti_random_normal(&random) == bkti_random_normal(&again));
    bkti_random_start(&again, 1, 8);
    ck_assert(bkti_random_bits(&random) != bkti_random_bits(&again));
}
END_TEST

START_TEST(moments_of_random_numbers) {
    bkti_random random;
    double sum = 0.0, squares = 0.0, chi = 0.0, chi_squares = 0.0;
    const int count = 200000;
    bkti_random_start(&random, 3, 0);
    for (int i = 0; i < count; i++) {
        double z = bkti_random_normal(&random);
        double c = bkti_random_chi_square(&random, 5.0);
        sum += z / count;
        squares += z * z / count;
        chi += c / count;
        chi_squares += c * c / count;
    }
    ck_assert(fabs(sum) < 0.01 && fabs(squares - 1.0) < 0.02);
    ck_assert(fabs(chi - 5.0) < 0.05 && fabs(chi_squares - chi * chi - 10.0) < 0.3);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("probability");
    TCase *test_case = tcase_create("probability");
    tcase_add_test(test_case, normal_distribution);
    tcase_add_test(test_case, student_quantiles);
    tcase_add_test(test_case, fisher);
    tcase_add_test(test_case, generator);
    tcase_add_test(test_case, moments_of_random_numbers);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
