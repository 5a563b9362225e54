/* SPDX-License-Identifier: MIT */
#include "bkti_unit.h"

#include <bktrade/context.h>

#include "bkti_context.h"
#include "run_suite.h"

static void assert_unit(const char *text, const char *base, int power) {
    bkti_unit unit = bkti_unit_read(text);
    ck_assert_msg(bkti_span_is(unit.base, base), "%s: base is %.*s", text, (int)unit.base.size,
                  unit.base.data);
    ck_assert_int_eq(unit.power, power);
}

START_TEST(multiples_are_read) {
    assert_unit("USD", "USD", 0);
    assert_unit("thousand USD", "USD", 3);
    assert_unit("Million USD", "USD", 6);
    assert_unit("USD billion", "USD", 9);
    assert_unit("millions of roubles", "roubles", 6);
    assert_unit(" trillion  KZT ", "KZT", 12);
    assert_unit("million", "", 6);
    assert_unit("", "", 0);
    assert_unit("%", "%", 0);
    assert_unit("index, 2000 = 100", "index, 2000 = 100", 0);
    assert_unit("millionaires", "millionaires", 0);
}
END_TEST

START_TEST(money_is_three_capital_letters) {
    ck_assert(bkti_unit_is_money(bkti_unit_read("million USD")));
    ck_assert(bkti_unit_is_money(bkti_unit_read("BYN")));
    ck_assert(!bkti_unit_is_money(bkti_unit_read("usd")));
    ck_assert(!bkti_unit_is_money(bkti_unit_read("ratio")));
    ck_assert(!bkti_unit_is_money(bkti_unit_read("EURO")));
    ck_assert(!bkti_unit_is_money(bkti_unit_read("")));
}
END_TEST

START_TEST(units_are_written) {
    bkt_context *context;
    bkti_text text;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkti_text_init(&text, bkti_context_memory(context));
    bkti_unit_write(&text, (bkti_unit){BKTI_SPAN("USD"), 6});
    bkti_text_append_text(&text, "|");
    bkti_unit_write(&text, (bkti_unit){BKTI_SPAN("USD"), 0});
    bkti_text_append_text(&text, "|");
    bkti_unit_write(&text, (bkti_unit){BKTI_SPAN(""), 3});
    bkti_text_append_text(&text, "|");
    bkti_unit_write(&text, (bkti_unit){BKTI_SPAN("ratio"), -15});
    bkti_text_append_text(&text, "|");
    bkti_unit_write(&text, (bkti_unit){BKTI_SPAN("USD"), 297});
    ck_assert_str_eq(bkti_text_get(&text),
                     "million USD|USD|thousand|10\xe2\x81\xbb\xc2\xb9\xe2\x81\xb5 ratio|"
                     "10\xc2\xb2\xe2\x81\xb9\xe2\x81\xb7 USD");
    bkti_text_free(&text);
    bkt_context_free(context);
}
END_TEST

START_TEST(conversions_are_one_rounding) {
    ck_assert(bkti_unit_convert(804065.055, 3, 6) == 804.065055);
    ck_assert(bkti_unit_convert(3.5, 9, 0) == 3.5e9);
    ck_assert(bkti_unit_convert(1, 0, 0) == 1);
    ck_assert(bkti_unit_convert(1, 30, 0) == 1e22 * 1e8);
    ck_assert(bkti_unit_convert(1e300, 0, 300) > 0.999999);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("unit");
    TCase *test_case = tcase_create("unit");
    tcase_add_test(test_case, multiples_are_read);
    tcase_add_test(test_case, money_is_three_capital_letters);
    tcase_add_test(test_case, units_are_written);
    tcase_add_test(test_case, conversions_are_one_rounding);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
