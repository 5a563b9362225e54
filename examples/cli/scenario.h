/* SPDX-License-Identifier: MIT */
/* Growth that somebody assumes, from the command line (--growth) or a file (--scenario), and what
 * it comes to beside what is projected. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "series.h"

enum { MOST_LISTS = 16, MOST_RATES = 400 };

/* --growth and --scenario. */
extern const option_spec scenario_options[];

typedef struct scenarios {
    double growths[MOST_RATES];
    int64_t offsets[MOST_LISTS + 1];
    uint32_t list_count;
    bkt_table *table; /* NULL: no file was given */
} scenarios;

bool scenarios_given(const scenarios *assumed);
/* EXIT_DONE, or the exit code after the problem was told; to be freed either way. */
int32_t scenarios_take(session *running, const arguments *given, scenarios *out);
void scenarios_free(scenarios *assumed);
/* bkt_scenario() of a series. */
bkt_status scenarios_project(session *running, const scenarios *assumed, const series *of,
                             const bkt_projection_options *how, bkt_table **out_table);
/* What that gave, as text. */
bkt_status scenarios_print(session *running, const series *of, const bkt_table *compared);

/* A file of plain CSV with the columns SCENARIO, TIME_PERIOD and one of GROWTH, FACTOR and LEVEL,
 * as a table; see scenario_file.c. */
int32_t scenario_file_read(session *running, const char *path, bkt_table **out_table);

#endif
