/* SPDX-License-Identifier: MIT */
/* SDMX-CSV: what only its messages have. That they give what the same data in SDMX-ML do is in
 * test_layout.c, what is refused in test_bad_input.c. */
#include "reader_fixture.h"
#include "io/archive_builder.h"
#include "run_suite.h"

START_TEST(several_structures_and_actions_are_data_sets) {
    static const struct {
        const char *property;
        const char *reference;
        const char *action;
        int64_t rows;
    } expected[] = {
        {"dataflow", "BKT:TRADE(1.0)", "Append", 2},  {"structure", "BKT:GOODS(2.1)", "Replace", 1},
        {"structure", "BKT:OFFICE(1.0)", "Merge", 1}, {"dataflow", "BKT:TRADE(1.0)", "Delete", 2},
        {"structure", "BKT:OLD", "Delete", 1},
    };
    char path[TEXT_SIZE];
    bkt_context *context = new_context();
    bkt_reader *reader;
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_open_path(context, data_path(path, "messages/csv-2.0-several.csv"),
                                          NULL, &reader),
                     BKT_OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
        ck_assert_str_eq(bkt_reader_property(reader, expected[i].property), expected[i].reference);
        ck_assert_str_eq(bkt_reader_property(reader, "action"), expected[i].action);
        bkt_status status = bkt_reader_next_batch(reader, &batch);
        ck_assert_int_eq(status, BKT_OK);
        ck_assert_int_eq(bkt_table_row_count(batch), expected[i].rows);
    }
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_END);
    ck_assert_int_eq(bkt_reader_message_kind(reader), BKT_MESSAGE_SDMX_CSV_DATA);
    ck_assert_str_eq(bkt_reader_property(reader, "version"), "2.0");
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

START_TEST(lists_are_joined_and_codes_kept_as_they_are) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/csv-2.0-several.csv");
    ck_assert_int_eq(bkt_table_row_count(table), 7);
    ck_assert_cell(table, 0, "SOURCES", "customs; survey");
    ck_assert_cell(table, 0, "NOTE",
                   "en: first \"figure\"; ru: \xd0\xbf\xd0\xb5\xd1\x80\xd0\xb2\xd0\xb0\xd1\x8f");
    ck_assert_cell(table, 0, "CONTACT.NAME", "Ann; Bob; ; Cid");
    ck_assert_cell(table, 1, "CONTACT.NAME", "");
    ck_assert_cell(table, 2, "SOURCES", "a; b; c");
    ck_assert_cell(table, 2, "PRODUCT", "01");
    ck_assert_cell(table, 0, "PRODUCT", "");
    /* A row that deletes marks values by "-". */
    ck_assert_cell(table, 4, "OBS_VALUE", "<NaN>");
    ck_assert_cell(table, 5, "OBS_VALUE", "<absent>");
    ck_assert_cell(table, 5, "OBS_STATUS", "-");
    ck_assert_cell(table, 4, "ACTION", "Delete");
    /* One that names its data set alone deletes all of it. */
    ck_assert_cell(table, 6, "DATASET", "5");
    ck_assert_cell(table, 6, "FREQ", "");
    ck_assert_cell(table, 6, "OBS_VALUE", "<absent>");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(latin_1_is_read_with_a_warning) {
    bkt_context *context = new_context();
    bkt_table *table = read_data(context, "messages/csv-1.0-latin-1.csv");
    ck_assert_cell(table, 0, "title", "C\xc3\xb4te d'Ivoire");
    ck_assert_cell(table, 1, "title", "\xc3\x96sterreich");
    ck_assert_cell(table, 1, "OBS_VALUE", "<absent>");
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "LAST UPDATE")),
                     BKT_ROLE_ATTRIBUTE);
    const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_ENCODING);
    ck_assert_uint_eq(bkt_diagnostic_line(warning), 2);
    ck_assert_uint_eq(bkt_diagnostic_column(warning), 49);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_header_without_rows_is_an_empty_data_set) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE\n", NULL);
    ck_assert_int_eq(bkt_table_row_count(table), 0);
    ck_assert_ptr_nonnull(find_diagnostic(context, BKT_ERR_EMPTY));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* As the field guide has it in an example. */
START_TEST(rows_that_delete_may_have_empty_fields_beyond_the_header) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context,
                                 "STRUCTURE,STRUCTURE_ID,ACTION,DIM_1,DIM_2\r\n"
                                 "dataflow,A:F,D,A,,\r\ndataflow,A:F,D,B,C,\r\n",
                                 NULL);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_cell(table, 1, "DIM_2", "C");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* Of rows of one shape only values are told; the result is what each row says. */
START_TEST(shapes_alternate) {
    static const char *const rows[] = {"a,2001,1,x", "a,2002,2,x", "b,2001,,x", "b,2002,,",
                                       "b,2003,,",   "c,2001,3,",  "c,2002,4,", "c,2003,-5e-3,y"};
    static const char *const values[] = {"1",        "2", "<absent>", "<absent>",
                                         "<absent>", "3", "4",        "-0.005"};
    char text[1000] = "DATAFLOW,D,TIME_PERIOD,OBS_VALUE,S\n";
    for (size_t i = 0; i < 8; i++) {
        strcat(strcat(strcat(text, "A:F,"), rows[i]), "\n");
    }
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_int_eq(bkt_table_row_count(table), 8);
    for (int64_t i = 0; i < 8; i++) {
        char code[2] = {rows[i][0], '\0'};
        const char *status = strrchr(rows[i], ',') + 1;
        ck_assert_cell(table, i, "D", code);
        ck_assert_cell(table, i, "OBS_VALUE", values[i]);
        ck_assert_cell(table, i, "S", status);
    }
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static const char *const files[] = {
    "csv-1.0.csv",       "csv-1.0-labels.csv",    "csv-1.0-latin-1.csv", "csv-2.0.csv",
    "csv-2.0-names.csv", "csv-2.0-any-order.csv", "csv-2.0-several.csv", "csv-2.0-partial-keys.csv",
};

START_TEST(chunks_of_any_size_give_the_same_table) {
    char name[TEXT_SIZE];
    char path[TEXT_SIZE];
    char text[10000];
    snprintf(name, sizeof name, "messages/%s", files[_i]);
    FILE *file = fopen(data_path(path, name), "rb");
    ck_assert_ptr_nonnull(file);
    size_t size = fread(text, 1, sizeof text, file);
    ck_assert(size > 0 && size < sizeof text);
    fclose(file);
    bkt_context *context = new_context();
    bkt_table *whole = read_data(context, name);
    for (size_t chunk = 1; chunk <= size; chunk += chunk < 100 ? 1 : 97) {
        bkt_reader *reader;
        bkt_table *table = NULL;
        bkt_status status = bkt_reader_open_feed(context, NULL, &reader);
        for (size_t at = 0; status == BKT_OK && at < size; at += chunk) {
            size_t next = size - at < chunk ? size - at : chunk;
            status = bkt_reader_feed(reader, text + at, next, at + next == size);
        }
        ck_assert_int_eq(status, BKT_OK);
        ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
        assert_same_table(whole, table);
        bkt_table_free(table);
        bkt_reader_free(reader);
    }
    bkt_table_free(whole);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_filter_takes_what_passes) {
    static const char *const codes[] = {"KZ"};
    char path[TEXT_SIZE];
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    bkt_filter *filter;
    bkt_table *table;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "COUNTERPART_AREA", codes, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2013", NULL), BKT_OK);
    options.filter = filter;
    for (int i = 0; i < 2; i++) {
        const char *name = i == 0 ? "messages/csv-1.0-labels.csv" : "messages/csv-2.0-names.csv";
        ck_assert_int_eq(bkt_table_read(context, data_path(path, name), &options, &table), BKT_OK);
        ck_assert_int_eq(bkt_table_row_count(table), 2);
        ck_assert_cell(table, 1, "OBS_VALUE", "870.4");
        bkt_table_free(table);
    }
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

/* The character behind the first column's name separates, whichever it is. */
START_TEST(any_separator) {
    static const char separators[] = ",;\t|^~#!$%&*+/\\@`?\x1f";
    for (size_t i = 0; i < sizeof separators - 1; i++) {
        for (int quoted = 0; quoted < 2; quoted++) {
            char text[200];
            char s = separators[i];
            const char *q = quoted ? "\"" : "";
            snprintf(text, sizeof text,
                     "%sDATAFLOW%s%cD%cTIME_PERIOD%cOBS_VALUE\nA:F%cx%c2001%c7\n", q, q, s, s, s, s,
                     s, s);
            bkt_context *context = new_context();
            bkt_table *table = read_text(context, text, NULL);
            ck_assert_cell(table, 0, "D", "x");
            ck_assert_cell(table, 0, "OBS_VALUE", "7");
            bkt_table_free(table);
            bkt_context_free(context);
        }
    }
}
END_TEST

/* Rows that are told by their values alone have places too; lines in quotation marks count. */
START_TEST(a_fault_has_the_place_of_its_field) {
    bkt_context *context = new_context();
    bkt_table *table = read_text(context,
                                 "DATAFLOW,D,TIME_PERIOD,OBS_VALUE,NOTE\n"
                                 "A:F,x,2001,1,\"two\nlines\"\nA:F,x,2002,2,\"two\nlines\"\n"
                                 "A:F,x,2003,1 000,none\nA:F,x,2004-13,4,none\n",
                                 NULL);
    const bkt_diagnostic *value = find_diagnostic(context, BKT_ERR_VALUE);
    const bkt_diagnostic *period = find_diagnostic(context, BKT_ERR_PERIOD);
    ck_assert_uint_eq(bkt_diagnostic_line(value), 6);
    ck_assert_uint_eq(bkt_diagnostic_column(value), 12);
    ck_assert_uint_eq(bkt_diagnostic_offset(value), 99);
    ck_assert_uint_eq(bkt_diagnostic_dataset(value), 1);
    ck_assert_uint_eq(bkt_diagnostic_line(period), 7);
    ck_assert_uint_eq(bkt_diagnostic_column(period), 7);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(members_of_a_zip) {
    static const char other[] = "AREA,YEAR\nBY,2001\n";
    static const char first[] = "DATAFLOW,D,TIME_PERIOD,OBS_VALUE\nA:F,x,2001,1\n";
    static const char second[] = "STRUCTURE;STRUCTURE_ID;D;TIME_PERIOD;OBS_VALUE\n"
                                 "dataflow;A:F;x;2002;2\n";
    bytes zip = {0};
    add_member(&zip, "other.csv", other, sizeof other - 1, (member_form){.stored = true});
    add_member(&zip, "first.csv", first, sizeof first - 1, (member_form){.stored = false});
    add_member(&zip, "second.csv", second, sizeof second - 1, (member_form){.stored = true});
    add_directory(&zip, 3);
    bkt_context *context = new_context();
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, zip.data, zip.size, NULL, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_cell(table, 1, "OBS_VALUE", "2");
    ck_assert_ptr_nonnull(find_diagnostic(context, BKT_ERR_NOT_SDMX));
    bkt_table_free(table);
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("csv");
    TCase *test_case = tcase_create("csv");
    tcase_add_test(test_case, several_structures_and_actions_are_data_sets);
    tcase_add_test(test_case, lists_are_joined_and_codes_kept_as_they_are);
    tcase_add_test(test_case, latin_1_is_read_with_a_warning);
    tcase_add_test(test_case, a_header_without_rows_is_an_empty_data_set);
    tcase_add_test(test_case, rows_that_delete_may_have_empty_fields_beyond_the_header);
    tcase_add_test(test_case, shapes_alternate);
    tcase_add_loop_test(test_case, chunks_of_any_size_give_the_same_table, 0,
                        (int)(sizeof files / sizeof *files));
    tcase_add_test(test_case, a_filter_takes_what_passes);
    tcase_add_test(test_case, any_separator);
    tcase_add_test(test_case, a_fault_has_the_place_of_its_field);
    tcase_add_test(test_case, members_of_a_zip);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
