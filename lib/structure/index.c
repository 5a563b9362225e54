/* SPDX-License-Identifier: MIT */
/* Properties item by item, children parent by parent and kind by kind, and a table that finds a
 * part by its parent and id. Artefacts are found by their names: lookup.c. */
#include <string.h>

#include "bkti_structure.h"

/* Fibonacci hashing (Knuth 6.4) of both numbers, twice, with a key that differs from structure to
 * structure, so that no file collides everywhere; no result depends on it. */
static size_t hash_of(const bkt_structure *structure, uint32_t parent, int32_t id) {
    uint64_t hash = (uint64_t)parent << 32 | (uint32_t)id;
    hash = (hash ^ (uint64_t)(uintptr_t)structure) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)((hash ^ (hash >> 32)) * UINT64_C(0x9e3779b97f4a7c15) >> 20);
}

/* Stable: what is said of an item stays in its order. */
static bool order_properties(bkt_structure *structure) {
    size_t count = structure->property_count;
    bkti_property *ordered =
        bkti_allocate_array(structure->memory, count, sizeof *structure->properties);
    if (ordered == NULL) {
        return false;
    }
    for (size_t i = 0; i < structure->count; i++) {
        structure->items[i].property_count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        structure->items[structure->properties[i].item].property_count++;
    }
    uint32_t next = 0;
    for (size_t i = 0; i < structure->count; i++) {
        structure->items[i].first_property = next;
        next += structure->items[i].property_count;
        structure->items[i].property_count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        bkt_item *item = &structure->items[structure->properties[i].item];
        ordered[item->first_property + item->property_count++] = structure->properties[i];
    }
    bkti_release(structure->memory, structure->properties);
    structure->properties = ordered;
    structure->property_capacity = count;
    return true;
}

/* Children of a parent stand kind by kind: counted first by kind, and those of a kind by parent. */
static bool order_children(bkt_structure *structure) {
    size_t count = structure->count;
    uint32_t *by_kind = bkti_allocate_array(structure->memory, count, sizeof *by_kind);
    uint32_t *children = bkti_allocate_array(structure->memory, count, sizeof *children);
    if (by_kind == NULL || children == NULL) {
        bkti_release(structure->memory, by_kind);
        bkti_release(structure->memory, children);
        return false;
    }
    uint32_t starts[UINT8_MAX + 1] = {0};
    for (size_t i = 1; i < count; i++) {
        starts[structure->items[i].kind]++;
    }
    uint32_t next = 0;
    for (size_t kind = 0; kind <= UINT8_MAX; kind++) {
        uint32_t of_kind = starts[kind];
        starts[kind] = next;
        next += of_kind;
    }
    for (size_t i = 0; i < count; i++) {
        structure->items[i].child_count = 0;
    }
    for (uint32_t i = 1; i < count; i++) {
        bkt_item *item = &structure->items[i];
        by_kind[starts[item->kind]++] = i;
        structure->items[item->parent].child_count += !item->is_left_out;
    }
    next = 0;
    for (size_t i = 0; i < count; i++) {
        structure->items[i].first_child = next;
        next += structure->items[i].child_count;
        structure->items[i].child_count = 0;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        const bkt_item *item = &structure->items[by_kind[i]];
        bkt_item *parent = &structure->items[item->parent];
        if (!item->is_left_out) {
            children[parent->first_child + parent->child_count++] = by_kind[i];
        }
    }
    bkti_release(structure->memory, by_kind);
    bkti_release(structure->memory, structure->children);
    structure->children = children;
    return true;
}

/* Where the first item of this parent, id and kind is, or would be put. */
static size_t slot_of(const bkt_structure *structure, uint32_t parent, int32_t id, int kind) {
    size_t at = hash_of(structure, parent, id);
    for (;; at++) {
        uint32_t index = structure->slots[at &= structure->slot_count - 1];
        if (index == BKTI_NO_ITEM) {
            return at;
        }
        const bkt_item *item = &structure->items[index];
        if (item->parent == parent && item->id == id &&
            (kind == BKT_ITEM_ANY || item->kind == kind)) {
            return at;
        }
    }
}

static bool make_slots(bkt_structure *structure) {
    size_t needed = 16;
    while (needed < 2 * structure->count) {
        needed *= 2;
    }
    uint32_t *slots = bkti_allocate_array(structure->memory, needed, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0xff, needed * sizeof *slots);
    bkti_release(structure->memory, structure->slots);
    structure->slots = slots;
    structure->slot_count = needed;
    for (uint32_t i = 1; i < structure->count; i++) {
        const bkt_item *item = &structure->items[i];
        /* Parts without an id are never looked for, and artefacts by their names. */
        if (item->is_left_out || item->id == structure->items[0].id || item->parent == 0) {
            continue;
        }
        size_t at = slot_of(structure, item->parent, item->id, item->kind);
        if (slots[at] == BKTI_NO_ITEM) {
            slots[at] = i;
        }
    }
    return true;
}

bool bkti_structure_index(bkt_structure *structure) {
    return order_properties(structure) && order_children(structure) && make_slots(structure) &&
           bkti_structure_order_names(structure);
}

const bkt_item *bkti_item_find(const bkt_item *item, int kind, bkti_span id) {
    const bkt_structure *structure = item->structure;
    int32_t code = id.size == 0 ? -1 : bkti_dictionary_find(structure->ids, id);
    uint32_t index = code < 0 || structure->slot_count == 0
                         ? BKTI_NO_ITEM
                         : structure->slots[slot_of(structure, bkti_item_index(item), code, kind)];
    return index == BKTI_NO_ITEM ? NULL : &structure->items[index];
}
