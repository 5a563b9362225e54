/* SPDX-License-Identifier: MIT */
/* How far the growth of some months of a year is from that of the whole year, on the monthly series
 * of three forecasting competitions summed to years:
 *
 *   bench-partial FOLDER
 *
 * Prints the size of the error in the units of lib/projection/partial.c (its SIZE, by maximum
 * likelihood for a Student's t with 3 degrees of freedom), on what its logarithm depends, and how
 * projections that know the months do: coverage of their intervals, and their error beside that of
 * the projection alone and of the months' growth alone. Every year with five years before it
 * counts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_paths.h"
#include "competition.h"

#define MONTHS     12
#define YEAR_LIMIT 300

typedef struct sums {
    double years;
    double within[2]; /* intervals of 80 and of 95 % */
    double combined;  /* absolute errors of the logarithm */
    double projected;
    double part;
} sums;

typedef struct study {
    bkt_context *context;
    sums months[MONTHS];
    double squares[3][4]; /* normal equations */
    double *errors;       /* in units of spread sqrt((1 - share) / share) */
    size_t count;
    size_t capacity;
} study;

static void add_error(study *all, double error, double root, double spread) {
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 65536 : 2 * all->capacity;
        all->errors = realloc(all->errors, all->capacity * sizeof *all->errors);
        if (all->errors == NULL)
            abort();
    }
    all->errors[all->count++] = error / (root * spread);
    double size = log(fmax(fabs(error), 1e-4));
    double x[3] = {1.0, log(root), log(spread)};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            all->squares[i][k] += x[i] * x[k];
        all->squares[i][3] += x[i] * size;
    }
}

/* Share of a distribution that lies below a number. */
static double share_below(const bkti_first *first, double normal) {
    if (normal <= first->normals[0])
        return 0.0;
    for (int i = 1; i < BKTI_FIRST_POINTS; i++)
        if (normal <= first->normals[i]) {
            double step = first->normals[i] - first->normals[i - 1];
            double share = (normal - first->normals[i - 1]) / step;
            return first->below[i - 1] + share * (first->below[i] - first->below[i - 1]);
        }
    return 1.0;
}

static void try_year(study *all, const bkti_marginals *marginals, const double *year,
                     const double *previous, const double *totals) {
    static bkti_first first;
    double part = 0.0;
    double part_before = 0.0;
    double growth = log(totals[1] / totals[0]);
    double spread = bkti_partial_scale(marginals, totals[0], 0.5) / BKTI_PARTIAL_SIZE;
    double at = bkti_marginals_place(marginals, 0, totals[1]);
    double projected = log(fmax(bkti_marginals_value(marginals, 0, 0.0), 1e-9) / totals[0]);
    for (int month = 0; month + 1 < MONTHS; month++) {
        part += year[month];
        part_before += previous[month];
        bkti_partial known = {part, part_before, (month + 1.0) / MONTHS};
        if (!(part > 0.0 && part_before > 0.0) ||
            !bkti_partial_apply(marginals, totals[0], &known, &first))
            continue;
        double below = share_below(&first, at);
        double middle = bkti_marginals_value(marginals, 0, bkti_first_quantile(&first, 0.5));
        sums *own = &all->months[month];
        own->years += 1.0;
        own->within[0] += below > 0.1 && below < 0.9;
        own->within[1] += below > 0.025 && below < 0.975;
        own->combined += fabs(log(middle / totals[0]) - growth);
        own->projected += fabs(projected - growth);
        own->part += fabs(log(part / part_before) - growth);
        add_error(all, log(part / part_before) - growth, sqrt((1.0 - known.share) / known.share),
                  spread);
    }
}

static int take(const competition_series *s, void *user) {
    static double values[COMPETITION_VALUES + COMPETITION_HORIZON];
    study *all = user;
    double totals[YEAR_LIMIT] = {0.0};
    if (competition_seasons[s->period] != MONTHS)
        return 1;
    memcpy(values, s->training, (size_t)s->training_count * sizeof *values);
    memcpy(values + s->training_count, s->test, s->test_count * sizeof *values);
    int64_t years = (s->training_count + (int64_t)s->test_count) / MONTHS;
    const double *from = values + (s->training_count + (int64_t)s->test_count - years * MONTHS);
    for (int64_t t = 0; t < years * MONTHS && t < YEAR_LIMIT * MONTHS; t++)
        totals[t / MONTHS] += from[t];
    for (int64_t year = BKTI_CALIBRATION_COUNT; year < years && year < YEAR_LIMIT; year++) {
        double point;
        double scale;
        double features[BKTI_CALIBRATION_FEATURES];
        bkti_marginals marginals;
        if (!(totals[year] > 0.0 && totals[year - 1] > 0.0))
            continue;
        if (bkti_series_measure(all->context, totals, year, 1, 1, &point, &scale, features) !=
            BKT_OK)
            return 0;
        double width = scale * bkti_calibration_width(&bkti_calibrations[0], features);
        bkti_marginals_begin(&marginals, &bkti_calibrations[0], &point, &width, 1, true);
        if (scale > 0.0)
            try_year(all, &marginals, from + year * MONTHS, from + (year - 1) * MONTHS,
                     totals + year - 1);
    }
    return 1;
}

/* The scale of a Student's t with 3 degrees of freedom: the root of the likelihood's derivative. */
static double likeliest_size(const study *all) {
    double low = 1e-3;
    double high = 10.0;
    for (int step = 0; step < 60; step++) {
        double middle = sqrt(low * high);
        double sum = 0.0;
        for (size_t i = 0; i < all->count; i++) {
            double square = all->errors[i] * all->errors[i] / (middle * middle);
            sum += 4.0 * square / (3.0 + square) - 1.0;
        }
        if (sum > 0.0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void print_slopes(study *all) {
    double(*s)[4] = all->squares;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            double weight = k == i ? 0.0 : s[k][i] / s[i][i];
            for (int m = 0; m < 4; m++)
                s[k][m] -= weight * s[i][m];
        }
    printf("log |error| = %.3f + %.3f log sqrt((1 - share) / share) + %.3f log spread\n",
           s[0][3] / s[0][0], s[1][3] / s[1][1], s[2][3] / s[2][2]);
}

int main(int argc, char **argv) {
    static study all;
    if (argc < 2) {
        printf("no folder with m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz was given: nothing made\n"
               "usage: bench-partial FOLDER\n");
        return 0;
    }
    if (bkt_context_new(NULL, &all.context) != BKT_OK)
        return 1;
    int good = 1;
    for (size_t set = 0; set < COMPETITION_SETS && good; set++)
        good = competition_read(argv[1], set, take, &all);
    if (good && all.count > 0) {
        print_slopes(&all);
        printf("size %.3f by maximum likelihood, of %zu errors\n%-8s %8s %8s %8s %32s\n",
               likeliest_size(&all), all.count, "", "", "", "", "mean |error of the logarithm|");
        printf("%-8s %8s %8s %8s %10s %10s %10s\n", "months", "years", "in 80 %", "in 95 %",
               "together", "projected", "months'");
    }
    for (int month = 0; month + 1 < MONTHS; month++) {
        const sums *own = &all.months[month];
        if (own->years > 0.0)
            printf("%-8d %8.0f %8.3f %8.3f %10.4f %10.4f %10.4f\n", month + 1, own->years,
                   own->within[0] / own->years, own->within[1] / own->years,
                   own->combined / own->years, own->projected / own->years, own->part / own->years);
    }
    free(all.errors);
    bkt_context_free(all.context);
    return good ? 0 : 1;
}
