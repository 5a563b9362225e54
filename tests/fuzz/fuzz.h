/* SPDX-License-Identifier: MIT */
/* What a fuzz target is, how it takes its bytes, and how it says that something is wrong. The same
 * targets run under libFuzzer (entry.c) and over the saved seeds (replay.c). */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void fuzz_reading(const uint8_t *data, size_t size);
void fuzz_archive(const uint8_t *data, size_t size);
void fuzz_scanners(const uint8_t *data, size_t size);
void fuzz_csv(const uint8_t *data, size_t size);
void fuzz_values(const uint8_t *data, size_t size);
void fuzz_trade(const uint8_t *data, size_t size);
void fuzz_projection(const uint8_t *data, size_t size);
void fuzz_writing(const uint8_t *data, size_t size);
void fuzz_revision(const uint8_t *data, size_t size);
void fuzz_validation(const uint8_t *data, size_t size);

/* Ends the program with a sentence if what must hold does not. */
#define FUZZ_CHECK(condition, ...)                                                                 \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s: ", __FILE__, __LINE__, #condition);                \
            fprintf(stderr, __VA_ARGS__);                                                          \
            fprintf(stderr, "\n");                                                                 \
            fflush(stdout);                                                                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Bytes not yet taken. Behind the end stand zeros. */
typedef struct fuzz_bytes {
    const uint8_t *data;
    size_t size;
} fuzz_bytes;

static inline uint8_t fuzz_byte(fuzz_bytes *bytes) {
    if (bytes->size == 0) {
        return 0;
    }
    bytes->size--;
    return *bytes->data++;
}

static inline uint32_t fuzz_number(fuzz_bytes *bytes, uint32_t below) {
    uint32_t number = fuzz_byte(bytes);
    number = below > 256 ? number << 8 | fuzz_byte(bytes) : number;
    return number % below;
}

static inline uint64_t fuzz_word(fuzz_bytes *bytes) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) {
        word |= (uint64_t)fuzz_byte(bytes) << (8 * i);
    }
    return word;
}

/* A number that follows from the bytes, for whatever has no bytes of its own. */
static inline uint64_t fuzz_hash(const uint8_t *data, size_t size) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ data[i]) * UINT64_C(1099511628211);
    }
    return hash ^ hash >> 29;
}

#endif
