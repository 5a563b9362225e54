/* SPDX-License-Identifier: MIT */
/* 16 bytes at once, on every AArch64. */
#include "bkti_vector_parts.h"

#if defined(BKTI_VECTOR_ARM)
#include <stdbool.h>
#include <stdint.h>

#include <arm_neon.h>

static inline uint8x16_t load(const char *text) {
    return vld1q_u8((const uint8_t *)text);
}

static inline uint8x16_t equal(uint8x16_t bytes, uint8_t byte) {
    return vceqq_u8(bytes, vdupq_n_u8(byte));
}

static inline bool has_high_bit(uint8x16_t bytes) {
    return vmaxvq_u8(bytes) >= 0x80;
}

/* Not zero for each control that XML forbids. */
static inline uint8x16_t forbidden(uint8x16_t bytes) {
    uint8x16_t space = vceqq_u8(vqtbl1q_u8(vld1q_u8(bkti_table_space), bytes), bytes);
    return vbicq_u8(vcltq_u8(bytes, vdupq_n_u8(0x20)), space);
}

static inline uint8x16_t look_up(const unsigned char *table, uint8x16_t halves) {
    return vqtbl1q_u8(vld1q_u8(table), halves);
}

/* Not zero where something is not UTF-8, or U+FFFE or U+FFFF, up to the last byte; what that cuts
 * is seen with the bytes that follow. */
static inline uint8x16_t malformed(uint8x16_t bytes, uint8x16_t before) {
    uint8x16_t back_1 = vextq_u8(before, bytes, 15);
    uint8x16_t back_2 = vextq_u8(before, bytes, 14);
    uint8x16_t back_3 = vextq_u8(before, bytes, 13);
    uint8x16_t pairs =
        vandq_u8(vandq_u8(look_up(bkti_table_first_high, vshrq_n_u8(back_1, 4)),
                          look_up(bkti_table_first_low, vandq_u8(back_1, vdupq_n_u8(0x0f)))),
                 look_up(bkti_table_second_high, vshrq_n_u8(bytes, 4)));
    /* Bytes that must be the third or the fourth. */
    uint8x16_t late =
        vorrq_u8(vcgeq_u8(back_2, vdupq_n_u8(0xe0)), vcgeq_u8(back_3, vdupq_n_u8(0xf0)));
    uint8x16_t must = vandq_u8(late, vdupq_n_u8(BKTI_TWO_FOLLOW));
    uint8x16_t no_character = vandq_u8(vandq_u8(equal(back_2, 0xef), equal(back_1, 0xbf)),
                                       vcgeq_u8(bytes, vdupq_n_u8(0xbe)));
    return vorrq_u8(veorq_u8(pairs, must), no_character);
}

static inline uint8x16_t malformed_block(const uint8x16_t parts[4], uint8x16_t before) {
    return vorrq_u8(vorrq_u8(malformed(parts[0], before), malformed(parts[1], parts[0])),
                    vorrq_u8(malformed(parts[2], parts[1]), malformed(parts[3], parts[2])));
}

static inline void load_block(uint8x16_t parts[4], const char *text) {
    for (size_t i = 0; i < 4; i++) {
        parts[i] = load(text + 16 * i);
    }
}

static inline size_t count_block(const uint8x16_t parts[4]) {
    uint8x16_t feeds = vaddq_u8(vaddq_u8(equal(parts[0], '\n'), equal(parts[1], '\n')),
                                vaddq_u8(equal(parts[2], '\n'), equal(parts[3], '\n')));
    /* Each comparison that is true is less by one. */
    return vaddvq_u8(vsubq_u8(vdupq_n_u8(0), feeds));
}

static size_t check_blocks(const char *text, size_t size, size_t *lines) {
    uint8x16_t before = vdupq_n_u8(0);
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint8x16_t parts[4];
        load_block(parts, text + at);
        uint8x16_t any = vorrq_u8(vorrq_u8(parts[0], parts[1]), vorrq_u8(parts[2], parts[3]));
        uint8x16_t wrong = vorrq_u8(vorrq_u8(forbidden(parts[0]), forbidden(parts[1])),
                                    vorrq_u8(forbidden(parts[2]), forbidden(parts[3])));
        /* ASCII, and no character of the bytes before may go on. */
        if (has_high_bit(vorrq_u8(any, before))) {
            wrong = vorrq_u8(wrong, malformed_block(parts, before));
        }
        if (vmaxvq_u8(wrong) != 0) {
            break;
        }
        *lines += count_block(parts);
        before = parts[3];
    }
    return at;
}

static size_t check(const char *text, size_t size, size_t *out_lines) {
    return bkti_vector_check_with(check_blocks, text, size, out_lines);
}

/* Four bits for each byte that is '<'. */
static inline uint64_t mask(uint8x16_t bytes) {
    uint16x8_t found = vreinterpretq_u16_u8(equal(bytes, '<'));
    return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(found, 4)), 0);
}

/* A bit for each. */
static inline uint64_t mask_block(const char *text) {
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t bit = vld1q_u8(bits);
    uint8x16_t parts[4];
    load_block(parts, text);
    for (size_t i = 0; i < 4; i++) {
        parts[i] = vandq_u8(equal(parts[i], '<'), bit);
    }
    uint8x16_t sums = vpaddq_u8(vpaddq_u8(parts[0], parts[1]), vpaddq_u8(parts[2], parts[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
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
            return at + (size_t)__builtin_ctzll(found) / 4;
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
    size_t lines = 0;
    size_t at = 0;
    for (; size - at >= BKTI_VECTOR_BLOCK; at += BKTI_VECTOR_BLOCK) {
        uint8x16_t parts[4];
        load_block(parts, text + at);
        lines += count_block(parts);
    }
    return lines + bkti_vector_portable.count_lines(text + at, size - at);
}

const bkti_vector bkti_vector_neon = {"neon", check, find_markup, pass_tags, count_lines};
#endif
