/* SPDX-License-Identifier: MIT */
/* A text that grows. Once memory failed it stays failed: check at the end. */
#ifndef BKTI_TEXT_H
#define BKTI_TEXT_H

#include "bkti_memory.h"
#include "bkti_span.h"

typedef struct bkti_text {
    bkti_memory *memory;
    char *data; /* terminated whenever it is not NULL */
    size_t size;
    size_t capacity;
    bool failed;
} bkti_text;

void bkti_text_init(bkti_text *text, bkti_memory *memory);
void bkti_text_free(bkti_text *text);
void bkti_text_clear(bkti_text *text); /* keeps the room, forgets `failed` */
bool bkti_text_append(bkti_text *text, const char *data, size_t size);
bool bkti_text_append_span(bkti_text *text, bkti_span span);
bool bkti_text_append_text(bkti_text *text, const char *terminated);
/* No floating-point conversions: they follow the locale. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool bkti_text_append_format(bkti_text *text, const char *format, ...);
/* The text, "" when empty or failed. */
const char *bkti_text_get(const bkti_text *text);
/* The same as a span. */
bkti_span bkti_text_span(const bkti_text *text);

#endif
