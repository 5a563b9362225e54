/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <math.h>

bkt_status bkti_drift_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    (void)workspace;
    double factor = sample->factor;
    double last = sample->values[sample->periods - 1] * factor;
    double drift = bkti_changes_drift(sample);
    double span = (double)(sample->periods - 1);
    double squares = bkti_changes_squares(sample, drift);
    fit->freedom = (double)(sample->count - 2);
    double sigma = fit->freedom > 0.0 ? sqrt(squares / fit->freedom) : NAN;
    for (uint32_t step = 1; step <= settings->horizon; step++) {
        double h = (double)step;
        out_points[step - 1] = (last + h * drift) / factor;
        out_errors[step - 1] = sigma * sqrt(h + h * h / span) / factor;
    }
    fit->level = last / factor;
    fit->slope = drift / factor;
    fit->sigma = sigma / factor;
    fit->squares = squares / factor / factor;
    return BKT_OK;
}

bkt_status bkt_drift_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_DRIFT, values, count, options, out_points,
                               out_errors, out_fit);
}
