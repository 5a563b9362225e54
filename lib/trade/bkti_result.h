/* SPDX-License-Identifier: MIT */
/* Writing a result table: after the first failure everything is passed over until the end, which
 * gives the failure back. */
#ifndef BKTI_RESULT_H
#define BKTI_RESULT_H

#include "bkti_indicator.h"
#include "bkti_pair.h"
#include "bkti_table.h"

typedef struct bkti_result {
    bkt_context *context;
    bkti_memory *memory;
    bkti_table_writer *writer;
    int64_t row_count;
    bkt_status status;
} bkti_result;

void bkti_result_open(bkti_result *result, bkt_context *context, int64_t row_count);
/* Index of a new column; label and unit may be NULL. */
uint32_t bkti_result_add_column(bkti_result *result, const char *id, int32_t kind, int32_t role,
                                const char *label, const char *unit);
/* Rows are written in order, those left out are missing. */
void bkti_result_put_text(bkti_result *result, uint32_t column, int64_t row, const char *text);
void bkti_result_put_period(bkti_result *result, uint32_t column, int64_t row, int32_t frequency,
                            int64_t ordinal);
void bkti_result_put_number(bkti_result *result, uint32_t column, int64_t row, double number,
                            int32_t reason);
void bkti_result_set_property(bkti_result *result, const char *name, const char *text);
void bkti_result_set_number(bkti_result *result, const char *name, double number);
/* The table, or the first failure. Frees the writer either way. */
bkt_status bkti_result_finish(bkti_result *result, bkt_table **out_table);

/* "million USD" for 1e6; the unit alone for 1. */
void bkti_unit_text(const char *currency, double unit_scale, char *buffer, size_t capacity);

/* A column of numbers an indicator of a period that has a series, labelled with the names. */
void bkti_result_add_indicators(bkti_result *result, const bkti_pair *pair,
                                const bkti_series *series);
/* What bkt_balance() and bkt_balance_sectors() say of a table as a whole. */
void bkti_result_describe(bkti_result *result, const bkti_pair *pair);

#endif
