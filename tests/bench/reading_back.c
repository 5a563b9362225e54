/* SPDX-License-Identifier: MIT */
/* Tells of a message what `generate` tells when it writes one. */
#include <inttypes.h>
#include <stdio.h>

#include <bktrade/bktrade.h>

/* A note says what was found, and nothing is wrong. */
static uint32_t count_warnings(const bkt_context *context) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        found += bkt_diagnostic_severity(each) != BKT_SEVERITY_NOTE;
    }
    return found;
}

int main(int argc, char **argv) {
    bkt_context *context = NULL;
    bkt_reader *reader = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK && argc == 2) {
        status = bkt_reader_open_path(context, argv[1], NULL, &reader);
    }
    if (status == BKT_OK) {
        status = bkt_table_read_reader(reader, &table);
    }
    if (status != BKT_OK) {
        printf("status %d: %s\n", (int)status, bkt_context_error_text(context));
        bkt_reader_free(reader);
        bkt_context_free(context);
        return 1;
    }
    const bkt_column *values = bkt_table_column_find(table, "OBS_VALUE");
    int64_t cents = 0;
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double number;
        if (bkt_column_number_at(values, row, &number)) {
            cents += (int64_t)(number * 100 + 0.5);
        }
    }
    printf("observations %" PRId64 " missing %" PRId64 " series %" PRIu64 " sum %" PRId64
           ".%02d warnings %" PRIu32 "\n",
           bkt_table_row_count(table), bkt_column_null_count(values),
           bkt_reader_series_count(reader), cents / 100, (int)(cents % 100),
           count_warnings(context));
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
    return 0;
}
