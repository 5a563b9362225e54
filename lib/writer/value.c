/* SPDX-License-Identifier: MIT */
/* Numbers, and what stands in the place of those that are missing. */
#include "bkti_number.h"
#include "bkti_writer_parts.h"

/* NULL: nothing is written. */
static const char *missing_text(int32_t reason) {
    switch (reason) {
    case BKT_MISSING_ABSENT:
    case BKT_MISSING_CONFIDENTIAL:
    case BKT_MISSING_NOT_REPORTED:
        return NULL;
    case BKT_MISSING_EMPTY:
        return "";
    default:
        return "NaN";
    }
}

const char *bkti_number_text(const bkt_column *column, int64_t row, char *buffer) {
    double number;
    if (bkt_column_number_at(column, row, &number) == 0) {
        return missing_text(bkt_column_missing_at(column, row));
    }
    bkti_number_format(number, buffer, 32);
    return buffer;
}

const char *bkti_value_text(const bkti_layout *layout, int64_t row, char *buffer) {
    if (layout->value == NULL) {
        return NULL;
    }
    const bkt_column *column = layout->value->column;
    if (layout->value->codes != NULL) {
        return bkti_component_text(layout->value, row, buffer);
    }
    const char *text = bkti_number_text(column, row, buffer);
    if (text != buffer && layout->value_text != NULL &&
        bkt_column_missing_at(column, row) == BKT_MISSING_NOT_A_NUMBER) {
        const char *published = bkt_column_text_at(layout->value_text->column, row);
        text = published == NULL ? text : published;
    }
    return text;
}
