/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <bktrade/version.h>

#include "run_suite.h"

START_TEST(number_and_text_agree) {
    char text[32];
    snprintf(text, sizeof text, "%u.%u.%u", bkt_version_number() / 10000,
             bkt_version_number() / 100 % 100, bkt_version_number() % 100);
    ck_assert_str_eq(text, bkt_version_text());
}
END_TEST

int main(void) {
    Suite *suite = suite_create("version");
    TCase *test_case = tcase_create("version");
    tcase_add_test(test_case, number_and_text_agree);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
