/* SPDX-License-Identifier: MIT */
/* From the example file to the balance through the whole library: every figure as published. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/bktrade.h>

#include "blr_kaz_figures.h"

#include "../unit/run_suite.h"

static bkt_context *context;
static bkt_table *table;

static void read_example(void) {
    const char *folder = getenv("BKT_EXAMPLE_DATA");
    ck_assert_msg(folder != NULL, "BKT_EXAMPLE_DATA is not set");
    char path[4096];
    snprintf(path, sizeof path, "%s/blr-kaz.xml", folder);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_status status = bkt_table_read(context, path, NULL, &table);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
}

static void forget_example(void) {
    bkt_table_free(table);
    bkt_context_free(context);
}

static bkt_table *balance_of(const char *reporter, const char *partner, double scale) {
    bkt_balance_options options;
    ck_assert_int_eq(bkt_balance_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.reporter = reporter;
    options.partner = partner;
    options.unit_scale = scale;
    bkt_table *balance = NULL;
    bkt_status status = bkt_balance(context, table, &options, &balance);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return balance;
}

static double number_of(const bkt_table *balance, const char *id, const char *year) {
    const bkt_column *time = bkt_table_column_find(balance, "TIME_PERIOD");
    double number = NAN;
    for (int64_t row = 0; row < bkt_table_row_count(balance); row++) {
        if (strcmp(bkt_column_text_at(time, row), year) == 0) {
            bkt_column_number_at(bkt_table_column_find(balance, id), row, &number);
        }
    }
    return number;
}

START_TEST(every_figure_is_as_published) {
    static const char *const names[][2] = {
        {"BLR", "KAZ"}, {"BY", "KZ"}, {"112", "398"}, {"913", "916"}, {"Belarus", "Kazakhstan"}};
    static const char *const ids[4] = {"EXPORTS_REPORTER", "IMPORTS_REPORTER", "EXPORTS_PARTNER",
                                       "IMPORTS_PARTNER"};
    bkt_table *balance = balance_of(names[_i][0], names[_i][1], 1e3);
    ck_assert_int_eq(bkt_table_row_count(balance), (int64_t)BLR_KAZ_YEARS);
    for (size_t i = 0; i < BLR_KAZ_YEARS; i++) {
        const double figures[4] = {
            blr_kaz_figures[i].belarus_exports, blr_kaz_figures[i].belarus_imports,
            blr_kaz_figures[i].kazakhstan_exports, blr_kaz_figures[i].kazakhstan_imports};
        for (int k = 0; k < 4; k++) {
            double number = number_of(balance, ids[k], blr_kaz_figures[i].year);
            ck_assert(figures[k] < 0 ? isnan(number) : number == figures[k]);
        }
    }
    bkt_table_free(balance);
}
END_TEST

static void check_rounded(double number, double expected) {
    ck_assert_double_eq_tol(number, expected, 0.05);
}

START_TEST(the_year_2012_in_millions) {
    bkt_table *balance = balance_of("BLR", "KAZ", 1e6);
    check_rounded(number_of(balance, "EXPORTS_REPORTER", "2012"), 804.1);
    check_rounded(number_of(balance, "IMPORTS_REPORTER", "2012"), 119.0);
    check_rounded(number_of(balance, "EXPORTS_PARTNER", "2012"), 90.4);
    check_rounded(number_of(balance, "IMPORTS_PARTNER", "2012"), 675.5);
    check_rounded(number_of(balance, "TURNOVER_PARTNER", "2017"), 604.1);
    check_rounded(number_of(balance, "TURNOVER_REPORTER", "2018"), 896.0);
    check_rounded(number_of(balance, "TURNOVER_PARTNER", "2021"), 891.0);
    check_rounded(number_of(balance, "TURNOVER_PARTNER", "2022"), 1092.1);
    ck_assert_double_eq(number_of(balance, "INVERTED_EXPORTS", "2012"), 1);
    ck_assert_str_eq(bkt_table_property(balance, "unit"), "USD");
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(balance, "EXPORTS_REPORTER")),
                     "million USD");
    bkt_table_free(balance);
}
END_TEST

/* What is stated and what is by convention, year by year. */
START_TEST(valuation_and_status_travel_along) {
    bkt_table *balance = balance_of("BLR", "KAZ", 1e6);
    const bkt_column *status = bkt_table_column_find(balance, "OBS_STATUS_EXPORTS_REPORTER");
    const bkt_column *time = bkt_table_column_find(balance, "TIME_PERIOD");
    for (int64_t row = 0; row < bkt_table_row_count(balance); row++) {
        const char *text = bkt_column_text_at(status, row);
        if (strcmp(bkt_column_text_at(time, row), "2016") == 0) {
            ck_assert_str_eq(text, "A");
        } else if (strcmp(bkt_column_text_at(time, row), "2018") == 0) {
            ck_assert_str_eq(text, "V"); /* the press */
        }
    }
    const char *assumptions = bkt_table_property(balance, "assumptions");
    ck_assert_ptr_nonnull(strstr(assumptions, "imports are taken as CIF by convention"));
    bkt_table_free(balance);
}
END_TEST

/* The growth that was and the growth that is needed are one formula. */
START_TEST(growth_that_was_is_the_growth_needed) {
    bkt_table *balance = balance_of("BLR", "KAZ", 1e6);
    double last = number_of(balance, "TURNOVER_PARTNER", "2023");
    for (int year = 1995; year < 2023; year++) {
        char text[16];
        snprintf(text, sizeof text, "%d", year);
        double first = number_of(balance, "TURNOVER_PARTNER", text);
        double was = NAN;
        double needed = NAN;
        ck_assert_int_eq(bkt_growth_compound(first, last, 2023 - year, &was), BKT_MISSING_NOT);
        ck_assert_int_eq(bkt_growth_required(first, last, 2023 - year, &needed), BKT_MISSING_NOT);
        ck_assert_msg(was == needed, "since %d: %.17g, %.17g", year, was, needed);
    }
    bkt_table_free(balance);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pair");
    TCase *tests = tcase_create("pair");
    tcase_add_checked_fixture(tests, read_example, forget_example);
    tcase_add_loop_test(tests, every_figure_is_as_published, 0, 5);
    tcase_add_test(tests, the_year_2012_in_millions);
    tcase_add_test(tests, valuation_and_status_travel_along);
    tcase_add_test(tests, growth_that_was_is_the_growth_needed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
