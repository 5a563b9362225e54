/* SPDX-License-Identifier: MIT */
/* All series of a table, read and projected. */
#include "bkti_panel_table.h"

#include <inttypes.h>

#include "bkti_column.h"

bkt_status bkti_panel_table_open(bkt_context *context, const bkt_table *table,
                                 const bkti_settings *settings, bkti_panel_table *out_table) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_panel_table panel = {.table = table};
    *out_table = panel;
    const bkt_column *time = NULL;
    bkt_status status = bkti_history_columns(context, table, settings->value_id, settings->time_id,
                                             &panel.value, &time);
    if (status != BKT_OK)
        return status;
    uint32_t count = bkt_table_column_count(table);
    panel.keys = bkti_allocate_array(memory, count, sizeof *panel.keys);
    if (panel.keys == NULL)
        return bkti_no_memory(context);
    for (uint32_t i = 0; i < count; i++) {
        bkt_column *column = bkti_table_find(table, bkt_column_id(bkt_table_column_at(table, i)));
        if (column != time && bkt_column_role(column) == BKT_ROLE_DIMENSION &&
            bkt_column_kind(column) != BKT_KIND_NUMBER)
            panel.keys[panel.key_count++] = column;
    }
    bool done = bkti_group_rows_init(&panel.groups, memory, table, panel.keys, panel.key_count);
    *out_table = panel;
    return done ? BKT_OK : bkti_no_memory(context);
}

void bkti_panel_table_close(bkt_context *context, bkti_panel_table *table) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_group_rows_free(&table->groups, memory);
    bkti_release(memory, table->keys);
    *table = (bkti_panel_table){0};
}

static bkt_status take_work(bkt_context *context, bkti_panel_work *w) {
    bkti_memory *memory = bkti_context_memory(context);
    size_t count = (size_t)w->count;
    w->members = bkti_allocate_zeroed(memory, count, sizeof *w->members);
    w->offsets = bkti_allocate_zeroed(memory, count + 1, sizeof *w->offsets);
    w->season_lengths = bkti_allocate_zeroed(memory, count, sizeof *w->season_lengths);
    w->statuses = bkti_allocate_zeroed(memory, count, sizeof *w->statuses);
    w->fits = bkti_allocate_zeroed(memory, count, sizeof *w->fits);
    if (w->members == NULL || w->offsets == NULL || w->season_lengths == NULL ||
        w->statuses == NULL || w->fits == NULL)
        return bkti_no_memory(context);
    return bkti_forecast_take(context, w->settings, count, &w->forecast);
}

void bkti_panel_work_free(bkt_context *context, bkti_panel_work *w) {
    bkti_memory *memory = bkti_context_memory(context);
    for (int64_t i = 0; w->members != NULL && i < w->count; i++) {
        bkti_history_free(context, &w->members[i].history);
        bkti_release(memory, w->members[i].problem);
    }
    bkti_forecast_free(context, &w->forecast);
    bkti_release(memory, w->fits);
    bkti_release(memory, w->statuses);
    bkti_release(memory, w->season_lengths);
    bkti_release(memory, w->offsets);
    bkti_release(memory, w->values);
    bkti_release(memory, w->members);
}

/* A limit that was reached may be that of memory. */
bool bkti_panel_is_of_series(bkt_context *context, bkt_status status) {
    return status != BKT_ERR_MEMORY &&
           !(status == BKT_ERR_LIMIT &&
             bkti_memory_limit_was_reached(bkti_context_memory(context)));
}

static bkt_status read_member(bkt_context *listener, const bkti_panel_work *w,
                              const bkti_history_rows *rows, bkti_history *history) {
    const bkti_settings *settings = w->settings;
    bkt_status status = bkti_history_take_rows(listener, w->table->table, settings->value_id,
                                               settings->time_id, rows, history);
    if (status != BKT_OK)
        return status;
    char text[64];
    int64_t last = history->first_ordinal + history->last + settings->horizon;
    if (bkt_period_format(history->frequency, last, text, sizeof text, NULL) == BKT_OK)
        return BKT_OK;
    bkti_history_free(listener, history);
    return bkti_fail(listener, BKT_ERR_LIMIT, NULL,
                     "the horizon goes beyond the year 9999: give a shorter one");
}

static bkt_status note_problem(bkt_context *context, bkt_context *listener, bkti_panel_work *w,
                               int64_t i) {
    const char *text = bkt_diagnostic_text(bkt_context_error(listener));
    w->members[i].problem =
        bkti_copy_text(bkti_context_memory(context), text, bkti_span_of(text).size);
    w->problem_count++;
    return w->members[i].problem == NULL ? bkti_no_memory(context) : BKT_OK;
}

static bkt_status read_members(bkt_context *context, bkt_context *listener, bkti_panel_work *w) {
    const bkti_group_rows *groups = &w->table->groups;
    for (int64_t i = 0; i < w->count; i++) {
        bkti_panel_member *m = &w->members[i];
        bkti_history_rows rows = {groups->rows + groups->starts[i],
                                  groups->starts[i + 1] - groups->starts[i]};
        bkt_context_diagnostics_clear(listener);
        m->key_row = rows.rows[0];
        bkt_status status = read_member(listener, w, &rows, &m->history);
        if (status != BKT_OK && !bkti_panel_is_of_series(context, status))
            return bkti_no_memory(context);
        if (status != BKT_OK)
            status = note_problem(context, listener, w, i);
        if (status != BKT_OK)
            return status;
        w->season_lengths[i] =
            w->settings->season_length != 0 ? w->settings->season_length : m->history.season_length;
        w->offsets[i + 1] = w->offsets[i] + (m->problem == NULL ? m->history.count : 0);
    }
    return BKT_OK;
}

static bkt_status gather_values(bkt_context *context, bkti_panel_work *w) {
    w->values = bkti_allocate_array(bkti_context_memory(context), (size_t)w->offsets[w->count],
                                    sizeof *w->values);
    if (w->values == NULL)
        return bkti_no_memory(context);
    for (int64_t i = 0; i < w->count; i++)
        for (int64_t t = w->offsets[i]; t < w->offsets[i + 1]; t++)
            w->values[t] = w->members[i].history.values[t - w->offsets[i]];
    return BKT_OK;
}

static bkt_status project(bkt_context *context, bkt_context *listener, bkti_panel_work *w) {
    bkti_panel panel = {.values = w->values,
                        .offsets = w->offsets,
                        .season_lengths = w->season_lengths,
                        .series_count = w->count,
                        .settings = w->settings,
                        .points = w->forecast.points,
                        .lower = w->forecast.lower,
                        .upper = w->forecast.upper,
                        .fits = w->fits,
                        .fit_size = sizeof *w->fits,
                        .statuses = w->statuses};
    bkt_status status = bkti_panel_project(context, &panel);
    for (int64_t i = 0; i < w->count && status == BKT_OK; i++) {
        if (w->statuses[i] == BKT_OK || w->members[i].problem != NULL)
            continue;
        if (bkti_panel_explain(listener, &panel, i) != w->statuses[i])
            status = bkti_no_memory(context);
        else
            status = note_problem(context, listener, w, i);
    }
    return status;
}

bkti_forecast bkti_panel_work_forecast(const bkti_panel_work *w, int64_t i) {
    bkti_forecast one = w->forecast;
    size_t bounds = (size_t)one.horizon * one.level_count;
    one.points += (size_t)i * one.horizon;
    one.lower += (size_t)i * bounds;
    one.upper += (size_t)i * bounds;
    return one;
}

bkt_status bkti_panel_work_make(bkt_context *context, const bkti_panel_table *table,
                                const bkti_settings *settings, bkti_panel_work *out_work) {
    bkti_panel_work w = {
        .table = table, .settings = settings, .count = (int64_t)table->groups.group_count};
    bkt_context *listener = bkti_context_new_beside(context);
    bkt_status status = listener == NULL ? bkti_no_memory(context) : take_work(context, &w);
    if (status == BKT_OK)
        status = read_members(context, listener, &w);
    if (status == BKT_OK)
        status = gather_values(context, &w);
    if (status == BKT_OK)
        status = project(context, listener, &w);
    bkt_context_free(listener);
    *out_work = w;
    return status;
}

void bkti_panel_add_key(bkti_sheet *sheet, const bkti_panel_table *table) {
    for (uint32_t i = 0; i < table->key_count; i++)
        bkti_sheet_add(sheet, bkt_column_id(table->keys[i]), BKT_KIND_TEXT, BKT_ROLE_DIMENSION,
                       bkt_column_label(table->keys[i]), NULL);
}

void bkti_panel_put_key_of(bkti_sheet *sheet, const bkti_panel_table *table, int64_t key_row,
                           int64_t row) {
    for (uint32_t k = 0; k < table->key_count; k++) {
        const char *text = bkt_column_text_at(table->keys[k], key_row);
        if (text != NULL)
            bkti_sheet_put_text(sheet, k, row, text);
    }
}

void bkti_panel_put_key(bkti_sheet *sheet, const bkti_panel_work *w, int64_t i, int64_t row) {
    bkti_panel_put_key_of(sheet, w->table, w->members[i].key_row, row);
}

void bkti_panel_tell_problems(bkt_context *context, const bkti_panel_work *w) {
    int64_t i = 0;
    if (w->problem_count == 0)
        return;
    while (w->members[i].problem == NULL)
        i++;
    bkti_text key;
    bkti_text_init(&key, bkti_context_memory(context));
    for (uint32_t k = 0; k < w->table->key_count; k++) {
        const char *text = bkt_column_text_at(w->table->keys[k], w->members[i].key_row);
        bkti_text_append_format(&key, "%s%s", k > 0 ? "." : "", text == NULL ? "" : text);
    }
    bkti_place place = {.series = key.failed ? "" : bkti_text_get(&key)};
    bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_SERIES, &place,
              "%" PRId64 " of %" PRId64 " series could not be projected; the column PROBLEM says "
              "why, of the first, %s: %s",
              w->problem_count, w->count, place.series, w->members[i].problem);
    bkti_text_free(&key);
}
