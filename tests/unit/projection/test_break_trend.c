/* SPDX-License-Identifier: MIT */
/* The line that may break against R 4.2.2: lm(log(y) ~ t * D) for every date, and predict(). */
#include <string.h>

#include "failing_memory.h"
#include "method_check.h"
#include "run_suite.h"
#include "series_table.h"

/* R's Nile goes on, 1901 to 1970. */
static const double later_nile[] = {
    874,  694,  940,  833,  701,  916, 692, 1020, 1050, 969,  831, 726,  456, 824,
    702,  1120, 1100, 832,  764,  821, 768, 845,  864,  862,  698, 845,  744, 796,
    1040, 759,  781,  865,  845,  944, 984, 897,  822,  1010, 771, 676,  649, 846,
    812,  742,  801,  1040, 860,  874, 848, 890,  744,  749,  838, 1050, 918, 986,
    797,  923,  975,  815,  1020, 906, 901, 1170, 912,  746,  919, 718,  714, 740};
static const double fallen[] = {10, 11,  12.3, 13.1, 14.8, 16,   17.9,
                                9,  9.3, 9.2,  9.9,  10.1, 10.3, 10.8};

static void project(const double *values, int64_t count) {
    bkt_projection_options options = five_ahead();
    project_with(bkt_break_trend_project, values, count, &options);
}

static void check(const double *expected, const double *widths, double sigma, double freedom,
                  int64_t period) {
    for (int h = 0; h < 5; h++) {
        check_close(points[h], expected[h], 1e-11);
        check_close(errors[h], widths[h], 1e-11);
    }
    check_close(fit.sigma, sigma, 1e-11);
    ck_assert(fit.freedom == freedom && (fit.flags & BKT_FIT_LOGS) != 0);
    ck_assert_int_eq(fit.break_period, period);
}

START_TEST(with_a_break) {
    static const double fallen_points[] = {11.0354004110884, 11.3733286777820, 11.7216050523082,
                                           12.0805464165213, 12.4504793558956};
    static const double fallen_errors[] = {0.0192672292274162, 0.0209959762810852,
                                           0.0229325897573203, 0.0250288649572207,
                                           0.0272479768827633};
    static const double nile_points[] = {869.239518812844, 870.035461836162, 870.832133686555,
                                         871.629535031393, 872.427666538659};
    static const double nile_errors[] = {0.150027016779424, 0.150195839432364, 0.150369027565570,
                                         0.150546566112952, 0.150728439701841};
    double values[100];
    memcpy(values, nile, sizeof nile);
    memcpy(values + 30, later_nile, sizeof later_nile);
    project(fallen, 14);
    check(fallen_points, fallen_errors, 0.0147155893944501, 10, 8);
    project(values, 100); /* 1899, from when on the first dam at Aswan was built */
    check(nile_points, nile_errors, 0.145944457404883, 96, 29);
}
END_TEST

/* Dearer than it is worth, or too few values: a line, as log-trend has it. */
START_TEST(without_a_break) {
    double found[5], widths[5];
    for (int64_t count = 3; count <= 12; count++) {
        bkt_projection_options options = five_ahead();
        const double *values = count < 10 ? fallen + 2 : air; /* would break at the seventh */
        project_with(bkt_log_trend_project, values, count, &options);
        memcpy(found, points, sizeof found);
        memcpy(widths, errors, sizeof widths);
        double sigma = fit.sigma;
        project(values, count);
        for (int h = 0; h < 5; h++)
            check_close(points[h], found[h], 1e-11);
        ck_assert_int_eq(fit.break_period, 0);
        ck_assert(fit.freedom == (double)(count - 2));
        for (int h = 0; h < 5; h++)
            check_close(errors[h], widths[h], 1e-10);
        check_close(fit.sigma, sigma, 1e-10);
    }
}
END_TEST

START_TEST(gaps) {
    double values[17];
    values[0] = values[1] = NAN;
    memcpy(values + 2, fallen, sizeof fallen);
    values[16] = NAN;
    project(values, 17);
    ck_assert_int_eq(fit.break_period, 10); /* among the caller's values */
    check_close(points[0], 11.0354004110884, 1e-11);
    values[9 - 5] = values[12] = NAN;
    project(values, 17);
    ck_assert(fit.break_period == 10 && fit.freedom == 8.0);
    ck_assert(points[0] > 10.5 && points[0] < 11.5);
    values[9] = NAN; /* the break's own period: from the next on */
    project(values, 17);
    ck_assert(fit.break_period == 11 && fit.freedom == 7.0);
}
END_TEST

START_TEST(exact_lines) {
    double values[30];
    for (int t = 0; t < 30; t++)
        values[t] = ldexp(3.0, t);
    project(values, 30);
    ck_assert_int_eq(fit.break_period, 0);
    check_close(points[4], ldexp(3.0, 34), 1e-10);
    for (int t = 15; t < 30; t++)
        values[t] = 5.0;
    project(values, 30);
    ck_assert_int_eq(fit.break_period, 16);
    check_close(points[4], 5.0, 1e-12);
    for (int t = 0; t < 30; t++)
        values[t] = 0x1p-1000;
    project(values, 30);
    ck_assert(fit.break_period == 0 && fabs(points[4] / 0x1p-1000 - 1.0) < 1e-9 &&
              errors[4] < 1e-10);
    values[20] = 1e300;
    values[4] = 1e-300;
    project(values, 30);
    for (int h = 0; h < 5; h++)
        ck_assert(!isinf(points[h]) && errors[h] > 0.0);
}
END_TEST

START_TEST(in_tables) {
    bkt_context *context;
    bkt_projection_options options = five_ahead();
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    options.method = BKT_METHOD_BREAK_TREND;
    bkt_table *table = table_of_years(context, 1995, fallen, 14);
    bkt_table *out;
    ck_assert_int_eq(bkt_projection(context, table, &options, &out), BKT_OK);
    ck_assert_str_eq(bkt_table_property(out, "break_period"), "2002");
    ck_assert(fabs(number_at(out, "PROJECTED", 14) - 11.0354004110884) < 1e-9);
    bkt_table_free(out);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_projection_options options = five_ahead();
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_break_trend_project(own, fallen, 14, &options, points, errors, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert(isnan(points[0]) == (status != BKT_OK));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("break_trend");
    TCase *test_case = tcase_create("break_trend");
    tcase_add_test(test_case, with_a_break);
    tcase_add_test(test_case, without_a_break);
    tcase_add_test(test_case, gaps);
    tcase_add_test(test_case, exact_lines);
    tcase_add_test(test_case, in_tables);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
