/* SPDX-License-Identifier: MIT */
/* The encoding of a document: told from its first bytes, and turned into UTF-8. */
#ifndef BKTI_ENCODING_H
#define BKTI_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <iconv.h>

#include <bktrade/status.h>

#include "bkti_span.h"

typedef enum bkti_encoding_kind {
    BKTI_ENCODING_UTF_8,
    BKTI_ENCODING_UTF_16_LITTLE,
    BKTI_ENCODING_UTF_16_BIG,
    BKTI_ENCODING_LATIN_1,
    BKTI_ENCODING_OTHER /* by iconv */
} bkti_encoding_kind;

typedef struct bkti_encoding {
    bkti_encoding_kind kind;
    char name[48]; /* as declared, else what the bytes are; "UTF-8" if nothing says so */
    size_t mark;   /* bytes of a byte order mark, to be left out */
    /* The declaration names an encoding of 16 or 32 bits, which its own bytes disprove. */
    bool is_mislabelled;
    iconv_t converter; /* OTHER only */
    bool is_open;
    bool is_declared;
    unsigned char rest[32]; /* of a character that is not whole yet */
    size_t rest_size;
} bkti_encoding;

typedef enum bkti_encoding_result {
    BKTI_ENCODING_DONE, /* all bytes were taken */
    BKTI_ENCODING_FULL, /* no room is left */
    BKTI_ENCODING_BAD   /* the next byte fits no character */
} bkti_encoding_result;

/* UTF-8, until something says otherwise. */
void bkti_encoding_init(bkti_encoding *encoding);
/* Encodings of 16 and 32 bits, by a byte order mark, or by the zeros about the document's first
 * character, which is of ASCII. False: it is none. Four bytes suffice. */
bool bkti_encoding_find_wide(bkti_encoding *encoding, const unsigned char *head, size_t size,
                             char first);
/* Takes the label that a document declares for what it means in bytes of 8 bits. */
void bkti_encoding_take_label(bkti_encoding *encoding, bkti_span label);
/* Whether a name is one that a caller may give a text in bytes of 8 bits (or of 16 or 32, which its
 * own bytes then must show). BKT_OK; ENCODING; MEMORY: not recorded. */
bkt_status bkti_encoding_try(const char *name);
/* Makes ready to convert. BKT_OK; ENCODING (not known here); MEMORY: not recorded. */
bkt_status bkti_encoding_open(bkti_encoding *encoding);
void bkti_encoding_close(bkti_encoding *encoding);
/* Converts as much as there is room for (at least 16 bytes), moving *data and *size on. If the
 * result is BAD and there is a rest, the character that is none begins with it. */
bkti_encoding_result bkti_encoding_convert(bkti_encoding *encoding, const unsigned char **data,
                                           size_t *size, char *room, size_t capacity,
                                           size_t *out_made);
/* At the text's end: the character, if any, that a decoder has held back because a mark that
 * followed might have changed it. There is room for at least 16 bytes. */
void bkti_encoding_finish(bkti_encoding *encoding, char *room, size_t capacity, size_t *out_made);

/* Writes a character in UTF-8 (4 bytes at most); gives their number. */
size_t bkti_put_character(char *room, uint32_t code);

/* What is checked of UTF-8 (RFC 3629) before a parser sees it, so that what is wrong is said in the
 * same way wherever blocks begin and whichever parser it is. */
typedef struct bkti_utf_8 {
    unsigned char rest[4]; /* of a character that is not whole yet */
    size_t rest_size;
} bkti_utf_8;

/* Bytes of the text before the first that belongs to no character or is zero; size if there is
 * none. With a rest, a result of 0 below size means that the rest itself begins no character. */
size_t bkti_utf_8_check(bkti_utf_8 *check, const unsigned char *text, size_t size);

#endif
