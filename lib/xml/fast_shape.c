/* SPDX-License-Identifier: MIT */
/* Shapes: tags that were met before. What follows a tag is foreseen from what followed one of its
 * shape last time, and made sure of by comparing; only the ends of values are looked for. */
#include "bkti_fast.h"
#include "bkti_vector_parts.h"

#if defined(BKTI_VECTOR_X86)
#include <immintrin.h>
#endif

/* What is compiled twice, with AVX2 and without: a function is inlined into each. */
#if defined(__GNUC__)
#define ALWAYS_INLINE __attribute__((always_inline)) static inline
#else
#define ALWAYS_INLINE static inline
#endif

static void set_literal(bkti_fast_literal *literal, bkti_span first, bkti_span second) {
    literal->size = (uint32_t)(first.size + second.size);
    literal->mask = bkti_lanes_mask(literal->size);
    memcpy(literal->text, first.data, first.size);
    memcpy(literal->text + first.size, second.data, second.size);
}

/* No value is known of the shape's last element. */
static void forget_values(bkti_fast_shape *shape) {
    for (uint32_t i = 0; i < shape->element.attribute_count; i++) {
        shape->parts[i].value_size = UINT32_MAX;
        shape->parts[i].changes = 0;
        shape->parts[i].joined.size = 0;
        shape->attributes[i].is_same = false;
    }
}

/* The value came twice: from now on it is looked for together with what follows. */
static void join(bkti_fast_part *part) {
    if (part->value_size + part->literal.size <= BKTI_FAST_LITERAL) {
        set_literal(&part->joined, (bkti_span){part->value, part->value_size},
                    (bkti_span){part->literal.text, part->literal.size});
    }
}

/* A value of a lane or more; 0: it is not plain, or too little of the window is left. */
static size_t long_value(const bkti_xml *xml, const char *value, const char *limit) {
    size_t size = BKTI_LANE_SIZE;
    while (value + size <= limit && size <= xml->attribute_limit) {
        size_t stop = bkti_lane_stop(value + size);
        size += stop;
        if (stop < BKTI_LANE_SIZE) {
            return value + size <= limit && size <= xml->attribute_limit ? size : 0;
        }
    }
    return 0;
}

/* Notes a value, if it is short; whether it is the one before. */
static bool note_value(bkti_fast_part *part, const char *value, size_t size) {
    if (size >= BKTI_LANE_SIZE) {
        part->value_size = UINT32_MAX;
        return false;
    }
    if (part->value_size == size && bkti_lane_same(value, part->value, size)) {
        part->changes = 0;
        join(part);
        return true;
    }
    memcpy(part->value, value, BKTI_LANE_SIZE);
    part->value_size = ++part->changes < BKTI_FAST_CHANGES ? (uint32_t)size : UINT32_MAX;
    return false;
}

/* With AVX2, 32 bytes are compared in one go, by functions that are compiled for it. */
#if defined(BKTI_VECTOR_X86)
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline bool begins_avx2(const char *text, const bkti_fast_literal *literal) {
    __m256i same =
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)text),
                          _mm256_loadu_si256((const __m256i *)(const void *)literal->text));
    return (~(uint32_t)_mm256_movemask_epi8(same) & literal->mask) == 0 &&
           (literal->size <= BKTI_LANES_SIZE ||
            memcmp(text + BKTI_LANES_SIZE, literal->text + BKTI_LANES_SIZE,
                   literal->size - BKTI_LANES_SIZE) == 0);
}

/* bkti_lane_stop() in fewer steps: a byte that ends a value is what the table has at its lower
 * half. All bytes were checked, so that tab, LF and CR are the only controls. */
AVX2 static inline size_t stop_avx2(const char *text) {
    const __m128i ends =
        _mm_setr_epi8(1, 0, '"', 0, 0, 0, '&', 0, 0, '\t', '\n', 0, '<', '\r', 0, 0);
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i found = _mm_cmpeq_epi8(_mm_shuffle_epi8(ends, bytes), bytes);
    return (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8(found) | 1U << BKTI_LANE_SIZE);
}
#else
#define begins_avx2 bkti_fast_begins
#define stop_avx2   bkti_lane_stop
#endif

ALWAYS_INLINE bool begins(bool has_avx2, const char *text, const bkti_fast_literal *literal) {
    return has_avx2 ? begins_avx2(text, literal) : bkti_fast_begins(text, literal);
}

/* Finds the values from behind the opening on; gives the end of the tag, NULL if it is of another
 * shape or if too little of the window is left (from `limit` on) to tell. */
ALWAYS_INLINE const char *take_values(bool has_avx2, const bkti_xml *xml, bkti_fast_shape *shape,
                                      const char *at, const char *limit) {
    bkti_fast_part *part = shape->parts;
    bkti_xml_attribute *attribute = shape->attributes;
    const bkti_fast_part *last = part + shape->element.attribute_count;
    while (at <= limit) {
        if (part->joined.size > 0 && begins(has_avx2, at, &part->joined)) {
            attribute->value.data = at;
            attribute->is_same = true;
            at += part->joined.size;
        } else {
            size_t size = has_avx2 ? stop_avx2(at) : bkti_lane_stop(at);
            if (size == BKTI_LANE_SIZE && (size = long_value(xml, at, limit)) == 0) {
                break;
            }
            if (!begins(has_avx2, at + size, &part->literal)) {
                break;
            }
            attribute->value = (bkti_span){at, size};
            attribute->is_same = false;
            if (part->changes < BKTI_FAST_CHANGES) {
                part->joined.size = 0;
                attribute->is_same = note_value(part, at, size);
            }
            at += size + part->literal.size;
        }
        attribute++;
        if (++part == last) {
            return at;
        }
    }
    forget_values(shape); /* some are of an element that is not told */
    return NULL;
}

/* The end of a tag of this shape that begins here, its lead before it; NULL if it is another. */
ALWAYS_INLINE const char *match(bool has_avx2, const bkti_xml *xml, bkti_fast_shape *shape,
                                const char *at, const char *limit) {
    if (!begins(has_avx2, at, &shape->opening)) {
        return NULL;
    }
    at += shape->opening.size;
    return shape->element.attribute_count == 0 ? at : take_values(has_avx2, xml, shape, at, limit);
}

bkti_fast_outcome bkti_fast_tell(bkti_xml *xml, bkti_xml_element *element, bkti_span qualified,
                                 bool is_empty, const char *end) {
    struct bkti_fast *fast = xml->fast;
    fast->cursor = end;
    fast->after_return = false;
    fast->again = NULL;
    xml->text_size = 0;
    xml->has_root = true;
    element->depth = ++xml->depth;
    if (!is_empty) {
        xml->open[xml->depth] =
            (bkti_xml_open){element->name, qualified,
                            fast->at_begin.offset + (uint64_t)(fast->token - fast->begin), 0};
    }
    xml->wants_record = false;
    xml->is_in_start = true;
    xml->status = xml->handler.start(xml->user, element);
    xml->is_in_start = false;
    if (xml->wants_record || fast->record.is_active) {
        bkti_fast_note(xml, element, is_empty);
    }
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
    xml->fast->last = shape;
    return bkti_fast_tell(xml, &shape->element, shape->qualified, shape->is_empty, end);
}

bkti_fast_outcome bkti_fast_tell_end(bkti_xml *xml, const char *end) {
    struct bkti_fast *fast = xml->fast;
    fast->cursor = end;
    fast->after_return = false;
    fast->again = NULL;
    xml->text_size = 0;
    xml->status = xml->handler.finish(xml->user, &xml->open[xml->depth].name, xml->depth);
    fast->record.is_active = fast->record.is_active && fast->record.depth < xml->depth;
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

/* What stands before the tag now is what will be looked for the next time. */
static void set_lead(bkti_fast_shape *shape, bkti_span lead) {
    char opening[BKTI_FAST_LITERAL];
    bkti_span rest = {opening, shape->opening.size - shape->lead_size};
    if (lead.size <= BKTI_FAST_LEAD && lead.size + rest.size <= BKTI_FAST_LITERAL) {
        memcpy(opening, shape->opening.text + shape->lead_size, rest.size);
        set_literal(&shape->opening, lead, rest);
        shape->lead_size = (uint32_t)lead.size;
    }
}

/* The white space before the token, if all of it is known. */
static void take_lead(const struct bkti_fast *fast, bkti_fast_shape *shape) {
    if (fast->lead != NULL && fast->lead + fast->lead_size == fast->token) {
        set_lead(shape, (bkti_span){fast->lead, fast->lead_size});
    }
}

/* What follows the last token, if it is what followed one of its shape before. */
static inline bkti_fast_shape *foresee(const bkti_xml *xml, bkti_fast_shape *last, const char *at,
                                       const char *limit, const char **out_end) {
    bkti_fast_shape *next = last->next;
    if (next != NULL && is_possible(xml, next) &&
        (*out_end = match(false, xml, next, at, limit)) != NULL) {
        last->surprises = 0;
        return next;
    }
    next = last->other;
    if (next == NULL || !is_possible(xml, next) ||
        (*out_end = match(false, xml, next, at, limit)) == NULL) {
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
ALWAYS_INLINE bool tell_again_with(bool has_avx2, bkti_xml *xml, const char *limit) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_shape *shape = fast->again;
    const char *at = fast->cursor;
    const char *end;
    shape->element.depth = xml->depth + 1;
    xml->is_in_start = true;
    while (at < limit && (end = match(has_avx2, xml, shape, at, limit)) != NULL) {
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

#if defined(BKTI_VECTOR_X86)
AVX2 static bool tell_again_avx2(bkti_xml *xml, const char *limit) {
    return tell_again_with(true, xml, limit);
}
#endif

static bool tell_again(bkti_xml *xml, const char *limit) {
#if defined(BKTI_VECTOR_X86)
    if (xml->fast->vector == &bkti_vector_avx2) {
        return tell_again_avx2(xml, limit);
    }
#endif
    return tell_again_with(false, xml, limit);
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
        if (fast->again != NULL && !tell_again(xml, limit)) {
            return BKTI_FAST_STOP;
        }
        const char *end;
        bkti_fast_shape *next = foresee(xml, fast->last, fast->cursor, limit, &end);
        if (next == NULL) {
            return BKTI_FAST_GO_ON;
        }
        fast->token = fast->cursor + next->lead_size;
        fast->last = next;
        if (next->lead_size == 0) {
            take_lead(fast, next);
        }
        bkti_fast_outcome outcome =
            next->is_end ? bkti_fast_tell_end(xml, end) : bkti_fast_tell_shape(xml, next, end);
        if (outcome != BKTI_FAST_GO_ON) {
            return outcome;
        }
    }
    return BKTI_FAST_GO_ON;
}

void bkti_fast_follow(struct bkti_fast *fast, bkti_fast_shape *shape) {
    bkti_fast_shape *before = fast->last;
    fast->last = shape;
    if (shape == NULL) {
        return;
    }
    take_lead(fast, shape);
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
        if (shape->is_end || memcmp(fast->cursor, shape->opening.text + shape->lead_size,
                                    shape->opening.size - shape->lead_size) != 0) {
            continue;
        }
        const char *end = fast->cursor + shape->opening.size - shape->lead_size;
        if (shape->element.attribute_count > 0) {
            end = take_values(false, xml, shape, end, limit);
        }
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
        set_literal(&shape->opening, tag, BKTI_SPAN(""));
    }
    return shape;
}

/* What stands before a tag's index-th value, its quotation mark included, or behind the last. */
static bkti_span literal_of(const bkti_fast_tag *tag, size_t index) {
    const char *begin = tag->qualified.data - 1;
    if (index > 0) {
        begin = tag->attributes[index - 1].raw.data + tag->attributes[index - 1].raw.size;
    }
    const char *end = index == tag->count ? tag->end : tag->attributes[index].raw.data;
    return (bkti_span){begin, (size_t)(end - begin)};
}

static bool can_be_learnt(const bkti_fast_tag *tag) {
    if (tag->declarations > 0 || tag->count > BKTI_FAST_ATTRIBUTES) {
        return false;
    }
    for (size_t i = 0; i <= tag->count; i++) {
        if (literal_of(tag, i).size > BKTI_FAST_LITERAL ||
            (i < tag->count && tag->attributes[i].quote != '"')) {
            return false;
        }
    }
    return true;
}

static void set_literals(bkti_fast_shape *shape, const bkti_fast_tag *tag) {
    set_literal(&shape->opening, literal_of(tag, 0), BKTI_SPAN(""));
    shape->lead_size = 0;
    for (size_t i = 0; i < tag->count; i++) {
        set_literal(&shape->parts[i].literal, literal_of(tag, i + 1), BKTI_SPAN(""));
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

/* What may be compared: it lies in the window, between quotation marks, as it is told. */
static bool is_plain(const struct bkti_fast *fast, bkti_span value) {
    return value.data > fast->begin && value.data + value.size < fast->end &&
           value.data[-1] == '"' && value.data[value.size] == '"';
}

void bkti_fast_note(bkti_xml *xml, const bkti_xml_element *element, bool is_empty) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_record *record = &fast->record;
    if (xml->wants_record) {
        const bkti_fast_shape *shape = fast->last;
        record->is_active = !is_empty && shape != NULL && &shape->element == element;
        record->depth = xml->depth;
        record->begin = fast->token;
        record->name = element->name;
        record->count = 0;
        if (record->is_active) {
            record->lead = (bkti_span){shape->opening.text, shape->lead_size};
        }
    }
    if (element->namespace_count > 0 || xml->wants_text ||
        element->attribute_count > BKTI_FAST_ATTRIBUTES - record->count) {
        record->is_active = false;
    }
    for (uint32_t i = 0; record->is_active && i < element->attribute_count; i++) {
        record->attributes[record->count++] = element->attributes[i];
        record->is_active = is_plain(fast, element->attributes[i].value);
    }
}

/* Builds the shape of a recorded element; false: it can't be compared. */
static bool build_whole(bkti_xml *xml, uint32_t fixed) {
    struct bkti_fast *fast = xml->fast;
    const bkti_fast_record *record = &fast->record;
    bkti_fast_shape *whole = fast->whole;
    const char *begin = record->begin;
    uint32_t count = 0;
    for (uint32_t i = 0; i <= record->count; i++) {
        bool is_last = i == record->count;
        if (!is_last && (fixed >> i & 1) != 0) {
            continue;
        }
        const bkti_xml_attribute *attribute = &record->attributes[i];
        const char *end = is_last ? fast->cursor : attribute->value.data;
        bkti_span literal = {begin, (size_t)(end - begin)};
        bkti_span lead = count == 0 ? record->lead : BKTI_SPAN("");
        if (literal.size + lead.size > BKTI_FAST_LITERAL) {
            return false;
        }
        set_literal(count == 0 ? &whole->opening : &whole->parts[count - 1].literal, lead, literal);
        if (!is_last) {
            whole->attributes[count++] = *attribute;
            begin = end + attribute->value.size;
        }
    }
    whole->lead_size = (uint32_t)record->lead.size;
    whole->element.attribute_count = count;
    forget_values(whole);
    return count > 0;
}

/* The shape of an element that was recorded up to its end, which is told now. */
static bkti_fast_shape *whole_of_record(bkti_xml *xml, uint32_t fixed, uint32_t count) {
    struct bkti_fast *fast = xml->fast;
    if (!fast->record.is_active || fast->record.depth != xml->depth ||
        fast->record.count != count) {
        return NULL;
    }
    if (fast->whole == NULL) {
        fast->whole = bkti_allocate_zeroed(xml->memory, 1, sizeof *fast->whole);
    }
    if (fast->whole == NULL || !build_whole(xml, fixed)) {
        return NULL;
    }
    bkti_xml_element *element = &fast->whole->element;
    element->name = fast->record.name;
    element->attributes = fast->whole->attributes;
    element->shape = ++fast->shape_number;
    return fast->whole;
}

const bkti_xml_element *bkti_fast_repeat(bkti_xml *xml, uint32_t fixed, uint32_t count) {
    struct bkti_fast *fast = xml->fast;
    bkti_fast_shape *shape = NULL;
    if (xml->is_in_start) {
        bool is_it = fast->last != NULL && fast->last->is_empty && fixed == 0 &&
                     fast->last->element.attribute_count == count && count > 0;
        shape = is_it ? fast->last : NULL;
    } else {
        shape = whole_of_record(xml, fixed, count);
    }
    fast->again = shape;
    return shape == NULL ? NULL : &shape->element;
}
