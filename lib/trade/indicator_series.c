/* SPDX-License-Identifier: MIT */
/* The kernels that run down the rows of a balance, and the run itself. */
#include <math.h>

#include "bkti_indicator.h"

#define MOST_SEASONS 12

static bool is_wanted(const bkt_indicator *indicator, bool by_sector) {
    return indicator->scope == BKT_INDICATOR_PERIOD && (!by_sector || indicator->by_sector);
}

bkti_series *bkti_series_new(bkti_memory *memory, int64_t count, bool by_sector) {
    bkti_series *series = bkti_allocate_zeroed(memory, bkti_indicator_count, sizeof *series);
    for (uint32_t i = 0; series != NULL && i < bkti_indicator_count; i++) {
        if (!is_wanted(&bkti_indicators[i], by_sector)) {
            continue;
        }
        series[i].numbers = bkti_allocate_array(memory, (size_t)count, sizeof(double));
        series[i].reasons = bkti_allocate_array(memory, (size_t)count, 1);
        if (series[i].numbers == NULL || series[i].reasons == NULL) {
            bkti_series_free(memory, series);
            return NULL;
        }
        for (int64_t row = 0; row < count; row++) {
            series[i].numbers[row] = NAN;
            series[i].reasons[row] = BKT_MISSING_NOT_REPORTED;
        }
    }
    return series;
}

void bkti_series_free(bkti_memory *memory, bkti_series *series) {
    for (uint32_t i = 0; series != NULL && i < bkti_indicator_count; i++) {
        bkti_release(memory, series[i].numbers);
        bkti_release(memory, series[i].reasons);
    }
    bkti_release(memory, series);
}

void bkti_series_compute(const bkti_frame *frame, bkti_series *series) {
    for (uint32_t i = 0; i < bkti_indicator_count; i++) {
        const bkt_indicator *indicator = &bkti_indicators[i];
        if (series[i].numbers == NULL || indicator->period == NULL) {
            continue;
        }
        const bkti_series *inputs[BKTI_INPUT_COUNT] = {NULL};
        for (uint32_t k = 0; k < bkt_indicator_input_count(indicator); k++) {
            inputs[k] = &series[bkti_indicator_place(indicator->inputs[k])];
        }
        indicator->period(frame, inputs, &series[i]);
    }
}

/* A plain kernel of two numbers, as trade.h has them. */
typedef int32_t (*two_numbers)(double first, double second, double *out_number);

static void put(bkti_series *out, int64_t row, int32_t reason, double number) {
    out->numbers[row] = reason == BKT_MISSING_NOT ? number : NAN;
    out->reasons[row] = (uint8_t)reason;
}

static void put_number(bkti_series *out, int64_t row, double number) {
    put(out, row, isfinite(number) ? BKT_MISSING_NOT : BKT_MISSING_OVERFLOW, number);
}

static bool is_there(const bkti_series *series, int64_t row) {
    return series->reasons[row] == BKT_MISSING_NOT;
}

static void apply(const bkti_frame *frame, two_numbers kernel, const bkti_series *const *inputs,
                  bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        double number = NAN;
        int32_t reason = kernel(inputs[0]->numbers[row], inputs[1]->numbers[row], &number);
        put(out, row, reason, number);
    }
}

void bkti_kernel_sum(const bkti_frame *frame, const bkti_series *const *inputs, bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        if (is_there(inputs[0], row) && is_there(inputs[1], row)) {
            put_number(out, row, inputs[0]->numbers[row] + inputs[1]->numbers[row]);
        } else {
            put(out, row, BKT_MISSING_INPUT, NAN);
        }
    }
}

void bkti_kernel_difference(const bkti_frame *frame, const bkti_series *const *inputs,
                            bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        if (is_there(inputs[0], row) && is_there(inputs[1], row)) {
            put_number(out, row, inputs[0]->numbers[row] - inputs[1]->numbers[row]);
        } else {
            put(out, row, BKT_MISSING_INPUT, NAN);
        }
    }
}

void bkti_kernel_coverage(const bkti_frame *frame, const bkti_series *const *inputs,
                          bkti_series *out) {
    apply(frame, bkt_balance_coverage, inputs, out);
}

void bkti_kernel_normalised(const bkti_frame *frame, const bkti_series *const *inputs,
                            bkti_series *out) {
    apply(frame, bkt_balance_normalised, inputs, out);
}

/* Against the same period a year before. */
static void apply_lagged(const bkti_frame *frame, two_numbers kernel, const bkti_series *input,
                         bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        if (frame->year_lag == 0) {
            put(out, row, BKT_MISSING_NOT_APPLICABLE, NAN);
        } else if (row < frame->year_lag) {
            put(out, row, BKT_MISSING_NO_EARLIER_PERIOD, NAN);
        } else {
            double number = NAN;
            int32_t reason =
                kernel(input->numbers[row - frame->year_lag], input->numbers[row], &number);
            put(out, row, reason, number);
        }
    }
}

void bkti_kernel_growth(const bkti_frame *frame, const bkti_series *const *inputs,
                        bkti_series *out) {
    apply_lagged(frame, bkt_growth_rate, inputs[0], out);
}

void bkti_kernel_log_growth(const bkti_frame *frame, const bkti_series *const *inputs,
                            bkti_series *out) {
    apply_lagged(frame, bkt_growth_log, inputs[0], out);
}

void bkti_kernel_midpoint_growth(const bkti_frame *frame, const bkti_series *const *inputs,
                                 bkti_series *out) {
    apply_lagged(frame, bkt_growth_midpoint, inputs[0], out);
}

int64_t bkti_frame_seasons(const bkti_frame *frame) {
    bool told = frame->year_lag >= 1 && frame->year_lag <= MOST_SEASONS;
    return told ? frame->year_lag : 1;
}

/* The first row that has a number; -1 if none has. */
static int64_t first_there(const bkti_frame *frame, const bkti_series *input) {
    for (int64_t row = 0; row < frame->count; row++) {
        if (is_there(input, row)) {
            return row;
        }
    }
    return -1;
}

void bkti_kernel_compound_growth(const bkti_frame *frame, const bkti_series *const *inputs,
                                 bkti_series *out) {
    int64_t bases[MOST_SEASONS] = {0};
    int64_t seasons = bkti_frame_seasons(frame);
    for (int64_t season = 0; season < seasons; season++) {
        bases[season] = -1;
    }
    for (int64_t row = 0; row < frame->count; row++) {
        int64_t base = bases[row % seasons];
        if (base < 0 && is_there(inputs[0], row)) {
            base = bases[row % seasons] = row;
        }
        double number = NAN;
        int32_t reason = BKT_MISSING_INPUT;
        if (base >= 0) {
            reason = bkt_growth_compound(inputs[0]->numbers[base], inputs[0]->numbers[row],
                                         frame->years[row] - frame->years[base], &number);
        }
        put(out, row, reason, number);
    }
}

void bkti_kernel_index(const bkti_frame *frame, const bkti_series *const *inputs,
                       bkti_series *out) {
    int64_t base = first_there(frame, inputs[0]);
    for (int64_t row = 0; row < frame->count; row++) {
        double number = NAN;
        int32_t reason = BKT_MISSING_INPUT;
        if (base >= 0) {
            reason = bkt_growth_index(inputs[0]->numbers[base], inputs[0]->numbers[row], &number);
        }
        put(out, row, reason, number);
    }
}

static void to_fob(const bkti_frame *frame, int side, const bkti_series *input, bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        double number = input->numbers[row];
        int32_t reason = is_there(input, row) ? BKT_MISSING_NOT : BKT_MISSING_INPUT;
        if (reason == BKT_MISSING_NOT && frame->import_valuations[side][row] == BKT_VALUATION_CIF) {
            reason = bkt_mirror_to_fob(number, frame->cif_rate, &number);
        }
        put(out, row, reason, number);
    }
}

void bkti_kernel_fob_reporter(const bkti_frame *frame, const bkti_series *const *inputs,
                              bkti_series *out) {
    to_fob(frame, 0, inputs[0], out);
}

void bkti_kernel_fob_partner(const bkti_frame *frame, const bkti_series *const *inputs,
                             bkti_series *out) {
    to_fob(frame, 1, inputs[0], out);
}

/* Two sides in two currencies have no difference. */
static bool not_comparable(const bkti_frame *frame, bkti_series *out) {
    for (int64_t row = 0; !frame->comparable && row < frame->count; row++) {
        put(out, row, BKT_MISSING_NOT_APPLICABLE, NAN);
    }
    return !frame->comparable;
}

void bkti_kernel_mirror_difference(const bkti_frame *frame, const bkti_series *const *inputs,
                                   bkti_series *out) {
    if (!not_comparable(frame, out)) {
        bkti_kernel_difference(frame, inputs, out);
    }
}

void bkti_kernel_relative_gap(const bkti_frame *frame, const bkti_series *const *inputs,
                              bkti_series *out) {
    if (!not_comparable(frame, out)) {
        apply(frame, bkt_mirror_relative_gap, inputs, out);
    }
}

void bkti_kernel_log_gap(const bkti_frame *frame, const bkti_series *const *inputs,
                         bkti_series *out) {
    if (!not_comparable(frame, out)) {
        apply(frame, bkt_mirror_log_gap, inputs, out);
    }
}

/* Imports that hold freight and insurance should lie above the exports that don't. */
static void inverted(const bkti_frame *frame, int import_side, const bkti_series *const *inputs,
                     bkti_series *out) {
    for (int64_t row = 0; row < frame->count && !not_comparable(frame, out); row++) {
        if (!is_there(inputs[0], row) || !is_there(inputs[1], row)) {
            put(out, row, BKT_MISSING_INPUT, NAN);
        } else if (frame->import_valuations[import_side][row] != BKT_VALUATION_CIF) {
            put(out, row, BKT_MISSING_NOT_APPLICABLE, NAN);
        } else {
            put(out, row, BKT_MISSING_NOT, inputs[0]->numbers[row] < inputs[1]->numbers[row]);
        }
    }
}

void bkti_kernel_inverted_exports(const bkti_frame *frame, const bkti_series *const *inputs,
                                  bkti_series *out) {
    inverted(frame, 1, inputs, out);
}

void bkti_kernel_inverted_imports(const bkti_frame *frame, const bkti_series *const *inputs,
                                  bkti_series *out) {
    inverted(frame, 0, inputs, out);
}

/* The least (sign 1) or greatest (sign -1) of the versions that are there. */
static void extreme(const bkti_frame *frame, double sign, const bkti_series *const *inputs,
                    bkti_series *out) {
    for (int64_t row = 0; row < frame->count && !not_comparable(frame, out); row++) {
        put(out, row, BKT_MISSING_INPUT, NAN);
        for (int k = 0; k < BKTI_INPUT_COUNT; k++) {
            bool better =
                is_there(inputs[k], row) &&
                (!is_there(out, row) || sign * inputs[k]->numbers[row] < sign * out->numbers[row]);
            if (better) {
                put(out, row, BKT_MISSING_NOT, inputs[k]->numbers[row]);
            }
        }
    }
}

void bkti_kernel_lowest(const bkti_frame *frame, const bkti_series *const *inputs,
                        bkti_series *out) {
    extreme(frame, 1, inputs, out);
}

void bkti_kernel_highest(const bkti_frame *frame, const bkti_series *const *inputs,
                         bkti_series *out) {
    extreme(frame, -1, inputs, out);
}

void bkti_kernel_midpoint(const bkti_frame *frame, const bkti_series *const *inputs,
                          bkti_series *out) {
    for (int64_t row = 0; row < frame->count && !not_comparable(frame, out); row++) {
        if (is_there(inputs[0], row)) {
            put_number(out, row, inputs[0]->numbers[row] / 2 + inputs[1]->numbers[row] / 2);
        } else {
            put(out, row, BKT_MISSING_INPUT, NAN);
        }
    }
}

void bkti_kernel_version_count(const bkti_frame *frame, const bkti_series *const *inputs,
                               bkti_series *out) {
    for (int64_t row = 0; row < frame->count; row++) {
        int count = 0;
        for (int k = 0; k < BKTI_INPUT_COUNT; k++) {
            count += is_there(inputs[k], row);
        }
        put(out, row, BKT_MISSING_NOT, count);
    }
}
