/* SPDX-License-Identifier: MIT */
/* A piece becomes part of what the main reader has read: as if it had read it. */
#include "bkti_pieces.h"

/* Room for a map a column. */
static bool make_maps(bkt_reader *reader, bkti_piece *piece) {
    void *maps = piece->maps;
    bool grown = bkti_grow(reader->memory, &maps, &piece->map_capacity, piece->column_count,
                           sizeof *piece->maps);
    piece->maps = maps;
    while (grown && piece->map_count < piece->column_count) {
        piece->maps[piece->map_count++] = (bkti_code_map){NULL, 0, 0, false};
    }
    return grown;
}

/* Texts that the piece had first come here in the same order. */
static bkt_status map_column(bkt_reader *reader, bkti_piece *piece, uint32_t index) {
    const bkti_column_writer *other = piece->reader->rows->columns[index].writer;
    bkti_code_map *map = &piece->maps[index];
    size_t count = (size_t)bkti_dictionary_count(other->dictionary);
    void *codes = map->codes;
    if (!bkti_grow(reader->memory, &codes, &map->capacity, count, sizeof *map->codes)) {
        return bkti_no_memory(reader->context);
    }
    map->codes = codes;
    bkti_table_writer *writer = reader->rows->writer;
    while (map->count < count) {
        bkti_span text = bkti_dictionary_span(other->dictionary, (int32_t)map->count);
        int32_t code = other->kind == BKT_KIND_PERIOD
                           ? bkti_table_writer_period_code(writer, index, text, NULL, NULL)
                           : bkti_table_writer_code(writer, index, text);
        if (code < 0) {
            return bkti_rows_failure(reader);
        }
        map->changes = map->changes || (size_t)code != map->count;
        map->codes[map->count++] = code;
    }
    return BKT_OK;
}

/* Whether the texts of the piece surely find room; if not, reading it tells just where. */
static bool has_room(const bkt_reader *reader, const bkti_piece *piece) {
    uint64_t limit = bkti_context_options(reader->context)->dictionary_limit;
    for (size_t i = 0; i < piece->column_count; i++) {
        int32_t here = bkti_dictionary_count(reader->rows->columns[i].writer->dictionary);
        int32_t there = bkti_dictionary_count(piece->reader->rows->columns[i].writer->dictionary);
        if ((uint64_t)here + (uint64_t)there > limit ||
            (uint64_t)here + (uint64_t)there > INT32_MAX) {
            return false;
        }
    }
    return bkti_message_can_follow(reader->message, piece->reader->message);
}

static bkt_status map_codes(bkt_reader *reader, bkti_piece *piece) {
    if (!make_maps(reader, piece)) {
        return bkti_no_memory(reader->context);
    }
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < piece->column_count; i++) {
        if (piece->reader->rows->columns[i].writer->kind != BKT_KIND_NUMBER) {
            status = map_column(reader, piece, (uint32_t)i);
        }
    }
    return status;
}

static bool has_doubtful(const bkti_rows *rows) {
    for (size_t i = 0; i < rows->column_count; i++) {
        if (rows->columns[i].doubtful) {
            return true;
        }
    }
    return false;
}

/* The main reader is between series: its list of their codes is free for a key of the piece. */
static void add_key_code(bkt_reader *reader, const bkti_piece *piece, uint32_t column,
                         int32_t code) {
    reader->rows->columns[column].series_code = piece->maps[column].codes[code];
    reader->active[reader->active_count++] = column;
}

static bool make_room_for_keys(bkt_reader *reader, const bkti_piece *piece) {
    void *active = reader->active;
    size_t count = piece->first_count > piece->last_count ? piece->first_count : piece->last_count;
    bool grown =
        bkti_grow(reader->memory, &active, &reader->active_capacity, count, sizeof *reader->active);
    reader->active = active;
    return grown;
}

/* Whether the first series would make an attribute a dimension: then the main reader must tell. */
static bool first_promotes(bkt_reader *reader, const bkti_piece *piece) {
    reader->active_count = 0;
    for (size_t i = 0; i < piece->first_count; i++) {
        add_key_code(reader, piece, piece->first_key[i].column, piece->first_key[i].code);
    }
    bool promotes = bkti_series_would_promote(reader);
    reader->active_count = 0;
    return promotes;
}

/* What the next series is compared with. */
static void keep_last(bkt_reader *reader, const bkti_piece *piece) {
    const bkt_reader *other = piece->reader;
    for (uint32_t i = 0; i < piece->column_count; i++) {
        int32_t code = other->rows->columns[i].previous_code;
        if (code >= 0) {
            reader->rows->columns[i].previous_code = piece->maps[i].codes[code];
        }
    }
    for (size_t i = 0; i < piece->last_count; i++) {
        uint32_t column = other->active[i];
        add_key_code(reader, piece, column, other->rows->columns[column].series_code);
    }
    bkti_series_was_last(reader);
    reader->active_count = 0;
}

static bkt_status append_rows(bkt_reader *reader, const bkti_piece *piece) {
    bkti_rows *rows = reader->rows;
    const bkti_rows *others = piece->reader->rows;
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < piece->column_count; i++) {
        bkti_reader_column *column = &rows->columns[i];
        const bkti_column_writer *other = others->columns[i].writer;
        const bkti_code_map *map = &piece->maps[i];
        if (other->filled > 0) {
            status = bkti_rows_settle(reader, column, rows->count);
        }
        if (status == BKT_OK) {
            status = bkti_column_append(rows->writer, column->writer, rows->count, other,
                                        map->changes ? map->codes : NULL);
        }
    }
    if (status == BKT_OK) {
        bkti_provenance_move(reader, rows->count, others->count,
                             bkti_message_lines_before(reader->message));
    }
    reader->held_back = piece->rows_by_edge < 0 ? reader->held_back + others->count
                                                : others->count - piece->rows_by_edge;
    reader->in_block = piece->last % BKTI_BLOCK_SIZE != 0;
    rows->count += others->count;
    rows->series_first = rows->count;
    return status;
}

static void join_filter(bkt_reader *reader, const bkt_reader *other) {
    for (uint32_t k = 0; k < reader->filter_count; k++) {
        bkti_filter_state *state = &reader->filter_states[k];
        state->found = state->found || other->filter_states[k].found;
        state->lacking = state->lacking || other->filter_states[k].lacking;
    }
    reader->period_found = reader->period_found || other->period_found;
    reader->period_lacking = reader->period_lacking || other->period_lacking;
}

bkt_status bkti_piece_merge(bkt_reader *reader, bkti_piece *piece) {
    if (!has_room(reader, piece)) {
        return BKT_END;
    }
    /* Codes that are added for a piece that then proves void are those that its reading adds. */
    bkt_status status = map_codes(reader, piece);
    if (status != BKT_OK) {
        return status;
    }
    bool compares = piece->has_series && has_doubtful(reader->rows);
    if (compares && !make_room_for_keys(reader, piece)) {
        return bkti_no_memory(reader->context);
    }
    if (compares && first_promotes(reader, piece)) {
        return BKT_END;
    }
    status = append_rows(reader, piece);
    if (status != BKT_OK) {
        return status;
    }
    if (compares) {
        keep_last(reader, piece);
    }
    join_filter(reader, piece->reader);
    reader->empty_series += piece->reader->empty_series;
    reader->row_open = false;
    reader->taken_over++;
    reader->bytes_read += piece->last - piece->first;
    return bkti_message_follow(reader->message, piece->reader->message)
               ? BKT_OK
               : bkti_no_memory(reader->context);
}
