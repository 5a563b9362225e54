/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bkti_context.h"
#include "bkti_text.h"
#include "failing_memory.h"
#include "run_suite.h"

START_TEST(pieces_are_joined) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text text;
    bkti_text_init(&text, memory);
    ck_assert_str_eq(bkti_text_get(&text), "");
    ck_assert(bkti_text_append(&text, "BLRxyz", 3));
    ck_assert(bkti_text_append_span(&text, BKTI_SPAN(".")));
    ck_assert(bkti_text_append_text(&text, "KAZ"));
    ck_assert(bkti_text_append_text(&text, NULL));
    ck_assert(bkti_text_append_format(&text, ".%d-%s", 2012, "Q1"));
    ck_assert_str_eq(bkti_text_get(&text), "BLR.KAZ.2012-Q1");
    ck_assert_uint_eq(text.size, 15);
    bkti_text_clear(&text);
    ck_assert_str_eq(bkti_text_get(&text), "");
    ck_assert(bkti_text_append_text(&text, "again"));
    ck_assert_str_eq(bkti_text_get(&text), "again");
    bkti_text_free(&text);
    ck_assert_str_eq(bkti_text_get(&text), "");
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(long_texts) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text text;
    bkti_text_init(&text, memory);
    for (int i = 0; i < 10000; i++) {
        ck_assert(bkti_text_append_format(&text, "%d,", i));
    }
    ck_assert_uint_eq(strlen(bkti_text_get(&text)), text.size);
    ck_assert_uint_eq(text.size, 48890);
    bkti_text_free(&text);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(a_failure_stays_until_cleared) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        bkti_text text;
        bkti_text_init(&text, bkti_context_memory(context));
        failing_memory_arm(&memory);
        bool all = true;
        for (int i = 0; i < 100; i++) {
            all = bkti_text_append_format(&text, "%d.", i) && all;
            all = bkti_text_append_text(&text, "0123456789") && all;
        }
        failing_memory_disarm(&memory);
        /* One failure alone may be overcome: a text that can't grow much grows little. */
        ck_assert(memory.has_failed || all);
        ck_assert(!memory.stays_out || memory.has_failed == !all);
        ck_assert(text.failed == !all);
        if (!all) {
            ck_assert_str_eq(bkti_text_get(&text), "");
            ck_assert(!bkti_text_append_text(&text, "x"));
            ck_assert(!bkti_text_append_format(&text, "%d", 1));
        } else {
            ck_assert_uint_eq(strlen(bkti_text_get(&text)), 1290);
        }
        bkti_text_clear(&text);
        ck_assert(bkti_text_append_text(&text, "x"));
        ck_assert_str_eq(bkti_text_get(&text), "x");
        bkti_text_free(&text);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("text");
    TCase *test_case = tcase_create("text");
    tcase_add_test(test_case, pieces_are_joined);
    tcase_add_test(test_case, long_texts);
    tcase_add_test(test_case, a_failure_stays_until_cleared);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
