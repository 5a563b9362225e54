/* SPDX-License-Identifier: MIT */
/* Least squares by modified Gram and Schmidt, the target as one column more: Golub & Van Loan 2013,
 * "Matrix Computations", 4th ed., 5.2.8 and 5.3.5; the groups' constants by Frisch, Waugh &
 * Lovell's theorem. */
#include "bkti_regression.h"

#include <math.h>

bool bkti_regression_begin(bkti_workspace *workspace, int64_t row_limit, uint32_t column_count,
                           uint32_t group_count, bkti_regression *out_regression) {
    bkti_regression r = {
        .row_limit = row_limit, .column_count = column_count, .group_count = group_count};
    size_t rows = (size_t)row_limit;
    double *space = bkti_workspace_take(
        workspace, (rows + group_count) * (column_count + (size_t)1) + rows + group_count);
    if (space == NULL)
        return false;
    r.target = space;
    r.groups = space + rows;
    space += 2 * rows;
    r.target_means = space;
    space += 2 * (size_t)group_count; /* the second: how many rows each has */
    for (uint32_t c = 0; c < column_count; c++) {
        r.columns[c] = space;
        r.column_means[c] = space + rows;
        space += rows + group_count;
    }
    *out_regression = r;
    return true;
}

void bkti_regression_add(bkti_regression *r, double target, const double *columns, int64_t group) {
    bool known = !isnan(target) && r->row_count < r->row_limit;
    for (uint32_t c = 0; c < r->column_count; c++)
        known = known && !isnan(columns[c]);
    if (!known)
        return;
    r->target[r->row_count] = target;
    r->groups[r->row_count] = (double)group;
    for (uint32_t c = 0; c < r->column_count; c++)
        r->columns[c][r->row_count] = columns[c];
    r->row_count++;
}

static double product(const bkti_regression *r, const double *a, const double *b) {
    double sum = 0.0;
    for (int64_t i = 0; i < r->row_count; i++)
        sum += a[i] * b[i];
    return sum;
}

static void take_out_means(const bkti_regression *r, const double *counts, double *numbers,
                           double *means) {
    for (uint32_t g = 0; g < r->group_count; g++)
        means[g] = counts[g] > 0.0 ? 0.0 : NAN;
    for (int64_t i = 0; i < r->row_count; i++) {
        size_t group = (size_t)r->groups[i];
        means[group] += numbers[i] / counts[group];
    }
    for (int64_t i = 0; i < r->row_count; i++)
        numbers[i] -= means[(size_t)r->groups[i]];
}

/* The triangle's row k, from the columns as they are left by the rows before; false for a column
 * that is all but contained in those. */
static bool eliminate(bkti_regression *r, uint32_t k, double length_before,
                      double triangle[BKTI_REGRESSION_LIMIT + 1]) {
    double length = sqrt(product(r, r->columns[k], r->columns[k]));
    triangle[k] = length;
    if (!(length > 1e-9 * length_before))
        return false;
    for (int64_t i = 0; i < r->row_count; i++)
        r->columns[k][i] /= length;
    for (uint32_t c = k + 1; c <= r->column_count; c++) {
        double *numbers = c < r->column_count ? r->columns[c] : r->target;
        double share = product(r, r->columns[k], numbers);
        triangle[c] = share;
        for (int64_t i = 0; i < r->row_count; i++)
            numbers[i] -= share * r->columns[k][i];
    }
    return true;
}

/* Coefficients from the triangle, from below; and the diagonal of (X'X)^-1 = R^-1 R^-T. */
static void substitute(bkti_regression *r, const bool *kept,
                       double triangle[][BKTI_REGRESSION_LIMIT + 1]) {
    uint32_t count = r->column_count;
    double inverse[BKTI_REGRESSION_LIMIT][BKTI_REGRESSION_LIMIT] = {{0.0}};
    double sigma = bkti_regression_sigma(r);
    for (uint32_t back = 0; back < count; back++) {
        uint32_t k = count - 1 - back;
        double squares = 0.0;
        r->coefficients[k] = 0.0;
        r->errors[k] = NAN;
        if (!kept[k])
            continue;
        double sum = triangle[k][count];
        inverse[k][k] = 1.0 / triangle[k][k];
        for (uint32_t c = k + 1; c < count; c++) {
            if (!kept[c])
                continue;
            sum -= triangle[k][c] * r->coefficients[c];
            for (uint32_t e = c; e < count; e++)
                inverse[k][e] -= triangle[k][c] * inverse[c][e] / triangle[k][k];
        }
        r->coefficients[k] = sum / triangle[k][k];
        for (uint32_t e = k; e < count; e++)
            squares += inverse[k][e] * inverse[k][e];
        r->errors[k] = sigma * sqrt(squares);
    }
}

void bkti_regression_solve(bkti_regression *r) {
    double triangle[BKTI_REGRESSION_LIMIT][BKTI_REGRESSION_LIMIT + 1];
    double lengths[BKTI_REGRESSION_LIMIT];
    bool kept[BKTI_REGRESSION_LIMIT];
    double *counts = r->target_means + r->group_count;
    double used = 0.0;
    for (uint32_t g = 0; g < r->group_count; g++)
        counts[g] = 0.0;
    for (int64_t i = 0; i < r->row_count; i++) {
        double *count = &counts[(size_t)r->groups[i]];
        used += *count == 0.0 ? 1.0 : 0.0;
        *count += 1.0;
    }
    take_out_means(r, counts, r->target, r->target_means);
    for (uint32_t c = 0; c < r->column_count; c++) {
        lengths[c] = sqrt(product(r, r->columns[c], r->columns[c]));
        take_out_means(r, counts, r->columns[c], r->column_means[c]);
    }
    for (uint32_t k = 0; k < r->column_count; k++) {
        kept[k] = eliminate(r, k, lengths[k], triangle[k]);
        used += kept[k] ? 1.0 : 0.0;
    }
    r->squares = product(r, r->target, r->target);
    r->freedom = fmax((double)r->row_count - used, 0.0);
    substitute(r, kept, triangle);
}

bool bkti_regression_holds(const bkti_regression *r) {
    for (uint32_t g = 0; g < r->group_count; g++)
        if (isnan(r->target_means[g]))
            return false;
    return r->freedom > 0.0;
}

double bkti_regression_expect(const bkti_regression *r, const double *columns, int64_t group) {
    double sum = r->target_means[group];
    for (uint32_t c = 0; c < r->column_count; c++)
        sum += r->coefficients[c] * (columns[c] - r->column_means[c][group]);
    return sum;
}

double bkti_regression_sigma(const bkti_regression *r) {
    return r->freedom > 0.0 ? sqrt(r->squares / r->freedom) : NAN;
}
