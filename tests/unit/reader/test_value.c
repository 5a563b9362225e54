/* SPDX-License-Identifier: MIT */
/* Values, periods, roles, footers, extensions: what rows and columns say of the message. */
#include "reader_fixture.h"
#include "run_suite.h"

START_TEST(missing_values_have_reasons_and_texts_are_kept) {
    static const struct {
        const char *value;
        const char *text;
    } rows[] = {{"1.5", ""},
                {"<absent>", ""},
                {"<empty>", ""},
                {"<NaN>", ""},
                {"<not a number>", "<1"},
                {"<not a number>", "1,5"},
                {"<not a number>", "INF"},
                {"<not a number>", "1e999"},
                {"<confidential>", ""},
                {"0", ""}};
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/missing-values.xml");
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        ck_assert_cell(table, (int64_t)row, "OBS_VALUE", rows[row].value);
        ck_assert_cell(table, (int64_t)row, "OBS_VALUE_TEXT", rows[row].text);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 4);
    bkt_table_free(table);
    table = read_data(context, "messages/periods.xml");
    ck_assert_ptr_null(bkt_table_column_find(table, "OBS_VALUE_TEXT"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_form_of_period_is_one) {
    static const int32_t frequencies[] = {
        BKT_FREQUENCY_YEAR,      BKT_FREQUENCY_YEAR,      BKT_FREQUENCY_SEMESTER,
        BKT_FREQUENCY_TRIMESTER, BKT_FREQUENCY_QUARTER,   BKT_FREQUENCY_MONTH,
        BKT_FREQUENCY_MONTH,     BKT_FREQUENCY_WEEK,      BKT_FREQUENCY_DAY,
        BKT_FREQUENCY_DAY,       BKT_FREQUENCY_DATE_TIME, BKT_FREQUENCY_RANGE,
        BKT_FREQUENCY_SEMESTER,  BKT_FREQUENCY_QUARTER};
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/periods.xml");
    const bkt_column *time = bkt_table_column_find(table, "TIME_PERIOD");
    ck_assert_int_eq(bkt_column_role(time), BKT_ROLE_TIME);
    for (size_t row = 0; row < sizeof frequencies / sizeof *frequencies; row++) {
        int32_t frequency;
        int64_t ordinal;
        int32_t code = bkt_column_codes_view(time)[row];
        ck_assert_int_eq(bkt_column_dictionary_period(time, code, &frequency, &ordinal), BKT_OK);
        ck_assert_int_eq(frequency, frequencies[row]);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* Nor is it told as if it were of the row before, which has the same shape. */
START_TEST(a_text_that_is_no_period_has_none) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"><Series A=\"1\">"
                       "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/>"
                       "<Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"2\"/>"
                       "<Obs TIME_PERIOD=\"2003\" OBS_VALUE=\"3\"/>"
                       "<Obs TIME_PERIOD=\"2004-X\" OBS_VALUE=\"4\"/></Series></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    const bkt_diagnostic *told = find_diagnostic(context, BKT_ERR_PERIOD);
    ck_assert_ptr_nonnull(told);
    ck_assert_str_eq(bkt_diagnostic_series(told), "1");
    ck_assert_str_eq(bkt_diagnostic_period(told), "");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* The attribute may stand at any level; the nearest counts. */
START_TEST(reporting_years_move_the_days_of_periods) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD",
        "<m:DataSet ss:structureRef=\"S\" REPORTING_YEAR_START_DAY=\"--04-01\">"
        "<Series D=\"a\"><Obs TIME_PERIOD=\"2012-Q1\" OBS_VALUE=\"1\"/>"
        "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series>"
        "<Series D=\"b\" REPORTING_YEAR_START_DAY=\"--07-01\">"
        "<Obs TIME_PERIOD=\"2012-Q1\" OBS_VALUE=\"1\"/>"
        "<Obs TIME_PERIOD=\"2012-Q1\" OBS_VALUE=\"1\" REPORTING_YEAR_START_DAY=\"--10-01\"/>"
        "<Obs TIME_PERIOD=\"2012-Q2\" OBS_VALUE=\"1\" REPORTING_YEAR_START_DAY=\"1 May\"/>"
        "<Obs TIME_PERIOD=\"2012-Q5\" OBS_VALUE=\"1\"/></Series></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    static const struct {
        bkt_status status;
        const char *first;
    } expected[] = {
        {BKT_OK, "2012-04-01"}, {BKT_OK, "2012-01-01"}, {BKT_OK, "2012-07-01"},
        {BKT_OK, "2012-10-01"}, {BKT_ERR_VALUE, NULL},  {BKT_ERR_PERIOD, NULL},
    };
    int32_t first;
    int32_t last;
    for (int64_t row = 0; row < 6; row++) {
        char day[32] = "";
        ck_assert_int_eq(bkt_table_period_days(table, row, &first, &last), expected[row].status);
        if (expected[row].first != NULL) {
            bkt_period_format(BKT_FREQUENCY_DAY, first, day, sizeof day, NULL);
            ck_assert_str_eq(day, expected[row].first);
        }
    }
    ck_assert_int_eq(bkt_table_period_days(table, 6, &first, &last), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_period_days(table, -1, &first, &last), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_period_days(NULL, 0, &first, &last), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_period_days(table, 0, NULL, &last), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_period_days(table, 0, &first, NULL), BKT_ERR_ARGUMENT);
    static const char *const ids[] = {"D"};
    bkt_table *other;
    ck_assert_int_eq(bkt_table_select(context, table, ids, 1, &other), BKT_OK);
    ck_assert_int_eq(bkt_table_period_days(other, 0, &first, &last), BKT_ERR_NO_COLUMN);
    bkt_table_free(other);
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* Years of 52 weeks have no week 53, as they have no day 366 or 29 February. */
START_TEST(a_period_that_does_not_exist_is_told) {
    static const char *const periods[] = {"2019-W53", "2019-D366", "2019-02-29", "2019-M13",
                                          "2019-Q5",  "2019-T4",   "2019-S3",    "2019-A2"};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        char datasets[TEXT_SIZE];
        snprintf(datasets, sizeof datasets,
                 "<m:DataSet ss:structureRef=\"S\"><Series D=\"a\">"
                 "<Obs TIME_PERIOD=\"2020-W53\" OBS_VALUE=\"1\"/>"
                 "<Obs TIME_PERIOD=\"%s\" OBS_VALUE=\"2\"/></Series></m:DataSet>",
                 periods[i]);
        char *text = specific_message("TIME_PERIOD", datasets);
        bkt_context *context = new_context();
        bkt_table *table = read_text(context, text, NULL);
        ck_assert_int_eq(bkt_table_row_count(table), 2);
        ck_assert_cell(table, 1, "TIME_PERIOD", periods[i]);
        ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
        const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
        ck_assert_int_eq(bkt_diagnostic_severity(told), BKT_SEVERITY_WARNING);
        ck_assert_int_eq(bkt_diagnostic_status(told), BKT_ERR_PERIOD);
        ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(told), periods[i]));
        bkt_table_free(table);
        bkt_read_options options = read_options(BKT_READ_STRICT);
        ck_assert_int_eq(bkt_table_read_memory(context, text, strlen(text), &options, &table),
                         BKT_ERR_PERIOD);
        free(text);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(an_impossible_period_keeps_its_row) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "bad/impossible-period.xml");
    const bkt_column *time = bkt_table_column_find(table, "TIME_PERIOD");
    int32_t frequency;
    int64_t ordinal;
    ck_assert_cell(table, 1, "TIME_PERIOD", "2013-02-29");
    ck_assert_cell(table, 1, "OBS_VALUE", "870.4");
    ck_assert_int_eq(
        bkt_column_dictionary_period(time, bkt_column_codes_view(time)[1], &frequency, &ordinal),
        BKT_ERR_PERIOD);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(confidentiality_of_a_series_counts_too) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"><Series A=\"1\" CONF_STATUS=\"N\">"
                       "<Obs TIME_PERIOD=\"2001\"/><Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"NaN\"/>"
                       "<Obs TIME_PERIOD=\"2003\" OBS_VALUE=\"3\"/></Series>"
                       "<Series A=\"2\"><Obs TIME_PERIOD=\"2001\" OBS_STATUS=\"C\"/>"
                       "<Obs TIME_PERIOD=\"2002\" OBS_STATUS=\"M\"/></Series></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_cell(table, 0, "OBS_VALUE", "<confidential>");
    ck_assert_cell(table, 1, "OBS_VALUE", "<confidential>");
    ck_assert_cell(table, 2, "OBS_VALUE", "3");
    ck_assert_cell(table, 3, "OBS_VALUE", "<confidential>");
    ck_assert_cell(table, 4, "OBS_VALUE", "<absent>");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_message_without_observations_is_fine) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/no-observations.xml");
    ck_assert_int_eq(bkt_table_row_count(table), 0);
    const bkt_column *flow = bkt_table_column_find(table, "TRADE_FLOW");
    ck_assert_int_eq(bkt_column_dictionary_count(flow), 2);
    ck_assert_ptr_nonnull(bkt_table_column_find(table, "OBS_VALUE"));
    ck_assert_ptr_nonnull(bkt_table_column_find(table, "UNIT_MULT"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(footers_are_told) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    bkt_table *table;
    ck_assert_int_eq(
        bkt_reader_open_path(context, data_path(path, "messages/footer.xml"), NULL, &reader),
        BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(warning), BKT_SEVERITY_WARNING);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_SERVER);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "(510, Error): Only the first"));
    ck_assert_int_eq(bkt_diagnostic_severity(bkt_context_diagnostic_at(context, 1)),
                     BKT_SEVERITY_NOTE);
    ck_assert_str_eq(bkt_reader_property(reader, "footer"),
                     "510 Error: Only the first observation is given | "
                     "100 Information: All else is well");
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

START_TEST(extensions_are_passed_over) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/extensions.xml");
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "OBS_VALUE", "804.1");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_LAYOUT);
    ck_assert_uint_eq(bkt_diagnostic_line(warning), 21);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "<Unknown>"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_unit_may_be_a_dimension) {
    bkt_context *context = new_context();
    /* Series that differ in nothing else. */
    bkt_table *table = read_data(context, "messages/units.xml");
    const bkt_column *unit = bkt_table_column_find(table, "UNIT_MEASURE");
    ck_assert_int_eq(bkt_column_role(unit), BKT_ROLE_DIMENSION);
    ck_assert_int_eq(bkt_column_role_assumed(unit), 1);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "UNIT_MULT")),
                     BKT_ROLE_ATTRIBUTE);
    bkt_table_free(table);
    /* A dimension follows; and a unit that is in series and group alike. */
    static const char *const messages[] = {
        "<m:DataSet ss:structureRef=\"S\"><Series UNIT_MEASURE=\"USD\" FREQ=\"A\" UNIT_MULT=\"6\">"
        "<Obs TIME_PERIOD=\"2001\"/></Series></m:DataSet>",
        "<m:DataSet ss:structureRef=\"S\"><Group FREQ=\"A\" UNIT_MEASURE=\"USD\" T=\"x\"/>"
        "<Series FREQ=\"A\" UNIT_MEASURE=\"USD\" UNIT_MULT=\"6\"><Obs TIME_PERIOD=\"2001\"/>"
        "</Series></m:DataSet>"};
    for (size_t i = 0; i < 2; i++) {
        char *text = specific_message("TIME_PERIOD", messages[i]);
        table = read_text(context, text, NULL);
        unit = bkt_table_column_find(table, "UNIT_MEASURE");
        ck_assert_int_eq(bkt_column_role(unit), BKT_ROLE_DIMENSION);
        bkt_table_free(table);
        free(text);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(another_name_for_time_is_seen_by_its_values) {
    bkt_context *context = new_context();
    static const char text[] =
        "<CompactData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\">"
        "<d:DataSet xmlns:d=\"urn:x\"><d:Series LOCATION=\"BY\" MEASURE=\"2012\">"
        "<d:Obs OBS_VALUE=\"1\" YEAR=\"1990\"/></d:Series></d:DataSet></CompactData>";
    bkt_table *table = read_text(context, text, NULL);
    const bkt_column *year = bkt_table_column_find(table, "YEAR");
    ck_assert_int_eq(bkt_column_role(year), BKT_ROLE_TIME);
    ck_assert_int_eq(bkt_column_role_assumed(year), 1);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "MEASURE")), BKT_ROLE_DIMENSION);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(several_values_of_a_component_are_joined) {
    bkt_context *context = new_context();
    static const char text[] =
        "<m:StructureSpecificData "
        "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message\" "
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common\"><m:DataSet>"
        "<Obs FREQ=\"A\" TIME_PERIOD=\"2012\" OBS_VALUE=\"1\" QUANTITY=\"20\">"
        "<Comp id=\"METHOD\"><Value>a</Value><Value> b </Value></Comp>"
        "<Comp id=\"TITLE\"><Value><c:Text xml:lang=\"en\">Trade</c:Text>\n"
        "<c:Text xml:lang=\"fr\">Commerce</c:Text></Value></Comp><Comp id=\"NONE\"/></Obs>"
        "<Obs FREQ=\"A\" TIME_PERIOD=\"2013\"><Comp id=\"OBS_VALUE\"><Value>2.5</Value></Comp>"
        "</Obs></m:DataSet></m:StructureSpecificData>";
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_cell(table, 0, "METHOD", "a; b");
    ck_assert_cell(table, 0, "TITLE", "en: Trade; fr: Commerce");
    ck_assert_cell(table, 0, "QUANTITY", "20");
    ck_assert_cell(table, 1, "OBS_VALUE", "2.5");
    ck_assert_cell(table, 1, "METHOD", "");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(attributes_at_two_levels_the_nearer_wins) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD",
        "<m:DataSet ss:structureRef=\"S\" DECIMALS=\"0\"><Series A=\"1\">"
        "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/></Series><Series A=\"2\" DECIMALS=\"1\">"
        "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/>"
        "<Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"1\" DECIMALS=\"2\"/>"
        "<Obs TIME_PERIOD=\"2003\" OBS_VALUE=\"1\"/></Series><Series A=\"3\">"
        "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/></Series></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    static const char *const expected[] = {"0", "1", "2", "1", "0"};
    for (int64_t row = 0; row < 5; row++) {
        ck_assert_cell(table, row, "DECIMALS", expected[row]);
    }
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(flat_explicit_measures_need_no_value) {
    static const char *const spellings[] = {"true", "1"};
    for (size_t i = 0; i < 2; i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 "<m:StructureSpecificData "
                 "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
                 "xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:n=\"urn:n\">"
                 "<m:Header><m:Structure structureID=\"S\" explicitMeasures=\"%s\" "
                 "dimensionAtObservation=\"AllDimensions\"/></m:Header><m:DataSet>"
                 "<Obs x:type=\"n:X\" AREA=\"BY\" TIME_PERIOD=\"2012\" OBS_VALUE=\"804.1\"/>"
                 "<Obs x:type=\"n:M\" AREA=\"BY\" TIME_PERIOD=\"2012\"/></m:DataSet>"
                 "</m:StructureSpecificData>",
                 spellings[i]);
        bkt_context *context = new_context();
        bkt_table *table = read_text(context, text, NULL);
        ck_assert_cell(table, 0, "MEASURE", "X");
        ck_assert_cell(table, 0, "OBS_VALUE", "804.1");
        ck_assert_cell(table, 1, "MEASURE", "M");
        ck_assert_cell(table, 1, "AREA", "BY");
        ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "MEASURE")),
                         BKT_ROLE_DIMENSION);
        bkt_table_free(table);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(in_flat_data_attributes_follow_the_value) {
    static const struct {
        const char *observation;
        int32_t role; /* of QUANTITY */
    } flats[] = {
        {"<Obs A=\"1\" TIME_PERIOD=\"2001\" OBS_VALUE=\"1\" QUANTITY=\"2\"/>", BKT_ROLE_ATTRIBUTE},
        {"<Obs A=\"1\" OBS_VALUE=\"1\" QUANTITY=\"2\" TIME_PERIOD=\"2001\"/>", BKT_ROLE_DIMENSION},
        {"<Obs A=\"1\" QUANTITY=\"2\" TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/>", BKT_ROLE_DIMENSION},
        {"<Obs A=\"1\" TIME_PERIOD=\"2001\" QUANTITY=\"2\"/>", BKT_ROLE_DIMENSION},
    };
    bkt_context *context = new_context();
    for (size_t i = 0; i < sizeof flats / sizeof *flats; i++) {
        char datasets[TEXT_SIZE];
        snprintf(datasets, sizeof datasets, "<m:DataSet>%s</m:DataSet>", flats[i].observation);
        char *text = specific_message("AllDimensions", datasets);
        bkt_table *table = read_text(context, text, NULL);
        const bkt_column *quantity = bkt_table_column_find(table, "QUANTITY");
        ck_assert_int_eq(bkt_column_role(quantity), flats[i].role);
        ck_assert_int_eq(bkt_column_role_assumed(quantity), 1);
        bkt_table_free(table);
        free(text);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(data_sets_may_call_time_differently) {
    bkt_context *context = new_context();
    char *text = specific_message("AllDimensions",
                                  "<m:DataSet><Obs A=\"1\" TIME_PERIOD=\"2001\"/></m:DataSet>"
                                  "<m:DataSet><Obs A=\"2\" TIME=\"2002\"/></m:DataSet>"
                                  "<m:DataSet><Obs A=\"3\" TIME_PERIOD=\"2003\"/></m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "TIME")), BKT_ROLE_TIME);
    ck_assert_int_eq(bkt_column_kind(bkt_table_column_find(table, "TIME")), BKT_KIND_PERIOD);
    ck_assert_cell(table, 1, "TIME", "2002");
    ck_assert_cell(table, 1, "TIME_PERIOD", "");
    ck_assert_cell(table, 2, "TIME_PERIOD", "2003");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, missing_values_have_reasons_and_texts_are_kept);
    tcase_add_test(test_case, every_form_of_period_is_one);
    tcase_add_test(test_case, a_text_that_is_no_period_has_none);
    tcase_add_test(test_case, reporting_years_move_the_days_of_periods);
    tcase_add_test(test_case, a_period_that_does_not_exist_is_told);
    tcase_add_test(test_case, an_impossible_period_keeps_its_row);
    tcase_add_test(test_case, confidentiality_of_a_series_counts_too);
    tcase_add_test(test_case, a_message_without_observations_is_fine);
    tcase_add_test(test_case, footers_are_told);
    tcase_add_test(test_case, extensions_are_passed_over);
    tcase_add_test(test_case, a_unit_may_be_a_dimension);
    tcase_add_test(test_case, another_name_for_time_is_seen_by_its_values);
    tcase_add_test(test_case, several_values_of_a_component_are_joined);
    tcase_add_test(test_case, attributes_at_two_levels_the_nearer_wins);
    tcase_add_test(test_case, data_sets_may_call_time_differently);
    tcase_add_test(test_case, in_flat_data_attributes_follow_the_value);
    tcase_add_test(test_case, flat_explicit_measures_need_no_value);
}

int main(void) {
    Suite *suite = suite_create("value");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
