/* SPDX-License-Identifier: MIT */
/* How a forecast is made: sample, season, members, bounds, season back, floor. */
#include "bkti_calibration.h"
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
    double *points; /* of the members, `horizon` each */
    double *errors; /* of one */
    double *spread; /* the members' standard deviation */
    bool is_median;
    bool may_be_negative;
    double *out_points;
    double *out_lower;
    double *out_upper;
    double *out_scale; /* only what bounds would follow from is asked for; else NULL */
    double *out_features;
    double *out_widths; /* of calibrated errors, asked for instead of bounds; else NULL */
    bkt_fit *fit;
} work;

#define RULE_MEMBERS 5

/* The rule of the automatic choice: the first row that fits. */
typedef struct rule_row {
    int64_t count_below;    /* values, 0: any number */
    uint32_t season_length; /* at least */
    int32_t choice;
    bool is_median;
    bool needs_positive;
    int32_t members[RULE_MEMBERS]; /* 0: no more */
} rule_row;

static const rule_row rules[] = {
    {4, 0, BKT_CHOICE_VERY_SHORT, false, false, {BKT_METHOD_NAIVE}},
    {36, 7, BKT_CHOICE_MIDDLE, false, false, {BKT_METHOD_THETA, BKT_METHOD_DELTA}},
    {0,
     7,
     BKT_CHOICE_LONG,
     false,
     true,
     {BKT_METHOD_ETS_DAMPED, BKT_METHOD_CES, BKT_METHOD_CARDT, BKT_METHOD_DELTA,
      BKT_METHOD_LOG_THETA}},
    {0,
     7,
     BKT_CHOICE_LONG,
     false,
     false,
     {BKT_METHOD_ETS_DAMPED, BKT_METHOD_CES, BKT_METHOD_THETA, BKT_METHOD_DELTA}},
    {12, 2, BKT_CHOICE_MIDDLE, false, false, {BKT_METHOD_THETA, BKT_METHOD_DELTA}},
    {0, 2, BKT_CHOICE_LONG, false, false, {BKT_METHOD_ETS, BKT_METHOD_THETA, BKT_METHOD_DELTA}},
    {8, 0, BKT_CHOICE_SHORT, false, false, {BKT_METHOD_DRIFT, BKT_METHOD_DELTA}},
    {0,
     0,
     BKT_CHOICE_LONG,
     true,
     true,
     {BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_DELTA, BKT_METHOD_DRIFT, BKT_METHOD_LOG_THETA}},
    {0,
     0,
     BKT_CHOICE_LONG,
     true,
     false,
     {BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_DELTA, BKT_METHOD_DRIFT, BKT_METHOD_THETA}},
};

static void choose(work *w, bkti_settings *settings) {
    const bkti_sample *sample = &w->sample;
    const rule_row *row = rules;
    while ((row->count_below != 0 && sample->count >= row->count_below) ||
           settings->season_length < row->season_length ||
           (row->needs_positive && !(sample->least > 0.0 && w->adjusted.least > 0.0)))
        row++;
    w->fit->choice = row->choice;
    w->is_median = row->is_median;
    settings->member_count = 0;
    while (settings->member_count < RULE_MEMBERS && row->members[settings->member_count] != 0) {
        settings->members[settings->member_count] = row->members[settings->member_count];
        settings->weights[settings->member_count++] = 1.0;
    }
    for (uint32_t i = 0; i < settings->member_count; i++)
        settings->weights[i] = 1.0 / (double)settings->member_count;
}

static void find_bounds(const work *w, const double *points, const bkt_fit *fit, double *out_lower,
                        double *out_upper) {
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
            double lower = points[h] - reach;
            double upper = points[h] + reach;
            if ((fit->flags & BKT_FIT_LOGS) != 0) {
                lower = points[h] * bkti_exp(-reach);
                upper = points[h] * bkti_exp(reach);
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
        choose(w, settings);
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
    double *points = w->points + (size_t)index * horizon;
    bkt_fit fit;
    bkti_fit_clear(&fit);
    bkti_workspace_mark mark = bkti_workspace_here(w->workspace);
    double *lower = bounds > 0 ? bkti_workspace_take(w->workspace, bounds) : NULL;
    double *upper = bounds > 0 ? bkti_workspace_take(w->workspace, bounds) : NULL;
    bkt_status status = bounds > 0 && (lower == NULL || upper == NULL)
                            ? BKT_ERR_MEMORY
                            : bkti_method_kernel(method)(w->workspace, sample_for(w, method),
                                                         w->settings, points, w->errors, &fit);
    if (status == BKT_OK) {
        bool restore =
            w->season.found && !bkti_method_has_season(method, w->settings->season_length);
        if (bounds > 0)
            find_bounds(w, points, &fit, lower, upper);
        for (uint32_t h = 0; h < horizon && restore; h++)
            points[h] = restored(w, h, points[h]);
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

/* The members' mean, by their weights, or median; and their standard deviation. */
static void combine(work *w) {
    uint32_t horizon = w->settings->horizon;
    uint32_t count = w->fit->member_count;
    for (uint32_t h = 0; h < horizon; h++) {
        double ordered[BKT_MEMBER_LIMIT];
        double mean = 0.0;
        double plain = 0.0;
        for (uint32_t i = 0; i < count; i++) {
            double point = w->points[(size_t)i * horizon + h];
            mean += w->fit->member_weights[i] * point;
            plain += point / (double)count;
            uint32_t place = i;
            for (; place > 0 && ordered[place - 1] > point; place--)
                ordered[place] = ordered[place - 1];
            ordered[place] = point;
        }
        double squares = 0.0;
        for (uint32_t i = 0; i < count; i++)
            squares += (ordered[i] - plain) * (ordered[i] - plain) / (double)count;
        w->spread[h] = sqrt(squares);
        w->out_points[h] =
            w->is_median ? 0.5 * (ordered[(count - 1) / 2] + ordered[count / 2]) : mean;
    }
}

/* What the width of bounds follows from. */
static bkt_status measure(work *w, double *out_scale, double *out_features) {
    uint32_t length = w->settings->season_length;
    bkti_calibration_basis basis = {.sample = &w->sample,
                                    .adjusted = &w->adjusted,
                                    .points = w->out_points,
                                    .spread = w->spread,
                                    .season_length = length > 1 ? length : 1,
                                    .horizon = w->settings->horizon};
    return bkti_calibration_measure(w->workspace, &basis, out_scale, out_features);
}

/* The widths of errors, in the values' unit, from what they were on many series. */
static bkt_status find_widths(work *w, double *out_widths) {
    uint32_t horizon = w->settings->horizon;
    double *features =
        bkti_workspace_take(w->workspace, (size_t)horizon * BKTI_CALIBRATION_FEATURES);
    double scale;
    if (features == NULL || measure(w, &scale, features) != BKT_OK)
        return BKT_ERR_MEMORY;
    w->fit->flags |= BKT_FIT_CALIBRATED;
    if ((w->settings->flags & BKT_PROJECTION_TRADE) != 0 && w->settings->season_length < 2)
        w->fit->flags |= BKT_FIT_TRADE | (w->may_be_negative ? BKT_FIT_BALANCE : 0);
    const bkti_calibration *calibration =
        bkti_calibration_of(w->settings->season_length, w->fit->flags);
    if (horizon > calibration->steps)
        w->fit->flags |= BKT_FIT_EXTRAPOLATED;
    for (uint32_t h = 0; h < horizon; h++) {
        const double *row = features + (size_t)h * BKTI_CALIBRATION_FEATURES;
        out_widths[h] = scale > 0.0 ? scale * bkti_calibration_width(calibration, row) : 0.0;
    }
    return BKT_OK;
}

static bkt_status calibrate(work *w) {
    const bkti_settings *settings = w->settings;
    uint32_t horizon = settings->horizon;
    double *widths = bkti_workspace_take(w->workspace, horizon);
    if (widths == NULL || find_widths(w, widths) != BKT_OK)
        return BKT_ERR_MEMORY;
    const bkti_calibration *calibration =
        bkti_calibration_of(settings->season_length, w->fit->flags);
    for (uint32_t h = 0; h < horizon; h++) {
        for (uint32_t i = 0; i < settings->level_count; i++) {
            double tail = (1.0 - settings->levels[i]) / 2.0;
            double point = w->out_points[h];
            double reach = bkti_calibration_quantile(calibration, h + 1, 1.0 - tail);
            double low = point + widths[h] * bkti_calibration_quantile(calibration, h + 1, tail);
            double high = point + widths[h] * reach;
            /* An interval holds its point, however small its level. */
            w->out_lower[i * horizon + h] = fmin(low, point);
            w->out_upper[i * horizon + h] = fmax(high, point);
        }
    }
    return BKT_OK;
}

static bool is_to_be_calibrated(const work *w) {
    return w->settings->method == BKT_METHOD_AUTOMATIC &&
           w->sample.count >= BKTI_CALIBRATION_COUNT &&
           (w->settings->flags & BKT_PROJECTION_ANALYTICAL) == 0;
}

static bkt_status project_members(work *w) {
    uint32_t horizon = w->settings->horizon;
    bool is_calibrated = is_to_be_calibrated(w);
    size_t bounds = w->out_lower == NULL ? 0 : (size_t)horizon * w->settings->level_count;
    for (size_t i = 0; i < bounds; i++)
        w->out_lower[i] = w->out_upper[i] = 0.0;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < w->fit->member_count && status == BKT_OK; i++)
        status = project_member(w, i, is_calibrated ? 0 : bounds);
    if (status != BKT_OK)
        return status;
    combine(w);
    if (w->out_features != NULL)
        return measure(w, w->out_scale, w->out_features);
    if (w->out_widths != NULL)
        return is_calibrated ? find_widths(w, w->out_widths) : BKT_OK;
    return is_calibrated && bounds > 0 ? calibrate(w) : BKT_OK;
}

/* The floor, and nothing infinite. */
static void finish_numbers(work *w, double *numbers) {
    uint32_t horizon = w->settings->horizon;
    for (uint32_t h = 0; h < horizon; h++) {
        if (!w->may_be_negative && numbers[h] < 0.0) {
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
    w->may_be_negative = (settings->flags & BKT_PROJECTION_NO_FLOOR) != 0 || w->sample.least < 0.0;
    bkt_status status = take_season(context, w);
    if (status == BKT_OK)
        status = settle_members(context, w, settings);
    if (status != BKT_OK)
        return status;
    w->points = bkti_workspace_take(w->workspace, (size_t)settings->horizon * w->fit->member_count);
    w->errors = bkti_workspace_take(w->workspace, settings->horizon);
    w->spread = bkti_workspace_take(w->workspace, settings->horizon);
    if (w->points == NULL || w->errors == NULL || w->spread == NULL || project_members(w) != BKT_OK)
        return bkti_no_memory(context);
    finish_numbers(w, w->out_points);
    for (uint32_t i = 0; i < settings->level_count && w->out_lower != NULL; i++) {
        finish_numbers(w, w->out_lower + (size_t)i * settings->horizon);
        finish_numbers(w, w->out_upper + (size_t)i * settings->horizon);
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

bkt_status bkti_series_measure(bkt_context *context, const double *values, int64_t count,
                               uint32_t season_length, uint32_t horizon, double *out_points,
                               double *out_scale, double *out_features) {
    bkt_projection_options options;
    bkti_settings settings;
    bkt_fit fit;
    bkt_projection_options_init(&options, sizeof options);
    options.season_length = season_length;
    options.horizon = horizon;
    bkt_status status = bkti_settings_take(context, &options, &settings);
    if (status != BKT_OK)
        return status;
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    bkti_fit_clear(&fit);
    work w = {.workspace = &workspace,
              .settings = &settings,
              .out_points = out_points,
              .out_scale = out_scale,
              .out_features = out_features,
              .fit = &fit};
    status = bkti_sample_take(context, values, count, &w.sample);
    if (status == BKT_OK)
        status = project(context, &w, &settings);
    bkti_workspace_free(&workspace);
    return status;
}

bkt_status bkti_series_widths(bkt_context *context, bkti_workspace *workspace, const double *values,
                              int64_t count, const bkti_settings *settings, double *out_points,
                              double *out_widths, bkt_fit *fit) {
    bkti_settings own = *settings;
    work w = {.workspace = workspace,
              .settings = &own,
              .out_points = out_points,
              .out_widths = out_widths,
              .fit = fit};
    bkti_fit_clear(fit);
    bkti_numbers_clear(out_points, own.horizon);
    bkti_numbers_clear(out_widths, own.horizon);
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    bkt_status status = bkti_sample_take(context, values, count, &w.sample);
    if (status == BKT_OK)
        status = project(context, &w, &own);
    if (status != BKT_OK) {
        bkti_numbers_clear(out_points, own.horizon);
        bkti_numbers_clear(out_widths, own.horizon);
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
