/* SPDX-License-Identifier: MIT */
/* The balance by product, and what the products leave of the total. */
#include "trade_fixture.h"

#include "run_suite.h"

#define KEY "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,COMMODITY,~TIME_PERIOD,#OBS_VALUE"

typedef struct trial {
    bkt_context *context;
    bkt_table *table;
    bkt_table *sectors;
    bkt_status status;
} trial;

static trial attempt(const char *lines, const bkt_balance_options *options) {
    trial made = {.context = new_context()};
    made.table = make_table(made.context, NULL, lines);
    made.status = bkt_balance_sectors(made.context, made.table, options, &made.sectors);
    return made;
}

static void leave(trial *made) {
    bkt_table_free(made->sectors);
    bkt_table_free(made->table);
    bkt_context_free(made->context);
}

static trial sectors_with(const char *lines, const bkt_balance_options *options) {
    trial made = attempt(lines, options);
    ck_assert_msg(made.status == BKT_OK, "%s", bkt_context_error_text(made.context));
    return made;
}

static int64_t row_of_product(const trial *made, const char *period, const char *product) {
    const bkt_column *products = bkt_table_column_find(made->sectors, "PRODUCT");
    const bkt_column *times = bkt_table_column_find(made->sectors, "TIME_PERIOD");
    for (int64_t row = 0; row < bkt_table_row_count(made->sectors); row++) {
        if (strcmp(bkt_column_text_at(products, row), product) == 0 &&
            strcmp(bkt_column_text_at(times, row), period) == 0) {
            return row;
        }
    }
    ck_abort_msg("no row %s %s", period, product);
    return -1;
}

static double value_of(const trial *made, const char *id, const char *period, const char *product) {
    return number_at(made->sectors, id, row_of_product(made, period, product));
}

static int32_t why(const trial *made, const char *id, const char *period, const char *product) {
    return bkt_column_missing_at(bkt_table_column_find(made->sectors, id),
                                 row_of_product(made, period, product));
}

START_TEST(products_and_their_rest_make_the_total) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = sectors_with(KEY "\nBLR,KAZ,X,TOTAL,2012,10.1\nBLR,KAZ,X,84,2012,4\n"
                                  "BLR,KAZ,X,27,2012,3\nBLR,KAZ,M,TOTAL,2012,6\n"
                                  "BLR,KAZ,M,27,2012,5\nBLR,KAZ,X,TOTAL,2013,9\n"
                                  "KAZ,BLR,M,84,2012,3.5\n",
                              &options);
    ck_assert_int_eq(bkt_table_row_count(made.sectors), 2 * 4);
    const bkt_column *products = bkt_table_column_find(made.sectors, "PRODUCT");
    static const char *const order[] = {"27", "84", "_REST", "_TOTAL"};
    for (int64_t row = 0; row < 8; row++) {
        ck_assert_str_eq(bkt_column_text_at(products, row), order[row % 4]);
    }
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "84"), 4);
    check_near(value_of(&made, "BALANCE_REPORTER", "2012", "27"), -2);
    check_near(value_of(&made, "TURNOVER_REPORTER", "2012", "27"), 8);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 3.1);
    check_near(value_of(&made, "IMPORTS_REPORTER", "2012", "_REST"), 1);
    check_near(value_of(&made, "BALANCE_REPORTER", "2012", "_TOTAL"), 4.1);
    check_near(value_of(&made, "IMPORTS_PARTNER", "2012", "84"), 3.5);
    /* A product that is not there is not zero. */
    ck_assert_int_eq(why(&made, "IMPORTS_REPORTER", "2012", "84"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(why(&made, "BALANCE_REPORTER", "2012", "84"), BKT_MISSING_INPUT);
    /* No products, no rest; no total, no rest. */
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2013", "_REST"), BKT_MISSING_INPUT);
    ck_assert_int_eq(why(&made, "IMPORTS_PARTNER", "2012", "_REST"), BKT_MISSING_INPUT);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2013", "_TOTAL"), 9);
    leave(&made);
}
END_TEST

START_TEST(a_rest_does_not_disclose_one_secret) {
    const char *lines = KEY "\nBLR,KAZ,X,TOTAL,2012,10\nBLR,KAZ,X,84,2012,secret\n"
                            "BLR,KAZ,X,27,2012,3\n";
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = sectors_with(lines, &options);
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2012", "84"), BKT_MISSING_CONFIDENTIAL);
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2012", "_REST"), BKT_MISSING_CONFIDENTIAL);
    leave(&made);
    options.flags = BKT_BALANCE_DISCLOSE_REST;
    made = sectors_with(lines, &options);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 7);
    leave(&made);
    /* Two secrets hide each other. */
    options.flags = 0;
    made = sectors_with(KEY "\nBLR,KAZ,X,TOTAL,2012,10\nBLR,KAZ,X,84,2012,secret\n"
                            "BLR,KAZ,X,27,2012,3\nBLR,KAZ,X,01,2012,secret\n",
                        &options);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 7);
    leave(&made);
}
END_TEST

START_TEST(parts_beyond_their_total_leave_no_rest) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = sectors_with(KEY "\nBLR,KAZ,X,TOTAL,2012,10\nBLR,KAZ,X,84,2012,8\n"
                                  "BLR,KAZ,X,27,2012,3\nBLR,KAZ,M,TOTAL,2012,0.3\n"
                                  "BLR,KAZ,M,84,2012,0.1\nBLR,KAZ,M,27,2012,0.2\n",
                              &options);
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2012", "_REST"), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING, "more than their total"), 1);
    /* 0.1 + 0.2 is 0.3 to the decimal reader. */
    ck_assert_double_eq(value_of(&made, "IMPORTS_REPORTER", "2012", "_REST"), 0);
    leave(&made);
}
END_TEST

START_TEST(levels_are_never_mixed) {
    const char *lines = KEY "\nBLR,KAZ,X,TOTAL,2012,10\nBLR,KAZ,X,84,2012,4\n"
                            "BLR,KAZ,X,8401,2012,1\nBLR,KAZ,X,8402,2012,3\n"
                            "BLR,KAZ,X,2701,2012,2\n";
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = attempt(lines, &options);
    check_error(made.context, made.status, BKT_ERR_AMBIGUOUS, "`product_length`");
    leave(&made);
    options.product_length = 4;
    made = sectors_with(lines, &options);
    ck_assert_int_eq(bkt_table_row_count(made.sectors), 5);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 4);
    leave(&made);
    /* The chapter is the total of its headings, if it is asked for. */
    options.product = "84";
    made = sectors_with(lines, &options);
    ck_assert_int_eq(bkt_table_row_count(made.sectors), 4);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 0);
    leave(&made);
    options.product_length = 6;
    made = attempt(lines, &options);
    check_error(made.context, made.status, BKT_ERR_AMBIGUOUS, "codes: ");
    leave(&made);
}
END_TEST

START_TEST(a_selection_names_the_products) {
    const char *lines = KEY "\nBLR,KAZ,X,Total,2012,10\nBLR,KAZ,X,01-05_Animal,2012,4\n"
                            "BLR,KAZ,X,16-24_FoodProd,2012,1\nBLR,KAZ,X,Capital,2012,9\n";
    static const char *const codes[] = {"Total", "01-05_Animal", "16-24_FoodProd"};
    bkt_context *context = new_context();
    bkt_filter *filter = NULL;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "COMMODITY", codes, 3), BKT_OK);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = attempt(lines, &options);
    check_error(made.context, made.status, BKT_ERR_AMBIGUOUS, "`selection`");
    leave(&made);
    options.selection = filter;
    made = sectors_with(lines, &options);
    ck_assert_int_eq(bkt_table_row_count(made.sectors), 4);
    check_near(value_of(&made, "EXPORTS_REPORTER", "2012", "_REST"), 5);
    leave(&made);
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

START_TEST(what_has_no_products_is_refused) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = attempt(KEY "\nBLR,KAZ,X,TOTAL,2012,10\n", &options);
    check_error(made.context, made.status, BKT_ERR_NO_DATA, "total alone");
    leave(&made);
    made = attempt("REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE\n"
                   "BLR,KAZ,X,2012,10\n",
                   &options);
    check_error(made.context, made.status, BKT_ERR_NO_COLUMN, "products");
    leave(&made);
}
END_TEST

START_TEST(products_without_a_total) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    trial made = sectors_with(KEY "\nBLR,KAZ,X,84,2012,4\nBLR,KAZ,X,27,2012,3\n", &options);
    ck_assert_int_eq(bkt_table_row_count(made.sectors), 4);
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2012", "_TOTAL"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(why(&made, "EXPORTS_REPORTER", "2012", "_REST"), BKT_MISSING_INPUT);
    leave(&made);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sectors");
    TCase *tests = tcase_create("sectors");
    tcase_add_test(tests, products_and_their_rest_make_the_total);
    tcase_add_test(tests, a_rest_does_not_disclose_one_secret);
    tcase_add_test(tests, parts_beyond_their_total_leave_no_rest);
    tcase_add_test(tests, levels_are_never_mixed);
    tcase_add_test(tests, a_selection_names_the_products);
    tcase_add_test(tests, what_has_no_products_is_refused);
    tcase_add_test(tests, products_without_a_total);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
