/* SPDX-License-Identifier: MIT */
/* Several threads read what one reads, in every way that a message can be out of the common. */
#include "pieces_fixture.h"

#include "made_message.h"
#include "run_suite.h"

#ifndef MADE_MESSAGES
#define MADE_MESSAGES 3
#endif

static const char *const files[] = {
    "messages/compact-2.0-old-time.xml",
    "messages/compact-2.0.xml",
    "messages/conflicting-groups.xml",
    "messages/extensions.xml",
    "messages/footer-address.xml",
    "messages/footer.xml",
    "messages/generic-2.0.xml",
    "messages/generic-2.1-cross.xml",
    "messages/generic-2.1-flat.xml",
    "messages/generic-2.1-series.xml",
    "messages/generic-2.1-time-series.xml",
    "messages/missing-values.xml",
    "messages/no-observations.xml",
    "messages/periods.xml",
    "messages/several-data-sets.xml",
    "messages/specific-2.1-cross.xml",
    "messages/specific-2.1-explicit.xml",
    "messages/specific-2.1-flat-late-groups.xml",
    "messages/specific-2.1-flat.xml",
    "messages/specific-2.1-late-groups.xml",
    "messages/specific-2.1-qualified.xml",
    "messages/specific-2.1-series.xml",
    "messages/specific-3.0-comp.xml",
    "messages/specific-3.0-flat.xml",
    "messages/specific-3.0-series.xml",
    "messages/specific-3.1-series.xml",
    "messages/units.xml",
    "bad/attribute-twice.xml",
    "bad/bad-utf-8.xml",
    "bad/component-twice.xml",
    "bad/decimal-comma.xml",
    "bad/doctype.xml",
    "bad/duplicate-key.xml",
    "bad/generic-comma.xml",
    "bad/impossible-period.xml",
    "bad/infinite.xml",
    "bad/key-missing.xml",
    "bad/malformed.xml",
    "bad/metadata.xml",
    "bad/nested-series.xml",
    "bad/observation-outside.xml",
    "bad/server-error.xml",
    "bad/too-deep.xml",
    "bad/truncated.xml",
    "bad/value-without-id.xml",
};

/* A small file whole, in memory that ends where it ends. */
static char *load(const char *name, size_t *out_size) {
    char path[TEXT_SIZE];
    FILE *file = fopen(data_path(path, name), "rb");
    ck_assert_ptr_nonnull(file);
    char buffer[65536];
    *out_size = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    char *text = malloc(*out_size);
    ck_assert_ptr_nonnull(text);
    memcpy(text, buffer, *out_size);
    return text;
}

START_TEST(test_messages) {
    static const uint64_t sizes[] = {1, 150, 500};
    size_t size;
    char *text = load(files[_i], &size);
    char path[TEXT_SIZE];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        way how = {.piece_size = sizes[i], .flags = BKT_READ_CHECK_DUPLICATES};
        compare_threads(text, size, how, files[_i]);
        how.flags = BKT_READ_STRICT;
        compare_threads(text, size, how, files[_i]);
        how.batch_rows = 2;
        compare_threads(text, size, how, files[_i]);
        how.flags = 0;
        how.path = data_path(path, files[_i]);
        compare_threads(text, size, how, files[_i]);
    }
    free(text);
}
END_TEST

/* Pieces that were taken over in all readings of made messages. */
static uint64_t compare_made(const made_message *made, const char *what) {
    static const uint32_t batches[] = {0, 5};
    uint64_t taken_over = 0;
    for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
        way how = {.piece_size = made->piece_size, .batch_rows = batches[i]};
        taken_over += compare_threads(made->text.data, made->text.size, how, what);
    }
    way strict = {.piece_size = made->piece_size, .flags = BKT_READ_STRICT};
    return taken_over + compare_threads(made->text.data, made->text.size, strict, what);
}

/* By the loop's number: how much is odd, and how it ends. */
START_TEST(made_messages) {
    static const unsigned oddities[] = {0, 3, 30, 300};
    uint64_t taken_over = 0;
    for (uint64_t seed = 0; seed < MADE_MESSAGES; seed++) {
        for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
            made_message made = {.state = seed * 1000 + (uint64_t)_i,
                                 .layout = (made_layout)layout,
                                 .oddity = oddities[_i % 4],
                                 .end = (made_end)(_i / 4)};
            make_message(&made, 30 + (unsigned)seed % 40);
            made.piece_size = 300 + seed * 211 % 3000;
            char what[100];
            snprintf(what, sizeof what, "layout %d, seed %" PRIu64 ", loop %d", layout, seed, _i);
            taken_over += compare_made(&made, what);
            free(made.text.data);
        }
    }
    if (_i % 4 < 2) {
        ck_assert_uint_gt(taken_over, 30);
    }
}
END_TEST

/* Of several blocks, so that batches are had in between. */
START_TEST(long_messages) {
    uint64_t taken_over = 0;
    for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
        made_message made = {.state = (uint64_t)_i,
                             .layout = (made_layout)layout,
                             .oddity = (unsigned)_i % 3,
                             .end = (made_end)(_i % 4),
                             .flags = MADE_LATE_END};
        make_message(&made, layout == MADE_FLAT ? 9000 : 1200);
        made.piece_size = _i % 2 == 0 ? 40000 : 150000;
        ck_assert_uint_gt(made.text.size, 400000);
        taken_over += compare_made(&made, "long");
        free(made.text.data);
    }
    ck_assert_uint_gt(taken_over, 5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pieces");
    TCase *test_case = tcase_create("pieces");
    tcase_add_loop_test(test_case, test_messages, 0, (int)(sizeof files / sizeof *files));
    tcase_add_loop_test(test_case, made_messages, 0, 16);
    tcase_add_loop_test(test_case, long_messages, 0, 12);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
