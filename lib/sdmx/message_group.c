/* SPDX-License-Identifier: MIT */
/* MessageGroup of 1.0 and 2.0: data sets of several dialects in one message. Which a data set is of
 * stands in no attribute: its namespace tells it (generic has SDMX's own; the others' mostly end in
 * the dialect's name), or else the first element that only one of them has. */
#include "bkti_message_parts.h"

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text);
    size_t end_size = strlen(end);
    return size >= end_size &&
           bkti_span_equal_caseless((bkti_span){text + size - end_size, end_size},
                                    (bkti_span){end, end_size});
}

const bkti_dialect *bkti_group_dialect(const char *uri) {
    if (uri == NULL) {
        return &bkti_dialect_group;
    }
    if (ends_with(uri, "compact")) {
        return &bkti_dialect_compact;
    }
    if (ends_with(uri, "cross")) {
        return &bkti_dialect_cross_sectional;
    }
    if (ends_with(uri, "utility")) {
        return &bkti_dialect_utility;
    }
    return bkti_is_sdmx_uri(uri) ? &bkti_dialect_generic : &bkti_dialect_group;
}

/* A group with something in it has no key, and what it has holds for that. */
static bkt_status share_group(bkti_message *message) {
    const bkti_fact *facts = bkti_fact_list_get(&message->keys);
    for (size_t i = 0; i < message->keys.count; i++) {
        if (!bkti_fact_list_add(&message->shared, facts[i].id, facts[i].value)) {
            return bkti_no_memory(message->context);
        }
    }
    return BKT_OK;
}

static bkt_status go_on_as(bkti_message *message, const bkti_dialect *dialect,
                           const bkti_xml_element *element, int name) {
    bool in_group = bkti_message_at(message) == BKTI_AT_GROUP;
    int marking = dialect == &bkti_dialect_utility ? BKTI_MARKED_ATTRIBUTES : BKTI_UNMARKED;
    bkt_status status = in_group ? share_group(message) : BKT_OK;
    status = status == BKT_OK && in_group ? bkti_message_tell_shared(message, marking) : status;
    message->dialect = dialect;
    return status == BKT_OK ? dialect->start(message, element, name) : status;
}

static bkt_status start_in_dataset(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    bool is_group = name == BKTI_NAME_GROUP ||
                    (name == BKTI_NAME_OTHER && element->name.uri == message->data_uri);
    if (is_group) {
        return bkti_layout_group(message, element, element->name.local, false);
    }
    return go_on_as(
        message, name == BKTI_NAME_SECTION ? &bkti_dialect_cross_sectional : &bkti_dialect_compact,
        element, name);
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    if (bkti_message_at(message) == BKTI_AT_DATASET) {
        return start_in_dataset(message, element, name);
    }
    return name == BKTI_NAME_SECTION
               ? go_on_as(message, &bkti_dialect_cross_sectional, element, name)
           : name == BKTI_NAME_SERIES ? go_on_as(message, &bkti_dialect_utility, element, name)
                                      : bkti_message_unexpected(message, element, name);
}

/* A group with nothing in it is one of Compact. */
static bkt_status finish(bkti_message *message) {
    return bkti_message_at(message) == BKTI_AT_GROUP ? bkti_layout_finish_group(message) : BKT_OK;
}

const bkti_dialect bkti_dialect_group = {false, start, finish};
