/* SPDX-License-Identifier: MIT */
/* Complex exponential smoothing without a season. */
#include "bkti_projection.h"

#include <math.h>

#define PARTNER_STEPS 400

/* Bounds of the real and the imaginary part. */
static const double lows[2] = {BKTI_COMPLEX_LOW, BKTI_COMPLEX_LOW};
static const double highs[2] = {BKTI_COMPLEX_REAL_HIGH, BKTI_COMPLEX_IMAGINARY_HIGH};

typedef struct state {
    double level;
    double potential;
} state;

typedef struct search_task {
    const bkti_sample *sample;
    const double *given; /* the two parameters; NaN: to be found */
    state first;
} search_task;

/* One step of the recursion: gives the error, 0 where the value is missing. */
static double advance(state *s, const double p[2], double value) {
    double error = isnan(value) ? 0.0 : value - s->level;
    double level = s->level;
    s->level = level - (1.0 - p[1]) * s->potential + (p[0] - p[1]) * error;
    s->potential = level + (1.0 - p[0]) * s->potential + (p[0] + p[1]) * error;
    return error;
}

/* The sum of squared errors, and the state after the last value. */
static double run(const bkti_sample *sample, const double p[2], state *s) {
    double squares = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        double error = advance(s, p, sample->values[t] * sample->factor);
        squares += error * error;
    }
    return squares;
}

static void parameters_of(const search_task *task, const double *x, double p[2]) {
    uint32_t next = 0;
    for (int i = 0; i < 2; i++)
        p[i] = isnan(task->given[i]) ? x[next++] : task->given[i];
}

/* Whether what an error does to the states dies away: both roots of the discount matrix within the
 * unit circle. Few values leave room for others, which then are as wrong as can be. */
static bool stable(const double p[2]) {
    double trace = 2.0 - 2.0 * p[0] + p[1];
    double determinant = (1.0 - p[0]) * (1.0 - p[0]) + 1.0 - p[0] - p[1] + p[1] * p[1];
    return fabs(determinant) < 1.0 && fabs(trace) < 1.0 + determinant;
}

/* A value of the one that isn't given, by which the model is stable; NaN: there is none. */
static double find_partner(const double given[2]) {
    int wanted = isnan(given[0]) ? 0 : 1;
    double p[2] = {given[0], given[1]};
    for (int step = 0; step <= PARTNER_STEPS; step++) {
        p[wanted] = lows[wanted] + (highs[wanted] - lows[wanted]) * step / PARTNER_STEPS;
        if (stable(p))
            return p[wanted];
    }
    return NAN;
}

bool bkti_ces_can_be_stable(double alpha_real, double alpha_imaginary) {
    const double given[2] = {alpha_real, alpha_imaginary};
    if (isnan(alpha_real) && isnan(alpha_imaginary))
        return true;
    if (isnan(alpha_real) || isnan(alpha_imaginary))
        return !isnan(find_partner(given));
    return stable(given);
}

static double objective(const double *x, void *user) {
    const search_task *task = user;
    double p[2];
    parameters_of(task, x, p);
    if (!stable(p))
        return HUGE_VAL;
    state s = task->first;
    double squares = run(task->sample, p, &s);
    return isfinite(squares) ? squares : HUGE_VAL;
}

#define GRID 12

/* The best point of a grid, then a simplex from there. */
static void search(search_task *task, double p[2]) {
    double low[2], high[2], step[2], x[2] = {0.0, 0.0}, best[2] = {1.3, 1.0};
    if (isnan(task->given[0]) != isnan(task->given[1]))
        best[0] = find_partner(task->given);
    uint32_t count = 0;
    uint32_t cells = 1;
    for (int i = 0; i < 2; i++) {
        if (!isnan(task->given[i]))
            continue;
        low[count] = lows[i];
        high[count] = highs[i];
        step[count] = 0.1;
        cells *= GRID;
        count++;
    }
    double least = HUGE_VAL;
    for (uint32_t cell = 0; cell < cells && count > 0; cell++) {
        uint32_t place[2] = {cell % GRID, cell / GRID};
        for (uint32_t i = 0; i < count; i++)
            x[i] = low[i] + (high[i] - low[i]) * place[i] / (GRID - 1);
        double squares = objective(x, task);
        if (squares < least) {
            least = squares;
            best[0] = x[0];
            best[1] = x[1];
        }
    }
    bkti_simplex_minimise(objective, task, count, best, low, high, step);
    parameters_of(task, best, p);
}

/* The mean of the first ten values, as statsforecast has it. */
static state first_state(const bkti_sample *sample) {
    double sum = 0.0;
    int64_t count = 0;
    for (int64_t t = 0; t < sample->periods && count < 10; t++)
        if (!isnan(sample->values[t])) {
            sum += sample->values[t] * sample->factor;
            count++;
        }
    state first = {sum / (double)count, sum / (double)count / 1.1};
    return first;
}

/* The state's covariance in units of sigma squared, one period on. */
static void spread(double covariance[3], const double p[2]) {
    double ll = covariance[0], lc = covariance[1], cc = covariance[2];
    double a = -(1.0 - p[1]);
    double b = 1.0 - p[0];
    double to_level = p[0] - p[1];
    double to_potential = p[0] + p[1];
    covariance[0] = ll + 2.0 * a * lc + a * a * cc + to_level * to_level;
    covariance[1] = ll + (a + b) * lc + a * b * cc + to_level * to_potential;
    covariance[2] = ll + 2.0 * b * lc + b * b * cc + to_potential * to_potential;
}

bkt_status bkti_ces_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                           const bkti_settings *settings, double *out_points, double *out_errors,
                           bkt_fit *fit) {
    (void)workspace;
    const double given[2] = {settings->alpha_real, settings->alpha_imaginary};
    search_task task = {.sample = sample, .given = given, .first = first_state(sample)};
    double p[2];
    search(&task, p);
    double factor = sample->factor;
    state s = task.first;
    double squares = run(sample, p, &s);
    fit->first_level = task.first.level / factor;
    fit->freedom = (double)(sample->count - 2);
    double sigma = fit->freedom > 0.0 ? sqrt(squares / fit->freedom) : NAN;
    fit->level = s.level / factor;
    fit->alpha_real = p[0];
    fit->alpha_imaginary = p[1];
    fit->sigma = sigma / factor;
    fit->squares = squares / factor / factor;
    double covariance[3] = {0.0, 0.0, 0.0};
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] = s.level / factor;
        out_errors[h] = sigma * sqrt(1.0 + covariance[0]) / factor;
        spread(covariance, p);
        advance(&s, p, NAN);
    }
    return BKT_OK;
}

bkt_status bkt_ces_project(bkt_context *context, const double *values, int64_t count,
                           const bkt_projection_options *options, double *out_points,
                           double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_CES, values, count, options, out_points,
                               out_errors, out_fit);
}
