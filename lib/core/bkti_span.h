/* SPDX-License-Identifier: MIT */
/* A stretch of bytes that somebody else owns. */
#ifndef BKTI_SPAN_H
#define BKTI_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct bkti_span {
    const char *data; /* not terminated; may be NULL if size is 0 */
    size_t size;
} bkti_span;

#define BKTI_SPAN(literal) ((bkti_span){(literal), sizeof(literal) - 1})

static inline bkti_span bkti_span_of(const char *text) {
    bkti_span span = {text, text == NULL ? 0 : strlen(text)};
    return span;
}

static inline bool bkti_span_equal(bkti_span a, bkti_span b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool bkti_span_is(bkti_span span, const char *text) {
    return bkti_span_equal(span, bkti_span_of(text));
}

/* Below, at or above 0, by bytes; a text goes before those that it begins. */
int bkti_span_compare(bkti_span a, bkti_span b);
/* Without XML white space at both ends. */
bkti_span bkti_span_trim(bkti_span span);
/* Equal without regard to ASCII case. */
bool bkti_span_equal_caseless(bkti_span a, bkti_span b);
/* Bytes of the UTF-8 character that begins the text, and its code point (out_point may be NULL); 0
 * if there is none. As RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
size_t bkti_span_character(bkti_span text, uint32_t *out_point);

#endif
