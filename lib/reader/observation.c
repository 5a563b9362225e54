/* SPDX-License-Identifier: MIT */
/* One observation, one row. This runs for each observation of a file: no allocation, and a column
 * is found by the place that its fact had last time. */
#include "bkti_number_short.h"
#include "bkti_load.h"
#include "bkti_number.h"
#include "bkti_reader_parts.h"

/* A column with so few values so far keeps nothing to be fast with. */
#define FEW_LOOK_UPS 8

/* The first and the last bytes of a text make its place. */
static inline size_t cache_place(bkti_span text) {
    uint32_t word = (uint32_t)text.size;
    if (text.size >= 4) {
        word ^=
            bkti_load_4(text.data) * UINT32_C(0x9E3779B1) ^ bkti_load_4(text.data + text.size - 4);
    } else if (text.size > 0) {
        word ^= (uint32_t)(unsigned char)text.data[0] << 16 |
                (uint32_t)(unsigned char)text.data[text.size / 2] << 8 |
                (uint32_t)(unsigned char)text.data[text.size - 1];
    }
    return (word * UINT32_C(0x85EBCA77)) >> 24;
}

static inline bool same_bytes(const char *a, const char *b, size_t size) {
    if (size > 16) {
        return memcmp(a, b, size) == 0;
    }
    if (size >= 8) {
        return bkti_load_8(a) == bkti_load_8(b) &&
               bkti_load_8(a + size - 8) == bkti_load_8(b + size - 8);
    }
    if (size >= 4) {
        return bkti_load_4(a) == bkti_load_4(b) &&
               bkti_load_4(a + size - 4) == bkti_load_4(b + size - 4);
    }
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

static bkt_status cached_code(bkt_reader *reader, uint32_t column, bkti_span value,
                              int32_t *out_code) {
    bkti_reader_column *target = &reader->rows->columns[column];
    if (target->cache == NULL) {
        target->cache =
            bkti_allocate_zeroed(reader->memory, BKTI_CODE_CACHE, sizeof *target->cache);
        if (target->cache == NULL) {
            return bkti_no_memory(reader->context);
        }
    }
    bkti_cached_code *known = &target->cache[cache_place(value)];
    if (known->data != NULL && known->size == value.size &&
        same_bytes(known->data, value.data, value.size)) {
        *out_code = known->code;
        return BKT_OK;
    }
    uint64_t faults = reader->fault_count;
    bkt_status status = bkti_rows_code(reader, column, value, out_code);
    if (status == BKT_OK && faults == reader->fault_count) {
        bkti_span text = bkti_dictionary_span(target->writer->dictionary, *out_code);
        *known = (bkti_cached_code){text.data, (uint32_t)text.size, *out_code};
    }
    return status;
}

/* wide: a lane can be read from the value's begin on. */
static inline bool is_foreseen(const bkti_reader_column *target, int32_t code, bkti_span value,
                               bool wide) {
    const bkti_foreseen *candidate = &target->foreseen[code];
    return candidate->size == value.size &&
           (wide ? bkti_lane_same(candidate->text, value.data, value.size)
                 : same_bytes(candidate->text, value.data, value.size));
}

/* The code of a value if it is one of the two that are foreseen; -1. */
static inline int32_t foresee(bkti_reader_column *target, bkti_span value, bool wide) {
    int32_t last = target->last_code;
    if (last < 0) {
        return -1;
    }
    int32_t next = target->foreseen[last].next;
    int32_t first = target->moves_on ? next : last;
    if (is_foreseen(target, first, value, wide)) {
        target->last_code = first;
        return first;
    }
    int32_t second = target->moves_on ? last : next;
    if (is_foreseen(target, second, value, wide)) {
        target->moves_on = !target->moves_on;
        target->last_code = second;
        return second;
    }
    return -1;
}

/* Room for what is foreseen from a code; false: it is one of too many. */
static bool foresee_from(bkt_reader *reader, bkti_reader_column *target, int32_t code) {
    if (code >= BKTI_FORESEEN_LIMIT) {
        return false;
    }
    if (code >= target->foreseen_room) {
        int32_t room = code < 8 ? 16 : code * 2;
        bkti_foreseen *grown =
            bkti_reallocate_array(reader->memory, target->foreseen, (size_t)room, sizeof *grown);
        if (grown == NULL) {
            return false; /* then nothing is foreseen */
        }
        target->foreseen = grown;
        target->foreseen_room = room;
    }
    for (; target->foreseen_count <= code; target->foreseen_count++) {
        int32_t each = target->foreseen_count;
        bkti_span text = bkti_dictionary_span(target->writer->dictionary, each);
        bkti_foreseen *entry = &target->foreseen[each];
        *entry = (bkti_foreseen){.size = UINT32_MAX, .next = each};
        if (text.size <= sizeof entry->text) {
            memcpy(entry->text, text.data, text.size);
            entry->size = (uint32_t)text.size;
        }
    }
    return true;
}

/* Looks the code up, and remembers what came after the one before. */
static bkt_status learn_code(bkt_reader *reader, uint32_t column, bkti_span value,
                             int32_t *out_code) {
    uint64_t faults = reader->fault_count;
    if (reader->rows->columns[column].look_ups < FEW_LOOK_UPS) {
        reader->rows->columns[column].look_ups++;
        return bkti_rows_code(reader, column, value, out_code);
    }
    bkt_status status = cached_code(reader, column, value, out_code);
    bkti_reader_column *target = &reader->rows->columns[column];
    int32_t last = target->last_code;
    target->last_code = -1;
    if (status != BKT_OK || faults != reader->fault_count || *out_code < 0 ||
        !foresee_from(reader, target, *out_code)) {
        return status;
    }
    if (last >= 0) {
        target->foreseen[last].next = *out_code;
        target->moves_on = true;
    }
    target->last_code = *out_code;
    return BKT_OK;
}

bkt_status bkti_rows_cached_code(bkt_reader *reader, uint32_t column, bkti_span value,
                                 int32_t *out_code) {
    *out_code = foresee(&reader->rows->columns[column], value, false);
    return *out_code >= 0 ? BKT_OK : learn_code(reader, column, value, out_code);
}

bkt_status bkti_put_fact(bkt_reader *reader, uint32_t column, int64_t row, const bkti_fact *fact) {
    bkti_rows *rows = reader->rows;
    bkti_reader_column *target = &rows->columns[column];
    bkti_column_writer *writer = target->writer;
    if (writer->filled != row) {
        bkt_status status = writer->filled > row ? bkti_repeated_fault(reader, row, fact)
                                                 : bkti_rows_settle(reader, target, row);
        if (status != BKT_OK || writer->filled > row) {
            return status;
        }
    }
    if (writer->kind == BKT_KIND_NUMBER) {
        return bkti_measure_put(reader, column, row, fact->value);
    }
    int32_t code = -1;
    bkt_status status = bkti_rows_cached_code(reader, column, fact->value, &code);
    return status == BKT_OK ? bkti_column_put_code(rows->writer, writer, row, code) : status;
}

static bkt_status put_facts(bkt_reader *reader, bkti_guess_list *guesses, int64_t row, int marking,
                            const bkti_fact *facts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = BKTI_NO_COLUMN;
        bkt_status status = BKT_OK;
        if (i < guesses->count && guesses->items[i].id == facts[i].id.data) {
            column = guesses->items[i].column;
        } else {
            status = bkti_column_of(reader, guesses, marking, facts, count, i,
                                    BKT_LEVEL_OBSERVATION, &column);
        }
        if (status == BKT_OK && column != BKTI_NO_COLUMN) {
            status = bkti_put_fact(reader, column, row, &facts[i]);
        }
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

static bool says_confidential(const bkti_fact *facts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (bkti_code_is_confidential(facts[i].id, facts[i].value)) {
            return true;
        }
    }
    return false;
}

/* Also what the series or the data set says. */
static bool is_confidential(const bkt_reader *reader, int64_t row,
                            const bkti_observation *observation) {
    if (says_confidential(observation->facts, observation->count) ||
        says_confidential(observation->attributes, observation->attribute_count)) {
        return true;
    }
    const bkti_rows *rows = reader->rows;
    for (size_t i = 0; i < rows->column_count; i++) {
        const bkti_column_writer *writer = rows->columns[i].writer;
        int32_t code =
            rows->columns[i].confidentiality ? bkti_rows_code_at(reader, (uint32_t)i, row) : -1;
        if (code >= 0 &&
            bkti_code_is_confidential(bkti_span_of(writer->id),
                                      bkti_dictionary_span(writer->dictionary, code))) {
            return true;
        }
    }
    return false;
}

/* The text of a value that is no number is kept, in a column that only such files get. */
static bkt_status keep_text(bkt_reader *reader, int64_t row, bkti_span value) {
    bkti_rows *rows = reader->rows;
    if (rows->measure_text < 0) {
        uint32_t column;
        bkt_status status = bkti_measure_text_column(reader, (uint32_t)rows->measure,
                                                     BKT_LEVEL_OBSERVATION, false, &column);
        if (status != BKT_OK) {
            return status;
        }
        rows->measure_text = column;
    }
    bkti_fact fact = {.id = bkti_span_of(rows->columns[rows->measure_text].writer->id),
                      .value = value};
    return bkti_put_fact(reader, (uint32_t)rows->measure_text, row, &fact);
}

/* "NaN" in other spellings is written by programs that print numbers their own way; "#N/A" is 3.0's
 * word for a value that is missing and no number. */
uint8_t bkti_missing_reason(bkti_span value, int kind) {
    bkti_span text = bkti_span_trim(value);
    if (kind == BKTI_NUMBER_OTHER &&
        (bkti_span_equal_caseless(text, BKTI_SPAN("nan")) || bkti_span_is(text, "#N/A"))) {
        kind = BKTI_NUMBER_NAN;
    }
    return kind == BKTI_NUMBER_EMPTY ? BKT_MISSING_EMPTY
           : kind == BKTI_NUMBER_NAN ? BKT_MISSING_NAN
                                     : BKT_MISSING_NOT_A_NUMBER;
}

static bkt_status put_missing(bkt_reader *reader, int64_t row, bkti_span value, int kind) {
    bkti_rows *rows = reader->rows;
    uint8_t reason = bkti_missing_reason(value, kind);
    bkti_column_writer *measure = rows->columns[rows->measure].writer;
    bkt_status status = bkti_column_put_missing(rows->writer, measure, row, reason);
    if (status == BKT_OK && reason == BKT_MISSING_NOT_A_NUMBER) {
        status = keep_text(reader, row, value);
        status = status == BKT_OK ? bkti_value_fault(reader, row, value, kind) : status;
    }
    return status;
}

static bkt_status put_number(bkt_reader *reader, int64_t row, double number) {
    bkti_rows *rows = reader->rows;
    return bkti_column_put_number(rows->writer, rows->columns[rows->measure].writer, row, number);
}

static bool is_usual_measure(const bkti_rows *rows) {
    return rows->measure >= 0 && rows->columns[rows->measure].writer->kind == BKT_KIND_NUMBER;
}

/* By its DSD a data set may have no primary measure, or one of texts. */
static bkt_status put_unusual_value(bkt_reader *reader, int64_t row, bkti_span value) {
    bkt_status status = bkti_need_measure(reader);
    bkti_fact fact = {.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE), .value = value};
    return status == BKT_OK ? bkti_put_fact(reader, (uint32_t)reader->rows->measure, row, &fact)
                            : status;
}

static bkt_status put_value(bkt_reader *reader, int64_t row, bkti_span value) {
    if (!is_usual_measure(reader->rows)) {
        return put_unusual_value(reader, row, value);
    }
    double number;
    int kind = bkti_number_parse(value, &number);
    return kind == BKTI_NUMBER_FINITE ? put_number(reader, row, number)
                                      : put_missing(reader, row, value, kind);
}

/* An absent value is written only if it is known to be confidential: it may still come in a Comp,
 * and otherwise becomes absent by itself. */
static bkt_status take_value(bkt_reader *reader, int64_t row, const bkti_observation *observation) {
    bkti_span value = observation->value.value;
    if (!is_usual_measure(reader->rows)) {
        return value.data == NULL ? BKT_OK : put_unusual_value(reader, row, value);
    }
    double number;
    int kind = value.data == NULL ? BKTI_NUMBER_EMPTY : bkti_number_parse(value, &number);
    if (kind == BKTI_NUMBER_FINITE) {
        return put_number(reader, row, number);
    }
    bkti_rows *rows = reader->rows;
    bool nothing = kind == BKTI_NUMBER_EMPTY || kind == BKTI_NUMBER_NAN;
    if (nothing && is_confidential(reader, row, observation)) {
        return bkti_column_put_missing(rows->writer, rows->columns[rows->measure].writer, row,
                                       BKT_MISSING_CONFIDENTIAL);
    }
    return value.data == NULL ? BKT_OK : put_missing(reader, row, value, kind);
}

/* What can be said of a series only when it has an observation. */
bkt_status bkti_open_series(bkt_reader *reader) {
    reader->series_open = true;
    bkt_status status = bkti_groups_apply_to_series(reader);
    if (status == BKT_OK && reader->filter_count > 0 && !bkti_filter_series(reader)) {
        reader->series_rejected = true;
    }
    reader->plain = !reader->series_rejected && !reader->filters_periods &&
                    (reader->filter_count == 0 || reader->filter_open == 0) &&
                    reader->group_list.count == 0;
    return status;
}

static int32_t code_of(const bkti_column_writer *writer, int64_t row) {
    return row < writer->filled && writer->kind != BKT_KIND_NUMBER
               ? bkti_column_written_code(writer, row)
               : -1;
}

static bkti_planned_fact planned(const bkt_reader *reader, const bkti_guess_list *guesses,
                                 uint32_t index, int64_t row) {
    uint32_t column = guesses->items[index].column;
    bkti_planned_fact fact = {.index = column, .code = -1};
    if (column != BKTI_NO_COLUMN) {
        fact.column = &reader->rows->columns[column];
        fact.writer = fact.column->writer;
        fact.code = code_of(fact.writer, row);
    }
    return fact;
}

static bool plan_facts(bkt_reader *reader, const bkti_guess_list *guesses, int64_t row,
                       const bkti_fact *facts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (guesses->items[i].id != facts[i].id.data) {
            return false;
        }
        *reader->plan.end = planned(reader, guesses, i, row);
        if (reader->plan.end->column == NULL) {
            return false;
        }
        reader->plan.end++;
    }
    return true;
}

/* Remembers where the facts of an observation went. */
static void make_plan(bkt_reader *reader, int64_t row, const bkti_observation *observation) {
    bkti_row_plan *plan = &reader->plan;
    bool has_dimension = observation->dimension.id.size != 0;
    if (observation->shape == 0 ||
        observation->count + observation->attribute_count > BKTI_REPEAT_LIMIT ||
        reader->fact_guesses.count < observation->count ||
        reader->attribute_guesses.count < observation->attribute_count ||
        (has_dimension && reader->dimension_guess.count < 1)) {
        return;
    }
    plan->dimension.column = NULL;
    if (has_dimension) {
        plan->dimension = planned(reader, &reader->dimension_guess, 0, row);
        if (plan->dimension.column == NULL) {
            return;
        }
    }
    plan->end = plan->facts;
    if (!plan_facts(reader, &reader->fact_guesses, row, observation->facts, observation->count) ||
        !plan_facts(reader, &reader->attribute_guesses, row, observation->attributes,
                    observation->attribute_count)) {
        return;
    }
    bool has_measures = !is_usual_measure(reader->rows);
    plan->measure = has_measures ? NULL : reader->rows->columns[reader->rows->measure].writer;
    plan->flat = observation->flat;
    for (const bkti_planned_fact *each = plan->facts; each < plan->end; each++) {
        has_measures |= each->writer->kind == BKT_KIND_NUMBER;
    }
    if (has_measures) {
        plan->measures_shape = observation->shape;
    } else {
        plan->shape = observation->shape;
    }
}

static bkt_status put_row(bkt_reader *reader, int64_t row, const bkti_observation *observation) {
    bkt_status status = BKT_OK;
    if (observation->dimension.id.size != 0) {
        status = put_facts(reader, &reader->dimension_guess, row, BKTI_MARKED_KEY,
                           &observation->dimension, 1);
    }
    if (status == BKT_OK) {
        status = put_facts(reader, &reader->fact_guesses, row, observation->marking,
                           observation->facts, observation->count);
    }
    if (status == BKT_OK && observation->attribute_count > 0) {
        status = put_facts(reader, &reader->attribute_guesses, row, BKTI_MARKED_ATTRIBUTES,
                           observation->attributes, observation->attribute_count);
    }
    if (status == BKT_OK && reader->group_list.count > 0) {
        status = bkti_groups_apply_to_row(reader, row);
    }
    return status == BKT_OK ? take_value(reader, row, observation) : status;
}

static bkt_status take_observation(bkt_reader *reader, const bkti_observation *observation,
                                   bool may_wait) {
    bkt_status status = BKT_OK;
    reader->row_open = false;
    bkti_plan_drop(&reader->plan);
    if (!reader->last->opened) {
        status = bkti_open_dataset(reader, observation);
    }
    if (status == BKT_OK && !observation->flat && !reader->series_open) {
        status = bkti_open_series(reader);
    }
    if (status != BKT_OK || (!observation->flat && reader->series_rejected)) {
        return status;
    }
    if ((reader->filter_count > 0 || reader->filters_periods) &&
        !bkti_filter_observation(reader, observation)) {
        return may_wait && reader->row_lacks ? bkti_waiting_begin(reader, observation) : BKT_OK;
    }
    int64_t row = reader->rows->count;
    status = put_row(reader, row, observation);
    if (status == BKT_OK && (reader->options.flags & BKT_READ_PROVENANCE) != 0) {
        status = bkti_provenance_row(reader, row);
    }
    reader->rows->count++;
    reader->row_open = true;
    if (observation->flat) {
        reader->plain =
            reader->filter_count == 0 && !reader->filters_periods && reader->group_list.count == 0;
    }
    if (reader->watches) {
        bkti_row_watched(reader);
    } else if (status == BKT_OK && reader->plain) {
        make_plan(reader, row, observation);
    }
    return status;
}

/* A fact that is not just the next code of its column. */
static bkt_status put_otherwise(bkt_reader *reader, bkti_planned_fact *planned, int64_t row,
                                bkti_span value) {
    bkti_fact fact = {.id = bkti_span_of(planned->writer->id), .value = value};
    reader->row_open = false; /* a fault is this row's, not that of the row before */
    bkt_status status = bkti_put_fact(reader, planned->index, row, &fact);
    planned->code = code_of(planned->writer, row);
    return status;
}

static inline bkt_status put_again(bkt_reader *reader, bkti_planned_fact *planned, int64_t row,
                                   const bkti_xml_attribute *attribute) {
    bkti_column_writer *writer = planned->writer;
    int32_t code =
        attribute->is_same ? planned->code : foresee(planned->column, attribute->value, true);
    if (code < 0 || writer->filled != row || row >= writer->capacity) {
        return put_otherwise(reader, planned, row, attribute->value);
    }
    planned->code = code;
    writer->codes[row] = code;
    writer->filled = row + 1;
    return BKT_OK;
}

/* A value that is no short number, or none. */
static bkt_status take_other_value(bkt_reader *reader, int64_t row, bkti_span value) {
    bkti_observation observation = {.value = {.value = value}, .flat = reader->plan.flat};
    bkti_fact facts[BKTI_REPEAT_LIMIT];
    observation.facts = facts;
    for (const bkti_planned_fact *each = reader->plan.facts; each < reader->plan.end; each++) {
        facts[observation.count++] = (bkti_fact){
            .id = bkti_span_of(each->writer->id),
            .value = bkti_dictionary_span(each->writer->dictionary, each->code),
        };
    }
    return take_value(reader, row, &observation);
}

/* With further measures a row may make a column, after which pointers in the plan are void. */
static bkt_status put_row_with_measures(bkt_reader *reader, const bkti_repeat *repeat,
                                        int64_t row) {
    const bkti_row_plan *plan = &reader->plan;
    const bkti_rows *rows = reader->rows;
    bkti_fact facts[BKTI_REPEAT_LIMIT];
    uint32_t count = (uint32_t)(plan->end - plan->facts);
    bkti_observation observation = {.flat = plan->flat, .facts = facts, .count = count};
    bkt_status status = BKT_OK;
    if (plan->dimension.column != NULL) {
        uint32_t index = plan->dimension.index;
        observation.dimension = (bkti_fact){.id = bkti_span_of(rows->columns[index].writer->id),
                                            .value = repeat->dimension->value};
        status = bkti_put_fact(reader, index, row, &observation.dimension);
    }
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        uint32_t index = plan->facts[i].index;
        facts[i] = (bkti_fact){.id = bkti_span_of(rows->columns[index].writer->id),
                               .value = repeat->facts[i]->value};
        status = bkti_put_fact(reader, index, row, &facts[i]);
    }
    if (repeat->value != NULL) {
        observation.value.value = repeat->value->value;
    }
    return status == BKT_OK ? take_value(reader, row, &observation) : status;
}

/* Columns and their order are known. */
static inline bkt_status put_row_again(bkt_reader *reader, const bkti_repeat *repeat, int64_t row) {
    bkti_row_plan *plan = &reader->plan;
    bkt_status status = BKT_OK;
    if (plan->dimension.column != NULL) {
        status = put_again(reader, &plan->dimension, row, repeat->dimension);
    }
    const bkti_xml_attribute *const *fact = repeat->facts;
    for (bkti_planned_fact *planned = plan->facts; status == BKT_OK && planned < plan->end;
         planned++, fact++) {
        status = put_again(reader, planned, row, *fact);
    }
    if (status != BKT_OK) {
        return status;
    }
    double number;
    bkti_span value = {NULL, 0};
    if (repeat->value != NULL) {
        value = repeat->value->value;
        if (bkti_number_parse_next(value.data, value.size, &plan->decimals, &number)) {
            return bkti_column_put_finite(reader->rows->writer, plan->measure, row, number);
        }
    }
    return take_other_value(reader, row, value);
}

/* The row counts when it is there: faults in it are told by its key so far. */
static inline bkt_status take_again(bkt_reader *reader, const bkti_repeat *repeat) {
    bkti_rows *rows = reader->rows;
    bkt_status status = put_row_again(reader, repeat, rows->count);
    rows->count++;
    reader->row_open = true;
    return status;
}

static bkt_status take_again_with_measures(bkt_reader *reader, const bkti_repeat *repeat,
                                           bool *out_taken) {
    *out_taken = repeat->shape == reader->plan.measures_shape && reader->plain &&
                 (repeat->flat || reader->series_open);
    if (!*out_taken) {
        return BKT_OK;
    }
    reader->row_open = false;
    bkt_status status = put_row_with_measures(reader, repeat, reader->rows->count);
    reader->rows->count++;
    reader->row_open = true;
    return status;
}

bkt_status bkti_observation_repeated(void *user, const bkti_repeat *repeat, bool *out_taken) {
    bkt_reader *reader = user;
    *out_taken = repeat->shape == reader->plan.shape && reader->plain &&
                 (repeat->flat || reader->series_open);
    return *out_taken ? take_again(reader, repeat)
                      : take_again_with_measures(reader, repeat, out_taken);
}

bkt_status bkti_observation_told(void *user, const bkti_observation *observation) {
    bkt_reader *reader = user;
    bkt_status status = bkti_waiting_end(reader);
    bkti_observation with_code;
    if (reader->components != NULL) {
        with_code = *observation;
        bkti_structured_cross(reader, &with_code);
        observation = &with_code;
    }
    reader->told = observation;
    status = status == BKT_OK ? take_observation(reader, observation,
                                                 bkti_message_has_late_facts(reader->message))
                              : status;
    reader->told = NULL;
    return status;
}

bkt_status bkti_observation_settled(bkt_reader *reader, const bkti_observation *observation) {
    reader->told = observation;
    bkt_status status = take_observation(reader, observation, false);
    reader->told = NULL;
    return status;
}

bkt_status bkti_observation_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    bkt_reader *reader = user;
    if (reader->waiting.is_waiting) {
        return bkti_waiting_add(reader, facts, count);
    }
    int64_t row = reader->rows->count - 1;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && reader->row_open && i < count; i++) {
        if (!bkti_span_is(facts[i].id, BKTI_PRIMARY_MEASURE)) {
            uint32_t column;
            bkti_guess_list none = {0};
            status = bkti_column_of(reader, &none, BKTI_MARKED_ATTRIBUTES, facts, count, i,
                                    BKT_LEVEL_OBSERVATION, &column);
            bkti_release(reader->memory, none.items);
            status = status == BKT_OK && column != BKTI_NO_COLUMN
                         ? bkti_put_fact(reader, column, row, &facts[i])
                         : status;
        } else if (reader->rows->measure >= 0 &&
                   reader->rows->columns[reader->rows->measure].writer->filled > row) {
            status = bkti_repeated_fault(reader, row, &facts[i]);
        } else {
            status = put_value(reader, row, facts[i].value);
        }
    }
    return status;
}
