/* SPDX-License-Identifier: MIT */
#include <bktrade/output.h>

#include "bkti_table.h"

#include "collect.h"
#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;
static collected text;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void finish(void) {
    collected_free(&text);
    bkt_context_free(context);
}

/* Four years of the pair, with what tables of trade have: gaps with reasons, rates, counts. */
static bkt_table *small_table(bkt_context *own) {
    static const char *const PERIODS[] = {"2011", "2012", "2013", "2014"};
    static const char *const NAMES[] = {"Belarus", "\xe4\xb8\xad\xe5\x9b\xbd", "Kaza\tkhstan",
                                        NULL};
    static const double EXPORTS[] = {651174.793, 804065.055, NAN, 12.5};
    static const uint8_t WHY[] = {0, 0, BKT_MISSING_CONFIDENTIAL, 0};
    static const double GROWTH[] = {NAN, 0.2348, -0.0003, 1.5};
    static const uint8_t GROWTH_WHY[] = {BKT_MISSING_NO_EARLIER_PERIOD, 0, 0, 0};
    static const double COUNTS[] = {12, 1234567, 3, 4};
    bkt_table_builder *builder;
    bkt_table *table;
    if (bkt_table_builder_new(own, &builder) != BKT_OK) {
        return NULL;
    }
    bkt_table_builder_add_periods(builder, "TIME_PERIOD", PERIODS, 4);
    bkt_table_builder_add_texts(builder, "REPORTER", BKT_ROLE_DIMENSION, NAMES, 4);
    bkt_table_builder_add_numbers(builder, "EXPORTS", BKT_ROLE_MEASURE, "thousand USD", EXPORTS,
                                  NULL, WHY, 4);
    bkt_table_builder_add_numbers(builder, "GROWTH", BKT_ROLE_MEASURE, "fraction", GROWTH, NULL,
                                  GROWTH_WHY, 4);
    bkt_table_builder_add_numbers(builder, "N", BKT_ROLE_ATTRIBUTE, NULL, COUNTS, NULL, NULL, 4);
    return bkt_table_builder_finish(builder, &table) == BKT_OK ? table : NULL;
}

static bkt_print_options defaults(void) {
    bkt_print_options options;
    ck_assert_int_eq(bkt_print_options_init(&options, sizeof options), BKT_OK);
    return options;
}

static void assert_printed(const bkt_table *table, const bkt_print_options *options,
                           const char *expected) {
    collected_free(&text);
    ck_assert_int_eq(bkt_table_print(context, table, options, collect, &text), BKT_OK);
    ck_assert_str_eq(collected_text(&text), expected);
}

START_TEST(a_table_is_aligned) {
    bkt_table *table = small_table(context);
    assert_printed(table, NULL,
                   "TIME_PERIOD  REPORTER          EXPORTS    GROWTH        N\n"
                   "                          thousand USD  fraction\n"
                   "───────────  ───────────  ────────────  ────────  ───────\n"
                   "2011         Belarus          651174.8         –       12\n"
                   "2012         中国             804065.1      0.23  1234567\n"
                   "2013         Kaza khstan             –      0.00        3\n"
                   "2014         –                    12.5      1.50        4\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(multiples_percent_reasons_and_separators) {
    bkt_table *table = small_table(context);
    bkt_print_options options = defaults();
    options.flags = BKT_PRINT_ASCII | BKT_PRINT_REASONS | BKT_PRINT_PERCENT;
    options.scale = BKT_SCALE_MILLIONS;
    options.thousands = ',';
    options.text_width = 8;
    assert_printed(table, &options,
                   "TIME_PERIOD  REPORTER      EXPORTS   GROWTH          N\n"
                   "                       million USD        %\n"
                   "-----------  --------  -----------  -------  ---------\n"
                   "2011         Belarus       651.2        - a         12\n"
                   "2012         中国          804.1     23.5    1,234,567\n"
                   "2013         Kaza ...          - b    0.0            3\n"
                   "2014         -               0.0    150.0            4\n"
                   "\n"
                   "a: no earlier period\n"
                   "b: confidential\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(columns_rows_and_decimals_can_be_chosen) {
    bkt_table *table = small_table(context);
    static const char *const IDS[] = {"EXPORTS", "time_period", "GROWTH"};
    static const int32_t DECIMALS[] = {-1, -1, 4};
    bkt_print_options options = defaults();
    options.column_ids = IDS;
    options.column_decimals = DECIMALS;
    options.column_count = 3;
    options.decimals = 0;
    options.row_limit = 2;
    options.missing = "n/a";
    assert_printed(table, &options,
                   "     EXPORTS  TIME_PERIOD    GROWTH\n"
                   "thousand USD               fraction\n"
                   "────────────  ───────────  ────────\n"
                   "      651175  2011              n/a\n"
                   "      804065  2012           0.2348\n"
                   "... 2 more rows\n");
    options.flags = BKT_PRINT_NO_HEADER;
    options.row_limit = 3;
    assert_printed(table, &options,
                   "651175  2011      n/a\n"
                   "804065  2012   0.2348\n"
                   "   n/a  2013  -0.0003\n"
                   "... 1 more row\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(a_narrow_terminal_gets_blocks) {
    bkt_table *table = small_table(context);
    bkt_print_options options = defaults();
    options.width = 44;
    options.flags = BKT_PRINT_ASCII;
    assert_printed(table, &options,
                   "TIME_PERIOD  REPORTER          EXPORTS\n"
                   "                          thousand USD\n"
                   "-----------  -----------  ------------\n"
                   "2011         Belarus          651174.8\n"
                   "2012         中国             804065.1\n"
                   "2013         Kaza khstan             -\n"
                   "2014         -                    12.5\n"
                   "\n"
                   "TIME_PERIOD    GROWTH        N\n"
                   "             fraction\n"
                   "-----------  --------  -------\n"
                   "2011                -       12\n"
                   "2012             0.23  1234567\n"
                   "2013             0.00        3\n"
                   "2014             1.50        4\n");
    /* Narrower than any column: one column a block, nothing lost. */
    options.width = 5;
    collected_free(&text);
    ck_assert_int_eq(bkt_table_print(context, table, &options, collect, &text), BKT_OK);
    ck_assert_ptr_nonnull(strstr(collected_text(&text), "1234567"));
    ck_assert_ptr_nonnull(strstr(collected_text(&text), "804065.1"));
    bkt_table_free(table);
}
END_TEST

START_TEST(labels_are_broken_into_lines) {
    bkti_table_writer *writer;
    uint32_t period, number;
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    bkti_table_writer_add_column(writer, BKTI_SPAN("TIME_PERIOD"), BKT_KIND_TEXT, BKT_ROLE_TIME,
                                 BKT_LEVEL_NONE, &period);
    bkti_table_writer_add_column(writer, BKTI_SPAN("X"), BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                                 BKT_LEVEL_NONE, &number);
    bkti_table_writer_set_label(writer, period, "Year", NULL);
    bkti_table_writer_set_label(writer, number, "Exports as Belarus reports them", "million USD");
    ck_assert_int_eq(bkti_table_writer_reserve(writer, 1), BKT_OK);
    int32_t code = bkti_table_writer_code(writer, period, BKTI_SPAN("2012"));
    bkti_column_put_code(writer, bkti_table_writer_column(writer, period), 0, code);
    bkti_column_put_number(writer, bkti_table_writer_column(writer, number), 0, 804.138);
    ck_assert_int_eq(bkti_table_writer_finish(writer, 1, &table), BKT_OK);
    assert_printed(table, NULL,
                   "        Exports as\n"
                   "           Belarus\n"
                   "Year  reports them\n"
                   "       million USD\n"
                   "────  ────────────\n"
                   "2012         804.1\n");
    bkt_print_options options = defaults();
    options.flags = BKT_PRINT_IDS;
    assert_printed(table, &options,
                   "TIME_PERIOD            X\n"
                   "             million USD\n"
                   "───────────  ───────────\n"
                   "2012               804.1\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(numbers_of_every_size_are_printed) {
    static const char *const IDS[] = {"HUGE", "TINY", "EUR", "USD"};
    static const double HUGES[] = {1e300, -0.25, 6.756};
    static const double TINIES[] = {0.00012345, 0.5e-4, NAN};
    static const double EUROS[] = {1, 2, 3};
    static const double DOLLARS[] = {1.25, 2, -1e-9};
    const double *const numbers[] = {HUGES, TINIES, EUROS, DOLLARS};
    bkt_table *table = yearly_table(context, 2000, 3, "", IDS, numbers, 4);
    assert_printed(table, NULL,
                   "TIME_PERIOD    HUGE      TINY  EUR   USD\n"
                   "───────────  ──────  ────────  ───  ────\n"
                   "2000         1e+300  0.000123    1  1.25\n"
                   "2001          -0.25  0.000050    2  2.00\n"
                   "2002           6.76         –    3  0.00\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(columns_of_one_unit_have_the_same_decimals) {
    static const char *const IDS[] = {"A", "B"};
    static const double LARGE[] = {40000.5, 38000};
    static const double SMALL[] = {12, 7};
    const double *const numbers[] = {LARGE, SMALL};
    bkt_table *table = yearly_table(context, 2000, 2, "million USD", IDS, numbers, 2);
    bkt_print_options options = defaults();
    assert_printed(table, &options,
                   "TIME_PERIOD            A            B\n"
                   "             million USD  million USD\n"
                   "───────────  ───────────  ───────────\n"
                   "2000             40000.5         12.0\n"
                   "2001             38000.0          7.0\n");
    options.scale = BKT_SCALE_BILLIONS;
    options.scale_unit = "EUR"; /* these are not */
    options.thousands = ' ';
    options.row_limit = 1;
    assert_printed(table, &options,
                   "TIME_PERIOD            A            B\n"
                   "             million USD  million USD\n"
                   "───────────  ───────────  ───────────\n"
                   "2000            40 000.5         12.0\n"
                   "... 1 more row\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(years_are_years) {
    static const char *const IDS[] = {"REACHED"};
    static const double YEARS[] = {2027, 2031};
    const double *const numbers[] = {YEARS};
    bkt_table *table = yearly_table(context, 2000, 2, "year", IDS, numbers, 1);
    bkt_print_options options = defaults();
    options.thousands = ',';
    options.decimals = 2;
    assert_printed(table, &options,
                   "TIME_PERIOD  REACHED\n"
                   "                year\n"
                   "───────────  ───────\n"
                   "2000            2027\n"
                   "2001            2031\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(empty_tables) {
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    assert_printed(table, NULL, "");
    bkt_table_free(table);
    table = yearly_table(context, 2000, 0, "", NULL, NULL, 0);
    assert_printed(table, NULL, "TIME_PERIOD\n───────────\n(no rows)\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(wrong_calls_are_told) {
    bkt_table *table = small_table(context);
    static const char *const IDS[] = {"TIME_PERIOD", "NOPE"};
    static const int32_t DECIMALS[] = {-2, 0};
    bkt_print_options options = defaults();
    ck_assert_int_eq(bkt_table_print(NULL, table, NULL, collect, &text), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_print(context, NULL, NULL, collect, &text), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_print(context, table, NULL, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_print_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_print_options_init(&options, 4), BKT_ERR_ABI);
    options.column_ids = IDS;
    options.column_count = 2;
    ck_assert_int_eq(bkt_table_print(context, table, &options, collect, &text), BKT_ERR_NO_COLUMN);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "NOPE"));
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "EXPORTS"));
    options.column_ids = NULL;
    ck_assert_int_eq(bkt_table_print(context, table, &options, collect, &text), BKT_ERR_ARGUMENT);
    bkt_print_options bad[8];
    for (size_t i = 0; i < 8; i++) {
        bad[i] = defaults();
    }
    bad[0].flags = 1u << 30;
    bad[1].row_limit = -1;
    bad[2].decimals = 16;
    bad[3].percent_decimals = -1;
    bad[4].scale = 9;
    bad[5].thousands = '.';
    bad[6].column_ids = IDS;
    bad[6].column_decimals = DECIMALS;
    bad[6].column_count = 1;
    bad[7].thousands = 0x2009;
    for (size_t i = 0; i < 8; i++) {
        ck_assert_int_eq(bkt_table_print(context, table, &bad[i], collect, &text),
                         BKT_ERR_ARGUMENT);
    }
    ck_assert_int_eq(text.calls, 0);
    bkt_table_free(table);
}
END_TEST

START_TEST(a_caller_may_stop_at_any_block) {
    static double numbers[6000];
    static const char *const IDS[] = {"A", "B", "C"};
    const double *const columns[] = {numbers, numbers, numbers};
    bkt_table *table = yearly_table(context, 1600, 390, "million USD", IDS, columns, 3);
    bkt_print_options options = defaults();
    options.width = 20; /* three blocks, so that there is much to print */
    collected whole = {0};
    ck_assert_int_eq(bkt_table_print(context, table, &options, collect, &whole), BKT_OK);
    for (int n = 1; n <= whole.calls; n++) {
        collected part = {.refuse_at = n};
        ck_assert_int_eq(bkt_table_print(context, table, &options, collect, &part),
                         BKT_ERR_CANCELLED);
        ck_assert_int_eq(part.calls, n);
        collected_free(&part);
    }
    collected_free(&whole);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_may_fail) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = small_table(own);
        ck_assert_ptr_nonnull(table);
        bkt_print_options options = defaults();
        options.flags = BKT_PRINT_REASONS;
        options.width = 30;
        collected part = {0};
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_print(own, table, &options, collect, &part);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        collected_free(&part);
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("print");
    TCase *test_case = tcase_create("print");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_table_is_aligned);
    tcase_add_test(test_case, multiples_percent_reasons_and_separators);
    tcase_add_test(test_case, columns_rows_and_decimals_can_be_chosen);
    tcase_add_test(test_case, a_narrow_terminal_gets_blocks);
    tcase_add_test(test_case, labels_are_broken_into_lines);
    tcase_add_test(test_case, numbers_of_every_size_are_printed);
    tcase_add_test(test_case, columns_of_one_unit_have_the_same_decimals);
    tcase_add_test(test_case, years_are_years);
    tcase_add_test(test_case, empty_tables);
    tcase_add_test(test_case, wrong_calls_are_told);
    tcase_add_test(test_case, a_caller_may_stop_at_any_block);
    tcase_add_test(test_case, every_allocation_may_fail);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
