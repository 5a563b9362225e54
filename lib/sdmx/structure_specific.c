/* SPDX-License-Identifier: MIT */
/* Structure-specific data of 2.1, 3.0 and 3.1. The elements may be unqualified (as they should be)
 * or of the structure's namespace. 3.x has `Atts` (attributes of the data set or of part of a key),
 * `Comp` (components that are no XML attributes) and `Metadata` (reference metadata). */
#include "bkti_message_parts.h"

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
        return bkti_metadata_start(message);
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
    if (at >= BKTI_AT_COMP) {
        return bkti_component_inside(message, element, name);
    }
    if (at == BKTI_AT_SERIES && message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    if (name == BKTI_NAME_COMP) {
        return bkti_component_start(message, element);
    }
    if (name == BKTI_NAME_METADATA) {
        return bkti_metadata_start(message);
    }
    return bkti_message_unexpected(message, element, name);
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_SERIES:
        return bkti_layout_finish_series(message);
    case BKTI_AT_GROUP:
        return bkti_layout_finish_group(message);
    default:
        return bkti_component_finish(message);
    }
}

const bkti_dialect bkti_dialect_structure_specific = {true, start, finish};
