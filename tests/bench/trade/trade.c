/* SPDX-License-Identifier: MIT */
/* How far the methods carry on trade between countries, and whether their intervals hold there.
 *
 *   bench-trade FOLDER [TABLE]
 *
 * FOLDER holds the series (README.md). With TABLE a table of calibration is written, made from all
 * of them. */
#include <stdio.h>

#include "report.h"

int main(int argc, char **argv) {
    trade_list list;
    study flows;
    study balances = {0};
    bkt_context *context;
    if (argc < 2) {
        printf("no folder with pairs23_1995_2012.csv and blr_kaz_all_partners_wits.csv was given: "
               "nothing measured\nusage: bench-trade FOLDER [TABLE]\n");
        return 0;
    }
    if (!trade_read(argv[1], &list)) {
        fprintf(stderr, "no series were read\n");
        return 1;
    }
    if (bkt_context_new(NULL, &context) != BKT_OK)
        return 1;
    int good = study_make(context, &list, 0, &flows) && study_make(context, &list, 1, &balances);
    if (good) {
        report_methods(&flows);
        report_combinations(&flows);
        report_intervals(&flows);
        report_calibrations(&flows);
        printf("\nbalances\n");
        report_intervals(&balances);
        report_calibrations(&balances);
    }
    if (good && argc > 2)
        good = write_calibrations(&flows, &balances, argv[2]);
    study_free(&flows);
    study_free(&balances);
    trade_free(&list);
    bkt_context_free(context);
    return good ? 0 : 1;
}
