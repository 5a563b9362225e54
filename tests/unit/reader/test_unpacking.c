/* SPDX-License-Identifier: MIT */
/* Packed messages read with the option `threads`: the same tables, errors and positions as without,
 * and callbacks in the caller's thread alone. */
#include <pthread.h>

#include "reader_fixture.h"

#include "failing_memory.h"
#include "io/archive_builder.h"
#include "run_suite.h"

/* One data set of many blocks, whose rows differ. */
static char *long_message(int series_count) {
    size_t capacity = (size_t)series_count * 3000 + 200;
    char *dataset = malloc(capacity);
    ck_assert_ptr_nonnull(dataset);
    unsigned random = 1;
    size_t size = (size_t)snprintf(dataset, capacity, "<m:DataSet ss:structureRef=\"S\">");
    for (int i = 0; i < series_count; i++) {
        size += (size_t)snprintf(dataset + size, capacity - size, "<Series AREA=\"A%d\">", i);
        for (int k = 0; k < 40; k++) {
            random = random * 1103515245U + 12345U;
            size += (size_t)snprintf(dataset + size, capacity - size,
                                     "<Obs TIME_PERIOD=\"%d\" OBS_VALUE=\"%u.%d\"/>", 1980 + k,
                                     random >> 12, k % 10);
        }
        size += (size_t)snprintf(dataset + size, capacity - size, "</Series>");
    }
    snprintf(dataset + size, capacity - size, "</m:DataSet>");
    char *message = specific_message("TIME_PERIOD", dataset);
    free(dataset);
    return message;
}

/* The message as gzip, or as two members of a zip, with another between them. */
static bytes packed(const char *message, int form) {
    bytes archive = {0};
    if (form == 0) {
        add_gzip(&archive, message, strlen(message));
        return archive;
    }
    member_form member = {.descriptor = form == 2};
    add_member(&archive, "a.xml", message, strlen(message), member);
    add_member(&archive, "notes.txt", "no message", 10, member);
    add_member(&archive, "b.xml", message, strlen(message), member);
    add_directory(&archive, 3);
    return archive;
}
#define FORM_COUNT 3

static bkt_read_options options_of(uint32_t threads) {
    bkt_read_options options = read_options(0);
    options.threads = threads;
    return options;
}

static void check_same_errors(const bkt_context *a, const bkt_context *b) {
    ck_assert_uint_eq(bkt_context_diagnostic_count(a), bkt_context_diagnostic_count(b));
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(a); i++) {
        const bkt_diagnostic *of_a = bkt_context_diagnostic_at(a, i);
        const bkt_diagnostic *of_b = bkt_context_diagnostic_at(b, i);
        ck_assert_str_eq(bkt_diagnostic_line_text(of_a), bkt_diagnostic_line_text(of_b));
        ck_assert_uint_eq(bkt_diagnostic_offset(of_a), bkt_diagnostic_offset(of_b));
        ck_assert_int_eq(bkt_diagnostic_status(of_a), bkt_diagnostic_status(of_b));
    }
}

/* Reads whole with each number of threads and compares. */
static void check_same(bytes archive, const char *member) {
    bkt_context *contexts[] = {new_context(), new_context()};
    bkt_table *tables[2];
    bkt_status statuses[2];
    for (uint32_t i = 0; i < 2; i++) {
        bkt_read_options options = options_of(i == 0 ? 0 : 2);
        options.member = member;
        statuses[i] =
            bkt_table_read_memory(contexts[i], archive.data, archive.size, &options, &tables[i]);
    }
    ck_assert_int_eq(statuses[0], statuses[1]);
    ck_assert_int_eq(tables[0] == NULL, tables[1] == NULL);
    if (tables[0] != NULL) {
        assert_same_table(tables[0], tables[1]);
    }
    check_same_errors(contexts[0], contexts[1]);
    for (int i = 0; i < 2; i++) {
        bkt_table_free(tables[i]);
        bkt_context_free(contexts[i]);
    }
}

START_TEST(tables_are_the_same) {
    char *message = long_message(400);
    bytes archive = packed(message, _i);
    check_same(archive, NULL);
    check_same(archive, "b.xml");
    check_same(archive, "c.xml");
    bytes_free(&archive);
    free(message);
}
END_TEST

START_TEST(faults_are_the_same) {
    char *message = long_message(400);
    size_t size = strlen(message);
    message[size / 3] = '<'; /* no XML any more */
    bytes archive = packed(message, _i);
    check_same(archive, NULL);
    message[size / 3] = ' ';
    bytes_free(&archive);
    archive = packed(message, _i);
    for (size_t part = 1; part < 8; part++) {
        size_t at = archive.size / 8 * part;
        archive.data[at] ^= 0x55;
        check_same(archive, NULL);
        archive.data[at] ^= 0x55;
        size_t whole = archive.size;
        archive.size = at;
        check_same(archive, NULL);
        archive.size = whole;
    }
    bytes_free(&archive);
    free(message);
}
END_TEST

typedef struct giver {
    const unsigned char *data;
    size_t size;
    size_t chunk;
    pthread_t thread;
    int progress_calls;
    int cancel_at;
} giver;

static int32_t give(void *buffer, size_t capacity, size_t *out_size, void *user) {
    giver *from = user;
    ck_assert_int_ne(pthread_equal(pthread_self(), from->thread), 0);
    size_t size = from->chunk < capacity ? from->chunk : capacity;
    size = size < from->size ? size : from->size;
    memcpy(buffer, from->data, size);
    from->data += size;
    from->size -= size;
    *out_size = size;
    return 0;
}

static int32_t note_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    giver *from = user;
    (void)done;
    (void)total;
    (void)rows;
    ck_assert_int_ne(pthread_equal(pthread_self(), from->thread), 0);
    return ++from->progress_calls == from->cancel_at;
}

START_TEST(callbacks_stay_in_the_thread_and_may_cancel) {
    char *message = long_message(5000);
    bytes archive = packed(message, 0);
    ck_assert_uint_gt(archive.size, (size_t)1 << 20);
    for (int cancel_at = 0; cancel_at < 2; cancel_at++) {
        giver from = {archive.data, archive.size, 50000, pthread_self(), 0, cancel_at};
        bkt_context_options context_options;
        bkt_context_options_init(&context_options, sizeof context_options);
        context_options.progress = note_progress;
        context_options.progress_user = &from;
        bkt_read_options options = options_of(2);
        bkt_context *context;
        bkt_reader *reader;
        bkt_table *table;
        ck_assert_int_eq(bkt_context_new(&context_options, &context), BKT_OK);
        ck_assert_int_eq(bkt_reader_open_callback(context, give, &from, &options, &reader), BKT_OK);
        ck_assert_int_eq(bkt_table_read_reader(reader, &table),
                         cancel_at == 0 ? BKT_OK : BKT_ERR_CANCELLED);
        ck_assert_int_eq(from.progress_calls, 1);
        bkt_table_free(table);
        bkt_reader_free(reader);
        bkt_context_free(context);
    }
    bytes_free(&archive);
    free(message);
}
END_TEST

START_TEST(freed_in_the_middle) {
    char *message = long_message(400);
    bytes archive = packed(message, _i);
    for (int batches = 0; batches < 6; batches++) {
        bkt_context *context = new_context();
        uint64_t used = bkt_context_memory_used(context);
        bkt_read_options options = options_of(64);
        options.batch_rows = 1000;
        bkt_reader *reader;
        const bkt_table *batch;
        ck_assert_int_eq(
            bkt_reader_open_memory(context, archive.data, archive.size, &options, &reader), BKT_OK);
        for (int i = 0; i < batches; i++) {
            ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
        }
        bkt_reader_free(reader);
        ck_assert_uint_eq(bkt_context_memory_used(context), used);
        bkt_context_free(context);
    }
    bytes_free(&archive);
    free(message);
}
END_TEST

START_TEST(memory_that_fails) {
    char *message = long_message(15);
    bytes archive = packed(message, _i);
    bkt_read_options options = options_of(2);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_table_read_memory(context, archive.data, archive.size, &options, &table);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    bytes_free(&archive);
    free(message);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("unpacking");
    TCase *test_case = tcase_create("unpacking");
    tcase_add_loop_test(test_case, tables_are_the_same, 0, FORM_COUNT);
    tcase_add_loop_test(test_case, faults_are_the_same, 0, FORM_COUNT);
    tcase_add_test(test_case, callbacks_stay_in_the_thread_and_may_cancel);
    tcase_add_loop_test(test_case, freed_in_the_middle, 0, FORM_COUNT);
    tcase_add_loop_test(test_case, memory_that_fails, 0, FORM_COUNT);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
