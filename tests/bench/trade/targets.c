/* SPDX-License-Identifier: MIT */
/* How far probabilities of targets are to be trusted on trade between countries:
 *
 *   bench-trade-targets FOLDER
 *
 * From every year with eight values or more up to it: targets 5, 10, 25, 50 and 100 % above the
 * last value, by two years and by six; each series counts as one. Calibrations are those of
 * lib/projection, and such as were made without the fifth of the pairs of countries that they are
 * tried on. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_context.h"
#include "bkti_paths.h"
#include "chance.h"
#include "fit.h"
#include "trade_series.h"

#define FOLDS        5
#define STEPS        6
#define LEAST        8
#define PATHS        2000
#define RISES        5
#define WIDE         BKTI_CALIBRATION_FEATURES
#define ORIGIN_LIMIT TRADE_YEARS

static const double rises[RISES] = {0.05, 0.1, 0.25, 0.5, 1.0};

typedef struct origin {
    const trade_series *series;
    uint32_t last; /* place of the last value known */
    uint32_t fold;
    double points[STEPS];
    double features[STEPS * WIDE];
    double scale;
    double weight;
} origin;

typedef struct study {
    bkt_context *context;
    origin *origins;
    size_t count;
    fit_outcome *outcomes[FOLDS]; /* without each fold */
    size_t outcome_counts[FOLDS];
} study;

static int is_origin(const trade_series *series, uint32_t t) {
    uint32_t values = 0;
    int later = 0;
    for (uint32_t k = 0; k <= t; k++)
        values += isnan(series->values[k]) ? 0 : 1;
    for (uint32_t k = t + 1; k < series->count && k <= t + STEPS; k++)
        later = later || !isnan(series->values[k]);
    return values >= LEAST && later && series->values[t] > 0.0;
}

static int take_series(study *all, const trade_series *series) {
    size_t first = all->count;
    for (uint32_t t = 0; t < series->count; t++) {
        if (!is_origin(series, t))
            continue;
        origin *own = &all->origins[all->count];
        own->series = series;
        own->last = t;
        own->fold = trade_pair_number(series) % FOLDS;
        if (bkti_series_measure(all->context, series->values, t + 1, 1, STEPS, own->points,
                                &own->scale, own->features) != BKT_OK)
            return 0;
        all->count += own->scale > 0.0;
    }
    for (size_t i = first; i < all->count; i++)
        all->origins[i].weight = 1.0 / (double)(all->count - first);
    return 1;
}

/* What errors came to, for the calibrations of the folds that the origin isn't in. */
static void add_outcomes(study *all, const origin *own) {
    const double *values = own->series->values;
    for (uint32_t h = 0; h < STEPS && own->last + 1 + h < own->series->count; h++) {
        double actual = values[own->last + 1 + h];
        if (isnan(actual))
            continue;
        fit_outcome row = {.error = (actual - own->points[h]) / own->scale,
                           .point = own->points[h] / own->scale,
                           .weight = own->weight,
                           .step = h + 1};
        memcpy(row.features, own->features + h * WIDE, sizeof row.features);
        for (uint32_t fold = 0; fold < FOLDS; fold++)
            if (fold != own->fold)
                all->outcomes[fold][all->outcome_counts[fold]++] = row;
    }
}

static int by_paths(study *all, bkti_workspace *workspace, size_t number,
                    const bkti_calibration *calibration, const double *targets, double *reached) {
    const origin *own = &all->origins[number];
    double widths[STEPS];
    for (uint32_t h = 0; h < STEPS; h++)
        widths[h] = own->scale * bkti_calibration_width(calibration, own->features + h * WIDE);
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, calibration, own->points, widths, STEPS, true);
    bkti_paths paths = {
        .seed = number, .horizon = STEPS, .count = PATHS, .share = BKTI_PATHS_SHARE};
    return bkti_paths_reach(all->context, workspace, &paths, &marginals,
                            own->series->values[own->last], targets, RISES, reached,
                            NULL) == BKT_OK;
}

static int by_walk(study *all, size_t number, const double *targets, double *reached) {
    const origin *own = &all->origins[number];
    bkt_walk walk;
    bkt_walk_options options;
    bkt_walk_init(&walk, sizeof walk);
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = STEPS;
    options.paths = PATHS;
    options.seed = number;
    return bkt_walk_estimate(all->context, own->series->values, own->last + 1, 0, &walk) ==
               BKT_OK &&
           bkt_walk_simulate(all->context, &walk, targets, RISES, &options, reached, NULL) ==
               BKT_OK;
}

/* 1 and 0: reached or not; -1: a year is missing. What was reached before it doesn't count either,
 * or those that were reached would be counted more often. */
static int came(const origin *own, double target, uint32_t steps) {
    int reached = 0;
    for (uint32_t h = 1; h <= steps; h++) {
        double actual =
            own->last + h < own->series->count ? own->series->values[own->last + h] : NAN;
        if (isnan(actual))
            return -1;
        reached = reached || actual >= target;
    }
    return reached;
}

static void judge(const origin *own, const double *targets, const double *reached,
                  chance_score *score) {
    static const uint32_t steps[2] = {2, STEPS};
    for (uint32_t i = 0; i < RISES; i++)
        for (int k = 0; k < 2; k++) {
            int is_reached = came(own, targets[i], steps[k]);
            if (is_reached >= 0)
                chance_add(score, reached[i * STEPS + steps[k] - 1], is_reached, own->weight);
        }
}

static void try_all(study *all) {
    static chance_score general, trade, folds, walks;
    static bkti_calibration made[FOLDS];
    bkti_workspace workspace = {.memory = bkti_context_memory(all->context)};
    for (uint32_t fold = 0; fold < FOLDS; fold++)
        fit_calibration(all->outcomes[fold], all->outcome_counts[fold], 1, STEPS,
                        bkti_calibrations[0].coefficients, &made[fold]);
    for (size_t i = 0; i < all->count; i++) {
        const origin *own = &all->origins[i];
        double targets[RISES];
        double reached[RISES * STEPS];
        for (int k = 0; k < RISES; k++)
            targets[k] = own->series->values[own->last] * (1.0 + rises[k]);
        if (by_paths(all, &workspace, i, &bkti_calibrations[0], targets, reached))
            judge(own, targets, reached, &general);
        if (by_paths(all, &workspace, i, &bkti_calibrations_trade[0], targets, reached))
            judge(own, targets, reached, &trade);
        if (by_paths(all, &workspace, i, &made[own->fold], targets, reached))
            judge(own, targets, reached, &folds);
        if (by_walk(all, i, targets, reached))
            judge(own, targets, reached, &walks);
    }
    chance_print_head();
    chance_print("flows", "all", "competition", &general);
    chance_print("flows", "all", "trade", &trade);
    chance_print("flows", "5 folds of pairs", "trade", &folds);
    chance_print("flows", "all", "walk", &walks);
    bkti_workspace_free(&workspace);
}

int main(int argc, char **argv) {
    static study all;
    trade_list list;
    if (argc < 2) {
        printf("no folder with pairs23_1995_2012.csv and blr_kaz_all_partners_wits.csv was given: "
               "nothing tried\nusage: bench-trade-targets FOLDER\n");
        return 0;
    }
    if (!trade_read(argv[1], &list)) {
        fprintf(stderr, "no series were read\n");
        return 1;
    }
    all.origins = calloc(list.count * ORIGIN_LIMIT + 1, sizeof *all.origins);
    int good = all.origins != NULL && bkt_context_new(NULL, &all.context) == BKT_OK;
    for (size_t i = 0; i < list.count && good; i++)
        if (list.rows[i].kind != TRADE_BALANCE)
            good = take_series(&all, &list.rows[i]);
    for (uint32_t fold = 0; fold < FOLDS && good; fold++) {
        all.outcomes[fold] = malloc((all.count * STEPS + 1) * sizeof(fit_outcome));
        good = all.outcomes[fold] != NULL;
    }
    for (size_t i = 0; i < all.count && good; i++)
        add_outcomes(&all, &all.origins[i]);
    if (good && all.count > 0)
        try_all(&all);
    for (uint32_t fold = 0; fold < FOLDS; fold++)
        free(all.outcomes[fold]);
    free(all.origins);
    bkt_context_free(all.context);
    trade_free(&list);
    return good ? 0 : 1;
}
