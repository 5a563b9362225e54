/* SPDX-License-Identifier: MIT */
/* Normal numbers by another generator and another way than the library's, to compare with: Park &
 * Miller 1988, "Random number generators: good ones are hard to find", Communications of the ACM
 * 31(10), and Marsaglia's polar method. */
#ifndef ANOTHER_GENERATOR_H
#define ANOTHER_GENERATOR_H

#include <math.h>
#include <stdint.h>

static double park_miller(uint64_t *state) {
    *state = *state * 48271 % 2147483647;
    return (double)*state / 2147483647.0;
}

static double polar_normal(uint64_t *state) {
    for (;;) {
        double a = 2.0 * park_miller(state) - 1.0;
        double b = 2.0 * park_miller(state) - 1.0;
        double square = a * a + b * b;
        if (square > 0.0 && square < 1.0)
            return a * sqrt(-2.0 * log(square) / square);
    }
}

#endif
