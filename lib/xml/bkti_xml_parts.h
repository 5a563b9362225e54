/* SPDX-License-Identifier: MIT */
/* What a scanner is made of; the only header that shows libxml2. For this room alone. */
#ifndef BKTI_XML_PARTS_H
#define BKTI_XML_PARTS_H

#include <libxml/parser.h>

#include "bkti_declaration.h"
#include "bkti_dictionary.h"
#include "bkti_xml.h"

/* What libxml2 gets at once. It copies, so that a piece should stay in the processor's cache. */
#define BKTI_XML_PIECE ((size_t)32 * 1024)
/* What libxml2 keeps waiting for its end beyond this is looked at: see waiting.c. */
#define BKTI_XML_WAITING_FLOOR ((size_t)64 * 1024)
/* Bytes of all different names and namespaces of a document together. */
#define BKTI_XML_NAMES_LIMIT ((size_t)4 * 1024 * 1024)
#define BKTI_XML_NAME_SLOTS  256

/* A prefix that is declared, and the depth of the element that did. */
typedef struct bkti_xml_prefix {
    const char *prefix;
    const char *uri;
    uint32_t depth;
} bkti_xml_prefix;

/* A name of libxml2's, which has one address a document, and the same of ours. */
typedef struct bkti_xml_name_slot {
    const char *theirs;
    bkti_span ours;
} bkti_xml_name_slot;

/* A place in the document: what its line has before it is offset - line_begin. */
typedef struct bkti_xml_mark {
    uint64_t offset;
    uint64_t line; /* from 1 */
    uint64_t line_begin;
} bkti_xml_mark;

/* An element that is open. The rest is known for those that the fast scanner opened. */
typedef struct bkti_xml_open {
    bkti_xml_name name;
    bkti_span qualified; /* with its prefix, interned */
    uint64_t offset;     /* of its "<" */
    uint64_t line;       /* 0: to be counted before the block goes */
} bkti_xml_open;

/* Where libxml2 stands in what it was given. Offsets are those of the UTF-8 form. */
typedef struct bkti_xml_position {
    uint64_t given;    /* bytes given before the piece at hand */
    const char *piece; /* NULL: none is being scanned */
    size_t piece_size;
    size_t held_back; /* 1 while libxml2 keeps the piece's last byte, a CR, out of its buffer */
    size_t newlines;  /* of the piece */
    uint64_t line;    /* that is open before the piece; libxml2 counts too, but not always well */
    uint64_t line_begin;         /* offset of the line that is open before the piece */
    uint64_t waiting;            /* offset of what libxml2 keeps until its end comes */
    uint64_t waiting_line_begin; /* of its line, which may begin in an earlier piece */
    uint64_t asked;              /* offset whose line was asked for last */
    uint64_t asked_line;         /* 0: none was */
} bkti_xml_position;

/* A long start tag that waits for its end, and how far it was looked at. */
typedef struct bkti_xml_waiting {
    uint64_t begin;
    size_t seen;
    char quote;   /* 0: outside a value */
    uint64_t run; /* bytes since the last quotation mark */
    uint64_t attribute_count;
} bkti_xml_waiting;

struct bkti_fast;

/* What is passed over. */
typedef struct bkti_xml_skipping {
    bool wanted;    /* a handler asked for it just now */
    uint32_t depth; /* of the element that is passed over; 0: none */
    bkti_span counted;
    uint64_t *count;
} bkti_xml_skipping;

struct bkti_xml {
    bkt_context *context;
    bkti_memory *memory;
    const bkti_source *source;
    bkti_xml_handler handler;
    void *user;
    bkt_status status; /* what ended it */
    bool is_known;     /* the encoding is */
    bool has_begun;    /* something else than white space came */
    bool has_root;
    uint64_t blank_size; /* bytes before it began, the byte order mark included */
    uint64_t blank_lines;
    uint64_t blank_line_begin;
    bool is_ending; /* libxml2 was told that nothing more comes */
    bool has_ended;
    bool is_in_start;
    uint32_t depth;
    bool wants_record; /* a handler asked for it just now */
    bool wants_text;
    uint64_t text_size; /* of the text at hand so far */
    bkti_xml_skipping skipping;

    struct bkti_fast *fast;  /* NULL when libxml2 is at work */
    bool is_apart;           /* scans a piece; libxml2 is not asked */
    xmlParserCtxtPtr parser; /* NULL while it is not */
    bool is_replaying;       /* libxml2 is being told what was scanned before it */

    bkti_dictionary *names; /* all local names, prefixes and namespaces */
    size_t names_size;

    bkti_xml_attribute *attributes; /* reused for each element */
    size_t attribute_capacity;
    bkti_xml_namespace *namespaces;
    size_t namespace_capacity;
    bkti_xml_open *open; /* the open elements; [depth] is the innermost */
    size_t open_capacity;
    bkti_xml_prefix *prefixes; /* those in force */
    size_t prefix_count;
    size_t prefix_capacity;
    bkti_xml_name_slot slots[BKTI_XML_NAME_SLOTS]; /* by libxml2's address */

    uint64_t depth_limit;
    uint64_t attribute_limit;
    uint64_t attribute_count_limit;
    uint64_t text_limit;

    bkti_xml_position position;
    bkti_xml_waiting waiting;

    bkti_encoding encoding;
    bkti_utf_8 check;
    uint64_t raw_given; /* bytes of the document converted so far */
    char *room;         /* BKTI_XML_PIECE bytes for what is converted */
    size_t head_size;
    unsigned char head[BKTI_ENCODING_HEAD];
};

/* xml.c: what both scanners share. */
/* The text as it is kept; data NULL without memory or room (BKTI_XML_NAMES_LIMIT). */
bkti_span bkti_xml_intern(bkti_xml *xml, bkti_span text);
/* Makes room, all zeros where nothing was; false (recorded) without memory. */
bool bkti_xml_grow(bkti_xml *xml, void **array, size_t *capacity, size_t needed, size_t item_size);
/* Room for so many attributes, and for one more open element. */
bool bkti_xml_has_room(bkti_xml *xml, size_t attribute_count);
/* Adds a declaration of the element at xml->depth + 1, as its index-th. */
bool bkti_xml_declare(bkti_xml *xml, size_t index, const char *prefix, const char *uri);
/* Forgets what the element at xml->depth declared. */
void bkti_xml_undeclare(bkti_xml *xml);

/* libxml2.c */
bkt_status bkti_libxml2_begin(bkti_xml *xml);
/* Scans UTF-8 up to the first byte that is none. */
bkt_status bkti_libxml2_scan(bkti_xml *xml, const char *text, size_t size);
bkt_status bkti_libxml2_end(bkti_xml *xml);
void bkti_libxml2_want_text(bkti_xml *xml);
/* Tells libxml2 what is open, so that it goes on where `mark` is. */
bkt_status bkti_libxml2_take_over(bkti_xml *xml, const bkti_xml_mark *mark);

/* fast.c */
bool bkti_fast_new(bkti_xml *xml);
void bkti_fast_free(bkti_xml *xml);
/* The document begins at this mark. */
void bkti_fast_begin(bkti_xml *xml, const bkti_xml_mark *mark);
/* Scans; libxml2 may be at work afterwards. */
bkt_status bkti_fast_scan(bkti_xml *xml, const char *text, size_t size);
/* Nothing more comes. libxml2 takes over if something is amiss. */
bkt_status bkti_fast_end(bkti_xml *xml);
/* See bkti_xml_repeat(). */
const bkti_xml_element *bkti_fast_repeat(bkti_xml *xml, uint32_t fixed, uint32_t count);
void bkti_fast_place(const bkti_xml *xml, bkti_place *out_place);
bool bkti_fast_is_between(const bkti_xml *xml);
void bkti_fast_jump(bkti_xml *xml, uint64_t offset);
void bkti_fast_follow_other(bkti_xml *xml, const bkti_xml *other);
void bkti_fast_value_place(const bkti_xml *xml, const char *value, bkti_place *out_place);

/* place.c, for libxml2. */
/* The place of a byte in libxml2's buffer, or of its end. */
/* The line of a byte: cheap if those asked for one after the other are near. */
uint64_t bkti_xml_line_of(bkti_xml *xml, const xmlChar *byte);
void bkti_xml_place_of(const bkti_xml *xml, const xmlChar *byte, bkti_place *out_place);
/* The "<" of the tag that ends where libxml2 stands; where it stands, if there is none. */
const xmlChar *bkti_xml_tag_begin(const bkti_xml *xml);
void bkti_xml_piece_begins(bkti_xml *xml, const char *piece, size_t size);
void bkti_xml_piece_ends(bkti_xml *xml);

/* fault.c: each records an error, makes it the scanner's status and gives it back. */
bkt_status bkti_xml_fail(bkti_xml *xml, bkt_status status, const bkti_place *place,
                         const char *sentence);
bkt_status bkti_xml_fail_limit(bkti_xml *xml, const bkti_place *place, const char *what,
                               uint64_t limit, const char *name);
bkt_status bkti_xml_fail_memory(bkti_xml *xml);
/* There is no memory, or no room for more names. */
bkt_status bkti_xml_fail_names(bkti_xml *xml, const bkti_place *place);
bkt_status bkti_xml_fail_doctype(bkti_xml *xml, const bkti_place *place, const char *root);
bkt_status bkti_xml_fail_encoding(bkti_xml *xml, const bkti_place *place, unsigned char byte);
/* A character that XML does not allow. */
bkt_status bkti_xml_fail_character(bkti_xml *xml, const bkti_place *place, unsigned character);
/* The document does not begin like XML: text is its first other thing than white space. */
bkt_status bkti_xml_fail_not_xml(bkti_xml *xml, const bkti_place *place, bkti_span text);
bkt_status bkti_xml_fail_truncated(bkti_xml *xml, const bkti_place *place);
/* What libxml2 calls for its errors and warnings. */
#if LIBXML_VERSION >= 21200
void bkti_xml_on_error(void *user, const xmlError *error);
#else
void bkti_xml_on_error(void *user, xmlErrorPtr error);
#endif

/* waiting.c */
/* Looks at a token (of two bytes at least) that begins at an offset and has no end yet. */
bkt_status bkti_xml_check_token(bkti_xml *xml, uint64_t begin, const char *text, size_t size);
/* Looks at what libxml2 keeps because its end has not come yet: however long it gets, memory must
 * not follow. To be called between pieces. */
bkt_status bkti_xml_check_waiting(bkti_xml *xml);

#endif
