/* SPDX-License-Identifier: MIT */
#include "bkti_column.h"

bkti_period_list *bkti_period_list_new(bkti_memory *memory) {
    bkti_period_list *list = bkti_allocate_zeroed(memory, 1, sizeof *list);
    if (list != NULL) {
        list->memory = bkti_memory_hold(memory);
        atomic_init(&list->references, 1);
    }
    return list;
}

bkti_period_list *bkti_period_list_hold(bkti_period_list *list) {
    if (list != NULL) {
        atomic_fetch_add_explicit(&list->references, 1, memory_order_relaxed);
    }
    return list;
}

void bkti_period_list_drop(bkti_period_list *list) {
    if (list == NULL ||
        atomic_fetch_sub_explicit(&list->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    bkti_memory *memory = list->memory;
    bkti_release(memory, list->items);
    bkti_release(memory, list);
    bkti_memory_drop(memory);
}

bool bkti_period_list_add(bkti_period_list *list, bkti_period period) {
    void *items = list->items;
    bool room =
        bkti_grow(list->memory, &items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items = items;
    if (room) {
        list->items[list->count++] = period;
    }
    return room;
}

bool bkti_period_list_add_text(bkti_period_list *list, bkti_span text) {
    bkti_period period = {0};
    if (text.size == 0 ||
        bkt_period_parse(text.data, text.size, &period.frequency, &period.ordinal) != BKT_OK) {
        period.frequency = BKT_FREQUENCY_NONE;
        period.ordinal = 0;
    } else {
        (void)bkt_period_start_day(period.frequency, period.ordinal, &period.first_day);
    }
    return bkti_period_list_add(list, period);
}

static size_t slot_of(const bkti_period *period, size_t mask) {
    uint64_t hash = (uint64_t)period->ordinal * UINT64_C(0x9E3779B97F4A7C15);
    hash += (uint64_t)period->frequency * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (size_t)(hash ^ (hash >> 32)) & mask;
}

bool bkti_period_list_same(bkti_memory *memory, const bkti_period_list *list, int32_t **out_map) {
    *out_map = NULL;
    size_t slot_count = 16;
    while (slot_count < list->count * 2) {
        slot_count *= 2;
    }
    int32_t *map = bkti_allocate_array(memory, list->count, sizeof *map);
    /* A slot holds a code + 1; 0 is free. */
    uint32_t *slots = bkti_allocate_zeroed(memory, slot_count, sizeof *slots);
    if (map == NULL || slots == NULL) {
        bkti_release(memory, map);
        bkti_release(memory, slots);
        return false;
    }
    bool changes = false;
    for (size_t code = 0; code < list->count; code++) {
        const bkti_period *period = &list->items[code];
        map[code] = (int32_t)code;
        if (period->frequency == BKT_FREQUENCY_NONE || period->frequency == BKT_FREQUENCY_RANGE) {
            continue;
        }
        size_t slot = slot_of(period, slot_count - 1);
        while (slots[slot] != 0) {
            const bkti_period *other = &list->items[slots[slot] - 1];
            if (other->ordinal == period->ordinal && other->frequency == period->frequency) {
                break;
            }
            slot = (slot + 1) & (slot_count - 1);
        }
        if (slots[slot] == 0) {
            slots[slot] = (uint32_t)code + 1;
        } else {
            map[code] = (int32_t)(slots[slot] - 1);
            changes = true;
        }
    }
    bkti_release(memory, slots);
    if (changes) {
        *out_map = map;
    } else {
        bkti_release(memory, map);
    }
    return true;
}
