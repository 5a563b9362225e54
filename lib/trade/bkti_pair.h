/* SPDX-License-Identifier: MIT */
/* The figures of a pair of areas, taken out of a table: one number a figure and period (and
 * product), each with the row that it came from. All rules of what is taken and what is refused are
 * behind this. */
#ifndef BKTI_PAIR_H
#define BKTI_PAIR_H

#include <stdbool.h>

#include "bkti_view.h"

/* What is reported: the first four indicators of the catalogue. */
enum bkti_figure_kind {
    BKTI_EXPORTS_REPORTER = 0,
    BKTI_IMPORTS_REPORTER = 1,
    BKTI_EXPORTS_PARTNER = 2,
    BKTI_IMPORTS_PARTNER = 3,
    BKTI_FIGURE_COUNT = 4
};

/* One row of the table that belongs to the pair. */
typedef struct bkti_observation {
    int64_t row;
    int64_t ordinal;
    double number; /* in units of the currency, scaled */
    int32_t frequency;
    int32_t unit;    /* code in the pair's units */
    int32_t product; /* code of the product column, then its place in the pair's products */
    int32_t next;    /* of the same cell; -1 at the end */
    uint8_t figure;
    uint8_t valuation;
    uint8_t assumed; /* the valuation is by convention */
    uint8_t reason;  /* of a missing number */
} bkti_observation;

/* A cell: what was settled on. */
typedef struct bkti_figure {
    double number;
    int64_t row; /* -1: nothing is reported */
    uint8_t reason;
    uint8_t valuation;
} bkti_figure;

typedef struct bkti_pair {
    bkt_context *context;
    bkti_memory *memory;
    const bkt_balance_options *options;
    const bkt_profile *profile;
    bkt_profile *own_profile; /* NULL: the caller's */
    bkti_view view;
    bkti_dictionary *units;
    bkti_dictionary *assumptions; /* sentences, each once */
    bkti_observation *observations;
    size_t observation_count;
    size_t observation_capacity;
    int64_t deleted_count; /* rows of the action Delete */
    int32_t frequency;
    int64_t first_ordinal;
    int64_t period_count;
    bool by_product;
    int32_t *products;     /* codes of the product column, in order of their texts; the total last
                              (-1 if there is none). NULL without a breakdown */
    int32_t product_count; /* 1 without a breakdown */
    bkti_figure *figures;  /* product, figure, period */
    const char *unit;      /* "USD"; "" where nothing says it */
    bool comparable;       /* both sides are in one currency */
    bool told_absent;      /* that some rows have no multiplier */
} bkti_pair;

/* Takes the figures. On failure all is freed. */
bkt_status bkti_pair_open(bkti_pair *pair, bkt_context *context, const bkt_table *table,
                          const bkt_balance_options *options, bool by_product);
void bkti_pair_close(bkti_pair *pair);
const bkti_figure *bkti_pair_figure(const bkti_pair *pair, int32_t product, int figure,
                                    int64_t period);
/* Adds a sentence to the assumptions and notes it on the context. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bkt_status
bkti_pair_assume(bkti_pair *pair, const char *format, ...);

/* The steps of bkti_pair_open(). */

/* Rows of the pair, unscreened but for reporter, partner, flow, period window, conditions. */
bkt_status bkti_pair_collect(bkti_pair *pair);
/* One frequency, one unit, the wanted product, one code in each dimension. */
bkt_status bkti_pair_choose(bkti_pair *pair);
/* The products of one level, and the total. */
bkt_status bkti_pair_choose_level(bkti_pair *pair);
/* One row a cell. */
bkt_status bkti_pair_settle(bkti_pair *pair);
/* Keeps the observations that `keep` says yes to. */
typedef bool (*bkti_observation_test)(const bkti_pair *pair, const bkti_observation *observation,
                                      const void *user);
void bkti_pair_keep(bkti_pair *pair, bkti_observation_test keep, const void *user);
/* The number of a row in plain units of the currency, or why there is none. */
void bkti_pair_read_number(bkti_pair *pair, bkti_observation *observation);

#endif
