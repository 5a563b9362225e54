/* SPDX-License-Identifier: MIT */
/* Components of a DSD: what the versions of SDMX say of them in their ways, as one.
 * 2.0: attachmentLevel and assignmentStatus, schema SDMXStructure.xsd of 2.0; 2.1 and 3.0:
 * AttributeRelationship and usage, SDMXStructureDataStructure.xsd of both. */
#include <string.h>

#include "bkti_structure.h"

static bool is_component(const bkt_item *item) {
    return item != NULL && (item->kind == BKT_ITEM_DIMENSION || item->kind == BKT_ITEM_MEASURE ||
                            item->kind == BKT_ITEM_ATTRIBUTE);
}

static bool says(const bkt_item *item, const char *name, const char *value) {
    const char *text = bkt_item_property(item, name);
    return text != NULL && bkti_span_equal_caseless(bkti_span_of(text), bkti_span_of(value));
}

int32_t bkt_component_role(const bkt_item *component) {
    if (!is_component(component)) {
        return 0;
    }
    if (component->kind == BKT_ITEM_DIMENSION) {
        return says(component, "class", "TimeDimension") ? BKT_ROLE_TIME : BKT_ROLE_DIMENSION;
    }
    return component->kind == BKT_ITEM_MEASURE ? BKT_ROLE_MEASURE : BKT_ROLE_ATTRIBUTE;
}

/* The dimension or group that a property of a component or group refers to. */
static const bkt_item *target_of(const bkt_item *item, uint32_t index, uint16_t name) {
    const bkti_property *property = &item->structure->properties[item->first_property + index];
    return property->name != name || property->target == BKTI_NO_ITEM
               ? NULL
               : &item->structure->items[property->target];
}

static int32_t level_of_relationship(const bkt_item *attribute) {
    int32_t level = BKT_LEVEL_NONE;
    for (uint32_t i = 0; i < attribute->property_count; i++) {
        const bkti_property *property =
            &attribute->structure->properties[attribute->first_property + i];
        if (property->name == BKTI_PROPERTY_RELATIONSHIP) {
            bool is_observation = strcmp(property->text, "Observation") == 0 ||
                                  strcmp(property->text, "PrimaryMeasure") == 0;
            return is_observation ? BKT_LEVEL_OBSERVATION : BKT_LEVEL_DATASET;
        }
        if (property->name == BKTI_PROPERTY_GROUP) {
            return BKT_LEVEL_GROUP;
        }
        if (property->name == BKTI_PROPERTY_DIMENSION) {
            const bkt_item *dimension = target_of(attribute, i, BKTI_PROPERTY_DIMENSION);
            bool is_time = bkt_component_role(dimension) == BKT_ROLE_TIME;
            level = is_time || level == BKT_LEVEL_OBSERVATION ? BKT_LEVEL_OBSERVATION
                                                              : BKT_LEVEL_SERIES;
        }
    }
    return level;
}

int32_t bkt_component_level(const bkt_item *component) {
    static const struct {
        const char *text;
        int32_t level;
    } levels[] = {{"DataSet", BKT_LEVEL_DATASET},
                  {"Group", BKT_LEVEL_GROUP},
                  {"Series", BKT_LEVEL_SERIES},
                  {"Observation", BKT_LEVEL_OBSERVATION}};
    if (component == NULL || component->kind != BKT_ITEM_ATTRIBUTE) {
        return BKT_LEVEL_NONE;
    }
    const char *said = bkt_item_property(component, "attachmentLevel");
    for (size_t i = 0; said != NULL && i < sizeof levels / sizeof *levels; i++) {
        if (bkti_span_equal_caseless(bkti_span_of(said), bkti_span_of(levels[i].text))) {
            return levels[i].level;
        }
    }
    return level_of_relationship(component);
}

int32_t bkt_component_is_mandatory(const bkt_item *component) {
    if (!is_component(component)) {
        return 0;
    }
    return component->kind == BKT_ITEM_DIMENSION || says(component, "usage", "mandatory") ||
           says(component, "assignmentStatus", "Mandatory") ||
           says(component, "class", "PrimaryMeasure");
}

const bkt_item *bkt_component_concept(const bkt_item *component) {
    return bkt_item_reference(component, "ConceptIdentity");
}

/* Whether the component says itself how its values are represented. */
static bool has_own(const bkt_item *component) {
    return bkti_item_property(component, BKTI_PROPERTY_ENUMERATION) != NULL ||
           bkt_item_property(component, "textType") != NULL;
}

/* Who says how the values are represented: the component, or else its concept. */
static const bkt_item *representation_of(const bkt_item *component) {
    if (component == NULL || component->kind == BKT_ITEM_CONCEPT) {
        return component;
    }
    const bkt_item *concept_item = bkt_component_concept(component);
    return has_own(component) || concept_item == NULL ? component : concept_item;
}

const bkt_item *bkt_component_code_list(const bkt_item *component) {
    return bkt_item_reference(representation_of(component), "Enumeration");
}

const char *bkt_component_code_list_reference(const bkt_item *component) {
    return bkt_item_property(representation_of(component), "Enumeration");
}

const char *bkt_component_type(const bkt_item *component) {
    return bkt_item_property(representation_of(component), "textType");
}

const char *bkt_component_facet(const bkt_item *component, const char *name) {
    const char *own = bkt_item_property(component, name);
    return own != NULL ? own : bkt_item_property(representation_of(component), name);
}

const bkt_item *bkti_component_group(const bkt_item *component) {
    if (component == NULL || component->kind != BKT_ITEM_ATTRIBUTE) {
        return NULL;
    }
    const bkt_item *group = bkt_item_reference(component, "Group");
    group = group != NULL ? group : bkt_item_reference(component, "AttachmentGroup");
    /* 1.0 and 2.0 may leave out which one is meant, where there is one. */
    const bkt_item *structure = bkt_item_parent(component);
    bool is_only = group == NULL && bkt_component_level(component) == BKT_LEVEL_GROUP &&
                   bkt_item_child_count(structure, BKT_ITEM_GROUP) == 1;
    group = is_only ? bkt_item_child_at(structure, BKT_ITEM_GROUP, 0) : group;
    return bkt_item_kind(group) == BKT_ITEM_GROUP ? group : NULL;
}

/* The item that has the list of dimensions: an attribute's group, or the item itself. */
static const bkt_item *lister_of(const bkt_item *component) {
    if (component == NULL ||
        (component->kind != BKT_ITEM_ATTRIBUTE && component->kind != BKT_ITEM_GROUP)) {
        return NULL;
    }
    bool is_of_group = bkt_component_level(component) == BKT_LEVEL_GROUP;
    return is_of_group ? bkti_component_group(component) : component;
}

void bkti_component_append_group(const bkt_item *component, bkti_text *text) {
    const bkt_item *group = bkti_component_group(component);
    uint32_t count = bkt_component_dimension_count(group);
    bkti_text_append_text(text, bkt_item_id(group));
    for (uint32_t i = 0; i < count; i++) {
        bkti_text_append_format(text, " %s", bkt_item_id(bkt_component_dimension_at(group, i)));
    }
}

uint32_t bkt_component_dimension_count(const bkt_item *component) {
    const bkt_item *lister = lister_of(component);
    uint32_t count = 0;
    for (uint32_t i = 0; lister != NULL && i < lister->property_count; i++) {
        count += lister->structure->properties[lister->first_property + i].name ==
                 BKTI_PROPERTY_DIMENSION;
    }
    return count;
}

const bkt_item *bkt_component_dimension_at(const bkt_item *component, uint32_t index) {
    const bkt_item *lister = lister_of(component);
    for (uint32_t i = 0; lister != NULL && i < lister->property_count; i++) {
        bool is_dimension = lister->structure->properties[lister->first_property + i].name ==
                            BKTI_PROPERTY_DIMENSION;
        if (is_dimension && index-- == 0) {
            return target_of(lister, i, BKTI_PROPERTY_DIMENSION);
        }
    }
    return NULL;
}
