/* SPDX-License-Identifier: MIT */
/* CrossSectionalData of 1.0 and 2.0: observations at one time, named by their measure. What is an
 * XML attribute of the data set, a group or a section holds for all in it, and each of them may
 * have dimensions; of several values of one component the nearest to the observation is taken.
 *
 * A section is told as a series: its facts are those of the data set, its group and itself. */
#include "bkti_message_parts.h"

bool bkti_cross_is_time(bkti_span local) {
    return bkti_span_is(local, "time");
}

static bkti_span id_of(bkti_span local) {
    return bkti_cross_is_time(local) ? BKTI_SPAN("TIME_PERIOD") : local;
}

static bool is_fact(const bkti_xml_element *element, const bkti_xml_attribute *attribute) {
    return attribute->name.uri == NULL || attribute->name.uri == element->name.uri;
}

static bkt_status start_group(bkti_message *message, const bkti_xml_element *element) {
    message->group_count++;
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (is_fact(element, attribute) &&
            !bkti_fact_list_add(&message->shared, attribute->name.local, attribute->value)) {
            return bkti_no_memory(message->context);
        }
    }
    bkt_status status = bkti_message_tell_shared(message, BKTI_UNMARKED);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_GROUP) : status;
}

static bool has_attribute(const bkti_xml_element *element, bkti_span id) {
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (is_fact(element, attribute) && bkti_span_equal(id_of(attribute->name.local), id)) {
            return true;
        }
    }
    return false;
}

/* The facts of a section, into `told`. */
static uint32_t gather(bkti_message *message, const bkti_xml_element *element) {
    const bkti_fact *shared = bkti_fact_list_get(&message->shared);
    uint32_t count = 0;
    for (size_t i = 0; i < message->shared.count; i++) {
        bkti_span id = id_of(shared[i].id);
        if (!bkti_fact_list_has(&message->shared, i + 1, shared[i].id) &&
            !has_attribute(element, id)) {
            message->told[count++] = (bkti_fact){.id = id, .value = shared[i].value};
        }
    }
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (is_fact(element, attribute)) {
            message->told[count++] =
                (bkti_fact){.id = id_of(attribute->name.local), .value = attribute->value};
        }
    }
    return count;
}

static bkt_status start_section(bkti_message *message, const bkti_xml_element *element) {
    message->series_count++;
    message->series_skipped = false;
    bkt_status status = bkti_message_tell_dataset(message);
    if (status != BKT_OK) {
        return status;
    }
    if (!bkti_message_make_room(message, message->shared.count + element->attribute_count)) {
        return bkti_no_memory(message->context);
    }
    uint32_t count = gather(message, element);
    status = message->listener->series_start(message->user, BKTI_UNMARKED, message->told, count,
                                             &message->series_skipped);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_SECTION) : status;
}

/* The value stands in the attribute of this name, or, as programs are seen to write it, in that of
 * the primary measure. */
static const bkti_xml_attribute *find_value(const bkti_xml_element *element) {
    static const char *const names[] = {"value", BKTI_PRIMARY_MEASURE};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        for (uint32_t i = 0; i < element->attribute_count; i++) {
            const bkti_xml_attribute *attribute = &element->attributes[i];
            if (is_fact(element, attribute) && bkti_span_is(attribute->name.local, names[k])) {
                return attribute;
            }
        }
    }
    return NULL;
}

/* The element's name is the measure, unless the structure has but the primary one. */
static bkti_fact measure_of(const bkti_xml_element *element, int name) {
    bkti_span local = element->name.local;
    if (name == BKTI_NAME_OBS || bkti_span_is(local, BKTI_PRIMARY_MEASURE)) {
        return (bkti_fact){.id = {NULL, 0}};
    }
    return (bkti_fact){.id = BKTI_SPAN("MEASURE"), .value = local};
}

static bkt_status start_observation(bkti_message *message, const bkti_xml_element *element,
                                    int name) {
    message->observation_count++;
    if (message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    if (!bkti_message_make_room(message, element->attribute_count)) {
        return bkti_no_memory(message->context);
    }
    const bkti_xml_attribute *value = find_value(element);
    bkti_observation observation = {
        .value.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE),
        .dimension = measure_of(element, name),
        .marking = BKTI_UNMARKED,
        .facts = message->told,
    };
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (attribute == value) {
            observation.value.value = attribute->value;
        } else if (is_fact(element, attribute)) {
            message->told[observation.count++] =
                (bkti_fact){.id = id_of(attribute->name.local), .value = attribute->value};
        }
    }
    observation.before_value = observation.count;
    bkt_status status = message->listener->observation(message->user, &observation);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_OBS) : status;
}

/* An observation is called as its measure is, but not as what may be around it. */
static bool may_be_observation(int name) {
    return name != BKTI_NAME_DATASET && name != BKTI_NAME_GROUP && name != BKTI_NAME_SECTION &&
           name != BKTI_NAME_SERIES && name != BKTI_NAME_ANNOTATIONS;
}

static bkt_status start(bkti_message *message, const bkti_xml_element *element, int name) {
    int at = bkti_message_at(message);
    if (at == BKTI_AT_SECTION && may_be_observation(name)) {
        return start_observation(message, element, name);
    }
    if (at == BKTI_AT_DATASET && name == BKTI_NAME_GROUP) {
        return start_group(message, element);
    }
    if ((at == BKTI_AT_DATASET || at == BKTI_AT_GROUP) && name == BKTI_NAME_SECTION) {
        return start_section(message, element);
    }
    return bkti_message_unexpected(message, element, name);
}

static bkt_status finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_SECTION:
        return message->listener->series_finish(message->user);
    case BKTI_AT_GROUP:
        bkti_fact_list_cut(&message->shared, message->dataset_shared);
        return BKT_OK;
    default:
        return BKT_OK;
    }
}

const bkti_dialect bkti_dialect_cross_sectional = {true, start, finish};
