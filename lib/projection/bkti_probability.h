/* SPDX-License-Identifier: MIT */
/* Distributions and random numbers that give the same bits on every machine with IEEE 754 doubles:
 * only + - * /, sqrt, floor and the functions of bkti_elementary.h are used. */
#ifndef BKTI_PROBABILITY_H
#define BKTI_PROBABILITY_H

#include <stdint.h>

double bkti_normal_density(double x);
double bkti_normal_below(double x); /* P(Z <= x) */
/* (1 - Phi(x)) / phi(x) for x >= 0. */
double bkti_normal_mills(double x);
/* The x with P(Z <= x) = p, 0 < p < 1; NaN otherwise. */
double bkti_normal_quantile(double p);
/* P(T > t) for t >= 0; freedom a whole number from 1. */
double bkti_student_above(double t, double freedom);
/* The t >= 0 with P(T > t) = p, 0 < p <= 1/2. */
double bkti_student_upper(double p, double freedom);

/* P(F > f) for f >= 0 and degrees of freedom above 0. */
double bkti_fisher_above(double f, double first_freedom, double second_freedom);

/* xoshiro256** 1.0. */
typedef struct bkti_random {
    uint64_t state[4];
} bkti_random;

/* A stream of its own for every pair of seed and number, whatever the order they are used in. */
void bkti_random_start(bkti_random *random, uint64_t seed, uint64_t number);
uint64_t bkti_random_bits(bkti_random *random);
double bkti_random_uniform(bkti_random *random); /* strictly between 0 and 1 */
double bkti_random_normal(bkti_random *random);
double bkti_random_chi_square(bkti_random *random, double freedom); /* freedom from 1 */

#endif
