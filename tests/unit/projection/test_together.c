/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <bktrade/projection.h>

#include "bkti_context.h"
#include "bkti_together.h"
#include "another_generator.h"
#include "failing_memory.h"
#include "fixture.h"
#include "run_suite.h"
#include "series_table.h"

#define H 6
#define N 14

static const double exports[N] = {300, 320, 290, 340, 380, 360, 410,
                                  450, 430, 470, 520, 500, 540, 560};
static const double imports[N] = {200, 230, 250, 240, 300, 310, 350,
                                  330, 390, 420, 440, 470, 480, 520};
static double points[2 * H], reached[4 * H], above[4 * H], turned[H], opposite[H], correlation;

static bkt_reach_options options_of(void) {
    bkt_reach_options options;
    bkt_reach_options_init(&options, sizeof options);
    options.horizon = H;
    return options;
}

static bkt_status together(const double *first, const double *second, int64_t count,
                           const double *targets, uint32_t target_count,
                           const bkt_reach_options *options) {
    return bkt_series_reach_together(context, first, second, count, targets, target_count, options,
                                     points, reached, above, turned, opposite, &correlation);
}

static double measured(const double *first, const double *second, int64_t count, uint32_t season) {
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    double number;
    int64_t changes;
    ck_assert_int_eq(
        bkti_together_measure(&workspace, first, second, count, season, &number, &changes), BKT_OK);
    bkti_workspace_free(&workspace);
    return number;
}

START_TEST(correlation_of_changes) {
    static const double falling[] = {900, 800, 790, 600, 590, 300};
    static const double up[] = {1, 2, 8, 9, 30, 31}; /* rates fall, rise, ... */
    static const double scaled[] = {5, 10, 40, 45, 150, 155};
    static const double mirrored[] = {64, 32, 8, 64.0 / 9, 64.0 / 30, 64.0 / 31};
    static const double with_zero[] = {0, 1, 7, 8, 29, 30};
    static const double gap[] = {1, NAN, 8, 9, 30, 31};
    static const double spike[] = {1, 2, 8, 9, 3600, 3720};
    ck_assert(fabs(measured(up, scaled, 6, 1) - 1.0) < 1e-15);
    ck_assert(fabs(measured(up, mirrored, 6, 1) + 1.0) < 1e-15);
    ck_assert(isnan(measured(up, falling, 1, 1)) && isnan(measured(up, falling, 2, 1)));
    ck_assert(isfinite(measured(with_zero, up, 6, 1)));
    ck_assert(measured(gap, scaled, 6, 1) > 0.9);
    /* Ranks: a spike counts no more than the largest change. */
    ck_assert(measured(up, spike, 6, 1) > 0.3);
    /* Two changes a season apart. */
    ck_assert(fabs(measured(up, scaled, 6, 4) - 1.0) < 1e-15);
    /* By hand: rates 1.1, 1.2, 1.3, 1.4 and 1.2, 1.1, 1.3, 1.4 have ranks 1 2 3 4 and 2 1 3 4; the
     * scores of 1/5 ... 4/5 are -+0.8416 and -+0.2533. */
    static const double one[] = {1, 1.1, 1.1 * 1.2, 1.1 * 1.2 * 1.3, 1.1 * 1.2 * 1.3 * 1.4};
    static const double other[] = {1, 1.2, 1.2 * 1.1, 1.2 * 1.1 * 1.3, 1.2 * 1.1 * 1.3 * 1.4};
    double a = 0.8416212335729143, b = 0.2533471031357997;
    double expected = (2 * a * b + b * b + a * a) / (2 * a * a + 2 * b * b);
    ck_assert(fabs(measured(one, other, 5, 1) - expected) < 1e-12);
}
END_TEST

START_TEST(drawn_towards_other_pairs) {
    double usual = tanh(0.255);
    ck_assert(fabs(bkti_together_shrink(NAN, 30.0) - usual) < 1e-12);
    ck_assert(fabs(bkti_together_shrink(-0.9, 3.0) - usual) < 1e-12);
    ck_assert(fabs(bkti_together_shrink(-0.9, 2.0) - usual) < 1e-12);
    double z = (17.0 * atanh(0.8) + 18.9 * 0.255) / (17.0 + 18.9);
    ck_assert(fabs(bkti_together_shrink(0.8, 20.0) - tanh(z)) < 1e-12);
    ck_assert(fabs(bkti_together_shrink(-0.7, 1e6) + 0.7) < 1e-4);
    ck_assert(fabs(bkti_together_shrink(1.0, 10.0)) < 1.0 && bkti_together_shrink(1.0, 1e9) < 1.0);
    ck_assert(bkti_together_shrink(-1.0, 1e9) > -1.0);
}
END_TEST

/* The second stays exactly: the sum reaches what the first does, path by path. */
START_TEST(beside_a_constant) {
    double constant[N];
    static const double targets[] = {580.0, 620.0, 700.0};
    static const double sums[] = {680.0, 720.0, 800.0};
    double alone[3 * H], own_points[H];
    bkt_reach_options options = options_of();
    for (int t = 0; t < N; t++)
        constant[t] = 100.0;
    ck_assert_int_eq(
        bkt_series_reach(context, exports, N, targets, 3, &options, own_points, alone, NULL, NULL),
        BKT_OK);
    ck_assert_int_eq(together(exports, constant, N, sums, 3, &options), BKT_OK);
    bool same = true;
    for (int i = 0; i < 3 * H; i++)
        same =
            same && fabs(reached[i] - alone[i]) < 2.5 / 20000.0; /* rounding at the very target */
    for (int k = 0; k < H; k++)
        same = same && points[k] == own_points[k] && fabs(points[H + k] - 100.0) < 1e-9;
    ck_assert(same);
    ck_assert(fabs(correlation - tanh(0.255)) < 1e-12); /* nothing to measure */
    ck_assert(turned[0] < 0.001);
}
END_TEST

/* Another generator; by its definition: a part that stays and a walk, both correlated from series
 * to series. */
START_TEST(as_another_simulation) {
    enum { COUNT = 40000 };
    static const double targets[] = {1150.0, 1300.0};
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    bkt_reach_options options = options_of();
    bkti_reach reach;
    bkti_marginals sides[2];
    double widths[2][H], own_points[2][H];
    double sum_there[2 * H] = {0.0}, has_turned[H] = {0.0}, is_opposite[H] = {0.0};
    const double *series[2] = {exports, imports};
    options.paths = COUNT;
    ck_assert_int_eq(together(exports, imports, N, targets, 2, &options), BKT_OK);
    ck_assert(correlation > -0.5 && correlation < 0.5);
    ck_assert_int_eq(bkti_reach_take_options(context, &options, &reach), BKT_OK);
    for (int i = 0; i < 2; i++) {
        bkt_fit fit;
        ck_assert_int_eq(bkti_series_widths(context, &workspace, series[i], N, &reach.settings,
                                            own_points[i], widths[i], &fit),
                         BKT_OK);
        bkti_marginals_begin(&sides[i], bkti_calibration_for(1), own_points[i], widths[i], H, true);
    }
    uint64_t state = 99;
    double own = sqrt(1.0 - correlation * correlation);
    for (int path = 0; path < COUNT; path++) {
        double stays[2], place[2] = {0.0, 0.0};
        bool was_there[2] = {false, false}, was_turned = false;
        stays[0] = polar_normal(&state);
        stays[1] = correlation * stays[0] + own * polar_normal(&state);
        for (uint32_t k = 0; k < H; k++) {
            double step = polar_normal(&state);
            double value[2];
            place[0] += step;
            place[1] += correlation * step + own * polar_normal(&state);
            for (int i = 0; i < 2; i++)
                value[i] = bkti_marginals_value(
                    &sides[i], k, sqrt(0.1) * stays[i] + sqrt(0.9) * place[i] / sqrt(k + 1.0));
            for (int i = 0; i < 2; i++) {
                was_there[i] = was_there[i] || value[0] + value[1] >= targets[i];
                sum_there[i * H + (int)k] += was_there[i];
            }
            is_opposite[k] += value[0] < value[1];
            was_turned = was_turned || value[0] < value[1];
            has_turned[k] += was_turned;
        }
    }
    for (int k = 0; k < H; k++) {
        for (int i = 0; i < 2; i++)
            ck_assert(fabs(reached[i * H + k] - sum_there[i * H + k] / COUNT) < 0.013);
        ck_assert(fabs(turned[k] - has_turned[k] / COUNT) < 0.013);
        ck_assert(fabs(opposite[k] - is_opposite[k] / COUNT) < 0.013);
        ck_assert(turned[k] >= opposite[k] && (k == 0 || turned[k] >= turned[k - 1]));
    }
    ck_assert(turned[0] == opposite[0] && turned[H - 1] > 0.1);
    bkti_workspace_free(&workspace);
}
END_TEST

START_TEST(same_bits_and_both_ways) {
    static const double targets[] = {900.0, 1150.0, 1300.0, 2000.0};
    double first_reached[4 * H], first_turned[H];
    bkt_reach_options options = options_of();
    ck_assert_int_eq(together(exports, imports, N, targets, 4, &options), BKT_OK);
    memcpy(first_reached, reached, sizeof reached);
    memcpy(first_turned, turned, sizeof turned);
    bool sound = true;
    for (int i = 0; i < 4 * H; i++) {
        sound = sound && above[i] <= reached[i] && (i % H == 0 || reached[i] >= reached[i - 1]);
        sound = sound && (i < H || reached[i] <= reached[i - H]) && (i >= H || reached[i] == 1.0);
    }
    ck_assert(sound);
    ck_assert_int_eq(together(exports, imports, N, targets, 4, &options), BKT_OK);
    ck_assert(memcmp(first_reached, reached, sizeof reached) == 0);
    /* The other way round: another sign, the same chances but for the paths drawn. */
    ck_assert_int_eq(together(imports, exports, N, targets, 4, &options), BKT_OK);
    for (int k = 0; k < H; k++)
        ck_assert(fabs(turned[k] - first_turned[k]) < 0.02);
    options.seed = 5;
    ck_assert_int_eq(together(exports, imports, N, targets, 4, &options), BKT_OK);
    ck_assert(memcmp(first_reached, reached, sizeof reached) != 0);
}
END_TEST

/* Nor does it matter how far one asks. */
START_TEST(horizon_does_not_matter) {
    static const double targets[] = {1150.0, 1300.0};
    double longer[2 * H], longer_turned[H], longer_opposite[H];
    bkt_reach_options options = options_of();
    ck_assert_int_eq(together(exports, imports, N, targets, 2, &options), BKT_OK);
    memcpy(longer, reached, sizeof longer);
    memcpy(longer_turned, turned, sizeof longer_turned);
    memcpy(longer_opposite, opposite, sizeof longer_opposite);
    options.horizon = 3;
    ck_assert_int_eq(together(exports, imports, N, targets, 2, &options), BKT_OK);
    ck_assert(turned[2] > 0.0 && turned[2] < 1.0);
    for (int i = 0; i < 2; i++)
        ck_assert(memcmp(longer + (size_t)i * H, reached + (size_t)i * 3, 3 * sizeof *reached) ==
                  0);
    ck_assert(memcmp(longer_turned, turned, 3 * sizeof *turned) == 0);
    ck_assert(memcmp(longer_opposite, opposite, 3 * sizeof *opposite) == 0);
}
END_TEST

/* A correlation matters: with it the sum is less sure and the difference surer. */
START_TEST(correlation_matters) {
    double like[N], unlike[N];
    double target = 1400.0;
    double sum[2], difference[2];
    bkt_reach_options options = options_of();
    for (int t = 0; t < N; t++)
        like[t] = exports[t] * 0.97;
    unlike[0] = like[0];
    for (int t = 1; t < N; t++) /* the trend of `like`, its deviations mirrored */
        unlike[t] = unlike[t - 1] * 1.1 * like[t - 1] / like[t];
    for (int t = 0; t < N; t++)
        unlike[t] *= like[N - 1] / unlike[N - 1];
    ck_assert_int_eq(together(exports, like, N, &target, 1, &options), BKT_OK);
    ck_assert(correlation > 0.7);
    sum[0] = reached[H - 1];
    difference[0] = turned[H - 1];
    ck_assert_int_eq(together(exports, unlike, N, &target, 1, &options), BKT_OK);
    ck_assert(correlation < -0.5);
    sum[1] = reached[H - 1];
    difference[1] = turned[H - 1];
    ck_assert(difference[0] < difference[1]);
    ck_assert(sum[0] > 0.0 && sum[1] < sum[0]);
}
END_TEST

START_TEST(odd_pairs) {
    double first[N], second[N];
    double target = 5.0;
    bkt_reach_options options = options_of();
    options.paths = 500;
    /* Equal: no sign that could turn. */
    ck_assert_int_eq(together(exports, exports, N, NULL, 0, &options), BKT_OK);
    ck_assert(isnan(turned[0]) && isnan(opposite[H - 1]) && correlation > 0.5);
    /* Ends at different periods: both count up to the last in common. */
    memcpy(first, exports, sizeof first);
    memcpy(second, imports, sizeof second);
    second[N - 1] = NAN;
    ck_assert_int_eq(together(first, second, N, NULL, 0, &options), BKT_OK);
    double with_gap = turned[H - 1];
    ck_assert_int_eq(together(exports, imports, N - 1, NULL, 0, &options), BKT_OK);
    ck_assert(with_gap == turned[H - 1]);
    /* Constant, negative, huge. */
    for (int t = 0; t < N; t++) {
        first[t] = 2.0;
        second[t] = -3.0 - t % 2;
    }
    ck_assert_int_eq(together(first, second, N, &target, 1, &options), BKT_OK);
    ck_assert(turned[0] < 0.2 && reached[0] < 0.2);
    for (int t = 0; t < N; t++) {
        first[t] = exports[t] * 1e302;
        second[t] = imports[t] * 1e302;
    }
    target = 1.15e305;
    ck_assert_int_eq(together(first, second, N, &target, 1, &options), BKT_OK);
    ck_assert(isnan(reached[0]) || (reached[0] >= 0.0 && reached[0] <= 1.0));
    /* A season: no walk of one step. */
    double months[48], others[48];
    for (int t = 0; t < 48; t++) {
        months[t] = 100.0 + 10.0 * (t % 12) + (t * 7) % 5;
        others[t] = 90.0 - 5.0 * (t % 12) + (t * 3) % 7 + 60.0;
    }
    options.season_length = 12;
    ck_assert_int_eq(together(months, others, 48, &target, 1, &options), BKT_OK);
    ck_assert(isfinite(turned[0]));
}
END_TEST

START_TEST(refusals) {
    static const double few[] = {1, 2, 3, 4};
    static const double nothing[N] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN,
                                      NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    static const double target = 1000.0, bad = INFINITY;
    bkt_reach_options options = options_of();
    ck_assert_int_eq(together(few, few, 4, &target, 1, &options), BKT_ERR_SERIES);
    ck_assert(isnan(reached[0]) && isnan(points[0]) && isnan(turned[0]) && isnan(correlation));
    ck_assert_int_eq(together(exports, nothing, N, &target, 1, &options), BKT_ERR_SERIES);
    ck_assert_int_eq(together(NULL, NULL, 0, &target, 1, &options), BKT_ERR_SERIES);
    ck_assert_int_eq(together(exports, NULL, N, &target, 1, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(together(exports, imports, N, &bad, 1, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(together(exports, imports, N, NULL, 1, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(together(exports, imports, -1, &target, 1, &options), BKT_ERR_ARGUMENT);
    options.flags = BKT_TARGET_WALK;
    ck_assert_int_eq(together(exports, imports, N, &target, 1, &options), BKT_ERR_ARGUMENT);
    options = options_of();
    options.partial_value = options.partial_previous = 5.0;
    options.partial_share = 0.5;
    ck_assert_int_eq(together(exports, imports, N, &target, 1, &options), BKT_ERR_ARGUMENT);
    options = options_of();
    options.horizon = 0;
    ck_assert_int_eq(together(exports, imports, N, &target, 1, &options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_reach_together(NULL, exports, imports, N, &target, 1, NULL, points,
                                               reached, above, turned, opposite, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_series_reach_together(context, exports, imports, N, &target, 1, &options,
                                               points, NULL, above, turned, opposite, NULL),
                     BKT_ERR_ARGUMENT);
}
END_TEST

/* Columns EXPORTS and IMPORTS of years from 2010 on, and two of another unit and of none. */
static bkt_table *table_of_both(bkt_context *owner) {
    char texts[N][16];
    const char *periods[N];
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    for (int t = 0; t < N; t++) {
        snprintf(texts[t], sizeof texts[t], "%d", 2010 + t);
        periods[t] = texts[t];
    }
    if (bkt_table_builder_new(owner, &builder) != BKT_OK)
        return NULL;
    if (bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, N) == BKT_OK &&
        bkt_table_builder_add_numbers(builder, "EXPORTS", BKT_ROLE_MEASURE, "million USD", exports,
                                      NULL, NULL, N) == BKT_OK &&
        bkt_table_builder_add_numbers(builder, "IMPORTS", BKT_ROLE_MEASURE, "million USD", imports,
                                      NULL, NULL, N) == BKT_OK &&
        bkt_table_builder_add_numbers(builder, "WEIGHT", BKT_ROLE_MEASURE, "kg", imports, NULL,
                                      NULL, N) == BKT_OK &&
        bkt_table_builder_add_numbers(builder, "INDEX", BKT_ROLE_MEASURE, NULL, imports, NULL, NULL,
                                      N) == BKT_OK)
        return bkt_table_builder_finish(builder, &table) == BKT_OK ? table : NULL;
    bkt_table_builder_free(builder);
    return NULL;
}

START_TEST(as_a_table) {
    static const double targets[] = {1150.0, 1300.0};
    bkt_table *table = table_of_both(context);
    bkt_table *out;
    bkt_target_options options;
    bkt_reach_options reach = options_of();
    bkt_target_options_init(&options, sizeof options);
    options.targets = targets;
    options.target_count = 2;
    options.horizon = H;
    ck_assert_int_eq(together(exports, imports, N, targets, 2, &reach), BKT_OK);
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "IMPORTS", &options, &out),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 2 * H);
    bool same = true;
    for (int64_t row = 0; row < 2 * H; row++) {
        int64_t k = row % H;
        same = same && number_at(out, "PROBABILITY_REACHED", row) == reached[row];
        same = same && number_at(out, "PROBABILITY_ABOVE", row) == above[row];
        same = same && number_at(out, "PROBABILITY_TURNED", row) == turned[k];
        same = same && number_at(out, "PROBABILITY_OPPOSITE", row) == opposite[k];
        same = same && number_at(out, "PROJECTED_SUM", row) == points[k] + points[H + k];
        same = same && number_at(out, "PROJECTED_DIFFERENCE", row) == points[k] - points[H + k];
    }
    ck_assert(same);
    ck_assert_str_eq(text_at(out, "TIME_PERIOD", 0), "2024");
    ck_assert_str_eq(text_at(out, "TARGET", H), "1300");
    ck_assert_str_eq(text_at(out, "BASIS", H - 1), "calibrated");
    ck_assert_str_eq(bkt_table_property(out, "first"), "EXPORTS");
    ck_assert_str_eq(bkt_table_property(out, "last_second"), "520");
    ck_assert_str_eq(bkt_table_property(out, "correlation_changes"), "13");
    ck_assert(strstr(bkt_table_property(out, "probability"), "13 changes") != NULL);
    ck_assert(strstr(bkt_table_property(out, "probability"), "a judgement") != NULL);
    bkt_table_free(out);
    /* Without a target. */
    ck_assert_int_eq(bkt_target_together(context, table, "IMPORTS", "EXPORTS", NULL, &out), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(out), 20);
    ck_assert_int_eq(reason_at(out, "PROBABILITY_REACHED", 0), BKT_MISSING_NOT_APPLICABLE);
    ck_assert_ptr_null(text_at(out, "TARGET", 0));
    ck_assert_str_eq(text_at(out, "BASIS", 19), "extrapolated");
    bkt_table_free(out);
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "EXPORTS", NULL, &out), BKT_OK);
    ck_assert_int_eq(reason_at(out, "PROBABILITY_TURNED", 0), BKT_MISSING_ZERO_DENOMINATOR);
    bkt_table_free(out);
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "NONE", NULL, &out),
                     BKT_ERR_NO_COLUMN);
    ck_assert_ptr_null(out);
    ck_assert_int_eq(bkt_target_together(context, table, NULL, "EXPORTS", NULL, &out),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "WEIGHT", NULL, &out),
                     BKT_ERR_COLUMN_KIND);
    ck_assert_ptr_null(out);
    ck_assert(strstr(bkt_context_error_text(context), "is in million USD and") != NULL);
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "INDEX", NULL, &out), BKT_OK);
    bkt_table_free(out);
    options.value_id = "EXPORTS";
    ck_assert_int_eq(bkt_target_together(context, table, "EXPORTS", "IMPORTS", &options, &out),
                     BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_failing) {
    failing_memory memory;
    double target = 1200.0;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = table_of_both(own);
        bkt_table *out = NULL;
        bkt_target_options options;
        bkt_target_options_init(&options, sizeof options);
        options.targets = &target;
        options.target_count = 1;
        options.horizon = 3;
        options.paths = 10;
        failing_memory_arm(&memory);
        bkt_status status = bkt_target_together(own, table, "EXPORTS", "IMPORTS", &options, &out);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((status == BKT_OK) == (out != NULL));
        bkt_table_free(out);
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("together");
    TCase *test_case = tcase_create("together");
    tcase_set_timeout(test_case, 60);
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, correlation_of_changes);
    tcase_add_test(test_case, drawn_towards_other_pairs);
    tcase_add_test(test_case, beside_a_constant);
    tcase_add_test(test_case, as_another_simulation);
    tcase_add_test(test_case, same_bits_and_both_ways);
    tcase_add_test(test_case, horizon_does_not_matter);
    tcase_add_test(test_case, correlation_matters);
    tcase_add_test(test_case, odd_pairs);
    tcase_add_test(test_case, refusals);
    tcase_add_test(test_case, as_a_table);
    tcase_add_test(test_case, every_allocation_failing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
