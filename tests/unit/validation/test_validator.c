/* SPDX-License-Identifier: MIT */
/* Every kind of finding: found where something is wrong, not found where nothing is. */
#include <stdio.h>

#include "run_suite.h"
#include "validation_fixture.h"

#define HEAD                                                                                       \
    "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@OBS_STATUS,@TITLE,@PUBLISHER,@NOTES\n"

static bkt_context *context;
static bkti_rules *rules;

static void setup(void) {
    context = new_context();
    rules = make_rules(context);
}

static void teardown(void) {
    bkti_rules_free(rules);
    bkt_context_free(context);
}

START_TEST(nothing_is_wrong) {
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1.5,USD,A,Belarus,Office,\n"
                     "A,BLR,27,2012,2.5,USD,E,Belarus,Office,one; two\n"
                     "A,BLR,TOTAL,2012,,USD,,Belarus,Office,\n"
                     "Q,KAZ,27,2012-Q1,NaN,EUR,A,Kazakhstan,Office,x\n"
                     "M,KAZ,27,2012-01,-1,USD,A,Kazakhstan,Office,\n"
                     "M,KAZ,27,2012-01-01/P1M,-1,USD,A,Kazakhstan,Office,\n",
                "");
}
END_TEST

START_TEST(codes_are_judged_once) {
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1,USD,A,,Office,\n"
                     "A,blr,27,2011,1,USD,B,,Office,\n"
                     "A,blr,27,2012,1,USD,B,,Office,\n"
                     "A,KZA,27,2012,1,USD,A,,Office,\n"
                     "A,XYZ,27,2012,1,YEN,A,,Office,\n",
                "unknown-code|2|A.blr.27|2011|REF_AREA|blr|BLR of T:CL_AREA(1.0)|2\n"
                "unknown-code|4|A.KZA.27|2012|REF_AREA|KZA|KAZ of T:CL_AREA(1.0)|1\n"
                "unknown-code|5|A.XYZ.27|2012|REF_AREA|XYZ|a code of T:CL_AREA(1.0)|1\n"
                "unknown-code|5|A.XYZ.27|2012|UNIT|YEN|a code of T:CL_UNIT(1.0)|1\n"
                "unknown-code|2|A.blr.27|2011|OBS_STATUS|B|a code of T:CL_STATUS(1.0)|2\n");
}
END_TEST

START_TEST(types_and_facets) {
    check_lines(context, rules,
                HEAD "A,BLR,027,2011,1,USD,A,A long long title,Office,a1\n"
                     "A,BLR,027,2012,1,USD,A,A long long title,Office,ab; c d\n",
                "facet-broken|1|A.BLR.027|2011|PRODUCT|027|pattern [0-9]{2}|TOTAL|2\n"
                "facet-broken|1|A.BLR.027|2011|TITLE|A long long title|maxLength 12|2\n"
                "wrong-type|1|A.BLR.027|2011|NOTES|a1|Alpha: letters A-Z and a-z|1\n"
                "wrong-type|2|A.BLR.027|2012|NOTES|ab; c d|Alpha: letters A-Z and a-z|1\n");
}
END_TEST

START_TEST(unknown_components) {
    check_lines(context, rules,
                "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER,@COLOUR,!SOURCE,"
                "@OBS_VALUE_TEXT\n"
                "A,BLR,27,2011,1,USD,Office,red,here,\nA,BLR,27,2012,1,USD,Office,,here,\n",
                "unknown-component||||COLOUR||T:TRADE(1.0)|2\n");
}
END_TEST

START_TEST(a_dimension_of_the_datas_own_makes_no_duplicates) {
    check_lines(context, rules,
                "FREQ,REF_AREA,PRODUCT,SEX,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER\n"
                "A,BLR,27,F,2011,1,USD,Office\nA,BLR,27,M,2011,1,USD,Office\n",
                "unknown-component||||SEX||T:TRADE(1.0)|2\n");
}
END_TEST

START_TEST(what_is_missing) {
    /* Once a series, a group, a data set; with as many rows as lack it. */
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1,,A,,Office,\n"
                     "A,BLR,27,2012,1,,A,,Office,\n"
                     "A,BLR,,2012,1,USD,A,,,\n"
                     "A,KAZ,27,,1,,A,,,\n",
                "dimension-missing|3|A.BLR.|2012|PRODUCT||a value for every series|1\n"
                "dimension-missing|4|A.KAZ.27||TIME_PERIOD||a value for every observation|1\n"
                "attribute-missing|1|A.BLR.27|2011|UNIT||a value for every series|2\n"
                "attribute-missing|4|A.KAZ.27||UNIT||a value for every series|1\n"
                "attribute-missing|3|A.BLR.|2012|PUBLISHER||a value for the data set|2\n");
    /* No column, or none that has a value: once. */
    check_lines(context, rules,
                "FREQ,REF_AREA,PRODUCT,#OBS_VALUE,@UNIT\nA,BLR,27,1,\nA,KAZ,27,1,\n",
                "dimension-missing||||TIME_PERIOD||a value for every observation|2\n"
                "attribute-missing||||UNIT||a value for every series|2\n"
                "attribute-missing||||PUBLISHER||a value for the data set|2\n");
}
END_TEST

START_TEST(a_measure_that_is_demanded) {
    rules->items[OBS_VALUE].mandatory = true;
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,,USD,A,,Office,\nA,BLR,27,2012,NaN,USD,A,,Office,\n",
                "measure-missing|1|A.BLR.27|2011|OBS_VALUE||a value|1\n");
    check_lines(context, rules,
                "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,@UNIT,@PUBLISHER\nA,BLR,27,2011,USD,Office\n",
                "measure-missing||||OBS_VALUE||a value for every observation|1\n");
}
END_TEST

START_TEST(what_is_to_be_deleted_need_not_be_whole) {
    bkti_validator validator;
    bkt_table *table = make_table(context, NULL, "FREQ,REF_AREA\nA,BLR\nA,XYZ\n");
    ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 10), BKT_OK);
    ck_assert_int_eq(bkti_validator_begin(&validator, "lines", NULL, NULL, BKTI_DELETION), BKT_OK);
    ck_assert_int_eq(bkti_validator_add(&validator, table), BKT_OK);
    check_findings(&validator, "unknown-code|2|A.XYZ.||REF_AREA|XYZ|a code of T:CL_AREA(1.0)|1\n");
    bkti_validator_close(&validator);
    bkt_table_free(table);
}
END_TEST

START_TEST(values_that_are_no_numbers) {
    check_lines(context, rules,
                "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER,@OBS_VALUE_TEXT\n"
                "A,BLR,27,2011,no number,USD,Office,1 000\n",
                "value-no-number|1|A.BLR.27|2011|OBS_VALUE|1 000|a number|1\n");
}
END_TEST

START_TEST(numbers_by_type_and_facets) {
    rules->items[OBS_VALUE].type = bkti_text_type_find("Integer");
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1.5,USD,A,,Office,\nA,BLR,27,2012,3e9,USD,A,,Office,\n",
                "wrong-type|1|A.BLR.27|2011|OBS_VALUE|1.5|Integer: a whole number from -2147483648 "
                "to 2147483647|1\n"
                "wrong-type|2|A.BLR.27|2012|OBS_VALUE|3000000000|Integer: a whole number from "
                "-2147483648 to 2147483647|1\n");
    rules->items[OBS_VALUE].type = bkti_text_type_find("Decimal");
    ck_assert_int_eq(bkti_rules_set_facet(rules, OBS_VALUE, "decimals", "1"), BKT_OK);
    ck_assert_int_eq(bkti_rules_set_facet(rules, OBS_VALUE, "minValue", "0"), BKT_OK);
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1.25,USD,A,,Office,\nA,BLR,27,2012,-1,USD,A,,Office,\n"
                     "A,BLR,27,2013,1.5,USD,A,,Office,\nA,BLR,27,2014,,USD,A,,Office,\n",
                "facet-broken|1|A.BLR.27|2011|OBS_VALUE|1.25|decimals 1|1\n"
                "facet-broken|2|A.BLR.27|2012|OBS_VALUE|-1|minValue 0|1\n");
}
END_TEST

/* Many numbers are looked at in blocks; wherever the wrong one stands it is found, alone. */
static void check_one_of_many(int wrong_row, const char *wrong, const char *expected) {
    static char lines[40000];
    size_t size = (size_t)snprintf(lines, sizeof lines, HEAD);
    for (int row = 1; row <= 700; row++) {
        const char *value = row == wrong_row ? wrong : row % 50 == 0 ? "NaN" : "0.3";
        size += (size_t)snprintf(lines + size, sizeof lines - size, "A,BLR,27,%d,%s,USD,A,,O,\n",
                                 1000 + row, value);
    }
    char finding[200];
    snprintf(finding, sizeof finding, "facet-broken|%d|A.BLR.27|%d|OBS_VALUE|%s|%s|1\n", wrong_row,
             1000 + wrong_row, wrong, expected);
    check_lines(context, rules, lines, finding);
}

START_TEST(one_wrong_number_of_many) {
    rules->items[OBS_VALUE].type = bkti_text_type_find("Decimal");
    ck_assert_int_eq(bkti_rules_set_facet(rules, OBS_VALUE, "decimals", "1"), BKT_OK);
    ck_assert_int_eq(bkti_rules_set_facet(rules, OBS_VALUE, "minValue", "-5"), BKT_OK);
    ck_assert_int_eq(bkti_rules_set_facet(rules, OBS_VALUE, "maxValue", "1000000"), BKT_OK);
    static const int rows[] = {1, 255, 256, 257, 512, 513, 700};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_one_of_many(rows[i], "0.31", "decimals 1");
        check_one_of_many(rows[i], "-5.1", "minValue -5");
        check_one_of_many(rows[i], "1000000.1", "maxValue 1000000");
    }
}
END_TEST

START_TEST(periods_that_do_not_exist) {
    static const char *const expected = "a period that exists, such as 2012, 2012-Q4, 2012-07 or "
                                        "2015-W53";
    char lines[400];
    snprintf(lines, sizeof lines,
             "period-impossible|1|A.BLR.27|2019-W53|TIME_PERIOD|2019-W53|%s|2\n"
             "period-impossible|2|A.BLR.27|soon|TIME_PERIOD|soon|%s|1\n",
             expected, expected);
    check_lines(context, rules,
                HEAD "A,BLR,27,2019-W53,1,USD,A,,Office,\nA,BLR,27,soon,1,USD,A,,Office,\n"
                     "A,KAZ,27,2019-W53,1,USD,A,,Office,\n",
                lines);
}
END_TEST

START_TEST(periods_against_the_frequency) {
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1,USD,A,,Office,\nA,BLR,27,2011-Q1,1,USD,A,,Office,\n"
                     "A,BLR,27,2011-Q2,1,USD,A,,Office,\nM,BLR,27,2011-M01,1,USD,A,,Office,\n"
                     "M,BLR,27,2011,1,USD,A,,Office,\n",
                "period-frequency|2|A.BLR.27|2011-Q1|TIME_PERIOD|2011-Q1|of FREQ=A: years, such as "
                "2012|2\n"
                "period-frequency|5|M.BLR.27|2011|TIME_PERIOD|2011|of FREQ=M: months, such as "
                "2012-07|1\n");
}
END_TEST

START_TEST(keys_that_come_twice) {
    check_lines(context, rules,
                HEAD "M,BLR,27,2011-01,1,USD,A,,Office,\nM,BLR,27,2011-02,1,USD,A,,Office,\n"
                     "M,KAZ,27,2011-01,1,USD,A,,Office,\nM,BLR,27,2011-M01,1,USD,A,,Office,\n"
                     "M,BLR,27,2011-02,1,USD,A,,Office,\n",
                "duplicate-key|4|M.BLR.27|2011-M01|||each key and period once|1\n"
                "duplicate-key|5|M.BLR.27|2011-02|||each key and period once|1\n");
}
END_TEST

START_TEST(attributes_that_vary) {
    check_lines(context, rules,
                HEAD
                "A,BLR,27,2011,1,USD,A,Belarus,Office,\nA,BLR,27,2012,1,EUR,A,Belarus,Office,\n"
                "A,BLR,27,2013,1,EUR,A,Belarus,Office,\nA,BLR,28,2011,1,EUR,A,Byelorussia,"
                "Office,\nA,KAZ,28,2011,1,EUR,A,Kazakhstan,Bureau,\n",
                "attribute-varies|2|A.BLR.27|2012|UNIT|EUR|USD|2\n"
                "attribute-conflict|4|A.BLR.28|2011|TITLE|Byelorussia|Belarus|1\n"
                "attribute-varies|5|A.KAZ.28|2011|PUBLISHER|Bureau|Office|1\n");
}
END_TEST

START_TEST(attributes_of_a_series_in_parts) {
    check_lines(context, rules,
                HEAD "A,BLR,27,2011,1,USD,A,,Office,\nA,KAZ,27,2011,1,EUR,A,,Office,\n"
                     "A,BLR,27,2012,1,EUR,A,,Office,\nA,BLR,27,2013,1,EUR,A,,Office,\n"
                     "A,KAZ,27,2012,1,EUR,A,,Office,\n",
                "attribute-varies|3|A.BLR.27|2012|UNIT|EUR|USD|2\n");
}
END_TEST

START_TEST(constraints) {
    /* Of Belarus all, of Kazakhstan two products; nothing of 1999 and before; no estimates of 27.
     */
    ck_assert_int_eq(bkti_rules_add_constraint(rules, "T:ALLOWED(1.0)"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_region(rules, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, REF_AREA, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "BLR"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_region(rules, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, REF_AREA, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "KAZ"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, PRODUCT, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "27"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "28"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_constraint(rules, "T:TIMES(1.0)"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_region(rules, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, TIME_PERIOD, true), BKT_OK);
    bkti_rules_set_member_days(rules, 10957, INT32_MAX);
    ck_assert_int_eq(bkti_rules_add_region(rules, false), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, PRODUCT, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "27"), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member(rules, OBS_STATUS, true), BKT_OK);
    ck_assert_int_eq(bkti_rules_add_member_value(rules, "E"), BKT_OK);
    check_lines(context, rules,
                HEAD "A,BLR,99,1999,1,USD,A,,Office,\nA,BLR,99,2000,1,USD,A,,Office,\n"
                     "A,KAZ,28,2000,1,USD,A,,Office,\nA,KAZ,29,2000,1,USD,A,,Office,\n"
                     "A,KAZ,29,2001,1,USD,A,,Office,\nA,RUS,27,2000,1,USD,A,,Office,\n"
                     "A,BLR,27,2001,1,USD,E,,Office,\nA,BLR,27,2002,1,USD,,,Office,\n",
                "constraint-violated|1|A.BLR.99|1999|TIME_PERIOD|1999|allowed by T:TIMES(1.0)|1\n"
                "constraint-violated|4|A.KAZ.29|2000|PRODUCT|29|allowed by T:ALLOWED(1.0)|2\n"
                "constraint-violated|6|A.RUS.27|2000|REF_AREA|RUS|allowed by T:ALLOWED(1.0)|1\n"
                "constraint-violated|7|A.BLR.27|2001|||not what T:TIMES(1.0) excludes|1\n");
}
END_TEST

START_TEST(many_regions) {
    /* A key set of a hundred keys, of which each has a region. */
    ck_assert_int_eq(bkti_rules_add_constraint(rules, "T:KEYS(1.0)"), BKT_OK);
    for (int i = 0; i < 100; i++) {
        char product[16];
        snprintf(product, sizeof product, "%02d", i);
        ck_assert_int_eq(bkti_rules_add_region(rules, true), BKT_OK);
        ck_assert_int_eq(bkti_rules_add_member(rules, REF_AREA, true), BKT_OK);
        ck_assert_int_eq(bkti_rules_add_member_value(rules, i < 50 ? "BLR" : "KAZ"), BKT_OK);
        ck_assert_int_eq(bkti_rules_add_member(rules, PRODUCT, true), BKT_OK);
        ck_assert_int_eq(bkti_rules_add_member_value(rules, product), BKT_OK);
    }
    check_lines(context, rules,
                HEAD "A,BLR,49,2000,1,USD,A,,Office,\nA,KAZ,49,2000,1,USD,A,,Office,\n"
                     "A,KAZ,99,2000,1,USD,A,,Office,\nA,BLR,99,2000,1,USD,A,,Office,\n",
                "constraint-violated|2|A.KAZ.49|2000|PRODUCT|49|allowed by T:KEYS(1.0)|1\n"
                "constraint-violated|4|A.BLR.99|2000|PRODUCT|99|allowed by T:KEYS(1.0)|1\n");
}
END_TEST

static void add(bkti_validator *validator, const char *properties, const char *lines) {
    bkt_table *table = make_table(context, properties, lines);
    ck_assert_int_eq(bkti_validator_add(validator, table), BKT_OK);
    bkt_table_free(table);
}

START_TEST(another_structure) {
    static const struct {
        const char *properties;
        const char *expected;
    } cases[] = {
        {"structure=T:TRADE(1.0)", ""},
        {"structure=T:TRADE", ""},
        {"structure=T:TRADE(2.0)", "structure-mismatch|||||T:TRADE(2.0)|T:TRADE(1.0)|1\n"},
        {"structure=T:OTHER(1.0)", "structure-mismatch|||||T:OTHER(1.0)|T:TRADE(1.0)|1\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bkti_validator validator;
        ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 10), BKT_OK);
        ck_assert_int_eq(bkti_validator_begin(&validator, NULL, NULL, NULL, BKTI_WHOLE), BKT_OK);
        add(&validator, cases[i].properties, HEAD "A,BLR,27,2011,1,USD,A,,Office,\n");
        check_findings(&validator, cases[i].expected);
        bkti_validator_close(&validator);
    }
}
END_TEST

START_TEST(places_and_limits) {
    bkti_validator validator;
    ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 2), BKT_OK);
    ck_assert_int_eq(bkti_validator_begin(&validator, "a.xml", "first", NULL, BKTI_WHOLE), BKT_OK);
    static const char *const lines =
        "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER,!SOURCE_,&LINE\n"
        "A,AA,27,2011,1,USD,Office,b.xml,17\nA,BB,27,2011,1,USD,Office,,18\n"
        "A,CC,27,2011,1,USD,Office,,19\n";
    add(&validator, NULL, lines);
    /* A data set of its own: the same key is no duplicate. */
    ck_assert_int_eq(bkti_validator_begin(&validator, "a.xml", "second", NULL, BKTI_WHOLE), BKT_OK);
    add(&validator, NULL, lines);
    bkt_table *table = NULL;
    ck_assert_int_eq(bkti_findings_table(&validator.findings, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "SOURCE"), 0), "b.xml");
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "SOURCE"), 1), "a.xml");
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "DATASET"), 1), "first");
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "SEVERITY"), 0), "error");
    double line = 0;
    ck_assert_int_eq(bkt_column_number_at(bkt_table_column_find(table, "LINE"), 1, &line), 1);
    ck_assert_double_eq(line, 18);
    bkt_table_free(table);
    ck_assert_int_eq(bkti_findings_summary(&validator.findings, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    double count = 0;
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "KIND"), 0), "unknown-code");
    ck_assert_int_eq(bkt_column_number_at(bkt_table_column_find(table, "FINDINGS"), 0, &count), 1);
    ck_assert_double_eq(count, 6);
    ck_assert_int_eq(bkt_column_number_at(bkt_table_column_find(table, "ROWS"), 0, &count), 1);
    ck_assert_double_eq(count, 6);
    bkt_table_free(table);
    bkti_validator_close(&validator);
}
END_TEST

/* The rows of one table, given in batches of any size as a reader gives them: codes stay the same.
 */
static void check_in_batches(bkti_table_writer *writer, int32_t (*codes)[3], int64_t rows,
                             int64_t batch, const char *expected) {
    bkti_validator validator;
    ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 1000), BKT_OK);
    ck_assert_int_eq(bkti_validator_begin(&validator, NULL, NULL, NULL, BKTI_WHOLE), BKT_OK);
    for (int64_t first = 0; first < rows; first += batch) {
        int64_t count = rows - first < batch ? rows - first : batch;
        for (int64_t row = 0; row < count; row++) {
            for (uint32_t i = 0; i < 6; i++) {
                int32_t code = i == 1 || i == 2 ? codes[first + row][i - 1]
                               : i == 3         ? codes[first + row][2]
                                                : 0;
                ck_assert_int_eq(
                    bkti_column_put_code(writer, bkti_table_writer_column(writer, i), row, code),
                    BKT_OK);
            }
        }
        const bkt_table *lent = NULL;
        ck_assert_int_eq(bkti_table_writer_lend(writer, count, &lent), BKT_OK);
        ck_assert_int_eq(bkti_validator_add(&validator, lent), BKT_OK);
        bkti_table_writer_restart(writer);
    }
    check_findings(&validator, expected);
    bkti_validator_close(&validator);
}

START_TEST(batches_of_any_size) {
    enum { ROWS = 700 };
    static const char *const ids[] = {"FREQ",        "REF_AREA", "PRODUCT",
                                      "TIME_PERIOD", "UNIT",     "PUBLISHER"};
    static int32_t codes[ROWS][3];
    bkti_table_writer *writer = NULL;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t index;
        ck_assert_int_eq(bkti_table_writer_add_column(writer, bkti_span_of(ids[i]),
                                                      i == 3 ? BKT_KIND_PERIOD : BKT_KIND_TEXT,
                                                      i == 3  ? BKT_ROLE_TIME
                                                      : i > 3 ? BKT_ROLE_ATTRIBUTE
                                                              : BKT_ROLE_DIMENSION,
                                                      BKT_LEVEL_NONE, &index),
                         BKT_OK);
    }
    static const char *const texts[] = {"A", "BLR", "KAZ", "27", "28", "USD", "Office"};
    static const uint32_t columns[] = {0, 1, 1, 2, 2, 4, 5};
    for (size_t i = 0; i < 7; i++) {
        ck_assert_int_ge(bkti_table_writer_code(writer, columns[i], bkti_span_of(texts[i])), 0);
    }
    for (int i = 0; i < 175; i++) {
        char period[16];
        snprintf(period, sizeof period, "%d", 1900 + i);
        ck_assert_int_eq(bkti_table_writer_period_code(writer, 3, bkti_span_of(period), NULL, NULL),
                         i);
    }
    for (int row = 0; row < ROWS; row++) {
        codes[row][0] = row / 350;
        codes[row][1] = row / 175 % 2;
        codes[row][2] = row % 175;
    }
    static const char *const expected =
        "duplicate-key|300|A.BLR.28|1923|||each key and period once|1\n";
    codes[299][2] = 23;
    for (int64_t batch = 1; batch <= ROWS; batch = batch * 3 + 1) {
        check_in_batches(writer, codes, ROWS, batch, expected);
    }
    check_in_batches(writer, codes, ROWS, ROWS, expected);
    bkti_table_writer_free(writer);
}
END_TEST

/* Many series of few periods and few series of many, in an order that mixes them. */
START_TEST(series_and_periods_without_number) {
    enum { SERIES = 3000, PERIODS = 100 };
    bkti_series_set set;
    bkti_series_set_open(&set, context, 2);
    int wrong = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t period = 0; period < PERIODS; period++) {
            for (int32_t i = 0; i < SERIES; i++) {
                const int32_t key[] = {i / 7, i % 7};
                uint32_t index;
                bool is_new;
                bool again = false;
                wrong += bkti_series_set_find(&set, key, &index, &is_new) != BKT_OK;
                wrong += is_new != (pass == 0 && period == 0);
                wrong += index != (uint32_t)i;
                wrong += bkti_series_set_see(&set, index, period * 31, &again) != BKT_OK;
                wrong += again != (pass == 1);
            }
        }
    }
    ck_assert_int_eq(wrong, 0);
    bkti_series_set_close(&set);
}
END_TEST

START_TEST(a_code_list_of_a_million) {
    enum { CODES = 1000000 };
    char code[16];
    for (int i = 0; i < CODES; i++) {
        snprintf(code, sizeof code, "C%07d", i);
        if (bkti_rules_add_code(rules, REF_AREA, code) != BKT_OK) {
            ck_abort_msg("no memory");
        }
    }
    /* The first twenty are compared with the whole list; then there is no more time for that. */
    char *lines = malloc(2000 * 40);
    strcpy(lines, "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER\n");
    size_t size = strlen(lines);
    for (int i = 0; i < 1500; i++) {
        size += (size_t)snprintf(lines + size, 40, "A,c%07d,27,2011,1,USD,Office\n", i);
    }
    bkti_validator validator;
    bkt_table *table = make_table(context, NULL, lines);
    ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 1000), BKT_OK);
    ck_assert_int_eq(bkti_validator_begin(&validator, "lines", NULL, NULL, BKTI_WHOLE), BKT_OK);
    ck_assert_int_eq(bkti_validator_add(&validator, table), BKT_OK);
    ck_assert_uint_eq(validator.findings.count, 1000);
    ck_assert_int_eq(validator.findings.found[BKTI_FINDING_UNKNOWN_CODE], 1500);
    ck_assert_str_eq(
        bkti_dictionary_text(validator.findings.texts, validator.findings.items[0].expected),
        "C0000000 of T:CL_AREA(1.0)");
    ck_assert_str_eq(
        bkti_dictionary_text(validator.findings.texts, validator.findings.items[999].expected),
        "a code of T:CL_AREA(1.0)");
    bkti_validator_close(&validator);
    bkt_table_free(table);
    free(lines);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/validator");
    TCase *test_case = tcase_create("validator");
    tcase_add_checked_fixture(test_case, setup, teardown);
    tcase_add_test(test_case, nothing_is_wrong);
    tcase_add_test(test_case, codes_are_judged_once);
    tcase_add_test(test_case, types_and_facets);
    tcase_add_test(test_case, unknown_components);
    tcase_add_test(test_case, a_dimension_of_the_datas_own_makes_no_duplicates);
    tcase_add_test(test_case, what_is_missing);
    tcase_add_test(test_case, a_measure_that_is_demanded);
    tcase_add_test(test_case, what_is_to_be_deleted_need_not_be_whole);
    tcase_add_test(test_case, values_that_are_no_numbers);
    tcase_add_test(test_case, numbers_by_type_and_facets);
    tcase_add_test(test_case, one_wrong_number_of_many);
    tcase_add_test(test_case, periods_that_do_not_exist);
    tcase_add_test(test_case, periods_against_the_frequency);
    tcase_add_test(test_case, keys_that_come_twice);
    tcase_add_test(test_case, attributes_that_vary);
    tcase_add_test(test_case, attributes_of_a_series_in_parts);
    tcase_add_test(test_case, constraints);
    tcase_add_test(test_case, many_regions);
    tcase_add_test(test_case, another_structure);
    tcase_add_test(test_case, places_and_limits);
    tcase_add_test(test_case, batches_of_any_size);
    tcase_add_test(test_case, series_and_periods_without_number);
    tcase_add_test(test_case, a_code_list_of_a_million);
    tcase_set_timeout(test_case, 120);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
