/* SPDX-License-Identifier: MIT */
/* ARIMA, its likelihood against R's stats::arima() (R 4.2.2), which was given the differenced
 * series, as with differences it has an approximation of the likelihood. */
#include <stdlib.h>

#include "failing_memory.h"
#include "method_check.h"
#include "passengers.h"
#include "run_suite.h"

#define PASSENGERS 144

static void project_orders(const double *values, int64_t count, uint32_t season,
                           const int32_t *orders) {
    bkt_projection_options options = five_ahead();
    options.season_length = season;
    options.arima_orders = orders;
    project_with(bkt_arima_project, values, count, &options);
}

static void take_passenger_logs(double *out) {
    for (int t = 0; t < PASSENGERS; t++)
        out[t] = log(passengers[t]);
}

START_TEST(airline_model) {
    static const int32_t orders[6] = {0, 1, 1, 0, 1, 1};
    double values[PASSENGERS];
    take_passenger_logs(values);
    project_orders(values, PASSENGERS, 12, orders);
    check_close(fit.log_likelihood, 244.696486833, 1e-9);
    check_close(fit.arima_terms[0], -0.401823376654, 1e-5);
    check_close(fit.arima_terms[1], -0.556936090928, 1e-5);
    ck_assert(isnan(fit.arima_terms[2]) && isnan(fit.arima_constant));
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(fit.arima_orders[i], orders[i]);
    /* predict(arima(y, c(0, 1, 1), list(order = c(0, 1, 1))), 3): to what its approximation is. */
    check_close(points[0], 6.110186, 1e-5);
    check_close(points[1], 6.053775, 1e-5);
    check_close(points[2], 6.171715, 1e-5);
}
END_TEST

/* Exact numbers, so that R has the same: a multiplicative generator modulo 2^31 - 1. */
static int64_t make_series(int64_t number, double *out) {
    int64_t seed = number * 7919;
    int64_t count = 24 + 4 * number;
    double value = 0.0;
    double before = 0.0;
    for (int64_t t = 1; t <= count; t++) {
        seed = seed * 16807 % 2147483647;
        double shock = (double)seed / 2147483647.0 - 0.5;
        value = 0.6 * value + shock + 0.4 * before;
        before = shock;
        out[t - 1] = value + (t % 4 == 0 && number % 2 == 1 ? 1.0 : 0.0);
    }
    return count;
}

/* arima(w, c(p, 0, q), list(order = c(P, 0, Q), period = 4), include.mean = d + D == 0, method =
 * "ML", optim.control = list(reltol = 1e-15))$loglik, w differenced. */
START_TEST(likelihood_as_r) {
    static const struct {
        int32_t orders[6];
        double log_likelihood;
        bool is_below; /* R's search stops below the peak */
    } rows[] = {
        {{1, 0, 0, 0, 0, 0}, -24.0328687397, false}, {{0, 0, 1, 0, 0, 0}, -7.03809837294, false},
        {{1, 0, 1, 0, 0, 0}, -34.4261938413, false}, {{2, 0, 0, 0, 0, 0}, -0.52579444909, false},
        {{2, 0, 1, 0, 0, 0}, -31.9512095116, true},  {{0, 0, 2, 0, 0, 0}, -8.93842797187, false},
        {{0, 1, 1, 0, 0, 0}, -52.6700660399, false}, {{1, 1, 0, 0, 0, 0}, -19.1115429572, false},
        {{1, 1, 1, 0, 0, 0}, -48.2952162347, true},  {{0, 2, 1, 0, 0, 0}, -12.2542838741, false},
        {{1, 0, 0, 1, 0, 0}, -33.809904435, false},  {{0, 0, 1, 0, 0, 1}, -16.104659056, false},
        {{1, 0, 0, 0, 0, 1}, -55.0044793353, false}, {{0, 1, 1, 0, 1, 1}, -22.2071018979, false},
        {{1, 0, 1, 1, 0, 0}, -49.250911378, false},  {{0, 0, 0, 1, 1, 0}, -69.8020720676, false},
        {{3, 0, 0, 0, 0, 0}, -91.6192331067, false}, {{1, 1, 2, 0, 0, 0}, -13.8493202082, false},
        {{0, 1, 1, 1, 0, 0}, -53.6910289805, false}, {{2, 1, 0, 0, 1, 1}, -28.5322378803, false},
    };
    double values[120];
    int64_t count = make_series(_i + 1, values);
    project_orders(values, count, 4, rows[_i].orders);
    double above = fit.log_likelihood - rows[_i].log_likelihood;
    if (rows[_i].is_below)
        ck_assert(above > 1e-3 && above < 0.1);
    else
        check_close(fit.log_likelihood, rows[_i].log_likelihood, 1e-6);
}
END_TEST

START_TEST(chosen_orders) { /* those of auto.arima() of R's forecast 8.20 */
    double values[PASSENGERS];
    take_passenger_logs(values);
    project_orders(values, PASSENGERS, 12, NULL);
    static const int32_t airline[6] = {0, 1, 1, 0, 1, 1};
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(fit.arima_orders[i], airline[i]);
}
END_TEST

START_TEST(told_by_projections) { /* whatever the test for seasons says */
    static const int32_t without[6] = {1, 0, 0, 0, 0, 0};
    bkt_projection_options options = five_ahead();
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
    options.method = BKT_METHOD_ARIMA;
    options.season_length = 12;
    for (int pass = 0; pass < 2; pass++) {
        options.arima_orders = pass == 0 ? NULL : without;
        ck_assert_int_eq(
            bkt_series_project(context, passengers, PASSENGERS, &options, points, NULL, NULL, &fit),
            BKT_OK);
        ck_assert(!isnan(fit.log_likelihood) && !isnan(fit.arima_terms[0]));
        ck_assert_int_eq(fit.arima_orders[4], pass == 0 ? 1 : 0);
        ck_assert_int_eq((fit.flags & BKT_FIT_SEASONAL) != 0, pass == 0);
    }
    ck_assert_int_eq(fit.arima_orders[0], 1);
    check_close(fit.arima_constant, 278.0, 0.2);
    bkt_context_free(context);
}
END_TEST

START_TEST(gaps_are_known) { /* arima() of R with values of months 41 and 42 missing */
    static const int32_t orders[6] = {0, 1, 1, 0, 1, 1};
    double values[PASSENGERS];
    take_passenger_logs(values);
    values[40] = values[41] = NAN;
    project_orders(values, PASSENGERS, 12, orders);
    check_close(fit.log_likelihood, 241.827185436, 2e-5);
    check_close(points[0], 6.10982328404, 1e-5);
    check_close(points[1], 6.05261147966, 1e-5);
    check_close(points[2], 6.16848852541, 1e-5);
    ck_assert_int_eq(fit.missing_inner, 2);
}
END_TEST

START_TEST(short_and_odd_series) {
    static const double linear[] = {3, 5, 7, 9, 11, 13, 15, 17};
    static const double constant[] = {4, 4, 4, 4, 4, 4};
    static const double few[] = {10, 12, 11};
    static const double spiked[] = {10, 11, 10, 1210, 11, 12, 11, 12, 13};
    static const double signs[] = {3, 0, -2, 0, 4, 1, 0, -1};
    project_orders(linear, 8, 1, NULL);
    for (int h = 0; h < 5; h++)
        check_close(points[h], 19.0 + 2.0 * h, 1e-9);
    project_orders(constant, 6, 1, NULL);
    for (int h = 0; h < 5; h++)
        ck_assert(points[h] == 4.0 && errors[h] == 0.0);
    project_orders(few, 3, 1, NULL);
    ck_assert(isfinite(points[4]) && points[4] > 0.0 && points[4] < 40.0);
    project_orders(spiked, 9, 1, NULL);
    ck_assert(isfinite(points[4]) && isfinite(errors[4]));
    project_orders(signs, 8, 4, NULL);
    ck_assert(isfinite(points[4]) && isfinite(errors[4]));
    bkt_projection_options options = five_ahead();
    ck_assert_int_eq(bkt_arima_project(NULL, few, 2, &options, points, errors, NULL),
                     BKT_ERR_SERIES);
}
END_TEST

START_TEST(scale_changes_nothing) {
    double large[30];
    double small[30];
    project_orders(nile, 30, 1, NULL);
    double expected = points[4];
    for (int t = 0; t < 30; t++) {
        large[t] = ldexp(nile[t], 980);
        small[t] = ldexp(nile[t], -1000);
    }
    project_orders(large, 30, 1, NULL);
    ck_assert(points[4] == ldexp(expected, 980));
    project_orders(small, 30, 1, NULL);
    ck_assert(points[4] == ldexp(expected, -1000));
}
END_TEST

START_TEST(orders_out_of_bounds) {
    static const int32_t rows[][6] = {{6, 0, 0, 0, 0, 0}, {0, 3, 0, 0, 0, 0}, {0, 0, -1, 0, 0, 0},
                                      {0, 0, 0, 3, 0, 0}, {0, 2, 0, 0, 1, 0}, {0, 0, 0, 0, 2, 0},
                                      {0, 0, 0, 0, 0, 3}};
    bkt_projection_options options = five_ahead();
    options.arima_orders = rows[_i];
    ck_assert_int_eq(bkt_arima_project(NULL, nile, 30, &options, points, errors, NULL),
                     BKT_ERR_ARGUMENT);
}
END_TEST

/* More terms than the series bears: they are chosen. */
START_TEST(orders_beyond_the_series) {
    static const int32_t orders[6] = {3, 2, 3, 0, 0, 0};
    project_orders(nile, 8, 1, orders);
    ck_assert(fit.arima_orders[0] < 3 && isfinite(points[4]));
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
}
END_TEST

START_TEST(gaps_and_chosen_orders) {
    double values[PASSENGERS];
    take_passenger_logs(values);
    values[40] = values[41] = values[100] = NAN;
    project_orders(values, PASSENGERS, 12, NULL);
    ck_assert_int_eq(fit.arima_orders[4], 1);
    check_close(points[0], 6.11, 0.02);
    check_close(points[2], 6.17, 0.02);
}
END_TEST

/* A season of 52 weeks is taken out before; the method alone knows none. */
START_TEST(long_season) {
    double values[260];
    bkt_context *context;
    bkt_projection_options options = five_ahead();
    for (int t = 0; t < 260; t++)
        values[t] = 100.0 + 0.1 * t + (t % 52 < 26 ? 40.0 : 0.0) + (t * 37 % 11) * 0.1;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
    options.method = BKT_METHOD_ARIMA;
    options.season_length = 52;
    ck_assert_int_eq(bkt_series_project(context, values, 260, &options, points, NULL, NULL, &fit),
                     BKT_OK);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) != 0 && fit.arima_orders[4] == 0);
    check_close(points[0], 166.5, 0.05);
    project_orders(values, 260, 52, NULL);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) == 0);
    bkt_context_free(context);
}
END_TEST

START_TEST(memory_fails) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_projection_options options = five_ahead();
        options.season_length = 12;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_arima_project(context, passengers, 60, &options, points, errors, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert(status == BKT_OK || (isnan(points[0]) && isnan(errors[4])));
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("arima");
    TCase *tests = tcase_create("arima");
    tcase_add_test(tests, airline_model);
    tcase_add_loop_test(tests, likelihood_as_r, 0, 20);
    tcase_add_test(tests, chosen_orders);
    tcase_add_test(tests, told_by_projections);
    tcase_add_test(tests, gaps_are_known);
    tcase_add_test(tests, short_and_odd_series);
    tcase_add_test(tests, scale_changes_nothing);
    tcase_add_loop_test(tests, orders_out_of_bounds, 0, 7);
    tcase_add_test(tests, orders_beyond_the_series);
    tcase_add_test(tests, gaps_and_chosen_orders);
    tcase_add_test(tests, long_season);
    tcase_add_test(tests, memory_fails);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
