/* SPDX-License-Identifier: MIT */
/* Rolling-origin back-tests of a series, of a column, and of a column of many series. */
#include "bkti_backtest.h"

#include <math.h>

static const bkt_backtest_options defaults = {.struct_size = sizeof(bkt_backtest_options),
                                              .horizon = 3,
                                              .origin_limit = 100,
                                              .origin_step = 1};

static const int32_t simple_methods[] = {BKT_METHOD_AUTOMATIC, BKT_METHOD_NAIVE,
                                         BKT_METHOD_DRIFT,     BKT_METHOD_LOG_TREND,
                                         BKT_METHOD_HOLT,      BKT_METHOD_DAMPED_HOLT};
#define SIMPLE_COUNT 6
#define METHOD_LIMIT 100

bkt_status bkt_backtest_options_init(bkt_backtest_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

static bkt_status take_settings(bkt_context *context, bkti_backtest_plan *plan,
                                bool has_combination) {
    const bkt_backtest_options *o = &plan->options;
    bkt_projection_options projection;
    bkt_projection_options_init(&projection, sizeof projection);
    /* Early origins are short: what takes a method's place there is part of the answer. */
    uint32_t own_flags = BKT_PROJECTION_NO_FALLBACK | BKT_BACKTEST_WHOLE_HORIZON;
    projection.flags = o->flags & ~own_flags;
    projection.horizon = o->horizon;
    projection.level_count = o->level_count;
    projection.levels = o->levels;
    projection.season_length = o->season_length;
    projection.value_id = o->value_id;
    projection.time_id = o->time_id;
    if (has_combination) {
        projection.method = BKT_METHOD_COMBINATION;
        projection.members = o->members;
        projection.weights = o->weights;
        projection.member_count = o->member_count;
    }
    return bkti_settings_take(context, &projection, &plan->settings);
}

static bkt_status take_options(bkt_context *context, const bkt_backtest_options *options,
                               bkti_backtest_plan *out_plan) {
    bkti_backtest_plan plan = {.options = defaults};
    bkt_backtest_options *o = &plan.options;
    bkt_status status = bkti_options_take(context, options, o, sizeof *o, sizeof *o);
    if (status == BKT_OK && o->origin_limit == 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "origin_limit is 0; give at least 1 (the default is 100)");
    if (status == BKT_OK && o->origin_step == 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "origin_step is 0; give at least 1 (the default is 1)");
    if (status == BKT_OK)
        *out_plan = plan;
    return status;
}

static bkt_status check_method(bkt_context *context, int32_t method) {
    if (bkti_method_known(method))
        return BKT_OK;
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                     "%ld is no method; bkt_method_at() lists them", (long)method);
}

bkt_status bkt_series_backtest(bkt_context *context, const double *values, int64_t count,
                               int32_t method, const bkt_backtest_options *options,
                               double *out_accuracy, uint32_t width, double *out_coverage,
                               double *out_msis) {
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if ((values == NULL && count > 0) || count < 0 || out_accuracy == NULL || width == 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values and out_accuracy must not be NULL, count not negative, width "
                         "not 0 (it is BKT_ACCURACY_WIDTH)");
    bkti_backtest_plan plan;
    bkt_status status = take_options(context, options, &plan);
    if (status == BKT_OK)
        status = check_method(context, method);
    if (status == BKT_OK)
        status = take_settings(context, &plan, method == BKT_METHOD_COMBINATION);
    if (status != BKT_OK)
        return status;
    const bkti_settings *s = &plan.settings;
    size_t rows = (size_t)s->horizon + 1;
    size_t levels = rows * s->level_count;
    bkti_numbers_clear(out_accuracy, rows * width);
    bkti_numbers_clear(out_coverage, out_coverage == NULL ? 0 : levels);
    bkti_numbers_clear(out_msis, out_msis == NULL ? 0 : levels);
    plan.settings.method = method;
    bkti_backtest_find_origins(&plan, values, count);
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    bkti_accuracy accuracy;
    status = bkti_accuracy_take(&workspace, s, &accuracy)
                 ? bkti_backtest_run(context, &workspace, &plan, values, count, &accuracy)
                 : bkti_no_memory(context);
    for (size_t i = 0; i < rows * width && status == BKT_OK; i++)
        if (i % width < BKT_ACCURACY_WIDTH)
            out_accuracy[i] = accuracy.own[i / width * BKT_ACCURACY_WIDTH + i % width];
    for (size_t i = 0; i < levels && status == BKT_OK; i++) {
        if (out_coverage != NULL && accuracy.bounded[i] > 0.0)
            out_coverage[i] = accuracy.inside[i] / accuracy.bounded[i];
        if (out_msis != NULL)
            out_msis[i] = accuracy.msis[i];
    }
    bkti_workspace_free(&workspace);
    return status;
}

static bkt_status check_methods(bkt_context *context, const int32_t *methods, uint32_t count) {
    if (methods == NULL || count > METHOD_LIMIT)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         methods == NULL ? "methods are counted but none are given"
                                         : "more than %d methods are given",
                         METHOD_LIMIT);
    for (uint32_t i = 0; i < count; i++) {
        bkt_status status = check_method(context, methods[i]);
        if (status != BKT_OK)
            return status;
        for (uint32_t k = 0; k < i; k++)
            if (methods[k] == methods[i])
                return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "the method %s is given twice",
                                 bkt_method_id(methods[i]));
    }
    return BKT_OK;
}

static bkt_status take_request(bkt_context *context, const bkt_backtest_options *options,
                               bkti_backtest_request *r) {
    bkt_status status = take_options(context, options, &r->plan);
    if (status != BKT_OK)
        return status;
    bool given = r->plan.options.method_count > 0;
    r->methods = given ? r->plan.options.methods : simple_methods;
    r->method_count = given ? r->plan.options.method_count : SIMPLE_COUNT;
    status = check_methods(context, r->methods, r->method_count);
    bool has_combination = false;
    for (uint32_t i = 0; i < r->method_count && status == BKT_OK; i++)
        has_combination = has_combination || r->methods[i] == BKT_METHOD_COMBINATION;
    return status == BKT_OK ? take_settings(context, &r->plan, has_combination) : status;
}

bkt_status bkt_backtest(bkt_context *context, const bkt_table *table,
                        const bkt_backtest_options *options, bkt_table **out_table) {
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "table and out_table must not be NULL");
    bkti_backtest_request asked;
    bkti_panel_table panel;
    bkt_status status = take_request(context, options, &asked);
    if (status != BKT_OK)
        return status;
    status = bkti_panel_table_open(context, table, &asked.plan.settings, &panel);
    if (status == BKT_OK)
        status = panel.groups.group_count > 1
                     ? bkti_backtest_many(context, &panel, &asked, out_table)
                     : bkti_backtest_one(context, table, &asked, out_table);
    bkti_panel_table_close(context, &panel);
    return status;
}
