/* SPDX-License-Identifier: MIT */
#include "bkti_message_parts.h"

void bkti_fact_list_init(bkti_fact_list *list, bkti_memory *memory) {
    *list = (bkti_fact_list){0};
    bkti_text_init(&list->values, memory);
}

void bkti_fact_list_free(bkti_fact_list *list) {
    bkti_release(list->values.memory, list->items);
    bkti_release(list->values.memory, list->offsets);
    bkti_text_free(&list->values);
}

void bkti_fact_list_clear(bkti_fact_list *list) {
    list->count = 0;
    bkti_text_clear(&list->values);
}

/* Room for one more in both arrays. */
static bool make_room(bkti_fact_list *list) {
    bkti_memory *memory = list->values.memory;
    if (list->count < list->capacity && list->count < list->offset_capacity) {
        return true;
    }
    void *items = list->items;
    void *offsets = list->offsets;
    bool grown =
        bkti_grow(memory, &items, &list->capacity, list->count + 1, sizeof *list->items) &&
        bkti_grow(memory, &offsets, &list->offset_capacity, list->count + 1, sizeof *list->offsets);
    list->items = items;
    list->offsets = offsets;
    return grown;
}

bool bkti_fact_list_add(bkti_fact_list *list, bkti_span id, bkti_span value) {
    size_t offset = list->values.size;
    if (id.size == 0 || !make_room(list) || !bkti_text_append_span(&list->values, value)) {
        return false;
    }
    list->items[list->count] = (bkti_fact){.id = id, .value = value};
    list->offsets[list->count] = offset;
    list->count++;
    return true;
}

void bkti_fact_list_cut(bkti_fact_list *list, size_t count) {
    if (count < list->count) {
        list->values.size = list->offsets[count];
        list->count = count;
    }
}

bool bkti_fact_list_has(const bkti_fact_list *list, size_t first, bkti_span id) {
    for (size_t i = first; i < list->count; i++) {
        if (bkti_span_equal(list->items[i].id, id)) {
            return true;
        }
    }
    return false;
}

const bkti_fact *bkti_fact_list_get(bkti_fact_list *list) {
    const char *values = bkti_text_get(&list->values);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].value.data = values + list->offsets[i];
    }
    return list->items;
}
