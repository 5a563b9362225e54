/* SPDX-License-Identifier: MIT */
/* Plain and gzip input by every way, and what can go wrong with it. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "failing_memory.h"
#include "run_suite.h"
#include "source_reading.h"

static const size_t chunks[] = {1, 7, 4096, 1000000};
#define SHORT_INPUT ((size_t)20000)

/* Every way and chunk gives the same. */
static void check_reads(bytes input, bytes content) {
    for (way by = 0; by < WAY_COUNT; by++) {
        /* A byte at a time takes long. */
        size_t first = input.size > SHORT_INPUT ? 1 : 0;
        for (size_t i = first; i < sizeof chunks / sizeof chunks[0]; i++) {
            bkt_context *context = new_context();
            reading result = read_by(context, by, chunks[i], input);
            ck_assert_int_eq(result.status, BKT_END);
            ck_assert_uint_eq(result.count, 1);
            ck_assert(!result.has_odd_block);
            ck_assert(same_bytes(result.contents[0], content));
            ck_assert_str_eq(result.members[0], "");
            ck_assert_str_eq(result.names[0], "x");
            reading_free(&result);
            ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
            bkt_context_free(context);
        }
    }
}

static void check_fails(bytes input, bkt_status status, const char *words) {
    for (way by = 0; by < WAY_COUNT; by++) {
        bkt_context *context = new_context();
        reading result = read_by(context, by, 5, input);
        ck_assert_int_eq(result.status, status);
        check_error(context, status, words);
        reading_free(&result);
        bkt_context_free(context);
    }
}

START_TEST(plain) {
    static const size_t sizes[] = {1, 2, 3, 4, 131071, 131072, 131073, 400000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        bytes content = {0};
        bytes_add_rows(&content, (unsigned)(sizes[i] / 40 + 1));
        content.size = sizes[i];
        check_reads(content, content);
        bytes_free(&content);
    }
}
END_TEST

START_TEST(memory_is_lent) {
    bkt_context *context = new_context();
    bytes content = {0};
    bytes_add_rows(&content, 5000);
    bkti_source *source;
    ck_assert_int_eq(bkti_source_open_memory(context, content.data, content.size, NULL, &source),
                     BKT_OK);
    ck_assert_str_eq(bkti_source_name(source), "memory");
    ck_assert_int_eq(bkti_source_next_document(source), BKT_OK);
    ck_assert_uint_eq(bkti_source_total(source), content.size);
    uint64_t used = bkt_context_memory_used(context);
    bkti_span block;
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_OK);
    ck_assert_ptr_eq(block.data, content.data);
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_OK);
    ck_assert_ptr_eq(block.data, content.data + BKTI_BLOCK_SIZE);
    ck_assert_uint_eq(bkt_context_memory_used(context), used);
    ck_assert_uint_eq(bkti_source_done(source), BKTI_BLOCK_SIZE);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_END);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_END);
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_END);
    bkti_source_free(source);
    bytes_free(&content);
    bkt_context_free(context);
}
END_TEST

START_TEST(gzip) {
    bytes content = {0};
    bytes packed = {0};
    bytes_add_rows(&content, 8000);
    add_gzip(&packed, content.data, content.size);
    check_reads(packed, content);

    /* Three members, one of them empty, and padding. */
    add_gzip(&packed, "", 0);
    add_gzip(&packed, "and more", 8);
    bytes_add_text(&content, "and more");
    check_reads(packed, content);
    bytes_add_number(&packed, 0, 8);
    bytes_add_number(&packed, 0, 8);
    check_reads(packed, content);

    bytes_add_text(&packed, "x");
    check_fails(packed, BKT_ERR_COMPRESSION, "some zeros");
    packed.size -= 17;
    bytes_add_text(&packed, "garbage");
    check_fails(packed, BKT_ERR_COMPRESSION, "no gzip data");
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

START_TEST(gzip_of_nothing) {
    bytes packed = {0};
    bytes none = {0};
    add_gzip(&packed, "", 0);
    check_reads(packed, none);
    bytes_free(&packed);
}
END_TEST

START_TEST(gzip_cut_anywhere) {
    bytes packed = {0};
    add_gzip(&packed, "first member", 12);
    size_t border = packed.size;
    add_gzip(&packed, "second", 6);
    size_t whole = packed.size;
    for (size_t size = 2; size < whole; size++) {
        packed.size = size;
        if (size != border) {
            check_fails(packed, BKT_ERR_TRUNCATED, "middle");
        }
    }
    bytes_free(&packed);
}
END_TEST

/* A bit changed anywhere: an error, or still the same content (file time, system and such). */
START_TEST(gzip_damaged_anywhere) {
    bytes packed = {0};
    bytes content = {0};
    bytes_add_rows(&content, 20);
    add_gzip(&packed, content.data, content.size);
    /* Without its first two bytes it would be no gzip, but plain. */
    for (size_t bit = 16; bit < packed.size * 8; bit++) {
        unsigned char change = (unsigned char)(1 << bit % 8);
        bkt_context *context = new_context();
        packed.data[bit / 8] ^= change;
        reading result = read_by(context, bit % WAY_COUNT, 30, packed);
        packed.data[bit / 8] ^= change;
        if (result.status == BKT_END) {
            ck_assert(same_bytes(result.contents[0], content));
        } else {
            ck_assert_int_ge(result.status, BKT_ERR_ARGUMENT);
            ck_assert_str_ne(bkt_context_error_text(context), "");
        }
        reading_free(&result);
        bkt_context_free(context);
    }
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

START_TEST(gzip_bomb) {
    bytes zeros = {0};
    bytes packed = {0};
    zeros.size = (size_t)20 << 20;
    zeros.data = calloc(1, zeros.size);
    ck_assert_ptr_nonnull(zeros.data);
    add_gzip(&packed, zeros.data, zeros.size);
    bytes_free(&zeros);
    check_fails(packed, BKT_ERR_LIMIT, "expansion_limit");

    bkt_context_options options;
    bkt_context *context;
    bkt_context_options_init(&options, sizeof options);
    options.expansion_limit = 2000;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    reading result = read_by(context, BY_MEMORY, 0, packed);
    ck_assert_int_eq(result.status, BKT_END);
    ck_assert_uint_eq(result.contents[0].size, (size_t)20 << 20);
    reading_free(&result);
    bkt_context_free(context);
    bytes_free(&packed);
}
END_TEST

START_TEST(nothing_at_all) {
    bytes none = {0};
    check_fails(none, BKT_ERR_EMPTY, "empty");
}
END_TEST

static void check_path_fails(const char *path, bkt_status status, const char *words, int error) {
    bkt_context *context = new_context();
    bkti_source *source = (bkti_source *)context;
    ck_assert_int_eq(bkti_source_open_path(context, path, NULL, &source), status);
    ck_assert_ptr_null(source);
    check_error(context, status, words);
    ck_assert_str_eq(bkt_diagnostic_source(bkt_context_error(context)), path);
    ck_assert_int_eq(bkt_diagnostic_os_error(bkt_context_error(context)), error);
    bkt_context_free(context);
}

START_TEST(paths_that_fail) {
    char long_name[5000];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    check_path_fails("/tmp/there is no such file.xml", BKT_ERR_NOT_FOUND, "no file", ENOENT);
    check_path_fails("", BKT_ERR_NOT_FOUND, "no file", ENOENT);
    check_path_fails("/dev/null/file.xml", BKT_ERR_NOT_FOUND, "no file", ENOTDIR);
    check_path_fails("/tmp", BKT_ERR_DIRECTORY, "folder", EISDIR);
    check_path_fails(long_name, BKT_ERR_IO, "could not be opened", ENAMETOOLONG);
}
END_TEST

START_TEST(path_without_permission) {
    char path[] = "/tmp/bktrade-source-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(chmod(path, 0), 0);
    /* To root every file is open: be somebody else for a moment. */
    bool is_root = geteuid() == 0;
    if (!is_root || seteuid(65534) == 0) {
        check_path_fails(path, BKT_ERR_PERMISSION, "permit", EACCES);
    }
    if (is_root) {
        ck_assert_int_eq(seteuid(0), 0);
    }
    unlink(path);
}
END_TEST

static int32_t give_failure(void *buffer, size_t capacity, size_t *out_size, void *user) {
    (void)buffer;
    (void)capacity;
    *out_size = 0;
    return *(int32_t *)user;
}

static int32_t give_too_much(void *buffer, size_t capacity, size_t *out_size, void *user) {
    (void)buffer;
    (void)user;
    *out_size = capacity + 1;
    return 0;
}

START_TEST(callbacks_that_fail) {
    bkt_context *context = new_context();
    bkti_source *source;
    int32_t answer = -5;
    bkti_source_open_callback(context, give_failure, &answer, NULL, &source);
    ck_assert_str_eq(bkti_source_name(source), "input");
    ck_assert_int_eq(bkti_source_next_document(source), BKT_ERR_IO);
    check_error(context, BKT_ERR_IO, "failed with -5");
    bkti_source_free(source);
    bkti_source_open_callback(context, give_too_much, NULL, "mine", &source);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_ERR_IO);
    check_error(context, BKT_ERR_IO, "room for");
    bkti_source_free(source);
    bkt_context_free(context);
}
END_TEST

START_TEST(feeding_out_of_turn) {
    bkt_context *context = new_context();
    bkti_source *source;
    bkti_source_open_memory(context, "<a/>", 4, NULL, &source);
    ck_assert_int_eq(bkti_source_feed(source, "x", 1, false), BKT_ERR_STATE);
    bkti_source_free(source);

    bkti_source_open_feed(context, NULL, &source);
    ck_assert_int_eq(bkti_source_feed(source, NULL, 1, false), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_MORE);
    ck_assert_int_eq(bkti_source_feed(source, NULL, 0, false), BKT_OK);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_MORE);
    ck_assert_int_eq(bkti_source_feed(source, "<a/>", 4, false), BKT_OK);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_OK);
    bkti_span block;
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_MORE);
    ck_assert_int_eq(bkti_source_feed(source, NULL, 0, true), BKT_OK);
    ck_assert_int_eq(bkti_source_feed(source, "x", 1, false), BKT_ERR_STATE);
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_OK);
    ck_assert(bkti_span_is(block, "<a/>"));
    ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_END);
    bkti_source_free(source);
    bkt_context_free(context);
}
END_TEST

typedef struct progress_log {
    unsigned calls;
    uint64_t done;
    uint64_t total;
    uint64_t rows;
    unsigned stop_at;
} progress_log;

static int32_t log_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    progress_log *log = user;
    ck_assert_uint_gt(done, log->done);
    log->calls++;
    log->done = done;
    log->total = total;
    log->rows = rows;
    return log->calls == log->stop_at;
}

START_TEST(progress) {
    bytes content = {0};
    content.size = ((size_t)5 << 20) + 1;
    content.data = calloc(1, content.size);
    ck_assert_ptr_nonnull(content.data);
    progress_log log = {0};
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.progress = log_progress;
    options.progress_user = &log;
    for (way by = 0; by < WAY_COUNT; by++) {
        for (log.stop_at = 0; log.stop_at < 4; log.stop_at += 3) {
            bkt_context *context;
            ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
            log.calls = 0;
            log.done = 0;
            reading result = read_by(context, by, 100000, content);
            ck_assert_int_eq(result.status, log.stop_at == 0 ? BKT_END : BKT_ERR_CANCELLED);
            ck_assert_uint_eq(log.calls, log.stop_at == 0 ? 5 : 3);
            ck_assert_uint_eq(log.total, by == BY_MEMORY || by == BY_PATH ? content.size : 0);
            reading_free(&result);
            bkt_context_free(context);
        }
    }
    bkt_context *context;
    bkti_source *source;
    bkti_span block;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    log.stop_at = 0;
    log.done = 0;
    bkti_source_open_memory(context, content.data, content.size, NULL, &source);
    bkti_source_next_document(source);
    bkti_source_set_rows(source, 77);
    while (bkti_source_next_block(source, &block) == BKT_OK) {
    }
    ck_assert_uint_eq(log.rows, 77);
    bkti_source_free(source);
    bkt_context_free(context);
    bytes_free(&content);
}
END_TEST

START_TEST(memory_that_fails) {
    bytes content = {0};
    bytes packed = {0};
    bytes_add_rows(&content, 5000);
    add_gzip(&packed, content.data, content.size);
    for (unsigned i = 0; i < 2 * WAY_COUNT; i++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            failing_memory_arm(&memory);
            reading result = read_by(context, i / 2, 50000, i % 2 == 0 ? content : packed);
            failing_memory_disarm(&memory);
            if (result.status == BKT_END) {
                ck_assert(same_bytes(result.contents[0], content));
            } else {
                ck_assert_int_eq(result.status, BKT_ERR_MEMORY);
                ck_assert(memory.has_failed);
            }
            reading_free(&result);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

START_TEST(freed_in_the_middle) {
    bytes content = {0};
    bytes packed = {0};
    bytes_add_rows(&content, 8000);
    add_gzip(&packed, content.data, content.size);
    bkt_context *context = new_context();
    uint64_t used = bkt_context_memory_used(context);
    for (int i = 0; i < 2; i++) {
        bytes input = i == 0 ? content : packed;
        bkti_source *source;
        bkti_span block;
        bkti_source_open_memory(context, input.data, input.size, NULL, &source);
        bkti_source_set_threads(source, reading_threads);
        bkti_source_next_document(source);
        ck_assert_int_eq(bkti_source_next_block(source, &block), BKT_OK);
        bkti_source_free(source);
        ck_assert_uint_eq(bkt_context_memory_used(context), used);
    }
    bkti_source_free(NULL);
    bkt_context_free(context);
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

/* Everything once more with a second thread, which nobody may notice. */
static void add_tests(Suite *suite, const char *name, SFun fixture) {
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, fixture, NULL);
    tcase_add_test(tests, plain);
    tcase_add_test(tests, memory_is_lent);
    tcase_add_test(tests, gzip);
    tcase_add_test(tests, gzip_of_nothing);
    tcase_add_test(tests, gzip_cut_anywhere);
    tcase_add_test(tests, gzip_damaged_anywhere);
    tcase_add_test(tests, gzip_bomb);
    tcase_add_test(tests, nothing_at_all);
    tcase_add_test(tests, paths_that_fail);
    tcase_add_test(tests, path_without_permission);
    tcase_add_test(tests, callbacks_that_fail);
    tcase_add_test(tests, feeding_out_of_turn);
    tcase_add_test(tests, progress);
    tcase_add_test(tests, memory_that_fails);
    tcase_add_test(tests, freed_in_the_middle);
    suite_add_tcase(suite, tests);
}

int main(void) {
    Suite *suite = suite_create("source");
    add_tests(suite, "one thread", read_by_one_thread);
    add_tests(suite, "two threads", read_by_two_threads);
    return run_suite(suite);
}
