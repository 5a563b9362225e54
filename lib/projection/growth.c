/* SPDX-License-Identifier: MIT */
/* Growth at a given rate: forward, the time that it takes, the rate that is needed. */
#include "bkti_growth.h"

#include "bkti_elementary.h"
#include "bkti_projection.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static int32_t give(double number, double *out_number) {
    if (isfinite(number)) {
        *out_number = number;
        return BKT_MISSING_NOT;
    }
    *out_number = NAN;
    return BKT_MISSING_OVERFLOW;
}

static double power(double base, double exponent) {
    double result = 1.0;
    for (double left = fabs(exponent); left >= 1.0; left = floor(left / 2.0)) {
        if (fmod(left, 2.0) == 1.0)
            result *= base;
        base *= base;
    }
    return exponent < 0.0 ? 1.0 / result : result;
}

static double forward(double value, double growth, double periods) {
    /* Where nothing is rounded on the way, powers of 2 or 1.5 shall come out exactly. */
    double base = 1.0 + growth;
    bool exact = base - 1.0 == growth && base - growth == 1.0;
    if (exact && periods == floor(periods) && fabs(periods) <= 64.0)
        return value * power(base, periods);
    return value * bkti_exp(periods * bkti_log1p(growth));
}

static bool close_to(double reached, double target) {
    return fabs(reached - target) <= 16.0 * DBL_EPSILON * fabs(target);
}

/* Where the result goes, NaN to begin with: a caller may want the reason alone. */
static double *result_or(double *out_number, double *unused) {
    double *place = out_number != NULL ? out_number : unused;
    *place = NAN;
    return place;
}

int32_t bkt_growth_forward(double value, double growth, double periods, double *out_value) {
    double unused;
    out_value = result_or(out_value, &unused);
    if (!isfinite(value) || !isfinite(growth) || !isfinite(periods))
        return BKT_MISSING_INPUT;
    if (growth <= -1.0)
        return BKT_MISSING_DOMAIN;
    return give(forward(value, growth, periods), out_value);
}

int32_t bkt_growth_time(double value, double target, double growth, double *out_periods) {
    double unused;
    out_periods = result_or(out_periods, &unused);
    if (!isfinite(value) || !isfinite(target) || !isfinite(growth))
        return BKT_MISSING_INPUT;
    if (value >= target)
        return give(0.0, out_periods);
    if (value == 0.0)
        return BKT_MISSING_ZERO_DENOMINATOR;
    if (value < 0.0)
        return BKT_MISSING_DOMAIN;
    if (growth <= 0.0)
        return BKT_MISSING_NEVER;
    double periods = bkti_log_ratio(value, target) / bkti_log1p(growth);
    double whole = floor(periods + 0.5);
    /* Far out the power itself is off by more than the quotient of logarithms is. */
    if (close_to(forward(value, growth, whole), target) ||
        fabs(periods - whole) <= 4.0 * DBL_EPSILON * whole)
        periods = whole;
    return give(periods, out_periods);
}

int32_t bkt_growth_required(double value, double target, double periods, double *out_growth) {
    double unused;
    out_growth = result_or(out_growth, &unused);
    if (!isfinite(value) || !isfinite(target) || !isfinite(periods))
        return BKT_MISSING_INPUT;
    if (periods <= 0.0)
        return BKT_MISSING_DOMAIN;
    if (value == 0.0)
        return BKT_MISSING_ZERO_DENOMINATOR;
    if (target == 0.0)
        return give(-1.0, out_growth);
    if ((value < 0.0) != (target < 0.0))
        return BKT_MISSING_DOMAIN;
    return give(bkti_compound_rate(fabs(value), fabs(target), periods), out_growth);
}

int32_t bkt_growth_required_linear(double value, double target, double periods,
                                   double *out_amount) {
    double unused;
    out_amount = result_or(out_amount, &unused);
    if (!isfinite(value) || !isfinite(target) || !isfinite(periods))
        return BKT_MISSING_INPUT;
    if (periods <= 0.0)
        return BKT_MISSING_DOMAIN;
    return give((target - value) / periods, out_amount);
}

/* A stretch of equal rates is one power, so that a constant rate has no error that adds up. */
int32_t bkti_growth_path(double value, const double *growths, int64_t growth_count,
                         double periods_of_rate, uint32_t horizon, double *out_points) {
    double base = value;
    double steps = 0.0;
    bkti_numbers_clear(out_points, horizon);
    for (uint32_t h = 0; h < horizon; h++) {
        int64_t place = h < growth_count ? (int64_t)h : growth_count - 1;
        double growth = place < 0 ? NAN : growths[place];
        if (h > 0 && place > 0 && growth != growths[place - 1] && place == h) {
            base = out_points[h - 1];
            steps = 0.0;
        }
        steps += 1.0;
        int32_t reason = bkt_growth_forward(base, growth, steps / periods_of_rate, &out_points[h]);
        if (reason != BKT_MISSING_NOT)
            return reason;
    }
    return BKT_MISSING_NOT;
}

int32_t bkt_growth_project(double value, const double *growths, int64_t growth_count,
                           uint32_t horizon, double *out_points) {
    if (out_points == NULL || (growths == NULL && growth_count > 0))
        return BKT_MISSING_INPUT;
    return bkti_growth_path(value, growths, growth_count, 1.0, horizon, out_points);
}

typedef struct two {
    double first;
    double first_growth;
    double second;
    double second_growth;
} two;

static double sum_at(const two *t, double periods) {
    return forward(t->first, t->first_growth, periods) +
           forward(t->second, t->second_growth, periods);
}

/* The root of sum_at() = target within low..high: there is one, as a sum of exponentials is convex
 * and begins below the target. */
static double bisect(const two *t, double target, double low, double high) {
    for (int step = 0; step < 2000; step++) {
        double middle = low + (high - low) / 2.0;
        if (middle <= low || middle >= high)
            break;
        if (sum_at(t, middle) >= target)
            high = middle;
        else
            low = middle;
    }
    return high;
}

int32_t bkt_growth_time_of_sum(double first, double first_growth, double second,
                               double second_growth, double target, double *out_periods,
                               double *out_difference) {
    two t = {first, first_growth, second, second_growth};
    double unused;
    out_periods = result_or(out_periods, &unused);
    if (out_difference != NULL)
        *out_difference = NAN;
    if (!isfinite(first) || !isfinite(first_growth) || !isfinite(second) ||
        !isfinite(second_growth) || !isfinite(target))
        return BKT_MISSING_INPUT;
    if (first < 0.0 || second < 0.0 || first_growth <= -1.0 || second_growth <= -1.0)
        return BKT_MISSING_DOMAIN;
    double periods = 0.0;
    if (first + second < target) {
        if (!(first > 0.0 && first_growth > 0.0) && !(second > 0.0 && second_growth > 0.0))
            return BKT_MISSING_NEVER;
        double high = 1.0;
        while (sum_at(&t, high) < target && high < 1e300)
            high *= 2.0;
        periods = bisect(&t, target, high > 1.0 ? high / 2.0 : 0.0, high);
        double whole = floor(periods + 0.5);
        if (close_to(sum_at(&t, whole), target))
            periods = whole;
    }
    if (out_difference != NULL) {
        double difference =
            forward(first, first_growth, periods) - forward(second, second_growth, periods);
        *out_difference = isfinite(difference) ? difference : NAN;
    }
    return give(periods, out_periods);
}

int32_t bkt_growth_time_of_equality(double first, double first_growth, double second,
                                    double second_growth, double *out_periods) {
    double unused;
    out_periods = result_or(out_periods, &unused);
    if (!isfinite(first) || !isfinite(first_growth) || !isfinite(second) ||
        !isfinite(second_growth))
        return BKT_MISSING_INPUT;
    if (first <= 0.0 || second <= 0.0 || first_growth <= -1.0 || second_growth <= -1.0)
        return BKT_MISSING_DOMAIN;
    if (first == second)
        return give(0.0, out_periods);
    double gain = bkti_log1p((first_growth - second_growth) / (1.0 + second_growth));
    double periods = bkti_log_ratio(first, second) / gain;
    if (gain == 0.0 || periods < 0.0)
        return BKT_MISSING_NEVER;
    double whole = floor(periods + 0.5);
    if (close_to(forward(first, first_growth, whole), forward(second, second_growth, whole)))
        periods = whole;
    return give(periods, out_periods);
}
