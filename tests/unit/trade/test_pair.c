/* SPDX-License-Identifier: MIT */
/* What is taken out of a table for a pair: areas in every code system, one code in each dimension,
 * one row a cell, and what is refused. */
#include <stdio.h>

#include "trade_fixture.h"

#include "run_suite.h"

typedef struct trial {
    bkt_context *context;
    bkt_table *table;
    bkt_table *balance;
    bkt_status status;
} trial;

static trial attempt(const char *properties, const char *lines,
                     const bkt_balance_options *options) {
    trial made = {.context = new_context()};
    made.table = make_table(made.context, properties, lines);
    made.status = bkt_balance(made.context, made.table, options, &made.balance);
    return made;
}

static void leave(trial *made) {
    bkt_table_free(made->balance);
    bkt_table_free(made->table);
    bkt_context_free(made->context);
}

static trial balance_with(const char *properties, const char *lines,
                          const bkt_balance_options *options) {
    trial made = attempt(properties, lines, options);
    ck_assert_msg(made.status == BKT_OK, "%s", bkt_context_error_text(made.context));
    return made;
}

static trial balance_of(const char *properties, const char *lines) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    return balance_with(properties, lines, &options);
}

static void check_figure(const char *properties, const char *lines, const char *id,
                         double expected) {
    trial made = balance_of(properties, lines);
    check_near(number_of(made.balance, id, "2012"), expected);
    leave(&made);
}

static void check_refused_with(const char *properties, const char *lines,
                               const bkt_balance_options *options, bkt_status expected,
                               const char *part) {
    trial made = attempt(properties, lines, options);
    check_error(made.context, made.status, expected, part);
    ck_assert_ptr_null(made.balance);
    leave(&made);
}

static void check_refused(const char *properties, const char *lines, bkt_status expected,
                          const char *part) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    check_refused_with(properties, lines, &options, expected, part);
}

#define KEY "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE"

/* ---- areas ---- */

START_TEST(the_pair_is_found_in_any_code_system) {
    static const char *const rows[] = {"BY,KZ,X,2012,7", "BLR,KAZ,X,2012,7", "112,398,X,2012,7",
                                       "913,916,X,2012,7", "by,kz,X,2012,7"};
    static const char *const names[][2] = {
        {"BLR", "KAZ"}, {"BY", "KZ"}, {"112", "398"}, {"913", "916"}, {"Belarus", "kazakhstan"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            char lines[200];
            snprintf(lines, sizeof lines, KEY "\n%s\n", rows[i]);
            bkt_balance_options options = pair_options(names[k][0], names[k][1]);
            trial made = attempt(NULL, lines, &options);
            ck_assert_msg(made.status == BKT_OK, "%s by %s: %s", rows[i], names[k][0],
                          bkt_context_error_text(made.context));
            check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
            ck_assert_str_eq(bkt_table_property(made.balance, "reporter"), "BLR");
            leave(&made);
        }
    }
}
END_TEST

/* 112 is Belarus in M49 and the United Kingdom with the IMF; 124 Canada and Belgium. */
START_TEST(numbers_are_read_in_the_system_of_the_column) {
    bkt_balance_options options = pair_options("United Kingdom", "Belgium");
    trial made =
        balance_with("structure=X:Y(1.0)",
                     KEY "\n112,124,X,2012,7\n134,913,X,2012,1\n913,922,X,2012,1\n", &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    /* The same column, named by its own codes. */
    options = pair_options("112", "124");
    made = balance_with(NULL, KEY "\n112,124,X,2012,7\n134,913,X,2012,1\n913,922,X,2012,1\n",
                        &options);
    ck_assert_str_eq(bkt_table_property(made.balance, "reporter_name"), "United Kingdom");
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "in UN M49 it is Belarus"), 1);
    leave(&made);
    /* Codes that both systems know as well: the areas asked for decide. */
    options = pair_options("Belarus", "Canada");
    made = balance_with(NULL, KEY "\n112,124,X,2012,7\n", &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    options = pair_options("United Kingdom", "Belgium");
    made = balance_with(NULL, KEY "\n112,124,X,2012,7\n", &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    options = pair_options("United Kingdom", "Canada");
    check_refused_with(NULL, KEY "\n112,124,X,2012,7\n", &options, BKT_ERR_AMBIGUOUS,
                       "UN M49 or of the IMF");
}
END_TEST

START_TEST(a_declared_system_decides) {
    bkt_context *context = new_context();
    bkt_profile_options options;
    ck_assert_int_eq(bkt_profile_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.reporter_column = "REF_AREA";
    options.partner_column = "COUNTERPART_AREA";
    options.flow_column = "TRADE_FLOW";
    options.area_system = BKT_AREA_SYSTEM_IMF;
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
    bkt_table *table = make_table(context, NULL, KEY "\n112,124,X,2012,7\n");
    bkt_balance_options pair = pair_options("GBR", "BEL");
    pair.profile = profile;
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &pair, &balance), BKT_OK);
    bkt_table_free(balance);
    bkt_profile_free(profile);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(two_code_systems_in_one_table) {
    trial made = balance_of(NULL, KEY "\nBY,KZ,X,2011,7\nBLR,KAZ,X,2012,8\n398,112,M,2012,9\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2011"), 7);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 8);
    check_near(number_of(made.balance, "IMPORTS_PARTNER", "2012"), 9);
    leave(&made);
}
END_TEST

START_TEST(groups_and_other_partners_are_not_touched) {
    check_figure(NULL,
                 KEY "\nBLR,W00,X,2012,1000\nBLR,EAEU,X,2012,500\nBLR,KAZ,X,2012,7\n"
                     "BLR,RUS,X,2012,300\nRUS,KAZ,X,2012,90\n",
                 "EXPORTS_REPORTER", 7);
}
END_TEST

START_TEST(the_world_can_be_the_partner) {
    bkt_balance_options options = pair_options("Belarus", "World");
    trial made = balance_with(NULL, KEY "\nBLR,W00,X,2012,1000\nBLR,W00,M,2012,1200\n", &options);
    check_near(number_of(made.balance, "BALANCE_REPORTER", "2012"), -200);
    ck_assert_int_eq(reason_of(made.balance, "IMPORTS_PARTNER", "2012"),
                     BKT_MISSING_NOT_APPLICABLE);
    leave(&made);
}
END_TEST

START_TEST(a_code_of_the_table_alone_can_be_named) {
    bkt_balance_options options = pair_options("G123", "kaz");
    trial made = balance_with(NULL, KEY "\nG123,KAZ,X,2012,5\n", &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 5);
    ck_assert_str_eq(bkt_table_property(made.balance, "reporter"), "G123");
    leave(&made);
}
END_TEST

START_TEST(who_is_not_there_is_told_who_is) {
    bkt_balance_options options = pair_options("Armenia", "KAZ");
    check_refused_with(NULL, KEY "\nBLR,KAZ,X,2012,5\n", &options, BKT_ERR_NO_DATA,
                       "reporters: BLR; partners: KAZ)");
    options = pair_options("Atlantis", "KAZ");
    check_refused_with(NULL, KEY "\nBLR,KAZ,X,2012,5\n", &options, BKT_ERR_COUNTRY,
                       "'Atlantis' is no area");
}
END_TEST

START_TEST(a_table_without_rows_has_no_data) {
    check_refused(NULL, KEY "\n", BKT_ERR_NO_DATA, "no observations");
}
END_TEST

START_TEST(one_reporter_is_enough) {
    trial made = balance_of(NULL, KEY "\nKAZ,BLR,M,2012,5\n");
    check_near(number_of(made.balance, "IMPORTS_PARTNER", "2012"), 5);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_PARTNER", "2012"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2012"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_of(made.balance, "TURNOVER_PARTNER", "2012"), BKT_MISSING_INPUT);
    ck_assert_int_eq(reason_of(made.balance, "BALANCE_LOWEST", "2012"), BKT_MISSING_INPUT);
    check_near(number_of(made.balance, "BALANCE_VERSIONS", "2012"), 0);
    leave(&made);
}
END_TEST

/* ---- one code in each dimension ---- */

#define BY_PRODUCT "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,COMMODITY,~TIME_PERIOD,#OBS_VALUE"

START_TEST(the_total_is_taken_by_its_code) {
    static const char *const totals[] = {"TOTAL", "Total", "HS17_TOTAL", "_T", "-1"};
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        char lines[300];
        snprintf(lines, sizeof lines,
                 BY_PRODUCT "\nBLR,KAZ,X,27,2012,3\nBLR,KAZ,X,%s,2012,7\nBLR,KAZ,X,84,2012,2\n",
                 totals[i]);
        trial made = balance_of(NULL, lines);
        check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
        ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "of 3 codes of COMMODITY"),
                          1);
        leave(&made);
    }
}
END_TEST

START_TEST(a_breakdown_without_a_total_is_refused) {
    check_refused(NULL, BY_PRODUCT "\nBLR,KAZ,X,27,2012,3\nBLR,KAZ,X,84,2012,2\n",
                  BKT_ERR_AMBIGUOUS, "(codes: 27, 84); choose one by `product`");
    /* Also where each period has but one of them. */
    check_refused(NULL, BY_PRODUCT "\nBLR,KAZ,X,27,2011,3\nBLR,KAZ,X,84,2012,2\n",
                  BKT_ERR_AMBIGUOUS, "codes: 27, 84");
}
END_TEST

START_TEST(a_product_can_be_asked_for) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.product = "84";
    const char *lines =
        BY_PRODUCT "\nBLR,KAZ,X,27,2012,3\nBLR,KAZ,X,TOTAL,2012,7\nBLR,KAZ,X,84,2012,2\n";
    trial made = balance_with(NULL, lines, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 2);
    leave(&made);
    options.product = "99";
    check_refused_with(NULL, lines, &options, BKT_ERR_NO_DATA, "has: 27, TOTAL, 84");
    check_refused_with(NULL, KEY "\nBLR,KAZ,X,2012,5\n", &options, BKT_ERR_NO_COLUMN, "'99'");
}
END_TEST

START_TEST(one_product_alone_is_told) {
    trial made = balance_of(NULL, BY_PRODUCT "\nBLR,KAZ,X,27,2012,3\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 3);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "COMMODITY 27 alone"), 1);
    leave(&made);
}
END_TEST

START_TEST(totals_of_two_classifications) {
    /* One after the other: one row a cell. */
    const char *turns = BY_PRODUCT "\nBLR,KAZ,X,HS12_TOTAL,2011,3\nBLR,KAZ,X,HS17_TOTAL,2012,7\n";
    check_figure(NULL, turns, "EXPORTS_REPORTER", 7);
    /* Beside each other and equal. */
    trial made = balance_of(NULL, BY_PRODUCT
                            "\nBLR,KAZ,X,HS17_TOTAL,2012,7\nBLR,KAZ,X,SITC4_TOTAL,2012,7\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    /* Beside each other and different. */
    check_refused(NULL, BY_PRODUCT "\nBLR,KAZ,X,HS17_TOTAL,2012,7\nBLR,KAZ,X,SITC4_TOTAL,2012,8\n",
                  BKT_ERR_AMBIGUOUS, "codes: HS17_TOTAL, SITC4_TOTAL");
}
END_TEST

START_TEST(hidden_dimensions_are_guarded) {
    const char *lines = "REF_AREA,COUNTERPART_AREA,COUNTERPART_AREA_2,TRADE_FLOW,TRANSPORT,"
                        "~TIME_PERIOD,#OBS_VALUE\nBLR,KAZ,W0,X,_T,2012,7\nBLR,KAZ,RU,X,_T,2012,4\n"
                        "BLR,KAZ,W0,X,1,2012,2\nBLR,KAZ,W0,X,2,2012,5\n";
    check_figure(NULL, lines, "EXPORTS_REPORTER", 7);
    check_refused(NULL,
                  "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,TRANSPORT,~TIME_PERIOD,#OBS_VALUE\n"
                  "BLR,KAZ,X,1,2012,2\nBLR,KAZ,X,2,2012,5\n",
                  BKT_ERR_AMBIGUOUS, "choose one by `selection` (TRANSPORT=CODE)");
}
END_TEST

START_TEST(a_selection_chooses) {
    bkt_context *context = new_context();
    bkt_table *table =
        make_table(context, NULL,
                   "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,TRANSPORT,~TIME_PERIOD,#OBS_VALUE\n"
                   "BLR,KAZ,X,1,2012,2\nBLR,KAZ,X,2,2012,5\nBLR,KAZ,X,2,2013,6\n");
    const char *code = "2";
    bkt_filter *filter = NULL;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "TRANSPORT", &code, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, NULL, "2012"), BKT_OK);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.selection = filter;
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(balance), 1);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2012"), 5);
    bkt_table_free(balance);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "NOWHERE", &code, 1), BKT_OK);
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_NO_COLUMN,
                "NOWHERE");
    bkt_filter_free(filter);
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "OBS_VALUE", &code, 1), BKT_OK);
    options.selection = filter;
    check_error(context, bkt_balance(context, table, &options, &balance), BKT_ERR_COLUMN_KIND,
                "OBS_VALUE");
    bkt_filter_free(filter);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* A message read without its structure passes attributes off as dimensions. */
START_TEST(assumed_dimensions_do_not_split_cells) {
    const char *lines =
        "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?TITLE,?REMARK,~TIME_PERIOD,#OBS_VALUE\n"
        "BLR,KAZ,X,Exports,one,2011,3\nBLR,KAZ,X,Exports,other,2012,7\n"
        "BLR,KAZ,M,Imports,third,2012,5\n";
    check_figure(NULL, lines, "BALANCE_REPORTER", 2);
    check_refused(NULL,
                  "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?REMARK,~TIME_PERIOD,#OBS_VALUE\n"
                  "BLR,KAZ,X,one,2012,3\nBLR,KAZ,X,other,2012,7\n",
                  BKT_ERR_AMBIGUOUS, "REMARK (codes: one, other)");
}
END_TEST

/* A breakdown may have equal figures: one of them is not the whole. */
START_TEST(equal_parts_are_no_total) {
    const char *parts =
        "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?TRANSPORT,~TIME_PERIOD,#OBS_VALUE\n"
        "BLR,KAZ,X,1,2012,7\nBLR,KAZ,X,2,2012,7\n";
    check_refused(NULL, parts, BKT_ERR_AMBIGUOUS, "TRANSPORT (codes: 1, 2)");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.flags = BKT_BALANCE_LAST_WINS;
    check_refused_with(NULL, parts, &options, BKT_ERR_AMBIGUOUS, "TRANSPORT (codes: 1, 2)");
    /* A row without a code says nothing of parts, nor do rows without a value. */
    check_figure(NULL,
                 "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?TRANSPORT,~TIME_PERIOD,#OBS_VALUE\n"
                 "BLR,KAZ,X,1,2012,7\nBLR,KAZ,X,,2012,7\nBLR,KAZ,M,1,2012,\nBLR,KAZ,M,2,2012,\n",
                 "EXPORTS_REPORTER", 7);
    /* Where one is the total, it is taken, and that is told. */
    trial made = balance_of(
        NULL, "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?TRANSPORT,~TIME_PERIOD,#OBS_VALUE\n"
              "BLR,KAZ,X,1,2012,7\nBLR,KAZ,X,_T,2012,9\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 9);
    ck_assert_ptr_nonnull(strstr(bkt_table_property(made.balance, "assumptions"),
                                 "of the codes of TRANSPORT the total (_T) is taken"));
    leave(&made);
}
END_TEST

/* In flat data without their structure what stands after the value is taken for an attribute. */
START_TEST(products_are_products_wherever_they_stand) {
    const char *flat =
        "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE,?@COMMODITY\n"
        "BLR,KAZ,X,2012,7,27\nBLR,KAZ,X,2012,7,84\n";
    check_refused(NULL, flat, BKT_ERR_AMBIGUOUS, "several codes of COMMODITY");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.product = "84";
    trial made = balance_with(NULL, flat, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    check_figure(NULL,
                 "?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE,?@COMMODITY\n"
                 "BLR,KAZ,X,2012,7,27\nBLR,KAZ,X,2012,9,TOTAL\n",
                 "EXPORTS_REPORTER", 9);
}
END_TEST

/* ---- flows and valuation ---- */

START_TEST(re_exports_and_balances_are_left_out) {
    check_figure(NULL, KEY "\nBLR,KAZ,X,2012,7\nBLR,KAZ,RX,2012,3\nBLR,KAZ,RM,2012,2\n",
                 "EXPORTS_REPORTER", 7);
    check_figure("structure=IMF:DOT(1.0)",
                 "FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                 "A,BY,TXG_FOB_USD,KZ,2012,7\nA,BY,TMG_CIF_USD,KZ,2012,5\nA,BY,TBG_USD,KZ,2012,2\n",
                 "TURNOVER_REPORTER", 12);
}
END_TEST

START_TEST(cif_imports_are_taken_before_fob_ones) {
    trial made = balance_of("structure=IMF:DOT(1.0)",
                            "FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,@UNIT_MULT,~TIME_PERIOD,"
                            "#OBS_VALUE\nA,BY,TMG_FOB_USD,KZ,6,2011,90\n"
                            "A,BY,TMG_FOB_USD,KZ,6,2012,100\nA,BY,TMG_CIF_USD,KZ,6,2012,106\n"
                            "A,KZ,TXG_FOB_USD,BY,6,2012,95\nA,KZ,TXG_FOB_USD,BY,6,2011,95\n");
    check_near(number_of(made.balance, "IMPORTS_REPORTER", "2012"), 106e6);
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2012"), 100e6);
    check_near(number_of(made.balance, "INVERTED_IMPORTS", "2012"), 0);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "CIF is taken"), 1);
    /* Where there is no other, imports at FOB stand as they are, and can't be inverted. */
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2011"), 90e6);
    ck_assert_int_eq(reason_of(made.balance, "INVERTED_IMPORTS", "2011"),
                     BKT_MISSING_NOT_APPLICABLE);
    ck_assert_str_eq(bkt_table_property(made.balance, "unit"), "USD");
    /* Nothing of valuation was assumed. */
    ck_assert_ptr_null(strstr(bkt_table_property(made.balance, "assumptions"), "convention"));
    leave(&made);
}
END_TEST

START_TEST(a_valuation_column_is_heeded_row_by_row) {
    trial made = balance_of(NULL, "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,@VALUATION,~TIME_PERIOD,"
                                  "#OBS_VALUE\nBLR,KAZ,M,FOB,2011,100\nBLR,KAZ,M,CIF,2012,106\n"
                                  "BLR,KAZ,M,_U,2013,106\nBLR,KAZ,M,Other,2014,106\n");
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2011"), 100);
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2012"), 100);
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2013"), 100);
    check_near(number_of(made.balance, "IMPORTS_FOB_REPORTER", "2014"), 106);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "imports are taken as CIF"), 1);
    const bkt_column *column = bkt_table_column_find(made.balance, "VALUATION_IMPORTS_REPORTER");
    ck_assert_str_eq(bkt_column_text_at(column, 3), "OTHER");
    leave(&made);
}
END_TEST

START_TEST(quantities_are_not_money) {
    check_figure("structure=UNSD:IMTS_COMPACT(1.2)",
                 "FREQ,REF_AREA,TRADE_FLOW,COMMODITY_1,COUNTERPART_AREA_1,MEASURE,@UNIT_MULT,"
                 "~TIME_PERIOD,#OBS_VALUE\nA,BY,X,HS17_TOTAL,KZ,NETWEIGHT,0,2012,900\n"
                 "A,BY,X,HS17_TOTAL,KZ,FOB,0,2012,7\nA,BY,X,HS17_TOTAL,KZ,QTY,0,2012,800\n",
                 "EXPORTS_REPORTER", 7);
    check_figure("structure=ESTAT:DS-045409(1.0)",
                 "freq,reporter,partner,product,flow,indicators,~TIME_PERIOD,#OBS_VALUE\n"
                 "A,BLR,KAZ,TOTAL,2,VALUE_IN_EUROS,2012,7\n"
                 "A,BLR,KAZ,TOTAL,2,QUANTITY_IN_100KG,2012,900\n",
                 "EXPORTS_REPORTER", 7);
    check_refused("structure=IMF:BOP(1.12)",
                  "REF_AREA,COUNTERPART_AREA,ACCOUNTING_ENTRY,~TIME_PERIOD,#OBS_VALUE\n"
                  "BY,KZ,C,2012,7\n",
                  BKT_ERR_NO_COLUMN, "INT_ACC_ITEM=G");
}
END_TEST

/* The column that tells quantities from values may be one of which the profile needs a code. */
START_TEST(a_code_needed_of_the_valuation_is_needed) {
    bkt_context *context = new_context();
    bkt_profile_options own;
    ck_assert_int_eq(bkt_profile_options_init(&own, (uint32_t)sizeof own), BKT_OK);
    own.reporter_column = "REF_AREA";
    own.partner_column = "COUNTERPART_AREA";
    own.flow_column = "TRADE_FLOW";
    own.valuation_column = "MEASURE";
    own.required_codes = "MEASURE=VALUE_USD";
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_new(context, &own, &profile), BKT_OK);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.profile = profile;
    trial made = balance_with(NULL,
                              "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,MEASURE,~TIME_PERIOD,"
                              "#OBS_VALUE\nBLR,KAZ,X,PRICE_INDEX,2012,105\n"
                              "BLR,KAZ,X,VALUE_USD,2012,7\nBLR,KAZ,X,QTY,2012,9\n",
                              &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    leave(&made);
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

/* ---- one row a cell ---- */

START_TEST(the_same_cell_twice) {
    const char *equal = KEY "\nBLR,KAZ,X,2012,7\nBLR,KAZ,X,2012,7\n";
    trial made = balance_of(NULL, equal);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "more than once"), 1);
    leave(&made);
    const char *different = KEY "\nBLR,KAZ,X,2012,7\nBLR,KAZ,X,2012,8.5\n";
    check_refused(
        "source=trade.xml", different, BKT_ERR_DUPLICATE,
        "trade.xml: the exports that Belarus reports for 2012 are there more than once, as "
        "7 (row 1) and 8.5 (row 2)");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.unit_scale = 1e6;
    check_refused_with(NULL, different, &options, BKT_ERR_DUPLICATE,
                       "as 7 (row 1) and 8.5 (row 2)");
    options.unit_scale = 1;
    options.flags = BKT_BALANCE_LAST_WINS;
    made = balance_with(NULL, different, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 8.5);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING, "the last one is taken"), 1);
    leave(&made);
    /* One value and one gap: the value. */
    check_figure(NULL, KEY "\nBLR,KAZ,X,2012,7\nBLR,KAZ,X,2012,\n", "EXPORTS_REPORTER", 7);
}
END_TEST

START_TEST(deleted_rows_are_left_out) {
    trial made = balance_of(NULL, "!ACTION," KEY "\nReplace,BLR,KAZ,X,2012,7\n"
                                  "Delete,BLR,KAZ,X,2012,9\nDelete,BLR,KAZ,M,2012,9\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 7);
    ck_assert_int_eq(reason_of(made.balance, "IMPORTS_REPORTER", "2012"), BKT_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING, "2 rows of the pair"), 1);
    leave(&made);
    check_refused(NULL, "!ACTION," KEY "\nDelete,BLR,KAZ,X,2012,7\n", BKT_ERR_NO_DATA,
                  "to be deleted");
}
END_TEST

START_TEST(missing_is_not_zero) {
    trial made = balance_of(NULL, KEY ",@CONF_STATUS,@OBS_STATUS\nBLR,KAZ,X,2010,0,,A\n"
                                      "BLR,KAZ,X,2011,NaN,,\nBLR,KAZ,X,2012,,C,\n"
                                      "BLR,KAZ,X,2013,0,C,\nBLR,KAZ,X,2014,,,L\n"
                                      "BLR,KAZ,X,2015,0,F,M\nBLR,KAZ,X,2016,secret,,\n"
                                      "BLR,KAZ,M,2010,0,F,A\nBLR,KAZ,X,2018,,,Q\n");
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2010"), 0);
    check_near(number_of(made.balance, "BALANCE_REPORTER", "2010"), 0);
    ck_assert_int_eq(reason_of(made.balance, "COVERAGE_REPORTER", "2010"),
                     BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(reason_of(made.balance, "NORMALISED_BALANCE_REPORTER", "2010"),
                     BKT_MISSING_ZERO_DENOMINATOR);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2011"), BKT_MISSING_NAN);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2012"), BKT_MISSING_CONFIDENTIAL);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2013"), BKT_MISSING_CONFIDENTIAL);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2014"), BKT_MISSING_ABSENT);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2015"), BKT_MISSING_ABSENT);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2016"), BKT_MISSING_CONFIDENTIAL);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2017"), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2018"), BKT_MISSING_CONFIDENTIAL);
    const bkt_column *status = bkt_table_column_find(made.balance, "OBS_STATUS_EXPORTS_REPORTER");
    ck_assert_str_eq(bkt_column_text_at(status, 0), "A");
    ck_assert_ptr_null(bkt_column_text_at(status, 7));
    leave(&made);
}
END_TEST

START_TEST(a_negative_value_is_left_out) {
    trial made = balance_of(NULL, KEY "\nBLR,KAZ,X,2012,-5\nBLR,KAZ,M,2012,5\n");
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_REPORTER", "2012"),
                     BKT_MISSING_NOT_APPLICABLE);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING,
                                 "the value -5 of 2012 is negative, which no trade is"),
                      1);
    leave(&made);
}
END_TEST

/* ---- frequency and periods ---- */

START_TEST(annual_figures_are_taken_before_others) {
    const char *lines = "FREQ," KEY "\nA,BLR,KAZ,X,2012,24\nM,BLR,KAZ,X,2012-01,2\n"
                        "M,BLR,KAZ,X,2013-01,3\nQ,BLR,KAZ,X,2012-Q1,6\n";
    trial made = balance_of(NULL, lines);
    ck_assert_int_eq(bkt_table_row_count(made.balance), 1);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 24);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "annual figures"), 1);
    leave(&made);
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.frequency = BKT_FREQUENCY_MONTH;
    made = balance_with(NULL, lines, &options);
    ck_assert_int_eq(bkt_table_row_count(made.balance), 13);
    /* Against the same month a year before. */
    check_near(number_of(made.balance, "EXPORTS_GROWTH_REPORTER", "2013-01"), 0.5);
    check_near(number_of(made.balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2013-01"), 0.5);
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_GROWTH_REPORTER", "2012-12"),
                     BKT_MISSING_NO_EARLIER_PERIOD);
    ck_assert_str_eq(bkt_table_property(made.balance, "frequency"), "M");
    leave(&made);
    options.frequency = BKT_FREQUENCY_WEEK;
    check_refused_with(NULL, lines, &options, BKT_ERR_NO_DATA, "A, Q, M");
    check_refused(NULL, "FREQ," KEY "\nQ,BLR,KAZ,X,2012-Q1,6\nM,BLR,KAZ,X,2012-01,2\n",
                  BKT_ERR_AMBIGUOUS, "Q, M");
}
END_TEST

START_TEST(weeks_and_days_have_no_year_before) {
    trial made = balance_of(NULL, KEY "\nBLR,KAZ,X,2012-W01,5\nBLR,KAZ,X,2013-W01,6\n");
    ck_assert_int_eq(reason_of(made.balance, "EXPORTS_GROWTH_REPORTER", "2013-W01"),
                     BKT_MISSING_NOT_APPLICABLE);
    check_near(number_of(made.balance, "EXPORTS_COMPOUND_GROWTH_REPORTER", "2013-W01"),
               pow(1.2, 365.2425 / 364) - 1);
    leave(&made);
}
END_TEST

START_TEST(periods_that_cannot_be_counted_are_refused) {
    check_refused(NULL, KEY "\nBLR,KAZ,X,2012-01-01/P1M,5\n", BKT_ERR_UNSUPPORTED, "ranges");
    check_refused(NULL, KEY "\nBLR,KAZ,X,2012-01-01T00:00:00,5\n", BKT_ERR_UNSUPPORTED,
                  "points in time");
    check_refused(NULL, KEY "\nBLR,KAZ,X,0001-01-01,5\nBLR,KAZ,X,9999-01-01,5\n", BKT_ERR_LIMIT,
                  "span");
}
END_TEST

/* ---- units ---- */

#define IN_UNITS KEY ",@UNIT_MEASURE,@UNIT_MULT"

START_TEST(one_unit_is_taken) {
    const char *both = IN_UNITS "\nBLR,KAZ,X,2012,7,USD,6\nBLR,KAZ,X,2012,5,EUR,6\n";
    check_refused(NULL, both, BKT_ERR_AMBIGUOUS, "(USD, EUR); choose one by `unit`");
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.unit = "eur";
    options.unit_scale = 1e6;
    trial made = balance_with(NULL, both, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 5);
    ck_assert_str_eq(bkt_table_property(made.balance, "unit"), "EUR");
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(made.balance, "EXPORTS_REPORTER")),
                     "million EUR");
    leave(&made);
    options.unit = "KZT";
    check_refused_with(NULL, both, &options, BKT_ERR_NO_DATA, "USD, EUR");
}
END_TEST

START_TEST(a_unit_that_is_not_stated_is_told) {
    trial made = balance_of(NULL, IN_UNITS "\nBLR,KAZ,X,2012,7,USD,6\nKAZ,BLR,M,2012,8,,6\n");
    check_near(number_of(made.balance, "GAP_EXPORTS", "2012"), 1e6);
    ck_assert_ptr_nonnull(strstr(bkt_table_property(made.balance, "assumptions"),
                                 "values without a currency are taken for USD"));
    leave(&made);
    made = balance_of(NULL, IN_UNITS "\nBLR,KAZ,X,2012,7,USD,6\nKAZ,BLR,M,2012,8,USD,6\n");
    ck_assert_ptr_null(strstr(bkt_table_property(made.balance, "assumptions"), "currency"));
    leave(&made);
}
END_TEST

START_TEST(exchange_rate_dollars_are_dollars) {
    trial made = balance_of(NULL, IN_UNITS "\nBLR,KAZ,X,2012,7,USD_EXC,6\n");
    ck_assert_str_eq(bkt_table_property(made.balance, "unit"), "USD");
    leave(&made);
}
END_TEST

START_TEST(own_currencies_are_not_compared) {
    trial made = balance_of(NULL, IN_UNITS "\nBLR,KAZ,X,2012,7,XDC,6\nBLR,KAZ,M,2012,5,XDC,6\n"
                                           "KAZ,BLR,X,2012,70,XDC,6\nKAZ,BLR,M,2012,90,XDC,6\n");
    check_near(number_of(made.balance, "BALANCE_REPORTER", "2012"), 2e6);
    ck_assert_int_eq(reason_of(made.balance, "GAP_EXPORTS", "2012"), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_of(made.balance, "BALANCE_LOWEST", "2012"), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_of(made.balance, "INVERTED_EXPORTS", "2012"),
                     BKT_MISSING_NOT_APPLICABLE);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_NOTE, "its own currency"), 1);
    leave(&made);
}
END_TEST

/* ---- structures with rules of their own ---- */

START_TEST(australia_reports_by_structure) {
    const char *lines = "REGION,SITC_REV3,INDUSTRY,COUNTRY,FREQUENCY,~TIME,#OBS_VALUE\n"
                        "-,-1,-1,BELA,A,2012,12.5\n-,0,-1,BELA,A,2012,3\n-,-1,-1,-,A,2012,900\n"
                        "-,-1,-1,KAZA,A,2012,7\n";
    bkt_balance_options options = pair_options("AUS", "BY");
    trial made = balance_with("structure=ABS:MERCH_IMP(1.0)", lines, &options);
    check_near(number_of(made.balance, "IMPORTS_REPORTER", "2012"), 12500);
    ck_assert_str_eq(bkt_table_property(made.balance, "unit"), "AUD");
    leave(&made);
    options = pair_options("Kazakhstan", "Australia");
    made = balance_with("structure=ABS:MERCH_EXP(1.0)", lines, &options);
    check_near(number_of(made.balance, "EXPORTS_PARTNER", "2012"), 7000);
    leave(&made);
    options = pair_options("Kazakhstan", "Belarus");
    check_refused_with("structure=ABS:MERCH_EXP(1.0)", lines, &options, BKT_ERR_NO_DATA,
                       "only Australia reports");
}
END_TEST

START_TEST(the_new_imf_service_speaks_plain_dollars) {
    const char *columns = "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,?OVERLAP,?SCALE,"
                          "?METHODOLOGY,~TIME_PERIOD,#OBS_VALUE\n";
    char lines[600];
    snprintf(lines, sizeof lines,
             "%sLAO,XG_FOB_USD,THA,A,OL,6,IMTS,2019,2354600000\n"
             "LAO,XG_FOB_USD,G001,A,OL,6,IMTS,2019,5809346166\n"
             "LAO,XG_FOB_USD,TX898,A,OL,6,IMTS,2019,13314\n"
             "LAO,TBG_USD,THA,A,OL,6,IMTS,2019,5\n",
             columns);
    bkt_balance_options options = pair_options("Laos", "Thailand");
    trial made = balance_with("structure=IMF.STA:IMTS(1.0.0)", lines, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2019"), 2354600000.0);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING, "SCALE"), 0);
    leave(&made);
    /* Values far too small for dollars are taken as they are, with a warning. */
    snprintf(lines, sizeof lines,
             "%sLAO,XG_FOB_USD,THA,A,OL,6,IMTS,2019,2354.6\n"
             "LAO,XG_FOB_USD,G001,A,OL,6,IMTS,2019,5687.1\n",
             columns);
    made = balance_with("structure=IMF.STA:IMTS(1.0.0)", lines, &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2019"), 2354.6);
    ck_assert_uint_eq(count_told(made.context, BKT_SEVERITY_WARNING, "SCALE is 6"), 1);
    leave(&made);
}
END_TEST

START_TEST(columns_must_hold_what_they_should) {
    check_refused(NULL, "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,#OBS_VALUE\nBLR,KAZ,X,7\n",
                  BKT_ERR_NO_COLUMN, "which is the time");
    check_refused(NULL, "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD\nBLR,KAZ,X,2012\n",
                  BKT_ERR_NO_COLUMN, "which is the value");
    check_refused(NULL,
                  "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,~TIME_PERIOD,@OBS_VALUE\n"
                  "BLR,KAZ,X,2012,7\n",
                  BKT_ERR_COLUMN_KIND, "OBS_VALUE must hold numbers");
    check_refused(NULL,
                  "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,TIME_PERIOD,#OBS_VALUE\n"
                  "BLR,KAZ,X,2012,7\n",
                  BKT_ERR_NO_COLUMN, "which is the time");
}
END_TEST

START_TEST(a_known_profile_can_be_handed_over) {
    bkt_balance_options options = pair_options("BLR", "KAZ");
    options.profile = bkt_profile_known_find("wits-trade");
    options.unit_scale = 1e6;
    trial made = balance_with(NULL,
                              "FREQ,REPORTER,PARTNER,PRODUCTCODE,INDICATOR,~TIME_PERIOD,"
                              "#OBS_VALUE\nA,BLR,KAZ,Total,XPRT-TRD-VL,2012,804138\n"
                              "A,BLR,KAZ,01-05_Animal,XPRT-TRD-VL,2012,100\n",
                              &options);
    check_near(number_of(made.balance, "EXPORTS_REPORTER", "2012"), 804.138);
    ck_assert_str_eq(bkt_table_property(made.balance, "profile"), "wits-trade");
    ck_assert_ptr_nonnull(
        strstr(bkt_table_property(made.balance, "assumptions"), "thousand US dollars"));
    leave(&made);
    check_refused_with(NULL, KEY "\nBLR,KAZ,X,2012,7\n", &options, BKT_ERR_NO_COLUMN, "partner");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pair");
    TCase *tests = tcase_create("pair");
    tcase_add_test(tests, the_pair_is_found_in_any_code_system);
    tcase_add_test(tests, numbers_are_read_in_the_system_of_the_column);
    tcase_add_test(tests, a_declared_system_decides);
    tcase_add_test(tests, two_code_systems_in_one_table);
    tcase_add_test(tests, groups_and_other_partners_are_not_touched);
    tcase_add_test(tests, the_world_can_be_the_partner);
    tcase_add_test(tests, a_code_of_the_table_alone_can_be_named);
    tcase_add_test(tests, who_is_not_there_is_told_who_is);
    tcase_add_test(tests, a_table_without_rows_has_no_data);
    tcase_add_test(tests, one_reporter_is_enough);
    tcase_add_test(tests, the_total_is_taken_by_its_code);
    tcase_add_test(tests, a_breakdown_without_a_total_is_refused);
    tcase_add_test(tests, a_product_can_be_asked_for);
    tcase_add_test(tests, one_product_alone_is_told);
    tcase_add_test(tests, totals_of_two_classifications);
    tcase_add_test(tests, hidden_dimensions_are_guarded);
    tcase_add_test(tests, a_selection_chooses);
    tcase_add_test(tests, assumed_dimensions_do_not_split_cells);
    tcase_add_test(tests, equal_parts_are_no_total);
    tcase_add_test(tests, products_are_products_wherever_they_stand);
    tcase_add_test(tests, re_exports_and_balances_are_left_out);
    tcase_add_test(tests, cif_imports_are_taken_before_fob_ones);
    tcase_add_test(tests, a_valuation_column_is_heeded_row_by_row);
    tcase_add_test(tests, quantities_are_not_money);
    tcase_add_test(tests, a_code_needed_of_the_valuation_is_needed);
    tcase_add_test(tests, the_same_cell_twice);
    tcase_add_test(tests, deleted_rows_are_left_out);
    tcase_add_test(tests, missing_is_not_zero);
    tcase_add_test(tests, a_negative_value_is_left_out);
    tcase_add_test(tests, annual_figures_are_taken_before_others);
    tcase_add_test(tests, weeks_and_days_have_no_year_before);
    tcase_add_test(tests, periods_that_cannot_be_counted_are_refused);
    tcase_add_test(tests, one_unit_is_taken);
    tcase_add_test(tests, a_unit_that_is_not_stated_is_told);
    tcase_add_test(tests, exchange_rate_dollars_are_dollars);
    tcase_add_test(tests, own_currencies_are_not_compared);
    tcase_add_test(tests, australia_reports_by_structure);
    tcase_add_test(tests, the_new_imf_service_speaks_plain_dollars);
    tcase_add_test(tests, columns_must_hold_what_they_should);
    tcase_add_test(tests, a_known_profile_can_be_handed_over);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
