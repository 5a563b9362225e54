/* SPDX-License-Identifier: MIT */
/* Intervals from what errors were on many series: the width at a step follows from a few features,
 * the quantiles of errors in widths stand in a table (calibration_table.c, written by
 * tests/bench/calibration). */
#ifndef BKTI_CALIBRATION_H
#define BKTI_CALIBRATION_H

#include "bkti_projection.h"

/* 1, and the logarithms of: the error of simple smoothing at the step, the error of drift there,
 * the members' standard deviation, the size of the projection, the step, the number of values. All
 * but the last two in units of the mean absolute change over a season. */
#define BKTI_CALIBRATION_FEATURES 7
#define BKTI_CALIBRATION_LEVELS   17
#define BKTI_CALIBRATION_STEPS    24
/* Values that a series must have: with fewer there is nothing to measure. */
#define BKTI_CALIBRATION_COUNT 5

typedef struct bkti_calibration {
    uint32_t season_length; /* of the series it was made from */
    uint32_t steps;         /* as far as it goes */
    double coefficients[BKTI_CALIBRATION_FEATURES];
    /* Of errors (actual less projected) in widths, at bkti_calibration_probabilities. */
    double quantiles[BKTI_CALIBRATION_STEPS][BKTI_CALIBRATION_LEVELS];
} bkti_calibration;

extern const double bkti_calibration_probabilities[BKTI_CALIBRATION_LEVELS];
extern const bkti_calibration bkti_calibrations[3];
/* Of yearly trade between countries, the widths being those of bkti_calibrations[0]: flows, and
 * balances, which may be negative. Written by tests/bench/trade. */
extern const bkti_calibration bkti_calibrations_trade[2];

/* The one made from series with such a season, or the next. */
const bkti_calibration *bkti_calibration_for(uint32_t season_length);

/* The one that a fit's flags tell: with BKT_FIT_TRADE of trade (BKT_FIT_BALANCE: of balances), or
 * else as above. */
const bkti_calibration *bkti_calibration_of(uint32_t season_length, uint32_t fit_flags);

/* What the features of a series are made of. */
typedef struct bkti_calibration_basis {
    const bkti_sample *sample;   /* with its season */
    const bkti_sample *adjusted; /* without */
    const double *points;        /* `horizon` each */
    const double *spread;
    uint32_t season_length;
    uint32_t horizon;
} bkti_calibration_basis;

/* out_scale: mean absolute change over a season, in the values' unit; 0 if nothing ever changes.
 * out_features: horizon rows. BKT_OK or BKT_ERR_MEMORY. */
bkt_status bkti_calibration_measure(bkti_workspace *workspace, const bkti_calibration_basis *basis,
                                    double *out_scale, double *out_features);
/* The automatic projection of a series, and what its bounds would follow from. */
bkt_status bkti_series_measure(bkt_context *context, const double *values, int64_t count,
                               uint32_t season_length, uint32_t horizon, double *out_points,
                               double *out_scale, double *out_features);
/* The automatic projection and, in the values' unit, the widths of its errors: the p-quantile of
 * the value at step h (from 1) is points[h - 1] + widths[h - 1] * bkti_calibration_quantile(
 * bkti_calibration_for(season length), h, p). All widths are NaN where BKT_FIT_CALIBRATED is not in
 * fit->flags (too few values, a method given, BKT_PROJECTION_ANALYTICAL). Otherwise as
 * bkti_series_project_with(). */
bkt_status bkti_series_widths(bkt_context *context, bkti_workspace *workspace, const double *values,
                              int64_t count, const bkti_settings *settings, double *out_points,
                              double *out_widths, bkt_fit *fit);
/* In units of the scale. */
double bkti_calibration_width(const bkti_calibration *calibration, const double *features);
/* The quantile of errors in widths at a step from 1: linear in normal quantiles, so that it rises
 * with p. */
double bkti_calibration_quantile(const bkti_calibration *calibration, uint32_t step, double p);

#endif
