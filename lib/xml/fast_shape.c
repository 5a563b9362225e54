/* SPDX-License-Identifier: MIT */
/* Shapes: tags that were met before. What follows a tag is foreseen from what followed one of its
 * shape last time, and made sure of by comparing; only the ends of values are looked for. */
#include "bkti_fast.h"

/* Whether the literals stand here and values between them; sets the values. From `limit` on too
 * little of the window is left to tell. */
static const char *take_values(const bkti_xml *xml, bkti_fast_shape *shape, const char *at,
                               const char *limit) {
    const bkti_fast_literal *literal = shape->literals;
    bkti_xml_attribute *attribute = shape->attributes;
    const bkti_xml_attribute *last = attribute + shape->element.attribute_count;
    while (attribute < last) {
        const char *value = at;
        size_t size = 0;
        size_t stop;
        while ((stop = bkti_lane_stop(value + size, literal->quote)) == BKTI_LANE_SIZE) {
            size += BKTI_LANE_SIZE;
            if (value + size > limit || size + BKTI_LANE_SIZE > xml->attribute_limit) {
                return NULL;
            }
        }
        size += stop;
        at = value + size;
        if (*at != literal->quote || at > limit) {
            return NULL;
        }
        literal++;
        if (!bkti_lane_same(at, shape->text + literal->begin, literal->size)) {
            return NULL;
        }
        attribute->value = (bkti_span){value, size};
        attribute++;
        at += literal->size;
    }
    return at;
}

/* The end of a tag of this shape that begins here, behind its lead; NULL if it is another. */
static inline const char *match(const bkti_xml *xml, bkti_fast_shape *shape, const char *at,
                                const char *limit) {
    const bkti_fast_literal *first = shape->literals;
    if (!bkti_lane_same(at, shape->text + BKTI_FAST_LEAD, first->size)) {
        return NULL;
    }
    at += first->size;
    return shape->element.attribute_count == 0 ? at : take_values(xml, shape, at, limit);
}

static inline const char *match_led(const bkti_xml *xml, bkti_fast_shape *shape, const char *at,
                                    const char *limit) {
    size_t lead = shape->lead_size;
    const bkti_fast_literal *first = shape->literals;
    if (!bkti_lane_same(at, shape->text + BKTI_FAST_LEAD - lead, lead + first->size)) {
        return NULL;
    }
    at += lead + first->size;
    return shape->element.attribute_count == 0 ? at : take_values(xml, shape, at, limit);
}

bkti_fast_outcome bkti_fast_tell(bkti_xml *xml, bkti_xml_element *element, bkti_span qualified,
                                 bool is_empty, const char *end) {
    struct bkti_fast *fast = xml->fast;
    fast->cursor = end;
    fast->after_return = false;
    xml->text_size = 0;
    xml->has_root = true;
    element->depth = ++xml->depth;
    if (!is_empty) {
        xml->open[xml->depth] =
            (bkti_xml_open){element->name, qualified,
                            fast->at_begin.offset + (uint64_t)(fast->token - fast->begin), 0};
    }
    xml->is_in_start = true;
    xml->status = xml->handler.start(xml->user, element);
    xml->is_in_start = false;
    if (is_empty) {
        if (xml->status == BKT_OK) {
            xml->skipping.wanted = false; /* there is nothing in it */
            xml->status = xml->handler.finish(xml->user, &element->name, xml->depth);
        }
        if (element->namespace_count > 0) {
            bkti_xml_undeclare(xml);
        }
        xml->depth--;
    }
    if (xml->skipping.wanted) {
        bkti_fast_begin_to_skip(xml);
    }
    return xml->status == BKT_OK ? BKTI_FAST_GO_ON : BKTI_FAST_STOP;
}

bkti_fast_outcome bkti_fast_tell_end(bkti_xml *xml, const char *end) {
    struct bkti_fast *fast = xml->fast;
    fast->cursor = end;
    fast->after_return = false;
    xml->text_size = 0;
    xml->status = xml->handler.finish(xml->user, &xml->open[xml->depth].name, xml->depth);
    size_t declared = xml->prefix_count;
    bkti_xml_undeclare(xml);
    if (xml->prefix_count != declared) {
        bkti_fast_forget(fast);
    }
    xml->depth--;
    if (xml->skipping.wanted) {
        bkti_fast_begin_to_skip(xml);
    }
    return xml->status == BKT_OK ? BKTI_FAST_GO_ON : BKTI_FAST_STOP;
}

/* An element deeper than others were, or too deep, is not for here. */
static inline bool has_room(const bkti_xml *xml) {
    return xml->depth + 2 <= xml->open_capacity && xml->depth < xml->depth_limit;
}

static inline bool is_possible(const bkti_xml *xml, const bkti_fast_shape *shape) {
    return shape->is_end ? xml->open[xml->depth].qualified.data == shape->qualified.data
                         : has_room(xml);
}

bkti_fast_outcome bkti_fast_predicted(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    if ((size_t)(fast->end - fast->cursor) <= BKTI_FAST_MARGIN ||
        xml->attribute_limit < BKTI_LANE_SIZE) {
        return BKTI_FAST_GO_ON;
    }
    const char *limit = fast->end - BKTI_FAST_MARGIN;
    bkti_fast_shape *shape = fast->last;
    while (shape != NULL && fast->cursor < limit && xml->depth > 0 && !xml->wants_text &&
           xml->skipping.depth == 0) {
        bkti_fast_shape *next = shape->next;
        const char *end = next == NULL ? NULL : match_led(xml, next, fast->cursor, limit);
        if (end != NULL) {
            shape->surprises = 0;
        } else {
            next = shape->other;
            end = next == NULL ? NULL : match_led(xml, next, fast->cursor, limit);
            if (end != NULL && ++shape->surprises > 1) {
                shape->other = shape->next;
                shape->next = next;
                shape->surprises = 0;
            }
        }
        if (end == NULL || !is_possible(xml, next)) {
            return BKTI_FAST_GO_ON;
        }
        fast->token = fast->cursor + next->lead_size;
        fast->last = next;
        bkti_fast_outcome outcome =
            next->is_end
                ? bkti_fast_tell_end(xml, end)
                : bkti_fast_tell(xml, &next->element, next->qualified, next->is_empty, end);
        if (outcome != BKTI_FAST_GO_ON) {
            return outcome;
        }
        shape = fast->last;
    }
    return BKTI_FAST_GO_ON;
}

/* What stood before the tag is what will be looked for the next time. */
static void set_lead(const struct bkti_fast *fast, bkti_fast_shape *shape) {
    if (fast->lead != NULL && fast->lead_size <= BKTI_FAST_LEAD) {
        shape->lead_size = fast->lead_size;
        memcpy(shape->text + BKTI_FAST_LEAD - fast->lead_size, fast->lead, fast->lead_size);
    }
}

void bkti_fast_follow(struct bkti_fast *fast, bkti_fast_shape *shape) {
    bkti_fast_shape *before = fast->last;
    fast->last = shape;
    if (shape == NULL) {
        return;
    }
    set_lead(fast, shape);
    if (before == NULL || before->next == shape || before->other == shape) {
        return;
    }
    if (before->next == NULL) {
        before->next = shape;
    } else {
        before->other = shape;
    }
}

bkti_fast_outcome bkti_fast_known(bkti_xml *xml, bool *out_known) {
    struct bkti_fast *fast = xml->fast;
    *out_known = false;
    if ((size_t)(fast->end - fast->cursor) <= BKTI_FAST_MARGIN ||
        xml->attribute_limit < BKTI_LANE_SIZE || !has_room(xml)) {
        return BKTI_FAST_GO_ON;
    }
    const char *limit = fast->end - BKTI_FAST_MARGIN;
    for (uint32_t i = 0; i < fast->shape_count; i++) {
        bkti_fast_shape *shape = fast->shapes[i];
        const char *end = shape->is_end ? NULL : match(xml, shape, fast->cursor, limit);
        if (end != NULL) {
            *out_known = true;
            bkti_fast_follow(fast, shape);
            return bkti_fast_tell(xml, &shape->element, shape->qualified, shape->is_empty, end);
        }
    }
    return BKTI_FAST_GO_ON;
}

void bkti_fast_forget(struct bkti_fast *fast) {
    fast->shape_count = 0;
    fast->shape_turn = 0;
    fast->last = NULL;
}

/* A shape to be filled in: a new one, or the one that is longest there. */
static bkti_fast_shape *take_place(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    uint32_t place = fast->shape_count;
    if (place == BKTI_FAST_SHAPES) {
        place = fast->shape_turn;
        fast->shape_turn = (fast->shape_turn + 1) % BKTI_FAST_SHAPES;
    }
    if (fast->shapes[place] == NULL) {
        fast->shapes[place] = bkti_allocate(xml->memory, sizeof *fast->shapes[place]);
        if (fast->shapes[place] == NULL) {
            return NULL; /* then there is one shape less */
        }
    }
    bkti_fast_shape *taken = fast->shapes[place];
    fast->shape_count += place == fast->shape_count;
    for (uint32_t i = 0; i < fast->shape_count; i++) {
        bkti_fast_shape *shape = fast->shapes[i];
        shape->next = shape->next == taken || shape == taken ? NULL : shape->next;
        shape->other = shape->other == taken || shape == taken ? NULL : shape->other;
    }
    fast->last = fast->last == taken ? NULL : fast->last;
    taken->surprises = 0;
    taken->lead_size = 0;
    taken->element = (bkti_xml_element){.attributes = taken->attributes};
    return taken;
}

bkti_fast_shape *bkti_fast_learn_end(bkti_xml *xml, bkti_span tag, bkti_span qualified) {
    struct bkti_fast *fast = xml->fast;
    for (uint32_t i = 0; i < fast->shape_count; i++) {
        if (fast->shapes[i]->is_end && fast->shapes[i]->qualified.data == qualified.data) {
            return fast->shapes[i];
        }
    }
    bkti_fast_shape *shape = tag.size > BKTI_FAST_LITERAL ? NULL : take_place(xml);
    if (shape != NULL) {
        shape->is_end = true;
        shape->is_empty = false;
        shape->qualified = qualified;
        shape->literals[0] = (bkti_fast_literal){BKTI_FAST_LEAD, (uint16_t)tag.size, 0};
        memcpy(shape->text + BKTI_FAST_LEAD, tag.data, tag.size);
    }
    return shape;
}

/* Whether the literals of a tag fit into a shape. */
static bool can_be_learnt(const bkti_fast_tag *tag) {
    if (tag->declarations > 0 || tag->count > BKTI_FAST_ATTRIBUTES) {
        return false;
    }
    const char *begin = tag->qualified.data - 1;
    size_t all = 0;
    for (size_t i = 0; i <= tag->count; i++) {
        const char *end = i == tag->count ? tag->end : tag->attributes[i].raw.data;
        size_t size = (size_t)(end - begin);
        all += size;
        if (size > BKTI_FAST_LITERAL || all > BKTI_FAST_LITERALS) {
            return false;
        }
        begin = i == tag->count ? end : end + tag->attributes[i].raw.size;
    }
    return true;
}

static void set_literals(bkti_fast_shape *shape, const bkti_fast_tag *tag) {
    const char *begin = tag->qualified.data - 1;
    uint16_t at = BKTI_FAST_LEAD;
    for (size_t i = 0; i <= tag->count; i++) {
        bool is_last = i == tag->count;
        const char *end = is_last ? tag->end : tag->attributes[i].raw.data;
        size_t size = (size_t)(end - begin);
        shape->literals[i] =
            (bkti_fast_literal){at, (uint16_t)size, is_last ? 0 : tag->attributes[i].quote};
        memcpy(shape->text + at, begin, size);
        at = (uint16_t)(at + size);
        begin = is_last ? end : end + tag->attributes[i].raw.size;
    }
}

/* One with the same names, whatever white space and quotation marks it had. */
static bkti_fast_shape *find_shape(const bkti_xml *xml, const bkti_fast_tag *tag,
                                   bkti_span qualified) {
    const struct bkti_fast *fast = xml->fast;
    for (uint32_t i = 0; i < fast->shape_count; i++) {
        bkti_fast_shape *shape = fast->shapes[i];
        if (shape->is_end || shape->qualified.data != qualified.data ||
            shape->is_empty != tag->is_empty || shape->element.attribute_count != tag->count) {
            continue;
        }
        size_t same = 0;
        while (same < tag->count &&
               shape->attributes[same].name.local.data == xml->attributes[same].name.local.data &&
               shape->attributes[same].name.uri == xml->attributes[same].name.uri) {
            same++;
        }
        if (same == tag->count) {
            return shape;
        }
    }
    return NULL;
}

bkti_fast_shape *bkti_fast_learn(bkti_xml *xml, const bkti_fast_tag *tag) {
    struct bkti_fast *fast = xml->fast;
    if (!can_be_learnt(tag)) {
        return NULL;
    }
    bkti_span qualified = bkti_xml_intern(xml, tag->qualified);
    bkti_fast_shape *shape = find_shape(xml, tag, qualified);
    if (shape == NULL) {
        shape = take_place(xml);
        if (shape == NULL) {
            return NULL;
        }
        shape->element.shape = ++fast->shape_number;
    }
    shape->is_end = false;
    shape->is_empty = tag->is_empty;
    shape->qualified = qualified;
    shape->element.attribute_count = (uint32_t)tag->count;
    if (tag->count > 0) {
        memcpy(shape->attributes, xml->attributes, tag->count * sizeof *shape->attributes);
    }
    set_literals(shape, tag);
    return shape;
}
