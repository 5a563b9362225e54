/* SPDX-License-Identifier: MIT */
/* The kernels that look at a whole window. */
#include <math.h>

#include "bkti_indicator.h"

static bool is_there(const bkti_series *series, int64_t row) {
    return series->reasons[row] == BKT_MISSING_NOT;
}

static void give(bkti_window *out, int32_t reason, double number) {
    out->reason = reason;
    out->number = reason == BKT_MISSING_NOT ? number : NAN;
}

/* Counts what is there and where it begins and ends. */
static void look(const bkti_frame *frame, const bkti_series *input, bool positive_only,
                 bkti_window *out) {
    out->used = 0;
    out->first_row = -1;
    out->last_row = -1;
    for (int64_t row = 0; row < frame->count; row++) {
        if (is_there(input, row) && (!positive_only || input->numbers[row] > 0)) {
            out->used++;
            out->first_row = out->first_row < 0 ? row : out->first_row;
            out->last_row = row;
        }
    }
}

void bkti_window_cumulated(const bkti_frame *frame, const bkti_series *input, bkti_window *out) {
    look(frame, input, false, out);
    double sum = NAN;
    int32_t reason = bkt_balance_cumulated(input->numbers, (size_t)frame->count, &sum, NULL, NULL);
    give(out, reason, sum);
}

void bkti_window_cumulated_available(const bkti_frame *frame, const bkti_series *input,
                                     bkti_window *out) {
    look(frame, input, false, out);
    double strict = NAN;
    double sum = NAN;
    bkt_balance_cumulated(input->numbers, (size_t)frame->count, &strict, &sum, NULL);
    int32_t reason = isfinite(sum) ? BKT_MISSING_NOT : BKT_MISSING_OVERFLOW;
    give(out, out->used == 0 ? BKT_MISSING_INPUT : reason, sum);
}

/* 1, -1, 0, or 2 for a missing balance. */
static int sign_of(const bkti_series *input, int64_t row) {
    if (!is_there(input, row)) {
        return 2;
    }
    return (input->numbers[row] > 0) - (input->numbers[row] < 0);
}

static void count_sign(const bkti_frame *frame, const bkti_series *input, int sign,
                       bkti_window *out) {
    look(frame, input, false, out);
    int64_t count = 0;
    for (int64_t row = 0; row < frame->count; row++) {
        count += sign_of(input, row) == sign;
    }
    give(out, out->used == 0 ? BKT_MISSING_INPUT : BKT_MISSING_NOT, (double)count);
}

void bkti_window_surplus_periods(const bkti_frame *frame, const bkti_series *input,
                                 bkti_window *out) {
    count_sign(frame, input, 1, out);
}

void bkti_window_deficit_periods(const bkti_frame *frame, const bkti_series *input,
                                 bkti_window *out) {
    count_sign(frame, input, -1, out);
}

void bkti_window_sign_changes(const bkti_frame *frame, const bkti_series *input, bkti_window *out) {
    look(frame, input, false, out);
    int64_t count = 0;
    int before = 0;
    for (int64_t row = 0; row < frame->count; row++) {
        int sign = sign_of(input, row);
        if (sign == 1 || sign == -1) {
            count += before == -sign;
            before = sign;
        }
    }
    give(out, out->used == 0 ? BKT_MISSING_INPUT : BKT_MISSING_NOT, (double)count);
}

static void longest_run(const bkti_frame *frame, const bkti_series *input, int sign,
                        bkti_window *out) {
    look(frame, input, false, out);
    int64_t longest = 0;
    int64_t run = 0;
    for (int64_t row = 0; row < frame->count; row++) {
        run = sign_of(input, row) == sign ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    give(out, out->used == 0 ? BKT_MISSING_INPUT : BKT_MISSING_NOT, (double)longest);
}

void bkti_window_longest_surplus(const bkti_frame *frame, const bkti_series *input,
                                 bkti_window *out) {
    longest_run(frame, input, 1, out);
}

void bkti_window_longest_deficit(const bkti_frame *frame, const bkti_series *input,
                                 bkti_window *out) {
    longest_run(frame, input, -1, out);
}

void bkti_window_compound_growth(const bkti_frame *frame, const bkti_series *input,
                                 bkti_window *out) {
    look(frame, input, false, out);
    int64_t seasons = bkti_frame_seasons(frame);
    while (out->first_row < out->last_row &&
           ((out->last_row - out->first_row) % seasons != 0 || !is_there(input, out->first_row))) {
        out->first_row++;
    }
    if (out->first_row == out->last_row) {
        give(out, BKT_MISSING_TOO_FEW, NAN);
        return;
    }
    double rate = NAN;
    int32_t reason =
        bkt_growth_compound(input->numbers[out->first_row], input->numbers[out->last_row],
                            frame->years[out->last_row] - frame->years[out->first_row], &rate);
    out->used = 2;
    give(out, reason, rate);
}

/* The fit, of which each indicator takes one number. */
static int32_t fit(const bkti_frame *frame, const bkti_series *input, bkti_window *out,
                   double *out_rate, double *out_error, double *out_fit) {
    look(frame, input, true, out);
    return bkt_growth_least_squares(frame->years, input->numbers, (size_t)frame->count, out_rate,
                                    NULL, out_error, out_fit, NULL);
}

void bkti_window_trend(const bkti_frame *frame, const bkti_series *input, bkti_window *out) {
    double rate = NAN;
    int32_t reason = fit(frame, input, out, &rate, NULL, NULL);
    give(out, reason, rate);
}

void bkti_window_trend_error(const bkti_frame *frame, const bkti_series *input, bkti_window *out) {
    double rate = NAN;
    double error = NAN;
    int32_t reason = fit(frame, input, out, &rate, &error, NULL);
    if (reason == BKT_MISSING_NOT && isnan(error)) {
        reason = BKT_MISSING_TOO_FEW;
    }
    give(out, reason, error);
}

void bkti_window_trend_fit(const bkti_frame *frame, const bkti_series *input, bkti_window *out) {
    double rate = NAN;
    double square = NAN;
    int32_t reason = fit(frame, input, out, &rate, NULL, &square);
    if (reason == BKT_MISSING_NOT && isnan(square)) {
        reason = BKT_MISSING_ZERO_DENOMINATOR;
    }
    give(out, reason, square);
}
