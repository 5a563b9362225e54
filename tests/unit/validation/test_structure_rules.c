/* SPDX-License-Identifier: MIT */
/* Every kind of finding through the public interface, by rules out of structure messages. */
#include <stdio.h>

#include "run_suite.h"
#include "structure_fixture.h"

#define HEAD                                                                                       \
    "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@OBS_STATUS,@TITLE,@PUBLISHER,@NOTES\n"
#define TRADE CODE_LISTS, CONCEPTS, DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA"))

static bkt_context *context;
static bkt_structure *structure;

static void setup(void) {
    context = new_context();
    structure = READ(context, TRADE);
}

static void teardown(void) {
    bkt_structure_free(structure);
    bkt_context_free(context);
}

static void check_lines(const char *lines, const char *expected) {
    check_validation(context, structure, NULL, "structure=T:TRADE(1.0)", lines, expected);
}

START_TEST(nothing_is_wrong) {
    check_lines(HEAD "A,BLR,27,2011,1.5,USD,A,Belarus,Office,\n"
                     "A,BLR,27,2012,2.5,USD,E,Belarus,Office,abc\n"
                     "A,BLR,TOTAL,2012,,USD,,Belarus,Office,\n"
                     "Q,KAZ,28,2012-Q1,NaN,EUR,A,Kazakhstan,Office,x\n",
                "");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
}
END_TEST

START_TEST(values) {
    check_lines(HEAD "A,blr,27,2011,1,USD,A,,Office,\n"
                     "A,BLR,27,2012,-1,USD,A,Longer than twelve,Office,a1\n"
                     "A,BLR,27,2019-W53,1,USD,A,Longer than twelve,Office,\n"
                     "A,BLR,27,2013,no number,USD,A,Longer than twelve,Office,\n",
                "unknown-code|1|1|A.blr.27|2011|REF_AREA|blr|BLR of T:CL_AREA(1.0)|1\n"
                "period-impossible|1|3|A.BLR.27|2019-W53|TIME_PERIOD|2019-W53|a period that "
                "exists, such as 2012, 2012-Q4, 2012-07 or 2015-W53|1\n"
                "facet-broken|1|2|A.BLR.27|2012|OBS_VALUE|-1|minValue 0|1\n"
                "value-no-number|1|4|A.BLR.27|2013|OBS_VALUE||a number|1\n"
                "facet-broken|1|2|A.BLR.27|2012|TITLE|Longer than twelve|maxLength 12|3\n"
                "wrong-type|1|2|A.BLR.27|2012|NOTES|a1|Alpha: letters A-Z and a-z|1\n");
}
END_TEST

#define OF_CONCEPT                                                                                 \
    "<s:ConceptIdentity><Ref id='C' maintainableParentID='CC' "                                    \
    "maintainableParentVersion='1.0' agencyID='T'/></s:ConceptIdentity>"

/* They mean something else than themselves: of the type they must be, but its facets are not for
 * them. */
START_TEST(sentinel_values) {
    bkt_structure *own = READ(
        context, CODE_LISTS, CONCEPTS,
        "<s:Concepts><s:ConceptScheme id='CC' agencyID='T' version='1.0'><s:Concept "
        "id='C'>"
        "<s:CoreRepresentation><s:" REPRESENTED(
            "textType='Alpha' maxLength='2'",
            "none") "</s:CoreRepresentation></s:Concept></s:ConceptScheme></"
                    "s:Concepts>",
        "<s:DataStructures><s:DataStructure id='S' agencyID='T' version='1.0'>"
        "<s:DataStructureComponents><s:DimensionList><s:Dimension id='FREQ'>" CODED(
            "FREQ",
            "CL_"
            "FREQ") "</s:Dimension><s:TimeDimension "
                    "id='TIME_PERIOD'>" IDENTITY(
                        "TIME_PERIOD") "</"
                                       "s:"
                                       "TimeDimension"
                                       "></"
                                       "s:"
                                       "DimensionList"
                                       "><s:"
                                       "AttributeList"
                                       ">" ATTRIBUTE(
                                           "TITL"
                                           "E",
                                           "Condi"
                                           "tiona"
                                           "l",
                                           IDENTITY("TITLE") "<s:LocalRepresentation><"
                                                             "s:" REPRESENTED(
                                                                 "t"
                                                                 "e"
                                                                 "x"
                                                                 "t"
                                                                 "T"
                                                                 "y"
                                                                 "p"
                                                                 "e"
                                                                 "="
                                                                 "'"
                                                                 "S"
                                                                 "t"
                                                                 "r"
                                                                 "i"
                                                                 "n"
                                                                 "g"
                                                                 "'"
                                                                 " "
                                                                 "p"
                                                                 "a"
                                                                 "t"
                                                                 "t"
                                                                 "e"
                                                                 "r"
                                                                 "n"
                                                                 "="
                                                                 "'"
                                                                 "["
                                                                 "a"
                                                                 "-"
                                                                 "z"
                                                                 "]"
                                                                 "+"
                                                                 "'",
                                                                 "N"
                                                                 "/"
                                                                 "A") "</s:LocalRepresentation>",
                                           OF_OBSERVATION),
        ATTRIBUTE("NOTES", "Conditional", OF_CONCEPT,
                  OF_OBSERVATION) "</s:AttributeList><s:MeasureList><s:PrimaryMeasure "
                                  "id='OBS_VALUE'>" IDENTITY("OBS_VALUE") "<s:LocalRepresentation><"
                                                                          "s:" REPRESENTED(
                                                                              "textType='"
                                                                              "Integer' "
                                                                              "minValue='0'",
                                                                              "-9.0") "</"
                                                                                      "s:"
                                                                                      "Local"
                                                                                      "Repre"
                                                                                      "senta"
                                                                                      "tion>"
                                                                                      "</"
                                                                                      "s:"
                                                                                      "Prima"
                                                                                      "ryMea"
                                                                                      "sure>"
                                                                                      "</"
                                                                                      "s:"
                                                                                      "Measu"
                                                                                      "reLis"
                                                                                      "t></"
                                                                                      "s:"
                                                                                      "DataS"
                                                                                      "truct"
                                                                                      "ureCo"
                                                                                      "mpone"
                                                                                      "nts>"
                                                                                      "</"
                                                                                      "s:"
                                                                                      "DataS"
                                                                                      "truct"
                                                                                      "ure><"
                                                                                      "/s:"
                                                                                      "DataS"
                                                                                      "truct"
                                                                                      "ures"
                                                                                      ">");
    check_validation(context, own, NULL, NULL,
                     "FREQ,~TIME_PERIOD,#OBS_VALUE,@TITLE,@NOTES\nA,2011,-9,N/A,none\n"
                     "A,2012,-8,N/B,many\n",
                     "facet-broken|1|2|A|2012|OBS_VALUE|-8|minValue 0|1\n"
                     "facet-broken|1|2|A|2012|TITLE|N/B|pattern [a-z]+|1\n"
                     "facet-broken|1|2|A|2012|NOTES|many|maxLength 2|1\n");
    bkt_structure_free(own);
}
END_TEST

START_TEST(what_is_missing) {
    check_lines(HEAD "A,BLR,27,2011,1,,A,,Office,\n"
                     "A,BLR,,2012,1,USD,A,,,\n",
                "dimension-missing|1|2|A.BLR.|2012|PRODUCT||a value for every series|1\n"
                "attribute-missing|1|1|A.BLR.27|2011|UNIT||a value for every series|1\n"
                "attribute-missing|1|2|A.BLR.|2012|PUBLISHER||a value for the data set|1\n");
    check_lines("FREQ,REF_AREA,PRODUCT,#OBS_VALUE,@UNIT,@PUBLISHER,@COLOUR\nA,BLR,27,1,USD,O,red\n",
                "unknown-component|1||||COLOUR||T:TRADE(1.0)|1\n"
                "dimension-missing|1||||TIME_PERIOD||a value for every observation|1\n");
}
END_TEST

START_TEST(actions) {
    static const char *const lines = HEAD "A,BLR,,2011,1,,A,,,\n";
    check_validation(context, structure, NULL, "action=Delete", lines, "");
    check_validation(context, structure, NULL, "action=Merge", lines,
                     "dimension-missing|1||||PRODUCT||a value for every series|1\n");
    check_validation(context, structure, NULL, "action=Append", lines,
                     "dimension-missing|1||||PRODUCT||a value for every series|1\n"
                     "attribute-missing|1||||UNIT||a value for every series|1\n"
                     "attribute-missing|1||||PUBLISHER||a value for the data set|1\n");
}
END_TEST

START_TEST(keys_and_periods) {
    check_lines(HEAD "A,BLR,27,2011,1,USD,A,,Office,\nA,BLR,27,2011,1,USD,A,,Office,\n"
                     "A,BLR,27,2011-Q1,1,USD,A,,Office,\n",
                "duplicate-key|1|2|A.BLR.27|2011|||each key and period once|1\n"
                "period-frequency|1|3|A.BLR.27|2011-Q1|TIME_PERIOD|2011-Q1|of FREQ=A: years, such "
                "as 2012|1\n");
}
END_TEST

START_TEST(attributes) {
    check_lines(HEAD
                "A,BLR,27,2011,1,USD,A,Belarus,Office,\nA,BLR,27,2012,1,EUR,A,Belarus,Office,\n"
                "A,BLR,28,2011,1,USD,A,Byelorussia,Bureau,\n",
                "attribute-varies|1|2|A.BLR.27|2012|UNIT|EUR|USD|1\n"
                "attribute-conflict|1|3|A.BLR.28|2011|TITLE|Byelorussia|Belarus|1\n"
                "attribute-varies|1|3|A.BLR.28|2011|PUBLISHER|Bureau|Office|1\n");
}
END_TEST

START_TEST(other_names_for_time_and_value) {
    check_lines("FREQ,REF_AREA,PRODUCT,~TIME,#OBS_VALUE,@UNIT,@PUBLISHER\n"
                "A,BLR,27,2011,1,USD,Office\nA,BLR,27,2011,1,USD,Office\n",
                "duplicate-key|1|2|A.BLR.27|2011|||each key and period once|1\n");
}
END_TEST

START_TEST(another_structure) {
    check_validation(context, structure, NULL, "structure=T:OTHER(1.0)",
                     HEAD "A,BLR,27,2011,1,USD,A,,Office,\n",
                     "structure-mismatch|1|||||T:OTHER(1.0)|T:TRADE(1.0)|1\n");
    check_validation(context, structure, NULL, "structure=TRADE",
                     HEAD "A,BLR,27,2011,1,USD,A,,Office,\n", "");
    check_validation(context, structure, NULL, NULL, HEAD "A,BLR,27,2011,1,USD,A,,Office,\n", "");
}
END_TEST

START_TEST(several_structures) {
    bkt_structure *two = READ(
        context, CODE_LISTS, CONCEPTS,
        DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA"), DEFINITION("UNITS", "1.0", "CL_UNIT")),
        DATAFLOWS(DATAFLOW("DF_UNITS", "UNITS")));
    static const char *const lines = HEAD "A,BLR,27,2011,1,USD,A,,Office,\n";
    static const char *const wrong =
        "unknown-code|1|1|A.BLR.27|2011|REF_AREA|BLR|a code of T:CL_UNIT(1.0)|1\n";
    check_validation(context, two, NULL, "structure=T:TRADE(1.0)", lines, "");
    check_validation(context, two, NULL, "structure=T:UNITS(1.0)", lines, wrong);
    check_validation(context, two, NULL, "dataflow=T:DF_UNITS(1.0)", lines, wrong);
    bkt_validation_options options;
    ck_assert_int_eq(bkt_validation_options_init(&options, sizeof options), BKT_OK);
    options.structure = "UNITS";
    check_validation(context, two, &options, NULL, lines, wrong);
    /* The columns of provenance say which rows are of which. */
    check_validation(context, two, NULL, "structure=T:TRADE(1.0); T:UNITS(1.0)",
                     "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,@PUBLISHER,!DATASET,"
                     "!STRUCTURE,!ACTION\n"
                     "A,BLR,27,2011,1,USD,Office,1,T:TRADE(1.0),Append\n"
                     "A,BLR,27,2011,1,USD,Office,2,T:UNITS(1.0),Append\n"
                     "A,USD,27,2011,1,,,3,T:UNITS(1.0),Delete\n",
                     "unknown-code|2|1|A.BLR.27|2011|REF_AREA|BLR|a code of T:CL_UNIT(1.0)|1\n");
    bkt_table *table = make_table(context, "structure=T:NEITHER(1.0)", lines);
    bkt_table *findings = NULL;
    ck_assert_int_eq(bkt_table_validate(context, table, two, NULL, &findings, NULL),
                     BKT_ERR_STRUCTURE);
    ck_assert_ptr_null(findings);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "T:TRADE(1.0), T:UNITS(1.0)"));
    options.structure = "NEITHER";
    ck_assert_int_eq(bkt_table_validate(context, table, two, &options, &findings, NULL),
                     BKT_ERR_STRUCTURE);
    bkt_table_free(table);
    bkt_structure_free(two);
}
END_TEST

START_TEST(a_code_list_that_is_not_there) {
    bkt_structure *other = READ(context, CODE_LISTS, CONCEPTS,
                                DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_ELSEWHERE")));
    bkt_context_diagnostics_clear(context);
    bkt_table *table = make_table(context, NULL, HEAD "A,XYZ,27,2011,1,USD,A,,Office,\n");
    bkt_table *findings = NULL;
    bkt_table *summary = NULL;
    ck_assert_int_eq(bkt_table_validate(context, table, other, NULL, &findings, &summary), BKT_OK);
    check_table(context, findings, "");
    ck_assert_int_eq(bkt_table_row_count(summary), 0);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const char *told = bkt_diagnostic_text(bkt_context_diagnostic_at(context, 0));
    ck_assert_ptr_nonnull(strstr(told, "REF_AREA (T:CL_ELSEWHERE(1.0))"));
    bkt_table_free(findings);
    bkt_table_free(summary);
    bkt_validation_options options;
    ck_assert_int_eq(bkt_validation_options_init(&options, sizeof options), BKT_OK);
    options.flags = BKT_VALIDATE_STRICT;
    ck_assert_int_eq(bkt_table_validate(context, table, other, &options, &findings, &summary),
                     BKT_ERR_STRUCTURE);
    ck_assert_ptr_null(findings);
    ck_assert_ptr_null(summary);
    bkt_table_free(table);
    bkt_structure_free(other);
}
END_TEST

static void add(bkt_validator *validator, const char *properties, const char *lines) {
    bkt_table *table = make_table(context, properties, lines);
    ck_assert_int_eq(bkt_validator_add(validator, table), BKT_OK);
    bkt_table_free(table);
}

START_TEST(levels) {
    static const struct {
        const char *properties;
        const char *attributes;
        const char *expected;
    } cases[] = {
        {"dimension_at_observation=TIME_PERIOD", "@3UNIT,@1PUBLISHER,@3NOTES",
         "attribute-level|1||||NOTES|at the series|at the observation|1\n"},
        {"message=SDMX-ML 2.0 CompactData", "@1UNIT,@1PUBLISHER,@4NOTES",
         "attribute-level|1||||UNIT|at the data set|at the series|1\n"},
        {"dimension_at_observation=TIME_PERIOD", "@2UNIT,@4PUBLISHER,@4NOTES",
         "attribute-level|1||||PUBLISHER|at the observation|at the data set|1\n"},
        {"dimension_at_observation=AllDimensions", "@4UNIT,@4PUBLISHER,@4NOTES", ""},
        {"message=SDMX-ML 2.0 CrossSectionalData", "@4UNIT,@4PUBLISHER,@3NOTES", ""},
        {NULL, "@4UNIT,@4PUBLISHER,@1NOTES", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char lines[200];
        snprintf(lines, sizeof lines,
                 "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,%s\n"
                 "A,BLR,27,2011,1,USD,Office,x\n",
                 cases[i].attributes);
        check_validation(context, structure, NULL, cases[i].properties, lines, cases[i].expected);
    }
}
END_TEST

START_TEST(streaming) {
    bkt_validator *validator = NULL;
    bkt_structure *own = READ(context, TRADE);
    bkt_validation_options options;
    ck_assert_int_eq(bkt_validation_options_init(&options, sizeof options), BKT_OK);
    options.finding_limit = 2;
    ck_assert_int_eq(bkt_validator_new(context, own, &options, &validator), BKT_OK);
    bkt_structure_free(own); /* the validator has it */
    static const char *const wrong = HEAD "A,X1,27,2011,1,USD,A,,Office,\n"
                                          "A,X2,27,2011,1,USD,A,,Office,\n";
    add(validator, "source=a.xml", wrong);
    add(validator, "source=a.xml", HEAD "A,X1,27,2011,1,USD,A,,Office,\n");
    ck_assert_int_eq(bkt_validator_begin_dataset(validator, NULL), BKT_OK);
    add(validator, "source=a.xml", wrong); /* no duplicates: another data set */
    /* The writer's room has the function that prepares it. */
    const bkt_dataset_options said = {.struct_size = sizeof said, .structure = "T:OTHER(1.0)"};
    ck_assert_int_eq(bkt_validator_begin_dataset(validator, &said), BKT_OK);
    add(validator, "source=b.xml|structure=T:TRADE(1.0)", HEAD "A,BLR,27,2012,1,USD,A,,Office,\n");
    ck_assert_uint_eq(bkt_validator_row_count(validator), 6);
    ck_assert_uint_eq(bkt_validator_finding_count(validator, 0), 6);
    ck_assert_uint_eq(bkt_validator_finding_count(validator, BKT_SEVERITY_ERROR), 5);
    ck_assert_uint_eq(bkt_validator_finding_count(validator, BKT_SEVERITY_WARNING), 1);
    bkt_table *table = NULL;
    ck_assert_int_eq(bkt_validator_findings(validator, &table), BKT_OK);
    check_table(context, table,
                "unknown-code|1|1|A.X1.27|2011|REF_AREA|X1|a code of T:CL_AREA(1.0)|2\n"
                "unknown-code|1|2|A.X2.27|2011|REF_AREA|X2|a code of T:CL_AREA(1.0)|1\n"
                "duplicate-key|1|3|A.X1.27|2011|||each key and period once|1\n"
                "structure-mismatch|1|||||T:OTHER(1.0)|T:TRADE(1.0)|1\n");
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "SOURCE"), 0), "a.xml");
    ck_assert_str_eq(bkt_column_text_at(bkt_table_column_find(table, "SOURCE"), 3), "b.xml");
    bkt_table_free(table);
    ck_assert_int_eq(bkt_validator_summary(validator, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    bkt_table_free(table);
    bkt_validator_free(validator);
}
END_TEST

START_TEST(what_the_reader_warned_of) {
    bkt_validator *validator = NULL;
    ck_assert_int_eq(bkt_validator_new(context, structure, NULL, &validator), BKT_OK);
    const bkti_place place = {
        .source = "x.xml", .line = 20, .dataset = 2, .series = "A.BLR.27", .period = "2012"};
    for (int i = 0; i < 7; i++) {
        bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_REPEATED_COMPONENT, &place,
                  "TITLE has two values here");
    }
    bkti_tell(context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, &place, "something else");
    ck_assert_int_eq(bkt_validator_add_warnings(validator, context), BKT_OK);
    ck_assert_uint_eq(bkt_validator_finding_count(validator, BKT_SEVERITY_ERROR), 7);
    bkt_table *table = NULL;
    ck_assert_int_eq(bkt_validator_findings(validator, &table), BKT_OK);
#define TOLD "attribute-conflict|2||A.BLR.27|2012||TITLE has two values here|one value|1\n"
    check_table(context, table, TOLD TOLD TOLD TOLD TOLD);
    double line = 0;
    ck_assert_int_eq(bkt_column_number_at(bkt_table_column_find(table, "LINE"), 0, &line), 1);
    ck_assert_double_eq(line, 20);
    bkt_table_free(table);
    bkt_validator_free(validator);
}
END_TEST

START_TEST(a_code_list_of_numbers) {
    /* What a message of 3.0 has at the observation may be taken for a measure. */
    bkt_structure *digits =
        READ(context,
             "<s:Codelists>" LIST("CL_FREQ", CODE("A")) LIST("CL_AREA", CODE("BLR"))
                 LIST("CL_PRODUCT", CODE("27")) LIST("CL_UNIT", CODE("1"))
                     LIST("CL_STATUS", CODE("1") CODE("3")) "</s:Codelists>",
             CONCEPTS, DEFINITIONS(DEFINITION("TRADE", "1.0", "CL_AREA")));
    check_validation(context, digits, NULL, NULL,
                     "FREQ,REF_AREA,PRODUCT,~TIME_PERIOD,#OBS_VALUE,@UNIT,#OBS_STATUS,@PUBLISHER\n"
                     "A,BLR,27,2011,1,1,3,O\nA,BLR,27,2012,1,1,2,O\nA,BLR,27,2013,1,1,,O\n",
                     "unknown-code|1|2|A.BLR.27|2012|OBS_STATUS|2|a code of T:CL_STATUS(1.0)|1\n");
    bkt_structure_free(digits);
}
END_TEST

START_TEST(kinds) {
    ck_assert_uint_ge(bkt_finding_kind_count(), 16);
    for (uint32_t i = 0; i < bkt_finding_kind_count(); i++) {
        ck_assert_ptr_nonnull(bkt_finding_kind_id_at(i));
        ck_assert_ptr_nonnull(bkt_finding_kind_text_at(i));
        ck_assert_int_ge(bkt_finding_kind_severity_at(i), BKT_SEVERITY_WARNING);
    }
    ck_assert_ptr_null(bkt_finding_kind_id_at(bkt_finding_kind_count()));
    ck_assert_ptr_null(bkt_finding_kind_text_at(UINT32_MAX));
    ck_assert_int_eq(bkt_finding_kind_severity_at(UINT32_MAX), 0);
}
END_TEST

START_TEST(wrong_calls) {
    bkt_validator *validator = NULL;
    bkt_table *table = make_table(context, NULL, HEAD "A,BLR,27,2011,1,USD,A,,Office,\n");
    bkt_table *result = table;
    ck_assert_int_eq(bkt_validator_new(context, NULL, NULL, &validator), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_new(NULL, structure, NULL, &validator), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_new(context, structure, NULL, NULL), BKT_ERR_ARGUMENT);
    bkt_validation_options options;
    ck_assert_int_eq(bkt_validation_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validation_options_init(&options, sizeof options), BKT_OK);
    options.flags = 1U << 20;
    ck_assert_int_eq(bkt_validator_new(context, structure, &options, &validator), BKT_ERR_ARGUMENT);
    options.flags = 0;
    options.reserved = 1;
    ck_assert_int_eq(bkt_validator_new(context, structure, &options, &validator), BKT_ERR_ARGUMENT);
    options.reserved = 0;
    options.struct_size = 1;
    ck_assert_int_eq(bkt_validator_new(context, structure, &options, &validator), BKT_ERR_ABI);
    ck_assert_ptr_null(validator);
    bkt_structure *empty = READ(context, CODE_LISTS);
    ck_assert_int_eq(bkt_validator_new(context, empty, NULL, &validator), BKT_ERR_STRUCTURE);
    bkt_structure_free(empty);
    ck_assert_int_eq(bkt_validator_new(context, structure, NULL, &validator), BKT_OK);
    ck_assert_int_eq(bkt_validator_add(validator, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_add(NULL, table), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_begin_dataset(NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_add_warnings(NULL, context), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_add_warnings(validator, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_findings(NULL, &result), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(result);
    ck_assert_int_eq(bkt_validator_findings(validator, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_summary(validator, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_validator_summary(NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_uint_eq(bkt_validator_finding_count(NULL, 0), 0);
    ck_assert_uint_eq(bkt_validator_row_count(NULL), 0);
    bkt_validator_free(validator);
    bkt_validator_free(NULL);
    ck_assert_int_eq(bkt_table_validate(context, NULL, structure, NULL, &result, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_validate(context, table, structure, NULL, NULL, NULL),
                     BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validation/structure_rules");
    TCase *test_case = tcase_create("structure_rules");
    tcase_add_checked_fixture(test_case, setup, teardown);
    tcase_add_test(test_case, nothing_is_wrong);
    tcase_add_test(test_case, values);
    tcase_add_test(test_case, sentinel_values);
    tcase_add_test(test_case, what_is_missing);
    tcase_add_test(test_case, actions);
    tcase_add_test(test_case, keys_and_periods);
    tcase_add_test(test_case, attributes);
    tcase_add_test(test_case, other_names_for_time_and_value);
    tcase_add_test(test_case, another_structure);
    tcase_add_test(test_case, several_structures);
    tcase_add_test(test_case, a_code_list_that_is_not_there);
    tcase_add_test(test_case, levels);
    tcase_add_test(test_case, streaming);
    tcase_add_test(test_case, what_the_reader_warned_of);
    tcase_add_test(test_case, a_code_list_of_numbers);
    tcase_add_test(test_case, kinds);
    tcase_add_test(test_case, wrong_calls);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
