/* SPDX-License-Identifier: MIT */
/* Measures beside OBS_VALUE, which messages of 3.x and SDMX-CSV 2.0 may have. The message does not
 * tell them from attributes, so that it is assumed: a component of an observation is a measure if
 *
 * - its id is not one of SDMX's usual attributes (roles.c),
 * - no such attribute stands before it in the observation, since components come in the order of
 *   their structure, measures before attributes (a Comp, which has no place, is none), and
 * - the first value that comes of it is a number as it would be written: "12.5", not "012".
 *
 * In a flat observation it also must stand behind the value, or behind time where there is no
 * OBS_VALUE. No text gets lost: what later is no number is missing, and kept in the column ID_TEXT.
 */
#include "bkti_number.h"
#include "bkti_reader_parts.h"

/* So many digits a number keeps whatever they are. */
#define SURE_DIGITS 15

/* Whether the number says all that the text does. */
static bool is_faithful(bkti_span text) {
    size_t at = text.size > 0 && text.data[0] == '-';
    size_t digits = 0;
    bool is_padded = at + 1 < text.size && text.data[at] == '0' && text.data[at + 1] != '.' &&
                     text.data[at + 1] != 'e' && text.data[at + 1] != 'E';
    for (size_t i = at; i < text.size && text.data[i] != 'e' && text.data[i] != 'E'; i++) {
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    }
    return !is_padded && digits <= SURE_DIGITS && (text.size == 0 || text.data[0] != '+');
}

static bool is_number(bkti_span text) {
    double number;
    int kind = bkti_number_parse(text, &number);
    return kind == BKTI_NUMBER_NAN || (kind == BKTI_NUMBER_FINITE && is_faithful(text));
}

/* In a flat observation components behind time are no dimensions. */
static bool is_behind_key(const bkti_observation *told, const bkti_fact *facts, uint32_t index) {
    if (!told->flat) {
        return true;
    }
    if (told->value.value.data != NULL && index < told->before_value) {
        return false;
    }
    for (uint32_t i = 0; i < index; i++) {
        if (bkti_id_is_time(facts[i].id)) {
            return true;
        }
    }
    return false;
}

bool bkti_is_measure(const bkt_reader *reader, const bkti_fact *facts, uint32_t index,
                     int32_t level) {
    const bkti_observation *told = reader->told;
    if (told != NULL && told->measure_count > 0 && facts == told->attributes) {
        return level == BKT_LEVEL_OBSERVATION && index < told->measure_count &&
               !reader->last->deletes && is_number(facts[index].value);
    }
    if (level != BKT_LEVEL_OBSERVATION || !bkti_message_has_measures(reader->message) ||
        reader->last->deletes || bkti_id_is_time(facts[index].id) || told == NULL ||
        facts != told->facts) {
        return false;
    }
    for (uint32_t i = 0; i <= index; i++) {
        if (bkti_id_is_attribute(facts[i].id) &&
            (i == index || !bkti_id_is_doubtful(facts[i].id))) {
            return false;
        }
    }
    return is_number(facts[index].value) && is_behind_key(told, facts, index);
}

bkt_status bkti_measure_text_column(bkt_reader *reader, uint32_t measure, int32_t level,
                                    uint32_t *out_column) {
    bkti_rows *rows = reader->rows;
    bkti_text *id = &reader->period_text; /* scratch; the column copies it */
    bkti_text_clear(id);
    bkti_text_append_text(id, rows->columns[measure].writer->id);
    if (!bkti_text_append_text(id, "_TEXT")) {
        return bkti_no_memory(reader->context);
    }
    bkti_span span = {bkti_text_get(id), id->size};
    int64_t found = bkti_table_writer_find(rows->writer, span);
    if (found >= 0 && rows->columns[found].writer->kind == BKT_KIND_TEXT) {
        *out_column = (uint32_t)found;
        return BKT_OK;
    }
    return bkti_rows_add_column(reader, span, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, level, true,
                                out_column);
}

bkt_status bkti_measure_put(bkt_reader *reader, uint32_t column, int64_t row, bkti_span value) {
    bkti_rows *rows = reader->rows;
    bkti_column_writer *writer = rows->columns[column].writer;
    double number;
    int kind = bkti_number_parse(value, &number);
    bkt_status status;
    if (kind == BKTI_NUMBER_FINITE) {
        status = bkti_column_put_number(rows->writer, writer, row, number);
        if (is_faithful(value)) {
            return status;
        }
    } else {
        uint8_t reason = bkti_missing_reason(value, kind);
        status = bkti_column_put_missing(rows->writer, writer, row, reason);
        if (reason != BKT_MISSING_NOT_A_NUMBER) {
            return status;
        }
    }
    uint32_t text = 0;
    status = status == BKT_OK
                 ? bkti_measure_text_column(reader, column, BKT_LEVEL_OBSERVATION, &text)
                 : status;
    bkti_fact fact = {.id = bkti_span_of(status == BKT_OK ? rows->columns[text].writer->id : NULL),
                      .value = value};
    return status == BKT_OK ? bkti_put_fact(reader, text, row, &fact) : status;
}
