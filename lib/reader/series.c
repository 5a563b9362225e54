/* SPDX-License-Identifier: MIT */
/* Series: their facts become one code a column, filled into the rows when the series ends. */
#include "bkti_reader_parts.h"

static void forget_series(bkt_reader *reader) {
    reader->rows->stamp++;
    reader->rows->series_first = reader->rows->count;
    reader->active_count = 0;
}

/* Attributes of a series before wait no longer: it had no observation. */
static void forget_pending(bkt_reader *reader) {
    size_t kept = 0;
    for (size_t i = 0; i < reader->pending_count; i++) {
        if (reader->pending[i].level != BKT_LEVEL_SERIES) {
            reader->pending[kept++] = reader->pending[i];
        }
    }
    reader->pending_count = kept;
    if (kept == 0) {
        bkti_text_clear(&reader->pending_values);
    }
}

/* Whether the fact must wait, because its column comes after others that aren't there yet. */
static bool must_wait(const bkt_reader *reader, int marking, const bkti_fact *facts, uint32_t count,
                      uint32_t index, bool *out_assumed) {
    int32_t role;
    if (reader->last->opened || bkti_column_find(reader, facts[index].id) >= 0) {
        return false;
    }
    bkti_role_of(reader, marking, facts, count, index, &role, out_assumed);
    return role == BKT_ROLE_ATTRIBUTE;
}

static bkt_status take_fact(bkt_reader *reader, bkti_guess_list *guesses, int marking,
                            const bkti_fact *facts, uint32_t count, uint32_t index) {
    const bkti_fact *fact = &facts[index];
    bool assumed;
    bkt_status status;
    if (must_wait(reader, marking, facts, count, index, &assumed)) {
        status = bkti_structured_check(reader, fact->id, marking);
        return status == BKT_OK
                   ? bkti_add_pending(reader, fact->id, fact->value, BKT_LEVEL_SERIES, assumed)
                   : status;
    }
    uint32_t column;
    status =
        bkti_column_of(reader, guesses, marking, facts, count, index, BKT_LEVEL_SERIES, &column);
    if (status != BKT_OK || column == BKTI_NO_COLUMN) {
        return status;
    }
    const bkti_reader_column *target = &reader->rows->columns[column];
    if (target->stamp == reader->rows->stamp && target->series_level == BKT_LEVEL_SERIES) {
        return bkti_repeated_fault(reader, -1, fact);
    }
    int32_t code;
    status = bkti_rows_cached_code(reader, column, fact->value, &code);
    return status == BKT_OK ? bkti_set_series_code(reader, column, code, BKT_LEVEL_SERIES) : status;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint64_t hash_key(const bkt_reader *reader) {
    uint64_t hash = 1;
    for (size_t i = 0; i < reader->active_count; i++) {
        const bkti_reader_column *column = &reader->rows->columns[reader->active[i]];
        if (column->key) {
            hash = mix(hash, (uint64_t)reader->active[i] << 32 | (uint32_t)column->series_code);
        }
    }
    return hash;
}

static bool has_doubtful(const bkt_reader *reader) {
    bool doubtful = false;
    for (size_t i = 0; i < reader->active_count; i++) {
        doubtful = doubtful || reader->rows->columns[reader->active[i]].doubtful;
    }
    return doubtful;
}

/* It has another code than in the series before. */
static bool is_doubtful_change(const bkti_reader_column *column) {
    return column->doubtful && column->previous_code >= 0 &&
           column->previous_code != column->series_code;
}

bool bkti_series_would_promote(const bkt_reader *reader) {
    bool changes = false;
    for (size_t i = 0; i < reader->active_count; i++) {
        changes = changes || is_doubtful_change(&reader->rows->columns[reader->active[i]]);
    }
    return changes && reader->key_hash == hash_key(reader);
}

static void keep_codes(bkt_reader *reader) {
    for (size_t i = 0; i < reader->active_count; i++) {
        bkti_reader_column *column = &reader->rows->columns[reader->active[i]];
        column->previous_code = column->series_code;
    }
}

void bkti_series_was_last(bkt_reader *reader) {
    reader->key_hash = hash_key(reader);
    if (has_doubtful(reader)) {
        keep_codes(reader);
    }
}

/* Two series in a row that differ in nothing but an assumed attribute: then that is a dimension. */
static void promote_doubtful(bkt_reader *reader) {
    uint64_t hash = hash_key(reader);
    bool same = reader->key_hash == hash;
    bool doubtful = has_doubtful(reader);
    reader->key_hash = hash;
    if (reader->piece != NULL) {
        bkti_piece_note_series(reader, same);
    }
    for (size_t i = 0; same && i < reader->active_count; i++) {
        const bkti_reader_column *column = &reader->rows->columns[reader->active[i]];
        if (is_doubtful_change(column)) {
            bkti_place place;
            bkti_reader_place(reader, -1, &place);
            bkti_tell(reader->context, BKT_SEVERITY_NOTE, BKT_OK, &place,
                      "%s is taken for a dimension: series differ in nothing else",
                      column->writer->id);
            bkti_rows_make_key(reader, reader->active[i], true);
        }
    }
    if (doubtful) {
        keep_codes(reader);
    }
}

/* Whether the key passes the filter. Series that don't still make the columns of their key. */
static bkt_status filter_key(bkt_reader *reader, int marking, const bkti_fact *facts,
                             uint32_t count) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        bool assumed;
        uint32_t column;
        if (!must_wait(reader, marking, facts, count, i, &assumed)) {
            status = bkti_column_of(reader, &reader->series_guesses, marking, facts, count, i,
                                    BKT_LEVEL_SERIES, &column);
        }
        if (!bkti_filter_series_fact(reader, &facts[i])) {
            reader->series_rejected = true;
        }
    }
    if (!bkti_filter_series_period(reader, facts, count)) {
        reader->series_rejected = true;
    }
    return status;
}

bkt_status bkti_series_start(void *user, int marking, const bkti_fact *facts, uint32_t count,
                             bool *out_skip) {
    bkt_reader *reader = user;
    bkt_status status = bkti_waiting_end(reader);
    if (status != BKT_OK) {
        return status;
    }
    reader->row_open = false;
    reader->in_series = true;
    reader->series_open = false;
    reader->series_rejected = false;
    forget_series(reader);
    if (!reader->last->opened) {
        forget_pending(reader);
    }
    if (reader->filter_count > 0 || reader->filters_periods) {
        status = filter_key(reader, marking, facts, count);
    }
    if (status != BKT_OK || reader->series_rejected) {
        *out_skip = true;
        return status;
    }
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        status = take_fact(reader, &reader->series_guesses, marking, facts, count, i);
    }
    promote_doubtful(reader);
    return status;
}

bkt_status bkti_series_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    bkt_reader *reader = user;
    bkt_status status = bkti_waiting_end(reader);
    if (status != BKT_OK) {
        return status;
    }
    for (uint32_t i = 0; i < count && !reader->series_rejected; i++) {
        if (!bkti_filter_series_fact(reader, &facts[i])) {
            reader->series_rejected = true;
            return BKT_OK;
        }
        status = take_fact(reader, &reader->series_attribute_guesses, BKTI_MARKED_ATTRIBUTES, facts,
                           count, i);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

bkt_status bkti_series_finish(void *user) {
    bkt_reader *reader = user;
    bkti_rows *rows = reader->rows;
    bkt_status status = bkti_waiting_end(reader);
    if (status == BKT_OK && !reader->series_open && !reader->series_rejected) {
        reader->empty_series++;
        status = reader->last->deletes ? bkti_delete_series(reader) : BKT_OK;
    }
    for (size_t i = 0; status == BKT_OK && i < reader->active_count; i++) {
        status = bkti_rows_settle(reader, &rows->columns[reader->active[i]], rows->count);
    }
    reader->in_series = false;
    reader->row_open = false;
    forget_series(reader);
    return status;
}
