/* SPDX-License-Identifier: MIT */
#include "failing_memory.h"
#include "revision_fixture.h"
#include "run_suite.h"

#include "bkti_column.h"

/* Tables of lines applied in their order; an attribute that is called SERIES or ALL is of these. */
typedef struct sequence {
    const char *action; /* property of the table; NULL: none */
    const char *lines;
} sequence;

enum { MOST_TABLES = 6 };

static void set_levels(bkt_table *table) {
    for (uint32_t i = 0; i < table->column_count; i++) {
        bkt_column *column = table->columns[i];
        column->level = strcmp(column->id, "SERIES") == 0 ? BKT_LEVEL_SERIES
                        : strcmp(column->id, "ALL") == 0  ? BKT_LEVEL_DATASET
                                                          : BKT_LEVEL_NONE;
    }
}

static void make_tables(bkt_context *context, const sequence *parts, bkt_table **tables,
                        uint32_t *count) {
    for (*count = 0; parts[*count].lines != NULL; (*count)++) {
        char property[40] = "";
        const char *action = parts[*count].action;
        if (action != NULL) {
            snprintf(property, sizeof property, "action=%s", action);
        }
        tables[*count] = make_table(context, property, parts[*count].lines);
        set_levels(tables[*count]);
    }
}

static void check_update(const sequence *parts, uint32_t flags, const char *expected) {
    bkt_context *context = new_context();
    bkt_table *tables[MOST_TABLES];
    uint32_t count;
    make_tables(context, parts, tables, &count);
    bkt_update_options options;
    ck_assert_int_eq(bkt_update_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    bkt_table *state;
    bkt_status status =
        bkt_update(context, (const bkt_table *const *)tables, count, &options, &state);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    check_lines(state, expected);
    ck_assert_ptr_null(bkt_table_property(state, "action"));
    bkt_table_free(state);
    for (uint32_t i = 0; i < count; i++) {
        bkt_table_free(tables[i]);
    }
    bkt_context_free(context);
}

#define BASE "A,~T,#V,@S\na,2012,1,p\na,2013,2,p\nb,2012,3,p\nb,2013,4,\n"

START_TEST(merge_writes_what_is_there) {
    const sequence parts[] = {
        {NULL, BASE}, {"Merge", "A,~T,#V,@S\na,2012,,e\nb,2013,NaN,\nc,2014,5,\n"}, {0}};
    const char *expected = "A,T,V,S\na,2012,1,e\na,2013,2,p\nb,2012,3,p\nb,2013,?3,\nc,2014,5,\n";
    check_update(parts, 0, expected);
    const char *const names[] = {"Append", "Update", "Information", " append "};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        sequence others[] = {parts[0], {names[i], parts[1].lines}, {0}};
        check_update(others, 0, expected);
    }
}
END_TEST

START_TEST(append_keeps_on_request) {
    const sequence parts[] = {
        {NULL, BASE}, {"Append", "A,~T,#V,@S\na,2012,9,e\nb,2013,9,e\nc,2014,5,\n"}, {0}};
    check_update(parts, BKT_UPDATE_APPEND_KEEPS,
                 "A,T,V,S\na,2012,1,p\na,2013,2,p\nb,2012,3,p\nb,2013,4,e\nc,2014,5,\n");
}
END_TEST

START_TEST(replace_takes_the_whole_observation) {
    const sequence parts[] = {
        {NULL, BASE}, {"Replace", "A,~T,#V\na,2012,9\nb,2013,\nc,2014,5\n"}, {0}};
    check_update(parts, 0, "A,T,V,S\na,2012,9,\na,2013,2,p\nb,2012,3,p\nb,2013,?1,\nc,2014,5,\n");
}
END_TEST

START_TEST(delete_by_what_is_named) {
    const sequence one[] = {{NULL, BASE}, {"Delete", "A,~T\na,2012\nb,2020\n"}, {0}};
    check_update(one, 0, "A,T,V,S\na,2013,2,p\nb,2012,3,p\nb,2013,4,\n");
    const sequence series[] = {{NULL, BASE}, {"Delete", "A,~T\na,\n"}, {0}};
    check_update(series, 0, "A,T,V,S\nb,2012,3,p\nb,2013,4,\n");
    const sequence period[] = {{NULL, BASE}, {"delete", "A,~T\n,2013\n"}, {0}};
    check_update(period, 0, "A,T,V,S\na,2012,1,p\nb,2012,3,p\n");
    const sequence columns[] = {{NULL, BASE}, {"Delete", "~T\n2013\n"}, {0}};
    check_update(columns, 0, "A,T,V,S\na,2012,1,p\nb,2012,3,p\n");
    const sequence everything[] = {
        {NULL, BASE}, {"Delete", "A,~T\n,\n"}, {NULL, "A,~T,#V\nz,2012,1\n"}, {0}};
    check_update(everything, 0, "A,T,V,S\nz,2012,1,\n");
}
END_TEST

START_TEST(delete_values) {
    const sequence one[] = {{NULL, BASE}, {"Delete", "A,~T,#V,@S\na,2012,NaN,\nb,2012,,-\n"}, {0}};
    check_update(one, 0, "A,T,V,S\na,2012,?1,p\na,2013,2,p\nb,2012,3,\nb,2013,4,\n");
    const sequence many[] = {{NULL, BASE},
                             {"Delete", "A,~T,#V,@S\na,,7,\n,2012,,-\n"},
                             {"Merge", "A,~T,#V,@S\na,2013,8,q\n"},
                             {0}};
    check_update(many, 0, "A,T,V,S\na,2012,?1,\na,2013,8,q\nb,2012,3,\nb,2013,4,\n");
}
END_TEST

/* What was deleted does not come back with a later part of the observation. */
START_TEST(what_is_deleted_is_gone) {
    const sequence parts[] = {{NULL, BASE},
                              {"Delete", "A\na\n"},
                              {"Merge", "A,~T,@S\na,2012,new\n"},
                              {"Delete", "A,~T\nb,2012\n"},
                              {"Merge", "A,~T,#V\nb,2012,1\n"},
                              {0}};
    check_update(parts, 0, "A,T,V,S\na,2012,?1,new\nb,2012,1,\nb,2013,4,\n");
}
END_TEST

START_TEST(actions_by_row) {
    const sequence parts[] = {
        {"Merge", "A,#V,@S,!ACTION,!DATASET,!SOURCE,&LINE\n"
                  "a,1,p,Append,1,f,2\nb,2,p,,1,f,3\na,,,Delete,2,f,4\nb,,q,Merge,3,f,5\n"
                  "c,3,,Replace,4,f,6\nc,,,Delete,5,f,7\nc,4,,Replace,6,g,8\n"},
        {0}};
    check_update(parts, 0, "A,V,S,SOURCE,LINE\nb,2,q,f,5\nc,4,,g,8\n");
}
END_TEST

START_TEST(attributes_of_series_and_of_all) {
    const sequence parts[] = {
        {NULL, "A,~T,#V,@SERIES,@ALL\na,2012,1,x,u\na,2013,2,x,u\nb,2012,3,y,u\n"},
        {"Replace", "A,~T,#V,@SERIES,@ALL\na,2014,4,z,\nb,2012,5,,w\n"},
        {0}};
    check_update(parts, 0,
                 "A,T,V,SERIES,ALL\na,2012,1,z,w\na,2013,2,z,w\nb,2012,5,y,w\na,2014,4,z,w\n");
    const sequence deleted[] = {
        parts[0], {"Delete", "A,~T,@SERIES\na,2013,-\n"}, {"Delete", "@ALL\n-\n"}, {0}};
    check_update(deleted, 0, "A,T,V,SERIES,ALL\na,2012,1,,\na,2013,2,,\nb,2012,3,y,\n");
    const sequence forgotten[] = {
        parts[0], {"Delete", "A\na\n"}, {"Merge", "A,~T,#V\na,2012,9\n"}, {0}};
    check_update(forgotten, 0, "A,T,V,SERIES,ALL\na,2012,9,,u\nb,2012,3,y,u\n");
    const sequence kept[] = {parts[0],
                             {"Delete", "A,~T\na,2012\na,2013\n"},
                             {"Append", "A,~T,#V,@SERIES\na,2012,9,new\n"},
                             {0}};
    check_update(kept, BKT_UPDATE_APPEND_KEEPS, "A,T,V,SERIES,ALL\na,2012,9,x,u\nb,2012,3,y,u\n");
}
END_TEST

/* The text that is no number belongs to the number. */
START_TEST(texts_of_measures) {
    const char *const lines = "A,#V,@V_TEXT\na,no number,n/a\nb,no number,-\nc,1,\n";
    const sequence parts[] = {{NULL, lines},
                              {"Merge", "A,#V,@V_TEXT\na,5,\nc,no number,:\n"},
                              {"Delete", "A,#V\nb,NaN\n"},
                              {0}};
    check_update(parts, 0, "A,V,V_TEXT\na,5,\nb,?1,\nc,?4,:\n");
}
END_TEST

START_TEST(other_dialects_and_spellings) {
    const sequence parts[] = {{NULL, "GEO,~TIME_PERIOD,#V\na,2012-Q1,1\n"},
                              {"Merge", "geo,~TIME,#V\na,2012Q1,2\na,2012Q2,3\n"},
                              {0}};
    check_update(parts, 0, "GEO,TIME_PERIOD,V\na,2012-Q1,2\na,2012Q2,3\n");
}
END_TEST

START_TEST(a_table_that_lacks_a_dimension) {
    bkt_context *context = new_context();
    const bkt_table *tables[] = {make_table(context, NULL, "A,B,#V\na,b,1\n"),
                                 make_table(context, "source=two.xml", "A,#V\na,2\n"),
                                 make_table(context, "action=Delete", "A\nz\n")};
    bkt_table *state;
    ck_assert_int_eq(bkt_update(context, tables, 3, NULL, &state), BKT_OK);
    check_lines(state, "A,B,V\na,b,1\na,,2\n");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_NO_COLUMN);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "'B'"));
    bkt_table_free(state);
    for (int i = 0; i < 3; i++) {
        bkt_table_free((bkt_table *)tables[i]);
    }
    bkt_context_free(context);
}
END_TEST

static void check_refused(bkt_context *context, const bkt_table *const *tables, uint32_t count,
                          const bkt_update_options *options, bkt_status status, const char *words) {
    bkt_table *state = (bkt_table *)context;
    ck_assert_int_eq(bkt_update(context, tables, count, options, &state), status);
    ck_assert_ptr_null(state);
    ck_assert_msg(strstr(bkt_context_error_text(context), words) != NULL, "%s",
                  bkt_context_error_text(context));
}

START_TEST(what_is_refused) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, NULL, BASE);
    bkt_table *strange = make_table(context, "source=f.xml", "A,!ACTION\na,Merge\na,Explode\n");
    bkt_table *keyless = make_table(context, NULL, "#V\n1\n");
    bkt_table *text = make_table(context, NULL, "A,@V\na,1\n");
    bkt_update_options options;
    ck_assert_int_eq(bkt_update_options_init(&options, sizeof options), BKT_OK);
    const bkt_table *const tables[] = {table, strange};
    const bkt_table *const clashing[] = {table, text};
    const bkt_table *const alone[] = {keyless};
    const bkt_table *const holes[] = {table, NULL};
    check_refused(context, tables, 2, NULL, BKT_ERR_VALUE, "row 2 (counted from 1)");
    check_refused(context, clashing, 2, NULL, BKT_ERR_COLUMN_KIND, "'V'");
    check_refused(context, alone, 1, NULL, BKT_ERR_NO_COLUMN, "no dimension");
    check_refused(context, holes, 2, NULL, BKT_ERR_ARGUMENT, "needs tables");
    check_refused(context, tables, 0, NULL, BKT_ERR_ARGUMENT, "needs tables");
    options.action = "Explode";
    check_refused(context, tables, 1, &options, BKT_ERR_ARGUMENT, "Explode");
    options.action = NULL;
    options.flags = 2;
    check_refused(context, tables, 1, &options, BKT_ERR_ARGUMENT, "flags");
    bkt_table_free(table);
    bkt_table_free(strange);
    bkt_table_free(keyless);
    bkt_table_free(text);
    bkt_context_free(context);
}
END_TEST

/* Deletions by every set of seven dimensions: more than may be. */
START_TEST(too_many_sets_of_dimensions) {
    bkt_context *context = new_context();
    char lines[8192] = "A,B,C,D,E,F,G\n";
    for (int set = 1; set < 100; set++) {
        for (int bit = 0; bit < 7; bit++) {
            strcat(lines, (set >> bit & 1) != 0 ? "x" : "");
            strcat(lines, bit < 6 ? "," : "\n");
        }
    }
    bkt_table *table = make_table(context, "action=Delete", lines);
    const bkt_table *const tables[] = {table};
    check_refused(context, tables, 1, NULL, BKT_ERR_LIMIT, "sets of dimensions");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_fails_in_turn) {
    static const sequence parts[] = {
        {NULL, "A,~T,#V,@S,@SERIES\na,2012,1,p,x\na,2013,2,p,x\nb,2012,3,p,y\n"},
        {"Merge", "a,~TIME,#V,@V_TEXT,@SERIES\na,2012,no number,c,z\n"},
        {"Delete", "A,~T,#V\nb,,0\na,2013,\n"},
        {0}};
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *tables[MOST_TABLES];
        uint32_t count;
        make_tables(context, parts, tables, &count);
        bkt_table *state;
        failing_memory_arm(&memory);
        bkt_status status =
            bkt_update(context, (const bkt_table *const *)tables, count, NULL, &state);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(state != NULL, status == BKT_OK);
        if (state != NULL) {
            check_lines(state, "A,T,V,S,SERIES,V_TEXT\na,2012,?4,p,z,c\nb,2012,?1,p,y,\n");
        }
        bkt_table_free(state);
        for (uint32_t i = 0; i < count; i++) {
            bkt_table_free(tables[i]);
        }
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("update");
    TCase *test_case = tcase_create("update");
    tcase_add_test(test_case, merge_writes_what_is_there);
    tcase_add_test(test_case, append_keeps_on_request);
    tcase_add_test(test_case, replace_takes_the_whole_observation);
    tcase_add_test(test_case, delete_by_what_is_named);
    tcase_add_test(test_case, delete_values);
    tcase_add_test(test_case, what_is_deleted_is_gone);
    tcase_add_test(test_case, actions_by_row);
    tcase_add_test(test_case, attributes_of_series_and_of_all);
    tcase_add_test(test_case, texts_of_measures);
    tcase_add_test(test_case, other_dialects_and_spellings);
    tcase_add_test(test_case, a_table_that_lacks_a_dimension);
    tcase_add_test(test_case, what_is_refused);
    tcase_add_test(test_case, too_many_sets_of_dimensions);
    tcase_add_test(test_case, every_allocation_fails_in_turn);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
