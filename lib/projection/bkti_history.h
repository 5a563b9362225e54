/* SPDX-License-Identifier: MIT */
/* From a table to a plain series, and from results to a table. */
#ifndef BKTI_HISTORY_H
#define BKTI_HISTORY_H

#include "bkti_projection.h"
#include "bkti_table.h"
#include "bkti_text.h"

/* One column of a table as a series: a place for every period from the first to the last. */
typedef struct bkti_history {
    const bkt_table *table;
    const bkt_column *column;
    double *values;   /* NaN where missing */
    uint8_t *reasons; /* of bkt_missing_reason */
    int64_t count;
    int64_t last; /* place of the last value */
    int64_t first_ordinal;
    int32_t frequency;
    uint32_t season_length;  /* periods in a year, 1 where that isn't a whole number */
    double periods_per_year; /* also of weeks and days */
} bkti_history;

/* value_id, time_id: NULL for the only ones. */
bkt_status bkti_history_take(bkt_context *context, const bkt_table *table, const char *value_id,
                             const char *time_id, bkti_history *out_history);
/* Some rows of a table; NULL: all, and `count` is how many it has. */
typedef struct bkti_history_rows {
    const int64_t *rows;
    int64_t count;
} bkti_history_rows;

/* The same of one series of many. */
bkt_status bkti_history_take_rows(bkt_context *context, const bkt_table *table,
                                  const char *value_id, const char *time_id,
                                  const bkti_history_rows *rows, bkti_history *out_history);
/* The two columns alone. */
bkt_status bkti_history_columns(bkt_context *context, const bkt_table *table, const char *value_id,
                                const char *time_id, const bkt_column **out_value,
                                const bkt_column **out_time);
void bkti_history_free(bkt_context *context, bkti_history *history);

/* A result table in the making. The first failure stays: the functions do nothing after it, and
 * bkti_sheet_finish() gives it. */
typedef struct bkti_sheet {
    bkt_context *context;
    bkti_table_writer *writer;
    bkt_status status;
} bkti_sheet;

/* Begins with the properties of `source`. */
void bkti_sheet_begin(bkti_sheet *sheet, bkt_context *context, const bkt_table *source,
                      int64_t rows);
/* Columns count from 0 in the order they are added. unit and label may be NULL. */
void bkti_sheet_add(bkti_sheet *sheet, const char *id, int32_t kind, int32_t role,
                    const char *label, const char *unit);
/* One column a level, such as LOWER_80 and LOWER_99_5 for the prefix "LOWER_". */
void bkti_sheet_add_level(bkti_sheet *sheet, const char *prefix, const char *label, double level,
                          const char *unit);
/* NaN is missing, because of `reason`. */
void bkti_sheet_put(bkti_sheet *sheet, uint32_t column, int64_t row, double number, int32_t reason);
void bkti_sheet_put_text(bkti_sheet *sheet, uint32_t column, int64_t row, const char *text);
void bkti_sheet_put_number_text(bkti_sheet *sheet, uint32_t column, int64_t row, double number);
void bkti_sheet_put_period(bkti_sheet *sheet, uint32_t column, int64_t row, int32_t frequency,
                           int64_t ordinal);
void bkti_sheet_set(bkti_sheet *sheet, const char *name, const char *text);
/* Empties the text, which goes on being the caller's. */
void bkti_sheet_set_text(bkti_sheet *sheet, const char *name, bkti_text *text);
void bkti_sheet_set_number(bkti_sheet *sheet, const char *name, double number);
void bkti_sheet_set_period(bkti_sheet *sheet, const char *name, int32_t frequency, int64_t ordinal);
/* Projections of one or several series, as bkt_panel_project() has them, and room for them. */
typedef struct bkti_forecast {
    double *points;
    double *lower;
    double *upper;
    uint32_t horizon;
    uint32_t level_count;
} bkti_forecast;

/* To be freed whatever the outcome. */
bkt_status bkti_forecast_take(bkt_context *context, const bkti_settings *settings,
                              size_t series_count, bkti_forecast *out_forecast);
void bkti_forecast_free(bkt_context *context, bkti_forecast *forecast);
/* The columns PROJECTED, LOWER_80, UPPER_80 and so on; and one row of them, from that column on, of
 * a step ahead (from 1; where none is projected they don't apply). `freedom` is the fit's. Gives
 * the next column. */
void bkti_sheet_add_forecast(bkti_sheet *sheet, const bkti_settings *settings, const char *unit);
uint32_t bkti_sheet_put_forecast(bkti_sheet *sheet, uint32_t column, int64_t row,
                                 const bkti_forecast *forecast, int64_t step, double freedom);
/* The columns TARGET, TIME_PERIOD, PERIODS_AHEAD and TARGET_VALUE. */
void bkti_sheet_add_target(bkti_sheet *sheet, const char *unit);
/* What a projection rests on, as properties. */
void bkti_sheet_set_fit(bkti_sheet *sheet, const bkti_history *history, const bkt_fit *fit,
                        uint32_t horizon);
bkt_status bkti_sheet_finish(bkti_sheet *sheet, int64_t rows, bkt_table **out_table);

#endif
