/* SPDX-License-Identifier: MIT */
/* Bytes as a word, wherever they stand. */
#ifndef BKTI_LOAD_H
#define BKTI_LOAD_H

#include <stdint.h>
#include <string.h>

/* In the machine's order. */
static inline uint64_t bkti_load_8(const char *data) {
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

static inline uint32_t bkti_load_4(const char *data) {
    uint32_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/* The first byte in memory is the lowest of the word. */
static inline uint64_t bkti_load_little_8(const char *data) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(bkti_load_8(data));
#else
    return bkti_load_8(data);
#endif
}

static inline uint32_t bkti_load_little_4(const char *data) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap32(bkti_load_4(data));
#else
    return bkti_load_4(data);
#endif
}

#endif
