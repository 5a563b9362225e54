/* SPDX-License-Identifier: MIT */
/* Where fields may end: looked for in 64 bytes at once. */
#ifndef BKTI_CSV_MARK_H
#define BKTI_CSV_MARK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BKTI_CSV_STRIDE ((size_t)64)

/* A bit for each of 64 bytes that is the separator, a quotation mark, LF or CR; the first byte has
 * the lowest bit. */
#if defined(__SSE2__)
static inline uint64_t bkti_csv_marks(const char *text, char separator) {
    const __m128i separators = _mm_set1_epi8(separator);
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    uint64_t marks = 0;
    for (int lane = 0; lane < 4; lane++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * lane));
        __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, separators), _mm_cmpeq_epi8(bytes, quotes)),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * lane);
    }
    return marks;
}
#else
static inline uint64_t bkti_csv_marks(const char *text, char separator) {
    uint64_t marks = 0;
    for (size_t i = 0; i < BKTI_CSV_STRIDE; i++) {
        char byte = text[i];
        uint64_t is_mark = byte == separator || byte == '"' || byte == '\n' || byte == '\r';
        marks |= is_mark << i;
    }
    return marks;
}
#endif

/* The same for fewer bytes, without a look behind them. */
static inline uint64_t bkti_csv_marks_of(const char *text, size_t size, char separator) {
    char padded[BKTI_CSV_STRIDE];
    if (size >= BKTI_CSV_STRIDE) {
        return bkti_csv_marks(text, separator);
    }
    memcpy(padded, text, size);
    memset(padded + size, 0, sizeof padded - size);
    return bkti_csv_marks(padded, separator);
}

/* The place of the lowest bit; there is one. */
static inline size_t bkti_csv_first_mark(uint64_t marks) {
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(marks);
#else
    size_t at = 0;
    while ((marks & 1) == 0) {
        marks >>= 1;
        at++;
    }
    return at;
#endif
}

#endif
