/* SPDX-License-Identifier: MIT */
#include "bkti_span.h"

static bool is_white_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
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
