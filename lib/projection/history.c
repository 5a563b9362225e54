/* SPDX-License-Identifier: MIT */
#include "bkti_history.h"

#include <math.h>

#define PERIOD_LIMIT 100000
#define UNSEEN       255

static bkt_status refuse_column(bkt_context *context, const bkt_table *table, const char *id,
                                const char *what) {
    if (id != NULL && bkt_table_column_find(table, id) == NULL)
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL, "the table has no column %s", id);
    if (id != NULL)
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL, "the column %s has no %s", id, what);
    return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL, "the table has no column of %s", what);
}

/* The column of that id, or the only one of that kind and role. */
static bkt_status find_column(bkt_context *context, const bkt_table *table, const char *id,
                              int32_t kind, int32_t role, const char *what,
                              const bkt_column **out_column) {
    const bkt_column *found = NULL;
    if (id != NULL) {
        found = bkt_table_column_find(table, id);
        if (found != NULL && bkt_column_kind(found) != kind)
            found = NULL;
    }
    for (uint32_t i = 0; id == NULL && i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        if (bkt_column_kind(column) != kind || bkt_column_role(column) != role)
            continue;
        if (found != NULL)
            return bkti_fail(context, BKT_ERR_AMBIGUOUS, NULL,
                             "the table has several columns of %s, %s and %s among them: name the "
                             "one that is meant",
                             what, bkt_column_id(found), bkt_column_id(column));
        found = column;
    }
    if (found == NULL)
        return refuse_column(context, table, id, what);
    *out_column = found;
    return BKT_OK;
}

static bkt_status period_of_row(bkt_context *context, const bkt_column *time, int64_t row,
                                int32_t *out_frequency, int64_t *out_ordinal) {
    int32_t code = bkt_column_codes_view(time)[row];
    bkt_status status = BKT_ERR_PERIOD;
    if (code >= 0)
        status = bkt_column_dictionary_period(time, code, out_frequency, out_ordinal);
    if (status == BKT_OK && *out_frequency != BKT_FREQUENCY_NONE)
        return BKT_OK;
    const char *text = bkt_column_text_at(time, row);
    return bkti_fail(context, BKT_ERR_PERIOD, NULL,
                     "row %lld has %s%s in the column %s where a period is needed",
                     (long long)row + 1, text == NULL ? "nothing" : "the text ",
                     text == NULL ? "" : text, bkt_column_id(time));
}

static int64_t row_at(const bkti_history_rows *rows, int64_t index) {
    return rows->rows == NULL ? index : rows->rows[index];
}

/* First and last period; all rows of one frequency. */
static bkt_status find_range(bkt_context *context, const bkt_column *time,
                             const bkti_history_rows *rows, bkti_history *history) {
    int64_t least = INT64_MAX;
    int64_t most = INT64_MIN;
    for (int64_t i = 0; i < rows->count; i++) {
        int64_t row = row_at(rows, i);
        int32_t frequency;
        int64_t ordinal;
        bkt_status status = period_of_row(context, time, row, &frequency, &ordinal);
        if (status != BKT_OK)
            return status;
        if (frequency > BKT_FREQUENCY_DAY)
            return bkti_fail(context, BKT_ERR_SERIES, NULL,
                             "the period %s has no next period: a series must be of years to days",
                             bkt_column_text_at(time, row));
        if (i > 0 && frequency != history->frequency)
            return bkti_fail(context, BKT_ERR_SERIES, NULL,
                             "the periods %s and %s are of different frequency: filter the table "
                             "to one",
                             bkt_column_text_at(time, row_at(rows, 0)),
                             bkt_column_text_at(time, row));
        history->frequency = frequency;
        least = ordinal < least ? ordinal : least;
        most = ordinal > most ? ordinal : most;
    }
    if (most - least >= PERIOD_LIMIT)
        return bkti_fail(context, BKT_ERR_LIMIT, NULL,
                         "there are %lld periods from the first to the last; the limit is %d",
                         (long long)(most - least) + 1, PERIOD_LIMIT);
    history->first_ordinal = least;
    history->count = most - least + 1;
    return BKT_OK;
}

static bkt_status fill(bkt_context *context, const bkt_column *time, const bkti_history_rows *rows,
                       bkti_history *history) {
    bkti_memory *memory = bkti_context_memory(context);
    size_t count = (size_t)history->count;
    history->values = bkti_allocate_array(memory, count, sizeof *history->values);
    history->reasons = bkti_allocate_array(memory, count, sizeof *history->reasons);
    if (history->values == NULL || history->reasons == NULL)
        return bkti_no_memory(context);
    for (int64_t t = 0; t < history->count; t++) {
        history->values[t] = NAN;
        history->reasons[t] = UNSEEN;
    }
    history->last = -1;
    for (int64_t i = 0; i < rows->count; i++) {
        int64_t row = row_at(rows, i);
        int32_t frequency;
        int64_t ordinal;
        bkt_status status = period_of_row(context, time, row, &frequency, &ordinal);
        if (status != BKT_OK)
            return status;
        int64_t t = ordinal - history->first_ordinal;
        if (history->reasons[t] != UNSEEN)
            return bkti_fail(context, BKT_ERR_DUPLICATE, NULL, "the period %s comes twice%s",
                             bkt_column_text_at(time, row),
                             rows->rows == NULL ? ": filter the table to one series first"
                                                : " in the series");
        history->reasons[t] = (uint8_t)bkt_column_missing_at(history->column, row);
        if (bkt_column_number_at(history->column, row, &history->values[t]) != 0 &&
            t > history->last)
            history->last = t;
    }
    for (int64_t t = 0; t < history->count; t++)
        if (history->reasons[t] == UNSEEN)
            history->reasons[t] = BKT_MISSING_NOT_REPORTED;
    if (history->last < 0)
        return bkti_fail(context, BKT_ERR_NO_DATA, NULL, "the column %s has no value",
                         bkt_column_id(history->column));
    return BKT_OK;
}

bkt_status bkti_history_columns(bkt_context *context, const bkt_table *table, const char *value_id,
                                const char *time_id, const bkt_column **out_value,
                                const bkt_column **out_time) {
    bkt_status status = find_column(context, table, value_id, BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                                    "numbers", out_value);
    if (status != BKT_OK)
        return status;
    return find_column(context, table, time_id, BKT_KIND_PERIOD, BKT_ROLE_TIME, "periods",
                       out_time);
}

bkt_status bkti_history_take(bkt_context *context, const bkt_table *table, const char *value_id,
                             const char *time_id, bkti_history *out_history) {
    bkti_history_rows all = {NULL, bkt_table_row_count(table)};
    return bkti_history_take_rows(context, table, value_id, time_id, &all, out_history);
}

bkt_status bkti_history_take_rows(bkt_context *context, const bkt_table *table,
                                  const char *value_id, const char *time_id,
                                  const bkti_history_rows *rows, bkti_history *out_history) {
    bkti_history history = {.table = table};
    *out_history = history;
    const bkt_column *time = NULL;
    bkt_status status =
        bkti_history_columns(context, table, value_id, time_id, &history.column, &time);
    if (status == BKT_OK && rows->count == 0)
        status = bkti_fail(context, BKT_ERR_NO_DATA, NULL, "the table has no rows");
    if (status == BKT_OK)
        status = find_range(context, time, rows, &history);
    if (status == BKT_OK)
        status = fill(context, time, rows, &history);
    if (status != BKT_OK) {
        bkti_history_free(context, &history);
        return status;
    }
    int32_t per_year = bkt_frequency_per_year(history.frequency);
    history.season_length = per_year > 0 ? (uint32_t)per_year : 1;
    history.periods_per_year = per_year > 0 ? (double)per_year : 365.2425;
    if (history.frequency == BKT_FREQUENCY_WEEK)
        history.periods_per_year = 365.2425 / 7.0;
    *out_history = history;
    return BKT_OK;
}

void bkti_history_free(bkt_context *context, bkti_history *history) {
    bkti_release(bkti_context_memory(context), history->reasons);
    bkti_release(bkti_context_memory(context), history->values);
    history->values = NULL;
    history->reasons = NULL;
}
