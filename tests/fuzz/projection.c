/* SPDX-License-Identifier: MIT */
/* A series out of the bytes, by the functions on arrays and by those on tables: projections with
 * nested intervals, back-tests, walks, targets, growth. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "sound.h"

#define COUNT_LIMIT 60
#define HORIZON     12
#define LEVELS      3

static const bkt_status series_statuses[] = {BKT_ERR_SERIES, BKT_OK};
static const bkt_status reach_statuses[] = {BKT_ERR_SERIES, BKT_ERR_ARGUMENT, BKT_OK};
static const bkt_status table_statuses[] = {BKT_ERR_SERIES, BKT_ERR_NO_DATA, BKT_ERR_LIMIT, BKT_OK};

static const double levels[LEVELS] = {0.8, 0.5, 0.995};
static const int32_t members[] = {BKT_METHOD_LOG_TREND, BKT_METHOD_HOLT, BKT_METHOD_NAIVE};
static const double weights[] = {0, 3, 1};

typedef struct series {
    double values[COUNT_LIMIT];
    int64_t count;
    uint32_t season;
    uint32_t flags;
    uint32_t horizon;
    int32_t frequency;
    int64_t first; /* ordinal */
} series;

/* ---- the series ---- */

static double take_value(fuzz_bytes *bytes, uint8_t form, double before) {
    double number = 0;
    uint64_t bits;
    switch (form) {
    case 0: /* any double */
        bits = fuzz_word(bytes);
        memcpy(&number, &bits, sizeof number);
        return isinf(number) ? NAN : number;
    case 1: /* steps */
        return before + (double)fuzz_byte(bytes) - 100;
    case 2: /* growth */
        return before * (0.5 + fuzz_byte(bytes) / 200.0);
    case 3: /* huge and tiny */
        number = fuzz_byte(bytes);
        return ldexp(number - 100, fuzz_byte(bytes) * 8 - 1070);
    default: /* small numbers, with gaps */
        number = fuzz_byte(bytes);
        return number >= 250 ? NAN : number;
    }
}

static series take_series(fuzz_bytes *bytes) {
    static const uint32_t seasons[] = {0, 1, 4, 12, 2, 7, 52, 10000};
    static const int64_t firsts[] = {0, 1995, 1995 * 2, 1995 * 3, 1995 * 4, 1995 * 12, 1300, 9131};
    series own = {.count = 0};
    uint8_t form = fuzz_byte(bytes);
    uint8_t choice = fuzz_byte(bytes);
    uint8_t times = fuzz_byte(bytes);
    own.season = seasons[choice % 8];
    own.flags = choice / 8 % 16;
    own.flags |= choice >= 128 ? BKT_PROJECTION_TRADE : 0;
    own.flags |= form / 64 == 1   ? BKT_PROJECTION_MEDIAN
                 : form / 64 == 2 ? BKT_PROJECTION_WEIGHTED
                                  : 0;
    own.horizon = 1 + fuzz_number(bytes, HORIZON);
    own.frequency = 1 + times % 7;
    own.first = times >= 250 ? 9990 : firsts[own.frequency];
    double before = 100;
    while (bytes->size > 0 && own.count < COUNT_LIMIT) {
        double number = take_value(bytes, form % 6, before);
        own.values[own.count++] = isinf(number) ? NAN : number;
        before = isfinite(number) ? number : before;
    }
    return own;
}

static bkt_projection_options options_of(const series *own, int32_t method) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, (uint32_t)sizeof options);
    options.method = method;
    options.horizon = own->horizon;
    options.season_length = own->season;
    options.flags = own->flags;
    options.levels = levels;
    options.level_count = LEVELS;
    if (method == BKT_METHOD_COMBINATION) {
        options.members = members;
        options.weights = weights;
        options.member_count = 3;
    }
    return options;
}

/* ---- arrays ---- */

static void check_fit(const bkt_fit *fit) {
    const double numbers[] = {fit->sigma,       fit->freedom,
                              fit->level,       fit->slope,
                              fit->alpha,       fit->beta,
                              fit->phi,         fit->squares,
                              fit->first_level, fit->first_slope,
                              fit->theta,       fit->box_cox_lambda,
                              fit->alpha_real,  fit->alpha_imaginary,
                              fit->gamma,       fit->log_likelihood,
                              fit->criterion};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        FUZZ_CHECK(!isinf(numbers[i]), "figure %zu of a fit is infinite", i);
    }
    FUZZ_CHECK(isnan(fit->sigma) || fit->sigma >= 0, "sigma %g", fit->sigma);
    FUZZ_CHECK(bkt_choice_text(fit->choice)[0] != '\0', "choice %d", (int)fit->choice);
    double sum = 0;
    for (uint32_t i = 0; i < fit->member_count; i++) {
        sum += fit->member_weights[i];
        FUZZ_CHECK(bkt_method_id(fit->member_methods[i])[0] != '\0', "method %d",
                   (int)fit->member_methods[i]);
    }
    FUZZ_CHECK(fit->member_count == 0 || fabs(sum - 1) < 1e-9, "weights sum to %g", sum);
}

/* Bounds of a wider level contain those of a narrower one, and all of them the point. */
static void check_nested(double point, const double *lower, const double *upper, size_t stride,
                         const char *what) {
    static const int by_width[LEVELS] = {1, 0, 2};
    double inner_lower = point;
    double inner_upper = point;
    FUZZ_CHECK(!isinf(point), "%s: the point is infinite", what);
    for (int i = 0; i < LEVELS; i++) {
        double low = lower[(size_t)by_width[i] * stride];
        double high = upper[(size_t)by_width[i] * stride];
        FUZZ_CHECK(!isinf(low) && !isinf(high), "%s: bounds %g to %g", what, low, high);
        FUZZ_CHECK(isnan(low) || isnan(inner_lower) || low <= inner_lower,
                   "%s: %.17g lies above %.17g", what, low, inner_lower);
        FUZZ_CHECK(isnan(high) || isnan(inner_upper) || high >= inner_upper,
                   "%s: %.17g lies below %.17g", what, high, inner_upper);
        inner_lower = isnan(low) ? inner_lower : low;
        inner_upper = isnan(high) ? inner_upper : high;
    }
}

static void check_series(bkt_context *context, const series *own, int32_t method) {
    double points[HORIZON];
    double lower[LEVELS * HORIZON];
    double upper[LEVELS * HORIZON];
    bkt_fit fit;
    bkt_fit_init(&fit, (uint32_t)sizeof fit);
    bkt_projection_options options = options_of(own, method);
    bkt_status status =
        bkt_series_project(context, own->values, own->count, &options, points, lower, upper, &fit);
    sound_status(context, status, series_statuses, "projecting a series");
    for (size_t h = 0; h < own->horizon; h++) {
        FUZZ_CHECK(status == BKT_OK || isnan(points[h]), "a point in spite of an error");
        check_nested(points[h], lower + h, upper + h, own->horizon, bkt_method_id(method));
        if (status == BKT_OK && (own->flags & BKT_PROJECTION_NO_FLOOR) == 0 &&
            (fit.flags & BKT_FIT_FLOORED) != 0) {
            FUZZ_CHECK(!(points[h] < 0) && !(lower[h] < 0), "%g and %g below the floor", points[h],
                       lower[h]);
        }
    }
    if (status == BKT_OK) {
        check_fit(&fit);
    }
}

typedef bkt_status (*kernel)(bkt_context *context, const double *values, int64_t count,
                             const bkt_projection_options *options, double *out_points,
                             double *out_errors, bkt_fit *out_fit);

static void check_kernels(bkt_context *context, const series *own, uint8_t smoothing) {
    static const kernel kernels[] = {
        bkt_naive_project,         bkt_drift_project,         bkt_log_trend_project,
        bkt_holt_project,          bkt_damped_holt_project,   bkt_seasonal_naive_project,
        bkt_ses_project,           bkt_theta_project,         bkt_log_theta_project,
        bkt_box_cox_theta_project, bkt_dynamic_theta_project, bkt_ces_project,
        bkt_arima_project,         bkt_delta_project,         bkt_rho_project,
        bkt_card_project,          bkt_cardt_project,         bkt_break_trend_project,
        bkt_ets_project,           bkt_ets_damped_project};
    static const int32_t orders[BKT_ARIMA_ORDER_COUNT] = {2, 1, 1, 1, 1, 1};
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
        double points[HORIZON];
        double errors[HORIZON];
        bkt_projection_options options = options_of(own, BKT_METHOD_AUTOMATIC);
        options.alpha = smoothing & 1 ? 1e-4 : NAN;
        options.beta = smoothing & 2 ? 1e-4 : NAN;
        options.phi = smoothing & 4 ? 0.98 : NAN;
        options.theta = smoothing & 8 ? 1 + smoothing % 10 : NAN;
        options.box_cox_lambda = smoothing & 16 ? smoothing % 3 / 2.0 : NAN;
        options.alpha_real = smoothing & 1 ? 1.3 : NAN;
        options.alpha_imaginary = smoothing & 2 ? 1.0 : NAN;
        options.arima_orders = smoothing & 32 ? orders : NULL;
        options.gamma = smoothing & 8 ? 0.9 : NAN;
        options.ets_season = smoothing & 16 ? BKT_ETS_MULTIPLICATIVE : BKT_ETS_ANY;
        bkt_status status =
            kernels[i](context, own->values, own->count, &options, points, errors, NULL);
        sound_status(context, status, series_statuses, "a method of its own");
        for (uint32_t h = 0; h < own->horizon; h++) {
            FUZZ_CHECK(!isinf(points[h]) && !isinf(errors[h]) && !(errors[h] < 0),
                       "method %zu: %g, error %g", i, points[h], errors[h]);
        }
    }
}

static void check_accuracy(bkt_context *context, const series *own, int32_t method) {
    double accuracy[(HORIZON + 1) * BKT_ACCURACY_WIDTH];
    double coverage[(HORIZON + 1) * LEVELS];
    double msis[(HORIZON + 1) * LEVELS];
    bkt_backtest_options options;
    bkt_backtest_options_init(&options, (uint32_t)sizeof options);
    options.horizon = own->horizon;
    options.season_length = own->season;
    options.flags = own->flags;
    options.levels = levels;
    options.level_count = LEVELS;
    options.origin_limit = 4;
    options.origin_step = 1 + own->season % 3;
    options.flags |= own->horizon % 2 == 0 ? BKT_BACKTEST_WHOLE_HORIZON : 0;
    options.members = members;
    options.weights = weights;
    options.member_count = 3;
    bkt_status status = bkt_series_backtest(context, own->values, own->count, method, &options,
                                            accuracy, BKT_ACCURACY_WIDTH, coverage, msis);
    sound_status(context, status, series_statuses, "a back-test");
    double largest = 0;
    for (int64_t i = 0; i < own->count; i++) {
        largest = fmax(largest, fabs(own->values[i]));
    }
    for (size_t h = 0; status == BKT_OK && h <= own->horizon; h++) {
        const double *row = accuracy + h * BKT_ACCURACY_WIDTH;
        FUZZ_CHECK(row[BKT_ACCURACY_COUNT] >= 0, "%g comparisons", row[BKT_ACCURACY_COUNT]);
        for (int i = 1; i < BKT_ACCURACY_WIDTH; i++) {
            FUZZ_CHECK(!isinf(row[i]) && !(row[i] < 0), "measure %d is %g", i, row[i]);
        }
        FUZZ_CHECK(!(row[BKT_ACCURACY_SMAPE] > 200.0000001), "sMAPE %g", row[BKT_ACCURACY_SMAPE]);
        /* Squares of errors that are nothing beside the values may be too small for a double. */
        FUZZ_CHECK(row[BKT_ACCURACY_MAE] < largest * 1e-140 ||
                       !(row[BKT_ACCURACY_MAE] > row[BKT_ACCURACY_RMSE] * 1.0000001),
                   "MAE %g above RMSE %g", row[BKT_ACCURACY_MAE], row[BKT_ACCURACY_RMSE]);
        for (int i = 0; i < LEVELS; i++) {
            double share = coverage[h * LEVELS + (size_t)i];
            FUZZ_CHECK(isnan(share) || (share >= 0 && share <= 1), "coverage %g", share);
            double score = msis[h * LEVELS + (size_t)i];
            FUZZ_CHECK(!isinf(score) && !(score < 0), "MSIS %g", score);
        }
    }
}

static void check_walk(bkt_context *context, const series *own, double target) {
    static const bkt_status simulation_statuses[] = {BKT_ERR_SERIES, BKT_ERR_ARGUMENT, BKT_OK};
    bkt_walk walk;
    bkt_walk_init(&walk, (uint32_t)sizeof walk);
    uint32_t as_levels = own->flags & 1 ? BKT_WALK_LEVELS : 0U;
    bkt_status status = bkt_walk_estimate(context, own->values, own->count, as_levels, &walk);
    sound_status(context, status, series_statuses, "estimating a walk");
    if (status != BKT_OK) {
        return;
    }
    FUZZ_CHECK(isfinite(walk.start) && !isinf(walk.drift) && !isinf(walk.sigma),
               "a walk from %g by %g, %g", walk.start, walk.drift, walk.sigma);
    double before = 0;
    for (int t = 0; t < 6; t++) {
        double probability;
        int32_t reason =
            bkt_walk_probability(&walk, target, t * t * 2.5, own->flags & 2 ? 1 : 0, &probability);
        FUZZ_CHECK((reason == BKT_MISSING_NOT) == !isnan(probability), "reason %d with %g",
                   (int)reason, probability);
        FUZZ_CHECK(isnan(probability) || (probability >= 0 && probability <= 1), "probability %g",
                   probability);
        FUZZ_CHECK(isnan(probability) || probability >= before - 1e-9,
                   "probability falls from %.17g to %.17g", before, probability);
        before = isnan(probability) ? before : probability;
    }
    double targets[2] = {target, walk.start * 1.5};
    double reached[2 * HORIZON];
    double above[2 * HORIZON];
    bkt_walk_options options;
    bkt_walk_options_init(&options, (uint32_t)sizeof options);
    options.horizon = own->horizon;
    options.paths = 40;
    status = bkt_walk_simulate(context, &walk, targets, 2, &options, reached, above);
    sound_status(context, status, simulation_statuses, "simulating a walk");
    for (uint32_t i = 0; status == BKT_OK && i < 2 * own->horizon; i++) {
        bool first = i % own->horizon == 0;
        FUZZ_CHECK(reached[i] >= 0 && reached[i] <= 1 && above[i] >= 0 && above[i] <= reached[i],
                   "reached %g, above %g", reached[i], above[i]);
        FUZZ_CHECK(first || reached[i] >= reached[i - 1], "reached falls");
    }
}

/* Probabilities by each period and of the period itself, of `count` targets. */
static void check_rising(const double *reached, const double *above, uint32_t count,
                         uint32_t horizon) {
    for (uint32_t i = 0; i < count * horizon; i++) {
        FUZZ_CHECK(!(reached[i] < 0) && !(reached[i] > 1) && !(above[i] < 0) &&
                       !(above[i] > reached[i]),
                   "reached %g, above %g", reached[i], above[i]);
        FUZZ_CHECK(i % horizon == 0 || !(reached[i] < reached[i - 1]), "reached falls");
    }
}

static void check_reach(bkt_context *context, const series *own, double target) {
    double targets[2] = {isfinite(target) ? target : 1e9, 120};
    double points[HORIZON];
    double reached[2 * HORIZON];
    double above[2 * HORIZON];
    bkt_reach_options options;
    bkt_reach_options_init(&options, (uint32_t)sizeof options);
    options.flags = own->flags & (BKT_PROJECTION_NO_FLOOR | BKT_PROJECTION_NO_SEASON);
    options.horizon = own->horizon;
    options.season_length = own->season;
    options.paths = 40;
    bkt_status status = bkt_series_reach(context, own->values, own->count, targets, 2, &options,
                                         points, reached, above, NULL);
    sound_status(context, status, series_statuses, "reaching targets");
    if (status == BKT_OK) {
        check_rising(reached, above, 2, own->horizon);
    }
    double last = NAN;
    for (int64_t t = 0; t < own->count; t++) {
        last = isnan(own->values[t]) ? last : own->values[t];
    }
    options.partial_share = 0.25 + 0.5 * (double)(own->flags & 1);
    options.partial_previous = last * options.partial_share;
    options.partial_value = fabs(target);
    status = bkt_series_reach(context, own->values, own->count, targets, 2, &options, points,
                              reached, above, NULL);
    sound_status(context, status, reach_statuses, "a part of a period");
    if (status == BKT_OK) {
        FUZZ_CHECK(!(points[0] < options.partial_value), "%g is below what was counted, %g",
                   points[0], options.partial_value);
        check_rising(reached, above, 2, own->horizon);
    }
}

/* The series beside itself, and beside its second half. */
static void check_together(bkt_context *context, const series *own, double target) {
    double targets[2] = {isfinite(target) ? target : 1e9, 120};
    double points[2 * HORIZON];
    double reached[2 * HORIZON];
    double above[2 * HORIZON];
    double turned[HORIZON];
    double opposite[HORIZON];
    double correlation;
    bkt_reach_options options;
    bkt_reach_options_init(&options, (uint32_t)sizeof options);
    options.flags = own->flags & (BKT_PROJECTION_NO_FLOOR | BKT_PROJECTION_NO_SEASON);
    options.horizon = own->horizon;
    options.season_length = own->season;
    options.paths = 40;
    int64_t half = own->count / 2;
    for (int64_t shift = 0; shift <= half; shift += half > 0 ? half : 1) {
        bkt_status status = bkt_series_reach_together(
            context, own->values, own->values + shift, own->count - shift, targets, 2, &options,
            points, reached, above, turned, opposite, &correlation);
        sound_status(context, status, series_statuses, "two series together");
        if (status == BKT_OK) {
            FUZZ_CHECK(correlation > -1 && correlation < 1, "correlation %g", correlation);
            check_rising(reached, above, 2, own->horizon);
            check_rising(turned, opposite, 1, own->horizon);
        }
    }
}

/* The series cut into three, by two threads: each part is what it is alone. */
static void check_panel(bkt_context *context, const series *own, int32_t method) {
    enum { PARTS = 3 };
    double points[(PARTS + 1) * HORIZON];
    double lower[(PARTS + 1) * HORIZON * LEVELS];
    double upper[(PARTS + 1) * HORIZON * LEVELS];
    int64_t offsets[PARTS + 1] = {0, own->count / 3, own->count / 2, own->count};
    bkt_status statuses[PARTS + 1];
    bkt_fit fits[PARTS + 1];
    bkt_projection_options options = options_of(own, method);
    options.threads = 2;
    bkt_status status = bkt_panel_project(context, own->values, offsets, PARTS, &options, points,
                                          lower, upper, fits, sizeof *fits, statuses);
    FUZZ_CHECK(status == BKT_OK, "a panel: %s", bkt_context_error_text(context));
    size_t size = own->horizon * sizeof *points;
    size_t last = (size_t)PARTS * own->horizon;
    for (size_t i = 0; i < PARTS; i++) {
        size_t at = i * own->horizon;
        bkt_fit_init(&fits[PARTS], sizeof *fits);
        status = bkt_series_project(context, own->values + offsets[i], offsets[i + 1] - offsets[i],
                                    &options, points + last, lower + last * LEVELS,
                                    upper + last * LEVELS, &fits[PARTS]);
        sound_status(context, status, series_statuses, "a part of a panel");
        FUZZ_CHECK(status == statuses[i] && memcmp(points + at, points + last, size) == 0 &&
                       memcmp(lower + at * LEVELS, lower + last * LEVELS, size * LEVELS) == 0 &&
                       memcmp(upper + at * LEVELS, upper + last * LEVELS, size * LEVELS) == 0 &&
                       fits[i].method == fits[PARTS].method && fits[i].flags == fits[PARTS].flags,
                   "part %zu of a panel isn't what it is alone", i);
    }
}

static void check_path(const double *numbers) {
    double points[HORIZON];
    int32_t reason = bkt_growth_project(numbers[0], numbers + 1, 4, HORIZON, points);
    bool goes_on = true;
    for (int h = 0; h < HORIZON; h++) {
        FUZZ_CHECK(!isinf(points[h]) && (goes_on || isnan(points[h])), "step %d of a path", h);
        goes_on = goes_on && !isnan(points[h]);
    }
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == goes_on, "a path: %d", (int)reason);
}

static void check_growth(const double *numbers) {
    double result;
    double other;
    double a = numbers[0];
    double b = numbers[1];
    double c = numbers[2];
    double d = numbers[3];
    const int32_t reasons[] = {bkt_growth_forward(a, b, c, &result),
                               bkt_growth_time(a, b, c, &result),
                               bkt_growth_required(a, b, c, &result),
                               bkt_growth_required_linear(a, b, c, &result),
                               bkt_growth_time_of_sum(a, b, c, d, a + c, &result, &other),
                               bkt_growth_time_of_sum(a, b, c, d, d, &result, NULL),
                               bkt_growth_time_of_equality(a, b, c, d, &result),
                               bkt_growth_rate(a, b, &result),
                               bkt_growth_log(a, b, &result),
                               bkt_growth_midpoint(a, b, &result),
                               bkt_growth_compound(a, b, c, &result),
                               bkt_growth_index(a, b, &result),
                               bkt_mirror_to_fob(a, b, &result),
                               bkt_mirror_relative_gap(a, b, &result),
                               bkt_mirror_log_gap(a, b, &result),
                               bkt_balance_coverage(a, b, &result),
                               bkt_balance_normalised(a, b, &result)};
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        FUZZ_CHECK(reasons[i] >= 0 && reasons[i] <= BKT_MISSING_NOT_APPLICABLE, "reason %d",
                   (int)reasons[i]);
    }
    /* Once more one by one, as each writes to the same place. */
    int32_t reason = bkt_growth_required(a, b, c, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "required: %d, %g",
               (int)reason, result);
    reason = bkt_growth_time(a, b, c, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "time: %d, %g", (int)reason,
               result);
    FUZZ_CHECK(reason != BKT_MISSING_NOT || result >= 0, "a time of %g", result);
    reason = bkt_growth_forward(a, b, c, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "forward: %d, %g",
               (int)reason, result);
    reason = bkt_growth_time_of_sum(a, b, c, d, numbers[4], &result, &other);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "sum: %d, %g", (int)reason,
               result);
    reason = bkt_growth_time_of_equality(a, b, c, d, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "equality: %d, %g",
               (int)reason, result);
    reason = bkt_growth_compound(a, b, c, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "compound: %d, %g",
               (int)reason, result);
    reason = bkt_balance_normalised(a, b, &result);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(result) != 0), "normalised: %d, %g",
               (int)reason, result);
}

static void check_least_squares(const series *own) {
    double times[COUNT_LIMIT];
    double results[4];
    int64_t used;
    for (int64_t i = 0; i < own->count; i++) {
        times[i] = (double)(own->first + i);
    }
    int32_t reason = bkt_growth_least_squares(times, own->values, (size_t)own->count, &results[0],
                                              &results[1], &results[2], &results[3], &used);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(results[0]) != 0), "rate: %d, %g",
               (int)reason, results[0]);
    for (int i = 1; i < 4; i++) {
        FUZZ_CHECK(!isinf(results[i]), "result %d is infinite", i);
    }
    double strict;
    double available;
    reason = bkt_balance_cumulated(own->values, (size_t)own->count, &strict, &available, &used);
    FUZZ_CHECK((reason == BKT_MISSING_NOT) == (isfinite(strict) != 0) && !isinf(available),
               "cumulated: %d, %g, %g", (int)reason, strict, available);
}

/* ---- tables ---- */

/* Periods without a gap; `turned`: the last first; a key that is of that role, which as a dimension
 * makes three series of the one. NULL where there are no such periods. */
static bkt_table *build_keyed(bkt_context *context, const series *own, bool turned, int32_t role) {
    static char texts[COUNT_LIMIT][32];
    const char *periods[COUNT_LIMIT];
    const char *keys[COUNT_LIMIT];
    double values[COUNT_LIMIT];
    for (int64_t i = 0; i < own->count; i++) {
        int64_t from = turned ? own->count - 1 - i : i;
        if (bkt_period_format(own->frequency, own->first + from, texts[i], sizeof texts[i], NULL) !=
            BKT_OK) {
            return NULL;
        }
        periods[i] = texts[i];
        keys[i] = from % 3 == 0 ? "A" : from % 3 == 1 ? "B" : NULL;
        values[i] = own->values[from];
    }
    bkt_table_builder *builder;
    bkt_table *table;
    FUZZ_CHECK(bkt_table_builder_new(context, &builder) == BKT_OK, "no builder");
    FUZZ_CHECK(bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, own->count) ==
                       BKT_OK &&
                   bkt_table_builder_add_texts(builder, "KEY", role, keys, own->count) == BKT_OK &&
                   bkt_table_builder_add_numbers(builder, "VALUE", BKT_ROLE_MEASURE, "USD", values,
                                                 NULL, NULL, own->count) == BKT_OK,
               "columns are refused: %s", bkt_context_error_text(context));
    FUZZ_CHECK(bkt_table_builder_finish(builder, &table) == BKT_OK, "no table");
    return table;
}

static bkt_table *build(bkt_context *context, const series *own, bool turned) {
    return build_keyed(context, own, turned, BKT_ROLE_ATTRIBUTE);
}

static void check_projected(const bkt_table *projected) {
    static const char *const ids[] = {"PROJECTED", "LOWER_80", "LOWER_50",  "LOWER_99_5",
                                      "UPPER_80",  "UPPER_50", "UPPER_99_5"};
    sound_table(projected);
    for (int64_t row = 0; row < bkt_table_row_count(projected); row++) {
        double numbers[7];
        for (int i = 0; i < 7; i++) {
            const bkt_column *column = bkt_table_column_find(projected, ids[i]);
            FUZZ_CHECK(column != NULL, "no column %s", ids[i]);
            bkt_column_number_at(column, row, &numbers[i]);
        }
        check_nested(numbers[0], numbers + 1, numbers + 4, 1, "a table");
    }
}

static void check_tables(bkt_context *context, const series *own, int32_t method) {
    bkt_projection_options options = options_of(own, method);
    bkt_table *tables[2] = {build(context, own, false), build(context, own, true)};
    bkt_table *results[2] = {NULL, NULL};
    bkt_status statuses[2];
    for (int i = 0; tables[0] != NULL && i < 2; i++) {
        statuses[i] = bkt_projection(context, tables[i], &options, &results[i]);
        sound_status(context, statuses[i], table_statuses, "projecting a table");
        FUZZ_CHECK((statuses[i] == BKT_OK) == (results[i] != NULL), "status %d", (int)statuses[i]);
    }
    if (results[0] != NULL) {
        check_projected(results[0]);
        FUZZ_CHECK(statuses[1] == BKT_OK, "rows in another order: %d", (int)statuses[1]);
        sound_same_tables(results[0], results[1], "projections of rows in two orders");
    }
    for (int i = 0; i < 2; i++) {
        bkt_table_free(results[i]);
        bkt_table_free(tables[i]);
    }
}

static void check_scenarios(bkt_context *context, const series *own, const double *numbers) {
    static const bkt_status statuses[] = {BKT_ERR_SERIES,    BKT_ERR_NO_DATA,  BKT_ERR_LIMIT,
                                          BKT_ERR_DUPLICATE, BKT_ERR_ARGUMENT, BKT_OK};
    static const int64_t offsets[] = {0, 1, 4};
    bkt_projection_options options = options_of(own, BKT_METHOD_DRIFT);
    bkt_scenario_options scenarios;
    bkt_table *table = build(context, own, false);
    bkt_table *result = NULL;
    bkt_scenario_options_init(&scenarios, (uint32_t)sizeof scenarios);
    scenarios.growths = numbers + 1;
    scenarios.growth_offsets = offsets;
    scenarios.list_count = 2;
    if (table != NULL) {
        bkt_status status = bkt_scenario(context, table, &options, &scenarios, &result);
        sound_status(context, status, statuses, "scenarios");
        FUZZ_CHECK((status == BKT_OK) == (result != NULL), "status %d", (int)status);
    }
    if (result != NULL) {
        sound_table(result);
        FUZZ_CHECK(bkt_table_row_count(result) == 2 * (int64_t)own->horizon, "%" PRId64 " rows",
                   bkt_table_row_count(result));
    }
    bkt_table_free(result);
    bkt_table_free(table);
}

static void check_probabilities(const bkt_table *table) {
    const bkt_column *reached = bkt_table_column_find(table, "PROBABILITY_REACHED");
    const bkt_column *above = bkt_table_column_find(table, "PROBABILITY_ABOVE");
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double by_then;
        double just_then;
        bool both = bkt_column_number_at(reached, row, &by_then) &&
                    bkt_column_number_at(above, row, &just_then);
        FUZZ_CHECK(!both || (by_then >= just_then && just_then >= 0 && by_then <= 1),
                   "reached %g, above %g", by_then, just_then);
    }
}

static void check_targets(bkt_context *context, const series *own, int32_t method,
                          const double *numbers) {
    static const double growths[] = {0.05, -0.5, 0, 1e300, -0.999999};
    double targets[2] = {isfinite(numbers[0]) ? numbers[0] : 1e9, 120};
    bkt_table *table = build(context, own, false);
    bkt_table *results[3] = {NULL, NULL, NULL};
    bkt_target_options options;
    bkt_backtest_options backtest;
    bkt_target_options_init(&options, (uint32_t)sizeof options);
    bkt_backtest_options_init(&backtest, (uint32_t)sizeof backtest);
    options.flags = own->flags & ~(uint32_t)BKT_PROJECTION_NO_FALLBACK;
    options.horizon = own->horizon;
    options.paths = 50;
    options.method = method == BKT_METHOD_COMBINATION ? BKT_METHOD_AUTOMATIC : method;
    options.season_length = own->season;
    options.targets = targets;
    options.target_count = targets[0] == targets[1] ? 1 : 2;
    options.growths = growths;
    options.growth_count = 5;
    backtest.horizon = own->horizon;
    backtest.origin_limit = 2;
    backtest.flags = own->flags;
    if (table != NULL) {
        bkt_status status = bkt_target(context, table, &options, &results[0]);
        sound_status(context, status, table_statuses, "targets");
        status = bkt_target_summary(context, table, &options, &results[1]);
        sound_status(context, status, table_statuses, "the summary of targets");
        bkt_table *keyed =
            own->horizon % 2 == 0 ? NULL : build_keyed(context, own, false, BKT_ROLE_DIMENSION);
        status = bkt_backtest(context, keyed != NULL ? keyed : table, &backtest, &results[2]);
        bkt_table_free(keyed);
        sound_status(context, status, table_statuses, "a back-test of a table");
    }
    for (int i = 0; i < 3; i++) {
        if (results[i] != NULL) {
            sound_table(results[i]);
        }
    }
    if (results[0] != NULL) {
        check_probabilities(results[0]);
    }
    for (int i = 0; i < 3; i++) {
        bkt_table_free(results[i]);
    }
    bkt_table_free(table);
}

void fuzz_projection(const uint8_t *data, size_t size) {
    static const int32_t methods[] = {BKT_METHOD_AUTOMATIC,     BKT_METHOD_NAIVE,
                                      BKT_METHOD_DRIFT,         BKT_METHOD_LOG_TREND,
                                      BKT_METHOD_HOLT,          BKT_METHOD_DAMPED_HOLT,
                                      BKT_METHOD_COMBINATION,   BKT_METHOD_SEASONAL_NAIVE,
                                      BKT_METHOD_SES,           BKT_METHOD_THETA,
                                      BKT_METHOD_LOG_THETA,     BKT_METHOD_BOX_COX_THETA,
                                      BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_CES,
                                      BKT_METHOD_DELTA,         BKT_METHOD_RHO,
                                      BKT_METHOD_CARD,          BKT_METHOD_CARDT,
                                      BKT_METHOD_BREAK_TREND,   BKT_METHOD_ETS,
                                      BKT_METHOD_ETS_DAMPED};
    fuzz_bytes bytes = {data, size};
    int32_t method = methods[fuzz_number(&bytes, sizeof methods / sizeof methods[0])];
    uint8_t smoothing = fuzz_byte(&bytes);
    series own = take_series(&bytes);
    double numbers[5] = {1, 0.1, 2, -0.1, 5};
    for (int64_t i = 0; i < 5 && i < own.count; i++) {
        numbers[i] = own.values[own.count - 1 - i] / (i % 2 == 1 && (smoothing & 8) ? 100 : 1);
    }
    bkt_context *context;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    uint64_t held = bkt_context_memory_used(context);
    switch (smoothing / 32 % 4) { /* each input one of them, as fitting takes its time */
    case 0:
        check_series(context, &own, method);
        check_tables(context, &own, method);
        break;
    case 1:
        check_kernels(context, &own, smoothing);
        break;
    case 2:
        check_targets(context, &own, method, numbers);
        check_scenarios(context, &own, numbers);
        break;
    default:
        if (smoothing & 16)
            check_panel(context, &own, method);
        else
            check_accuracy(context, &own, method);
        break;
    }
    check_path(numbers);
    check_walk(context, &own, numbers[0] * 1.25);
    check_reach(context, &own, numbers[0] * 1.25);
    check_together(context, &own, numbers[0] * 2.5);
    check_growth(numbers);
    check_least_squares(&own);
    sound_context(context);
    bkt_context_diagnostics_clear(context);
    FUZZ_CHECK(bkt_context_memory_used(context) == held, "%" PRIu64 " bytes are held",
               bkt_context_memory_used(context));
    bkt_context_free(context);
}
