/* SPDX-License-Identifier: MIT */
/* Where rows came from: the same with either scanner, in batches and whole. */
#include "message_3.h"

#include "failing_memory.h"
#include "io/archive_builder.h"
#include "run_suite.h"

static bkt_read_options asking(void) {
    return read_options(BKT_READ_PROVENANCE);
}

/* SOURCE, DATASET and LINE of each row, as "x 1 7; x 1 8". */
static void assert_places(const bkt_table *table, const char *expected) {
    char text[2000] = "";
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double line = 0;
        const bkt_column *lines = bkt_table_column_find(table, "LINE");
        ck_assert_int_eq(bkt_column_role(lines), BKT_ROLE_PROVENANCE);
        ck_assert_int_eq(bkt_column_number_at(lines, row, &line), 1);
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "%s%s %s %.0f", row > 0 ? "; " : "",
                 bkt_column_text_at(bkt_table_column_find(table, "SOURCE"), row),
                 bkt_column_text_at(bkt_table_column_find(table, "DATASET"), row), line);
    }
    ck_assert_str_eq(text, expected);
}

/* Reads whole and by batches of one row. */
static void check_text(const char *text, const char *expected) {
    bkt_context *context = new_context();
    bkt_read_options options = asking();
    options.source_name = "x";
    bkt_table *table = read_text(context, text, &options);
    assert_places(table, expected);
    options.batch_rows = 1;
    bkt_reader *reader;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    int64_t row = 0;
    while (bkt_reader_next_dataset(reader) == BKT_OK) {
        const bkt_table *batch;
        while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
            static const char *const ids[] = {"SOURCE", "DATASET", "LINE"};
            for (size_t i = 0; i < 3; i++) {
                char wanted[100];
                const bkt_column *whole = bkt_table_column_find(table, ids[i]);
                double line;
                const char *cell = bkt_column_text_at(whole, row);
                if (bkt_column_number_at(whole, row, &line)) {
                    snprintf(wanted, sizeof wanted, "%.0f", line);
                    cell = wanted;
                }
                ck_assert_cell(batch, 0, ids[i], cell);
            }
            row++;
        }
    }
    ck_assert_int_eq(row, bkt_table_row_count(table));
    bkt_reader_free(reader);
    bkt_table_free(table);
    bkt_context_free(context);
}

#define HEAD                                                                                       \
    "<m:StructureSpecificData "                                                                    \
    "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\">\n"

START_TEST(series) {
    check_text(HEAD "<m:DataSet>\n<Series A=\"a\">\n"                   /* 2, 3 */
                    "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\"/>\n"     /* 4 */
                    "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\"/>"       /* 5 */
                    "<Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"3\"/>\n\n"   /* 5 */
                    "<Obs TIME_PERIOD=\"2014\"\n\n OBS_VALUE=\"4\"/>\n" /* 7 */
                    "<Obs TIME_PERIOD=\"2015\" OBS_VALUE=\"5\"/>\n"     /* 10 */
                    "</Series></m:DataSet>\n<m:DataSet><Series A=\"b\">"
                    "<Obs TIME_PERIOD=\"2015\" OBS_VALUE=\"6\"/></Series></m:DataSet>"
                    "</m:StructureSpecificData>",
               "x 1 4; x 1 5; x 1 5; x 1 7; x 1 10; x 2 12");
}
END_TEST

START_TEST(generic) {
    check_text(
        "<m:GenericData xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic\">\n"
        "<m:DataSet>\n<Series><SeriesKey><Value id=\"A\" value=\"a\"/></SeriesKey>\n"
        "<Obs>\n<ObsDimension value=\"2011\"/>\n<ObsValue value=\"1\"/>\n</Obs>\n"
        "<Obs>\n<ObsDimension value=\"2012\"/>\n<ObsValue value=\"NaN\"/>\n</Obs>\n"
        "<Obs>\n<ObsDimension value=\"2013\"/>\n<ObsValue value=\"3\"/>\n</Obs>\n"
        "<Obs>\n<ObsDimension value=\"2014\"/>\n<ObsValue value=\"n\"/>\n</Obs>\n"
        "</Series></m:DataSet></m:GenericData>",
        "x 1 4; x 1 8; x 1 12; x 1 16");
}
END_TEST

START_TEST(utility) {
    check_text("<UtilityData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\">\n"
               "<DataSet xmlns=\"urn:u\">\n<Series>\n<Key><A>a</A></Key>\n"
               "<Obs>\n<TIME_PERIOD>2011</TIME_PERIOD>\n<OBS_VALUE>1</OBS_VALUE>\n</Obs>\n"
               "<Obs>\n<TIME_PERIOD>2012</TIME_PERIOD>\n<OBS_VALUE>2</OBS_VALUE>\n</Obs>\n"
               "</Series></DataSet></UtilityData>",
               "x 1 5; x 1 9");
}
END_TEST

START_TEST(csv) {
    check_text("DATAFLOW,A,TIME_PERIOD,OBS_VALUE,NOTE\nB:F(1.0),a,2011,1,\n"
               "B:F(1.0),a,2012,no,\"two\nlines\"\nB:F(1.0),a,2013,3,\n\nB:F(1.0),a,x,4,\n"
               "B:G(1.0),a,2014,5,\n",
               "x 1 2; x 1 3; x 1 5; x 1 7; x 2 8");
}
END_TEST

START_TEST(deletions) {
    char *text = message_3("TIME_PERIOD",
                           "<m:DataSet structureRef=\"S\" action=\"Delete\">\n<Series D=\"a\"/>\n\n"
                           "<Series D=\"c\">\n<Obs TIME_PERIOD=\"2012\"/>\n</Series>\n"
                           "<Group D=\"e\" NOTE_TEXT=\"z\"/>\n</m:DataSet>"
                           "<m:DataSet structureRef=\"S\" action=\"Delete\"/>");
    check_text(text, "x 1 2; x 1 5; x 1 7; x 2 8");
    free(text);
}
END_TEST

/* An observation waits for what follows it; its line is its own. */
START_TEST(with_a_filter) {
    static const char *const codes[] = {"p"};
    bkt_context *context = new_context();
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "S", codes, 1), BKT_OK);
    char *text = message_3("TIME_PERIOD",
                           "<m:DataSet structureRef=\"S\"><Series D=\"a\">\n"
                           "<Obs TIME_PERIOD=\"2012\">\n<Comp id=\"S\">\n<Value>p</Value></Comp>\n"
                           "</Obs>\n<Obs TIME_PERIOD=\"2013\">\n<Comp id=\"S\"><Value>q</Value>"
                           "</Comp></Obs>\n<Obs TIME_PERIOD=\"2014\" S=\"p\"/>\n"
                           "</Series></m:DataSet>");
    bkt_read_options options = asking();
    options.source_name = "x";
    options.filter = filter;
    bkt_table *table = read_text(context, text, &options);
    assert_places(table, "x 1 2; x 1 8");
    bkt_table_free(table);
    free(text);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

static const char zipped[] = HEAD "<m:DataSet>\n<Series A=\"a\"><Obs TIME_PERIOD=\"2011\" "
                                  "OBS_VALUE=\"1\"/></Series></m:DataSet>"
                                  "</m:StructureSpecificData>";

START_TEST(members_of_a_zip) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_member(&zip, "a.xml", zipped, strlen(zipped), (member_form){.stored = false});
    add_member(&zip, "b.xml", zipped, strlen(zipped), (member_form){.stored = false});
    add_directory(&zip, 2);
    bkt_read_options options = asking();
    options.source_name = "all.zip";
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, zip.data, zip.size, &options, &table), BKT_OK);
    assert_places(table, "all.zip(a.xml) 1 3; all.zip(b.xml) 2 3");
    bkt_table_free(table);
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

/* Components of a structure keep their names, also those that come late. */
START_TEST(components_of_these_names) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD",
                                  "<m:DataSet ss:structureRef=\"S\"><Series A=\"a\" SOURCE=\"s\">"
                                  "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\"/>\n"
                                  "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\" LINE=\"l\"/>\n"
                                  "</Series></m:DataSet>");
    bkt_read_options options = asking();
    options.source_name = "x";
    bkt_table *table = read_text(context, text, &options);
    const char *const expected[][2] = {
        {"SOURCE", "s"}, {"LINE", "l"}, {"SOURCE_", "x"}, {"DATASET", "1"}, {"LINE_", "2"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ck_assert_cell(table, 1, expected[i][0], expected[i][1]);
    }
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "SOURCE")), BKT_ROLE_ATTRIBUTE);
    uint32_t count = bkt_table_column_count(table);
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(table, count - 3)), "SOURCE_");
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(table, count - 1)), "LINE_");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(nothing_without_the_flag) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, zipped, NULL);
    ck_assert_ptr_null(bkt_table_column_find(table, "LINE"));
    ck_assert_ptr_null(bkt_table_column_find(table, "SOURCE"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_fails_in_turn) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_read_options options = asking();
        options.source_name = "x";
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_table_read_memory(context, zipped, strlen(zipped), &options, &table);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(table != NULL, status == BKT_OK);
        if (table != NULL) {
            assert_places(table, "x 1 3");
        }
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, series);
    tcase_add_test(test_case, generic);
    tcase_add_test(test_case, utility);
    tcase_add_test(test_case, csv);
    tcase_add_test(test_case, deletions);
    tcase_add_test(test_case, with_a_filter);
    tcase_add_test(test_case, members_of_a_zip);
    tcase_add_test(test_case, components_of_these_names);
    tcase_add_test(test_case, nothing_without_the_flag);
    tcase_add_test(test_case, every_allocation_fails_in_turn);
}

int main(void) {
    Suite *suite = suite_create("provenance");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
