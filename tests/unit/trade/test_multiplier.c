/* SPDX-License-Identifier: MIT */
/* From values to units of the currency, by each profile's rule. */
#include <stdio.h>

#include "trade_fixture.h"

#include "run_suite.h"

/* Exports of 2012 of one row, in plain units. */
static double exports_of(const char *properties, const char *columns, const char *row,
                         double scale) {
    char lines[400];
    snprintf(lines, sizeof lines, "%s\n%s\n", columns, row);
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, properties, lines);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.unit_scale = scale;
    bkt_table *balance = NULL;
    bkt_status status = bkt_balance(context, table, &options, &balance);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    double number = NAN;
    bkt_column_number_at(bkt_table_column_find(balance, "EXPORTS_REPORTER"), 0, &number);
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
    return number;
}

#define POWER "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE,@UNIT_MULT"

START_TEST(a_power_of_ten) {
    static const struct {
        const char *row;
        double expected;
    } cases[] = {{"BLR,KAZ,X,2012,804.1,6", 804100000},  {"BLR,KAZ,X,2012,804.1,0", 804.1},
                 {"BLR,KAZ,X,2012,804.1,3", 804100},     {"BLR,KAZ,X,2012,804.1, 3 ", 804100},
                 {"BLR,KAZ,X,2012,8.041,9", 8.041e9},    {"BLR,KAZ,X,2012,80410,-2", 804.1},
                 {"BLR,KAZ,X,2012,804.1,", 804.1},       {"BLR,KAZ,X,2012,804.1,3.0", 804100},
                 {"BLR,KAZ,X,2012,804.1,+6", 804100000}, {"BLR,KAZ,X,2012,804.1,Thousands", 804100},
                 {"BLR,KAZ,X,2012,8,millions", 8e6},     {"BLR,KAZ,X,2012,8,Units", 8},
                 {"BLR,KAZ,X,2012,5,25", 5e25},          {"BLR,KAZ,X,2012,5,-25", 5e-25}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_near(exports_of(NULL, POWER, cases[i].row, 1) / cases[i].expected, 1);
    }
}
END_TEST

START_TEST(what_is_no_power_leaves_the_value_out) {
    ck_assert(isnan(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804.1,many", 1)));
    ck_assert(isnan(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804.1,1.5", 1)));
    ck_assert(isnan(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804.1,31", 1)));
    ck_assert(isnan(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804.1,3;6", 1)));
    ck_assert(isnan(exports_of(NULL, POWER, "BLR,KAZ,X,2012,1e300,20", 1)));
}
END_TEST

START_TEST(each_row_has_its_own) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, NULL,
                                  POWER "\nBLR,KAZ,X,2010,464778.8,3\nBLR,KAZ,X,2011,668.6792,6\n"
                                        "BLR,KAZ,X,2012,804138000,0\nBLR,KAZ,X,2013,1,odd\n"
                                        "BLR,KAZ,X,2014,5,\n");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_OK);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2010"), 464778800);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2011"), 668679200);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2012"), 804138000);
    ck_assert_int_eq(reason_of(balance, "EXPORTS_REPORTER", "2013"), BKT_MISSING_NOT_A_NUMBER);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2014"), 5);
    ck_assert_uint_eq(count_told(context, BKT_SEVERITY_WARNING, "'odd'"), 1);
    ck_assert_uint_eq(count_told(context, BKT_SEVERITY_WARNING, "no UNIT_MULT"), 1);
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* 0 units, 1 tens, 2 hundreds, 3 thousands, 4 ten thousands, 5 millions, 6 billions. */
START_TEST(comtrade_has_a_list_of_its_own) {
    static const double expected[] = {1, 10, 100, 1e3, 1e4, 1e6, 1e9};
    const char *columns = "FREQ,RPT,PRT,CC-H2,TF,@UNIT_MULT,@CURRENCY,~TIME,#OBS_VALUE";
    for (int code = 0; code <= 6; code++) {
        char row[80];
        snprintf(row, sizeof row, "A,112,398,TOTAL,2,%d,USD,2012,7", code);
        check_near(exports_of("structure=UN:UN_COMTRADE_H2(1.0)", columns, row, 1),
                   7 * expected[code]);
    }
    ck_assert(isnan(exports_of("structure=UN:UN_COMTRADE_H2(1.0)", columns,
                               "A,112,398,TOTAL,2,7,USD,2012,7", 1)));
    check_near(exports_of("structure=UN:UN_COMTRADE_H2(1.0)", columns,
                          "A,112,398,TOTAL,2,Ten Thousands,USD,2012,7", 1),
               70000);
}
END_TEST

START_TEST(fixed_multipliers_need_no_column) {
    check_near(exports_of("dataflow=WB:DF_WITS_TradeStats_Trade(1.0)",
                          "FREQ,REPORTER,PARTNER,PRODUCTCODE,INDICATOR,~TIME_PERIOD,#OBS_VALUE",
                          "A,BLR,KAZ,Total,XPRT-TRD-VL,2012,804138", 1),
               804138000);
}
END_TEST

START_TEST(scale_is_no_multiplier_of_the_imf) {
    check_near(exports_of("structure=IMF.STA:IMTS(1.0.0)",
                          "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,?SCALE,~TIME_PERIOD,"
                          "#OBS_VALUE",
                          "BLR,XG_FOB_USD,KAZ,A,6,2012,804138000", 1),
               804138000);
}
END_TEST

/* A profile of the caller's may read units such as those of the IMF's Principal Global Indicators.
 */
START_TEST(a_unit_may_name_its_multiplier) {
    bkt_context *context = new_context();
    bkt_profile_options options;
    ck_assert_int_eq(bkt_profile_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.reporter_column = "REF_AREA";
    options.partner_column = "PARTNER";
    options.flow_column = "CONCEPT";
    options.unit_column = "UNIT";
    options.multiplier_rule = BKT_MULTIPLIER_UNIT_NAME;
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
    bkt_table *table = make_table(context, NULL,
                                  "REF_AREA,PARTNER,CONCEPT,UNIT,~TIME_PERIOD,#OBS_VALUE\n"
                                  "913,916,TXG,L_M,2012,804.138\n");
    bkt_balance_options pair = pair_options("Belarus", "Kazakhstan");
    pair.profile = profile;
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &pair, &balance), BKT_OK);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2012"), 804138000);
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_number_column_may_hold_the_multiplier) {
    check_near(exports_of(NULL,
                          "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE,#UNIT_MULT",
                          "BLR,KAZ,X,2012,804.1,6", 1),
               804100000);
}
END_TEST

START_TEST(multiplier_and_scale_round_once) {
    ck_assert_double_eq(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804138,3", 1e6), 804.138);
    ck_assert_double_eq(exports_of(NULL, POWER, "BLR,KAZ,X,2012,0.3,6", 1e6), 0.3);
    ck_assert_double_eq(exports_of(NULL, POWER, "BLR,KAZ,X,2012,119023.9,3", 1e3), 119023.9);
    check_near(exports_of(NULL, POWER, "BLR,KAZ,X,2012,804138,3", 250), 804138000.0 / 250);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("multiplier");
    TCase *tests = tcase_create("multiplier");
    tcase_add_test(tests, a_power_of_ten);
    tcase_add_test(tests, what_is_no_power_leaves_the_value_out);
    tcase_add_test(tests, each_row_has_its_own);
    tcase_add_test(tests, comtrade_has_a_list_of_its_own);
    tcase_add_test(tests, fixed_multipliers_need_no_column);
    tcase_add_test(tests, scale_is_no_multiplier_of_the_imf);
    tcase_add_test(tests, a_unit_may_name_its_multiplier);
    tcase_add_test(tests, a_number_column_may_hold_the_multiplier);
    tcase_add_test(tests, multiplier_and_scale_round_once);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
