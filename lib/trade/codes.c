/* SPDX-License-Identifier: MIT */
#include "bkti_codes.h"

bool bkti_codes_next(bkti_span *list, bkti_span *out_word) {
    size_t start = 0;
    while (start < list->size && list->data[start] == ' ') {
        start++;
    }
    size_t stop = start;
    while (stop < list->size && list->data[stop] != ' ') {
        stop++;
    }
    if (stop == start) {
        return false;
    }
    *out_word = (bkti_span){list->data + start, stop - start};
    *list = (bkti_span){list->data + stop, list->size - stop};
    return true;
}

bool bkti_code_fits(bkti_span pattern, bkti_span code) {
    bool open_front = pattern.size > 1 && pattern.data[0] == '*';
    bool open_back = pattern.size > 1 && pattern.data[pattern.size - 1] == '*';
    if (open_front) {
        pattern.data++;
        pattern.size--;
    }
    if (open_back) {
        pattern.size--;
    }
    if (!open_front && !open_back) {
        return bkti_span_equal_caseless(pattern, code);
    }
    if (code.size < pattern.size) {
        return false;
    }
    size_t slack = code.size - pattern.size;
    size_t first = open_front && !open_back ? slack : 0;
    size_t last = open_front ? slack : 0;
    for (size_t at = first; at <= last; at++) {
        if (bkti_span_equal_caseless(pattern, (bkti_span){code.data + at, pattern.size})) {
            return true;
        }
    }
    return false;
}

/* Splits "COLUMN=code"; false if the word has no "=" (or begins with it). */
static bool split(bkti_span word, bkti_span *out_name, bkti_span *out_value) {
    for (size_t i = 1; i < word.size; i++) {
        if (word.data[i] == '=') {
            *out_name = (bkti_span){word.data, i};
            *out_value = (bkti_span){word.data + i + 1, word.size - i - 1};
            return true;
        }
    }
    return false;
}

int bkti_codes_find(const char *list, const char *column, bkti_span code) {
    bkti_span rest = bkti_span_of(list);
    bkti_span word;
    bkti_span name;
    bkti_span value;
    for (int place = 1; bkti_codes_next(&rest, &word); place++) {
        if (split(word, &name, &value)) {
            if (column == NULL || !bkti_span_equal_caseless(name, bkti_span_of(column))) {
                continue;
            }
            word = value;
        }
        if (bkti_code_fits(word, code)) {
            return place;
        }
    }
    return 0;
}

bkti_span bkti_codes_value(const char *list, bkti_span name) {
    bkti_span rest = bkti_span_of(list);
    bkti_span word;
    bkti_span key;
    bkti_span value;
    while (bkti_codes_next(&rest, &word)) {
        if (split(word, &key, &value) && bkti_span_equal_caseless(key, name)) {
            return value;
        }
    }
    return (bkti_span){NULL, 0};
}

bool bkti_codes_has(const char *list, const char *word) {
    return bkti_codes_find(list, NULL, bkti_span_of(word)) != 0;
}
