/* SPDX-License-Identifier: MIT */
/* Scenarios of growth beside what is projected. */
#include "bkti_panel_table.h"
#include "bkti_scenario.h"

#include <inttypes.h>
#include <math.h>

#include "bkti_number.h"

#define LIST_LIMIT 1000
#define RATE_LIMIT 100000

static const bkt_scenario_options defaults = {.struct_size = sizeof(bkt_scenario_options)};

bkt_status bkt_scenario_options_init(bkt_scenario_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

/* All that a table of scenarios tells of. */
typedef struct comparison {
    bkt_scenario_options options;
    bkti_settings settings;
    bkti_scenario_table table;
    bkti_sheet sheet;
    int64_t row;
    bool names_checked;
    /* The series at work. */
    const bkti_history *history;
    bkti_forecast forecast;
    double freedom;
    /* Of several series: all of them, which one is at work, who hears what is wrong with it. */
    const bkti_panel_work *all;
    int64_t series;
    bkt_context *listener;
} comparison;

/* Of one list of rates. */
static const double *list_at(const bkt_scenario_options *options, uint32_t list,
                             int64_t *out_count) {
    if (options->growth_offsets == NULL) {
        *out_count = 1;
        return options->growths + list;
    }
    *out_count = options->growth_offsets[list + 1] - options->growth_offsets[list];
    return options->growths + options->growth_offsets[list];
}

static bkt_status check_lists(bkt_context *context, const bkt_scenario_options *options) {
    if (options->list_count > LIST_LIMIT || (options->list_count > 0 && options->growths == NULL))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "lists of growth rates: up to %d can be given, and %s are", LIST_LIMIT,
                         options->growths == NULL ? "no rates" : "more");
    if (options->list_count == 0 && options->table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "no scenario is given: neither growth rates nor a table of scenarios");
    for (uint32_t i = 0; i < options->list_count; i++) {
        if (options->growth_offsets != NULL &&
            (options->growth_offsets[i] < 0 ||
             options->growth_offsets[i + 1] <= options->growth_offsets[i] ||
             options->growth_offsets[i + 1] - options->growth_offsets[i] > RATE_LIMIT))
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "list %lu of growth rates: 1 to %d rates can be given",
                             (unsigned long)i + 1, RATE_LIMIT);
        int64_t count;
        const double *growths = list_at(options, i, &count);
        for (int64_t k = 0; k < count; k++)
            if (!isfinite(growths[k]))
                return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                                 "rate %" PRId64 " in list %lu of growth rates is no finite number",
                                 k + 1, (unsigned long)i + 1);
    }
    return BKT_OK;
}

static bkt_status take_options(bkt_context *context, const bkt_projection_options *projection,
                               const bkt_scenario_options *options, comparison *c) {
    if (options == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "scenarios must not be NULL: they say what grows");
    c->options = defaults;
    bkt_status status =
        bkti_options_take(context, options, &c->options, sizeof c->options, sizeof c->options);
    if (status == BKT_OK)
        status = bkti_flags_check(context, "bkt_scenario_options", c->options.flags, 0);
    if (status == BKT_OK && c->options.reserved != 0)
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "`reserved` of bkt_scenario_options is not 0");
    if (status == BKT_OK)
        status = check_lists(context, &c->options);
    return status == BKT_OK ? bkti_settings_take(context, projection, &c->settings) : status;
}

/* "5%, 4%": what a person would call it. */
static void append_name(bkti_text *name, const double *growths, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        char number[64];
        /* 0.07 is 7.000000000000001 hundredths. */
        double hundredths = floor(growths[i] * 1e11 + 0.5) / 1e9;
        bkti_number_format(isfinite(hundredths) ? hundredths : growths[i] * 100.0, number,
                           sizeof number);
        bkti_text_append_format(name, "%s%s%%", i > 0 ? ", " : "", number);
    }
}

/* A rate for every period ahead: that of the year that it is in, counted from the last value. */
static void tell_list(const comparison *c, uint32_t list, bkti_scenario *scenario) {
    int64_t count;
    const double *growths = list_at(&c->options, list, &count);
    scenario->kind = BKTI_SCENARIO_GROWTH;
    scenario->periods_of_rate = c->history->periods_per_year;
    for (uint32_t step = 0; step < scenario->horizon; step++) {
        int64_t year = (int64_t)((double)step / scenario->periods_of_rate);
        scenario->numbers[step] = growths[year < count ? year : count - 1];
    }
}

static void add_columns(comparison *c, const char *unit) {
    bkti_sheet *sheet = &c->sheet;
    if (c->all != NULL)
        bkti_panel_add_key(sheet, c->all->table);
    bkti_sheet_add(sheet, "SCENARIO", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Scenario", NULL);
    bkti_sheet_add(sheet, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, "Period", NULL);
    bkti_sheet_add(sheet, "PERIODS_AHEAD", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Periods ahead",
                   NULL);
    bkti_sheet_add(sheet, "GROWTH", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Growth assumed",
                   "fraction");
    bkti_sheet_add(sheet, "PATH", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "By the scenario", unit);
    bkti_sheet_add_forecast(sheet, &c->settings, unit);
    bkti_sheet_add(sheet, "DIFFERENCE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   "By the scenario less projected", unit);
    if (c->all != NULL)
        bkti_sheet_add(sheet, "PROBLEM", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                       "Why there is no projection", NULL);
}

static uint32_t put_key(comparison *c, int64_t row) {
    if (c->all == NULL)
        return 0;
    bkti_panel_put_key(&c->sheet, c->all, c->series, row);
    return c->all->table->key_count;
}

/* The rate as it was told; of levels the growth on the period before. */
static double growth_at(const comparison *c, const bkti_scenario *scenario, uint32_t step,
                        int32_t *out_reason) {
    *out_reason = scenario->reasons[step];
    if (scenario->kind != BKTI_SCENARIO_LEVEL)
        return scenario->numbers[step];
    double before = step == 0 ? c->history->values[c->history->last] : scenario->points[step - 1];
    double growth = NAN;
    if (isnan(before) || isnan(scenario->points[step]))
        *out_reason = BKT_MISSING_INPUT;
    else
        *out_reason = bkt_growth_required(before, scenario->points[step], 1.0, &growth);
    return growth;
}

static void put_row(comparison *c, const bkti_scenario *scenario, uint32_t step) {
    bkti_sheet *sheet = &c->sheet;
    int64_t row = c->row++;
    int32_t reason;
    double growth = growth_at(c, scenario, step, &reason);
    double path = scenario->points[step];
    uint32_t column = put_key(c, row);
    bkti_sheet_put_text(sheet, column++, row, scenario->name);
    bkti_sheet_put_period(sheet, column++, row, c->history->frequency,
                          c->history->first_ordinal + c->history->last + 1 + step);
    bkti_sheet_put(sheet, column++, row, step + 1.0, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, column++, row, growth, reason);
    bkti_sheet_put(sheet, column++, row, path, scenario->reasons[step]);
    column =
        bkti_sheet_put_forecast(sheet, column, row, &c->forecast, (int64_t)step + 1, c->freedom);
    double difference = path - c->forecast.points[step];
    bkti_sheet_put(sheet, column, row, isinf(difference) ? NAN : difference,
                   isinf(difference) ? BKT_MISSING_OVERFLOW : BKT_MISSING_INPUT);
}

/* One of several series, or one scenario of it, that can't be told: a row that says why. */
static bkt_status put_problem(comparison *c, const char *scenario, const char *problem) {
    int64_t row = c->row++;
    uint32_t first = put_key(c, row);
    uint32_t column = first + 2;
    if (scenario != NULL)
        bkti_sheet_put_text(&c->sheet, first, row, scenario);
    for (uint32_t i = 0; i < 5 + 2 * c->settings.level_count; i++)
        bkti_sheet_put(&c->sheet, column++, row, NAN, BKT_MISSING_INPUT);
    bkti_sheet_put_text(&c->sheet, column, row, problem);
    return c->sheet.status;
}

static bkt_status put_scenario(bkt_context *context, comparison *c, bkti_scenario *scenario) {
    bkti_scenario_find_path(context, c->history, scenario);
    for (uint32_t step = 0; step < scenario->horizon && c->sheet.status == BKT_OK; step++)
        put_row(c, scenario, step);
    return c->sheet.status;
}

/* Lists of other scenarios have the same name, or a scenario of the table has. */
static bkt_status refuse_same_name(bkt_context *context, const comparison *c, const char *name) {
    uint32_t column = c->all == NULL ? 0 : c->all->table->key_count;
    const bkti_column_writer *names = bkti_table_writer_column(c->sheet.writer, column);
    if (c->names_checked || bkti_dictionary_find(names->dictionary, bkti_span_of(name)) < 0)
        return BKT_OK;
    return bkti_fail(context, BKT_ERR_DUPLICATE, NULL, "there are two scenarios %s", name);
}

static bkt_status put_list(bkt_context *context, comparison *c, uint32_t list) {
    bkti_text name;
    bkti_text_init(&name, bkti_context_memory(context));
    int64_t count;
    const double *growths = list_at(&c->options, list, &count);
    append_name(&name, growths, count);
    bkti_scenario scenario;
    bkt_status status = bkti_scenario_take(context, c->settings.horizon, &scenario);
    if (status == BKT_OK && name.failed)
        status = bkti_no_memory(context);
    if (status == BKT_OK)
        status = refuse_same_name(context, c, bkti_text_get(&name));
    if (status == BKT_OK) {
        scenario.name = bkti_text_get(&name);
        tell_list(c, list, &scenario);
        status = put_scenario(context, c, &scenario);
    }
    bkti_scenario_free(context, &scenario);
    bkti_text_free(&name);
    return status;
}

static bkt_status put_of_table(bkt_context *context, comparison *c, size_t index) {
    bkti_scenario scenario;
    bkt_status status = bkti_scenario_take(context, c->settings.horizon, &scenario);
    if (status != BKT_OK) {
        bkti_scenario_free(context, &scenario);
        return status;
    }
    bkt_context *listener = c->all == NULL ? context : c->listener;
    status = bkti_scenario_read(listener, &c->table, index, c->history, &scenario);
    if (status == BKT_ERR_SERIES && c->all != NULL) {
        status = put_problem(c, scenario.name, bkt_diagnostic_text(bkt_context_error(listener)));
        bkti_scenario_free(context, &scenario);
        return status;
    }
    if (status == BKT_OK)
        status = refuse_same_name(context, c, scenario.name);
    if (status == BKT_OK)
        status = put_scenario(context, c, &scenario);
    bkti_scenario_free(context, &scenario);
    return status;
}

/* All scenarios of the series at work. */
static bkt_status put_scenarios(bkt_context *context, comparison *c) {
    bkt_status status = c->sheet.status;
    for (uint32_t i = 0; i < c->options.list_count && status == BKT_OK; i++)
        status = put_list(context, c, i);
    for (size_t i = 0; i < c->table.groups.group_count && status == BKT_OK; i++)
        status = put_of_table(context, c, i);
    c->names_checked = true;
    return status;
}

static bkt_status finish(comparison *c, bkt_status status, bkt_table **out_table) {
    if (c->sheet.status == BKT_OK)
        c->sheet.status = status;
    return bkti_sheet_finish(&c->sheet, c->row, out_table);
}

static size_t scenario_count(const comparison *c) {
    return c->options.list_count + c->table.groups.group_count;
}

static bkt_status write_one(bkt_context *context, comparison *c, const bkt_fit *fit,
                            bkt_table **out_table) {
    const bkti_history *history = c->history;
    c->freedom = fit->freedom;
    bkti_sheet_begin(&c->sheet, context, history->table,
                     (int64_t)scenario_count(c) * c->settings.horizon);
    add_columns(c, bkt_column_unit(history->column));
    bkti_sheet_set_fit(&c->sheet, history, fit, c->settings.horizon);
    bkti_sheet_set_number(&c->sheet, "last_value", history->values[history->last]);
    bkti_sheet_set_number(&c->sheet, "scenarios", (double)scenario_count(c));
    return finish(c, put_scenarios(context, c), out_table);
}

static bkt_status compare_one(bkt_context *context, const bkt_table *table, comparison *c,
                              bkt_table **out_table) {
    bkti_history history;
    bkt_fit fit;
    bkt_status status =
        bkti_history_take(context, table, c->settings.value_id, c->settings.time_id, &history);
    if (status != BKT_OK)
        return status;
    c->history = &history;
    if (c->settings.season_length == 0)
        c->settings.season_length = history.season_length;
    status = bkti_forecast_take(context, &c->settings, 1, &c->forecast);
    if (status == BKT_OK)
        status =
            bkti_series_project(context, history.values, history.count, &c->settings,
                                c->forecast.points, c->forecast.lower, c->forecast.upper, &fit);
    if (status == BKT_OK)
        status = write_one(context, c, &fit, out_table);
    bkti_forecast_free(context, &c->forecast);
    bkti_history_free(context, &history);
    return status;
}

static bkt_status write_many(bkt_context *context, comparison *c, bkt_table **out_table) {
    const bkti_panel_work *all = c->all;
    bkti_sheet_begin(&c->sheet, context, all->table->table, 0);
    add_columns(c, bkt_column_unit(all->table->value));
    bkti_sheet_set(&c->sheet, "value", bkt_column_id(all->table->value));
    bkti_sheet_set(&c->sheet, "method", bkt_method_id(c->settings.method));
    bkti_sheet_set_number(&c->sheet, "horizon", (double)c->settings.horizon);
    bkti_sheet_set_number(&c->sheet, "series_count", (double)all->count);
    bkti_sheet_set_number(&c->sheet, "projected_count", (double)(all->count - all->problem_count));
    bkti_sheet_set_number(&c->sheet, "scenarios", (double)scenario_count(c));
    bkt_status status = c->sheet.status;
    for (int64_t i = 0; i < all->count && status == BKT_OK; i++) {
        c->series = i;
        c->history = &all->members[i].history;
        c->forecast = bkti_panel_work_forecast(all, i);
        c->freedom = all->fits[i].freedom;
        status = all->members[i].problem == NULL ? put_scenarios(context, c)
                                                 : put_problem(c, NULL, all->members[i].problem);
    }
    if (status == BKT_OK)
        bkti_panel_tell_problems(context, all);
    return finish(c, status, out_table);
}

static bkt_status compare_many(bkt_context *context, const bkti_panel_table *panel, comparison *c,
                               bkt_table **out_table) {
    bkti_panel_work all;
    bkt_status status = bkti_panel_work_make(context, panel, &c->settings, &all);
    c->all = &all;
    if (status == BKT_OK) {
        c->listener = bkti_context_new_beside(context);
        status = c->listener == NULL ? bkti_no_memory(context) : BKT_OK;
    }
    if (status == BKT_OK)
        status = write_many(context, c, out_table);
    bkt_context_free(c->listener);
    bkti_panel_work_free(context, &all);
    return status;
}

bkt_status bkt_scenario(bkt_context *context, const bkt_table *table,
                        const bkt_projection_options *options,
                        const bkt_scenario_options *scenarios, bkt_table **out_table) {
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "table and out_table must not be NULL");
    comparison c = {.row = 0};
    bkti_panel_table panel = {.table = NULL};
    bkt_status status = take_options(context, options, scenarios, &c);
    if (status == BKT_OK && c.options.table != NULL)
        status =
            bkti_scenario_table_open(context, c.options.table, c.options.scenario_id, &c.table);
    if (status == BKT_OK)
        status = bkti_panel_table_open(context, table, &c.settings, &panel);
    if (status == BKT_OK)
        status = panel.groups.group_count > 1 ? compare_many(context, &panel, &c, out_table)
                                              : compare_one(context, table, &c, out_table);
    bkti_panel_table_close(context, &panel);
    bkti_scenario_table_close(context, &c.table);
    return status;
}
