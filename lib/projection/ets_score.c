/* SPDX-License-Identifier: MIT */
/* ETS: how the likelihood changes with the initial states and the smoothing, all at once. Every
 * state carries its derivatives by each column along the recursion. With additive errors and no
 * multiplicative season the errors are linear in the initial states, so that a step by these
 * equations on the states alone is exact least squares. */
#include "bkti_ets.h"

#include "bkti_elementary.h"

#include <float.h>
#include <math.h>
#include <string.h>

void bkti_ets_columns_take(const bkti_ets_form *form, uint32_t season_length,
                           const bkti_ets_given *given, bool states_only,
                           bkti_ets_columns *out_columns) {
    bkti_ets_columns c = {1, 0, -1, -1, -1, -1, -1};
    bool trend = bkti_ets_has_trend(form);
    if (trend)
        c.slope = (int32_t)c.count++;
    c.seasons = c.count;
    if (form->season != BKT_ETS_NONE)
        c.count += season_length - 1;
    if (!states_only) {
        if (isnan(given->alpha))
            c.alpha = (int32_t)c.count++;
        if (trend && isnan(given->beta))
            c.ratio = (int32_t)c.count++;
        if (form->season != BKT_ETS_NONE && isnan(given->gamma))
            c.share = (int32_t)c.count++;
        if (form->trend == BKT_ETS_DAMPED && isnan(given->phi))
            c.phi = (int32_t)c.count++;
    }
    *out_columns = c;
}

/* The initial state by itself: the last season is what the others leave of their sum. */
static void begin(bkti_ets_scoring *s, uint32_t season_length) {
    const bkti_ets_columns *c = &s->columns;
    memset(s->gradient, 0, sizeof s->gradient);
    memset(s->row_sums, 0, sizeof s->row_sums);
    memset(s->by_level, 0, sizeof s->by_level);
    memset(s->by_slope, 0, sizeof s->by_slope);
    memset(s->rows, 0, sizeof s->rows);
    memset(s->matrix, 0, c->count * sizeof s->matrix[0]);
    memset(s->by_season, 0, season_length * sizeof s->by_season[0]);
    s->by_level[0] = 1.0;
    if (c->slope >= 0)
        s->by_slope[c->slope] = 1.0;
    for (uint32_t k = 0; k + 1 < season_length; k++) {
        s->by_season[k][c->seasons + k] = 1.0;
        s->by_season[season_length - 1][c->seasons + k] = -1.0;
    }
}

/* Four rows of derivatives into the matrix. */
static void add_rows(bkti_ets_scoring *s) {
    const double *a = s->rows[0];
    const double *b = s->rows[1];
    const double *c = s->rows[2];
    const double *d = s->rows[3];
    for (uint32_t i = 0; i < s->columns.count; i++) {
        double *row = s->matrix[i];
        double ai = a[i], bi = b[i], ci = c[i], di = d[i];
        for (uint32_t k = 0; k <= i; k += 2) {
            row[k] += ai * a[k] + bi * b[k] + (ci * c[k] + di * d[k]);
            row[k + 1] += ai * a[k + 1] + bi * b[k + 1] + (ci * c[k + 1] + di * d[k + 1]);
        }
    }
}

/* One period of the derivatives: the factors that this period's states give. */
typedef struct factors {
    double phi;
    double by_q;     /* of what was expected, by q and by the season */
    double by_index; /* the same times the weight, negative */
    double level;    /* l' by q and by the season */
    double level_index;
    double beta;
    double slope_index;
    double season; /* s' by the season and by q */
    double season_q;
} factors;

static void move(const factors *f, uint32_t count, double *restrict level, double *restrict slope,
                 double *restrict season, double *restrict row) {
    for (uint32_t c = 0; c < count; c += 2) {
        double b0 = f->phi * slope[c], b1 = f->phi * slope[c + 1];
        double q0 = level[c] + b0, q1 = level[c + 1] + b1;
        double s0 = season[c], s1 = season[c + 1];
        row[c] = f->by_q * q0 + f->by_index * s0;
        row[c + 1] = f->by_q * q1 + f->by_index * s1;
        level[c] = f->level * q0 + f->level_index * s0;
        level[c + 1] = f->level * q1 + f->level_index * s1;
        slope[c] = b0 - f->beta * q0 + f->slope_index * s0;
        slope[c + 1] = b1 - f->beta * q1 + f->slope_index * s1;
        season[c] = f->season * s0 + f->season_q * q0;
        season[c + 1] = f->season * s1 + f->season_q * q1;
    }
}

static void move_plain(const factors *f, uint32_t count, double *restrict level,
                       double *restrict slope, double *restrict row) {
    for (uint32_t c = 0; c < count; c += 2) {
        double b0 = f->phi * slope[c], b1 = f->phi * slope[c + 1];
        double q0 = level[c] + b0, q1 = level[c + 1] + b1;
        row[c] = f->by_q * q0;
        row[c + 1] = f->by_q * q1;
        level[c] = f->level * q0;
        level[c + 1] = f->level * q1;
        slope[c] = b0 - f->beta * q0;
        slope[c + 1] = b1 - f->beta * q1;
    }
}

/* How this period's states turn the derivatives. */
static factors factors_of(const bkti_ets_model *model, const bkti_ets_moment *m) {
    factors f = {.phi = model->phi, .by_q = -1.0, .level = 1.0, .season = 1.0};
    if (model->form.season == BKT_ETS_ADDITIVE)
        f.by_index = -1.0;
    if (model->form.season == BKT_ETS_MULTIPLICATIVE) {
        f.by_q = -m->index;
        f.by_index = -m->q;
    }
    if (m->missing) /* states move on, nothing is learnt */
        return f;
    f.level = 1.0 - model->alpha;
    f.beta = model->beta;
    f.season = 1.0 - model->gamma;
    double u_by_index = -1.0;
    double v_by_q = -1.0;
    if (model->form.season == BKT_ETS_MULTIPLICATIVE) {
        u_by_index = -(m->q + m->u) / m->index;
        v_by_q = -(m->index + m->v) / m->q;
    }
    f.level_index = model->alpha * u_by_index;
    f.slope_index = model->beta * u_by_index;
    f.season_q = model->gamma * v_by_q;
    if (model->form.error == BKT_ETS_MULTIPLICATIVE) {
        f.by_q /= m->expected;
        f.by_index /= m->expected;
    }
    return f;
}

/* What smoothing does by itself to the states, beside what it does through them. */
static void add_smoothing(bkti_ets_scoring *s, const bkti_ets_model *model,
                          const bkti_ets_given *given, const bkti_ets_moment *m, double *season) {
    const bkti_ets_columns *c = &s->columns;
    if (c->alpha >= 0) {
        s->by_level[c->alpha] += m->u;
        if (isnan(given->beta))
            s->by_slope[c->alpha] += model->beta / model->alpha * m->u;
        if (isnan(given->gamma))
            season[c->alpha] -= model->gamma / (1.0 - model->alpha) * m->v;
    }
    if (c->ratio >= 0)
        s->by_slope[c->ratio] += model->alpha * m->u;
    if (c->share >= 0)
        season[c->share] += (1.0 - model->alpha) * m->v;
}

/* The row of a value into the gradient; for relative errors the likelihood also has what is
 * expected by itself, whose part needs the mean square of all and comes last. */
static void add_gradient(bkti_ets_scoring *s, const bkti_ets_model *model, const bkti_ets_moment *m,
                         const double *row) {
    uint32_t count = s->columns.count;
    double e = m->error;
    if (model->form.error == BKT_ETS_MULTIPLICATIVE) {
        e /= m->expected;
        e += e * e;
        for (uint32_t i = 0; i < count; i++)
            s->row_sums[i] += row[i];
    }
    for (uint32_t i = 0; i < count; i++)
        s->gradient[i] += row[i] * e;
}

static void finish(bkti_ets_scoring *s, const bkti_ets_model *model, const bkti_ets_series *series,
                   const bkti_ets_sums *sums, uint32_t filled) {
    for (uint32_t r = filled; r < 4; r++)
        memset(s->rows[r], 0, sizeof s->rows[r]);
    add_rows(s);
    bool relative = model->form.error == BKT_ETS_MULTIPLICATIVE;
    s->mean_square = (relative ? sums->relative : sums->squares) / (double)series->count;
    if (relative)
        for (uint32_t i = 0; i < s->columns.count; i++)
            s->gradient[i] -= s->mean_square * s->row_sums[i];
    s->likelihood = bkti_ets_likelihood(sums, &model->form, series);
}

bool bkti_ets_score(const bkti_ets_model *model, const bkti_ets_series *series,
                    const bkti_ets_given *given, bkti_ets_scoring *s) {
    const bkti_ets_columns *c = &s->columns;
    bkti_ets_state state = model->initial;
    bkti_ets_sums sums = BKTI_ETS_SUMS_NONE;
    uint32_t place = 0;
    uint32_t filled = 0;
    begin(s, model->season_length);
    for (int64_t t = 0; t < series->periods; t++) {
        bkti_ets_moment m;
        double *row = s->rows[filled];
        double *season = s->by_season[place];
        if (!bkti_ets_look(model, &state, place, series->values[t], &m))
            return false;
        factors f = factors_of(model, &m);
        if (c->phi >= 0)
            s->by_slope[c->phi] += state.slope / model->phi;
        if (model->form.season == BKT_ETS_NONE)
            move_plain(&f, c->count, s->by_level, s->by_slope, row);
        else
            move(&f, c->count, s->by_level, s->by_slope, season, row);
        if (!m.missing) {
            add_smoothing(s, model, given, &m, season);
            add_gradient(s, model, &m, row);
            bkti_ets_sums_add(&sums, &model->form, &m);
            if (++filled == 4) {
                add_rows(s);
                filled = 0;
            }
        }
        bkti_ets_move(model, &m, place, &state);
        place = place + 1 == model->season_length ? 0 : place + 1;
    }
    finish(s, model, series, &sums, filled);
    return isfinite(s->likelihood);
}

/* A cost c(x) of one smoothing, by its derivatives, in the column of what x is `scale` times. */
static void add_cost(bkti_ets_scoring *s, int32_t column, double scale, double cost, double first,
                     double second) {
    double half = s->mean_square / 2.0;
    s->likelihood += cost;
    s->gradient[column] += half * first * scale;
    s->matrix[column][column] += half * second * scale * scale;
}

void bkti_ets_penalise(const bkti_ets_model *model, const bkti_ets_series *series,
                       bkti_ets_scoring *s) {
    const bkti_ets_columns *c = &s->columns;
    double n = (double)series->count;
    double alpha = model->alpha, beta = model->beta;
    if (c->alpha >= 0) {
        double x = alpha + 0.5 / n;
        add_cost(s, c->alpha, 1.0, -bkti_log(x), -1.0 / x, 1.0 / (x * x));
    }
    if (c->ratio >= 0) {
        add_cost(s, c->ratio, alpha, 20.0 * beta * beta, 40.0 * beta, 40.0);
        if (c->alpha >= 0) /* beta is the ratio times alpha */
            add_cost(s, c->alpha, beta / alpha, 0.0, 40.0 * beta, 0.0);
    }
    if (c->share >= 0) {
        double length = (double)model->season_length;
        double x = model->gamma + 0.5 * length / n;
        double weight = 0.3 * (length - 1.0);
        add_cost(s, c->share, 1.0 - alpha, -weight * bkti_log(x), -weight / x, weight / (x * x));
        if (c->alpha >= 0) /* gamma is the share times 1 - alpha */
            add_cost(s, c->alpha, -model->gamma / (1.0 - alpha), 0.0, -weight / x, 0.0);
    }
}
