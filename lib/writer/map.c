/* SPDX-License-Identifier: MIT */
/* Maps: of components, and of values. */
#include "bkti_form.h"

/* Which list of components of the structure a component is in. */
static void put_component(bkt_writer *writer, const bkt_item *map, const char *element,
                          const char *id) {
    const bkt_item *structure = bkt_item_reference(bkt_item_parent(map), element);
    if (bkt_item_kind(structure) == BKT_ITEM_DATAFLOW) {
        structure = bkt_item_reference(structure, "Structure");
    }
    const bkt_item *component = bkt_item_child_find(structure, BKT_ITEM_DIMENSION, id);
    const char *list = "DimensionDescriptor";
    const char *class_name = "Dimension";
    if (bkt_component_role(component) == BKT_ROLE_TIME) {
        class_name = "TimeDimension";
    } else if (bkt_item_child_find(structure, BKT_ITEM_ATTRIBUTE, id) != NULL) {
        list = "AttributeDescriptor";
        class_name = "Attribute";
    } else if (bkt_item_child_find(structure, BKT_ITEM_MEASURE, id) != NULL) {
        list = "MeasureDescriptor";
        class_name = "PrimaryMeasure";
    }
    bkti_put_open(writer, element);
    bkti_put(writer, "<Ref");
    bkti_put_attribute(writer, "containerID", list);
    bkti_put_attribute(writer, "id", id);
    bkti_put_attribute(writer, "class", class_name);
    bkti_put(writer, " package=\"datastructure\"/>");
    bkti_put_close(writer, element);
}

static uint32_t times(const bkt_item *item, const char *name) {
    uint32_t count = 0;
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, name, &at, &index);) {
        count++;
    }
    return count;
}

void bkti_step_map_parts(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, step->property, &at, &index);) {
        const char *id = bkt_item_property_at(item, index);
        if (bkti_writes_3(writer)) {
            bkti_put_local(writer, step->property, id);
        } else {
            put_component(writer, item, step->property, id);
        }
    }
}

/* ---- Of values ---- */

/* A pattern, a part of a text, one of several values, or what is so for a time would mean something
 * else if it stood there as a code. */
bool bkti_is_plain_mapping(const bkt_item *mapping) {
    const char *pattern = bkt_item_property(mapping, "isRegEx");
    const char *source = bkt_item_property(mapping, "SourceValue");
    const char *target = bkt_item_property(mapping, "TargetValue");
    return !bkti_is_true(pattern) && bkt_item_property(mapping, "validFrom") == NULL &&
           bkt_item_property(mapping, "validTo") == NULL &&
           bkt_item_property(mapping, "startIndex") == NULL &&
           bkt_item_property(mapping, "endIndex") == NULL && times(mapping, "SourceValue") == 1 &&
           times(mapping, "TargetValue") == 1 && source[0] != '\0' && target[0] != '\0';
}

static bool is_of_codes(const bkt_item *map, const char *side, const char *type) {
    const char *text = bkt_item_property(map, side);
    return times(map, side) == 1 && times(map, type) == 0 && strstr(text, ".ValueList=") == NULL;
}

bool bkti_has_values(const bkt_writer *writer, const bkt_item *map) {
    bool any = bkti_writes_3(writer);
    for (uint32_t i = 0; !any && i < bkt_item_child_count(map, BKT_ITEM_MAPPING); i++) {
        any = bkti_is_plain_mapping(bkt_item_child_at(map, BKT_ITEM_MAPPING, i));
    }
    return map != NULL && any &&
           (bkti_writes_3(writer) || (is_of_codes(map, "SourceCodelist", "SourceDataType") &&
                                      is_of_codes(map, "TargetCodelist", "TargetDataType")));
}

void bkti_step_mappings(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    for (uint32_t i = 0; writer->status == BKT_OK && i < bkt_item_child_count(item, step->kind);
         i++) {
        const bkt_item *each = bkt_item_child_at(item, step->kind, i);
        const char *value = bkt_item_property(each, "SourceValue");
        if (bkti_writes_3(writer) || bkti_is_plain_mapping(each)) {
            bkti_put_item(writer, each);
        } else {
            bkti_leave_out(writer, each, "the map of '%.100s', which is not of one code to one",
                           value == NULL ? "" : value);
        }
    }
}

/* Whether a value is a pattern, and where it stands in the text, is said before it. */
void bkti_step_source_values(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    static const char *const attributes[] = {"isRegEx", "startIndex", "endIndex"};
    const char *said[3] = {NULL, NULL, NULL};
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        const char *name = bkt_item_property_name_at(item, i);
        for (size_t k = 0; k < 3; k++) {
            said[k] = strcmp(name, attributes[k]) == 0 ? bkt_item_property_at(item, i) : said[k];
        }
        if (strcmp(name, step->property) != 0) {
            continue;
        }
        bkti_put(writer, "<structure:SourceValue");
        for (size_t k = 0; k < 3; k++) {
            if (said[k] != NULL) {
                bkti_put_attribute(writer, attributes[k], said[k]);
            }
            said[k] = NULL;
        }
        bkti_put(writer, ">");
        bkti_put_escaped(writer, bkt_item_property_at(item, i), NULL);
        bkti_put_close(writer, "SourceValue");
    }
}

/* ---- What a map of components does with values ---- */

/* 2.1 has it in the same set. */
const bkt_item *bkti_map_of_values(const bkt_item *component_map) {
    const bkt_item *set = bkt_item_parent(bkt_item_parent(component_map));
    return set == NULL ? bkt_item_reference(component_map, "RepresentationMap")
                       : bkt_item_child_find(set, BKT_ITEM_REPRESENTATION_MAP,
                                             bkt_item_property(component_map, "RepresentationMap"));
}

/* Values in the map itself, and codes that become a text (2.1). */
static void put_own_values(bkt_writer *writer, const bkt_item *item) {
    uint32_t count = bkt_item_child_count(item, BKT_ITEM_MAPPING);
    const char *value = bkt_item_property(item, "ToValueType");
    if (count > 0) {
        bkti_put_open(writer, "ValueMap");
        for (uint32_t i = 0; i < count; i++) {
            const bkt_item *each = bkt_item_child_at(item, BKT_ITEM_MAPPING, i);
            const char *source = bkt_item_property(each, "SourceValue");
            const char *target = bkt_item_property(each, "TargetValue");
            bkti_put(writer, "<structure:ValueMapping");
            bkti_put_attribute(writer, "source", source == NULL ? "" : source);
            bkti_put_attribute(writer, "target", target == NULL ? "" : target);
            bkti_put(writer, "/>");
        }
        bkti_put_close(writer, "ValueMap");
        return;
    }
    bkti_put(writer, "<structure:ToTextFormat");
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        const char *name = bkt_item_property_name_at(item, i);
        const char *text = bkt_item_property_at(item, i);
        const char *type = strcmp(name, "textType") == 0 ? bkti_text_type(text, false) : NULL;
        if (bkti_is_facet(name) || strcmp(name, "textType") == 0) {
            bkti_put_attribute(writer, name, type == NULL ? text : type);
        }
    }
    bkti_put(writer, "/>");
    bkti_put_open(writer, "ToValueType");
    bkti_put_escaped(writer, value == NULL ? "Value" : value, NULL);
    bkti_put_close(writer, "ToValueType");
}

void bkti_step_map_values(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    const bkt_item *map = bkti_map_of_values(item);
    uint32_t index;
    uint32_t at = 0;
    bool is_named = bkti_next_property(item, step->property, &at, &index);
    bool is_loose = bkt_item_parent(bkt_item_parent(item)) == NULL;
    if (bkti_writes_3(writer)) {
        if (is_named && is_loose) {
            bkti_put_reference(writer, item, index, step->property,
                               "structuremapping.RepresentationMap");
        } else if (map != NULL) {
            bkti_put_reference_to(writer, map, step->property,
                                  "structuremapping.RepresentationMap");
        }
        return;
    }
    bool has_own = bkt_item_child_count(item, BKT_ITEM_MAPPING) > 0 ||
                   bkt_item_property(item, "ToValueType") != NULL ||
                   bkt_item_property(item, "textType") != NULL;
    if (!is_named && !has_own) {
        return;
    }
    bkti_put_open(writer, "RepresentationMapping");
    if (is_named) {
        bkti_put_local(writer, "CodelistMap",
                       map == NULL ? bkt_item_property_at(item, index) : bkt_item_id(map));
    } else {
        put_own_values(writer, item);
    }
    bkti_put_close(writer, "RepresentationMapping");
}

/* ---- Of components ---- */

/* Whether a component before is mapped by other values, whose map has the same id: the first stands
 * in the set. */
static bool is_second_of_id(const bkt_writer *writer, const bkt_item *item) {
    const bkt_item *map = bkt_item_parent(item);
    const bkt_item *values = bkti_map_of_values(item);
    for (uint32_t i = 0; i < bkt_item_child_count(map, BKT_ITEM_COMPONENT_MAP); i++) {
        const bkt_item *each = bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, i);
        const bkt_item *other = bkti_map_of_values(each);
        bool stands = times(each, "Source") == 1 && times(each, "Target") == 1 &&
                      bkti_has_values(writer, other);
        if (stands && strcmp(bkt_item_id(other), bkt_item_id(values)) == 0) {
            return other != values;
        }
    }
    return false;
}

const char *bkti_map_obstacle(const bkt_writer *writer, const bkt_item *item) {
    bool is_named = bkt_item_property(item, "RepresentationMap") != NULL;
    bool is_loose = bkt_item_parent(bkt_item_parent(item)) == NULL;
    const char *class_name = bkti_item_class(item);
    const char *value = bkt_item_property(item, "ToValueType");
    if (class_name[0] != '\0') {
        return strcmp(class_name, "FixedValueMap") == 0 && bkti_writes_3(writer) ? NULL
                                                                                 : class_name;
    }
    if (bkti_writes_3(writer)) {
        return bkt_item_child_count(item, BKT_ITEM_MAPPING) > 0 ? "ValueMap"
               : value != NULL && strcmp(value, "Value") != 0   ? "ToTextFormat with names"
               : is_named && !is_loose && bkti_map_of_values(item) == NULL
                   ? "map of values that its set does not have"
                   : NULL;
    }
    if (times(item, "Source") != 1 || times(item, "Target") != 1) {
        return "map that is not of one component to one";
    }
    if (!is_named || !is_loose) {
        return NULL;
    }
    return !bkti_has_values(writer, bkti_map_of_values(item))
               ? "map of values that are not codes, one to one"
           : is_second_of_id(writer, item) ? "map by the second of two maps of values of an id"
                                           : NULL;
}

bool bkti_has_components(const bkt_writer *writer, const bkt_item *map) {
    bool any = bkti_writes_3(writer);
    for (uint32_t i = 0; !any && i < bkt_item_child_count(map, BKT_ITEM_COMPONENT_MAP); i++) {
        any = bkti_map_obstacle(writer, bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, i)) == NULL;
    }
    return any;
}

/* Components first, then fixed values. */
void bkti_step_component_maps(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    for (int last = 0; last <= 1; last++) {
        for (uint32_t i = 0; i < bkt_item_child_count(item, step->kind); i++) {
            const bkt_item *each = bkt_item_child_at(item, step->kind, i);
            bool is_fixed = bkti_item_is_class(each, "FixedValueMap");
            const char *why = bkti_map_obstacle(writer, each);
            const char *source = bkt_item_property(each, "Source");
            const char *target = bkt_item_property(each, "Target");
            if (why == NULL && is_fixed == (last == 1)) {
                bkti_form form = *bkti_form_find(writer, each);
                form.element = is_fixed ? "FixedValueMap" : form.element;
                bkti_put_item_as(writer, each, &form);
            } else if (why != NULL && last == 0) {
                bkti_leave_out(writer, item, "its %s (%s %.100s)", why,
                               source == NULL ? "to" : "from",
                               source != NULL   ? source
                               : target != NULL ? target
                                                : "nothing");
            }
        }
    }
}
