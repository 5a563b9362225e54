/* SPDX-License-Identifier: MIT */
#include "bkti_text.h"

#include <stdarg.h>
#include <stdio.h>

void bkti_text_init(bkti_text *text, bkti_memory *memory) {
    text->memory = memory;
    text->data = NULL;
    text->size = 0;
    text->capacity = 0;
    text->failed = false;
}

void bkti_text_free(bkti_text *text) {
    bkti_release(text->memory, text->data);
    bkti_text_init(text, text->memory);
}

void bkti_text_clear(bkti_text *text) {
    text->size = 0;
    text->failed = false;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

/* Makes room for `size` more bytes and the zero. */
static bool make_room(bkti_text *text, size_t size) {
    if (text->failed) {
        return false;
    }
    void *data = text->data;
    if (size >= SIZE_MAX - text->size ||
        !bkti_grow(text->memory, &data, &text->capacity, text->size + size + 1, 1)) {
        text->failed = true;
        return false;
    }
    text->data = data;
    return true;
}

bool bkti_text_append(bkti_text *text, const char *data, size_t size) {
    if (!make_room(text, size)) {
        return false;
    }
    if (size > 0) {
        memcpy(text->data + text->size, data, size);
    }
    text->size += size;
    text->data[text->size] = '\0';
    return true;
}

bool bkti_text_append_span(bkti_text *text, bkti_span span) {
    return bkti_text_append(text, span.data, span.size);
}

bool bkti_text_append_text(bkti_text *text, const char *terminated) {
    return bkti_text_append_span(text, bkti_span_of(terminated));
}

bool bkti_text_append_format(bkti_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !make_room(text, (size_t)size)) {
        text->failed = true;
        return false;
    }
    va_start(arguments, format);
    vsnprintf(text->data + text->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
    return true;
}

const char *bkti_text_get(const bkti_text *text) {
    return text->failed || text->data == NULL ? "" : text->data;
}

bkti_span bkti_text_span(const bkti_text *text) {
    return text->failed ? (bkti_span){"", 0} : (bkti_span){bkti_text_get(text), text->size};
}
