/* SPDX-License-Identifier: MIT */
#include <math.h>

#include <bktrade/projection.h>

#include "bkti_context.h"
#include "bkti_paths.h"
#include "fixture.h"
#include "run_suite.h"

#define H 5

static bkti_calibration calibration;
static bkti_first first;

/* Standard normal errors in widths: the value is normal. */
static bkti_marginals marginals_of(const double *point, const double *width) {
    bkti_marginals marginals;
    calibration.steps = 1;
    for (int i = 0; i < BKTI_CALIBRATION_LEVELS; i++)
        calibration.quantiles[0][i] = bkti_normal_quantile(bkti_calibration_probabilities[i]);
    bkti_marginals_begin(&marginals, &calibration, point, width, 1, true);
    return marginals;
}

/* Bayes' rule by a plain sum over values, the definition again. */
static double plain_below(double point, double width, double last, const bkti_partial *known,
                          double value) {
    double scale = BKTI_PARTIAL_SIZE * sqrt((1.0 - known->share) / known->share) * width / last;
    double sum = 0.0, below = 0.0;
    for (int i = 1; i < 400000; i++) {
        double v = i * 0.001;
        double z = (v - point) / width;
        double e = (log(v / last) - log(known->value / known->previous)) / scale;
        double prior = 0.99 * exp(-z * z / 2.0) + 0.01 / 4.0 * exp(-z * z / 32.0);
        double density = v < known->value ? 0.0 : prior * pow(1.0 + e * e / 3.0, -2.0);
        sum += density;
        below += v <= value ? density : 0.0;
    }
    return below / sum;
}

START_TEST(bayes_rule) {
    static const bkti_partial parts[] = {{55.0, 50.0, 0.5},  {26.0, 20.0, 0.2},
                                         {30.0, 45.0, 0.4},  {95.0, 92.0, 0.95},
                                         {110.0, 60.0, 0.6}, {150.0, 90.0, 0.9}};
    static const double shares[] = {0.025, 0.1, 0.5, 0.9, 0.975};
    double point = 104.0, width = 10.0;
    bkti_marginals marginals = marginals_of(&point, &width);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        ck_assert(bkti_partial_apply(&marginals, 100.0, &parts[i], &first));
        for (size_t k = 0; k < 5; k++) {
            double z = bkti_first_quantile(&first, shares[k]);
            double value = bkti_marginals_value(&marginals, 0, z);
            double below = plain_below(point, width, 100.0, &parts[i], value);
            ck_assert_msg(fabs(below - shares[k]) < 0.004, "part %zu: %g at %g, where %g is due", i,
                          below, value, shares[k]);
        }
        ck_assert(bkti_marginals_value(&marginals, 0, first.normals[0]) >=
                  parts[i].value * (1.0 - 1e-9));
        bool rises = true;
        for (int k = 1; k < BKTI_FIRST_POINTS; k++)
            rises = rises && first.below[k] >= first.below[k - 1] &&
                    first.normals[k] > first.normals[k - 1];
        ck_assert(rises && first.below[0] == 0.0 && first.below[BKTI_FIRST_POINTS - 1] == 1.0);
    }
}
END_TEST

/* Nearly nothing of the period says nearly nothing, nearly all of it nearly all. */
START_TEST(little_and_much) {
    double point = 104.0, width = 10.0;
    bkti_marginals marginals = marginals_of(&point, &width);
    bkti_partial little = {1e-6, 2e-6, 1e-6};
    ck_assert(bkti_partial_apply(&marginals, 100.0, &little, &first));
    for (int i = 1; i < 20; i++)
        ck_assert(fabs(bkti_first_quantile(&first, i / 20.0) - bkti_normal_quantile(i / 20.0)) <
                  0.06);
    bkti_partial much = {111.0, 99.9, 1.0 - 1e-7};
    ck_assert(bkti_partial_apply(&marginals, 100.0, &much, &first));
    for (int i = 1; i < 20; i++) {
        double value = bkti_marginals_value(&marginals, 0, bkti_first_quantile(&first, i / 20.0));
        ck_assert(fabs(value - 100.0 * 111.0 / 99.9) < 0.01);
    }
    /* Far from all that was expected. */
    bkti_partial far = {900.0, 90.0, 0.9};
    ck_assert(bkti_partial_apply(&marginals, 100.0, &far, &first));
    ck_assert(bkti_marginals_value(&marginals, 0, first.normals[0]) > 899.0);
    bkti_partial gone = {0.001, 90.0, 0.9};
    ck_assert(bkti_partial_apply(&marginals, 100.0, &gone, &first));
    ck_assert(bkti_marginals_value(&marginals, 0, bkti_first_quantile(&first, 0.5)) < 30.0);
}
END_TEST

START_TEST(without_width) {
    double point = 104.0, width = 0.0;
    bkti_marginals marginals = marginals_of(&point, &width);
    bkti_partial known = {55.0, 50.0, 0.5};
    ck_assert(!bkti_partial_apply(&marginals, 100.0, &known, &first));
}
END_TEST

/* Through the public function. */
static const double turnover[] = {1000, 1090, 1060, 1210, 1300, 1280,
                                  1420, 1510, 1600, 1750, 1890, 2000};
static double points[H], reached[3 * H], above[3 * H];

static bkt_status reach(const double *values, int64_t count, const double *targets, double value,
                        double previous, double share, uint32_t flags) {
    bkt_reach_options options;
    bkt_reach_options_init(&options, sizeof options);
    options.horizon = H;
    options.flags = flags;
    options.partial_value = value;
    options.partial_previous = previous;
    options.partial_share = share;
    return bkt_series_reach(context, values, count, targets, 3, &options, points, reached, above,
                            NULL);
}

START_TEST(a_part_of_the_year) {
    static const double targets[] = {1290.0, 2100.0, 2300.0};
    double before[3 * H], plain[H];
    ck_assert_int_eq(reach(turnover, 12, targets, NAN, NAN, NAN, 0), BKT_OK);
    for (int i = 0; i < 3 * H; i++)
        before[i] = reached[i];
    for (int k = 0; k < H; k++)
        plain[k] = points[k];
    /* Better than expected, worse, and so good that the first target is there. */
    ck_assert_int_eq(reach(turnover, 12, targets, 1300.0, 1180.0, 7.0 / 12.0, 0), BKT_OK);
    for (int k = 0; k < H; k++) {
        ck_assert(reached[k] == 1.0 && reached[H + k] > before[H + k]);
        ck_assert(points[k] > plain[k]);
    }
    ck_assert(above[0] == 1.0);
    ck_assert(points[0] > 2100.0 && points[0] < 2000.0 * 1300.0 / 1180.0);
    ck_assert_int_eq(reach(turnover, 12, targets, 1120.0, 1180.0, 7.0 / 12.0, 0), BKT_OK);
    for (int k = 0; k < H; k++)
        ck_assert(reached[H + k] < before[H + k] && points[k] < plain[k]);
    /* More was counted than any projection had. */
    static const double high[] = {5000.0, 7000.0, 7001.0};
    ck_assert_int_eq(reach(turnover, 12, high, 7000.0, 1180.0, 7.0 / 12.0, 0), BKT_OK);
    for (int k = 0; k < H; k++)
        ck_assert(reached[k] == 1.0 && reached[H + k] == 1.0 && reached[2 * H + k] > 0.5);
    ck_assert(points[0] >= 7000.0);
}
END_TEST

START_TEST(a_part_without_a_distribution) {
    static const double constant[] = {7, 7, 7, 7, 7, 7};
    static const double targets[] = {7.0, 9.0, 9.5};
    ck_assert_int_eq(reach(constant, 6, targets, 9.0, 4.0, 0.5, 0), BKT_OK);
    ck_assert(points[0] == 9.0 && reached[H] == 1.0 && reached[2 * H] == 0.0);
    ck_assert_int_eq(reach(constant, 6, targets, 3.0, 4.0, 0.5, 0), BKT_OK);
    ck_assert(points[0] == 7.0 && reached[H] == 0.0);
}
END_TEST

START_TEST(refusals) {
    static const double targets[] = {1290.0, 2100.0, 2300.0};
    static const double negative[] = {-1, -3, -2, -4, -2, -3};
    static const struct {
        double value, previous, share;
    } bad[] = {{NAN, 1, 0.5},      {1, NAN, 0.5},   {1, 1, NAN},    {0, 1, 0.5},
               {1, 0, 0.5},        {-1, 1, 0.5},    {1, 1, 0},      {1, 1, 1},
               {1, 1, 1.5},        {1, 1, -0.1},    {1, 2001, 0.5}, {INFINITY, 1, 0.5},
               {1, INFINITY, 0.5}, {1, 1, INFINITY}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_int_eq(
            reach(turnover, 12, targets, bad[i].value, bad[i].previous, bad[i].share, 0),
            BKT_ERR_ARGUMENT);
    ck_assert_int_eq(reach(negative, 6, targets, 1.0, 1.0, 0.5, 0), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(reach(turnover, 4, targets, 600.0, 590.0, 0.5, 0), BKT_ERR_SERIES);
    ck_assert_int_eq(reach(turnover, 12, targets, 600.0, 590.0, 0.5, BKT_TARGET_WALK),
                     BKT_ERR_SERIES);
    ck_assert(isnan(points[0]) && isnan(reached[0]));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("partial");
    TCase *test_case = tcase_create("partial");
    tcase_set_timeout(test_case, 60);
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, bayes_rule);
    tcase_add_test(test_case, little_and_much);
    tcase_add_test(test_case, without_width);
    tcase_add_test(test_case, a_part_of_the_year);
    tcase_add_test(test_case, a_part_without_a_distribution);
    tcase_add_test(test_case, refusals);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
