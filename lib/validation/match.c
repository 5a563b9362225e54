/* SPDX-License-Identifier: MIT */
/* Which column is which component, and what is wrong with its codes: each is judged once. */
#include <math.h>
#include <string.h>

#include "bkti_validator.h"

static bool ends_with_text(const char *id, const char *whole) {
    size_t size = strlen(id);
    return strncmp(whole, id, size) == 0 && strcmp(whole + size, "_TEXT") == 0;
}

/* Columns that the library adds itself. */
static bool is_own(const bkti_validator *validator, const bkt_column *column) {
    if (bkt_column_role(column) == BKT_ROLE_PROVENANCE) {
        return true;
    }
    for (size_t i = 0; i < validator->rules->count; i++) {
        const bkti_rule *rule = &validator->rules->items[i];
        if (rule->role == BKT_ROLE_MEASURE && ends_with_text(rule->id, bkt_column_id(column))) {
            return true;
        }
    }
    return ends_with_text("OBS_VALUE", bkt_column_id(column));
}

static bkt_status add_unknown(bkti_validator *validator, const bkt_column *column) {
    void *items = validator->items;
    const char *id = bkt_column_id(column);
    char *copy = bkti_copy_text(validator->memory, id, strlen(id));
    if (copy == NULL || !bkti_grow(validator->memory, &items, &validator->capacity,
                                   validator->count + 1, sizeof *validator->items)) {
        bkti_release(validator->memory, copy);
        return bkti_no_memory(validator->context);
    }
    validator->items = items;
    bkti_judged *judged = &validator->items[validator->count++];
    memset(judged, 0, sizeof *judged);
    judged->id = copy;
    judged->is_own = is_own(validator, column);
    judged->absent = BKTI_NOT_YET;
    if (judged->is_own) {
        return BKT_OK;
    }
    if (bkt_column_role(column) == BKT_ROLE_DIMENSION && !bkt_column_role_assumed(column)) {
        validator->key_is_known = false;
    }
    int32_t index;
    bkt_status status =
        bkti_validator_report(validator, BKTI_FINDING_UNKNOWN_COMPONENT, -1, copy, NULL,
                              validator->rules->structure, validator->batch_rows, &index);
    return status;
}

/* Columns mostly stand where they stood. */
static bkti_judged *find(bkti_validator *validator, size_t hint, const char *id) {
    if (hint < validator->count && strcmp(validator->items[hint].id, id) == 0) {
        return &validator->items[hint];
    }
    for (size_t i = 0; i < validator->count; i++) {
        if (strcmp(validator->items[i].id, id) == 0) {
            return &validator->items[i];
        }
    }
    return NULL;
}

static bool has_exactly(const bkt_table *batch, const char *id) {
    const char *found = bkt_column_id(bkt_table_column_find(batch, id));
    return found != NULL && strcmp(found, id) == 0;
}

/* The component that a column of another name is: messages do not always say the time dimension's
 * name nor the primary measure's, and never (in 2.0) that of the dimension which cross-sectional
 * measures make up. */
static bkti_judged *find_renamed(bkti_validator *validator, const bkt_table *batch,
                                 const bkt_column *column) {
    int32_t role = bkt_column_role(column);
    const char *id = bkt_column_id(column);
    bkti_judged *found = NULL;
    for (size_t i = 0; i < validator->rules->count; i++) {
        bkti_judged *judged = &validator->items[i];
        bool is_it = role == BKT_ROLE_MEASURE ? strcmp(id, "OBS_VALUE") == 0
                     : role == BKT_ROLE_TIME
                         ? true
                         : judged->rule->is_measure_dimension && strcmp(id, "MEASURE") == 0;
        if (!is_it || judged->rule->role != role) {
            continue;
        }
        if (found != NULL) {
            return NULL; /* one of several measures */
        }
        found = judged;
    }
    return found == NULL || has_exactly(batch, found->id) ? NULL : found;
}

/* Which tables of the reader always have, with or without values. */
static bool is_empty_measure(const bkt_column *column) {
    return bkt_column_role(column) == BKT_ROLE_MEASURE &&
           bkt_column_null_count(column) == bkt_column_row_count(column) &&
           strcmp(bkt_column_id(column), "OBS_VALUE") == 0;
}

/* A list's values are joined by "; " in one text; each is judged by itself. */
static int judge_list(const bkti_rule *rule, const char *text);

static int judge_one(const bkti_rule *rule, bkti_span text) {
    if (rule->role == BKT_ROLE_TIME) {
        int32_t frequency;
        int64_t ordinal;
        if (bkt_period_parse(text.data, text.size, &frequency, &ordinal) != BKT_OK) {
            return BKTI_FINDING_PERIOD_IMPOSSIBLE;
        }
    }
    if (rule->codes != NULL) {
        return bkti_dictionary_find(rule->codes, text) < 0 ? BKTI_FINDING_UNKNOWN_CODE : -1;
    }
    if (rule->type->accepts != NULL && !rule->type->accepts(text)) {
        return BKTI_FINDING_WRONG_TYPE;
    }
    int facet;
    return bkti_facets_break(rule, text, &facet) != NULL ? BKTI_FINDING_FACET_BROKEN : -1;
}

static int judge_list(const bkti_rule *rule, const char *text) {
    char part[256];
    for (;;) {
        const char *end = strstr(text, "; ");
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        if (size >= sizeof part) {
            return judge_one(rule, bkti_span_of(text));
        }
        memcpy(part, text, size);
        part[size] = '\0';
        int kind = judge_one(rule, (bkti_span){part, size});
        if (kind >= 0 || end == NULL) {
            return kind;
        }
        text = end + 2;
    }
}

static int judge(const bkti_rule *rule, const char *text) {
    return rule->several ? judge_list(rule, text) : judge_one(rule, bkti_span_of(text));
}

/* Which frequencies a period may have under a code of FREQ, as bits. Source: SDMX code list
 * CL_FREQ 2.1 and its older forms, where H is half-yearly. */
static uint16_t lengths_of_code(const char *code) {
    static const struct {
        char letter;
        uint16_t lengths;
    } LENGTHS[] = {
        {'A', 1U << BKT_FREQUENCY_YEAR},
        {'S', 1U << BKT_FREQUENCY_SEMESTER},
        {'H', 1U << BKT_FREQUENCY_SEMESTER | 1U << BKT_FREQUENCY_DATE_TIME},
        {'T', 1U << BKT_FREQUENCY_TRIMESTER},
        {'Q', 1U << BKT_FREQUENCY_QUARTER},
        {'M', 1U << BKT_FREQUENCY_MONTH},
        {'W', 1U << BKT_FREQUENCY_WEEK},
        {'D', 1U << BKT_FREQUENCY_DAY},
        {'B', 1U << BKT_FREQUENCY_DAY},
        {'I', 1U << BKT_FREQUENCY_DATE_TIME},
        {'N', 1U << BKT_FREQUENCY_DATE_TIME},
    };
    /* Multiples, "A2", "M_2", are told by a period of the unit or by a range. */
    const char *rest = code[0] == '\0' ? code : code + 1;
    rest += *rest == '_' ? 1 : 0;
    rest += strspn(rest, "0123456789");
    for (size_t i = 0; *rest == '\0' && i < sizeof LENGTHS / sizeof LENGTHS[0]; i++) {
        if (LENGTHS[i].letter == code[0]) {
            /* A range says its length itself; what is no period is told elsewhere. */
            return (uint16_t)(LENGTHS[i].lengths | 1U << BKT_FREQUENCY_RANGE |
                              1U << BKT_FREQUENCY_NONE);
        }
    }
    return UINT16_MAX;
}

static bool grow(bkti_validator *validator, void **array, size_t *room, size_t needed,
                 size_t size) {
    return bkti_grow(validator->memory, array, room, needed, size);
}

static bool make_room(bkti_validator *validator, bkti_judged *judged, int32_t count) {
    size_t needed = (size_t)count;
    void *verdicts = judged->verdicts;
    void *places = judged->places;
    void *same = judged->same;
    void *lengths = judged->lengths;
    void *regions = judged->regions;
    bool is_time = judged->rule->role == BKT_ROLE_TIME;
    bool done = grow(validator, &verdicts, &judged->verdict_room, needed, sizeof(uint8_t)) &&
                grow(validator, &places, &judged->place_room, needed, sizeof(int32_t)) &&
                (!is_time || grow(validator, &same, &judged->same_room, needed, sizeof(int32_t))) &&
                ((!is_time && !judged->rule->frequency) ||
                 grow(validator, &lengths, &judged->length_room, needed, sizeof(uint16_t))) &&
                (!judged->in_constraint || grow(validator, &regions, &judged->region_room, needed,
                                                validator->region_words * sizeof(uint64_t)));
    judged->verdicts = verdicts;
    judged->places = places;
    judged->same = same;
    judged->lengths = lengths;
    judged->regions = regions;
    return done;
}

static bkt_status judge_period(bkti_validator *validator, bkti_judged *judged, int32_t code,
                               const char *text) {
    char form[48];
    bkti_span spelling = bkti_span_of(text);
    int32_t frequency = BKT_FREQUENCY_NONE;
    int64_t ordinal;
    /* "2012-Q1" and "2012Q1" are one; a range's length stands in its text alone. */
    if (bkt_period_parse(text, spelling.size, &frequency, &ordinal) == BKT_OK &&
        frequency != BKT_FREQUENCY_RANGE &&
        bkt_period_format(frequency, ordinal, form, sizeof form, &spelling.size) == BKT_OK) {
        spelling.data = form;
    }
    judged->lengths[code] = (uint16_t)(1U << frequency);
    judged->same[code] = bkti_dictionary_add(validator->periods, spelling);
    return judged->same[code] < 0 ? bkti_no_memory(validator->context) : BKT_OK;
}

/* Which regions of all constraints the code lies in, as far as this component goes. */
static void judge_regions(bkti_validator *validator, bkti_judged *judged, int32_t code,
                          const char *text) {
    uint64_t *words = judged->regions + (size_t)code * validator->region_words;
    uint32_t rule = (uint32_t)(judged->rule - validator->rules->items);
    memset(words, 0xff, validator->region_words * sizeof *words);
    for (size_t c = 0; c < validator->rules->constraint_count; c++) {
        const bkti_constraint *constraint = &validator->rules->constraints[c];
        for (size_t r = 0; r < constraint->region_count; r++) {
            const bkti_region *region = &constraint->regions[r];
            for (size_t m = 0; m < region->member_count; m++) {
                if (region->members[m].rule == rule &&
                    !bkti_member_has(&region->members[m], bkti_span_of(text))) {
                    words[r / 64] &= ~(UINT64_C(1) << (r % 64));
                }
            }
        }
        words += (constraint->region_count + 63) / 64;
    }
}

/* The codes of the dictionary that are the code list's own are right without a look. */
static int32_t known_codes(const bkti_judged *judged) {
    const char *list = bkt_column_code_list(judged->column);
    const bkti_rule *rule = judged->rule;
    return rule->codes != NULL && list != NULL && strcmp(list, rule->code_list) == 0
               ? rule->list_size
               : 0;
}

static bkt_status judge_codes(bkti_validator *validator, bkti_judged *judged) {
    int32_t count = bkt_column_dictionary_count(judged->column);
    if (judged->judged >= count) {
        return BKT_OK;
    }
    if (!make_room(validator, judged, count)) {
        return bkti_no_memory(validator->context);
    }
    int32_t known = known_codes(judged);
    if (judged->judged == 0) {
        judged->common_lengths = UINT16_MAX;
    }
    bkt_status status = BKT_OK;
    for (int32_t code = judged->judged; code < count && status == BKT_OK; code++) {
        const char *text = bkt_column_dictionary_text(judged->column, code);
        int kind = code < known ? -1 : judge(judged->rule, text);
        judged->verdicts[code] = (uint8_t)(kind + 1);
        judged->places[code] = BKTI_NOT_YET;
        judged->bad_count += kind >= 0 ? 1 : 0;
        if (judged->rule->role == BKT_ROLE_TIME) {
            status = judge_period(validator, judged, code, text);
        } else if (judged->rule->frequency) {
            judged->lengths[code] = lengths_of_code(text);
        }
        if (judged->lengths != NULL && status == BKT_OK) {
            judged->all_lengths |= judged->lengths[code];
            judged->common_lengths &= judged->lengths[code];
        }
        if (judged->in_constraint) {
            judge_regions(validator, judged, code, text);
        }
        judged->judged = code + 1;
    }
    return status;
}

bkt_status bkti_validator_match(bkti_validator *validator, const bkt_table *batch) {
    for (size_t i = 0; i < validator->count; i++) {
        validator->items[i].column = NULL;
        validator->items[i].codes = NULL;
        validator->items[i].null_count = validator->batch_rows;
    }
    bkt_status status = BKT_OK;
    uint32_t column_count = bkt_table_column_count(batch);
    for (uint32_t i = 0; i < column_count && status == BKT_OK; i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        bkti_judged *judged = find(validator, i, bkt_column_id(column));
        judged = judged == NULL ? find_renamed(validator, batch, column) : judged;
        if (judged == NULL && is_empty_measure(column)) {
            continue;
        }
        if (judged == NULL) {
            status = add_unknown(validator, column);
            judged = status == BKT_OK ? &validator->items[validator->count - 1] : NULL;
        }
        if (judged == NULL) {
            break;
        }
        judged->column = column;
        if (judged->rule == NULL) {
            continue;
        }
        judged->codes = bkt_column_codes_view(column);
        judged->null_count = bkt_column_null_count(column);
        if (judged->codes != NULL) {
            status = judge_codes(validator, judged);
        }
    }
    return status;
}
