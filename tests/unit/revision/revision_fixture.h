/* SPDX-License-Identifier: MIT */
/* A table as lines, to be compared with what is expected. */
#ifndef REVISION_FIXTURE_H
#define REVISION_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/revision.h>

#include "table_of_lines.h"

/* One cell; of a number that is missing the reason ("?7"). */
static inline void write_cell(FILE *out, const bkt_column *column, int64_t row) {
    double number;
    char text[64];
    if (bkt_column_number_at(column, row, &number)) {
        bkti_number_format(number, text, sizeof text);
        fputs(text, out);
    } else if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
        fprintf(out, "?%d", (int)bkt_column_missing_at(column, row));
    } else if (bkt_column_text_at(column, row) != NULL) {
        fputs(bkt_column_text_at(column, row), out);
    }
}

/* The whole table, ids first. To be freed. */
static inline char *lines_of(const bkt_table *table) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    uint32_t count = bkt_table_column_count(table);
    for (uint32_t i = 0; i < count; i++) {
        fprintf(out, "%s%s", i > 0 ? "," : "", bkt_column_id(bkt_table_column_at(table, i)));
    }
    fputc('\n', out);
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        for (uint32_t i = 0; i < count; i++) {
            fputs(i > 0 ? "," : "", out);
            write_cell(out, bkt_table_column_at(table, i), row);
        }
        fputc('\n', out);
    }
    fclose(out);
    return text;
}

static inline void check_lines(const bkt_table *table, const char *expected) {
    char *text = lines_of(table);
    ck_assert_str_eq(text, expected);
    free(text);
}

#endif
