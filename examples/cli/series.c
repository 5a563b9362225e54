/* SPDX-License-Identifier: MIT */
#include "series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const option_spec series_options[] = {
    {"of", "WHAT", "turnover (default), exports, imports or balance"},
    {"side", "SIDE", "whose report: reporter, partner or both (default)"},
    {"value", "ID", "no pair: project this number column of the files as it is"},
    {NULL, NULL, NULL},
};

static const struct {
    const char *word;
    const char *id;
    const char *label;
} measures[] = {{"turnover", "TURNOVER", "Turnover"},
                {"exports", "EXPORTS", "Exports"},
                {"imports", "IMPORTS", "Imports"},
                {"balance", "BALANCE", "Balance"}};

/* How a side's own figures are called: the partner's exports are exports to the reporter. */
static void name_series(const pair *read, size_t measure, int side, series *out) {
    const char *own = side == 0 ? read->reporter : read->partner;
    const char *other = side == 0 ? read->partner : read->reporter;
    bool balance = strcmp(measures[measure].word, "balance") == 0;
    snprintf(out->name, sizeof out->name, "%s", measures[measure].label);
    snprintf(out->value_id, sizeof out->value_id, "%s_%s", measures[measure].id, pair_sides[side]);
    if (balance) /* seen from the reporter in every version */
        snprintf(out->title, sizeof out->title, "Balance of %s with %s, as %s reports it",
                 read->reporter, read->partner, own);
    else
        snprintf(out->title, sizeof out->title, "%s of %s with %s, as %s reports it",
                 measures[measure].label, own, other, own);
    snprintf(out->unit, sizeof out->unit, "%s", read->unit);
    out->table = read->balance;
    out->scale = read->scale;
}

/* What depends on the figures; false if there are none. */
static bool look_at_figures(series *of) {
    const bkt_column *values = bkt_table_column_find(of->table, of->value_id);
    of->decimals = decimals_for(column_largest(values));
    const char *period;
    double value;
    if (!series_last(of, &period, &value))
        return false;
    int32_t frequency;
    int64_t ordinal;
    if (bkt_period_parse(period, strlen(period), &frequency, &ordinal) == BKT_OK)
        of->per_year = bkt_frequency_per_year(frequency);
    return true;
}

static int32_t read_pair(session *running, const arguments *given, const char *last_option,
                         series_list *out) {
    const char *of = arguments_value(given, "of");
    const char *side = arguments_value(given, "side");
    size_t measure = 0;
    while (of != NULL && measure < 4 && strcmp(measures[measure].word, of) != 0)
        measure++;
    bool both = side == NULL || strcmp(side, "both") == 0;
    bool first = both || strcmp(side, "reporter") == 0;
    bool second = both || strcmp(side, "partner") == 0;
    if (measure == 4 || (!first && !second)) {
        fprintf(stderr, "bktrade: --%s does not take '%s'\nSee 'bktrade %s --help'.\n",
                measure == 4 ? "of" : "side", measure == 4 ? of : side, given->command->name);
        return EXIT_USAGE;
    }
    int32_t code = pair_read(running, given, last_option, &out->trade);
    if (code != EXIT_DONE)
        return code;
    for (int i = 0; i < 2; i++) {
        if (!(i == 0 ? first : second))
            continue;
        series *item = &out->items[out->count];
        name_series(&out->trade, measure, i, item);
        if (look_at_figures(item))
            out->count++;
        else
            fprintf(stderr, "%s: there is no figure for the %s that %s reports in these periods\n",
                    both ? "note" : "bktrade", measures[measure].word,
                    pair_side_name(&out->trade, i));
    }
    if (both && out->count == 0)
        fprintf(stderr,
                "bktrade: there is no series of the %s; see 'bktrade balance' for what is "
                "there, and --of\n",
                measures[measure].word);
    return out->count > 0 ? EXIT_DONE : EXIT_DATA;
}

static bkt_status selection_of_file(session *running, const arguments *given, const char *file,
                                    bkt_filter **out_filter) {
    (void)file;
    const char *first = arguments_value(given, "from");
    const char *last =
        arguments_value(given, strcmp(given->command->name, "target") == 0 ? "until" : "to");
    if (pair_filter_options(running, given, out_filter) != EXIT_DONE)
        return BKT_ERR_MEMORY;
    if (first == NULL && last == NULL)
        return BKT_OK;
    bkt_status status = *out_filter == NULL ? bkt_filter_new(running->context, out_filter) : BKT_OK;
    return status == BKT_OK ? bkt_filter_set_periods(*out_filter, first, last) : status;
}

static int32_t read_plain(session *running, const arguments *given, series_list *out) {
    bkt_filter *filter = NULL;
    int32_t code = pair_filter_options(running, given, &filter); /* a usage error is told once */
    bkt_filter_free(filter);
    if (code != EXIT_DONE)
        return code;
    bkt_status status = session_read(running, given, selection_of_file, &out->plain);
    if (status != BKT_OK) {
        code = session_fail(running, status);
        return status == BKT_ERR_PERIOD ? EXIT_USAGE : code; /* the window's */
    }
    series *item = &out->items[0];
    item->table = out->plain;
    item->scale = 1;
    const char *value = arguments_value(given, "value");
    const bkt_column *column = bkt_table_column_find(out->plain, value);
    if (column == NULL || bkt_column_kind(column) != BKT_KIND_NUMBER) {
        fprintf(stderr, "bktrade: the files have no number column '%s'\n", value);
        return EXIT_DATA;
    }
    snprintf(item->value_id, sizeof item->value_id, "%s", bkt_column_id(column));
    snprintf(item->name, sizeof item->name, "%s", value);
    snprintf(item->title, sizeof item->title, "%s of %s", value, given->files[0]);
    snprintf(item->unit, sizeof item->unit, "%s", bkt_column_unit(column));
    if (!look_at_figures(item)) {
        fprintf(stderr, "bktrade: the column '%s' has no number in the rows that are left\n",
                value);
        return EXIT_DATA;
    }
    out->count = 1;
    return EXIT_DONE;
}

int32_t series_read(session *running, const arguments *given, const char *last_option,
                    series_list *out) {
    memset(out, 0, sizeof *out);
    if (arguments_value(given, "value") != NULL)
        return read_plain(running, given, out);
    return read_pair(running, given, last_option, out);
}

void series_free(series_list *list) {
    pair_free(&list->trade);
    bkt_table_free(list->plain);
    list->plain = NULL;
    list->count = 0;
}

static const bkt_column *time_column(const bkt_table *table) {
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++)
        if (bkt_column_role(bkt_table_column_at(table, i)) == BKT_ROLE_TIME)
            return bkt_table_column_at(table, i);
    return NULL;
}

static bool row_period(const bkt_column *periods, int64_t row, int32_t *out_frequency,
                       int64_t *out_ordinal) {
    const int32_t *codes = bkt_column_codes_view(periods);
    return codes != NULL && row >= 0 && codes[row] >= 0 &&
           bkt_column_dictionary_period(periods, codes[row], out_frequency, out_ordinal) == BKT_OK;
}

/* Place of a row's period in time: its first day. */
static bool row_day(const bkt_column *periods, int64_t row, int32_t *out_day) {
    int32_t frequency;
    int64_t ordinal;
    return row_period(periods, row, &frequency, &ordinal) &&
           bkt_period_start_day(frequency, ordinal, out_day) == BKT_OK;
}

uint32_t series_flags(const arguments *given) {
    const char *of = arguments_value(given, "of");
    uint32_t flags = of != NULL && strcmp(of, "balance") == 0 ? BKT_PROJECTION_NO_FLOOR : 0;
    return flags | (arguments_value(given, "value") == NULL ? BKT_PROJECTION_TRADE : 0);
}

bool series_last(const series *of, const char **out_period, double *out_value) {
    const bkt_column *periods = time_column(of->table);
    const bkt_column *values = bkt_table_column_find(of->table, of->value_id);
    int64_t found = -1;
    int32_t found_day = 0, day;
    double value;
    for (int64_t row = 0; row < bkt_table_row_count(of->table); row++)
        if (bkt_column_number_at(values, row, &value) && row_day(periods, row, &day) &&
            (found < 0 || day > found_day)) {
            found = row;
            found_day = day;
            *out_value = value;
        }
    *out_period = bkt_column_text_at(periods, found);
    return found >= 0;
}

bool series_growth(const series *of, int32_t years, const char **out_first, double *out_rate) {
    const bkt_column *periods = time_column(of->table);
    const bkt_column *values = bkt_table_column_find(of->table, of->value_id);
    const char *last_text;
    double last, value, first = 0;
    int32_t frequency, other;
    int64_t last_ordinal, ordinal, span = 0;
    if (of->per_year == 0 || !series_last(of, &last_text, &last) ||
        bkt_period_parse(last_text, strlen(last_text), &frequency, &last_ordinal) != BKT_OK)
        return false;
    for (int64_t row = 0; row < bkt_table_row_count(of->table); row++) {
        if (!bkt_column_number_at(values, row, &value) ||
            !row_period(periods, row, &other, &ordinal) || other != frequency)
            continue;
        int64_t back = last_ordinal - ordinal;
        /* A fourth quarter over a first says more of the season than of growth. */
        if (back % of->per_year != 0 || back <= span ||
            (years != 0 && back > (int64_t)years * of->per_year))
            continue;
        span = back;
        first = value;
        *out_first = bkt_column_text_at(periods, row);
    }
    return span > 0 && bkt_growth_compound(first, last, (double)span / of->per_year, out_rate) ==
                           BKT_MISSING_NOT;
}

static bkt_status copy_column(bkt_table_builder *builder, const bkt_column *column,
                              const char **texts, int64_t rows) {
    const char *id = bkt_column_id(column);
    if (bkt_column_kind(column) == BKT_KIND_NUMBER)
        return bkt_table_builder_add_numbers(
            builder, id, bkt_column_role(column), bkt_column_unit(column),
            bkt_column_numbers_view(column), bkt_column_validity_view(column),
            bkt_column_reasons_view(column), rows);
    for (int64_t row = 0; row < rows; row++)
        texts[row] = bkt_column_text_at(column, row);
    if (bkt_column_kind(column) == BKT_KIND_PERIOD)
        return bkt_table_builder_add_periods(builder, id, texts, rows);
    return bkt_table_builder_add_texts(builder, id, bkt_column_role(column), texts, rows);
}

bkt_status series_label_rows(session *running, const bkt_table *table, const char *id,
                             const char *text, bkt_table **out_table) {
    *out_table = NULL;
    int64_t rows = bkt_table_row_count(table);
    const char **texts = calloc((size_t)rows + 1, sizeof *texts);
    if (texts == NULL)
        return BKT_ERR_MEMORY;
    for (int64_t row = 0; row < rows; row++)
        texts[row] = text;
    bkt_table_builder *builder = NULL;
    bkt_status status = bkt_table_builder_new(running->context, &builder);
    if (status == BKT_OK)
        status = bkt_table_builder_add_texts(builder, id, BKT_ROLE_DIMENSION, texts, rows);
    for (uint32_t i = 0; status == BKT_OK && i < bkt_table_column_count(table); i++)
        status = copy_column(builder, bkt_table_column_at(table, i), texts, rows);
    free(texts);
    if (status == BKT_OK)
        return bkt_table_builder_finish(builder, out_table);
    bkt_table_builder_free(builder);
    return status;
}

bkt_status series_write_csv(session *running, const series_list *list, bkt_table *const *tables) {
    if (list->count == 1)
        return bkt_table_write_csv(running->context, tables[0], NULL, session_write, NULL);
    bkt_table *labelled[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++)
        status =
            series_label_rows(running, tables[i], "SERIES", list->items[i].value_id, &labelled[i]);
    bkt_table *joined = NULL;
    if (status == BKT_OK)
        status = bkt_table_concatenate(running->context, (const bkt_table *const *)labelled,
                                       list->count, &joined);
    if (status == BKT_OK)
        status = bkt_table_write_csv(running->context, joined, NULL, session_write, NULL);
    bkt_table_free(joined);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(labelled[i]);
    return status;
}
