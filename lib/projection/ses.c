/* SPDX-License-Identifier: MIT */
/* Simple exponential smoothing. Given alpha the one-step errors are linear in the initial level,
 * which is concentrated out by least squares; the search is over alpha alone. */
#include "bkti_smoothing.h"

#include <math.h>

/* Where the initial level has less weight than this, nothing is left of it in a sum of squares. */
#define FORGOTTEN 1e-20

typedef struct smoothing_task {
    const double *values;
    int64_t count;
    double origin; /* taken off the values, so that little cancels */
    double change; /* out: of the initial level from origin */
} smoothing_task;

/* The sum of squared errors at the best initial level. */
static double objective(const double *x, void *user) {
    smoothing_task *task = user;
    double alpha = *x;
    double keep = 1.0 - alpha;
    double level = 0.0;
    double weight = 1.0; /* of the initial level */
    double ee = 0.0, ew = 0.0, ww = 0.0;
    int64_t t = 0;
    for (; t < task->count && weight > FORGOTTEN; t++) {
        double value = task->values[t] - task->origin;
        double error = value - level;
        ee += error * error;
        ew += error * weight;
        ww += weight * weight;
        level = keep * level + alpha * value;
        weight *= keep;
    }
    for (; t < task->count; t++) {
        double value = task->values[t] - task->origin;
        double error = value - level;
        ee += error * error;
        level = keep * level + alpha * value;
    }
    task->change = ew / ww;
    return fmax(ee - ew * task->change, 0.0);
}

bkti_smoothing bkti_smoothing_fit(const double *values, int64_t count, double alpha) {
    smoothing_task task = {.values = values, .count = count, .origin = values[0]};
    bkti_smoothing found = {.alpha = alpha};
    if (isnan(alpha))
        bkti_line_minimise(objective, &task, BKTI_ALPHA_LOW, BKTI_ALPHA_HIGH, &found.alpha);
    objective(&found.alpha, &task);
    /* Once more with what was found: the errors themselves, not a difference of large sums. */
    found.first_level = found.level = task.origin + task.change;
    for (int64_t t = 0; t < count; t++) {
        double error = values[t] - found.level;
        found.squares += error * error;
        found.level += found.alpha * error;
    }
    return found;
}

double *bkti_smoothing_values(bkti_workspace *workspace, const bkti_sample *sample) {
    double *values = bkti_workspace_take(workspace, (size_t)sample->count);
    int64_t count = 0;
    for (int64_t t = 0; t < sample->periods && values != NULL; t++)
        if (!isnan(sample->values[t]))
            values[count++] = sample->values[t] * sample->factor;
    return values;
}

void bkti_smoothing_tell(const bkti_smoothing *smoothing, double factor, bkt_fit *fit) {
    fit->alpha = smoothing->alpha;
    fit->level = smoothing->level / factor;
    fit->first_level = smoothing->first_level / factor;
    fit->squares = smoothing->squares / factor / factor;
    fit->sigma = fit->freedom > 0.0 ? sqrt(smoothing->squares / fit->freedom) / factor : NAN;
}

bkt_status bkti_ses_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                           const bkti_settings *settings, double *out_points, double *out_errors,
                           bkt_fit *fit) {
    const double *values = bkti_smoothing_values(workspace, sample);
    if (values == NULL)
        return BKT_ERR_MEMORY;
    bkti_smoothing found = bkti_smoothing_fit(values, sample->count, settings->alpha);
    fit->freedom = (double)(sample->count - 2);
    bkti_smoothing_tell(&found, sample->factor, fit);
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] = fit->level;
        out_errors[h] = fit->sigma * sqrt(1.0 + h * found.alpha * found.alpha);
    }
    return BKT_OK;
}

bkt_status bkt_ses_project(bkt_context *context, const double *values, int64_t count,
                           const bkt_projection_options *options, double *out_points,
                           double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_SES, values, count, options, out_points,
                               out_errors, out_fit);
}
