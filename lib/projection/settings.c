/* SPDX-License-Identifier: MIT */
/* Options of a projection, checked once; and its result record. */
#include "bkti_projection.h"

#include <math.h>
#include <string.h>

#define KNOWN_FLAGS                                                                                \
    (BKT_PROJECTION_NO_FALLBACK | BKT_PROJECTION_NO_FLOOR | BKT_PROJECTION_NO_SEASON |             \
     BKT_PROJECTION_NORMAL | BKT_PROJECTION_ANALYTICAL | BKT_PROJECTION_MEDIAN |                   \
     BKT_PROJECTION_WEIGHTED | BKT_PROJECTION_TRADE)

static const bkt_projection_options defaults = {
    .struct_size = sizeof(bkt_projection_options),
    .alpha = NAN,
    .beta = NAN,
    .phi = NAN,
    .theta = NAN,
    .box_cox_lambda = NAN,
    .alpha_real = NAN,
    .alpha_imaginary = NAN,
    .gamma = NAN,
    .horizon = 10,
    .method = BKT_METHOD_AUTOMATIC,
};

bkt_status bkt_projection_options_init(bkt_projection_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

bkt_status bkti_horizon_check(bkt_context *context, uint32_t horizon) {
    if (horizon == 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "the horizon is 0 periods; give 1 to %d",
                         BKTI_HORIZON_LIMIT);
    if (horizon > BKTI_HORIZON_LIMIT)
        return bkti_fail(context, BKT_ERR_LIMIT, NULL,
                         "the horizon of %lu periods is above the limit of %d",
                         (unsigned long)horizon, BKTI_HORIZON_LIMIT);
    return BKT_OK;
}

bkt_status bkti_settings_take_levels(bkt_context *context, const double *levels, uint32_t count,
                                     bkti_settings *settings) {
    if (count == 0) {
        settings->levels[0] = 0.80;
        settings->levels[1] = 0.95;
        settings->level_count = 2;
        return BKT_OK;
    }
    if (levels == NULL || count > BKTI_LEVEL_LIMIT)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         levels == NULL ? "levels are counted but none are given"
                                        : "more than %d levels are given",
                         BKTI_LEVEL_LIMIT);
    for (uint32_t i = 0; i < count; i++) {
        if (!(levels[i] > 0.0 && levels[i] < 1.0))
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "level %lu of the intervals is not between 0 and 1; 80 %% is 0.8",
                             (unsigned long)i + 1);
        for (uint32_t k = 0; k < i; k++)
            if (fabs(levels[k] - levels[i]) < 1e-9)
                return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                                 "levels %lu and %lu of the intervals are the same",
                                 (unsigned long)k + 1, (unsigned long)i + 1);
        settings->levels[i] = levels[i];
    }
    settings->level_count = count;
    return BKT_OK;
}

static bkt_status take_members(bkt_context *context, const bkt_projection_options *options,
                               bkti_settings *settings) {
    uint32_t count = options->member_count;
    if (count == 0 || count > BKT_MEMBER_LIMIT || options->members == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a combination needs 1 to %d members; %lu are given", BKT_MEMBER_LIMIT,
                         (unsigned long)(options->members == NULL ? 0 : count));
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        if (bkti_method_kernel(options->members[i]) == NULL)
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "%ld is no method that a combination can have as a member",
                             (long)options->members[i]);
        for (uint32_t k = 0; k < i; k++)
            if (options->members[k] == options->members[i])
                return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                                 "the method %s is twice among the members",
                                 bkt_method_id(options->members[i]));
        double weight = options->weights == NULL ? 1.0 : options->weights[i];
        if (!(weight >= 0.0 && weight <= 1e100))
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "weight %lu of the members is negative or no number",
                             (unsigned long)i + 1);
        settings->members[i] = options->members[i];
        settings->weights[i] = weight;
        sum += weight;
    }
    if (!(sum > 0.0))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "all weights of the members are zero");
    for (uint32_t i = 0; i < count; i++)
        settings->weights[i] /= sum;
    settings->member_count = count;
    return BKT_OK;
}

/* True for NaN (to be estimated) and for what lies within. */
static bool within(double x, double low, double high) {
    return isnan(x) || (x >= low && x <= high);
}

static bool part_known(int32_t part, int32_t also, int32_t other) {
    return part == BKT_ETS_ANY || part == BKT_ETS_ADDITIVE || part == also || part == other;
}

static bkt_status check_ets(bkt_context *context, const bkt_projection_options *options) {
    double high = 1.0 - (isnan(options->alpha) ? BKTI_ALPHA_LOW : options->alpha);
    if (isnan(options->alpha) && !isnan(options->beta))
        high = 1.0 - options->beta;
    if (!within(options->gamma, BKTI_ALPHA_LOW, high))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "smoothing out of bounds: gamma from 0.0001 to 1 - alpha (to 1 - beta "
                         "where alpha is not given), NaN for what is to be estimated");
    if (!part_known(options->ets_error, BKT_ETS_MULTIPLICATIVE, BKT_ETS_MULTIPLICATIVE) ||
        !part_known(options->ets_trend, BKT_ETS_NONE, BKT_ETS_DAMPED) ||
        !part_known(options->ets_season, BKT_ETS_NONE, BKT_ETS_MULTIPLICATIVE))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "no such ETS form: the error is additive or multiplicative, the trend "
                         "none, additive or damped, the season none, additive or multiplicative");
    return BKT_OK;
}

/* p, d, q, P, D, Q. */
static bkt_status take_orders(bkt_context *context, const int32_t *orders,
                              bkti_settings *settings) {
    static const int32_t most[BKT_ARIMA_ORDER_COUNT] = {5, 2, 5, 2, 1, 2};
    settings->arima_orders[0] = -1;
    for (uint32_t i = 0; i < BKT_ARIMA_ORDER_COUNT && orders != NULL; i++) {
        if (orders[i] < 0 || orders[i] > most[i] || orders[1] + orders[4] > 2)
            return bkti_fail(
                context, BKT_ERR_ARGUMENT, NULL,
                "orders of ARIMA out of bounds: p and q from 0 to 5, P and Q from 0 to "
                "2, d from 0 to 2, D from 0 to 1, d + D at most 2");
        settings->arima_orders[i] = orders[i];
    }
    return BKT_OK;
}

bkt_status bkti_settings_take(bkt_context *context, const bkt_projection_options *options,
                              bkti_settings *out_settings) {
    bkt_projection_options own = defaults;
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    if (status != BKT_OK)
        return status;
    bkti_settings settings = {.alpha = own.alpha,
                              .beta = own.beta,
                              .phi = own.phi,
                              .theta = own.theta,
                              .lambda = own.box_cox_lambda,
                              .alpha_real = own.alpha_real,
                              .alpha_imaginary = own.alpha_imaginary,
                              .gamma = own.gamma,
                              .ets_error = own.ets_error,
                              .ets_trend = own.ets_trend,
                              .ets_season = own.ets_season,
                              .horizon = own.horizon,
                              .season_length = own.season_length,
                              .flags = own.flags,
                              .threads = own.threads,
                              .method = own.method,
                              .value_id = own.value_id,
                              .time_id = own.time_id};
    status = bkti_flags_check(context, "bkt_projection_options", own.flags, KNOWN_FLAGS);
    if (status == BKT_OK && (own.flags & BKT_PROJECTION_MEDIAN) != 0 &&
        (own.flags & BKT_PROJECTION_WEIGHTED) != 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "a median has no weights: give one of BKT_PROJECTION_MEDIAN and "
                           "BKT_PROJECTION_WEIGHTED");
    if (status == BKT_OK && own.reserved != 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "`reserved` of bkt_projection_options is not 0");
    if (status == BKT_OK)
        status = bkti_horizon_check(context, own.horizon);
    if (status == BKT_OK && own.season_length > BKTI_SEASON_LIMIT)
        status = bkti_fail(context, BKT_ERR_LIMIT, NULL,
                           "the season of %lu periods is above the limit of %d",
                           (unsigned long)own.season_length, BKTI_SEASON_LIMIT);
    if (status == BKT_OK)
        status = bkti_settings_take_levels(context, own.levels, own.level_count, &settings);
    if (status == BKT_OK && !bkti_method_known(own.method))
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "%ld is no method; bkt_method_at() lists them", (long)own.method);
    if (status == BKT_OK && own.method == BKT_METHOD_COMBINATION)
        status = take_members(context, &own, &settings);
    if (status == BKT_OK &&
        !(within(own.alpha, BKTI_ALPHA_LOW, BKTI_ALPHA_HIGH) &&
          within(own.beta, BKTI_ALPHA_LOW, isnan(own.alpha) ? BKTI_ALPHA_HIGH : own.alpha) &&
          within(own.phi, BKTI_PHI_LOW, BKTI_PHI_HIGH)))
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "smoothing out of bounds: alpha from 0.0001 to 0.9999, beta from "
                           "0.0001 to alpha, phi from 0.8 to 0.98, NaN for what is to be "
                           "estimated");
    if (status == BKT_OK && !(within(own.theta, BKTI_THETA_LOW, BKTI_THETA_HIGH) &&
                              within(own.box_cox_lambda, 0.0, 1.0)))
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "out of bounds: theta from 1 to 10, lambda from 0 to 1, NaN for what is "
                           "to be estimated");
    if (status == BKT_OK &&
        !(within(own.alpha_real, BKTI_COMPLEX_LOW, BKTI_COMPLEX_REAL_HIGH) &&
          within(own.alpha_imaginary, BKTI_COMPLEX_LOW, BKTI_COMPLEX_IMAGINARY_HIGH)))
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "complex smoothing out of bounds: alpha_real from 0.01 to 1.8, "
                           "alpha_imaginary from 0.01 to 1.9, NaN for what is to be estimated");
    if (status == BKT_OK && !bkti_ces_can_be_stable(own.alpha_real, own.alpha_imaginary))
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "no model of complex smoothing is stable with this alpha_real and "
                           "alpha_imaginary");
    if (status == BKT_OK)
        status = take_orders(context, own.arima_orders, &settings);
    if (status == BKT_OK)
        status = check_ets(context, &own);
    if (status == BKT_OK)
        *out_settings = settings;
    return status;
}

void bkti_fit_clear(bkt_fit *fit) {
    memset(fit, 0, sizeof *fit);
    fit->struct_size = sizeof *fit;
    fit->sigma = fit->freedom = fit->level = fit->slope = NAN;
    fit->alpha = fit->beta = fit->phi = fit->squares = NAN;
    fit->first_level = fit->first_slope = NAN;
    fit->theta = fit->box_cox_lambda = NAN;
    fit->alpha_real = fit->alpha_imaginary = NAN;
    fit->log_likelihood = fit->arima_constant = NAN;
    for (uint32_t i = 0; i < BKT_ARIMA_TERM_LIMIT; i++)
        fit->arima_terms[i] = NAN;
    fit->gamma = fit->criterion = NAN;
    fit->method = BKT_METHOD_NONE;
    for (uint32_t i = 0; i < BKT_MEMBER_LIMIT; i++)
        fit->member_methods[i] = BKT_METHOD_NONE;
}

bkt_status bkt_fit_init(bkt_fit *fit, uint32_t struct_size) {
    bkt_fit clear;
    bkti_fit_clear(&clear);
    return bkti_options_init(fit, struct_size, &clear, sizeof clear, sizeof clear);
}

void bkti_fit_take_sample(bkt_fit *fit, const bkti_sample *sample) {
    fit->count = sample->count;
    fit->missing_leading = sample->missing_leading;
    fit->missing_inner = sample->periods - sample->count;
    fit->missing_trailing = sample->missing_trailing;
}

bkt_status bkti_fit_give(bkt_context *context, const bkt_fit *fit, bkt_fit *out_fit) {
    if (out_fit == NULL)
        return BKT_OK;
    uint32_t size = out_fit->struct_size;
    if (size < sizeof *fit || size > 4096)
        return bkti_fail(context, BKT_ERR_ABI, NULL,
                         "the fit's struct_size is %lu; prepare it with bkt_fit_init()",
                         (unsigned long)size);
    bkt_fit given = *fit;
    given.struct_size = size;
    given.level = isfinite(fit->level) ? fit->level : NAN;
    given.slope = isfinite(fit->slope) ? fit->slope : NAN;
    given.sigma = isfinite(fit->sigma) ? fit->sigma : NAN;
    given.squares = isfinite(fit->squares) ? fit->squares : NAN;
    given.first_level = isfinite(fit->first_level) ? fit->first_level : NAN;
    given.first_slope = isfinite(fit->first_slope) ? fit->first_slope : NAN;
    given.log_likelihood = isfinite(fit->log_likelihood) ? fit->log_likelihood : NAN;
    given.criterion = isfinite(fit->criterion) ? fit->criterion : NAN;
    memcpy(out_fit, &given, sizeof given);
    return BKT_OK;
}
