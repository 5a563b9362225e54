/* SPDX-License-Identifier: MIT */
/* The public series of the M1, M3 and tourism competitions: one a line, tab-separated id, set,
 * period (yearly, quarterly, monthly, other), horizon, kind, training values and test values
 * (comma-separated), in m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz. */
#ifndef COMPETITION_H
#define COMPETITION_H

#include <stddef.h>
#include <stdint.h>

#define COMPETITION_VALUES  2000
#define COMPETITION_HORIZON 48
#define COMPETITION_PERIODS 4
#define COMPETITION_SETS    3

typedef struct competition_series {
    double training[COMPETITION_VALUES];
    double test[COMPETITION_HORIZON];
    int64_t training_count;
    uint32_t test_count;
    size_t period; /* of competition_periods */
} competition_series;

extern const char *const competition_periods[COMPETITION_PERIODS];
extern const uint32_t competition_seasons[COMPETITION_PERIODS];
extern const char *const competition_sets[COMPETITION_SETS];

/* Every series of a set, in its order; 0 as soon as `take` gives 0. A file that isn't there is told
 * and counts as empty. */
int competition_read(const char *folder, size_t set,
                     int (*take)(const competition_series *series, void *user), void *user);
/* Mean |y(t) - y(t - length)|, the scale of MASE; 0 if there is none. */
double competition_scale(const double *values, int64_t count, int64_t length);

#endif
