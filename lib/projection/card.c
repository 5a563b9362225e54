/* SPDX-License-Identifier: MIT */
/* Card: the mean of Rho and Delta, calibrated: taken as if it had been observed, it is replaced by
 * the fitted values of a richer autoregression. */
#include "bkti_card.h"
#include "bkti_elementary.h"
#include "bkti_regression.h"

#include <math.h>
#include <string.h>

/* The calibrating regression. */
typedef struct calibration {
    const bkti_card *card;
    double *waves; /* cosine and sine of each season; NULL: none */
    int64_t count; /* values, with those that are projected and taken as observed */
    int64_t step;  /* from which period on a step is allowed for; INT64_MAX: none */
    uint32_t column_count;
    bool lag;
    bool seasonal_lags;
    bool step_trend;
} calibration;

static void take_row(const calibration *c, const double *values, int64_t t, double *columns) {
    int64_t length = c->card->length;
    uint32_t next = 0;
    if (c->lag)
        columns[next++] = values[t - 1];
    if (c->seasonal_lags) {
        columns[next++] = values[t - length];
        columns[next++] = values[t - length - 1];
    }
    if (c->waves != NULL) {
        columns[next++] = c->waves[2 * (t % length)];
        columns[next++] = c->waves[2 * (t % length) + 1];
    }
    if (c->step < INT64_MAX)
        columns[next++] = t >= c->step ? 1.0 : 0.0;
    if (c->step_trend)
        columns[next] = t >= c->step ? (double)(t - c->step) : 0.0;
}

/* cos x for 0 <= x <= pi by its series. */
static double cosine(double x) {
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; k < 20; k++) {
        term *= -x * x / ((2 * k - 1) * (2 * k));
        sum += term;
    }
    return sum;
}

/* cos(2 pi t / m), and sin(2 pi t / m) but for a factor, by 2 cos(x) u(t) = u(t + 1) + u(t - 1). */
static void fill_waves(uint32_t length, double *waves) {
    double c = cosine(2.0 * 3.1415926535897932385 / length);
    waves[0] = 1.0;
    waves[1] = 0.0;
    waves[2] = c;
    waves[3] = length > 2 ? 1.0 : 0.0;
    for (uint32_t t = 2; t < length; t++) {
        waves[2 * t] = 2.0 * c * waves[2 * t - 2] - waves[2 * t - 4];
        waves[2 * t + 1] = 2.0 * c * waves[2 * t - 1] - waves[2 * t - 3];
    }
}

static bool choose_form(bkti_workspace *workspace, const bkti_card *card, uint32_t taken,
                        calibration *out) {
    int64_t length = card->length;
    calibration c = {.card = card, .count = card->count + taken, .step = INT64_MAX};
    c.lag = card->differences;
    c.seasonal_lags = card->seasonal_lag && card->count > 4 * length;
    c.column_count = (c.lag ? 1u : 0u) + (c.seasonal_lags ? 2u : 0u);
    if (length > 1 && !card->seasons) {
        c.waves = bkti_workspace_take(workspace, 2 * (size_t)length);
        if (c.waves == NULL)
            return false;
        fill_waves(card->length, c.waves);
        c.column_count += 2;
    }
    int64_t constants = card->seasons ? length : 1;
    if (length != 24 && card->count > 3 * length &&
        c.count - constants - (int64_t)c.column_count > 10) {
        int64_t span = 4 * length < c.count ? 4 * length : c.count;
        c.step = card->count - 1 - span / 2;
        c.step_trend = card->differences && (length == 4 || length == 12);
        c.column_count += c.step_trend ? 2 : 1;
    }
    *out = c;
    return true;
}

/* On values with gaps or without. Sets freedom and squares to what observed values have of them. */
static bool regress(bkti_workspace *workspace, const calibration *c, const double *values,
                    bkti_regression *r) {
    uint32_t groups = c->card->seasons ? c->card->length : 1;
    int64_t first = c->seasonal_lags ? (int64_t)c->card->length + 1 : c->lag ? 1 : 0;
    int64_t observed = 0;
    if (!bkti_regression_begin(workspace, c->count, c->column_count, groups, r))
        return false;
    for (int64_t t = first; t < c->count; t++) {
        double columns[BKTI_REGRESSION_LIMIT];
        take_row(c, values, t, columns);
        bkti_regression_add(r, values[t], columns, t % groups);
        if (t < c->card->count)
            observed = r->row_count;
    }
    bkti_regression_solve(r);
    r->squares = 0.0;
    for (int64_t i = 0; i < observed; i++)
        r->squares += r->target[i] * r->target[i];
    r->freedom = fmax(r->freedom - (double)(r->row_count - observed), 0.0);
    return true;
}

/* Rows with a gap are left out, unless that leaves too few: then the gaps are bridged. */
static bool calibrate(bkti_workspace *workspace, const calibration *c, const double *values,
                      bkti_regression *r) {
    const bkti_card *card = c->card;
    double gaps = (double)(card->count - card->sample->count);
    if (gaps > 0.0) {
        double *known = bkti_workspace_take(workspace, (size_t)c->count);
        if (known == NULL)
            return false;
        memcpy(known, values, (size_t)c->count * sizeof *known);
        memcpy(known, card->known, (size_t)card->count * sizeof *known);
        if (!regress(workspace, c, known, r))
            return false;
        if (bkti_regression_holds(r))
            return true;
    }
    if (!regress(workspace, c, values, r))
        return false;
    r->freedom = fmax(r->freedom - gaps, 0.0);
    return true;
}

/* `values`: the series, then its projections, `taken` of which are taken as observed. */
static bool calibrated_points(bkti_workspace *workspace, const bkti_card *card, uint32_t taken,
                              uint32_t horizon, const double *values, double *out_points,
                              double *out_errors, bkt_fit *fit) {
    calibration c;
    bkti_regression r;
    if (!choose_form(workspace, card, taken, &c) || !calibrate(workspace, &c, values, &r))
        return false;
    for (int64_t t = card->count; t < card->count + horizon; t++) {
        double columns[BKTI_REGRESSION_LIMIT];
        take_row(&c, values, t, columns);
        out_points[t - card->count] = bkti_regression_expect(&r, columns, t % r.group_count);
    }
    bkti_lags lags = {.length = card->length, .first = c.lag ? r.coefficients[0] : 0.0};
    if (c.seasonal_lags) {
        lags.seasonal = r.coefficients[c.lag ? 1 : 0];
        lags.after_seasonal = r.coefficients[c.lag ? 2 : 1];
    }
    fit->squares = r.squares;
    fit->freedom = r.freedom;
    fit->sigma = bkti_regression_sigma(&r);
    return bkti_lags_errors(workspace, &lags, fit->sigma, horizon, out_errors);
}

/* The mean of two points on the series' scale, taken back to that of the card. */
static double middle(const bkti_card *card, double a, double b) {
    if (!card->logs)
        return a / 2.0 + b / 2.0;
    double high = fmax(a, b);
    return high + bkti_log(0.5 * (1.0 + bkti_exp(fmin(a, b) - high)));
}

/* Theta of the series without its season, with the season put back; on the card's scale, NaN where
 * that has no number for it. */
static bkt_status theta_points(bkti_workspace *workspace, const bkti_card *card,
                               const bkti_settings *settings, double *out_points,
                               double *out_errors) {
    bkti_season season;
    bkt_fit unused;
    bkti_sample adjusted = *card->sample;
    if (!bkti_season_find(workspace, card->sample, card->length, &season))
        return BKT_ERR_MEMORY;
    if (season.found) {
        double *values = bkti_workspace_take(workspace, (size_t)card->count);
        if (values == NULL)
            return BKT_ERR_MEMORY;
        for (int64_t t = 0; t < card->count; t++)
            values[t] = bkti_season_remove(&season, t, card->sample->values[t]);
        adjusted.values = values;
    }
    adjusted.season_length = 1;
    bkti_fit_clear(&unused);
    bkt_status status =
        bkti_theta_kernel(workspace, &adjusted, settings, out_points, out_errors, &unused);
    for (uint32_t h = 0; h < settings->horizon && status == BKT_OK; h++) {
        if (season.found)
            out_points[h] = bkti_season_restore(&season, card->count + h, out_points[h]);
        if (!card->logs)
            out_points[h] *= card->sample->factor;
        else
            out_points[h] = out_points[h] > 0.0 ? bkti_log(out_points[h]) : NAN;
    }
    return status;
}

static void average(const bkti_card *card, uint32_t horizon, const double *added, double *means) {
    for (uint32_t h = 0; h < horizon; h++)
        if (isfinite(added[h]))
            means[h] = middle(card, means[h], added[h]);
}

/* So many projections are taken as observed, however far one asks, so that the points don't depend
 * on that. */
static uint32_t taken_for(uint32_t length) {
    return length > 3 ? 2 * length : 6;
}

static bkt_status card_or_cardt(bkti_workspace *workspace, const bkti_sample *sample,
                                const bkti_settings *settings, bool with_theta, double *out_points,
                                double *out_errors, bkt_fit *fit) {
    bkti_card card;
    bkti_settings far = *settings;
    uint32_t horizon = settings->horizon;
    if (!bkti_card_take(workspace, sample, &card))
        return BKT_ERR_MEMORY;
    uint32_t taken = taken_for(card.length);
    far.horizon = horizon > taken ? horizon : taken;
    double *values = bkti_workspace_take(workspace, (size_t)card.count + 3 * (size_t)far.horizon);
    if (values == NULL)
        return BKT_ERR_MEMORY;
    double *means = values + card.count;
    double *points = means + far.horizon;
    double *errors = points + far.horizon;
    memcpy(values, card.values, (size_t)card.count * sizeof *values);
    if (!bkti_delta_points(workspace, &card, far.horizon, means, errors, fit) ||
        !bkti_rho_points(workspace, &card, far.horizon, points, errors, fit))
        return BKT_ERR_MEMORY;
    fit->slope = NAN; /* Rho's, not that of the mean */
    average(&card, far.horizon, points, means);
    if (with_theta) {
        if (theta_points(workspace, &card, &far, points, errors) != BKT_OK)
            return BKT_ERR_MEMORY;
        average(&card, far.horizon, points, means);
    }
    if (!calibrated_points(workspace, &card, taken, horizon, values, out_points, out_errors, fit))
        return BKT_ERR_MEMORY;
    bkti_card_restore(&card, horizon, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkti_card_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                            const bkti_settings *settings, double *out_points, double *out_errors,
                            bkt_fit *fit) {
    return card_or_cardt(workspace, sample, settings, false, out_points, out_errors, fit);
}

bkt_status bkti_cardt_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    return card_or_cardt(workspace, sample, settings, true, out_points, out_errors, fit);
}

bkt_status bkt_card_project(bkt_context *context, const double *values, int64_t count,
                            const bkt_projection_options *options, double *out_points,
                            double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_CARD, values, count, options, out_points,
                               out_errors, out_fit);
}

bkt_status bkt_cardt_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_CARDT, values, count, options, out_points,
                               out_errors, out_fit);
}
