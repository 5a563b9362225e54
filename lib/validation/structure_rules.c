/* SPDX-License-Identifier: MIT */
/* The components of a data structure definition, as rules. */
#include "bkti_structure_rules.h"

#include <string.h>

#include <bktrade/validation.h>

typedef struct maker {
    bkt_context *context;
    bkti_rules *rules;
    const bkt_item *data_structure;
    const bkt_item **lists; /* of each rule */
    size_t list_room;
    bkti_text missing; /* "CURRENCY (ECB:CL_CURRENCY(1.0)), ..." */
    uint32_t missing_count;
} maker;

static bool is_true(const bkt_item *item, const char *property) {
    const char *text = bkt_item_property(item, property);
    return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

static bool is_class(const bkt_item *item, const char *name) {
    const char *class_name = bkt_item_property(item, "class");
    return class_name != NULL && strcmp(class_name, name) == 0;
}

/* Measures that 2.0 has for cross-sectional data: in data they are values of a dimension. */
static bool is_cross_sectional(const bkt_item *component) {
    return is_class(component, "CrossSectionalMeasure");
}

static bool is_measure_dimension(const bkt_item *component) {
    return is_class(component, "MeasureDimension") || is_true(component, "isMeasureDimension") ||
           bkt_item_kind(bkt_component_code_list(component)) == BKT_ITEM_CONCEPT_SCHEME;
}

/* FREQ by its id, by a concept role, or (2.0) by an attribute. */
static bool is_frequency(const bkt_item *component) {
    if (bkti_span_equal_caseless(bkti_span_of(bkt_item_id(component)), BKTI_SPAN("FREQ")) ||
        is_true(component, "isFrequencyDimension")) {
        return true;
    }
    for (uint32_t i = 0; i < bkt_item_property_count(component); i++) {
        if (strcmp(bkt_item_property_name_at(component, i), "ConceptRole") == 0) {
            const char *text = bkt_item_property_at(component, i);
            size_t size = text == NULL ? 0 : strlen(text);
            if (size >= 4 && strcmp(text + size - 4, "FREQ") == 0 &&
                (size == 4 || text[size - 5] == '.')) {
                return true;
            }
        }
    }
    return false;
}

/* An observation may lack its value, unless 3.0 says that it must not: the schemas before it do not
 * demand one. */
static bool is_mandatory(const bkt_item *component) {
    const char *usage = bkt_item_property(component, "usage");
    return bkt_item_kind(component) == BKT_ITEM_MEASURE
               ? usage != NULL && strcmp(usage, "mandatory") == 0
               : bkt_component_is_mandatory(component) == 1;
}

static bool may_be_several(const bkt_item *component) {
    const char *most = bkt_component_facet(component, "maxOccurs");
    return most != NULL && strcmp(most, "1") != 0;
}

/* ---- Code lists ---- */

static int32_t kind_of_codes(const bkt_item *list) {
    switch (bkt_item_kind(list)) {
    case BKT_ITEM_CONCEPT_SCHEME:
        return BKT_ITEM_CONCEPT;
    case BKT_ITEM_VALUE_LIST:
        return BKT_ITEM_VALUE;
    default:
        return BKT_ITEM_CODE;
    }
}

static bkt_status copy_codes(bkti_rules *rules, uint32_t index, const bkt_item *list) {
    int32_t kind = kind_of_codes(list);
    uint32_t count = bkt_item_child_count(list, kind);
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        status = bkti_rules_add_code(rules, index, bkt_item_id(bkt_item_child_at(list, kind, i)));
    }
    return status;
}

/* A component that has the same list; -1: none. */
static int64_t find_shared(const maker *making, uint32_t index, const bkt_item *list) {
    for (uint32_t i = 0; i < index; i++) {
        if (making->lists[i] == list && !making->rules->items[i].is_measure_dimension) {
            return i;
        }
    }
    return -1;
}

static bkt_status add_list(maker *making, uint32_t index, const bkt_item *list) {
    bkti_rules *rules = making->rules;
    bkti_text name;
    bkti_text_init(&name, rules->memory);
    bkti_item_append_name(list, &name);
    bkt_status status = name.failed ? bkti_no_memory(making->context)
                                    : bkti_rules_set_code_list(rules, index, bkti_text_get(&name));
    bkti_text_free(&name);
    bkti_rule *rule = &rules->items[index];
    int64_t shared = rule->is_measure_dimension ? -1 : find_shared(making, index, list);
    if (status == BKT_OK && shared >= 0) {
        bkti_dictionary_drop(rule->codes);
        rule->codes = bkti_dictionary_hold(rules->items[shared].codes);
        rule->list_size = rules->items[shared].list_size;
    } else if (status == BKT_OK) {
        status = copy_codes(rules, index, list);
    }
    making->lists[index] = list;
    return status;
}

static void note_missing(maker *making, const bkt_item *component, const char *reference) {
    const char *name = strchr(reference, '='); /* of a URN */
    making->missing_count++;
    bkti_text_append_format(&making->missing, "%s%s (%s)", making->missing_count == 1 ? "" : ", ",
                            bkt_item_id(component), name == NULL ? reference : name + 1);
}

static bkt_status add_values(maker *making, uint32_t index, const bkt_item *component) {
    const bkt_item *list = bkt_component_code_list(component);
    const char *reference = bkt_component_code_list_reference(component);
    void *lists = making->lists;
    if (!bkti_grow(making->rules->memory, &lists, &making->list_room, (size_t)index + 1,
                   sizeof *making->lists)) {
        return bkti_no_memory(making->context);
    }
    making->lists = lists;
    making->lists[index] = NULL;
    if (bkt_item_child_count(list, kind_of_codes(list)) > 0) {
        return add_list(making, index, list);
    }
    if (reference != NULL) {
        note_missing(making, component, reference);
    }
    return BKT_OK;
}

/* Once, for all components. */
static bkt_status tell_missing(maker *making, uint32_t flags) {
    if (making->missing_count == 0) {
        return BKT_OK;
    }
    if (making->missing.failed) {
        return bkti_no_memory(making->context);
    }
    static const char *const format = "of %s no structure given has the codes of %s: they are not "
                                      "checked";
    bkti_place place = {.source = bkt_item_source(making->data_structure),
                        .line = bkt_item_line(making->data_structure)};
    const char *which = bkti_text_get(&making->missing);
    if ((flags & BKT_VALIDATE_STRICT) != 0) {
        return bkti_fail(making->context, BKT_ERR_STRUCTURE, &place,
                         "of %s no structure given has the codes of %s", making->rules->structure,
                         which);
    }
    bkti_tell(making->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place, format,
              making->rules->structure, which);
    return BKT_OK;
}

/* ---- Components ---- */

static bkt_status add_facets(bkti_rules *rules, uint32_t index, const bkt_item *component) {
    bkt_status status = BKT_OK;
    for (int facet = 0; facet <= BKTI_FACET_COUNT && status == BKT_OK; facet++) {
        const char *name = facet == BKTI_FACET_COUNT ? "isSequence" : bkti_facet_name(facet);
        const char *value = bkt_component_facet(component, name);
        status = value == NULL ? BKT_OK : bkti_rules_set_facet(rules, index, name, value);
    }
    return status;
}

/* Of its own, or those of its concept's type. */
static bkt_status add_sentinels(bkti_rules *rules, uint32_t index, const bkt_item *component) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0;
         i < bkt_item_child_count(component, BKT_ITEM_SENTINEL_VALUE) && status == BKT_OK; i++) {
        const bkt_item *each = bkt_item_child_at(component, BKT_ITEM_SENTINEL_VALUE, i);
        status = bkti_rules_add_sentinel(rules, index, bkt_item_id(each));
    }
    const bkt_item *concept_item = bkt_component_concept(component);
    bool is_inherited = concept_item != NULL && bkt_item_property(component, "textType") == NULL;
    return status == BKT_OK && is_inherited ? add_sentinels(rules, index, concept_item) : status;
}

/* An attribute of some dimensions is one of the group of all rows that have the same of them. */
static void add_group(bkti_rules *rules, uint32_t index, const bkt_item *component) {
    bkti_rule *rule = &rules->items[index];
    uint32_t count = bkt_component_dimension_count(component);
    bool is_partial =
        rule->level == BKT_LEVEL_SERIES && count > 0 && count < rules->dimension_count;
    if (rule->level != BKT_LEVEL_GROUP && !is_partial) {
        return;
    }
    rule->level = BKT_LEVEL_GROUP;
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *dimension = bkt_component_dimension_at(component, i);
        int64_t found = dimension == NULL ? -1 : bkti_rules_find(rules, bkt_item_id(dimension));
        if (found >= 0) {
            bkti_rules_add_group_dimension(rules, index, (uint32_t)found);
        }
    }
}

static bool has_frequency(const bkti_rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->items[i].frequency) {
            return true;
        }
    }
    return false;
}

static bkt_status add_component(maker *making, const bkt_item *component) {
    bkti_rules *rules = making->rules;
    uint32_t index;
    bool is_frequent = !has_frequency(rules) && is_frequency(component);
    bkt_status status = bkti_rules_add(rules, bkt_item_id(component), bkt_component_role(component),
                                       bkt_component_level(component), is_mandatory(component),
                                       bkt_component_type(component), &index);
    if (status != BKT_OK) {
        return status;
    }
    bkti_rule *rule = &rules->items[index];
    rule->frequency = is_frequent && rule->role == BKT_ROLE_DIMENSION;
    rule->several = may_be_several(component);
    rule->is_measure_dimension =
        rule->role == BKT_ROLE_DIMENSION && is_measure_dimension(component);
    status = add_values(making, index, component);
    status = status == BKT_OK ? add_facets(rules, index, component) : status;
    status = status == BKT_OK ? add_sentinels(rules, index, component) : status;
    if (status == BKT_OK && rule->role == BKT_ROLE_ATTRIBUTE) {
        add_group(rules, index, component);
    }
    return status;
}

/* In cross-sectional data the measure's own id stands in the place of a code. */
static bkt_status add_cross_sectional(bkti_rules *rules, const bkt_item *measure) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < rules->count && status == BKT_OK; i++) {
        if (rules->items[i].is_measure_dimension && rules->items[i].codes != NULL) {
            status = bkti_rules_add_other_code(rules, i, bkt_item_id(measure));
        }
    }
    return status;
}

static bkt_status add_components(maker *making, int32_t kind) {
    uint32_t count = bkt_item_child_count(making->data_structure, kind);
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        const bkt_item *component = bkt_item_child_at(making->data_structure, kind, i);
        status = is_cross_sectional(component) ? add_cross_sectional(making->rules, component)
                                               : add_component(making, component);
    }
    return status;
}

static bkt_status fill(maker *making, const bkti_dataflow *dataflow, uint32_t flags) {
    static const int32_t kinds[] = {BKT_ITEM_DIMENSION, BKT_ITEM_MEASURE, BKT_ITEM_ATTRIBUTE};
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && status == BKT_OK; i++) {
        status = add_components(making, kinds[i]);
    }
    status = status == BKT_OK ? tell_missing(making, flags) : status;
    if (status == BKT_OK && (flags & BKT_VALIDATE_NO_CONSTRAINTS) == 0) {
        status = bkti_rules_add_constraints(making->rules, making->data_structure, dataflow, flags);
    }
    return status;
}

bkt_status bkti_structure_rules_new(bkt_context *context, const bkt_item *data_structure,
                                    const bkti_dataflow *dataflow, uint32_t flags,
                                    bkti_rules **out_rules) {
    bkti_memory *memory = bkti_context_memory(context);
    maker making = {.context = context, .data_structure = data_structure};
    bkti_text name;
    *out_rules = NULL;
    bkti_text_init(&making.missing, memory);
    bkti_text_init(&name, memory);
    bkti_item_append_name(data_structure, &name);
    making.rules = name.failed ? NULL : bkti_rules_new(context, bkti_text_get(&name));
    bkti_text_free(&name);
    bkt_status status =
        making.rules == NULL ? bkti_no_memory(context) : fill(&making, dataflow, flags);
    bkti_text_free(&making.missing);
    bkti_release(memory, making.lists);
    if (status != BKT_OK) {
        bkti_rules_free(making.rules);
        return status;
    }
    *out_rules = making.rules;
    return BKT_OK;
}
