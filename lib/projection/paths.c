/* SPDX-License-Identifier: MIT */
/* Paths through the calibrated distributions of each step, joined by a Gaussian copula: Nelsen
 * 2006, "An Introduction to Copulas", section 2.3 (Sklar); with the correlations of a random walk's
 * places, which are those that errors of projections were found to have. */
#include "bkti_paths.h"

#include <math.h>

#define PROGRESS_STEP 4096

void bkti_marginals_begin(bkti_marginals *marginals, const bkti_calibration *calibration,
                          const double *points, const double *widths, uint32_t horizon,
                          bool has_floor) {
    marginals->calibration = calibration;
    marginals->points = points;
    marginals->widths = widths;
    marginals->horizon = horizon;
    marginals->has_floor = has_floor;
    for (uint32_t i = 0; i < BKTI_CALIBRATION_LEVELS; i++)
        marginals->knots[i] = bkti_normal_quantile(bkti_calibration_probabilities[i]);
}

bool bkti_marginals_known(const bkti_marginals *marginals, uint32_t step) {
    return isfinite(marginals->points[step]) && isfinite(marginals->widths[step]);
}

static const double *quantiles_of(const bkti_marginals *marginals, uint32_t step) {
    const bkti_calibration *calibration = marginals->calibration;
    return calibration->quantiles[step < calibration->steps ? step : calibration->steps - 1];
}

double bkti_marginals_value(const bkti_marginals *marginals, uint32_t step, double normal) {
    const double *quantiles = quantiles_of(marginals, step);
    const double *knots = marginals->knots;
    uint32_t above = 1;
    while (above < BKTI_CALIBRATION_LEVELS - 1 && normal > knots[above])
        above++;
    double share = (normal - knots[above - 1]) / (knots[above] - knots[above - 1]);
    double quantile = quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1]);
    double value = marginals->points[step] + marginals->widths[step] * quantile;
    return marginals->has_floor && value < 0.0 ? 0.0 : value;
}

double bkti_marginals_place(const bkti_marginals *marginals, uint32_t step, double value) {
    if (marginals->has_floor && value <= 0.0)
        return -HUGE_VAL;
    /* Halves: a difference of two large numbers may be too large for a double. */
    double point = 0.5 * marginals->points[step];
    double width = 0.5 * marginals->widths[step];
    double distance = 0.5 * value - point;
    double hair = 1e-12 * fmax(fabs(0.5 * value), fabs(point));
    distance = distance > 0.0 ? fmax(distance - hair, 0.0) : distance - hair;
    if (!(width > 0.0))
        return distance <= 0.0 ? -HUGE_VAL : HUGE_VAL;
    const double *quantiles = quantiles_of(marginals, step);
    double wanted = distance / width;
    uint32_t above = 1;
    while (above < BKTI_CALIBRATION_LEVELS - 1 && wanted > quantiles[above])
        above++;
    double rise = quantiles[above] - quantiles[above - 1];
    if (!(rise > 0.0))
        return wanted <= quantiles[above] ? -HUGE_VAL : HUGE_VAL;
    double low = marginals->knots[above - 1];
    double share = (wanted - quantiles[above - 1]) / rise;
    return low + share * (marginals->knots[above] - low);
}

double bkti_first_quantile(const bkti_first *first, double p) {
    uint32_t low = 0;
    uint32_t high = BKTI_FIRST_POINTS - 1;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (first->below[middle] < p)
            low = middle;
        else
            high = middle;
    }
    double rise = first->below[high] - first->below[low];
    double share = rise > 0.0 ? (p - first->below[low]) / rise : 1.0;
    return first->normals[low] + share * (first->normals[high] - first->normals[low]);
}

bkt_status bkti_paths_check(bkt_context *context, uint32_t count) {
    if (count == 0 || count > BKTI_PATHS_LIMIT)
        return bkti_fail(context, count == 0 ? BKT_ERR_ARGUMENT : BKT_ERR_LIMIT, NULL,
                         "%lu simulated paths are asked for; give 1 to 10,000,000",
                         (unsigned long)count);
    return BKT_OK;
}

double bkti_paths_correlation(const bkti_paths *paths, uint32_t step) {
    return paths->share + (1.0 - paths->share) * sqrt(1.0 / (double)step);
}

void bkti_paths_start(const bkti_paths *paths, uint64_t number, bkti_random *out_random) {
    bkti_random_start(out_random, paths->seed, number);
}

/* The first step's number is the sum of a part that stays and the first step of a walk; given the
 * sum, one more number says how much of it is which. */
void bkti_paths_draw(const bkti_paths *paths, bkti_random *random, double *out_normals) {
    double uniform = bkti_random_uniform(random);
    double first = paths->first != NULL ? bkti_first_quantile(paths->first, uniform)
                                        : bkti_normal_quantile(uniform);
    double stays = sqrt(paths->share);
    double walks = sqrt(1.0 - paths->share);
    double turn = bkti_random_normal(random);
    double common = stays * first - walks * turn;
    double place = walks * first + stays * turn;
    out_normals[0] = first;
    for (uint32_t k = 1; k < paths->horizon; k++) {
        place += bkti_random_normal(random);
        out_normals[k] = stays * common + walks * place / sqrt((double)k + 1.0);
    }
}

/* One path against all targets; `places` as out_reached. */
static void count_path(const double *normals, const double *places, uint32_t horizon,
                       uint32_t target_count, double *reached, double *above) {
    for (uint32_t i = 0; i < target_count; i++) {
        const double *goal = places + (size_t)i * horizon;
        bool was_reached = false;
        for (uint32_t k = 0; k < horizon; k++) {
            if (normals[k] < goal[k])
                continue;
            size_t cell = (size_t)i * horizon + k;
            reached[cell] += was_reached ? 0.0 : 1.0;
            was_reached = true;
            if (above != NULL)
                above[cell] += 1.0;
            else
                break;
        }
    }
}

/* Counts into probabilities, of what is known. */
static void finish(const bkti_marginals *marginals, uint32_t paths, bool is_there, double *reached,
                   double *above) {
    double sum = 0.0;
    bool known = true;
    for (uint32_t k = 0; k < marginals->horizon; k++) {
        known = known && bkti_marginals_known(marginals, k);
        sum += reached[k];
        reached[k] = is_there ? 1.0 : known ? sum / (double)paths : NAN;
        if (above != NULL)
            above[k] = known ? above[k] / (double)paths : NAN;
    }
}

bkt_status bkti_paths_reach(bkt_context *context, bkti_workspace *workspace,
                            const bkti_paths *paths, const bkti_marginals *marginals, double last,
                            const double *targets, uint32_t target_count, double *out_reached,
                            double *out_above) {
    uint32_t horizon = marginals->horizon;
    size_t cells = (size_t)target_count * horizon;
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    double *places = bkti_workspace_take(workspace, cells);
    double *normals = bkti_workspace_take(workspace, horizon);
    bkt_status status = places == NULL || normals == NULL ? bkti_no_memory(context) : BKT_OK;
    for (size_t i = 0; i < cells && status == BKT_OK; i++) {
        uint32_t step = (uint32_t)(i % horizon);
        places[i] = bkti_marginals_known(marginals, step)
                        ? bkti_marginals_place(marginals, step, targets[i / horizon])
                        : HUGE_VAL;
        out_reached[i] = 0.0;
        if (out_above != NULL)
            out_above[i] = 0.0;
    }
    for (uint32_t path = 0; path < paths->count && status == BKT_OK; path++) {
        bkti_random random;
        bkti_paths_start(paths, path, &random);
        bkti_paths_draw(paths, &random, normals);
        count_path(normals, places, horizon, target_count, out_reached, out_above);
        if (path % PROGRESS_STEP == PROGRESS_STEP - 1)
            status = bkti_progress(context, 0, 0, (uint64_t)path + 1);
    }
    for (uint32_t i = 0; i < target_count && status == BKT_OK; i++) {
        size_t first = (size_t)i * horizon;
        finish(marginals, paths->count, targets[i] <= last, out_reached + first,
               out_above != NULL ? out_above + first : NULL);
    }
    bkti_workspace_rewind(workspace, mark);
    return status;
}
