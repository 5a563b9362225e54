/* SPDX-License-Identifier: MIT */
/* Accuracy of the projection methods on public forecasting competitions, by the definitions of the
 * M4 competition, beside naive2 (the last value of the seasonally adjusted series).
 *
 *   bench-accuracy FOLDER [LENGTH [METHOD...]]
 *
 * FOLDER holds the series (competition.h). With a LENGTH above 0 only the last so many training
 * values are used; with METHODs (names as printed) only these are measured. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bktrade/projection.h>

#include "competition.h"

typedef struct candidate {
    const char *name;
    int32_t method;
    uint32_t flags;
} candidate;

static const candidate candidates[] = {
    {"naive2", BKT_METHOD_NAIVE, 0},
    {"drift", BKT_METHOD_DRIFT, 0},
    {"log-trend", BKT_METHOD_LOG_TREND, 0},
    {"holt", BKT_METHOD_HOLT, 0},
    {"damped-holt", BKT_METHOD_DAMPED_HOLT, 0},
    {"seasonal-naive", BKT_METHOD_SEASONAL_NAIVE, 0},
    {"ses", BKT_METHOD_SES, 0},
    {"theta", BKT_METHOD_THETA, 0},
    {"log-theta", BKT_METHOD_LOG_THETA, 0},
    {"box-cox-theta", BKT_METHOD_BOX_COX_THETA, 0},
    {"dynamic-theta", BKT_METHOD_DYNAMIC_THETA, 0},
    {"ces", BKT_METHOD_CES, 0},
    {"arima", BKT_METHOD_ARIMA, 0},
    {"break-trend", BKT_METHOD_BREAK_TREND, 0},
    {"delta", BKT_METHOD_DELTA, 0},
    {"rho", BKT_METHOD_RHO, 0},
    {"card", BKT_METHOD_CARD, 0},
    {"cardt", BKT_METHOD_CARDT, 0},
    {"ets", BKT_METHOD_ETS, 0},
    {"ets-damped", BKT_METHOD_ETS_DAMPED, 0},
    {"automatic", BKT_METHOD_AUTOMATIC, 0},
    {"automatic-analytical", BKT_METHOD_AUTOMATIC, BKT_PROJECTION_ANALYTICAL},
};
#define CANDIDATES (sizeof candidates / sizeof candidates[0])

/* Sums over series. */
typedef struct score {
    double smape;
    double mase;
    double msis;
    double within80;
    double within95;
    double seconds;
    long series;
    long points;
} score;

static int run(bkt_context *context, const candidate *who, const competition_series *s,
               const double *training, int64_t count, double scale, score *total) {
    bkt_projection_options options;
    double points[COMPETITION_HORIZON];
    double lower[2 * COMPETITION_HORIZON];
    double upper[2 * COMPETITION_HORIZON];
    uint32_t n = s->test_count;
    bkt_projection_options_init(&options, sizeof options);
    options.method = who->method;
    options.flags = who->flags;
    options.horizon = n;
    options.season_length = competition_seasons[s->period];
    clock_t start = clock();
    bkt_status status =
        bkt_series_project(context, training, count, &options, points, lower, upper, NULL);
    total->seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
    if (status != BKT_OK) {
        fprintf(stderr, "%s: %s\n", who->name, bkt_context_error_text(context));
        return 0;
    }
    double smape = 0.0, error = 0.0, width = 0.0;
    for (uint32_t h = 0; h < n; h++) {
        double y = s->test[h];
        double low = lower[n + h];
        double high = upper[n + h];
        smape += 200.0 * fabs(y - points[h]) / (fabs(y) + fabs(points[h])) / n;
        error += fabs(y - points[h]) / n;
        width += (high - low + 40.0 * fmax(low - y, 0.0) + 40.0 * fmax(y - high, 0.0)) / n;
        total->within80 += lower[h] <= y && y <= upper[h];
        total->within95 += low <= y && y <= high;
    }
    total->smape += smape;
    total->mase += error / scale;
    total->msis += width / scale;
    total->points += n;
    total->series++;
    return 1;
}

static void print_scores(const char *set, const char *period, const score *scores) {
    if (scores[0].series == 0)
        return;
    printf("\n%s %s, %ld series\n%-26s %8s %7s %6s %6s %6s %8s %10s\n", set, period,
           scores[0].series, "method", "sMAPE", "MASE", "OWA", "in 80%", "in 95%", "MSIS",
           "s/1000");
    for (size_t i = 0; i < CANDIDATES; i++) {
        if (scores[i].series == 0)
            continue;
        double n = (double)scores[i].series;
        double points = (double)scores[i].points;
        double owa = (scores[i].smape / scores[0].smape + scores[i].mase / scores[0].mase) / 2.0;
        printf("%-26s %8.3f %7.3f %6.3f %6.3f %6.3f %8.2f %10.4f\n", candidates[i].name,
               scores[i].smape / n, scores[i].mase / n, owa, scores[i].within80 / points,
               scores[i].within95 / points, scores[i].msis / n, 1000.0 * scores[i].seconds / n);
    }
}

/* The last row and column: all. */
typedef struct measuring {
    bkt_context *context;
    int64_t length;
    int is_wanted[CANDIDATES];
    size_t set;
    score scores[COMPETITION_SETS + 1][COMPETITION_PERIODS + 1][CANDIDATES];
} measuring;

static void add(score *total, const score *one) {
    total->smape += one->smape;
    total->mase += one->mase;
    total->msis += one->msis;
    total->within80 += one->within80;
    total->within95 += one->within95;
    total->seconds += one->seconds;
    total->series += one->series;
    total->points += one->points;
}

static int measure_series(const competition_series *s, void *user) {
    measuring *own = user;
    int64_t count = s->training_count;
    if (own->length > 0 && count > own->length)
        count = own->length;
    const double *training = s->training + (s->training_count - count);
    double scale = competition_scale(training, count, competition_seasons[s->period]);
    int good = 1;
    for (size_t i = 0; i < CANDIDATES && scale > 0.0; i++) {
        score one = {0};
        if (!own->is_wanted[i])
            continue;
        good &= run(own->context, &candidates[i], s, training, count, scale, &one);
        add(&own->scores[own->set][s->period][i], &one);
        add(&own->scores[own->set][COMPETITION_PERIODS][i], &one);
        add(&own->scores[COMPETITION_SETS][s->period][i], &one);
    }
    return good;
}

static int take_methods(measuring *own, int count, char **names) {
    own->is_wanted[0] = 1; /* what the others are compared with */
    for (size_t i = 0; i < CANDIDATES && count == 0; i++)
        own->is_wanted[i] = 1;
    for (int k = 0; k < count; k++) {
        size_t i = 0;
        while (i < CANDIDATES && strcmp(candidates[i].name, names[k]) != 0)
            i++;
        if (i == CANDIDATES) {
            fprintf(stderr, "no such method: %s\n", names[k]);
            return 0;
        }
        own->is_wanted[i] = 1;
    }
    return 1;
}

int main(int argc, char **argv) {
    static measuring own;
    if (argc < 2) {
        printf("no folder with m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz was given: nothing "
               "measured\nusage: bench-accuracy FOLDER [LENGTH [METHOD...]]\n");
        return 0;
    }
    own.length = argc > 2 ? strtoll(argv[2], NULL, 10) : 0;
    if (!take_methods(&own, argc > 3 ? argc - 3 : 0, argv + 3) ||
        bkt_context_new(NULL, &own.context) != BKT_OK)
        return 1;
    int good = 1;
    for (own.set = 0; own.set < COMPETITION_SETS; own.set++)
        good &= competition_read(argv[1], own.set, measure_series, &own);
    for (size_t set = 0; set <= COMPETITION_SETS; set++) {
        const char *name = set < COMPETITION_SETS ? competition_sets[set] : "all sets,";
        for (size_t period = 0; period < COMPETITION_PERIODS; period++)
            print_scores(name, competition_periods[period], own.scores[set][period]);
        print_scores(name, "whole", own.scores[set][COMPETITION_PERIODS]);
    }
    bkt_context_free(own.context);
    return good ? 0 : 1;
}
