/* SPDX-License-Identifier: MIT */
/* The XML schema of a data structure: what a structure-specific message of it may hold. It
 * restricts the types that SDMX's own schemas have for all such messages. */
#include "bkti_design.h"
#include "bkti_structure.h"

#define BASE(version)                                                                              \
    " xmlns:dsd=\"http://www.sdmx.org/resources/sdmxml/schemas/" version                           \
    "/data/structurespecific\" "                                                                   \
    "xmlns:common=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/common\""
#define IMPORTS(version)                                                                           \
    "<xs:import namespace=\"http://www.sdmx.org/resources/sdmxml/schemas/" version                 \
    "/common\" schemaLocation=\"SDMXCommon.xsd\"/>\n"                                              \
    "<xs:import namespace=\"http://www.sdmx.org/resources/sdmxml/schemas/" version                 \
    "/data/structurespecific\" schemaLocation=\"SDMXDataStructureSpecific.xsd\"/>\n"

static int32_t kind_of_codes(const bkt_item *list) {
    int32_t kind = bkt_item_kind(list);
    return kind == BKT_ITEM_VALUE_LIST       ? BKT_ITEM_VALUE
           : kind == BKT_ITEM_CONCEPT_SCHEME ? BKT_ITEM_CONCEPT
                                             : BKT_ITEM_CODE;
}

uint32_t bkti_codes_count(const bkt_item *list) {
    return bkt_item_child_count(list, kind_of_codes(list));
}

static void put_listed(bkt_writer *writer, const bkt_item *list) {
    uint32_t count = bkti_codes_count(list);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *code = bkt_item_child_at(list, kind_of_codes(list), i);
        bkti_put_pair(writer, "<xs:enumeration value=\"", bkti_span_of(bkt_item_id(code)),
                      "\"/>\n");
    }
}

static void put_codes(bkt_writer *writer, const bkti_part *part) {
    bkti_put_pair(writer, "<xs:simpleType name=\"CL_", bkti_span_of(part->id),
                  "\">\n<xs:restriction base=\"xs:string\">\n");
    if (part->list != NULL) {
        put_listed(writer, part->list);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(part->column); code++) {
        if (part->used[code] != 0) {
            bkti_put(writer, "<xs:enumeration value=\"");
            bkti_put_escaped(writer, bkt_column_dictionary_text(part->column, code), NULL);
            bkti_put(writer, "\"/>\n");
        }
    }
    bkti_put(writer, "</xs:restriction>\n</xs:simpleType>\n");
}

static const char *type_of(const bkti_part *part) {
    if (part->place == BKTI_PART_TIME) {
        return "common:ObservationalTimePeriodType";
    }
    if (strncmp(part->type, "xs:", 3) == 0) {
        return part->type;
    }
    return strcmp(part->type, "Double") == 0 ? "xs:double" : "xs:string";
}

static void put_attribute(bkt_writer *writer, const bkti_part *part) {
    bkti_put_pair(writer, "<xs:attribute name=\"", bkti_span_of(part->id), "\" type=\"");
    if (part->type == NULL) {
        bkti_put_pair(writer, "CL_", bkti_span_of(part->id), "");
    } else {
        bkti_put(writer, type_of(part));
    }
    bool is_key = part->place == BKTI_PART_DIMENSION || part->place == BKTI_PART_TIME;
    bkti_put(writer, is_key ? "\" use=\"required\"/>\n" : "\" use=\"optional\"/>\n");
}

static void put_prohibited(bkt_writer *writer, const bkti_design *design, const char *id,
                           const char *type) {
    for (uint32_t i = 0; i < design->count; i++) {
        if (strcmp(design->parts[i].id, id) == 0) {
            return;
        }
    }
    bkti_put_pair(writer, "<xs:attribute name=\"", bkti_span_of(id), "\" type=\"");
    bkti_put(writer, type);
    bkti_put(writer, "\" use=\"prohibited\"/>\n");
}

static bool is_of_series(const bkti_part *part) {
    return part->place == BKTI_PART_DIMENSION || part->of_series;
}

/* What the base types declare beside what the structure has. */
static void put_start_day(bkt_writer *writer, const bkti_design *design) {
    if (!design->is_3) {
        put_prohibited(writer, design, "REPORTING_YEAR_START_DAY", "xs:gMonthDay");
    }
}

static void begin_type(bkt_writer *writer, const char *name) {
    bkti_put_pair(writer, "<xs:complexType name=\"", bkti_span_of(name),
                  "\">\n<xs:complexContent>\n<xs:restriction base=\"dsd:");
    bkti_put(writer, name);
    bkti_put(writer, "\">\n<xs:sequence>\n<xs:element ref=\"common:Annotations\" "
                     "minOccurs=\"0\"/>\n");
}

static void end_type(bkt_writer *writer) {
    bkti_put(writer, "</xs:restriction>\n</xs:complexContent>\n</xs:complexType>\n");
}

/* What holds a list of values. */
static void put_comp(bkt_writer *writer, const bkti_part *part) {
    bkti_put_pair(writer, "<xs:complexType name=\"", bkti_span_of(part->id),
                  "\">\n<xs:complexContent>\n<xs:restriction base=\"dsd:CompType\">\n"
                  "<xs:sequence>\n<xs:element ref=\"common:Annotations\" minOccurs=\"0\"/>\n"
                  "<xs:element name=\"Value\" type=\"common:StringValueType\" minOccurs=\"0\" "
                  "maxOccurs=\"unbounded\" form=\"unqualified\"/>\n</xs:sequence>\n"
                  "<xs:attribute name=\"id\" type=\"common:NCNameIDType\" use=\"required\" ");
    bkti_put_pair(writer, "fixed=\"", bkti_span_of(part->id), "\"/>\n");
    end_type(writer);
}

static void put_comps(bkt_writer *writer, const bkti_design *design) {
    if (design->has_lists) {
        bkti_put(writer, "<xs:element name=\"Comp\" type=\"dsd:CompType\" form=\"unqualified\" "
                         "minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n");
    }
}

static void put_set_attributes(bkt_writer *writer, const bkti_design *design) {
    for (uint32_t i = 0; i < design->count; i++) {
        if (design->parts[i].of_dataset) {
            put_attribute(writer, &design->parts[i]);
        }
    }
}

/* What 3.0 has attributes of the data set in. */
static void put_atts(bkt_writer *writer, const bkti_design *design) {
    begin_type(writer, "AttsType");
    bkti_put(writer, "</xs:sequence>\n");
    put_set_attributes(writer, design);
    put_prohibited(writer, &(bkti_design){0}, BKTI_ID_TIME, "common:ObservationalTimePeriodType");
    end_type(writer);
}

/* ---- Groups ---- */

static uint32_t group_count(const bkti_design *design) {
    return design->source == NULL ? bkti_design_group_count(design)
                                  : bkt_item_child_count(design->source, BKT_ITEM_GROUP);
}

static bool is_key_of(const bkt_item *group, const bkti_part *part) {
    for (uint32_t i = 0; i < bkt_component_dimension_count(group); i++) {
        if (bkt_component_dimension_at(group, i) == part->component) {
            return true;
        }
    }
    return false;
}

/* A dimension of the group, or an attribute that is told at it. */
static bool is_in_group(const bkti_design *design, uint32_t index, uint32_t group) {
    const bkti_part *part = &design->parts[index];
    if (design->source == NULL) {
        return part->group == (int32_t)group || bkti_design_is_key(design, index, group);
    }
    const bkt_item *of = bkt_item_child_at(design->source, BKT_ITEM_GROUP, group);
    return bkti_component_group(part->component) == of ||
           bkt_item_reference(part->component, "AttachmentGroup") == of || is_key_of(of, part);
}

static void put_group_id(bkt_writer *writer, const bkti_design *design, uint32_t group) {
    if (design->source == NULL) {
        bkti_put_group_id(writer, design->layout, group);
    } else {
        const bkt_item *of = bkt_item_child_at(design->source, BKT_ITEM_GROUP, group);
        bkti_put_escaped(writer, bkt_item_id(of), NULL);
    }
}

static void put_group(bkt_writer *writer, const bkti_design *design, uint32_t group) {
    bkti_put(writer, "<xs:complexType name=\"");
    put_group_id(writer, design, group);
    bkti_put(writer, "\">\n<xs:complexContent>\n<xs:restriction base=\"GroupType\">\n"
                     "<xs:sequence>\n<xs:element ref=\"common:Annotations\" minOccurs=\"0\"/>\n");
    put_comps(writer, design);
    bkti_put(writer, "</xs:sequence>\n");
    for (uint32_t i = 0; i < design->count; i++) {
        if (is_in_group(design, i, group)) {
            put_attribute(writer, &design->parts[i]);
        }
    }
    bkti_put(writer,
             "<xs:attribute name=\"type\" type=\"common:IDType\" use=\"optional\" fixed=\"");
    put_group_id(writer, design, group);
    bkti_put(writer, "\"/>\n");
    end_type(writer);
}

static void put_groups(bkt_writer *writer, const bkti_design *design) {
    if (group_count(design) == 0) {
        return;
    }
    bkti_put(writer, "<xs:complexType name=\"GroupType\" abstract=\"true\">\n"
                     "<xs:complexContent>\n<xs:restriction base=\"dsd:GroupType\">\n"
                     "<xs:sequence>\n<xs:element ref=\"common:Annotations\" minOccurs=\"0\"/>\n");
    put_comps(writer, design);
    bkti_put(writer, "</xs:sequence>\n<xs:attribute name=\"type\" type=\"common:IDType\" "
                     "use=\"optional\"/>\n");
    put_start_day(writer, design);
    bkti_put(writer, "<xs:anyAttribute namespace=\"##local\"/>\n");
    end_type(writer);
    for (uint32_t i = 0; i < group_count(design); i++) {
        put_group(writer, design, i);
    }
}

static void put_group_element(bkt_writer *writer, const bkti_design *design) {
    if (group_count(design) > 0) {
        bkti_put(writer, "<xs:element name=\"Group\" type=\"GroupType\" form=\"unqualified\"");
        bkti_put(writer, design->is_3 ? "/>\n" : " minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n");
    }
}

static void put_dataset(bkt_writer *writer, const bkti_design *design) {
    const char *element = design->flat ? "Obs" : "Series";
    begin_type(writer, "DataSetType");
    bkti_put(writer, "<xs:element name=\"DataProvider\" type=\"common:DataProviderReferenceType\" "
                     "form=\"unqualified\" minOccurs=\"0\"/>\n");
    if (!design->is_3) {
        put_group_element(writer, design);
    }
    bkti_put(writer, "<xs:choice minOccurs=\"0\"");
    bkti_put(writer, design->is_3 ? " maxOccurs=\"unbounded\"" : "");
    bkti_put(writer, ">\n");
    if (design->is_3 && design->has_dataset) {
        bkti_put(writer, "<xs:element name=\"Atts\" type=\"AttsType\" form=\"unqualified\"/>\n");
    }
    if (design->is_3) {
        put_group_element(writer, design);
    }
    bkti_put_pair(writer, "<xs:element name=\"", bkti_span_of(element), "\" type=\"");
    bkti_put_pair(writer, "", bkti_span_of(element), "Type\" form=\"unqualified\"");
    bkti_put(writer, design->is_3 ? "" : " maxOccurs=\"unbounded\"");
    bkti_put(writer, "/>\n</xs:choice>\n</xs:sequence>\n");
    if (!design->is_3) {
        bkti_put(writer, "<xs:attribute name=\"REPORTING_YEAR_START_DAY\" "
                         "type=\"xs:gMonthDay\" use=\"prohibited\"/>\n");
        put_set_attributes(writer, design);
    }
    end_type(writer);
}

static void put_series(bkt_writer *writer, const bkti_design *design) {
    begin_type(writer, "SeriesType");
    put_comps(writer, design);
    bkti_put(writer, "<xs:element name=\"Obs\" type=\"ObsType\" form=\"unqualified\" "
                     "minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n</xs:sequence>\n");
    for (uint32_t i = 0; i < design->count; i++) {
        if (is_of_series(&design->parts[i])) {
            put_attribute(writer, &design->parts[i]);
        }
    }
    bkti_put(writer, "<xs:attribute name=\"TIME_PERIOD\" "
                     "type=\"common:ObservationalTimePeriodType\" use=\"prohibited\"/>\n");
    put_start_day(writer, design);
    end_type(writer);
}

static void put_observation(bkt_writer *writer, const bkti_design *design) {
    begin_type(writer, "ObsType");
    put_comps(writer, design);
    bkti_put(writer, "</xs:sequence>\n");
    put_prohibited(writer, design, "type", "common:IDType");
    for (uint32_t i = 0; i < design->count; i++) {
        bool own = !design->parts[i].of_dataset && design->parts[i].group < 0;
        if (own && (design->flat || !is_of_series(&design->parts[i]))) {
            put_attribute(writer, &design->parts[i]);
        }
    }
    put_prohibited(writer, design, BKTI_ID_TIME, "common:ObservationalTimePeriodType");
    put_start_day(writer, design);
    end_type(writer);
}

bkt_status bkti_design_put_schema(bkt_writer *writer, const bkti_design *design) {
    const bkti_target *target = &writer->targets[writer->target];
    bkti_put(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xs:schema "
                     "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"");
    bkti_xml_put_urn(writer, target);
    bkti_put(writer, "\" targetNamespace=\"");
    bkti_xml_put_urn(writer, target);
    bkti_put(writer, "\"");
    bkti_put(writer, design->is_3 ? BASE("v3_0") : BASE("v2_1"));
    bkti_put(writer, " elementFormDefault=\"qualified\" attributeFormDefault=\"unqualified\">\n");
    bkti_put(writer, design->is_3 ? IMPORTS("v3_0") : IMPORTS("v2_1"));
    for (uint32_t i = 0; i < design->count; i++) {
        if (design->parts[i].type == NULL) {
            put_codes(writer, &design->parts[i]);
        }
        if (design->parts[i].is_list) {
            put_comp(writer, &design->parts[i]);
        }
    }
    put_dataset(writer, design);
    put_groups(writer, design);
    if (design->is_3 && design->has_dataset) {
        put_atts(writer, design);
    }
    if (!design->flat) {
        put_series(writer, design);
    }
    put_observation(writer, design);
    bkti_put(writer, "</xs:schema>\n");
    return writer->status == BKT_OK ? bkti_sink_status(writer->sink) : writer->status;
}
