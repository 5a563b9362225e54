/* SPDX-License-Identifier: MIT */
/* Every mean and median of up to five methods, and how far the best of them carries. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define MOST  5
#define SHOWN 12

typedef struct combination {
    uint32_t members; /* a bit each */
    int is_median;
    double owa;
    accuracy folds[STUDY_FOLDS]; /* of pairs of countries */
    accuracy blocks[STUDY_BLOCKS];
} combination;

static const accuracy *pieces_of(const combination *c, int by_years) {
    return by_years ? c->blocks : c->folds;
}

static int bits_of(uint32_t members) {
    int count = 0;
    for (; members != 0; members &= members - 1)
        count++;
    return count;
}

static accuracy sum_of(const accuracy *pieces, int without) {
    accuracy sum = {0.0, 0.0, 0.0};
    for (int f = 0; f < STUDY_FOLDS; f++) {
        if (f == without)
            continue;
        sum.smape += pieces[f].smape;
        sum.mase += pieces[f].mase;
        sum.weight += pieces[f].weight;
    }
    return sum;
}

static double owa_of(const combination *c, const combination *naive, int by_years, int without) {
    accuracy own = sum_of(pieces_of(c, by_years), without);
    accuracy beside = sum_of(pieces_of(naive, by_years), without);
    return accuracy_owa(&own, &beside);
}

static int by_owa(const void *a, const void *b) {
    double x = ((const combination *)a)->owa;
    double y = ((const combination *)b)->owa;
    return (x > y) - (x < y);
}

static void print_name(const combination *c) {
    printf("%s", c->is_median ? "median" : "mean");
    for (int m = 0; m < STUDY_MEMBERS; m++)
        if ((c->members >> m & 1) != 0)
            printf(" %s", study_names[m]);
    printf("\n");
}

static size_t list_all(combination *all) {
    size_t count = 0;
    for (uint32_t members = 1; members < 1u << STUDY_MEMBERS; members++) {
        int bits = bits_of(members);
        for (int is_median = 0; is_median < 2 && bits <= MOST; is_median++)
            if (!is_median || bits > 2)
                all[count++] = (combination){.members = members, .is_median = is_median};
    }
    return count;
}

static void add_rows(const study *s, int given, combination *c) {
    for (size_t i = 0; i < s->count; i++) {
        const study_row *row = &s->rows[i];
        double point =
            given >= 0 ? row->points[given] : study_combine(c->members, c->is_median, row->points);
        accuracy_add(&c->folds[row->fold], row, point);
        accuracy_add(&c->blocks[row->block], row, point);
    }
}

/* Chosen without a part, tried on it. */
static void try_choice(combination *all, size_t count, const combination *naive,
                       const combination *automatic, int by_years) {
    accuracy own[STUDY_FOLDS];
    printf("\nchosen without %s, tried on them\n",
           by_years ? "the years to 2007, 2009, 2012, 2014, 2016" : "a fifth of the pairs");
    for (int f = 0; f < STUDY_FOLDS; f++) {
        size_t best = 0;
        for (size_t i = 0; i < count; i++) {
            all[i].owa = owa_of(&all[i], naive, by_years, f);
            best = all[i].owa < all[best].owa ? i : best;
        }
        own[f] = pieces_of(&all[best], by_years)[f];
        const accuracy *beside = &pieces_of(naive, by_years)[f];
        printf("%8.4f (automatic %.4f) ", accuracy_owa(&own[f], beside),
               accuracy_owa(&pieces_of(automatic, by_years)[f], beside));
        print_name(&all[best]);
    }
    accuracy beside = sum_of(pieces_of(naive, by_years), -1);
    accuracy chosen = sum_of(own, -1);
    printf("%8.4f (automatic %.4f) together\n", accuracy_owa(&chosen, &beside),
           owa_of(automatic, naive, by_years, -1));
}

void report_combinations(const study *s) {
    combination *all = malloc((2u << STUDY_MEMBERS) * sizeof *all);
    combination naive = {0};
    combination automatic = {0};
    if (all == NULL)
        abort();
    size_t count = list_all(all);
    add_rows(s, STUDY_NAIVE, &naive);
    add_rows(s, STUDY_AUTOMATIC, &automatic);
    for (size_t i = 0; i < count; i++)
        add_rows(s, -1, &all[i]);
    try_choice(all, count, &naive, &automatic, 0);
    try_choice(all, count, &naive, &automatic, 1);
    for (size_t i = 0; i < count; i++)
        all[i].owa = owa_of(&all[i], &naive, 0, -1);
    qsort(all, count, sizeof *all, by_owa);
    printf("\nOWA of combinations of up to %d, the best of %zu, on all series (automatic %.4f)\n",
           MOST, count, owa_of(&automatic, &naive, 0, -1));
    for (size_t i = 0; i < SHOWN && i < count; i++) {
        printf("%8.4f ", all[i].owa);
        print_name(&all[i]);
    }
    free(all);
}
