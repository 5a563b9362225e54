/* SPDX-License-Identifier: MIT */
/* What a plot holds: series with their points, sorted by time, and targets, all in one unit. */
#ifndef BKTI_PLOT_H
#define BKTI_PLOT_H

#include <stdbool.h>
#include <stdint.h>

#include <bktrade/output.h>

#include "bkti_context.h"
#include "bkti_unit.h"

#define BKTI_SERIES_LIMIT 64
#define BKTI_TARGET_LIMIT 64
/* Larger numbers, in the plain unit, leave no room for an axis around them. */
#define BKTI_PLOT_LARGEST 1e305

enum bkti_series_kind { BKTI_SERIES_LINE, BKTI_SERIES_BARS, BKTI_SERIES_BAND };

typedef struct bkti_plot_point {
    double start_day; /* of the period, in days since 1970-01-01 */
    double end_day;   /* first day after it */
    int64_t ordinal;
    double value; /* in the plain unit (power 0); of a band the lower bound */
    double upper; /* of a band; else the value */
    bool is_there;
} bkti_plot_point;

typedef struct bkti_plot_series {
    int kind; /* bkti_series_kind */
    int32_t frequency;
    char *label;
    bkt_plot_style style;
    bkti_plot_point *points; /* by time, no period twice */
    size_t count;
    size_t there_count;
    int parent; /* the line that a joined series grows out of; -1 */
} bkti_plot_series;

typedef struct bkti_plot_target {
    double value; /* in the plain unit */
    char *label;
} bkti_plot_target;

struct bkt_plot {
    bkt_context *context;
    bkt_plot_options options; /* its texts are the plot's own */
    char *value_unit;
    char *id_prefix;
    char *title;
    char *subtitle;
    char *source;
    char *time_label;
    char *value_label;
    char *unit; /* without the multiple; NULL before the first column */
    int power;  /* the first column's multiple */
    uint32_t series_count;
    uint32_t target_count;
    bkti_plot_series series[BKTI_SERIES_LIMIT];
    bkti_plot_target targets[BKTI_TARGET_LIMIT];
};

/* The middle of a point's period. */
static inline double bkti_plot_point_day(const bkti_plot_point *point) {
    return (point->start_day + point->end_day) / 2;
}

/* Whether the second point is the next one after the first, so that a line may connect them.
 * Frequencies up to the week know what comes next; others take the next row. */
static inline bool bkti_plot_are_neighbours(int32_t frequency, const bkti_plot_point *first,
                                            const bkti_plot_point *second) {
    return frequency > BKT_FREQUENCY_WEEK || second->ordinal == first->ordinal + 1;
}

#endif
