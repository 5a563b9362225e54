/* SPDX-License-Identifier: MIT */
/* Two tables made of the bytes: what changed from one to the other is what changed back, in
 * whatever order the rows come. */
#include <string.h>

#include "sound.h"

enum { COLUMNS = 4, MOST_ROWS = 100, MOST_TEXTS = 6 };

static const char *const IDS[2][COLUMNS] = {{"FREQ", "AREA", "TIME_PERIOD", "NOTE"},
                                            {"FREQ", "area", "TIME", "NOTE"}};
static const int32_t ROLES[COLUMNS] = {BKT_ROLE_DIMENSION, BKT_ROLE_DIMENSION, BKT_ROLE_TIME,
                                       BKT_ROLE_ATTRIBUTE};
static const char *const TEXTS[COLUMNS][MOST_TEXTS] = {
    {"A", "Q", "M", "S", "W", "D"},
    {"a", "b", "c", "d", "e", "f"},
    {"2012", "2012-Q1", "2012Q1", "2013", "2012-01", "2012-A1"},
    {"1", "2", "p", "e", "", "7.0"}};

typedef struct rows {
    const char *texts[COLUMNS][MOST_ROWS];
    double numbers[MOST_ROWS];
    uint8_t reasons[MOST_ROWS];
    int64_t count;
} rows;

static void make_rows(fuzz_bytes *bytes, rows *made) {
    made->count = fuzz_number(bytes, MOST_ROWS);
    for (int64_t row = 0; row < made->count; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            uint32_t choice = fuzz_number(bytes, MOST_TEXTS + 1);
            made->texts[column][row] = choice == MOST_TEXTS ? NULL : TEXTS[column][choice];
        }
        uint32_t number = fuzz_number(bytes, 12);
        made->numbers[row] = (double)number - 3;
        made->reasons[row] = number > 9 ? BKT_MISSING_NAN : BKT_MISSING_NOT;
    }
}

static void turn_rows(const rows *made, rows *turned) {
    turned->count = made->count;
    for (int64_t row = 0; row < made->count; row++) {
        int64_t other = made->count - 1 - row;
        for (int column = 0; column < COLUMNS; column++) {
            turned->texts[column][row] = made->texts[column][other];
        }
        turned->numbers[row] = made->numbers[other];
        turned->reasons[row] = made->reasons[other];
    }
}

static bkt_table *make_table(bkt_context *context, const rows *made, int dialect) {
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_table_builder_new(context, &builder);
    for (int column = 0; column < COLUMNS && status == BKT_OK; column++) {
        const char *id = IDS[dialect][column];
        status = column == 2
                     ? bkt_table_builder_add_periods(builder, id, made->texts[2], made->count)
                     : bkt_table_builder_add_texts(builder, id, ROLES[column], made->texts[column],
                                                   made->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, NULL,
                                               made->numbers, NULL, made->reasons, made->count);
    }
    FUZZ_CHECK(status == BKT_OK, "a column: %s", bkt_context_error_text(context));
    FUZZ_CHECK(bkt_table_builder_finish(builder, &table) == BKT_OK, "a table");
    return table;
}

static bkt_table *compare(bkt_context *context, const bkt_table *earlier, const bkt_table *later,
                          double *counts) {
    bkt_table *changes = NULL;
    bkt_table *summary = NULL;
    bkt_comparison_options options;
    FUZZ_CHECK(bkt_comparison_options_init(&options, sizeof options) == BKT_OK, "options");
    options.flags = BKT_COMPARISON_UNCHANGED;
    FUZZ_CHECK(bkt_comparison(context, earlier, later, &options, &changes, &summary) == BKT_OK,
               "comparing: %s", bkt_context_error_text(context));
    sound_table(changes);
    sound_table(summary);
    double sum = 0;
    const bkt_column *numbers = bkt_table_column_find(summary, "ROWS");
    for (int64_t kind = 0; kind < 7; kind++) {
        FUZZ_CHECK(bkt_column_number_at(numbers, kind, &counts[kind]) == 1, "a count");
        sum += counts[kind];
    }
    FUZZ_CHECK((int64_t)sum == bkt_table_row_count(changes), "all rows are counted");
    /* added or removed, or compared, or repeated: each row of both tables once. */
    FUZZ_CHECK((int64_t)(counts[0] + counts[2] + counts[3] + counts[4] + counts[6]) ==
                   bkt_table_row_count(later),
               "rows of the later table");
    FUZZ_CHECK((int64_t)(counts[1] + counts[2] + counts[3] + counts[4] + counts[5]) ==
                   bkt_table_row_count(earlier),
               "rows of the earlier table");
    bkt_table_free(summary);
    return changes;
}

void fuzz_revision(const uint8_t *data, size_t size) {
    static rows made[2]; /* large */
    static rows turned;
    fuzz_bytes bytes = {data, size};
    bkt_context *context = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    bkt_table *tables[3];
    for (int i = 0; i < 2; i++) {
        make_rows(&bytes, &made[i]);
        tables[i] = make_table(context, &made[i], i);
    }
    turn_rows(&made[0], &turned);
    tables[2] = make_table(context, &turned, 0);
    double forth[7];
    double back[7];
    double same[7];
    bkt_table *changes = compare(context, tables[0], tables[1], forth);
    bkt_table *other = compare(context, tables[1], tables[0], back);
    bkt_table_free(other);
    FUZZ_CHECK(forth[0] == back[1] && forth[1] == back[0] && forth[2] == back[2] &&
                   forth[3] == back[3] && forth[4] == back[4] && forth[5] == back[6],
               "there and back");
    other = compare(context, tables[0], tables[2], same);
    FUZZ_CHECK(same[0] == 0 && same[1] == 0 && same[5] == same[6], "rows in another order");
    FUZZ_CHECK(same[5] > 0 || same[2] + same[3] == 0, "rows in another order");
    bkt_table_free(other);
    bkt_table_free(changes);
    for (int i = 0; i < 3; i++) {
        bkt_table_free(tables[i]);
    }
    sound_context(context);
    bkt_context_free(context);
}
