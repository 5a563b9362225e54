/* SPDX-License-Identifier: MIT */
/* Shapes: tags that were met before. What follows a tag is foreseen from what followed one of its
 * shape last time, and made sure of by comparing; only the ends of values are looked for. */
#include "bkti_fast.h"

/* No value is known of the shape's last element. */
static void forget_values(bkti_fast_shape *shape) {
    for (uint32_t i = 0; i < shape->element.attribute_count; i++) {
        shape->parts[i].value_size = UINT32_MAX;
        shape->parts[i].changes = 0;
        shape->parts[i].is_joined = false;
        shape->attributes[i].is_same = false;
    }
}

/* The value came twice: from now on it is looked for together with what follows. */
static void join(const bkti_fast_shape *shape, bkti_fast_part *part) {
    if (part->value_size + part->size <= BKTI_FAST_JOINED) {
        part->is_joined = true;
        part->joined_size = part->value_size + part->size;
        memcpy(part->joined, part->value, part->value_size);
        memcpy(part->joined + part->value_size, shape->text + part->literal, part->size);
    }
}

/* A value of a lane or more; 0: it is not plain, or too little of the window is left. */
static size_t long_value(const bkti_xml *xml, const char *value, const char *limit) {
    size_t size = BKTI_LANE_SIZE;
    size_t stop;
    while (value + size <= limit && size <= xml->attribute_limit) {
        stop = bkti_lane_stop(value + size);
        size += stop;
        if (stop < BKTI_LANE_SIZE) {
            return value + size <= limit && size <= xml->attribute_limit ? size : 0;
        }
    }
    return 0;
}

/* Notes a short value; whether it is the one before. */
static bool note_value(const bkti_fast_shape *shape, bkti_fast_part *part, const char *value,
                       size_t size) {
    if (part->value_size == size && bkti_lane_same(value, part->value, size)) {
        part->changes = 0;
        join(shape, part);
        return true;
    }
    memcpy(part->value, value, BKTI_LANE_SIZE);
    part->value_size = ++part->changes < BKTI_FAST_CHANGES ? (uint32_t)size : UINT32_MAX;
    return false;
}

/* Finds the values from behind the first literal on; gives the end of the tag, NULL if it is of
 * another shape or if too little of the window is left (from `limit` on) to tell. */
static inline const char *take_values(const bkti_xml *xml, bkti_fast_shape *shape, const char *at,
                                      const char *limit) {
    bkti_fast_part *part = shape->parts;
    bkti_xml_attribute *attribute = shape->attributes;
    const bkti_fast_part *last = part + shape->element.attribute_count;
    for (; at <= limit; attribute++) {
        if (part->is_joined) {
            if (bkti_lane_begins(at, part->joined, part->joined_size)) {
                attribute->value.data = at;
                attribute->is_same = true;
                at += part->joined_size;
                if (++part == last) {
                    return at;
                }
                continue;
            }
            part->is_joined = false;
        }
        size_t size = bkti_lane_stop(at);
        if (size == BKTI_LANE_SIZE && (size = long_value(xml, at, limit)) == 0) {
            break;
        }
        const char *literal = shape->text + part->literal;
        if (!bkti_lane_begins(at + size, literal, part->size)) {
            break;
        }
        attribute->value = (bkti_span){at, size};
        attribute->is_same = false;
        if (part->changes < BKTI_FAST_CHANGES && size < BKTI_LANE_SIZE) {
            attribute->is_same = note_value(shape, part, at, size);
        }
        at += size + part->size;
        if (++part == last) {
            return at;
        }
    }
    forget_values(shape); /* some are of an element that is not told */
    return NULL;
}

/* The end of a tag of this shape that begins here, its lead before it or not; NULL if it is
 * another. */
static inline const char *match(const bkti_xml *xml, bkti_fast_shape *shape, size_t lead,
                                const char *at, const char *limit) {
    size_t size = lead + shape->first_size;
    if (!bkti_lane_begins(at, shape->text + BKTI_FAST_LEAD - lead, size)) {
        return NULL;
    }
    at += size;
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
    xml->may_repeat = false;
    fast->again = NULL;
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

bkti_fast_outcome bkti_fast_tell_shape(bkti_xml *xml, bkti_fast_shape *shape, const char *end) {
    bkti_fast_outcome outcome =
        bkti_fast_tell(xml, &shape->element, shape->qualified, shape->is_empty, end);
    xml->fast->again = xml->may_repeat && shape->is_empty ? shape : NULL;
    return outcome;
}

bkti_fast_outcome bkti_fast_tell_end(bkti_xml *xml, const char *end) {
    struct bkti_fast *fast = xml->fast;
    fast->cursor = end;
    fast->after_return = false;
    fast->again = NULL;
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

/* What follows the last token, if it is what followed one of its shape before. */
static inline bkti_fast_shape *foresee(const bkti_xml *xml, bkti_fast_shape *last, const char *at,
                                       const char *limit, const char **out_end) {
    bkti_fast_shape *next = last->next;
    if (next != NULL && is_possible(xml, next) &&
        (*out_end = match(xml, next, next->lead_size, at, limit)) != NULL) {
        last->surprises = 0;
        return next;
    }
    next = last->other;
    if (next == NULL || !is_possible(xml, next) ||
        (*out_end = match(xml, next, next->lead_size, at, limit)) == NULL) {
        return NULL;
    }
    if (++last->surprises > 1) {
        last->other = last->next;
        last->next = next;
        last->surprises = 0;
    }
    return next;
}

/* The elements that are told by `again`; false: the scanning is over. */
static inline bool tell_again(bkti_xml *xml, const char *limit) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_shape *shape = fast->again;
    const char *at = fast->cursor;
    const char *end;
    shape->element.depth = xml->depth + 1;
    xml->is_in_start = true;
    while (at < limit && (end = match(xml, shape, shape->lead_size, at, limit)) != NULL) {
        fast->token = at + shape->lead_size;
        fast->cursor = end;
        at = end;
        xml->status = xml->handler.again(xml->user, &shape->element);
        if (xml->status != BKT_OK) {
            break;
        }
    }
    xml->is_in_start = false;
    fast->again = NULL;
    return xml->status == BKT_OK;
}

bkti_fast_outcome bkti_fast_predicted(bkti_xml *xml) {
    struct bkti_fast *fast = xml->fast;
    if ((size_t)(fast->end - fast->cursor) <= BKTI_FAST_MARGIN ||
        xml->attribute_limit < BKTI_LANE_SIZE) {
        return BKTI_FAST_GO_ON;
    }
    const char *limit = fast->end - BKTI_FAST_MARGIN;
    while (fast->last != NULL && fast->cursor < limit && xml->depth > 0 && !xml->wants_text &&
           xml->skipping.depth == 0) {
        if (fast->again != NULL && fast->again == fast->last && !tell_again(xml, limit)) {
            return BKTI_FAST_STOP;
        }
        const char *end;
        bkti_fast_shape *next = foresee(xml, fast->last, fast->cursor, limit, &end);
        if (next == NULL) {
            return BKTI_FAST_GO_ON;
        }
        fast->token = fast->cursor + next->lead_size;
        fast->last = next;
        bkti_fast_outcome outcome =
            next->is_end ? bkti_fast_tell_end(xml, end) : bkti_fast_tell_shape(xml, next, end);
        if (outcome != BKTI_FAST_GO_ON) {
            return outcome;
        }
    }
    return BKTI_FAST_GO_ON;
}

/* What stood before the tag is what will be looked for the next time. */
static void set_lead(const struct bkti_fast *fast, bkti_fast_shape *shape) {
    if (fast->lead != NULL && fast->lead_size <= BKTI_FAST_LEAD) {
        shape->lead_size = (uint32_t)fast->lead_size;
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
        const char *end = shape->is_end ? NULL : match(xml, shape, 0, fast->cursor, limit);
        if (end != NULL) {
            *out_known = true;
            bkti_fast_follow(fast, shape);
            return bkti_fast_tell_shape(xml, shape, end);
        }
    }
    return BKTI_FAST_GO_ON;
}

void bkti_fast_forget(struct bkti_fast *fast) {
    fast->shape_count = 0;
    fast->shape_turn = 0;
    fast->last = NULL;
    fast->again = NULL;
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
        fast->shapes[place] = bkti_allocate_zeroed(xml->memory, 1, sizeof *fast->shapes[place]);
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
    fast->again = fast->again == taken ? NULL : fast->again;
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
        shape->first_size = (uint32_t)tag.size;
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
        if (size > BKTI_FAST_LITERAL || all + BKTI_LANE_SIZE > BKTI_FAST_LITERALS ||
            (i < tag->count && tag->attributes[i].quote != '"')) {
            return false;
        }
        begin = i == tag->count ? end : end + tag->attributes[i].raw.size;
    }
    return true;
}

static void set_literals(bkti_fast_shape *shape, const bkti_fast_tag *tag) {
    const char *begin = tag->qualified.data - 1;
    size_t at = BKTI_FAST_LEAD;
    for (size_t i = 0; i <= tag->count; i++) {
        bool is_last = i == tag->count;
        const char *end = is_last ? tag->end : tag->attributes[i].raw.data;
        size_t size = (size_t)(end - begin);
        if (i == 0) {
            shape->first_size = (uint32_t)size;
        } else {
            shape->parts[i - 1].literal = (uint16_t)at;
            shape->parts[i - 1].size = (uint16_t)size;
        }
        memcpy(shape->text + at, begin, size);
        at += size;
        begin = is_last ? end : end + tag->attributes[i].raw.size;
    }
    forget_values(shape);
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
