/* SPDX-License-Identifier: MIT */
/* A pair as a filter for reading: every code of the two areas passes, others don't. */
#include "trade_fixture.h"

#include "run_suite.h"

static const char *const lines =
    "FREQ,REF_AREA,COUNTERPART_AREA,TRADE_FLOW,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE\n"
    "A,BY,KZ,X,0,2012,1\nA,BLR,KAZ,X,0,2013,2\nA,112,398,X,0,2014,3\nA,913,916,X,0,2015,4\n"
    "A,blr,kaz,X,0,2016,5\nA,KZ,BY,M,0,2012,6\nA,RU,KZ,X,0,2012,7\nA,BY,W0,X,0,2012,8\n"
    "A,643,398,X,0,2012,9\n";

static bkt_context *context;
static bkt_table *table;
static bkt_profile *profile;

static void set_up(void) {
    context = new_context();
    table = make_table(context, "", lines);
    bkt_profile_options options;
    ck_assert_int_eq(bkt_profile_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.reporter_column = "REF_AREA";
    options.partner_column = "COUNTERPART_AREA";
    options.flow_column = "TRADE_FLOW";
    options.local_areas = "BELA=BLR";
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
}

static void tear_down(void) {
    bkt_profile_free(profile);
    bkt_table_free(table);
    bkt_context_free(context);
}

static int64_t rows_that_pass(const char *reporter, const char *partner) {
    bkt_filter *filter = NULL;
    bkt_table *passed = NULL;
    ck_assert_int_eq(bkt_profile_pair_filter(context, profile, reporter, partner, &filter), BKT_OK);
    ck_assert_int_eq(bkt_table_filter(context, table, filter, &passed), BKT_OK);
    int64_t rows = bkt_table_row_count(passed);
    bkt_table_free(passed);
    bkt_filter_free(filter);
    return rows;
}

START_TEST(every_code_of_the_pair_passes) {
    ck_assert_int_eq(rows_that_pass("Belarus", "KAZ"), 6);
    ck_assert_int_eq(rows_that_pass("KZ", "112"), 6);
    ck_assert_int_eq(rows_that_pass("Belarus", "World"), 1);
    ck_assert_int_eq(rows_that_pass("Russia", "Kazakhstan"), 2);
}
END_TEST

START_TEST(a_text_that_is_no_area_is_a_code) {
    ck_assert_int_eq(rows_that_pass("RU", "XYZ"), 0);
}
END_TEST

START_TEST(what_it_refuses) {
    bkt_filter *filter = NULL;
    ck_assert_int_eq(bkt_profile_pair_filter(context, NULL, "BY", "KZ", &filter), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_pair_filter(context, profile, "", "KZ", &filter),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_pair_filter(context, profile, "BY", NULL, &filter),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_pair_filter(context, profile, "BY", "KZ", NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_pair_filter(context, bkt_profile_known_find("wits-tariff"), "BY",
                                             "KZ", &filter),
                     BKT_ERR_PROFILE);
    ck_assert_ptr_null(filter);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pair_filter");
    TCase *test_case = tcase_create("pair_filter");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, every_code_of_the_pair_passes);
    tcase_add_test(test_case, a_text_that_is_no_area_is_a_code);
    tcase_add_test(test_case, what_it_refuses);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
