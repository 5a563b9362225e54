/* SPDX-License-Identifier: MIT */
/* Writing SVG: escaped text, numbers of two decimals, and how wide text will be. */
#ifndef BKTI_SVG_H
#define BKTI_SVG_H

#include "bkti_span.h"
#include "bkti_text.h"

/* Appends a pattern in which %n stands for a double (two decimals), %d for an int, %s for a
 * terminated text as it is, %t for a bkti_span * of text to be escaped. */
void bkti_svg(bkti_text *out, const char *pattern, ...);
/* The text as character data or attribute value; what XML can't have becomes U+FFFD. */
void bkti_svg_escape(bkti_text *out, bkti_span text);
/* Width in ems, estimated for a wide sans-serif: in most fonts the text is a little narrower. */
double bkti_svg_measure(bkti_span text);

#endif
