/* SPDX-License-Identifier: MIT */
/* Rules and a table made of the bytes: in batches of any size as much is found as in one, and what
 * is told is a sound table. The first line of text is a pattern. Bytes that begin with "<" are a
 * structure message, by which a table is checked. */
#include <string.h>

#include "bkti_validator.h"

#include "sound.h"

enum { COLUMNS = 6, MOST_ROWS = 200, MOST_TEXTS = 12, TEXT_SIZE = 12 };

static const char *const IDS[COLUMNS] = {"FREQ", "AREA", "TIME_PERIOD",
                                         "UNIT", "NOTE", "OBS_VALUE"};
static const int32_t ROLES[COLUMNS] = {BKT_ROLE_DIMENSION, BKT_ROLE_DIMENSION, BKT_ROLE_TIME,
                                       BKT_ROLE_ATTRIBUTE, BKT_ROLE_ATTRIBUTE, BKT_ROLE_MEASURE};
static const char *const TYPES[] = {"String",    "Integer",  "Decimal", "Boolean",
                                    "TimeRange", "Duration", "Month",   "ObservationalTimePeriod"};
static const char *const FACETS[] = {"minLength", "maxLength", "minValue",  "maxValue",
                                     "decimals",  "interval",  "startTime", "endTime"};
static const char *const PERIODS[MOST_TEXTS] = {"2012",     "2012-Q1",  "2012Q1",     "2012-01",
                                                "2012-M01", "2019-W53", "2012-12-31", "x",
                                                "2012-A1",  "2011",     "2012-S1",    "-0001"};

typedef struct sample {
    char texts[COLUMNS][MOST_TEXTS][TEXT_SIZE];
    const char *dictionary[COLUMNS][MOST_TEXTS];
    int32_t codes[COLUMNS][MOST_ROWS];
    double numbers[MOST_ROWS];
    int64_t rows;
} sample;

static void make_texts(fuzz_bytes *bytes, sample *made) {
    for (int column = 0; column < COLUMNS; column++) {
        for (int i = 0; i < MOST_TEXTS; i++) {
            char *text = made->texts[column][i];
            /* Different from each other by the first letter. */
            snprintf(text, TEXT_SIZE, "%c%.*s", column == 0 ? "AQMHSDWBINT?"[i] : 'a' + i,
                     (int)fuzz_number(bytes, 5), "12_; 9");
            made->dictionary[column][i] = column == 2 ? PERIODS[i] : text;
        }
    }
}

static void make_rows(fuzz_bytes *bytes, sample *made) {
    made->rows = 1 + fuzz_number(bytes, MOST_ROWS);
    for (int64_t row = 0; row < made->rows; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            made->codes[column][row] = (int32_t)fuzz_number(bytes, MOST_TEXTS + 1) - 1;
        }
        made->numbers[row] = (double)fuzz_number(bytes, 1000) / 8 - 50;
    }
}

static void add_facets(fuzz_bytes *bytes, bkti_rules *rules, const char *pattern) {
    for (uint32_t i = 0; i < COLUMNS; i++) {
        char value[16];
        snprintf(value, sizeof value, "%u", fuzz_number(bytes, 30) * (i == 2 ? 100 : 1));
        FUZZ_CHECK(bkti_rules_set_facet(rules, i, FACETS[fuzz_number(bytes, 8)], value) == BKT_OK,
                   "a facet");
        rules->items[i].several = fuzz_number(bytes, 2) == 1;
    }
    FUZZ_CHECK(bkti_rules_set_facet(rules, 4, "pattern", pattern) == BKT_OK, "a pattern");
}

static void add_regions(fuzz_bytes *bytes, bkti_rules *rules, const sample *made) {
    uint32_t count = fuzz_number(bytes, 70);
    bkt_status status = bkti_rules_add_constraint(rules, "C");
    for (uint32_t i = 0; i < count && status == BKT_OK; i++) {
        uint32_t column = fuzz_number(bytes, COLUMNS - 1);
        status = bkti_rules_add_region(rules, fuzz_number(bytes, 4) != 0);
        status = status == BKT_OK ? bkti_rules_add_member(rules, column, i % 3 != 0) : status;
        const char *value = made->dictionary[column][fuzz_number(bytes, MOST_TEXTS)];
        status = status == BKT_OK ? bkti_rules_add_member_value(rules, value) : status;
    }
    FUZZ_CHECK(status == BKT_OK, "a constraint");
}

static bkti_rules *make_rules(fuzz_bytes *bytes, bkt_context *context, const sample *made,
                              const char *pattern) {
    bkti_rules *rules = bkti_rules_new(context, "F:F(1.0)");
    FUZZ_CHECK(rules != NULL, "no memory");
    for (uint32_t i = 0; i < COLUMNS; i++) {
        uint32_t index;
        int32_t level = i == 3 ? 1 + (int32_t)fuzz_number(bytes, 4) : BKT_LEVEL_OBSERVATION;
        FUZZ_CHECK(bkti_rules_add(rules, IDS[i], ROLES[i], level, fuzz_number(bytes, 2) == 1,
                                  TYPES[fuzz_number(bytes, 8)], &index) == BKT_OK,
                   "a component");
    }
    bkti_rules_add_group_dimension(rules, 3, fuzz_number(bytes, 2));
    FUZZ_CHECK(bkti_rules_set_code_list(rules, 1, "F:L(1.0)") == BKT_OK, "a code list");
    for (uint32_t i = 0; i < MOST_TEXTS; i++) {
        if (fuzz_number(bytes, 3) != 0) {
            FUZZ_CHECK(bkti_rules_add_code(rules, 1, made->dictionary[1][i]) == BKT_OK, "a code");
        }
    }
    add_facets(bytes, rules, pattern);
    add_regions(bytes, rules, made);
    return rules;
}

static bkt_table *make_batch(bkt_context *context, const sample *made, int64_t first,
                             int64_t count) {
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_table_builder_new(context, &builder);
    for (int column = 0; column < COLUMNS - 1 && status == BKT_OK; column++) {
        status = bkt_table_builder_add_codes(builder, IDS[column], ROLES[column],
                                             made->codes[column] + first, count,
                                             made->dictionary[column], MOST_TEXTS);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_numbers(builder, IDS[COLUMNS - 1], BKT_ROLE_MEASURE, NULL,
                                               made->numbers + first, NULL, NULL, count);
    }
    FUZZ_CHECK(status == BKT_OK, "a column: %s", bkt_context_error_text(context));
    FUZZ_CHECK(bkt_table_builder_finish(builder, &table) == BKT_OK, "a table");
    return table;
}

static void validate(bkt_context *context, const bkti_rules *rules, const sample *made,
                     int64_t batch, bkti_validator *validator) {
    FUZZ_CHECK(bkti_validator_open(validator, context, rules, 50) == BKT_OK, "opening");
    FUZZ_CHECK(bkti_validator_begin(validator, "s", "d", NULL, BKTI_WHOLE) == BKT_OK, "beginning");
    for (int64_t first = 0; first < made->rows; first += batch) {
        int64_t count = made->rows - first < batch ? made->rows - first : batch;
        bkt_table *table = make_batch(context, made, first, count);
        FUZZ_CHECK(bkti_validator_add(validator, table) == BKT_OK, "adding");
        bkt_table_free(table);
    }
    bkt_table *told = NULL;
    FUZZ_CHECK(bkti_findings_table(&validator->findings, &told) == BKT_OK, "findings");
    sound_table(told);
    bkt_table_free(told);
    FUZZ_CHECK(bkti_findings_summary(&validator->findings, &told) == BKT_OK, "the summary");
    sound_table(told);
    bkt_table_free(told);
}

/* Rows concerned are the same however they come; which attribute's value is the one that the others
 * differ from is not. */
static void compare(const bkti_findings *whole, const bkti_findings *parts, int64_t rows) {
    for (int kind = 0; kind < BKTI_FINDING_KIND_COUNT; kind++) {
        bool depends =
            kind == BKTI_FINDING_ATTRIBUTE_VARIES || kind == BKTI_FINDING_ATTRIBUTE_CONFLICT;
        FUZZ_CHECK(depends || whole->rows[kind] == parts->rows[kind],
                   "%s: %lld rows in one, %lld in batches", bkti_finding_kinds[kind].id,
                   (long long)whole->rows[kind], (long long)parts->rows[kind]);
        FUZZ_CHECK(whole->rows[kind] <= rows * COLUMNS * 2, "%s: too many rows",
                   bkti_finding_kinds[kind].id);
        FUZZ_CHECK((whole->found[kind] == 0) == (whole->rows[kind] == 0), "%s: rows of nothing",
                   bkti_finding_kinds[kind].id);
    }
}

/* What a structure says, the public way. */
static void validate_by_message(const uint8_t *data, size_t size) {
    static sample made; /* large */
    static const bkt_status documented[] = {BKT_ERR_STRUCTURE, BKT_ERR_LIMIT, 0};
    bkt_context *context = NULL;
    bkt_structure *structure = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    if (bkt_structure_read_memory(context, data, size, NULL, &structure) == BKT_OK) {
        fuzz_bytes bytes = {data, size};
        make_texts(&bytes, &made);
        make_rows(&bytes, &made);
        bkt_table *table = make_batch(context, &made, 0, made.rows);
        const bkt_validation_options options = {.struct_size = sizeof options,
                                                .flags = BKT_VALIDATE_ACTUAL};
        bkt_table *findings = NULL;
        bkt_table *summary = NULL;
        bkt_context_diagnostics_clear(context);
        bkt_status status =
            bkt_table_validate(context, table, structure, &options, &findings, &summary);
        sound_status(context, status, documented, "validating");
        if (status == BKT_OK) {
            sound_table(findings);
            sound_table(summary);
        }
        bkt_table_free(findings);
        bkt_table_free(summary);
        bkt_table_free(table);
    }
    bkt_structure_free(structure);
    sound_context(context);
    bkt_context_free(context);
}

void fuzz_validation(const uint8_t *data, size_t size) {
    static sample made; /* large */
    if (size > 0 && data[0] == '<') {
        validate_by_message(data, size);
        return;
    }
    char pattern[200];
    const uint8_t *line = size == 0 ? NULL : memchr(data, '\n', size);
    size_t length = line == NULL ? 0 : (size_t)(line - data);
    snprintf(pattern, sizeof pattern, "%.*s", (int)(length > 190 ? 190 : length),
             size == 0 ? "" : (const char *)data);
    fuzz_bytes bytes = {data + length, size - length};
    bkt_context *context = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    make_texts(&bytes, &made);
    bkti_rules *rules = make_rules(&bytes, context, &made, pattern);
    int64_t batch = 1 + fuzz_number(&bytes, 64);
    make_rows(&bytes, &made);
    bkti_validator whole;
    bkti_validator parts;
    validate(context, rules, &made, made.rows, &whole);
    validate(context, rules, &made, batch, &parts);
    compare(&whole.findings, &parts.findings, made.rows);
    bkti_validator_close(&whole);
    bkti_validator_close(&parts);
    bkti_rules_free(rules);
    sound_context(context);
    bkt_context_free(context);
}
