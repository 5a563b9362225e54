/* SPDX-License-Identifier: MIT */
#include "bkti_axis.h"

#include <math.h>
#include <stdio.h>

#include <bktrade/period.h>
#include <bktrade/context.h>

#include "bkti_calendar.h"
#include "bkti_context.h"
#include "bkti_svg.h"
#include "run_suite.h"

static bkt_context *context;
static bkti_text text;
static bkti_value_axis axis;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkti_text_init(&text, bkti_context_memory(context));
}

static void finish(void) {
    bkti_text_free(&text);
    bkt_context_free(context);
}

static void choose(double low, double high, const char *unit, bool is_log, bool needs_zero) {
    bkti_value_range range = {low, high, NAN, NAN, is_log, needs_zero};
    bkti_unit read = bkti_unit_read(unit);
    read.power = 0;
    bkti_value_axis_choose(&axis, &range, read, 400);
    axis.top = 0;
    axis.bottom = 400;
}

/* Labels joined by a space, from below. */
static const char *labels(void) {
    bkti_text_clear(&text);
    for (int i = 0; i < axis.tick_count; i++) {
        bkti_text_append_format(&text, "%s%s", i == 0 ? "" : " ", axis.ticks[i].label);
    }
    return bkti_text_get(&text);
}

static const char *unit(void) {
    bkti_text_clear(&text);
    bkti_value_axis_write_unit(&axis, &text);
    return bkti_text_get(&text);
}

START_TEST(ticks_are_round_and_cover_the_data) {
    choose(13e6, 905.3e6, "USD", false, true);
    ck_assert_str_eq(labels(), "0 100 200 300 400 500 600 700 800 900 1000");
    ck_assert_str_eq(unit(), "million USD");
    choose(-0.72, 0.905, "", false, true);
    ck_assert_str_eq(labels(), "\xe2\x88\x92"
                               "0.8 \xe2\x88\x92"
                               "0.6 \xe2\x88\x92"
                               "0.4 \xe2\x88\x92"
                               "0.2 0.0 0.2 0.4 0.6 0.8 1.0");
    choose(100.1, 100.9, "index", false, false);
    ck_assert_str_eq(labels(), "100.1 100.2 100.3 100.4 100.5 100.6 100.7 100.8 100.9");
    choose(-70, -50, "", false, true);
    ck_assert_str_eq(labels(), "\xe2\x88\x92"
                               "70 \xe2\x88\x92"
                               "60 \xe2\x88\x92"
                               "50 \xe2\x88\x92"
                               "40 \xe2\x88\x92"
                               "30 \xe2\x88\x92"
                               "20 \xe2\x88\x92"
                               "10 0");
    choose(0, 250000, "%", false, true);
    ck_assert_str_eq(labels(), "0 50,000 100,000 150,000 200,000 250,000");
}
END_TEST

START_TEST(multiples_suit_the_numbers) {
    static const struct {
        double high;
        const char *unit;
        const char *shown;
    } CASES[] = {{4e9, "USD", "billion USD"},
                 {1.8e9, "USD", "million USD"},
                 {250, "USD", "USD"},
                 {25000, "USD", "thousand USD"},
                 {3e13, "KZT", "trillion KZT"},
                 {3e15, "KZT", "10\xc2\xb9\xe2\x81\xb5 KZT"},
                 {25000, "%", "%"},
                 {25000, "ratio", "ratio"},
                 {5e-7, "ratio", "10\xe2\x81\xbb\xe2\x81\xb9 ratio"},
                 {0.05, "fraction", "%"},
                 {1e300, "USD", "10\xc2\xb2\xe2\x81\xb9\xe2\x81\xb7 USD"},
                 {0, "USD", "USD"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        choose(0, CASES[i].high, CASES[i].unit, false, true);
        ck_assert_str_eq(unit(), CASES[i].shown);
        ck_assert_int_gt(axis.tick_count, 2);
        ck_assert_int_lt(axis.tick_count, 14);
    }
}
END_TEST

START_TEST(any_range_can_be_drawn) {
    static const double ENDS[][2] = {{0, 0},           {5, 5},      {-5, -5},      {1e308, 1e308},
                                     {-1e308, 1e308},  {0, 5e-324}, {1e-300, 1},   {1, 1 + 1e-15},
                                     {1e15, 1e15 + 1}, {-1e-9, 0},  {0, 1.79e308}, {-3, 1e300}};
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        for (int zero = 0; zero < 2; zero++) {
            choose(ENDS[i][0], ENDS[i][1], "", false, zero);
            ck_assert(axis.high > axis.low);
            ck_assert_int_ge(axis.tick_count, 2);
            for (int end = 0; end < 2; end++) {
                double y = bkti_value_axis_place(&axis, ENDS[i][end]);
                ck_assert(y >= -0.01 && y <= 400.01);
            }
        }
        if (ENDS[i][0] > 0) {
            choose(ENDS[i][0], ENDS[i][1], "", true, false);
            ck_assert(axis.high > axis.low && axis.low > 0);
            ck_assert_int_ge(axis.tick_count, 2);
            double y = bkti_value_axis_place(&axis, ENDS[i][1]);
            ck_assert(y >= -0.01 && y <= 400.01);
        }
    }
}
END_TEST

START_TEST(a_logarithmic_axis_has_1_2_5) {
    choose(15e6, 900e6, "USD", true, false);
    ck_assert_str_eq(labels(), "10 20 50 100 200 500 1000");
    ck_assert(fabs(bkti_value_axis_place(&axis, 100e6) - 200) < 1e-6);
    ck_assert(isinf(bkti_value_axis_place(&axis, 0)));
    ck_assert(isinf(bkti_value_axis_place(&axis, -1)));
    choose(1, 1e12, "ratio", true, false);
    ck_assert_int_ge(axis.tick_count, 10);
    choose(40, 60, "ratio", true, false);
    ck_assert_int_ge(axis.tick_count, 3);
}
END_TEST

START_TEST(logarithms_are_those_of_the_c_library) {
    choose(1, 1e10, "ratio", true, false);
    for (double value = 1; value < 1e10; value *= 1.7) {
        double expected = 400 - 400 *
                                    (log10(bkti_value_axis_shown(&axis, value)) - log10(axis.low)) /
                                    (log10(axis.high) - log10(axis.low));
        ck_assert(fabs(bkti_value_axis_place(&axis, value) - expected) < 1e-9);
    }
}
END_TEST

START_TEST(fixed_ends_are_kept) {
    bkti_value_range range = {1, 50, 0.3, 9.7, false, true};
    bkti_value_axis_choose(&axis, &range, bkti_unit_read("%"), 400);
    ck_assert(axis.low == 0.3 && axis.high == 9.7);
    ck_assert_str_eq(labels(), "1 2 3 4 5 6 7 8 9");
    range = (bkti_value_range){1, 5000, 30, 3000, true, false};
    bkti_value_axis_choose(&axis, &range, bkti_unit_read("%"), 400);
    ck_assert(axis.low == 30 && axis.high == 3000);
    ck_assert_str_eq(labels(), "50 100 200 500 1000 2000");
}
END_TEST

START_TEST(values_are_written_with_useful_decimals) {
    static const struct {
        double value;
        const char *text;
    } CASES[] = {{804.138e6, "804.1"}, {90.35678e6, "90.4"}, {1234.9e6, "1235"}, {0, "0"},
                 {-5.25e6, "-5.25"},   {0.1234e6, "0.123"}};
    choose(0, 905e6, "USD", false, true);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        bkti_text_clear(&text);
        bkti_value_axis_write(&axis, CASES[i].value, &text);
        ck_assert_str_eq(bkti_text_get(&text), CASES[i].text);
    }
}
END_TEST

/* Draws a time axis and asserts that no two labels of a row come near each other, and that all are
 * inside. The labels of the first row joined by a space. */
static const char *draw_time(double first_day, double last_day, int32_t frequency, double width) {
    static char joined[2000];
    bkti_time_axis time = {first_day, last_day, 50, 50 + width, frequency, 0};
    time.rows = bkti_time_axis_rows(&time, 12);
    bkti_text_clear(&text);
    bkti_time_axis_draw(&time, 500, 12, 16, &text);
    double ends[2] = {-100, -100};
    joined[0] = '\0';
    const char *cursor = bkti_text_get(&text);
    while ((cursor = strstr(cursor, "<text x=\"")) != NULL) {
        double x = strtod(cursor + 9, NULL), y = strtod(strstr(cursor, " y=\"") + 4, NULL);
        const char *label = strchr(cursor, '>') + 1;
        size_t size = strcspn(label, "<");
        int row = y > 525;
        ck_assert(row < time.rows);
        double half = bkti_svg_measure((bkti_span){label, size}) * 6;
        ck_assert_msg(x - half > ends[row] + 3, "labels meet at %.*s", (int)size, label);
        ck_assert(x >= 49.9 && x <= 50.1 + width);
        ends[row] = x + half;
        if (row == 0) {
            snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%.*s",
                     joined[0] == '\0' ? "" : " ", (int)size, label);
        }
        cursor = label;
    }
    return joined;
}

static double day(int year, int month, int date) {
    return (double)bkti_days_of_date(year, month, date);
}

START_TEST(years_never_overlap) {
    ck_assert_str_eq(draw_time(day(2018, 1, 1), day(2024, 1, 1), BKT_FREQUENCY_YEAR, 700),
                     "2018 2019 2020 2021 2022 2023");
    ck_assert_str_eq(draw_time(day(1995, 1, 1), day(2024, 1, 1), BKT_FREQUENCY_YEAR, 300),
                     "1995 2000 2005 2010 2015 2020");
    for (int years = 1; years < 3000; years += 1 + years / 3) {
        for (double width = 100; width < 3000; width *= 1.7) {
            draw_time(day(1601, 1, 1), day(1601 + years, 1, 1), BKT_FREQUENCY_YEAR, width);
        }
    }
}
END_TEST

START_TEST(shorter_periods_never_overlap) {
    static const int32_t FREQUENCIES[] = {BKT_FREQUENCY_SEMESTER, BKT_FREQUENCY_TRIMESTER,
                                          BKT_FREQUENCY_QUARTER,  BKT_FREQUENCY_MONTH,
                                          BKT_FREQUENCY_WEEK,     BKT_FREQUENCY_DAY,
                                          BKT_FREQUENCY_RANGE,    BKT_FREQUENCY_DATE_TIME};
    for (size_t i = 0; i < sizeof FREQUENCIES / sizeof FREQUENCIES[0]; i++) {
        for (double days = 1; days < 40000; days *= 1.6) {
            for (double width = 100; width < 3000; width *= 2.3) {
                double first = day(2019, 11, 17);
                draw_time(first, first + days, FREQUENCIES[i], width);
            }
        }
    }
}
END_TEST

START_TEST(quarters_and_months_are_named) {
    ck_assert_str_eq(draw_time(day(2020, 1, 1), day(2022, 1, 1), BKT_FREQUENCY_QUARTER, 600),
                     "Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4");
    ck_assert_str_eq(draw_time(day(2020, 1, 1), day(2021, 1, 1), BKT_FREQUENCY_MONTH, 600),
                     "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
    ck_assert_str_eq(draw_time(day(2020, 1, 1), day(2022, 1, 1), BKT_FREQUENCY_MONTH, 500),
                     "Jan Apr Jul Oct Jan Apr Jul Oct");
    ck_assert_str_eq(draw_time(day(2020, 1, 1), day(2021, 1, 1), BKT_FREQUENCY_SEMESTER, 600),
                     "S1 S2");
    ck_assert_str_eq(draw_time(day(2024, 2, 1), day(2024, 2, 8), BKT_FREQUENCY_DAY, 600),
                     "1 2 3 4 5 6 7");
    ck_assert_str_eq(draw_time(day(2024, 2, 1), day(2024, 2, 2), BKT_FREQUENCY_DATE_TIME, 300),
                     "00:00 06:00 12:00 18:00 00:00");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("axis");
    TCase *test_case = tcase_create("axis");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, ticks_are_round_and_cover_the_data);
    tcase_add_test(test_case, multiples_suit_the_numbers);
    tcase_add_test(test_case, any_range_can_be_drawn);
    tcase_add_test(test_case, a_logarithmic_axis_has_1_2_5);
    tcase_add_test(test_case, logarithms_are_those_of_the_c_library);
    tcase_add_test(test_case, fixed_ends_are_kept);
    tcase_add_test(test_case, values_are_written_with_useful_decimals);
    tcase_add_test(test_case, years_never_overlap);
    tcase_add_test(test_case, shorter_periods_never_overlap);
    tcase_add_test(test_case, quarters_and_months_are_named);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
