/* SPDX-License-Identifier: MIT */
/* Data read with structures: those of tests/data/with-structure. */
#ifndef STRUCTURES_H
#define STRUCTURES_H

#include <bktrade/structure.h>

#include "reader_fixture.h"

static const char trade_2_1[] = "with-structure/trade-2.1.xml"; /* and BKT:OTHER */
static const char debt_2_0[] = "with-structure/debt-2.0.xml";
static const char sales_3_0[] = "with-structure/sales-3.0.xml"; /* BKT:TRADE as well */

static inline bkt_structure *read_structure(bkt_context *context, const char *name) {
    char path[TEXT_SIZE];
    bkt_structure *structure;
    bkt_status status = bkt_structure_read(context, data_path(path, name), NULL, &structure);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return structure;
}

/* Reads a message with a structure, which is freed before the table is looked at. */
static inline bkt_table *read_with(bkt_context *context, const char *structure_name,
                                   const char *text, bkt_read_options options) {
    bkt_structure *structure = read_structure(context, structure_name);
    options.structure = structure;
    bkt_table *table = read_text(context, text, &options);
    bkt_structure_free(structure);
    return table;
}

/* The ids of the columns, with a mark of their roles: "AREA: d" ... */
static inline const char *columns_of(const bkt_table *table, char *buffer) {
    static const char marks[] = "?dtma";
    size_t size = 0;
    buffer[0] = '\0';
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        int32_t role = bkt_column_role(column);
        int more = snprintf(buffer + size, TEXT_SIZE - size, "%s%s:%c%s", i > 0 ? " " : "",
                            bkt_column_id(column), role <= 4 ? marks[role] : 'p',
                            bkt_column_role_assumed(column) ? "?" : "");
        ck_assert(more > 0 && size + (size_t)more < TEXT_SIZE);
        size += (size_t)more;
    }
    return buffer;
}

#define ck_assert_columns(table, expected)                                                         \
    do {                                                                                           \
        char columns_buffer[TEXT_SIZE];                                                            \
        ck_assert_str_eq(columns_of(table, columns_buffer), expected);                             \
    } while (0)

#endif
