/* SPDX-License-Identifier: MIT */
/* The scanner on libxml2's push parser: for documents that have more of XML in them than messages
 * do, and for its verdict on broken ones. Its callbacks neither allocate nor measure anything that
 * they have met before. */
#include <stdlib.h>
#include <string.h>

#include "bkti_text.h"
#include "bkti_xml_parts.h"

/* To be called when a status was set within one of libxml2's calls: it shall come back. */
static void stop(bkti_xml *xml) {
    xmlStopParser(xml->parser);
}

static void fail_names(bkti_xml *xml) {
    bkti_place place;
    bkti_xml_place(xml, &place);
    bkti_xml_fail_names(xml, &place);
}

/* A name as ours. Each name of a document has one address (libxml2 keeps a dictionary), so it is
 * looked up but once, unless two share a slot. NULL stays NULL. */
static bkti_span own(bkti_xml *xml, const xmlChar *name) {
    uintptr_t address = (uintptr_t)name;
    bkti_xml_name_slot *slot = &xml->slots[(address ^ address >> 8) % BKTI_XML_NAME_SLOTS];
    if (slot->theirs != (const char *)name) {
        bkti_span ours = bkti_xml_intern(xml, bkti_span_of((const char *)name));
        if (ours.data == NULL) {
            fail_names(xml);
            return ours;
        }
        slot->theirs = (const char *)name;
        slot->ours = ours;
    }
    return slot->ours;
}

/* The namespace of a name; a prefix that was never declared must not look like none. */
static const char *namespace_of(bkti_xml *xml, const xmlChar *prefix, const xmlChar *uri) {
    return uri == NULL ? (prefix == NULL ? NULL : "") : own(xml, uri).data;
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
    return bkti_xml_has_room(xml, attribute_count);
}

/* Fills the attributes of an element in; five pointers each: local, prefix, uri, value, its end. */
static bool take_attributes(bkti_xml *xml, const xmlChar *const *given, size_t count) {
    bkti_xml_attribute *attribute = xml->attributes;
    for (size_t i = 0; i < count; i++, attribute++, given += 5) {
        attribute->name.local = own(xml, given[0]);
        attribute->name.uri = namespace_of(xml, given[1], given[2]);
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
    return xml->status == BKT_OK;
}

static bool take_namespaces(bkti_xml *xml, const xmlChar *const *given, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *prefix = given[2 * i] == NULL ? NULL : own(xml, given[2 * i]).data;
        const char *uri = own(xml, given[2 * i + 1]).data;
        if (xml->status != BKT_OK || !bkti_xml_declare(xml, i, prefix, uri)) {
            return false;
        }
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
    xml->open[++xml->depth].name = (bkti_xml_name){own(xml, local), uri};
    return xml->status == BKT_OK;
}

static void count_skipped(bkti_xml *xml, const xmlChar *local) {
    bkti_span name = bkti_span_of((const char *)local);
    *xml->skipping.count += bkti_span_equal(name, xml->skipping.counted);
}

/* What a handler asked for. */
static void begin_to_skip(bkti_xml *xml) {
    if (xml->skipping.wanted) {
        xml->skipping.wanted = false;
        xml->skipping.depth = xml->depth;
    }
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes) {
    bkti_xml *xml = user;
    (void)defaulted_count; /* needs a DOCTYPE */
    if (xml->is_replaying) {
        return;
    }
    xml->is_in_start = true;
    if (xml->status != BKT_OK ||
        (namespace_count > 0 && !take_namespaces(xml, namespaces, (size_t)namespace_count)) ||
        !take_element(xml, local, namespace_of(xml, prefix, uri), (size_t)attribute_count,
                      attributes)) {
        xml->is_in_start = false;
        stop(xml);
        return;
    }
    xml->has_root = true;
    xml->text_size = 0;
    if (xml->skipping.depth != 0) {
        count_skipped(xml, local);
        xml->is_in_start = false;
        return;
    }
    bkti_xml_element element = {
        .name = xml->open[xml->depth].name,
        .attributes = xml->attributes,
        .namespaces = xml->namespaces,
        .attribute_count = (uint32_t)attribute_count,
        .namespace_count = (uint32_t)namespace_count,
        .depth = xml->depth,
    };
    xml->status = xml->handler.start(xml->user, &element);
    xml->is_in_start = false;
    begin_to_skip(xml);
    if (xml->status != BKT_OK) {
        stop(xml);
    }
}

static void on_finish(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    bkti_xml *xml = user;
    (void)local; /* libxml2 has seen to it that it fits the start tag */
    (void)prefix;
    (void)uri;
    if (xml->is_replaying) {
        return;
    }
    bool is_passed_over = xml->skipping.depth != 0 && xml->depth > xml->skipping.depth;
    if (xml->status == BKT_OK && !is_passed_over) {
        xml->skipping.depth = 0;
        xml->status = xml->handler.finish(xml->user, &xml->open[xml->depth].name, xml->depth);
    }
    if (xml->status != BKT_OK) {
        stop(xml);
        return;
    }
    bkti_xml_undeclare(xml);
    xml->depth--;
    xml->text_size = 0;
    begin_to_skip(xml);
}

static void on_text(void *user, const xmlChar *text, int size) {
    bkti_xml *xml = user;
    if (size == 0 || xml->is_replaying || xml->skipping.depth != 0) {
        return;
    }
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

/* Some versions of libxml2 leave line ends in CDATA sections as they are (XML 1.0, 2.11). */
static void on_section(void *user, const xmlChar *text, int size) {
    const bkti_xml *xml = user;
    const xmlParserInput *input = xml->parser->input;
    const xmlChar *end = text + size;
    bool is_in_buffer = text == input->cur && text > input->base;
    /* A section comes in parts, too. */
    text += size > 0 && text[0] == '\n' && is_in_buffer && text[-1] == '\r';
    while (text < end) {
        const xmlChar *stop = memchr(text, '\r', (size_t)(end - text));
        on_text(user, text, (int)((stop == NULL ? end : stop) - text));
        if (stop == NULL || xml->status != BKT_OK) {
            return;
        }
        on_text(user, (const xmlChar *)"\n", 1);
        if (xml->status != BKT_OK) {
            return; /* the text is gone */
        }
        text = stop + 1;
        text += text < end && *text == '\n';
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

bkt_status bkti_libxml2_begin(bkti_xml *xml) {
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
        return bkti_xml_fail(xml, BKT_ERR_MEMORY, NULL, "out of memory");
    }
    /* The limits are ours; what comes is UTF-8 whatever the declaration says; and without a
     * DOCTYPE the only entities are XML's five, which NOENT has resolved in attributes. */
    xmlCtxtUseOptions(xml->parser,
                      XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    bkti_libxml2_want_text(xml);
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

bkt_status bkti_libxml2_scan(bkti_xml *xml, const char *text, size_t size) {
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

bkt_status bkti_libxml2_end(bkti_xml *xml) {
    bkti_place place;
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

void bkti_libxml2_want_text(bkti_xml *xml) {
    xmlSAXHandler *calls = xml->parser->sax;
    calls->characters = xml->wants_text ? on_text : NULL;
    /* The same for both keeps libxml2 from guessing which white space matters. */
    calls->ignorableWhitespace = calls->characters;
    calls->cdataBlock = xml->wants_text ? on_section : NULL;
}

static bool put_declarations(bkti_text *tag, const bkti_xml *xml, uint32_t depth) {
    for (size_t i = 0; i < xml->prefix_count; i++) {
        const bkti_xml_prefix *declared = &xml->prefixes[i];
        if (declared->depth == depth) {
            bkti_text_append_text(tag, declared->prefix == NULL ? " xmlns" : " xmlns:");
            bkti_text_append_text(tag, declared->prefix == NULL ? "" : declared->prefix);
            bkti_text_append_text(tag, "=\"");
            bkti_text_append_text(tag, declared->uri); /* has nothing that would need a reference */
            bkti_text_append_text(tag, "\"");
        }
    }
    return bkti_text_append_text(tag, ">");
}

static void replay(bkti_xml *xml, const char *text, size_t size) {
    if (xml->status == BKT_OK &&
        (xmlParseChunk(xml->parser, text, (int)size, 0) != 0 ||
         xml->parser->input->cur != xml->parser->input->end) &&
        xml->status == BKT_OK) {
        bkti_xml_fail(xml, BKT_ERR_INTERNAL, NULL, "what is open could not be told to libxml2");
    }
}

bkt_status bkti_libxml2_take_over(bkti_xml *xml, const bkti_xml_mark *mark) {
    static const char comment[] = "<!---->";
    static const char root[] = "<r/>";
    if (bkti_libxml2_begin(xml) != BKT_OK) {
        return xml->status;
    }
    xml->is_replaying = true;
    xml->position.given = mark->offset;
    xml->position.line_begin = mark->line_begin;
    xml->position.waiting_line_begin = mark->line_begin;
    xml->position.line = mark->line;
    if (mark->offset > xml->encoding.mark) {
        replay(xml, comment, sizeof comment - 1); /* else an XML declaration could stand here */
    }
    bkti_text tag;
    bkti_text_init(&tag, xml->memory);
    for (uint32_t depth = 1; depth <= xml->depth; depth++) {
        bkti_text_clear(&tag);
        bkti_text_append_text(&tag, "<");
        bkti_text_append_span(&tag, xml->open[depth].qualified);
        if (!put_declarations(&tag, xml, depth)) {
            bkti_xml_fail_memory(xml);
            break;
        }
        xml->parser->input->line = (int)xml->open[depth].line;
        replay(xml, bkti_text_get(&tag), tag.size);
    }
    bkti_text_free(&tag);
    if (xml->depth == 0 && xml->has_root) {
        replay(xml, root, sizeof root - 1);
    }
    xml->is_replaying = false;
    if (xml->status == BKT_OK) {
        xml->parser->input->line = (int)mark->line;
    }
    return xml->status;
}
