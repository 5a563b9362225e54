/* SPDX-License-Identifier: MIT */
/* Small tables for the tests: years (or other periods) and one column of numbers. */
#ifndef SERIES_TABLE_H
#define SERIES_TABLE_H

#include <check.h>
#include <stdio.h>

#include <bktrade/table.h>

/* A table of the columns TIME_PERIOD and VALUE; NULL if a builder's function failed. */
static inline bkt_table *table_of_periods(bkt_context *owner, const char *const *periods,
                                          const double *values, int64_t count) {
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    if (bkt_table_builder_new(owner, &builder) != BKT_OK)
        return NULL;
    if (bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, count) != BKT_OK ||
        bkt_table_builder_add_numbers(builder, "VALUE", BKT_ROLE_MEASURE, "million USD", values,
                                      NULL, NULL, count) != BKT_OK ||
        bkt_table_builder_set_property(builder, "source", "a test") != BKT_OK) {
        bkt_table_builder_free(builder);
        return NULL;
    }
    return bkt_table_builder_finish(builder, &table) == BKT_OK ? table : NULL;
}

/* Years, quarters or months (1, 4, 12 a year) from the beginning of first_year on. */
static inline bkt_table *table_of_parts(bkt_context *owner, int first_year, int per_year,
                                        const double *values, int count) {
    char texts[64][32];
    const char *periods[64];
    ck_assert(count <= 64);
    for (int i = 0; i < count; i++) {
        int year = first_year + i / per_year;
        int part = i % per_year + 1;
        if (per_year == 1)
            snprintf(texts[i], sizeof texts[i], "%d", year);
        else
            snprintf(texts[i], sizeof texts[i], per_year == 4 ? "%d-Q%d" : "%d-%02d", year, part);
        periods[i] = texts[i];
    }
    return table_of_periods(owner, periods, values, count);
}

static inline bkt_table *table_of_years(bkt_context *owner, int first_year, const double *values,
                                        int count) {
    return table_of_parts(owner, first_year, 1, values, count);
}

static inline double number_at(const bkt_table *table, const char *id, int64_t row) {
    double number;
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(column != NULL, "no column %s", id);
    bkt_column_number_at(column, row, &number);
    return number;
}

static inline int32_t reason_at(const bkt_table *table, const char *id, int64_t row) {
    return bkt_column_missing_at(bkt_table_column_find(table, id), row);
}

static inline const char *text_at(const bkt_table *table, const char *id, int64_t row) {
    return bkt_column_text_at(bkt_table_column_find(table, id), row);
}

#endif
