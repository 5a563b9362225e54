/* SPDX-License-Identifier: MIT */
#include "bkti_namespace.h"

#include <string.h>

static const bkti_sdmx_version versions[] = {
    {"v1_0", "1.0", 10}, {"v2_0", "2.0", 20}, {"v2_1", "2.1", 21},
    {"v3_0", "3.0", 30}, {"v3_1", "3.1", 31},
};

/* Case differs between versions: "www.SDMX.org" up to 2.0, "www.sdmx.org" later. */
static const char site[] = "http://www.sdmx.org/";
static const char schemas[] = "http://www.sdmx.org/resources/sdmxml/schemas/";

static bool begins(const char *uri, const char *with) {
    bkti_span start = bkti_span_of(with);
    return uri != NULL && strlen(uri) >= start.size &&
           bkti_span_equal_caseless((bkti_span){uri, start.size}, start);
}

bool bkti_is_sdmx_uri(const char *uri) {
    return begins(uri, site);
}

static bkti_span version_part(const char *uri) {
    const char *part = uri + (sizeof schemas - 1);
    return (bkti_span){part, strcspn(part, "/")};
}

bool bkti_is_sdmx_ml_uri(const char *uri) {
    return begins(uri, schemas) && version_part(uri).size > 0;
}

const bkti_sdmx_version *bkti_sdmx_version_of(const char *uri) {
    if (!bkti_is_sdmx_ml_uri(uri)) {
        return NULL;
    }
    bkti_span part = version_part(uri);
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        if (bkti_span_equal_caseless(part, bkti_span_of(versions[i].part))) {
            return &versions[i];
        }
    }
    return NULL;
}

bool bkti_is_envelope(const bkti_xml_element *element) {
    static const char *const uris[] = {
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
    };
    const char *uri = element->name.uri;
    return uri != NULL && bkti_span_is(element->name.local, "Envelope") &&
           (strcmp(uri, uris[0]) == 0 || strcmp(uri, uris[1]) == 0);
}

char bkti_first_character(bkti_span block) {
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"};
    size_t at = 0;
    while (at < block.size && block.data[at] == '\0') {
        at++; /* also before the mark of UTF-32 */
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (block.size - at >= size && memcmp(block.data + at, marks[i], size) == 0) {
            at += size;
            break;
        }
    }
    while (at < block.size && strchr(" \t\r\n", block.data[at]) != NULL) {
        at++; /* the zero that ends the list is one of them */
    }
    return at == block.size ? '\0' : block.data[at];
}

bool bkti_may_be_xml(bkti_span block) {
    char first = bkti_first_character(block);
    return first == '<' || first == '\0';
}
