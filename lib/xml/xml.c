/* SPDX-License-Identifier: MIT */
/* The room's face: the way of a block to one of the two scanners, and what they share. */
#include "bkti_xml.h"

#include <string.h>

#include "bkti_xml_parts.h"

/* So many bytes are waited for at least, so that what is no XML can be quoted. */
#define ENOUGH_TO_QUOTE 64

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

bkt_status bkti_xml_new(bkt_context *context, const bkti_source *source, int32_t scanner,
                        const bkti_xml_handler *handler, void *user, bkti_xml **out_xml) {
    *out_xml = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_xml *xml = bkti_allocate_zeroed(memory, 1, sizeof *xml);
    if (xml == NULL) {
        return bkti_no_memory(context);
    }
    const bkt_context_options *options = bkti_context_options(context);
    xml->context = context;
    xml->memory = memory;
    xml->source = source;
    xml->handler = *handler;
    xml->user = user;
    xml->position.line = 1;
    xml->depth_limit = options->depth_limit;
    xml->attribute_limit = options->attribute_limit;
    xml->attribute_count_limit = options->attribute_count_limit;
    xml->text_limit = options->text_limit;
#if defined(BKTI_NO_FAST_SCANNER)
    scanner = BKT_SCANNER_LIBXML2;
#endif
    xml->names = bkti_dictionary_new(memory);
    bool done = xml->names != NULL && (scanner != BKT_SCANNER_FAST || bkti_fast_new(xml));
    bkt_status status = done ? BKT_OK : bkti_no_memory(context);
    if (status == BKT_OK && xml->fast == NULL) {
        status = bkti_libxml2_begin(xml);
    }
    if (status != BKT_OK) {
        bkti_xml_free(xml);
        return status;
    }
    *out_xml = xml;
    return BKT_OK;
}

void bkti_xml_free(bkti_xml *xml) {
    if (xml == NULL) {
        return;
    }
    bkti_fast_free(xml);
    xmlFreeParserCtxt(xml->parser);
    bkti_dictionary_drop(xml->names);
    bkti_encoding_close(&xml->encoding);
    bkti_release(xml->memory, xml->attributes);
    bkti_release(xml->memory, xml->namespaces);
    bkti_release(xml->memory, xml->open);
    bkti_release(xml->memory, xml->prefixes);
    bkti_release(xml->memory, xml->room);
    bkti_release(xml->memory, xml);
}

bkti_span bkti_xml_intern(bkti_xml *xml, bkti_span text) {
    int32_t count = bkti_dictionary_count(xml->names);
    int32_t code = bkti_dictionary_add(xml->names, text);
    if (code == count) {
        xml->names_size += text.size + 1;
    }
    return xml->names_size > BKTI_XML_NAMES_LIMIT ? (bkti_span){NULL, 0}
                                                  : bkti_dictionary_span(xml->names, code);
}

bool bkti_xml_grow(bkti_xml *xml, void **array, size_t *capacity, size_t needed, size_t item_size) {
    size_t old = *capacity;
    if (!bkti_grow(xml->memory, array, capacity, needed, item_size)) {
        bkti_xml_fail_memory(xml);
        return false;
    }
    if (*capacity > old) {
        memset((char *)*array + old * item_size, 0, (*capacity - old) * item_size);
    }
    return true;
}

bool bkti_xml_has_room(bkti_xml *xml, size_t attribute_count) {
    void *attributes = xml->attributes;
    bool grown = bkti_xml_grow(xml, &attributes, &xml->attribute_capacity, attribute_count,
                               sizeof *xml->attributes);
    xml->attributes = attributes;
    if (grown) {
        void *open = xml->open;
        grown = bkti_xml_grow(xml, &open, &xml->open_capacity, (size_t)xml->depth + 2,
                              sizeof *xml->open);
        xml->open = open;
    }
    return grown;
}

bool bkti_xml_declare(bkti_xml *xml, size_t index, const char *prefix, const char *uri) {
    void *namespaces = xml->namespaces;
    void *prefixes = xml->prefixes;
    bool grown = bkti_xml_grow(xml, &namespaces, &xml->namespace_capacity, index + 1,
                               sizeof *xml->namespaces);
    xml->namespaces = namespaces;
    grown = grown && bkti_xml_grow(xml, &prefixes, &xml->prefix_capacity, xml->prefix_count + 1,
                                   sizeof *xml->prefixes);
    xml->prefixes = prefixes;
    if (grown) {
        xml->namespaces[index] = (bkti_xml_namespace){prefix, uri};
        xml->prefixes[xml->prefix_count++] = (bkti_xml_prefix){prefix, uri, xml->depth + 1};
    }
    return grown;
}

void bkti_xml_undeclare(bkti_xml *xml) {
    while (xml->prefix_count > 0 && xml->prefixes[xml->prefix_count - 1].depth == xml->depth) {
        xml->prefix_count--;
    }
}

/* Sees to it that the document begins like XML. */
static bkt_status check_begin(bkti_xml *xml, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        char byte = text[i];
        uint64_t offset = xml->blank_size + i;
        if (byte == '\n') {
            xml->blank_lines++;
            xml->blank_line_begin = offset + 1;
        } else if (byte == '<') {
            xml->has_begun = true;
            return BKT_OK;
        } else if (byte != ' ' && byte != '\t' && byte != '\r') {
            bkti_span found = {text + i, size - i};
            bkti_place place = {
                .source = bkti_source_name(xml->source),
                .offset = offset,
                .line = xml->blank_lines + 1,
                .column = offset - xml->blank_line_begin + 1,
            };
            return bkti_xml_fail_not_xml(xml, &place, found);
        }
    }
    xml->blank_size += size;
    return BKT_OK;
}

static bkt_status scan(bkti_xml *xml, const char *text, size_t size) {
    if (!xml->has_begun && check_begin(xml, text, size) != BKT_OK) {
        return xml->status;
    }
    return xml->fast != NULL ? bkti_fast_scan(xml, text, size) : bkti_libxml2_scan(xml, text, size);
}

static bkt_status scan_converted(bkti_xml *xml, const unsigned char *data, size_t size) {
    if (xml->room == NULL) {
        xml->room = bkti_allocate(xml->memory, BKTI_XML_PIECE);
        if (xml->room == NULL) {
            return bkti_xml_fail_memory(xml);
        }
    }
    bkti_encoding_result result;
    const unsigned char *begin = data;
    do {
        size_t made;
        result =
            bkti_encoding_convert(&xml->encoding, &data, &size, xml->room, BKTI_XML_PIECE, &made);
        if (scan(xml, xml->room, made) != BKT_OK) {
            return xml->status;
        }
    } while (result == BKTI_ENCODING_FULL);
    if (result == BKTI_ENCODING_BAD) {
        bkti_place place;
        bkti_xml_place_of(xml, xml->parser->input->end, &place);
        size_t rest = xml->encoding.rest_size;
        place.offset = xml->raw_given + (uint64_t)(data - begin) - rest;
        return bkti_xml_fail_encoding(xml, &place, rest > 0 ? xml->encoding.rest[0] : *data);
    }
    xml->raw_given += (uint64_t)(data - begin);
    return BKT_OK;
}

static bkt_status take(bkti_xml *xml, const unsigned char *data, size_t size) {
    return xml->encoding.kind == BKTI_ENCODING_UTF_8 ? scan(xml, (const char *)data, size)
                                                     : scan_converted(xml, data, size);
}

static bkt_status open_encoding(bkti_xml *xml) {
    bkti_encoding *encoding = &xml->encoding;
    bkti_place place = {.source = bkti_source_name(xml->source), .line = 1, .column = 1};
    bkt_status status = bkti_encoding_open(encoding);
    if (status == BKT_ERR_MEMORY) {
        return bkti_xml_fail(xml, status, NULL, "out of memory");
    }
    if (status != BKT_OK) {
        xml->status = bkti_fail(xml->context, status, &place,
                                "the document declares the encoding '%s', which is not known here",
                                encoding->name);
        return xml->status;
    }
    if (encoding->is_mislabelled) {
        bkti_tell(xml->context, BKT_SEVERITY_WARNING, BKT_ERR_ENCODING, &place,
                  "the document says that its encoding is %s, but its bytes are not; it is read as "
                  "UTF-8",
                  encoding->name);
    }
    xml->raw_given = encoding->mark;
    bkti_xml_mark mark = {.line = 1};
    if (encoding->kind == BKTI_ENCODING_UTF_8) {
        mark.offset = encoding->mark;
        mark.line_begin = encoding->mark;
    }
    xml->blank_size = mark.offset;
    xml->blank_line_begin = mark.line_begin;
    xml->position.given = mark.offset;
    xml->position.line_begin = mark.line_begin;
    xml->position.waiting_line_begin = mark.line_begin;
    xml->position.line = mark.line;
    if (xml->fast != NULL && (encoding->kind != BKTI_ENCODING_UTF_8 || encoding->is_mislabelled)) {
        bkti_fast_free(xml);
        return bkti_libxml2_begin(xml);
    }
    if (xml->fast != NULL) {
        bkti_fast_begin(xml, &mark);
    }
    return BKT_OK;
}

/* Collects the first bytes until they tell the encoding. */
static bkt_status take_head(bkti_xml *xml, bkti_span *block, bool last) {
    size_t room = sizeof xml->head - xml->head_size;
    size_t part = block->size < room ? block->size : room;
    if (part > 0) {
        memcpy(xml->head + xml->head_size, block->data, part);
        xml->head_size += part;
        block->data += part;
        block->size -= part;
    }
    bool is_all = (last && block->size == 0) || xml->head_size == sizeof xml->head;
    if ((xml->head_size < ENOUGH_TO_QUOTE && !is_all) ||
        !bkti_encoding_detect(&xml->encoding, xml->head, xml->head_size, is_all)) {
        return BKT_OK;
    }
    xml->is_known = true;
    if (open_encoding(xml) != BKT_OK) {
        return xml->status;
    }
    return take(xml, xml->head + xml->encoding.mark, xml->head_size - xml->encoding.mark);
}

static bkt_status end(bkti_xml *xml) {
    bkti_place place = {.source = bkti_source_name(xml->source)};
    xml->has_ended = true;
    if (xml->fast != NULL && xml->has_begun &&
        (bkti_fast_end(xml) != BKT_OK || xml->fast != NULL)) {
        return xml->status;
    }
    if (xml->encoding.rest_size > 0 || xml->check.rest_size > 0) {
        bkti_xml_place_of(xml, xml->parser->input->end, &place);
        return bkti_xml_fail_truncated(xml, &place);
    }
    if (!xml->has_begun) {
        return bkti_xml_fail(xml, BKT_ERR_EMPTY, &place,
                             xml->blank_size == 0
                                 ? "the document is empty; an SDMX message was expected"
                                 : "the document has nothing but white space; an SDMX message was "
                                   "expected");
    }
    return bkti_libxml2_end(xml);
}

bkt_status bkti_xml_block(bkti_xml *xml, bkti_span block, bool last) {
    if (xml->status != BKT_OK || xml->has_ended) {
        return xml->status;
    }
    if (!xml->is_known && take_head(xml, &block, last) != BKT_OK) {
        return xml->status;
    }
    if (block.size > 0 && take(xml, (const unsigned char *)block.data, block.size) != BKT_OK) {
        return xml->status;
    }
    return last ? end(xml) : BKT_OK;
}

void bkti_xml_want_text(bkti_xml *xml, bool wanted) {
    xml->wants_text = wanted;
    xml->text_size = 0;
    if (xml->parser != NULL) {
        bkti_libxml2_want_text(xml);
    }
}

void bkti_xml_record(bkti_xml *xml) {
    xml->wants_record = xml->fast != NULL;
}

const bkti_xml_element *bkti_xml_repeat(bkti_xml *xml, uint32_t fixed, uint32_t count) {
    return xml->fast == NULL || xml->handler.again == NULL ? NULL
                                                           : bkti_fast_repeat(xml, fixed, count);
}

void bkti_xml_skip(bkti_xml *xml, const char *counted, uint64_t *count) {
    xml->skipping.wanted = true;
    xml->skipping.counted = bkti_span_of(counted);
    xml->skipping.count = count;
}

uint64_t bkti_xml_line(bkti_xml *xml) {
    bool is_whole = xml->status == BKT_OK || xml->is_in_start;
    if (is_whole && xml->fast == NULL && xml->parser->input != NULL) {
        return bkti_xml_line_of(xml, xml->is_in_start ? bkti_xml_tag_begin(xml)
                                                      : xml->parser->input->cur);
    }
    bkti_place place;
    bkti_xml_place(xml, &place);
    return place.line;
}

void bkti_xml_place(const bkti_xml *xml, bkti_place *out_place) {
    memset(out_place, 0, sizeof *out_place);
    out_place->source = bkti_source_name(xml->source);
    if (xml->status != BKT_OK && !xml->is_in_start) {
        return;
    }
    if (xml->fast != NULL) {
        bkti_fast_place(xml, out_place);
        return;
    }
    const xmlParserInput *input = xml->parser->input;
    if (input != NULL) {
        bkti_xml_place_of(xml, xml->is_in_start ? bkti_xml_tag_begin(xml) : input->cur, out_place);
    }
}

void bkti_xml_value_place(const bkti_xml *xml, const char *value, bkti_place *out_place) {
    bkti_xml_place(xml, out_place);
    if (xml->fast != NULL) {
        bkti_fast_value_place(xml, value, out_place);
    }
}

const char *bkti_xml_encoding(const bkti_xml *xml) {
    return xml->is_known ? xml->encoding.name : "UTF-8";
}

const char *bkti_xml_prefix_uri(const bkti_xml *xml, bkti_span prefix) {
    for (size_t i = xml->prefix_count; i > 0; i--) {
        const bkti_xml_prefix *declared = &xml->prefixes[i - 1];
        if (bkti_span_is(prefix, declared->prefix == NULL ? "" : declared->prefix)) {
            return declared->uri;
        }
    }
    return bkti_span_is(prefix, "xml") ? XML_NAMESPACE : NULL;
}

bool bkti_xml_is_between(const bkti_xml *xml) {
    return xml->status == BKT_OK && xml->is_known && xml->fast != NULL && bkti_fast_is_between(xml);
}

void bkti_xml_jump(bkti_xml *xml, uint64_t offset) {
    xml->is_apart = true;
    bkti_fast_jump(xml, offset);
}

bool bkti_xml_can_follow(const bkti_xml *xml, const bkti_xml *other) {
    return xml->names_size + other->names_size <= BKTI_XML_NAMES_LIMIT;
}

bool bkti_xml_follow(bkti_xml *xml, const bkti_xml *other) {
    int32_t count = bkti_dictionary_count(other->names);
    for (int32_t code = 0; code < count; code++) {
        if (bkti_xml_intern(xml, bkti_dictionary_span(other->names, code)).data == NULL) {
            return false;
        }
    }
    bkti_fast_follow_other(xml, other);
    return true;
}
