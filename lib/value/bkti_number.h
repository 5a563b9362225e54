/* SPDX-License-Identifier: MIT */
/* Decimal numbers to doubles and back, correctly rounded, whatever the locale. */
#ifndef BKTI_NUMBER_H
#define BKTI_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "bkti_span.h"

/* What a text was. */
enum bkti_number_kind {
    BKTI_NUMBER_FINITE = 0,
    BKTI_NUMBER_EMPTY,    /* nothing or white space */
    BKTI_NUMBER_NAN,      /* "NaN" */
    BKTI_NUMBER_INFINITE, /* "INF", "-INF", "+INF" (xs:double) */
    BKTI_NUMBER_OVERFLOW, /* digits, but too large for a double */
    BKTI_NUMBER_COMMA,    /* digits with a decimal comma or with separators of thousands */
    BKTI_NUMBER_OTHER     /* anything else */
};

/* Reads an xs:double or xs:decimal (white space around it is ignored; a leading "+" too). Sets
 * *out_number to the nearest double (ties to even; underflow gives 0 or a subnormal) when the
 * result is BKTI_NUMBER_FINITE, to NaN otherwise. */
int bkti_number_parse(bkti_span text, double *out_number);

/* The shortest text that reads back to the same double: "0.1", "1e+300", "-0", "NaN", "INF".
 * Plain digits for 1e-5 <= |x| < 1e17, otherwise with an exponent. Writes a zero too; capacity 32
 * always suffices. Returns the length. */
size_t bkti_number_format(double number, char *buffer, size_t capacity);
/* With a fixed number of decimals (0 to 20), rounded as the exact binary value demands; "-0.0" is
 * written "0.0". `thousands` (0: none) stands between groups of three digits. capacity 440 always
 * suffices. */
size_t bkti_number_format_fixed(double number, int decimals, char thousands, char *buffer,
                                size_t capacity);

#endif
