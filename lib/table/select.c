/* SPDX-License-Identifier: MIT */
#include "bkti_column.h"

bkt_status bkt_table_select(bkt_context *context, const bkt_table *table, const char *const *ids,
                            uint32_t id_count, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_select() needs a table and a place for the result");
    }
    bkt_column **columns;
    bkt_status status = bkti_table_columns(context, table, ids, id_count, &columns);
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_table *selected = bkti_table_derive(memory, table, id_count, table->row_count);
    bool done = selected != NULL;
    for (uint32_t i = 0; done && i < id_count; i++) {
        done = bkti_table_add(selected, bkti_column_share(memory, columns[i]));
    }
    bkti_release(memory, columns);
    if (!done) {
        bkt_table_free(selected);
        return bkti_no_memory(context);
    }
    *out_table = selected;
    return BKT_OK;
}
