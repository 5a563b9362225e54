/* SPDX-License-Identifier: MIT */
/* Structures of any version with data of any: what components are called, and which measures. */
#include "structures.h"

#include "message_3.h"
#include "run_suite.h"

#define DEBT_NAMESPACE "urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BKT:DEBT:"

static bkt_table *read_text_with(bkt_context *context, const char *structure, const char *text) {
    return read_with(context, structure, text, read_options(0));
}

/* The DSD calls time TIME and the measure AMOUNT; the message calls neither. */
START_TEST(generic_2_0_has_the_names_of_the_dsd) {
    static const char text[] =
        "<GenericData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
        "xmlns:g=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/generic\">"
        "<Header><ID>D</ID></Header><DataSet><g:KeyFamilyRef>DEBT</g:KeyFamilyRef>"
        "<g:Series><g:SeriesKey><g:Value concept=\"AREA\" value=\"BY\"/>"
        "<g:Value concept=\"KIND\" value=\"Q\"/></g:SeriesKey>"
        "<g:Obs><g:Time>2001</g:Time><g:ObsValue value=\"5\"/></g:Obs></g:Series>"
        "</DataSet></GenericData>";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, debt_2_0, text);
    ck_assert_columns(table, "KIND:d AREA:d TIME:t AMOUNT:m");
    ck_assert_cell(table, 0, "TIME", "2001");
    ck_assert_cell(table, 0, "AMOUNT", "5");
    const bkt_column *kind = bkt_table_column_find(table, "KIND");
    ck_assert_str_eq(bkt_column_dictionary_name(kind, bkt_column_dictionary_find(kind, "Q"), "en"),
                     "Flows");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* The primary measure stands under its own name, as one attribute among others. */
START_TEST(compact_2_0_has_the_measure_that_the_dsd_says) {
    static const char text[] =
        "<CompactData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
        "xmlns:d=\"" DEBT_NAMESPACE "compact\"><Header><ID>D</ID></Header><d:DataSet>"
        "<d:G AREA=\"BY\" BASIS=\"market\"/>"
        "<d:Series AREA=\"BY\" KIND=\"P\"><d:Obs TIME=\"2001\" AMOUNT=\"5\"/>"
        "<d:Obs TIME=\"2002\" AMOUNT=\"n/a\"/></d:Series></d:DataSet></CompactData>";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, debt_2_0, text);
    ck_assert_columns(table, "KIND:d AREA:d TIME:t AMOUNT:m BASIS:a AMOUNT_TEXT:a?");
    ck_assert_cell(table, 0, "AMOUNT", "5");
    ck_assert_cell(table, 1, "AMOUNT_TEXT", "n/a");
    ck_assert_cell(table, 1, "BASIS", "market");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(cross_sectional_measures_are_codes_of_their_dimension) {
    static const char text[] =
        "<CrossSectionalData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
        "xmlns:d=\"" DEBT_NAMESPACE "cross\"><Header><ID>D</ID></Header><d:DataSet>"
        "<d:Group TIME=\"2001\"><d:Section BASIS=\"market\">"
        "<d:STOCKS AREA=\"BY\" value=\"7\"/><d:FLOWS AREA=\"BY\" value=\"8\"/>"
        "<d:OTHERS AREA=\"BY\" value=\"9\"/></d:Section></d:Group></d:DataSet>"
        "</CrossSectionalData>";
    static const char *const codes[] = {"Q"};
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, debt_2_0, text);
    ck_assert_columns(table, "KIND:d AREA:d TIME:t AMOUNT:m BASIS:a");
    ck_assert_cell(table, 0, "KIND", "P");
    ck_assert_cell(table, 1, "KIND", "Q");
    ck_assert_cell(table, 2, "KIND", "OTHERS");
    ck_assert_cell(table, 1, "AMOUNT", "8");
    ck_assert_cell(table, 1, "TIME", "2001");
    bkt_table_free(table);
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "KIND", codes, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2001", "2001"), BKT_OK);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    table = read_with(context, debt_2_0, text, options);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "AMOUNT", "8");
    bkt_table_free(table);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

/* The message does not say how its measure dimension is called. */
START_TEST(explicit_measures_are_of_the_measure_dimension) {
    static const char text[] =
        "<m:StructureSpecificData "
        "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:n=\"urn:n\">"
        "<m:Header><m:Structure structureID=\"S\" explicitMeasures=\"true\" "
        "dimensionAtObservation=\"AllDimensions\"/></m:Header><m:DataSet>"
        "<Obs x:type=\"n:Q\" AREA=\"BY\" TIME_PERIOD=\"2012\" OBS_VALUE=\"804.1\"/>"
        "<Obs x:type=\"n:P\" AREA=\"BY\" TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></m:DataSet>"
        "</m:StructureSpecificData>";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, debt_2_0, text);
    ck_assert_columns(table, "KIND:d AREA:d TIME:t AMOUNT:m");
    ck_assert_cell(table, 0, "KIND", "Q");
    ck_assert_cell(table, 0, "AMOUNT", "804.1");
    ck_assert_cell(table, 1, "KIND", "P");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* What is to be deleted, with the key that the DSD has. */
START_TEST(deletions_have_the_key_of_the_dsd) {
    bkt_context *context = new_context();
    char *text =
        message_3("TIME_PERIOD", "<m:DataSet action=\"Delete\"><Series SHOP=\"1\" COLOUR=\"red\"/>"
                                 "<Series SHOP=\"2\"><Obs TIME_PERIOD=\"2001\" SOLD=\"\"/></Series>"
                                 "</m:DataSet>");
    bkt_table *table = read_text_with(context, sales_3_0, text);
    ck_assert_columns(table, "SHOP:d TILL:d TIME_PERIOD:t MARK:m SOLD:m NUMBER:m WEIGHT:m "
                             "COLOUR:a DATASET:p ACTION:p");
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_cell(table, 0, "COLOUR", "red");
    ck_assert_cell(table, 0, "TILL", "");
    ck_assert_cell(table, 1, "TIME_PERIOD", "2001");
    ck_assert_cell(table, 1, "WEIGHT", "<absent>");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* Without OBS_VALUE; a measure of texts keeps "012", and one of codes has names. */
START_TEST(measures_of_3_0_are_of_their_types) {
    bkt_context *context = new_context();
    char *text = message_3("TIME_PERIOD",
                           "<m:DataSet><Series TILL=\"2\" COLOUR=\"red\" SHOP=\"1\">"
                           "<Obs TIME_PERIOD=\"2001\" NUMBER=\"012\" SOLD=\"1.5\" MARK=\"%\"/>"
                           "<Obs TIME_PERIOD=\"2002\" NUMBER=\"013\" SOLD=\"2.5\" MARK=\"$\"/>"
                           "<Obs TIME_PERIOD=\"2003\" NUMBER=\"014\" SOLD=\"x\" MARK=\"$\"/>"
                           "</Series></m:DataSet>");
    bkt_table *table = read_text_with(context, sales_3_0, text);
    ck_assert_columns(table, "SHOP:d TILL:d TIME_PERIOD:t MARK:m SOLD:m NUMBER:m WEIGHT:m "
                             "COLOUR:a SOLD_TEXT:a?");
    ck_assert_cell(table, 0, "NUMBER", "012");
    ck_assert_cell(table, 0, "MARK", "%");
    ck_assert_cell(table, 1, "SOLD", "2.5");
    ck_assert_cell(table, 2, "SOLD_TEXT", "x");
    ck_assert_cell(table, 2, "WEIGHT", "<absent>");
    const bkt_column *mark = bkt_table_column_find(table, "MARK");
    ck_assert_str_eq(bkt_column_dictionary_name(mark, 0, NULL), "Dollar");
    ck_assert_str_eq(bkt_column_code_list(mark), "BKT:VL_MARK(1.0)");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* A value that the DSD has no measure for is kept. */
START_TEST(values_without_a_measure_are_kept) {
    bkt_context *context = new_context();
    char *text = message_3("TIME_PERIOD", "<m:DataSet><Series TILL=\"2\" SHOP=\"1\">"
                                          "<Obs TIME_PERIOD=\"2001\" SOLD=\"1.5\"/>"
                                          "<Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"7\"/>"
                                          "</Series></m:DataSet>");
    bkt_table *table = read_text_with(context, sales_3_0, text);
    ck_assert_columns(table, "SHOP:d TILL:d TIME_PERIOD:t MARK:m SOLD:m NUMBER:m WEIGHT:m "
                             "OBS_VALUE:m");
    ck_assert_cell(table, 0, "OBS_VALUE", "<absent>");
    ck_assert_cell(table, 1, "OBS_VALUE", "7");
    const bkt_diagnostic *told = find_diagnostic(context, BKT_ERR_STRUCTURE);
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(told), "OBS_VALUE"));
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* Data of 2.1 with a structure of 3.0: the version doesn't matter. */
START_TEST(versions_may_differ) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD",
                                  "<m:DataSet ss:structureRef=\"S\"><Series TILL=\"2\" SHOP=\"1\">"
                                  "<Obs TIME_PERIOD=\"2001\" SOLD=\"1.5\"/></Series></m:DataSet>");
    bkt_table *table = read_text_with(context, sales_3_0, text);
    ck_assert_columns(table, "SHOP:d TILL:d TIME_PERIOD:t MARK:m SOLD:m NUMBER:m WEIGHT:m");
    ck_assert_cell(table, 0, "SOLD", "1.5");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* The dataflow is in no message; of two DSDs none is assumed. */
START_TEST(csv_of_a_dataflow_is_of_the_only_dsd) {
    static const char text[] = "DATAFLOW,TIME_PERIOD,COLOUR,SOLD,TILL,NUMBER,SHOP\n"
                               "BKT:FLOW(1.0),2001,red,1.5,2,012,1\n"
                               "BKT:FLOW(1.0),2002,red,2.5,2,013,1\n";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, sales_3_0, text);
    ck_assert_columns(table, "SHOP:d TILL:d TIME_PERIOD:t MARK:m SOLD:m NUMBER:m WEIGHT:m "
                             "COLOUR:a");
    ck_assert_cell(table, 1, "SHOP", "1");
    ck_assert_cell(table, 1, "NUMBER", "013");
    ck_assert_cell(table, 1, "SOLD", "2.5");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    table = read_text_with(context, trade_2_1, text);
    ck_assert_ptr_nonnull(find_diagnostic(context, BKT_ERR_STRUCTURE));
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(csv_2_0_names_its_dsd) {
    static const char text[] = "STRUCTURE,STRUCTURE_ID,COVER,OBS_VALUE,TIME_PERIOD,FLOW,SOURCE,"
                               "REPORTER\n"
                               "datastructure,BKT:TRADE(1.0),90,1.5,2001,X,bank,BY\n"
                               "datastructure,BKT:OTHER(1.0),80,2.5,2001,,,KZ\n";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, trade_2_1, text);
    ck_assert_cell(table, 0, "COVER", "90");
    ck_assert_cell(table, 0, "SOURCE", "bank");
    ck_assert_cell(table, 1, "REPORTER", "KZ");
    ck_assert_cell(table, 1, "OBS_VALUE", "2.5");
    ck_assert_cell(table, 1, "COVER", "80");
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "SOURCE")), BKT_ROLE_DIMENSION);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

#if defined(BKTI_JSON)
/* A message that says itself what is what, and has names of its own. */
START_TEST(json_is_named_by_the_structure) {
    static const char text[] =
        "{\"meta\": {\"id\": \"D\"}, \"data\": {\"structures\": [{\"links\": [{\"rel\": "
        "\"datastructure\", \"urn\": \"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
        "BKT:OTHER(1.0)\"}], \"dimensions\": {\"observation\": ["
        "{\"id\": \"TIME_PERIOD\", \"values\": [{\"value\": \"2001\"}]},"
        "{\"id\": \"REPORTER\", \"values\": [{\"id\": \"BY\", \"name\": \"White Russia\"}]},"
        "{\"id\": \"COVER\", \"values\": [{\"id\": \"9\"}]}]},"
        "\"measures\": {\"observation\": [{\"id\": \"OBS_VALUE\"}]}}],"
        "\"dataSets\": [{\"structure\": 0, \"observations\": {\"0:0:0\": [5]}}]}}";
    bkt_context *context = new_context();
    bkt_table *table = read_text_with(context, trade_2_1, text);
    ck_assert_columns(table, "COVER:d REPORTER:d TIME_PERIOD:t OBS_VALUE:m");
    ck_assert_cell(table, 0, "OBS_VALUE", "5");
    const bkt_column *reporter = bkt_table_column_find(table, "REPORTER");
    ck_assert_str_eq(
        bkt_column_dictionary_name(reporter, bkt_column_dictionary_find(reporter, "BY"), "en"),
        "Belarus");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST
#endif

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, generic_2_0_has_the_names_of_the_dsd);
    tcase_add_test(test_case, compact_2_0_has_the_measure_that_the_dsd_says);
    tcase_add_test(test_case, cross_sectional_measures_are_codes_of_their_dimension);
    tcase_add_test(test_case, explicit_measures_are_of_the_measure_dimension);
    tcase_add_test(test_case, deletions_have_the_key_of_the_dsd);
    tcase_add_test(test_case, measures_of_3_0_are_of_their_types);
    tcase_add_test(test_case, values_without_a_measure_are_kept);
    tcase_add_test(test_case, versions_may_differ);
    tcase_add_test(test_case, csv_of_a_dataflow_is_of_the_only_dsd);
    tcase_add_test(test_case, csv_2_0_names_its_dsd);
#if defined(BKTI_JSON)
    tcase_add_test(test_case, json_is_named_by_the_structure);
#endif
}

int main(void) {
    Suite *suite = suite_create("structured_dialect");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
