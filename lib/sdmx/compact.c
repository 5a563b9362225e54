/* SPDX-License-Identifier: MIT */
/* CompactData of SDMX-ML 2.0: everything is an XML attribute, and a group is an element of any name
 * in the data set's namespace. */
#include "bkti_message_parts.h"

static bkt_status start_in_dataset(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    switch (name) {
    case BKTI_NAME_SERIES:
        return bkti_layout_series(message, element);
    case BKTI_NAME_OBS:
        return bkti_layout_observation(message, element);
    case BKTI_NAME_GROUP:
        return bkti_layout_group(message, element, element->name.local, false);
    case BKTI_NAME_DATA_PROVIDER:
        return bkti_message_skip(message, element);
    case BKTI_NAME_OTHER:
        if (element->name.uri == message->data_uri && element->attribute_count > 0) {
            return bkti_layout_group(message, element, element->name.local, false);
        }
        return bkti_message_unexpected(message, element, name);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    int at = bkti_message_at(message);
    if (at == BKTI_AT_SERIES && name == BKTI_NAME_OBS) {
        return bkti_layout_observation(message, element);
    }
    return at == BKTI_AT_DATASET ? start_in_dataset(message, element, name)
                                 : bkti_message_unexpected(message, element, name);
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_SERIES:
        return bkti_layout_finish_series(message);
    case BKTI_AT_GROUP:
        return bkti_layout_finish_group(message);
    default:
        return BKT_OK;
    }
}

const bkti_dialect bkti_dialect_compact = {true, start, finish};
