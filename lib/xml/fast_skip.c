/* SPDX-License-Identifier: MIT */
/* Passing over an element that nobody wants: only "<" is looked for, and of what begins with it
 * only as much as is needed to know the element's own end. A "<" can't stand in an attribute. */
#include "bkti_fast.h"

static bool is_local_of(bkti_span name, bkti_span local) {
    const char *colon = name.size == 0 ? NULL : memchr(name.data, ':', name.size);
    if (colon == name.data) {
        return false;
    }
    size_t before = colon == NULL ? 0 : (size_t)(colon - name.data) + 1;
    return bkti_span_equal((bkti_span){name.data + before, name.size - before}, local);
}

/* Makes the tag that begins with such a mark and name; of none, or one that is too long, no tag. */
static void set_tag(bkti_vector_tag *tag, const char *mark, bkti_span name) {
    size_t before = strlen(mark);
    bool fits = name.size > 0 && before + name.size <= BKTI_VECTOR_TAG;
    tag->size = fits ? (uint32_t)(before + name.size) : 0;
    tag->mask = bkti_lanes_mask(tag->size);
    if (fits) {
        memcpy(tag->text, mark, before);
        memcpy(tag->text + before, name.data, name.size);
    }
}

/* The tags that are counted, if they are not such as the skipped element itself. */
static void set_counted(const bkti_xml *xml) {
    bkti_span name = xml->fast->skip_counted;
    bool is_own = bkti_span_equal(name, xml->open[xml->depth].qualified);
    set_tag(&xml->fast->skip_tags.items[0], "<", is_own ? (bkti_span){NULL, 0} : name);
}

/* A tag that is neither counted nor of the skipped element's name: others like it are passed many
 * at once. */
static void pass_from_now_on(struct bkti_fast *fast, const char *mark, bkti_span name) {
    bkti_vector_tags *tags = &fast->skip_tags;
    if (tags->count == BKTI_VECTOR_TAGS) {
        return;
    }
    bkti_vector_tag *tag = &tags->items[tags->count];
    set_tag(tag, mark, name);
    /* At a window's end known ones are met, too. */
    size_t i = 1;
    while (i < tags->count && (tags->items[i].size != tag->size ||
                               memcmp(tags->items[i].text, tag->text, tag->size) != 0)) {
        i++;
    }
    tags->count += tag->size > 0 && i == tags->count;
}

void bkti_fast_begin_to_skip(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *own = xml->open[xml->depth].qualified.data;
    bool is_as_before = is_local_of(fast->skip_counted, xml->skipping.counted);
    xml->skipping.wanted = false;
    xml->skipping.depth = xml->depth;
    fast->skip_nesting = 0;
    if (!is_as_before) {
        fast->skip_counted = (bkti_span){NULL, 0};
    }
    if (!is_as_before || fast->skip_own != own) {
        fast->skip_own = own;
        fast->skip_tags.count = 1;
        set_counted(xml);
    }
}

bkti_fast_outcome bkti_fast_fail_skipped(bkti_xml *xml, const char *sentence) {
    bkti_place place;
    bkti_xml_place(xml, &place);
    bkti_xml_fail(xml, BKT_ERR_XML, &place, sentence);
    return BKTI_FAST_STOP;
}

/* Whether a name stands here, and not just the begin of a longer one. */
static bool is_name_here(const char *at, const char *end, bkti_span name) {
    return (size_t)(end - at) > name.size && memcmp(at, name.data, name.size) == 0 &&
           !bkti_fast_is(at[name.size], BKTI_FAST_NAME) && at[name.size] != ':' &&
           (unsigned char)at[name.size] < 0x80;
}

/* The end of a name, with whatever letters; it may go on behind the window. */
static const char *end_of_name(const char *at, const char *end) {
    while (at < end &&
           (bkti_fast_is(*at, BKTI_FAST_NAME) || *at == ':' || (unsigned char)*at >= 0x80)) {
        at++;
    }
    return at;
}

/* Whether elements of this name are counted. */
static bool is_counted(bkti_xml *xml, bkti_span name) {
    struct bkti_fast *fast = xml->fast;
    if (!is_local_of(name, xml->skipping.counted)) {
        return false;
    }
    bkti_span known = bkti_xml_intern(xml, name);
    fast->skip_counted = known.data == NULL ? fast->skip_counted : known;
    set_counted(xml);
    return true;
}

/* Behind the end of what begins here; NULL: it is not in the window. */
static const char *behind(const char *from, const char *end, const char *closing) {
    const char *close = bkti_fast_find(from, end, closing);
    return close == NULL ? NULL : close + strlen(closing);
}

/* A start tag of the skipped element's own name: there is an end tag for it, unless it is empty. */
static bkti_fast_outcome nested(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    char quote = 0;
    for (const char *at = fast->cursor + 1; at < fast->end; at++) {
        if (*at == '<') {
            fast->cursor = at;
            return bkti_fast_fail_skipped(xml, "the XML is not well-formed: a '<' stands in a tag");
        }
        if (quote != 0) {
            quote = *at == quote ? 0 : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            fast->skip_nesting += at[-1] != '/';
            fast->cursor = at + 1;
            return BKTI_FAST_GO_ON;
        }
    }
    return BKTI_FAST_INCOMPLETE;
}

static bkti_fast_outcome start_tag(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *name = fast->cursor + 1;
    bool counts = fast->skip_counted.size > 0 && is_name_here(name, fast->end, fast->skip_counted);
    bool is_own = is_name_here(name, fast->end, xml->open[xml->depth].qualified);
    if (!counts) {
        const char *name_end = end_of_name(name, fast->end);
        if (name_end == fast->end) {
            return BKTI_FAST_INCOMPLETE;
        }
        bkti_span found = {name, (size_t)(name_end - name)};
        counts = is_counted(xml, found);
        if (!counts && !is_own) {
            pass_from_now_on(fast, "<", found);
        }
    }
    bkti_fast_outcome outcome = BKTI_FAST_GO_ON;
    if (is_own) {
        outcome = nested(xml);
    } else {
        fast->cursor = name;
    }
    if (outcome == BKTI_FAST_GO_ON) {
        *xml->skipping.count += counts;
    }
    return outcome;
}

static bkti_fast_outcome end_tag(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bkti_span own = xml->open[xml->depth].qualified;
    const char *name = fast->cursor + 2;
    size_t left = (size_t)(fast->end - name);
    bool may_be_own = memcmp(name, own.data, left < own.size ? left : own.size) == 0;
    if (may_be_own && left <= own.size) {
        return BKTI_FAST_INCOMPLETE;
    }
    if (!may_be_own || !is_name_here(name, fast->end, own)) {
        const char *name_end = end_of_name(name, fast->end);
        if (name_end < fast->end) {
            pass_from_now_on(fast, "</", (bkti_span){name, (size_t)(name_end - name)});
        }
        fast->cursor += 2;
        return BKTI_FAST_GO_ON;
    }
    if (fast->skip_nesting > 0) {
        fast->skip_nesting--;
        fast->cursor += 2;
        return BKTI_FAST_GO_ON;
    }
    const char *close = bkti_fast_space(name + own.size, fast->end);
    if (close == fast->end) {
        return BKTI_FAST_INCOMPLETE;
    }
    if (*close != '>') {
        return bkti_fast_fail_skipped(xml, "the XML is not well-formed: a tag has no '>' at its "
                                           "end, or something wrong before it");
    }
    xml->skipping.depth = 0;
    bkti_span tag = {fast->cursor, (size_t)(close + 1 - fast->cursor)};
    fast->lead = NULL;
    bkti_fast_follow(fast, bkti_fast_learn_end(xml, tag, own));
    return bkti_fast_tell_end(xml, close + 1);
}

static bkti_fast_outcome other(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    const char *at = fast->cursor;
    size_t left = (size_t)(fast->end - at);
    const char *close = NULL;
    if (at[1] == '?') {
        close = behind(at + 2, fast->end, "?>");
    } else if (left >= 4 && memcmp(at, "<!--", 4) == 0) {
        close = behind(at + 4, fast->end, "-->");
    } else if (left >= 9 && memcmp(at, "<![CDATA[", 9) == 0) {
        close = behind(at + 9, fast->end, "]]>");
    } else if (!(left < 4 && memcmp(at, "<!--", left) == 0) &&
               !(left < 9 && memcmp(at, "<![CDATA[", left) == 0)) {
        return bkti_fast_fail_skipped(
            xml, "the XML is not well-formed: '<!' begins neither a comment nor a CDATA section");
    }
    if (close == NULL) {
        return BKTI_FAST_INCOMPLETE;
    }
    fast->cursor = close;
    return BKTI_FAST_GO_ON;
}

bkti_fast_outcome bkti_fast_skip(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_outcome outcome = BKTI_FAST_GO_ON;
    while (outcome == BKTI_FAST_GO_ON && xml->skipping.depth != 0) {
        size_t left = (size_t)(fast->end - fast->cursor);
        size_t passed =
            fast->vector->pass_tags(fast->cursor, left, &fast->skip_tags, xml->skipping.count);
        fast->cursor += passed;
        left -= passed;
        if (left == 0) {
            return BKTI_FAST_GO_ON;
        }
        fast->token = fast->cursor;
        if (left < 2) {
            return BKTI_FAST_INCOMPLETE;
        }
        char next = fast->cursor[1];
        if (next == '/') {
            outcome = end_tag(xml);
        } else if (next == '!' || next == '?') {
            outcome = other(xml);
        } else {
            outcome = start_tag(xml);
        }
    }
    return outcome;
}
