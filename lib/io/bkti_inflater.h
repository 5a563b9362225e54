/* SPDX-License-Identifier: MIT */
/* Deflate, step by step, by zlib (or ISA-L, if the library is built with it). For this room alone.
 */
#ifndef BKTI_INFLATER_H
#define BKTI_INFLATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_memory.h"

typedef struct bkti_inflater bkti_inflater;

typedef enum bkti_inflater_result {
    BKTI_INFLATER_GOES_ON, /* no progress at all: it needs input */
    BKTI_INFLATER_ENDED,
    BKTI_INFLATER_DAMAGED,
    BKTI_INFLATER_NO_MEMORY
} bkti_inflater_result;

/* gzip: with gzip's header and trailer, which is checked; else bare. NULL: no memory. */
bkti_inflater *bkti_inflater_new(bkti_memory *memory, bool gzip);
void bkti_inflater_free(bkti_inflater *inflater);
/* Ready for the next stream. */
void bkti_inflater_restart(bkti_inflater *inflater);
/* Takes what it can from data and writes what it can to room. */
bkti_inflater_result bkti_inflater_step(bkti_inflater *inflater, const unsigned char *data,
                                        size_t size, size_t *out_used, char *room, size_t room_size,
                                        size_t *out_made);
/* What is damaged, in zlib's words (or nearly, with ISA-L). */
const char *bkti_inflater_problem(const bkti_inflater *inflater);

/* CRC-32 as in gzip and zip; begins with 0. */
uint32_t bkti_crc32(uint32_t crc, const void *data, size_t size);

#endif
