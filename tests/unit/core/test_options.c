/* SPDX-License-Identifier: MIT */
/* The rules by which options structs grow. */
#include <string.h>

#include "bkti_context.h"
#include "run_suite.h"

/* A struct as it was in the first release, as it is now, and as it will be. */
typedef struct first_options {
    uint32_t struct_size;
    uint32_t flags;
} first_options;

typedef struct own_options {
    uint32_t struct_size;
    uint32_t flags;
    uint32_t horizon;
    uint32_t reserved;
} own_options;

typedef struct later_options {
    uint32_t struct_size;
    uint32_t flags;
    uint32_t horizon;
    uint32_t reserved;
    uint64_t newer;
} later_options;

static const own_options DEFAULTS = {sizeof(own_options), 0, 10, 0};

static bkt_status take(bkt_context *context, const void *given, own_options *own) {
    *own = DEFAULTS;
    return bkti_options_take(context, given, own, sizeof *own, sizeof(first_options));
}

START_TEST(none_means_defaults) {
    own_options own;
    ck_assert_int_eq(take(NULL, NULL, &own), BKT_OK);
    ck_assert_mem_eq(&own, &DEFAULTS, sizeof own);
}
END_TEST

START_TEST(an_older_struct_keeps_the_defaults_of_what_it_lacks) {
    first_options given = {sizeof given, 7};
    own_options own;
    ck_assert_int_eq(take(NULL, &given, &own), BKT_OK);
    ck_assert_uint_eq(own.struct_size, sizeof own);
    ck_assert_uint_eq(own.flags, 7);
    ck_assert_uint_eq(own.horizon, 10);
}
END_TEST

START_TEST(the_same_struct_is_taken_whole) {
    own_options given = {sizeof given, 1, 25, 0};
    own_options own;
    ck_assert_int_eq(take(NULL, &given, &own), BKT_OK);
    ck_assert_mem_eq(&own, &given, sizeof own);
}
END_TEST

START_TEST(a_newer_struct_must_have_a_zero_tail) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    later_options given = {sizeof given, 1, 25, 0, 0};
    own_options own;
    ck_assert_int_eq(take(context, &given, &own), BKT_OK);
    ck_assert_uint_eq(own.struct_size, sizeof own);
    ck_assert_uint_eq(own.horizon, 25);
    given.newer = UINT64_C(1) << 63;
    ck_assert_int_eq(take(context, &given, &own), BKT_ERR_ABI);
    ck_assert_mem_eq(&own, &DEFAULTS, sizeof own);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "newer library"));
    bkt_context_free(context);
}
END_TEST

START_TEST(impossible_sizes_are_refused) {
    static const uint32_t SIZES[] = {0, 1, 4, sizeof(first_options) - 1, 4097, UINT32_MAX};
    for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
        own_options given = {SIZES[i], 0, 0, 0};
        own_options own;
        ck_assert_int_eq(take(NULL, &given, &own), BKT_ERR_ABI);
        ck_assert_int_eq(
            bkti_options_init(&given, SIZES[i], &DEFAULTS, sizeof DEFAULTS, sizeof(first_options)),
            BKT_ERR_ABI);
    }
    unsigned char largest[4096] = {0};
    uint32_t size = sizeof largest;
    memcpy(largest, &size, sizeof size);
    own_options own;
    ck_assert_int_eq(take(NULL, largest, &own), BKT_OK);
    largest[4095] = 1;
    ck_assert_int_eq(take(NULL, largest, &own), BKT_ERR_ABI);
}
END_TEST

START_TEST(unknown_flags_are_refused) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkti_flags_check(context, "bkt_own_options", 0, 0), BKT_OK);
    ck_assert_int_eq(bkti_flags_check(context, "bkt_own_options", 5, 7), BKT_OK);
    ck_assert_int_eq(bkti_flags_check(context, "bkt_own_options", 13, 7), BKT_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(
        strstr(bkt_context_error_text(context), "bkt_own_options has bits (0x8)"));
    ck_assert_int_eq(bkti_flags_check(NULL, "bkt_own_options", UINT32_MAX, 0), BKT_ERR_ARGUMENT);
    bkt_context_free(context);
}
END_TEST

START_TEST(init_writes_the_callers_size_and_no_more) {
    unsigned char buffer[sizeof(later_options) + 4];
    first_options shorter;
    memset(buffer, 0xee, sizeof buffer);
    ck_assert_int_eq(bkti_options_init(buffer, sizeof shorter, &DEFAULTS, sizeof DEFAULTS,
                                       sizeof(first_options)),
                     BKT_OK);
    memcpy(&shorter, buffer, sizeof shorter);
    ck_assert_uint_eq(shorter.struct_size, sizeof shorter);
    ck_assert_uint_eq(buffer[sizeof shorter], 0xee);

    later_options later;
    memset(buffer, 0xee, sizeof buffer);
    ck_assert_int_eq(
        bkti_options_init(buffer, sizeof later, &DEFAULTS, sizeof DEFAULTS, sizeof(first_options)),
        BKT_OK);
    memcpy(&later, buffer, sizeof later);
    ck_assert_uint_eq(later.struct_size, sizeof later);
    ck_assert_uint_eq(later.horizon, 10);
    ck_assert_uint_eq(later.newer, 0);
    ck_assert_uint_eq(buffer[sizeof later], 0xee);

    ck_assert_int_eq(bkti_options_init(NULL, 16, &DEFAULTS, sizeof DEFAULTS, 8), BKT_ERR_ARGUMENT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("options");
    TCase *test_case = tcase_create("options");
    tcase_add_test(test_case, none_means_defaults);
    tcase_add_test(test_case, an_older_struct_keeps_the_defaults_of_what_it_lacks);
    tcase_add_test(test_case, the_same_struct_is_taken_whole);
    tcase_add_test(test_case, a_newer_struct_must_have_a_zero_tail);
    tcase_add_test(test_case, impossible_sizes_are_refused);
    tcase_add_test(test_case, unknown_flags_are_refused);
    tcase_add_test(test_case, init_writes_the_callers_size_and_no_more);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
