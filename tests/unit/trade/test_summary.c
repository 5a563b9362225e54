/* SPDX-License-Identifier: MIT */
/* A balance over its whole window. */
#include "trade_fixture.h"

#include "run_suite.h"

#define KEY "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE"

typedef struct trial {
    bkt_context *context;
    bkt_table *balance;
    bkt_table *summary;
} trial;

static trial summary_of(const char *lines, const char *first_period, const char *last_period) {
    trial made = {.context = new_context()};
    bkt_table *table = make_table(made.context, NULL, lines);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    ck_assert_int_eq(bkt_balance(made.context, table, &options, &made.balance), BKT_OK);
    bkt_table_free(table);
    bkt_summary_options window;
    ck_assert_int_eq(bkt_summary_options_init(&window, (uint32_t)sizeof window), BKT_OK);
    window.first_period = first_period;
    window.last_period = last_period;
    bkt_status status = bkt_balance_summary(made.context, made.balance, &window, &made.summary);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(made.context));
    return made;
}

static void leave(trial *made) {
    bkt_table_free(made->summary);
    bkt_table_free(made->balance);
    bkt_context_free(made->context);
}

static int64_t row_of_indicator(const trial *made, const char *id) {
    const bkt_column *ids = bkt_table_column_find(made->summary, "INDICATOR");
    for (int64_t row = 0; row < bkt_table_row_count(made->summary); row++) {
        if (strcmp(bkt_column_text_at(ids, row), id) == 0) {
            return row;
        }
    }
    ck_abort_msg("no indicator %s", id);
    return -1;
}

static double value_of(const trial *made, const char *id) {
    return number_at(made->summary, "VALUE", row_of_indicator(made, id));
}

static int32_t why(const trial *made, const char *id) {
    return bkt_column_missing_at(bkt_table_column_find(made->summary, "VALUE"),
                                 row_of_indicator(made, id));
}

static const char *text_of(const trial *made, const char *id, const char *column) {
    return bkt_column_text_at(bkt_table_column_find(made->summary, column),
                              row_of_indicator(made, id));
}

/* Balances of 5, 1, -4, (none), 0, 3, 2. */
static const char *const uneven =
    KEY "\nBLR,KAZ,X,2010,10\nBLR,KAZ,M,2010,5\nBLR,KAZ,X,2011,8\nBLR,KAZ,M,2011,7\n"
        "BLR,KAZ,X,2012,4\nBLR,KAZ,M,2012,8\nBLR,KAZ,X,2013,4\nBLR,KAZ,X,2014,6\n"
        "BLR,KAZ,M,2014,6\nBLR,KAZ,X,2015,9\nBLR,KAZ,M,2015,6\nBLR,KAZ,X,2016,12\n"
        "BLR,KAZ,M,2016,10\n";

START_TEST(balances_are_added_up) {
    trial made = summary_of(uneven, NULL, NULL);
    ck_assert_int_eq(why(&made, "BALANCE_SUM_REPORTER"), BKT_MISSING_INPUT);
    check_near(value_of(&made, "BALANCE_SUM_AVAILABLE_REPORTER"), 7);
    check_near(value_of(&made, "BALANCE_SURPLUS_PERIODS_REPORTER"), 4);
    check_near(value_of(&made, "BALANCE_DEFICIT_PERIODS_REPORTER"), 1);
    check_near(value_of(&made, "BALANCE_SIGN_CHANGES_REPORTER"), 2);
    check_near(value_of(&made, "BALANCE_LONGEST_SURPLUS_REPORTER"), 2);
    check_near(value_of(&made, "BALANCE_LONGEST_DEFICIT_REPORTER"), 1);
    ck_assert_str_eq(text_of(&made, "BALANCE_SUM_REPORTER", "REASON"), "input missing");
    ck_assert_ptr_null(text_of(&made, "BALANCE_SUM_AVAILABLE_REPORTER", "REASON"));
    int64_t row = row_of_indicator(&made, "BALANCE_SUM_AVAILABLE_REPORTER");
    check_near(number_at(made.summary, "N_USED", row), 6);
    check_near(number_at(made.summary, "N_TOTAL", row), 7);
    ck_assert_str_eq(text_of(&made, "BALANCE_SUM_AVAILABLE_REPORTER", "FIRST_PERIOD"), "2010");
    ck_assert_str_eq(text_of(&made, "BALANCE_SUM_AVAILABLE_REPORTER", "LAST_PERIOD"), "2016");
    leave(&made);
}
END_TEST

START_TEST(a_window_leaves_the_rest_out) {
    trial made = summary_of(uneven, "2014", "2016-12-31");
    check_near(value_of(&made, "BALANCE_SUM_REPORTER"), 5);
    check_near(value_of(&made, "EXPORTS_CAGR_REPORTER"), sqrt(2) - 1);
    ck_assert_str_eq(text_of(&made, "EXPORTS_CAGR_REPORTER", "FIRST_PERIOD"), "2014");
    leave(&made);
}
END_TEST

START_TEST(growth_is_from_the_first_to_the_last_figure) {
    trial made = summary_of(uneven, NULL, NULL);
    check_near(value_of(&made, "EXPORTS_CAGR_REPORTER"), pow(1.2, 1 / 6.0) - 1);
    check_near(value_of(&made, "IMPORTS_CAGR_REPORTER"), pow(2, 1 / 6.0) - 1);
    ck_assert_str_eq(text_of(&made, "EXPORTS_CAGR_REPORTER", "UNIT"), "fraction");
    /* The other side has nothing. */
    ck_assert_int_eq(why(&made, "EXPORTS_CAGR_PARTNER"), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(why(&made, "EXPORTS_TREND_PARTNER"), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(why(&made, "BALANCE_SUM_AVAILABLE_PARTNER"), BKT_MISSING_INPUT);
    ck_assert_int_eq(why(&made, "BALANCE_SURPLUS_PERIODS_PARTNER"), BKT_MISSING_INPUT);
    ck_assert_ptr_null(text_of(&made, "EXPORTS_TREND_PARTNER", "FIRST_PERIOD"));
    leave(&made);
}
END_TEST

START_TEST(a_trend_drops_and_counts_zeros) {
    trial made = summary_of(KEY "\nBLR,KAZ,X,2010,100\nBLR,KAZ,X,2011,110\nBLR,KAZ,X,2012,121\n"
                                "BLR,KAZ,X,2013,0\nBLR,KAZ,M,2010,5\nBLR,KAZ,M,2013,10\n",
                            NULL, NULL);
    check_near(value_of(&made, "EXPORTS_TREND_REPORTER"), 0.1);
    ck_assert_double_lt(value_of(&made, "EXPORTS_TREND_ERROR_REPORTER"), 1e-12);
    check_near(value_of(&made, "EXPORTS_TREND_FIT_REPORTER"), 1);
    int64_t row = row_of_indicator(&made, "EXPORTS_TREND_REPORTER");
    check_near(number_at(made.summary, "N_USED", row), 3);
    check_near(number_at(made.summary, "N_TOTAL", row), 4);
    ck_assert_str_eq(text_of(&made, "EXPORTS_TREND_REPORTER", "LAST_PERIOD"), "2012");
    /* Two points have a line but no error of it. */
    check_near(value_of(&made, "IMPORTS_TREND_REPORTER"), pow(2, 1 / 3.0) - 1);
    ck_assert_int_eq(why(&made, "IMPORTS_TREND_ERROR_REPORTER"), BKT_MISSING_TOO_FEW);
    /* To zero is the end of all of it. */
    check_near(value_of(&made, "EXPORTS_CAGR_REPORTER"), -1);
    leave(&made);
}
END_TEST

START_TEST(quarters_are_parts_of_years) {
    trial made = summary_of(KEY "\nBLR,KAZ,X,2010-Q1,100\nBLR,KAZ,X,2010-Q2,102\n"
                                "BLR,KAZ,X,2010-Q3,104.04\n",
                            NULL, NULL);
    check_near(value_of(&made, "EXPORTS_TREND_REPORTER"), pow(1.02, 4) - 1);
    /* A third quarter over a first would be growth by the season. */
    ck_assert_int_eq(why(&made, "EXPORTS_CAGR_REPORTER"), BKT_MISSING_TOO_FEW);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2010-Q2"),
                     BKT_MISSING_NO_EARLIER_PERIOD);
    leave(&made);
    made = summary_of(KEY "\nBLR,KAZ,X,2010-Q1,100\nBLR,KAZ,X,2010-Q4,150\n"
                          "BLR,KAZ,X,2012-Q1,121\nBLR,KAZ,X,2012-Q4,600\n",
                      NULL, NULL);
    check_near(value_of(&made, "EXPORTS_CAGR_REPORTER"), 1);
    ck_assert_str_eq(text_of(&made, "EXPORTS_CAGR_REPORTER", "FIRST_PERIOD"), "2010-Q4");
    check_near(number_of(made.balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2012-Q1"), 0.1);
    check_near(number_of(made.balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2012-Q4"), 1);
    leave(&made);
}
END_TEST

START_TEST(what_is_no_balance_is_refused) {
    trial made = summary_of(uneven, NULL, NULL);
    bkt_table *none = NULL;
    bkt_summary_options window;
    ck_assert_int_eq(bkt_summary_options_init(&window, (uint32_t)sizeof window), BKT_OK);
    window.first_period = "2050";
    check_error(made.context, bkt_balance_summary(made.context, made.balance, &window, &none),
                BKT_ERR_NO_DATA, "no period in the window");
    window.first_period = "soon";
    check_error(made.context, bkt_balance_summary(made.context, made.balance, &window, &none),
                BKT_ERR_PERIOD, "soon");
    window.struct_size = 1;
    ck_assert_int_eq(bkt_balance_summary(made.context, made.balance, &window, &none), BKT_ERR_ABI);
    check_error(made.context, bkt_balance_summary(made.context, made.summary, NULL, &none),
                BKT_ERR_NO_COLUMN, "TIME_PERIOD");
    bkt_table *other = make_table(made.context, NULL, "~TIME_PERIOD,#OBS_VALUE\n2012,5\n");
    check_error(made.context, bkt_balance_summary(made.context, other, NULL, &none),
                BKT_ERR_NO_COLUMN, "BALANCE_REPORTER");
    bkt_table_free(other);
    other = make_table(made.context, NULL, "@TIME_PERIOD,#OBS_VALUE\n2012,5\n");
    check_error(made.context, bkt_balance_summary(made.context, other, NULL, &none),
                BKT_ERR_COLUMN_KIND, "no periods");
    bkt_table_free(other);
    other = make_table(made.context, NULL, "~TIME_PERIOD,@BALANCE_REPORTER\n2012,5\n");
    check_error(made.context, bkt_balance_summary(made.context, other, NULL, &none),
                BKT_ERR_COLUMN_KIND, "BALANCE_REPORTER");
    bkt_table_free(other);
    ck_assert_int_eq(bkt_balance_summary(made.context, NULL, NULL, &none), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_balance_summary(made.context, made.balance, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(none);
    leave(&made);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("summary");
    TCase *tests = tcase_create("summary");
    tcase_add_test(tests, balances_are_added_up);
    tcase_add_test(tests, a_window_leaves_the_rest_out);
    tcase_add_test(tests, growth_is_from_the_first_to_the_last_figure);
    tcase_add_test(tests, a_trend_drops_and_counts_zeros);
    tcase_add_test(tests, quarters_are_parts_of_years);
    tcase_add_test(tests, what_is_no_balance_is_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
