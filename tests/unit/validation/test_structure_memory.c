/* SPDX-License-Identifier: MIT */
/* Every allocation of the public validator fails in turn: nothing is leaked, the status says why.
 */
#include "run_suite.h"
#include "structure_fixture.h"

#include "failing_memory.h"

#define KEY(id, inside) "<c:KeyValue id='" id "'>" inside "</c:KeyValue>"
#define REGIONS                                                                                    \
    "<s:CubeRegion>" KEY("PRODUCT", "<c:Value cascadeValues='true'>TOTAL</c:Value>")               \
        KEY("TIME_PERIOD",                                                                         \
            "<c:TimeRange><c:AfterPeriod>2000</c:AfterPeriod></c:TimeRange>") "</s:CubeRegion>"

static const char *const lines =
    "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@TITLE,@PUBLISHER,!DATASET,!STRUCTURE,"
    "!ACTION\nA,BLR,27,2011,1,USD,Belarus,Office,1,T:TRADE(1.0),Append\n"
    "A,BLR,27,1999,-1,EUR,Other,Office,1,T:TRADE(1.0),Append\n"
    "A,XYZ,28,2011,1,USD,Belarus,Office,2,T:OTHER(1.0),Merge\n";

static bkt_status validate(bkt_context *context, const bkt_table *table,
                           const bkt_structure *structure) {
    bkt_table *findings = NULL;
    bkt_table *summary = NULL;
    bkt_status status = bkt_table_validate(context, table, structure, NULL, &findings, &summary);
    bool is_right = (status == BKT_OK) == (findings != NULL) &&
                    (status == BKT_OK) == (summary != NULL) &&
                    (status != BKT_OK || bkt_table_row_count(findings) == 4);
    ck_assert_msg(is_right, "status %d, %lld findings", status,
                  (long long)bkt_table_row_count(findings));
    bkt_table_free(findings);
    bkt_table_free(summary);
    return status;
}

START_TEST(every_allocation_fails) {
    failing_memory memory;
    uint64_t turns = 0;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_structure *structure =
            READ(context, CODE_LISTS, CONCEPTS,
                 DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA"),
                             DEFINITION("OTHER", "1.0", "CL_ELSEWHERE")),
                 CONSTRAINTS(CONSTRAINT("C", "type='Allowed'", OF_DEFINITION, REGIONS)));
        bkt_table *table = make_table(context, "source=x.xml|dataflow=T:DF(1.0)", lines);
        failing_memory_arm(&memory);
        bkt_status status = validate(context, table, structure);
        failing_memory_disarm(&memory);
        bool expected = status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed);
        bkt_table_free(table);
        bkt_structure_free(structure);
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

/* Also of what facets are not for. */
START_TEST(sentinel_values) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_structure *structure =
            READ(context,
                 "<s:DataStructures><s:DataStructure id='S' agencyID='T' version='1.0'>"
                 "<s:DataStructureComponents><s:MeasureList><s:PrimaryMeasure id='OBS_VALUE'>"
                 "<s:LocalRepresentation><s:",
                 REPRESENTED("textType='Integer' minValue='0'", "-9.0"),
                 "</s:LocalRepresentation></s:PrimaryMeasure></s:MeasureList>"
                 "</s:DataStructureComponents></s:DataStructure></s:DataStructures>");
        bkt_table *table = make_table(context, NULL, "~TIME_PERIOD,#OBS_VALUE\n2011,-9\n");
        bkt_table *findings = NULL;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_validate(context, table, structure, NULL, &findings, NULL);
        failing_memory_disarm(&memory);
        bool expected = status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed);
        bkt_table_free(findings);
        bkt_table_free(table);
        bkt_structure_free(structure);
        bkt_context_free(context);
        failing_memory_check(&memory);
        if (!expected) {
            ck_abort_msg("status %d when allocation %llu failed", status,
                         (unsigned long long)memory.fail_at);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/structure_memory");
    TCase *test_case = tcase_create("structure_memory");
    tcase_set_timeout(test_case, 120);
    tcase_add_test(test_case, every_allocation_fails);
    tcase_add_test(test_case, sentinel_values);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
