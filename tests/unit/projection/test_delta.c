/* SPDX-License-Identifier: MIT */
/* Delta against plain R 4.2.2 (var(), acf(), anova(lm()), mean() and no package): what the paper
 * and the method sheet say, written down a second time. */
#include <string.h>

#include "method_check.h"
#include "run_suite.h"
#include "seasonal_series.h"

static void project(const double *values, int64_t count, uint32_t length) {
    bkt_projection_options options = five_ahead();
    options.season_length = length;
    project_with(bkt_delta_project, values, count, &options);
}

static void check(const double *expected, double sigma, int64_t freedom) {
    for (int h = 0; h < 5; h++)
        check_close(points[h], expected[h], 1e-11);
    check_close(fit.sigma, sigma, 1e-11);
    ck_assert(fit.freedom == (double)freedom);
}

START_TEST(changes) {
    static const double by_year[] = {6395.45913850112, 7074.62037687162, 7825.90466031456,
                                     8656.97104434814, 9576.29193244862};
    static const double short_months[] = {179.646700458381, 181.413479081812, 183.197633513962,
                                          184.999334641396, 186.818755031302};
    project(AIR, 1);
    check(by_year, 0.0469826160313541, 10);
    ck_assert((fit.flags & (BKT_FIT_LOGS | BKT_FIT_SEASONAL)) == BKT_FIT_LOGS);
    check_close(errors[4], 0.1050563232068793, 1e-12);
    project(passengers, 30, 12); /* less than three years of changes: no season */
    check(short_months, 0.10593651252464, 28);
}
END_TEST

START_TEST(changes_with_seasons) {
    static const double air_months[] = {447.927828245188, 421.894881973687, 468.712578786527,
                                        491.029442623992, 507.925679161892};
    static const double death_months[] = {1635.361080961563, 1462.737218565253, 1443.327171018895,
                                          1203.851401998428, 987.198095253997};
    project(PASSENGERS);
    check(air_months, 0.0386273036979279, 131);
    ck_assert((fit.flags & BKT_FIT_SEASONAL) != 0 && (fit.flags & BKT_FIT_MULTIPLICATIVE) != 0);
    project(DEATHS);
    check(death_months, 0.11554312112, 59);
}
END_TEST

START_TEST(levels) {
    static const double nile_years[] = {840, 926.057643625748, 926.057643625748, 926.057643625748,
                                        926.057643625748};
    static const double seasons[] = {1.24532284640589, 8.87907375308864, 4.92399868516368,
                                     2.92866269412159, 1.24586935419804};
    project(NILE, 1);
    check(nile_years, 0.145976492731965, 29);
    check_close(errors[0], 0.148389490793664, 1e-12);
    ck_assert(errors[0] == errors[4] && fit.slope == 0.0);
    project(STILL_SEASONS);
    check(seasons, 0.171178037762458, 16);
}
END_TEST

START_TEST(not_positive) {
    static const double balance_years[] = {3076, 3389.875, 3703.75, 4017.625, 4331.5};
    static const double seasons[] = {-2.702941176470588, 4.862794117647059, 0.936323529411765,
                                     -1.063676470588235, -2.725441176470588};
    double values[20];
    for (int t = 0; t < 12; t++)
        values[t] = air[t] - 3000.0;
    project(values, 12, 1);
    check(balance_years, 168.988219062212, 10);
    ck_assert((fit.flags & BKT_FIT_LOGS) == 0);
    for (int t = 0; t < 20; t++)
        values[t] = still_seasons[t] - 4.0;
    project(values, 20, 4);
    check(seasons, 0.458530260724415, 16);
}
END_TEST

START_TEST(few_values) {
    static const double three[] = {2251.57368421052, 2482.65624653739, 2737.45517710307,
                                   3018.40452422681, 3328.18814645008};
    static const double four[] = {2670.90568576401, 3017.65532243930, 3409.42164060031,
                                  3852.04891922429, 4352.14016928818};
    project(air, 3, 1);
    check(three, 0.0705834345934113, 1);
    project(air, 4, 1);
    check(four, 0.0499147087705105, 2);
}
END_TEST

/* A gap is bridged by the mean of the years beside it, or in logarithms by a straight line: as if
 * those values had been there, with fewer degrees of freedom. */
START_TEST(gaps) {
    double values[144], expected[5];
    memcpy(values, passengers, sizeof values);
    values[60] = sqrt(values[48] * values[72]);
    project(values, 144, 12);
    memcpy(expected, points, sizeof expected);
    double sigma = fit.sigma;
    values[60] = NAN;
    project(values, 144, 12);
    check(expected, sigma * sqrt(131.0 / 130.0), 130);
    memcpy(values, air, sizeof air);
    values[4] = sqrt(values[3] * values[5]);
    project(values, 12, 1);
    memcpy(expected, points, sizeof expected);
    sigma = fit.sigma;
    values[4] = NAN;
    project(values, 12, 1);
    check(expected, sigma * sqrt(10.0 / 9.0), 9);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("delta");
    TCase *test_case = tcase_create("delta");
    tcase_add_test(test_case, changes);
    tcase_add_test(test_case, changes_with_seasons);
    tcase_add_test(test_case, levels);
    tcase_add_test(test_case, not_positive);
    tcase_add_test(test_case, few_values);
    tcase_add_test(test_case, gaps);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
