/* SPDX-License-Identifier: MIT */
/* Tables out of lines of text, so that a test shows its data. */
#ifndef TABLE_OF_LINES_H
#define TABLE_OF_LINES_H

#include <check.h>
#include <math.h>
#include <string.h>

#include "bkti_number.h"
#include "bkti_table.h"

/* A table of lines of cells separated by commas; the first line has the ids. A mark before an id
 * says what the column is: none a dimension, "?" one that was assumed, "@" an attribute, "?@" one
 * that was assumed ("@1" to "@4" at that bkt_level), "!" provenance, "&" provenance that is a
 * number, "#" a measure, "~" time. An empty cell is missing, and so is a number "NaN", "secret" or
 * "no number". The properties are "name=text" separated by "|"; NULL: none. */
static inline bkt_table *make_table(bkt_context *context, const char *properties,
                                    const char *lines) {
    bkti_table_writer *writer = NULL;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    int32_t kinds[40];
    uint32_t count = 0;
    int64_t row = -1;
    while (*lines != '\0') {
        uint32_t column = 0;
        for (bool more = true; more; column++) {
            size_t size = strcspn(lines, ",\n");
            bkti_span cell = {lines, size};
            more = lines[size] == ',';
            lines += size + (lines[size] != '\0');
            if (row < 0) {
                bool assumed = cell.data[0] == '?';
                bool both = assumed && cell.data[1] == '@';
                cell.data += both;
                cell.size -= both;
                char mark = cell.data[0];
                bool marked = strchr("?@!&#~", mark) != NULL;
                cell.data += marked;
                cell.size -= marked;
                int32_t level = BKT_LEVEL_NONE;
                if (mark == '@' && cell.data[0] >= '1' && cell.data[0] <= '4') {
                    level = cell.data[0] - '0';
                    cell.data++;
                    cell.size--;
                }
                int32_t role = mark == '@'   ? BKT_ROLE_ATTRIBUTE
                               : mark == '!' ? BKT_ROLE_PROVENANCE
                               : mark == '&' ? BKT_ROLE_PROVENANCE
                               : mark == '#' ? BKT_ROLE_MEASURE
                               : mark == '~' ? BKT_ROLE_TIME
                                             : BKT_ROLE_DIMENSION;
                kinds[column] = mark == '#'   ? BKT_KIND_NUMBER
                                : mark == '&' ? BKT_KIND_NUMBER
                                : mark == '~' ? BKT_KIND_PERIOD
                                              : BKT_KIND_TEXT;
                uint32_t index = 0;
                ck_assert_int_eq(bkti_table_writer_add_column(writer, cell, kinds[column], role,
                                                              BKT_LEVEL_NONE, &index),
                                 BKT_OK);
                bkti_table_writer_set_role(writer, index, role, level, assumed);
                count = column + 1;
                continue;
            }
            ck_assert_uint_lt(column, count);
            bkti_column_writer *each = bkti_table_writer_column(writer, column);
            double number = NAN;
            bkt_status status = BKT_OK;
            if (kinds[column] == BKT_KIND_NUMBER) {
                uint8_t reason = BKT_MISSING_ABSENT;
                reason = bkti_span_is(cell, "NaN") ? BKT_MISSING_NAN : reason;
                reason = bkti_span_is(cell, "secret") ? BKT_MISSING_CONFIDENTIAL : reason;
                reason = bkti_span_is(cell, "no number") ? BKT_MISSING_NOT_A_NUMBER : reason;
                bool there = bkti_number_parse(cell, &number) == BKTI_NUMBER_FINITE;
                status = there ? bkti_column_put_number(writer, each, row, number)
                               : bkti_column_put_missing(writer, each, row, reason);
            } else if (cell.size > 0) {
                int32_t code = kinds[column] == BKT_KIND_PERIOD
                                   ? bkti_table_writer_period_code(writer, column, cell, NULL, NULL)
                                   : bkti_table_writer_code(writer, column, cell);
                each = bkti_table_writer_column(writer, column);
                status = bkti_column_put_code(writer, each, row, code);
            }
            ck_assert_int_eq(status, BKT_OK);
        }
        row++;
    }
    while (properties != NULL && *properties != '\0') {
        char name[40] = {0};
        size_t equal = strcspn(properties, "=");
        size_t size = strcspn(properties, "|");
        memcpy(name, properties, equal);
        bkti_span text = {properties + equal + 1, size - equal - 1};
        ck_assert_int_eq(bkti_table_writer_set_property(writer, name, text), BKT_OK);
        properties += size + (properties[size] == '|');
    }
    bkt_table *table = NULL;
    ck_assert_int_eq(bkti_table_writer_finish(writer, row, &table), BKT_OK);
    return table;
}

static inline bkt_context *new_context(void) {
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

#endif
