/* SPDX-License-Identifier: MIT */
#include "run_suite.h"
#include "table_sample.h"

static bkt_context *context;

static void set_up(void) {
    context = sample_context();
}

static void tear_down(void) {
    bkt_context_free(context);
}

/* Rows whose notes say in which order they came. */
static bkt_table *numbered_table(const char *const *texts, const char *const *periods,
                                 const double *numbers, int64_t count) {
    static const char *const PLACES[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_texts(builder, "PLACE", BKT_ROLE_ATTRIBUTE, PLACES, count), BKT_OK);
    if (texts != NULL) {
        ck_assert_int_eq(
            bkt_table_builder_add_texts(builder, "TEXT", BKT_ROLE_DIMENSION, texts, count), BKT_OK);
    }
    if (periods != NULL) {
        ck_assert_int_eq(bkt_table_builder_add_periods(builder, "PERIOD", periods, count), BKT_OK);
    }
    if (numbers != NULL) {
        ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "NUMBER", BKT_ROLE_MEASURE, NULL,
                                                       numbers, NULL, NULL, count),
                         BKT_OK);
    }
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    return table;
}

static void check_order(const bkt_table *table, const char *const *ids, uint32_t id_count,
                        uint32_t flags, const char *places) {
    bkt_sort_options options;
    ck_assert_int_eq(bkt_sort_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    bkt_table *sorted;
    ck_assert_int_eq(bkt_table_sort(context, table, ids, id_count, &options, &sorted), BKT_OK);
    check_column(sorted, "PLACE", places);
    char *text = text_of(sorted);
    free(text);
    bkt_table_free(sorted);
}

START_TEST(texts_by_their_bytes) {
    static const char *const TEXTS[] = {"b", "ab", NULL, "a", "\xC3\xA9", "B", "", "a", NULL};
    static const char *const IDS[] = {"TEXT"};
    bkt_table *table = numbered_table(TEXTS, NULL, NULL, 9);
    check_order(table, IDS, 1, 0, "g f d h b a e c i");
    check_order(table, IDS, 1, BKT_SORT_DESCENDING, "e a b d h f g c i");
    bkt_table_free(table);
}
END_TEST

START_TEST(periods_by_day_then_longer_first) {
    static const char *const PERIODS[] = {"2012-01",
                                          "2012",
                                          "2011-12-31",
                                          "2012Q1",
                                          NULL,
                                          "2012-Q1",
                                          "2012-01-01T00:00:01",
                                          "2012-01-01",
                                          "2012-01-01T00:00:00"};
    static const char *const IDS[] = {"PERIOD"};
    bkt_table *table = numbered_table(NULL, PERIODS, NULL, 9);
    check_order(table, IDS, 1, 0, "c b d f a h i g e");
    check_order(table, IDS, 1, BKT_SORT_DESCENDING, "g i h a d f b c e");
    bkt_table_free(table);
}
END_TEST

START_TEST(numbers_by_size) {
    static const double NUMBERS[] = {0.0, -1, NAN, 1e-320, -0.0, 1e308, -1e308, 2, NAN};
    static const char *const IDS[] = {"NUMBER"};
    bkt_table *table = numbered_table(NULL, NULL, NUMBERS, 9);
    check_order(table, IDS, 1, 0, "g b a e d h f c i");
    check_order(table, IDS, 1, BKT_SORT_DESCENDING, "f h d a e b g c i");
    bkt_table_free(table);
}
END_TEST

START_TEST(the_first_weighs_most) {
    static const char *const TEXTS[] = {"y", "x", "y", "x", "x"};
    static const double NUMBERS[] = {1, 2, NAN, 1, 2};
    static const char *const FIRST[] = {"TEXT", "NUMBER"};
    static const char *const SECOND[] = {"number", "text"};
    bkt_table *table = numbered_table(TEXTS, NULL, NUMBERS, 5);
    check_order(table, FIRST, 2, 0, "d b e a c");
    check_order(table, SECOND, 2, 0, "d a b e c");
    check_order(table, SECOND, 2, BKT_SORT_DESCENDING, "b e a d c");
    check_order(table, NULL, 0, 0, "a b c d e");
    bkt_table_free(table);
}
END_TEST

START_TEST(what_is_no_period_comes_behind) {
    static const char *const TEXTS[] = {"late",           "2013", "early",
                                        "2012-01-01/P1Y", NULL,   "2012-01-01/P1M"};
    static const char *const IDS[] = {"T"};
    bkti_table_writer *writer;
    uint32_t time;
    uint32_t place;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("T"), BKT_KIND_PERIOD,
                                                  BKT_ROLE_TIME, BKT_LEVEL_NONE, &time),
                     BKT_OK);
    ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("PLACE"), BKT_KIND_TEXT,
                                                  BKT_ROLE_ATTRIBUTE, BKT_LEVEL_NONE, &place),
                     BKT_OK);
    for (int row = 0; row < 6; row++) {
        char letter = (char)('a' + row);
        bkti_span text = bkti_span_of(TEXTS[row]);
        int32_t code =
            text.data == NULL ? -1 : bkti_table_writer_period_code(writer, time, text, NULL, NULL);
        bkti_column_put_code(writer, bkti_table_writer_column(writer, time), row, code);
        code = bkti_table_writer_code(writer, place, (bkti_span){&letter, 1});
        bkti_column_put_code(writer, bkti_table_writer_column(writer, place), row, code);
    }
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_finish(writer, 6, &table), BKT_OK);
    check_order(table, IDS, 1, 0, "f d b c a e");
    bkt_table_free(table);
}
END_TEST

/* Sorting by every column makes one table of all orders of the rows. */
START_TEST(the_order_before_does_not_matter) {
    static const char *const IDS[] = {"TIME_PERIOD", "OBS_VALUE", "REPORTER", "PARTNER",
                                      "OBS_STATUS"};
    static const char *const OTHER[] = {"OBS_STATUS", "PARTNER", "OBS_VALUE"};
    for (uint64_t seed = 0; seed < 20; seed++) {
        bkt_table *table = sample_random(context, (int64_t)seed * 17, seed);
        bkt_table *shuffled;
        bkt_table *first;
        bkt_table *second;
        ck_assert_int_eq(bkt_table_sort(context, table, OTHER, 3, NULL, &shuffled), BKT_OK);
        ck_assert_int_eq(bkt_table_sort(context, table, IDS, 5, NULL, &first), BKT_OK);
        ck_assert_int_eq(bkt_table_sort(context, shuffled, IDS, 5, NULL, &second), BKT_OK);
        ck_assert_int_eq(bkt_table_row_count(first), (int64_t)seed * 17);
        /* Two spellings of a period are equal, and keep the order that they had. */
        for (size_t i = 0; i < COUNT(IDS); i++) {
            if (strcmp(IDS[i], "TIME_PERIOD") != 0) {
                check_same_column(first, second, IDS[i]);
            }
        }
        bkt_table_free(second);
        bkt_table_free(first);
        bkt_table_free(shuffled);
        bkt_table_free(table);
    }
}
END_TEST

START_TEST(bad_calls) {
    static const char *const IDS[] = {"REPORTER", "REPORTER"};
    static const char *const UNKNOWN[] = {"NO"};
    bkt_table *table = sample_random(context, 5, 1);
    bkt_table *sorted = table;
    bkt_sort_options options;
    ck_assert_int_eq(bkt_table_sort(NULL, table, IDS, 1, NULL, &sorted), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(sorted);
    ck_assert_int_eq(bkt_table_sort(context, NULL, IDS, 1, NULL, &sorted), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_sort(context, table, NULL, 1, NULL, &sorted), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_sort(context, table, IDS, 1, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_sort(context, table, IDS, 2, NULL, &sorted),
                     BKT_ERR_REPEATED_COMPONENT);
    ck_assert_int_eq(bkt_table_sort(context, table, UNKNOWN, 1, NULL, &sorted), BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_sort_options_init(NULL, sizeof options), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_sort_options_init(&options, 4), BKT_ERR_ABI);
    ck_assert_int_eq(bkt_sort_options_init(&options, sizeof options), BKT_OK);
    options.flags = 2;
    ck_assert_int_eq(bkt_table_sort(context, table, IDS, 1, &options, &sorted), BKT_ERR_ARGUMENT);
    options.flags = 0;
    options.struct_size = 0;
    ck_assert_int_eq(bkt_table_sort(context, table, IDS, 1, &options, &sorted), BKT_ERR_ABI);
    bkt_table_free(table);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sort");
    TCase *test_case = tcase_create("sort");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, texts_by_their_bytes);
    tcase_add_test(test_case, periods_by_day_then_longer_first);
    tcase_add_test(test_case, numbers_by_size);
    tcase_add_test(test_case, the_first_weighs_most);
    tcase_add_test(test_case, what_is_no_period_comes_behind);
    tcase_add_test(test_case, the_order_before_does_not_matter);
    tcase_add_test(test_case, bad_calls);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
