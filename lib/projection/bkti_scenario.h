/* SPDX-License-Identifier: MIT */
/* Scenarios: growth or levels that somebody assumes, and the paths that they come to. */
#ifndef BKTI_SCENARIO_H
#define BKTI_SCENARIO_H

#include "bkti_group.h"
#include "bkti_history.h"

/* What a scenario says of each period ahead. */
enum { BKTI_SCENARIO_GROWTH, BKTI_SCENARIO_FACTOR, BKTI_SCENARIO_LEVEL };

/* A table of scenarios, its rows by scenario. */
typedef struct bkti_scenario_table {
    const bkt_column *names;
    const bkt_column *periods;
    const bkt_column *numbers;
    int32_t kind;
    bkti_group_rows groups;
} bkti_scenario_table;

/* One scenario, told for the periods ahead of one series. */
typedef struct bkti_scenario {
    const char *name; /* the table's or the caller's */
    int32_t kind;
    double periods_of_rate;
    double *numbers;  /* growth or level of each period ahead, NaN where there is none */
    double *points;   /* its path */
    uint8_t *reasons; /* why a point is missing */
    uint32_t horizon;
} bkti_scenario;

/* Nothing told yet. To be freed whatever the outcome. */
bkt_status bkti_scenario_take(bkt_context *context, uint32_t horizon, bkti_scenario *out_scenario);
void bkti_scenario_free(bkt_context *context, bkti_scenario *scenario);
/* From what is told to the path, from the series' last value on. Warns where the path ends because
 * of a rate or a gap, and says what was expected. */
void bkti_scenario_find_path(bkt_context *context, const bkti_history *history,
                             bkti_scenario *scenario);

/* To be closed whatever the outcome. scenario_id: NULL for SCENARIO. */
bkt_status bkti_scenario_table_open(bkt_context *context, const bkt_table *table,
                                    const char *scenario_id, bkti_scenario_table *out_scenarios);
void bkti_scenario_table_close(bkt_context *context, bkti_scenario_table *scenarios);
/* One of them, by its place, for the periods ahead of a series; names it too. */
bkt_status bkti_scenario_read(bkt_context *context, const bkti_scenario_table *scenarios,
                              size_t index, const bkti_history *history, bkti_scenario *scenario);

#endif
