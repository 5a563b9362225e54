/* SPDX-License-Identifier: MIT */
/* What a structure is made of while it is read: items and properties in the order in which they
 * came, texts in blocks that never move. */
#include <string.h>

#include "bkti_structure.h"

#define FIRST_BLOCK   ((size_t)1024)
#define LARGEST_BLOCK ((size_t)1 << 20)

struct bkti_block {
    bkti_block *next;
    size_t size;
    size_t used;
    char bytes[];
};

static const char *const property_names[] = {
    [BKTI_PROPERTY_NONE] = "",
    [BKTI_PROPERTY_NAME] = "Name",
    [BKTI_PROPERTY_DESCRIPTION] = "Description",
    [BKTI_PROPERTY_AGENCY] = "agencyID",
    [BKTI_PROPERTY_VERSION] = "version",
    [BKTI_PROPERTY_URN] = "urn",
    [BKTI_PROPERTY_CLASS] = "class",
    [BKTI_PROPERTY_PARENT] = "Parent",
    [BKTI_PROPERTY_CONCEPT] = "ConceptIdentity",
    [BKTI_PROPERTY_ENUMERATION] = "Enumeration",
    [BKTI_PROPERTY_STRUCTURE] = "Structure",
    [BKTI_PROPERTY_DIMENSION] = "Dimension",
    [BKTI_PROPERTY_GROUP] = "Group",
    [BKTI_PROPERTY_RELATIONSHIP] = "Relationship",
    [BKTI_PROPERTY_CODE_LIST] = "Codelist",
    [BKTI_PROPERTY_SELECTION] = "selection",
    [BKTI_PROPERTY_MEMBER_VALUE] = "MemberValue",
    [BKTI_PROPERTY_PREFIX] = "prefix",
    [BKTI_PROPERTY_ID] = "id",
    [BKTI_PROPERTY_CODE] = "Code",
    [BKTI_PROPERTY_DATAFLOW] = "Dataflow",
    [BKTI_PROPERTY_ALIAS] = "CodelistAliasRef",
};
_Static_assert(sizeof property_names / sizeof *property_names == BKTI_PROPERTY_COUNT,
               "each has its text");

bkt_structure *bkti_structure_hold(const bkt_structure *structure) {
    bkt_structure *held = (bkt_structure *)(uintptr_t)structure;
    if (held != NULL) {
        atomic_fetch_add_explicit(&held->references, 1, memory_order_relaxed);
    }
    return held;
}

void bkti_structure_drop(bkt_structure *structure) {
    if (structure == NULL ||
        atomic_fetch_sub_explicit(&structure->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    bkti_memory *memory = structure->memory;
    bkti_block *next;
    for (bkti_block *each = structure->texts; each != NULL; each = next) {
        next = each->next;
        bkti_release(memory, each);
    }
    bkti_dictionary_drop(structure->ids);
    bkti_dictionary_drop(structure->names);
    bkti_dictionary_drop(structure->sources);
    bkti_release(memory, structure->items);
    bkti_release(memory, structure->properties);
    bkti_release(memory, structure->children);
    bkti_release(memory, structure->by_name);
    bkti_release(memory, structure->slots);
    bkti_release(memory, structure);
    bkti_memory_drop(memory);
}

bkt_structure *bkti_structure_new(bkti_memory *memory) {
    bkt_structure *structure = bkti_allocate_zeroed(memory, 1, sizeof *structure);
    if (structure == NULL) {
        return NULL;
    }
    atomic_init(&structure->references, 1);
    structure->memory = bkti_memory_hold(memory);
    structure->ids = bkti_dictionary_new(memory);
    structure->names = bkti_dictionary_new(memory);
    structure->sources = bkti_dictionary_new(memory);
    bool done = structure->ids != NULL && structure->names != NULL && structure->sources != NULL;
    for (int i = 0; done && i < BKTI_PROPERTY_COUNT; i++) {
        done = bkti_dictionary_add(structure->names, bkti_span_of(property_names[i])) == i;
    }
    done =
        done && bkti_structure_add_item(structure, BKTI_NO_ITEM, BKT_ITEM_ANY, BKTI_SPAN("")) == 0;
    if (!done) {
        bkti_structure_drop(structure);
        return NULL;
    }
    return structure;
}

static bkti_block *new_block(bkt_structure *structure, size_t needed) {
    size_t size = structure->texts == NULL ? FIRST_BLOCK : 2 * structure->texts->size;
    size = size > LARGEST_BLOCK ? LARGEST_BLOCK : size;
    size = size < needed ? needed : size;
    bkti_block *block = size > SIZE_MAX - sizeof *block
                            ? NULL
                            : bkti_allocate(structure->memory, sizeof(bkti_block) + size);
    if (block != NULL) {
        block->next = structure->texts;
        block->size = size;
        block->used = 0;
        structure->texts = block;
    }
    return block;
}

const char *bkti_structure_keep(bkt_structure *structure, bkti_span text) {
    if (text.size == 0) {
        return "";
    }
    bkti_block *block = structure->texts;
    if (block == NULL || block->size - block->used <= text.size) {
        block = new_block(structure, text.size + 1);
    }
    if (block == NULL) {
        return NULL;
    }
    char *kept = block->bytes + block->used;
    memcpy(kept, text.data, text.size);
    kept[text.size] = '\0';
    block->used += text.size + 1;
    return kept;
}

uint32_t bkti_structure_add_item(bkt_structure *structure, uint32_t parent, int kind,
                                 bkti_span id) {
    int32_t code = bkti_dictionary_add(structure->ids, id);
    if (code < 0 || structure->count >= BKTI_NO_ITEM - 1 ||
        !bkti_grow(structure->memory, (void **)&structure->items, &structure->capacity,
                   structure->count + 1, sizeof *structure->items)) {
        return BKTI_NO_ITEM;
    }
    structure->items[structure->count] =
        (bkt_item){.structure = structure, .id = code, .parent = parent, .kind = (uint8_t)kind};
    return (uint32_t)structure->count++;
}

bkti_property *bkti_structure_add_property(bkt_structure *structure, uint32_t item, uint16_t name,
                                           bkti_span text) {
    const char *kept = bkti_structure_keep(structure, text);
    if (kept == NULL || structure->property_count >= UINT32_MAX ||
        !bkti_grow(structure->memory, (void **)&structure->properties,
                   &structure->property_capacity, structure->property_count + 1,
                   sizeof *structure->properties)) {
        return NULL;
    }
    bkti_property *property = &structure->properties[structure->property_count++];
    *property = (bkti_property){.text = kept, .item = item, .target = BKTI_NO_ITEM, .name = name};
    return property;
}

uint16_t bkti_structure_name(bkt_structure *structure, bkti_span name) {
    int32_t code = bkti_dictionary_find(structure->names, name);
    if (code < 0 && bkti_dictionary_count(structure->names) < UINT16_MAX) {
        code = bkti_dictionary_add(structure->names, name);
    }
    return code < 0 ? 0 : (uint16_t)code;
}
