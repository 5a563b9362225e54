/* SPDX-License-Identifier: MIT */
/* ETS: the recursion over a series, projections and their standard errors. */
#include "bkti_ets.h"

#include "bkti_elementary.h"

#include <float.h>
#include <math.h>

bool bkti_ets_has_trend(const bkti_ets_form *form) {
    return form->trend != BKT_ETS_NONE;
}

int64_t bkti_ets_parameter_count(const bkti_ets_form *form, uint32_t season_length) {
    int64_t count = 3; /* alpha, the level and sigma */
    if (bkti_ets_has_trend(form))
        count += form->trend == BKT_ETS_DAMPED ? 3 : 2;
    if (form->season != BKT_ETS_NONE)
        count += season_length;
    return count;
}

double bkti_ets_criterion(const bkti_ets_form *form, const bkti_ets_series *series,
                          double likelihood) {
    double k = (double)bkti_ets_parameter_count(form, series->season_length);
    return bkti_corrected_criterion(likelihood, k, (double)series->count);
}

bool bkti_ets_look(const bkti_ets_model *model, const bkti_ets_state *state, uint32_t place,
                   double value, bkti_ets_moment *out_moment) {
    int32_t season = model->form.season;
    bkti_ets_moment m = {.trend = model->phi * state->slope, .index = state->season[place]};
    m.q = state->level + m.trend;
    m.expected = season == BKT_ETS_NONE       ? m.q
                 : season == BKT_ETS_ADDITIVE ? m.q + m.index
                                              : m.q * m.index;
    m.missing = isnan(value);
    m.error = m.missing ? 0.0 : value - m.expected;
    m.u = m.error;
    m.v = m.error;
    bool possible = true;
    if (season == BKT_ETS_MULTIPLICATIVE) {
        possible = m.q > DBL_MIN && m.index > DBL_MIN;
        m.u /= m.index;
        m.v /= m.q;
    }
    if (model->form.error == BKT_ETS_MULTIPLICATIVE && !(m.expected > DBL_MIN))
        possible = possible && m.missing;
    *out_moment = m;
    return possible;
}

void bkti_ets_move(const bkti_ets_model *model, const bkti_ets_moment *moment, uint32_t place,
                   bkti_ets_state *state) {
    state->level = moment->q + model->alpha * moment->u;
    state->slope = moment->trend + model->beta * moment->u;
    state->season[place] = moment->index + model->gamma * moment->v;
}

void bkti_ets_sums_add(bkti_ets_sums *sums, const bkti_ets_form *form,
                       const bkti_ets_moment *moment) {
    if (moment->missing)
        return;
    sums->squares += moment->error * moment->error;
    if (form->error != BKT_ETS_MULTIPLICATIVE)
        return;
    double relative = moment->error / moment->expected;
    sums->relative += relative * relative;
    sums->product *= moment->expected; /* a logarithm for many at once */
    if (sums->product > 1e100 || sums->product < 1e-100) {
        sums->logs += bkti_log(sums->product);
        sums->product = 1.0;
    }
}

double bkti_ets_likelihood(const bkti_ets_sums *sums, const bkti_ets_form *form,
                           const bkti_ets_series *series) {
    double n = (double)series->count;
    double likelihood = n * bkti_log(fmax(sums->squares, series->least_squares));
    if (form->error == BKT_ETS_MULTIPLICATIVE)
        likelihood = n * bkti_log(fmax(sums->relative, series->least_relative)) +
                     2.0 * (sums->logs + bkti_log(sums->product));
    return isfinite(likelihood) ? likelihood : HUGE_VAL;
}

double bkti_ets_run(const bkti_ets_model *model, const bkti_ets_series *series,
                    bkti_ets_state *out_last, double *out_expected, bkti_ets_sums *out_sums) {
    bkti_ets_state state = model->initial;
    bkti_ets_sums sums = BKTI_ETS_SUMS_NONE;
    bool possible = true;
    uint32_t place = 0;
    for (int64_t t = 0; t < series->periods; t++) {
        bkti_ets_moment moment;
        possible = bkti_ets_look(model, &state, place, series->values[t], &moment) && possible;
        bkti_ets_sums_add(&sums, &model->form, &moment);
        bkti_ets_move(model, &moment, place, &state);
        if (out_expected != NULL)
            out_expected[t] = moment.expected;
        place = place + 1 == model->season_length ? 0 : place + 1;
    }
    *out_last = state;
    *out_sums = sums;
    return possible ? bkti_ets_likelihood(&sums, &model->form, series) : HUGE_VAL;
}
