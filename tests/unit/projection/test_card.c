/* SPDX-License-Identifier: MIT */
/* Card and Cardt against R 4.2.2, lm() and the formulas written down a second time, theta by the
 * package forecast 8.20; and the whole family on series that are hard to carry. */
#include <string.h>

#include "failing_memory.h"
#include "method_check.h"
#include "run_suite.h"
#include "seasonal_series.h"

static project_function *const functions[] = {bkt_delta_project, bkt_rho_project, bkt_card_project,
                                              bkt_cardt_project};
static const int32_t methods[] = {BKT_METHOD_DELTA, BKT_METHOD_RHO, BKT_METHOD_CARD,
                                  BKT_METHOD_CARDT};
enum { DELTA, RHO, CARD, CARDT };
#define FUNCTIONS (sizeof functions / sizeof functions[0])

static void project(size_t function, const double *values, int64_t count, uint32_t length) {
    bkt_projection_options options = five_ahead();
    options.season_length = length;
    project_with(functions[function], values, count, &options);
}

START_TEST(card_as_r) {
    static const struct {
        const double *values;
        int64_t count;
        uint32_t length;
        double points[5], sigma, freedom;
    } rows[] = {
        {AIR,
         1,
         {6282.34891248156, 6973.13378922182, 7694.48574318832, 8490.51230815754, 9368.94927076381},
         0.0465257609601121,
         8},
        {NILE,
         1,
         {956.725551671067, 956.725551671067, 956.725551671067, 956.725551671067, 956.725551671067},
         0.13718166301542,
         28},
        {PASSENGERS,
         {448.126099541069, 430.353285423064, 478.212110000746, 484.121873927971, 498.631924383668},
         0.036277923473181,
         114},
        {DEATHS,
         {1733.58119738892, 1906.79340402290, 1701.77924999947, 1427.92655531771, 1144.48556031603},
         0.0927183504919711,
         42},
        {GAS,
         {254.295815645988, 223.713458442300, 190.984405148386, 155.446478861918, 259.816439712850},
         0.0846028284144332,
         32},
        {STILL,
         {5.73001821061816, 5.73001821061816, 5.73001821061816, 5.73001821061816, 5.73001821061816},
         0.227914529314134,
         8},
        {STILL_SEASONS,
         {1.25214845147492, 8.53550920663602, 4.49763115146289, 2.93144884512284, 1.23493244026430},
         0.140001506470854,
         8},
        {NILE,
         4,
         {999.974307829726, 1074.767909014076, 1110.014956869117, 1032.768497148440,
          999.974307829726},
         0.145845072292457,
         26},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(CARD, rows[i].values, rows[i].count, rows[i].length);
        for (int h = 0; h < 5; h++)
            check_close(points[h], rows[i].points[h], 1e-9);
        check_close(fit.sigma, rows[i].sigma, 1e-9);
        ck_assert(fit.freedom == rows[i].freedom);
    }
}
END_TEST

START_TEST(cardt_as_r) {
    static const struct {
        const double *values;
        int64_t count;
        uint32_t length;
        double points[5];
    } rows[] = {
        {AIR,
         1,
         {6160.19862288183, 6592.80344821566, 7039.48298268720, 7521.29800225166,
          8041.84259632718}},
        {NILE,
         1,
         {971.374609717279, 971.374609717279, 971.374609717279, 971.374609717279,
          971.374609717279}},
        {STILL,
         {5.73561500614125, 5.73561500614125, 5.73561500614125, 5.73561500614125,
          5.73561500614125}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(CARDT, rows[i].values, rows[i].count, rows[i].length);
        for (int h = 0; h < 5; h++)
            check_close(points[h], rows[i].points[h], 1e-5);
    }
}
END_TEST

/* However far one asks, a step's point is the same. */
START_TEST(horizons) {
    for (size_t i = 0; i < FUNCTIONS; i++) {
        double far[40], widths[40];
        bkt_projection_options options = five_ahead();
        options.season_length = 12;
        project_with(functions[i], deaths, 72, &options);
        options.horizon = 40;
        ck_assert_int_eq(functions[i](NULL, deaths, 72, &options, far, widths, NULL), BKT_OK);
        ck_assert(memcmp(far, points, sizeof points) == 0);
        ck_assert(memcmp(widths, errors, sizeof errors) == 0);
        for (int h = 0; h < 40; h++)
            ck_assert(far[h] > 300.0 && far[h] < 6000.0);
        for (int h = 1; h < 40; h++)
            ck_assert(widths[h] >= widths[h - 1]);
    }
}
END_TEST

START_TEST(constant_and_straight) {
    double constant[30], doubling[30], line[30], seasons[30];
    static const double pattern[] = {4, 7, 5};
    for (int t = 0; t < 30; t++) {
        constant[t] = 42.0;
        doubling[t] = ldexp(1.0, t);
        line[t] = 3.0 * (t - 12);
        seasons[t] = pattern[t % 3];
    }
    for (size_t i = 0; i < FUNCTIONS; i++) {
        for (uint32_t length = 1; length <= 4; length += 3) {
            project(i, constant, 30, length);
            for (int h = 0; h < 5; h++) {
                check_close(points[h], 42.0, 1e-13);
                check_close(errors[h], 0.0, 1e-13);
            }
            project(i, doubling, 30, length);
            for (int h = 0; h < 5 && i != CARDT; h++) /* half of theta's trend is a mean's */
                check_close(points[h], ldexp(1.0, 30 + h), 1e-9);
            project(i, line, 30, length);
            for (int h = 0; h < 5 && i != CARDT; h++)
                check_close(points[h], 3.0 * (18 + h), 1e-9);
        }
        project(i, seasons, 30, 3);
        for (int h = 0; h < 5; h++)
            check_close(points[h], pattern[h % 3], 1e-9);
    }
}
END_TEST

/* Figures in another unit change with the unit and nothing else: thousandths, and powers of two
 * that take them to the ends of what a double holds. */
START_TEST(units) {
    static const double factors[] = {0.001, 1e6, 0x1p990, 0x1p-1000};
    double values[72], before[5], widths[5];
    for (size_t i = 0; i < FUNCTIONS; i++) {
        for (int lowered = 0; lowered < 2; lowered++) {
            for (int t = 0; t < 72; t++)
                values[t] = deaths[t] - (lowered ? 1500.0 : 0.0);
            project(i, values, 72, 12);
            memcpy(before, points, sizeof before);
            memcpy(widths, errors, sizeof widths);
            for (size_t f = 0; f < 4; f++) {
                for (int t = 0; t < 72; t++)
                    values[t] = (deaths[t] - (lowered ? 1500.0 : 0.0)) * factors[f];
                project(i, values, 72, 12);
                for (int h = 0; h < 5; h++) {
                    check_close(points[h] / factors[f], before[h], 1e-9);
                    check_close(lowered ? errors[h] / factors[f] : errors[h], widths[h], 1e-9);
                }
            }
        }
    }
}
END_TEST

START_TEST(hard_series) {
    static const double zeros[] = {0, 0, 0, 0, 0, 0, 0, 0};
    static const double ends[] = {NAN, 3, 1e300, 1e-300, NAN, 1e300, 2, NAN};
    static const double negative[] = {3, 4, -5, 4, 3, 6, 7, 2, 9, 4};
    double spike[12], long_gap[144];
    memcpy(spike, air, sizeof spike);
    spike[6] *= 121.0;
    memcpy(long_gap, passengers, sizeof long_gap);
    for (int t = 20; t < 100; t++)
        long_gap[t] = NAN;
    for (size_t i = 0; i < FUNCTIONS; i++) {
        int64_t least = bkt_method_least_count(methods[i]);
        project(i, zeros, 8, 4);
        for (int h = 0; h < 5; h++)
            ck_assert(points[h] == 0.0 && errors[h] == 0.0);
        project(i, spike, 12, 1);
        for (int h = 0; h < 5; h++)
            ck_assert(points[h] > 1000.0 && points[h] < 50000.0 && isfinite(errors[h]));
        project(i, negative, 10, 1);
        for (int h = 0; h < 5; h++)
            ck_assert(points[h] > -20.0 && points[h] < 30.0 && errors[h] > 0.0);
        project(i, long_gap, 144, 12);
        for (int h = 0; h < 5; h++)
            ck_assert(points[h] > 300.0 && points[h] < 900.0 && errors[h] < 1.0);
        project(i, ends, 8, 1);
        for (int h = 0; h < 5; h++)
            ck_assert(!isinf(points[h]) && !isinf(errors[h]));
        for (int64_t count = 1; count < 9; count++) {
            bkt_projection_options options = five_ahead();
            bkt_status status = functions[i](NULL, air, count, &options, points, errors, NULL);
            ck_assert_int_eq(status, count < least ? BKT_ERR_SERIES : BKT_OK);
            for (int h = 0; h < 5; h++)
                ck_assert(count < least ? isnan(points[h]) : points[h] > 0.0 && errors[h] > 0.0);
        }
    }
}
END_TEST

START_TEST(no_season_wanted) {
    double expected[5];
    for (size_t i = 0; i < FUNCTIONS; i++) {
        bkt_projection_options options = five_ahead();
        project(i, deaths, 72, 1);
        memcpy(expected, points, sizeof expected);
        options.season_length = 12;
        options.flags = BKT_PROJECTION_NO_SEASON;
        project_with(functions[i], deaths, 72, &options);
        ck_assert(memcmp(expected, points, sizeof expected) == 0);
        ck_assert((fit.flags & BKT_FIT_SEASONAL) == 0);
    }
}
END_TEST

START_TEST(every_allocation_failing) {
    for (size_t i = 0; i < FUNCTIONS; i++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *own = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(own);
            bkt_projection_options options = five_ahead();
            options.season_length = 12;
            failing_memory_arm(&memory);
            bkt_status status = functions[i](own, passengers, 144, &options, points, errors, NULL);
            failing_memory_disarm(&memory);
            ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
            ck_assert(isnan(points[0]) == (status != BKT_OK));
            bkt_context_free(own);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("card");
    TCase *test_case = tcase_create("card");
    tcase_add_test(test_case, card_as_r);
    tcase_add_test(test_case, cardt_as_r);
    tcase_add_test(test_case, horizons);
    tcase_add_test(test_case, constant_and_straight);
    tcase_add_test(test_case, units);
    tcase_add_test(test_case, hard_series);
    tcase_add_test(test_case, no_season_wanted);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
