/* SPDX-License-Identifier: MIT */
/* Monthly projections brought halfway to those of quarterly sums, in which noise and outliers weigh
 * less: temporal aggregation, as Kourentzes, Petropoulos & Trapero 2014, "Improving forecasting by
 * estimating time series structural components across multiple frequencies", International Journal
 * of Forecasting 30(2), and Athanasopoulos et al. 2017, "Forecasting with temporal hierarchies",
 * European Journal of Operational Research 262(1), have it with more levels. */
#include "bkti_making.h"

#include <math.h>

#define SHARE 0.5
/* A sum that is projected so far away from that of the periods counts only so far. */
#define RATIO_LIMIT 2.0
/* Sums that must be there. */
#define LEAST_COUNT 12

static double sum_of(const double *values, uint32_t count) {
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

static void move(double *points, size_t count, double factor, double addend) {
    for (size_t i = 0; i < count; i++)
        points[i] = points[i] * factor + addend;
}

/* Moves what is projected for the periods of one sum. */
static void approach(bkti_making *w, uint32_t h, double projected, size_t bound_rows) {
    uint32_t summed = w->summed;
    uint32_t horizon = w->settings->horizon;
    double sum = sum_of(w->out_points + h, summed);
    double factor = 1.0;
    double addend = 0.0;
    if (!isfinite(sum) || !isfinite(projected))
        return;
    if (w->sample.least > 0.0 && sum > 0.0 && projected > 0.0)
        factor += SHARE * (fmin(fmax(projected / sum, 1.0 / RATIO_LIMIT), RATIO_LIMIT) - 1.0);
    else
        addend = SHARE * (projected - sum) / (double)summed;
    move(w->out_points + h, summed, factor, addend);
    for (size_t i = 0; i < bound_rows; i++) {
        move(w->out_lower + i * horizon + h, summed, factor, addend);
        move(w->out_upper + i * horizon + h, summed, factor, addend);
    }
}

bkt_status bkti_sums_approach(bkt_context *context, bkti_making *w, bool has_bounds) {
    uint32_t summed = w->summed;
    int64_t count = w->sample.periods / (int64_t)summed;
    uint32_t horizon = w->settings->horizon / summed;
    bkti_workspace_mark mark = bkti_workspace_here(w->workspace);
    double *sums = bkti_workspace_take(w->workspace, (size_t)count);
    double *points = bkti_workspace_take(w->workspace, horizon);
    if (sums == NULL || points == NULL)
        return BKT_ERR_MEMORY;
    /* The last sum ends with the last value. */
    const double *values = w->sample.values + w->sample.periods % (int64_t)summed;
    int64_t known = 0;
    bool is_finite = true;
    for (int64_t i = 0; i < count; i++) {
        sums[i] = sum_of(values + i * (int64_t)summed, summed);
        known += !isnan(sums[i]);
        is_finite = is_finite && !isinf(sums[i]);
    }
    bkt_status status = BKT_OK;
    /* Periods at the end that belong to no whole sum would begin the projection too early. */
    if (known >= LEAST_COUNT && is_finite && !isnan(sums[count - 1])) {
        bkti_settings settings = *w->settings;
        bkt_fit fit;
        settings.method = BKT_METHOD_AUTOMATIC;
        settings.horizon = horizon;
        settings.season_length = w->settings->season_length / summed;
        status = bkti_series_project_with(context, w->workspace, sums, count, &settings, points,
                                          NULL, NULL, &fit);
        for (uint32_t i = 0; i < horizon && status == BKT_OK; i++)
            approach(w, i * summed, points[i], has_bounds ? w->settings->level_count : 0);
        w->fit->flags |= BKT_FIT_SUMS;
    }
    bkti_workspace_rewind(w->workspace, mark);
    return status;
}
