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
/* bkt_projection() of a table with several series. */
bkt_status bkti_panel_table_project(bkt_context *context, const bkti_panel_table *table,
                                    const bkti_settings *settings, bkt_table **out_table);

#endif
