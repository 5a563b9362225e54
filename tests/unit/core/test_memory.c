/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "bkti_memory.h"
#include "failing_memory.h"
#include "run_suite.h"

static bkti_memory *limited(uint64_t limit) {
    bkt_context_options options;
    ck_assert_int_eq(bkt_context_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.memory_limit = limit;
    return bkti_memory_new(&options);
}

static bkti_memory *counted(failing_memory *counter) {
    bkt_context_options options;
    ck_assert_int_eq(bkt_context_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.allocate = failing_memory_allocate;
    options.reallocate = failing_memory_reallocate;
    options.release = failing_memory_release;
    options.memory_user = counter;
    memset(counter, 0, sizeof *counter);
    return bkti_memory_new(&options);
}

START_TEST(blocks_are_aligned_and_counted) {
    bkti_memory *memory = bkti_memory_new(NULL);
    uint64_t own = bkti_memory_used(memory);
    ck_assert_uint_gt(own, 0);
    for (size_t size = 0; size < 70; size++) {
        unsigned char *block = bkti_allocate(memory, size);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % 16, 0);
        memset(block, 0xff, size);
        ck_assert_uint_ge(bkti_memory_used(memory), own + size);
        bkti_release(memory, block);
        ck_assert_uint_eq(bkti_memory_used(memory), own);
    }
    ck_assert_uint_ge(bkti_memory_peak(memory), own + 69);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(peak_is_the_most_held_at_once) {
    bkti_memory *memory = bkti_memory_new(NULL);
    void *first = bkti_allocate(memory, 1000);
    void *second = bkti_allocate(memory, 5000);
    uint64_t most = bkti_memory_used(memory);
    bkti_release(memory, second);
    second = bkti_allocate(memory, 10);
    ck_assert_uint_eq(bkti_memory_peak(memory), most);
    bkti_release(memory, first);
    bkti_release(memory, second);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(reallocating_keeps_bytes_and_books) {
    failing_memory counter;
    bkti_memory *memory = counted(&counter);
    uint64_t own = bkti_memory_used(memory);
    unsigned char *block = bkti_reallocate_array(memory, NULL, 10, 1);
    for (unsigned i = 0; i < 10; i++) {
        block[i] = (unsigned char)i;
    }
    block = bkti_reallocate_array(memory, block, 100000, 8);
    ck_assert_ptr_nonnull(block);
    ck_assert_uint_ge(bkti_memory_used(memory), own + 800000);
    block = bkti_reallocate_array(memory, block, 10, 1);
    for (unsigned i = 0; i < 10; i++) {
        ck_assert_uint_eq(block[i], i);
    }
    ck_assert_uint_lt(bkti_memory_used(memory), own + 100);
    /* One block all the time: the caller's realloc did the moving. */
    ck_assert_int_eq(counter.block_count, 2);
    bkti_release(memory, block);
    bkti_release(memory, NULL);
    ck_assert_uint_eq(bkti_memory_used(memory), own);
    bkti_memory_drop(memory);
    failing_memory_check(&counter);
}
END_TEST

START_TEST(sizes_that_cannot_be_are_refused) {
    bkti_memory *memory = bkti_memory_new(NULL);
    uint64_t own = bkti_memory_used(memory);
    ck_assert_ptr_null(bkti_allocate_array(memory, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(bkti_allocate_array(memory, SIZE_MAX, SIZE_MAX));
    ck_assert_ptr_null(bkti_allocate_zeroed(memory, SIZE_MAX / 8 + 2, 8));
    ck_assert_ptr_null(bkti_allocate(memory, SIZE_MAX));
    ck_assert_ptr_null(bkti_allocate(memory, SIZE_MAX - 16));
    ck_assert_ptr_null(bkti_copy_text(memory, "", SIZE_MAX));
    void *block = bkti_allocate(memory, 8);
    ck_assert_ptr_null(bkti_reallocate_array(memory, block, SIZE_MAX / 4, 8));
    bkti_release(memory, block);
    ck_assert_uint_eq(bkti_memory_used(memory), own);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(the_limit_holds_and_is_told) {
    bkti_memory *memory = limited(10000);
    ck_assert(!bkti_memory_limit_was_reached(memory));
    void *block = bkti_allocate(memory, 9000);
    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_null(bkti_allocate(memory, 9000));
    ck_assert(bkti_memory_limit_was_reached(memory));
    ck_assert_ptr_null(bkti_reallocate_array(memory, block, 11000, 1));
    void *smaller = bkti_reallocate_array(memory, block, 10, 1);
    ck_assert_ptr_nonnull(smaller);
    void *other = bkti_allocate(memory, 9000);
    ck_assert_ptr_nonnull(other);
    ck_assert_uint_le(bkti_memory_peak(memory), 10000);
    bkti_release(memory, other);
    bkti_release(memory, smaller);
    bkti_memory_drop(memory);
    ck_assert_ptr_null(limited(1));
}
END_TEST

START_TEST(a_failure_of_the_system_is_not_the_limits) {
    failing_memory counter;
    bkti_memory *memory = counted(&counter);
    uint64_t own = bkti_memory_used(memory);
    void *block = bkti_allocate(memory, 100);
    uint64_t with_block = bkti_memory_used(memory);
    counter.fail_at = 1;
    counter.stays_out = true;
    failing_memory_arm(&counter);
    ck_assert_ptr_null(bkti_allocate(memory, 10));
    ck_assert_ptr_null(bkti_reallocate_array(memory, block, 1000, 1));
    ck_assert(!bkti_memory_limit_was_reached(memory));
    ck_assert_uint_eq(bkti_memory_used(memory), with_block);
    failing_memory_disarm(&counter);
    bkti_release(memory, block);
    ck_assert_uint_eq(bkti_memory_used(memory), own);
    bkti_memory_drop(memory);
    failing_memory_check(&counter);
}
END_TEST

START_TEST(the_last_holder_frees) {
    failing_memory counter;
    bkti_memory *memory = counted(&counter);
    ck_assert_ptr_eq(bkti_memory_hold(memory), memory);
    bkti_memory_drop(memory);
    ck_assert_int_eq(counter.block_count, 1);
    bkti_memory_drop(memory);
    failing_memory_check(&counter);
    bkti_memory_drop(NULL);
    ck_assert_ptr_null(bkti_memory_hold(NULL));
    ck_assert_uint_eq(bkti_memory_used(NULL), 0);
    ck_assert_uint_eq(bkti_memory_peak(NULL), 0);
}
END_TEST

START_TEST(zeroed_and_copied_blocks) {
    failing_memory counter;
    bkti_memory *memory = counted(&counter); /* fills what it gives with 0xA5 */
    unsigned char *zeroed = bkti_allocate_zeroed(memory, 100, 3);
    for (size_t i = 0; i < 300; i++) {
        ck_assert_uint_eq(zeroed[i], 0);
    }
    char *text = bkti_copy_text(memory, "BLR.KAZ", 3);
    ck_assert_str_eq(text, "BLR");
    char *empty = bkti_copy_text(memory, NULL, 0);
    ck_assert_str_eq(empty, "");
    bkti_release(memory, zeroed);
    bkti_release(memory, text);
    bkti_release(memory, empty);
    bkti_memory_drop(memory);
    failing_memory_check(&counter);
}
END_TEST

START_TEST(arrays_grow_geometrically) {
    failing_memory counter;
    bkti_memory *memory = counted(&counter);
    failing_memory_arm(&counter); /* fails at none, counts all */
    void *array = NULL;
    size_t capacity = 0;
    for (size_t needed = 0; needed <= 1000000; needed++) {
        if (!bkti_grow(memory, &array, &capacity, needed, 4) || capacity < needed) {
            ck_abort_msg("room for %zu where %zu are needed", capacity, needed);
        }
    }
    ck_assert_uint_lt(counter.calls, 40);
    bkti_release(memory, array);
    bkti_memory_drop(memory);
    failing_memory_check(&counter);
}
END_TEST

START_TEST(growing_near_the_limit_takes_what_is_needed) {
    bkti_memory *memory = limited(10000);
    void *array = NULL;
    size_t capacity = 0;
    ck_assert(bkti_grow(memory, &array, &capacity, 6000, 1));
    ck_assert(bkti_grow(memory, &array, &capacity, 9000, 1));
    ck_assert_uint_eq(capacity, 9000);
    void *before = array;
    ck_assert(!bkti_grow(memory, &array, &capacity, 11000, 1));
    ck_assert(!bkti_grow(memory, &array, &capacity, SIZE_MAX, 8));
    ck_assert_ptr_eq(array, before);
    ck_assert_uint_eq(capacity, 9000);
    bkti_release(memory, array);
    bkti_memory_drop(memory);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *test_case = tcase_create("memory");
    tcase_add_test(test_case, blocks_are_aligned_and_counted);
    tcase_add_test(test_case, peak_is_the_most_held_at_once);
    tcase_add_test(test_case, reallocating_keeps_bytes_and_books);
    tcase_add_test(test_case, sizes_that_cannot_be_are_refused);
    tcase_add_test(test_case, the_limit_holds_and_is_told);
    tcase_add_test(test_case, a_failure_of_the_system_is_not_the_limits);
    tcase_add_test(test_case, the_last_holder_frees);
    tcase_add_test(test_case, zeroed_and_copied_blocks);
    tcase_add_test(test_case, arrays_grow_geometrically);
    tcase_add_test(test_case, growing_near_the_limit_takes_what_is_needed);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
