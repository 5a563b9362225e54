/* SPDX-License-Identifier: MIT */
#include "bkti_inflater.h"

#include <string.h>

#include "bkti_zlib.h"

/* zlib counts in unsigned int. */
#define STEP_LIMIT ((size_t)1 << 30)

struct bkti_inflater {
    bkti_memory *memory;
    z_stream stream;
};

bkti_inflater *bkti_inflater_new(bkti_memory *memory, bool gzip) {
    bkti_inflater *inflater = bkti_allocate_zeroed(memory, 1, sizeof *inflater);
    if (inflater == NULL) {
        return NULL;
    }
    inflater->memory = memory;
    bkti_zlib_use_memory(&inflater->stream, memory);
    if (inflateInit2(&inflater->stream, gzip ? 16 + MAX_WBITS : -MAX_WBITS) != Z_OK) {
        bkti_release(memory, inflater);
        return NULL;
    }
    return inflater;
}

void bkti_inflater_free(bkti_inflater *inflater) {
    if (inflater != NULL) {
        inflateEnd(&inflater->stream);
        bkti_release(inflater->memory, inflater);
    }
}

void bkti_inflater_restart(bkti_inflater *inflater) {
    inflateReset(&inflater->stream);
}

bkti_inflater_result bkti_inflater_step(bkti_inflater *inflater, const unsigned char *data,
                                        size_t size, size_t *out_used, char *room, size_t room_size,
                                        size_t *out_made) {
    z_stream *stream = &inflater->stream;
    static const unsigned char nothing[1] = {0};
    uInt given = (uInt)(size < STEP_LIMIT ? size : STEP_LIMIT);
    uInt space = (uInt)(room_size < STEP_LIMIT ? room_size : STEP_LIMIT);
    stream->next_in = given == 0 ? nothing : data;
    stream->avail_in = given;
    stream->next_out = (Bytef *)room;
    stream->avail_out = space;
    int result = inflate(stream, Z_NO_FLUSH);
    *out_used = given - stream->avail_in;
    *out_made = space - stream->avail_out;
    switch (result) {
    case Z_STREAM_END:
        return BKTI_INFLATER_ENDED;
    case Z_OK:
    case Z_BUF_ERROR:
        return BKTI_INFLATER_GOES_ON;
    case Z_MEM_ERROR:
        return BKTI_INFLATER_NO_MEMORY;
    default:
        return BKTI_INFLATER_DAMAGED;
    }
}

const char *bkti_inflater_problem(const bkti_inflater *inflater) {
    return inflater->stream.msg == NULL ? "damaged" : inflater->stream.msg;
}

uint32_t bkti_crc32(uint32_t crc, const void *data, size_t size) {
    const unsigned char *bytes = data;
    while (size > 0) {
        uInt part = (uInt)(size < STEP_LIMIT ? size : STEP_LIMIT);
        crc = (uint32_t)crc32(crc, bytes, part);
        bytes += part;
        size -= part;
    }
    return crc;
}
