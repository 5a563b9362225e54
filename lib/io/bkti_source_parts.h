/* SPDX-License-Identifier: MIT */
/* What a source is made of, and what its formats do for it. For this room alone. */
#ifndef BKTI_SOURCE_PARTS_H
#define BKTI_SOURCE_PARTS_H

#include "bkti_ahead.h"
#include "bkti_inflater.h"
#include "bkti_input.h"
#include "bkti_source.h"
#include "bkti_text.h"

typedef enum bkti_source_format {
    BKTI_FORMAT_UNKNOWN,
    BKTI_FORMAT_PLAIN,
    BKTI_FORMAT_GZIP,
    BKTI_FORMAT_ZIP
} bkti_source_format;

typedef enum bkti_gzip_stage {
    BKTI_GZIP_BETWEEN, /* a member, padding or the end comes next */
    BKTI_GZIP_MEMBER,
    BKTI_GZIP_PADDING
} bkti_gzip_stage;

typedef enum bkti_zip_stage {
    BKTI_ZIP_BETWEEN, /* a header comes next */
    BKTI_ZIP_DATA,
    BKTI_ZIP_DESCRIPTOR, /* sizes and CRC behind the data */
    BKTI_ZIP_DIRECTORY   /* the members are over */
} bkti_zip_stage;

/* The member of a zip that is at hand. */
typedef struct bkti_zip {
    bkti_zip_stage stage;
    bkti_text name;
    uint32_t count; /* members so far */
    uint16_t flags;
    uint16_t method;
    bool sizes_known; /* the header has them */
    bool wide;        /* it has a zip64 field */
    bool opening;     /* its header was read, whether it has any byte is not known yet */
    bool passing;     /* it is being passed over: its content is not checked */
    uint32_t crc;     /* by the header or descriptor */
    uint64_t packed_size;
    uint64_t size;
    uint32_t crc_so_far;
    uint64_t packed_so_far;
    uint64_t size_so_far;
} bkti_zip;

struct bkti_source {
    bkt_context *context;
    bkti_memory *memory;
    bkti_input input;
    bkti_source_format format;
    bkt_status status; /* the error that ended it */
    bool begun;        /* a document was begun */
    bool open;         /* and has bytes left */
    char *name;
    bkti_text member_name; /* "name(member)" */
    size_t lent;           /* bytes of the input's window that are out as a block */
    char *block;           /* BKTI_BLOCK_SIZE bytes, for what is unpacked; if ahead, its own */
    size_t block_size;
    bool block_is_out;
    bkti_inflater *inflater;
    uint32_t threads; /* that may be at work */
    bkti_ahead *ahead;
    uint64_t unpacked; /* bytes that came out of it */
    bkti_gzip_stage gzip;
    bkti_zip zip;
    uint64_t rows;
    uint64_t told; /* what progress was told last */
};

/* Calls the progress callback if enough came in since. */
bkt_status bkti_source_tell(bkti_source *source);
/* The room for unpacked bytes, and the inflater, made at the first call. */
bkt_status bkti_source_prepare(bkti_source *source, bool gzip);
/* Inflates until the block is full or the stream has ended. *packed_left: bytes of the stream still
 * to come, which is counted down. BKT_OK, BKT_MORE; COMPRESSION, TRUNCATED, LIMIT, MEMORY, IO. */
bkt_status bkti_source_inflate(bkti_source *source, uint64_t *packed_left, bool *out_ended);
/* The block begins anew: what is in it was used, or is not wanted. */
void bkti_source_drop_block(bkti_source *source);

/* Fills the block. BKT_OK: it is full; BKT_END: the document is over (what the block then holds is
 * its last part); BKT_MORE; errors. */
bkt_status bkti_gzip_fill(bkti_source *source);
bkt_status bkti_zip_fill(bkti_source *source);
/* Goes to the next member that has bytes. BKT_OK, BKT_END, BKT_MORE; errors. */
bkt_status bkti_zip_next(bkti_source *source);
/* True for a member that is lent as it stands. */
bool bkti_zip_is_stored(const bkti_source *source);
/* The next bytes of a stored member, lent. */
bkt_status bkti_zip_lend(bkti_source *source, bkti_span *out_block);

#endif
