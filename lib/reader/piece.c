/* SPDX-License-Identifier: MIT */
/* One piece, read by a reader of its own in a helper's thread. What is not as in most of a data set
 * ends it: then it is void. */
#include "bkti_pieces.h"

static bkt_status refuse_facts(void *user, const bkti_fact *facts, uint32_t count) {
    (void)user;
    (void)facts;
    (void)count;
    return BKT_END;
}

static bkt_status refuse_group(void *user, const bkti_group *group) {
    (void)user;
    (void)group;
    return BKT_END;
}

static bkt_status refuse_end(void *user) {
    (void)user;
    return BKT_END;
}

/* Gives the reader the begin of the document, in small parts as they come. */
static bool read_head(bkti_piece *piece, char *room) {
    bkt_reader *reader = piece->reader;
    bkti_stretch stretch;
    bkti_stretch_begin(&stretch, piece->all, room, 0);
    while (stretch.at < piece->all->head) {
        bool found;
        bkti_span part = bkti_stretch_next(&stretch, UINT64_MAX, &found);
        uint64_t over = stretch.at > piece->all->head ? stretch.at - piece->all->head : 0;
        part.size -= (size_t)over;
        reader->bytes_read += part.size;
        if (part.size == 0 || bkti_message_block(reader->message, part, false) != BKT_OK) {
            return false;
        }
    }
    return bkti_message_is_between(reader->message) && reader->last != NULL &&
           reader->last->opened && reader->dataset_count == piece->all->dataset &&
           reader->group_list.count == 0;
}

static bool make_reader(bkti_piece *piece, char *room) {
    bkt_reader *main = piece->all->reader;
    bkt_read_options options = main->options;
    options.member = NULL;
    piece->context = bkti_context_new_beside(main->context);
    if (piece->context == NULL ||
        bkti_reader_new(piece->context, &options, &piece->reader) != BKT_OK) {
        return false;
    }
    bkt_reader *reader = piece->reader;
    reader->source = main->source;
    reader->may_begin_pieces = 0;
    reader->whole = main->whole;
    piece->listener = *bkti_listener_of(reader);
    if ((reader->whole && bkti_rows_new(reader, &reader->whole_rows) != BKT_OK) ||
        bkti_message_new(piece->context, reader->source, BKT_SCANNER_FAST, &piece->listener, reader,
                         &reader->message) != BKT_OK ||
        !read_head(piece, room)) {
        return false;
    }
    piece->listener.dataset_attributes = refuse_facts;
    piece->listener.group = refuse_group;
    piece->listener.dataset_finish = refuse_end;
    reader->piece = piece;
    bkt_context_diagnostics_clear(piece->context);
    return true;
}

void bkti_piece_drop_reader(bkti_piece *piece) {
    if (piece->reader != NULL) {
        piece->reader->source = NULL; /* the main reader's */
    }
    bkt_reader_free(piece->reader);
    piece->reader = NULL;
    bkt_context_free(piece->context);
    piece->context = NULL;
    for (size_t i = 0; i < piece->map_count; i++) {
        piece->maps[i].count = 0;
        piece->maps[i].changes = false;
    }
}

void bkti_piece_free(bkti_piece *piece) {
    if (piece->all == NULL) {
        return;
    }
    bkti_memory *memory = piece->all->reader->memory;
    bkti_piece_drop_reader(piece);
    for (size_t i = 0; i < piece->map_count; i++) {
        bkti_release(memory, piece->maps[i].codes);
    }
    bkti_release(memory, piece->maps);
    bkti_release(memory, piece->columns);
    bkti_release(memory, piece->first_key);
}

/* Columns and roles that the main reader has found since the begin of the document. */
static bool match_columns(bkti_piece *piece) {
    bkt_reader *reader = piece->reader;
    bkti_rows *rows = reader->rows;
    for (size_t i = 0; i < piece->column_count; i++) {
        const bkti_piece_column *model = &piece->columns[i];
        uint32_t added = 0;
        if (i == rows->column_count &&
            (!bkti_structured_know(reader, bkti_span_of(model->id)) ||
             bkti_rows_add_column(reader, bkti_span_of(model->id), model->kind, model->role,
                                  model->level, model->assumed != 0, &added) != BKT_OK)) {
            return false;
        }
        const bkti_column_writer *writer = rows->columns[i].writer;
        if (writer->role == BKT_ROLE_ATTRIBUTE && model->role == BKT_ROLE_DIMENSION) {
            bkti_rows_make_key(reader, (uint32_t)i, model->assumed != 0);
        }
        if (strcmp(writer->id, model->id) != 0 || writer->role != model->role ||
            writer->kind != model->kind) {
            return false;
        }
    }
    rows->time = piece->time;
    rows->measure = piece->measure;
    rows->measure_text = piece->measure_text;
    return rows->column_count == piece->column_count;
}

/* What was left of the piece before. */
static void clear(bkti_piece *piece) {
    bkt_reader *reader = piece->reader;
    bkti_rows *rows = reader->rows;
    bkti_table_writer_restart(rows->writer);
    rows->count = 0;
    rows->series_first = 0;
    rows->dataset_first = 0;
    reader->empty_series = 0;
    for (size_t i = 0; i < rows->column_count; i++) {
        rows->columns[i].previous_code = -1;
    }
    for (uint32_t k = 0; k < reader->filter_count; k++) {
        reader->filter_states[k].found = false;
        reader->filter_states[k].lacking = false;
    }
    reader->period_found = false;
    reader->period_lacking = false;
    reader->row_open = false;
    reader->waiting.is_waiting = false;
    piece->has_series = false;
    piece->is_unsure = false;
    piece->first_count = 0;
    piece->last_count = 0;
    piece->rows_by_edge = -1;
}

/* Passes over what stands before the piece. */
static bool find_begin(bkti_piece *piece, bkti_stretch *stretch) {
    bool found = false;
    while (!found) {
        bkti_span part = bkti_stretch_next(stretch, piece->begin, &found);
        if (!found && (part.size == 0 || stretch->at > piece->end + BKTI_PIECE_HEAD)) {
            return false;
        }
    }
    piece->first = stretch->at;
    return true;
}

static bool read_to_end(bkti_piece *piece, bkti_stretch *stretch) {
    bkt_reader *reader = piece->reader;
    bool found = false;
    while (!found) {
        bkti_span part = bkti_stretch_next(stretch, piece->end, &found);
        if (part.size == 0 && found) {
            break;
        }
        if (part.size == 0 || bkti_message_block(reader->message, part, false) != BKT_OK ||
            (!found && stretch->at > piece->end + BKTI_PIECE_HEAD)) {
            return false;
        }
        if (stretch->at % BKTI_BLOCK_SIZE == 0) {
            piece->rows_by_edge = reader->rows->count;
        }
    }
    piece->last = stretch->at;
    return true;
}

void bkti_piece_read(bkti_piece *piece, char *room) {
    piece->is_good = false;
    if ((piece->reader == NULL && !make_reader(piece, room)) || !match_columns(piece)) {
        return;
    }
    bkt_reader *reader = piece->reader;
    clear(piece);
    bkti_stretch stretch;
    bkti_stretch_begin(&stretch, piece->all, room, piece->begin);
    if (!find_begin(piece, &stretch)) {
        return;
    }
    bkti_message_jump(reader->message, piece->first);
    piece->is_good = read_to_end(piece, &stretch) && bkti_message_is_between(reader->message) &&
                     !reader->waiting.is_waiting &&
                     bkt_context_diagnostic_count(piece->context) == 0 &&
                     reader->rows->column_count == piece->column_count && !piece->is_unsure;
}

void bkti_piece_note_series(bkt_reader *reader, bool same) {
    bkti_piece *piece = reader->piece;
    const bkti_reader_column *columns = reader->rows->columns;
    piece->last_count = reader->active_count;
    if (piece->has_series) {
        for (size_t i = 0; same && i < reader->active_count; i++) {
            const bkti_reader_column *column = &columns[reader->active[i]];
            piece->is_unsure |= column->doubtful && column->previous_code < 0;
        }
        return;
    }
    piece->has_series = true;
    void *codes = piece->first_key;
    if (!bkti_grow(reader->memory, &codes, &piece->first_capacity, reader->active_count,
                   sizeof *piece->first_key)) {
        piece->is_unsure = true;
        return;
    }
    piece->first_key = codes;
    for (size_t i = 0; i < reader->active_count; i++) {
        uint32_t column = reader->active[i];
        piece->first_key[piece->first_count++] =
            (bkti_series_code){column, columns[column].series_code};
    }
}
