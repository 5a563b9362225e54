/* SPDX-License-Identifier: MIT */
/* Exponential smoothing in state space form (ETS): Hyndman, Koehler, Ord & Snyder 2008,
 * "Forecasting with Exponential Smoothing". Forms with an additive trend or none, 15 of them.
 *
 *   q = l + phi b        expected: q (no season), q + s (additive), q s (multiplicative)
 *   e = y - expected; u = e, e, e / s; v = -, e, e / q by season
 *   l' = q + alpha u;  b' = phi b + beta u;  s' = s + gamma v
 *
 * The error's kind (additive, or relative to what was expected) changes the likelihood alone. */
#ifndef BKTI_ETS_H
#define BKTI_ETS_H

#include "bkti_projection.h"

/* A season longer than this is taken out beforehand instead, as R's forecast refuses it. */
#define BKTI_ETS_SEASON_LIMIT 24
/* Level, trend, seasons less one, alpha, beta, gamma, phi; a multiple of 4. */
#define BKTI_ETS_WIDTH (((BKTI_ETS_SEASON_LIMIT + 5) + 3) / 4 * 4)

/* Numbers are those of bkt_ets_part, without BKT_ETS_ANY. */
typedef struct bkti_ets_form {
    int32_t error;
    int32_t trend;
    int32_t season;
} bkti_ets_form;

typedef struct bkti_ets_state {
    double level;
    double slope;
    double season[BKTI_ETS_SEASON_LIMIT]; /* of period t (from 0) at [t % season_length] */
} bkti_ets_state;

typedef struct bkti_ets_model {
    bkti_ets_form form;
    uint32_t season_length; /* 1 for forms without a season */
    double alpha;
    double beta;  /* 0 without trend */
    double gamma; /* 0 without season */
    double phi;   /* 1 unless damped */
    bkti_ets_state initial;
    double likelihood; /* -2 log L but for a constant, as R has it, and the penalty of the search */
    double criterion;  /* AICc by that */
} bkti_ets_model;

/* A series as the forms see it: scaled, NaN where missing. */
typedef struct bkti_ets_series {
    const double *values;
    int64_t periods;
    int64_t count;
    uint32_t season_length;
    double least_squares; /* a sum of squared errors that is nothing but rounding */
    double least_relative;
} bkti_ets_series;

/* Smoothing that is given; NaN what is not. */
typedef struct bkti_ets_given {
    double alpha;
    double beta;
    double gamma;
    double phi;
} bkti_ets_given;

bool bkti_ets_has_trend(const bkti_ets_form *form);
/* Estimated numbers, sigma among them. */
int64_t bkti_ets_parameter_count(const bkti_ets_form *form, uint32_t season_length);
/* HUGE_VAL where there are too few values. */
double bkti_ets_criterion(const bkti_ets_form *form, const bkti_ets_series *series,
                          double likelihood);

/* One period seen from the state before it. */
typedef struct bkti_ets_moment {
    double trend; /* phi b */
    double q;
    double index; /* the season's */
    double expected;
    double error; /* 0 where the value is missing */
    double u;
    double v;
    bool missing;
} bkti_ets_moment;

/* False where the form can't be: nothing or less is expected. `place` is that of the season. */
bool bkti_ets_look(const bkti_ets_model *model, const bkti_ets_state *state, uint32_t place,
                   double value, bkti_ets_moment *out_moment);
void bkti_ets_move(const bkti_ets_model *model, const bkti_ets_moment *moment, uint32_t place,
                   bkti_ets_state *state);

/* What a model makes of a series; begin with BKTI_ETS_SUMS_NONE. */
typedef struct bkti_ets_sums {
    double squares;  /* of errors */
    double relative; /* squares of relative errors */
    double logs;     /* of what was expected, with relative errors */
    double product;  /* what logs doesn't have yet */
} bkti_ets_sums;
#define BKTI_ETS_SUMS_NONE                                                                         \
    { 0.0, 0.0, 0.0, 1.0 }

void bkti_ets_sums_add(bkti_ets_sums *sums, const bkti_ets_form *form,
                       const bkti_ets_moment *moment);
double bkti_ets_likelihood(const bkti_ets_sums *sums, const bkti_ets_form *form,
                           const bkti_ets_series *series);

/* Runs from the initial state; out_last gets the state after the last period (of the next one at
 * [periods % season_length]). out_expected: `periods` numbers, may be NULL. Gives the likelihood,
 * HUGE_VAL where the form can't be. */
double bkti_ets_run(const bkti_ets_model *model, const bkti_ets_series *series,
                    bkti_ets_state *out_last, double *out_expected, bkti_ets_sums *out_sums);
/* Points and standard errors; variance is sigma^2, of relative errors if the form's are. `squares`
 * is room for `horizon` numbers. */
void bkti_ets_project(const bkti_ets_model *model, const bkti_ets_state *last, int64_t periods,
                      double variance, uint32_t horizon, double *squares, double *out_points,
                      double *out_errors);

/* Normal equations of one step of scoring, at a model: of the columns in use. */
typedef struct bkti_ets_columns {
    uint32_t count;
    uint32_t seasons; /* the first column of the initial seasons; their number is length - 1 */
    int32_t slope;    /* the column's place, -1: there is none */
    int32_t alpha;
    int32_t ratio; /* beta / alpha */
    int32_t share; /* gamma / (1 - alpha) */
    int32_t phi;
} bkti_ets_columns;

typedef struct bkti_ets_scoring {
    bkti_ets_columns columns;
    double likelihood;
    double mean_square; /* S / n: of the form's errors */
    double gradient[BKTI_ETS_WIDTH];
    double matrix[BKTI_ETS_WIDTH][BKTI_ETS_WIDTH]; /* lower half */
    /* Working room. */
    double by_level[BKTI_ETS_WIDTH];
    double by_slope[BKTI_ETS_WIDTH];
    double by_season[BKTI_ETS_SEASON_LIMIT][BKTI_ETS_WIDTH];
    double rows[4][BKTI_ETS_WIDTH];
    double row_sums[BKTI_ETS_WIDTH];
} bkti_ets_scoring;

/* Columns for a form; smoothing that is given, or all of it with states_only, has none. */
void bkti_ets_columns_take(const bkti_ets_form *form, uint32_t season_length,
                           const bkti_ets_given *given, bool states_only,
                           bkti_ets_columns *out_columns);
/* Fills gradient and matrix: half the gradient of the likelihood times S / n, S the form's sum of
 * squares, and its expected second derivatives likewise. False where the form can't be. */
bool bkti_ets_score(const bkti_ets_model *model, const bkti_ets_series *series,
                    const bkti_ets_given *given, bkti_ets_scoring *scoring);
/* Adds to likelihood and equations what smoothing costs that short series can't tell:
 *
 *   20 beta^2 - log(alpha + 1/2n) - 0.3 (m - 1) log(gamma + m/2n)
 *
 * for what is estimated of the three, each where the form has it. */
void bkti_ets_penalise(const bkti_ets_model *model, const bkti_ets_series *series,
                       bkti_ets_scoring *scoring);

/* Finds models: two rooms to score in, by turns. */
typedef struct bkti_ets_search {
    const bkti_ets_series *series;
    bkti_ets_given given;
    bkti_ets_scoring *here;
    bkti_ets_scoring *there;
} bkti_ets_search;

/* Smoothing of a form without season on the series, the best of a grid, with the initial level and
 * trend of least squares; model has its form. */
void bkti_ets_start(bkti_ets_search *search, const bkti_ets_series *series, bkti_ets_model *model);
/* Initial states of least squares given the smoothing; gives their sum of squares. With additive
 * errors and no multiplicative season only, in which the errors are linear in them. */
double bkti_ets_settle(bkti_ets_search *search, const bkti_ets_series *series,
                       bkti_ets_model *model);
/* Climbs from a model to the next top of the likelihood, until a step gains less than that; false
 * where the form can't be there. */
bool bkti_ets_refine(bkti_ets_search *search, bkti_ets_model *model, double gain);

#endif
