/* SPDX-License-Identifier: MIT */
/* Fields written as RFC 4180 has them. */
#ifndef BKTI_CSV_FIELD_H
#define BKTI_CSV_FIELD_H

#include "bkti_sink.h"
#include "bkti_span.h"

/* Puts a field, in quotation marks if it must be (also if it is empty or has white space at an end)
 * or if is_quoted. */
void bkti_csv_put_field(bkti_sink *sink, bkti_span field, char separator, bool is_quoted);
/* Whether an ASCII character may separate fields. */
bool bkti_csv_is_separator(int32_t character);

#endif
