/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <math.h>

bkt_status bkti_naive_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    (void)workspace;
    double last = sample->values[sample->periods - 1];
    fit->freedom = (double)(sample->count - 1);
    fit->squares = bkti_changes_squares(sample, 0.0);
    fit->sigma = fit->freedom > 0.0 ? sqrt(fit->squares / fit->freedom) : NAN;
    for (uint32_t h = 1; h <= settings->horizon; h++) {
        out_points[h - 1] = last;
        out_errors[h - 1] = fit->sigma * sqrt((double)h) / sample->factor;
    }
    fit->level = last;
    fit->sigma /= sample->factor;
    fit->squares = fit->squares / sample->factor / sample->factor;
    return BKT_OK;
}

bkt_status bkt_naive_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_NAIVE, values, count, options, out_points,
                               out_errors, out_fit);
}
