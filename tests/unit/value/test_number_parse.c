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

/* The reference, strtod, follows the locale: it is asked in the "C" locale. */
static void set_up(void) {
    setlocale(LC_NUMERIC, "C");
}

static void tear_down(void) {
    setlocale(LC_NUMERIC, "");
}

/* Check notes every assertion; where there are hundreds of thousands, only the failed ones. */
static void expect_bits(const char *text, double expected) {
    double number;
    int kind = bkti_number_parse(bkti_span_of(text), &number);
    if (kind != BKTI_NUMBER_FINITE || bits_of_double(number) != bits_of_double(expected)) {
        ck_abort_msg("'%s' is %a, not %a, kind %d", text, expected, number, kind);
    }
}

/* What strtod says of a text that is a decimal. */
static void expect_as_strtod(const char *text) {
    double expected = strtod(text, NULL);
    if (isfinite(expected)) {
        expect_bits(text, expected);
        return;
    }
    double number;
    int kind = bkti_number_parse(bkti_span_of(text), &number);
    if (kind != BKTI_NUMBER_OVERFLOW || !isnan(number)) {
        ck_abort_msg("'%s' is of kind %d", text, kind);
    }
}

START_TEST(forms_and_kinds) {
    static const struct {
        const char *text;
        int kind;
    } CASES[] = {
        {"0", BKTI_NUMBER_FINITE},
        {"-0", BKTI_NUMBER_FINITE},
        {"+1", BKTI_NUMBER_FINITE},
        {"007", BKTI_NUMBER_FINITE},
        {"5.", BKTI_NUMBER_FINITE},
        {".5", BKTI_NUMBER_FINITE},
        {"-.5", BKTI_NUMBER_FINITE},
        {"1e5", BKTI_NUMBER_FINITE},
        {"1E+5", BKTI_NUMBER_FINITE},
        {"1.5e-5", BKTI_NUMBER_FINITE},
        {" \t\r\n804.1 ", BKTI_NUMBER_FINITE},
        {"0e999999999999999999999999", BKTI_NUMBER_FINITE},
        {"1e-999999999999999999999999", BKTI_NUMBER_FINITE},
        {"", BKTI_NUMBER_EMPTY},
        {" \n", BKTI_NUMBER_EMPTY},
        {"NaN", BKTI_NUMBER_NAN},
        {" NaN ", BKTI_NUMBER_NAN},
        {"INF", BKTI_NUMBER_INFINITE},
        {"+INF", BKTI_NUMBER_INFINITE},
        {"-INF", BKTI_NUMBER_INFINITE},
        {"1e400", BKTI_NUMBER_OVERFLOW},
        {"-1e400", BKTI_NUMBER_OVERFLOW},
        {"1e999999999999999999999999", BKTI_NUMBER_OVERFLOW},
        {"1.7976931348623159e308", BKTI_NUMBER_OVERFLOW},
        {"1,5", BKTI_NUMBER_COMMA},
        {"-1,5", BKTI_NUMBER_COMMA},
        {"+1,5", BKTI_NUMBER_COMMA},
        {"0,25", BKTI_NUMBER_COMMA},
        {"1,5e3", BKTI_NUMBER_COMMA},
        {"1 234", BKTI_NUMBER_COMMA},
        {"1 234,5", BKTI_NUMBER_COMMA},
        {"1 234.5", BKTI_NUMBER_COMMA},
        {"1 234 567,89", BKTI_NUMBER_COMMA},
        {"1.234,5", BKTI_NUMBER_COMMA},
        {"1,234.5", BKTI_NUMBER_COMMA},
        {"1,234,567", BKTI_NUMBER_COMMA},
        {"1.234.567", BKTI_NUMBER_COMMA},
        {"1'234'567.5", BKTI_NUMBER_COMMA},
        {"1\xc2\xa0"
         "234,5",
         BKTI_NUMBER_COMMA},
        {"1\xe2\x80\xaf"
         "234",
         BKTI_NUMBER_COMMA},
        {"+", BKTI_NUMBER_OTHER},
        {"-", BKTI_NUMBER_OTHER},
        {".", BKTI_NUMBER_OTHER},
        {"-.", BKTI_NUMBER_OTHER},
        {"e5", BKTI_NUMBER_OTHER},
        {".e5", BKTI_NUMBER_OTHER},
        {"1e", BKTI_NUMBER_OTHER},
        {"1e+", BKTI_NUMBER_OTHER},
        {"1e5.0", BKTI_NUMBER_OTHER},
        {"1e5x", BKTI_NUMBER_OTHER},
        {"1.2.3", BKTI_NUMBER_OTHER},
        {"12.03.2012", BKTI_NUMBER_OTHER},
        {"1 5", BKTI_NUMBER_OTHER},
        {"1  234", BKTI_NUMBER_OTHER},
        {"1,", BKTI_NUMBER_OTHER},
        {",5", BKTI_NUMBER_OTHER},
        {"1 234 ,", BKTI_NUMBER_OTHER},
        {"--1", BKTI_NUMBER_OTHER},
        {"+-1", BKTI_NUMBER_OTHER},
        {"0x10", BKTI_NUMBER_OTHER},
        {"1f", BKTI_NUMBER_OTHER},
        {"nan", BKTI_NUMBER_OTHER},
        {"inf", BKTI_NUMBER_OTHER},
        {"Infinity", BKTI_NUMBER_OTHER},
        {"--INF", BKTI_NUMBER_OTHER},
        {"n.a.", BKTI_NUMBER_OTHER},
        {":", BKTI_NUMBER_OTHER},
        {"2012-07", BKTI_NUMBER_OTHER},
        {"\xef\xbc\x91", BKTI_NUMBER_OTHER}, /* a full-width digit */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        double number = 1;
        int kind = bkti_number_parse(bkti_span_of(CASES[i].text), &number);
        ck_assert_msg(kind == CASES[i].kind, "'%s' is of kind %d, not %d", CASES[i].text,
                      CASES[i].kind, kind);
        ck_assert_msg(isnan(number) == (kind != BKTI_NUMBER_FINITE), "'%s'", CASES[i].text);
        if (kind == BKTI_NUMBER_FINITE) {
            expect_as_strtod(CASES[i].text);
        }
    }
    double number;
    ck_assert_int_eq(bkti_number_parse((bkti_span){NULL, 0}, &number), BKTI_NUMBER_EMPTY);
    ck_assert_int_eq(bkti_number_parse((bkti_span){"125", 2}, &number), BKTI_NUMBER_FINITE);
    ck_assert_double_eq(number, 12);
    ck_assert_int_eq(bkti_number_parse((bkti_span){"1\0", 2}, &number), BKTI_NUMBER_OTHER);
}
END_TEST

START_TEST(hard_numbers) {
    static const char *const TEXTS[] = {
        "9007199254740993",
        "9007199254740992.999999999999999999999",
        "9007199254740993.0000000000000000000001",
        "1e23",
        "8.5e22",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.4703282292062327208e-324",
        "7.4109846876186981e-324",
        "1e-324",
        "1e-323",
        "1e-342",
        "1e-343",
        "9999999999999999999e-343",
        "99999999999999999999e-344",
        "1e-400",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.797693134862315807937289714053034150799341327e308",
        "17976931348623158e292",
        "0.000001e314",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "10000000000000000000",
        "99999999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000000000000001",
        "123456789012345678901234567890e-10",
        "6929495644600919.5",
        "3.518437208883201171875e13",
        "62.5364939768271845828",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        "7.0420557077594588669468784357561207962098443483187940792729600000e+59",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        expect_as_strtod(TEXTS[i]);
    }
    /* The same numbers, said with exponents and zeros that nearly cancel. */
    char text[3000];
    for (int zeros = 0; zeros <= 2000; zeros += 100) {
        snprintf(text, sizeof text, "0.%0*d125e%d", zeros + 1, 0, zeros + 1);
        expect_bits(text, 0.125);
        snprintf(text, sizeof text, "125%0*de-%d", zeros + 1, 0, zeros + 4);
        expect_bits(text, 0.125);
    }
}
END_TEST

static size_t put_random_digits(uint64_t *state, char *text, size_t count) {
    for (size_t i = 0; i < count; i++) {
        text[i] = (char)('0' + random_below(state, 10));
    }
    return count;
}

/* Puts digits with a point somewhere and an exponent behind. */
static void make_decimal(uint64_t *state, char *text, size_t digits, int exponent_range) {
    size_t whole = random_below(state, digits + 1);
    size_t size = put_random_digits(state, text, whole);
    if (whole < digits) {
        text[size++] = '.';
        size += put_random_digits(state, text + size, digits - whole);
    }
    int exponent = (int)random_below(state, (uint64_t)exponent_range * 2 + 1) - exponent_range;
    snprintf(text + size, 8, "e%d", exponent);
}

START_TEST(random_decimals) {
    uint64_t state = 1;
    char text[900];
    for (int i = 0; i < 300000; i++) {
        make_decimal(&state, text, 1 + random_below(&state, 17), 25);
        expect_as_strtod(text);
    }
    for (int i = 0; i < 200000; i++) {
        make_decimal(&state, text, 1 + random_below(&state, 40), 345);
        expect_as_strtod(text);
    }
    for (int i = 0; i < 2000; i++) {
        make_decimal(&state, text, 700 + random_below(&state, 150), 350);
        expect_as_strtod(text);
    }
}
END_TEST

START_TEST(random_doubles_come_back) {
    uint64_t state = 2;
    char text[64];
    for (int i = 0; i < 150000; i++) {
        double number = random_double(&state);
        snprintf(text, sizeof text, "%.16e", number);
        expect_bits(text, number);
    }
    for (int i = 0; i < 50000; i++) {
        double subnormal = double_of_bits(random_word(&state) & ((UINT64_C(1) << 52) - 1));
        snprintf(text, sizeof text, "%.16e", subnormal);
        expect_bits(text, subnormal);
    }
}
END_TEST

/* Writes odd * 2^binary, which may have 770 digits, exactly: as an integer and an exponent. */
static void write_exactly(uint64_t odd, int binary, char *text, int *out_exponent) {
    uint32_t groups[120] = {(uint32_t)(odd % 1000000000), (uint32_t)(odd / 1000000000 % 1000000000),
                            (uint32_t)(odd / 1000000000 / 1000000000)};
    int count = 3;
    uint32_t factor = binary < 0 ? 5 : 2;
    for (int i = 0; i < abs(binary); i++) {
        uint64_t carry = 0;
        for (int group = 0; group < count; group++) {
            carry += (uint64_t)groups[group] * factor;
            groups[group] = (uint32_t)(carry % 1000000000);
            carry /= 1000000000;
        }
        if (carry > 0) {
            groups[count++] = (uint32_t)carry;
        }
    }
    for (int group = count - 1; group >= 0; group--) {
        text += sprintf(text, "%09u", groups[group]);
    }
    *out_exponent = binary < 0 ? binary : 0;
}

/* A midpoint of two neighbours goes to the even one; a trifle more or less decides otherwise. */
static void expect_around_midpoint(uint64_t bits) {
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    int biased = (int)(bits >> 52);
    uint64_t significand = biased == 0 ? fraction : fraction | UINT64_C(1) << 52;
    char text[1200];
    int exponent;
    write_exactly(2 * significand + 1, (biased == 0 ? 1 : biased) - 1076, text, &exponent);
    size_t size = strlen(text);

    double below = double_of_bits(bits);
    double above = double_of_bits(bits + 1);
    sprintf(text + size, "e%d", exponent);
    if (isinf(above)) {
        double number;
        ck_assert_int_eq(bkti_number_parse(bkti_span_of(text), &number), BKTI_NUMBER_OVERFLOW);
    } else {
        expect_bits(text, (bits & 1) == 0 ? below : above);
        sprintf(text + size, "%0200d1e%d", 0, exponent - 201);
        expect_bits(text, above);
    }
    /* The last digit is 5 or, of an integer, maybe 0: then there is nothing to take from. */
    if (text[size - 1] != '0') {
        text[size - 1]--;
        sprintf(text + size, "9999999999e%d", exponent - 10);
        expect_bits(text, below);
    }
}

START_TEST(midpoints) {
    uint64_t state = 3;
    for (int i = 0; i < 300; i++) {
        expect_around_midpoint(bits_of_double(fabs(random_double(&state))));
    }
    for (int i = 0; i < 2000; i++) { /* of the size of trade: 1e-3 to 1e15 */
        uint64_t biased = 1013 + random_below(&state, 60);
        expect_around_midpoint(biased << 52 | random_word(&state) >> 12);
    }
    for (int i = 0; i < 100; i++) {
        expect_around_midpoint(random_word(&state) >> 12);
    }
    for (uint64_t exponent = 0; exponent < 2047; exponent += 23) {
        expect_around_midpoint(exponent << 52);
        expect_around_midpoint((exponent << 52) - (exponent > 0));
    }
    expect_around_midpoint(0);
    expect_around_midpoint(1);
    expect_around_midpoint(bits_of_double(DBL_MIN) - 1);
    expect_around_midpoint(bits_of_double(DBL_MIN));
    expect_around_midpoint(bits_of_double(DBL_MAX));
}
END_TEST

START_TEST(the_locale_changes_nothing) {
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        return; /* not installed */
    }
    expect_bits("804.1", 804.1);
    double number;
    ck_assert_int_eq(bkti_number_parse(BKTI_SPAN("804,1"), &number), BKTI_NUMBER_COMMA);
    setlocale(LC_ALL, "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("number_parse");
    TCase *test_case = tcase_create("number_parse");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, forms_and_kinds);
    tcase_add_test(test_case, hard_numbers);
    tcase_add_test(test_case, random_decimals);
    tcase_add_test(test_case, random_doubles_come_back);
    tcase_add_test(test_case, midpoints);
    tcase_add_test(test_case, the_locale_changes_nothing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
