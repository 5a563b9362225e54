/* SPDX-License-Identifier: MIT */
#include "bkti_key_index.h"

/* The columns that make the key; NULL without memory. */
static bkt_column **key_columns(bkti_memory *memory, const bkt_table *table, uint32_t *out_count) {
    *out_count = 0;
    bkt_column **columns = bkti_allocate_array(memory, table->column_count, sizeof(bkt_column *));
    for (uint32_t i = 0; columns != NULL && i < table->column_count; i++) {
        bkt_column *column = table->columns[i];
        if (column->codes != NULL &&
            (column->role == BKT_ROLE_DIMENSION || column->role == BKT_ROLE_TIME)) {
            columns[(*out_count)++] = column;
        }
    }
    return columns;
}

bkt_status bkt_table_count_duplicates(bkt_context *context, const bkt_table *table,
                                      int64_t *out_count, int64_t *out_first_row,
                                      int64_t *out_earlier_row) {
    bkti_repeat repeat = {0, -1, -1};
    if (out_count != NULL) {
        *out_count = 0;
    }
    if (out_first_row != NULL) {
        *out_first_row = -1;
    }
    if (out_earlier_row != NULL) {
        *out_earlier_row = -1;
    }
    if (context == NULL || table == NULL || out_count == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_count_duplicates() needs a table and a place for the count");
    }
    bkti_memory *memory = bkti_context_memory(context);
    uint32_t column_count;
    bkt_column **columns = key_columns(memory, table, &column_count);
    if (columns == NULL) {
        return bkti_no_memory(context);
    }
    /* Rows without a key have none to repeat. */
    bool done = true;
    if (column_count > 0) {
        bkti_key_index index;
        done = bkti_key_index_init(&index, memory, columns, column_count) &&
               bkti_key_index_rows(&index, table->row_count, NULL, &repeat);
        bkti_key_index_free(&index);
    }
    bkti_release(memory, columns);
    if (!done) {
        return bkti_no_memory(context);
    }
    *out_count = repeat.count;
    if (out_first_row != NULL) {
        *out_first_row = repeat.first_row;
    }
    if (out_earlier_row != NULL) {
        *out_earlier_row = repeat.earlier_row;
    }
    return BKT_OK;
}
