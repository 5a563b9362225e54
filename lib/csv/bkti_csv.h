/* SPDX-License-Identifier: MIT */
/* Rows of fields (RFC 4180, with any separator) from blocks of bytes. */
#ifndef BKTI_CSV_H
#define BKTI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bkti_context.h"
#include "bkti_source.h"
#include "bkti_span.h"

typedef struct bkti_csv bkti_csv;

/* So many first bytes of the text `begin` gets, unless the document is shorter. */
#define BKTI_CSV_HEAD ((size_t)256)
/* From the begin of each field on so many bytes can be read, whatever they are. */
#define BKTI_CSV_SLACK ((size_t)32)

/* What is called for each event. A status other than BKT_OK stops the scanner, which then gives it
 * back from bkti_csv_block(). */
typedef struct bkti_csv_handler {
    /* The document's first bytes, in UTF-8 and without a mark. Sets the separator: any ASCII
     * character but a quotation mark and those that end a line. */
    bkt_status (*begin)(void *user, bkti_span text, char *out_separator);
    /* Fields without their quotation marks, doubled ones single again; borrowed for the call. Empty
     * lines are passed over. */
    bkt_status (*row)(void *user, const bkti_span *fields, uint32_t count);
} bkti_csv_handler;

/* source gives the name for diagnostics; it must outlive the scanner. */
bkt_status bkti_csv_new(bkt_context *context, const bkti_source *source,
                        const bkti_csv_handler *handler, void *user, bkti_csv **out_csv);
/* What the bytes are to be taken for where the first of them don't say it: a name that
 * bkti_encoding_try() takes, borrowed as long as the scanner; NULL: nothing is known. Before the
 * first block. */
void bkti_csv_set_encoding(bkti_csv *csv, const char *name);
void bkti_csv_free(bkti_csv *csv);
/* Scans a block of any size; last is true with (or after) the last one, for which size may be 0.
 * Errors are recorded with their place: EMPTY, LAYOUT (a quotation mark where none can be),
 * TRUNCATED (one that is never closed), ENCODING, LIMIT (attribute_limit: bytes of a field;
 * attribute_count_limit: fields), MEMORY, or what a handler gave. After one, every call gives it
 * again. */
bkt_status bkti_csv_block(bkti_csv *csv, bkti_span block, bool last);
/* Inside `row`: the place of its begin, or of one of its fields; elsewhere that of the scanner. As
 * for XML, offset and column of a document that is not in UTF-8 are those that it would have in
 * UTF-8, and a byte order mark counts in the offset alone. */
void bkti_csv_place(const bkti_csv *csv, bkti_place *out_place);
void bkti_csv_field_place(const bkti_csv *csv, uint32_t field, bkti_place *out_place);
/* What the document's bytes are, as far as it was read. */
const char *bkti_csv_encoding(const bkti_csv *csv);

#endif
