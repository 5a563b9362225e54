/* SPDX-License-Identifier: MIT */
/* Round numbers for an axis: multiples of 1, 2 or 5 times a power of ten. Ticks are counted in
 * whole steps, so that labels are exact, and logarithms are computed here, so that the bytes are
 * the same on every machine. */
#include "bkti_axis.h"

#include <math.h>
#include <stdio.h>

#include "bkti_number.h"

/* Between ticks, at least. */
#define PIXELS_A_TICK 40.0
/* A range narrower than this share of its size can't be told apart in a double. */
#define NARROWEST 1e-9
#define SMALLEST  1e-300
#define MINUS     "\xe2\x88\x92"

/* log10 by the series of the area tangent; good to the last digits or so. */
static double decimal_log(double number) {
    int exponent;
    double mantissa = frexp(number, &exponent);
    if (mantissa < 0.70710678118654752) {
        mantissa *= 2;
        exponent--;
    }
    double t = (mantissa - 1) / (mantissa + 1);
    double square = t * t, sum = 0;
    for (int i = 25; i >= 1; i -= 2) {
        sum = sum * square + 1.0 / i;
    }
    return (2 * t * sum + exponent * 0.69314718055994531) * 0.43429448190325183;
}

/* number = mantissa * 10^exponent with 1 <= mantissa < 10; number above 0. */
static double split(double number, int *out_exponent) {
    int exponent = 0;
    for (; number >= 10; exponent++) {
        number /= 10;
    }
    for (; number < 1 && number > 0; exponent--) {
        number *= 10;
    }
    *out_exponent = exponent;
    return number;
}

static double power_of_ten(int exponent) {
    return bkti_unit_convert(1, exponent, 0);
}

double bkti_value_axis_shown(const bkti_value_axis *axis, double value) {
    return axis->is_fraction ? value * 100 : bkti_unit_convert(value, 0, axis->unit.power);
}

double bkti_value_axis_place_shown(const bkti_value_axis *axis, double shown) {
    double share = axis->is_log
                       ? (shown > 0 ? (decimal_log(shown) - decimal_log(axis->low)) /
                                          (decimal_log(axis->high) - decimal_log(axis->low))
                                    : -HUGE_VAL)
                       : (shown - axis->low) / (axis->high - axis->low);
    return axis->bottom - share * (axis->bottom - axis->top);
}

double bkti_value_axis_place(const bkti_value_axis *axis, double value) {
    return bkti_value_axis_place_shown(axis, bkti_value_axis_shown(axis, value));
}

/* The multiple in which the largest value has one to four digits before the point. */
static int choose_power(double largest, bkti_unit unit) {
    int exponent;
    if (largest == 0) {
        return 0;
    }
    bool is_rate =
        bkti_span_is(unit.base, "%") || unit.base.size == 0 || bkti_span_is(unit.base, "ratio");
    /* 1,800 million is easier to read than 1.8 billion. */
    split(largest / 2, &exponent);
    int power = exponent >= 0 ? exponent / 3 * 3 : -((2 - exponent) / 3 * 3);
    if (is_rate && power >= -3 && power < 6) {
        return 0;
    }
    if (power < 0 && power >= -3) {
        return 0;
    }
    return power;
}

static void add_tick(bkti_value_axis *axis, int64_t mantissa, int exponent) {
    if (axis->tick_count == BKTI_TICK_LIMIT) {
        return;
    }
    bkti_tick *tick = &axis->ticks[axis->tick_count++];
    tick->value = exponent >= 0 ? (double)mantissa * power_of_ten(exponent)
                                : (double)mantissa / power_of_ten(-exponent);
    const char *sign = tick->value < 0 ? MINUS : "";
    double size = fabs(tick->value);
    char text[440];
    if (exponent >= -6 && size < 1e7) {
        bkti_number_format_fixed(size, exponent < 0 ? -exponent : 0, size >= 10000 ? ',' : '\0',
                                 text, sizeof text);
        snprintf(tick->label, sizeof tick->label, "%s%.24s", sign, text);
    } else if (mantissa == 1) {
        snprintf(tick->label, sizeof tick->label, "%s", bkti_power_text(exponent, text));
    } else {
        snprintf(tick->label, sizeof tick->label, "%s%d\xc3\x97%s", sign,
                 (int)(mantissa < 0 ? -mantissa : mantissa), bkti_power_text(exponent, text));
    }
}

/* The least 1, 2 or 5 times a power of ten that is not below. */
static int round_step(double least, int *out_exponent) {
    double mantissa = split(least, out_exponent);
    if (mantissa <= 1 + NARROWEST) {
        return 1;
    }
    if (mantissa <= 2 + NARROWEST) {
        return 2;
    }
    if (mantissa <= 5 + NARROWEST) {
        return 5;
    }
    ++*out_exponent;
    return 1;
}

/* Ticks at whole steps. Ends that aren't fixed move outwards to the next tick. */
static void choose_linear(bkti_value_axis *axis, const bkti_value_range *range, double pixels) {
    bool keep_low = !isnan(range->fixed_low), keep_high = !isnan(range->fixed_high);
    int count = (int)(pixels / PIXELS_A_TICK);
    int exponent;
    int step = round_step((axis->high - axis->low) / (count < 2 ? 2 : count), &exponent);
    double size = exponent >= 0 ? step * power_of_ten(exponent) : step / power_of_ten(-exponent);
    double first =
        keep_low ? ceil(axis->low / size - NARROWEST) : floor(axis->low / size + NARROWEST);
    double last =
        keep_high ? floor(axis->high / size + NARROWEST) : ceil(axis->high / size - NARROWEST);
    for (double i = first; i <= last; i++) {
        add_tick(axis, (int64_t)i * step, exponent);
    }
    if (axis->tick_count > 0 && !keep_low) {
        axis->low = axis->ticks[0].value;
    }
    if (axis->tick_count > 0 && !keep_high) {
        axis->high = axis->ticks[axis->tick_count - 1].value;
    }
}

/* The k-th tick that a logarithmic axis may have: three a decade (1, 2, 5) or one in `every`. */
static double log_tick(int64_t k, int every, int *out_mantissa, int *out_exponent) {
    static const int STEPS[] = {1, 2, 5};
    int64_t decade = every > 0 ? k * every : (k - (k % 3 + 3) % 3) / 3;
    *out_mantissa = every > 0 ? 1 : STEPS[(k % 3 + 3) % 3];
    *out_exponent = (int)decade;
    return decade >= 0 ? *out_mantissa * power_of_ten(*out_exponent)
                       : *out_mantissa / power_of_ten(-*out_exponent);
}

/* 1, 2 and 5 of every power of ten where there is room, else whole or every n-th powers. */
static void choose_log(bkti_value_axis *axis, const bkti_value_range *range, double pixels) {
    bool keep_low = !isnan(range->fixed_low), keep_high = !isnan(range->fixed_high);
    double low = axis->low * (1 + NARROWEST), high = axis->high * (1 - NARROWEST);
    double room = pixels / (decimal_log(axis->high) - decimal_log(axis->low)); /* of a decade */
    int every = 0;
    while (room < 100 && every * room < 26) {
        every++;
    }
    int mantissa, exponent;
    split(axis->low, &exponent);
    int64_t k = every > 0 ? exponent / every - 2 : 3 * (exponent - 1);
    /* The last tick that is not above the lowest value. */
    while (log_tick(k + 1, every, &mantissa, &exponent) <= low) {
        k++;
    }
    double value = log_tick(keep_low ? ++k : k, every, &mantissa, &exponent);
    while (axis->tick_count < BKTI_TICK_LIMIT && !(keep_high && value > axis->high)) {
        add_tick(axis, mantissa, exponent);
        if (value >= high) {
            break;
        }
        value = log_tick(++k, every, &mantissa, &exponent);
    }
    if (!keep_low) {
        axis->low = axis->ticks[0].value;
    }
    if (!keep_high) {
        axis->high = axis->ticks[axis->tick_count - 1].value;
    }
}

/* Makes the range one that can be drawn: wider than nothing, with zero where it belongs. */
static void widen(bkti_value_axis *axis, const bkti_value_range *range) {
    if (range->is_log) {
        axis->low = axis->low < SMALLEST ? SMALLEST : axis->low;
        axis->high = axis->high < axis->low ? axis->low : axis->high;
        if (axis->high < axis->low * 1.5) {
            axis->low = isnan(range->fixed_low) ? axis->low / 2 : axis->low;
            axis->high = isnan(range->fixed_high) ? axis->high * 2 : axis->high;
        }
        return;
    }
    if (range->needs_zero && isnan(range->fixed_low) && axis->low > 0) {
        axis->low = 0;
    }
    if (range->needs_zero && isnan(range->fixed_high) && axis->high < 0) {
        axis->high = 0;
    }
    double size = fabs(axis->high) > fabs(axis->low) ? fabs(axis->high) : fabs(axis->low);
    /* What is smaller than any multiple can be divided no further. */
    size = size < SMALLEST ? 0 : size;
    if (axis->high - axis->low <= size * NARROWEST || size == 0) {
        double more = size == 0 ? 1 : size * 0.05;
        axis->high = isnan(range->fixed_high) ? axis->high + more : axis->high;
        axis->low = isnan(range->fixed_low) && size != 0 ? axis->low - more : axis->low;
    }
    if (axis->high <= axis->low) {
        axis->high = axis->low + 1;
    }
}

void bkti_value_axis_choose(bkti_value_axis *axis, const bkti_value_range *range, bkti_unit unit,
                            double pixels) {
    double low = isnan(range->fixed_low) ? range->low : range->fixed_low;
    double high = isnan(range->fixed_high) ? range->high : range->fixed_high;
    axis->unit = unit;
    axis->is_fraction = bkti_span_is(unit.base, "fraction");
    axis->is_log = range->is_log;
    axis->unit.power =
        axis->is_fraction ? 0 : choose_power(fabs(high) > fabs(low) ? fabs(high) : fabs(low), unit);
    axis->low = bkti_value_axis_shown(axis, low);
    axis->high = bkti_value_axis_shown(axis, high);
    axis->tick_count = 0;
    widen(axis, range);
    if (!range->is_log) {
        choose_linear(axis, range, pixels);
    } else if (axis->high > axis->low * 8) {
        choose_log(axis, range, pixels);
    } else {
        /* Over less than a decade steps of one size tell more than 1, 2, 5. None at zero. */
        bkti_value_range fixed = *range;
        fixed.fixed_low = axis->low = isnan(range->fixed_low) ? axis->low * 0.95 : axis->low;
        fixed.fixed_high = axis->high = isnan(range->fixed_high) ? axis->high * 1.05 : axis->high;
        choose_linear(axis, &fixed, pixels);
    }
}

void bkti_value_axis_write(const bkti_value_axis *axis, double value, bkti_text *out) {
    char buffer[440];
    double shown = bkti_value_axis_shown(axis, value);
    int exponent = 0;
    if (shown != 0) {
        split(fabs(shown), &exponent);
    }
    int decimals = exponent >= 3 ? 0 : exponent >= 2 ? 1 : 2 - exponent;
    if (shown == 0) {
        decimals = 0;
    }
    size_t size = decimals > 6 || exponent > 14
                      ? bkti_number_format(shown, buffer, sizeof buffer)
                      : bkti_number_format_fixed(shown, decimals, '\0', buffer, sizeof buffer);
    bkti_text_append(out, buffer, size);
}

void bkti_value_axis_write_unit(const bkti_value_axis *axis, bkti_text *out) {
    if (axis->is_fraction) {
        bkti_text_append_text(out, "%");
    } else {
        bkti_unit_write(out, axis->unit);
    }
}
