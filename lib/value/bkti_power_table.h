/* SPDX-License-Identifier: MIT */
/* 10^e to 128 bits, for reading and writing decimals; for this room alone. */
#ifndef BKTI_POWER_TABLE_H
#define BKTI_POWER_TABLE_H

#include <stdbool.h>

#include "bkti_wide.h"

#define BKTI_POWER_LOWEST  (-342)
#define BKTI_POWER_HIGHEST 324

/* Row e - BKTI_POWER_LOWEST is the integer t of 2^127..2^128-1 with
 * t <= 10^e / 2^(bkti_log2_of_power(e) - 127) < t + 1. */
extern const bkti_wide bkti_power_table[BKTI_POWER_HIGHEST - BKTI_POWER_LOWEST + 1];

/* Whether the row is 10^e exactly: 5^55 has 128 bits. */
static inline bool bkti_power_is_exact(int e) {
    return e >= 0 && e <= 55;
}

/* floor(number / 2^shift), whatever the sign. */
static inline int bkti_floor_shift(int number, int shift) {
    return number >= 0 ? number >> shift : -((-number + (1 << shift) - 1) >> shift);
}

/* floor(log2(10^e)) for |e| <= 1,233: 1,741,647 / 2^19 is log2(10) closely enough. */
static inline int bkti_log2_of_power(int e) {
    return bkti_floor_shift(e * 1741647, 19);
}

#endif
