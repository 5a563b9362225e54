/* SPDX-License-Identifier: MIT */
/* A lane: sixteen bytes looked at in one go. For where there is one text per observation. */
#ifndef BKTI_LANE_H
#define BKTI_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__)
#include <arm_neon.h>
#define BKTI_LANE_NEON
#endif

#define BKTI_LANE_SIZE  ((size_t)16)
#define BKTI_LANES_SIZE ((size_t)32)

/* The first of sixteen bytes that ends a plain stretch of an attribute's value: a quotation mark
 * '"',
 * "<", "&" or white space other than a space (controls are). 16: there is none. */
#if defined(__SSE2__) && defined(__GNUC__)
static inline size_t bkti_lane_stop(const char *text) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    /* '"' and '&' differ in one bit, and nothing else becomes '&' by it. */
    __m128i marks = _mm_or_si128(bytes, _mm_set1_epi8('"' ^ '&'));
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(marks, _mm_set1_epi8('&')),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    __m128i low = _mm_cmpeq_epi8(bytes, _mm_min_epu8(bytes, _mm_set1_epi8(0x1f)));
    unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(found, low)) | 1U << 16;
    return (size_t)__builtin_ctz(mask);
}
#elif defined(BKTI_LANE_NEON)
static inline size_t bkti_lane_stop(const char *text) {
    uint8x16_t bytes = vld1q_u8((const uint8_t *)text);
    uint8x16_t found = vceqq_u8(bytes, vdupq_n_u8('"'));
    found = vorrq_u8(found, vceqq_u8(bytes, vdupq_n_u8('<')));
    found = vorrq_u8(found, vceqq_u8(bytes, vdupq_n_u8('&')));
    found = vorrq_u8(found, vcltq_u8(bytes, vdupq_n_u8(0x20)));
    /* Four bits a byte. */
    uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(found), 4);
    uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
    return mask == 0 ? BKTI_LANE_SIZE : (size_t)__builtin_ctzll(mask) / 4;
}
#else
static inline size_t bkti_lane_stop(const char *text) {
    size_t at = 0;
    while (at < BKTI_LANE_SIZE && text[at] != '"' && text[at] != '<' && text[at] != '&' &&
           (unsigned char)text[at] >= 0x20) {
        at++;
    }
    return at;
}
#endif

/* Whether a and b begin with the same bytes, up to sixteen of them; of both sixteen can be read. */
static inline bool bkti_lane_same(const char *a, const char *b, size_t size) {
#if defined(__SSE2__)
    __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                  _mm_loadu_si128((const __m128i *)(const void *)b));
    /* Ones as far as they are the same, and one more sets the bit behind. */
    unsigned next = (unsigned)_mm_movemask_epi8(same) + 1;
    return (next & ((1U << size) - 1)) == 0;
#else
    return memcmp(a, b, size) == 0;
#endif
}

/* Two lanes: whether their first bytes are the same, as many as the mask, which is that of the
 * size, has bits. */
static inline bool bkti_lanes_same(const char *a, const char *b, uint32_t mask, size_t size) {
#if defined(__AVX2__)
    __m256i same = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)a),
                                     _mm256_loadu_si256((const __m256i *)(const void *)b));
    (void)size;
    return (~(uint32_t)_mm256_movemask_epi8(same) & mask) == 0;
#elif defined(__SSE2__)
    __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                 _mm_loadu_si128((const __m128i *)(const void *)b));
    __m128i high = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(a + 16)),
                                  _mm_loadu_si128((const __m128i *)(const void *)(b + 16)));
    uint32_t same = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
    (void)size;
    return (~same & mask) == 0;
#else
    (void)mask;
    return memcmp(a, b, size) == 0;
#endif
}

/* The mask for so many bytes, at most 32. */
static inline uint32_t bkti_lanes_mask(size_t size) {
    return size >= 32 ? UINT32_MAX : (UINT32_C(1) << size) - 1;
}

/* The same for texts of any size, of which whole lanes can be read. */
static inline bool bkti_lane_begins(const char *text, const char *with, size_t size) {
    for (; size > BKTI_LANE_SIZE; size -= BKTI_LANE_SIZE) {
        if (!bkti_lane_same(text, with, BKTI_LANE_SIZE)) {
            return false;
        }
        text += BKTI_LANE_SIZE;
        with += BKTI_LANE_SIZE;
    }
    return bkti_lane_same(text, with, size);
}

#endif
