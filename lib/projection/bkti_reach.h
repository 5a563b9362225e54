/* SPDX-License-Identifier: MIT */
/* How probable it is that a series reaches targets, by calibrated paths or by a walk. */
#ifndef BKTI_REACH_H
#define BKTI_REACH_H

#include "bkti_paths.h"
#include "bkti_text.h"

/* Flags that the projection behind paths knows. */
#define BKTI_REACH_FLAGS                                                                           \
    ((uint32_t)(BKT_PROJECTION_NO_FLOOR | BKT_PROJECTION_NO_SEASON | BKT_PROJECTION_TRADE))

/* What probabilities rest on. */
typedef enum bkti_basis {
    BKTI_BASIS_NONE, /* too few values, or numbers too large: there are none */
    BKTI_BASIS_PATHS,
    BKTI_BASIS_WALK
} bkti_basis;

typedef struct bkti_reach {
    bkt_reach_options options; /* checked */
    bkti_settings settings;    /* of the projection that paths follow: the automatic one */
    bkt_walk walk;             /* estimated in any case */
    bkt_fit fit;               /* of that projection */
    bkti_basis basis;
    double last; /* value */
} bkti_reach;

bool bkti_reach_is_partial(const bkt_reach_options *options);
/* What both kinds of options have. */
bkt_reach_options bkti_reach_options_of(const bkt_target_options *options);
bkt_status bkti_reach_take_options(bkt_context *context, const bkt_reach_options *options,
                                   bkti_reach *out_reach);
bkt_status bkti_targets_check(bkt_context *context, const char *what, const double *numbers,
                              uint32_t count, bool may_be_equal);
/* With options taken. Arrays as of bkt_series_reach(), none NULL but out_above. */
bkt_status bkti_series_reach(bkt_context *context, bkti_reach *reach, const double *values,
                             int64_t count, const double *targets, uint32_t target_count,
                             double *out_points, double *out_reached, double *out_above);
/* "calibrated", "walk" or "none". */
const char *bkti_basis_text(bkti_basis basis);
/* What the probabilities rest on, and how far they can be trusted. */
void bkti_reach_describe(const bkti_reach *reach, bkti_text *text);

#endif
