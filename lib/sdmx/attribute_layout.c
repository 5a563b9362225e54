/* SPDX-License-Identifier: MIT */
/* Series, observations and groups whose facts are XML attributes: 2.0's compact and the
 * structure-specific messages of 2.1 and 3. This is where large files spend their time, so that
 * names are known by their pointers and nothing is copied. */
#include <bktrade/period.h>

#include "bkti_message_parts.h"

/* Attributes of a namespace of their own are XML's or SDMX's, not the structure's. */
static inline bool is_fact(const bkti_message *message, const bkti_xml_attribute *attribute) {
    return attribute->name.uri == NULL || attribute->name.uri == message->data_uri;
}

bkt_status bkti_layout_series(bkti_message *message, const bkti_xml_element *element) {
    message->series_count++;
    message->series_skipped = false;
    bkt_status status = bkti_message_tell_dataset(message);
    if (status != BKT_OK) {
        return status;
    }
    if (!bkti_message_make_room(message, element->attribute_count)) {
        return bkti_no_memory(message->context);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (is_fact(message, attribute)) {
            message->told[count++] =
                (bkti_fact){.id = attribute->name.local, .value = attribute->value};
        }
    }
    status = message->listener->series_start(message->user, BKTI_UNMARKED, message->told, count,
                                             &message->series_skipped);
    if (message->series_skipped) {
        bkti_xml_skip(message->xml, "Obs", &message->observation_count);
    }
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_SERIES) : status;
}

bkt_status bkti_layout_finish_series(bkti_message *message) {
    return message->listener->series_finish(message->user);
}

static bool is_period(bkti_span text) {
    int32_t frequency;
    int64_t ordinal;
    return text.size > 0 && bkt_period_parse(text.data, text.size, &frequency, &ordinal) == BKT_OK;
}

/* 2.0 does not say which attribute is the time dimension: TIME_PERIOD, or TIME, or else the first
 * one whose value is a period. */
static void find_dimension(bkti_message *message, const bkti_xml_element *element) {
    static const char *const usual[] = {"TIME_PERIOD", "TIME"};
    bkti_span found = {NULL, 0};
    for (size_t k = 0; k < 2 && found.size == 0; k++) {
        for (uint32_t i = 0; i < element->attribute_count; i++) {
            if (bkti_span_is(element->attributes[i].name.local, usual[k])) {
                found = element->attributes[i].name.local;
            }
        }
    }
    for (uint32_t i = 0; i < element->attribute_count && found.size == 0; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (attribute->name.uri == NULL &&
            !bkti_span_is(attribute->name.local, BKTI_PRIMARY_MEASURE) &&
            is_period(attribute->value)) {
            found = attribute->name.local;
        }
    }
    message->dimension = found;
    message->dimension_open = found.size == 0;
}

/* With explicit measures the element's type names the code of the measure dimension. */
static void add_explicit_measure(bkti_message *message, const bkti_xml_element *element,
                                 bkti_observation *observation) {
    bkti_span type = bkti_element_type(message, element);
    if (type.size == 0 || bkti_span_is(type, "ObsType")) {
        return;
    }
    if (!observation->flat) {
        observation->dimension = (bkti_fact){.id = message->dimension, .value = type};
        return;
    }
    bkti_span is_explicit = bkti_span_of(message->dataset.texts[BKTI_FIELD_EXPLICIT]);
    if (!bkti_span_is(is_explicit, "true") && !bkti_span_is(is_explicit, "1")) {
        return;
    }
    /* A flat message doesn't say how its measure dimension is called. It stands first, since what
     * comes behind time and value is no dimension. */
    memmove(message->told + 1, message->told, observation->count * sizeof *message->told);
    message->told[0] = (bkti_fact){.id = BKTI_SPAN("MEASURE"), .value = type};
    observation->count++;
    observation->before_value++;
}

/* Whether an attribute is the one that a remembered pointer stands for, or has that name. */
static inline bool is_name(const char **pointer, bkti_span local, bkti_span name) {
    if (*pointer != NULL) {
        return *pointer == local.data;
    }
    if (name.size == 0 || !bkti_span_equal(local, name)) {
        return false;
    }
    *pointer = local.data;
    return true;
}

/* Of what the plan takes the value of an attribute to be; NULL: it can't be told. */
static bkti_fact *target_of(bkti_message *message, const bkti_xml_attribute *attribute) {
    bkti_layout_plan *plan = &message->plan;
    bkti_observation *observation = &plan->observation;
    const char *id = attribute->name.local.data;
    if (!is_fact(message, attribute)) {
        return &plan->nowhere;
    }
    if (id == message->value_pointer) {
        return &observation->value;
    }
    if (!observation->flat && id == message->dimension_pointer) {
        return &observation->dimension;
    }
    bkti_fact *found = NULL;
    for (uint32_t i = 0; i < observation->count; i++) {
        if (plan->facts[i].id.data == id) {
            if (found != NULL) {
                return NULL;
            }
            found = &plan->facts[i];
        }
    }
    return found;
}

void bkti_layout_make_repeat(bkti_layout_plan *plan) {
    bkti_repeat *repeat = &plan->repeat;
    *repeat = (bkti_repeat){
        .shape = plan->shape,
        .flat = plan->observation.flat,
        .count = plan->observation.count + plan->observation.attribute_count,
    };
    for (uint32_t i = 0; i < plan->count; i++) {
        const bkti_fact *target = plan->targets[i];
        const bkti_xml_attribute *attribute = &plan->attributes[i];
        if (target == &plan->observation.value) {
            repeat->value = attribute;
        } else if (target == &plan->observation.dimension) {
            repeat->dimension = attribute;
        } else if (target != &plan->nowhere) {
            repeat->facts[target - plan->facts] = attribute;
        }
    }
}

/* Remembers how the observation was taken apart, unless something in it was out of the common. */
static void make_plan(bkti_message *message, const bkti_xml_element *element,
                      const bkti_observation *observation, bool is_plain) {
    bkti_layout_plan *plan = &message->plan;
    plan->shape = 0;
    plan->is_generic = false;
    if (!is_plain || element->shape == 0 || element->attribute_count > BKTI_REPEAT_LIMIT ||
        message->dimension_open || message->place_count >= BKTI_PLACE_LIMIT) {
        return;
    }
    memcpy(plan->facts, message->told, observation->count * sizeof *plan->facts);
    plan->observation = *observation;
    plan->observation.shape = element->shape;
    plan->observation.facts = plan->facts;
    plan->count = element->attribute_count;
    for (uint32_t i = 0; i < plan->count; i++) {
        plan->targets[i] = target_of(message, &element->attributes[i]);
        if (plan->targets[i] == NULL) {
            return;
        }
    }
    plan->place_count = message->place_count;
    plan->shape = element->shape;
    plan->attributes = element->attributes;
    bkti_layout_make_repeat(plan);
}

bkt_status bkti_layout_planned(bkti_message *message) {
    bkti_layout_plan *plan = &message->plan;
    for (uint32_t i = 0; i < plan->count; i++) {
        plan->targets[i]->value = plan->attributes[i].value;
    }
    return message->listener->observation(message->user, &plan->observation);
}

bkt_status bkti_layout_again(void *user, const bkti_xml_element *element) {
    bkti_message *message = user;
    (void)element; /* its attributes are where they were when the plan was made */
    bool taken;
    message->observation_count++;
    message->plan.is_running = true;
    bkt_status status = message->listener->repeat(message->user, &message->plan.repeat, &taken);
    status = taken ? status : bkti_layout_planned(message);
    message->plan.is_running = false;
    return status;
}

bkt_status bkti_layout_observation(bkti_message *message, const bkti_xml_element *element) {
    message->observation_count++;
    bkti_observation observation = {.flat = bkti_message_at(message) == BKTI_AT_DATASET};
    if (!observation.flat && message->series_skipped) {
        return bkti_message_skip(message, element);
    }
    bkt_status status = message->dataset_told ? BKT_OK : bkti_message_tell_dataset(message);
    if (status != BKT_OK) {
        return status;
    }
    if (message->dimension_open) {
        find_dimension(message, element);
    }
    /* One more for an explicit measure. */
    if (!bkti_message_make_room(message, (size_t)element->attribute_count + 1)) {
        return bkti_no_memory(message->context);
    }
    observation.value.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        bkti_span local = attribute->name.local;
        if (!is_fact(message, attribute)) {
            continue;
        }
        if (is_name(&message->value_pointer, local, BKTI_SPAN(BKTI_PRIMARY_MEASURE))) {
            observation.value.value = attribute->value;
            observation.before_value = observation.count;
        } else if (!observation.flat &&
                   is_name(&message->dimension_pointer, local, message->dimension)) {
            observation.dimension = (bkti_fact){.id = local, .value = attribute->value};
        } else {
            message->told[observation.count++] =
                (bkti_fact){.id = local, .value = attribute->value};
        }
    }
    bool has_value = observation.value.value.data != NULL;
    bool is_plain = true;
    if (observation.flat ? element->attribute_count > observation.count + has_value
                         : observation.dimension.id.size == 0 && message->dimension.size != 0) {
        add_explicit_measure(message, element, &observation);
        is_plain = false;
    }
    if (!has_value) {
        observation.before_value = observation.count;
    }
    observation.marking = observation.flat ? BKTI_UNMARKED : BKTI_MARKED_ATTRIBUTES;
    observation.facts = message->told;
    make_plan(message, element, &observation, is_plain);
    observation.shape = message->plan.shape;
    status = message->listener->observation(message->user, &observation);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_OBS) : status;
}

bkt_status bkti_layout_group(bkti_message *message, const bkti_xml_element *element, bkti_span name,
                             bool loose) {
    message->group_count += !loose;
    message->group_loose = loose;
    message->group_name = bkti_message_id(message, name);
    bkti_fact_list_clear(&message->keys);
    bkti_fact_list_clear(&message->attributes);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        /* `type` that gave the name is no fact. */
        if (!is_fact(message, attribute) || attribute->value.data == name.data ||
            (!loose && bkti_span_is(attribute->name.local, "type"))) {
            continue;
        }
        if (!bkti_fact_list_add(&message->keys, attribute->name.local, attribute->value)) {
            return bkti_no_memory(message->context);
        }
    }
    return bkti_message_push(message, BKTI_AT_GROUP);
}

bkt_status bkti_layout_finish_group(bkti_message *message) {
    bkt_status status = bkti_message_tell_dataset(message);
    if (status != BKT_OK) {
        return status;
    }
    bkti_group group = {
        .name = message->group_name,
        .loose = message->group_loose,
        .marking = BKTI_UNMARKED,
        .facts = bkti_fact_list_get(&message->keys),
        .count = (uint32_t)message->keys.count,
        .attributes = bkti_fact_list_get(&message->attributes),
        .attribute_count = (uint32_t)message->attributes.count,
    };
    return message->listener->group(message->user, &group);
}
