/* SPDX-License-Identifier: MIT */
/* Which of the texts in several languages is the one that is wanted. */
#ifndef BKTI_LANGUAGE_H
#define BKTI_LANGUAGE_H

#include "bkti_span.h"

/* How well a text's language is the one that is wanted: the higher the better, never 0. In the
 * order: the same, the language without its region, with another, English, English of a region, any
 * other. What says no language is English, SDMX's default. */
int bkti_language_fit(bkti_span language, bkti_span wanted);

#endif
