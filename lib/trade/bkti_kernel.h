/* SPDX-License-Identifier: MIT */
/* How a kernel gives its result: a number with BKT_MISSING_NOT, or NaN with a reason. */
#ifndef BKTI_KERNEL_H
#define BKTI_KERNEL_H

#include <math.h>

#include <bktrade/trade.h>

static inline int32_t bkti_give_missing(int32_t reason, double *out_number) {
    if (out_number != NULL) {
        *out_number = NAN;
    }
    return reason;
}

static inline int32_t bkti_give(double number, double *out_number) {
    if (out_number == NULL) {
        return BKT_MISSING_INPUT;
    }
    if (!isfinite(number)) {
        return bkti_give_missing(BKT_MISSING_OVERFLOW, out_number);
    }
    *out_number = number;
    return BKT_MISSING_NOT;
}

#endif
