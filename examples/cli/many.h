/* SPDX-License-Identifier: MIT */
/* What is projected of files with several series. */
#ifndef MANY_H
#define MANY_H

#include "series.h"

/* --threads. */
extern const option_spec many_options[];

bool many_take_threads(const arguments *given, bkt_projection_options *how);
/* Whether a projection is one of several series. */
bool many_is(const bkt_table *projection);
/* A row a series, a column a period ahead; then the series that could not be projected, and why. */
bkt_status many_print(session *running, const series *of, const bkt_table *projection);

#endif
