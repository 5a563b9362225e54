/* SPDX-License-Identifier: MIT */
/* SDMX-CSV: names that stand behind ids and codes ("REF_AREA: Reference area"), or in columns of
 * their own. In which language they are, no message says. */
#include "bkti_csv_message.h"

static bkt_status tell(bkti_csv_message *csv, bkti_span id, bkti_span code, bkti_span name) {
    return name.size == 0
               ? BKT_OK
               : csv->message->listener->name(csv->message->user, id, code, BKTI_SPAN(""), name);
}

bkt_status bkti_csv_tell_header(bkti_csv_message *csv) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; csv->tells_names && status == BKT_OK && i < csv->column_count; i++) {
        const bkti_csv_column *column = &csv->columns[i];
        if (column->kind == BKTI_CSV_FACT || column->kind == BKTI_CSV_VALUE) {
            status = tell(csv, column->id, BKTI_SPAN(""), bkti_span_trim(column->name));
        }
    }
    return status;
}

/* The code in a field, and its name; false if it has none. */
static bool split(const bkti_csv_message *csv, uint32_t index, bkti_span *out_code,
                  bkti_span *out_name) {
    bkti_span field = csv->fields[index];
    *out_code = csv->is_labelled ? bkti_csv_without_label(field) : field;
    if (csv->columns[index].has_names) {
        *out_name = csv->fields[index + 1];
    } else if (out_code->size < field.size) {
        *out_name = (bkti_span){field.data + out_code->size + 1, field.size - out_code->size - 1};
    } else {
        return false;
    }
    *out_name = bkti_span_trim(*out_name);
    return out_code->size > 0 && out_name->size > 0;
}

/* Whether a name of the code that was told last is nothing new. */
static bool is_told(const bkti_csv_column *column, bkti_span name) {
    int32_t told = column->name_of[column->last_named];
    return told < 0 ||
           bkti_span_equal(bkti_span_trim(name), bkti_dictionary_span(column->names, told));
}

/* Mostly the code is the one of the row before, and so is its name. */
static bool is_as_before(const bkti_csv_message *csv, uint32_t index) {
    const bkti_csv_column *column = &csv->columns[index];
    bkti_span field = csv->fields[index];
    if (column->named == NULL || column->last_named < 0) {
        return false;
    }
    bkti_span before = bkti_dictionary_span(column->named, column->last_named);
    if (field.size < before.size || memcmp(field.data, before.data, before.size) != 0) {
        return false;
    }
    if (column->has_names) {
        return field.size == before.size && is_told(column, csv->fields[index + 1]);
    }
    bkti_span rest = {field.data + before.size, field.size - before.size};
    return rest.size == 0 || (rest.size > 2 && rest.data[0] == ':' && rest.data[1] == ' ' &&
                              is_told(column, (bkti_span){rest.data + 2, rest.size - 2}));
}

/* Room for one code more; false without memory. */
static bool make_room(bkti_csv_message *csv, bkti_csv_column *column) {
    bkti_memory *memory = csv->message->memory;
    column->named = column->named == NULL ? bkti_dictionary_new(memory) : column->named;
    column->names = column->names == NULL ? bkti_dictionary_new(memory) : column->names;
    if (column->named == NULL || column->names == NULL) {
        return false;
    }
    void *places = column->name_of;
    bool done =
        bkti_grow(memory, &places, &column->name_capacity,
                  (size_t)bkti_dictionary_count(column->named) + 1, sizeof *column->name_of);
    column->name_of = places;
    return done;
}

/* Each code once in a data set; and once more if it has another name. */
static bkt_status tell_code(bkti_csv_message *csv, bkti_csv_column *column, bkti_span code,
                            bkti_span name) {
    bool has_room = make_room(csv, column);
    int32_t count = has_room ? bkti_dictionary_count(column->named) : 0;
    column->last_named = has_room ? bkti_dictionary_add(column->named, code) : -1;
    if (column->last_named < 0) {
        return bkti_no_memory(csv->message->context);
    }
    bool is_known = column->last_named < count;
    if (is_known && is_told(column, name)) {
        return BKT_OK;
    }
    int32_t place = is_known ? -1 : bkti_dictionary_add(column->names, name);
    column->name_of[column->last_named] = place;
    return is_known || place >= 0 ? tell(csv, column->id, code, name)
                                  : bkti_no_memory(csv->message->context);
}

bkt_status bkti_csv_tell_names(bkti_csv_message *csv) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < csv->column_count; i++) {
        bkti_csv_column *column = &csv->columns[i];
        bkti_span code;
        bkti_span name;
        if (column->kind == BKTI_CSV_FACT && !column->is_list && !is_as_before(csv, i) &&
            split(csv, i, &code, &name)) {
            status = tell_code(csv, column, code, name);
        }
    }
    return status;
}

void bkti_csv_forget_names(bkti_csv_message *csv) {
    for (uint32_t i = 0; i < csv->column_count; i++) {
        bkti_csv_column *column = &csv->columns[i];
        bkti_dictionary_drop(column->named);
        bkti_dictionary_drop(column->names);
        bkti_release(csv->message->memory, column->name_of);
        column->named = NULL;
        column->names = NULL;
        column->name_of = NULL;
        column->name_capacity = 0;
    }
}
