/* SPDX-License-Identifier: MIT */
/* Reading whole: all data sets in one table. */
#include "bkti_reader_parts.h"

#include <stdio.h>

static const char *const joined_names[] = {"structure", "dataflow", "sender", "source"};

/* Adds a text to a list "a; b" unless it is there. */
static bool join(bkt_reader *reader, size_t list, const char *text) {
    bkti_dictionary **seen = &reader->joined_texts[list];
    if (text == NULL || text[0] == '\0') {
        return true;
    }
    if (*seen == NULL) {
        *seen = bkti_dictionary_new(reader->memory);
    }
    int32_t count = bkti_dictionary_count(*seen);
    int32_t code = *seen == NULL ? -1 : bkti_dictionary_add(*seen, bkti_span_of(text));
    if (code < count) {
        return code >= 0;
    }
    bkti_text_append_text(&reader->joined[list], count > 0 ? "; " : "");
    return bkti_text_append_text(&reader->joined[list], text);
}

bkt_status bkti_whole_describe(bkt_reader *reader, const bkti_reader_dataset *dataset) {
    bool done = join(reader, 0, dataset->properties[BKTI_DATASET_STRUCTURE]) &&
                join(reader, 1, dataset->properties[BKTI_DATASET_DATAFLOW]) &&
                join(reader, 2, bkti_named_text_find(reader, "sender")) &&
                join(reader, 3, bkti_source_name(reader->source));
    return done ? BKT_OK : bkti_no_memory(reader->context);
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool differ(const bkti_reader_dataset *a, const bkti_reader_dataset *b) {
    static const int compared[] = {BKTI_DATASET_STRUCTURE, BKTI_DATASET_DATAFLOW,
                                   BKTI_DATASET_NAMESPACE, BKTI_DATASET_ACTION};
    for (size_t i = 0; i < sizeof compared / sizeof *compared; i++) {
        if (!same_text(a->properties[compared[i]], b->properties[compared[i]])) {
            return true;
        }
    }
    return false;
}

static bool needs_provenance(const bkt_reader *reader) {
    for (const bkti_reader_dataset *each = reader->first; each != NULL; each = each->next) {
        if (differ(reader->first, each) || each->deletes) {
            return true;
        }
    }
    return false;
}

static bkt_status add_provenance_column(bkt_reader *reader, const char *id, bool actions) {
    bkti_rows *rows = reader->rows;
    if (bkti_table_writer_find(rows->writer, bkti_span_of(id)) >= 0) {
        return BKT_OK; /* a structure has a component of that name: that goes before */
    }
    uint32_t column;
    bkt_status status = bkti_rows_add_column(reader, bkti_span_of(id), BKT_KIND_TEXT,
                                             BKT_ROLE_PROVENANCE, BKT_LEVEL_NONE, false, &column);
    int64_t first = 0;
    for (const bkti_reader_dataset *each = reader->first; status == BKT_OK && each != NULL;
         each = each->next) {
        char number[16];
        snprintf(number, sizeof number, "%u", (unsigned)each->index);
        const char *text = actions ? each->properties[BKTI_DATASET_ACTION] : number;
        int32_t code = -1;
        status = text == NULL ? BKT_OK : bkti_rows_code(reader, column, bkti_span_of(text), &code);
        status = status == BKT_OK
                     ? bkti_column_fill_code(rows->writer, rows->columns[column].writer, first,
                                             each->end_row, code)
                     : status;
        first = each->end_row;
    }
    return status;
}

static bkt_status describe(bkt_reader *reader) {
    bkti_table_writer *writer = reader->whole_rows->writer;
    bkt_status status = bkti_dataset_describe(reader, reader->first, writer);
    /* What differs between the data sets is no property of the table. */
    for (int i = 0; i < BKTI_DATASET_PROPERTY_COUNT; i++) {
        bool differs = false;
        for (const bkti_reader_dataset *each = reader->first; each != NULL; each = each->next) {
            differs = differs || !same_text(each->properties[i], reader->first->properties[i]);
        }
        if (differs && status == BKT_OK) {
            status = bkti_table_writer_set_property(writer, bkti_dataset_property_names[i],
                                                    (bkti_span){NULL, 0});
        }
    }
    for (size_t i = 0; i < sizeof joined_names / sizeof *joined_names; i++) {
        const bkti_text *list = &reader->joined[i];
        if (list->size > 0 && status == BKT_OK) {
            status = bkti_table_writer_set_property(writer, joined_names[i], bkti_text_span(list));
        }
    }
    return status;
}

/* The key of a row, time included, as a text for people. */
static void write_row_key(const bkt_table *table, int64_t row, bkti_text *text) {
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        int32_t role = bkt_column_role(column);
        if (role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME) {
            const char *code = bkt_column_text_at(column, row);
            bkti_text_append_text(text, text->size > 0 ? "." : "");
            bkti_text_append_text(text, code == NULL ? "" : code);
        }
    }
}

static bkt_status check_duplicates(bkt_reader *reader, const bkt_table *table) {
    int64_t count = 0;
    int64_t row = -1;
    int64_t earlier = -1;
    bkt_status status = bkt_table_count_duplicates(reader->context, table, &count, &row, &earlier);
    if (status != BKT_OK || count == 0) {
        return status;
    }
    bkti_text_clear(&reader->key_text);
    write_row_key(table, row, &reader->key_text);
    bkti_place place = {.source = bkti_text_get(&reader->joined[3])};
    bkti_row_place(reader, row, &place);
    const char *format = "%lld rows repeat the key of an earlier row; the first: row %lld has the "
                         "key %.500s of row %lld (rows counted from 1)";
    if ((reader->options.flags & BKT_READ_STRICT) != 0) {
        return bkti_fail(reader->context, BKT_ERR_DUPLICATE, &place, format, (long long)count,
                         (long long)row + 1, bkti_text_get(&reader->key_text),
                         (long long)earlier + 1);
    }
    bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_DUPLICATE, &place, format,
              (long long)count, (long long)row + 1, bkti_text_get(&reader->key_text),
              (long long)earlier + 1);
    return BKT_OK;
}

bkt_status bkti_whole_finish(bkt_reader *reader, bkt_table **out_table) {
    reader->rows = reader->whole_rows;
    reader->components = NULL; /* what is added now is no component */
    bkt_status status = BKT_OK;
    if (needs_provenance(reader)) {
        if ((reader->options.flags & BKT_READ_PROVENANCE) == 0) {
            status = add_provenance_column(reader, "DATASET", false);
        }
        status = status == BKT_OK ? add_provenance_column(reader, "ACTION", true) : status;
    }
    status = status == BKT_OK ? describe(reader) : status;
    status = status == BKT_OK ? bkti_names_show(reader, reader->whole_rows) : status;
    if (status != BKT_OK) {
        return status;
    }
    bkti_provenance_show(reader->whole_rows);
    bkti_table_writer *writer = reader->whole_rows->writer;
    reader->whole_rows->writer = NULL;
    status = bkti_table_writer_finish(writer, reader->whole_rows->count, out_table);
    if (status == BKT_OK && (reader->options.flags & BKT_READ_CHECK_DUPLICATES) != 0) {
        status = check_duplicates(reader, *out_table);
        if (status != BKT_OK) {
            bkt_table_free(*out_table);
            *out_table = NULL;
        }
    }
    return status;
}
