/* SPDX-License-Identifier: MIT */
/* Units such as "million USD": a multiple and what it is a multiple of. */
#ifndef BKTI_UNIT_H
#define BKTI_UNIT_H

#include <stdbool.h>

#include "bkti_span.h"
#include "bkti_text.h"

typedef struct bkti_unit {
    bkti_span base; /* within the text it was read from */
    int power;      /* of ten */
} bkti_unit;

/* "thousand USD", "USD million", "millions of roubles"; whatever else has the power 0. */
bkti_unit bkti_unit_read(const char *text);
/* A code of ISO 4217: three capital letters. */
bool bkti_unit_is_money(bkti_unit unit);
/* "10" with the power (below 1,000) raised, in digits that need no markup. Gives the buffer. */
#define BKTI_POWER_SIZE 20
const char *bkti_power_text(int power, char buffer[BKTI_POWER_SIZE]);
/* "million USD"; ten to the power for a power without a name, "USD" for 0, "million" without a
 * base. */
void bkti_unit_write(bkti_text *out, bkti_unit unit);
/* A number of 10^from as a number of 10^to; one rounding up to 22 powers between them. */
double bkti_unit_convert(double number, int from, int to);

#endif
