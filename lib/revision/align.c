/* SPDX-License-Identifier: MIT */
/* Two tables with the same ids for the same columns. */
#include "bkti_revision.h"

bool bkti_is_key(const bkt_column *column) {
    return column->role == BKT_ROLE_DIMENSION || column->role == BKT_ROLE_TIME;
}

bool bkti_action_is(const char *action, const char *name) {
    return action != NULL &&
           bkti_span_equal_caseless(bkti_span_trim(bkti_span_of(action)), bkti_span_of(name));
}

const bkt_column *bkti_action_column(const bkt_table *table) {
    const bkt_column *column = bkti_table_exact(table, "ACTION");
    return column != NULL && column->role == BKT_ROLE_PROVENANCE && column->codes != NULL ? column
                                                                                          : NULL;
}

/* What the model calls a column; its own id where the model has no other that is free. */
static const char *id_for(const bkt_table *table, const bkt_column *column,
                          const bkt_table *model) {
    const bkt_column *same = bkti_table_exact(model, column->id);
    if (same == NULL && column == bkti_table_time(table)) {
        same = bkti_table_time(model);
    }
    if (same == NULL) {
        same = bkti_table_find(model, column->id);
    }
    bool is_free = same != NULL && bkti_table_exact(table, same->id) == NULL;
    return is_free ? same->id : column->id;
}

static bkt_column *renamed(bkti_memory *memory, const bkt_column *column, const char *id) {
    bkt_column *copy = bkti_column_take(memory, column, NULL, column->row_count);
    char *own = bkti_copy_text(memory, id, strlen(id));
    if (copy == NULL || own == NULL) {
        bkti_column_drop(copy);
        bkti_release(memory, own);
        return NULL;
    }
    bkti_release(memory, copy->id);
    copy->id = own;
    return copy;
}

bkt_table *bkti_align(bkti_memory *memory, const bkt_table *table, const bkt_table *model) {
    bkt_table *aligned = bkti_table_derive(memory, table, table->column_count, table->row_count);
    for (uint32_t i = 0; aligned != NULL && i < table->column_count; i++) {
        bkt_column *column = table->columns[i];
        const char *id = id_for(table, column, model);
        bool keeps = strcmp(id, column->id) == 0 || bkti_table_exact(aligned, id) != NULL;
        if (!bkti_table_add(aligned, keeps ? bkti_column_share(memory, column)
                                           : renamed(memory, column, id))) {
            bkt_table_free(aligned);
            return NULL;
        }
    }
    return aligned;
}
