/* SPDX-License-Identifier: MIT */
/* A series as Delta, Rho and Card work on it: logarithms where it can be, changes where it wanders,
 * and two tests of a season. */
#include "bkti_card.h"
#include "bkti_elementary.h"
#include "bkti_probability.h"

#include <math.h>

/* A gap gets the mean of the same season a year before and after, which keeps season and trend, or
 * else the straight line across it. */
static void bridge_gaps(const bkti_card *card, double *values) {
    const double *given = card->known;
    bkti_numbers_bridge(values, card->count);
    int64_t length = card->length;
    if (length < 2)
        return;
    for (int64_t t = length; t + length < card->count; t++)
        if (isnan(given[t]) && !isnan(given[t - length]) && !isnan(given[t + length]))
            values[t] = values[t - length] / 2.0 + values[t + length] / 2.0;
}

static double variance(const double *numbers, int64_t count) {
    double mean = 0.0;
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++)
        mean += numbers[i] / (double)count;
    for (int64_t i = 0; i < count; i++)
        sum += (numbers[i] - mean) * (numbers[i] - mean);
    return count > 1 ? sum / (double)(count - 1) : 0.0;
}

static double largest(const bkti_card *card) {
    double most = 0.0;
    for (int64_t t = 0; t < card->count; t++)
        most = fmax(most, fabs(card->values[t]));
    return most;
}

/* Analysis of variance of whole years of increments: do the seasons' means differ, at 10 %? */
static bool seasons_differ(const bkti_card *card) {
    int64_t length = card->length;
    int64_t years = card->increment_count / length;
    const double *increments = card->increments + card->increment_count - years * length;
    double mean = 0.0;
    double between = 0.0;
    double within = 0.0;
    for (int64_t i = 0; i < years * length; i++)
        mean += increments[i] / (double)(years * length);
    for (int64_t season = 0; season < length; season++) {
        double season_mean = 0.0;
        for (int64_t year = 0; year < years; year++)
            season_mean += increments[year * length + season] / (double)years;
        between += (season_mean - mean) * (season_mean - mean) * (double)years;
        for (int64_t year = 0; year < years; year++) {
            double rest = increments[year * length + season] - season_mean;
            within += rest * rest;
        }
    }
    double between_freedom = (double)(length - 1);
    double within_freedom = (double)(length * (years - 1));
    if (!(sqrt(between / (double)(years * length)) > 1e-13 * largest(card))) /* rounding */
        return false;
    double ratio = between / between_freedom / (within / within_freedom);
    return !(ratio < HUGE_VAL) || bkti_fisher_above(ratio, between_freedom, within_freedom) < 0.1;
}

bool bkti_card_take(bkti_workspace *workspace, const bkti_sample *sample, bkti_card *out_card) {
    bkti_card card = {.sample = sample,
                      .count = sample->periods,
                      .length = sample->season_length,
                      .logs = sample->least > 0.0};
    bool gaps = sample->count < card.count;
    double *values = bkti_workspace_take(workspace, (gaps ? 3 : 2) * (size_t)card.count);
    if (values == NULL)
        return false;
    double *changes = values + card.count;
    double *known = gaps ? changes + card.count : values;
    for (int64_t t = 0; t < card.count; t++)
        values[t] = known[t] =
            card.logs ? bkti_log(sample->values[t]) : sample->values[t] * sample->factor;
    card.known = known;
    if (gaps)
        bridge_gaps(&card, values);
    for (int64_t t = 1; t < card.count; t++)
        changes[t - 1] = values[t] - values[t - 1];
    card.values = values;
    card.differences = variance(changes, card.count - 1) <= 1.2 * variance(values, card.count);
    card.increments = card.differences ? changes : values;
    card.increment_count = card.differences ? card.count - 1 : card.count;
    if (card.length > 1 && card.increment_count >= 3 * (int64_t)card.length) {
        bkti_sample increments = {.values = card.increments,
                                  .periods = card.increment_count,
                                  .count = card.increment_count,
                                  .factor = 1.0};
        card.seasons = seasons_differ(&card);
        card.seasonal_lag = bkti_season_test(&increments, card.length);
    }
    *out_card = card;
    return true;
}

void bkti_card_spread(const bkti_card *card, bkt_fit *fit) {
    int64_t groups = card->seasons ? card->length : 1;
    int64_t count = card->increment_count;
    int64_t gaps = card->count - card->sample->count;
    double squares = 0.0;
    for (int64_t group = 0; group < groups; group++) {
        double mean = 0.0;
        int64_t members = (count - group + groups - 1) / groups;
        for (int64_t i = group; i < count; i += groups)
            mean += card->increments[i] / (double)members;
        for (int64_t i = group; i < count; i += groups)
            squares += (card->increments[i] - mean) * (card->increments[i] - mean);
    }
    double freedom = (double)(count - gaps - groups);
    fit->squares = squares;
    fit->freedom = freedom > 0.0 ? freedom : 0.0;
    fit->sigma = freedom > 0.0 ? sqrt(squares / freedom) : NAN;
}

bool bkti_lags_errors(bkti_workspace *workspace, const bkti_lags *lags, double sigma,
                      uint32_t horizon, double *out_errors) {
    double *psi = bkti_workspace_take(workspace, horizon);
    if (psi == NULL)
        return false;
    uint32_t length = lags->length;
    double squares = 0.0;
    for (uint32_t h = 0; h < horizon; h++) {
        double sum = h == 0 ? 1.0 : lags->first * psi[h - 1];
        if (h >= length)
            sum += lags->seasonal * psi[h - length];
        if (h > length)
            sum += lags->after_seasonal * psi[h - length - 1];
        double limit = lags->seasonal == 0.0 ? 1.0 : 1.0 + floor((double)h / length);
        psi[h] = fmax(-limit, fmin(limit, sum));
        squares += psi[h] * psi[h];
        out_errors[h] = sigma * sqrt(squares);
    }
    return true;
}

void bkti_card_restore(const bkti_card *card, uint32_t horizon, double *points, double *errors,
                       bkt_fit *fit) {
    double factor = card->logs ? 1.0 : card->sample->factor;
    for (uint32_t h = 0; h < horizon; h++) {
        points[h] = card->logs ? bkti_exp(points[h]) : points[h] / factor;
        errors[h] /= factor;
    }
    fit->level = card->sample->values[card->count - 1];
    fit->slope /= factor;
    fit->sigma /= factor;
    fit->squares = fit->squares / factor / factor;
    if (card->logs)
        fit->flags |= BKT_FIT_LOGS;
    if (card->seasons)
        fit->flags |= BKT_FIT_SEASONAL | (card->logs ? BKT_FIT_MULTIPLICATIVE : 0);
}
