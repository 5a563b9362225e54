/* SPDX-License-Identifier: MIT */
/* A finding with its place, its key and what would be right. */
#include <inttypes.h>
#include <stdio.h>

#include "bkti_number.h"
#include "bkti_validator.h"

/* The codes of the dimensions, joined by points as in a query. */
static const char *key_text(const bkti_validator *validator, int64_t row, bkti_text *text) {
    bool first = true;
    for (size_t i = 0; i < validator->rules->count; i++) {
        const bkti_judged *judged = &validator->items[i];
        if (judged->rule->role != BKT_ROLE_DIMENSION) {
            continue;
        }
        const char *code = judged->column == NULL ? NULL : bkt_column_text_at(judged->column, row);
        bkti_text_append_text(text, first ? "" : ".");
        bkti_text_append_text(text, code == NULL ? "" : code);
        first = false;
    }
    return bkti_text_get(text);
}

static const char *provenance_text(const bkt_column *column, int64_t row, const char *otherwise,
                                   char *room, size_t capacity) {
    if (column == NULL) {
        return otherwise;
    }
    double number;
    if (bkt_column_number_at(column, row, &number) == 1) {
        bkti_number_format(number, room, capacity);
        return room;
    }
    const char *text = bkt_column_text_at(column, row);
    return text == NULL ? otherwise : text;
}

static int64_t line_of(const bkt_column *column, int64_t row) {
    double number;
    return bkt_column_number_at(column, row, &number) == 1 && number > 0 ? (int64_t)number : 0;
}

static bkt_status keep(bkti_validator *validator, bkti_finding *finding, int64_t row,
                       const char *const texts[3], bkti_text *key, int32_t *out_index) {
    bkti_findings *findings = &validator->findings;
    bkt_status status = BKT_OK;
    char room[40];
    int64_t place = row < 0 ? 0 : row;
    finding->source = bkti_findings_text(
        findings,
        provenance_text(validator->source_column, place, validator->source, room, sizeof room),
        &status);
    finding->dataset = bkti_findings_text(
        findings,
        provenance_text(validator->dataset_column, place, validator->dataset, room, sizeof room),
        &status);
    finding->component = bkti_findings_text(findings, texts[0], &status);
    finding->value = bkti_findings_text(findings, texts[1], &status);
    finding->expected = bkti_findings_text(findings, texts[2], &status);
    if (row >= 0) {
        finding->line = line_of(validator->line_column, row);
        finding->row = validator->row_count + row + 1;
        finding->series = bkti_findings_text(findings, key_text(validator, row, key), &status);
        const bkti_judged *time = validator->time;
        finding->period = bkti_findings_text(
            findings, time == NULL ? NULL : bkt_column_text_at(time->column, row), &status);
    }
    if (key->failed) {
        return bkti_no_memory(validator->context);
    }
    return status == BKT_OK ? bkti_findings_keep(findings, finding, out_index) : status;
}

bkt_status bkti_validator_report(bkti_validator *validator, int kind, int64_t row,
                                 const char *component, const char *value, const char *expected,
                                 int64_t rows, int32_t *out_index) {
    *out_index = BKTI_NOT_KEPT;
    bkt_status status = BKT_OK;
    if (bkti_findings_count(&validator->findings, kind)) {
        bkti_finding finding = {
            .kind = kind, .series = -1, .period = -1, .source = -1, .dataset = -1};
        const char *const texts[3] = {component, value, expected};
        bkti_text key;
        bkti_text_init(&key, validator->memory);
        status = keep(validator, &finding, row, texts, &key, out_index);
        bkti_text_free(&key);
    }
    if (status == BKT_OK) {
        bkti_findings_add_rows(&validator->findings, kind, *out_index, rows);
    }
    return status;
}

static void expect_code(bkti_validator *validator, const bkti_rule *rule, bkti_span value,
                        bkti_text *text) {
    int32_t nearest = bkti_nearest_code(rule->codes, value, &validator->nearest_budget);
    if (nearest >= 0) {
        bkti_text_append_text(text, bkti_dictionary_text(rule->codes, nearest));
        bkti_text_append_text(text, " of ");
    } else {
        bkti_text_append_text(text, "a code of ");
    }
    bkti_text_append_text(text, rule->code_list);
}

/* The first value of a list that is wrong, or the value itself. */
bkt_status bkti_validator_expect(bkti_validator *validator, const bkti_rule *rule, int kind,
                                 bkti_span value, bkti_text *text) {
    int facet;
    const char *broken;
    switch (kind) {
    case BKTI_FINDING_UNKNOWN_CODE:
        expect_code(validator, rule, value, text);
        break;
    case BKTI_FINDING_WRONG_TYPE:
        bkti_text_append_format(text, "%s: %s", rule->type->name, rule->type->expected);
        break;
    case BKTI_FINDING_PERIOD_IMPOSSIBLE:
        bkti_text_append_text(text, "a period that exists, such as 2012, 2012-Q4, 2012-07 or "
                                    "2015-W53");
        break;
    case BKTI_FINDING_FACET_BROKEN:
        broken = bkti_facets_break(rule, value, &facet);
        if (broken != NULL) {
            bkti_text_append_format(text, "%s %s", broken, rule->facets.texts[facet]);
        }
        break;
    default:
        break;
    }
    return text->failed ? bkti_no_memory(validator->context) : BKT_OK;
}
