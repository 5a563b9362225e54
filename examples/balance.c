/* SPDX-License-Identifier: MIT */
/* The trade of two countries as each of them reports it, in thirty lines.
 *
 *   cc balance.c $(pkg-config --cflags --libs bktrade) -o balance
 *   ./balance data/blr-kaz.xml BLR KAZ */
#include <stdio.h>

#include <bktrade/bktrade.h>

int main(int argc, char **argv) {
    bkt_context *context = NULL;
    bkt_table *table = NULL, *balance = NULL;
    bkt_balance_options options;
    bkt_balance_options_init(&options, sizeof options);
    options.unit_scale = 1e6;
    options.reporter = argc > 2 ? argv[2] : "BLR";
    options.partner = argc > 3 ? argv[3] : "KAZ";

    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_table_read(context, argc > 1 ? argv[1] : "data/blr-kaz.xml", NULL, &table);
    if (status == BKT_OK)
        status = bkt_balance(context, table, &options, &balance);
    for (int64_t row = 0; status == BKT_OK && row < bkt_table_row_count(balance); row++) {
        static const char *const ids[] = {"EXPORTS_REPORTER", "IMPORTS_REPORTER", "EXPORTS_PARTNER",
                                          "IMPORTS_PARTNER"};
        printf("%s", bkt_column_text_at(bkt_table_column_find(balance, "TIME_PERIOD"), row));
        for (int i = 0; i < 4; i++) {
            double number;
            if (bkt_column_number_at(bkt_table_column_find(balance, ids[i]), row, &number))
                printf(" %10.1f", number);
            else
                printf(" %10s", "-");
        }
        printf("\n");
    }
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
