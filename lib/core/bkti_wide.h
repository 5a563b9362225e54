/* SPDX-License-Identifier: MIT */
/* The product of two 64-bit numbers in full, also where the compiler has no 128-bit integer. */
#ifndef BKTI_WIDE_H
#define BKTI_WIDE_H

#include <stdint.h>

typedef struct bkti_wide {
    uint64_t high;
    uint64_t low;
} bkti_wide;

static inline bkti_wide bkti_multiply_wide(uint64_t a, uint64_t b) {
    bkti_wide product;
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide;
    wide full = (wide)a * b;
    product.high = (uint64_t)(full >> 64);
    product.low = (uint64_t)full;
#else
    uint64_t a_high = a >> 32, a_low = (uint32_t)a;
    uint64_t b_high = b >> 32, b_low = (uint32_t)b;
    uint64_t low = a_low * b_low;
    uint64_t middle = a_high * b_low + (low >> 32);
    uint64_t middle_low = a_low * b_high + (uint32_t)middle;
    product.high = a_high * b_high + (middle >> 32) + (middle_low >> 32);
    product.low = (middle_low << 32) | (uint32_t)low;
#endif
    return product;
}

#endif
