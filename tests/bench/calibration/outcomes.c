/* SPDX-License-Identifier: MIT */
#include "outcomes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const int64_t outcome_cuts[KINDS][CUTS] = {{0, 8, 12}, {0, 16, 24}, {0, 36, 60}};
const char *const outcome_kinds[KINDS] = {"yearly", "quarterly", "monthly"};
static const uint32_t steps_of[KINDS] = {6, 8, 24};

uint32_t outcome_kind_of(const competition_series *series) {
    uint32_t season = competition_seasons[series->period];
    return season == 1 ? 0 : season == 4 ? 1 : 2;
}

static void add(outcomes *all, const outcome *row) {
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 65536 : 2 * all->capacity;
        all->rows = realloc(all->rows, all->capacity * sizeof *all->rows);
        if (all->rows == NULL)
            abort();
    }
    all->rows[all->count++] = *row;
}

int outcomes_take(outcomes *all, const competition_series *s) {
    uint32_t season = competition_seasons[s->period];
    uint32_t kind = outcome_kind_of(s);
    for (uint32_t cut = 0; cut < CUTS; cut++) {
        int64_t count = s->training_count;
        if (outcome_cuts[kind][cut] > 0 && count <= outcome_cuts[kind][cut])
            continue;
        if (outcome_cuts[kind][cut] > 0)
            count = outcome_cuts[kind][cut];
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
                           .group = all->group,
                           .kind = kind,
                           .cut = cut};
            memcpy(row.features, features + (size_t)h * WIDE, sizeof row.features);
            add(all, &row);
        }
    }
    return 1;
}

static int is_chosen(const outcome *row, const choice *c) {
    return row->kind == c->kind && row->group != c->without;
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

void outcomes_calibrate(const outcomes *all, const choice *c, bkti_calibration *out) {
    memset(out, 0, sizeof *out);
    out->season_length = c->kind == 0 ? 1 : c->kind == 1 ? 4 : 12;
    out->steps = steps_of[c->kind];
    fit_widths(all, c, out->coefficients);
    uint32_t step = 1;
    while (step <= out->steps && fit_quantiles(all, c, step, out) > 0)
        step++;
    out->steps = step - 1;
}
