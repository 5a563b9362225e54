/* SPDX-License-Identifier: MIT */
/* Numbers against the C library's in the C locale, periods and areas against themselves: what is
 * written is read back the same. */
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include <bktrade/bktrade.h>

#include "bkti_number.h"
#include "bkti_sum.h"

#include "fuzz.h"

/* ---- numbers ---- */

static const char *skip_digits(const char *text, size_t *count) {
    while (*text >= '0' && *text <= '9') {
        text++;
        (*count)++;
    }
    return text;
}

/* Whether the text is an xs:double with digits, and nothing else. */
static bool is_decimal(const char *text) {
    size_t digits = 0;
    text += *text == '-' || *text == '+';
    text = skip_digits(text, &digits);
    if (*text == '.') {
        text = skip_digits(text + 1, &digits);
    }
    if (digits == 0) {
        return false;
    }
    if (*text == 'e' || *text == 'E') {
        digits = 0;
        text++;
        text += *text == '-' || *text == '+';
        text = skip_digits(text, &digits);
        if (digits == 0) {
            return false;
        }
    }
    return *text == '\0';
}

/* The C locale for what follows, whatever the program's is; gives the one before. */
static locale_t enter_c_locale(void) {
    static locale_t c_locale = (locale_t)0;
    if (c_locale == (locale_t)0) {
        c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    }
    FUZZ_CHECK(c_locale != (locale_t)0, "there is no C locale");
    return uselocale(c_locale);
}

static double number_by_library(const char *text) {
    locale_t before = enter_c_locale();
    double number = strtod(text, NULL);
    uselocale(before);
    return number;
}

static void print_by_library(double number, const char *format, int decimals, char *buffer,
                             size_t capacity) {
    locale_t before = enter_c_locale();
    if (format[0] == 'e') {
        snprintf(buffer, capacity, "%.*e", decimals, number);
    } else {
        snprintf(buffer, capacity, "%.*f", decimals, number);
    }
    uselocale(before);
}

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* The number as it is read from a block of its own, in which it is not terminated. */
static int parse(const char *text, size_t size, double *out_number) {
    char *alone = malloc(size == 0 ? 1 : size);
    FUZZ_CHECK(alone != NULL, "no memory for a text");
    memcpy(alone, text, size);
    int kind = bkti_number_parse((bkti_span){alone, size}, out_number);
    free(alone);
    return kind;
}

static void check_number_text(const char *text, size_t size) {
    double number;
    int kind = parse(text, size, &number);
    bool finite = kind == BKTI_NUMBER_FINITE;
    FUZZ_CHECK(finite ? isfinite(number) != 0 : isnan(number) != 0, "'%s' is %d, %g", text, kind,
               number);
    if (memchr(text, '\0', size) != NULL || size == 0) {
        return;
    }
    if (!is_decimal(text)) {
        char first = text[0];
        char last = text[size - 1];
        bool spaced = strchr(" \t\r\n", first) != NULL || strchr(" \t\r\n", last) != NULL;
        FUZZ_CHECK(spaced || (!finite && kind != BKTI_NUMBER_OVERFLOW), "'%s' is %g", text, number);
        return;
    }
    double expected = number_by_library(text);
    FUZZ_CHECK(kind == (isinf(expected) ? BKTI_NUMBER_OVERFLOW : BKTI_NUMBER_FINITE),
               "'%s' is kind %d", text, kind);
    FUZZ_CHECK(!finite || bits_of(number) == bits_of(expected), "'%s' is %a, not %a", text, number,
               expected);
}

/* The digits that a number has in a text, without zeros at the ends. */
static size_t count_significant(const char *text) {
    size_t count = 0;
    size_t zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '0') {
            zeros += count > 0;
        } else if (*text >= '1' && *text <= '9') {
            count += zeros + 1;
            zeros = 0;
        }
    }
    return count;
}

static void check_shortest(double number) {
    char text[32];
    char shorter[40];
    double back;
    size_t size = bkti_number_format(number, text, sizeof text);
    FUZZ_CHECK(size == strlen(text) && size < sizeof text, "%a has a text of %zu bytes", number,
               size);
    if (!isfinite(number)) {
        FUZZ_CHECK(parse(text, size, &back) ==
                       (isnan(number) ? BKTI_NUMBER_NAN : BKTI_NUMBER_INFINITE),
                   "'%s'", text);
        return;
    }
    FUZZ_CHECK(parse(text, size, &back) == BKTI_NUMBER_FINITE && bits_of(back) == bits_of(number),
               "%a is written %s, which is read as %a", number, text, back);
    check_number_text(text, size);
    size_t digits = count_significant(text);
    if (digits > 1) {
        print_by_library(number, "e", (int)digits - 2, shorter, sizeof shorter);
        FUZZ_CHECK(bits_of(number_by_library(shorter)) != bits_of(number),
                   "%a is written %s, but %s would do", number, text, shorter);
    }
}

static void check_fixed(double number, int decimals, char thousands) {
    char plain[440];
    char grouped[440];
    char expected[440];
    size_t size = bkti_number_format_fixed(number, decimals, 0, plain, sizeof plain);
    FUZZ_CHECK(size == strlen(plain), "%a with %d decimals: %zu bytes", number, decimals, size);
    bkti_number_format_fixed(number, decimals, thousands, grouped, sizeof grouped);
    if (!isfinite(number)) {
        return;
    }
    print_by_library(number, "f", decimals, expected, sizeof expected);
    /* "-0.0" is written without its sign. */
    const char *wanted = expected;
    if (wanted[0] == '-' && strspn(wanted + 1, "0.") == strlen(wanted + 1)) {
        wanted++;
    }
    FUZZ_CHECK(strcmp(plain, wanted) == 0, "%a with %d decimals: %s, not %s", number, decimals,
               plain, wanted);
    size_t kept = 0;
    for (size_t i = 0; grouped[i] != '\0'; i++) {
        if (grouped[i] != thousands) {
            grouped[kept++] = grouped[i];
        }
    }
    grouped[kept] = '\0';
    FUZZ_CHECK(strcmp(plain, grouped) == 0, "%s, with separators of thousands %s", plain, grouped);
}

/* Sums do not depend on order or grouping; and of two numbers they are the machine's own. */
static void check_sums(const double *numbers, size_t count) {
    bkti_sum forward;
    bkti_sum backward;
    bkti_sum parts[2];
    bkti_sum_init(&forward);
    bkti_sum_init(&backward);
    bkti_sum_init(&parts[0]);
    bkti_sum_init(&parts[1]);
    for (size_t i = 0; i < count; i++) {
        bkti_sum_add(&forward, numbers[i]);
        bkti_sum_add(&backward, numbers[count - 1 - i]);
        bkti_sum_add(&parts[i % 2], numbers[i]);
    }
    bkti_sum_merge(&parts[1], &parts[0]);
    double sum = bkti_sum_result(&forward);
    FUZZ_CHECK(bits_of(sum) == bits_of(bkti_sum_result(&backward)) &&
                   bits_of(sum) == bits_of(bkti_sum_result(&parts[1])),
               "%a by one order, %a by another", sum, bkti_sum_result(&backward));
    if (count == 2) {
        double plain = numbers[0] + numbers[1];
        FUZZ_CHECK(sum == plain, "%a + %a = %a, not %a", numbers[0], numbers[1], sum, plain);
    }
}

static void check_numbers(fuzz_bytes bytes) {
    double numbers[16];
    size_t count = 0;
    int decimals = (int)fuzz_number(&bytes, 21);
    char thousands = ",' _"[fuzz_number(&bytes, 4)];
    while (bytes.size > 0 && count < 16) {
        uint64_t bits = fuzz_word(&bytes);
        double number;
        memcpy(&number, &bits, sizeof number);
        check_shortest(number);
        check_fixed(number, decimals, thousands);
        if (isfinite(number)) {
            numbers[count++] = number;
        }
    }
    if (count > 0) {
        check_sums(numbers, count);
    }
}

/* ---- periods ---- */

static void check_days(int32_t frequency, int64_t ordinal) {
    int32_t start;
    int32_t last;
    int32_t next;
    FUZZ_CHECK(bkt_period_start_day(frequency, ordinal, &start) == BKT_OK &&
                   bkt_period_last_day(frequency, ordinal, &last) == BKT_OK,
               "period %d %" PRId64 " has no days", (int)frequency, ordinal);
    FUZZ_CHECK(start <= last, "period %d %" PRId64 " begins after its end", (int)frequency,
               ordinal);
    bool counted = frequency >= BKT_FREQUENCY_YEAR && frequency <= BKT_FREQUENCY_DAY;
    if (counted && bkt_period_start_day(frequency, ordinal + 1, &next) == BKT_OK) {
        FUZZ_CHECK(next == last + 1, "after period %d %" PRId64 " comes a gap", (int)frequency,
                   ordinal);
    }
}

static void check_period(int32_t frequency, int64_t ordinal) {
    char text[32];
    size_t size = 0;
    size_t measured = 0;
    bkt_status status = bkt_period_format(frequency, ordinal, text, sizeof text, &size);
    if (status != BKT_OK) {
        FUZZ_CHECK(status == BKT_ERR_ARGUMENT, "formatting gives %d", (int)status);
        return;
    }
    FUZZ_CHECK(size == strlen(text), "'%s' has not %zu bytes", text, size);
    FUZZ_CHECK(bkt_period_format(frequency, ordinal, NULL, 0, &measured) == BKT_ERR_ARGUMENT &&
                   measured == size,
               "'%s' measured as %zu", text, measured);
    int32_t frequency_back;
    int64_t ordinal_back;
    FUZZ_CHECK(bkt_period_parse(text, size, &frequency_back, &ordinal_back) == BKT_OK,
               "'%s' (%d, %" PRId64 ") is not read back", text, (int)frequency, ordinal);
    bool range = frequency == BKT_FREQUENCY_RANGE;
    FUZZ_CHECK(frequency_back == (range ? BKT_FREQUENCY_DAY : frequency) && ordinal_back == ordinal,
               "'%s' (%d, %" PRId64 ") is read back as %d, %" PRId64, text, (int)frequency, ordinal,
               (int)frequency_back, ordinal_back);
    check_days(frequency, ordinal);
}

static void check_period_text(const char *text, size_t size) {
    char *alone = malloc(size == 0 ? 1 : size);
    FUZZ_CHECK(alone != NULL, "no memory for a text");
    memcpy(alone, text, size);
    int32_t frequency = -1;
    int64_t ordinal = -1;
    bkt_status status = bkt_period_parse(alone, size, &frequency, &ordinal);
    free(alone);
    if (status != BKT_OK) {
        FUZZ_CHECK(status == BKT_ERR_PERIOD && frequency == 0 && ordinal == 0,
                   "'%s' gives %d, %d, %" PRId64, text, (int)status, (int)frequency, ordinal);
        return;
    }
    FUZZ_CHECK(frequency >= BKT_FREQUENCY_YEAR && frequency <= BKT_FREQUENCY_RANGE,
               "'%s' has frequency %d", text, (int)frequency);
    char again[32];
    FUZZ_CHECK(bkt_period_format(frequency, ordinal, again, sizeof again, NULL) == BKT_OK,
               "'%s' (%d, %" PRId64 ") is not written", text, (int)frequency, ordinal);
    check_period(frequency, ordinal);
}

/* ---- areas ---- */

static void check_area_text(const char *text) {
    for (int32_t system = BKT_AREA_SYSTEM_NONE; system <= BKT_AREA_SYSTEM_LOCAL + 1; system++) {
        const bkt_area *area = bkt_area_find_in(system, text);
        int32_t kind = bkt_area_kind_of_code(system, text);
        FUZZ_CHECK(kind >= BKT_AREA_KIND_UNKNOWN && kind <= BKT_AREA_KIND_NONE, "'%s' is kind %d",
                   text, (int)kind);
        if (area != NULL) {
            FUZZ_CHECK(bkt_area_name(area)[0] != '\0', "'%s' is an area without a name", text);
            FUZZ_CHECK(bkt_area_find_in(BKT_AREA_SYSTEM_NONE, bkt_area_name(area)) == area,
                       "%s is not found by its name", bkt_area_name(area));
            FUZZ_CHECK(system < BKT_AREA_SYSTEM_ISO2 || kind == bkt_area_kind(area),
                       "'%s' is kind %d, its area %d", text, (int)kind, (int)bkt_area_kind(area));
        }
    }
    const bkt_area *area = bkt_area_find(text);
    FUZZ_CHECK(area == NULL || bkt_area_kind(area) != BKT_AREA_KIND_UNKNOWN, "'%s': what is it?",
               text);
}

void fuzz_values(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    uint8_t kind = fuzz_byte(&bytes);
    char *text = malloc(bytes.size + 1);
    FUZZ_CHECK(text != NULL, "no memory for a text");
    if (bytes.size > 0) {
        memcpy(text, bytes.data, bytes.size);
    }
    text[bytes.size] = '\0';
    if (kind % 4 == 0) {
        check_numbers(bytes);
    } else if (kind % 4 == 1) {
        int32_t frequency = (int32_t)fuzz_number(&bytes, 12) - 1;
        bool far = (fuzz_byte(&bytes) & 1) != 0;
        int64_t ordinal = (int64_t)fuzz_word(&bytes);
        check_period(frequency, far ? ordinal : ordinal % 400000000000);
    } else {
        check_number_text(text, bytes.size);
        check_period_text(text, bytes.size);
        check_area_text(text);
    }
    free(text);
}
