/* SPDX-License-Identifier: MIT */
/* How much threads help: the series of the M3 competition in four panels, one a frequency.
 *   bench-panel FOLDER [THREADS] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bktrade/projection.h>

#include "competition.h"

#define M3 1 /* of competition_sets */

static const uint32_t horizons[COMPETITION_PERIODS] = {6, 8, 18, 8};

typedef struct panel {
    double *values;
    int64_t *offsets;
    int64_t count;
    int64_t series_capacity;
    int64_t value_capacity;
} panel;

static panel panels[COMPETITION_PERIODS];

static void *grown(void *block, size_t size) {
    void *moved = realloc(block, size);
    if (moved == NULL) {
        fprintf(stderr, "bench-panel: no memory\n");
        exit(1);
    }
    return moved;
}

static int take(const competition_series *series, void *user) {
    panel *p = &panels[series->period];
    int64_t used = p->count == 0 ? 0 : p->offsets[p->count];
    (void)user;
    if (p->count + 2 > p->series_capacity) {
        p->series_capacity = 2 * p->series_capacity + 64;
        p->offsets = grown(p->offsets, (size_t)p->series_capacity * sizeof *p->offsets);
        p->offsets[0] = 0;
    }
    if (used + series->training_count > p->value_capacity) {
        p->value_capacity = 2 * p->value_capacity + COMPETITION_VALUES;
        p->values = grown(p->values, (size_t)p->value_capacity * sizeof *p->values);
    }
    memcpy(p->values + used, series->training, (size_t)series->training_count * sizeof *p->values);
    p->offsets[++p->count] = used + series->training_count;
    return 1;
}

/* FNV-1a: the same bits, the same number. */
static uint64_t hash(uint64_t before, const void *data, size_t size) {
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        before = (before ^ bytes[i]) * UINT64_C(0x100000001b3);
    return before;
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int project(bkt_context *context, size_t period, uint32_t threads, uint64_t *bits) {
    const panel *p = &panels[period];
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = horizons[period];
    options.season_length = competition_seasons[period];
    options.threads = threads;
    size_t points = (size_t)p->count * options.horizon;
    double *out = grown(NULL, 5 * points * sizeof *out);
    bkt_status *statuses = grown(NULL, ((size_t)p->count + 1) * sizeof *statuses);
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    double caller = seconds(CLOCK_THREAD_CPUTIME_ID);
    double wall = seconds(CLOCK_MONOTONIC);
    bkt_status status = bkt_panel_project(context, p->values, p->offsets, p->count, &options, out,
                                          out + points, out + 3 * points, NULL, 0, statuses);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    caller = seconds(CLOCK_THREAD_CPUTIME_ID) - caller;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    if (status == BKT_OK) {
        *bits = hash(*bits, out, 5 * points * sizeof *out);
        printf("%-10s %5ld series %8.3f s CPU, %8.3f of it the caller's, %8.3f s wall\n",
               competition_periods[period], (long)p->count, cpu, caller, wall);
    }
    free(statuses);
    free(out);
    return status == BKT_OK;
}

int main(int count, char **words) {
    uint32_t threads = count > 2 ? (uint32_t)strtoul(words[2], NULL, 10) : 1;
    bkt_context *context;
    uint64_t bits = UINT64_C(0xcbf29ce484222325);
    if (count < 2 || count > 3) {
        fprintf(stderr, "usage: bench-panel FOLDER [THREADS]\n");
        return 2;
    }
    if (bkt_context_new(NULL, &context) != BKT_OK)
        return 1;
    competition_read(words[1], M3, take, NULL);
    printf("%lu threads\n", (unsigned long)threads);
    int done = 1;
    for (size_t period = 0; period < COMPETITION_PERIODS && done; period++)
        if (panels[period].count > 0)
            done = project(context, period, threads, &bits);
    if (!done)
        fprintf(stderr, "bench-panel: %s\n", bkt_context_error_text(context));
    printf("bits %016llx\n", (unsigned long long)bits);
    bkt_context_free(context);
    for (size_t period = 0; period < COMPETITION_PERIODS; period++) {
        free(panels[period].offsets);
        free(panels[period].values);
    }
    return done ? 0 : 1;
}
