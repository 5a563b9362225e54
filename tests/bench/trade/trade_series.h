/* SPDX-License-Identifier: MIT */
/* Yearly series of trade between two countries, of the files of tests/bench/trade's README. */
#ifndef TRADE_SERIES_H
#define TRADE_SERIES_H

#include <stddef.h>
#include <stdint.h>

#define TRADE_YEARS 32
#define TRADE_CODE  4

enum trade_kind {
    TRADE_EXPORTS,
    TRADE_IMPORTS,
    TRADE_TURNOVER,
    TRADE_RECONCILED,
    TRADE_BALANCE,
    TRADE_KINDS
};
extern const char *const trade_kind_names[TRADE_KINDS];

typedef struct trade_series {
    char reporter[TRADE_CODE];
    char partner[TRADE_CODE];
    int32_t kind;
    int32_t first_year;
    uint32_t count;
    double values[TRADE_YEARS]; /* thousand US dollars; NaN where there is none */
} trade_series;

typedef struct trade_list {
    trade_series *rows;
    size_t count;
    size_t capacity;
} trade_list;

/* Reads both files of a folder, as far as they are there; 0 when there is none or no memory.
 * Turnover and balance are made where both flows are there. A reporter that both have is taken from
 * the file of all partners, which goes farther. */
int trade_read(const char *folder, trade_list *out);
void trade_free(trade_list *list);

/* The same number for both directions of a pair of countries, whatever its kind. */
uint32_t trade_pair_number(const trade_series *series);

#endif
