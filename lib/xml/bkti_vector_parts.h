/* SPDX-License-Identifier: MIT */
/* The versions of bkti_vector, and what they have in common. For vector*.c alone. */
#ifndef BKTI_VECTOR_PARTS_H
#define BKTI_VECTOR_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "bkti_lane.h"
#include "bkti_vector.h"

#if defined(__GNUC__) && (defined(__x86_64__) || (defined(__i386__) && defined(__SSE2__)))
#define BKTI_VECTOR_X86 1
#endif
#if defined(__GNUC__) && defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__)
#define BKTI_VECTOR_ARM 1
#endif

extern const bkti_vector bkti_vector_portable;
#if defined(BKTI_VECTOR_X86)
extern const bkti_vector bkti_vector_sse2;
extern const bkti_vector bkti_vector_avx2; /* only where bkti_vector_at() gives it */
#elif defined(BKTI_VECTOR_ARM)
extern const bkti_vector bkti_vector_neon;
#endif

/* Bytes that are looked at together. */
#define BKTI_VECTOR_BLOCK ((size_t)64)

/* Checks blocks from the begin of the text, which is that of a character, as long as they are whole
 * and surely good; the last may end within a character. Gives their bytes, and adds their line
 * feeds to *lines. */
typedef size_t bkti_vector_blocks(const char *text, size_t size, size_t *lines);

/* bkti_vector's check, with the version's way of checking blocks. What blocks leave is checked by
 * character. */
size_t bkti_vector_check_with(bkti_vector_blocks *blocks, const char *text, size_t size,
                              size_t *out_lines);

/* Whether a tag stands here, with what mostly ends its name; the scanner takes care of all others.
 * 32 bytes can be read. */
static inline bool bkti_vector_is_tag(const char *text, const bkti_vector_tag *tag) {
    char end = text[tag->size];
    bool is_end =
        end == ' ' || end == '>' || end == '/' || end == '\n' || end == '\r' || end == '\t';
    return is_end && bkti_lanes_same(text, tag->text, tag->mask, tag->size);
}

/* Which of the tags stands here; their number: none. They follow each other as they did before:
 * *expected is the one behind the last. */
static inline size_t bkti_vector_which_tag(const char *text, const bkti_vector_tags *tags,
                                           size_t *expected) {
    size_t which = *expected;
    if (!bkti_vector_is_tag(text, &tags->items[which])) {
        which = 0;
        while (which < tags->count && !bkti_vector_is_tag(text, &tags->items[which])) {
            which++;
        }
    }
    *expected = which + 1 < tags->count ? which + 1 : 0;
    return which;
}

/* bkti_vector's pass_tags, with the version's way of finding markup. */
static inline size_t bkti_vector_pass_with(size_t (*find_markup)(const char *text, size_t size),
                                           const char *text, size_t size,
                                           const bkti_vector_tags *tags, uint64_t *count) {
    size_t expected = 0;
    size_t at = find_markup(text, size);
    while (size - at >= BKTI_LANES_SIZE) {
        size_t which = bkti_vector_which_tag(text + at, tags, &expected);
        if (which == tags->count) {
            break;
        }
        *count += which == 0;
        at++;
        at += find_markup(text + at, size - at);
    }
    return at;
}

/* The lookup algorithm of J. Keiser and D. Lemire, "Validating UTF-8 in less than one instruction
 * per byte", Software: Practice and Experience 51 (2021). What can be wrong with two bytes that
 * follow each other is a bit; three tables, of the first byte's upper and lower half and of the
 * second's upper half, say what each half does not rule out: what is left in all three is so. That
 * leaves the third and fourth bytes: they must be, and only they may be, second bytes of
 * BKTI_TWO_FOLLOW. */
enum {
    BKTI_SHORT = 1 << 0,      /* a lead, but no continuation behind it */
    BKTI_LONG = 1 << 1,       /* ASCII, but a continuation behind it */
    BKTI_OVERLONG_3 = 1 << 2, /* e0 80..9f */
    BKTI_ABOVE = 1 << 3,      /* f4 90..bf, f5..ff 90..bf: above U+10FFFF */
    BKTI_SURROGATE = 1 << 4,  /* ed a0..bf */
    BKTI_OVERLONG_2 = 1 << 5, /* c0..c1 80..bf */
    BKTI_OUTER_4 = 1 << 6,    /* f0 80..8f, overlong; f5..ff 80..8f, above U+10FFFF */
    BKTI_TWO_FOLLOW = 1 << 7, /* two continuations */
    /* Said by the upper halves alone. */
    BKTI_ANY_LOW = BKTI_SHORT | BKTI_LONG | BKTI_TWO_FOLLOW,
    BKTI_ANY_FOLLOW = BKTI_LONG | BKTI_OVERLONG_2 | BKTI_TWO_FOLLOW,
    BKTI_ANY_ABOVE = BKTI_ANY_LOW | BKTI_ABOVE | BKTI_OUTER_4
};

static const unsigned char bkti_table_first_high[16] = {
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_LONG,
    BKTI_TWO_FOLLOW,
    BKTI_TWO_FOLLOW,
    BKTI_TWO_FOLLOW,
    BKTI_TWO_FOLLOW,
    BKTI_SHORT | BKTI_OVERLONG_2,
    BKTI_SHORT,
    BKTI_SHORT | BKTI_OVERLONG_3 | BKTI_SURROGATE,
    BKTI_SHORT | BKTI_ABOVE | BKTI_OUTER_4,
};
static const unsigned char bkti_table_first_low[16] = {
    BKTI_ANY_LOW | BKTI_OVERLONG_2 | BKTI_OVERLONG_3 | BKTI_OUTER_4,
    BKTI_ANY_LOW | BKTI_OVERLONG_2,
    BKTI_ANY_LOW,
    BKTI_ANY_LOW,
    BKTI_ANY_LOW | BKTI_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE | BKTI_SURROGATE,
    BKTI_ANY_ABOVE,
    BKTI_ANY_ABOVE,
};
static const unsigned char bkti_table_second_high[16] = {
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_ANY_FOLLOW | BKTI_OVERLONG_3 | BKTI_OUTER_4,
    BKTI_ANY_FOLLOW | BKTI_OVERLONG_3 | BKTI_ABOVE,
    BKTI_ANY_FOLLOW | BKTI_SURROGATE | BKTI_ABOVE,
    BKTI_ANY_FOLLOW | BKTI_SURROGATE | BKTI_ABOVE,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
    BKTI_SHORT,
};
/* Looked up with a byte, gives the byte itself for tab, LF and CR alone: the controls that XML
 * allows. */
static const unsigned char bkti_table_space[16] = {1, [9] = 9, [10] = 10, [13] = 13};

#endif
