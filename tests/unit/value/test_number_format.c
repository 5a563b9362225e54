/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_number.h"
#include "random_numbers.h"
#include "run_suite.h"

static void set_up(void) {
    setlocale(LC_NUMERIC, "C");
}

static void tear_down(void) {
    setlocale(LC_NUMERIC, "");
}

START_TEST(shortest_texts) {
    static const struct {
        double number;
        const char *text;
    } CASES[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-1, "-1"},
        {10, "10"},
        {0.1, "0.1"},
        {0.5, "0.5"},
        {804.1, "804.1"},
        {-675.5, "-675.5"},
        {1234567.891, "1234567.891"},
        {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
        {2.0 / 3.0, "0.6666666666666666"},
        {3.5e9, "3500000000"},
        {1e5, "100000"},
        {1e15, "1000000000000000"},
        {1e16, "10000000000000000"},
        {9007199254740992.0, "9007199254740992"},
        {99999999999999984.0, "99999999999999980"},
        {1e17, "1e+17"},
        {1e21, "1e+21"},
        {1e23, "1e+23"},
        {1.5e300, "1.5e+300"},
        {1e300, "1e+300"},
        {1e-5, "0.00001"},
        {1.25e-5, "0.0000125"},
        {9.999e-6, "9.999e-06"},
        {1e-7, "1e-07"},
        {-1.5e-300, "-1.5e-300"},
        {5e-324, "5e-324"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {NAN, "NaN"},
        {INFINITY, "INF"},
        {-INFINITY, "-INF"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[32];
        size_t length = bkti_number_format(CASES[i].number, text, sizeof text);
        ck_assert_str_eq(text, CASES[i].text);
        ck_assert_uint_eq(length, strlen(text));
    }
}
END_TEST

/* Copies the significant digits of a text, without zeros at either end; gives their count. */
static int significant_digits(const char *text, char *digits) {
    int count = 0;
    int without_zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0')) {
            digits[count++] = *text;
            without_zeros = *text == '0' ? without_zeros : count;
        }
    }
    digits[without_zeros] = '\0';
    return without_zeros;
}

static double read_back(const char *text) {
    double number;
    if (bkti_number_parse(bkti_span_of(text), &number) != BKTI_NUMBER_FINITE) {
        ck_abort_msg("'%s' is no number", text);
    }
    return number;
}

/* The text reads back; no text of fewer digits does; the C library's of as many digits, which is
 * the closest, is no other number. (Check notes every assertion; here only the failed ones.) */
static void expect_shortest(double number) {
    char text[32];
    size_t length = bkti_number_format(number, text, sizeof text);
    char own[40];
    int digits = significant_digits(text, own);
    if (length >= sizeof text || digits > 17 ||
        bits_of_double(read_back(text)) != bits_of_double(number)) {
        ck_abort_msg("%a is not %s", number, text);
    }
    char other[40];
    if (digits > 1) {
        snprintf(other, sizeof other, "%.*e", digits - 2, number);
        if (read_back(other) == number) {
            ck_abort_msg("%s is longer than %s", text, other);
        }
    }
    snprintf(other, sizeof other, "%.*e", digits - 1, number);
    char closest[40];
    significant_digits(other, closest);
    if (read_back(other) == number && strcmp(own, closest) != 0) {
        ck_abort_msg("%s is closer than %s", other, text);
    }
}

START_TEST(random_doubles_are_shortest) {
    uint64_t state = 4;
    for (int i = 0; i < 100000; i++) {
        expect_shortest(random_double(&state));
    }
    for (int i = 0; i < 20000; i++) { /* figures as they are published */
        expect_shortest((double)random_below(&state, 100000000000) / 100);
    }
    for (int i = 0; i < 20000; i++) { /* subnormal, few digits too */
        expect_shortest(double_of_bits(1 + (random_word(&state) >> (12 + i % 52))));
    }
    for (uint64_t exponent = 1; exponent < 2047; exponent++) { /* where neighbours are uneven */
        expect_shortest(double_of_bits(exponent << 52));
        expect_shortest(double_of_bits((exponent << 52) + 1));
        expect_shortest(double_of_bits((exponent << 52) - 1));
    }
}
END_TEST

START_TEST(published_decimals_are_written_as_they_were) {
    uint64_t state = 5;
    for (int i = 0; i < 100000; i++) {
        char text[40];
        char written[32];
        uint64_t digits = random_below(&state, UINT64_C(1000000000000000));
        int decimals = (int)random_below(&state, 6);
        uint64_t scale = 1;
        for (int d = 0; d < decimals; d++) {
            scale *= 10;
        }
        int size = snprintf(text, sizeof text, "%llu", (unsigned long long)(digits / scale));
        if (decimals > 0 && digits % scale != 0) {
            size += snprintf(text + size, sizeof text - (size_t)size, ".%0*llu", decimals,
                             (unsigned long long)(digits % scale));
            while (text[size - 1] == '0') {
                text[--size] = '\0';
            }
        }
        if (digits / scale == 0) {
            continue; /* may need an exponent */
        }
        bkti_number_format(read_back(text), written, sizeof written);
        if (strcmp(written, text) != 0) {
            ck_abort_msg("%s became %s", text, written);
        }
    }
}
END_TEST

START_TEST(fixed_texts) {
    static const struct {
        double number;
        int decimals;
        char thousands;
        const char *text;
    } CASES[] = {
        {804.1, 1, '\0', "804.1"},
        {804.1, 0, '\0', "804"},
        {804.1, 3, '\0', "804.100"},
        {1234567.891, 2, ',', "1,234,567.89"},
        {-1234567.891, 2, ' ', "-1 234 567.89"},
        {123, 0, ',', "123"},
        {-123, 0, ',', "-123"},
        {1000, 0, ',', "1,000"},
        {999999.5, 0, ',', "1,000,000"},
        {0, 2, ',', "0.00"},
        {-0.0, 1, ',', "0.0"},
        {-0.04, 1, ',', "0.0"},
        {-0.06, 1, ',', "-0.1"},
        {0.125, 2, '\0', "0.12"}, /* exactly half: to even */
        {0.375, 2, '\0', "0.38"},
        {2.675, 2, '\0', "2.67"}, /* below half in binary */
        {0.1, 20, '\0', "0.10000000000000000555"},
        {1e15, 0, ',', "1,000,000,000,000,000"},
        {0.001, -3, '\0', "0"},
        {5e-324, 20, '\0', "0.00000000000000000000"},
        {NAN, 2, ',', "NaN"},
        {INFINITY, 2, ',', "INF"},
        {-INFINITY, 2, ',', "-INF"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[64];
        size_t length = bkti_number_format_fixed(CASES[i].number, CASES[i].decimals,
                                                 CASES[i].thousands, text, sizeof text);
        ck_assert_str_eq(text, CASES[i].text);
        ck_assert_uint_eq(length, strlen(text));
    }
    char longest[440];
    char expected[440];
    size_t length = bkti_number_format_fixed(-DBL_MAX, 20, ',', longest, sizeof longest);
    ck_assert_uint_eq(length, 1 + 309 + 102 + 1 + 20);
    ck_assert_uint_eq(strlen(longest), length);
    bkti_number_format_fixed(-DBL_MAX, 20, '\0', longest, sizeof longest);
    snprintf(expected, sizeof expected, "%.20f", -DBL_MAX);
    ck_assert_str_eq(longest, expected);
}
END_TEST

START_TEST(small_buffers_get_what_fits) {
    char text[8] = "xxxxxxx";
    ck_assert_uint_eq(bkti_number_format(804.125, text, 4), 7);
    ck_assert_str_eq(text, "804");
    ck_assert_uint_eq(bkti_number_format(804.125, NULL, 0), 7);
    ck_assert_uint_eq(bkti_number_format_fixed(1234.5, 2, ',', text, 1), 8);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(bkti_number_format_fixed(1234.5, 2, ',', NULL, 0), 8);
}
END_TEST

START_TEST(the_locale_changes_nothing) {
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        return; /* not installed */
    }
    char text[32];
    bkti_number_format(804.1, text, sizeof text);
    ck_assert_str_eq(text, "804.1");
    bkti_number_format_fixed(1804.125, 2, '\0', text, sizeof text);
    ck_assert_str_eq(text, "1804.12");
    setlocale(LC_ALL, "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("number_format");
    TCase *test_case = tcase_create("number_format");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, shortest_texts);
    tcase_add_test(test_case, random_doubles_are_shortest);
    tcase_add_test(test_case, published_decimals_are_written_as_they_were);
    tcase_add_test(test_case, fixed_texts);
    tcase_add_test(test_case, small_buffers_get_what_fits);
    tcase_add_test(test_case, the_locale_changes_nothing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
