/* SPDX-License-Identifier: MIT */
/* How a forecast is made: sample, season, members, bounds, season back, floor. */
#include "bkti_projection.h"
#include "bkti_elementary.h"
#include "bkti_probability.h"

#include <math.h>
#include <string.h>

/* What a projection works on and writes to. */
typedef struct work {
    bkti_workspace *workspace;
    const bkti_settings *settings;
    bkti_sample sample;
    bkti_sample adjusted; /* without its season; the sample itself if it has none */
    bkti_season season;
    double *points; /* of one member, `horizon` each */
    double *errors;
    double *out_points;
    double *out_lower;
    double *out_upper;
    bkt_fit *fit;
} work;

/* The rule of the automatic choice: the first row that fits. */
typedef struct rule_row {
    int64_t count_below;    /* values, 0: any number */
    uint32_t season_length; /* at least */
    int32_t choice;
    double naive;
    double drift;
    double damped_holt;
} rule_row;

static const rule_row annual_rule[] = {
    {4, 1, BKT_CHOICE_VERY_SHORT, 1.0, 0.0, 0.0},
    {6, 1, BKT_CHOICE_SHORT, 0.5, 0.5, 0.0},
    {10, 1, BKT_CHOICE_MIDDLE, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0},
    {0, 1, BKT_CHOICE_LONG, 0.0, 2.0 / 3.0, 1.0 / 3.0},
};
static const rule_row seasonal_rule[] = {
    {6, 2, BKT_CHOICE_VERY_SHORT, 1.0, 0.0, 0.0},
    {24, 2, BKT_CHOICE_MIDDLE, 0.5, 0.0, 0.5},
    {0, 12, BKT_CHOICE_LONG, 1.0 / 3.0, 0.0, 2.0 / 3.0},
    {0, 2, BKT_CHOICE_LONG, 0.0, 0.5, 0.5},
};

static void choose(int64_t count, bkti_settings *settings, bkt_fit *fit) {
    static const int32_t numbers[3] = {BKT_METHOD_NAIVE, BKT_METHOD_DRIFT, BKT_METHOD_DAMPED_HOLT};
    const rule_row *row = settings->season_length < 2 ? annual_rule : seasonal_rule;
    while ((row->count_below != 0 && count >= row->count_below) ||
           (row->season_length > 1 && settings->season_length < row->season_length))
        row++;
    const double weights[3] = {row->naive, row->drift, row->damped_holt};
    fit->choice = row->choice;
    settings->member_count = 0;
    for (uint32_t i = 0; i < 3; i++) {
        if (weights[i] == 0.0)
            continue;
        settings->members[settings->member_count] = numbers[i];
        settings->weights[settings->member_count++] = weights[i];
    }
}

static void find_bounds(const work *w, const bkt_fit *fit, double *out_lower, double *out_upper) {
    uint32_t horizon = w->settings->horizon;
    for (uint32_t i = 0; i < w->settings->level_count; i++) {
        double tail = (1.0 - w->settings->levels[i]) / 2.0;
        double quantile = NAN;
        if (fit->freedom >= 1.0)
            quantile = (w->settings->flags & BKT_PROJECTION_NORMAL) != 0
                           ? -bkti_normal_quantile(tail)
                           : bkti_student_upper(tail, fit->freedom);
        for (uint32_t h = 0; h < horizon; h++) {
            double reach = quantile * w->errors[h];
            double lower = w->points[h] - reach;
            double upper = w->points[h] + reach;
            if ((fit->flags & BKT_FIT_LOGS) != 0) {
                lower = w->points[h] * bkti_exp(-reach);
                upper = w->points[h] * bkti_exp(reach);
            }
            out_lower[i * horizon + h] = lower;
            out_upper[i * horizon + h] = upper;
        }
    }
}

static const bkti_sample *sample_for(const work *w, int32_t method) {
    return bkti_method_has_season(method, w->settings->season_length) ? &w->sample : &w->adjusted;
}

/* Every member of the settings by its method, or by the simpler one that takes its place; members
 * that come to the same method count once, with their weights together. */
static bkt_status settle_members(bkt_context *context, work *w, bkti_settings *settings) {
    bkt_fit *fit = w->fit;
    bool automatic = settings->method == BKT_METHOD_AUTOMATIC;
    if (automatic)
        choose(w->sample.count, settings, fit);
    else if (settings->method != BKT_METHOD_COMBINATION) {
        settings->members[0] = settings->method;
        settings->weights[0] = 1.0;
        settings->member_count = 1;
    }
    for (uint32_t i = 0; i < settings->member_count; i++) {
        int32_t method = settings->members[i];
        const bkti_sample *sample = sample_for(w, method);
        int32_t obstacle = bkti_method_obstacle(method, sample);
        if (obstacle != BKT_FALLBACK_NONE) {
            if ((settings->flags & BKT_PROJECTION_NO_FALLBACK) != 0)
                return bkti_method_refuse(context, method, sample, obstacle);
            method = w->sample.count >= 3 ? BKT_METHOD_DRIFT : BKT_METHOD_NAIVE;
            fit->fallback = obstacle;
        }
        uint32_t place = 0;
        while (place < fit->member_count && fit->member_methods[place] != method)
            place++;
        if (place == fit->member_count) {
            fit->member_methods[place] = method;
            fit->member_weights[place] = 0.0;
            fit->member_count++;
        }
        fit->member_weights[place] += settings->weights[i];
    }
    fit->method = fit->member_count == 1 ? fit->member_methods[0] : BKT_METHOD_COMBINATION;
    return BKT_OK;
}

/* What figures of one method the whole fit has. */
static void join_fit(bkt_fit *whole, const bkt_fit *member, bool has_own_season, uint32_t index) {
    if (whole->member_count == 1) {
        bkt_fit joined = *member;
        /* The method tells its season, not the test. */
        uint32_t flags = whole->flags;
        if (has_own_season)
            flags &= ~(uint32_t)(BKT_FIT_SEASONAL | BKT_FIT_MULTIPLICATIVE);
        joined.flags |= flags;
        joined.count = whole->count;
        joined.missing_leading = whole->missing_leading;
        joined.missing_inner = whole->missing_inner;
        joined.missing_trailing = whole->missing_trailing;
        joined.member_count = whole->member_count;
        memcpy(joined.member_methods, whole->member_methods, sizeof joined.member_methods);
        memcpy(joined.member_weights, whole->member_weights, sizeof joined.member_weights);
        joined.method = whole->method;
        joined.choice = whole->choice;
        if (whole->fallback != BKT_FALLBACK_NONE)
            joined.fallback = whole->fallback;
        if (member->break_period > 0)
            joined.break_period = member->break_period + whole->missing_leading;
        *whole = joined;
        return;
    }
    bool logs = (member->flags & BKT_FIT_LOGS) != 0;
    double sigma = logs ? NAN : whole->member_weights[index] * member->sigma;
    whole->sigma = index == 0 ? sigma : whole->sigma + sigma;
    whole->freedom = index == 0 ? member->freedom : fmin(whole->freedom, member->freedom);
    if (member->break_period > 0)
        whole->break_period = member->break_period + whole->missing_leading;
    if (isnan(whole->alpha)) {
        whole->alpha = member->alpha;
        whole->beta = member->beta;
        whole->phi = member->phi;
        whole->first_level = member->first_level;
        whole->first_slope = member->first_slope;
        whole->gamma = member->gamma;
    }
    whole->theta = isnan(whole->theta) ? member->theta : whole->theta;
    if (isnan(whole->box_cox_lambda))
        whole->box_cox_lambda = member->box_cox_lambda;
    if (isnan(whole->alpha_real)) {
        whole->alpha_real = member->alpha_real;
        whole->alpha_imaginary = member->alpha_imaginary;
    }
}

/* With the season that was taken out; h from 0. */
static double restored(const work *w, uint32_t h, double value) {
    return bkti_season_restore(&w->season, w->sample.periods + h, value);
}

static bkt_status project_member(work *w, uint32_t index, size_t bounds) {
    uint32_t horizon = w->settings->horizon;
    int32_t method = w->fit->member_methods[index];
    double weight = w->fit->member_weights[index];
    bkt_fit fit;
    bkti_fit_clear(&fit);
    bkti_workspace_mark mark = bkti_workspace_here(w->workspace);
    double *lower = bounds > 0 ? bkti_workspace_take(w->workspace, bounds) : NULL;
    double *upper = bounds > 0 ? bkti_workspace_take(w->workspace, bounds) : NULL;
    bkt_status status = bounds > 0 && (lower == NULL || upper == NULL)
                            ? BKT_ERR_MEMORY
                            : bkti_method_kernel(method)(w->workspace, sample_for(w, method),
                                                         w->settings, w->points, w->errors, &fit);
    if (status == BKT_OK) {
        if (bounds > 0)
            find_bounds(w, &fit, lower, upper);
        bool restore =
            w->season.found && !bkti_method_has_season(method, w->settings->season_length);
        for (uint32_t h = 0; h < horizon; h++)
            w->out_points[h] += weight * (restore ? restored(w, h, w->points[h]) : w->points[h]);
        for (size_t i = 0; i < bounds; i++) {
            uint32_t h = (uint32_t)(i % horizon);
            w->out_lower[i] += weight * (restore ? restored(w, h, lower[i]) : lower[i]);
            w->out_upper[i] += weight * (restore ? restored(w, h, upper[i]) : upper[i]);
        }
        join_fit(w->fit, &fit, bkti_method_has_season(method, w->settings->season_length), index);
    }
    bkti_workspace_rewind(w->workspace, mark);
    return status;
}

static bkt_status project_members(work *w) {
    uint32_t horizon = w->settings->horizon;
    size_t bounds = w->out_lower == NULL ? 0 : (size_t)horizon * w->settings->level_count;
    for (uint32_t h = 0; h < horizon; h++)
        w->out_points[h] = 0.0;
    for (size_t i = 0; i < bounds; i++)
        w->out_lower[i] = w->out_upper[i] = 0.0;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < w->fit->member_count && status == BKT_OK; i++)
        status = project_member(w, i, bounds);
    return status;
}

/* The floor, and nothing infinite. */
static void finish_numbers(work *w, double *numbers, bool may_be_negative) {
    uint32_t horizon = w->settings->horizon;
    for (uint32_t h = 0; h < horizon; h++) {
        if (!may_be_negative && numbers[h] < 0.0) {
            numbers[h] = 0.0;
            w->fit->flags |= BKT_FIT_FLOORED;
        }
    }
    bkti_numbers_tidy(numbers, horizon);
}

static bkt_status take_season(bkt_context *context, work *w) {
    w->adjusted = w->sample;
    if ((w->settings->flags & BKT_PROJECTION_NO_SEASON) != 0)
        return BKT_OK;
    if (w->settings->season_length > 1)
        w->sample.season_length = w->settings->season_length;
    if (!bkti_season_find(w->workspace, &w->sample, w->settings->season_length, &w->season))
        return bkti_no_memory(context);
    if (!w->season.found)
        return BKT_OK;
    double *adjusted = bkti_workspace_take(w->workspace, (size_t)w->sample.periods);
    if (adjusted == NULL)
        return bkti_no_memory(context);
    for (int64_t t = 0; t < w->sample.periods; t++)
        adjusted[t] = bkti_season_remove(&w->season, t, w->sample.values[t]);
    w->fit->flags |= BKT_FIT_SEASONAL;
    if (w->season.multiplicative)
        w->fit->flags |= BKT_FIT_MULTIPLICATIVE;
    return bkti_sample_take(context, adjusted, w->sample.periods, &w->adjusted);
}

static bkt_status project(bkt_context *context, work *w, bkti_settings *settings) {
    bkti_fit_take_sample(w->fit, &w->sample);
    if (w->sample.count == 0) {
        w->fit->fallback = BKT_FALLBACK_NO_VALUE;
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "the series has no value, so there is nothing to project");
    }
    bool may_be_negative =
        (settings->flags & BKT_PROJECTION_NO_FLOOR) != 0 || w->sample.least < 0.0;
    bkt_status status = take_season(context, w);
    if (status == BKT_OK)
        status = settle_members(context, w, settings);
    if (status != BKT_OK)
        return status;
    w->points = bkti_workspace_take(w->workspace, settings->horizon);
    w->errors = bkti_workspace_take(w->workspace, settings->horizon);
    if (w->points == NULL || w->errors == NULL || project_members(w) != BKT_OK)
        return bkti_no_memory(context);
    finish_numbers(w, w->out_points, may_be_negative);
    for (uint32_t i = 0; i < settings->level_count && w->out_lower != NULL; i++) {
        finish_numbers(w, w->out_lower + (size_t)i * settings->horizon, may_be_negative);
        finish_numbers(w, w->out_upper + (size_t)i * settings->horizon, may_be_negative);
    }
    return BKT_OK;
}

bkt_status bkti_series_project_with(bkt_context *context, bkti_workspace *workspace,
                                    const double *values, int64_t count,
                                    const bkti_settings *settings, double *out_points,
                                    double *out_lower, double *out_upper, bkt_fit *fit) {
    bkti_settings own = *settings;
    work w = {.workspace = workspace,
              .settings = &own,
              .out_points = out_points,
              .out_lower = out_lower,
              .out_upper = out_upper,
              .fit = fit};
    size_t bounds = out_lower == NULL ? 0 : (size_t)own.horizon * own.level_count;
    bkti_fit_clear(fit);
    bkti_numbers_clear(out_points, own.horizon);
    bkti_numbers_clear(out_lower, bounds);
    bkti_numbers_clear(out_upper, bounds);
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    bkt_status status = bkti_sample_take(context, values, count, &w.sample);
    if (status == BKT_OK)
        status = project(context, &w, &own);
    if (status != BKT_OK) {
        bkti_numbers_clear(out_points, own.horizon);
        bkti_numbers_clear(out_lower, bounds);
        bkti_numbers_clear(out_upper, bounds);
    }
    bkti_workspace_rewind(workspace, mark);
    return status;
}

bkt_status bkti_series_project(bkt_context *context, const double *values, int64_t count,
                               const bkti_settings *settings, double *out_points, double *out_lower,
                               double *out_upper, bkt_fit *fit) {
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    bkt_status status = bkti_series_project_with(context, &workspace, values, count, settings,
                                                 out_points, out_lower, out_upper, fit);
    bkti_workspace_free(&workspace);
    return status;
}

bkt_status bkt_series_project(bkt_context *context, const double *values, int64_t count,
                              const bkt_projection_options *options, double *out_points,
                              double *out_lower, double *out_upper, bkt_fit *out_fit) {
    bkti_settings settings;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    bkt_status status = bkti_settings_take(context, options, &settings);
    if (status != BKT_OK)
        return status;
    if ((values == NULL && count > 0) || count < 0 || out_points == NULL ||
        (out_lower == NULL) != (out_upper == NULL))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values and out_points must not be NULL, count not negative, and "
                         "out_lower and out_upper both given or both NULL");
    bkt_fit fit;
    status = bkti_series_project(context, values, count, &settings, out_points, out_lower,
                                 out_upper, &fit);
    bkt_status given = bkti_fit_give(context, &fit, out_fit);
    return status != BKT_OK ? status : given;
}
