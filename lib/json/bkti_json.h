/* SPDX-License-Identifier: MIT */
/* A JSON document (RFC 8259) from blocks of bytes, as a tree that is whole in memory. */
#ifndef BKTI_JSON_H
#define BKTI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_context.h"
#include "bkti_source.h"
#include "bkti_span.h"

typedef struct bkti_json bkti_json;

/* source gives the name for diagnostics; it must outlive the document. */
bkt_status bkti_json_new(bkt_context *context, const bkti_source *source, bkti_json **out_json);
void bkti_json_free(bkti_json *json);
/* Takes a block of any size; last is true with (or after) the last one, for which size may be 0.
 * Errors are recorded with their place: EMPTY, LAYOUT (what is no JSON), TRUNCATED, ENCODING (it is
 * no UTF-8), LIMIT (depth_limit; text_limit: bytes of a text; memory_limit, by an estimate of what
 * the tree takes), MEMORY. After one, every call gives it again. */
bkt_status bkti_json_block(bkti_json *json, bkti_span block, bool last);

/* A value of the tree, borrowed from the document. NULL stands for JSON's null, and for what isn't
 * there. */
typedef struct bkti_json_value bkti_json_value;

enum bkti_json_kind {
    BKTI_JSON_NULL,
    BKTI_JSON_BOOLEAN,
    BKTI_JSON_NUMBER,
    BKTI_JSON_TEXT,
    BKTI_JSON_ARRAY,
    BKTI_JSON_OBJECT
};

/* After the last block: the document's value. */
const bkti_json_value *bkti_json_root(const bkti_json *json);
int bkti_json_kind(const bkti_json_value *value);
/* "a number", "an array" ... */
const char *bkti_json_kind_text(const bkti_json_value *value);
/* Of an object: one of its members; NULL if it has none such, or is no object. */
const bkti_json_value *bkti_json_member(const bkti_json_value *object, const char *name);
/* Items of an array, members of an object; 0 for any other. */
size_t bkti_json_count(const bkti_json_value *value);
/* Of an array: one of its items; NULL behind the last. */
const bkti_json_value *bkti_json_item(const bkti_json_value *array, size_t index);

/* Of an object: each member, in the order of the document. Begin with a walk of zeros. */
typedef struct bkti_json_walk {
    const void *next;
    bool has_begun;
    bkti_span name;
    const bkti_json_value *value;
} bkti_json_walk;
bool bkti_json_next_member(const bkti_json_value *object, bkti_json_walk *walk);

/* Of a text, a number or a boolean: the text; of a number just as it is written (an integer without
 * a needless sign). It lies in the document or in the room. size 0, data NULL: it is none of them.
 */
#define BKTI_JSON_ROOM 24
bkti_span bkti_json_text(const bkti_json_value *value, char room[BKTI_JSON_ROOM]);
/* Of a number: whether it is an integer from 0 to 4,294,967,294. */
bool bkti_json_index(const bkti_json_value *value, uint32_t *out_index);
/* Where an object or an array begins; line 0 for any other value, and where the document has a name
 * twice in an object. */
void bkti_json_place(const bkti_json *json, const bkti_json_value *value, bkti_place *out_place);
/* Names that stand twice in an object, of which the last counts. */
uint64_t bkti_json_repeated_count(const bkti_json *json);

#endif
