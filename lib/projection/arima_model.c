/* SPDX-License-Identifier: MIT */
/* What an ARIMA model is: its polynomials, its data, its conditional sum of squares. */
#include "bkti_arima.h"

#include <math.h>
#include <string.h>

uint32_t bkti_arima_term_count(const bkti_arima_orders *orders) {
    return (uint32_t)(orders->ar + orders->ma + orders->seasonal_ar + orders->seasonal_ma);
}

bool bkti_arima_model_take(bkti_workspace *workspace, uint32_t season,
                           bkti_arima_model *out_model) {
    size_t room = BKTI_ARIMA_ORDER + (size_t)BKTI_ARIMA_SEASONAL * (season > 1 ? season : 0);
    memset(out_model, 0, sizeof *out_model);
    out_model->ar = bkti_workspace_take(workspace, room);
    out_model->ma = bkti_workspace_take(workspace, room);
    return out_model->ar != NULL && out_model->ma != NULL;
}

/* (1 + sign sum of a B^i)(1 + sign sum of b B^(m j)) = 1 + sign sum of the result. */
static uint32_t multiply(const double *a, int32_t a_count, const double *b, int32_t b_count,
                         uint32_t season, double sign, double *out) {
    uint32_t count = (uint32_t)a_count + (uint32_t)b_count * (b_count > 0 ? season : 0);
    for (uint32_t i = 0; i < count; i++)
        out[i] = i < (uint32_t)a_count ? a[i] : 0.0;
    for (int32_t j = 0; j < b_count; j++) {
        uint32_t lag = (uint32_t)(j + 1) * season;
        out[lag - 1] += b[j];
        for (int32_t i = 0; i < a_count; i++)
            out[lag + (uint32_t)i] += sign * a[i] * b[j];
    }
    return count;
}

void bkti_arima_expand(bkti_arima_model *model, uint32_t season) {
    const bkti_arima_orders *o = &model->orders;
    const double *ar = model->terms;
    const double *ma = ar + o->ar;
    const double *seasonal_ar = ma + o->ma;
    const double *seasonal_ma = seasonal_ar + o->seasonal_ar;
    model->ar_count = multiply(ar, o->ar, seasonal_ar, o->seasonal_ar, season, -1.0, model->ar);
    model->ma_count = multiply(ma, o->ma, seasonal_ma, o->seasonal_ma, season, 1.0, model->ma);
}

/* Durbin and Levinson's recursion; sign -1 gives the terms of a moving average. */
static void terms_of_group(const double *free_numbers, int32_t count, double sign, double *out) {
    for (int32_t k = 0; k < count; k++) {
        double x = free_numbers[k];
        double partial = x / sqrt(1.0 + x * x);
        for (int32_t i = 0; i < k / 2 + k % 2; i++) {
            double first = out[i];
            double last = out[k - 1 - i];
            out[i] = first - partial * last;
            if (i != k - 1 - i)
                out[k - 1 - i] = last - partial * first;
        }
        out[k] = partial;
    }
    for (int32_t i = 0; i < count; i++)
        out[i] *= sign;
}

void bkti_arima_terms_from(const double *free_numbers, const bkti_arima_orders *o,
                           double *out_terms) {
    const int32_t counts[4] = {o->ar, o->ma, o->seasonal_ar, o->seasonal_ma};
    for (int group = 0; group < 4; group++) {
        terms_of_group(free_numbers, counts[group], group % 2 == 0 ? 1.0 : -1.0, out_terms);
        free_numbers += counts[group];
        out_terms += counts[group];
    }
}

bool bkti_arima_has_root_within(const double *coefficients, uint32_t count, double sign,
                                double radius, double *work) {
    double power = 1.0;
    for (uint32_t i = 0; i < count; i++) {
        power *= radius;
        work[i] = sign * coefficients[i] * power;
    }
    /* The recursion backwards: a partial autocorrelation of 1 or more is a root within. */
    for (uint32_t k = count; k > 0; k--) {
        double partial = work[k - 1];
        double rest = 1.0 - partial * partial;
        if (!(rest > 0.0))
            return true;
        for (uint32_t i = 0; i < k / 2; i++) {
            double first = work[i];
            double last = work[k - 2 - i];
            if (i > k - 2 - i)
                break;
            work[i] = (first + partial * last) / rest;
            work[k - 2 - i] = (last + partial * first) / rest;
        }
    }
    return false;
}

/* The weights of (1-B)^d (1-B^m)^D. */
static void take_weights(bkti_arima_data *data) {
    uint32_t count = 0;
    double *weights = data->weights;
    for (int32_t pass = 0; pass < data->difference + data->seasonal_difference; pass++) {
        uint32_t lag = pass < data->difference ? 1 : data->season;
        for (uint32_t i = 0; i < lag; i++)
            weights[count + i] = 0.0;
        /* 1 - W times 1 - B^lag is 1 - (W + B^lag - W B^lag). */
        for (uint32_t i = count; i > 0; i--)
            weights[i - 1 + lag] -= weights[i - 1];
        weights[lag - 1] += 1.0;
        count += lag;
    }
    data->weight_count = count;
}

bool bkti_arima_data_take(bkti_workspace *workspace, const bkti_sample *sample, int32_t difference,
                          int32_t seasonal_difference, bkti_arima_data *out_data) {
    uint32_t season = sample->season_length;
    size_t count = (size_t)sample->periods;
    double *values = bkti_workspace_take(workspace, count);
    double *differenced = bkti_workspace_take(workspace, count);
    double *weights = bkti_workspace_take(workspace, (size_t)difference +
                                                         (size_t)seasonal_difference * season + 1);
    if (values == NULL || differenced == NULL || weights == NULL)
        return false;
    bkti_arima_data data = {.values = values,
                            .count = sample->periods,
                            .present = sample->count,
                            .season = season,
                            .difference = difference,
                            .seasonal_difference = seasonal_difference,
                            .weights = weights,
                            .differenced = differenced,
                            .is_differenced = sample->count == sample->periods};
    for (size_t t = 0; t < count; t++)
        values[t] = sample->values[t] * sample->factor;
    take_weights(&data);
    data.constant_step = 1.0;
    if (seasonal_difference > 0 && difference == 0)
        data.constant_step = (double)season;
    for (size_t t = data.weight_count; t < count && data.is_differenced; t++) {
        double rest = values[t];
        for (uint32_t i = 0; i < data.weight_count; i++)
            rest -= weights[i] * values[t - 1 - i];
        differenced[data.differenced_count++] = rest;
    }
    *out_data = data;
    return true;
}

/* The lags that are not 0: of a seasonal polynomial few are. */
static uint32_t find_lags(const double *coefficients, uint32_t count, uint32_t *out_lags) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        if (coefficients[i] != 0.0)
            out_lags[found++] = i + 1;
    return found;
}

#define LAG_LIMIT ((BKTI_ARIMA_ORDER + 1) * (BKTI_ARIMA_SEASONAL + 1))

void bkti_arima_condition(bkti_workspace *workspace, const bkti_arima_data *data,
                          bkti_arima_model *model) {
    uint32_t ar_lags[LAG_LIMIT];
    uint32_t ma_lags[LAG_LIMIT];
    uint32_t ar_count = find_lags(model->ar, model->ar_count, ar_lags);
    uint32_t ma_count = find_lags(model->ma, model->ma_count, ma_lags);
    int64_t first = model->ar_count;
    int64_t count = data->differenced_count;
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    double *errors = bkti_workspace_take(workspace, (size_t)(count > 0 ? count : 1));
    double *units = bkti_workspace_take(workspace, (size_t)(count > 0 ? count : 1));
    model->squares = NAN;
    model->variance = NAN;
    model->used = count - first;
    if (errors == NULL || units == NULL || count <= first) {
        bkti_workspace_rewind(workspace, mark);
        return;
    }
    bool has_constant = model->orders.has_constant;
    double unit = data->constant_step;
    for (uint32_t i = 0; i < ar_count; i++)
        unit -= model->ar[ar_lags[i] - 1] * data->constant_step;
    double ee = 0.0, eu = 0.0, uu = 0.0;
    for (int64_t t = 0; t < first; t++)
        errors[t] = units[t] = 0.0;
    for (int64_t t = first; t < count; t++) {
        double e = data->differenced[t];
        double u = has_constant ? unit : 0.0;
        for (uint32_t i = 0; i < ar_count; i++)
            e -= model->ar[ar_lags[i] - 1] * data->differenced[t - ar_lags[i]];
        for (uint32_t i = 0; i < ma_count; i++) {
            int64_t before = t - (int64_t)ma_lags[i];
            if (before < first)
                break;
            e -= model->ma[ma_lags[i] - 1] * errors[before];
            u -= model->ma[ma_lags[i] - 1] * units[before];
        }
        errors[t] = e;
        units[t] = u;
        ee += e * e;
        eu += e * u;
        uu += u * u;
    }
    model->constant = has_constant && uu > 0.0 ? eu / uu : 0.0;
    double squares = ee - model->constant * eu;
    model->squares = squares > 0.0 ? squares : 0.0;
    model->variance = model->squares / (double)model->used;
    bkti_workspace_rewind(workspace, mark);
}
