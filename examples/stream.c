/* SPDX-License-Identifier: MIT */
/* Goes through a file of any length in bounded memory, keeping only what a filter lets pass.
 *
 *   ./stream data/blr-kaz.xml REF_AREA=BLR TRADE_FLOW=X 2010 2016 */
#include <stdio.h>
#include <string.h>

#include <bktrade/bktrade.h>

static bkt_status add_choice(bkt_filter *filter, const char *choice) {
    char id[64];
    const char *equals = strchr(choice, '=');
    if (equals == NULL || equals - choice >= (int)sizeof id)
        return BKT_ERR_ARGUMENT;
    memcpy(id, choice, (size_t)(equals - choice));
    id[equals - choice] = '\0';
    const char *code = equals + 1;
    return bkt_filter_add_codes(filter, id, &code, 1);
}

static bkt_status print_batches(bkt_reader *reader) {
    bkt_status status;
    while ((status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        const bkt_table *batch = NULL;
        while ((status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            const bkt_column *period = bkt_table_column_find(batch, "TIME_PERIOD");
            const bkt_column *value = bkt_table_column_find(batch, "OBS_VALUE");
            for (int64_t row = 0; row < bkt_table_row_count(batch); row++) {
                double number;
                if (bkt_column_number_at(value, row, &number))
                    printf("%s %.3f\n", bkt_column_text_at(period, row), number);
            }
        }
        if (status != BKT_END)
            return status;
    }
    return status == BKT_END ? BKT_OK : status;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: stream FILE ID=CODE ID=CODE FIRST_PERIOD LAST_PERIOD\n");
        return 2;
    }
    bkt_context *context = NULL;
    bkt_filter *filter = NULL;
    bkt_reader *reader = NULL;
    bkt_read_options options;
    bkt_read_options_init(&options, sizeof options);
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_filter_new(context, &filter);
    if (status == BKT_OK)
        status = add_choice(filter, argv[2]);
    if (status == BKT_OK)
        status = add_choice(filter, argv[3]);
    if (status == BKT_OK)
        status = bkt_filter_set_periods(filter, argv[4], argv[5]);
    options.filter = filter;
    if (status == BKT_OK)
        status = bkt_reader_open_path(context, argv[1], &options, &reader);
    if (status == BKT_OK)
        status = print_batches(reader);
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_reader_free(reader);
    bkt_filter_free(filter);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
