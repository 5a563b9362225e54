/* SPDX-License-Identifier: MIT */
/* Weights of a combination from how its members did: short rolling-origin back-tests of each. */
#include "bkti_projection.h"

#include <math.h>

/* The latest origins alone: what a member said long ago weighs nothing, and each costs a fit. */
#define ORIGIN_LIMIT 12
/* Values up to the first origin. */
#define LEAST_TRAINING 4
/* No member counts as better than this share of the mean error. */
#define LEAST_SHARE 0.1

/* What the members said from one origin. */
typedef struct trial {
    bkt_context *context;
    bkti_workspace *workspace;
    const bkti_sample *sample;
    bkti_settings settings; /* of one member */
    double *points;         /* a row a member */
    double errors[BKT_MEMBER_LIMIT];
    double compared;
} trial;

/* Six steps, or a season and a half, if so many are asked for. */
static uint32_t steps_of(const bkti_settings *settings) {
    uint32_t steps = settings->season_length + settings->season_length / 2;
    steps = steps > 6 ? steps : 6;
    return settings->horizon < steps ? settings->horizon : steps;
}

static bkt_status project_members(trial *t, const bkti_settings *settings, int64_t origin) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < settings->member_count && status == BKT_OK; i++) {
        bkt_fit fit;
        t->settings.method = settings->members[i];
        status = bkti_series_project_with(t->context, t->workspace, t->sample->values, origin + 1,
                                          &t->settings, t->points + (size_t)i * t->settings.horizon,
                                          NULL, NULL, &fit);
    }
    return status;
}

/* A step counts for all members or for none. */
static void compare(trial *t, uint32_t member_count, int64_t origin) {
    double factor = t->sample->factor;
    uint32_t horizon = t->settings.horizon;
    for (uint32_t h = 0; h < horizon && origin + 1 + h < t->sample->periods; h++) {
        double actual = t->sample->values[origin + 1 + h];
        double sum = isnan(actual) ? NAN : 0.0;
        for (uint32_t i = 0; i < member_count; i++)
            sum += t->points[(size_t)i * horizon + h] * factor;
        if (!isfinite(sum))
            continue;
        for (uint32_t i = 0; i < member_count; i++)
            t->errors[i] += fabs(t->points[(size_t)i * horizon + h] * factor - actual * factor);
        t->compared += 1.0;
    }
}

static bkt_status roll(trial *t, const bkti_settings *settings, int64_t *out_origins) {
    const bkti_sample *sample = t->sample;
    int64_t values = sample->count;
    *out_origins = 0;
    for (int64_t origin = sample->periods - 1; origin >= 0 && *out_origins < ORIGIN_LIMIT;
         origin--) {
        if (isnan(sample->values[origin]))
            continue;
        int64_t training = values--;
        if (training == sample->count) /* nothing comes after it */
            continue;
        if (training < LEAST_TRAINING)
            break;
        bkt_status status = project_members(t, settings, origin);
        if (status != BKT_OK)
            return status;
        compare(t, settings->member_count, origin);
        ++*out_origins;
    }
    return BKT_OK;
}

/* weights = share * rolled + (1 - share) * weights, rolled in proportion to 1 / error^2. */
static void mix(const trial *t, int64_t origins, uint32_t count, double *weights) {
    double mean = 0.0, sum = 0.0;
    double rolled[BKT_MEMBER_LIMIT];
    double share = (double)origins / (double)(origins + (int64_t)count);
    for (uint32_t i = 0; i < count; i++)
        mean += t->errors[i] / (double)count;
    if (!(mean > 0.0) || !isfinite(mean))
        return;
    for (uint32_t i = 0; i < count; i++) {
        double error = t->errors[i] / mean > LEAST_SHARE ? t->errors[i] / mean : LEAST_SHARE;
        rolled[i] = 1.0 / (error * error);
        sum += rolled[i];
    }
    for (uint32_t i = 0; i < count; i++)
        weights[i] = share * rolled[i] / sum + (1.0 - share) * weights[i];
}

bkt_status bkti_weights_find(bkt_context *context, bkti_workspace *workspace,
                             const bkti_sample *sample, bkti_settings *settings) {
    trial t = {.context = context, .workspace = workspace, .sample = sample, .settings = *settings};
    if (settings->member_count < 2)
        return BKT_OK;
    t.settings.horizon = steps_of(settings);
    t.settings.level_count = 0;
    t.settings.flags &= ~(uint32_t)(BKT_PROJECTION_WEIGHTED | BKT_PROJECTION_NO_FALLBACK);
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    t.points = bkti_workspace_take(workspace, (size_t)t.settings.horizon * settings->member_count);
    int64_t origins = 0;
    bkt_status status = t.points == NULL ? bkti_no_memory(context) : roll(&t, settings, &origins);
    bkti_workspace_rewind(workspace, mark);
    if (status == BKT_OK && t.compared > 0.0)
        mix(&t, origins, settings->member_count, settings->weights);
    return status;
}
