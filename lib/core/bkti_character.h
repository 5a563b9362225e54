/* SPDX-License-Identifier: MIT */
/* One character of UTF-8, checked in the middle of a text. */
#ifndef BKTI_CHARACTER_H
#define BKTI_CHARACTER_H

#include <stddef.h>

/* Bytes of the character that begins the text (of at least one byte). 0: there is none such; above
 * size: the text ends in its middle. RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF. */
static inline size_t bkti_character_size(const unsigned char *text, size_t size) {
    unsigned char lead = text[0];
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xe0) {
        return lead < 0xc2 || (size > 1 && (text[1] & 0xc0) != 0x80) ? 0 : 2;
    }
    unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (lead > 0xf4 || (size > 1 && (text[1] < least || text[1] > most)) ||
        (size > 2 && (text[2] & 0xc0) != 0x80)) {
        return 0;
    }
    if (lead < 0xf0) {
        return 3;
    }
    return size > 3 && (text[3] & 0xc0) != 0x80 ? 0 : 4;
}

#endif
