/* SPDX-License-Identifier: MIT */
/* Which XML elements structure messages of all versions are made of, and what each means. */
#ifndef BKTI_VOCABULARY_H
#define BKTI_VOCABULARY_H

#include <stdint.h>

#include "bkti_structure.h"

/* What is done with an element. */
enum bkti_action {
    BKTI_ACTION_SKIP,      /* with all that is in it */
    BKTI_ACTION_THROUGH,   /* what is in it counts as if it stood around it */
    BKTI_ACTION_FACETS,    /* as through; its attributes are the item's */
    BKTI_ACTION_FLAG,      /* as through; a property that is called after it has its name */
    BKTI_ACTION_ITEM,      /* a part (at the top: an artefact) */
    BKTI_ACTION_COMPONENT, /* a part whose id may be that of its concept or code */
    BKTI_ACTION_TEXT,      /* a property: its text */
    BKTI_ACTION_VALUE,     /* the same, also if it is empty; its attributes stand before it */
    BKTI_ACTION_REFERENCE, /* a property: its text, or what stands in Ref, URN and the like */
    BKTI_ACTION_ID         /* the item's id is its text */
};

typedef struct bkti_element {
    uint8_t within; /* kind of the item around it; BKT_ITEM_ANY is the top */
    uint8_t action;
    uint8_t kind;         /* of the item, or of what is referred to */
    uint8_t scope;        /* of a reference */
    const char *name;     /* of the element */
    const char *property; /* as which it is kept; NULL: as its own name */
} bkti_element;

/* NULL: this element has no meaning there. */
const bkti_element *bkti_vocabulary_find(int within, bkti_span name);
/* The kind of a class of SDMX's information model; 0 if it is not known. */
int bkti_vocabulary_kind(bkti_span class_name);
/* The class of an item, for its URN; NULL: it has none. */
const char *bkti_vocabulary_class(const bkt_item *item);

#endif
