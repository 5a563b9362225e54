/* SPDX-License-Identifier: MIT */
/* The dynamic optimised theta model: theta's straight line is that of the values so far. Given
 * alpha the one-step errors are linear in the line's weight 1 - 1 / theta, which is concentrated
 * out by least squares; the search is over alpha alone. The initial level is y(1) / theta, with
 * which the model expects y(1) first: estimated as well, it would but take up the third error, and
 * forecasts of the competitions' series get worse, most so those of short ones. */
#include "bkti_smoothing.h"

#include <math.h>

#define DYNAMIC_ALPHA_LOW  0.1
#define DYNAMIC_ALPHA_HIGH 0.99
#define WEIGHT_LOW         (1.0 - 1.0 / BKTI_THETA_LOW)
#define WEIGHT_HIGH        (1.0 - 1.0 / BKTI_THETA_HIGH)
/* Errors of the first two values don't count: there is no line before them. */
#define UNCOUNTED 2
/* What is left of the intercept when this little is left of it: nothing. */
#define FORGOTTEN 1e-20

/* The straight line through the values so far, by least squares, kept up to date. */
typedef struct running_line {
    double count;
    double time; /* mean */
    double mean; /* of the values */
    double tt;   /* sum of squared deviations of time */
    double ty;   /* sum of products of deviations */
} running_line;

static double slope_of(const running_line *l) {
    return l->tt > 0.0 ? l->ty / l->tt : 0.0;
}

static void add_point(running_line *l, double time, double value) {
    double off = time - l->time;
    l->count += 1.0;
    l->time += off / l->count;
    l->mean += (value - l->mean) / l->count;
    l->tt += off * (time - l->time);
    l->ty += off * (value - l->mean);
}

/* A row for each value: what doesn't depend on the parameters. */
typedef struct dynamic_task {
    const double *values;     /* less the first */
    const double *steps;      /* periods since the value before */
    const double *intercepts; /* at time 0, of the line through the values before */
    const double *slopes;
    int64_t count;
    double weight;      /* given, or NaN */
    double used_weight; /* out */
} dynamic_task;

/* The sum of squared errors at the best weight. */
static double objective(const double *x, void *user) {
    dynamic_task *task = user;
    double alpha = *x;
    double keep = 1.0 - alpha;
    double level = 0.0;
    double rest = 1.0;  /* of the intercept when the line is smoothed */
    double ahead = 0.0; /* how far a slope of 1 is ahead of its smoothing */
    double ee = 0.0, el = 0.0, ll = 0.0;
    for (int64_t row = 0; row < task->count; row++) {
        ahead = keep * ahead + task->steps[row];
        if (row >= UNCOUNTED) {
            double error = task->values[row] - level;
            double line = rest * task->intercepts[row] + ahead * task->slopes[row];
            ee += error * error;
            el += error * line;
            ll += line * line;
        }
        level = keep * level + alpha * task->values[row];
        rest = rest > FORGOTTEN ? rest * keep : 0.0;
    }
    double weight = task->weight;
    if (isnan(weight))
        weight = ll > 0.0 ? fmin(fmax(el / ll, WEIGHT_LOW), WEIGHT_HIGH) : WEIGHT_LOW;
    task->used_weight = weight;
    return fmax(ee - weight * (2.0 * el - weight * ll), 0.0);
}

/* The model after the last value, which goes on with its own points as values. It is linear in the
 * three states; their covariance follows from that, in units of sigma squared. */
typedef struct dynamic_state {
    running_line line;
    double level;
    double rest;             /* as in objective() */
    double ahead;            /* the same */
    double time;             /* of the last value */
    double covariance[3][3]; /* of level, mean and products */
} dynamic_state;

/* What the next value is expected to be, in terms of level, mean and products. */
static void find_loads(const dynamic_state *s, double weight, double loads[3]) {
    loads[0] = 1.0;
    loads[1] = weight * s->rest;
    loads[2] = s->line.tt > 0.0 ? weight * (s->ahead - s->rest * s->line.time) / s->line.tt : 0.0;
}

static double expected(const dynamic_state *s, const double loads[3]) {
    return s->level + loads[1] * s->line.mean + loads[2] * s->line.ty;
}

/* Takes in the value of the next period, `step` periods on. */
static void take_value(dynamic_state *s, double alpha, double step, double value) {
    s->time += step;
    add_point(&s->line, s->time, value);
    s->level += alpha * (value - s->level);
    s->rest *= 1.0 - alpha;
}

static double variance(const dynamic_state *s, const double loads[3]) {
    double sum = 1.0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            sum += loads[i] * loads[k] * s->covariance[i][k];
    return sum;
}

/* The covariance after a value that isn't known, one period on. */
static void spread(dynamic_state *s, double alpha, const double loads[3]) {
    double next = s->line.count + 1.0;
    double off = (s->time + 1.0 - s->line.time) * (1.0 - 1.0 / next);
    const double gains[3] = {alpha, 1.0 / next, off}; /* what the states get of the value */
    const double own[3] = {1.0 - alpha, 1.0 - 1.0 / next, 1.0};
    double transition[3][3], half[3][3];
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            transition[i][k] = gains[i] * loads[k] + (i == k ? own[i] : 0.0);
    transition[2][1] -= off;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            half[i][k] = 0.0;
            for (int j = 0; j < 3; j++)
                half[i][k] += transition[i][j] * s->covariance[j][k];
        }
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            double sum = gains[i] * gains[k];
            for (int j = 0; j < 3; j++)
                sum += half[i][j] * transition[k][j];
            s->covariance[i][k] = sum;
        }
}

static bool prepare(bkti_workspace *workspace, const bkti_sample *sample, dynamic_task *task) {
    size_t count = (size_t)sample->count;
    double *values = bkti_workspace_take(workspace, count);
    double *steps = bkti_workspace_take(workspace, count);
    double *intercepts = bkti_workspace_take(workspace, count);
    double *slopes = bkti_workspace_take(workspace, count);
    if (values == NULL || steps == NULL || intercepts == NULL || slopes == NULL)
        return false;
    running_line line = {0.0, 0.0, 0.0, 0.0, 0.0};
    double first = sample->values[0] * sample->factor;
    int64_t before = -1;
    size_t row = 0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        values[row] = sample->values[t] * sample->factor - first;
        steps[row] = (double)(t - before);
        slopes[row] = slope_of(&line);
        intercepts[row] = line.mean - slopes[row] * line.time;
        add_point(&line, (double)(t + 1), values[row]);
        before = t;
        row++;
    }
    task->values = values;
    task->steps = steps;
    task->intercepts = intercepts;
    task->slopes = slopes;
    task->count = sample->count;
    return true;
}

/* The state after the last value, and the sum of squared errors. */
static double run(const dynamic_task *task, double alpha, double weight, dynamic_state *s) {
    double squares = 0.0;
    for (int64_t row = 0; row < task->count; row++) {
        double loads[3];
        s->ahead = (1.0 - alpha) * s->ahead + task->steps[row];
        find_loads(s, weight, loads);
        double error = task->values[row] - expected(s, loads);
        squares += row >= UNCOUNTED ? error * error : 0.0;
        take_value(s, alpha, task->steps[row], task->values[row]);
    }
    return squares;
}

static void project(dynamic_state *s, double alpha, double weight, double sigma, uint32_t horizon,
                    double *out_points, double *out_errors) {
    for (uint32_t h = 0; h < horizon; h++) {
        double loads[3];
        s->ahead = (1.0 - alpha) * s->ahead + 1.0;
        find_loads(s, weight, loads);
        out_points[h] = expected(s, loads);
        out_errors[h] = sigma * sqrt(variance(s, loads));
        spread(s, alpha, loads);
        take_value(s, alpha, 1.0, out_points[h]);
    }
}

bkt_status bkti_dynamic_theta_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                     const bkti_settings *settings, double *out_points,
                                     double *out_errors, bkt_fit *fit) {
    dynamic_task task = {.weight = 1.0 - 1.0 / settings->theta};
    if (!prepare(workspace, sample, &task))
        return BKT_ERR_MEMORY;
    double alpha = settings->alpha;
    if (isnan(alpha))
        bkti_line_minimise(objective, &task, DYNAMIC_ALPHA_LOW, DYNAMIC_ALPHA_HIGH, &alpha);
    objective(&alpha, &task);
    double weight = task.used_weight;
    double factor = sample->factor;
    double first = sample->values[0] * factor;
    dynamic_state state = {.rest = 1.0};
    double squares = run(&task, alpha, weight, &state);
    fit->freedom = (double)(sample->count - UNCOUNTED - 2);
    double sigma = fit->freedom > 0.0 ? sqrt(squares / fit->freedom) : NAN;
    fit->level = (first + state.level - weight * state.rest * first) / factor;
    fit->slope = weight * slope_of(&state.line) / factor;
    fit->first_level = (1.0 - weight) * first / factor;
    fit->alpha = alpha;
    fit->theta =
        isnan(settings->theta) ? fmin(1.0 / (1.0 - weight), BKTI_THETA_HIGH) : settings->theta;
    fit->sigma = sigma / factor;
    fit->squares = squares / factor / factor;
    project(&state, alpha, weight, sigma, settings->horizon, out_points, out_errors);
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] = (first + out_points[h]) / factor;
        out_errors[h] /= factor;
    }
    return BKT_OK;
}

bkt_status bkt_dynamic_theta_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_DYNAMIC_THETA, values, count, options,
                               out_points, out_errors, out_fit);
}
