/* SPDX-License-Identifier: MIT */
/* What methods that smooth a level share. */
#ifndef BKTI_SMOOTHING_H
#define BKTI_SMOOTHING_H

#include "bkti_projection.h"

/* The values times the factor, one behind the other without the gaps; NULL when there is no memory.
 * A level that a gap leaves where it is needs no more. */
double *bkti_smoothing_values(bkti_workspace *workspace, const bkti_sample *sample);

typedef struct bkti_smoothing {
    double alpha;
    double first_level;
    double level;
    double squares; /* of the one-step errors */
} bkti_smoothing;

/* Simple exponential smoothing, least squares; alpha NaN: to be found. */
bkti_smoothing bkti_smoothing_fit(const double *values, int64_t count, double alpha);
/* What every such method says of itself; figures in the scale of the values times factor. */
void bkti_smoothing_tell(const bkti_smoothing *smoothing, double factor, bkt_fit *fit);

#endif
