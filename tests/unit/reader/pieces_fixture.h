/* SPDX-License-Identifier: MIT */
/* Readings written down, so that those with one thread and with several can be compared. */
#ifndef PIECES_FIXTURE_H
#define PIECES_FIXTURE_H

#include <inttypes.h>
#include <stdarg.h>

#include "bkti_reader_parts.h"
#include "reader_fixture.h"

/* A text that grows. */
typedef struct note {
    char *data;
    size_t size;
    size_t capacity;
} note;

static inline void write_bytes(note *text, const char *data, size_t size) {
    while (text->size + size + 1 > text->capacity) {
        text->capacity = text->capacity * 2 + 4096;
        text->data = realloc(text->data, text->capacity);
        ck_assert_ptr_nonnull(text->data);
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static inline void
write_note(note *text, const char *format, ...) {
    char line[3000];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size < 0 || size >= (int)sizeof line) {
        ck_abort_msg("a line is too long");
    }
    write_bytes(text, line, (size_t)size);
}

static inline uint64_t hash_of(uint64_t hash, const void *data, size_t size) {
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* All of a column but its dictionary. */
static inline void write_column(note *text, const bkt_column *column) {
    int64_t rows = bkt_column_row_count(column);
    const int32_t *codes = bkt_column_codes_view(column);
    const double *numbers = bkt_column_numbers_view(column);
    uint64_t hash = 0;
    for (int64_t row = 0; row < rows; row++) {
        int32_t missing = bkt_column_missing_at(column, row);
        hash = hash_of(hash, &missing, sizeof missing);
        if (codes != NULL) {
            hash = hash_of(hash, &codes[row], sizeof codes[row]);
        } else if (missing == 0) {
            hash = hash_of(hash, &numbers[row], sizeof numbers[row]);
        }
    }
    write_note(text,
               "column %s kind %d role %d assumed %d level %d rows %" PRId64 " null %" PRId64
               " cells %" PRIx64 "\n",
               bkt_column_id(column), bkt_column_kind(column), bkt_column_role(column),
               bkt_column_role_assumed(column), bkt_column_level(column), rows,
               bkt_column_null_count(column), hash);
}

/* Periods with what they were taken for. */
static inline void write_dictionary(note *text, const bkt_column *column) {
    int32_t count = bkt_column_dictionary_count(column);
    for (int32_t code = 0; code < count; code++) {
        int32_t frequency = 0;
        int64_t ordinal = 0;
        if (bkt_column_kind(column) == BKT_KIND_PERIOD) {
            bkt_column_dictionary_period(column, code, &frequency, &ordinal);
        }
        write_note(text, "  %.1000s %d %" PRId64 "\n", bkt_column_dictionary_text(column, code),
                   frequency, ordinal);
    }
}

static inline void write_table(note *text, const bkt_table *table, bool dictionaries) {
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        /* A column without a value may be in a batch earlier or later: see `threads`. */
        if (!dictionaries && bkt_column_null_count(column) == bkt_column_row_count(column)) {
            continue;
        }
        write_column(text, column);
        if (dictionaries) {
            write_dictionary(text, column);
        }
    }
    for (uint32_t i = 0; i < bkt_table_property_count(table); i++) {
        const char *name = bkt_table_property_name_at(table, i);
        write_note(text, "property %s %s\n", name, bkt_table_property(table, name));
    }
}

static inline void write_diagnostics(note *text, const bkt_context *context) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        write_note(text,
                   "diagnostic %d %d: %.1500s; offset %" PRIu64 " line %" PRIu64 " column %" PRIu64
                   " data set %u series %s period %s repeats %" PRIu64 "\n",
                   bkt_diagnostic_severity(each), bkt_diagnostic_status(each),
                   bkt_diagnostic_line_text(each), bkt_diagnostic_offset(each),
                   bkt_diagnostic_line(each), bkt_diagnostic_column(each),
                   bkt_diagnostic_dataset(each), bkt_diagnostic_series(each),
                   bkt_diagnostic_period(each), bkt_diagnostic_repeats(each));
    }
}

/* What the reader says of itself. */
static inline void write_reader(note *text, const bkt_reader *reader) {
    static const char *const names[] = {"kind",     "version", "encoding",  "id",     "sender",
                                        "prepared", "footer",  "structure", "action", "namespace"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = bkt_reader_property(reader, names[i]);
        write_note(text, "%s: %.2000s\n", names[i], value == NULL ? "-" : value);
    }
    write_note(text,
               "kind %d data sets %u observations %" PRIu64 " series %" PRIu64 " groups %" PRIu64
               "\n",
               bkt_reader_message_kind(reader), bkt_reader_dataset_count(reader),
               bkt_reader_observation_count(reader), bkt_reader_series_count(reader),
               bkt_reader_group_count(reader));
}

/* How something is read. */
typedef struct way {
    uint32_t threads;
    uint32_t flags;
    uint32_t batch_rows; /* 0: one table */
    uint64_t piece_size;
    const bkt_filter *filter;
    const bkt_structure *structure;
    const char *path; /* NULL: from memory */
    uint64_t taken_over;
} way;

static inline void read_whole(note *text, bkt_reader *reader) {
    bkt_table *table;
    bkt_status status = bkt_table_read_reader(reader, &table);
    write_note(text, "status %d\n", (int)status);
    if (table != NULL) {
        write_table(text, table, true);
        bkt_table_free(table);
    }
}

/* The dictionaries of a batch may run ahead of it: those of the last one have everything. */
static inline void read_batches(note *text, bkt_reader *reader) {
    bkt_status status;
    while ((status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        const bkt_table *batch;
        note last = {0};
        while ((status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            write_table(text, batch, false);
            last.size = 0;
            write_table(&last, batch, true);
        }
        write_note(text, "status %d\n", (int)status);
        if (last.size > 0 && status == BKT_END) {
            write_bytes(text, last.data, last.size);
        }
        free(last.data);
    }
    write_note(text, "status %d\n", (int)status);
}

/* Reads a document in a way, in a context of its own; what came of it, to be freed. */
static inline char *read_in(const char *data, size_t size, way *how, bkt_context *context) {
    bkt_read_options options = read_options(how->flags);
    options.threads = how->threads;
    options.batch_rows = how->batch_rows;
    options.filter = how->filter;
    options.structure = how->structure;
    options.source_name = "message";
    bkt_reader *reader;
    bkt_status status = how->path == NULL
                            ? bkt_reader_open_memory(context, data, size, &options, &reader)
                            : bkt_reader_open_path(context, how->path, &options, &reader);
    ck_assert_int_eq(status, BKT_OK);
    reader->piece_size = how->piece_size == 0 ? reader->piece_size : how->piece_size;
    note text = {0};
    if (how->batch_rows == 0) {
        read_whole(&text, reader);
    } else {
        read_batches(&text, reader);
    }
    write_reader(&text, reader);
    write_diagnostics(&text, context);
    how->taken_over = reader->taken_over;
    bkt_reader_free(reader);
    return text.data;
}

/* Where two texts differ, with some lines before. */
static inline void assert_same_note(const char *expected, const char *got, const char *what) {
    size_t at = 0;
    while (expected[at] != '\0' && expected[at] == got[at]) {
        at++;
    }
    if (expected[at] != got[at]) {
        size_t begin = at > 300 ? at - 300 : 0;
        ck_abort_msg("%s:\n%.600s\n--- but ---\n%.600s", what, expected + begin, got + begin);
    }
}

/* Without the fast scanner one thread reads alone. */
static inline void assert_taken_over(uint64_t taken_over, uint64_t least) {
#if defined(BKTI_NO_FAST_SCANNER)
    (void)least;
    ck_assert_uint_eq(taken_over, 0);
#else
    ck_assert_uint_gt(taken_over, least);
#endif
}

/* Reads with one thread and with several: the same must come. Pieces that were taken over. */
static inline uint64_t compare_threads(const char *data, size_t size, way how, const char *what) {
    static const uint32_t threads[] = {2, 4};
    uint64_t taken_over = 0;
    how.threads = 1;
    bkt_context *context = new_context();
    char *expected = read_in(data, size, &how, context);
    bkt_context_free(context);
    ck_assert_uint_eq(how.taken_over, 0);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        how.threads = threads[i];
        context = new_context();
        char *got = read_in(data, size, &how, context);
        bkt_context_free(context);
        char title[TEXT_SIZE];
        snprintf(title, sizeof title, "%.700s, %u threads, pieces of %" PRIu64 ", batches of %u",
                 what, threads[i], how.piece_size, how.batch_rows);
        assert_same_note(expected, got, title);
        free(got);
        taken_over += how.taken_over;
    }
    free(expected);
    return taken_over;
}

#endif
