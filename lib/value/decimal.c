/* SPDX-License-Identifier: MIT */
/* The slow and exact end of reading numbers: both sides are brought to integers and compared. It is
 * needed for about one in 10^18 numbers and for every number that somebody chose with care. */
#include "bkti_decimal.h"

#include <stdbool.h>

/* A midpoint of two doubles has at most 767 significant digits: what comes after this many can
 * only tell "exactly" from "a little more". */
#define DIGIT_LIMIT 800

/* 801 digits have 2,661 bits; 5^1125 * (2^54), the other side at its longest, has 2,667. */
#define LIMB_LIMIT 96

typedef struct integer {
    uint32_t limbs[LIMB_LIMIT];
    int count;
} integer;

/* integer = integer * factor + addend */
static void multiply(integer *number, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (int i = 0; i < number->count; i++) {
        carry += (uint64_t)number->limbs[i] * factor;
        number->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        number->limbs[number->count++] = (uint32_t)carry;
    }
}

static void multiply_by_power_of_5(integer *number, int64_t power) {
    for (; power >= 13; power -= 13) {
        multiply(number, 1220703125, 0); /* 5^13 */
    }
    for (; power > 0; power--) {
        multiply(number, 5, 0);
    }
}

static void shift_left(integer *number, int64_t bits) {
    for (; bits >= 31; bits -= 31) {
        multiply(number, UINT32_C(1) << 31, 0);
    }
    multiply(number, UINT32_C(1) << bits, 0);
}

static int compare(const integer *a, const integer *b) {
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    for (int i = a->count - 1; i >= 0; i--) {
        if (a->limbs[i] != b->limbs[i]) {
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Reads the digits; when there are too many, the rest becomes one digit that is 1 unless all of it
 * is zero. Moves the exponent to that of the last digit kept. */
static void read_digits(integer *number, bkti_span digits, int64_t *exponent) {
    int kept = 0;
    int64_t dropped = 0;
    bool rest = false;
    number->count = 0;
    for (size_t i = 0; i < digits.size; i++) {
        uint32_t digit = (uint32_t)(unsigned char)digits.data[i] - '0';
        if (digit > 9) {
            continue;
        }
        if (kept < DIGIT_LIMIT) {
            multiply(number, 10, digit);
            kept += number->count > 0;
        } else {
            dropped++;
            rest = rest || digit != 0;
        }
    }
    *exponent += dropped;
    if (rest) {
        multiply(number, 10, 1);
        (*exponent)--;
    }
}

int bkti_decimal_compare(bkti_span digits, int64_t exponent, uint64_t bits) {
    integer decimal;
    read_digits(&decimal, digits, &exponent);

    /* The midpoint is (2 m + 1) * 2^binary. */
    int64_t biased = (int64_t)(bits >> 52);
    uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
    if (biased > 0) {
        m |= UINT64_C(1) << 52;
    } else {
        biased = 1;
    }
    int64_t binary = biased - 1076;
    uint64_t odd = 2 * m + 1;
    integer midpoint = {{(uint32_t)odd, (uint32_t)(odd >> 32)}, odd >> 32 != 0 ? 2 : 1};

    /* decimal * 5^exponent * 2^exponent against midpoint * 2^binary */
    if (exponent >= 0) {
        multiply_by_power_of_5(&decimal, exponent);
    } else {
        multiply_by_power_of_5(&midpoint, -exponent);
    }
    if (exponent >= binary) {
        shift_left(&decimal, exponent - binary);
    } else {
        shift_left(&midpoint, binary - exponent);
    }
    return compare(&decimal, &midpoint);
}
