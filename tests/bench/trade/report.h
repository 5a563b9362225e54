/* SPDX-License-Identifier: MIT */
/* Tables of what a study found. */
#ifndef REPORT_H
#define REPORT_H

#include "study.h"

/* Parts of the rows that tables are made of: all, by values before the origin, step, kind, size and
 * year of the actual value. */
typedef struct part {
    const char *name;
    int32_t low; /* of what `measure` gives, both included */
    int32_t high;
    int32_t (*measure)(const study_row *row);
} part;
extern const part parts[];
extern const size_t part_count;
int is_in(const part *p, const study_row *row);

/* By weight. */
typedef struct accuracy {
    double smape;
    double mase;
    double weight;
} accuracy;
void accuracy_add(accuracy *a, const study_row *row, double point);
/* The overall weighted average of M4, beside naive. */
double accuracy_owa(const accuracy *a, const accuracy *naive);

void report_methods(const study *s);
void report_combinations(const study *s);
void report_intervals(const study *s);
/* The general table of calibration beside tables made from trade, each tried on what it was not
 * made from. */
void report_calibrations(const study *s);
/* Writes the tables made from all rows. */
int write_calibrations(const study *flows, const study *balances, const char *path);

#endif
