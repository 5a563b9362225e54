/* SPDX-License-Identifier: MIT */
/* A decimal number against the midpoint of two doubles, exactly; for this room alone. */
#ifndef BKTI_DECIMAL_H
#define BKTI_DECIMAL_H

#include <stdint.h>

#include "bkti_span.h"

/* Compares digits * 10^exponent with the midpoint of the positive double of these bits and the
 * next larger one: below 0, 0 or above 0. `digits` holds decimal digits and perhaps a point, which
 * counts for nothing: the exponent is that of the last digit. The midpoint and the number must be
 * of about the same size. */
int bkti_decimal_compare(bkti_span digits, int64_t exponent, uint64_t bits);

#endif
