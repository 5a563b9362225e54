/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bkti_column.h"
#include "bkti_text.h"

/* Tables that are put one under the other. */
typedef struct stack {
    bkt_context *context;
    bkti_memory *memory;
    const bkt_table *const *tables;
    uint32_t table_count;
    const bkt_column **parts; /* of the column in hand, a table each; NULL: the table lacks it */
    int64_t row_count;
    bkt_table *result;
} stack;

/* Finds the column's part of every table. */
static bkt_status find_parts(stack *work, const bkt_column *model) {
    for (uint32_t i = 0; i < work->table_count; i++) {
        const bkt_column *part = bkti_table_exact(work->tables[i], model->id);
        if (part != NULL && part->kind != model->kind) {
            static const char *const KINDS[] = {"", "texts", "periods", "numbers"};
            return bkti_fail(work->context, BKT_ERR_COLUMN_KIND, NULL,
                             "column '%s' holds %s in one table and %s in another: leave it out of "
                             "one of them",
                             model->id, KINDS[model->kind], KINDS[part->kind]);
        }
        work->parts[i] = part;
    }
    return BKT_OK;
}

/* What is known of the column in one part counts for all; units that differ count for none. */
static void describe(stack *work, bkt_column *column) {
    const char *unit = NULL;
    bool units_differ = false;
    for (uint32_t i = 0; i < work->table_count; i++) {
        const bkt_column *part = work->parts[i];
        if (part == NULL) {
            continue;
        }
        if (column->role_assumed && !part->role_assumed) {
            column->role = part->role;
            column->level = part->level;
            column->role_assumed = 0;
        }
        const char *part_unit = bkt_column_unit(part);
        units_differ = units_differ || (unit != NULL && strcmp(unit, part_unit) != 0);
        if (units_differ) {
            bkti_tell(work->context, BKT_SEVERITY_WARNING, BKT_ERR_COLUMN_KIND, NULL,
                      "the numbers of column '%s' have the unit '%s' in one table and '%s' in "
                      "another: the column has no unit now",
                      column->id, unit, part_unit);
            bkti_release(work->memory, column->unit);
            column->unit = NULL;
            break;
        }
        unit = part_unit;
    }
}

/* The code of a part's text in the column's dictionary, added if `add`; -1 if it is not there or
 * can't be added. */
static int32_t code_of(bkt_column *column, const bkt_column *part, int32_t code, bool add) {
    bkti_span text = bkti_dictionary_span(part->dictionary, code);
    if (!add) {
        return bkti_dictionary_find(column->dictionary, text);
    }
    int32_t known = bkti_dictionary_count(column->dictionary);
    int32_t added = bkti_dictionary_add(column->dictionary, text);
    if (added == known && column->periods != NULL &&
        !bkti_period_list_add(column->periods, part->periods->items[code])) {
        return -1;
    }
    return added;
}

/* How an attempt to write codes ended. */
enum outcome { WRITTEN, TEXT_NOT_FOUND, NO_MEMORY };

/* Writes the codes of one part from first_row on. */
static int write_part(stack *work, bkt_column *column, const bkt_column *part, int64_t first_row,
                      bool add) {
    int32_t *codes = column->codes + first_row;
    if (part->dictionary == column->dictionary) {
        memcpy(codes, part->codes, (size_t)part->row_count * sizeof *codes);
        return WRITTEN;
    }
    size_t code_count = (size_t)bkti_dictionary_count(part->dictionary);
    int32_t *map = bkti_allocate_array(work->memory, code_count, sizeof *map);
    if (map == NULL) {
        return NO_MEMORY;
    }
    for (size_t code = 0; code < code_count; code++) {
        map[code] = -1;
    }
    int outcome = WRITTEN;
    for (int64_t row = 0; outcome == WRITTEN && row < part->row_count; row++) {
        int32_t code = part->codes[row];
        if (code >= 0 && map[code] < 0) {
            map[code] = code_of(column, part, code, add);
            if (map[code] < 0) {
                outcome = add ? NO_MEMORY : TEXT_NOT_FOUND;
            }
        }
        codes[row] = code < 0 ? -1 : map[code];
    }
    bkti_release(work->memory, map);
    return outcome;
}

static int write_codes(stack *work, bkt_column *column, bool add) {
    int64_t first_row = 0;
    for (uint32_t i = 0; i < work->table_count; i++) {
        int64_t count = work->tables[i]->row_count;
        if (work->parts[i] == NULL) {
            for (int64_t row = first_row; row < first_row + count; row++) {
                column->codes[row] = -1;
            }
        } else {
            int outcome = write_part(work, column, work->parts[i], first_row, add);
            if (outcome != WRITTEN) {
                return outcome;
            }
        }
        first_row += count;
    }
    return WRITTEN;
}

/* The largest dictionary mostly has the texts of all parts; then nothing is copied. */
static int write_codes_shared(stack *work, bkt_column *column) {
    const bkt_column *largest = NULL;
    for (uint32_t i = 0; i < work->table_count; i++) {
        const bkt_column *part = work->parts[i];
        if (part != NULL && !part->lent &&
            (largest == NULL || bkti_dictionary_count(part->dictionary) >
                                    bkti_dictionary_count(largest->dictionary))) {
            largest = part;
        }
    }
    if (largest == NULL) {
        return TEXT_NOT_FOUND;
    }
    column->dictionary = bkti_dictionary_hold(largest->dictionary);
    column->periods = bkti_period_list_hold(largest->periods);
    int outcome = write_codes(work, column, false);
    if (outcome == TEXT_NOT_FOUND) {
        bkti_dictionary_drop(column->dictionary);
        bkti_period_list_drop(column->periods);
        column->dictionary = NULL;
        column->periods = NULL;
    }
    return outcome;
}

static bkt_status merge_codes(stack *work, bkt_column *column) {
    int outcome = write_codes_shared(work, column);
    if (outcome == TEXT_NOT_FOUND) {
        column->dictionary = bkti_dictionary_new(work->memory);
        if (column->kind == BKT_KIND_PERIOD) {
            column->periods = bkti_period_list_new(work->memory);
        }
        bool ready = column->dictionary != NULL &&
                     (column->kind != BKT_KIND_PERIOD || column->periods != NULL);
        outcome = ready ? write_codes(work, column, true) : NO_MEMORY;
    }
    if (outcome != WRITTEN) {
        return bkti_no_memory(work->context);
    }
    uint64_t limit = bkti_context_options(work->context)->dictionary_limit;
    if ((uint64_t)bkti_dictionary_count(column->dictionary) > limit) {
        return bkti_fail(work->context, BKT_ERR_LIMIT, NULL,
                         "column '%s' would have more distinct texts than dictionary_limit, which "
                         "is %llu",
                         column->id, (unsigned long long)limit);
    }
    return BKT_OK;
}

static bkt_status merge_numbers(stack *work, bkt_column *column) {
    bool any_missing = false;
    for (uint32_t i = 0; i < work->table_count; i++) {
        any_missing = any_missing || (work->parts[i] == NULL ? work->tables[i]->row_count > 0
                                                             : work->parts[i]->reasons != NULL);
    }
    if (any_missing) {
        column->reasons = bkti_allocate_zeroed(work->memory, (size_t)work->row_count, 1);
        if (column->reasons == NULL) {
            return bkti_no_memory(work->context);
        }
    }
    int64_t first_row = 0;
    for (uint32_t i = 0; i < work->table_count; i++) {
        const bkt_column *part = work->parts[i];
        size_t count = (size_t)work->tables[i]->row_count;
        if (part == NULL) {
            for (size_t row = 0; row < count; row++) {
                column->numbers[first_row + (int64_t)row] = NAN;
                column->reasons[first_row + (int64_t)row] = BKT_MISSING_ABSENT;
            }
        } else {
            memcpy(column->numbers + first_row, part->numbers, count * sizeof *part->numbers);
            if (part->reasons != NULL) {
                memcpy(column->reasons + first_row, part->reasons, count);
            }
        }
        first_row += (int64_t)count;
    }
    return BKT_OK;
}

static bkt_status merge_column(stack *work, const bkt_column *model) {
    bkt_status status = find_parts(work, model);
    if (status != BKT_OK) {
        return status;
    }
    bkt_column *column = bkti_column_like(work->memory, model);
    if (column == NULL) {
        return bkti_no_memory(work->context);
    }
    describe(work, column);
    if (!bkti_column_allocate(column, work->row_count)) {
        status = bkti_no_memory(work->context);
    }
    if (status == BKT_OK) {
        status = column->kind == BKT_KIND_NUMBER ? merge_numbers(work, column)
                                                 : merge_codes(work, column);
    }
    if (status == BKT_OK && !bkti_column_seal(column)) {
        status = bkti_no_memory(work->context);
    }
    if (status == BKT_OK) {
        bkti_table_add(work->result, column);
    } else {
        bkti_column_drop(column);
    }
    return status;
}

/* The distinct ids of all tables, each with the first column that has it; *out_models is to be
 * released. */
static bkt_status find_models(stack *work, const bkt_column ***out_models, size_t *out_count) {
    *out_models = NULL;
    *out_count = 0;
    size_t room = 0;
    for (uint32_t i = 0; i < work->table_count; i++) {
        room += work->tables[i]->column_count;
    }
    bkti_dictionary *ids = bkti_dictionary_new(work->memory);
    const bkt_column **models = bkti_allocate_array(work->memory, room, sizeof(bkt_column *));
    bool done = ids != NULL && models != NULL;
    size_t count = 0;
    for (uint32_t i = 0; done && i < work->table_count; i++) {
        for (uint32_t j = 0; done && j < work->tables[i]->column_count; j++) {
            const bkt_column *column = work->tables[i]->columns[j];
            int32_t code = bkti_dictionary_add(ids, bkti_span_of(column->id));
            done = code >= 0;
            if (done && (size_t)code == count) {
                models[count++] = column;
            }
        }
    }
    bkti_dictionary_drop(ids);
    if (!done) {
        bkti_release(work->memory, models);
        return bkti_no_memory(work->context);
    }
    *out_models = models;
    *out_count = count;
    return BKT_OK;
}

/* Whether a list of texts joined by "; " has a text. */
static bool has_text(bkti_span list, bkti_span text) {
    for (size_t start = 0; start + text.size <= list.size;) {
        size_t stop = start;
        while (stop < list.size &&
               !(list.data[stop] == ';' && stop + 1 < list.size && list.data[stop + 1] == ' ')) {
            stop++;
        }
        bkti_span each = {list.data + start, stop - start};
        if (bkti_span_equal(each, text)) {
            return true;
        }
        start = stop + 2;
    }
    return false;
}

static bool is_joined(const char *name) {
    static const char *const JOINED[] = {"structure", "dataflow", "sender", "source"};
    for (size_t i = 0; i < sizeof JOINED / sizeof JOINED[0]; i++) {
        if (strcmp(name, JOINED[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds the texts of a list to another, those it does not have. False without memory. */
static bool join_texts(bkti_text *joined, const char *list) {
    const char *rest = list;
    bool done = true;
    while (done && rest != NULL) {
        const char *stop = strstr(rest, "; ");
        bkti_span text = {rest, stop == NULL ? strlen(rest) : (size_t)(stop - rest)};
        bkti_span known = {joined->data, joined->size};
        if (joined->size == 0 || !has_text(known, text)) {
            done = (joined->size == 0 || bkti_text_append_text(joined, "; ")) &&
                   bkti_text_append_span(joined, text);
        }
        rest = stop == NULL ? NULL : stop + 2;
    }
    return done;
}

/* One property of the result: joined, or kept if all tables that have it say the same. */
static bool set_property(stack *work, const char *name) {
    bkti_text joined;
    bkti_text_init(&joined, work->memory);
    const char *first = NULL;
    bool differ = false;
    bool done = true;
    for (uint32_t i = 0; done && i < work->table_count; i++) {
        const char *text = bkti_properties_find(&work->tables[i]->properties, name);
        if (text == NULL) {
            continue;
        }
        differ = differ || (first != NULL && strcmp(first, text) != 0);
        first = first == NULL ? text : first;
        done = !is_joined(name) || join_texts(&joined, text);
    }
    if (done && differ && is_joined(name)) {
        bkti_span text = {joined.data, joined.size};
        done = bkti_properties_set(work->memory, &work->result->properties, name, text);
    } else if (done && !differ) {
        done =
            bkti_properties_set(work->memory, &work->result->properties, name, bkti_span_of(first));
    }
    bkti_text_free(&joined);
    return done;
}

static bkt_status join_properties(stack *work) {
    for (uint32_t i = 0; i < work->table_count; i++) {
        const bkti_properties *properties = &work->tables[i]->properties;
        for (size_t j = 0; j < properties->count; j++) {
            const char *name = properties->items[j].name;
            if (bkti_properties_find(&work->result->properties, name) == NULL &&
                !set_property(work, name)) {
                return bkti_no_memory(work->context);
            }
        }
    }
    return BKT_OK;
}

static bkt_status merge_tables(stack *work) {
    const bkt_column **models;
    size_t count;
    bkt_status status = find_models(work, &models, &count);
    if (status != BKT_OK) {
        return status;
    }
    uint32_t limit = bkti_context_options(work->context)->column_limit;
    if (count > limit) {
        status = bkti_fail(work->context, BKT_ERR_LIMIT, NULL,
                           "the tables together have %llu columns where column_limit is %u",
                           (unsigned long long)count, (unsigned)limit);
    } else {
        work->result = bkti_table_new(work->memory, (uint32_t)count, work->row_count);
        work->parts = bkti_allocate_array(work->memory, work->table_count, sizeof(bkt_column *));
        if (work->result == NULL || work->parts == NULL) {
            status = bkti_no_memory(work->context);
        }
    }
    for (size_t i = 0; status == BKT_OK && i < count; i++) {
        status = merge_column(work, models[i]);
    }
    if (status == BKT_OK) {
        status = join_properties(work);
    }
    bkti_release(work->memory, work->parts);
    bkti_release(work->memory, models);
    return status;
}

bkt_status bkt_table_concatenate(bkt_context *context, const bkt_table *const *tables,
                                 uint32_t table_count, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || (tables == NULL && table_count > 0) || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_concatenate() needs tables and a place for the result");
    }
    stack work = {.context = context,
                  .memory = bkti_context_memory(context),
                  .tables = tables,
                  .table_count = table_count};
    for (uint32_t i = 0; i < table_count; i++) {
        if (tables[i] == NULL) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "table %u (counted from 0) of those to be put together is NULL",
                             (unsigned)i);
        }
        work.row_count += tables[i]->row_count;
    }
    bkt_status status = merge_tables(&work);
    if (status == BKT_OK) {
        *out_table = work.result;
    } else {
        bkt_table_free(work.result);
    }
    return status;
}
