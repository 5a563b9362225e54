/* SPDX-License-Identifier: MIT */
#include "bkti_calendar.h"
#include "run_suite.h"

/* Counts every day of the years -9999 to 9999 by the rule itself. */
START_TEST(every_day_of_twenty_thousand_years) {
    int64_t days = bkti_days_of_date(-9999, 1, 1);
    for (int64_t year = -9999; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = bkti_days_in_month(year, month);
            for (int day = 1; day <= length; day++) {
                int64_t found_year;
                int found_month;
                int found_day;
                bkti_date_of_days(days, &found_year, &found_month, &found_day);
                if (found_year != year || found_month != month || found_day != day ||
                    bkti_days_of_date(year, month, day) != days) {
                    ck_abort_msg("%lld-%d-%d is not day %lld", (long long)year, month, day,
                                 (long long)days);
                }
                days++;
            }
        }
    }
}
END_TEST

START_TEST(known_days) {
    ck_assert_int_eq(bkti_days_of_date(1970, 1, 1), 0);
    ck_assert_int_eq(bkti_days_of_date(2000, 3, 1), 11017);
    ck_assert_int_eq(bkti_days_of_date(1969, 12, 31), -1);
    /* The Gregorian calendar's first day: Julian day 2,299,161, where 1970-01-01 is 2,440,588. */
    ck_assert_int_eq(bkti_days_of_date(1582, 10, 15), 2299161 - 2440588);
    ck_assert_int_eq(bkti_days_of_date(0, 3, 1), -719468);
}
END_TEST

START_TEST(lengths_of_february) {
    ck_assert_int_eq(bkti_days_in_month(2012, 2), 29);
    ck_assert_int_eq(bkti_days_in_month(2019, 2), 28);
    ck_assert_int_eq(bkti_days_in_month(1900, 2), 28);
    ck_assert_int_eq(bkti_days_in_month(2000, 2), 29);
    ck_assert_int_eq(bkti_days_in_month(0, 2), 29);
    ck_assert_int_eq(bkti_days_in_month(-4, 2), 29);
    ck_assert_int_eq(bkti_days_in_month(-100, 2), 28);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("calendar");
    TCase *test_case = tcase_create("calendar");
    tcase_add_test(test_case, every_day_of_twenty_thousand_years);
    tcase_add_test(test_case, known_days);
    tcase_add_test(test_case, lengths_of_february);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
