/* SPDX-License-Identifier: MIT */
/* Regular expressions of XML Schema, by libxml2. */
#ifndef BKTI_PATTERN_H
#define BKTI_PATTERN_H

#include <stdbool.h>

typedef struct bkti_pattern bkti_pattern;

/* NULL: it is no regular expression, or there is no memory. Its memory is libxml2's own. */
bkti_pattern *bkti_pattern_new(const char *pattern);
void bkti_pattern_free(bkti_pattern *pattern); /* NULL is fine */
/* Whether the whole text matches. May be called by several threads at once. A text that takes too
 * long to tell counts as matching; after some of them the pattern is given up and everything
 * matches. */
bool bkti_pattern_matches(bkti_pattern *pattern, const char *text);
bool bkti_pattern_was_given_up(const bkti_pattern *pattern);

#endif
