/* SPDX-License-Identifier: MIT */
/* Writing doubles. Shortest digits by R. Giulietti, "The Schubfach way to render doubles" (2020):
 * of all decimals that are rounded to the double, the shortest, and of these the closest. */
#include "bkti_number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bkti_power_table.h"

/* digits * 10^exponent */
typedef struct decimal {
    uint64_t digits;
    int exponent;
} decimal;

/* power * number / 2^128, where any rest but the smallest sets the last bit: enough to compare
 * with multiples of two. */
static uint64_t multiply_to_odd(bkti_wide power, uint64_t number) {
    bkti_wide low = bkti_multiply_wide(power.low, number);
    bkti_wide high = bkti_multiply_wide(power.high, number);
    high.low += low.high;
    high.high += high.low < low.high;
    return high.high | (high.low > 1);
}

/* 10^e as Schubfach needs it: rounded up, not cut off. */
static bkti_wide power_rounded_up(int e) {
    bkti_wide power = bkti_power_table[e - BKTI_POWER_LOWEST];
    if (!bkti_power_is_exact(e)) {
        power.low++;
        power.high += power.low == 0;
    }
    return power;
}

/* The decimal for significand * 2^binary, which is not zero. `narrow`: the next double below is
 * half as far away as the next above. The names are the paper's, section 9 and figure 4. */
static decimal shortest(uint64_t significand, int binary, bool narrow) {
    bool odd = (significand & 1) != 0;
    uint64_t middle = 4 * significand;
    uint64_t left = middle - 2 + narrow;
    uint64_t right = middle + 2;
    /* k = floor(log10(2^binary)), or of 3/4 of it */
    int k = bkti_floor_shift(binary * 1262611 - (narrow ? 524031 : 0), 22);
    int h = binary + bkti_log2_of_power(-k) + 1;
    bkti_wide power = power_rounded_up(-k);
    uint64_t v = multiply_to_odd(power, middle << h);
    uint64_t lower = multiply_to_odd(power, left << h) + odd;
    uint64_t upper = multiply_to_odd(power, right << h) - odd;
    uint64_t s = v / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool below_fits = lower <= 40 * tens;
        bool above_fits = 40 * tens + 40 <= upper;
        if (below_fits != above_fits) {
            return (decimal){tens + above_fits, k + 1};
        }
    }
    bool below_fits = lower <= 4 * s;
    bool above_fits = 4 * s + 4 <= upper;
    if (below_fits != above_fits) {
        return (decimal){s + above_fits, k};
    }
    uint64_t midpoint = 4 * s + 2;
    bool up = v > midpoint || (v == midpoint && (s & 1) != 0);
    return (decimal){s + up, k};
}

/* The shortest decimal of a finite number that isn't zero, without its sign or trailing zeros. */
static decimal decimal_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    int biased = (int)(bits >> 52) & 0x7ff;
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    decimal result;
    if (biased == 0) {
        result = shortest(fraction, -1074, false);
    } else {
        result = shortest(fraction | UINT64_C(1) << 52, biased - 1075, fraction == 0 && biased > 1);
    }
    while (result.digits % 10 == 0) {
        result.digits /= 10;
        result.exponent++;
    }
    return result;
}

/* Copies as much as fits, terminated; gives the whole length. */
static size_t deliver(const char *text, size_t length, char *buffer, size_t capacity) {
    if (capacity > 0) {
        size_t size = length < capacity ? length : capacity - 1;
        memcpy(buffer, text, size);
        buffer[size] = '\0';
    }
    return length;
}

static const char *special_text(double number) {
    if (isnan(number)) {
        return "NaN";
    }
    if (isinf(number)) {
        return number > 0 ? "INF" : "-INF";
    }
    if (number == 0) {
        return signbit(number) ? "-0" : "0";
    }
    return NULL;
}

static char *put(char *end, const char *data, size_t size) {
    memcpy(end, data, size);
    return end + size;
}

static char *put_zeros(char *end, int count) {
    if (count > 0) {
        memset(end, '0', (size_t)count);
        end += count;
    }
    return end;
}

/* Writes digits with a point before the digit `point` (which may lie outside of them). */
static char *put_plain(char *end, const char *digits, int count, int point) {
    if (point <= 0) {
        end = put(end, "0.", 2);
        end = put_zeros(end, -point);
        return put(end, digits, (size_t)count);
    }
    if (point >= count) {
        end = put(end, digits, (size_t)count);
        return put_zeros(end, point - count);
    }
    end = put(end, digits, (size_t)point);
    *end++ = '.';
    return put(end, digits + point, (size_t)(count - point));
}

/* Writes a whole number; gives how many digits it has. */
static int put_digits(uint64_t number, char *digits) {
    char reversed[20];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (int i = 0; i < count; i++) {
        digits[i] = reversed[count - 1 - i];
    }
    return count;
}

size_t bkti_number_format(double number, char *buffer, size_t capacity) {
    const char *special = special_text(number);
    if (special != NULL) {
        return deliver(special, strlen(special), buffer, capacity);
    }
    decimal value = decimal_of(number);
    char digits[24];
    int count = put_digits(value.digits, digits);
    int point = count + value.exponent; /* digits before the point */
    char text[64];
    char *end = text;
    if (signbit(number)) {
        *end++ = '-';
    }
    if (fabs(number) >= 1e-5 && fabs(number) < 1e17) {
        end = put_plain(end, digits, count, point);
    } else {
        end = put_plain(end, digits, count, 1);
        end +=
            snprintf(end, 8, "e%c%02d", point > 0 ? '+' : '-', point > 0 ? point - 1 : 1 - point);
    }
    return deliver(text, (size_t)(end - text), buffer, capacity);
}

size_t bkti_number_format_fixed(double number, int decimals, char thousands, char *buffer,
                                size_t capacity) {
    if (!isfinite(number)) {
        const char *special = special_text(number);
        return deliver(special, strlen(special), buffer, capacity);
    }
    decimals = decimals < 0 ? 0 : decimals > 20 ? 20 : decimals;
    /* Of what the C library writes only the digits are taken: its point follows the locale. */
    char written[400];
    int written_size = snprintf(written, sizeof written, "%.*f", decimals, fabs(number));
    char digits[400];
    int count = 0;
    bool all_zero = true;
    for (int i = 0; i < written_size; i++) {
        if (written[i] >= '0' && written[i] <= '9') {
            digits[count++] = written[i];
            all_zero = all_zero && written[i] == '0';
        }
    }
    char text[448];
    char *end = text;
    if (signbit(number) && !all_zero) {
        *end++ = '-';
    }
    int whole = count - decimals;
    for (int i = 0; i < count; i++) {
        if (i == whole) {
            *end++ = '.';
        } else if (i > 0 && i < whole && thousands != '\0' && (whole - i) % 3 == 0) {
            *end++ = thousands;
        }
        *end++ = digits[i];
    }
    return deliver(text, (size_t)(end - text), buffer, capacity);
}
