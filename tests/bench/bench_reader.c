/* SPDX-License-Identifier: MIT */
/* libbktrade: batch by batch and whole, by each scanner, with threads and with a filter. */
#include <stdio.h>

#include "areas.h"
#include "bench.h"

/* A reader and what it needs. */
struct reading {
    bkt_context *context;
    bkt_filter *filter;
    bkt_reader *reader;
};

static bkt_status add_areas(bkt_filter *filter, const char *column, unsigned first, unsigned step) {
    bkt_status status = BKT_OK;
    for (unsigned area = first; status == BKT_OK && area < AREAS; area += step) {
        char code[4];
        area_code(area, code);
        status = bkt_filter_add_codes(filter, column, &(const char *){code}, 1);
    }
    return status;
}

/* Of 60 reporters each 20th and of their partners each 5th: of generated series one in 100, spread
 * over the file. */
static bkt_status make_filter(struct reading *reading) {
    bkt_status status = bkt_filter_new(reading->context, &reading->filter);
    if (status == BKT_OK) {
        status = add_areas(reading->filter, "REF_AREA", 10, 20);
    }
    return status == BKT_OK ? add_areas(reading->filter, "COUNTERPART_AREA", 3, 5) : status;
}

static bkt_status open_reading(struct reading *reading, const struct task *task, const char *path) {
    bkt_read_options options;
    bkt_status status = bkt_context_new(NULL, &reading->context);
    if (status == BKT_OK && task->filtered) {
        status = make_filter(reading);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkt_read_options_init(&options, sizeof options);
    options.filter = reading->filter;
    options.threads = task->threads;
    options.scanner = task->scanner;
    return bkt_reader_open_path(reading->context, path, &options, &reading->reader);
}

/* Tells what went wrong, if anything did, and frees all. */
static int32_t close_reading(struct reading *reading, bkt_status status) {
    int32_t failed = status != BKT_OK && status != BKT_END;
    if (failed) {
        fprintf(stderr, "%s\n", bkt_context_error_text(reading->context));
    }
    bkt_reader_free(reading->reader);
    bkt_filter_free(reading->filter);
    bkt_context_free(reading->context);
    return failed;
}

static void add_number(struct result *result, double number) {
    double next = number - result->lost;
    double sum = result->sum + next;
    result->lost = (sum - result->sum) - next;
    result->sum = sum;
}

/* By Kahan: a plain sum would be off in the cents that `generate` tells. In lanes, so that no
 * number waits for the one before: it is the reading that is measured. */
void add_up(const bkt_table *table, struct result *result) {
    enum { LANES = 8 };
    double sums[LANES] = {0};
    double lost[LANES] = {0};
    const bkt_column *column = bkt_table_column_find(table, "OBS_VALUE");
    const double *numbers = bkt_column_numbers_view(column);
    int64_t rows = bkt_table_row_count(table);
    int64_t whole = numbers == NULL ? 0 : rows / LANES * LANES;
    result->kept += (uint64_t)rows;
    result->missing += (uint64_t)bkt_column_null_count(column);
    for (int64_t row = 0; row < whole; row += LANES) {
        for (int64_t lane = 0; lane < LANES; lane++) {
            double number = numbers[row + lane];
            double next = (number == number ? number : 0) - lost[lane];
            double sum = sums[lane] + next;
            lost[lane] = (sum - sums[lane]) - next;
            sums[lane] = sum;
        }
    }
    for (int64_t row = whole; numbers != NULL && row < rows; row++) {
        add_number(result, numbers[row] == numbers[row] ? numbers[row] : 0);
    }
    for (int64_t lane = 0; lane < LANES; lane++) {
        add_number(result, sums[lane]);
        add_number(result, -lost[lane]);
    }
}

int32_t run_batches(const struct task *task, const char *path, struct result *result) {
    struct reading reading = {0};
    const bkt_table *batch = NULL;
    bkt_status status = open_reading(&reading, task, path);
    while (status == BKT_OK && (status = bkt_reader_next_dataset(reading.reader)) == BKT_OK) {
        while ((status = bkt_reader_next_batch(reading.reader, &batch)) == BKT_OK) {
            add_up(batch, result);
        }
        status = status == BKT_END ? BKT_OK : status;
    }
    result->seen = bkt_reader_observation_count(reading.reader);
    return close_reading(&reading, status);
}

int32_t run_table(const struct task *task, const char *path, struct result *result) {
    struct reading reading = {0};
    bkt_table *table = NULL;
    bkt_status status = open_reading(&reading, task, path);
    if (status == BKT_OK) {
        status = bkt_table_read_reader(reading.reader, &table);
    }
    result->seen = bkt_reader_observation_count(reading.reader);
    result->held = bkt_context_memory_used(reading.context);
    if (table != NULL) {
        add_up(table, result);
        bkt_table_free(table);
    }
    return close_reading(&reading, status);
}
