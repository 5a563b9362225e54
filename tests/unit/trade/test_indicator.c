/* SPDX-License-Identifier: MIT */
/* The catalogue: complete, in order, and the same as the columns and rows that come out. */
#include "trade_fixture.h"

#include "run_suite.h"

START_TEST(every_row_says_what_it_is) {
    for (uint32_t i = 0; i < bkt_indicator_count(); i++) {
        const bkt_indicator *indicator = bkt_indicator_at(i);
        const char *id = bkt_indicator_id(indicator);
        ck_assert_ptr_eq(bkt_indicator_find(id), indicator);
        ck_assert_str_ne(bkt_indicator_label(indicator), "");
        ck_assert_str_ne(bkt_indicator_formula(indicator), "");
        ck_assert_str_ne(bkt_indicator_source(indicator), "");
        ck_assert_int_ge(bkt_indicator_unit(indicator), BKT_INDICATOR_MONEY);
        ck_assert_int_le(bkt_indicator_unit(indicator), BKT_INDICATOR_FLAG);
        bool reported = strcmp(bkt_indicator_formula(indicator), "reported") == 0;
        ck_assert_msg(reported == (bkt_indicator_input_count(indicator) == 0), "%s", id);
        ck_assert_ptr_null(bkt_indicator_input_at(indicator, bkt_indicator_input_count(indicator)));
    }
}
END_TEST

/* So that one run from the first to the last computes all. */
START_TEST(inputs_come_before) {
    for (uint32_t i = 0; i < bkt_indicator_count(); i++) {
        const bkt_indicator *indicator = bkt_indicator_at(i);
        for (uint32_t k = 0; k < bkt_indicator_input_count(indicator); k++) {
            const char *input = bkt_indicator_input_at(indicator, k);
            uint32_t place = 0;
            while (place < i && strcmp(bkt_indicator_id(bkt_indicator_at(place)), input) != 0) {
                place++;
            }
            ck_assert_msg(place < i, "%s needs %s", bkt_indicator_id(indicator), input);
            ck_assert_int_eq(bkt_indicator_scope(bkt_indicator_at(place)), BKT_INDICATOR_PERIOD);
        }
    }
}
END_TEST

START_TEST(those_of_a_period_come_first) {
    bool windows = false;
    for (uint32_t i = 0; i < bkt_indicator_count(); i++) {
        bool window = bkt_indicator_scope(bkt_indicator_at(i)) == BKT_INDICATOR_WINDOW;
        ck_assert(window || !windows);
        windows = windows || window;
    }
    ck_assert(windows);
}
END_TEST

START_TEST(tables_hold_the_catalogue) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, NULL,
                                  "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE\n"
                                  "BLR,KAZ,X,2012,804138\n");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    bkt_table *balance = NULL;
    bkt_table *summary = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_OK);
    ck_assert_int_eq(bkt_balance_summary(context, balance, NULL, &summary), BKT_OK);
    uint32_t column = 1;
    int64_t row = 0;
    for (uint32_t i = 0; i < bkt_indicator_count(); i++) {
        const bkt_indicator *indicator = bkt_indicator_at(i);
        if (bkt_indicator_scope(indicator) == BKT_INDICATOR_PERIOD) {
            const bkt_column *each = bkt_table_column_at(balance, column++);
            ck_assert_str_eq(bkt_column_id(each), bkt_indicator_id(indicator));
            ck_assert_int_eq(bkt_column_role(each), BKT_ROLE_MEASURE);
            ck_assert_ptr_null(strchr(bkt_column_label(each), '{'));
        } else {
            const bkt_column *ids = bkt_table_column_find(summary, "INDICATOR");
            ck_assert_str_eq(bkt_column_text_at(ids, row++), bkt_indicator_id(indicator));
        }
    }
    ck_assert_int_eq(bkt_table_row_count(summary), row);
    bkt_table_free(summary);
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(getters_take_nothing_for_nothing) {
    ck_assert_ptr_null(bkt_indicator_at(bkt_indicator_count()));
    ck_assert_ptr_null(bkt_indicator_find("NONE"));
    ck_assert_ptr_null(bkt_indicator_find(NULL));
    ck_assert_str_eq(bkt_indicator_id(NULL), "");
    ck_assert_str_eq(bkt_indicator_label(NULL), "");
    ck_assert_str_eq(bkt_indicator_formula(NULL), "");
    ck_assert_str_eq(bkt_indicator_source(NULL), "");
    ck_assert_int_eq(bkt_indicator_unit(NULL), 0);
    ck_assert_int_eq(bkt_indicator_scope(NULL), 0);
    ck_assert_uint_eq(bkt_indicator_input_count(NULL), 0);
    ck_assert_ptr_null(bkt_indicator_input_at(NULL, 0));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("indicator");
    TCase *tests = tcase_create("indicator");
    tcase_add_test(tests, every_row_says_what_it_is);
    tcase_add_test(tests, inputs_come_before);
    tcase_add_test(tests, those_of_a_period_come_first);
    tcase_add_test(tests, tables_hold_the_catalogue);
    tcase_add_test(tests, getters_take_nothing_for_nothing);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
