/* SPDX-License-Identifier: MIT */
/* Rolling-origin back-tests: where the origins are, what is counted at each, and the table of it.
 */
#ifndef BKTI_BACKTEST_H
#define BKTI_BACKTEST_H

#include "bkti_panel_table.h"

/* Options checked, and where they put the origins of one series. */
typedef struct bkti_backtest_plan {
    bkti_settings settings;
    bkt_backtest_options options;
    int64_t training;      /* values that the first origin has at least, itself among them */
    int64_t newest_values; /* values up to the last origin; 0: there is none */
    int64_t origin_count;
    int64_t first_origin; /* places in the series; -1: none */
    int64_t last_origin;
} bkti_backtest_plan;

void bkti_backtest_find_origins(bkti_backtest_plan *plan, const double *values, int64_t count);
/* Whether a place with a value, `value_count` values up to it, is one of them. */
bool bkti_backtest_is_origin(const bkti_backtest_plan *plan, int64_t value_count);

/* Measures of one series, or of several together: a row a step ahead, row 0 of all steps. While
 * comparisons are added the rows hold sums. */
typedef struct bkti_accuracy {
    double *own;     /* BKT_ACCURACY_WIDTH a row */
    double *naive;   /* naive 2 on the same comparisons, likewise */
    double *inside;  /* actual values within the bounds, one a level in each row, as are the next */
    double *bounded; /* comparisons that had bounds */
    double *msis;
} bkti_accuracy;

/* All sums 0. False without memory. */
bool bkti_accuracy_take(bkti_workspace *workspace, const bkti_settings *settings,
                        bkti_accuracy *out_accuracy);
void bkti_accuracy_clear(const bkti_settings *settings, bkti_accuracy *accuracy);
/* From sums to measures; NaN where there is none. */
void bkti_accuracy_finish(const bkti_settings *settings, double factor, bkti_accuracy *accuracy);

/* One projected value and what came. */
typedef struct bkti_comparison {
    double actual;
    double projected;
    double naive;        /* what naive 2 said */
    double scale;        /* mean |y(t) - y(t-m)| before the origin, times factor */
    double factor;       /* of the sample */
    const double *lower; /* of this step, level i at [i * horizon] */
    const double *upper;
    uint32_t step;
} bkti_comparison;

void bkti_accuracy_add(const bkti_settings *settings, const bkti_comparison *comparison,
                       bkti_accuracy *accuracy);

/* Means over series, as the M4 competition pools them. */
typedef struct bkti_accuracy_pool {
    bkti_accuracy sums;
    double *series; /* how many are in them, a row */
    double *scored; /* how many have an MSIS, one a level in each row */
} bkti_accuracy_pool;

bool bkti_accuracy_pool_take(bkti_workspace *workspace, const bkti_settings *settings,
                             bkti_accuracy_pool *out_pool);
/* Adds a series that is finished. */
void bkti_accuracy_pool_add(const bkti_settings *settings, const bkti_accuracy *accuracy,
                            bkti_accuracy_pool *pool);
void bkti_accuracy_pool_finish(const bkti_settings *settings, bkti_accuracy_pool *pool);

/* The back-test of plan->settings.method, finished. `context` gets the errors. */
bkt_status bkti_backtest_run(bkt_context *context, bkti_workspace *workspace,
                             const bkti_backtest_plan *plan, const double *values, int64_t count,
                             bkti_accuracy *accuracy);

/* The table in the making. */
typedef struct bkti_backtest_sheet {
    bkti_sheet sheet;
    const bkti_backtest_plan *plan;
    const bkti_panel_table *panel; /* NULL: there is one series */
    int64_t row;                   /* the next to be written */
} bkti_backtest_sheet;

/* Of which series rows are. */
typedef struct bkti_backtest_subject {
    int64_t key_row;     /* a row of the series in the table it came from; -1: all series */
    const char *problem; /* why it has no figures; NULL */
    const double *series_count;
    bool is_short; /* origins may come before there is a change over a season */
} bkti_backtest_subject;

void bkti_backtest_sheet_begin(bkti_backtest_sheet *out, bkt_context *context,
                               const bkt_table *table, int64_t rows);
void bkti_backtest_sheet_add_columns(bkti_backtest_sheet *out, const char *unit);
void bkti_backtest_sheet_put(bkti_backtest_sheet *out, const bkti_backtest_subject *subject,
                             int32_t method, const bkti_accuracy *accuracy);
void bkti_backtest_sheet_describe(bkti_backtest_sheet *out, const bkti_history *history);

/* What is asked of each series: methods of the caller's options, or the simple ones. */
typedef struct bkti_backtest_request {
    bkti_backtest_plan plan;
    const int32_t *methods;
    uint32_t method_count;
} bkti_backtest_request;

/* bkt_backtest() of a table with one series, and with many. */
bkt_status bkti_backtest_one(bkt_context *context, const bkt_table *table,
                             bkti_backtest_request *asked, bkt_table **out_table);
bkt_status bkti_backtest_many(bkt_context *context, const bkti_panel_table *panel,
                              bkti_backtest_request *asked, bkt_table **out_table);

#endif
