/* SPDX-License-Identifier: MIT */
/* Delta: the season and a damped mean of the changes. */
#include "bkti_card.h"

#include <math.h>

/* The smaller of two numbers of one sign; 0 where the signs differ. */
static double smaller(double a, double b) {
    if ((a > 0.0) != (b > 0.0))
        return 0.0;
    return fabs(a) < fabs(b) ? a : b;
}

static double mean_of(const double *numbers, int64_t count) {
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++)
        sum += numbers[i];
    return count > 0 ? sum / (double)count : 0.0;
}

/* The mean without the so many (up to 3) of greatest absolute value; 0 where nothing is left. */
static double trimmed_mean(const double *numbers, int64_t count, int64_t left_out) {
    int64_t out[3] = {-1, -1, -1};
    for (int64_t k = 0; k < left_out; k++) {
        for (int64_t i = 0; i < count; i++) {
            if (i == out[0] || i == out[1])
                continue;
            if (out[k] < 0 || fabs(numbers[i]) > fabs(numbers[out[k]]))
                out[k] = i;
        }
    }
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++)
        if (i != out[0] && i != out[1] && i != out[2])
            sum += numbers[i];
    return count > left_out ? sum / (double)(count - left_out) : 0.0;
}

/* What the first step adds and what each later one does, and what is added to that by season, from
 * the first step's on (NULL: nothing). Where the increments are the values, levels. */
typedef struct delta {
    double first;
    double later;
    double *seasonal;
} delta;

/* Weighted means of the last years by season, the latest weighing most, less their mean. */
static void find_seasonal(const bkti_card *card, const double *years, int64_t year_count,
                          double *out_seasonal) {
    static const double change_weights[] = {9, 3, 2, 1};
    static const double level_weights[] = {20, 5, 4, 3, 2, 1};
    const double *weights = card->differences ? change_weights : level_weights;
    int64_t used = card->differences ? 4 : 6;
    int64_t length = card->length;
    double mean = 0.0;
    if (used > year_count)
        used = year_count;
    for (int64_t season = 0; season < length; season++) {
        double sum = 0.0;
        double weight = 0.0;
        for (int64_t back = 0; back < used; back++) {
            sum += weights[back] * years[(year_count - 1 - back) * length + season];
            weight += weights[back];
        }
        out_seasonal[season] = sum / weight;
        mean += out_seasonal[season] / (double)length;
    }
    for (int64_t season = 0; season < length; season++)
        out_seasonal[season] -= mean;
}

/* Units are changes, or with a season their means by year. */
static void find_drift(const bkti_card *card, const double *units, int64_t unit_count, delta *d) {
    int64_t recent = unit_count < 6 ? unit_count : 6;
    double drift = mean_of(card->increments, card->increment_count);
    if (card->length > 1 && card->count > card->length) {
        double yearly = 0.0;
        for (int64_t t = card->length; t < card->count; t++)
            yearly += card->values[t] - card->values[t - card->length];
        yearly /= (double)(card->count - card->length);
        drift = smaller(drift, yearly / card->length);
    }
    drift = smaller(drift, mean_of(units + unit_count - recent, recent));
    d->first = smaller(drift, trimmed_mean(units, unit_count, 1));
    d->later = smaller(drift, trimmed_mean(units, unit_count, unit_count > 3 ? 3 : 1));
}

/* The same with levels. */
static void find_level(const bkti_card *card, const double *units, int64_t unit_count, delta *d) {
    int64_t year = card->seasons ? 1 : card->length;
    int64_t last = unit_count < year ? unit_count : year;
    int64_t recent = unit_count < 6 * year ? unit_count : 6 * year;
    d->first = mean_of(units + unit_count - last, last);
    d->later = 0.5 * (d->first + mean_of(units + unit_count - recent, recent));
}

static bool find_delta(bkti_workspace *workspace, const bkti_card *card, delta *d) {
    int64_t length = card->length;
    const double *units = card->increments;
    int64_t unit_count = card->increment_count;
    if (card->seasons) {
        unit_count /= length;
        const double *years = card->increments + card->increment_count - unit_count * length;
        double *means = bkti_workspace_take(workspace, (size_t)(unit_count + length));
        if (means == NULL)
            return false;
        for (int64_t year = 0; year < unit_count; year++)
            means[year] = mean_of(years + year * length, length);
        units = means;
        d->seasonal = means + unit_count;
        find_seasonal(card, years, unit_count, d->seasonal);
    }
    if (card->differences)
        find_drift(card, units, unit_count, d);
    else
        find_level(card, units, unit_count, d);
    return true;
}

bool bkti_delta_points(bkti_workspace *workspace, const bkti_card *card, uint32_t horizon,
                       double *out_points, double *out_errors, bkt_fit *fit) {
    delta d = {.seasonal = NULL};
    if (!find_delta(workspace, card, &d))
        return false;
    bkti_card_spread(card, fit);
    fit->slope = card->differences ? d.later : 0.0;
    double level = card->values[card->count - 1];
    for (uint32_t h = 0; h < horizon; h++) {
        double step = h == 0 ? d.first : d.later;
        if (d.seasonal != NULL)
            step += d.seasonal[h % card->length];
        level = card->differences ? level + step : step;
        out_points[h] = level;
        out_errors[h] =
            fit->sigma * sqrt(card->differences ? h + 1.0 : 1.0 + 1.0 / (double)card->count);
    }
    return true;
}

bkt_status bkti_delta_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    bkti_card card;
    if (!bkti_card_take(workspace, sample, &card) ||
        !bkti_delta_points(workspace, &card, settings->horizon, out_points, out_errors, fit))
        return BKT_ERR_MEMORY;
    bkti_card_restore(&card, settings->horizon, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkt_delta_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_DELTA, values, count, options, out_points,
                               out_errors, out_fit);
}
