/* SPDX-License-Identifier: MIT */
/* A series' projection in the making: what its steps share. */
#ifndef BKTI_MAKING_H
#define BKTI_MAKING_H

#include "bkti_projection.h"

typedef struct bkti_making {
    bkti_workspace *workspace;
    const bkti_settings *settings;
    bkti_sample sample;
    bkti_sample adjusted; /* without its season; the sample itself if it has none */
    bkti_season season;
    double *points; /* of the members, `horizon` each */
    double *errors; /* of one */
    double *spread; /* the members' standard deviation */
    double *lower;  /* bounds of the members, one after the other */
    double *upper;
    bool is_median;
    bool may_be_negative;
    uint32_t summed; /* periods whose sums are projected too: 3 (months in a quarter), or 0: none */
    double *out_points;
    double *out_lower; /* with out_upper NULL: no bounds */
    double *out_upper;
    bkt_fit *fit;
} bkti_making;

/* The rule of the automatic choice: members and weights of the settings, the choice in the fit. */
void bkti_choice_take(bkti_making *making, bkti_settings *settings);

/* Every member of the settings by its method, or by the simpler one that takes its place; members
 * that come to the same method count once, with their weights together. */
bkt_status bkti_members_settle(bkt_context *context, bkti_making *making, bkti_settings *settings);
/* All members' points, and bounds if `has_bounds`, together: the mean by their weights, or the
 * median. BKT_OK or BKT_ERR_MEMORY. */
bkt_status bkti_members_project(bkti_making *making, bool has_bounds);

/* Moves points, and bounds if `has_bounds`, halfway to where the sums of `summed` periods are
 * projected by themselves. The horizon is a multiple of `summed`. BKT_OK or BKT_ERR_MEMORY. */
bkt_status bkti_sums_approach(bkt_context *context, bkti_making *making, bool has_bounds);

#endif
