/* SPDX-License-Identifier: MIT */
/* Keys, periods and attributes of series: where one begins is found by comparing the codes of the
 * dimensions with the row before, many rows at a time; the rest is done once a series. */
#include <string.h>

#include "bkti_validator.h"

#define BLOCK 256 /* rows; loops of a fixed count become vector code */

static void note_changes(uint32_t *restrict within, const int32_t *restrict codes, int64_t rows) {
    int64_t row = 1;
    for (; row + BLOCK <= rows; row += BLOCK) {
        uint32_t *restrict changes = within + row;
        const int32_t *restrict now = codes + row;
        const int32_t *restrict before = codes + row - 1;
        for (int i = 0; i < BLOCK; i++) {
            changes[i] |= (uint32_t)(now[i] ^ before[i]);
        }
    }
    for (; row < rows; row++) {
        within[row] |= (uint32_t)(codes[row] ^ codes[row - 1]);
    }
}

/* Whether the codes differ from those of the row before, within any series. */
static bool varies(const uint32_t *restrict within, const int32_t *restrict codes, int64_t rows) {
    uint32_t found = 0;
    int64_t row = 1;
    for (; row + BLOCK <= rows && found == 0; row += BLOCK) {
        const uint32_t *restrict mask = within + row;
        const int32_t *restrict now = codes + row;
        const int32_t *restrict before = codes + row - 1;
        for (int i = 0; i < BLOCK; i++) {
            found |= (uint32_t)(now[i] ^ before[i]) & mask[i];
        }
    }
    for (; row < rows; row++) {
        found |= (uint32_t)(codes[row] ^ codes[row - 1]) & within[row];
    }
    return found != 0;
}

static bool is_dimension(const bkti_judged *judged) {
    return judged->rule->role == BKT_ROLE_DIMENSION;
}

static bkt_status find_starts(bkti_validator *validator) {
    size_t rows = (size_t)validator->batch_rows;
    void *starts = validator->starts;
    void *within = validator->within;
    bool room = bkti_grow(validator->memory, &starts, &validator->start_room, rows + 1,
                          sizeof *validator->starts) &&
                bkti_grow(validator->memory, &within, &validator->within_room, rows,
                          sizeof *validator->within);
    validator->starts = starts;
    validator->within = within;
    if (!room) {
        return bkti_no_memory(validator->context);
    }
    memset(validator->within, 0, rows * sizeof *validator->within);
    for (size_t i = 0; i < validator->rules->count; i++) {
        const bkti_judged *judged = &validator->items[i];
        if (is_dimension(judged) && judged->codes != NULL) {
            note_changes(validator->within, judged->codes, validator->batch_rows);
        }
    }
    size_t count = 0;
    validator->within[0] = 1;
    for (size_t row = 0; row < rows; row++) {
        validator->starts[count] = (uint32_t)row;
        count += validator->within[row] != 0 ? 1U : 0U;
        validator->within[row] = validator->within[row] == 0 ? UINT32_MAX : 0;
    }
    validator->starts[count] = (uint32_t)rows;
    validator->start_count = count;
    return BKT_OK;
}

static void read_key(const bkti_validator *validator, int64_t row, int32_t *key) {
    for (size_t i = 0; i < validator->rules->count; i++) {
        const bkti_judged *judged = &validator->items[i];
        if (is_dimension(judged)) {
            *key++ = judged->codes == NULL ? -1 : judged->codes[row];
        }
    }
}

/* ---- What is missing ---- */

static int missing_kind(const bkti_validator *validator, const bkti_rule *rule) {
    bool is_due = rule->mandatory && validator->wholeness == BKTI_WHOLE;
    switch (rule->role) {
    case BKT_ROLE_DIMENSION:
    case BKT_ROLE_TIME:
        return validator->wholeness == BKTI_DELETION ? -1 : BKTI_FINDING_DIMENSION_MISSING;
    case BKT_ROLE_MEASURE:
        return is_due ? BKTI_FINDING_MEASURE_MISSING : -1;
    default:
        return is_due ? BKTI_FINDING_ATTRIBUTE_MISSING : -1;
    }
}

static const char *level_text(const bkti_rule *rule) {
    switch (rule->role == BKT_ROLE_ATTRIBUTE ? rule->level : BKT_LEVEL_NONE) {
    case BKT_LEVEL_DATASET:
        return "a value for the data set";
    case BKT_LEVEL_GROUP:
        return "a value for every group";
    case BKT_LEVEL_SERIES:
        return "a value for every series";
    default:
        return rule->role == BKT_ROLE_DIMENSION ? "a value for every series"
                                                : "a value for every observation";
    }
}

/* A component that has no value in a whole batch is told once a data set. */
static bkt_status report_absent(bkti_validator *validator, bkti_judged *judged, int kind) {
    bkt_status status = BKT_OK;
    if (judged->absent == BKTI_NOT_YET) {
        status = bkti_validator_report(validator, kind, -1, judged->id, NULL,
                                       level_text(judged->rule), 0, &judged->absent);
    }
    bkti_findings_add_rows(&validator->findings, kind, judged->absent, validator->batch_rows);
    return status;
}

/* One finding a series, with as many rows as lack the value. */
static bkt_status report_gaps(bkti_validator *validator, bkti_judged *judged, int kind) {
    bool once =
        judged->rule->role == BKT_ROLE_ATTRIBUTE && judged->rule->level == BKT_LEVEL_DATASET;
    bkt_status status = BKT_OK;
    for (size_t run = 0; run < validator->start_count && status == BKT_OK; run++) {
        int32_t index = once ? judged->absent : BKTI_NOT_YET;
        for (int64_t row = validator->starts[run];
             row < validator->starts[run + 1] && status == BKT_OK; row++) {
            if (judged->codes[row] >= 0) {
                continue;
            }
            if (index == BKTI_NOT_YET) {
                status = bkti_validator_report(validator, kind, row, judged->id, NULL,
                                               level_text(judged->rule), 0, &index);
            }
            bkti_findings_add_rows(&validator->findings, kind, index, 1);
        }
        judged->absent = once ? index : judged->absent;
    }
    return status;
}

static bkt_status check_missing(bkti_validator *validator) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < validator->rules->count && status == BKT_OK; i++) {
        bkti_judged *judged = &validator->items[i];
        int kind = missing_kind(validator, judged->rule);
        if (kind < 0 || judged->null_count == 0) {
            continue;
        }
        if (judged->column == NULL ||
            (judged->codes != NULL && judged->null_count == validator->batch_rows)) {
            status = report_absent(validator, judged, kind);
        } else if (judged->codes != NULL) { /* of numbers it was told with the values */
            status = report_gaps(validator, judged, kind);
        }
    }
    return status;
}

/* ---- Attributes of more than one observation ---- */

static int variation_kind(const bkti_rule *rule) {
    return rule->level == BKT_LEVEL_GROUP ? BKTI_FINDING_ATTRIBUTE_CONFLICT
                                          : BKTI_FINDING_ATTRIBUTE_VARIES;
}

/* Told once a series that has several values. */
static bkt_status report_variation(bkti_validator *validator, bkti_judged *judged) {
    int kind = variation_kind(judged->rule);
    bkt_status status = BKT_OK;
    for (size_t run = 0; run < validator->start_count && status == BKT_OK; run++) {
        int64_t first = validator->starts[run];
        int32_t index = BKTI_NOT_YET;
        for (int64_t row = first; row < validator->starts[run + 1] && status == BKT_OK; row++) {
            if (judged->codes[row] == judged->codes[first]) {
                continue;
            }
            if (index == BKTI_NOT_YET) {
                const char *expected = bkt_column_text_at(judged->column, first);
                status = bkti_validator_report(validator, kind, row, judged->id,
                                               bkt_column_text_at(judged->column, row),
                                               expected == NULL ? "no value" : expected, 0, &index);
            }
            bkti_findings_add_rows(&validator->findings, kind, index, 1);
        }
    }
    return status;
}

/* The value that a group, or the data set, had when it was met first. */
static bkt_status check_group(bkti_validator *validator, bkti_judged *judged, size_t run) {
    int64_t row = validator->starts[run];
    int32_t *group = validator->key + validator->rules->dimension_count;
    read_key(validator, row, group);
    for (uint64_t i = 0; i < validator->rules->dimension_count; i++) {
        bool counts = judged->rule->level == BKT_LEVEL_GROUP && (judged->rule->group >> i & 1) != 0;
        group[i] = counts ? group[i] : -1;
    }
    group[validator->rules->dimension_count] = (int32_t)(judged->rule - validator->rules->items);
    uint32_t index;
    bool is_new;
    bkt_status status = bkti_series_set_find(&validator->groups, group, &index, &is_new);
    void *codes = validator->group_codes;
    if (status == BKT_OK && !bkti_grow(validator->memory, &codes, &validator->group_room,
                                       (size_t)index + 1, sizeof *validator->group_codes)) {
        status = bkti_no_memory(validator->context);
    }
    if (status != BKT_OK) {
        return status;
    }
    validator->group_codes = codes;
    int32_t code = judged->codes[row];
    if (is_new || validator->group_codes[index] < 0) {
        validator->group_codes[index] = code;
        return BKT_OK;
    }
    if (code < 0 || code == validator->group_codes[index]) {
        return BKT_OK;
    }
    int32_t found;
    return bkti_validator_report(
        validator, variation_kind(judged->rule), row, judged->id,
        bkt_column_text_at(judged->column, row),
        bkt_column_dictionary_text(judged->column, validator->group_codes[index]),
        validator->starts[run + 1] - row, &found);
}

static bkt_status check_attributes(bkti_validator *validator) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < validator->rules->count && status == BKT_OK; i++) {
        bkti_judged *judged = &validator->items[i];
        const bkti_rule *rule = judged->rule;
        if (rule->role != BKT_ROLE_ATTRIBUTE || judged->codes == NULL ||
            judged->null_count == validator->batch_rows || rule->level == BKT_LEVEL_OBSERVATION ||
            rule->level == BKT_LEVEL_NONE) {
            continue;
        }
        if (varies(validator->within, judged->codes, validator->batch_rows)) {
            status = report_variation(validator, judged);
        }
        bool is_group = rule->level == BKT_LEVEL_DATASET ||
                        (rule->level == BKT_LEVEL_GROUP && rule->group != 0);
        for (size_t run = 0; is_group && run < validator->start_count && status == BKT_OK; run++) {
            status = check_group(validator, judged, run);
        }
    }
    return status;
}

/* A series may come in several parts; its attributes are compared with those of the first. */
static bkt_status compare_series(bkti_validator *validator, uint32_t series, bool is_new,
                                 int64_t first, int64_t end) {
    size_t width = validator->series_attributes;
    void *room = validator->series_codes;
    if (!bkti_grow(validator->memory, &room, &validator->series_code_room,
                   ((size_t)series + 1) * width, sizeof *validator->series_codes)) {
        return bkti_no_memory(validator->context);
    }
    validator->series_codes = room;
    int32_t *known = validator->series_codes + series * width;
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < validator->rules->count && status == BKT_OK; i++) {
        const bkti_judged *judged = &validator->items[i];
        if (judged->rule->role != BKT_ROLE_ATTRIBUTE || judged->rule->level != BKT_LEVEL_SERIES) {
            continue;
        }
        int32_t code = judged->codes == NULL ? -1 : judged->codes[first];
        if (is_new || *known < 0) {
            *known = code;
        } else if (code >= 0 && code != *known) {
            int32_t index;
            status = bkti_validator_report(validator, BKTI_FINDING_ATTRIBUTE_VARIES, first,
                                           judged->id, bkt_column_text_at(judged->column, first),
                                           bkt_column_dictionary_text(judged->column, *known),
                                           end - first, &index);
        }
        known++;
    }
    return status;
}

/* ---- Rows of a series ---- */

static bkt_status check_duplicates(bkti_validator *validator, uint32_t series, int64_t first,
                                   int64_t end) {
    const bkti_judged *time = validator->time;
    const int32_t *codes = time == NULL ? NULL : time->codes;
    const int32_t *same = time == NULL ? NULL : time->same;
    bkt_status status = BKT_OK;
    for (int64_t row = first; row < end; row++) {
        /* Missing is a value of its own. */
        int32_t period = codes == NULL || codes[row] < 0 ? 0 : same[codes[row]] + 1;
        bool again = false;
        status = bkti_series_set_see(&validator->series, series, period, &again);
        if (again && status == BKT_OK) {
            int32_t index;
            status = bkti_validator_report(validator, BKTI_FINDING_DUPLICATE_KEY, row, NULL, NULL,
                                           "each key and period once", 1, &index);
        }
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

static const char *frequency_name(const char *code) {
    static const char *const NAMES[][2] = {
        {"A", "years, such as 2012"},
        {"S", "semesters, such as 2012-S1"},
        {"H", "semesters, such as 2012-S1"},
        {"T", "trimesters, such as 2012-T1"},
        {"Q", "quarters, such as 2012-Q4"},
        {"M", "months, such as 2012-07"},
        {"W", "weeks, such as 2012-W07"},
        {"D", "days, such as 2012-07-31"},
        {"B", "days, such as 2012-07-31"},
        {"I", "date-times, such as 2012-07-31T12:00:00"},
        {"N", "date-times, such as 2012-07-31T12:00:00"},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (NAMES[i][0][0] == code[0]) {
            return NAMES[i][1];
        }
    }
    return "periods of that frequency";
}

static bkt_status report_length(bkti_validator *validator, int64_t row, int32_t *index) {
    bkti_text expected;
    bkti_text_init(&expected, validator->memory);
    const char *code = bkt_column_text_at(validator->frequency->column, row);
    bkti_text_append_format(&expected, "of %s=%s: %s", validator->frequency->id, code,
                            frequency_name(code));
    bkt_status status = expected.failed ? bkti_no_memory(validator->context) : BKT_OK;
    if (status == BKT_OK) {
        status = bkti_validator_report(
            validator, BKTI_FINDING_PERIOD_FREQUENCY, row, validator->time->id,
            bkt_column_text_at(validator->time->column, row), bkti_text_get(&expected), 0, index);
    }
    bkti_text_free(&expected);
    return status;
}

/* One finding a series. */
static bkt_status check_lengths(bkti_validator *validator, int64_t first, int64_t end) {
    int32_t frequency = validator->frequency->codes[first];
    if (frequency < 0) {
        return BKT_OK;
    }
    uint16_t allowed = validator->frequency->lengths[frequency];
    const bkti_judged *time = validator->time;
    int32_t index = BKTI_NOT_YET;
    bkt_status status = BKT_OK;
    for (int64_t row = first; row < end && status == BKT_OK; row++) {
        int32_t code = time->codes[row];
        if (code < 0 || (time->lengths[code] & allowed) != 0) {
            continue;
        }
        if (index == BKTI_NOT_YET) {
            status = report_length(validator, row, &index);
        }
        bkti_findings_add_rows(&validator->findings, BKTI_FINDING_PERIOD_FREQUENCY, index, 1);
    }
    return status;
}

/* Whether some period may be of another length than its frequency says: not so in files of one
 * frequency, whose rows need not be looked at then. */
static bool lengths_differ(const bkti_validator *validator) {
    const bkti_judged *time = validator->time;
    const bkti_judged *frequency = validator->frequency;
    return time != NULL && frequency != NULL && time->codes != NULL && frequency->codes != NULL &&
           (time->all_lengths & ~frequency->common_lengths) != 0;
}

bkt_status bkti_validator_check_series(bkti_validator *validator) {
    bkt_status status = find_starts(validator);
    status = status == BKT_OK ? check_missing(validator) : status;
    status = status == BKT_OK ? check_attributes(validator) : status;
    bool by_length = lengths_differ(validator);
    for (size_t run = 0; run < validator->start_count && status == BKT_OK; run++) {
        int64_t first = validator->starts[run];
        int64_t end = validator->starts[run + 1];
        if (validator->key_is_known) {
            uint32_t series;
            bool is_new;
            read_key(validator, first, validator->key);
            status = bkti_series_set_find(&validator->series, validator->key, &series, &is_new);
            status = status == BKT_OK ? check_duplicates(validator, series, first, end) : status;
            if (status == BKT_OK && validator->series_attributes > 0) {
                status = compare_series(validator, series, is_new, first, end);
            }
        }
        if (status == BKT_OK && by_length) {
            status = check_lengths(validator, first, end);
        }
        if (status == BKT_OK && validator->region_words > 0) {
            status = bkti_validator_check_constraints(validator, first, end);
        }
    }
    return status;
}
