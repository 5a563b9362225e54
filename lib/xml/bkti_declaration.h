/* SPDX-License-Identifier: MIT */
/* The encoding of an XML document, from its first bytes. For this room alone. */
#ifndef BKTI_DECLARATION_H
#define BKTI_DECLARATION_H

#include "bkti_encoding.h"

/* As many first bytes are looked at; an XML declaration has to end within them. */
#define BKTI_ENCODING_HEAD ((size_t)1024)

/* Tells the encoding from the document's first bytes. False: they don't suffice. last: these are
 * all there are, or all that are looked at. */
bool bkti_encoding_detect(bkti_encoding *encoding, const unsigned char *head, size_t size,
                          bool last);

#endif
