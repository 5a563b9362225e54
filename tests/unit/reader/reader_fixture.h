/* SPDX-License-Identifier: MIT */
/* Reading test data and looking at what came of it. */
#ifndef READER_FIXTURE_H
#define READER_FIXTURE_H

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/reader.h>

#include "bkti_number.h"
#include "each_scanner.h"

#define TEXT_SIZE 1000

/* Path of a file in tests/data; the place for it has TEXT_SIZE bytes. */
static inline const char *data_path(char *buffer, const char *name) {
    const char *folder = getenv("BKT_TEST_DATA");
    ck_assert_msg(folder != NULL, "BKT_TEST_DATA is not set");
    int size = snprintf(buffer, TEXT_SIZE, "%s/%s", folder, name);
    ck_assert_int_lt(size, TEXT_SIZE);
    return buffer;
}

static inline bkt_context *new_context(void) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

static inline bkt_read_options read_options(uint32_t flags) {
    bkt_read_options options;
    ck_assert_int_eq(bkt_read_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    options.scanner = scanner_in_use;
    return options;
}

/* Reads a file of tests/data whole, which must go well. */
static inline bkt_table *read_data(bkt_context *context, const char *name) {
    char path[TEXT_SIZE];
    bkt_table *table;
    bkt_read_options options = read_options(0);
    bkt_status status = bkt_table_read(context, data_path(path, name), &options, &table);
    ck_assert_msg(status == BKT_OK, "%s: %s", name, bkt_context_error_text(context));
    return table;
}

/* A message of SDMX-ML 2.1, structure-specific, with time at observation (or another dimension),
 * whose data sets are given. Is to be freed. */
static inline char *specific_message(const char *dimension, const char *datasets) {
    static const char format[] =
        "<m:StructureSpecificData "
        "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\" "
        "xmlns:ss=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific\">"
        "<m:Header><m:Structure structureID=\"S\" dimensionAtObservation=\"%s\">"
        "<c:Structure><Ref agencyID=\"BKT\" id=\"TRADE\" version=\"1.0\"/></c:Structure>"
        "</m:Structure></m:Header>%s</m:StructureSpecificData>";
    size_t size = sizeof format + strlen(dimension) + strlen(datasets);
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    snprintf(text, size, format, dimension, datasets);
    return text;
}

static inline bkt_table *read_text(bkt_context *context, const char *text,
                                   const bkt_read_options *options) {
    bkt_table *table;
    bkt_read_options defaults = read_options(0);
    options = options == NULL ? &defaults : options;
    bkt_status status = bkt_table_read_memory(context, text, strlen(text), options, &table);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return table;
}

/* Text of a cell: the code, the number, or the reason why it is missing in "<>". The place for it
 * has TEXT_SIZE bytes. */
static inline const char *cell_of(const bkt_column *column, int64_t row, char *buffer) {
    const char *text = bkt_column_text_at(column, row);
    double number;
    if (column == NULL) {
        snprintf(buffer, TEXT_SIZE, "no column");
    } else if (bkt_column_number_at(column, row, &number)) {
        bkti_number_format(number, buffer, TEXT_SIZE);
    } else if (text != NULL) {
        snprintf(buffer, TEXT_SIZE, "%s", text);
    } else if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
        snprintf(buffer, TEXT_SIZE, "<%s>", bkt_missing_text(bkt_column_missing_at(column, row)));
    } else {
        buffer[0] = '\0';
    }
    return buffer;
}

#define ck_assert_cell(table, row, id, expected)                                                   \
    do {                                                                                           \
        char cell_buffer[TEXT_SIZE];                                                               \
        ck_assert_str_eq(cell_of(bkt_table_column_find(table, id), row, cell_buffer), expected);   \
    } while (0)

/* The first diagnostic of a status; NULL. */
static inline const bkt_diagnostic *find_diagnostic(const bkt_context *context, bkt_status status) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *diagnostic = bkt_context_diagnostic_at(context, i);
        if (bkt_diagnostic_status(diagnostic) == status) {
            return diagnostic;
        }
    }
    return NULL;
}

/* Everything of two tables is the same: columns, roles, cells. */
static inline void assert_same_table(const bkt_table *a, const bkt_table *b) {
    ck_assert_int_eq(bkt_table_row_count(a), bkt_table_row_count(b));
    ck_assert_uint_eq(bkt_table_column_count(a), bkt_table_column_count(b));
    for (uint32_t i = 0; i < bkt_table_column_count(a); i++) {
        const bkt_column *of_a = bkt_table_column_at(a, i);
        const bkt_column *of_b = bkt_table_column_at(b, i);
        ck_assert_str_eq(bkt_column_id(of_a), bkt_column_id(of_b));
        ck_assert_int_eq(bkt_column_role(of_a), bkt_column_role(of_b));
        for (int64_t row = 0; row < bkt_table_row_count(a); row++) {
            char cell_a[TEXT_SIZE];
            char cell_b[TEXT_SIZE];
            ck_assert_str_eq(cell_of(of_a, row, cell_a), cell_of(of_b, row, cell_b));
        }
    }
}

#endif
