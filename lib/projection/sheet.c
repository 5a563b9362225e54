/* SPDX-License-Identifier: MIT */
#include "bkti_history.h"

#include "bkti_number.h"

#include <math.h>
#include <string.h>

void bkti_sheet_begin(bkti_sheet *sheet, bkt_context *context, const bkt_table *source,
                      int64_t rows) {
    sheet->context = context;
    sheet->writer = NULL;
    sheet->status = bkti_table_writer_new(context, &sheet->writer);
    if (sheet->status == BKT_OK)
        sheet->status = bkti_table_writer_reserve(sheet->writer, rows);
    for (uint32_t i = 0; i < bkt_table_property_count(source); i++) {
        const char *name = bkt_table_property_name_at(source, i);
        bkti_sheet_set(sheet, name, bkt_table_property(source, name));
    }
}

void bkti_sheet_add(bkti_sheet *sheet, const char *id, int32_t kind, int32_t role,
                    const char *label, const char *unit) {
    uint32_t index;
    if (sheet->status == BKT_OK)
        sheet->status = bkti_table_writer_add_column(sheet->writer, bkti_span_of(id), kind, role,
                                                     BKT_LEVEL_NONE, &index);
    if (sheet->status == BKT_OK)
        sheet->status = bkti_table_writer_set_label(sheet->writer, index, label, unit);
}

void bkti_sheet_add_level(bkti_sheet *sheet, const char *prefix, const char *label, double level,
                          const char *unit) {
    char number[512];
    bkti_text id;
    bkti_text words;
    size_t length = bkti_number_format_fixed(level * 100.0, 9, 0, number, sizeof number);
    while (number[length - 1] == '0')
        number[--length] = '\0';
    if (number[length - 1] == '.')
        number[--length] = '\0';
    bkti_text_init(&words, bkti_context_memory(sheet->context));
    bkti_text_append_format(&words, "%s, %s %%", label, number);
    for (char *point = strchr(number, '.'); point != NULL; point = NULL)
        *point = '_';
    bkti_text_init(&id, bkti_context_memory(sheet->context));
    bkti_text_append_format(&id, "%s%s", prefix, number);
    if (sheet->status == BKT_OK && (id.failed || words.failed))
        sheet->status = bkti_no_memory(sheet->context);
    bkti_sheet_add(sheet, bkti_text_get(&id), BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   bkti_text_get(&words), unit);
    bkti_text_free(&id);
    bkti_text_free(&words);
}

void bkti_sheet_put(bkti_sheet *sheet, uint32_t column, int64_t row, double number,
                    int32_t reason) {
    if (sheet->status != BKT_OK)
        return;
    bkti_column_writer *writer = bkti_table_writer_column(sheet->writer, column);
    sheet->status =
        isnan(number)
            ? bkti_column_put_missing(sheet->writer, writer, row, (uint8_t)reason)
            : bkti_column_put_number(sheet->writer, writer, row, number == 0.0 ? 0.0 : number);
}

void bkti_sheet_put_text(bkti_sheet *sheet, uint32_t column, int64_t row, const char *text) {
    if (sheet->status != BKT_OK)
        return;
    int32_t code = bkti_table_writer_code(sheet->writer, column, bkti_span_of(text));
    sheet->status =
        code < 0 ? BKT_ERR_MEMORY
                 : bkti_column_put_code(sheet->writer,
                                        bkti_table_writer_column(sheet->writer, column), row, code);
}

void bkti_sheet_put_number_text(bkti_sheet *sheet, uint32_t column, int64_t row, double number) {
    char text[64];
    bkti_number_format(number == 0.0 ? 0.0 : number, text, sizeof text);
    bkti_sheet_put_text(sheet, column, row, text);
}

void bkti_sheet_add_target(bkti_sheet *sheet, const char *unit) {
    const int32_t number = BKT_KIND_NUMBER;
    const int32_t measure = BKT_ROLE_MEASURE;
    bkti_sheet_add(sheet, "TARGET", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Target", NULL);
    bkti_sheet_add(sheet, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME, "Period", NULL);
    bkti_sheet_add(sheet, "PERIODS_AHEAD", number, measure, "Periods ahead", NULL);
    bkti_sheet_add(sheet, "TARGET_VALUE", number, measure, "Target", unit);
}

static bool format_period(bkti_sheet *sheet, int32_t frequency, int64_t ordinal, char *buffer,
                          size_t capacity) {
    if (sheet->status == BKT_OK &&
        bkt_period_format(frequency, ordinal, buffer, capacity, NULL) != BKT_OK)
        sheet->status = bkti_fail(sheet->context, BKT_ERR_LIMIT, NULL,
                                  "the horizon goes beyond the year 9999: give a shorter one");
    return sheet->status == BKT_OK;
}

void bkti_sheet_put_period(bkti_sheet *sheet, uint32_t column, int64_t row, int32_t frequency,
                           int64_t ordinal) {
    char text[64];
    int32_t found;
    int64_t place;
    if (!format_period(sheet, frequency, ordinal, text, sizeof text))
        return;
    int32_t code =
        bkti_table_writer_period_code(sheet->writer, column, bkti_span_of(text), &found, &place);
    sheet->status =
        code < 0 ? BKT_ERR_MEMORY
                 : bkti_column_put_code(sheet->writer,
                                        bkti_table_writer_column(sheet->writer, column), row, code);
}

void bkti_sheet_set(bkti_sheet *sheet, const char *name, const char *text) {
    if (sheet->status == BKT_OK)
        sheet->status = bkti_table_writer_set_property(sheet->writer, name, bkti_span_of(text));
}

void bkti_sheet_set_number(bkti_sheet *sheet, const char *name, double number) {
    char text[64];
    bkti_number_format(number, text, sizeof text);
    bkti_sheet_set(sheet, name, isnan(number) ? "" : text);
}

void bkti_sheet_set_period(bkti_sheet *sheet, const char *name, int32_t frequency,
                           int64_t ordinal) {
    char text[64];
    if (format_period(sheet, frequency, ordinal, text, sizeof text))
        bkti_sheet_set(sheet, name, text);
}

static void append_number(bkti_text *text, const char *name, double number) {
    char buffer[64];
    if (isnan(number))
        return;
    bkti_number_format(number, buffer, sizeof buffer);
    bkti_text_append_format(text, "%s%s %s", text->size > 0 ? ", " : "", name, buffer);
}

/* As many digits as a person reads. */
static double to_millionths(double number) {
    return floor(number * 1e6 + 0.5) / 1e6;
}

/* The form as the literature writes it: ETS(M,Ad,N). */
static void append_form(bkti_text *text, const bkt_fit *fit) {
    static const char *const parts[] = {"", "N", "A", "Ad", "M"};
    if (fit->ets_error != BKT_ETS_ANY)
        bkti_text_append_format(text, "ETS(%s,%s,%s)", parts[fit->ets_error], parts[fit->ets_trend],
                                parts[fit->ets_season]);
}

static void append_basis(bkti_text *text, const bkt_fit *fit) {
    const char *series =
        (fit->flags & BKT_FIT_TRADE) == 0     ? "series of three forecasting competitions"
        : (fit->flags & BKT_FIT_BALANCE) == 0 ? "yearly series of trade between countries"
                                              : "yearly balances of trade between countries";
    bool is_far = (fit->flags & BKT_FIT_EXTRAPOLATED) != 0;
    if ((fit->flags & BKT_FIT_CALIBRATED) == 0)
        bkti_text_append_format(text, "%s", "by the methods' own formulas");
    else
        bkti_text_append_format(text, "from errors on the %s%s", series,
                                is_far ? ", the farthest steps extrapolated" : "");
}

void bkti_sheet_set_text(bkti_sheet *sheet, const char *name, bkti_text *text) {
    if (sheet->status == BKT_OK && text->failed)
        sheet->status = bkti_no_memory(sheet->context);
    bkti_sheet_set(sheet, name, bkti_text_get(text));
    bkti_text_clear(text);
}

void bkti_sheet_set_fit(bkti_sheet *sheet, const bkti_history *history, const bkt_fit *fit,
                        uint32_t horizon) {
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(sheet->context));
    bkti_sheet_set(sheet, "value", bkt_column_id(history->column));
    bkti_sheet_set(sheet, "method", bkt_method_id(fit->method));
    bkti_sheet_set(sheet, "method_label", bkt_method_label(fit->method));
    bkti_sheet_set(sheet, "choice", bkt_choice_text(fit->choice));
    bkti_sheet_set(sheet, "fallback",
                   fit->fallback == BKT_FALLBACK_NONE ? "" : bkt_fallback_text(fit->fallback));
    for (uint32_t i = 0; i < fit->member_count; i++) {
        char weight[64];
        bkti_number_format(to_millionths(fit->member_weights[i]), weight, sizeof weight);
        bkti_text_append_format(&text, "%s%s %s", i > 0 ? ", " : "",
                                bkt_method_id(fit->member_methods[i]), weight);
    }
    bkti_sheet_set_text(sheet, "members", &text);
    bkti_sheet_set(sheet, "combined",
                   fit->member_count < 2                  ? ""
                   : (fit->flags & BKT_FIT_MEDIAN) != 0   ? "median"
                   : (fit->flags & BKT_FIT_WEIGHTED) != 0 ? "mean, weighted by past errors"
                   : (fit->flags & BKT_FIT_SUMS) != 0
                       ? "mean, halfway to the projections of quarterly sums"
                       : "mean");
    append_basis(&text, fit);
    bkti_sheet_set_text(sheet, "intervals", &text);
    append_form(&text, fit);
    append_number(&text, "alpha", to_millionths(fit->alpha));
    append_number(&text, "beta", to_millionths(fit->beta));
    append_number(&text, "phi", to_millionths(fit->phi));
    append_number(&text, "theta", to_millionths(fit->theta));
    append_number(&text, "lambda", fit->box_cox_lambda);
    append_number(&text, "alpha_real", to_millionths(fit->alpha_real));
    append_number(&text, "alpha_imaginary", to_millionths(fit->alpha_imaginary));
    for (uint32_t i = 0;
         i < BKT_ARIMA_ORDER_COUNT && fit->ets_error == BKT_ETS_ANY && !isnan(fit->log_likelihood);
         i++) {
        static const char *const names[BKT_ARIMA_ORDER_COUNT] = {"p", "d", "q", "P", "D", "Q"};
        append_number(&text, names[i], (double)fit->arima_orders[i]);
    }
    append_number(&text, "gamma", to_millionths(fit->gamma));
    append_number(&text, "level", fit->level);
    append_number(&text, "slope", fit->slope);
    bkti_sheet_set_text(sheet, "parameters", &text);
    bkti_text_free(&text);
    bkti_sheet_set(sheet, "season",
                   (fit->flags & BKT_FIT_SEASONAL) == 0         ? "none"
                   : (fit->flags & BKT_FIT_MULTIPLICATIVE) != 0 ? "multiplicative"
                                                                : "additive");
    bkti_sheet_set_number(sheet, "count", (double)fit->count);
    bkti_sheet_set_number(
        sheet, "missing_count",
        (double)(fit->missing_leading + fit->missing_inner + fit->missing_trailing));
    bkti_sheet_set_number(sheet, "sigma", fit->sigma);
    if (fit->break_period > 0)
        bkti_sheet_set_period(sheet, "break_period", history->frequency,
                              history->first_ordinal + fit->break_period - 1);
    bkti_sheet_set_period(sheet, "last_period", history->frequency,
                          history->first_ordinal + history->last);
    bkti_sheet_set_number(sheet, "horizon", (double)horizon);
}

bkt_status bkti_sheet_finish(bkti_sheet *sheet, int64_t rows, bkt_table **out_table) {
    if (sheet->status == BKT_OK)
        return bkti_table_writer_finish(sheet->writer, rows, out_table);
    bkti_table_writer_free(sheet->writer);
    return sheet->status;
}
