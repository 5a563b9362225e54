/* SPDX-License-Identifier: MIT */
/* The days of a row's period, by the reporting year that the row has. */
#include <string.h>

#include "bkti_column.h"

bkt_status bkt_table_period_days(const bkt_table *table, int64_t row, int32_t *out_first_day,
                                 int32_t *out_last_day) {
    if (out_first_day == NULL || out_last_day == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    *out_first_day = 0;
    *out_last_day = 0;
    if (table == NULL || row < 0 || row >= bkt_table_row_count(table)) {
        return BKT_ERR_ARGUMENT;
    }
    const bkt_column *time = bkti_table_time(table);
    if (time == NULL || time->kind != BKT_KIND_PERIOD) {
        return BKT_ERR_NO_COLUMN;
    }
    const char *text = bkt_column_text_at(time, row);
    const bkt_column *start = bkt_table_column_find(table, "REPORTING_YEAR_START_DAY");
    bkt_status status = text == NULL
                            ? BKT_ERR_PERIOD
                            : bkt_period_days(text, strlen(text), bkt_column_text_at(start, row),
                                              out_first_day, out_last_day);
    return status == BKT_ERR_ARGUMENT ? BKT_ERR_VALUE : status;
}
