/* SPDX-License-Identifier: MIT */
/* Getters of tables and columns. */
#include "run_suite.h"
#include "table_sample.h"

START_TEST(getters_take_null) {
    ck_assert_int_eq(bkt_table_row_count(NULL), 0);
    ck_assert_uint_eq(bkt_table_column_count(NULL), 0);
    ck_assert_ptr_null(bkt_table_column_at(NULL, 0));
    ck_assert_ptr_null(bkt_table_column_find(NULL, "A"));
    ck_assert_ptr_null(bkt_table_property(NULL, "source"));
    ck_assert_uint_eq(bkt_table_property_count(NULL), 0);
    ck_assert_ptr_null(bkt_table_property_name_at(NULL, 0));
    bkt_table_free(NULL);
    ck_assert_ptr_null(bkt_column_id(NULL));
    ck_assert_ptr_null(bkt_column_label(NULL));
    ck_assert_ptr_null(bkt_column_unit(NULL));
    ck_assert_int_eq(bkt_column_kind(NULL), 0);
    ck_assert_int_eq(bkt_column_role(NULL), 0);
    ck_assert_int_eq(bkt_column_role_assumed(NULL), 0);
    ck_assert_int_eq(bkt_column_level(NULL), 0);
    ck_assert_int_eq(bkt_column_row_count(NULL), 0);
    ck_assert_int_eq(bkt_column_null_count(NULL), 0);
    ck_assert_ptr_null(bkt_column_codes_view(NULL));
    ck_assert_int_eq(bkt_column_dictionary_count(NULL), 0);
    ck_assert_ptr_null(bkt_column_dictionary_text(NULL, 0));
    ck_assert_int_eq(bkt_column_dictionary_find(NULL, "A"), -1);
    ck_assert_int_eq(bkt_column_dictionary_period(NULL, 0, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(bkt_column_numbers_view(NULL));
    ck_assert_ptr_null(bkt_column_validity_view(NULL));
    ck_assert_ptr_null(bkt_column_reasons_view(NULL));
    ck_assert_ptr_null(bkt_column_text_at(NULL, 0));
    double number = 1;
    ck_assert_int_eq(bkt_column_number_at(NULL, 0, &number), 0);
    ck_assert(isnan(number));
    ck_assert_int_eq(bkt_column_missing_at(NULL, 0), BKT_MISSING_NOT);
}
END_TEST

START_TEST(getters_tell_what_is_there) {
    bkt_context *context = sample_context();
    bkt_table *table = sample_random(context, 100, 7);
    ck_assert_int_eq(bkt_table_row_count(table), 100);
    ck_assert_uint_eq(bkt_table_column_count(table), 5);
    ck_assert_ptr_null(bkt_table_column_at(table, 5));
    ck_assert_ptr_null(bkt_table_column_find(table, "NO"));
    ck_assert_ptr_null(bkt_table_column_find(table, NULL));
    ck_assert_str_eq(bkt_table_property(table, "source"), "a test");
    ck_assert_ptr_null(bkt_table_property(table, "sender"));
    ck_assert_ptr_null(bkt_table_property(table, NULL));
    ck_assert_str_eq(bkt_table_property_name_at(table, 0), "source");
    ck_assert_ptr_null(bkt_table_property_name_at(table, 1));

    const bkt_column *value = bkt_table_column_find(table, "obs_value");
    ck_assert_ptr_eq(value, bkt_table_column_at(table, 3));
    ck_assert_str_eq(bkt_column_id(value), "OBS_VALUE");
    ck_assert_str_eq(bkt_column_label(value), "OBS_VALUE");
    ck_assert_str_eq(bkt_column_unit(value), "million USD");
    ck_assert_int_eq(bkt_column_kind(value), BKT_KIND_NUMBER);
    ck_assert_int_eq(bkt_column_role(value), BKT_ROLE_MEASURE);
    ck_assert_ptr_null(bkt_column_codes_view(value));
    ck_assert_int_eq(bkt_column_dictionary_count(value), 0);
    ck_assert_ptr_null(bkt_column_dictionary_text(value, 0));
    ck_assert_int_eq(bkt_column_dictionary_find(value, "A"), -1);
    ck_assert_ptr_null(bkt_column_text_at(value, 0));
    ck_assert_int_eq(bkt_column_number_at(value, -1, NULL), 0);
    ck_assert_int_eq(bkt_column_number_at(value, 100, NULL), 0);
    ck_assert_int_eq(bkt_column_missing_at(value, 100), BKT_MISSING_NOT);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(dictionaries_and_periods) {
    bkt_context *context = sample_context();
    bkt_table *table = sample_random(context, 100, 7);
    const bkt_column *reporter = bkt_table_column_find(table, "REPORTER");
    ck_assert_str_eq(bkt_column_unit(reporter), "");
    ck_assert_ptr_null(bkt_column_numbers_view(reporter));
    ck_assert_int_eq(bkt_column_number_at(reporter, 0, NULL), 0);
    int32_t code = bkt_column_dictionary_find(reporter, "BLR");
    ck_assert_int_ge(code, 0);
    ck_assert_str_eq(bkt_column_dictionary_text(reporter, code), "BLR");
    ck_assert_int_eq(bkt_column_dictionary_find(reporter, "blr"), -1);
    ck_assert_int_eq(bkt_column_dictionary_find(reporter, NULL), -1);
    ck_assert_ptr_null(bkt_column_dictionary_text(reporter, -1));
    ck_assert_ptr_null(bkt_column_dictionary_text(reporter, bkt_column_dictionary_count(reporter)));
    int32_t frequency = 9;
    int64_t ordinal = 9;
    ck_assert_int_eq(bkt_column_dictionary_period(reporter, 0, &frequency, &ordinal),
                     BKT_ERR_COLUMN_KIND);
    ck_assert_int_eq(frequency, BKT_FREQUENCY_NONE);
    ck_assert_int_eq(ordinal, 0);

    const bkt_column *period = bkt_table_column_find(table, "TIME_PERIOD");
    ck_assert_int_eq(bkt_column_role(period), BKT_ROLE_TIME);
    code = bkt_column_dictionary_find(period, "2012Q1");
    ck_assert_int_eq(bkt_column_dictionary_period(period, code, &frequency, &ordinal), BKT_OK);
    ck_assert_int_eq(frequency, BKT_FREQUENCY_QUARTER);
    ck_assert_int_eq(ordinal, 2012 * 4);
    ck_assert_int_eq(bkt_column_dictionary_period(period, code, NULL, NULL), BKT_OK);
    ck_assert_int_eq(bkt_column_dictionary_period(period, -1, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_column_dictionary_period(period, bkt_column_dictionary_count(period), NULL, NULL),
        BKT_ERR_ARGUMENT);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_table_outlives_its_context) {
    bkt_context *context = sample_context();
    bkt_table *table = sample_random(context, 50, 3);
    bkt_context_free(context);
    char *text = text_of(table);
    ck_assert_ptr_nonnull(strstr(text, "BLR"));
    free(text);
    bkt_table_free(table);
}
END_TEST

START_TEST(select_shares_columns) {
    bkt_context *context = sample_context();
    bkt_table *table = sample_random(context, 50, 3);
    static const char *const IDS[] = {"OBS_VALUE", "reporter"};
    bkt_table *selected;
    ck_assert_int_eq(bkt_table_select(context, table, IDS, 2, &selected), BKT_OK);
    ck_assert_uint_eq(bkt_table_column_count(selected), 2);
    ck_assert_ptr_eq(bkt_table_column_at(selected, 0), bkt_table_column_at(table, 3));
    ck_assert_ptr_eq(bkt_table_column_at(selected, 1), bkt_table_column_at(table, 0));
    ck_assert_str_eq(bkt_table_property(selected, "source"), "a test");
    bkt_table_free(table);
    char *text = text_of(selected);
    free(text);
    bkt_table *empty;
    ck_assert_int_eq(bkt_table_select(context, selected, NULL, 0, &empty), BKT_OK);
    ck_assert_uint_eq(bkt_table_column_count(empty), 0);
    ck_assert_int_eq(bkt_table_row_count(empty), 50);
    bkt_table_free(empty);
    bkt_table_free(selected);
    bkt_context_free(context);
}
END_TEST

START_TEST(select_refuses) {
    bkt_context *context = sample_context();
    bkt_table *table = sample_random(context, 5, 3);
    static const char *const UNKNOWN[] = {"NO"};
    static const char *const TWICE[] = {"REPORTER", "reporter"};
    static const char *const EMPTY[] = {NULL};
    bkt_table *selected = table;
    ck_assert_int_eq(bkt_table_select(context, table, UNKNOWN, 1, &selected), BKT_ERR_NO_COLUMN);
    check_error(context, BKT_ERR_NO_COLUMN, "'NO'");
    ck_assert_ptr_null(selected);
    ck_assert_int_eq(bkt_table_select(context, table, TWICE, 2, &selected),
                     BKT_ERR_REPEATED_COMPONENT);
    ck_assert_int_eq(bkt_table_select(context, table, EMPTY, 1, &selected), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_select(context, table, NULL, 1, &selected), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_select(context, NULL, TWICE, 1, &selected), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_select(context, table, TWICE, 1, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_select(NULL, table, TWICE, 1, &selected), BKT_ERR_ARGUMENT);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(duplicates) {
    bkt_context *context = sample_context();
    static const char *const REPORTERS[] = {"A", "A", NULL, "A", NULL, "A"};
    static const char *const PERIODS[] = {"2012-Q1", "2012-Q2", "2012", "2012Q1", "2012", "2012Q2"};
    static const char *const NOTES[] = {"a", "b", "c", "d", "e", "f"};
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_texts(builder, "REPORTER", BKT_ROLE_DIMENSION, REPORTERS, 6), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "TIME_PERIOD", PERIODS, 6), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "NOTE", BKT_ROLE_ATTRIBUTE, NOTES, 6),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    int64_t count;
    int64_t row;
    int64_t earlier;
    ck_assert_int_eq(bkt_table_count_duplicates(context, table, &count, &row, &earlier), BKT_OK);
    ck_assert_int_eq(count, 3);
    ck_assert_int_eq(row, 3);
    ck_assert_int_eq(earlier, 0);
    ck_assert_int_eq(bkt_table_count_duplicates(context, table, &count, NULL, NULL), BKT_OK);
    ck_assert_int_eq(bkt_table_count_duplicates(context, NULL, &count, &row, &earlier),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(row, -1);
    ck_assert_int_eq(earlier, -1);
    ck_assert_int_eq(bkt_table_count_duplicates(context, table, NULL, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_count_duplicates(NULL, table, &count, NULL, NULL), BKT_ERR_ARGUMENT);

    /* Without a key nothing repeats. */
    static const char *const IDS[] = {"NOTE"};
    bkt_table *notes;
    ck_assert_int_eq(bkt_table_select(context, table, IDS, 1, &notes), BKT_OK);
    ck_assert_int_eq(bkt_table_count_duplicates(context, notes, &count, &row, NULL), BKT_OK);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(row, -1);
    bkt_table_free(notes);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* All keys differ, so many that the index grows several times. */
START_TEST(no_duplicates_among_many) {
    enum { ROWS = 20000 };
    bkt_context *context = sample_context();
    int32_t *codes = malloc(ROWS * sizeof *codes);
    static const char *const DIGITS[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    bkt_table_builder *builder;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    int32_t scale = 1;
    for (int digit = 0; digit < 5; digit++) {
        char id[] = "D0";
        id[1] = (char)('0' + digit);
        for (int32_t i = 0; i < ROWS; i++) {
            codes[i] = i / scale % 10;
        }
        scale *= 10;
        ck_assert_int_eq(
            bkt_table_builder_add_codes(builder, id, BKT_ROLE_DIMENSION, codes, ROWS, DIGITS, 10),
            BKT_OK);
    }
    bkt_table *table;
    int64_t count;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_count_duplicates(context, table, &count, NULL, NULL), BKT_OK);
    ck_assert_int_eq(count, 0);
    const bkt_table *twice[] = {table, table};
    bkt_table *both;
    int64_t row;
    int64_t earlier;
    ck_assert_int_eq(bkt_table_concatenate(context, twice, 2, &both), BKT_OK);
    ck_assert_int_eq(bkt_table_count_duplicates(context, both, &count, &row, &earlier), BKT_OK);
    ck_assert_int_eq(count, ROWS);
    ck_assert_int_eq(row, ROWS);
    ck_assert_int_eq(earlier, 0);
    bkt_table_free(both);
    bkt_table_free(table);
    free(codes);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("table");
    TCase *test_case = tcase_create("table");
    tcase_add_test(test_case, getters_take_null);
    tcase_add_test(test_case, getters_tell_what_is_there);
    tcase_add_test(test_case, dictionaries_and_periods);
    tcase_add_test(test_case, a_table_outlives_its_context);
    tcase_add_test(test_case, select_shares_columns);
    tcase_add_test(test_case, select_refuses);
    tcase_add_test(test_case, duplicates);
    tcase_add_test(test_case, no_duplicates_among_many);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
