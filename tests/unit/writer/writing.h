/* SPDX-License-Identifier: MIT */
/* Tables made of rows of text, and what was written of them. */
#ifndef WRITING_H
#define WRITING_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/writer.h>

#include "bkti_number.h"
#include "bkti_table.h"

enum { ROW_LIMIT = 16, COLUMN_LIMIT = 12 };

/* A column by "ID", with kind and role by its first letter: d dimension, t time, v value (number),
 * n number attribute, a attribute of observations, s of series, g of the data set by a structure, p
 * provenance: "dFREQ". */
typedef struct sheet {
    const char *columns[COLUMN_LIMIT];
    const char *rows[ROW_LIMIT][COLUMN_LIMIT]; /* NULL: missing; "?": a number that is NaN */
} sheet;

static const char *const PROPERTIES[][2] = {
    {"structure", "BKT:TRADE(1.0)"},
    {"id", "M1"},
    {"prepared", "2026-01-01T00:00:00Z"},
    {"sender", "BKT"},
};

static inline const char *sheet_name(const bkti_labels *labels, const char *language) {
    (void)labels;
    (void)language;
    return NULL;
}

static inline const char *sheet_code_name(const bkti_labels *labels, const char *code,
                                          const char *language) {
    (void)labels;
    (void)code;
    (void)language;
    return NULL;
}

static inline void sheet_end(bkti_labels *labels) {
    (void)labels;
}

/* What says that there is a structure. Never ends: it holds itself. */
static inline bkti_labels *sheet_labels(void) {
    static bkti_labels labels = {
        .concept_name = sheet_name,
        .code_name = sheet_code_name,
        .end = sheet_end,
        .type = "String",
        .references = 1,
    };
    return &labels;
}

static inline bkt_status sheet_column(bkti_table_writer *to, const char *name,
                                      uint32_t *out_index) {
    static const char letters[] = "dtvnasgp";
    static const int32_t roles[] = {BKT_ROLE_DIMENSION, BKT_ROLE_TIME,      BKT_ROLE_MEASURE,
                                    BKT_ROLE_ATTRIBUTE, BKT_ROLE_ATTRIBUTE, BKT_ROLE_ATTRIBUTE,
                                    BKT_ROLE_ATTRIBUTE, BKT_ROLE_PROVENANCE};
    size_t which = (size_t)(strchr(letters, name[0]) - letters);
    int32_t kind = name[0] == 't'                     ? BKT_KIND_PERIOD
                   : name[0] == 'v' || name[0] == 'n' ? BKT_KIND_NUMBER
                                                      : BKT_KIND_TEXT;
    int32_t level = name[0] == 's'   ? BKT_LEVEL_SERIES
                    : name[0] == 'g' ? BKT_LEVEL_DATASET
                    : name[0] == 'a' ? BKT_LEVEL_OBSERVATION
                                     : BKT_LEVEL_NONE;
    bkt_status status = bkti_table_writer_add_column(to, bkti_span_of(name + 1), kind, roles[which],
                                                     level, out_index);
    if (status == BKT_OK && name[0] == 'g') {
        bkti_table_writer_set_structure(to, *out_index, sheet_labels(), 1);
    }
    return status;
}

static inline bkt_status sheet_cell(bkti_table_writer *to, uint32_t index, int64_t row,
                                    const char *text) {
    bkti_column_writer *column = bkti_table_writer_column(to, index);
    if (text == NULL) {
        return bkti_column_put_missing(to, column, row, BKT_MISSING_ABSENT);
    }
    if (column->kind == BKT_KIND_NUMBER) {
        double number; /* not by strtod(), which obeys the locale */
        bkti_number_parse(bkti_span_of(text), &number);
        return text[0] == '?'   ? bkti_column_put_missing(to, column, row, BKT_MISSING_NAN)
               : text[0] == '!' ? bkti_column_put_missing(to, column, row, BKT_MISSING_NOT_A_NUMBER)
               : text[0] == '\0' ? bkti_column_put_missing(to, column, row, BKT_MISSING_EMPTY)
                                 : bkti_column_put_number(to, column, row, number);
    }
    int32_t code = column->kind == BKT_KIND_PERIOD
                       ? bkti_table_writer_period_code(to, index, bkti_span_of(text), NULL, NULL)
                       : bkti_table_writer_code(to, index, bkti_span_of(text));
    return code < 0 ? BKT_ERR_MEMORY : bkti_column_put_code(to, column, row, code);
}

/* Never fails but for memory, of which the test's preparations have enough. */
static inline bkt_table *sheet_table(bkt_context *context, const sheet *from, int rows) {
    bkti_table_writer *to;
    bkt_table *table = NULL;
    bkt_status status = bkti_table_writer_new(context, &to);
    for (uint32_t c = 0; status == BKT_OK && c < COLUMN_LIMIT && from->columns[c] != NULL; c++) {
        uint32_t index;
        status = sheet_column(to, from->columns[c], &index);
        for (int r = 0; status == BKT_OK && r < rows; r++) {
            status = sheet_cell(to, index, r, from->rows[r][c]);
        }
    }
    for (size_t i = 0; status == BKT_OK && i < sizeof PROPERTIES / sizeof *PROPERTIES; i++) {
        status =
            bkti_table_writer_set_property(to, PROPERTIES[i][0], bkti_span_of(PROPERTIES[i][1]));
    }
    if (status == BKT_OK) {
        status = bkti_table_writer_finish(to, rows, &table);
    }
    ck_assert_int_eq(status, BKT_OK);
    return table;
}

static inline bkt_write_options write_as(int32_t format, uint32_t flags) {
    bkt_write_options options;
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = format;
    options.flags = flags;
    return options;
}

#endif
