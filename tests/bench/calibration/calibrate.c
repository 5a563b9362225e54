/* SPDX-License-Identifier: MIT */
/* Makes the table of calibrated intervals: how wide errors are, by features of a series, and the
 * quantiles of errors in such widths, on the public series of three forecasting competitions.
 *
 *   bench-calibration FOLDER [TABLE]
 *
 * Prints the coverage of intervals made without the set they are tried on; with TABLE writes
 * lib/projection/calibration_table.c, made from all sets. Series are used whole and cut to their
 * last few seasons, as trade series are short. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_calibration.h"
#include "bkti_probability.h"
#include "competition.h"

#define KINDS 3 /* yearly, quarterly, monthly; "other" has no season and counts as yearly */
#define STEPS BKTI_CALIBRATION_STEPS
#define WIDE  BKTI_CALIBRATION_FEATURES

/* Training values used: all, and so many seasons (years of yearly series). */
static const int64_t cuts[KINDS][3] = {{0, 8, 12}, {0, 16, 24}, {0, 36, 60}};
static const uint32_t steps_of[KINDS] = {6, 8, 24};
static const char *const kind_names[KINDS] = {"yearly", "quarterly", "monthly"};

typedef struct outcome {
    double features[WIDE];
    double error;  /* in units of the scale */
    double point;  /* likewise */
    double weight; /* 1 a series, over its steps */
    uint32_t step;
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
            outcome row = {.error = (s->test[h] - points[h]) / scale,
                           .point = points[h] / scale,
                           .weight = 1.0 / s->test_count,
                           .step = h + 1,
                           .set = all->set,
                           .kind = kind,
                           .cut = cut};
            memcpy(row.features, features + (size_t)h * WIDE, sizeof row.features);
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

/* Least squares of the logarithm of the errors' size on the features. */
static void fit_widths(const outcomes *all, const choice *c, double *out_coefficients) {
    double sums[WIDE][WIDE + 1];
    memset(sums, 0, sizeof sums);
    for (size_t r = 0; r < all->count; r++) {
        const outcome *row = &all->rows[r];
        if (!is_chosen(row, c))
            continue;
        double size = log(fmax(fabs(row->error), 0.02));
        for (size_t i = 0; i < WIDE; i++) {
            for (size_t k = 0; k < WIDE; k++)
                sums[i][k] += row->weight * row->features[i] * row->features[k];
            sums[i][WIDE] += row->weight * row->features[i] * size;
        }
    }
    for (size_t i = 0; i < WIDE; i++) {
        size_t pivot = i;
        for (size_t k = i + 1; k < WIDE; k++)
            if (fabs(sums[k][i]) > fabs(sums[pivot][i]))
                pivot = k;
        for (size_t k = 0; k <= WIDE; k++) {
            double swap = sums[i][k];
            sums[i][k] = sums[pivot][k];
            sums[pivot][k] = swap;
        }
        for (size_t k = 0; k < WIDE; k++) {
            double weight = k == i ? 0.0 : sums[k][i] / sums[i][i];
            for (size_t m = i; m <= WIDE; m++)
                sums[k][m] -= weight * sums[i][m];
        }
    }
    for (size_t i = 0; i < WIDE; i++)
        out_coefficients[i] = sums[i][WIDE] / sums[i][i];
}

typedef struct standardised {
    double error;
    double weight;
} standardised;

static int by_error(const void *a, const void *b) {
    double x = ((const standardised *)a)->error;
    double y = ((const standardised *)b)->error;
    return (x > y) - (x < y);
}

/* Quantiles of errors in widths at a step: of that step and those near it. 0: there are none. */
static size_t fit_quantiles(const outcomes *all, const choice *c, uint32_t step,
                            bkti_calibration *calibration) {
    uint32_t near = step / 6 > 1 ? step / 6 : 1;
    standardised *list = malloc(all->count * sizeof *list);
    if (list == NULL)
        abort();
    size_t count = 0;
    double total = 0.0;
    for (size_t r = 0; r < all->count; r++) {
        const outcome *row = &all->rows[r];
        if (!is_chosen(row, c) || row->step + near < step || row->step > step + near)
            continue;
        list[count].error = row->error / bkti_calibration_width(calibration, row->features);
        list[count].weight = row->weight;
        total += list[count++].weight;
    }
    qsort(list, count, sizeof *list, by_error);
    double passed = 0.0;
    size_t at = 0;
    for (size_t level = 0; level < BKTI_CALIBRATION_LEVELS && count > 0; level++) {
        double wanted = bkti_calibration_probabilities[level] * total;
        while (at + 1 < count && passed + list[at].weight / 2.0 < wanted)
            passed += list[at++].weight;
        calibration->quantiles[step - 1][level] = list[at].error;
    }
    free(list);
    return count;
}

static void calibrate(const outcomes *all, const choice *c, bkti_calibration *out) {
    memset(out, 0, sizeof *out);
    out->season_length = c->kind == 0 ? 1 : c->kind == 1 ? 4 : 12;
    out->steps = steps_of[c->kind];
    fit_widths(all, c, out->coefficients);
    uint32_t step = 1;
    while (step <= out->steps && fit_quantiles(all, c, step, out) > 0)
        step++;
    out->steps = step - 1;
}

/* Coverage and width of intervals on the outcomes that `c` leaves out, or on all; of one cut. */
static void try_out(const outcomes *all, const choice *c, const bkti_calibration *calibration,
                    uint32_t cut, double *sums) {
    static const double tails[2] = {0.1, 0.025};
    for (size_t r = 0; r < all->count; r++) {
        const outcome *row = &all->rows[r];
        if (row->kind != c->kind || row->cut != cut || row->set != c->without)
            continue;
        double width = bkti_calibration_width(calibration, row->features);
        double low[2];
        double high[2];
        for (int i = 0; i < 2; i++) {
            low[i] = width * bkti_calibration_quantile(calibration, row->step, tails[i]);
            high[i] = width * bkti_calibration_quantile(calibration, row->step, 1.0 - tails[i]);
            if (row->point > 0.0)
                low[i] = fmax(low[i], -row->point);
            sums[i] += low[i] <= row->error && row->error <= high[i];
        }
        double below = fmax(low[1] - row->error, 0.0);
        double above = fmax(row->error - high[1], 0.0);
        sums[2] += row->weight * (high[1] - low[1] + 40.0 * (below + above));
        sums[3] += 1.0;
        sums[4] += row->weight;
    }
}

static void print_coverage(const outcomes *all) {
    printf("each set by intervals made from the other two\n%-10s %-8s %-12s %8s %8s %8s\n", "kind",
           "values", "set", "in 80 %", "in 95 %", "MSIS");
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        for (uint32_t cut = 0; cut < 3; cut++) {
            double pooled[5] = {0.0};
            char length[16] = "all";
            if (cuts[kind][cut] > 0)
                snprintf(length, sizeof length, "%d", (int)cuts[kind][cut]);
            for (uint32_t set = 0; set <= COMPETITION_SETS; set++) {
                double sums[5] = {0.0};
                choice c = {kind, set};
                bkti_calibration calibration;
                if (set < COMPETITION_SETS) {
                    calibrate(all, &c, &calibration);
                    try_out(all, &c, &calibration, cut, sums);
                    for (int i = 0; i < 5; i++)
                        pooled[i] += sums[i];
                } else {
                    memcpy(sums, pooled, sizeof sums);
                }
                if (sums[3] > 0.0)
                    printf("%-10s %-8s %-12s %8.3f %8.3f %8.2f\n", kind_names[kind], length,
                           set < COMPETITION_SETS ? competition_sets[set] : "together",
                           sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[4]);
            }
        }
    }
}

static void write_numbers(FILE *out, const double *numbers, size_t count, const char *indent) {
    fprintf(out, "{");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%.5g", i == 0 ? "" : i % 8 == 0 ? indent : ", ", numbers[i]);
    fprintf(out, "}");
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
        fprintf(out, "    {%u,\n     %u,\n     ", calibration.season_length, calibration.steps);
        write_numbers(out, calibration.coefficients, WIDE, ",\n      ");
        fprintf(out, ",\n     {");
        for (uint32_t step = 0; step < calibration.steps; step++) {
            fprintf(out, "%s", step == 0 ? "" : ",\n      ");
            write_numbers(out, calibration.quantiles[step], BKTI_CALIBRATION_LEVELS, ",\n       ");
        }
        fprintf(out, "}},\n");
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
