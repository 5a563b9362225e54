/* SPDX-License-Identifier: MIT */
/* Quasi-Newton descent: Nocedal & Wright 2006, "Numerical Optimization", 2nd ed., algorithm 6.1,
 * with steps halved until they lead down enough (their algorithm 3.1). */
#include "bkti_arima.h"

#include <math.h>

#define REACH    1e-4 /* of the numerical gradient */
#define ENOUGH   1e-4
#define SETTLED  1e-11
#define HALVINGS 25

typedef struct descent {
    bkti_objective *objective;
    void *user;
    uint32_t count;
    double inverse[BKTI_DESCENT_LIMIT][BKTI_DESCENT_LIMIT]; /* of the second derivatives */
} descent;

static void find_gradient(const descent *d, double *x, double *out) {
    for (uint32_t i = 0; i < d->count; i++) {
        double here = x[i];
        double reach = REACH * fmax(1.0, fabs(here));
        x[i] = here + reach;
        double above = d->objective(x, d->user);
        x[i] = here - reach;
        double below = d->objective(x, d->user);
        x[i] = here;
        out[i] = (above - below) / (2.0 * reach);
        if (!isfinite(out[i]))
            out[i] = 0.0;
    }
}

static void forget(descent *d) {
    for (uint32_t i = 0; i < d->count; i++)
        for (uint32_t k = 0; k < d->count; k++)
            d->inverse[i][k] = i == k ? 1.0 : 0.0;
}

/* What the step taught of the second derivatives. */
static void learn(descent *d, const double *step, const double *change) {
    double along = 0.0;
    double curved = 0.0;
    double by_inverse[BKTI_DESCENT_LIMIT];
    for (uint32_t i = 0; i < d->count; i++) {
        by_inverse[i] = 0.0;
        for (uint32_t k = 0; k < d->count; k++)
            by_inverse[i] += d->inverse[i][k] * change[k];
        along += step[i] * change[i];
        curved += change[i] * by_inverse[i];
    }
    if (!(along > 1e-14)) {
        forget(d);
        return;
    }
    for (uint32_t i = 0; i < d->count; i++)
        for (uint32_t k = 0; k < d->count; k++)
            d->inverse[i][k] += (1.0 + curved / along) * step[i] * step[k] / along -
                                (step[i] * by_inverse[k] + by_inverse[i] * step[k]) / along;
}

double bkti_descent_minimise(bkti_objective *objective, void *user, uint32_t count, double *x,
                             uint32_t steps) {
    descent d = {.objective = objective, .user = user, .count = count};
    double gradient[BKTI_DESCENT_LIMIT];
    double value = objective(x, user);
    if (count == 0 || !isfinite(value))
        return value;
    forget(&d);
    bool is_fresh = true;
    find_gradient(&d, x, gradient);
    for (uint32_t pass = 0; pass < steps; pass++) {
        double direction[BKTI_DESCENT_LIMIT];
        double slope = 0.0;
        double length = 0.0;
        double reach = 1.0;
        for (uint32_t i = 0; i < count; i++) {
            direction[i] = 0.0;
            for (uint32_t k = 0; k < count; k++)
                direction[i] -= d.inverse[i][k] * gradient[k];
            slope += direction[i] * gradient[i];
            length = fmax(length, fabs(direction[i]));
            reach = fmax(reach, 2.0 * fabs(x[i]));
        }
        if (!(slope < 0.0)) {
            if (is_fresh)
                break;
            forget(&d);
            is_fresh = true;
            continue;
        }
        double stride = length > reach ? reach / length : 1.0; /* no leap into the unbounded */
        double there[BKTI_DESCENT_LIMIT];
        double figure = HUGE_VAL;
        int halving = 0;
        for (; halving < HALVINGS; halving++) {
            for (uint32_t i = 0; i < count; i++)
                there[i] = x[i] + stride * direction[i];
            figure = objective(there, user);
            if (figure <= value + ENOUGH * stride * slope)
                break;
            stride *= 0.5;
        }
        if (halving == HALVINGS) {
            if (is_fresh)
                break;
            forget(&d);
            is_fresh = true;
            continue;
        }
        double step[BKTI_DESCENT_LIMIT];
        double change[BKTI_DESCENT_LIMIT];
        double next[BKTI_DESCENT_LIMIT];
        find_gradient(&d, there, next);
        for (uint32_t i = 0; i < count; i++) {
            step[i] = there[i] - x[i];
            change[i] = next[i] - gradient[i];
            x[i] = there[i];
            gradient[i] = next[i];
        }
        double gain = value - figure;
        value = figure;
        is_fresh = false;
        learn(&d, step, change);
        if (gain <= SETTLED * (fabs(value) + SETTLED))
            break;
    }
    return value;
}
