/* SPDX-License-Identifier: MIT */
/* libbktrade, batch by batch, each checked by the structure of what `generate` writes. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "areas.h"
#include "bench.h"

#define V21    "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
#define AGENCY " agencyID='BKTRADE' version='1.0'"

/* A structure message being put together. */
struct message {
    char text[600000];
    size_t size;
};

__attribute__((format(printf, 2, 3))) static void put(struct message *message, const char *format,
                                                      ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(message->text + message->size, sizeof message->text - message->size,
                         format, arguments);
    va_end(arguments);
    message->size += size < 0 ? 0 : (size_t)size;
}

static void put_code(struct message *message, const char *code) {
    put(message, "<s:Code id='%s'><c:Name>%s</c:Name></s:Code>", code, code);
}

static void begin_list(struct message *message, const char *id) {
    put(message, "<s:Codelist id='CL_%s'" AGENCY "><c:Name>%s</c:Name>", id, id);
}

static void put_list(struct message *message, const char *id, const char *codes) {
    begin_list(message, id);
    for (const char *at = codes; *at != '\0';
         at += strcspn(at, " ") + (at[strcspn(at, " ")] != 0)) {
        char code[16];
        snprintf(code, sizeof code, "%.*s", (int)strcspn(at, " "), at);
        put_code(message, code);
    }
    put(message, "</s:Codelist>");
}

static void put_lists(struct message *message) {
    put(message, "<s:Codelists>");
    put_list(message, "FREQ", "A Q M");
    put_list(message, "FLOW", "X M");
    put_list(message, "UNIT", "USD EUR");
    put_list(message, "STATUS", "A E M");
    put_list(message, "MULT", "0 3 6");
    begin_list(message, "AREA");
    char code[16];
    for (unsigned i = 0; i < AREAS; i++) {
        area_code(i, code);
        put_code(message, code);
    }
    put(message, "</s:Codelist>");
    begin_list(message, "COMMODITY");
    for (unsigned i = 0; i < PRODUCTS; i++) {
        snprintf(code, sizeof code, "%06u", product_code(i));
        put_code(message, code);
    }
    put(message, "</s:Codelist></s:Codelists>");
}

static void put_concept(struct message *message, const char *id) {
    put(message,
        "<s:ConceptIdentity><Ref id='%s' maintainableParentID='CS' maintainableParentVersion='1.0' "
        "agencyID='BKTRADE'/></s:ConceptIdentity>",
        id);
}

static void put_enumeration(struct message *message, const char *list) {
    put(message,
        "<s:LocalRepresentation><s:Enumeration><Ref id='CL_%s'" AGENCY
        "/></s:Enumeration></s:LocalRepresentation>",
        list);
}

static void put_components(struct message *message) {
    static const char *const dimensions[][2] = {
        {"FREQ", "FREQ"},       {"REF_AREA", "AREA"},       {"COUNTERPART_AREA", "AREA"},
        {"TRADE_FLOW", "FLOW"}, {"COMMODITY", "COMMODITY"}, {"UNIT_MEASURE", "UNIT"}};
    enum { DIMENSIONS = sizeof dimensions / sizeof dimensions[0] };
    for (int i = 0; i < DIMENSIONS; i++) {
        put(message, "<s:Dimension id='%s'>", dimensions[i][0]);
        put_concept(message, dimensions[i][0]);
        put_enumeration(message, dimensions[i][1]);
        put(message, "</s:Dimension>");
    }
    put(message, "<s:TimeDimension id='TIME_PERIOD'>");
    put_concept(message, "TIME_PERIOD");
    put(message, "<s:LocalRepresentation><s:TextFormat textType='ObservationalTimePeriod'/>"
                 "</s:LocalRepresentation></s:TimeDimension></s:DimensionList><s:AttributeList>"
                 "<s:Attribute id='UNIT_MULT' assignmentStatus='Mandatory'>");
    put_concept(message, "UNIT_MULT");
    put_enumeration(message, "MULT");
    put(message, "<s:AttributeRelationship>");
    for (int i = 0; i < DIMENSIONS; i++) {
        put(message, "<s:Dimension><Ref id='%s'/></s:Dimension>", dimensions[i][0]);
    }
    put(message, "</s:AttributeRelationship></s:Attribute>"
                 "<s:Attribute id='OBS_STATUS' assignmentStatus='Mandatory'>");
    put_concept(message, "OBS_STATUS");
    put_enumeration(message, "STATUS");
    put(message, "<s:AttributeRelationship><s:PrimaryMeasure><Ref id='OBS_VALUE'/>"
                 "</s:PrimaryMeasure></s:AttributeRelationship></s:Attribute></s:AttributeList>"
                 "<s:MeasureList><s:PrimaryMeasure id='OBS_VALUE'>");
    put_concept(message, "OBS_VALUE");
    put(message, "<s:LocalRepresentation><s:TextFormat textType='Decimal' decimals='2' "
                 "minValue='0'/></s:LocalRepresentation></s:PrimaryMeasure></s:MeasureList>");
}

/* A region that admits all areas as reporters. */
static void put_constraint(struct message *message) {
    put(message, "<s:Constraints><s:ContentConstraint id='C'" AGENCY
                 " type='Allowed'><c:Name>C</c:Name><s:ConstraintAttachment><s:DataStructure>"
                 "<Ref id='BENCHMARK'" AGENCY "/></s:DataStructure></s:ConstraintAttachment>"
                 "<s:CubeRegion><c:KeyValue id='REF_AREA'>");
    for (unsigned i = 0; i < AREAS; i++) {
        char code[4];
        area_code(i, code);
        put(message, "<c:Value>%s</c:Value>", code);
    }
    put(message, "</c:KeyValue></s:CubeRegion></s:ContentConstraint></s:Constraints>");
}

static bkt_status make_structure(bkt_context *context, bkt_structure **out_structure) {
    static struct message message; /* large */
    message.size = 0;
    put(&message, "<m:Structure xmlns:m='" V21 "/message' xmlns:s='" V21 "/structure' xmlns:c='" V21
                  "/common'><m:Header><m:ID>B</m:ID><m:Test>true</m:Test><m:Prepared>2026-01-01"
                  "</m:Prepared><m:Sender id='BKTRADE'/></m:Header><m:Structures>");
    put_lists(&message);
    put(&message, "<s:DataStructures><s:DataStructure id='BENCHMARK'" AGENCY
                  "><c:Name>B</c:Name><s:DataStructureComponents><s:DimensionList>");
    put_components(&message);
    put(&message, "</s:DataStructureComponents></s:DataStructure></s:DataStructures>");
    put_constraint(&message);
    put(&message, "</m:Structures></m:Structure>");
    if (message.size >= sizeof message.text) {
        return BKT_ERR_LIMIT;
    }
    return bkt_structure_read_memory(context, message.text, message.size, NULL, out_structure);
}

static bkt_status check_batches(bkt_reader *reader, bkt_validator *validator,
                                struct result *result) {
    const bkt_table *batch = NULL;
    bkt_status status;
    while ((status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        status = bkt_validator_begin_dataset(validator, NULL);
        while (status == BKT_OK && (status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            add_up(batch, result);
            status = bkt_validator_add(validator, batch);
        }
        if (status != BKT_END) {
            break;
        }
    }
    result->seen = bkt_reader_observation_count(reader);
    return status;
}

/* What was generated has no faults: a finding is a fault of the library. */
int32_t run_validate(const struct task *task, const char *path, struct result *result) {
    bkt_context *context = NULL;
    bkt_structure *structure = NULL;
    bkt_validator *validator = NULL;
    bkt_reader *reader = NULL;
    (void)task;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK && (status = make_structure(context, &structure)) == BKT_OK &&
        (status = bkt_validator_new(context, structure, NULL, &validator)) == BKT_OK &&
        (status = bkt_reader_open_path(context, path, NULL, &reader)) == BKT_OK) {
        status = check_batches(reader, validator, result);
    }
    uint64_t found = bkt_validator_finding_count(validator, 0);
    int32_t failed = (status != BKT_OK && status != BKT_END) || found > 0;
    if (failed) {
        fprintf(stderr, "validate: %s, %llu findings\n", bkt_context_error_text(context),
                (unsigned long long)found);
    }
    bkt_reader_free(reader);
    bkt_validator_free(validator);
    bkt_structure_free(structure);
    bkt_context_free(context);
    return failed;
}
