/* SPDX-License-Identifier: MIT */
/* zip input: every form that a member can have, and what can go wrong with it. */
#include "failing_memory.h"
#include "run_suite.h"
#include "source_reading.h"

static bytes text_of(const char *text) {
    bytes content = {0};
    bytes_add_text(&content, text);
    return content;
}

static void check_error_of(bytes input, bkt_status status, const char *words) {
    for (way by = 0; by < WAY_COUNT; by++) {
        bkt_context *context = new_context();
        reading result = read_by(context, by, 11, input);
        ck_assert_msg(result.status == status, "status %d, not %d", result.status, status);
        check_error(context, status, words);
        reading_free(&result);
        bkt_context_free(context);
    }
}

static const struct {
    const char *name;
    member_form form;
} forms[] = {
    {"deflated", {.stored = false}},
    {"stored", {.stored = true}},
    {"descriptor", {.descriptor = true}},
    {"descriptor without signature", {.descriptor = true, .without_signature = true}},
    {"descriptor and sizes", {.descriptor = true, .sizes_in_header = true}},
    {"stored, descriptor and sizes", {.stored = true, .descriptor = true, .sizes_in_header = true}},
    {"zip64", {.wide = true}},
    {"zip64, stored", {.wide = true, .stored = true}},
    {"zip64, descriptor", {.wide = true, .descriptor = true}},
    {"zip64, descriptor without signature",
     {.wide = true, .descriptor = true, .without_signature = true}},
    {"64 bits in the descriptor alone", {.descriptor = true, .wide_unsaid = true}},
    {"64 bits in a descriptor without signature",
     {.descriptor = true, .wide_unsaid = true, .without_signature = true}},
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

/* Each form, between two others, read and passed over, by every way. */
START_TEST(every_form) {
    member_form deflated = {0};
    for (size_t i = 0; i < FORM_COUNT; i++) {
        for (int size = 0; size < 3; size++) {
            bytes content = text_of(size == 0 ? "a" : "some text, some text, some text");
            if (size == 2) {
                bytes_add_rows(&content, 4000);
            }
            bytes zip = {0};
            add_member(&zip, "first.xml", "<first/>", 8, deflated);
            add_member(&zip, "folder/second.xml", content.data, content.size, forms[i].form);
            add_member(&zip, "third.xml", "<third/>", 8, deflated);
            add_directory(&zip, 3);
            for (unsigned turn = 0; turn < 4 * WAY_COUNT; turn++) {
                unsigned skip = turn / WAY_COUNT;
                bkt_context *context = new_context();
                size_t chunk = size == 2 ? 3000 : 1;
                reading result =
                    read_skipping(context, turn % WAY_COUNT, chunk, zip, skip == 3 ? 7 : skip);
                ck_assert_msg(result.status == BKT_END, "%s: %s", forms[i].name,
                              bkt_context_error_text(context));
                ck_assert(!result.has_odd_block);
                unsigned second = skip == 1 ? 0 : 1;
                ck_assert_uint_eq(result.count, skip == 0 ? 3 : skip == 3 ? 0 : 2);
                if (skip < 2) {
                    ck_assert_str_eq(result.members[second], "folder/second.xml");
                    ck_assert_str_eq(result.names[second], "x(folder/second.xml)");
                    ck_assert(same_bytes(result.contents[second], content));
                }
                if (skip < 3) {
                    ck_assert_str_eq(result.members[result.count - 1], "third.xml");
                    ck_assert_uint_eq(result.contents[result.count - 1].size, 8);
                }
                reading_free(&result);
                bkt_context_free(context);
            }
            bytes_free(&zip);
            bytes_free(&content);
        }
    }
}
END_TEST

START_TEST(members_without_bytes) {
    for (way by = 0; by < WAY_COUNT; by++) {
        bytes zip = {0};
        for (size_t i = 0; i < FORM_COUNT; i++) {
            add_member(&zip, "folder/", "", 0, forms[i].form);
            add_member(&zip, "empty.xml", "", 0, forms[i].form);
        }
        member_form stored_descriptor = {.stored = true, .descriptor = true};
        add_member(&zip, "empty too.xml", "", 0, stored_descriptor);
        add_member(&zip, "full.xml", "<full/>", 7, forms[0].form);
        add_member(&zip, "folder with bytes/", "text", 4, forms[0].form);
        add_directory(&zip, 4);
        bkt_context *context = new_context();
        reading result = read_by(context, by, 1, zip);
        ck_assert_int_eq(result.status, BKT_END);
        ck_assert_uint_eq(result.count, 1);
        ck_assert_str_eq(result.members[0], "full.xml");
        reading_free(&result);
        bkt_context_free(context);
        bytes_free(&zip);
    }
}
END_TEST

START_TEST(zip_without_members) {
    bytes zip = {0};
    add_directory(&zip, 0);
    bkt_context *context = new_context();
    reading result = read_by(context, BY_FEED, 1, zip);
    ck_assert_int_eq(result.status, BKT_END);
    ck_assert_uint_eq(result.count, 0);
    bkt_context_free(context);
    bytes_free(&zip);
}
END_TEST

START_TEST(wrong_members) {
    static const struct {
        member_form form;
        bkt_status status;
        const char *words;
    } cases[] = {
        {{.encrypted = true}, BKT_ERR_UNSUPPORTED, "'a.xml' of the zip is encrypted"},
        {{.encrypted = true, .descriptor = true}, BKT_ERR_UNSUPPORTED, "encrypted"},
        {{.method = 12},
         BKT_ERR_UNSUPPORTED,
         "'a.xml' of the zip is compressed by method 12 (bzip2)"},
        {{.method = 93, .descriptor = true}, BKT_ERR_UNSUPPORTED, "93 (Zstandard)"},
        {{.method = 77}, BKT_ERR_UNSUPPORTED, "77 (not known here)"},
        {{.stored = true, .descriptor = true}, BKT_ERR_UNSUPPORTED, "stored with its size behind"},
        {{.wrong_crc = 1}, BKT_ERR_COMPRESSION, "checksum"},
        {{.wrong_crc = 1, .stored = true}, BKT_ERR_COMPRESSION, "checksum"},
        {{.wrong_crc = 1, .descriptor = true}, BKT_ERR_COMPRESSION, "checksum"},
        {{.wrong_size = 1}, BKT_ERR_COMPRESSION, "not the size"},
        {{.wrong_size = (uint32_t)-1}, BKT_ERR_COMPRESSION, "more than the size"},
        {{.wrong_size = 1, .stored = true}, BKT_ERR_COMPRESSION, "not the size"},
        {{.wrong_size = 1, .descriptor = true}, BKT_ERR_COMPRESSION, "stands behind it"},
        {{.descriptor = true, .without_descriptor = true}, BKT_ERR_COMPRESSION, "behind it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bytes zip = {0};
        add_member(&zip, "a.xml", "<some>text</some>", 17, cases[i].form);
        add_directory(&zip, 1);
        check_error_of(zip, cases[i].status, cases[i].words);
        bytes_free(&zip);
    }
}
END_TEST

/* No packed byte, and yet a size: there is no block to give. */
START_TEST(size_out_of_nothing) {
    member_form form = {.stored = true, .wrong_size = 5};
    bytes zip = {0};
    add_member(&zip, "a.xml", "", 0, form);
    add_directory(&zip, 1);
    check_error_of(zip, BKT_ERR_COMPRESSION, "not the size");
    bytes_free(&zip);
}
END_TEST

/* A member that can't be read is no hindrance to those behind it, if its length is known. */
START_TEST(unreadable_members_passed_over) {
    member_form encrypted = {.encrypted = true};
    member_form other = {.method = 14};
    bytes zip = {0};
    add_member(&zip, "locked.xml", "<some>text</some>", 17, encrypted);
    add_member(&zip, "other.xml", "<some>text</some>", 17, other);
    add_member(&zip, "good.xml", "<good/>", 7, forms[0].form);
    add_directory(&zip, 3);
    bkt_context *context = new_context();
    reading result = read_skipping(context, BY_CALLBACK, 7, zip, 3);
    ck_assert_int_eq(result.status, BKT_END);
    ck_assert_str_eq(result.members[0], "good.xml");
    reading_free(&result);
    bkt_context_free(context);
    bytes_free(&zip);
}
END_TEST

START_TEST(foreign_bytes_between_members) {
    bytes zip = {0};
    add_member(&zip, "a.xml", "<a/>", 4, forms[0].form);
    bytes_add_text(&zip, "what is this?");
    check_error_of(zip, BKT_ERR_COMPRESSION, "neither a member nor the directory");
    bytes_free(&zip);
}
END_TEST

START_TEST(too_many_members) {
    bytes zip = {0};
    for (int i = 0; i < 5; i++) {
        add_member(&zip, "a.xml", "<a/>", 4, forms[0].form);
    }
    add_directory(&zip, 5);
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.member_limit = 4;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    reading result = read_by(context, BY_MEMORY, 0, zip);
    ck_assert_int_eq(result.status, BKT_ERR_LIMIT);
    ck_assert_uint_eq(result.count, 4);
    check_error(context, BKT_ERR_LIMIT, "member_limit");
    reading_free(&result);
    bkt_context_free(context);
    bytes_free(&zip);
}
END_TEST

START_TEST(bomb_in_a_member) {
    bytes zeros = {0};
    bytes zip = {0};
    zeros.size = (size_t)20 << 20;
    zeros.data = calloc(1, zeros.size);
    ck_assert_ptr_nonnull(zeros.data);
    add_member(&zip, "bomb.xml", zeros.data, zeros.size, forms[2].form);
    add_directory(&zip, 1);
    check_error_of(zip, BKT_ERR_LIMIT, "expansion_limit");
    /* Passing it over has to unpack it. */
    bkt_context *context = new_context();
    reading result = read_skipping(context, BY_MEMORY, 0, zip, 1);
    ck_assert_int_eq(result.status, BKT_ERR_LIMIT);
    bkt_context_free(context);
    bytes_free(&zip);
    bytes_free(&zeros);
}
END_TEST

/* All members, in all forms, in one zip. */
static bytes zip_of_all_forms(void) {
    bytes zip = {0};
    bytes content = text_of("text that is worth packing, worth packing, worth packing");
    for (size_t i = 0; i < 4; i++) {
        add_member(&zip, "member.xml", content.data, content.size, forms[i].form);
    }
    add_member(&zip, "member.xml", content.data, content.size, forms[8].form);
    add_directory(&zip, 5);
    bytes_free(&content);
    return zip;
}

START_TEST(cut_anywhere) {
    bytes zip = zip_of_all_forms();
    size_t members_end = zip.size - 5 * 46 - 22;
    bkt_context *context = new_context();
    for (zip.size--; zip.size >= 4; zip.size--) {
        reading result = read_by(context, zip.size % WAY_COUNT, 9, zip);
        ck_assert_int_eq(result.status, zip.size < members_end + 4 ? BKT_ERR_TRUNCATED : BKT_END);
        ck_assert(result.status != BKT_END || result.count == 5);
        reading_free(&result);
    }
    bkt_context_free(context);
    bytes_free(&zip);
}
END_TEST

/* A bit changed anywhere: an error, or the same content (times, names, the directory). */
START_TEST(damaged_anywhere) {
    bytes zip = zip_of_all_forms();
    bytes content = text_of("text that is worth packing, worth packing, worth packing");
    size_t members_end = zip.size - 5 * 46 - 22;
    for (size_t bit = 32; bit < members_end * 8; bit++) {
        bkt_context *context = new_context();
        unsigned char change = (unsigned char)(1 << bit % 8);
        zip.data[bit / 8] ^= change;
        reading result = read_by(context, bit % WAY_COUNT, 9, zip);
        zip.data[bit / 8] ^= change;
        if (result.status == BKT_END) {
            for (unsigned i = 0; i < result.count; i++) {
                ck_assert(same_bytes(result.contents[i], content));
            }
            /* A name that ends in a slash is a folder's. */
            ck_assert_uint_ge(result.count, 4);
        } else {
            ck_assert_int_ge(result.status, BKT_ERR_ARGUMENT);
            ck_assert_str_ne(bkt_context_error_text(context), "");
        }
        reading_free(&result);
        bkt_context_free(context);
    }
    bytes_free(&content);
    bytes_free(&zip);
}
END_TEST

START_TEST(memory_that_fails) {
    bytes zip = zip_of_all_forms();
    for (way by = 0; by < WAY_COUNT; by++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            failing_memory_arm(&memory);
            reading result = read_by(context, by, 50, zip);
            failing_memory_disarm(&memory);
            ck_assert(result.status == BKT_END ||
                      (result.status == BKT_ERR_MEMORY && memory.has_failed));
            ck_assert(result.status != BKT_END || result.count == 5);
            reading_free(&result);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
    bytes_free(&zip);
}
END_TEST

/* Memory stays the same however long a member that is passed over may be. */
START_TEST(passing_over_takes_no_memory) {
    bytes content = {0};
    bytes zip = {0};
    bytes_add_rows(&content, 100000);
    add_member(&zip, "long.xml", content.data, content.size, forms[2].form);
    add_member(&zip, "short.xml", "<a/>", 4, forms[0].form);
    add_directory(&zip, 2);
    bkt_context *context = new_context();
    reading result = read_skipping(context, BY_PATH, 0, zip, 1);
    ck_assert_int_eq(result.status, BKT_END);
    ck_assert_uint_eq(result.count, 1);
    ck_assert_uint_lt(bkt_context_memory_peak(context), reading_threads < 2 ? 400000 : 1500000);
    reading_free(&result);
    bkt_context_free(context);
    bytes_free(&zip);
    bytes_free(&content);
}
END_TEST

/* Everything once more with a second thread, which nobody may notice. */
static void add_tests(Suite *suite, const char *name, SFun fixture) {
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, fixture, NULL);
    tcase_add_test(tests, every_form);
    tcase_add_test(tests, members_without_bytes);
    tcase_add_test(tests, zip_without_members);
    tcase_add_test(tests, wrong_members);
    tcase_add_test(tests, size_out_of_nothing);
    tcase_add_test(tests, unreadable_members_passed_over);
    tcase_add_test(tests, foreign_bytes_between_members);
    tcase_add_test(tests, too_many_members);
    tcase_add_test(tests, bomb_in_a_member);
    tcase_add_test(tests, cut_anywhere);
    tcase_add_test(tests, damaged_anywhere);
    tcase_add_test(tests, memory_that_fails);
    tcase_add_test(tests, passing_over_takes_no_memory);
    suite_add_tcase(suite, tests);
}

int main(void) {
    Suite *suite = suite_create("zip");
    add_tests(suite, "one thread", read_by_one_thread);
    add_tests(suite, "two threads", read_by_two_threads);
    return run_suite(suite);
}
