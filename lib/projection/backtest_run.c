/* SPDX-License-Identifier: MIT */
/* From origin to origin: what a method would have said, beside what came. */
#include "bkti_backtest.h"

#include <math.h>

bool bkti_backtest_is_origin(const bkti_backtest_plan *plan, int64_t value_count) {
    int64_t before = plan->newest_values - value_count;
    return value_count >= plan->training && before >= 0 &&
           before % plan->options.origin_step == 0 &&
           before / plan->options.origin_step < plan->options.origin_limit;
}

/* Half of the values, and so many that measures have a scale. */
static int64_t default_training(const bkti_backtest_plan *plan, int64_t value_count) {
    int64_t season = plan->settings.season_length > 1 ? plan->settings.season_length + 1 : 0;
    int64_t training = (value_count + 1) / 2 > 5 ? (value_count + 1) / 2 : 5;
    return training < season && season < value_count ? season : training;
}

void bkti_backtest_find_origins(bkti_backtest_plan *plan, const double *values, int64_t count) {
    int64_t value_count = 0;
    int64_t last = -1; /* value of the series */
    for (int64_t t = 0; t < count; t++) {
        value_count += !isnan(values[t]);
        last = isnan(values[t]) ? last : t;
    }
    bool whole = (plan->options.flags & BKT_BACKTEST_WHOLE_HORIZON) != 0;
    int64_t end = last - (whole ? plan->settings.horizon : 1); /* the last possible origin */
    plan->training = plan->options.training;
    if (plan->training == 0)
        plan->training = default_training(plan, value_count);
    plan->newest_values = 0;
    for (int64_t t = 0; t <= end; t++)
        plan->newest_values += !isnan(values[t]);
    plan->first_origin = plan->last_origin = -1;
    plan->origin_count = 0;
    value_count = 0;
    for (int64_t t = 0; t <= end; t++) {
        value_count += !isnan(values[t]);
        if (isnan(values[t]) || !bkti_backtest_is_origin(plan, value_count))
            continue;
        if (plan->origin_count++ == 0)
            plan->first_origin = t;
        plan->last_origin = t;
    }
}

/* Mean |y(t) - y(t - m)|, times factor; NaN where there is no such pair. */
static double scale_of(const double *values, int64_t count, uint32_t length, double factor) {
    double sum = 0.0;
    double pairs = 0.0;
    for (int64_t t = length; t < count; t++) {
        double change = fabs(values[t] * factor - values[t - length] * factor);
        if (isnan(change))
            continue;
        sum += change;
        pairs += 1.0;
    }
    return sum / pairs;
}

/* What is projected from one origin: by the method and by naive 2. */
typedef struct views {
    bkti_settings naive_settings;
    double *points;
    double *lower;
    double *upper;
    double *naive;
} views;

static bool take_views(bkti_workspace *workspace, const bkti_settings *settings, views *v) {
    size_t bounds = (size_t)settings->horizon * settings->level_count;
    v->naive_settings = *settings;
    v->naive_settings.method = BKT_METHOD_NAIVE;
    v->naive_settings.flags &= ~(uint32_t)BKT_PROJECTION_NO_SEASON;
    v->points = bkti_workspace_take(workspace, settings->horizon);
    v->lower = bkti_workspace_take(workspace, bounds);
    v->upper = bkti_workspace_take(workspace, bounds);
    v->naive = bkti_workspace_take(workspace, settings->horizon);
    return v->points != NULL && v->lower != NULL && v->upper != NULL && v->naive != NULL;
}

static bkt_status project(bkt_context *context, bkti_workspace *workspace,
                          const bkti_settings *settings, const double *values, int64_t count,
                          const views *v) {
    bkt_fit fit;
    bkt_status status = bkti_series_project_with(context, workspace, values, count, settings,
                                                 v->points, v->lower, v->upper, &fit);
    if (status == BKT_OK)
        status = bkti_series_project_with(context, workspace, values, count, &v->naive_settings,
                                          v->naive, NULL, NULL, &fit);
    return status;
}

static void compare(const bkti_settings *settings, const views *v, const double *values,
                    int64_t count, int64_t origin, double factor, bkti_accuracy *accuracy) {
    uint32_t length = settings->season_length > 1 ? settings->season_length : 1;
    double scale = scale_of(values, origin + 1, length, factor);
    for (uint32_t step = 1; step <= settings->horizon && origin + step < count; step++) {
        bkti_comparison c = {.actual = values[origin + step],
                             .projected = v->points[step - 1],
                             .naive = v->naive[step - 1],
                             .scale = scale,
                             .factor = factor,
                             .lower = v->lower + step - 1,
                             .upper = v->upper + step - 1,
                             .step = step};
        if (!isnan(c.actual) && !isnan(c.projected) && !isnan(c.naive))
            bkti_accuracy_add(settings, &c, accuracy);
    }
}

static bkt_status roll(bkt_context *context, bkti_workspace *workspace,
                       const bkti_backtest_plan *plan, const double *values, int64_t count,
                       double factor, bkti_accuracy *accuracy) {
    views v;
    if (!take_views(workspace, &plan->settings, &v))
        return bkti_no_memory(context);
    int64_t value_count = 0;
    for (int64_t origin = 0; origin <= plan->last_origin; origin++) {
        value_count += !isnan(values[origin]);
        if (isnan(values[origin]) || !bkti_backtest_is_origin(plan, value_count))
            continue;
        bkt_status status = project(context, workspace, &plan->settings, values, origin + 1, &v);
        if (status != BKT_OK)
            return status;
        compare(&plan->settings, &v, values, count, origin, factor, accuracy);
    }
    return BKT_OK;
}

bkt_status bkti_backtest_run(bkt_context *context, bkti_workspace *workspace,
                             const bkti_backtest_plan *plan, const double *values, int64_t count,
                             bkti_accuracy *accuracy) {
    bkti_sample sample;
    bkt_status status = bkti_sample_take(context, values, count, &sample);
    if (status != BKT_OK)
        return status;
    bkti_accuracy_clear(&plan->settings, accuracy);
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    status = roll(context, workspace, plan, values, count, sample.factor, accuracy);
    bkti_workspace_rewind(workspace, mark);
    bkti_accuracy_finish(&plan->settings, sample.factor, accuracy);
    return status;
}
