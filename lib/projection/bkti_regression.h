/* SPDX-License-Identifier: MIT */
/* Linear regression on a few columns, and on a constant for each group of rows, which is taken out
 * beforehand: seasons cost no columns. */
#ifndef BKTI_REGRESSION_H
#define BKTI_REGRESSION_H

#include "bkti_projection.h"

#define BKTI_REGRESSION_LIMIT 8

/* Rows are added, then it is solved once, which uses up what was added. */
typedef struct bkti_regression {
    double *target; /* after solving: the residuals */
    double *columns[BKTI_REGRESSION_LIMIT];
    double *groups; /* of each row, whole numbers */
    int64_t row_count;
    int64_t row_limit;
    uint32_t column_count;
    uint32_t group_count;
    double coefficients[BKTI_REGRESSION_LIMIT]; /* 0 for a column that the ones before contain */
    double errors[BKTI_REGRESSION_LIMIT];       /* their standard errors; NaN without freedom */
    double *target_means;                       /* by group; NaN for one without rows */
    double *column_means[BKTI_REGRESSION_LIMIT];
    double squares;
    double freedom; /* at least 0 */
} bkti_regression;

/* False when there is no memory. */
bool bkti_regression_begin(bkti_workspace *workspace, int64_t row_limit, uint32_t column_count,
                           uint32_t group_count, bkti_regression *out_regression);
/* Left out if a number is NaN. */
void bkti_regression_add(bkti_regression *regression, double target, const double *columns,
                         int64_t group);
void bkti_regression_solve(bkti_regression *regression);
/* Whether every group has rows, and there is freedom left. */
bool bkti_regression_holds(const bkti_regression *regression);
/* What is expected of a row. */
double bkti_regression_expect(const bkti_regression *regression, const double *columns,
                              int64_t group);
/* sqrt(squares / freedom); NaN without freedom. */
double bkti_regression_sigma(const bkti_regression *regression);

#endif
