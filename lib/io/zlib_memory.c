/* SPDX-License-Identifier: MIT */
#include "bkti_zlib.h"

/* Zeroed: deflate looks at bytes of its window before it wrote them. */
static voidpf allocate(voidpf opaque, uInt count, uInt size) {
    return bkti_allocate_zeroed(opaque, count, size);
}

static void release(voidpf opaque, voidpf block) {
    bkti_release(opaque, block);
}

void bkti_zlib_use_memory(z_stream *stream, bkti_memory *memory) {
    stream->zalloc = allocate;
    stream->zfree = release;
    stream->opaque = memory;
}
