/* SPDX-License-Identifier: MIT */
/* Where a row of a whole table stands in its file. Tables keep no places, which would cost as much
 * as the data; for the rare fault that shows only when all is read (a key that comes twice) the
 * file is read once more, batch by batch, up to the row. */
#include "bkti_reader_parts.h"

void bkti_row_watched(bkt_reader *reader) {
    int64_t row = reader->rows_before + reader->rows->handed + reader->rows->count - 1;
    if (row == reader->watched_row && reader->row_place->line == 0) {
        bkti_message_place(reader->message, reader->row_place);
    }
}

/* The context of a reading that nobody hears of. */
static bkt_status quiet_context(const bkt_reader *reader, bkt_context **out_context) {
    bkt_context_options options = *bkti_context_options(reader->context);
    options.log = NULL;
    options.progress = NULL;
    return bkt_context_new(&options, out_context);
}

static void look_for(bkt_reader *again, bkti_place *place) {
    const bkt_table *batch;
    bkt_status status = BKT_OK;
    while (status == BKT_OK && place->line == 0 &&
           (status = bkt_reader_next_dataset(again)) == BKT_OK) {
        while (status == BKT_OK && place->line == 0) {
            status = bkt_reader_next_batch(again, &batch);
        }
        status = status == BKT_END ? BKT_OK : status;
    }
}

bool bkti_row_place(const bkt_reader *reader, int64_t row, bkti_place *out_place) {
    bkt_context *context = NULL;
    bkt_reader *again = NULL;
    bkti_place place = {.line = 0};
    bkt_read_options options = reader->options;
    options.flags = 0;
    options.threads = 0;
    options.batch_rows = 0;
    options.member = reader->member;
    if (quiet_context(reader, &context) == BKT_OK &&
        bkti_reader_new(context, &options, &again) == BKT_OK) {
        again->watches = true;
        again->watched_row = row;
        again->row_place = &place;
        if (bkti_source_open_again(reader->source, context, &again->source) == BKT_OK) {
            look_for(again, &place);
        }
    }
    bkt_reader_free(again);
    bkt_context_free(context);
    out_place->dataset = place.dataset;
    out_place->offset = place.offset;
    out_place->line = place.line;
    out_place->column = place.column;
    return place.line != 0;
}
