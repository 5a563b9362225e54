/* SPDX-License-Identifier: MIT */
/* The exact likelihood of an ARIMA model by the Kalman filter. The state is that of the ARMA part
 * (Harvey 1989, "Forecasting, Structural Time Series Models and the Kalman Filter", section 3.3)
 * and, where values are missing, so that they can't be differenced, the values before, of which at
 * first nothing is known. Without gaps the filter is of the differenced series. */
#include "bkti_arima.h"
#include "bkti_elementary.h"

#include <float.h>
#include <math.h>

/* Variance of what nothing is known of, in units of the errors'; what is found with a variance
 * near it counts as not yet observed. */
#define UNKNOWN  1e6
#define OBSERVED 1e4

typedef struct filter {
    const bkti_arima_data *data;
    const bkti_arima_model *model;
    uint32_t arma;   /* states of the ARMA part */
    uint32_t before; /* states that are values before */
    uint32_t size;
    double *state; /* of the values; of the constant's x */
    double *unit;
    double *moved;
    double *gain;
    double *covariance; /* size x size: of what is expected; then of what is known */
    double *known;
    double *half;
    bool is_steady; /* gain and variance no longer change */
    double steady_variance;
} filter;

static double ar_at(const filter *f, uint32_t i) {
    return i < f->model->ar_count ? f->model->ar[i] : 0.0;
}

/* What an error does to the states. */
static double shock_at(const filter *f, uint32_t i) {
    if (i == 0)
        return 1.0;
    return i <= f->model->ma_count && i < f->arma ? f->model->ma[i - 1] : 0.0;
}

/* The expected observation. */
static double observe(const filter *f, const double *state) {
    double sum = state[0];
    for (uint32_t i = 0; i < f->before; i++)
        sum += f->data->weights[i] * state[f->arma + i];
    return sum;
}

static void move(const filter *f, const double *state, double *out) {
    for (uint32_t i = 0; i < f->arma; i++)
        out[i] = ar_at(f, i) * state[0] + (i + 1 < f->arma ? state[i + 1] : 0.0);
    if (f->before == 0)
        return;
    out[f->arma] = observe(f, state);
    for (uint32_t i = 1; i < f->before; i++)
        out[f->arma + i] = state[f->arma + i - 1];
}

static void move_in_place(filter *f, double *state) {
    move(f, state, f->moved);
    for (uint32_t i = 0; i < f->size; i++)
        state[i] = f->moved[i];
}

/* covariance = T known T' + shock shock'; gives how much it changed. */
static double move_covariance(filter *f) {
    uint32_t n = f->size;
    for (uint32_t row = 0; row < n; row++)
        move(f, f->known + (size_t)row * n, f->half + (size_t)row * n);
    double change = 0.0;
    for (uint32_t row = 0; row < n; row++) {
        double *out = f->covariance + (size_t)row * n;
        double by_first = row < f->arma ? ar_at(f, row) : 0.0;
        double shock = row < f->arma ? shock_at(f, row) : 0.0;
        const double *next = NULL;
        if (row + 1 < f->arma)
            next = f->half + (size_t)(row + 1) * n;
        else if (row > f->arma)
            next = f->half + (size_t)(row - 1) * n;
        for (uint32_t column = 0; column < n; column++) {
            double sum = shock * (column < f->arma ? shock_at(f, column) : 0.0);
            if (row == f->arma) {
                sum += f->half[column];
                for (uint32_t i = 0; i < f->before; i++)
                    sum += f->data->weights[i] * f->half[(size_t)(f->arma + i) * n + column];
            } else {
                sum += by_first * f->half[column] + (next != NULL ? next[column] : 0.0);
            }
            change = fmax(change, fabs(sum - out[column]));
            out[column] = sum;
        }
    }
    return change;
}

/* out = a b, or a b' */
static void multiply(const double *a, const double *b, bool transposed, uint32_t n, double *out) {
    for (uint32_t row = 0; row < n; row++) {
        for (uint32_t column = 0; column < n; column++)
            out[(size_t)row * n + column] = 0.0;
        for (uint32_t k = 0; k < n; k++) {
            if (transposed) {
                double sum = 0.0;
                for (uint32_t i = 0; i < n; i++)
                    sum += a[(size_t)row * n + i] * b[(size_t)k * n + i];
                out[(size_t)row * n + k] = sum;
                continue;
            }
            double weight = a[(size_t)row * n + k];
            if (weight == 0.0)
                continue;
            for (uint32_t column = 0; column < n; column++)
                out[(size_t)row * n + column] += weight * b[(size_t)k * n + column];
        }
    }
}

/* The states' covariance without any observation: the sum of T^k shock shock' T'^k, twice as many
 * terms at each step. False when there is no memory. */
static bool begin_covariance(bkti_workspace *workspace, filter *f) {
    uint32_t n = f->arma;
    size_t cells = (size_t)n * n;
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    double *sum = bkti_workspace_take(workspace, cells);
    double *power = bkti_workspace_take(workspace, cells);
    double *first = bkti_workspace_take(workspace, cells);
    double *second = bkti_workspace_take(workspace, cells);
    if (sum == NULL || power == NULL || first == NULL || second == NULL)
        return false;
    for (uint32_t row = 0; row < n; row++) {
        for (uint32_t column = 0; column < n; column++) {
            sum[(size_t)row * n + column] = shock_at(f, row) * shock_at(f, column);
            power[(size_t)row * n + column] =
                (column == 0 ? ar_at(f, row) : 0.0) + (column == row + 1 ? 1.0 : 0.0);
        }
    }
    for (int step = 0; step < 40; step++) {
        double largest = 0.0;
        double added = 0.0;
        multiply(power, sum, false, n, first);
        multiply(first, power, true, n, second);
        for (size_t i = 0; i < cells; i++) {
            sum[i] += second[i];
            largest = fmax(largest, fabs(sum[i]));
            added = fmax(added, fabs(second[i]));
        }
        if (!(added > 1e-17 * largest))
            break;
        multiply(power, power, false, n, first);
        double *swap = power;
        power = first;
        first = swap;
    }
    for (uint32_t row = 0; row < f->size; row++)
        for (uint32_t column = 0; column < f->size; column++) {
            double value = row < n && column < n ? sum[(size_t)row * n + column] : 0.0;
            f->covariance[(size_t)row * f->size + column] =
                row == column && row >= n ? UNKNOWN : value;
        }
    bkti_workspace_rewind(workspace, mark);
    return true;
}

static bool begin(bkti_workspace *workspace, filter *f) {
    const bkti_arima_model *model = f->model;
    f->arma = model->ar_count > model->ma_count + 1 ? model->ar_count : model->ma_count + 1;
    f->before = f->data->is_differenced ? 0 : f->data->weight_count;
    f->size = f->arma + f->before;
    size_t cells = (size_t)f->size * f->size;
    f->state = bkti_workspace_take(workspace, f->size);
    f->unit = bkti_workspace_take(workspace, f->size);
    f->moved = bkti_workspace_take(workspace, f->size);
    f->gain = bkti_workspace_take(workspace, f->size);
    f->covariance = bkti_workspace_take(workspace, cells);
    f->known = bkti_workspace_take(workspace, cells);
    f->half = bkti_workspace_take(workspace, cells);
    if (f->state == NULL || f->unit == NULL || f->moved == NULL || f->gain == NULL ||
        f->covariance == NULL || f->known == NULL || f->half == NULL)
        return false;
    for (uint32_t i = 0; i < f->size; i++)
        f->state[i] = f->unit[i] = 0.0;
    return begin_covariance(workspace, f);
}

/* The gain (times the variance) and the variance of what is expected. */
static double find_gain(filter *f) {
    if (f->is_steady)
        return f->steady_variance;
    for (uint32_t i = 0; i < f->size; i++)
        f->gain[i] = observe(f, f->covariance + (size_t)i * f->size);
    return observe(f, f->gain);
}

/* A variance of 0: nothing was observed. */
static void correct_covariance(filter *f, double variance) {
    for (uint32_t row = 0; row < f->size; row++) {
        double weight = variance > 0.0 ? f->gain[row] / variance : 0.0;
        for (uint32_t column = 0; column < f->size; column++) {
            size_t cell = (size_t)row * f->size + column;
            f->known[cell] = f->covariance[cell] - weight * f->gain[column];
        }
    }
}

/* The constant's x at a period from 0. */
static double unit_at(const bkti_arima_data *data, int64_t t) {
    if (data->is_differenced)
        return data->constant_step;
    return data->weight_count > 0 ? (double)(t + 1) : 1.0;
}

typedef struct sums {
    double ee;
    double eu;
    double uu;
    double logs;
    int64_t used;
} sums;

static void take_value(filter *f, double value, double unit, sums *s) {
    double variance = isnan(value) ? 0.0 : find_gain(f);
    if (!f->is_steady)
        correct_covariance(f, variance);
    f->steady_variance = variance;
    if (!(variance > 0.0))
        return;
    double e = value - observe(f, f->state);
    double u = f->model->orders.has_constant ? unit - observe(f, f->unit) : 0.0;
    if (variance < OBSERVED) {
        s->ee += e * e / variance;
        s->eu += e * u / variance;
        s->uu += u * u / variance;
        s->logs += bkti_log(variance);
        s->used++;
    }
    for (uint32_t i = 0; i < f->size; i++) {
        f->state[i] += f->gain[i] / variance * e;
        f->unit[i] += f->gain[i] / variance * u;
    }
}

/* What is expected after the data, from the states there. */
static void look_ahead(filter *f, double constant, uint32_t horizon, double base, double *out) {
    const bkti_arima_data *data = f->data;
    for (uint32_t h = 0; h < horizon; h++) {
        double unit = unit_at(data, data->count + h) - observe(f, f->unit);
        out[h] = observe(f, f->state) + constant * unit + base;
        move_in_place(f, f->state);
        move_in_place(f, f->unit);
        for (uint32_t i = 0; i < data->weight_count && data->is_differenced; i++) {
            int64_t t = data->count + h - 1 - (int64_t)i;
            out[h] +=
                data->weights[i] * (t >= data->count ? out[t - data->count] : data->values[t]);
        }
    }
}

bkt_status bkti_arima_filter(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *model, uint32_t horizon, double *out_points) {
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    filter f = {.data = data, .model = model};
    sums s = {0.0, 0.0, 0.0, 0.0, 0};
    if (!begin(workspace, &f)) {
        bkti_workspace_rewind(workspace, mark);
        return BKT_ERR_MEMORY;
    }
    int64_t count = data->is_differenced ? data->differenced_count : data->count;
    const double *values = data->is_differenced ? data->differenced : data->values;
    /* Differences don't know the level: from the first value on, little cancels. */
    double base = data->is_differenced || data->weight_count == 0 ? 0.0 : data->values[0];
    for (int64_t t = 0; t < count; t++) {
        take_value(&f, values[t] - base, unit_at(data, t), &s);
        move_in_place(&f, f.state);
        move_in_place(&f, f.unit);
        if (!f.is_steady && move_covariance(&f) < 1e-15 && data->is_differenced)
            f.is_steady = true;
    }
    model->constant = model->orders.has_constant && s.uu > 0.0 ? s.eu / s.uu : 0.0;
    double squares = s.ee - model->constant * s.eu;
    model->squares = squares > 0.0 ? squares : 0.0;
    model->used = s.used;
    model->variance = model->squares / (double)s.used;
    static const double log_2_pi = 1.8378770664093454836;
    double n = (double)s.used;
    model->log_likelihood =
        -0.5 * (n * (log_2_pi + bkti_log(fmax(model->variance, DBL_MIN)) + 1.0) + s.logs);
    if (out_points != NULL)
        look_ahead(&f, model->constant, horizon, base, out_points);
    bkti_workspace_rewind(workspace, mark);
    return BKT_OK;
}
