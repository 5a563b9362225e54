/* SPDX-License-Identifier: MIT */
/* Holt's trend and its damped form. Given the smoothing parameters the one-step errors are linear
 * in the initial level and trend, so those two are concentrated out by least squares and the search
 * is over alpha, beta / alpha and phi alone. */
#include "bkti_projection.h"

#include <math.h>

typedef struct state {
    double level;
    double slope;
} state;

typedef struct search_task {
    const bkti_sample *sample;
    const bkti_settings *settings;
    bool damped;
    state guess; /* the initial state is found as a correction to this, so that little cancels */
} search_task;

typedef struct parameters {
    double alpha;
    double beta;
    double phi;
} parameters;

/* One step of the recursion: gives the error, 0 where the value is missing. */
static double advance(state *s, const parameters *p, double value) {
    double trend = p->phi * s->slope;
    double expected = s->level + trend;
    double error = isnan(value) ? 0.0 : value - expected;
    s->level = expected + p->alpha * error;
    s->slope = trend + p->beta * error;
    return error;
}

/* So many periods without a value are passed one by one. */
#define SHORT_GAP 64

/* How many periods from t on have no value, if they make a long gap; 0 if not. */
static int64_t long_gap(const bkti_sample *sample, int64_t t) {
    int64_t next = t;
    while (next < sample->periods && isnan(sample->values[next]))
        next++;
    return next - t > SHORT_GAP ? next - t : 0;
}

/* What advance() does in a gap of so many periods, at once. */
static void pass_gap(state *s, const parameters *p, int64_t periods) {
    double power = 1.0; /* phi to the number of periods, by squaring */
    double square = p->phi;
    for (int64_t rest = periods; rest > 0; rest /= 2) {
        power *= rest % 2 == 1 ? square : 1.0;
        square *= square;
    }
    double steps = p->phi < 1.0 ? p->phi * (1.0 - power) / (1.0 - p->phi) : (double)periods;
    s->level += steps * s->slope;
    s->slope *= power;
}

/* The sum of squared errors at the best initial state, which out_initial gets (may be NULL). */
static double squares_at(const search_task *task, const parameters *p, state *out_initial) {
    const bkti_sample *sample = task->sample;
    state s = task->guess;
    state by_level = {1.0, 0.0}; /* what a unit of initial level, or trend, does to the states */
    state by_slope = {0.0, 1.0};
    double ee = 0.0, el = 0.0, es = 0.0, ll = 0.0, ls = 0.0, ss = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        double value = sample->values[t] * sample->factor;
        int64_t gap = isnan(value) ? long_gap(sample, t) : 0;
        if (gap > 0) {
            pass_gap(&s, p, gap);
            pass_gap(&by_level, p, gap);
            pass_gap(&by_slope, p, gap);
            t += gap - 1;
            continue;
        }
        double zero = isnan(value) ? value : 0.0;
        double e = advance(&s, p, value);
        double l = advance(&by_level, p, zero);
        double b = advance(&by_slope, p, zero);
        ee += e * e;
        el += e * l;
        es += e * b;
        ll += l * l;
        ls += l * b;
        ss += b * b;
    }
    double determinant = ll * ss - ls * ls;
    state change = {ll > 0.0 ? -el / ll : 0.0, 0.0};
    if (determinant > 1e-12 * ll * ss) {
        change.level = -(el * ss - es * ls) / determinant;
        change.slope = -(es * ll - el * ls) / determinant;
    }
    if (out_initial != NULL) {
        out_initial->level = task->guess.level + change.level;
        out_initial->slope = task->guess.slope + change.slope;
    }
    double squares = ee + change.level * el + change.slope * es;
    return squares > 0.0 ? squares : 0.0;
}

/* The coordinates of the search, in this order, without those that are given. */
static parameters parameters_of(const search_task *task, const double *x) {
    const bkti_settings *given = task->settings;
    parameters p;
    uint32_t next = 0;
    p.alpha = isnan(given->alpha) ? x[next++] : given->alpha;
    p.beta = given->beta;
    if (isnan(p.beta)) {
        p.beta = x[next++] * p.alpha;
        if (p.beta < BKTI_ALPHA_LOW)
            p.beta = BKTI_ALPHA_LOW;
    }
    p.phi = 1.0;
    if (task->damped)
        p.phi = isnan(given->phi) ? x[next++] : given->phi;
    return p;
}

static double objective(const double *x, void *user) {
    const search_task *task = user;
    parameters p = parameters_of(task, x);
    return squares_at(task, &p, NULL);
}

/* The best point of a fixed grid, then a simplex from there. */
static parameters search(search_task *task) {
    static const double alphas[] = {BKTI_ALPHA_LOW, 0.1, 0.25, 0.4,
                                    0.55,           0.7, 0.85, BKTI_ALPHA_HIGH};
    static const double ratios[] = {1e-4, 0.05, 0.15, 0.35, 0.65, 1.0};
    static const double phis[] = {BKTI_PHI_LOW, 0.86, 0.92, BKTI_PHI_HIGH};
    static const double *const grids[3] = {alphas, ratios, phis};
    static const uint32_t sizes[3] = {8, 6, 4};
    static const double lows[3] = {BKTI_ALPHA_LOW, 0.0, BKTI_PHI_LOW};
    static const double highs[3] = {BKTI_ALPHA_HIGH, 1.0, BKTI_PHI_HIGH};
    static const double steps[3] = {0.08, 0.08, 0.03};
    const bkti_settings *given = task->settings;
    bool wanted[3] = {isnan(given->alpha), isnan(given->beta), task->damped && isnan(given->phi)};
    double low[3], high[3], step[3], best[3] = {0.0, 0.0, 0.0}, x[3] = {0.0, 0.0, 0.0};
    const double *grid[3];
    uint32_t size[3];
    uint32_t count = 0;
    uint32_t cells = 1;
    for (uint32_t i = 0; i < 3; i++) {
        if (!wanted[i])
            continue;
        low[count] = lows[i];
        high[count] = highs[i];
        step[count] = steps[i];
        grid[count] = grids[i];
        size[count] = sizes[i];
        cells *= sizes[i];
        count++;
    }
    if (wanted[0] && !wanted[1])
        low[0] = given->beta; /* beta <= alpha */
    double least = HUGE_VAL;
    for (uint32_t cell = 0; cell < cells; cell++) {
        uint32_t rest = cell;
        for (uint32_t i = 0; i < count; i++) {
            x[i] = fmax(grid[i][rest % size[i]], low[i]);
            rest /= size[i];
        }
        double squares = objective(x, task);
        if (squares < least) {
            least = squares;
            for (uint32_t i = 0; i < count; i++)
                best[i] = x[i];
        }
    }
    bkti_simplex_minimise(objective, task, count, best, low, high, step);
    return parameters_of(task, best);
}

/* Runs the recursion once more with what was found: the errors themselves, not a difference of
 * large sums. */
static double run(const bkti_sample *sample, const parameters *p, state *s) {
    double squares = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        double value = sample->values[t] * sample->factor;
        int64_t gap = isnan(value) ? long_gap(sample, t) : 0;
        if (gap > 0) {
            pass_gap(s, p, gap);
            t += gap - 1;
            continue;
        }
        double error = advance(s, p, value);
        squares += error * error;
    }
    return squares;
}

static void holt(const bkti_sample *sample, const bkti_settings *settings, bool damped,
                 double *out_points, double *out_errors, bkt_fit *fit) {
    search_task task = {.sample = sample, .settings = settings, .damped = damped};
    task.guess.slope = bkti_changes_drift(sample);
    task.guess.level = sample->values[0] * sample->factor - task.guess.slope;
    parameters p = search(&task);
    state initial;
    squares_at(&task, &p, &initial);
    state last = initial;
    double squares = run(sample, &p, &last);
    double factor = sample->factor;

    fit->freedom = (double)(sample->count - (damped ? 5 : 4));
    double sigma = fit->freedom > 0.0 ? sqrt(squares / fit->freedom) : NAN;
    double steps = 0.0; /* phi + ... + phi^h */
    double power = 1.0;
    double spread = 1.0; /* 1 + sum of squared c */
    for (uint32_t h = 0; h < settings->horizon; h++) {
        power *= p.phi;
        steps += power;
        out_points[h] = (last.level + steps * last.slope) / factor;
        out_errors[h] = sigma * sqrt(spread) / factor;
        double c = p.alpha + p.beta * steps;
        spread += c * c;
    }
    fit->alpha = p.alpha;
    fit->beta = p.beta;
    fit->phi = damped ? p.phi : NAN;
    fit->level = last.level / factor;
    fit->slope = last.slope / factor;
    fit->first_level = initial.level / factor;
    fit->first_slope = initial.slope / factor;
    fit->sigma = sigma / factor;
    fit->squares = squares / factor / factor;
}

bkt_status bkti_holt_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                            const bkti_settings *settings, double *out_points, double *out_errors,
                            bkt_fit *fit) {
    (void)workspace;
    holt(sample, settings, false, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkti_damped_holt_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                   const bkti_settings *settings, double *out_points,
                                   double *out_errors, bkt_fit *fit) {
    (void)workspace;
    holt(sample, settings, true, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkt_holt_project(bkt_context *context, const double *values, int64_t count,
                            const bkt_projection_options *options, double *out_points,
                            double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_HOLT, values, count, options, out_points,
                               out_errors, out_fit);
}

bkt_status bkt_damped_holt_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_DAMPED_HOLT, values, count, options, out_points,
                               out_errors, out_fit);
}
