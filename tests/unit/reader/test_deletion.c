/* SPDX-License-Identifier: MIT */
/* Data sets that delete: one row for each thing that is to be deleted. */
#include "message_3.h"
#include "run_suite.h"

/* D, TIME_PERIOD, OBS_VALUE, NOTE of each row. */
static void assert_rows(const bkt_table *table, const char *const (*expected)[4], int64_t count) {
    static const char *const ids[] = {"D", "TIME_PERIOD", "OBS_VALUE", "NOTE_TEXT"};
    ck_assert_int_eq(bkt_table_row_count(table), count);
    for (int64_t row = 0; row < count; row++) {
        for (size_t i = 0; i < 4; i++) {
            ck_assert_cell(table, row, ids[i], expected[row][i]);
        }
        ck_assert_cell(table, row, "ACTION", "Delete");
    }
}

static const char everything[] =
    "<m:DataSet structureRef=\"S\" action=\"Delete\">"
    "<Series D=\"a\"/><Series D=\"b\" NOTE_TEXT=\"x\"/>"
    "<Series D=\"c\"><Obs TIME_PERIOD=\"2012\"/><Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"NaN\"/>"
    "<Obs TIME_PERIOD=\"2014\" NOTE_TEXT=\"-\"/></Series>"
    "<Group D=\"e\" NOTE_TEXT=\"z\"/><Atts NOTE_TEXT=\"y\"/></m:DataSet>";

START_TEST(each_thing_is_a_row) {
    static const char *const expected[][4] = {
        {"a", "", "<absent>", ""},  {"b", "", "<absent>", "x"},     {"c", "2012", "<absent>", ""},
        {"c", "2013", "<NaN>", ""}, {"c", "2014", "<absent>", "-"}, {"e", "", "<absent>", "z"},
        {"", "", "<absent>", "y"},
    };
    bkt_context *context = new_context();
    bkt_table *table = read_3(context, "TIME_PERIOD", everything, BKT_READ_STRICT);
    assert_rows(table, expected, sizeof expected / sizeof *expected);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_data_set_with_nothing_in_it_deletes_all) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(context, "TIME_PERIOD",
                              "<m:DataSet structureRef=\"S\" action=\"Append\"><Series D=\"a\">"
                              "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series></m:DataSet>"
                              "<m:DataSet structureRef=\"S\" action=\"Append\"/>"
                              "<m:DataSet structureRef=\"S\" action=\"Delete\"/>",
                              0);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_cell(table, 1, "D", "");
    ck_assert_cell(table, 1, "TIME_PERIOD", "");
    ck_assert_cell(table, 1, "DATASET", "3");
    ck_assert_cell(table, 1, "ACTION", "Delete");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* What does not say all that the filter asks for does not pass. */
START_TEST(a_filter_holds_for_these_rows_too) {
    static const char *const codes[] = {"b", "c"};
    bkt_context *context = new_context();
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "D", codes, 2), BKT_OK);
    for (int periods = 0; periods < 2; periods++) {
        if (periods == 1) {
            ck_assert_int_eq(bkt_filter_set_periods(filter, "2013", NULL), BKT_OK);
        }
        bkt_read_options options = read_options(0);
        options.filter = filter;
        char *text = message_3("TIME_PERIOD", everything);
        bkt_table *table = read_text(context, text, &options);
        free(text);
        ck_assert_int_eq(bkt_table_row_count(table), periods == 1 ? 2 : 4);
        ck_assert_cell(table, 0, "D", periods == 1 ? "c" : "b");
        bkt_table_free(table);
    }
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

/* The header may say it for all data sets, as in 2.0 and 2.1. */
START_TEST(the_header_says_it_too) {
    bkt_context *context = new_context();
    static const char text[] =
        "<CompactData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\">"
        "<Header><DataSetAction>Delete</DataSetAction></Header>"
        "<DataSet xmlns=\"urn:k\"><Series D=\"a\"/></DataSet></CompactData>";
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "D", "a");
    ck_assert_cell(table, 0, "ACTION", "Delete");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(elsewhere_series_without_observations_are_told) {
    bkt_context *context = new_context();
    bkt_table *table = read_3(context, "TIME_PERIOD",
                              "<m:DataSet structureRef=\"S\"><Series D=\"a\"/><Series D=\"b\">"
                              "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series>"
                              "<Series D=\"c\" TITLE=\"t\"/></m:DataSet>",
                              0);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    const bkt_diagnostic *note = find_diagnostic(context, BKT_ERR_NO_DATA);
    ck_assert_ptr_nonnull(note);
    ck_assert_int_eq(bkt_diagnostic_severity(note), BKT_SEVERITY_NOTE);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(note), "2 of the series of data set 1"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, each_thing_is_a_row);
    tcase_add_test(test_case, a_data_set_with_nothing_in_it_deletes_all);
    tcase_add_test(test_case, a_filter_holds_for_these_rows_too);
    tcase_add_test(test_case, the_header_says_it_too);
    tcase_add_test(test_case, elsewhere_series_without_observations_are_told);
}

int main(void) {
    Suite *suite = suite_create("deletion");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
