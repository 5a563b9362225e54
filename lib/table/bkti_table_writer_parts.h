/* SPDX-License-Identifier: MIT */
/* What a table writer is made of. For table_writer.c and column_writer.c alone. */
#ifndef BKTI_TABLE_WRITER_PARTS_H
#define BKTI_TABLE_WRITER_PARTS_H

#include "bkti_column.h"

struct bkti_table_writer {
    bkt_context *context;
    bkti_memory *memory;
    bkti_column_writer *columns;
    size_t column_count;
    size_t column_capacity;
    uint32_t *order; /* of the columns in a table, see order_columns() */
    size_t order_capacity;
    bkti_dictionary *ids; /* the code of an id is the column's index */
    bkti_properties properties;
    int64_t room; /* rows reserved: what a column grows to when it needs room */
    bkt_table *lent;
    bool is_ranked;        /* some column has a rank */
    int32_t *absent_codes; /* all -1, lent for columns that have nothing in the batch */
    int64_t absent_count;
};

/* Gives a column its array, and makes the rows up to `rows` that were not written missing. */
bkt_status bkti_column_complete(bkti_table_writer *writer, bkti_column_writer *column,
                                int64_t rows);
/* Missing rows among the first ones. */
int64_t bkti_column_count_missing(const bkti_column_writer *column, int64_t rows);

#endif
