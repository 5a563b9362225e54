/* SPDX-License-Identifier: MIT */
/* Where each row came from, if it was asked for: source, data set and line as columns. A structure
 * may have components of these names; then the columns are called otherwise when they are shown,
 * and no fact ever goes to them. Without the flag nothing of this runs for a row. */
#include "bkti_reader_parts.h"

#include <stdio.h>

/* No component is called so: ids have no spaces. The first that is free is shown. */
static const struct {
    const char *own;
    const char *shown[2];
    int32_t kind;
} COLUMNS[BKTI_PROVENANCE_COLUMNS] = {
    {"SOURCE (provenance)", {"SOURCE", "SOURCE_"}, BKT_KIND_TEXT},
    {"DATASET (provenance)", {"DATASET", "DATASET_"}, BKT_KIND_TEXT},
    {"LINE (provenance)", {"LINE", "LINE_"}, BKT_KIND_NUMBER},
};

static bool is_wanted(const bkt_reader *reader) {
    return (reader->options.flags & BKT_READ_PROVENANCE) != 0;
}

static bkt_status add_columns(bkt_reader *reader) {
    bkti_rows *rows = reader->rows;
    bkt_status status = BKT_OK;
    for (int i = 0; status == BKT_OK && i < BKTI_PROVENANCE_COLUMNS; i++) {
        uint32_t column;
        status = bkti_rows_add_column(reader, bkti_span_of(COLUMNS[i].own), COLUMNS[i].kind,
                                      BKT_ROLE_PROVENANCE, BKT_LEVEL_NONE, false, &column);
        rows->provenance[i] = status == BKT_OK ? (int64_t)column : -1;
        if (status == BKT_OK) {
            bkti_table_writer_show(rows->writer, column, COLUMNS[i].own);
            bkti_table_writer_set_structure(rows->writer, column, NULL, UINT32_MAX);
        }
    }
    return status;
}

bkt_status bkti_provenance_open(bkt_reader *reader) {
    if (!is_wanted(reader)) {
        return BKT_OK;
    }
    bkti_rows *rows = reader->rows;
    bkt_status status = rows->provenance[0] < 0 ? add_columns(reader) : BKT_OK;
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)reader->last->index);
    const char *const texts[] = {bkti_source_name(reader->source), number};
    for (int i = 0; status == BKT_OK && i < 2; i++) {
        uint32_t column = (uint32_t)rows->provenance[i];
        int32_t code = -1;
        status = bkti_rows_code(reader, column, bkti_span_of(texts[i]), &code);
        rows->columns[column].base_code = code;
    }
    return status;
}

bkt_status bkti_provenance_row(bkt_reader *reader, int64_t row) {
    const bkti_rows *rows = reader->rows;
    uint64_t line =
        reader->waited_line > 0 ? reader->waited_line : bkti_message_line(reader->message);
    return bkti_column_put_number(rows->writer,
                                  rows->columns[rows->provenance[BKTI_PROVENANCE_LINE]].writer, row,
                                  (double)line);
}

void bkti_provenance_show(bkti_rows *rows) {
    for (int i = 0; i < BKTI_PROVENANCE_COLUMNS && rows->provenance[i] >= 0; i++) {
        const char *shown = COLUMNS[i].own;
        for (int name = 1; name >= 0; name--) {
            bool is_free =
                bkti_table_writer_find(rows->writer, bkti_span_of(COLUMNS[i].shown[name])) < 0;
            shown = is_free ? COLUMNS[i].shown[name] : shown;
        }
        bkti_table_writer_show(rows->writer, (uint32_t)rows->provenance[i], shown);
    }
}

void bkti_provenance_move(bkt_reader *reader, int64_t first, int64_t count, uint64_t lines) {
    const bkti_rows *rows = reader->rows;
    int64_t column = rows->provenance[BKTI_PROVENANCE_LINE];
    if (column >= 0) {
        double *numbers = rows->columns[column].writer->numbers;
        for (int64_t row = first; row < first + count; row++) {
            numbers[row] += (double)lines;
        }
    }
}

/* In the place of bkti_observation_repeated(), which knows nothing of lines. */
static bkt_status repeated(void *user, const bkti_repeat *repeat, bool *out_taken) {
    bkt_reader *reader = user;
    bkt_status status = bkti_observation_repeated(user, repeat, out_taken);
    return status == BKT_OK && *out_taken ? bkti_provenance_row(reader, reader->rows->count - 1)
                                          : status;
}

const bkti_message_listener *bkti_listener_of(bkt_reader *reader) {
    reader->listener = bkti_reader_listener;
    if (is_wanted(reader)) {
        reader->listener.repeat = repeated;
    }
    return &reader->listener;
}
