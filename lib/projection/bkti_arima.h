/* SPDX-License-Identifier: MIT */
/* Seasonal ARIMA: a model in the making. phi(B) PHI(B^m) (1-B)^d (1-B^m)^D (y - c x) = theta(B)
 * THETA(B^m) e, x being 1, or the time where something is differenced. */
#ifndef BKTI_ARIMA_H
#define BKTI_ARIMA_H

#include "bkti_projection.h"

#define BKTI_ARIMA_ORDER    5 /* most AR and most MA terms */
#define BKTI_ARIMA_SEASONAL 2 /* the same of the seasonal ones */

typedef struct bkti_arima_orders {
    int32_t ar;
    int32_t difference;
    int32_t ma;
    int32_t seasonal_ar;
    int32_t seasonal_difference;
    int32_t seasonal_ma;
    bool has_constant;
} bkti_arima_orders;

/* A series to be fitted: `values` as given (NaN: missing), and as differenced where none is
 * missing. */
typedef struct bkti_arima_data {
    const double *values;
    int64_t count;
    int64_t present;
    uint32_t season;
    int32_t difference;
    int32_t seasonal_difference;
    /* 1 - (1-B)^d (1-B^m)^D without its first term: y = w + sum of weights y before. */
    double *weights;
    uint32_t weight_count;
    bool is_differenced; /* then the model is of `differenced`, else of the values themselves */
    double *differenced;
    int64_t differenced_count;
    double constant_step; /* what x, differenced, is at each period */
} bkti_arima_data;

/* An ARIMA model with its coefficients multiplied out, and what a filter over the data gives. */
typedef struct bkti_arima_model {
    bkti_arima_orders orders;
    double terms[BKT_ARIMA_TERM_LIMIT]; /* phi, theta, PHI, THETA, each in the order of its lags */
    double *ar;                         /* multiplied out, from lag 1 */
    double *ma;
    uint32_t ar_count;
    uint32_t ma_count;
    double constant;
    double squares;        /* of the errors, each divided by its relative variance */
    double variance;       /* squares / used */
    double log_likelihood; /* exact */
    int64_t used;          /* observations behind it */
} bkti_arima_model;

uint32_t bkti_arima_term_count(const bkti_arima_orders *orders);
/* Room for the largest model of that season. */
bool bkti_arima_model_take(bkti_workspace *workspace, uint32_t season, bkti_arima_model *out_model);
/* Multiplies the terms out. */
void bkti_arima_expand(bkti_arima_model *model, uint32_t season);
/* Terms from numbers without bounds, so that the model is stationary and invertible: each group by
 * partial autocorrelations x / sqrt(1 + x^2) (Monahan 1984, Biometrika 71(2)). */
void bkti_arima_terms_from(const double *free_numbers, const bkti_arima_orders *orders,
                           double *out_terms);
/* Whether 1 - sum of c z^i has a root closer to the origin than `radius`. */
bool bkti_arima_has_root_within(const double *coefficients, uint32_t count, double sign,
                                double radius, double *work);

/* Differences, if nothing is missing. False when there is no memory. */
bool bkti_arima_data_take(bkti_workspace *workspace, const bkti_sample *sample, int32_t difference,
                          int32_t seasonal_difference, bkti_arima_data *out_data);

/* The conditional sum of squares of a model over differenced data, errors before the first
 * regression being 0; finds the constant by least squares. Fills squares, variance and used. */
void bkti_arima_condition(bkti_workspace *workspace, const bkti_arima_data *data,
                          bkti_arima_model *model);
/* The exact likelihood, by the Kalman filter. With `out_points` also the expected values of the
 * periods after the data. BKT_OK or BKT_ERR_MEMORY. */
bkt_status bkti_arima_filter(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *model, uint32_t horizon, double *out_points);

/* The model with the least corrected Akaike criterion. */
bkt_status bkti_arima_search(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *out_model);
/* The model's terms and figures by maximum likelihood. */
bkt_status bkti_arima_fit(bkti_workspace *workspace, const bkti_arima_data *data,
                          bkti_arima_model *model);
/* The same from one start: the orders are known to suit. */
bkt_status bkti_arima_refine(bkti_workspace *workspace, const bkti_arima_data *data,
                             bkti_arima_model *model);

/* Finds where a smooth function of any numbers has a minimum near x: quasi-Newton steps (Broyden,
 * Fletcher, Goldfarb, Shanno) with numerical gradients. Gives the least value. */
#define BKTI_DESCENT_LIMIT 16
double bkti_descent_minimise(bkti_objective *objective, void *user, uint32_t count, double *x,
                             uint32_t steps);

#endif
