/* SPDX-License-Identifier: MIT */
/* What the three tables of a balance share. */
#ifndef BKTI_BALANCE_H
#define BKTI_BALANCE_H

#include "bkti_indicator.h"
#include "bkti_pair.h"

/* Days that bound a window, so that a year bounds months as well. */
typedef struct bkti_window_days {
    int32_t first_day;
    int32_t last_day;
} bkti_window_days;

/* Either text may be NULL: open on that side. */
bkt_status bkti_read_window(bkt_context *context, const char *first_period, const char *last_period,
                            bkti_window_days *out_window);
/* Checks arguments and options, takes the figures, and lets `compute` make a table of them. */
typedef bkt_status (*bkti_balance_function)(const bkti_pair *pair, bkt_table **out_table);
bkt_status bkti_balance_run(bkt_context *context, const bkt_table *table,
                            const bkt_balance_options *options, bool by_product,
                            bkti_balance_function compute, bkt_table **out_table);
/* The four figures of a product into their series: period p to row + p * stride. */
void bkti_take_figures(const bkti_pair *pair, int32_t product, bkti_series *series, int64_t row,
                       int64_t stride);
/* A period as a year with a fraction. */
double bkti_year_of(int32_t frequency, int64_t ordinal);

#endif
