/* SPDX-License-Identifier: MIT */
/* Scans documents for tests and writes down what came as one text:
 *     (uri:local a=value b=value xmlns:p=uri   begin of an element
 *     )local                                   its end
 *     "text"                                   text, joined */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_text.h"
#include "bkti_xml.h"
#include "each_scanner.h"
#include "guarded_room.h"

typedef struct event_log {
    bkti_xml *xml;
    bkti_text text;
    bool in_text;
    bool wants_text;
    /* What a handler gives at the n-th call; 0: never. */
    unsigned calls;
    unsigned stop_at;
    bkt_status stop_with;
    /* Elements of this name are passed over, and those of that one counted; NULL: none. */
    const char *skipped;
    const char *counted_name;
    uint64_t count;
    /* Where blocks are put, before what can't be read; NULL: into memory of just their size. */
    guarded_room *room;
    /* For places: the document itself. */
    const char *document;
    uint64_t counted; /* where counting of lines stopped */
    uint64_t line;
    uint64_t line_begin;
    size_t checked_places;
    char encoding[64];
} event_log;

static inline void log_span(event_log *log, const char *before, bkti_span span) {
    bkti_text_append_text(&log->text, before);
    bkti_text_append_span(&log->text, span);
}

static inline void log_end_of_text(event_log *log) {
    if (log->in_text) {
        bkti_text_append_text(&log->text, "\"");
        log->in_text = false;
    }
}

static inline void log_name(event_log *log, const char *before, const bkti_xml_name *name) {
    log_span(log, before, bkti_span_of(name->uri));
    log_span(log, name->uri == NULL ? "" : ":", name->local);
}

static inline bkt_status log_outcome(event_log *log) {
    return ++log->calls == log->stop_at ? log->stop_with : BKT_OK;
}

/* Counts lines and columns the plain way. */
static inline void check_place(event_log *log, const bkti_xml_element *element) {
    bkti_place place;
    bkti_xml_place(log->xml, &place);
    for (; log->counted < place.offset; log->counted++) {
        if (log->document[log->counted] == '\n') {
            log->line++;
            log->line_begin = log->counted + 1;
        }
    }
    const char *tag = log->document + place.offset;
    size_t size = strcspn(tag + 1, " \t\r\n/>");
    const char *colon = memchr(tag + 1, ':', size);
    const char *name = colon == NULL ? tag + 1 : colon + 1;
    bool is_right = place.offset == log->counted && tag[0] == '<' &&
                    memcmp(name, element->name.local.data, element->name.local.size) == 0 &&
                    place.line == log->line + 1 &&
                    place.column == place.offset - log->line_begin + 1 &&
                    strcmp(place.source, "test.xml") == 0;
    if (!is_right) {
        ck_abort_msg("'%.30s' at byte %llu is said to be in line %llu, column %llu", tag,
                     (unsigned long long)place.offset, (unsigned long long)place.line,
                     (unsigned long long)place.column);
    }
    log->checked_places++;
}

static inline bkt_status log_start(void *user, const bkti_xml_element *element) {
    event_log *log = user;
    log_end_of_text(log);
    if (log->document != NULL) {
        check_place(log, element);
        return BKT_OK;
    }
    log_name(log, "(", &element->name);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        log_name(log, " ", &element->attributes[i].name);
        log_span(log, "=", element->attributes[i].value);
    }
    for (uint32_t i = 0; i < element->namespace_count; i++) {
        log_span(log, " xmlns:", bkti_span_of(element->namespaces[i].prefix));
        log_span(log, "=", bkti_span_of(element->namespaces[i].uri));
    }
    bkti_text_append_text(&log->text, "\n");
    if (log->skipped != NULL && bkti_span_is(element->name.local, log->skipped)) {
        bkti_xml_skip(log->xml, log->counted_name, &log->count);
    }
    return log_outcome(log);
}

static inline bkt_status log_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    event_log *log = user;
    (void)depth;
    log_end_of_text(log);
    log_span(log, ")", name->local);
    bkti_text_append_text(&log->text, "\n");
    return log_outcome(log);
}

static inline bkt_status log_text(void *user, bkti_span text) {
    event_log *log = user;
    if (!log->in_text) {
        bkti_text_append_text(&log->text, "\"");
        log->in_text = true;
    }
    bkti_text_append_span(&log->text, text);
    return BKT_OK;
}

static const bkti_xml_handler log_handler = {log_start, log_finish, log_text, NULL};

/* Gives a copy, so that reading past its end or after the call shows. */
static inline bkt_status give_block(event_log *log, const char *text, size_t size, bool last) {
    char *copy = log->room != NULL ? guarded_room_put(log->room, text, size, true) : malloc(size);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, size);
    bkti_span block = {copy, size};
    bkt_status status = bkti_xml_block(log->xml, block, last);
    if (log->room == NULL) {
        free(copy);
    } else {
        memset(copy, '<', size);
    }
    return status;
}

/* Scans a document in blocks of a size, the last one marked as such or followed by an empty one. */
static inline bkt_status scan_into(event_log *log, bkt_context *context, const char *document,
                                   size_t size, size_t block_size) {
    bkti_source *source;
    bkt_status status = bkti_source_open_memory(context, document, size, "test.xml", &source);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_xml_new(context, source, scanner_in_use, &log_handler, log, &log->xml);
    if (status == BKT_OK) {
        if (log->wants_text) {
            bkti_xml_want_text(log->xml, true);
        }
        bool marks_last = block_size % 2 == 0;
        for (size_t at = 0; at < size && status == BKT_OK; at += block_size) {
            size_t part = size - at < block_size ? size - at : block_size;
            bool last = marks_last && at + part == size;
            status = give_block(log, document + at, part, last);
        }
        if (status == BKT_OK && (!marks_last || size == 0)) {
            bkti_span none = {NULL, 0};
            status = bkti_xml_block(log->xml, none, true);
        }
        bkti_span more = {"x", 1};
        ck_assert_int_eq(bkti_xml_block(log->xml, more, false), status);
    }
    log_end_of_text(log);
    if (log->xml != NULL) {
        snprintf(log->encoding, sizeof log->encoding, "%s", bkti_xml_encoding(log->xml));
    }
    bkti_xml_free(log->xml);
    bkti_source_free(source);
    return status;
}

typedef struct scanning {
    bkt_status status;
    char *log;
    char *error;
    uint64_t line;
    uint64_t column;
    uint64_t offset;
    uint32_t diagnostic_count;
    char encoding[64];
} scanning;

static inline char *copy_of(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    ck_assert_ptr_nonnull(copy);
    return strcpy(copy, text);
}

static inline scanning scan_with(const bkt_context_options *options, const char *document,
                                 size_t size, size_t block_size) {
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(options, &context), BKT_OK);
    event_log log = {0};
    log.wants_text = true;
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text_init(&log.text, memory);
    uint64_t used = bkt_context_memory_used(context);
    scanning result;
    memset(&result, 0, sizeof result);
    result.status = scan_into(&log, context, document, size, block_size);
    result.log = copy_of(bkti_text_get(&log.text));
    result.error = copy_of(bkt_context_error_text(context));
    result.diagnostic_count = bkt_context_diagnostic_count(context);
    strcpy(result.encoding, log.encoding);
    const bkt_diagnostic *error = bkt_context_error(context);
    result.line = error == NULL ? 0 : bkt_diagnostic_line(error);
    result.column = error == NULL ? 0 : bkt_diagnostic_column(error);
    result.offset = error == NULL ? 0 : bkt_diagnostic_offset(error);
    bkti_text_free(&log.text);
    bkti_memory_drop(memory);
    bkt_context_diagnostics_clear(context);
    ck_assert_uint_eq(bkt_context_memory_used(context), used);
    bkt_context_free(context);
    return result;
}

static inline scanning scan_document(const char *document) {
    return scan_with(NULL, document, strlen(document), 4096);
}

static inline void scanning_free(scanning *result) {
    free(result->log);
    free(result->error);
}

#endif
