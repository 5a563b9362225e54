/* SPDX-License-Identifier: MIT */
/* Back-tests of the series of a table: of one, or of many and all of them pooled. */
#include "bkti_backtest.h"

/* One table of results in the making, and where its figures are computed. */
typedef struct report {
    bkt_context *context; /* gets what goes wrong with the series at work */
    bkti_backtest_request *asked;
    bkti_backtest_sheet sheet;
    bkti_workspace workspace;
    bkti_accuracy accuracy;
    bkti_accuracy_pool *pools; /* one a method; NULL */
} report;

static bkt_status plan_series(report *r, const bkt_table *table, const bkti_history_rows *rows,
                              bkti_history *history) {
    bkti_backtest_plan *plan = &r->asked->plan;
    const bkt_backtest_options *o = &plan->options;
    bkt_status status =
        bkti_history_take_rows(r->context, table, o->value_id, o->time_id, rows, history);
    if (status != BKT_OK)
        return status;
    plan->settings.season_length = o->season_length > 0 ? o->season_length : history->season_length;
    bkti_backtest_find_origins(plan, history->values, history->count);
    return BKT_OK;
}

/* Rows of one series, whose plan is made. */
static bkt_status report_series(report *r, const bkti_history *history, int64_t key_row) {
    bkti_backtest_plan *plan = &r->asked->plan;
    bkti_backtest_subject subject = {.key_row = key_row};
    subject.is_short = plan->training <= (int64_t)plan->settings.season_length;
    for (uint32_t i = 0; i < r->asked->method_count; i++) {
        plan->settings.method = r->asked->methods[i];
        bkt_status status = bkti_backtest_run(r->context, &r->workspace, plan, history->values,
                                              history->count, &r->accuracy);
        if (status != BKT_OK)
            return status;
        bkti_backtest_sheet_put(&r->sheet, &subject, plan->settings.method, &r->accuracy);
        if (r->pools != NULL)
            bkti_accuracy_pool_add(&plan->settings, &r->accuracy, &r->pools[i]);
    }
    return r->sheet.sheet.status;
}

static void begin(report *r, const bkt_table *table, size_t series_count, const char *unit) {
    const bkti_settings *s = &r->asked->plan.settings;
    int64_t rows =
        ((int64_t)s->horizon + 1) * (int64_t)r->asked->method_count * (int64_t)series_count;
    r->workspace.memory = bkti_context_memory(r->context);
    r->sheet.plan = &r->asked->plan;
    bkti_backtest_sheet_begin(&r->sheet, r->context, table, rows);
    bkti_backtest_sheet_add_columns(&r->sheet, unit);
    if (r->sheet.sheet.status == BKT_OK && !bkti_accuracy_take(&r->workspace, s, &r->accuracy))
        r->sheet.sheet.status = bkti_no_memory(r->context);
}

static bkt_status finish(report *r, bkt_status status, bkt_table **out_table) {
    bkti_sheet *sheet = &r->sheet.sheet;
    bkti_workspace_free(&r->workspace);
    if (sheet->status == BKT_OK)
        sheet->status = status;
    return bkti_sheet_finish(sheet, r->sheet.row, out_table);
}

bkt_status bkti_backtest_one(bkt_context *context, const bkt_table *table,
                             bkti_backtest_request *asked, bkt_table **out_table) {
    report r = {.context = context, .asked = asked};
    bkti_history history;
    bkti_history_rows all = {NULL, bkt_table_row_count(table)};
    bkt_status status = plan_series(&r, table, &all, &history);
    if (status != BKT_OK)
        return status;
    begin(&r, table, 1, bkt_column_unit(history.column));
    bkti_sheet_set(&r.sheet.sheet, "value", bkt_column_id(history.column));
    bkti_backtest_sheet_describe(&r.sheet, &history);
    status = r.sheet.sheet.status;
    if (status == BKT_OK)
        status = report_series(&r, &history, 0);
    status = finish(&r, status, out_table);
    bkti_history_free(context, &history);
    return status;
}

static void report_problem(report *r, int64_t key_row, const char *problem) {
    bkti_backtest_subject subject = {.key_row = key_row, .problem = problem};
    const bkti_settings *s = &r->asked->plan.settings;
    bkti_accuracy_clear(s, &r->accuracy);
    bkti_accuracy_finish(s, 1.0, &r->accuracy);
    for (uint32_t i = 0; i < r->asked->method_count; i++)
        bkti_backtest_sheet_put(&r->sheet, &subject, r->asked->methods[i], &r->accuracy);
}

/* One series of many; what is wrong with it is a row's word and stops nothing. */
static bkt_status test_group(bkt_context *context, report *r, const bkti_panel_table *panel,
                             size_t group) {
    const bkti_group_rows *groups = &panel->groups;
    bkti_history_rows rows = {groups->rows + groups->starts[group],
                              groups->starts[group + 1] - groups->starts[group]};
    bkti_history history;
    bkt_context_diagnostics_clear(r->context);
    bkt_status status = plan_series(r, panel->table, &rows, &history);
    if (status == BKT_OK) {
        status = report_series(r, &history, rows.rows[0]);
        bkti_history_free(r->context, &history);
        return status == BKT_OK ? BKT_OK : bkti_no_memory(context);
    }
    if (!bkti_panel_is_of_series(context, status))
        return bkti_no_memory(context);
    report_problem(r, rows.rows[0], bkt_diagnostic_text(bkt_context_error(r->context)));
    return r->sheet.sheet.status;
}

static bkt_status test_groups(bkt_context *context, report *r, const bkti_panel_table *panel) {
    bkt_context *listener = bkti_context_new_beside(context);
    bkt_status status = listener == NULL ? bkti_no_memory(context) : BKT_OK;
    r->context = listener;
    for (size_t i = 0; i < panel->groups.group_count && status == BKT_OK; i++) {
        status = test_group(context, r, panel, i);
        if (status == BKT_OK)
            status = bkti_progress(context, 0, 0, (uint64_t)i + 1);
    }
    r->context = context;
    bkt_context_free(listener);
    return status;
}

static bkt_status take_pools(report *r) {
    uint32_t count = r->asked->method_count;
    bkti_memory *memory = bkti_context_memory(r->context);
    r->pools = bkti_allocate_zeroed(memory, count, sizeof *r->pools);
    bool taken = r->pools != NULL;
    for (uint32_t i = 0; i < count && taken; i++)
        taken = bkti_accuracy_pool_take(&r->workspace, &r->asked->plan.settings, &r->pools[i]);
    return taken ? BKT_OK : bkti_no_memory(r->context);
}

static void report_pools(report *r) {
    const bkti_settings *s = &r->asked->plan.settings;
    for (uint32_t i = 0; i < r->asked->method_count; i++) {
        bkti_backtest_subject subject = {.key_row = -1, .series_count = r->pools[i].series};
        bkti_accuracy_pool_finish(s, &r->pools[i]);
        bkti_backtest_sheet_put(&r->sheet, &subject, r->asked->methods[i], &r->pools[i].sums);
    }
}

bkt_status bkti_backtest_many(bkt_context *context, const bkti_panel_table *panel,
                              bkti_backtest_request *asked, bkt_table **out_table) {
    report r = {.context = context, .asked = asked};
    r.sheet.panel = panel;
    begin(&r, panel->table, panel->groups.group_count + 1, bkt_column_unit(panel->value));
    bkti_sheet_set(&r.sheet.sheet, "value", bkt_column_id(panel->value));
    bkti_sheet_set_number(&r.sheet.sheet, "series_count", (double)panel->groups.group_count);
    bkt_status status = r.sheet.sheet.status;
    if (status == BKT_OK)
        status = take_pools(&r);
    if (status == BKT_OK)
        status = test_groups(context, &r, panel);
    if (status == BKT_OK)
        report_pools(&r);
    bkti_release(bkti_context_memory(context), r.pools);
    return finish(&r, status, out_table);
}
