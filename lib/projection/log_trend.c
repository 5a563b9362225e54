/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"
#include "bkti_elementary.h"

#include <math.h>

bkt_status bkti_log_trend_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                 const bkti_settings *settings, double *out_points,
                                 double *out_errors, bkt_fit *fit) {
    (void)workspace;
    double count = (double)sample->count;
    double origin = bkti_log(sample->values[0]); /* taken off, so that little cancels */
    double time_sum = 0.0;
    double log_sum = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        time_sum += (double)t;
        log_sum += bkti_log(sample->values[t]) - origin;
    }
    double time_mean = time_sum / count;
    double log_mean = log_sum / count;
    double time_squares = 0.0;
    double products = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        double time = (double)t - time_mean;
        time_squares += time * time;
        products += time * (bkti_log(sample->values[t]) - origin - log_mean);
    }
    double slope = products / time_squares;
    double squares = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        double error =
            bkti_log(sample->values[t]) - origin - log_mean - slope * ((double)t - time_mean);
        squares += error * error;
    }
    fit->freedom = count - 2.0;
    fit->squares = squares;
    fit->sigma = fit->freedom > 0.0 ? sqrt(squares / fit->freedom) : NAN;
    fit->slope = slope;
    fit->flags |= BKT_FIT_LOGS;
    for (uint32_t h = 0; h <= settings->horizon; h++) {
        double time = (double)(sample->periods - 1) + (double)h - time_mean;
        double point = bkti_exp(origin + log_mean + slope * time);
        if (h == 0) {
            fit->level = point;
            continue;
        }
        out_points[h - 1] = point;
        out_errors[h - 1] = fit->sigma * sqrt(1.0 + 1.0 / count + time * time / time_squares);
    }
    return BKT_OK;
}

bkt_status bkt_log_trend_project(bkt_context *context, const double *values, int64_t count,
                                 const bkt_projection_options *options, double *out_points,
                                 double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_LOG_TREND, values, count, options, out_points,
                               out_errors, out_fit);
}
