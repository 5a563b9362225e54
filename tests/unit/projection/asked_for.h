/* SPDX-License-Identifier: MIT */
/* Projections as the tests of what users of other forecasting libraries asked for make them. */
#ifndef ASKED_FOR_H
#define ASKED_FOR_H

#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "fixture.h"

#define HORIZON 6

typedef struct projected {
    double points[HORIZON];
    double lower[2 * HORIZON]; /* 80 %, then 95 % */
    double upper[2 * HORIZON];
    bkt_fit fit;
} projected;

/* Goods exports of Belarus to Kazakhstan, 1998 to 2016, million USD, as Belarus reported them (UN
 * Comtrade by World Bank WITS, rounded). */
static const double exports[] = {48.0,  28.3,  19.6,  28.5,  39.1,  68.0,  121.3,
                                 183.5, 261.1, 361.4, 365.2, 313.4, 464.8, 668.7,
                                 804.1, 862.0, 875.5, 522.8, 363.1};
#define EXPORTS 19

static inline bkt_projection_options options_by(int32_t method, uint32_t season_length) {
    bkt_projection_options options;
    ck_assert_int_eq(bkt_projection_options_init(&options, sizeof options), BKT_OK);
    options.method = method;
    options.horizon = HORIZON;
    options.season_length = season_length;
    return options;
}

static inline bkt_status try_with(const bkt_projection_options *options, const double *values,
                                  int64_t count, projected *out) {
    memset(out, 0, sizeof *out);
    ck_assert_int_eq(bkt_fit_init(&out->fit, sizeof out->fit), BKT_OK);
    return bkt_series_project(context, values, count, options, out->points, out->lower, out->upper,
                              &out->fit);
}

static inline void project_with(const bkt_projection_options *options, const double *values,
                                int64_t count, projected *out) {
    ck_assert_msg(try_with(options, values, count, out) == BKT_OK, "%s",
                  bkt_context_error_text(context));
}

static inline void project_by(int32_t method, const double *values, int64_t count,
                              uint32_t season_length, projected *out) {
    bkt_projection_options options = options_by(method, season_length);
    project_with(&options, values, count, out);
}

static inline int is_same(const projected *a, const projected *b) {
    return memcmp(a->points, b->points, sizeof a->points) == 0 &&
           memcmp(a->lower, b->lower, sizeof a->lower) == 0 &&
           memcmp(a->upper, b->upper, sizeof a->upper) == 0;
}

/* Every method of the catalogue but the combination, which needs members: 0 after the last. */
static inline int next_method(uint32_t *place, int32_t *out_method) {
    while (*place < bkt_method_count()) {
        *out_method = bkt_method_at((*place)++);
        if (*out_method != BKT_METHOD_COMBINATION)
            return 1;
    }
    return 0;
}

#endif
