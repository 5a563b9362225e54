/* SPDX-License-Identifier: MIT */
/* When a series reaches targets: paths as calibrated errors have them, or a random walk. */
#include "bkti_reach.h"
#include "bkti_number.h"

#include <math.h>
#include <string.h>

#define TARGET_LIMIT 1000

#define KNOWN_FLAGS (BKTI_REACH_FLAGS | BKT_TARGET_KNOWN | BKT_TARGET_WALK)

static const bkt_reach_options defaults = {.struct_size = sizeof(bkt_reach_options),
                                           .seed = 1,
                                           .partial_value = NAN,
                                           .partial_previous = NAN,
                                           .partial_share = NAN,
                                           .horizon = 20,
                                           .paths = 20000};

bkt_status bkt_reach_options_init(bkt_reach_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

bkt_reach_options bkti_reach_options_of(const bkt_target_options *options) {
    bkt_reach_options reach = defaults;
    reach.flags = options->flags;
    reach.seed = options->seed;
    reach.horizon = options->horizon;
    reach.paths = options->paths;
    reach.season_length = options->season_length;
    reach.partial_value = options->partial_value;
    reach.partial_previous = options->partial_previous;
    reach.partial_share = options->partial_share;
    return reach;
}

bkt_status bkti_targets_check(bkt_context *context, const char *what, const double *numbers,
                              uint32_t count, bool may_be_equal) {
    if (numbers == NULL || count == 0 || count > TARGET_LIMIT)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "%ss: 1 to %d can be given, and %s are",
                         what, TARGET_LIMIT, count > TARGET_LIMIT ? "more" : "none");
    for (uint32_t i = 0; i < count; i++) {
        if (!isfinite(numbers[i]))
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "%s %lu is no finite number", what,
                             (unsigned long)i + 1);
        for (uint32_t k = 0; k < i && !may_be_equal; k++)
            if (numbers[k] == numbers[i])
                return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "%ss %lu and %lu are the same",
                                 what, (unsigned long)k + 1, (unsigned long)i + 1);
    }
    return BKT_OK;
}

bool bkti_reach_is_partial(const bkt_reach_options *options) {
    return !isnan(options->partial_value) || !isnan(options->partial_previous) ||
           !isnan(options->partial_share);
}

static bkt_status check_partial(bkt_context *context, const bkt_reach_options *options) {
    if (!bkti_reach_is_partial(options))
        return BKT_OK;
    if (!(options->partial_value > 0.0 && isfinite(options->partial_value) &&
          options->partial_previous > 0.0 && isfinite(options->partial_previous) &&
          options->partial_share > 0.0 && options->partial_share < 1.0))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a part of the first period needs three numbers: its value and that of "
                         "the same part of the last period, both positive, and the share of the "
                         "period that it is, between 0 and 1");
    return BKT_OK;
}

bkt_status bkti_reach_take_options(bkt_context *context, const bkt_reach_options *options,
                                   bkti_reach *out_reach) {
    bkt_projection_options projection;
    bkt_projection_options_init(&projection, sizeof projection);
    memset(out_reach, 0, sizeof *out_reach);
    out_reach->options = defaults;
    bkt_reach_options *own = &out_reach->options;
    bkt_status status = bkti_options_take(context, options, own, sizeof *own, sizeof *own);
    if (status == BKT_OK)
        status = bkti_flags_check(context, "bkt_reach_options", own->flags, KNOWN_FLAGS);
    if (status == BKT_OK)
        status = bkti_paths_check(context, own->paths);
    if (status == BKT_OK)
        status = check_partial(context, own);
    if (status != BKT_OK)
        return status;
    projection.flags = own->flags & BKTI_REACH_FLAGS;
    projection.horizon = own->horizon;
    projection.season_length = own->season_length;
    if (own->reserved != 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "`reserved` of bkt_reach_options is not 0");
    return bkti_settings_take(context, &projection, &out_reach->settings);
}

static bkt_status reach_by_walk(bkt_context *context, bkti_reach *reach, const double *targets,
                                uint32_t target_count, double *out_reached, double *out_above) {
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    options.seed = reach->options.seed;
    options.horizon = reach->options.horizon;
    options.paths = reach->options.paths;
    bkt_walk walk = reach->walk;
    if ((reach->options.flags & BKT_TARGET_KNOWN) != 0)
        walk.span = walk.freedom = 0.0;
    reach->basis = BKTI_BASIS_WALK;
    return bkt_walk_simulate(context, &walk, targets, target_count, &options, out_reached,
                             out_above);
}

/* What a part of the first period moves the projection by: its median there, and what follows from
 * that for later steps. */
static void move_points(const bkti_reach *reach, const bkti_marginals *marginals,
                        const bkti_paths *paths, double *points) {
    double normal = bkti_first_quantile(paths->first, 0.5);
    for (uint32_t k = 0; k < paths->horizon; k++) {
        double pull = bkti_paths_correlation(paths, k + 1) * normal;
        double moved = bkti_marginals_value(marginals, k, pull);
        points[k] += moved - bkti_marginals_value(marginals, k, 0.0);
        if (marginals->has_floor && points[k] < 0.0)
            points[k] = 0.0;
    }
    points[0] = fmax(points[0], reach->options.partial_value);
    bkti_numbers_tidy(points, paths->horizon);
}

static bkt_status refuse_partial(bkt_context *context, const bkti_reach *reach) {
    char part[64];
    char whole[64];
    if (reach->options.partial_previous <= reach->last)
        return BKT_OK;
    bkti_number_format(reach->options.partial_previous, part, sizeof part);
    bkti_number_format(reach->last, whole, sizeof whole);
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                     "the part of the last period, %s, is above the whole of it, %s: are both of "
                     "one unit?",
                     part, whole);
}

static bkt_status reach_by_paths(bkt_context *context, bkti_workspace *workspace, bkti_reach *reach,
                                 const double *targets, uint32_t target_count, double *points,
                                 const double *widths, bool has_floor, double *out_reached,
                                 double *out_above) {
    uint32_t season_length = reach->settings.season_length;
    const bkt_reach_options *options = &reach->options;
    const bkti_partial partial = {options->partial_value, options->partial_previous,
                                  options->partial_share};
    bkti_first first;
    bkti_marginals marginals;
    bkti_marginals_begin(&marginals, bkti_calibration_of(season_length, reach->fit.flags), points,
                         widths, options->horizon, has_floor);
    bkti_paths paths = {.seed = options->seed,
                        .horizon = options->horizon,
                        .count = options->paths,
                        .share = BKTI_PATHS_SHARE};
    if (bkti_reach_is_partial(options)) {
        bkt_status status = refuse_partial(context, reach);
        if (status != BKT_OK)
            return status;
        if (bkti_marginals_known(&marginals, 0) &&
            bkti_partial_apply(&marginals, reach->last, &partial, &first)) {
            /* Errors of later steps hang together with the first one's as a walk's places do. */
            paths.share = 0.0;
            paths.first = &first;
        } else {
            points[0] = fmax(points[0], partial.value);
        }
    }
    reach->basis = BKTI_BASIS_PATHS;
    bkt_status status = bkti_paths_reach(context, workspace, &paths, &marginals, reach->last,
                                         targets, target_count, out_reached, out_above);
    if (paths.first != NULL)
        move_points(reach, &marginals, &paths, points);
    return status;
}

/* Nothing is known but what is reached already. */
static void reach_unknown(const bkti_reach *reach, const double *targets, uint32_t target_count,
                          double *out_reached, double *out_above) {
    size_t cells = (size_t)target_count * reach->options.horizon;
    for (size_t i = 0; i < cells; i++)
        out_reached[i] = targets[i / reach->options.horizon] <= reach->last ? 1.0 : NAN;
    if (out_above != NULL)
        bkti_numbers_clear(out_above, cells);
}

static bkt_status reach_with(bkt_context *context, bkti_workspace *workspace, bkti_reach *reach,
                             const double *values, int64_t count, const double *targets,
                             uint32_t target_count, double *out_points, double *out_reached,
                             double *out_above) {
    uint32_t flags = reach->options.flags;
    bkti_sample sample;
    bkt_status status = bkti_sample_take(context, values, count, &sample);
    double *widths = bkti_workspace_take(workspace, reach->options.horizon);
    if (status == BKT_OK && widths == NULL)
        return bkti_no_memory(context);
    if (status == BKT_OK)
        status = bkti_series_widths(context, workspace, values, count, &reach->settings, out_points,
                                    widths, &reach->fit);
    if (status != BKT_OK)
        return status;
    bool may_be_negative = (flags & BKT_PROJECTION_NO_FLOOR) != 0;
    reach->last = sample.values[sample.periods - 1];
    /* What may turn negative has no walk in logarithms, even if it never did. */
    bkt_walk_init(&reach->walk, sizeof reach->walk);
    status = bkt_walk_estimate(context, values, count, may_be_negative ? BKT_WALK_LEVELS : 0,
                               &reach->walk);
    if (status != BKT_OK)
        return status;
    if ((reach->fit.flags & BKT_FIT_CALIBRATED) != 0 && (flags & BKT_TARGET_WALK) == 0)
        return reach_by_paths(context, workspace, reach, targets, target_count, out_points, widths,
                              !may_be_negative && sample.least >= 0.0, out_reached, out_above);
    bool is_partial = bkti_reach_is_partial(&reach->options);
    if (is_partial && (flags & BKT_TARGET_WALK) != 0)
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "a random walk doesn't know a part of the first period: ask for one of "
                         "the two");
    if (is_partial)
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "a part of the first period can be used with calibrated paths only, which "
                         "need %d values; the walk doesn't know it",
                         BKTI_CALIBRATION_COUNT);
    reach->fit.flags &= ~(uint32_t)(BKT_FIT_CALIBRATED | BKT_FIT_EXTRAPOLATED);
    if (!isnan(reach->walk.sigma) && !isnan(reach->walk.drift))
        return reach_by_walk(context, reach, targets, target_count, out_reached, out_above);
    reach->basis = BKTI_BASIS_NONE;
    reach_unknown(reach, targets, target_count, out_reached, out_above);
    return BKT_OK;
}

bkt_status bkti_series_reach(bkt_context *context, bkti_reach *reach, const double *values,
                             int64_t count, const double *targets, uint32_t target_count,
                             double *out_points, double *out_reached, double *out_above) {
    size_t cells = (size_t)target_count * reach->options.horizon;
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    bkti_fit_clear(&reach->fit);
    bkt_status status = reach_with(context, &workspace, reach, values, count, targets, target_count,
                                   out_points, out_reached, out_above);
    bkti_workspace_free(&workspace);
    if (status != BKT_OK) {
        bkti_numbers_clear(out_points, reach->options.horizon);
        bkti_numbers_clear(out_reached, cells);
        if (out_above != NULL)
            bkti_numbers_clear(out_above, cells);
    }
    return status;
}

bkt_status bkt_series_reach(bkt_context *context, const double *values, int64_t count,
                            const double *targets, uint32_t target_count,
                            const bkt_reach_options *options, double *out_points,
                            double *out_reached, double *out_above, bkt_fit *out_fit) {
    bkti_reach reach;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if ((values == NULL && count > 0) || count < 0 || out_points == NULL || out_reached == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values, out_points and out_reached must not be NULL, nor count negative");
    bkt_status status = bkti_reach_take_options(context, options, &reach);
    if (status == BKT_OK)
        status = bkti_targets_check(context, "target", targets, target_count, true);
    if (status != BKT_OK)
        return status;
    status = bkti_series_reach(context, &reach, values, count, targets, target_count, out_points,
                               out_reached, out_above);
    bkt_status given = bkti_fit_give(context, &reach.fit, out_fit);
    return status != BKT_OK ? status : given;
}
