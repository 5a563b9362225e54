/* SPDX-License-Identifier: MIT */
/* What a component of a structure says of its column. It holds the structure, so that tables
 * outlive the reader and the caller's structure. */
#include "bkti_components.h"

#include <string.h>

#include "bkti_structure.h"
#include "bkti_text.h"

typedef struct component_labels {
    bkti_labels labels;
    bkti_memory *memory;
    bkt_structure *structure;
    const bkt_item *concept_item; /* NULL: no message has it */
    const bkt_item *code_list;    /* NULL: there is none */
    char *list_name;
} component_labels;

int32_t bkti_code_kind(const bkt_item *code_list) {
    switch (bkt_item_kind(code_list)) {
    case BKT_ITEM_VALUE_LIST:
        return BKT_ITEM_VALUE;
    case BKT_ITEM_CONCEPT_SCHEME:
        return BKT_ITEM_CONCEPT;
    default:
        return BKT_ITEM_CODE;
    }
}

static const char *concept_name(const bkti_labels *labels, const char *language) {
    return bkt_item_name(((const component_labels *)labels)->concept_item, language);
}

static const char *code_name(const bkti_labels *labels, const char *code, const char *language) {
    const component_labels *own = (const component_labels *)labels;
    return bkt_item_name(bkt_item_child_find(own->code_list, bkti_code_kind(own->code_list), code),
                         language);
}

static void end(bkti_labels *labels) {
    component_labels *own = (component_labels *)labels;
    bkti_memory *memory = own->memory;
    bkti_structure_drop(own->structure);
    bkti_release(memory, own->list_name);
    bkti_release(memory, own);
    bkti_memory_drop(memory);
}

bool bkti_component_labels_agree(const bkti_labels *labels, const bkt_item *component) {
    if (labels->concept_name != concept_name) {
        return true;
    }
    const bkt_item *code_list = ((const component_labels *)labels)->code_list;
    return code_list == NULL || code_list == bkt_component_code_list(component);
}

char *bkti_artefact_name(bkti_memory *memory, const bkt_item *artefact) {
    bkti_text text;
    bkti_text_init(&text, memory);
    bkti_item_append_name(artefact, &text);
    char *name = text.failed ? NULL : bkti_copy_text(memory, bkti_text_get(&text), text.size);
    bkti_text_free(&text);
    return name;
}

bkti_labels *bkti_component_labels_new(bkti_memory *memory, const bkt_item *component) {
    component_labels *own = bkti_allocate_zeroed(memory, 1, sizeof *own);
    if (own == NULL) {
        return NULL;
    }
    own->memory = bkti_memory_hold(memory);
    own->structure = bkti_structure_hold(bkt_item_structure(component));
    own->concept_item = bkt_component_concept(component);
    own->code_list = bkt_component_code_list(component);
    own->labels.concept_name = concept_name;
    own->labels.code_name = code_name;
    own->labels.end = end;
    own->labels.type = bkt_component_type(component);
    atomic_init(&own->labels.references, 1);
    if (own->code_list != NULL) {
        own->list_name = bkti_artefact_name(memory, own->code_list);
        own->labels.code_list = own->list_name;
        own->labels.has_code_names = true;
        if (own->list_name == NULL) {
            bkti_labels_drop(&own->labels);
            return NULL;
        }
    }
    return &own->labels;
}
