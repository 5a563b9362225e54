/* SPDX-License-Identifier: MIT */
/* Data sets whose DSD is known. Columns of its dimensions, time and measures are there from the
 * begin of the data set; attributes get theirs when data have them. In either case the DSD says
 * what a column is, whatever the message would make one assume. */
#include "bkti_reader_parts.h"
#include "bkti_structure.h"

static bool is_given(const char *text) {
    return text != NULL && text[0] != '\0';
}

static void tell_missing(bkt_reader *reader) {
    const char *structure = reader->last->properties[BKTI_DATASET_STRUCTURE];
    const char *dataflow = reader->last->properties[BKTI_DATASET_DATAFLOW];
    bool by_structure = is_given(structure);
    bool by_dataflow = is_given(dataflow);
    bkti_place place;
    bkti_message_place(reader->message, &place);
    if (!by_structure && !by_dataflow) {
        bkti_tell(
            reader->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place,
            "the data set does not say of which data structure it is, and the structure given "
            "has not just one: it is read without");
        return;
    }
    bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place,
              "the structure given has no data structure, or several, for %s%.200s%s%s%.200s: the "
              "data set is read without",
              by_structure ? "" : "the dataflow ", by_structure ? structure : dataflow,
              by_structure && by_dataflow ? " or " : "",
              by_structure && by_dataflow ? "the dataflow " : "",
              by_structure && by_dataflow ? dataflow : "");
}

/* A DSD is taken apart once. NULL without memory. */
static bkti_components *components_of(bkt_reader *reader, const bkt_item *data_structure) {
    for (bkti_components *each = reader->known_components; each != NULL; each = each->next) {
        if (each->data_structure == data_structure) {
            return each;
        }
    }
    bkti_components *components = bkti_components_new(reader->memory, data_structure);
    if (components != NULL) {
        components->next = reader->known_components;
        reader->known_components = components;
    }
    return components;
}

static bkt_status preload(bkt_reader *reader, uint32_t column, const bkt_item *code_list) {
    int32_t kind = bkti_code_kind(code_list);
    uint32_t count = bkt_item_child_count(code_list, kind);
    for (uint32_t i = 0; i < count; i++) {
        bkti_span code = bkti_span_of(bkt_item_id(bkt_item_child_at(code_list, kind, i)));
        if (bkti_table_writer_code(reader->rows->writer, column, code) < 0) {
            return bkti_rows_failure(reader);
        }
    }
    return BKT_OK;
}

/* The dictionary begins with the list's codes: so a column that has other texts, of a data set
 * before, gets no names. */
static bkt_status give_labels(bkt_reader *reader, uint32_t column, bkti_component *component) {
    bkti_table_writer *writer = reader->rows->writer;
    bkti_column_writer *target = bkti_table_writer_column(writer, column);
    const bkt_item *code_list = bkt_component_code_list(component->item);
    bool is_coded = code_list != NULL && target->kind == BKT_KIND_TEXT;
    if (is_coded && bkti_dictionary_count(target->dictionary) > 0) {
        return BKT_OK;
    }
    if (component->labels == NULL) {
        component->labels = bkti_component_labels_new(reader->memory, component->item);
    }
    if (component->labels == NULL) {
        return bkti_no_memory(reader->context);
    }
    bkti_table_writer_set_structure(writer, column, component->labels, component->rank);
    const char *name = component->labels->concept_name(component->labels, NULL);
    bkt_status status =
        name == NULL ? BKT_OK : bkti_table_writer_set_label(writer, column, name, NULL);
    return status == BKT_OK && is_coded ? preload(reader, column, code_list) : status;
}

static bkt_status give_group(bkt_reader *reader, uint32_t column, const bkti_component *component) {
    if (bkti_component_group(component->item) == NULL) {
        return BKT_OK;
    }
    bkti_text text;
    bkti_text_init(&text, reader->memory);
    bkti_component_append_group(component->item, &text);
    bkt_status status = text.failed ? bkti_no_memory(reader->context)
                                    : bkti_table_writer_set_group(reader->rows->writer, column,
                                                                  bkti_text_get(&text));
    bkti_text_free(&text);
    return status;
}

void bkti_structured_rank(bkt_reader *reader, uint32_t column) {
    bkti_table_writer *writer = reader->rows->writer;
    const bkti_column_writer *target = bkti_table_writer_column(writer, column);
    if (reader->rows->is_ranked) {
        bkti_table_writer_set_structure(writer, column, target->labels,
                                        bkti_rank_of_stranger(target->role));
    }
}

bkt_status bkti_structured_column(bkt_reader *reader, uint32_t column, bkti_component *component) {
    bkti_structured_rank(reader, column);
    if (component == NULL) {
        return BKT_OK;
    }
    bkti_table_writer *writer = reader->rows->writer;
    bkti_table_writer_set_structure(writer, column, NULL, component->rank);
    bkt_status status = give_group(reader, column, component);
    return status == BKT_OK ? give_labels(reader, column, component) : status;
}

/* Columns of data sets before this one stand behind those that the DSD has. */
static void rank_columns(bkt_reader *reader) {
    bkti_rows *rows = reader->rows;
    if (!rows->is_ranked) {
        rows->is_ranked = true;
        for (size_t i = 0; i < rows->column_count; i++) {
            bkti_structured_rank(reader, (uint32_t)i);
        }
    }
}

/* Another code list may call the same codes otherwise. */
static void drop_names(bkt_reader *reader, uint32_t column) {
    bkti_table_writer *writer = reader->rows->writer;
    const bkti_column_writer *target = bkti_table_writer_column(writer, column);
    bkti_place place;
    bkti_message_place(reader->message, &place);
    bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place,
              "%s has other codes in the data structure of this data set than in one before: its "
              "codes get no names",
              target->id);
    bkti_table_writer_set_structure(writer, column, NULL, target->rank);
}

/* A column that a data set before has made becomes what the DSD says, if it can and no other DSD
 * says it already. */
static bkt_status adopt_column(bkt_reader *reader, uint32_t column, bkti_component *component) {
    bkti_rows *rows = reader->rows;
    bkti_reader_column *target = &rows->columns[column];
    const bkti_column_writer *writer = target->writer;
    int32_t role = component->role;
    if (writer->labels != NULL) {
        if (!bkti_component_labels_agree(writer->labels, component->item)) {
            drop_names(reader, column);
        }
        return BKT_OK;
    }
    role = role == BKT_ROLE_TIME && writer->kind != BKT_KIND_PERIOD ? BKT_ROLE_DIMENSION : role;
    bool is_key = role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME;
    if (is_key && writer->kind == BKT_KIND_NUMBER) {
        return BKT_OK;
    }
    bkti_table_writer_set_role(rows->writer, column, role, component->level, false);
    rows->key_epoch += is_key != target->key;
    target->key = is_key;
    target->doubtful = false;
    return bkti_structured_column(reader, column, component);
}

static bkt_status take_component(bkt_reader *reader, int32_t place, int32_t role) {
    bkti_component *component = &reader->components->items[place];
    bkti_span id = bkti_components_id(reader->components, place);
    int64_t found = bkti_table_writer_find(reader->rows->writer, id);
    uint32_t column = (uint32_t)found;
    if (found >= 0) {
        return adopt_column(reader, column, component);
    }
    return role == BKT_ROLE_ATTRIBUTE ? BKT_OK
                                      : bkti_rows_add_column(reader, id, component->kind, role,
                                                             component->level, false, &column);
}

static bkt_status take_components(bkt_reader *reader) {
    static const int32_t roles[] = {BKT_ROLE_DIMENSION, BKT_ROLE_TIME, BKT_ROLE_MEASURE,
                                    BKT_ROLE_ATTRIBUTE};
    const bkti_components *components = reader->components;
    bkt_status status = BKT_OK;
    for (size_t k = 0; k < sizeof roles / sizeof *roles; k++) {
        for (uint32_t i = 0; status == BKT_OK && i < components->count; i++) {
            if (components->items[i].role == roles[k]) {
                status = take_component(reader, (int32_t)i, roles[k]);
            }
        }
    }
    return status;
}

/* The column of a component; -1. */
static int64_t column_at(const bkt_reader *reader, int32_t place) {
    return place < 0 ? -1
                     : bkti_table_writer_find(reader->rows->writer,
                                              bkti_components_id(reader->components, place));
}

bkt_status bkti_structured_begin(bkt_reader *reader) {
    bkti_rows *rows = reader->rows;
    reader->components = NULL;
    if (reader->structure == NULL) {
        return BKT_OK;
    }
    /* Data sets before may have had another DSD. */
    rows->measure = -1;
    rows->measure_text = -1;
    const bkt_item *data_structure =
        bkti_structure_of_data(reader->structure, reader->last->properties[BKTI_DATASET_STRUCTURE],
                               reader->last->properties[BKTI_DATASET_DATAFLOW]);
    if (data_structure == NULL) {
        tell_missing(reader);
        return BKT_OK;
    }
    reader->components = components_of(reader, data_structure);
    if (reader->components == NULL) {
        return bkti_no_memory(reader->context);
    }
    rank_columns(reader);
    bkt_status status = take_components(reader);
    if (status == BKT_OK) {
        int64_t time = column_at(reader, reader->components->time);
        bool is_time = time >= 0 && rows->columns[time].writer->role == BKT_ROLE_TIME;
        rows->time = is_time ? time : -1;
        rows->measure = column_at(reader, reader->components->primary);
    }
    return status;
}

/* Messages without marks have roles that the sdmx room assumes. */
static bool has_marks(const bkt_reader *reader) {
    int32_t kind = bkti_message_kind(reader->message);
    return kind == BKT_MESSAGE_GENERIC_DATA || kind == BKT_MESSAGE_GENERIC_TIME_SERIES_DATA ||
           kind == BKT_MESSAGE_SDMX_JSON_DATA;
}

static bkt_status tell_contradiction(bkt_reader *reader, bkti_component *component, bkti_span id,
                                     bool is_key) {
    bool says_key = component->role == BKT_ROLE_DIMENSION || component->role == BKT_ROLE_TIME;
    if (says_key == is_key || component->is_told || component->role == BKT_ROLE_MEASURE ||
        !has_marks(reader)) {
        return BKT_OK;
    }
    component->is_told = true;
    return bkti_data_fault(
        reader, BKT_ERR_STRUCTURE, -1,
        "the message has %.*s among the %s, but in the data structure %.200s it is %s, and so here",
        (int)id.size, id.data, is_key ? "dimensions" : "attributes", reader->components->name,
        is_key ? "an attribute" : "a dimension");
}

/* Each id once. */
static bkt_status tell_stranger(bkt_reader *reader, bkti_span id) {
    bkti_components *components = reader->components;
    int32_t known = bkti_dictionary_count(components->strangers);
    int32_t code = bkti_dictionary_add(components->strangers, id);
    if (code < known) {
        return code < 0 ? bkti_no_memory(reader->context) : BKT_OK;
    }
    return bkti_data_fault(reader, BKT_ERR_STRUCTURE, -1,
                           "the data have %.*s, which the data structure %.200s lacks: its role is "
                           "assumed, as without a structure",
                           (int)id.size, id.data, components->name);
}

bkt_status bkti_structured_check(bkt_reader *reader, bkti_span id, int marking) {
    bkti_components *components = reader->components;
    int32_t place = components == NULL ? -1 : bkti_components_find(components, id);
    if (components == NULL || (place >= 0 && marking == BKTI_UNMARKED)) {
        return BKT_OK;
    }
    return place < 0 ? tell_stranger(reader, id)
                     : tell_contradiction(reader, &components->items[place], id,
                                          marking == BKTI_MARKED_KEY);
}

bool bkti_structured_know(bkt_reader *reader, bkti_span id) {
    return reader->components == NULL || bkti_components_find(reader->components, id) >= 0 ||
           bkti_dictionary_add(reader->components->strangers, id) >= 0;
}

void bkti_structured_cross(const bkt_reader *reader, bkti_observation *observation) {
    const bkti_components *components = reader->components;
    int32_t place = components->measure_dimension;
    if (place >= 0 && bkti_span_is(observation->dimension.id, "MEASURE") &&
        bkti_dictionary_count(components->cross_ids) > 0) {
        observation->dimension.value =
            bkti_components_cross_code(components, observation->dimension.value);
    }
}
