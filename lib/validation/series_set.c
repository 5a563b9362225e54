/* SPDX-License-Identifier: MIT */
#include "bkti_series_set.h"

#include <string.h>

#define FIRST_SLOTS ((size_t)64)

/* The finisher of splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t word) {
    word += 0x9e3779b97f4a7c15u;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    return word ^ (word >> 31);
}

void bkti_series_set_open(bkti_series_set *set, bkt_context *context, uint32_t width) {
    memset(set, 0, sizeof *set);
    set->context = context;
    set->memory = bkti_context_memory(context);
    set->width = width;
    /* Nobody shall make keys that collide on every machine. No result depends on it. */
    set->seed = mix((uint64_t)(uintptr_t)set);
}

void bkti_series_set_close(bkti_series_set *set) {
    if (set->memory != NULL) {
        bkti_release(set->memory, set->keys);
        bkti_release(set->memory, set->slots);
        bkti_release(set->memory, set->seen);
    }
    memset(set, 0, sizeof *set);
}

static uint64_t hash_of(const bkti_series_set *set, const int32_t *key) {
    uint64_t hash = set->seed;
    for (uint32_t i = 0; i < set->width; i++) {
        hash = mix(hash ^ (uint32_t)key[i]);
    }
    return hash;
}

static bool is_key(const bkti_series_set *set, uint32_t index, const int32_t *key) {
    return set->width == 0 ||
           memcmp(set->keys + (size_t)index * set->width, key, set->width * sizeof *key) == 0;
}

/* The slot where the key is or may be put. */
static size_t slot_of(const bkti_series_set *set, const int32_t *key) {
    size_t slot = (size_t)hash_of(set, key) & (set->slot_count - 1);
    while (set->slots[slot] != 0 && !is_key(set, set->slots[slot] - 1, key)) {
        slot = (slot + 1) & (set->slot_count - 1);
    }
    return slot;
}

static bool grow_slots(bkti_series_set *set) {
    size_t slot_count = set->slot_count == 0 ? FIRST_SLOTS : set->slot_count * 2;
    uint32_t *slots = bkti_allocate_zeroed(set->memory, slot_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    bkti_release(set->memory, set->slots);
    set->slots = slots;
    set->slot_count = slot_count;
    for (size_t i = 0; i < set->count; i++) {
        set->slots[slot_of(set, set->keys + i * set->width)] = (uint32_t)i + 1;
    }
    return true;
}

bkt_status bkti_series_set_find(bkti_series_set *set, const int32_t *key, uint32_t *out_index,
                                bool *out_is_new) {
    if (set->count * 4 >= set->slot_count * 3 && !grow_slots(set)) {
        return bkti_no_memory(set->context);
    }
    size_t slot = slot_of(set, key);
    *out_is_new = set->slots[slot] == 0;
    if (*out_is_new) {
        void *keys = set->keys;
        if (set->count == UINT32_MAX - 1) {
            return bkti_fail(set->context, BKT_ERR_LIMIT, NULL, "too many series to be checked");
        }
        if (!bkti_grow(set->memory, &keys, &set->capacity, set->count + 1,
                       (set->width == 0 ? 1 : set->width) * sizeof *key)) {
            return bkti_no_memory(set->context);
        }
        set->keys = keys;
        if (set->width > 0) {
            memcpy(set->keys + set->count * set->width, key, set->width * sizeof *key);
        }
        set->slots[slot] = (uint32_t)++set->count;
    }
    *out_index = set->slots[slot] - 1;
    return BKT_OK;
}

static bkti_seen *seen_slot(bkti_seen *seen, size_t room, uint64_t seed, uint64_t key) {
    size_t slot = (size_t)mix(key ^ seed) & (room - 1);
    while (seen[slot].key != 0 && seen[slot].key != key) {
        slot = (slot + 1) & (room - 1);
    }
    return &seen[slot];
}

bkt_status bkti_series_set_turn(bkti_series_set *set, uint64_t key) {
    if (set->seen_count * 4 >= set->seen_room * 3) {
        size_t room = set->seen_room == 0 ? FIRST_SLOTS : set->seen_room * 2;
        bkti_seen *seen = bkti_allocate_zeroed(set->memory, room, sizeof *seen);
        if (seen == NULL) {
            return bkti_no_memory(set->context);
        }
        for (size_t i = 0; i < set->seen_room; i++) {
            if (set->seen[i].key != 0) {
                *seen_slot(seen, room, set->seed, set->seen[i].key) = set->seen[i];
            }
        }
        bkti_release(set->memory, set->seen);
        set->seen = seen;
        set->seen_room = room;
    }
    set->last = seen_slot(set->seen, set->seen_room, set->seed, key);
    set->seen_count += set->last->key == 0 ? 1U : 0U;
    set->last->key = key;
    return BKT_OK;
}
