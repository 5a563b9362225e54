/* SPDX-License-Identifier: MIT */
/* libxml2 reads a tag, a comment or a CDATA section when its end is there, and keeps it until
 * then: without an end it would keep the whole document, and a tag of a million attributes takes
 * it hours. So what waits for long is looked at, and the limits hold before the end is there. */
#include <string.h>

#include "bkti_xml_parts.h"

static bkt_status fail_waiting(bkti_xml *xml, const char *what, uint64_t limit, const char *name) {
    bkti_place place;
    bkti_xml_place(xml, &place);
    return bkti_xml_fail_limit(xml, &place, what, limit, name);
}

/* Goes on counting attributes and the bytes of their values. */
static bkt_status check_tag(bkti_xml *xml, const char *text, size_t size) {
    bkti_xml_waiting *waiting = &xml->waiting;
    for (; waiting->seen < size; waiting->seen++) {
        char byte = text[waiting->seen];
        bool is_quote = byte == '"' || byte == '\'';
        waiting->run++;
        if (is_quote && waiting->quote == 0) {
            waiting->quote = byte;
            waiting->attribute_count++;
            waiting->run = 0;
        } else if (is_quote && waiting->quote == byte) {
            waiting->quote = 0;
            waiting->run = 0;
        }
        if (waiting->run > xml->attribute_limit) {
            return fail_waiting(xml, "an attribute or name is longer than", xml->attribute_limit,
                                "attribute_limit");
        }
        if (waiting->attribute_count > xml->attribute_count_limit) {
            return fail_waiting(xml, "an element has more attributes than",
                                xml->attribute_count_limit, "attribute_count_limit");
        }
    }
    return BKT_OK;
}

bkt_status bkti_xml_check_token(bkti_xml *xml, uint64_t begin, const char *text, size_t size) {
    if (text[0] == '<' && text[1] != '!' && text[1] != '?') {
        if (xml->waiting.begin != begin || xml->waiting.seen == 0) {
            memset(&xml->waiting, 0, sizeof xml->waiting);
            xml->waiting.begin = begin;
        }
        return check_tag(xml, text, size);
    }
    if (size > xml->text_limit) {
        return fail_waiting(xml, "a text, comment or instruction is longer than", xml->text_limit,
                            "text_limit");
    }
    return BKT_OK;
}

bkt_status bkti_xml_check_waiting(bkti_xml *xml) {
    /* Here, as new versions of libxml2 lift it when they begin a document. */
    xmlDictSetLimit(xml->parser->dict, BKTI_XML_NAMES_LIMIT);
    const xmlParserInput *input = xml->parser->input;
    size_t size = (size_t)(input->end - input->cur);
    if (size <= BKTI_XML_WAITING_FLOOR) {
        return BKT_OK;
    }
    const char *text = (const char *)input->cur;
    if (text[0] == '&') {
        bkti_place place;
        bkti_xml_place_of(xml, input->cur, &place);
        return bkti_xml_fail(xml, BKT_ERR_XML, &place,
                             "the XML is not well-formed: a '&' stands alone; in text it must be "
                             "written '&amp;'");
    }
    if (memcmp(text, "<!DOCTYPE", 9) == 0) {
        bkti_place place;
        bkti_xml_place_of(xml, input->cur, &place);
        return bkti_xml_fail_doctype(xml, &place, "");
    }
    return bkti_xml_check_token(xml, xml->position.given - size, text, size);
}
