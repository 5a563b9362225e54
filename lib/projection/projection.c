/* SPDX-License-Identifier: MIT */
/* A column of a table, projected. */
#include "bkti_history.h"

#include <math.h>

/* The columns, in their order. */
enum { PERIOD = 0, ACTUAL = 1, PROJECTED = 2, BOUNDS = 3 };

typedef struct forecast {
    double *points;
    double *lower;
    double *upper;
} forecast;

static void free_forecast(bkt_context *context, forecast *f) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, f->upper);
    bkti_release(memory, f->lower);
    bkti_release(memory, f->points);
}

static bkt_status make_forecast(bkt_context *context, const bkti_history *history,
                                const bkti_settings *settings, forecast *f, bkt_fit *fit) {
    bkti_memory *memory = bkti_context_memory(context);
    size_t bounds = (size_t)settings->horizon * settings->level_count;
    f->points = bkti_allocate_array(memory, settings->horizon, sizeof *f->points);
    f->lower = bkti_allocate_array(memory, bounds, sizeof *f->lower);
    f->upper = bkti_allocate_array(memory, bounds, sizeof *f->upper);
    if (f->points == NULL || f->lower == NULL || f->upper == NULL)
        return bkti_no_memory(context);
    return bkti_series_project(context, history->values, history->count, settings, f->points,
                               f->lower, f->upper, fit);
}

static void add_columns(bkti_sheet *sheet, const bkti_history *history,
                        const bkti_settings *settings) {
    const char *unit = bkt_column_unit(history->column);
    bkti_sheet_add(sheet, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, "Period", NULL);
    bkti_sheet_add(sheet, "ACTUAL", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   bkt_column_label(history->column), unit);
    bkti_sheet_add(sheet, "PROJECTED", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Projected", unit);
    for (uint32_t i = 0; i < settings->level_count; i++) {
        bkti_sheet_add_level(sheet, "LOWER_", "Lower bound", settings->levels[i], unit);
        bkti_sheet_add_level(sheet, "UPPER_", "Upper bound", settings->levels[i], unit);
    }
}

static void put_row(bkti_sheet *sheet, const bkti_history *history, const bkti_settings *settings,
                    const forecast *f, const bkt_fit *fit, int64_t row) {
    bool known = row < history->count;
    bool projected = row > history->last && row - history->last <= settings->horizon;
    size_t h = projected ? (size_t)(row - history->last - 1) : 0;
    int32_t no_bound = fit->freedom >= 1.0 ? BKT_MISSING_OVERFLOW : BKT_MISSING_TOO_FEW;
    bkti_sheet_put_period(sheet, PERIOD, row, history->frequency, history->first_ordinal + row);
    bkti_sheet_put(sheet, ACTUAL, row, known ? history->values[row] : NAN,
                   known ? history->reasons[row] : BKT_MISSING_NOT_APPLICABLE);
    bkti_sheet_put(sheet, PROJECTED, row, projected ? f->points[h] : NAN,
                   projected ? BKT_MISSING_OVERFLOW : BKT_MISSING_NOT_APPLICABLE);
    for (uint32_t i = 0; i < settings->level_count; i++) {
        size_t cell = (size_t)i * settings->horizon + h;
        int32_t reason = projected ? no_bound : BKT_MISSING_NOT_APPLICABLE;
        bkti_sheet_put(sheet, BOUNDS + 2 * i, row, projected ? f->lower[cell] : NAN, reason);
        bkti_sheet_put(sheet, BOUNDS + 2 * i + 1, row, projected ? f->upper[cell] : NAN, reason);
    }
}

bkt_status bkt_projection(bkt_context *context, const bkt_table *table,
                          const bkt_projection_options *options, bkt_table **out_table) {
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "table and out_table must not be NULL");
    bkti_settings settings;
    bkti_history history;
    bkt_status status = bkti_settings_take(context, options, &settings);
    if (status != BKT_OK)
        return status;
    status = bkti_history_take(context, table, settings.value_id, settings.time_id, &history);
    if (status != BKT_OK)
        return status;
    if (settings.season_length == 0)
        settings.season_length = history.season_length;
    forecast f = {NULL, NULL, NULL};
    bkt_fit fit;
    status = make_forecast(context, &history, &settings, &f, &fit);
    if (status == BKT_OK) {
        int64_t rows = history.last + 1 + settings.horizon;
        rows = rows > history.count ? rows : history.count;
        bkti_sheet sheet;
        bkti_sheet_begin(&sheet, context, table, rows);
        add_columns(&sheet, &history, &settings);
        bkti_sheet_set_fit(&sheet, &history, &fit, settings.horizon);
        for (int64_t row = 0; row < rows && sheet.status == BKT_OK; row++)
            put_row(&sheet, &history, &settings, &f, &fit, row);
        status = bkti_sheet_finish(&sheet, rows, out_table);
    }
    free_forecast(context, &f);
    bkti_history_free(context, &history);
    return status;
}
