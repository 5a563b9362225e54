/* SPDX-License-Identifier: MIT */
/* The columns of a table that a caller chose by their ids. */
#ifndef BKTI_COLUMNS_H
#define BKTI_COLUMNS_H

#include <bktrade/table.h>

#include "bkti_context.h"

/* ids NULL: all columns. *out_columns is the caller's to release (never NULL on success). ARGUMENT,
 * NO_COLUMN, MEMORY: recorded. */
bkt_status bkti_columns_choose(bkt_context *context, const bkt_table *table, const char *const *ids,
                               uint32_t count, const bkt_column ***out_columns,
                               uint32_t *out_count);
/* The column of that id, NULL if there is none: then *out_status is recorded (NO_COLUMN with the
 * ids that are there, or ARGUMENT). kind 0: any, else COLUMN_KIND for another. */
const bkt_column *bkti_column_need(bkt_context *context, const bkt_table *table, const char *id,
                                   int32_t kind, bkt_status *out_status);

#endif
