/* SPDX-License-Identifier: MIT */
/* The encoding of a document: told from its first bytes, and turned into UTF-8. For this room
 * alone. */
#ifndef BKTI_ENCODING_H
#define BKTI_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <iconv.h>

#include <bktrade/status.h>

/* As many first bytes are looked at; an XML declaration has to end within them. */
#define BKTI_ENCODING_HEAD ((size_t)1024)

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

/* Tells the encoding from the document's first bytes. False: they don't suffice. last: these are
 * all there are, or all that are looked at. */
bool bkti_encoding_detect(bkti_encoding *encoding, const unsigned char *head, size_t size,
                          bool last);
/* Makes ready to convert. BKT_OK; ENCODING (not known here); MEMORY: not recorded. */
bkt_status bkti_encoding_open(bkti_encoding *encoding);
void bkti_encoding_close(bkti_encoding *encoding);
/* Converts as much as there is room for (at least 16 bytes), moving *data and *size on. If the
 * result is BAD and there is a rest, the character that is none begins with it. */
bkti_encoding_result bkti_encoding_convert(bkti_encoding *encoding, const unsigned char **data,
                                           size_t *size, char *room, size_t capacity,
                                           size_t *out_made);

/* Writes a character in UTF-8 (4 bytes at most); gives their number. */
size_t bkti_put_character(char *room, uint32_t code);

/* What is checked of UTF-8 (RFC 3629) before libxml2 sees it, so that what is wrong is said in the
 * same way wherever blocks begin and whichever libxml2 it is. */
typedef struct bkti_utf_8 {
    unsigned char rest[4]; /* of a character that is not whole yet */
    size_t rest_size;
} bkti_utf_8;

/* Bytes of the text before the first that belongs to no character or is zero; size if there is
 * none. With a rest, a result of 0 below size means that the rest itself begins no character. */
size_t bkti_utf_8_check(bkti_utf_8 *check, const unsigned char *text, size_t size);

#endif
