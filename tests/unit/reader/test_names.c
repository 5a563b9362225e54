/* SPDX-License-Identifier: MIT */
/* Names that messages themselves bring: SDMX-CSV with labels, SDMX-JSON. */
#include "structures.h"

#include "failing_memory.h"
#include "run_suite.h"

#define HEAD "DATAFLOW,REPORTER: Who,FLOW: Which way,TIME_PERIOD,OBS_VALUE: Value,NOTE: Note\n"

/* Name of a text of a column; "-" for none. */
static const char *name_of(const bkt_table *table, const char *id, const char *code,
                           const char *language) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_ptr_nonnull(column);
    const char *name =
        bkt_column_dictionary_name(column, bkt_column_dictionary_find(column, code), language);
    return name == NULL ? "-" : name;
}

static const char *title_of(const bkt_table *table, const char *id, const char *language) {
    const char *name = bkt_column_name(bkt_table_column_find(table, id), language);
    return name == NULL ? "-" : name;
}

START_TEST(labels_of_csv_are_names) {
    bkt_context *context = new_context();
    static const char *const files[] = {"messages/csv-1.0-labels.csv",
                                        "messages/csv-2.0-names.csv"};
    bkt_table *table = read_data(context, files[_i]);
    ck_assert_str_eq(title_of(table, "REF_AREA", NULL), "Reporting country");
    ck_assert_str_eq(bkt_column_label(bkt_table_column_find(table, "REF_AREA")),
                     "Reporting country");
    ck_assert_str_eq(title_of(table, "OBS_VALUE", "ru"), "Value");
    ck_assert_str_eq(name_of(table, "REF_AREA", "BY", NULL), "Belarus");
    ck_assert_str_eq(name_of(table, "COUNTERPART_AREA", "KZ", "fr"), "Kazakhstan: all of it");
    ck_assert_str_eq(name_of(table, "TITLE", "Belarus from Kazakhstan, imports", NULL), "-");
    ck_assert_ptr_null(bkt_column_code_list(bkt_table_column_find(table, "REF_AREA")));
    ck_assert_ptr_null(bkt_column_type(bkt_table_column_find(table, "REF_AREA")));
    bkt_table *named;
    ck_assert_int_eq(bkt_table_add_names(context, table, NULL, &named), BKT_OK);
    bkt_table_free(table);
    ck_assert_cell(named, 0, "REF_AREA_NAME", "Belarus");
    ck_assert_cell(named, 0, "UNIT_MULT_NAME", "Millions");
    ck_assert_ptr_null(bkt_table_column_find(named, "TITLE_NAME"));
    bkt_table_free(named);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_structure_goes_before) {
    bkt_context *context = new_context();
    bkt_table *table = read_with(context, trade_2_1,
                                 "STRUCTURE,STRUCTURE_ID,REPORTER: Who,STRANGE: Odd,TIME_PERIOD,"
                                 "OBS_VALUE\ndatastructure,BKT:TRADE(1.0),BY: White Russia,"
                                 "A: First,2001,1\n",
                                 read_options(0));
    ck_assert_str_eq(name_of(table, "REPORTER", "BY", NULL), "Belarus");
    ck_assert_str_ne(title_of(table, "REPORTER", NULL), "Who");
    /* What it lacks, the message names. */
    ck_assert_str_eq(name_of(table, "STRANGE", "A", NULL), "First");
    ck_assert_str_eq(title_of(table, "STRANGE", NULL), "Odd");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static bkt_reader *open_batches(bkt_context *context, const char *text, uint32_t rows) {
    bkt_reader *reader;
    bkt_read_options options = read_options(0);
    options.batch_rows = rows;
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    return reader;
}

#define ROWS 8000

/* More text than is read at once: in its middle a code gets a name, and a new one comes. */
static char *long_text(void) {
    static const char *const rows[] = {"A:F,BY: Belarus,M,2001,1,0123456789012345678901234567890\n",
                                       "A:F,KZ: Kazakhstan,M: Imports,2001,1,01234567890123456\n"};
    size_t size = sizeof HEAD + ROWS * strlen(rows[0]);
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    size_t used = (size_t)snprintf(text, size, "%s", HEAD);
    for (int row = 0; row < ROWS; row++) {
        used += (size_t)snprintf(text + used, size - used, "%s", rows[row >= ROWS / 2]);
    }
    return text;
}

/* What was made of a batch keeps the names that were known then. */
START_TEST(names_come_with_the_batches) {
    bkt_context *context = new_context();
    char *text = long_text();
    bkt_reader *reader = open_batches(context, text, ROWS / 40);
    bkt_table *kept[40];
    for (int i = 0; i < 40; i++) {
        static const char *const ids[] = {"REPORTER", "FLOW"};
        const bkt_table *batch;
        ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
        ck_assert_str_eq(name_of(batch, "REPORTER", "BY", NULL), "Belarus");
        ck_assert_str_eq(title_of(batch, "FLOW", NULL), "Which way");
        ck_assert_int_eq(bkt_table_select(context, batch, ids, 2, &kept[i]), BKT_OK);
    }
    bkt_reader_free(reader);
    free(text);
    ck_assert_str_eq(name_of(kept[0], "REPORTER", "BY", NULL), "Belarus");
    ck_assert_str_eq(name_of(kept[0], "FLOW", "M", NULL), "-");
    ck_assert_str_eq(name_of(kept[39], "REPORTER", "KZ", NULL), "Kazakhstan");
    ck_assert_str_eq(name_of(kept[39], "FLOW", "M", NULL), "Imports");
    for (int i = 0; i < 40; i++) {
        bkt_table_free(kept[i]);
    }
    bkt_context_free(context);
}
END_TEST

/* Data sets of a message may call one code differently. */
static const char contradicting[] =
    HEAD "A:F,BY: Belarus,1: Imports,2001,1,\nA:F,BY: Belarus,2: Transit,2002,1,\n"
         "A:G,BY: Belarus,1: Exports,2001,1,\nA:G,BY: Belarus,1: Imports,2002,1,\n"
         "A:G,BY: Belarus,2: Through,2003,1,\nA:G,BY: Belarus,3: Other,2003,1,\n";

START_TEST(each_data_set_has_names_of_its_own) {
    static const char text[] = HEAD "A:F,BY: Belarus,X,2001,1,\nA:G,BY: Beyond,X,2001,1,\n";
    static const char *const names[] = {"Belarus", "Beyond"};
    bkt_context *context = new_context();
    bkt_reader *reader = open_batches(context, text, 10);
    for (int i = 0; i < 2; i++) {
        const bkt_table *batch;
        ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
        ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
        ck_assert_str_eq(name_of(batch, "REPORTER", "BY", NULL), names[i]);
        ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_END);
    }
    bkt_reader_free(reader);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_context_free(context);
}
END_TEST

/* In a table of all such a code has no name, and each column of it is told once. */
START_TEST(a_code_of_several_names_has_none) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, contradicting, NULL);
    ck_assert_str_eq(name_of(table, "REPORTER", "BY", NULL), "Belarus");
    ck_assert_str_eq(name_of(table, "FLOW", "1", NULL), "-");
    ck_assert_str_eq(name_of(table, "FLOW", "2", NULL), "-");
    ck_assert_str_eq(name_of(table, "FLOW", "3", NULL), "Other");
    ck_assert_str_eq(title_of(table, "FLOW", NULL), "Which way");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
    ck_assert_str_eq(bkt_diagnostic_text(told),
                     "the code 1 of FLOW is called 'Imports', and then 'Exports': what has several "
                     "names gets none");
    ck_assert_int_eq(bkt_diagnostic_severity(told), BKT_SEVERITY_WARNING);
    ck_assert_int_eq(bkt_diagnostic_status(told), BKT_ERR_STRUCTURE);
    ck_assert_uint_eq(bkt_diagnostic_line(told), 4);
    ck_assert_str_eq(bkt_diagnostic_source(told), "memory");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* Free texts may look like codes with names. */
static const char *const free_texts[] = {
    HEAD "A:F,BY: Belarus,M: In,2001,1,x: one\nA:F,BY: Belarus,M: In,2002,1,x: two\n"
         "A:F,BY: Belarus,M: In,2003,1,x: two\nA:F,BY: Belarus,M: In,2004,1,y: three\n",
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REPORTER,Who,FLOW,Way,TIME_PERIOD,T,OBS_VALUE,V,"
    "NOTE,Note\n"
    "dataflow,A:F(1.0),F,I,BY,Belarus,M,In,2001,,1,,x,one\n"
    "dataflow,A:F(1.0),F,I,BY,Belarus,M,In,2002,,1,,x,two\n"
    "dataflow,A:F(1.0),F,I,BY,Belarus,M,In,2003,,1,,x,two\n"
    "dataflow,A:F(1.0),F,I,BY,Belarus,M,In,2004,,1,,y,three\n",
};

START_TEST(a_data_set_may_contradict_itself) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, free_texts[_i], NULL);
    ck_assert_str_eq(name_of(table, "NOTE", "x", NULL), "-");
    ck_assert_str_eq(name_of(table, "NOTE", "y", NULL), "three");
    ck_assert_str_eq(name_of(table, "FLOW", "M", NULL), "In");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    bkt_table_free(table);
    /* Batches of one row: each has what was told until then; what was kept stays as it was. */
    bkt_reader *reader = open_batches(context, free_texts[_i], 1);
    for (int i = 0; i < 4; i++) {
        const bkt_table *batch;
        ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_OK);
        ck_assert_str_eq(name_of(batch, "FLOW", "M", NULL), "In");
        ck_assert(i == 0 || i == 3 || strcmp(name_of(batch, "NOTE", "x", NULL), "-") == 0);
    }
    bkt_reader_free(reader);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 2);
    bkt_context_free(context);
}
END_TEST

/* Names that a structure has go before, so that nothing is told of others. */
START_TEST(a_structure_settles_it) {
    bkt_context *context = new_context();
    bkt_table *table = read_with(context, trade_2_1,
                                 "STRUCTURE,STRUCTURE_ID,REPORTER: Who,TIME_PERIOD,OBS_VALUE\n"
                                 "datastructure,BKT:TRADE(1.0),BY: White Russia,2001,1\n"
                                 "datastructure,BKT:TRADE(1.0),BY: Beyond,2002,1\n",
                                 read_options(0));
    ck_assert_str_eq(name_of(table, "REPORTER", "BY", NULL), "Belarus");
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const char *said = bkt_diagnostic_text(bkt_context_diagnostic_at(context, i));
        ck_assert_msg(strstr(said, "White Russia") == NULL, "%s", said);
    }
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

#ifdef BKTI_JSON
static const char json_text[] =
    "{\"dataSets\":[{\"observations\":{\"0:0\":[1]}}],\"structure\":{\"dimensions\":{"
    "\"observation\":[{\"id\":\"AREA\",\"name\":\"Land\",\"names\":{\"de\":\"Land\","
    "\"pt-BR\":\"Pais\"},\"values\":[{\"id\":\"BY\",\"name\":\"Bielorussie\","
    "\"names\":{\"fr\":\"Bielorussie\",\"en\":\"Belarus\",\"de\":\"Weissrussland\"}},"
    "{\"id\":\"KZ\",\"name\":\"Kazakhstan\"}]},"
    "{\"id\":\"TIME_PERIOD\",\"values\":[{\"id\":\"2001\"}]}]}}}";

START_TEST(names_of_json_are_by_language) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, json_text, NULL);
    ck_assert_str_eq(name_of(table, "AREA", "BY", NULL), "Belarus");
    ck_assert_str_eq(name_of(table, "AREA", "BY", "de"), "Weissrussland");
    ck_assert_str_eq(name_of(table, "AREA", "BY", "fr-CA"), "Bielorussie");
    ck_assert_str_eq(name_of(table, "AREA", "BY", "it"), "Belarus");
    ck_assert_str_eq(title_of(table, "AREA", "pt"), "Pais");
    ck_assert_str_eq(title_of(table, "TIME_PERIOD", NULL), "-");
    ck_assert_str_eq(bkt_column_label(bkt_table_column_find(table, "TIME_PERIOD")), "TIME_PERIOD");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST
#endif

static const char *const starved[] = {
    HEAD "A:F,BY: Belarus,X: Exports,2001,1,\nA:F,KZ: Kazakhstan,M: Imports,2001,2,B: b\n"
         "A:G,BY: Beyond,X,2001,3,\n",
    contradicting,
#ifdef BKTI_JSON
    json_text,
#endif
};

/* Each batch is kept, so that names that follow need a copy. */
static bkt_status keep_batches(bkt_context *context, const char *text, uint32_t rows) {
    bkt_table *kept[8] = {NULL};
    size_t count = 0;
    bkt_reader *reader;
    bkt_read_options options = read_options(0);
    options.batch_rows = rows;
    bkt_status status = bkt_reader_open_memory(context, text, strlen(text), &options, &reader);
    while (status == BKT_OK) {
        status = bkt_reader_next_dataset(reader);
        bkt_status of_batch = status;
        while (of_batch == BKT_OK && count < 8) {
            const bkt_table *batch;
            of_batch = bkt_reader_next_batch(reader, &batch);
            of_batch = of_batch == BKT_OK
                           ? bkt_table_add_names(context, batch, NULL, &kept[count++])
                           : of_batch;
        }
        status = of_batch == BKT_END ? status : of_batch;
    }
    bkt_reader_free(reader);
    for (size_t i = 0; i < 8; i++) {
        bkt_table_free(kept[i]);
    }
    return status;
}

START_TEST(every_allocation_fails_in_its_turn) {
    for (int way = 0; way < 2; way++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            bkt_table *table = NULL;
            bkt_read_options options = read_options(0);
            const char *text = starved[_i];
            failing_memory_arm(&memory);
            bkt_status status =
                way == 0 ? bkt_table_read_memory(context, text, strlen(text), &options, &table)
                         : keep_batches(context, text, 1);
            failing_memory_disarm(&memory);
            ck_assert(status == (way == 0 ? BKT_OK : BKT_END) ||
                      (status == BKT_ERR_MEMORY && memory.has_failed));
            bkt_table_free(table);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

START_TEST(a_copy_of_names_may_fail) {
    char *text = long_text();
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        failing_memory_arm(&memory);
        bkt_status status = keep_batches(context, text, ROWS / 4);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_END || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");
    tcase_add_loop_test(tests, labels_of_csv_are_names, 0, 2);
    tcase_add_test(tests, a_structure_goes_before);
    tcase_add_test(tests, names_come_with_the_batches);
    tcase_add_test(tests, each_data_set_has_names_of_its_own);
    tcase_add_test(tests, a_code_of_several_names_has_none);
    tcase_add_loop_test(tests, a_data_set_may_contradict_itself, 0,
                        sizeof free_texts / sizeof *free_texts);
    tcase_add_test(tests, a_structure_settles_it);
#ifdef BKTI_JSON
    tcase_add_test(tests, names_of_json_are_by_language);
#endif
    tcase_add_loop_test(tests, every_allocation_fails_in_its_turn, 0,
                        sizeof starved / sizeof *starved);
    tcase_add_test(tests, a_copy_of_names_may_fail);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
