/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t nothing(const study_row *row) {
    (void)row;
    return 0;
}
static int32_t values_of(const study_row *row) {
    return (int32_t)row->values;
}
static int32_t step_of(const study_row *row) {
    return (int32_t)row->step;
}
static int32_t kind_of(const study_row *row) {
    return row->kind;
}
static int32_t year_of(const study_row *row) {
    return row->year;
}
/* 0: below a million US dollars in a middling year, 1: ten, 2: a hundred, 3: more. */
static int32_t size_of(const study_row *row) {
    return (row->size >= 1e3) + (row->size >= 1e4) + (row->size >= 1e5);
}

const part parts[] = {
    {"all", 0, 0, nothing},
    {"8 values", 8, 8, values_of},
    {"9-10 values", 9, 10, values_of},
    {"11-13 values", 11, 13, values_of},
    {"14-21 values", 14, 21, values_of},
    {"1 year ahead", 1, 1, step_of},
    {"2 years", 2, 2, step_of},
    {"3 years", 3, 3, step_of},
    {"4 years", 4, 4, step_of},
    {"5 years", 5, 5, step_of},
    {"6 years", 6, 6, step_of},
    {"exports", TRADE_EXPORTS, TRADE_EXPORTS, kind_of},
    {"imports", TRADE_IMPORTS, TRADE_IMPORTS, kind_of},
    {"turnover", TRADE_TURNOVER, TRADE_TURNOVER, kind_of},
    {"reconciled", TRADE_RECONCILED, TRADE_RECONCILED, kind_of},
    {"below 1 million", 0, 0, size_of},
    {"1-10 million", 1, 1, size_of},
    {"10-100 million", 2, 2, size_of},
    {"above 100 million", 3, 3, size_of},
    {"actual to 2007", 0, 2007, year_of},
    {"actual of 2008", 2008, 2008, year_of},
    {"actual of 2009", 2009, 2009, year_of},
    {"2010-2012", 2010, 2012, year_of},
    {"2013-2014", 2013, 2014, year_of},
    {"2015-2016", 2015, 2016, year_of},
};
const size_t part_count = sizeof parts / sizeof parts[0];

int is_in(const part *p, const study_row *row) {
    int32_t place = p->measure(row);
    return place >= p->low && place <= p->high;
}

void accuracy_add(accuracy *a, const study_row *row, double point) {
    double error = fabs(row->actual - point);
    a->smape += row->weight * 200.0 * error / (fabs(row->actual) + fabs(point));
    a->mase += row->weight * error / row->scale;
    a->weight += row->weight;
}

double accuracy_owa(const accuracy *a, const accuracy *naive) {
    return (a->smape / naive->smape + a->mase / naive->mase) / 2.0;
}

/* The geometric mean over series of the absolute error beside naive's: no series, however wild,
 * counts for more than another. */
static double relative_error(const study *s, int method) {
    double sum = 0.0;
    double series = 0.0;
    for (size_t i = 0; i < s->count;) {
        double own = 0.0;
        double naive = 0.0;
        uint32_t number = s->rows[i].series;
        for (; i < s->count && s->rows[i].series == number; i++) {
            own += fabs(s->rows[i].actual - s->rows[i].points[method]);
            naive += fabs(s->rows[i].actual - s->rows[i].points[STUDY_NAIVE]);
        }
        if (own > 0.0 && naive > 0.0) {
            sum += log(own / naive);
            series += 1.0;
        }
    }
    return exp(sum / series);
}

static void report_parts(const study *s, int first, int after) {
    accuracy scores[STUDY_METHODS];
    after = after < STUDY_METHODS ? after : STUDY_METHODS;
    printf("\nOWA%22s", "");
    for (int m = first; m < after; m++)
        printf(" %10.10s", study_names[m]);
    for (size_t p = 0; p < part_count; p++) {
        int rows = 0;
        memset(scores, 0, sizeof scores);
        for (size_t i = 0; i < s->count; i++) {
            if (!is_in(&parts[p], &s->rows[i]))
                continue;
            rows++;
            accuracy_add(&scores[STUDY_NAIVE], &s->rows[i], s->rows[i].points[STUDY_NAIVE]);
            for (int m = first; m < after; m++)
                accuracy_add(&scores[m], &s->rows[i], s->rows[i].points[m]);
        }
        printf("\n%-18s %6d", parts[p].name, rows);
        for (int m = first; m < after && rows > 0; m++)
            printf(" %10.3f", accuracy_owa(&scores[m], &scores[STUDY_NAIVE]));
    }
    printf("\n");
}

void report_methods(const study *s) {
    static accuracy scores[STUDY_METHODS];
    printf("%u series, %zu projections with an actual value\n\n%-44s %8s %7s %6s %12s\n", s->series,
           s->count, "method", "sMAPE", "MASE", "OWA", "MAE / naive");
    memset(scores, 0, sizeof scores);
    for (int m = 0; m < STUDY_METHODS; m++) {
        for (size_t i = 0; i < s->count; i++)
            accuracy_add(&scores[m], &s->rows[i], s->rows[i].points[m]);
        printf("%-44s %8.3f %7.3f %6.3f %12.3f\n", study_names[m],
               scores[m].smape / scores[m].weight, scores[m].mase / scores[m].weight,
               accuracy_owa(&scores[m], &scores[STUDY_NAIVE]), relative_error(s, m));
    }
    /* A table of the methods, then one of the combinations. */
    for (int first = 1; first < STUDY_METHODS; first += STUDY_MEMBERS)
        report_parts(s, first, first + STUDY_MEMBERS);
}

static void add_bounds(const study_row *row, const study_bounds *b, fit_score *score) {
    double y = row->actual;
    if (isnan(b->low95) || isnan(b->low80))
        return;
    double outside = fmax(b->low95 - y, 0.0) + fmax(y - b->high95, 0.0);
    score->weight80 += row->weight * (b->low80 <= y && y <= b->high80);
    score->weight95 += row->weight * (b->low95 <= y && y <= b->high95);
    score->msis += row->weight * (b->high95 - b->low95 + 40.0 * outside) / row->scale;
    score->weight += row->weight;
}

void report_intervals(const study *s) {
    printf("\n%u series: share within 80 %%, within 95 %%, MSIS\n%-18s", s->series, "");
    for (int b = 0; b < STUDY_BOUNDED; b++)
        printf(" %22s", study_bounded_names[b]);
    for (size_t p = 0; p < part_count; p++) {
        fit_score scores[STUDY_BOUNDED];
        memset(scores, 0, sizeof scores);
        for (size_t i = 0; i < s->count; i++)
            for (int b = 0; b < STUDY_BOUNDED && is_in(&parts[p], &s->rows[i]); b++)
                add_bounds(&s->rows[i], &s->rows[i].bounds[b], &scores[b]);
        printf("\n%-18s", parts[p].name);
        for (int b = 0; b < STUDY_BOUNDED && scores[b].weight > 0.0; b++)
            printf("   %5.3f %5.3f %8.1f", scores[b].weight80 / scores[b].weight,
                   scores[b].weight95 / scores[b].weight, scores[b].msis / scores[b].weight);
    }
    printf("\n");
}
