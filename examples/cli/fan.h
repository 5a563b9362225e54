/* SPDX-License-Identifier: MIT */
/* A projection as a fan chart: the past as a line, what comes as a dashed one in nested bands. */
#ifndef FAN_H
#define FAN_H

#include "series.h"

/* The levels of the bands where none are asked for. */
enum { FAN_LEVELS = 3 };
extern const double fan_levels[FAN_LEVELS];

/* Adds what bkt_projection() gave, with a band for each of its levels. */
bkt_status fan_add(bkt_plot *plot, const bkt_table *projection, const char *label);
/* The whole chart of a series, written to a file. */
bkt_status fan_write(session *running, const series *of, const bkt_table *projection,
                     const char *path);

#endif
