/* SPDX-License-Identifier: MIT */
/* Regular expressions of XML Schema, without categories and blocks (\p{Lu}, \P{IsGreek}). They take
 * time in proportion to the text, whatever the expression. */
#ifndef BKTI_PATTERN_H
#define BKTI_PATTERN_H

#include <stdbool.h>

#include "bkti_memory.h"
#include "bkti_span.h"

typedef struct bkti_pattern bkti_pattern;

/* NULL and *out_memory true: there is no memory. NULL and false: it is no regular expression, or
 * one that is not covered (see above; also one with more than some thousand steps). */
bkti_pattern *bkti_pattern_new(bkti_memory *memory, const char *text, bool *out_memory);
void bkti_pattern_free(bkti_pattern *pattern); /* NULL is fine */
/* Whether the whole text matches. May be called by several threads at once. */
bool bkti_pattern_matches(const bkti_pattern *pattern, bkti_span text);

#endif
