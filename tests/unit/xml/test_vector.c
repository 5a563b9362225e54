/* SPDX-License-Identifier: MIT */
/* What looks at many bytes at once: every version against a reference that looks at one. */
#include "vector_check.h"

#include "run_suite.h"

START_TEST(versions) {
    ck_assert_str_eq(bkti_vector_at(0)->name, "portable");
    size_t count = 1;
    while (bkti_vector_at(count) != NULL) {
        count++;
    }
    ck_assert_ptr_eq(bkti_vector_best(), bkti_vector_at(count - 1));
    ck_assert_ptr_null(bkti_vector_at(count + 1));
    ck_assert_ptr_null(bkti_vector_at(SIZE_MAX));
}
END_TEST

static void check_all(size_t (*check)(const bkti_vector *vector, size_t amount), size_t amount) {
    for (size_t i = 0; bkti_vector_at(i) != NULL; i++) {
        ck_assert_uint_eq(check(bkti_vector_at(i), amount), 0);
    }
}

START_TEST(short_sequences) {
    check_all(check_short_sequences, 1);
}
END_TEST

START_TEST(long_sequences) {
    check_all(check_long_sequences, 1);
}
END_TEST

START_TEST(mixtures) {
    check_all(check_mixtures, 100);
}
END_TEST

START_TEST(places) {
    for (size_t i = 0; bkti_vector_at(i) != NULL; i++) {
        ck_assert_uint_eq(check_places(bkti_vector_at(i)), 0);
    }
}
END_TEST

START_TEST(tags) {
    check_all(check_tags, 30);
}
END_TEST

START_TEST(long_texts) {
    for (size_t i = 0; bkti_vector_at(i) != NULL; i++) {
        ck_assert_uint_eq(check_long_texts(bkti_vector_at(i)), 0);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("vector");
    TCase *cases = tcase_create("vector");
    tcase_add_test(cases, versions);
    tcase_add_test(cases, short_sequences);
    tcase_add_test(cases, long_sequences);
    tcase_add_test(cases, mixtures);
    tcase_add_test(cases, places);
    tcase_add_test(cases, tags);
    tcase_add_test(cases, long_texts);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
