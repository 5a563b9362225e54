/* SPDX-License-Identifier: MIT */
#include "outcomes.h"

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
            outcome row = {.fit = {.error = (s->test[h] - points[h]) / scale,
                                   .point = points[h] / scale,
                                   .weight = 1.0 / s->test_count,
                                   .step = h + 1,
                                   .may_be_negative = !(points[h] > 0.0)},
                           .group = all->group,
                           .kind = kind,
                           .cut = cut};
            memcpy(row.fit.features, features + (size_t)h * WIDE, sizeof row.fit.features);
            add(all, &row);
        }
    }
    return 1;
}

static int is_chosen(const outcome *row, const choice *c) {
    return row->kind == c->kind && row->group != c->without;
}

void outcomes_calibrate(const outcomes *all, const choice *c, bkti_calibration *out) {
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
