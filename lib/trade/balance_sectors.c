/* SPDX-License-Identifier: MIT */
/* The balance by product, with what the products leave of the total. */
#include <math.h>

#include "bkti_balance.h"
#include "bkti_result.h"
#include "bkti_sum.h"

/* Rows of a period: the products, the rest, the total. */
static int64_t rows_of_period(const bkti_pair *pair) {
    return (int64_t)pair->product_count + 1;
}

/* The parts of one total in one period. */
typedef struct parts {
    bkti_sum sum;
    int32_t there;
    int32_t confidential;
    int32_t total_reason;
    double total;
} parts;

static void look_at_parts(const bkti_pair *pair, int figure, int64_t period, parts *out_parts) {
    *out_parts = (parts){.there = 0};
    bkti_sum_init(&out_parts->sum);
    int32_t last = pair->product_count - 1;
    for (int32_t product = 0; product < last; product++) {
        const bkti_figure *each = bkti_pair_figure(pair, product, figure, period);
        if (each->reason == BKT_MISSING_NOT) {
            bkti_sum_add(&out_parts->sum, each->number);
            out_parts->there++;
        }
        out_parts->confidential += each->reason == BKT_MISSING_CONFIDENTIAL;
    }
    const bkti_figure *total = bkti_pair_figure(pair, last, figure, period);
    out_parts->total = total->number;
    out_parts->total_reason = total->reason;
}

/* The total less its parts, and why there is none. */
static int32_t rest_of(const bkti_pair *pair, int figure, int64_t period, double *out_rest) {
    parts all;
    look_at_parts(pair, figure, period, &all);
    if (all.total_reason != BKT_MISSING_NOT || all.there == 0) {
        return BKT_MISSING_INPUT;
    }
    bool discloses = all.confidential == 1;
    if (discloses && (pair->options->flags & BKT_BALANCE_DISCLOSE_REST) == 0) {
        return BKT_MISSING_CONFIDENTIAL;
    }
    bkti_sum_add(&all.sum, -all.total);
    double rest = -bkti_sum_result(&all.sum);
    /* Decimal fractions do not add up to the last bit in binary. */
    if (fabs(rest) <= 1e-12 * all.total) {
        rest = 0;
    }
    if (rest < 0) {
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL,
                  "the products of %s add up to more than their total in a period: there is no "
                  "rest",
                  bkti_indicators[figure].id);
        return BKT_MISSING_NOT_APPLICABLE;
    }
    *out_rest = rest;
    return BKT_MISSING_NOT;
}

static void take_rest(const bkti_pair *pair, bkti_series *series, int64_t row, int64_t stride) {
    for (int figure = 0; figure < BKTI_FIGURE_COUNT; figure++) {
        for (int64_t period = 0; period < pair->period_count; period++) {
            double rest = NAN;
            int32_t reason = rest_of(pair, figure, period, &rest);
            series[figure].numbers[row + period * stride] = rest;
            series[figure].reasons[row + period * stride] = (uint8_t)reason;
        }
    }
}

static const char *product_text(const bkti_pair *pair, int64_t place) {
    if (place == pair->product_count) {
        return "_TOTAL";
    }
    if (place == pair->product_count - 1) {
        return "_REST";
    }
    return bkt_column_dictionary_text(pair->view.columns[BKT_PROFILE_PRODUCT],
                                      pair->products[place]);
}

static bkt_status write_sectors(const bkti_pair *pair, const bkti_series *series,
                                bkt_table **out_table) {
    int64_t stride = rows_of_period(pair);
    bkti_result result;
    bkti_result_open(&result, pair->context, pair->period_count * stride);
    uint32_t time =
        bkti_result_add_column(&result, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, NULL, NULL);
    uint32_t product =
        bkti_result_add_column(&result, "PRODUCT", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, NULL, NULL);
    for (int64_t row = 0; row < result.row_count; row++) {
        bkti_result_put_period(&result, time, row, pair->frequency,
                               pair->first_ordinal + row / stride);
        bkti_result_put_text(&result, product, row, product_text(pair, row % stride));
    }
    bkti_result_add_indicators(&result, pair, series);
    bkti_result_describe(&result, pair);
    return bkti_result_finish(&result, out_table);
}

static bkt_status compute(const bkti_pair *pair, bkt_table **out_table) {
    int64_t stride = rows_of_period(pair);
    int64_t count = pair->period_count * stride;
    bkti_series *series = bkti_series_new(pair->memory, count, true);
    if (series == NULL) {
        return bkti_no_memory(pair->context);
    }
    int32_t last = pair->product_count - 1;
    for (int32_t product = 0; product < last; product++) {
        bkti_take_figures(pair, product, series, product, stride);
    }
    take_rest(pair, series, last, stride);
    bkti_take_figures(pair, last, series, last + 1, stride);
    bkti_frame frame = {.count = count, .comparable = pair->comparable};
    bkti_series_compute(&frame, series);
    bkt_status status = write_sectors(pair, series, out_table);
    bkti_series_free(pair->memory, series);
    return status;
}

bkt_status bkt_balance_sectors(bkt_context *context, const bkt_table *table,
                               const bkt_balance_options *options, bkt_table **out_table) {
    return bkti_balance_run(context, table, options, true, compute, out_table);
}
