/* SPDX-License-Identifier: MIT */
/* 16 bytes at once, on every x86-64. */
#include "bkti_vector_parts.h"

#if defined(BKTI_VECTOR_X86)
#include <stdint.h>

#include <emmintrin.h>

static inline __m128i load(const char *text) {
    return _mm_loadu_si128((const __m128i *)text);
}

static inline __m128i equal(__m128i bytes, char byte) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

/* Not zero for each control that XML forbids. */
static inline __m128i forbidden(__m128i bytes, __m128i feeds) {
    __m128i space = _mm_or_si128(feeds, _mm_or_si128(equal(bytes, '\t'), equal(bytes, '\r')));
    return _mm_andnot_si128(space, _mm_subs_epu8(_mm_set1_epi8(0x20), bytes));
}

/* Adds to two sums, from up to 255 comparisons, how often they were true. */
static inline __m128i add_equal(__m128i sums, __m128i comparisons) {
    __m128i zero = _mm_setzero_si128();
    return _mm_add_epi64(sums, _mm_sad_epu8(_mm_sub_epi8(zero, comparisons), zero));
}

static inline size_t total(__m128i sums) {
    uint64_t parts[2];
    _mm_storeu_si128((__m128i *)parts, sums);
    return (size_t)(parts[0] + parts[1]);
}

/* Blocks of ASCII. */
static size_t check_blocks(const char *text, size_t size, size_t *lines) {
    __m128i sums = _mm_setzero_si128();
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        __m128i feeds = _mm_setzero_si128();
        __m128i wrong = _mm_setzero_si128();
        __m128i any = _mm_setzero_si128();
        for (size_t i = 0; i < BKTI_VECTOR_BLOCK; i += 16) {
            __m128i bytes = load(text + at + i);
            __m128i feed = equal(bytes, '\n');
            any = _mm_or_si128(any, bytes);
            wrong = _mm_or_si128(wrong, forbidden(bytes, feed));
            feeds = _mm_add_epi8(feeds, feed);
        }
        /* Of the former the high bits say it, of the latter any bit, which are below those. */
        if (_mm_movemask_epi8(_mm_or_si128(any, _mm_cmpgt_epi8(wrong, _mm_setzero_si128()))) != 0) {
            break;
        }
        sums = add_equal(sums, feeds);
    }
    *lines += total(sums);
    return at;
}

static size_t check(const char *text, size_t size, size_t *out_lines) {
    return bkti_vector_check_with(check_blocks, text, size, out_lines);
}

static inline uint64_t mask(__m128i bytes) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(equal(bytes, '<'));
}

static inline uint64_t mask_block(const char *text) {
    return mask(load(text)) | mask(load(text + 16)) << 16 | mask(load(text + 32)) << 32 |
           mask(load(text + 48)) << 48;
}

static size_t find_markup(const char *text, size_t size) {
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint64_t found = mask_block(text + at);
        if (found != 0) {
            return at + (size_t)__builtin_ctzll(found);
        }
    }
    if (size < 16) {
        return bkti_vector_portable.find_markup(text, size);
    }
    while (at < size) {
        /* The last step looks at some bytes again. */
        at = size - at < 16 ? size - 16 : at;
        uint64_t found = mask(load(text + at));
        if (found != 0) {
            return at + (size_t)__builtin_ctzll(found);
        }
        at += 16;
    }
    return size;
}

static size_t pass_tags(const char *text, size_t size, const bkti_vector_tags *tags,
                        uint64_t *count) {
    return bkti_vector_pass_with(find_markup, text, size, tags, count);
}

static size_t count_lines(const char *text, size_t size) {
    __m128i sums = _mm_setzero_si128();
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        __m128i feeds = _mm_setzero_si128();
        for (size_t i = 0; i < BKTI_VECTOR_BLOCK; i += 16) {
            feeds = _mm_add_epi8(feeds, equal(load(text + at + i), '\n'));
        }
        sums = add_equal(sums, feeds);
    }
    return total(sums) + bkti_vector_portable.count_lines(text + at, size - at);
}

const bkti_vector bkti_vector_sse2 = {"sse2", check, find_markup, pass_tags, count_lines};
#endif
