/* SPDX-License-Identifier: MIT */
/* ARIMA: how often to difference, which orders, and what follows from them. */
#include "bkti_arima.h"
#include "bkti_elementary.h"

#include <math.h>
#include <string.h>

/* Level of significance 5 %, constant mean: Kwiatkowski, Phillips, Schmidt & Shin 1992, "Testing
 * the null hypothesis of stationarity against the alternative of a unit root", Journal of
 * Econometrics 54, table 1. */
#define STATIONARY_LIMIT 0.463
/* Share of a season in what is left without the trend, from which on it is differenced: Wang, Smith
 * & Hyndman 2006, "Characteristic-based clustering for time series data", Data Mining and Knowledge
 * Discovery 13(3); the limit is that of R's forecast. */
#define SEASON_LIMIT 0.64
/* Values that must be left of a series that was differenced once, to be differenced again. */
#define SECOND_DIFFERENCE_COUNT 12

/* The statistic of the test; gaps are passed over as if they were not there. */
static double stationarity(const double *values, int64_t count) {
    double n = 0.0;
    double mean = 0.0;
    for (int64_t t = 0; t < count; t++)
        if (!isnan(values[t])) {
            n += 1.0;
            mean += (values[t] - mean) / n;
        }
    double sum = 0.0;
    double squares = 0.0;
    double partial = 0.0;
    for (int64_t t = 0; t < count; t++) {
        if (isnan(values[t]))
            continue;
        double e = values[t] - mean;
        sum += e;
        squares += sum * sum;
        partial += e * e;
    }
    int64_t lags = (int64_t)(3.0 * sqrt(n) / 13.0);
    for (int64_t lag = 1; lag <= lags; lag++) {
        double product = 0.0;
        for (int64_t t = lag; t < count; t++) {
            double both = (values[t] - mean) * (values[t - lag] - mean);
            product += isnan(both) ? 0.0 : both;
        }
        partial += 2.0 * (1.0 - (double)lag / ((double)lags + 1.0)) * product;
    }
    return partial > 0.0 ? squares / (n * partial) : 0.0;
}

static bool is_constant(const double *values, int64_t count) {
    double first = NAN;
    for (int64_t t = 0; t < count; t++) {
        if (isnan(first))
            first = values[t];
        if (!isnan(values[t]) && values[t] != first)
            return false;
    }
    return true;
}

/* In place; gives how many are left. */
static int64_t take_difference(double *values, int64_t count, int64_t lag) {
    for (int64_t t = 0; t + lag < count; t++)
        values[t] = values[t + lag] - values[t];
    return count > lag ? count - lag : 0;
}

static int64_t present_count(const double *values, int64_t count) {
    int64_t present = 0;
    for (int64_t t = 0; t < count; t++)
        present += !isnan(values[t]);
    return present;
}

/* Share of the season in the variance of what is left without the trend, by classical
 * decomposition; below 0 if there is too little to tell. */
static double season_share(bkti_workspace *workspace, const bkti_sample *sample) {
    bkti_season season;
    if (sample->season_length < 2 || sample->count < 3 * (int64_t)sample->season_length ||
        !bkti_season_decompose(workspace, sample, sample->season_length, &season) || !season.found)
        return -1.0;
    double with = 0.0;
    double without = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        double rest =
            (sample->values[t] - bkti_season_trend(sample, season.length, t)) * sample->factor;
        if (isnan(rest))
            continue;
        double index = season.indices[t % season.length] * sample->factor;
        with += rest * rest;
        without += (rest - index) * (rest - index);
    }
    return with > 0.0 ? 1.0 - without / with : -1.0;
}

/* How often to difference. False when there is no memory. */
static bool find_differences(bkti_workspace *workspace, const bkti_sample *sample,
                             int32_t *out_difference, int32_t *out_seasonal) {
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    int64_t count = sample->periods;
    double *values = bkti_workspace_take(workspace, (size_t)count);
    if (values == NULL)
        return false;
    for (int64_t t = 0; t < count; t++)
        values[t] = sample->values[t] * sample->factor;
    *out_difference = *out_seasonal = 0;
    if (season_share(workspace, sample) > SEASON_LIMIT) {
        *out_seasonal = 1;
        count = take_difference(values, count, sample->season_length);
    }
    while (*out_difference + *out_seasonal < 2 && !is_constant(values, count)) {
        int64_t present = present_count(values, count);
        bool second = *out_difference + *out_seasonal == 1;
        if (present < (second ? SECOND_DIFFERENCE_COUNT : 3) ||
            !(stationarity(values, count) > STATIONARY_LIMIT))
            break;
        ++*out_difference;
        count = take_difference(values, count, 1);
    }
    bkti_workspace_rewind(workspace, mark);
    return true;
}

/* Standard errors by the weights of the errors in y: those of theta(B) / (phi(B) (1-B)^d ...). */
static bool give_errors(bkti_workspace *workspace, const bkti_arima_data *data,
                        const bkti_arima_model *model, double sigma, uint32_t horizon,
                        double *out_errors) {
    size_t room = (size_t)model->ar_count + data->weight_count;
    double *ar = bkti_workspace_take(workspace, room + 1);
    double *psi = bkti_workspace_take(workspace, horizon);
    if (ar == NULL || psi == NULL)
        return false;
    for (size_t i = 0; i < room; i++)
        ar[i] = (i < model->ar_count ? model->ar[i] : 0.0) +
                (i < data->weight_count ? data->weights[i] : 0.0);
    for (size_t i = 0; i < model->ar_count; i++)
        for (size_t k = 0; k < data->weight_count; k++)
            ar[i + k + 1] -= model->ar[i] * data->weights[k];
    double sum = 0.0;
    for (uint32_t h = 0; h < horizon; h++) {
        psi[h] = h == 0 ? 1.0 : h <= model->ma_count ? model->ma[h - 1] : 0.0;
        for (uint32_t i = 0; i < h && i < room; i++)
            psi[h] += ar[i] * psi[h - 1 - i];
        sum += psi[h] * psi[h];
        out_errors[h] = sigma * sqrt(sum);
    }
    return true;
}

static void give_fit(const bkti_arima_model *model, double factor, bkt_fit *fit) {
    const bkti_arima_orders *o = &model->orders;
    const int32_t orders[BKT_ARIMA_ORDER_COUNT] = {
        o->ar, o->difference, o->ma, o->seasonal_ar, o->seasonal_difference, o->seasonal_ma};
    for (uint32_t i = 0; i < BKT_ARIMA_ORDER_COUNT; i++)
        fit->arima_orders[i] = orders[i];
    for (uint32_t i = 0; i < bkti_arima_term_count(o); i++)
        fit->arima_terms[i] = model->terms[i];
    if (o->seasonal_ar + o->seasonal_difference + o->seasonal_ma > 0)
        fit->flags |= BKT_FIT_SEASONAL;
    fit->arima_constant = o->has_constant ? model->constant / factor : NAN;
    fit->log_likelihood = model->log_likelihood + (double)model->used * bkti_log(factor);
}

/* The orders asked for; false if there are none, or more than the series can bear. */
static bool take_orders(const bkti_sample *sample, const int32_t *given,
                        bkti_arima_orders *out_orders) {
    if (given[0] < 0)
        return false;
    bool has_season = sample->season_length > 1;
    bkti_arima_orders orders = {.ar = given[0],
                                .difference = given[1],
                                .ma = given[2],
                                .seasonal_ar = has_season ? given[3] : 0,
                                .seasonal_difference = has_season ? given[4] : 0,
                                .seasonal_ma = has_season ? given[5] : 0};
    orders.has_constant = orders.difference + orders.seasonal_difference == 0;
    int64_t needed = orders.difference +
                     (int64_t)orders.seasonal_difference * sample->season_length +
                     bkti_arima_term_count(&orders) + 3;
    *out_orders = orders;
    return sample->count >= needed;
}

/* Orders of a series with gaps: those of the series with straight lines across them, as the state
 * that knows of gaps makes each likelihood dear. */
static bkt_status search_bridged(bkti_workspace *workspace, const bkti_sample *sample,
                                 const bkti_arima_data *data, bkti_arima_model *model) {
    double *values = bkti_workspace_take(workspace, (size_t)sample->periods);
    bkti_arima_data bridged;
    if (values == NULL)
        return BKT_ERR_MEMORY;
    memcpy(values, data->values, (size_t)data->count * sizeof *values); /* times the factor */
    bkti_numbers_bridge(values, data->count);
    bkti_sample whole = *sample;
    whole.values = values;
    whole.factor = 1.0;
    whole.count = sample->periods;
    if (!bkti_arima_data_take(workspace, &whole, data->difference, data->seasonal_difference,
                              &bridged))
        return BKT_ERR_MEMORY;
    /* As many terms as the values that are there bear. */
    bridged.present = sample->count;
    bkt_status status = bkti_arima_search(workspace, &bridged, model);
    return status == BKT_OK ? bkti_arima_refine(workspace, data, model) : status;
}

static bkt_status find_model(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, bkti_arima_data *data,
                             bkti_arima_model *model, bkt_fit *fit) {
    bkti_arima_orders orders = {0};
    bool is_given = take_orders(sample, settings->arima_orders, &orders);
    if (!is_given) {
        if (settings->arima_orders[0] >= 0)
            fit->fallback = BKT_FALLBACK_TOO_FEW;
        if (!find_differences(workspace, sample, &orders.difference, &orders.seasonal_difference))
            return BKT_ERR_MEMORY;
    }
    if (!bkti_arima_data_take(workspace, sample, orders.difference, orders.seasonal_difference,
                              data) ||
        !bkti_arima_model_take(workspace, sample->season_length, model))
        return BKT_ERR_MEMORY;
    model->orders = orders;
    if (is_given)
        return bkti_arima_fit(workspace, data, model);
    return data->is_differenced ? bkti_arima_search(workspace, data, model)
                                : search_bridged(workspace, sample, data, model);
}

bkt_status bkti_arima_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    bkti_arima_data data;
    bkti_arima_model model;
    bkt_status status = find_model(workspace, sample, settings, &data, &model, fit);
    if (status == BKT_OK)
        status = bkti_arima_filter(workspace, &data, &model, settings->horizon, out_points);
    if (status != BKT_OK)
        return status;
    double factor = sample->factor;
    fit->freedom = (double)model.used - (double)bkti_arima_term_count(&model.orders) -
                   (model.orders.has_constant ? 1.0 : 0.0);
    double sigma = fit->freedom > 0.0 ? sqrt(model.squares / fit->freedom) : NAN;
    if (!give_errors(workspace, &data, &model, sigma, settings->horizon, out_errors))
        return BKT_ERR_MEMORY;
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] /= factor;
        out_errors[h] /= factor;
    }
    fit->sigma = sigma / factor;
    fit->squares = model.squares / factor / factor;
    give_fit(&model, factor, fit);
    return BKT_OK;
}

bkt_status bkt_arima_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_ARIMA, values, count, options, out_points,
                               out_errors, out_fit);
}
