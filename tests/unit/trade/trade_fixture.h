/* SPDX-License-Identifier: MIT */
/* Tables out of lines of text, so that a test shows its data. */
#ifndef TRADE_FIXTURE_H
#define TRADE_FIXTURE_H

#include <check.h>
#include <math.h>
#include <string.h>

#include <bktrade/trade.h>

#include "bkti_number.h"
#include "bkti_table.h"

/* A table of lines of cells separated by commas; the first line has the ids. A mark before an id
 * says what the column is: none a dimension, "?" one that was assumed, "@" an attribute, "?@" one
 * that was assumed, "!" provenance, "#" a measure, "~" time. An empty cell is missing, and so is a
 * number "NaN" or "secret". The properties are "name=text" separated by "|"; NULL: none. */
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
                bool marked = strchr("?@!#~", mark) != NULL;
                cell.data += marked;
                cell.size -= marked;
                int32_t role = mark == '@'   ? BKT_ROLE_ATTRIBUTE
                               : mark == '!' ? BKT_ROLE_PROVENANCE
                               : mark == '#' ? BKT_ROLE_MEASURE
                               : mark == '~' ? BKT_ROLE_TIME
                                             : BKT_ROLE_DIMENSION;
                kinds[column] = mark == '#'   ? BKT_KIND_NUMBER
                                : mark == '~' ? BKT_KIND_PERIOD
                                              : BKT_KIND_TEXT;
                uint32_t index = 0;
                ck_assert_int_eq(bkti_table_writer_add_column(writer, cell, kinds[column], role,
                                                              BKT_LEVEL_NONE, &index),
                                 BKT_OK);
                bkti_table_writer_set_role(writer, index, role, BKT_LEVEL_NONE, assumed);
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

static inline bkt_balance_options pair_options(const char *reporter, const char *partner) {
    bkt_balance_options options;
    ck_assert_int_eq(bkt_balance_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.reporter = reporter;
    options.partner = partner;
    return options;
}

/* The row of a period in a result. */
static inline int64_t row_of(const bkt_table *table, const char *period) {
    const bkt_column *time = bkt_table_column_find(table, "TIME_PERIOD");
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        if (strcmp(bkt_column_text_at(time, row), period) == 0) {
            return row;
        }
    }
    ck_abort_msg("no period %s", period);
    return -1;
}

static inline double number_at(const bkt_table *table, const char *id, int64_t row) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(column != NULL, "no column %s", id);
    double number = NAN;
    ck_assert_msg(bkt_column_number_at(column, row, &number), "%s is missing in row %lld: %s", id,
                  (long long)row, bkt_missing_text(bkt_column_missing_at(column, row)));
    return number;
}

static inline double number_of(const bkt_table *table, const char *id, const char *period) {
    return number_at(table, id, row_of(table, period));
}

static inline int32_t reason_of(const bkt_table *table, const char *id, const char *period) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(column != NULL, "no column %s", id);
    return bkt_column_missing_at(column, row_of(table, period));
}

/* Equal but for the rounding of a few operations. */
static inline void check_near(double actual, double expected) {
    double slack = 1e-12 * (fabs(expected) > 1 ? fabs(expected) : 1);
    ck_assert_double_eq_tol(actual, expected, slack);
}

/* How many diagnostics of a severity hold a text. */
static inline uint32_t count_told(const bkt_context *context, int32_t severity, const char *part) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        count += bkt_diagnostic_severity(each) == severity &&
                 strstr(bkt_diagnostic_text(each), part) != NULL;
    }
    return count;
}

static inline void check_error(const bkt_context *context, bkt_status status, bkt_status expected,
                               const char *part) {
    ck_assert_msg(status == expected, "status %d (%s), not %d", (int)status,
                  bkt_context_error_text(context), (int)expected);
    ck_assert_msg(strstr(bkt_context_error_text(context), part) != NULL, "'%s' lacks '%s'",
                  bkt_context_error_text(context), part);
}

#endif
