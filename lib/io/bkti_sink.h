/* SPDX-License-Identifier: MIT */
/* Bytes out, packed or not: to a growing text, to a caller's callback, or to a path. A file is
 * written beside its place under another name and renamed when it is whole: it appears whole or not
 * at all. */
#ifndef BKTI_SINK_H
#define BKTI_SINK_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/output.h>

#include "bkti_context.h"
#include "bkti_text.h"

typedef struct bkti_sink bkti_sink;

/* What a callback gets at most in one call. */
#define BKTI_SINK_SIZE ((size_t)64 * 1024)

/* Flag of bkti_sink_open_path: the bytes reach the disk before the name does (slow). */
#define BKTI_SINK_SYNC 1u

/* text: initialised by the caller, who keeps it; bytes are appended. */
bkt_status bkti_sink_open_text(bkt_context *context, bkti_text *text, bkti_sink **out_sink);
bkt_status bkti_sink_open_callback(bkt_context *context, bkt_write_function write, void *user,
                                   bkti_sink **out_sink);
/* Symbolic links are followed, the rights of a file that was there are kept. A path that exists
 * and is no regular file (a device, a pipe) is written to directly. ARGUMENT for an empty path,
 * NOT_FOUND (no such folder), PERMISSION, DIRECTORY, IO, MEMORY: recorded. */
bkt_status bkti_sink_open_path(bkt_context *context, const char *path, uint32_t flags,
                               bkti_sink **out_sink);

/* All that is put from now on is packed with gzip. To be called before the first byte. MEMORY. */
bkt_status bkti_sink_compress(bkti_sink *sink);

/* After the first failure (recorded) nothing more is written and every call gives its status, so
 * that a writer may look only now and then. CANCELLED, IO, MEMORY. */
bkt_status bkti_sink_put(bkti_sink *sink, const void *data, size_t size);
/* Room for so many bytes (at most BKTI_SINK_SIZE) that will be written there at once; how many it
 * became, _wrote says. */
char *bkti_sink_room(bkti_sink *sink, size_t size);
void bkti_sink_wrote(bkti_sink *sink, size_t size);
bkt_status bkti_sink_put_text(bkti_sink *sink, const char *terminated);
bkt_status bkti_sink_status(const bkti_sink *sink);

/* Ends and frees a sink. With outcome BKT_OK and no failure so far the last bytes are written and
 * the file gets its name; else nothing is left of it. Gives outcome, or else the sink's failure.
 * A text keeps what was appended. sink may be NULL. */
bkt_status bkti_sink_finish(bkti_sink *sink, bkt_status outcome);

#endif
