/* SPDX-License-Identifier: MIT */
/* Many series in one call. Threads take one series after the other; what a series gets depends on
 * nothing but itself. Diagnostics are told afterwards by the caller's thread, in the series' order.
 */
#include "bkti_panel.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "bkti_worker.h"

/* What the threads share. */
typedef struct crew {
    const bkti_panel *panel;
    atomic_int_fast64_t next; /* series, from 0, that nobody has taken yet */
    atomic_int_fast64_t done;
    atomic_int_fast32_t status; /* what ends the work of all; BKT_OK: go on */
} crew;

/* One thread's own. */
typedef struct hand {
    crew *crew;
    bkti_worker *worker;
    bkti_workspace workspace;
} hand;

static size_t bounds_of(const bkti_panel *panel) {
    return (size_t)panel->settings->horizon * panel->settings->level_count;
}

static double *part_of(double *numbers, size_t index, size_t size) {
    return numbers == NULL ? NULL : numbers + index * size;
}

static void give_fit(const bkti_panel *panel, int64_t series, const bkt_fit *fit) {
    if (panel->fits == NULL)
        return;
    /* The caller's array is one of structs as the caller knows them. */
    void *place = (char *)panel->fits + (size_t)series * panel->fit_size;
    bkt_fit_init(place, panel->fit_size);
    bkti_fit_give(NULL, fit, place);
}

static bkt_status project_one(bkt_context *context, bkti_workspace *workspace,
                              const bkti_panel *panel, int64_t series) {
    bkti_settings settings = *panel->settings;
    if (panel->season_lengths != NULL)
        settings.season_length = panel->season_lengths[series];
    size_t index = (size_t)series;
    int64_t from = panel->offsets[series];
    const double *values = panel->values == NULL ? NULL : panel->values + from;
    bkt_fit fit;
    bkt_status status =
        bkti_series_project_with(context, workspace, values, panel->offsets[series + 1] - from,
                                 &settings, part_of(panel->points, index, settings.horizon),
                                 part_of(panel->lower, index, bounds_of(panel)),
                                 part_of(panel->upper, index, bounds_of(panel)), &fit);
    give_fit(panel, series, &fit);
    return status;
}

/* Until all series are taken. The context, for progress, is NULL in all threads but the caller's.
 */
static void work(hand *h, bkt_context *context) {
    crew *c = h->crew;
    while (atomic_load(&c->status) == BKT_OK) {
        int64_t series = atomic_fetch_add(&c->next, 1);
        if (series >= c->panel->series_count)
            return;
        bkt_status status = project_one(NULL, &h->workspace, c->panel, series);
        c->panel->statuses[series] = status;
        int64_t done = atomic_fetch_add(&c->done, 1) + 1;
        status = status == BKT_ERR_MEMORY ? status : bkti_progress(context, 0, 0, (uint64_t)done);
        if (status != BKT_OK)
            atomic_store(&c->status, status);
    }
}

static void help(void *user) {
    work(user, NULL);
}

static void clear_panel(const bkti_panel *panel, bkt_status status) {
    bkt_fit fit;
    bkti_fit_clear(&fit);
    size_t count = (size_t)panel->series_count;
    bkti_numbers_clear(panel->points, count * panel->settings->horizon);
    bkti_numbers_clear(panel->lower, panel->lower == NULL ? 0 : count * bounds_of(panel));
    bkti_numbers_clear(panel->upper, panel->upper == NULL ? 0 : count * bounds_of(panel));
    for (int64_t i = 0; i < panel->series_count; i++) {
        panel->statuses[i] = status;
        give_fit(panel, i, &fit);
    }
}

static uint32_t choose_hand_count(const bkti_panel *panel) {
    uint32_t count = panel->settings->threads;
    count = count < BKTI_PANEL_THREADS ? count : BKTI_PANEL_THREADS;
    count = count > panel->series_count ? (uint32_t)panel->series_count : count;
    return count > 1 ? count : 1;
}

bkt_status bkti_panel_project(bkt_context *context, const bkti_panel *panel) {
    bkti_memory *memory = bkti_context_memory(context);
    uint32_t hand_count = choose_hand_count(panel);
    crew c = {.panel = panel};
    hand hands[BKTI_PANEL_THREADS] = {{0}};
    for (uint32_t i = 0; i < hand_count; i++) {
        hands[i].crew = &c;
        hands[i].workspace.memory = memory;
        /* Where none can be had, the others do the work. */
        hands[i].worker = i == 0 ? NULL : bkti_worker_new(memory);
        if (hands[i].worker != NULL)
            bkti_worker_start(hands[i].worker, help, &hands[i]);
    }
    work(&hands[0], context);
    for (uint32_t i = 0; i < hand_count; i++) {
        bkti_worker_free(hands[i].worker);
        bkti_workspace_free(&hands[i].workspace);
    }
    bkt_status status = (bkt_status)atomic_load(&c.status);
    if (status == BKT_ERR_MEMORY)
        status = bkti_no_memory(context);
    if (status != BKT_OK)
        clear_panel(panel, status);
    return status;
}

bkt_status bkti_panel_explain(bkt_context *listener, const bkti_panel *panel, int64_t series) {
    bkti_workspace workspace = {.memory = bkti_context_memory(listener)};
    bkt_context_diagnostics_clear(listener);
    bkt_status status = project_one(listener, &workspace, panel, series);
    bkti_workspace_free(&workspace);
    return status;
}

/* Each series that failed is a warning of its own, as long as the context keeps any. */
static void tell_one(bkt_context *context, const bkti_panel *panel, int64_t series,
                     const char *text) {
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, series + 1);
    bkti_place place = {.series = number};
    if (bkt_context_diagnostic_count(context) < bkti_context_options(context)->diagnostic_limit)
        place.sort = (const char *)(panel->statuses + series);
    bkti_tell(context, BKT_SEVERITY_WARNING, panel->statuses[series], &place, "series %s: %s",
              number, text);
}

static bkt_status tell_failed(bkt_context *context, const bkti_panel *panel) {
    bkt_context *listener = NULL;
    bkt_status status = BKT_OK;
    for (int64_t i = 0; i < panel->series_count && status == BKT_OK; i++) {
        if (panel->statuses[i] == BKT_OK)
            continue;
        if (listener == NULL)
            listener = bkti_context_new_beside(context);
        if (listener == NULL || bkti_panel_explain(listener, panel, i) != panel->statuses[i])
            status = BKT_ERR_MEMORY;
        else
            tell_one(context, panel, i, bkt_diagnostic_text(bkt_context_error(listener)));
    }
    bkt_context_free(listener);
    if (status == BKT_OK)
        return BKT_OK;
    status = bkti_no_memory(context);
    clear_panel(panel, status);
    return status;
}

static bkt_status check(bkt_context *context, const bkti_panel *panel) {
    if (panel->series_count < 0 || panel->offsets == NULL || panel->statuses == NULL ||
        panel->points == NULL || (panel->lower == NULL) != (panel->upper == NULL))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "offsets, out_points and out_statuses must not be NULL, series_count not "
                         "negative, and out_lower and out_upper both given or both NULL");
    /* Later fits may be longer, but lie no closer to each other than their numbers can. */
    if (panel->fits != NULL && (panel->fit_size < sizeof(bkt_fit) || panel->fit_size > 4096 ||
                                panel->fit_size % _Alignof(bkt_fit) != 0))
        return bkti_fail(context, BKT_ERR_ABI, NULL,
                         "fit_size is %lu; give sizeof(bkt_fit), as out_fits is an array of it",
                         (unsigned long)panel->fit_size);
    if (panel->offsets[0] < 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "series 1 begins at %" PRId64 "; offsets count from 0", panel->offsets[0]);
    for (int64_t i = 0; i < panel->series_count; i++)
        if (panel->offsets[i + 1] < panel->offsets[i])
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "series %" PRId64 " ends at %" PRId64 ", before it begins at %" PRId64
                             "; an offset is never less than the one before it",
                             i + 1, panel->offsets[i + 1], panel->offsets[i]);
    if (panel->values == NULL && panel->offsets[panel->series_count] > panel->offsets[0])
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "values is NULL, but the offsets are of %" PRId64 " values",
                         panel->offsets[panel->series_count] - panel->offsets[0]);
    return BKT_OK;
}

bkt_status bkt_panel_project(bkt_context *context, const double *values, const int64_t *offsets,
                             int64_t series_count, const bkt_projection_options *options,
                             double *out_points, double *out_lower, double *out_upper,
                             bkt_fit *out_fits, uint32_t fit_size, bkt_status *out_statuses) {
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    bkti_settings settings;
    bkt_status status = bkti_settings_take(context, options, &settings);
    if (status != BKT_OK)
        return status;
    bkti_panel panel = {.values = values,
                        .offsets = offsets,
                        .series_count = series_count,
                        .settings = &settings,
                        .points = out_points,
                        .lower = out_lower,
                        .upper = out_upper,
                        .fits = out_fits,
                        .fit_size = fit_size,
                        .statuses = out_statuses};
    status = check(context, &panel);
    if (status == BKT_OK)
        status = bkti_panel_project(context, &panel);
    return status != BKT_OK ? status : tell_failed(context, &panel);
}
