/* SPDX-License-Identifier: MIT */
/* What stands between tags: text, references, comments, CDATA sections, instructions. */
#include "bkti_fast.h"

/* A reference is no longer than "&#x0010FFFF;", or so; longer ones go to libxml2. */
#define REFERENCE_LIMIT ((size_t)16)

const char *bkti_fast_find(const char *from, const char *end, const char *wanted) {
    size_t size = strlen(wanted);
    while ((size_t)(end - from) >= size &&
           (from = memchr(from, wanted[0], (size_t)(end - from) - size + 1)) != NULL) {
        if (memcmp(from, wanted, size) == 0) {
            return from;
        }
        from++;
    }
    return NULL;
}

static bool append_character(bkti_text *text, uint32_t code) {
    char bytes[4];
    bkti_span span = {bytes, bkti_put_character(bytes, code)};
    return bkti_text_append_span(text, span);
}

/* The number of "#65" or "#x41"; 0 if it is none of a character that XML allows. */
static uint32_t character_of(bkti_span digits) {
    bool is_hexadecimal = digits.size > 1 && digits.data[1] == 'x';
    uint32_t code = 0;
    size_t at = is_hexadecimal ? 2 : 1;
    for (; at < digits.size && code <= 0x10ffff; at++) {
        char byte = digits.data[at];
        uint32_t digit = byte >= '0' && byte <= '9'   ? (uint32_t)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (uint32_t)(byte - 'a') + 10
                         : byte >= 'A' && byte <= 'F' ? (uint32_t)(byte - 'A') + 10
                                                      : 16;
        if (digit >= (is_hexadecimal ? 16U : 10U)) {
            return 0;
        }
        code = code * (is_hexadecimal ? 16U : 10U) + digit;
    }
    bool is_allowed = (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) ||
                      (code >= 0x10000 && code <= 0x10ffff) || code == '\t' || code == '\n' ||
                      code == '\r';
    return is_allowed ? code : 0;
}

size_t bkti_fast_reference(const char *from, const char *end, bkti_text *out_text) {
    static const struct {
        const char *name;
        char character;
    } entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    size_t left = (size_t)(end - from);
    const char *close = memchr(from, ';', left < REFERENCE_LIMIT ? left : REFERENCE_LIMIT);
    if (close == NULL) {
        return 0;
    }
    bkti_span name = {from + 1, (size_t)(close - from) - 1};
    uint32_t code = 0;
    if (name.size > 1 && name.data[0] == '#') {
        code = character_of(name);
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (bkti_span_is(name, entities[i].name)) {
            code = (uint32_t)entities[i].character;
        }
    }
    return code != 0 && append_character(out_text, code) ? (size_t)(close - from) + 1 : 0;
}

static void tell_part(bkti_xml *xml, bkti_span part) {
    xml->text_size += part.size;
    xml->status = xml->handler.text(xml->user, part);
}

/* Text without references, or what is to be taken as it stands: its line ends become LF. */
static void tell_lines(bkti_xml *xml, bkti_span text) {
    struct bkti_fast *fast = xml->fast;
    const char *at = text.data;
    const char *end = text.data + text.size;
    while (at < end && xml->status == BKT_OK) {
        if (fast->after_return) {
            fast->after_return = false;
            at += *at == '\n';
            continue;
        }
        const char *stop = memchr(at, '\r', (size_t)(end - at));
        bkti_span part = {at, (size_t)((stop == NULL ? end : stop) - at)};
        if (part.size > 0) {
            tell_part(xml, part);
        }
        if (stop != NULL && xml->status == BKT_OK) {
            tell_part(xml, BKTI_SPAN("\n"));
            fast->after_return = true;
        }
        at = stop == NULL ? end : stop + 1;
    }
}

static void tell_references(bkti_xml *xml, bkti_span text) {
    struct bkti_fast *fast = xml->fast;
    const char *end = text.data + text.size;
    for (const char *at = text.data; at < end && xml->status == BKT_OK;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        tell_lines(xml, (bkti_span){at, (size_t)((stop == NULL ? end : stop) - at)});
        if (stop == NULL || xml->status != BKT_OK) {
            return;
        }
        bkti_text_clear(&fast->values);
        at = stop + bkti_fast_reference(stop, end, &fast->values);
        if (at == stop) {
            bkti_xml_fail_memory(xml);
            return;
        }
        fast->after_return = false;
        tell_part(xml, bkti_text_span(&fast->values));
    }
}

static bkti_fast_outcome tell_text(bkti_xml *xml, bkti_span text, bool has_references) {
    if (!xml->wants_text) {
        return BKTI_FAST_GO_ON;
    }
    if (has_references) {
        tell_references(xml, text);
    } else {
        tell_lines(xml, text);
    }
    return xml->status == BKT_OK ? BKTI_FAST_GO_ON : BKTI_FAST_STOP;
}

/* Whether it may be too much: then libxml2 shall count. */
static bool is_too_much(const bkti_xml *xml, size_t size) {
    return xml->wants_text && xml->text_size + size > xml->text_limit;
}

/* How much of the text is whole: a reference may be cut by the window's end, and "]" may be the
 * begin of what is not allowed. */
static const char *whole_end(const char *from, const char *end) {
    const char *at = end;
    while (at > from && at[-1] == ']') {
        at--;
    }
    size_t near = (size_t)(at - from) < REFERENCE_LIMIT ? (size_t)(at - from) : REFERENCE_LIMIT;
    for (const char *before = at; before > at - near; before--) {
        if (before[-1] == ';') {
            break;
        }
        if (before[-1] == '&') {
            return before - 1;
        }
    }
    return at;
}

static bool are_references_known(struct bkti_fast *fast, const char *from, const char *end,
                                 bool *out_any) {
    *out_any = false;
    while ((from = memchr(from, '&', (size_t)(end - from))) != NULL) {
        bkti_text_clear(&fast->values);
        size_t size = bkti_fast_reference(from, end, &fast->values);
        if (size == 0) {
            return false;
        }
        from += size;
        *out_any = true;
    }
    return true;
}

bkti_fast_outcome bkti_fast_text(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *from = fast->cursor;
    const char *end = bkti_fast_space(from, fast->end);
    bool is_blank = end == fast->end || *end == '<';
    if (is_blank && (!xml->wants_text || xml->depth == 0)) {
        fast->lead = from == fast->begin ? NULL : from;
        fast->lead_size = (size_t)(end - from);
        fast->cursor = end;
        return BKTI_FAST_GO_ON;
    }
    if (xml->depth == 0) {
        return BKTI_FAST_HAND_OVER;
    }
    fast->record.is_active = false;
    end += fast->vector->find_markup(end, (size_t)(fast->end - end));
    if (end == fast->end && !fast->is_carry) {
        end = whole_end(from, end);
        if (end == from) {
            return BKTI_FAST_INCOMPLETE;
        }
    }
    bool has_references;
    if (bkti_fast_find(from, end, "]]>") != NULL ||
        !are_references_known(fast, from, end, &has_references) ||
        is_too_much(xml, (size_t)(end - from))) {
        return BKTI_FAST_HAND_OVER;
    }
    fast->cursor = end;
    return tell_text(xml, (bkti_span){from, (size_t)(end - from)}, has_references);
}

static bkti_fast_outcome comment(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *close = bkti_fast_find(fast->cursor + 4, fast->end, "--");
    if (close == NULL || close + 2 == fast->end) {
        return BKTI_FAST_INCOMPLETE;
    }
    if (close[2] != '>') {
        return BKTI_FAST_HAND_OVER;
    }
    fast->cursor = close + 3;
    return BKTI_FAST_GO_ON;
}

static bkti_fast_outcome section(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *begin = fast->cursor + 9;
    const char *close = bkti_fast_find(begin, fast->end, "]]>");
    if (xml->depth == 0) {
        return BKTI_FAST_HAND_OVER;
    }
    if (close == NULL) {
        return BKTI_FAST_INCOMPLETE;
    }
    bkti_span text = {begin, (size_t)(close - begin)};
    if (is_too_much(xml, text.size)) {
        return BKTI_FAST_HAND_OVER;
    }
    fast->cursor = close + 3;
    return tell_text(xml, text, false);
}

bkti_fast_outcome bkti_fast_declaration(bkti_xml *xml) {
    static const char comment_begin[] = "<!--";
    static const char section_begin[] = "<![CDATA[";
    struct bkti_fast *fast = xml->fast;
    size_t left = (size_t)(fast->end - fast->cursor);
    fast->after_return = false;
    fast->record.is_active = false;
    if (left >= 4 && memcmp(fast->cursor, comment_begin, 4) == 0) {
        return comment(xml);
    }
    if (left >= 9 && memcmp(fast->cursor, section_begin, 9) == 0) {
        return section(xml);
    }
    bool may_become_one = (left < 4 && memcmp(fast->cursor, comment_begin, left) == 0) ||
                          (left < 9 && memcmp(fast->cursor, section_begin, left) == 0);
    return may_become_one ? BKTI_FAST_INCOMPLETE : BKTI_FAST_HAND_OVER;
}

/* Takes ` name="value"` of an XML declaration. */
static bool take_pseudo(const char **at, const char *end, const char *name, bkti_span *out_value) {
    const char *next = bkti_fast_space(*at, end);
    size_t size = strlen(name);
    if (next == *at || (size_t)(end - next) < size || memcmp(next, name, size) != 0) {
        return false;
    }
    next = bkti_fast_space(next + size, end);
    if (next == end || *next != '=') {
        return false;
    }
    next = bkti_fast_space(next + 1, end);
    const char *close = next == end || (*next != '"' && *next != '\'')
                            ? NULL
                            : memchr(next + 1, *next, (size_t)(end - next) - 1);
    if (close == NULL) {
        return false;
    }
    *out_value = (bkti_span){next + 1, (size_t)(close - next) - 1};
    *at = close + 1;
    return true;
}

static bool is_encoding_name(bkti_span name) {
    const char *colon;
    const char *end = name.data + name.size;
    return name.size > 0 && name.data[0] != '_' && bkti_fast_name(name.data, end, &colon) == end &&
           colon == NULL;
}

/* Whether "<?xml ...?>" is the declaration that messages have; which encoding it names has been
 * seen to before. */
static bool is_xml_declaration(const char *at, const char *end) {
    bkti_span version;
    bkti_span value;
    if (!take_pseudo(&at, end, "version", &version) || !bkti_span_is(version, "1.0")) {
        return false;
    }
    if (take_pseudo(&at, end, "encoding", &value) && !is_encoding_name(value)) {
        return false;
    }
    if (take_pseudo(&at, end, "standalone", &value) && !bkti_span_is(value, "yes") &&
        !bkti_span_is(value, "no")) {
        return false;
    }
    return bkti_fast_space(at, end) == end;
}

bkti_fast_outcome bkti_fast_instruction(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    fast->record.is_active = false;
    const char *name = fast->cursor + 2;
    const char *close = bkti_fast_find(name, fast->end, "?>");
    if (close == NULL) {
        return BKTI_FAST_INCOMPLETE;
    }
    const char *colon;
    const char *name_end = bkti_fast_name(name, close, &colon);
    if (name_end == NULL || name_end == name || colon != NULL ||
        (name_end < close && !bkti_fast_is(*name_end, BKTI_FAST_SPACE))) {
        return BKTI_FAST_HAND_OVER;
    }
    bkti_span target = {name, (size_t)(name_end - name)};
    bool is_xml = bkti_span_equal_caseless(target, BKTI_SPAN("xml"));
    if (is_xml &&
        (fast->has_begun || !bkti_span_is(target, "xml") || !is_xml_declaration(name_end, close))) {
        return BKTI_FAST_HAND_OVER;
    }
    fast->after_return = false;
    fast->cursor = close + 2;
    return BKTI_FAST_GO_ON;
}

const char *bkti_xml_find_start(const char *from, const char *end, const char *local) {
    bkti_span wanted = bkti_span_of(local);
    while ((from = memchr(from, '<', (size_t)(end - from))) != NULL) {
        const char *name = from + 1;
        const char *at = name;
        while (at < end && (bkti_fast_is(*at, BKTI_FAST_NAME) || *at == ':')) {
            name = *at == ':' ? at + 1 : name;
            at++;
        }
        if (at < end && bkti_span_equal((bkti_span){name, (size_t)(at - name)}, wanted)) {
            return from;
        }
        from++;
    }
    return NULL;
}
