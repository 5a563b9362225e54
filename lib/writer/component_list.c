/* SPDX-License-Identifier: MIT */
/* The components of a DSD, in their lists. */
#include "bkti_form.h"

#define LIST(name, id) "<structure:" name " id=\"" id "\">\n"

const bkt_item *bkti_primary_measure(const bkt_item *structure) {
    const bkt_item *first = bkt_item_child_find(structure, BKT_ITEM_MEASURE, BKTI_ID_VALUE);
    for (uint32_t i = 0; i < bkt_item_child_count(structure, BKT_ITEM_MEASURE); i++) {
        const bkt_item *each = bkt_item_child_at(structure, BKT_ITEM_MEASURE, i);
        if (bkti_item_is_class(each, "PrimaryMeasure")) {
            return each;
        }
        first = first == NULL && !bkti_item_is_class(each, "CrossSectionalMeasure") ? each : first;
    }
    return first;
}

static void put_dimension_list(bkt_writer *writer, const bkt_item *structure) {
    uint32_t count = bkt_item_child_count(structure, BKT_ITEM_DIMENSION);
    bkti_put(writer, LIST("DimensionList", "DimensionDescriptor"));
    /* 3.0 wants time last. */
    for (int last = 0; last <= (bkti_writes_3(writer) ? 1 : 0); last++) {
        for (uint32_t i = 0; i < count; i++) {
            const bkt_item *each = bkt_item_child_at(structure, BKT_ITEM_DIMENSION, i);
            if (!bkti_writes_3(writer) || bkti_is_time(each) == (last == 1)) {
                bkti_put_dimension(writer, each);
            }
        }
    }
    bkti_put_close(writer, "DimensionList");
}

static void put_group(bkt_writer *writer, const bkt_item *item) {
    uint32_t index;
    uint32_t at = 0;
    if (bkt_item_property(item, "AttachmentConstraintRef") != NULL ||
        bkt_item_property(item, "Dimension") == NULL) {
        bkti_leave_out(writer, item, "a group without dimensions");
        return;
    }
    bkti_put(writer, "<structure:Group");
    bkti_put_attribute(writer, "id", bkt_item_id(item));
    bkti_put(writer, ">");
    bkti_put_annotations(writer, item);
    bkti_put_links(writer, item);
    while (bkti_next_property(item, "Dimension", &at, &index)) {
        bkti_put_open(writer, "GroupDimension");
        bkti_put_local(writer, "DimensionReference", bkt_item_property_at(item, index));
        bkti_put_close(writer, "GroupDimension");
    }
    bkti_put_close(writer, "Group");
    bkti_tell_component(writer, item);
}

/* Measures that are written as attributes, if as_attributes; else those that are measures. */
static bool is_measure_here(bkt_writer *writer, const bkt_item *item, bool as_attributes) {
    const bkt_item *primary = bkti_primary_measure(bkt_item_parent(item));
    bool is_cross = bkti_item_is_class(item, "CrossSectionalMeasure");
    bool is_measure = (bkti_writes_3(writer) || item == primary) && !is_cross;
    if (is_cross && as_attributes) {
        bkti_leave_out(writer, item, "CrossSectionalMeasure");
    }
    return as_attributes ? !is_measure && !is_cross : is_measure;
}

static const char *put_items(bkt_writer *writer, const bkt_item *structure, int kind,
                             const char *opening) {
    for (uint32_t i = 0; i < bkt_item_child_count(structure, kind); i++) {
        const bkt_item *each = bkt_item_child_at(structure, kind, i);
        if (kind == BKT_ITEM_MEASURE && !is_measure_here(writer, each, true)) {
            continue;
        }
        if (kind == BKT_ITEM_METADATA_ATTRIBUTE) {
            bkti_put(writer, bkti_writes_3(writer) ? opening : "");
            opening = bkti_writes_3(writer) ? "" : opening;
            bkti_put_metadata_use(writer, each);
            continue;
        }
        bkti_put(writer, opening);
        opening = "";
        bkti_put_data_attribute(writer, each);
    }
    return opening;
}

/* The lists must not be empty. */
static void put_attribute_list(bkt_writer *writer, const bkt_item *structure) {
    const char *opening = LIST("AttributeList", "AttributeDescriptor");
    opening = put_items(writer, structure, BKT_ITEM_ATTRIBUTE, opening);
    opening = put_items(writer, structure, BKT_ITEM_MEASURE, opening);
    opening = put_items(writer, structure, BKT_ITEM_METADATA_ATTRIBUTE, opening);
    if (opening[0] == '\0') {
        bkti_put_close(writer, "AttributeList");
    }
}

/* 2.1 has always one. */
static void put_measure_list(bkt_writer *writer, const bkt_item *structure) {
    const char *opening = LIST("MeasureList", "MeasureDescriptor");
    for (uint32_t i = 0; i < bkt_item_child_count(structure, BKT_ITEM_MEASURE); i++) {
        const bkt_item *each = bkt_item_child_at(structure, BKT_ITEM_MEASURE, i);
        if (is_measure_here(writer, each, false)) {
            bkti_put(writer, opening);
            opening = "";
            bkti_put_measure(writer, each);
        }
    }
    if (opening[0] != '\0' && !bkti_writes_3(writer)) {
        bkti_put(writer, opening);
        bkti_put(writer, "<structure:PrimaryMeasure id=\"" BKTI_ID_VALUE "\">");
        bkti_put_loose_concept(writer, NULL, "ConceptIdentity");
        bkti_put(writer, "</structure:PrimaryMeasure>");
        opening = "";
    }
    if (opening[0] == '\0') {
        bkti_put_close(writer, "MeasureList");
    }
}

void bkti_step_components(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    if (bkt_item_child_count(item, BKT_ITEM_DIMENSION) == 0) {
        if (bkt_item_child_count(item, BKT_ITEM_ANY) > 0) {
            bkti_leave_out(writer, item, "components without a dimension");
        }
        return;
    }
    bkti_put_open(writer, "DataStructureComponents");
    put_dimension_list(writer, item);
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_GROUP); i++) {
        put_group(writer, bkt_item_child_at(item, BKT_ITEM_GROUP, i));
    }
    put_attribute_list(writer, item);
    put_measure_list(writer, item);
    bkti_put_close(writer, "DataStructureComponents");
}
