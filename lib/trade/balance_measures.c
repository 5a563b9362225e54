/* SPDX-License-Identifier: MIT */
/* Balances on plain numbers. */
#include "bkti_kernel.h"
#include "bkti_sum.h"

int32_t bkt_balance_coverage(double export_value, double import_value, double *out_percent) {
    if (!isfinite(export_value) || !isfinite(import_value)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_percent);
    }
    if (import_value == 0) {
        return bkti_give_missing(BKT_MISSING_ZERO_DENOMINATOR, out_percent);
    }
    return bkti_give(export_value / import_value * 100, out_percent);
}

int32_t bkt_balance_normalised(double export_value, double import_value, double *out_ratio) {
    if (!isfinite(export_value) || !isfinite(import_value)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_ratio);
    }
    if (export_value + import_value == 0) {
        return bkti_give_missing(BKT_MISSING_ZERO_DENOMINATOR, out_ratio);
    }
    return bkti_give((export_value - import_value) / (export_value + import_value), out_ratio);
}

int32_t bkt_balance_cumulated(const double *balances, size_t count, double *out_strict,
                              double *out_available, int64_t *out_used) {
    bkti_sum sum;
    bkti_sum_init(&sum);
    size_t used = 0;
    for (size_t i = 0; balances != NULL && i < count; i++) {
        if (isfinite(balances[i])) {
            bkti_sum_add(&sum, balances[i]);
            used++;
        }
    }
    if (out_used != NULL) {
        *out_used = (int64_t)used;
    }
    if (used == 0) {
        bkti_give_missing(0, out_available);
    } else {
        bkti_give(bkti_sum_result(&sum), out_available);
    }
    if (count == 0) {
        return bkti_give_missing(BKT_MISSING_TOO_FEW, out_strict);
    }
    if (used < count) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_strict);
    }
    return bkti_give(bkti_sum_result(&sum), out_strict);
}
