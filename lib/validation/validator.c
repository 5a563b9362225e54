/* SPDX-License-Identifier: MIT */
/* The validator that callers have: data sets with the rules of what they say they are of. */
#include <stdio.h>
#include <string.h>

#include <bktrade/validation.h>

#include "bkti_structure.h"
#include "bkti_structure_rules.h"
#include "bkti_validator.h"

#define KNOWN_FLAGS (BKT_VALIDATE_ACTUAL | BKT_VALIDATE_NO_CONSTRAINTS | BKT_VALIDATE_STRICT)
#define MOST_KEPT   1000

static const bkt_validation_options DEFAULTS = {
    .struct_size = sizeof(bkt_validation_options),
    .finding_limit = MOST_KEPT,
};

/* Rules that were made, for other data sets of the same. */
typedef struct made_rules {
    const bkt_item *data_structure;
    const bkt_item *dataflow;
    char *dataflow_name;
    bkti_rules *rules;
} made_rules;

/* What a data set is said to be. */
typedef struct dataset_texts {
    char *structure;
    char *dataflow;
    char *action;
    char *name;
} dataset_texts;

struct bkt_validator {
    bkt_context *context;
    bkti_memory *memory;
    bkt_structure *structure;
    uint32_t flags;
    char *wanted; /* by the options; NULL */
    char *dataflow;
    bkti_validator checking;
    made_rules *made;
    size_t made_count;
    size_t made_capacity;
    dataset_texts given;
    bool is_begun;  /* a data set */
    bool is_chosen; /* its rules */
    char *source;   /* of the data set before */
    uint32_t dataset_number;
    uint64_t row_count;
    bkt_status failed;
};

bkt_status bkt_validation_options_init(bkt_validation_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

/* ---- Beginning and end ---- */

static bool copy(bkti_memory *memory, const char *text, char **out_copy) {
    bkti_release(memory, *out_copy);
    *out_copy = text == NULL ? NULL : bkti_copy_text(memory, text, strlen(text));
    return text == NULL || *out_copy != NULL;
}

static void forget_dataset(bkt_validator *validator) {
    char **const texts[] = {&validator->given.structure, &validator->given.dataflow,
                            &validator->given.action, &validator->given.name};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bkti_release(validator->memory, *texts[i]);
        *texts[i] = NULL;
    }
    validator->is_begun = false;
    validator->is_chosen = false;
}

/* Of the options: whether there is such a structure at all. */
static bkt_status check_wanted(const bkt_validator *validator) {
    if (bkt_structure_item_count(validator->structure, BKT_ITEM_DATA_STRUCTURE) == 0) {
        return bkti_fail(validator->context, BKT_ERR_STRUCTURE, NULL,
                         "the structure given has no data structure definition");
    }
    if (validator->wanted != NULL &&
        bkt_structure_find_data_structure(validator->structure, validator->wanted) == NULL) {
        return bkti_fail(validator->context, BKT_ERR_STRUCTURE, NULL,
                         "the structure given has no data structure definition '%.200s', or "
                         "several",
                         validator->wanted);
    }
    return BKT_OK;
}

static bkt_status set_up(bkt_validator *validator, const bkt_validation_options *options) {
    validator->flags = options->flags;
    int64_t limit = options->finding_limit == 0 ? MOST_KEPT : options->finding_limit;
    if (!copy(validator->memory, options->structure, &validator->wanted) ||
        !copy(validator->memory, options->dataflow, &validator->dataflow)) {
        return bkti_no_memory(validator->context);
    }
    bkt_status status = check_wanted(validator);
    return status == BKT_OK
               ? bkti_validator_open(&validator->checking, validator->context, NULL, limit)
               : status;
}

bkt_status bkt_validator_new(bkt_context *context, const bkt_structure *structure,
                             const bkt_validation_options *options, bkt_validator **out_validator) {
    if (out_validator != NULL) {
        *out_validator = NULL;
    }
    if (context == NULL || structure == NULL || out_validator == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "context, structure and out_validator must not be NULL");
    }
    bkt_validation_options own = DEFAULTS;
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    status = status == BKT_OK
                 ? bkti_flags_check(context, "bkt_validation_options", own.flags, KNOWN_FLAGS)
                 : status;
    if (status == BKT_OK && own.reserved != 0) {
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "reserved of bkt_validation_options must be 0");
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_validator *validator = bkti_allocate_zeroed(memory, 1, sizeof *validator);
    if (validator == NULL) {
        return bkti_no_memory(context);
    }
    validator->context = context;
    validator->memory = memory;
    validator->structure = bkti_structure_hold(structure);
    status = set_up(validator, &own);
    if (status != BKT_OK) {
        bkt_validator_free(validator);
        return status;
    }
    *out_validator = validator;
    return BKT_OK;
}

void bkt_validator_free(bkt_validator *validator) {
    if (validator == NULL) {
        return;
    }
    bkti_memory *memory = validator->memory;
    forget_dataset(validator);
    bkti_validator_close(&validator->checking);
    for (size_t i = 0; i < validator->made_count; i++) {
        bkti_rules_free(validator->made[i].rules);
        bkti_release(memory, validator->made[i].dataflow_name);
    }
    bkti_release(memory, validator->made);
    bkti_release(memory, validator->wanted);
    bkti_release(memory, validator->dataflow);
    bkti_release(memory, validator->source);
    bkti_structure_drop(validator->structure);
    bkti_release(memory, validator);
}

/* ---- Which rules ---- */

/* What is said first counts. */
static const char *first_text(const char *a, const char *b, const char *c) {
    const char *text = a != NULL && a[0] != '\0' ? a : b;
    text = text != NULL && text[0] != '\0' ? text : c;
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static bkt_status fail_choice(bkt_validator *validator, const char *name) {
    bkti_text list;
    bkti_text_init(&list, validator->memory);
    uint32_t count = bkt_structure_item_count(validator->structure, BKT_ITEM_DATA_STRUCTURE);
    for (uint32_t i = 0; i < count; i++) {
        bkti_text_append_text(&list, i == 0 ? "" : ", ");
        bkti_item_append_name(
            bkt_structure_item_at(validator->structure, BKT_ITEM_DATA_STRUCTURE, i), &list);
    }
    bkt_status status = bkti_fail(
        validator->context, BKT_ERR_STRUCTURE, NULL,
        "the data set says it is of '%.200s', which is none (or several) of the data structure "
        "definitions given: %.1000s",
        name == NULL ? "" : name, bkti_text_get(&list));
    bkti_text_free(&list);
    return status;
}

static const bkt_item *choose_structure(const bkt_validator *validator, const char *name,
                                        const char *dataflow) {
    const bkt_item *found = NULL;
    if (validator->wanted != NULL) {
        return bkt_structure_find_data_structure(validator->structure, validator->wanted);
    }
    if (name != NULL) {
        found = bkt_structure_find_data_structure(validator->structure, name);
    }
    if (found == NULL && dataflow != NULL) {
        found = bkt_structure_find_data_structure(validator->structure, dataflow);
    }
    return found != NULL ? found : bkt_structure_find_data_structure(validator->structure, NULL);
}

static bool is_of(const bkt_item *dataflow, const bkt_item *data_structure) {
    return bkt_item_reference(dataflow, "Structure") == data_structure;
}

/* The only dataflow that there is of a definition; NULL. */
static const bkt_item *only_dataflow(const bkt_structure *structure,
                                     const bkt_item *data_structure) {
    const bkt_item *only = NULL;
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_DATAFLOW);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *each = bkt_structure_item_at(structure, BKT_ITEM_DATAFLOW, i);
        if (is_of(each, data_structure)) {
            if (only != NULL) {
                return NULL;
            }
            only = each;
        }
    }
    return only;
}

static const bkt_item *choose_dataflow(const bkt_validator *validator, const char *name,
                                       const bkt_item *data_structure) {
    const bkt_structure *structure = validator->structure;
    const char *asked = name != NULL ? name : validator->wanted;
    const bkt_item *found =
        asked == NULL ? NULL : bkt_structure_find(structure, BKT_ITEM_DATAFLOW, asked);
    if (name == NULL && !is_of(found, data_structure)) {
        return only_dataflow(structure, data_structure);
    }
    return found;
}

static bool is_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bkt_status make_rules(bkt_validator *validator, const bkt_item *data_structure,
                             const bkti_dataflow *dataflow, const bkti_rules **out_rules) {
    for (size_t i = 0; i < validator->made_count; i++) {
        const made_rules *each = &validator->made[i];
        if (each->data_structure == data_structure && each->dataflow == dataflow->item &&
            is_same(each->dataflow_name, dataflow->name)) {
            *out_rules = each->rules;
            return BKT_OK;
        }
    }
    void *items = validator->made;
    bool room = bkti_grow(validator->memory, &items, &validator->made_capacity,
                          validator->made_count + 1, sizeof *validator->made);
    validator->made = items;
    made_rules added = {.data_structure = data_structure, .dataflow = dataflow->item};
    if (!room || !copy(validator->memory, dataflow->name, &added.dataflow_name)) {
        return bkti_no_memory(validator->context);
    }
    bkt_status status = bkti_structure_rules_new(validator->context, data_structure, dataflow,
                                                 validator->flags, &added.rules);
    if (status != BKT_OK) {
        bkti_release(validator->memory, added.dataflow_name);
        return status;
    }
    validator->made[validator->made_count++] = added;
    *out_rules = added.rules;
    return BKT_OK;
}

/* ---- Data sets ---- */

bkt_status bkt_validator_begin_dataset(bkt_validator *validator,
                                       const bkt_dataset_options *options) {
    if (validator == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (validator->failed != BKT_OK) {
        return bkti_fail(validator->context, BKT_ERR_STATE, NULL,
                         "the validator failed before (%s)", bkt_status_text(validator->failed));
    }
    bkt_dataset_options own = {.struct_size = sizeof own};
    bkt_status status =
        bkti_options_take(validator->context, options, &own, sizeof own, sizeof own);
    status = status == BKT_OK
                 ? bkti_flags_check(validator->context, "bkt_dataset_options", own.flags, 0)
                 : status;
    if (status != BKT_OK) {
        return status;
    }
    forget_dataset(validator);
    validator->is_begun = copy(validator->memory, own.structure, &validator->given.structure) &&
                          copy(validator->memory, own.dataflow, &validator->given.dataflow) &&
                          copy(validator->memory, own.action, &validator->given.action);
    if (!validator->is_begun) {
        forget_dataset(validator);
        return validator->failed = bkti_no_memory(validator->context);
    }
    return BKT_OK;
}

static int wholeness_of(const char *action) {
    bkti_span text = bkti_span_of(action == NULL ? "" : action);
    return bkti_span_equal_caseless(text, BKTI_SPAN("Delete"))  ? BKTI_DELETION
           : bkti_span_equal_caseless(text, BKTI_SPAN("Merge")) ? BKTI_UPDATE
                                                                : BKTI_WHOLE;
}

/* Data sets are counted in each source. */
static bool count_dataset(bkt_validator *validator, const char *source) {
    validator->dataset_number =
        is_same(source, validator->source) ? validator->dataset_number + 1 : 1;
    return copy(validator->memory, source, &validator->source);
}

/* With the first batch it is known what the data set is of. */
static bkt_status choose(bkt_validator *validator, const bkt_table *batch) {
    const dataset_texts *given = &validator->given;
    const char *structure =
        first_text(given->structure, bkt_table_property(batch, "structure"), NULL);
    const char *named = first_text(given->dataflow, bkt_table_property(batch, "dataflow"), NULL);
    const char *action = first_text(given->action, bkt_table_property(batch, "action"), NULL);
    const bkt_item *data_structure = choose_structure(validator, structure, named);
    if (data_structure == NULL) {
        return fail_choice(validator, structure != NULL ? structure : named);
    }
    bkti_dataflow dataflow = {.name = first_text(validator->dataflow, named, NULL)};
    dataflow.item = choose_dataflow(validator, dataflow.name, data_structure);
    const bkti_rules *rules = NULL;
    bkt_status status = make_rules(validator, data_structure, &dataflow, &rules);
    if (status != BKT_OK) {
        return status;
    }
    const char *source = bkt_table_property(batch, "source");
    if (!count_dataset(validator, source)) {
        return bkti_no_memory(validator->context);
    }
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)validator->dataset_number);
    bkti_validator_use(&validator->checking, rules);
    return bkti_validator_begin(&validator->checking, source, number, given->structure,
                                wholeness_of(action));
}

bkt_status bkt_validator_add(bkt_validator *validator, const bkt_table *batch) {
    if (validator == NULL || batch == NULL) {
        return validator == NULL ? BKT_ERR_ARGUMENT
                                 : bkti_fail(validator->context, BKT_ERR_ARGUMENT, NULL,
                                             "batch must not be NULL");
    }
    bkt_status status = validator->is_begun ? BKT_OK : bkt_validator_begin_dataset(validator, NULL);
    if (status != BKT_OK) {
        return status;
    }
    if (!validator->is_chosen) {
        status = choose(validator, batch);
        validator->is_chosen = status == BKT_OK;
    }
    status = status == BKT_OK ? bkti_validator_add(&validator->checking, batch) : status;
    if (status != BKT_OK) {
        validator->failed = status;
        forget_dataset(validator);
        return status;
    }
    validator->row_count += (uint64_t)bkt_table_row_count(batch);
    return BKT_OK;
}

bkt_status bkt_validator_add_warnings(bkt_validator *validator, const bkt_context *context) {
    if (validator == NULL || context == NULL) {
        return validator == NULL ? BKT_ERR_ARGUMENT
                                 : bkti_fail(validator->context, BKT_ERR_ARGUMENT, NULL,
                                             "context must not be NULL");
    }
    return bkti_findings_add_warnings(&validator->checking.findings, context);
}

/* ---- Results ---- */

uint64_t bkt_validator_row_count(const bkt_validator *validator) {
    return validator == NULL ? 0 : validator->row_count;
}

uint64_t bkt_validator_finding_count(const bkt_validator *validator, int32_t severity) {
    uint64_t count = 0;
    for (int kind = 0; validator != NULL && kind < BKTI_FINDING_KIND_COUNT; kind++) {
        if (severity == 0 || bkti_finding_kinds[kind].severity == severity) {
            count += (uint64_t)validator->checking.findings.found[kind];
        }
    }
    return count;
}

bkt_status bkt_validator_findings(const bkt_validator *validator, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (validator == NULL || out_table == NULL) {
        return validator == NULL ? BKT_ERR_ARGUMENT
                                 : bkti_fail(validator->context, BKT_ERR_ARGUMENT, NULL,
                                             "out_table must not be NULL");
    }
    return bkti_findings_table(&validator->checking.findings, out_table);
}

bkt_status bkt_validator_summary(const bkt_validator *validator, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (validator == NULL || out_table == NULL) {
        return validator == NULL ? BKT_ERR_ARGUMENT
                                 : bkti_fail(validator->context, BKT_ERR_ARGUMENT, NULL,
                                             "out_table must not be NULL");
    }
    return bkti_findings_summary(&validator->checking.findings, out_table);
}
