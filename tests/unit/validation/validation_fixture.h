/* SPDX-License-Identifier: MIT */
/* A small structure, and findings as lines of text. */
#ifndef VALIDATION_FIXTURE_H
#define VALIDATION_FIXTURE_H

#include "bkti_validator.h"
#include "finding_cell.h"
#include "table_of_lines.h"

/* Components of the small structure, in its order. */
enum { FREQ, REF_AREA, PRODUCT, TIME_PERIOD, OBS_VALUE, UNIT, OBS_STATUS, TITLE, PUBLISHER, NOTES };

static inline bkt_status add_codes(bkti_rules *rules, uint32_t index, const char *list,
                                   const char *const *codes, size_t count) {
    bkt_status status = bkti_rules_set_code_list(rules, index, list);
    for (size_t i = 0; i < count && status == BKT_OK; i++) {
        status = bkti_rules_add_code(rules, index, codes[i]);
    }
    return status;
}

static inline bkt_status fill_rules(bkti_rules *rules) {
    static const struct {
        const char *id;
        int32_t role;
        int32_t level;
        bool mandatory;
        const char *type;
    } COMPONENTS[] = {
        {"FREQ", BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, true, NULL},
        {"REF_AREA", BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, true, NULL},
        {"PRODUCT", BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, true, "String"},
        {"TIME_PERIOD", BKT_ROLE_TIME, BKT_LEVEL_NONE, true, "ObservationalTimePeriod"},
        {"OBS_VALUE", BKT_ROLE_MEASURE, BKT_LEVEL_NONE, false, "Double"},
        {"UNIT", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_SERIES, true, NULL},
        {"OBS_STATUS", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_OBSERVATION, false, NULL},
        {"TITLE", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_GROUP, false, "String"},
        {"PUBLISHER", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_DATASET, true, "String"},
        {"NOTES", BKT_ROLE_ATTRIBUTE, BKT_LEVEL_OBSERVATION, false, "Alpha"},
    };
    static const char *const FREQUENCIES[] = {"A", "Q", "M"};
    static const char *const AREAS[] = {"BLR", "KAZ", "RUS", "W00"};
    static const char *const UNITS[] = {"USD", "EUR"};
    static const char *const STATUSES[] = {"A", "E"};
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < sizeof COMPONENTS / sizeof COMPONENTS[0] && status == BKT_OK; i++) {
        uint32_t index;
        status = bkti_rules_add(rules, COMPONENTS[i].id, COMPONENTS[i].role, COMPONENTS[i].level,
                                COMPONENTS[i].mandatory, COMPONENTS[i].type, &index);
    }
    status = status == BKT_OK ? add_codes(rules, FREQ, "T:CL_FREQ(1.0)", FREQUENCIES, 3) : status;
    status = status == BKT_OK ? add_codes(rules, REF_AREA, "T:CL_AREA(1.0)", AREAS, 4) : status;
    status = status == BKT_OK ? add_codes(rules, UNIT, "T:CL_UNIT(1.0)", UNITS, 2) : status;
    status =
        status == BKT_OK ? add_codes(rules, OBS_STATUS, "T:CL_STATUS(1.0)", STATUSES, 2) : status;
    status = status == BKT_OK ? bkti_rules_set_facet(rules, PRODUCT, "pattern", "[0-9]{2}|TOTAL")
                              : status;
    status = status == BKT_OK ? bkti_rules_set_facet(rules, TITLE, "maxLength", "12") : status;
    if (status == BKT_OK) {
        bkti_rules_add_group_dimension(rules, TITLE, REF_AREA);
        rules->items[NOTES].several = true;
    }
    return status;
}

static inline bkti_rules *make_rules(bkt_context *context) {
    bkti_rules *rules = bkti_rules_new(context, "T:TRADE(1.0)");
    ck_assert_ptr_nonnull(rules);
    ck_assert_int_eq(fill_rules(rules), BKT_OK);
    return rules;
}

/* Findings: a line each, "kind|row|key|period|component|value|expected|rows". */
static inline void check_findings(const bkti_validator *validator, const char *expected) {
    static const char *const IDS[] = {"KIND",      "ROW",   "SERIES_KEY", "PERIOD",
                                      "COMPONENT", "VALUE", "EXPECTED",   "ROWS"};
    bkt_table *table = NULL;
    ck_assert_int_eq(bkti_findings_table(&validator->findings, &table), BKT_OK);
    bkti_text text;
    bkti_text_init(&text, validator->memory);
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
            append_cell(&text, table, IDS[i], row);
        }
        bkti_text_append_text(&text, "\n");
    }
    ck_assert_str_eq(bkti_text_get(&text), expected);
    bkti_text_free(&text);
    bkt_table_free(table);
}

/* Checks lines as one data set against the rules. */
static inline void check_lines(bkt_context *context, const bkti_rules *rules, const char *lines,
                               const char *expected) {
    bkti_validator validator;
    bkt_table *table = make_table(context, NULL, lines);
    ck_assert_int_eq(bkti_validator_open(&validator, context, rules, 1000), BKT_OK);
    ck_assert_int_eq(bkti_validator_begin(&validator, "lines", NULL, NULL, BKTI_WHOLE), BKT_OK);
    ck_assert_int_eq(bkti_validator_add(&validator, table), BKT_OK);
    check_findings(&validator, expected);
    bkti_validator_close(&validator);
    bkt_table_free(table);
}

#endif
