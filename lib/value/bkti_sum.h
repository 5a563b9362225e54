/* SPDX-License-Identifier: MIT */
/* Exact sums of doubles: whatever the order and the grouping, the same bits. A sum is added up in
 * fixed-point limbs that cover every double, and rounded once at the end. */
#ifndef BKTI_SUM_H
#define BKTI_SUM_H

#include <stdint.h>

typedef struct bkti_sum {
    int64_t limbs[70];  /* 32 bits of weight each, with room for carries */
    uint32_t additions; /* since carries were last passed on */
    uint32_t reserved;
} bkti_sum;

void bkti_sum_init(bkti_sum *sum);
/* number must be finite. */
void bkti_sum_add(bkti_sum *sum, double number);
void bkti_sum_merge(bkti_sum *sum, const bkti_sum *other);
/* Correctly rounded (ties to even); +-HUGE_VAL when it does not fit a double. */
double bkti_sum_result(const bkti_sum *sum);

#endif
