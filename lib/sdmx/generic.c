/* SPDX-License-Identifier: MIT */
/* Generic data of 2.0 and 2.1: every fact is an element with an id ("concept" in 2.0) and a value.
 * Messages are seen that mix the spellings of the two, so that both are read in both. */
#include "bkti_message_parts.h"

bkt_status bkti_generic_unexpected_order(bkti_message *message, const char *found,
                                         const char *missing) {
    bkti_place place;
    bkti_message_place(message, &place);
    return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                     "the Series has <%s> before its <%s>", found, missing);
}

static bkt_status start_series(bkti_message *message) {
    message->series_count++;
    message->series_told = false;
    message->series_skipped = false;
    bkt_status status = bkti_message_tell_dataset(message);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_SERIES) : status;
}

static bkt_status tell_series(bkti_message *message) {
    message->series_told = true;
    bkt_status status = message->listener->series_start(
        message->user, BKTI_MARKED_KEY, bkti_fact_list_get(&message->keys),
        (uint32_t)message->keys.count, &message->series_skipped);
    if (message->series_skipped && bkti_message_at(message) == BKTI_AT_KEY) {
        bkti_xml_skip(message->xml, "Obs", &message->observation_count);
    }
    return status;
}

/* Notes what the attributes of an element in an Obs are: `value` is of the kind, the rest is fixed.
 */
static void note(bkti_message *message, const bkti_xml_element *element, int kind, size_t index) {
    bkti_noted *noted = &message->noted;
    if (element->shape == 0 || index > UINT8_MAX ||
        element->attribute_count > BKTI_REPEAT_LIMIT - noted->count) {
        noted->is_usable = false;
    }
    for (uint32_t i = 0; noted->is_usable && i < element->attribute_count; i++) {
        bool is_value =
            kind != BKTI_NOTED_FIXED && bkti_span_is(element->attributes[i].name.local, "value");
        noted->items[noted->count].kind = (uint8_t)(is_value ? kind : BKTI_NOTED_FIXED);
        noted->items[noted->count++].index = (uint8_t)index;
    }
}

static bkt_status start_observation(bkti_message *message, const bkti_xml_element *element) {
    message->observation_count++;
    message->obs_flat = bkti_message_at(message) == BKTI_AT_DATASET;
    if (!message->obs_flat && message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    if (!message->obs_flat && !message->series_told) {
        return bkti_generic_unexpected_order(message, "Obs", "SeriesKey");
    }
    bkt_status status = bkti_message_tell_dataset(message);
    bkti_fact_list_clear(&message->keys);
    bkti_fact_list_clear(&message->attributes);
    bkti_fact_list_clear(&message->own);
    bkti_xml_place(message->xml, &message->fact_place);
    message->begin_line = message->fact_place.line;
    bkti_xml_record(message->xml);
    message->noted = (bkti_noted){.is_usable = true};
    note(message, element, BKTI_NOTED_FIXED, 0);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_OBS) : status;
}

void bkti_generic_fill(bkti_message *message, bkti_observation *observation) {
    *observation = (bkti_observation){
        .value.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE),
        .flat = message->obs_flat,
        .marking = message->obs_flat ? BKTI_MARKED_KEY : BKTI_MARKED_ATTRIBUTES,
    };
    const bkti_fact *own = bkti_fact_list_get(&message->own);
    for (size_t i = 0; i < message->own.count; i++) {
        if (bkti_span_is(own[i].id, BKTI_PRIMARY_MEASURE)) {
            observation->value = own[i];
        } else {
            observation->dimension = own[i];
        }
    }
    const bkti_fact *keys = bkti_fact_list_get(&message->keys);
    const bkti_fact *attributes = bkti_fact_list_get(&message->attributes);
    observation->facts = message->obs_flat ? keys : attributes;
    observation->count =
        (uint32_t)(message->obs_flat ? message->keys.count : message->attributes.count);
    observation->before_value = observation->count;
    if (message->obs_flat) {
        observation->attributes = attributes;
        observation->attribute_count = (uint32_t)message->attributes.count;
    }
}

/* What a noted value is of, in the plan. */
static bkti_fact *target_of(bkti_layout_plan *plan, int kind, uint32_t index) {
    switch (kind) {
    case BKTI_NOTED_DIMENSION:
        return &plan->observation.dimension;
    case BKTI_NOTED_VALUE:
        return &plan->observation.value;
    case BKTI_NOTED_ATTRIBUTE:
        return &plan->facts[index + (plan->observation.flat ? plan->observation.count : 0)];
    default:
        return &plan->facts[index];
    }
}

/* Observations that follow this one and differ in values alone may be told at once. */
static void make_plan(bkti_message *message, bkti_observation *observation) {
    bkti_layout_plan *plan = &message->plan;
    const bkti_noted *noted = &message->noted;
    uint32_t fixed = 0;
    plan->shape = 0;
    plan->count = 0;
    if (!noted->is_usable ||
        observation->count + observation->attribute_count > BKTI_REPEAT_LIMIT) {
        return;
    }
    plan->observation = *observation;
    for (uint32_t i = 0; i < noted->count; i++) {
        if (noted->items[i].kind == BKTI_NOTED_FIXED) {
            fixed |= UINT32_C(1) << i;
        } else {
            plan->targets[plan->count++] =
                target_of(plan, noted->items[i].kind, noted->items[i].index);
        }
    }
    const bkti_xml_element *element = bkti_xml_repeat(message->xml, fixed, noted->count);
    if (element == NULL) {
        return;
    }
    if (observation->count > 0) {
        memcpy(plan->facts, observation->facts, observation->count * sizeof *plan->facts);
    }
    if (observation->attribute_count > 0) {
        memcpy(plan->facts + observation->count, observation->attributes,
               observation->attribute_count * sizeof *plan->facts);
    }
    plan->observation.facts = plan->facts;
    plan->observation.attributes = plan->facts + observation->count;
    plan->observation.shape = element->shape;
    plan->attributes = element->attributes;
    plan->shape = element->shape;
    plan->place_count = 0; /* it is no element that begins */
    plan->is_generic = true;
    bkti_layout_make_repeat(plan);
    observation->shape = element->shape;
}

static bkt_status tell_observation(bkti_message *message) {
    bkti_observation observation;
    bkti_generic_fill(message, &observation);
    make_plan(message, &observation);
    return message->listener->observation(message->user, &observation);
}

/* Faults in an observation are told at its end: their place is its value, if that may be one, or
 * its begin. */
static bkt_status finish_observation(bkti_message *message) {
    bkt_status status = tell_observation(message);
    message->fact_place.line = 0;
    return status;
}

static bool looks_like_number(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("0123456789.+-eE", text.data[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* The attributes of a <Value>, an <ObsDimension> or an <ObsValue>; an id or a value that is not
 * there has data NULL. */
static bkt_status read_value(bkti_message *message, const bkti_xml_element *element,
                             bkti_fact *out_fact) {
    bkti_span id = {NULL, 0};
    *out_fact = (bkti_fact){.id = {NULL, 0}};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (bkti_span_is(attribute->name.local, "value")) {
            out_fact->value = attribute->value;
        } else if (bkti_span_is(attribute->name.local, "id") ||
                   bkti_span_is(attribute->name.local, "concept")) {
            id = bkti_span_trim(attribute->value);
        }
    }
    out_fact->id = bkti_message_id(message, id);
    return id.size > 0 && out_fact->id.size == 0 ? bkti_no_memory(message->context) : BKT_OK;
}

/* An observation has one value and one dimension at observation: of two it can't be told which is
 * meant. */
bkt_status bkti_generic_check_single(bkti_message *message, const bkti_xml_element *element,
                                     bool value) {
    for (size_t i = 0; i < message->own.count; i++) {
        if (bkti_span_is(message->own.items[i].id, BKTI_PRIMARY_MEASURE) == value) {
            bkti_place place;
            bkti_xml_place(message->xml, &place);
            place.dataset = message->dataset_count;
            return bkti_fail(message->context, BKT_ERR_REPEATED_COMPONENT, &place,
                             "an Obs has more than one %s: the next is <%.*s>",
                             value ? "value" : "dimension at observation",
                             (int)element->name.local.size, element->name.local.data);
        }
    }
    return BKT_OK;
}

/* Adds a fact, if it has a value, and opens its element. */
static bkt_status take_fact(bkti_message *message, bkti_fact_list *list, bkti_fact fact) {
    if (fact.value.data != NULL && !bkti_fact_list_add(list, fact.id, fact.value)) {
        return bkti_no_memory(message->context);
    }
    return bkti_message_push(message, BKTI_AT_LEAF);
}

static bkt_status start_value(bkti_message *message, const bkti_xml_element *element, int at) {
    bkti_fact fact;
    bool is_key = at == BKTI_AT_KEY;
    note(message, element, is_key ? BKTI_NOTED_KEY : BKTI_NOTED_ATTRIBUTE,
         is_key ? message->keys.count : message->attributes.count);
    bkt_status status = read_value(message, element, &fact);
    if (status != BKT_OK) {
        return status;
    }
    if (fact.id.size == 0) {
        bkti_place place;
        bkti_message_place(message, &place);
        return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                         "a <Value> has neither the attribute id nor (as in 2.0) concept");
    }
    return take_fact(message, is_key ? &message->keys : &message->attributes, fact);
}

/* ObsDimension may leave its id out: then it is the one that the header names, or time. */
static bkt_status start_dimension(bkti_message *message, const bkti_xml_element *element) {
    bkti_fact fact;
    note(message, element, BKTI_NOTED_DIMENSION, 0);
    bkt_status status = bkti_generic_check_single(message, element, false);
    status = status == BKT_OK ? read_value(message, element, &fact) : status;
    if (status != BKT_OK) {
        return status;
    }
    if (fact.id.size == 0) {
        fact.id = message->dimension.size != 0 ? message->dimension : BKTI_SPAN("TIME_PERIOD");
    }
    return take_fact(message, &message->own, fact);
}

static bkt_status start_measure(bkti_message *message, const bkti_xml_element *element) {
    bkti_fact fact;
    note(message, element, BKTI_NOTED_VALUE, 0);
    bkt_status status = bkti_generic_check_single(message, element, true);
    status = status == BKT_OK ? read_value(message, element, &fact) : status;
    if (status != BKT_OK) {
        return status;
    }
    if (!looks_like_number(fact.value)) {
        bkti_xml_place(message->xml, &message->fact_place);
    }
    fact.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE);
    return take_fact(message, &message->own, fact);
}

void bkti_generic_place(const bkti_message *message, bkti_place *out_place) {
    const bkti_xml_attribute *value = message->plan.repeat.value;
    bool is_doubtful = value != NULL && !looks_like_number(value->value);
    bkti_xml_place(message->xml, out_place);
    if (is_doubtful) {
        bkti_xml_value_place(message->xml, value->value.data, out_place);
    }
}

static bkt_status start_key(bkti_message *message) {
    bkti_fact_list_clear(&message->keys);
    return bkti_message_push(message, BKTI_AT_KEY);
}

static bkt_status start_attributes(bkti_message *message) {
    bkti_fact_list_clear(&message->attributes);
    return bkti_message_push(message, BKTI_AT_ATTRIBUTES);
}

static bkt_status start_group(bkti_message *message, const bkti_xml_element *element) {
    message->group_count++;
    message->group_told = false;
    message->group_name = bkti_message_id(message, bkti_element_type(message, element));
    bkti_fact_list_clear(&message->keys);
    bkti_fact_list_clear(&message->attributes);
    return bkti_message_push(message, BKTI_AT_GROUP);
}

static bkt_status tell_group(bkti_message *message) {
    if (message->group_told) {
        return BKT_OK;
    }
    message->group_told = true;
    bkt_status status = bkti_message_tell_dataset(message);
    bkti_group group = {
        .name = message->group_name,
        .marking = BKTI_MARKED_KEY,
        .facts = bkti_fact_list_get(&message->keys),
        .count = (uint32_t)message->keys.count,
        .attributes = bkti_fact_list_get(&message->attributes),
        .attribute_count = (uint32_t)message->attributes.count,
    };
    return status == BKT_OK ? message->listener->group(message->user, &group) : status;
}

static bkt_status start_in_dataset(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    switch (name) {
    case BKTI_NAME_SERIES:
        return start_series(message);
    case BKTI_NAME_OBS:
        return start_observation(message, element);
    case BKTI_NAME_GROUP:
        return start_group(message, element);
    case BKTI_NAME_ATTRIBUTES:
        return start_attributes(message);
    case BKTI_NAME_KEY_FAMILY_REF:
        return bkti_message_push_text(message, BKTI_AT_TEXT);
    case BKTI_NAME_DATA_PROVIDER:
        return bkti_message_skip(message, element);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start_in_group(bkti_message *message, const bkti_xml_element *element, int name) {
    switch (name) {
    case BKTI_NAME_GROUP_KEY:
        return start_key(message);
    case BKTI_NAME_ATTRIBUTES:
        return start_attributes(message);
    case BKTI_NAME_SERIES: { /* 2.0 */
        bkt_status status = tell_group(message);
        return status == BKT_OK ? start_series(message) : status;
    }
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start_in_series(bkti_message *message, const bkti_xml_element *element,
                                  int name) {
    switch (name) {
    case BKTI_NAME_OBS:
        return start_observation(message, element);
    case BKTI_NAME_SERIES_KEY:
        return message->series_told ? bkti_message_unexpected(message, element, name)
                                    : start_key(message);
    case BKTI_NAME_ATTRIBUTES:
        if (!message->series_told) {
            return bkti_generic_unexpected_order(message, "Attributes", "SeriesKey");
        }
        return message->series_skipped ? bkti_message_skip(message, element)
                                       : start_attributes(message);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start_in_observation(bkti_message *message, const bkti_xml_element *element,
                                       int name) {
    switch (name) {
    case BKTI_NAME_OBS_VALUE:
        return start_measure(message, element);
    case BKTI_NAME_OBS_DIMENSION:
        return start_dimension(message, element);
    case BKTI_NAME_TIME: {
        bkt_status status = bkti_generic_check_single(message, element, false);
        return status == BKT_OK ? bkti_message_push_text(message, BKTI_AT_TEXT) : status;
    }
    case BKTI_NAME_ATTRIBUTES:
        return start_attributes(message);
    case BKTI_NAME_OBS_KEY:
        return message->obs_flat ? start_key(message)
                                 : bkti_message_unexpected(message, element, name);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    int at = bkti_message_at(message);
    switch (at) {
    case BKTI_AT_DATASET:
        return start_in_dataset(message, element, name);
    case BKTI_AT_GROUP:
        return start_in_group(message, element, name);
    case BKTI_AT_SERIES:
        return start_in_series(message, element, name);
    case BKTI_AT_OBS:
        if (name == BKTI_NAME_ATTRIBUTES || name == BKTI_NAME_OBS_KEY) {
            note(message, element, BKTI_NOTED_FIXED, 0);
        }
        return start_in_observation(message, element, name);
    default:
        return name == BKTI_NAME_VALUE ? start_value(message, element, at)
                                       : bkti_message_unexpected(message, element, name);
    }
}

/* 2.0's KeyFamilyRef or Time. */
static bkt_status finish_text(bkti_message *message) {
    bkti_span text = bkti_message_take_text(message);
    if (message->places[message->place_count - 2] == BKTI_AT_DATASET) {
        bkti_span agency = bkti_span_of(message->header.texts[BKTI_FIELD_AGENCY]);
        return bkti_fields_set_reference(message->memory, &message->dataset, BKTI_FIELD_STRUCTURE,
                                         agency, text, (bkti_span){NULL, 0})
                   ? BKT_OK
                   : bkti_no_memory(message->context);
    }
    return bkti_fact_list_add(&message->own, BKTI_SPAN("TIME_PERIOD"), text)
               ? BKT_OK
               : bkti_no_memory(message->context);
}

/* Attributes of a data set or a series are told at once; those of a group or an observation with
 * it. */
static bkt_status finish_attributes(bkti_message *message) {
    const bkti_fact *facts = bkti_fact_list_get(&message->attributes);
    uint32_t count = (uint32_t)message->attributes.count;
    bkt_status status;
    switch (message->places[message->place_count - 2]) {
    case BKTI_AT_DATASET:
        status = bkti_message_tell_dataset(message);
        return status == BKT_OK ? message->listener->dataset_attributes(message->user, facts, count)
                                : status;
    case BKTI_AT_SERIES:
        return message->listener->series_attributes(message->user, facts, count);
    default:
        return BKT_OK;
    }
}

static bkt_status finish_series(bkti_message *message) {
    bkt_status status = BKT_OK;
    if (!message->series_told) {
        bkti_fact_list_clear(&message->keys);
        status = tell_series(message);
    }
    return status == BKT_OK ? message->listener->series_finish(message->user) : status;
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_TEXT:
        return finish_text(message);
    case BKTI_AT_KEY:
        return message->places[message->place_count - 2] == BKTI_AT_SERIES ? tell_series(message)
                                                                           : BKT_OK;
    case BKTI_AT_ATTRIBUTES:
        return finish_attributes(message);
    case BKTI_AT_OBS:
        return finish_observation(message);
    case BKTI_AT_SERIES:
        return finish_series(message);
    case BKTI_AT_GROUP:
        return tell_group(message);
    default:
        return BKT_OK;
    }
}

const bkti_dialect bkti_dialect_generic = {false, start, finish};
