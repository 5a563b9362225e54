/* SPDX-License-Identifier: MIT */
/* What a part of the first period says of the whole: Bayes' rule on a grid. The growth of the part
 * is that of the whole plus an error; how large that is, by the share of the period that has
 * passed, was measured on years and their months (tests/bench/calibration/partial.c). */
#include "bkti_paths.h"
#include "bkti_elementary.h"

#include <math.h>

/* The error is spread * SIZE * sqrt((1 - share) / share) times a Student's t: what is still to come
 * weighs 1 - share, and its growth is as uncertain as the growth of both parts is. */
#define SIZE    BKTI_PARTIAL_SIZE
#define FREEDOM 3.0
/* A year may be one that no error on other series prepares for. */
#define SURPRISE_SHARE 0.01
#define SURPRISE_WIDTH 4.0

#define PASSES 4
#define LEAST  (-60.0) /* logarithm of the density beside the highest */

/* One half of what lies between the points one standard deviation off, beside the last value. */
static double spread_of(const bkti_marginals *marginals, double last) {
    double high = bkti_marginals_value(marginals, 0, 1.0);
    double low = bkti_marginals_value(marginals, 0, -1.0);
    double spread = 0.5 * (high / last - low / last);
    return spread > 1e-6 ? spread : 1e-6;
}

double bkti_partial_scale(const bkti_marginals *marginals, double last, double share) {
    return SIZE * sqrt((1.0 - share) / share) * spread_of(marginals, last);
}

typedef struct evidence {
    const bkti_marginals *marginals;
    double last;
    double growth; /* of the part: a logarithm */
    double scale;  /* of its error */
} evidence;

/* Logarithm of the density of a standard normal number, but for a constant. */
static double log_density(const evidence *e, double normal) {
    double value = bkti_marginals_value(e->marginals, 0, normal);
    if (!(value > 0.0) || !isfinite(value))
        return -HUGE_VAL;
    double error = (bkti_log(value / e->last) - e->growth) / e->scale;
    double wide = normal / SURPRISE_WIDTH;
    double before = (1.0 - SURPRISE_SHARE) * bkti_exp(-0.5 * normal * normal) +
                    SURPRISE_SHARE / SURPRISE_WIDTH * bkti_exp(-0.5 * wide * wide);
    return bkti_log(before) - 0.5 * (FREEDOM + 1.0) * bkti_log(1.0 + error * error / FREEDOM);
}

/* Fills a grid from low to high with densities beside the highest; gives the first and the last
 * point that matter. */
static bool fill_grid(const evidence *e, double low, double high, bkti_first *grid,
                      uint32_t *out_first, uint32_t *out_last) {
    double highest = -HUGE_VAL;
    for (uint32_t i = 0; i < BKTI_FIRST_POINTS; i++) {
        double share = (double)i / (double)(BKTI_FIRST_POINTS - 1);
        grid->normals[i] = low + share * (high - low);
        grid->below[i] = log_density(e, grid->normals[i]);
        highest = fmax(highest, grid->below[i]);
    }
    if (!isfinite(highest))
        return false;
    *out_first = BKTI_FIRST_POINTS;
    for (uint32_t i = 0; i < BKTI_FIRST_POINTS; i++) {
        double depth = grid->below[i] - highest;
        grid->below[i] = depth > LEAST ? bkti_exp(depth) : 0.0;
        if (depth > LEAST / 3.0) {
            *out_first = *out_first == BKTI_FIRST_POINTS ? i : *out_first;
            *out_last = i;
        }
    }
    return true;
}

/* Densities into a distribution. */
static void accumulate(bkti_first *grid) {
    double sum = 0.0;
    double before = grid->below[0];
    grid->below[0] = 0.0;
    for (uint32_t i = 1; i < BKTI_FIRST_POINTS; i++) {
        double density = grid->below[i];
        sum += 0.5 * (before + density);
        before = density;
        grid->below[i] = sum;
    }
    for (uint32_t i = 1; i < BKTI_FIRST_POINTS; i++)
        grid->below[i] = sum > 0.0 ? grid->below[i] / sum : 1.0;
}

bool bkti_partial_apply(const bkti_marginals *marginals, double last, const bkti_partial *partial,
                        bkti_first *out_first) {
    evidence e = {.marginals = marginals,
                  .last = last,
                  .growth = bkti_log(partial->value / partial->previous),
                  .scale = bkti_partial_scale(marginals, last, partial->share)};
    /* The whole is no less than the part. */
    double least = bkti_marginals_place(marginals, 0, partial->value);
    double expected = bkti_marginals_place(marginals, 0, last * bkti_exp(e.growth));
    if (!isfinite(least) || !isfinite(expected))
        return false;
    double low = fmax(fmin(-9.0, expected - 3.0), least);
    double high = fmax(fmax(9.0, expected + 3.0), least + 9.0);
    for (int pass = 0; pass < PASSES; pass++) {
        uint32_t from = 0;
        uint32_t to = 0;
        if (!fill_grid(&e, low, high, out_first, &from, &to))
            return false;
        if (pass + 1 < PASSES) {
            low = out_first->normals[from > 0 ? from - 1 : 0];
            high = out_first->normals[to + 1 < BKTI_FIRST_POINTS ? to + 1 : to];
        }
    }
    accumulate(out_first);
    return true;
}
