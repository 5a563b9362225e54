/* SPDX-License-Identifier: MIT */
#include "bkti_validator.h"

#include <string.h>

/* Codes looked at in all for what a wrong one was meant to be: some seconds at most. */
#define NEAREST_BUDGET ((int64_t)20000000)

static size_t region_words(const bkti_rules *rules) {
    size_t words = 0;
    for (size_t i = 0; i < rules->constraint_count; i++) {
        words += (rules->constraints[i].region_count + 63) / 64;
    }
    return words;
}

static bool is_in_constraint(const bkti_rules *rules, uint32_t rule) {
    for (size_t c = 0; c < rules->constraint_count; c++) {
        for (size_t r = 0; r < rules->constraints[c].region_count; r++) {
            const bkti_region *region = &rules->constraints[c].regions[r];
            for (size_t m = 0; m < region->member_count; m++) {
                if (region->members[m].rule == rule) {
                    return true;
                }
            }
        }
    }
    return false;
}

static void mark_included(bkti_validator *validator) {
    uint64_t *words = validator->included;
    memset(words, 0, (validator->region_words + 1) * sizeof *words);
    for (size_t c = 0; c < validator->rules->constraint_count; c++) {
        const bkti_constraint *constraint = &validator->rules->constraints[c];
        for (size_t r = 0; r < constraint->region_count; r++) {
            uint64_t bit = constraint->regions[r].included ? 1 : 0;
            words[r / 64] |= bit << (r % 64);
        }
        words += (constraint->region_count + 63) / 64;
    }
}

static void end_dataset(bkti_validator *validator) {
    bkti_memory *memory = validator->memory;
    for (size_t i = 0; i < validator->count; i++) {
        bkti_judged *judged = &validator->items[i];
        bkti_release(memory, judged->verdicts);
        bkti_release(memory, judged->places);
        bkti_release(memory, judged->same);
        bkti_release(memory, judged->lengths);
        bkti_release(memory, judged->regions);
        if (judged->rule == NULL) {
            bkti_release(memory, judged->id);
        }
    }
    validator->count = 0;
    bkti_release(memory, validator->source);
    bkti_release(memory, validator->dataset);
    bkti_release(memory, validator->structure);
    validator->source = NULL;
    validator->dataset = NULL;
    validator->structure = NULL;
    bkti_series_set_close(&validator->series);
    bkti_series_set_close(&validator->groups);
    bkti_dictionary_drop(validator->periods);
    validator->periods = NULL;
}

bkt_status bkti_validator_open(bkti_validator *validator, bkt_context *context,
                               const bkti_rules *rules, int64_t limit) {
    memset(validator, 0, sizeof *validator);
    validator->context = context;
    validator->memory = bkti_context_memory(context);
    validator->nearest_budget = NEAREST_BUDGET;
    bkti_validator_use(validator, rules);
    bkt_status status = bkti_findings_open(&validator->findings, context, limit);
    if (status != BKT_OK) {
        bkti_validator_close(validator);
    }
    return status;
}

void bkti_validator_use(bkti_validator *validator, const bkti_rules *rules) {
    if (rules != validator->rules) {
        end_dataset(validator);
    }
    validator->rules = rules;
}

/* Room for a key, a group's key, and the regions of a row. */
static bool make_room(bkti_validator *validator) {
    bkti_memory *memory = validator->memory;
    void *key = validator->key;
    void *admitted = validator->admitted;
    void *included = validator->included;
    size_t words = region_words(validator->rules);
    size_t codes = (size_t)validator->rules->dimension_count * 2 + 1;
    bool done =
        bkti_grow(memory, &key, &validator->key_room, codes, sizeof(int32_t)) &&
        bkti_grow(memory, &admitted, &validator->admitted_room, words + 1, sizeof(uint64_t)) &&
        bkti_grow(memory, &included, &validator->included_room, words + 1, sizeof(uint64_t));
    validator->key = key;
    validator->admitted = admitted;
    validator->included = included;
    validator->region_words = words;
    return done;
}

void bkti_validator_close(bkti_validator *validator) {
    if (validator->memory == NULL) {
        return;
    }
    end_dataset(validator);
    bkti_findings_close(&validator->findings);
    bkti_release(validator->memory, validator->items);
    bkti_release(validator->memory, validator->group_codes);
    bkti_release(validator->memory, validator->series_codes);
    bkti_release(validator->memory, validator->starts);
    bkti_release(validator->memory, validator->within);
    bkti_release(validator->memory, validator->key);
    bkti_release(validator->memory, validator->admitted);
    bkti_release(validator->memory, validator->included);
    memset(validator, 0, sizeof *validator);
}

static bool copy_name(bkti_validator *validator, const char *name, char **out_copy) {
    if (name == NULL) {
        return true;
    }
    *out_copy = bkti_copy_text(validator->memory, name, strlen(name));
    return *out_copy != NULL;
}

bkt_status bkti_validator_begin(bkti_validator *validator, const char *source, const char *name,
                                const char *structure, int wholeness) {
    const bkti_rules *rules = validator->rules;
    end_dataset(validator);
    void *items = validator->items;
    bool room = make_room(validator) && bkti_grow(validator->memory, &items, &validator->capacity,
                                                  rules->count + 1, sizeof *validator->items);
    validator->items = items;
    validator->periods = bkti_dictionary_new(validator->memory);
    if (!room || validator->periods == NULL || !copy_name(validator, source, &validator->source) ||
        !copy_name(validator, name, &validator->dataset) ||
        !copy_name(validator, structure, &validator->structure)) {
        return bkti_no_memory(validator->context);
    }
    for (size_t i = 0; i < rules->count; i++) {
        bkti_judged *judged = &validator->items[i];
        memset(judged, 0, sizeof *judged);
        judged->id = rules->items[i].id;
        judged->rule = &rules->items[i];
        judged->in_constraint = is_in_constraint(rules, (uint32_t)i);
        judged->absent = BKTI_NOT_YET;
        judged->misplaced = BKTI_NOT_YET;
    }
    mark_included(validator);
    validator->series_attributes = 0;
    for (size_t i = 0; i < rules->count; i++) {
        bool is_one =
            rules->items[i].role == BKT_ROLE_ATTRIBUTE && rules->items[i].level == BKT_LEVEL_SERIES;
        validator->series_attributes += is_one ? 1U : 0U;
    }
    validator->count = rules->count;
    validator->wholeness = wholeness;
    validator->key_is_known = true;
    validator->row_count = 0;
    uint32_t width = (uint32_t)rules->dimension_count;
    bkti_series_set_open(&validator->series, validator->context, width);
    bkti_series_set_open(&validator->groups, validator->context, width + 1);
    return BKT_OK;
}

/* If the data have a component of that id, "_" stands behind that of the provenance. */
static const bkt_column *provenance(const bkt_table *batch, const char *id) {
    uint32_t count = bkt_table_column_count(batch);
    size_t size = strlen(id);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        const char *own = bkt_column_id(column);
        if (bkt_column_role(column) == BKT_ROLE_PROVENANCE && strncmp(own, id, size) == 0 &&
            own[size + strspn(own + size, "_")] == '\0') {
            return column;
        }
    }
    return NULL;
}

/* The parts of "AGENCY:ID(VERSION)"; empty where they are left out. */
static void take_apart(const char *reference, bkti_span parts[3]) {
    const char *colon = strchr(reference, ':');
    const char *id = colon == NULL ? reference : colon + 1;
    const char *version = id + strcspn(id, "(");
    parts[0] = (bkti_span){reference, colon == NULL ? 0 : (size_t)(colon - reference)};
    parts[1] = (bkti_span){id, (size_t)(version - id)};
    version += *version == '(' ? 1 : 0;
    parts[2] = (bkti_span){version, strcspn(version, ")")};
}

bool bkti_references_agree(const char *a, const char *b) {
    bkti_span one[3];
    bkti_span other[3];
    take_apart(a, one);
    take_apart(b, other);
    for (size_t i = 0; i < 3; i++) {
        if (one[i].size > 0 && other[i].size > 0 &&
            (one[i].size != other[i].size ||
             memcmp(one[i].data, other[i].data, one[i].size) != 0)) {
            return false;
        }
    }
    return true;
}

static bkt_status check_structure(bkti_validator *validator, const bkt_table *batch) {
    const char *given = validator->structure != NULL ? validator->structure
                                                     : bkt_table_property(batch, "structure");
    const char *wanted = validator->rules->structure;
    if (given == NULL || wanted == NULL || bkti_references_agree(given, wanted)) {
        return BKT_OK;
    }
    int32_t index;
    return bkti_validator_report(validator, BKTI_FINDING_STRUCTURE_MISMATCH, -1, NULL, given,
                                 wanted, validator->batch_rows, &index);
}

static void find_time(bkti_validator *validator) {
    validator->time = NULL;
    validator->frequency = NULL;
    for (size_t i = 0; i < validator->rules->count; i++) {
        bkti_judged *judged = &validator->items[i];
        if (judged->rule->role == BKT_ROLE_TIME) {
            validator->time = judged;
        }
        if (judged->rule->frequency) {
            validator->frequency = judged;
        }
    }
}

bkt_status bkti_validator_add(bkti_validator *validator, const bkt_table *batch) {
    validator->batch_rows = bkt_table_row_count(batch);
    validator->source_column = provenance(batch, "SOURCE");
    validator->dataset_column = provenance(batch, "DATASET");
    validator->line_column = provenance(batch, "LINE");
    bkt_status status = BKT_OK;
    if (validator->row_count == 0) {
        status = check_structure(validator, batch);
    }
    status = status == BKT_OK ? bkti_validator_match(validator, batch) : status;
    find_time(validator);
    status = status == BKT_OK ? bkti_validator_check_levels(validator, batch) : status;
    if (status == BKT_OK && validator->batch_rows > 0) {
        status = bkti_validator_check_values(validator);
        status = status == BKT_OK ? bkti_validator_check_series(validator) : status;
    }
    validator->row_count += validator->batch_rows;
    return status;
}
