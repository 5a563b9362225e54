/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <float.h>
#include <math.h>

typedef struct simplex {
    bkti_objective *objective;
    void *user;
    uint32_t count;
    uint32_t evaluations;
    const double *low;
    const double *high;
    double points[BKTI_SIMPLEX_LIMIT + 1][BKTI_SIMPLEX_LIMIT];
    double figures[BKTI_SIMPLEX_LIMIT + 1];
} simplex;

static double evaluate(simplex *s, double *x) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (x[i] < s->low[i])
            x[i] = s->low[i];
        if (x[i] > s->high[i])
            x[i] = s->high[i];
    }
    s->evaluations++;
    return s->objective(x, s->user);
}

static void put(simplex *s, uint32_t place, const double *x, double figure) {
    for (uint32_t i = 0; i < s->count; i++)
        s->points[place][i] = x[i];
    s->figures[place] = figure;
}

/* Best first; equal ones keep their order, so that every run goes the same way. */
static void order(simplex *s) {
    for (uint32_t a = 1; a <= s->count; a++) {
        for (uint32_t b = a; b > 0 && s->figures[b] < s->figures[b - 1]; b--) {
            double point[BKTI_SIMPLEX_LIMIT];
            double figure = s->figures[b];
            for (uint32_t i = 0; i < s->count; i++)
                point[i] = s->points[b][i];
            put(s, b, s->points[b - 1], s->figures[b - 1]);
            put(s, b - 1, point, figure);
        }
    }
}

/* The worst point mirrored at the middle of the others, `reach` times as far. */
static double mirror(simplex *s, double reach, double *out_x) {
    for (uint32_t i = 0; i < s->count; i++) {
        double middle = 0.0;
        for (uint32_t k = 0; k < s->count; k++)
            middle += s->points[k][i];
        middle /= (double)s->count;
        out_x[i] = middle + reach * (middle - s->points[s->count][i]);
    }
    return evaluate(s, out_x);
}

static void shrink(simplex *s) {
    for (uint32_t k = 1; k <= s->count; k++) {
        for (uint32_t i = 0; i < s->count; i++)
            s->points[k][i] = s->points[0][i] + 0.5 * (s->points[k][i] - s->points[0][i]);
        s->figures[k] = evaluate(s, s->points[k]);
    }
}

static bool settled(const simplex *s) {
    double spread = s->figures[s->count] - s->figures[0];
    double size = 0.0;
    for (uint32_t k = 1; k <= s->count; k++)
        for (uint32_t i = 0; i < s->count; i++)
            size = fmax(size, fabs(s->points[k][i] - s->points[0][i]));
    return size < 1e-9 || (spread <= 1e-13 * fabs(s->figures[0]) && size < 1e-4) ||
           s->figures[0] <= DBL_MIN;
}

static void search(simplex *s) {
    double first[BKTI_SIMPLEX_LIMIT];
    double second[BKTI_SIMPLEX_LIMIT];
    uint32_t last = s->count;
    for (order(s); !settled(s) && s->evaluations < 600; order(s)) {
        double figure = mirror(s, 1.0, first);
        if (figure < s->figures[0]) {
            double further = mirror(s, 2.0, second);
            put(s, last, further < figure ? second : first, further < figure ? further : figure);
        } else if (figure < s->figures[last - 1]) {
            put(s, last, first, figure);
        } else {
            bool outside = figure < s->figures[last];
            double nearer = mirror(s, outside ? 0.5 : -0.5, second);
            if (nearer < (outside ? figure : s->figures[last]))
                put(s, last, second, nearer);
            else
                shrink(s);
        }
    }
}

double bkti_simplex_minimise(bkti_objective *objective, void *user, uint32_t count, double *x,
                             const double *low, const double *high, const double *step) {
    simplex s = {.objective = objective, .user = user, .count = count, .low = low, .high = high};
    double figure = evaluate(&s, x);
    if (count == 0)
        return figure;
    /* A simplex pressed flat onto a side of the box can't leave it: start afresh from its end. */
    for (int round = 0; round < 3; round++) {
        double before = figure;
        double size = round == 0 ? 1.0 : 0.25;
        put(&s, 0, x, figure);
        for (uint32_t k = 0; k < count; k++) {
            double point[BKTI_SIMPLEX_LIMIT];
            for (uint32_t i = 0; i < count; i++)
                point[i] = x[i];
            point[k] += point[k] + size * step[k] <= high[k] ? size * step[k] : -size * step[k];
            double there = evaluate(&s, point);
            put(&s, k + 1, point, there);
        }
        search(&s);
        figure = s.figures[0];
        for (uint32_t i = 0; i < count; i++)
            x[i] = s.points[0][i];
        if (before - figure <= 1e-9 * fabs(before))
            break;
    }
    return figure;
}
