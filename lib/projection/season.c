/* SPDX-License-Identifier: MIT */
/* The seasonal test and indices of the M4 competition (its published R code: SeasonalityTest and
 * classical multiplicative decomposition, as R's decompose() does it). */
#include "bkti_projection.h"

#include <math.h>

/* Autocorrelation at a lag, over the pairs that are both there. */
static double autocorrelation(const bkti_sample *sample, double mean, double variance,
                              int64_t lag) {
    double sum = 0.0;
    for (int64_t t = lag; t < sample->periods; t++) {
        double now = sample->values[t] * sample->factor - mean;
        double then = sample->values[t - lag] * sample->factor - mean;
        if (!isnan(now) && !isnan(then))
            sum += now * then;
    }
    return sum / variance;
}

/* |r(m)| > 1.645 sqrt((1 + 2 (r(1)^2 + ... + r(m-1)^2)) / n), n at least three seasons. */
bool bkti_season_test(const bkti_sample *sample, uint32_t length) {
    if (length < 2 || sample->count < 3 * (int64_t)length)
        return false;
    double count = (double)sample->count;
    double mean = 0.0;
    for (int64_t t = 0; t < sample->periods; t++)
        if (!isnan(sample->values[t]))
            mean += sample->values[t] * sample->factor / count;
    double variance = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        double value = sample->values[t] * sample->factor - mean;
        if (!isnan(value))
            variance += value * value;
    }
    if (!(variance > 0.0))
        return false;
    double squares = 0.0;
    for (uint32_t lag = 1; lag < length; lag++) {
        double r = autocorrelation(sample, mean, variance, lag);
        squares += r * r;
    }
    double limit = 1.645 * sqrt((1.0 + 2.0 * squares) / count);
    return fabs(autocorrelation(sample, mean, variance, length)) > limit;
}

/* Mean of a whole season around t, the two ends of an even one counting half; NaN where a value of
 * it is missing. */
double bkti_season_trend(const bkti_sample *sample, int64_t length, int64_t t) {
    int64_t half = length / 2;
    if (t < half || t + half >= sample->periods)
        return NAN;
    double sum = 0.0;
    for (int64_t k = t - half; k <= t + half; k++) {
        bool end = length % 2 == 0 && (k == t - half || k == t + half);
        sum += sample->values[k] * (end ? 0.5 : 1.0) / (double)length;
    }
    return sum;
}

bool bkti_season_indices(const bkti_sample *sample, uint32_t length, bool multiplicative,
                         double *indices) {
    double mean = 0.0;
    for (uint32_t season = 0; season < length; season++) {
        double sum = 0.0;
        int64_t count = 0;
        for (int64_t t = season; t < sample->periods; t += length) {
            double trend = bkti_season_trend(sample, length, t);
            double part = multiplicative ? sample->values[t] / trend : sample->values[t] - trend;
            if (!isfinite(part))
                continue;
            sum += part;
            count++;
        }
        if (count == 0)
            return false;
        indices[season] = sum / (double)count;
        mean += indices[season] / (double)length;
    }
    for (uint32_t season = 0; season < length; season++) {
        indices[season] = multiplicative ? indices[season] / mean : indices[season] - mean;
        if (!isfinite(indices[season]) || (multiplicative && indices[season] < 0.01))
            return false;
    }
    return true;
}

bool bkti_season_find(bkti_workspace *workspace, const bkti_sample *sample, uint32_t length,
                      bkti_season *out_season) {
    bkti_season season = {.length = length};
    *out_season = season;
    if (!bkti_season_test(sample, length))
        return true;
    season.indices = bkti_workspace_take(workspace, length);
    if (season.indices == NULL)
        return false;
    season.multiplicative =
        sample->least > 0.0 && bkti_season_indices(sample, length, true, season.indices);
    season.found =
        season.multiplicative || bkti_season_indices(sample, length, false, season.indices);
    *out_season = season;
    return true;
}

bool bkti_season_decompose(bkti_workspace *workspace, const bkti_sample *sample, uint32_t length,
                           bkti_season *out_season) {
    bkti_season season = {.length = length};
    season.indices = bkti_workspace_take(workspace, length);
    season.found =
        season.indices != NULL && bkti_season_indices(sample, length, false, season.indices);
    *out_season = season;
    return season.indices != NULL;
}

double bkti_season_remove(const bkti_season *season, int64_t period, double value) {
    double index = season->indices[period % season->length];
    return season->multiplicative ? value / index : value - index;
}

double bkti_season_restore(const bkti_season *season, int64_t period, double value) {
    double index = season->indices[period % season->length];
    return season->multiplicative ? value * index : value + index;
}
