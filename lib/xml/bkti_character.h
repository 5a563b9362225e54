/* SPDX-License-Identifier: MIT */
/* One character of UTF-8. For this room alone. */
#ifndef BKTI_CHARACTER_H
#define BKTI_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the character that begins the text (of at least one byte). 0: there is none such; above
 * size: the text ends in its middle. RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF. */
static inline size_t bkti_character_size(const unsigned char *text, size_t size) {
    unsigned char lead = text[0];
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return 0;
    }
    size_t whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    for (size_t i = 1; i < whole && i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool is_wrong =
        size > 1 && ((lead == 0xe0 && text[1] < 0xa0) || (lead == 0xed && text[1] > 0x9f) ||
                     (lead == 0xf0 && text[1] < 0x90) || (lead == 0xf4 && text[1] > 0x8f));
    return is_wrong ? 0 : whole;
}

#endif
