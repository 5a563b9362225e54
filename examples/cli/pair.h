/* SPDX-License-Identifier: MIT */
/* The pair of a command line: its options, the files read for it, its balance. */
#ifndef PAIR_H
#define PAIR_H

#include "session.h"

typedef struct pair {
    bkt_table *balance; /* made by bkt_balance(), in units of `scale` */
    double scale;       /* 1e6 for million */
    int32_t decimals;   /* of amounts: what the largest of them is worth showing */
    int cell;           /* width of a column of amounts */
    char unit[48];      /* "million USD" */
    char reporter[96];  /* name, such as "Belarus" */
    char partner[96];
} pair;

/* Options that every command on a pair takes: who, what, which rows. */
extern const option_spec pair_options[];
/* The window of periods: --from and --to. */
extern const option_spec window_options[];

/* --select ID=CODE ... as a filter; *out_filter stays NULL where there is none. */
int32_t pair_filter_options(session *running, const arguments *given, bkt_filter **out_filter);

/* Reads the files and computes the balance; last_option names the option that holds the last
 * period ("to", or "until" where --to is a target). EXIT_DONE, or the exit code after the problem
 * was told. */
int32_t pair_read(session *running, const arguments *given, const char *last_option, pair *out);
void pair_free(pair *read);

/* Tells on stdout what the figures rest on: profile, assumptions, sources. */
void pair_print_notes(const pair *read);

/* Decimals for amounts up to `largest`: four digits that count, or none beyond the point. */
int32_t decimals_for(double largest);
/* The largest number of a column without its sign; 0 if there is none. */
double column_largest(const bkt_column *column);
/* A number with groups of three digits: amounts in millions have few, but --unit ones has many. */
void money_text(double number, int32_t decimals, char *buffer, size_t size);

/* The two sides, in the order of the command line: "REPORTER" and "PARTNER". */
extern const char *const pair_sides[2];
/* "as Belarus reports it" for a side. */
const char *pair_side_name(const pair *read, int side);

#endif
