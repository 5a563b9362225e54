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

#include "outcomes.h"

/* Intervals on the outcomes that `c` leaves out; of one cut. */
static void try_out(const outcomes *all, const choice *c, const bkti_calibration *calibration,
                    uint32_t cut, fit_score *score) {
    for (size_t r = 0; r < all->count; r++) {
        const outcome *row = &all->rows[r];
        if (row->kind == c->kind && row->cut == cut && row->group == c->without)
            fit_try(&row->fit, 1, calibration, score);
    }
}

static void print_coverage(const outcomes *all) {
    printf("each set by intervals made from the other two\n%-10s %-8s %-12s %8s %8s %8s\n", "kind",
           "values", "set", "in 80 %", "in 95 %", "MSIS");
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        for (uint32_t cut = 0; cut < CUTS; cut++) {
            fit_score score = {0};
            fit_score pooled = score;
            char length[16] = "all";
            if (outcome_cuts[kind][cut] > 0)
                snprintf(length, sizeof length, "%d", (int)outcome_cuts[kind][cut]);
            for (uint32_t set = 0; set <= COMPETITION_SETS; set++) {
                choice c = {kind, set};
                bkti_calibration calibration;
                score = pooled;
                if (set < COMPETITION_SETS) {
                    score = (fit_score){0};
                    outcomes_calibrate(all, &c, &calibration);
                    try_out(all, &c, &calibration, cut, &score);
                    fit_score_add(&pooled, &score);
                }
                if (score.weight > 0.0)
                    printf("%-10s %-8s %-12s %8.3f %8.3f %8.2f\n", outcome_kinds[kind], length,
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
        choice c = {kind, ALL_GROUPS};
        bkti_calibration calibration;
        outcomes_calibrate(all, &c, &calibration);
        fprintf(out, "    ");
        fit_write(out, &calibration);
        fprintf(out, ",\n");
    }
    fprintf(out, "};\n");
    return fclose(out) == 0;
}

static int take(const competition_series *series, void *user) {
    return outcomes_take(user, series);
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
        all.group = set;
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
