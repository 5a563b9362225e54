/* SPDX-License-Identifier: MIT */
/* A cell of a table of findings, appended to a line of cells with a bar between them. */
#ifndef FINDING_CELL_H
#define FINDING_CELL_H

#include <check.h>

#include <bktrade/table.h>

#include "bkti_text.h"

static inline void append_cell(bkti_text *text, const bkt_table *table, const char *id,
                               int64_t row) {
    const bkt_column *column = bkt_table_column_find(table, id);
    double number;
    ck_assert_ptr_nonnull(column);
    bkti_text_append_text(text, text->size == 0 || text->data[text->size - 1] == '\n' ? "" : "|");
    if (bkt_column_number_at(column, row, &number) == 1) {
        bkti_text_append_format(text, "%lld", (long long)number);
    } else if (bkt_column_text_at(column, row) != NULL) {
        bkti_text_append_text(text, bkt_column_text_at(column, row));
    }
}

#endif
