/* SPDX-License-Identifier: MIT */
/* A back-test in words. */
#ifndef VERDICT_H
#define VERDICT_H

#include "session.h"

/* A number of a row; NaN where it is missing. */
double verdict_figure(const bkt_table *summary, const char *id, int64_t row);
/* `summary`: rows of bkt_backtest() for all steps together. pooled: those of all series count. */
void verdict_print(const bkt_table *summary, bool pooled);
/* One sentence on a method against the last value. */
void verdict_print_method(const bkt_table *summary, int64_t row, bool pooled);

#endif
