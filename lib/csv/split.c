/* SPDX-License-Identifier: MIT */
/* Text into rows. A row that lies in one block is told where it lies; one that the block's end cuts
 * is collected in the carry, and goes on there where it stopped. */
#include "bkti_csv_mark.h"
#include "bkti_csv_parts.h"

/* Two stretches of a row: what was carried, and what is at hand. */
typedef struct row_text {
    bkti_span parts[2];
} row_text;

static void place_of(const bkti_csv *csv, const row_text *text, size_t offset,
                     bkti_place *out_place) {
    uint64_t line_begin = 0;
    uint64_t before = 0;
    memset(out_place, 0, sizeof *out_place);
    out_place->source = bkti_source_name(csv->source);
    out_place->offset = csv->offset + offset;
    out_place->line = csv->line;
    for (size_t part = 0; part < 2; part++) {
        bkti_span bytes = text->parts[part];
        for (size_t i = 0; i < bytes.size && before + i < offset; i++) {
            if (bytes.data[i] == '\n') {
                out_place->line++;
                line_begin = before + i + 1;
            }
        }
        before += bytes.size;
    }
    out_place->column = offset - line_begin + 1;
}

void bkti_csv_place_in(const bkti_csv *csv, const char *row, size_t offset, bkti_place *out_place) {
    row_text text = {{{row, offset}, {NULL, 0}}};
    place_of(csv, &text, offset, out_place);
}

/* Looks for faults of the open field, which ends at an offset or goes on there. */
static bkt_status check_field(bkti_csv *csv, const row_text *text, size_t end) {
    bkti_csv_row *row = &csv->row;
    bkti_place place;
    if (row->closed != 0 && end > row->closed) {
        place_of(csv, text, row->closed, &place);
        csv->status = bkti_fail(csv->context, BKT_ERR_LAYOUT, &place,
                                "text follows the quotation mark that ends a field; a separator "
                                "'%c', the end of the line or a second quotation mark was expected",
                                csv->separator);
    } else if (end - row->field > csv->field_limit) {
        place_of(csv, text, row->field, &place);
        csv->status = bkti_fail(csv->context, BKT_ERR_LIMIT, &place,
                                "a field has more than %llu bytes (attribute_limit)%s",
                                (unsigned long long)csv->field_limit,
                                row->is_open ? "; is its quotation mark never closed?" : "");
    }
    return csv->status;
}

/* The open field ends before an offset. */
static bkt_status finish_field(bkti_csv *csv, const row_text *text, size_t end) {
    bkti_csv_row *row = &csv->row;
    if (row->count >= csv->field_count_limit) {
        bkti_place place;
        place_of(csv, text, row->field, &place);
        csv->status = bkti_fail(csv->context, BKT_ERR_LIMIT, &place,
                                "a row has more than %u fields (attribute_count_limit)",
                                (unsigned)csv->field_count_limit);
        return csv->status;
    }
    if (row->count == row->cell_capacity) {
        void *cells = row->cells;
        if (!bkti_grow(csv->memory, &cells, &row->cell_capacity, (size_t)row->count + 1,
                       sizeof *row->cells)) {
            return bkti_csv_fail_memory(csv);
        }
        row->cells = cells;
        row->plain_capacity = row->cell_capacity < csv->field_count_limit
                                  ? (uint32_t)row->cell_capacity
                                  : csv->field_count_limit;
    }
    size_t begin = row->field + row->is_quoted;
    size_t stop = row->is_quoted ? row->closed - 1 : end;
    row->cells[row->count++] = (bkti_csv_cell){begin, stop - begin, row->has_doubled};
    row->field = end + 1;
    row->closed = 0;
    row->is_quoted = false;
    row->has_doubled = false;
    return BKT_OK;
}

/* A quotation mark at an offset: opens a field, closes it, or is the second of two. */
static bkt_status take_quote(bkti_csv *csv, const row_text *text, size_t at) {
    bkti_csv_row *row = &csv->row;
    if (row->is_open) {
        row->is_open = false;
        row->closed = at + 1;
    } else if (row->closed == at && row->is_quoted) {
        row->is_open = true;
        row->has_doubled = true;
        row->closed = 0;
    } else if (at == row->field) {
        row->is_open = true;
        row->is_quoted = true;
    } else {
        bkti_place place;
        place_of(csv, text, at, &place);
        csv->status =
            bkti_fail(csv->context, BKT_ERR_LAYOUT, &place,
                      "a quotation mark stands in a field that does not begin with one; such a "
                      "field is to be put in quotation marks, and those in it doubled");
    }
    return csv->status;
}

/* Fields that had doubled quotation marks, with single ones. */
static bool unquote(bkti_csv *csv, const char *row) {
    bkti_text *to = &csv->unquoted;
    static const char slack[BKTI_CSV_SLACK];
    bkti_text_clear(to);
    for (uint32_t i = 0; i < csv->row.count; i++) {
        const bkti_csv_cell *cell = &csv->row.cells[i];
        if (!cell->has_doubled) {
            continue;
        }
        size_t before = to->size;
        for (size_t at = cell->begin; at < cell->begin + cell->size;) {
            size_t left = cell->begin + cell->size - at;
            const char *mark = memchr(row + at, '"', left);
            size_t part = mark == NULL ? left : (size_t)(mark - (row + at)) + 1;
            bkti_text_append(to, row + at, part);
            at += part + (mark != NULL);
        }
        csv->fields[i].size = to->size - before;
    }
    if (!bkti_text_append(to, slack, sizeof slack)) {
        return false;
    }
    const char *at = bkti_text_get(to);
    for (uint32_t i = 0; i < csv->row.count; i++) {
        if (csv->row.cells[i].has_doubled) {
            csv->fields[i].data = at;
            at += csv->fields[i].size;
        }
    }
    return true;
}

static bool make_fields(bkti_csv *csv, const char *row) {
    bool has_doubled = false;
    if (csv->row.count > csv->field_capacity) {
        void *fields = csv->fields;
        if (!bkti_grow(csv->memory, &fields, &csv->field_capacity, csv->row.count,
                       sizeof *csv->fields)) {
            return false;
        }
        csv->fields = fields;
    }
    for (uint32_t i = 0; i < csv->row.count; i++) {
        const bkti_csv_cell *cell = &csv->row.cells[i];
        csv->fields[i] = (bkti_span){row + cell->begin, cell->size};
        has_doubled = has_doubled || cell->has_doubled;
    }
    return !has_doubled || unquote(csv, row);
}

/* Behind a row, for the next. breaks: bytes that ended it. */
static void start_row(bkti_csv *csv, size_t size, size_t breaks) {
    bkti_csv_row *row = &csv->row;
    csv->offset += size + breaks;
    csv->line += breaks + row->new_lines;
    row->count = 0;
    row->field = 0;
    row->new_lines = 0;
    csv->carry.size = 0;
}

/* Tells the row, of whose bytes `size` are at hand; so many can be read from their begin on. */
static bkt_status tell_row(bkti_csv *csv, const char *text, size_t size, size_t readable) {
    static const char slack[BKTI_CSV_SLACK];
    bkti_text *carry = &csv->carry;
    const char *row = text;
    if (carry->size > 0 || readable - size < BKTI_CSV_SLACK) {
        bkti_text_append(carry, text, size);
        if (!bkti_text_append(carry, slack, sizeof slack)) {
            return bkti_csv_fail_memory(csv);
        }
        carry->size -= sizeof slack;
        row = carry->data;
    }
    if (!make_fields(csv, row)) {
        return bkti_csv_fail_memory(csv);
    }
    csv->told = row;
    csv->status = csv->handler.row(csv->user, csv->fields, csv->row.count);
    csv->told = NULL;
    return csv->status;
}

/* The row ends at an offset; an empty line is none. */
static bkt_status finish_row(bkti_csv *csv, const row_text *text, size_t end, size_t readable) {
    if (end == 0 || finish_field(csv, text, end) != BKT_OK) {
        return csv->status;
    }
    return tell_row(csv, text->parts[1].data, text->parts[1].size, readable);
}

/* A mark at an offset from the row's begin. *out_ended: the row is over. */
static bkt_status take_mark(bkti_csv *csv, const row_text *text, size_t at, char byte,
                            size_t readable, bool *out_ended) {
    if (check_field(csv, text, at) != BKT_OK) {
        return csv->status;
    }
    if (byte == '"') {
        return take_quote(csv, text, at);
    }
    if (csv->row.is_open) {
        csv->row.new_lines += byte == '\n';
        return BKT_OK;
    }
    if (byte == csv->separator) {
        return finish_field(csv, text, at);
    }
    *out_ended = true;
    return finish_row(csv, text, at, readable);
}

/* What is left of a text waits in the carry. */
static bkt_status keep(bkti_csv *csv, const row_text *text) {
    size_t end = text->parts[0].size + text->parts[1].size;
    if (check_field(csv, text, end) != BKT_OK) {
        return csv->status;
    }
    return bkti_text_append_span(&csv->carry, text->parts[1]) ? BKT_OK : bkti_csv_fail_memory(csv);
}

static row_text row_text_of(const bkti_csv *csv, const char *text, size_t size) {
    row_text result = {{{bkti_text_get(&csv->carry), csv->carry.size}, {text, size}}};
    return result;
}

/* What most marks are: a separator behind a field without quotation marks, for which there is room.
 * False: it is something else. */
static inline bool take_plain(bkti_csv_row *row, size_t at, uint64_t field_limit) {
    if (row->is_quoted || at - row->field > field_limit || row->count >= row->plain_capacity) {
        return false;
    }
    row->cells[row->count++] = (bkti_csv_cell){row->field, at - row->field, false};
    row->field = at + 1;
    return true;
}

bkt_status bkti_csv_split(bkti_csv *csv, const char *text, size_t size) {
    size_t begin = 0; /* of the row, as far as it is at hand */
    for (size_t base = 0; base < size; base += BKTI_CSV_STRIDE) {
        uint64_t marks = bkti_csv_marks_of(text + base, size - base, csv->separator);
        for (; marks != 0; marks &= marks - 1) {
            size_t at = base + bkti_csv_first_mark(marks);
            char byte = text[at];
            size_t carried = csv->carry.size;
            if (byte == csv->separator &&
                take_plain(&csv->row, carried + at - begin, csv->field_limit)) {
                csv->skips_line_feed = false;
                continue;
            }
            bool is_rest = byte == '\n' && csv->skips_line_feed && carried == 0 && at == begin;
            csv->skips_line_feed = false;
            if (is_rest) {
                csv->offset++;
                begin = at + 1;
                continue;
            }
            bool ended = false;
            row_text row = row_text_of(csv, text + begin, at - begin);
            if (take_mark(csv, &row, carried + at - begin, byte, size - begin, &ended) != BKT_OK) {
                return csv->status;
            }
            if (ended) {
                start_row(csv, carried + at - begin, 1);
                csv->skips_line_feed = byte == '\r';
                begin = at + 1;
            }
        }
    }
    row_text rest = row_text_of(csv, text + begin, size - begin);
    return begin < size ? keep(csv, &rest) : BKT_OK;
}

bkt_status bkti_csv_split_end(bkti_csv *csv) {
    row_text row = row_text_of(csv, "", 0);
    if (csv->row.is_open) {
        bkti_place place;
        place_of(csv, &row, csv->row.field, &place);
        csv->status = bkti_fail(csv->context, BKT_ERR_TRUNCATED, &place,
                                "the quotation mark that begins this field is never closed");
        return csv->status;
    }
    size_t size = csv->carry.size;
    if (finish_row(csv, &row, size, 0) != BKT_OK) {
        return csv->status;
    }
    start_row(csv, size, 0);
    return BKT_OK;
}
