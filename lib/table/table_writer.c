/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bkti_table_writer_parts.h"

bkt_status bkti_table_writer_new(bkt_context *context, bkti_table_writer **out_writer) {
    *out_writer = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_table_writer *writer = bkti_allocate_zeroed(memory, 1, sizeof *writer);
    if (writer == NULL) {
        return bkti_no_memory(context);
    }
    writer->context = context;
    writer->memory = bkti_memory_hold(memory);
    writer->ids = bkti_dictionary_new(memory);
    if (writer->ids == NULL) {
        bkti_table_writer_free(writer);
        return bkti_no_memory(context);
    }
    *out_writer = writer;
    return BKT_OK;
}

static void free_column(bkti_memory *memory, bkti_column_writer *column) {
    bkti_release(memory, column->id);
    bkti_release(memory, column->label);
    bkti_release(memory, column->unit);
    bkti_release(memory, column->group);
    bkti_labels_drop(column->labels);
    bkti_dictionary_drop(column->dictionary);
    bkti_period_list_drop(column->periods);
    bkti_release(memory, column->codes);
    bkti_release(memory, column->numbers);
    bkti_release(memory, column->reasons);
}

static void free_lent(bkti_table_writer *writer) {
    if (writer->lent != NULL) {
        /* Its properties are the writer's. */
        writer->lent->properties = (bkti_properties){0};
        writer->lent->lent = false;
        bkt_table_free(writer->lent);
        writer->lent = NULL;
    }
}

void bkti_table_writer_free(bkti_table_writer *writer) {
    if (writer == NULL) {
        return;
    }
    bkti_memory *memory = writer->memory;
    free_lent(writer);
    for (size_t i = 0; i < writer->column_count; i++) {
        free_column(memory, &writer->columns[i]);
    }
    bkti_release(memory, writer->columns);
    bkti_release(memory, writer->order);
    bkti_release(memory, writer->absent_codes);
    bkti_properties_free(memory, &writer->properties);
    bkti_dictionary_drop(writer->ids);
    bkti_release(memory, writer);
    bkti_memory_drop(memory);
}

/* What a new column owns from the start; on failure the caller frees the column. */
static bool prepare_column(bkti_memory *memory, bkti_column_writer *column, bkti_span id) {
    column->id = bkti_copy_text(memory, id.data, id.size);
    if (column->kind != BKT_KIND_NUMBER) {
        column->dictionary = bkti_dictionary_new(memory);
    }
    if (column->kind == BKT_KIND_PERIOD) {
        column->periods = bkti_period_list_new(memory);
    }
    return column->id != NULL && (column->kind == BKT_KIND_NUMBER || column->dictionary != NULL) &&
           (column->kind != BKT_KIND_PERIOD || column->periods != NULL);
}

bkt_status bkti_table_writer_add_column(bkti_table_writer *writer, bkti_span id, int32_t kind,
                                        int32_t role, int32_t level, uint32_t *out_index) {
    *out_index = 0;
    if (bkti_dictionary_find(writer->ids, id) >= 0) {
        return bkti_fail(writer->context, BKT_ERR_REPEATED_COMPONENT, NULL,
                         "the table has a column '%.*s' already", (int)id.size, id.data);
    }
    uint32_t limit = bkti_context_options(writer->context)->column_limit;
    if (writer->column_count >= limit) {
        return bkti_fail(writer->context, BKT_ERR_LIMIT, NULL,
                         "column '%.*s' is one more than column_limit, which is %u: raise it if "
                         "the input is to be trusted",
                         (int)id.size, id.data, (unsigned)limit);
    }
    void *columns = writer->columns;
    void *order = writer->order;
    bool grown = bkti_grow(writer->memory, &columns, &writer->column_capacity,
                           writer->column_count + 1, sizeof *writer->columns);
    writer->columns = columns;
    grown = grown && bkti_grow(writer->memory, &order, &writer->order_capacity,
                               writer->column_count + 1, sizeof *writer->order);
    writer->order = order;
    if (!grown) {
        return bkti_no_memory(writer->context);
    }
    bkti_column_writer column = {.kind = kind, .role = role, .level = level};
    if (!prepare_column(writer->memory, &column, id) || bkti_dictionary_add(writer->ids, id) < 0) {
        free_column(writer->memory, &column);
        return bkti_no_memory(writer->context);
    }
    *out_index = (uint32_t)writer->column_count;
    writer->order[writer->column_count] = *out_index;
    writer->columns[writer->column_count++] = column;
    return BKT_OK;
}

uint32_t bkti_table_writer_column_count(const bkti_table_writer *writer) {
    return (uint32_t)writer->column_count;
}

int64_t bkti_table_writer_find(const bkti_table_writer *writer, bkti_span id) {
    int32_t found = bkti_dictionary_find(writer->ids, id);
    return found >= 0 && writer->columns[found].shown != NULL ? -1 : found;
}

void bkti_table_writer_show(bkti_table_writer *writer, uint32_t index, const char *id) {
    writer->columns[index].shown = id;
}

bkti_column_writer *bkti_table_writer_column(bkti_table_writer *writer, uint32_t index) {
    return &writer->columns[index];
}

/* Replaces a text by a copy of another, which may be NULL. */
static bool replace_text(bkti_memory *memory, char **text, const char *new_text) {
    char *copy = NULL;
    if (new_text != NULL) {
        copy = bkti_copy_text(memory, new_text, strlen(new_text));
        if (copy == NULL) {
            return false;
        }
    }
    bkti_release(memory, *text);
    *text = copy;
    return true;
}

bkt_status bkti_table_writer_set_label(bkti_table_writer *writer, uint32_t index, const char *label,
                                       const char *unit) {
    bkti_column_writer *column = &writer->columns[index];
    if (!replace_text(writer->memory, &column->label, label) ||
        !replace_text(writer->memory, &column->unit, unit)) {
        return bkti_no_memory(writer->context);
    }
    return BKT_OK;
}

bkt_status bkti_table_writer_set_group(bkti_table_writer *writer, uint32_t index,
                                       const char *group) {
    return replace_text(writer->memory, &writer->columns[index].group, group)
               ? BKT_OK
               : bkti_no_memory(writer->context);
}

void bkti_table_writer_set_role(bkti_table_writer *writer, uint32_t index, int32_t role,
                                int32_t level, bool assumed) {
    bkti_column_writer *column = &writer->columns[index];
    column->role = role;
    column->level = level;
    column->role_assumed = assumed;
}

void bkti_table_writer_set_structure(bkti_table_writer *writer, uint32_t index, bkti_labels *labels,
                                     uint32_t rank) {
    bkti_column_writer *column = &writer->columns[index];
    bkti_labels *held = bkti_labels_hold(labels);
    bkti_labels_drop(column->labels);
    column->labels = held;
    column->rank = rank;
    writer->is_ranked = true;
}

bkt_status bkti_table_writer_set_property(bkti_table_writer *writer, const char *name,
                                          bkti_span text) {
    return bkti_properties_set(writer->memory, &writer->properties, name, text)
               ? BKT_OK
               : bkti_no_memory(writer->context);
}

bkt_status bkti_table_writer_copy_properties(bkti_table_writer *writer, const bkt_table *table) {
    return bkti_properties_copy(writer->memory, &writer->properties, &table->properties)
               ? BKT_OK
               : bkti_no_memory(writer->context);
}

static int32_t add_code(bkti_table_writer *writer, bkti_column_writer *column, bkti_span text) {
    int32_t code = bkti_dictionary_add(column->dictionary, text);
    if (code < 0) {
        bkti_no_memory(writer->context);
        return -1;
    }
    uint64_t limit = bkti_context_options(writer->context)->dictionary_limit;
    if ((uint64_t)code >= limit) {
        bkti_fail(writer->context, BKT_ERR_LIMIT, NULL,
                  "column '%s' has more distinct values than dictionary_limit, which is %llu: "
                  "raise it if the input is to be trusted",
                  column->id, (unsigned long long)limit);
        return -1;
    }
    return code;
}

int32_t bkti_table_writer_code(bkti_table_writer *writer, uint32_t index, bkti_span text) {
    return add_code(writer, &writer->columns[index], text);
}

int32_t bkti_table_writer_period_code(bkti_table_writer *writer, uint32_t index, bkti_span text,
                                      int32_t *out_frequency, int64_t *out_ordinal) {
    bkti_column_writer *column = &writer->columns[index];
    int32_t code = add_code(writer, column, text);
    if (code >= 0 && (size_t)code == column->periods->count &&
        !bkti_period_list_add_text(column->periods, text)) {
        bkti_no_memory(writer->context);
        code = -1;
    }
    bkti_period none = {0};
    const bkti_period *period = code < 0 ? &none : &column->periods->items[code];
    if (out_frequency != NULL) {
        *out_frequency = period->frequency;
    }
    if (out_ordinal != NULL) {
        *out_ordinal = period->ordinal;
    }
    return code;
}

static bkt_status need_absent_codes(bkti_table_writer *writer, int64_t rows) {
    if (rows <= writer->absent_count) {
        return BKT_OK;
    }
    int32_t *codes =
        bkti_reallocate_array(writer->memory, writer->absent_codes, (size_t)rows, sizeof *codes);
    if (codes == NULL) {
        return bkti_no_memory(writer->context);
    }
    for (int64_t row = writer->absent_count; row < rows; row++) {
        codes[row] = -1;
    }
    writer->absent_codes = codes;
    writer->absent_count = rows;
    return BKT_OK;
}

/* A column that has everything of the written one but its arrays; NULL without memory. */
static bkt_column *column_of(bkti_memory *memory, const bkti_column_writer *written, int64_t rows) {
    bkt_column *column = bkti_allocate_zeroed(memory, 1, sizeof *column);
    if (column == NULL) {
        return NULL;
    }
    column->memory = bkti_memory_hold(memory);
    column->id = written->id;
    column->label = written->label;
    column->unit = written->unit;
    column->group = written->group;
    column->labels = written->labels;
    column->kind = written->kind;
    column->role = written->role;
    column->level = written->level;
    column->role_assumed = written->role_assumed;
    column->dictionary = written->dictionary;
    column->periods = written->periods;
    column->row_count = rows;
    atomic_init(&column->references, 1);
    return column;
}

/* Lends the arrays of one column. */
static bkt_status lend_column(bkti_table_writer *writer, bkti_column_writer *column, int64_t rows) {
    bool empty = column->kind != BKT_KIND_NUMBER && column->filled == 0 && rows > 0;
    bkt_status status =
        empty ? need_absent_codes(writer, rows) : bkti_column_complete(writer, column, rows);
    if (status != BKT_OK) {
        return status;
    }
    bkt_column *lent = column_of(writer->memory, column, rows);
    if (lent == NULL) {
        return bkti_no_memory(writer->context);
    }
    lent->lent = true;
    /* It is only read: a lent column's texts are not its own. */
    lent->id = column->shown != NULL ? (char *)column->shown : column->id;
    bkti_table_add(writer->lent, lent);
    lent->codes = empty ? writer->absent_codes : column->codes;
    lent->numbers = column->numbers;
    lent->null_count = empty ? rows : bkti_column_count_missing(column, rows);
    if (column->kind == BKT_KIND_NUMBER && lent->null_count > 0) {
        lent->reasons = column->reasons;
        lent->validity = bkti_validity_of(writer->memory, column->reasons, rows);
        if (lent->validity == NULL) {
            return bkti_no_memory(writer->context);
        }
    }
    return BKT_OK;
}

/* The order in which a table has the columns: by rank, those of one rank as they came. It is that
 * of the last batch but for what was added since. */
static void order_columns(bkti_table_writer *writer) {
    for (size_t i = 1; writer->is_ranked && i < writer->column_count; i++) {
        uint32_t index = writer->order[i];
        size_t place = i;
        while (place > 0 &&
               writer->columns[writer->order[place - 1]].rank > writer->columns[index].rank) {
            writer->order[place] = writer->order[place - 1];
            place--;
        }
        writer->order[place] = index;
    }
}

bkt_status bkti_table_writer_lend(bkti_table_writer *writer, int64_t rows,
                                  const bkt_table **out_table) {
    *out_table = NULL;
    free_lent(writer);
    writer->lent = bkti_table_new(writer->memory, (uint32_t)writer->column_count, rows);
    if (writer->lent == NULL) {
        return bkti_no_memory(writer->context);
    }
    writer->lent->lent = true;
    writer->lent->properties = writer->properties;
    order_columns(writer);
    for (size_t i = 0; i < writer->column_count; i++) {
        bkt_status status = lend_column(writer, &writer->columns[writer->order[i]], rows);
        if (status != BKT_OK) {
            return status;
        }
    }
    *out_table = writer->lent;
    return BKT_OK;
}

void bkti_table_writer_restart(bkti_table_writer *writer) {
    for (size_t i = 0; i < writer->column_count; i++) {
        writer->columns[i].filled = 0;
        writer->columns[i].null_count = 0;
    }
}

void bkti_table_writer_drop_rows(bkti_table_writer *writer, int64_t count) {
    free_lent(writer);
    for (size_t i = 0; i < writer->column_count; i++) {
        bkti_column_writer *column = &writer->columns[i];
        int64_t dropped = count < column->filled ? count : column->filled;
        size_t left = (size_t)(column->filled - dropped);
        column->null_count -= bkti_column_count_missing(column, dropped);
        column->filled -= dropped;
        if (left == 0) {
            continue;
        }
        if (column->kind == BKT_KIND_NUMBER) {
            memmove(column->numbers, column->numbers + dropped, left * sizeof *column->numbers);
        } else if (column->codes != NULL) {
            memmove(column->codes, column->codes + dropped, left * sizeof *column->codes);
        }
        if (column->reasons != NULL) {
            memmove(column->reasons, column->reasons + dropped, left);
        }
    }
}

/* A smaller array, or the same one if there is no memory to make it smaller. */
static void *trim(bkti_memory *memory, void *array, int64_t rows, size_t item_size) {
    if (array == NULL) {
        return NULL;
    }
    void *trimmed = bkti_reallocate_array(memory, array, rows > 0 ? (size_t)rows : 1, item_size);
    return trimmed == NULL ? array : trimmed;
}

/* Makes a column of what was written, which then is the column's. */
static bkt_status finish_column(bkti_table_writer *writer, bkti_column_writer *written,
                                int64_t rows, bkt_table *table) {
    if (rows < written->filled) {
        return bkti_fail(writer->context, BKT_ERR_INTERNAL, NULL,
                         "column '%s' was written up to row %lld of a table of %lld rows",
                         written->id, (long long)written->filled - 1, (long long)rows);
    }
    bkt_status status = bkti_column_complete(writer, written, rows);
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = writer->memory;
    if (written->shown != NULL && !replace_text(memory, &written->id, written->shown)) {
        return bkti_no_memory(writer->context);
    }
    bkt_column *column = column_of(memory, written, rows);
    if (column == NULL) {
        return bkti_no_memory(writer->context);
    }
    if (written->null_count == 0) {
        bkti_release(memory, written->reasons);
        written->reasons = NULL;
    }
    column->codes = trim(memory, written->codes, rows, sizeof *written->codes);
    column->numbers = trim(memory, written->numbers, rows, sizeof *written->numbers);
    column->reasons = trim(memory, written->reasons, rows, 1);
    column->null_count = written->null_count;
    *written = (bkti_column_writer){0};
    bkti_table_add(table, column);
    if (column->reasons != NULL) {
        column->validity = bkti_validity_of(memory, column->reasons, rows);
        if (column->validity == NULL) {
            return bkti_no_memory(writer->context);
        }
    }
    return BKT_OK;
}

bkt_status bkti_table_writer_finish(bkti_table_writer *writer, int64_t rows,
                                    bkt_table **out_table) {
    *out_table = NULL;
    free_lent(writer);
    bkt_table *table = bkti_table_new(writer->memory, (uint32_t)writer->column_count, rows);
    bkt_status status = table == NULL ? bkti_no_memory(writer->context) : BKT_OK;
    order_columns(writer);
    for (size_t i = 0; status == BKT_OK && i < writer->column_count; i++) {
        status = finish_column(writer, &writer->columns[writer->order[i]], rows, table);
    }
    if (status == BKT_OK) {
        table->properties = writer->properties;
        writer->properties = (bkti_properties){0};
        *out_table = table;
    } else {
        bkt_table_free(table);
    }
    bkti_table_writer_free(writer);
    return status;
}
