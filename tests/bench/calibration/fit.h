/* SPDX-License-Identifier: MIT */
/* How a calibration of intervals is made from errors that were made, tried, and written down. */
#ifndef FIT_H
#define FIT_H

#include <stdio.h>

#include "bkti_calibration.h"

/* One projection a step ahead and what came. */
typedef struct fit_outcome {
    double features[BKTI_CALIBRATION_FEATURES];
    double error;             /* actual less projected, in units of the scale */
    double point;             /* likewise */
    double weight;            /* of a series 1, over its outcomes */
    uint32_t step;            /* from 1 */
    uint32_t may_be_negative; /* otherwise bounds end at 0 */
} fit_outcome;

/* Widths by least squares of the logarithm of the errors' size on the features, unless the
 * coefficients are given; quantiles of the errors in such widths by step, with those of the steps
 * beside it. */
void fit_calibration(const fit_outcome *rows, size_t count, uint32_t season_length, uint32_t steps,
                     const double *coefficients, bkti_calibration *out);

/* Sums over outcomes: what lies within 80 % and 95 % bounds, by number and by weight; the 95 %
 * ones' MSIS, by weight. */
typedef struct fit_score {
    double within80;
    double within95;
    double rows;
    double weight80;
    double weight95;
    double msis;
    double weight;
} fit_score;

void fit_score_add(fit_score *sum, const fit_score *score);
/* Adds outcomes to a score. */
void fit_try(const fit_outcome *rows, size_t count, const bkti_calibration *calibration,
             fit_score *score);

/* A calibration as an initialiser in C. */
void fit_write(FILE *out, const bkti_calibration *calibration);

#endif
