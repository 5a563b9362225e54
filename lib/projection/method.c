/* SPDX-License-Identifier: MIT */
/* The catalogue of methods: to add one is to add a row and its kernel. */
#include "bkti_projection.h"

#include "bkti_span.h"

typedef struct method_row {
    int32_t number;
    int32_t least_count;
    const char *id;
    const char *label;
    const char *formula;
    const char *source;
    bkti_kernel *kernel;
    bool positive; /* every value must be */
    bool has_season;
} method_row;

static const method_row methods[] = {
    {BKT_METHOD_AUTOMATIC, 1, "automatic", "Automatic choice",
     "by the number of values n and the length m of a season; n < 4: naive; m = 1: the median of "
     "delta, drift and naive (n = 4), ets (n < 12), or ets and dynamic-theta; n < 4m: the mean of "
     "ets, delta and seasonal-naive; m = 2 to 6: of ets 1/4, delta 1/4, drift, seasonal-naive, ces "
     "and damped-holt 1/8 each; m >= 7: of ets, ets-damped, delta, ces and cardt, months halfway "
     "to "
     "the projections of quarterly sums",
     "The library's own back-tests on the M1, M3 and tourism competitions' series; means of simple "
     "methods: Makridakis & Hibon 2000, The M3-Competition, International Journal of Forecasting "
     "16(4); sums: Kourentzes, Petropoulos & Trapero 2014, Improving forecasting by estimating "
     "time series structural components across multiple frequencies, same journal 30(2)",
     NULL, false, false},
    {BKT_METHOD_NAIVE, 1, "naive", "Last value", "y(n+h) = y(n); variance sigma^2 h",
     "Hyndman & Athanasopoulos 2021, Forecasting: principles and practice, 3rd ed., 5.2 and 5.5",
     bkti_naive_kernel, false, false},
    {BKT_METHOD_DRIFT, 2, "drift", "Random walk with drift",
     "y(n+h) = y(n) + h (y(n) - y(1)) / (n - 1); variance sigma^2 (h + h^2 / (n - 1))",
     "Hyndman & Athanasopoulos 2021, Forecasting: principles and practice, 3rd ed., 5.2 and 5.5",
     bkti_drift_kernel, false, false},
    {BKT_METHOD_LOG_TREND, 3, "log-trend", "Straight line through the logarithms",
     "y(n+h) = exp(a + b (n+h)), a and b by least squares on log y; variance of log y: "
     "s^2 (1 + 1/n + (t - mean t)^2 / Sxx)",
     "Draper & Smith 1998, Applied Regression Analysis, 3rd ed., 3.1; Hyndman & Athanasopoulos "
     "2021, 5.6",
     bkti_log_trend_kernel, true, false},
    {BKT_METHOD_HOLT, 5, "holt", "Holt's linear trend",
     "e = y - l - b; l' = l + b + alpha e; b' = b + beta e; y(n+h) = l + h b; variance "
     "sigma^2 (1 + sum over j < h of (alpha + beta j)^2)",
     "Holt 1957, reprinted 2004, International Journal of Forecasting 20(1); Hyndman, Koehler, Ord "
     "& Snyder 2008, Forecasting with Exponential Smoothing, table 6.1",
     bkti_holt_kernel, false, false},
    {BKT_METHOD_DAMPED_HOLT, 6, "damped-holt", "Holt's linear trend, damped",
     "e = y - l - phi b; l' = l + phi b + alpha e; b' = phi b + beta e; y(n+h) = l + (phi + ... + "
     "phi^h) b; variance sigma^2 (1 + sum over j < h of (alpha + beta (phi + ... + phi^j))^2)",
     "Gardner & McKenzie 1985, Forecasting trends in time series, Management Science 31(10); "
     "Hyndman et al. 2008, Forecasting with Exponential Smoothing, table 6.1",
     bkti_damped_holt_kernel, false, false},
    {BKT_METHOD_SEASONAL_NAIVE, 1, "seasonal-naive", "Last value of the same season",
     "y(n+h) = y(n+h-km), k the least that needs no future value; variance sigma^2 k",
     "Hyndman & Athanasopoulos 2021, Forecasting: principles and practice, 3rd ed., 5.2 and 5.5",
     bkti_seasonal_naive_kernel, false, true},
    {BKT_METHOD_SES, 3, "ses", "Simple exponential smoothing",
     "e = y - l; l' = l + alpha e; y(n+h) = l; variance sigma^2 (1 + (h-1) alpha^2)",
     "Brown 1959, Statistical Forecasting for Inventory Control; Hyndman, Koehler, Ord & Snyder "
     "2008, Forecasting with Exponential Smoothing, table 6.1",
     bkti_ses_kernel, false, false},
    {BKT_METHOD_THETA, 4, "theta", "Theta",
     "y(n+h) = l + (1 - 1/theta) b (h-1 + (1 - (1-alpha)^n) / alpha), theta = 2, l and alpha of "
     "simple exponential smoothing, b of a straight line by least squares; variance sigma^2 (1 + "
     "(h-1) alpha^2)",
     "Assimakopoulos & Nikolopoulos 2000, The theta model: a decomposition approach to "
     "forecasting; Hyndman & Billah 2003, Unmasking the Theta method; both International Journal "
     "of Forecasting, 16(4) and 19(2)",
     bkti_theta_kernel, false, false},
    {BKT_METHOD_LOG_THETA, 4, "log-theta", "Theta on the logarithms",
     "the exponential of theta on log y; the variance is that of the logarithm",
     "Legaki & Koutsouri 2018, Submission 260 of the M4 competition; Assimakopoulos & Nikolopoulos "
     "2000, International Journal of Forecasting 16(4)",
     bkti_log_theta_kernel, true, false},
    {BKT_METHOD_BOX_COX_THETA, 4, "box-cox-theta", "Theta on Box-Cox transforms",
     "theta on ((y/g)^lambda - 1) / lambda, g the geometric mean, lambda of 0, 0.05, ..., 1 of the "
     "greatest likelihood around a straight line, transformed back",
     "Legaki & Koutsouri 2018, Submission 260 of the M4 competition; Box & Cox 1964, An analysis "
     "of transformations, Journal of the Royal Statistical Society B 26(2)",
     bkti_box_cox_theta_kernel, true, false},
    {BKT_METHOD_DYNAMIC_THETA, 5, "dynamic-theta", "Dynamic optimised theta",
     "y(t) = l + (1 - 1/theta) (A (1-alpha)^(t-1) + B (1 - (1-alpha)^t) / alpha) + e, A + B t the "
     "straight line by least squares through the values before t; l' = l + alpha (y - l), at first "
     "y(1) / theta; future "
     "values are the points; variance that of this linear model",
     "Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, Models for optimising the theta "
     "method and their relationship to state space models, International Journal of Forecasting "
     "32(4)",
     bkti_dynamic_theta_kernel, false, false},
    {BKT_METHOD_CES, 6, "ces", "Complex exponential smoothing",
     "e = y - l; l' = l - (1 - a1) c + (a0 - a1) e; c' = l + (1 - a0) c + (a0 + a1) e; y(n+h) = l; "
     "variance that of this linear model",
     "Svetunkov, Kourentzes & Ord 2022, Complex exponential smoothing, Naval Research Logistics "
     "69(8)",
     bkti_ces_kernel, false, false},
    {BKT_METHOD_ARIMA, 3, "arima", "ARIMA, chosen automatically",
     "phi(B) PHI(B^m) (1-B)^d (1-B^m)^D (y - c x) = theta(B) THETA(B^m) e; d by the KPSS test, D "
     "by "
     "the strength of the season, the other orders by AICc, step by step; maximum likelihood",
     "Box & Jenkins 1970, Time Series Analysis; Hyndman & Khandakar 2008, Automatic time series "
     "forecasting: the forecast package for R, Journal of Statistical Software 27(3)",
     bkti_arima_kernel, false, true},
    {BKT_METHOD_DELTA, 3, "delta", "Delta",
     "on log y if every y > 0: y(n+1) = y(n) + d(1) + s, then y(n+h) = y(n+h-1) + d(2) + s; d(k) "
     "the smallest, of one sign, of the mean change, that of the last 6 and that without the 1 or "
     "3 greatest; s the seasons' weighted means of the last 4 years; where changes vary more than "
     "y, means of the last years; variance sigma^2 h",
     "Doornik, Castle & Hendry 2020, Card forecasts for M4, International Journal of Forecasting "
     "36(1); their submission 238 of the M4 competition",
     bkti_delta_kernel, false, true},
    {BKT_METHOD_RHO, 4, "rho", "Rho",
     "log y, or y, regressed on a constant, y(t-1), y(t-m) and seasons, those that tests find; "
     "with a coefficient of y(t-1) near 1 changes, their mean nearer to 0 by 1.645 sigma / "
     "sqrt(rows - 1); variance sigma^2 (1 + psi(1)^2 + ... + psi(h-1)^2)",
     "Doornik, Castle & Hendry 2020, Card forecasts for M4, International Journal of Forecasting "
     "36(1); their submission 238 of the M4 competition",
     bkti_rho_kernel, false, true},
    {BKT_METHOD_CARD, 5, "card", "Card",
     "the mean of rho and delta, joined to the series as if observed and replaced by what a "
     "regression on a constant, y(t-1), y(t-m), y(t-m-1), seasons or waves, and a late step fits; "
     "variance as rho's",
     "Doornik, Castle & Hendry 2020, Card forecasts for M4, International Journal of Forecasting "
     "36(1); their submission 238 of the M4 competition",
     bkti_card_kernel, false, true},
    {BKT_METHOD_CARDT, 5, "cardt", "Cardt",
     "card, of the mean of theta and of the mean of rho and delta",
     "Castle, Doornik & Hendry 2021, Forecasting principles from experience with forecasting "
     "competitions, Forecasting 3(1)",
     bkti_cardt_kernel, false, true},
    {BKT_METHOD_BREAK_TREND, 3, "break-trend", "Straight line through the logarithms, with a break",
     "log y = a + b t before and a' + b' t from the period on that leaves the least squares, if "
     "Schwarz's criterion and AICc find that better than one line; y(n+h) = exp(a' + b' (n+h)); "
     "variance as log-trend's, of the last line",
     "Bai & Perron 1998, Estimating and testing linear models with multiple structural changes, "
     "Econometrica 66(1); the criterion: Yao 1988, Estimating the number of change-points via "
     "Schwarz' criterion, Statistics & Probability Letters 6(3)",
     bkti_break_trend_kernel, true, false},
    {BKT_METHOD_ETS, 5, "ets", "Exponential smoothing in state space form (ETS)",
     "q = l + phi b; e = y - q, y - q - s or y - q s; l' = q + alpha e (/ s); b' = phi b + beta e "
     "(/ s); s' = s + gamma e (/ q); the form of least AICc of additive or relative errors, no, "
     "damped or additive trend, no, additive or multiplicative season; variance by its class",
     "Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, tables 2.2, 2.3 "
     "and 6.1; shrinkage: Pritularga, Svetunkov & Kourentzes 2023, Shrinkage estimator for "
     "exponential smoothing models, International Journal of Forecasting 39(3)",
     bkti_ets_kernel, false, true},
    {BKT_METHOD_ETS_DAMPED, 5, "ets-damped", "ETS without undamped trend",
     "as ets, without the forms whose trend goes on for ever",
     "Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing; damping: "
     "Gardner & "
     "McKenzie 1985, Forecasting trends in time series, Management Science 31(10)",
     bkti_ets_damped_kernel, false, true},
    {BKT_METHOD_COMBINATION, 1, "combination", "Combination of methods",
     "sum of w y(n+h) over the members, their weights' sum 1, or the members' median; bounds "
     "likewise",
     "Lichtendahl, Grushka-Cockayne & Winkler 2013, Is it better to average probabilities or "
     "quantiles?, Management Science 59(7)",
     NULL, false, false},
};
static const uint32_t method_total = sizeof methods / sizeof methods[0];

static const method_row *find(int32_t method) {
    for (uint32_t i = 0; i < method_total; i++)
        if (methods[i].number == method)
            return &methods[i];
    return NULL;
}

uint32_t bkt_method_count(void) {
    return method_total;
}

int32_t bkt_method_at(uint32_t index) {
    return index < method_total ? methods[index].number : BKT_METHOD_NONE;
}

int32_t bkt_method_find(const char *id) {
    if (id == NULL)
        return BKT_METHOD_NONE;
    for (uint32_t i = 0; i < method_total; i++)
        if (bkti_span_equal_caseless(bkti_span_of(id), bkti_span_of(methods[i].id)))
            return methods[i].number;
    return BKT_METHOD_NONE;
}

const char *bkt_method_id(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? "" : row->id;
}

const char *bkt_method_label(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? "" : row->label;
}

const char *bkt_method_formula(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? "" : row->formula;
}

const char *bkt_method_source(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? "" : row->source;
}

int64_t bkt_method_least_count(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? 0 : row->least_count;
}

bkti_kernel *bkti_method_kernel(int32_t method) {
    const method_row *row = find(method);
    return row == NULL ? NULL : row->kernel;
}

int32_t bkti_method_obstacle(int32_t method, const bkti_sample *sample) {
    const method_row *row = find(method);
    if (sample->count == 0)
        return BKT_FALLBACK_NO_VALUE;
    if (sample->count < row->least_count)
        return BKT_FALLBACK_TOO_FEW;
    if (row->positive && !(sample->least > 0.0))
        return BKT_FALLBACK_NOT_POSITIVE;
    return BKT_FALLBACK_NONE;
}

bkt_status bkti_method_refuse(bkt_context *context, int32_t method, const bkti_sample *sample,
                              int32_t obstacle) {
    const method_row *row = find(method);
    if (obstacle == BKT_FALLBACK_NOT_POSITIVE)
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "the series has zero or negative values, which have no logarithm; the "
                         "method %s needs positive ones",
                         row->id);
    return bkti_fail(context, BKT_ERR_SERIES, NULL,
                     "the series has %lld values and the method %s needs %lld or more",
                     (long long)sample->count, row->id, (long long)row->least_count);
}

bool bkti_method_known(int32_t method) {
    return find(method) != NULL;
}

bool bkti_method_has_season(int32_t method, uint32_t season_length) {
    const method_row *row = find(method);
    bool is_long = method == BKT_METHOD_ARIMA && season_length > BKTI_ARIMA_SEASON_LIMIT;
    return row != NULL && row->has_season && !is_long;
}

const char *bkt_choice_text(int32_t choice) {
    switch (choice) {
    case BKT_CHOICE_GIVEN:
        return "asked for";
    case BKT_CHOICE_VERY_SHORT:
        return "chosen by rule: so few values tell no more than the last one";
    case BKT_CHOICE_SHORT:
        return "chosen by rule: in a short series the median of few methods that differ, so that "
               "no "
               "wild trend counts";
    case BKT_CHOICE_MIDDLE:
        return "chosen by rule: with fewer than four seasons the last one itself takes part";
    case BKT_CHOICE_LONG:
        return "chosen by rule: the methods that together did best on the M1, M3 and tourism "
               "competitions' series";
    default:
        return "";
    }
}

const char *bkt_fallback_text(int32_t fallback) {
    switch (fallback) {
    case BKT_FALLBACK_NONE:
        return "the method was used as asked";
    case BKT_FALLBACK_NO_VALUE:
        return "the series has no value, so nothing could be projected";
    case BKT_FALLBACK_TOO_FEW:
        return "the series has too few values for the method; a simpler one took its place";
    case BKT_FALLBACK_NOT_POSITIVE:
        return "the series has zero or negative values, which have no logarithm; a simpler method "
               "took the place";
    default:
        return "";
    }
}

bkt_status bkti_method_project(bkt_context *context, int32_t method, const double *values,
                               int64_t count, const bkt_projection_options *options,
                               double *out_points, double *out_errors, bkt_fit *out_fit) {
    bkti_settings settings;
    bkt_status status = bkti_settings_take(context, options, &settings);
    if (status != BKT_OK)
        return status;
    if ((values == NULL && count > 0) || count < 0 || out_points == NULL || out_errors == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values, out_points and out_errors must not be NULL, nor count negative");
    bkti_numbers_clear(out_points, settings.horizon);
    bkti_numbers_clear(out_errors, settings.horizon);
    bkti_sample sample;
    status = bkti_sample_take(context, values, count, &sample);
    if (status != BKT_OK)
        return status;
    bkt_fit fit;
    bkti_fit_clear(&fit);
    bkti_fit_take_sample(&fit, &sample);
    fit.fallback = bkti_method_obstacle(method, &sample);
    if (fit.fallback == BKT_FALLBACK_NONE) {
        bkti_workspace workspace = {.memory = context == NULL
                                                  ? bkti_memory_new(NULL)
                                                  : bkti_memory_hold(bkti_context_memory(context))};
        if (bkti_method_has_season(method, settings.season_length) && settings.season_length > 1 &&
            (settings.flags & BKT_PROJECTION_NO_SEASON) == 0)
            sample.season_length = settings.season_length;
        status = bkti_method_kernel(method)(&workspace, &sample, &settings, out_points, out_errors,
                                            &fit);
        bkti_workspace_free(&workspace);
        bkti_memory_drop(workspace.memory);
        if (status != BKT_OK) {
            bkti_numbers_clear(out_points, settings.horizon);
            bkti_numbers_clear(out_errors, settings.horizon);
            status = bkti_no_memory(context);
        }
        if (fit.break_period > 0)
            fit.break_period += sample.missing_leading;
        fit.method = fit.member_methods[0] = method;
        fit.member_weights[0] = 1.0;
        fit.member_count = 1;
    } else {
        status = bkti_method_refuse(context, method, &sample, fit.fallback);
    }
    bkti_numbers_tidy(out_points, settings.horizon);
    bkti_numbers_tidy(out_errors, settings.horizon);
    bkt_status given = bkti_fit_give(context, &fit, out_fit);
    return status != BKT_OK ? status : given;
}
