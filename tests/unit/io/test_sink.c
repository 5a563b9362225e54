/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bkti_sink.h"
#include "bkti_source.h"

#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;
static char folder[200];

static void start(void) {
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.150s/bkt-sink-XXXXXX", parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

/* Name of the n-th file in the folder; the number of files in all. */
static int list_folder(char names[][64], int capacity) {
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    int count = 0;
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            if (count < capacity) {
                snprintf(names[count], 64, "%.63s", entry->d_name);
            }
            count++;
        }
    }
    closedir(listing);
    return count;
}

static const char *in_folder(const char *name) {
    static char path[400];
    snprintf(path, sizeof path, "%s/%.100s", folder, name);
    return path;
}

static void finish(void) {
    char names[8][64];
    int count = list_folder(names, 8);
    for (int i = 0; i < count; i++) {
        unlink(in_folder(names[i]));
    }
    ck_assert_int_eq(rmdir(folder), 0);
    bkt_context_free(context);
}

static void write_plain(const char *name, const char *text) {
    FILE *file = fopen(in_folder(name), "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void assert_content(const char *name, const char *expected) {
    char content[200];
    FILE *file = fopen(in_folder(name), "rb");
    ck_assert_ptr_nonnull(file);
    size_t size = fread(content, 1, sizeof content - 1, file);
    content[size] = '\0';
    fclose(file);
    ck_assert_str_eq(content, expected);
}

static bkt_status write_path(const char *path, const char *text, uint32_t flags) {
    bkti_sink *sink;
    bkt_status status = bkti_sink_open_path(context, path, flags, &sink);
    if (status != BKT_OK) {
        ck_assert_ptr_null(sink);
        return status;
    }
    return bkti_sink_finish(sink, bkti_sink_put_text(sink, text));
}

static int folder_count(void) {
    return list_folder(NULL, 0);
}

START_TEST(a_text_grows) {
    bkti_text text;
    bkti_sink *sink;
    bkti_text_init(&text, bkti_context_memory(context));
    ck_assert_int_eq(bkti_sink_open_text(context, &text, &sink), BKT_OK);
    for (int i = 0; i < 20000; i++) {
        ck_assert_int_eq(bkti_sink_put(sink, "12345678", 8), BKT_OK);
    }
    ck_assert_int_eq(bkti_sink_status(sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), BKT_OK);
    ck_assert_uint_eq(text.size, 160000);
    ck_assert_int_eq(text.data[159999], '8');
    bkti_text_free(&text);
}
END_TEST

typedef struct taker {
    size_t size;
    size_t largest;
    int calls;
    int refuse_at;
} taker;

static int32_t take(const void *data, size_t size, void *user) {
    taker *to = user;
    ck_assert_ptr_nonnull(data);
    ck_assert_uint_gt(size, 0);
    to->size += size;
    to->largest = size > to->largest ? size : to->largest;
    return ++to->calls == to->refuse_at;
}

START_TEST(a_callback_gets_blocks_and_may_refuse) {
    static char block[BKTI_SINK_SIZE + 1000];
    for (int refuse_at = 0; refuse_at <= 4; refuse_at++) {
        taker to = {.refuse_at = refuse_at};
        bkti_sink *sink;
        ck_assert_int_eq(bkti_sink_open_callback(context, take, &to, &sink), BKT_OK);
        for (int i = 0; i < 3; i++) {
            bkti_sink_put(sink, block, sizeof block);
        }
        bkt_status expected = refuse_at == 0 ? BKT_OK : BKT_ERR_CANCELLED;
        ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), expected);
        ck_assert_int_eq(to.calls, refuse_at == 0 ? 4 : refuse_at);
        ck_assert_uint_eq(to.largest, BKTI_SINK_SIZE);
        if (refuse_at == 0) {
            ck_assert_uint_eq(to.size, 3 * sizeof block);
        }
    }
}
END_TEST

START_TEST(nothing_written_calls_nobody) {
    taker to = {0};
    bkti_sink *sink;
    ck_assert_int_eq(bkti_sink_open_callback(context, take, &to, &sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), BKT_OK);
    ck_assert_int_eq(to.calls, 0);
    ck_assert_int_eq(bkti_sink_finish(NULL, BKT_ERR_SHAPE), BKT_ERR_SHAPE);
}
END_TEST

START_TEST(a_file_appears_when_it_is_whole) {
    bkti_sink *sink;
    ck_assert_int_eq(bkti_sink_open_path(context, in_folder("a.txt"), 0, &sink), BKT_OK);
    bkti_sink_put_text(sink, "whole");
    ck_assert_int_ne(access(in_folder("a.txt"), F_OK), 0);
    ck_assert_int_eq(folder_count(), 1);
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), BKT_OK);
    assert_content("a.txt", "whole");
    ck_assert_int_eq(folder_count(), 1);
    ck_assert_int_eq(write_path(in_folder("b.txt"), "synced", BKTI_SINK_SYNC), BKT_OK);
    assert_content("b.txt", "synced");
    ck_assert_int_eq(write_path(in_folder("c.txt"), "", 0), BKT_OK);
    assert_content("c.txt", "");
}
END_TEST

START_TEST(a_file_of_before_is_replaced_with_its_rights) {
    struct stat facts;
    write_plain("a.txt", "before, and longer");
    ck_assert_int_eq(chmod(in_folder("a.txt"), 0640), 0);
    ck_assert_int_eq(write_path(in_folder("a.txt"), "after", 0), BKT_OK);
    assert_content("a.txt", "after");
    ck_assert_int_eq(stat(in_folder("a.txt"), &facts), 0);
    ck_assert_uint_eq(facts.st_mode & 0777, 0640);
}
END_TEST

START_TEST(a_failure_leaves_what_was_there) {
    bkti_sink *sink;
    write_plain("a.txt", "before");
    ck_assert_int_eq(bkti_sink_open_path(context, in_folder("a.txt"), 0, &sink), BKT_OK);
    bkti_sink_put_text(sink, "half");
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_ERR_NO_COLUMN), BKT_ERR_NO_COLUMN);
    assert_content("a.txt", "before");
    ck_assert_int_eq(folder_count(), 1);
    ck_assert_int_eq(bkti_sink_open_path(context, in_folder("new.txt"), 0, &sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_ERR_CANCELLED), BKT_ERR_CANCELLED);
    ck_assert_int_eq(folder_count(), 1);
}
END_TEST

START_TEST(links_stay_links) {
    write_plain("a.txt", "before");
    char link[400];
    snprintf(link, sizeof link, "%s", in_folder("relative"));
    ck_assert_int_eq(symlink("a.txt", link), 0);
    ck_assert_int_eq(write_path(link, "through", 0), BKT_OK);
    assert_content("a.txt", "through");
    struct stat facts;
    ck_assert_int_eq(lstat(link, &facts), 0);
    ck_assert(S_ISLNK(facts.st_mode));
    snprintf(link, sizeof link, "%s", in_folder("absolute"));
    ck_assert_int_eq(symlink(in_folder("b.txt"), link), 0);
    ck_assert_int_eq(write_path(link, "dangling", 0), BKT_OK);
    assert_content("b.txt", "dangling");
    snprintf(link, sizeof link, "%s", in_folder("round"));
    ck_assert_int_eq(symlink("round", link), 0);
    ck_assert_int_eq(write_path(link, "x", 0), BKT_ERR_IO);
}
END_TEST

START_TEST(bad_paths_are_told) {
    ck_assert_int_eq(write_path("", "x", 0), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(write_path(NULL, "x", 0), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(write_path(in_folder("no/such"), "x", 0), BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(write_path(folder, "x", 0), BKT_ERR_DIRECTORY);
    ck_assert_int_eq(write_path(in_folder(""), "x", 0), BKT_ERR_DIRECTORY);
    ck_assert_int_eq(write_path(in_folder("new/"), "x", 0), BKT_ERR_NOT_FOUND);
    write_plain("a.txt", "before");
    ck_assert_int_eq(write_path(in_folder("a.txt/b"), "x", 0), BKT_ERR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "a.txt/b"));
    ck_assert_int_ne(bkt_diagnostic_os_error(bkt_context_error(context)), 0);
    if (geteuid() != 0) {
        ck_assert_int_eq(chmod(in_folder("a.txt"), 0444), 0);
        ck_assert_int_eq(write_path(in_folder("a.txt"), "x", 0), BKT_ERR_PERMISSION);
        assert_content("a.txt", "before");
        ck_assert_int_eq(chmod(folder, 0555), 0);
        ck_assert_int_eq(write_path(in_folder("new"), "x", 0), BKT_ERR_PERMISSION);
        ck_assert_int_eq(chmod(folder, 0755), 0);
    }
    ck_assert_int_eq(folder_count(), 1);
}
END_TEST

START_TEST(devices_are_written_to_in_place) {
    ck_assert_int_eq(write_path("/dev/null", "x", BKTI_SINK_SYNC), BKT_OK);
    struct stat facts;
    ck_assert_int_eq(stat("/dev/null", &facts), 0);
    ck_assert(S_ISCHR(facts.st_mode));
    if (access("/dev/full", W_OK) == 0) {
        ck_assert_int_eq(write_path("/dev/full", "x", 0), BKT_ERR_IO);
        ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "no space left"));
    }
}
END_TEST

/* Through a link, so that those allocations fail too. */
static bkt_status write_with(bkt_context *own, const char *path) {
    bkti_text text;
    bkti_sink *sink;
    bkt_status status = bkti_sink_open_path(own, path, 0, &sink);
    if (status == BKT_OK) {
        status = bkti_sink_finish(sink, bkti_sink_put_text(sink, "after"));
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_text_init(&text, bkti_context_memory(own));
    status = bkti_sink_open_text(own, &text, &sink);
    if (status == BKT_OK) {
        bkti_sink_put_text(sink, "after");
        status = bkti_sink_finish(sink, BKT_OK);
    }
    bkti_text_free(&text);
    return status;
}

START_TEST(every_allocation_may_fail) {
    char link[400];
    snprintf(link, sizeof link, "%s", in_folder("link"));
    ck_assert_int_eq(symlink("a.txt", link), 0);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        write_plain("a.txt", "before");
        failing_memory_arm(&memory);
        bkt_status status = write_with(own, link);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_context_free(own);
        failing_memory_check(&memory);
        ck_assert_int_eq(folder_count(), 2);
    }
    assert_content("a.txt", "after");
}
END_TEST

START_TEST(packed_bytes_unpack_to_the_same) {
    bkti_text packed;
    bkti_sink *sink;
    bkti_text_init(&packed, bkti_context_memory(context));
    ck_assert_int_eq(bkti_sink_open_text(context, &packed, &sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_compress(sink), BKT_OK);
    uint32_t random = 1;
    static char text[300000];
    for (size_t i = 0; i < sizeof text; i++) {
        random = random * 1103515245U + 12345U;
        text[i] = (char)(random >> 24);
    }
    for (size_t i = 0; i < sizeof text; i += 1000) {
        memcpy(bkti_sink_room(sink, 1000), text + i, 1000);
        bkti_sink_wrote(sink, 1000);
    }
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), BKT_OK);
    bkti_source *source;
    ck_assert_int_eq(bkti_source_open_memory(context, packed.data, packed.size, NULL, &source),
                     BKT_OK);
    ck_assert_int_eq(bkti_source_next_document(source), BKT_OK);
    size_t done = 0;
    bkti_span block;
    bkt_status status;
    while ((status = bkti_source_next_block(source, &block)) == BKT_OK) {
        ck_assert_uint_le(done + block.size, sizeof text);
        ck_assert(block.size == 0 || memcmp(text + done, block.data, block.size) == 0);
        done += block.size;
    }
    ck_assert_int_eq(status, BKT_END);
    ck_assert_uint_eq(done, sizeof text);
    bkti_source_free(source);
    bkti_text_free(&packed);
}
END_TEST

START_TEST(nothing_packed_is_gzip_of_nothing) {
    bkti_text packed;
    bkti_sink *sink;
    bkti_text_init(&packed, bkti_context_memory(context));
    ck_assert_int_eq(bkti_sink_open_text(context, &packed, &sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_compress(sink), BKT_OK);
    ck_assert_int_eq(bkti_sink_finish(sink, BKT_OK), BKT_OK);
    ck_assert_uint_eq(packed.size, 20); /* header, an empty block, CRC and size */
    bkti_text_free(&packed);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sink");
    TCase *test_case = tcase_create("sink");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_text_grows);
    tcase_add_test(test_case, a_callback_gets_blocks_and_may_refuse);
    tcase_add_test(test_case, nothing_written_calls_nobody);
    tcase_add_test(test_case, a_file_appears_when_it_is_whole);
    tcase_add_test(test_case, a_file_of_before_is_replaced_with_its_rights);
    tcase_add_test(test_case, a_failure_leaves_what_was_there);
    tcase_add_test(test_case, links_stay_links);
    tcase_add_test(test_case, bad_paths_are_told);
    tcase_add_test(test_case, devices_are_written_to_in_place);
    tcase_add_test(test_case, packed_bytes_unpack_to_the_same);
    tcase_add_test(test_case, nothing_packed_is_gzip_of_nothing);
    tcase_add_test(test_case, every_allocation_may_fail);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
