/* SPDX-License-Identifier: MIT */
/* Theta on values, logarithms and Box-Cox transforms, against R's forecast package 8.20 under R
 * 4.2.2, and against theta lines drawn one by one. */
#include <string.h>

#include "method_check.h"
#include "passengers.h"
#include "run_suite.h"

static const double growing[] = {3, 4, 6, 5, 8, 9, 12, 11, 16, 17, 20, 26, 25, 31};
#define GROWING growing, 14

static void project(project_function *function, const double *values, int64_t count, double alpha,
                    double theta, double lambda) {
    bkt_projection_options options = five_ahead();
    options.alpha = alpha;
    options.theta = theta;
    options.box_cox_lambda = lambda;
    project_with(function, values, count, &options);
}

START_TEST(as_r) { /* f <- thetaf(y, h = 5); f$mean; f$upper[, 2] - f$mean */
    static const double air_mean[] = {5905.50545614299, 6097.04916243670, 6288.59286873041,
                                      6480.13657502411, 6671.68028131782};
    static const double nile_mean[] = {1038.44932016068, 1037.11683962676, 1035.78435909283,
                                       1034.45187855890, 1033.11939802498};
    static const double nile_width[] = {299.104468466485, 299.104469962828, 299.104471459170,
                                        299.104472955512, 299.104474451855};
    static const double growing_mean[] = {32.037963318286, 33.0764248567476, 34.1148863952091,
                                          35.1533479336707, 36.1918094721322};
    project(bkt_theta_project, AIR, NAN, NAN, NAN);
    for (int h = 0; h < 5; h++)
        check_close(points[h], air_mean[h], 1e-6);
    ck_assert(fit.theta == 2.0 && isnan(fit.box_cox_lambda) && fit.freedom == 10.0);
    project(bkt_theta_project, NILE, NAN, NAN, NAN);
    check_reference(nile_mean, nile_width, 1e-5);
    project(bkt_theta_project, GROWING, NAN, NAN, NAN);
    for (int h = 0; h < 5; h++)
        check_close(points[h], growing_mean[h], 1e-5);
}
END_TEST

START_TEST(logs_as_r) { /* f <- thetaf(log(y), h = 5); exp(f$mean) */
    static const double air_mean[] = {6071.65894842560, 6451.73415018264, 6855.60139299760,
                                      7284.75001691447, 7740.76259205200};
    static const double nile_mean[] = {1024.06702217264, 1022.64245055274, 1021.21986064328,
                                       1019.79924968750, 1018.38061493251};
    static const double nile_errors[] = {0.148567774325455, 0.148567775068370, 0.148567775811286,
                                         0.148567776554202, 0.148567777297117};
    project(bkt_log_theta_project, AIR, NAN, NAN, NAN);
    for (int h = 0; h < 5; h++)
        check_close(points[h], air_mean[h], 1e-6);
    ck_assert((fit.flags & BKT_FIT_LOGS) != 0);
    project(bkt_log_theta_project, NILE, NAN, NAN, NAN);
    for (int h = 0; h < 5; h++) {
        check_close(points[h], nile_mean[h], 2e-5);
        check_close(errors[h], nile_errors[h], 1e-6);
    }
}
END_TEST

/* g <- exp(mean(log(y))); f <- thetaf(((y / g)^l - 1) / l, h = 5); g * (1 + l * f$mean)^(1 / l) */
START_TEST(box_cox_as_r) {
    static const struct {
        const double *values;
        int64_t count;
        double lambda;
        double mean[5];
    } rows[] = {
        {AIR, 0.35, {5996.9577945, 6288.90269908, 6589.93178599, 6900.17337702, 7219.7554967}},
        {AIR, 0.5, {5971.3287785, 6234.35998734, 6503.06014713, 6777.42925789, 7057.4673196}},
        {GROWING,
         0.35,
         {32.8997812405, 34.8741555977, 36.9239715631, 39.0505329403, 41.2551398511}},
        {GROWING,
         0.5,
         {32.6319072066, 34.3061710325, 36.0223183123, 37.7803490461, 39.5802632337}}};
    for (size_t i = 0; i < 4; i++) {
        project(bkt_box_cox_theta_project, rows[i].values, rows[i].count, NAN, NAN, rows[i].lambda);
        for (int h = 0; h < 5; h++)
            check_close(points[h], rows[i].mean[h], 2e-6);
        ck_assert(fit.box_cox_lambda == rows[i].lambda && (fit.flags & BKT_FIT_LOGS) == 0);
    }
    /* The profile likelihood by lm() for each of 0, 0.05, ..., 1. */
    project(bkt_box_cox_theta_project, AIR, NAN, NAN, NAN);
    ck_assert(fit.box_cox_lambda == 0.45);
    project(bkt_box_cox_theta_project, NILE, NAN, NAN, NAN);
    ck_assert(fit.box_cox_lambda == 1.0);
    project(bkt_box_cox_theta_project, GROWING, NAN, NAN, NAN);
    ck_assert(fit.box_cox_lambda == 0.3);
}
END_TEST

START_TEST(box_cox_between_logs_and_values) {
    double found[5], widths[5];
    project(bkt_log_theta_project, GROWING, NAN, NAN, NAN);
    memcpy(found, points, sizeof found);
    memcpy(widths, errors, sizeof widths);
    project(bkt_box_cox_theta_project, GROWING, NAN, NAN, 0.0);
    ck_assert(memcmp(found, points, sizeof found) == 0);
    ck_assert(memcmp(widths, errors, sizeof widths) == 0);
    ck_assert((fit.flags & BKT_FIT_LOGS) != 0);
    project(bkt_theta_project, GROWING, 0.6, 3.0, NAN);
    memcpy(found, points, sizeof found);
    memcpy(widths, errors, sizeof widths);
    project(bkt_box_cox_theta_project, GROWING, 0.6, 3.0, 1.0);
    for (int h = 0; h < 5; h++) {
        check_close(points[h], found[h], 1e-12);
        check_close(errors[h], widths[h], 1e-12);
    }
}
END_TEST

/* The theta line and the straight line, each projected, and their mean with the weights 1 / theta
 * and 1 - 1 / theta. The line is smoothed from its first value on. */
static void check_lines(const double *values, int64_t count, double alpha, double theta) {
    double n = 0.0, t_sum = 0.0, y_sum = 0.0, tt = 0.0, ty = 0.0;
    for (int64_t t = 0; t < count; t++) {
        if (isnan(values[t]))
            continue;
        double time = (double)t;
        n += 1.0;
        t_sum += time;
        y_sum += values[t];
        tt += time * time;
        ty += time * values[t];
    }
    double slope = (n * ty - t_sum * y_sum) / (n * tt - t_sum * t_sum);
    double intercept = (y_sum - slope * t_sum) / n;
    project(bkt_theta_project, values, count, alpha, theta, NAN);
    double level = theta * fit.first_level + (1.0 - theta) * intercept;
    for (int64_t t = 0; t < count; t++) {
        if (isnan(values[t]))
            continue;
        double line = intercept + slope * (double)t;
        level += alpha * (theta * values[t] + (1.0 - theta) * line - level);
    }
    for (int h = 0; h < 5; h++) {
        double line = intercept + slope * (double)(count + h);
        check_close(points[h], level / theta + (1.0 - 1.0 / theta) * line, 1e-12);
    }
    check_close(fit.slope, (1.0 - 1.0 / theta) * slope, 1e-12);
}

START_TEST(lines_one_by_one) {
    double values[12];
    check_lines(AIR, 0.4, 2.0);
    check_lines(NILE, 0.15, 2.0);
    check_lines(AIR, 0.7, 1.0);
    check_lines(NILE, 0.3, 4.5);
    memcpy(values, air, sizeof values);
    values[3] = values[4] = values[9] = NAN;
    check_lines(values, 12, 0.4, 2.0);
    check_lines(values, 12, 0.8, 1.5);
}
END_TEST

/* A series of statsmodels's users (issue 8661) came out one too large at every step. */
START_TEST(nothing_is_added_without_a_season) {
    static const double constant[] = {50, 50, 50, 50, 50, 50};
    static const int32_t methods[] = {BKT_METHOD_THETA, BKT_METHOD_LOG_THETA,
                                      BKT_METHOD_BOX_COX_THETA, BKT_METHOD_DYNAMIC_THETA,
                                      BKT_METHOD_SES};
    static project_function *const functions[] = {bkt_theta_project, bkt_log_theta_project,
                                                  bkt_box_cox_theta_project,
                                                  bkt_dynamic_theta_project, bkt_ses_project};
    bkt_context *context;
    double own[5];
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    for (size_t m = 0; m < 5; m++) {
        bkt_projection_options options = five_ahead();
        options.method = methods[m];
        ck_assert_int_eq(bkt_series_project(context, constant, 6, &options, own, NULL, NULL, NULL),
                         BKT_OK);
        for (int h = 0; h < 5; h++)
            check_close(own[h], 50.0, 1e-14);
        for (uint32_t length = 0; length < 13; length += 4) { /* the test finds no season */
            options.season_length = length;
            ck_assert_int_eq(bkt_series_project(context, AIR, &options, own, NULL, NULL, NULL),
                             BKT_OK);
            project(functions[m], AIR, NAN, NAN, NAN);
            for (int h = 0; h < 5; h++)
                ck_assert(own[h] == points[h]);
        }
    }
    bkt_context_free(context);
}
END_TEST

/* R's AirPassengers, 1949 to 1960: f <- thetaf(AirPassengers, h = 12); f$mean */
START_TEST(with_a_season_as_r) {
    static const double mean[] = {440.078191081586, 428.384280556983, 489.707098669638,
                                  475.704627661373, 479.670388669209, 545.366272154216,
                                  602.752001822396, 601.100763091486, 523.951492158653,
                                  456.62714491283,  397.953734665557, 447.644908742896};
    bkt_context *context;
    double own[12];
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_projection_options options = five_ahead();
    options.method = BKT_METHOD_THETA;
    options.season_length = options.horizon = 12;
    ck_assert_int_eq(bkt_series_project(context, passengers, 144, &options, own, NULL, NULL, NULL),
                     BKT_OK);
    for (int h = 0; h < 12; h++)
        check_close(own[h], mean[h], 1e-4);
    bkt_context_free(context);
}
END_TEST

START_TEST(refusals) {
    static const double with_zero[] = {1, 2, 0, 4, 5, 6};
    static project_function *const positive[] = {bkt_log_theta_project, bkt_box_cox_theta_project};
    bkt_projection_options options = five_ahead();
    bkt_fit_init(&fit, sizeof fit);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(positive[i](NULL, with_zero, 6, &options, points, errors, &fit),
                         BKT_ERR_SERIES);
        ck_assert_int_eq(fit.fallback, BKT_FALLBACK_NOT_POSITIVE);
        ck_assert(isnan(points[0]) && isnan(errors[4]));
    }
    ck_assert_int_eq(bkt_theta_project(NULL, with_zero, 3, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
    static const double bad_thetas[] = {0.99, 10.01, -1.0, INFINITY};
    static const double bad_lambdas[] = {-0.01, 1.01, INFINITY};
    for (size_t i = 0; i < 4; i++) {
        options.theta = bad_thetas[i];
        ck_assert_int_eq(bkt_theta_project(NULL, AIR, &options, points, errors, NULL),
                         BKT_ERR_ARGUMENT);
    }
    options.theta = NAN;
    for (size_t i = 0; i < 3; i++) {
        options.box_cox_lambda = bad_lambdas[i];
        ck_assert_int_eq(bkt_box_cox_theta_project(NULL, AIR, &options, points, errors, NULL),
                         BKT_ERR_ARGUMENT);
    }
}
END_TEST

/* What falls below the least transform is zero, with an error that isn't. */
START_TEST(lambda_of_next_to_nothing) {
    project(bkt_box_cox_theta_project, AIR, 0.6, NAN, 0.0);
    double expected = points[4];
    project(bkt_box_cox_theta_project, AIR, 0.6, NAN, 1e-320);
    ck_assert(points[4] == expected && fit.box_cox_lambda == 0.0);
}
END_TEST

START_TEST(told_by_combinations) {
    static const int32_t members[2] = {BKT_METHOD_DAMPED_HOLT, BKT_METHOD_THETA};
    bkt_projection_options options = five_ahead();
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
    options.method = BKT_METHOD_COMBINATION;
    options.members = members;
    options.member_count = 2;
    ck_assert_int_eq(bkt_series_project(context, AIR, &options, points, NULL, NULL, &fit), BKT_OK);
    ck_assert(!isnan(fit.phi) && fit.theta == 2.0);
    bkt_context_free(context);
}
END_TEST

START_TEST(transformed_back_to_zero) {
    static const double falling[] = {900, 640, 420, 250, 130, 45, 9, 1};
    project(bkt_box_cox_theta_project, falling, 8, 0.9, NAN, 0.5);
    ck_assert(points[4] >= 0.0 && points[4] < 1.0 && errors[4] > 0.0 && isfinite(errors[4]));
    project(bkt_box_cox_theta_project, falling, 8, 0.9, 10.0, 1.0);
    ck_assert(points[4] == 0.0 && errors[4] > 0.0);
}
END_TEST

START_TEST(extremes) {
    static const double huge_and_tiny[] = {1e300, 1e-300, 1e300, 1e-300, 1e300, 1e-300, 1e300, 1};
    static const double huge[] = {1e300, 1.1e300, 1.3e300, 1.2e300, 1.5e300, 1.7e300};
    static const double tiny[] = {1e-300, 1.1e-300, 1.3e-300, 1.2e-300, 1.5e-300, 1.7e-300};
    static project_function *const functions[] = {bkt_theta_project, bkt_log_theta_project,
                                                  bkt_box_cox_theta_project};
    for (size_t f = 0; f < 3; f++) {
        project(functions[f], huge_and_tiny, 8, NAN, NAN, NAN);
        for (int h = 0; h < 5; h++)
            ck_assert(!isinf(points[h]) && !isinf(errors[h]));
        project(functions[f], huge, 6, NAN, NAN, NAN);
        ck_assert(points[4] > 1.3e300 && points[4] < 3e300);
        project(functions[f], tiny, 6, NAN, NAN, NAN);
        ck_assert(points[4] > 1.3e-300 && points[4] < 3e-300);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("theta");
    TCase *test_case = tcase_create("theta");
    tcase_add_test(test_case, as_r);
    tcase_add_test(test_case, logs_as_r);
    tcase_add_test(test_case, box_cox_as_r);
    tcase_add_test(test_case, box_cox_between_logs_and_values);
    tcase_add_test(test_case, lines_one_by_one);
    tcase_add_test(test_case, nothing_is_added_without_a_season);
    tcase_add_test(test_case, with_a_season_as_r);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, lambda_of_next_to_nothing);
    tcase_add_test(test_case, told_by_combinations);
    tcase_add_test(test_case, transformed_back_to_zero);
    tcase_add_test(test_case, extremes);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
