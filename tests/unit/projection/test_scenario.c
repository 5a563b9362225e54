/* SPDX-License-Identifier: MIT */
/* Assumed growth beside what is projected. */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

/* First: its functions have a context of their own. */
#include "table_of_lines.h"

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};

static bkt_scenario_options rates_of(const double *growths, uint32_t count) {
    bkt_scenario_options options;
    bkt_scenario_options_init(&options, sizeof options);
    options.growths = growths;
    options.list_count = count;
    return options;
}

static bkt_scenario_options options_of(const bkt_table *scenarios) {
    bkt_scenario_options options;
    bkt_scenario_options_init(&options, sizeof options);
    options.table = scenarios;
    return options;
}

static bkt_status compare(bkt_context *with, const bkt_table *table, uint32_t horizon,
                          const bkt_scenario_options *scenarios, bkt_table **out) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = horizon;
    options.method = BKT_METHOD_DRIFT;
    return bkt_scenario(with, table, &options, scenarios, out);
}

/* The paths of the scenarios in lines of text, beside years from 1949 to 1960. */
static bkt_table *paths_of(const char *lines, uint32_t horizon) {
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *scenarios = make_table(context, NULL, lines);
    bkt_scenario_options options = options_of(scenarios);
    bkt_table *out = NULL;
    bkt_context_diagnostics_clear(context);
    bkt_status status = compare(context, table, horizon, &options, &out);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    bkt_table_free(scenarios);
    bkt_table_free(table);
    return out;
}

static void check_path(const bkt_table *out, int64_t row, double expected) {
    double found = number_at(out, "PATH", row);
    ck_assert_msg(fabs(found - expected) <= 1e-9 * fabs(expected), "row %d: %.17g, not %.17g",
                  (int)row, found, expected);
}

static const char *warning(void) {
    return bkt_diagnostic_text(bkt_context_diagnostic_at(context, 0));
}

START_TEST(constant_rates) {
    static const double growths[] = {0.07, -0.025};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_scenario_options options = rates_of(growths, 2);
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_OK);
    static const char *const ids[] = {"SCENARIO", "TIME_PERIOD", "PERIODS_AHEAD", "GROWTH",
                                      "PATH",     "PROJECTED",   "LOWER_80",      "UPPER_80",
                                      "LOWER_95", "UPPER_95",    "DIFFERENCE"};
    ck_assert_uint_eq(bkt_table_column_count(out), 11);
    for (uint32_t i = 0; i < 11; i++)
        ck_assert_str_eq(bkt_column_id(bkt_table_column_at(out, i)), ids[i]);
    ck_assert_int_eq(bkt_table_row_count(out), 6);
    ck_assert_str_eq(text_at(out, "SCENARIO", 0), "7%");
    ck_assert_str_eq(text_at(out, "SCENARIO", 3), "-2.5%");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "1961");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 5), "1963");
    ck_assert(number_at(out, "PERIODS_AHEAD", 4) == 2.0);
    ck_assert(number_at(out, "GROWTH", 2) == 0.07);
    for (int h = 1; h <= 3; h++) {
        double expected;
        bkt_growth_forward(5714.0, 0.07, h, &expected);
        ck_assert(number_at(out, "PATH", h - 1) == expected);
        ck_assert(number_at(out, "DIFFERENCE", h - 1) ==
                  expected - number_at(out, "PROJECTED", h - 1));
        ck_assert(number_at(out, "PROJECTED", h - 1) == number_at(out, "PROJECTED", h + 2));
    }
    ck_assert_str_eq(bkt_table_property(out, "method"), "drift");
    ck_assert_str_eq(bkt_table_property(out, "last_value"), "5714");
    ck_assert_str_eq(bkt_table_property(out, "scenarios"), "2");
    ck_assert_str_eq(bkt_table_property(out, "source"), "a test");
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(out, "PATH")), "million USD");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(projected_as_by_itself) {
    static const double growths[] = {0.07};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_scenario_options options = rates_of(growths, 1);
    bkt_table *out;
    bkt_table *alone;
    ck_assert_int_eq(bkt_scenario(context, table, NULL, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_projection(context, table, NULL, &alone), BKT_OK);
    static const char *const ids[] = {"PROJECTED", "LOWER_80", "UPPER_80", "LOWER_95", "UPPER_95"};
    for (int64_t h = 0; h < 10; h++)
        for (int i = 0; i < 5; i++)
            ck_assert(number_at(out, ids[i], h) == number_at(alone, ids[i], 12 + h));
    bkt_table_free(alone);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(rates_by_year) {
    static const double growths[] = {0.05, 0.04, 0.03, 0.1};
    static const int64_t offsets[] = {0, 3, 4};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_scenario_options options = rates_of(growths, 2);
    options.growth_offsets = offsets;
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 5, &options, &out), BKT_OK);
    ck_assert_str_eq(text_at(out, "SCENARIO", 0), "5%, 4%, 3%");
    ck_assert_str_eq(text_at(out, "SCENARIO", 9), "10%");
    check_path(out, 0, 5714.0 * 1.05);
    check_path(out, 1, 5714.0 * 1.05 * 1.04);
    check_path(out, 4, 5714.0 * 1.05 * 1.04 * 1.03 * 1.03 * 1.03);
    ck_assert(number_at(out, "GROWTH", 4) == 0.03);
    bkt_table_free(out);
    bkt_table_free(table);
    /* Of quarters: four of the first year, then the second rate. */
    table = table_of_parts(context, 2000, 4, air, 12);
    ck_assert_int_eq(compare(context, table, 9, &options, &out), BKT_OK);
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "2003-Q1");
    check_path(out, 0, 5714.0 * sqrt(sqrt(1.05)));
    check_path(out, 3, 5714.0 * 1.05);
    check_path(out, 7, 5714.0 * 1.05 * 1.04);
    check_path(out, 8, 5714.0 * 1.05 * 1.04 * sqrt(sqrt(1.03)));
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(a_table_of_growth) {
    bkt_table *out = paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\n"
                              "low,1961,0.01\n"
                              "high,1962,0.2\n"
                              "low,1960,9\n" /* in the past: not used */
                              "high,1961,0.1\n"
                              "low,1962,-0.02\n"
                              "low,1963,0\n"
                              "high,1963,0.3\n"
                              "low,1999,9\n",
                              3);
    ck_assert_int_eq(bkt_table_row_count(out), 6);
    ck_assert_str_eq(text_at(out, "SCENARIO", 0), "low");
    ck_assert_str_eq(text_at(out, "SCENARIO", 5), "high");
    check_path(out, 0, 5714.0 * 1.01);
    check_path(out, 1, 5714.0 * 1.01 * 0.98);
    check_path(out, 2, 5714.0 * 1.01 * 0.98);
    check_path(out, 5, 5714.0 * 1.1 * 1.2 * 1.3);
    ck_assert(number_at(out, "GROWTH", 1) == -0.02);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(out);
}
END_TEST

START_TEST(a_table_of_factors) {
    bkt_table *out = paths_of("SCENARIO,~TIME_PERIOD,#FACTOR\nboth,1961,2\nboth,1962,0.5\n", 2);
    ck_assert(number_at(out, "PATH", 0) == 11428.0);
    ck_assert(number_at(out, "PATH", 1) == 5714.0);
    ck_assert(number_at(out, "GROWTH", 0) == 1.0 && number_at(out, "GROWTH", 1) == -0.5);
    bkt_table_free(out);
}
END_TEST

START_TEST(a_table_of_levels) {
    bkt_table *out = paths_of("SCENARIO,~TIME_PERIOD,#LEVEL\n"
                              "plan,1961,11428\nplan,1963,100\nplan,1964,150\nplan,1965,-3\n",
                              5);
    ck_assert(number_at(out, "PATH", 0) == 11428.0 && number_at(out, "GROWTH", 0) == 1.0);
    ck_assert(isnan(number_at(out, "PATH", 1)));
    ck_assert_int_eq(reason_at(out, "PATH", 1), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_at(out, "GROWTH", 1), BKT_MISSING_INPUT);
    ck_assert(number_at(out, "PATH", 2) == 100.0);
    ck_assert_int_eq(reason_at(out, "GROWTH", 2), BKT_MISSING_INPUT);
    ck_assert(number_at(out, "GROWTH", 3) == 0.5);
    ck_assert(number_at(out, "PATH", 4) == -3.0);
    ck_assert_int_eq(reason_at(out, "GROWTH", 4), BKT_MISSING_DOMAIN);
    ck_assert_str_eq(warning(), "scenario plan has no level for 1962, where one was expected for "
                                "every period from 1961 to 1965: its level is missing there");
    bkt_table_free(out);
}
END_TEST

START_TEST(years_in_a_series_of_quarters) {
    bkt_table *table = table_of_parts(context, 2000, 4, air, 10); /* up to 2002-Q2 */
    bkt_table *scenarios =
        make_table(context, NULL, "SCENARIO,~TIME_PERIOD,#GROWTH\nup,2003,0.21\nup,2002,0.1\n");
    bkt_scenario_options options = options_of(scenarios);
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 8, &options, &out), BKT_OK);
    check_path(out, 1, 4572.0 * sqrt(1.1));
    check_path(out, 3, 4572.0 * sqrt(1.1) * 1.1);
    check_path(out, 5, 4572.0 * sqrt(1.1) * 1.21);
    ck_assert_int_eq(reason_at(out, "PATH", 6), BKT_MISSING_NOT_REPORTED);
    bkt_table_free(out);
    bkt_table_free(scenarios);
    scenarios = make_table(context, NULL, "SCENARIO,~TIME_PERIOD,#LEVEL\nup,2003,5000\n");
    options = options_of(scenarios);
    ck_assert_int_eq(compare(context, table, 8, &options, &out), BKT_ERR_SERIES);
    ck_assert_str_eq(bkt_context_error_text(context),
                     "scenario up has the period 2003, but periods such as 2002-Q2 were expected");
    ck_assert_ptr_null(out);
    bkt_table_free(scenarios);
    bkt_table_free(table);
}
END_TEST

START_TEST(weeks_of_a_year) {
    static const char *const periods[] = {"2019-W50", "2019-W51", "2019-W52"};
    static const double values[] = {1, 1, 1};
    bkt_table *table = table_of_periods(context, periods, values, 3);
    bkt_table *scenarios = make_table(context, NULL, "SCENARIO,~TIME_PERIOD,#GROWTH\nup,2020,1\n");
    bkt_scenario_options options = options_of(scenarios);
    bkt_table *out;
    /* The week from 2019-12-30 on is one of 2020, which has 53. */
    ck_assert_int_eq(compare(context, table, 54, &options, &out), BKT_OK);
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "2020-W01");
    check_path(out, 52, exp(53.0 * 7.0 / 365.2425 * log(2.0)));
    ck_assert_int_eq(reason_at(out, "PATH", 53), BKT_MISSING_NOT_REPORTED);
    bkt_table_free(out);
    bkt_table_free(scenarios);
    bkt_table_free(table);
}
END_TEST

START_TEST(gaps_are_told) {
    bkt_table *out = paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\n"
                              "low,1961,0.01\nlow,1963,0.01\n",
                              4);
    check_path(out, 0, 5714.0 * 1.01);
    for (int64_t row = 1; row < 4; row++)
        ck_assert_int_eq(reason_at(out, "PATH", row), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_at(out, "DIFFERENCE", 1), BKT_MISSING_INPUT);
    ck_assert_str_eq(warning(), "scenario low has no growth for 1962, where one was expected for "
                                "every period from 1961 to 1963: its path ends before it");
    ck_assert_str_eq(bkt_diagnostic_period(bkt_context_diagnostic_at(context, 0)), "1962");
    bkt_table_free(out);
    /* A cell's own reason; and an end is no gap. */
    out =
        paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\nlow,1961,0.01\nlow,1962,secret\nlow,1963,1\n", 3);
    ck_assert_int_eq(reason_at(out, "PATH", 2), BKT_MISSING_CONFIDENTIAL);
    bkt_table_free(out);
    out = paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\nlow,1961,0.01\n", 3);
    ck_assert_int_eq(reason_at(out, "PATH", 2), BKT_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(out);
    out = paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\nold,1951,0.01\n", 3);
    ck_assert_str_eq(warning(),
                     "scenario old has no growth for any period projected, 1961 to 1963");
    ck_assert_int_eq(reason_at(out, "PATH", 0), BKT_MISSING_NOT_REPORTED);
    bkt_table_free(out);
}
END_TEST

START_TEST(paths_that_end) {
    bkt_table *out = paths_of("SCENARIO,~TIME_PERIOD,#GROWTH\n"
                              "down,1961,0.01\ndown,1962,-1.5\ndown,1963,0.01\n",
                              3);
    check_path(out, 0, 5714.0 * 1.01);
    ck_assert_int_eq(reason_at(out, "PATH", 1), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(reason_at(out, "PATH", 2), BKT_MISSING_DOMAIN);
    ck_assert_str_eq(warning(), "scenario down has the growth -1.5 for 1962; one above -1 "
                                "(-100 %) was expected: its path ends before it");
    bkt_table_free(out);
    out = paths_of("SCENARIO,~TIME_PERIOD,#FACTOR\ndown,1961,0\n", 3);
    ck_assert_int_eq(reason_at(out, "PATH", 0), BKT_MISSING_DOMAIN);
    ck_assert_ptr_nonnull(strstr(warning(), "the factor 0 for 1961; one above 0 was expected"));
    bkt_table_free(out);
    out = paths_of("SCENARIO,~TIME_PERIOD,#FACTOR\nup,1961,1e300\nup,1962,1e300\n", 3);
    ck_assert(number_at(out, "PATH", 0) > 1e303);
    ck_assert_int_eq(reason_at(out, "PATH", 2), BKT_MISSING_OVERFLOW);
    ck_assert_ptr_nonnull(strstr(warning(), "too large for a number in 1962"));
    bkt_table_free(out);
}
END_TEST

static void check_refused(const char *lines, bkt_status expected, const char *words) {
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *scenarios = make_table(context, NULL, lines);
    bkt_scenario_options options = options_of(scenarios);
    bkt_table *out;
    bkt_context_diagnostics_clear(context);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), expected);
    ck_assert_ptr_null(out);
    ck_assert_msg(strstr(bkt_context_error_text(context), words) != NULL, "%s",
                  bkt_context_error_text(context));
    bkt_table_free(scenarios);
    bkt_table_free(table);
}

START_TEST(bad_tables) {
    check_refused("~TIME_PERIOD,#GROWTH\n1961,0\n", BKT_ERR_NO_COLUMN, "no column of names");
    check_refused("SCENARIO,#GROWTH\na,0\n", BKT_ERR_NO_COLUMN, "no column of periods");
    check_refused("SCENARIO,~TIME_PERIOD,#RATE\na,1961,0\n", BKT_ERR_NO_COLUMN,
                  "none of GROWTH, FACTOR and LEVEL");
    check_refused("SCENARIO,~TIME_PERIOD,GROWTH\na,1961,0\n", BKT_ERR_COLUMN_KIND, "GROWTH");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH,#LEVEL\na,1961,0,1\n", BKT_ERR_AMBIGUOUS,
                  "both GROWTH and LEVEL");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\n", BKT_ERR_NO_DATA, "no rows");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\na,1961,0\n,1962,0\n", BKT_ERR_VALUE, "row 2");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\na,soon,0\n", BKT_ERR_PERIOD,
                  "row 1 of the table of scenarios (scenario a) has the text soon where a period");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\na,,0\n", BKT_ERR_PERIOD, "has nothing where");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\na,1961,0\nb,1961,0\na,1961,0\n",
                  BKT_ERR_DUPLICATE, "rows 1 and 3 of the table of scenarios are both of 1961");
    check_refused("SCENARIO,~TIME_PERIOD,#GROWTH\na,1961-Q1,0\n", BKT_ERR_SERIES,
                  "scenario a has the period 1961-Q1, but periods such as 1960 were expected");
}
END_TEST

START_TEST(periods_of_different_kinds) {
    bkt_table *table = table_of_parts(context, 2000, 4, air, 12);
    bkt_table *scenarios =
        make_table(context, NULL, "SCENARIO,~TIME_PERIOD,#GROWTH\nup,2003,0.2\nup,2004-Q1,0.1\n");
    bkt_scenario_options options = options_of(scenarios);
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 8, &options, &out), BKT_ERR_SERIES);
    ck_assert_str_eq(bkt_context_error_text(context),
                     "scenario up has the period 2004-Q1, but periods such as 2003 were expected");
    bkt_table_free(scenarios);
    bkt_table_free(table);
}
END_TEST

START_TEST(bad_options) {
    static const double growths[] = {0.1, 0.1, NAN};
    static const int64_t empty[] = {0, 0};
    static const int64_t negative[] = {-1, 1};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    bkt_scenario_options options = rates_of(growths, 2);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_DUPLICATE);
    ck_assert_str_eq(bkt_context_error_text(context), "there are two scenarios 10%");
    options = rates_of(growths, 3);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "list 3"));
    options = rates_of(growths, 1);
    options.growth_offsets = empty;
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options.growth_offsets = negative;
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options = rates_of(NULL, 1);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options = rates_of(growths, 1001);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options = rates_of(NULL, 0);
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "no scenario is given"));
    ck_assert_int_eq(compare(context, table, 3, NULL, &out), BKT_ERR_ARGUMENT);
    options = rates_of(growths, 1);
    options.flags = 1;
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options.flags = 0;
    options.reserved = 1;
    ck_assert_int_eq(compare(context, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    options.reserved = 0;
    ck_assert_int_eq(compare(context, table, 0, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(compare(context, NULL, 3, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(compare(NULL, table, 3, &options, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_scenario(context, table, NULL, &options, NULL), BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

/* A list and a table together; names are told apart. */
START_TEST(both_kinds) {
    static const double growths[] = {0.1};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *scenarios =
        make_table(context, NULL, "CASE,~TIME_PERIOD,#GROWTH\nlow,1961,0.1\n5%,1961,0.05\n");
    bkt_scenario_options options = rates_of(growths, 1);
    options.table = scenarios;
    options.scenario_id = "CASE";
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 1, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 3);
    ck_assert(number_at(out, "PATH", 0) == number_at(out, "PATH", 1));
    bkt_table_free(out);
    bkt_table_free(scenarios);
    scenarios = make_table(context, NULL, "CASE,~TIME_PERIOD,#GROWTH\n10%,1961,0.1\n");
    options.table = scenarios;
    ck_assert_int_eq(compare(context, table, 1, &options, &out), BKT_ERR_DUPLICATE);
    bkt_table_free(scenarios);
    bkt_table_free(table);
}
END_TEST

static const char several[] = "REF_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                              "BLR,2001,100\nKAZ,2001-Q4,400\nBLR,2002,110\nKAZ,2002-Q1,500\n"
                              "RUS,2001,1\nRUS,2001,2\n";

START_TEST(several_series) {
    static const double growths[] = {0.1};
    bkt_table *table = make_table(context, NULL, several);
    bkt_table *scenarios =
        make_table(context, NULL, "SCENARIO,~TIME_PERIOD,#LEVEL\nplan,2003,120\nplan,2004,130\n");
    bkt_scenario_options options = rates_of(growths, 1);
    options.table = scenarios;
    bkt_table *out;
    ck_assert_int_eq(compare(context, table, 2, &options, &out), BKT_OK);
    static const struct {
        const char *area, *scenario, *period;
        double path;
    } rows[] = {{"BLR", "10%", "2003", 121},  {"BLR", "10%", "2004", 133.1},
                {"BLR", "plan", "2003", 120}, {"BLR", "plan", "2004", 130},
                {"KAZ", "10%", "2002-Q2", 0}, {"KAZ", "10%", "2002-Q3", 0},
                {"KAZ", "plan", NULL, NAN},   {"RUS", NULL, NULL, NAN}};
    ck_assert_int_eq(bkt_table_row_count(out), 8);
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(out, 0)), "REF_AREA");
    for (int64_t row = 0; row < 8; row++) {
        ck_assert_str_eq(text_at(out, "REF_AREA", row), rows[row].area);
        ck_assert_pstr_eq(text_at(out, "SCENARIO", row), rows[row].scenario);
        ck_assert_pstr_eq(text_at(out, "TIME_PERIOD", row), rows[row].period);
        if (rows[row].path > 0)
            check_path(out, row, rows[row].path);
    }
    check_path(out, 4, 500.0 * sqrt(sqrt(1.1)));
    ck_assert_int_eq(reason_at(out, "PATH", 6), BKT_MISSING_INPUT);
    ck_assert_int_eq(reason_at(out, "DIFFERENCE", 7), BKT_MISSING_INPUT);
    ck_assert_ptr_null(text_at(out, "PROBLEM", 5));
    ck_assert_str_eq(
        text_at(out, "PROBLEM", 6),
        "scenario plan has the period 2003, but periods such as 2002-Q1 were expected");
    ck_assert_str_eq(text_at(out, "PROBLEM", 7), "the period 2001 comes twice in the series");
    ck_assert_str_eq(bkt_table_property(out, "series_count"), "3");
    ck_assert_str_eq(bkt_table_property(out, "scenarios"), "2");
    bkt_table_free(out);
    bkt_table_free(scenarios);
    bkt_table_free(table);
}
END_TEST

START_TEST(memory_fails_of_several) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *with = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(with);
        bkt_table *table = make_table(with, NULL, several);
        bkt_table *scenarios =
            make_table(with, NULL, "SCENARIO,~TIME_PERIOD,#LEVEL\nplan,2003,120\nplan,2004,130\n");
        bkt_scenario_options options = options_of(scenarios);
        bkt_table *out;
        failing_memory_arm(&memory);
        bkt_status status = compare(with, table, 2, &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(scenarios);
        bkt_table_free(table);
        bkt_context_free(with);
        failing_memory_check(&memory);
    }
}
END_TEST

START_TEST(memory_fails) {
    static const double growths[] = {0.1};
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *with = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(with);
        bkt_table *table = table_of_years(with, 1949, air, 12);
        bkt_table *scenarios = make_table(
            with, NULL, "SCENARIO,~TIME_PERIOD,#GROWTH\na,1961,0.1\nb,1962,0.1\nb,1963,-2\n");
        bkt_scenario_options options = rates_of(growths, 1);
        options.table = scenarios;
        bkt_table *out;
        failing_memory_arm(&memory);
        bkt_status status = compare(with, table, 3, &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(scenarios);
        bkt_table_free(table);
        bkt_context_free(with);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("projection/scenario");
    TCase *tests = tcase_create("scenario");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, constant_rates);
    tcase_add_test(tests, projected_as_by_itself);
    tcase_add_test(tests, rates_by_year);
    tcase_add_test(tests, a_table_of_growth);
    tcase_add_test(tests, a_table_of_factors);
    tcase_add_test(tests, a_table_of_levels);
    tcase_add_test(tests, years_in_a_series_of_quarters);
    tcase_add_test(tests, weeks_of_a_year);
    tcase_add_test(tests, gaps_are_told);
    tcase_add_test(tests, paths_that_end);
    tcase_add_test(tests, bad_tables);
    tcase_add_test(tests, periods_of_different_kinds);
    tcase_add_test(tests, bad_options);
    tcase_add_test(tests, both_kinds);
    tcase_add_test(tests, several_series);
    tcase_add_test(tests, memory_fails_of_several);
    tcase_add_test(tests, memory_fails);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
