/* SPDX-License-Identifier: MIT */
/* Faults of the data, with the place where they stand. */
#include "bkti_reader_parts.h"

#include <stdarg.h>
#include <stdio.h>

#include "bkti_number.h"

/* So many faults get a place; of further ones only the number counts, and places cost time. */
#define PLACED_FAULTS 200

/* The codes of the key, without time, joined by ".". */
static void write_key(bkt_reader *reader, int64_t row) {
    const bkti_rows *rows = reader->rows;
    bkti_text_clear(&reader->key_text);
    bkti_text_clear(&reader->period_text);
    for (size_t i = 0; i < rows->column_count; i++) {
        const bkti_reader_column *column = &rows->columns[i];
        if (!column->key) {
            continue;
        }
        int32_t code = bkti_rows_code_at(reader, (uint32_t)i, row);
        bkti_span text = bkti_dictionary_span(column->writer->dictionary, code);
        if ((int64_t)i == rows->time) {
            bkti_text_append_span(&reader->period_text, text);
            continue;
        }
        if (reader->key_text.size > 0) {
            bkti_text_append_text(&reader->key_text, ".");
        }
        bkti_text_append_span(&reader->key_text, text);
    }
}

void bkti_reader_place(bkt_reader *reader, int64_t row, bkti_place *out_place) {
    bkti_message_place(reader->message, out_place);
    if (reader->rows == NULL || reader->fault_count > PLACED_FAULTS) {
        return;
    }
    /* Outside a row: the key as far as the series has it. */
    int64_t next = reader->rows->count - reader->row_open;
    write_key(reader, row < 0 ? next : row);
    out_place->series = bkti_text_get(&reader->key_text);
    out_place->period = bkti_text_get(&reader->period_text);
}

bkt_status bkti_data_fault(bkt_reader *reader, bkt_status status, int64_t row, const char *format,
                           ...) {
    char sentence[700];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    reader->fault_count++;
    bkti_place place = {0};
    if (reader->fault_count <= PLACED_FAULTS) {
        bkti_reader_place(reader, row, &place);
    }
    if ((reader->options.flags & BKT_READ_STRICT) != 0) {
        bkti_reader_place(reader, row, &place);
        return bkti_fail(reader->context, status, &place, "%s", sentence);
    }
    bkti_tell(reader->context, BKT_SEVERITY_WARNING, status, &place, "%s", sentence);
    return BKT_OK;
}

/* Texts of the file are shown shortened, cut before a UTF-8 sequence's middle. */
static int shown_size(bkti_span text) {
    size_t size = text.size < 100 ? text.size : 100;
    while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xC0) == 0x80) {
        size--;
    }
    return (int)size;
}

bkt_status bkti_value_fault(bkt_reader *reader, int64_t row, bkti_span value, int number_kind) {
    static const char *const hints[] = {
        [BKTI_NUMBER_INFINITE] = "is infinite; a finite number was expected",
        [BKTI_NUMBER_OVERFLOW] = "is too large for a number",
        [BKTI_NUMBER_COMMA] = "is no number (a decimal comma? SDMX wants a point)",
        [BKTI_NUMBER_OTHER] = "is no number; digits with a decimal point were expected",
    };
    return bkti_data_fault(reader, BKT_ERR_VALUE, row, "the value '%.*s' %s", shown_size(value),
                           value.data, hints[number_kind]);
}

bkt_status bkti_period_fault(bkt_reader *reader, bkti_span value) {
    return bkti_data_fault(reader, BKT_ERR_PERIOD, -1,
                           "'%.*s' is no period that SDMX and the calendar have, such as 2012, "
                           "2012-Q3, 2012-07 or 2012-W31",
                           shown_size(value), value.data);
}

bkt_status bkti_repeated_fault(bkt_reader *reader, int64_t row, const bkti_fact *fact) {
    return bkti_data_fault(reader, BKT_ERR_REPEATED_COMPONENT, row,
                           "%.*s comes twice here; the first value is kept, '%.*s' is not",
                           shown_size(fact->id), fact->id.data, shown_size(fact->value),
                           fact->value.data == NULL ? "" : fact->value.data);
}
