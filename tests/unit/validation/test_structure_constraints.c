/* SPDX-License-Identifier: MIT */
/* Constraints of structure messages: which count, and what they let pass. */
#include "run_suite.h"
#include "structure_fixture.h"

#define HEAD "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER\n"
#define REST ",1,USD,Office\n"
#define ROWS                                                                                       \
    HEAD "A,BLR,27,2011" REST "A,BLR,2709,2011" REST "A,BLR,28,2012" REST "A,KAZ,TOTAL,2013" REST  \
         "A,RUS,28,1999" REST
#define TRADE                                                                                      \
    CODE_LISTS, CONCEPTS, DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA")),                      \
        DATAFLOWS(DATAFLOW("DF_A", "TRADE"), DATAFLOW("DF_B", "TRADE"))
#define ALLOWED               "type='Allowed'"
#define CUBE(include, inside) "<s:CubeRegion include='" include "'>" inside "</s:CubeRegion>"
#define KEY(id, inside)       "<c:KeyValue id='" id "'>" inside "</c:KeyValue>"
#define VALUE(value)          "<c:Value>" value "</c:Value>"
#define CASCADE(how, value)   "<c:Value cascadeValues='" how "'>" value "</c:Value>"
#define WRONG(row, key, period, component, value)                                                  \
    "constraint-violated|1|" row "|" key "|" period "|" component "|" value                        \
    "|allowed by T:C(1.0)|1\n"

static bkt_context *context;

static void setup(void) {
    context = new_context();
}

static void teardown(void) {
    bkt_context_free(context);
}

/* The rows above, of a structure with a constraint on the definition. */
static void check_region(const char *inside, const char *expected) {
    bkt_structure *structure =
        READ(context, TRADE,
             "<s:Constraints><s:ContentConstraint id='C' agencyID='T' "
             "version='1.0' type='Allowed'><c:Name>C</c:Name>"
             "<s:ConstraintAttachment>" OF_DEFINITION "</s:ConstraintAttachment>",
             inside, "</s:ContentConstraint></s:Constraints>");
    check_validation(context, structure, NULL, "structure=T:TRADE(1.0)", ROWS, expected);
    bkt_structure_free(structure);
}

START_TEST(regions) {
    check_region(CUBE("true", KEY("REF_AREA", VALUE("BLR") VALUE("KAZ"))),
                 WRONG("5", "A.RUS.28", "1999", "REF_AREA", "RUS"));
    check_region(CUBE("true", KEY("REF_AREA", VALUE("BLR")) KEY("PRODUCT", VALUE("27")))
                     CUBE("true", KEY("PRODUCT", VALUE("TOTAL"))),
                 WRONG("2", "A.BLR.2709", "2011", "PRODUCT", "2709")
                     WRONG("3", "A.BLR.28", "2012", "PRODUCT", "28")
                         WRONG("5", "A.RUS.28", "1999", "PRODUCT", "28"));
    check_region(CUBE("false", KEY("REF_AREA", VALUE("BLR")) KEY("PRODUCT", VALUE("28"))),
                 "constraint-violated|1|3|A.BLR.28|2012|||not what T:C(1.0) excludes|1\n");
    /* A member that is excluded. */
    check_region(
        CUBE("true", "<c:KeyValue id='REF_AREA' include='false'>" VALUE("RUS") "</c:KeyValue>"),
        WRONG("5", "A.RUS.28", "1999", "REF_AREA", "RUS"));
    check_region("", "");
}
END_TEST

START_TEST(codes_below_others) {
    check_region(CUBE("true", KEY("PRODUCT", CASCADE("true", "27") VALUE("TOTAL"))),
                 WRONG("3", "A.BLR.28", "2012", "PRODUCT", "28")
                     WRONG("5", "A.RUS.28", "1999", "PRODUCT", "28"));
    check_region(CUBE("true", KEY("PRODUCT", CASCADE("true", "TOTAL"))), "");
    check_region(CUBE("true", KEY("PRODUCT", CASCADE("excluderoot", "TOTAL"))),
                 WRONG("4", "A.KAZ.TOTAL", "2013", "PRODUCT", "TOTAL"));
    check_region(CUBE("true", KEY("PRODUCT", CASCADE("false", "TOTAL") VALUE("27%"))),
                 WRONG("3", "A.BLR.28", "2012", "PRODUCT", "28")
                     WRONG("5", "A.RUS.28", "1999", "PRODUCT", "28"));
    check_region(
        CUBE("true", KEY("PRODUCT", VALUE("%7") VALUE("T%T%L") VALUE("%0%") VALUE("2%%8"))), "");
}
END_TEST

START_TEST(times) {
    check_region(CUBE("true", KEY("TIME_PERIOD", "<c:TimeRange><c:StartPeriod>2011</c:StartPeriod>"
                                                 "<c:EndPeriod>2012</c:EndPeriod></c:TimeRange>")),
                 WRONG("4", "A.KAZ.TOTAL", "2013", "TIME_PERIOD", "2013")
                     WRONG("5", "A.RUS.28", "1999", "TIME_PERIOD", "1999"));
    check_region(
        CUBE("true", KEY("TIME_PERIOD", "<c:TimeRange><c:StartPeriod isInclusive='false'>2011"
                                        "</c:StartPeriod><c:EndPeriod isInclusive='false'>2013"
                                        "</c:EndPeriod></c:TimeRange>")),
        WRONG("1", "A.BLR.27", "2011", "TIME_PERIOD", "2011")
            WRONG("2", "A.BLR.2709", "2011", "TIME_PERIOD", "2011")
                WRONG("4", "A.KAZ.TOTAL", "2013", "TIME_PERIOD", "2013")
                    WRONG("5", "A.RUS.28", "1999", "TIME_PERIOD", "1999"));
    check_region(CUBE("true", KEY("TIME_PERIOD", "<c:TimeRange><c:AfterPeriod>2000</c:AfterPeriod>"
                                                 "</c:TimeRange>")),
                 WRONG("5", "A.RUS.28", "1999", "TIME_PERIOD", "1999"));
    check_region(
        CUBE("true", KEY("TIME_PERIOD", "<c:TimeRange><c:BeforePeriod isInclusive='false'>2013"
                                        "</c:BeforePeriod></c:TimeRange>")),
        WRONG("4", "A.KAZ.TOTAL", "2013", "TIME_PERIOD", "2013"));
}
END_TEST

START_TEST(key_sets) {
    check_region("<s:DataKeySet isIncluded='true'><s:Key>" KEY("REF_AREA", VALUE("BLR"))
                     KEY("PRODUCT", VALUE("27")) "</s:Key><s:Key>" KEY(
                         "PRODUCT",
                         VALUE("28")) "</s:Key><s:Key>" KEY("REF_AREA",
                                                            VALUE("KAZ")) "</s:Key></s:DataKeySet>",
                 WRONG("2", "A.BLR.2709", "2011", "PRODUCT", "2709"));
    check_region("<s:DataKeySet isIncluded='false'><s:Key>" KEY("REF_AREA", VALUE("RUS"))
                     KEY("PRODUCT", VALUE("28")) "</s:Key></s:DataKeySet>",
                 "constraint-violated|1|5|A.RUS.28|1999|||not what T:C(1.0) excludes|1\n");
}
END_TEST

START_TEST(what_can_not_be_checked) {
    /* Of an included region the rest counts, an excluded one is left out. */
    check_region(CUBE("true", KEY("REF_AREA", VALUE("BLR") VALUE("KAZ")) KEY("COLOUR", VALUE("x"))),
                 WRONG("5", "A.RUS.28", "1999", "REF_AREA", "RUS"));
    check_region(CUBE("false", KEY("REF_AREA", VALUE("RUS")) KEY("COLOUR", VALUE("x"))), "");
    check_region(CUBE("false", KEY("TIME_PERIOD", "<c:TimeRange><c:AfterPeriod>soon"
                                                  "</c:AfterPeriod></c:TimeRange>")),
                 "");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 3);
}
END_TEST

#define ONLY(area) CUBE("true", KEY("REF_AREA", VALUE(area)))

static void check_counts(const bkt_structure *structure, uint32_t flags, const char *dataflow,
                         const char *properties, int64_t expected) {
    bkt_validation_options options;
    ck_assert_int_eq(bkt_validation_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    options.dataflow = dataflow;
    bkt_table *table = make_table(context, properties, HEAD "A,BLR,27,2011" REST);
    bkt_table *findings = NULL;
    ck_assert_int_eq(bkt_table_validate(context, table, structure, &options, &findings, NULL),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(findings), expected);
    bkt_table_free(findings);
    bkt_table_free(table);
}

START_TEST(which_constraints_count) {
    bkt_structure *structure =
        READ(context, TRADE,
             CONSTRAINTS(CONSTRAINT("C_ACTUAL", "type='Actual'", OF_DEFINITION, ONLY("KAZ")),
                         CONSTRAINT("C_SILENT", "", OF_DEFINITION, ONLY("KAZ")),
                         CONSTRAINT("C_A", ALLOWED, OF_DATAFLOW("DF_A"), ONLY("KAZ")),
                         CONSTRAINT("C_UNKNOWN", ALLOWED, OF_DATAFLOW("DF_X"), ONLY("KAZ"))));
    check_counts(structure, 0, NULL, "structure=T:TRADE(1.0)", 0);
    check_counts(structure, BKT_VALIDATE_ACTUAL, NULL, "structure=T:TRADE(1.0)", 2);
    check_counts(structure, 0, NULL, "dataflow=T:DF_A(1.0)", 1);
    check_counts(structure, 0, NULL, "dataflow=T:DF_B(1.0)", 0);
    check_counts(structure, 0, "T:DF_A(1.0)", "dataflow=T:DF_B(1.0)", 1);
    check_counts(structure, 0, "DF_A", NULL, 1);
    /* No message has that dataflow, but the constraint names it. */
    check_counts(structure, 0, "T:DF_X(1.0)", "structure=T:TRADE(1.0)", 1);
    check_counts(structure, BKT_VALIDATE_ACTUAL, "T:DF_A(1.0)", NULL, 3);
    check_counts(structure, BKT_VALIDATE_ACTUAL | BKT_VALIDATE_NO_CONSTRAINTS, "T:DF_A(1.0)", NULL,
                 0);
    bkt_structure_free(structure);
    /* Of the only dataflow that there is the data are, even if they don't say it. */
    structure =
        READ(context, CODE_LISTS, CONCEPTS, DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA")),
             DATAFLOWS(DATAFLOW("DF_A", "TRADE")),
             CONSTRAINTS(CONSTRAINT("C_A", ALLOWED, OF_DATAFLOW("DF_A"), ONLY("KAZ"))));
    check_counts(structure, 0, NULL, "structure=T:TRADE(1.0)", 1);
    bkt_structure_free(structure);
}
END_TEST

START_TEST(the_newest_version_counts) {
    bkt_structure *structure =
        READ(context, TRADE,
             CONSTRAINTS(CONSTRAINT("C", ALLOWED, OF_DEFINITION, ONLY("KAZ")),
                         "<s:ContentConstraint id='C' agencyID='T' version='2.0' type='Allowed'>"
                         "<c:Name>C</c:Name><s:ConstraintAttachment>" OF_DEFINITION
                         "</s:ConstraintAttachment>" ONLY("BLR") "</s:ContentConstraint>"));
    check_counts(structure, 0, NULL, "structure=T:TRADE(1.0)", 0);
    bkt_structure_free(structure);
}
END_TEST

/* 3.0: a code list that extends another with a prefix, which a constraint takes away again. */
START_TEST(prefixes) {
    static const char *const message =
        "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message' "
        "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure' "
        "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common'>"
        "<m:Header><m:ID>T</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00</m:Prepared>"
        "<m:Sender id='T'/></m:Header><m:Structures><s:Codelists>"
        "<s:Codelist id='BASE' agencyID='T' version='1.0'><c:Name>B</c:Name>"
        "<s:Code id='X'><c:Name>X</c:Name></s:Code><s:Code id='Y'><c:Name>Y</c:Name></s:Code>"
        "</s:Codelist><s:Codelist id='MORE' agencyID='T' version='1.0'><c:Name>M</c:Name>"
        "<s:CodelistExtension prefix='P_'><s:Codelist>urn:sdmx:org.sdmx.infomodel.codelist."
        "Codelist=T:BASE(1.0)</s:Codelist></s:CodelistExtension></s:Codelist></s:Codelists>"
        "<s:DataStructures><s:DataStructure id='D' agencyID='T' version='1.0'><c:Name>D</c:Name>"
        "<s:DataStructureComponents><s:DimensionList><s:Dimension id='AREA'><s:ConceptIdentity>"
        "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=T:CS(1.0).AREA</s:ConceptIdentity>"
        "<s:LocalRepresentation><s:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist="
        "T:MORE(1.0)</s:Enumeration></s:LocalRepresentation></s:Dimension></s:DimensionList>"
        "</s:DataStructureComponents></s:DataStructure></s:DataStructures>"
        "<s:DataConstraints><s:DataConstraint id='C' agencyID='T' version='1.0' role='Allowed'>"
        "<c:Name>C</c:Name><s:ConstraintAttachment><s:DataStructure>urn:sdmx:org.sdmx.infomodel."
        "datastructure.DataStructure=T:D(1.0)</s:DataStructure></s:ConstraintAttachment>"
        "<s:CubeRegion><s:KeyValue id='AREA' removePrefix='true'><s:Value>P_X</s:Value>"
        "</s:KeyValue></s:CubeRegion></s:DataConstraint></s:DataConstraints></m:Structures>"
        "</m:Structure>";
    bkt_structure *structure = NULL;
    ck_assert_int_eq(bkt_structure_read_memory(context, message, strlen(message), NULL, &structure),
                     BKT_OK);
    check_validation(context, structure, NULL, NULL, "AREA\nX\nP_X\nP_Y\nY\n",
                     "unknown-code|1|4|Y||AREA|Y|a code of T:MORE(1.0)|1\n"
                     "constraint-violated|1|3|P_Y||AREA|P_Y|allowed by T:C(1.0)|1\n"
                     "constraint-violated|1|4|Y||AREA|Y|allowed by T:C(1.0)|1\n");
    bkt_structure_free(structure);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/structure_constraints");
    TCase *test_case = tcase_create("structure_constraints");
    tcase_add_checked_fixture(test_case, setup, teardown);
    tcase_add_test(test_case, regions);
    tcase_add_test(test_case, codes_below_others);
    tcase_add_test(test_case, times);
    tcase_add_test(test_case, key_sets);
    tcase_add_test(test_case, what_can_not_be_checked);
    tcase_add_test(test_case, which_constraints_count);
    tcase_add_test(test_case, the_newest_version_counts);
    tcase_add_test(test_case, prefixes);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
