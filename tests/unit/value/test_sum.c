/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "bkti_sum.h"
#include "random_numbers.h"
#include "run_suite.h"

static double sum_of(const double *numbers, size_t count) {
    bkti_sum sum;
    bkti_sum_init(&sum);
    for (size_t i = 0; i < count; i++) {
        bkti_sum_add(&sum, numbers[i]);
    }
    return bkti_sum_result(&sum);
}

enum { COUNT = 300 };

/* The exact sum of at most COUNT numbers by another way: J. Shewchuk's expansions (1997), as in
 * Python's math.fsum. Good unless a partial sum overflows. */
static double reference_sum(const double *numbers, size_t count) {
    double partials[COUNT + 1];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        volatile double x = numbers[i];
        size_t kept = 0;
        for (size_t j = 0; j < used; j++) {
            volatile double y = partials[j];
            if (fabs(x) < fabs(y)) {
                double exchanged = x;
                x = y;
                y = exchanged;
            }
            volatile double high = x + y;
            volatile double taken = high - x;
            volatile double low = y - taken;
            if (low != 0) {
                partials[kept++] = low;
            }
            x = high;
        }
        partials[kept++] = x;
        used = kept;
    }
    volatile double high = 0;
    volatile double low = 0;
    while (used > 0) {
        volatile double x = high;
        volatile double y = partials[--used];
        high = x + y;
        volatile double taken = high - x;
        low = y - taken;
        if (low != 0) {
            break;
        }
    }
    if (used > 0 && ((low < 0 && partials[used - 1] < 0) || (low > 0 && partials[used - 1] > 0))) {
        volatile double twice = low * 2;
        volatile double x = high + twice;
        if (twice == x - high) {
            high = x;
        }
    }
    return high;
}

static void expect_sum(const double *numbers, size_t count, double expected) {
    double result = sum_of(numbers, count);
    ck_assert_msg(bits_of_double(result) == bits_of_double(expected), "%a, not %a", expected,
                  result);
}

START_TEST(known_sums) {
    expect_sum(NULL, 0, 0.0);
    expect_sum((double[]){-0.0, -0.0}, 2, 0.0);
    expect_sum((double[]){0.1, 0.2}, 2, 0.1 + 0.2);
    expect_sum((double[]){1e308, 1, -1e308}, 3, 1);
    expect_sum((double[]){1, 1e100, 1, -1e100}, 4, 2);
    expect_sum((double[]){DBL_MAX, 5e-324, -DBL_MAX}, 3, 5e-324);
    expect_sum((double[]){DBL_MAX, DBL_MAX, -DBL_MAX}, 3, DBL_MAX);
    expect_sum((double[]){5e-324, 5e-324, -1e-323}, 3, 0.0);
    expect_sum((double[]){DBL_MIN, -5e-324}, 2, DBL_MIN - 5e-324);
    expect_sum((double[]){-DBL_MIN, 5e-324}, 2, -DBL_MIN + 5e-324);
    expect_sum((double[]){804.1, -119.0}, 2, 685.1);
}
END_TEST

START_TEST(rounding_at_the_half) {
    const double half = ldexp(1, -53);
    expect_sum((double[]){1, half}, 2, 1);                                /* tie to even */
    expect_sum((double[]){1 + 2 * half, half}, 2, 1 + 4 * half);          /* tie to even, upwards */
    expect_sum((double[]){1, half, 5e-324}, 3, 1 + 2 * half);             /* a trifle above */
    expect_sum((double[]){1 + 2 * half, half, -5e-324}, 3, 1 + 2 * half); /* a trifle below */
    expect_sum((double[]){-1, -half, -5e-324}, 3, -1 - 2 * half);
    expect_sum((double[]){-1, -half}, 2, -1);
}
END_TEST

START_TEST(what_does_not_fit) {
    expect_sum((double[]){DBL_MAX, DBL_MAX}, 2, HUGE_VAL);
    expect_sum((double[]){-DBL_MAX, -DBL_MAX}, 2, -HUGE_VAL);
    /* The midpoint of the largest double and what would be the next is too large. */
    expect_sum((double[]){DBL_MAX, ldexp(1, 970)}, 2, HUGE_VAL);
    expect_sum((double[]){DBL_MAX, ldexp(1, 970), -5e-324}, 3, DBL_MAX);
}
END_TEST

static void shuffle(uint64_t *state, double *numbers, size_t count) {
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = random_below(state, i + 1);
        double exchanged = numbers[i];
        numbers[i] = numbers[other];
        numbers[other] = exchanged;
    }
}

/* Sums pieces of random lengths and merges them. */
static double sum_in_pieces(uint64_t *state, const double *numbers, size_t count) {
    bkti_sum whole;
    bkti_sum_init(&whole);
    size_t start = 0;
    while (start < count) {
        size_t size = 1 + random_below(state, count - start);
        bkti_sum piece;
        bkti_sum_init(&piece);
        for (size_t i = start; i < start + size; i++) {
            bkti_sum_add(&piece, numbers[i]);
        }
        bkti_sum_merge(&whole, &piece);
        start += size;
    }
    return bkti_sum_result(&whole);
}

/* Numbers of a spread of exponents, half of them with a partner that nearly cancels it. */
static void make_numbers(uint64_t *state, double *numbers, int lowest, int spread) {
    for (size_t i = 0; i < COUNT; i++) {
        double size = ldexp((double)(random_word(state) >> 11),
                            lowest + (int)random_below(state, (uint64_t)spread));
        numbers[i] = (random_word(state) & 1) != 0 ? -size : size;
        if (i % 2 == 1 && (random_word(state) & 1) != 0) {
            numbers[i] = -numbers[i - 1] * (1 + DBL_EPSILON * (double)random_below(state, 3));
        }
    }
}

START_TEST(order_and_grouping_change_no_bit) {
    static const struct {
        int lowest;
        int spread;
    } RANGES[] = {{-60, 20}, {-60, 120}, {-1074, 60}, {-1074, 1900}, {800, 150}, {-30, 1}};
    uint64_t state = 6;
    double numbers[COUNT];
    for (size_t range = 0; range < sizeof RANGES / sizeof RANGES[0]; range++) {
        for (int round = 0; round < 60; round++) {
            make_numbers(&state, numbers, RANGES[range].lowest, RANGES[range].spread);
            double expected = reference_sum(numbers, COUNT);
            expect_sum(numbers, COUNT, expected);
            for (int turn = 0; turn < 5; turn++) {
                shuffle(&state, numbers, COUNT);
                expect_sum(numbers, COUNT, expected);
                double pieces = sum_in_pieces(&state, numbers, COUNT);
                ck_assert_uint_eq(bits_of_double(pieces), bits_of_double(expected));
            }
        }
    }
}
END_TEST

START_TEST(numbers_and_their_opposites_leave_nothing) {
    uint64_t state = 7;
    bkti_sum sum;
    bkti_sum_init(&sum);
    uint64_t start = state;
    for (int i = 0; i < 100000; i++) {
        bkti_sum_add(&sum, random_double(&state));
    }
    state = start;
    bkti_sum_add(&sum, 0.1);
    for (int i = 0; i < 100000; i++) {
        bkti_sum_add(&sum, -random_double(&state));
    }
    ck_assert_uint_eq(bits_of_double(bkti_sum_result(&sum)), bits_of_double(0.1));
}
END_TEST

/* Carries are passed on in time: doubling a sum by merging it with itself, 2^100 times over. */
START_TEST(long_sums) {
    bkti_sum sum;
    bkti_sum_init(&sum);
    bkti_sum_add(&sum, 0.1);
    for (int i = 0; i < 100; i++) {
        bkti_sum same = sum;
        bkti_sum_merge(&sum, &same);
    }
    ck_assert_uint_eq(bits_of_double(bkti_sum_result(&sum)), bits_of_double(ldexp(0.1, 100)));
    bkti_sum_init(&sum);
    sum.additions = (UINT32_C(1) << 30) - 5;
    for (int i = 0; i < 10; i++) {
        bkti_sum_add(&sum, -1.5);
    }
    ck_assert_double_eq(bkti_sum_result(&sum), -15);
    ck_assert_uint_le(sum.additions, 5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sum");
    TCase *test_case = tcase_create("sum");
    tcase_add_test(test_case, known_sums);
    tcase_add_test(test_case, rounding_at_the_half);
    tcase_add_test(test_case, what_does_not_fit);
    tcase_add_test(test_case, order_and_grouping_change_no_bit);
    tcase_add_test(test_case, numbers_and_their_opposites_leave_nothing);
    tcase_add_test(test_case, long_sums);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
