/* SPDX-License-Identifier: MIT */
/* A structure that fits some of the seeds, fits some in part, and contradicts others. */
#include <string.h>

#include "ways.h"

static const char text[] =
    "<m:Structure "
    "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
    "xmlns:s=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\">"
    "<m:Header/><m:Structures><s:Codelists><s:Codelist id=\"AREAS\" agencyID=\"BKT\">"
    "<s:Code id=\"KZ\"/><s:Code id=\"BY\"/><s:Code id=\"RU\"/></s:Codelist>"
    "</s:Codelists><s:DataStructures>"
    "<s:DataStructure id=\"TRADE\" agencyID=\"BKT\" version=\"1.0\">"
    "<s:DataStructureComponents><s:DimensionList><s:Dimension id=\"TRADE_FLOW\">"
    "</s:Dimension><s:Dimension id=\"REF_AREA\"><s:LocalRepresentation>"
    "<s:Enumeration><Ref id=\"AREAS\" agencyID=\"BKT\"/></s:Enumeration>"
    "</s:LocalRepresentation></s:Dimension><s:Dimension id=\"LACKING\">"
    "<s:LocalRepresentation><s:Enumeration><Ref id=\"AREAS\" agencyID=\"BKT\"/>"
    "</s:Enumeration></s:LocalRepresentation></s:Dimension>"
    "<s:Dimension id=\"COUNTERPART_AREA\"><s:LocalRepresentation><s:Enumeration>"
    "<Ref id=\"AREAS\" agencyID=\"BKT\"/></s:Enumeration></s:LocalRepresentation>"
    "</s:Dimension><s:TimeDimension id=\"TIME_PERIOD\"/></s:DimensionList>"
    "<s:AttributeList><s:Attribute id=\"OBS_STATUS\"><s:AttributeRelationship>"
    "<s:PrimaryMeasure/></s:AttributeRelationship></s:Attribute>"
    "<s:Attribute id=\"FREQ\"><s:AttributeRelationship><s:None/>"
    "</s:AttributeRelationship></s:Attribute><s:Attribute id=\"TITLE\">"
    "<s:AttributeRelationship><s:Dimension><Ref id=\"REF_AREA\"/></s:Dimension>"
    "</s:AttributeRelationship></s:Attribute></s:AttributeList><s:MeasureList>"
    "<s:PrimaryMeasure id=\"OBS_VALUE\"/></s:MeasureList></s:DataStructureComponents>"
    "</s:DataStructure></s:DataStructures></m:Structures></m:Structure>";

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
