/* SPDX-License-Identifier: MIT */
/* Tables to test with, and a text of a whole table so that two can be compared. */
#ifndef TABLE_SAMPLE_H
#define TABLE_SAMPLE_H

#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/table.h>

#include "bkti_number.h"
#include "bkti_table.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static inline bkt_context *sample_context(void) {
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

/* The newest error has this status and its sentence contains a text. */
static inline void check_error(const bkt_context *context, bkt_status status, const char *part) {
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_ptr_nonnull(error);
    ck_assert_int_eq(bkt_diagnostic_status(error), status);
    ck_assert_msg(strstr(bkt_diagnostic_text(error), part) != NULL, "'%s' is not in '%s'", part,
                  bkt_diagnostic_text(error));
}

/* Numbers that are the same on every machine. */
static inline uint32_t next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* Rows of trade, in arrays as a caller has them. */
typedef struct sample_rows {
    const char **reporters;
    const char **partners;
    const char **periods;
    const char **notes;
    double *values;
    uint8_t *reasons;
    int64_t count;
} sample_rows;

static inline void sample_rows_free(sample_rows *rows) {
    free(rows->reporters);
    free(rows->partners);
    free(rows->periods);
    free(rows->notes);
    free(rows->values);
    free(rows->reasons);
}

static inline sample_rows sample_rows_new(int64_t count) {
    size_t room = count > 0 ? (size_t)count : 1;
    sample_rows rows = {calloc(room, sizeof(char *)),
                        calloc(room, sizeof(char *)),
                        calloc(room, sizeof(char *)),
                        calloc(room, sizeof(char *)),
                        calloc(room, sizeof(double)),
                        calloc(room, 1),
                        count};
    return rows;
}

/* Random rows: magnitudes far apart, so that a sum that is not exact depends on the order. */
static inline sample_rows sample_rows_random(int64_t count, uint64_t seed) {
    static const char *const AREAS[] = {"BLR", "KAZ", "RUS", "W00", "DEU", NULL};
    static const char *const PERIODS[] = {"2012",    "2012-Q1", "2012Q1", "2013",
                                          "2012-01", "2012-07", "2014",   NULL};
    static const char *const NOTES[] = {"A", "E", NULL};
    static const double SIZES[] = {1, 0.1, 1e16, -1e16, 1e-5, 1e300, -1e300};
    sample_rows rows = sample_rows_new(count);
    uint64_t state = seed;
    for (int64_t i = 0; i < count; i++) {
        rows.reporters[i] = AREAS[next_random(&state) % COUNT(AREAS)];
        rows.partners[i] = AREAS[next_random(&state) % COUNT(AREAS)];
        rows.periods[i] = PERIODS[next_random(&state) % COUNT(PERIODS)];
        rows.notes[i] = NOTES[next_random(&state) % COUNT(NOTES)];
        rows.values[i] = SIZES[next_random(&state) % COUNT(SIZES)] * (next_random(&state) / 1e6);
        rows.reasons[i] = next_random(&state) % 16 == 0 ? BKT_MISSING_CONFIDENTIAL : 0;
    }
    return rows;
}

/* The rows as a table; the status is checked by the caller where memory may fail. */
static inline bkt_status sample_table(bkt_context *context, const sample_rows *rows,
                                      bkt_table **out_table) {
    *out_table = NULL;
    bkt_table_builder *builder;
    bkt_status status = bkt_table_builder_new(context, &builder);
    if (status == BKT_OK) {
        status = bkt_table_builder_add_texts(builder, "REPORTER", BKT_ROLE_DIMENSION,
                                             rows->reporters, rows->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_texts(builder, "PARTNER", BKT_ROLE_DIMENSION, rows->partners,
                                             rows->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_periods(builder, "TIME_PERIOD", rows->periods, rows->count);
    }
    if (status == BKT_OK) {
        status =
            bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, "million USD",
                                          rows->values, NULL, rows->reasons, rows->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_texts(builder, "OBS_STATUS", BKT_ROLE_ATTRIBUTE, rows->notes,
                                             rows->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_set_property(builder, "source", "a test");
    }
    if (status != BKT_OK) {
        bkt_table_builder_free(builder);
        return status;
    }
    return bkt_table_builder_finish(builder, out_table);
}

static inline bkt_table *sample_random(bkt_context *context, int64_t count, uint64_t seed) {
    sample_rows rows = sample_rows_random(count, seed);
    bkt_table *table;
    ck_assert_int_eq(sample_table(context, &rows, &table), BKT_OK);
    sample_rows_free(&rows);
    return table;
}

/* The same rows through a table writer, lent. The writer is the caller's to free. */
static inline const bkt_table *sample_lent(bkt_context *context, const bkt_table *model,
                                           bkti_table_writer **out_writer) {
    bkti_table_writer *writer;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    int64_t row_count = bkt_table_row_count(model);
    for (uint32_t i = 0; i < bkt_table_column_count(model); i++) {
        const bkt_column *column = bkt_table_column_at(model, i);
        uint32_t index;
        ck_assert_int_eq(bkti_table_writer_add_column(
                             writer, bkti_span_of(bkt_column_id(column)), bkt_column_kind(column),
                             bkt_column_role(column), bkt_column_level(column), &index),
                         BKT_OK);
        ck_assert_int_eq(bkti_table_writer_set_label(writer, index, NULL, bkt_column_unit(column)),
                         BKT_OK);
    }
    ck_assert_int_eq(bkti_table_writer_copy_properties(writer, model), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_reserve(writer, row_count), BKT_OK);
    for (int64_t row = 0; row < row_count; row++) {
        for (uint32_t i = 0; i < bkt_table_column_count(model); i++) {
            const bkt_column *column = bkt_table_column_at(model, i);
            bkti_column_writer *written = bkti_table_writer_column(writer, i);
            bkti_span text = bkti_span_of(bkt_column_text_at(column, row));
            double number;
            if (bkt_column_number_at(column, row, &number)) {
                bkti_column_put_number(writer, written, row, number);
            } else if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
                bkti_column_put_missing(writer, written, row,
                                        (uint8_t)bkt_column_missing_at(column, row));
            } else if (text.data != NULL) {
                int32_t code = bkt_column_kind(column) == BKT_KIND_PERIOD
                                   ? bkti_table_writer_period_code(writer, i, text, NULL, NULL)
                                   : bkti_table_writer_code(writer, i, text);
                bkti_column_put_code(writer, written, row, code);
            }
        }
    }
    const bkt_table *lent;
    ck_assert_int_eq(bkti_table_writer_lend(writer, row_count, &lent), BKT_OK);
    *out_writer = writer;
    return lent;
}

/* A text that grows. */
typedef struct table_text {
    char *data;
    size_t size;
    size_t capacity;
} table_text;

static inline void append(table_text *text, const char *part) {
    size_t size = strlen(part);
    if (text->size + size + 1 > text->capacity) {
        text->capacity = 2 * (text->size + size + 1);
        text->data = realloc(text->data, text->capacity);
    }
    memcpy(text->data + text->size, part, size + 1);
    text->size += size;
}

/* One cell; numbers by all their bits. */
static inline void append_cell(table_text *text, const bkt_column *column, int64_t row) {
    char cell[64];
    double number;
    if (bkt_column_kind(column) != BKT_KIND_NUMBER) {
        const char *code = bkt_column_text_at(column, row);
        append(text, code == NULL ? "-" : code);
    } else if (bkt_column_number_at(column, row, &number)) {
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        snprintf(cell, sizeof cell, "%016" PRIx64, bits);
        append(text, cell);
    } else {
        ck_assert(isnan(bkt_column_numbers_view(column)[row]));
        snprintf(cell, sizeof cell, "missing %d", (int)bkt_column_missing_at(column, row));
        append(text, cell);
    }
    append(text, " ");
}

/* The whole table, to be freed: properties, columns, rows. On the way all that a table promises of
 * itself is checked. */
static inline char *text_of(const bkt_table *table) {
    table_text text = {0};
    char line[256];
    for (uint32_t i = 0; i < bkt_table_property_count(table); i++) {
        const char *name = bkt_table_property_name_at(table, i);
        append(&text, name);
        append(&text, "=");
        append(&text, bkt_table_property(table, name));
        append(&text, "\n");
    }
    int64_t row_count = bkt_table_row_count(table);
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        ck_assert_ptr_eq(bkt_table_column_find(table, bkt_column_id(column)), column);
        ck_assert_int_eq(bkt_column_row_count(column), row_count);
        bool is_number = bkt_column_kind(column) == BKT_KIND_NUMBER;
        ck_assert_int_eq(bkt_column_codes_view(column) == NULL, is_number);
        ck_assert_int_eq(bkt_column_numbers_view(column) == NULL, !is_number);
        int64_t missing = 0;
        const uint8_t *validity = bkt_column_validity_view(column);
        ck_assert_int_eq(validity == NULL, bkt_column_reasons_view(column) == NULL);
        int64_t faults = 0;
        for (int64_t row = 0; row < row_count; row++) {
            int is_missing = bkt_column_missing_at(column, row) != BKT_MISSING_NOT;
            int there = is_number ? validity == NULL || (validity[row / 8] >> row % 8 & 1)
                                  : bkt_column_codes_view(column)[row] >= 0;
            missing += is_missing;
            faults += there == is_missing;
        }
        ck_assert_int_eq(faults, 0);
        ck_assert_int_eq(bkt_column_null_count(column), missing);
        ck_assert_int_eq(validity != NULL, is_number && missing > 0);
        snprintf(line, sizeof line, "%s kind %d role %d level %d unit '%s'\n",
                 bkt_column_id(column), (int)bkt_column_kind(column), (int)bkt_column_role(column),
                 (int)bkt_column_level(column), bkt_column_unit(column));
        append(&text, line);
    }
    for (int64_t row = 0; row < row_count; row++) {
        for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
            append_cell(&text, bkt_table_column_at(table, i), row);
        }
        append(&text, "\n");
    }
    append(&text, "");
    return text.data;
}

static inline void check_same(const bkt_table *a, const bkt_table *b) {
    char *text_a = text_of(a);
    char *text_b = text_of(b);
    ck_assert_msg(strcmp(text_a, text_b) == 0, "the tables differ:\n%s\nand\n%s", text_a, text_b);
    free(text_a);
    free(text_b);
}

/* The text of one column's rows, joined by spaces. To be freed. */
static inline char *column_text(const bkt_table *table, const char *id) {
    table_text text = {0};
    char cell[64];
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_ptr_nonnull(column);
    append(&text, "");
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double number;
        const char *code = bkt_column_text_at(column, row);
        if (row > 0) {
            append(&text, " ");
        }
        if (bkt_column_number_at(column, row, &number)) {
            bkti_number_format(number, cell, sizeof cell);
            append(&text, cell);
        } else if (code != NULL) {
            append(&text, code);
        } else {
            snprintf(cell, sizeof cell, "?%d", (int)bkt_column_missing_at(column, row));
            append(&text, cell);
        }
    }
    return text.data;
}

static inline void check_column(const bkt_table *table, const char *id, const char *expected) {
    char *text = column_text(table, id);
    ck_assert_str_eq(text, expected);
    free(text);
}

/* One column is the same in both. */
static inline void check_same_column(const bkt_table *a, const bkt_table *b, const char *id) {
    char *text = column_text(b, id);
    check_column(a, id, text);
    free(text);
}

#endif
