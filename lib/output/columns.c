/* SPDX-License-Identifier: MIT */
#include "bkti_columns.h"

#include "bkti_text.h"

/* Ids listed in a diagnostic; a table may have thousands. */
#define LISTED 20

static bkt_status fail_unknown(bkt_context *context, const bkt_table *table, const char *id) {
    bkti_text list;
    bkti_text_init(&list, bkti_context_memory(context));
    uint32_t count = bkt_table_column_count(table);
    for (uint32_t i = 0; i < count && i < LISTED; i++) {
        bkti_text_append_format(&list, "%s%s", i == 0 ? "" : ", ",
                                bkt_column_id(bkt_table_column_at(table, i)));
    }
    if (count > LISTED) {
        bkti_text_append_format(&list, " and %u more", count - LISTED);
    }
    bkt_status status =
        bkti_fail(context, BKT_ERR_NO_COLUMN, NULL, "there is no column \"%s\"; the table has %s",
                  id, count == 0 ? "none" : bkti_text_get(&list));
    bkti_text_free(&list);
    return status;
}

const bkt_column *bkti_column_need(bkt_context *context, const bkt_table *table, const char *id,
                                   int32_t kind, bkt_status *out_status) {
    static const char *const KINDS[] = {"", "text", "periods", "numbers"};
    *out_status = BKT_OK;
    if (id == NULL) {
        *out_status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                                "a column's id is NULL; the id of a column was expected");
        return NULL;
    }
    const bkt_column *column = bkt_table_column_find(table, id);
    if (column == NULL) {
        *out_status = fail_unknown(context, table, id);
        return NULL;
    }
    int32_t found = bkt_column_kind(column);
    if (kind != 0 && found != kind) {
        *out_status = bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                                "the column \"%s\" has %s; a column of %s was expected", id,
                                KINDS[found], KINDS[kind]);
        return NULL;
    }
    return column;
}

bkt_status bkti_columns_choose(bkt_context *context, const bkt_table *table, const char *const *ids,
                               uint32_t count, const bkt_column ***out_columns,
                               uint32_t *out_count) {
    *out_columns = NULL;
    *out_count = 0;
    if (ids == NULL && count > 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "column_count is %u but column_ids is NULL", count);
    }
    if (ids == NULL) {
        count = bkt_table_column_count(table);
    }
    bkti_memory *memory = bkti_context_memory(context);
    const bkt_column **columns =
        bkti_allocate_array(memory, count == 0 ? 1 : count, sizeof(const bkt_column *));
    if (columns == NULL) {
        return bkti_no_memory(context);
    }
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        columns[i] = ids == NULL ? bkt_table_column_at(table, i)
                                 : bkti_column_need(context, table, ids[i], 0, &status);
    }
    if (status != BKT_OK) {
        bkti_release(memory, columns);
        return status;
    }
    *out_columns = columns;
    *out_count = count;
    return BKT_OK;
}
