/* SPDX-License-Identifier: MIT */
/* What Delta, Rho and Card have in common: the series as they work on it. */
#ifndef BKTI_CARD_H
#define BKTI_CARD_H

#include "bkti_projection.h"

/* More columns than Card's regressions ever have, without the seasons' own. */
#define BKTI_REGRESSION_LIMIT 6

typedef struct bkti_card {
    const bkti_sample *sample; /* its NaN are the gaps */
    const double *values;      /* logarithms, or values times the factor; gaps are bridged */
    const double *increments;  /* changes, or where the series is no random walk the values */
    int64_t count;             /* of values */
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
/* Points and errors back on the scale of the series; sigma and the like of the fit too. */
void bkti_card_restore(const bkti_card *card, uint32_t horizon, double *points, double *errors,
                       bkt_fit *fit);

#endif
