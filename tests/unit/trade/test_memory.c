/* SPDX-License-Identifier: MIT */
/* Every allocation of the room fails in turn: nothing is leaked, the status says why. */
#include "trade_fixture.h"

#include "failing_memory.h"
#include "run_suite.h"

static const char *const lines =
    "FREQ,REF_AREA,COUNTERPART_AREA,TRADE_FLOW,COMMODITY,@UNIT_MEASURE,@UNIT_MULT,@VALUATION,"
    "@OBS_STATUS,~TIME_PERIOD,#OBS_VALUE\nA,112,398,X,TOTAL,USD,3,FOB,A,2011,668679.2\n"
    "A,112,398,X,27,USD,3,FOB,A,2011,1000\nA,112,398,M,TOTAL,USD,3,,A,2011,136797.9\n"
    "A,398,112,M,TOTAL,USD,3,CIF,A,2012,675526.58\nA,398,112,M,TOTAL,USD,3,FOB,A,2012,600000\n"
    "A,643,112,M,TOTAL,USD,3,CIF,A,2012,1\nM,398,112,M,TOTAL,USD,3,CIF,A,2012-01,50000\n";

typedef bkt_status (*operation)(bkt_context *context, const bkt_table *table,
                                const bkt_table *balance, const bkt_filter *filter);

static bkt_status detect(bkt_context *context, const bkt_table *table, const bkt_table *balance,
                         const bkt_filter *filter) {
    (void)balance;
    (void)filter;
    bkt_profile *profile = NULL;
    bkt_status status = bkt_profile_detect(context, table, NULL, &profile);
    ck_assert((status == BKT_OK) == (profile != NULL));
    bkt_profile_free(profile);
    return status;
}

static bkt_status make_profile(bkt_context *context, const bkt_table *table,
                               const bkt_table *balance, const bkt_filter *filter) {
    (void)table;
    (void)balance;
    (void)filter;
    bkt_profile_options options;
    ck_assert_int_eq(bkt_profile_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.base = "abs-merch";
    options.id = "mine";
    options.flow_column = "FLOW";
    options.unit = "AUD";
    options.required_codes = "A=B";
    bkt_profile *profile = NULL;
    bkt_status status = bkt_profile_new(context, &options, &profile);
    bkt_profile_free(profile);
    return status;
}

static bkt_status balance_of(bkt_context *context, const bkt_table *table, const bkt_table *balance,
                             const bkt_filter *filter) {
    (void)balance;
    bkt_balance_options options = pair_options("Belarus", "KAZ");
    options.selection = filter;
    bkt_table *made = NULL;
    bkt_status status = bkt_balance(context, table, &options, &made);
    ck_assert((status == BKT_OK) == (made != NULL));
    bkt_table_free(made);
    return status;
}

static bkt_status refused_balance(bkt_context *context, const bkt_table *table,
                                  const bkt_table *balance, const bkt_filter *filter) {
    (void)balance;
    (void)filter;
    bkt_balance_options options = pair_options("Armenia", "Georgia");
    bkt_table *made = NULL;
    bkt_status status = bkt_balance(context, table, &options, &made);
    ck_assert_ptr_null(made);
    return status == BKT_ERR_NO_DATA ? BKT_OK : status;
}

static bkt_status sectors_of(bkt_context *context, const bkt_table *table, const bkt_table *balance,
                             const bkt_filter *filter) {
    (void)balance;
    (void)filter;
    bkt_balance_options options = pair_options("BLR", "KAZ");
    bkt_table *made = NULL;
    bkt_status status = bkt_balance_sectors(context, table, &options, &made);
    ck_assert((status == BKT_OK) == (made != NULL));
    bkt_table_free(made);
    return status;
}

static bkt_status summary_of(bkt_context *context, const bkt_table *table, const bkt_table *balance,
                             const bkt_filter *filter) {
    (void)table;
    (void)filter;
    bkt_table *made = NULL;
    bkt_status status = bkt_balance_summary(context, balance, NULL, &made);
    ck_assert((status == BKT_OK) == (made != NULL));
    bkt_table_free(made);
    return status;
}

static bkt_status filter_of(bkt_context *context, const bkt_table *table, const bkt_table *balance,
                            const bkt_filter *filter) {
    (void)table;
    (void)balance;
    (void)filter;
    bkt_filter *made = NULL;
    bkt_status status = bkt_profile_pair_filter(context, bkt_profile_known_find("imf-imts"),
                                                "Belarus", "Albania", &made);
    ck_assert((status == BKT_OK) == (made != NULL));
    bkt_filter_free(made);
    return status;
}

static const operation operations[] = {detect,     make_profile, balance_of, refused_balance,
                                       sectors_of, summary_of,   filter_of};
#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

START_TEST(each_allocation_may_fail) {
    static const char *const codes[] = {"A", "M"};
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table = make_table(context, "structure=X:Y(1.0)|source=test", lines);
        bkt_balance_options options = pair_options("BLR", "KAZ");
        bkt_table *balance = NULL;
        ck_assert_int_eq(bkt_balance(context, table, &options, &balance), BKT_OK);
        bkt_filter *filter = NULL;
        ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filter, "FREQ", codes, 2), BKT_OK);
        failing_memory_arm(&memory);
        bkt_status status = operations[_i](context, table, balance, filter);
        failing_memory_disarm(&memory);
        ck_assert_msg(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed), "%d: %s",
                      (int)status, bkt_context_error_text(context));
        bkt_filter_free(filter);
        bkt_table_free(balance);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    tcase_add_loop_test(tests, each_allocation_may_fail, 0, (int)OPERATION_COUNT);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
