/* SPDX-License-Identifier: MIT */
/* The inside of a structure: items, what is said of each, and how they are found. Rooms that use
 * structures take the public getters and the first functions below. */
#ifndef BKTI_STRUCTURE_H
#define BKTI_STRUCTURE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <bktrade/structure.h>

#include "bkti_context.h"
#include "bkti_dictionary.h"
#include "bkti_span.h"
#include "bkti_text.h"

/* A structure lives until the last who holds it drops it; NULL is fine. */
bkt_structure *bkti_structure_hold(const bkt_structure *structure);
void bkti_structure_drop(bkt_structure *structure);
/* What an artefact is called, "AGENCY:ID(VERSION)"; without the agency, if it has none. */
void bkti_item_append_name(const bkt_item *artefact, bkti_text *text);
/* The DSD of data that name a data structure, a dataflow, or nothing (NULL or "" each). Servers
 * give the DSD of a dataflow without the dataflow: what no message has may be of the only DSD. */
const bkt_item *bkti_structure_of_data(const bkt_structure *structure, const char *name,
                                       const char *dataflow);
/* The group that values of an attribute are told at, also where it only may be; NULL: none, or the
 * DSD lacks it. */
const bkt_item *bkti_component_group(const bkt_item *component);
/* That group as columns know it, see bkti_column_group(). Nothing where there is none. */
void bkti_component_append_group(const bkt_item *component, bkti_text *text);
/* Whether a code list has a code by an extension. */
bool bkti_item_is_inherited(const bkt_item *item);

#define BKTI_NO_ITEM UINT32_MAX

/* Names of properties that the library itself asks for. Each structure's dictionary of names begins
 * with them, so that these are its codes. */
enum bkti_property_name {
    BKTI_PROPERTY_NONE, /* the empty text: no qualifier */
    BKTI_PROPERTY_NAME,
    BKTI_PROPERTY_DESCRIPTION,
    BKTI_PROPERTY_AGENCY,
    BKTI_PROPERTY_VERSION,
    BKTI_PROPERTY_URN,
    BKTI_PROPERTY_CLASS,
    BKTI_PROPERTY_PARENT,
    BKTI_PROPERTY_CONCEPT,
    BKTI_PROPERTY_ENUMERATION,
    BKTI_PROPERTY_STRUCTURE,
    BKTI_PROPERTY_DIMENSION,
    BKTI_PROPERTY_GROUP,
    BKTI_PROPERTY_RELATIONSHIP,
    BKTI_PROPERTY_CODE_LIST,
    BKTI_PROPERTY_SELECTION,
    BKTI_PROPERTY_MEMBER_VALUE,
    BKTI_PROPERTY_PREFIX,
    BKTI_PROPERTY_ID,
    BKTI_PROPERTY_CODE,
    BKTI_PROPERTY_DATAFLOW,
    BKTI_PROPERTY_ALIAS,
    BKTI_PROPERTY_COUNT
};

/* Something said of an item. */
typedef struct bkti_property {
    const char *text;
    uint32_t item;   /* of which it is said */
    uint32_t target; /* the item referred to; BKTI_NO_ITEM */
    uint16_t name;
    uint16_t qualifier; /* BKTI_PROPERTY_NONE: there is none */
    /* A reference: how its target is to be looked for (bkti_scope, and the kind wanted). */
    uint8_t scope;
    uint8_t kind;
} bkti_property;

/* Where the target of a reference is. */
enum bkti_scope {
    BKTI_SCOPE_NONE,      /* no reference */
    BKTI_SCOPE_URN,       /* anywhere, by its URN */
    BKTI_SCOPE_SIBLING,   /* by its id among the parts of the same artefact, at any depth */
    BKTI_SCOPE_COMPONENT, /* by its id in the DSD */
    BKTI_SCOPE_ALIAS,     /* by its id in the code list that CodelistAliasRef names */
};

struct bkt_item {
    const bkt_structure *structure;
    int32_t id; /* its code in the structure's dictionary of ids */
    uint32_t parent;
    uint32_t first_child; /* in the structure's list of children, once finished */
    uint32_t child_count;
    uint32_t first_property; /* once finished */
    uint32_t property_count;
    uint32_t line;
    uint16_t source;
    uint8_t kind;
    bool is_left_out;  /* another artefact of this name was taken instead */
    bool is_inherited; /* a code that its list took from another */
};

typedef struct bkti_block bkti_block;

struct bkt_structure {
    _Atomic uint32_t references;
    bkti_memory *memory;
    bkti_dictionary *ids;
    bkti_dictionary *names;   /* of properties, languages and other qualifiers */
    bkti_dictionary *sources; /* what diagnostics call the messages */
    bkti_block *texts;        /* the newest block first */
    bkt_item *items;          /* the first is the root, whose children are the artefacts */
    size_t count;
    size_t capacity;
    bkti_property *properties;
    size_t property_count;
    size_t property_capacity;
    uint32_t *children; /* by parent, kind and order */
    uint32_t *by_name;  /* artefacts by id, kind, agency and version, the highest first */
    size_t name_count;
    uint32_t *slots;   /* of parts by parent, id and kind: the index of the first such item */
    size_t slot_count; /* a power of two */
};

/* ---- Making (store.c, index.c, lookup.c) ---- */

/* With the root alone. NULL without memory. */
bkt_structure *bkti_structure_new(bkti_memory *memory);
/* The index of a new item; BKTI_NO_ITEM without memory or room. */
uint32_t bkti_structure_add_item(bkt_structure *structure, uint32_t parent, int kind, bkti_span id);
/* A text of the structure's own, terminated; NULL without memory. */
const char *bkti_structure_keep(bkt_structure *structure, bkti_span text);
/* What is said of an item; NULL without memory or room. Valid until the next one is added. */
bkti_property *bkti_structure_add_property(bkt_structure *structure, uint32_t item, uint16_t name,
                                           bkti_span text);
/* The code of a name; 0 without memory or room. */
uint16_t bkti_structure_name(bkt_structure *structure, bkti_span name);
/* Puts properties and children in order and makes the index of ids. May be called again after more
 * were added. */
bool bkti_structure_index(bkt_structure *structure);
bool bkti_structure_order_names(bkt_structure *structure); /* a part of it */

/* ---- Asking (item.c) ---- */

/* The part of an item by its id, of a kind (BKT_ITEM_ANY: any); the one that came first. */
const bkt_item *bkti_item_find(const bkt_item *item, int kind, bkti_span id);
/* The first property of that name; NULL. */
const bkti_property *bkti_item_property(const bkt_item *item, uint16_t name);
const char *bkti_item_text(const bkt_item *item, uint16_t name);
/* The artefact that the item is, or is a part of. */
const bkt_item *bkti_item_artefact(const bkt_item *item);
static inline uint32_t bkti_item_index(const bkt_item *item) {
    return (uint32_t)(item - item->structure->items);
}

/* ---- References (reference.c, lookup.c) ---- */

/* The parts of a URN, or of a name such as "AGENCY:ID(VERSION).PART". Empty: not said. */
typedef struct bkti_urn {
    bkti_span class_name;
    bkti_span agency;
    bkti_span id; /* of the artefact */
    bkti_span version;
    bkti_span part; /* ids of the parts, one in the other, joined by "." */
} bkti_urn;
/* False: it is none. */
bool bkti_urn_parse(bkti_span text, bkti_urn *out_urn);
/* The package that SDMX's information model has a class in, such as "codelist". */
const char *bkti_urn_package(bkti_span class_name);
/* 0 for a version that is one of those asked for, < 0 for one that is lower, > 0 for one that is
 * higher than all of them; and the order of versions. */
int bkti_version_against(bkti_span version, bkti_span wanted);
int bkti_version_compare(bkti_span a, bkti_span b);
/* The item that a URN means, the one of the highest version. Its class is not looked at, but the
 * kind (BKT_ITEM_ANY: any), which is the part's, if there is a part. NULL: none, or several
 * agencies have one and the URN names none. */
const bkt_item *bkti_structure_resolve(const bkt_structure *structure, const bkti_urn *urn,
                                       int kind);
/* A part by the ids of the items on the way to it, joined by ".". */
const bkt_item *bkti_item_find_path(const bkt_item *item, int kind, bkti_span path);

/* What all items and references need once everything is there (resolve.c, extension.c): of
 * artefacts that came twice one is left out, references are resolved, code lists extended, circles
 * found. */
bkt_status bkti_structure_finish(bkt_context *context, bkt_structure *structure, bool is_strict);
bkt_status bkti_structure_extend(bkt_context *context, bkt_structure *structure);
/* Leads the references of items of a kind (BKT_ITEM_ANY: of all) to their targets. */
void bkti_structure_resolve_kind(bkt_structure *structure, int within);
/* The place of an item, for diagnostics. */
bkti_place bkti_item_place(const bkt_item *item);

#endif
