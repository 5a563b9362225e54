/* SPDX-License-Identifier: MIT */
/* UTF-8 text as it is shown: code points, the cells of a terminal that they take, and what must not
 * be shown as it is. */
#ifndef BKTI_DISPLAY_H
#define BKTI_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_span.h"
#include "bkti_text.h"

#define BKTI_POINT_BAD 0xfffdu

/* Takes the first code point off a text that isn't empty: BKTI_POINT_BAD and one byte where the
 * bytes are no UTF-8. */
uint32_t bkti_point_next(bkti_span *text);
/* Cells of a terminal: 0, 1 or 2. */
int bkti_point_width(uint32_t point);
/* Control characters, also those that turn the direction of what follows. */
bool bkti_point_is_control(uint32_t point);
/* A space or what breaks a line. */
bool bkti_point_is_space(uint32_t point);

/* Appends a text as it may be shown: line breaks and tabs as spaces, other control characters and
 * bad bytes as U+FFFD. With an ellipsis ("..." or a single character) it is cut where it would be
 * wider than `limit` cells. Returns the cells; out may be NULL, to measure. */
size_t bkti_display(bkti_text *out, bkti_span text, size_t limit, const char *ellipsis);
size_t bkti_display_width(bkti_span text);

/* Takes as many whole words off a text as stay within the limit, but at least one. The line is
 * empty when there is none left. */
bkti_span bkti_take_line(bkti_span *text, double limit, double (*measure)(bkti_span));

#endif
