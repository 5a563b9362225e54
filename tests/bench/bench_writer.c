/* SPDX-License-Identifier: MIT */
/* libbktrade: what is read, written again; and the writing alone. */
#include <stdio.h>

#include "bench.h"

static int32_t drop(const void *data, size_t size, void *user) {
    (void)data;
    *(uint64_t *)user += size;
    return 0;
}

struct writing {
    bkt_context *context;
    bkt_reader *reader;
    bkt_writer *writer;
    uint64_t bytes;
};

static bkt_status open_writing(struct writing *writing, const struct task *task, const char *path) {
    bkt_write_options options;
    bkt_write_options_init(&options, sizeof options);
    options.format = task->format;
    bkt_status status = bkt_context_new(NULL, &writing->context);
    if (status == BKT_OK) {
        status = bkt_reader_open_path(writing->context, path, NULL, &writing->reader);
    }
    if (status == BKT_OK) {
        status = bkt_writer_open_callback(writing->context, drop, &writing->bytes, &options,
                                          &writing->writer);
    }
    return status == BKT_OK ? bkt_reader_next_dataset(writing->reader) : status;
}

static int32_t close_writing(struct writing *writing, bkt_status status) {
    if (status == BKT_OK || status == BKT_END) {
        status = bkt_writer_finish(writing->writer);
    }
    if (status != BKT_OK) {
        fprintf(stderr, "%s\n", bkt_context_error_text(writing->context));
    }
    bkt_writer_free(writing->writer);
    bkt_reader_free(writing->reader);
    bkt_context_free(writing->context);
    return status != BKT_OK;
}

int32_t run_convert(const struct task *task, const char *path, struct result *result) {
    struct writing writing = {0};
    const bkt_table *batch;
    bkt_status status = open_writing(&writing, task, path);
    while (status == BKT_OK && (status = bkt_reader_next_batch(writing.reader, &batch)) == BKT_OK) {
        status = bkt_writer_write(writing.writer, batch);
    }
    result->seen = bkt_writer_row_count(writing.writer);
    result->kept = result->seen;
    return close_writing(&writing, status);
}

int32_t run_write(const struct task *task, const char *path, struct result *result) {
    struct writing writing = {0};
    const bkt_table *batch = NULL;
    bkt_table *kept = NULL;
    bkt_status status = open_writing(&writing, task, path);
    if (status == BKT_OK) {
        status = bkt_reader_next_batch(writing.reader, &batch);
    }
    if (status == BKT_OK) {
        status = bkt_table_concatenate(writing.context, &batch, 1, &kept);
    }
    uint64_t rows = 0;
    while (status == BKT_OK) {
        rows += (uint64_t)bkt_table_row_count(batch);
        status = bkt_reader_next_batch(writing.reader, &batch);
    }
    measurement_begin(result);
    status = status == BKT_END ? BKT_OK : status;
    while (status == BKT_OK && bkt_writer_row_count(writing.writer) < rows) {
        status = bkt_writer_write(writing.writer, kept);
    }
    result->seen = rows;
    result->kept = rows;
    bkt_table_free(kept);
    return close_writing(&writing, status);
}
