/* SPDX-License-Identifier: MIT */
/* ETS: points and their standard errors. */
#include "bkti_ets.h"

#include <math.h>

/* Additive errors, class 1: sigma^2 (1 + sum of c(j)^2). */
static void errors_of_first(const double *squares, double variance, uint32_t horizon,
                            double *out_errors) {
    double spread = 1.0;
    for (uint32_t h = 0; h < horizon; h++) {
        out_errors[h] = sqrt(variance * spread);
        spread += squares[h];
    }
}

/* Relative errors: theta(h) = mu(h)^2 + sigma^2 sum over j < h of c(j)^2 theta(h - j), into
 * `values`, where mu is. */
static void find_thetas(const double *squares, double variance, uint32_t horizon, double *values) {
    for (uint32_t h = 0; h < horizon; h++) {
        double sum = 0.0;
        for (uint32_t j = 0; j < h; j++)
            sum += squares[j] * values[h - 1 - j];
        values[h] = values[h] * values[h] + variance * sum;
    }
}

/* Class 1: Hyndman, Koehler, Ord & Snyder 2008, table 6.1; classes 2 and 3: the same, sections 6.3
 * and 6.4, and 2005, "Prediction intervals for exponential smoothing using two new classes of state
 * space models", Journal of Forecasting 24(1). That of class 3 is exact within the first season and
 * an approximation beyond. */
void bkti_ets_project(const bkti_ets_model *model, const bkti_ets_state *last, int64_t periods,
                      double variance, uint32_t horizon, double *squares, double *out_points,
                      double *out_errors) {
    uint32_t length = model->season_length;
    int32_t season = model->form.season;
    bool by_season = season == BKT_ETS_MULTIPLICATIVE;
    uint32_t place = (uint32_t)(periods % length);
    double steps = 0.0;
    double power = 1.0;
    for (uint32_t h = 0; h < horizon; h++) {
        power *= model->phi;
        steps += power;
        double q = last->level + steps * last->slope;
        double index = last->season[place];
        out_points[h] = season == BKT_ETS_NONE ? q : by_season ? q * index : q + index;
        out_errors[h] = by_season ? q : out_points[h]; /* mu */
        double c = model->alpha + model->beta * steps;
        if (season == BKT_ETS_ADDITIVE && (h + 1) % length == 0)
            c += model->gamma;
        squares[h] = c * c;
        place = place + 1 == length ? 0 : place + 1;
    }
    if (model->form.error == BKT_ETS_ADDITIVE) {
        errors_of_first(squares, variance, horizon, out_errors);
        return;
    }
    find_thetas(squares, variance, horizon, out_errors);
    double growth = 1.0; /* of the season's own variance */
    place = (uint32_t)(periods % length);
    for (uint32_t h = 0; h < horizon; h++) {
        double index = by_season ? last->season[place] : 1.0;
        if (by_season && h > 0 && h % length == 0)
            growth *= 1.0 + model->gamma * model->gamma * variance;
        double mu = out_points[h] / index;
        double spread = out_errors[h] * (1.0 + variance) * growth - mu * mu;
        out_errors[h] = fabs(index) * sqrt(fmax(spread, 0.0));
        place = place + 1 == length ? 0 : place + 1;
    }
}
