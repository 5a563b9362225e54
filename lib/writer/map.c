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

/* 2.1 maps one component to one. */
void bkti_step_map_parts(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    uint32_t at = 0;
    for (bool is_first = true; bkti_next_property(item, step->property, &at, &index);
         is_first = false) {
        const char *id = bkt_item_property_at(item, index);
        if (bkti_writes_3(writer)) {
            bkti_put_local(writer, step->property, id);
        } else if (is_first) {
            put_component(writer, item, step->property, id);
        } else {
            bkti_leave_out(writer, item, "%s %.100s beside another", step->property, id);
        }
    }
}

/* The map of values that a map of components uses: 2.1 has it in the same set. */
void bkti_step_map_values(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    uint32_t index;
    uint32_t at = 0;
    if (!bkti_next_property(item, "RepresentationMap", &at, &index)) {
        return;
    }
    const char *id = bkt_item_property_at(item, index);
    const bkt_item *set = bkt_item_parent(bkt_item_parent(item));
    if (!bkti_writes_3(writer)) {
        bkti_put_open(writer, "RepresentationMapping");
        bkti_put_local(writer, "CodelistMap", id);
        bkti_put_close(writer, "RepresentationMapping");
    } else if (set == NULL) {
        bkti_put_reference(writer, item, index, "RepresentationMap",
                           "structuremapping.RepresentationMap");
    } else {
        const bkt_item *map = bkt_item_child_find(set, BKT_ITEM_REPRESENTATION_MAP, id);
        if (map != NULL) {
            bkti_put_reference_to(writer, map, "RepresentationMap",
                                  "structuremapping.RepresentationMap");
        }
    }
}

/* Components first, then fixed values. */
void bkti_step_component_maps(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    for (int last = 0; last <= 1; last++) {
        for (uint32_t i = 0; i < bkt_item_child_count(item, step->kind); i++) {
            const bkt_item *each = bkt_item_child_at(item, step->kind, i);
            const char *class_name = bkti_item_class(each);
            bool is_fixed = strcmp(class_name, "FixedValueMap") == 0;
            bool fits = class_name[0] == '\0' || (is_fixed && bkti_writes_3(writer));
            if (fits && is_fixed == (last == 1)) {
                bkti_form form = *bkti_form_find(writer, each);
                form.element = is_fixed ? "FixedValueMap" : form.element;
                bkti_put_item_as(writer, each, &form);
            } else if (!fits && last == 0) {
                bkti_leave_out(writer, item, "its %s", class_name);
            }
        }
    }
}
