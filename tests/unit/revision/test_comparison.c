/* SPDX-License-Identifier: MIT */
#include "failing_memory.h"
#include "revision_fixture.h"
#include "run_suite.h"

/* Compares two tables of lines; the result as text, to be freed. */
static char *compared(bkt_context *context, const char *earlier, const char *later,
                      const bkt_comparison_options *options) {
    bkt_table *before = make_table(context, NULL, earlier);
    bkt_table *after = make_table(context, NULL, later);
    bkt_table *changes;
    ck_assert_int_eq(bkt_comparison(context, before, after, options, &changes, NULL), BKT_OK);
    bkt_table_free(before);
    bkt_table_free(after);
    char *text = lines_of(changes);
    bkt_table_free(changes);
    return text;
}

static void check_comparison(const char *earlier, const char *later,
                             const bkt_comparison_options *options, const char *expected) {
    bkt_context *context = new_context();
    char *text = compared(context, earlier, later, options);
    ck_assert_str_eq(text, expected);
    free(text);
    bkt_context_free(context);
}

static const char *const earlier_lines = "A,~TIME_PERIOD,#OBS_VALUE,@OBS_STATUS,@NOTE\n"
                                         "b,2012-Q1,1,A,n\nb,2012-Q2,2,A,n\n"
                                         "a,2012-Q1,0,A,n\na,2012-Q2,NaN,A,n\na,2012-Q3,5,,n\n";
/* Other columns first, other order, another spelling of a period. */
static const char *const later_lines = "@NOTE,@OBS_STATUS,#OBS_VALUE,~TIME_PERIOD,A\n"
                                       "n,A,7,2013-Q1,b\nn,A,1.0,2012Q1,b\n"
                                       "n,P,,2012-Q1,a\nn,A,4,2012-Q2,a\nn,B,5,2012-Q3,a\n";

START_TEST(added_removed_revised) {
    check_comparison(earlier_lines, later_lines, NULL,
                     "TIME_PERIOD,A,CHANGE,COMPONENTS,OBS_VALUE_BEFORE,OBS_VALUE_AFTER,"
                     "OBS_VALUE_DIFFERENCE,OBS_STATUS_BEFORE,OBS_STATUS_AFTER\n"
                     "2012-Q1,a,revised,OBS_STATUS; OBS_VALUE,0,?1,?7,A,P\n"
                     "2012-Q2,a,revised,OBS_VALUE,?3,4,?7,A,A\n"
                     "2012-Q2,b,removed,,2,?6,?7,A,\n"
                     "2012-Q3,a,attributes,OBS_STATUS,5,5,0,,B\n"
                     "2013-Q1,b,added,,?6,7,?7,,A\n");
}
END_TEST

START_TEST(unchanged_on_request) {
    bkt_comparison_options options;
    ck_assert_int_eq(bkt_comparison_options_init(&options, sizeof options), BKT_OK);
    options.flags = BKT_COMPARISON_UNCHANGED;
    check_comparison("A,#OBS_VALUE\nx,1\ny,2\nz,3\n", "A,#OBS_VALUE\nz,3.00\ny,-2\nx,1\n", &options,
                     "A,CHANGE,COMPONENTS,OBS_VALUE_BEFORE,OBS_VALUE_AFTER,OBS_VALUE_DIFFERENCE\n"
                     "x,unchanged,,1,1,0\ny,revised,OBS_VALUE,2,-2,-4\nz,unchanged,,3,3,0\n");
}
END_TEST

START_TEST(nothing_changed) {
    check_comparison(earlier_lines, earlier_lines, NULL,
                     "A,TIME_PERIOD,CHANGE,COMPONENTS,OBS_VALUE_BEFORE,OBS_VALUE_AFTER,"
                     "OBS_VALUE_DIFFERENCE\n");
}
END_TEST

/* Whatever the order of the rows, the bytes are the same. */
START_TEST(the_order_of_rows_does_not_matter) {
    bkt_context *context = new_context();
    char *text = compared(context, "A,#V\na,1\nb,2\nc,3\n", "A,#V\nc,4\nb,5\nd,6\n", NULL);
    char *other = compared(context, "A,#V\nc,3\na,1\nb,2\n", "A,#V\nd,6\nb,5\nc,4\n", NULL);
    ck_assert_str_eq(text, other);
    free(text);
    free(other);
    bkt_context_free(context);
}
END_TEST

START_TEST(columns_of_one_table_alone) {
    bkt_context *context = new_context();
    char *text = compared(context, "A,B,#V,@OLD\nx,1,1,o\n", "A,#V,@NEW,#W\nx,1,n,5\n", NULL);
    ck_assert_str_eq(text, "A,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE,W_BEFORE,W_AFTER,"
                           "NEW_BEFORE,NEW_AFTER,OLD_BEFORE,OLD_AFTER\n"
                           "x,revised,NEW; W; OLD,1,1,0,?1,5,,n,o,\n");
    free(text);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 4);
    const char *const ids[] = {"'NEW'", "'W'", "'B'", "'OLD'"};
    for (uint32_t i = 0; i < 4; i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(each), ids[i]));
        ck_assert_int_eq(bkt_diagnostic_severity(each),
                         i == 2 ? BKT_SEVERITY_WARNING : BKT_SEVERITY_NOTE);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(repeated_keys_are_told) {
    bkt_context *context = new_context();
    bkt_table *before = make_table(context, NULL, "A,B,#V\nx,1,1\nx,1,2\ny,1,1\n");
    bkt_table *after = make_table(context, NULL, "A,B,#V\nx,1,1\ny,1,1\ny,1,1\ny,1,3\n");
    bkt_table *changes;
    bkt_table *summary;
    ck_assert_int_eq(bkt_comparison(context, before, after, NULL, &changes, &summary), BKT_OK);
    check_lines(changes, "A,B,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE\n"
                         "x,1,repeated before,,2,?6,?14\ny,1,repeated after,,?6,1,?14\n"
                         "y,1,repeated after,,?6,3,?14\n");
    check_lines(summary, "CHANGE,ROWS,TEXT\n"
                         "added,0,only the later table has the key\n"
                         "removed,0,only the earlier table has the key\n"
                         "revised,0,a measure changed\n"
                         "attributes,0,nothing but attributes changed\n"
                         "unchanged,2,nothing changed\n"
                         "repeated before,1,the earlier table has the key once more\n"
                         "repeated after,2,the later table has the key once more\n");
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_DUPLICATE);
    ck_assert_int_eq(bkt_diagnostic_severity(warning), BKT_SEVERITY_WARNING);
    ck_assert_str_eq(bkt_diagnostic_text(warning),
                     "the later table has the key y.1 in row 2 and again in row 3 (counted from "
                     "1): the first is compared");
    bkt_table_free(changes);
    bkt_table_free(summary);
    bkt_table_free(before);
    bkt_table_free(after);
    bkt_context_free(context);
}
END_TEST

/* Ids in other case, TIME for TIME_PERIOD, as the dialects have them. */
START_TEST(ids_of_other_dialects) {
    check_comparison("geo,~TIME,#OBS_VALUE\nBY,2012,1\n",
                     "GEO,~TIME_PERIOD,#OBS_VALUE\nBY,2012,2\n", NULL,
                     "GEO,TIME_PERIOD,CHANGE,COMPONENTS,OBS_VALUE_BEFORE,OBS_VALUE_AFTER,"
                     "OBS_VALUE_DIFFERENCE\nBY,2012,revised,OBS_VALUE,1,2,1\n");
}
END_TEST

/* Without its structure a message does not say what is a dimension; the other one does. */
START_TEST(roles_that_one_side_knows) {
    check_comparison("A,?UNIT,#V\nx,USD,1\n", "A,@UNIT,#V\nx,EUR,1\n", NULL,
                     "A,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE,UNIT_BEFORE,UNIT_AFTER\n"
                     "x,attributes,UNIT,1,1,0,USD,EUR\n");
    check_comparison("A,?@UNIT,#V\nx,USD,1\n", "A,UNIT,#V\nx,EUR,1\n", NULL,
                     "A,UNIT,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE\n"
                     "x,EUR,added,,?6,1,?7\nx,USD,removed,,1,?6,?7\n");
    check_comparison("A,?@UNIT,#V\nx,USD,1\n", "A,?UNIT,#V\nx,EUR,1\n", NULL,
                     "A,UNIT,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE\n"
                     "x,EUR,added,,?6,1,?7\nx,USD,removed,,1,?6,?7\n");
}
END_TEST

START_TEST(keys_and_ignored_columns_given) {
    static const char *const keys[] = {"ID"};
    static const char *const ignored[] = {"last_update", "NOT_THERE"};
    bkt_comparison_options options;
    ck_assert_int_eq(bkt_comparison_options_init(&options, sizeof options), BKT_OK);
    options.keys = keys;
    options.key_count = 1;
    options.ignored = ignored;
    options.ignored_count = 2;
    check_comparison("@ID,A,#V,@LAST_UPDATE\n1,x,1,old\n2,y,2,old\n",
                     "@ID,A,#V,@LAST_UPDATE\n2,z,2,new\n1,x,1,new\n", &options,
                     "ID,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE,A_BEFORE,A_AFTER\n"
                     "2,attributes,A,2,2,0,y,z\n");
}
END_TEST

/* A number where the other has a text, as when only one was read with its structure. */
START_TEST(numbers_against_texts) {
    check_comparison("A,#V,&LINE,@N\nx,1,1,1.50\ny,1,1,2\nz,1,1,no\n",
                     "A,#V,&LINE,#N\nx,1,9,1.5\ny,1,9,3\nz,1,9,4\n", NULL,
                     "A,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE,N_BEFORE,N_AFTER\n"
                     "y,revised,N,1,1,0,2,3\nz,revised,N,1,1,0,no,4\n");
}
END_TEST

/* A huge difference is no number; what it is made of is. */
START_TEST(differences_that_are_too_large) {
    check_comparison("A,#V\nx,-1.7e308\n", "A,#V\nx,1.7e308\n", NULL,
                     "A,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE\n"
                     "x,revised,V,-1.7e+308,1.7e+308,?13\n");
}
END_TEST

static void check_refused(bkt_context *context, const bkt_table *earlier, const bkt_table *later,
                          const bkt_comparison_options *options, bkt_status status,
                          const char *words) {
    bkt_table *changes = (bkt_table *)context;
    bkt_table *summary = (bkt_table *)context;
    ck_assert_int_eq(bkt_comparison(context, earlier, later, options, &changes, &summary), status);
    ck_assert_ptr_null(changes);
    ck_assert_ptr_null(summary);
    ck_assert_msg(strstr(bkt_context_error_text(context), words) != NULL, "%s",
                  bkt_context_error_text(context));
}

START_TEST(what_is_refused) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, NULL, "A,~T,#V\nx,2012,1\n");
    bkt_table *other = make_table(context, NULL, "B,#V\nx,1\n");
    bkt_table *deleting = make_table(context, NULL, "A,~T,#V,!ACTION\nx,2012,1,delete\n");
    bkt_table *marked = make_table(context, "action=Delete", "A,~T,#V\nx,2012,1\n");
    bkt_table *texts = make_table(context, NULL, "A,T,#V\nx,2012,1\n");
    bkt_table *twice = make_table(context, NULL, "A,V_AFTER,#V\nx,y,1\n");
    static const char *const unknown[] = {"A", "NONE"};
    static const char *const numbers[] = {"V"};
    static const char *const repeated[] = {"A", "a"};
    static const char *const none[] = {NULL};
    bkt_comparison_options options;
    bkt_comparison_options_init(&options, sizeof options);
    check_refused(context, table, NULL, NULL, BKT_ERR_ARGUMENT, "two tables");
    check_refused(context, table, other, NULL, BKT_ERR_NO_COLUMN, "no dimension in common");
    check_refused(context, deleting, table, NULL, BKT_ERR_UNSUPPORTED, "earlier");
    check_refused(context, table, marked, NULL, BKT_ERR_UNSUPPORTED, "later");
    check_refused(context, texts, table, NULL, BKT_ERR_COLUMN_KIND, "'T'");
    check_refused(context, twice, twice, NULL, BKT_ERR_REPEATED_COMPONENT, "V_AFTER");
    options.keys = unknown;
    options.key_count = 2;
    check_refused(context, table, table, &options, BKT_ERR_NO_COLUMN, "'NONE'");
    options.keys = repeated;
    check_refused(context, table, table, &options, BKT_ERR_REPEATED_COMPONENT, "'A'");
    options.keys = numbers;
    options.key_count = 1;
    check_refused(context, table, table, &options, BKT_ERR_COLUMN_KIND, "'V'");
    options.keys = none;
    check_refused(context, table, table, &options, BKT_ERR_ARGUMENT, "NULL");
    options.keys = NULL;
    check_refused(context, table, table, &options, BKT_ERR_ARGUMENT, "NULL");
    options.key_count = 0;
    options.ignored = none;
    options.ignored_count = 1;
    check_refused(context, table, table, &options, BKT_ERR_ARGUMENT, "NULL");
    options.ignored_count = 0;
    options.flags = 64;
    check_refused(context, table, table, &options, BKT_ERR_ARGUMENT, "flags");
    options.struct_size = 3;
    check_refused(context, table, table, &options, BKT_ERR_ABI, "");
    bkt_table *tables[] = {table, other, deleting, marked, texts, twice};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bkt_table_free(tables[i]);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_fails_in_turn) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *before = make_table(context, "source=a",
                                       "geo,~TIME,#V,@S,@OLD\nx,2012,1,p,\n"
                                       "x,2013,1,p,o\nx,2013,2,p,o\n");
        bkt_table *after = make_table(context, "source=b",
                                      "GEO,~TIME_PERIOD,#V,@S\n"
                                      "x,2012,2,q\nx,2014,1,q\n");
        bkt_table *changes;
        bkt_table *summary;
        failing_memory_arm(&memory);
        bkt_status status = bkt_comparison(context, before, after, NULL, &changes, &summary);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(changes != NULL, status == BKT_OK);
        ck_assert_int_eq(summary != NULL, status == BKT_OK);
        if (changes != NULL) {
            check_lines(changes, "GEO,TIME_PERIOD,CHANGE,COMPONENTS,V_BEFORE,V_AFTER,V_DIFFERENCE,"
                                 "S_BEFORE,S_AFTER\nx,2012,revised,V; S,1,2,1,p,q\n"
                                 "x,2013,removed,,1,?6,?7,p,\nx,2013,repeated before,,2,?6,?14,p,\n"
                                 "x,2014,added,,?6,1,?7,,q\n");
            ck_assert_str_eq(bkt_table_property(changes, "source_before"), "a");
            ck_assert_str_eq(bkt_table_property(changes, "source_after"), "b");
        }
        bkt_table_free(changes);
        bkt_table_free(summary);
        bkt_table_free(before);
        bkt_table_free(after);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("comparison");
    TCase *test_case = tcase_create("comparison");
    tcase_add_test(test_case, added_removed_revised);
    tcase_add_test(test_case, unchanged_on_request);
    tcase_add_test(test_case, nothing_changed);
    tcase_add_test(test_case, the_order_of_rows_does_not_matter);
    tcase_add_test(test_case, columns_of_one_table_alone);
    tcase_add_test(test_case, repeated_keys_are_told);
    tcase_add_test(test_case, ids_of_other_dialects);
    tcase_add_test(test_case, roles_that_one_side_knows);
    tcase_add_test(test_case, keys_and_ignored_columns_given);
    tcase_add_test(test_case, numbers_against_texts);
    tcase_add_test(test_case, differences_that_are_too_large);
    tcase_add_test(test_case, what_is_refused);
    tcase_add_test(test_case, every_allocation_fails_in_turn);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
