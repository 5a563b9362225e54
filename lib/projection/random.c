/* SPDX-License-Identifier: MIT */
/* The generator of Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", ACM
 * TOMS 47(4): xoshiro256**, its state filled by splitmix64. */
#include "bkti_probability.h"

#include <math.h>

#include "bkti_elementary.h"

static uint64_t splitmix(uint64_t *state) {
    *state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void bkti_random_start(bkti_random *random, uint64_t seed, uint64_t number) {
    uint64_t state = seed;
    state = splitmix(&state) ^ number;
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&state);
}

static uint64_t rotate(uint64_t x, int bits) {
    return (x << bits) | (x >> (64 - bits));
}

uint64_t bkti_random_bits(bkti_random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double bkti_random_uniform(bkti_random *random) {
    return ((double)(bkti_random_bits(random) >> 12) + 0.5) * 0x1p-52;
}

double bkti_random_normal(bkti_random *random) {
    return bkti_normal_quantile(bkti_random_uniform(random));
}

/* Marsaglia & Tsang 2000, "A simple method for generating gamma variables", ACM TOMS 26(3). */
double bkti_random_chi_square(bkti_random *random, double freedom) {
    if (freedom < 2.0) {
        double z = bkti_random_normal(random);
        return z * z;
    }
    double d = freedom / 2.0 - 1.0 / 3.0;
    double c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = bkti_random_normal(random);
        double v = 1.0 + c * x;
        if (v <= 0.0)
            continue;
        v = v * v * v;
        double u = bkti_random_uniform(random);
        if (bkti_log(u) < 0.5 * x * x + d - d * v + d * bkti_log(v))
            return 2.0 * d * v;
    }
}
