/* SPDX-License-Identifier: MIT */
/* Scenarios out of a table: SCENARIO, TIME_PERIOD, and GROWTH, FACTOR or LEVEL. */
#include "bkti_scenario.h"

#include <inttypes.h>
#include <string.h>

#include "bkti_column.h"

/* In the order of the kinds. */
static const char *const number_ids[] = {"GROWTH", "FACTOR", "LEVEL"};

static bkt_status refuse_columns(bkt_context *context, const char *scenario_id, const char *what) {
    return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL,
                     "the table of scenarios has %s; it needs the columns %s (texts), TIME_PERIOD "
                     "(periods) and one of GROWTH, FACTOR and LEVEL (numbers)",
                     what, scenario_id);
}

static bkt_status find_numbers(bkt_context *context, const bkt_table *table,
                               const char *scenario_id, bkti_scenario_table *out) {
    for (int32_t kind = 0; kind < 3; kind++) {
        const bkt_column *column = bkt_table_column_find(table, number_ids[kind]);
        if (column == NULL)
            continue;
        if (bkt_column_kind(column) != BKT_KIND_NUMBER)
            return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                             "the column %s of the table of scenarios is not of numbers",
                             number_ids[kind]);
        if (out->numbers != NULL)
            return bkti_fail(context, BKT_ERR_AMBIGUOUS, NULL,
                             "the table of scenarios has both %s and %s; give one of them",
                             number_ids[out->kind], number_ids[kind]);
        out->numbers = column;
        out->kind = kind;
    }
    if (out->numbers == NULL)
        return refuse_columns(context, scenario_id, "none of GROWTH, FACTOR and LEVEL");
    return BKT_OK;
}

static bkt_status find_columns(bkt_context *context, const bkt_table *table,
                               const char *scenario_id, bkti_scenario_table *out) {
    out->names = bkt_table_column_find(table, scenario_id);
    out->periods = bkti_table_time(table);
    if (out->names == NULL || bkt_column_kind(out->names) != BKT_KIND_TEXT)
        return refuse_columns(context, scenario_id, "no column of names");
    if (out->periods == NULL || bkt_column_kind(out->periods) != BKT_KIND_PERIOD)
        return refuse_columns(context, scenario_id, "no column of periods");
    return find_numbers(context, table, scenario_id, out);
}

static bool period_at(const bkti_scenario_table *scenarios, int64_t row, int32_t *out_frequency,
                      int64_t *out_ordinal) {
    int32_t code = bkt_column_codes_view(scenarios->periods)[row];
    return code >= 0 &&
           bkt_column_dictionary_period(scenarios->periods, code, out_frequency, out_ordinal) ==
               BKT_OK &&
           *out_frequency >= BKT_FREQUENCY_YEAR && *out_frequency <= BKT_FREQUENCY_DAY;
}

/* Every row has a name and a period. */
static bkt_status check_rows(bkt_context *context, const bkti_scenario_table *scenarios) {
    for (int64_t row = 0; row < bkt_column_row_count(scenarios->names); row++) {
        const char *name = bkt_column_text_at(scenarios->names, row);
        const char *period = bkt_column_text_at(scenarios->periods, row);
        int32_t frequency;
        int64_t ordinal;
        if (name == NULL || name[0] == '\0')
            return bkti_fail(context, BKT_ERR_VALUE, NULL,
                             "row %" PRId64 " of the table of scenarios has no name in %s", row + 1,
                             bkt_column_id(scenarios->names));
        if (!period_at(scenarios, row, &frequency, &ordinal))
            return bkti_fail(context, BKT_ERR_PERIOD, NULL,
                             "row %" PRId64 " of the table of scenarios (scenario %s) has %s%s "
                             "where a period is needed, such as 2020 or 2020-Q1",
                             row + 1, name, period == NULL ? "nothing" : "the text ",
                             period == NULL ? "" : period);
    }
    return BKT_OK;
}

static bkt_status refuse_repeats(bkt_context *context, const bkt_table *table,
                                 const bkti_scenario_table *scenarios) {
    bkt_column *columns[] = {bkti_table_find(table, bkt_column_id(scenarios->names)),
                             bkti_table_find(table, bkt_column_id(scenarios->periods))};
    bkti_key_index index;
    bkti_repeat repeat = {0};
    bool done = bkti_key_index_init(&index, bkti_context_memory(context), columns, 2) &&
                bkti_key_index_rows(&index, bkt_table_row_count(table), NULL, &repeat);
    bkti_key_index_free(&index);
    if (!done)
        return bkti_no_memory(context);
    if (repeat.count == 0)
        return BKT_OK;
    return bkti_fail(context, BKT_ERR_DUPLICATE, NULL,
                     "rows %" PRId64 " and %" PRId64 " of the table of scenarios are both of %s "
                     "in scenario %s; one was expected",
                     repeat.earlier_row + 1, repeat.first_row + 1,
                     bkt_column_text_at(scenarios->periods, repeat.first_row),
                     bkt_column_text_at(scenarios->names, repeat.first_row));
}

bkt_status bkti_scenario_table_open(bkt_context *context, const bkt_table *table,
                                    const char *scenario_id, bkti_scenario_table *out_scenarios) {
    bkti_scenario_table scenarios = {.names = NULL};
    *out_scenarios = scenarios;
    bkt_status status =
        find_columns(context, table, scenario_id == NULL ? "SCENARIO" : scenario_id, &scenarios);
    if (status == BKT_OK && bkt_table_row_count(table) == 0)
        status = bkti_fail(context, BKT_ERR_NO_DATA, NULL, "the table of scenarios has no rows");
    if (status == BKT_OK)
        status = check_rows(context, &scenarios);
    if (status == BKT_OK)
        status = refuse_repeats(context, table, &scenarios);
    if (status != BKT_OK)
        return status;
    bkt_column *names = bkti_table_find(table, bkt_column_id(scenarios.names));
    bool done =
        bkti_group_rows_init(&scenarios.groups, bkti_context_memory(context), table, &names, 1);
    *out_scenarios = scenarios;
    return done ? BKT_OK : bkti_no_memory(context);
}

void bkti_scenario_table_close(bkt_context *context, bkti_scenario_table *scenarios) {
    bkti_group_rows_free(&scenarios->groups, bkti_context_memory(context));
}

/* The year that a period counts for, as a year's ordinal: the one that its text begins with, which
 * for a week is the year that most of it lies in. */
static bool year_of(int32_t frequency, int64_t ordinal, int64_t *out_year) {
    char text[64];
    int32_t found;
    return bkt_period_format(frequency, ordinal, text, sizeof text, NULL) == BKT_OK &&
           bkt_period_parse(text, 4, &found, out_year) == BKT_OK && found == BKT_FREQUENCY_YEAR;
}

static void tell(bkti_scenario *scenario, uint32_t step, const bkt_column *numbers, int64_t row) {
    double number;
    bool known = bkt_column_number_at(numbers, row, &number) != 0;
    if (known && scenario->kind == BKTI_SCENARIO_FACTOR)
        number -= 1.0;
    scenario->numbers[step] = known ? number : NAN;
    scenario->reasons[step] = (uint8_t)bkt_column_missing_at(numbers, row);
}

/* A row of a year, in a series of shorter periods. */
static void tell_year(bkti_scenario *scenario, const bkti_history *history,
                      const bkt_column *numbers, int64_t row, int64_t year) {
    int64_t first = history->first_ordinal + history->last + 1;
    for (uint32_t step = 0; step < scenario->horizon; step++) {
        int64_t own;
        if (year_of(history->frequency, first + step, &own) && own == year)
            tell(scenario, step, numbers, row);
    }
}

static bkt_status refuse_frequency(bkt_context *context, const bkti_scenario_table *scenarios,
                                   int64_t row, const char *expected, const char *instead) {
    return bkti_fail(context, BKT_ERR_SERIES, NULL,
                     "scenario %s has the period %s, but periods %s%s were expected",
                     bkt_column_text_at(scenarios->names, row),
                     bkt_column_text_at(scenarios->periods, row), expected, instead);
}

bkt_status bkti_scenario_read(bkt_context *context, const bkti_scenario_table *scenarios,
                              size_t index, const bkti_history *history, bkti_scenario *scenario) {
    const int64_t *rows = scenarios->groups.rows + scenarios->groups.starts[index];
    int64_t count = scenarios->groups.starts[index + 1] - scenarios->groups.starts[index];
    int32_t own_frequency = BKT_FREQUENCY_NONE;
    char last[64] = "";
    bkt_period_format(history->frequency, history->first_ordinal + history->last, last, sizeof last,
                      NULL);
    scenario->name = bkt_column_text_at(scenarios->names, rows[0]);
    scenario->kind = scenarios->kind;
    bool may_be_year =
        scenario->kind != BKTI_SCENARIO_LEVEL && history->frequency != BKT_FREQUENCY_YEAR;
    for (int64_t i = 0; i < count; i++) {
        int32_t frequency = BKT_FREQUENCY_NONE;
        int64_t ordinal = 0;
        period_at(scenarios, rows[i], &frequency, &ordinal);
        bool is_year = may_be_year && frequency == BKT_FREQUENCY_YEAR;
        if (frequency != history->frequency && !is_year)
            return refuse_frequency(context, scenarios, rows[i],
                                    may_be_year ? "of years or such as " : "such as ", last);
        if (i > 0 && frequency != own_frequency)
            return refuse_frequency(context, scenarios, rows[i], "such as ",
                                    bkt_column_text_at(scenarios->periods, rows[0]));
        own_frequency = frequency;
        int64_t step = ordinal - history->first_ordinal - history->last - 1;
        if (is_year)
            tell_year(scenario, history, scenarios->numbers, rows[i], ordinal);
        else if (step >= 0 && step < scenario->horizon)
            tell(scenario, (uint32_t)step, scenarios->numbers, rows[i]);
    }
    scenario->periods_of_rate =
        own_frequency == history->frequency ? 1.0 : history->periods_per_year;
    return BKT_OK;
}
