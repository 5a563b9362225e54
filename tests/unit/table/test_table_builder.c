/* SPDX-License-Identifier: MIT */
/* A caller's arrays as a table. */
#include "run_suite.h"
#include "table_sample.h"

static bkt_context *context;
static bkt_table_builder *builder;

static void set_up(void) {
    context = sample_context();
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
}

static void tear_down(void) {
    bkt_context_free(context);
}

static const char *const TEXTS[] = {"a", NULL, "b", "a"};
static const double NUMBERS[] = {1, NAN, -0.0, 4};

START_TEST(an_empty_table) {
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 0);
    ck_assert_uint_eq(bkt_table_column_count(table), 0);
    bkt_table_free(table);
}
END_TEST

START_TEST(columns_without_rows) {
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", BKT_ROLE_DIMENSION, NULL, 0),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "T", NULL, 0), BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_codes(builder, "C", BKT_ROLE_DIMENSION, NULL, 0, NULL, 0), BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, NULL, NULL, NULL, 0),
        BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "B", BKT_ROLE_DIMENSION, TEXTS, 4),
                     BKT_ERR_SHAPE);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    char *text = text_of(table);
    ck_assert_str_eq(text, "A kind 1 role 1 level 0 unit ''\nT kind 2 role 2 level 0 unit ''\n"
                           "C kind 1 role 1 level 0 unit ''\nV kind 3 role 3 level 0 unit ''\n");
    free(text);
    bkt_table_free(table);
}
END_TEST

START_TEST(all_kinds) {
    static const int32_t CODES[] = {1, -1, 0, 1};
    static const char *const DICTIONARY[] = {"x", "y", "never used"};
    static const char *const PERIODS[] = {"2012", " 2012-Q1 ", NULL, "2012"};
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", BKT_ROLE_DIMENSION, TEXTS, 4),
                     BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_codes(builder, "C", BKT_ROLE_ATTRIBUTE, CODES, 4, DICTIONARY, 3),
        BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "T", PERIODS, 4), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, "USD", NUMBERS,
                                                   NULL, NULL, 4),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "source", "me"), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "sender", "you"), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "sender", NULL), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "never", NULL), BKT_OK);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    char *text = text_of(table);
    free(text);
    check_column(table, "A", "a ?1 b a");
    check_column(table, "C", "y ?1 x y");
    check_column(table, "T", "2012  2012-Q1  ?1 2012");
    check_column(table, "V", "1 ?3 -0 4");
    ck_assert_int_eq(bkt_column_dictionary_count(bkt_table_column_find(table, "C")), 3);
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(table, "V")), "USD");
    ck_assert_uint_eq(bkt_table_property_count(table), 1);
    bkt_table_free(table);
}
END_TEST

START_TEST(why_numbers_are_missing) {
    static const double VALUES[] = {1, NAN, INFINITY, 4, NAN, 6, 7, 8, 9, NAN};
    static const uint8_t VALIDITY[] = {0xF9, 0x03};
    static const uint8_t REASONS[] = {0, 0, BKT_MISSING_OVERFLOW, BKT_MISSING_CONFIDENTIAL, 0, 0, 0,
                                      0, 0, BKT_MISSING_EMPTY};
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "BOTH", BKT_ROLE_MEASURE, NULL, VALUES,
                                                   VALIDITY, REASONS, 10),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "VALIDITY", BKT_ROLE_MEASURE, NULL,
                                                   VALUES, VALIDITY, NULL, 10),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "REASONS", BKT_ROLE_MEASURE, NULL,
                                                   VALUES, NULL, REASONS, 10),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "NEITHER", BKT_ROLE_MEASURE, NULL,
                                                   VALUES, NULL, NULL, 10),
                     BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "row 2 (counted from 0): the number is infinite");
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    check_column(table, "BOTH", "1 ?1 ?13 ?5 ?3 6 7 8 9 ?2");
    check_column(table, "VALIDITY", "1 ?1 ?1 4 ?3 6 7 8 9 ?3");
    check_column(table, "REASONS", "1 ?3 ?13 ?5 ?3 6 7 8 9 ?2");
    char *text = text_of(table);
    free(text);
    bkt_table_free(table);
}
END_TEST

START_TEST(bad_columns) {
    static const char *const BAD_PERIODS[] = {"2012", "2012-13"};
    static const int32_t HIGH[] = {0, 2};
    static const int32_t LOW[] = {0, -2};
    static const char *const DICTIONARY[] = {"x", "y"};
    static const char *const TWICE[] = {"x", "x"};
    static const char *const HOLE[] = {"x", NULL};
    static const uint8_t NO_REASON[] = {0, 0, 15, 0};
    const int32_t dimension = BKT_ROLE_DIMENSION;
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, NULL, dimension, TEXTS, 4),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "", dimension, TEXTS, 4),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", 0, TEXTS, 4), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", 6, TEXTS, 4), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", dimension, NULL, 4),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", dimension, TEXTS, -1),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(NULL, "A", dimension, TEXTS, 4), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "\xFF", dimension, TEXTS, 4),
                     BKT_ERR_ENCODING);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "T", BAD_PERIODS, 2), BKT_ERR_PERIOD);
    check_error(context, BKT_ERR_PERIOD, "row 1 (counted from 0): '2012-13'");
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, HIGH, 2, DICTIONARY, 2),
                     BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "row 1 (counted from 0): there is no code 2");
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, LOW, 2, DICTIONARY, 2),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, LOW, 1, TWICE, 2),
                     BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "twice");
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, LOW, 1, HOLE, 2),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, LOW, 1, NULL, 2),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_add_codes(builder, "C", dimension, LOW, 1, DICTIONARY, -1),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_table_builder_add_numbers(builder, "V", dimension, NULL, NUMBERS, NULL, NULL, 4),
        BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "key");
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, "\xC0\x80",
                                                   NUMBERS, NULL, NULL, 4),
                     BKT_ERR_ENCODING);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, NUMBERS,
                                                   NULL, NO_REASON, 4),
                     BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "row 2 (counted from 0): 15");

    /* After all that the builder is as it was. */
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", dimension, TEXTS, 4), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", dimension, TEXTS, 4),
                     BKT_ERR_REPEATED_COMPONENT);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "B", dimension, TEXTS, 3), BKT_ERR_SHAPE);
    check_error(context, BKT_ERR_SHAPE, "3 rows where the columns before have 4");
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    ck_assert_uint_eq(bkt_table_column_count(table), 1);
    check_column(table, "A", "a ?1 b a");
    bkt_table_free(table);
}
END_TEST

START_TEST(only_utf8_passes) {
    static const char *const GOOD[] = {"\xC3\xA9",     "\xE0\xA0\x80",     "\xED\x9F\xBF",
                                       "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    static const char *const BAD[] = {"\x80",         "\xC1\xBF",         "\xC3",
                                      "\xE0\x9F\xBF", "\xED\xA0\x80",     "\xF0\x8F\xBF\xBF",
                                      "\xE2\x82",     "\xF4\x90\x80\x80", "\xF5\x80\x80\x80"};
    ck_assert_int_eq(
        bkt_table_builder_add_texts(builder, "GOOD", BKT_ROLE_DIMENSION, GOOD, COUNT(GOOD)),
        BKT_OK);
    for (size_t i = 0; i < COUNT(BAD); i++) {
        const char *texts[] = {"a", "a", BAD[i], "a", "a", "a"};
        ck_assert_int_eq(bkt_table_builder_add_texts(builder, "BAD", BKT_ROLE_DIMENSION, texts, 6),
                         BKT_ERR_ENCODING);
        check_error(context, BKT_ERR_ENCODING, "row 2 (counted from 0)");
    }
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "source", "\xFF"), BKT_ERR_ENCODING);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "", "a"), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, NULL, "a"), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_set_property(NULL, "source", "a"), BKT_ERR_ARGUMENT);
    bkt_table_builder_free(builder);
}
END_TEST

START_TEST(limits_hold) {
    bkt_table_builder_free(builder);
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.column_limit = 1;
    options.dictionary_limit = 2;
    bkt_context *small;
    ck_assert_int_eq(bkt_context_new(&options, &small), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_new(small, &builder), BKT_OK);
    static const char *const THREE[] = {"a", "b", "c"};
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", BKT_ROLE_DIMENSION, THREE, 3),
                     BKT_ERR_LIMIT);
    check_error(small, BKT_ERR_LIMIT, "dictionary_limit");
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "A", BKT_ROLE_DIMENSION, THREE, 2),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "B", BKT_ROLE_DIMENSION, THREE, 2),
                     BKT_ERR_LIMIT);
    check_error(small, BKT_ERR_LIMIT, "column_limit");
    bkt_table_builder_free(builder);
    bkt_context_free(small);
}
END_TEST

START_TEST(no_place_for_results) {
    ck_assert_int_eq(bkt_table_builder_finish(builder, NULL), BKT_ERR_ARGUMENT);
    bkt_table *table = (bkt_table *)context;
    ck_assert_int_eq(bkt_table_builder_finish(NULL, &table), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(table);
    ck_assert_int_eq(bkt_table_builder_new(context, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_builder_new(NULL, &builder), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(builder);
    bkt_table_builder_free(NULL);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("table builder");
    TCase *test_case = tcase_create("table builder");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, an_empty_table);
    tcase_add_test(test_case, columns_without_rows);
    tcase_add_test(test_case, all_kinds);
    tcase_add_test(test_case, why_numbers_are_missing);
    tcase_add_test(test_case, bad_columns);
    tcase_add_test(test_case, only_utf8_passes);
    tcase_add_test(test_case, limits_hold);
    tcase_add_test(test_case, no_place_for_results);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
