/* SPDX-License-Identifier: MIT */
/* The quick way for short numbers: the same as strtod() wherever it answers, an answer wherever it
 * should, nothing read outside the text. */
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_number.h"
#include "bkti_number_short.h"
#include "guarded_room.h"
#include "random_numbers.h"
#include "run_suite.h"

#if FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 1
#define ANSWERS true
#else
#define ANSWERS false
#endif

/* A page between two that nobody may touch. */
static guarded_room room;
static char *begin_of_page;
static char *end_of_page;

static void set_up(void) {
    setlocale(LC_NUMERIC, "C");
    room = guarded_room_new(1);
    begin_of_page = room.begin;
    end_of_page = room.begin + room.size;
}

static void tear_down(void) {
    guarded_room_free(&room);
    setlocale(LC_NUMERIC, "");
}

/* [-] digits with at most one point, at least one digit. */
static bool is_plain_decimal(const char *text, size_t *out_digits) {
    size_t digits = strspn(text += *text == '-', "0123456789");
    text += digits;
    if (*text == '.') {
        size_t decimals = strspn(++text, "0123456789");
        digits += decimals;
        text += decimals;
    }
    *out_digits = digits;
    return *text == '\0' && digits > 0;
}

static void expect_at(const char *place, const char *text) {
    size_t size = strlen(text);
    size_t digits;
    bool plain = is_plain_decimal(text, &digits);
    bool expected = ANSWERS && plain && digits <= 15;
    double number = 12345;
    bool answered = bkti_number_parse_short(place, size, &number);
    double nearest = answered ? strtod(text, NULL) : 12345;
    if (answered != expected || bits_of_double(number) != bits_of_double(nearest)) {
        ck_abort_msg("'%s': %d, %a, not %a", text, (int)answered, number, nearest);
    }
    int kind = bkti_number_parse((bkti_span){place, size}, &number);
    if ((kind == BKTI_NUMBER_FINITE) != plain ||
        (plain && bits_of_double(number) != bits_of_double(strtod(text, NULL)))) {
        ck_abort_msg("'%s' is of kind %d, %a", text, kind, number);
    }
}

/* The same, whatever decimals the texts before had. Of place more can be read than the text. */
static void expect_next(const char *place, const char *text) {
    size_t size = strlen(text);
    size_t digits;
    bool expected = ANSWERS && is_plain_decimal(text, &digits) && digits <= 15;
    const char *point = strchr(text, '.');
    size_t decimals = expected && point != NULL ? strlen(point + 1) : 0;
    for (unsigned before = 0; before <= BKTI_DECIMALS_MOST; before++) {
        unsigned noted = before;
        double number = 12345;
        bool answered = bkti_number_parse_next(place, size, &noted, &number);
        double nearest = answered ? strtod(text, NULL) : 12345;
        size_t behind = !answered ? before : decimals <= BKTI_DECIMALS_MOST ? decimals : 0;
        if (answered != expected || bits_of_double(number) != bits_of_double(nearest) ||
            noted != behind) {
            ck_abort_msg("'%s' after %u decimals: %d, %a, not %a, %u decimals", text, before,
                         (int)answered, number, nearest, noted);
        }
    }
}

/* At both ends of the page, where a byte too many is a crash, and among bytes that, if they were
 * taken for the text's, would be noticed: digits, points and signs. */
static void expect_right(const char *text) {
    static const char *const AROUND[] = {"9999999999999999", "................",
                                         "----------------"};
    size_t size = strlen(text);
    memcpy(begin_of_page, text, size);
    expect_at(begin_of_page, text);
    memcpy(end_of_page - size, text, size);
    expect_at(end_of_page - size, text);
    for (size_t i = 0; i < sizeof AROUND / sizeof AROUND[0]; i++) {
        char place[96 + BKTI_NUMBER_READABLE];
        int length = snprintf(place, sizeof place, "%s%s%s", AROUND[i], text, AROUND[i]);
        ck_assert_int_lt(length, (int)sizeof place);
        expect_at(place + 16, text);
        expect_next(place + 16, text);
    }
}

/* Also below zero. */
static void expect_both(const char *text) {
    char negative[64];
    snprintf(negative, sizeof negative, "-%.60s", text);
    expect_right(text);
    expect_right(negative);
}

START_TEST(forms) {
    static const char *const TEXTS[] = {
        "0",
        "00",
        "0.0",
        "0.00",
        "000000000000000",
        ".5",
        "5.",
        "0.1",
        "0.3",
        "804.1",
        "12.5",
        "123456.78",
        "1234567",
        "12345678",
        "123456789",
        "007.50",
        "1234567.",
        "12345678.",
        ".1234567",
        ".12345678",
        "999999999999999",
        "99999999999999.9",
        ".999999999999999",
        "999999999999999.",
        "1234567890123.45",
        "0.00000000000001",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        expect_both(TEXTS[i]);
        double number;
        ck_assert(bkti_number_parse_short(TEXTS[i], strlen(TEXTS[i]), &number) == ANSWERS);
    }
    double number;
    ck_assert(!bkti_number_parse_short(NULL, 0, &number));
}
END_TEST

START_TEST(what_is_no_number) {
    static const char *const TEXTS[] = {
        "",
        ".",
        "..",
        "1.2.3",
        "1..2",
        "12a",
        "a",
        "1,5",
        "1 5",
        "1-",
        "1.-",
        "NaN",
        "INF",
        ":",
        "/",
        "12/5",
        "12:5",
        "./",
        "1./5",
        "5\x80",
        "\xef\xbc\x91",
        "1\xc2\xa0"
        "5",
        "1234567a",
        "12345678a",
        "a12345678",
        "1234.5678.",
        "1.2345678.9",
        ".12345678.",
        "12345678..",
        "\xb9\xb9\xb9\xb9\xb9\xb9\xb9\xb9",
        "1.\xff\xff",
        "\xff.1",
        "1\x1e",
        "\x01",
        "123456789012345a",
        "1234567890123456a",
        "1234567.\xba"
        "0",
        "--1",
        "-",
        "-1-",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        expect_both(TEXTS[i]);
    }
}
END_TEST

/* Numbers for bkti_number_parse() alone. */
START_TEST(what_is_left_to_the_long_way) {
    static const char *const TEXTS[] = {
        "+1",
        "1e5",
        "1E5",
        " 1",
        "1 ",
        "\t1\n",
        "1234567890123456",
        "-12345678901234567.8",
        "0.000000000000000",
        "00000000000000000001",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        double number = 12345;
        ck_assert(!bkti_number_parse_short(TEXTS[i], strlen(TEXTS[i]), &number));
        ck_assert_double_eq(number, 12345);
        ck_assert_int_eq(bkti_number_parse(bkti_span_of(TEXTS[i]), &number), BKTI_NUMBER_FINITE);
        ck_assert(bits_of_double(number) == bits_of_double(strtod(TEXTS[i], NULL)));
    }
}
END_TEST

/* Every byte there is, in every place of a text of every length. */
START_TEST(every_byte_everywhere) {
    for (size_t size = 1; size <= 17; size++) {
        for (size_t place = 0; place < size; place++) {
            for (int byte = 1; byte < 256; byte++) {
                char text[32] = "12345678901234567";
                text[size] = '\0';
                text[place] = (char)byte;
                size_t digits;
                /* White space, "+" and exponents are the long way's alone to judge. */
                if (is_plain_decimal(text, &digits) || strchr(" \t\r\n+eE", byte) == NULL) {
                    expect_right(text);
                }
            }
        }
    }
}
END_TEST

START_TEST(the_point_everywhere) {
    static const char *const DIGITS[] = {
        "12345678912345678", "99999999999999999", "00000000000000001", "00012345678900000",
        "10000000000000000", "00000000000000000", "90071992547409935", "98765432198765432"};
    for (size_t i = 0; i < sizeof DIGITS / sizeof DIGITS[0]; i++) {
        for (int count = 1; count <= 17; count++) {
            char text[32];
            snprintf(text, sizeof text, "%.*s", count, DIGITS[i]);
            expect_both(text);
            for (int whole = 0; whole <= count; whole++) {
                snprintf(text, sizeof text, "%.*s.%.*s", whole, DIGITS[i], count - whole,
                         DIGITS[i] + whole);
                expect_both(text);
            }
        }
    }
}
END_TEST

START_TEST(around_two_to_53) {
    for (uint64_t number = (UINT64_C(1) << 53) - 40; number < (UINT64_C(1) << 53) + 40; number++) {
        char digits[32];
        snprintf(digits, sizeof digits, "%" PRIu64, number);
        expect_both(digits);
        for (int whole = 0; whole <= 16; whole++) {
            char text[64];
            snprintf(text, sizeof text, "%.*s.%s", whole, digits, digits + whole);
            expect_both(text);
        }
    }
}
END_TEST

/* As they are published: lengths of all kinds, zeros before and behind. */
START_TEST(random_numbers) {
    uint64_t state = 11;
    for (int i = 0; i < 1000000; i++) {
        char digits[32];
        int count = 1 + (int)random_below(&state, 17);
        for (int d = 0; d < count; d++) {
            digits[d] = (char)('0' + random_below(&state, 10));
        }
        int zeros = (int)random_below(&state, 4);
        memset(digits + (random_below(&state, 2) == 0 || zeros > count ? 0 : count - zeros), '0',
               (size_t)(zeros > count ? count : zeros));
        int whole = (int)random_below(&state, (uint64_t)count + 2); /* count + 1: no point */
        char text[48];
        snprintf(text, sizeof text, "%s%.*s%s%.*s", random_below(&state, 4) == 0 ? "-" : "",
                 whole > count ? count : whole, digits, whole > count ? "" : ".",
                 whole > count ? 0 : count - whole, digits + whole);
        size_t size = strlen(text);
        memcpy(end_of_page - size, text, size);
        expect_at(end_of_page - size, text);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("number_short");
    TCase *test_case = tcase_create("number_short");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, forms);
    tcase_add_test(test_case, what_is_no_number);
    tcase_add_test(test_case, what_is_left_to_the_long_way);
    tcase_add_test(test_case, every_byte_everywhere);
    tcase_add_test(test_case, the_point_everywhere);
    tcase_add_test(test_case, around_two_to_53);
    tcase_add_test(test_case, random_numbers);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
