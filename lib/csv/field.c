/* SPDX-License-Identifier: MIT */
#include "bkti_csv_field.h"

static bool is_blank(char character) {
    return character == ' ' || character == '\t';
}

static bool needs_quotes(bkti_span field, char separator) {
    if (field.size == 0 || is_blank(field.data[0]) || is_blank(field.data[field.size - 1])) {
        return true;
    }
    for (size_t i = 0; i < field.size; i++) {
        char character = field.data[i];
        if (character == separator || character == '"' || character == '\n' || character == '\r') {
            return true;
        }
    }
    return false;
}

void bkti_csv_put_field(bkti_sink *sink, bkti_span field, char separator, bool is_quoted) {
    if (!is_quoted && !needs_quotes(field, separator)) {
        bkti_sink_put(sink, field.data, field.size);
        return;
    }
    bkti_sink_put(sink, "\"", 1);
    size_t begin = 0;
    for (size_t i = 0; i < field.size; i++) {
        if (field.data[i] == '"') {
            /* With the quote itself, which then comes again. */
            bkti_sink_put(sink, field.data + begin, i + 1 - begin);
            begin = i;
        }
    }
    bkti_sink_put(sink, field.data + begin, field.size - begin);
    bkti_sink_put(sink, "\"", 1);
}

bool bkti_csv_is_separator(int32_t character) {
    bool printable = character == '\t' || (character > ' ' && character <= '~');
    bool letter = (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
    bool digit = character >= '0' && character <= '9';
    return printable && !letter && !digit && character != '"' && character != '+' &&
           character != '-' && character != '.';
}
