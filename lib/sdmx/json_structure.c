/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: what the indexes of a data set mean. */
#include <stdlib.h>

#include "bkti_csv_message.h"
#include "bkti_json_message.h"

static const char *const level_names[BKTI_JSON_LEVELS] = {
    [BKTI_JSON_DATASET] = "dataSet",
    [BKTI_JSON_GROUP] = "dimensionGroup",
    [BKTI_JSON_SERIES] = "series",
    [BKTI_JSON_OBSERVATION] = "observation",
};

static bkt_status fail_memory(const bkti_json_message *json) {
    return bkti_no_memory(json->message->context);
}

bkt_status bkti_json_find_structures(bkti_json_message *json) {
    bkti_memory *memory = json->message->memory;
    const bkti_json_value *several = bkti_json_member(json->data, "structures");
    const bkti_json_value *single = bkti_json_member(json->data, "structure");
    uint32_t count = json->is_several ? (uint32_t)bkti_json_count(several) : single != NULL;
    json->structures = bkti_allocate_zeroed(memory, (size_t)count + 1, sizeof *json->structures);
    json->owners =
        bkti_allocate_zeroed(memory, (size_t)json->dataset_count + 1, sizeof *json->owners);
    if (json->structures == NULL || json->owners == NULL) {
        return fail_memory(json);
    }
    json->structure_count = count;
    for (uint32_t i = 0; i < count; i++) {
        json->structures[i].value = json->is_several ? bkti_json_item(several, i) : single;
        const bkti_json_value *owned = bkti_json_member(json->structures[i].value, "dataSets");
        for (size_t k = 0; k < bkti_json_count(owned); k++) {
            uint32_t dataset;
            if (bkti_json_index(bkti_json_item(owned, k), &dataset) &&
                dataset < json->dataset_count) {
                json->owners[dataset] = i;
            }
        }
    }
    return BKT_OK;
}

static void free_list(bkti_memory *memory, bkti_json_list *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        bkti_release(memory, list->items[i].texts);
    }
    bkti_release(memory, list->items);
}

void bkti_json_free_structures(bkti_json_message *json) {
    bkti_memory *memory = json->message->memory;
    for (uint32_t i = 0; i < json->structure_count; i++) {
        bkti_json_structure *structure = &json->structures[i];
        for (int level = 0; level < BKTI_JSON_LEVELS; level++) {
            free_list(memory, &structure->dimensions[level]);
            free_list(memory, &structure->attributes[level]);
        }
        free_list(memory, &structure->measures);
        bkti_release(memory, structure->key);
        bkti_release(memory, structure->listed);
    }
    bkti_release(memory, json->structures);
    bkti_release(memory, json->owners);
}

static bkt_status read_values(bkti_json_message *json, bkti_json_component *component,
                              const bkti_json_value *values) {
    size_t count = bkti_json_count(values);
    component->texts =
        bkti_allocate_array(json->message->memory, count + 1, sizeof *component->texts);
    if (component->texts == NULL) {
        return fail_memory(json);
    }
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < count; i++) {
        status = bkti_json_listed_text(json, bkti_json_item(values, i), &component->texts[i]);
    }
    component->count = (uint32_t)count;
    return status;
}

/* What a list of components is, in the structure: "dimensions.series". */
typedef struct list_kind {
    const char *name;
    uint32_t level;
    bool is_indexed; /* also those that list no values */
} list_kind;

static bkt_status read_component(bkti_json_message *json, const list_kind *kind, uint32_t index,
                                 bkti_json_component *component, const bkti_json_value *value) {
    char room[BKTI_JSON_ROOM];
    bkti_span id = bkti_span_trim(bkti_json_text(bkti_json_member(value, "id"), room));
    const bkti_json_value *values = bkti_json_member(value, "values");
    if (id.size == 0) {
        json->standing = value;
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT, "%s.%s[%u] of its structure has no id",
                                      kind->name, level_names[kind->level], (unsigned)index);
    }
    component->id = bkti_message_id(json->message, id);
    if (component->id.size == 0) {
        return fail_memory(json);
    }
    if (values != NULL && bkti_json_kind(values) != BKTI_JSON_ARRAY) {
        json->standing = value;
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                      "the values of %.*s in its structure are %s; an array was "
                                      "expected",
                                      bkti_csv_shown(id), id.data, bkti_json_kind_text(values));
    }
    component->value = value;
    component->level = kind->level;
    component->is_indexed = kind->is_indexed || bkti_json_count(values) > 0;
    component->position = UINT32_MAX;
    bkti_json_index(bkti_json_member(value, "keyPosition"), &component->position);
    bkt_status status = read_values(json, component, values);
    return status == BKT_OK ? bkti_json_listed_text(json, bkti_json_member(value, "default"),
                                                    &component->fallback)
                            : status;
}

static bkt_status read_list(bkti_json_message *json, const list_kind *kind, bkti_json_list *list,
                            const bkti_json_value *components) {
    const bkti_json_value *values = bkti_json_member(components, level_names[kind->level]);
    if (values != NULL && bkti_json_kind(values) != BKTI_JSON_ARRAY) {
        return bkti_json_message_fail(
            json, BKT_ERR_LAYOUT, "%s.%s of its structure is %s; an array was expected", kind->name,
            level_names[kind->level], bkti_json_kind_text(values));
    }
    uint32_t count = (uint32_t)bkti_json_count(values);
    list->items =
        bkti_allocate_zeroed(json->message->memory, (size_t)count + 1, sizeof *list->items);
    if (list->items == NULL) {
        return fail_memory(json);
    }
    list->count = count;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        status = read_component(json, kind, i, &list->items[i], bkti_json_item(values, i));
    }
    return status;
}

/* By their positions; those that have none stand behind, as they came. */
static int compare_positions(const void *a, const void *b) {
    const bkti_json_component *one = *(bkti_json_component *const *)a;
    const bkti_json_component *other = *(bkti_json_component *const *)b;
    if (one->position != other->position) {
        return one->position < other->position ? -1 : 1;
    }
    if (one->level != other->level) {
        return one->level < other->level ? -1 : 1;
    }
    return one < other ? -1 : one > other;
}

static bkt_status order_key(bkti_json_message *json, bkti_json_structure *structure) {
    bkti_memory *memory = json->message->memory;
    size_t count = 0;
    for (int level = 0; level < BKTI_JSON_LEVELS; level++) {
        count += structure->dimensions[level].count;
    }
    structure->key = bkti_allocate_array(memory, count + 1, sizeof *structure->key);
    structure->listed = bkti_allocate_array(memory, count + 1, sizeof *structure->listed);
    if (structure->key == NULL || structure->listed == NULL) {
        return fail_memory(json);
    }
    for (int level = 0; level < BKTI_JSON_LEVELS; level++) {
        bkti_json_list *list = &structure->dimensions[level];
        for (uint32_t i = 0; i < list->count; i++) {
            structure->listed[structure->key_count] = &list->items[i];
            structure->key[structure->key_count++] = &list->items[i];
        }
    }
    qsort(structure->key, count, sizeof(bkti_json_component *), compare_positions);
    for (uint32_t i = 0; i < structure->key_count; i++) {
        structure->key[i]->rank = i;
    }
    return BKT_OK;
}

/* Which dimensions the attributes of groups say that they depend on. */
static void read_relations(bkti_json_structure *structure) {
    const bkti_json_value *group = bkti_json_member(
        bkti_json_member(structure->value, "attributes"), level_names[BKTI_JSON_GROUP]);
    bkti_json_list *attributes = &structure->attributes[BKTI_JSON_GROUP];
    for (uint32_t i = 0; i < attributes->count && structure->key_count <= 64; i++) {
        const bkti_json_value *relation =
            bkti_json_member(bkti_json_item(group, i), "relationship");
        const bkti_json_value *ids = bkti_json_member(relation, "dimensions");
        for (size_t k = 0; k < bkti_json_count(ids); k++) {
            char room[BKTI_JSON_ROOM];
            bkti_span id = bkti_json_text(bkti_json_item(ids, k), room);
            for (uint32_t rank = 0; rank < structure->key_count; rank++) {
                if (bkti_span_equal(structure->key[rank]->id, id)) {
                    attributes->items[i].relation |= UINT64_C(1) << rank;
                }
            }
        }
    }
}

/* Without a word of measures there is the one of old. */
static bkt_status read_measures(bkti_json_message *json, bkti_json_structure *structure) {
    const bkti_json_value *measures = bkti_json_member(structure->value, "measures");
    if (measures != NULL) {
        static const list_kind kind = {"measures", BKTI_JSON_OBSERVATION, false};
        return read_list(json, &kind, &structure->measures, measures);
    }
    bkti_json_component *only =
        bkti_allocate_zeroed(json->message->memory, 1, sizeof *structure->measures.items);
    if (only == NULL) {
        return fail_memory(json);
    }
    structure->measures = (bkti_json_list){only, 1};
    only->id = bkti_message_id(json->message, BKTI_SPAN(BKTI_PRIMARY_MEASURE));
    return only->id.size == 0 ? fail_memory(json) : BKT_OK;
}

static bkt_status read_structure(bkti_json_message *json, bkti_json_structure *structure) {
    const bkti_json_value *dimensions = bkti_json_member(structure->value, "dimensions");
    const bkti_json_value *attributes = bkti_json_member(structure->value, "attributes");
    structure->is_read = true;
    json->standing = structure->value;
    if (bkti_json_kind(dimensions) != BKTI_JSON_OBJECT) {
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                      "the dimensions of its structure are %s; an object that has "
                                      "them by their levels was expected",
                                      bkti_json_kind_text(dimensions));
    }
    bkt_status status = read_measures(json, structure);
    for (uint32_t level = 0; status == BKT_OK && level < BKTI_JSON_LEVELS; level++) {
        /* Values in the data themselves came with 2.0. */
        const list_kind kinds[] = {
            {"dimensions", level, true},
            {"attributes", level, json->message->version < 20},
        };
        if (level != BKTI_JSON_GROUP) {
            status = read_list(json, &kinds[0], &structure->dimensions[level], dimensions);
        }
        status = status == BKT_OK
                     ? read_list(json, &kinds[1], &structure->attributes[level], attributes)
                     : status;
    }
    status = status == BKT_OK ? order_key(json, structure) : status;
    if (status == BKT_OK) {
        read_relations(structure);
    }
    return status;
}

bkt_status bkti_json_choose_structure(bkti_json_message *json, const bkti_json_value *dataset) {
    const bkti_json_value *named = bkti_json_member(dataset, "structure");
    uint32_t index = json->owners[json->dataset];
    bool is_index = named == NULL || bkti_json_index(named, &index);
    if (json->structure_count == 0) {
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                      "the message has no structure, which would say what the "
                                      "indexes in it mean");
    }
    if (!is_index || index >= json->structure_count) {
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                      "its structure is no index of one of the message's %u",
                                      (unsigned)json->structure_count);
    }
    bkti_json_structure *structure = &json->structures[index];
    bkt_status status = structure->is_read ? BKT_OK : read_structure(json, structure);
    json->structure = structure;
    json->standing = dataset;
    return status;
}

static bkti_span take_segment(bkti_span *path) {
    bkti_span segment = {path->data, 0};
    while (segment.size < path->size && strchr("/?", path->data[segment.size]) == NULL) {
        segment.size++;
    }
    size_t taken = segment.size < path->size ? segment.size + 1 : segment.size;
    path->data += taken;
    path->size -= taken;
    return segment;
}

/* Such as https://x.org/rest/dataflow/ECB/EXR/1.0. */
static bool set_address(bkti_memory *memory, bkti_fields *fields, bkti_span address) {
    static const struct {
        const char *name;
        int field;
    } classes[] = {{"dataflow", BKTI_FIELD_DATAFLOW}, {"datastructure", BKTI_FIELD_STRUCTURE}};
    while (address.size > 0) {
        bkti_span segment = take_segment(&address);
        for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
            if (bkti_span_equal_caseless(segment, bkti_span_of(classes[i].name))) {
                bkti_span agency = take_segment(&address);
                bkti_span id = take_segment(&address);
                bkti_span version = take_segment(&address);
                if (id.size == 0 || bkti_span_is(id, "all")) {
                    id = agency; /* services older than SDMX's REST name the flow alone */
                    agency = (bkti_span){NULL, 0};
                }
                return bkti_fields_set_reference(memory, fields, classes[i].field, agency, id,
                                                 version);
            }
        }
    }
    return true;
}

bool bkti_json_set_references(bkti_memory *memory, bkti_fields *fields,
                              const bkti_json_value *links) {
    static const char *const names[] = {"urn", "href"};
    bool done = true;
    for (size_t pass = 0; pass < sizeof names / sizeof *names; pass++) {
        for (size_t i = 0; done && i < bkti_json_count(links); i++) {
            char room[BKTI_JSON_ROOM];
            bkti_span text =
                bkti_json_text(bkti_json_member(bkti_json_item(links, i), names[pass]), room);
            done = pass == 0 ? bkti_fields_set_urn(memory, fields, text)
                             : set_address(memory, fields, text);
        }
    }
    return done;
}
