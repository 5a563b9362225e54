/* SPDX-License-Identifier: MIT */
/* What Delta, Rho and Card have in common: the series as they work on it. */
#ifndef BKTI_CARD_H
#define BKTI_CARD_H

#include "bkti_projection.h"

typedef struct bkti_card {
    const bkti_sample *sample;
    const double *values;     /* logarithms, or values times the factor; gaps are bridged */
    const double *known;      /* the same with NaN in the gaps */
    const double *increments; /* changes, or where the series is no random walk the values */
    int64_t count;            /* of values */
    int64_t increment_count;
    uint32_t length;   /* periods in a season */
    bool logs;         /* every value is positive */
    bool differences;  /* increments are changes */
    bool seasons;      /* their means by season differ */
    bool seasonal_lag; /* they follow those of a season ago */
} bkti_card;

/* False when there is no memory. */
bool bkti_card_take(bkti_workspace *workspace, const bkti_sample *sample, bkti_card *out_card);
/* Points, errors and figures of the fit on the scale of `values`; false when there is no memory. */
bool bkti_delta_points(bkti_workspace *workspace, const bkti_card *card, uint32_t horizon,
                       double *out_points, double *out_errors, bkt_fit *fit);
bool bkti_rho_points(bkti_workspace *workspace, const bkti_card *card, uint32_t horizon,
                     double *out_points, double *out_errors, bkt_fit *fit);
/* What is left of the increments without their mean, or their seasons' means: squares, freedom and
 * sigma. */
void bkti_card_spread(const bkti_card *card, bkt_fit *fit);
/* An autoregression's coefficients: of the value before, of that a season before, and of the one
 * before that. */
typedef struct bkti_lags {
    double first;
    double seasonal;
    double after_seasonal;
    uint32_t length;
} bkti_lags;

/* Standard errors of an autoregression's points: sigma sqrt(1 + psi(1)^2 + ... + psi(h-1)^2), psi
 * what an error of 1 adds later, kept from growing faster than a random walk in both lags does.
 * False when there is no memory. */
bool bkti_lags_errors(bkti_workspace *workspace, const bkti_lags *lags, double sigma,
                      uint32_t horizon, double *out_errors);
/* Points and errors back on the scale of the series; sigma and the like of the fit too. */
void bkti_card_restore(const bkti_card *card, uint32_t horizon, double *points, double *errors,
                       bkt_fit *fit);

#endif
