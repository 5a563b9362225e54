/* SPDX-License-Identifier: MIT */
/* A projection on its way into a table. */
#include "bkti_history.h"

#include <math.h>

bkt_status bkti_forecast_take(bkt_context *context, const bkti_settings *settings,
                              size_t series_count, bkti_forecast *out_forecast) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_forecast f = {.horizon = settings->horizon, .level_count = settings->level_count};
    size_t bounds = (size_t)f.horizon * f.level_count;
    bool fits = series_count <= SIZE_MAX / sizeof(double) / bounds;
    if (fits) {
        f.points = bkti_allocate_array(memory, series_count * f.horizon, sizeof *f.points);
        f.lower = bkti_allocate_array(memory, series_count * bounds, sizeof *f.lower);
        f.upper = bkti_allocate_array(memory, series_count * bounds, sizeof *f.upper);
    }
    *out_forecast = f;
    if (f.points == NULL || f.lower == NULL || f.upper == NULL)
        return bkti_no_memory(context);
    return BKT_OK;
}

void bkti_forecast_free(bkt_context *context, bkti_forecast *forecast) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, forecast->upper);
    bkti_release(memory, forecast->lower);
    bkti_release(memory, forecast->points);
    *forecast = (bkti_forecast){0};
}

void bkti_sheet_add_forecast(bkti_sheet *sheet, const bkti_settings *settings, const char *unit) {
    bkti_sheet_add(sheet, "PROJECTED", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Projected", unit);
    for (uint32_t i = 0; i < settings->level_count; i++) {
        bkti_sheet_add_level(sheet, "LOWER_", "Lower bound", settings->levels[i], unit);
        bkti_sheet_add_level(sheet, "UPPER_", "Upper bound", settings->levels[i], unit);
    }
}

uint32_t bkti_sheet_put_forecast(bkti_sheet *sheet, uint32_t column, int64_t row,
                                 const bkti_forecast *forecast, int64_t step, double freedom) {
    bool projected = step >= 1 && step <= forecast->horizon;
    size_t h = projected ? (size_t)step - 1 : 0;
    int32_t no_bound = freedom >= 1.0 ? BKT_MISSING_OVERFLOW : BKT_MISSING_TOO_FEW;
    int32_t reason = projected ? no_bound : BKT_MISSING_NOT_APPLICABLE;
    bkti_sheet_put(sheet, column++, row, projected ? forecast->points[h] : NAN,
                   projected ? BKT_MISSING_OVERFLOW : BKT_MISSING_NOT_APPLICABLE);
    for (uint32_t i = 0; i < forecast->level_count; i++) {
        size_t cell = (size_t)i * forecast->horizon + h;
        bkti_sheet_put(sheet, column++, row, projected ? forecast->lower[cell] : NAN, reason);
        bkti_sheet_put(sheet, column++, row, projected ? forecast->upper[cell] : NAN, reason);
    }
    return column;
}
