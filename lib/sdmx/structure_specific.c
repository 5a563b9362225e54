/* SPDX-License-Identifier: MIT */
/* Structure-specific data of 2.1, 3.0 and 3.1. The elements may be unqualified (as they should be)
 * or of the structure's namespace. 3.x has `Atts` (attributes of the data set or of part of a key)
 * and `Comp` (components that are no XML attributes). */
#include "bkti_message_parts.h"

/* Reference metadata are not data; that they are there is told. */
static bkt_status pass_metadata(bkti_message *message, const bkti_xml_element *element) {
    if ((message->done & BKTI_DONE_METADATA_WARNING) == 0) {
        bkti_place place;
        bkti_message_place(message, &place);
        bkti_tell(message->context, BKT_SEVERITY_WARNING, BKT_ERR_UNSUPPORTED, &place,
                  "the message has reference metadata in <Metadata>, which are not read");
        message->done |= BKTI_DONE_METADATA_WARNING;
    }
    return bkti_message_skip(message, element);
}

static bkt_status start_comp(bkti_message *message, const bkti_xml_element *element) {
    message->comp_id = (bkti_span){NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (attribute->name.uri == NULL && bkti_span_is(attribute->name.local, "id")) {
            message->comp_id = bkti_span_trim(attribute->value);
        }
    }
    if (message->comp_id.size == 0) {
        bkti_place place;
        bkti_message_place(message, &place);
        return bkti_fail(
            message->context, BKT_ERR_LAYOUT, &place,
            "a <Comp> without the attribute id: what it is the value of can't be told");
    }
    message->comp_id = bkti_message_id(message, message->comp_id);
    if (message->comp_id.size == 0) {
        return bkti_no_memory(message->context);
    }
    bkti_text_clear(&message->comp_text);
    return bkti_message_push(message, BKTI_AT_COMP);
}

/* A value, or a text of one in one of its languages. */
static bkt_status start_value(bkti_message *message, const bkti_xml_element *element) {
    if (bkti_message_at(message) == BKTI_AT_COMP) {
        return bkti_message_push_text(message, BKTI_AT_COMP_VALUE);
    }
    bkt_status status = bkti_message_join_text(message);
    if (status != BKT_OK) {
        return status;
    }
    return message->place_count == BKTI_PLACE_LIMIT
               ? bkti_message_skip(message, element)
               : bkti_message_push(message, BKTI_AT_COMP_VALUE);
}

static bkt_status finish_value(bkti_message *message) {
    if (message->places[message->place_count - 2] != BKTI_AT_COMP) {
        return BKT_OK;
    }
    bkti_span value = bkti_message_take_text(message);
    bkti_text *text = &message->comp_text;
    if (text->size > 0 && value.size > 0) {
        bkti_text_append_text(text, "; ");
    }
    bkti_text_append_span(text, value);
    return text->failed ? bkti_no_memory(message->context) : BKT_OK;
}

static bkt_status finish_comp(bkti_message *message) {
    bkti_fact fact = {
        .id = message->comp_id,
        .value = {bkti_text_get(&message->comp_text), message->comp_text.size},
    };
    switch (message->places[message->place_count - 2]) {
    case BKTI_AT_SERIES:
        return message->listener->series_attributes(message->user, &fact, 1);
    case BKTI_AT_OBS:
        return message->listener->observation_attributes(message->user, &fact, 1);
    default:
        return bkti_fact_list_add(&message->attributes, fact.id, fact.value)
                   ? BKT_OK
                   : bkti_no_memory(message->context);
    }
}

static bkt_status start_in_dataset(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    switch (name) {
    case BKTI_NAME_SERIES:
        return bkti_layout_series(message, element);
    case BKTI_NAME_OBS:
        return bkti_layout_observation(message, element);
    case BKTI_NAME_GROUP:
        return bkti_layout_group(message, element, bkti_element_type(message, element), false);
    case BKTI_NAME_ATTS:
        return bkti_layout_group(message, element, (bkti_span){NULL, 0}, true);
    case BKTI_NAME_DATA_PROVIDER:
        return bkti_message_skip(message, element);
    case BKTI_NAME_METADATA:
        return pass_metadata(message, element);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    int at = bkti_message_at(message);
    if (at == BKTI_AT_DATASET) {
        return start_in_dataset(message, element, name);
    }
    if (at == BKTI_AT_SERIES && name == BKTI_NAME_OBS) {
        return bkti_layout_observation(message, element);
    }
    if (at == BKTI_AT_COMP_VALUE || (at == BKTI_AT_COMP && name == BKTI_NAME_VALUE)) {
        return start_value(message, element);
    }
    if (at == BKTI_AT_COMP) {
        return bkti_message_unexpected(message, element, name);
    }
    if (at == BKTI_AT_SERIES && message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    if (name == BKTI_NAME_COMP) {
        return start_comp(message, element);
    }
    if (name == BKTI_NAME_METADATA) {
        return pass_metadata(message, element);
    }
    return bkti_message_unexpected(message, element, name);
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_SERIES:
        return bkti_layout_finish_series(message);
    case BKTI_AT_GROUP:
        return bkti_layout_finish_group(message);
    case BKTI_AT_COMP:
        return finish_comp(message);
    case BKTI_AT_COMP_VALUE:
        return finish_value(message);
    default:
        return BKT_OK;
    }
}

const bkti_dialect bkti_dialect_structure_specific = {true, start, finish};
