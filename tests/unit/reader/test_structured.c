/* SPDX-License-Identifier: MIT */
/* Data read with their structure: columns, roles, levels, names, dictionaries. */
#include "structures.h"

#include "run_suite.h"

static const char SERIES[] =
    "<m:DataSet ss:structureRef=\"S\" ISSUED=\"2020-01-02\">"
    "<Group xsi:type=\"Sibling\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "FLOW=\"X\" SOURCE=\"customs\" PLACE=\"KZ\"/>"
    "<Series COVER=\"90\" FLOW=\"X\" UNIT_MULT=\"6\" REPORTER=\"BY\" SOURCE=\"customs\">"
    "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1.5\" OBS_STATUS=\"A\"/>"
    "<Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"2.5\"/></Series>"
    "<Series COVER=\"80\" FLOW=\"M\" UNIT_MULT=\"6\" REPORTER=\"ZZ\" SOURCE=\"bank\">"
    "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"3.5\"/></Series></m:DataSet>";

static bkt_table *read_series(bkt_context *context) {
    char *text = specific_message("TIME_PERIOD", SERIES);
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    free(text);
    return table;
}

static int32_t level_of(const bkt_table *table, const char *id) {
    return bkt_column_level(bkt_table_column_find(table, id));
}

START_TEST(columns_are_in_the_order_of_the_dsd) {
    bkt_context *context = new_context();
    bkt_table *table = read_series(context);
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m ISSUED:a "
                             "OBS_STATUS:a PLACE:a COVER:a UNIT_MULT:a");
    ck_assert_int_eq(level_of(table, "ISSUED"), BKT_LEVEL_DATASET);
    ck_assert_int_eq(level_of(table, "OBS_STATUS"), BKT_LEVEL_OBSERVATION);
    ck_assert_int_eq(level_of(table, "PLACE"), BKT_LEVEL_GROUP);
    ck_assert_int_eq(level_of(table, "COVER"), BKT_LEVEL_SERIES);
    ck_assert_int_eq(level_of(table, "REPORTER"), BKT_LEVEL_NONE);
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    ck_assert_cell(table, 1, "OBS_VALUE", "2.5");
    ck_assert_cell(table, 1, "COVER", "90");
    ck_assert_cell(table, 2, "ISSUED", "2020-01-02");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(groups_have_the_key_that_the_dsd_says) {
    bkt_context *context = new_context();
    bkt_table *table = read_series(context);
    ck_assert_cell(table, 0, "PLACE", "KZ");
    ck_assert_cell(table, 1, "PLACE", "KZ");
    ck_assert_cell(table, 2, "PLACE", "");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(names_are_those_of_the_language_or_the_nearest) {
    bkt_context *context = new_context();
    bkt_table *table = read_series(context);
    const bkt_column *reporter = bkt_table_column_find(table, "REPORTER");
    const bkt_column *flow = bkt_table_column_find(table, "FLOW");
    ck_assert_str_eq(bkt_column_name(reporter, NULL), "Reporter");
    ck_assert_str_eq(bkt_column_name(reporter, "fr"), "Déclarant");
    ck_assert_str_eq(bkt_column_name(reporter, "fr-CA"), "Déclarant");
    ck_assert_str_eq(bkt_column_name(reporter, "ru"), "Reporter");
    ck_assert_str_eq(bkt_column_name(flow, "ru"), "Strom");
    ck_assert_str_eq(bkt_column_label(reporter), "Reporter");
    int32_t belarus = bkt_column_dictionary_find(reporter, "BY");
    ck_assert_str_eq(bkt_column_dictionary_name(reporter, belarus, "en"), "Belarus");
    ck_assert_str_eq(bkt_column_dictionary_name(reporter, belarus, "fr"), "Bélarus");
    ck_assert_str_eq(bkt_column_dictionary_name(flow, 0, "fr"), "Einfuhr");
    int32_t unknown = bkt_column_dictionary_find(reporter, "ZZ");
    ck_assert_ptr_null(bkt_column_dictionary_name(reporter, unknown, NULL));
    const bkt_column *cover = bkt_table_column_find(table, "COVER");
    ck_assert_ptr_null(bkt_column_dictionary_name(cover, 0, NULL));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(dictionaries_begin_with_the_code_list) {
    bkt_context *context = new_context();
    bkt_table *table = read_series(context);
    static const char *const areas[] = {"RU", "KZ", "BY", "ZZ"};
    const bkt_column *reporter = bkt_table_column_find(table, "REPORTER");
    ck_assert_int_eq(bkt_column_dictionary_count(reporter), 4);
    for (int32_t i = 0; i < 4; i++) {
        ck_assert_str_eq(bkt_column_dictionary_text(reporter, i), areas[i]);
    }
    ck_assert_str_eq(bkt_column_code_list(reporter), "BKT:CL_AREA(1.0)");
    ck_assert_str_eq(bkt_column_code_list(bkt_table_column_find(table, "PLACE")),
                     "BKT:CL_AREA(1.0)");
    ck_assert_ptr_null(bkt_column_code_list(bkt_table_column_find(table, "SOURCE")));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(types_are_those_of_the_representation) {
    bkt_context *context = new_context();
    bkt_table *table = read_series(context);
    const bkt_column *value = bkt_table_column_find(table, "OBS_VALUE");
    const bkt_column *time = bkt_table_column_find(table, "TIME_PERIOD");
    const bkt_column *cover = bkt_table_column_find(table, "COVER");
    ck_assert_str_eq(bkt_column_type(value), "Double");
    ck_assert_int_eq(bkt_column_kind(value), BKT_KIND_NUMBER);
    ck_assert_str_eq(bkt_column_type(time), "ObservationalTimePeriod");
    ck_assert_int_eq(bkt_column_kind(time), BKT_KIND_PERIOD);
    ck_assert_str_eq(bkt_column_type(cover), "Integer");
    ck_assert_int_eq(bkt_column_kind(cover), BKT_KIND_TEXT);
    ck_assert_ptr_null(bkt_column_type(bkt_table_column_find(table, "OBS_STATUS")));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* An order of components that would mislead: attributes before and between the dimensions. */
START_TEST(flat_observations_have_their_roles) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "AllDimensions", "<m:DataSet ss:structureRef=\"S\">"
                         "<Obs COVER=\"90\" FLOW=\"X\" TIME_PERIOD=\"2001\" PLACE=\"RU\" "
                         "OBS_VALUE=\"1\" SOURCE=\"bank\" OBS_STATUS=\"A\" REPORTER=\"BY\"/>"
                         "<Obs COVER=\"90\" FLOW=\"X\" TIME_PERIOD=\"2002\" PLACE=\"RU\" "
                         "OBS_VALUE=\"2\" SOURCE=\"bank\" OBS_STATUS=\"A\" REPORTER=\"BY\"/>"
                         "</m:DataSet>");
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m OBS_STATUS:a "
                             "PLACE:a COVER:a");
    ck_assert_cell(table, 1, "SOURCE", "bank");
    ck_assert_cell(table, 1, "TIME_PERIOD", "2002");
    ck_assert_cell(table, 1, "OBS_VALUE", "2");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(columns_of_the_key_are_there_without_data) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"/>");
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m");
    ck_assert_int_eq(bkt_table_row_count(table), 0);
    bkt_table_free(table);
    free(text);
    text = specific_message("TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"><Series FLOW=\"X\">"
                                           "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/></Series>"
                                           "</m:DataSet>");
    table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m");
    ck_assert_cell(table, 0, "REPORTER", "");
    ck_assert_cell(table, 0, "FLOW", "X");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* What comes late in a batch still stands in its place; codes stay the same. */
START_TEST(batches_have_the_same_order) {
    bkt_context *context = new_context();
    bkt_structure *structure = read_structure(context, trade_2_1);
    char *text = specific_message("TIME_PERIOD", SERIES);
    bkt_read_options options = read_options(0);
    options.structure = structure;
    options.batch_rows = 1;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    bkt_structure_free(structure);
    int64_t rows = 0;
    while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
        rows += bkt_table_row_count(batch);
        ck_assert_str_eq(bkt_column_id(bkt_table_column_at(batch, 0)), "SOURCE");
        ck_assert_str_eq(bkt_column_id(bkt_table_column_at(batch, 5)), "ISSUED");
        ck_assert_int_eq(bkt_column_dictionary_find(bkt_table_column_find(batch, "REPORTER"), "BY"),
                         2);
    }
    ck_assert_int_eq(rows, 3);
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(filters_name_columns_of_the_dsd) {
    bkt_context *context = new_context();
    static const char *const codes[] = {"X"};
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "FLOW", codes, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2002", NULL), BKT_OK);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    char *text = specific_message("TIME_PERIOD", SERIES);
    bkt_table *table = read_with(context, trade_2_1, text, options);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "TIME_PERIOD", "2002");
    bkt_table_free(table);
    free(text);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, columns_are_in_the_order_of_the_dsd);
    tcase_add_test(test_case, groups_have_the_key_that_the_dsd_says);
    tcase_add_test(test_case, names_are_those_of_the_language_or_the_nearest);
    tcase_add_test(test_case, dictionaries_begin_with_the_code_list);
    tcase_add_test(test_case, types_are_those_of_the_representation);
    tcase_add_test(test_case, flat_observations_have_their_roles);
    tcase_add_test(test_case, columns_of_the_key_are_there_without_data);
    tcase_add_test(test_case, batches_have_the_same_order);
    tcase_add_test(test_case, filters_name_columns_of_the_dsd);
}

int main(void) {
    Suite *suite = suite_create("structured");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
