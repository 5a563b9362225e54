/* SPDX-License-Identifier: MIT */
/* Constraints: each code knows, as bits, the regions that it may lie in; a row lies in those whose
 * bit all its codes have. */
#include <string.h>

#include "bkti_validator.h"

/* What a row is by a constraint: the component that no included region admits beside the others
 * (the rules' count: none, but an excluded region has the row), or -1: it is allowed. */
typedef struct verdict {
    int64_t component;
    bool is_wrong;
} verdict;

static bool any_of(const uint64_t *bits, const uint64_t *mask, size_t words, bool included) {
    uint64_t found = 0;
    for (size_t w = 0; w < words; w++) {
        found |= bits[w] & (included ? mask[w] : ~mask[w]);
    }
    return found != 0;
}

/* Excluded regions that say something of a component which has no value here: the row lies in none
 * of them. */
static void leave_excluded(const bkti_constraint *constraint, uint32_t rule, uint64_t *bits) {
    for (size_t r = 0; r < constraint->region_count; r++) {
        const bkti_region *region = &constraint->regions[r];
        for (size_t m = 0; m < region->member_count && !region->included; m++) {
            if (region->members[m].rule == rule) {
                bits[r / 64] &= ~(UINT64_C(1) << (r % 64));
            }
        }
    }
}

/* Ones for as many regions as there are. */
static void set_all(const bkti_constraint *constraint, uint64_t *bits, size_t words) {
    memset(bits, 0xff, words * sizeof *bits);
    if (constraint->region_count % 64 != 0) {
        bits[words - 1] = (UINT64_C(1) << (constraint->region_count % 64)) - 1;
    }
}

/* The bits of one row; offset is where the constraint's words begin. */
static verdict judge_row(const bkti_validator *validator, const bkti_constraint *constraint,
                         size_t offset, int64_t row) {
    size_t words = (constraint->region_count + 63) / 64;
    uint64_t *bits = validator->admitted;
    verdict result = {(int64_t)validator->rules->count, false};
    const uint64_t *mask = validator->included + offset;
    set_all(constraint, bits, words);
    bool needs_one = any_of(bits, mask, words, true);
    for (size_t i = 0; i < validator->rules->count; i++) {
        const bkti_judged *judged = &validator->items[i];
        if (!judged->in_constraint) {
            continue;
        }
        if (judged->codes == NULL || judged->codes[row] < 0) {
            leave_excluded(constraint, (uint32_t)i, bits);
            continue; /* what is missing is told elsewhere */
        }
        const uint64_t *own =
            judged->regions + (size_t)judged->codes[row] * validator->region_words + offset;
        for (size_t w = 0; w < words; w++) {
            bits[w] &= own[w];
        }
        if (needs_one && !result.is_wrong && !any_of(bits, mask, words, true)) {
            result.component = (int64_t)i;
            result.is_wrong = true;
        }
    }
    result.is_wrong = result.is_wrong || any_of(bits, mask, words, false);
    return result;
}

static bkt_status report(bkti_validator *validator, const bkti_constraint *constraint,
                         verdict found, int64_t row, int32_t *index) {
    bkti_text expected;
    bkti_text_init(&expected, validator->memory);
    const bkti_judged *judged = (size_t)found.component < validator->rules->count
                                    ? &validator->items[found.component]
                                    : NULL;
    bkti_text_append_format(&expected, judged == NULL ? "not what %s excludes" : "allowed by %s",
                            constraint->name);
    bkt_status status = expected.failed ? bkti_no_memory(validator->context) : BKT_OK;
    if (status == BKT_OK) {
        status = bkti_validator_report(
            validator, BKTI_FINDING_CONSTRAINT_VIOLATED, row, judged == NULL ? NULL : judged->id,
            judged == NULL ? NULL : bkt_column_text_at(judged->column, row),
            bkti_text_get(&expected), 0, index);
    }
    bkti_text_free(&expected);
    return status;
}

/* Whether the constraint says anything of what differs within a series. */
static bool differs_within(const bkti_validator *validator, const bkti_constraint *constraint) {
    for (size_t r = 0; r < constraint->region_count; r++) {
        for (size_t m = 0; m < constraint->regions[r].member_count; m++) {
            uint32_t rule = constraint->regions[r].members[m].rule;
            if (validator->rules->items[rule].role != BKT_ROLE_DIMENSION) {
                return true;
            }
        }
    }
    return false;
}

/* One finding a series. */
bkt_status bkti_validator_check_constraints(bkti_validator *validator, int64_t first, int64_t end) {
    size_t offset = 0;
    bkt_status status = BKT_OK;
    for (size_t c = 0; c < validator->rules->constraint_count && status == BKT_OK; c++) {
        const bkti_constraint *constraint = &validator->rules->constraints[c];
        int64_t step = differs_within(validator, constraint) ? 1 : end - first;
        int32_t index = BKTI_NOT_YET;
        for (int64_t row = first; row < end && status == BKT_OK; row += step) {
            verdict found = judge_row(validator, constraint, offset, row);
            if (!found.is_wrong) {
                continue;
            }
            if (index == BKTI_NOT_YET) {
                status = report(validator, constraint, found, row, &index);
            }
            bkti_findings_add_rows(&validator->findings, BKTI_FINDING_CONSTRAINT_VIOLATED, index,
                                   step);
        }
        offset += (constraint->region_count + 63) / 64;
    }
    return status;
}
