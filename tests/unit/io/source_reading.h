/* SPDX-License-Identifier: MIT */
/* Reads bytes as a source by each of its ways and keeps what came out, for tests. */
#ifndef SOURCE_READING_H
#define SOURCE_READING_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive_builder.h"
#include "bkti_source.h"

typedef enum way { BY_MEMORY, BY_PATH, BY_CALLBACK, BY_FEED, WAY_COUNT } way;

#define DOCUMENT_LIMIT 8

typedef struct reading {
    bkt_status status; /* BKT_END: everything was read */
    unsigned count;
    bytes contents[DOCUMENT_LIMIT];
    char members[DOCUMENT_LIMIT][64];
    char names[DOCUMENT_LIMIT][80];
    bool has_odd_block; /* one that is neither full nor the last of its document */
} reading;

/* With how many threads sources are read here. */
static uint32_t reading_threads = 1;

static inline void read_by_one_thread(void) {
    reading_threads = 1;
}

static inline void read_by_two_threads(void) {
    reading_threads = 2;
}

/* What callback and feed give from. */
typedef struct supply {
    const unsigned char *data;
    size_t size;
    size_t chunk;
    bool refused;    /* bytes could not be fed */
    unsigned random; /* if not 0: chunks are of any size up to `chunk` */
} supply;

static inline size_t next_chunk(supply *from) {
    size_t size = from->chunk;
    if (from->random != 0) {
        from->random = from->random * 1103515245U + 12345U;
        size = 1 + (from->random >> 8) % from->chunk;
    }
    return size < from->size ? size : from->size;
}

static inline int32_t give(void *buffer, size_t capacity, size_t *out_size, void *user) {
    supply *from = user;
    size_t size = next_chunk(from);
    size = size < capacity ? size : capacity;
    if (size > 0) {
        memcpy(buffer, from->data, size);
        from->data += size;
        from->size -= size;
    }
    *out_size = size;
    return 0;
}

static inline bkt_status feed_some(bkti_source *source, supply *from) {
    size_t size = next_chunk(from);
    unsigned char *copy = malloc(size == 0 ? 1 : size); /* so that lending it would show */
    ck_assert_ptr_nonnull(copy);
    if (size > 0) {
        memcpy(copy, from->data, size);
    }
    bkt_status status = bkti_source_feed(source, copy, size, size == from->size);
    if (status == BKT_ERR_MEMORY) { /* all is as it was, and may be tried again */
        status = bkti_source_feed(source, copy, size, size == from->size);
    }
    free(copy);
    from->data = size == 0 ? from->data : from->data + size;
    from->size -= size;
    from->refused = status != BKT_OK;
    return status;
}

static inline bkt_status open_source(bkt_context *context, way by, supply *from, char *path,
                                     bkti_source **source) {
    switch (by) {
    case BY_MEMORY:
        return bkti_source_open_memory(context, from->data, from->size, "x", source);
    case BY_PATH: {
        strcpy(path, "/tmp/bktrade-source-XXXXXX");
        int file = mkstemp(path);
        ck_assert_int_ge(file, 0);
        ck_assert(write(file, from->data, from->size) == (ssize_t)from->size);
        close(file);
        return bkti_source_open_path(context, path, "x", source);
    }
    case BY_CALLBACK:
        return bkti_source_open_callback(context, give, from, "x", source);
    default:
        return bkti_source_open_feed(context, "x", source);
    }
}

static inline bkt_status open_way(bkt_context *context, way by, supply *from, char *path,
                                  bkti_source **source) {
    bkt_status status = open_source(context, by, from, path, source);
    if (status == BKT_OK) {
        bkti_source_set_threads(*source, reading_threads);
    }
    return status;
}

static inline bkt_status read_document(bkti_source *source, supply *from, bytes *content,
                                       bool *has_odd_block) {
    bool is_over = false;
    for (;;) {
        bkti_span block;
        bkt_status status = bkti_source_next_block(source, &block);
        if (status == BKT_MORE) {
            status = feed_some(source, from);
            if (status != BKT_OK) {
                return status;
            }
            continue;
        }
        if (status != BKT_OK) {
            ck_assert_uint_eq(block.size, 0);
            return status;
        }
        *has_odd_block =
            *has_odd_block || is_over || block.size == 0 || block.size > BKTI_BLOCK_SIZE;
        is_over = block.size < BKTI_BLOCK_SIZE;
        bytes_add(content, block.data, block.size);
    }
}

/* Reads all documents. skip: bits of those that are passed over. */
static inline bkt_status read_documents(bkti_source *source, supply *from, unsigned skip,
                                        reading *into) {
    unsigned number = 0;
    for (;;) {
        bkt_status status = bkti_source_next_document(source);
        if (status == BKT_MORE) {
            status = feed_some(source, from);
            if (status != BKT_OK) {
                return status;
            }
            continue;
        }
        if (status != BKT_OK) {
            return status;
        }
        if ((skip >> number++ & 1) != 0) {
            continue;
        }
        ck_assert_uint_lt(into->count, DOCUMENT_LIMIT);
        const char *member = bkti_source_member(source);
        snprintf(into->members[into->count], sizeof into->members[0], "%s",
                 member == NULL ? "" : member);
        snprintf(into->names[into->count], sizeof into->names[0], "%s", bkti_source_name(source));
        status = read_document(source, from, &into->contents[into->count], &into->has_odd_block);
        into->count++;
        if (status != BKT_END) {
            return status;
        }
    }
}

static inline reading read_skipping(bkt_context *context, way by, size_t chunk, bytes input,
                                    unsigned skip) {
    reading result;
    memset(&result, 0, sizeof result);
    supply from = {input.data, input.size, chunk, false, 0};
    char path[40] = "";
    bkti_source *source = NULL;
    result.status = open_way(context, by, &from, path, &source);
    if (result.status == BKT_OK) {
        result.status = read_documents(source, &from, skip, &result);
        if (result.status >= BKT_ERR_ARGUMENT && !from.refused) {
            /* What failed stays failed. */
            bkti_span block;
            ck_assert_int_eq(bkti_source_next_block(source, &block), result.status);
            ck_assert_int_eq(bkti_source_next_document(source), result.status);
        }
    }
    bkti_source_free(source);
    if (path[0] != '\0') {
        unlink(path);
    }
    return result;
}

static inline reading read_by(bkt_context *context, way by, size_t chunk, bytes input) {
    return read_skipping(context, by, chunk, input, 0);
}

static inline void reading_free(reading *of) {
    for (unsigned i = 0; i < DOCUMENT_LIMIT; i++) {
        bytes_free(&of->contents[i]);
    }
}

static inline bool same_bytes(bytes a, bytes b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bkt_context *new_context(void) {
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

/* The newest error: its status, and that its sentence has the words. */
static inline void check_error(bkt_context *context, bkt_status status, const char *words) {
    ck_assert_int_eq(bkt_diagnostic_status(bkt_context_error(context)), status);
    const char *text = bkt_context_error_text(context);
    ck_assert_msg(strstr(text, words) != NULL, "'%s' does not say '%s'", text, words);
}

#endif
