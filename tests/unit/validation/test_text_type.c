/* SPDX-License-Identifier: MIT */
#include "run_suite.h"
#include "validation_fixture.h"

static const struct {
    const char *type;
    const char *good[6];
    const char *bad[8];
} CASES[] = {
    {"String", {"", "anything; at all"}, {NULL}},
    {"Alpha", {"abcXYZ"}, {"", "a1", "a b", "\xc3\xa9"}},
    {"AlphaNumeric", {"abc1", "1"}, {"", "a-1"}},
    {"AlphaNum", {"abc1"}, {"a_1"}},
    {"Numeric", {"007"}, {"", "-1", "1.0"}},
    {"BigInteger", {"123456789012345678901234567890", "-5", "+5"}, {"1.0", "", "1e5", "-"}},
    {"Integer",
     {"2147483647", "-2147483648", "0", "+1"},
     {"2147483648", "-2147483649", "1.5", "x"}},
    {"Long",
     {"9223372036854775807", "-9223372036854775808"},
     {"9223372036854775808", "99999999999999999999999", "-9223372036854775809"}},
    {"Short", {"32767", "-32768", "00000032767"}, {"32768", "-32769"}},
    {"Decimal", {"1", "-1.5", ".5", "5."}, {"1e5", ".", "1,5", "NaN", "1.2.3"}},
    {"Double", {"1e5", "NaN", "INF", "-INF", "-.5"}, {"1,5", "", "abc", "1 000"}},
    {"Float", {"1.5"}, {"one"}},
    {"Boolean", {"true", "false", "0", "1"}, {"TRUE", "yes", ""}},
    {"URI", {"https://example.org/a?b#c"}, {"", "two words"}},
    {"ObservationalTimePeriod",
     {"2012", "2012-Q4", "2012-07-31T12:00:00", "2012-01-01/P1M", "2012-W01"},
     {"2012-Q5", "2019-W53", "2012-13", "x"}},
    {"StandardTimePeriod", {"2012-Q4", "2012-07"}, {"2012-01-01/P1M"}},
    {"BasicTimePeriod", {"2012", "2012-07-31T12:00:00"}, {"2012-Q4"}},
    {"GregorianTimePeriod", {"2012", "2012-07-31", "2012Z"}, {"2012-07-31T12:00:00", "2012-M07"}},
    {"GregorianYear", {"2012", "-0044"}, {"2012-01", "2012-A1"}},
    {"GregorianYearMonth", {"2012-07"}, {"2012", "2012-M07"}},
    {"GregorianDay", {"2012-02-29"}, {"2011-02-29", "2012-02"}},
    {"ReportingTimePeriod", {"2012-Q4", "2012-A1", "2012-D031"}, {"2012", "2012-07"}},
    {"ReportingYear", {"2012-A1"}, {"2012", "2012-Q1"}},
    {"ReportingSemester", {"2012-S2"}, {"2012-S3"}},
    {"ReportingTrimester", {"2012-T3"}, {"2012-Q3"}},
    {"ReportingQuarter", {"2012-Q4"}, {"2012-T3"}},
    {"ReportingMonth", {"2012-M07"}, {"2012-07"}},
    {"ReportingWeek", {"2015-W53"}, {"2019-W53"}},
    {"ReportingDay", {"2012-D366"}, {"2011-D366"}},
    {"DateTime", {"2012-07-31T12:00:00Z"}, {"2012-07-31"}},
    {"TimeRange", {"2012-01-01/P1M"}, {"2012-01-01"}},
    {"Month", {"--07"}, {"07", "--13", ""}},
    {"MonthDay", {"--02-29"}, {"--02-30", "02-29"}},
    {"Day", {"---31"}, {"---32", "--31"}},
    {"Time", {"12:00:00", "12:00:00Z"}, {"25:00:00", "noon"}},
    {"Duration", {"P1Y2M", "-P1D", "PT5S"}, {"P", "1Y", "2000-01-01"}},
    {"IdentifiableReference", {"urn:sdmx:org.sdmx..."}, {"http://x"}},
    {"XHTML", {"<p>x</p>"}, {NULL}},
    {"NoSuchType", {"x"}, {NULL}},
};

START_TEST(texts_are_of_their_types) {
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const bkti_text_type *type = bkti_text_type_find(CASES[i].type);
        for (size_t j = 0; j < 6 && CASES[i].good[j] != NULL; j++) {
            ck_assert_msg(type->accepts == NULL || type->accepts(bkti_span_of(CASES[i].good[j])),
                          "'%s' is a %s", CASES[i].good[j], CASES[i].type);
        }
        for (size_t j = 0; j < 8 && CASES[i].bad[j] != NULL; j++) {
            ck_assert_msg(!type->accepts(bkti_span_of(CASES[i].bad[j])), "'%s' is no %s",
                          CASES[i].bad[j], CASES[i].type);
        }
        ck_assert((type->accepts == NULL) == (type->expected == NULL));
    }
}
END_TEST

START_TEST(numbers_are_of_their_types) {
    ck_assert(bkti_text_type_accepts_number(bkti_text_type_find("Double"), 1.5));
    ck_assert(bkti_text_type_accepts_number(bkti_text_type_find("Integer"), -2147483648.0));
    ck_assert(!bkti_text_type_accepts_number(bkti_text_type_find("Integer"), 2147483648.0));
    ck_assert(!bkti_text_type_accepts_number(bkti_text_type_find("Integer"), 1.5));
    ck_assert(bkti_text_type_accepts_number(bkti_text_type_find("BigInteger"), 1e300));
    ck_assert(!bkti_text_type_accepts_number(bkti_text_type_find("Short"), 32768));
}
END_TEST

/* The facet that a text breaks; NULL: none. */
static const char *broken(const char *type, const char *const *facets, const char *text) {
    bkt_context *context = new_context();
    bkti_rules *rules = bkti_rules_new(context, NULL);
    uint32_t index;
    ck_assert_int_eq(
        bkti_rules_add(rules, "X", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_SERIES, false, type, &index),
        BKT_OK);
    for (; *facets != NULL; facets += 2) {
        ck_assert_int_eq(bkti_rules_set_facet(rules, index, facets[0], facets[1]), BKT_OK);
    }
    int facet;
    const char *name = bkti_facets_break(&rules->items[index], bkti_span_of(text), &facet);
    bkti_rules_free(rules);
    bkt_context_free(context);
    return name;
}

START_TEST(facets_are_broken) {
    static const struct {
        const char *type;
        const char *facets[9];
        const char *text;
        const char *broken;
    } cases[] = {
        {"String", {"minLength", "2"}, "a", "minLength"},
        {"String", {"minLength", "2"}, "ab", NULL},
        {"String", {"maxLength", "2"}, "\xc3\xa9\xc3\xa9", NULL}, /* characters, not bytes */
        {"String", {"maxLength", "2"}, "\xc3\xa9\xc3\xa9\xc3\xa9", "maxLength"},
        {"String", {"pattern", "[A-Z]{3}"}, "ABC", NULL},
        {"String", {"pattern", "[A-Z]{3}"}, "ABCD", "pattern"}, /* the whole text */
        {"String", {"pattern", "\\d+(\\.\\d+)?"}, "12.5", NULL},
        {"String", {"pattern", "\\d+(\\.\\d+)?"}, "12.", "pattern"},
        {"Decimal", {"minValue", "0"}, "-0.5", "minValue"},
        {"Decimal", {"maxValue", "100"}, "100", NULL},
        {"ExclusiveValueRange", {"maxValue", "100"}, "100", "maxValue"},
        {"ExclusiveValueRange", {"minValue", "0"}, "0", "minValue"},
        {"Decimal", {"decimals", "1"}, "0.25", "decimals"},
        {"Decimal", {"decimals", "1"}, "0.2", NULL},
        {"Integer",
         {"isSequence", "true", "startValue", "10", "interval", "5", "endValue", "30"},
         "25",
         NULL},
        {"Integer", {"isSequence", "true", "startValue", "10", "interval", "5"}, "26", "interval"},
        {"Integer",
         {"isSequence", "true", "startValue", "10", "endValue", "30"},
         "31",
         "startValue"},
        {"GregorianYear", {"startTime", "2000"}, "1999", "startTime"},
        {"GregorianYear", {"startTime", "2000", "endTime", "2010"}, "2010", NULL},
        {"ObservationalTimePeriod", {"endTime", "2010-06"}, "2010", "endTime"},
        {"String", {"maxLength", "two"}, "long enough", NULL}, /* not understood */
        {"String", {"pattern", "[a-"}, "z", NULL},
        {"String", {"isMultiLingual", "true"}, "z", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *name = broken(cases[i].type, cases[i].facets, cases[i].text);
        ck_assert_msg((name == NULL) == (cases[i].broken == NULL) &&
                          (name == NULL || strcmp(name, cases[i].broken) == 0),
                      "'%s' breaks %s", cases[i].text, name == NULL ? "nothing" : name);
    }
}
END_TEST

START_TEST(decimals_of_numbers) {
    static const struct {
        double number;
        int decimals;
        bool has;
    } cases[] = {
        {1, 0, true},
        {1.5, 0, false},
        {0.1, 1, true},
        {0.29, 2, true},
        {1.005, 2, false},
        {1e-7, 6, false},
        {1e-7, 7, true},
        {1.5e-7, 7, false},
        {1e300, 0, true},
        {0.1, 20, true},
        {123456.789, 3, true},
        {-2.25, 1, false},
        {9007199254740993.0, 0, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(bkti_number_has_decimals(cases[i].number, cases[i].decimals) == cases[i].has,
                      "%g %d", cases[i].number, cases[i].decimals);
    }
}
END_TEST

START_TEST(patterns_that_are_none_are_told) {
    bkt_context *context = new_context();
    bkti_rules *rules = make_rules(context);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    ck_assert_int_eq(bkti_rules_set_facet(rules, NOTES, "pattern", "(["), BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    ck_assert_str_eq(bkt_diagnostic_text(bkt_context_diagnostic_at(context, 0)),
                     "of 'NOTES' the facet pattern='([' can't be understood and is not checked");
    bkti_rules_free(rules);
    bkt_context_free(context);
}
END_TEST

START_TEST(the_nearest_code) {
    static const struct {
        const char *text;
        const char *nearest;
    } cases[] = {
        {"blr", "BLR"}, {" KAZ ", "KAZ"},        {"KZA", "KAZ"},        {"BLRR", "BLR"},
        {"XYZ", NULL},  {"TOTAAL_X", "TOTAL_X"}, {"TTAL_Y", "TOTAL_X"}, {"", NULL},
        {"UU", NULL},   {"LATOT_X", NULL},
    };
    bkt_context *context = new_context();
    bkti_dictionary *codes = bkti_dictionary_new(bkti_context_memory(context));
    static const char *const LIST[] = {"BLR", "KAZ", "US", "TOTAL_X"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(bkti_dictionary_add(codes, bkti_span_of(LIST[i])), (int)i);
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t budget = 4;
        int32_t code = bkti_nearest_code(codes, bkti_span_of(cases[i].text), &budget);
        const char *nearest = bkti_dictionary_text(codes, code);
        ck_assert_msg((nearest == NULL) == (cases[i].nearest == NULL) &&
                          (nearest == NULL || strcmp(nearest, cases[i].nearest) == 0),
                      "'%s': %s", cases[i].text, nearest == NULL ? "none" : nearest);
        ck_assert_int_eq(budget, 0);
        ck_assert_int_eq(bkti_nearest_code(codes, BKTI_SPAN("blr"), &budget), -1);
    }
    bkti_dictionary_drop(codes);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/text_type");
    TCase *test_case = tcase_create("text_type");
    tcase_add_test(test_case, texts_are_of_their_types);
    tcase_add_test(test_case, numbers_are_of_their_types);
    tcase_add_test(test_case, facets_are_broken);
    tcase_add_test(test_case, decimals_of_numbers);
    tcase_add_test(test_case, patterns_that_are_none_are_told);
    tcase_add_test(test_case, the_nearest_code);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
