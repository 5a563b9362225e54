/* SPDX-License-Identifier: MIT */
#include "bkti_column.h"

typedef struct filter_column {
    char *id;
    bkti_dictionary *codes;
} filter_column;

struct bkt_filter {
    bkt_context *context;
    bkti_memory *memory;
    filter_column *columns;
    size_t column_count;
    size_t column_capacity;
    /* The window of days, both ends in it. */
    int32_t first_day;
    int32_t last_day;
    bool has_periods;
};

bkt_status bkt_filter_new(bkt_context *context, bkt_filter **out_filter) {
    if (out_filter == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the filter");
    }
    *out_filter = NULL;
    if (context == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_filter *filter = bkti_allocate_zeroed(memory, 1, sizeof *filter);
    if (filter == NULL) {
        return bkti_no_memory(context);
    }
    filter->context = context;
    filter->memory = bkti_memory_hold(memory);
    *out_filter = filter;
    return BKT_OK;
}

void bkt_filter_free(bkt_filter *filter) {
    if (filter == NULL) {
        return;
    }
    bkti_memory *memory = filter->memory;
    for (size_t i = 0; i < filter->column_count; i++) {
        bkti_release(memory, filter->columns[i].id);
        bkti_dictionary_drop(filter->columns[i].codes);
    }
    bkti_release(memory, filter->columns);
    bkti_release(memory, filter);
    bkti_memory_drop(memory);
}

/* A dictionary of the codes known and the codes given; NULL without memory. */
static bkti_dictionary *join_codes(bkti_memory *memory, const bkti_dictionary *known,
                                   const char *const *codes, uint32_t count) {
    bkti_dictionary *joined = bkti_dictionary_new(memory);
    bool done = joined != NULL;
    int32_t known_count = bkti_dictionary_count(known);
    for (int32_t code = 0; done && code < known_count; code++) {
        done = bkti_dictionary_add(joined, bkti_dictionary_span(known, code)) >= 0;
    }
    for (uint32_t i = 0; done && i < count; i++) {
        done = bkti_dictionary_add(joined, bkti_span_of(codes[i])) >= 0;
    }
    if (!done) {
        bkti_dictionary_drop(joined);
        return NULL;
    }
    return joined;
}

static bool append_column(bkt_filter *filter, const char *id, bkti_dictionary *codes) {
    void *columns = filter->columns;
    bool room = bkti_grow(filter->memory, &columns, &filter->column_capacity,
                          filter->column_count + 1, sizeof *filter->columns);
    filter->columns = columns;
    char *copy = room ? bkti_copy_text(filter->memory, id, strlen(id)) : NULL;
    if (copy == NULL) {
        return false;
    }
    filter->columns[filter->column_count++] = (filter_column){copy, codes};
    return true;
}

static bkt_status check_codes(bkt_context *context, const char *id, const char *const *codes,
                              uint32_t count) {
    if (id == NULL || id[0] == '\0') {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a filter by codes needs a column's id");
    }
    if (codes == NULL || count == 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the filter by column '%s' has no code: give one at least, or leave the "
                         "column out",
                         id);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (codes[i] == NULL) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "code %u (counted from 0) of the filter by column '%s' is NULL",
                             (unsigned)i, id);
        }
    }
    return BKT_OK;
}

bkt_status bkt_filter_add_codes(bkt_filter *filter, const char *id, const char *const *codes,
                                uint32_t count) {
    if (filter == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkt_status status = check_codes(filter->context, id, codes, count);
    if (status != BKT_OK) {
        return status;
    }
    filter_column *column = NULL;
    for (size_t i = 0; column == NULL && i < filter->column_count; i++) {
        column = strcmp(filter->columns[i].id, id) == 0 ? &filter->columns[i] : NULL;
    }
    /* Joined into a dictionary of its own, so that a failure leaves the filter as it was. */
    bkti_dictionary *joined =
        join_codes(filter->memory, column == NULL ? NULL : column->codes, codes, count);
    if (joined == NULL) {
        return bkti_no_memory(filter->context);
    }
    if (column != NULL) {
        bkti_dictionary_drop(column->codes);
        column->codes = joined;
    } else if (!append_column(filter, id, joined)) {
        bkti_dictionary_drop(joined);
        return bkti_no_memory(filter->context);
    }
    return BKT_OK;
}

/* First or last day of a period given as text. */
static bkt_status day_of(bkt_context *context, const char *text, bool last, int32_t *out_day) {
    int32_t frequency;
    int64_t ordinal;
    bkt_status status = bkt_period_parse(text, strlen(text), &frequency, &ordinal);
    if (status == BKT_OK) {
        status = last ? bkt_period_last_day(frequency, ordinal, out_day)
                      : bkt_period_start_day(frequency, ordinal, out_day);
    }
    if (status != BKT_OK) {
        return bkti_fail(context, BKT_ERR_PERIOD, NULL,
                         "'%s' is no period such as 2012, 2012-Q1 or 2012-07", text);
    }
    return BKT_OK;
}

bkt_status bkt_filter_set_periods(bkt_filter *filter, const char *first_period,
                                  const char *last_period) {
    if (filter == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    int32_t first_day = INT32_MIN;
    int32_t last_day = INT32_MAX;
    if (first_period != NULL) {
        bkt_status status = day_of(filter->context, first_period, false, &first_day);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (last_period != NULL) {
        bkt_status status = day_of(filter->context, last_period, true, &last_day);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (first_day > last_day) {
        return bkti_fail(filter->context, BKT_ERR_ARGUMENT, NULL,
                         "the first period '%s' begins after the end of the last period '%s'",
                         first_period, last_period);
    }
    filter->first_day = first_day;
    filter->last_day = last_day;
    filter->has_periods = first_period != NULL || last_period != NULL;
    return BKT_OK;
}

uint32_t bkti_filter_column_count(const bkt_filter *filter) {
    return (uint32_t)filter->column_count;
}

const char *bkti_filter_column_id(const bkt_filter *filter, uint32_t index) {
    return filter->columns[index].id;
}

bool bkti_filter_accepts_code(const bkt_filter *filter, uint32_t index, bkti_span code) {
    return bkti_dictionary_find(filter->columns[index].codes, code) >= 0;
}

bool bkti_filter_has_periods(const bkt_filter *filter) {
    return filter->has_periods;
}

bool bkti_filter_accepts_period(const bkt_filter *filter, int32_t frequency, int64_t ordinal) {
    if (!filter->has_periods) {
        return true;
    }
    int32_t first_day;
    int32_t last_day;
    return frequency != BKT_FREQUENCY_NONE &&
           bkt_period_start_day(frequency, ordinal, &first_day) == BKT_OK &&
           bkt_period_last_day(frequency, ordinal, &last_day) == BKT_OK &&
           first_day >= filter->first_day && last_day <= filter->last_day;
}

/* The column that holds the periods which a filter speaks of. */
static bkt_status time_column(bkt_context *context, const bkt_table *table,
                              const bkt_column **out_column) {
    const bkt_column *found = bkti_table_time(table);
    *out_column = found;
    if (found == NULL) {
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL,
                         "the filter is by period and the table has no time column");
    }
    if (found->kind != BKT_KIND_PERIOD) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                         "the filter is by period and the time column '%s' holds no periods",
                         found->id);
    }
    return BKT_OK;
}

/* Rows whose code is not accepted are struck out. `accepted` has a truth for every code. */
static void strike_out(const bkt_column *column, const uint8_t *accepted, uint8_t *kept) {
    for (int64_t row = 0; row < column->row_count; row++) {
        int32_t code = column->codes[row];
        kept[row] = code >= 0 && accepted[code] && kept[row];
    }
}

static bkt_status keep_codes(bkt_context *context, const bkt_table *table,
                             const filter_column *wanted, uint8_t *kept) {
    const bkt_column *column = bkti_table_find(table, wanted->id);
    if (column == NULL) {
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL,
                         "the filter names column '%s', which the table does not have", wanted->id);
    }
    if (column->kind == BKT_KIND_NUMBER) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                         "the filter names codes of column '%s', which holds numbers", column->id);
    }
    bkti_memory *memory = bkti_context_memory(context);
    uint8_t *accepted =
        bkti_allocate_zeroed(memory, (size_t)bkti_dictionary_count(column->dictionary), 1);
    if (accepted == NULL) {
        return bkti_no_memory(context);
    }
    int32_t wanted_count = bkti_dictionary_count(wanted->codes);
    for (int32_t i = 0; i < wanted_count; i++) {
        int32_t code =
            bkti_dictionary_find(column->dictionary, bkti_dictionary_span(wanted->codes, i));
        if (code >= 0) {
            accepted[code] = 1;
        }
    }
    strike_out(column, accepted, kept);
    bkti_release(memory, accepted);
    return BKT_OK;
}

static bkt_status keep_periods(bkt_context *context, const bkt_table *table,
                               const bkt_filter *filter, uint8_t *kept) {
    const bkt_column *column;
    bkt_status status = time_column(context, table, &column);
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    const bkti_period_list *periods = column->periods;
    uint8_t *accepted = bkti_allocate_array(memory, periods->count, 1);
    if (accepted == NULL) {
        return bkti_no_memory(context);
    }
    for (size_t code = 0; code < periods->count; code++) {
        accepted[code] = bkti_filter_accepts_period(filter, periods->items[code].frequency,
                                                    periods->items[code].ordinal);
    }
    strike_out(column, accepted, kept);
    bkti_release(memory, accepted);
    return BKT_OK;
}

/* A byte a row: 1 if it passes. */
static bkt_status keep_rows(bkt_context *context, const bkt_table *table, const bkt_filter *filter,
                            uint8_t *kept) {
    memset(kept, 1, (size_t)table->row_count);
    for (size_t i = 0; i < filter->column_count; i++) {
        bkt_status status = keep_codes(context, table, &filter->columns[i], kept);
        if (status != BKT_OK) {
            return status;
        }
    }
    return filter->has_periods ? keep_periods(context, table, filter, kept) : BKT_OK;
}

/* The table of the rows kept; NULL without memory. */
static bkt_table *take_kept(bkti_memory *memory, const bkt_table *table, const uint8_t *kept) {
    int64_t count = 0;
    for (int64_t row = 0; row < table->row_count; row++) {
        count += kept[row];
    }
    int64_t *rows = bkti_allocate_array(memory, (size_t)count, sizeof *rows);
    if (rows == NULL) {
        return NULL;
    }
    int64_t next = 0;
    for (int64_t row = 0; row < table->row_count; row++) {
        if (kept[row]) {
            rows[next++] = row;
        }
    }
    bkt_table *taken = bkti_table_take(memory, table, rows, count);
    bkti_release(memory, rows);
    return taken;
}

bkt_status bkt_table_filter(bkt_context *context, const bkt_table *table, const bkt_filter *filter,
                            bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || filter == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_filter() needs a table, a filter and a place for the result");
    }
    bkti_memory *memory = bkti_context_memory(context);
    uint8_t *kept = bkti_allocate_array(memory, (size_t)table->row_count, 1);
    if (kept == NULL) {
        return bkti_no_memory(context);
    }
    bkt_status status = keep_rows(context, table, filter, kept);
    if (status == BKT_OK) {
        *out_table = take_kept(memory, table, kept);
        status = *out_table == NULL ? bkti_no_memory(context) : BKT_OK;
    }
    bkti_release(memory, kept);
    return status;
}
