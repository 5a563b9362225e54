/* SPDX-License-Identifier: MIT */
/* ETS: which form, and what a projection tells of it. */
#include "bkti_ets.h"

#include "bkti_elementary.h"

#include <float.h>
#include <math.h>

/* What a step of the search must gain: to compare forms, and of the one that is chosen. */
#define GAIN_OF_SEARCH 1e-3
#define GAIN_OF_CHOICE 1e-8
/* With more periods for a value, gaps leave nothing of trend and season. */
#define SPARSE_PERIODS 64
#define SPARSE_FACTOR  16

/* Of relative errors: above it their own formula multiplies bounds with every step. */
#define RELATIVE_VARIANCE_LIMIT 1.0

/* The work on one series. */
typedef struct task {
    bkti_ets_search search;
    bkti_ets_series series;
    bkti_ets_series adjusted; /* without its season, of the kind at hand */
    double *values;
    double *adjusted_values;
    double indices[BKTI_ETS_SEASON_LIMIT];
    bool positive;
    bool sparse;
    bool damped_only;
    bkti_ets_form asked;
    bkti_ets_model best;
} task;

static bool wanted(int32_t asked, int32_t part) {
    return asked == BKT_ETS_ANY || asked == part;
}

static void try_form(task *w, bkti_ets_model *model) {
    if (bkti_ets_criterion(&model->form, &w->series, 0.0) == HUGE_VAL ||
        !bkti_ets_refine(&w->search, model, GAIN_OF_SEARCH))
        return;
    model->criterion = bkti_ets_criterion(&model->form, &w->series, model->likelihood);
    if (model->criterion < w->best.criterion)
        w->best = *model;
}

/* Both kinds of error: the one begins where the other ends, as they differ in weights alone. */
static void try_errors(task *w, int32_t season, int32_t trend) {
    const bkti_ets_given *given = &w->search.given;
    bkti_ets_model model = {
        .form = {BKT_ETS_ADDITIVE, trend, BKT_ETS_NONE}, .season_length = 1, .phi = 1.0};
    bkti_ets_start(&w->search, season == BKT_ETS_NONE ? &w->series : &w->adjusted, &model);
    if (season != BKT_ETS_NONE) {
        model.form.season = season;
        model.season_length = w->series.season_length;
        if (!isnan(given->gamma))
            model.alpha = fmin(model.alpha, 1.0 - given->gamma);
        if (model.alpha < model.beta)
            model.beta = model.alpha;
        model.gamma = isnan(given->gamma) ? 0.1 * (1.0 - model.alpha) : given->gamma;
        for (uint32_t k = 0; k < model.season_length; k++)
            model.initial.season[k] = w->indices[k];
    }
    if (season != BKT_ETS_MULTIPLICATIVE && wanted(w->asked.error, BKT_ETS_ADDITIVE))
        try_form(w, &model);
    model.form.error = BKT_ETS_MULTIPLICATIVE;
    if (w->positive && wanted(w->asked.error, BKT_ETS_MULTIPLICATIVE))
        try_form(w, &model);
}

/* The series without a season of that kind; false where it can't have one. */
static bool adjust(task *w, int32_t season) {
    uint32_t length = w->series.season_length;
    bool multiplicative = season == BKT_ETS_MULTIPLICATIVE;
    if (season == BKT_ETS_NONE)
        return true;
    if (length < 2 || w->series.count < 2 * (int64_t)length || (multiplicative && !w->positive))
        return false;
    bkti_sample sample = {.values = w->values,
                          .periods = w->series.periods,
                          .count = w->series.count,
                          .factor = 1.0,
                          .season_length = length};
    if (!bkti_season_indices(&sample, length, multiplicative, w->indices))
        return false;
    for (int64_t t = 0; t < w->series.periods; t++) {
        double index = w->indices[t % length];
        w->adjusted_values[t] = multiplicative ? w->values[t] / index : w->values[t] - index;
    }
    return true;
}

static void try_forms(task *w) {
    static const int32_t seasons[] = {BKT_ETS_NONE, BKT_ETS_ADDITIVE, BKT_ETS_MULTIPLICATIVE};
    static const int32_t trends[] = {BKT_ETS_NONE, BKT_ETS_DAMPED, BKT_ETS_ADDITIVE};
    for (int i = 0; i < 3; i++) {
        if (!wanted(w->asked.season, seasons[i]) || !adjust(w, seasons[i]))
            continue;
        for (int k = 0; k < (w->sparse ? 1 : w->damped_only ? 2 : 3); k++)
            if (wanted(w->asked.trend, trends[k]))
                try_errors(w, seasons[i], trends[k]);
    }
}

static bool take_series(bkti_workspace *workspace, const bkti_sample *sample, task *w) {
    size_t periods = (size_t)sample->periods;
    size_t room = (sizeof(bkti_ets_scoring) + sizeof(double) - 1) / sizeof(double);
    w->values = bkti_workspace_take(workspace, periods);
    w->adjusted_values = bkti_workspace_take(workspace, periods);
    void *here = bkti_workspace_take(workspace, room);
    void *there = bkti_workspace_take(workspace, room);
    if (w->values == NULL || w->adjusted_values == NULL || here == NULL || there == NULL)
        return false;
    w->search.here = here;
    w->search.there = there;
    w->sparse = sample->periods > SPARSE_PERIODS + SPARSE_FACTOR * sample->count;
    double largest = 0.0;
    size_t count = 0;
    for (size_t t = 0; t < periods; t++) {
        double value = sample->values[t] * sample->factor;
        largest = fmax(largest, fabs(value));
        if (!w->sparse || !isnan(value))
            w->values[count++] = value;
    }
    double rounding = 8.0 * DBL_EPSILON * sqrt((double)sample->count);
    w->series.values = w->values;
    w->series.periods = (int64_t)count;
    w->series.count = sample->count;
    w->series.season_length = w->sparse ? 1 : sample->season_length;
    w->series.least_squares = fmax(rounding * rounding * largest * largest, DBL_MIN);
    w->series.least_relative = rounding * rounding;
    w->adjusted = w->series;
    w->adjusted.values = w->adjusted_values;
    w->positive = sample->least * sample->factor > DBL_MIN;
    w->search.series = &w->series;
    return true;
}

static void tell(const task *w, const bkti_ets_state *last, const bkti_ets_sums *sums,
                 double factor, bkt_fit *fit) {
    const bkti_ets_model *model = &w->best;
    bool trend = bkti_ets_has_trend(&model->form);
    bool relative = model->form.error == BKT_ETS_MULTIPLICATIVE;
    double squares = relative ? sums->relative : sums->squares;
    double n = (double)w->series.count;
    fit->ets_error = model->form.error;
    fit->ets_trend = model->form.trend;
    fit->ets_season = model->form.season;
    fit->alpha = model->alpha;
    fit->beta = trend ? model->beta : NAN;
    fit->phi = model->form.trend == BKT_ETS_DAMPED ? model->phi : NAN;
    fit->gamma = model->form.season != BKT_ETS_NONE ? model->gamma : NAN;
    fit->level = last->level / factor;
    fit->slope = trend ? last->slope / factor : NAN;
    fit->first_level = model->initial.level / factor;
    fit->first_slope = trend ? model->initial.slope / factor : NAN;
    fit->squares = sums->squares / factor / factor;
    /* The factor's logarithm, as if the series had not been scaled. */
    double scaled = squares > 0.0 ? -2.0 * n * bkti_log(factor) : NAN;
    fit->log_likelihood = -0.5 * (bkti_ets_likelihood(sums, &model->form, &w->series) + scaled);
    fit->criterion = model->criterion + scaled;
    if (model->form.season != BKT_ETS_NONE)
        fit->flags |= BKT_FIT_SEASONAL;
    if (model->form.season == BKT_ETS_MULTIPLICATIVE)
        fit->flags |= BKT_FIT_MULTIPLICATIVE;
}

/* A form that was asked for and can't be gives way to the best that can. */
static void choose(task *w) {
    w->best.criterion = HUGE_VAL;
    try_forms(w);
    if (w->best.criterion == HUGE_VAL) {
        w->asked = (bkti_ets_form){BKT_ETS_ANY, BKT_ETS_ANY, BKT_ETS_ANY};
        try_forms(w);
    }
    if (w->best.criterion == HUGE_VAL)
        return;
    bkti_ets_refine(&w->search, &w->best, GAIN_OF_CHOICE);
    w->best.criterion = bkti_ets_criterion(&w->best.form, &w->series, w->best.likelihood);
    if (w->best.form.error == BKT_ETS_ADDITIVE)
        bkti_ets_settle(&w->search, &w->series, &w->best);
}

/* Of a sample whose season, if it is too long for the forms, is taken out. */
static bkt_status project(bkti_workspace *workspace, const bkti_sample *sample,
                          const bkti_settings *settings, bool damped_only, double *out_points,
                          double *out_errors, bkt_fit *fit) {
    task w = {.search.given = {settings->alpha, settings->beta, settings->gamma, settings->phi},
              .damped_only = damped_only,
              .asked = {settings->ets_error, settings->ets_trend, settings->ets_season}};
    double *squares = bkti_workspace_take(workspace, settings->horizon);
    if (squares == NULL || !take_series(workspace, sample, &w))
        return BKT_ERR_MEMORY;
    choose(&w);
    bkti_numbers_clear(out_points, settings->horizon);
    bkti_numbers_clear(out_errors, settings->horizon);
    if (w.best.criterion == HUGE_VAL)
        return BKT_OK;
    bkti_ets_state last;
    bkti_ets_sums sums;
    bkti_ets_run(&w.best, &w.series, &last, NULL, &sums);
    fit->freedom = (double)(sample->count + 1 -
                            bkti_ets_parameter_count(&w.best.form, w.series.season_length));
    bkti_ets_model spread = w.best;
    double variance = sums.relative / fit->freedom;
    if (spread.form.error == BKT_ETS_ADDITIVE || variance > RELATIVE_VARIANCE_LIMIT) {
        spread.form.error = BKT_ETS_ADDITIVE;
        variance = sums.squares / fit->freedom;
    }
    bkti_ets_project(&spread, &last, w.series.periods, variance, settings->horizon, squares,
                     out_points, out_errors);
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] /= sample->factor;
        out_errors[h] /= sample->factor;
    }
    tell(&w, &last, &sums, sample->factor, fit);
    fit->sigma = out_errors[0];
    return BKT_OK;
}

/* A season longer than the forms', by the test and indices of the M4 competition. */
static bkt_status project_adjusted(bkti_workspace *workspace, const bkti_sample *sample,
                                   const bkti_settings *settings, bool damped_only,
                                   double *out_points, double *out_errors, bkt_fit *fit) {
    bkti_season season;
    bkti_sample own = *sample;
    double *values = bkti_workspace_take(workspace, (size_t)sample->periods);
    if (values == NULL || !bkti_season_find(workspace, sample, sample->season_length, &season))
        return BKT_ERR_MEMORY;
    own.season_length = 1;
    if (!season.found)
        return project(workspace, &own, settings, damped_only, out_points, out_errors, fit);
    for (int64_t t = 0; t < sample->periods; t++)
        values[t] = bkti_season_remove(&season, t, sample->values[t]);
    own.values = values;
    own.least = values[0];
    for (int64_t t = 1; t < sample->periods; t++)
        own.least = fmin(own.least, values[t]);
    bkt_status status =
        project(workspace, &own, settings, damped_only, out_points, out_errors, fit);
    for (uint32_t h = 0; h < settings->horizon && status == BKT_OK; h++) {
        int64_t t = sample->periods + h;
        out_points[h] = bkti_season_restore(&season, t, out_points[h]);
        if (season.multiplicative)
            out_errors[h] = bkti_season_restore(&season, t, out_errors[h]);
    }
    fit->flags |= BKT_FIT_SEASONAL | (season.multiplicative ? BKT_FIT_MULTIPLICATIVE : 0);
    fit->sigma = out_errors[0];
    return status;
}

static bkt_status ets(bkti_workspace *workspace, const bkti_sample *sample,
                      const bkti_settings *settings, bool damped_only, double *out_points,
                      double *out_errors, bkt_fit *fit) {
    bool long_season = sample->season_length > BKTI_ETS_SEASON_LIMIT;
    return (long_season ? project_adjusted : project)(workspace, sample, settings, damped_only,
                                                      out_points, out_errors, fit);
}

bkt_status bkti_ets_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                           const bkti_settings *settings, double *out_points, double *out_errors,
                           bkt_fit *fit) {
    return ets(workspace, sample, settings, false, out_points, out_errors, fit);
}

bkt_status bkti_ets_damped_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                  const bkti_settings *settings, double *out_points,
                                  double *out_errors, bkt_fit *fit) {
    return ets(workspace, sample, settings, true, out_points, out_errors, fit);
}

bkt_status bkt_ets_project(bkt_context *context, const double *values, int64_t count,
                           const bkt_projection_options *options, double *out_points,
                           double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_ETS, values, count, options, out_points,
                               out_errors, out_fit);
}

bkt_status bkt_ets_damped_project(bkt_context *context, const double *values, int64_t count,
                                  const bkt_projection_options *options, double *out_points,
                                  double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_ETS_DAMPED, values, count, options, out_points,
                               out_errors, out_fit);
}
