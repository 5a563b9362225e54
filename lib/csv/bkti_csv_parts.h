/* SPDX-License-Identifier: MIT */
/* What a scanner is made of. For the csv room alone. */
#ifndef BKTI_CSV_PARTS_H
#define BKTI_CSV_PARTS_H

#include "bkti_csv.h"
#include "bkti_encoding.h"
#include "bkti_memory.h"
#include "bkti_text.h"

/* What is converted at once from another encoding. */
#define BKTI_CSV_PIECE ((size_t)32 * 1024)

/* A field of the row at hand, by offsets from the row's begin. */
typedef struct bkti_csv_cell {
    size_t begin; /* behind the opening quotation mark, if there is one */
    size_t size;
    bool has_doubled; /* quotation marks in it are doubled */
} bkti_csv_cell;

/* Where in a row the scanner stands. A row may be cut by the end of a block anywhere. */
typedef struct bkti_csv_row {
    bkti_csv_cell *cells;
    size_t cell_capacity;
    uint32_t count;
    uint32_t plain_capacity; /* of cells, as far as their limit */
    size_t field;            /* where the open field begins, with its quotation mark */
    size_t closed;           /* behind its closing quotation mark, if that was met; 0 */
    bool is_quoted;          /* it began with a quotation mark */
    bool is_open;            /* which is not closed yet */
    bool has_doubled;        /* quotation marks */
    uint64_t new_lines;      /* inside quotation marks */
} bkti_csv_row;

struct bkti_csv {
    bkt_context *context;
    bkti_memory *memory;
    const bkti_source *source;
    bkti_csv_handler handler;
    void *user;
    bkt_status status; /* other than BKT_OK: the scanner is over */
    uint64_t field_limit;
    uint32_t field_count_limit;

    /* Bytes into UTF-8. */
    const char *named;      /* what they are to be taken for; NULL */
    unsigned char first[4]; /* until they tell the encoding */
    size_t first_size;
    bool is_known; /* of the encoding's width */
    /* Something beyond ASCII was met, and so it is UTF-8 or ISO 8859-1. Until then, the character
     * that decides it is held back. */
    bool is_decided;
    unsigned char held[4];
    size_t held_size;
    bkti_encoding encoding;
    bkti_utf_8 check;
    char *room;

    /* Text into rows. */
    bool has_begun;
    bkti_text head;
    char separator;
    bool skips_line_feed; /* a CR ended the row before */
    bkti_csv_row row;
    bkti_text carry;    /* the row's bytes from blocks before */
    bkti_text unquoted; /* fields that had doubled quotation marks */
    bkti_span *fields;
    size_t field_capacity;
    const char *told;  /* the row that the handler is looking at; NULL */
    uint64_t offset;   /* of the row's begin */
    uint64_t line;     /* the same, from 1 */
    uint64_t position; /* of the scanner: behind all text that it was given */
};

/* split.c: text into rows. The text is good UTF-8, cut anywhere. */
bkt_status bkti_csv_split(bkti_csv *csv, const char *text, size_t size);
bkt_status bkti_csv_split_end(bkti_csv *csv);
/* The place so many bytes behind the row's begin, of whose bytes these are the first. */
void bkti_csv_place_in(const bkti_csv *csv, const char *row, size_t offset, bkti_place *out_place);

/* decode.c: bytes into text. */
bkt_status bkti_csv_decode(bkti_csv *csv, const unsigned char *data, size_t size, bool last);
/* csv.c: what decode.c makes. */
bkt_status bkti_csv_take_text(bkti_csv *csv, const char *text, size_t size);
/* The handler is shown what there is of the document's begin, for no more will come. */
bkt_status bkti_csv_flush(bkti_csv *csv);
bkt_status bkti_csv_fail_memory(bkti_csv *csv);

#endif
