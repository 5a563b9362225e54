/* SPDX-License-Identifier: MIT */
/* The theta method on the values, their logarithms, or their Box-Cox transforms: simple exponential
 * smoothing of the theta line and the straight line through all values, put together. */
#include "bkti_elementary.h"
#include "bkti_smoothing.h"

#include <math.h>

/* Ordinary least squares on time, gaps left out; `values` has no gaps. */
typedef struct line {
    double slope;
    double squares; /* of the residuals */
} line;

static line fit_line(const bkti_sample *sample, const double *values) {
    double count = (double)sample->count;
    double mean_time = 0.0, mean = 0.0, tt = 0.0, ty = 0.0, yy = 0.0;
    int64_t row = 0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        mean_time += (double)t / count;
        mean += (values[row++] - values[0]) / count;
    }
    row = 0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        double time = (double)t - mean_time;
        double value = values[row++] - values[0] - mean;
        tt += time * time;
        ty += time * value;
        yy += value * value;
    }
    line found = {.slope = ty / tt};
    found.squares = yy - ty * found.slope;
    return found;
}

/* How far the straight line is ahead of its own smoothing, one step after the last value. */
static double lead(const bkti_sample *sample, double alpha, double slope) {
    double ahead = 0.0;
    for (int64_t t = 0; t < sample->periods; t++)
        ahead = isnan(sample->values[t]) ? slope + ahead : slope + (1.0 - alpha) * ahead;
    return ahead;
}

/* Points and standard errors in the scale of the values that are given. */
static bkti_smoothing project(const bkti_sample *sample, const double *values,
                              const bkti_settings *settings, double *out_points, double *out_errors,
                              bkt_fit *fit) {
    bkti_smoothing found = bkti_smoothing_fit(values, sample->count, settings->alpha);
    double theta = isnan(settings->theta) ? 2.0 : settings->theta;
    double weight = 1.0 - 1.0 / theta; /* of the straight line */
    double slope = fit_line(sample, values).slope;
    double ahead = lead(sample, found.alpha, slope);
    fit->freedom = (double)(sample->count - 2);
    fit->theta = theta;
    fit->slope = weight * slope;
    double sigma = fit->freedom > 0.0 ? sqrt(found.squares / fit->freedom) : NAN;
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] = found.level + weight * (ahead + h * slope);
        out_errors[h] = sigma * sqrt(1.0 + h * found.alpha * found.alpha);
    }
    return found;
}

bkt_status bkti_theta_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                             const bkti_settings *settings, double *out_points, double *out_errors,
                             bkt_fit *fit) {
    const double *values = bkti_smoothing_values(workspace, sample);
    if (values == NULL)
        return BKT_ERR_MEMORY;
    bkti_smoothing found = project(sample, values, settings, out_points, out_errors, fit);
    bkti_smoothing_tell(&found, sample->factor, fit);
    fit->slope /= sample->factor;
    for (uint32_t h = 0; h < settings->horizon; h++) {
        out_points[h] /= sample->factor;
        out_errors[h] /= sample->factor;
    }
    return BKT_OK;
}

/* Logarithms of the values less `mean`, their mean, without the gaps. */
static double *take_logs(bkti_workspace *workspace, const bkti_sample *sample, double *out_mean) {
    double *logs = bkti_workspace_take(workspace, (size_t)sample->count);
    if (logs == NULL)
        return NULL;
    int64_t count = 0;
    double mean = 0.0;
    for (int64_t t = 0; t < sample->periods; t++) {
        if (isnan(sample->values[t]))
            continue;
        logs[count] = bkti_log(sample->values[t]);
        mean += logs[count++] / (double)sample->count;
    }
    for (int64_t row = 0; row < count; row++)
        logs[row] -= mean;
    *out_mean = mean;
    return logs;
}

static void project_logs(const bkti_sample *sample, const double *logs, double mean,
                         const bkti_settings *settings, double *out_points, double *out_errors,
                         bkt_fit *fit) {
    bkti_smoothing found = project(sample, logs, settings, out_points, out_errors, fit);
    bkti_smoothing_tell(&found, 1.0, fit);
    fit->flags |= BKT_FIT_LOGS;
    fit->level = bkti_exp(mean + found.level);
    fit->first_level = bkti_exp(mean + found.first_level);
    for (uint32_t h = 0; h < settings->horizon; h++)
        out_points[h] = bkti_exp(mean + out_points[h]);
}

bkt_status bkti_log_theta_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                 const bkti_settings *settings, double *out_points,
                                 double *out_errors, bkt_fit *fit) {
    double mean;
    const double *logs = take_logs(workspace, sample, &mean);
    if (logs == NULL)
        return BKT_ERR_MEMORY;
    project_logs(sample, logs, mean, settings, out_points, out_errors, fit);
    return BKT_OK;
}

#define LAMBDA_STEPS 20

#define LEAST_LAMBDA 1e-12

/* The lambda of 0, 0.05, ..., 1 of the greatest profile likelihood, around a straight line. As the
 * values' geometric mean is 1 here, that is the least sum of squared residuals. */
static double find_lambda(const bkti_sample *sample, const double *logs, double *root,
                          double *power) {
    double least = fit_line(sample, logs).squares;
    double best = 0.0;
    for (int64_t row = 0; row < sample->count; row++) {
        root[row] = bkti_exp(logs[row] / LAMBDA_STEPS);
        power[row] = 1.0;
    }
    for (int step = 1; step <= LAMBDA_STEPS; step++) {
        double lambda = (double)step / LAMBDA_STEPS;
        for (int64_t row = 0; row < sample->count; row++)
            power[row] *= root[row];
        double squares = fit_line(sample, power).squares / (lambda * lambda);
        if (squares < least) {
            least = squares;
            best = lambda;
        }
    }
    return best;
}

/* The value of a transformed one; 0 where there is none. */
static double restore(double mean, double lambda, double transformed) {
    double inner = lambda * transformed;
    return isnan(inner) ? NAN : inner > -1.0 ? bkti_exp(mean + bkti_log1p(inner) / lambda) : 0.0;
}

static void project_powers(const bkti_sample *sample, const double *transformed, double mean,
                           double lambda, const bkti_settings *settings, double *out_points,
                           double *out_errors, bkt_fit *fit) {
    bkti_smoothing found = project(sample, transformed, settings, out_points, out_errors, fit);
    bkti_smoothing_tell(&found, 1.0, fit);
    fit->level = restore(mean, lambda, found.level);
    fit->first_level = restore(mean, lambda, found.first_level);
    for (uint32_t h = 0; h < settings->horizon; h++) {
        double zero = -1.0 / lambda;
        double middle = out_points[h] < zero ? zero : out_points[h];
        double low = restore(mean, lambda, middle - out_errors[h]);
        double high = restore(mean, lambda, middle + out_errors[h]);
        out_points[h] = restore(mean, lambda, middle);
        out_errors[h] = (high - low) / 2.0;
    }
}

bkt_status bkti_box_cox_theta_kernel(bkti_workspace *workspace, const bkti_sample *sample,
                                     const bkti_settings *settings, double *out_points,
                                     double *out_errors, bkt_fit *fit) {
    double mean;
    const double *logs = take_logs(workspace, sample, &mean);
    double *power = bkti_workspace_take(workspace, (size_t)sample->count);
    double *transformed = bkti_workspace_take(workspace, (size_t)sample->count);
    if (logs == NULL || power == NULL || transformed == NULL)
        return BKT_ERR_MEMORY;
    double lambda = settings->lambda;
    if (lambda < LEAST_LAMBDA) /* as the logarithm to more digits than it can be computed with */
        lambda = 0.0;
    if (isnan(lambda))
        lambda = find_lambda(sample, logs, power, transformed);
    fit->box_cox_lambda = lambda;
    if (lambda == 0.0) {
        project_logs(sample, logs, mean, settings, out_points, out_errors, fit);
        return BKT_OK;
    }
    for (int64_t row = 0; row < sample->count; row++)
        transformed[row] = bkti_expm1(lambda * logs[row]) / lambda;
    project_powers(sample, transformed, mean, lambda, settings, out_points, out_errors, fit);
    return BKT_OK;
}

bkt_status bkt_theta_project(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_THETA, values, count, options, out_points,
                               out_errors, out_fit);
}

bkt_status bkt_log_theta_project(bkt_context *context, const double *values, int64_t count,
                                 const bkt_projection_options *options, double *out_points,
                                 double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_LOG_THETA, values, count, options, out_points,
                               out_errors, out_fit);
}

bkt_status bkt_box_cox_theta_project(bkt_context *context, const double *values, int64_t count,
                                     const bkt_projection_options *options, double *out_points,
                                     double *out_errors, bkt_fit *out_fit) {
    return bkti_method_project(context, BKT_METHOD_BOX_COX_THETA, values, count, options,
                               out_points, out_errors, out_fit);
}
