/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bkti_context.h"
#include "failing_memory.h"
#include "run_suite.h"

static bkt_context_options defaults(void) {
    bkt_context_options options;
    ck_assert_int_eq(bkt_context_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    return options;
}

START_TEST(defaults_are_as_documented) {
    bkt_context_options options = defaults();
    ck_assert_uint_eq(options.struct_size, sizeof options);
    ck_assert_uint_eq(options.flags, 0);
    ck_assert_uint_eq(options.memory_limit, UINT64_MAX);
    ck_assert_uint_eq(options.text_limit, 16777216);
    ck_assert_uint_eq(options.attribute_limit, 1048576);
    ck_assert_uint_eq(options.dictionary_limit, 100000000);
    ck_assert_uint_eq(options.depth_limit, 64);
    ck_assert_uint_eq(options.attribute_count_limit, 1000);
    ck_assert_uint_eq(options.column_limit, 4000);
    ck_assert_uint_eq(options.expansion_limit, 400);
    ck_assert_uint_eq(options.member_limit, 10000);
    ck_assert_uint_eq(options.diagnostic_limit, 1000);
    ck_assert_int_eq(bkt_context_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_context_options_init(&options, 8), BKT_ERR_ABI);
}
END_TEST

START_TEST(zero_limits_become_defaults) {
    bkt_context_options options;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.depth_limit = 7;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    const bkt_context_options *own = bkti_context_options(context);
    bkt_context_options expected = defaults();
    expected.depth_limit = 7;
    ck_assert_mem_eq(own, &expected, sizeof expected);
    bkt_context_free(context);
}
END_TEST

START_TEST(wrong_options_are_refused) {
    bkt_context *context = (bkt_context *)&context;
    ck_assert_int_eq(bkt_context_new(NULL, NULL), BKT_ERR_ARGUMENT);

    bkt_context_options options = defaults();
    options.struct_size = 0;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_ERR_ABI);
    ck_assert_ptr_null(context);

    options = defaults();
    options.struct_size = 8;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_ERR_ABI);

    options = defaults();
    options.flags = 1;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_ERR_ARGUMENT);

    options = defaults();
    options.allocate = failing_memory_allocate;
    options.release = failing_memory_release;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_ERR_ARGUMENT);

    struct {
        bkt_context_options known;
        unsigned char tail[16];
    } longer;
    memset(&longer, 0, sizeof longer);
    longer.known = defaults();
    longer.known.struct_size = sizeof longer;
    longer.tail[15] = 1;
    ck_assert_int_eq(bkt_context_new(&longer.known, &context), BKT_ERR_ABI);
    ck_assert_ptr_null(context);
    longer.tail[15] = 0;
    ck_assert_int_eq(bkt_context_new(&longer.known, &context), BKT_OK);
    bkt_context_free(context);

    options = defaults();
    options.memory_limit = 1;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_ERR_MEMORY);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        failing_memory_arm(&memory);
        bkt_context *context = failing_memory_context(&memory);
        ck_assert(memory.has_failed == (context == NULL));
        failing_memory_disarm(&memory);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

START_TEST(memory_is_told) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    uint64_t before = bkt_context_memory_used(context);
    void *block = bkti_allocate(bkti_context_memory(context), 100000);
    ck_assert_uint_ge(bkt_context_memory_used(context), before + 100000);
    bkti_release(bkti_context_memory(context), block);
    ck_assert_uint_eq(bkt_context_memory_used(context), before);
    ck_assert_uint_ge(bkt_context_memory_peak(context), before + 100000);
    bkt_context_free(context);
}
END_TEST

START_TEST(no_memory_tells_the_limit_from_the_system) {
    bkt_context_options options = defaults();
    options.memory_limit = 100000;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    ck_assert_ptr_null(bkti_allocate(bkti_context_memory(context), 200000));
    ck_assert_int_eq(bkti_no_memory(context), BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "memory_limit, 100000 bytes"));
    bkt_context_free(context);

    failing_memory memory = {0};
    context = failing_memory_context(&memory);
    memory.fail_at = 1;
    memory.stays_out = true;
    failing_memory_arm(&memory);
    ck_assert_ptr_null(bkti_allocate(bkti_context_memory(context), 10));
    ck_assert_int_eq(bkti_no_memory(context), BKT_ERR_MEMORY);
    ck_assert_str_eq(bkt_context_error_text(context), "out of memory");
    failing_memory_disarm(&memory);
    bkt_context_free(context);
    failing_memory_check(&memory);
    ck_assert_int_eq(bkti_no_memory(NULL), BKT_ERR_MEMORY);
}
END_TEST

typedef struct progress_seen {
    uint64_t done;
    uint64_t total;
    uint64_t rows;
    int32_t answer;
} progress_seen;

static int32_t see_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    progress_seen *seen = user;
    seen->done = done;
    seen->total = total;
    seen->rows = rows;
    return seen->answer;
}

START_TEST(progress_can_stop) {
    progress_seen seen = {0, 0, 0, 0};
    bkt_context_options options = defaults();
    options.progress = see_progress;
    options.progress_user = &seen;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    ck_assert_int_eq(bkti_progress(context, 10, 20, 3), BKT_OK);
    ck_assert_uint_eq(seen.done, 10);
    ck_assert_uint_eq(seen.total, 20);
    ck_assert_uint_eq(seen.rows, 3);
    ck_assert_ptr_null(bkt_context_error(context));
    seen.answer = -1;
    ck_assert_int_eq(bkti_progress(context, 11, 20, 4), BKT_ERR_CANCELLED);
    ck_assert_int_eq(bkt_diagnostic_status(bkt_context_error(context)), BKT_ERR_CANCELLED);
    bkt_context_free(context);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkti_progress(context, 1, 2, 3), BKT_OK);
    bkt_context_free(context);
    ck_assert_int_eq(bkti_progress(NULL, 1, 2, 3), BKT_OK);
}
END_TEST

START_TEST(nothing_is_fine) {
    bkt_context_free(NULL);
    bkt_context_diagnostics_clear(NULL);
    ck_assert_uint_eq(bkt_context_memory_used(NULL), 0);
    ck_assert_uint_eq(bkt_context_memory_peak(NULL), 0);
    ck_assert_uint_eq(bkt_context_diagnostic_count(NULL), 0);
    ck_assert_ptr_null(bkt_context_diagnostic_at(NULL, 0));
    ck_assert_ptr_null(bkt_context_error(NULL));
    ck_assert_str_eq(bkt_context_error_text(NULL), "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("context");
    TCase *test_case = tcase_create("context");
    tcase_add_test(test_case, defaults_are_as_documented);
    tcase_add_test(test_case, zero_limits_become_defaults);
    tcase_add_test(test_case, wrong_options_are_refused);
    tcase_add_test(test_case, every_allocation_failing);
    tcase_add_test(test_case, memory_is_told);
    tcase_add_test(test_case, no_memory_tells_the_limit_from_the_system);
    tcase_add_test(test_case, progress_can_stop);
    tcase_add_test(test_case, nothing_is_fine);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
