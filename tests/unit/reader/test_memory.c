/* SPDX-License-Identifier: MIT */
/* Every allocation of a reading fails in its turn: nothing leaks, and what is said is "no memory".
 */
#include "reader_fixture.h"

#include "failing_memory.h"
#include "io/archive_builder.h"
#include "run_suite.h"

static const char *const files[] = {
    "messages/compact-2.0.xml",
    "messages/generic-2.0.xml",
    "messages/cross-sectional-1.0.xml",
    "messages/cross-sectional-2.0.xml",
    "messages/utility-2.0.xml",
    "messages/message-group.xml",
    "messages/soap-1.1.xml",
    "messages/generic-2.1-flat.xml",
    "messages/specific-2.1-cross.xml",
    "messages/specific-2.1-late-groups.xml",
    "messages/specific-3.0-comp.xml",
    "messages/specific-3.0-measures.xml",
    "messages/several-data-sets.xml",
    "messages/missing-values.xml",
    "messages/footer.xml",
    "messages/conflicting-groups.xml",
    "messages/csv-1.0-labels.csv",
    "messages/csv-1.0-latin-1.csv",
    "messages/csv-2.0-names.csv",
    "messages/csv-2.0-any-order.csv",
    "messages/csv-2.0-partial-keys.csv",
    "messages/csv-2.0-several.csv",
};

static char *load(const char *name, size_t *out_size) {
    char path[TEXT_SIZE];
    FILE *file = fopen(data_path(path, name), "rb");
    ck_assert_ptr_nonnull(file);
    char *text = malloc(65536);
    ck_assert_ptr_nonnull(text);
    *out_size = fread(text, 1, 65536, file);
    ck_assert(*out_size > 0 && *out_size < 65536);
    fclose(file);
    return text;
}

static void check_status(const failing_memory *memory, bkt_status status, bkt_status otherwise) {
    ck_assert_msg(status == otherwise || (status == BKT_ERR_MEMORY && memory->has_failed),
                  "status %d when allocation %llu failed", (int)status,
                  (unsigned long long)memory->fail_at);
}

START_TEST(whole_tables) {
    size_t size;
    char *text = load(files[_i], &size);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_read_options options = read_options(BKT_READ_CHECK_DUPLICATES);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_read_memory(context, text, size, &options, &table);
        failing_memory_disarm(&memory);
        check_status(&memory, status, BKT_OK);
        ck_assert_int_eq(table == NULL, status != BKT_OK);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

static bkt_status read_batches(bkt_context *context, const char *text, size_t size,
                               const bkt_filter *filter) {
    bkt_read_options options = read_options(0);
    options.batch_rows = 2;
    options.filter = filter;
    bkt_reader *reader;
    const bkt_table *batch;
    bkt_status status = bkt_reader_open_feed(context, &options, &reader);
    status = status == BKT_OK ? bkt_reader_feed(reader, text, size / 2, 0) : status;
    status =
        status == BKT_OK ? bkt_reader_feed(reader, text + size / 2, size - size / 2, 1) : status;
    while (status == BKT_OK) {
        status = bkt_reader_next_dataset(reader);
        bkt_status of_batch = status;
        while (of_batch == BKT_OK) {
            of_batch = bkt_reader_next_batch(reader, &batch);
        }
        status = of_batch == BKT_END ? status : of_batch;
    }
    bkt_reader_free(reader);
    return status;
}

START_TEST(batches_with_a_filter) {
    size_t size;
    char *text = load(files[_i], &size);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        static const char *const codes[] = {"BY"};
        bkt_filter *filter;
        ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filter, "REF_AREA", codes, 1), BKT_OK);
        ck_assert_int_eq(bkt_filter_set_periods(filter, "2001", "2013"), BKT_OK);
        failing_memory_arm(&memory);
        bkt_status status = read_batches(context, text, size, filter);
        failing_memory_disarm(&memory);
        check_status(&memory, status, BKT_END);
        bkt_filter_free(filter);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

/* Observations whose status comes behind them. */
START_TEST(observations_that_wait_for_the_filter) {
    size_t size;
    char *text = load("messages/specific-3.0-comp.xml", &size);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        static const char *const codes[] = {"A", "E"};
        bkt_filter *filter;
        ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filter, "OBS_STATUS", codes, 2), BKT_OK);
        failing_memory_arm(&memory);
        bkt_status status = read_batches(context, text, size, filter);
        failing_memory_disarm(&memory);
        check_status(&memory, status, BKT_END);
        bkt_filter_free(filter);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

START_TEST(members_of_a_zip) {
    size_t size;
    char *text = load("messages/specific-2.1-flat.xml", &size);
    static const char other[] = "<catalogue/>";
    bytes zip = {0};
    add_member(&zip, "other.xml", other, sizeof other - 1, (member_form){.stored = true});
    add_member(&zip, "data.xml", text, size, (member_form){.stored = true});
    add_directory(&zip, 2);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_read_memory(context, zip.data, zip.size, NULL, &table);
        failing_memory_disarm(&memory);
        check_status(&memory, status, BKT_OK);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    bytes_free(&zip);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *test_case = tcase_create("memory");
    int count = (int)(sizeof files / sizeof *files);
    tcase_add_loop_test(test_case, whole_tables, 0, count);
    tcase_add_loop_test(test_case, batches_with_a_filter, 0, count);
    tcase_add_test(test_case, observations_that_wait_for_the_filter);
    tcase_add_test(test_case, members_of_a_zip);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
