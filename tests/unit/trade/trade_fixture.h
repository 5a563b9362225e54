/* SPDX-License-Identifier: MIT */
/* Options and places of trade's tests. */
#ifndef TRADE_FIXTURE_H
#define TRADE_FIXTURE_H

#include <check.h>
#include <math.h>
#include <string.h>

#include <bktrade/trade.h>

#include "table_of_lines.h"

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
