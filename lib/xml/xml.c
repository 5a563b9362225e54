/* SPDX-License-Identifier: MIT */
/* The scanner on libxml2's push parser. Its callbacks are where the time goes: they neither
 * allocate nor measure anything that they have met before. */
#include "bkti_xml.h"

#include <string.h>

#include "bkti_xml_parts.h"

/* So many bytes are waited for at least, so that what is no XML can be quoted. */
#define ENOUGH_TO_QUOTE 64

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* To be called when a status was set within one of libxml2's calls: it shall come back. */
static void stop(bkti_xml *xml) {
    xmlStopParser(xml->parser);
}

/* The length of a name. Each name of a document has one address (libxml2 keeps a dictionary), so
 * it is measured but once, unless two share a slot. */
static size_t name_size(bkti_xml *xml, const xmlChar *name) {
    uintptr_t address = (uintptr_t)name;
    bkti_xml_size_slot *slot = &xml->sizes[(address ^ address >> 8) % BKTI_XML_SIZE_SLOTS];
    if (slot->text != (const char *)name) {
        slot->text = (const char *)name;
        slot->size = strlen(slot->text);
    }
    return slot->size;
}

/* The namespace of a name; a prefix that was never declared must not look like none. */
static const char *namespace_of(const xmlChar *prefix, const xmlChar *uri) {
    return uri == NULL && prefix != NULL ? "" : (const char *)uri;
}

/* Makes room, all zeros where nothing was: names are compared with what stood there before. */
static bool grow(bkti_xml *xml, void **array, size_t *capacity, size_t needed, size_t item_size) {
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

static bool has_room(bkti_xml *xml, size_t attribute_count) {
    void *attributes = xml->attributes;
    bool grown =
        grow(xml, &attributes, &xml->attribute_capacity, attribute_count, sizeof *xml->attributes);
    xml->attributes = attributes;
    if (grown) {
        void *open = xml->open;
        grown = grow(xml, &open, &xml->open_capacity, (size_t)xml->depth + 2, sizeof *xml->open);
        xml->open = open;
    }
    return grown;
}

static bool is_within_limits(bkti_xml *xml, size_t attribute_count) {
    bkti_place place;
    if (attribute_count > xml->attribute_count_limit) {
        bkti_xml_place(xml, &place);
        bkti_xml_fail_limit(xml, &place, "an element has more attributes than",
                            xml->attribute_count_limit, "attribute_count_limit");
        return false;
    }
    if (xml->depth >= xml->depth_limit) {
        bkti_xml_place(xml, &place);
        bkti_xml_fail_limit(xml, &place, "elements are nested deeper than", xml->depth_limit,
                            "depth_limit");
        return false;
    }
    return has_room(xml, attribute_count);
}

/* Fills the attributes of an element in; five pointers each: local, prefix, uri, value, its end. */
static bool take_attributes(bkti_xml *xml, const xmlChar *const *given, size_t count) {
    bkti_xml_attribute *attribute = xml->attributes;
    for (size_t i = 0; i < count; i++, attribute++, given += 5) {
        if (attribute->name.local.data != (const char *)given[0]) {
            attribute->name.local.data = (const char *)given[0];
            attribute->name.local.size = name_size(xml, given[0]);
        }
        attribute->name.uri = namespace_of(given[1], given[2]);
        attribute->value.data = (const char *)given[3];
        attribute->value.size = (size_t)(given[4] - given[3]);
        if (attribute->value.size > xml->attribute_limit) {
            bkti_place place;
            bkti_xml_place(xml, &place);
            bkti_xml_fail_limit(xml, &place, "an attribute is longer than", xml->attribute_limit,
                                "attribute_limit");
            return false;
        }
    }
    return true;
}

static bool take_namespaces(bkti_xml *xml, const xmlChar *const *given, size_t count) {
    void *namespaces = xml->namespaces;
    if (!grow(xml, &namespaces, &xml->namespace_capacity, count, sizeof *xml->namespaces)) {
        return false;
    }
    xml->namespaces = namespaces;
    void *prefixes = xml->prefixes;
    if (!grow(xml, &prefixes, &xml->prefix_capacity, xml->prefix_count + count,
              sizeof *xml->prefixes)) {
        return false;
    }
    xml->prefixes = prefixes;
    for (size_t i = 0; i < count; i++) {
        xml->namespaces[i].prefix = (const char *)given[2 * i];
        xml->namespaces[i].uri = (const char *)given[2 * i + 1];
        bkti_xml_prefix *declared = &xml->prefixes[xml->prefix_count++];
        declared->prefix = xml->namespaces[i].prefix;
        declared->uri = xml->namespaces[i].uri;
        declared->depth = xml->depth + 1;
    }
    return true;
}

static bool take_element(bkti_xml *xml, const xmlChar *local, const char *uri, size_t count,
                         const xmlChar *const *attributes) {
    if ((count > xml->attribute_capacity || count > xml->attribute_count_limit ||
         xml->depth + 2 > xml->open_capacity || xml->depth >= xml->depth_limit) &&
        !is_within_limits(xml, count)) {
        return false;
    }
    if (!take_attributes(xml, attributes, count)) {
        return false;
    }
    bkti_xml_name *name = &xml->open[++xml->depth];
    if (name->local.data != (const char *)local) {
        name->local.data = (const char *)local;
        name->local.size = name_size(xml, local);
    }
    name->uri = uri;
    return true;
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes) {
    bkti_xml *xml = user;
    (void)defaulted_count; /* needs a DOCTYPE */
    xml->is_in_start = true;
    if (xml->status != BKT_OK ||
        (namespace_count > 0 && !take_namespaces(xml, namespaces, (size_t)namespace_count)) ||
        !take_element(xml, local, namespace_of(prefix, uri), (size_t)attribute_count, attributes)) {
        xml->is_in_start = false;
        stop(xml);
        return;
    }
    xml->has_root = true;
    xml->text_size = 0;
    bkti_xml_element element = {
        .name = xml->open[xml->depth],
        .attributes = xml->attributes,
        .namespaces = xml->namespaces,
        .attribute_count = (uint32_t)attribute_count,
        .namespace_count = (uint32_t)namespace_count,
        .depth = xml->depth,
    };
    xml->status = xml->handler.start(xml->user, &element);
    xml->is_in_start = false;
    if (xml->status != BKT_OK) {
        stop(xml);
    }
}

static void on_finish(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    bkti_xml *xml = user;
    (void)local; /* libxml2 has seen to it that it fits the start tag */
    (void)prefix;
    (void)uri;
    if (xml->status == BKT_OK) {
        xml->status = xml->handler.finish(xml->user, &xml->open[xml->depth], xml->depth);
    }
    if (xml->status != BKT_OK) {
        stop(xml);
        return;
    }
    while (xml->prefix_count > 0 && xml->prefixes[xml->prefix_count - 1].depth == xml->depth) {
        xml->prefix_count--;
    }
    xml->depth--;
    xml->text_size = 0;
}

static void on_text(void *user, const xmlChar *text, int size) {
    bkti_xml *xml = user;
    if (xml->status == BKT_OK && (xml->text_size += (uint64_t)size) > xml->text_limit) {
        bkti_place place;
        bkti_xml_place(xml, &place);
        bkti_xml_fail_limit(xml, &place, "a text is longer than", xml->text_limit, "text_limit");
    }
    if (xml->status == BKT_OK) {
        bkti_span part = {(const char *)text, (size_t)size};
        xml->status = xml->handler.text(xml->user, part);
    }
    if (xml->status != BKT_OK) {
        stop(xml);
    }
}

static void on_doctype(void *user, const xmlChar *root, const xmlChar *public_id,
                       const xmlChar *system_id) {
    bkti_xml *xml = user;
    (void)public_id;
    (void)system_id;
    if (xml->status == BKT_OK) {
        bkti_place place;
        bkti_xml_place_of(xml, bkti_xml_tag_begin(xml), &place);
        bkti_xml_fail_doctype(xml, &place, root == NULL ? "" : (const char *)root);
    }
    stop(xml);
}

static bkt_status new_parser(bkti_xml *xml) {
    xmlSAXHandler calls;
    memset(&calls, 0, sizeof calls);
    calls.initialized = XML_SAX2_MAGIC;
    calls.startElementNs = on_start;
    calls.endElementNs = on_finish;
    calls.internalSubset = on_doctype;
    calls.serror = bkti_xml_on_error;
    xmlInitParser();
    xml->parser = xmlCreatePushParserCtxt(&calls, xml, NULL, 0, NULL);
    if (xml->parser == NULL) {
        return bkti_fail(xml->context, BKT_ERR_MEMORY, NULL, "out of memory");
    }
    /* The limits are ours; what comes is UTF-8 whatever the declaration says; and without a
     * DOCTYPE the only entities are XML's five, which NOENT has resolved in attributes. */
    xmlCtxtUseOptions(xml->parser,
                      XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    return BKT_OK;
}

bkt_status bkti_xml_new(bkt_context *context, const bkti_source *source,
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
    xml->depth_limit = options->depth_limit;
    xml->attribute_limit = options->attribute_limit;
    xml->attribute_count_limit = options->attribute_count_limit;
    xml->text_limit = options->text_limit;
    bkt_status status = new_parser(xml);
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
    xmlFreeParserCtxt(xml->parser);
    bkti_encoding_close(&xml->encoding);
    bkti_release(xml->memory, xml->attributes);
    bkti_release(xml->memory, xml->namespaces);
    bkti_release(xml->memory, xml->open);
    bkti_release(xml->memory, xml->prefixes);
    bkti_release(xml->memory, xml->room);
    bkti_release(xml->memory, xml);
}

/* Sees to it that the document begins like XML. */
static bkt_status check_begin(bkti_xml *xml, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        char byte = text[i];
        uint64_t offset = xml->position.given + i;
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
    return BKT_OK;
}

/* Has libxml2 scan good UTF-8. */
static bkt_status scan_good(bkti_xml *xml, const char *text, size_t size) {
    while (size > 0) {
        size_t piece = size < BKTI_XML_PIECE ? size : BKTI_XML_PIECE;
        bkti_xml_piece_begins(xml, text, piece);
        int code = xmlParseChunk(xml->parser, text, (int)piece, 0);
        if (xml->status == BKT_OK && code != 0) {
            bkti_xml_fail(xml, BKT_ERR_XML, NULL, "the XML is not well-formed");
        }
        if (xml->status != BKT_OK) {
            return xml->status;
        }
        bkti_xml_piece_ends(xml);
        if (bkti_xml_check_waiting(xml) != BKT_OK) {
            return xml->status;
        }
        text += piece;
        size -= piece;
    }
    return BKT_OK;
}

/* Scans UTF-8 up to the first byte that is none. */
static bkt_status scan(bkti_xml *xml, const char *text, size_t size) {
    if (!xml->has_begun && check_begin(xml, text, size) != BKT_OK) {
        return xml->status;
    }
    size_t good = bkti_utf_8_check(&xml->check, (const unsigned char *)text, size);
    if (scan_good(xml, text, good) != BKT_OK || good == size) {
        return xml->status;
    }
    const bkti_utf_8 *check = &xml->check;
    bkti_place place;
    bkti_xml_place_of(xml, xml->parser->input->end - check->rest_size, &place);
    unsigned char byte = check->rest_size > 0 ? check->rest[0] : (unsigned char)text[good];
    return byte == 0 ? bkti_xml_fail_character(xml, &place, 0)
                     : bkti_xml_fail_encoding(xml, &place, byte);
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
    if (encoding->kind == BKTI_ENCODING_UTF_8) {
        xml->position.given = encoding->mark;
        xml->position.line_begin = encoding->mark;
        xml->position.waiting_line_begin = encoding->mark;
        xml->blank_line_begin = encoding->mark;
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

static bool has_text(const xmlChar *begin, const xmlChar *end, const char *text) {
    size_t size = strlen(text);
    while (begin < end && (begin = memchr(begin, text[0], (size_t)(end - begin))) != NULL) {
        if ((size_t)(end - begin) >= size && memcmp(begin, text, size) == 0) {
            return true;
        }
        begin++;
    }
    return false;
}

/* Whether a tag has its end, or a '<' that no end can come before. */
static bool has_tag_end(const xmlChar *begin, const xmlChar *end) {
    xmlChar quote = 0;
    for (; begin < end; begin++) {
        if (*begin == '<' || (*begin == '>' && quote == 0)) {
            return true;
        }
        if (quote != 0) {
            quote = *begin == quote ? 0 : quote;
        } else if (*begin == '"' || *begin == '\'') {
            quote = *begin;
        }
    }
    return false;
}

/* A tag, declaration, instruction or comment without its end: libxml2 would take part of it for an
 * element, or find fault with what is there of it. */
static bool waits_for_end(const bkti_xml *xml) {
    const xmlChar *left = xml->parser->input->cur;
    const xmlChar *end = xml->parser->input->end;
    size_t size = (size_t)(end - left);
    if (size >= 2 && memcmp(left, "<?", 2) == 0) {
        return !has_text(left + 2, end, "?>");
    }
    if (size >= 4 && memcmp(left, "<!--", 4) == 0) {
        return !has_text(left + 4, end, "-->");
    }
    if (size >= 2 && left[0] == '<' && left[1] != '!') {
        return !has_tag_end(left + 1, end);
    }
    /* What may follow "<!", and "<" itself, is not whole. */
    return size > 0 && size < 9 &&
           ((size < 4 && memcmp(left, "<!--", size) == 0) || memcmp(left, "<![CDATA[", size) == 0 ||
            memcmp(left, "<!DOCTYPE", size) == 0);
}

static bkt_status end(bkti_xml *xml) {
    bkti_place place = {.source = bkti_source_name(xml->source)};
    xml->has_ended = true;
    if (xml->encoding.rest_size > 0 || xml->check.rest_size > 0) {
        bkti_xml_place(xml, &place);
        return bkti_xml_fail_truncated(xml, &place);
    }
    if (!xml->has_begun) {
        return bkti_xml_fail(xml, BKT_ERR_EMPTY, &place,
                             xml->position.given == 0
                                 ? "the document is empty; an SDMX message was expected"
                                 : "the document has nothing but white space; an SDMX message was "
                                   "expected");
    }
    if (waits_for_end(xml)) {
        bkti_xml_place_of(xml, xml->parser->input->end, &place);
        return bkti_xml_fail_truncated(xml, &place);
    }
    xml->is_ending = true;
    int code = xmlParseChunk(xml->parser, NULL, 0, 1);
    if (xml->status == BKT_OK && code != 0) {
        bkti_xml_fail(xml, BKT_ERR_XML, NULL, "the XML is not well-formed");
    }
    return xml->status;
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
    xmlSAXHandler *calls = xml->parser->sax;
    calls->characters = wanted ? on_text : NULL;
    /* The same for both keeps libxml2 from guessing which white space matters. */
    calls->ignorableWhitespace = calls->characters;
    calls->cdataBlock = calls->characters;
    xml->text_size = 0;
}

void bkti_xml_place(const bkti_xml *xml, bkti_place *out_place) {
    memset(out_place, 0, sizeof *out_place);
    out_place->source = bkti_source_name(xml->source);
    const xmlParserInput *input = xml->parser->input;
    if (input == NULL || (xml->status != BKT_OK && !xml->is_in_start)) {
        return;
    }
    bkti_xml_place_of(xml, xml->is_in_start ? bkti_xml_tag_begin(xml) : input->cur, out_place);
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
