/* SPDX-License-Identifier: MIT */
/* Every data message of the corpus (BKT_CORPUS), written in every format and read back: the same
 * rows. What is written as generic 2.1 is valid by the official schemas (BKT_SCHEMAS). */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bktrade/bktrade.h>

#include "manifest.h"
#include "run_suite.h"

#define COLUMN_LIMIT 200

static char folder[200];

/* Small, so that series and data sets go on over many batches. */
#define BATCH_ROWS 13

enum { CSV = 1, NO_ACTIONS = 2 };

static const struct format {
    const char *name;
    int32_t format;
    uint32_t flags;
    int traits;
} formats[] = {
    {"ml21", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0, 0},
    {"ml21-flat", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT, 0},
    {"ml30", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0, 0},
    {"ml30-flat", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_FLAT | BKT_WRITE_GZIP, 0},
    {"generic", BKT_FORMAT_GENERIC_2_1, 0, 0},
    {"generic-flat", BKT_FORMAT_GENERIC_2_1, BKT_WRITE_FLAT, 0},
    {"sdmx-csv", BKT_FORMAT_SDMX_CSV_2, 0, CSV},
    {"sdmx-csv-1", BKT_FORMAT_SDMX_CSV_1, 0, CSV | NO_ACTIONS},
};
#define FORMATS (sizeof formats / sizeof *formats)

/* What a format can't carry, and why. */
static const struct exception {
    const char *path;
    int traits; /* of the formats that can't; 0: none can */
    const char *why;
} exceptions[] = {
    {"2.1-GenericData/two_actions_delete_after.xml", NO_ACTIONS,
     "it deletes, which SDMX-CSV 1.0 can't say"},
    {"2.1-GenericData/two_actions_delete_first.xml", NO_ACTIONS, "as above"},
};

static bool is_excepted(const char *path, const struct format *format) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (strcmp(exceptions[i].path, path) == 0 &&
            (exceptions[i].traits == 0 || (exceptions[i].traits & format->traits) != 0)) {
            return true;
        }
    }
    return false;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* CSV has no difference between an empty field and none. */
static bool same_cell(const bkt_column *a, const bkt_column *b, int64_t row, bool csv) {
    const char *text = bkt_column_text_at(a, row);
    int32_t reason = bkt_column_missing_at(a, row);
    if (bkt_column_kind(a) != BKT_KIND_NUMBER) {
        text = csv && text != NULL && text[0] == '\0' ? NULL : text;
        return same_text(text, bkt_column_text_at(b, row));
    }
    double x = 0;
    double y = 0;
    int32_t other = bkt_column_missing_at(b, row);
    bkt_column_number_at(a, row, &x);
    bkt_column_number_at(b, row, &y);
    reason = csv && reason == BKT_MISSING_EMPTY ? BKT_MISSING_ABSENT : reason;
    return reason == other && (reason != BKT_MISSING_NOT || memcmp(&x, &y, sizeof x) == 0);
}

static bool differs(const char *path, const struct format *format, const char *what,
                    const char *column, int64_t row) {
    const char *name = strrchr(path, '/');
    fprintf(stderr, "# %s as %s: %s, column %s, row %lld\n", name == NULL ? path : name + 1,
            format->name, what, column, (long long)row);
    return false;
}

/* The time dimension is called TIME_PERIOD since 2.1. */
static const bkt_column *counterpart(const bkt_table *of, const bkt_column *column,
                                     const bkt_table *from) {
    const char *id = bkt_column_id(column);
    bool renamed = bkt_column_role(column) == BKT_ROLE_TIME &&
                   bkt_table_column_find(from, "TIME_PERIOD") == NULL;
    return bkt_table_column_find(of, renamed ? "TIME_PERIOD" : id);
}

static bool same_tables(const char *path, const struct format *format, const bkt_table *read,
                        const bkt_table *back) {
    if (bkt_table_row_count(read) != bkt_table_row_count(back)) {
        return differs(path, format, "another number of rows", "-", bkt_table_row_count(back));
    }
    for (uint32_t i = 0; i < bkt_table_column_count(read); i++) {
        const bkt_column *column = bkt_table_column_at(read, i);
        const bkt_column *other = counterpart(back, column, read);
        bool empty = bkt_column_null_count(column) == bkt_table_row_count(read);
        if (bkt_column_role(column) == BKT_ROLE_PROVENANCE || (other == NULL && empty)) {
            continue;
        }
        if (other == NULL) {
            return differs(path, format, "the column is gone", bkt_column_id(column), 0);
        }
        for (int64_t row = 0; row < bkt_table_row_count(read); row++) {
            if (!same_cell(column, other, row, (format->traits & CSV) != 0)) {
                return differs(path, format, "the cell differs", bkt_column_id(column), row);
            }
        }
    }
    for (uint32_t i = 0; i < bkt_table_column_count(back); i++) {
        const bkt_column *column = bkt_table_column_at(back, i);
        bool empty = bkt_column_null_count(column) == bkt_table_row_count(back);
        bool time = strcmp(bkt_column_id(column), "TIME_PERIOD") == 0;
        if (!empty && !time && bkt_column_role(column) != BKT_ROLE_PROVENANCE &&
            bkt_table_column_find(read, bkt_column_id(column)) == NULL) {
            return differs(path, format, "the column is new", bkt_column_id(column), 0);
        }
    }
    return true;
}

static void describe(const bkt_reader *reader, bkt_dataset_options *set) {
    ck_assert_int_eq(bkt_dataset_options_init(set, sizeof *set), BKT_OK);
    set->structure = bkt_reader_property(reader, "structure");
    set->dataflow = bkt_reader_property(reader, "dataflow");
    set->action = bkt_reader_property(reader, "action");
    set->dataset_id = bkt_reader_property(reader, "dataset_id");
}

static bkt_status take(bkt_context *context, const char *path, bkt_writer *writer, bool announces) {
    bkt_reader *reader;
    bkt_read_options options;
    ck_assert_int_eq(bkt_read_options_init(&options, sizeof options), BKT_OK);
    options.batch_rows = BATCH_ROWS;
    bkt_status status = bkt_reader_open_path(context, path, &options, &reader);
    while (status == BKT_OK && (status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        bkt_dataset_options set;
        describe(reader, &set);
        status = announces ? BKT_OK : bkt_writer_begin_dataset(writer, &set);
        const bkt_table *batch;
        bool is_empty = true;
        while (status == BKT_OK && (status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            is_empty = false;
            describe(reader, &set);
            status = announces ? bkt_writer_announce(writer, &set, batch)
                               : bkt_writer_write(writer, batch);
        }
        status = status == BKT_END ? BKT_OK : status;
        status = status == BKT_OK && announces && is_empty ? bkt_writer_announce(writer, &set, NULL)
                                                           : status;
    }
    bkt_reader_free(reader);
    return status == BKT_END ? BKT_OK : status;
}

/* What the schemas refuse is in the messages themselves. */
static bool can_be_valid(const char *path) {
    static const struct {
        const char *name;
        const char *why;
    } invalid[] = {
        {"/CDS.xml", "ids that begin with '_'"},
        {"/DataXMLDataOnly.xml", "series without any key"},
        {"/sdmx.1.xml", "ids with '.' in them"},
        {"/xml_3.0_dataset_flat.xml", "observations without any key"},
    };
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        if (strstr(path, invalid[i].name) != NULL) {
            return false;
        }
    }
    return true;
}

static void save(const char *path, const struct format *format, const char *bytes, size_t size) {
    if (format->format != BKT_FORMAT_GENERIC_2_1 || !can_be_valid(path)) {
        return;
    }
    char name[400];
    const char *base = strrchr(path, '/');
    snprintf(name, sizeof name, "%s/%s-%.100s.xml", folder, format->name, base + 1);
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

static bool check_format(const char *path, const bkt_table *read, const struct format *format) {
    bkt_context *context;
    bkt_writer *writer;
    bkt_write_options options;
    bkt_table *back = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = format->format;
    options.flags = format->flags;
    options.prepared = "2026-01-01T00:00:00Z";
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    bkt_status status = take(context, path, writer, true);
    status = status == BKT_OK ? take(context, path, writer, false) : status;
    status = status == BKT_OK ? bkt_writer_finish(writer) : status;
    size_t size;
    const char *bytes = bkt_writer_bytes_view(writer, &size);
    if (status == BKT_OK) {
        status = bkt_table_read_memory(context, bytes, size, NULL, &back);
        save(path, format, bytes, size);
    }
    bool right = status == BKT_OK && same_tables(path, format, read, back);
    if (status != BKT_OK) {
        differs(path, format, bkt_context_error_text(context), "-", 0);
    }
    bkt_table_free(back);
    bkt_writer_free(writer);
    bkt_context_free(context);
    return right;
}

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

static int32_t keep(const void *data, size_t size, void *user) {
    bytes *to = user;
    to->data = realloc(to->data, to->size + size);
    ck_assert_ptr_nonnull(to->data);
    memcpy(to->data + to->size, data, size);
    to->size += size;
    return 0;
}

/* In 3.0, what stands in an element of its own and has numbers is taken for a measure. */
static bool has_numbers(const bkt_column *column) {
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        if (strchr("+-.0123456789N", bkt_column_dictionary_text(column, code)[0]) != NULL) {
            return true;
        }
    }
    return false;
}

/* The table at once; if it is of several structures it may not say which rows are of which. */
static bool check_whole(const char *path, const bkt_table *read, const struct format *format) {
    bkt_context *context;
    bkt_write_options options;
    bkt_table *back = NULL;
    bytes written = {NULL, 0};
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = format->format;
    options.flags = format->flags;
    /* Whatever may be a list in 3.0, as one; not statuses, which say why a number is missing and
     * are looked for where the number is. */
    const char *lists[COLUMN_LIMIT];
    for (uint32_t i = 0; i < bkt_table_column_count(read); i++) {
        const bkt_column *column = bkt_table_column_at(read, i);
        const char *id = bkt_column_id(column);
        bool status_like = strncmp(id, "OBS_", 4) == 0 || strncmp(id, "CONF", 4) == 0;
        if (bkt_column_role(column) == BKT_ROLE_ATTRIBUTE && !status_like && !has_numbers(column) &&
            options.list_count < COLUMN_LIMIT) {
            lists[options.list_count++] = id;
        }
    }
    options.lists = options.list_count > 0 ? lists : NULL;
    bkt_status status = bkt_table_write(context, read, &options, keep, &written);
    bool right = status == BKT_ERR_AMBIGUOUS && bkt_table_column_find(read, "DATASET") != NULL;
    if (status == BKT_OK) {
        status = bkt_table_read_memory(context, written.data, written.size, NULL, &back);
        right = status == BKT_OK && same_tables(path, format, read, back);
    }
    if (!right && status != BKT_OK) {
        differs(path, format, bkt_context_error_text(context), "-", 0);
    }
    free(written.data);
    bkt_table_free(back);
    bkt_context_free(context);
    return right;
}

START_TEST(what_is_written_reads_back_to_the_same_rows) {
    int wrong = 0;
    int messages = 0;
    int compared = 0;
    for (int i = 0; i < row_count; i++) {
        if (is_same_file(i)) {
            continue;
        }
        const char *path = file_of(i);
        bkt_context *context;
        bkt_table *read;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        bkt_status status = bkt_table_read(context, path, NULL, &read);
        messages += status == BKT_OK;
        for (size_t f = 0; status == BKT_OK && f < FORMATS; f++) {
            if (!is_excepted(rows[i].cells[CELL_PATH], &formats[f])) {
                compared++;
                wrong += !check_format(path, read, &formats[f]);
                wrong += !check_whole(path, read, &formats[f]);
            }
        }
        bkt_table_free(read);
        bkt_context_free(context);
    }
    fprintf(stderr, "# %d messages, %d round trips\n", messages, compared);
    ck_assert_msg(messages > 100, "only %d messages were read", messages);
    ck_assert_msg(wrong == 0, "%d of %d round trips differ", wrong, compared);
}
END_TEST

START_TEST(generic_messages_are_valid) {
    const char *schemas = getenv("BKT_SCHEMAS");
    char command[1000];
    snprintf(command, sizeof command, "%.300s/2.1/SDMXMessage.xsd", schemas == NULL ? "" : schemas);
    if (access(command, R_OK) != 0 || system("xmllint --version >/dev/null 2>&1") != 0) {
        fprintf(stderr, "# no schemas or no xmllint: not checked\n");
        return;
    }
    snprintf(command, sizeof command,
             "cd '%s' && xmllint --noout --nonet --schema '%.300s/2.1/SDMXMessage.xsd' *.xml "
             ">log 2>&1; code=$?; grep -v validates log | head -30 >&2; exit $code",
             folder, schemas);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

int main(void) {
    const char *parent = getenv("TMPDIR");
    if (!load_manifest()) {
        puts("1..0 # skipped: no corpus");
        return EXIT_SUCCESS;
    }
    snprintf(folder, sizeof folder, "%.150s/bkt-round-XXXXXX", parent == NULL ? "/tmp" : parent);
    if (mkdtemp(folder) == NULL) {
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("round_trip");
    TCase *test_case = tcase_create("round_trip");
    tcase_set_timeout(test_case, 0);
    tcase_add_test(test_case, what_is_written_reads_back_to_the_same_rows);
    tcase_add_test(test_case, generic_messages_are_valid);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? result : EXIT_FAILURE;
}
