/* SPDX-License-Identifier: MIT */
/* A table of several series: its dimensions other than time tell them apart. */
#ifndef BKTI_PANEL_TABLE_H
#define BKTI_PANEL_TABLE_H

#include "bkti_group.h"
#include "bkti_history.h"
#include "bkti_panel.h"

typedef struct bkti_panel_table {
    const bkt_table *table;
    const bkt_column *value;
    bkt_column **keys;
    uint32_t key_count;
    bkti_group_rows groups; /* a group a series */
} bkti_panel_table;

/* To be closed whatever the outcome. */
bkt_status bkti_panel_table_open(bkt_context *context, const bkt_table *table,
                                 const bkti_settings *settings, bkti_panel_table *out_table);
void bkti_panel_table_close(bkt_context *context, bkti_panel_table *table);
/* Whether a failure is of one series alone and stops none of the others. */
bool bkti_panel_is_of_series(bkt_context *context, bkt_status status);

/* One series. */
typedef struct bkti_panel_member {
    bkti_history history; /* without values where it couldn't be read */
    char *problem;        /* why it isn't projected; NULL: it is */
    int64_t key_row;
} bkti_panel_member;

/* All of them, and what is projected. */
typedef struct bkti_panel_work {
    const bkti_panel_table *table;
    const bkti_settings *settings;
    bkti_panel_member *members;
    int64_t count;
    double *values;
    int64_t *offsets;
    uint32_t *season_lengths;
    bkt_status *statuses;
    bkt_fit *fits;
    bkti_forecast forecast;
    int64_t problem_count;
} bkti_panel_work;

/* To be freed whatever the outcome. A series that fails has its problem, and nothing is told. */
bkt_status bkti_panel_work_make(bkt_context *context, const bkti_panel_table *table,
                                const bkti_settings *settings, bkti_panel_work *out_work);
void bkti_panel_work_free(bkt_context *context, bkti_panel_work *work);
/* The part of one series; it is not to be freed. */
bkti_forecast bkti_panel_work_forecast(const bkti_panel_work *work, int64_t series);
/* The columns of the key, the first of a sheet; the codes of one series; and the warning that
 * counts the problems. */
void bkti_panel_add_key(bkti_sheet *sheet, const bkti_panel_table *table);
/* The codes that stand in a row of the table. */
void bkti_panel_put_key_of(bkti_sheet *sheet, const bkti_panel_table *table, int64_t key_row,
                           int64_t row);
void bkti_panel_put_key(bkti_sheet *sheet, const bkti_panel_work *work, int64_t series,
                        int64_t row);
void bkti_panel_tell_problems(bkt_context *context, const bkti_panel_work *work);
/* bkt_projection() of a table with several series. */
bkt_status bkti_panel_table_project(bkt_context *context, const bkti_panel_table *table,
                                    const bkti_settings *settings, bkt_table **out_table);

#endif
