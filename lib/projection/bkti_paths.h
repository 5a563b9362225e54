/* SPDX-License-Identifier: MIT */
/* Simulated paths of a series: at each step its value is distributed as the calibrated bounds say,
 * and the steps of one path hang together as errors do. */
#ifndef BKTI_PATHS_H
#define BKTI_PATHS_H

#include "bkti_calibration.h"
#include "bkti_probability.h"

#define BKTI_PATHS_LIMIT 10000000

/* Where the value may be at each step: point + width * quantile of the errors. Steps count from 0.
 * What it points to is the caller's and the workspace's. */
typedef struct bkti_marginals {
    const bkti_calibration *calibration;
    const double *points; /* `horizon` each */
    const double *widths;
    uint32_t horizon;
    bool has_floor; /* values end at 0 */
    double knots[BKTI_CALIBRATION_LEVELS];
} bkti_marginals;

void bkti_marginals_begin(bkti_marginals *marginals, const bkti_calibration *calibration,
                          const double *points, const double *widths, uint32_t horizon,
                          bool has_floor);
/* False where the point or the width is no number: nothing is known of that step. */
bool bkti_marginals_known(const bkti_marginals *marginals, uint32_t step);
/* The value that corresponds to a standard normal number. */
double bkti_marginals_value(const bkti_marginals *marginals, uint32_t step, double normal);
/* The least standard normal number whose value is at or above `value`: HUGE_VAL if none is,
 * -HUGE_VAL if all are. A hair below the value counts, so that what has no width and arrives
 * exactly is not held back by rounding. */
double bkti_marginals_place(const bkti_marginals *marginals, uint32_t step, double value);

/* What is known of the first step besides: its standard normal number has this distribution, a
 * straight line between the points of it. NULL where it has the standard normal one. */
#define BKTI_FIRST_POINTS 1025
typedef struct bkti_first {
    double normals[BKTI_FIRST_POINTS];
    double below[BKTI_FIRST_POINTS]; /* from 0 to 1 */
} bkti_first;

double bkti_first_quantile(const bkti_first *first, double p);

/* What was counted of the first period, what was counted of the same part of the period before, and
 * the share of the period that it is. */
typedef struct bkti_partial {
    double value;
    double previous;
    double share;
} bkti_partial;

/* By maximum likelihood: tests/bench/calibration/partial.c. */
#define BKTI_PARTIAL_SIZE 0.42

/* Scale of the error by which the growth (a logarithm) of a part differs from that of the whole. */
double bkti_partial_scale(const bkti_marginals *marginals, double last, double share);
/* The distribution of the first step with that known. `last` and all of the part are positive, the
 * share is between 0 and 1. False where the step has no width to speak of, or numbers are beyond
 * doubles: nothing is changed by the part. */
bool bkti_partial_apply(const bkti_marginals *marginals, double last, const bkti_partial *partial,
                        bkti_first *out_first);

/* How the steps of a path hang together: standard normal numbers with the correlation
 * share + (1 - share) sqrt(i / j) of the steps i < j (from 1): errors add up as those of a random
 * walk do, but for a part that stays. */
#define BKTI_PATHS_SHARE 0.1 /* chosen by log-loss: tests/bench/calibration/targets.c */
typedef struct bkti_paths {
    uint64_t seed;
    uint32_t horizon;
    uint32_t count;
    double share;
    const bkti_first *first;
} bkti_paths;

bkt_status bkti_paths_check(bkt_context *context, uint32_t count);
/* The correlation of the first step and one from 1. */
double bkti_paths_correlation(const bkti_paths *paths, uint32_t step);
/* Path `number`; `horizon` numbers, the first of which are those of every shorter horizon. */
void bkti_paths_start(const bkti_paths *paths, uint64_t number, bkti_random *out_random);
void bkti_paths_draw(const bkti_paths *paths, bkti_random *random, double *out_normals);

/* Counts which targets are reached. `last` is the value that the paths start from: what is at or
 * below it is reached. out_reached, out_above (may be NULL): horizon numbers a target, NaN from a
 * step that nothing is known of; of reached targets reached is 1 in any case. BKT_OK,
 * BKT_ERR_MEMORY or BKT_ERR_CANCELLED, recorded. */
bkt_status bkti_paths_reach(bkt_context *context, bkti_workspace *workspace,
                            const bkti_paths *paths, const bkti_marginals *marginals, double last,
                            const double *targets, uint32_t target_count, double *out_reached,
                            double *out_above);

#endif
