/* SPDX-License-Identifier: MIT */
/* Versions of SDMX-ML by their namespaces, messages by their roots, and the envelope that messages
 * may come in. */
#ifndef BKTI_NAMESPACE_H
#define BKTI_NAMESPACE_H

#include <stdbool.h>
#include <stdint.h>

#include "bkti_span.h"
#include "bkti_xml.h"

typedef struct bkti_sdmx_version {
    const char *part; /* of the namespace */
    const char *text;
    int32_t number; /* 21 for 2.1 */
} bkti_sdmx_version;

/* Whether a namespace is one of SDMX's, for whatever. */
bool bkti_is_sdmx_uri(const char *uri);
/* Whether it is one of SDMX-ML's schemas. */
bool bkti_is_sdmx_ml_uri(const char *uri);
/* The version of a namespace of SDMX; NULL: another namespace, or a version that is not known. */
const bkti_sdmx_version *bkti_sdmx_version_of(const char *uri);
/* The kind of message (bkt_message_kind) that a root element of SDMX-ML begins, by its local name.
 */
int32_t bkti_root_kind(bkti_span local);
/* Whether it is the root of a SOAP envelope. */
bool bkti_is_envelope(const bkti_xml_element *element);
/* The first character of a document, as the encodings that are told by their first bytes have it:
 * behind a mark, and with zeros about it. A zero: there is nothing but white space. */
char bkti_first_character(bkti_span block);
/* Whether that is "<", or there is none. */
bool bkti_may_be_xml(bkti_span block);

#endif
