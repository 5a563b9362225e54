/* SPDX-License-Identifier: MIT */
/* The path that a scenario comes to. */
#include "bkti_scenario.h"

#include <math.h>
#include <string.h>

#include "bkti_growth.h"
#include "bkti_number.h"

bkt_status bkti_scenario_take(bkt_context *context, uint32_t horizon, bkti_scenario *out_scenario) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_scenario scenario = {.name = "", .periods_of_rate = 1.0, .horizon = horizon};
    scenario.numbers = bkti_allocate_array(memory, horizon, sizeof *scenario.numbers);
    scenario.points = bkti_allocate_array(memory, horizon, sizeof *scenario.points);
    scenario.reasons = bkti_allocate_array(memory, horizon, sizeof *scenario.reasons);
    *out_scenario = scenario;
    if (scenario.numbers == NULL || scenario.points == NULL || scenario.reasons == NULL)
        return bkti_no_memory(context);
    bkti_numbers_clear(scenario.numbers, horizon);
    bkti_numbers_clear(scenario.points, horizon);
    memset(scenario.reasons, BKT_MISSING_NOT_REPORTED, horizon);
    return BKT_OK;
}

void bkti_scenario_free(bkt_context *context, bkti_scenario *scenario) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, scenario->reasons);
    bkti_release(memory, scenario->points);
    bkti_release(memory, scenario->numbers);
    *scenario = (bkti_scenario){.name = ""};
}

/* The text of a period ahead, step from 0. */
static const char *period_text(const bkti_history *history, int64_t step, char *buffer,
                               size_t capacity) {
    int64_t ordinal = history->first_ordinal + history->last + 1 + step;
    buffer[0] = '\0';
    bkt_period_format(history->frequency, ordinal, buffer, capacity, NULL);
    return buffer;
}

static void warn_of_gap(bkt_context *context, const bkti_history *history,
                        const bkti_scenario *scenario, uint32_t gap) {
    static const char *const whats[] = {"growth", "factor", "level"};
    char first[64];
    char at[64];
    char end[64];
    const char *what = whats[scenario->kind];
    bkti_place place = {.series = scenario->name,
                        .period = period_text(history, gap, at, sizeof at)};
    int64_t last = (int64_t)scenario->horizon - 1;
    while (last >= 0 && isnan(scenario->numbers[last]))
        last--;
    period_text(history, 0, first, sizeof first);
    if (last < 0)
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_SERIES, &place,
                  "scenario %s has no %s for any period projected, %s to %s", scenario->name, what,
                  first, period_text(history, (int64_t)scenario->horizon - 1, end, sizeof end));
    else if (last > gap)
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_SERIES, &place,
                  "scenario %s has no %s for %s, where one was expected for every period from %s "
                  "to %s: %s",
                  scenario->name, what, at, first, period_text(history, last, end, sizeof end),
                  scenario->kind == BKTI_SCENARIO_LEVEL ? "its level is missing there"
                                                        : "its path ends before it");
}

static void warn_of_end(bkt_context *context, const bkti_history *history,
                        const bkti_scenario *scenario, uint32_t step) {
    char at[64];
    char number[64];
    bool is_factor = scenario->kind == BKTI_SCENARIO_FACTOR;
    bkti_place place = {.series = scenario->name,
                        .period = period_text(history, step, at, sizeof at)};
    bkti_number_format(scenario->numbers[step] + (is_factor ? 1.0 : 0.0), number, sizeof number);
    if (scenario->reasons[step] == BKT_MISSING_DOMAIN)
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_SERIES, &place,
                  "scenario %s has the %s %s for %s; one above %s was expected: its path ends "
                  "before it",
                  scenario->name, is_factor ? "factor" : "growth", number, at,
                  is_factor ? "0" : "-1 (-100 %)");
    else
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_SERIES, &place,
                  "the path of scenario %s gets too large for a number in %s", scenario->name, at);
}

static uint32_t first_gap(const bkti_scenario *scenario) {
    uint32_t step = 0;
    while (step < scenario->horizon && !isnan(scenario->numbers[step]))
        step++;
    return step;
}

static void follow_levels(bkti_scenario *scenario) {
    for (uint32_t step = 0; step < scenario->horizon; step++) {
        scenario->points[step] = scenario->numbers[step];
        if (isinf(scenario->points[step])) {
            scenario->points[step] = NAN;
            scenario->reasons[step] = BKT_MISSING_OVERFLOW;
        }
    }
}

void bkti_scenario_find_path(bkt_context *context, const bkti_history *history,
                             bkti_scenario *scenario) {
    uint32_t gap = first_gap(scenario);
    if (gap < scenario->horizon)
        warn_of_gap(context, history, scenario, gap);
    if (scenario->kind == BKTI_SCENARIO_LEVEL) {
        follow_levels(scenario);
        return;
    }
    int32_t reason = bkti_growth_path(history->values[history->last], scenario->numbers, gap,
                                      scenario->periods_of_rate, gap, scenario->points);
    uint32_t end = 0;
    while (end < gap && !isnan(scenario->points[end]))
        end++;
    if (end == gap) /* what is missing at the gap ends the path */
        reason = gap < scenario->horizon ? scenario->reasons[gap] : BKT_MISSING_NOT;
    for (uint32_t step = end; step < scenario->horizon; step++)
        scenario->reasons[step] = (uint8_t)reason;
    if (end < gap)
        warn_of_end(context, history, scenario, end);
}
