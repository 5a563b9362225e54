/* SPDX-License-Identifier: MIT */
/* Every allocation of every operation fails in turn: the status says so, nothing leaks, and what
 * was there before is as it was. */
#include "failing_memory.h"
#include "run_suite.h"
#include "table_sample.h"

static const char *const KEYS[] = {"REPORTER", "TIME_PERIOD"};
static const char *const ALL[] = {"REPORTER", "PARTNER", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"};

/* A table with what can be missing, and one whose dictionaries have other texts. */
typedef struct inputs {
    bkt_context *context;
    bkt_table *table;
    bkt_table *other;
    bkti_table_writer *writer;
    const bkt_table *lent;
} inputs;

typedef bkt_status (*operation)(const inputs *in, const bkt_table *table, bkt_table **out_table);

static inputs new_inputs(failing_memory *memory) {
    inputs in = {.context = failing_memory_context(memory)};
    ck_assert_ptr_nonnull(in.context);
    in.table = sample_random(in.context, 40, 1);
    static const char *REPORTERS[] = {"new", "BLR"};
    static const char *PARTNERS[] = {NULL, "newer"};
    static const char *PERIODS[] = {"1999", "1999-Q4"};
    static const char *NOTES[] = {"z", "A"};
    static double VALUES[] = {1, 2};
    static uint8_t REASONS[] = {0, 0};
    sample_rows rows = {REPORTERS, PARTNERS, PERIODS, NOTES, VALUES, REASONS, 2};
    ck_assert_int_eq(sample_table(in.context, &rows, &in.other), BKT_OK);
    in.lent = sample_lent(in.context, in.table, &in.writer);
    return in;
}

static void free_inputs(inputs *in) {
    bkti_table_writer_free(in->writer);
    bkt_table_free(in->table);
    bkt_table_free(in->other);
    bkt_context_free(in->context);
}

static void check_outcome(const failing_memory *memory, bkt_status status) {
    ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory->has_failed));
}

/* Runs an operation on a table and on a lent one. */
static void try_operation(operation operate) {
    for (int lent = 0; lent < 2; lent++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            inputs in = new_inputs(&memory);
            const bkt_table *table = lent ? in.lent : in.table;
            bkt_table *result;
            failing_memory_arm(&memory);
            bkt_status status = operate(&in, table, &result);
            failing_memory_disarm(&memory);
            check_outcome(&memory, status);
            ck_assert_int_eq(result != NULL, status == BKT_OK);
            check_same(in.table, in.lent);
            if (result != NULL) {
                bkt_table *expected;
                ck_assert_int_eq(operate(&in, table, &expected), BKT_OK);
                check_same(result, expected);
                bkt_table_free(expected);
            }
            bkt_table_free(result);
            free_inputs(&in);
            failing_memory_check(&memory);
        }
    }
}

static bkt_status do_filter(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    static const char *const CODES[] = {"BLR", "KAZ", "BLR"};
    *out_table = NULL;
    bkt_filter *filter;
    bkt_status status = bkt_filter_new(in->context, &filter);
    if (status == BKT_OK) {
        status = bkt_filter_add_codes(filter, "REPORTER", CODES, 1);
    }
    if (status == BKT_OK) {
        status = bkt_filter_add_codes(filter, "REPORTER", CODES, 3);
    }
    if (status == BKT_OK) {
        status = bkt_filter_set_periods(filter, "2012", NULL);
    }
    if (status == BKT_OK) {
        status = bkt_table_filter(in->context, table, filter, out_table);
    }
    bkt_filter_free(filter);
    return status;
}

START_TEST(filter) {
    try_operation(do_filter);
}
END_TEST

static bkt_status do_sort(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_sort(in->context, table, ALL, 5, NULL, out_table);
}

START_TEST(sort) {
    try_operation(do_sort);
}
END_TEST

static bkt_status do_group(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_group(in->context, table, KEYS, 2, NULL, out_table);
}

static bkt_status do_total(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_group(in->context, table, NULL, 0, NULL, out_table);
}

START_TEST(group) {
    try_operation(do_group);
    try_operation(do_total);
}
END_TEST

static bkt_status do_pivot(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_pivot(in->context, table, KEYS, 2, "PARTNER", "OBS_VALUE", NULL, out_table);
}

static bkt_status do_wide(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_pivot(in->context, table, NULL, 0, "PARTNER", "OBS_VALUE", NULL, out_table);
}

START_TEST(pivot) {
    try_operation(do_pivot);
    try_operation(do_wide);
}
END_TEST

static bkt_status do_concatenate(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    const bkt_table *tables[] = {table, in->other, in->lent};
    return bkt_table_concatenate(in->context, tables, 3, out_table);
}

static bkt_status do_join(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    const bkt_table *tables[] = {table, in->table};
    return bkt_table_concatenate(in->context, tables, 2, out_table);
}

START_TEST(concatenate) {
    try_operation(do_concatenate);
    try_operation(do_join);
}
END_TEST

static bkt_status do_select(const inputs *in, const bkt_table *table, bkt_table **out_table) {
    return bkt_table_select(in->context, table, ALL, 5, out_table);
}

START_TEST(selection) {
    try_operation(do_select);
}
END_TEST

START_TEST(duplicates) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        inputs in = new_inputs(&memory);
        int64_t count;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_count_duplicates(in.context, in.table, &count, NULL, NULL);
        failing_memory_disarm(&memory);
        check_outcome(&memory, status);
        free_inputs(&in);
        failing_memory_check(&memory);
    }
}
END_TEST

START_TEST(building) {
    failing_memory memory;
    sample_rows rows = sample_rows_random(40, 1);
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = sample_table(context, &rows, &table);
        failing_memory_disarm(&memory);
        check_outcome(&memory, status);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    sample_rows_free(&rows);
}
END_TEST

/* After a failure the builder is as it was: the same call succeeds. */
START_TEST(building_again) {
    failing_memory memory;
    static const char *const TEXTS[] = {"2012", NULL, "2013"};
    static const int32_t CODES[] = {0, 2, -1};
    static const char *const DICTIONARY[] = {"a", "b", "c"};
    static const double NUMBERS[] = {1, NAN, 2};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        bkt_table_builder *builder;
        ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
        bkt_status status = BKT_OK;
        int32_t done[5] = {0};
        failing_memory_arm(&memory);
        for (int attempt = 0; attempt < 2; attempt++) {
            for (int step = 0; step < 5; step++) {
                if (done[step]) {
                    continue;
                }
                if (step == 0) {
                    status =
                        bkt_table_builder_add_texts(builder, "A", BKT_ROLE_DIMENSION, TEXTS, 3);
                } else if (step == 1) {
                    status = bkt_table_builder_add_periods(builder, "T", TEXTS, 3);
                } else if (step == 2) {
                    status = bkt_table_builder_add_codes(builder, "C", BKT_ROLE_DIMENSION, CODES, 3,
                                                         DICTIONARY, 3);
                } else if (step == 3) {
                    status = bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, "USD",
                                                           NUMBERS, NULL, NULL, 3);
                } else {
                    status = bkt_table_builder_set_property(builder, "source", "s");
                }
                check_outcome(&memory, status);
                done[step] = status == BKT_OK;
            }
            failing_memory_disarm(&memory);
        }
        bkt_table *table;
        ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
        ck_assert_uint_eq(bkt_table_column_count(table), 4);
        ck_assert_str_eq(bkt_table_property(table, "source"), "s");
        check_column(table, "V", "1 ?3 2");
        check_column(table, "C", "a c ?1");
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

/* One column of every kind, sparse and late; a batch; the rest. */
static bkt_status write_rows(bkt_context *context, bkt_table **out_table) {
    *out_table = NULL;
    bkti_table_writer *writer;
    bkt_status status = bkti_table_writer_new(context, &writer);
    uint32_t columns[5] = {0};
    static const char *const IDS[] = {"TEXT", "TIME", "VALUE", "NEVER", "SAME"};
    static const int32_t KINDS[] = {BKT_KIND_TEXT, BKT_KIND_PERIOD, BKT_KIND_NUMBER, BKT_KIND_TEXT,
                                    BKT_KIND_TEXT};
    for (int i = 0; status == BKT_OK && i < 5; i++) {
        status = bkti_table_writer_add_column(writer, bkti_span_of(IDS[i]), KINDS[i],
                                              BKT_ROLE_ATTRIBUTE, BKT_LEVEL_NONE, &columns[i]);
    }
    if (status == BKT_OK) {
        status = bkti_table_writer_set_label(writer, columns[2], "Value", "USD");
    }
    if (status == BKT_OK) {
        status = bkti_table_writer_set_property(writer, "source", BKTI_SPAN("s"));
    }
    bkti_column_writer *same = NULL;
    if (status == BKT_OK) {
        same = bkti_table_writer_column(writer, columns[4]);
        int32_t code = bkti_table_writer_code(writer, columns[4], BKTI_SPAN("same"));
        status = code < 0 ? BKT_ERR_MEMORY : BKT_OK;
    }
    for (int turn = 0; turn < 2; turn++) {
        if (status == BKT_OK) {
            status = bkti_column_fill_code(writer, same, 0, 60, 0);
        }
        if (status == BKT_OK && turn == 1) {
            status = bkti_column_change_code(writer, same, 30, -1);
        }
        for (int64_t row = 0; status == BKT_OK && row < 60; row += 3) {
            char text[32];
            snprintf(text, sizeof text, "%d", (int)(2000 + row));
            int32_t code = bkti_table_writer_code(writer, columns[0], bkti_span_of(text));
            int32_t period =
                bkti_table_writer_period_code(writer, columns[1], bkti_span_of(text), NULL, NULL);
            if (code < 0 || period < 0) {
                status = BKT_ERR_MEMORY;
                break;
            }
            status = bkti_column_put_code(writer, bkti_table_writer_column(writer, columns[0]), row,
                                          code);
            if (status == BKT_OK) {
                status = bkti_column_fill_code(writer, bkti_table_writer_column(writer, columns[1]),
                                               row, row + 2, period);
            }
            if (status == BKT_OK) {
                status = bkti_column_put_number(
                    writer, bkti_table_writer_column(writer, columns[2]), row, 1);
            }
        }
        const bkt_table *batch;
        if (status == BKT_OK && turn == 0) {
            status = bkti_table_writer_lend(writer, 60, &batch);
            if (status == BKT_OK) {
                bkti_table_writer_restart(writer);
            }
        }
    }
    if (status != BKT_OK) {
        bkti_table_writer_free(writer);
        return status;
    }
    return bkti_table_writer_finish(writer, 60, out_table);
}

START_TEST(writing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = write_rows(context, &table);
        failing_memory_disarm(&memory);
        check_outcome(&memory, status);
        ck_assert_int_eq(table != NULL, status == BKT_OK);
        if (table != NULL) {
            char *text = text_of(table);
            free(text);
        }
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("table memory");
    TCase *test_case = tcase_create("table memory");
    tcase_add_test(test_case, filter);
    tcase_add_test(test_case, sort);
    tcase_add_test(test_case, group);
    tcase_add_test(test_case, pivot);
    tcase_add_test(test_case, concatenate);
    tcase_add_test(test_case, selection);
    tcase_add_test(test_case, duplicates);
    tcase_add_test(test_case, building);
    tcase_add_test(test_case, building_again);
    tcase_add_test(test_case, writing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
