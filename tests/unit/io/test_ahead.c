/* SPDX-License-Identifier: MIT */
/* What is inflated ahead by a second thread is what one thread inflates: each block, each status,
 * each sentence and each position, however the bytes arrive and whatever is wrong with them. */
#include <pthread.h>

#include "failing_memory.h"
#include "run_suite.h"
#include "source_reading.h"

#define ROW_COUNT 28000 /* some 10 blocks: more than are inflated ahead */

/* All that somebody who reads can notice, line by line. */
typedef struct transcript {
    bytes lines;
    unsigned progress_calls;
    unsigned cancel_at; /* which call of progress; 0: none */
    pthread_t reader;
} transcript;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
note(transcript *into, const char *format, ...) {
    char line[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    bytes_add_text(&into->lines, line);
    bytes_add_text(&into->lines, "\n");
}

static int32_t note_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    transcript *into = user;
    ck_assert(pthread_equal(pthread_self(), into->reader) != 0);
    note(into, "progress %llu of %llu, %llu", (unsigned long long)done, (unsigned long long)total,
         (unsigned long long)rows);
    return ++into->progress_calls == into->cancel_at;
}

static void note_errors(transcript *into, const bkt_context *context) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        note(into, "%d %d at %llu: %s", (int)bkt_diagnostic_severity(each),
             (int)bkt_diagnostic_status(each), (unsigned long long)bkt_diagnostic_offset(each),
             bkt_diagnostic_line_text(each));
    }
}

/* How an input is read. */
typedef struct plan {
    way by;
    size_t chunk;
    unsigned random;
    unsigned cancel_at;
    unsigned blocks;    /* so many of each document are read, then the next; 0: all */
    bool feeds_eagerly; /* also where nothing is asked for */
} plan;

static void note_block(transcript *into, const bkti_span *block) {
    if (block->size > 0) {
        note(into, "%llu bytes, crc %lx", (unsigned long long)block->size,
             crc32(0, (const Bytef *)block->data, (uInt)block->size));
    }
}

static void read_noting(bkti_source *source, supply *from, const plan *how, transcript *into) {
    bool is_in_document = false;
    for (unsigned count = 0;;) {
        bkti_span block = {NULL, 0};
        bool goes_on = is_in_document && (how->blocks == 0 || count < how->blocks);
        bkt_status status =
            goes_on ? bkti_source_next_block(source, &block) : bkti_source_next_document(source);
        if (status == BKT_MORE) {
            ck_assert_int_eq(feed_some(source, from), BKT_OK);
            continue;
        }
        note(into, "%s %d of %s", goes_on ? "block" : "document", (int)status,
             bkti_source_name(source));
        if (!how->feeds_eagerly) { /* where ISA-L looks ahead as far as there is input */
            note(into, "%llu used", (unsigned long long)bkti_source_done(source));
        }
        note_block(into, &block);
        if (status >= BKT_ERR_ARGUMENT || (status == BKT_END && !goes_on)) {
            return;
        }
        count = goes_on ? count + 1 : 0;
        is_in_document = status == BKT_OK;
        if (how->feeds_eagerly && how->by == BY_FEED && from->size > 0) {
            ck_assert_int_eq(feed_some(source, from), BKT_OK);
        }
    }
}

static transcript transcribe(bytes input, const plan *how, uint32_t threads) {
    transcript result = {.cancel_at = how->cancel_at, .reader = pthread_self()};
    supply from = {input.data, input.size, how->chunk, false, how->random};
    char path[40] = "";
    bkt_context_options options;
    bkt_context *context;
    bkti_source *source;
    bkt_context_options_init(&options, sizeof options);
    options.progress = note_progress;
    options.progress_user = &result;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    reading_threads = threads;
    ck_assert_int_eq(open_way(context, how->by, &from, path, &source), BKT_OK);
    read_noting(source, &from, how, &result);
    note_errors(&result, context);
    if (how->by != BY_FEED) {
        ck_assert_uint_lt(bkt_context_memory_peak(context), 1500000);
    }
    bkti_source_free(source);
    bkt_context_free(context);
    if (path[0] != '\0') {
        unlink(path);
    }
    return result;
}

static void check_same(bytes input, const plan *how) {
    transcript one = transcribe(input, how, 1);
    transcript two = transcribe(input, how, 2);
    ck_assert_msg(same_bytes(one.lines, two.lines), "way %d, chunk %d: \n%.*s\nbut\n%.*s",
                  (int)how->by, (int)how->chunk, (int)one.lines.size, (char *)one.lines.data,
                  (int)two.lines.size, (char *)two.lines.data);
    bytes_free(&one.lines);
    bytes_free(&two.lines);
}

static bytes rows(unsigned count) {
    bytes content = {0};
    bytes_add_rows(&content, count);
    return content;
}

/* One long member; short ones; long ones, with nothing in some, and zeros behind; very short ones,
 * many in a block. */
static bytes gzip_of(unsigned form) {
    static const size_t sizes[] = {10000000, 50000, 300000, 500};
    bytes content = rows(form == 3 ? ROW_COUNT / 4 : ROW_COUNT);
    bytes packed = {0};
    size_t part = sizes[form];
    for (size_t at = 0; at < content.size; at += part) {
        size_t left = content.size - at;
        add_gzip(&packed, content.data + at, left < part ? left : part);
        if (form == 2) {
            add_gzip(&packed, "", 0);
        }
    }
    if (form == 2) {
        bytes_add_number(&packed, 0, 8);
    }
    bytes_free(&content);
    return packed;
}

/* Long members of several forms between short ones. */
static bytes zip_of_all(void) {
    static const member_form forms[] = {{.stored = false},
                                        {.descriptor = true},
                                        {.stored = true},
                                        {.wide = true, .descriptor = true}};
    bytes content = rows(ROW_COUNT / 2);
    bytes zip = {0};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        add_member(&zip, "short.xml", "<a/>", 4, forms[i]);
        add_member(&zip, "long.xml", content.data, content.size, forms[i]);
    }
    add_directory(&zip, 8);
    bytes_free(&content);
    return zip;
}

static bytes archive(unsigned form) {
    return form < 4 ? gzip_of(form) : zip_of_all();
}
#define ARCHIVE_COUNT 5

START_TEST(whole) {
    static const size_t chunks[] = {5000, 30000, 200000, 10000000};
    bytes input = archive((unsigned)_i);
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        for (way by = 0; by < WAY_COUNT; by++) {
            plan how = {.by = by, .chunk = chunks[i]};
            check_same(input, &how);
        }
    }
    bytes_free(&input);
}
END_TEST

START_TEST(chunks_of_any_size) {
    bytes input = archive((unsigned)_i);
    for (unsigned turn = 1; turn <= 20; turn++) {
        plan how = {.by = turn % 2 == 0 ? BY_FEED : BY_CALLBACK,
                    .chunk = (size_t)1000 << turn % 8,
                    .random = turn,
                    .feeds_eagerly = turn % 4 == 0};
        check_same(input, &how);
    }
    bytes_free(&input);
}
END_TEST

/* The rest of a document is passed over, inflated ahead or not. */
START_TEST(left_in_the_middle) {
    bytes input = archive((unsigned)_i);
    for (unsigned blocks = 1; blocks <= 12; blocks += blocks < 4 ? 1 : 4) {
        for (way by = 0; by < WAY_COUNT; by++) {
            plan how = {.by = by, .chunk = 40000, .blocks = blocks, .feeds_eagerly = blocks == 2};
            check_same(input, &how);
        }
    }
    bytes_free(&input);
}
END_TEST

START_TEST(damaged) {
    bytes input = archive((unsigned)_i);
    unsigned random = 777;
    for (unsigned turn = 0; turn < 60; turn++) {
        random = random * 1103515245U + 12345U;
        size_t at = 4 + random % (input.size - 4);
        unsigned char before = input.data[at];
        plan how = {.by = turn % WAY_COUNT, .chunk = 60000};
        input.data[at] = (unsigned char)(before ^ (1 + random % 255));
        check_same(input, &how);
        input.data[at] = before;
    }
    bytes_free(&input);
}
END_TEST

START_TEST(cut) {
    bytes input = archive((unsigned)_i);
    size_t whole_size = input.size;
    for (unsigned turn = 0; turn < 30; turn++) {
        input.size = 4 + whole_size / 30 * turn;
        plan how = {.by = turn % WAY_COUNT, .chunk = 60000};
        check_same(input, &how);
    }
    bytes_free(&input);
}
END_TEST

START_TEST(cancelled) {
    bytes content = rows(500000);
    bytes packed = {0};
    add_gzip(&packed, content.data, content.size);
    ck_assert_uint_gt(packed.size, (size_t)2 << 20);
    for (unsigned turn = 0; turn < 3 * WAY_COUNT; turn++) {
        plan how = {.by = turn % WAY_COUNT, .chunk = 100000, .cancel_at = turn / WAY_COUNT};
        check_same(packed, &how);
    }
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

START_TEST(bomb) {
    bytes zeros = {0};
    bytes packed = {0};
    zeros.size = (size_t)20 << 20;
    zeros.data = calloc(1, zeros.size);
    ck_assert_ptr_nonnull(zeros.data);
    add_gzip(&packed, zeros.data, zeros.size);
    for (way by = 0; by < WAY_COUNT; by++) {
        plan how = {.by = by, .chunk = 6000};
        check_same(packed, &how);
    }
    bytes_free(&packed);
    bytes_free(&zeros);
}
END_TEST

START_TEST(freed_early) {
    bytes input = archive((unsigned)_i);
    for (unsigned blocks = 0; blocks < 14; blocks++) {
        for (way by = 0; by < WAY_COUNT; by++) {
            bkt_context *context = new_context();
            supply from = {input.data, input.size, 30000, false, 0};
            char path[40] = "";
            bkti_source *source;
            bkti_span block;
            uint64_t used = bkt_context_memory_used(context);
            reading_threads = 2;
            ck_assert_int_eq(open_way(context, by, &from, path, &source), BKT_OK);
            for (unsigned count = 0; count <= blocks;) {
                bkt_status status = count == 0 ? bkti_source_next_document(source)
                                               : bkti_source_next_block(source, &block);
                if (status == BKT_MORE) {
                    ck_assert_int_eq(feed_some(source, &from), BKT_OK);
                } else {
                    count++;
                }
            }
            bkti_source_free(source);
            ck_assert_uint_eq(bkt_context_memory_used(context), used);
            bkt_context_free(context);
            if (path[0] != '\0') {
                unlink(path);
            }
        }
    }
    bytes_free(&input);
}
END_TEST

START_TEST(memory_that_fails) {
    bytes input = archive((unsigned)_i);
    for (way by = 0; by < WAY_COUNT; by++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            reading_threads = 2;
            failing_memory_arm(&memory);
            reading result = read_by(context, by, 50000, input);
            failing_memory_disarm(&memory);
            ck_assert(result.status == BKT_END ||
                      (result.status == BKT_ERR_MEMORY && memory.has_failed));
            reading_free(&result);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
    bytes_free(&input);
}
END_TEST

/* Memory for one block, but not for those ahead: read by one thread, then. */
START_TEST(memory_for_one_thread) {
    bytes content = rows(ROW_COUNT);
    bytes packed = {0};
    add_gzip(&packed, content.data, content.size);
    bkt_context_options options;
    bkt_context *context;
    bkt_context_options_init(&options, sizeof options);
    options.memory_limit = 500000;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    reading_threads = 2;
    reading result = read_by(context, BY_PATH, 0, packed);
    ck_assert_int_eq(result.status, BKT_END);
    ck_assert(same_bytes(result.contents[0], content));
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    reading_free(&result);
    bkt_context_free(context);
    bytes_free(&packed);
    bytes_free(&content);
}
END_TEST

/* Told by the room that it needs. */
START_TEST(the_second_thread_is_there_if_it_is_allowed) {
    bytes packed = gzip_of(0);
    for (uint32_t threads = 0; threads < 4; threads++) {
        bkt_context *context = new_context();
        reading_threads = threads;
        reading result = read_by(context, BY_PATH, 0, packed);
        ck_assert_int_eq(result.status, BKT_END);
        ck_assert((bkt_context_memory_peak(context) > 1000000) == (threads >= 2));
        reading_free(&result);
        bkt_context_free(context);
    }
    bytes_free(&packed);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("ahead");
    TCase *tests = tcase_create("ahead");
    tcase_add_loop_test(tests, whole, 0, ARCHIVE_COUNT);
    tcase_add_loop_test(tests, chunks_of_any_size, 0, ARCHIVE_COUNT);
    tcase_add_loop_test(tests, left_in_the_middle, 0, ARCHIVE_COUNT);
    tcase_add_loop_test(tests, damaged, 0, ARCHIVE_COUNT);
    tcase_add_loop_test(tests, cut, 0, ARCHIVE_COUNT);
    tcase_add_test(tests, cancelled);
    tcase_add_test(tests, bomb);
    tcase_add_loop_test(tests, freed_early, 0, ARCHIVE_COUNT);
    tcase_add_loop_test(tests, memory_that_fails, 0, ARCHIVE_COUNT);
    tcase_add_test(tests, memory_for_one_thread);
    tcase_add_test(tests, the_second_thread_is_there_if_it_is_allowed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
