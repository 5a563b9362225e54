/* SPDX-License-Identifier: MIT */
/* The catalogue of indicators from inside: each row has its kernel. */
#ifndef BKTI_INDICATOR_H
#define BKTI_INDICATOR_H

#include <stdbool.h>

#include <bktrade/trade.h>

#include "bkti_memory.h"

#define BKTI_INPUT_COUNT 4

/* Numbers with the reason why each is missing (BKT_MISSING_NOT: it is there). */
typedef struct bkti_series {
    double *numbers;
    uint8_t *reasons;
} bkti_series;

/* What kernels know beside their inputs. */
typedef struct bkti_frame {
    int64_t count;
    int64_t year_lag; /* rows that make a year; 0: can't be told */
    const double *years;
    double cif_rate;
    const uint8_t
        *import_valuations[2]; /* bkt_valuation, of IMPORTS_REPORTER and IMPORTS_PARTNER */
    bool comparable;           /* both sides are in one currency */
} bkti_frame;

/* What a window's indicator comes to. Rows are -1 where none was used. */
typedef struct bkti_window {
    double number;
    int32_t reason;
    int64_t used;
    int64_t first_row;
    int64_t last_row;
} bkti_window;

typedef void (*bkti_period_kernel)(const bkti_frame *frame, const bkti_series *const *inputs,
                                   bkti_series *out);
typedef void (*bkti_window_kernel)(const bkti_frame *frame, const bkti_series *input,
                                   bkti_window *out);

struct bkt_indicator {
    const char *id;
    const char *label;
    const char *formula;
    const char *source;
    const char *inputs[BKTI_INPUT_COUNT];
    int32_t unit;
    int32_t scope;
    bool by_sector;            /* a column of bkt_balance_sectors() too */
    bkti_period_kernel period; /* NULL: reported, not computed */
    bkti_window_kernel window;
};

extern const struct bkt_indicator bkti_indicators[];
extern const uint32_t bkti_indicator_count;

/* Rows that make a year; 1 where that can't be told. Growth over years is between figures of one
 * season: a fourth quarter over a first says more of the season than of growth. */
int64_t bkti_frame_seasons(const bkti_frame *frame);

/* Place in the catalogue; bkti_indicator_count if there is none. */
uint32_t bkti_indicator_place(const char *id);

/* One series an indicator of a period (those of `by_sector` alone, if asked), all of `count` rows
 * and missing at first. NULL when there is no memory. */
bkti_series *bkti_series_new(bkti_memory *memory, int64_t count, bool by_sector);
void bkti_series_free(bkti_memory *memory, bkti_series *series);
/* Computes all that is not reported. */
void bkti_series_compute(const bkti_frame *frame, bkti_series *series);

/* The kernels, for the catalogue. A pair of sides is 0 reporter, 1 partner. */
void bkti_kernel_sum(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_difference(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_coverage(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_normalised(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_growth(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_log_growth(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_midpoint_growth(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_compound_growth(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_index(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_fob_reporter(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_fob_partner(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_mirror_difference(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_relative_gap(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_log_gap(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_inverted_exports(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_inverted_imports(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_lowest(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_highest(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_midpoint(const bkti_frame *, const bkti_series *const *, bkti_series *);
void bkti_kernel_version_count(const bkti_frame *, const bkti_series *const *, bkti_series *);

void bkti_window_cumulated(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_cumulated_available(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_surplus_periods(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_deficit_periods(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_sign_changes(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_longest_surplus(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_longest_deficit(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_compound_growth(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_trend(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_trend_error(const bkti_frame *, const bkti_series *, bkti_window *);
void bkti_window_trend_fit(const bkti_frame *, const bkti_series *, bkti_window *);

#endif
