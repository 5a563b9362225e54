/* SPDX-License-Identifier: MIT */
#include "bkti_rules.h"

#include <string.h>

#define MOST_DIMENSIONS 64 /* bits of a group */

bkti_rules *bkti_rules_new(bkt_context *context, const char *structure) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_rules *rules = bkti_allocate_zeroed(memory, 1, sizeof *rules);
    if (rules == NULL) {
        return NULL;
    }
    rules->context = context;
    rules->memory = memory;
    if (structure != NULL) {
        rules->structure = bkti_copy_text(memory, structure, strlen(structure));
        if (rules->structure == NULL) {
            bkti_rules_free(rules);
            return NULL;
        }
    }
    return rules;
}

static void free_rule(bkti_memory *memory, bkti_rule *rule) {
    for (int facet = 0; facet < BKTI_FACET_COUNT; facet++) {
        bkti_release(memory, rule->facets.texts[facet]);
    }
    bkti_pattern_free(rule->facets.pattern);
    bkti_dictionary_drop(rule->facets.sentinels);
    bkti_dictionary_drop(rule->codes);
    bkti_release(memory, rule->code_list);
    bkti_release(memory, rule->id);
}

static void free_constraint(bkti_memory *memory, bkti_constraint *constraint) {
    for (size_t i = 0; i < constraint->region_count; i++) {
        bkti_region *region = &constraint->regions[i];
        for (size_t j = 0; j < region->member_count; j++) {
            bkti_dictionary_drop(region->members[j].values);
        }
        bkti_release(memory, region->members);
    }
    bkti_release(memory, constraint->regions);
    bkti_release(memory, constraint->name);
}

void bkti_rules_free(bkti_rules *rules) {
    if (rules == NULL) {
        return;
    }
    for (size_t i = 0; i < rules->count; i++) {
        free_rule(rules->memory, &rules->items[i]);
    }
    for (size_t i = 0; i < rules->constraint_count; i++) {
        free_constraint(rules->memory, &rules->constraints[i]);
    }
    bkti_release(rules->memory, rules->constraints);
    bkti_release(rules->memory, rules->items);
    bkti_release(rules->memory, rules->structure);
    bkti_release(rules->memory, rules);
}

/* Room for one item more, zeroed. */
static void *add_item(bkti_memory *memory, void **array, size_t *count, size_t *capacity,
                      size_t item_size) {
    if (!bkti_grow(memory, array, capacity, *count + 1, item_size)) {
        return NULL;
    }
    char *item = (char *)*array + *count * item_size;
    memset(item, 0, item_size);
    (*count)++;
    return item;
}

bkt_status bkti_rules_add(bkti_rules *rules, const char *id, int32_t role, int32_t level,
                          bool mandatory, const char *type, uint32_t *out_index) {
    bool counted = role == BKT_ROLE_DIMENSION;
    if (counted && rules->dimension_count == MOST_DIMENSIONS) {
        return bkti_fail(rules->context, BKT_ERR_LIMIT, NULL,
                         "a structure with more than %d dimensions can't be checked",
                         MOST_DIMENSIONS);
    }
    char *copy = bkti_copy_text(rules->memory, id, strlen(id));
    void *items = rules->items;
    bkti_rule *rule = copy == NULL ? NULL
                                   : add_item(rules->memory, &items, &rules->count,
                                              &rules->capacity, sizeof *rule);
    rules->items = items;
    if (rule == NULL) {
        bkti_release(rules->memory, copy);
        return bkti_no_memory(rules->context);
    }
    rule->id = copy;
    rule->role = role;
    rule->level = level;
    rule->mandatory = mandatory;
    rule->type = bkti_text_type_find(type);
    rule->frequency = counted && strcmp(id, "FREQ") == 0;
    rules->dimension_count += counted ? 1 : 0;
    *out_index = (uint32_t)(rules->count - 1);
    return BKT_OK;
}

bkt_status bkti_rules_set_code_list(bkti_rules *rules, uint32_t index, const char *name) {
    bkti_rule *rule = &rules->items[index];
    rule->code_list = bkti_copy_text(rules->memory, name, strlen(name));
    rule->codes = bkti_dictionary_new(rules->memory);
    return rule->code_list == NULL || rule->codes == NULL ? bkti_no_memory(rules->context) : BKT_OK;
}

bkt_status bkti_rules_add_code(bkti_rules *rules, uint32_t index, const char *code) {
    bkt_status status = bkti_rules_add_other_code(rules, index, code);
    rules->items[index].list_size = bkti_dictionary_count(rules->items[index].codes);
    return status;
}

bkt_status bkti_rules_add_other_code(bkti_rules *rules, uint32_t index, const char *code) {
    return bkti_dictionary_add(rules->items[index].codes, bkti_span_of(code)) < 0
               ? bkti_no_memory(rules->context)
               : BKT_OK;
}

void bkti_rules_add_group_dimension(bkti_rules *rules, uint32_t index, uint32_t dimension) {
    uint64_t place = 0;
    for (uint32_t i = 0; i < dimension; i++) {
        place += rules->items[i].role == BKT_ROLE_DIMENSION ? 1 : 0;
    }
    if (rules->items[dimension].role == BKT_ROLE_DIMENSION) {
        rules->items[index].group |= UINT64_C(1) << place;
    }
}

bkt_status bkti_rules_add_constraint(bkti_rules *rules, const char *name) {
    char *copy = bkti_copy_text(rules->memory, name, strlen(name));
    void *items = rules->constraints;
    bkti_constraint *constraint = copy == NULL
                                      ? NULL
                                      : add_item(rules->memory, &items, &rules->constraint_count,
                                                 &rules->constraint_capacity, sizeof *constraint);
    rules->constraints = items;
    if (constraint == NULL) {
        bkti_release(rules->memory, copy);
        return bkti_no_memory(rules->context);
    }
    constraint->name = copy;
    return BKT_OK;
}

bkt_status bkti_rules_add_region(bkti_rules *rules, bool included) {
    bkti_constraint *constraint = &rules->constraints[rules->constraint_count - 1];
    void *items = constraint->regions;
    bkti_region *region = add_item(rules->memory, &items, &constraint->region_count,
                                   &constraint->region_capacity, sizeof *region);
    constraint->regions = items;
    if (region == NULL) {
        return bkti_no_memory(rules->context);
    }
    region->included = included;
    return BKT_OK;
}

static bkti_region *newest_region(bkti_rules *rules) {
    bkti_constraint *constraint = &rules->constraints[rules->constraint_count - 1];
    return &constraint->regions[constraint->region_count - 1];
}

bkt_status bkti_rules_add_member(bkti_rules *rules, uint32_t index, bool included) {
    bkti_region *region = newest_region(rules);
    bkti_dictionary *values = bkti_dictionary_new(rules->memory);
    void *items = region->members;
    bkti_member *member = values == NULL ? NULL
                                         : add_item(rules->memory, &items, &region->member_count,
                                                    &region->member_capacity, sizeof *member);
    region->members = items;
    if (member == NULL) {
        bkti_dictionary_drop(values);
        return bkti_no_memory(rules->context);
    }
    member->rule = index;
    member->included = included;
    member->values = values;
    return BKT_OK;
}

bkt_status bkti_rules_add_member_value(bkti_rules *rules, const char *value) {
    bkti_region *region = newest_region(rules);
    bkti_member *member = &region->members[region->member_count - 1];
    member->has_wildcards = member->has_wildcards || strchr(value, '%') != NULL;
    return bkti_dictionary_add(member->values, bkti_span_of(value)) < 0
               ? bkti_no_memory(rules->context)
               : BKT_OK;
}

void bkti_rules_set_member_days(bkti_rules *rules, int32_t first_day, int32_t last_day) {
    bkti_region *region = newest_region(rules);
    bkti_member *member = &region->members[region->member_count - 1];
    bkti_dictionary_drop(member->values);
    member->values = NULL;
    member->first_day = first_day;
    member->last_day = last_day;
}

int64_t bkti_rules_find(const bkti_rules *rules, const char *id) {
    for (size_t i = 0; i < rules->count; i++) {
        if (strcmp(rules->items[i].id, id) == 0) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* "%" stands for any text, also for none. */
static bool matches_wildcards(bkti_span wanted, bkti_span text) {
    size_t at = 0;     /* in wanted */
    size_t marked = 0; /* behind the last "%"; 0: there was none */
    size_t retried = 0;
    for (size_t i = 0; i < text.size;) {
        if (at < wanted.size && wanted.data[at] == '%') {
            marked = ++at;
            retried = i;
        } else if (at < wanted.size && wanted.data[at] == text.data[i]) {
            at++;
            i++;
        } else if (marked > 0) {
            at = marked;
            i = ++retried;
        } else {
            return false;
        }
    }
    while (at < wanted.size && wanted.data[at] == '%') {
        at++;
    }
    return at == wanted.size;
}

static bool has_value(const bkti_member *member, bkti_span value) {
    if (bkti_dictionary_find(member->values, value) >= 0) {
        return true;
    }
    int32_t count = member->has_wildcards ? bkti_dictionary_count(member->values) : 0;
    for (int32_t i = 0; i < count; i++) {
        if (matches_wildcards(bkti_dictionary_span(member->values, i), value)) {
            return true;
        }
    }
    return false;
}

bool bkti_member_has(const bkti_member *member, bkti_span value) {
    bool has;
    if (member->values != NULL) {
        has = has_value(member, value);
    } else {
        int32_t frequency;
        int64_t ordinal;
        int32_t first;
        int32_t last;
        has = bkt_period_parse(value.data, value.size, &frequency, &ordinal) == BKT_OK &&
              bkt_period_start_day(frequency, ordinal, &first) == BKT_OK &&
              bkt_period_last_day(frequency, ordinal, &last) == BKT_OK &&
              first >= member->first_day && last <= member->last_day;
    }
    return has == member->included;
}
