/* SPDX-License-Identifier: MIT */
/* A structure message being read into a structure. */
#ifndef BKTI_STRUCTURE_MESSAGE_H
#define BKTI_STRUCTURE_MESSAGE_H

#include "bkti_source.h"
#include "bkti_text.h"
#include "bkti_vocabulary.h"
#include "bkti_xml.h"

/* A reference whose parts are gathered. */
typedef struct bkti_reference_parts {
    bkti_text urn;
    bkti_text class_name;
    bkti_text agency;
    bkti_text scheme; /* id of the artefact, where `id` is that of a part */
    bkti_text id;
    bkti_text version;
    bkti_text alias; /* under which a hierarchy knows the code list */
} bkti_reference_parts;

typedef struct bkti_structure_frame {
    const bkti_element *element; /* NULL: it is only passed through */
    uint32_t item;               /* that stands open in it */
    uint16_t qualifier;          /* of the property that it becomes */
    uint8_t mode;
} bkti_structure_frame;

/* What elements mean that were met: names are interned, so that pointers tell them apart. */
#define BKTI_MEANING_CACHE 64
typedef struct bkti_met_element {
    const char *name; /* NULL: none yet */
    const bkti_element *meaning;
    int within;
} bkti_met_element;

typedef struct bkti_structure_message {
    bkt_context *context;
    bkti_xml *xml;
    const bkti_source *source;
    bkt_structure *structure;
    bkti_structure_frame *frames;
    size_t frame_count;
    size_t frame_capacity;
    bkti_text text; /* of the element that is open */
    bkti_reference_parts parts;
    const char *agency; /* of the artefact at hand; NULL: not said */
    uint16_t source_code;
    int32_t version; /* 21 for 2.1; 0: no message has begun */
    bkti_met_element met[BKTI_MEANING_CACHE];
    uint64_t passed_over;
    bool has_structure;
    bool is_alone;   /* what is no structure message is an error */
    bool is_refused; /* it is none */
} bkti_structure_message;

/* Reads the document at which the source stands. BKT_OK; for a document that is no structure
 * message MESSAGE_KIND or NOT_SDMX, or BKT_END (and nothing is recorded) if it is not alone; what
 * bkti_source_next_block() and bkti_xml_block() give; VERSION, LAYOUT, SERVER, LIMIT, MEMORY. */
bkt_status bkti_structure_message_read(bkt_context *context, bkti_source *source,
                                       bkt_structure *structure, bool is_alone);

/* ---- Between the files of this room ---- */

/* Kinds whose id is the attribute "value": codes of 1.0 and 2.0, sentinel values. */
static inline bool bkti_is_called_by_value(int kind) {
    return kind == BKT_ITEM_CODE || kind == BKT_ITEM_SENTINEL_VALUE;
}
bkt_status bkti_structure_message_no_room(bkti_structure_message *message);
/* Keeps the attributes of an element as properties of an item. */
bkt_status bkti_structure_take_attributes(bkti_structure_message *message,
                                          const bkti_element *meaning, uint32_t item,
                                          const bkti_xml_element *element);
void bkti_reference_parts_init(bkti_reference_parts *parts, bkti_memory *memory);
void bkti_reference_parts_free(bkti_reference_parts *parts);
void bkti_reference_parts_clear(bkti_reference_parts *parts);
/* A Ref of 2.1. */
void bkti_reference_parts_take_ref(bkti_reference_parts *parts, const bkti_xml_element *element);
/* Which part an element inside a reference is, by its name; NULL: none. */
bkti_text *bkti_reference_parts_of(bkti_reference_parts *parts, bkti_span name);
/* Keeps what was gathered as a property of the item. Nothing gathered: nothing is kept. */
bkt_status bkti_reference_parts_keep(bkti_structure_message *message, uint32_t item,
                                     const bkti_element *meaning);

#endif
