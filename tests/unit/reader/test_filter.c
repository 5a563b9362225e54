/* SPDX-License-Identifier: MIT */
/* Filtering while reading gives what filtering afterwards gives. */
#include "reader_fixture.h"
#include "run_suite.h"

static const char *const files[] = {
    "compact-2.0.xml",           "generic-2.0.xml",
    "generic-2.1-series.xml",    "generic-2.1-flat.xml",
    "generic-2.1-cross.xml",     "specific-2.1-series.xml",
    "specific-2.1-flat.xml",     "specific-2.1-cross.xml",
    "specific-2.1-explicit.xml", "specific-2.1-qualified.xml",
    "specific-3.0-flat.xml",     "specific-3.1-series.xml",
    "cross-sectional-2.0.xml",   "utility-2.0.xml",
    "specific-3.0-comp.xml",
};

static const struct wanted {
    const char *id;
    const char *codes[3];
    const char *second_id;
    const char *second_code;
    const char *first_period;
    const char *last_period;
} filters[] = {
    {"TRADE_FLOW", {"X"}, NULL, NULL, NULL, NULL},
    {"trade_flow", {"M"}, NULL, NULL, NULL, NULL},
    {"REF_AREA", {"KZ", "BY"}, "TRADE_FLOW", "M", NULL, NULL},
    {"REF_AREA", {"RU"}, NULL, NULL, NULL, NULL},
    {NULL, {NULL}, NULL, NULL, "2013", NULL},
    {NULL, {NULL}, NULL, NULL, "2012-Q1", "2012-Q4"},
    {"TRADE_FLOW", {"M"}, NULL, NULL, NULL, "2012"},
    {"OBS_STATUS", {"A", "E"}, NULL, NULL, NULL, NULL},
    {"COLLECTION", {"C"}, NULL, NULL, NULL, NULL},
    {"PUBLISHER", {"BKT"}, "OBS_STATUS", "M", NULL, NULL},
    {"PUBLISHER", {"other"}, NULL, NULL, NULL, NULL},
    {"UNIT_MULT", {"6"}, "COLLECTION", "S", "2013", "2013"},
    {"TIME_PERIOD", {"2012"}, NULL, NULL, NULL, NULL},
};

static bkt_filter *make_filter(bkt_context *context, const struct wanted *wanted) {
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    uint32_t count = 0;
    while (count < 3 && wanted->codes[count] != NULL) {
        count++;
    }
    if (wanted->id != NULL) {
        ck_assert_int_eq(bkt_filter_add_codes(filter, wanted->id, wanted->codes, count), BKT_OK);
    }
    if (wanted->second_id != NULL) {
        ck_assert_int_eq(bkt_filter_add_codes(filter, wanted->second_id, &wanted->second_code, 1),
                         BKT_OK);
    }
    if (wanted->first_period != NULL || wanted->last_period != NULL) {
        ck_assert_int_eq(bkt_filter_set_periods(filter, wanted->first_period, wanted->last_period),
                         BKT_OK);
    }
    return filter;
}

/* Columns that no row uses may be missing when rows are passed over: rows and cells by id count. */
static void assert_same_rows(const bkt_table *read, const bkt_table *filtered, const char *what) {
    ck_assert_msg(bkt_table_row_count(read) == bkt_table_row_count(filtered),
                  "%s: %lld rows, not %lld", what, (long long)bkt_table_row_count(read),
                  (long long)bkt_table_row_count(filtered));
    for (uint32_t i = 0; i < bkt_table_column_count(read); i++) {
        const bkt_column *of_read = bkt_table_column_at(read, i);
        const bkt_column *of_filtered = bkt_table_column_find(filtered, bkt_column_id(of_read));
        for (int64_t row = 0; row < bkt_table_row_count(read); row++) {
            char a[TEXT_SIZE];
            char b[TEXT_SIZE];
            ck_assert_str_eq(cell_of(of_read, row, a), cell_of(of_filtered, row, b));
        }
    }
}

START_TEST(filtering_while_reading_is_filtering_afterwards) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    char name[TEXT_SIZE];
    snprintf(name, sizeof name, "messages/%s", files[_i]);
    bkt_table *whole = read_data(context, name);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        bkt_filter *filter = make_filter(context, &filters[i]);
        bkt_read_options options = read_options(0);
        options.filter = filter;
        bkt_table *read;
        bkt_table *filtered;
        ck_assert_int_eq(bkt_table_read(context, data_path(path, name), &options, &read), BKT_OK);
        ck_assert_int_eq(bkt_table_filter(context, whole, filter, &filtered), BKT_OK);
        char what[TEXT_SIZE];
        snprintf(what, sizeof what, "%.900s, filter %d", name, (int)i);
        assert_same_rows(read, filtered, what);
        bkt_table_free(read);
        bkt_table_free(filtered);
        bkt_filter_free(filter);
    }
    if (bkt_context_diagnostic_count(context) > 0) {
        ck_abort_msg("%s: %s", name,
                     bkt_diagnostic_line_text(bkt_context_diagnostic_at(context, 0)));
    }
    bkt_table_free(whole);
    bkt_context_free(context);
}
END_TEST

START_TEST(attributes_of_groups_are_filtered_in_series) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    static const struct wanted title = {
        "TITLE", {"Belarus to Kazakhstan, exports"}, NULL, NULL, NULL, NULL};
    bkt_filter *filter = make_filter(context, &title);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    bkt_table *table;
    data_path(path, "messages/specific-2.1-series.xml");
    ck_assert_int_eq(bkt_table_read(context, path, &options, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    bkt_table_free(table);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_column_that_is_not_there_lets_nothing_pass) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    static const struct wanted nowhere = {"NOWHERE", {"x"}, NULL, NULL, NULL, NULL};
    static const char *const layouts[] = {"messages/specific-2.1-series.xml",
                                          "messages/generic-2.1-flat.xml"};
    bkt_filter *filter = make_filter(context, &nowhere);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    for (size_t i = 0; i < 2; i++) {
        bkt_table *table;
        ck_assert_int_eq(bkt_table_read(context, data_path(path, layouts[i]), &options, &table),
                         BKT_OK);
        ck_assert_int_eq(bkt_table_row_count(table), 0);
        const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_NO_COLUMN);
        ck_assert_ptr_nonnull(warning);
        ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "'NOWHERE'"));
        bkt_context_diagnostics_clear(context);
        bkt_table_free(table);
    }
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

START_TEST(skipped_series_are_counted_and_not_checked) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    static const struct wanted imports = {"TRADE_FLOW", {"M"}, NULL, NULL, NULL, NULL};
    bkt_filter *filter = make_filter(context, &imports);
    bkt_read_options options = read_options(BKT_READ_STRICT);
    options.filter = filter;
    bkt_reader *reader;
    bkt_table *table;
    /* The comma stands in a series of exports. */
    data_path(path, "bad/decimal-comma.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, &options, &reader), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    ck_assert_uint_eq(bkt_reader_observation_count(reader), 5);
    ck_assert_uint_eq(bkt_reader_series_count(reader), 3);
    ck_assert_uint_eq(bkt_reader_group_count(reader), 3);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_loop_test(test_case, filtering_while_reading_is_filtering_afterwards, 0,
                        (int)(sizeof files / sizeof *files));
    tcase_add_test(test_case, attributes_of_groups_are_filtered_in_series);
    tcase_add_test(test_case, a_column_that_is_not_there_lets_nothing_pass);
    tcase_add_test(test_case, skipped_series_are_counted_and_not_checked);
}

int main(void) {
    Suite *suite = suite_create("filter");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
