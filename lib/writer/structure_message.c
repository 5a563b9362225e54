/* SPDX-License-Identifier: MIT */
/* A data structure as a structure message of 2.1 or 3.0: dataflow, code lists, concepts, DSD. */
#include "bkti_design.h"

#define NAMESPACES(version)                                                                        \
    " xmlns:message=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/message\""          \
    " xmlns:common=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/common\""            \
    " xmlns:structure=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/structure\""

static void put_name(bkt_writer *writer, const char *name) {
    bkti_put(writer, "<common:Name xml:lang=\"en\">");
    bkti_put_escaped(writer, name, NULL);
    bkti_put(writer, "</common:Name>");
}

/* An artefact's begin: its element, id, agency, version. */
static void put_begin(bkt_writer *writer, const bkti_design *design, const char *element,
                      const char *prefix, bkti_span id) {
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put(writer, " id=\"");
    bkti_put_pair(writer, prefix, id, "\" agencyID=\"");
    bkti_put_pair(writer, "", design->structure.agency, "\" version=\"");
    bkti_put_pair(writer, "", design->structure.version, "\">");
}

static void put_end(bkt_writer *writer, const char *element) {
    bkti_put(writer, "</structure:");
    bkti_put(writer, element);
    bkti_put(writer, ">\n");
}

/* package and class as the information model has them; item: of a scheme, or empty. */
static void put_urn(bkt_writer *writer, const bkti_design *design, const char *class_name,
                    const char *prefix, bkti_span id, const char *item) {
    bkti_put(writer, "urn:sdmx:org.sdmx.infomodel.");
    bkti_put(writer, class_name);
    bkti_put_pair(writer, "=", design->structure.agency, ":");
    bkti_put_pair(writer, prefix, id, "(");
    bkti_put_pair(writer, "", design->structure.version, ")");
    if (item[0] != '\0') {
        bkti_put(writer, ".");
        bkti_put_escaped(writer, item, NULL);
    }
}

static void put_concept(bkt_writer *writer, const bkti_design *design, const char *id) {
    bkti_put(writer, "<structure:ConceptIdentity>");
    if (design->is_3) {
        put_urn(writer, design, "conceptscheme.Concept", "CS_", design->structure.id, id);
    } else {
        bkti_put(writer, "<Ref id=\"");
        bkti_put_escaped(writer, id, NULL);
        bkti_put_pair(writer, "\" maintainableParentID=\"CS_", design->structure.id,
                      "\" maintainableParentVersion=\"");
        bkti_put_pair(writer, "", design->structure.version, "\" agencyID=\"");
        bkti_put_pair(writer, "", design->structure.agency,
                      "\" package=\"conceptscheme\" class=\"Concept\"/>");
    }
    bkti_put(writer, "</structure:ConceptIdentity>");
}

static void put_representation(bkt_writer *writer, const bkti_design *design,
                               const bkti_part *part) {
    bkti_put(writer, part->is_list ? "<structure:LocalRepresentation maxOccurs=\"unbounded\">"
                                   : "<structure:LocalRepresentation>");
    bkti_span id = bkti_span_of(part->id);
    if (part->type != NULL) {
        bkti_put(writer, "<structure:TextFormat textType=\"");
        bkti_put(writer, part->type);
        bkti_put(writer, "\"/>");
    } else if (design->is_3) {
        bkti_put(writer, "<structure:Enumeration>");
        put_urn(writer, design, "codelist.Codelist", "CL_", id, "");
        bkti_put(writer, "</structure:Enumeration>");
    } else {
        bkti_put_pair(writer, "<structure:Enumeration><Ref id=\"CL_", id, "\" version=\"");
        bkti_put_pair(writer, "", design->structure.version, "\" agencyID=\"");
        bkti_put_pair(writer, "", design->structure.agency,
                      "\" package=\"codelist\" class=\"Codelist\"/></structure:Enumeration>");
    }
    bkti_put(writer, "</structure:LocalRepresentation>");
}

static void put_dataflow(bkt_writer *writer, const bkti_design *design) {
    bkti_put_pair(writer, "<structure:Dataflows>\n<structure:Dataflow id=\"", design->dataflow.id,
                  "\" agencyID=\"");
    bkti_put_pair(writer, "", design->dataflow.agency, "\" version=\"");
    bkti_put_pair(writer, "", design->dataflow.version, "\">");
    put_name(writer, design->name);
    bkti_put(writer, "<structure:Structure>");
    if (design->is_3) {
        put_urn(writer, design, "datastructure.DataStructure", "", design->structure.id, "");
    } else {
        bkti_put_pair(writer, "<Ref id=\"", design->structure.id, "\" version=\"");
        bkti_put_pair(writer, "", design->structure.version, "\" agencyID=\"");
        bkti_put_pair(writer, "", design->structure.agency,
                      "\" package=\"datastructure\" class=\"DataStructure\"/>");
    }
    bkti_put(writer, "</structure:Structure></structure:Dataflow>\n</structure:Dataflows>\n");
}

static void put_code_list(bkt_writer *writer, const bkti_design *design, const bkti_part *part) {
    put_begin(writer, design, "Codelist", "CL_", bkti_span_of(part->id));
    put_name(writer, part->name);
    bkti_put(writer, "\n");
    for (int32_t code = 0; code < bkt_column_dictionary_count(part->column); code++) {
        if (part->used[code] == 0) {
            continue;
        }
        const char *id = bkt_column_dictionary_text(part->column, code);
        const char *name = bkt_column_dictionary_name(part->column, code, NULL);
        bkti_put(writer, "<structure:Code id=\"");
        bkti_put_escaped(writer, id, NULL);
        bkti_put(writer, "\">");
        put_name(writer, name == NULL ? id : name);
        put_end(writer, "Code");
    }
    put_end(writer, "Codelist");
}

/* The element must not be empty. */
static void put_code_lists(bkt_writer *writer, const bkti_design *design) {
    bool any = false;
    for (uint32_t i = 0; i < design->count; i++) {
        if (design->parts[i].type == NULL) {
            bkti_put(writer, any ? "" : "<structure:Codelists>\n");
            any = true;
            put_code_list(writer, design, &design->parts[i]);
        }
    }
    bkti_put(writer, any ? "</structure:Codelists>\n" : "");
}

static void put_concepts(bkt_writer *writer, const bkti_design *design) {
    const char *element = design->is_3 ? "ConceptSchemes" : "Concepts";
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put(writer, ">\n");
    put_begin(writer, design, "ConceptScheme", "CS_", design->structure.id);
    put_name(writer, design->name);
    bkti_put(writer, "\n");
    for (uint32_t i = 0; i < design->count; i++) {
        bkti_put(writer, "<structure:Concept id=\"");
        bkti_put_escaped(writer, design->parts[i].id, NULL);
        bkti_put(writer, "\">");
        put_name(writer, design->parts[i].name);
        put_end(writer, "Concept");
    }
    put_end(writer, "ConceptScheme");
    put_end(writer, element);
}

static void put_relationship(bkt_writer *writer, const bkti_design *design, const bkti_part *part) {
    bkti_put(writer, "<structure:AttributeRelationship>");
    for (uint32_t i = 0; part->of_series && i < design->count; i++) {
        if (design->parts[i].place == BKTI_PART_DIMENSION) {
            bkti_put_pair(
                writer, design->is_3 ? "<structure:Dimension>" : "<structure:Dimension><Ref id=\"",
                bkti_span_of(design->parts[i].id),
                design->is_3 ? "</structure:Dimension>" : "\"/></structure:Dimension>");
        }
    }
    if (part->group >= 0) {
        bkti_put(writer, design->is_3 ? "<structure:Group>" : "<structure:Group><Ref id=\"");
        bkti_put_group_id(writer, design->layout, (uint32_t)part->group);
        bkti_put(writer, design->is_3 ? "</structure:Group>" : "\"/></structure:Group>");
    } else if (part->of_dataset) {
        bkti_put(writer, design->is_3 ? "<structure:Dataflow/>" : "<structure:None/>");
    } else if (!part->of_series) {
        bkti_put(writer, design->is_3 ? "<structure:Observation/>"
                                      : "<structure:PrimaryMeasure><Ref id=\"" BKTI_ID_VALUE
                                        "\"/></structure:PrimaryMeasure>");
    }
    bkti_put(writer, "</structure:AttributeRelationship>");
}

static void put_part(bkt_writer *writer, const bkti_design *design, uint32_t index) {
    const bkti_part *part = &design->parts[index];
    static const char *const elements[] = {"Dimension", "TimeDimension", "Measure", "Attribute"};
    bool primary = part->place == BKTI_PART_MEASURE && !design->is_3;
    const char *element = primary ? "PrimaryMeasure" : elements[part->place];
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put(writer, " id=\"");
    bkti_put_escaped(writer, part->id, NULL);
    bkti_put(writer, "\"");
    if (part->place == BKTI_PART_ATTRIBUTE && !design->is_3) {
        bkti_put(writer, " assignmentStatus=\"Conditional\"");
    }
    bkti_put(writer, ">");
    put_concept(writer, design, part->id);
    put_representation(writer, design, part);
    if (part->place == BKTI_PART_ATTRIBUTE) {
        put_relationship(writer, design, part);
    }
    put_end(writer, element);
}

static void put_list(bkt_writer *writer, const bkti_design *design, const char *element,
                     const char *id, int first_place, int last_place) {
    bool any = false;
    for (uint32_t i = 0; i < design->count; i++) {
        if (design->parts[i].place >= first_place && design->parts[i].place <= last_place) {
            if (!any) {
                bkti_put(writer, "<structure:");
                bkti_put(writer, element);
                bkti_put_pair(writer, " id=\"", bkti_span_of(id), "\">\n");
            }
            any = true;
            put_part(writer, design, i);
        }
    }
    if (any) {
        put_end(writer, element);
    }
}

static void put_group(bkt_writer *writer, const bkti_design *design, uint32_t group) {
    bkti_put(writer, "<structure:Group id=\"");
    bkti_put_group_id(writer, design->layout, group);
    bkti_put(writer, "\">\n");
    for (uint32_t i = 0; i < design->count; i++) {
        if (bkti_design_is_key(design, i, group)) {
            bkti_put(writer, "<structure:GroupDimension><structure:DimensionReference>");
            bkti_put_pair(writer, design->is_3 ? "" : "<Ref id=\"",
                          bkti_span_of(design->parts[i].id), design->is_3 ? "" : "\"/>");
            bkti_put(writer, "</structure:DimensionReference></structure:GroupDimension>\n");
        }
    }
    put_end(writer, "Group");
}

static void put_structure(bkt_writer *writer, const bkti_design *design) {
    bkti_put(writer, "<structure:DataStructures>\n");
    put_begin(writer, design, "DataStructure", "", design->structure.id);
    put_name(writer, design->name);
    bkti_put(writer, "\n<structure:DataStructureComponents>\n");
    put_list(writer, design, "DimensionList", "DimensionDescriptor", BKTI_PART_DIMENSION,
             BKTI_PART_TIME);
    for (uint32_t i = 0; i < bkti_design_group_count(design); i++) {
        put_group(writer, design, i);
    }
    put_list(writer, design, "AttributeList", "AttributeDescriptor", BKTI_PART_ATTRIBUTE,
             BKTI_PART_ATTRIBUTE);
    put_list(writer, design, "MeasureList", "MeasureDescriptor", BKTI_PART_MEASURE,
             BKTI_PART_MEASURE);
    put_end(writer, "DataStructureComponents");
    put_end(writer, "DataStructure");
    put_end(writer, "DataStructures");
}

bkt_status bkti_design_put_structure(bkt_writer *writer, const bkti_design *design) {
    bkti_xml_put_header(writer, "Structure",
                        design->is_3 ? NAMESPACES("v3_0") : NAMESPACES("v2_1"));
    bkti_put(writer, "</message:Header>\n<message:Structures>\n");
    if (!design->is_3) {
        put_dataflow(writer, design);
    }
    put_code_lists(writer, design);
    put_concepts(writer, design);
    if (design->is_3) {
        put_dataflow(writer, design);
    }
    put_structure(writer, design);
    bkti_put(writer, "</message:Structures>\n</message:Structure>\n");
    return writer->status == BKT_OK ? bkti_sink_status(writer->sink) : writer->status;
}
