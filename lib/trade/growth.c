/* SPDX-License-Identifier: MIT */
#include "bkti_elementary.h"
#include "bkti_kernel.h"

int32_t bkt_growth_rate(double earlier, double later, double *out_rate) {
    if (!isfinite(earlier) || !isfinite(later)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_rate);
    }
    if (earlier == 0) {
        return bkti_give_missing(BKT_MISSING_ZERO_DENOMINATOR, out_rate);
    }
    if (earlier < 0) {
        return bkti_give_missing(BKT_MISSING_DOMAIN, out_rate);
    }
    return bkti_give((later - earlier) / earlier, out_rate);
}

int32_t bkt_growth_log(double earlier, double later, double *out_rate) {
    if (!isfinite(earlier) || !isfinite(later)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_rate);
    }
    if (earlier <= 0 || later <= 0) {
        return bkti_give_missing(BKT_MISSING_DOMAIN, out_rate);
    }
    return bkti_give(bkti_log(later) - bkti_log(earlier), out_rate);
}

int32_t bkt_growth_midpoint(double earlier, double later, double *out_rate) {
    if (!isfinite(earlier) || !isfinite(later)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_rate);
    }
    double sum = earlier + later;
    if (sum == 0) {
        return bkti_give_missing(BKT_MISSING_ZERO_DENOMINATOR, out_rate);
    }
    return bkti_give((later - earlier) / (sum / 2), out_rate);
}

int32_t bkt_growth_compound(double first, double last, double years, double *out_rate) {
    if (!isfinite(first) || !isfinite(last) || !isfinite(years)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_rate);
    }
    if (years <= 0) {
        return bkti_give_missing(BKT_MISSING_NO_EARLIER_PERIOD, out_rate);
    }
    if (first <= 0 || last < 0) {
        return bkti_give_missing(BKT_MISSING_DOMAIN, out_rate);
    }
    return bkti_give(last > 0 ? bkti_compound_rate(first, last, years) : -1, out_rate);
}

int32_t bkt_growth_index(double base, double number, double *out_index) {
    if (!isfinite(base) || !isfinite(number)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_index);
    }
    if (base == 0) {
        return bkti_give_missing(BKT_MISSING_ZERO_DENOMINATOR, out_index);
    }
    return bkti_give(number / base * 100, out_index);
}

static int usable(double time, double number) {
    return isfinite(time) && isfinite(number) && number > 0;
}

/* Means first, then moments about them: years such as 2012 would cancel otherwise. */
int32_t bkt_growth_least_squares(const double *times, const double *numbers, size_t count,
                                 double *out_rate, double *out_slope, double *out_error,
                                 double *out_fit, int64_t *out_used) {
    bkti_give_missing(0, out_slope);
    bkti_give_missing(0, out_error);
    bkti_give_missing(0, out_fit);
    int64_t used = 0;
    double time_mean = 0;
    double log_mean = 0;
    for (size_t i = 0; times != NULL && numbers != NULL && i < count; i++) {
        if (usable(times[i], numbers[i])) {
            used++;
            time_mean += times[i];
            log_mean += bkti_log(numbers[i]);
        }
    }
    if (out_used != NULL) {
        *out_used = used;
    }
    if (times == NULL || numbers == NULL) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_rate);
    }
    if (used < 2) {
        return bkti_give_missing(BKT_MISSING_TOO_FEW, out_rate);
    }
    time_mean /= (double)used;
    log_mean /= (double)used;
    double time_square = 0;
    double log_square = 0;
    double product = 0;
    for (size_t i = 0; i < count; i++) {
        if (usable(times[i], numbers[i])) {
            double time = times[i] - time_mean;
            double number = bkti_log(numbers[i]) - log_mean;
            time_square += time * time;
            log_square += number * number;
            product += time * number;
        }
    }
    if (time_square == 0) {
        return bkti_give_missing(BKT_MISSING_TOO_FEW, out_rate);
    }
    double slope = product / time_square;
    double rest = 0;
    for (size_t i = 0; i < count; i++) {
        if (usable(times[i], numbers[i])) {
            double error = bkti_log(numbers[i]) - log_mean - slope * (times[i] - time_mean);
            rest += error * error;
        }
    }
    bkti_give(slope, out_slope);
    if (out_error != NULL && used > 2) {
        *out_error = sqrt(rest / (double)(used - 2) / time_square);
    }
    /* Equal numbers leave nothing but rounding about their mean. */
    double rounding = 1e-28 * (1 + log_mean * log_mean) * (double)used;
    if (out_fit != NULL && log_square > rounding) {
        *out_fit = 1 - rest / log_square;
    }
    return bkti_give(bkti_expm1(slope), out_rate);
}
