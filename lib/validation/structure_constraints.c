/* SPDX-License-Identifier: MIT */
/* Constraints that are attached to a data structure definition or to the dataflow of the data, as
 * rules. Sources: SDMX-ML 2.1 and 3.0, SDMXStructureConstraint.xsd. */
#include "bkti_structure_rules.h"

#include <string.h>

#include <bktrade/validation.h>

static bool is_text(const char *text, const char *wanted) {
    return text != NULL && strcmp(text, wanted) == 0;
}

static bool is_false(const char *text) {
    return is_text(text, "false") || is_text(text, "0");
}

/* ---- Which constraints ---- */

/* Whether a reference to a dataflow, also to one that no message has, means this one. */
static bool means(const bkti_dataflow *dataflow, const bkt_item *found, const char *reference) {
    if (found != NULL) {
        return found == dataflow->item;
    }
    const char *name = reference == NULL ? NULL : strchr(reference, '=');
    return name != NULL && dataflow->name != NULL && strcmp(name + 1, dataflow->name) == 0;
}

static bool is_attached(const bkt_item *constraint, const bkt_item *data_structure,
                        const bkti_dataflow *dataflow) {
    for (uint32_t i = 0; i < bkt_item_property_count(constraint); i++) {
        const char *name = bkt_item_property_name_at(constraint, i);
        const bkt_item *found = bkt_item_property_item_at(constraint, i);
        if ((is_text(name, "DataStructure") && found == data_structure) ||
            (is_text(name, "Dataflow") &&
             means(dataflow, found, bkt_item_property_at(constraint, i)))) {
            return true;
        }
    }
    return false;
}

/* 2.1 takes "Actual" where nothing is said. */
static bool says_what_is_allowed(const bkt_item *constraint) {
    return is_text(bkt_item_property(constraint, "role"), "Allowed") ||
           is_text(bkt_item_property(constraint, "type"), "Allowed");
}

/* Of several versions the newest counts. */
static bool is_newest(const bkt_item *constraint, bkti_text *name) {
    bkti_text_clear(name);
    const char *agency = bkt_item_agency(constraint);
    bkti_text_append_format(name, "%s%s%s", agency == NULL ? "" : agency, agency == NULL ? "" : ":",
                            bkt_item_id(constraint));
    const bkt_item *newest = bkt_structure_find(bkt_item_structure(constraint), BKT_ITEM_CONSTRAINT,
                                                bkti_text_get(name));
    return newest == NULL || newest == constraint;
}

/* ---- What a region says of a component ---- */

/* The first and last day of a period; false: it is none. */
static bool days_of(const char *text, int32_t *first, int32_t *last) {
    int32_t frequency;
    int64_t ordinal;
    return bkt_period_parse(text, strlen(text), &frequency, &ordinal) == BKT_OK &&
           bkt_period_start_day(frequency, ordinal, first) == BKT_OK &&
           bkt_period_last_day(frequency, ordinal, last) == BKT_OK;
}

enum { RANGE_NONE, RANGE_RIGHT, RANGE_WRONG };

/* The range of time that a member is, both days in it. */
static int read_range(const bkt_item *member, int32_t *first_day, int32_t *last_day) {
    int result = RANGE_NONE;
    *first_day = INT32_MIN;
    *last_day = INT32_MAX;
    for (uint32_t i = 0; i < bkt_item_property_count(member); i++) {
        const char *name = bkt_item_property_name_at(member, i);
        bool is_start = is_text(name, "StartPeriod") || is_text(name, "AfterPeriod");
        bool is_end = is_text(name, "EndPeriod") || is_text(name, "BeforePeriod");
        if (!is_start && !is_end) {
            continue;
        }
        int32_t first;
        int32_t last;
        if (!days_of(bkt_item_property_at(member, i), &first, &last)) {
            return RANGE_WRONG;
        }
        bool is_inclusive = !is_false(bkt_item_property_qualifier_at(member, i));
        if (is_start) {
            *first_day = is_inclusive ? first : last + 1;
        } else {
            *last_day = is_inclusive ? last : first - 1;
        }
        result = RANGE_RIGHT;
    }
    return result;
}

static bool has_values(const bkt_item *member) {
    return bkt_item_property(member, "Value") != NULL;
}

/* Whether the member is one that can be checked; -1 if not. */
static int64_t rule_of(const bkti_rules *rules, const bkt_item *member) {
    int32_t first;
    int32_t last;
    bool is_understood = has_values(member) || read_range(member, &first, &last) == RANGE_RIGHT;
    return is_understood ? bkti_rules_find(rules, bkt_item_id(member)) : -1;
}

/* With removePrefix data have the codes as the lists have them that a code list extends, without
 * the prefix that they get in it. */
static bkt_status add_without_prefix(bkti_rules *rules, uint32_t index, const bkt_item *list,
                                     const char *code) {
    bkt_status status = BKT_OK;
    uint32_t count = bkt_item_child_count(list, BKT_ITEM_CODE_LIST_EXTENSION);
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        const bkt_item *extension = bkt_item_child_at(list, BKT_ITEM_CODE_LIST_EXTENSION, i);
        const char *prefix = bkt_item_property(extension, "prefix");
        size_t size = prefix == NULL ? 0 : strlen(prefix);
        if (size == 0 || strncmp(code, prefix, size) != 0 || code[size] == '\0') {
            continue;
        }
        status = bkti_rules_add_member_value(rules, code + size);
        if (status == BKT_OK && rules->items[index].codes != NULL &&
            strchr(code + size, '%') == NULL) {
            status = bkti_rules_add_other_code(rules, index, code + size);
        }
    }
    return status;
}

typedef struct member_place {
    bkti_rules *rules;
    uint32_t index;
    const bkt_item *list; /* NULL */
    bool removes_prefix;
} member_place;

static bkt_status add_value(const member_place *place, const char *value) {
    bkt_status status = bkti_rules_add_member_value(place->rules, value);
    return status == BKT_OK && place->removes_prefix
               ? add_without_prefix(place->rules, place->index, place->list, value)
               : status;
}

static bool is_below(const bkt_item *code, const char *ancestor) {
    const bkt_item *parent = bkt_item_reference(code, "Parent");
    while (parent != NULL && strcmp(bkt_item_id(parent), ancestor) != 0) {
        parent = bkt_item_reference(parent, "Parent");
    }
    return parent != NULL;
}

/* The codes below a code, at any depth. */
static bkt_status add_descendants(const member_place *place, const char *value) {
    uint32_t count = bkt_item_child_count(place->list, BKT_ITEM_CODE);
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        const bkt_item *code = bkt_item_child_at(place->list, BKT_ITEM_CODE, i);
        if (is_below(code, value)) {
            status = add_value(place, bkt_item_id(code));
        }
    }
    return status;
}

static bkt_status add_values(const member_place *place, const bkt_item *member) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < bkt_item_property_count(member) && status == BKT_OK; i++) {
        if (!is_text(bkt_item_property_name_at(member, i), "Value")) {
            continue;
        }
        const char *value = bkt_item_property_at(member, i);
        const char *cascade = bkt_item_property_qualifier_at(member, i);
        bool without_root = is_text(cascade, "excluderoot");
        if (!without_root) {
            status = add_value(place, value);
        }
        if (status == BKT_OK &&
            (without_root || is_text(cascade, "true") || is_text(cascade, "1"))) {
            status = add_descendants(place, value);
        }
    }
    return status;
}

static bkt_status add_member(bkti_rules *rules, const bkt_item *data_structure,
                             const bkt_item *member) {
    int64_t found = rule_of(rules, member);
    if (found < 0) {
        return BKT_OK;
    }
    bkt_status status = bkti_rules_add_member(rules, (uint32_t)found,
                                              !is_false(bkt_item_property(member, "include")));
    if (status != BKT_OK) {
        return status;
    }
    if (!has_values(member)) {
        int32_t first;
        int32_t last;
        read_range(member, &first, &last);
        bkti_rules_set_member_days(rules, first, last);
        return BKT_OK;
    }
    const char *removes = bkt_item_property(member, "removePrefix");
    member_place place = {rules, (uint32_t)found,
                          bkt_component_code_list(bkt_item_child_find(data_structure, BKT_ITEM_ANY,
                                                                      bkt_item_id(member))),
                          is_text(removes, "true") || is_text(removes, "1")};
    return add_values(&place, member);
}

/* ---- Regions ---- */

typedef struct region_count {
    uint32_t all;
    uint32_t checkable;
} region_count;

static region_count count_members(const bkti_rules *rules, const bkt_item *region) {
    region_count count = {bkt_item_child_count(region, BKT_ITEM_KEY_VALUE), 0};
    for (uint32_t i = 0; i < count.all; i++) {
        count.checkable +=
            rule_of(rules, bkt_item_child_at(region, BKT_ITEM_KEY_VALUE, i)) >= 0 ? 1 : 0;
    }
    return count;
}

/* A region or a key. What is left out of an included one makes it larger; an excluded one is left
 * out whole then. */
static bkt_status add_region(bkti_rules *rules, const bkt_item *data_structure,
                             const bkt_item *region, bool is_included) {
    region_count count = count_members(rules, region);
    if (count.checkable < count.all) {
        bkti_place place = {.source = bkt_item_source(region), .line = bkt_item_line(region)};
        bkti_tell(rules->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place,
                  "a region of a constraint names components or values that can't be checked; %s",
                  is_included ? "the others are" : "the region is left out");
    }
    if (!is_included && (count.all == 0 || count.checkable < count.all)) {
        return BKT_OK;
    }
    bkt_status status = bkti_rules_add_region(rules, is_included);
    for (uint32_t i = 0; i < count.all && status == BKT_OK; i++) {
        status =
            add_member(rules, data_structure, bkt_item_child_at(region, BKT_ITEM_KEY_VALUE, i));
    }
    return status;
}

static bkt_status add_key_set(bkti_rules *rules, const bkt_item *data_structure,
                              const bkt_item *set) {
    bool is_included = !is_false(bkt_item_property(set, "isIncluded"));
    uint32_t count = bkt_item_child_count(set, BKT_ITEM_KEY);
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        status =
            add_region(rules, data_structure, bkt_item_child_at(set, BKT_ITEM_KEY, i), is_included);
    }
    return status;
}

static bkt_status add_constraint(bkti_rules *rules, const bkt_item *data_structure,
                                 const bkt_item *constraint, bkti_text *name) {
    bkti_text_clear(name);
    bkti_item_append_name(constraint, name);
    bkt_status status = name->failed ? bkti_no_memory(rules->context)
                                     : bkti_rules_add_constraint(rules, bkti_text_get(name));
    uint32_t count = bkt_item_child_count(constraint, BKT_ITEM_CUBE_REGION);
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        const bkt_item *region = bkt_item_child_at(constraint, BKT_ITEM_CUBE_REGION, i);
        status = add_region(rules, data_structure, region,
                            !is_false(bkt_item_property(region, "include")));
    }
    count = bkt_item_child_count(constraint, BKT_ITEM_KEY_SET);
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        status =
            add_key_set(rules, data_structure, bkt_item_child_at(constraint, BKT_ITEM_KEY_SET, i));
    }
    return status;
}

bkt_status bkti_rules_add_constraints(bkti_rules *rules, const bkt_item *data_structure,
                                      const bkti_dataflow *dataflow, uint32_t flags) {
    const bkt_structure *structure = bkt_item_structure(data_structure);
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_CONSTRAINT);
    bkti_text name;
    bkti_text_init(&name, rules->memory);
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        const bkt_item *constraint = bkt_structure_item_at(structure, BKT_ITEM_CONSTRAINT, i);
        bool counts = says_what_is_allowed(constraint) || (flags & BKT_VALIDATE_ACTUAL) != 0;
        bool is_wanted = counts && is_attached(constraint, data_structure, dataflow) &&
                         is_newest(constraint, &name);
        if (name.failed) {
            status = bkti_no_memory(rules->context);
        } else if (is_wanted) {
            status = add_constraint(rules, data_structure, constraint, &name);
        }
    }
    bkti_text_free(&name);
    return status;
}
