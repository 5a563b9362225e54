/* SPDX-License-Identifier: MIT */
/* The room's face: the way of a block through checks to json-c. */
#include "bkti_json_parts.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

bkt_status bkti_json_new(bkt_context *context, const bkti_source *source, bkti_json **out_json) {
    *out_json = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_json *json = bkti_allocate_zeroed(memory, 1, sizeof *json);
    if (json == NULL) {
        return bkti_no_memory(context);
    }
    const bkt_context_options *options = bkti_context_options(context);
    json->context = context;
    json->memory = memory;
    json->source = source;
    json->line = 1;
    json->text_limit = options->text_limit;
    json->depth_limit =
        options->depth_limit < BKTI_JSON_DEPTH_LIMIT ? options->depth_limit : BKTI_JSON_DEPTH_LIMIT;
    /* Its depth counts the values in the innermost array too. */
    json->tokener = json_tokener_new_ex((int)json->depth_limit + 2);
    if (json->tokener == NULL) {
        bkti_json_free(json);
        return bkti_no_memory(context);
    }
    json_tokener_set_flags(json->tokener, JSON_TOKENER_STRICT);
    *out_json = json;
    return BKT_OK;
}

void bkti_json_free(bkti_json *json) {
    if (json == NULL) {
        return;
    }
    if (json->tokener != NULL) {
        json_tokener_free(json->tokener);
    }
    json_object_put(json->root);
    bkti_release(json->memory, json->openings);
    bkti_release(json->memory, json);
}

bkt_status bkti_json_fail(bkti_json *json, bkt_status status, bkti_json_mark at, const char *format,
                          ...) {
    char sentence[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    bkti_place place = {
        .source = bkti_source_name(json->source),
        .offset = at.offset,
        .line = at.line,
        .column = at.offset - at.line_begin + 1,
    };
    json->status = bkti_fail(json->context, status, &place, "%s", sentence);
    return json->status;
}

static const char *expected_text(enum json_tokener_error error) {
    switch (error) {
    case json_tokener_error_parse_number:
        return "a number is not written as JSON has them";
    case json_tokener_error_parse_null:
    case json_tokener_error_parse_boolean:
        return "null, true or false was expected";
    case json_tokener_error_parse_array:
        return "',' or ']' was expected in an array";
    case json_tokener_error_parse_object_key_name:
        return "the name of a member was expected, in quotation marks";
    case json_tokener_error_parse_object_key_sep:
        return "':' was expected behind the name of a member";
    case json_tokener_error_parse_object_value_sep:
        return "',' or '}' was expected in an object";
    case json_tokener_error_parse_string:
        return "a text has an escape that JSON does not have";
    default:
        return "a value was expected";
    }
}

static bkti_json_mark move_mark(bkti_json_mark at, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        at.offset++;
        if (text[i] == '\n') {
            at.line++;
            at.line_begin = at.offset;
        }
    }
    return at;
}

static bkt_status fail_parse(bkti_json *json, enum json_tokener_error error, const char *text,
                             size_t size, bkti_json_mark begin) {
    size_t end = json_tokener_get_parse_end(json->tokener);
    bkti_json_mark at = move_mark(begin, text, end < size ? end : size);
    if (error == json_tokener_error_depth) {
        return bkti_json_fail(json, BKT_ERR_LIMIT, at,
                              "objects and arrays are nested deeper than depth_limit (%u)",
                              (unsigned)json->depth_limit);
    }
    if (error == json_tokener_continue || error == json_tokener_success) {
        json->status = bkti_no_memory(json->context);
        return json->status;
    }
    return bkti_json_fail(json, BKT_ERR_LAYOUT, at, "this is no JSON: %s", expected_text(error));
}

bkt_status bkti_json_feed(bkti_json *json, const char *text, size_t size, bkti_json_mark begin) {
    struct json_object *root = json_tokener_parse_ex(json->tokener, text, (int)size);
    enum json_tokener_error error = json_tokener_get_error(json->tokener);
    size_t end = json_tokener_get_parse_end(json->tokener);
    if (error == json_tokener_success) {
        json->root = root;
        json->has_root = true;
        return end == size || json->depth == 0 ? BKT_OK
                                               : fail_parse(json, error, text, size, begin);
    }
    return error == json_tokener_continue && end == size
               ? BKT_OK
               : fail_parse(json, error, text, size, begin);
}

/* The byte begins a character that is none; so many of its bytes were taken already. */
static bkt_status fail_encoding(bkti_json *json, unsigned char byte, size_t taken) {
    bkti_json_mark at = {json->offset - taken, json->line, json->line_begin};
    if (byte == 0) {
        return bkti_json_fail(json, BKT_ERR_ENCODING, at, "a zero byte stands in the document");
    }
    return bkti_json_fail(json, BKT_ERR_ENCODING, at,
                          "the byte 0x%02X is no UTF-8, which JSON is written in", (unsigned)byte);
}

static const char mark[] = "\xEF\xBB\xBF";

/* A byte order mark is no text: it counts in the offset alone. */
static void take_mark(bkti_json *json, bkti_span *block) {
    while (json->offset < sizeof mark - 1 && !json->has_text && block->size > 0 &&
           json->line_begin == json->offset && block->data[0] == mark[json->offset]) {
        block->data++;
        block->size--;
        json->offset++;
        json->line_begin++;
    }
}

static bkt_status take_block(bkti_json *json, bkti_span block) {
    take_mark(json, &block);
    const bkt_context_options *options = bkti_context_options(json->context);
    uint64_t used = bkti_memory_used(json->memory);
    json->tree_limit = options->memory_limit == 0      ? UINT64_MAX
                       : options->memory_limit <= used ? 0
                                                       : options->memory_limit - used;
    const unsigned char *bytes = (const unsigned char *)block.data;
    size_t rest = json->utf_8.rest_size;
    unsigned char first = json->utf_8.rest[0];
    size_t good = bkti_utf_8_check(&json->utf_8, bytes, block.size);
    if (bkti_json_scan(json, block.data, good) != BKT_OK || good == block.size) {
        return json->status;
    }
    bool is_of_rest = good == 0 && rest > 0 && json->utf_8.rest_size > 0;
    return is_of_rest ? fail_encoding(json, first, rest) : fail_encoding(json, bytes[good], 0);
}

static bkt_status end(bkti_json *json) {
    bkti_json_mark at = {json->offset, json->line, json->line_begin};
    if (!json->has_text) {
        return bkti_json_fail(json, BKT_ERR_EMPTY, at, "there is no text in the document");
    }
    if (!json->has_root) {
        return bkti_json_fail(json, BKT_ERR_TRUNCATED, at,
                              "the JSON document ends in its midst: the file is cut off");
    }
    json_tokener_free(json->tokener);
    json->tokener = NULL;
    bkti_json_number_tree(json);
    return BKT_OK;
}

bkt_status bkti_json_block(bkti_json *json, bkti_span block, bool last) {
    if (json->status == BKT_OK && block.size > INT_MAX / 2) {
        bkti_json_mark at = {json->offset, json->line, json->line_begin};
        return bkti_json_fail(json, BKT_ERR_INTERNAL, at, "the block is too large for json-c");
    }
    if (json->status == BKT_OK && block.size > 0) {
        json->status = take_block(json, block);
    }
    if (json->status == BKT_OK && last && json->tokener != NULL) {
        json->status = end(json);
    }
    return json->status;
}
