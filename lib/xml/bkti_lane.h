/* SPDX-License-Identifier: MIT */
/* A lane: sixteen bytes looked at in one go. For the fast scanner alone. */
#ifndef BKTI_LANE_H
#define BKTI_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__)
#include <arm_neon.h>
#define BKTI_LANE_NEON
#endif

#define BKTI_LANE_SIZE ((size_t)16)

static inline uint64_t bkti_load_8(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

static inline uint32_t bkti_load_4(const char *text) {
    uint32_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* The first of sixteen bytes that ends a plain stretch of an attribute's value: the quotation mark,
 * "<", "&" or white space other than a space (controls are). 16: there is none. */
#if defined(__SSE2__) && defined(__GNUC__)
static inline size_t bkti_lane_stop(const char *text, char quote) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i found = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(quote));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
    __m128i low = _mm_min_epu8(bytes, _mm_set1_epi8(0x1f));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, low));
    unsigned mask = (unsigned)_mm_movemask_epi8(found) | 1U << 16;
    return (size_t)__builtin_ctz(mask);
}
#elif defined(BKTI_LANE_NEON)
static inline size_t bkti_lane_stop(const char *text, char quote) {
    uint8x16_t bytes = vld1q_u8((const uint8_t *)text);
    uint8x16_t found = vceqq_u8(bytes, vdupq_n_u8((uint8_t)quote));
    found = vorrq_u8(found, vceqq_u8(bytes, vdupq_n_u8('<')));
    found = vorrq_u8(found, vceqq_u8(bytes, vdupq_n_u8('&')));
    found = vorrq_u8(found, vcltq_u8(bytes, vdupq_n_u8(0x20)));
    /* Four bits a byte. */
    uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(found), 4);
    uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
    return mask == 0 ? BKTI_LANE_SIZE : (size_t)__builtin_ctzll(mask) / 4;
}
#else
static inline size_t bkti_lane_stop(const char *text, char quote) {
    size_t at = 0;
    while (at < BKTI_LANE_SIZE && text[at] != quote && text[at] != '<' && text[at] != '&' &&
           (unsigned char)text[at] >= 0x20) {
        at++;
    }
    return at;
}
#endif

/* Whether two texts of a size are the same. Texts of an element's literals are short: for them
 * this costs two or four loads. */
static inline bool bkti_lane_same(const char *a, const char *b, size_t size) {
#if defined(__SSE2__)
    if (size >= BKTI_LANE_SIZE) {
        size_t at = 0;
        __m128i same = _mm_set1_epi8(-1);
        for (; at + BKTI_LANE_SIZE <= size; at += BKTI_LANE_SIZE) {
            same = _mm_and_si128(
                same, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(a + at)),
                                     _mm_loadu_si128((const __m128i *)(const void *)(b + at))));
        }
        at = size - BKTI_LANE_SIZE;
        same = _mm_and_si128(
            same, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(a + at)),
                                 _mm_loadu_si128((const __m128i *)(const void *)(b + at))));
        return _mm_movemask_epi8(same) == 0xffff;
    }
#else
    if (size > 16) {
        return memcmp(a, b, size) == 0;
    }
#endif
    if (size >= 8) {
        return ((bkti_load_8(a) ^ bkti_load_8(b)) |
                (bkti_load_8(a + size - 8) ^ bkti_load_8(b + size - 8))) == 0;
    }
    if (size >= 4) {
        return ((bkti_load_4(a) ^ bkti_load_4(b)) |
                (bkti_load_4(a + size - 4) ^ bkti_load_4(b + size - 4))) == 0;
    }
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

#endif
