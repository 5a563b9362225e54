/* SPDX-License-Identifier: MIT */
/* What the DSD of a data set says of its components. For the reader room alone. */
#ifndef BKTI_COMPONENTS_H
#define BKTI_COMPONENTS_H

#include <bktrade/structure.h>

#include "bkti_dictionary.h"
#include "bkti_table.h"

typedef struct bkti_component {
    const bkt_item *item;
    bkti_labels *labels; /* made for the first column */
    int32_t kind;        /* of its column */
    int32_t role;
    int32_t level;
    uint32_t rank; /* of its column among the others */
    bool is_told;  /* that a message has it as something else */
} bkti_component;

/* One DSD. */
typedef struct bkti_components {
    struct bkti_components *next;
    const bkt_item *data_structure;
    char *name;           /* of it, for people */
    bkti_dictionary *ids; /* the code of an id is its component's place */
    bkti_component *items;
    uint32_t count;
    int32_t time; /* places; -1: there is none */
    int32_t primary;
    int32_t measure_dimension;
    bkti_dictionary *cross_ids; /* cross-sectional measures of 1.0 and 2.0, and what each is */
    const char **cross_codes;   /* in the measure dimension */
    bkti_dictionary *strangers; /* ids that data have and the DSD lacks: each is told once */
} bkti_components;

/* NULL without memory. */
bkti_components *bkti_components_new(bkti_memory *memory, const bkt_item *data_structure);
void bkti_components_free(bkti_memory *memory, bkti_components *components);
/* The place of a component, also of one that data may call otherwise; -1. */
int32_t bkti_components_find(const bkti_components *components, bkti_span id);
/* What the measure of a cross-sectional observation is in the measure dimension; what it is called
 * where the DSD doesn't say. */
bkti_span bkti_components_cross_code(const bkti_components *components, bkti_span measure);
static inline bkti_span bkti_components_id(const bkti_components *components, int32_t place) {
    return bkti_dictionary_span(components->ids, place);
}

/* The rank of a column of a role that the DSD lacks: behind those that it has. */
uint32_t bkti_rank_of_stranger(int32_t role);

/* component_labels.c */
/* "AGENCY:ID(VERSION)" of an artefact, to be released; NULL without memory. */
char *bkti_artefact_name(bkti_memory *memory, const bkt_item *artefact);
/* Names, type and code list of a component. NULL without memory. */
bkti_labels *bkti_component_labels_new(bkti_memory *memory, const bkt_item *component);
/* Whether labels made so are of the same codes as another component has, or not made so. */
bool bkti_component_labels_agree(const bkti_labels *labels, const bkt_item *component);
/* The kind that the entries of a component's list have. */
int32_t bkti_code_kind(const bkt_item *code_list);

#endif
