/* SPDX-License-Identifier: MIT */
/* All series of a table, projected: the table of it. */
#include "bkti_panel_table.h"

#include <math.h>

/* Behind the key. */
enum { PERIOD = 0, ACTUAL = 1, PROJECTED = 2 };

/* The result in the making. */
typedef struct sheet_work {
    const bkti_panel_work *all;
    bkti_sheet sheet;
    int64_t row;
} sheet_work;

static int64_t rows_of(const sheet_work *w, int64_t i) {
    const bkti_history *history = &w->all->members[i].history;
    if (history->values == NULL)
        return 1;
    int64_t rows = history->last + 1 + w->all->settings->horizon;
    return rows > history->count ? rows : history->count;
}

static void add_columns(sheet_work *w) {
    bkti_sheet *sheet = &w->sheet;
    const bkti_panel_table *table = w->all->table;
    const char *unit = bkt_column_unit(table->value);
    bkti_panel_add_key(sheet, table);
    bkti_sheet_add(sheet, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, "Period", NULL);
    bkti_sheet_add(sheet, "ACTUAL", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   bkt_column_label(table->value), unit);
    bkti_sheet_add_forecast(sheet, w->all->settings, unit);
    bkti_sheet_add(sheet, "METHOD", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Method", NULL);
    bkti_sheet_add(sheet, "FALLBACK", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                   "Why another method took its place", NULL);
    bkti_sheet_add(sheet, "PROBLEM", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                   "Why there is no projection", NULL);
}

static void put_words(sheet_work *w, int64_t i, uint32_t column) {
    const bkt_fit *fit = &w->all->fits[i];
    if (w->all->members[i].problem != NULL) {
        bkti_sheet_put_text(&w->sheet, column + 2, w->row, w->all->members[i].problem);
        return;
    }
    bkti_sheet_put_text(&w->sheet, column, w->row, bkt_method_id(fit->method));
    if (fit->fallback != BKT_FALLBACK_NONE)
        bkti_sheet_put_text(&w->sheet, column + 1, w->row, bkt_fallback_text(fit->fallback));
}

static void put_row(sheet_work *w, int64_t i, const bkti_forecast *forecast, int64_t t) {
    const bkti_panel_member *m = &w->all->members[i];
    const bkti_history *history = &m->history;
    uint32_t first = w->all->table->key_count;
    bool is_read = history->values != NULL;
    bool known = is_read && t < history->count;
    bool is_projected = m->problem == NULL;
    bool is_ahead = !is_read || t > history->last;
    int32_t none = is_read ? BKT_MISSING_NOT_APPLICABLE : BKT_MISSING_INPUT;
    bkti_panel_put_key(&w->sheet, w->all, i, w->row);
    if (is_read)
        bkti_sheet_put_period(&w->sheet, first + PERIOD, w->row, history->frequency,
                              history->first_ordinal + t);
    bkti_sheet_put(&w->sheet, first + ACTUAL, w->row, known ? history->values[t] : NAN,
                   known ? history->reasons[t] : none);
    uint32_t column = first + PROJECTED;
    if (is_projected)
        column = bkti_sheet_put_forecast(&w->sheet, column, w->row, forecast, t - history->last,
                                         w->all->fits[i].freedom);
    for (; column < first + PROJECTED + 1 + 2 * w->all->settings->level_count; column++)
        bkti_sheet_put(&w->sheet, column, w->row, NAN,
                       is_ahead ? BKT_MISSING_INPUT : BKT_MISSING_NOT_APPLICABLE);
    put_words(w, i, column);
    w->row++;
}

static bkt_status write_all(bkt_context *context, sheet_work *w, bkt_table **out_table) {
    int64_t rows = 0;
    for (int64_t i = 0; i < w->all->count; i++)
        rows += rows_of(w, i);
    bkti_sheet *sheet = &w->sheet;
    bkti_sheet_begin(sheet, context, w->all->table->table, rows);
    add_columns(w);
    bkti_sheet_set(sheet, "value", bkt_column_id(w->all->table->value));
    bkti_sheet_set(sheet, "method", bkt_method_id(w->all->settings->method));
    bkti_sheet_set_number(sheet, "horizon", (double)w->all->settings->horizon);
    bkti_sheet_set_number(sheet, "series_count", (double)w->all->count);
    bkti_sheet_set_number(sheet, "projected_count",
                          (double)(w->all->count - w->all->problem_count));
    for (int64_t i = 0; i < w->all->count && sheet->status == BKT_OK; i++) {
        bkti_forecast forecast = bkti_panel_work_forecast(w->all, i);
        for (int64_t t = 0; t < rows_of(w, i) && sheet->status == BKT_OK; t++)
            put_row(w, i, &forecast, t);
    }
    if (sheet->status == BKT_OK)
        bkti_panel_tell_problems(context, w->all);
    return bkti_sheet_finish(sheet, rows, out_table);
}

bkt_status bkti_panel_table_project(bkt_context *context, const bkti_panel_table *table,
                                    const bkti_settings *settings, bkt_table **out_table) {
    bkti_panel_work all;
    bkt_status status = bkti_panel_work_make(context, table, settings, &all);
    sheet_work w = {.all = &all};
    if (status == BKT_OK)
        status = write_all(context, &w, out_table);
    bkti_panel_work_free(context, &all);
    return status;
}
