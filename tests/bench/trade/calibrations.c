/* SPDX-License-Identifier: MIT */
/* Whether intervals hold that were calibrated on the competitions' series, and what becomes of them
 * with tables of trade's own errors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report.h"

/* A way to make a table, and what it is made without and then tried on. Years are left out in
 * blocks, as all pairs share their shocks; with both, neither the pairs nor the years are known. */
static const struct {
    const char *name;
    const bkti_calibration *given; /* nothing is made */
    int has_own_widths;
    int without_pairs;
    int without_years;
} ways[] = {
    {"general", &bkti_calibrations[0], 0, 0, 0},
    {"the library's for trade", &bkti_calibrations_trade[0], 0, 0, 0},
    {"own errors, pairs out", NULL, 0, 1, 0},
    {"own errors, years out", NULL, 0, 0, 1},
    {"own errors, both out", NULL, 0, 1, 1},
    {"own widths, both out", NULL, 1, 1, 1},
};
#define WAYS     (sizeof ways / sizeof ways[0])
#define OF_TRADE 1

typedef struct left_out {
    int32_t fold; /* -1: none */
    int32_t block;
} left_out;

static int is_tried(const study_row *row, const left_out *c) {
    return (c->fold < 0 || (int32_t)row->fold == c->fold) &&
           (c->block < 0 || (int32_t)row->block == c->block);
}

static int is_used(const study_row *row, const left_out *c) {
    return (int32_t)row->fold != c->fold && (int32_t)row->block != c->block;
}

/* A balance is its partner's with the other sign, so that its errors count with both. */
static void make(const study *s, const left_out *c, int has_own_widths, bkti_calibration *out) {
    fit_outcome *rows = malloc((2 * s->count + 1) * sizeof *rows);
    if (rows == NULL)
        abort();
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_used(&s->rows[i], c))
            continue;
        rows[count++] = s->rows[i].outcome;
        if (!s->balances)
            continue;
        rows[count] = rows[count - 1];
        rows[count].error = -rows[count].error;
        count++;
    }
    fit_calibration(rows, count, 1, STUDY_STEPS,
                    has_own_widths ? NULL : bkti_calibrations[0].coefficients, out);
    free(rows);
}

/* The score of every row. */
static void try_way(const study *s, size_t way, fit_score *out_scores) {
    for (int32_t fold = 0; fold < (ways[way].without_pairs ? STUDY_FOLDS : 1); fold++) {
        for (int32_t block = 0; block < (ways[way].without_years ? STUDY_BLOCKS : 1); block++) {
            left_out c = {ways[way].without_pairs ? fold : -1,
                          ways[way].without_years ? block : -1};
            bkti_calibration made;
            if (ways[way].given != NULL)
                made = ways[way].given[way == OF_TRADE ? s->balances : 0];
            else
                make(s, &c, ways[way].has_own_widths, &made);
            for (size_t i = 0; i < s->count; i++)
                if (is_tried(&s->rows[i], &c))
                    fit_try(&s->rows[i].outcome, 1, &made, &out_scores[i]);
        }
    }
}

/* Geometric mean over series of the interval score beside that of the general table. */
static double beside_general(const study *s, const part *p, const fit_score *own,
                             const fit_score *general) {
    double sum = 0.0;
    double series = 0.0;
    for (size_t i = 0; i < s->count;) {
        double a = 0.0;
        double b = 0.0;
        uint32_t number = s->rows[i].series;
        for (; i < s->count && s->rows[i].series == number; i++) {
            a += is_in(p, &s->rows[i]) ? own[i].msis : 0.0;
            b += is_in(p, &s->rows[i]) ? general[i].msis : 0.0;
        }
        if (a > 0.0 && b > 0.0) {
            sum += log(a / b);
            series += 1.0;
        }
    }
    return exp(sum / series);
}

static void print_part(const study *s, const part *p, const fit_score *scores) {
    printf("\n%-18s", p->name);
    for (size_t way = 0; way < WAYS; way++) {
        const fit_score *own = scores + way * s->count;
        fit_score sum = {0};
        for (size_t i = 0; i < s->count; i++) {
            if (!is_in(p, &s->rows[i]))
                continue;
            fit_score_add(&sum, &own[i]);
        }
        if (sum.weight > 0.0)
            printf("  %5.3f %5.3f %6.1f %5.2f", sum.weight80 / sum.weight,
                   sum.weight95 / sum.weight, sum.msis / sum.weight,
                   beside_general(s, p, own, scores));
    }
}

void report_calibrations(const study *s) {
    fit_score *scores = calloc(WAYS * s->count + 1, sizeof *scores);
    if (scores == NULL)
        abort();
    printf(
        "\nautomatic: share within 80 %%, within 95 %%, MSIS, and the interval score beside that "
        "of the general table\n%-18s",
        "");
    for (size_t way = 0; way < WAYS; way++) {
        try_way(s, way, scores + way * s->count);
        printf(" %25s", ways[way].name);
    }
    for (size_t p = 0; p < part_count; p++)
        print_part(s, &parts[p], scores);
    printf("\n");
    free(scores);
}

int write_calibrations(const study *flows, const study *balances, const char *path) {
    left_out nothing = {-1, -1};
    const study *of[2] = {flows, balances};
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        return 0;
    }
    fprintf(out, "/* SPDX-License-Identifier: MIT */\n"
                 "/* Written by tests/bench/trade from yearly series of trade between countries, "
                 "with the widths of\n * bkti_calibrations[0]; its README has the date and the "
                 "recipe. */\n"
                 "#include \"bkti_calibration.h\"\n\n"
                 "const bkti_calibration bkti_calibrations_trade[2] = {\n");
    for (int i = 0; i < 2; i++) {
        bkti_calibration calibration;
        make(of[i], &nothing, 0, &calibration);
        fprintf(out, "    ");
        fit_write(out, &calibration);
        fprintf(out, ",\n");
    }
    fprintf(out, "};\n");
    return fclose(out) == 0;
}
