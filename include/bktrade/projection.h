/* SPDX-License-Identifier: MIT */
/** @file projection.h
 * Where a series goes: projections with intervals, back-tests, and the road to a target.
 *
 * Two layers. Functions on plain arrays take `values` and `count`, one number a period, oldest
 * first, NaN where the period has no value, and write into the caller's memory; bkt_panel_project()
 * takes many series at once. Functions on tables (bkt_projection(), bkt_scenario(), bkt_backtest(),
 * bkt_target(), bkt_target_summary()) take a table with one series, bkt_projection() and
 * bkt_scenario() also one with many, and give a table.
 *
 * Everywhere: rates are fractions (0.05 is 5 %); missing is NaN in arrays and a missing number with
 * its reason in tables, never 0; no result is infinite; the same input gives the same bits on every
 * machine (logarithms, exponentials and quantiles are the library's own; the seed is an option).
 * Missing values at the beginning and at the end of a series are left out, and projections begin
 * with the period after the last value; inner ones are kept as gaps, which every method knows. */
#ifndef BKTRADE_PROJECTION_H
#define BKTRADE_PROJECTION_H

#include <stdint.h>

#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Methods
 * The catalogue: what can be asked for by number, with its name, formula and source.
 * @{ */

/** How a series is projected. More will come; a number is never used again for something else. */
enum bkt_method {
    BKT_METHOD_NONE = -1,          /**< no method: there was nothing to project */
    BKT_METHOD_AUTOMATIC = 0,      /**< chosen by rule; what was chosen is in the result */
    BKT_METHOD_NAIVE = 1,          /**< last value */
    BKT_METHOD_DRIFT = 2,          /**< random walk with drift */
    BKT_METHOD_LOG_TREND = 3,      /**< straight line through the logarithms */
    BKT_METHOD_HOLT = 4,           /**< Holt's linear trend */
    BKT_METHOD_DAMPED_HOLT = 5,    /**< Holt's trend, damped */
    BKT_METHOD_SEASONAL_NAIVE = 6, /**< last value of the same season */
    BKT_METHOD_SES = 7,            /**< simple exponential smoothing */
    BKT_METHOD_THETA = 8,          /**< theta */
    BKT_METHOD_LOG_THETA = 9,      /**< theta on the logarithms */
    BKT_METHOD_BOX_COX_THETA = 10, /**< theta on Box-Cox transforms */
    BKT_METHOD_DYNAMIC_THETA = 11, /**< dynamic optimised theta */
    BKT_METHOD_ETS = 12,           /**< exponential smoothing, the form chosen by AICc */
    BKT_METHOD_ETS_DAMPED = 13,    /**< the same, without forms whose trend goes on for ever */
    BKT_METHOD_CES = 15,           /**< complex exponential smoothing */
    BKT_METHOD_ARIMA = 14,         /**< ARIMA, its orders chosen */
    BKT_METHOD_DELTA = 16,         /**< Delta: the season and a damped mean of changes */
    BKT_METHOD_RHO = 17,           /**< Rho: an autoregression with its drift damped */
    BKT_METHOD_CARD = 18,          /**< Card: the mean of Rho and Delta, calibrated */
    BKT_METHOD_CARDT = 19,         /**< Cardt: the same with theta */
    BKT_METHOD_BREAK_TREND = 20,   /**< log-trend with a break in level and slope */
    BKT_METHOD_COMBINATION = 100   /**< weighted mean of the methods in the options' `members` */
};

/** How many methods the catalogue has. @since 0.1 */
BKT_API uint32_t bkt_method_count(void);
/** Number of a method by its place in the catalogue.
 * @return one of bkt_method; BKT_METHOD_NONE when there is none such. @since 0.1 */
BKT_API int32_t bkt_method_at(uint32_t index);
/** Number of a method by its id, without regard to ASCII case ("damped-holt").
 * @return one of bkt_method; BKT_METHOD_NONE for NULL and for an unknown id. @since 0.1 */
BKT_API int32_t bkt_method_find(const char *id);
/** Id of a method, "" for an unknown number. Lives as long as the library, as do the next three.
 * @since 0.1 */
BKT_API const char *bkt_method_id(int32_t method);
/** What a person would call it, such as "Holt's linear trend, damped". @since 0.1 */
BKT_API const char *bkt_method_label(int32_t method);
/** Its formula, in plain text. @since 0.1 */
BKT_API const char *bkt_method_formula(int32_t method);
/** Author, year and title that the formula was taken from. @since 0.1 */
BKT_API const char *bkt_method_source(int32_t method);
/** Values that a series must have for the method to be used; with fewer another takes its place.
 * @return 0 for an unknown number. @since 0.1 */
BKT_API int64_t bkt_method_least_count(int32_t method);

/** Why a method was used. */
enum bkt_choice {
    BKT_CHOICE_GIVEN = 0,      /**< it was asked for */
    BKT_CHOICE_VERY_SHORT = 1, /**< automatic: so few values that only the last one counts */
    BKT_CHOICE_SHORT = 2,      /**< automatic: few values, so the median of few methods */
    BKT_CHOICE_MIDDLE = 3,     /**< automatic: few seasons, so the last one itself takes part */
    BKT_CHOICE_LONG = 4        /**< automatic: the rule for all longer series */
};
/** A sentence that says why. @return "" for an unknown number. Lives as long as the library.
 * @since 0.1 */
BKT_API const char *bkt_choice_text(int32_t choice);

/** Why another method than the one asked for was used. */
enum bkt_fallback {
    BKT_FALLBACK_NONE = 0,        /**< it was used as asked */
    BKT_FALLBACK_NO_VALUE = 1,    /**< the series has no value: nothing was projected */
    BKT_FALLBACK_TOO_FEW = 2,     /**< too few values: drift, or the last value, took its place */
    BKT_FALLBACK_NOT_POSITIVE = 3 /**< zero or negative values have no logarithm: drift */
};
/** A sentence that says what happened. @return "" for an unknown number. Lives as long as the
 * library. @since 0.1 */
BKT_API const char *bkt_fallback_text(int32_t fallback);
/** @} */

/** @name Projections
 * @{ */

/** Parts of an ETS form: its error, trend and season. */
enum bkt_ets_part {
    BKT_ETS_ANY = 0,           /**< in options: chosen; in a fit: it is no ETS */
    BKT_ETS_NONE = 1,          /**< no trend, no season */
    BKT_ETS_ADDITIVE = 2,      /**< added */
    BKT_ETS_DAMPED = 3,        /**< trend: added, and fading */
    BKT_ETS_MULTIPLICATIVE = 4 /**< error: relative to what was expected; season: a factor */
};

/** Options of bkt_projection(), bkt_series_project() and the methods' own functions. Start with
 * bkt_projection_options_init(). */
typedef struct bkt_projection_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    uint32_t flags;       /**< BKT_PROJECTION_... or 0 */
    /** Smoothing given instead of estimated, of every method that smooths: level, 1e-4 to 0.9999.
     * NaN: estimate it. */
    double alpha;
    double beta; /**< smoothing of the trend, 1e-4 to alpha (Hyndman's beta, alpha times Holt's) */
    double phi;  /**< damping, 0.8 to 0.98; of the damped method only */
    uint32_t horizon;      /**< periods ahead, 1 to 10,000; default 10 */
    int32_t method;        /**< one of bkt_method; default automatic */
    uint32_t level_count;  /**< levels given; 0: the default levels, 80 % and 95 % */
    uint32_t member_count; /**< methods in `members`, up to 8 */
    /** Periods in a season, up to 10,000; 0: from the frequency in a table, else 1. */
    uint32_t season_length;
    uint32_t reserved; /**< 0 */
    /** Levels of the intervals, each between 0 and 1, none twice, up to 16; results keep their
     * order. */
    const double *levels;
    const int32_t *members; /**< with BKT_METHOD_COMBINATION: methods, none twice */
    const double *weights;  /**< of the members, none negative; scaled to sum 1; NULL: equal */
    const char *value_id;   /**< tables: the column to project; NULL: the only measure */
    const char *time_id;    /**< tables: the period column; NULL: the one with the role of time */
    /** ARIMA: the orders p, d, q, P, D, Q, with a constant if d + D is 0; NULL: chosen. p, q 0 to
     * 5; P, Q 0 to 2; d 0 to 2; D 0 to 1; d + D at most 2. */
    const int32_t *arima_orders;
    double theta;           /**< theta methods: 1 to 10; NaN: 2, or estimated by the dynamic one */
    double box_cox_lambda;  /**< box-cox-theta: 0 (logarithms) to 1 (values); NaN: estimated */
    double alpha_real;      /**< ces: real part of its smoothing, 0.01 to 1.8; NaN: estimated */
    double alpha_imaginary; /**< its imaginary part, 0.01 to 1.9 */
    double gamma;           /**< ets: smoothing of the season, 1e-4 to 1 - alpha; NaN: estimated */
    int32_t ets_error;  /**< ets: one of bkt_ets_part, additive or multiplicative; default any */
    int32_t ets_trend;  /**< ets: none, additive or damped; default any */
    int32_t ets_season; /**< ets: none, additive or multiplicative; default any */
    /** Panels and tables of several series: threads that may be at work at once, the caller's own
     * included; 0 or 1: no other. More than 64 count as 64. The result is the same for any number.
     * Callbacks are called in the caller's thread alone, but for those of the allocator, which must
     * then bear several threads. */
    uint32_t threads;
} bkt_projection_options;

/** Flag: refuse with BKT_ERR_SERIES where another method would take the place of the one asked. */
#define BKT_PROJECTION_NO_FALLBACK 1
/** Flag: the series may turn negative though it never did (a balance). Without it projections and
 * bounds of a series without negative values end at 0. */
#define BKT_PROJECTION_NO_FLOOR 2
/** Flag: no seasonal adjustment, whatever the test says. */
#define BKT_PROJECTION_NO_SEASON 4
/** Flag: bounds by the normal distribution, as R's forecast has them, instead of Student's, which
 * allows for sigma being estimated from few values. */
#define BKT_PROJECTION_NORMAL 8

/** Flag: bounds by the methods' own formulas, also where the choice is automatic and they would
 * come from what errors were on many series. */
#define BKT_PROJECTION_ANALYTICAL 16

/** Flag: a combination, or the one that the automatic choice makes, is the median of its members'
 * points, and of their bounds, whatever their weights. Of no effect on single methods, as is the
 * next; calibrated bounds stay those of the rule's own combination, about the other points. Source:
 * Petropoulos & Svetunkov 2020, "A simple combination of univariate models", International Journal
 * of Forecasting 36(1). */
#define BKT_PROJECTION_MEDIAN 32
/** Flag: a combination, or the one that the automatic choice makes, is a mean with weights from how
 * its members did before: w = s r + (1 - s) w', w' the weights it would have (equal, or given), r
 * in proportion to 1 / MAE^2, s = origins / (origins + members). MAE is the mean absolute error of
 * the member from the latest 12 origins with 4 values or more, over up to 6 steps ahead or a season
 * and a half, no less than a tenth of the members' mean. What they come to is in the fit. Source:
 * Bates & Granger 1969, "The combination of forecasts", Operational Research Quarterly 20(4); Stock
 * & Watson 2004, "Combination forecasts of output growth in a seven-country data set", Journal of
 * Forecasting 23(6), also for shrinking towards equal weights; the squared absolute error:
 * Pawlikowski & Chorowska 2020, "Weighted ensemble of statistical models", International Journal of
 * Forecasting 36(1). */
#define BKT_PROJECTION_WEIGHTED 64
/** Flag: the series is one of trade between countries, by year. Where bounds come from what errors
 * were on many series, they are then those of such series: 2,900 of exports, imports and turnover,
 * or for a series that may be negative 750 balances, 1995 to 2016 (`tests/bench/trade`). Those of
 * the forecasting competitions are too narrow there: their "95 %" bounds held 79 %, their "80 %"
 * ones 58 %. Without effect on series with a season. */
#define BKT_PROJECTION_TRADE 128

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_projection_options_init(bkt_projection_options *options,
                                               uint32_t struct_size);

/** Most members of a combination. */
#define BKT_MEMBER_LIMIT 8

/** Orders of an ARIMA model: p, d, q, P, D, Q. */
#define BKT_ARIMA_ORDER_COUNT 6
/** Most terms of an ARIMA model, all four kinds together. */
#define BKT_ARIMA_TERM_LIMIT 14

/** What a projection rests on. Start with bkt_fit_init(), which sets struct_size; the library
 * writes as much as the caller's struct has room for. What does not apply is NaN or 0. */
typedef struct bkt_fit {
    uint32_t struct_size;
    uint32_t flags;           /**< BKT_FIT_... */
    int64_t count;            /**< values used */
    int64_t missing_leading;  /**< periods before the first value, left out */
    int64_t missing_inner;    /**< gaps between values */
    int64_t missing_trailing; /**< periods after the last value, left out */
    /** Standard deviation of the one-step errors in the sample (of the logarithms with
     * BKT_FIT_LOGS); of a combination its members' weighted mean, NaN if one works on logarithms.
     * NaN with a freedom of 0: too few values, so that no interval can be given. */
    double sigma;
    double freedom; /**< degrees of freedom behind sigma; the least of a combination's members */
    double level;   /**< last level, before the season is put back */
    double slope;   /**< last trend a period (of the logarithms with BKT_FIT_LOGS) */
    double alpha;   /**< see bkt_projection_options */
    double beta;
    double phi;
    double squares;                           /**< sum of the squared one-step errors */
    double first_level;                       /**< initial level of methods that smooth */
    double first_slope;                       /**< initial trend of Holt's methods */
    double member_weights[BKT_MEMBER_LIMIT];  /**< sum 1 */
    int32_t member_methods[BKT_MEMBER_LIMIT]; /**< the methods used, after fallbacks */
    uint32_t member_count;                    /**< 1 unless it is a combination */
    int32_t method;                           /**< used, one of bkt_method */
    int32_t choice;                           /**< one of bkt_choice */
    int32_t fallback;                         /**< one of bkt_fallback (of a member, if of any) */
    double theta;                             /**< of theta methods */
    double box_cox_lambda;                    /**< of box-cox-theta */
    double alpha_real;                        /**< of ces */
    double alpha_imaginary;                   /**< of ces */
    /** Of ARIMA, exact; of ETS but for a constant, as R has it. */
    double log_likelihood;
    double arima_constant; /**< of ARIMA: mean, or drift a period; NaN: none */
    /** Of ARIMA: phi, theta, PHI and THETA, one behind the other, as many as the orders say. */
    double arima_terms[BKT_ARIMA_TERM_LIMIT];
    int32_t arima_orders[BKT_ARIMA_ORDER_COUNT]; /**< of ARIMA: p, d, q, P, D, Q */
    int64_t break_period; /**< break-trend: the value, from 1, that its last line begins with; 0:
                             no break */
    double gamma;         /**< of ETS with a season */
    double criterion;     /**< ETS: AICc by that likelihood and the penalty */
    int32_t ets_error;    /**< ETS: the form, of bkt_ets_part; BKT_ETS_ANY where it is no ETS */
    int32_t ets_trend;
    int32_t ets_season;
    /** Steps ahead that calibrated bounds were measured for; farther ones are extrapolated. 0: the
     * bounds come from formulas. */
    uint32_t calibrated_steps;
} bkt_fit;

/** Flag of bkt_fit: the figures are of the series' logarithms. */
#define BKT_FIT_LOGS 1
/** Flag of bkt_fit: a projection or bound was raised to 0, as the series has no negative value. */
#define BKT_FIT_FLOORED 2
/** Flag of bkt_fit: the series passed the seasonal test and was adjusted, or the method found a
 * season of its own. */
#define BKT_FIT_SEASONAL 4
/** Flag of bkt_fit: the season is a factor, not a summand. */
#define BKT_FIT_MULTIPLICATIVE 8

/** Flag of bkt_fit: the bounds come from what errors were on the series of three forecasting
 * competitions (`tests/bench/calibration`). */
#define BKT_FIT_CALIBRATED 16
/** Flag of bkt_fit: and some of them from steps farther than those that were measured. */
#define BKT_FIT_EXTRAPOLATED 32
/** Flag of bkt_fit: months were brought halfway to the projections of quarterly sums. */
#define BKT_FIT_SUMS 64
/** Flag of bkt_fit: points and bounds are the median of the members', not their mean; the weights
 * then don't count. */
#define BKT_FIT_MEDIAN 128
/** Flag of bkt_fit: the weights come from how the members did (BKT_PROJECTION_WEIGHTED). */
#define BKT_FIT_WEIGHTED 256
/** Flag of bkt_fit: with BKT_FIT_CALIBRATED, the errors are those on series of trade; */
#define BKT_FIT_TRADE 512
/** Flag of bkt_fit: and of those the balances. */
#define BKT_FIT_BALANCE 1024

/** Prepares a result record. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_fit_init(bkt_fit *fit, uint32_t struct_size);

/** Projects a series by any method, with intervals.
 *
 * A series whose season passes the M4 competition's test (three seasons or more, autocorrelation at
 * lag m) is divided by, or freed from, its classical seasonal indices first, and the projection
 * gets them back. A combination is the weighted mean, or the median, of its members' points and of
 * their bounds.
 * Bounds are point -+ quantile * standard error by each method's formula (on logarithms where the
 * method works there), nested for every method and every level.
 *
 * @param context gets the diagnostics and lends memory.
 * @param values `count` numbers, NaN where missing; may be NULL if count is 0.
 * @param options NULL for defaults.
 * @param[out] out_points `horizon` numbers. NaN: too large for a double.
 * @param[out] out_lower `horizon` numbers a level, level by level: of level i and step h (from 1)
 * at [i * horizon + h - 1]. NaN where sigma is NaN, or too large for a double. May be NULL.
 * @param[out] out_upper the same of the upper bounds.
 * @param[out] out_fit what it rests on; may be NULL; filled also on BKT_ERR_SERIES.
 * @return BKT_OK; BKT_ERR_ARGUMENT for NULL, an unknown method, a horizon of 0, a level not between
 * 0 and 1 or given twice, smoothing out of bounds, members or weights that can't be; BKT_ERR_LIMIT
 * for a horizon or a season above 10,000; BKT_ERR_ABI; BKT_ERR_SERIES for an infinite value, a
 * series without any value, or what BKT_PROJECTION_NO_FALLBACK forbids; BKT_ERR_MEMORY. On the last
 * two every number that would have been written is NaN; other errors write nothing.
 *
 * The automatic choice, by the number of values n and the length m of a season:
 * n < 4: naive.
 * m = 1, or n not above m: n = 4: the median of delta, drift and naive; n < 12: of delta, drift and
 * ets; else of ets, dynamic-theta, delta and drift.
 * m > 1, n < 4m: the mean of ets (n = 4: drift), delta and seasonal-naive.
 * m of 2 to 6: the mean of ets (1/4), delta (1/4), drift, seasonal-naive, ces and damped-holt (1/8
 * each).
 * m of 7 or more: the mean of ets, ets-damped, delta, ces and cardt; if m is 12, months are then
 * brought halfway to where the sums of three months, up to the last one, are projected as a
 * quarterly series (by the ratio of the sums, at most 2 and at least 1/2; by the difference if a
 * value isn't positive). Members and weights were chosen on the public series of the M1, M3 and
 * tourism competitions, whole and cut short (`tests/bench/accuracy`).
 *
 * Its bounds, from 5 values on, are point + width * quantile. The width of errors at a step follows
 * from the errors' standard deviation by simple smoothing and by drift, the members' spread, the
 * size of the projection, the step and n; the quantiles are those of errors in such widths on the
 * same three competitions' series, by season and step (`tests/bench/calibration`). Beyond 6
 * years, 8 quarters or 24 months (BKT_FIT_EXTRAPOLATED) the width goes on by the same formula. With
 * BKT_PROJECTION_ANALYTICAL, and with fewer values, they are those of a combination.
 *
 * Source: the methods' own; medians and means of simple methods: Makridakis & Hibon 2000, "The
 * M3-Competition", International Journal of Forecasting 16(4), Petropoulos & Svetunkov 2020, "A
 * simple combination of univariate models", same journal 36(1); sums: Kourentzes, Petropoulos &
 * Trapero 2014, "Improving forecasting by estimating time series structural components across
 * multiple frequencies", same journal 30(2); bounds from a pool of series' errors: Montero-Manso,
 * Athanasopoulos, Hyndman & Talagala 2020, "FFORMA", same journal 36(1), has the like; test and
 * indices: Makridakis, Spiliotis & Assimakopoulos 2020, "The M4 Competition: 100,000 time series
 * and 61 forecasting methods", same journal 36(1), with its published R code; mean of bounds:
 * Lichtendahl, Grushka-Cockayne & Winkler 2013, "Is it better to average probabilities or
 * quantiles?", Management Science 59(7).
 * @since 0.1 */
BKT_API bkt_status bkt_series_project(bkt_context *context, const double *values, int64_t count,
                                      const bkt_projection_options *options, double *out_points,
                                      double *out_lower, double *out_upper, bkt_fit *out_fit);

/** Projects many series in one call, each as bkt_series_project() would, to the bit: for any number
 * of threads (`threads` of the options) and in any order of the series.
 *
 * A series that can't be projected (an infinite value, no value, what BKT_PROJECTION_NO_FALLBACK
 * forbids) doesn't stop the others: its numbers are NaN, its status says BKT_ERR_SERIES, its fit
 * counts its values and has the fallback, and the context gets a warning, in the order of the
 * series, with the sentence that says why, and the series' number, from 1, as
 * bkt_diagnostic_series(). Of those for which the context has no room (diagnostic_limit),
 * bkt_series_project() of the series alone gives the same sentence.
 * @param context gets the diagnostics and lends memory; its progress callback, which is told the
 * series that are done as rows, is called after each series that the caller's thread projects.
 * @param values the series, one behind the other; NaN where missing; NULL if there is none.
 * @param offsets series_count + 1 of them, as the lists of Apache Arrow have them: series i is
 * values[offsets[i]] to values[offsets[i + 1] - 1]. The first may be above 0; a series may be
 * empty.
 * @param options NULL for defaults; season_length is that of all series.
 * @param[out] out_points `horizon` numbers a series, series by series: of series i (from 0) and
 * step h (from 1) at [i * horizon + h - 1].
 * @param[out] out_lower level_count * horizon numbers a series, in it as bkt_series_project() has
 * them: of level k at [(i * level_count + k) * horizon + h - 1], with the two default levels where
 * none is given. May be NULL.
 * @param[out] out_upper the same of the upper bounds.
 * @param[out] out_fits `series_count` records, which need no bkt_fit_init(); may be NULL.
 * @param fit_size sizeof(bkt_fit) of the headers compiled with; without out_fits it doesn't matter.
 * @param[out] out_statuses `series_count`: BKT_OK or BKT_ERR_SERIES of each.
 * @return BKT_OK, also where series failed; BKT_ERR_ARGUMENT and BKT_ERR_LIMIT as
 * bkt_series_project(), and for NULL, a series_count or offset below 0 or an offset below the one
 * before it; BKT_ERR_ABI, also for a fit_size that no bkt_fit has; BKT_ERR_MEMORY;
 * BKT_ERR_CANCELLED by the progress callback. In the last two cases every number is NaN, and every
 * status that of the call.
 * @since 0.1 */
BKT_API bkt_status bkt_panel_project(bkt_context *context, const double *values,
                                     const int64_t *offsets, int64_t series_count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_lower, double *out_upper, bkt_fit *out_fits,
                                     uint32_t fit_size, bkt_status *out_statuses);

/** The last value, for ever: y(n+h) = y(n); standard error sigma sqrt(h), sigma^2 the mean of
 * squared changes (a change over a gap of k periods counts its square / k); n - 1 degrees of
 * freedom.
 *
 * The methods' own functions know no season, no fallback and no floor; of the options they use
 * horizon and, where they have them, alpha, beta, phi, theta and
 * box_cox_lambda.
 * @param context for the diagnostics; may be NULL.
 * @param[out] out_points `horizon` numbers.
 * @param[out] out_errors `horizon` standard errors; NaN where there are too few values for any.
 * @param[out] out_fit may be NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_LIMIT; BKT_ERR_ABI; BKT_ERR_SERIES for an infinite
 * value or fewer values than bkt_method_least_count().
 * Source: Hyndman & Athanasopoulos 2021, "Forecasting: principles and practice", 3rd ed.,
 * sections 5.2 and 5.5.
 * @since 0.1 */
BKT_API bkt_status bkt_naive_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** Random walk with drift: y(n+h) = y(n) + h b, b = (y(n) - y(1)) / (n - 1); variance
 * sigma^2 (h + h^2 / (n - 1)), sigma^2 = sum of (change - b)^2 / (n - 2). With gaps, n - 1 is the
 * number of periods from the first to the last value, and a change over k periods counts as
 * (change - k b)^2 / k.
 * @return as bkt_naive_project(). Source: as there.
 * @since 0.1 */
BKT_API bkt_status bkt_drift_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** Straight line through the logarithms: log y(t) = a + b t by least squares; y(n+h) =
 * exp(a + b (n+h)), the median, not the mean. Gaps are left out of the regression.
 * @param[out] out_errors standard errors of the logarithm: s sqrt(1 + 1/n + (t - mean)^2 / Sxx),
 * to be used with Student's t of n - 2 degrees of freedom.
 * @return as bkt_naive_project(), and BKT_ERR_SERIES for a value that is zero or negative.
 * Source: Draper & Smith 1998, "Applied Regression Analysis", 3rd ed., section 3.1 (variance of a
 * new observation); Hyndman & Athanasopoulos 2021, section 5.6 (back-transformed median).
 * @since 0.1 */
BKT_API bkt_status bkt_log_trend_project(bkt_context *context, const double *values, int64_t count,
                                         const bkt_projection_options *options, double *out_points,
                                         double *out_errors, bkt_fit *out_fit);

/** Holt's linear trend: e = y(t) - l - b; l' = l + b + alpha e; b' = b + beta e; y(n+h) = l + h b.
 *
 * alpha in 1e-4 to 0.9999 and beta in 1e-4 to alpha minimise the sum of squared errors (a fixed
 * grid, then Nelder and Mead's simplex); the initial level and trend are those of least squares
 * given alpha and beta, in which the errors are linear. A missing value moves level and trend on
 * with e = 0. Variance sigma^2 (1 + sum over j < h of (alpha + beta j)^2), sigma^2 = sum of e^2 /
 * (n - 4).
 * @return as bkt_naive_project().
 * Source: Holt 1957, reprinted 2004, "Forecasting seasonals and trends by exponentially weighted
 * moving averages", International Journal of Forecasting 20(1); Hyndman, Koehler, Ord & Snyder
 * 2008, "Forecasting with Exponential Smoothing", table 6.1, class 1, ETS(A,A,N).
 * @since 0.1 */
BKT_API bkt_status bkt_holt_project(bkt_context *context, const double *values, int64_t count,
                                    const bkt_projection_options *options, double *out_points,
                                    double *out_errors, bkt_fit *out_fit);

/** Holt's trend, damped: e = y(t) - l - phi b; l' = l + phi b + alpha e; b' = phi b + beta e;
 * y(n+h) = l + (phi + ... + phi^h) b. As bkt_holt_project(), with phi in 0.8 to 0.98 estimated too,
 * variance sigma^2 (1 + sum over j < h of (alpha + beta (phi + ... + phi^j))^2), sigma^2 = sum of
 * e^2 / (n - 5).
 * @return as bkt_naive_project().
 * Source: Gardner & McKenzie 1985, "Forecasting trends in time series", Management Science 31(10);
 * Hyndman et al. 2008, table 6.1, class 1, ETS(A,Ad,N).
 * @since 0.1 */
BKT_API bkt_status bkt_damped_holt_project(bkt_context *context, const double *values,
                                           int64_t count, const bkt_projection_options *options,
                                           double *out_points, double *out_errors,
                                           bkt_fit *out_fit);

/** The last value of the same season: y(n+h) = y(n+h-km), k the least that needs no future value,
 * and more where that season's value is missing; standard error sigma sqrt(k), sigma^2 the mean of
 * squared changes over a season (a change over j seasons counts its square / j), as many degrees of
 * freedom as there are such changes. Uses season_length and BKT_PROJECTION_NO_SEASON too. A series
 * without a season, or with no change over one, gets the last value, as bkt_naive_project().
 * @return as bkt_naive_project().
 * Source: Hyndman & Athanasopoulos 2021, sections 5.2 and 5.5.
 * @since 0.1 */
BKT_API bkt_status bkt_seasonal_naive_project(bkt_context *context, const double *values,
                                              int64_t count, const bkt_projection_options *options,
                                              double *out_points, double *out_errors,
                                              bkt_fit *out_fit);

/** Simple exponential smoothing: e = y(t) - l; l' = l + alpha e; y(n+h) = l.
 *
 * alpha in 1e-4 to 0.9999 minimises the sum of squared errors (a grid, then golden sections); the
 * initial level is that of least squares given alpha, in which the errors are linear. A missing
 * value leaves the level where it is. Variance sigma^2 (1 + (h-1) alpha^2), sigma^2 = sum of e^2 /
 * (n - 2).
 * @return as bkt_naive_project(); 3 values are needed.
 * Source: Brown 1959, "Statistical Forecasting for Inventory Control"; Hyndman, Koehler, Ord &
 * Snyder 2008, table 6.1, class 1, ETS(A,N,N).
 * @since 0.1 */
BKT_API bkt_status bkt_ses_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit);

/** The theta method: the mean of a straight line and of simple exponential smoothing of the line
 * with doubled residuals, y(n+h) = l + (1 - 1/theta) b (h-1 + (1 - (1-alpha)^n) / alpha), with
 * theta 2 unless given, l and alpha of bkt_ses_project() and b the slope of the straight line
 * through the values by least squares. A missing value leaves both levels where they are and its
 * row out of the line. Standard errors are those of bkt_ses_project().
 * @return as bkt_naive_project(); 4 values are needed.
 * Source: Assimakopoulos & Nikolopoulos 2000, "The theta model: a decomposition approach to
 * forecasting", International Journal of Forecasting 16(4); the formula: Hyndman & Billah 2003,
 * "Unmasking the Theta method", same journal 19(2).
 * @since 0.1 */
BKT_API bkt_status bkt_theta_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** The theta method on logarithms, transformed back: the median, not the mean.
 * @param[out] out_errors standard errors of the logarithm.
 * @return as bkt_theta_project(), and BKT_ERR_SERIES for a value that is zero or negative.
 * Source: Legaki & Koutsouri 2018, submission 260 of the M4 competition, with the sources of
 * bkt_theta_project().
 * @since 0.1 */
BKT_API bkt_status bkt_log_theta_project(bkt_context *context, const double *values, int64_t count,
                                         const bkt_projection_options *options, double *out_points,
                                         double *out_errors, bkt_fit *out_fit);

/** The theta method on Box-Cox transforms z = ((y/g)^lambda - 1) / lambda, g the geometric mean,
 * transformed back. lambda, of 0, 0.05, ..., 1, is that of the greatest profile likelihood around a
 * straight line, unless given. With a lambda of 0 all is as bkt_log_theta_project() has it.
 * @param[out] out_errors with a lambda above 0 standard errors of the value: half the distance
 * between what one standard error of z above and below the point are transformed back to.
 * @return as bkt_log_theta_project().
 * Source: Legaki & Koutsouri 2018; Box & Cox 1964, "An analysis of transformations", Journal of the
 * Royal Statistical Society B 26(2), with the sources of bkt_theta_project().
 * @since 0.1 */
BKT_API bkt_status bkt_box_cox_theta_project(bkt_context *context, const double *values,
                                             int64_t count, const bkt_projection_options *options,
                                             double *out_points, double *out_errors,
                                             bkt_fit *out_fit);

/** The dynamic optimised theta model: y(t) = l + (1 - 1/theta) (A (1-alpha)^(t-1) + B (1 -
 * (1-alpha)^t) / alpha) + e, A + B t the straight line by least squares through the values before
 * t; l' = l + alpha (y - l). Beyond the last value the points take the values' place.
 *
 * alpha in 0.1 to 0.99 and theta in 1 to 10 minimise the sum of squared errors but the first two;
 * given alpha the errors are linear in 1 - 1/theta, so the search is over alpha alone. The initial
 * level is y(1) / theta, with which y(1) is what is expected first; estimated as well, as the paper
 * has it, it makes projections of the competitions' short series worse. A missing value leaves the
 * level where it is and its row out of the line. Standard errors are exact for the linear model
 * with known parameters, sigma^2 = sum of e^2 / (n - 4).
 * @return as bkt_naive_project(); 5 values are needed.
 * Source: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, "Models for optimising the
 * theta method and their relationship to state space models", International Journal of Forecasting
 * 32(4); the variance: the state's covariance, as in Harvey 1989, "Forecasting, Structural Time
 * Series Models and the Kalman Filter", 3.2.
 * @since 0.1 */
BKT_API bkt_status bkt_dynamic_theta_project(bkt_context *context, const double *values,
                                             int64_t count, const bkt_projection_options *options,
                                             double *out_points, double *out_errors,
                                             bkt_fit *out_fit);

/** Exponential smoothing in state space form (ETS): of 15 forms the one of least AICc.
 *
 * A form has additive or multiplicative errors e, no trend, a damped or an additive one b, and no
 * season, an additive or a multiplicative one s (with multiplicative errors only). With q =
 * l + phi b: y is expected to be q, q + s or q s, e is what it is beside that (relative to it if
 * errors are multiplicative, which changes weights alone: the recursion takes e in the values'
 * unit); l' = q + alpha e; b' = phi b + beta e; s' = s + gamma e; with a multiplicative season e /
 * s for level and trend and e / q for the season. A missing value moves the states on with e = 0.
 * Multiplicative errors and seasons are for positive series; a season needs two of its lengths (of
 * up to 24 periods; a longer one is taken out beforehand as bkt_series_project() does it).
 *
 * Smoothing and initial states have the greatest likelihood together, with a penalty on smoothing
 * (as -2 log of the likelihood: 20 beta^2 - log(alpha + 1/2n) - 0.3 (m-1) log(gamma + m/2n)), as
 * short series tell it badly: trends that follow every error project wildly, and states that never
 * learn come from fitting the initial ones. Given the smoothing the initial states of forms with
 * additive errors are exactly those of least squares. Bounds: alpha and gamma from
 * 1e-4 to 0.9999 and 1 - alpha, beta from 1e-4 to alpha, phi 0.8 to 0.98. Options give smoothing
 * (alpha, beta, gamma, phi) and parts of the form (ets_error, ets_trend, ets_season); a form that
 * the series can't have, or has too few values for, gives way to the best that it can, which the
 * fit tells.
 *
 * AICc counts smoothing, initial states (m - 1 for the season) and sigma. Variance: additive errors
 * sigma^2 (1 + sum over j < h of c(j)^2), c(j) = alpha + beta (phi + ... + phi^j), and gamma where
 * m divides j; multiplicative ones by the recursions of classes 2 and 3, the latter (multiplicative
 * season) exact for a season ahead; where sigma of relative errors is above 1 (after a spike) those
 * multiply bounds with every step, and the formula of additive ones takes their place. sigma^2 is
 * the sum of e^2 by n less smoothing and states; the fit's sigma is the standard error of the first
 * point.
 * @return as bkt_naive_project(); 5 values are needed.
 * Source: Hyndman, Koehler, Ord & Snyder 2008, "Forecasting with Exponential Smoothing", tables
 * 2.2, 2.3 and 6.1; Hyndman, Koehler, Ord & Snyder 2005, "Prediction intervals for exponential
 * smoothing using two new classes of state space models", Journal of Forecasting 24(1). Penalty:
 * Pritularga, Svetunkov & Kourentzes 2023, "Shrinkage estimator for exponential smoothing models",
 * International Journal of Forecasting 39(3), for beta; the logarithms stand for the determinant by
 * which the marginal likelihood differs (Francke, Koopman & de Vos 2010, "Likelihood functions for
 * state space models with diffuse initial conditions", Journal of Time Series Analysis 31(6)).
 * Their weights were chosen by accuracy on the series of the M1, M3 and tourism competitions.
 * @since 0.1 */
BKT_API bkt_status bkt_ets_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit);

/** ETS without undamped trend: bkt_ets_project() of the ten forms with no trend or a damped one. An
 * ets_trend of BKT_ETS_ADDITIVE gives way to those.
 * @return as bkt_ets_project(). Source: as there, and Gardner & McKenzie 1985.
 * @since 0.1 */
BKT_API bkt_status bkt_ets_damped_project(bkt_context *context, const double *values, int64_t count,
                                          const bkt_projection_options *options, double *out_points,
                                          double *out_errors, bkt_fit *out_fit);

/** Complex exponential smoothing without a season: e = y(t) - l; l' = l - (1 - a1) c + (a0 - a1) e;
 * c' = l + (1 - a0) c + (a0 + a1) e; y(n+h) = l after h steps with e = 0.
 *
 * a0 in 0.01 to 1.8 and a1 in 0.01 to 1.9, real and imaginary part of the smoothing, minimise the
 * sum of squared errors among those that make the model stable (a grid, then Nelder and Mead's
 * simplex). l begins with the mean of the first ten values, c with that / 1.1. A missing value
 * moves both on with e = 0. Standard errors are exact for the linear model with known parameters,
 * sigma^2 = sum of e^2 / (n - 2). Not for series of fewer than some 15 values: it follows their
 * noise.
 * @return as bkt_naive_project(); 6 values are needed.
 * Source: Svetunkov, Kourentzes & Ord 2022, "Complex exponential smoothing", Naval Research
 * Logistics 69(8).
 * @since 0.1 */
BKT_API bkt_status bkt_ces_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit);
/** ARIMA, also seasonal: phi(B) PHI(B^m) (1-B)^d (1-B^m)^D (y - c x) = theta(B) THETA(B^m) e, x
 * being 1, or the time where d + D is 1; no constant where it is 2.
 *
 * Unless options->arima_orders says them (with a constant where d + D is 0; P, D and Q are 0
 * without a season), the orders are chosen: D is 1 where the season's share in the variance without
 * trend is above 0.64 (three seasons or more); d is the number of differences until the KPSS test
 * (5 %) finds a constant mean, d + D at most 2, and 1 with fewer than 13 values; p and q (0 to 5),
 * P and Q (0 to 2; with seasons above 12 periods 0 to 1) and the constant by the corrected Akaike
 * criterion, step by step from four models; for every term four values are wanted, and there are at
 * most six. They are chosen too, with BKT_FALLBACK_TOO_FEW in the fit, where the orders asked for
 * need more values than there are. Coefficients by exact maximum likelihood (Kalman filter); models
 * with seasons are compared at the coefficients of conditional least squares first. Gaps are known
 * to the filter; the orders of a series with gaps are those with straight lines across them. Errors
 * by the model's weights of past shocks; sigma^2 = sum of e^2 / (n - terms, and 1 for a constant).
 * options->season_length is m, up to 24; a longer season is none here, and bkt_series_project()
 * takes it out before.
 * @return as bkt_naive_project(), and BKT_ERR_MEMORY.
 * Source: Hyndman & Khandakar 2008, "Automatic time series forecasting: the forecast package for
 * R", Journal of Statistical Software 27(3); Harvey 1989, "Forecasting, Structural Time Series
 * Models and the Kalman Filter", section 3.3.
 * @since 0.1 */
BKT_API bkt_status bkt_arima_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** Delta: the changes' season, and a mean of them that is damped by leaving out what stands out.
 *
 * Works on y, the logarithms where every value is positive, and on z, the changes of y, or y itself
 * where the changes' variance is above 1.2 times that of y. There is a season of m periods where z
 * has three of it or more and its means by season differ (analysis of variance, 10 %).
 * Without a season: y(n+1) = y(n) + least(d, d1), then y(n+h) = y(n+h-1) + least(d, d2), with d the
 * least of the means of all z, of its last 6 and of the changes over m periods / m, d1 and d2 the
 * means without the 1 and the 3 greatest |z| (without 1 of 3 or fewer); least() is the number of
 * smaller size, and 0 where signs differ. With a season means by year take the place of z, from
 * whole years back from the end, and each step adds its season's mean of z in the last 4 years, of
 * weights 9, 3, 2, 1, less the mean of such means. Where z is y: the mean of the last m values,
 * then the mean of that and of the mean of the last 6 m, and season's weights 20, 5, 4, 3, 2, 1.
 * Gaps are bridged by the mean of the same season a year before and after, or a straight line.
 *
 * Uses season_length and BKT_PROJECTION_NO_SEASON too.
 * @param[out] out_errors of the logarithm where fit has BKT_FIT_LOGS: sigma sqrt(h), where z is y
 * sigma sqrt(1 + 1/n); sigma^2 the variance of z about its mean, or its means by season.
 * @return as bkt_naive_project(); 3 values are needed.
 * Source: Doornik, Castle & Hendry 2020, "Card forecasts for M4", International Journal of
 * Forecasting 36(1), and their submission 238 of the M4 competition, in its repository. Logarithms
 * there are of values above 1, here of positive ones, so that the unit doesn't matter; what the
 * sources leave open was settled by the accuracy on M1, M3 and tourism series.
 * @since 0.1 */
BKT_API bkt_status bkt_delta_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** Rho: an autoregression of y, logarithms or values as in bkt_delta_project(), by least squares on
 * a constant, the value before (where z is changes), the value a season before (where z's
 * autocorrelation at lag m passes the M4 competition's seasonal test, and n > 4 m), and the seasons
 * (where z's means by season differ).
 *
 * With a coefficient rho of the value before above 0.5, and within two standard errors of 0.9 or
 * more, rho is taken as 1: changes are regressed, on changes a season before; and the drift (the
 * mean of the seasons' constants) is brought nearer to 0 by 1.645 sigma / sqrt(rows - 1). With rho
 * below 0 there are no lags. A seasonal coefficient that makes it explode is taken back to where it
 * doesn't. Rows with a gap are left out; where that leaves too few, gaps are bridged as by Delta.
 * Uses season_length and BKT_PROJECTION_NO_SEASON too.
 * @param[out] out_errors sigma sqrt(1 + psi(1)^2 + ... + psi(h-1)^2), psi what an error of 1 adds
 * later; of the logarithm where fit has BKT_FIT_LOGS.
 * @return as bkt_naive_project(); 4 values are needed.
 * Source: as bkt_delta_project(); the damping is a reading of the method sheet's words, with which
 * its published accuracy is reached.
 * @since 0.1 */
BKT_API bkt_status bkt_rho_project(bkt_context *context, const double *values, int64_t count,
                                   const bkt_projection_options *options, double *out_points,
                                   double *out_errors, bkt_fit *out_fit);

/** Card: the mean of Rho and Delta, calibrated. It is taken as if it had been observed (the first 6
 * of it, or 2 m with a season of 4 periods or more, however far one asks), y is regressed on a
 * constant, the value before, those m and m + 1 before, the seasons, or where they don't differ a
 * cosine and sine wave of m periods, and a step from 2 m periods before the end on (n > 3 m and
 * more than 10 degrees of freedom; for m of 4 and 12 with a trend of its own); each where Rho and
 * Delta have it. The fitted values are the points; farther on the mean takes the lags' place.
 *
 * Uses season_length and BKT_PROJECTION_NO_SEASON too.
 * @param[out] out_errors as in bkt_rho_project(), sigma and freedom of observed values alone.
 * @return as bkt_naive_project(); 5 values are needed.
 * Source: as bkt_delta_project(). There as many projections are taken as observed as are asked for,
 * which makes the first depend on the last.
 * @since 0.1 */
BKT_API bkt_status bkt_card_project(bkt_context *context, const double *values, int64_t count,
                                    const bkt_projection_options *options, double *out_points,
                                    double *out_errors, bkt_fit *out_fit);

/** Cardt: as Card, of the mean of Card's mean and theta (bkt_theta_project() on the series without
 * its season, if it passes the M4 competition's test, with the season put back).
 * Uses alpha and theta of the options, season_length and BKT_PROJECTION_NO_SEASON.
 * @param[out] out_errors as in bkt_card_project().
 * @return as bkt_card_project().
 * Source: Castle, Doornik & Hendry 2021, "Forecasting principles from experience with forecasting
 * competitions", Forecasting 3(1), whose exact form of theta may differ.
 * @since 0.1 */
BKT_API bkt_status bkt_cardt_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit);

/** Straight line through the logarithms that may break once, in level and slope: log y(t) = a + b t
 * before the break, a' + b' t from it on, by least squares over all breaks that leave 5 values and
 * 15 % of all on either side; y(n+h) = exp(a' + b' (n+h)), the median. There is a break where
 * Schwarz's criterion and AICc fall by it, for three parameters more (the date is one):
 * n log(squares without / squares with it) > 3 log n and > 12 n / (n-7) - 6 n / (n-4). Without a
 * break, and with fewer than 10 values, all is as bkt_log_trend_project() has it. Gaps are left
 * out.
 * @param[out] out_errors standard errors of the logarithm, those of the last line with sigma of
 * both, the date taken as known; n - 4 degrees of freedom.
 * @param[out] out_fit break_period tells where it broke.
 * @return as bkt_log_trend_project().
 * Source: Bai & Perron 1998, "Estimating and testing linear models with multiple structural
 * changes", Econometrica 66(1), and 2003, "Computation and analysis of multiple structural change
 * models", Journal of Applied Econometrics 18(1) (the 15 %); Yao 1988, "Estimating the number of
 * change-points via Schwarz' criterion", Statistics & Probability Letters 6(3); AICc: Hurvich &
 * Tsai 1989, "Regression and time series model selection in small samples", Biometrika 76(2).
 * @since 0.1 */
BKT_API bkt_status bkt_break_trend_project(bkt_context *context, const double *values,
                                           int64_t count, const bkt_projection_options *options,
                                           double *out_points, double *out_errors,
                                           bkt_fit *out_fit);

/** Projects a column of a table.
 *
 * A series has every period once, all of one frequency (year to day); rows may be in any order,
 * periods between the first and the last that have no row are gaps. The dimensions other than time
 * tell series apart: of a table with several see below.
 *
 * The result has one row a period, the history and then `horizon` projected ones, with TIME_PERIOD,
 * ACTUAL (missing in the future: BKT_MISSING_NOT_APPLICABLE), PROJECTED (missing in the past), and
 * for each level LOWER_80 and UPPER_80 and the like (a level of 0.995 gives LOWER_99_5); all in the
 * unit of the column. Bounds are missing with BKT_MISSING_TOO_FEW where sigma can't be estimated,
 * any figure with BKT_MISSING_OVERFLOW where it is too large. Properties: those of the table, and
 * "value" (the column's id), "method", "method_label", "choice" (why this method), "fallback" (""
 * if none), "members" (such as "drift 0.5, damped-holt 0.5"), "combined" (how: "mean", "median"
 * ...; "" of one method), "intervals" (what they rest on), "parameters", "season" ("none",
 * "additive", "multiplicative"), "count", "missing_count", "sigma", "last_period", "horizon", and
 * of break-trend "break_period" if there is a break.
 *
 * A table with several series gives all of them, one after the other as they first come, each as it
 * would be by itself, to the bit, for any number of threads (`threads` of the options): first the
 * columns of the key (all dimensions but time), then those above, then the texts METHOD (its id),
 * FALLBACK (why it took another's place; else missing) and PROBLEM. The season is each series' own,
 * by its frequency, unless season_length is given. A series that can't be projected doesn't stop
 * the others: PROBLEM is the sentence that says why, its projected numbers are missing with
 * BKT_MISSING_INPUT, and where it can't even be read (a period twice, frequencies mixed, no period,
 * no value) it has one row, without a period. The context gets one warning that counts them.
 * Properties: those of the table, and "value", "method" (as asked for), "horizon", "series_count",
 * "projected_count".
 * @param table unchanged. @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return as bkt_series_project(); also BKT_ERR_NO_COLUMN; BKT_ERR_COLUMN_KIND; BKT_ERR_PERIOD for
 * a row whose period is missing or none; BKT_ERR_AMBIGUOUS
 * for several measure or time columns and none named; BKT_ERR_DUPLICATE for a period that comes
 * twice (filter the table to one series first); BKT_ERR_REPEATED_COMPONENT for several series with
 * a dimension that is called as a column of the result; BKT_ERR_CANCELLED; BKT_ERR_SERIES for
 * periods of several frequencies, or of one that has no next period; BKT_ERR_NO_DATA for no value
 * at all; BKT_ERR_LIMIT for more than 100,000 periods from first to last, or a horizon beyond the
 * year 9999.
 * @since 0.1 */
BKT_API bkt_status bkt_projection(bkt_context *context, const bkt_table *table,
                                  const bkt_projection_options *options, bkt_table **out_table);
/** @} */

/** @name Back-tests
 * @{ */

/** Columns of what bkt_series_backtest() writes. New ones are added at the end. */
enum bkt_accuracy {
    BKT_ACCURACY_COUNT = 0, /**< projections that were compared */
    BKT_ACCURACY_MAE = 1,   /**< mean absolute error */
    BKT_ACCURACY_RMSE = 2,  /**< root of the mean squared error */
    BKT_ACCURACY_MAPE = 3,  /**< mean |e| / |actual|, in percent; missing if any actual is zero */
    BKT_ACCURACY_SMAPE = 4, /**< mean 200 |e| / (|actual| + |projected|), 0 to 200; 0 / 0 is 0 */
    BKT_ACCURACY_MASE = 5,  /**< mean |e| / q, q the mean |y(t) - y(t-m)| before the origin */
    /** Half of SMAPE / that of naive 2 plus half of MASE / that of naive 2, which is the last value
     * with the season put back that the M4 competition's test finds (see bkt_series_project()), on
     * the same comparisons: below 1 is better. */
    BKT_ACCURACY_OWA = 6
};
/** Columns of bkt_accuracy that these headers know. */
#define BKT_ACCURACY_WIDTH 7

/** Options of bkt_backtest() and bkt_series_backtest(). Start with bkt_backtest_options_init(). */
typedef struct bkt_backtest_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    /** BKT_PROJECTION_..., BKT_BACKTEST_... or 0; NO_FALLBACK has no effect here. */
    uint32_t flags;
    uint32_t horizon; /**< steps ahead that are tested, 1 to 10,000; default 3 */
    /** Values that a series must have before the first origin, that of the origin among them; 0:
     * half of them, but at least 5, and a season and one more where the series is longer. */
    uint32_t training;
    uint32_t origin_limit;  /**< at most so many origins, the latest ones; default 100 */
    uint32_t method_count;  /**< methods given; 0: automatic and the five simple ones */
    uint32_t level_count;   /**< as in bkt_projection_options */
    uint32_t season_length; /**< as in bkt_projection_options; also the m of MASE */
    const int32_t *methods; /**< of bkt_method, none twice, up to 100 */
    const double *levels;   /**< as in bkt_projection_options */
    const char *value_id;   /**< as in bkt_projection_options */
    const char *time_id;    /**< as in bkt_projection_options */
    const int32_t *members; /**< of BKT_METHOD_COMBINATION, as in bkt_projection_options */
    const double *weights;  /**< of the members, likewise */
    uint32_t member_count;
    uint32_t origin_step; /**< values from one origin to the next, back from the latest; default 1
                           */
} bkt_backtest_options;

/** Flag of bkt_backtest_options: only origins with `horizon` periods of the series after them, so
 * that no step is compared more often than another. With origin_limit 1 the last `horizon` values
 * are held out, as the competitions did. */
#define BKT_BACKTEST_WHOLE_HORIZON 65536

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_backtest_options_init(bkt_backtest_options *options, uint32_t struct_size);

/** Rolling-origin back-test of one method: at every origin (a period with a value, with `training`
 * values up to and including it) the method sees the past alone, and its projections 1 to
 * `horizon` steps ahead are compared with what came.
 * @param method one of bkt_method; options->methods is not used.
 * @param[out] out_accuracy (horizon + 1) rows of `width` numbers: row h for h steps ahead, row 0
 * for all steps together; columns as bkt_accuracy. NaN where it can't be computed (no comparison, a
 * zero actual in MAPE, a past that is constant or no longer than a season in MASE and OWA, a naive
 * 2 without error in OWA).
 * @param width columns of out_accuracy, BKT_ACCURACY_WIDTH of the headers compiled with.
 * @param[out] out_coverage (horizon + 1) rows of one number a level: share of the actual values
 * within the interval; may be NULL.
 * @param[out] out_msis likewise: the mean scaled interval score, the mean of (U - L + 2 / (1 -
 * level) times how far the actual value lies outside) / q; may be NULL.
 * @return as bkt_series_project(); also BKT_ERR_ARGUMENT for an origin_limit or origin_step of 0. A
 * series too short for any origin gives counts of 0.
 * Source: Tashman 2000, "Out-of-sample tests of forecasting accuracy", International Journal of
 * Forecasting 16(4); MASE: Hyndman & Koehler 2006, "Another look at measures of forecast accuracy",
 * same journal 22(4); interval score: Gneiting & Raftery 2007, "Strictly proper scoring rules,
 * prediction, and estimation", JASA 102(477); sMAPE, OWA, MSIS and naive 2 as the M4 competition
 * defines them (see bkt_series_project()), with an additive season where a factor can't be had.
 * @since 0.1 */
BKT_API bkt_status bkt_series_backtest(bkt_context *context, const double *values, int64_t count,
                                       int32_t method, const bkt_backtest_options *options,
                                       double *out_accuracy, uint32_t width, double *out_coverage,
                                       double *out_msis);

/** Back-tests methods on a column of a table (for the series see bkt_projection()).
 *
 * The result has a row for each method and horizon, and one for all horizons together: METHOD,
 * HORIZON ("1", "2", ..., "all"), PROJECTIONS (how many were compared), MAE, RMSE, MAPE, SMAPE,
 * MASE, OWA, for each level COVERAGE_80 and MSIS_80 and the like, then naive 2's figures on the
 * same comparisons (without a season the last value's), NAIVE_MAE, NAIVE_RMSE, NAIVE_MAPE,
 * NAIVE_SMAPE, NAIVE_MASE, and RELATIVE_MAE = MAE / NAIVE_MAE (below 1 is better). Missing with
 * BKT_MISSING_TOO_FEW where nothing could be compared or the past was no longer than a season,
 * BKT_MISSING_ZERO_DENOMINATOR where a measure has none. MAPE and SMAPE are in per cent, coverages
 * are fractions (units "%" and "fraction"). Properties: those of the table, and "value", "count",
 * "training", "origins", "first_origin", "last_origin", "last_period".
 *
 * A table with several series, told apart by its dimensions other than time, gives all of them: the
 * columns of the key come first, behind HORIZON is SERIES (1), at the end PROBLEM. Every series has
 * its rows, in order of first appearance; one that can't be read (a period twice, no value) doesn't
 * stop the others: SERIES is 0, no figure is there (BKT_MISSING_INPUT), PROBLEM says why. At the
 * end come rows without a key, as the M4 competition pools: means over the series of SMAPE, MASE,
 * MAPE and MSIS, OWA from the means, coverages of all comparisons, MAE and RMSE missing
 * (BKT_MISSING_NOT_APPLICABLE). Only series that have SMAPE and MASE, own and naive 2's, are in
 * them, and SERIES counts these. Properties are those of the table, "value" and "series_count"
 * alone.
 * @param options NULL for defaults. @param[out] out_table the caller's; NULL on failure.
 * @return as bkt_projection() and bkt_series_backtest(); of several series also BKT_ERR_CANCELLED
 * by the progress callback, which is told series as rows. Source: as bkt_series_backtest().
 * @since 0.1 */
BKT_API bkt_status bkt_backtest(bkt_context *context, const bkt_table *table,
                                const bkt_backtest_options *options, bkt_table **out_table);
/** @} */

/** @name Growth and time
 * Arithmetic of growth at a given rate. Each writes its result, NaN where there is none (a NULL
 * result is not written), and returns why: one of bkt_missing_reason, BKT_MISSING_NOT if the number
 * is there. Where a whole number of periods brings the value within 16 units in the last place of
 * the target, that number is the time: 2 doublings take 2 periods, not 3.
 * @{ */

/** value (1 + growth)^periods.
 * @param growth above -1. @param periods any number, also a fraction or negative.
 * @return BKT_MISSING_INPUT for NaN or infinite input, BKT_MISSING_DOMAIN for growth <= -1,
 * BKT_MISSING_OVERFLOW. @since 0.1 */
BKT_API int32_t bkt_growth_forward(double value, double growth, double periods, double *out_value);

/** The path of a value that grows at given rates: y(h) = y(h-1) (1 + g(h)), y(0) the value. What
 * a scenario of growth comes to; nothing is estimated, so that there is no interval.
 *
 * A stretch of one rate g is y(k) (1 + g)^(h-k), as bkt_growth_forward() has it, so that a constant
 * rate gives its very numbers. A negative value gets farther from 0 by a positive rate.
 * @param value the last value. @param growths a rate a period, the first that of the first period
 * ahead, each above -1; the last one goes on. @param growth_count 1 or more.
 * @param[out] out_points `horizon` numbers; NaN from the first period on that has none.
 * @return why the path ends: BKT_MISSING_NOT if it doesn't; otherwise as bkt_growth_forward();
 * BKT_MISSING_INPUT also for NULL or no rate (nothing is written to a NULL path).
 * Source: the compound growth identity. @since 0.1 */
BKT_API int32_t bkt_growth_project(double value, const double *growths, int64_t growth_count,
                                   uint32_t horizon, double *out_points);

/** Periods until a value that grows at a constant rate reaches a target from below: n = ln(target /
 * value) / ln(1 + growth). 0 if it is there already.
 * @return BKT_MISSING_NEVER for growth <= 0; BKT_MISSING_ZERO_DENOMINATOR for a value of 0;
 * BKT_MISSING_DOMAIN for a negative value; BKT_MISSING_INPUT for NaN or infinite input;
 * BKT_MISSING_OVERFLOW.
 * Source: the compound growth identity. @since 0.1 */
BKT_API int32_t bkt_growth_time(double value, double target, double growth, double *out_periods);

/** The constant rate that brings a value to a target in so many periods: (target / value)^(1 /
 * periods) - 1; negative if the target lies below.
 * @return BKT_MISSING_DOMAIN for periods <= 0 or a value and target of different signs;
 * BKT_MISSING_ZERO_DENOMINATOR for a value of 0; BKT_MISSING_INPUT; BKT_MISSING_OVERFLOW.
 * @since 0.1 */
BKT_API int32_t bkt_growth_required(double value, double target, double periods,
                                    double *out_growth);

/** The constant amount a period that brings a value to a target: (target - value) / periods.
 * @return BKT_MISSING_DOMAIN for periods <= 0; BKT_MISSING_INPUT; BKT_MISSING_OVERFLOW.
 * @since 0.1 */
BKT_API int32_t bkt_growth_required_linear(double value, double target, double periods,
                                           double *out_amount);

/** Periods until the sum of two values that grow at their own rates reaches a target from below:
 * the root of first (1 + first_growth)^n + second (1 + second_growth)^n = target, by bisection; 0
 * if the sum is there already.
 * @param first not negative. @param first_growth above -1.
 * @param second not negative. @param second_growth above -1.
 * @param[out] out_difference the first less the second value then; may be NULL.
 * @return BKT_MISSING_NEVER when the sum never reaches it; BKT_MISSING_DOMAIN for a negative value
 * or a rate of -1 or below; BKT_MISSING_INPUT; BKT_MISSING_OVERFLOW. @since 0.1 */
BKT_API int32_t bkt_growth_time_of_sum(double first, double first_growth, double second,
                                       double second_growth, double target, double *out_periods,
                                       double *out_difference);

/** Periods until two values that grow at their own rates are equal, so that their difference turns
 * 0: n = ln(second / first) / ln((1 + first_growth) / (1 + second_growth)); 0 if they are equal
 * now.
 * @return BKT_MISSING_NEVER when the gap between them does not close; BKT_MISSING_DOMAIN for a
 * value that is not positive or a rate of -1 or below; BKT_MISSING_INPUT; BKT_MISSING_OVERFLOW.
 * @since 0.1 */
BKT_API int32_t bkt_growth_time_of_equality(double first, double first_growth, double second,
                                            double second_growth, double *out_periods);
/** @} */

/** @name Scenarios
 * What growth that somebody assumes comes to, beside what is projected. It is no method of the
 * catalogue: nothing is estimated, so that there is neither an interval nor a back-test.
 * @{ */

/** What bkt_scenario() compares with: lists of growth rates, a table of scenarios, or both. Start
 * with bkt_scenario_options_init(). */
typedef struct bkt_scenario_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    uint32_t flags;       /**< none yet: 0 */
    uint32_t list_count;  /**< lists of growth rates, up to 1,000; each is a scenario */
    uint32_t reserved;    /**< 0 */
    /** Rates a year as fractions, the lists one behind the other. In a list the first rate is that
     * of the first year after the last value, the next that of the next year; the last goes on. */
    const double *growths;
    /** list_count + 1: list i is growths[growth_offsets[i]] to growths[growth_offsets[i + 1] - 1],
     * at least one rate. NULL: each rate is a list of its own. */
    const int64_t *growth_offsets;
    /** Texts SCENARIO, periods TIME_PERIOD (the column with the role of time), and numbers in one
     * of GROWTH (a rate as a fraction), FACTOR (1 + rate) and LEVEL (the value itself), a row a
     * scenario and period. NULL: none. */
    const bkt_table *table;
    const char *scenario_id; /**< its column of names; NULL: SCENARIO */
} bkt_scenario_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_scenario_options_init(bkt_scenario_options *options, uint32_t struct_size);

/** Paths by assumed growth beside the projection of a column (for the series see bkt_projection()).
 *
 * One row a scenario and period ahead: SCENARIO (of a list its rates, such as "5%, 4%"),
 * TIME_PERIOD, PERIODS_AHEAD, GROWTH (as it was given; of levels that on the period before; a
 * fraction), PATH (the scenario's value), PROJECTED with LOWER_80 and so on as bkt_projection() has
 * them, and DIFFERENCE = PATH - PROJECTED.
 *
 * A path begins at the last value: y(h) = y(h-1) (1 + g(h)), see bkt_growth_project(). The rates of
 * a table are those of its periods: the series' own, each on the one before it; or years, in a
 * series of shorter periods, for every period of which the rate is (1 + g)^(1 / periods a year) - 1
 * (weeks and days: a year of 365.2425 days), as it is with the rates of lists. A week is of the
 * year that most of it lies in. Rows of periods that are not projected are not used.
 *
 * Where a scenario has no number its path ends: it is missing from there on, with the reason of the
 * cell, or BKT_MISSING_NOT_REPORTED where there is no row; of levels only that period is missing.
 * BKT_MISSING_DOMAIN from a growth of -1 (a factor of 0) or less on; BKT_MISSING_OVERFLOW. A gap, a
 * scenario without any number for the periods projected, and a path that ends because of a number
 * are each a warning that says what was expected.
 * Properties: those of bkt_projection(), "last_value" and "scenarios" (how many).
 *
 * Of a table with several series all are told, with the columns of the key first, as
 * bkt_projection() has it, and last PROBLEM: a series that can't be projected has one row without
 * a scenario, and a scenario whose periods a series doesn't have one without a period, with the
 * sentence that says why and all numbers missing (BKT_MISSING_INPUT). "last_value" is then left
 * out.
 * @param options of the projection; NULL for defaults.
 * @param scenarios what is assumed. @param[out] out_table the caller's; NULL on failure.
 * @return as bkt_projection(), and BKT_ERR_ARGUMENT for NULL, no scenario, an empty list or a rate
 * that is not finite; of the table of scenarios: BKT_ERR_NO_COLUMN, BKT_ERR_COLUMN_KIND,
 * BKT_ERR_AMBIGUOUS for two of GROWTH, FACTOR and LEVEL, BKT_ERR_NO_DATA without rows,
 * BKT_ERR_VALUE for a row without a name, BKT_ERR_PERIOD for one without a period,
 * BKT_ERR_DUPLICATE for two rows of one scenario and period, or two scenarios of one name,
 * BKT_ERR_SERIES for periods that the series doesn't have.
 * Source: the compound growth identity.
 * @since 0.1 */
BKT_API bkt_status bkt_scenario(bkt_context *context, const bkt_table *table,
                                const bkt_projection_options *options,
                                const bkt_scenario_options *scenarios, bkt_table **out_table);
/** @} */

/** @name Targets
 * When a target is reached is a probability over time, not one date.
 * @{ */

/** A random walk with drift. Start with bkt_walk_init(), which sets struct_size. */
typedef struct bkt_walk {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_WALK_LEVELS or 0: a walk of the logarithms */
    double start;   /**< the last value (itself, not its logarithm) */
    double drift;   /**< mean change a period */
    double sigma;   /**< standard deviation of a period's change */
    double span;    /**< periods that the drift was estimated from; 0: the drift is known */
    double freedom; /**< degrees of freedom behind sigma; 0: sigma is known */
} bkt_walk;

/** Flag of bkt_walk: a walk of the values themselves, as for a series that isn't positive. */
#define BKT_WALK_LEVELS 1

/** Prepares a walk. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_walk_init(bkt_walk *walk, uint32_t struct_size);

/** Estimates a walk from a series: drift and sigma as bkt_drift_project(), on logarithms if every
 * value is positive, otherwise on the values.
 * @param flags BKT_WALK_LEVELS: on the values in any case; or 0.
 * @param[in,out] out_walk prepared by bkt_walk_init(); sigma is NaN with fewer than three values,
 * drift too with fewer than two, and either where it is too large for a double.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_SERIES for an infinite value or none at
 * all. @since 0.1 */
BKT_API bkt_status bkt_walk_estimate(bkt_context *context, const double *values, int64_t count,
                                     uint32_t flags, bkt_walk *out_walk);

/** Probability that a walk with known drift and sigma has reached a target from below by a time:
 * Phi((mu t - b) / (sigma sqrt t)) + exp(2 mu b / sigma^2) Phi((-mu t - b) / (sigma sqrt t)), with
 * b = ln(target / start), of a walk observed at every instant. 1 if it is there already.
 * @param periods t, 0 or more. @param once_per_period 1: the walk is seen at whole periods only, so
 * that b is replaced by b + 0.5826 sigma (Broadie, Glasserman & Kou); 0: at every instant.
 * @return one of bkt_missing_reason: BKT_MISSING_INPUT for NaN or infinite input
 * or no walk, BKT_MISSING_DOMAIN for a negative sigma or time, or a start or target that isn't
 * positive (unless BKT_WALK_LEVELS). Source: Cox & Miller 1965, "The Theory of Stochastic
 * Processes", section 5.7; Broadie, Glasserman & Kou 1997, "A continuity correction for discrete
 * barrier options", Mathematical Finance 7(4).
 * @since 0.1 */
BKT_API int32_t bkt_walk_probability(const bkt_walk *walk, double target, double periods,
                                     int32_t once_per_period, double *out_probability);

/** Options of bkt_walk_simulate(). */
typedef struct bkt_walk_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    uint32_t flags;       /**< none yet: 0 */
    uint64_t seed;        /**< of the generator; default 1 */
    uint32_t horizon;     /**< periods ahead, 1 to 10,000; default 20 */
    uint32_t paths;       /**< simulated paths, 1 to 10,000,000; default 20,000 */
} bkt_walk_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_walk_options_init(bkt_walk_options *options, uint32_t struct_size);

/** Probability that targets are reached by each period, by simulated paths. In every path sigma^2
 * is drawn as sigma^2 freedom / chi-square(freedom) and then the drift as normal with variance
 * sigma^2 / span, so that what the series doesn't tell is in the answer; all targets are judged on
 * the same paths. The standard error of a probability p is sqrt(p (1 - p) / paths): 0.0035 at most
 * with the default. Deterministic: path i depends on seed and i alone.
 * @param targets `target_count` numbers. One at or below the start counts as reached.
 * @param[out] out_reached horizon numbers a target: P(reached at or before period k) at
 * [target * horizon + k - 1].
 * @param[out] out_above the same shape: P(the value of period k itself is at or above the target);
 * may be NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT (also for a target that isn't finite, or a start of a walk of
 * logarithms that isn't positive); BKT_ERR_ABI; BKT_ERR_LIMIT; BKT_ERR_SERIES when drift or sigma
 * is NaN; BKT_ERR_MEMORY; BKT_ERR_CANCELLED by the progress callback, which is told paths as rows.
 * Source: Box & Tiao 1973, "Bayesian Inference in Statistical Analysis", section 2.4 (posterior of
 * mean and variance); xoshiro256**: Blackman & Vigna 2021, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4); normal numbers by inverse distribution function; chi-square:
 * Marsaglia & Tsang 2000, "A simple method for generating gamma variables", ACM TOMS 26(3).
 * @since 0.1 */
BKT_API bkt_status bkt_walk_simulate(bkt_context *context, const bkt_walk *walk,
                                     const double *targets, uint32_t target_count,
                                     const bkt_walk_options *options, double *out_reached,
                                     double *out_above);

/** Options of bkt_series_reach(). Start with bkt_reach_options_init(). */
typedef struct bkt_reach_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    /** BKT_TARGET_..., BKT_PROJECTION_NO_FLOOR, _NO_SEASON, _TRADE or 0 */
    uint32_t flags;
    uint64_t seed; /**< of the generator; default 1 */
    /** What was counted so far of the period after the last one, positive; NaN: nothing is known */
    double partial_value;
    double partial_previous; /**< what was counted of the same part of the last period, positive */
    double partial_share;    /**< share of the period that has passed, between 0 and 1 */
    uint32_t horizon;        /**< periods ahead, 1 to 10,000; default 20 */
    uint32_t paths;          /**< simulated paths, 1 to 10,000,000; default 20,000 */
    uint32_t season_length;  /**< periods in a season, up to 10,000; 0: 1 */
    uint32_t reserved;       /**< 0 */
} bkt_reach_options;

/** Flag: drift and sigma of the walk are taken as known, without their uncertainty. */
#define BKT_TARGET_KNOWN 256
/** Flag: probabilities from bkt_walk_simulate() on bkt_walk_estimate() also where there are values
 * enough for calibrated paths. */
#define BKT_TARGET_WALK 512

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_reach_options_init(bkt_reach_options *options, uint32_t struct_size);

/** Probability that a series reaches targets by each period, by simulated paths of its automatic
 * projection. At each step the value is distributed as the calibrated bounds of
 * bkt_series_project() say: point + width * quantile of the errors that were made on the series of
 * three forecasting competitions, or with BKT_PROJECTION_TRADE on series of trade. The steps of a
 * path are joined by a Gaussian copula, its correlation of the steps i < j being s + (1 - s) sqrt(i
 * / j), with s = 0.1: errors add up as those of a random walk do, but for a part that stays. A
 * season is in the paths; a target is one for a single period. All targets are judged on the same
 * paths, the standard error of a probability p is sqrt(p (1 - p) / paths), and path i depends on
 * seed and i alone. With a season of its own or without, values of a series that never was negative
 * end at 0 (unless BKT_PROJECTION_NO_FLOOR).
 *
 * A series of fewer than five values, or BKT_TARGET_WALK, gives the figures of bkt_walk_simulate()
 * on bkt_walk_estimate() (of the values with BKT_PROJECTION_NO_FLOOR); then BKT_FIT_CALIBRATED is
 * not set. Below three values nothing is known but targets that the last value has reached.
 * Beyond calibrated_steps of out_fit figures are extrapolated, and BKT_FIT_EXTRAPOLATED is set.
 *
 * What is known of a part of the first period goes in by Bayes' rule: the logarithm of the part's
 * growth, partial_value / partial_previous, is that of the whole period's growth plus an error, a
 * Student's t with 3 degrees of freedom times 0.42 w sqrt((1 - share) / share), w being one half of
 * the distance between the projection's quantiles one standard deviation off, beside the last value
 * (measured on the months of years of the same competitions). The period's value is never below
 * partial_value; later steps j follow by the correlation sqrt(1 / j) that their errors were found
 * to have with the first one's (s is 0 then), and so do out_points, by the median. For years
 * without example one chance in a hundred is kept.
 * @param values `count` numbers, NaN where missing; may be NULL if count is 0.
 * @param targets `target_count` numbers, 1 to 1,000. One at or below the last value is reached.
 * @param options NULL for defaults.
 * @param[out] out_points the projection, `horizon` numbers.
 * @param[out] out_reached horizon numbers a target: P(reached at or before period k) at
 * [target * horizon + k - 1]; 1 throughout if it is reached already. The median period is the first
 * with 1/2 or more; 1 less the last of them is the probability that it is not reached within the
 * horizon. NaN where nothing can be said: too few values, or numbers too large for a double.
 * @param[out] out_above the same shape: P(the value of period k itself is at or above the target);
 * may be NULL.
 * @param[out] out_fit what the projection rests on; may be NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT (also for a target that isn't finite, for a part of a period
 * that is not positive or given without its previous or share, or for a previous part above the
 * last value); BKT_ERR_ABI; BKT_ERR_LIMIT; BKT_ERR_SERIES for an infinite value or none at all, and
 * for a part of a period where there are no calibrated paths; BKT_ERR_MEMORY; BKT_ERR_CANCELLED by
 * the progress callback, which is told paths as rows. Source: Nelsen 2006, "An Introduction to
 * Copulas", section 2.3; the correlations were measured
 * (`tests/bench/calibration`), as were the distributions.
 * @since 0.1 */
BKT_API bkt_status bkt_series_reach(bkt_context *context, const double *values, int64_t count,
                                    const double *targets, uint32_t target_count,
                                    const bkt_reach_options *options, double *out_points,
                                    double *out_reached, double *out_above, bkt_fit *out_fit);

/** The same for two series, such as exports and imports, and their sum and difference. Each is
 * projected by itself, up to the last period that both have a value for; their paths are those of
 * bkt_series_reach(), drawn together: standard normal numbers of the two have a correlation, so
 * that years good for the one may be good for the other. It is measured in what both changed by
 * over a season in the same periods (rates if a series is positive), as the correlation of normal
 * scores, and drawn towards the mean of other pairs as few values demand: Fisher's z of it is
 * weighted with the number of changes less 3 (changes over a season counting once a season),
 * against a z of 0.255 with a weight of 18.9, mean and variance over exports and imports of 388
 * pairs of countries.
 * @param first `count` numbers, NaN where missing.
 * @param second `count` numbers of the same periods.
 * @param targets of the sum; may be NULL if target_count is 0.
 * @param options NULL for defaults; no part of a period, no walk.
 * @param[out] out_points 2 * horizon numbers: the projection of the first, then of the second.
 * @param[out] out_reached as bkt_series_reach(), of the sum; may be NULL without targets.
 * @param[out] out_above likewise.
 * @param[out] out_turned horizon numbers: P(the difference first - second had another sign than it
 * has in the last period, at or before period k). NaN where nothing can be said, and where the last
 * difference is 0 and so has no sign.
 * @param[out] out_opposite the same for period k itself.
 * @param[out] out_correlation what was used; may be NULL.
 * @return as bkt_series_reach(); BKT_ERR_SERIES also for series without a period in common or with
 * fewer than five values, BKT_ERR_ARGUMENT also for a part of a period and for flags of the walk.
 * Source: Boudt, Cornelissen & Croux 2012, "The Gaussian rank correlation estimator: robustness
 * properties", Statistics and Computing 22; Fisher 1921, "On the probable error of a coefficient of
 * correlation deduced from a small sample", Metron 1; DerSimonian & Laird 1986, "Meta-analysis in
 * clinical trials", Controlled Clinical Trials 7(3); measured by `tests/bench/calibration`.
 * @since 0.1 */
BKT_API bkt_status bkt_series_reach_together(bkt_context *context, const double *first,
                                             const double *second, int64_t count,
                                             const double *targets, uint32_t target_count,
                                             const bkt_reach_options *options, double *out_points,
                                             double *out_reached, double *out_above,
                                             double *out_turned, double *out_opposite,
                                             double *out_correlation);

/** Options of bkt_target() and bkt_target_summary(). Start with bkt_target_options_init(). */
typedef struct bkt_target_options {
    uint32_t struct_size;   /**< sizeof of the struct, set by _init */
    uint32_t flags;         /**< BKT_PROJECTION_..., BKT_TARGET_... or 0 */
    uint64_t seed;          /**< as in bkt_reach_options */
    uint32_t horizon;       /**< periods ahead, 1 to 10,000; default 20 */
    uint32_t paths;         /**< as in bkt_reach_options */
    int32_t method;         /**< of the column PROJECTED; default automatic */
    uint32_t season_length; /**< as in bkt_projection_options */
    uint32_t target_count;  /**< targets, 1 to 1,000 */
    uint32_t growth_count;  /**< rates, up to 1,000; only bkt_target_summary() uses them */
    const double *targets;  /**< in the unit of the column, none twice */
    const double *growths;  /**< rates a year as fractions, none twice */
    const char *value_id;   /**< as in bkt_projection_options */
    const char *time_id;    /**< as in bkt_projection_options */
    double partial_value;   /**< as in bkt_reach_options */
    double partial_previous;
    double partial_share;
} bkt_target_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_target_options_init(bkt_target_options *options, uint32_t struct_size);

/** The road to targets, period by period (for the series see bkt_projection()).
 *
 * One row a target and period ahead: TARGET (the number as text, for filters and pivots),
 * TIME_PERIOD, PERIODS_AHEAD, TARGET_VALUE, PROJECTED (by the method asked for),
 * PROBABILITY_REACHED (at or before this period), PROBABILITY_ABOVE (the value of this very
 * period), REQUIRED_GROWTH (a year, to be there by this period), REQUIRED_AMOUNT (a period, on a
 * straight line), BASIS (of the probabilities: "calibrated", "extrapolated" beyond the steps that
 * errors were measured for, "walk", "none"). Probabilities are those of bkt_series_reach(),
 * whatever the method of PROJECTED: missing with BKT_MISSING_TOO_FEW below three values, but 1 for
 * a target at or below the last value. Growth and probabilities are fractions, and say so as their
 * unit. Properties: those of the table, those of bkt_projection(), and "probability" (in words,
 * what they rest on and how far they can be trusted), "basis" ("calibrated", "walk" or "none"),
 * "calibrated_steps" (with the first), "walk" ("logarithms" or "values"), "drift", "walk_sigma" (of
 * the walk, used or not), "seed", "paths", "last_value"; "partial_value", "partial_previous" and
 * "partial_share" where a part of the first period is known.
 * @param options with one target or more. @param[out] out_table the caller's; NULL on failure.
 * @return as bkt_projection(), and BKT_ERR_ARGUMENT for no target, a target or rate that isn't
 * finite or comes twice, or NULL options; BKT_ERR_CANCELLED.
 * @since 0.1 */
BKT_API bkt_status bkt_target(bkt_context *context, const bkt_table *table,
                              const bkt_target_options *options, bkt_table **out_table);

/** Two columns of a table, such as exports and imports, projected apart and together (for the
 * series see bkt_projection()): when their sum reaches targets, and when their difference turns.
 *
 * One row a target and period ahead (one a period if there is no target): TARGET, TIME_PERIOD,
 * PERIODS_AHEAD, TARGET_VALUE, PROJECTED_FIRST, PROJECTED_SECOND, PROJECTED_SUM,
 * PROJECTED_DIFFERENCE (first less second), PROBABILITY_REACHED (by the sum, at or before this
 * period), PROBABILITY_ABOVE (by the sum of this very period), PROBABILITY_TURNED (the difference
 * had another sign than in the last period, at or before this one), PROBABILITY_OPPOSITE (in this
 * very period), BASIS ("calibrated" or "extrapolated"). Probabilities are those of
 * bkt_series_reach_together(). Missing: BKT_MISSING_NOT_APPLICABLE without a target,
 * BKT_MISSING_ZERO_DENOMINATOR where the last difference is 0, BKT_MISSING_OVERFLOW.
 * Properties: those of the table, and "first", "second" (ids), "probability" (in words), "basis",
 * "calibrated_steps", "correlation" (used), "correlation_measured", "correlation_changes",
 * "last_first", "last_second" (values), "last_period", "horizon", "seed", "paths".
 * @param first_id a number column. @param second_id another.
 * @param options NULL for defaults; method, growths, value_id, the part of a period and the flags
 * of the walk have no meaning here and must not be given. @param[out] out_table the caller's; NULL
 * on failure.
 * @return as bkt_target() and bkt_series_reach_together(); BKT_ERR_COLUMN_KIND also for columns of
 * different units. @since 0.1 */
BKT_API bkt_status bkt_target_together(bkt_context *context, const bkt_table *table,
                                       const char *first_id, const char *second_id,
                                       const bkt_target_options *options, bkt_table **out_table);

/** One row a target and given rate (one a target when none is given): TARGET, GROWTH (texts),
 * TARGET_VALUE, GROWTH_RATE, LAST_VALUE, YEARS_NEEDED (at that rate, a fraction; 0 if reached),
 * PERIODS_NEEDED (whole periods), FIRST_PERIOD (in which it is reached at that rate),
 * REQUIRED_GROWTH (a year, to be there at the horizon), REQUIRED_AMOUNT (a period, likewise),
 * PROJECTED_PERIOD and PROJECTED_PERIODS (the first in which the projection is there),
 * MEDIAN_PERIOD and MEDIAN_PERIODS (the first by which the probability is one half),
 * PROBABILITY_WITHIN and PROBABILITY_NOT_WITHIN the horizon. A target at or below the last value
 * needs 0 and has the last period. BKT_MISSING_NEVER: not at that rate, or not within the horizon;
 * for other reasons see bkt_growth_time() and bkt_target(). A rate a year is spread over the
 * periods of a year as (1 + rate)^(1 / periods a year) (days and weeks: a year of 365.2425 days).
 * Properties as bkt_target().
 * @return as bkt_target(). @since 0.1 */
BKT_API bkt_status bkt_target_summary(bkt_context *context, const bkt_table *table,
                                      const bkt_target_options *options, bkt_table **out_table);
/** @} */

#ifdef __cplusplus
}
#endif

#endif
