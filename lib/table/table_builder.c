/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bkti_column.h"

struct bkt_table_builder {
    bkt_context *context;
    bkti_memory *memory;
    bkt_column **columns;
    size_t column_count;
    size_t column_capacity;
    int64_t row_count; /* of the first column */
    bkti_properties properties;
};

bkt_status bkt_table_builder_new(bkt_context *context, bkt_table_builder **out_builder) {
    if (out_builder == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the builder");
    }
    *out_builder = NULL;
    if (context == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_table_builder *builder = bkti_allocate_zeroed(memory, 1, sizeof *builder);
    if (builder == NULL) {
        return bkti_no_memory(context);
    }
    builder->context = context;
    builder->memory = bkti_memory_hold(memory);
    *out_builder = builder;
    return BKT_OK;
}

void bkt_table_builder_free(bkt_table_builder *builder) {
    if (builder == NULL) {
        return;
    }
    bkti_memory *memory = builder->memory;
    for (size_t i = 0; i < builder->column_count; i++) {
        bkti_column_drop(builder->columns[i]);
    }
    bkti_release(memory, builder->columns);
    bkti_properties_free(memory, &builder->properties);
    bkti_release(memory, builder);
    bkti_memory_drop(memory);
}

static bool is_utf8(const char *text) {
    bkti_span rest = bkti_span_of(text);
    while (rest.size > 0) {
        size_t size = bkti_span_character(rest, NULL);
        if (size == 0) {
            return false;
        }
        rest.data += size;
        rest.size -= size;
    }
    return true;
}

static bkt_status check_room(const bkt_table_builder *builder, const char *id, int64_t count) {
    bkt_context *context = builder->context;
    for (size_t i = 0; i < builder->column_count; i++) {
        if (strcmp(builder->columns[i]->id, id) == 0) {
            return bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                             "the table has a column '%s' already", id);
        }
    }
    if (builder->column_count > 0 && count != builder->row_count) {
        return bkti_fail(context, BKT_ERR_SHAPE, NULL,
                         "column '%s' has %lld rows where the columns before have %lld", id,
                         (long long)count, (long long)builder->row_count);
    }
    uint32_t limit = bkti_context_options(context)->column_limit;
    if (builder->column_count >= limit) {
        return bkti_fail(context, BKT_ERR_LIMIT, NULL,
                         "column '%s' is one more than column_limit, which is %u", id,
                         (unsigned)limit);
    }
    return BKT_OK;
}

/* Checks what all columns have in common, then makes the column with its array. */
static bkt_status start_column(bkt_table_builder *builder, const char *id, int32_t kind,
                               int32_t role, const void *array, int64_t count,
                               bkt_column **out_column) {
    *out_column = NULL;
    if (builder == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkt_context *context = builder->context;
    if (id == NULL || id[0] == '\0') {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a column needs an id");
    }
    if (!is_utf8(id)) {
        return bkti_fail(context, BKT_ERR_ENCODING, NULL, "the id of a column is not UTF-8");
    }
    if (role < BKT_ROLE_DIMENSION || role > BKT_ROLE_PROVENANCE) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "column '%s' has the role %d, which is no bkt_role", id, (int)role);
    }
    if (kind == BKT_KIND_NUMBER && (role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME)) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "number column '%s' can't be part of the key: give it as texts, codes or "
                         "periods",
                         id);
    }
    if (count < 0 || (array == NULL && count > 0)) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "column '%s' has no array for %lld rows",
                         id, (long long)count);
    }
    bkt_status status = check_room(builder, id, count);
    if (status != BKT_OK) {
        return status;
    }
    bkt_column *column = bkti_column_new(builder->memory, bkti_span_of(id), kind, role);
    if (column == NULL) {
        return bkti_no_memory(context);
    }
    if (!bkti_column_allocate(column, count)) {
        bkti_column_drop(column);
        return bkti_no_memory(context);
    }
    *out_column = column;
    return BKT_OK;
}

/* Adds a filled column to the table, or drops it if it came to nothing. */
static bkt_status keep_column(bkt_table_builder *builder, bkt_column *column, bkt_status status) {
    if (status == BKT_OK) {
        void *columns = builder->columns;
        bool room = bkti_grow(builder->memory, &columns, &builder->column_capacity,
                              builder->column_count + 1, sizeof(bkt_column *));
        builder->columns = columns;
        if (room && bkti_column_seal(column)) {
            builder->columns[builder->column_count++] = column;
            builder->row_count = column->row_count;
            return BKT_OK;
        }
        status = bkti_no_memory(builder->context);
    }
    bkti_column_drop(column);
    return status;
}

/* Code of a text in a new column. `what` and `place` say where it stands. */
static bkt_status add_text(bkt_context *context, bkt_column *column, const char *text,
                           const char *what, int64_t place, int32_t *out_code) {
    int32_t known = bkti_dictionary_count(column->dictionary);
    *out_code = bkti_dictionary_add(column->dictionary, bkti_span_of(text));
    if (*out_code < 0) {
        return bkti_no_memory(context);
    }
    if (*out_code < known) {
        return BKT_OK;
    }
    if (!is_utf8(text)) {
        return bkti_fail(context, BKT_ERR_ENCODING, NULL,
                         "column '%s', %s %lld (counted from 0): the text is not UTF-8", column->id,
                         what, (long long)place);
    }
    uint64_t limit = bkti_context_options(context)->dictionary_limit;
    if ((uint64_t)known >= limit) {
        return bkti_fail(context, BKT_ERR_LIMIT, NULL,
                         "column '%s' has more distinct texts than dictionary_limit, which is "
                         "%llu",
                         column->id, (unsigned long long)limit);
    }
    if (column->periods == NULL) {
        return BKT_OK;
    }
    if (!bkti_period_list_add_text(column->periods, bkti_span_of(text))) {
        return bkti_no_memory(context);
    }
    if (column->periods->items[known].frequency == BKT_FREQUENCY_NONE) {
        return bkti_fail(context, BKT_ERR_PERIOD, NULL,
                         "column '%s', %s %lld (counted from 0): '%s' is no period such as "
                         "2012, 2012-Q1 or 2012-07",
                         column->id, what, (long long)place, text);
    }
    return BKT_OK;
}

static bkt_status fill_texts(bkt_context *context, bkt_column *column, const char *const *texts) {
    column->dictionary = bkti_dictionary_new(column->memory);
    if (column->kind == BKT_KIND_PERIOD) {
        column->periods = bkti_period_list_new(column->memory);
    }
    if (column->dictionary == NULL ||
        (column->kind == BKT_KIND_PERIOD && column->periods == NULL)) {
        return bkti_no_memory(context);
    }
    for (int64_t row = 0; row < column->row_count; row++) {
        column->codes[row] = -1;
        if (texts[row] != NULL) {
            bkt_status status =
                add_text(context, column, texts[row], "row", row, &column->codes[row]);
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    return BKT_OK;
}

bkt_status bkt_table_builder_add_texts(bkt_table_builder *builder, const char *id, int32_t role,
                                       const char *const *texts, int64_t count) {
    bkt_column *column;
    bkt_status status = start_column(builder, id, BKT_KIND_TEXT, role, texts, count, &column);
    if (status != BKT_OK) {
        return status;
    }
    return keep_column(builder, column, fill_texts(builder->context, column, texts));
}

bkt_status bkt_table_builder_add_periods(bkt_table_builder *builder, const char *id,
                                         const char *const *texts, int64_t count) {
    bkt_column *column;
    bkt_status status =
        start_column(builder, id, BKT_KIND_PERIOD, BKT_ROLE_TIME, texts, count, &column);
    if (status != BKT_OK) {
        return status;
    }
    return keep_column(builder, column, fill_texts(builder->context, column, texts));
}

static bkt_status fill_codes(bkt_context *context, bkt_column *column, const int32_t *codes,
                             const char *const *dictionary, int32_t dictionary_count) {
    column->dictionary = bkti_dictionary_new(column->memory);
    if (column->dictionary == NULL) {
        return bkti_no_memory(context);
    }
    for (int32_t code = 0; code < dictionary_count; code++) {
        if (dictionary[code] == NULL) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "column '%s': text %d (counted from 0) of the dictionary is NULL",
                             column->id, (int)code);
        }
        int32_t added;
        bkt_status status = add_text(context, column, dictionary[code], "text", code, &added);
        if (status != BKT_OK) {
            return status;
        }
        if (added != code) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "column '%s': the dictionary has the text '%s' twice, as %d and %d",
                             column->id, dictionary[code], (int)added, (int)code);
        }
    }
    for (int64_t row = 0; row < column->row_count; row++) {
        if (codes[row] < -1 || codes[row] >= dictionary_count) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "column '%s', row %lld (counted from 0): there is no code %d in a "
                             "dictionary of %d texts",
                             column->id, (long long)row, (int)codes[row], (int)dictionary_count);
        }
        column->codes[row] = codes[row];
    }
    return BKT_OK;
}

bkt_status bkt_table_builder_add_codes(bkt_table_builder *builder, const char *id, int32_t role,
                                       const int32_t *codes, int64_t count,
                                       const char *const *dictionary, int32_t dictionary_count) {
    bkt_column *column;
    bkt_status status = start_column(builder, id, BKT_KIND_TEXT, role, codes, count, &column);
    if (status != BKT_OK) {
        return status;
    }
    if (dictionary_count < 0 || (dictionary == NULL && dictionary_count > 0)) {
        status = bkti_fail(builder->context, BKT_ERR_ARGUMENT, NULL,
                           "column '%s' has no dictionary for %d texts", id, (int)dictionary_count);
    } else {
        status = fill_codes(builder->context, column, codes, dictionary, dictionary_count);
    }
    return keep_column(builder, column, status);
}

/* Why a row of the caller's is missing. */
static uint8_t reason_of(const double *numbers, const uint8_t *validity, const uint8_t *reasons,
                         int64_t row) {
    if (reasons != NULL && reasons[row] != BKT_MISSING_NOT) {
        return reasons[row];
    }
    if (validity != NULL && (validity[row / 8] >> row % 8 & 1) == 0) {
        return BKT_MISSING_ABSENT;
    }
    return isnan(numbers[row]) ? BKT_MISSING_NAN : BKT_MISSING_NOT;
}

static bkt_status fill_numbers(bkt_context *context, bkt_column *column, const double *numbers,
                               const uint8_t *validity, const uint8_t *reasons) {
    for (int64_t row = 0; row < column->row_count; row++) {
        uint8_t reason = reason_of(numbers, validity, reasons, row);
        if (reason > BKT_MISSING_NOT_APPLICABLE) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "column '%s', row %lld (counted from 0): %d is no bkt_missing_reason",
                             column->id, (long long)row, (int)reason);
        }
        if (reason == BKT_MISSING_NOT && isinf(numbers[row])) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "column '%s', row %lld (counted from 0): the number is infinite; give "
                             "NaN or a reason if it is missing",
                             column->id, (long long)row);
        }
        if (reason != BKT_MISSING_NOT && column->reasons == NULL) {
            column->reasons = bkti_allocate_zeroed(column->memory, (size_t)column->row_count, 1);
            if (column->reasons == NULL) {
                return bkti_no_memory(context);
            }
        }
        if (column->reasons != NULL) {
            column->reasons[row] = reason;
        }
        column->numbers[row] = numbers[row];
    }
    return BKT_OK;
}

bkt_status bkt_table_builder_add_numbers(bkt_table_builder *builder, const char *id, int32_t role,
                                         const char *unit, const double *numbers,
                                         const uint8_t *validity, const uint8_t *reasons,
                                         int64_t count) {
    bkt_column *column;
    bkt_status status = start_column(builder, id, BKT_KIND_NUMBER, role, numbers, count, &column);
    if (status != BKT_OK) {
        return status;
    }
    if (unit != NULL && !is_utf8(unit)) {
        status = bkti_fail(builder->context, BKT_ERR_ENCODING, NULL,
                           "the unit of column '%s' is not UTF-8", id);
        return keep_column(builder, column, status);
    }
    if (unit != NULL) {
        column->unit = bkti_copy_text(builder->memory, unit, strlen(unit));
        if (column->unit == NULL) {
            return keep_column(builder, column, bkti_no_memory(builder->context));
        }
    }
    return keep_column(builder, column,
                       fill_numbers(builder->context, column, numbers, validity, reasons));
}

bkt_status bkt_table_builder_set_property(bkt_table_builder *builder, const char *name,
                                          const char *text) {
    if (builder == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (name == NULL || name[0] == '\0') {
        return bkti_fail(builder->context, BKT_ERR_ARGUMENT, NULL, "a property needs a name");
    }
    if (!is_utf8(name) || (text != NULL && !is_utf8(text))) {
        return bkti_fail(builder->context, BKT_ERR_ENCODING, NULL,
                         "the name or text of a property is not UTF-8");
    }
    return bkti_properties_set(builder->memory, &builder->properties, name, bkti_span_of(text))
               ? BKT_OK
               : bkti_no_memory(builder->context);
}

bkt_status bkt_table_builder_finish(bkt_table_builder *builder, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (builder == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkt_status status = BKT_OK;
    if (out_table == NULL) {
        status =
            bkti_fail(builder->context, BKT_ERR_ARGUMENT, NULL, "there is no place for the table");
    } else {
        bkt_table *table =
            bkti_table_new(builder->memory, (uint32_t)builder->column_count, builder->row_count);
        if (table == NULL) {
            status = bkti_no_memory(builder->context);
        } else {
            for (size_t i = 0; i < builder->column_count; i++) {
                bkti_table_add(table, builder->columns[i]);
            }
            builder->column_count = 0;
            table->properties = builder->properties;
            builder->properties = (bkti_properties){0};
            *out_table = table;
        }
    }
    bkt_table_builder_free(builder);
    return status;
}
