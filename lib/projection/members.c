/* SPDX-License-Identifier: MIT */
/* The members of a projection: one method, or several together. */
#include "bkti_elementary.h"
#include "bkti_making.h"
#include "bkti_probability.h"

#include <math.h>
#include <string.h>

static void find_bounds(const bkti_making *w, const double *points, const bkt_fit *fit,
                        double *out_lower, double *out_upper) {
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

static const bkti_sample *sample_for(const bkti_making *w, int32_t method) {
    return bkti_method_has_season(method, w->settings->season_length) ? &w->sample : &w->adjusted;
}

bkt_status bkti_members_settle(bkt_context *context, bkti_making *w, bkti_settings *settings) {
    bkt_fit *fit = w->fit;
    bool automatic = settings->method == BKT_METHOD_AUTOMATIC;
    if (automatic)
        bkti_choice_take(w, settings);
    else if (settings->method != BKT_METHOD_COMBINATION) {
        settings->members[0] = settings->method;
        settings->weights[0] = 1.0;
        settings->member_count = 1;
    }
    if ((settings->flags & BKT_PROJECTION_MEDIAN) != 0)
        w->is_median = true;
    if ((settings->flags & BKT_PROJECTION_WEIGHTED) != 0) {
        w->is_median = false;
        bkt_status status = bkti_weights_find(context, w->workspace, &w->sample, settings);
        if (status != BKT_OK)
            return status;
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
    bool is_single = fit->member_count == 1;
    fit->method = is_single ? fit->member_methods[0] : BKT_METHOD_COMBINATION;
    if (!is_single && w->is_median)
        fit->flags |= BKT_FIT_MEDIAN;
    if (!is_single && (settings->flags & BKT_PROJECTION_WEIGHTED) != 0)
        fit->flags |= BKT_FIT_WEIGHTED;
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
static double restored(const bkti_making *w, uint32_t h, double value) {
    return bkti_season_restore(&w->season, w->sample.periods + h, value);
}

static bkt_status project_member(bkti_making *w, uint32_t index, size_t bounds) {
    uint32_t horizon = w->settings->horizon;
    int32_t method = w->fit->member_methods[index];
    double *points = w->points + (size_t)index * horizon;
    double *lower = w->lower + (size_t)index * bounds;
    double *upper = w->upper + (size_t)index * bounds;
    bool has_own_season = bkti_method_has_season(method, w->settings->season_length);
    bkt_fit fit;
    bkti_fit_clear(&fit);
    bkti_workspace_mark mark = bkti_workspace_here(w->workspace);
    bkt_status status = bkti_method_kernel(method)(w->workspace, sample_for(w, method), w->settings,
                                                   points, w->errors, &fit);
    if (status == BKT_OK) {
        bool restore = w->season.found && !has_own_season;
        if (bounds > 0)
            find_bounds(w, points, &fit, lower, upper);
        for (uint32_t h = 0; h < horizon && restore; h++)
            points[h] = restored(w, h, points[h]);
        for (size_t i = 0; i < bounds && restore; i++) {
            lower[i] = restored(w, (uint32_t)(i % horizon), lower[i]);
            upper[i] = restored(w, (uint32_t)(i % horizon), upper[i]);
        }
        join_fit(w->fit, &fit, has_own_season, index);
    }
    bkti_workspace_rewind(w->workspace, mark);
    return status;
}

static double combined(const bkti_making *w, const double *numbers, size_t stride) {
    uint32_t count = w->fit->member_count;
    return w->is_median ? bkti_members_median(numbers, stride, count)
                        : bkti_members_mean(numbers, stride, count, w->fit->member_weights);
}

static void combine(bkti_making *w, size_t bounds) {
    uint32_t horizon = w->settings->horizon;
    for (uint32_t h = 0; h < horizon; h++) {
        w->spread[h] = bkti_members_spread(w->points + h, horizon, w->fit->member_count);
        w->out_points[h] = combined(w, w->points + h, horizon);
    }
    for (size_t i = 0; i < bounds; i++) {
        w->out_lower[i] = combined(w, w->lower + i, bounds);
        w->out_upper[i] = combined(w, w->upper + i, bounds);
    }
}

bkt_status bkti_members_project(bkti_making *w, bool has_bounds) {
    uint32_t count = w->fit->member_count;
    size_t bounds = has_bounds ? (size_t)w->settings->horizon * w->settings->level_count : 0;
    bkti_workspace_mark mark = bkti_workspace_here(w->workspace);
    w->lower = bkti_workspace_take(w->workspace, bounds * count);
    w->upper = bkti_workspace_take(w->workspace, bounds * count);
    bkt_status status = w->lower == NULL || w->upper == NULL ? BKT_ERR_MEMORY : BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++)
        status = project_member(w, i, bounds);
    if (status == BKT_OK)
        combine(w, bounds);
    bkti_workspace_rewind(w->workspace, mark);
    return status;
}
