/* SPDX-License-Identifier: MIT */
/* Bounds from the errors on series of trade. */
#include "asked_for.h"
#include "bkti_calibration.h"
#include "run_suite.h"
#include "seasonal_series.h"

static void project_flagged(uint32_t flags, const double *values, projected *out) {
    bkt_projection_options options = options_by(BKT_METHOD_AUTOMATIC, 1);
    options.flags = flags;
    project_with(&options, values, EXPORTS, out);
}

START_TEST(wider_than_those_of_the_competitions) {
    projected general;
    projected trade;
    project_flagged(0, exports, &general);
    project_flagged(BKT_PROJECTION_TRADE, exports, &trade);
    ck_assert((general.fit.flags & (BKT_FIT_CALIBRATED | BKT_FIT_TRADE)) == BKT_FIT_CALIBRATED);
    ck_assert((trade.fit.flags & (BKT_FIT_CALIBRATED | BKT_FIT_TRADE | BKT_FIT_BALANCE)) ==
              (BKT_FIT_CALIBRATED | BKT_FIT_TRADE));
    ck_assert(memcmp(general.points, trade.points, sizeof general.points) == 0);
    for (int i = 0; i < 2 * HORIZON; i++)
        ck_assert(trade.upper[i] > general.upper[i] && trade.lower[i] >= 0.0);
    ck_assert(trade.lower[0] < general.lower[0]);
    project_flagged(BKT_PROJECTION_TRADE | BKT_PROJECTION_ANALYTICAL, exports, &trade);
    ck_assert((trade.fit.flags & BKT_FIT_TRADE) == 0);
}
END_TEST

/* Both sides' balances are each other's with another sign: so are their bounds. */
START_TEST(balances_are_the_same_from_either_side) {
    projected own;
    projected partner;
    double balance[EXPORTS];
    double other[EXPORTS];
    for (int t = 0; t < EXPORTS; t++) {
        balance[t] = exports[t] - 300.0;
        other[t] = -balance[t];
    }
    uint32_t flags = BKT_PROJECTION_TRADE | BKT_PROJECTION_NO_FLOOR;
    project_flagged(flags, balance, &own);
    project_flagged(flags, other, &partner);
    ck_assert((own.fit.flags & BKT_FIT_BALANCE) != 0);
    for (int i = 0; i < 2 * HORIZON; i++) {
        double point = own.points[i % HORIZON];
        double mirrored = -partner.points[i % HORIZON];
        ck_assert(fabs(point - mirrored) < 1e-6 * fabs(point));
        double high = own.upper[i] - point;
        double low = mirrored + partner.lower[i];
        ck_assert_msg(fabs(high + low) < 0.1 * high, "%g, %g", high, low);
    }
    /* Without the flag what was never negative is a flow. */
    project_flagged(BKT_PROJECTION_TRADE, exports, &own);
    ck_assert((own.fit.flags & BKT_FIT_BALANCE) == 0);
    project_flagged(flags, exports, &own);
    ck_assert((own.fit.flags & BKT_FIT_BALANCE) != 0);
}
END_TEST

START_TEST(of_yearly_series_alone) {
    projected plain;
    projected trade;
    bkt_projection_options options = options_by(BKT_METHOD_AUTOMATIC, 4);
    project_with(&options, gas, 44, &plain);
    options.flags = BKT_PROJECTION_TRADE;
    project_with(&options, gas, 44, &trade);
    ck_assert((trade.fit.flags & BKT_FIT_TRADE) == 0 && is_same(&plain, &trade));
}
END_TEST

START_TEST(tables_rise) {
    for (int i = 0; i < 2; i++) {
        const bkti_calibration *table = &bkti_calibrations_trade[i];
        ck_assert(table->season_length == 1 && table->steps == 6);
        ck_assert(memcmp(table->coefficients, bkti_calibrations[0].coefficients,
                         sizeof table->coefficients) == 0);
        for (uint32_t step = 0; step < table->steps; step++) {
            for (int k = 1; k < BKTI_CALIBRATION_LEVELS; k++)
                ck_assert(table->quantiles[step][k] > table->quantiles[step][k - 1]);
            for (int k = 0; k < BKTI_CALIBRATION_LEVELS && i == 1; k++)
                ck_assert(fabs(table->quantiles[step][k] +
                               table->quantiles[step][BKTI_CALIBRATION_LEVELS - 1 - k]) <
                          0.05 * fabs(table->quantiles[step][k]) + 0.01);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("calibration_trade");
    TCase *test_case = tcase_create("calibration_trade");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, wider_than_those_of_the_competitions);
    tcase_add_test(test_case, balances_are_the_same_from_either_side);
    tcase_add_test(test_case, of_yearly_series_alone);
    tcase_add_test(test_case, tables_rise);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
