/* SPDX-License-Identifier: MIT */
/* A table as a profile sees it: the columns by role, and what the codes of each mean, looked up
 * once a code instead of once a row. */
#ifndef BKTI_VIEW_H
#define BKTI_VIEW_H

#include <stdbool.h>

#include <bktrade/trade.h>

#include "bkti_memory.h"
#include "bkti_profile.h"
#include "bkti_span.h"

/* A side of the pair as the caller names it. */
typedef struct bkti_target {
    const char *given;
    const bkt_area *area; /* NULL: a code that is nobody's but the table's */
    const char *code;     /* what it is called in results */
    const char *name;
} bkti_target;

/* A dimension in which one code must be taken. */
typedef struct bkti_dimension {
    const bkt_column *column;
    bool sure;      /* the structure or the profile says that it is one */
    uint8_t *ranks; /* of each code: 0, or its place among the codes for a total, from 1 */
} bkti_dimension;

/* Codes of a column that rows must have. */
typedef struct bkti_condition {
    const bkt_column *column;
    uint8_t *accepted; /* of each code */
} bkti_condition;

typedef struct bkti_view {
    bkt_context *context;
    bkti_memory *memory;
    const bkt_table *table;
    const bkt_profile *profile;
    const bkt_column *columns[BKTI_ROLE_COUNT]; /* by role; NULL: none */
    const bkt_column *action;                   /* NULL: none */
    bkti_target targets[2];                     /* reporter, partner of the balance */
    uint8_t *reporters;       /* of each code of the reporter column: 1, 2 target; 0 neither */
    uint8_t *partners;        /* the same of the partner column */
    uint8_t fixed_reporter;   /* where there is no reporter column */
    uint8_t *flows;           /* of each code of the flow column: bkt_flow */
    uint8_t *flow_valuations; /* and the bkt_valuation in its name */
    uint8_t *valuations;      /* of each code of the valuation column */
    int32_t *frequencies;     /* of each code of the time column */
    int64_t *ordinals;
    bkti_dimension *dimensions;
    uint32_t dimension_count;
    bkti_condition *conditions;
    uint32_t condition_count;
} bkti_view;

/* Finds columns and classifies codes. `by_product`: the product column is no dimension to choose
 * one code of. On failure all is freed. */
bkt_status bkti_view_open(bkti_view *view, bkt_context *context, const bkt_table *table,
                          const bkt_profile *profile, const bkt_balance_options *options,
                          bool by_product);
void bkti_view_close(bkti_view *view);

/* A byte for each code of a column, zeroed; at least one. */
uint8_t *bkti_code_bytes(bkti_memory *memory, const bkt_column *column);
/* Text of a row's code, "" where missing. */
bkti_span bkti_row_text(const bkt_column *column, int64_t row);
/* The valuation in a name such as MG_CIF_USD. */
int32_t bkti_valuation_of(bkti_span text);
/* 0, or the place of a code among those for the total of a column, from 1; smaller is surer. */
int bkti_total_rank(const bkt_profile *profile, const char *column_id, bkti_span code);
/* What the codes of areas mean. A step of bkti_view_open(). */
bkt_status bkti_view_find_areas(bkti_view *view, const bkt_balance_options *options);

#endif
