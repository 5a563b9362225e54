/* SPDX-License-Identifier: MIT */
/* Eight bytes of a word at once, in any order. */
#include <stdint.h>
#include <string.h>

#include "bkti_vector_parts.h"

static const uint64_t ones = UINT64_C(0x0101010101010101);
static const uint64_t high = UINT64_C(0x8080808080808080);

static inline uint64_t load(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* Of ASCII: the high bit of each byte that is at least the given one. */
static inline uint64_t at_least(uint64_t ascii, unsigned char byte) {
    return ((ascii | high) - ones * byte) & high;
}

/* Of any bytes: the high bit of each byte that is the given one. */
static inline uint64_t equal(uint64_t word, unsigned char byte) {
    uint64_t other = word ^ ones * byte;
    return ~(((other & ~high) + ~high) | other | ~high);
}

/* The bytes of a word, added up; at most 255. */
static inline size_t add_bytes(uint64_t word) {
    return (size_t)((word * ones) >> 56);
}

/* Blocks of ASCII. */
static size_t check_blocks(const char *text, size_t size, size_t *lines) {
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint64_t feeds = 0;
        uint64_t wrong = 0;
        for (size_t i = 0; i < BKTI_VECTOR_BLOCK; i += 8) {
            uint64_t word = load(text + at + i);
            uint64_t ascii = word & ~high;
            uint64_t feed = equal(ascii, '\n');
            uint64_t good = at_least(ascii, ' ') | feed | equal(ascii, '\t') | equal(ascii, '\r');
            wrong |= (word & high) | (good ^ high);
            feeds += feed >> 7;
        }
        if (wrong != 0) {
            break;
        }
        *lines += add_bytes(feeds);
    }
    return at;
}

static size_t check(const char *text, size_t size, size_t *out_lines) {
    return bkti_vector_check_with(check_blocks, text, size, out_lines);
}

static size_t find_markup(const char *text, size_t size) {
    /* The C library's own is made for the processor. */
    const char *found = size == 0 ? NULL : memchr(text, '<', size);
    return found == NULL ? size : (size_t)(found - text);
}

static size_t pass_tags(const char *text, size_t size, const bkti_vector_tags *tags,
                        uint64_t *count) {
    return bkti_vector_pass_with(find_markup, text, size, tags, count);
}

static size_t count_lines(const char *text, size_t size) {
    size_t lines = 0;
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint64_t feeds = 0;
        for (size_t i = 0; i < BKTI_VECTOR_BLOCK; i += 8) {
            feeds += equal(load(text + at + i), '\n') >> 7;
        }
        lines += add_bytes(feeds);
    }
    for (; size - at >= 8; at += 8) {
        lines += add_bytes(equal(load(text + at), '\n') >> 7);
    }
    for (; at < size; at++) {
        lines += text[at] == '\n';
    }
    return lines;
}

const bkti_vector bkti_vector_portable = {"portable", check, find_markup, pass_tags, count_lines};
