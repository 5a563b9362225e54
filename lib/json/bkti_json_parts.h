/* SPDX-License-Identifier: MIT */
/* A document being read. For the json room alone. */
#ifndef BKTI_JSON_PARTS_H
#define BKTI_JSON_PARTS_H

#include <json-c/json.h>

#include "bkti_encoding.h"
#include "bkti_json.h"

/* Deeper than this no document nests, whatever the limit of the context: json-c keeps a place for
 * each level. */
#define BKTI_JSON_DEPTH_LIMIT 1000

/* What stands behind a long integer so that json-c keeps its text: it would become the greatest
 * number of 64 bits otherwise. */
#define BKTI_JSON_EXPONENT "e0"
/* Integers of fewer digits are exact. */
#define BKTI_JSON_LONG 19

typedef struct bkti_json_opening {
    uint64_t offset;
    uint64_t line;
    uint64_t column;
} bkti_json_opening;

struct bkti_json {
    bkt_context *context;
    bkti_memory *memory;
    const bkti_source *source;
    bkt_status status;
    struct json_tokener *tokener;
    struct json_object *root;
    bool has_root; /* it may be null */

    /* What is looked at before json-c sees it. */
    bkti_utf_8 utf_8;
    uint64_t offset; /* of the next byte */
    uint64_t line;
    uint64_t line_begin;
    bool has_text; /* anything but white space and a mark */
    bool is_in_text;
    bool is_escaped;
    uint64_t text_size;
    bool is_in_number;
    bool is_plain; /* the number has digits and a sign alone */
    uint32_t digits;
    uint32_t depth;
    uint32_t depth_limit;
    uint64_t text_limit;
    uint64_t member_count;
    uint64_t repeated_count;
    uint64_t tree_size; /* bytes, estimated */
    uint64_t tree_limit;

    /* The place of each object and array, in their order. */
    bkti_json_opening *openings;
    size_t opening_count;
    size_t opening_capacity;
    bool has_places;
};

/* scan.c: takes checked UTF-8. */
bkt_status bkti_json_scan(bkti_json *json, const char *text, size_t size);
/* json.c: gives a stretch to json-c, which stands at an offset; what stands before it in its line
 * is known. */
typedef struct bkti_json_mark {
    uint64_t offset;
    uint64_t line;
    uint64_t line_begin;
} bkti_json_mark;
bkt_status bkti_json_feed(bkti_json *json, const char *text, size_t size, bkti_json_mark begin);
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bkt_status
bkti_json_fail(bkti_json *json, bkt_status status, bkti_json_mark at, const char *format, ...);

/* tree.c: notes of each object and array which it is, so that its place can be told. */
void bkti_json_number_tree(bkti_json *json);

#endif
