/* SPDX-License-Identifier: MIT */
/* Footers that say at which address the answer will be. */
#include "reader_fixture.h"

#include "failing_memory.h"
#include "io/archive_builder.h"
#include "run_suite.h"

#define DATA                                                                                       \
    "<m:DataSet ss:structureRef=\"S\"><Series AREA=\"BY\">"                                        \
    "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/></Series></m:DataSet>"
#define FOOTER(code, severity, text)                                                               \
    "<f:Footer xmlns:f=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer\">"      \
    "<f:Message code=\"" code "\" severity=\"" severity "\"><c:Text>" text                         \
    "</c:Text></f:Message></f:Footer>"

static bkt_reader *open_text(bkt_context *context, const char *text) {
    bkt_reader *reader;
    bkt_read_options options = read_options(0);
    options.source_name = "answer.xml";
    ck_assert_int_eq(bkt_reader_open_memory(context, text, strlen(text), &options, &reader),
                     BKT_OK);
    return reader;
}

START_TEST(an_answer_that_comes_later_is_no_empty_table) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    bkt_reader *reader;
    bkt_table *table;
    bkt_read_options options = read_options(0);
    data_path(path, "messages/footer-address.xml");
    ck_assert_int_eq(bkt_reader_open_path(context, path, &options, &reader), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_ERR_ANSWER_LATER);
    ck_assert_ptr_null(table);
    ck_assert_str_eq(bkt_reader_property(reader, "address"), "http://example.org/file/7Dqf4.zip");
    ck_assert_ptr_nonnull(bkt_reader_property(reader, "footer"));
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_int_eq(bkt_diagnostic_status(error), BKT_ERR_ANSWER_LATER);
    ck_assert_uint_eq(bkt_diagnostic_line(error), 19);
    ck_assert_str_eq(bkt_diagnostic_text(error), "no data came; by the message's footer the answer "
                                                 "will be at http://example.org/file/7Dqf4.zip");
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_line_text(error), "footer-address.xml:19"));
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_ERR_ANSWER_LATER);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

START_TEST(by_data_sets_it_is_the_end) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"/>" FOOTER(
                                                     "413", "Infomation", "see https://a.org/1"));
    bkt_reader *reader = open_text(context, text);
    const bkt_table *batch;
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_OK);
    ck_assert_int_eq(bkt_reader_next_batch(reader, &batch), BKT_END);
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_ERR_ANSWER_LATER);
    ck_assert_int_eq(bkt_reader_next_dataset(reader), BKT_ERR_ANSWER_LATER);
    ck_assert_str_eq(bkt_reader_property(reader, "address"), "https://a.org/1");
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* What footers say, and what is made of it. */
static const struct said {
    const char *body;
    bkt_status status;
    const char *address;
    int32_t severity;
    bkt_status told;
} said[] = {
    {DATA FOOTER("413", "Information", "The rest: ftp://a.org/b.zip."), BKT_OK, "ftp://a.org/b.zip",
     BKT_SEVERITY_WARNING, BKT_ERR_ANSWER_LATER},
    {DATA FOOTER("100", "Information", "Help: http://a.org"), BKT_OK, NULL, BKT_SEVERITY_NOTE,
     BKT_ERR_SERVER},
    {FOOTER("100", "Warning", "Nothing; help: http://a.org"), BKT_OK, NULL, BKT_SEVERITY_WARNING,
     BKT_ERR_SERVER},
    {FOOTER("500", "Error", "Report it at http://a.org"), BKT_OK, NULL, BKT_SEVERITY_WARNING,
     BKT_ERR_SERVER},
    {FOOTER("510", "Error", "Too large. It will be here (http://a.org/x)"), BKT_ERR_ANSWER_LATER,
     "http://a.org/x", BKT_SEVERITY_WARNING, BKT_ERR_ANSWER_LATER},
    {FOOTER("413", "Information", "at http:// or so"), BKT_OK, NULL, BKT_SEVERITY_WARNING,
     BKT_ERR_SERVER},
    {FOOTER("413", "Warning", "http://a.org/1</c:Text><c:Text>http://a.org/2"),
     BKT_ERR_ANSWER_LATER, "http://a.org/1", BKT_SEVERITY_WARNING, BKT_ERR_ANSWER_LATER},
};

START_TEST(what_a_footer_says_decides) {
    const struct said *row = &said[_i];
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD", row->body);
    bkt_reader *reader = open_text(context, text);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), row->status);
    const char *address = bkt_reader_property(reader, "address");
    ck_assert_str_eq(address == NULL ? "" : address, row->address == NULL ? "" : row->address);
    const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(told), row->severity);
    ck_assert_int_eq(bkt_diagnostic_status(told), row->told);
    bkt_table_free(table);
    bkt_reader_free(reader);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* One member has data, the other an address: what came is not lost. */
START_TEST(in_a_zip_data_of_another_member_count) {
    for (int with_data = 0; with_data < 2; with_data++) {
        bkt_context *context = new_context();
        char *promise =
            specific_message("TIME_PERIOD", FOOTER("413", "Information", "http://a.org/x"));
        char *other = specific_message("TIME_PERIOD", with_data ? DATA : "");
        bytes zip = {0};
        add_member(&zip, "a.xml", promise, strlen(promise), (member_form){.stored = false});
        add_member(&zip, "b.xml", other, strlen(other), (member_form){.stored = false});
        add_directory(&zip, 2);
        bkt_table *table;
        ck_assert_int_eq(bkt_table_read_memory(context, zip.data, zip.size, NULL, &table),
                         with_data ? BKT_OK : BKT_ERR_ANSWER_LATER);
        ck_assert_int_eq(bkt_table_row_count(table), with_data);
        const bkt_diagnostic *error = bkt_context_error(context);
        const char *line = error == NULL ? "" : bkt_diagnostic_line_text(error);
        ck_assert(with_data || strstr(line, "a.xml") != NULL);
        bkt_table_free(table);
        bytes_free(&zip);
        free(promise);
        free(other);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(every_allocation_fails_in_its_turn) {
    char *text = specific_message("TIME_PERIOD", FOOTER("413", "Warning", "http://a.org/x"));
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_read_options options = read_options(0);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_read_memory(context, text, strlen(text), &options, &table);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_ERR_ANSWER_LATER ||
                  (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_ptr_null(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

static void add_tests(TCase *tests) {
    tcase_add_test(tests, an_answer_that_comes_later_is_no_empty_table);
    tcase_add_test(tests, by_data_sets_it_is_the_end);
    tcase_add_loop_test(tests, what_a_footer_says_decides, 0, sizeof said / sizeof *said);
    tcase_add_test(tests, in_a_zip_data_of_another_member_count);
    tcase_add_test(tests, every_allocation_fails_in_its_turn);
}

int main(void) {
    Suite *suite = suite_create("answer");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
