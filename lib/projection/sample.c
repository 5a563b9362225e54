/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"
#include "bkti_elementary.h"

#include <math.h>

void bkti_numbers_clear(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        numbers[i] = NAN;
}

void bkti_numbers_tidy(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (isinf(numbers[i]))
            numbers[i] = NAN;
}

void bkti_numbers_bridge(double *numbers, int64_t count) {
    int64_t before = 0;
    for (int64_t t = 1; t < count; t++) {
        if (isnan(numbers[t]))
            continue;
        double slope = (numbers[t] - numbers[before]) / (double)(t - before);
        for (int64_t gap = before + 1; gap < t; gap++)
            numbers[gap] = numbers[before] + slope * (double)(gap - before);
        before = t;
    }
}

double bkti_corrected_criterion(double deviance, double parameters, double count) {
    double rest = count - parameters - 1.0;
    if (!(rest > 0.0))
        return HUGE_VAL;
    return deviance + 2.0 * parameters + 2.0 * parameters * (parameters + 1.0) / rest;
}

bkt_status bkti_sample_take(bkt_context *context, const double *values, int64_t count,
                            bkti_sample *out_sample) {
    bkti_sample sample = {.values = values, .least = NAN, .factor = 1.0, .season_length = 1};
    int64_t first = -1;
    int64_t last = -1;
    double largest = 0.0;
    for (int64_t i = 0; i < count; i++) {
        double value = values[i];
        if (isnan(value))
            continue;
        if (isinf(value))
            return bkti_fail(context, BKT_ERR_SERIES, NULL,
                             "value %lld of the series is infinite; give a finite number, or NaN "
                             "where it is missing",
                             (long long)i + 1);
        if (first < 0) {
            first = i;
            sample.least = value;
        }
        last = i;
        sample.count++;
        if (value < sample.least)
            sample.least = value;
        if (fabs(value) > largest)
            largest = fabs(value);
    }
    if (first < 0) {
        sample.missing_leading = count;
        *out_sample = sample;
        return BKT_OK;
    }
    sample.values = values + first;
    sample.periods = last - first + 1;
    sample.missing_leading = first;
    sample.missing_trailing = count - 1 - last;
    int exponent = 0;
    frexp(largest, &exponent);
    if (largest > 0.0 && (exponent > 300 || exponent < -300))
        sample.factor = ldexp(1.0, exponent > 0 ? -(exponent < 1000 ? exponent : 1000)
                                                : (exponent > -1000 ? -exponent : 1000));
    *out_sample = sample;
    return BKT_OK;
}

static double number_at(const bkti_sample *sample, int64_t t) {
    return sample->logs ? bkti_log(sample->values[t]) : sample->values[t] * sample->factor;
}

double bkti_changes_drift(const bkti_sample *sample) {
    if (sample->count < 2)
        return NAN;
    double change = number_at(sample, sample->periods - 1) - number_at(sample, 0);
    return change / (double)(sample->periods - 1);
}

double bkti_changes_squares(const bkti_sample *sample, double drift) {
    double sum = 0.0;
    int64_t before = 0;
    for (int64_t t = 1; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        double span = (double)(t - before);
        double error = number_at(sample, t) - number_at(sample, before) - span * drift;
        sum += error * error / span;
        before = t;
    }
    return sum;
}
