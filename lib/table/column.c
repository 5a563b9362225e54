/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bkti_column.h"

bkt_column *bkti_column_new(bkti_memory *memory, bkti_span id, int32_t kind, int32_t role) {
    bkt_column *column = bkti_allocate_zeroed(memory, 1, sizeof *column);
    if (column == NULL) {
        return NULL;
    }
    column->memory = bkti_memory_hold(memory);
    column->kind = kind;
    column->role = role;
    atomic_init(&column->references, 1);
    column->id = bkti_copy_text(memory, id.data, id.size);
    if (column->id == NULL) {
        bkti_column_drop(column);
        return NULL;
    }
    return column;
}

/* A copy of a text that may be NULL. */
static bool copy_optional(bkti_memory *memory, const char *text, char **out_copy) {
    *out_copy = text == NULL ? NULL : bkti_copy_text(memory, text, strlen(text));
    return text == NULL || *out_copy != NULL;
}

bool bkti_column_describe(bkt_column *column, const bkt_column *model) {
    column->level = model->level;
    column->role_assumed = model->role_assumed;
    column->labels = bkti_labels_hold(model->labels);
    return copy_optional(column->memory, model->label, &column->label) &&
           copy_optional(column->memory, model->unit, &column->unit) &&
           copy_optional(column->memory, model->group, &column->group);
}

bkt_column *bkti_column_like(bkti_memory *memory, const bkt_column *model) {
    bkt_column *column = bkti_column_new(memory, bkti_span_of(model->id), model->kind, model->role);
    if (column != NULL && !bkti_column_describe(column, model)) {
        bkti_column_drop(column);
        return NULL;
    }
    return column;
}

bkt_column *bkti_column_hold(bkt_column *column) {
    if (column != NULL) {
        atomic_fetch_add_explicit(&column->references, 1, memory_order_relaxed);
    }
    return column;
}

void bkti_column_drop(bkt_column *column) {
    if (column == NULL ||
        atomic_fetch_sub_explicit(&column->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    bkti_memory *memory = column->memory;
    bkti_release(memory, column->validity);
    if (!column->lent) {
        bkti_release(memory, column->id);
        bkti_release(memory, column->label);
        bkti_release(memory, column->unit);
        bkti_release(memory, column->group);
        bkti_labels_drop(column->labels);
        bkti_release(memory, column->codes);
        bkti_release(memory, column->numbers);
        bkti_release(memory, column->reasons);
        bkti_dictionary_drop(column->dictionary);
        bkti_period_list_drop(column->periods);
    }
    bkti_release(memory, column);
    bkti_memory_drop(memory);
}

bool bkti_column_allocate(bkt_column *column, int64_t rows) {
    if ((uint64_t)rows > SIZE_MAX) {
        return false;
    }
    column->row_count = rows;
    if (column->kind == BKT_KIND_NUMBER) {
        column->numbers =
            bkti_allocate_array(column->memory, (size_t)rows, sizeof *column->numbers);
        return column->numbers != NULL;
    }
    column->codes = bkti_allocate_array(column->memory, (size_t)rows, sizeof *column->codes);
    return column->codes != NULL;
}

uint8_t *bkti_validity_of(bkti_memory *memory, const uint8_t *reasons, int64_t rows) {
    uint8_t *validity = bkti_allocate_zeroed(memory, ((size_t)rows + 7) / 8, 1);
    if (validity != NULL) {
        for (int64_t row = 0; row < rows; row++) {
            int bit = reasons[row] == BKT_MISSING_NOT;
            validity[row / 8] = (uint8_t)(validity[row / 8] | bit << row % 8);
        }
    }
    return validity;
}

bool bkti_column_seal(bkt_column *column) {
    int64_t missing = 0;
    if (column->codes != NULL) {
        for (int64_t row = 0; row < column->row_count; row++) {
            missing += column->codes[row] < 0;
        }
    }
    if (column->reasons != NULL) {
        for (int64_t row = 0; row < column->row_count; row++) {
            if (column->reasons[row] != BKT_MISSING_NOT) {
                column->numbers[row] = NAN;
                missing++;
            }
        }
        if (missing == 0) {
            bkti_release(column->memory, column->reasons);
            column->reasons = NULL;
        } else {
            column->validity = bkti_validity_of(column->memory, column->reasons, column->row_count);
            if (column->validity == NULL) {
                return false;
            }
        }
    }
    column->null_count = missing;
    return true;
}

/* The codes of a lent column's rows in a dictionary of the copy's own, which has just the texts
 * that these rows use. */
static bool take_lent_codes(bkt_column *copy, const bkt_column *column, const int64_t *rows) {
    int32_t known = bkti_dictionary_count(column->dictionary);
    int32_t *map = bkti_allocate_array(copy->memory, (size_t)known, sizeof *map);
    copy->dictionary = bkti_dictionary_new(copy->memory);
    if (column->periods != NULL) {
        copy->periods = bkti_period_list_new(copy->memory);
    }
    bool done = map != NULL && copy->dictionary != NULL &&
                (column->periods == NULL) == (copy->periods == NULL);
    for (int32_t code = 0; done && code < known; code++) {
        map[code] = -1;
    }
    for (int64_t row = 0; done && row < copy->row_count; row++) {
        int32_t code = column->codes[rows == NULL ? row : rows[row]];
        if (code >= 0 && map[code] < 0) {
            bkti_span text = bkti_dictionary_span(column->dictionary, code);
            map[code] = bkti_dictionary_add(copy->dictionary, text);
            done = map[code] >= 0 &&
                   (copy->periods == NULL ||
                    bkti_period_list_add(copy->periods, column->periods->items[code]));
        }
        copy->codes[row] = code < 0 ? -1 : map[code];
    }
    bkti_release(copy->memory, map);
    return done;
}

static bool take_codes(bkt_column *copy, const bkt_column *column, const int64_t *rows) {
    if (column->lent) {
        return take_lent_codes(copy, column, rows);
    }
    copy->dictionary = bkti_dictionary_hold(column->dictionary);
    copy->periods = bkti_period_list_hold(column->periods);
    for (int64_t row = 0; row < copy->row_count; row++) {
        copy->codes[row] = column->codes[rows == NULL ? row : rows[row]];
    }
    return true;
}

static bool take_numbers(bkt_column *copy, const bkt_column *column, const int64_t *rows) {
    for (int64_t row = 0; row < copy->row_count; row++) {
        copy->numbers[row] = column->numbers[rows == NULL ? row : rows[row]];
    }
    if (column->reasons == NULL) {
        return true;
    }
    copy->reasons = bkti_allocate_array(copy->memory, (size_t)copy->row_count, 1);
    if (copy->reasons == NULL) {
        return false;
    }
    for (int64_t row = 0; row < copy->row_count; row++) {
        copy->reasons[row] = column->reasons[rows == NULL ? row : rows[row]];
    }
    return true;
}

bkt_column *bkti_column_take(bkti_memory *memory, const bkt_column *column, const int64_t *rows,
                             int64_t count) {
    bkt_column *copy = bkti_column_like(memory, column);
    if (copy == NULL) {
        return NULL;
    }
    bool done = bkti_column_allocate(copy, count);
    if (done) {
        done = column->kind == BKT_KIND_NUMBER ? take_numbers(copy, column, rows)
                                               : take_codes(copy, column, rows);
    }
    if (!done || !bkti_column_seal(copy)) {
        bkti_column_drop(copy);
        return NULL;
    }
    return copy;
}

bkt_column *bkti_column_share(bkti_memory *memory, bkt_column *column) {
    return column->lent ? bkti_column_take(memory, column, NULL, column->row_count)
                        : bkti_column_hold(column);
}

const char *bkt_column_id(const bkt_column *column) {
    return column == NULL ? NULL : column->id;
}

const char *bkt_column_label(const bkt_column *column) {
    if (column == NULL) {
        return NULL;
    }
    return column->label == NULL ? column->id : column->label;
}

const char *bkt_column_unit(const bkt_column *column) {
    if (column == NULL) {
        return NULL;
    }
    return column->unit == NULL ? "" : column->unit;
}

int32_t bkt_column_kind(const bkt_column *column) {
    return column == NULL ? 0 : column->kind;
}

int32_t bkt_column_role(const bkt_column *column) {
    return column == NULL ? 0 : column->role;
}

int32_t bkt_column_role_assumed(const bkt_column *column) {
    return column == NULL ? 0 : column->role_assumed;
}

const char *bkti_column_group(const bkt_column *column) {
    return column->group;
}

int32_t bkt_column_level(const bkt_column *column) {
    return column == NULL ? 0 : column->level;
}

int64_t bkt_column_row_count(const bkt_column *column) {
    return column == NULL ? 0 : column->row_count;
}

int64_t bkt_column_null_count(const bkt_column *column) {
    return column == NULL ? 0 : column->null_count;
}

const int32_t *bkt_column_codes_view(const bkt_column *column) {
    return column == NULL ? NULL : column->codes;
}

int32_t bkt_column_dictionary_count(const bkt_column *column) {
    return column == NULL || column->dictionary == NULL ? 0
                                                        : bkti_dictionary_count(column->dictionary);
}

const char *bkt_column_dictionary_text(const bkt_column *column, int32_t code) {
    return column == NULL || column->dictionary == NULL
               ? NULL
               : bkti_dictionary_text(column->dictionary, code);
}

int32_t bkt_column_dictionary_find(const bkt_column *column, const char *text) {
    if (column == NULL || column->dictionary == NULL || text == NULL) {
        return -1;
    }
    return bkti_dictionary_find(column->dictionary, bkti_span_of(text));
}

bkt_status bkt_column_dictionary_period(const bkt_column *column, int32_t code,
                                        int32_t *out_frequency, int64_t *out_ordinal) {
    if (out_frequency != NULL) {
        *out_frequency = BKT_FREQUENCY_NONE;
    }
    if (out_ordinal != NULL) {
        *out_ordinal = 0;
    }
    if (column == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (column->kind != BKT_KIND_PERIOD) {
        return BKT_ERR_COLUMN_KIND;
    }
    if (code < 0 || (size_t)code >= column->periods->count) {
        return BKT_ERR_ARGUMENT;
    }
    const bkti_period *period = &column->periods->items[code];
    if (period->frequency == BKT_FREQUENCY_NONE) {
        return BKT_ERR_PERIOD;
    }
    if (out_frequency != NULL) {
        *out_frequency = period->frequency;
    }
    if (out_ordinal != NULL) {
        *out_ordinal = period->ordinal;
    }
    return BKT_OK;
}

const double *bkt_column_numbers_view(const bkt_column *column) {
    return column == NULL ? NULL : column->numbers;
}

const uint8_t *bkt_column_validity_view(const bkt_column *column) {
    return column == NULL ? NULL : column->validity;
}

const uint8_t *bkt_column_reasons_view(const bkt_column *column) {
    return column == NULL ? NULL : column->reasons;
}

static bool has_row(const bkt_column *column, int64_t row) {
    return column != NULL && row >= 0 && row < column->row_count;
}

const char *bkt_column_text_at(const bkt_column *column, int64_t row) {
    if (!has_row(column, row) || column->codes == NULL) {
        return NULL;
    }
    return bkti_dictionary_text(column->dictionary, column->codes[row]);
}

int32_t bkt_column_number_at(const bkt_column *column, int64_t row, double *out_number) {
    bool there = has_row(column, row) && column->numbers != NULL &&
                 (column->reasons == NULL || column->reasons[row] == BKT_MISSING_NOT);
    if (out_number != NULL) {
        *out_number = there ? column->numbers[row] : NAN;
    }
    return there;
}

int32_t bkt_column_missing_at(const bkt_column *column, int64_t row) {
    if (!has_row(column, row)) {
        return BKT_MISSING_NOT;
    }
    if (column->codes != NULL) {
        return column->codes[row] < 0 ? BKT_MISSING_ABSENT : BKT_MISSING_NOT;
    }
    return column->reasons == NULL ? BKT_MISSING_NOT : column->reasons[row];
}
