/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#include <check.h>
#include <string.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"

static bkti_workspace workspace_of(bkt_context *owner) {
    bkti_workspace workspace = {.memory = bkti_context_memory(owner)};
    return workspace;
}

START_TEST(pieces_do_not_overlap) {
    uint64_t held = bkt_context_memory_used(context);
    bkti_workspace workspace = workspace_of(context);
    static const size_t sizes[] = {1, 1000, 24, 3000, 1, 0, 5000, 7};
    double *pieces[8];
    for (size_t i = 0; i < 8; i++) {
        pieces[i] = bkti_workspace_take(&workspace, sizes[i]);
        ck_assert_ptr_nonnull(pieces[i]);
        for (size_t k = 0; k < sizes[i]; k++)
            pieces[i][k] = (double)i;
    }
    for (size_t i = 0; i < 8; i++) {
        bool kept = true;
        for (size_t k = 0; k < sizes[i]; k++)
            kept = kept && pieces[i][k] == (double)i;
        ck_assert_msg(kept, "piece %zu", i);
    }
    bkti_workspace_free(&workspace);
    ck_assert_uint_eq(bkt_context_memory_used(context), held);
}
END_TEST

START_TEST(what_is_given_back_is_used_again) {
    bkti_workspace workspace = workspace_of(context);
    double *first = bkti_workspace_take(&workspace, 10);
    bkti_workspace_mark mark = bkti_workspace_here(&workspace);
    double *second = bkti_workspace_take(&workspace, 20);
    double *large = bkti_workspace_take(&workspace, 4000);
    uint64_t used = bkt_context_memory_used(context);
    for (int round = 0; round < 100; round++) {
        bkti_workspace_rewind(&workspace, mark);
        ck_assert(bkti_workspace_take(&workspace, 20) == second);
        ck_assert(bkti_workspace_take(&workspace, 4000) == large);
    }
    ck_assert(second == first + 10);
    ck_assert_uint_eq(bkt_context_memory_used(context), used);
    bkti_workspace_free(&workspace);
}
END_TEST

START_TEST(back_to_the_very_beginning) {
    bkti_workspace workspace = workspace_of(context);
    bkti_workspace_mark empty = bkti_workspace_here(&workspace);
    double *first = bkti_workspace_take(&workspace, 600);
    bkti_workspace_take(&workspace, 600);
    bkti_workspace_rewind(&workspace, empty);
    ck_assert(bkti_workspace_take(&workspace, 600) == first);
    bkti_workspace_free(&workspace);
    ck_assert(bkti_workspace_take(&workspace, 5) != NULL); /* of use after it was freed */
    bkti_workspace_free(&workspace);
    bkti_workspace_free(&workspace);
}
END_TEST

/* A block that is too small for what comes next is passed over and serves again later. */
START_TEST(a_block_too_small) {
    uint64_t held = bkt_context_memory_used(context);
    bkti_workspace workspace = workspace_of(context);
    bkti_workspace_mark empty = bkti_workspace_here(&workspace);
    double *small = bkti_workspace_take(&workspace, 1000);
    double *next = bkti_workspace_take(&workspace, 1000);
    bkti_workspace_rewind(&workspace, empty);
    double *huge = bkti_workspace_take(&workspace, 100000);
    ck_assert_ptr_nonnull(huge);
    huge[99999] = 1.0;
    bkti_workspace_rewind(&workspace, empty);
    double *again = bkti_workspace_take(&workspace, 1000);
    ck_assert(again == small || again == huge);
    again[0] = again[999] = 2.0;
    ck_assert(next != small);
    bkti_workspace_free(&workspace);
    ck_assert_uint_eq(bkt_context_memory_used(context), held);
}
END_TEST

START_TEST(no_memory) {
    bkti_workspace none = {.memory = NULL};
    ck_assert_ptr_null(bkti_workspace_take(&none, 1));
    bkti_workspace_free(&none);
    bkti_workspace workspace = workspace_of(context);
    ck_assert_ptr_null(bkti_workspace_take(&workspace, SIZE_MAX));
    ck_assert_ptr_null(bkti_workspace_take(&workspace, SIZE_MAX / sizeof(double)));
    double *piece = bkti_workspace_take(&workspace, 3);
    ck_assert_ptr_nonnull(piece); /* still of use */
    bkti_workspace_free(&workspace);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkti_workspace workspace = workspace_of(own);
        failing_memory_arm(&memory);
        for (size_t size = 1; size < 50000; size *= 3) {
            double *piece = bkti_workspace_take(&workspace, size);
            ck_assert(piece != NULL || memory.has_failed);
            if (piece != NULL)
                piece[0] = piece[size - 1] = 1.0;
        }
        failing_memory_disarm(&memory);
        bkti_workspace_free(&workspace);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("workspace");
    TCase *test_case = tcase_create("workspace");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, pieces_do_not_overlap);
    tcase_add_test(test_case, what_is_given_back_is_used_again);
    tcase_add_test(test_case, back_to_the_very_beginning);
    tcase_add_test(test_case, a_block_too_small);
    tcase_add_test(test_case, no_memory);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
