/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <bktrade/period.h>

#include "run_suite.h"

enum {
    YEAR = BKT_FREQUENCY_YEAR,
    SEMESTER = BKT_FREQUENCY_SEMESTER,
    TRIMESTER = BKT_FREQUENCY_TRIMESTER,
    QUARTER = BKT_FREQUENCY_QUARTER,
    MONTH = BKT_FREQUENCY_MONTH,
    WEEK = BKT_FREQUENCY_WEEK,
    DAY = BKT_FREQUENCY_DAY,
    DATE_TIME = BKT_FREQUENCY_DATE_TIME,
    RANGE = BKT_FREQUENCY_RANGE
};

/* Texts, what they are, and how they are written again. */
static const struct {
    const char *text;
    int32_t frequency;
    int64_t ordinal;
    const char *written;
} PERIODS[] = {
    {"2012", YEAR, 2012, "2012"},
    {"0001", YEAR, 1, "0001"},
    {"0000", YEAR, 0, "0000"},
    {"-0044", YEAR, -44, "-0044"},
    {"9999", YEAR, 9999, "9999"},
    {"-9999", YEAR, -9999, "-9999"},
    {"2012Z", YEAR, 2012, "2012"},
    {"2012+05:00", YEAR, 2012, "2012"},
    {"2012-05:00", YEAR, 2012, "2012"},
    {"2012+14:00", YEAR, 2012, "2012"},
    {"2012-A1", YEAR, 2012, "2012"},
    {"2012-A1Z", YEAR, 2012, "2012"},
    {"2012A1", YEAR, 2012, "2012"},
    {" \t\r\n2012\n", YEAR, 2012, "2012"},
    {"2012-S1", SEMESTER, 4024, "2012-S1"},
    {"2012-S2", SEMESTER, 4025, "2012-S2"},
    {"2012-S2+03:00", SEMESTER, 4025, "2012-S2"},
    {"2012-B1", SEMESTER, 4024, "2012-S1"},
    {"2012-B2", SEMESTER, 4025, "2012-S2"},
    {"2012-H1", SEMESTER, 4024, "2012-S1"},
    {"2012S1", SEMESTER, 4024, "2012-S1"},
    {"2012H2", SEMESTER, 4025, "2012-S2"},
    {"2012-S01", SEMESTER, 4024, "2012-S1"},
    {"-0001-S1", SEMESTER, -2, "-0001-S1"},
    {"2012-T1", TRIMESTER, 6036, "2012-T1"},
    {"2012-T3", TRIMESTER, 6038, "2012-T3"},
    {"2012T2", TRIMESTER, 6037, "2012-T2"},
    {"2012-Q1", QUARTER, 8048, "2012-Q1"},
    {"2012-Q4", QUARTER, 8051, "2012-Q4"},
    {"2012-Q4-11:30", QUARTER, 8051, "2012-Q4"},
    {"2012-Q01", QUARTER, 8048, "2012-Q1"},
    {"2012Q1", QUARTER, 8048, "2012-Q1"},
    {"2012Q04", QUARTER, 8051, "2012-Q4"},
    {"0000-Q1", QUARTER, 0, "0000-Q1"},
    {"-0001-Q4", QUARTER, -1, "-0001-Q4"},
    {"1970-Q1", QUARTER, 7880, "1970-Q1"},
    {"2012-01", MONTH, 24144, "2012-01"},
    {"2012-12", MONTH, 24155, "2012-12"},
    {"2012-07Z", MONTH, 24150, "2012-07"},
    {"2012-07-05:00", MONTH, 24150, "2012-07"},
    {"2012-M01", MONTH, 24144, "2012-01"},
    {"2012-M12", MONTH, 24155, "2012-12"},
    {"2012-M7", MONTH, 24150, "2012-07"},
    {"2012M7", MONTH, 24150, "2012-07"},
    {"2012M07", MONTH, 24150, "2012-07"},
    {"2012-M07Z", MONTH, 24150, "2012-07"},
    {"-0001-12", MONTH, -1, "-0001-12"},
    {"1970-W01", WEEK, 0, "1970-W01"},
    {"1970-W02", WEEK, 1, "1970-W02"},
    {"1969-W52", WEEK, -1, "1969-W52"},
    {"2012-W01", WEEK, 2192, "2012-W01"},
    {"2012-W1", WEEK, 2192, "2012-W01"},
    {"2012W07", WEEK, 2198, "2012-W07"},
    {"2012W7", WEEK, 2198, "2012-W07"},
    {"2012-W52", WEEK, 2243, "2012-W52"},
    {"2015-W53", WEEK, 2400, "2015-W53"},
    {"2016-W01", WEEK, 2401, "2016-W01"},
    {"2020-W53Z", WEEK, 2661, "2020-W53"},
    {"2009-W53", WEEK, 2087, "2009-W53"},
    {"9999-W52", WEEK, 418985, "9999-W52"},
    {"1970-01-01", DAY, 0, "1970-01-01"},
    {"1969-12-31", DAY, -1, "1969-12-31"},
    {"2012-02-29", DAY, 15399, "2012-02-29"},
    {"2000-02-29", DAY, 11016, "2000-02-29"},
    {"2012-12-31Z", DAY, 15705, "2012-12-31"},
    {"2012-12-31+06:00", DAY, 15705, "2012-12-31"},
    {"2012-D001", DAY, 15340, "2012-01-01"},
    {"2012-D060", DAY, 15399, "2012-02-29"},
    {"2012-D366", DAY, 15705, "2012-12-31"},
    {"2013-D365", DAY, 16070, "2013-12-31"},
    {"2012D45", DAY, 15384, "2012-02-14"},
    {"2012-D1", DAY, 15340, "2012-01-01"},
    {"9999-12-31", DAY, 2932896, "9999-12-31"},
    {"-9999-01-01", DAY, -4371587, "-9999-01-01"},
    {"1970-01-01T00:00:00", DATE_TIME, 0, "1970-01-01T00:00:00"},
    {"1970-01-01T00:00:00Z", DATE_TIME, 0, "1970-01-01T00:00:00"},
    {"1969-12-31T23:59:59Z", DATE_TIME, -1, "1969-12-31T23:59:59"},
    {"2012-07-31T12:00:00Z", DATE_TIME, 1343736000, "2012-07-31T12:00:00"},
    {"2012-07-31T12:00:00", DATE_TIME, 1343736000, "2012-07-31T12:00:00"},
    {"2012-07-31T12:00", DATE_TIME, 1343736000, "2012-07-31T12:00:00"},
    {"2012-07-31T12:00:00.999", DATE_TIME, 1343736000, "2012-07-31T12:00:00"},
    {"2012-07-31T12:00:00.5Z", DATE_TIME, 1343736000, "2012-07-31T12:00:00"},
    {"2012-07-31T12:00:00+03:00", DATE_TIME, 1343725200, "2012-07-31T09:00:00"},
    {"2012-07-31T12:00:00-05:30", DATE_TIME, 1343755800, "2012-07-31T17:30:00"},
    {"2012-12-31T23:00:00-02:00", DATE_TIME, 1357002000, "2013-01-01T01:00:00"},
    {"2012-12-31T24:00:00", DATE_TIME, 1356998400, "2013-01-01T00:00:00"},
    {"2012-12-31T24:00:00.000", DATE_TIME, 1356998400, "2013-01-01T00:00:00"},
    {"2012-01-01/P1M", RANGE, 15340, "2012-01-01"},
    {"2012-01-01/P1Y", RANGE, 15340, "2012-01-01"},
    {"2012-01-01/P1Y2M3DT4H5M6.7S", RANGE, 15340, "2012-01-01"},
    {"2012-01-01/P2W", RANGE, 15340, "2012-01-01"},
    {"2012-01-01/PT1H", RANGE, 15340, "2012-01-01"},
    {"2012-01-01/P90D", RANGE, 15340, "2012-01-01"},
    {"2012-01-01Z/P1M", RANGE, 15340, "2012-01-01"},
    {"2012-01-01T00:00:00/P1M", RANGE, 15340, "2012-01-01"},
    {"2012-01-01T23:00:00-02:00/PT30M", RANGE, 15341, "2012-01-02"},
    {"2012-02/P1M", RANGE, 15371, "2012-02-01"},
    {"2012/P2Y", RANGE, 15340, "2012-01-01"},
    {"2012-01/2012-06", RANGE, 15340, "2012-01-01"},
    {"2012-01-15/2012-02-14", RANGE, 15354, "2012-01-15"},
    {"2012/2012", RANGE, 15340, "2012-01-01"},
    {"2012-Q2/2013-Q1", RANGE, 15431, "2012-04-01"},
    {" 2012-01-01/P1M ", RANGE, 15340, "2012-01-01"},
};

static const char *const REFUSED[] = {
    "",
    " ",
    "-",
    "x",
    "12",
    "201",
    "20123",
    "+2012",
    "--2012",
    "-2",
    "2012-",
    "2012a",
    "2012z",
    "2012A",
    "2012-A",
    "2012-A0",
    "2012-A2",
    "2012-S0",
    "2012-S3",
    "2012-H3",
    "2012-B3",
    "2012-T0",
    "2012-T4",
    "2012-Q",
    "2012-Q0",
    "2012-Q5",
    "2012-Q001",
    "2012-Q1x",
    "2012-q1",
    "2012--Q1",
    "2012 Q1",
    "2012-X1",
    "2012-00",
    "2012-13",
    "2012-1",
    "2012-7",
    "2012-M0",
    "2012-M00",
    "2012-M13",
    "2012-M007",
    "201207",
    "20120731",
    "2012-07-",
    "2012-07-0",
    "2012-07-00",
    "2012-07-1",
    "2012-07-32",
    "2012-06-31",
    "2019-02-29",
    "1900-02-29",
    "2012-02-30",
    "2012-W0",
    "2012-W00",
    "2012-W53",
    "2019-W53",
    "2020-W54",
    "2012-W001",
    "2012-D0",
    "2012-D000",
    "2012-D367",
    "2013-D366",
    "2012-D0001",
    "2012Z0",
    "2012+5:00",
    "2012+05",
    "2012+0500",
    "2012+14:01",
    "2012+15:00",
    "2012+05:60",
    "2012+05:00Z",
    "2012-07-31T",
    "2012-07-31 12:00:00",
    "2012-07-31t12:00:00",
    "2012-07-31T12",
    "2012-07-31T1:00:00",
    "2012-07-31T12:0:00",
    "2012-07-31T12:00:0",
    "2012-07-31T12:00:00.",
    "2012-07-31T12:00:00,5",
    "2012-07-31T12:00.5",
    "2012-07-31T24:00:01",
    "2012-07-31T24:00:00.1",
    "2012-07-31T25:00:00",
    "2012-07-31T12:60:00",
    "2012-07-31T12:00:60",
    "2012-07-31T12:00:00x",
    "2012-02-30T12:00:00",
    "9999-12-31T24:00:00",
    "9999-12-31T23:00:00-05:00",
    "-9999-01-01T00:00:00+05:00",
    "/",
    "2012/",
    "/P1M",
    "2012-01-01/",
    "2012-01-01/P",
    "2012-01-01/P1",
    "2012-01-01/1M",
    "2012-01-01/PM",
    "2012-01-01/P1H",
    "2012-01-01/PT",
    "2012-01-01/P1YT",
    "2012-01-01/PT1D",
    "2012-01-01/P1D1M",
    "2012-01-01/P1W1D",
    "2012-01-01/P1.5M",
    "2012-01-01/PT1.S",
    "2012-01-01/-P1M",
    "2012-01-01/P-1M",
    "2012-01-01/p1m",
    "2012-01-01/P1M/P1M",
    "2012-01-01/P1M ?",
    "2012-02-30/P1M",
    "2012-06/2012-01",
    "2012-01/2012-06-30",
    "2012-01/06",
    "2012-01 / 2012-06",
    "P1M",
    "total",
    "2012\xc2\xa0",
};

START_TEST(every_form_is_read_and_written) {
    for (size_t i = 0; i < sizeof PERIODS / sizeof PERIODS[0]; i++) {
        const char *text = PERIODS[i].text;
        int32_t frequency;
        int64_t ordinal;
        bkt_status status = bkt_period_parse(text, strlen(text), &frequency, &ordinal);
        ck_assert_msg(status == BKT_OK, "'%s' was refused", text);
        ck_assert_msg(frequency == PERIODS[i].frequency && ordinal == PERIODS[i].ordinal,
                      "'%s' is (%d, %lld), not (%d, %lld)", text, PERIODS[i].frequency,
                      (long long)PERIODS[i].ordinal, frequency, (long long)ordinal);
        char written[32];
        size_t length;
        ck_assert_int_eq(bkt_period_format(frequency, ordinal, written, sizeof written, &length),
                         BKT_OK);
        ck_assert_str_eq(written, PERIODS[i].written);
        ck_assert_uint_eq(length, strlen(written));
    }
}
END_TEST

START_TEST(what_is_no_period_is_refused) {
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        int32_t frequency = 5;
        int64_t ordinal = 5;
        size_t size = strlen(REFUSED[i]);
        bkt_status status = bkt_period_parse(REFUSED[i], size, &frequency, &ordinal);
        ck_assert_msg(status == BKT_ERR_PERIOD, "'%s' was read as (%d, %lld)", REFUSED[i],
                      frequency, (long long)ordinal);
        ck_assert_int_eq(frequency, 0);
        ck_assert_int_eq(ordinal, 0);
    }
}
END_TEST

START_TEST(a_text_ends_where_it_is_said_to) {
    int32_t frequency;
    int64_t ordinal;
    ck_assert_int_eq(bkt_period_parse("2012-Q3", 4, &frequency, &ordinal), BKT_OK);
    ck_assert_int_eq(frequency, YEAR);
    /* No byte behind the end is looked at, wherever the end is. */
    static const char TEXT[] = "2012-07-31T12:00:00.5+03:00/2013-07-31T12:00:00.5+03:00";
    char exact[sizeof TEXT];
    for (size_t size = 0; size < sizeof TEXT; size++) {
        char *end = exact + sizeof exact - size;
        memcpy(end, TEXT, size);
        bkt_period_parse(end, size, &frequency, &ordinal);
    }
    ck_assert_int_eq(frequency, RANGE);
    ck_assert_int_eq(bkt_period_parse("2012\0", 5, &frequency, &ordinal), BKT_ERR_PERIOD);
}
END_TEST

START_TEST(wrong_arguments) {
    int32_t frequency = 5;
    int64_t ordinal = 5;
    ck_assert_int_eq(bkt_period_parse(NULL, 4, &frequency, &ordinal), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(frequency, 0);
    ck_assert_int_eq(ordinal, 0);
    ck_assert_int_eq(bkt_period_parse("2012", 4, NULL, &ordinal), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_period_parse("2012", 4, &frequency, NULL), BKT_ERR_ARGUMENT);

    char text[8] = "keep";
    size_t length = 1;
    ck_assert_int_eq(bkt_period_format(QUARTER, 8048, text, 7, &length), BKT_ERR_ARGUMENT);
    ck_assert_uint_eq(length, 7);
    ck_assert_str_eq(text, "keep");
    ck_assert_int_eq(bkt_period_format(QUARTER, 8048, NULL, 0, &length), BKT_ERR_ARGUMENT);
    ck_assert_uint_eq(length, 7);
    ck_assert_int_eq(bkt_period_format(QUARTER, 8048, text, 8, NULL), BKT_OK);
    ck_assert_str_eq(text, "2012-Q1");
    for (int32_t unknown = -1; unknown <= 10; unknown += unknown == -1 ? 1 : 10) {
        int32_t day;
        ck_assert_int_eq(bkt_period_format(unknown, 1, text, 8, &length), BKT_ERR_ARGUMENT);
        ck_assert_uint_eq(length, 0);
        ck_assert_int_eq(bkt_period_start_day(unknown, 1, &day), BKT_ERR_ARGUMENT);
        ck_assert_int_eq(bkt_period_last_day(unknown, 1, &day), BKT_ERR_ARGUMENT);
    }
    ck_assert_int_eq(bkt_period_start_day(YEAR, 2012, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_period_last_day(YEAR, 2012, NULL), BKT_ERR_ARGUMENT);
}
END_TEST

/* The first and the last period of each frequency, and those beyond. */
START_TEST(years_have_an_end) {
    static const struct {
        int32_t frequency;
        const char *first;
        const char *last;
    } ENDS[] = {
        {YEAR, "-9999", "9999"},
        {SEMESTER, "-9999-S1", "9999-S2"},
        {TRIMESTER, "-9999-T1", "9999-T3"},
        {QUARTER, "-9999-Q1", "9999-Q4"},
        {MONTH, "-9999-01", "9999-12"},
        {WEEK, "-9999-W01", "9999-W52"},
        {DAY, "-9999-01-01", "9999-12-31"},
        {DATE_TIME, "-9999-01-01T00:00:00", "9999-12-31T23:59:59"},
    };
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        int32_t frequency;
        int64_t first;
        int64_t last;
        char text[32];
        int32_t day;
        ck_assert_int_eq(bkt_period_parse(ENDS[i].first, strlen(ENDS[i].first), &frequency, &first),
                         BKT_OK);
        ck_assert_int_eq(frequency, ENDS[i].frequency);
        ck_assert_int_eq(bkt_period_parse(ENDS[i].last, strlen(ENDS[i].last), &frequency, &last),
                         BKT_OK);
        ck_assert_int_eq(bkt_period_format(frequency, first, text, sizeof text, NULL), BKT_OK);
        ck_assert_str_eq(text, ENDS[i].first);
        ck_assert_int_eq(bkt_period_format(frequency, last, text, sizeof text, NULL), BKT_OK);
        ck_assert_str_eq(text, ENDS[i].last);
        ck_assert_int_eq(bkt_period_start_day(frequency, first, &day), BKT_OK);
        ck_assert_int_eq(bkt_period_last_day(frequency, last, &day), BKT_OK);
        ck_assert_int_eq(bkt_period_format(frequency, first - 1, text, sizeof text, NULL),
                         BKT_ERR_ARGUMENT);
        ck_assert_int_eq(bkt_period_format(frequency, last + 1, text, sizeof text, NULL),
                         BKT_ERR_ARGUMENT);
        ck_assert_int_eq(bkt_period_start_day(frequency, INT64_MIN, &day), BKT_ERR_ARGUMENT);
        ck_assert_int_eq(bkt_period_last_day(frequency, INT64_MAX, &day), BKT_ERR_ARGUMENT);
    }
}
END_TEST

/* Every period of the years 1890 to 2110 is written and read back, and begins where the one before
 * it ended. */
START_TEST(all_ordinals_of_two_centuries) {
    static const struct {
        int32_t frequency;
        const char *first;
        const char *last;
        int64_t step;
    } SPANS[] = {
        {YEAR, "1890", "2110", 1},
        {SEMESTER, "1890-S1", "2110-S2", 1},
        {TRIMESTER, "1890-T1", "2110-T3", 1},
        {QUARTER, "1890-Q1", "2110-Q4", 1},
        {MONTH, "1890-01", "2110-12", 1},
        {WEEK, "1890-W01", "2110-W52", 1},
        {DAY, "1890-01-01", "2110-12-31", 1},
        {DATE_TIME, "1890-01-01T00:00:00", "2110-12-31T23:59:59", 86399},
    };
    for (size_t i = 0; i < sizeof SPANS / sizeof SPANS[0]; i++) {
        int32_t frequency;
        int64_t first;
        int64_t last;
        bkt_period_parse(SPANS[i].first, strlen(SPANS[i].first), &frequency, &first);
        bkt_period_parse(SPANS[i].last, strlen(SPANS[i].last), &frequency, &last);
        ck_assert_int_eq(frequency, SPANS[i].frequency);
        int32_t next_day = 0;
        ck_assert_int_eq(bkt_period_start_day(frequency, first, &next_day), BKT_OK);
        for (int64_t ordinal = first; ordinal <= last; ordinal += SPANS[i].step) {
            char text[32];
            size_t length;
            int32_t found_frequency;
            int64_t found;
            int32_t start;
            int32_t end;
            bkt_status status = bkt_period_format(frequency, ordinal, text, sizeof text, &length);
            bkt_status back = bkt_period_parse(text, length, &found_frequency, &found);
            if (status != BKT_OK || back != BKT_OK || found_frequency != frequency ||
                found != ordinal) {
                ck_abort_msg("%s: %lld became %lld", text, (long long)ordinal, (long long)found);
            }
            bkt_period_start_day(frequency, ordinal, &start);
            bkt_period_last_day(frequency, ordinal, &end);
            if (frequency == DATE_TIME) {
                ck_assert_int_eq(start, end);
            } else {
                ck_assert_msg(start == next_day && end >= start, "%s begins at %d", text, start);
                next_day = end + 1;
            }
        }
    }
}
END_TEST

START_TEST(first_and_last_days) {
    static const struct {
        const char *text;
        const char *first;
        const char *last;
    } CASES[] = {
        {"2012", "2012-01-01", "2012-12-31"},
        {"2012-S2", "2012-07-01", "2012-12-31"},
        {"2012-T2", "2012-05-01", "2012-08-31"},
        {"2012-Q1", "2012-01-01", "2012-03-31"},
        {"2012-02", "2012-02-01", "2012-02-29"},
        {"2013-02", "2013-02-01", "2013-02-28"},
        {"2015-W53", "2015-12-28", "2016-01-03"},
        {"2008-W01", "2007-12-31", "2008-01-06"},
        {"2012-02-29", "2012-02-29", "2012-02-29"},
        {"1969-12-31T23:59:59", "1969-12-31", "1969-12-31"},
        {"2012-02-10/P1M", "2012-02-10", "2012-02-10"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int32_t frequency;
        int64_t ordinal;
        int32_t day;
        char text[32];
        ck_assert_int_eq(
            bkt_period_parse(CASES[i].text, strlen(CASES[i].text), &frequency, &ordinal), BKT_OK);
        ck_assert_int_eq(bkt_period_start_day(frequency, ordinal, &day), BKT_OK);
        bkt_period_format(DAY, day, text, sizeof text, NULL);
        ck_assert_str_eq(text, CASES[i].first);
        ck_assert_int_eq(bkt_period_last_day(frequency, ordinal, &day), BKT_OK);
        bkt_period_format(DAY, day, text, sizeof text, NULL);
        ck_assert_str_eq(text, CASES[i].last);
    }
}
END_TEST

START_TEST(facts_of_frequencies) {
    static const struct {
        const char *code;
        int32_t per_year;
    } FACTS[] = {{"", 0},   {"A", 1}, {"S", 2}, {"T", 3}, {"Q", 4},
                 {"M", 12}, {"W", 0}, {"D", 0}, {"I", 0}, {"R", 0}};
    for (int32_t frequency = 0; frequency <= 9; frequency++) {
        ck_assert_str_eq(bkt_frequency_code(frequency), FACTS[frequency].code);
        ck_assert_int_eq(bkt_frequency_per_year(frequency), FACTS[frequency].per_year);
    }
    ck_assert_str_eq(bkt_frequency_code(-1), "");
    ck_assert_str_eq(bkt_frequency_code(10), "");
    ck_assert_int_eq(bkt_frequency_per_year(-1), 0);
    ck_assert_int_eq(bkt_frequency_per_year(10), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("period");
    TCase *test_case = tcase_create("period");
    tcase_add_test(test_case, every_form_is_read_and_written);
    tcase_add_test(test_case, what_is_no_period_is_refused);
    tcase_add_test(test_case, a_text_ends_where_it_is_said_to);
    tcase_add_test(test_case, wrong_arguments);
    tcase_add_test(test_case, years_have_an_end);
    tcase_add_test(test_case, all_ordinals_of_two_centuries);
    tcase_add_test(test_case, first_and_last_days);
    tcase_add_test(test_case, facts_of_frequencies);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
