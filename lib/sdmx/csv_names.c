/* SPDX-License-Identifier: MIT */
/* SDMX-CSV: names that stand behind ids and codes ("REF_AREA: Reference area"), or in columns of
 * their own. In which language they are, no message says. */
#include "bkti_csv_message.h"

static bkt_status tell(bkti_csv_message *csv, bkti_span id, bkti_span code, bkti_span name) {
    name = bkti_span_trim(name);
    return name.size == 0
               ? BKT_OK
               : csv->message->listener->name(csv->message->user, id, code, BKTI_SPAN(""), name);
}

bkt_status bkti_csv_tell_header(bkti_csv_message *csv) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; csv->tells_names && status == BKT_OK && i < csv->column_count; i++) {
        const bkti_csv_column *column = &csv->columns[i];
        if (column->kind == BKTI_CSV_FACT || column->kind == BKTI_CSV_VALUE) {
            status = tell(csv, column->id, BKTI_SPAN(""), column->name);
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
    return out_code->size > 0 && out_name->size > 0;
}

/* Mostly the code is the one of the row before. */
static bool is_as_before(const bkti_csv_column *column, bkti_span field) {
    if (column->named == NULL) {
        return false;
    }
    bkti_span before = bkti_dictionary_span(column->named, column->last_named);
    bool is_begin = field.size >= before.size && memcmp(field.data, before.data, before.size) == 0;
    return is_begin && (field.size == before.size ||
                        (!column->has_names && field.size > before.size + 1 &&
                         field.data[before.size] == ':' && field.data[before.size + 1] == ' '));
}

/* Each code once in a data set. */
static bkt_status tell_code(bkti_csv_message *csv, bkti_csv_column *column, bkti_span code,
                            bkti_span name) {
    if (column->named == NULL) {
        column->named = bkti_dictionary_new(csv->message->memory);
    }
    int32_t count = column->named == NULL ? 0 : bkti_dictionary_count(column->named);
    column->last_named = column->named == NULL ? -1 : bkti_dictionary_add(column->named, code);
    if (column->last_named < 0) {
        return bkti_no_memory(csv->message->context);
    }
    return column->last_named < count ? BKT_OK : tell(csv, column->id, code, name);
}

bkt_status bkti_csv_tell_names(bkti_csv_message *csv) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < csv->column_count; i++) {
        bkti_csv_column *column = &csv->columns[i];
        bkti_span code;
        bkti_span name;
        if (column->kind == BKTI_CSV_FACT && !column->is_list &&
            !is_as_before(column, csv->fields[i]) && split(csv, i, &code, &name)) {
            status = tell_code(csv, column, code, name);
        }
    }
    return status;
}

void bkti_csv_forget_names(bkti_csv_message *csv) {
    for (uint32_t i = 0; i < csv->column_count; i++) {
        bkti_dictionary_drop(csv->columns[i].named);
        csv->columns[i].named = NULL;
    }
}
