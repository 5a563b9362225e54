/* SPDX-License-Identifier: MIT */
/* Fits ARIMA models and chooses among them step by step: Hyndman & Khandakar 2008, "Automatic time
 * series forecasting: the forecast package for R", Journal of Statistical Software 27(3), with caps
 * for short series. */
#include "bkti_arima.h"
#include "bkti_elementary.h"

#include <float.h>
#include <math.h>

#define SEARCH_STEPS 30
#define FINAL_STEPS  100
/* A root nearer to the unit circle than this says that a term is one too many. */
#define ROOT_RADIUS 1.01
/* Values that a term needs. */
#define VALUES_PER_TERM 4

typedef struct fitting {
    bkti_workspace *workspace;
    const bkti_arima_data *data;
    bkti_arima_model *model;
    bkt_status status;
} fitting;

static void set_terms(const fitting *f, const double *x) {
    bkti_arima_terms_from(x, &f->model->orders, f->model->terms);
    bkti_arima_expand(f->model, f->data->season);
}

static double conditional(const double *x, void *user) {
    fitting *f = user;
    set_terms(f, x);
    bkti_arima_condition(f->workspace, f->data, f->model);
    return f->model->variance > 0.0 ? 0.5 * bkti_log(f->model->variance) : HUGE_VAL;
}

static double exact(const double *x, void *user) {
    fitting *f = user;
    set_terms(f, x);
    bkt_status status = bkti_arima_filter(f->workspace, f->data, f->model, 0, NULL);
    if (status != BKT_OK)
        f->status = status;
    if (status != BKT_OK || !isfinite(f->model->log_likelihood))
        return HUGE_VAL;
    return -f->model->log_likelihood / (double)f->model->used;
}

/* The differenced values that a model has to go by. */
static int64_t used_count(const bkti_arima_data *data) {
    return data->present - (int64_t)data->weight_count;
}

static double penalised(double twice, double parameters, double count) {
    double rest = count - parameters - 1.0;
    if (!(rest > 0.0))
        return HUGE_VAL;
    return twice + 2.0 * parameters + 2.0 * parameters * (parameters + 1.0) / rest;
}

static double parameter_count(const bkti_arima_model *model) {
    return (double)bkti_arima_term_count(&model->orders) + (model->orders.has_constant ? 2.0 : 1.0);
}

double bkti_arima_criterion(const bkti_arima_model *model) {
    return penalised(-2.0 * model->log_likelihood, parameter_count(model), (double)model->used);
}

static bool has_near_root(const bkti_arima_model *model) {
    const bkti_arima_orders *o = &model->orders;
    const double *terms = model->terms;
    const int32_t counts[4] = {o->ar, o->ma, o->seasonal_ar, o->seasonal_ma};
    double work[BKTI_ARIMA_TERMS];
    for (int group = 0; group < 4; group++) {
        double sign = group % 2 == 0 ? 1.0 : -1.0;
        if (bkti_arima_has_root_within(terms, (uint32_t)counts[group], sign, ROOT_RADIUS, work))
            return true;
        terms += counts[group];
    }
    return false;
}

/* Terms by conditional least squares, where values can be differenced; x gets them. */
static void begin_terms(fitting *f, double *x) {
    uint32_t count = bkti_arima_term_count(&f->model->orders);
    for (uint32_t i = 0; i < count; i++)
        x[i] = i == 0 ? 0.1 : 0.0;
    if (!f->data->is_differenced)
        return;
    set_terms(f, x);
    if (f->data->differenced_count > (int64_t)f->model->ar_count + (int64_t)count + 2)
        bkti_descent_minimise(conditional, f, count, x, SEARCH_STEPS);
}

static bkt_status fit(bkti_workspace *workspace, const bkti_arima_data *data,
                      bkti_arima_model *model, uint32_t steps) {
    fitting f = {workspace, data, model, BKT_OK};
    double x[BKTI_ARIMA_TERMS];
    begin_terms(&f, x);
    bkti_descent_minimise(exact, &f, bkti_arima_term_count(&model->orders), x, steps);
    exact(x, &f);
    return f.status;
}

bkt_status bkti_arima_fit(bkti_workspace *workspace, const bkti_arima_data *data,
                          bkti_arima_model *model) {
    return fit(workspace, data, model, FINAL_STEPS);
}

/* ---- the choice ---- */

typedef struct choice {
    bkti_workspace *workspace;
    const bkti_arima_data *data;
    bkti_arima_model *model;
    int32_t most;     /* AR and MA terms together, and constant */
    int32_t seasonal; /* most seasonal terms of a kind */
    bool may_have_constant;
    bkti_arima_orders best;
    double least;
    bkt_status status;
    bool tried[BKTI_ARIMA_ORDER + 1][BKTI_ARIMA_ORDER + 1][BKTI_ARIMA_SEASONAL + 1]
              [BKTI_ARIMA_SEASONAL + 1][2];
} choice;

/* By conditional least squares where the season makes the exact likelihood dear. */
static double judge(choice *c) {
    bkti_arima_model *model = c->model;
    double n = (double)used_count(c->data);
    if (!c->data->is_differenced || c->data->season < 2) {
        bkt_status status = fit(c->workspace, c->data, model, SEARCH_STEPS);
        if (status != BKT_OK)
            c->status = status;
        return bkti_arima_criterion(model);
    }
    fitting f = {c->workspace, c->data, model, BKT_OK};
    double x[BKTI_ARIMA_TERMS];
    begin_terms(&f, x);
    if (!(conditional(x, &f) < HUGE_VAL))
        return HUGE_VAL;
    return penalised(n * bkti_log(model->variance), parameter_count(model), n);
}

static bool try_orders(choice *c, int32_t ar, int32_t ma, int32_t seasonal_ar, int32_t seasonal_ma,
                       bool has_constant) {
    if (ar < 0 || ma < 0 || seasonal_ar < 0 || seasonal_ma < 0 || ar > BKTI_ARIMA_ORDER ||
        ma > BKTI_ARIMA_ORDER || seasonal_ar > c->seasonal || seasonal_ma > c->seasonal ||
        ar + ma + seasonal_ar + seasonal_ma + (has_constant ? 1 : 0) > c->most ||
        (has_constant && !c->may_have_constant) || c->status != BKT_OK)
        return false;
    bool *tried = &c->tried[ar][ma][seasonal_ar][seasonal_ma][has_constant ? 1 : 0];
    if (*tried)
        return false;
    *tried = true;
    bkti_arima_orders orders = c->best;
    orders.ar = ar;
    orders.ma = ma;
    orders.seasonal_ar = seasonal_ar;
    orders.seasonal_ma = seasonal_ma;
    orders.has_constant = has_constant;
    c->model->orders = orders;
    double criterion = judge(c);
    if (has_near_root(c->model) || !(criterion < c->least))
        return false;
    c->least = criterion;
    c->best = orders;
    return true;
}

/* One step away from the best, in the order in which they are told in the paper. */
static bool step(choice *c) {
    static const int8_t moves[][4] = {
        {0, 0, -1, 0},  {0, 0, 0, -1}, {0, 0, 1, 0},  {0, 0, 0, 1},  {0, 0, -1, -1}, {0, 0, -1, 1},
        {0, 0, 1, -1},  {0, 0, 1, 1},  {-1, 0, 0, 0}, {0, -1, 0, 0}, {1, 0, 0, 0},   {0, 1, 0, 0},
        {-1, -1, 0, 0}, {-1, 1, 0, 0}, {1, -1, 0, 0}, {1, 1, 0, 0},
    };
    bkti_arima_orders from = c->best;
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (try_orders(c, from.ar + moves[i][0], from.ma + moves[i][1],
                       from.seasonal_ar + moves[i][2], from.seasonal_ma + moves[i][3],
                       from.has_constant))
            return true;
    return try_orders(c, from.ar, from.ma, from.seasonal_ar, from.seasonal_ma, !from.has_constant);
}

bkt_status bkti_arima_search(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *out_model) {
    choice c = {.workspace = workspace, .data = data, .model = out_model, .least = HUGE_VAL};
    int64_t most = used_count(data) / VALUES_PER_TERM;
    c.most = most > 6 ? 6 : (int32_t)most;
    c.seasonal = data->season < 2 ? 0 : data->season <= 12 ? BKTI_ARIMA_SEASONAL : 1;
    if (data->season > 24)
        c.seasonal = 0;
    c.may_have_constant = data->difference + data->seasonal_difference < 2;
    c.best.difference = data->difference;
    c.best.seasonal_difference = data->seasonal_difference;
    int32_t one = c.seasonal > 0 ? 1 : 0;
    bool constant = c.may_have_constant;
    /* However short, the last value stands: an order of 0 is always possible. */
    c.most = c.most < 1 ? 1 : c.most;
    try_orders(&c, 2, 2, one, one, constant);
    try_orders(&c, 0, 0, 0, 0, constant);
    try_orders(&c, 1, 0, one, 0, constant);
    try_orders(&c, 0, 1, 0, one, constant);
    try_orders(&c, 0, 0, 0, 0, false);
    while (c.status == BKT_OK && step(&c))
        continue;
    out_model->orders = c.best;
    if (c.status != BKT_OK)
        return c.status;
    return bkti_arima_fit(workspace, data, out_model);
}
