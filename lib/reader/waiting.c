/* SPDX-License-Identifier: MIT */
/* An observation that does not say what the filter asks for. In 3.x it may still do so, in what
 * comes after it (see bkti_message_listener): so it waits, as a copy, for whatever comes next. */
#include "bkti_reader_parts.h"

static bkt_status add(bkt_reader *reader, const bkti_fact *fact) {
    bkti_waiting *waiting = &reader->waiting;
    void *items = waiting->items;
    size_t offset = waiting->values.size;
    if (!bkti_grow(reader->memory, &items, &waiting->capacity, waiting->count + 1,
                   sizeof *waiting->items)) {
        return bkti_no_memory(reader->context);
    }
    waiting->items = items;
    if (!bkti_text_append_span(&waiting->values, fact->value)) {
        return bkti_no_memory(reader->context);
    }
    waiting->items[waiting->count++] = (bkti_waiting_fact){
        .id = fact->id,
        .offset = offset,
        .size = fact->value.size,
        .is_absent = fact->value.data == NULL,
    };
    return BKT_OK;
}

/* The order in which they are kept: dimension, value, facts, attributes. */
#define FIRST_FACT 2

bkt_status bkti_waiting_begin(bkt_reader *reader, const bkti_observation *observation) {
    bkti_waiting *waiting = &reader->waiting;
    waiting->count = 0;
    bkti_text_clear(&waiting->values);
    waiting->observation = *observation;
    waiting->line =
        (reader->options.flags & BKT_READ_PROVENANCE) != 0 ? bkti_message_line(reader->message) : 0;
    bkt_status status = add(reader, &observation->dimension);
    status = status == BKT_OK ? add(reader, &observation->value) : status;
    for (uint32_t i = 0; status == BKT_OK && i < observation->count; i++) {
        status = add(reader, &observation->facts[i]);
    }
    for (uint32_t i = 0; status == BKT_OK && i < observation->attribute_count; i++) {
        status = add(reader, &observation->attributes[i]);
    }
    waiting->is_waiting = status == BKT_OK;
    return status;
}

bkt_status bkti_waiting_add(bkt_reader *reader, const bkti_fact *facts, uint32_t count) {
    bkti_waiting *waiting = &reader->waiting;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        status = add(reader, &facts[i]);
        if (status == BKT_OK && waiting->items[1].is_absent &&
            bkti_span_is(facts[i].id, BKTI_PRIMARY_MEASURE)) {
            waiting->items[1] = waiting->items[--waiting->count];
        }
    }
    return status;
}

static bool make_facts(bkt_reader *reader) {
    bkti_waiting *waiting = &reader->waiting;
    void *facts = waiting->facts;
    bool grown = bkti_grow(reader->memory, &facts, &waiting->fact_capacity, waiting->count,
                           sizeof *waiting->facts);
    waiting->facts = facts;
    const char *values = bkti_text_get(&waiting->values);
    for (size_t i = 0; grown && i < waiting->count; i++) {
        const bkti_waiting_fact *item = &waiting->items[i];
        waiting->facts[i].id = item->id;
        waiting->facts[i].value =
            (bkti_span){item->is_absent ? NULL : values + item->offset, item->size};
    }
    return grown;
}

bkt_status bkti_waiting_end(bkt_reader *reader) {
    bkti_waiting *waiting = &reader->waiting;
    if (!waiting->is_waiting) {
        return BKT_OK;
    }
    waiting->is_waiting = false;
    if (!make_facts(reader)) {
        return bkti_no_memory(reader->context);
    }
    bkti_observation *observation = &waiting->observation;
    observation->dimension = waiting->facts[0];
    observation->value = waiting->facts[1];
    observation->facts = waiting->facts + FIRST_FACT;
    observation->attributes = observation->facts + observation->count;
    observation->attribute_count = (uint32_t)waiting->count - FIRST_FACT - observation->count;
    observation->shape = 0;
    reader->waited_line = waiting->line;
    bkt_status status = bkti_observation_settled(reader, observation);
    reader->waited_line = 0;
    return status;
}

void bkti_waiting_free(bkt_reader *reader) {
    bkti_release(reader->memory, reader->waiting.items);
    bkti_release(reader->memory, reader->waiting.facts);
    bkti_text_free(&reader->waiting.values);
}
