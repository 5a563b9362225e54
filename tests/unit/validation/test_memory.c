/* SPDX-License-Identifier: MIT */
/* Every allocation of the room fails in turn: nothing is leaked, the status says why. */
#include "run_suite.h"
#include "validation_fixture.h"

#include "failing_memory.h"

static const char *const lines =
    "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@TITLE,@PUBLISHER,@COLOUR,!SOURCE\n"
    "A,BLR,27,2011,1,USD,Belarus,Office,red,x\nA,BLR,27,2011,1,EUR,Belarus,Office,red,x\n"
    "Q,KZA,28,2019-W53,-1,,Too long a title,Bureau,,\nA,,X,2011-Q1,2,USD,B,,,\n";

static bkt_status constrain(bkti_rules *rules) {
    bkt_status status = bkti_rules_add_constraint(rules, "T:ALLOWED(1.0)");
    for (int region = 0; region < 2 && status == BKT_OK; region++) {
        status = bkti_rules_add_region(rules, region == 0);
        status = status == BKT_OK ? bkti_rules_add_member(rules, REF_AREA, true) : status;
        status = status == BKT_OK ? bkti_rules_add_member_value(rules, "KAZ") : status;
    }
    return status;
}

static bkt_status check(bkti_validator *validator, const bkt_table *table) {
    bkt_status status = BKT_OK;
    for (int dataset = 0; dataset < 2 && status == BKT_OK; dataset++) {
        status = bkti_validator_begin(validator, "lines", "name", NULL, BKTI_WHOLE);
        for (int batch = 0; batch < 2 && status == BKT_OK; batch++) {
            status = bkti_validator_add(validator, table);
        }
    }
    bkt_table *findings = NULL;
    if (status == BKT_OK) {
        status = bkti_findings_table(&validator->findings, &findings);
        ck_assert((status == BKT_OK) == (findings != NULL));
        bkt_table_free(findings);
    }
    if (status == BKT_OK) {
        findings = NULL;
        status = bkti_findings_summary(&validator->findings, &findings);
        ck_assert((status == BKT_OK) == (findings != NULL));
        bkt_table_free(findings);
    }
    return status;
}

static bkt_status validate(bkt_context *context, const bkt_table *table) {
    bkti_validator validator = {0};
    bkti_rules *rules = bkti_rules_new(context, "T:TRADE(1.0)");
    if (rules == NULL) {
        return BKT_ERR_MEMORY;
    }
    bkt_status status = fill_rules(rules);
    if (status == BKT_OK) {
        status = bkti_rules_set_facet(rules, OBS_VALUE, "minValue", "0");
    }
    status = status == BKT_OK ? constrain(rules) : status;
    if (status == BKT_OK) {
        status = bkti_validator_open(&validator, context, rules, 1000);
    }
    status = status == BKT_OK ? check(&validator, table) : status;
    bkti_validator_close(&validator);
    bkti_rules_free(rules);
    return status;
}

START_TEST(every_allocation_fails) {
    failing_memory memory;
    uint64_t turns = 0;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table = make_table(context, "structure=T:TRADE(2.0)", lines);
        failing_memory_arm(&memory);
        bkt_status status = validate(context, table);
        failing_memory_disarm(&memory);
        bool expected = status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
        if (!expected) {
            ck_abort_msg("status %d when allocation %llu failed", status,
                         (unsigned long long)memory.fail_at);
        }
        turns++;
    }
    ck_assert_uint_gt(turns, 200);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/memory");
    TCase *test_case = tcase_create("memory");
    tcase_set_timeout(test_case, 120);
    tcase_add_test(test_case, every_allocation_fails);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
