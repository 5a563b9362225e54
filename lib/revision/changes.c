/* SPDX-License-Identifier: MIT */
/* What changed, as tables. */
#include <math.h>

#include "bkti_revision.h"
#include "bkti_text.h"

static const struct {
    const char *id;
    const char *sentence;
} KINDS[BKTI_CHANGE_KIND_COUNT] = {
    [BKTI_ADDED] = {"added", "only the later table has the key"},
    [BKTI_REMOVED] = {"removed", "only the earlier table has the key"},
    [BKTI_REVISED] = {"revised", "a measure changed"},
    [BKTI_ATTRIBUTES] = {"attributes", "nothing but attributes changed"},
    [BKTI_UNCHANGED] = {"unchanged", "nothing changed"},
    [BKTI_REPEATED_BEFORE] = {"repeated before", "the earlier table has the key once more"},
    [BKTI_REPEATED_AFTER] = {"repeated after", "the later table has the key once more"},
};

/* ---- The columns of the result ---- */

/* A new column of the result, which then is the table's; NULL without memory. */
static bkt_column *new_column(bkt_table *result, bkti_span id, int32_t kind, int32_t role) {
    bkt_column *column = bkti_column_new(result->memory, id, kind, role);
    if (!bkti_table_add(result, column) || !bkti_column_allocate(column, result->row_count)) {
        return NULL;
    }
    if (kind == BKT_KIND_NUMBER) {
        column->reasons = bkti_allocate_zeroed(result->memory, (size_t)result->row_count, 1);
        return column->reasons == NULL ? NULL : column;
    }
    return column;
}

/* One called "ID_SUFFIX". */
static bkt_status add_column(const bkti_comparison *work, bkt_table *result, const char *id,
                             const char *suffix, int32_t kind, int32_t role,
                             bkt_column **out_column) {
    bkti_text text;
    bkti_text_init(&text, work->memory);
    bkti_text_append_text(&text, id);
    bkti_text_append_text(&text, suffix);
    bkt_status status = BKT_OK;
    *out_column = NULL;
    if (!text.failed && bkti_table_exact(result, bkti_text_get(&text)) != NULL) {
        status = bkti_fail(work->context, BKT_ERR_REPEATED_COMPONENT, NULL,
                           "the result would have two columns '%s': leave one out of the tables",
                           bkti_text_get(&text));
    } else {
        *out_column =
            text.failed ? NULL : new_column(result, (bkti_span){text.data, text.size}, kind, role);
        status = *out_column == NULL ? bkti_no_memory(work->context) : BKT_OK;
    }
    bkti_text_free(&text);
    return status;
}

static void fill_codes(const bkti_comparison *work, bkt_column *column, const bkt_column *from,
                       bool is_after) {
    for (size_t i = 0; i < work->change_count; i++) {
        int64_t row = is_after ? work->changes[i].after : work->changes[i].before;
        column->codes[i] = row < 0 || from == NULL ? -1 : from->codes[row];
    }
}

static void fill_numbers(const bkti_comparison *work, bkt_column *column, const bkt_column *from,
                         bool is_after) {
    for (size_t i = 0; i < work->change_count; i++) {
        int64_t row = is_after ? work->changes[i].after : work->changes[i].before;
        column->numbers[i] = NAN;
        column->reasons[i] = row < 0 ? BKT_MISSING_NOT_REPORTED : BKT_MISSING_ABSENT;
        if (row >= 0 && from != NULL) {
            column->numbers[i] = from->numbers[row];
            column->reasons[i] =
                from->reasons == NULL ? (uint8_t)BKT_MISSING_NOT : from->reasons[row];
        }
    }
}

/* A component as one of the tables has it. */
static bkt_status add_side(const bkti_comparison *work, bkt_table *result,
                           const bkti_component *component, bool is_after) {
    const bkt_column *from = is_after ? component->after : component->before;
    const bkt_column *model = from != NULL ? from : is_after ? component->before : component->after;
    bkt_column *column;
    int32_t role = component->is_measure ? BKT_ROLE_MEASURE : BKT_ROLE_ATTRIBUTE;
    bkt_status status = add_column(work, result, model->id, is_after ? "_AFTER" : "_BEFORE",
                                   model->kind, role, &column);
    if (status != BKT_OK) {
        return status;
    }
    bool done = bkti_column_describe(column, model);
    if (model->kind == BKT_KIND_NUMBER) {
        fill_numbers(work, column, from, is_after);
    } else {
        column->dictionary = bkti_dictionary_hold(model->dictionary);
        column->periods = bkti_period_list_hold(model->periods);
        fill_codes(work, column, from, is_after);
    }
    bkti_release(work->memory, column->label); /* the ids tell the two apart */
    column->label = NULL;
    return done && bkti_column_seal(column) ? BKT_OK : bkti_no_memory(work->context);
}

static bkt_status add_difference(const bkti_comparison *work, bkt_table *result,
                                 const bkti_component *component) {
    bkt_column *column;
    bkt_status status = add_column(work, result, component->after->id, "_DIFFERENCE",
                                   BKT_KIND_NUMBER, BKT_ROLE_MEASURE, &column);
    if (status != BKT_OK) {
        return status;
    }
    for (size_t i = 0; i < work->change_count; i++) {
        const bkti_change *change = &work->changes[i];
        double before = NAN;
        double after = NAN;
        bkt_column_number_at(component->before, change->before, &before);
        bkt_column_number_at(component->after, change->after, &after);
        double difference = after - before;
        bool compares = change->kind != BKTI_REPEATED_BEFORE && change->kind != BKTI_REPEATED_AFTER;
        column->numbers[i] = difference;
        column->reasons[i] = (uint8_t)(!compares               ? BKT_MISSING_NOT_APPLICABLE
                                       : isnan(difference)     ? BKT_MISSING_INPUT
                                       : !isfinite(difference) ? BKT_MISSING_OVERFLOW
                                                               : BKT_MISSING_NOT);
    }
    bool done = component->after->unit == NULL ||
                (column->unit = bkti_copy_text(work->memory, component->after->unit,
                                               strlen(component->after->unit))) != NULL;
    return done && bkti_column_seal(column) ? BKT_OK : bkti_no_memory(work->context);
}

static bkt_status add_components(const bkti_comparison *work, bkt_table *result) {
    bkt_status status = BKT_OK;
    for (int measures = 1; measures >= 0; measures--) {
        for (uint32_t i = 0; status == BKT_OK && i < work->component_count; i++) {
            const bkti_component *component = &work->components[i];
            if (component->is_measure != (measures == 1) ||
                (measures == 0 && component->change_count == 0)) {
                continue;
            }
            status = add_side(work, result, component, false);
            status = status == BKT_OK ? add_side(work, result, component, true) : status;
            bool is_number = component->before != NULL && component->after != NULL &&
                             component->before->numbers != NULL &&
                             component->after->numbers != NULL;
            if (status == BKT_OK && component->is_measure && is_number) {
                status = add_difference(work, result, component);
            }
        }
    }
    return status;
}

static bool add_keys(const bkti_comparison *work, bkt_table *result) {
    int64_t *rows = bkti_allocate_array(work->memory, work->change_count, sizeof *rows);
    bool done = rows != NULL;
    for (size_t i = 0; done && i < work->change_count; i++) {
        const bkti_change *change = &work->changes[i];
        rows[i] = change->after >= 0 ? change->after : change->before + work->after->row_count;
    }
    for (uint32_t i = 0; done && i < work->key_count; i++) {
        done = bkti_table_add(result, bkti_column_take(work->memory, work->keys->columns[i], rows,
                                                       result->row_count));
    }
    bkti_release(work->memory, rows);
    return done;
}

/* Ids of what changed in one row. */
static void write_components(const bkti_comparison *work, const bkti_change *change,
                             bkti_text *text) {
    bkti_text_clear(text);
    if (change->kind != BKTI_REVISED && change->kind != BKTI_ATTRIBUTES) {
        return;
    }
    for (uint32_t i = 0; i < work->component_count; i++) {
        const bkti_component *component = &work->components[i];
        if (component->change_count > 0 &&
            bkti_component_differs(component, change->before, change->after)) {
            const bkt_column *either =
                component->after == NULL ? component->before : component->after;
            bkti_text_append_text(text, text->size > 0 ? "; " : "");
            bkti_text_append_text(text, either->id);
        }
    }
}

static bkt_status add_change_columns(const bkti_comparison *work, bkt_table *result) {
    bkt_column *kinds;
    bkt_column *ids = NULL;
    bkt_status status =
        add_column(work, result, "CHANGE", "", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, &kinds);
    if (status == BKT_OK) {
        status =
            add_column(work, result, "COMPONENTS", "", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, &ids);
    }
    if (status != BKT_OK) {
        return status;
    }
    kinds->dictionary = bkti_dictionary_new(work->memory);
    ids->dictionary = bkti_dictionary_new(work->memory);
    bool done = kinds->dictionary != NULL && ids->dictionary != NULL;
    for (int kind = 0; done && kind < BKTI_CHANGE_KIND_COUNT; kind++) {
        done = bkti_dictionary_add(kinds->dictionary, bkti_span_of(KINDS[kind].id)) == kind;
    }
    bkti_text text;
    bkti_text_init(&text, work->memory);
    for (size_t i = 0; done && i < work->change_count; i++) {
        const bkti_change *change = &work->changes[i];
        kinds->codes[i] = change->kind;
        write_components(work, change, &text);
        ids->codes[i] = -1;
        if (text.size > 0) {
            ids->codes[i] = bkti_dictionary_add(ids->dictionary, (bkti_span){text.data, text.size});
            done = ids->codes[i] >= 0;
        }
        done = done && !text.failed;
    }
    bkti_text_free(&text);
    done = done && bkti_column_seal(kinds) && bkti_column_seal(ids);
    return done ? BKT_OK : bkti_no_memory(work->context);
}

static bool set_sources(const bkti_comparison *work, bkt_table *result) {
    return bkti_properties_set(work->memory, &result->properties, "source_before",
                               bkti_span_of(bkt_table_property(work->before, "source"))) &&
           bkti_properties_set(work->memory, &result->properties, "source_after",
                               bkti_span_of(bkt_table_property(work->after, "source")));
}

bkt_status bkti_changes_table(bkti_comparison *work, bkt_table **out_table) {
    uint32_t room = work->key_count + 2 + 3 * work->component_count;
    bkt_table *result = bkti_table_new(work->memory, room, (int64_t)work->change_count);
    bool done = result != NULL && add_keys(work, result) && set_sources(work, result);
    bkt_status status = done ? BKT_OK : bkti_no_memory(work->context);
    status = status == BKT_OK ? add_change_columns(work, result) : status;
    status = status == BKT_OK ? add_components(work, result) : status;
    if (status == BKT_OK) {
        status =
            bkt_table_sort(work->context, result, work->key_ids, work->key_count, NULL, out_table);
    }
    bkt_table_free(result);
    return status;
}

/* ---- The summary ---- */

static bkt_status put_text(bkti_table_writer *writer, bkt_context *context, uint32_t column,
                           int64_t row, const char *text) {
    int32_t code = bkti_table_writer_code(writer, column, bkti_span_of(text));
    return code < 0
               ? bkti_no_memory(context)
               : bkti_column_put_code(writer, bkti_table_writer_column(writer, column), row, code);
}

bkt_status bkti_changes_summary(const bkti_comparison *work, bkt_table **out_table) {
    static const struct {
        const char *id;
        int32_t kind;
        int32_t role;
    } COLUMNS[] = {{"CHANGE", BKT_KIND_TEXT, BKT_ROLE_DIMENSION},
                   {"ROWS", BKT_KIND_NUMBER, BKT_ROLE_MEASURE},
                   {"TEXT", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE}};
    bkti_table_writer *writer;
    bkt_status status = bkti_table_writer_new(work->context, &writer);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0] && status == BKT_OK; i++) {
        uint32_t index;
        status = bkti_table_writer_add_column(writer, bkti_span_of(COLUMNS[i].id), COLUMNS[i].kind,
                                              COLUMNS[i].role, BKT_LEVEL_NONE, &index);
    }
    for (int kind = 0; kind < BKTI_CHANGE_KIND_COUNT && status == BKT_OK; kind++) {
        status = put_text(writer, work->context, 0, kind, KINDS[kind].id);
        if (status == BKT_OK) {
            status = bkti_column_put_number(writer, bkti_table_writer_column(writer, 1), kind,
                                            (double)work->counts[kind]);
        }
        status = status == BKT_OK ? put_text(writer, work->context, 2, kind, KINDS[kind].sentence)
                                  : status;
    }
    if (status != BKT_OK) {
        bkti_table_writer_free(writer);
        return status;
    }
    return bkti_table_writer_finish(writer, BKTI_CHANGE_KIND_COUNT, out_table);
}
