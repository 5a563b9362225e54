/* SPDX-License-Identifier: MIT */
/* Tables row by row. */
#include "run_suite.h"
#include "table_sample.h"

static bkti_table_writer *new_writer(bkt_context *context) {
    bkti_table_writer *writer;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    return writer;
}

static uint32_t add_column(bkti_table_writer *writer, const char *id, int32_t kind, int32_t role) {
    uint32_t index;
    ck_assert_int_eq(
        bkti_table_writer_add_column(writer, bkti_span_of(id), kind, role, BKT_LEVEL_NONE, &index),
        BKT_OK);
    return index;
}

static void put_text(bkti_table_writer *writer, uint32_t index, int64_t row, const char *text) {
    int32_t code = bkti_table_writer_code(writer, index, bkti_span_of(text));
    ck_assert_int_ge(code, 0);
    ck_assert_int_eq(
        bkti_column_put_code(writer, bkti_table_writer_column(writer, index), row, code), BKT_OK);
}

static void put_number(bkti_table_writer *writer, uint32_t index, int64_t row, double number) {
    ck_assert_int_eq(
        bkti_column_put_number(writer, bkti_table_writer_column(writer, index), row, number),
        BKT_OK);
}

START_TEST(columns_may_come_late_and_have_holes) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    uint32_t value = add_column(writer, "OBS_VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    uint32_t key = add_column(writer, "REPORTER", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    ck_assert_int_eq(bkti_table_writer_reserve(writer, 6), BKT_OK);
    put_number(writer, value, 0, 1.5);
    put_number(writer, value, 1, NAN);
    put_number(writer, value, 2, INFINITY);
    ck_assert_int_eq(bkti_column_put_missing(writer, bkti_table_writer_column(writer, value), 3,
                                             BKT_MISSING_CONFIDENTIAL),
                     BKT_OK);
    uint32_t late = add_column(writer, "OBS_STATUS", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    put_text(writer, late, 4, "E");
    put_number(writer, value, 5, -2);
    int32_t code = bkti_table_writer_code(writer, key, BKTI_SPAN("BLR"));
    ck_assert_int_eq(
        bkti_column_fill_code(writer, bkti_table_writer_column(writer, key), 0, 5, code), BKT_OK);
    ck_assert_int_eq(
        bkti_column_fill_code(writer, bkti_table_writer_column(writer, key), 5, 5, code), BKT_OK);
    add_column(writer, "NEVER", BKT_KIND_PERIOD, BKT_ROLE_TIME);
    ck_assert_int_eq(bkti_table_writer_set_label(writer, value, "Value", "USD"), BKT_OK);
    bkti_table_writer_set_role(writer, late, BKT_ROLE_ATTRIBUTE, BKT_LEVEL_OBSERVATION, true);
    ck_assert_int_eq(bkti_table_writer_set_property(writer, "source", BKTI_SPAN("x")), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_set_property(writer, "sender", BKTI_SPAN("y")), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_set_property(writer, "sender", (bkti_span){NULL, 0}),
                     BKT_OK);
    ck_assert_int_eq(bkti_table_writer_set_property(writer, "source", BKTI_SPAN("z")), BKT_OK);
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 6, &table), BKT_OK);
    check_column(table, "OBS_VALUE", "1.5 ?3 ?13 ?5 ?1 -2");
    check_column(table, "REPORTER", "BLR BLR BLR BLR BLR ?1");
    check_column(table, "OBS_STATUS", "?1 ?1 ?1 ?1 E ?1");
    check_column(table, "NEVER", "?1 ?1 ?1 ?1 ?1 ?1");
    const bkt_column *column = bkt_table_column_find(table, "OBS_STATUS");
    ck_assert_int_eq(bkt_column_role_assumed(column), 1);
    ck_assert_int_eq(bkt_column_level(column), BKT_LEVEL_OBSERVATION);
    ck_assert_str_eq(bkt_column_label(bkt_table_column_find(table, "OBS_VALUE")), "Value");
    ck_assert_uint_eq(bkt_table_property_count(table), 1);
    ck_assert_str_eq(bkt_table_property(table, "source"), "z");
    char *text = text_of(table);
    free(text);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(columns_are_found_by_id) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    ck_assert_int_eq(bkti_table_writer_find(writer, BKTI_SPAN("A")), -1);
    uint32_t a = add_column(writer, "A", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    uint32_t b = add_column(writer, "a", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    ck_assert_int_eq(bkti_table_writer_find(writer, BKTI_SPAN("A")), a);
    ck_assert_int_eq(bkti_table_writer_find(writer, BKTI_SPAN("a")), b);
    uint32_t index;
    ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("A"), BKT_KIND_TEXT,
                                                  BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, &index),
                     BKT_ERR_REPEATED_COMPONENT);
    ck_assert_uint_eq(bkti_table_writer_column_count(writer), 2);
    bkti_table_writer_free(writer);
    bkti_table_writer_free(NULL);
    bkt_context_free(context);
}
END_TEST

START_TEST(limits_hold) {
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.column_limit = 2;
    options.dictionary_limit = 3;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    bkti_table_writer *writer = new_writer(context);
    uint32_t a = add_column(writer, "A", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    add_column(writer, "B", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    uint32_t index;
    ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("C"), BKT_KIND_TEXT,
                                                  BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, &index),
                     BKT_ERR_LIMIT);
    check_error(context, BKT_ERR_LIMIT, "column_limit");
    ck_assert_int_eq(bkti_table_writer_code(writer, a, BKTI_SPAN("1")), 0);
    ck_assert_int_eq(bkti_table_writer_code(writer, a, BKTI_SPAN("2")), 1);
    ck_assert_int_eq(bkti_table_writer_code(writer, a, BKTI_SPAN("3")), 2);
    ck_assert_int_eq(bkti_table_writer_code(writer, a, BKTI_SPAN("1")), 0);
    ck_assert_int_lt(bkti_table_writer_code(writer, a, BKTI_SPAN("4")), 0);
    check_error(context, BKT_ERR_LIMIT, "dictionary_limit");
    bkti_table_writer_free(writer);
    bkt_context_free(context);
}
END_TEST

START_TEST(periods_are_parsed_once) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    uint32_t time = add_column(writer, "TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME);
    int32_t frequency;
    int64_t ordinal;
    for (int turn = 0; turn < 2; turn++) {
        ck_assert_int_eq(
            bkti_table_writer_period_code(writer, time, BKTI_SPAN("2012"), &frequency, &ordinal),
            0);
        ck_assert_int_eq(frequency, BKT_FREQUENCY_YEAR);
        ck_assert_int_eq(ordinal, 2012);
        ck_assert_int_eq(
            bkti_table_writer_period_code(writer, time, BKTI_SPAN("2012-13"), &frequency, &ordinal),
            1);
        ck_assert_int_eq(frequency, BKT_FREQUENCY_NONE);
        ck_assert_int_eq(ordinal, 0);
        ck_assert_int_eq(
            bkti_table_writer_period_code(writer, time, (bkti_span){NULL, 0}, &frequency, NULL), 2);
        ck_assert_int_eq(frequency, BKT_FREQUENCY_NONE);
        ck_assert_int_eq(
            bkti_table_writer_period_code(writer, time, BKTI_SPAN("2012-Q4"), NULL, &ordinal), 3);
        ck_assert_int_eq(ordinal, 2012 * 4 + 3);
    }
    for (int32_t row = 0; row < 4; row++) {
        bkti_column_put_code(writer, bkti_table_writer_column(writer, time), row, row);
    }
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 4, &table), BKT_OK);
    const bkt_column *column = bkt_table_column_at(table, 0);
    ck_assert_int_eq(bkt_column_dictionary_period(column, 1, &frequency, &ordinal), BKT_ERR_PERIOD);
    ck_assert_int_eq(bkt_column_dictionary_period(column, 3, &frequency, &ordinal), BKT_OK);
    ck_assert_int_eq(frequency, BKT_FREQUENCY_QUARTER);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_fault_of_the_caller_is_told) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    uint32_t value = add_column(writer, "OBS_VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    uint32_t key = add_column(writer, "KEY", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    bkti_column_writer *numbers = bkti_table_writer_column(writer, value);
    bkti_column_writer *codes = bkti_table_writer_column(writer, key);
    put_number(writer, value, 1, 1);
    ck_assert_int_eq(bkti_column_put_number(writer, numbers, 0, 1), BKT_ERR_INTERNAL);
    ck_assert_int_eq(bkti_column_put_code(writer, numbers, 2, 1), BKT_ERR_INTERNAL);
    ck_assert_int_eq(bkti_column_put_number(writer, codes, 2, 1), BKT_ERR_INTERNAL);
    bkt_table *table = NULL;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 1, &table), BKT_ERR_INTERNAL);
    ck_assert_ptr_null(table);
    bkt_context_free(context);
}
END_TEST

/* Batches as the reader makes them: lent, dropped, written on. */
START_TEST(batches_are_lent) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    uint32_t key = add_column(writer, "KEY", BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    uint32_t value = add_column(writer, "VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    uint32_t note = add_column(writer, "NOTE", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    put_text(writer, key, 0, "a");
    put_text(writer, key, 1, "b");
    put_text(writer, key, 2, "c");
    put_number(writer, value, 1, 5);
    put_number(writer, value, 2, 6);
    const bkt_table *batch;
    ck_assert_int_eq(bkti_table_writer_lend(writer, 2, &batch), BKT_OK);
    check_column(batch, "KEY", "a b");
    check_column(batch, "VALUE", "?1 5");
    check_column(batch, "NOTE", "?1 ?1");
    char *text = text_of(batch);
    free(text);
    bkt_table_free((bkt_table *)batch);
    ck_assert_int_eq(bkt_table_row_count(batch), 2);
    bkti_table_writer_drop_rows(writer, 2);
    put_text(writer, note, 1, "n");
    ck_assert_int_eq(bkti_table_writer_lend(writer, 2, &batch), BKT_OK);
    check_column(batch, "KEY", "c ?1");
    check_column(batch, "VALUE", "6 ?1");
    check_column(batch, "NOTE", "?1 n");
    text = text_of(batch);
    free(text);
    bkti_table_writer_restart(writer);
    put_text(writer, key, 0, "d");
    put_number(writer, value, 0, 7);
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 1, &table), BKT_OK);
    check_column(table, "KEY", "d");
    check_column(table, "VALUE", "7");
    check_column(table, "NOTE", "?1");
    text = text_of(table);
    free(text);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* What is made of a batch has nothing of the writer's. */
START_TEST(what_is_made_of_a_batch_outlives_it) {
    bkt_context *context = sample_context();
    bkt_table *model = sample_random(context, 300, 11);
    bkti_table_writer *writer;
    const bkt_table *lent = sample_lent(context, model, &writer);
    check_same(lent, model);

    static const char *const KEYS[] = {"REPORTER", "TIME_PERIOD"};
    static const char *const ALL[] = {"REPORTER", "PARTNER", "TIME_PERIOD", "OBS_VALUE",
                                      "OBS_STATUS"};
    static const char *const CODES[] = {"BLR", "KAZ"};
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "PARTNER", CODES, 2), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012", "2012"), BKT_OK);
    const bkt_table *inputs[2] = {lent, model};
    bkt_table *made[2][6];
    for (int i = 0; i < 2; i++) {
        const bkt_table *both[] = {inputs[i], model};
        bkt_table **out = made[i];
        ck_assert_int_eq(bkt_table_filter(context, inputs[i], filter, &out[0]), BKT_OK);
        ck_assert_int_eq(bkt_table_sort(context, inputs[i], ALL, 5, NULL, &out[1]), BKT_OK);
        ck_assert_int_eq(bkt_table_group(context, inputs[i], KEYS, 2, NULL, &out[2]), BKT_OK);
        ck_assert_int_eq(
            bkt_table_pivot(context, inputs[i], KEYS, 2, "PARTNER", "OBS_VALUE", NULL, &out[3]),
            BKT_OK);
        ck_assert_int_eq(bkt_table_concatenate(context, both, 2, &out[4]), BKT_OK);
        ck_assert_int_eq(bkt_table_select(context, inputs[i], ALL, 5, &out[5]), BKT_OK);
    }
    bkti_table_writer_restart(writer);
    for (int i = 0; i < 1000; i++) {
        char code[16];
        snprintf(code, sizeof code, "new %d", i);
        put_text(writer, 0, i, code);
    }
    bkti_table_writer_free(writer);
    for (int j = 0; j < 6; j++) {
        check_same(made[0][j], made[1][j]);
        bkt_table_free(made[0][j]);
        bkt_table_free(made[1][j]);
    }
    bkt_filter_free(filter);
    bkt_table_free(model);
    bkt_context_free(context);
}
END_TEST

/* A column "a", "b" of the given writer: codes 0 and 1. */
static bkti_column_writer *add_two(bkti_table_writer *writer, const char *id) {
    uint32_t index = add_column(writer, id, BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
    ck_assert_int_eq(bkti_table_writer_code(writer, index, BKTI_SPAN("a")), 0);
    ck_assert_int_eq(bkti_table_writer_code(writer, index, BKTI_SPAN("b")), 1);
    return bkti_table_writer_column(writer, index);
}

static void fill(bkti_table_writer *writer, bkti_column_writer *column, int64_t first_row,
                 int64_t end_row, int32_t code) {
    ck_assert_int_eq(bkti_column_fill_code(writer, column, first_row, end_row, code), BKT_OK);
    for (int64_t row = first_row; row < end_row; row++) {
        ck_assert_int_eq(bkti_column_written_code(column, row), code);
    }
}

/* No array as long as it is the same code; and then the one that it would have been. */
START_TEST(one_code_for_all_rows) {
    static const char *const IDS[] = {"SAME", "OTHER", "NONE", "RUNS", "SINGLE", "HOLE", "CHANGED"};
    enum { SAME, OTHER, NONE, RUNS, SINGLE, HOLE, CHANGED, COLUMNS };
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    bkti_column_writer *columns[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        add_two(writer, IDS[i]);
    }
    for (uint32_t i = 0; i < COLUMNS; i++) {
        columns[i] = bkti_table_writer_column(writer, i);
        int32_t code = i == OTHER ? 1 : i == NONE ? -1 : 0;
        fill(writer, columns[i], 0, 2, code);
        fill(writer, columns[i], 2, 4, code);
        ck_assert_ptr_null(columns[i]->codes);
    }
    fill(writer, columns[RUNS], 4, 5, 1);
    fill(writer, columns[RUNS], 5, 7, 0);
    put_text(writer, SINGLE, 4, "a");
    ck_assert_ptr_nonnull(columns[SINGLE]->codes);
    fill(writer, columns[HOLE], 5, 7, 0);
    ck_assert_int_eq(bkti_column_change_code(writer, columns[CHANGED], 1, 1), BKT_OK);
    ck_assert_int_eq(bkti_column_change_code(writer, columns[CHANGED], 2, -1), BKT_OK);
    fill(writer, columns[CHANGED], 4, 7, 0);
    ck_assert_int_eq(bkti_column_change_code(writer, columns[CHANGED], 2, 1), BKT_OK);
    ck_assert_int_eq(bkti_column_change_code(writer, columns[CHANGED], 6, -1), BKT_OK);
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 7, &table), BKT_OK);
    check_column(table, "SAME", "a a a a ?1 ?1 ?1");
    check_column(table, "OTHER", "b b b b ?1 ?1 ?1");
    check_column(table, "NONE", "?1 ?1 ?1 ?1 ?1 ?1 ?1");
    check_column(table, "RUNS", "a a a a b a a");
    check_column(table, "SINGLE", "a a a a a ?1 ?1");
    check_column(table, "HOLE", "a a a a ?1 a a");
    check_column(table, "CHANGED", "a b b a a a ?1");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(one_code_is_lent_and_dropped) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    bkti_column_writer *column = add_two(writer, "KEY");
    fill(writer, column, 0, 5, 0);
    const bkt_table *batch;
    ck_assert_int_eq(bkti_table_writer_lend(writer, 3, &batch), BKT_OK);
    check_column(batch, "KEY", "a a a");
    bkti_table_writer_drop_rows(writer, 3);
    fill(writer, column, 2, 4, 0);
    fill(writer, column, 4, 5, 1);
    ck_assert_int_eq(bkti_table_writer_lend(writer, 6, &batch), BKT_OK);
    check_column(batch, "KEY", "a a a a b ?1");
    bkti_table_writer_restart(writer);
    fill(writer, column, 0, 2, -1);
    ck_assert_int_eq(bkti_table_writer_lend(writer, 1, &batch), BKT_OK);
    check_column(batch, "KEY", "?1");
    bkti_table_writer_drop_rows(writer, 1);
    ck_assert_int_eq(bkti_table_writer_lend(writer, 1, &batch), BKT_OK);
    check_column(batch, "KEY", "?1");
    bkti_table_writer_free(writer);

    writer = new_writer(context);
    column = add_two(writer, "KEY");
    fill(writer, column, 0, 5, -1);
    bkti_table_writer_drop_rows(writer, 2);
    ck_assert_int_eq(column->null_count, 3);
    ck_assert_int_eq(bkti_table_writer_lend(writer, 3, &batch), BKT_OK);
    check_column(batch, "KEY", "?1 ?1 ?1");
    bkti_table_writer_free(writer);
    bkt_context_free(context);
}
END_TEST

static void check_finished(bkti_table_writer *writer, int64_t rows, const char *expected) {
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, rows, &table), BKT_OK);
    check_column(table, "KEY", expected);
    bkt_table_free(table);
}

/* Rows of another writer, with one code or several, behind rows with one code or several. */
START_TEST(one_code_is_appended) {
    static const int32_t MAP[] = {1, 0};
    static const char *const EXPECTED[2][2][2] = {{{"a a b b", "a a b a"}, {"a b b b", "a b b a"}},
                                                  {{"a a a a", "a a a b"}, {"a b a a", "a b a b"}}};
    bkt_context *context = sample_context();
    for (int i = 0; i < 8; i++) {
        bool mapped = i % 2 == 0, several = i / 2 % 2 == 1, others = i / 4 == 1;
        bkti_table_writer *writer = new_writer(context);
        bkti_table_writer *from = new_writer(context);
        bkti_column_writer *column = add_two(writer, "KEY");
        bkti_column_writer *other = add_two(from, "KEY");
        fill(writer, column, 0, 1, 0);
        fill(writer, column, 1, 2, several ? 1 : 0);
        fill(from, other, 0, 1, 0);
        fill(from, other, 1, 2, others ? 1 : 0);
        ck_assert_int_eq(bkti_column_append(writer, column, 2, other, mapped ? MAP : NULL), BKT_OK);
        bkti_table_writer_free(from);
        check_finished(writer, 4, EXPECTED[mapped ? 0 : 1][several][others]);
    }
    bkti_table_writer *writer = new_writer(context);
    bkti_table_writer *from = new_writer(context);
    bkti_column_writer *column = add_two(writer, "KEY");
    bkti_column_writer *other = add_two(from, "KEY");
    fill(from, other, 0, 2, -1);
    ck_assert_int_eq(bkti_column_append(writer, column, 0, other, MAP), BKT_OK);
    bkti_table_writer_free(from);
    check_finished(writer, 2, "?1 ?1");
    bkt_context_free(context);
}
END_TEST

START_TEST(one_code_costs_nothing_while_it_is_written) {
    enum { ROWS = 1000000 };
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    bkti_column_writer *column = add_two(writer, "KEY");
    uint64_t before = bkt_context_memory_used(context);
    for (int64_t row = 0; row < ROWS; row += 100) {
        ck_assert_int_eq(bkti_column_fill_code(writer, column, row, row + 100, 0), BKT_OK);
    }
    ck_assert_uint_eq(bkt_context_memory_used(context), before);
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, ROWS, &table), BKT_OK);
    ck_assert_uint_lt(bkt_context_memory_peak(context), before + ROWS * 4 + 4096);
    const int32_t *codes = bkt_column_codes_view(bkt_table_column_at(table, 0));
    for (int64_t row = 0; row < ROWS; row += 999) {
        ck_assert_int_eq(codes[row], 0);
    }
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* A column that is never written has no array before the end. */
START_TEST(what_is_not_written_costs_nothing) {
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    for (int i = 0; i < 1000; i++) {
        char id[16];
        snprintf(id, sizeof id, "C%d", i);
        add_column(writer, id, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    }
    ck_assert_int_eq(bkti_table_writer_reserve(writer, 1000000), BKT_OK);
    put_text(writer, 500, 65535, "x");
    const bkt_table *batch;
    ck_assert_int_eq(bkti_table_writer_lend(writer, 65536, &batch), BKT_OK);
    ck_assert_int_eq(bkt_column_null_count(bkt_table_column_at(batch, 499)), 65536);
    ck_assert_int_eq(bkt_column_null_count(bkt_table_column_at(batch, 500)), 65535);
    ck_assert_uint_lt(bkt_context_memory_peak(context), 8 << 20);
    bkti_table_writer_free(writer);
    bkt_context_free(context);
}
END_TEST

/* Eight codes and a number: what a row costs while it is written and when all is done. */
START_TEST(a_row_costs_what_its_arrays_hold) {
    enum { ROWS = 1000000 };
    bkt_context *context = sample_context();
    bkti_table_writer *writer = new_writer(context);
    for (int i = 0; i < 8; i++) {
        char id[16];
        snprintf(id, sizeof id, "C%d", i);
        add_column(writer, id, BKT_KIND_TEXT, BKT_ROLE_DIMENSION);
        ck_assert_int_eq(bkti_table_writer_code(writer, (uint32_t)i, BKTI_SPAN("x")), 0);
    }
    uint32_t value = add_column(writer, "VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE);
    for (int64_t row = 0; row < ROWS; row++) {
        for (uint32_t i = 0; i < 8; i++) {
            bkti_column_put_code(writer, bkti_table_writer_column(writer, i), row, 0);
        }
        bkti_column_put_number(writer, bkti_table_writer_column(writer, value), row, 1);
    }
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, ROWS, &table), BKT_OK);
    ck_assert_uint_lt(bkt_context_memory_used(context), ROWS * 41);
    /* Room, not touched: it grows by half. */
    ck_assert_uint_lt(bkt_context_memory_peak(context), ROWS * 62);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("table writer");
    TCase *test_case = tcase_create("table writer");
    tcase_add_test(test_case, columns_may_come_late_and_have_holes);
    tcase_add_test(test_case, columns_are_found_by_id);
    tcase_add_test(test_case, limits_hold);
    tcase_add_test(test_case, periods_are_parsed_once);
    tcase_add_test(test_case, a_fault_of_the_caller_is_told);
    tcase_add_test(test_case, batches_are_lent);
    tcase_add_test(test_case, what_is_made_of_a_batch_outlives_it);
    tcase_add_test(test_case, one_code_for_all_rows);
    tcase_add_test(test_case, one_code_is_lent_and_dropped);
    tcase_add_test(test_case, one_code_is_appended);
    tcase_add_test(test_case, one_code_costs_nothing_while_it_is_written);
    tcase_add_test(test_case, what_is_not_written_costs_nothing);
    tcase_add_test(test_case, a_row_costs_what_its_arrays_hold);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
