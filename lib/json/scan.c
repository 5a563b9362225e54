/* SPDX-License-Identifier: MIT */
/* What must be seen before json-c takes a text: where objects and arrays begin, limits, and
 * integers that are longer than 64 bits. Everything else that JSON demands json-c looks at. */
#include "bkti_json_parts.h"

#include <stdarg.h>
#include <stdio.h>

/* What json-c takes for a value, measured: it is not asked of the context's memory. */
enum {
    OBJECT_SIZE = 800,
    ARRAY_SIZE = 160,
    MEMBER_SIZE = 160,
    NUMBER_SIZE = 112,
    TEXT_SIZE = 80,
    DOCUMENT_SIZE = 4096 /* the tokener's own */
};

/* The part of a block that json-c was not given yet. */
typedef struct stretch {
    const char *text;
    size_t begin;
    bkti_json_mark at;
} stretch;

static bkti_json_mark mark_of(const bkti_json *json) {
    return (bkti_json_mark){json->offset, json->line, json->line_begin};
}

static bkt_status feed_until(bkti_json *json, stretch *rest, size_t end) {
    size_t begin = rest->begin;
    bkti_json_mark at = rest->at;
    rest->begin = end;
    rest->at = mark_of(json);
    return end == begin ? BKT_OK : bkti_json_feed(json, rest->text + begin, end - begin, at);
}

/* What stands before comes first, also if it is wrong. */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
static bkt_status
fail_at(bkti_json *json, stretch *rest, size_t index, bkt_status status, const char *format, ...) {
    char sentence[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    bkt_status fed = feed_until(json, rest, index);
    return fed == BKT_OK ? bkti_json_fail(json, status, mark_of(json), "%s", sentence) : fed;
}

static bkt_status add_size(bkti_json *json, stretch *rest, size_t index, uint64_t size) {
    json->tree_size += size;
    if (json->tree_size + DOCUMENT_SIZE <= json->tree_limit) {
        return BKT_OK;
    }
    uint64_t limit = bkti_context_options(json->context)->memory_limit;
    return fail_at(json, rest, index, BKT_ERR_LIMIT,
                   "the document is too large: JSON is read whole, which would take more than "
                   "memory_limit (%llu bytes)",
                   (unsigned long long)limit);
}

static bkt_status open_container(bkti_json *json, stretch *rest, size_t index, char byte) {
    if (json->depth == json->depth_limit) {
        return fail_at(json, rest, index, BKT_ERR_LIMIT,
                       "objects and arrays are nested deeper than depth_limit (%u)",
                       (unsigned)json->depth_limit);
    }
    json->depth++;
    void *openings = json->openings;
    if (!bkti_grow(json->memory, &openings, &json->opening_capacity, json->opening_count + 1,
                   sizeof *json->openings)) {
        json->status = bkti_no_memory(json->context);
        return json->status;
    }
    json->openings = openings;
    json->openings[json->opening_count++] =
        (bkti_json_opening){json->offset, json->line, json->offset - json->line_begin + 1};
    return add_size(json, rest, index, byte == '{' ? OBJECT_SIZE : ARRAY_SIZE);
}

/* json-c keeps the text of what has an exponent. */
static bkt_status end_number(bkti_json *json, stretch *rest, size_t index) {
    json->is_in_number = false;
    if (!json->is_plain || json->digits < BKTI_JSON_LONG) {
        return BKT_OK;
    }
    bkt_status status = feed_until(json, rest, index);
    return status == BKT_OK ? bkti_json_feed(json, BKTI_JSON_EXPONENT,
                                             sizeof BKTI_JSON_EXPONENT - 1, mark_of(json))
                            : status;
}

static bkt_status scan_number(bkti_json *json, stretch *rest, size_t index, char byte) {
    bool is_digit = byte >= '0' && byte <= '9';
    if (!json->is_in_number) {
        json->is_in_number = true;
        json->is_plain = true;
        json->digits = 0;
        bkt_status status = add_size(json, rest, index, NUMBER_SIZE);
        if (status != BKT_OK) {
            return status;
        }
    }
    json->digits += is_digit;
    json->is_plain = json->is_plain && (is_digit || byte == '-');
    return add_size(json, rest, index, 1);
}

static bool is_of_number(char byte) {
    return (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' || byte == '.' ||
           byte == 'e' || byte == 'E';
}

static bkt_status scan_text(bkti_json *json, stretch *rest, size_t index, char byte) {
    if (json->is_escaped) {
        json->is_escaped = false;
    } else if (byte == '\\') {
        json->is_escaped = true;
    } else if (byte == '"') {
        json->is_in_text = false;
        return add_size(json, rest, index, json->text_size);
    }
    json->text_size++;
    return json->text_size <= json->text_limit
               ? BKT_OK
               : fail_at(json, rest, index, BKT_ERR_LIMIT,
                         "a text is longer than text_limit (%llu bytes)",
                         (unsigned long long)json->text_limit);
}

/* json-c also takes what is not JSON: texts in single quotation marks. */
static bkt_status scan_outside(bkti_json *json, stretch *rest, size_t index, char byte) {
    switch (byte) {
    case '"':
        json->is_in_text = true;
        json->text_size = 0;
        return add_size(json, rest, index, TEXT_SIZE);
    case '{':
    case '[':
        return open_container(json, rest, index, byte);
    case '}':
    case ']':
        json->depth -= json->depth > 0;
        return BKT_OK;
    case ':':
        json->member_count++;
        return add_size(json, rest, index, MEMBER_SIZE);
    case '\'':
        return fail_at(json, rest, index, BKT_ERR_LAYOUT,
                       "a single quotation mark stands where JSON has none; texts are in "
                       "double ones");
    default:
        return BKT_OK;
    }
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bkt_status scan_byte(bkti_json *json, stretch *rest, size_t index) {
    char byte = rest->text[index];
    if (json->is_in_text) {
        return scan_text(json, rest, index, byte);
    }
    if (json->has_root && !is_space(byte)) {
        return bkti_json_fail(json, BKT_ERR_LAYOUT, mark_of(json),
                              "text stands behind the end of the JSON document");
    }
    json->has_text = json->has_text || !is_space(byte);
    if (json->is_in_number ? is_of_number(byte) : (byte >= '0' && byte <= '9') || byte == '-') {
        return scan_number(json, rest, index, byte);
    }
    bkt_status status = json->is_in_number ? end_number(json, rest, index) : BKT_OK;
    return status == BKT_OK ? scan_outside(json, rest, index, byte) : status;
}

bkt_status bkti_json_scan(bkti_json *json, const char *text, size_t size) {
    stretch rest = {text, 0, mark_of(json)};
    for (size_t i = 0; i < size; i++) {
        char byte = text[i];
        bool was_inside = json->depth > 0;
        if (scan_byte(json, &rest, i) != BKT_OK) {
            return json->status;
        }
        json->offset++;
        if (byte == '\n') {
            json->line++;
            json->line_begin = json->offset;
        }
        /* The root's end: what comes behind it is not json-c's. */
        if (was_inside && json->depth == 0 && !json->is_in_text &&
            feed_until(json, &rest, i + 1) != BKT_OK) {
            return json->status;
        }
        if (json->has_root) {
            rest.begin = i + 1;
            rest.at = mark_of(json);
        }
    }
    return feed_until(json, &rest, size);
}
