/* SPDX-License-Identifier: MIT */
/* Two tables made of the bytes: what changed from one to the other is what changed back, in
 * whatever order the rows come; and applied one after the other they come to what a simple model
 * says. */
#include <string.h>

#include "sound.h"

enum { COLUMNS = 4, MOST_ROWS = 100, MOST_TEXTS = 6 };

static const char *const IDS[2][COLUMNS] = {{"FREQ", "AREA", "TIME_PERIOD", "NOTE"},
                                            {"FREQ", "area", "TIME", "NOTE"}};
static const int32_t ROLES[COLUMNS] = {BKT_ROLE_DIMENSION, BKT_ROLE_DIMENSION, BKT_ROLE_TIME,
                                       BKT_ROLE_ATTRIBUTE};
static const char *const TEXTS[COLUMNS][MOST_TEXTS] = {
    {"A", "Q", "M", "S", "W", "D"},
    {"a", "b", "c", "d", "e", "f"},
    {"2012", "2012-Q1", "2012Q1", "2013", "2012-01", "2012-A1"},
    {"1", "2", "p", "e", "", "7.0"}};

typedef struct rows {
    const char *texts[COLUMNS][MOST_ROWS];
    double numbers[MOST_ROWS];
    uint8_t reasons[MOST_ROWS];
    int64_t count;
} rows;

static void make_rows(fuzz_bytes *bytes, rows *made) {
    made->count = fuzz_number(bytes, MOST_ROWS);
    for (int64_t row = 0; row < made->count; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            uint32_t choice = fuzz_number(bytes, MOST_TEXTS + 1);
            made->texts[column][row] = choice == MOST_TEXTS ? NULL : TEXTS[column][choice];
        }
        uint32_t number = fuzz_number(bytes, 12);
        made->numbers[row] = (double)number - 3;
        made->reasons[row] = number > 9   ? BKT_MISSING_NAN
                             : number > 7 ? BKT_MISSING_ABSENT
                                          : BKT_MISSING_NOT;
    }
}

static void turn_rows(const rows *made, rows *turned) {
    turned->count = made->count;
    for (int64_t row = 0; row < made->count; row++) {
        int64_t other = made->count - 1 - row;
        for (int column = 0; column < COLUMNS; column++) {
            turned->texts[column][row] = made->texts[column][other];
        }
        turned->numbers[row] = made->numbers[other];
        turned->reasons[row] = made->reasons[other];
    }
}

/* actions may be NULL. */
static bkt_table *make_table(bkt_context *context, const rows *made, int dialect,
                             const char *const *actions) {
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_table_builder_new(context, &builder);
    for (int column = 0; column < COLUMNS && status == BKT_OK; column++) {
        const char *id = IDS[dialect][column];
        status = column == 2
                     ? bkt_table_builder_add_periods(builder, id, made->texts[2], made->count)
                     : bkt_table_builder_add_texts(builder, id, ROLES[column], made->texts[column],
                                                   made->count);
    }
    if (status == BKT_OK) {
        status = bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, NULL,
                                               made->numbers, NULL, made->reasons, made->count);
    }
    if (status == BKT_OK && actions != NULL) {
        status = bkt_table_builder_add_texts(builder, "ACTION", BKT_ROLE_PROVENANCE, actions,
                                             made->count);
    }
    FUZZ_CHECK(status == BKT_OK, "a column: %s", bkt_context_error_text(context));
    FUZZ_CHECK(bkt_table_builder_finish(builder, &table) == BKT_OK, "a table");
    return table;
}

static bkt_table *compare(bkt_context *context, const bkt_table *earlier, const bkt_table *later,
                          double *counts) {
    bkt_table *changes = NULL;
    bkt_table *summary = NULL;
    bkt_comparison_options options;
    FUZZ_CHECK(bkt_comparison_options_init(&options, sizeof options) == BKT_OK, "options");
    options.flags = BKT_COMPARISON_UNCHANGED;
    FUZZ_CHECK(bkt_comparison(context, earlier, later, &options, &changes, &summary) == BKT_OK,
               "comparing: %s", bkt_context_error_text(context));
    sound_table(changes);
    sound_table(summary);
    double sum = 0;
    const bkt_column *numbers = bkt_table_column_find(summary, "ROWS");
    for (int64_t kind = 0; kind < 7; kind++) {
        FUZZ_CHECK(bkt_column_number_at(numbers, kind, &counts[kind]) == 1, "a count");
        sum += counts[kind];
    }
    FUZZ_CHECK((int64_t)sum == bkt_table_row_count(changes), "all rows are counted");
    /* added or removed, or compared, or repeated: each row of both tables once. */
    FUZZ_CHECK((int64_t)(counts[0] + counts[2] + counts[3] + counts[4] + counts[6]) ==
                   bkt_table_row_count(later),
               "rows of the later table");
    FUZZ_CHECK((int64_t)(counts[1] + counts[2] + counts[3] + counts[4] + counts[5]) ==
                   bkt_table_row_count(earlier),
               "rows of the earlier table");
    bkt_table_free(summary);
    return changes;
}

/* What a server holds, looked through from end to end for each row. */
typedef struct model {
    const char *keys[COLUMNS - 1][2 * MOST_ROWS];
    const char *notes[2 * MOST_ROWS];
    double numbers[2 * MOST_ROWS];
    int reasons[2 * MOST_ROWS];
    bool lives[2 * MOST_ROWS];
    int count;
} model;

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Two texts may be one period. */
static const char *spelled(const char *text) {
    return same_text(text, "2012Q1") ? "2012-Q1" : same_text(text, "2012-A1") ? "2012" : text;
}

static bool matches(const model *held, int at, const rows *made, int64_t row, bool missing_is_any) {
    for (int column = 0; column < COLUMNS - 1; column++) {
        const char *wanted = spelled(made->texts[column][row]);
        bool is_any = wanted == NULL && missing_is_any;
        if (!is_any && !same_text(wanted, held->keys[column][at])) {
            return false;
        }
    }
    return true;
}

static void model_delete(model *held, const rows *made, int64_t row) {
    bool has_number = made->reasons[row] != BKT_MISSING_ABSENT;
    bool has_note = made->texts[COLUMNS - 1][row] != NULL;
    for (int at = 0; at < held->count; at++) {
        if (!held->lives[at] || !matches(held, at, made, row, true)) {
            continue;
        }
        if (has_number) {
            held->reasons[at] = BKT_MISSING_ABSENT;
        }
        if (has_note) {
            held->notes[at] = NULL;
        }
        held->lives[at] = has_number || has_note;
    }
}

/* A place for the key, as first met. */
static int model_place(model *held, const rows *made, int64_t row) {
    int at = 0;
    while (at < held->count && !matches(held, at, made, row, false)) {
        at++;
    }
    if (at == held->count) {
        held->count++;
        held->lives[at] = false;
        for (int column = 0; column < COLUMNS - 1; column++) {
            held->keys[column][at] = spelled(made->texts[column][row]);
        }
    }
    return at;
}

static void model_apply(model *held, const rows *made, int64_t row, uint32_t action, bool keeps) {
    int at = model_place(held, made, row);
    if (action == 3) {
        model_delete(held, made, row);
        return;
    }
    bool is_whole = !held->lives[at] || action == 2;
    bool keeps_here = keeps && action == 1 && !is_whole;
    bool has_number = made->reasons[row] != BKT_MISSING_ABSENT;
    bool has_note = made->texts[COLUMNS - 1][row] != NULL;
    if (is_whole || (has_number && !(keeps_here && held->reasons[at] != BKT_MISSING_ABSENT))) {
        held->numbers[at] = made->numbers[row];
        held->reasons[at] = made->reasons[row];
    }
    if (is_whole || (has_note && !(keeps_here && held->notes[at] != NULL))) {
        held->notes[at] = made->texts[COLUMNS - 1][row];
    }
    held->lives[at] = true;
}

static void check_model(const model *held, const bkt_table *state) {
    const bkt_column *numbers = bkt_table_column_find(state, "OBS_VALUE");
    const bkt_column *notes = bkt_table_column_find(state, "NOTE");
    int64_t row = 0;
    for (int at = 0; at < held->count; at++) {
        if (!held->lives[at]) {
            continue;
        }
        double number = 0;
        bool is_there = bkt_column_number_at(numbers, row, &number) != 0;
        for (int column = 0; column < COLUMNS - 1; column++) {
            const char *text =
                bkt_column_text_at(bkt_table_column_find(state, IDS[0][column]), row);
            FUZZ_CHECK(same_text(spelled(text), held->keys[column][at]), "the key of row %d", at);
        }
        FUZZ_CHECK(bkt_column_missing_at(numbers, row) == held->reasons[at], "row %d: %d, not %d",
                   at, (int)bkt_column_missing_at(numbers, row), held->reasons[at]);
        FUZZ_CHECK(!is_there || number == held->numbers[at], "the number of row %d", at);
        FUZZ_CHECK(same_text(bkt_column_text_at(notes, row), held->notes[at]), "row %d", at);
        row++;
    }
    FUZZ_CHECK(row == bkt_table_row_count(state), "rows");
}

static void update(bkt_context *context, const rows *made, fuzz_bytes *bytes) {
    static const char *const ACTIONS[] = {"Merge", "Append", "Replace", "Delete"};
    static model held; /* large */
    const char *actions[MOST_ROWS];
    bkt_update_options options;
    FUZZ_CHECK(bkt_update_options_init(&options, sizeof options) == BKT_OK, "options");
    options.flags = fuzz_number(bytes, 2) == 1 ? BKT_UPDATE_APPEND_KEEPS : 0;
    held.count = 0;
    bkt_table *acting[2];
    for (int i = 0; i < 2; i++) {
        for (int64_t row = 0; row < made[i].count; row++) {
            /* Bytes are used up by the rows; their order must not be all that there is. */
            uint32_t action = (fuzz_number(bytes, 4) + (uint32_t)(row * 7 / 5) % 4) % 4;
            actions[row] = ACTIONS[action];
            model_apply(&held, &made[i], row, action, options.flags != 0);
        }
        acting[i] = make_table(context, &made[i], i, actions);
    }
    bkt_table *state = NULL;
    bkt_status status = bkt_update(context, (const bkt_table *const *)acting, 2, &options, &state);
    FUZZ_CHECK(status == BKT_OK, "updating: %s", bkt_context_error_text(context));
    sound_table(state);
    check_model(&held, state);
    bkt_table_free(state);
    bkt_table_free(acting[0]);
    bkt_table_free(acting[1]);
}

void fuzz_revision(const uint8_t *data, size_t size) {
    static rows made[2]; /* large */
    static rows turned;
    fuzz_bytes bytes = {data, size};
    bkt_context *context = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    bkt_table *tables[3];
    for (int i = 0; i < 2; i++) {
        make_rows(&bytes, &made[i]);
        tables[i] = make_table(context, &made[i], i, NULL);
    }
    turn_rows(&made[0], &turned);
    tables[2] = make_table(context, &turned, 0, NULL);
    double forth[7];
    double back[7];
    double same[7];
    bkt_table *changes = compare(context, tables[0], tables[1], forth);
    bkt_table *other = compare(context, tables[1], tables[0], back);
    bkt_table_free(other);
    FUZZ_CHECK(forth[0] == back[1] && forth[1] == back[0] && forth[2] == back[2] &&
                   forth[3] == back[3] && forth[4] == back[4] && forth[5] == back[6],
               "there and back");
    other = compare(context, tables[0], tables[2], same);
    FUZZ_CHECK(same[0] == 0 && same[1] == 0 && same[5] == same[6], "rows in another order");
    FUZZ_CHECK(same[5] > 0 || same[2] + same[3] == 0, "rows in another order");
    bkt_table_free(other);
    bkt_table_free(changes);
    update(context, made, &bytes);
    for (int i = 0; i < 3; i++) {
        bkt_table_free(tables[i]);
    }
    sound_context(context);
    bkt_context_free(context);
}
