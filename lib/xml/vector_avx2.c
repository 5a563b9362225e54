/* SPDX-License-Identifier: MIT */
/* 32 bytes at once. Compiled for AVX2 by function, so that the library runs without it, too. */
#include "bkti_vector_parts.h"

#if defined(BKTI_VECTOR_X86)
#include <stdint.h>

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const char *text) {
    return _mm256_loadu_si256((const __m256i *)text);
}

AVX2 static inline __m256i load_table(const unsigned char *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

AVX2 static inline __m256i equal(__m256i bytes, char byte) {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
}

AVX2 static inline __m256i either(__m256i one, __m256i other) {
    return _mm256_or_si256(one, other);
}

/* Not zero for each control that XML forbids. */
AVX2 static inline __m256i forbidden(__m256i bytes) {
    __m256i space = _mm256_shuffle_epi8(load_table(bkti_table_space), bytes);
    return _mm256_andnot_si256(_mm256_cmpeq_epi8(space, bytes),
                               _mm256_subs_epu8(_mm256_set1_epi8(0x20), bytes));
}

AVX2 static inline __m256i look_up(const unsigned char *table, __m256i halves) {
    return _mm256_shuffle_epi8(load_table(table), halves);
}

AVX2 static inline __m256i low_half(__m256i bytes) {
    return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0f));
}

AVX2 static inline __m256i high_half(__m256i bytes) {
    return low_half(_mm256_srli_epi16(bytes, 4));
}

/* Not zero where something is not UTF-8, or U+FFFE or U+FFFF, up to the last byte; what that cuts
 * is seen with the bytes that follow. */
AVX2 static inline __m256i malformed(__m256i bytes, __m256i before) {
    __m256i middle = _mm256_permute2x128_si256(before, bytes, 0x21);
    __m256i back_1 = _mm256_alignr_epi8(bytes, middle, 15);
    __m256i back_2 = _mm256_alignr_epi8(bytes, middle, 14);
    __m256i back_3 = _mm256_alignr_epi8(bytes, middle, 13);
    __m256i pairs =
        _mm256_and_si256(_mm256_and_si256(look_up(bkti_table_first_high, high_half(back_1)),
                                          look_up(bkti_table_first_low, low_half(back_1))),
                         look_up(bkti_table_second_high, high_half(bytes)));
    /* The high bit of each byte that must be the third or the fourth. */
    __m256i late = either(_mm256_subs_epu8(back_2, _mm256_set1_epi8(0xe0 - 0x80)),
                          _mm256_subs_epu8(back_3, _mm256_set1_epi8(0xf0 - 0x80)));
    __m256i must = _mm256_and_si256(late, _mm256_set1_epi8((char)BKTI_TWO_FOLLOW));
    __m256i no_character =
        _mm256_and_si256(_mm256_and_si256(equal(back_2, (char)0xef), equal(back_1, (char)0xbf)),
                         _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)0xbd)));
    return either(_mm256_xor_si256(pairs, must), no_character);
}

/* Adds to four sums, from up to 255 comparisons, how often they were true. */
AVX2 static inline __m256i add_equal(__m256i sums, __m256i comparisons) {
    __m256i zero = _mm256_setzero_si256();
    return _mm256_add_epi64(sums, _mm256_sad_epu8(_mm256_sub_epi8(zero, comparisons), zero));
}

AVX2 static inline size_t total(__m256i sums) {
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, sums);
    return (size_t)(parts[0] + parts[1] + parts[2] + parts[3]);
}

/* Out of line: what it needs of registers, the way of ASCII would lack. */
AVX2 __attribute__((noinline)) static __m256i malformed_block(__m256i first, __m256i second,
                                                              __m256i before) {
    return either(malformed(first, before), malformed(second, first));
}

AVX2 static size_t check_blocks(const char *text, size_t size, size_t *lines) {
    __m256i sums = _mm256_setzero_si256();
    __m256i before = _mm256_setzero_si256();
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        __m256i first = load(text + at);
        __m256i second = load(text + at + 32);
        __m256i wrong = either(forbidden(first), forbidden(second));
        /* ASCII, and no character of the bytes before may go on. */
        if (_mm256_movemask_epi8(either(before, either(first, second))) != 0) {
            wrong = either(wrong, malformed_block(first, second, before));
        }
        if (!_mm256_testz_si256(wrong, wrong)) {
            break;
        }
        sums = add_equal(sums, _mm256_add_epi8(equal(first, '\n'), equal(second, '\n')));
        before = second;
    }
    *lines += total(sums);
    return at;
}

static size_t check(const char *text, size_t size, size_t *out_lines) {
    return bkti_vector_check_with(check_blocks, text, size, out_lines);
}

AVX2 static inline uint64_t mask(const char *text) {
    return (uint64_t)(unsigned)_mm256_movemask_epi8(equal(load(text), '<'));
}

AVX2 static size_t find_markup(const char *text, size_t size) {
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint64_t found = mask(text + at) | mask(text + at + 32) << 32;
        if (found != 0) {
            return at + (size_t)__builtin_ctzll(found);
        }
    }
    if (size < 32) {
        return bkti_vector_sse2.find_markup(text, size);
    }
    while (at < size) {
        /* The last step looks at some bytes again. */
        at = size - at < 32 ? size - 32 : at;
        uint64_t found = mask(text + at);
        if (found != 0) {
            return at + (size_t)__builtin_ctzll(found);
        }
        at += 32;
    }
    return size;
}

AVX2 static size_t pass_tags(const char *text, size_t size, const bkti_vector_tags *tags,
                             uint64_t *count) {
    size_t expected = 0;
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint64_t found = mask(text + at) | mask(text + at + 32) << 32;
        for (; found != 0; found &= found - 1) {
            size_t tag_at = at + (size_t)__builtin_ctzll(found);
            if (size - tag_at < BKTI_LANES_SIZE) {
                return tag_at;
            }
            size_t which = bkti_vector_which_tag(text + tag_at, tags, &expected);
            if (which == tags->count) {
                return tag_at;
            }
            *count += which == 0;
        }
    }
    return at +
           bkti_vector_pass_with(bkti_vector_sse2.find_markup, text + at, size - at, tags, count);
}

AVX2 static size_t count_lines(const char *text, size_t size) {
    __m256i sums = _mm256_setzero_si256();
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        sums = add_equal(
            sums, _mm256_add_epi8(equal(load(text + at), '\n'), equal(load(text + at + 32), '\n')));
    }
    return total(sums) + bkti_vector_portable.count_lines(text + at, size - at);
}

const bkti_vector bkti_vector_avx2 = {"avx2", check, find_markup, pass_tags, count_lines};
#endif
