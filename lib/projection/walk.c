/* SPDX-License-Identifier: MIT */
/* When a random walk with drift reaches a target. */
#include "bkti_projection.h"
#include "bkti_elementary.h"
#include "bkti_probability.h"

#include <math.h>
#include <string.h>

static const bkt_walk no_walk = {
    .struct_size = sizeof(bkt_walk), .start = NAN, .drift = NAN, .sigma = NAN};

static const bkt_walk_options defaults = {
    .struct_size = sizeof(bkt_walk_options), .seed = 1, .horizon = 20, .paths = 20000};

bkt_status bkt_walk_init(bkt_walk *walk, uint32_t struct_size) {
    return bkti_options_init(walk, struct_size, &no_walk, sizeof no_walk, sizeof no_walk);
}

bkt_status bkt_walk_options_init(bkt_walk_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

bkt_status bkt_walk_estimate(bkt_context *context, const double *values, int64_t count,
                             uint32_t flags, bkt_walk *out_walk) {
    if ((values == NULL && count > 0) || count < 0 || out_walk == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values and out_walk must not be NULL, nor count negative");
    if (out_walk->struct_size < sizeof no_walk || out_walk->struct_size > 4096)
        return bkti_fail(context, BKT_ERR_ABI, NULL,
                         "the walk's struct_size is %lu; prepare it with bkt_walk_init()",
                         (unsigned long)out_walk->struct_size);
    bkti_sample sample;
    bkt_status status = bkti_sample_take(context, values, count, &sample);
    if (status != BKT_OK)
        return status;
    if (sample.count == 0)
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "the series has no value, so there is no walk to estimate");
    sample.logs = (flags & BKT_WALK_LEVELS) == 0 && sample.least > 0.0;
    double factor = sample.logs ? 1.0 : sample.factor;
    bkt_walk walk = no_walk;
    walk.struct_size = out_walk->struct_size;
    walk.flags = sample.logs ? 0 : BKT_WALK_LEVELS;
    walk.start = sample.values[sample.periods - 1];
    if (sample.count >= 2) {
        double drift = bkti_changes_drift(&sample);
        walk.drift = drift / factor;
        walk.span = (double)(sample.periods - 1);
        if (sample.count >= 3) {
            walk.freedom = (double)(sample.count - 2);
            walk.sigma = sqrt(bkti_changes_squares(&sample, drift) / walk.freedom) / factor;
        }
    }
    walk.drift = isfinite(walk.drift) ? walk.drift : NAN;
    walk.sigma = isfinite(walk.sigma) ? walk.sigma : NAN;
    memcpy(out_walk, &walk, sizeof walk);
    return BKT_OK;
}

/* How far the target is, in the walk's measure. */
static double distance(const bkt_walk *walk, double target) {
    if ((walk->flags & BKT_WALK_LEVELS) != 0)
        return target - walk->start;
    double ratio = target / walk->start;
    return isnormal(ratio) ? bkti_log(ratio) : bkti_log(target) - bkti_log(walk->start);
}

int32_t bkt_walk_probability(const bkt_walk *walk, double target, double periods,
                             int32_t once_per_period, double *out_probability) {
    double unused;
    out_probability = out_probability != NULL ? out_probability : &unused;
    *out_probability = NAN;
    if (walk == NULL)
        return BKT_MISSING_INPUT;
    double drift = walk->drift;
    double sigma = walk->sigma;
    if (!isfinite(walk->start) || !isfinite(drift) || !isfinite(sigma) || !isfinite(target) ||
        !isfinite(periods))
        return BKT_MISSING_INPUT;
    if (sigma < 0.0 || periods < 0.0)
        return BKT_MISSING_DOMAIN;
    if ((walk->flags & BKT_WALK_LEVELS) == 0 && (walk->start <= 0.0 || target <= 0.0))
        return BKT_MISSING_DOMAIN;
    if (target <= walk->start) {
        *out_probability = 1.0;
        return BKT_MISSING_NOT;
    }
    double b = distance(walk, target);
    if (once_per_period != 0)
        b += 0.5826 * sigma;
    if (periods == 0.0 || sigma == 0.0) {
        *out_probability = drift * periods >= b ? 1.0 : 0.0;
        return BKT_MISSING_NOT;
    }
    double spread = sigma * sqrt(periods);
    double near = (drift * periods - b) / spread;
    double far = (drift * periods + b) / spread;
    /* exp(2 mu b / sigma^2) Phi(-far) = phi(near) Mills(far): no huge factor times a tiny one. */
    double mirrored = far >= 0.0
                          ? bkti_normal_density(near) * bkti_normal_mills(far)
                          : bkti_exp(2.0 * drift * b / (sigma * sigma)) * bkti_normal_below(-far);
    *out_probability = fmin(bkti_normal_below(near) + mirrored, 1.0);
    return BKT_MISSING_NOT;
}

typedef struct simulation {
    const bkt_walk *walk;
    const double *distances; /* of the targets */
    uint32_t target_count;
    uint32_t horizon;
    uint64_t seed;
    double *reached; /* first passages, counted per target and period */
    double *above;   /* may be NULL */
} simulation;

static void simulate_path(const simulation *s, uint64_t number) {
    bkti_random random;
    bkti_random_start(&random, s->seed, number);
    double sigma = s->walk->sigma;
    double drift = s->walk->drift;
    if (s->walk->freedom > 0.0)
        sigma *= sqrt(s->walk->freedom / bkti_random_chi_square(&random, s->walk->freedom));
    if (s->walk->span > 0.0)
        drift += sigma / sqrt(s->walk->span) * bkti_random_normal(&random);
    double place = 0.0;
    double highest = 0.0;
    for (uint32_t k = 0; k < s->horizon; k++) {
        place += drift + sigma * bkti_random_normal(&random);
        for (uint32_t i = 0; i < s->target_count; i++) {
            double distance_left = s->distances[i];
            size_t cell = (size_t)i * s->horizon + k;
            if (place >= distance_left && highest < distance_left)
                s->reached[cell] += 1.0;
            if (place >= distance_left && s->above != NULL)
                s->above[cell] += 1.0;
        }
        if (place > highest)
            highest = place;
    }
}

/* Counts of first passages into probabilities. */
static void finish(const simulation *s, uint32_t paths) {
    for (uint32_t i = 0; i < s->target_count; i++) {
        double sum = 0.0;
        for (uint32_t k = 0; k < s->horizon; k++) {
            size_t cell = (size_t)i * s->horizon + k;
            sum += s->reached[cell];
            s->reached[cell] = s->distances[i] <= 0.0 ? 1.0 : sum / (double)paths;
            if (s->above != NULL)
                s->above[cell] /= (double)paths;
        }
    }
}

static bkt_status check_walk(bkt_context *context, const bkt_walk *walk, const double *targets,
                             uint32_t target_count, const bkt_walk_options *options) {
    bkt_status status = bkti_horizon_check(context, options->horizon);
    if (status != BKT_OK)
        return status;
    if (options->paths == 0 || options->paths > 10000000)
        return bkti_fail(context, options->paths == 0 ? BKT_ERR_ARGUMENT : BKT_ERR_LIMIT, NULL,
                         "%lu simulated paths are asked for; give 1 to 10,000,000",
                         (unsigned long)options->paths);
    if (isnan(walk->drift) || isnan(walk->sigma))
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "the walk has no drift or no sigma: three values or more are needed to "
                         "estimate them");
    bool levels = (walk->flags & BKT_WALK_LEVELS) != 0;
    if (!isfinite(walk->drift) || !isfinite(walk->sigma) || walk->sigma < 0.0 ||
        !isfinite(walk->start) || (!levels && walk->start <= 0.0) || !(walk->span >= 0.0) ||
        !(walk->freedom == 0.0 || walk->freedom >= 1.0))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the walk's figures must be finite, sigma and span not negative, freedom "
                         "0 or from 1, and the start of a walk of logarithms positive");
    for (uint32_t i = 0; i < target_count; i++)
        if (!isfinite(targets[i]))
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "target %lu is no finite number",
                             (unsigned long)i + 1);
    return BKT_OK;
}

/* What counts as there: a hair less than the target, so that a walk without spread that arrives
 * exactly is not held back by rounding. */
static double reach_for(const bkt_walk *walk, double target) {
    bool levels = (walk->flags & BKT_WALK_LEVELS) != 0;
    if (!levels && target <= 0.0)
        return -HUGE_VAL;
    double b = distance(walk, target);
    double size = levels ? fabs(target) + fabs(walk->start) : 1.0;
    double hair = 1e-12 * fmax(size, fabs(b));
    return b > hair ? b - hair : b;
}

bkt_status bkt_walk_simulate(bkt_context *context, const bkt_walk *walk, const double *targets,
                             uint32_t target_count, const bkt_walk_options *options,
                             double *out_reached, double *out_above) {
    bkt_walk_options own = defaults;
    bkt_walk own_walk = no_walk;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (walk == NULL || targets == NULL || target_count == 0 || out_reached == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "walk, targets and out_reached must not be NULL, and one target or more "
                         "be given");
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    if (status == BKT_OK)
        status = bkti_options_take(context, walk, &own_walk, sizeof own_walk, sizeof own_walk);
    if (status == BKT_OK)
        status = bkti_flags_check(context, "bkt_walk_options", own.flags, 0);
    if (status == BKT_OK)
        status = bkti_flags_check(context, "bkt_walk", own_walk.flags, BKT_WALK_LEVELS);
    if (status == BKT_OK)
        status = check_walk(context, &own_walk, targets, target_count, &own);
    if (status != BKT_OK)
        return status;
    bkti_memory *memory = bkti_context_memory(context);
    double *distances = bkti_allocate_array(memory, target_count, sizeof *distances);
    if (distances == NULL)
        return bkti_no_memory(context);
    simulation s = {&own_walk, distances,   target_count, own.horizon,
                    own.seed,  out_reached, out_above};
    for (uint32_t i = 0; i < target_count; i++)
        distances[i] = reach_for(&own_walk, targets[i]);
    size_t cells = (size_t)target_count * own.horizon;
    for (size_t i = 0; i < cells; i++) {
        out_reached[i] = 0.0;
        if (out_above != NULL)
            out_above[i] = 0.0;
    }
    for (uint32_t path = 0; path < own.paths && status == BKT_OK; path++) {
        simulate_path(&s, path);
        if (path % 4096 == 4095)
            status = bkti_progress(context, 0, 0, path + 1);
    }
    finish(&s, own.paths);
    bkti_release(memory, distances);
    return status;
}
