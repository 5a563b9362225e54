/* SPDX-License-Identifier: MIT */
/* What every method projected of every series, from every year with enough values before it. */
#ifndef STUDY_H
#define STUDY_H

#include <bktrade/projection.h>

#include "fit.h"
#include "trade_series.h"

#define STUDY_STEPS   6
#define STUDY_LEAST   8  /* values before the first origin */
#define STUDY_MEMBERS 12 /* methods that combinations are made of */
#define STUDY_SINGLE  (STUDY_MEMBERS + 1)
#define STUDY_METHODS (STUDY_SINGLE + 6) /* combinations stand last */
#define STUDY_BOUNDED 6
#define STUDY_FOLDS   5
#define STUDY_BLOCKS  5

extern const char *const study_names[STUDY_METHODS];
/* Places of the methods that others are compared with. */
#define STUDY_NAIVE     0
#define STUDY_AUTOMATIC STUDY_MEMBERS
/* Whose bounds are kept. */
extern const char *const study_bounded_names[STUDY_BOUNDED];
#define STUDY_CALIBRATED 0
#define STUDY_ANALYTICAL 1
/* The mean or median of the members whose bits are set. */
double study_combine(uint32_t members, int is_median, const double *points);

typedef struct study_bounds {
    double low80;
    double high80;
    double low95;
    double high95;
} study_bounds;

/* One series, origin and step with an actual value. */
typedef struct study_row {
    fit_outcome outcome; /* of the automatic projection */
    double points[STUDY_METHODS];
    study_bounds bounds[STUDY_BOUNDED];
    double actual;
    double scale;  /* mean absolute change before the origin */
    double weight; /* 1 a series, over its rows */
    uint32_t series;
    uint32_t values; /* before and at the origin */
    uint32_t step;
    uint32_t fold;  /* by pair of countries */
    uint32_t block; /* of years that share their shocks: to 2007, 2009, 2012, 2014, 2016 */
    int32_t year;   /* of the actual value */
    int32_t kind;
    double size; /* median of the series, thousand US dollars */
} study_row;

typedef struct study {
    study_row *rows;
    size_t count;
    size_t capacity;
    uint32_t series; /* that have rows */
    int balances;    /* 1: it is of balances */
} study;

/* Of the balances alone, or of all but them; 0 when memory is short or a projection fails. */
int study_make(bkt_context *context, const trade_list *list, int balances, study *out);
void study_free(study *s);

#endif
