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

typedef struct described {
    const char *sender;
    const char *prepared;
    const char *unit;
} described;

/* A table of one key column, one number and one period, with properties. */
static bkt_table *small_table(const char *const *keys, const double *numbers, int64_t count,
                              described facts) {
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "KEY", BKT_ROLE_DIMENSION, keys, count),
                     BKT_OK);
    if (numbers != NULL) {
        ck_assert_int_eq(bkt_table_builder_add_numbers(builder, "VALUE", BKT_ROLE_MEASURE,
                                                       facts.unit, numbers, NULL, NULL, count),
                         BKT_OK);
    }
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "sender", facts.sender), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_set_property(builder, "prepared", facts.prepared), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    return table;
}

static const char *const AB[] = {"a", "b", NULL};
static const char *const BC[] = {"c", "b"};
static const double NUMBERS[] = {1, NAN, 3};

START_TEST(a_union_of_columns) {
    described facts = {"IMF", "2020", "USD"};
    bkt_table *first = small_table(AB, NUMBERS, 3, facts);
    bkt_table *second = small_table(BC, NULL, 2, facts);
    bkt_table *random = sample_random(context, 2, 5);
    const bkt_table *tables[] = {second, first, random};
    bkt_table *all;
    ck_assert_int_eq(bkt_table_concatenate(context, tables, 3, &all), BKT_OK);
    ck_assert_uint_eq(bkt_table_column_count(all), 7);
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(all, 0)), "KEY");
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(all, 1)), "VALUE");
    ck_assert_str_eq(bkt_column_id(bkt_table_column_at(all, 2)), "REPORTER");
    check_column(all, "KEY", "c b a b ?1 ?1 ?1");
    check_column(all, "VALUE", "?1 ?1 1 ?3 3 ?1 ?1");
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(all, "VALUE")), "USD");
    ck_assert_int_eq(bkt_column_dictionary_count(bkt_table_column_at(all, 0)), 3);
    ck_assert_int_eq(bkt_column_null_count(bkt_table_column_find(all, "TIME_PERIOD")) >= 5, 1);
    char *text = text_of(all);
    free(text);
    bkt_table_free(all);
    bkt_table_free(random);
    bkt_table_free(second);
    bkt_table_free(first);
}
END_TEST

START_TEST(properties_are_joined) {
    described facts[] = {{"IMF", "2020", "USD"},
                         {"WTO", "2021", "USD"},
                         {NULL, NULL, "USD"},
                         {"IMF", "2020", "USD"},
                         {"IM", "2020", "USD"}};
    bkt_table *tables[5];
    for (int i = 0; i < 5; i++) {
        tables[i] = small_table(AB, NUMBERS, 3, facts[i]);
    }
    const bkt_table *first[] = {tables[0], tables[2], tables[3]};
    const bkt_table *second[] = {tables[1], tables[0]};
    bkt_table *joined[3];
    ck_assert_int_eq(bkt_table_concatenate(context, first, 3, &joined[0]), BKT_OK);
    ck_assert_str_eq(bkt_table_property(joined[0], "sender"), "IMF");
    ck_assert_str_eq(bkt_table_property(joined[0], "prepared"), "2020");
    ck_assert_int_eq(bkt_table_concatenate(context, second, 2, &joined[1]), BKT_OK);
    ck_assert_str_eq(bkt_table_property(joined[1], "sender"), "WTO; IMF");
    ck_assert_ptr_null(bkt_table_property(joined[1], "prepared"));
    const bkt_table *third[] = {joined[0], joined[1], tables[4]};
    ck_assert_int_eq(bkt_table_concatenate(context, third, 3, &joined[2]), BKT_OK);
    ck_assert_str_eq(bkt_table_property(joined[2], "sender"), "IMF; WTO; IM");
    for (int i = 0; i < 3; i++) {
        bkt_table_free(joined[i]);
    }
    for (int i = 0; i < 5; i++) {
        bkt_table_free(tables[i]);
    }
}
END_TEST

START_TEST(units_that_differ_are_told) {
    described dollars = {NULL, NULL, "USD"};
    described roubles = {NULL, NULL, "RUB"};
    bkt_table *first = small_table(AB, NUMBERS, 3, dollars);
    bkt_table *second = small_table(AB, NUMBERS, 3, roubles);
    const bkt_table *tables[] = {first, second};
    bkt_table *all;
    ck_assert_int_eq(bkt_table_concatenate(context, tables, 2, &all), BKT_OK);
    ck_assert_str_eq(bkt_column_unit(bkt_table_column_find(all, "VALUE")), "");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(told), BKT_SEVERITY_WARNING);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(told), "'RUB'"));
    bkt_table_free(all);
    bkt_table_free(second);
    bkt_table_free(first);
}
END_TEST

START_TEST(dictionaries_are_shared_where_they_can_be) {
    bkt_table *table = sample_random(context, 200, 9);
    static const char *const IDS[] = {"OBS_VALUE"};
    bkt_table *sorted;
    ck_assert_int_eq(bkt_table_sort(context, table, IDS, 1, NULL, &sorted), BKT_OK);
    const bkt_table *tables[] = {table, sorted};
    bkt_table *all;
    ck_assert_int_eq(bkt_table_concatenate(context, tables, 2, &all), BKT_OK);
    ck_assert_ptr_eq(bkt_column_dictionary_text(bkt_table_column_at(all, 0), 0),
                     bkt_column_dictionary_text(bkt_table_column_at(table, 0), 0));
    ck_assert_ptr_eq(bkt_column_dictionary_text(bkt_table_column_at(all, 2), 0),
                     bkt_column_dictionary_text(bkt_table_column_at(table, 2), 0));
    bkt_table_free(all);
    bkt_table_free(sorted);
    /* Another table with texts that the first has too. */
    bkt_table *other = sample_random(context, 20, 10);
    const bkt_table *unlike[] = {other, table};
    ck_assert_int_eq(bkt_table_concatenate(context, unlike, 2, &all), BKT_OK);
    ck_assert_ptr_eq(bkt_column_dictionary_text(bkt_table_column_at(all, 0), 0),
                     bkt_column_dictionary_text(bkt_table_column_at(other, 0), 0));
    for (int64_t row = 0; row < 20; row++) {
        const char *expected = bkt_column_text_at(bkt_table_column_at(other, 0), row);
        const char *text = bkt_column_text_at(bkt_table_column_at(all, 0), row);
        ck_assert_int_eq(text == NULL, expected == NULL);
        if (text != NULL) {
            ck_assert_str_eq(text, expected);
        }
    }
    bkt_table_free(all);
    bkt_table_free(other);
    bkt_table_free(table);
}
END_TEST

/* What passes a filter and what doesn't make the whole table again. */
START_TEST(parts_make_the_whole) {
    static const char *const CODES[] = {"BLR", "W00"};
    static const char *const OTHERS[] = {"KAZ", "RUS", "DEU"};
    static const char *const IDS[] = {"REPORTER", "PARTNER", "TIME_PERIOD", "OBS_VALUE",
                                      "OBS_STATUS"};
    for (uint64_t seed = 0; seed < 20; seed++) {
        bkt_table *table = sample_random(context, 300, seed);
        /* Rows without a code pass neither filter. */
        bkt_filter *filters[3];
        bkt_table *parts[3];
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(bkt_filter_new(context, &filters[i]), BKT_OK);
        }
        ck_assert_int_eq(bkt_filter_add_codes(filters[0], "REPORTER", CODES, 2), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filters[1], "REPORTER", OTHERS, 3), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filters[2], "REPORTER", CODES, 2), BKT_OK);
        ck_assert_int_eq(bkt_filter_add_codes(filters[2], "REPORTER", OTHERS, 3), BKT_OK);
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(bkt_table_filter(context, table, filters[i], &parts[i]), BKT_OK);
        }
        const bkt_table *pair[] = {parts[0], parts[1]};
        bkt_table *joined;
        bkt_table *sorted[2];
        ck_assert_int_eq(bkt_table_concatenate(context, pair, 2, &joined), BKT_OK);
        ck_assert_int_eq(bkt_table_sort(context, joined, IDS, 5, NULL, &sorted[0]), BKT_OK);
        ck_assert_int_eq(bkt_table_sort(context, parts[2], IDS, 5, NULL, &sorted[1]), BKT_OK);
        /* Periods spelt differently are equal: both spellings, in the order that they came. */
        bkt_table *grouped[2];
        for (int i = 0; i < 2; i++) {
            ck_assert_int_eq(bkt_table_group(context, sorted[i], IDS, 3, NULL, &grouped[i]),
                             BKT_OK);
        }
        check_same_column(grouped[0], grouped[1], "OBS_VALUE_TOTAL");
        for (size_t i = 0; i < COUNT(IDS); i++) {
            if (strcmp(IDS[i], "TIME_PERIOD") != 0) {
                check_same_column(sorted[0], sorted[1], IDS[i]);
            }
        }
        for (int i = 0; i < 2; i++) {
            bkt_table_free(grouped[i]);
            bkt_table_free(sorted[i]);
        }
        for (int i = 0; i < 3; i++) {
            bkt_filter_free(filters[i]);
            bkt_table_free(parts[i]);
        }
        bkt_table_free(joined);
        bkt_table_free(table);
    }
}
END_TEST

START_TEST(what_is_known_of_a_role_counts) {
    bkt_table *tables[2];
    for (int i = 0; i < 2; i++) {
        bkti_table_writer *writer;
        uint32_t index;
        ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
        ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("A"), BKT_KIND_TEXT,
                                                      BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, &index),
                         BKT_OK);
        if (i == 0) {
            bkti_table_writer_set_role(writer, index, BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, true);
        } else {
            bkti_table_writer_set_role(writer, index, BKT_ROLE_ATTRIBUTE, BKT_LEVEL_SERIES, false);
        }
        ck_assert_int_eq(bkti_table_writer_finish(writer, 1, &tables[i]), BKT_OK);
    }
    const bkt_table *pair[] = {tables[0], tables[1]};
    bkt_table *all;
    ck_assert_int_eq(bkt_table_concatenate(context, pair, 2, &all), BKT_OK);
    const bkt_column *column = bkt_table_column_at(all, 0);
    ck_assert_int_eq(bkt_column_role(column), BKT_ROLE_ATTRIBUTE);
    ck_assert_int_eq(bkt_column_level(column), BKT_LEVEL_SERIES);
    ck_assert_int_eq(bkt_column_role_assumed(column), 0);
    bkt_table_free(all);
    bkt_table_free(tables[0]);
    bkt_table_free(tables[1]);
}
END_TEST

/* Batches have nothing that could be shared. */
START_TEST(batches_only) {
    bkt_table *model = sample_random(context, 50, 2);
    bkti_table_writer *writer;
    const bkt_table *lent = sample_lent(context, model, &writer);
    const bkt_table *batches[] = {lent, lent};
    const bkt_table *models[] = {model, model};
    bkt_table *joined;
    bkt_table *expected;
    ck_assert_int_eq(bkt_table_concatenate(context, batches, 2, &joined), BKT_OK);
    ck_assert_int_eq(bkt_table_concatenate(context, models, 2, &expected), BKT_OK);
    bkti_table_writer_free(writer);
    check_same(joined, expected);
    bkt_table_free(expected);
    bkt_table_free(joined);
    bkt_table_free(model);
}
END_TEST

START_TEST(nothing_to_put_together) {
    bkt_table *all;
    ck_assert_int_eq(bkt_table_concatenate(context, NULL, 0, &all), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(all), 0);
    ck_assert_uint_eq(bkt_table_column_count(all), 0);
    bkt_table_free(all);
}
END_TEST

START_TEST(bad_calls) {
    bkt_table *table = sample_random(context, 4, 1);
    bkt_table *all = table;
    const bkt_table *hole[] = {table, NULL};
    ck_assert_int_eq(bkt_table_concatenate(NULL, hole, 1, &all), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(all);
    ck_assert_int_eq(bkt_table_concatenate(context, NULL, 1, &all), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_concatenate(context, hole, 2, &all), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_concatenate(context, hole, 1, NULL), BKT_ERR_ARGUMENT);

    bkt_table_builder *builder;
    bkt_table *other;
    static const char *const TEXTS[] = {"1"};
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(
        bkt_table_builder_add_texts(builder, "OBS_VALUE", BKT_ROLE_ATTRIBUTE, TEXTS, 1), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &other), BKT_OK);
    const bkt_table *kinds[] = {table, other};
    ck_assert_int_eq(bkt_table_concatenate(context, kinds, 2, &all), BKT_ERR_COLUMN_KIND);
    check_error(context, BKT_ERR_COLUMN_KIND, "holds numbers in one table and texts in another");
    bkt_table_free(other);

    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    options.column_limit = 4;
    bkt_context *small;
    ck_assert_int_eq(bkt_context_new(&options, &small), BKT_OK);
    ck_assert_int_eq(bkt_table_concatenate(small, hole, 1, &all), BKT_ERR_LIMIT);
    check_error(small, BKT_ERR_LIMIT, "column_limit");
    bkt_context_free(small);
    options.column_limit = 0;
    options.dictionary_limit = 1;
    ck_assert_int_eq(bkt_context_new(&options, &small), BKT_OK);
    ck_assert_int_eq(bkt_table_concatenate(small, hole, 1, &all), BKT_ERR_LIMIT);
    check_error(small, BKT_ERR_LIMIT, "dictionary_limit");
    bkt_context_free(small);
    bkt_table_free(table);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("concatenate");
    TCase *test_case = tcase_create("concatenate");
    tcase_add_checked_fixture(test_case, set_up, tear_down);
    tcase_add_test(test_case, a_union_of_columns);
    tcase_add_test(test_case, properties_are_joined);
    tcase_add_test(test_case, units_that_differ_are_told);
    tcase_add_test(test_case, dictionaries_are_shared_where_they_can_be);
    tcase_add_test(test_case, parts_make_the_whole);
    tcase_add_test(test_case, what_is_known_of_a_role_counts);
    tcase_add_test(test_case, batches_only);
    tcase_add_test(test_case, nothing_to_put_together);
    tcase_add_test(test_case, bad_calls);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
