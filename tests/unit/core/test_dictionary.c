/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "bkti_context.h"
#include "bkti_dictionary.h"
#include "bkti_wide.h"
#include "failing_memory.h"
#include "run_suite.h"

START_TEST(codes_count_up_in_order_of_arrival) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_dictionary *dictionary = bkti_dictionary_new(memory);
    ck_assert_int_eq(bkti_dictionary_count(dictionary), 0);
    ck_assert_int_eq(bkti_dictionary_find(dictionary, BKTI_SPAN("BLR")), -1);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, BKTI_SPAN("BLR")), 0);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, BKTI_SPAN("KAZ")), 1);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, BKTI_SPAN("BLR")), 0);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, (bkti_span){NULL, 0}), 2);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, BKTI_SPAN("")), 2);
    ck_assert_int_eq(bkti_dictionary_add(dictionary, BKTI_SPAN("BL")), 3);
    ck_assert_int_eq(bkti_dictionary_count(dictionary), 4);
    ck_assert_int_eq(bkti_dictionary_find(dictionary, BKTI_SPAN("KAZ")), 1);
    ck_assert_str_eq(bkti_dictionary_text(dictionary, 0), "BLR");
    ck_assert_str_eq(bkti_dictionary_text(dictionary, 2), "");
    ck_assert(bkti_span_is(bkti_dictionary_span(dictionary, 3), "BL"));
    ck_assert_ptr_null(bkti_dictionary_text(dictionary, 4));
    ck_assert_ptr_null(bkti_dictionary_text(dictionary, -1));
    ck_assert_uint_eq(bkti_dictionary_span(dictionary, 4).size, 0);
    bkti_dictionary_drop(dictionary);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(nothing_is_fine) {
    ck_assert_int_eq(bkti_dictionary_count(NULL), 0);
    ck_assert_int_eq(bkti_dictionary_find(NULL, BKTI_SPAN("x")), -1);
    ck_assert_ptr_null(bkti_dictionary_text(NULL, 0));
    ck_assert_ptr_null(bkti_dictionary_span(NULL, 0).data);
    ck_assert_ptr_null(bkti_dictionary_hold(NULL));
    bkti_dictionary_drop(NULL);
}
END_TEST

/* Every length that the hash reads in another way, and texts that differ in one byte alone. */
START_TEST(every_length_and_byte_counts) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_dictionary *dictionary = bkti_dictionary_new(memory);
    char text[80];
    int32_t expected = 0;
    for (size_t size = 1; size <= 70; size++) {
        for (size_t place = 0; place < size; place++) {
            memset(text, 'a', sizeof text);
            text[place] = 'b';
            bkti_span span = {text, size};
            ck_assert_int_eq(bkti_dictionary_find(dictionary, span), -1);
            ck_assert_int_eq(bkti_dictionary_add(dictionary, span), expected);
            expected++;
        }
    }
    ck_assert_int_eq(bkti_dictionary_count(dictionary), expected);
    /* With a zero byte within: a text is its span. */
    int32_t with_zero = bkti_dictionary_add(dictionary, (bkti_span){"a\0b", 3});
    ck_assert_int_eq(with_zero, expected);
    ck_assert_uint_eq(bkti_dictionary_span(dictionary, with_zero).size, 3);
    bkti_dictionary_drop(dictionary);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(many_texts_never_move) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_dictionary *dictionary = bkti_dictionary_new(memory);
    enum { COUNT = 200000 };
    char text[32];
    bkti_dictionary_add(dictionary, BKTI_SPAN("0"));
    const char *first = bkti_dictionary_text(dictionary, 0);
    for (int32_t i = 0; i < COUNT; i++) {
        int size = snprintf(text, sizeof text, "%d", (int)i);
        if (bkti_dictionary_add(dictionary, (bkti_span){text, (size_t)size}) != i) {
            ck_abort_msg("'%s' got another code", text);
        }
    }
    ck_assert_ptr_eq(bkti_dictionary_text(dictionary, 0), first);
    for (int32_t i = 0; i < COUNT; i++) {
        int size = snprintf(text, sizeof text, "%d", (int)i);
        if (bkti_dictionary_find(dictionary, (bkti_span){text, (size_t)size}) != i ||
            strcmp(bkti_dictionary_text(dictionary, i), text) != 0) {
            ck_abort_msg("'%s' has another code", text);
        }
    }
    /* A long text gets a chunk of its own. */
    char *large = bkti_allocate(memory, 1000000);
    memset(large, 'x', 1000000);
    bkti_span span = {large, 1000000};
    ck_assert_int_eq(bkti_dictionary_add(dictionary, span), COUNT);
    ck_assert_int_eq(bkti_dictionary_find(dictionary, span), COUNT);
    bkti_release(memory, large);
    bkti_dictionary_drop(dictionary);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(it_outlives_its_maker) {
    failing_memory counter = {0};
    bkt_context *context = failing_memory_context(&counter);
    bkti_dictionary *dictionary = bkti_dictionary_new(bkti_context_memory(context));
    bkti_dictionary_add(dictionary, BKTI_SPAN("2012-Q3"));
    bkt_context_free(context);
    ck_assert_ptr_eq(bkti_dictionary_hold(dictionary), dictionary);
    bkti_dictionary_drop(dictionary);
    ck_assert_str_eq(bkti_dictionary_text(dictionary, 0), "2012-Q3");
    bkti_dictionary_drop(dictionary);
    failing_memory_check(&counter);
}
END_TEST

START_TEST(without_memory_it_stays_as_it_was) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        failing_memory_arm(&memory);
        bkti_dictionary *dictionary = bkti_dictionary_new(bkti_context_memory(context));
        int32_t added = 0;
        char text[40];
        for (int i = 0; dictionary != NULL && i < 300; i++) {
            int size = snprintf(text, sizeof text, "a text that is not too short %d", i);
            int32_t code = bkti_dictionary_add(dictionary, (bkti_span){text, (size_t)size});
            if (code < 0) {
                ck_assert_int_eq(code, -1);
                ck_assert_int_eq(bkti_dictionary_find(dictionary, (bkti_span){text, (size_t)size}),
                                 -1);
            } else {
                ck_assert_int_eq(code, added);
                added++;
            }
            ck_assert_int_eq(bkti_dictionary_count(dictionary), added);
        }
        failing_memory_disarm(&memory);
        ck_assert(memory.has_failed || added == 300);
        ck_assert(!memory.stays_out || memory.has_failed == (added < 300));
        for (int32_t code = 0; code < added; code++) {
            ck_assert_int_eq(
                bkti_dictionary_find(dictionary, bkti_dictionary_span(dictionary, code)), code);
        }
        bkti_dictionary_drop(dictionary);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

/* The product by 32-bit halves, as a compiler without 128-bit integers does it. */
START_TEST(wide_products) {
    uint64_t state = 1;
    for (int i = 0; i < 10000; i++) {
        uint64_t a = state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        uint64_t b = state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        bkti_wide product = bkti_multiply_wide(a, b);
        uint64_t low = (a & 0xffffffff) * (b & 0xffffffff);
        uint64_t cross = (a >> 32) * (b & 0xffffffff) + (low >> 32);
        uint64_t other = (a & 0xffffffff) * (b >> 32) + (cross & 0xffffffff);
        ck_assert_uint_eq(product.high, (a >> 32) * (b >> 32) + (cross >> 32) + (other >> 32));
        ck_assert_uint_eq(product.low, a * b);
    }
    ck_assert_uint_eq(bkti_multiply_wide(UINT64_MAX, UINT64_MAX).high, UINT64_MAX - 1);
    ck_assert_uint_eq(bkti_multiply_wide(UINT64_MAX, UINT64_MAX).low, 1);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("dictionary");
    TCase *test_case = tcase_create("dictionary");
    tcase_add_test(test_case, codes_count_up_in_order_of_arrival);
    tcase_add_test(test_case, nothing_is_fine);
    tcase_add_test(test_case, every_length_and_byte_counts);
    tcase_add_test(test_case, many_texts_never_move);
    tcase_add_test(test_case, it_outlives_its_maker);
    tcase_add_test(test_case, without_memory_it_stays_as_it_was);
    tcase_add_test(test_case, wide_products);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
