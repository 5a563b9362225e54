/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"

#define H 20

static bkt_walk walk_of(double start, double drift, double sigma) {
    bkt_walk walk;
    ck_assert_int_eq(bkt_walk_init(&walk, sizeof walk), BKT_OK);
    walk.start = start;
    walk.drift = drift;
    walk.sigma = sigma;
    return walk;
}

/* Known drift and sigma, 5, 10, 15 and 20 periods: 200,000 simulated paths, and the closed form of
 * a walk that is seen once a period. */
static const struct {
    double target, drift, sigma;
    double simulated[4];
    double closed[4];
} table[] = {
    {3.5, 0.05, 0.15, {.002, .065, .226, .409}, {.001, .058, .217, .400}},
    {3.5, 0.08, 0.15, {.006, .186, .501, .739}, {.004, .172, .489, .731}},
    {3.5, 0.12, 0.20, {.076, .504, .800, .925}, {.062, .484, .790, .922}},
    {4.0, 0.08, 0.15, {.002, .117, .407, .666}, {.001, .107, .393, .657}},
    {4.0, 0.12, 0.20, {.041, .412, .742, .899}, {.032, .395, .732, .895}},
};
#define ROWS (sizeof table / sizeof table[0])

START_TEST(closed_form) {
    for (size_t i = 0; i < ROWS; i++) {
        bkt_walk walk = walk_of(1.0, table[i].drift, table[i].sigma);
        for (int k = 0; k < 4; k++) {
            double p, at_every_instant;
            ck_assert_int_eq(bkt_walk_probability(&walk, table[i].target, 5.0 * (k + 1), 1, &p),
                             BKT_MISSING_NOT);
            ck_assert_msg(fabs(p - table[i].closed[k]) <= 0.0006, "row %zu, %d: %g", i, k, p);
            ck_assert_int_eq(
                bkt_walk_probability(&walk, table[i].target, 5.0 * (k + 1), 0, &at_every_instant),
                BKT_MISSING_NOT);
            ck_assert(at_every_instant > p && at_every_instant < 1.0);
        }
    }
}
END_TEST

START_TEST(simulated_with_known_parameters) {
    bkt_walk_options options;
    ck_assert_int_eq(bkt_walk_options_init(&options, sizeof options), BKT_OK);
    options.paths = 200000;
    for (size_t i = 0; i < ROWS; i++) {
        double reached[H], above[H];
        bkt_walk walk = walk_of(1.0, table[i].drift, table[i].sigma);
        ck_assert_int_eq(
            bkt_walk_simulate(context, &walk, &table[i].target, 1, &options, reached, above),
            BKT_OK);
        for (int k = 0; k < 4; k++) {
            double expected = table[i].simulated[k];
            /* Both sides have the error of 200,000 paths, the table is rounded too. */
            double error = 4.0 * sqrt(2.0 * expected * (1.0 - expected) / 200000.0) + 0.0005;
            ck_assert_msg(fabs(reached[5 * k + 4] - expected) <= error, "row %zu, %d: %g", i, k,
                          reached[5 * k + 4]);
        }
        for (int k = 1; k < H; k++)
            ck_assert(reached[k] >= reached[k - 1] && reached[k] >= above[k]);
        /* P(V(20) >= T) = Phi((20 mu - b) / (sigma sqrt 20)) */
        double z = (20.0 * table[i].drift - log(table[i].target)) / (table[i].sigma * sqrt(20.0));
        ck_assert(fabs(above[H - 1] - 0.5 * erfc(-z / sqrt(2.0))) < 0.005);
    }
}
END_TEST

START_TEST(estimated_parameters_widen) {
    static const double values[] = {100, 112, 108, 125, 131, 150, 149, 170, 181, 176};
    static const double targets[] = {200.0, 300.0, 600.0, 150.0};
    double reached[4 * H], known[4 * H], again[4 * H];
    bkt_walk walk = walk_of(0.0, 0.0, 0.0);
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    ck_assert_int_eq(bkt_walk_estimate(context, values, 10, 0, &walk), BKT_OK);
    ck_assert(walk.flags == 0 && walk.start == 176.0 && walk.span == 9.0 && walk.freedom == 8.0);
    ck_assert(fabs(walk.drift - log(1.76) / 9.0) < 1e-15);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 4, &options, reached, NULL),
                     BKT_OK);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 4, &options, again, NULL), BKT_OK);
    ck_assert(memcmp(reached, again, sizeof reached) == 0);
    options.seed = 2;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 4, &options, again, NULL), BKT_OK);
    ck_assert(memcmp(reached, again, sizeof reached) != 0);
    for (int i = 0; i < 4 * H; i++)
        ck_assert(fabs(reached[i] - again[i]) < 0.025);
    walk.span = walk.freedom = 0.0;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 4, &options, known, NULL), BKT_OK);
    ck_assert(reached[2 * H + 9] > known[2 * H + 9]); /* unlikely: likelier when unsure */
    ck_assert(reached[H + H - 1] < known[H + H - 1]); /* nearly sure: less so */
    for (int k = 0; k < H; k++) {
        ck_assert(reached[k] >= reached[H + k] && reached[H + k] >= reached[2 * H + k]);
        ck_assert(reached[3 * H + k] == 1.0); /* at or below the last value */
    }
}
END_TEST

/* The distribution is that of the definition: one period ahead, log(target/start) is reached with
 * P(t > ...) of Student's t with n - 2 degrees of freedom. */
START_TEST(one_period_ahead_is_student) {
    bkt_walk walk = walk_of(1.0, 0.05, 0.1);
    walk.span = 9.0;
    walk.freedom = 2.0;
    double target = exp(0.05 + 0.1 * sqrt(1.0 + 1.0 / 9.0) * 2.91998558035372); /* qt(.95, 2) */
    double reached[1];
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = 1;
    options.paths = 200000;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_OK);
    ck_assert(fabs(reached[0] - 0.05) < 0.002);
}
END_TEST

START_TEST(exact_growth_arrives_on_time) {
    double values[8];
    double reached[3];
    double target = 1024.0;
    bkt_walk walk = walk_of(0.0, 0.0, 0.0);
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = 3;
    options.paths = 100;
    for (int t = 0; t < 8; t++)
        values[t] = ldexp(1.0, t);
    ck_assert_int_eq(bkt_walk_estimate(context, values, 8, 0, &walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_OK);
    ck_assert(reached[0] == 0.0 && reached[1] == 0.0 && reached[2] == 1.0);
    for (int t = 0; t < 8; t++)
        values[t] = 7.0;
    ck_assert_int_eq(bkt_walk_estimate(context, values, 8, 0, &walk), BKT_OK);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_OK);
    ck_assert(reached[2] == 0.0);
}
END_TEST

START_TEST(values_that_are_not_positive) {
    static const double values[] = {-10, -4, -7, 0, 2, 1, 5, 4};
    static const double targets[] = {0.0, 4.0, 10.0, -20.0};
    double reached[4 * 5];
    bkt_walk walk = walk_of(0.0, 0.0, 0.0);
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = 5;
    ck_assert_int_eq(bkt_walk_estimate(context, values, 8, 0, &walk), BKT_OK);
    ck_assert(walk.flags == BKT_WALK_LEVELS && walk.drift == 2.0);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, targets, 4, &options, reached, NULL),
                     BKT_OK);
    ck_assert(reached[0] == 1.0 && reached[5] == 1.0 && reached[15] == 1.0);
    ck_assert(reached[10] > 0.05 && reached[10] < reached[14] && reached[14] < 1.0);
    /* On the values of a positive series when asked for. */
    static const double positive[] = {1, 2, 4, 5};
    ck_assert_int_eq(bkt_walk_estimate(context, positive, 4, BKT_WALK_LEVELS, &walk), BKT_OK);
    ck_assert(walk.flags == BKT_WALK_LEVELS);
}
END_TEST

START_TEST(short_and_bad_series) {
    static const double values[] = {3, 5, 4};
    static const double infinite[] = {3, INFINITY};
    double reached[H], p, target = 9.0;
    bkt_walk walk = walk_of(0.0, 0.0, 0.0);
    ck_assert_int_eq(bkt_walk_estimate(context, values, 0, 0, &walk), BKT_ERR_SERIES);
    ck_assert_int_eq(bkt_walk_estimate(context, values, 1, 0, &walk), BKT_OK);
    ck_assert(isnan(walk.drift) && isnan(walk.sigma));
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, NULL, reached, NULL),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(bkt_walk_estimate(context, values, 2, 0, &walk), BKT_OK);
    ck_assert(isfinite(walk.drift) && isnan(walk.sigma));
    ck_assert_int_eq(bkt_walk_estimate(context, values, 3, 0, &walk), BKT_OK);
    ck_assert(isfinite(walk.sigma) && walk.freedom == 1.0);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, NULL, reached, NULL), BKT_OK);
    ck_assert_int_eq(bkt_walk_estimate(context, infinite, 2, 0, &walk), BKT_ERR_SERIES);
    ck_assert_int_eq(bkt_walk_estimate(context, NULL, 2, 0, &walk), BKT_ERR_ARGUMENT);
    target = INFINITY;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, NULL, reached, NULL),
                     BKT_ERR_ARGUMENT);
    target = 9.0;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 0, NULL, reached, NULL),
                     BKT_ERR_ARGUMENT);
    bkt_walk_options options;
    bkt_walk_options_init(&options, sizeof options);
    options.paths = 0;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_ERR_ARGUMENT);
    options.paths = 20000000;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_ERR_LIMIT);
    bkt_walk_options_init(&options, sizeof options);
    options.horizon = 20000;
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, &options, reached, NULL),
                     BKT_ERR_LIMIT);
    walk = walk_of(-1.0, 0.1, 0.1);
    ck_assert_int_eq(bkt_walk_simulate(context, &walk, &target, 1, NULL, reached, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_walk_probability(&walk, 9.0, 5.0, 0, &p), BKT_MISSING_DOMAIN);
    walk = walk_of(1.0, 0.1, 0.1);
    ck_assert_int_eq(bkt_walk_probability(&walk, -9.0, 5.0, 0, &p), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_walk_probability(&walk, 9.0, -5.0, 0, &p), BKT_MISSING_DOMAIN);
    ck_assert_int_eq(bkt_walk_probability(&walk, NAN, 5.0, 0, &p), BKT_MISSING_INPUT);
    ck_assert(isnan(p));
    ck_assert_int_eq(bkt_walk_probability(&walk, 0.5, 5.0, 0, &p), BKT_MISSING_NOT);
    ck_assert(p == 1.0);
    ck_assert_int_eq(bkt_walk_probability(&walk, 2.0, 0.0, 0, &p), BKT_MISSING_NOT);
    ck_assert(p == 0.0);
}
END_TEST

static int32_t stop(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    (void)done;
    (void)total;
    (void)user;
    return rows >= 8192;
}

START_TEST(can_be_stopped) {
    bkt_context_options options;
    bkt_context *own;
    double reached[H], target = 9.0;
    bkt_walk walk = walk_of(1.0, 0.1, 0.1);
    bkt_context_options_init(&options, sizeof options);
    options.progress = stop;
    ck_assert_int_eq(bkt_context_new(&options, &own), BKT_OK);
    ck_assert_int_eq(bkt_walk_simulate(own, &walk, &target, 1, NULL, reached, NULL),
                     BKT_ERR_CANCELLED);
    bkt_context_free(own);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        double reached[H], target = 9.0;
        bkt_walk walk = walk_of(1.0, 0.1, 0.1);
        ck_assert_ptr_nonnull(own);
        failing_memory_arm(&memory);
        bkt_status status = bkt_walk_simulate(own, &walk, &target, 1, NULL, reached, NULL);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("walk");
    TCase *test_case = tcase_create("walk");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, closed_form);
    tcase_add_test(test_case, simulated_with_known_parameters);
    tcase_add_test(test_case, estimated_parameters_widen);
    tcase_add_test(test_case, one_period_ahead_is_student);
    tcase_add_test(test_case, exact_growth_arrives_on_time);
    tcase_add_test(test_case, values_that_are_not_positive);
    tcase_add_test(test_case, short_and_bad_series);
    tcase_add_test(test_case, can_be_stopped);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
