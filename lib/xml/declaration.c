/* SPDX-License-Identifier: MIT */
#include "bkti_declaration.h"

#include <string.h>

static bool begins_with(const unsigned char *head, size_t size, const char *bytes, size_t count) {
    return size >= count && memcmp(head, bytes, count) == 0;
}

static bool is_space(unsigned char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Production 81 of XML: only then is it a name at all, and safe to be handed to iconv. */
static bool is_label(bkti_span label) {
    for (size_t i = 0; i < label.size; i++) {
        char byte = label.data[i];
        bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        bool is_other = (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
        if (!is_letter && (i == 0 || !is_other)) {
            return false;
        }
    }
    return label.size > 0;
}

/* Finds encoding="..." in an XML declaration. What is wrong with it, the scanner will say. */
static void read_declaration(bkti_encoding *encoding, const unsigned char *text, size_t size) {
    static const char word[] = "encoding";
    const size_t word_size = sizeof word - 1;
    for (size_t i = 0; i + word_size < size; i++) {
        if (!is_space(text[i]) || memcmp(text + i + 1, word, word_size) != 0) {
            continue;
        }
        size_t at = i + 1 + word_size;
        while (at < size && (is_space(text[at]) || text[at] == '=')) {
            at++;
        }
        if (at >= size || (text[at] != '"' && text[at] != '\'')) {
            return;
        }
        const unsigned char *begin = text + at + 1;
        const unsigned char *close = memchr(begin, text[at], size - at - 1);
        bkti_span label = {(const char *)begin, close == NULL ? 0 : (size_t)(close - begin)};
        if (is_label(label)) {
            bkti_encoding_take_label(encoding, label);
        }
        return;
    }
}

bool bkti_encoding_detect(bkti_encoding *encoding, const unsigned char *head, size_t size,
                          bool last) {
    if (size < 4 && !last) {
        return false;
    }
    bkti_encoding_init(encoding);
    if (bkti_encoding_find_wide(encoding, head, size, '<')) {
        return true;
    }
    if (begins_with(head, size, "\xef\xbb\xbf", 3)) {
        encoding->mark = 3; /* it outdoes the declaration */
        return true;
    }
    if (!begins_with(head, size, "<?xml", size < 5 ? size : 5)) {
        return true;
    }
    const unsigned char *close = size < 5 ? NULL : memchr(head, '>', size);
    if (close == NULL) {
        return last;
    }
    read_declaration(encoding, head, (size_t)(close - head));
    return true;
}
