/* SPDX-License-Identifier: MIT */
/* A program outside the tree that knows libbktrade through pkg-config alone: it makes a table of
 * its own arrays and reads the numbers back. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/bktrade.h>

int main(void) {
    const char *const periods[] = {"2011", "2012"};
    const double exports[] = {668.7, 804.1};
    bkt_context *context = NULL;
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    double sum = 0, number = 0;

    if (bkt_version_number() != BKT_VERSION_NUMBER ||
        strcmp(bkt_version_text(), BKT_VERSION_TEXT) != 0) {
        fprintf(stderr, "the headers are of %s, the library is of %s\n", BKT_VERSION_TEXT,
                bkt_version_text());
        return 1;
    }
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK) {
        status = bkt_table_builder_new(context, &builder);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, 2);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_numbers(builder, "EXPORTS", BKT_ROLE_MEASURE, "million USD",
                                               exports, NULL, NULL, 2);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_finish(builder, &table);
        builder = NULL;
    }
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        if (bkt_column_number_at(bkt_table_column_find(table, "EXPORTS"), row, &number)) {
            sum += number;
        }
    }
    printf("%s %.1f\n", bkt_version_text(), sum);
    bkt_table_builder_free(builder);
    bkt_table_free(table);
    bkt_context_free(context);
    return status == BKT_OK && fabs(sum - 1472.8) < 1e-9 ? 0 : 1;
}
