/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};

static bkt_projection_options options_of(int32_t method, uint32_t horizon) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.method = method;
    options.horizon = horizon;
    return options;
}

START_TEST(form_of_ets_told) {
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_ETS, 3);
    options.ets_error = BKT_ETS_MULTIPLICATIVE;
    options.ets_trend = BKT_ETS_DAMPED;
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert(strncmp(bkt_table_property(out, "parameters"), "ETS(M,Ad,N), alpha ", 19) == 0);
    ck_assert_str_eq(bkt_table_property(out, "method"), "ets");
    ck_assert_str_eq(bkt_table_property(out, "season"), "none");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(history_and_future) {
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_DRIFT, 3);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 15);
    ck_assert_uint_eq(bkt_table_column_count(out), 7);
    static const char *const ids[] = {"TIME_PERIOD", "ACTUAL",   "PROJECTED", "LOWER_80",
                                      "UPPER_80",    "LOWER_95", "UPPER_95"};
    for (uint32_t i = 0; i < 7; i++) {
        const bkt_column *column = bkt_table_column_at(out, i);
        ck_assert_str_eq(bkt_column_id(column), ids[i]);
        ck_assert_str_eq(bkt_column_unit(column), i == 0 ? "" : "million USD");
        ck_assert_int_eq(bkt_column_role(column), i == 0 ? BKT_ROLE_TIME : BKT_ROLE_MEASURE);
    }
    ck_assert_str_eq(bkt_column_label(bkt_table_column_at(out, 3)), "Lower bound, 80 %");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "1949");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 14), "1963");
    ck_assert(number_at(out, "ACTUAL", 11) == 5714.0);
    ck_assert(isnan(number_at(out, "PROJECTED", 11)));
    ck_assert_int_eq(reason_at(out, "PROJECTED", 11), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "LOWER_80", 0), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_int_eq(reason_at(out, "ACTUAL", 12), BKT_MISSING_NOT_APPLICABLE);
    ck_assert(fabs(number_at(out, "PROJECTED", 12) - 6095.27272727273) < 1e-9);
    ck_assert(number_at(out, "UPPER_95", 12) > number_at(out, "UPPER_80", 12));
    ck_assert_str_eq(bkt_table_property(out, "source"), "a test");
    ck_assert_str_eq(bkt_table_property(out, "value"), "VALUE");
    ck_assert_str_eq(bkt_table_property(out, "method"), "drift");
    ck_assert_str_eq(bkt_table_property(out, "method_label"), "Random walk with drift");
    ck_assert_str_eq(bkt_table_property(out, "choice"), "asked for");
    ck_assert_str_eq(bkt_table_property(out, "fallback"), "");
    ck_assert_str_eq(bkt_table_property(out, "members"), "drift 1");
    ck_assert_str_eq(bkt_table_property(out, "season"), "none");
    ck_assert_str_eq(bkt_table_property(out, "count"), "12");
    ck_assert_str_eq(bkt_table_property(out, "missing_count"), "0");
    ck_assert_str_eq(bkt_table_property(out, "last_period"), "1960");
    ck_assert_str_eq(bkt_table_property(out, "horizon"), "3");
    ck_assert(strncmp(bkt_table_property(out, "sigma"), "168.", 4) == 0);
    ck_assert(strstr(bkt_table_property(out, "parameters"), "level 5714, slope 381.27") != NULL);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(rows_in_any_order_and_gaps) {
    static const char *const periods[] = {"2014", "2011", "2016", "2010", "2013", "2017"};
    static const double values[] = {40, 11, NAN, 10, 30, NAN};
    bkt_table *table = table_of_periods(context, periods, values, 6);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC, 2);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    /* 2010 to 2014 are history; 2015 and 2016 are projected; 2017 is in the table. */
    ck_assert_int_eq(bkt_table_row_count(out), 8);
    ck_assert_int_eq(reason_at(out, "ACTUAL", 2), BKT_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason_at(out, "ACTUAL", 6), BKT_MISSING_NAN);
    ck_assert(isfinite(number_at(out, "PROJECTED", 5)));
    ck_assert(isfinite(number_at(out, "PROJECTED", 6)));
    ck_assert(isnan(number_at(out, "PROJECTED", 7)));
    ck_assert_str_eq(bkt_table_property(out, "last_period"), "2014");
    ck_assert_str_eq(bkt_table_property(out, "missing_count"), "4");
    ck_assert_str_eq(bkt_table_property(out, "members"),
                     "delta 0.333333, drift 0.333333, naive 0.333333");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(too_few_for_bounds) {
    static const double one[] = {7};
    bkt_table *table = table_of_years(context, 2000, one, 1);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_HOLT, 1);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert(number_at(out, "PROJECTED", 1) == 7.0);
    ck_assert_int_eq(reason_at(out, "UPPER_95", 1), BKT_MISSING_TOO_FEW);
    ck_assert_str_eq(bkt_table_property(out, "method"), "naive");
    ck_assert_str_eq(bkt_table_property(out, "fallback"), bkt_fallback_text(BKT_FALLBACK_TOO_FEW));
    ck_assert_str_eq(bkt_table_property(out, "sigma"), "");
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(overflow_has_its_reason) {
    double values[8];
    for (int t = 0; t < 8; t++)
        values[t] = ldexp(1.0, 120 * t);
    bkt_table *table = table_of_years(context, 2000, values, 8);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_LOG_TREND, 3);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert(isfinite(number_at(out, "PROJECTED", 8)));
    ck_assert_int_eq(reason_at(out, "PROJECTED", 9), BKT_MISSING_OVERFLOW);
    ck_assert_int_eq(reason_at(out, "UPPER_80", 9), BKT_MISSING_OVERFLOW);
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(levels_name_the_columns) {
    static const double levels[] = {0.5, 0.995, 0.57};
    bkt_table *table = table_of_years(context, 1949, air, 12);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_NAIVE, 1);
    options.levels = levels;
    options.level_count = 3;
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert_ptr_nonnull(bkt_table_column_find(out, "LOWER_50"));
    ck_assert_ptr_nonnull(bkt_table_column_find(out, "UPPER_99_5"));
    ck_assert_ptr_nonnull(bkt_table_column_find(out, "UPPER_57"));
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

START_TEST(quarters_have_a_season) {
    static const double factors[] = {0.8, 1.2, 1.1, 0.9};
    double values[24];
    for (int t = 0; t < 24; t++)
        values[t] = (10.0 + t) * factors[t % 4];
    bkt_table *table = table_of_parts(context, 2010, 4, values, 24);
    bkt_table *out;
    bkt_projection_options options = options_of(BKT_METHOD_AUTOMATIC, 4);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(bkt_table_property(out, "season"), "multiplicative");
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 24), "2016-Q1");
    ck_assert(number_at(out, "PROJECTED", 25) > number_at(out, "PROJECTED", 24));
    bkt_table_free(out);
    bkt_table_free(table);
}
END_TEST

static bkt_status status_of(const char *const *periods, const double *values, int64_t count,
                            const bkt_projection_options *options) {
    bkt_table *table = table_of_periods(context, periods, values, count);
    ck_assert_msg(table != NULL, "%s", bkt_context_error_text(context));
    bkt_table *out;
    bkt_status status = bkt_projection(context, table, options, &out);
    ck_assert(status == BKT_OK || (out == NULL && strlen(bkt_context_error_text(context)) > 10));
    bkt_table_free(out);
    bkt_table_free(table);
    return status;
}

START_TEST(refused_tables) {
    static const double values[] = {1, 2, 3};
    static const double nothing[] = {NAN, NAN, NAN};
    static const char *const years[] = {"2010", "2011", "2012"};
    static const char *const twice[] = {"2010", "2011", "2011"};
    static const char *const mixed[] = {"2010", "2011", "2012-Q1"};
    static const char *const times[] = {"2010-01-01T00:00:00", "2011-01-01T00:00:00",
                                        "2012-01-01T00:00:00"};
    static const char *const none[] = {"2010", NULL, "2012"};
    static const char *const far[] = {"0001-01-01", "0002-01-01", "9999-01-01"};
    static const char *const late[] = {"9996", "9997", "9998"};
    ck_assert_int_eq(status_of(years, values, 3, NULL), BKT_OK);
    ck_assert_int_eq(status_of(twice, values, 3, NULL), BKT_ERR_DUPLICATE);
    ck_assert(strstr(bkt_context_error_text(context), "2011") != NULL);
    ck_assert_int_eq(status_of(mixed, values, 3, NULL), BKT_ERR_SERIES);
    ck_assert_int_eq(status_of(times, values, 3, NULL), BKT_ERR_SERIES);
    ck_assert_int_eq(status_of(none, values, 3, NULL), BKT_ERR_PERIOD);
    ck_assert_int_eq(status_of(far, values, 3, NULL), BKT_ERR_LIMIT);
    ck_assert_int_eq(status_of(late, values, 3, NULL), BKT_ERR_LIMIT);
    ck_assert_int_eq(status_of(years, nothing, 3, NULL), BKT_ERR_NO_DATA);
    ck_assert_int_eq(status_of(years, values, 0, NULL), BKT_ERR_NO_DATA);
    bkt_projection_options options = options_of(BKT_METHOD_NAIVE, 0);
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_ERR_ARGUMENT);
    options.horizon = 10001;
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_ERR_LIMIT);
    options.horizon = 1;
    options.value_id = "OTHER";
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_ERR_NO_COLUMN);
    options.value_id = "TIME_PERIOD";
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_ERR_COLUMN_KIND);
    options.value_id = "VALUE";
    options.time_id = "VALUE";
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_ERR_COLUMN_KIND);
    options.time_id = "TIME_PERIOD";
    ck_assert_int_eq(status_of(years, values, 3, &options), BKT_OK);
    bkt_table *out;
    ck_assert_int_eq(bkt_projection(context, NULL, NULL, &out), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_projection(NULL, NULL, NULL, &out), BKT_ERR_ARGUMENT);
}
END_TEST

START_TEST(which_column) {
    static const char *const years[] = {"2010", "2011"};
    static const double values[] = {1, 2};
    bkt_table_builder *builder;
    bkt_table *table, *out;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    bkt_table_builder_add_numbers(builder, "A", BKT_ROLE_MEASURE, NULL, values, NULL, NULL, 2);
    bkt_table_builder_add_numbers(builder, "B", BKT_ROLE_MEASURE, NULL, values, NULL, NULL, 2);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    bkt_projection_options options = options_of(BKT_METHOD_NAIVE, 1);
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_AMBIGUOUS);
    options.value_id = "B";
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_ERR_NO_COLUMN);
    bkt_table_free(table);
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    bkt_table_builder_add_periods(builder, "TIME_PERIOD", years, 2);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    ck_assert_int_eq(bkt_projection(context, table, NULL, &out), BKT_ERR_NO_COLUMN);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = table_of_years(own, 1949, air, 12);
        ck_assert_ptr_nonnull(table);
        bkt_table *out = NULL;
        failing_memory_arm(&memory);
        bkt_status status = bkt_projection(own, table, NULL, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("projection");
    TCase *test_case = tcase_create("projection");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, form_of_ets_told);
    tcase_add_test(test_case, history_and_future);
    tcase_add_test(test_case, rows_in_any_order_and_gaps);
    tcase_add_test(test_case, too_few_for_bounds);
    tcase_add_test(test_case, overflow_has_its_reason);
    tcase_add_test(test_case, levels_name_the_columns);
    tcase_add_test(test_case, quarters_have_a_season);
    tcase_add_test(test_case, refused_tables);
    tcase_add_test(test_case, which_column);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
