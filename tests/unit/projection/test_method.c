/* SPDX-License-Identifier: MIT */
/* The methods one by one, against R's forecast package 8.20 under R 4.2.2 (the calls stand beside
 * the figures) and against figures by hand. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "method_check.h"
#include "run_suite.h"

static void project(project_function *function, const double *values, int64_t count, double alpha,
                    double beta, double phi) {
    bkt_projection_options options = five_ahead();
    options.alpha = alpha;
    options.beta = beta;
    options.phi = phi;
    project_with(function, values, count, &options);
}

START_TEST(naive_as_r) { /* f <- naive(y, h = 5); f$mean; f$upper[, 2] - f$mean */
    static const double mean[] = {5714, 5714, 5714, 5714, 5714};
    static const double width[] = {811.268415077566, 1147.306795327620, 1405.158113490221,
                                   1622.536830155132, 1814.051324111952};
    static const double nile_mean[] = {840, 840, 840, 840, 840};
    static const double nile_width[] = {359.616696363973, 508.574809253737, 622.874389352470,
                                        719.233392727945, 804.127378913744};
    project(bkt_naive_project, AIR, NAN, NAN, NAN);
    check_reference(mean, width, 1e-12);
    ck_assert(fit.freedom == 11.0 && fit.count == 12);
    project(bkt_naive_project, NILE, NAN, NAN, NAN);
    check_reference(nile_mean, nile_width, 1e-12);
}
END_TEST

START_TEST(drift_as_r) { /* f <- rwf(y, drift = TRUE, h = 5) */
    static const double mean[] = {6095.27272727273, 6476.54545454545, 6857.81818181818,
                                  7239.09090909091, 7620.36363636364};
    static const double width[] = {345.938422351201, 509.207570113422, 647.191526679647,
                                   773.541828406318, 893.209165719645};
    static const double nile_mean[] = {830.344827586207, 820.689655172414, 811.034482758621,
                                       801.379310344828, 791.724137931034};
    static const double nile_width[] = {371.722907267687, 534.385348689737, 664.958151555519,
                                        779.732548419766, 884.877512500686};
    project(bkt_drift_project, AIR, NAN, NAN, NAN);
    check_reference(mean, width, 1e-12);
    ck_assert(fit.freedom == 10.0);
    project(bkt_drift_project, NILE, NAN, NAN, NAN);
    check_reference(nile_mean, nile_width, 1e-12);
}
END_TEST

START_TEST(log_trend_as_r) {
    /* m <- lm(log(y) ~ t); exp(predict(m, new, interval = "prediction", level = 0.95)) */
    static const double mean[] = {6804.56801625660, 7683.14003919670, 8675.14891773867,
                                  9795.24105521976, 11059.95392582528};
    static const double upper[] = {7718.50903498648, 8753.49450336423, 9931.76354368274,
                                   11273.21418065895, 12800.48965048421};
    const double t95 = 2.22813885198627; /* qt(0.975, 10) */
    project(bkt_log_trend_project, AIR, NAN, NAN, NAN);
    check_close(fit.sigma, 0.0481695767317803, 1e-12);
    for (int h = 0; h < 5; h++) {
        check_close(points[h], mean[h], 1e-12);
        check_close(points[h] * exp(t95 * errors[h]), upper[h], 1e-12);
    }
}
END_TEST

/* Least squares for the initial state in R (qr.solve on the errors of a unit of level and of trend)
 * and the recursion in plain R: initial level and trend, sum of squares, last level and trend. */
START_TEST(holt_given_parameters) {
    static const struct {
        const double *values;
        int64_t count;
        double alpha, beta, phi;
        double first_level, first_slope, squares, level, slope;
    } rows[] = {
        {AIR, 0.4, 0.1, NAN, 999.255140039477, 342.020433109849, 348778.834701336,
         5550.789904443021, 420.737830828936},
        {AIR, 0.7, 0.2, 0.9, 1036.879852783227, 443.488064625533, 603368.78422782,
         5605.254894763844, 366.248119558773},
        {NILE, 0.3, 0.05, 0.95, 1129.55791404215711, -4.32187153985509, 806562.326852213,
         974.6293727733945, -24.5963987099249},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(isnan(rows[i].phi) ? bkt_holt_project : bkt_damped_holt_project, rows[i].values,
                rows[i].count, rows[i].alpha, rows[i].beta, rows[i].phi);
        check_close(fit.first_level, rows[i].first_level, 1e-9);
        check_close(fit.first_slope, rows[i].first_slope, 1e-9);
        check_close(fit.squares, rows[i].squares, 1e-9);
        check_close(fit.level, rows[i].level, 1e-9);
        check_close(fit.slope, rows[i].slope, 1e-9);
    }
}
END_TEST

START_TEST(holt_given_parameters_as_r) {
    /* forecast(ets(y, model = "AAN", damped = FALSE, alpha = 0.4, beta = 0.1), h = 5); R's search
     * for the initial state ends a little before the least squares */
    static const double mean[] = {5971.52568709147, 6392.26370912608, 6813.00173116070,
                                  7233.73975319532, 7654.47777522994};
    static const double width[] = {409.240079709240, 457.544318673647, 519.267448405043,
                                   593.045217470719, 677.412867742239};
    project(bkt_holt_project, AIR, 0.4, 0.1, NAN);
    check_reference(mean, width, 1e-6);
    ck_assert(fit.squares <= 348778.837744069);
}
END_TEST

/* f <- holt(y, h = 5, damped = ...); f$model$par; sum(residuals(f)^2); f$upper[, 2] - f$mean. R's
 * search ends before the least squares are reached: ours must not be worse, neither with R's
 * smoothing nor with its own. The widths' growth with the horizon is R's at R's smoothing. */
START_TEST(holt_as_r) {
    static const struct {
        const double *values;
        int64_t count;
        double alpha, beta, phi, squares;
        double widths[5];
    } rows[] = {
        {AIR,
         0.653995782988790,
         1.00008397504299e-4,
         NAN,
         297318.594483,
         {377.845394528894, 451.496204285041, 514.732146338811, 571.023839252613,
          622.258750762356}},
        {NILE,
         2.16744509331119e-3,
         2.16744442397467e-3,
         NAN,
         645688.795795,
         {308.868089844521, 308.870991842279, 308.877521236876, 308.889128708104,
          308.907264508163}},
        {AIR,
         0.953412766607276,
         1.00044313547089e-4,
         0.979999998730091,
         356337.971098,
         {442.211591600480, 611.017834080430, 742.408464600997, 853.834283002758,
          952.328755258391}},
        {NILE,
         9.11207518643481e-2,
         1.00001072846570e-4,
         0.800000024631803,
         717875.894902,
         {332.125921218791, 333.504302467085, 334.878933565784, 336.249478378334,
          337.615681855618}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project_function *function =
            isnan(rows[i].phi) ? bkt_holt_project : bkt_damped_holt_project;
        project(function, rows[i].values, rows[i].count, rows[i].alpha, rows[i].beta, rows[i].phi);
        ck_assert(fit.squares <= rows[i].squares * (1.0 + 1e-12));
        double freedom = (double)(rows[i].count - (isnan(rows[i].phi) ? 4 : 5));
        check_close(fit.sigma, sqrt(fit.squares / freedom), 1e-14);
        check_close(z95 * sqrt(rows[i].squares / freedom), rows[i].widths[0], 1e-9);
        for (int h = 0; h < 5; h++)
            check_close(errors[h] / errors[0], rows[i].widths[h] / rows[i].widths[0], 1e-9);
        project(function, rows[i].values, rows[i].count, NAN, NAN, NAN);
        ck_assert(fit.squares <= rows[i].squares);
    }
}
END_TEST

/* R as above with y[c(4, 9)] <- NA; the drift of the changes over 1 or 2 periods by hand. */
START_TEST(gaps) {
    double values[12];
    memcpy(values, air, sizeof values);
    values[3] = values[8] = NAN;
    project(bkt_holt_project, values, 12, 0.4, 0.1, NAN);
    check_close(fit.first_level, 994.196131648169, 1e-9);
    check_close(fit.squares, 350996.933222431, 1e-9);
    check_close(fit.level, 5511.665965737368, 1e-9);
    ck_assert(fit.count == 10 && fit.missing_inner == 2 && fit.freedom == 6.0);
    project(bkt_drift_project, values, 12, NAN, NAN, NAN);
    double drift = (5714.0 - 1520.0) / 11.0;
    double squares = 0.0;
    static const double changes[] = {156, 366, 658, 167, 541, 531, 633, 568, 574};
    static const double spans[] = {1, 1, 2, 1, 1, 1, 2, 1, 1};
    for (int i = 0; i < 9; i++)
        squares += (changes[i] - spans[i] * drift) * (changes[i] - spans[i] * drift) / spans[i];
    check_close(fit.slope, drift, 1e-14);
    check_close(fit.squares, squares, 1e-12);
    ck_assert(fit.freedom == 8.0);
    check_close(errors[1], sqrt(squares / 8.0 * (2.0 + 4.0 / 11.0)), 1e-12);
    project(bkt_log_trend_project, values, 12, NAN, NAN, NAN);
    ck_assert(fit.freedom == 8.0);
}
END_TEST

/* A gap is passed at once, with the result of passing it period by period. */
START_TEST(long_gaps) {
    static const int64_t lengths[] = {63, 64, 65, 66, 127, 128, 300};
    double values[400];
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        int64_t count = lengths[i] + 24;
        for (int64_t t = 0; t < count; t++)
            values[t] = t < 12 ? air[t] : t < 12 + lengths[i] ? NAN : air[t - 12 - lengths[i]] / 2;
        for (int damped = 0; damped < 2; damped++) {
            double phi = damped ? 0.95 : 1;
            project(damped ? bkt_damped_holt_project : bkt_holt_project, values, count, 0.6, 0.2,
                    damped ? phi : NAN);
            double level = fit.first_level;
            double slope = fit.first_slope;
            double squares = 0;
            for (int64_t t = 0; t < count; t++) {
                double expected = level + phi * slope;
                double error = isnan(values[t]) ? 0 : values[t] - expected;
                level = expected + 0.6 * error;
                slope = phi * slope + 0.2 * error;
                squares += error * error;
            }
            ck_assert(fabs(fit.level / level - 1) < 1e-10);
            ck_assert(fabs(fit.slope / slope - 1) < 1e-10);
            ck_assert(fabs(fit.squares / squares - 1) < 1e-10);
        }
    }
}
END_TEST

START_TEST(by_hand) {
    static const double values[] = {2, 4, 3};
    project(bkt_naive_project, values, 3, NAN, NAN, NAN);
    ck_assert(points[0] == 3.0 && points[4] == 3.0);
    check_close(errors[3], sqrt(2.5) * 2.0, DBL_EPSILON);
    project(bkt_drift_project, values, 3, NAN, NAN, NAN);
    ck_assert(points[0] == 3.5 && points[3] == 5.0 && fit.slope == 0.5);
    check_close(errors[1], sqrt(4.5 * (2.0 + 4.0 / 2.0)), 4.0 * DBL_EPSILON); /* 1.5^2 + 1.5^2 */
}
END_TEST

START_TEST(refusals) {
    static const double with_zero[] = {1, 2, 0, 4, 5, 6};
    static const double infinite[] = {1, 2, INFINITY, 4};
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = 5;
    bkt_fit_init(&fit, sizeof fit);
    ck_assert_int_eq(bkt_log_trend_project(NULL, with_zero, 6, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_NOT_POSITIVE);
    ck_assert_int_eq(bkt_holt_project(NULL, with_zero, 4, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_TOO_FEW);
    ck_assert(isnan(points[0]) && isnan(errors[4]));
    ck_assert_int_eq(bkt_naive_project(NULL, NULL, 0, &options, points, errors, &fit),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(fit.fallback, BKT_FALLBACK_NO_VALUE);
    ck_assert_int_eq(bkt_drift_project(NULL, infinite, 4, &options, points, errors, NULL),
                     BKT_ERR_SERIES);
    ck_assert_int_eq(bkt_drift_project(NULL, NULL, 4, &options, points, errors, NULL),
                     BKT_ERR_ARGUMENT);
    options.alpha = 2.0;
    ck_assert_int_eq(bkt_holt_project(NULL, AIR, &options, points, errors, NULL), BKT_ERR_ARGUMENT);
    options.alpha = 0.2;
    options.beta = 0.3;
    ck_assert_int_eq(bkt_holt_project(NULL, AIR, &options, points, errors, NULL), BKT_ERR_ARGUMENT);
    fit.struct_size = 4;
    options.beta = 0.1;
    ck_assert_int_eq(bkt_holt_project(NULL, AIR, &options, points, errors, &fit), BKT_ERR_ABI);
}
END_TEST

START_TEST(catalogue) {
    ck_assert_uint_eq(bkt_method_count(), 22);
    for (uint32_t i = 0; i < bkt_method_count(); i++) {
        int32_t method = bkt_method_at(i);
        ck_assert(method >= 0 && bkt_method_least_count(method) >= 1);
        ck_assert_int_eq(bkt_method_find(bkt_method_id(method)), method);
        ck_assert(strlen(bkt_method_label(method)) > 0 && strlen(bkt_method_formula(method)) > 0);
        ck_assert(strlen(bkt_method_source(method)) > 0);
    }
    ck_assert_int_eq(bkt_method_find("Damped-Holt"), BKT_METHOD_DAMPED_HOLT);
    ck_assert_int_eq(bkt_method_find("oracle"), BKT_METHOD_NONE);
    ck_assert_int_eq(bkt_method_find(NULL), BKT_METHOD_NONE);
    ck_assert_int_eq(bkt_method_at(99), BKT_METHOD_NONE);
    ck_assert_str_eq(bkt_method_id(77), "");
    ck_assert_str_eq(bkt_method_label(77), "");
    ck_assert_str_eq(bkt_method_formula(77), "");
    ck_assert_str_eq(bkt_method_source(77), "");
    ck_assert_int_eq(bkt_method_least_count(77), 0);
    for (int32_t code = 0; code <= 4; code++)
        ck_assert(strlen(bkt_choice_text(code)) > 0);
    for (int32_t code = 0; code <= 3; code++)
        ck_assert(strlen(bkt_fallback_text(code)) > 0);
    ck_assert_str_eq(bkt_choice_text(50), "");
    ck_assert_str_eq(bkt_fallback_text(50), "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("method");
    TCase *test_case = tcase_create("method");
    tcase_add_test(test_case, naive_as_r);
    tcase_add_test(test_case, drift_as_r);
    tcase_add_test(test_case, log_trend_as_r);
    tcase_add_test(test_case, holt_given_parameters);
    tcase_add_test(test_case, holt_given_parameters_as_r);
    tcase_add_test(test_case, holt_as_r);
    tcase_add_test(test_case, gaps);
    tcase_add_test(test_case, long_gaps);
    tcase_add_test(test_case, by_hand);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, catalogue);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
