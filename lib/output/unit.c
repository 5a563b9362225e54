/* SPDX-License-Identifier: MIT */
#include "bkti_unit.h"

#include <stdlib.h>

static const struct {
    const char *name;
    const char *plural;
    int power;
} MULTIPLES[] = {
    {"thousand", "thousands", 3},
    {"million", "millions", 6},
    {"billion", "billions", 9},
    {"trillion", "trillions", 12},
};
#define MULTIPLE_COUNT (sizeof MULTIPLES / sizeof MULTIPLES[0])

static int power_of(bkti_span word) {
    for (size_t i = 0; i < MULTIPLE_COUNT; i++) {
        if (bkti_span_equal_caseless(word, bkti_span_of(MULTIPLES[i].name)) ||
            bkti_span_equal_caseless(word, bkti_span_of(MULTIPLES[i].plural))) {
            return MULTIPLES[i].power;
        }
    }
    return 0;
}

bkti_unit bkti_unit_read(const char *text) {
    bkti_span all = bkti_span_trim(bkti_span_of(text));
    bkti_unit unit = {all, 0};
    size_t first = 0, last = all.size;
    while (first < all.size && all.data[first] != ' ') {
        first++;
    }
    while (last > 0 && all.data[last - 1] != ' ') {
        last--;
    }
    unit.power = power_of((bkti_span){all.data, first});
    if (unit.power != 0) {
        unit.base = bkti_span_trim((bkti_span){all.data + first, all.size - first});
        if (unit.base.size > 3 && memcmp(unit.base.data, "of ", 3) == 0) {
            unit.base.data += 3;
            unit.base.size -= 3;
        }
        return unit;
    }
    unit.power = last == 0 ? 0 : power_of((bkti_span){all.data + last, all.size - last});
    if (unit.power != 0) {
        unit.base = bkti_span_trim((bkti_span){all.data, last});
    }
    return unit;
}

bool bkti_unit_is_money(bkti_unit unit) {
    for (size_t i = 0; i < unit.base.size; i++) {
        if (unit.base.data[i] < 'A' || unit.base.data[i] > 'Z') {
            return false;
        }
    }
    return unit.base.size == 3;
}

const char *bkti_power_text(int power, char buffer[BKTI_POWER_SIZE]) {
    static const char *const DIGITS[] = {
        "\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",     "\xe2\x81\xb4",
        "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9"};
    int size = abs(power) % 1000;
    char *end = stpcpy(buffer, power < 0 ? "10\xe2\x81\xbb" : "10");
    for (int place = size >= 100 ? 100 : size >= 10 ? 10 : 1; place > 0; place /= 10) {
        end = stpcpy(end, DIGITS[size / place % 10]);
    }
    return buffer;
}

void bkti_unit_write(bkti_text *out, bkti_unit unit) {
    bool named = unit.power == 0;
    for (size_t i = 0; i < MULTIPLE_COUNT; i++) {
        if (MULTIPLES[i].power == unit.power) {
            bkti_text_append_text(out, MULTIPLES[i].name);
            named = true;
        }
    }
    if (!named) {
        char power[BKTI_POWER_SIZE];
        bkti_text_append_text(out, bkti_power_text(unit.power, power));
    }
    if (unit.power != 0 && unit.base.size > 0) {
        bkti_text_append(out, " ", 1);
    }
    bkti_text_append_span(out, unit.base);
}

double bkti_unit_convert(double number, int from, int to) {
    static const double POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    while (from != to) {
        int step = abs(from - to) > 22 ? 22 : abs(from - to);
        if (from > to) {
            number *= POWERS[step];
            from -= step;
        } else {
            number /= POWERS[step];
            from += step;
        }
    }
    return number;
}
