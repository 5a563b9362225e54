/* SPDX-License-Identifier: MIT */
/* What the fast scanner is made of. For its own files (fast*.c) alone.
 *
 * It looks at a window: the block at hand, or the carry, where a token that a block's end cut waits
 * until it is whole. So every token is scanned in one piece. */
#ifndef BKTI_FAST_H
#define BKTI_FAST_H

#include "bkti_lane.h"
#include "bkti_text.h"
#include "bkti_vector.h"
#include "bkti_xml_parts.h"

/* White space before a tag, attributes and bytes of a literal that a shape may have. */
#define BKTI_FAST_LEAD       ((size_t)48)
#define BKTI_FAST_ATTRIBUTES 32
#define BKTI_FAST_LITERAL    ((size_t)128)
/* Within this of a window's end nothing is predicted: as much may be looked at. */
#define BKTI_FAST_MARGIN (BKTI_FAST_LITERAL + 2 * BKTI_LANES_SIZE)
#define BKTI_FAST_SHAPES 32
/* A token that is not whole after so many bytes goes to libxml2, where the limits are watched. */
#define BKTI_FAST_CARRY_LIMIT ((size_t)64 * 1024)

typedef enum bkti_fast_outcome {
    BKTI_FAST_GO_ON,
    BKTI_FAST_STOP,       /* xml->status has why */
    BKTI_FAST_INCOMPLETE, /* the token at the cursor goes on behind the window */
    BKTI_FAST_HAND_OVER   /* libxml2 shall go on at the cursor */
} bkti_fast_outcome;

/* So many changes in a row, and a value is one that always differs. */
#define BKTI_FAST_CHANGES 8

/* A text to compare with: its first two lanes by a mask, the rest, which is rare, by size. */
typedef struct bkti_fast_literal {
    char text[BKTI_FAST_LITERAL];
    uint32_t mask;
    uint32_t size;
} bkti_fast_literal;

/* A value and the literal behind it, which begins with the quotation mark and ends with that of the
 * next value, or with the tag. */
typedef struct bkti_fast_part {
    bkti_fast_literal literal;
    uint32_t changes; /* in a row: of a value that always differs nothing is noted any more */
    /* The value told last, if it is noted; else size is UINT32_MAX. */
    uint32_t value_size;
    char value[BKTI_LANE_SIZE];
    /* The value comes again and again: then it is looked for together with what follows it. Size 0:
     * it does not. */
    bkti_fast_literal joined;
} bkti_fast_part;

/* A tag as it was met: all but its values. The next one is mostly of the same shape as some before,
 * so that comparing takes the place of taking apart. */
typedef struct bkti_fast_shape {
    struct bkti_fast_shape *next;  /* what followed last time */
    struct bkti_fast_shape *other; /* what else did */
    uint32_t surprises;            /* times that `other` came, since `next` did */
    bool is_end;                   /* an end tag */
    bool is_empty;                 /* it ends with "/>" */
    uint32_t lead_size;            /* white space before it, within `opening` */
    bkti_span qualified;
    bkti_xml_element element;  /* attributes points to those below */
    bkti_fast_literal opening; /* the lead and what stands before the first value */
    bkti_xml_attribute attributes[BKTI_FAST_ATTRIBUTES];
    bkti_fast_part parts[BKTI_FAST_ATTRIBUTES];
} bkti_fast_shape;

static inline bool bkti_fast_begins(const char *text, const bkti_fast_literal *literal) {
    return bkti_lanes_same(text, literal->text, literal->mask, literal->size) &&
           (literal->size <= BKTI_LANES_SIZE ||
            memcmp(text + BKTI_LANES_SIZE, literal->text + BKTI_LANES_SIZE,
                   literal->size - BKTI_LANES_SIZE) == 0);
}

/* An element and all in it, as they are noted for a shape of the whole. */
typedef struct bkti_fast_record {
    bool is_active;
    uint32_t depth;
    const char *begin; /* its "<" */
    bkti_span lead;    /* before it, in the shape of its tag */
    bkti_xml_name name;
    uint32_t count;
    bkti_xml_attribute attributes[BKTI_FAST_ATTRIBUTES]; /* of all its elements */
} bkti_fast_record;

/* An attribute as a tag has it. */
typedef struct bkti_fast_attribute {
    bkti_span name;
    const char *colon; /* in the name; NULL */
    bkti_span raw;     /* the value between its quotation marks */
    char quote;
    bool is_decoded;
    size_t offset; /* of the decoded value */
    size_t size;
} bkti_fast_attribute;

/* A start tag taken apart. */
typedef struct bkti_fast_tag {
    bkti_span qualified;
    const char *colon;
    bool is_empty;
    const char *end; /* behind ">" */
    bkti_fast_attribute *attributes;
    size_t count;
    size_t capacity;
    size_t declarations; /* so many of them are xmlns */
} bkti_fast_tag;

struct bkti_fast {
    const bkti_vector *vector;

    const char *begin; /* of the window */
    const char *end;
    const char *cursor;
    bool is_carry;          /* the window is the carry: what is in it is whole */
    const char *token;      /* "<" of the tag at hand */
    bkti_xml_mark at_begin; /* where the window begins */
    bkti_xml_mark at_end;   /* where it ends; line 0: not known */
    bkti_xml_mark at_next;  /* where the next block begins */
    bool has_begun;         /* something was scanned: no XML declaration may come any more */

    /* The last place that was worked out in this window; lines are counted from there. */
    const char *known;
    bkti_xml_mark at_known;

    bkti_text carry;
    bkti_xml_mark at_carry;
    char carry_quote; /* the quotation mark that is open in a tag; 0 */
    char cut[4];      /* bytes of a character that a block's end cut */
    size_t cut_size;
    bool after_return; /* the text ended with a CR: a LF that follows is the same line end */

    /* White space that stands between the last token and the cursor, as far as it is known. */
    const char *lead;
    size_t lead_size;

    bkti_text values; /* decoded ones */
    bkti_fast_tag tag;

    bkti_fast_shape *shapes[BKTI_FAST_SHAPES];
    uint32_t shape_count;
    uint32_t shape_turn;    /* whose place the next one takes */
    uint32_t shape_number;  /* given last */
    bkti_fast_shape *last;  /* of the last token; NULL: nothing is predicted */
    bkti_fast_shape *again; /* what may be told by `again` */
    bkti_fast_shape *whole; /* one of a recorded element */
    bkti_fast_record record;
    bkti_span skip_counted;     /* a counted name as it stands in the document, prefix and all */
    bkti_vector_tags skip_tags; /* known ones in it that need not be looked at */
    const char *skip_own;       /* the interned name of the element that they were met in */
    uint32_t skip_nesting;      /* elements of the skipped one's name that are open inside it */
};

extern const uint8_t bkti_fast_classes[256];
#define BKTI_FAST_NAME_START 1
#define BKTI_FAST_NAME       2
#define BKTI_FAST_SPACE      4

static inline bool bkti_fast_is(char byte, unsigned classes) {
    return (bkti_fast_classes[(unsigned char)byte] & classes) != 0;
}

/* The end of the white space from here on. */
static inline const char *bkti_fast_space(const char *from, const char *end) {
    while (from < end && bkti_fast_is(*from, BKTI_FAST_SPACE)) {
        from++;
    }
    return from;
}

/* fast.c */
bkti_xml_mark bkti_fast_mark(struct bkti_fast *fast, const char *at);

/* fast_tag.c */
/* The end of a name; *out_colon is the colon in it. NULL: there is no name that is known here; the
 * window's end, also where the name has just a colon or no byte at all before it: it may go on. */
const char *bkti_fast_name(const char *from, const char *end, const char **out_colon);
bkti_fast_outcome bkti_fast_start_tag(bkti_xml *xml);
bkti_fast_outcome bkti_fast_end_tag(bkti_xml *xml);

/* fast_shape.c */
/* Scans tags for as long as they are what was foreseen. */
bkti_fast_outcome bkti_fast_predicted(bkti_xml *xml);
/* The tag at the cursor, if it is of a known shape; otherwise nothing is done and *out_known is
 * false. */
bkti_fast_outcome bkti_fast_known(bkti_xml *xml, bool *out_known);
/* Remembers the tag that was taken apart; NULL if it can't be. */
bkti_fast_shape *bkti_fast_learn(bkti_xml *xml, const bkti_fast_tag *tag);
/* The same for an end tag. */
bkti_fast_shape *bkti_fast_learn_end(bkti_xml *xml, bkti_span tag, bkti_span qualified);
/* The shape of the token that came now. */
void bkti_fast_follow(struct bkti_fast *fast, bkti_fast_shape *shape);
/* Notes an element that is being told, and one in which there is something that can't be. */
void bkti_fast_note(bkti_xml *xml, const bkti_xml_element *element, bool is_empty);
/* Forgets all shapes: names mean something else now. */
void bkti_fast_forget(struct bkti_fast *fast);
/* Tells an element, which ends at `end`, and its end if it is empty. */
bkti_fast_outcome bkti_fast_tell(bkti_xml *xml, bkti_xml_element *element, bkti_span qualified,
                                 bool is_empty, const char *end);
/* The same for one whose shape was learnt. */
bkti_fast_outcome bkti_fast_tell_shape(bkti_xml *xml, bkti_fast_shape *shape, const char *end);
/* Tells the end of the innermost element. */
bkti_fast_outcome bkti_fast_tell_end(bkti_xml *xml, const char *end);

/* fast_text.c */
bkti_fast_outcome bkti_fast_text(bkti_xml *xml);
/* What begins with "<!" and "<?". */
bkti_fast_outcome bkti_fast_declaration(bkti_xml *xml);
bkti_fast_outcome bkti_fast_instruction(bkti_xml *xml);
/* Adds a reference ("&...;") to the text; its size, 0 if it is none that is known. */
size_t bkti_fast_reference(const char *from, const char *end, bkti_text *out_text);
/* Where a text begins in another; NULL. */
const char *bkti_fast_find(const char *from, const char *end, const char *wanted);

/* fast_skip.c */
bkti_fast_outcome bkti_fast_skip(bkti_xml *xml);
/* To be called after each event: begins to skip if a handler asked for it. */
void bkti_fast_begin_to_skip(bkti_xml *xml);
/* What is passed over is not well-formed. */
bkti_fast_outcome bkti_fast_fail_skipped(bkti_xml *xml, const char *sentence);

#endif
