/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "bkti_balance.h"
#include "bkti_result.h"

bkt_status bkt_balance_options_init(bkt_balance_options *options, uint32_t struct_size) {
    static const bkt_balance_options defaults = {
        .struct_size = sizeof defaults, .cif_rate = 0.06, .unit_scale = 1};
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

static bkt_status read_bound(bkt_context *context, const char *text, bool first, int32_t *out_day) {
    int32_t frequency = 0;
    int64_t ordinal = 0;
    if (text == NULL) {
        return BKT_OK;
    }
    bkt_status status = bkt_period_parse(text, strlen(text), &frequency, &ordinal);
    if (status == BKT_OK) {
        status = first ? bkt_period_start_day(frequency, ordinal, out_day)
                       : bkt_period_last_day(frequency, ordinal, out_day);
    }
    if (status == BKT_OK) {
        return BKT_OK;
    }
    return bkti_fail(context, BKT_ERR_PERIOD, NULL,
                     "the %s period '%s' is no period; write it as 2012, 2012-Q1 or 2012-07",
                     first ? "first" : "last", text);
}

bkt_status bkti_read_window(bkt_context *context, const char *first_period, const char *last_period,
                            bkti_window_days *out_window) {
    *out_window = (bkti_window_days){INT32_MIN, INT32_MAX};
    bkt_status status = read_bound(context, first_period, true, &out_window->first_day);
    if (status == BKT_OK) {
        status = read_bound(context, last_period, false, &out_window->last_day);
    }
    if (status == BKT_OK && out_window->first_day > out_window->last_day) {
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "the first period %s lies after the last period %s", first_period,
                           last_period);
    }
    return status;
}

static bkt_status take_options(bkt_context *context, const bkt_table *table,
                               const bkt_balance_options *options, bkt_balance_options *out_own) {
    if (context == NULL || table == NULL || options == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a balance needs a table and options (reporter, partner)");
    }
    *out_own = (bkt_balance_options){.struct_size = sizeof *out_own};
    bkt_status status =
        bkti_options_take(context, options, out_own, sizeof *out_own, sizeof *out_own);
    if (status != BKT_OK) {
        return status;
    }
    return bkti_flags_check(context, "bkt_balance_options", out_own->flags,
                            BKT_BALANCE_LAST_WINS | BKT_BALANCE_DISCLOSE_REST);
}

bkt_status bkti_balance_run(bkt_context *context, const bkt_table *table,
                            const bkt_balance_options *options, bool by_product,
                            bkti_balance_function compute, bkt_table **out_table) {
    if (out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the table");
    }
    *out_table = NULL;
    bkt_balance_options own;
    bkt_status status = take_options(context, table, options, &own);
    if (status != BKT_OK) {
        return status;
    }
    bkti_pair pair;
    status = bkti_pair_open(&pair, context, table, &own, by_product);
    if (status != BKT_OK) {
        return status;
    }
    status = compute(&pair, out_table);
    bkti_pair_close(&pair);
    return status;
}

void bkti_take_figures(const bkti_pair *pair, int32_t product, bkti_series *series, int64_t row,
                       int64_t stride) {
    int32_t partner = bkt_area_kind(pair->view.targets[1].area);
    bool one_sided = partner == BKT_AREA_KIND_WORLD || partner == BKT_AREA_KIND_GROUP ||
                     partner == BKT_AREA_KIND_UNSPECIFIED || partner == BKT_AREA_KIND_NONE;
    for (int figure = 0; figure < BKTI_FIGURE_COUNT; figure++) {
        for (int64_t period = 0; period < pair->period_count; period++) {
            const bkti_figure *each = bkti_pair_figure(pair, product, figure, period);
            int64_t at = row + period * stride;
            bool never = one_sided && figure >= BKTI_EXPORTS_PARTNER && each->row < 0;
            series[figure].numbers[at] = each->number;
            series[figure].reasons[at] = never ? BKT_MISSING_NOT_APPLICABLE : each->reason;
        }
    }
}

/* What kernels need beside numbers, in arrays of their own. */
typedef struct frame_memory {
    double *years;
    uint8_t *valuations[2];
} frame_memory;

static void free_frame(bkti_memory *memory, frame_memory *arrays) {
    bkti_release(memory, arrays->years);
    bkti_release(memory, arrays->valuations[0]);
    bkti_release(memory, arrays->valuations[1]);
}

double bkti_year_of(int32_t frequency, int64_t ordinal) {
    int32_t per_year = bkt_frequency_per_year(frequency);
    if (per_year > 0) {
        return (double)ordinal / per_year;
    }
    int32_t day = 0;
    return bkt_period_start_day(frequency, ordinal, &day) == BKT_OK ? day / 365.2425 : 0;
}

static bkt_status make_frame(const bkti_pair *pair, bkti_frame *frame, frame_memory *arrays) {
    size_t count = (size_t)pair->period_count;
    arrays->years = bkti_allocate_array(pair->memory, count, sizeof *arrays->years);
    arrays->valuations[0] = bkti_allocate_array(pair->memory, count, 1);
    arrays->valuations[1] = bkti_allocate_array(pair->memory, count, 1);
    if (arrays->years == NULL || arrays->valuations[0] == NULL || arrays->valuations[1] == NULL) {
        return bkti_no_memory(pair->context);
    }
    for (int64_t period = 0; period < pair->period_count; period++) {
        arrays->years[period] = bkti_year_of(pair->frequency, pair->first_ordinal + period);
        for (int side = 0; side < 2; side++) {
            int figure = side == 0 ? BKTI_IMPORTS_REPORTER : BKTI_IMPORTS_PARTNER;
            arrays->valuations[side][period] = bkti_pair_figure(pair, 0, figure, period)->valuation;
        }
    }
    *frame = (bkti_frame){.count = pair->period_count,
                          .year_lag = bkt_frequency_per_year(pair->frequency),
                          .years = arrays->years,
                          .cif_rate = pair->options->cif_rate,
                          .import_valuations = {arrays->valuations[0], arrays->valuations[1]},
                          .comparable = pair->comparable};
    return BKT_OK;
}

/* An attribute of each reported figure, from its row. */
static void add_attributes(bkti_result *result, const bkti_pair *pair) {
    static const char *const valuations[] = {NULL, "FOB", "CIF", "OTHER"};
    const bkt_column *status = pair->view.columns[BKT_PROFILE_STATUS];
    char id[64];
    for (int pass = 0; pass < (status == NULL ? 1 : 2); pass++) {
        for (int figure = 0; figure < BKTI_FIGURE_COUNT; figure++) {
            snprintf(id, sizeof id, "%s_%s", pass == 0 ? "VALUATION" : "OBS_STATUS",
                     bkti_indicators[figure].id);
            uint32_t column =
                bkti_result_add_column(result, id, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, NULL, NULL);
            for (int64_t period = 0; period < pair->period_count; period++) {
                const bkti_figure *each = bkti_pair_figure(pair, 0, figure, period);
                if (each->row >= 0) {
                    const char *text = pass == 0 ? valuations[each->valuation]
                                                 : bkt_column_text_at(status, each->row);
                    bkti_result_put_text(result, column, period, text);
                }
            }
        }
    }
}

static bkt_status write_balance(const bkti_pair *pair, const bkti_series *series,
                                bkt_table **out_table) {
    bkti_result result;
    bkti_result_open(&result, pair->context, pair->period_count);
    uint32_t time =
        bkti_result_add_column(&result, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, NULL, NULL);
    for (int64_t period = 0; period < pair->period_count; period++) {
        bkti_result_put_period(&result, time, period, pair->frequency,
                               pair->first_ordinal + period);
    }
    bkti_result_add_indicators(&result, pair, series);
    add_attributes(&result, pair);
    bkti_result_describe(&result, pair);
    return bkti_result_finish(&result, out_table);
}

static bkt_status compute(const bkti_pair *pair, bkt_table **out_table) {
    bkti_frame frame;
    frame_memory arrays = {0};
    bkti_series *series = bkti_series_new(pair->memory, pair->period_count, false);
    bkt_status status = series == NULL ? bkti_no_memory(pair->context) : BKT_OK;
    if (status == BKT_OK) {
        status = make_frame(pair, &frame, &arrays);
    }
    if (status == BKT_OK) {
        bkti_take_figures(pair, 0, series, 0, 1);
        bkti_series_compute(&frame, series);
        status = write_balance(pair, series, out_table);
    }
    free_frame(pair->memory, &arrays);
    bkti_series_free(pair->memory, series);
    return status;
}

bkt_status bkt_balance(bkt_context *context, const bkt_table *table,
                       const bkt_balance_options *options, bkt_table **out_table) {
    return bkti_balance_run(context, table, options, false, compute, out_table);
}
