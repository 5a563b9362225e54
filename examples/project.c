/* SPDX-License-Identifier: MIT */
/* Projects a country's turnover with a partner, and says when a target is reached.
 *
 *   ./project data/blr-kaz.xml KAZ BLR 3.5e9 */
#include <stdio.h>
#include <stdlib.h>

#include <bktrade/bktrade.h>

static int32_t to_stdout(const void *data, size_t size, void *user) {
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? 0 : 1;
}

static bkt_status project(bkt_context *context, const bkt_table *balance, double target) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.value_id = "TURNOVER_REPORTER";
    options.method = BKT_METHOD_DAMPED_HOLT;
    options.horizon = 5;
    bkt_table *projection = NULL, *road = NULL;
    bkt_status status = bkt_projection(context, balance, &options, &projection);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.scale = BKT_SCALE_MILLIONS;
    if (status == BKT_OK)
        status = bkt_table_print(context, projection, &print, to_stdout, NULL);

    bkt_target_options aims;
    bkt_target_options_init(&aims, sizeof aims);
    aims.value_id = options.value_id;
    aims.targets = &target;
    aims.target_count = 1;
    if (status == BKT_OK)
        status = bkt_target_summary(context, balance, &aims, &road);
    static const char *const shown[] = {"TARGET_VALUE", "LAST_VALUE", "REQUIRED_GROWTH",
                                        "MEDIAN_PERIOD", "PROBABILITY_WITHIN"};
    print.column_ids = shown;
    print.column_count = 5;
    print.flags = BKT_PRINT_PERCENT | BKT_PRINT_IDS;
    if (status == BKT_OK)
        status = bkt_table_print(context, road, &print, to_stdout, NULL);
    bkt_table_free(road);
    bkt_table_free(projection);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: project FILE REPORTER PARTNER TARGET\n");
        return 2;
    }
    bkt_context *context = NULL;
    bkt_table *table = NULL, *balance = NULL;
    bkt_balance_options options;
    bkt_balance_options_init(&options, sizeof options);
    options.reporter = argv[2];
    options.partner = argv[3];
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_table_read(context, argv[1], NULL, &table);
    if (status == BKT_OK)
        status = bkt_balance(context, table, &options, &balance);
    if (status == BKT_OK)
        status = project(context, balance, strtod(argv[4], NULL));
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
