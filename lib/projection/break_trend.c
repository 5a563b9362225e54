/* SPDX-License-Identifier: MIT */
/* A straight line through the logarithms that may break once: in level and slope, where that leaves
 * the least squares, if Schwarz's criterion and AICc find it worth its parameters. */
#include "bkti_elementary.h"
#include "bkti_projection.h"

#include <math.h>

/* A line through the values added so far, kept as means and sums about them. */
typedef struct segment {
    double count;
    double time_mean;
    double mean;
    double time_squares;
    double products;
    double squares;
} segment;

static void add(segment *s, double time, double value) {
    double time_change = time - s->time_mean;
    double change = value - s->mean;
    s->count += 1.0;
    s->time_mean += time_change / s->count;
    s->mean += change / s->count;
    s->time_squares += time_change * (time - s->time_mean);
    s->products += time_change * (value - s->mean);
    s->squares += change * (value - s->mean);
}

static double slope_of(const segment *s) {
    return s->time_squares > 0.0 ? s->products / s->time_squares : 0.0;
}

/* The sum of squares about the line. */
static double rest_of(const segment *s) {
    return fmax(s->squares - s->products * slope_of(s), 0.0);
}

static double expect(const segment *s, double time) {
    return s->mean + slope_of(s) * (time - s->time_mean);
}

static segment segment_of(const double *logs, int64_t first, int64_t end) {
    segment s = {.count = 0.0};
    for (int64_t t = first; t < end; t++)
        if (!isnan(logs[t]))
            add(&s, (double)t, logs[t]);
    return s;
}

/* Values that a segment must have: 15 % of all, as Bai and Perron have it, and no fewer than 5. */
static double least_of(int64_t count) {
    return fmax(5.0, floor(0.15 * (double)count));
}

/* What n log of the squares must fall by: three parameters more, two of a line and the date, by
 * Schwarz's criterion, and by AICc (of 3 and 6 parameters), which is the dearer for a short series.
 */
static double price_of(double n) {
    return fmax(3.0 * bkti_log(n), 12.0 * n / (n - 7.0) - 6.0 * n / (n - 4.0));
}

/* The period that the second segment begins with; 0: no break. `rests` is room for a number a
 * period. */
static int64_t find_break(const double *logs, int64_t periods, int64_t count, double *rests) {
    double least = least_of(count);
    double n = (double)count;
    segment s = {.count = 0.0};
    for (int64_t t = 0; t < periods; t++) { /* of the values before t */
        rests[t] = s.count >= least ? rest_of(&s) : NAN;
        if (!isnan(logs[t]))
            add(&s, (double)t, logs[t]);
    }
    double noise = 1e-13 * s.squares + 1e-26 * n * s.mean * s.mean; /* of rest_of() */
    double whole = rest_of(&s) + noise;
    double best = HUGE_VAL;
    int64_t found = 0;
    segment after = {.count = 0.0};
    for (int64_t t = periods - 1; t > 0; t--) {
        if (isnan(logs[t]))
            continue;
        add(&after, (double)t, logs[t]);
        double rest = rests[t] + rest_of(&after) + noise;
        if (after.count >= least && rest < best) {
            best = rest;
            found = t;
        }
    }
    return found > 0 && n * bkti_log_ratio(best, whole) > price_of(n) ? found : 0;
}

bkt_status bkti_break_trend_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                   const bkti_settings *settings, double *out_points,
                                   double *out_errors, bkt_fit *fit) {
    int64_t periods = sample->periods;
    double *logs = bkti_workspace_take(workspace, 2 * (size_t)periods);
    if (logs == NULL)
        return BKT_ERR_MEMORY;
    double origin = bkti_log(sample->values[0]); /* taken off, so that little cancels */
    for (int64_t t = 0; t < periods; t++)
        logs[t] = bkti_log(sample->values[t]) - origin;
    int64_t from = find_break(logs, periods, sample->count, logs + periods);
    segment before = segment_of(logs, 0, from);
    segment after = segment_of(logs, from, periods);
    fit->squares = 0.0;
    for (int64_t t = 0; t < periods; t++) {
        double error = logs[t] - expect(t < from ? &before : &after, (double)t);
        fit->squares += isnan(error) ? 0.0 : error * error;
    }
    fit->freedom = (double)(sample->count - (from > 0 ? 4 : 2));
    fit->sigma = fit->freedom > 0.0 ? sqrt(fit->squares / fit->freedom) : NAN;
    fit->slope = slope_of(&after);
    fit->level = bkti_exp(origin + expect(&after, (double)(periods - 1)));
    fit->break_period = from > 0 ? from + 1 : 0;
    fit->flags |= BKT_FIT_LOGS;
    for (uint32_t h = 0; h < settings->horizon; h++) {
        double time = (double)(periods + h);
        double distance = time - after.time_mean;
        out_points[h] = bkti_exp(origin + expect(&after, time));
        out_errors[h] =
            fit->sigma * sqrt(1.0 + 1.0 / after.count + distance * distance / after.time_squares);
    }
    return BKT_OK;
}

bkt_status bkt_break_trend_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_BREAK_TREND, values, count, options, out_points,
                               out_errors, out_fit);
}
