/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <check.h>
#include <math.h>

#include "run_suite.h"

typedef struct task {
    double middle;
    int calls;
} task;

static double parabola(const double *x, void *user) {
    task *t = user;
    t->calls++;
    return (*x - t->middle) * (*x - t->middle);
}

/* Two valleys; the deeper one lies at 0.8. */
static double valleys(const double *x, void *user) {
    (void)user;
    double first = fabs(*x - 0.2);
    double second = fabs(*x - 0.8) - 0.05;
    return fmin(first, second);
}

static double flat(const double *x, void *user) {
    (void)x;
    (void)user;
    return 3.0;
}

START_TEST(the_least_is_found) {
    static const double middles[] = {0.0, 0.1, 0.1234567, 0.5, 0.87, 0.999, 1.0};
    for (size_t i = 0; i < sizeof middles / sizeof middles[0]; i++) {
        task t = {.middle = middles[i]};
        double x;
        double least = bkti_line_minimise(parabola, &t, 0.0, 1.0, &x);
        ck_assert_msg(fabs(x - middles[i]) < 2e-6, "%.9g instead of %.9g", x, middles[i]);
        ck_assert(least < 1e-11 && t.calls < 50);
    }
}
END_TEST

START_TEST(beyond_the_ends) {
    task t = {.middle = -4.0};
    double x;
    bkti_line_minimise(parabola, &t, 0.25, 0.75, &x);
    ck_assert(x == 0.25);
    t.middle = 7.0;
    bkti_line_minimise(parabola, &t, 0.25, 0.75, &x);
    ck_assert(x == 0.75);
}
END_TEST

START_TEST(the_deeper_valley) {
    double x;
    double least = bkti_line_minimise(valleys, NULL, 0.0, 1.0, &x);
    ck_assert(fabs(x - 0.8) < 2e-6 && fabs(least + 0.05) < 2e-6);
    ck_assert(bkti_line_minimise(flat, NULL, 0.0, 1.0, &x) == 3.0);
    ck_assert(x >= 0.0 && x <= 1.0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("line");
    TCase *test_case = tcase_create("line");
    tcase_add_test(test_case, the_least_is_found);
    tcase_add_test(test_case, beyond_the_ends);
    tcase_add_test(test_case, the_deeper_valley);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
