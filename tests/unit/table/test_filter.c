/* SPDX-License-Identifier: MIT */
/* Filters, on tables and as the reader asks them. */
#include "run_suite.h"
#include "table_sample.h"

static bkt_context *context;
static bkt_filter *filter;
static bkt_table *table;

static void set_up(void) {
    static const char *REPORTERS[] = {"BLR", "BLR", "KAZ", "KAZ", NULL, "RUS"};
    static const char *PARTNERS[] = {"KAZ", "RUS", "BLR", "BLR", "BLR", "W00"};
    static const char *PERIODS[] = {"2012", "2012-Q1", "2012-03", "2013", "2012Q4", NULL};
    static const char *NOTES[] = {NULL, NULL, NULL, NULL, NULL, NULL};
    static double VALUES[] = {1, 2, 3, 4, 5, 6};
    static uint8_t REASONS[] = {0, 0, BKT_MISSING_EMPTY, 0, 0, 0};
    sample_rows rows = {REPORTERS, PARTNERS, PERIODS, NOTES, VALUES, REASONS, 6};
    context = sample_context();
    ck_assert_int_eq(sample_table(context, &rows, &table), BKT_OK);
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
}

static void tear_down(void) {
    bkt_filter_free(filter);
    bkt_table_free(table);
    bkt_context_free(context);
}

static void add_code(const char *id, const char *code) {
    ck_assert_int_eq(bkt_filter_add_codes(filter, id, &code, 1), BKT_OK);
}

static void check_passing(const char *values) {
    bkt_table *passing;
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &passing), BKT_OK);
    check_column(passing, "OBS_VALUE", values);
    char *text = text_of(passing);
    free(text);
    ck_assert_uint_eq(bkt_table_column_count(passing), 5);
    ck_assert_str_eq(bkt_table_property(passing, "source"), "a test");
    bkt_table_free(passing);
}

START_TEST(everything_passes_at_first) {
    check_passing("1 2 ?2 4 5 6");
    ck_assert_uint_eq(bkti_filter_column_count(filter), 0);
    ck_assert(!bkti_filter_has_periods(filter));
    ck_assert(bkti_filter_accepts_period(filter, BKT_FREQUENCY_NONE, 0));
}
END_TEST

START_TEST(by_codes) {
    add_code("REPORTER", "BLR");
    check_passing("1 2");
    add_code("REPORTER", "KAZ");
    check_passing("1 2 ?2 4");
    add_code("partner", "BLR");
    check_passing("?2 4");
    ck_assert_uint_eq(bkti_filter_column_count(filter), 2);
    ck_assert_str_eq(bkti_filter_column_id(filter, 0), "REPORTER");
    ck_assert(bkti_filter_accepts_code(filter, 0, BKTI_SPAN("KAZ")));
    ck_assert(!bkti_filter_accepts_code(filter, 0, BKTI_SPAN("RUS")));
    ck_assert(!bkti_filter_accepts_code(filter, 0, BKTI_SPAN("")));
}
END_TEST

START_TEST(codes_that_no_row_has) {
    add_code("REPORTER", "blr");
    check_passing("");
}
END_TEST

START_TEST(by_periods) {
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012", "2012"), BKT_OK);
    check_passing("1 2 ?2 5");
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012-02", NULL), BKT_OK);
    check_passing("?2 4 5");
    ck_assert_int_eq(bkt_filter_set_periods(filter, NULL, "2012-03"), BKT_OK);
    check_passing("2 ?2");
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012-Q4", "2012-Q4"), BKT_OK);
    check_passing("5");
    ck_assert(bkti_filter_has_periods(filter));
    ck_assert(bkti_filter_accepts_period(filter, BKT_FREQUENCY_MONTH, 2012 * 12 + 9));
    ck_assert(!bkti_filter_accepts_period(filter, BKT_FREQUENCY_MONTH, 2012 * 12 + 8));
    ck_assert(!bkti_filter_accepts_period(filter, BKT_FREQUENCY_YEAR, 2012));
    ck_assert(!bkti_filter_accepts_period(filter, BKT_FREQUENCY_NONE, 0));
    ck_assert(!bkti_filter_accepts_period(filter, 77, 0));
    ck_assert_int_eq(bkt_filter_set_periods(filter, NULL, NULL), BKT_OK);
    check_passing("1 2 ?2 4 5 6");
}
END_TEST

START_TEST(codes_and_periods) {
    add_code("TIME_PERIOD", "2012");
    add_code("TIME_PERIOD", "2012-Q4");
    check_passing("1");
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2013", NULL), BKT_OK);
    check_passing("");
}
END_TEST

START_TEST(bad_filters) {
    const char *code = "BLR";
    const char *hole[] = {"KAZ", NULL};
    add_code("REPORTER", "RUS");
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2013", "2014"), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(NULL, "REPORTER", &code, 1), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_add_codes(filter, NULL, &code, 1), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "", &code, 1), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "REPORTER", NULL, 1), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "REPORTER", &code, 0), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "REPORTER", hole, 2), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_set_periods(NULL, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "x", NULL), BKT_ERR_PERIOD);
    check_error(context, BKT_ERR_PERIOD, "'x'");
    ck_assert_int_eq(bkt_filter_set_periods(filter, NULL, ""), BKT_ERR_PERIOD);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2013-Q2", "2013-Q1"), BKT_ERR_ARGUMENT);
    /* All that changed nothing. */
    ck_assert(!bkti_filter_accepts_code(filter, 0, BKTI_SPAN("KAZ")));
    ck_assert(bkti_filter_accepts_code(filter, 0, BKTI_SPAN("RUS")));
    ck_assert(bkti_filter_accepts_period(filter, BKT_FREQUENCY_YEAR, 2014));
    ck_assert(!bkti_filter_accepts_period(filter, BKT_FREQUENCY_YEAR, 2012));
    bkt_filter *none = filter;
    ck_assert_int_eq(bkt_filter_new(NULL, &none), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(bkt_filter_new(context, NULL), BKT_ERR_ARGUMENT);
    bkt_filter_free(NULL);
}
END_TEST

START_TEST(tables_that_do_not_fit) {
    static const char *const IDS[] = {"REPORTER", "OBS_VALUE"};
    bkt_table *passing = table;
    bkt_table *part;
    ck_assert_int_eq(bkt_table_filter(NULL, table, filter, &passing), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(passing);
    ck_assert_int_eq(bkt_table_filter(context, NULL, filter, &passing), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_filter(context, table, NULL, &passing), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_filter(context, table, filter, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_select(context, table, IDS, 2, &part), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012", NULL), BKT_OK);
    ck_assert_int_eq(bkt_table_filter(context, part, filter, &passing), BKT_ERR_NO_COLUMN);
    check_error(context, BKT_ERR_NO_COLUMN, "time column");
    bkt_table_free(part);
    add_code("FLOW", "X");
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &passing), BKT_ERR_NO_COLUMN);
    check_error(context, BKT_ERR_NO_COLUMN, "'FLOW'");
    bkt_filter_free(filter);
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    add_code("OBS_VALUE", "1");
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &passing), BKT_ERR_COLUMN_KIND);

    bkt_table_builder *builder;
    static const char *const TEXTS[] = {"2012"};
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "T", BKT_ROLE_TIME, TEXTS, 1), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &part), BKT_OK);
    bkt_filter_free(filter);
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012", NULL), BKT_OK);
    ck_assert_int_eq(bkt_table_filter(context, part, filter, &passing), BKT_ERR_COLUMN_KIND);
    bkt_table_free(part);
}
END_TEST

START_TEST(dictionaries_are_shared) {
    add_code("REPORTER", "KAZ");
    bkt_table *passing;
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &passing), BKT_OK);
    const bkt_column *all = bkt_table_column_find(table, "REPORTER");
    const bkt_column *some = bkt_table_column_find(passing, "REPORTER");
    ck_assert_ptr_eq(bkt_column_dictionary_text(all, 0), bkt_column_dictionary_text(some, 0));
    bkt_table_free(passing);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("filter");
    TCase *test_case = tcase_create("filter");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, everything_passes_at_first);
    tcase_add_test(test_case, by_codes);
    tcase_add_test(test_case, codes_that_no_row_has);
    tcase_add_test(test_case, by_periods);
    tcase_add_test(test_case, codes_and_periods);
    tcase_add_test(test_case, bad_filters);
    tcase_add_test(test_case, tables_that_do_not_fit);
    tcase_add_test(test_case, dictionaries_are_shared);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
