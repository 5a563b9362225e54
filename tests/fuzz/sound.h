/* SPDX-License-Identifier: MIT */
/* What holds for every table, context and status that the library gives, whatever went in. */
#ifndef SOUND_H
#define SOUND_H

#include <bktrade/bktrade.h>

#include "fuzz.h"

/* A growing text. */
typedef struct fuzz_text {
    char *data;
    size_t size;
    size_t capacity;
} fuzz_text;

void fuzz_text_add(fuzz_text *text, const char *part);
void fuzz_text_add_bytes(fuzz_text *text, const char *part, size_t size);
void fuzz_text_add_number(fuzz_text *text, const char *name, uint64_t number);
void fuzz_text_free(fuzz_text *text);
/* Fails with the first line in which they differ. */
void fuzz_text_compare(const fuzz_text *a, const fuzz_text *b, const char *what);

/* No number that is there is infinite or NaN, what is missing has a reason, codes are of the
 * dictionary, counts are right, texts are UTF-8; and the table can be printed and written. */
void sound_table(const bkt_table *table);
/* The status is BKT_OK or one of `documented` (ends with 0); an error stands in the context. */
void sound_status(const bkt_context *context, bkt_status status, const bkt_status *documented,
                  const char *what);
/* Every diagnostic is a whole one: a line of printable UTF-8 with a status. */
void sound_context(const bkt_context *context);

/* Text, number or reason of a cell, the same text for the same cell. The buffer has 64 bytes. */
const char *sound_cell(const bkt_column *column, int64_t row, char *buffer);
/* Columns with all their facts, cells, properties. */
void sound_describe_columns(const bkt_table *table, fuzz_text *into);
void sound_describe_rows(const bkt_table *table, fuzz_text *into);
void sound_describe_properties(const bkt_table *table, fuzz_text *into);
/* Every diagnostic with its place. */
void sound_describe_context(const bkt_context *context, fuzz_text *into);
/* Everything of the two tables is the same. */
void sound_same_tables(const bkt_table *a, const bkt_table *b, const char *what);

#endif
