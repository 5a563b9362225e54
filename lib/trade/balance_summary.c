/* SPDX-License-Identifier: MIT */
/* A balance over its whole window. */
#include <math.h>

#include "bkti_balance.h"
#include "bkti_result.h"

bkt_status bkt_summary_options_init(bkt_summary_options *options, uint32_t struct_size) {
    static const bkt_summary_options defaults = {.struct_size = sizeof defaults};
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

/* The rows of the balance that lie in the window. */
typedef struct span {
    const bkt_table *balance;
    const bkt_column *time;
    int64_t first_row;
    int64_t count;
    int64_t year_lag; /* rows that make a year; 0: can't be told */
    double *years;
    uint8_t *reasons;
    double *numbers;
} span;

static bkt_status period_of(const span *rows, int64_t row, int32_t *out_frequency,
                            int64_t *out_ordinal) {
    int32_t code = bkt_column_codes_view(rows->time)[row];
    return bkt_column_dictionary_period(rows->time, code, out_frequency, out_ordinal);
}

static bool lies_within(const span *rows, int64_t row, const bkti_window_days *window) {
    int32_t frequency = 0;
    int64_t ordinal = 0;
    int32_t first = 0;
    int32_t last = 0;
    return period_of(rows, row, &frequency, &ordinal) == BKT_OK &&
           bkt_period_start_day(frequency, ordinal, &first) == BKT_OK &&
           bkt_period_last_day(frequency, ordinal, &last) == BKT_OK && first >= window->first_day &&
           last <= window->last_day;
}

/* Rows of a balance follow each other, so that those of a window do too. */
static bkt_status find_rows(bkt_context *context, const bkt_summary_options *options, span *rows) {
    bkti_window_days window;
    bkt_status status =
        bkti_read_window(context, options->first_period, options->last_period, &window);
    if (status != BKT_OK) {
        return status;
    }
    rows->first_row = -1;
    for (int64_t row = 0; row < bkt_table_row_count(rows->balance); row++) {
        if (lies_within(rows, row, &window)) {
            rows->first_row = rows->first_row < 0 ? row : rows->first_row;
            rows->count = row - rows->first_row + 1;
        }
    }
    if (rows->count == 0) {
        return bkti_fail(context, BKT_ERR_NO_DATA, NULL, "the balance has no period in the window");
    }
    return BKT_OK;
}

static bkt_status make_years(bkt_context *context, span *rows) {
    bkti_memory *memory = bkti_context_memory(context);
    rows->years = bkti_allocate_array(memory, (size_t)rows->count, sizeof(double));
    rows->reasons = bkti_allocate_array(memory, (size_t)rows->count, 1);
    rows->numbers = bkti_allocate_array(memory, (size_t)rows->count, sizeof(double));
    if (rows->years == NULL || rows->reasons == NULL || rows->numbers == NULL) {
        return bkti_no_memory(context);
    }
    for (int64_t i = 0; i < rows->count; i++) {
        int32_t frequency = 0;
        int64_t ordinal = 0;
        bkt_status status = period_of(rows, rows->first_row + i, &frequency, &ordinal);
        if (status != BKT_OK) {
            return bkti_fail(context, status, NULL, "a period of the balance is none");
        }
        rows->years[i] = bkti_year_of(frequency, ordinal);
        rows->year_lag = bkt_frequency_per_year(frequency);
    }
    return BKT_OK;
}

/* The window's part of a column. */
static bkt_status take_column(bkt_context *context, const span *rows, const char *id,
                              const bkt_column **out_column) {
    const bkt_column *column = bkt_table_column_find(rows->balance, id);
    *out_column = column;
    if (column == NULL) {
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL,
                         "the table has no column %s; a summary is of a table that bkt_balance() "
                         "made",
                         id);
    }
    if (bkt_column_kind(column) != BKT_KIND_NUMBER) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL, "the column %s holds no numbers", id);
    }
    for (int64_t i = 0; i < rows->count; i++) {
        int64_t row = rows->first_row + i;
        bkt_column_number_at(column, row, &rows->numbers[i]);
        rows->reasons[i] = (uint8_t)bkt_column_missing_at(column, row);
    }
    return BKT_OK;
}

static const char *period_text(const span *rows, int64_t row) {
    return row < 0 ? NULL : bkt_column_text_at(rows->time, rows->first_row + row);
}

typedef struct columns {
    uint32_t id;
    uint32_t value;
    uint32_t unit;
    uint32_t used;
    uint32_t total;
    uint32_t first;
    uint32_t last;
    uint32_t reason;
} columns;

static columns add_columns(bkti_result *result) {
    columns at;
    at.id =
        bkti_result_add_column(result, "INDICATOR", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, NULL, NULL);
    at.value =
        bkti_result_add_column(result, "VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, NULL, NULL);
    at.unit = bkti_result_add_column(result, "UNIT", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, NULL, NULL);
    at.used = bkti_result_add_column(result, "N_USED", BKT_KIND_NUMBER, BKT_ROLE_ATTRIBUTE, NULL,
                                     "count");
    at.total = bkti_result_add_column(result, "N_TOTAL", BKT_KIND_NUMBER, BKT_ROLE_ATTRIBUTE, NULL,
                                      "count");
    at.first = bkti_result_add_column(result, "FIRST_PERIOD", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                                      NULL, NULL);
    at.last = bkti_result_add_column(result, "LAST_PERIOD", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, NULL,
                                     NULL);
    at.reason =
        bkti_result_add_column(result, "REASON", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, NULL, NULL);
    return at;
}

static const char *unit_text(const bkt_indicator *indicator, const bkt_column *input) {
    static const char *const units[] = {"", NULL, "fraction", "%", "index", "count", "flag"};
    const char *unit = units[indicator->unit];
    return unit == NULL ? bkt_column_unit(input) : unit;
}

static bkt_status write_rows(bkt_context *context, const span *rows, bkti_result *result) {
    columns at = add_columns(result);
    int64_t row = 0;
    for (uint32_t i = 0; i < bkti_indicator_count; i++) {
        const bkt_indicator *indicator = &bkti_indicators[i];
        if (indicator->scope != BKT_INDICATOR_WINDOW) {
            continue;
        }
        const bkt_column *input = NULL;
        bkt_status status = take_column(context, rows, indicator->inputs[0], &input);
        if (status != BKT_OK) {
            return status;
        }
        bkti_frame frame = {.count = rows->count,
                            .year_lag = rows->year_lag,
                            .years = rows->years,
                            .comparable = true};
        bkti_series series = {rows->numbers, rows->reasons};
        bkti_window window = {.number = NAN};
        indicator->window(&frame, &series, &window);
        bkti_result_put_text(result, at.id, row, indicator->id);
        bkti_result_put_number(result, at.value, row, window.number, window.reason);
        bkti_result_put_text(result, at.unit, row, unit_text(indicator, input));
        bkti_result_put_number(result, at.used, row, (double)window.used, BKT_MISSING_NOT);
        bkti_result_put_number(result, at.total, row, (double)rows->count, BKT_MISSING_NOT);
        bkti_result_put_text(result, at.first, row, period_text(rows, window.first_row));
        bkti_result_put_text(result, at.last, row, period_text(rows, window.last_row));
        if (window.reason != BKT_MISSING_NOT) {
            bkti_result_put_text(result, at.reason, row, bkt_missing_text(window.reason));
        }
        row++;
    }
    result->row_count = row;
    return BKT_OK;
}

static bkt_status summarise(bkt_context *context, const span *rows, bkt_table **out_table) {
    bkti_result result;
    bkti_result_open(&result, context, 0);
    bkt_status status = result.status;
    if (status == BKT_OK) {
        status = write_rows(context, rows, &result);
    }
    if (status == BKT_OK && result.status == BKT_OK) {
        result.status = bkti_table_writer_copy_properties(result.writer, rows->balance);
    }
    if (status != BKT_OK) {
        result.status = status;
    }
    return bkti_result_finish(&result, out_table);
}

bkt_status bkt_balance_summary(bkt_context *context, const bkt_table *balance,
                               const bkt_summary_options *options, bkt_table **out_table) {
    if (out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the table");
    }
    *out_table = NULL;
    if (context == NULL || balance == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a summary needs a balance");
    }
    bkt_summary_options own = {.struct_size = sizeof own};
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    if (status == BKT_OK) {
        status = bkti_flags_check(context, "bkt_summary_options", own.flags, 0);
    }
    if (status != BKT_OK) {
        return status;
    }
    span rows = {.balance = balance, .time = bkt_table_column_find(balance, "TIME_PERIOD")};
    if (rows.time == NULL) {
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL,
                         "the table has no column TIME_PERIOD; a summary is of a table that "
                         "bkt_balance() made");
    }
    if (bkt_column_kind(rows.time) != BKT_KIND_PERIOD) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                         "the column TIME_PERIOD holds no periods");
    }
    status = find_rows(context, &own, &rows);
    if (status == BKT_OK) {
        status = make_years(context, &rows);
    }
    if (status == BKT_OK) {
        status = summarise(context, &rows, out_table);
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, rows.years);
    bkti_release(memory, rows.reasons);
    bkti_release(memory, rows.numbers);
    return status;
}
