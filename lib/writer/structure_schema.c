/* SPDX-License-Identifier: MIT */
/* The XML schema of a data structure that was read: its parts as the structure has them. */
#include "bkti_design.h"
#include "bkti_structure.h"

/* SDMX's text types that XML Schema has too (SDMX 2.1, section 3B, 5.4); numbers that are measures
 * are written as doubles are. */
static const struct schema_type {
    const char *text_type;
    const char *type;
    bool is_number;
} schema_types[] = {
    {"Double", "xs:double", true},      {"Float", "xs:double", true},
    {"Decimal", "xs:decimal", true},    {"Integer", "xs:integer", true},
    {"BigInteger", "xs:integer", true}, {"Count", "xs:integer", true},
    {"Long", "xs:long", true},          {"Short", "xs:short", true},
    {"Boolean", "xs:boolean", false},
};

static const char *type_of(const bkt_item *component, int place) {
    const char *text_type = bkt_component_type(component);
    if (place == BKTI_PART_TIME) {
        return "ObservationalTimePeriod";
    }
    for (size_t i = 0; text_type != NULL && i < sizeof schema_types / sizeof *schema_types; i++) {
        if (strcmp(text_type, schema_types[i].text_type) == 0) {
            bool is_value = schema_types[i].is_number && place == BKTI_PART_MEASURE;
            return is_value ? "xs:double" : schema_types[i].type;
        }
    }
    /* A measure without a type has numbers, which 1.0 and 2.0 do not say. */
    return text_type == NULL && place == BKTI_PART_MEASURE ? "xs:double" : "String";
}

static bool is_several(const bkt_item *component) {
    const char *most = bkt_component_facet(component, "maxOccurs");
    return most != NULL && strcmp(most, "1") != 0;
}

static int place_of(const bkt_item *component) {
    switch (bkt_component_role(component)) {
    case BKT_ROLE_DIMENSION:
        return BKTI_PART_DIMENSION;
    case BKT_ROLE_TIME:
        return BKTI_PART_TIME;
    case BKT_ROLE_MEASURE:
        return BKTI_PART_MEASURE;
    default:
        return BKTI_PART_ATTRIBUTE;
    }
}

static void add_part(bkti_design *design, const bkt_item *component) {
    int place = place_of(component);
    int32_t level = bkt_component_level(component);
    const bkt_item *list = bkt_component_code_list(component);
    bkti_part *part = &design->parts[design->count++];
    *part = (bkti_part){
        .id = place == BKTI_PART_TIME ? BKTI_ID_TIME : bkt_item_id(component),
        .name = bkt_item_name(bkt_component_concept(component), NULL),
        .place = place,
        .is_list = design->is_3 && place != BKTI_PART_DIMENSION && is_several(component),
        .of_dataset = level == BKT_LEVEL_DATASET,
        .of_series = !design->flat && (level == BKT_LEVEL_SERIES || level == BKT_LEVEL_GROUP),
        .group = -1,
        .component = component,
    };
    bool has_codes = list != NULL && bkti_codes_count(list) > 0 && !part->is_list;
    part->list = has_codes ? list : NULL;
    part->type = has_codes ? NULL : part->is_list ? "String" : type_of(component, place);
    design->has_lists = design->has_lists || part->is_list;
    design->has_dataset = design->has_dataset || part->of_dataset;
}

/* Cross-sectional measures of 2.0 are codes of the measure dimension where a primary one is. */
static bool is_left_out(const bkt_item *component) {
    const char *own = bkt_item_property(component, "class");
    return own != NULL && strcmp(own, "CrossSectionalMeasure") == 0;
}

static void add_parts(bkti_design *design, const bkt_item *structure) {
    static const int32_t kinds[] = {BKT_ITEM_DIMENSION, BKT_ITEM_MEASURE, BKT_ITEM_ATTRIBUTE};
    for (int place = BKTI_PART_DIMENSION; place <= BKTI_PART_ATTRIBUTE; place++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            uint32_t count = bkt_item_child_count(structure, kinds[k]);
            for (uint32_t i = 0; i < count; i++) {
                const bkt_item *component = bkt_item_child_at(structure, kinds[k], i);
                if (place_of(component) == place && !is_left_out(component)) {
                    add_part(design, component);
                }
            }
        }
    }
}

static bkt_status make(bkt_writer *writer, const bkt_item *structure, bkti_design *design) {
    *design = (bkti_design){
        .is_3 = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0,
        .flat = (writer->options.flags & BKT_WRITE_FLAT) != 0,
        .name = bkt_item_id(structure),
        .source = structure,
    };
    size_t count = (size_t)bkt_item_child_count(structure, BKT_ITEM_ANY) + 1;
    design->parts = bkti_allocate_zeroed(writer->memory, count, sizeof *design->parts);
    bkti_text name;
    bkti_text_init(&name, writer->memory);
    bkti_item_append_name(structure, &name);
    bkt_status status =
        name.failed || design->parts == NULL ? bkti_no_memory(writer->context) : BKT_OK;
    if (status == BKT_OK) {
        bkti_set set = {.texts = {[BKTI_SET_STRUCTURE] = name.data}};
        status = bkti_target_find(writer, &set, design->flat, NULL, &writer->target);
    }
    bkti_text_free(&name);
    if (status == BKT_OK) {
        add_parts(design, structure);
    }
    return status;
}

static bkt_status put(bkt_writer *writer, const bkt_item *structure) {
    bkti_design design;
    bkt_status status = bkti_design_check_schema(writer);
    if (status != BKT_OK) {
        return status;
    }
    writer->manner = &bkti_manner_specific;
    status = make(writer, structure, &design);
    status = status == BKT_OK ? bkti_design_put_schema(writer, &design) : status;
    bkti_design_free(writer, &design);
    return status;
}

static bkt_status finish(bkt_writer *writer, const bkt_item *structure, bkt_status status) {
    return status != BKT_OK ? status : bkti_design_end(writer, put(writer, structure));
}

static bkt_status check(bkt_context *context, const bkt_item *structure, bool has_place) {
    if (context == NULL || bkt_item_kind(structure) != BKT_ITEM_DATA_STRUCTURE || !has_place) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a schema needs a context, a data structure (DSD) and a place to go to");
    }
    return BKT_OK;
}

bkt_status bkt_item_write_schema(bkt_context *context, const bkt_item *structure,
                                 const bkt_write_options *options, bkt_write_function write,
                                 void *user) {
    bkt_writer *writer = NULL;
    bkt_status status = check(context, structure, write != NULL);
    status = status == BKT_OK ? bkt_writer_open_callback(context, write, user, options, &writer)
                              : status;
    return finish(writer, structure, status);
}

bkt_status bkt_item_write_schema_path(bkt_context *context, const bkt_item *structure,
                                      const bkt_write_options *options, const char *path) {
    bkt_writer *writer = NULL;
    bkt_status status = check(context, structure, path != NULL);
    status = status == BKT_OK ? bkt_writer_open_path(context, path, options, &writer) : status;
    return finish(writer, structure, status);
}
