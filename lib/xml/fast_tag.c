/* SPDX-License-Identifier: MIT */
/* Tags taken apart, byte by byte: the first of each shape, and those that no shape fits. Whatever
 * is not plain well-formed XML is left to libxml2. */
#include "bkti_fast.h"

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* N: may begin a name; n: may go on; s: white space. Names with other letters go to libxml2. */
#define N (BKTI_FAST_NAME_START | BKTI_FAST_NAME)
#define n BKTI_FAST_NAME
#define s BKTI_FAST_SPACE
const uint8_t bkti_fast_classes[256] = {
    ['\t'] = s, ['\n'] = s, ['\r'] = s, [' '] = s, ['-'] = n, ['.'] = n, ['_'] = N, ['0'] = n,
    ['1'] = n,  ['2'] = n,  ['3'] = n,  ['4'] = n, ['5'] = n, ['6'] = n, ['7'] = n, ['8'] = n,
    ['9'] = n,  ['A'] = N,  ['B'] = N,  ['C'] = N, ['D'] = N, ['E'] = N, ['F'] = N, ['G'] = N,
    ['H'] = N,  ['I'] = N,  ['J'] = N,  ['K'] = N, ['L'] = N, ['M'] = N, ['N'] = N, ['O'] = N,
    ['P'] = N,  ['Q'] = N,  ['R'] = N,  ['S'] = N, ['T'] = N, ['U'] = N, ['V'] = N, ['W'] = N,
    ['X'] = N,  ['Y'] = N,  ['Z'] = N,  ['a'] = N, ['b'] = N, ['c'] = N, ['d'] = N, ['e'] = N,
    ['f'] = N,  ['g'] = N,  ['h'] = N,  ['i'] = N, ['j'] = N, ['k'] = N, ['l'] = N, ['m'] = N,
    ['n'] = N,  ['o'] = N,  ['p'] = N,  ['q'] = N, ['r'] = N, ['s'] = N, ['t'] = N, ['u'] = N,
    ['v'] = N,  ['w'] = N,  ['x'] = N,  ['y'] = N, ['z'] = N,
};
#undef N
#undef n
#undef s

static const char *part_of_name(const char *from, const char *end) {
    if (from < end && !bkti_fast_is(*from, BKTI_FAST_NAME_START)) {
        return NULL;
    }
    while (from < end && bkti_fast_is(*from, BKTI_FAST_NAME)) {
        from++;
    }
    return from;
}

const char *bkti_fast_name(const char *from, const char *end, const char **out_colon) {
    *out_colon = NULL;
    const char *at = part_of_name(from, end);
    if (at != NULL && at < end && *at == ':') {
        *out_colon = at;
        at = part_of_name(at + 1, end);
    }
    return at;
}

/* Where the value that begins here ends; NULL: not in the window, or it is none. */
static const char *end_of_value(const char *value, const char *end, char quote, bool *out_plain) {
    *out_plain = true;
    const char *at = value;
    for (;;) {
        while (at < end && *at != quote && *at != '<' && *at != '&' && (unsigned char)*at >= 0x20) {
            at++;
        }
        if (at == end || *at == '<') {
            return NULL;
        }
        if (*at == quote) {
            return at;
        }
        if (*at == '&' || (unsigned char)*at < 0x20) {
            *out_plain = false;
            at++;
        }
    }
}

/* XML 1.0, 3.3.3: references resolved, white space made spaces, of which CR LF makes one. */
static bool decode_value(bkti_text *values, bkti_span raw) {
    const char *end = raw.data + raw.size;
    for (const char *at = raw.data; at < end;) {
        if (*at == '&') {
            size_t size = bkti_fast_reference(at, end, values);
            if (size == 0) {
                return false;
            }
            at += size;
            continue;
        }
        bool is_space = (unsigned char)*at < 0x20;
        bkti_span byte = {is_space ? " " : at, 1};
        if (!bkti_text_append_span(values, byte)) {
            return false;
        }
        at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
    }
    return true;
}

static bkti_fast_attribute *new_attribute(bkti_xml *xml, bkti_fast_tag *tag) {
    void *attributes = tag->attributes;
    bool grown = tag->count < tag->capacity || bkti_grow(xml->memory, &attributes, &tag->capacity,
                                                         tag->count + 1, sizeof *tag->attributes);
    tag->attributes = attributes;
    return grown ? &tag->attributes[tag->count++] : NULL;
}

static bool is_declaration(const bkti_fast_attribute *attribute) {
    size_t size = attribute->colon == NULL ? attribute->name.size
                                           : (size_t)(attribute->colon - attribute->name.data);
    return size == 5 && memcmp(attribute->name.data, "xmlns", 5) == 0;
}

/* The attribute at *at, which is moved on behind it. */
static bkti_fast_outcome take_attribute(bkti_xml *xml, bkti_fast_tag *tag, const char **at) {
    struct bkti_fast *fast = xml->fast;
    const char *end = fast->end;
    const char *colon;
    const char *name_end = bkti_fast_name(*at, end, &colon);
    if (name_end == NULL) {
        return BKTI_FAST_HAND_OVER;
    }
    const char *next = bkti_fast_space(name_end, end);
    if (next < end && *next != '=') {
        return BKTI_FAST_HAND_OVER;
    }
    next = next < end ? bkti_fast_space(next + 1, end) : end;
    if (next < end && *next != '"' && *next != '\'') {
        return BKTI_FAST_HAND_OVER;
    }
    if (next == end) {
        return BKTI_FAST_INCOMPLETE;
    }
    bool is_plain;
    const char *value = next + 1;
    const char *value_end = end_of_value(value, end, *next, &is_plain);
    if (value_end == NULL) {
        return memchr(value, '<', (size_t)(end - value)) == NULL ? BKTI_FAST_INCOMPLETE
                                                                 : BKTI_FAST_HAND_OVER;
    }
    bkti_fast_attribute *attribute = new_attribute(xml, tag);
    if (attribute == NULL) {
        bkti_xml_fail_memory(xml);
        return BKTI_FAST_STOP;
    }
    *attribute = (bkti_fast_attribute){
        .name = {*at, (size_t)(name_end - *at)},
        .colon = colon,
        .raw = {value, (size_t)(value_end - value)},
        .quote = *next,
        .is_decoded = !is_plain,
        .offset = fast->values.size,
    };
    if (!is_plain && !decode_value(&fast->values, attribute->raw)) {
        return BKTI_FAST_HAND_OVER;
    }
    attribute->size = fast->values.size - attribute->offset;
    tag->declarations += is_declaration(attribute);
    *at = value_end + 1;
    return attribute->raw.size > xml->attribute_limit ? BKTI_FAST_HAND_OVER : BKTI_FAST_GO_ON;
}

/* The tag at the cursor as its parts. */
static bkti_fast_outcome take_apart(bkti_xml *xml, bkti_fast_tag *tag) {
    struct bkti_fast *fast = xml->fast;
    const char *end = fast->end;
    const char *name = fast->cursor + 1;
    const char *at = bkti_fast_name(name, end, &tag->colon);
    tag->count = 0;
    tag->declarations = 0;
    bkti_text_clear(&fast->values);
    if (at == NULL) {
        return BKTI_FAST_HAND_OVER;
    }
    tag->qualified = (bkti_span){name, (size_t)(at - name)};
    for (;;) {
        const char *next = bkti_fast_space(at, end);
        if (next == end || (*next == '/' && next + 1 == end)) {
            return BKTI_FAST_INCOMPLETE;
        }
        tag->is_empty = *next == '/';
        if (*next == '>' || (*next == '/' && next[1] == '>')) {
            tag->end = next + 1 + tag->is_empty;
            return BKTI_FAST_GO_ON;
        }
        if (next == at) {
            return BKTI_FAST_HAND_OVER;
        }
        at = next;
        bkti_fast_outcome outcome = take_attribute(xml, tag, &at);
        if (outcome != BKTI_FAST_GO_ON) {
            return outcome;
        }
    }
}

/* The end of letters, digits, "-._" and others. */
static const char *uri_part(const char *at, const char *end, const char *others) {
    while (at < end && (bkti_fast_is(*at, BKTI_FAST_NAME) || strchr(others, *at) != NULL)) {
        at++;
    }
    return at;
}

/* A namespace that libxml2 has nothing to say about: an absolute URI (RFC 3986) in what is commonly
 * used of them, and none of XML's own. */
static bool is_plain_uri(bkti_span uri) {
    const char *end = uri.data + uri.size;
    const char *at = uri_part(uri.data, end, "+");
    bool has_scheme = at < end && *at == ':' && bkti_fast_is(uri.data[0], BKTI_FAST_NAME_START) &&
                      memchr(uri.data, '_', (size_t)(at - uri.data)) == NULL;
    if (!has_scheme || end - at < 2) {
        return false;
    }
    at++;
    if (*at == '/') {
        if (end - at < 3 || at[1] != '/') {
            return false;
        }
        const char *host = at + 2;
        at = uri_part(host, end, "");
        if (at == host || (at < end && *at != '/' && *at != '#')) {
            return false;
        }
    }
    at = uri_part(at, end, "~:/@!$()*+,;=");
    at = at < end && *at == '#' ? uri_part(at + 1, end, "~:/@!$()*+,;=") : at;
    return at == end && !bkti_span_is(uri, XML_NAMESPACE) &&
           !bkti_span_is(uri, "http://www.w3.org/2000/xmlns/");
}

static bkti_span prefix_of(bkti_span name, const char *colon) {
    return (bkti_span){name.data, colon == NULL ? 0 : (size_t)(colon - name.data)};
}

static bkti_span local_of(bkti_span name, const char *colon) {
    size_t before = colon == NULL ? 0 : (size_t)(colon - name.data) + 1;
    return (bkti_span){name.data + before, name.size - before};
}

static bool is_declared_here(const bkti_xml *xml, const char *prefix) {
    for (size_t i = xml->prefix_count; i > 0 && xml->prefixes[i - 1].depth == xml->depth + 1; i--) {
        if (xml->prefixes[i - 1].prefix == prefix) {
            return true;
        }
    }
    return false;
}

static bool declare(bkti_xml *xml, const bkti_fast_attribute *attribute, size_t index) {
    bkti_span prefix = {NULL, 0};
    if (attribute->colon != NULL) {
        prefix = bkti_xml_intern(xml, local_of(attribute->name, attribute->colon));
    }
    bkti_span uri = bkti_xml_intern(xml, attribute->raw);
    bool is_default = attribute->colon == NULL;
    bool is_known = uri.data != NULL && !attribute->is_decoded &&
                    ((is_default && uri.size == 0) || is_plain_uri(uri)) &&
                    (is_default || (prefix.data != NULL && !bkti_span_is(prefix, "xml") &&
                                    !bkti_span_is(prefix, "xmlns")));
    return is_known && !is_declared_here(xml, prefix.data) &&
           bkti_xml_declare(xml, index, prefix.data, uri.data);
}

/* False: a prefix that is not declared. */
static bool resolve(const bkti_xml *xml, bkti_span prefix, bool uses_default,
                    const char **out_uri) {
    *out_uri = NULL;
    if (prefix.size == 0 && !uses_default) {
        return true;
    }
    for (size_t i = xml->prefix_count; i > 0; i--) {
        const bkti_xml_prefix *declared = &xml->prefixes[i - 1];
        if (bkti_span_is(prefix, declared->prefix == NULL ? "" : declared->prefix)) {
            *out_uri = declared->uri[0] == '\0' ? NULL : declared->uri;
            return true;
        }
    }
    return prefix.size == 0;
}

/* The names of an attribute; false for what libxml2 has to see. */
static bool name_attribute(bkti_xml *xml, const bkti_fast_attribute *from,
                           bkti_xml_attribute *attribute) {
    bkti_span prefix = prefix_of(from->name, from->colon);
    attribute->name.local = bkti_xml_intern(xml, local_of(from->name, from->colon));
    if (bkti_span_is(prefix, "xml")) {
        attribute->name.uri = bkti_xml_intern(xml, BKTI_SPAN(XML_NAMESPACE)).data;
        return attribute->name.local.data != NULL && attribute->name.uri != NULL;
    }
    return attribute->name.local.data != NULL && resolve(xml, prefix, false, &attribute->name.uri);
}

static bool is_repeated(const bkti_xml *xml, size_t index) {
    const bkti_xml_name *name = &xml->attributes[index].name;
    for (size_t i = 0; i < index; i++) {
        if (xml->attributes[i].name.local.data == name->local.data &&
            xml->attributes[i].name.uri == name->uri) {
            return true;
        }
    }
    return false;
}

/* The attributes that are no declarations, with their namespaces, into xml->attributes. */
static bool name_attributes(bkti_xml *xml, const bkti_fast_tag *tag, size_t *out_count) {
    size_t count = 0;
    for (size_t i = 0; i < tag->count; i++) {
        const bkti_fast_attribute *from = &tag->attributes[i];
        if (is_declaration(from)) {
            continue;
        }
        bkti_xml_attribute *attribute = &xml->attributes[count];
        if (!name_attribute(xml, from, attribute) || is_repeated(xml, count)) {
            return false;
        }
        attribute->value =
            from->is_decoded
                ? (bkti_span){bkti_text_get(&xml->fast->values) + from->offset, from->size}
                : from->raw;
        count++;
    }
    *out_count = count;
    return true;
}

static bool declare_all(bkti_xml *xml, const bkti_fast_tag *tag) {
    size_t declared = 0;
    for (size_t i = 0; declared < tag->declarations; i++) {
        if (is_declaration(&tag->attributes[i]) && !declare(xml, &tag->attributes[i], declared++)) {
            return false;
        }
    }
    return true;
}

/* Forgets the declarations of a tag that is given to libxml2. */
static bkti_fast_outcome give_up(bkti_xml *xml) {
    while (xml->prefix_count > 0 && xml->prefixes[xml->prefix_count - 1].depth > xml->depth) {
        xml->prefix_count--;
    }
    return xml->status == BKT_OK ? BKTI_FAST_HAND_OVER : BKTI_FAST_STOP;
}

/* Too many attributes for comparing each with each. */
#define FEW_ATTRIBUTES 256

static bkti_fast_outcome tell_tag(bkti_xml *xml, const bkti_fast_tag *tag) {
    struct bkti_fast *fast = xml->fast;
    if (xml->depth >= xml->depth_limit || tag->count > FEW_ATTRIBUTES ||
        tag->count - tag->declarations > xml->attribute_count_limit ||
        (xml->depth == 0 && xml->has_root)) {
        return BKTI_FAST_HAND_OVER;
    }
    size_t count = 0;
    bkti_xml_element element = {.namespace_count = (uint32_t)tag->declarations};
    bkti_span qualified = bkti_xml_intern(xml, tag->qualified);
    element.name.local = bkti_xml_intern(xml, local_of(tag->qualified, tag->colon));
    if (!bkti_xml_has_room(xml, tag->count) || qualified.data == NULL ||
        element.name.local.data == NULL || !declare_all(xml, tag) ||
        !resolve(xml, prefix_of(tag->qualified, tag->colon), true, &element.name.uri) ||
        !name_attributes(xml, tag, &count)) {
        return give_up(xml);
    }
    if (tag->declarations > 0) {
        bkti_fast_forget(fast);
    }
    bkti_fast_shape *shape = bkti_fast_learn(xml, tag);
    bkti_fast_follow(fast, shape);
    if (shape != NULL) {
        shape->element.name = element.name;
        return bkti_fast_tell_shape(xml, shape, tag->end);
    }
    element.attributes = xml->attributes;
    element.attribute_count = (uint32_t)count;
    element.namespaces = xml->namespaces;
    return bkti_fast_tell(xml, &element, qualified, tag->is_empty, tag->end);
}

bkti_fast_outcome bkti_fast_start_tag(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bool is_known = false;
    bool may_be_known = !xml->wants_text && xml->depth > 0;
    bkti_fast_outcome outcome = may_be_known ? bkti_fast_known(xml, &is_known) : BKTI_FAST_GO_ON;
    if (is_known || outcome != BKTI_FAST_GO_ON) {
        return outcome;
    }
    outcome = take_apart(xml, &fast->tag);
    return outcome == BKTI_FAST_GO_ON ? tell_tag(xml, &fast->tag) : outcome;
}

bkti_fast_outcome bkti_fast_end_tag(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bkti_span qualified = xml->depth == 0 ? (bkti_span){NULL, 0} : xml->open[xml->depth].qualified;
    const char *name = fast->cursor + 2;
    size_t left = (size_t)(fast->end - name);
    if (qualified.size == 0) {
        return BKTI_FAST_HAND_OVER;
    }
    size_t compared = left < qualified.size ? left : qualified.size;
    if (memcmp(name, qualified.data, compared) != 0) {
        return BKTI_FAST_HAND_OVER;
    }
    const char *at = bkti_fast_space(name + compared, fast->end);
    if (at == fast->end) {
        return BKTI_FAST_INCOMPLETE;
    }
    if (*at != '>') {
        return BKTI_FAST_HAND_OVER;
    }
    bkti_span tag = {fast->cursor, (size_t)(at + 1 - fast->cursor)};
    bkti_fast_follow(fast, bkti_fast_learn_end(xml, tag, qualified));
    return bkti_fast_tell_end(xml, at + 1);
}
