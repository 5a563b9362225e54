/* SPDX-License-Identifier: MIT */
/* The room's face: the way of a block through decoding and splitting. */
#include "bkti_csv_parts.h"

bkt_status bkti_csv_new(bkt_context *context, const bkti_source *source,
                        const bkti_csv_handler *handler, void *user, bkti_csv **out_csv) {
    *out_csv = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_csv *csv = bkti_allocate_zeroed(memory, 1, sizeof *csv);
    if (csv == NULL) {
        return bkti_no_memory(context);
    }
    const bkt_context_options *options = bkti_context_options(context);
    csv->context = context;
    csv->memory = memory;
    csv->source = source;
    csv->handler = *handler;
    csv->user = user;
    csv->field_limit = options->attribute_limit;
    csv->field_count_limit = options->attribute_count_limit;
    csv->line = 1;
    bkti_encoding_init(&csv->encoding);
    bkti_text_init(&csv->head, memory);
    bkti_text_init(&csv->carry, memory);
    bkti_text_init(&csv->unquoted, memory);
    *out_csv = csv;
    return BKT_OK;
}

void bkti_csv_set_encoding(bkti_csv *csv, const char *name) {
    csv->named = name;
}

void bkti_csv_free(bkti_csv *csv) {
    if (csv == NULL) {
        return;
    }
    bkti_encoding_close(&csv->encoding);
    bkti_text_free(&csv->head);
    bkti_text_free(&csv->carry);
    bkti_text_free(&csv->unquoted);
    bkti_release(csv->memory, csv->room);
    bkti_release(csv->memory, csv->row.cells);
    bkti_release(csv->memory, csv->fields);
    bkti_release(csv->memory, csv);
}

bkt_status bkti_csv_fail_memory(bkti_csv *csv) {
    csv->status = bkti_no_memory(csv->context);
    return csv->status;
}

/* The handler says what separates fields when it has seen how the document begins. */
static bkt_status begin(bkti_csv *csv) {
    bkti_span head = {bkti_text_get(&csv->head), csv->head.size};
    csv->has_begun = true;
    csv->status = csv->handler.begin(csv->user, head, &csv->separator);
    return csv->status == BKT_OK ? bkti_csv_split(csv, head.data, head.size) : csv->status;
}

bkt_status bkti_csv_flush(bkti_csv *csv) {
    return csv->has_begun || csv->head.size == 0 ? BKT_OK : begin(csv);
}

bkt_status bkti_csv_take_text(bkti_csv *csv, const char *text, size_t size) {
    if (!csv->has_begun) {
        size_t wanted = BKTI_CSV_HEAD - csv->head.size;
        size_t part = size < wanted ? size : wanted;
        if (!bkti_text_append(&csv->head, text, part)) {
            return bkti_csv_fail_memory(csv);
        }
        text += part;
        size -= part;
        if (csv->head.size < BKTI_CSV_HEAD || begin(csv) != BKT_OK) {
            return csv->status;
        }
    }
    return bkti_csv_split(csv, text, size);
}

static bkt_status end(bkti_csv *csv) {
    if (!csv->has_begun && csv->head.size == 0) {
        bkti_place place = {.source = bkti_source_name(csv->source)};
        csv->status =
            bkti_fail(csv->context, BKT_ERR_EMPTY, &place, "there is no text in the document");
    } else if (bkti_csv_flush(csv) == BKT_OK) {
        bkti_csv_split_end(csv);
    }
    return csv->status;
}

bkt_status bkti_csv_block(bkti_csv *csv, bkti_span block, bool last) {
    if (csv->status != BKT_OK) {
        return csv->status;
    }
    if (bkti_csv_decode(csv, (const unsigned char *)block.data, block.size, last) != BKT_OK) {
        return csv->status;
    }
    return last ? end(csv) : BKT_OK;
}

void bkti_csv_place(const bkti_csv *csv, bkti_place *out_place) {
    if (csv->told != NULL) {
        bkti_csv_place_in(csv, csv->told, 0, out_place);
    } else if (csv->has_begun) {
        bkti_csv_place_in(csv, bkti_text_get(&csv->carry), csv->carry.size, out_place);
    } else {
        bkti_csv_place_in(csv, bkti_text_get(&csv->head), csv->head.size, out_place);
    }
}

void bkti_csv_field_place(const bkti_csv *csv, uint32_t field, bkti_place *out_place) {
    if (csv->told == NULL || field >= csv->row.count) {
        bkti_csv_place(csv, out_place);
        return;
    }
    bkti_csv_place_in(csv, csv->told, csv->row.cells[field].begin, out_place);
}

const char *bkti_csv_encoding(const bkti_csv *csv) {
    return csv->encoding.name;
}
