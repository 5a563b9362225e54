/* SPDX-License-Identifier: MIT */
/* Raw bytes from the outside, whatever they come from: a window on what came and is not yet used.
 * For this room alone. */
#ifndef BKTI_INPUT_H
#define BKTI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bktrade/reader.h>

#include "bkti_context.h"
#include "bkti_span.h"

/* The most that may be asked for at once: a zip member's header with the longest name and extra
 * field has 131,100 bytes, a little more than a block. */
#define BKTI_INPUT_CAPACITY ((size_t)128 * 1024 + 64)

typedef enum bkti_input_kind {
    BKTI_INPUT_MEMORY,
    BKTI_INPUT_PATH,
    BKTI_INPUT_CALLBACK,
    BKTI_INPUT_FEED
} bkti_input_kind;

typedef struct bkti_input {
    bkt_context *context;
    const char *name; /* for diagnostics; the owner's */
    bkti_input_kind kind;
    const unsigned char *data; /* the window */
    size_t size;
    bool ended;                /* nothing comes after the window */
    uint64_t used;             /* bytes taken out of the window so far */
    uint64_t total;            /* 0: not known */
    const unsigned char *lent; /* the bytes in memory */
    unsigned char *buffer;
    size_t capacity;
    int file;     /* -1: none */
    bool regular; /* it is one, of known size */
    bkt_read_function read;
    void *user;
} bkti_input;

void bkti_input_init(bkti_input *input, bkt_context *context, bkti_input_kind kind);
/* Lends the caller's bytes; no copy is made. */
void bkti_input_lend(bkti_input *input, const void *data, size_t size);
/* NOT_FOUND, PERMISSION, DIRECTORY, IO, MEMORY: recorded. */
bkt_status bkti_input_open(bkti_input *input, const char *path);
/* Begins the bytes of another once more; false where they are gone. */
bool bkti_input_again(bkti_input *input, const bkti_input *other);
void bkti_input_free(bkti_input *input);

/* Adds fed bytes. BKT_ERR_MEMORY leaves all as it was. */
bkt_status bkti_input_feed(bkti_input *input, const void *data, size_t size, bool last);

/* Sees to it that the window holds `wanted` bytes, or all there are. BKT_OK; BKT_MORE when they
 * have to be fed first; IO, MEMORY (recorded). The window may move. */
bkt_status bkti_input_need(bkti_input *input, size_t wanted);
/* Takes bytes out of the window; they stay where they are until the next need or feed. */
void bkti_input_take(bkti_input *input, size_t count);

/* Whether any bytes can be had at any time: from memory, or from a regular file. */
bool bkti_input_is_at_hand(const bkti_input *input);
/* For such an input. By any thread: bytes from an offset on, in memory or copied into the room;
 * fewer at the end or where the system gives none. */
bkti_span bkti_input_bytes_at(const bkti_input *input, uint64_t offset, size_t size, char *room);
/* The window begins at this offset; what stands before counts as used. IO (recorded). */
bkt_status bkti_input_go_to(bkti_input *input, uint64_t offset);

#endif
