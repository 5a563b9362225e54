/* SPDX-License-Identifier: MIT */
/* Reads an SDMX file whole and prints its first rows.
 *
 *   cc read.c $(pkg-config --cflags --libs bktrade) -o read && ./read data/blr-kaz.xml */
#include <stdio.h>

#include <bktrade/bktrade.h>

static int32_t to_stdout(const void *data, size_t size, void *user) {
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: read FILE\n");
        return 2;
    }
    bkt_context *context = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_table_read(context, argv[1], NULL, &table);
    if (status == BKT_OK) {
        bkt_print_options options;
        bkt_print_options_init(&options, sizeof options);
        options.row_limit = 10;
        options.width = 100;
        printf("%lld observations of %s\n", (long long)bkt_table_row_count(table),
               bkt_table_property(table, "structure"));
        status = bkt_table_print(context, table, &options, to_stdout, NULL);
    }
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
