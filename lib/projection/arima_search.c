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
    return isnan(f->model->variance) ? HUGE_VAL : 0.5 * bkti_log(fmax(f->model->variance, DBL_MIN));
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

static double criterion_of(const bkti_arima_model *model) {
    double parameters =
        (double)bkti_arima_term_count(&model->orders) + (model->orders.has_constant ? 2.0 : 1.0);
    return bkti_corrected_criterion(-2.0 * model->log_likelihood, parameters, (double)model->used);
}

static bool has_near_root(const bkti_arima_model *model) {
    const bkti_arima_orders *o = &model->orders;
    const double *terms = model->terms;
    const int32_t counts[4] = {o->ar, o->ma, o->seasonal_ar, o->seasonal_ma};
    double work[BKT_ARIMA_TERM_LIMIT];
    for (int group = 0; group < 4; group++) {
        double sign = group % 2 == 0 ? 1.0 : -1.0;
        if (bkti_arima_has_root_within(terms, (uint32_t)counts[group], sign, ROOT_RADIUS, work))
            return true;
        terms += counts[group];
    }
    return false;
}

/* Terms by conditional least squares, where values can be differenced; x gets their numbers. */
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
    double x[BKT_ARIMA_TERM_LIMIT];
    begin_terms(&f, x);
    bkti_descent_minimise(exact, &f, bkti_arima_term_count(&model->orders), x, steps);
    exact(x, &f);
    return f.status;
}

bkt_status bkti_arima_refine(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *model) {
    return fit(workspace, data, model, SEARCH_STEPS);
}

/* The likelihood may have several peaks: terms that cancel nearly, and those that do not. */
bkt_status bkti_arima_fit(bkti_workspace *workspace, const bkti_arima_data *data,
                          bkti_arima_model *model) {
    static const double starts[][2] = {{0.7, -0.7}, {-0.7, 0.7}, {-0.7, -0.7}};
    fitting f = {workspace, data, model, BKT_OK};
    const bkti_arima_orders *o = &model->orders;
    uint32_t count = bkti_arima_term_count(o);
    double best[BKT_ARIMA_TERM_LIMIT];
    begin_terms(&f, best);
    double least = bkti_descent_minimise(exact, &f, count, best, FINAL_STEPS);
    for (size_t start = 0; start < sizeof starts / sizeof starts[0] && count > 1; start++) {
        double x[BKT_ARIMA_TERM_LIMIT] = {0.0};
        if (o->ar > 0)
            x[0] = starts[start][0];
        if (o->ma > 0)
            x[o->ar] = starts[start][1];
        if (o->ar == 0 || o->ma == 0)
            x[count - 1] = starts[start][1];
        double figure = bkti_descent_minimise(exact, &f, count, x, FINAL_STEPS);
        if (!(figure < least))
            continue;
        least = figure;
        for (uint32_t i = 0; i < count; i++)
            best[i] = x[i];
    }
    exact(best, &f);
    return f.status;
}

/* ---- the choice ---- */

/* Models that are compared by their exact likelihood in the end, if they weren't before. */
#define FINALISTS 4

typedef struct choice {
    bkti_workspace *workspace;
    const bkti_arima_data *data;
    bkti_arima_model *model;
    int32_t most;     /* AR and MA terms together, and constant */
    int32_t seasonal; /* most seasonal terms of a kind */
    bool may_have_constant;
    bool must_have_constant;           /* a mean: nobody's trade is 0 on average */
    bkti_arima_orders best[FINALISTS]; /* by criterion */
    double criteria[FINALISTS];
    bkt_status status;
    bool tried[BKTI_ARIMA_ORDER + 1][BKTI_ARIMA_ORDER + 1][BKTI_ARIMA_SEASONAL + 1]
              [BKTI_ARIMA_SEASONAL + 1][2];
} choice;

/* Where the season makes the exact likelihood dear, models are compared by what it is at the terms
 * of conditional least squares. */
static bool is_seasonal(const bkti_arima_data *data) {
    return data->is_differenced && data->season > 1;
}

static double judge(choice *c) {
    bkti_arima_model *model = c->model;
    fitting f = {c->workspace, c->data, model, BKT_OK};
    double x[BKT_ARIMA_TERM_LIMIT];
    begin_terms(&f, x);
    if (!is_seasonal(c->data))
        bkti_descent_minimise(exact, &f, bkti_arima_term_count(&model->orders), x, SEARCH_STEPS);
    double figure = exact(x, &f);
    if (f.status != BKT_OK)
        c->status = f.status;
    return figure < HUGE_VAL ? criterion_of(model) : HUGE_VAL;
}

static bool try_orders(choice *c, int32_t ar, int32_t ma, int32_t seasonal_ar, int32_t seasonal_ma,
                       bool has_constant) {
    if (ar < 0 || ma < 0 || seasonal_ar < 0 || seasonal_ma < 0 || ar > BKTI_ARIMA_ORDER ||
        ma > BKTI_ARIMA_ORDER || seasonal_ar > c->seasonal || seasonal_ma > c->seasonal ||
        ar + ma + seasonal_ar + seasonal_ma + (has_constant ? 1 : 0) > c->most ||
        (has_constant ? !c->may_have_constant : c->must_have_constant) || c->status != BKT_OK)
        return false;
    bool *tried = &c->tried[ar][ma][seasonal_ar][seasonal_ma][has_constant ? 1 : 0];
    if (*tried)
        return false;
    *tried = true;
    bkti_arima_orders orders = c->best[0];
    orders.ar = ar;
    orders.ma = ma;
    orders.seasonal_ar = seasonal_ar;
    orders.seasonal_ma = seasonal_ma;
    orders.has_constant = has_constant;
    c->model->orders = orders;
    double criterion = judge(c);
    if (has_near_root(c->model))
        return false;
    uint32_t place = FINALISTS;
    while (place > 0 && criterion < c->criteria[place - 1])
        place--;
    for (uint32_t i = FINALISTS - 1; i > place; i--) {
        c->best[i] = c->best[i - 1];
        c->criteria[i] = c->criteria[i - 1];
    }
    if (place < FINALISTS) {
        c->best[place] = orders;
        c->criteria[place] = criterion;
    }
    return place == 0;
}

/* One step away from the best, in the order in which they are told in the paper. */
static bool step(choice *c) {
    static const int8_t moves[][4] = {
        {0, 0, -1, 0},  {0, 0, 0, -1}, {0, 0, 1, 0},  {0, 0, 0, 1},  {0, 0, -1, -1}, {0, 0, -1, 1},
        {0, 0, 1, -1},  {0, 0, 1, 1},  {-1, 0, 0, 0}, {0, -1, 0, 0}, {1, 0, 0, 0},   {0, 1, 0, 0},
        {-1, -1, 0, 0}, {-1, 1, 0, 0}, {1, -1, 0, 0}, {1, 1, 0, 0},
    };
    bkti_arima_orders from = c->best[0];
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (try_orders(c, from.ar + moves[i][0], from.ma + moves[i][1],
                       from.seasonal_ar + moves[i][2], from.seasonal_ma + moves[i][3],
                       from.has_constant))
            return true;
    return try_orders(c, from.ar, from.ma, from.seasonal_ar, from.seasonal_ma, !from.has_constant);
}

/* Fits the best; of seasonal models the best few. */
static bkt_status decide(choice *c) {
    uint32_t winner = 0;
    double least = HUGE_VAL;
    bool was_exact = !is_seasonal(c->data);
    for (uint32_t i = 0; i < FINALISTS && !was_exact && c->criteria[i] < HUGE_VAL; i++) {
        c->model->orders = c->best[i];
        bkt_status status = fit(c->workspace, c->data, c->model, SEARCH_STEPS);
        double criterion = criterion_of(c->model);
        if (status != BKT_OK)
            return status;
        if (criterion < least) {
            least = criterion;
            winner = i;
        }
    }
    c->model->orders = c->best[winner];
    return was_exact ? bkti_arima_fit(c->workspace, c->data, c->model)
                     : fit(c->workspace, c->data, c->model, FINAL_STEPS);
}

bkt_status bkti_arima_search(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *out_model) {
    choice c = {.workspace = workspace, .data = data, .model = out_model};
    int64_t most = used_count(data) / VALUES_PER_TERM;
    c.most = most > 6 ? 6 : (int32_t)most;
    c.seasonal = data->season < 2 ? 0 : data->season <= 12 ? BKTI_ARIMA_SEASONAL : 1;
    c.may_have_constant = data->difference + data->seasonal_difference < 2;
    c.must_have_constant = data->weight_count == 0;
    for (uint32_t i = 0; i < FINALISTS; i++) {
        c.best[i].difference = data->difference;
        c.best[i].seasonal_difference = data->seasonal_difference;
        c.best[i].has_constant = c.must_have_constant;
        c.criteria[i] = HUGE_VAL;
    }
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
    if (c.status != BKT_OK)
        return c.status;
    return decide(&c);
}
