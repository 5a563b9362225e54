/* SPDX-License-Identifier: MIT */
/* Scenarios of growth beside what is projected. */
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
    bkti_history history;
    bkti_forecast forecast;
    bkt_fit fit;
    bkti_scenario_table table;
    bkti_sheet sheet;
    int64_t row;
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
    scenario->periods_of_rate = c->history.periods_per_year;
    for (uint32_t step = 0; step < scenario->horizon; step++) {
        int64_t year = (int64_t)((double)step / scenario->periods_of_rate);
        scenario->numbers[step] = growths[year < count ? year : count - 1];
    }
}

static void add_columns(comparison *c) {
    bkti_sheet *sheet = &c->sheet;
    const char *unit = bkt_column_unit(c->history.column);
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
}

/* The rate as it was told; of levels the growth on the period before. */
static double growth_at(const comparison *c, const bkti_scenario *scenario, uint32_t step,
                        int32_t *out_reason) {
    *out_reason = scenario->reasons[step];
    if (scenario->kind != BKTI_SCENARIO_LEVEL)
        return scenario->numbers[step];
    double before = step == 0 ? c->history.values[c->history.last] : scenario->points[step - 1];
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
    double projected = c->forecast.points[step];
    bkti_sheet_put_text(sheet, 0, row, scenario->name);
    bkti_sheet_put_period(sheet, 1, row, c->history.frequency,
                          c->history.first_ordinal + c->history.last + 1 + step);
    bkti_sheet_put(sheet, 2, row, step + 1.0, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, 3, row, growth, reason);
    bkti_sheet_put(sheet, 4, row, path, scenario->reasons[step]);
    uint32_t column =
        bkti_sheet_put_forecast(sheet, 5, row, &c->forecast, (int64_t)step + 1, c->fit.freedom);
    double difference = path - projected;
    bkti_sheet_put(sheet, column, row, isinf(difference) ? NAN : difference,
                   isinf(difference) ? BKT_MISSING_OVERFLOW : BKT_MISSING_INPUT);
}

static bkt_status put_scenario(bkt_context *context, comparison *c, bkti_scenario *scenario) {
    bkti_scenario_find_path(context, &c->history, scenario);
    for (uint32_t step = 0; step < scenario->horizon && c->sheet.status == BKT_OK; step++)
        put_row(c, scenario, step);
    return c->sheet.status;
}

/* Lists of other scenarios have the same name, or a scenario of the table has. */
static bkt_status refuse_same_name(bkt_context *context, const comparison *c, const char *name) {
    const bkti_column_writer *names = bkti_table_writer_column(c->sheet.writer, 0);
    if (bkti_dictionary_find(names->dictionary, bkti_span_of(name)) < 0)
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
    if (status == BKT_OK)
        status = bkti_scenario_read(context, &c->table, index, &c->history, &scenario);
    if (status == BKT_OK)
        status = refuse_same_name(context, c, scenario.name);
    if (status == BKT_OK)
        status = put_scenario(context, c, &scenario);
    bkti_scenario_free(context, &scenario);
    return status;
}

static bkt_status project(bkt_context *context, const bkt_table *table, comparison *c) {
    bkt_status status =
        bkti_history_take(context, table, c->settings.value_id, c->settings.time_id, &c->history);
    if (status != BKT_OK)
        return status;
    if (c->settings.season_length == 0)
        c->settings.season_length = c->history.season_length;
    status = bkti_forecast_take(context, &c->settings, 1, &c->forecast);
    if (status != BKT_OK)
        return status;
    return bkti_series_project(context, c->history.values, c->history.count, &c->settings,
                               c->forecast.points, c->forecast.lower, c->forecast.upper, &c->fit);
}

static bkt_status write_all(bkt_context *context, const bkt_table *table, comparison *c,
                            bkt_table **out_table) {
    size_t count = c->options.list_count + c->table.groups.group_count;
    bkti_sheet_begin(&c->sheet, context, table, (int64_t)count * c->settings.horizon);
    add_columns(c);
    bkti_sheet_set_fit(&c->sheet, &c->history, &c->fit, c->settings.horizon);
    bkti_sheet_set_number(&c->sheet, "last_value", c->history.values[c->history.last]);
    bkti_sheet_set_number(&c->sheet, "scenarios", (double)count);
    bkt_status status = c->sheet.status;
    for (uint32_t i = 0; i < c->options.list_count && status == BKT_OK; i++)
        status = put_list(context, c, i);
    for (size_t i = 0; i < c->table.groups.group_count && status == BKT_OK; i++)
        status = put_of_table(context, c, i);
    if (c->sheet.status == BKT_OK)
        c->sheet.status = status;
    return bkti_sheet_finish(&c->sheet, c->row, out_table);
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
    bkt_status status = take_options(context, options, scenarios, &c);
    if (status == BKT_OK && c.options.table != NULL)
        status =
            bkti_scenario_table_open(context, c.options.table, c.options.scenario_id, &c.table);
    if (status == BKT_OK)
        status = project(context, table, &c);
    if (status == BKT_OK)
        status = write_all(context, table, &c, out_table);
    bkti_forecast_free(context, &c.forecast);
    bkti_history_free(context, &c.history);
    bkti_scenario_table_close(context, &c.table);
    return status;
}
