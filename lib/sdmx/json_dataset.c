/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: data sets, groups, series and observations, whose keys are indexes: "0:2:1". */
#include "bkti_csv_message.h"
#include "bkti_json_message.h"

/* What of a data set is a field. */
static const struct {
    const char *name;
    int field;
} dataset_fields[] = {
    {"action", BKTI_FIELD_ACTION},
    {"validFrom", BKTI_FIELD_VALID_FROM},
    {"validTo", BKTI_FIELD_VALID_TO},
    {"publicationYear", BKTI_FIELD_PUBLICATION_YEAR},
    {"publicationPeriod", BKTI_FIELD_PUBLICATION_PERIOD},
    {"reportingBegin", BKTI_FIELD_REPORTING_BEGIN},
    {"reportingEnd", BKTI_FIELD_REPORTING_END},
};

static bkt_status fail_memory(const bkti_json_message *json) {
    return bkti_no_memory(json->message->context);
}

/* Makes room for the facts that an observation may have, and the texts of their numbers. */
static bool make_room(bkti_json_message *json) {
    const bkti_json_structure *structure = json->structure;
    size_t count = structure->key_count + structure->measures.count;
    for (int level = 0; level < BKTI_JSON_LEVELS; level++) {
        count += structure->attributes[level].count;
    }
    void *rooms = json->rooms;
    bool done = bkti_message_make_room(json->message, count) &&
                bkti_grow(json->message->memory, &rooms, &json->room_capacity,
                          (count + 1) * BKTI_JSON_ROOM, 1);
    json->rooms = rooms;
    return done;
}

/* The part of a key up to the next colon. */
static bkti_span take_part(bkti_span *key) {
    const char *colon = key->size == 0 ? NULL : memchr(key->data, ':', key->size);
    bkti_span part = {key->data, colon == NULL ? key->size : (size_t)(colon - key->data)};
    size_t taken = colon == NULL ? part.size : part.size + 1;
    key->data += taken;
    key->size -= taken;
    return part;
}

static uint32_t count_parts(bkti_span key) {
    uint32_t count = key.size > 0;
    for (size_t i = 0; i < key.size; i++) {
        count += key.data[i] == ':';
    }
    return count;
}

static bool read_index(bkti_span text, uint32_t *out_index) {
    uint64_t index = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i == 9) {
            return false;
        }
        index = index * 10 + (uint64_t)(text.data[i] - '0');
    }
    *out_index = (uint32_t)index;
    return text.size > 0;
}

/* Nothing stands for any value, "~" for none at all: both have no fact. */
static bkt_status read_part(bkti_json_message *json, bkti_json_component *dimension, bkti_span part,
                            bool may_lack) {
    uint32_t index;
    dimension->now = (bkti_span){NULL, 0};
    if (bkti_span_is(part, "~") || (part.size == 0 && may_lack)) {
        return BKT_OK;
    }
    if (!read_index(part, &index) || index >= dimension->count) {
        return bkti_json_message_fail(
            json, BKT_ERR_LAYOUT,
            "'%.*s' is no index of dimension %.*s, of which the structure lists %u values",
            bkti_csv_shown(part), part.data == NULL ? "" : part.data, bkti_csv_shown(dimension->id),
            dimension->id.data, (unsigned)dimension->count);
    }
    dimension->now = dimension->texts[index];
    return BKT_OK;
}

static bkt_status fail_count(bkti_json_message *json, bkti_span key, uint32_t count) {
    return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                  "a key of %u indexes, one for each dimension here, was expected, "
                                  "but this has %u",
                                  (unsigned)count, (unsigned)count_parts(key));
}

/* The values of the dimensions of some levels, one behind the other. */
static bkt_status read_key(bkti_json_message *json, uint32_t first_level, uint32_t last_level,
                           bkti_span key) {
    const bkti_json_list *lists = json->structure->dimensions;
    uint32_t expected = 0;
    for (uint32_t level = first_level; level <= last_level; level++) {
        expected += lists[level].count;
    }
    if (count_parts(key) != expected && !(expected == 1 && key.size == 0 && json->deletes)) {
        return fail_count(json, key, expected);
    }
    bkt_status status = BKT_OK;
    for (uint32_t level = first_level; level <= last_level; level++) {
        for (uint32_t i = 0; status == BKT_OK && i < lists[level].count; i++) {
            status = read_part(json, &lists[level].items[i], take_part(&key), json->deletes);
        }
    }
    return status;
}

/* What errors have the place of: the value, or what is around it. */
static void stand(bkti_json_message *json, const bkti_json_value *value,
                  const bkti_json_value *around) {
    int kind = bkti_json_kind(value);
    json->standing = kind == BKTI_JSON_ARRAY || kind == BKTI_JSON_OBJECT ? value : around;
}

/* Facts of the whole key, but for a level; BKTI_JSON_LEVELS: for none. */
static uint32_t collect_key(const bkti_json_message *json, uint32_t but) {
    const bkti_json_structure *structure = json->structure;
    uint32_t count = 0;
    for (uint32_t i = 0; i < structure->key_count; i++) {
        const bkti_json_component *dimension = structure->key[i];
        if (dimension->level != but && dimension->now.data != NULL) {
            json->message->told[count++] = (bkti_fact){dimension->id, dimension->now};
        }
    }
    return count;
}

/* Adds facts of what an array has for the components of a list, from one of its items on. */
static bkt_status collect(bkti_json_message *json, const bkti_json_list *list,
                          const bkti_json_value *items, size_t first, uint32_t *count) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        bkti_span text;
        status = bkti_json_item_text(json, &list->items[i], bkti_json_item(items, first + i),
                                     json->rooms + *count * (size_t)BKTI_JSON_ROOM, &text);
        if (status == BKT_OK && text.size > 0) {
            json->message->told[(*count)++] = (bkti_fact){list->items[i].id, text};
        }
    }
    return status;
}

static bkt_status expect(bkti_json_message *json, const bkti_json_value *value, int kind,
                         const char *name) {
    if (value == NULL || bkti_json_kind(value) == kind) {
        return BKT_OK;
    }
    return bkti_json_message_fail(json, BKT_ERR_LAYOUT, "%s %s; %s was expected", name,
                                  bkti_json_kind_text(value),
                                  kind == BKTI_JSON_ARRAY ? "an array" : "an object");
}

/* Attributes as an array, at one of the levels, behind facts that are there. */
static bkt_status collect_attributes(bkti_json_message *json, const bkti_json_value *of,
                                     uint32_t level, uint32_t *count) {
    const bkti_json_value *attributes = bkti_json_member(of, "attributes");
    bkt_status status = expect(json, attributes, BKTI_JSON_ARRAY, "its attributes are");
    return status == BKT_OK
               ? collect(json, &json->structure->attributes[level], attributes, 0, count)
               : status;
}

/* The measures: the primary one apart. Its text may lie in the last of the rooms. */
static bkt_status collect_measures(bkti_json_message *json, const bkti_json_value *items,
                                   uint32_t *count, bkti_fact *primary) {
    const bkti_json_list *measures = &json->structure->measures;
    *primary = (bkti_fact){BKTI_SPAN(BKTI_PRIMARY_MEASURE), {NULL, 0}};
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < measures->count; i++) {
        bool is_primary = bkti_span_is(measures->items[i].id, BKTI_PRIMARY_MEASURE);
        char *room = is_primary ? json->rooms + json->room_capacity - BKTI_JSON_ROOM
                                : json->rooms + *count * (size_t)BKTI_JSON_ROOM;
        bkti_span text;
        status =
            bkti_json_item_text(json, &measures->items[i], bkti_json_item(items, i), room, &text);
        if (status == BKT_OK && is_primary) {
            primary->value = text;
        } else if (status == BKT_OK && text.size > 0) {
            json->message->told[(*count)++] = (bkti_fact){measures->items[i].id, text};
        }
    }
    return status;
}

/* of: the series whose attributes are to be told with it; NULL. */
static bkt_status tell_observation(bkti_json_message *json, const bkti_json_value *items, bool flat,
                                   const bkti_json_value *of) {
    bkti_message *message = json->message;
    const bkti_json_structure *structure = json->structure;
    uint32_t key_count = flat ? collect_key(json, BKTI_JSON_LEVELS) : 0;
    uint32_t count = key_count;
    bkti_observation observation = {.flat = flat};
    bkt_status status = expect(json, items, BKTI_JSON_ARRAY, "the observation is");
    status = status == BKT_OK ? collect_measures(json, items, &count, &observation.value) : status;
    observation.measure_count = count - key_count;
    status = status == BKT_OK ? collect(json, &structure->attributes[BKTI_JSON_OBSERVATION], items,
                                        structure->measures.count, &count)
                              : status;
    if (status == BKT_OK && of != NULL) {
        status = collect_attributes(json, of, BKTI_JSON_SERIES, &count);
    }
    if (status != BKT_OK) {
        return status;
    }
    if (!flat) {
        const bkti_json_component *dimension = structure->dimensions[BKTI_JSON_OBSERVATION].items;
        observation.dimension = (bkti_fact){dimension->id, dimension->now};
    }
    observation.marking = flat ? BKTI_MARKED_KEY : BKTI_MARKED_ATTRIBUTES;
    observation.facts = message->told;
    observation.count = key_count;
    observation.before_value = key_count;
    observation.attributes = message->told + key_count;
    observation.attribute_count = count - key_count;
    message->observation_count++;
    return message->listener->observation(message->user, &observation);
}

/* Outside series their keys are of all dimensions but the data set's: those that the structure has
 * at its series come first. */
static bkt_status tell_observations(bkti_json_message *json, const bkti_json_value *observations,
                                    bool flat, const bkti_json_value *of) {
    uint32_t first_level = json->series.data == NULL ? BKTI_JSON_SERIES : BKTI_JSON_OBSERVATION;
    bkti_json_walk walk = {0};
    bkt_status status = BKT_OK;
    while (status == BKT_OK && bkti_json_next_member(observations, &walk)) {
        json->observation = walk.name;
        stand(json, walk.value, observations);
        status = read_key(json, first_level, BKTI_JSON_OBSERVATION, walk.name);
        status = status == BKT_OK ? tell_observation(json, walk.value, flat, of) : status;
    }
    json->observation = (bkti_span){NULL, 0};
    return status;
}

static bkt_status tell_series_start(bkti_json_message *json, const bkti_json_value *series,
                                    bool *out_skip) {
    bkti_message *message = json->message;
    message->series_count++;
    bkt_status status =
        message->listener->series_start(message->user, BKTI_MARKED_KEY, message->told,
                                        collect_key(json, BKTI_JSON_OBSERVATION), out_skip);
    uint32_t count = 0;
    status = status == BKT_OK ? collect_attributes(json, series, BKTI_JSON_SERIES, &count) : status;
    return status == BKT_OK && count > 0
               ? message->listener->series_attributes(message->user, message->told, count)
               : status;
}

/* What has several dimensions at its observations, or none, is told as flat. */
static bkt_status tell_series(bkti_json_message *json, const bkti_json_value *series) {
    bkti_message *message = json->message;
    bool flat = json->structure->dimensions[BKTI_JSON_OBSERVATION].count != 1;
    bool skip = false;
    const bkti_json_value *observations = bkti_json_member(series, "observations");
    bkt_status status = expect(json, series, BKTI_JSON_OBJECT, "the series is");
    status = status == BKT_OK
                 ? expect(json, observations, BKTI_JSON_OBJECT, "the series' observations are")
                 : status;
    if (flat) {
        return status == BKT_OK ? tell_observations(json, observations, true, series) : status;
    }
    status = status == BKT_OK ? tell_series_start(json, series, &skip) : status;
    if (status == BKT_OK && skip) {
        message->observation_count += bkti_json_count(observations);
    } else if (status == BKT_OK) {
        status = tell_observations(json, observations, false, NULL);
    }
    stand(json, series, json->standing);
    return status == BKT_OK ? message->listener->series_finish(message->user) : status;
}

static bkt_status tell_all_series(bkti_json_message *json, const bkti_json_value *all) {
    bkti_json_walk walk = {0};
    bkt_status status = BKT_OK;
    json->part = "series";
    while (status == BKT_OK && bkti_json_next_member(all, &walk)) {
        json->series = walk.name;
        stand(json, walk.value, all);
        status = read_key(json, BKTI_JSON_SERIES, BKTI_JSON_SERIES, walk.name);
        status = status == BKT_OK ? tell_series(json, walk.value) : status;
    }
    json->series = (bkti_span){NULL, 0};
    return status;
}

/* Whether a group's key may have the dimensions in an order: its indexes exist, and are those of
 * the dimensions that its attributes depend on. */
static bool fits_order(const bkti_json_structure *structure, bkti_json_component *const *order,
                       bkti_span key, const bkti_json_value *items) {
    const bkti_json_list *attributes = &structure->attributes[BKTI_JSON_GROUP];
    uint64_t relation = 0;
    for (uint32_t i = 0; i < structure->key_count; i++) {
        bkti_span part = take_part(&key);
        uint32_t index;
        if (part.size == 0 || bkti_span_is(part, "~")) {
            continue;
        }
        if (!read_index(part, &index) || index >= order[i]->count) {
            return false;
        }
        relation |= order[i]->rank < 64 ? UINT64_C(1) << order[i]->rank : 0;
    }
    for (uint32_t i = 0; i < attributes->count; i++) {
        uint64_t wanted = attributes->items[i].relation;
        if (wanted != 0 && wanted != relation && bkti_json_item(items, i) != NULL) {
            return false;
        }
    }
    return true;
}

/* The field guide has the dimensions in the keys of groups by their positions, but the samples that
 * come with it have them as they are listed, level by level: what fits one of the two alone
 * decides.
 */
static void find_group_order(bkti_json_structure *structure, const bkti_json_value *groups) {
    bkti_json_walk walk = {0};
    while (structure->group_order == NULL && bkti_json_next_member(groups, &walk)) {
        bool by_position = fits_order(structure, structure->key, walk.name, walk.value);
        bool as_listed = fits_order(structure, structure->listed, walk.name, walk.value);
        if (by_position != as_listed) {
            structure->group_order = by_position ? structure->key : structure->listed;
        }
    }
}

/* Attributes of all that has a part of the key. */
static bkt_status tell_group(bkti_json_message *json, bkti_span key, const bkti_json_value *items) {
    bkti_message *message = json->message;
    const bkti_json_structure *structure = json->structure;
    bkt_status status = expect(json, items, BKTI_JSON_ARRAY, "the group's attributes are");
    if (status == BKT_OK && count_parts(key) != structure->key_count) {
        return fail_count(json, key, structure->key_count);
    }
    bkti_json_component *const *order =
        structure->group_order == NULL ? structure->key : structure->group_order;
    for (uint32_t i = 0; status == BKT_OK && i < structure->key_count; i++) {
        status = read_part(json, order[i], take_part(&key), true);
    }
    uint32_t key_count = status == BKT_OK ? collect_key(json, BKTI_JSON_LEVELS) : 0;
    uint32_t count = key_count;
    status = status == BKT_OK
                 ? collect(json, &structure->attributes[BKTI_JSON_GROUP], items, 0, &count)
                 : status;
    if (status != BKT_OK || count == key_count) {
        return status;
    }
    bkti_group group = {
        .name = BKTI_SPAN(""),
        .loose = key_count == 0,
        .marking = BKTI_MARKED_KEY,
        .facts = message->told,
        .count = key_count,
        .attributes = message->told + key_count,
        .attribute_count = count - key_count,
    };
    message->group_count++;
    return message->listener->group(message->user, &group);
}

static bkt_status tell_groups(bkti_json_message *json, const bkti_json_value *groups) {
    bkti_json_walk walk = {0};
    bkt_status status = BKT_OK;
    json->part = "dimensionGroupAttributes";
    find_group_order(json->structure, groups);
    while (status == BKT_OK && bkti_json_next_member(groups, &walk)) {
        json->observation = walk.name;
        stand(json, walk.value, groups);
        status = tell_group(json, walk.name, walk.value);
    }
    json->observation = (bkti_span){NULL, 0};
    return status;
}

static bkt_status set_fields(bkti_json_message *json, const bkti_json_value *dataset, bool flat) {
    bkti_message *message = json->message;
    const bkti_json_structure *structure = json->structure;
    const bkti_json_component *first = structure->dimensions[BKTI_JSON_OBSERVATION].items;
    bkti_fields *fields = &message->dataset;
    bkti_fields_clear(message->memory, fields);
    bool done = true;
    for (size_t i = 0; i < sizeof dataset_fields / sizeof *dataset_fields; i++) {
        char room[BKTI_JSON_ROOM];
        bkti_span text = bkti_json_text(bkti_json_member(dataset, dataset_fields[i].name), room);
        done = done && bkti_fields_set(message->memory, fields, dataset_fields[i].field,
                                       bkti_span_trim(text));
    }
    done = done &&
           bkti_fields_set(message->memory, fields, BKTI_FIELD_DIMENSION,
                           flat ? BKTI_SPAN("AllDimensions") : first->id) &&
           bkti_json_set_references(message->memory, fields,
                                    bkti_json_member(structure->value, "links")) &&
           bkti_json_set_references(message->memory, fields, bkti_json_member(dataset, "links"));
    const char *action = fields->texts[BKTI_FIELD_ACTION];
    json->deletes = bkti_span_equal_caseless(bkti_span_of(action), BKTI_SPAN("Delete"));
    return done ? BKT_OK : fail_memory(json);
}

/* A dimension of the whole data set has one value. */
static bkt_status set_dataset_key(bkti_json_message *json) {
    const bkti_json_structure *structure = json->structure;
    for (uint32_t i = 0; i < structure->key_count; i++) {
        bkti_json_component *dimension = structure->key[i];
        dimension->now = (bkti_span){NULL, 0};
        if (dimension->level != BKTI_JSON_DATASET || dimension->count == 0) {
            continue;
        }
        if (dimension->count > 1) {
            return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                          "dimension %.*s is one of the whole data set, but the "
                                          "structure lists %u values of it; one was expected",
                                          bkti_csv_shown(dimension->id), dimension->id.data,
                                          (unsigned)dimension->count);
        }
        dimension->now = dimension->texts[0];
    }
    return BKT_OK;
}

static bkt_status tell_start(bkti_json_message *json, const bkti_json_value *dataset, bool flat) {
    bkti_message *message = json->message;
    message->dataset_count++;
    message->dataset_told = false;
    uint32_t count = 0;
    bkt_status status = set_fields(json, dataset, flat);
    status = status == BKT_OK ? bkti_message_tell_dataset(message) : status;
    status = status == BKT_OK ? bkti_json_tell_names(json) : status;
    status =
        status == BKT_OK ? collect_attributes(json, dataset, BKTI_JSON_DATASET, &count) : status;
    return status == BKT_OK && count > 0
               ? message->listener->dataset_attributes(message->user, message->told, count)
               : status;
}

bkt_status bkti_json_tell_dataset(bkti_json_message *json, const bkti_json_value *dataset) {
    const bkti_json_value *series = bkti_json_member(dataset, "series");
    const bkti_json_value *observations = bkti_json_member(dataset, "observations");
    const bkti_json_value *groups = bkti_json_member(dataset, "dimensionGroupAttributes");
    bool has_series = bkti_json_count(series) > 0;
    bool flat = !has_series || json->structure->dimensions[BKTI_JSON_OBSERVATION].count != 1;
    bkt_status status = expect(json, series, BKTI_JSON_OBJECT, "its series are");
    status = status == BKT_OK ? expect(json, observations, BKTI_JSON_OBJECT, "its observations are")
                              : status;
    status = status == BKT_OK
                 ? expect(json, groups, BKTI_JSON_OBJECT, "its dimensionGroupAttributes are")
                 : status;
    if (status == BKT_OK && has_series && bkti_json_count(observations) > 0) {
        return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                      "it has series, and observations beside them; one of the two "
                                      "was expected");
    }
    if (status == BKT_OK && !make_room(json)) {
        return fail_memory(json);
    }
    status = status == BKT_OK ? tell_start(json, dataset, flat) : status;
    status = status == BKT_OK ? tell_groups(json, groups) : status;
    status = status == BKT_OK ? set_dataset_key(json) : status;
    status = status == BKT_OK ? tell_all_series(json, series) : status;
    if (status == BKT_OK && !has_series) {
        json->part = "observations";
        status = tell_observations(json, observations, true, NULL);
    }
    json->part = NULL;
    json->standing = dataset;
    return status == BKT_OK ? json->message->listener->dataset_finish(json->message->user) : status;
}
