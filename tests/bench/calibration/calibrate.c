/* SPDX-License-Identifier: MIT */
/* Makes the table of calibrated intervals: how wide errors are, by features of a series, and the
 * quantiles of errors in such widths, on the public series of three forecasting competitions.
 *
 *   bench-calibration FOLDER [TABLE]
 *
 * Prints the coverage of intervals made without the set they are tried on; with TABLE writes
 * lib/projection/calibration_table.c, made from all sets. Series are used whole and cut to their
 * last few seasons, as trade series are short. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "competition.h"
#include "fit.h"

#define KINDS 3 /* yearly, quarterly, monthly; "other" has no season and counts as yearly */
#define STEPS BKTI_CALIBRATION_STEPS
#define WIDE  BKTI_CALIBRATION_FEATURES

/* Training values used: all, and so many seasons (years of yearly series). */
static const int64_t cuts[KINDS][3] = {{0, 8, 12}, {0, 16, 24}, {0, 36, 60}};
static const uint32_t steps_of[KINDS] = {6, 8, 24};
static const char *const kind_names[KINDS] = {"yearly", "quarterly", "monthly"};

typedef struct outcome {
    fit_outcome fit;
    uint32_t set;
    uint32_t kind;
    uint32_t cut;
} outcome;

typedef struct outcomes {
    outcome *rows;
    size_t count;
    size_t capacity;
    bkt_context *context;
    uint32_t set;
} outcomes;

static void add(outcomes *all, const outcome *row) {
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 65536 : 2 * all->capacity;
        all->rows = realloc(all->rows, all->capacity * sizeof *all->rows);
        if (all->rows == NULL)
            abort();
    }
    all->rows[all->count++] = *row;
}

static int take(const competition_series *s, void *user) {
    outcomes *all = user;
    uint32_t season = competition_seasons[s->period];
    uint32_t kind = season == 1 ? 0 : season == 4 ? 1 : 2;
    for (uint32_t cut = 0; cut < 3; cut++) {
        int64_t count = s->training_count;
        if (cuts[kind][cut] > 0 && count <= cuts[kind][cut])
            continue;
        if (cuts[kind][cut] > 0)
            count = cuts[kind][cut];
        const double *training = s->training + (s->training_count - count);
        double points[COMPETITION_HORIZON];
        double features[COMPETITION_HORIZON * WIDE];
        double scale;
        if (count < BKTI_CALIBRATION_COUNT)
            continue;
        if (bkti_series_measure(all->context, training, count, season, s->test_count, points,
                                &scale, features) != BKT_OK) {
            fprintf(stderr, "%s\n", bkt_context_error_text(all->context));
            return 0;
        }
        for (uint32_t h = 0; h < s->test_count && h < steps_of[kind] && scale > 0.0; h++) {
            outcome row = {.fit = {.error = (s->test[h] - points[h]) / scale,
                                   .point = points[h] / scale,
                                   .weight = 1.0 / s->test_count,
                                   .step = h + 1,
                                   .may_be_negative = !(points[h] > 0.0)},
                           .set = all->set,
                           .kind = kind,
                           .cut = cut};
            memcpy(row.fit.features, features + (size_t)h * WIDE, sizeof row.fit.features);
            add(all, &row);
        }
    }
    return 1;
}

/* Which outcomes are used: those of a kind, with a set or without it. */
typedef struct choice {
    uint32_t kind;
    uint32_t without; /* a set; COMPETITION_SETS: none */
} choice;

static int is_chosen(const outcome *row, const choice *c) {
    return row->kind == c->kind && row->set != c->without;
}

static void calibrate(const outcomes *all, const choice *c, bkti_calibration *out) {
    fit_outcome *rows = malloc((all->count + 1) * sizeof *rows);
    if (rows == NULL)
        abort();
    size_t count = 0;
    for (size_t r = 0; r < all->count; r++)
        if (is_chosen(&all->rows[r], c))
            rows[count++] = all->rows[r].fit;
    fit_calibration(rows, count,
                    c->kind == 0   ? 1
                    : c->kind == 1 ? 4
                                   : 12,
                    steps_of[c->kind], NULL, out);
    free(rows);
}

/* Intervals on the outcomes that `c` leaves out; of one cut. */
static void try_out(const outcomes *all, const choice *c, const bkti_calibration *calibration,
                    uint32_t cut, fit_score *score) {
    for (size_t r = 0; r < all->count; r++) {
        const outcome *row = &all->rows[r];
        if (row->kind == c->kind && row->cut == cut && row->set == c->without)
            fit_try(&row->fit, 1, calibration, score);
    }
}

static void print_coverage(const outcomes *all) {
    printf("each set by intervals made from the other two\n%-10s %-8s %-12s %8s %8s %8s\n", "kind",
           "values", "set", "in 80 %", "in 95 %", "MSIS");
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        for (uint32_t cut = 0; cut < 3; cut++) {
            fit_score score = {0};
            fit_score pooled = score;
            char length[16] = "all";
            if (cuts[kind][cut] > 0)
                snprintf(length, sizeof length, "%d", (int)cuts[kind][cut]);
            for (uint32_t set = 0; set <= COMPETITION_SETS; set++) {
                choice c = {kind, set};
                bkti_calibration calibration;
                score = pooled;
                if (set < COMPETITION_SETS) {
                    score = (fit_score){0};
                    calibrate(all, &c, &calibration);
                    try_out(all, &c, &calibration, cut, &score);
                    fit_score_add(&pooled, &score);
                }
                if (score.weight > 0.0)
                    printf("%-10s %-8s %-12s %8.3f %8.3f %8.2f\n", kind_names[kind], length,
                           set < COMPETITION_SETS ? competition_sets[set] : "together",
                           score.within80 / score.rows, score.within95 / score.rows,
                           score.msis / score.weight);
            }
        }
    }
}

static int write_table(const outcomes *all, const char *path) {
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        return 0;
    }
    fprintf(out, "/* SPDX-License-Identifier: MIT */\n"
                 "/* Written by tests/bench/calibration from the M1, M3 and tourism competitions' "
                 "series, whole and cut\n * short; its README has the date and the recipe. */\n"
                 "#include \"bkti_calibration.h\"\n\n"
                 "const bkti_calibration bkti_calibrations[3] = {\n");
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        choice c = {kind, COMPETITION_SETS};
        bkti_calibration calibration;
        calibrate(all, &c, &calibration);
        fprintf(out, "    ");
        fit_write(out, &calibration);
        fprintf(out, ",\n");
    }
    fprintf(out, "};\n");
    return fclose(out) == 0;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        printf("no folder with m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz was given: nothing made\n"
               "usage: bench-calibration FOLDER [TABLE]\n");
        return 0;
    }
    outcomes all = {0};
    if (bkt_context_new(NULL, &all.context) != BKT_OK)
        return 1;
    int good = 1;
    for (uint32_t set = 0; set < COMPETITION_SETS && good; set++) {
        all.set = set;
        good = competition_read(argv[1], set, take, &all);
    }
    if (good && all.count > 0)
        print_coverage(&all);
    if (good && all.count > 0 && argc > 2)
        good = write_table(&all, argv[2]);
    free(all.rows);
    bkt_context_free(all.context);
    return good ? 0 : 1;
}
