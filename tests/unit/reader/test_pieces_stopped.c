/* SPDX-License-Identifier: MIT */
/* Several threads, and the reading ends before its end: memory fails, the caller stops it. */
#include <pthread.h>
#include <unistd.h>

#include "made_message.h"

#include "failing_memory.h"
#include "run_suite.h"

/* A failing memory that several threads use. */
typedef struct shared_memory {
    pthread_mutex_t lock;
    failing_memory *memory;
} shared_memory;

static void *allocate(size_t size, void *user) {
    shared_memory *shared = user;
    pthread_mutex_lock(&shared->lock);
    void *block = failing_memory_allocate(size, shared->memory);
    pthread_mutex_unlock(&shared->lock);
    return block;
}

static void *reallocate(void *block, size_t size, void *user) {
    shared_memory *shared = user;
    pthread_mutex_lock(&shared->lock);
    void *moved = failing_memory_reallocate(block, size, shared->memory);
    pthread_mutex_unlock(&shared->lock);
    return moved;
}

static void release(void *block, void *user) {
    shared_memory *shared = user;
    pthread_mutex_lock(&shared->lock);
    failing_memory_release(block, shared->memory);
    pthread_mutex_unlock(&shared->lock);
}

static bkt_context *shared_context(shared_memory *shared) {
    bkt_context_options options;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
    options.allocate = allocate;
    options.reallocate = reallocate;
    options.release = release;
    options.memory_user = shared;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    return context;
}

static bkt_status read_all(bkt_context *context, const made_message *made, bkt_table **out_table) {
    bkt_read_options options = read_options(0);
    options.threads = 3;
    options.batch_rows = 8;
    bkt_reader *reader;
    bkt_status status =
        bkt_reader_open_memory(context, made->text.data, made->text.size, &options, &reader);
    if (status != BKT_OK) {
        return status;
    }
    reader->piece_size = made->piece_size;
    if (out_table != NULL) {
        status = bkt_table_read_reader(reader, out_table);
    }
    while (out_table == NULL && status == BKT_OK) {
        const bkt_table *batch;
        status = bkt_reader_next_batch(reader, &batch);
    }
    bkt_reader_free(reader);
    return status == BKT_END ? BKT_OK : status;
}

/* Each of the first allocations fails, then one in so many. In whichever thread: nothing leaks, and
 * what is read is right or "no memory". */
START_TEST(memory_fails) {
    made_message made = {.state = 5,
                         .layout = (made_layout)(_i / 2),
                         .oddity = 60,
                         .piece_size = 500,
                         .flags = MADE_READABLE};
    make_message(&made, made.layout == MADE_FLAT ? 60 : 12);
    failing_memory memory;
    shared_memory shared = {PTHREAD_MUTEX_INITIALIZER, &memory};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = shared_context(&shared);
        bkt_table *table = NULL;
        failing_memory_arm(&memory);
        bkt_status status = read_all(context, &made, _i % 2 == 0 ? &table : NULL);
        failing_memory_disarm(&memory);
        ck_assert_msg(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed),
                      "status %d when allocation %" PRIu64 " failed", (int)status, memory.fail_at);
        ck_assert_int_eq(table != NULL, status == BKT_OK && _i % 2 == 0);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
        memory.fail_at += memory.fail_at / 40;
    }
    free(made.text.data);
}
END_TEST

/* What the callbacks see. */
typedef struct watch {
    pthread_t thread;
    uint64_t done;
    uint64_t rows;
    int calls;
    int stop_at;
    int logs;
} watch;

static int32_t on_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    watch *seen = user;
    ck_assert(pthread_equal(pthread_self(), seen->thread) && done <= total && done >= seen->done &&
              rows >= seen->rows);
    seen->done = done;
    seen->rows = rows;
    return ++seen->calls == seen->stop_at;
}

static void on_log(const bkt_diagnostic *diagnostic, void *user) {
    watch *seen = user;
    ck_assert(diagnostic != NULL && pthread_equal(pthread_self(), seen->thread));
    seen->logs++;
}

START_TEST(callbacks_come_in_the_callers_thread) {
    made_message made = {.state = 3, .oddity = 2, .flags = MADE_READABLE};
    make_message(&made, 10000);
    for (int stop_at = 0; stop_at < 6; stop_at++) {
        watch seen = {.thread = pthread_self(), .stop_at = stop_at};
        bkt_context_options options;
        bkt_context *context;
        bkt_table *table;
        ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
        options.progress = on_progress;
        options.progress_user = &seen;
        options.log = on_log;
        options.log_user = &seen;
        ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
        bkt_read_options read = read_options(0);
        read.threads = 3;
        bkt_reader *reader;
        ck_assert_int_eq(
            bkt_reader_open_memory(context, made.text.data, made.text.size, &read, &reader),
            BKT_OK);
        reader->piece_size = 300000;
        bkt_status status = bkt_table_read_reader(reader, &table);
        if (stop_at == 0) {
            assert_taken_over(reader->taken_over, 3);
        }
        bkt_reader_free(reader);
        bool stopped = stop_at > 0 && seen.calls >= stop_at;
        ck_assert_int_eq(status, stopped ? BKT_ERR_CANCELLED : BKT_OK);
        ck_assert(stop_at > 0 || (seen.calls >= 4 && seen.logs > 0));
        bkt_table_free(table);
        bkt_context_free(context);
    }
    free(made.text.data);
}
END_TEST

START_TEST(a_reader_is_freed_in_the_middle) {
    made_message made = {.state = 7, .layout = (made_layout)_i};
    make_message(&made, _i == MADE_FLAT ? 3000 : 300);
    bkt_context *context = new_context();
    for (int batches = 0; batches < 40; batches++) {
        bkt_read_options options = read_options(0);
        options.threads = 4;
        options.batch_rows = 40;
        bkt_reader *reader;
        const bkt_table *batch;
        ck_assert_int_eq(
            bkt_reader_open_memory(context, made.text.data, made.text.size, &options, &reader),
            BKT_OK);
        reader->piece_size = 2000;
        for (int i = 0; i < batches; i++) {
            ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
        }
        if (batches % 2 == 1) {
            ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_END);
        }
        bkt_reader_free(reader);
    }
    bkt_context_free(context);
    free(made.text.data);
}
END_TEST

/* A file that is cut off while it is read. */
START_TEST(a_file_gets_shorter) {
    made_message made = {.state = 9};
    make_message(&made, 2000);
    char path[] = "/tmp/bkt-pieces-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    FILE *stream = fdopen(file, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(made.text.data, 1, made.text.size, stream), made.text.size);
    fflush(stream);
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    options.threads = 2;
    options.batch_rows = 100;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_path(context, path, &options, &reader), BKT_OK);
    reader->piece_size = 50000;
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
    ck_assert_int_eq(ftruncate(file, (off_t)made.text.size / 2), 0);
    bkt_status status = BKT_OK;
    while (status == BKT_OK) {
        status = bkt_reader_next_batch(reader, &batch);
    }
    ck_assert_int_eq(status, BKT_ERR_TRUNCATED);
    assert_taken_over(reader->taken_over, 0);
    bkt_reader_free(reader);
    bkt_context_free(context);
    fclose(stream);
    remove(path);
    free(made.text.data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pieces stopped");
    TCase *test_case = tcase_create("pieces stopped");
    tcase_add_loop_test(test_case, memory_fails, 0, 2 * MADE_LAYOUTS);
    tcase_add_test(test_case, callbacks_come_in_the_callers_thread);
    tcase_add_loop_test(test_case, a_reader_is_freed_in_the_middle, 0, MADE_LAYOUTS);
    tcase_add_test(test_case, a_file_gets_shorter);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
