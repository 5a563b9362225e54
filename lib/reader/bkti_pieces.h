/* SPDX-License-Identifier: MIT */
/* What reading with several threads is made of. For pieces.c, piece.c and merge.c alone.
 *
 * A piece is a part of the document that begins and ends between two children of a data set. Helper
 * threads read pieces ahead, each by readers of its own ("piece readers") that were given the begin
 * of the document, too, and so know all that the main reader knew there. Meanwhile the main reader
 * reads what is between their pieces; when it comes to one, the rows in it are put behind its own,
 * and it goes on behind it.
 *
 * Where a piece begins is guessed by the text of a tag. It is right if what is before it ended
 * there, between two children: the main reader knows that of what it read, and of a piece that it
 * took over. A piece that has anything unusual in it is void: then the main reader reads it again
 * itself, and everything is as it would be without helpers. */
#ifndef BKTI_PIECES_H
#define BKTI_PIECES_H

#include "bkti_reader_parts.h"
#include "bkti_worker.h"

/* No piece reader is given more than this before its first piece. */
#define BKTI_PIECE_HEAD ((uint64_t)256 * 1024)
/* What is looked at behind a block, so that a tag that its end cuts is found. */
#define BKTI_STRETCH_BEHIND ((size_t)256)
#define BKTI_STRETCH_ROOM   (BKTI_BLOCK_SIZE + BKTI_STRETCH_BEHIND)

/* The document from an offset on, block by block. */
typedef struct bkti_stretch {
    const bkti_source *source;
    bool flat;   /* children of the data set are observations */
    char *room;  /* BKTI_STRETCH_ROOM bytes; not needed for bytes in memory */
    uint64_t at; /* offset of what comes next */
    const char *data;
    size_t size; /* what is at hand of the block */
    size_t behind;
} bkti_stretch;

/* What a column of the main reader is. Its id stays where it is. */
typedef struct bkti_piece_column {
    const char *id;
    int32_t kind;
    int32_t role;
    int32_t level;
    int32_t assumed;
} bkti_piece_column;

/* The codes of a piece reader's column in terms of the main reader's. */
typedef struct bkti_code_map {
    int32_t *codes;
    size_t count;
    size_t capacity;
    bool changes; /* some are others */
} bkti_code_map;

/* A code of the key of a series. */
typedef struct bkti_series_code {
    uint32_t column;
    int32_t code;
} bkti_series_code;

typedef enum bkti_piece_state {
    BKTI_PIECE_FREE,
    BKTI_PIECE_GIVEN, /* it is the helper's now */
    BKTI_PIECE_DONE
} bkti_piece_state;

struct bkti_piece {
    bkti_pieces *all;
    bkti_piece_state state; /* with the worker's lock held */

    /* What is given: it begins and ends at the first child at or behind these offsets. */
    size_t number;
    uint64_t begin;
    uint64_t end;
    bkti_piece_column *columns;
    size_t column_count;
    size_t column_capacity;
    int64_t time;
    int64_t measure;
    int64_t measure_text;

    /* What came of it, if it is good. */
    bool is_good;
    uint64_t first; /* where it does begin and end */
    uint64_t last;
    int64_t rows_by_edge; /* before the end of the last block that ended in it; -1: none did */

    /* The piece reader, kept from piece to piece. */
    bkt_context *context;
    bkt_reader *reader;
    bkti_message_listener listener;
    bkti_code_map *maps; /* one a column */
    size_t map_count;
    size_t map_capacity;

    /* Series: an attribute becomes a dimension by comparing one with the one before, which for the
     * first is in another piece. */
    bool has_series;
    bool is_unsure; /* what was before the piece would have to be known */
    bkti_series_code *first_key;
    size_t first_count;
    size_t first_capacity;
    size_t last_count; /* in the reader's `active` */
};

/* A helper thread. While it reads one piece, the other waits to be taken over. */
#define BKTI_HELPER_PIECES 2
typedef struct bkti_helper {
    bkti_worker *worker;
    bkti_piece pieces[BKTI_HELPER_PIECES];
    char *room;
    bool is_ending; /* with the lock held */
} bkti_helper;

struct bkti_pieces {
    bkt_reader *reader;
    bool flat;
    uint32_t dataset;
    uint64_t size; /* of the document */
    uint64_t head; /* what piece readers read before */
    bkti_helper *helpers;
    size_t helper_count;

    size_t given;   /* pieces so far; their helpers by turns */
    size_t taken;   /* those that the main reader is done with */
    uint64_t next;  /* behind the last that was given */
    uint64_t here;  /* where the main reader is */
    uint64_t goal;  /* that it came here for: it is at the first child at or behind it; or 0 */
    uint64_t share; /* of the main reader, for each helper's 8 */

    /* Void pieces cost more than they save. */
    uint32_t misses;
    size_t blamed; /* a void piece before this one has the same cause as one before */

    bkti_stretch stretch; /* of the main reader */
};

/* pieces.c */
void bkti_stretch_begin(bkti_stretch *stretch, const bkti_pieces *pieces, char *room, uint64_t at);
/* The next part: up to the end of the block, or to the first child at or behind `goal`, which
 * *out_found tells. Size 0 and not found: nothing is left, or can't be read. */
bkti_span bkti_stretch_next(bkti_stretch *stretch, uint64_t goal, bool *out_found);

/* piece.c */
void bkti_piece_read(bkti_piece *piece, char *room);
void bkti_piece_drop_reader(bkti_piece *piece);
void bkti_piece_free(bkti_piece *piece);

/* merge.c */
/* Puts a good piece behind all that the reader has read. BKT_OK; BKT_END: nothing is done, the
 * reader had better read it itself; MEMORY, LIMIT (recorded). */
bkt_status bkti_piece_merge(bkt_reader *reader, bkti_piece *piece);

#endif
