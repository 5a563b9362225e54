/* SPDX-License-Identifier: MIT */
/* The axes of a plot: which numbers and dates stand at them, and where a value or day lies. */
#ifndef BKTI_AXIS_H
#define BKTI_AXIS_H

#include <stdbool.h>
#include <stdint.h>

#include "bkti_text.h"
#include "bkti_unit.h"

#define BKTI_TICK_LIMIT 128

typedef struct bkti_tick {
    double value; /* as it is shown */
    char label[40];
} bkti_tick;

/* Values run upwards. "Shown" values are in the unit that the axis chose. */
typedef struct bkti_value_axis {
    bkti_unit unit;
    bool is_fraction; /* shown in per cent */
    bool is_log;
    double low; /* shown */
    double high;
    double top; /* pixels of high and low */
    double bottom;
    int tick_count;
    bkti_tick ticks[BKTI_TICK_LIMIT];
} bkti_value_axis;

/* What an axis has to cover, in the plain unit. */
typedef struct bkti_value_range {
    double low;
    double high;
    double fixed_low; /* NaN: not fixed */
    double fixed_high;
    bool is_log; /* low is above 0 then */
    bool needs_zero;
} bkti_value_range;

/* unit: of the plain values, power 0. Sets all but top and bottom, for so many pixels. */
void bkti_value_axis_choose(bkti_value_axis *axis, const bkti_value_range *range, bkti_unit unit,
                            double pixels);
double bkti_value_axis_shown(const bkti_value_axis *axis, double value);
/* Pixel of a plain value; not finite for what a logarithmic axis can't have. */
double bkti_value_axis_place(const bkti_value_axis *axis, double value);
/* Pixel of a shown value. */
double bkti_value_axis_place_shown(const bkti_value_axis *axis, double shown);
/* A plain value as text, in the axis's unit, with enough decimals to be useful. */
void bkti_value_axis_write(const bkti_value_axis *axis, double value, bkti_text *out);
/* The unit of the axis: "million USD", "%", "". */
void bkti_value_axis_write_unit(const bkti_value_axis *axis, bkti_text *out);

typedef struct bkti_time_axis {
    double first_day; /* days since 1970-01-01, at left */
    double last_day;  /* at right */
    double left;      /* pixels */
    double right;
    int32_t frequency; /* the finest of what is shown */
    int rows;          /* lines of labels that it may have */
} bkti_time_axis;

double bkti_time_axis_place(const bkti_time_axis *axis, double day);
/* Lines of labels under the axis: 1 or 2. */
int bkti_time_axis_rows(const bkti_time_axis *axis, double font);
/* Ticks and labels as SVG below the pixel `top`; labels `font` pixels high in rows of `row`. */
void bkti_time_axis_draw(const bkti_time_axis *axis, double top, double font, double row,
                         bkti_text *out);

#endif
