/* SPDX-License-Identifier: MIT */
#include "bkti_calibration.h"
#include "bkti_elementary.h"
#include "bkti_probability.h"

#include <math.h>

/* Less than this share of the scale tells no more than this does. */
#define LEAST_SHARE 0.02
#define LEAST_SIZE  0.1

const double bkti_calibration_probabilities[BKTI_CALIBRATION_LEVELS] = {
    0.005, 0.01, 0.025, 0.05, 0.1,  0.2,   0.3,  0.4,  0.5,
    0.6,   0.7,  0.8,   0.9,  0.95, 0.975, 0.99, 0.995};

const bkti_calibration *bkti_calibration_for(uint32_t season_length) {
    uint32_t place = season_length < 2 ? 0 : season_length < 7 ? 1 : 2;
    return &bkti_calibrations[place];
}

const bkti_calibration *bkti_calibration_of(uint32_t season_length, uint32_t fit_flags) {
    if ((fit_flags & BKT_FIT_TRADE) != 0)
        return &bkti_calibrations_trade[(fit_flags & BKT_FIT_BALANCE) != 0];
    return bkti_calibration_for(season_length);
}

/* Mean |y(t) - y(t - m)|, times the sample's factor; of changes over one period if there is none
 * over m. */
static double mean_change(const bkti_sample *sample, uint32_t length) {
    double sum = 0.0;
    double pairs = 0.0;
    for (int64_t t = length; t < sample->periods; t++) {
        double change = fabs(sample->values[t] - sample->values[t - length]) * sample->factor;
        if (isnan(change))
            continue;
        sum += change;
        pairs += 1.0;
    }
    if (pairs == 0.0 && length > 1)
        return mean_change(sample, 1);
    if (pairs == 0.0)
        return fabs(bkti_changes_drift(sample));
    return sum / pairs;
}

static double log_share(double size, double scale, double least) {
    double share = size / scale;
    return bkti_log(share > least ? share : least);
}

bkt_status bkti_calibration_measure(bkti_workspace *workspace, const bkti_calibration_basis *basis,
                                    double *out_scale, double *out_features) {
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    double *points = bkti_workspace_take(workspace, basis->horizon);
    double *smooth = bkti_workspace_take(workspace, basis->horizon);
    double *drift = bkti_workspace_take(workspace, basis->horizon);
    bkti_settings settings = {.alpha = NAN, .beta = NAN, .phi = NAN, .horizon = basis->horizon};
    bkt_fit fit;
    bkti_fit_clear(&fit);
    bkt_status status = BKT_ERR_MEMORY;
    if (points != NULL && smooth != NULL && drift != NULL) {
        status = bkti_ses_kernel(workspace, basis->adjusted, &settings, points, smooth, &fit);
        bkti_drift_kernel(workspace, basis->adjusted, &settings, points, drift, &fit);
    }
    double scale = mean_change(basis->sample, basis->season_length);
    double factor = basis->sample->factor;
    *out_scale = scale / factor;
    for (uint32_t h = 0; h < basis->horizon && status == BKT_OK; h++) {
        double *row = out_features + (size_t)h * BKTI_CALIBRATION_FEATURES;
        row[0] = 1.0;
        row[1] = log_share(smooth[h] * factor, scale, LEAST_SHARE);
        row[2] = log_share(drift[h] * factor, scale, LEAST_SHARE);
        row[3] = log_share(basis->spread[h] * factor, scale, LEAST_SHARE);
        row[4] = log_share(fabs(basis->points[h]) * factor, scale, LEAST_SIZE);
        row[5] = bkti_log((double)h + 1.0);
        row[6] = bkti_log((double)basis->sample->count);
    }
    bkti_workspace_rewind(workspace, mark);
    return status;
}

double bkti_calibration_width(const bkti_calibration *calibration, const double *features) {
    double sum = 0.0;
    for (uint32_t i = 0; i < BKTI_CALIBRATION_FEATURES; i++)
        sum += calibration->coefficients[i] * features[i];
    return bkti_exp(sum);
}

double bkti_calibration_quantile(const bkti_calibration *calibration, uint32_t step, double p) {
    uint32_t row = step < calibration->steps ? step - 1 : calibration->steps - 1;
    const double *quantiles = calibration->quantiles[row];
    uint32_t above = 1;
    while (above < BKTI_CALIBRATION_LEVELS - 1 && p > bkti_calibration_probabilities[above])
        above++;
    double low = bkti_normal_quantile(bkti_calibration_probabilities[above - 1]);
    double high = bkti_normal_quantile(bkti_calibration_probabilities[above]);
    double share = (bkti_normal_quantile(p) - low) / (high - low);
    return quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1]);
}
