/* SPDX-License-Identifier: MIT */
/* What grouping and pivoting share: rows in order of their group, and the sum of one group. */
#ifndef BKTI_GROUP_H
#define BKTI_GROUP_H

#include "bkti_key_index.h"

/* The rows of all groups, one group after the other; within a group as in the table. */
typedef struct bkti_group_rows {
    int64_t *rows;   /* NULL: as in the table */
    int64_t *starts; /* where each group starts; one more than there are groups */
    int64_t *first_rows;
    size_t group_count;
} bkti_group_rows;

/* The sum of some rows of a measure. */
typedef struct bkti_group_sum {
    double number;
    int64_t used;
    uint8_t reason;
} bkti_group_sum;

/* Groups the rows of a table by columns, which may be none: then there is one group, which may be
 * empty. False without memory; it is to be freed either way. */
bool bkti_group_rows_init(bkti_group_rows *groups, bkti_memory *memory, const bkt_table *table,
                          bkt_column *const *columns, uint32_t column_count);
void bkti_group_rows_free(bkti_group_rows *groups, bkti_memory *memory);
/* rows NULL: first_row, first_row + 1, ... */
bkti_group_sum bkti_group_add_up(const bkt_column *measure, const int64_t *rows, int64_t first_row,
                                 int64_t count, bool available);

/* Checks and takes the options of a group or pivot. */
bkt_status bkti_group_options_take(bkt_context *context, const bkt_group_options *options,
                                   bool *out_available);
/* Finds key columns, as bkti_table_columns(), and BKT_ERR_COLUMN_KIND for numbers. */
bkt_status bkti_group_keys(bkt_context *context, const bkt_table *table, const char *const *ids,
                           uint32_t id_count, bkt_column ***out_columns);
/* A new column of numbers that may be missing, with room in the table and an id that is new there;
 * BKT_ERR_REPEATED_COMPONENT if it isn't. The column is the table's at once. */
bkt_status bkti_group_add_column(bkt_context *context, bkt_table *table, bkti_span id, int32_t role,
                                 bkt_column **out_column);

#endif
