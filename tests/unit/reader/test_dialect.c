/* SPDX-License-Identifier: MIT */
/* What only the dialects of 1.0 and 2.0 have. */
#include "reader_fixture.h"
#include "run_suite.h"

static void check_cells(const bkt_table *table, const char *id, const char *const *expected) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(column != NULL, "%s", id);
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        char cell[TEXT_SIZE];
        ck_assert_msg(strcmp(cell_of(column, row, cell), expected[row]) == 0, "%s of %d: %s", id,
                      (int)row, cell_of(column, row, cell));
    }
}

static void check_column(const bkt_table *table, const char *id, int32_t role, int32_t level) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_msg(bkt_column_role(column) == role, "%s", id);
    ck_assert_msg(bkt_column_level(column) == level, "%s: %d", id, (int)bkt_column_level(column));
}

START_TEST(of_several_values_the_nearest_is_taken) {
    static const char *const values[] = {"673.9", "804.1", "119", "16309", "<absent>"};
    static const char *const statuses[] = {"A", "A", "E", "P", "M"};
    static const char *const measures[] = {"EXPORTS", "EXPORTS", "IMPORTS", "EXPORTS", "IMPORTS"};
    static const char *const areas[] = {"KZ", "KZ", "KZ", "RU", "RU"};
    static const char *const times[] = {"2011", "2012", "2012", "2012", "2012"};
    static const char *const multipliers[] = {"", "6", "6", "3", "3"};
    static const char *const decimals[] = {"1", "1", "1", "1", "1"};
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/cross-sectional-1.0.xml");
    ck_assert_int_eq(bkt_table_row_count(table), 5);
    check_cells(table, "OBS_VALUE", values);
    check_cells(table, "OBS_STATUS", statuses);
    check_cells(table, "MEASURE", measures);
    check_cells(table, "COUNTERPART_AREA", areas);
    check_cells(table, "TIME_PERIOD", times);
    check_cells(table, "UNIT_MULT", multipliers);
    check_cells(table, "DECIMALS", decimals);
    check_column(table, "FREQ", BKT_ROLE_DIMENSION, BKT_LEVEL_NONE);
    check_column(table, "MEASURE", BKT_ROLE_DIMENSION, BKT_LEVEL_NONE);
    check_column(table, "TIME_PERIOD", BKT_ROLE_TIME, BKT_LEVEL_NONE);
    check_column(table, "DECIMALS", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_DATASET);
    check_column(table, "UNIT_MULT", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_SERIES);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(sections_groups_and_observations_are_counted) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    bkt_table *table;
    static const char *const codes[] = {"KZ"};
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "COUNTERPART_AREA", codes, 1), BKT_OK);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    data_path(path, "messages/cross-sectional-1.0.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, &options, &reader), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    ck_assert_uint_eq(bkt_reader_series_count(reader), 3);
    ck_assert_uint_eq(bkt_reader_group_count(reader), 1);
    ck_assert_uint_eq(bkt_reader_observation_count(reader), 5);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

/* Each data set of the message has one row, of a dialect that its namespace tells or its elements.
 */
START_TEST(a_message_group_has_data_sets_of_all_dialects) {
    static const char *const areas[] = {"AM", "BY", "KG", "KZ", "RU", "TJ", "UZ", "MD"};
    static const char *const values[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    static const char *const titles[] = {
        "", "", "", "", "of Compact", "of CrossSectional", "of Utility", ""};
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    bkt_table *table;
    data_path(path, "messages/message-group.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, NULL, &reader), BKT_OK);
    ck_assert_msg(bkt_table_read_reader(reader, &table) == BKT_OK, "%s",
                  bkt_context_error_text(context));
    ck_assert_int_eq(bkt_reader_message_kind(reader), BKT_MESSAGE_MESSAGE_GROUP);
    ck_assert_uint_eq(bkt_reader_dataset_count(reader), 8);
    ck_assert_uint_eq(bkt_reader_series_count(reader), 8);
    ck_assert_uint_eq(bkt_reader_group_count(reader), 4);
    ck_assert_int_eq(bkt_table_row_count(table), 8);
    check_cells(table, "AREA", areas);
    check_cells(table, "OBS_VALUE", values);
    check_cells(table, "TITLE", titles);
    ck_assert_str_eq(bkt_table_property(table, "message"), "SDMX-ML 2.0 MessageGroup");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("dialect");
    TCase *test_case = tcase_create("dialect");
    tcase_add_test(test_case, of_several_values_the_nearest_is_taken);
    tcase_add_test(test_case, a_message_group_has_data_sets_of_all_dialects);
    tcase_add_test(test_case, sections_groups_and_observations_are_counted);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
