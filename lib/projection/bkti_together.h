/* SPDX-License-Identifier: MIT */
/* Two series projected apart, their paths drawn together. */
#ifndef BKTI_TOGETHER_H
#define BKTI_TOGETHER_H

#include "bkti_reach.h"

/* One series up to the last period that both have a value for. */
typedef struct bkti_side {
    double last;
    double *points;
    double *widths;
    bkti_marginals marginals;
    bkt_fit fit;
} bkti_side;

typedef struct bkti_together {
    bkti_reach reach; /* options and settings */
    bkti_side sides[2];
    int64_t last;       /* place of the last period with both values */
    int64_t changes;    /* that both have */
    double measured;    /* their correlation; NaN: nothing to measure */
    double correlation; /* used */
} bkti_together;

/* The correlation of what two series change by over a season, as their normal scores have it; NaN
 * where one of them has no two different changes. BKT_OK or BKT_ERR_MEMORY. */
bkt_status bkti_together_measure(bkti_workspace *workspace, const double *first,
                                 const double *second, int64_t count, uint32_t season_length,
                                 double *out_correlation, int64_t *out_changes);
/* Drawn towards what it is between pairs of countries, the more the fewer changes there are. */
double bkti_together_shrink(double measured, double changes);

/* With the reach's options taken. Arrays as of bkt_series_reach_together(). */
bkt_status bkti_series_reach_together(bkt_context *context, bkti_together *together,
                                      const double *first, const double *second, int64_t count,
                                      const double *targets, uint32_t target_count,
                                      double *out_points, double *out_reached, double *out_above,
                                      double *out_turned, double *out_opposite);
/* What the probabilities rest on. */
void bkti_together_describe(const bkti_together *together, bkti_text *text);

#endif
