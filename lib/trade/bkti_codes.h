/* SPDX-License-Identifier: MIT */
/* Lists of codes as data: codes separated by spaces, "*" at either end of a code for anything,
 * "COLUMN=code" for one column alone. Case (ASCII) never matters: services differ in it. */
#ifndef BKTI_CODES_H
#define BKTI_CODES_H

#include <stdbool.h>

#include "bkti_span.h"

/* Takes the next word of a list off its front; false at the end. */
bool bkti_codes_next(bkti_span *list, bkti_span *out_word);
/* A code against one pattern. */
bool bkti_code_fits(bkti_span pattern, bkti_span code);
/* The place (from 1) of the first word of a list that fits the code of a column, 0 if none does.
 * Words "COLUMN=code" count for their column only; column may be NULL (then they are passed over).
 * list may be NULL. */
int bkti_codes_find(const char *list, const char *column, bkti_span code);
/* The value of NAME in a list of words "NAME=value"; size 0 if there is none. */
bkti_span bkti_codes_value(const char *list, bkti_span name);
/* Whether a list of columns' ids has one. */
bool bkti_codes_has(const char *list, const char *word);

#endif
