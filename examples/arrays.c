/* SPDX-License-Identifier: MIT */
/* Own figures instead of a file: arrays become a table, and the table a balance as CSV. Two of the
 * arrays are of codes, as a data frame's categories are. */
#include <math.h>
#include <stdio.h>

#include <bktrade/bktrade.h>

static int32_t to_stdout(const void *data, size_t size, void *user) {
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? 0 : 1;
}

enum { ROWS = 6 };

static bkt_status build(bkt_context *context, bkt_table **out_table) {
    static const char *const areas[] = {"BLR", "KAZ"};
    static const int32_t reporters[ROWS] = {0, 0, 0, 0, 1, 1};
    static const int32_t partners[ROWS] = {1, 1, 1, 1, 0, 0};
    static const char *const flows[ROWS] = {"X", "M", "X", "M", "X", "M"};
    static const char *const periods[ROWS] = {"2011", "2011", "2012", "2012", "2012", "2012"};
    /* NAN is missing; it never becomes zero. */
    const double values[ROWS] = {668.7e6, 136.8e6, 804.1e6, NAN, 90.4e6, 675.5e6};

    bkt_table_builder *builder = NULL;
    bkt_status status = bkt_table_builder_new(context, &builder);
    if (status == BKT_OK)
        status = bkt_table_builder_add_codes(builder, "REF_AREA", BKT_ROLE_DIMENSION, reporters,
                                             ROWS, areas, 2);
    if (status == BKT_OK)
        status = bkt_table_builder_add_codes(builder, "COUNTERPART_AREA", BKT_ROLE_DIMENSION,
                                             partners, ROWS, areas, 2);
    if (status == BKT_OK)
        status =
            bkt_table_builder_add_texts(builder, "TRADE_FLOW", BKT_ROLE_DIMENSION, flows, ROWS);
    if (status == BKT_OK)
        status = bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, ROWS);
    if (status == BKT_OK)
        status = bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, "USD",
                                               values, NULL, NULL, ROWS);
    if (status == BKT_OK)
        return bkt_table_builder_finish(builder, out_table);
    bkt_table_builder_free(builder);
    return status;
}

int main(void) {
    bkt_context *context = NULL;
    bkt_table *table = NULL, *balance = NULL;
    bkt_balance_options options;
    bkt_balance_options_init(&options, sizeof options);
    options.reporter = "Belarus";
    options.partner = "Kazakhstan";
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = build(context, &table);
    if (status == BKT_OK)
        status = bkt_balance(context, table, &options, &balance);

    static const char *const shown[] = {"TIME_PERIOD", "EXPORTS_REPORTER", "IMPORTS_REPORTER",
                                        "BALANCE_REPORTER", "BALANCE_PARTNER"};
    bkt_csv_options csv;
    bkt_csv_options_init(&csv, sizeof csv);
    csv.flags = BKT_CSV_REASONS;
    csv.column_ids = shown;
    csv.column_count = 5;
    if (status == BKT_OK)
        status = bkt_table_write_csv(context, balance, &csv, to_stdout, NULL);
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
