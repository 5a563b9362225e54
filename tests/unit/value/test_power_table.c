/* SPDX-License-Identifier: MIT */
/* Computes every power of ten again, with integers of any length, and compares. */
#include <stdbool.h>
#include <string.h>

#include "bkti_power_table.h"
#include "run_suite.h"

#define LIMB_COUNT 64

typedef struct integer {
    uint32_t limbs[LIMB_COUNT]; /* the lowest first */
} integer;

static integer integer_of(bkti_wide wide) {
    integer number = {{(uint32_t)wide.low, (uint32_t)(wide.low >> 32), (uint32_t)wide.high,
                       (uint32_t)(wide.high >> 32)}};
    return number;
}

static void multiply(integer *number, uint32_t factor) {
    uint64_t carry = 0;
    for (int i = 0; i < LIMB_COUNT; i++) {
        carry += (uint64_t)number->limbs[i] * factor;
        number->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    ck_assert_uint_eq(carry, 0);
}

static void multiply_by_power(integer *number, uint32_t base, int power) {
    for (; power >= 13; power -= 13) {
        uint32_t many = base * base * base;
        many = many * many * many * many * base; /* base^13 < 2^32 for 2 and 5 */
        multiply(number, many);
    }
    for (; power > 0; power--) {
        multiply(number, base);
    }
}

static int compare(const integer *a, const integer *b) {
    for (int i = LIMB_COUNT - 1; i >= 0; i--) {
        if (a->limbs[i] != b->limbs[i]) {
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
        }
    }
    return 0;
}

/* t * 2^s against 5^e for some t, where 10^e is 5^e * 2^e; both sides are brought to integers. */
static int compare_with_power(bkti_wide t, int e) {
    integer left = integer_of(t);
    integer right = {{1}};
    int shift = bkti_log2_of_power(e) - 127 - e;
    multiply_by_power(e < 0 ? &left : &right, 5, e < 0 ? -e : e);
    multiply_by_power(shift < 0 ? &right : &left, 2, shift < 0 ? -shift : shift);
    return compare(&left, &right);
}

START_TEST(every_row_is_the_power_cut_off) {
    for (int e = BKTI_POWER_LOWEST; e <= BKTI_POWER_HIGHEST; e++) {
        bkti_wide row = bkti_power_table[e - BKTI_POWER_LOWEST];
        ck_assert_msg(row.high >> 63 == 1, "10^%d is not normalised", e);
        int order = compare_with_power(row, e);
        ck_assert_msg(bkti_power_is_exact(e) ? order == 0 : order < 0, "10^%d is too large", e);
        row.low++;
        row.high += row.low == 0;
        ck_assert_msg(compare_with_power(row, e) > 0, "10^%d is too small", e);
    }
}
END_TEST

START_TEST(shifts_round_down) {
    ck_assert_int_eq(bkti_floor_shift(7, 1), 3);
    ck_assert_int_eq(bkti_floor_shift(-7, 1), -4);
    ck_assert_int_eq(bkti_floor_shift(-8, 1), -4);
    ck_assert_int_eq(bkti_floor_shift(0, 5), 0);
    ck_assert_int_eq(bkti_floor_shift(-1, 5), -1);
    ck_assert_int_eq(bkti_log2_of_power(0), 0);
    ck_assert_int_eq(bkti_log2_of_power(3), 9);
    ck_assert_int_eq(bkti_log2_of_power(-1), -4);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("power_table");
    TCase *test_case = tcase_create("power_table");
    tcase_add_test(test_case, every_row_is_the_power_cut_off);
    tcase_add_test(test_case, shifts_round_down);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
