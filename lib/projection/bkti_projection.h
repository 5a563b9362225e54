/* SPDX-License-Identifier: MIT */
/* One series, the methods on it, and what holds them together. */
#ifndef BKTI_PROJECTION_H
#define BKTI_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bktrade/projection.h>

#include "bkti_context.h"
#include "bkti_memory.h"

/* With longer seasons the state of an ARIMA model gets too large. */
#define BKTI_ARIMA_SEASON_LIMIT 24
#define BKTI_HORIZON_LIMIT      10000
#define BKTI_SEASON_LIMIT       10000 /* memory of methods grows with a season, however few values */
#define BKTI_LEVEL_LIMIT        16

/* Bounds of smoothing, those of R's forecast package; beta's are the least alpha and alpha. */
#define BKTI_ALPHA_LOW  1e-4
#define BKTI_ALPHA_HIGH 0.9999
#define BKTI_PHI_LOW    0.8
#define BKTI_PHI_HIGH   0.98
#define BKTI_THETA_LOW  1.0
#define BKTI_THETA_HIGH 10.0
/* Of the real and the imaginary part of complex smoothing, those of statsforecast. */
#define BKTI_COMPLEX_LOW            0.01
#define BKTI_COMPLEX_REAL_HIGH      1.8
#define BKTI_COMPLEX_IMAGINARY_HIGH 1.9

/* Numbers to work with, taken one behind the other and given back together: a series after another
 * uses the same memory. One thread's. Begin with {.memory = ...}. */
typedef struct bkti_workspace_block bkti_workspace_block;
typedef struct bkti_workspace {
    bkti_memory *memory;
    bkti_workspace_block *first;
    bkti_workspace_block *current;
    size_t used; /* of the current block */
} bkti_workspace;
typedef struct bkti_workspace_mark {
    bkti_workspace_block *block;
    size_t used;
} bkti_workspace_mark;

/* Not cleared; NULL when there is no memory. */
double *bkti_workspace_take(bkti_workspace *workspace, size_t count);
bkti_workspace_mark bkti_workspace_here(const bkti_workspace *workspace);
/* Gives back what was taken since. */
void bkti_workspace_rewind(bkti_workspace *workspace, bkti_workspace_mark mark);
void bkti_workspace_free(bkti_workspace *workspace);

/* A series without its missing ends: the first and the last value are numbers. */
typedef struct bkti_sample {
    const double *values;
    int64_t periods; /* from the first to the last value */
    int64_t count;   /* values */
    int64_t missing_leading;
    int64_t missing_trailing;
    double least;
    /* A power of two that brings extreme series (1e300, 1e-300) to where squares are safe; 1 for
     * all others. Multiplying by it is exact. */
    double factor;
    bool logs; /* changes are those of the logarithms; set by who wants it */
    /* Periods in a season, for methods that have a season of their own; 1: there is none, or it was
     * taken out. */
    uint32_t season_length;
} bkti_sample;

/* BKT_ERR_SERIES for an infinite value. A series without any value gives periods = count = 0. */
bkt_status bkti_sample_take(bkt_context *context, const double *values, int64_t count,
                            bkti_sample *out_sample);

/* Options, checked and complete. */
typedef struct bkti_settings {
    double alpha;
    double beta;
    double phi;
    double theta;
    double lambda;
    double alpha_real;
    double alpha_imaginary;
    double gamma;
    double levels[BKTI_LEVEL_LIMIT];
    double weights[BKT_MEMBER_LIMIT]; /* sum 1 */
    int32_t members[BKT_MEMBER_LIMIT];
    uint32_t level_count;
    uint32_t member_count;
    uint32_t horizon;
    uint32_t season_length; /* 0: not given */
    uint32_t flags;
    uint32_t threads;
    int32_t method;
    int32_t ets_error;
    int32_t ets_trend;
    int32_t ets_season;
    int32_t arima_orders[BKT_ARIMA_ORDER_COUNT]; /* p, d, q, P, D, Q; p is -1: to be chosen */
    const char *value_id;                        /* the caller's; for tables */
    const char *time_id;
} bkti_settings;

bkt_status bkti_settings_take(bkt_context *context, const bkt_projection_options *options,
                              bkti_settings *out_settings);
/* 80 % and 95 % where none are given. */
bkt_status bkti_settings_take_levels(bkt_context *context, const double *levels, uint32_t count,
                                     bkti_settings *settings);
bkt_status bkti_horizon_check(bkt_context *context, uint32_t horizon);

/* A method's work on a sample with enough values. Errors are standard errors of the points (of
 * their logarithms with BKT_FIT_LOGS), NaN where there are no degrees of freedom. The sample is one
 * that bkti_method_obstacle() has nothing against. What it takes of the workspace its caller gives
 * back. BKT_OK, or BKT_ERR_MEMORY, which it doesn't report. */
typedef bkt_status bkti_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                               const bkti_settings *settings, double *out_points,
                               double *out_errors, bkt_fit *fit);

bkti_kernel bkti_naive_kernel;
bkti_kernel bkti_drift_kernel;
bkti_kernel bkti_log_trend_kernel;
bkti_kernel bkti_holt_kernel;
bkti_kernel bkti_damped_holt_kernel;
bkti_kernel bkti_seasonal_naive_kernel;
bkti_kernel bkti_ses_kernel;
bkti_kernel bkti_theta_kernel;
bkti_kernel bkti_log_theta_kernel;
bkti_kernel bkti_box_cox_theta_kernel;
bkti_kernel bkti_dynamic_theta_kernel;
bkti_kernel bkti_ces_kernel;
bkti_kernel bkti_arima_kernel;
bkti_kernel bkti_delta_kernel;
bkti_kernel bkti_rho_kernel;
bkti_kernel bkti_card_kernel;
bkti_kernel bkti_cardt_kernel;
bkti_kernel bkti_break_trend_kernel;
bkti_kernel bkti_ets_kernel;
bkti_kernel bkti_ets_damped_kernel;

/* Whether a model with such smoothing, NaN for what is to be found, can be stable. */
bool bkti_ces_can_be_stable(double alpha_real, double alpha_imaginary);

/* NULL for what is no method of its own (automatic, combination, unknown). */
bkti_kernel *bkti_method_kernel(int32_t method);
bool bkti_method_known(int32_t method);
/* Whether its kernel wants the series with a season of that length. */
bool bkti_method_has_season(int32_t method, uint32_t season_length);
/* Why a method with a kernel can't be used on a sample: one of bkt_fallback; and that as an error.
 */
int32_t bkti_method_obstacle(int32_t method, const bkti_sample *sample);
bkt_status bkti_method_refuse(bkt_context *context, int32_t method, const bkti_sample *sample,
                              int32_t obstacle);

/* All NaN; and NaN instead of the infinite. */
void bkti_numbers_clear(double *numbers, size_t count);
void bkti_numbers_tidy(double *numbers, size_t count);

/* NaN becomes the straight line across the gap; the first and the last are numbers. */
void bkti_numbers_bridge(double *numbers, int64_t count);
/* Akaike's criterion, corrected for few values: Hurvich & Tsai 1989, Biometrika 76(2). `deviance`
 * is minus twice the log-likelihood. HUGE_VAL where the values are too few. */
double bkti_corrected_criterion(double deviance, double parameters, double count);

/* Everything unset. */
void bkti_fit_clear(bkt_fit *fit);
void bkti_fit_take_sample(bkt_fit *fit, const bkti_sample *sample);
/* Writes as much as the caller's struct has room for; out_fit may be NULL. */
bkt_status bkti_fit_give(bkt_context *context, const bkt_fit *fit, bkt_fit *out_fit);
/* The body of the methods' public functions. */
bkt_status bkti_method_project(bkt_context *context, int32_t method, const double *values,
                               int64_t count, const bkt_projection_options *options,
                               double *out_points, double *out_errors, bkt_fit *out_fit);
/* bkt_series_project() with settings; fit is cleared and filled. */
bkt_status bkti_series_project(bkt_context *context, const double *values, int64_t count,
                               const bkti_settings *settings, double *out_points, double *out_lower,
                               double *out_upper, bkt_fit *fit);
/* The same, with memory that serves many series. */
bkt_status bkti_series_project_with(bkt_context *context, bkti_workspace *workspace,
                                    const double *values, int64_t count,
                                    const bkti_settings *settings, double *out_points,
                                    double *out_lower, double *out_upper, bkt_fit *fit);

/* One number of each member, `stride` apart: their mean by weights (sum 1), median, standard
 * deviation. */
double bkti_members_mean(const double *numbers, size_t stride, uint32_t count,
                         const double *weights);
double bkti_members_median(const double *numbers, size_t stride, uint32_t count);
double bkti_members_spread(const double *numbers, size_t stride, uint32_t count);
/* Weights of the settings' members by how well each did from the latest origins of the sample (with
 * its season), shrunk towards those they had. Errors are told. */
bkt_status bkti_weights_find(bkt_context *context, bkti_workspace *workspace,
                             const bkti_sample *sample, bkti_settings *settings);

/* Mean and variance of changes: the drift, and the sum of (change - k drift)^2 / k over the
 * changes, k the periods that each spans. The scale is that of the values times factor, or that of
 * the logarithms. */
double bkti_changes_drift(const bkti_sample *sample);
double bkti_changes_squares(const bkti_sample *sample, double drift);

/* The seasonal test of the M4 competition and classical indices. */
typedef struct bkti_season {
    double *indices; /* length of them: of period t (from 0) at [t % length] */
    uint32_t length;
    bool found;
    bool multiplicative;
} bkti_season;

/* The test alone. */
bool bkti_season_test(const bkti_sample *sample, uint32_t length);
/* Takes the indices from the workspace; false when there is no memory. */
bool bkti_season_find(bkti_workspace *workspace, const bkti_sample *sample, uint32_t length,
                      bkti_season *out_season);
/* The same of an additive season, whatever the test says; and the trend without the season, NaN
 * within half a season of the ends. */
bool bkti_season_decompose(bkti_workspace *workspace, const bkti_sample *sample, uint32_t length,
                           bkti_season *out_season);
double bkti_season_trend(const bkti_sample *sample, int64_t length, int64_t t);
/* The indices alone, whatever the test says. False where a season has no value to go by, or a
 * factor is below 0.01. */
bool bkti_season_indices(const bkti_sample *sample, uint32_t length, bool multiplicative,
                         double *out_indices);
double bkti_season_remove(const bkti_season *season, int64_t period, double value);
double bkti_season_restore(const bkti_season *season, int64_t period, double value);

/* Finds the x within low..high that minimises a function of up to three variables: Nelder & Mead
 * 1965, "A simplex method for function minimization", The Computer Journal 7(4), points outside the
 * box moved onto it. `x` holds the start and gets the result; gives the least value. */
#define BKTI_SIMPLEX_LIMIT 3
typedef double bkti_objective(const double *x, void *user);
double bkti_simplex_minimise(bkti_objective *objective, void *user, uint32_t count, double *x,
                             const double *low, const double *high, const double *step);
/* The same of one variable: the best of a grid, then golden sections of the cells beside it (Kiefer
 * 1953, "Sequential minimax search for a maximum", Proceedings of the AMS 4(3)). */
double bkti_line_minimise(bkti_objective *objective, void *user, double low, double high,
                          double *out_x);

#endif
