/* SPDX-License-Identifier: MIT */
/* A small structure message, and findings of the public validator as lines of text. */
#ifndef STRUCTURE_FIXTURE_H
#define STRUCTURE_FIXTURE_H

#include <bktrade/validation.h>

#include "finding_cell.h"
#include "table_of_lines.h"

#define STRUCTURE_HEAD                                                                             \
    "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' "            \
    "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure' "                       \
    "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common'>"                          \
    "<m:Header><m:ID>T</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01</m:Prepared>"            \
    "<m:Sender id='T'/></m:Header><m:Structures>"
#define STRUCTURE_END "</m:Structures></m:Structure>"

#define CODE(id) "<s:Code id='" id "'><c:Name>" id "</c:Name></s:Code>"
#define CHILD(id, over)                                                                            \
    "<s:Code id='" id "'><c:Name>" id "</c:Name><s:Parent><Ref id='" over "'/></s:Parent></"       \
    "s:Code>"
#define LIST(id, codes)                                                                            \
    "<s:Codelist id='" id "' agencyID='T' version='1.0'><c:Name>" id "</c:Name>" codes             \
    "</s:Codelist>"
#define CODE_LISTS                                                                                 \
    "<s:Codelists>" LIST("CL_FREQ", CODE("A") CODE("Q") CODE("M"))                                 \
        LIST("CL_AREA", CODE("BLR") CODE("KAZ") CODE("RUS"))                                       \
            LIST("CL_PRODUCT", CODE("TOTAL") CHILD("27", "TOTAL") CHILD("2709", "27")              \
                                   CHILD("2710", "27") CHILD("28", "TOTAL"))                       \
                LIST("CL_UNIT", CODE("USD") CODE("EUR"))                                           \
                    LIST("CL_STATUS", CODE("A") CODE("E")) "</s:Codelists>"
#define CONCEPT(id) "<s:Concept id='" id "'><c:Name>" id "</c:Name></s:Concept>"
#define CONCEPTS                                                                                   \
    "<s:Concepts><s:ConceptScheme id='CS' agencyID='T' version='1.0'><c:Name>CS</c:Name>" CONCEPT( \
        "FREQ") CONCEPT("REF_AREA") CONCEPT("PRODUCT") CONCEPT("TIME_PERIOD") CONCEPT("OBS_VALUE") \
        CONCEPT("UNIT") CONCEPT("OBS_STATUS") CONCEPT("TITLE") CONCEPT("PUBLISHER")                \
            CONCEPT("NOTES") "</s:ConceptScheme></s:Concepts>"
#define IDENTITY(id)                                                                               \
    "<s:ConceptIdentity><Ref id='" id "' maintainableParentID='CS' "                               \
    "maintainableParentVersion='1.0' agencyID='T'/></s:ConceptIdentity>"
#define CODED(id, list)                                                                            \
    IDENTITY(id)                                                                                   \
    "<s:LocalRepresentation><s:Enumeration><Ref id='" list                                         \
    "' agencyID='T' version='1.0'/></s:Enumeration></s:LocalRepresentation>"
#define FORMED(id, facets)                                                                         \
    IDENTITY(id)                                                                                   \
    "<s:LocalRepresentation><s:TextFormat " facets "/></s:LocalRepresentation>"
/* With a value that the facets are not for. Stands behind "<s:". */
#define REPRESENTED(facets, sentinel)                                                              \
    "TextFormat " facets "><s:SentinelValue value='" sentinel "'/></s:TextFormat>"
#define ATTRIBUTE(id, status, inside, relationship)                                                \
    "<s:Attribute id='" id "' assignmentStatus='" status "'>" inside                               \
    "<s:AttributeRelationship>" relationship "</s:AttributeRelationship></s:Attribute>"
#define OF_SERIES                                                                                  \
    "<s:Dimension><Ref id='FREQ'/></s:Dimension><s:Dimension><Ref id='REF_AREA'/></s:Dimension>"   \
    "<s:Dimension><Ref id='PRODUCT'/></s:Dimension>"
/* Two literals: none may be too long for C99. */
#define DEFINITION(id, version, area_list)                                                         \
    "<s:DataStructure id='" id "' agencyID='T' version='" version "'><c:Name>" id "</c:Name>"      \
    "<s:DataStructureComponents><s:DimensionList id='DimensionDescriptor'>"                        \
    "<s:Dimension id='FREQ' position='1'>" CODED(                                                  \
        "FREQ",                                                                                    \
        "CL_FREQ") "</s:Dimension>"                                                                \
                   "<s:Dimension id='REF_AREA' position='2'>" CODED(                               \
                       "REF_AREA",                                                                 \
                       area_list) "</s:Dimension>"                                                 \
                                  "<s:Dimension id='PRODUCT' position='3'>" CODED(                 \
                                      "PRODUCT",                                                   \
                                      "CL_PRODUCT") "</s:Dimension>"                               \
                                                    "<s:TimeDimension id='TIME_PERIOD' "           \
                                                    "position='4'>" FORMED("TIME_PERIOD",          \
                                                                           "textType='"            \
                                                                           "ObservationalTimePeri" \
                                                                           "od'") "</"             \
                                                                                  "s:"             \
                                                                                  "TimeDimension>" \
                                                                                  "</"             \
                                                                                  "s:"             \
                                                                                  "DimensionList>" \
                                                                                  "<s:Group "      \
                                                                                  "id='Country'><" \
                                                                                  "s:"             \
                                                                                  "GroupDimension" \
                                                                                  "><s:"           \
                                                                                  "DimensionRefer" \
                                                                                  "ence><Ref "     \
                                                                                  "id='REF_AREA'/" \
                                                                                  ">"              \
                                                                                  "</"             \
                                                                                  "s:"             \
                                                                                  "DimensionRefer" \
                                                                                  "ence></"        \
                                                                                  "s:"             \
                                                                                  "GroupDimension" \
                                                                                  "></s:Group>",   \
        ATTRIBUTES
#define ATTRIBUTES                                                                                 \
    "<s:AttributeList id='AttributeDescriptor'>" ATTRIBUTE("UNIT", "Mandatory",                    \
                                                           CODED("UNIT", "CL_UNIT"), OF_SERIES)    \
        ATTRIBUTE("OBS_STATUS", "Conditional", CODED("OBS_STATUS", "CL_STATUS"), OF_OBSERVATION)   \
            ATTRIBUTE("TITLE", "Conditional", FORMED("TITLE", "textType='String' maxLength='12'"), \
                      "<s:Group><Ref id='Country'/></s:Group>")                                    \
                ATTRIBUTE("PUBLISHER", "Mandatory", FORMED("PUBLISHER", "textType='String'"),      \
                          "<s:None/>")                                                             \
                    ATTRIBUTE("NOTES", "Conditional", FORMED("NOTES", "textType='Alpha'"),         \
                              OF_OBSERVATION) "</s:AttributeList><s:MeasureList "                  \
                                              "id='MeasureDescriptor'><s:PrimaryMeasure "          \
                                              "id='OBS_VALUE'>" FORMED(                            \
                                                  "OBS_VALUE", "textType='Double' "                \
                                                               "minValue='0'") "</"                \
                                                                               "s:"                \
                                                                               "PrimaryMeasur"     \
                                                                               "e></"              \
                                                                               "s:"                \
                                                                               "MeasureList>"      \
                                                                               "</"                \
                                                                               "s:"                \
                                                                               "DataStructure"     \
                                                                               "Components></"     \
                                                                               "s:"                \
                                                                               "DataStructure"     \
                                                                               ">"
#define DATAFLOW(id, of)                                                                           \
    "<s:Dataflow id='" id "' agencyID='T' version='1.0'><c:Name>" id "</c:Name><s:Structure>"      \
    "<Ref id='" of "' agencyID='T' version='1.0'/></s:Structure></s:Dataflow>"
#define OF_OBSERVATION   "<s:PrimaryMeasure><Ref id='OBS_VALUE'/></s:PrimaryMeasure>"
#define DATAFLOWS(...)   "<s:Dataflows>", __VA_ARGS__, "</s:Dataflows>"
#define DEFINITIONS(...) "<s:DataStructures>", __VA_ARGS__, "</s:DataStructures>"
#define CONSTRAINTS(...) "<s:Constraints>", __VA_ARGS__, "</s:Constraints>"
#define CONSTRAINT(id, type, attachment, inside)                                                   \
    "<s:ContentConstraint id='" id "' agencyID='T' version='1.0' " type "><c:Name>" id "</c:Name>" \
    "<s:ConstraintAttachment>" attachment "</s:ConstraintAttachment>" inside                       \
    "</s:ContentConstraint>"
#define OF_DEFINITION                                                                              \
    "<s:DataStructure><Ref id='TRADE' agencyID='T' version='1.0'/></s:DataStructure>"
#define OF_DATAFLOW(id) "<s:Dataflow><Ref id='" id "' agencyID='T' version='1.0'/></s:Dataflow>"

/* A structure of pieces of a message; the last is NULL. */
static inline bkt_structure *read_pieces(bkt_context *context, const char *const *pieces) {
    bkt_structure *structure = NULL;
    bkti_text message;
    bkti_text_init(&message, bkti_context_memory(context));
    while (*pieces != NULL) {
        bkti_text_append_text(&message, *pieces++);
    }
    bkt_status status =
        bkt_structure_read_memory(context, message.data, message.size, NULL, &structure);
    bkti_text_free(&message);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return structure;
}
#define READ(context, ...)                                                                         \
    read_pieces(context, (const char *const[]){STRUCTURE_HEAD, __VA_ARGS__, STRUCTURE_END, NULL})

/* Findings: a line each, "kind|data set|row|key|period|component|value|expected|rows". */
static inline void check_table(bkt_context *context, const bkt_table *table, const char *expected) {
    static const char *const IDS[] = {"KIND",      "DATASET", "ROW",      "SERIES_KEY", "PERIOD",
                                      "COMPONENT", "VALUE",   "EXPECTED", "ROWS"};
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(context));
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
            append_cell(&text, table, IDS[i], row);
        }
        bkti_text_append_text(&text, "\n");
    }
    ck_assert_str_eq(bkti_text_get(&text), expected);
    bkti_text_free(&text);
}

/* Checks lines as one table. */
static inline void check_validation(bkt_context *context, const bkt_structure *structure,
                                    const bkt_validation_options *options, const char *properties,
                                    const char *lines, const char *expected) {
    bkt_table *table = make_table(context, properties, lines);
    bkt_table *findings = NULL;
    bkt_status status = bkt_table_validate(context, table, structure, options, &findings, NULL);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    check_table(context, findings, expected);
    bkt_table_free(findings);
    bkt_table_free(table);
}

#endif
