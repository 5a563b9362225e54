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
static double restored(const bkti_making *w, uint32_t h, double value) {
    return bkti_season_restore(&w->season, w->sample.periods + h, value);
}

static bkt_status project_member(bkti_making *w, uint32_t index, size_t bounds) {
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
static void combine(bkti_making *w, bool has_bounds) {
    uint32_t horizon = w->settings->horizon;
    uint32_t level_count = has_bounds ? w->settings->level_count : 0;
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
        double median = 0.5 * (ordered[(count - 1) / 2] + ordered[count / 2]);
        w->out_points[h] = w->is_median ? median : mean;
        for (uint32_t i = 0; i < level_count && w->is_median; i++) {
            /* The bounds are the members' means. */
            w->out_lower[i * horizon + h] += median - mean;
            w->out_upper[i * horizon + h] += median - mean;
        }
    }
}

bkt_status bkti_members_project(bkti_making *w, bool has_bounds) {
    size_t bounds = has_bounds ? (size_t)w->settings->horizon * w->settings->level_count : 0;
    for (size_t i = 0; i < bounds; i++)
        w->out_lower[i] = w->out_upper[i] = 0.0;
    for (uint32_t i = 0; i < w->fit->member_count; i++)
        if (project_member(w, i, bounds) != BKT_OK)
            return BKT_ERR_MEMORY;
    combine(w, has_bounds);
    return BKT_OK;
}
