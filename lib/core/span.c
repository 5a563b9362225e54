/* SPDX-License-Identifier: MIT */
#include "bkti_span.h"

static bool is_white_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

int bkti_span_compare(bkti_span a, bkti_span b) {
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.data, b.data, shared);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bkti_span bkti_span_trim(bkti_span span) {
    while (span.size > 0 && is_white_space(span.data[0])) {
        span.data++;
        span.size--;
    }
    while (span.size > 0 && is_white_space(span.data[span.size - 1])) {
        span.size--;
    }
    return span;
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool bkti_span_equal_caseless(bkti_span a, bkti_span b) {
    if (a.size != b.size) {
        return false;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
}

size_t bkti_span_character(bkti_span text, uint32_t *out_point) {
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    unsigned char first = text.size > 0 ? (unsigned char)text.data[0] : 0xff;
    size_t more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    if ((first >= 0x80 && first < 0xc2) || first > 0xf4 || more >= text.size) {
        return 0;
    }
    uint32_t point = first < 0x80 ? first : first & (0x3fu >> more);
    for (size_t i = 1; i <= more; i++) {
        unsigned char next = (unsigned char)text.data[i];
        if ((next & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (next & 0x3f);
    }
    if (point < smallest[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
        return 0;
    }
    if (out_point != NULL) {
        *out_point = point;
    }
    return more + 1;
}
