/* SPDX-License-Identifier: MIT */
/* A fixed-point number of 70 limbs: limb i counts units of 2^(32 i - 1074), so that bit 0 is the
 * smallest subnormal. Every double is three limbs' worth of integer; adding integers is exact and
 * needs no order. Source of the idea: U. Kulisch, "Computer Arithmetic and Validity" (2008), the
 * long accumulator. */
#include "bkti_sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define LIMB_COUNT   70
#define LIMB_MASK    UINT64_C(0xffffffff)
#define SMALLEST_EXP (-1074)

/* An addition changes a limb by less than 2^32: after 2^30 of them it is below 2^62 + 2^32. */
#define ADDITIONS_LIMIT (UINT32_C(1) << 30)

void bkti_sum_init(bkti_sum *sum) {
    memset(sum, 0, sizeof *sum);
}

/* Passes carries on: all limbs but the highest are in 0..2^32-1 afterwards, the highest has the
 * sign. */
static void pass_carries(bkti_sum *sum) {
    int64_t carry = 0;
    for (int i = 0; i < LIMB_COUNT - 1; i++) {
        int64_t limb = sum->limbs[i] + carry;
        int64_t low = (int64_t)((uint64_t)limb & LIMB_MASK);
        carry = (limb - low) / (INT64_C(1) << 32);
        sum->limbs[i] = low;
    }
    sum->limbs[LIMB_COUNT - 1] += carry;
    sum->additions = 0;
}

void bkti_sum_add(bkti_sum *sum, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    unsigned exponent = (unsigned)(bits >> 52) & 0x7ff;
    uint64_t digits = bits & ((UINT64_C(1) << 52) - 1);
    unsigned shift = 0; /* of the digits, from bit 0 of the sum */
    if (exponent != 0) {
        digits |= UINT64_C(1) << 52;
        shift = exponent - 1;
    }
    unsigned limb = shift / 32;
    unsigned within = shift % 32;
    uint64_t low = (digits & LIMB_MASK) << within;
    uint64_t high = ((digits >> 32) << within) + (low >> 32);
    int64_t sign = (bits >> 63) != 0 ? -1 : 1;
    sum->limbs[limb] += sign * (int64_t)(low & LIMB_MASK);
    sum->limbs[limb + 1] += sign * (int64_t)(high & LIMB_MASK);
    sum->limbs[limb + 2] += sign * (int64_t)(high >> 32);
    if (++sum->additions >= ADDITIONS_LIMIT) {
        pass_carries(sum);
    }
}

void bkti_sum_merge(bkti_sum *sum, const bkti_sum *other) {
    bkti_sum addend = *other;
    pass_carries(&addend);
    pass_carries(sum);
    for (int i = 0; i < LIMB_COUNT; i++) {
        sum->limbs[i] += addend.limbs[i];
    }
    sum->additions = 1;
}

static bool bit_of(const bkti_sum *sum, int bit) {
    return ((sum->limbs[bit / 32] >> (bit % 32)) & 1) != 0;
}

/* The 53 bits from `bit` upwards. */
static uint64_t digits_from(const bkti_sum *sum, int bit) {
    uint64_t digits = 0;
    for (int i = 52; i >= 0; i--) {
        digits = digits << 1 | bit_of(sum, bit + i);
    }
    return digits;
}

static bool any_below(const bkti_sum *sum, int bit) {
    for (int i = 0; i < bit / 32; i++) {
        if (sum->limbs[i] != 0) {
            return true;
        }
    }
    int64_t mask = (INT64_C(1) << (bit % 32)) - 1;
    return (sum->limbs[bit / 32] & mask) != 0;
}

double bkti_sum_result(const bkti_sum *sum) {
    bkti_sum size = *sum;
    pass_carries(&size);
    bool negative = size.limbs[LIMB_COUNT - 1] < 0;
    if (negative) {
        for (int i = 0; i < LIMB_COUNT; i++) {
            size.limbs[i] = -size.limbs[i];
        }
        pass_carries(&size);
    }
    int top = LIMB_COUNT * 32 - 1;
    while (top >= 0 && size.limbs[top / 32] == 0) {
        top = top / 32 * 32 - 1;
    }
    while (top >= 0 && !bit_of(&size, top)) {
        top--;
    }
    int lowest = top > 52 ? top - 52 : 0;
    uint64_t digits = digits_from(&size, lowest);
    if (lowest > 0 && bit_of(&size, lowest - 1) &&
        ((digits & 1) != 0 || any_below(&size, lowest - 1))) {
        digits++;
    }
    double result = ldexp((double)digits, lowest + SMALLEST_EXP);
    return negative ? -result : result;
}
