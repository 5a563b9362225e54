/* SPDX-License-Identifier: MIT */
/* Rho against plain R 4.2.2: lm(), predict() and the formulas written down a second time. */
#include <string.h>

#include "method_check.h"
#include "run_suite.h"
#include "seasonal_series.h"

static void project(const double *values, int64_t count, uint32_t length) {
    bkt_projection_options options = five_ahead();
    options.season_length = length;
    project_with(bkt_rho_project, values, count, &options);
}

START_TEST(as_r) {
    static const struct {
        const double *values;
        int64_t count;
        uint32_t length;
        double points[5], sigma, freedom, last_error;
    } rows[] = {
        {AIR,
         1,
         {6289.37581109293, 6922.68955078068, 7619.77532523376, 8387.05471062092, 9231.59590887157},
         0.0469826160313541,
         10,
         0.105056323206879},
        {NILE,
         1,
         {1067.68594497702, 1067.68594497702, 1067.68594497702, 1067.68594497702, 1067.68594497702},
         0.145976492731965,
         29,
         0.145976492731965},
        {PASSENGERS,
         {444.153744499295, 432.159333767495, 487.089123984473, 480.612332249570, 492.146196412072},
         0.036669496128022,
         118,
         0.0562977840572338},
        {DEATHS,
         {1837.30054231024, 1992.11815183079, 1951.96033725997, 1607.54198717313, 1286.94686976638},
         0.10450544625961,
         46,
         0.114752602913706},
        {GAS,
         {255.533904214685, 227.418738399079, 204.651799851458, 144.957953828128, 266.629547583503},
         0.08237342624404,
         35,
         0.116493616573461},
        {STILL,
         {5.49569313483605, 5.49569313483605, 5.49569313483605, 5.49569313483605, 5.49569313483605},
         0.216454888206652,
         9,
         0.216454888206652},
        {STILL_SEASONS,
         {1.41749669189705, 8.82605890209971, 4.47923387930770, 2.97853314937039, 1.34607124754151},
         0.175479884936835,
         11,
         0.183738683531236},
        {NILE,
         4,
         {1067.68594497702, 1067.68594497702, 1067.68594497702, 1067.68594497702, 1067.68594497702},
         0.145976492731965,
         29,
         0.145976492731965},
    };
    /* GAS with its seasonal coefficient taken back to 1. */
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        project(rows[i].values, rows[i].count, rows[i].length);
        for (int h = 0; h < 5; h++)
            check_close(points[h], rows[i].points[h], 1e-10);
        check_close(fit.sigma, rows[i].sigma, 1e-10);
        check_close(errors[4], rows[i].last_error, 1e-10);
        ck_assert(fit.freedom == rows[i].freedom);
    }
}
END_TEST

/* Of the yearly changes the mean is damped by 1.645 standard errors; of noise nothing is left. */
START_TEST(damped_drift) {
    static const double noise[] = {100, 110, 99, 106, 118, 112, 121, 109, 117, 126, 115, 108};
    double values[12];
    double mean = (air[11] - air[0]) / 11.0;
    for (int t = 0; t < 12; t++)
        values[t] = air[t] - 3000.0;
    project(values, 12, 1);
    double drift = mean - 1.645 * fit.sigma / sqrt(10.0);
    check_close(points[0], air[11] - 3000.0 + drift, 1e-12);
    check_close(fit.slope, drift, 1e-12);
    project(noise, 12, 1);
    for (int h = 1; h < 5; h++)
        ck_assert(fabs(points[h] - points[h - 1]) <= fabs(points[0] - noise[11]) + 1e-9);
}
END_TEST

/* A row with a gap is left out; where no two values follow each other, gaps are bridged. */
START_TEST(gaps) {
    double values[12], expected[5];
    for (int t = 0; t < 12; t++)
        values[t] = t % 2 == 0 ? 100.0 * ldexp(1.0, t) : NAN;
    project(values, 11, 1);
    for (int h = 0; h < 5; h++)
        check_close(points[h], 100.0 * ldexp(1.0, 11 + h), 1e-9);
    ck_assert(fit.freedom == 4.0); /* ten changes, five of them bridged, and their mean */
    memcpy(values, air, sizeof values);
    project(values + 1, 11, 1);
    memcpy(expected, points, sizeof expected);
    values[1] = NAN;
    project(values, 12, 1);
    double drift = log(expected[1] / expected[0]);
    ck_assert(fabs(log(points[1] / points[0]) - drift) < 0.03 && fit.freedom == 8.0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("rho");
    TCase *test_case = tcase_create("rho");
    tcase_add_test(test_case, as_r);
    tcase_add_test(test_case, damped_drift);
    tcase_add_test(test_case, gaps);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
