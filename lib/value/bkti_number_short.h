/* SPDX-License-Identifier: MIT */
/* Short decimals to doubles, for where there is one per observation: "804.1", "-12.5", "1234567".
 * Lengths differ from value to value, so that a loop over the digits is mispredicted time and
 * again: here 8 characters at a time are a word, and no branch depends on where the point is.
 * Arithmetic in words after D. Lemire, "Number Parsing at a Gigabyte per Second" (2021). Up to 15
 * digits and the power of ten below them are exact doubles, so that their quotient, rounded once,
 * is the nearest double: W. Clinger, "How to Read Floating Point Numbers Accurately" (1990). */
#ifndef BKTI_NUMBER_SHORT_H
#define BKTI_NUMBER_SHORT_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_load.h"

#if defined(__SSE2__) && defined(__x86_64__)
#include <emmintrin.h>
#endif

/* Most characters of a short text, without its sign. */
#define BKTI_SHORT_MOST 16

/* The same byte in each place of a word. */
#define BKTI_BYTES(byte) (UINT64_C(0x0101010101010101) * (byte))

/* 1 to 7 bytes and zeros behind, by loads that overlap and never leave the text. */
static inline uint64_t bkti_load_few(const char *data, size_t size) {
    if (size >= 4) {
        return bkti_load_little_4(data) | (uint64_t)bkti_load_little_4(data + size - 4)
                                              << (size - 4) * 8;
    }
    uint64_t last = (unsigned char)data[size - 1];
    uint64_t middle = (unsigned char)data[size / 2];
    return (unsigned char)data[0] | middle << size / 2 * 8 | last << (size - 1) * 8;
}

/* Marks, by its lowest bit, each byte that is no digit; the word's characters are less '0' (by
 * exclusive or). The byte after one above 0x89 may be marked by mistake. */
static inline uint64_t bkti_other_than_digits(uint64_t word) {
    return ((word + BKTI_BYTES(0x76)) | word) >> 7 & BKTI_BYTES(1);
}

/* Not 0 if the bytes that are marked are anything but one point or none. */
static inline uint64_t bkti_other_than_point(uint64_t word, uint64_t marks) {
    return (marks & (marks - 1)) | ((word ^ BKTI_BYTES('.' ^ '0')) & marks * 0xff);
}

/* The word without the byte that is marked (0: none); `next` follows it. */
static inline uint64_t bkti_close_up(uint64_t word, uint64_t next, uint64_t mark) {
    uint64_t before = mark - 1;
    return (word & before) | ((word >> 8 | next << 56) & ~before);
}

/* Eight digits to a number: pairs, fours, eight. */
static inline uint64_t bkti_digits_8(uint64_t word) {
    const uint64_t every_other_pair = UINT64_C(0x000000ff000000ff);
    word = word * 10 + (word >> 8);
    uint64_t high = (word & every_other_pair) * (100 + (UINT64_C(1000000) << 32));
    uint64_t low = (word >> 16 & every_other_pair) * (1 + (UINT64_C(10000) << 32));
    return (high + low) >> 32;
}

/* Two words of eight digits to two numbers, the first one's in the lower half; false: some are no
 * digits. */
#if defined(__SSE2__) && defined(__x86_64__)
static inline bool bkti_digits_twice(uint64_t first, uint64_t second, uint64_t *out_both) {
    __m128i digits = _mm_set_epi64x((int64_t)second, (int64_t)first);
    __m128i good = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    __m128i tens = _mm_and_si128(digits, _mm_set1_epi16(0xff));
    __m128i ones = _mm_srli_epi16(digits, 8);
    __m128i pairs = _mm_add_epi16(_mm_mullo_epi16(tens, _mm_set1_epi16(10)), ones);
    __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
    fours = _mm_packs_epi32(fours, fours);
    __m128i eights = _mm_madd_epi16(fours, _mm_set1_epi32(10000 | 1 << 16));
    *out_both = (uint64_t)_mm_cvtsi128_si64(eights);
    return _mm_movemask_epi8(good) == 0xffff;
}
#else
static inline bool bkti_digits_twice(uint64_t first, uint64_t second, uint64_t *out_both) {
    *out_both = bkti_digits_8(first) | bkti_digits_8(second) << 32;
    return (bkti_other_than_digits(first) | bkti_other_than_digits(second)) == 0;
}
#endif

/* digits / 10^exponent with a sign, also of zero. Exact up to 10^15 and 10^22. */
static inline double bkti_scale_down(uint64_t digits, size_t exponent, size_t negative) {
    static const double POWERS[2][16] = {
        {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15},
        {-1e0, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7, -1e8, -1e9, -1e10, -1e11, -1e12, -1e13,
         -1e14, -1e15}};
    return (double)(int64_t)digits / POWERS[negative][exponent];
}

/* The text of up to 7 characters is taken as 8 digits: zeros stand behind, the point is closed up,
 * and where it was says by which power of ten they are to be divided. */
static inline bool bkti_parse_few(const char *data, size_t size, size_t negative,
                                  double *out_number) {
    uint64_t word = bkti_load_few(data, size) ^ BKTI_BYTES('0') >> (8 - size) * 8;
    uint64_t marks = bkti_other_than_digits(word);
    if (bkti_other_than_point(word, marks) != 0 || size == (marks != 0)) {
        return false;
    }
    marks |= UINT64_C(1) << size * 8;
    uint64_t point = marks & (0 - marks);
    /* Byte 0 gives 8, byte 7 gives 1. */
    size_t exponent = (size_t)(point * UINT64_C(0x0807060504030201) >> 56);
    *out_number = bkti_scale_down(bkti_digits_8(bkti_close_up(word, 0, point)), exponent, negative);
    return true;
}

/* The same for 8 to 16 characters, as 15 digits in two words. */
static inline bool bkti_parse_many(const char *data, size_t size, size_t negative,
                                   double *out_number) {
    unsigned half = (unsigned)(16 - size) * 4; /* twice, as a shift by 64 is none */
    uint64_t first = bkti_load_little_8(data) ^ BKTI_BYTES('0');
    uint64_t second = (bkti_load_little_8(data + size - 8) ^ BKTI_BYTES('0')) >> half >> half;
    uint64_t marks = bkti_other_than_digits(first);
    uint64_t second_marks = bkti_other_than_digits(second);
    uint64_t in_first = 0 - (uint64_t)(marks != 0); /* all bits or none */
    uint64_t fault = bkti_other_than_point(first, marks) |
                     bkti_other_than_point(second, second_marks) | (second_marks & in_first);
    second_marks |= UINT64_C(1) << (32 - half) << (32 - half);
    uint64_t point = second_marks & (0 - second_marks) & ~in_first;
    if (fault != 0 || (marks | point) == 0) { /* the latter: 16 digits */
        return false;
    }
    /* Byte 0 of the first gives 15, byte 7 of the second 0. */
    size_t exponent =
        (size_t)((marks * UINT64_C(0x0f0e0d0c0b0a0908) + point * UINT64_C(0x0706050403020100)) >>
                 56);
    uint64_t upper = bkti_close_up(first, second, marks);
    uint64_t lower = bkti_close_up(second, 0, point | (in_first & 1));
    uint64_t digits = bkti_digits_8(upper) * 10000000 + bkti_digits_8(lower << 8);
    *out_number = bkti_scale_down(digits, exponent, negative);
    return true;
}

/* The decimals that the texts of one column have most of the time; 0: not known. */
#define BKTI_DECIMALS_MOST 7

/* Bytes that can be read from the begin of a text on, where that is wanted. */
#define BKTI_NUMBER_READABLE 32

/* A text with so many decimals (1 to BKTI_DECIMALS_MOST) and 1 to 8 digits before them: where the
 * point is need not be looked for. False for any other. BKTI_NUMBER_READABLE bytes are read. */
static inline bool bkti_parse_decimals(const char *data, size_t size, unsigned decimals,
                                       double *out_number) {
    static const uint32_t POWERS[8] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    uint64_t both;
    size_t whole = size - 1 - decimals;
    if (whole - 1 > 7 || data[whole] != '.') {
        return false;
    }
    uint64_t before = (bkti_load_little_8(data) ^ BKTI_BYTES('0')) << (8 - whole) * 8;
    uint64_t behind = (bkti_load_little_8(data + whole + 1) ^ BKTI_BYTES('0'))
                      << (8 - decimals) * 8;
    if (!bkti_digits_twice(before, behind, &both)) {
        return false;
    }
    uint64_t digits = (both & UINT32_MAX) * POWERS[decimals] + (both >> 32);
    *out_number = (double)(int64_t)digits / POWERS[decimals];
    return true;
}

/* How many decimals a text has that was read, for the next one; 0 where that is of no use. */
static inline unsigned bkti_count_decimals(const char *data, size_t size) {
    for (unsigned i = 1; i <= BKTI_DECIMALS_MOST && i < size; i++) {
        if (data[size - 1 - i] == '.') {
            return i;
        }
    }
    return 0;
}

/* Reads up to 15 digits that may have a point among them and a "-" before. False for any other
 * text, of which bkti_number_parse() knows more; then *out_number stays as it was. Rounds as the
 * machine's division does. */
static inline bool bkti_number_parse_short(const char *data, size_t size, double *out_number) {
#if FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 1
    if (size == 0) {
        return false;
    }
    size_t negative = data[0] == '-';
    data += negative;
    size -= negative;
    if (size - 1 < 7) {
        return bkti_parse_few(data, size, negative, out_number);
    }
    return size - 1 < BKTI_SHORT_MOST && bkti_parse_many(data, size, negative, out_number);
#else
    /* Quotients have more bits than a double here, and would be rounded twice. */
    (void)data, (void)size, (void)out_number;
    return false;
#endif
}

/* The same for one text of many: *decimals is what they have mostly, and is kept up. Whatever the
 * text's size, BKTI_NUMBER_READABLE bytes can be read from its begin on. */
static inline bool bkti_number_parse_next(const char *data, size_t size, unsigned *decimals,
                                          double *out_number) {
#if FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 1
    if (*decimals > 0 && bkti_parse_decimals(data, size, *decimals, out_number)) {
        return true;
    }
#endif
    if (!bkti_number_parse_short(data, size, out_number)) {
        return false;
    }
    *decimals = bkti_count_decimals(data, size);
    return true;
}

#endif
