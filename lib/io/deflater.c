/* SPDX-License-Identifier: MIT */
#include "bkti_deflater.h"

#include "bkti_zlib.h"

#define ROOM ((size_t)32 * 1024)
/* zlib's own, and its choice between time and size. */
#define MEMORY_LEVEL 8

struct bkti_deflater {
    bkti_memory *memory;
    z_stream stream;
    char room[ROOM];
};

bkti_deflater *bkti_deflater_new(bkti_memory *memory) {
    bkti_deflater *deflater = bkti_allocate_zeroed(memory, 1, sizeof *deflater);
    if (deflater == NULL) {
        return NULL;
    }
    deflater->memory = memory;
    bkti_zlib_use_memory(&deflater->stream, memory);
    if (deflateInit2(&deflater->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS,
                     MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        bkti_release(memory, deflater);
        return NULL;
    }
    return deflater;
}

void bkti_deflater_free(bkti_deflater *deflater) {
    if (deflater != NULL) {
        deflateEnd(&deflater->stream);
        bkti_release(deflater->memory, deflater);
    }
}

bkt_status bkti_deflater_put(bkti_deflater *deflater, const char *data, size_t size, bool last,
                             bkti_deflater_taker take, void *user) {
    z_stream *stream = &deflater->stream;
    stream->next_in = (const Bytef *)data;
    stream->avail_in = (uInt)size; /* a sink's buffer at most */
    for (;;) {
        stream->next_out = (Bytef *)deflater->room;
        stream->avail_out = (uInt)ROOM;
        int result = deflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
        if (result == Z_STREAM_ERROR) {
            return BKT_ERR_INTERNAL;
        }
        size_t made = ROOM - stream->avail_out;
        bkt_status status = made == 0 ? BKT_OK : take(user, deflater->room, made);
        if (status != BKT_OK || result == Z_STREAM_END || (!last && stream->avail_out > 0)) {
            return status;
        }
    }
}
