/* SPDX-License-Identifier: MIT */
/* Which column a fact goes to. Columns are made in the order dimensions, time, measure, attributes:
 * so attributes that come before the first observation wait for it. */
#include "bkti_reader_parts.h"

static bkt_status make_column(bkt_reader *reader, int marking, const bkti_fact *facts,
                              uint32_t count, uint32_t index, int32_t level, uint32_t *out_column) {
    int32_t role;
    bool assumed;
    bkti_role_of(bkti_first_attribute(reader), marking, facts, count, index, &role, &assumed);
    bkti_rows *rows = reader->rows;
    if (marking != BKTI_MARKED_KEY && bkti_is_measure(reader, facts, index, level)) {
        return bkti_rows_add_column(reader, facts[index].id, BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                                    BKT_LEVEL_NONE, reader->told->measure_count == 0, out_column);
    }
    /* Only one column is time; another that is called so is a dimension. */
    role = role == BKT_ROLE_TIME && rows->time >= 0 ? BKT_ROLE_DIMENSION : role;
    bool time = role == BKT_ROLE_TIME;
    bkt_status status = bkti_rows_add_column(
        reader, facts[index].id, time ? BKT_KIND_PERIOD : BKT_KIND_TEXT, role,
        role == BKT_ROLE_ATTRIBUTE ? level : BKT_LEVEL_NONE, assumed, out_column);
    if (status == BKT_OK && time) {
        rows->time = *out_column;
    }
    return status;
}

/* A column that an earlier data set made may be this one's time. */
static void note_time(bkti_rows *rows, int64_t column) {
    if (rows->time < 0 && rows->columns[column].writer->role == BKT_ROLE_TIME) {
        rows->time = column;
    }
}

/* A measure has a text only where an observation doesn't say it. */
bkt_status bkti_column_found(bkt_reader *reader, int64_t found, int32_t level,
                             uint32_t *out_column) {
    *out_column = (uint32_t)found;
    note_time(reader->rows, found);
    bool is_number = reader->rows->columns[found].writer->kind == BKT_KIND_NUMBER;
    return is_number && level != BKT_LEVEL_OBSERVATION
               ? bkti_measure_text_column(reader, (uint32_t)found, level, out_column)
               : BKT_OK;
}

static bool remember(bkt_reader *reader, bkti_guess_list *guesses, uint32_t index,
                     bkti_guess guess) {
    void *items = guesses->items;
    if (!bkti_grow(reader->memory, &items, &guesses->capacity, (size_t)index + 1,
                   sizeof *guesses->items)) {
        return false;
    }
    guesses->items = items;
    while (guesses->count <= index) {
        guesses->items[guesses->count++] = (bkti_guess){NULL, 0};
    }
    guesses->items[index] = guess;
    return true;
}

/* The i-th fact of an element mostly is what it was in the element before. */
bkt_status bkti_column_of(bkt_reader *reader, bkti_guess_list *guesses, int marking,
                          const bkti_fact *facts, uint32_t count, uint32_t index, int32_t level,
                          uint32_t *out_column) {
    bkti_span id = facts[index].id;
    if (index < guesses->count && guesses->items[index].id == id.data) {
        *out_column = guesses->items[index].column;
        return BKT_OK;
    }
    *out_column = BKTI_NO_COLUMN;
    bkt_status status = BKT_OK;
    int64_t found = bkti_table_writer_find(reader->rows->writer, id);
    if (bkti_span_is(id, BKTI_PRIMARY_MEASURE)) {
        status = bkti_data_fault(reader, BKT_ERR_LAYOUT, -1,
                                 "OBS_VALUE stands among the dimensions or attributes and was "
                                 "passed over there");
    } else if (found >= 0) {
        status = bkti_column_found(reader, found, level, out_column);
    } else {
        status = make_column(reader, marking, facts, count, index, level, out_column);
    }
    if (status != BKT_OK) {
        return status;
    }
    return remember(reader, guesses, index, (bkti_guess){id.data, *out_column})
               ? BKT_OK
               : bkti_no_memory(reader->context);
}

bkt_status bkti_set_series_code(bkt_reader *reader, uint32_t column, int32_t code, int32_t level) {
    bkti_rows *rows = reader->rows;
    void *active = reader->active;
    if (!bkti_grow(reader->memory, &active, &reader->active_capacity, reader->active_count + 1,
                   sizeof *reader->active)) {
        return bkti_no_memory(reader->context);
    }
    reader->active = active;
    reader->active[reader->active_count++] = column;
    bkti_reader_column *target = &rows->columns[column];
    /* What rows before the series get must be written before it is forgotten. */
    bkt_status status = bkti_rows_settle(reader, target, rows->series_first);
    target->series_code = code;
    target->stamp = rows->stamp;
    target->series_level = level;
    return status;
}

bkt_status bkti_add_pending(bkt_reader *reader, bkti_span id, bkti_span value, int32_t level,
                            bool assumed) {
    void *pending = reader->pending;
    if (!bkti_grow(reader->memory, &pending, &reader->pending_capacity, reader->pending_count + 1,
                   sizeof *reader->pending)) {
        return bkti_no_memory(reader->context);
    }
    reader->pending = pending;
    size_t offset = reader->pending_values.size;
    if (!bkti_text_append_span(&reader->pending_values, value)) {
        return bkti_no_memory(reader->context);
    }
    reader->pending[reader->pending_count++] =
        (bkti_pending){id, offset, value.size, level, assumed};
    return BKT_OK;
}

/* Attributes that waited get their columns and their codes. */
static bkt_status place_pending(bkt_reader *reader, int32_t level) {
    const char *values = bkti_text_get(&reader->pending_values);
    for (size_t i = 0; i < reader->pending_count; i++) {
        bkti_pending *pending = &reader->pending[i];
        if (pending->level != level || bkti_span_is(pending->id, BKTI_PRIMARY_MEASURE)) {
            continue;
        }
        uint32_t column;
        int32_t code = -1;
        bkt_status status = BKT_OK;
        int64_t found = bkti_table_writer_find(reader->rows->writer, pending->id);
        if (found >= 0) {
            status = bkti_column_found(reader, found, level, &column);
        } else {
            status = bkti_rows_add_column(reader, pending->id, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                                          level, pending->assumed, &column);
        }
        bkti_span value = {values + pending->offset, pending->size};
        if (status == BKT_OK && level != BKT_LEVEL_GROUP) {
            status = bkti_rows_code(reader, column, value, &code);
        }
        if (status != BKT_OK) {
            return status;
        }
        if (level == BKT_LEVEL_GROUP) {
            continue; /* its series say what the value is */
        }
        if (level == BKT_LEVEL_DATASET) {
            reader->rows->columns[column].base_code = code;
        } else if (reader->in_series) {
            status = bkti_set_series_code(reader, column, code, level);
            if (status != BKT_OK) {
                return status;
            }
            reader->rows->columns[column].previous_code = code;
        }
    }
    return BKT_OK;
}

/* An attribute stands at one level: what series and groups both have is a dimension, even if it is
 * an attribute elsewhere. */
static bkt_status open_shared(bkt_reader *reader) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < reader->pending_count; i++) {
        bkti_pending *pending = &reader->pending[i];
        if (pending->level == BKT_LEVEL_SERIES && pending->assumed &&
            bkti_id_is_doubtful(pending->id) && bkti_groups_have_id(reader, pending->id) &&
            bkti_table_writer_find(reader->rows->writer, pending->id) < 0) {
            uint32_t column;
            status = bkti_rows_add_column(reader, pending->id, BKT_KIND_TEXT, BKT_ROLE_DIMENSION,
                                          BKT_LEVEL_NONE, true, &column);
        }
    }
    return status;
}

static bool is_period(bkti_span text) {
    int32_t frequency;
    int64_t ordinal;
    return text.size > 0 && bkt_period_parse(text.data, text.size, &frequency, &ordinal) == BKT_OK;
}

/* The dimension at observation is time if it is called so, or if nothing else is and its first
 * value is a period. */
static bkt_status open_dimension(bkt_reader *reader, const bkti_fact *dimension) {
    bkti_rows *rows = reader->rows;
    int64_t found =
        dimension->id.size == 0 ? -1 : bkti_table_writer_find(rows->writer, dimension->id);
    if (dimension->id.size == 0 || found >= 0) {
        if (found >= 0) {
            note_time(rows, found);
        }
        return BKT_OK;
    }
    bool time = rows->time < 0 && (bkti_id_is_time(dimension->id) || is_period(dimension->value));
    uint32_t column;
    bkt_status status =
        bkti_rows_add_column(reader, dimension->id, time ? BKT_KIND_PERIOD : BKT_KIND_TEXT,
                             time ? BKT_ROLE_TIME : BKT_ROLE_DIMENSION, BKT_LEVEL_NONE,
                             time && !bkti_id_is_time(dimension->id), &column);
    if (status == BKT_OK && time) {
        rows->time = column;
    }
    return status;
}

/* The key of an observation that has dimensions of its own: they come before time. */
static bkt_status open_key(bkt_reader *reader, const bkti_observation *observation) {
    static const int32_t roles[] = {BKT_ROLE_DIMENSION, BKT_ROLE_TIME};
    for (size_t pass = 0; pass < sizeof roles / sizeof *roles; pass++) {
        for (uint32_t i = 0; i < observation->count; i++) {
            int32_t role;
            bool assumed;
            bkti_role_of(bkti_first_attribute(reader), observation->marking, observation->facts,
                         observation->count, i, &role, &assumed);
            uint32_t column;
            bkt_status status =
                role == roles[pass] &&
                        !(observation->marking == BKTI_UNMARKED &&
                          bkti_is_measure(reader, observation->facts, i, BKT_LEVEL_OBSERVATION))
                    ? bkti_column_of(reader, &reader->fact_guesses, observation->marking,
                                     observation->facts, observation->count, i,
                                     BKT_LEVEL_OBSERVATION, &column)
                    : BKT_OK;
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    return BKT_OK;
}

/* observation is NULL for a data set without any. */
bkt_status bkti_open_dataset(bkt_reader *reader, const bkti_observation *observation) {
    bkti_rows *rows = reader->rows;
    bkt_status status = BKT_OK;
    if (observation == NULL || !observation->flat) {
        status = open_shared(reader);
    }
    if (status == BKT_OK && observation != NULL && observation->marking != BKTI_MARKED_ATTRIBUTES) {
        status = open_key(reader, observation);
    }
    if (status == BKT_OK && observation != NULL) {
        status = open_dimension(reader, &observation->dimension);
    } else if (status == BKT_OK) {
        const char *id = reader->last->properties[BKTI_DATASET_DIMENSION];
        bkti_fact dimension = {.id = bkti_span_of(id)};
        bool flat = bkti_span_is(dimension.id, "AllDimensions");
        status = flat ? BKT_OK : open_dimension(reader, &dimension);
    }
    if (status == BKT_OK && rows->measure < 0) {
        uint32_t column;
        status = bkti_rows_add_column(reader, BKTI_SPAN(BKTI_PRIMARY_MEASURE), BKT_KIND_NUMBER,
                                      BKT_ROLE_MEASURE, BKT_LEVEL_NONE, false, &column);
        rows->measure = status == BKT_OK ? (int64_t)column : -1;
    }
    status = status == BKT_OK ? place_pending(reader, BKT_LEVEL_DATASET) : status;
    status = status == BKT_OK ? place_pending(reader, BKT_LEVEL_GROUP) : status;
    status = status == BKT_OK ? bkti_groups_resolve(reader) : status;
    status = status == BKT_OK ? place_pending(reader, BKT_LEVEL_SERIES) : status;
    reader->pending_count = 0;
    bkti_text_clear(&reader->pending_values);
    reader->last->opened = true;
    return status;
}
