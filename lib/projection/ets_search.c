/* SPDX-License-Identifier: MIT */
/* ETS: the search for the greatest likelihood, over smoothing and initial states together, by
 * Fisher's scoring with Levenberg's and Marquardt's damping (Marquardt 1963, "An algorithm for
 * least-squares estimation of nonlinear parameters", SIAM Journal 11(2)) within the box. */
#include "bkti_ets.h"

#include <float.h>
#include <math.h>

#define GAMMA_LOW     1e-4
#define ROUNDS        30
#define BOX_ROUNDS    5
#define DAMPING_LEAST 1e-9
#define DAMPING_MOST  1e6

static double clamp(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

/* How far each column may go from a model. */
typedef struct box {
    double low[BKTI_ETS_WIDTH];
    double high[BKTI_ETS_WIDTH];
} box;

static void limit(box *b, int32_t column, double x, double low, double high) {
    if (column < 0)
        return;
    b->low[column] = low - x;
    b->high[column] = high - x;
}

static void take_box(const bkti_ets_search *search, const bkti_ets_model *model, box *out_box) {
    const bkti_ets_columns *c = &search->here->columns;
    const bkti_ets_given *given = &search->given;
    double alpha = model->alpha;
    for (uint32_t i = 0; i < c->count; i++) {
        out_box->low[i] = -HUGE_VAL;
        out_box->high[i] = HUGE_VAL;
    }
    limit(out_box, c->alpha, alpha, isnan(given->beta) ? BKTI_ALPHA_LOW : given->beta,
          isnan(given->gamma) ? BKTI_ALPHA_HIGH : fmin(BKTI_ALPHA_HIGH, 1.0 - given->gamma));
    limit(out_box, c->ratio, model->beta / alpha, fmin(1.0, BKTI_ALPHA_LOW / alpha), 1.0);
    limit(out_box, c->share, model->gamma / (1.0 - alpha), fmin(1.0, GAMMA_LOW / (1.0 - alpha)),
          1.0);
    limit(out_box, c->phi, model->phi, BKTI_PHI_LOW, BKTI_PHI_HIGH);
}

/* The columns that still move, and their equations. */
typedef struct equations {
    uint32_t count;
    uint32_t columns[BKTI_ETS_WIDTH];
    double matrix[BKTI_ETS_WIDTH][BKTI_ETS_WIDTH];
    double right[BKTI_ETS_WIDTH];
} equations;

/* Cholesky's decomposition in place; a column that the others make up doesn't move. */
static void solve(equations *e) {
    uint32_t n = e->count;
    for (uint32_t i = 0; i < n; i++) {
        double *row = e->matrix[i];
        double diagonal = row[i];
        for (uint32_t k = 0; k < i; k++) {
            const double *other = e->matrix[k];
            double even = 0.0, odd = 0.0;
            uint32_t j = 0;
            for (; j + 1 < k; j += 2) {
                even += row[j] * other[j];
                odd += row[j + 1] * other[j + 1];
            }
            if (j < k)
                even += row[j] * other[j];
            row[k] = (row[k] - (even + odd)) * other[k]; /* whose diagonal is the reciprocal */
            row[i] -= row[k] * row[k];
        }
        row[i] = row[i] > 1e-13 * diagonal ? 1.0 / sqrt(row[i]) : 0.0;
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < i; k++)
            e->right[i] -= e->matrix[i][k] * e->right[k];
        e->right[i] *= e->matrix[i][i];
    }
    for (uint32_t i = n; i-- > 0;) {
        e->right[i] *= e->matrix[i][i];
        for (uint32_t k = 0; k < i; k++)
            e->right[k] -= e->matrix[i][k] * e->right[i];
    }
}

static double matrix_at(const bkti_ets_scoring *s, uint32_t i, uint32_t k) {
    return i >= k ? s->matrix[i][k] : s->matrix[k][i];
}

/* The damped step within the box; gives what the equations promise of it, half the fall of the
 * likelihood times S / n. */
static double find_step(const bkti_ets_scoring *s, const box *b, double damping, double *out_step) {
    equations e;
    bool fixed[BKTI_ETS_WIDTH] = {false};
    uint32_t count = s->columns.count;
    for (uint32_t i = 0; i < count; i++)
        out_step[i] = 0.0;
    for (int round = 0; round < BOX_ROUNDS; round++) {
        e.count = 0;
        for (uint32_t i = 0; i < count; i++)
            if (!fixed[i])
                e.columns[e.count++] = i;
        for (uint32_t i = 0; i < e.count; i++) {
            uint32_t column = e.columns[i];
            e.right[i] = -s->gradient[column];
            for (uint32_t k = 0; k < i; k++)
                e.matrix[i][k] = s->matrix[column][e.columns[k]];
            e.matrix[i][i] = s->matrix[column][column] * (1.0 + damping);
            for (uint32_t k = 0; k < count; k++)
                if (fixed[k])
                    e.right[i] -= matrix_at(s, column, k) * out_step[k];
        }
        solve(&e);
        /* As far towards the solution as the first side of the box. */
        double part = 1.0;
        uint32_t stop = count;
        for (uint32_t i = 0; i < e.count; i++) {
            uint32_t column = e.columns[i];
            double way = e.right[i] - out_step[column];
            double room = (way > 0.0 ? b->high[column] : b->low[column]) - out_step[column];
            if (fabs(way) * part > fabs(room)) {
                part = fabs(room) / fabs(way);
                stop = column;
            }
        }
        for (uint32_t i = 0; i < e.count; i++) {
            uint32_t column = e.columns[i];
            out_step[column] += part * (e.right[i] - out_step[column]);
        }
        if (stop == count)
            break;
        fixed[stop] = true;
    }
    double promise = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        double sum = 0.5 * s->matrix[i][i] * out_step[i];
        for (uint32_t k = 0; k < i; k++)
            sum += s->matrix[i][k] * out_step[k];
        promise -= out_step[i] * (sum + s->gradient[i]);
    }
    return promise;
}

static void take_step(const bkti_ets_search *search, const bkti_ets_columns *c, const double *step,
                      bkti_ets_model *model) {
    const bkti_ets_given *given = &search->given;
    uint32_t length = model->season_length;
    double ratio = model->beta / model->alpha;
    double share = model->gamma / (1.0 - model->alpha);
    model->initial.level += step[0];
    if (c->slope >= 0)
        model->initial.slope += step[c->slope];
    if (model->form.season != BKT_ETS_NONE) {
        double sum = 0.0;
        for (uint32_t k = 0; k + 1 < length; k++) {
            model->initial.season[k] += step[c->seasons + k];
            sum += model->initial.season[k];
        }
        model->initial.season[length - 1] =
            (model->form.season == BKT_ETS_MULTIPLICATIVE ? (double)length : 0.0) - sum;
    }
    if (c->alpha >= 0)
        model->alpha = clamp(model->alpha + step[c->alpha], BKTI_ALPHA_LOW, BKTI_ALPHA_HIGH);
    if (bkti_ets_has_trend(&model->form) && isnan(given->beta) &&
        (c->alpha >= 0 || c->ratio >= 0)) {
        if (c->ratio >= 0)
            ratio += step[c->ratio];
        model->beta = clamp(ratio * model->alpha, BKTI_ALPHA_LOW, model->alpha);
    }
    if (model->form.season != BKT_ETS_NONE && isnan(given->gamma) &&
        (c->alpha >= 0 || c->share >= 0)) {
        if (c->share >= 0)
            share += step[c->share];
        model->gamma = clamp(share * (1.0 - model->alpha), GAMMA_LOW, 1.0 - model->alpha);
        if (model->gamma < GAMMA_LOW)
            model->gamma = GAMMA_LOW;
    }
    if (c->phi >= 0)
        model->phi = clamp(model->phi + step[c->phi], BKTI_PHI_LOW, BKTI_PHI_HIGH);
}

static bool score(const bkti_ets_search *search, const bkti_ets_model *model,
                  bkti_ets_scoring *scoring) {
    if (!bkti_ets_score(model, search->series, &search->given, scoring))
        return false;
    bkti_ets_penalise(model, search->series, scoring);
    return true;
}

bool bkti_ets_refine(bkti_ets_search *search, bkti_ets_model *model, double gain) {
    double step[BKTI_ETS_WIDTH];
    double damping = 1e-3;
    box b;
    bkti_ets_columns_take(&model->form, model->season_length, &search->given, false,
                          &search->here->columns);
    search->there->columns = search->here->columns;
    if (!score(search, model, search->here))
        return false;
    for (int round = 0; round < ROUNDS && damping < DAMPING_MOST; round++) {
        bkti_ets_scoring *here = search->here;
        bkti_ets_scoring *there = search->there;
        take_box(search, model, &b);
        double promise =
            2.0 * find_step(here, &b, damping, step) / fmax(here->mean_square, DBL_MIN);
        if (!(promise > gain))
            break;
        bkti_ets_model trial = *model;
        take_step(search, &here->columns, step, &trial);
        if (!score(search, &trial, there) || !(there->likelihood < here->likelihood)) {
            damping *= 10.0;
            continue;
        }
        double fall = here->likelihood - there->likelihood;
        *model = trial;
        search->here = there;
        search->there = here;
        if (fall < gain)
            break;
        if (fall > 0.5 * promise)
            damping = fmax(damping * 0.05, DAMPING_LEAST);
    }
    model->likelihood = search->here->likelihood;
    return true;
}

double bkti_ets_settle(bkti_ets_search *search, const bkti_ets_series *series,
                       bkti_ets_model *model) {
    double step[BKTI_ETS_WIDTH];
    box b;
    bkti_ets_scoring *s = search->here;
    bkti_ets_columns_take(&model->form, model->season_length, &search->given, true, &s->columns);
    if (!bkti_ets_score(model, series, &search->given, s))
        return HUGE_VAL;
    take_box(search, model, &b);
    double fall = 2.0 * find_step(s, &b, 0.0, step);
    take_step(search, &s->columns, step, model);
    return s->mean_square * (double)series->count - fall;
}

/* A cell of the grid, with what is given in place of the grid's; false beyond its last. */
static bool take_cell(const bkti_ets_given *given, uint32_t cell, bkti_ets_model *model) {
    static const double alphas[] = {0.05, 0.2, 0.4, 0.6, 0.8, 0.98};
    static const double trend_alphas[] = {0.1, 0.35, 0.65, 0.95};
    static const double ratios[] = {0.02, 0.3};
    static const double phis[] = {0.86, 0.97};
    bool trend = bkti_ets_has_trend(&model->form);
    bool damped = model->form.trend == BKT_ETS_DAMPED;
    uint32_t alpha_count = !isnan(given->alpha) ? 1 : trend ? 4 : 6;
    uint32_t ratio_count = trend && isnan(given->beta) ? 2 : 1;
    uint32_t phi_count = damped && isnan(given->phi) ? 2 : 1;
    if (cell >= alpha_count * ratio_count * phi_count)
        return false;
    double alpha = (trend ? trend_alphas : alphas)[cell % alpha_count];
    double ratio = ratios[cell / alpha_count % ratio_count];
    double phi = phis[cell / alpha_count / ratio_count];
    model->alpha = isnan(given->alpha) ? alpha : given->alpha;
    model->beta = 0.0;
    if (trend)
        model->beta = isnan(given->beta) ? fmax(ratio * model->alpha, BKTI_ALPHA_LOW) : given->beta;
    model->alpha = fmax(model->alpha, model->beta);
    model->phi = !damped ? 1.0 : isnan(given->phi) ? phi : given->phi;
    return true;
}

void bkti_ets_start(bkti_ets_search *search, const bkti_ets_series *series, bkti_ets_model *model) {
    bkti_ets_model best = *model;
    double least = HUGE_VAL;
    double first = series->values[0];
    double drift = (series->values[series->periods - 1] - first) / (double)(series->periods - 1);
    for (uint32_t cell = 0; take_cell(&search->given, cell, model); cell++) {
        model->initial.slope = bkti_ets_has_trend(&model->form) ? drift : 0.0;
        model->initial.level = first - model->phi * model->initial.slope;
        double squares = bkti_ets_settle(search, series, model);
        if (squares < least || cell == 0) {
            least = squares;
            best = *model;
        }
    }
    *model = best;
}
