/* SPDX-License-Identifier: MIT */
/* Groups: which rows they belong to, in whatever order they come. */
#include "reader_fixture.h"
#include "run_suite.h"

START_TEST(groups_that_disagree_are_told) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/conflicting-groups.xml");
    ck_assert_cell(table, 0, "TITLE", "by reporter");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_REPEATED_COMPONENT);
    ck_assert_str_eq(bkt_diagnostic_series(warning), "A.BY.KZ");
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "'by pair'"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* A message of many groups and series; groups first, last, or each before its series. */
enum order { GROUPS_FIRST, GROUPS_LAST, GROUPS_BETWEEN };

static char *many_groups(int count, enum order order) {
    size_t capacity = (size_t)count * 200 + 200;
    char *datasets = malloc(capacity);
    ck_assert_ptr_nonnull(datasets);
    size_t size = (size_t)snprintf(datasets, capacity, "<m:DataSet ss:structureRef=\"S\">");
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count; i++) {
            bool groups = order == GROUPS_FIRST ? pass == 0 : pass == 1;
            if (order == GROUPS_BETWEEN) {
                groups = pass == 0;
            }
            if (groups) {
                size += (size_t)snprintf(datasets + size, capacity - size,
                                         "<Group AREA=\"A%d\" TITLE=\"Title %d\"/>", i, i);
            }
            if (order == GROUPS_BETWEEN ? pass == 0 : !groups) {
                size += (size_t)snprintf(
                    datasets + size, capacity - size,
                    "<Series FREQ=\"A\" AREA=\"A%d\"><Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"%d\"/>"
                    "</Series>",
                    i, i);
            }
        }
    }
    snprintf(datasets + size, capacity - size, "</m:DataSet>");
    char *message = specific_message("TIME_PERIOD", datasets);
    free(datasets);
    return message;
}

START_TEST(thousands_of_groups_find_their_series) {
    static const enum order orders[] = {GROUPS_FIRST, GROUPS_LAST, GROUPS_BETWEEN};
    const int count = 20000;
    bkt_context *context = new_context();
    char *text = many_groups(count, orders[_i]);
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_table_row_count(table), count);
    for (int row = 0; row < count; row++) {
        char expected[30];
        snprintf(expected, sizeof expected, "Title %d", row);
        ck_assert_cell(table, row, "TITLE", expected);
    }
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* One kind of groups, in whatever order they have their attributes: there would be more kinds than
 * a table may have columns. */
START_TEST(groups_have_their_attributes_in_any_order) {
    enum { COUNT = 720, IDS = 6, SIZE = 200 };
    static const char *const ids[IDS] = {"AREA", "PARTNER", "TITLE", "SCALE", "NOTE_A", "NOTE_B"};
    char *datasets = malloc((size_t)COUNT * SIZE * 2);
    ck_assert_ptr_nonnull(datasets);
    char *at = datasets + sprintf(datasets, "<m:DataSet ss:structureRef=\"S\">");
    for (int g = 0; g < COUNT; g++) {
        /* The g-th order of them all. */
        int order[IDS] = {0, 1, 2, 3, 4, 5};
        for (int i = 0, rest = g; i < IDS; rest /= IDS - i, i++) {
            int other = i + rest % (IDS - i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        at += sprintf(at, "<Group");
        for (int i = 0; i < IDS; i++) {
            at += sprintf(at, " %s=\"%d\"", ids[order[i]], order[i] == 1 ? 0 : g + order[i]);
        }
        at += sprintf(at, "/>");
    }
    for (int g = 0; g < COUNT; g++) {
        at += sprintf(at,
                      "<Series AREA=\"%d\" PARTNER=\"0\"><Obs TIME_PERIOD=\"2012\" "
                      "OBS_VALUE=\"1\"/></Series>",
                      g);
    }
    sprintf(at, "</m:DataSet>");
    char *text = specific_message("TIME_PERIOD", datasets);
    bkt_context_options options;
    ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
    options.column_limit = 20;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_table_row_count(table), COUNT);
    for (int g = 0; g < COUNT; g++) {
        for (int i = 2; i < IDS; i++) {
            char wanted[20];
            snprintf(wanted, sizeof wanted, "%d", g + i);
            ck_assert_cell(table, g, ids[i], wanted);
        }
    }
    bkt_table_free(table);
    free(text);
    free(datasets);
    bkt_context_free(context);
}
END_TEST

START_TEST(groups_after_rows_that_are_gone_are_told) {
    bkt_context *context = new_context();
    char *text = many_groups(5000, GROUPS_LAST);
    bkt_read_options options = read_options(0);
    options.batch_rows = 100;
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    while (bkt_reader_next_batch(reader, &batch) == BKT_OK) {
    }
    const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_LAYOUT);
    ck_assert_ptr_nonnull(warning);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "read the message whole"));
    ck_assert_uint_eq(bkt_reader_group_count(reader), 5000);
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(loose_attributes_are_of_a_part_of_the_key_or_of_all) {
    bkt_context *context = new_context();
    static const char text[] =
        "<m:StructureSpecificData "
        "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message\"><m:DataSet>"
        "<Atts PUBLISHER=\"BKT\"/><Atts AREA=\"BY\" NOTE_AREA=\"of Belarus\"/>"
        "<Atts AREA=\"BY\" FLOW=\"X\" NOTE_FLOW=\"exports\"/>"
        "<Obs AREA=\"BY\" FLOW=\"X\" TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/>"
        "<Obs AREA=\"BY\" FLOW=\"M\" TIME_PERIOD=\"2012\" OBS_VALUE=\"2\"/>"
        "<Obs AREA=\"KZ\" FLOW=\"X\" TIME_PERIOD=\"2012\" OBS_VALUE=\"3\"/>"
        "<Atts LICENSE=\"free\"/></m:DataSet></m:StructureSpecificData>";
    bkt_table *table = read_text(context, text, NULL);
    static const char *const expected[][4] = {{"BKT", "of Belarus", "exports", "free"},
                                              {"BKT", "of Belarus", "", "free"},
                                              {"BKT", "", "", "free"}};
    for (int64_t row = 0; row < 3; row++) {
        ck_assert_cell(table, row, "PUBLISHER", expected[row][0]);
        ck_assert_cell(table, row, "NOTE_AREA", expected[row][1]);
        ck_assert_cell(table, row, "NOTE_FLOW", expected[row][2]);
        ck_assert_cell(table, row, "LICENSE", expected[row][3]);
    }
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "PUBLISHER")),
                     BKT_LEVEL_DATASET);
    ck_assert_int_eq(bkt_column_level(bkt_table_column_find(table, "NOTE_AREA")), BKT_LEVEL_GROUP);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_late_dimension_makes_the_key_longer) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD",
        "<m:DataSet ss:structureRef=\"S\"><Group A=\"1\" B=\"x\" T=\"of 1.x\"/>"
        "<Group A=\"1\" B=\"y\" T=\"of 1.y\"/>"
        "<Series A=\"1\" C=\"z\" B=\"x\"><Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\"/></Series>"
        "<Series A=\"1\" B=\"y\"><Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"2\"/></Series>"
        "<Series A=\"1\" B=\"y\" D=\"new\"><Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"3\"/></Series>"
        "</m:DataSet>");
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_cell(table, 0, "T", "of 1.x");
    ck_assert_cell(table, 1, "T", "of 1.y");
    ck_assert_cell(table, 2, "T", "of 1.y");
    ck_assert_cell(table, 1, "C", "");
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "D")), BKT_ROLE_DIMENSION);
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, groups_that_disagree_are_told);
    tcase_add_loop_test(test_case, thousands_of_groups_find_their_series, 0, 3);
    tcase_add_test(test_case, groups_after_rows_that_are_gone_are_told);
    tcase_add_test(test_case, loose_attributes_are_of_a_part_of_the_key_or_of_all);
    tcase_add_test(test_case, a_late_dimension_makes_the_key_longer);
    tcase_add_test(test_case, groups_have_their_attributes_in_any_order);
}

int main(void) {
    Suite *suite = suite_create("group");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
