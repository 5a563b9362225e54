/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <math.h>

/* The latest period with a value in the season of period t, from t back; negative: none. */
static int64_t latest(const bkti_sample *sample, int64_t t, int64_t length) {
    while (t >= 0 && isnan(sample->values[t]))
        t -= length;
    return t;
}

/* Sum of squared changes from one season to the next, each by the seasons that it spans. */
static double changes_squares(const bkti_sample *sample, int64_t length, int64_t *out_changes) {
    double sum = 0.0;
    *out_changes = 0;
    for (int64_t season = 0; season < length && season < sample->periods; season++) {
        int64_t before = -1;
        for (int64_t t = season; t < sample->periods; t += length) {
            if (isnan(sample->values[t]))
                continue;
            if (before >= 0) {
                double change =
                    sample->values[t] * sample->factor - sample->values[before] * sample->factor;
                sum += change * change / ((double)(t - before) / (double)length);
                ++*out_changes;
            }
            before = t;
        }
    }
    return sum;
}

bkt_status bkti_seasonal_naive_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                      const bkti_settings *settings, double *out_points,
                                      double *out_errors, bkt_fit *fit) {
    int64_t length = sample->season_length;
    int64_t changes;
    double squares = changes_squares(sample, length, &changes);
    if (changes == 0) /* not a season and a value of the next */
        return bkti_naive_kernel(workspace, sample, settings, out_points, out_errors, fit);
    double last = sample->values[sample->periods - 1];
    fit->freedom = (double)changes;
    fit->squares = squares / sample->factor / sample->factor;
    fit->sigma = sqrt(squares / fit->freedom) / sample->factor;
    fit->level = last;
    if (length > 1)
        fit->flags |= BKT_FIT_SEASONAL;
    for (uint32_t h = 0; h < settings->horizon; h++) {
        int64_t season = sample->periods - length + h % length;
        int64_t from = latest(sample, season, length);
        double spans = (double)((sample->periods + h - (from < 0 ? season : from)) / length);
        out_points[h] = from < 0 ? last : sample->values[from];
        out_errors[h] = fit->sigma * sqrt(spans);
    }
    return BKT_OK;
}

bkt_status bkt_seasonal_naive_project(bkt_context *context, const double *values, int64_t count,
                                      const bkt_projection_options *options, double *out_points,
                                      double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_SEASONAL_NAIVE, values, count, options,
                               out_points, out_errors, out_fit);
}
