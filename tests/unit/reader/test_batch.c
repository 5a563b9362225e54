/* SPDX-License-Identifier: MIT */
/* Data sets and batches: their sizes, what is known of them, and what may be asked when. */
#include "reader_fixture.h"
#include "run_suite.h"

/* A message of several data sets of several sizes, series of several lengths. */
static char *many_rows(int series_count, int period_count) {
    size_t capacity = (size_t)series_count * ((size_t)period_count * 80 + 200) + 400;
    char *datasets = malloc(capacity);
    ck_assert_ptr_nonnull(datasets);
    size_t size = 0;
    for (int dataset = 0; dataset < 2; dataset++) {
        size += (size_t)snprintf(datasets + size, capacity - size,
                                 "<m:DataSet ss:structureRef=\"S\" ss:setID=\"D%d\">", dataset);
        for (int i = dataset; i < series_count; i += 2) {
            size += (size_t)snprintf(datasets + size, capacity - size,
                                     "<Series AREA=\"A%d\" COLLECTION=\"C%d\">", i, i % 7);
            for (int k = 0; k < period_count; k++) {
                size +=
                    (size_t)snprintf(datasets + size, capacity - size,
                                     "<Obs TIME_PERIOD=\"%d\" OBS_VALUE=\"%d\"%s/>", 1000 + k,
                                     i * period_count + k, k % 3 == 0 ? " OBS_STATUS=\"E\"" : "");
            }
            size += (size_t)snprintf(datasets + size, capacity - size, "</Series>");
        }
        size += (size_t)snprintf(datasets + size, capacity - size, "</m:DataSet>");
    }
    char *message = specific_message("TIME_PERIOD", datasets);
    free(datasets);
    return message;
}

static void compare_row(const bkt_table *batch, int64_t row, const bkt_table *whole,
                        int64_t whole_row) {
    for (uint32_t i = 0; i < bkt_table_column_count(batch); i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        char a[TEXT_SIZE];
        char b[TEXT_SIZE];
        ck_assert_str_eq(
            cell_of(column, row, a),
            cell_of(bkt_table_column_find(whole, bkt_column_id(column)), whole_row, b));
    }
}

START_TEST(batches_have_just_the_size_and_all_rows) {
    static const uint32_t sizes[] = {1, 2, 3, 7, 100, 999, 1000, 5000, 0};
    bkt_context *context = new_context();
    char *text = many_rows(101, 57);
    bkt_table *whole = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_table_row_count(whole), 101 * 57);
    bkt_read_options options = read_options(0);
    options.batch_rows = sizes[_i];
    int64_t full = sizes[_i] == 0 ? 65536 : sizes[_i];
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    int64_t done = 0;
    uint32_t datasets = 0;
    while (bkt_reader_next_dataset(reader) == BKT_OK) {
        datasets++;
        int64_t size = full;
        while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
            ck_assert_int_eq(size, full); /* only the last one is smaller */
            size = bkt_table_row_count(batch);
            ck_assert(size > 0 && size <= full);
            for (int64_t row = 0; row < size; row++) {
                compare_row(batch, row, whole, done + row);
            }
            done += size;
        }
        ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_END);
        ck_assert_ptr_null(batch);
        ck_assert_uint_eq(bkt_reader_dataset_count(reader), datasets);
    }
    ck_assert_uint_eq(datasets, 2);
    ck_assert_int_eq(done, bkt_table_row_count(whole));
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_END);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_END);
    ck_assert_uint_eq(bkt_reader_observation_count(reader), 101 * 57);
    bkt_reader_free(reader);
    bkt_table_free(whole);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(codes_stay_the_same_from_batch_to_batch) {
    bkt_context *context = new_context();
    char *text = many_rows(40, 9);
    bkt_read_options options = read_options(0);
    options.batch_rows = 10;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    int32_t code = -1;
    while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
        int32_t found =
            bkt_column_dictionary_find(bkt_table_column_find(batch, "TIME_PERIOD"), "1008");
        ck_assert(code < 0 || code == found);
        code = found;
    }
    ck_assert_int_ge(code, 0);
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(data_sets_may_be_passed_over) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    const bkt_table *batch;
    data_path(path, "messages/several-data-sets.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, NULL, &reader), BKT_OK);
    ck_assert_ptr_null(bkt_reader_property(reader, "structure"));
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
    ck_assert_str_eq(bkt_reader_property(reader, "structure"), "BKT:TRADE(1.0)");
    ck_assert_str_eq(bkt_reader_property(reader, "action"), "Replace");
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
    ck_assert_str_eq(bkt_reader_property(reader, "dataflow"), "BKT:RATES(2.0)");
    ck_assert_ptr_null(bkt_reader_property(reader, "structure"));
    ck_assert_str_eq(bkt_reader_property(reader, "dataset_id"), "RATES");
    ck_assert_str_eq(bkt_reader_property(reader, "dimension_at_observation"), "AllDimensions");
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(batch), 2);
    ck_assert_cell(batch, 1, "CURRENCY", "KZT");
    ck_assert_ptr_null(bkt_table_column_find(batch, "DATASET"));
    ck_assert_str_eq(bkt_table_property(batch, "action"), "Append");
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
    ck_assert_str_eq(bkt_reader_property(reader, "action"), "Delete");
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_END);
    ck_assert_ptr_null(bkt_reader_property(reader, "action"));
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

START_TEST(data_sets_that_differ_are_told_apart_in_one_table) {
    static const struct {
        const char *dataset;
        const char *action;
        const char *value;
    } rows[] = {{"1", "Replace", "804.1"},
                {"2", "Append", "8336.9"},
                {"2", "Append", "149.1"},
                {"3", "Delete", "<absent>"}};
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/several-data-sets.xml");
    for (int64_t row = 0; row < 4; row++) {
        ck_assert_cell(table, row, "DATASET", rows[row].dataset);
        ck_assert_cell(table, row, "ACTION", rows[row].action);
        ck_assert_cell(table, row, "OBS_VALUE", rows[row].value);
    }
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "DATASET")), BKT_ROLE_PROVENANCE);
    ck_assert_str_eq(bkt_table_property(table, "structure"), "BKT:TRADE(1.0)");
    ck_assert_str_eq(bkt_table_property(table, "dataflow"), "BKT:RATES(2.0)");
    ck_assert_ptr_null(bkt_table_property(table, "action"));
    bkt_table_free(table);
    /* Two data sets of one structure and one action are one table without more ado. */
    char *text = many_rows(4, 2);
    table = read_text(context, text, NULL);
    ck_assert_ptr_null(bkt_table_column_find(table, "DATASET"));
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(properties_of_the_message) {
    static const struct {
        const char *name;
        const char *text;
    } properties[] = {{"kind", "CompactData"},
                      {"version", "2.0"},
                      {"encoding", "UTF-8"},
                      {"id", "SMALL"},
                      {"test", "false"},
                      {"prepared", "2026-01-15T10:00:00"},
                      {"sender", "BKT"},
                      {"sender_name", "Example"},
                      {"receiver", "ANY"},
                      {"structure", "BKT:TRADE"},
                      {"action", "Replace"},
                      {"reporting_begin", "2012"},
                      {"reporting_end", "2013"},
                      {"dataflow", NULL},
                      {"member", NULL},
                      {"footer", NULL},
                      {"nothing of the kind", NULL}};
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    data_path(path, "messages/compact-2.0.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, NULL, &reader), BKT_OK);
    ck_assert_int_eq(bkt_reader_message_kind(reader), BKT_MESSAGE_UNKNOWN);
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
    ck_assert_int_eq(bkt_reader_message_kind(reader), BKT_MESSAGE_COMPACT_DATA);
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        const char *found = bkt_reader_property(reader, properties[i].name);
        if (properties[i].text == NULL) {
            ck_assert_ptr_null(found);
        } else {
            ck_assert_str_eq(found, properties[i].text);
        }
    }
    bkt_reader_free(reader);
    ck_assert_ptr_null(bkt_reader_property(NULL, "kind"));
    ck_assert_uint_eq(bkt_reader_dataset_count(NULL), 0);
    ck_assert_str_eq(bkt_message_kind_text(BKT_MESSAGE_REGISTRY), "Registry");
    ck_assert_str_eq(bkt_message_kind_text(-1), "unknown");
    bkt_context_free(context);
}
END_TEST

START_TEST(feeding_gives_more_until_there_is_enough) {
    bkt_context *context = new_context();
    char *text = many_rows(3000, 20);
    size_t size = strlen(text);
    bkt_table *whole = read_text(context, text, NULL);
    bkt_read_options options = read_options(0);
    options.batch_rows = 1000;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_feed(context, &options, &reader), BKT_OK);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_MORE);
    int64_t rows = 0;
    size_t fed = 0;
    bkt_status status = BKT_MORE;
    while (status != BKT_END) {
        status = bkt_reader_next_batch(reader, &batch);
        if (status == BKT_OK) {
            compare_row(batch, 0, whole, rows);
            rows += bkt_table_row_count(batch);
        } else if (status == BKT_MORE) {
            size_t next = size - fed < 50000 ? size - fed : 50000;
            ck_assert_int_eq(bkt_reader_feed(reader, text + fed, next, fed + next == size), BKT_OK);
            fed += next;
        } else if (status == BKT_END) {
            status = bkt_reader_next_dataset(reader);
        }
    }
    ck_assert_int_eq(rows, bkt_table_row_count(whole));
    ck_assert_int_eq(bkt_reader_feed(reader, "x", 1, 1), BKT_ERR_STATE);
    bkt_reader_free(reader);
    bkt_table_free(whole);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_reader_is_for_batches_or_for_a_table) {
    bkt_context *context = new_context();
    char *text = many_rows(4, 4);
    bkt_reader *reader;
    const bkt_table *batch;
    bkt_table *table;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), NULL, &reader), BKT_OK);
    ck_assert_int_eq(bkt_reader_feed(reader, "x", 1, 1), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_ERR_STATE);
    bkt_reader_free(reader);
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), NULL, &reader), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_uint_eq(bkt_reader_dataset_count(reader), 2);
    bkt_table *again;
    ck_assert_int_eq(bkt_table_read_reader(reader, &again), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_ERR_STATE);
    bkt_reader_free(reader);
    ck_assert_int_eq(bkt_table_row_count(table), 16);
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(an_error_comes_again_and_rows_before_it_do_not_hide_it) {
    bkt_context *context = new_context();
    char *text = many_rows(3000, 20);
    text[strlen(text) - 1000] = '<';
    bkt_read_options options = read_options(0);
    options.batch_rows = 500;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    bkt_status status = BKT_OK;
    int batches = 0;
    while (status == BKT_OK || status == BKT_END) {
        status = bkt_reader_next_batch(reader, &batch);
        batches += status == BKT_OK;
        status = status == BKT_END ? bkt_reader_next_dataset(reader) : status;
    }
    ck_assert_int_gt(batches, 50);
    ck_assert_int_eq(status, BKT_ERR_XML);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_ERR_XML);
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_ERR_XML);
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

typedef struct progress {
    uint64_t rows;
    int calls;
    int stop_at;
} progress;

static int32_t on_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    progress *of = user;
    ck_assert(done <= total || total == 0);
    ck_assert(rows >= of->rows);
    of->rows = rows;
    return ++of->calls == of->stop_at;
}

START_TEST(progress_has_the_rows_and_may_stop_the_reading) {
    char *text = many_rows(3000, 60);
    for (int stop_at = 0; stop_at <= 3; stop_at += 3) {
        progress of = {.stop_at = stop_at};
        bkt_context_options options;
        bkt_context *context;
        bkt_table *table;
        ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
        options.progress = on_progress;
        options.progress_user = &of;
        ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
        bkt_status status = bkt_table_read_memory(context, text, strlen(text), NULL, &table);
        ck_assert_int_eq(status, stop_at == 0 ? BKT_OK : BKT_ERR_CANCELLED);
        ck_assert_int_gt(of.calls, 2);
        ck_assert_uint_gt(of.rows, 10000);
        bkt_table_free(table);
        bkt_context_free(context);
    }
    free(text);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_loop_test(test_case, batches_have_just_the_size_and_all_rows, 0, 9);
    tcase_add_test(test_case, codes_stay_the_same_from_batch_to_batch);
    tcase_add_test(test_case, data_sets_may_be_passed_over);
    tcase_add_test(test_case, data_sets_that_differ_are_told_apart_in_one_table);
    tcase_add_test(test_case, properties_of_the_message);
    tcase_add_test(test_case, feeding_gives_more_until_there_is_enough);
    tcase_add_test(test_case, a_reader_is_for_batches_or_for_a_table);
    tcase_add_test(test_case, an_error_comes_again_and_rows_before_it_do_not_hide_it);
    tcase_add_test(test_case, progress_has_the_rows_and_may_stop_the_reading);
}

int main(void) {
    Suite *suite = suite_create("batch");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
