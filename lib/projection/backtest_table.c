/* SPDX-License-Identifier: MIT */
/* Back-tests as a table: a row a series, method and horizon. */
#include "bkti_backtest.h"

#include "bkti_number.h"

#include <math.h>

static const char *const figure_ids[BKT_ACCURACY_WIDTH] = {"PROJECTIONS", "MAE",  "RMSE", "MAPE",
                                                           "SMAPE",       "MASE", "OWA"};
static const char *const figure_labels[BKT_ACCURACY_WIDTH] = {
    "Projections compared",
    "Mean absolute error",
    "Root mean squared error",
    "Mean absolute percentage error",
    "Symmetric mean absolute percentage error",
    "Mean absolute scaled error",
    "Overall weighted average against naive 2"};

/* Naive 2 has the measures between the count and the average that it is the unit of. */
#define NAIVE_FIRST BKT_ACCURACY_MAE
#define NAIVE_END   BKT_ACCURACY_OWA
static const char *const naive_ids[NAIVE_END] = {NULL,         "NAIVE_MAE",   "NAIVE_RMSE",
                                                 "NAIVE_MAPE", "NAIVE_SMAPE", "NAIVE_MASE"};
static const char *const naive_labels[NAIVE_END] = {
    NULL,
    "Last value's mean absolute error",
    "Last value's root mean squared error",
    "Last value's mean absolute percentage error",
    "Last value's symmetric mean absolute percentage error",
    "Last value's mean absolute scaled error"};

static const char *figure_unit(uint32_t figure, const char *unit) {
    if (figure == BKT_ACCURACY_MAE || figure == BKT_ACCURACY_RMSE)
        return unit;
    return figure == BKT_ACCURACY_MAPE || figure == BKT_ACCURACY_SMAPE ? "%" : NULL;
}

void bkti_backtest_sheet_begin(bkti_backtest_sheet *out, bkt_context *context,
                               const bkt_table *table, int64_t rows) {
    bkti_sheet_begin(&out->sheet, context, table, rows);
    out->row = 0;
}

void bkti_backtest_sheet_add_columns(bkti_backtest_sheet *out, const char *unit) {
    const bkti_settings *s = &out->plan->settings;
    bkti_sheet *sheet = &out->sheet;
    if (out->panel != NULL)
        bkti_panel_add_key(sheet, out->panel);
    bkti_sheet_add(sheet, "METHOD", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Method", NULL);
    bkti_sheet_add(sheet, "HORIZON", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Periods ahead", NULL);
    if (out->panel != NULL)
        bkti_sheet_add(sheet, "SERIES", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Series", NULL);
    for (uint32_t i = 0; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_add(sheet, figure_ids[i], BKT_KIND_NUMBER, BKT_ROLE_MEASURE, figure_labels[i],
                       figure_unit(i, unit));
    for (uint32_t i = 0; i < s->level_count; i++)
        bkti_sheet_add_level(sheet, "COVERAGE_", "Share within the interval", s->levels[i],
                             "fraction");
    for (uint32_t i = 0; i < s->level_count; i++)
        bkti_sheet_add_level(sheet, "MSIS_", "Mean scaled interval score", s->levels[i], NULL);
    for (uint32_t i = NAIVE_FIRST; i < NAIVE_END; i++)
        bkti_sheet_add(sheet, naive_ids[i], BKT_KIND_NUMBER, BKT_ROLE_MEASURE, naive_labels[i],
                       figure_unit(i, unit));
    bkti_sheet_add(sheet, "RELATIVE_MAE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                   "Mean absolute error divided by the last value's", NULL);
    if (out->panel != NULL)
        bkti_sheet_add(sheet, "PROBLEM", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                       "Why there are no figures", NULL);
}

/* Why a figure is missing. */
static int32_t reason_of(const bkti_backtest_subject *subject, uint32_t figure, double compared) {
    if (subject->problem != NULL)
        return BKT_MISSING_INPUT;
    bool has_unit = figure == BKT_ACCURACY_MAE || figure == BKT_ACCURACY_RMSE;
    if (subject->key_row < 0 && has_unit && subject->series_count != NULL)
        return BKT_MISSING_NOT_APPLICABLE;
    if (compared == 0.0)
        return BKT_MISSING_TOO_FEW;
    bool is_scaled = figure == BKT_ACCURACY_MASE || figure == BKT_ACCURACY_OWA;
    if (is_scaled && subject->is_short)
        return BKT_MISSING_TOO_FEW;
    return is_scaled || figure == BKT_ACCURACY_MAPE ? BKT_MISSING_ZERO_DENOMINATOR
                                                    : BKT_MISSING_OVERFLOW;
}

static uint32_t put_intervals(bkti_backtest_sheet *out, const bkti_backtest_subject *subject,
                              const bkti_accuracy *accuracy, size_t step, uint32_t column) {
    uint32_t count = out->plan->settings.level_count;
    for (uint32_t i = 0; i < count; i++) {
        size_t cell = step * count + i;
        double bounded = accuracy->bounded[cell];
        bkti_sheet_put(&out->sheet, column + i, out->row,
                       bounded > 0.0 ? accuracy->inside[cell] / bounded : NAN,
                       subject->problem != NULL ? BKT_MISSING_INPUT : BKT_MISSING_TOO_FEW);
        bkti_sheet_put(&out->sheet, column + count + i, out->row, accuracy->msis[cell],
                       reason_of(subject, BKT_ACCURACY_MASE, bounded));
    }
    return column + 2 * count;
}

static void put_row(bkti_backtest_sheet *out, const bkti_backtest_subject *subject,
                    const char *method, const char *horizon, const bkti_accuracy *accuracy,
                    size_t step) {
    bkti_sheet *sheet = &out->sheet;
    const double *own = accuracy->own + step * BKT_ACCURACY_WIDTH;
    const double *naive = accuracy->naive + step * BKT_ACCURACY_WIDTH;
    double compared = own[BKT_ACCURACY_COUNT];
    uint32_t column = out->panel == NULL ? 0 : out->panel->key_count;
    if (out->panel != NULL && subject->key_row >= 0)
        bkti_panel_put_key_of(sheet, out->panel, subject->key_row, out->row);
    bkti_sheet_put_text(sheet, column++, out->row, method);
    bkti_sheet_put_text(sheet, column++, out->row, horizon);
    if (out->panel != NULL)
        bkti_sheet_put(sheet, column++, out->row,
                       subject->series_count != NULL ? subject->series_count[step]
                       : subject->problem != NULL    ? 0.0
                                                     : 1.0,
                       BKT_MISSING_NOT);
    for (uint32_t i = 0; i < BKT_ACCURACY_WIDTH; i++)
        bkti_sheet_put(sheet, column++, out->row, own[i], reason_of(subject, i, compared));
    column = put_intervals(out, subject, accuracy, step, column);
    for (uint32_t i = NAIVE_FIRST; i < NAIVE_END; i++)
        bkti_sheet_put(sheet, column++, out->row, naive[i], reason_of(subject, i, compared));
    double ratio = own[BKT_ACCURACY_MAE] / naive[BKT_ACCURACY_MAE];
    bkti_sheet_put(sheet, column++, out->row, isfinite(ratio) ? ratio : NAN,
                   naive[BKT_ACCURACY_MAE] == 0.0 ? BKT_MISSING_ZERO_DENOMINATOR
                                                  : reason_of(subject, BKT_ACCURACY_MAE, compared));
    if (out->panel != NULL && subject->problem != NULL)
        bkti_sheet_put_text(sheet, column, out->row, subject->problem);
    out->row++;
}

void bkti_backtest_sheet_put(bkti_backtest_sheet *out, const bkti_backtest_subject *subject,
                             int32_t method, const bkti_accuracy *accuracy) {
    uint32_t horizon = out->plan->settings.horizon;
    for (uint32_t i = 0; i <= horizon; i++) {
        size_t step = i == horizon ? 0 : (size_t)i + 1; /* all of them last */
        char text[32] = "all";
        if (step > 0)
            bkti_number_format((double)step, text, sizeof text);
        put_row(out, subject, bkt_method_id(method), text, accuracy, step);
    }
}

void bkti_backtest_sheet_describe(bkti_backtest_sheet *out, const bkti_history *history) {
    const bkti_backtest_plan *plan = out->plan;
    bkti_sheet *sheet = &out->sheet;
    int64_t first = history->first_ordinal;
    int64_t value_count = 0;
    for (int64_t t = 0; t < history->count; t++)
        value_count += !isnan(history->values[t]);
    bkti_sheet_set_number(sheet, "count", (double)value_count);
    bkti_sheet_set_number(sheet, "training", (double)plan->training);
    bkti_sheet_set_number(sheet, "origins", (double)plan->origin_count);
    bkti_sheet_set_period(sheet, "last_period", history->frequency, first + history->last);
    if (plan->origin_count == 0)
        return;
    bkti_sheet_set_period(sheet, "first_origin", history->frequency, first + plan->first_origin);
    bkti_sheet_set_period(sheet, "last_origin", history->frequency, first + plan->last_origin);
}
