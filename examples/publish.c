/* SPDX-License-Identifier: MIT */
/* The balance of two countries, published as SDMX with a structure of its own: the data, the
 * structure message, and the schema with which anybody's validator checks the data.
 *
 *   cc publish.c $(pkg-config --cflags --libs bktrade) -o publish
 *   ./publish data/blr-kaz.xml BLR KAZ balance
 *
 * writes balance.xml, balance-structure.xml and balance.xsd. */
#include <stdio.h>

#include <bktrade/bktrade.h>

static const char *named(const char *base, const char *end) {
    static char path[1000];
    snprintf(path, sizeof path, "%s%s", base, end);
    return path;
}

/* A table is a data set once it says who is in it: the pair becomes two dimensions. */
static bkt_status add_pair(bkt_context *context, const bkt_table *balance, const char *reporter,
                           const char *partner, bkt_table **out_table) {
    enum { MOST = 200 };
    static const char *const measures[] = {"EXPORTS_REPORTER", "IMPORTS_REPORTER",
                                           "EXPORTS_PARTNER", "IMPORTS_PARTNER"};
    const char *reporters[MOST], *partners[MOST], *periods[MOST];
    int64_t rows = bkt_table_row_count(balance);
    rows = rows < MOST ? rows : MOST;
    for (int64_t row = 0; row < rows; row++) {
        reporters[row] = reporter;
        partners[row] = partner;
        periods[row] = bkt_column_text_at(bkt_table_column_find(balance, "TIME_PERIOD"), row);
    }
    bkt_table_builder *builder = NULL;
    bkt_status status = bkt_table_builder_new(context, &builder);
    if (status == BKT_OK)
        status =
            bkt_table_builder_add_texts(builder, "REPORTER", BKT_ROLE_DIMENSION, reporters, rows);
    if (status == BKT_OK)
        status =
            bkt_table_builder_add_texts(builder, "PARTNER", BKT_ROLE_DIMENSION, partners, rows);
    if (status == BKT_OK)
        status = bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, rows);
    for (int i = 0; status == BKT_OK && i < 4; i++) {
        const bkt_column *column = bkt_table_column_find(balance, measures[i]);
        status = bkt_table_builder_add_numbers(
            builder, measures[i], BKT_ROLE_MEASURE, bkt_column_unit(column),
            bkt_column_numbers_view(column), NULL, bkt_column_reasons_view(column), rows);
    }
    if (status == BKT_OK)
        status = bkt_table_builder_set_property(builder, "name", "Trade of two countries");
    if (status == BKT_OK)
        return bkt_table_builder_finish(builder, out_table);
    bkt_table_builder_free(builder);
    return status;
}

int main(int argc, char **argv) {
    bkt_context *context = NULL;
    bkt_table *table = NULL, *balance = NULL, *published = NULL;
    bkt_balance_options pair;
    bkt_write_options how;
    const char *base = argc > 4 ? argv[4] : "balance";
    bkt_balance_options_init(&pair, sizeof pair);
    pair.reporter = argc > 2 ? argv[2] : "BLR";
    pair.partner = argc > 3 ? argv[3] : "KAZ";
    bkt_write_options_init(&how, sizeof how);
    how.format = BKT_FORMAT_STRUCTURE_SPECIFIC_3_0; /* several measures side by side */
    how.structure = "EXAMPLE:BALANCE(1.0)";
    how.sender = "EXAMPLE";
    how.prepared = "2026-01-01T00:00:00Z"; /* NULL: now */

    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_table_read(context, argc > 1 ? argv[1] : "data/blr-kaz.xml", NULL, &table);
    if (status == BKT_OK)
        status = bkt_balance(context, table, &pair, &balance);
    if (status == BKT_OK)
        status = add_pair(context, balance, pair.reporter, pair.partner, &published);
    if (status == BKT_OK)
        status = bkt_table_write_path(context, published, &how, named(base, ".xml"));
    if (status == BKT_OK)
        status =
            bkt_table_write_structure_path(context, published, &how, named(base, "-structure.xml"));
    if (status == BKT_OK)
        status = bkt_table_write_schema_path(context, published, &how, named(base, ".xsd"));
    if (status == BKT_OK)
        printf("wrote %s.xml, %s-structure.xml and %s.xsd\n", base, base, base);
    else
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(published);
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
