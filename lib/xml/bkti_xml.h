/* SPDX-License-Identifier: MIT */
/* XML as elements with their attributes, from blocks of bytes. Two scanners stand behind it, a fast
 * one for the XML that data messages are made of and libxml2 for all of XML; who listens can't tell
 * which is at work. */
#ifndef BKTI_XML_H
#define BKTI_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_context.h"
#include "bkti_source.h"
#include "bkti_span.h"

typedef struct bkti_xml bkti_xml;

/* A name. `local` and `uri` are interned: within one scanner the same text is the same pointer, so
 * that a caller may compare pointers of names that it has seen before. */
typedef struct bkti_xml_name {
    bkti_span local;
    /* Terminated; NULL for no namespace, "" for a prefix that is not declared (a warning says so).
     */
    const char *uri;
} bkti_xml_name;

typedef struct bkti_xml_attribute {
    bkti_xml_name name;
    bkti_span value; /* references resolved; borrowed for the call */
    /* The value is the same as in the element of this shape that was told before. */
    bool is_same;
} bkti_xml_attribute;

typedef struct bkti_xml_namespace {
    const char *prefix; /* NULL for the default namespace */
    const char *uri;
} bkti_xml_namespace;

typedef struct bkti_xml_element {
    bkti_xml_name name;
    /* Elements of one number other than 0 have the same name and the same attributes in the same
     * order, and declare no namespace: only values differ. Numbers are never used again. */
    uint32_t shape;
    uint32_t depth; /* the root has 1 */
    const bkti_xml_attribute *attributes;
    const bkti_xml_namespace *namespaces; /* those declared on this element */
    uint32_t attribute_count;
    uint32_t namespace_count;
} bkti_xml_element;

/* What is called for each event. A status other than BKT_OK stops the scanner, which then gives it
 * back from bkti_xml_block(). */
typedef struct bkti_xml_handler {
    bkt_status (*start)(void *user, const bkti_xml_element *element);
    bkt_status (*finish)(void *user, const bkti_xml_name *name, uint32_t depth);
    /* Only while bkti_xml_want_text() is on. May come in several parts. */
    bkt_status (*text)(void *user, bkti_span text);
    /* Takes the place of start and finish where bkti_xml_repeat() allows it; may be NULL. From the
     * begin of each value on 32 bytes can be read, whatever they are. */
    bkt_status (*again)(void *user, const bkti_xml_element *element);
} bkti_xml_handler;

/* source gives the name for diagnostics; it must outlive the scanner. scanner: bkt_scanner. */
bkt_status bkti_xml_new(bkt_context *context, const bkti_source *source, int32_t scanner,
                        const bkti_xml_handler *handler, void *user, bkti_xml **out_xml);
void bkti_xml_free(bkti_xml *xml);
/* Scans a block of any size; last is true with (or after) the last one, for which size may be 0.
 * Errors are recorded with their place: EMPTY, NOT_XML, XML, TRUNCATED, ENCODING, DOCTYPE, LIMIT,
 * MEMORY, REPEATED_COMPONENT (an attribute twice), or what a handler gave. After one, every call
 * gives it again. */
bkt_status bkti_xml_block(bkti_xml *xml, bkti_span block, bool last);
/* Turns text events on or off; may be called from a handler. Off at first. */
void bkti_xml_want_text(bkti_xml *xml, bool wanted);
/* To be called from `start`: what the element and all in it look like is noted, up to its end. */
void bkti_xml_record(bkti_xml *xml);
/* To be called from `start` for an empty element, or from `finish` for one that was recorded:
 * elements that follow this one directly and differ from it in nothing but values may be told by
 * `again` alone, until there is any other event. They are told as one element, with the attributes
 * of all elements in it, in their order, but those whose bit is set in `fixed`: their values have
 * to stay the same. count: of the attributes. Gives what will be told, as far as it is known; NULL
 * if nothing will. */
const bkti_xml_element *bkti_xml_repeat(bkti_xml *xml, uint32_t fixed, uint32_t count);
/* To be called from a handler: what is left inside the element that is open then (in `start`, the
 * new one; in `finish`, the one around it) is passed over, and the next event is its end. Of what
 * is passed over it is checked that it is UTF-8, that comments, CDATA sections and instructions
 * have their ends, and that the element has its own; libxml2's scanner checks all. counted: a local
 * name (it must outlive the scanner); elements of that name that are passed over are added to
 * *count. */
void bkti_xml_skip(bkti_xml *xml, const char *counted, uint64_t *count);
/* Place of the "<" of the element whose start event is running (inside `start`), or of the scanner
 * (elsewhere); the source's name alone after an error. Not for every element: it may have to count.
 * A byte order mark counts in the offset, not in the column. In a document that is not in UTF-8 the
 * line is exact, while offset and column are those that it would have in UTF-8. */
void bkti_xml_place(const bkti_xml *xml, bkti_place *out_place);
/* The line of that place alone: cheap enough for every element. */
uint64_t bkti_xml_line(bkti_xml *xml);
/* Inside `again`: the place of the "<" of the tag in which a value stands. */
void bkti_xml_value_place(const bkti_xml *xml, const char *value, bkti_place *out_place);
/* The encoding that the document declares or has; "UTF-8" when it says nothing. */
const char *bkti_xml_encoding(const bkti_xml *xml);
/* Resolves a prefix with the declarations in force (for xsi:type); NULL when it has none. Inside
 * `start` only. */
const char *bkti_xml_prefix_uri(const bkti_xml *xml, bkti_span prefix);

/* For reading a document in pieces side by side, each scanner after the same begin of it. */
/* Whether the fast scanner is at work, and stands between two tokens. */
bool bkti_xml_is_between(const bkti_xml *xml);
/* The next block stands at this offset, wherever the last one ended; lines are counted anew. From
 * now on libxml2 is not asked: what it would be needed for ends the scanning with BKT_END. */
void bkti_xml_jump(bkti_xml *xml, uint64_t offset);
/* Whether the names that the other scanner met would surely find room here too. */
bool bkti_xml_can_follow(const bkti_xml *xml, const bkti_xml *other);
/* The other jumped to where this one stands: what it scanned since is as if scanned here. Both must
 * be between two tokens. False (nothing is recorded) without memory. */
bool bkti_xml_follow(bkti_xml *xml, const bkti_xml *other);
/* Where "<" stands with an element's local name behind it, prefix or not; NULL. It may stand in a
 * comment. The byte behind the name must be there too. */
const char *bkti_xml_find_start(const char *from, const char *end, const char *local);

#endif
