/* SPDX-License-Identifier: MIT */
/* UtilityData of 1.0 and 2.0: every dimension of a key, the time and the value are elements of
 * their own, in the structure's namespace; attributes are XML attributes of the series, the
 * observation, or the group (an element of any name) around its series. */
#include "bkti_message_parts.h"

static bool is_fact(const bkti_xml_element *element, const bkti_xml_attribute *attribute) {
    return attribute->name.uri == NULL || attribute->name.uri == element->name.uri;
}

/* Adds an element's attributes to a list. */
static bkt_status collect(bkti_message *message, const bkti_xml_element *element,
                          bkti_fact_list *list) {
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (is_fact(element, attribute) &&
            !bkti_fact_list_add(list, attribute->name.local, attribute->value)) {
            return bkti_no_memory(message->context);
        }
    }
    return BKT_OK;
}

static bkt_status start_group(bkti_message *message, const bkti_xml_element *element) {
    message->group_count++;
    bkt_status status = collect(message, element, &message->shared);
    status = status == BKT_OK ? bkti_message_tell_shared(message, BKTI_MARKED_ATTRIBUTES) : status;
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_GROUP) : status;
}

/* The attributes wait for the key, which is told first. Those of the group come behind those of
 * the series, so that they can be told without what the series has too. */
static bkt_status start_series(bkti_message *message, const bkti_xml_element *element) {
    message->series_count++;
    message->series_told = false;
    message->series_skipped = false;
    bkti_fact_list_clear(&message->attributes);
    bkt_status status = bkti_message_tell_dataset(message);
    status = status == BKT_OK ? collect(message, element, &message->attributes) : status;
    const bkti_fact *shared = bkti_fact_list_get(&message->shared);
    for (size_t i = message->dataset_shared; status == BKT_OK && i < message->shared.count; i++) {
        if (!bkti_fact_list_has(&message->attributes, 0, shared[i].id) &&
            !bkti_fact_list_add(&message->attributes, shared[i].id, shared[i].value)) {
            return bkti_no_memory(message->context);
        }
    }
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_SERIES) : status;
}

static bkt_status tell_series(bkti_message *message) {
    message->series_told = true;
    bkt_status status = message->listener->series_start(
        message->user, BKTI_MARKED_KEY, bkti_fact_list_get(&message->keys),
        (uint32_t)message->keys.count, &message->series_skipped);
    if (status != BKT_OK || message->series_skipped) {
        return status;
    }
    return message->attributes.count == 0
               ? BKT_OK
               : message->listener->series_attributes(message->user,
                                                      bkti_fact_list_get(&message->attributes),
                                                      (uint32_t)message->attributes.count);
}

static bkt_status start_key(bkti_message *message, const bkti_xml_element *element) {
    if (message->series_told) {
        return bkti_message_unexpected(message, element, BKTI_NAME_KEY);
    }
    bkti_fact_list_clear(&message->keys);
    return bkti_message_push(message, BKTI_AT_KEY);
}

static bkt_status finish_key(bkti_message *message) {
    bkt_status status = tell_series(message);
    if (status == BKT_OK && message->series_skipped) {
        bkti_xml_skip(message->xml, "Obs", &message->observation_count);
    }
    return status;
}

static bkt_status start_observation(bkti_message *message, const bkti_xml_element *element) {
    message->observation_count++;
    if (message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    if (!message->series_told) {
        return bkti_generic_unexpected_order(message, "Obs", "Key");
    }
    message->obs_flat = false;
    bkti_fact_list_clear(&message->attributes);
    bkti_fact_list_clear(&message->own);
    bkti_xml_place(message->xml, &message->fact_place);
    message->begin_line = message->fact_place.line;
    bkt_status status = collect(message, element, &message->attributes);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_OBS) : status;
}

/* Time and value have the names of their concepts; of others the first is time. */
static bool is_value(const bkti_message *message, bkti_span local) {
    if (bkti_span_is(local, BKTI_PRIMARY_MEASURE)) {
        return true;
    }
    bool has_time =
        message->own.count > 0 && !bkti_span_is(message->own.items[0].id, BKTI_PRIMARY_MEASURE);
    return has_time && !bkti_span_is(local, "TIME_PERIOD") && !bkti_span_is(local, "TIME");
}

static bkt_status start_component(bkti_message *message, const bkti_xml_element *element, int at) {
    message->component = element->name.local;
    if (at == BKTI_AT_OBS) {
        bool value = is_value(message, element->name.local);
        bkt_status status = bkti_generic_check_single(message, element, value);
        if (status != BKT_OK) {
            return status;
        }
        message->component = value ? BKTI_SPAN(BKTI_PRIMARY_MEASURE) : message->component;
    }
    return bkti_message_push_text(message, BKTI_AT_TEXT);
}

static bkt_status finish_component(bkti_message *message) {
    bkti_span text = bkti_message_take_text(message);
    bool in_key = message->places[message->place_count - 2] == BKTI_AT_KEY;
    bkti_fact_list *list = in_key ? &message->keys : &message->own;
    return bkti_fact_list_add(list, message->component, text) ? BKT_OK
                                                              : bkti_no_memory(message->context);
}

static bkt_status finish_observation(bkti_message *message) {
    bkti_observation observation;
    bkti_generic_fill(message, &observation);
    bkt_status status = message->listener->observation(message->user, &observation);
    message->fact_place.line = 0;
    return status;
}

static bkt_status finish_series(bkti_message *message) {
    bkt_status status = BKT_OK;
    if (!message->series_told) {
        bkti_fact_list_clear(&message->keys);
        status = tell_series(message);
    }
    return status == BKT_OK ? message->listener->series_finish(message->user) : status;
}

static bkt_status start_in_dataset(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    bool is_group = name == BKTI_NAME_GROUP ||
                    (name == BKTI_NAME_OTHER && element->name.uri == message->data_uri);
    if (name == BKTI_NAME_SERIES) {
        return start_series(message, element);
    }
    return is_group ? start_group(message, element)
                    : bkti_message_unexpected(message, element, name);
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    int at = bkti_message_at(message);
    if (name == BKTI_NAME_ANNOTATIONS) {
        return bkti_message_skip(message, element);
    }
    if (at == BKTI_AT_DATASET) {
        return start_in_dataset(message, element, name);
    }
    if (at == BKTI_AT_GROUP && name == BKTI_NAME_SERIES) {
        return start_series(message, element);
    }
    if (at == BKTI_AT_SERIES && name == BKTI_NAME_KEY) {
        return start_key(message, element);
    }
    if (at == BKTI_AT_SERIES && name == BKTI_NAME_OBS) {
        return start_observation(message, element);
    }
    bool holds_components = at == BKTI_AT_KEY || at == BKTI_AT_OBS;
    bool is_container = name == BKTI_NAME_SERIES || name == BKTI_NAME_OBS || name == BKTI_NAME_KEY;
    return holds_components && !is_container ? start_component(message, element, at)
                                             : bkti_message_unexpected(message, element, name);
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_TEXT:
        return finish_component(message);
    case BKTI_AT_KEY:
        return finish_key(message);
    case BKTI_AT_OBS:
        return finish_observation(message);
    case BKTI_AT_SERIES:
        return finish_series(message);
    case BKTI_AT_GROUP:
        bkti_fact_list_cut(&message->shared, message->dataset_shared);
        return BKT_OK;
    default:
        return BKT_OK;
    }
}

const bkti_dialect bkti_dialect_utility = {false, start, finish};
