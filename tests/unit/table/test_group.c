/* SPDX-License-Identifier: MIT */
/* Grouping and pivoting. */
#include "bkti_sum.h"
#include "run_suite.h"
#include "table_sample.h"

static bkt_context *context;
static bkt_table *table;

static void set_up(void) {
    static const char *REPORTERS[] = {"BLR", "KAZ", "BLR", "BLR", NULL, "KAZ", NULL, "RUS"};
    static const char *PARTNERS[] = {"A", "A", "B", "A", "A", "B", "A", NULL};
    static const char *PERIODS[] = {"2012-Q1", "2012", "2013",    "2012Q1",
                                    "2012",    "2013", "2012-A1", "2012"};
    static const char *NOTES[] = {"x", "x", "x", "x", "x", "x", "x", "x"};
    static double VALUES[] = {1, 2, 4, 8, 16, 32, 64, 0};
    static uint8_t REASONS[] = {0, 0, 0, 0, 0, 0, 0, BKT_MISSING_CONFIDENTIAL};
    sample_rows rows = {REPORTERS, PARTNERS, PERIODS, NOTES, VALUES, REASONS, 8};
    context = sample_context();
    ck_assert_int_eq(sample_table(context, &rows, &table), BKT_OK);
}

static void tear_down(void) {
    bkt_table_free(table);
    bkt_context_free(context);
}

static bkt_table *group(const bkt_table *source, const char *const *ids, uint32_t id_count,
                        uint32_t flags) {
    bkt_group_options options;
    ck_assert_int_eq(bkt_group_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    bkt_table *grouped;
    ck_assert_int_eq(bkt_table_group(context, source, ids, id_count, &options, &grouped), BKT_OK);
    return grouped;
}

START_TEST(groups_by_one_column) {
    static const char *const IDS[] = {"REPORTER"};
    bkt_table *grouped = group(table, IDS, 1, 0);
    ck_assert_uint_eq(bkt_table_column_count(grouped), 4);
    check_column(grouped, "REPORTER", "BLR KAZ ?1 RUS");
    check_column(grouped, "OBS_VALUE", "13 34 80 ?7");
    check_column(grouped, "OBS_VALUE_USED", "3 2 2 0");
    check_column(grouped, "OBS_VALUE_TOTAL", "3 2 2 1");
    const bkt_column *sums = bkt_table_column_find(grouped, "OBS_VALUE");
    ck_assert_str_eq(bkt_column_unit(sums), "million USD");
    ck_assert_int_eq(bkt_column_role(sums), BKT_ROLE_MEASURE);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(grouped, "OBS_VALUE_USED")),
                     BKT_ROLE_ATTRIBUTE);
    ck_assert_str_eq(bkt_table_property(grouped, "source"), "a test");
    char *text = text_of(grouped);
    free(text);
    bkt_table_free(grouped);
}
END_TEST

START_TEST(two_spellings_of_a_period_are_one) {
    static const char *const IDS[] = {"TIME_PERIOD", "PARTNER"};
    bkt_table *grouped = group(table, IDS, 2, BKT_GROUP_AVAILABLE);
    check_column(grouped, "TIME_PERIOD", "2012-Q1 2012 2013 2012");
    check_column(grouped, "PARTNER", "A A B ?1");
    check_column(grouped, "OBS_VALUE", "9 82 36 ?7");
    bkt_table_free(grouped);
}
END_TEST

/* Months in one spelling, then in both; ranges of one first day stay apart. */
START_TEST(many_periods) {
    enum { MONTHS = 300 };
    static char texts[2 * MONTHS][32];
    const char *periods[2 * MONTHS + 2];
    double ones[2 * MONTHS + 2];
    for (int i = 0; i < MONTHS; i++) {
        snprintf(texts[i], sizeof texts[i], "%d-%02d", 1990 + i / 12, i % 12 + 1);
        snprintf(texts[MONTHS + i], sizeof texts[i], "%dM%d", 1990 + i / 12, i % 12 + 1);
    }
    for (int i = 0; i < 2 * MONTHS + 2; i++) {
        periods[i] = i < 2 * MONTHS ? texts[i] : i % 2 ? "1990-01-01/P1M" : "1990-01-01/P1Y";
        ones[i] = 1;
    }
    static const int64_t ROWS[] = {MONTHS, 2 * MONTHS + 2};
    static const int64_t GROUPS[] = {MONTHS, MONTHS + 2};
    static const char *const IDS[] = {"T"};
    for (int i = 0; i < 2; i++) {
        bkt_table_builder *builder;
        bkt_table *rows;
        ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
        ck_assert_int_eq(bkt_table_builder_add_periods(builder, "T", periods, ROWS[i]), BKT_OK);
        ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, ones,
                                                       NULL, NULL, ROWS[i]),
                         BKT_OK);
        ck_assert_int_eq(bkt_table_builder_finish(builder, &rows), BKT_OK);
        bkt_table *grouped = group(rows, IDS, 1, 0);
        ck_assert_int_eq(bkt_table_row_count(grouped), GROUPS[i]);
        double sum;
        bkt_column_number_at(bkt_table_column_find(grouped, "V"), MONTHS - 1, &sum);
        ck_assert(sum == i + 1);
        bkt_table_free(grouped);
        bkt_table_free(rows);
    }
}
END_TEST

START_TEST(the_whole_table_is_one_group) {
    bkt_table *strict = group(table, NULL, 0, 0);
    check_column(strict, "OBS_VALUE", "?7");
    check_column(strict, "OBS_VALUE_USED", "7");
    check_column(strict, "OBS_VALUE_TOTAL", "8");
    bkt_table *available = group(table, NULL, 0, BKT_GROUP_AVAILABLE);
    check_column(available, "OBS_VALUE", "127");
    bkt_table_free(strict);
    bkt_table_free(available);
}
END_TEST

START_TEST(no_rows) {
    static const char *const IDS[] = {"REPORTER"};
    bkt_table *none = sample_random(context, 0, 0);
    bkt_table *all = group(none, NULL, 0, BKT_GROUP_AVAILABLE);
    check_column(all, "OBS_VALUE", "?6");
    check_column(all, "OBS_VALUE_TOTAL", "0");
    bkt_table *by_key = group(none, IDS, 1, BKT_GROUP_AVAILABLE);
    ck_assert_int_eq(bkt_table_row_count(by_key), 0);
    bkt_table *wide;
    ck_assert_int_eq(bkt_table_pivot(context, none, IDS, 1, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(wide), 0);
    ck_assert_uint_eq(bkt_table_column_count(wide), 1);
    bkt_table_free(wide);
    bkt_table_free(by_key);
    bkt_table_free(all);
    bkt_table_free(none);
}
END_TEST

/* The sum of some numbers as one group. */
static int32_t sum_of(const double *numbers, int64_t count, double *out_sum) {
    bkt_table_builder *builder;
    bkt_table *rows;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, numbers,
                                                   NULL, NULL, count),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &rows), BKT_OK);
    bkt_table *grouped = group(rows, NULL, 0, 0);
    const bkt_column *column = bkt_table_column_find(grouped, "V");
    bkt_column_number_at(column, 0, out_sum);
    int32_t reason = bkt_column_missing_at(column, 0);
    bkt_table_free(grouped);
    bkt_table_free(rows);
    return reason;
}

START_TEST(sums_are_exact) {
    double sum;
    static const double CANCEL[] = {1e16, 1, -1e16, 1e-3};
    ck_assert_int_eq(sum_of(CANCEL, 4, &sum), BKT_MISSING_NOT);
    ck_assert(sum == 1.001);
    static const double TENTHS[] = {0.1, 0.2, 0.3, 0.4};
    ck_assert_int_eq(sum_of(TENTHS, 4, &sum), BKT_MISSING_NOT);
    ck_assert(sum == 1.0);
    static const double HUGE_ONES[] = {1.7e308, 1.7e308, -1.7e308};
    ck_assert_int_eq(sum_of(HUGE_ONES, 3, &sum), BKT_MISSING_NOT);
    ck_assert(sum == 1.7e308);
    ck_assert_int_eq(sum_of(HUGE_ONES, 2, &sum), BKT_MISSING_OVERFLOW);
    ck_assert(isnan(sum));
    static const double MORE[] = {1.7e308, 1.7e308, 1};
    ck_assert_int_eq(sum_of(MORE, 3, &sum), BKT_MISSING_OVERFLOW);
    static const double ZEROS[] = {-0.0, -0.0, -0.0};
    for (int64_t count = 1; count <= 3; count++) {
        ck_assert_int_eq(sum_of(ZEROS, count, &sum), BKT_MISSING_NOT);
        ck_assert(sum == 0 && !signbit(sum));
    }
    /* Two are added by the machine itself: that must be the exact sum, rounded. */
    uint64_t state = 1;
    for (int i = 0; i < 2000; i++) {
        double pair[2];
        bkti_sum exact;
        bkti_sum_init(&exact);
        for (int j = 0; j < 2; j++) {
            pair[j] = ldexp((double)next_random(&state) - 1e9, (int)(next_random(&state) % 80));
            bkti_sum_add(&exact, pair[j]);
        }
        ck_assert_int_eq(sum_of(pair, 2, &sum), BKT_MISSING_NOT);
        ck_assert(sum == bkti_sum_result(&exact));
    }
}
END_TEST

/* Rows in another order: the same groups, byte for byte. */
START_TEST(the_order_of_rows_does_not_matter) {
    static const char *const KEYS[] = {"REPORTER", "PARTNER"};
    static const char *const ORDER[] = {"OBS_VALUE", "OBS_STATUS"};
    for (uint64_t seed = 0; seed < 20; seed++) {
        bkt_table *rows = sample_random(context, 500, seed);
        bkt_table *shuffled;
        bkt_table *sorted[2];
        ck_assert_int_eq(bkt_table_sort(context, rows, ORDER, 2, NULL, &shuffled), BKT_OK);
        const bkt_table *sources[] = {rows, shuffled};
        for (int i = 0; i < 2; i++) {
            bkt_table *grouped = group(sources[i], KEYS, 2, seed % 2);
            ck_assert_int_eq(bkt_table_sort(context, grouped, KEYS, 2, NULL, &sorted[i]), BKT_OK);
            bkt_table_free(grouped);
        }
        check_same(sorted[0], sorted[1]);
        bkt_table_free(sorted[0]);
        bkt_table_free(sorted[1]);
        bkt_table_free(shuffled);
        bkt_table_free(rows);
    }
}
END_TEST

START_TEST(pivots) {
    static const char *const IDS[] = {"REPORTER"};
    bkt_table *wide;
    ck_assert_int_eq(
        bkt_table_pivot(context, table, IDS, 1, "TIME_PERIOD", "OBS_VALUE", NULL, &wide), BKT_OK);
    ck_assert_uint_eq(bkt_table_column_count(wide), 4);
    check_column(wide, "REPORTER", "BLR KAZ ?1 RUS");
    check_column(wide, "2012-Q1", "9 ?6 ?6 ?6");
    check_column(wide, "2012", "?6 2 80 ?7");
    check_column(wide, "2013", "4 32 ?6 ?6");
    const bkt_column *column = bkt_table_column_find(wide, "2012");
    ck_assert_str_eq(bkt_column_unit(column), "million USD");
    ck_assert_int_eq(bkt_column_role(column), BKT_ROLE_MEASURE);
    char *text = text_of(wide);
    free(text);
    bkt_table_free(wide);
    ck_assert_int_eq(bkt_table_pivot(context, table, NULL, 0, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(wide), 1);
    check_column(wide, "A", "91");
    check_column(wide, "B", "36");
    check_column(wide, "(missing)", "?7");
    bkt_table_free(wide);
}
END_TEST

/* A cell is the group of its row and column; a row's total is not the sum of rounded cells, but
 * both come of the same rows. */
START_TEST(pivot_and_group_agree) {
    static const char *const KEYS[] = {"REPORTER"};
    static const char *const BOTH[] = {"REPORTER", "PARTNER"};
    for (uint64_t seed = 0; seed < 10; seed++) {
        bkt_table *rows = sample_random(context, 400, seed);
        bkt_table *cells = group(rows, BOTH, 2, seed % 2);
        bkt_group_options options;
        bkt_group_options_init(&options, sizeof options);
        options.flags = seed % 2;
        bkt_table *wide;
        ck_assert_int_eq(
            bkt_table_pivot(context, rows, KEYS, 1, "PARTNER", "OBS_VALUE", &options, &wide),
            BKT_OK);
        int64_t found = 0;
        for (int64_t cell = 0; cell < bkt_table_row_count(cells); cell++) {
            const char *reporter = bkt_column_text_at(bkt_table_column_at(cells, 0), cell);
            const char *partner = bkt_column_text_at(bkt_table_column_at(cells, 1), cell);
            const bkt_column *sums = bkt_table_column_at(cells, 2);
            const bkt_column *column =
                bkt_table_column_find(wide, partner == NULL ? "(missing)" : partner);
            for (int64_t row = 0; row < bkt_table_row_count(wide); row++) {
                const char *name = bkt_column_text_at(bkt_table_column_at(wide, 0), row);
                if (name != reporter) {
                    continue;
                }
                double expected;
                double sum;
                found++;
                ck_assert_int_eq(bkt_column_number_at(sums, cell, &expected),
                                 bkt_column_number_at(column, row, &sum));
                ck_assert_int_eq(memcmp(&expected, &sum, sizeof sum), 0);
                ck_assert_int_eq(bkt_column_missing_at(sums, cell),
                                 bkt_column_missing_at(column, row));
            }
        }
        ck_assert_int_eq(found, bkt_table_row_count(cells));
        bkt_table_free(wide);
        bkt_table_free(cells);
        bkt_table_free(rows);
    }
}
END_TEST

START_TEST(bad_groups) {
    static const char *const IDS[] = {"REPORTER", "REPORTER"};
    static const char *const UNKNOWN[] = {"NO"};
    static const char *const NUMBERS[] = {"OBS_VALUE"};
    bkt_table *grouped = table;
    bkt_group_options options;
    ck_assert_int_eq(bkt_table_group(NULL, table, IDS, 1, NULL, &grouped), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(grouped);
    ck_assert_int_eq(bkt_table_group(context, NULL, IDS, 1, NULL, &grouped), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_group(context, table, NULL, 1, NULL, &grouped), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_group(context, table, IDS, 1, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_group(context, table, IDS, 2, NULL, &grouped),
                     BKT_ERR_REPEATED_COMPONENT);
    ck_assert_int_eq(bkt_table_group(context, table, UNKNOWN, 1, NULL, &grouped),
                     BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_table_group(context, table, NUMBERS, 1, NULL, &grouped),
                     BKT_ERR_COLUMN_KIND);
    ck_assert_int_eq(bkt_group_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_group_options_init(&options, 4), BKT_ERR_ABI);
    ck_assert_int_eq(bkt_group_options_init(&options, sizeof options), BKT_OK);
    options.flags = 4;
    ck_assert_int_eq(bkt_table_group(context, table, IDS, 1, &options, &grouped), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_table_pivot(context, table, IDS, 1, "PARTNER", "OBS_VALUE", &options, &grouped),
        BKT_ERR_ARGUMENT);
    options.struct_size = 5000;
    ck_assert_int_eq(bkt_table_group(context, table, IDS, 1, &options, &grouped), BKT_ERR_ABI);
}
END_TEST

START_TEST(results_with_an_id_twice) {
    static const char *const TEXTS[] = {"V", "K"};
    static const double NUMBERS[] = {1, 2};
    static const char *const IDS[] = {"V_USED"};
    bkt_table_builder *builder;
    bkt_table *rows;
    bkt_table *result;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "V_USED", BKT_ROLE_DIMENSION, TEXTS, 2),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "K", BKT_ROLE_DIMENSION, TEXTS, 2),
                     BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, NUMBERS, NULL, NULL, 2),
        BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &rows), BKT_OK);
    ck_assert_int_eq(bkt_table_group(context, rows, IDS, 1, NULL, &result),
                     BKT_ERR_REPEATED_COMPONENT);
    check_error(context, BKT_ERR_REPEATED_COMPONENT, "'V_USED'");
    static const char *const KEY[] = {"K"};
    ck_assert_int_eq(bkt_table_pivot(context, rows, KEY, 1, "V_USED", "V", NULL, &result),
                     BKT_ERR_REPEATED_COMPONENT);
    check_error(context, BKT_ERR_REPEATED_COMPONENT, "'K'");
    /* Counts are no measures: a group can be grouped again. */
    static const char *const ALL[] = {"K", "V_USED"};
    bkt_table *again;
    ck_assert_int_eq(bkt_table_select(context, rows, KEY, 1, &again), BKT_OK);
    bkt_table_free(again);
    ck_assert_int_eq(bkt_table_group(context, rows, ALL, 1, NULL, &result), BKT_OK);
    ck_assert_int_eq(bkt_table_group(context, result, KEY, 1, NULL, &again), BKT_OK);
    check_same(result, again);
    bkt_table_free(again);
    bkt_table_free(result);
    bkt_table_free(rows);
}
END_TEST

START_TEST(bad_pivots) {
    static const char *const IDS[] = {"REPORTER"};
    static const char *const UNKNOWN[] = {"NO"};
    bkt_table *wide = table;
    ck_assert_int_eq(bkt_table_pivot(NULL, table, IDS, 1, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(wide);
    ck_assert_int_eq(bkt_table_pivot(context, NULL, IDS, 1, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, NULL, "OBS_VALUE", NULL, &wide),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "PARTNER", NULL, NULL, &wide),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "PARTNER", "OBS_VALUE", NULL, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_table_pivot(context, table, UNKNOWN, 1, "PARTNER", "OBS_VALUE", NULL, &wide),
        BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "NO", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "PARTNER", "NO", NULL, &wide),
                     BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "OBS_VALUE", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_COLUMN_KIND);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "PARTNER", "PARTNER", NULL, &wide),
                     BKT_ERR_COLUMN_KIND);
    ck_assert_int_eq(bkt_table_pivot(context, table, IDS, 1, "REPORTER", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_REPEATED_COMPONENT);
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.column_limit = 3;
    bkt_context *small;
    ck_assert_int_eq(bkt_context_new(&options, &small), BKT_OK);
    ck_assert_int_eq(bkt_table_pivot(small, table, IDS, 1, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_ERR_LIMIT);
    check_error(small, BKT_ERR_LIMIT, "column_limit");
    ck_assert_int_eq(bkt_table_pivot(small, table, NULL, 0, "PARTNER", "OBS_VALUE", NULL, &wide),
                     BKT_OK);
    bkt_table_free(wide);
    bkt_context_free(small);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("group");
    TCase *test_case = tcase_create("group");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, groups_by_one_column);
    tcase_add_test(test_case, two_spellings_of_a_period_are_one);
    tcase_add_test(test_case, many_periods);
    tcase_add_test(test_case, the_whole_table_is_one_group);
    tcase_add_test(test_case, no_rows);
    tcase_add_test(test_case, sums_are_exact);
    tcase_add_test(test_case, the_order_of_rows_does_not_matter);
    tcase_add_test(test_case, pivots);
    tcase_add_test(test_case, pivot_and_group_agree);
    tcase_add_test(test_case, bad_groups);
    tcase_add_test(test_case, results_with_an_id_twice);
    tcase_add_test(test_case, bad_pivots);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
