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

const char *bkti_number_text(const bkti_component *component, int64_t row, char *buffer) {
    double number;
    if (bkt_column_number_at(component->column, row, &number) != 0) {
        bkti_number_format(number, buffer, 32);
        return buffer;
    }
    int32_t reason = bkt_column_missing_at(component->column, row);
    const char *published =
        reason == BKT_MISSING_NOT_A_NUMBER ? bkt_column_text_at(component->texts, row) : NULL;
    return published == NULL ? missing_text(reason) : published;
}

bool bkti_number_same(const bkti_component *component, int64_t a, int64_t b) {
    char buffers[2][32];
    const char *one = bkti_number_text(component, a, buffers[0]);
    const char *other = bkti_number_text(component, b, buffers[1]);
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

const char *bkti_value_text(const bkti_layout *layout, int64_t row, char *buffer) {
    return layout->value == NULL ? NULL : bkti_component_text(layout->value, row, buffer);
}
