/* SPDX-License-Identifier: MIT */
/* How far probabilities of targets are to be trusted, on the public series of three forecasting
 * competitions:
 *
 *   bench-targets FOLDER
 *
 * Targets 5, 10, 25, 50 and 100 % above the last value (of the last year's highest for quarterly
 * series), by a third of the horizon and by the whole. Calibrations are made without the fifth of
 * the series that they are tried on; then without the set. Prints for calibrated paths and for a
 * random walk with drift: Brier score, log-loss, and the calibration error: the mean distance of
 * probability and frequency in ten classes of probability. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_context.h"
#include "bkti_paths.h"
#include "chance.h"
#include "outcomes.h"

#define FOLDS 5
#define PATHS 5000
#define RISES 5

static const double rises[RISES] = {0.05, 0.1, 0.25, 0.5, 1.0};

typedef struct item {
    competition_series series;
    double points[BKTI_CALIBRATION_STEPS];
    double features[BKTI_CALIBRATION_STEPS * WIDE];
    double scale;
    uint32_t horizon;
    uint32_t kind;
    uint32_t set;
    uint32_t fold;
} item;

typedef struct study {
    outcomes by_fold;
    outcomes by_set;
    item *items;
    size_t count;
    size_t capacity;
    uint32_t set;
    size_t number; /* of all series, for the folds */
} study;

static int take(const competition_series *series, void *user) {
    study *all = user;
    uint32_t season = competition_seasons[series->period];
    all->by_fold.group = (uint32_t)(all->number++ % FOLDS);
    all->by_set.group = all->set;
    if (season > 4)
        return 1;
    if (!outcomes_take(&all->by_fold, series) || !outcomes_take(&all->by_set, series))
        return 0;
    /* "Other" series count for the calibration of yearly ones, but are not yearly. */
    if (series->training_count < BKTI_CALIBRATION_COUNT || series->period > 1)
        return 1;
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 512 : 2 * all->capacity;
        all->items = realloc(all->items, all->capacity * sizeof *all->items);
        if (all->items == NULL)
            abort();
    }
    item *own = &all->items[all->count];
    memset(own, 0, sizeof *own);
    own->series = *series;
    own->horizon =
        series->test_count < BKTI_CALIBRATION_STEPS ? series->test_count : BKTI_CALIBRATION_STEPS;
    own->kind = outcome_kind_of(series);
    own->set = all->set;
    own->fold = all->by_fold.group;
    if (bkti_series_measure(all->by_set.context, series->training, series->training_count, season,
                            own->horizon, own->points, &own->scale, own->features) != BKT_OK)
        return 0;
    all->count += own->scale > 0.0;
    return 1;
}

/* What targets are multiples of: the last value, or the last year's highest. */
static double base_of(const item *own) {
    const competition_series *s = &own->series;
    uint32_t season = competition_seasons[s->period];
    double base = s->training[s->training_count - 1];
    for (uint32_t back = 1; back <= season && season > 1; back++)
        base = fmax(base, s->training[s->training_count - back]);
    return base;
}

static int by_paths(bkt_context *context, bkti_workspace *workspace, uint64_t seed, const item *own,
                    const bkti_calibration *calibration, const double *targets, double *reached) {
    const competition_series *s = &own->series;
    double widths[BKTI_CALIBRATION_STEPS];
    bool has_floor = true;
    for (int64_t t = 0; t < s->training_count; t++)
        has_floor = has_floor && s->training[t] >= 0.0;
    for (uint32_t h = 0; h < own->horizon; h++)
        widths[h] = own->scale * bkti_calibration_width(calibration, own->features + h * WIDE);
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, calibration, own->points, widths, own->horizon, has_floor);
    bkti_paths paths = {
        .seed = seed, .horizon = own->horizon, .count = PATHS, .share = BKTI_PATHS_SHARE};
    return bkti_paths_reach(context, workspace, &paths, &marginals,
                            s->training[s->training_count - 1], targets, RISES, reached,
                            NULL) == BKT_OK;
}

static int by_walk(bkt_context *context, uint64_t seed, const item *own, const double *targets,
                   double *reached) {
    bkt_walk walk;
    bkt_walk_options options;
    bkt_walk_init(&walk, sizeof walk);
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = own->horizon;
    options.paths = PATHS;
    options.seed = seed;
    return bkt_walk_estimate(context, own->series.training, own->series.training_count, 0, &walk) ==
               BKT_OK &&
           bkt_walk_simulate(context, &walk, targets, RISES, &options, reached, NULL) == BKT_OK;
}

static void judge(const item *own, const double *targets, const double *reached, chance_score *s) {
    uint32_t steps[2] = {own->horizon / 3 > 0 ? own->horizon / 3 : 1, own->horizon};
    for (uint32_t i = 0; i < RISES; i++)
        for (int k = 0; k < 2; k++) {
            int is_reached = 0;
            for (uint32_t h = 0; h < steps[k]; h++)
                is_reached = is_reached || own->series.test[h] >= targets[i];
            chance_add(s, reached[i * own->horizon + steps[k] - 1], is_reached, 1.0);
        }
}

static void try_kind(study *all, uint32_t kind) {
    static chance_score folds, walks, two, sets[COMPETITION_SETS], without[COMPETITION_SETS];
    bkti_calibration by_fold[FOLDS];
    bkti_calibration by_set[COMPETITION_SETS];
    bkt_context *context = all->by_set.context;
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    memset(&folds, 0, sizeof folds);
    memset(&walks, 0, sizeof walks);
    memset(&two, 0, sizeof two);
    memset(sets, 0, sizeof sets);
    memset(without, 0, sizeof without);
    for (uint32_t i = 0; i < FOLDS; i++)
        outcomes_calibrate(&all->by_fold, &(choice){kind, i}, &by_fold[i]);
    for (uint32_t i = 0; i < COMPETITION_SETS; i++)
        outcomes_calibrate(&all->by_set, &(choice){kind, i}, &by_set[i]);
    for (size_t i = 0; i < all->count; i++) {
        const item *own = &all->items[i];
        double targets[RISES];
        double reached[RISES * BKTI_CALIBRATION_STEPS];
        double base = base_of(own);
        for (int k = 0; k < RISES; k++)
            targets[k] = base * (1.0 + rises[k]);
        if (own->kind != kind || !(base > 0.0))
            continue;
        if (by_paths(context, &workspace, i + 1, own, &by_fold[own->fold], targets, reached)) {
            judge(own, targets, reached, &folds);
            judge(own, targets, reached, &sets[own->set]);
            if (own->set < 2)
                judge(own, targets, reached, &two);
        }
        if (by_paths(context, &workspace, i + 1, own, &by_set[own->set], targets, reached))
            judge(own, targets, reached, &without[own->set]);
        if (by_walk(context, i + 1, own, targets, reached))
            judge(own, targets, reached, &walks);
    }
    chance_print(outcome_kinds[kind], "5 folds", "calibrated", &folds);
    chance_print(outcome_kinds[kind], "5 folds", "walk", &walks);
    chance_print(outcome_kinds[kind], "5 folds, M1 and M3", "calibrated", &two);
    for (uint32_t i = 0; i < COMPETITION_SETS; i++) {
        char where[64];
        snprintf(where, sizeof where, "5 folds, %s", competition_sets[i]);
        chance_print(outcome_kinds[kind], where, "calibrated", &sets[i]);
        snprintf(where, sizeof where, "%s by the others", competition_sets[i]);
        chance_print(outcome_kinds[kind], where, "calibrated", &without[i]);
    }
    bkti_workspace_free(&workspace);
}

int main(int argc, char **argv) {
    static study all;
    if (argc < 2) {
        printf("no folder with m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz was given: nothing tried\n"
               "usage: bench-targets FOLDER\n");
        return 0;
    }
    if (bkt_context_new(NULL, &all.by_set.context) != BKT_OK)
        return 1;
    all.by_fold.context = all.by_set.context;
    int good = 1;
    for (uint32_t set = 0; set < COMPETITION_SETS && good; set++) {
        all.set = set;
        good = competition_read(argv[1], set, take, &all);
    }
    if (good && all.count > 0) {
        chance_print_head();
        try_kind(&all, 0);
        try_kind(&all, 1);
    }
    free(all.items);
    free(all.by_set.rows);
    free(all.by_fold.rows);
    bkt_context_free(all.by_set.context);
    return good ? 0 : 1;
}
