/* SPDX-License-Identifier: MIT */
/* Cutting a document into pieces, giving them to helper threads and taking them over. All of this
 * is the caller's thread, but for help(). */
#include "bkti_pieces.h"

/* The caller's thread is one of them. */
#define THREADS_MOST 64
/* A block is given to the message in such parts until the begin of pieces is found, which shall not
 * be far behind the first series. */
#define SEEKING_PART ((size_t)16 * 1024)
/* A void piece costs this much, one that is taken over makes up for 1; with so much all is over. */
#define MISS_COST  4
#define MISS_LIMIT 12
/* The main reader reads so many eighths of what each helper does at first, and at most. */
#define SHARE      8
#define SHARE_MOST 32

void bkti_stretch_begin(bkti_stretch *stretch, const bkti_pieces *pieces, char *room, uint64_t at) {
    *stretch = (bkti_stretch){
        .source = pieces->reader->source, .flat = pieces->flat, .room = room, .at = at};
}

bkti_span bkti_stretch_next(bkti_stretch *stretch, uint64_t goal, bool *out_found) {
    *out_found = false;
    if (stretch->size == 0) {
        /* Whoever looks for a child shall not have a whole block for it. */
        size_t size = stretch->at < goal ? BKTI_BLOCK_SIZE : SEEKING_PART;
        size_t left = BKTI_BLOCK_SIZE - (size_t)(stretch->at % BKTI_BLOCK_SIZE);
        size = size < left ? size : left;
        bkti_span bytes = bkti_source_bytes_at(stretch->source, stretch->at,
                                               size + BKTI_STRETCH_BEHIND, stretch->room);
        stretch->data = bytes.data;
        stretch->size = bytes.size < size ? bytes.size : size;
        stretch->behind = bytes.size - stretch->size;
    }
    bkti_span part = {stretch->data, stretch->size};
    const char *end = part.data + part.size;
    if (part.size > 0 && stretch->at + part.size > goal) {
        const char *from = part.data + (goal > stretch->at ? goal - stretch->at : 0);
        const char *child = bkti_message_find_child(stretch->flat, from, end + stretch->behind);
        if (child != NULL && child < end) {
            part.size = (size_t)(child - part.data);
            *out_found = true;
        }
    }
    stretch->at += part.size;
    stretch->data += part.size;
    stretch->size -= part.size;
    return part;
}

/* What one piece after the other is read by. */
static void help(void *user) {
    bkti_helper *helper = user;
    bkti_worker_lock(helper->worker);
    for (size_t turn = 0;; turn++) {
        bkti_piece *piece = &helper->pieces[turn % BKTI_HELPER_PIECES];
        while (piece->state != BKTI_PIECE_GIVEN && !helper->is_ending) {
            bkti_worker_sleep(helper->worker);
        }
        if (helper->is_ending) {
            break;
        }
        bkti_worker_unlock(helper->worker);
        bkti_piece_read(piece, helper->room);
        bkti_worker_lock(helper->worker);
        piece->state = BKTI_PIECE_DONE;
        bkti_worker_wake(helper->worker);
    }
    bkti_worker_unlock(helper->worker);
}

static void end_helper(bkti_memory *memory, bkti_helper *helper) {
    if (helper->worker != NULL) {
        bkti_worker_lock(helper->worker);
        helper->is_ending = true;
        bkti_worker_wake(helper->worker);
        bkti_worker_unlock(helper->worker);
        bkti_worker_free(helper->worker);
    }
    for (size_t i = 0; i < BKTI_HELPER_PIECES; i++) {
        bkti_piece_free(&helper->pieces[i]);
    }
    bkti_release(memory, helper->room);
}

void bkti_pieces_end(bkt_reader *reader) {
    bkti_pieces *pieces = reader->pieces;
    if (pieces == NULL) {
        return;
    }
    reader->pieces = NULL;
    for (size_t i = 0; i < pieces->helper_count; i++) {
        end_helper(reader->memory, &pieces->helpers[i]);
    }
    bkti_release(reader->memory, pieces->helpers);
    bkti_release(reader->memory, pieces->stretch.room);
    bkti_release(reader->memory, pieces);
}

void bkti_pieces_leave(bkt_reader *reader, uint32_t dataset) {
    if (reader->pieces != NULL && reader->pieces->dataset == dataset) {
        bkti_pieces_end(reader);
    }
}

static bool start_helper(bkti_pieces *pieces, bkti_helper *helper) {
    bkti_memory *memory = pieces->reader->memory;
    *helper = (bkti_helper){.room = bkti_allocate(memory, BKTI_STRETCH_ROOM)};
    helper->worker = helper->room == NULL ? NULL : bkti_worker_new(memory);
    if (helper->worker == NULL) {
        bkti_release(memory, helper->room);
        return false;
    }
    for (size_t i = 0; i < BKTI_HELPER_PIECES; i++) {
        helper->pieces[i].all = pieces;
    }
    bkti_worker_start(helper->worker, help, helper);
    return true;
}

static uint64_t unit_of(const bkt_reader *reader) {
    return reader->piece_size < 8 ? 1 : reader->piece_size / 8;
}

/* How many helpers there is work for. */
static size_t helpers_wanted(const bkt_reader *reader, uint64_t left) {
    uint32_t threads = reader->options.threads;
    threads = threads < THREADS_MOST ? threads : THREADS_MOST;
    uint64_t useful = left / (unit_of(reader) * 4);
    return threads - 1 < useful ? threads - 1 : (size_t)useful;
}

bool bkti_pieces_may_begin(const bkt_reader *reader) {
    /* Rows of a piece all come at once: many more than a batch would be moved again and again. */
    bool suits = reader->whole || (uint64_t)reader->options.batch_rows * 1024 >= reader->piece_size;
    return reader->pieces == NULL && reader->options.threads > 1 && reader->may_begin_pieces > 0 &&
           reader->options.scanner == BKT_SCANNER_FAST && suits &&
           reader->bytes_read <= BKTI_PIECE_HEAD && bkti_source_extent(reader->source) > 0;
}

/* A fault that was told for a place in the order of facts is not told again at once: who had it
 * depends on all that came before. */
static bool has_blind_guess(const bkt_reader *reader) {
    const bkti_guess_list *lists[] = {&reader->series_guesses, &reader->series_attribute_guesses,
                                      &reader->fact_guesses, &reader->attribute_guesses,
                                      &reader->dimension_guess};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (size_t k = 0; k < lists[i]->count; k++) {
            if (lists[i]->items[k].id != NULL && lists[i]->items[k].column == BKTI_NO_COLUMN) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the data set that is being read can be read in pieces. */
static bool is_fit(const bkt_reader *reader) {
    return reader->last != NULL && reader->last->opened && !reader->last->finished &&
           reader->group_list.count == 0 && !reader->waiting.is_waiting && !has_blind_guess(reader);
}

/* The begin was found: from here on. Without memory or threads nothing begins. */
static void begin(bkt_reader *reader, bool flat, uint64_t here) {
    uint64_t size = bkti_source_extent(reader->source);
    size_t wanted = helpers_wanted(reader, size > here ? size - here : 0);
    reader->may_begin_pieces--;
    bkti_pieces *pieces =
        wanted == 0 ? NULL : bkti_allocate_zeroed(reader->memory, 1, sizeof *pieces);
    if (pieces == NULL) {
        return;
    }
    reader->pieces = pieces;
    *pieces = (bkti_pieces){.reader = reader,
                            .flat = flat,
                            .dataset = reader->dataset_count,
                            .size = size,
                            .head = here,
                            .next = here,
                            .here = here,
                            .share = SHARE};
    pieces->helpers = bkti_allocate_zeroed(reader->memory, wanted, sizeof *pieces->helpers);
    char *room = bkti_allocate(reader->memory, BKTI_STRETCH_ROOM);
    bkti_stretch_begin(&pieces->stretch, pieces, room, here);
    while (pieces->helpers != NULL && room != NULL && pieces->helper_count < wanted &&
           start_helper(pieces, &pieces->helpers[pieces->helper_count])) {
        pieces->helper_count++;
    }
    if (pieces->helper_count == 0) {
        bkti_pieces_end(reader);
    }
}

bkt_status bkti_pieces_begin(bkt_reader *reader, bkti_span *block) {
    uint64_t offset = reader->bytes_read - block->size;
    const char *at = block->data;
    const char *end = at + block->size;
    size_t step = reader->piece_size < SEEKING_PART ? (size_t)reader->piece_size : SEEKING_PART;
    bkt_status status = BKT_OK;
    while (at < end && status == BKT_OK) {
        bool fit = is_fit(reader);
        bool flat = bkti_message_series_count(reader->message) == 0;
        const char *child = fit ? bkti_message_find_child(flat, at, end) : NULL;
        size_t size = child != NULL && child > at ? (size_t)(child - at)
                      : step < (size_t)(end - at) ? step
                                                  : (size_t)(end - at);
        at += size;
        uint64_t here = offset + (uint64_t)(at - block->data);
        status = bkti_reader_take_part(reader, (bkti_span){at - size, size}, here);
        if (status == BKT_OK && at == child && is_fit(reader) &&
            bkti_message_is_between(reader->message)) {
            begin(reader, flat, here);
            break;
        }
    }
    block->size = (size_t)(at - block->data);
    return status == BKT_OK ? bkti_source_go_to(reader->source, offset + block->size) : status;
}

/* What the main reader's columns are when a piece is given. */
static bool copy_columns(const bkt_reader *reader, bkti_piece *piece) {
    const bkti_rows *rows = reader->rows;
    void *columns = piece->columns;
    if (!bkti_grow(reader->memory, &columns, &piece->column_capacity, rows->column_count,
                   sizeof *piece->columns)) {
        return false;
    }
    piece->columns = columns;
    piece->column_count = rows->column_count;
    for (size_t i = 0; i < rows->column_count; i++) {
        const bkti_column_writer *writer = rows->columns[i].writer;
        piece->columns[i] = (bkti_piece_column){writer->id, writer->kind, writer->role,
                                                writer->level, writer->role_assumed};
    }
    piece->time = rows->time;
    piece->measure = rows->measure;
    piece->measure_text = rows->measure_text;
    return true;
}

static bkti_helper *helper_of(const bkti_pieces *pieces, size_t number) {
    return &pieces->helpers[number % pieces->helper_count];
}

static bkti_piece *piece_of(const bkti_pieces *pieces, size_t number) {
    size_t turn = number / pieces->helper_count;
    return &helper_of(pieces, number)->pieces[turn % BKTI_HELPER_PIECES];
}

/* Where the next piece begins and ends; false: what is left is too little. Towards the end pieces
 * get smaller, so that all threads end at the same time. Before each round of the helpers the main
 * reader has its share. */
static bool cut(bkti_pieces *pieces, uint64_t *out_begin, uint64_t *out_end) {
    uint64_t unit = unit_of(pieces->reader);
    uint64_t begin = pieces->next > pieces->here ? pieces->next : pieces->here;
    uint64_t left = pieces->size > begin ? pieces->size - begin : 0;
    uint64_t units = left / unit / (4 * (pieces->helper_count + 1));
    units = units < 1 ? 1 : units < 8 ? units : 8;
    if (pieces->given % pieces->helper_count == 0) {
        begin += (units * pieces->share + SHARE / 2) / SHARE * unit;
    }
    begin = (begin + unit - 1) / unit * unit;
    *out_begin = begin;
    *out_end = begin + units * unit;
    return *out_end + unit <= pieces->size;
}

static void give_pieces(bkti_pieces *pieces) {
    size_t most = pieces->helper_count * BKTI_HELPER_PIECES;
    uint64_t begin;
    uint64_t end;
    while (pieces->given - pieces->taken < most && cut(pieces, &begin, &end)) {
        bkti_piece *piece = piece_of(pieces, pieces->given);
        if (!copy_columns(pieces->reader, piece)) {
            return;
        }
        piece->number = pieces->given++;
        piece->begin = begin;
        piece->end = end;
        pieces->next = end;
        bkti_worker *worker = helper_of(pieces, piece->number)->worker;
        bkti_worker_lock(worker);
        piece->state = BKTI_PIECE_GIVEN;
        bkti_worker_wake(worker);
        bkti_worker_unlock(worker);
    }
}

/* The main reader goes on at this offset, which is the first child at or behind the goal (0: of
 * none). */
static bkt_status go_to(bkti_pieces *pieces, uint64_t here, uint64_t goal) {
    pieces->here = here;
    pieces->goal = goal;
    return bkti_source_go_to(pieces->reader->source, here);
}

/* Waits for a piece. Who has to wait should read more itself; who is waited for, less. */
static void wait_for(bkti_pieces *pieces, bkti_piece *piece) {
    bkti_helper *helper = helper_of(pieces, piece->number);
    bool counts = piece->number % pieces->helper_count == 0;
    bkti_worker_lock(helper->worker);
    if (counts && piece->state != BKTI_PIECE_DONE) {
        pieces->share += pieces->share < SHARE_MOST;
    } else if (counts) {
        bool idle = true;
        for (size_t i = 0; i < BKTI_HELPER_PIECES; i++) {
            idle = idle && helper->pieces[i].state != BKTI_PIECE_GIVEN;
        }
        pieces->share -= idle && pieces->share > 0;
    }
    while (piece->state != BKTI_PIECE_DONE) {
        bkti_worker_sleep(helper->worker);
    }
    piece->state = BKTI_PIECE_FREE;
    bkti_worker_unlock(helper->worker);
}

/* Whether the main reader is at the first child at or behind the piece's begin. */
static bool is_at_begin(const bkti_pieces *pieces, const bkti_piece *piece) {
    return pieces->goal != 0 && pieces->goal <= piece->begin && piece->begin <= pieces->here;
}

static void count_miss(bkti_pieces *pieces, bkti_piece *piece) {
    bkti_piece_drop_reader(piece);
    if (piece->number >= pieces->blamed) {
        pieces->blamed = pieces->given;
        pieces->misses += MISS_COST;
    }
}

/* The next piece, if it is at hand: taken over, or void. */
static bkt_status take_piece(bkti_pieces *pieces, bkti_piece *piece) {
    wait_for(pieces, piece);
    pieces->taken++;
    bkt_status status = BKT_END;
    if (is_at_begin(pieces, piece) && piece->is_good && piece->first == pieces->here) {
        status = bkti_piece_merge(pieces->reader, piece);
    }
    if (status == BKT_END) {
        count_miss(pieces, piece);
        return BKT_OK;
    }
    pieces->misses -= pieces->misses > 0;
    return status == BKT_OK ? go_to(pieces, piece->last, piece->end) : status;
}

/* The main reader reads a part itself, no further than where the piece begins. */
static bkt_status read_here(bkti_pieces *pieces, bkti_piece *piece, bool *out_nothing) {
    bkt_reader *reader = pieces->reader;
    bkti_stretch *stretch = &pieces->stretch;
    if (stretch->at != pieces->here) {
        bkti_stretch_begin(stretch, pieces, stretch->room, pieces->here);
    }
    bool found;
    bkti_span part = bkti_stretch_next(stretch, piece->begin, &found);
    *out_nothing = part.size == 0 && !found;
    reader->bytes_read += part.size;
    bkt_status status =
        part.size == 0 ? BKT_OK : bkti_reader_take_part(reader, part, pieces->here + part.size);
    bool is_child = found && bkti_message_is_between(reader->message);
    bkt_status source = go_to(pieces, pieces->here + part.size, is_child ? piece->begin : 0);
    status = status == BKT_OK ? source : status;
    /* It only looked like a child: the piece is none. */
    return status == BKT_OK && found && !is_child ? take_piece(pieces, piece) : status;
}

static bool is_over(const bkti_pieces *pieces) {
    const bkt_reader *reader = pieces->reader;
    return pieces->misses >= MISS_LIMIT || !is_fit(reader) ||
           reader->dataset_count != pieces->dataset;
}

bool bkti_pieces_step(bkt_reader *reader, bkt_status *out_status) {
    bkti_pieces *pieces = reader->pieces;
    bool nothing = is_over(pieces);
    if (!nothing) {
        give_pieces(pieces);
        nothing = pieces->taken == pieces->given;
    }
    if (!nothing) {
        bkti_piece *piece = piece_of(pieces, pieces->taken);
        *out_status = is_at_begin(pieces, piece) ? take_piece(pieces, piece)
                                                 : read_here(pieces, piece, &nothing);
    }
    if (nothing) {
        bkti_pieces_end(reader);
    }
    return !nothing;
}
