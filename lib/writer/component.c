/* SPDX-License-Identifier: MIT */
/* The components of a DSD. */
#include "bkti_form.h"
#include "bkti_structure.h"

/* ---- Which is what ---- */

/* A dimension of 2.1 whose values are concepts. */
static bool has_concepts(const bkt_item *dimension) {
    const char *list = bkt_item_property(dimension, "Enumeration");
    return list != NULL && strstr(list, ".ConceptScheme=") != NULL;
}

/* ---- One component ---- */

/* Attributes that are written in another way, or follow from the rest. */
static bool is_known(const char *name) {
    static const char *const names[] = {"Enumeration",
                                        "ConceptIdentity",
                                        "ConceptRole",
                                        "position",
                                        "type",
                                        "usage",
                                        "minOccurs",
                                        "maxOccurs",
                                        "attachmentLevel",
                                        "assignmentStatus",
                                        "Relationship",
                                        "Dimension",
                                        "Group",
                                        "AttachmentGroup",
                                        "Measure",
                                        "isTimeDimension",
                                        "class",
                                        "urn",
                                        "uri"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return bkti_is_facet(name);
}

void bkti_tell_component(bkt_writer *writer, const bkt_item *item) {
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        const char *name = bkt_item_property_name_at(item, i);
        const char *text = bkt_item_property_at(item, i);
        if (!is_known(name) && strcmp(text, "false") != 0) {
            bkti_leave_out(writer, item, "%.100s \"%.100s\"", name, text);
        }
    }
}

static void put_begin(bkt_writer *writer, const bkt_item *item, const char *element,
                      const char *id) {
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put_attribute(writer, "id", id);
    const char *uri = bkt_item_property(item, "uri");
    if (uri != NULL) {
        bkti_put_attribute(writer, "uri", uri);
    }
    if (strcmp(id, bkt_item_id(item)) != 0) {
        bkti_leave_out(writer, item, "the id %.100s of a %s, which is %s", bkt_item_id(item),
                       element, id);
    }
}

/* Concept and representation. */
static void put_meaning(bkt_writer *writer, const bkt_item *item, int use) {
    uint32_t index;
    uint32_t at = 0;
    bkti_put(writer, ">");
    bkti_put_annotations(writer, item);
    bkti_put_links(writer, item);
    if (bkti_next_property(item, "ConceptIdentity", &at, &index)) {
        bkti_put_reference(writer, item, index, "ConceptIdentity", "conceptscheme.Concept");
    } else {
        bkti_put_loose_concept(writer, item, "ConceptIdentity");
    }
    bkti_put_values(writer, item, "LocalRepresentation", use);
}

static void put_roles(bkt_writer *writer, const bkt_item *item) {
    static const bkti_step roles = {
        .property = "ConceptRole", .element = "ConceptRole", .detail = "conceptscheme.Concept"};
    bkti_step_references(writer, item, &roles);
}

void bkti_put_dimension(bkt_writer *writer, const bkt_item *item) {
    bool of_measures = !bkti_writes_3(writer) && has_concepts(item) &&
                       bkti_item_is_class(item, "MeasureDimension");
    const char *element = bkti_is_time(item) ? "TimeDimension"
                          : of_measures      ? "MeasureDimension"
                                             : "Dimension";
    put_begin(writer, item, element, bkti_is_time(item) ? BKTI_ID_TIME : bkt_item_id(item));
    const char *position = bkt_item_property(item, "position");
    if (position != NULL && !(bkti_is_time(item) && bkti_writes_3(writer))) {
        bkti_put_attribute(writer, "position", position);
    }
    put_meaning(writer, item,
                bkti_is_time(item) ? BKTI_USE_TIME
                : of_measures      ? BKTI_USE_MEASURES
                                   : BKTI_USE_SIMPLE);
    if (bkti_is_time(item)) {
        if (bkt_item_property(item, "ConceptRole") != NULL) {
            bkti_leave_out(writer, item, "a role of the time dimension");
        }
    } else {
        put_roles(writer, item);
    }
    bkti_put_close(writer, element);
    if (bkti_writes_3(writer) && bkti_item_is_class(item, "MeasureDimension")) {
        bkti_leave_out(writer, item, "a measure dimension: it is a dimension like others");
    }
    bkti_tell_component(writer, item);
}

static int use_of(const bkt_writer *writer) {
    return bkti_writes_3(writer) ? BKTI_USE_BASIC : BKTI_USE_SIMPLE;
}

static void put_usage(bkt_writer *writer, const bkt_item *item) {
    bool must = bkt_component_is_mandatory(item) != 0;
    if (bkti_writes_3(writer)) {
        bool said = bkt_item_property(item, "usage") != NULL;
        must = must && !bkti_item_is_class(item, "PrimaryMeasure");
        if (must || said) {
            bkti_put_attribute(writer, "usage", must ? "mandatory" : "optional");
        }
    } else {
        bkti_put_attribute(writer, "assignmentStatus", must ? "Mandatory" : "Conditional");
    }
}

void bkti_put_measure(bkt_writer *writer, const bkt_item *item) {
    bool is_3 = bkti_writes_3(writer);
    const char *element = is_3 ? "Measure" : "PrimaryMeasure";
    put_begin(writer, item, element, is_3 ? bkt_item_id(item) : BKTI_ID_VALUE);
    if (is_3) {
        put_usage(writer, item);
    }
    put_meaning(writer, item, use_of(writer));
    if (is_3) {
        put_roles(writer, item);
    } else if (bkt_item_property(item, "ConceptRole") != NULL) {
        bkti_leave_out(writer, item, "a role of the primary measure");
    }
    bkti_put_close(writer, element);
    bkti_tell_component(writer, item);
}

/* ---- What an attribute depends on ---- */

static void put_empty(bkt_writer *writer, const char *element) {
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put(writer, "/>");
}

static void put_observation(bkt_writer *writer) {
    if (bkti_writes_3(writer)) {
        put_empty(writer, "Observation");
    } else {
        bkti_put_local(writer, "PrimaryMeasure", BKTI_ID_VALUE);
    }
}

/* 3.0: a dimension that need not be there. */
static void put_dimensions(bkt_writer *writer, const bkt_item *item) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, "Dimension", &at, &index);) {
        const bkt_item *dimension = bkt_item_property_item_at(item, index);
        const char *id = bkti_is_time(dimension) ? BKTI_ID_TIME : bkt_item_property_at(item, index);
        bkti_put_local(writer, "Dimension", id);
    }
}

static void put_key_dimensions(bkt_writer *writer, const bkt_item *structure) {
    for (uint32_t i = 0; i < bkt_item_child_count(structure, BKT_ITEM_DIMENSION); i++) {
        const bkt_item *dimension = bkt_item_child_at(structure, BKT_ITEM_DIMENSION, i);
        if (!bkti_is_time(dimension)) {
            bkti_put_local(writer, "Dimension", bkt_item_id(dimension));
        }
    }
}

/* The first group; where there are several, the others are told. */
static void put_group_of(bkt_writer *writer, const bkt_item *item, const char *property) {
    uint32_t index;
    uint32_t at = 0;
    for (bool is_first = true; bkti_next_property(item, property, &at, &index); is_first = false) {
        const char *id = bkt_item_property_at(item, index);
        if (is_first) {
            bkti_put_local(writer, "Group", id);
        } else {
            bkti_leave_out(writer, item, "its group %.100s beside another", id);
        }
    }
}

static void put_attachment_groups(bkt_writer *writer, const bkt_item *item) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, "AttachmentGroup", &at, &index);) {
        const char *id = bkt_item_property_at(item, index);
        if (bkti_writes_3(writer)) {
            bkti_leave_out(writer, item, "its AttachmentGroup %.100s", id);
        } else {
            bkti_put_local(writer, "AttachmentGroup", id);
        }
    }
}

static void put_relationship(bkt_writer *writer, const bkt_item *item) {
    int32_t level = bkt_component_level(item);
    bool has_groups = bkt_item_property(item, "AttachmentGroup") != NULL;
    bkti_put_open(writer, "AttributeRelationship");
    if (bkt_item_property(item, "Group") != NULL) {
        put_group_of(writer, item, "Group");
    } else if (bkt_item_property(item, "Dimension") != NULL) {
        put_dimensions(writer, item);
        put_attachment_groups(writer, item);
    } else if (has_groups && level == BKT_LEVEL_GROUP) {
        put_group_of(writer, item, "AttachmentGroup");
    } else if (level == BKT_LEVEL_GROUP && bkti_component_group(item) != NULL) {
        bkti_put_local(writer, "Group", bkt_item_id(bkti_component_group(item)));
    } else if (level == BKT_LEVEL_SERIES || level == BKT_LEVEL_GROUP) {
        if (level == BKT_LEVEL_GROUP) {
            bkti_leave_out(writer, item, "a group that is not named");
        }
        put_key_dimensions(writer, bkt_item_parent(item));
    } else if (level == BKT_LEVEL_DATASET) {
        put_empty(writer, bkti_writes_3(writer) ? "Dataflow" : "None");
    } else {
        put_observation(writer);
    }
    bkti_put_close(writer, "AttributeRelationship");
}

static void put_measures_of(bkt_writer *writer, const bkt_item *item) {
    uint32_t index;
    uint32_t at = 0;
    const char *opening = "<structure:MeasureRelationship>";
    if (!bkti_writes_3(writer)) {
        if (bkt_item_property(item, "Measure") != NULL) {
            bkti_leave_out(writer, item, "its MeasureRelationship");
        }
        return;
    }
    for (; bkti_next_property(item, "Measure", &at, &index); opening = "") {
        bkti_put(writer, opening);
        bkti_put_local(writer, "Measure", bkt_item_property_at(item, index));
    }
    bkti_put(writer, opening[0] == '\0' ? "</structure:MeasureRelationship>" : "");
}

void bkti_put_data_attribute(bkt_writer *writer, const bkt_item *item) {
    put_begin(writer, item, "Attribute", bkt_item_id(item));
    put_usage(writer, item);
    put_meaning(writer, item, use_of(writer));
    put_roles(writer, item);
    if (bkt_item_kind(item) == BKT_ITEM_ATTRIBUTE) {
        put_relationship(writer, item);
        put_measures_of(writer, item);
    } else {
        /* A further measure: 2.1 has one alone, and such data write the others as attributes. */
        bkti_leave_out(writer, item, "measures beside one: an attribute is written in its place");
        bkti_put_open(writer, "AttributeRelationship");
        put_observation(writer);
        bkti_put_close(writer, "AttributeRelationship");
    }
    bkti_put_close(writer, "Attribute");
    bkti_tell_component(writer, item);
}

void bkti_put_metadata_use(bkt_writer *writer, const bkt_item *item) {
    if (!bkti_writes_3(writer)) {
        bkti_leave_out(writer, item, "MetadataAttributeUsage");
        return;
    }
    bkti_put_open(writer, "MetadataAttributeUsage");
    bkti_put_annotations(writer, item);
    bkti_put_local(writer, "MetadataAttributeReference", bkt_item_id(item));
    put_relationship(writer, item);
    bkti_put_close(writer, "MetadataAttributeUsage");
}

/* Metadata attributes in their list, one in the other. */
static void put_metadata_attribute(bkt_writer *writer, const bkt_item *item) {
    put_begin(writer, item, "MetadataAttribute", bkt_item_id(item));
    static const char *const names[] = {"minOccurs", "maxOccurs", "isPresentational"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = bkt_item_property(item, names[i]);
        if (text != NULL) {
            bkti_put_attribute(writer, names[i], text);
        }
    }
    put_meaning(writer, item, BKTI_USE_METADATA);
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_METADATA_ATTRIBUTE); i++) {
        put_metadata_attribute(writer, bkt_item_child_at(item, BKT_ITEM_METADATA_ATTRIBUTE, i));
    }
    bkti_put_close(writer, "MetadataAttribute");
}

void bkti_step_metadata(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    uint32_t count = bkt_item_child_count(item, BKT_ITEM_METADATA_ATTRIBUTE);
    if (count == 0) {
        return;
    }
    bkti_put_open(writer, "MetadataStructureComponents");
    bkti_put_open(writer, "MetadataAttributeList");
    for (uint32_t i = 0; i < count; i++) {
        put_metadata_attribute(writer, bkt_item_child_at(item, BKT_ITEM_METADATA_ATTRIBUTE, i));
    }
    bkti_put_close(writer, "MetadataAttributeList");
    bkti_put_close(writer, "MetadataStructureComponents");
}
