/* SPDX-License-Identifier: MIT */
/* A column of a table with one series, projected. */
#include "bkti_panel_table.h"

#include <math.h>

/* The columns, in their order. */
enum { PERIOD = 0, ACTUAL = 1, PROJECTED = 2 };

static void add_columns(bkti_sheet *sheet, const bkti_history *history,
                        const bkti_settings *settings) {
    const char *unit = bkt_column_unit(history->column);
    bkti_sheet_add(sheet, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, "Period", NULL);
    bkti_sheet_add(sheet, "ACTUAL", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   bkt_column_label(history->column), unit);
    bkti_sheet_add_forecast(sheet, settings, unit);
}

static void put_row(bkti_sheet *sheet, const bkti_history *history, const bkti_forecast *f,
                    const bkt_fit *fit, int64_t row) {
    bool known = row < history->count;
    bkti_sheet_put_period(sheet, PERIOD, row, history->frequency, history->first_ordinal + row);
    bkti_sheet_put(sheet, ACTUAL, row, known ? history->values[row] : NAN,
                   known ? history->reasons[row] : BKT_MISSING_NOT_APPLICABLE);
    bkti_sheet_put_forecast(sheet, PROJECTED, row, f, row - history->last, fit->freedom);
}

static bkt_status write_sheet(bkt_context *context, const bkti_history *history,
                              const bkti_settings *settings, const bkti_forecast *f,
                              const bkt_fit *fit, bkt_table **out_table) {
    int64_t rows = history->last + 1 + settings->horizon;
    rows = rows > history->count ? rows : history->count;
    bkti_sheet sheet;
    bkti_sheet_begin(&sheet, context, history->table, rows);
    add_columns(&sheet, history, settings);
    bkti_sheet_set_fit(&sheet, history, fit, settings->horizon);
    for (int64_t row = 0; row < rows && sheet.status == BKT_OK; row++)
        put_row(&sheet, history, f, fit, row);
    return bkti_sheet_finish(&sheet, rows, out_table);
}

static bkt_status project_one(bkt_context *context, const bkt_table *table, bkti_settings *settings,
                              bkt_table **out_table) {
    bkti_history history;
    bkt_status status =
        bkti_history_take(context, table, settings->value_id, settings->time_id, &history);
    if (status != BKT_OK)
        return status;
    if (settings->season_length == 0)
        settings->season_length = history.season_length;
    bkti_forecast f;
    bkt_fit fit;
    status = bkti_forecast_take(context, settings, 1, &f);
    if (status == BKT_OK)
        status = bkti_series_project(context, history.values, history.count, settings, f.points,
                                     f.lower, f.upper, &fit);
    if (status == BKT_OK)
        status = write_sheet(context, &history, settings, &f, &fit, out_table);
    bkti_forecast_free(context, &f);
    bkti_history_free(context, &history);
    return status;
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
    bkti_panel_table panel;
    bkt_status status = bkti_settings_take(context, options, &settings);
    if (status != BKT_OK)
        return status;
    status = bkti_panel_table_open(context, table, &settings, &panel);
    if (status == BKT_OK)
        status = panel.groups.group_count > 1
                     ? bkti_panel_table_project(context, &panel, &settings, out_table)
                     : project_one(context, table, &settings, out_table);
    bkti_panel_table_close(context, &panel);
    return status;
}
