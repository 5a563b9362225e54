/* SPDX-License-Identifier: MIT */
/* The filter, while reading: as early as possible, so that what is not wanted costs little. A row
 * passes if it would pass bkt_table_filter() afterwards. */
#include "bkti_reader_parts.h"

int32_t bkti_filter_index(const bkt_reader *reader, bkti_span id) {
    int32_t caseless = -1;
    id = bkti_column_id(reader, id);
    for (uint32_t k = 0; k < reader->filter_count; k++) {
        bkti_span name = bkti_span_of(bkti_filter_column_id(reader->options.filter, k));
        if (bkti_span_equal(name, id)) {
            return (int32_t)k;
        }
        if (caseless < 0 && bkti_span_equal_caseless(name, id)) {
            caseless = (int32_t)k;
        }
    }
    return caseless;
}

bool bkti_filter_series_fact(bkt_reader *reader, const bkti_fact *fact) {
    int32_t k = bkti_filter_index(reader, fact->id);
    if (k < 0) {
        return true;
    }
    bkti_filter_state *state = &reader->filter_states[k];
    state->found = true;
    if (!bkti_filter_accepts_code(reader->options.filter, (uint32_t)k, fact->value)) {
        return false;
    }
    state->series_stamp = reader->rows->stamp;
    return true;
}

static bool accepts_period(const bkt_reader *reader, bkti_span text) {
    int32_t frequency;
    int64_t ordinal;
    return text.size > 0 &&
           bkt_period_parse(text.data, text.size, &frequency, &ordinal) == BKT_OK &&
           bkti_filter_accepts_period(reader->options.filter, frequency, ordinal);
}

bool bkti_filter_series_period(bkt_reader *reader, const bkti_fact *facts, uint32_t count) {
    reader->period_passed = false;
    for (uint32_t i = 0; reader->filters_periods && i < count; i++) {
        if (bkti_fact_is_time(reader, &facts[i])) {
            reader->period_found = true;
            reader->period_passed = accepts_period(reader, facts[i].value);
            return reader->period_passed;
        }
    }
    return true;
}

/* The code of a column that is the same for the whole series or data set; size 0 for none. */
static bkti_span common_code(const bkt_reader *reader, uint32_t k, bool in_series) {
    const bkti_rows *rows = reader->rows;
    for (size_t i = 0; i < rows->column_count; i++) {
        const bkti_reader_column *column = &rows->columns[i];
        if (column->filter != (int32_t)k || column->writer->kind == BKT_KIND_NUMBER) {
            continue;
        }
        int32_t code = in_series && column->stamp == rows->stamp && column->series_code >= 0
                           ? column->series_code
                           : column->base_code;
        if (code >= 0) {
            return bkti_dictionary_span(column->writer->dictionary, code);
        }
    }
    return (bkti_span){NULL, 0};
}

bool bkti_filter_series(bkt_reader *reader) {
    reader->filter_open = 0;
    for (uint32_t k = 0; k < reader->filter_count; k++) {
        bkti_filter_state *state = &reader->filter_states[k];
        if (state->series_stamp == reader->rows->stamp) {
            continue;
        }
        bkti_span code = common_code(reader, k, true);
        if (code.data == NULL) {
            reader->filter_open++;
            continue;
        }
        state->found = true;
        if (!bkti_filter_accepts_code(reader->options.filter, k, code)) {
            return false;
        }
        state->series_stamp = reader->rows->stamp;
    }
    return true;
}

static bool accepts_fact(bkt_reader *reader, const bkti_fact *fact) {
    int32_t k = fact->id.size == 0 ? -1 : bkti_filter_index(reader, fact->id);
    if (k < 0) {
        return true;
    }
    bkti_filter_state *state = &reader->filter_states[k];
    state->found = true;
    state->row_stamp = reader->row_stamp;
    return bkti_filter_accepts_code(reader->options.filter, (uint32_t)k, fact->value);
}

static bool accepts_codes(bkt_reader *reader, const bkti_observation *observation) {
    reader->row_stamp++;
    bool accepted = accepts_fact(reader, &observation->dimension);
    for (uint32_t i = 0; accepted && i < observation->count; i++) {
        accepted = accepts_fact(reader, &observation->facts[i]);
    }
    for (uint32_t i = 0; accepted && i < observation->attribute_count; i++) {
        accepted = accepts_fact(reader, &observation->attributes[i]);
    }
    for (uint32_t k = 0; accepted && k < reader->filter_count; k++) {
        bkti_filter_state *state = &reader->filter_states[k];
        bool in_series = !observation->flat && state->series_stamp == reader->rows->stamp;
        if (in_series || state->row_stamp == reader->row_stamp) {
            continue;
        }
        bkti_span code = common_code(reader, k, false);
        state->lacking = state->lacking || code.data == NULL;
        reader->row_lacks = code.data == NULL;
        state->found = state->found || code.data != NULL;
        accepted = code.data != NULL && bkti_filter_accepts_code(reader->options.filter, k, code);
    }
    return accepted;
}

static bool is_time_fact(const bkt_reader *reader, const bkti_fact *fact) {
    int64_t time = reader->rows->time;
    return time >= 0 && fact->id.size != 0 &&
           bkti_span_is(bkti_column_id(reader, fact->id), reader->rows->columns[time].writer->id);
}

static bool accepts_time(bkt_reader *reader, const bkti_observation *observation) {
    if (is_time_fact(reader, &observation->dimension)) {
        reader->period_found = true;
        return accepts_period(reader, observation->dimension.value);
    }
    for (uint32_t i = 0; i < observation->count; i++) {
        if (is_time_fact(reader, &observation->facts[i])) {
            reader->period_found = true;
            return accepts_period(reader, observation->facts[i].value);
        }
    }
    bool passed = !observation->flat && reader->period_passed;
    reader->period_lacking = reader->period_lacking || !passed;
    return passed;
}

bool bkti_filter_observation(bkt_reader *reader, const bkti_observation *observation) {
    reader->row_lacks = false;
    if (reader->filters_periods && !accepts_time(reader, observation)) {
        return false;
    }
    bool check = observation->flat ? reader->filter_count > 0 : reader->filter_open > 0;
    return !check || accepts_codes(reader, observation);
}

void bkti_filter_finish(bkt_reader *reader) {
    bkti_place place = {.source = bkti_source_name(reader->source), .dataset = reader->last->index};
    for (uint32_t k = 0; k < reader->filter_count; k++) {
        bkti_filter_state *state = &reader->filter_states[k];
        if (state->lacking && !state->found) {
            bkti_tell(
                reader->context, BKT_SEVERITY_WARNING, BKT_ERR_NO_COLUMN, &place,
                "the filter names '%s', which data set %u does not have: nothing of it passed",
                bkti_filter_column_id(reader->options.filter, k), (unsigned)reader->last->index);
        }
        *state = (bkti_filter_state){0};
    }
    if (reader->period_lacking && !reader->period_found) {
        bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_NO_COLUMN, &place,
                  "the filter names periods, but data set %u has none: nothing of it passed",
                  (unsigned)reader->last->index);
    }
    reader->period_lacking = false;
    reader->period_found = false;
}
