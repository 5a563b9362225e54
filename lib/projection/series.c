/* SPDX-License-Identifier: MIT */
/* How a forecast is made: sample, season, members, bounds, season back, floor. */
#include "bkti_calibration.h"
#include "bkti_making.h"

#include <math.h>
#include <string.h>

/* What is asked for; NULL: not that. Either bounds, or widths, or scale and features. */
struct wanted {
    double *points;
    double *lower;
    double *upper;
    double *widths;
    double *scale;
    double *features;
};

/* What the width of bounds follows from. */
static bkt_status measure(bkti_making *w, double *out_scale, double *out_features) {
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
static bkt_status find_widths(bkti_making *w, double *out_widths) {
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
    w->fit->calibrated_steps = calibration->steps;
    if (horizon > calibration->steps)
        w->fit->flags |= BKT_FIT_EXTRAPOLATED;
    for (uint32_t h = 0; h < horizon; h++) {
        const double *row = features + (size_t)h * BKTI_CALIBRATION_FEATURES;
        out_widths[h] = scale > 0.0 ? scale * bkti_calibration_width(calibration, row) : 0.0;
    }
    return BKT_OK;
}

static bkt_status calibrate(bkti_making *w) {
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

static bool is_to_be_calibrated(const bkti_making *w) {
    return w->settings->method == BKT_METHOD_AUTOMATIC &&
           w->sample.count >= BKTI_CALIBRATION_COUNT &&
           (w->settings->flags & BKT_PROJECTION_ANALYTICAL) == 0;
}

static bkt_status project_members(bkt_context *context, bkti_making *w,
                                  const struct wanted *wanted) {
    bool is_calibrated = is_to_be_calibrated(w);
    bool has_bounds = w->out_lower != NULL && !is_calibrated;
    bkt_status status = bkti_members_project(w, has_bounds);
    if (status == BKT_OK && w->summed > 0)
        status = bkti_sums_approach(context, w, has_bounds);
    if (status == BKT_OK && wanted->features != NULL)
        status = measure(w, wanted->scale, wanted->features);
    else if (status == BKT_OK && wanted->widths != NULL && is_calibrated)
        status = find_widths(w, wanted->widths);
    else if (status == BKT_OK && w->out_lower != NULL && is_calibrated)
        status = calibrate(w);
    return status;
}

/* The floor, and nothing infinite. */
static void finish_numbers(bkti_making *w, double *numbers) {
    uint32_t horizon = w->settings->horizon;
    for (uint32_t h = 0; h < horizon; h++) {
        if (!w->may_be_negative && numbers[h] < 0.0) {
            numbers[h] = 0.0;
            w->fit->flags |= BKT_FIT_FLOORED;
        }
    }
    bkti_numbers_tidy(numbers, horizon);
}

static bkt_status take_season(bkt_context *context, bkti_making *w) {
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

static bkt_status project(bkt_context *context, bkti_making *w, bkti_settings *settings,
                          const struct wanted *wanted) {
    bkti_fit_take_sample(w->fit, &w->sample);
    if (w->sample.count == 0) {
        w->fit->fallback = BKT_FALLBACK_NO_VALUE;
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "the series has no value, so there is nothing to project");
    }
    w->may_be_negative = (settings->flags & BKT_PROJECTION_NO_FLOOR) != 0 || w->sample.least < 0.0;
    bkt_status status = take_season(context, w);
    if (status == BKT_OK)
        status = bkti_members_settle(context, w, settings);
    if (status != BKT_OK)
        return status;
    size_t bounds = wanted->lower == NULL ? 0 : (size_t)settings->horizon * settings->level_count;
    w->points = bkti_workspace_take(w->workspace, (size_t)settings->horizon * w->fit->member_count);
    w->errors = bkti_workspace_take(w->workspace, settings->horizon);
    w->spread = bkti_workspace_take(w->workspace, settings->horizon);
    w->out_points = bkti_workspace_take(w->workspace, settings->horizon);
    if (bounds > 0) {
        w->out_lower = bkti_workspace_take(w->workspace, bounds);
        w->out_upper = bkti_workspace_take(w->workspace, bounds);
    }
    bool has_memory = w->points != NULL && w->errors != NULL && w->spread != NULL &&
                      w->out_points != NULL &&
                      (bounds == 0 || (w->out_lower != NULL && w->out_upper != NULL));
    if (!has_memory || project_members(context, w, wanted) != BKT_OK)
        return bkti_no_memory(context);
    finish_numbers(w, w->out_points);
    for (uint32_t i = 0; i < settings->level_count && w->out_lower != NULL; i++) {
        finish_numbers(w, w->out_lower + (size_t)i * settings->horizon);
        finish_numbers(w, w->out_upper + (size_t)i * settings->horizon);
    }
    return BKT_OK;
}

static void clear(const struct wanted *wanted, uint32_t horizon, size_t bounds) {
    bkti_numbers_clear(wanted->points, horizon);
    bkti_numbers_clear(wanted->lower, bounds);
    bkti_numbers_clear(wanted->upper, bounds);
    bkti_numbers_clear(wanted->widths, wanted->widths == NULL ? 0 : horizon);
}

/* What is asked for of what was made, which may reach farther. */
static void give(const bkti_making *w, const struct wanted *wanted, uint32_t horizon) {
    for (uint32_t h = 0; h < horizon; h++) {
        wanted->points[h] = w->out_points[h];
        for (uint32_t i = 0; i < w->settings->level_count && wanted->lower != NULL; i++) {
            size_t from = (size_t)i * w->settings->horizon + h;
            wanted->lower[(size_t)i * horizon + h] = w->out_lower[from];
            wanted->upper[(size_t)i * horizon + h] = w->out_upper[from];
        }
    }
}

static bkt_status make(bkt_context *context, bkti_workspace *workspace, const double *values,
                       int64_t count, const bkti_settings *settings, const struct wanted *wanted,
                       bkt_fit *fit) {
    bkti_settings own = *settings;
    bkti_making w = {.workspace = workspace, .settings = &own, .fit = fit};
    size_t bounds = wanted->lower == NULL ? 0 : (size_t)own.horizon * own.level_count;
    /* Whole quarters of months, so that a month's projection is the same for every horizon. */
    if (own.method == BKT_METHOD_AUTOMATIC && own.season_length == 12)
        own.horizon = (own.horizon + 2) / 3 * 3;
    bkti_fit_clear(fit);
    clear(wanted, settings->horizon, bounds);
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    struct wanted inner = *wanted;
    bkt_status status = BKT_OK;
    if (wanted->widths != NULL)
        inner.widths = bkti_workspace_take(workspace, own.horizon);
    if (wanted->features != NULL)
        inner.features =
            bkti_workspace_take(workspace, (size_t)own.horizon * BKTI_CALIBRATION_FEATURES);
    if ((wanted->widths != NULL && inner.widths == NULL) ||
        (wanted->features != NULL && inner.features == NULL))
        status = bkti_no_memory(context);
    if (status == BKT_OK && inner.widths != NULL)
        bkti_numbers_clear(inner.widths, own.horizon);
    if (status == BKT_OK)
        status = bkti_sample_take(context, values, count, &w.sample);
    if (status == BKT_OK)
        status = project(context, &w, &own, &inner);
    if (status == BKT_OK) {
        give(&w, wanted, settings->horizon);
        for (uint32_t h = 0; h < settings->horizon && wanted->widths != NULL; h++)
            wanted->widths[h] = inner.widths[h];
        if (wanted->features != NULL)
            memcpy(wanted->features, inner.features,
                   (size_t)settings->horizon * BKTI_CALIBRATION_FEATURES * sizeof(double));
    }
    bkti_workspace_rewind(workspace, mark);
    return status;
}

bkt_status bkti_series_project_with(bkt_context *context, bkti_workspace *workspace,
                                    const double *values, int64_t count,
                                    const bkti_settings *settings, double *out_points,
                                    double *out_lower, double *out_upper, bkt_fit *fit) {
    struct wanted wanted = {.points = out_points, .lower = out_lower, .upper = out_upper};
    return make(context, workspace, values, count, settings, &wanted, fit);
}

bkt_status bkti_series_widths(bkt_context *context, bkti_workspace *workspace, const double *values,
                              int64_t count, const bkti_settings *settings, double *out_points,
                              double *out_widths, bkt_fit *fit) {
    struct wanted wanted = {.points = out_points, .widths = out_widths};
    return make(context, workspace, values, count, settings, &wanted, fit);
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
    struct wanted wanted = {.points = out_points, .scale = out_scale, .features = out_features};
    status = make(context, &workspace, values, count, &settings, &wanted, &fit);
    bkti_workspace_free(&workspace);
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
