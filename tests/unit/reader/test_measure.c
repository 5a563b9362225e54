/* SPDX-License-Identifier: MIT */
/* Measures beside OBS_VALUE, values that are elements, and metadata attributes. */
#include "message_3.h"
#include "run_suite.h"

static void assert_column(const bkt_table *table, const char *id, int32_t kind, int32_t role) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(column != NULL, "%s", id);
    ck_assert_msg(bkt_column_kind(column) == kind && bkt_column_role(column) == role,
                  "%s: kind %d, role %d", id, (int)bkt_column_kind(column),
                  (int)bkt_column_role(column));
}

START_TEST(measures_are_numbers_and_attributes_are_not) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(
        context, "TIME_PERIOD",
        "<m:DataSet structureRef=\"S\"><Series REF_AREA=\"BY\">"
        "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\" QUANTITY=\"20.5\" CODE=\"012\" OBS_STATUS=\"A\" "
        "RANK=\"3\"/>"
        "<Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"2\" QUANTITY=\"NaN\" CODE=\"013\" OBS_STATUS=\"A\" "
        "RANK=\"4\"/>"
        "<Obs TIME_PERIOD=\"2014\" OBS_VALUE=\"3\" QUANTITY=\"\" CODE=\"014\" OBS_STATUS=\"A\" "
        "RANK=\"5\"/>"
        "<Obs TIME_PERIOD=\"2015\" OBS_VALUE=\"4\" OBS_STATUS=\"A\" RANK=\"5\">"
        "<Comp id=\"WEIGHT\"><Value>7</Value></Comp></Obs></Series></m:DataSet>",
        BKT_READ_STRICT);
    assert_column(table, "QUANTITY", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    ck_assert_int_eq(bkt_column_role_assumed(bkt_table_column_find(table, "QUANTITY")), 1);
    assert_column(table, "WEIGHT", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    assert_column(table, "CODE", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    assert_column(table, "RANK", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    ck_assert_cell(table, 0, "QUANTITY", "20.5");
    ck_assert_cell(table, 1, "QUANTITY", "<NaN>");
    ck_assert_cell(table, 2, "QUANTITY", "<empty>");
    ck_assert_cell(table, 3, "QUANTITY", "<absent>");
    ck_assert_cell(table, 3, "WEIGHT", "7");
    ck_assert_ptr_null(bkt_table_column_find(table, "QUANTITY_TEXT"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_flat_message_may_have_no_obs_value) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(
        context, "AllDimensions",
        "<m:DataSet structureRef=\"S\">"
        "<Obs FREQ=\"A\" PRODUCT=\"01\" TIME_PERIOD=\"2012\" TURNOVER=\"5\" STAFF=\"3\"/>"
        "<Obs FREQ=\"A\" PRODUCT=\"01\" TIME_PERIOD=\"2013\" TURNOVER=\"5.25\" STAFF=\"4\"/>"
        "<Obs FREQ=\"A\" PRODUCT=\"02\" TIME_PERIOD=\"2013\" TURNOVER=\"6\" STAFF=\"about 4\"/>"
        "<Obs FREQ=\"A\" PRODUCT=\"02\" TIME_PERIOD=\"2014\" TURNOVER=\"6\" STAFF=\"0040\"/>"
        "</m:DataSet>",
        0);
    assert_column(table, "TURNOVER", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    assert_column(table, "PRODUCT", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    ck_assert_cell(table, 1, "TURNOVER", "5.25");
    ck_assert_cell(table, 2, "STAFF", "<not a number>");
    ck_assert_cell(table, 2, "STAFF_TEXT", "about 4");
    ck_assert_cell(table, 2, "TURNOVER", "6");
    ck_assert_cell(table, 2, "PRODUCT", "02");
    ck_assert_cell(table, 3, "STAFF", "40");
    ck_assert_cell(table, 3, "STAFF_TEXT", "0040");
    ck_assert_cell(table, 0, "STAFF_TEXT", "");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* 2.1 has one measure: what else an observation has are attributes, whatever their values. */
START_TEST(in_older_messages_there_are_none) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD",
                                  "<m:DataSet ss:structureRef=\"S\"><Series D=\"x\">"
                                  "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\" QUANTITY=\"20\"/>"
                                  "</Series></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    assert_column(table, "QUANTITY", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* The same id may stand at a series of another data set, or in a group. */
START_TEST(elsewhere_a_measure_is_a_text) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(
        context, "TIME_PERIOD",
        "<m:DataSet structureRef=\"S\"><Series D=\"x\">"
        "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\" QUANTITY=\"20\"/></Series></m:DataSet>"
        "<m:DataSet structureRef=\"S\" QUANTITY=\"all\"><Group D=\"y\" QUANTITY=\"some\"/>"
        "<Series D=\"y\"><Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\" QUANTITY=\"21\"/></Series>"
        "<Series D=\"z\" QUANTITY=\"many\"><Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/>"
        "</Series><Series D=\"w\"><Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series>"
        "</m:DataSet>",
        0);
    ck_assert_cell(table, 0, "QUANTITY", "20");
    ck_assert_cell(table, 1, "QUANTITY", "21");
    ck_assert_cell(table, 1, "QUANTITY_TEXT", "some");
    ck_assert_cell(table, 2, "QUANTITY_TEXT", "many");
    ck_assert_cell(table, 2, "QUANTITY", "<absent>");
    ck_assert_cell(table, 3, "QUANTITY_TEXT", "all");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(measures_of_csv) {
    bkt_context *context = new_context();
    static const char text[] = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE,QUANTITY,"
                               "OBS_STATUS,RANK\n"
                               "dataflow,B:F(1.0),A,A,2012,1,7,A,1\n"
                               "dataflow,B:F(1.0),A,A,2013,2,8.5,A,2\n"
                               "dataflow,B:F(1.0),A,A,2014,,many,A,2\n";
    bkt_table *table = read_text(context, text, NULL);
    assert_column(table, "QUANTITY", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    assert_column(table, "RANK", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    ck_assert_cell(table, 1, "QUANTITY", "8.5");
    ck_assert_cell(table, 2, "QUANTITY_TEXT", "many");
    ck_assert_cell(table, 2, "OBS_VALUE", "<absent>");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(languages_are_kept) {
    static const struct {
        const char *values;
        const char *text;
    } cases[] = {
        {"<Value>plain</Value>", "plain"},
        {"<Value><c:Text>Trade</c:Text></Value>", "Trade"},
        {"<Value><c:Text xml:lang=\"en-GB\">Trade</c:Text></Value>", "Trade"},
        {"<Value><c:Text xml:lang=\"fr\">Commerce</c:Text></Value>", "fr: Commerce"},
        {"<Value><c:Text>Trade</c:Text><c:Text xml:lang=\"fr\">Commerce</c:Text></Value>",
         "en: Trade; fr: Commerce"},
        {"<Value><c:Text xml:lang=\"en\">a</c:Text></Value><Value><c:Text "
         "xml:lang=\"de\">b</c:Text>"
         "<c:Text xml:lang=\"en\">c</c:Text></Value>",
         "a; de: b; en: c"},
        {"<Value><c:StructuredText xml:lang=\"en\"><p>One\n <b>two</b>three</p><p>four</p>"
         "</c:StructuredText></Value>",
         "One two three four"},
        {"<Value/><Value> </Value>", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bkt_context *context = new_context();
        char datasets[TEXT_SIZE];
        snprintf(datasets, sizeof datasets,
                 "<m:DataSet structureRef=\"S\"><Series D=\"x\"><Comp id=\"TITLE\">%s</Comp>"
                 "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series></m:DataSet>",
                 cases[i].values);
        bkt_table *table = read_3(context, "TIME_PERIOD", datasets, 0);
        ck_assert_cell(table, 0, "TITLE", cases[i].text);
        ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
        bkt_table_free(table);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(metadata_attributes_are_columns) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(
        context, "TIME_PERIOD",
        "<m:DataSet structureRef=\"S\" validToDate=\"2030\" publicationYear=\"2026\" "
        "publicationPeriod=\"2026-Q1\">"
        "<Group D=\"x\"><Metadata><md:Attribute id=\"SCOPE\"><Value>group</Value></md:Attribute>"
        "</Metadata></Group>"
        "<Series D=\"x\"><Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"><Metadata>"
        "<md:Attribute id=\"QUALITY\"><md:Value>good</md:Value></md:Attribute></Metadata></Obs>"
        "<Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"2\"/>"
        "<Metadata><md:Attribute id=\"CONTACT\"><md:Value>Ann</md:Value>"
        "<md:Attribute id=\"NAME\"><c:Text xml:lang=\"en\">Ann B.</c:Text>"
        "<c:Text xml:lang=\"ru\">A.</c:Text></md:Attribute></md:Attribute>"
        "<md:Attribute id=\"CONTACT\"><md:Value>Bob</md:Value></md:Attribute></Metadata></Series>"
        "<Metadata><md:Attribute id=\"DOC\"><md:Value>all</md:Value></md:Attribute>"
        "<md:Attribute id=\"NOTHING\"/></Metadata></m:DataSet>",
        BKT_READ_STRICT);
    ck_assert_cell(table, 0, "QUALITY", "good");
    ck_assert_cell(table, 1, "QUALITY", "");
    for (int64_t row = 0; row < 2; row++) {
        ck_assert_cell(table, row, "SCOPE", "group");
        ck_assert_cell(table, row, "CONTACT", "Ann; Bob");
        ck_assert_cell(table, row, "CONTACT.NAME", "en: Ann B.; ru: A.");
        ck_assert_cell(table, row, "DOC", "all");
    }
    assert_column(table, "CONTACT.NAME", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    ck_assert_str_eq(bkt_table_property(table, "valid_to"), "2030");
    ck_assert_str_eq(bkt_table_property(table, "publication_year"), "2026");
    ck_assert_str_eq(bkt_table_property(table, "publication_period"), "2026-Q1");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, measures_are_numbers_and_attributes_are_not);
    tcase_add_test(test_case, a_flat_message_may_have_no_obs_value);
    tcase_add_test(test_case, in_older_messages_there_are_none);
    tcase_add_test(test_case, elsewhere_a_measure_is_a_text);
    tcase_add_test(test_case, measures_of_csv);
    tcase_add_test(test_case, languages_are_kept);
    tcase_add_test(test_case, metadata_attributes_are_columns);
}

int main(void) {
    Suite *suite = suite_create("measure");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
