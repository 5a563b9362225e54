/* SPDX-License-Identifier: MIT */
/* Bytes in: from a path, memory, a callback, or fed; plain, gzip (any number of members) or zip;
 * as blocks of one fixed size, so that whatever comes after never sees how the bytes arrived. */
#ifndef BKTI_SOURCE_H
#define BKTI_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/reader.h>

#include "bkti_context.h"
#include "bkti_span.h"

typedef struct bkti_source bkti_source;

/* Blocks (but for the last of a member) have exactly this size, and one of a plain document ends at
 * a multiple of it. */
#define BKTI_BLOCK_SIZE ((size_t)128 * 1024)

/* name: what diagnostics call the source; NULL: the path, "memory" for bytes in memory, "input" for
 * a callback or feed. Bytes in memory are lent: they must stay as they are. */
bkt_status bkti_source_open_path(bkt_context *context, const char *path, const char *name,
                                 bkti_source **out_source);
bkt_status bkti_source_open_memory(bkt_context *context, const void *data, size_t size,
                                   const char *name, bkti_source **out_source);
bkt_status bkti_source_open_callback(bkt_context *context, bkt_read_function read, void *user,
                                     const char *name, bkti_source **out_source);
bkt_status bkti_source_open_feed(bkt_context *context, const char *name, bkti_source **out_source);
/* The same bytes from their begin once more, with a context of its own; the source must live as
 * long. BKT_ERR_STATE (not recorded) where they are gone: callbacks, feeds, what is no regular
 * file.
 */
bkt_status bkti_source_open_again(const bkti_source *source, bkt_context *context,
                                  bkti_source **out_again);
void bkti_source_free(bkti_source *source);
/* To be called before the first document. With 2 or more, a thread of the source's own inflates
 * while a block is out; all that comes out is the same. */
void bkti_source_set_threads(bkti_source *source, uint32_t threads);

/* Copies the bytes; a block that is out is gone. STATE after the last or for another kind. */
bkt_status bkti_source_feed(bkti_source *source, const void *data, size_t size, bool last);

/* Goes to the next document: the file itself, or the next member of a zip (directories and members
 * of 0 bytes are passed over). What is left of the one before is skipped, without being unpacked
 * (and so checked) where the zip says how long it is. BKT_END when there is none; BKT_MORE when a
 * fed source needs bytes; BKT_ERR_EMPTY for an input without a byte. A member that can't be read
 * (encrypted, another method) fails only when its first block is asked for: UNSUPPORTED. */
bkt_status bkti_source_next_document(bkti_source *source);
/* Name of the zip member; NULL when the source is no zip. Borrowed until the next document. */
const char *bkti_source_member(const bkti_source *source);
/* The next block of the document, borrowed until the next call for a block, a document or feeding;
 * size 0 with BKT_END at its end. BKT_MORE as above. Errors (IO, COMPRESSION, TRUNCATED, LIMIT,
 * UNSUPPORTED, CANCELLED, MEMORY) are recorded; after one, every call gives it again. Calls the
 * progress callback about every MiB of input. */
bkt_status bkti_source_next_block(bkti_source *source, bkti_span *out_block);
/* For reading side by side: bytes of the document, where its bytes can be had in any order and by
 * any thread, which is so for a plain file or plain bytes in memory; else 0. */
uint64_t bkti_source_extent(const bkti_source *source);
/* So many bytes from an offset on: those in memory, or copied into the room, which has so many.
 * Fewer at the end, or where they can't be read. For any thread. */
bkti_span bkti_source_bytes_at(const bkti_source *source, uint64_t offset, size_t size, char *room);
/* What stands before the offset was had so: it counts as used, and the next block begins there.
 * Calls the progress callback as a block does. BKT_OK; IO, CANCELLED. */
bkt_status bkti_source_go_to(bkti_source *source, uint64_t offset);
/* What diagnostics call it: "name" or "name(member)". */
const char *bkti_source_name(const bkti_source *source);
/* What progress says of the rows read so far: only the reader knows. */
void bkti_source_set_rows(bkti_source *source, uint64_t rows);
/* Bytes of the input used so far (packed ones, if it is packed), and in all (0: not known). */
uint64_t bkti_source_done(const bkti_source *source);
uint64_t bkti_source_total(const bkti_source *source);

#endif
