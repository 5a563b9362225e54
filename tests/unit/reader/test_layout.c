/* SPDX-License-Identifier: MIT */
/* The same data in every dialect and layout give the same table. */
#include "reader_fixture.h"
#include "run_suite.h"

static const struct layout {
    const char *file;
    bool assumed;        /* roles of dimensions are assumed */
    int32_t unit_level;  /* where UNIT_MULT stands */
    int32_t title_level; /* where TITLE does */
    const char *message;
} layouts[] = {
    {"compact-1.0.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 1.0 CompactData"},
    {"generic-1.0.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 1.0 GenericData"},
    {"compact-2.0.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.0 CompactData"},
    {"compact-2.0-old-time.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 2.0 CompactData"},
    {"generic-2.0.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.0 GenericData"},
    {"cross-sectional-2.0.xml", true, BKT_LEVEL_GROUP, BKT_LEVEL_OBSERVATION,
     "SDMX-ML 2.0 CrossSectionalData"},
    {"utility-1.0.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 1.0 UtilityData"},
    {"utility-2.0.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.0 UtilityData"},
    {"soap-1.1.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.0 CompactData"},
    {"soap-1.2.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.1 StructureSpecificData"},
    {"generic-2.1-series.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-ML 2.1 GenericData"},
    {"generic-2.1-flat.xml", false, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 GenericData"},
    {"generic-2.1-cross.xml", false, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 GenericData"},
    {"generic-2.1-time-series.xml", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 GenericTimeSeriesData"},
    {"specific-2.1-series.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-2.1-flat.xml", true, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-2.1-cross.xml", true, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-2.1-explicit.xml", true, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-2.1-qualified.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificTimeSeriesData"},
    {"specific-2.1-late-groups.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-2.1-flat-late-groups.xml", true, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 2.1 StructureSpecificData"},
    {"specific-3.0-series.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 3.0 StructureSpecificData"},
    {"specific-3.0-flat.xml", true, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP,
     "SDMX-ML 3.0 StructureSpecificData"},
    {"specific-3.0-comp.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 3.0 StructureSpecificData"},
    {"specific-3.1-series.xml", true, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP,
     "SDMX-ML 3.1 StructureSpecificData"},
#ifdef BKTI_JSON
    {"json-1.0-series.json", false, BKT_LEVEL_SERIES, BKT_LEVEL_SERIES, "SDMX-JSON 1.0"},
    {"json-draft-flat.json", false, BKT_LEVEL_OBSERVATION, BKT_LEVEL_OBSERVATION, "SDMX-JSON 1.0"},
    {"json-2.0-series.json", false, BKT_LEVEL_SERIES, BKT_LEVEL_GROUP, "SDMX-JSON 2.0"},
    {"json-2.1-cross.json", false, BKT_LEVEL_OBSERVATION, BKT_LEVEL_GROUP, "SDMX-JSON 2.1"},
#endif
};

/* Sorted; the columns are FREQ, REF_AREA, COUNTERPART_AREA, TRADE_FLOW, time, OBS_VALUE,
 * OBS_STATUS, UNIT_MULT, COLLECTION, TITLE, PUBLISHER. */
static const char *const expected[] = {
    "A|BY|KZ|M|2012|119|A|6|S|Belarus from Kazakhstan, imports|BKT|",
    "A|BY|KZ|M|2013|<NaN>|M|6|S|Belarus from Kazakhstan, imports|BKT|",
    "A|BY|KZ|X|2012|804.1|A|6|S|Belarus to Kazakhstan, exports|BKT|",
    "A|BY|KZ|X|2013|870.4|A|6|S|Belarus to Kazakhstan, exports|BKT|",
    "A|KZ|BY|M|2012|675.5|E|6|C|Kazakhstan from Belarus, imports|BKT|",
};
#define ROW_COUNT (sizeof expected / sizeof *expected)

static const bkt_column *find_time(const bkt_table *table) {
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        if (bkt_column_role(bkt_table_column_at(table, i)) == BKT_ROLE_TIME) {
            return bkt_table_column_at(table, i);
        }
    }
    return NULL;
}

static void write_row(const bkt_table *table, int64_t row, char *text) {
    static const char *const ids[] = {"FREQ",       "REF_AREA",  "COUNTERPART_AREA", "TRADE_FLOW",
                                      NULL,         "OBS_VALUE", "OBS_STATUS",       "UNIT_MULT",
                                      "COLLECTION", "TITLE",     "PUBLISHER"};
    text[0] = '\0';
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char cell[TEXT_SIZE];
        const bkt_column *column =
            ids[i] == NULL ? find_time(table) : bkt_table_column_find(table, ids[i]);
        strcat(strcat(text, cell_of(column, row, cell)), "|");
    }
}

static int compare_texts(const void *a, const void *b) {
    return strcmp(a, b);
}

static void check_rows(const bkt_table *table, const char *name) {
    char found[ROW_COUNT][TEXT_SIZE];
    ck_assert_msg(bkt_table_row_count(table) == ROW_COUNT, "%s", name);
    for (size_t row = 0; row < ROW_COUNT; row++) {
        write_row(table, (int64_t)row, found[row]);
    }
    qsort(found, ROW_COUNT, sizeof *found, compare_texts);
    for (size_t row = 0; row < ROW_COUNT; row++) {
        ck_assert_msg(strcmp(found[row], expected[row]) == 0, "%s: %s, not %s", name, found[row],
                      expected[row]);
    }
}

/* Dimensions, then time and the measure, then attributes. */
static void check_order(const bkt_table *table, const char *name) {
    static const int places[] = {[BKT_ROLE_DIMENSION] = 0,
                                 [BKT_ROLE_TIME] = 0,
                                 [BKT_ROLE_MEASURE] = 1,
                                 [BKT_ROLE_ATTRIBUTE] = 2};
    int last = 0;
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        int place = places[bkt_column_role(bkt_table_column_at(table, i))];
        ck_assert_msg(place >= last, "%s: column %u comes too late", name, (unsigned)i);
        last = place;
    }
}

START_TEST(all_layouts_give_the_same_rows) {
    const struct layout *layout = &layouts[_i];
    char name[TEXT_SIZE];
    snprintf(name, sizeof name, "messages/%s", layout->file);
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, name);
    check_rows(table, name);
    check_order(table, name);
    const bkt_column *area = bkt_table_column_find(table, "REF_AREA");
    ck_assert_int_eq(bkt_column_role_assumed(area), layout->assumed);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "UNIT_MULT")),
                     layout->unit_level);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "TITLE")), layout->title_level);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "PUBLISHER")),
                     BKT_LEVEL_DATASET);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "OBS_STATUS")),
                     BKT_LEVEL_OBSERVATION);
    ck_assert_int_eq(bkt_column_role_assumed(bkt_table_column_find(table, "TITLE")),
                     layout->assumed && layout->title_level != BKT_LEVEL_GROUP);
    ck_assert_str_eq(bkt_table_property(table, "message"), layout->message);
    ck_assert_ptr_nonnull(strstr(bkt_table_property(table, "structure"), "TRADE"));
    ck_assert_str_eq(bkt_table_property(table, "sender"), "BKT");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    ck_assert_uint_lt(bkt_context_memory_used(context), 20000);
    bkt_context_free(context);
}
END_TEST

/* SDMX-CSV has neither header nor series; what is an attribute of a group or of all is said anew in
 * each row, or apart for a part of the key. */
static const struct rows_layout {
    const char *file;
    const char *message;
    const char *action;
    int32_t title_level;
} rows_layouts[] = {
    {"csv-1.0.csv", "SDMX-CSV 1.0", NULL, BKT_LEVEL_OBSERVATION},
    {"csv-1.0-labels.csv", "SDMX-CSV 1.0", NULL, BKT_LEVEL_OBSERVATION},
    {"csv-2.0.csv", "SDMX-CSV 2.0", "Information", BKT_LEVEL_OBSERVATION},
    {"csv-2.0-names.csv", "SDMX-CSV 2.0", "Information", BKT_LEVEL_OBSERVATION},
    {"csv-2.0-any-order.csv", "SDMX-CSV 2.0", "Information", BKT_LEVEL_OBSERVATION},
    {"csv-2.0-partial-keys.csv", "SDMX-CSV 2.0", "Append", BKT_LEVEL_GROUP},
};

START_TEST(rows_of_csv_give_the_same_rows) {
    const struct rows_layout *layout = &rows_layouts[_i];
    char name[TEXT_SIZE];
    snprintf(name, sizeof name, "messages/%s", layout->file);
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, name);
    check_rows(table, name);
    check_order(table, name);
    ck_assert_int_eq(bkt_table_column_count(table), 11);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "TITLE")), layout->title_level);
    ck_assert_str_eq(bkt_table_property(table, "message"), layout->message);
    ck_assert_str_eq(bkt_table_property(table, "dataflow"), "BKT:TRADE(1.0)");
    const char *action = bkt_table_property(table, "action");
    ck_assert(layout->action == NULL ? action == NULL : strcmp(action, layout->action) == 0);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* Batches of one row make a series come in pieces; what it has must be in all of them. */
START_TEST(batches_of_one_row_have_everything_too) {
    char name[TEXT_SIZE];
    char path[TEXT_SIZE];
    snprintf(name, sizeof name, "messages/%s", layouts[_i].file);
    if (strstr(name, "late-groups") != NULL) {
        return; /* the groups come after the rows */
    }
    bkt_context *context = new_context();
    bkt_table *whole = read_data(context, name);
    bkt_read_options options = read_options(0);
    options.batch_rows = 1;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_path(context, data_path(path, name), &options, &reader),
                     BKT_OK);
    int64_t row = 0;
    while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
        ck_assert_int_eq(bkt_table_row_count(batch), 1);
        char of_batch[TEXT_SIZE];
        char of_whole[TEXT_SIZE];
        write_row(batch, 0, of_batch);
        write_row(whole, row++, of_whole);
        ck_assert_str_eq(of_batch, of_whole);
    }
    ck_assert_int_eq(row, bkt_table_row_count(whole));
    bkt_reader_free(reader);
    bkt_table_free(whole);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    int count = (int)(sizeof layouts / sizeof *layouts);
    tcase_add_loop_test(test_case, all_layouts_give_the_same_rows, 0, count);
    tcase_add_loop_test(test_case, batches_of_one_row_have_everything_too, 0, count);
    tcase_add_loop_test(test_case, rows_of_csv_give_the_same_rows, 0,
                        (int)(sizeof rows_layouts / sizeof *rows_layouts));
}

int main(void) {
    Suite *suite = suite_create("layout");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
