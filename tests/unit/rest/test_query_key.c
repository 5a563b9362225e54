/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "ask.h"
#include "run_suite.h"

#define FIRST  "https://ws-entry-point/data/F"
#define SECOND "https://ws-entry-point/data/dataflow/A/F/1.0"

static bkt_query_options entry(int32_t protocol) {
    bkt_query_options options = ask_entry(protocol);
    options.resource = protocol == BKT_PROTOCOL_REST_1 ? "F" : "A:F(1.0)";
    return options;
}

START_TEST(test_keys) {
    static const struct {
        const char *key;
        const char *first;
        const char *second;
    } keys[] = {
        {NULL, "", ""},
        {"", "", ""},
        {"*", "", ""},
        {"..", "", ""},
        {"*.*.*", "", ""},
        {"A", "/A", "/A"},
        {".A", "/.A", "/*.A"},
        {"A.*.", "/A..", "/A.*.*"},
        {"A.B+C", "/A.B+C", "/A.B,A.C"},
        {"A+B..C+D", "/A+B..C+D", "/A.*.C,A.*.D,B.*.C,B.*.D"},
        {"01-05_Animal.DSD@DF.-1.$", "/01-05_Animal.DSD@DF.-1.$", "/01-05_Animal.DSD@DF.-1.$"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char expected[200];
        bkt_query_options options = entry(BKT_PROTOCOL_REST_1);
        options.key = keys[i].key;
        snprintf(expected, sizeof expected, FIRST "%s", keys[i].first);
        ask_expect(NULL, &options, expected);
        options = entry(BKT_PROTOCOL_REST_2);
        options.key = keys[i].key;
        snprintf(expected, sizeof expected, SECOND "%s", keys[i].second);
        ask_expect(NULL, &options, expected);
    }
}
END_TEST

START_TEST(test_codes_that_are_none) {
    static const struct {
        const char *key;
        const char *part;
    } keys[] = {
        {"A.B/C", "key, dimension 2: 'B/C' are no codes"},
        {"A B", "key, dimension 1: 'A B'"},
        {"A..B?", "key, dimension 3: 'B?'"},
        {"A.B&C=D", "'B&C=D'"},
        {"A.B%20", "'B%20'"},
        {"A,B", "'A,B'"},
        {"A.\xc3\xa9", "'\xc3\xa9'"},
        {"A.B++C", "'B++C'"},
        {"A.+B", "'+B'"},
        {"A.B+", "'B+'"},
        {"A.B+*", "'B+*'"},
        {"A.*B", "'*B'"},
        {"A\n", "key, dimension 1"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        for (int32_t protocol = BKT_PROTOCOL_REST_1; protocol <= BKT_PROTOCOL_REST_2; protocol++) {
            bkt_query_options options = entry(protocol);
            options.key = keys[i].key;
            ask_refused(NULL, &options, BKT_ERR_ARGUMENT, keys[i].part);
        }
    }
}
END_TEST

START_TEST(test_limits) {
    char key[500] = "";
    bkt_query_options options = entry(BKT_PROTOCOL_REST_1);
    options.key = key;
    memset(key, '.', 199);
    key[199] = 'A';
    bkt_context *context = NULL;
    bkt_query *query = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_query_new(context, NULL, &options, &query), BKT_OK);
    ck_assert_str_eq(bkt_query_address(query) + strlen(FIRST "/"), key);
    bkt_query_free(query);
    bkt_context_free(context);
    memset(key, '.', 200);
    key[200] = 'A';
    ask_refused(NULL, &options, BKT_ERR_LIMIT, "more than 200 dimensions");
    /* 1,000 keys are listed, more are not; with as many as overflow a count too. */
    options = entry(BKT_PROTOCOL_REST_2);
    options.key = "A+B+C+D+E+F+G+H+I+J.A+B+C+D+E+F+G+H+I+J.A+B+C+D+E+F+G+H+I+J";
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_query_new(context, NULL, &options, &query), BKT_OK);
    ck_assert_str_eq(bkt_query_address(query) + strlen(bkt_query_address(query)) - 12,
                     ",J.J.I,J.J.J");
    bkt_query_free(query);
    bkt_context_free(context);
    options.key = "A+B+C+D+E+F+G+H+I+J.A+B+C+D+E+F+G+H+I+J.A+B+C+D+E+F+G+H+I+J.A+B";
    ask_refused(NULL, &options, BKT_ERR_LIMIT, "more than 1000 keys");
    char *long_key = calloc(1, 2000);
    ck_assert_ptr_nonnull(long_key);
    for (int i = 0; i < 199; i++) {
        strcat(long_key, "A+B+C+D.");
    }
    options.key = long_key;
    ask_refused(NULL, &options, BKT_ERR_LIMIT, "more than 1000 keys");
    free(long_key);
}
END_TEST

/* Filters by id: in the key where the place is known, else as c[ID] of REST 2. */
START_TEST(test_filters) {
    static const char *const filters[] = {"PARTNER=KAZ+RUS", "freq=A", "FLOW=*"};
    bkt_query_options options = entry(BKT_PROTOCOL_REST_1);
    options.filters = filters;
    options.filter_count = 3;
    options.dimensions = "FREQ REPORTER PARTNER  FLOW";
    ask_expect(NULL, &options, FIRST "/A..KAZ+RUS.");
    options.resource = "A:F(1.0)";
    options.protocol = BKT_PROTOCOL_REST_2;
    ask_expect(NULL, &options, SECOND "/A.*.*.*?c%5BPARTNER%5D=KAZ,RUS");
    options.dimensions = NULL;
    ask_expect(NULL, &options, SECOND "?c%5BPARTNER%5D=KAZ,RUS&c%5Bfreq%5D=A");
    options.key = "M";
    options.dimensions = "FREQ REPORTER PARTNER FLOW"; /* the key has the places now */
    ask_expect(NULL, &options, SECOND "/M?c%5BPARTNER%5D=KAZ,RUS&c%5Bfreq%5D=A");
}
END_TEST

/* What stands in an address for something else is encoded. */
START_TEST(test_escaping) {
    static const char *const filters[] = {"T=a b,c&d=e#f/g?h%", "U=gt:\xd0\xa9+x:y", "V=le:1+ge:2"};
    bkt_query_options options = entry(BKT_PROTOCOL_REST_2);
    options.filters = filters;
    options.filter_count = 3;
    ask_expect(NULL, &options,
               SECOND "?c%5BT%5D=a%20b%2Cc%26d%3De%23f%2Fg%3Fh%25&c%5BU%5D=gt:%D0%A9,x%3Ay"
                      "&c%5BV%5D=le:1,ge:2");
    /* A code that can't stand in a key though its place is known */
    options.dimensions = "T";
    options.filter_count = 1;
    ask_expect(NULL, &options, SECOND "?c%5BT%5D=a%20b%2Cc%26d%3De%23f%2Fg%3Fh%25");
    options.protocol = BKT_PROTOCOL_REST_1;
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "filters: 'a b,c&d=e#f/g?h%' are no codes");
}
END_TEST

START_TEST(test_filters_that_are_none) {
    static const char *const wrong[] = {"", "A", "A=", "=B", "A B=C", "A=B++C", "A=+", NULL};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        bkt_query_options options = entry(BKT_PROTOCOL_REST_2);
        options.filters = &wrong[i];
        options.filter_count = 1;
        ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "is no filter: ID=CODE");
    }
    static const char *const twice[] = {"FREQ=A", "freq=M"};
    bkt_query_options options = entry(BKT_PROTOCOL_REST_2);
    options.filters = twice;
    options.filter_count = 2;
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "'freq=M' is filtered twice");
    static const char *const time[] = {"TIME_PERIOD=ge:2015"};
    options.filters = time;
    options.filter_count = 1;
    ask_expect(NULL, &options, SECOND "?c%5BTIME_PERIOD%5D=ge:2015");
    options.last_period = "2020";
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "TIME_PERIOD is filtered");
}
END_TEST

START_TEST(test_filters_of_rest_1) {
    static const char *const filters[] = {"FREQ=A"};
    bkt_query_options options = entry(BKT_PROTOCOL_REST_1);
    options.filters = filters;
    options.filter_count = 1;
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "the place of 'FREQ' in the key is not known");
    options.dimensions = "FREQUENCY REPORTER";
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT,
                "there is no dimension 'FREQ'; the dimensions are: FREQUENCY REPORTER");
    options.dimensions = "FREQ,REPORTER";
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "dimensions: 'FREQ,REPORTER' is no id");
    options.dimensions = "FREQ REPORTER";
    options.key = "A.";
    ask_refused(NULL, &options, BKT_ERR_ARGUMENT, "a key and filters");
    char many[1001] = "";
    for (int i = 0; i < 201; i++) {
        strcat(many, "DIM ");
    }
    options.key = NULL;
    options.dimensions = many;
    ask_refused(NULL, &options, BKT_ERR_LIMIT, "more than 200 dimensions");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("query_key");
    TCase *cases = tcase_create("query_key");
    tcase_add_test(cases, test_keys);
    tcase_add_test(cases, test_codes_that_are_none);
    tcase_add_test(cases, test_limits);
    tcase_add_test(cases, test_filters);
    tcase_add_test(cases, test_escaping);
    tcase_add_test(cases, test_filters_that_are_none);
    tcase_add_test(cases, test_filters_of_rest_1);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
