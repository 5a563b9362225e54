/* SPDX-License-Identifier: MIT */
/* A structure that fits some of the seeds, fits some in part, and contradicts others. */
#include <string.h>

#include "ways.h"

#define CODE(id) "<s:Code id=\"" id "\"/>"
#define LISTED(list)                                                                               \
    "<s:LocalRepresentation><s:Enumeration><Ref id=\"" list                                        \
    "\" agencyID=\"BKT\"/></s:Enumeration></s:LocalRepresentation>"
#define DIMENSION(id, representation) "<s:Dimension id=\"" id "\">" representation "</s:Dimension>"
#define ATTRIBUTE(id, representation, relationship)                                                \
    "<s:Attribute id=\"" id "\">" representation "<s:AttributeRelationship>" relationship          \
    "</s:AttributeRelationship></s:Attribute>"

static const char text[] =
    "<m:Structure xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
    "xmlns:s=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\">"
    "<m:Header/><m:Structures><s:Codelists><s:Codelist id=\"AREAS\" agencyID=\"BKT\">" CODE("KZ")
        CODE("BY") CODE(
            "RU") "</s:Codelist></s:Codelists><s:DataStructures>"
                  "<s:DataStructure id=\"TRADE\" agencyID=\"BKT\" "
                  "version=\"1.0\"><s:DataStructureComponents>"
                  "<s:DimensionList>" DIMENSION("TRADE_FLOW", "") DIMENSION(
                      "REF_AREA", LISTED("AREAS")) DIMENSION("LACKING", LISTED("AREAS"))
                      DIMENSION("COUNTERPART_AREA",
                                LISTED("AREAS")) "<s:TimeDimension "
                                                 "id=\"TIME_PERIOD\"/></s:DimensionList>"
                                                 "<s:AttributeList>" ATTRIBUTE(
                                                     "OBS_STATUS", "", "<s:PrimaryMeasure/>")
                                                     ATTRIBUTE("FREQ", "", "<s:None/>")
                                                         ATTRIBUTE("TITLE", "",
                                                                   "<s:Dimension><Ref "
                                                                   "id=\"REF_AREA\"/></"
                                                                   "s:Dimension>") "</"
                                                                                   "s:"
                                                                                   "AttributeList><"
                                                                                   "s:MeasureList><"
                                                                                   "s:"
                                                                                   "PrimaryMeasure "
                                                                                   "id=\"OBS_"
                                                                                   "VALUE\"/></"
                                                                                   "s:MeasureList>"
                                                                                   "</"
                                                                                   "s:"
                                                                                   "DataStructureCo"
                                                                                   "mponents></"
                                                                                   "s:"
                                                                                   "DataStructure><"
                                                                                   "/s:"
                                                                                   "DataStructures>"
                                                                                   "</m:Structures>"
                                                                                   "</m:Structure>";

const bkt_structure *ways_structure(void) {
    static bkt_structure *structure; /* as long as the process */
    if (structure == NULL) {
        bkt_context *context = NULL;
        FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
        bkt_status status =
            bkt_structure_read_memory(context, text, strlen(text), NULL, &structure);
        FUZZ_CHECK(status == BKT_OK, "%s", bkt_context_error_text(context));
        bkt_context_free(context);
    }
    return structure;
}
