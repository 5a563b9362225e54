/* SPDX-License-Identifier: MIT */
/* The days of periods. Expected days of reporting years are those that the rules of the SDMX
 * Technical Notes give by hand. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/period.h>

#include "run_suite.h"

static void format_day(int32_t day, char *buffer, size_t size) {
    ck_assert_int_eq(bkt_period_format(BKT_FREQUENCY_DAY, day, buffer, size, NULL), BKT_OK);
}

static const struct {
    const char *text;
    const char *start;
    const char *days;
} cases[] = {
    /* Of the calendar: no reporting year moves them. */
    {"2012", "--07-01", "2012-01-01 2012-12-31"},
    {"2012Z", "--07-01", "2012-01-01 2012-12-31"},
    {"2012-02", "--07-01", "2012-02-01 2012-02-29"},
    {"2012-02+03:00", "--07-01", "2012-02-01 2012-02-29"},
    {"2012-02-29", "--07-01", "2012-02-29 2012-02-29"},
    {"2012-02-29T23:30:00", "--07-01", "2012-02-29 2012-02-29"},
    {"2012-02-29T23:30:00-02:00", "--07-01", "2012-03-01 2012-03-01"},
    {"2012-01-31/P1M", "--07-01", "2012-01-31 2012-02-28"},
    {"2012-01-01/P1Y6M", NULL, "2012-01-01 2013-06-30"},
    {"2012-01-01/P2W", NULL, "2012-01-01 2012-01-14"},
    {"2012-01-01/P10D", NULL, "2012-01-01 2012-01-10"},
    {"2012-01-01T12:00:00/PT6H", NULL, "2012-01-01 2012-01-01"},
    {"2012-01-01/2012-03-15", NULL, "2012-01-01 2012-03-15"},
    /* Reporting periods of the calendar year. */
    {"2012-A1", NULL, "2012-01-01 2012-12-31"},
    {"2012-A1", "--01-01", "2012-01-01 2012-12-31"},
    {"2012-Q1", "", "2012-01-01 2012-03-31"},
    {"2012-W01", NULL, "2012-01-02 2012-01-08"},
    {"2009-W53", NULL, "2009-12-28 2010-01-03"},
    {"2012-D366", NULL, "2012-12-31 2012-12-31"},
    /* Of a year from July to June. */
    {"2012-A1", "--07-01", "2012-07-01 2013-06-30"},
    {"2012-S2", "--07-01", "2013-01-01 2013-06-30"},
    {"2012-T1", "--07-01", "2012-07-01 2012-10-31"},
    {"2012-T3", "--07-01", "2013-03-01 2013-06-30"},
    {"2011-Q1", "--07-01", "2011-07-01 2011-09-30"},
    {"2012-Q4", "--07-01Z", "2013-04-01 2013-06-30"},
    {"2012-Q4Z", "--07-01+02:00", "2013-04-01 2013-06-30"},
    {"2012-M01", "--07-01", "2012-07-01 2012-07-31"},
    {"2012-M12", " --07-01 ", "2013-06-01 2013-06-30"},
    {"2012-D001", "--07-01", "2012-07-01 2012-07-01"},
    {"2012-D365", "--07-01", "2013-06-30 2013-06-30"},
    {"2011-D366", "--07-01", "2012-06-30 2012-06-30"},
    /* 1 July 2010 is a Thursday, 1 July 2011 a Friday, 1 July 2012 a Sunday. */
    {"2010-W01", "--07-01", "2010-06-28 2010-07-04"},
    {"2011-W01", "--07-01", "2011-07-04 2011-07-10"},
    {"2012-W01", "--07-01", "2012-07-02 2012-07-08"},
    {"2010-W53", "--07-01", "2011-06-27 2011-07-03"},
    {"2011-W52", "--07-01", "2012-06-25 2012-07-01"},
    /* Years that begin on a day that not all months or years have. */
    {"2012-M02", "--08-31", "2012-09-30 2012-10-30"},
    {"2011-A1", "--02-29", "2011-02-28 2012-02-28"},
    {"2012-A1", "--02-29", "2012-02-29 2013-02-27"},
    {"2012Q1", "--04-06", "2012-04-06 2012-07-05"},
    {"-0044-Q1", "--07-01", "-0044-07-01 -0044-09-30"},
};

START_TEST(days_are_counted_from_the_reporting_years_first) {
    int32_t first;
    int32_t last;
    char a[32];
    char b[32];
    char both[80];
    bkt_status status =
        bkt_period_days(cases[_i].text, strlen(cases[_i].text), cases[_i].start, &first, &last);
    ck_assert_msg(status == BKT_OK, "%s: %d", cases[_i].text, (int)status);
    format_day(first, a, sizeof a);
    format_day(last, b, sizeof b);
    snprintf(both, sizeof both, "%s %s", a, b);
    ck_assert_msg(strcmp(both, cases[_i].days) == 0, "%s by %s: %s", cases[_i].text,
                  cases[_i].start, both);
}
END_TEST

/* What bkt_period_start_day() and bkt_period_last_day() say is the same for the calendar's year. */
START_TEST(the_calendar_year_agrees_with_the_ordinals) {
    static const char *const forms[] = {"%04d",     "%04d-A1", "%04d-S2",  "%04d-T3",  "%04d-Q4",
                                        "%04d-M12", "%04d-02", "%04d-W01", "%04d-W52", "%04d-D365"};
    int wrong = 0;
    for (int year = 1; year < 9999; year += 7) {
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            char text[32];
            int32_t frequency;
            int64_t ordinal;
            int32_t expected[2];
            int32_t found[2];
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#endif
            int size = snprintf(text, sizeof text, forms[i], year);
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
            wrong += bkt_period_parse(text, (size_t)size, &frequency, &ordinal) != BKT_OK;
            wrong += bkt_period_start_day(frequency, ordinal, &expected[0]) != BKT_OK;
            wrong += bkt_period_last_day(frequency, ordinal, &expected[1]) != BKT_OK;
            wrong += bkt_period_days(text, (size_t)size, "--01-01", &found[0], &found[1]) != BKT_OK;
            wrong += memcmp(expected, found, sizeof found) != 0;
        }
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

static const struct {
    const char *text;
    const char *start;
    bkt_status status;
} refused[] = {
    {"2019-W53", NULL, BKT_ERR_PERIOD},
    {"2011-W53", "--07-01", BKT_ERR_PERIOD},
    {"2012-D366", "--07-01", BKT_ERR_PERIOD},
    {"2011-D366", NULL, BKT_ERR_PERIOD},
    {"2012-W54", NULL, BKT_ERR_PERIOD},
    {"2012-Q5", NULL, BKT_ERR_PERIOD},
    {"2012-Q1x", NULL, BKT_ERR_PERIOD},
    {"2012-D3660", NULL, BKT_ERR_PERIOD},
    {"2012-X1", NULL, BKT_ERR_PERIOD},
    {"2012-Q", NULL, BKT_ERR_PERIOD},
    {"201", NULL, BKT_ERR_PERIOD},
    {"", NULL, BKT_ERR_PERIOD},
    {"2012/P", NULL, BKT_ERR_PERIOD},
    {"2012/P99999999999999999999999Y", NULL, BKT_ERR_PERIOD},
    {"9999-Q4", "--07-01", BKT_ERR_PERIOD},
    {"2012-Q1", "07-01", BKT_ERR_ARGUMENT},
    {"2012-Q1", "--13-01", BKT_ERR_ARGUMENT},
    {"2012-Q1", "--02-30", BKT_ERR_ARGUMENT},
    {"2012-Q1", "--00-01", BKT_ERR_ARGUMENT},
    {"2012-Q1", "--07-01x", BKT_ERR_ARGUMENT},
    {"2012-Q1", "--07-01+2", BKT_ERR_ARGUMENT},
    {NULL, NULL, BKT_ERR_ARGUMENT},
};

START_TEST(what_is_not_there_is_refused) {
    int32_t first = 7;
    int32_t last = 7;
    const char *text = refused[_i].text;
    bkt_status status =
        bkt_period_days(text, text == NULL ? 0 : strlen(text), refused[_i].start, &first, &last);
    ck_assert_msg(status == refused[_i].status, "%s by %s: %d", text, refused[_i].start,
                  (int)status);
    ck_assert_int_eq(first, 0);
    ck_assert_int_eq(last, 0);
    ck_assert_int_eq(bkt_period_days("2012", 4, NULL, NULL, &last), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_period_days("2012", 4, NULL, &first, NULL), BKT_ERR_ARGUMENT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("reporting_year");
    TCase *test_case = tcase_create("reporting_year");
    tcase_add_loop_test(test_case, days_are_counted_from_the_reporting_years_first, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_test(test_case, the_calendar_year_agrees_with_the_ordinals);
    tcase_add_loop_test(test_case, what_is_not_there_is_refused, 0,
                        (int)(sizeof refused / sizeof *refused));
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
