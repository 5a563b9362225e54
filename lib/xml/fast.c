/* SPDX-License-Identifier: MIT */
/* The fast scanner: blocks as tokens. What it does not know, it gives to libxml2 together with what
 * is open, and is gone. */
#include "bkti_fast.h"

bool bkti_fast_new(bkti_xml *xml) {
    xml->fast = bkti_allocate_zeroed(xml->memory, 1, sizeof *xml->fast);
    if (xml->fast == NULL) {
        return false;
    }
    xml->fast->vector = bkti_vector_best();
    xml->fast->at_begin.line = 1;
    bkti_text_init(&xml->fast->carry, xml->memory);
    bkti_text_init(&xml->fast->values, xml->memory);
    return true;
}

void bkti_fast_free(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    if (fast == NULL) {
        return;
    }
    for (size_t i = 0; i < BKTI_FAST_SHAPES; i++) {
        bkti_release(xml->memory, fast->shapes[i]);
    }
    bkti_release(xml->memory, fast->whole);
    bkti_release(xml->memory, fast->tag.attributes);
    bkti_text_free(&fast->carry);
    bkti_text_free(&fast->values);
    bkti_release(xml->memory, fast);
    xml->fast = NULL;
}

void bkti_fast_begin(bkti_xml *xml, const bkti_xml_mark *mark) {
    xml->fast->at_begin = *mark;
    xml->fast->at_next = *mark;
}

/* Goes from a mark over text that lies behind it. */
static bkti_xml_mark go_on(const struct bkti_fast *fast, bkti_xml_mark mark, const char *from,
                           const char *to) {
    size_t size = (size_t)(to - from);
    size_t lines = size == 0 ? 0 : fast->vector->count_lines(from, size);
    mark.offset += size;
    mark.line += lines;
    if (lines > 0) {
        const char *line = to;
        while (line[-1] != '\n') {
            line--;
        }
        mark.line_begin = mark.offset - (uint64_t)(to - line);
    }
    return mark;
}

/* Goes back from the window's end; the line's begin may lie before the window. */
static bkti_xml_mark go_back(const struct bkti_fast *fast, const char *to) {
    bkti_xml_mark mark = fast->at_end;
    size_t size = (size_t)(fast->end - to);
    mark.offset -= size;
    mark.line -= size == 0 ? 0 : fast->vector->count_lines(to, size);
    mark.line_begin = fast->at_begin.line_begin;
    for (const char *line = to; line > fast->begin; line--) {
        if (line[-1] == '\n') {
            mark.line_begin = mark.offset - (uint64_t)(to - line);
            break;
        }
    }
    return mark;
}

bkti_xml_mark bkti_fast_mark(struct bkti_fast *fast, const char *at) {
    if (at < fast->known) {
        fast->known = fast->begin;
        fast->at_known = fast->at_begin;
    }
    if (fast->at_end.line != 0 && fast->end - at < at - fast->known) {
        return go_back(fast, at);
    }
    fast->at_known = go_on(fast, fast->at_known, fast->known, at);
    fast->known = at;
    return fast->at_known;
}

static void set_place(struct bkti_fast *fast, const char *at, bkti_place *out_place) {
    bkti_xml_mark mark = fast->begin == NULL ? fast->at_begin : bkti_fast_mark(fast, at);
    out_place->offset = mark.offset;
    out_place->line = mark.line;
    out_place->column = mark.offset - mark.line_begin + 1;
}

void bkti_fast_place(const bkti_xml *xml, bkti_place *out_place) {
    set_place(xml->fast, xml->is_in_start ? xml->fast->token : xml->fast->cursor, out_place);
}

void bkti_fast_value_place(const bkti_xml *xml, const char *value, bkti_place *out_place) {
    while (value > xml->fast->begin && *value != '<') {
        value--;
    }
    set_place(xml->fast, value, out_place);
}

static void set_window(struct bkti_fast *fast, const char *text, size_t size,
                       const bkti_xml_mark *mark) {
    fast->begin = text;
    fast->cursor = text;
    fast->end = text + size;
    fast->at_begin = *mark;
    fast->known = text;
    fast->at_known = *mark;
    fast->at_end.line = 0;
    fast->is_carry = false;
    fast->record.is_active = false;
    fast->lead = NULL;
    fast->lead_size = 0;
}

/* One token, or the text before the next. */
static bkti_fast_outcome scan_token(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *at = fast->cursor;
    if (*at != '<') {
        return bkti_fast_text(xml);
    }
    if (fast->lead == NULL || fast->lead + fast->lead_size != at) {
        fast->lead = at == fast->begin ? NULL : at;
        fast->lead_size = 0;
    }
    fast->token = at;
    if (fast->end - at < 2) {
        return BKTI_FAST_INCOMPLETE;
    }
    switch (at[1]) {
    case '/':
        return bkti_fast_end_tag(xml);
    case '!':
        return bkti_fast_declaration(xml);
    case '?':
        return bkti_fast_instruction(xml);
    default:
        return bkti_fast_start_tag(xml);
    }
}

static bkti_fast_outcome scan_window(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_outcome outcome = BKTI_FAST_GO_ON;
    while (outcome == BKTI_FAST_GO_ON && fast->cursor < fast->end) {
        if (xml->skipping.depth != 0) {
            outcome = bkti_fast_skip(xml);
            continue;
        }
        outcome = bkti_fast_predicted(xml);
        if (outcome == BKTI_FAST_GO_ON && fast->cursor < fast->end && xml->skipping.depth == 0) {
            outcome = scan_token(xml);
            fast->has_begun = true;
        }
    }
    return outcome;
}

/* Whether the carry is a whole token, its last byte being what came now. */
static bool is_whole(struct bkti_fast *fast) {
    const char *text = fast->carry.data;
    size_t size = fast->carry.size;
    char byte = text[size - 1];
    switch (text[0]) {
    case '&':
        return byte == ';' || size > 16;
    case ']':
        return byte != ']';
    default:
        break;
    }
    if (size > 1 && text[1] == '?') {
        return size >= 4 && byte == '>' && text[size - 2] == '?';
    }
    if (size > 1 && text[1] == '!') {
        bool is_comment = memcmp(text, "<!--", size < 4 ? size : 4) == 0;
        bool is_section = memcmp(text, "<![CDATA[", size < 9 ? size : 9) == 0;
        return is_comment   ? size >= 7 && memcmp(text + size - 3, "-->", 3) == 0
               : is_section ? size >= 12 && memcmp(text + size - 3, "]]>", 3) == 0
                            : true;
    }
    if (fast->carry_quote != 0) {
        fast->carry_quote = byte == fast->carry_quote ? 0 : fast->carry_quote;
    } else if (byte == '"' || byte == '\'') {
        fast->carry_quote = byte;
    }
    return size > 1 && (byte == '<' || (byte == '>' && fast->carry_quote == 0));
}

/* Adds bytes to the carry until it is whole; gives how many. A byte that shows that "]" was just
 * text is left. */
static size_t fill_carry(struct bkti_fast *fast, const char *text, size_t size, bool *out_whole) {
    *out_whole = false;
    for (size_t i = 0; i < size; i++) {
        bool ends_brackets =
            fast->carry.size > 0 && fast->carry.data[0] == ']' && text[i] != ']' && text[i] != '>';
        if (ends_brackets) {
            *out_whole = true;
            return i;
        }
        bkti_span byte = {text + i, 1};
        if (!bkti_text_append_span(&fast->carry, byte)) {
            return i;
        }
        if (is_whole(fast)) {
            *out_whole = true;
            return i + 1;
        }
    }
    return size;
}

/* What is left of the window waits for its end. */
static bkti_fast_outcome keep(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    fast->at_carry = bkti_fast_mark(fast, fast->cursor);
    fast->carry_quote = 0;
    bool is_whole_already;
    fill_carry(fast, fast->cursor, (size_t)(fast->end - fast->cursor), &is_whole_already);
    if (fast->carry.failed) {
        bkti_xml_fail_memory(xml);
        return BKTI_FAST_STOP;
    }
    /* What was not whole a moment ago can't be now, unless it is nothing that is known here. */
    if (is_whole_already) {
        bkti_text_clear(&fast->carry);
        return BKTI_FAST_HAND_OVER;
    }
    fast->cursor = fast->end;
    return BKTI_FAST_GO_ON;
}

/* The lines of elements that this block opened, before it goes. */
static void count_open_lines(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    for (uint32_t depth = xml->depth; depth > 0 && xml->open[depth].line == 0; depth--) {
        size_t at = (size_t)(xml->open[depth].offset - fast->at_begin.offset);
        bkti_xml_mark mark = bkti_fast_mark(fast, fast->begin + at);
        xml->open[depth].line = mark.line;
    }
}

/* libxml2 goes on at the cursor with what is left of the window. */
static bkt_status hand_over(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    if (xml->is_apart) {
        xml->status = BKT_END;
        return xml->status;
    }
    count_open_lines(xml);
    if (fast->after_return && fast->cursor < fast->end && *fast->cursor == '\n') {
        fast->cursor++; /* of a line end that was told */
    }
    bkti_xml_mark mark = bkti_fast_mark(fast, fast->cursor);
    /* Taken out, so that everybody sees that libxml2 is at work. */
    xml->fast = NULL;
    if (bkti_libxml2_take_over(xml, &mark) == BKT_OK) {
        bkti_libxml2_scan(xml, fast->cursor, (size_t)(fast->end - fast->cursor));
    }
    xml->fast = fast;
    bkti_fast_free(xml);
    return xml->status;
}

/* Where the next window begins: behind this one, which has so many lines. */
static bkti_xml_mark next_mark(const struct bkti_fast *fast, size_t lines) {
    bkti_xml_mark mark = fast->at_begin;
    mark.offset += (uint64_t)(fast->end - fast->begin);
    mark.line += lines;
    for (const char *at = fast->end; lines > 0 && at > fast->begin; at--) {
        if (at[-1] == '\n') {
            mark.line_begin = mark.offset - (uint64_t)(fast->end - at);
            break;
        }
    }
    return mark;
}

/* A token grows long that is passed over; libxml2, which doesn't know what is open in there, can't
 * go on with it. */
static bkti_fast_outcome wait_on(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bkt_status status =
        bkti_xml_check_token(xml, fast->at_carry.offset, fast->carry.data, fast->carry.size);
    return status == BKT_OK ? BKTI_FAST_INCOMPLETE : BKTI_FAST_STOP;
}

/* Keeps what stands behind a token that is passed over: the "<" that showed its end. */
static void keep_rest(struct bkti_fast *fast) {
    size_t rest = (size_t)(fast->end - fast->cursor);
    fast->at_carry = bkti_fast_mark(fast, fast->cursor);
    memmove(fast->carry.data, fast->cursor, rest);
    fast->carry.size = rest;
    fast->carry_quote = 0;
}

/* Adds to the carry, and scans it as a window of its own if it is whole. */
static bkti_fast_outcome scan_filled(bkti_xml *xml, const char **text, size_t *size) {
    struct bkti_fast *fast = xml->fast;
    bool whole;
    size_t taken = fill_carry(fast, *text, *size, &whole);
    if (fast->carry.failed) {
        bkti_xml_fail_memory(xml);
        return BKTI_FAST_STOP;
    }
    *text += taken;
    *size -= taken;
    if (!whole && fast->carry.size <= BKTI_FAST_CARRY_LIMIT) {
        return BKTI_FAST_INCOMPLETE;
    }
    set_window(fast, fast->carry.data, fast->carry.size, &fast->at_carry);
    fast->is_carry = true;
    bool is_skipping = xml->skipping.depth != 0;
    if (!whole) {
        return is_skipping ? wait_on(xml) : BKTI_FAST_HAND_OVER;
    }
    bkti_fast_outcome outcome = scan_window(xml);
    if (outcome == BKTI_FAST_INCOMPLETE && is_skipping) {
        keep_rest(fast);
        return outcome;
    }
    return outcome == BKTI_FAST_INCOMPLETE ? BKTI_FAST_HAND_OVER : outcome;
}

/* The token that was cut by the end of the block before. *text is moved on behind it. False: it is
 * not whole yet, or the scanning is over. */
static bool scan_carry(bkti_xml *xml, const char **text, size_t *size) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_outcome outcome;
    do {
        outcome = scan_filled(xml, text, size);
    } while (outcome == BKTI_FAST_INCOMPLETE && *size > 0);
    if (outcome == BKTI_FAST_STOP || outcome == BKTI_FAST_INCOMPLETE) {
        return false;
    }
    if (outcome == BKTI_FAST_HAND_OVER) {
        if (hand_over(xml) == BKT_OK) {
            bkti_libxml2_scan(xml, *text, *size);
        }
        return false;
    }
    count_open_lines(xml);
    bkti_text_clear(&fast->carry);
    return true;
}

/* Scans whole characters that XML allows; `lines` of them are line feeds. */
static bkt_status scan_characters(bkti_xml *xml, const char *text, size_t size, size_t lines,
                                  const bkti_xml_mark *mark, bkti_xml_mark *out_next) {
    struct bkti_fast *fast = xml->fast;
    const char *begin = text;
    const char *all_end = text + size;
    set_window(fast, text, size, mark);
    *out_next = next_mark(fast, lines);
    if (fast->carry.size > 0 && !scan_carry(xml, &text, &size)) {
        return xml->status;
    }
    set_window(fast, begin, (size_t)(all_end - begin), mark);
    fast->at_end = *out_next;
    fast->cursor = text;
    bkti_fast_outcome outcome = scan_window(xml);
    outcome = outcome == BKTI_FAST_INCOMPLETE ? keep(xml) : outcome;
    if (outcome == BKTI_FAST_HAND_OVER) {
        return hand_over(xml);
    }
    if (outcome == BKTI_FAST_GO_ON) {
        count_open_lines(xml);
    }
    return xml->status;
}

/* What a cut character and this text begin with is none that XML allows: the fault that libxml2
 * would find too, unless it stands in a token whose begin is known, or outside all elements. */
static bool fail_character(bkti_xml *xml, const bkti_xml_mark *mark, const char *text,
                           size_t size) {
    struct bkti_fast *fast = xml->fast;
    char bytes[2 * sizeof fast->cut];
    size_t part = size < sizeof fast->cut ? size : sizeof fast->cut;
    memcpy(bytes, fast->cut, fast->cut_size);
    memcpy(bytes + fast->cut_size, text, part);
    uint32_t point = 0;
    bool is_character = bkti_span_character((bkti_span){bytes, fast->cut_size + part}, &point) > 0;
    bool is_first = xml->skipping.depth != 0 || (fast->carry.size == 0 && xml->depth > 0);
    if (point > 0 && !is_first) {
        return false;
    }
    set_window(fast, text, size, mark);
    bkti_place place;
    bkti_xml_place(xml, &place);
    if (is_character) {
        bkti_xml_fail_character(xml, &place, point);
    } else {
        bkti_xml_fail_encoding(xml, &place, (unsigned char)bytes[0]);
    }
    return true;
}

/* What the carry, a cut character and this text make is not for here. */
static bkt_status hand_over_rest(bkti_xml *xml, const bkti_xml_mark *mark, const char *text,
                                 size_t size) {
    struct bkti_fast *fast = xml->fast;
    char cut[sizeof fast->cut];
    size_t cut_size = fast->cut_size;
    memcpy(cut, fast->cut, sizeof cut);
    if (size > 0 && fail_character(xml, mark, text, size)) {
        return xml->status;
    }
    if (fast->carry.size > 0) {
        set_window(fast, fast->carry.data, fast->carry.size, &fast->at_carry);
    } else {
        set_window(fast, cut, 0, mark);
    }
    if (hand_over(xml) == BKT_OK && bkti_libxml2_scan(xml, cut, cut_size) == BKT_OK) {
        bkti_libxml2_scan(xml, text, size);
    }
    return xml->status;
}

/* Whether the bytes are the begin of a character. */
static bool is_cut_character(bkti_span bytes) {
    bkti_utf_8 check = {.rest_size = 0};
    return bytes.size < 4 &&
           bkti_utf_8_check(&check, (const unsigned char *)bytes.data, bytes.size) == bytes.size &&
           check.rest_size == bytes.size;
}

/* A character that the end of a block cut, and the bytes that may make it whole. False: the
 * scanning is over, or it is still not whole. */
static bool scan_cut(bkti_xml *xml, const char **text, size_t *size, bkti_xml_mark *mark) {
    struct bkti_fast *fast = xml->fast;
    size_t lines;
    while (*size > 0) {
        char joined[sizeof fast->cut + 1];
        memcpy(joined, fast->cut, fast->cut_size);
        joined[fast->cut_size] = **text;
        size_t joined_size = fast->cut_size + 1;
        if (fast->vector->check(joined, joined_size, &lines) == joined_size) {
            (*text)++;
            (*size)--;
            fast->cut_size = 0;
            bkti_xml_mark begin = *mark;
            if (scan_characters(xml, joined, joined_size, 0, &begin, mark) == BKT_OK &&
                xml->fast == NULL) {
                bkti_libxml2_scan(xml, *text, *size); /* which took over at that character */
            }
            return xml->status == BKT_OK && xml->fast != NULL;
        }
        bkti_span character = {joined, joined_size};
        if (!is_cut_character(character)) {
            hand_over_rest(xml, mark, *text, *size);
            return false;
        }
        memcpy(fast->cut, joined, joined_size);
        fast->cut_size = joined_size;
        (*text)++;
        (*size)--;
    }
    return false;
}

bkt_status bkti_fast_scan(bkti_xml *xml, const char *text, size_t size) {
    struct bkti_fast *fast = xml->fast;
    bkti_xml_mark mark = fast->at_next;
    if (fast->cut_size > 0 && !scan_cut(xml, &text, &size, &mark)) {
        return xml->status;
    }
    size_t lines;
    size_t good = fast->vector->check(text, size, &lines);
    bkti_xml_mark next = mark;
    if (good > 0 &&
        (scan_characters(xml, text, good, lines, &mark, &next) != BKT_OK || xml->fast == NULL)) {
        return xml->status != BKT_OK ? xml->status
                                     : bkti_libxml2_scan(xml, text + good, size - good);
    }
    fast->at_next = next;
    bkti_span rest = {text + good, size - good};
    if (rest.size > 0 && !is_cut_character(rest)) {
        return hand_over_rest(xml, &next, rest.data, rest.size);
    }
    memcpy(fast->cut, rest.data, rest.size);
    fast->cut_size = rest.size;
    /* Nothing of the window may be looked at any more. */
    set_window(fast, fast->cut, 0, &next);
    return BKT_OK;
}

bkt_status bkti_fast_end(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    if (xml->skipping.depth != 0) {
        bkti_place place;
        bkti_xml_place(xml, &place);
        place.offset += fast->cut_size;
        place.column += fast->cut_size;
        return bkti_xml_fail_truncated(xml, &place);
    }
    if (xml->depth == 0 && xml->has_root && fast->carry.size == 0 && fast->cut_size == 0) {
        return BKT_OK;
    }
    return hand_over_rest(xml, &fast->at_next, NULL, 0);
}

bool bkti_fast_is_between(const bkti_xml *xml) {
    const struct bkti_fast *fast = xml->fast;
    return fast->carry.size == 0 && fast->cut_size == 0 && xml->skipping.depth == 0;
}

/* Nothing is at hand, and the next block begins at the mark. */
static void stand_at(struct bkti_fast *fast, const bkti_xml_mark *mark) {
    fast->at_next = *mark;
    set_window(fast, fast->cut, 0, mark);
}

void bkti_fast_jump(bkti_xml *xml, uint64_t offset) {
    bkti_xml_mark mark = {.offset = offset, .line = 1, .line_begin = offset};
    stand_at(xml->fast, &mark);
}

void bkti_fast_follow_other(bkti_xml *xml, const bkti_xml *other) {
    bkti_xml_mark mark = other->fast->at_next;
    const bkti_xml_mark *before = &xml->fast->at_next;
    mark.line_begin = mark.line == 1 ? before->line_begin : mark.line_begin;
    mark.line += before->line - 1;
    stand_at(xml->fast, &mark);
}
