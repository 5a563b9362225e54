/* SPDX-License-Identifier: MIT */
/* What looks at many bytes at once, in versions for what the processor has. For this room alone. */
#ifndef BKTI_VECTOR_H
#define BKTI_VECTOR_H

#include <stddef.h>
#include <stdint.h>

/* A tag that many others are like, as far as its name: "<Obs", "</Obs". It is compared as two
 * lanes, of which one byte is for what ends the name. */
#define BKTI_VECTOR_TAG  ((size_t)31)
#define BKTI_VECTOR_TAGS ((size_t)8)
typedef struct bkti_vector_tag {
    char text[BKTI_VECTOR_TAG + 1];
    uint32_t size; /* at most BKTI_VECTOR_TAG; 0: no tag is like it */
    uint32_t mask; /* bkti_lanes_mask(size) */
} bkti_vector_tag;

typedef struct bkti_vector_tags {
    bkti_vector_tag items[BKTI_VECTOR_TAGS]; /* the first one is counted */
    size_t count;                            /* at least 1 */
} bkti_vector_tags;

/* What is done to many bytes at once. Every version gives the same results; none reads a byte
 * outside [text, text + size). */
typedef struct bkti_vector {
    const char *name; /* "portable", "sse2", "avx2", "neon" */
    /* Bytes of the longest prefix that is made of whole characters which XML 1.0 allows, in
     * well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF; XML:
     * of the controls below U+0020 only tab, LF, CR; no U+FFFE, U+FFFF). A character cut by the
     * end is not in it. *out_lines: line feeds in the prefix. */
    size_t (*check)(const char *text, size_t size, size_t *out_lines);
    /* Where the first '<' stands; size if there is none. */
    size_t (*find_markup)(const char *text, size_t size);
    /* The same, but tags that begin as one of the given do, white space, "/" or ">" behind it, are
     * passed; those like the first are added to *count. A '<' with less than 32 bytes from it on is
     * not passed. */
    size_t (*pass_tags)(const char *text, size_t size, const bkti_vector_tags *tags,
                        uint64_t *count);
    /* Line feeds. */
    size_t (*count_lines)(const char *text, size_t size);
} bkti_vector;

/* The fastest that this processor has. It is asked anew each time, for nothing is kept in globals;
 * within a virtual machine that takes a while: once for a document, not for a block. */
const bkti_vector *bkti_vector_best(void);
/* All that this processor can run, the portable one first; NULL behind the last. */
const bkti_vector *bkti_vector_at(size_t index);

#endif
