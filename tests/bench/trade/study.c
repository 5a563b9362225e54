/* SPDX-License-Identifier: MIT */
#include "study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int32_t methods[STUDY_SINGLE] = {
    BKT_METHOD_NAIVE,         BKT_METHOD_DRIFT, BKT_METHOD_THETA,      BKT_METHOD_LOG_THETA,
    BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_ETS,   BKT_METHOD_ETS_DAMPED, BKT_METHOD_DELTA,
    BKT_METHOD_CARD,          BKT_METHOD_CARDT, BKT_METHOD_ARIMA,      BKT_METHOD_LOG_TREND,
    BKT_METHOD_AUTOMATIC};
const char *const study_names[STUDY_METHODS] = {
    "naive",
    "drift",
    "theta",
    "log-theta",
    "dynamic-theta",
    "ets",
    "ets-damped",
    "delta",
    "card",
    "cardt",
    "arima",
    "log-trend",
    "automatic",
    "mean naive drift",
    "mean theta delta",
    "mean dynamic-theta delta drift",
    "mean ets theta delta",
    "median naive drift delta",
    "median dynamic-theta delta drift log-theta",
};
static const struct {
    uint32_t members; /* a bit each */
    int is_median;
} combinations[STUDY_METHODS - STUDY_SINGLE] = {{0x3, 0},  {0x84, 0}, {0x92, 0},
                                                {0xa4, 0}, {0x83, 1}, {0x9a, 1}};

double study_combine(uint32_t members, int is_median, const double *points) {
    double ordered[STUDY_MEMBERS];
    double sum = 0.0;
    int count = 0;
    for (int m = 0; m < STUDY_MEMBERS; m++) {
        if ((members >> m & 1) == 0)
            continue;
        int place = count++;
        for (; place > 0 && ordered[place - 1] > points[m]; place--)
            ordered[place] = ordered[place - 1];
        ordered[place] = points[m];
        sum += points[m];
    }
    return is_median ? 0.5 * (ordered[(count - 1) / 2] + ordered[count / 2]) : sum / count;
}

/* The calibrated bounds stand first; the method's own ones are kept of these. */
static const int32_t bounded[STUDY_BOUNDED] = {BKT_METHOD_AUTOMATIC, BKT_METHOD_AUTOMATIC,
                                               BKT_METHOD_ETS,       BKT_METHOD_ARIMA,
                                               BKT_METHOD_THETA,     BKT_METHOD_DRIFT};
const char *const study_bounded_names[STUDY_BOUNDED] = {
    "automatic, calibrated", "automatic, analytical", "ets", "arima", "theta", "drift"};

/* What one origin's projections are. */
typedef struct projections {
    double points[STUDY_SINGLE][STUDY_STEPS];
    double lower[STUDY_BOUNDED][2 * STUDY_STEPS];
    double upper[STUDY_BOUNDED][2 * STUDY_STEPS];
    double features[STUDY_STEPS * BKTI_CALIBRATION_FEATURES];
    double scale;
} projections;

static int project(bkt_context *context, const double *values, int64_t count, uint32_t flags,
                   projections *out) {
    bkt_projection_options options;
    double points[STUDY_STEPS];
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = STUDY_STEPS;
    options.flags = flags;
    bkt_status status = BKT_OK;
    for (int m = 0; m < STUDY_SINGLE && status == BKT_OK; m++) {
        options.method = methods[m];
        status =
            bkt_series_project(context, values, count, &options, out->points[m], NULL, NULL, NULL);
    }
    for (int b = 0; b < STUDY_BOUNDED && status == BKT_OK; b++) {
        options.method = bounded[b];
        options.flags = flags | (b == STUDY_ANALYTICAL ? BKT_PROJECTION_ANALYTICAL : 0);
        status = bkt_series_project(context, values, count, &options, points, out->lower[b],
                                    out->upper[b], NULL);
    }
    if (status == BKT_OK)
        status = bkti_series_measure(context, values, count, 1, STUDY_STEPS, points, &out->scale,
                                     out->features);
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    return status == BKT_OK;
}

static int add(study *s, const study_row *row) {
    if (s->count == s->capacity) {
        size_t capacity = s->capacity == 0 ? 16384 : 2 * s->capacity;
        study_row *rows = realloc(s->rows, capacity * sizeof *rows);
        if (rows == NULL)
            return 0;
        s->rows = rows;
        s->capacity = capacity;
    }
    s->rows[s->count++] = *row;
    return 1;
}

/* Of changes between years that both have a value. */
static double scale_of(const double *values, uint32_t count) {
    double sum = 0.0;
    double changes = 0.0;
    for (uint32_t t = 1; t < count; t++) {
        double change = fabs(values[t] - values[t - 1]);
        if (isnan(change))
            continue;
        sum += change;
        changes += 1.0;
    }
    return changes > 0.0 ? sum / changes : 0.0;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(const trade_series *series) {
    double values[TRADE_YEARS];
    size_t count = 0;
    for (uint32_t t = 0; t < series->count; t++)
        if (!isnan(series->values[t]))
            values[count++] = series->values[t];
    qsort(values, count, sizeof values[0], by_value);
    return count == 0 ? 0.0 : values[count / 2];
}

static uint32_t block_of(int32_t year) {
    return (uint32_t)((year > 2007) + (year > 2009) + (year > 2012) + (year > 2014));
}

static int take_origin(bkt_context *context, const trade_series *series, uint32_t origin,
                       study_row *row, study *s) {
    projections p;
    const double *values = series->values;
    int actuals = 0;
    for (uint32_t h = 1; h <= STUDY_STEPS && origin + h < series->count; h++)
        actuals += !isnan(values[origin + h]);
    row->scale = scale_of(values, origin + 1);
    if (actuals == 0 || !(row->scale > 0.0))
        return 1;
    uint32_t flags = series->kind == TRADE_BALANCE ? BKT_PROJECTION_NO_FLOOR : 0;
    if (!project(context, values, origin + 1, flags, &p))
        return 0;
    for (uint32_t h = 1; h <= STUDY_STEPS && origin + h < series->count; h++) {
        if (isnan(values[origin + h]))
            continue;
        row->actual = values[origin + h];
        row->step = h;
        row->year = series->first_year + (int32_t)(origin + h);
        row->block = block_of(row->year);
        for (int m = 0; m < STUDY_SINGLE; m++)
            row->points[m] = p.points[m][h - 1];
        for (int m = STUDY_SINGLE; m < STUDY_METHODS; m++)
            row->points[m] = study_combine(combinations[m - STUDY_SINGLE].members,
                                           combinations[m - STUDY_SINGLE].is_median, row->points);
        for (int b = 0; b < STUDY_BOUNDED; b++)
            row->bounds[b] =
                (study_bounds){p.lower[b][h - 1], p.upper[b][h - 1],
                               p.lower[b][STUDY_STEPS + h - 1], p.upper[b][STUDY_STEPS + h - 1]};
        fit_outcome *o = &row->outcome;
        memcpy(o->features, p.features + (size_t)(h - 1) * BKTI_CALIBRATION_FEATURES,
               sizeof o->features);
        o->error = (row->actual - row->points[STUDY_AUTOMATIC]) / p.scale;
        o->point = row->points[STUDY_AUTOMATIC] / p.scale;
        o->step = h;
        o->may_be_negative = series->kind == TRADE_BALANCE;
        if (!add(s, row))
            return 0;
    }
    return 1;
}

static int take_series(bkt_context *context, const trade_series *series, study *s) {
    study_row row = {.kind = series->kind,
                     .series = s->series,
                     .fold = trade_pair_number(series) % 7919 % STUDY_FOLDS,
                     .size = median_of(series)};
    size_t first = s->count;
    for (uint32_t t = 0; t + 1 < series->count; t++) {
        if (isnan(series->values[t]))
            continue;
        row.values++;
        if (row.values >= STUDY_LEAST && !take_origin(context, series, t, &row, s))
            return 0;
    }
    for (size_t i = first; i < s->count; i++)
        s->rows[i].weight = s->rows[i].outcome.weight = 1.0 / (double)(s->count - first);
    s->series += s->count > first;
    return 1;
}

int study_make(bkt_context *context, const trade_list *list, int balances, study *out) {
    memset(out, 0, sizeof *out);
    out->balances = balances;
    int good = 1;
    for (size_t i = 0; i < list->count && good; i++)
        if ((list->rows[i].kind == TRADE_BALANCE) == (balances != 0))
            good = take_series(context, &list->rows[i], out);
    return good;
}

void study_free(study *s) {
    free(s->rows);
    memset(s, 0, sizeof *s);
}
