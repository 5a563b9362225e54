/* SPDX-License-Identifier: MIT */
/* The series that project, target and plot work on: one measure of the pair as one or both sides
 * report it, or (with --value) a column of any file. */
#ifndef SERIES_H
#define SERIES_H

#include "pair.h"

typedef struct series {
    const bkt_table *table;
    char value_id[64];
    char name[64];   /* "Turnover" */
    char title[400]; /* "Turnover of Belarus with Kazakhstan, as Belarus reports it" */
    char unit[48];
    int32_t decimals;
    int32_t per_year; /* periods in a year; 0 for weeks and days */
    double scale;     /* what an amount on the command line is divided by */
} series;

enum { MOST_SERIES = 2 };

typedef struct series_list {
    series items[MOST_SERIES];
    uint32_t count;
    pair trade;       /* without --value */
    bkt_table *plain; /* with --value */
} series_list;

/* --of, --side and --value. */
extern const option_spec series_options[];

/* Reads what the command line asks for; last_option as for pair_read(). */
int32_t series_read(session *running, const arguments *given, const char *last_option,
                    series_list *out);
void series_free(series_list *list);
/* BKT_PROJECTION_... that follow from what is asked for: a balance may turn negative, and what is
 * of a pair is trade. */
uint32_t series_flags(const arguments *given);

/* The last period with a value and the value; false if there is none. */
bool series_last(const series *of, const char **out_period, double *out_value);
/* Compound growth a year from the value `years` before the last one (0: the first) to the last,
 * both of one quarter or month; false if it can't be computed. out_first gets that earlier period.
 */
bool series_growth(const series *of, int32_t years, const char **out_first, double *out_rate);

/* The same table with a text column in front that has one text in every row. */
bkt_status series_label_rows(session *running, const bkt_table *table, const char *id,
                             const char *text, bkt_table **out_table);
/* Writes tables (one a series) as one CSV, with the column SERIES in front where there are several.
 */
bkt_status series_write_csv(session *running, const series_list *list, bkt_table *const *tables);

#endif
