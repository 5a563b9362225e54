/* SPDX-License-Identifier: MIT */
/* XML parsers alone, with handlers that do nothing. */
#include <libxml/parser.h>
#ifdef BENCH_EXPAT
#include <expat.h>
#endif

#include "bench.h"

static void sax_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                      int namespace_count, const xmlChar **namespaces, int attribute_count,
                      int defaulted_count, const xmlChar **attributes) {
    (void)user, (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted_count, (void)attributes;
}

static void sax_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)user, (void)name, (void)prefix, (void)uri;
}

static void sax_characters(void *user, const xmlChar *text, int size) {
    (void)user, (void)text, (void)size;
}

static int32_t take_libxml2(const char *chunk, int size, int last, void *user) {
    return xmlParseChunk(user, chunk, size, last) != 0;
}

int32_t run_libxml2(const struct task *task, const char *path, struct result *result) {
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = sax_start,
                             .endElementNs = sax_end,
                             .characters = sax_characters,
                             .ignorableWhitespace = sax_characters};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    (void)task, (void)result;
    if (parser == NULL) {
        return 1;
    }
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_HUGE);
    int32_t failed = for_each_chunk(path, take_libxml2, parser);
    xmlFreeParserCtxt(parser);
    return failed;
}

#ifdef BENCH_EXPAT
static void expat_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    (void)user, (void)name, (void)attributes;
}

static void expat_end(void *user, const XML_Char *name) {
    (void)user, (void)name;
}

static void expat_characters(void *user, const XML_Char *text, int size) {
    (void)user, (void)text, (void)size;
}

static int32_t take_expat(const char *chunk, int size, int last, void *user) {
    return XML_Parse(user, chunk, size, last) != XML_STATUS_OK;
}

int32_t run_expat(const struct task *task, const char *path, struct result *result) {
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');
    (void)task, (void)result;
    if (parser == NULL) {
        return 1;
    }
    XML_SetElementHandler(parser, expat_start, expat_end);
    XML_SetCharacterDataHandler(parser, expat_characters);
    int32_t failed = for_each_chunk(path, take_expat, parser);
    XML_ParserFree(parser);
    return failed;
}
#endif
