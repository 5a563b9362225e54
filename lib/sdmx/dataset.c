/* SPDX-License-Identifier: MIT */
/* The begin and the end of a data set, in all dialects. */
#include "bkti_message_parts.h"

static const char instance_uri[] = "http://www.w3.org/2001/XMLSchema-instance";

bool bkti_is_instance_uri(const char *uri) {
    return uri != NULL && strcmp(uri, instance_uri) == 0;
}

static bkti_span after_colon(bkti_span text) {
    for (size_t i = text.size; i > 0; i--) {
        if (text.data[i - 1] == ':') {
            return (bkti_span){text.data + i, text.size - i};
        }
    }
    return text;
}

bkti_span bkti_element_type(const bkti_message *message, const bkti_xml_element *element) {
    (void)message;
    bkti_span type = {NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        bool is_type = bkti_span_equal_caseless(attribute->name.local, BKTI_SPAN("type"));
        if (is_type && bkti_is_instance_uri(attribute->name.uri)) {
            return bkti_span_trim(after_colon(attribute->value));
        }
        if (is_type && type.size == 0) {
            type = bkti_span_trim(attribute->value);
        }
    }
    return type;
}

/* The namespace of xsi:type's prefix, which for a data set is that of its structure. */
static const char *type_uri(bkti_message *message, bkti_span type) {
    bkti_span local = after_colon(type);
    if (local.size == type.size) {
        return NULL;
    }
    return bkti_xml_prefix_uri(message->xml, (bkti_span){type.data, type.size - local.size - 1});
}

/* One attribute of DataSet: a field, or a fact for the listener. */
static bool take_attribute(bkti_message *message, const bkti_xml_attribute *attribute,
                           uint32_t *told_count) {
    bkti_fields *dataset = &message->dataset;
    const char *uri = attribute->name.uri;
    if (bkti_is_instance_uri(uri)) {
        const char *structure_uri = bkti_span_is(attribute->name.local, "type")
                                        ? type_uri(message, attribute->value)
                                        : NULL;
        return bkti_fields_set(message->memory, dataset, BKTI_FIELD_NAMESPACE,
                               bkti_span_of(structure_uri));
    }
    int field = bkti_fields_standard(attribute->name.local);
    if (field >= 0) {
        return bkti_fields_set(message->memory, dataset, field, bkti_span_trim(attribute->value));
    }
    if (field == -1 || message->dialect == &bkti_dialect_generic ||
        (uri != NULL && uri != message->data_uri)) {
        return true;
    }
    message->told[(*told_count)++] =
        (bkti_fact){.id = attribute->name.local, .value = attribute->value};
    return true;
}

/* 2.0's "dataflowAgencyID" and "dataflowID", and, if nothing else names the structure, the address
 * where its key family is. */
static bool take_references(bkti_message *message, const bkti_xml_element *element) {
    bkti_span agency = {NULL, 0};
    bkti_span id = {NULL, 0};
    bkti_span address = {NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        bkti_span name = element->attributes[i].name.local;
        bkti_span *target = bkti_span_is(name, "dataflowAgencyID") ? &agency
                            : bkti_span_is(name, "dataflowID")     ? &id
                            : bkti_span_is(name, "keyFamilyURI")   ? &address
                                                                   : NULL;
        if (target != NULL) {
            *target = bkti_span_trim(element->attributes[i].value);
        }
    }
    return bkti_fields_set_reference(message->memory, &message->dataset, BKTI_FIELD_DATAFLOW,
                                     agency, id, (bkti_span){NULL, 0}) &&
           bkti_fields_set(message->memory, &message->dataset, BKTI_FIELD_STRUCTURE, address);
}

/* Everything known of the data set, the nearest source first. */
static bool gather_fields(bkti_message *message, const bkti_xml_element *element) {
    bkti_memory *memory = message->memory;
    bkti_fields *dataset = &message->dataset;
    const bkti_fields *structure =
        bkti_header_structure(message, dataset->texts[BKTI_FIELD_REFERENCE]);
    if (structure != NULL && !bkti_fields_fill(memory, dataset, structure)) {
        return false;
    }
    const char *uri = dataset->texts[BKTI_FIELD_NAMESPACE];
    if (!bkti_fields_set_urn(memory, dataset, bkti_span_of(uri)) ||
        !bkti_fields_set_urn(memory, dataset, bkti_span_of(element->name.uri)) ||
        !bkti_fields_fill(memory, dataset, &message->header)) {
        return false;
    }
    if (message->dialect != &bkti_dialect_generic &&
        !bkti_fields_set(memory, dataset, BKTI_FIELD_NAMESPACE, bkti_span_of(element->name.uri))) {
        return false;
    }
    if (message->kind == BKT_MESSAGE_GENERIC_TIME_SERIES_DATA ||
        message->kind == BKT_MESSAGE_STRUCTURE_SPECIFIC_TIME_SERIES_DATA) {
        return bkti_fields_set(memory, dataset, BKTI_FIELD_DIMENSION, BKTI_SPAN("TIME_PERIOD"));
    }
    return true;
}

/* What a cross-sectional data set has may be dimensions: its sections have it too, and its time is
 * theirs alone. So may be what one has whose dialect is not known yet. */
static bool share_attributes(bkti_message *message, uint32_t *told_count) {
    bool is_cross = message->dialect == &bkti_dialect_cross_sectional;
    uint32_t count = 0;
    bool done = true;
    bkti_fact_list_clear(&message->shared);
    for (uint32_t i = 0; done && i < *told_count; i++) {
        bkti_fact fact = message->told[i];
        if (is_cross || message->dialect == &bkti_dialect_group) {
            done = bkti_fact_list_add(&message->shared, fact.id, fact.value);
        }
        if (!is_cross || !bkti_cross_is_time(fact.id)) {
            message->told[count++] = fact;
        }
    }
    message->dataset_shared = message->shared.count;
    *told_count = count;
    return done;
}

bkt_status bkti_dataset_start(bkti_message *message, const bkti_xml_element *element) {
    bkti_fields_clear(message->memory, &message->dataset);
    if (message->kind == BKT_MESSAGE_MESSAGE_GROUP) {
        message->dialect = bkti_group_dialect(element->name.uri);
    }
    message->dataset_count++;
    message->dataset_told = false;
    message->data_uri = element->name.uri;
    message->dimension_pointer = NULL;
    message->value_pointer = NULL;
    message->plan.shape = 0;
    uint32_t told_count = 0;
    bool done = bkti_message_make_room(message, element->attribute_count);
    for (uint32_t i = 0; done && i < element->attribute_count; i++) {
        done = take_attribute(message, &element->attributes[i], &told_count);
    }
    done = done && gather_fields(message, element) && take_references(message, element) &&
           share_attributes(message, &told_count);
    if (!done) {
        return bkti_no_memory(message->context);
    }
    const char *dimension = message->dataset.texts[BKTI_FIELD_DIMENSION];
    message->dimension = (bkti_span){NULL, 0};
    if (dimension != NULL && strcmp(dimension, "AllDimensions") != 0) {
        message->dimension = bkti_message_id(message, bkti_span_of(dimension));
        if (message->dimension.size == 0) {
            return bkti_no_memory(message->context);
        }
    }
    message->dimension_open = dimension == NULL;
    bkt_status status = bkti_message_push(message, BKTI_AT_DATASET);
    if (status != BKT_OK || told_count == 0) {
        return status;
    }
    status = bkti_message_tell_dataset(message);
    return status == BKT_OK
               ? message->listener->dataset_attributes(message->user, message->told, told_count)
               : status;
}

bkt_status bkti_message_tell_dataset(bkti_message *message) {
    if (message->dataset_told) {
        return BKT_OK;
    }
    message->dataset_told = true;
    char *const *texts = message->dataset.texts;
    bkti_dataset_facts facts = {
        .structure = texts[BKTI_FIELD_STRUCTURE],
        .dataflow = texts[BKTI_FIELD_DATAFLOW],
        .data_namespace = texts[BKTI_FIELD_NAMESPACE],
        .dimension_at_observation = texts[BKTI_FIELD_DIMENSION],
        .action = texts[BKTI_FIELD_ACTION],
        .dataset_id = texts[BKTI_FIELD_DATASET_ID],
        .valid_from = texts[BKTI_FIELD_VALID_FROM],
        .valid_to = texts[BKTI_FIELD_VALID_TO],
        .publication_year = texts[BKTI_FIELD_PUBLICATION_YEAR],
        .publication_period = texts[BKTI_FIELD_PUBLICATION_PERIOD],
        .reporting_begin = texts[BKTI_FIELD_REPORTING_BEGIN],
        .reporting_end = texts[BKTI_FIELD_REPORTING_END],
        .index = message->dataset_count,
    };
    return message->listener->dataset_start(message->user, &facts);
}

bkt_status bkti_message_tell_shared(bkti_message *message, int marking) {
    bkt_status status = bkti_message_tell_dataset(message);
    size_t first = message->dataset_shared;
    if (status != BKT_OK || message->shared.count == first) {
        return status;
    }
    return message->listener->keyless_group(message->user, marking,
                                            bkti_fact_list_get(&message->shared) + first,
                                            (uint32_t)(message->shared.count - first));
}

bkt_status bkti_dataset_finish(bkti_message *message) {
    bkt_status status = bkti_message_tell_dataset(message);
    return status == BKT_OK ? message->listener->dataset_finish(message->user) : status;
}
