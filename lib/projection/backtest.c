/* SPDX-License-Identifier: MIT */
/* Rolling-origin back-tests: what a method would have said, beside what came. */
#include "bkti_history.h"

#include "bkti_number.h"

#include <math.h>

static const bkt_backtest_options defaults = {
    .struct_size = sizeof(bkt_backtest_options), .horizon = 3, .origin_limit = 100};

static const int32_t simple_methods[] = {BKT_METHOD_AUTOMATIC, BKT_METHOD_NAIVE,
                                         BKT_METHOD_DRIFT,     BKT_METHOD_LOG_TREND,
                                         BKT_METHOD_HOLT,      BKT_METHOD_DAMPED_HOLT};
#define SIMPLE_COUNT 6
#define METHOD_LIMIT 100

bkt_status bkt_backtest_options_init(bkt_backtest_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

/* Options checked, of a series. */
typedef struct plan {
    bkti_settings settings;
    bkt_backtest_options options;
    int64_t training;     /* values before the first origin, and in it */
    int64_t origin_count; /* used */
    int64_t first_origin; /* places in the series */
    int64_t last_origin;
} plan;

static bkt_status take_options(bkt_context *context, const bkt_backtest_options *options,
                               plan *out_plan) {
    plan p = {.options = defaults};
    bkt_projection_options projection;
    bkt_projection_options_init(&projection, sizeof projection);
    bkt_status status =
        bkti_options_take(context, options, &p.options, sizeof p.options, sizeof p.options);
    if (status != BKT_OK)
        return status;
    /* Early origins are short: what takes a method's place there is part of the answer. */
    projection.flags = p.options.flags & ~(uint32_t)BKT_PROJECTION_NO_FALLBACK;
    projection.horizon = p.options.horizon;
    projection.level_count = p.options.level_count;
    projection.levels = p.options.levels;
    projection.season_length = p.options.season_length;
    projection.value_id = p.options.value_id;
    projection.time_id = p.options.time_id;
    status = bkti_settings_take(context, &projection, &p.settings);
    if (status == BKT_OK && p.options.origin_limit == 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "origin_limit is 0; give at least 1 (the default is 100)");
    if (status == BKT_OK)
        *out_plan = p;
    return status;
}

/* Finds the origins: periods with a value, `training` values up to them, and a period after. */
static void find_origins(plan *p, const double *values, int64_t count) {
    int64_t present = 0;
    for (int64_t t = 0; t < count; t++)
        present += !isnan(values[t]);
    p->training = p->options.training;
    if (p->training == 0)
        p->training = (present + 1) / 2 > 5 ? (present + 1) / 2 : 5;
    p->first_origin = p->last_origin = -1;
    p->origin_count = 0;
    int64_t possible = present - 1 - p->training + 1; /* the last value is no origin */
    int64_t skipped = possible > p->options.origin_limit ? possible - p->options.origin_limit : 0;
    int64_t seen = 0;
    for (int64_t t = 0; t < count; t++) {
        seen += !isnan(values[t]);
        if (isnan(values[t]) || seen < p->training || seen == present)
            continue;
        if (seen - p->training < skipped)
            continue;
        if (p->origin_count++ == 0)
            p->first_origin = t;
        p->last_origin = t;
    }
}

/* Sums over the comparisons of one horizon. */
typedef struct tally {
    double count;
    double absolute; /* of errors times the sample's factor, as are the next */
    double squares;
    double percent;
    double symmetric;
    double scaled;
} tally;

static void add_error(tally *sums, double actual, double projected, double scale, double factor) {
    double error = fabs(actual * factor - projected * factor);
    double size = fabs(actual * factor) + fabs(projected * factor);
    sums->count += 1.0;
    sums->absolute += error;
    sums->squares += error * error;
    sums->percent += actual == 0.0 ? NAN : 100.0 * error / fabs(actual * factor);
    sums->symmetric += size == 0.0 ? 0.0 : 200.0 * error / size;
    sums->scaled += scale > 0.0 ? error / scale : NAN;
}

static void give_tally(const tally *sums, double factor, double *out_row, uint32_t width) {
    double n = sums->count;
    double row[BKT_ACCURACY_WIDTH] = {n,
                                      sums->absolute / n / factor,
                                      sqrt(sums->squares / n) / factor,
                                      sums->percent / n,
                                      sums->symmetric / n,
                                      sums->scaled / n};
    for (uint32_t i = 0; i < width; i++)
        out_row[i] = i >= BKT_ACCURACY_WIDTH ? NAN : isfinite(row[i]) ? row[i] : NAN;
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

/* Memory of one back-test: projections of an origin, sums by horizon (0: all). */
typedef struct bench {
    double *points;
    double *lower;
    double *upper;
    tally *tallies;
    double *inside;  /* by horizon and level */
    double *bounded; /* comparisons that had bounds, likewise */
} bench;

static bool take_bench(bkti_memory *memory, const bkti_settings *s, bench *b) {
    size_t horizon = s->horizon;
    size_t bounds = horizon * s->level_count;
    b->points = bkti_allocate_array(memory, horizon, sizeof *b->points);
    b->lower = bkti_allocate_array(memory, bounds, sizeof *b->lower);
    b->upper = bkti_allocate_array(memory, bounds, sizeof *b->upper);
    b->tallies = bkti_allocate_zeroed(memory, horizon + 1, sizeof *b->tallies);
    b->inside = bkti_allocate_zeroed(memory, bounds + s->level_count, sizeof *b->inside);
    b->bounded = bkti_allocate_zeroed(memory, bounds + s->level_count, sizeof *b->bounded);
    return b->points != NULL && b->lower != NULL && b->upper != NULL && b->tallies != NULL &&
           b->inside != NULL && b->bounded != NULL;
}

static void free_bench(bkti_memory *memory, bench *b) {
    bkti_release(memory, b->bounded);
    bkti_release(memory, b->inside);
    bkti_release(memory, b->tallies);
    bkti_release(memory, b->upper);
    bkti_release(memory, b->lower);
    bkti_release(memory, b->points);
}

static void compare_bounds(const bkti_settings *s, bench *b, uint32_t step, double actual) {
    for (uint32_t i = 0; i < s->level_count; i++) {
        double low = b->lower[(size_t)i * s->horizon + step - 1];
        double high = b->upper[(size_t)i * s->horizon + step - 1];
        if (isnan(low) || isnan(high))
            continue;
        for (uint32_t pass = 0; pass < 2; pass++) {
            size_t cell = (size_t)(pass == 0 ? 0 : step) * s->level_count + i;
            b->bounded[cell] += 1.0;
            if (low <= actual && actual <= high)
                b->inside[cell] += 1.0;
        }
    }
}

static bkt_status run(bkt_context *context, bkti_workspace *workspace, const plan *p,
                      const double *values, int64_t count, double factor, bench *b) {
    const bkti_settings *s = &p->settings;
    uint32_t length = s->season_length > 0 ? s->season_length : 1;
    if (p->origin_count == 0)
        return BKT_OK;
    for (int64_t origin = p->first_origin; origin <= p->last_origin; origin++) {
        if (isnan(values[origin]))
            continue;
        bkt_fit fit;
        bkt_status status = bkti_series_project_with(context, workspace, values, origin + 1, s,
                                                     b->points, b->lower, b->upper, &fit);
        if (status != BKT_OK)
            return status;
        double scale = scale_of(values, origin + 1, length, factor);
        for (uint32_t step = 1; step <= s->horizon && origin + step < count; step++) {
            double actual = values[origin + step];
            double projected = b->points[step - 1];
            if (isnan(actual) || isnan(projected))
                continue;
            add_error(&b->tallies[0], actual, projected, scale, factor);
            add_error(&b->tallies[step], actual, projected, scale, factor);
            compare_bounds(s, b, step, actual);
        }
    }
    return BKT_OK;
}

static bkt_status backtest(bkt_context *context, const plan *p, const double *values, int64_t count,
                           double *out_accuracy, uint32_t width, double *out_coverage) {
    const bkti_settings *s = &p->settings;
    bkti_memory *memory = bkti_context_memory(context);
    size_t rows = (size_t)s->horizon + 1;
    bkti_sample sample;
    bkti_numbers_clear(out_accuracy, rows * width);
    if (out_coverage != NULL)
        bkti_numbers_clear(out_coverage, rows * s->level_count);
    bkt_status status = bkti_sample_take(context, values, count, &sample);
    if (status != BKT_OK)
        return status;
    bench b = {NULL, NULL, NULL, NULL, NULL, NULL};
    bkti_workspace workspace = {.memory = memory};
    status = take_bench(memory, s, &b)
                 ? run(context, &workspace, p, values, count, sample.factor, &b)
                 : bkti_no_memory(context);
    for (size_t row = 0; row < rows && status == BKT_OK; row++) {
        give_tally(&b.tallies[row], sample.factor, out_accuracy + row * width, width);
        for (size_t i = 0; i < s->level_count && out_coverage != NULL; i++) {
            size_t cell = row * s->level_count + i;
            if (b.bounded[cell] > 0.0)
                out_coverage[cell] = b.inside[cell] / b.bounded[cell];
        }
    }
    free_bench(memory, &b);
    bkti_workspace_free(&workspace);
    return status;
}

static bkt_status check_method(bkt_context *context, int32_t method) {
    if (bkti_method_known(method) && method != BKT_METHOD_COMBINATION)
        return BKT_OK;
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                     "%ld is no method that can be back-tested by its number", (long)method);
}

bkt_status bkt_series_backtest(bkt_context *context, const double *values, int64_t count,
                               int32_t method, const bkt_backtest_options *options,
                               double *out_accuracy, uint32_t width, double *out_coverage) {
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if ((values == NULL && count > 0) || count < 0 || out_accuracy == NULL || width == 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values and out_accuracy must not be NULL, count not negative, width "
                         "not 0 (it is BKT_ACCURACY_WIDTH)");
    plan p;
    bkt_status status = take_options(context, options, &p);
    if (status == BKT_OK)
        status = check_method(context, method);
    if (status != BKT_OK)
        return status;
    p.settings.method = method;
    find_origins(&p, values, count);
    return backtest(context, &p, values, count, out_accuracy, width, out_coverage);
}

/* The columns of the table, in their order; coverage stands between MASE and the last value's. */
enum { METHOD = 0, HORIZON = 1, FIGURES = 2 };

static const char *const figure_ids[BKT_ACCURACY_WIDTH] = {"PROJECTIONS", "MAE",   "RMSE",
                                                           "MAPE",        "SMAPE", "MASE"};
static const char *const figure_labels[BKT_ACCURACY_WIDTH] = {
    "Projections compared",
    "Mean absolute error",
    "Root mean squared error",
    "Mean absolute percentage error",
    "Symmetric mean absolute percentage error",
    "Mean absolute scaled error"};
static const char *const naive_ids[BKT_ACCURACY_WIDTH] = {
    NULL, "NAIVE_MAE", "NAIVE_RMSE", "NAIVE_MAPE", "NAIVE_SMAPE", "NAIVE_MASE"};
static const char *const naive_labels[BKT_ACCURACY_WIDTH] = {
    NULL,
    "Last value's mean absolute error",
    "Last value's root mean squared error",
    "Last value's mean absolute percentage error",
    "Last value's symmetric mean absolute percentage error",
    "Last value's mean absolute scaled error"};

static const char *figure_unit(uint32_t figure, const char *unit) {
    if (figure == BKT_ACCURACY_MAE || figure == BKT_ACCURACY_RMSE)
        return unit;
    return figure == BKT_ACCURACY_MAPE || figure == BKT_ACCURACY_SMAPE ? "%" : NULL;
}

static void add_columns(bkti_sheet *sheet, const plan *p, const char *unit) {
    bkti_sheet_add(sheet, "METHOD", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Method", NULL);
    bkti_sheet_add(sheet, "HORIZON", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Periods ahead", NULL);
    for (uint32_t i = 0; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_add(sheet, figure_ids[i], BKT_KIND_NUMBER, BKT_ROLE_MEASURE, figure_labels[i],
                       figure_unit(i, unit));
    for (uint32_t i = 0; i < p->settings.level_count; i++)
        bkti_sheet_add_level(sheet, "COVERAGE_", "Share within the interval", p->settings.levels[i],
                             "fraction");
    for (uint32_t i = 1; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_add(sheet, naive_ids[i], BKT_KIND_NUMBER, BKT_ROLE_MEASURE, naive_labels[i],
                       figure_unit(i, unit));
    bkti_sheet_add(sheet, "RELATIVE_MAE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   "Mean absolute error divided by the last value's", NULL);
}

/* Why a figure is missing. */
static int32_t reason_of(uint32_t figure, const double *row) {
    if (row[BKT_ACCURACY_COUNT] == 0.0)
        return BKT_MISSING_TOO_FEW;
    return figure == BKT_ACCURACY_MAPE || figure == BKT_ACCURACY_MASE ? BKT_MISSING_ZERO_DENOMINATOR
                                                                      : BKT_MISSING_OVERFLOW;
}

static void put_row(bkti_sheet *sheet, int64_t row, const char *method, const char *horizon,
                    const double *own, const double *coverage, uint32_t level_count,
                    const double *naive) {
    uint32_t column = FIGURES;
    bkti_sheet_put_text(sheet, METHOD, row, method);
    bkti_sheet_put_text(sheet, HORIZON, row, horizon);
    for (uint32_t i = 0; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_put(sheet, column++, row, own[i], reason_of(i, own));
    for (uint32_t i = 0; i < level_count; i++)
        bkti_sheet_put(sheet, column++, row, coverage[i], BKT_MISSING_TOO_FEW);
    for (uint32_t i = 1; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_put(sheet, column++, row, naive[i], reason_of(i, naive));
    double ratio = own[BKT_ACCURACY_MAE] / naive[BKT_ACCURACY_MAE];
    bkti_sheet_put(sheet, column, row, isfinite(ratio) ? ratio : NAN,
                   naive[BKT_ACCURACY_MAE] == 0.0 ? BKT_MISSING_ZERO_DENOMINATOR
                                                  : reason_of(BKT_ACCURACY_MAE, own));
}

static void set_properties(bkti_sheet *sheet, const bkti_history *history, const plan *p,
                           int64_t value_count) {
    int64_t first = history->first_ordinal;
    bkti_sheet_set(sheet, "value", bkt_column_id(history->column));
    bkti_sheet_set_number(sheet, "count", (double)value_count);
    bkti_sheet_set_number(sheet, "training", (double)p->training);
    bkti_sheet_set_number(sheet, "origins", (double)p->origin_count);
    bkti_sheet_set_period(sheet, "last_period", history->frequency, first + history->last);
    if (p->origin_count == 0)
        return;
    bkti_sheet_set_period(sheet, "first_origin", history->frequency, first + p->first_origin);
    bkti_sheet_set_period(sheet, "last_origin", history->frequency, first + p->last_origin);
}

/* The figures of one method and of the last value, (horizon + 1) rows each. */
typedef struct figures {
    double *own;
    double *coverage;
    double *naive;
} figures;

static void put_method(bkti_sheet *sheet, const plan *p, int64_t first_row, const figures *f) {
    uint32_t horizon = p->settings.horizon;
    for (uint32_t i = 0; i <= horizon; i++) {
        uint32_t step = i == horizon ? 0 : i + 1; /* all of them last */
        char text[32] = "all";
        if (step > 0)
            bkti_number_format((double)step, text, sizeof text);
        put_row(sheet, first_row + i, bkt_method_id(p->settings.method), text,
                f->own + (size_t)step * BKT_ACCURACY_WIDTH,
                f->coverage + (size_t)step * p->settings.level_count, p->settings.level_count,
                f->naive + (size_t)step * BKT_ACCURACY_WIDTH);
    }
}

static bkt_status fill_sheet(bkt_context *context, plan *p, const bkti_history *history,
                             const int32_t *methods, uint32_t method_count, const figures *f,
                             bkti_sheet *sheet) {
    int64_t per_method = (int64_t)p->settings.horizon + 1;
    p->settings.method = BKT_METHOD_NAIVE;
    bkt_status status =
        backtest(context, p, history->values, history->count, f->naive, BKT_ACCURACY_WIDTH, NULL);
    for (uint32_t i = 0; i < method_count && status == BKT_OK; i++) {
        p->settings.method = methods[i];
        status = backtest(context, p, history->values, history->count, f->own, BKT_ACCURACY_WIDTH,
                          f->coverage);
        if (status == BKT_OK)
            put_method(sheet, p, (int64_t)i * per_method, f);
    }
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

static bkt_status make_table(bkt_context *context, plan *p, const bkti_history *history,
                             const int32_t *methods, uint32_t method_count, bkt_table **out_table) {
    bkti_memory *memory = bkti_context_memory(context);
    size_t rows = (size_t)p->settings.horizon + 1;
    figures f = {bkti_allocate_array(memory, rows * BKT_ACCURACY_WIDTH, sizeof(double)),
                 bkti_allocate_array(memory, rows * p->settings.level_count, sizeof(double)),
                 bkti_allocate_array(memory, rows * BKT_ACCURACY_WIDTH, sizeof(double))};
    bkti_sheet sheet;
    int64_t value_count = 0;
    for (int64_t t = 0; t < history->count; t++)
        value_count += !isnan(history->values[t]);
    bkti_sheet_begin(&sheet, context, history->table, (int64_t)(rows * method_count));
    add_columns(&sheet, p, bkt_column_unit(history->column));
    set_properties(&sheet, history, p, value_count);
    if (sheet.status == BKT_OK)
        sheet.status = f.own == NULL || f.coverage == NULL || f.naive == NULL
                           ? bkti_no_memory(context)
                           : BKT_OK;
    if (sheet.status == BKT_OK) {
        bkt_status status = fill_sheet(context, p, history, methods, method_count, &f, &sheet);
        if (sheet.status == BKT_OK)
            sheet.status = status;
    }
    bkti_release(memory, f.naive);
    bkti_release(memory, f.coverage);
    bkti_release(memory, f.own);
    return bkti_sheet_finish(&sheet, (int64_t)(rows * method_count), out_table);
}

bkt_status bkt_backtest(bkt_context *context, const bkt_table *table,
                        const bkt_backtest_options *options, bkt_table **out_table) {
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "table and out_table must not be NULL");
    plan p;
    bkt_status status = take_options(context, options, &p);
    if (status != BKT_OK)
        return status;
    bool given = p.options.method_count > 0;
    const int32_t *methods = given ? p.options.methods : simple_methods;
    uint32_t method_count = given ? p.options.method_count : SIMPLE_COUNT;
    status = check_methods(context, methods, method_count);
    if (status != BKT_OK)
        return status;
    bkti_history history;
    status = bkti_history_take(context, table, p.settings.value_id, p.settings.time_id, &history);
    if (status != BKT_OK)
        return status;
    if (p.settings.season_length == 0)
        p.settings.season_length = history.season_length;
    find_origins(&p, history.values, history.count);
    status = make_table(context, &p, &history, methods, method_count, out_table);
    bkti_history_free(context, &history);
    return status;
}
