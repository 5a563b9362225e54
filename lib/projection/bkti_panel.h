/* SPDX-License-Identifier: MIT */
/* Many series, by several threads. */
#ifndef BKTI_PANEL_H
#define BKTI_PANEL_H

#include "bkti_projection.h"

/* The most that are used, however many are allowed. */
#define BKTI_PANEL_THREADS 64

/* What is to be projected, and where to; the arrays are as bkt_panel_project() has them. */
typedef struct bkti_panel {
    const double *values;
    const int64_t *offsets;
    const uint32_t *season_lengths; /* of each; NULL: that of the settings for all */
    int64_t series_count;
    const bkti_settings *settings;
    double *points;
    double *lower; /* may be NULL, as may upper */
    double *upper;
    bkt_fit *fits; /* may be NULL */
    uint32_t fit_size;
    bkt_status *statuses;
} bkti_panel;

/* BKT_OK also where series failed: their statuses say so, and nothing is told of them. On failure
 * all numbers are NaN and all statuses that of the failure. */
bkt_status bkti_panel_project(bkt_context *context, const bkti_panel *panel);
/* Why one of them failed, as the newest error of `listener`; gives its status again. */
bkt_status bkti_panel_explain(bkt_context *listener, const bkti_panel *panel, int64_t series);

#endif
