/* SPDX-License-Identifier: MIT */
/* Values that are wrong wherever they stand. Rows are looked at only in columns that have one. */
#include <math.h>
#include <string.h>

#include "bkti_number.h"
#include "bkti_validator.h"

/* The first time that a wrong code stands in a row. */
static bkt_status report_code(bkti_validator *validator, bkti_judged *judged, int32_t code,
                              int64_t row) {
    const char *value = bkt_column_dictionary_text(judged->column, code);
    int kind = judged->verdicts[code] - 1;
    bkti_text expected;
    bkti_text_init(&expected, validator->memory);
    bkt_status status =
        bkti_validator_expect(validator, judged->rule, kind, bkti_span_of(value), &expected);
    if (status == BKT_OK) {
        status = bkti_validator_report(validator, kind, row, judged->id, value,
                                       bkti_text_get(&expected), 0, &judged->places[code]);
    }
    bkti_text_free(&expected);
    return status;
}

static bkt_status check_codes(bkti_validator *validator, bkti_judged *judged) {
    for (int64_t row = 0; row < validator->batch_rows; row++) {
        int32_t code = judged->codes[row];
        if (code < 0 || judged->verdicts[code] == 0) {
            continue;
        }
        if (judged->places[code] == BKTI_NOT_YET) {
            bkt_status status = report_code(validator, judged, code, row);
            if (status != BKT_OK) {
                return status;
            }
        }
        bkti_findings_add_rows(&validator->findings, judged->verdicts[code] - 1,
                               judged->places[code], 1);
    }
    return BKT_OK;
}

/* What is wrong with a number; -1: nothing. Without its structure a message does not say that it is
 * a code. */
static int judge_number(const bkti_rule *rule, double number, int *out_facet) {
    if (rule->codes != NULL) {
        char text[40];
        size_t size = bkti_number_format(number, text, sizeof text);
        return bkti_dictionary_find(rule->codes, (bkti_span){text, size}) < 0
                   ? BKTI_FINDING_UNKNOWN_CODE
                   : -1;
    }
    if (!bkti_text_type_accepts_number(rule->type, number)) {
        return BKTI_FINDING_WRONG_TYPE;
    }
    return rule->facets.any && bkti_facets_break_number(rule, number, out_facet) != NULL
               ? BKTI_FINDING_FACET_BROKEN
               : -1;
}

static bkt_status report_number(bkti_validator *validator, const bkti_judged *judged, int64_t row,
                                double number, int kind, int facet) {
    char value[40];
    bkti_number_format(number, value, sizeof value);
    bkti_text expected;
    bkti_text_init(&expected, validator->memory);
    bkt_status status;
    if (kind == BKTI_FINDING_FACET_BROKEN) {
        bkti_text_append_format(&expected, "%s %s", bkti_facet_name(facet),
                                judged->rule->facets.texts[facet]);
        status = expected.failed ? bkti_no_memory(validator->context) : BKT_OK;
    } else {
        status =
            bkti_validator_expect(validator, judged->rule, kind, bkti_span_of(value), &expected);
    }
    int32_t index;
    if (status == BKT_OK) {
        status = bkti_validator_report(validator, kind, row, judged->id, value,
                                       bkti_text_get(&expected), 1, &index);
    }
    bkti_text_free(&expected);
    return status;
}

#define BLOCK 256 /* rows; loops of a fixed count become vector code */

/* Adding and taking this away rounds to a whole number, for sizes below 2^51 (IEEE 754). */
#define ROUNDER 6755399441055744.0

/* What numbers must be at least to be right by the commonest rules; all else is looked at one by
 * one. */
typedef struct number_bounds {
    double least;
    double most;
    double power; /* of ten: it makes whole numbers of them; 0: they may be any */
} number_bounds;

/* False: the rule has something that bounds do not say. */
static bool bounds_of(const bkti_rule *rule, number_bounds *bounds) {
    const bkti_facets *facets = &rule->facets;
    const bool is_whole = rule->type->largest != 0;
    const double decimals = facets->numbers[BKTI_FACET_DECIMALS];
    *bounds = (number_bounds){-INFINITY, INFINITY, is_whole ? 1 : 0};
    if (facets->is_sequence || rule->type->is_exclusive || rule->codes != NULL ||
        (facets->texts[BKTI_FACET_DECIMALS] != NULL && decimals > 10)) {
        return false;
    }
    if (is_whole) {
        bounds->least = -rule->type->largest - 1;
        bounds->most = rule->type->largest;
    } else if (facets->texts[BKTI_FACET_DECIMALS] != NULL) {
        bounds->power = 1;
        for (int i = 0; i < (int)decimals; i++) {
            bounds->power *= 10;
        }
    }
    if (facets->texts[BKTI_FACET_MIN_VALUE] != NULL) {
        bounds->least = fmax(bounds->least, facets->numbers[BKTI_FACET_MIN_VALUE]);
    }
    if (facets->texts[BKTI_FACET_MAX_VALUE] != NULL) {
        bounds->most = fmin(bounds->most, facets->numbers[BKTI_FACET_MAX_VALUE]);
    }
    return true;
}

/* Whether all numbers of a block (NaN: missing) are right for sure. A number has so many decimals
 * if the whole number nearest to it, with the point moved, gives it back: division is rounded as
 * reading is. */
static bool are_right(const double *restrict numbers, const number_bounds *bounds) {
    const double least = bounds->least;
    const double most = bounds->most;
    int wrong = 0;
    for (int i = 0; i < BLOCK; i++) {
        wrong |= (numbers[i] < least) | (numbers[i] > most);
    }
    if (bounds->power != 0) {
        const double power = bounds->power;
        for (int i = 0; i < BLOCK; i++) {
            double moved = numbers[i] * power;
            double back = ((moved + ROUNDER) - ROUNDER) / power;
            wrong |=
                (back < numbers[i]) | (back > numbers[i]) | (moved > 0x1p51) | (moved < -0x1p51);
        }
    }
    return wrong == 0;
}

static bkt_status check_numbers(bkti_validator *validator, const bkti_judged *judged) {
    const bkti_rule *rule = judged->rule;
    const double *numbers = bkt_column_numbers_view(judged->column);
    number_bounds bounds;
    if (numbers == NULL || (!rule->facets.any && rule->type->largest == 0 && rule->codes == NULL)) {
        return BKT_OK;
    }
    bool has_bounds = bounds_of(rule, &bounds);
    bkt_status status = BKT_OK;
    for (int64_t row = 0; row < validator->batch_rows && status == BKT_OK; row++) {
        while (has_bounds && row % BLOCK == 0 && row + BLOCK <= validator->batch_rows &&
               are_right(numbers + row, &bounds)) {
            row += BLOCK;
        }
        if (row == validator->batch_rows) {
            break;
        }
        int facet = 0;
        int kind = isnan(numbers[row]) ? -1 : judge_number(rule, numbers[row], &facet);
        if (kind >= 0) {
            status = report_number(validator, judged, row, numbers[row], kind, facet);
        }
    }
    return status;
}

/* The text of a value that is no number stands in a column of its own. */
static const char *text_of(const bkti_validator *validator, const bkti_judged *judged,
                           int64_t row) {
    const char *id = bkt_column_id(judged->column);
    size_t size = strlen(id);
    for (size_t i = validator->rules->count; i < validator->count; i++) {
        const bkti_judged *other = &validator->items[i];
        if (other->column != NULL && strncmp(other->id, id, size) == 0 &&
            strcmp(other->id + size, "_TEXT") == 0) {
            return bkt_column_text_at(other->column, row);
        }
    }
    return NULL;
}

static bkt_status check_missing_number(bkti_validator *validator, const bkti_judged *judged,
                                       int64_t row, int32_t reason) {
    const char *text = NULL;
    int kind = -1;
    const char *expected = "a number";
    if (reason == BKT_MISSING_NOT_A_NUMBER) {
        text = text_of(validator, judged, row);
        bool is_text = !judged->rule->type->is_number && text != NULL;
        if (is_text && judged->rule->type->accepts == NULL) {
            return BKT_OK; /* a measure of texts */
        }
        kind = BKTI_FINDING_VALUE_NO_NUMBER;
    } else if (judged->rule->mandatory && validator->wholeness == BKTI_WHOLE &&
               (reason == BKT_MISSING_ABSENT || reason == BKT_MISSING_EMPTY)) {
        kind = judged->rule->role == BKT_ROLE_MEASURE ? BKTI_FINDING_MEASURE_MISSING
                                                      : BKTI_FINDING_ATTRIBUTE_MISSING;
        expected = "a value";
    }
    int32_t index;
    return kind < 0
               ? BKT_OK
               : bkti_validator_report(validator, kind, row, judged->id, text, expected, 1, &index);
}

static bkt_status check_reasons(bkti_validator *validator, const bkti_judged *judged) {
    const uint8_t *reasons = bkt_column_reasons_view(judged->column);
    bkt_status status = BKT_OK;
    for (int64_t row = 0; reasons != NULL && row < validator->batch_rows && status == BKT_OK;
         row++) {
        if (reasons[row] != BKT_MISSING_NOT) {
            status = check_missing_number(validator, judged, row, reasons[row]);
        }
    }
    return status;
}

bkt_status bkti_validator_check_values(bkti_validator *validator) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < validator->rules->count && status == BKT_OK; i++) {
        bkti_judged *judged = &validator->items[i];
        if (judged->column == NULL) {
            continue;
        }
        if (judged->codes != NULL) {
            status = judged->bad_count > 0 ? check_codes(validator, judged) : BKT_OK;
            continue;
        }
        status = check_numbers(validator, judged);
        if (status == BKT_OK && judged->null_count > 0) {
            status = check_reasons(validator, judged);
        }
    }
    return status;
}
