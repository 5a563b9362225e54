/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <bktrade/status.h>

#include "run_suite.h"

START_TEST(every_status_has_a_text_of_its_own) {
    static const bkt_status STATUSES[] = {
        BKT_OK,
        BKT_END,
        BKT_MORE,
        BKT_ERR_ARGUMENT,
        BKT_ERR_ABI,
        BKT_ERR_MEMORY,
        BKT_ERR_LIMIT,
        BKT_ERR_CANCELLED,
        BKT_ERR_UNSUPPORTED,
        BKT_ERR_STATE,
        BKT_ERR_IO,
        BKT_ERR_NOT_FOUND,
        BKT_ERR_PERMISSION,
        BKT_ERR_DIRECTORY,
        BKT_ERR_COMPRESSION,
        BKT_ERR_EMPTY,
        BKT_ERR_NOT_XML,
        BKT_ERR_XML,
        BKT_ERR_TRUNCATED,
        BKT_ERR_ENCODING,
        BKT_ERR_DOCTYPE,
        BKT_ERR_NOT_SDMX,
        BKT_ERR_VERSION,
        BKT_ERR_MESSAGE_KIND,
        BKT_ERR_LAYOUT,
        BKT_ERR_VALUE,
        BKT_ERR_PERIOD,
        BKT_ERR_DUPLICATE,
        BKT_ERR_REPEATED_COMPONENT,
        BKT_ERR_SERVER,
        BKT_ERR_ANSWER_LATER,
        BKT_ERR_STRUCTURE,
        BKT_ERR_NO_COLUMN,
        BKT_ERR_COLUMN_KIND,
        BKT_ERR_SHAPE,
        BKT_ERR_PROFILE,
        BKT_ERR_COUNTRY,
        BKT_ERR_AMBIGUOUS,
        BKT_ERR_NO_DATA,
        BKT_ERR_SERIES,
        BKT_ERR_INTERNAL,
    };
    size_t count = sizeof STATUSES / sizeof STATUSES[0];
    for (size_t i = 0; i < count; i++) {
        const char *text = bkt_status_text(STATUSES[i]);
        ck_assert_str_ne(text, "unknown status");
        for (size_t other = 0; other < i; other++) {
            ck_assert_str_ne(text, bkt_status_text(STATUSES[other]));
        }
    }
    int known = 0;
    for (bkt_status status = -1000; status <= 1000; status++) {
        known += strcmp(bkt_status_text(status), "unknown status") != 0;
    }
    ck_assert_int_eq(known, (int)count);
}
END_TEST

START_TEST(every_reason_has_a_text_of_its_own) {
    for (int32_t reason = BKT_MISSING_NOT; reason <= BKT_MISSING_NOT_APPLICABLE; reason++) {
        ck_assert_str_ne(bkt_missing_text(reason), "unknown reason");
        for (int32_t other = 0; other < reason; other++) {
            ck_assert_str_ne(bkt_missing_text(reason), bkt_missing_text(other));
        }
    }
    ck_assert_str_eq(bkt_missing_text(-1), "unknown reason");
    ck_assert_str_eq(bkt_missing_text(BKT_MISSING_NOT_APPLICABLE + 1), "unknown reason");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("status");
    TCase *test_case = tcase_create("status");
    tcase_add_test(test_case, every_status_has_a_text_of_its_own);
    tcase_add_test(test_case, every_reason_has_a_text_of_its_own);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
