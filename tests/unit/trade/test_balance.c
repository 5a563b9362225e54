/* SPDX-License-Identifier: MIT */
/* The balance of Belarus and Kazakhstan: published figures, and properties that need none. */
#include <stdio.h>

#include "trade_fixture.h"

#include "../../golden/blr_kaz_figures.h"
#include "run_suite.h"

/* The figures as a table; those of a side that did not publish are not there. */
static bkt_table *make_figures(bkt_context *context) {
    static const char *const keys[4][3] = {
        {"BLR", "KAZ", "X"}, {"BLR", "KAZ", "M"}, {"KAZ", "BLR", "X"}, {"KAZ", "BLR", "M"}};
    const char *texts[3][4 * BLR_KAZ_YEARS];
    const char *periods[4 * BLR_KAZ_YEARS];
    const char *multipliers[4 * BLR_KAZ_YEARS];
    double values[4 * BLR_KAZ_YEARS];
    int64_t count = 0;
    for (size_t i = 0; i < BLR_KAZ_YEARS; i++) {
        const double figures[4] = {
            blr_kaz_figures[i].belarus_exports, blr_kaz_figures[i].belarus_imports,
            blr_kaz_figures[i].kazakhstan_exports, blr_kaz_figures[i].kazakhstan_imports};
        for (int k = 0; k < 4; k++) {
            if (figures[k] >= 0) {
                for (int part = 0; part < 3; part++) {
                    texts[part][count] = keys[k][part];
                }
                multipliers[count] = "3";
                periods[count] = blr_kaz_figures[i].year;
                values[count++] = figures[k];
            }
        }
    }
    static const char *const ids[3] = {"REF_AREA", "COUNTERPART_AREA", "TRADE_FLOW"};
    bkt_table_builder *builder = NULL;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    bkt_status status = BKT_OK;
    for (int part = 0; part < 3; part++) {
        status |=
            bkt_table_builder_add_texts(builder, ids[part], BKT_ROLE_DIMENSION, texts[part], count);
    }
    status |= bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, count);
    status |=
        bkt_table_builder_add_texts(builder, "UNIT_MULT", BKT_ROLE_ATTRIBUTE, multipliers, count);
    status |= bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, "USD", values,
                                            NULL, NULL, count);
    ck_assert_int_eq(status, BKT_OK);
    bkt_table *table = NULL;
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    return table;
}

static bkt_table *balance_of(bkt_context *context, const char *reporter, const char *partner,
                             double scale) {
    bkt_table *table = make_figures(context);
    bkt_balance_options options = pair_options(reporter, partner);
    options.unit_scale = scale;
    bkt_table *balance = NULL;
    bkt_status status = bkt_balance(context, table, &options, &balance);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    bkt_table_free(table);
    return balance;
}

START_TEST(every_published_figure_comes_out) {
    bkt_context *context = new_context();
    bkt_table *balance = balance_of(context, "BLR", "KAZ", 1e3);
    ck_assert_int_eq(bkt_table_row_count(balance), (int64_t)BLR_KAZ_YEARS);
    static const char *const ids[4] = {"EXPORTS_REPORTER", "IMPORTS_REPORTER", "EXPORTS_PARTNER",
                                       "IMPORTS_PARTNER"};
    for (size_t i = 0; i < BLR_KAZ_YEARS; i++) {
        const double figures[4] = {
            blr_kaz_figures[i].belarus_exports, blr_kaz_figures[i].belarus_imports,
            blr_kaz_figures[i].kazakhstan_exports, blr_kaz_figures[i].kazakhstan_imports};
        for (int k = 0; k < 4; k++) {
            const char *year = blr_kaz_figures[i].year;
            if (figures[k] < 0) {
                ck_assert_int_eq(reason_of(balance, ids[k], year), BKT_MISSING_NOT_REPORTED);
            } else {
                /* Thousands in, thousands out: not a bit is lost. */
                ck_assert_double_eq(number_of(balance, ids[k], year), figures[k]);
            }
        }
    }
    bkt_table_free(balance);
    bkt_context_free(context);
}
END_TEST

START_TEST(the_year_2012_is_as_published) {
    bkt_context *context = new_context();
    bkt_table *balance = balance_of(context, "Belarus", "Kazakhstan", 1e6);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2012"), 804.138);
    check_near(number_of(balance, "IMPORTS_REPORTER", "2012"), 119.0239);
    check_near(number_of(balance, "EXPORTS_PARTNER", "2012"), 90.35678);
    check_near(number_of(balance, "IMPORTS_PARTNER", "2012"), 675.52658);
    check_near(number_of(balance, "TURNOVER_REPORTER", "2012"), 804.138 + 119.0239);
    check_near(number_of(balance, "BALANCE_REPORTER", "2012"), 804.138 - 119.0239);
    check_near(number_of(balance, "COVERAGE_REPORTER", "2012"), 100 * 804.138 / 119.0239);
    check_near(number_of(balance, "NORMALISED_BALANCE_REPORTER", "2012"),
               (804.138 - 119.0239) / (804.138 + 119.0239));
    check_near(number_of(balance, "TURNOVER_PARTNER", "2012"), 90.35678 + 675.52658);
    check_near(number_of(balance, "BALANCE_PARTNER", "2012"), 675.52658 - 90.35678);
    check_near(number_of(balance, "COVERAGE_PARTNER", "2012"), 100 * 675.52658 / 90.35678);
    check_near(number_of(balance, "BALANCE_EXPORTS_BASIS", "2012"), 804.138 - 90.35678);
    check_near(number_of(balance, "BALANCE_IMPORTS_BASIS", "2012"), (675.52658 - 119.0239) / 1.06);
    check_near(number_of(balance, "BALANCE_LOWEST", "2012"), (675.52658 - 119.0239) / 1.06);
    check_near(number_of(balance, "BALANCE_HIGHEST", "2012"), 804.138 - 90.35678);
    check_near(number_of(balance, "BALANCE_VERSIONS", "2012"), 4);
    check_near(number_of(balance, "GAP_EXPORTS", "2012"), 675.52658 - 804.138);
    check_near(number_of(balance, "GAP_FOB_EXPORTS", "2012"), 675.52658 / 1.06 - 804.138);
    check_near(number_of(balance, "GAP_IMPORTS", "2012"), 119.0239 - 90.35678);
    check_near(number_of(balance, "GAP_LOG_IMPORTS", "2012"), log(119.0239 / 1.06 / 90.35678));
    check_near(number_of(balance, "INVERTED_EXPORTS", "2012"), 1);
    check_near(number_of(balance, "INVERTED_IMPORTS", "2012"), 0);
    check_near(number_of(balance, "EXPORTS_GROWTH_REPORTER", "2012"), 804138 / 668679.2 - 1);
    check_near(number_of(balance, "EXPORTS_LOG_GROWTH_REPORTER", "2012"), log(804138 / 668679.2));
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(balance, "TURNOVER_PARTNER")),
                     "million");
    ck_assert_str_eq(bkt_column_label(bkt_table_column_find(balance, "EXPORTS_PARTNER")),
                     "Exports of Kazakhstan to Belarus, reported by Kazakhstan");
    bkt_table_free(balance);
    bkt_context_free(context);
}
END_TEST

/* The break of the customs union: one flow, two reports that differ by half. */
START_TEST(the_year_2010_shows_the_break) {
    bkt_context *context = new_context();
    bkt_table *balance = balance_of(context, "BY", "KZ", 1e6);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2010"), 464.7788);
    check_near(number_of(balance, "IMPORTS_PARTNER", "2010"), 251.123979);
    check_near(number_of(balance, "IMPORTS_REPORTER", "2010"), 405.8113);
    check_near(number_of(balance, "EXPORTS_PARTNER", "2010"), 41.479403);
    check_near(number_of(balance, "INVERTED_EXPORTS", "2010"), 1);
    check_near(number_of(balance, "BALANCE_IMPORTS_BASIS", "2010"), (251.123979 - 405.8113) / 1.06);
    ck_assert_double_lt(number_of(balance, "BALANCE_LOWEST", "2010"), 0);
    ck_assert_double_gt(number_of(balance, "BALANCE_HIGHEST", "2010"), 0);
    check_near(number_of(balance, "BALANCE_MIDPOINT", "2010"),
               ((251.123979 - 405.8113) / 1.06 + 464.7788 - 41.479403) / 2);
    bkt_table_free(balance);
    bkt_context_free(context);
}
END_TEST

/* The press gave Kazakhstan's 2017 as 604.1, 56.4 % above 2016 as it had it then. */
START_TEST(a_side_that_does_not_report_is_missing) {
    bkt_context *context = new_context();
    bkt_table *balance = balance_of(context, "BLR", "KAZ", 1e6);
    check_near(number_of(balance, "TURNOVER_PARTNER", "2017"), 604.1);
    ck_assert_int_eq(reason_of(balance, "EXPORTS_REPORTER", "2017"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_of(balance, "BALANCE_REPORTER", "2017"), BKT_MISSING_INPUT);
    ck_assert_int_eq(reason_of(balance, "GAP_EXPORTS", "2017"), BKT_MISSING_INPUT);
    ck_assert_int_eq(reason_of(balance, "INVERTED_EXPORTS", "2017"), BKT_MISSING_INPUT);
    check_near(number_of(balance, "BALANCE_VERSIONS", "2017"), 1);
    check_near(number_of(balance, "BALANCE_LOWEST", "2017"), 508.6 - 95.5);
    check_near(number_of(balance, "BALANCE_HIGHEST", "2017"), 508.6 - 95.5);
    /* 2018 has no 2017 before it, but a 1998. */
    ck_assert_int_eq(reason_of(balance, "EXPORTS_GROWTH_REPORTER", "2018"), BKT_MISSING_INPUT);
    check_near(number_of(balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2018"),
               pow(783700 / 48019.216, 1 / 20.0) - 1);
    check_near(number_of(balance, "EXPORTS_INDEX_REPORTER", "2018"), 100 * 783700 / 48019.216);
    ck_assert_int_eq(reason_of(balance, "EXPORTS_GROWTH_PARTNER", "1995"),
                     BKT_MISSING_NO_EARLIER_PERIOD);
    ck_assert_int_eq(reason_of(balance, "EXPORTS_COMPOUND_GROWTH_PARTNER", "1995"),
                     BKT_MISSING_NO_EARLIER_PERIOD);
    check_near(number_of(balance, "EXPORTS_INDEX_PARTNER", "1995"), 100);
    bkt_table_free(balance);
    bkt_context_free(context);
}
END_TEST

static void check_same(const bkt_table *a, const char *id_a, const bkt_table *b, const char *id_b,
                       double sign) {
    const bkt_column *column_a = bkt_table_column_find(a, id_a);
    const bkt_column *column_b = bkt_table_column_find(b, id_b);
    for (int64_t row = 0; row < bkt_table_row_count(a); row++) {
        double number_a = 0;
        double number_b = 0;
        int32_t there = bkt_column_number_at(column_a, row, &number_a);
        ck_assert_int_eq(there, bkt_column_number_at(column_b, row, &number_b));
        ck_assert_int_eq(bkt_column_missing_at(column_a, row),
                         bkt_column_missing_at(column_b, row));
        if (there) {
            check_near(number_a, sign * number_b);
        }
    }
}

START_TEST(swapping_the_sides_turns_balances_and_keeps_turnovers) {
    bkt_context *context = new_context();
    bkt_table *one = balance_of(context, "BLR", "KAZ", 1e6);
    bkt_table *other = balance_of(context, "KAZ", "BLR", 1e6);
    check_same(one, "EXPORTS_REPORTER", other, "EXPORTS_PARTNER", 1);
    check_same(one, "IMPORTS_PARTNER", other, "IMPORTS_REPORTER", 1);
    check_same(one, "TURNOVER_REPORTER", other, "TURNOVER_PARTNER", 1);
    check_same(one, "BALANCE_REPORTER", other, "BALANCE_PARTNER", -1);
    check_same(one, "BALANCE_PARTNER", other, "BALANCE_REPORTER", -1);
    check_same(one, "NORMALISED_BALANCE_REPORTER", other, "NORMALISED_BALANCE_PARTNER", -1);
    check_same(one, "BALANCE_EXPORTS_BASIS", other, "BALANCE_EXPORTS_BASIS", -1);
    check_same(one, "BALANCE_IMPORTS_BASIS", other, "BALANCE_IMPORTS_BASIS", -1);
    check_same(one, "BALANCE_LOWEST", other, "BALANCE_HIGHEST", -1);
    check_same(one, "BALANCE_MIDPOINT", other, "BALANCE_MIDPOINT", -1);
    check_same(one, "BALANCE_VERSIONS", other, "BALANCE_VERSIONS", 1);
    check_same(one, "GAP_EXPORTS", other, "GAP_IMPORTS", 1);
    check_same(one, "GAP_RELATIVE_EXPORTS", other, "GAP_RELATIVE_IMPORTS", 1);
    check_same(one, "INVERTED_IMPORTS", other, "INVERTED_EXPORTS", 1);
    bkt_table_free(one);
    bkt_table_free(other);
    bkt_context_free(context);
}
END_TEST

START_TEST(the_unit_changes_money_alone) {
    bkt_context *context = new_context();
    bkt_table *plain = balance_of(context, "BLR", "KAZ", 1);
    bkt_table *millions = balance_of(context, "BLR", "KAZ", 1e6);
    for (uint32_t i = 0; i < bkt_indicator_count(); i++) {
        const bkt_indicator *indicator = bkt_indicator_at(i);
        if (bkt_indicator_scope(indicator) == BKT_INDICATOR_PERIOD) {
            bool money = bkt_indicator_unit(indicator) == BKT_INDICATOR_MONEY;
            check_same(plain, bkt_indicator_id(indicator), millions, bkt_indicator_id(indicator),
                       money ? 1e6 : 1);
        }
    }
    bkt_table_free(plain);
    bkt_table_free(millions);
    bkt_context_free(context);
}
END_TEST

/* All of a balance follows from the rows, whatever their order. */
START_TEST(the_order_of_rows_does_not_matter) {
    bkt_context *context = new_context();
    bkt_table *table = make_figures(context);
    const char *by[] = {"OBS_VALUE"};
    bkt_table *sorted = NULL;
    ck_assert_int_eq(bkt_table_sort(context, table, by, 1, NULL, &sorted), BKT_OK);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    bkt_table *one = NULL;
    bkt_table *other = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &options, &one), BKT_OK);
    ck_assert_int_eq(bkt_balance(context, sorted, &options, &other), BKT_OK);
    for (uint32_t i = 1; i <= 60; i++) {
        const char *id = bkt_column_id(bkt_table_column_at(one, i));
        check_same(one, id, other, id, 1);
    }
    bkt_table_free(one);
    bkt_table_free(other);
    bkt_table_free(sorted);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_window_bounds_the_rows) {
    bkt_context *context = new_context();
    bkt_table *table = make_figures(context);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.first_period = "2010";
    options.last_period = "2012-12";
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(balance), 3);
    ck_assert_int_eq(row_of(balance, "2010"), 0);
    bkt_table_free(balance);
    options.first_period = "2013";
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT,
                "2013 lies after");
    options.first_period = "twenty ten";
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_PERIOD,
                "twenty ten");
    options.first_period = "1950";
    options.last_period = "1960";
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_NO_DATA,
                "periods and codes wanted");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(the_table_says_what_it_is) {
    bkt_context *context = new_context();
    bkt_table *balance = balance_of(context, "913", "398", 1e6);
    ck_assert_str_eq(bkt_table_property(balance, "reporter"), "BLR");
    ck_assert_str_eq(bkt_table_property(balance, "reporter_name"), "Belarus");
    ck_assert_str_eq(bkt_table_property(balance, "partner"), "KAZ");
    ck_assert_str_eq(bkt_table_property(balance, "unit_scale"), "1000000");
    ck_assert_str_eq(bkt_table_property(balance, "cif_rate"), "0.06");
    ck_assert_str_eq(bkt_table_property(balance, "frequency"), "A");
    const char *assumptions = bkt_table_property(balance, "assumptions");
    ck_assert_ptr_nonnull(strstr(assumptions, "imports are taken as CIF by convention"));
    ck_assert_ptr_nonnull(strstr(assumptions, "nothing says in which currency"));
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(balance, "VALUATION_IMPORTS_PARTNER"),
                                        row_of(balance, "2012")),
                     "CIF");
    bkt_table_free(balance);
    bkt_context_free(context);
}
END_TEST

START_TEST(arguments_are_checked) {
    bkt_context *context = new_context();
    bkt_table *table = make_figures(context);
    bkt_table *balance = NULL;
    bkt_balance_options options = pair_options("BLR", NULL);
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT);
    options = pair_options("BLR", "Belarus");
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT,
                "are both Belarus");
    options = pair_options("BLR", "KAZ");
    ck_assert_int_eq(bkt_balance(NULL, table, &options, &balance), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_balance(context, NULL, &options, &balance), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_balance(context, table, NULL, &balance), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_balance(context, table, &options, NULL), BKT_ERR_ARGUMENT);
    options.cif_rate = -0.1;
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT, "CIF");
    options = pair_options("BLR", "KAZ");
    options.unit_scale = NAN;
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT,
                "scale");
    options = pair_options("BLR", "KAZ");
    options.frequency = BKT_FREQUENCY_RANGE;
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_ARGUMENT,
                "frequency");
    options = pair_options("BLR", "KAZ");
    options.struct_size = 4;
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_ERR_ABI);
    ck_assert_ptr_null(balance);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("balance");
    TCase *tests = tcase_create("balance");
    tcase_add_test(tests, every_published_figure_comes_out);
    tcase_add_test(tests, the_year_2012_is_as_published);
    tcase_add_test(tests, the_year_2010_shows_the_break);
    tcase_add_test(tests, a_side_that_does_not_report_is_missing);
    tcase_add_test(tests, swapping_the_sides_turns_balances_and_keeps_turnovers);
    tcase_add_test(tests, the_unit_changes_money_alone);
    tcase_add_test(tests, the_order_of_rows_does_not_matter);
    tcase_add_test(tests, a_window_bounds_the_rows);
    tcase_add_test(tests, the_table_says_what_it_is);
    tcase_add_test(tests, arguments_are_checked);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
