/* SPDX-License-Identifier: MIT */
/* An SDMX-CSV message from its first block to its last. */
#include "bkti_csv_message.h"

#include <bktrade/period.h>

#include "bkti_number.h"

static bkt_status tell(bkti_csv_message *csv, const char *name, const char *text) {
    return csv->message->listener->property(csv->message->user, name, bkti_span_of(text));
}

static bkt_status on_begin(void *user, bkti_span text, char *out_separator) {
    bkti_csv_message *csv = user;
    bkti_csv_start start = bkti_csv_read_start(text);
    if (start.version == 0) {
        return bkti_csv_fail(csv, 0, BKT_ERR_NOT_SDMX,
                             "the first column of SDMX-CSV, DATAFLOW or STRUCTURE, was expected");
    }
    csv->separator = start.separator;
    *out_separator = start.separator;
    csv->message->kind = BKT_MESSAGE_SDMX_CSV_DATA;
    csv->message->version = start.version;
    bkt_status status = tell(csv, "kind", bkt_message_kind_text(csv->message->kind));
    status = status == BKT_OK ? tell(csv, "version", start.version == 10 ? "1.0" : "2.0") : status;
    return status == BKT_OK ? tell(csv, "encoding", bkti_csv_encoding(csv->scanner)) : status;
}

static bkt_status on_row(void *user, const bkti_span *fields, uint32_t count) {
    return bkti_csv_take_row(user, fields, count);
}

bkt_status bkti_csv_message_new(bkti_message *message, const bkti_source *source,
                                bkti_csv_message **out_csv) {
    static const bkti_csv_handler handler = {on_begin, on_row};
    *out_csv = NULL;
    bkti_csv_message *csv = bkti_allocate_zeroed(message->memory, 1, sizeof *csv);
    if (csv == NULL) {
        return bkti_no_memory(message->context);
    }
    csv->message = message;
    for (int i = 0; i < BKTI_CSV_KEYS; i++) {
        bkti_text_init(&csv->key_texts[i], message->memory);
    }
    bkt_status status = bkti_csv_new(message->context, source, &handler, csv, &csv->scanner);
    if (status != BKT_OK) {
        bkti_csv_message_free(csv);
        return status;
    }
    bkti_csv_set_encoding(csv->scanner, message->csv_encoding);
    *out_csv = csv;
    return BKT_OK;
}

void bkti_csv_message_free(bkti_csv_message *csv) {
    if (csv == NULL) {
        return;
    }
    bkti_memory *memory = csv->message->memory;
    bkti_csv_free(csv->scanner);
    for (int i = 0; i < BKTI_CSV_KEYS; i++) {
        bkti_text_free(&csv->key_texts[i]);
    }
    bkti_csv_forget_names(csv);
    bkti_release(memory, csv->columns);
    bkti_release(memory, csv->lists);
    bkti_release(memory, csv);
}

/* The encoding shows late where ASCII lasts long. */
bkt_status bkti_csv_message_block(bkti_csv_message *csv, bkti_span block, bool last) {
    bkt_status status = bkti_csv_block(csv->scanner, block, last);
    if (status == BKT_OK && last) {
        status = tell(csv, "encoding", bkti_csv_encoding(csv->scanner));
        status = status == BKT_OK ? bkti_csv_finish_rows(csv) : status;
    }
    return status;
}

static bool is_number(bkti_span text) {
    double number;
    int kind = bkti_number_parse(text, &number);
    return kind == BKTI_NUMBER_FINITE || kind == BKTI_NUMBER_EMPTY || kind == BKTI_NUMBER_NAN;
}

static bool is_period(bkti_span text) {
    int32_t frequency;
    int64_t ordinal;
    return bkt_period_parse(text.data, text.size, &frequency, &ordinal) == BKT_OK;
}

/* Of a row at hand that of a value or period that is none, else its begin. */
void bkti_csv_message_row_place(const bkti_csv_message *csv, bkti_place *out_place) {
    bkti_csv_place(csv->scanner, out_place);
}

void bkti_csv_message_place(const bkti_csv_message *csv, bkti_place *out_place) {
    const bkti_span *fields = csv->fields;
    if (fields != NULL && csv->column_count > 0 && csv->value != BKTI_CSV_NONE &&
        !is_number(fields[csv->value])) {
        bkti_csv_field_place(csv->scanner, csv->value, out_place);
    } else if (fields != NULL && csv->column_count > 0 && csv->time != BKTI_CSV_NONE &&
               fields[csv->time].size > 0 && !is_period(fields[csv->time])) {
        bkti_csv_field_place(csv->scanner, csv->time, out_place);
    } else {
        bkti_csv_place(csv->scanner, out_place);
    }
}
