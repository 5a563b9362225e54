/* SPDX-License-Identifier: MIT */
/* What is wrong with a document: libxml2's errors as statuses and sentences of ours. */
#include <string.h>

#include "bkti_xml_parts.h"

static const char *text_or(const char *text, const char *otherwise) {
    return text == NULL ? otherwise : text;
}

bkt_status bkti_xml_fail(bkti_xml *xml, bkt_status status, const bkti_place *place,
                         const char *sentence) {
    xml->status = bkti_fail(xml->context, status, place, "%s", sentence);
    return xml->status;
}

bkt_status bkti_xml_fail_memory(bkti_xml *xml) {
    xml->status = bkti_no_memory(xml->context);
    return xml->status;
}

bkt_status bkti_xml_fail_limit(bkti_xml *xml, const bkti_place *place, const char *what,
                               uint64_t limit, const char *name) {
    xml->status = bkti_fail(xml->context, BKT_ERR_LIMIT, place,
                            "%s %llu (%s); raise the limit if the input is to be trusted", what,
                            (unsigned long long)limit, name);
    return xml->status;
}

static bool is_html(bkti_span root) {
    return bkti_span_equal_caseless(root, BKTI_SPAN("html"));
}

bkt_status bkti_xml_fail_doctype(bkti_xml *xml, const bkti_place *place, const char *root) {
    if (is_html(bkti_span_of(root))) {
        return bkti_xml_fail(xml, BKT_ERR_DOCTYPE, place,
                             "this is an HTML page, not a data message; a server may have sent it "
                             "instead of the data: open it in a browser");
    }
    return bkti_xml_fail(xml, BKT_ERR_DOCTYPE, place,
                         "the document has a DOCTYPE; an SDMX message never has one, and what it "
                         "could do (entities, other files) is refused");
}

bkt_status bkti_xml_fail_encoding(bkti_xml *xml, const bkti_place *place, unsigned char byte) {
    xml->status =
        bkti_fail(xml->context, BKT_ERR_ENCODING, place,
                  "the byte 0x%02X does not fit the encoding of the document, %s; its XML "
                  "declaration may name the wrong encoding",
                  (unsigned)byte, bkti_xml_encoding(xml));
    return xml->status;
}

bkt_status bkti_xml_fail_not_xml(bkti_xml *xml, const bkti_place *place, bkti_span text) {
    size_t size = 0;
    while (size < text.size && size < 40 && text.data[size] != '\n' && text.data[size] != '\r') {
        size++;
    }
    const char *kind = "";
    if (text.data[0] == '{' || text.data[0] == '[') {
        kind = " (JSON?)";
    } else if (text.size >= 5 && memcmp(text.data, "%PDF-", 5) == 0) {
        kind = " (a PDF document)";
    } else if (text.size >= 2 && memcmp(text.data, "PK", 2) == 0) {
        kind = " (a damaged zip?)";
    }
    xml->status = bkti_fail(xml->context, BKT_ERR_NOT_XML, place,
                            "expected an XML document, found '%.*s'%s", (int)size, text.data, kind);
    return xml->status;
}

bkt_status bkti_xml_fail_truncated(bkti_xml *xml, const bkti_place *place) {
    if (xml->depth > 0) {
        bkti_span name = xml->open[xml->depth].name.local;
        int size = name.size < 80 ? (int)name.size : 80;
        xml->status = bkti_fail(xml->context, BKT_ERR_TRUNCATED, place,
                                "the document ends in the middle: the element '%.*s' is still open",
                                size, name.data);
        return xml->status;
    }
    return bkti_xml_fail(xml, BKT_ERR_TRUNCATED, place,
                         xml->has_root ? "the document ends in the middle of a comment or "
                                         "processing instruction"
                                       : "the document ends before its first element is whole");
}

static bool is_forbidden(unsigned byte) {
    return byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r';
}

/* Nothing is wrong but that the rest is missing? */
static bool is_truncated(const bkti_xml *xml, int code) {
    const xmlParserInput *input = xml->parser->input;
    size_t size = (size_t)(input->end - input->cur);
    if (!xml->is_ending || (xml->depth == 0 && xml->has_root) ||
        (size > 0 && is_forbidden(*input->cur))) {
        return false;
    }
    /* A "/" is left behind where ">" was looked for; a "<" is never right in a tag. */
    bool is_at_end = size == 0 || (size == 1 && *input->cur != '<');
    return code == XML_ERR_DOCUMENT_END || code == XML_ERR_DOCUMENT_EMPTY ||
           code == XML_ERR_TAG_NOT_FINISHED || is_at_end;
}

static bkt_status fail_repeated(bkti_xml *xml, const char *prefix, const char *name) {
    bkti_place place;
    bkti_xml_place_of(xml, bkti_xml_tag_begin(xml), &place);
    xml->status = bkti_fail(
        xml->context, BKT_ERR_REPEATED_COMPONENT, &place,
        "the attribute '%.80s%s%.80s' stands twice in one element; each may be there once",
        text_or(prefix, ""), prefix == NULL ? "" : ":", name);
    return xml->status;
}

bkt_status bkti_xml_fail_names(bkti_xml *xml, const bkti_place *place) {
    bool has_dictionary = xml->parser != NULL && xml->parser->dict != NULL;
    size_t used = has_dictionary ? xmlDictGetUsage(xml->parser->dict) : 0;
    if (used > BKTI_XML_NAMES_LIMIT || xml->names_size > BKTI_XML_NAMES_LIMIT) {
        xml->status = bkti_fail(xml->context, BKT_ERR_LIMIT, place,
                                "the document has too many different names of elements and "
                                "attributes: more than %llu bytes of them",
                                (unsigned long long)BKTI_XML_NAMES_LIMIT);
        return xml->status;
    }
    return bkti_xml_fail(xml, BKT_ERR_MEMORY, place, "out of memory");
}

/* Sentences for what people meet; NULL: libxml2's own words serve. */
static const char *sentence_for(int code, const char *message) {
    switch (code) {
    case XML_ERR_DOCUMENT_END:
        return "something stands behind the end of the document's only element";
    case XML_ERR_LT_IN_ATTRIBUTE:
        return "a '<' stands in the value of an attribute, where it must be written '&lt;'";
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
        return "the value of an attribute does not stand in quotation marks";
    case XML_ERR_SPACE_REQUIRED:
        return "white space or the end of the tag was expected";
    case XML_ERR_GT_REQUIRED:
        return "a tag has no '>' at its end, or something wrong before it";
    case XML_ERR_NAME_REQUIRED:
        return strstr(message, "EntityRef") != NULL
                   ? "a '&' stands alone; in text it must be written '&amp;'"
                   : "a name was expected";
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return "a '&' stands in text, where it must be written '&amp;', or a reference lacks its "
               "';'";
    case XML_ERR_RESERVED_XML_NAME:
        return "the XML declaration must be the very first thing in the document";
    case XML_ERR_MISPLACED_CDATA_END:
        return "']]>' stands in text, where it must be written ']]&gt;'";
    default:
        return NULL;
    }
}

/* libxml2's message without its newline (and what follows). */
static int line_size(const char *message) {
    size_t size = strcspn(message, "\n");
    while (size > 0 && message[size - 1] == ' ') {
        size--;
    }
    return size < 300 ? (int)size : 300;
}

static const char *hint_for(const bkti_xml *xml) {
    return xml->depth > 0 && is_html(xml->open[1].name.local)
               ? " (this is an HTML page, not a data message; a server may have sent it instead of "
                 "the data)"
               : "";
}

bkt_status bkti_xml_fail_character(bkti_xml *xml, const bkti_place *place, unsigned character) {
    xml->status =
        bkti_fail(xml->context, BKT_ERR_XML, place,
                  "the XML is not well-formed: the character U+%04X is not allowed in XML%s",
                  character, hint_for(xml));
    return xml->status;
}

static bkt_status fail_not_well_formed(bkti_xml *xml, const bkti_place *place,
                                       const xmlError *error) {
    const char *message = text_or(error->message, "error without a message");
    const char *sentence = sentence_for(error->code, message);
    const char *hint = hint_for(xml);
    xml->status = BKT_ERR_XML;
    const xmlParserInput *input = xml->parser->input;
    unsigned next = input->cur < input->end ? *input->cur : ' ';
    bool is_behind = error->code == XML_ERR_TAG_NAME_MISMATCH ||
                     error->code == XML_ERR_UNDECLARED_ENTITY ||
                     error->code == XML_ERR_INVALID_CHARREF;
    static const char by_reference[] = "xmlParseCharRef";
    bool is_named = strncmp(message, by_reference, sizeof by_reference - 1) == 0;
    if (error->code == XML_ERR_INVALID_CHAR && (error->int1 != 0 || is_named)) {
        /* One that a reference names, "&#0;" too, stands before the place. */
        return bkti_xml_fail_character(xml, place, (unsigned)error->int1);
    }
    if (is_forbidden(next) && !is_behind) {
        return bkti_xml_fail_character(xml, place, next); /* not all of libxml2's errors say it */
    }
    if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL) {
        return bkti_fail(xml->context, BKT_ERR_XML, place,
                         "the XML is not well-formed: the end tag </%.80s> does not fit the "
                         "element '%.80s', which begins in line %d%s",
                         text_or(error->str2, "?"), error->str1, error->int1, hint);
    }
    if (error->code == XML_ERR_UNDECLARED_ENTITY && error->str1 != NULL) {
        return bkti_fail(xml->context, BKT_ERR_XML, place,
                         "the XML is not well-formed: the entity '&%.80s;' is not one of XML's "
                         "five; a '&' in text must be written '&amp;'%s",
                         error->str1, hint);
    }
    if (sentence != NULL) {
        return bkti_fail(xml->context, BKT_ERR_XML, place, "the XML is not well-formed: %s%s",
                         sentence, hint);
    }
    return bkti_fail(xml->context, BKT_ERR_XML, place, "the XML is not well-formed: %.*s%s",
                     line_size(message), message, hint);
}

/* Faults of namespaces: libxml2 goes on, and so do we where it does no harm. */
static void tell_lesser(bkti_xml *xml, const xmlError *error) {
    bkti_place place;
    bkti_xml_place_of(xml, bkti_xml_tag_begin(xml), &place);
    switch (error->code) {
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
        fail_repeated(xml, NULL, text_or(error->str1, "?"));
        return;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        bkti_tell(xml->context, BKT_SEVERITY_WARNING, BKT_ERR_XML, &place,
                  "the prefix '%.80s' is not declared", text_or(error->str1, "?"));
        return;
    case XML_NS_ERR_XML_NAMESPACE:
    case XML_NS_ERR_QNAME:
    case XML_NS_ERR_EMPTY:
    case XML_NS_ERR_COLON:
    case XML_WAR_NS_URI:
        bkti_tell(xml->context,
                  error->code == XML_WAR_NS_URI ? BKT_SEVERITY_NOTE : BKT_SEVERITY_WARNING,
                  BKT_ERR_XML, &place, "namespaces: %.*s",
                  line_size(text_or(error->message, "error without a message")),
                  text_or(error->message, "error without a message"));
        return;
    default:
        return;
    }
}

/* Where the fault is: in text libxml2 still stands at the begin of what it looked at, or already
 * within the "]]>". */
static const xmlChar *find_fault(const xmlParserInput *input, int code) {
    const xmlChar *at = input->cur;
    if (code != XML_ERR_MISPLACED_CDATA_END) {
        return at;
    }
    at -= at > input->base && at[-1] == ']';
    for (; input->end - at >= 3; at++) {
        if (memcmp(at, "]]>", 3) == 0) {
            return at;
        }
    }
    return input->cur;
}

static void take_error(bkti_xml *xml, const xmlError *error) {
    if (xml->status != BKT_OK || xml->parser == NULL) {
        return; /* it follows from the first; or there is no memory for a parser */
    }
    if (error->level != XML_ERR_FATAL) {
        if (!xml->is_replaying) {
            tell_lesser(xml, error);
        }
        return;
    }
    const xmlParserInput *input = xml->parser->input;
    bkti_place place;
    bkti_xml_place_of(xml, find_fault(input, error->code), &place);
    if (error->code == XML_ERR_NO_MEMORY) {
        bkti_xml_fail_names(xml, &place);
    } else if (is_truncated(xml, error->code)) {
        bkti_xml_place_of(xml, input->end, &place);
        bkti_xml_fail_truncated(xml, &place);
    } else if (error->code == XML_ERR_ATTRIBUTE_REDEFINED) {
        /* With a prefix libxml2 has it first. */
        fail_repeated(xml, error->str2 == NULL ? NULL : error->str1,
                      text_or(error->str2 == NULL ? error->str1 : error->str2, "?"));
    } else {
        fail_not_well_formed(xml, &place, error);
    }
}

#if LIBXML_VERSION >= 21200
void bkti_xml_on_error(void *user, const xmlError *error) {
    take_error(user, error);
}
#else
void bkti_xml_on_error(void *user, xmlErrorPtr error) {
    take_error(user, error);
}
#endif
