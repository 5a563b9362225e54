/* SPDX-License-Identifier: MIT */
/* Rho: an autoregression whose root is set to one when it is near, and whose drift is damped. */
#include "bkti_card.h"
#include "bkti_regression.h"

#include <math.h>
#include <string.h>

/* What is regressed on what. */
typedef struct form {
    bool root;         /* a unit root: changes are the target, without the lag */
    bool lag;          /* on the value before */
    bool seasonal_lag; /* on the value a season before; with the root, on that change */
} form;

/* Columns of period t; gives what the target starts from. */
static double take_row(const form *f, int64_t length, const double *values, int64_t t,
                       double *columns) {
    uint32_t next = 0;
    if (f->lag)
        columns[next++] = values[t - 1];
    if (f->seasonal_lag)
        columns[next] = values[t - length] - (f->root ? values[t - length - 1] : 0.0);
    return f->root ? values[t - 1] : 0.0;
}

/* On the values, the bridged ones or those with gaps. */
static bool regress(bkti_workspace *workspace, const bkti_card *card, const form *f,
                    const double *values, bkti_regression *regression) {
    int64_t length = card->length;
    uint32_t groups = card->seasons ? card->length : 1;
    uint32_t column_count = (f->lag ? 1u : 0u) + (f->seasonal_lag ? 1u : 0u);
    int64_t first = f->lag || f->root ? 1 : 0;
    if (f->seasonal_lag)
        first = f->root ? length + 1 : length;
    if (!bkti_regression_begin(workspace, card->count, column_count, groups, regression))
        return false;
    for (int64_t t = first; t < card->count; t++) {
        double columns[2];
        double start = take_row(f, length, values, t, columns);
        bkti_regression_add(regression, values[t] - start, columns, t % groups);
    }
    bkti_regression_solve(regression);
    return true;
}

/* Rows with a gap are left out, unless that leaves too few: then the gaps are bridged. */
static bool regress_known(bkti_workspace *workspace, const bkti_card *card, const form *f,
                          bkti_regression *regression) {
    double gaps = (double)(card->count - card->sample->count);
    if (!regress(workspace, card, f, card->known, regression))
        return false;
    if (gaps == 0.0 || bkti_regression_holds(regression))
        return true;
    if (!regress(workspace, card, f, card->values, regression))
        return false;
    regression->freedom = fmax(regression->freedom - gaps, 0.0);
    return true;
}

/* Estimates it, and again without what turns out not to be wanted. A seasonal coefficient that
 * makes it explode is taken back to where it doesn't. */
static bool estimate(bkti_workspace *workspace, const bkti_card *card, form *f,
                     bkti_regression *r) {
    f->root = false;
    f->lag = card->differences;
    f->seasonal_lag = card->seasonal_lag && card->count > 4 * (int64_t)card->length;
    if (!regress_known(workspace, card, f, r))
        return false;
    double rho = f->lag ? r->coefficients[0] : 0.0;
    if (rho > 0.5 && !(rho + 2.0 * r->errors[0] <= 0.9)) {
        f->root = true;
        f->lag = false;
    } else if (rho < 0.0) {
        f->lag = f->seasonal_lag = false;
    }
    if ((f->root || rho < 0.0) && !regress_known(workspace, card, f, r))
        return false;
    double *seasonal = &r->coefficients[f->lag ? 1 : 0];
    double limit = f->lag ? 1.0 - rho : 1.0;
    if (f->seasonal_lag)
        *seasonal = fmax(-limit, fmin(limit, *seasonal));
    return true;
}

/* The mean of the groups' constants, nearer to 0 by 1.645 of its standard errors, less itself. */
static double damping(const bkti_regression *r) {
    static const double zero[2] = {0.0, 0.0};
    double drift = 0.0;
    for (uint32_t g = 0; g < r->group_count; g++)
        drift += bkti_regression_expect(r, zero, g) / r->group_count;
    double reach = 1.645 * bkti_regression_sigma(r) / sqrt((double)r->row_count - 1.0);
    if (!(reach < fabs(drift)))
        return -drift;
    return drift > 0.0 ? -reach : reach;
}

bool bkti_rho_points(bkti_workspace *workspace, const bkti_card *card, uint32_t horizon,
                     double *out_points, double *out_errors, bkt_fit *fit) {
    bkti_regression r;
    form f;
    if (!estimate(workspace, card, &f, &r))
        return false;
    double shift = f.root ? damping(&r) : 0.0;
    double *values = bkti_workspace_take(workspace, (size_t)card->count + horizon);
    if (values == NULL)
        return false;
    memcpy(values, card->values, (size_t)card->count * sizeof *values);
    for (int64_t t = card->count; t < card->count + horizon; t++) {
        double columns[2];
        double start = take_row(&f, card->length, values, t, columns);
        values[t] = start + shift + bkti_regression_expect(&r, columns, t % r.group_count);
        out_points[t - card->count] = values[t];
    }
    bkti_lags lags = {.length = card->length};
    lags.first = f.root ? 1.0 : f.lag ? r.coefficients[0] : 0.0;
    lags.seasonal = f.seasonal_lag ? r.coefficients[f.lag ? 1 : 0] : 0.0;
    lags.after_seasonal = f.root ? -lags.seasonal : 0.0;
    fit->squares = r.squares;
    fit->freedom = r.freedom;
    fit->sigma = bkti_regression_sigma(&r);
    if (f.root && r.column_count == 0) { /* else it is not the same at each step */
        fit->slope = shift;
        for (uint32_t group = 0; group < r.group_count; group++)
            fit->slope += r.target_means[group] / (double)r.group_count;
    }
    return bkti_lags_errors(workspace, &lags, fit->sigma, horizon, out_errors);
}

bkt_status bkti_rho_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                           const bkti_settings *settings, double *out_points, double *out_errors,
                           bkt_fit *fit) {
    bkti_card card;
    if (!bkti_card_take(workspace, sample, &card) ||
        !bkti_rho_points(workspace, &card, settings->horizon, out_points, out_errors, fit))
        return BKT_ERR_MEMORY;
    bkti_card_restore(&card, settings->horizon, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkt_rho_project(bkt_context *context, const double *values, int64_t count,
                           const bkt_projection_options *options, double *out_points,
                           double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_RHO, values, count, options, out_points,
                               out_errors, out_fit);
}
