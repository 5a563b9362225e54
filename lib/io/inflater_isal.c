/* SPDX-License-Identifier: MIT */
/* The inflater with ISA-L (option `isal`), which inflates two to three times as fast. zlib reads
 * gzip's header all the same, as ISA-L loses its place in one that comes in pieces; gzip's trailer
 * is read here. */
#include "bkti_inflater.h"

#include <string.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#define ZLIB_CONST
#include <zlib.h>

/* Both count in 32 bits. */
#define STEP_LIMIT ((size_t)1 << 30)

#define TRAILER_SIZE 8

typedef enum stage { HEADER, DATA, TRAILER } stage;

struct bkti_inflater {
    bkti_memory *memory;
    bool gzip;
    stage stage;
    z_stream header; /* if gzip */
    struct inflate_state state;
    uint32_t crc; /* of what came out, and its size */
    uint32_t size;
    unsigned char trailer[TRAILER_SIZE];
    size_t trailer_size; /* so far */
    const char *problem;
};

/* What a step has before it, and has done. */
typedef struct window {
    const unsigned char *data;
    size_t size;
    char *room;
    size_t room_size;
} window;

static voidpf allocate_for_zlib(voidpf opaque, uInt count, uInt size) {
    return bkti_allocate_array(opaque, count, size);
}

static void release_for_zlib(voidpf opaque, voidpf block) {
    bkti_release(opaque, block);
}

bkti_inflater *bkti_inflater_new(bkti_memory *memory, bool gzip) {
    bkti_inflater *inflater = bkti_allocate_zeroed(memory, 1, sizeof *inflater);
    if (inflater == NULL) {
        return NULL;
    }
    inflater->memory = memory;
    inflater->gzip = gzip;
    inflater->header.zalloc = allocate_for_zlib;
    inflater->header.zfree = release_for_zlib;
    inflater->header.opaque = memory;
    if (gzip && inflateInit2(&inflater->header, 16 + MAX_WBITS) != Z_OK) {
        bkti_release(memory, inflater);
        return NULL;
    }
    isal_inflate_init(&inflater->state);
    bkti_inflater_restart(inflater);
    return inflater;
}

void bkti_inflater_free(bkti_inflater *inflater) {
    if (inflater != NULL) {
        if (inflater->gzip) {
            inflateEnd(&inflater->header);
        }
        bkti_release(inflater->memory, inflater);
    }
}

void bkti_inflater_restart(bkti_inflater *inflater) {
    if (inflater->gzip) {
        inflateReset(&inflater->header);
    }
    isal_inflate_reset(&inflater->state);
    inflater->stage = inflater->gzip ? HEADER : DATA;
    inflater->crc = 0;
    inflater->size = 0;
    inflater->trailer_size = 0;
    inflater->problem = NULL;
}

static bkti_inflater_result damaged(bkti_inflater *inflater, const char *problem) {
    inflater->problem = problem;
    return BKTI_INFLATER_DAMAGED;
}

/* zlib stops behind the header, before the data. */
static bkti_inflater_result read_header(bkti_inflater *inflater, window *at) {
    z_stream *stream = &inflater->header;
    unsigned char nothing;
    stream->next_in = at->data;
    stream->avail_in = (uInt)at->size;
    stream->next_out = &nothing;
    stream->avail_out = 1;
    int result = inflate(stream, Z_BLOCK);
    at->data = stream->next_in;
    at->size = stream->avail_in;
    if (result == Z_MEM_ERROR) {
        return BKTI_INFLATER_NO_MEMORY;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        return damaged(inflater, stream->msg);
    }
    if ((stream->data_type & 128) != 0) {
        inflater->stage = DATA;
    }
    return BKTI_INFLATER_GOES_ON;
}

/* ISA-L reads up to eight bytes ahead. Where it stopped for want of input it needs all of them;
 * where for want of room, or at the end, there may be some that are not its own. */
static bool may_hold_more(const struct inflate_state *state) {
    switch (state->block_state) {
    case ISAL_BLOCK_HDR:
        return false;
    case ISAL_BLOCK_INPUT_DONE:
    case ISAL_BLOCK_FINISH:
        return true;
    default:
        return state->avail_out == 0;
    }
}

static void give_back(struct inflate_state *state, size_t used) {
    size_t count = state->read_in_length > 0 ? (size_t)state->read_in_length / 8 : 0;
    count = count < used ? count : used;
    if (count == 0) {
        return;
    }
    state->next_in -= count;
    state->avail_in += (uint32_t)count;
    state->read_in_length -= (int32_t)count * 8;
    state->read_in &= (UINT64_C(1) << state->read_in_length) - 1;
}

static bkti_inflater_result name_problem(bkti_inflater *inflater, int result) {
    switch (result) {
    case ISAL_INVALID_LOOKBACK:
        return damaged(inflater, "invalid distance too far back");
    case ISAL_INVALID_SYMBOL:
        return damaged(inflater, "invalid code");
    default:
        return damaged(inflater, "invalid block");
    }
}

static bkti_inflater_result read_data(bkti_inflater *inflater, window *at) {
    struct inflate_state *state = &inflater->state;
    state->next_in = (uint8_t *)(uintptr_t)at->data;
    state->avail_in = (uint32_t)at->size;
    state->next_out = (uint8_t *)at->room;
    state->avail_out = (uint32_t)at->room_size;
    int result = isal_inflate(state);
    if (may_hold_more(state) || result < 0) {
        give_back(state, at->size - state->avail_in);
    }
    size_t made = at->room_size - state->avail_out;
    if (inflater->gzip) {
        inflater->crc = bkti_crc32(inflater->crc, at->room, made);
        inflater->size += (uint32_t)made;
    }
    at->data = state->next_in;
    at->size = state->avail_in;
    at->room += made;
    at->room_size -= made;
    if (result < 0) {
        return name_problem(inflater, result);
    }
    if (state->block_state != ISAL_BLOCK_FINISH) {
        return BKTI_INFLATER_GOES_ON;
    }
    inflater->stage = TRAILER;
    return inflater->gzip ? BKTI_INFLATER_GOES_ON : BKTI_INFLATER_ENDED;
}

static uint32_t number_32(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static bkti_inflater_result read_trailer(bkti_inflater *inflater, window *at) {
    while (inflater->trailer_size < TRAILER_SIZE && at->size > 0) {
        inflater->trailer[inflater->trailer_size++] = *at->data++;
        at->size--;
        if (inflater->trailer_size == 4 && number_32(inflater->trailer) != inflater->crc) {
            return damaged(inflater, "incorrect data check");
        }
    }
    if (inflater->trailer_size < TRAILER_SIZE) {
        return BKTI_INFLATER_GOES_ON;
    }
    return number_32(inflater->trailer + 4) == inflater->size
               ? BKTI_INFLATER_ENDED
               : damaged(inflater, "incorrect length check");
}

static bkti_inflater_result read_stages(bkti_inflater *inflater, window *at) {
    bkti_inflater_result result = BKTI_INFLATER_GOES_ON;
    if (inflater->stage == HEADER) {
        result = read_header(inflater, at);
    }
    if (result == BKTI_INFLATER_GOES_ON && inflater->stage == DATA) {
        result = read_data(inflater, at);
    }
    if (result == BKTI_INFLATER_GOES_ON && inflater->stage == TRAILER) {
        result = read_trailer(inflater, at);
    }
    return result;
}

bkti_inflater_result bkti_inflater_step(bkti_inflater *inflater, const unsigned char *data,
                                        size_t size, size_t *out_used, char *room, size_t room_size,
                                        size_t *out_made) {
    static const unsigned char nothing[1] = {0};
    size_t given = size < STEP_LIMIT ? size : STEP_LIMIT;
    size_t space = room_size < STEP_LIMIT ? room_size : STEP_LIMIT;
    window at = {given == 0 ? nothing : data, given, room, space};
    bkti_inflater_result result = read_stages(inflater, &at);
    *out_used = given - at.size;
    *out_made = space - at.room_size;
    return result;
}

const char *bkti_inflater_problem(const bkti_inflater *inflater) {
    return inflater->problem == NULL ? "damaged" : inflater->problem;
}

uint32_t bkti_crc32(uint32_t crc, const void *data, size_t size) {
    return size == 0 ? crc : crc32_gzip_refl(crc, data, size);
}
