/* SPDX-License-Identifier: MIT */
/* The same random numbers on every machine: splitmix64 (Steele, Lea, Flood 2014). */
#ifndef RANDOM_NUMBERS_H
#define RANDOM_NUMBERS_H

#include <stdint.h>
#include <string.h>

static inline uint64_t random_word(uint64_t *state) {
    *state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t word = *state;
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

static inline uint64_t random_below(uint64_t *state, uint64_t bound) {
    return random_word(state) % bound;
}

static inline double double_of_bits(uint64_t bits) {
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline uint64_t bits_of_double(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Any finite double, each bit pattern as likely as another. */
static inline double random_double(uint64_t *state) {
    uint64_t bits;
    do {
        bits = random_word(state);
    } while ((bits >> 52 & 0x7ff) == 0x7ff);
    return double_of_bits(bits);
}

#endif
