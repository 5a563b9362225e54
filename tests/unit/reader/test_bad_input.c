/* SPDX-License-Identifier: MIT */
/* What is wrong with an input is told: status, file, line, column, and a sentence that says what
 * was found and what was expected. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader_fixture.h"
#include "io/archive_builder.h"
#include "run_suite.h"

static const struct bad_file {
    const char *file;
    bkt_status status;
    uint64_t line;
    uint64_t column;
    const char *part; /* of the sentence */
    int32_t kind;     /* what the reader says the message is */
} bad_files[] = {
    {"truncated.xml", BKT_ERR_TRUNCATED, 22, 0, "ends in the middle",
     BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"malformed.xml", BKT_ERR_XML, 24, 13, "Serie", BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"not-xml.txt", BKT_ERR_NOT_XML, 1, 1, "Trade of Belarus", BKT_MESSAGE_UNKNOWN},
#ifdef BKTI_JSON
    {"json.json", BKT_ERR_NOT_SDMX, 1, 1, "this is JSON, but no SDMX-JSON data message",
     BKT_MESSAGE_UNKNOWN},
#else
    {"json.json", BKT_ERR_UNSUPPORTED, 1, 1, "this build of the library can't read",
     BKT_MESSAGE_UNKNOWN},
#endif
    {"csv-plain.csv", BKT_ERR_NOT_SDMX, 1, 1, "its first column is called 'REF_AREA', and DATAFLOW",
     BKT_MESSAGE_UNKNOWN},
    {"csv-open-quote.csv", BKT_ERR_TRUNCATED, 3, 43, "never closed", BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-quote-inside.csv", BKT_ERR_LAYOUT, 3, 44, "does not begin with one",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-text-behind-quote.csv", BKT_ERR_LAYOUT, 3, 47, "a separator ','",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-too-few.csv", BKT_ERR_LAYOUT, 3, 37, "the row has 7 fields, but the header has 8 columns",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-too-many.csv", BKT_ERR_LAYOUT, 3, 43,
     "the row has 9 fields, but the header has 8 columns", BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-header.csv", BKT_ERR_LAYOUT, 1, 11, "is STRUCTURE_ID, but 'ACTION' stands there",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-header-alone.csv", BKT_ERR_LAYOUT, 1, 1,
     "column 2 of an SDMX-CSV 2.0 header is STRUCTURE_ID", BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-nameless-column.csv", BKT_ERR_LAYOUT, 1, 15, "column 3 of the header has no name",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-list.csv", BKT_ERR_LAYOUT, 1, 51, "'NOTE[]' has several values",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-divider.csv", BKT_ERR_LAYOUT, 1, 1, "'STRUCTURE[]' names no separator",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-open-bracket.csv", BKT_ERR_LAYOUT, 1, 1, "'STRUCTURE[;' names no separator",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-action.csv", BKT_ERR_LAYOUT, 3, 25, "'X' is no action; I, A, R, M or D",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-kind.csv", BKT_ERR_LAYOUT, 3, 1, "'table' is no kind of structure",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-metadata.csv", BKT_ERR_MESSAGE_KIND, 1, 1, "SDMX-CSV 2.0 metadata message",
     BKT_MESSAGE_UNKNOWN},
    {"csv-nothing-named.csv", BKT_ERR_LAYOUT, 3, 1, "AGENCY:FLOW(1.0) was expected",
     BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-column-twice.csv", BKT_ERR_REPEATED_COMPONENT, 1, 24,
     "the column FREQ twice: columns 2 and 4", BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-zero.csv", BKT_ERR_ENCODING, 3, 30, "zero byte", BKT_MESSAGE_SDMX_CSV_DATA},
    {"csv-bad-utf-8.csv", BKT_ERR_ENCODING, 4, 39, "0xE9", BKT_MESSAGE_SDMX_CSV_DATA},
    {"page.html", BKT_ERR_NOT_SDMX, 1, 1, "HTML page", BKT_MESSAGE_UNKNOWN},
    {"not-sdmx.xml", BKT_ERR_NOT_SDMX, 2, 1, "<catalogue>", BKT_MESSAGE_UNKNOWN},
    {"structure.xml", BKT_ERR_MESSAGE_KIND, 2, 1,
     "this is an SDMX-ML 2.1 Structure message; a data message was expected",
     BKT_MESSAGE_STRUCTURE},
    {"query.xml", BKT_ERR_MESSAGE_KIND, 2, 1, "2.1 Query message", BKT_MESSAGE_QUERY},
    {"registry.xml", BKT_ERR_MESSAGE_KIND, 2, 1, "2.0 Registry message", BKT_MESSAGE_REGISTRY},
    {"metadata.xml", BKT_ERR_MESSAGE_KIND, 2, 1, "2.1 GenericMetadata message",
     BKT_MESSAGE_GENERIC_METADATA},
    {"version-4.xml", BKT_ERR_VERSION, 2, 1, "v4_0", BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"observation-in-group.xml", BKT_ERR_LAYOUT, 5, 7, "<Obs> stands in a Group",
     BKT_MESSAGE_CROSS_SECTIONAL_DATA},
    {"message-group.xml", BKT_ERR_LAYOUT, 5, 7, "<Obs> stands in a Group",
     BKT_MESSAGE_MESSAGE_GROUP},
    {"utility-key-missing.xml", BKT_ERR_LAYOUT, 5, 7, "<Obs> before its <Key>",
     BKT_MESSAGE_UTILITY_DATA},
    {"utility-two-values.xml", BKT_ERR_REPEATED_COMPONENT, 9, 9, "more than one value",
     BKT_MESSAGE_UTILITY_DATA},
    {"soap.xml", BKT_ERR_NOT_SDMX, 2, 0, "SOAP envelope without", BKT_MESSAGE_UNKNOWN},
    {"soap-fault.xml", BKT_ERR_SERVER, 13, 0,
     "an error: soap:Client; Semantic Error; 150; no such flow: TRADE2", BKT_MESSAGE_ERROR},
    {"soap-two-messages.xml", BKT_ERR_LAYOUT, 5, 5, "a second message, <StructureSpecificData>",
     BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"server-error.xml", BKT_ERR_SERVER, 0, 0, "error 140: Syntax error: no such dimension",
     BKT_MESSAGE_ERROR},
    {"server-errors.xml", BKT_ERR_SERVER, 5, 0,
     "error 150: no such flow; error 130: too much is asked for", BKT_MESSAGE_ERROR},
    {"doctype.xml", BKT_ERR_DOCTYPE, 2, 1, "DOCTYPE", BKT_MESSAGE_UNKNOWN},
    {"entity-bomb.xml", BKT_ERR_DOCTYPE, 2, 1, "DOCTYPE", BKT_MESSAGE_UNKNOWN},
    {"bad-utf-8.xml", BKT_ERR_ENCODING, 19, 97, "0xFF", BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"attribute-twice.xml", BKT_ERR_REPEATED_COMPONENT, 22, 7, "OBS_STATUS",
     BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"nested-series.xml", BKT_ERR_LAYOUT, 22, 7, "<Series> stands in a Series",
     BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"observation-outside.xml", BKT_ERR_LAYOUT, 17, 3, "<Obs> stands in the root element",
     BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"key-missing.xml", BKT_ERR_LAYOUT, 49, 7, "<Obs> before its <SeriesKey>",
     BKT_MESSAGE_GENERIC_DATA},
    {"value-without-id.xml", BKT_ERR_LAYOUT, 51, 9, "neither the attribute id nor",
     BKT_MESSAGE_GENERIC_DATA},
    {"too-deep.xml", BKT_ERR_LIMIT, 2, 0, "depth_limit", BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA},
    {"only-white-space.xml", BKT_ERR_EMPTY, 0, 0, "white space", BKT_MESSAGE_UNKNOWN},
};

/* Checks a diagnostic: its place and a part of its sentence. */
static void check_diagnostic(const bkt_diagnostic *diagnostic, const char *file, uint64_t line,
                             uint64_t column, const char *part) {
    ck_assert_msg(diagnostic != NULL, "%s: no diagnostic", file);
    const char *text = bkt_diagnostic_line_text(diagnostic);
    ck_assert_msg(strstr(bkt_diagnostic_text(diagnostic), part) != NULL, "%s: '%s' in '%s'", file,
                  part, text);
    ck_assert_msg(strstr(bkt_diagnostic_source(diagnostic), file) != NULL, "%s: %s", file, text);
    ck_assert_msg(line == 0 || bkt_diagnostic_line(diagnostic) == line, "%s: line %d in %s", file,
                  (int)line, text);
    ck_assert_msg(column == 0 || bkt_diagnostic_column(diagnostic) == column, "%s: column %d in %s",
                  file, (int)column, text);
}

START_TEST(bad_files_are_refused_with_a_place) {
    const struct bad_file *bad = &bad_files[_i];
    char name[TEXT_SIZE];
    char path[TEXT_SIZE];
    snprintf(name, sizeof name, "bad/%s", bad->file);
    bkt_context *context = new_context();
    bkt_reader *reader;
    bkt_read_options options = read_options(0);
    ck_assert_int_eq(bkt_reader_open_path(context, data_path(path, name), &options, &reader),
                     BKT_OK);
    bkt_table *table = (bkt_table *)&path;
    bkt_status status = bkt_table_read_reader(reader, &table);
    ck_assert_msg(status == bad->status, "%s: status %d", bad->file, (int)status);
    ck_assert_ptr_null(table);
    check_diagnostic(bkt_context_error(context), bad->file, bad->line, bad->column, bad->part);
    ck_assert_int_eq(bkt_diagnostic_status(bkt_context_error(context)), bad->status);
    ck_assert_int_eq(bkt_reader_message_kind(reader), bad->kind);
    /* The same error for ever. */
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), bad->status);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

/* Faults of the data: warnings, or with BKT_READ_STRICT errors. */
static const struct faulty_file {
    const char *file;
    bkt_status status;
    uint64_t line;
    uint64_t column;
    const char *part;
    const char *series;
    const char *period;
} faulty_files[] = {
    {"decimal-comma.xml", BKT_ERR_VALUE, 22, 7,
     "the value '804,1' is no number (a decimal comma? SDMX wants a point)", "A.BY.KZ.X", "2012"},
    {"generic-comma.xml", BKT_ERR_VALUE, 61, 9, "'804,1'", "A.BY.KZ.X", "2012"},
    {"infinite.xml", BKT_ERR_VALUE, 22, 7, "'INF' is infinite", "A.BY.KZ.X", "2012"},
    {"impossible-period.xml", BKT_ERR_PERIOD, 23, 7, "'2013-02-29'", "A.BY.KZ.X", ""},
    {"component-twice.xml", BKT_ERR_REPEATED_COMPONENT, 0, 0, "FREQ comes twice", "A", ""},
    {"csv-decimal-comma.csv", BKT_ERR_VALUE, 2, 31, "'804,1' is no number (a decimal comma?",
     "A.BY.KZ.X", "2012"},
    {"csv-impossible-period.csv", BKT_ERR_PERIOD, 2, 26, "'2013-02-29'", "A.BY.KZ.X", ""},
    {"csv-duplicate-key.csv", BKT_ERR_DUPLICATE, 3, 1, "row 2 has the key A.BY.KZ.M.2012 of row 1",
     "", ""},
    {"duplicate-key.xml", BKT_ERR_DUPLICATE, 23, 7, "row 2 has the key A.BY.KZ.X.2012 of row 1", "",
     ""},
};

START_TEST(faults_of_the_data_are_warnings_or_errors) {
    const struct faulty_file *faulty = &faulty_files[_i];
    char name[TEXT_SIZE];
    char path[TEXT_SIZE];
    snprintf(name, sizeof name, "bad/%s", faulty->file);
    for (int strict = 0; strict < 2; strict++) {
        bkt_context *context = new_context();
        bkt_read_options options =
            read_options(BKT_READ_CHECK_DUPLICATES | (strict ? BKT_READ_STRICT : 0));
        bkt_table *table;
        bkt_status status = bkt_table_read(context, data_path(path, name), &options, &table);
        ck_assert_int_eq(status, strict ? faulty->status : BKT_OK);
        ck_assert(strict ? table == NULL : bkt_table_row_count(table) == 5);
        const bkt_diagnostic *diagnostic = find_diagnostic(context, faulty->status);
        check_diagnostic(diagnostic, faulty->file, faulty->line, faulty->column, faulty->part);
        ck_assert_int_eq(bkt_diagnostic_severity(diagnostic),
                         strict ? BKT_SEVERITY_ERROR : BKT_SEVERITY_WARNING);
        ck_assert_str_eq(bkt_diagnostic_series(diagnostic), faulty->series);
        ck_assert_str_eq(bkt_diagnostic_period(diagnostic), faulty->period);
        bkt_table_free(table);
        bkt_context_free(context);
    }
}
END_TEST

/* Of two values, or two periods, it can't be told which is meant. */
START_TEST(an_observation_has_one_value) {
    static const char *const observations[] = {
        "<g:Time>2012</g:Time><g:ObsValue value=\"1\"/><g:ObsValue value=\"2\"/>",
        "<g:Time>2012</g:Time><g:Time>2013</g:Time><g:ObsValue value=\"1\"/>",
        "<g:ObsDimension value=\"2012\"/><g:ObsDimension value=\"2012\"/>",
    };
    for (size_t i = 0; i < sizeof observations / sizeof *observations; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "<GenericData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
                 "xmlns:g=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/generic\"><DataSet>"
                 "<g:Series><g:SeriesKey><g:Value concept=\"AREA\" value=\"BY\"/></g:SeriesKey>"
                 "<g:Obs>%s</g:Obs></g:Series></DataSet></GenericData>",
                 observations[i]);
        bkt_context *context = new_context();
        bkt_read_options options = read_options(0);
        bkt_table *table;
        ck_assert_int_eq(bkt_table_read_memory(context, text, strlen(text), &options, &table),
                         BKT_ERR_REPEATED_COMPONENT);
        check_diagnostic(bkt_context_error(context), "memory", 1, 0, "an Obs has more than one");
        bkt_context_free(context);
    }
}
END_TEST

/* An empty folder of this test's own. */
static void make_folder(char *path) {
    snprintf(path, TEXT_SIZE, "/tmp/bktrade-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

static void write_file(const char *path, const void *data, size_t size) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

static void check_path(const char *path, bkt_status expected, const char *part) {
    bkt_context *context = new_context();
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read(context, path, NULL, &table), expected);
    ck_assert_ptr_null(table);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), part));
    bkt_context_free(context);
}

START_TEST(paths_that_cannot_be_read) {
    char folder[TEXT_SIZE];
    char path[TEXT_SIZE + 20];
    make_folder(folder);
    check_path(folder, BKT_ERR_DIRECTORY, folder);
    snprintf(path, sizeof path, "%s/none.xml", folder);
    check_path(path, BKT_ERR_NOT_FOUND, "none.xml");
    write_file(path, "", 0);
    check_path(path, BKT_ERR_EMPTY, "none.xml");
    if (geteuid() != 0) {
        ck_assert_int_eq(chmod(path, 0), 0);
        check_path(path, BKT_ERR_PERMISSION, "none.xml");
    }
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(a_gzip_bomb_is_stopped) {
    size_t size = (size_t)64 << 20;
    char *spaces = malloc(size);
    ck_assert_ptr_nonnull(spaces);
    memset(spaces, ' ', size);
    memcpy(spaces, "<a>", 3);
    bytes packed = {0};
    add_gzip(&packed, spaces, size);
    free(spaces);
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, packed.data, packed.size, &options, &table),
                     BKT_ERR_NOT_SDMX);
    bkt_context_diagnostics_clear(context);
    /* The same inside a message. */
    bytes bomb = {0};
    char *message = specific_message("TIME_PERIOD", "");
    size_t end = strlen(message) - strlen("</m:StructureSpecificData>");
    char *long_message = malloc(size);
    ck_assert_ptr_nonnull(long_message);
    memset(long_message, ' ', size);
    memcpy(long_message, message, end);
    add_gzip(&bomb, long_message, size);
    ck_assert_int_eq(bkt_table_read_memory(context, bomb.data, bomb.size, &options, &table),
                     BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "expansion_limit"));
    ck_assert_uint_lt(bkt_context_memory_peak(context), 1u << 20);
    free(message);
    free(long_message);
    bytes_free(&packed);
    bytes_free(&bomb);
    bkt_context_free(context);
}
END_TEST

/* Columns that one series has, and many rows that have none of them. */
START_TEST(a_table_of_nothing_is_stopped) {
    bytes datasets = {0};
    char text[64];
    bytes_add_text(&datasets, "<m:DataSet ss:structureRef=\"S\">");
    for (int series = 0; series < 4; series++) {
        bytes_add_text(&datasets, "<Series");
        for (int i = 0; i < 900; i++) {
            bytes_add(&datasets, text,
                      (size_t)snprintf(text, sizeof text, " A%d=\"1\"", series * 900 + i));
        }
        bytes_add_text(&datasets, "><Obs TIME_PERIOD=\"2012\"/></Series>");
    }
    bytes_add_text(&datasets, "<Series A=\"1\">");
    for (int i = 0; i < 25000; i++) {
        bytes_add_text(&datasets, "<Obs/>");
    }
    bytes_add(&datasets, "</Series></m:DataSet>", sizeof "</Series></m:DataSet>");
    char *message = specific_message("TIME_PERIOD", (const char *)datasets.data);
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, message, strlen(message), &options, &table),
                     BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "expansion_limit"));
    ck_assert_uint_lt(bkt_context_memory_peak(context), 8u << 20);
    free(message);
    bytes_free(&datasets);
    bkt_context_free(context);
}
END_TEST

START_TEST(arguments_and_options_are_checked) {
    bkt_context *context = new_context();
    bkt_table *table;
    bkt_reader *reader;
    bkt_read_options options = read_options(1U << 31);
    ck_assert_int_eq(bkt_table_read(NULL, "x", NULL, &table), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_read(context, NULL, NULL, &table), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_read(context, "x", NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_read_memory(context, NULL, 1, NULL, &table), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_read_memory(context, "", 0, &options, &table), BKT_ERR_ARGUMENT);
    options = read_options(0);
    options.struct_size = 8;
    ck_assert_int_eq(bkt_reader_open_memory(context, "", 0, &options, &reader), BKT_ERR_ABI);
    ck_assert_ptr_null(reader);
    ck_assert_int_eq(bkt_reader_open_callback(context, NULL, NULL, NULL, &reader),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_reader_open_feed(context, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_reader_next_dataset(NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_reader_next_batch(NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_read_reader(NULL, &table), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_reader_feed(NULL, NULL, 0, 0), BKT_ERR_ARGUMENT);
    bkt_reader_free(NULL);
    bkt_context_free(context);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_loop_test(test_case, bad_files_are_refused_with_a_place, 0,
                        (int)(sizeof bad_files / sizeof *bad_files));
    tcase_add_loop_test(test_case, faults_of_the_data_are_warnings_or_errors, 0,
                        (int)(sizeof faulty_files / sizeof *faulty_files));
    tcase_add_test(test_case, paths_that_cannot_be_read);
    tcase_add_test(test_case, a_gzip_bomb_is_stopped);
    tcase_add_test(test_case, a_table_of_nothing_is_stopped);
    tcase_add_test(test_case, arguments_and_options_are_checked);
    tcase_add_test(test_case, an_observation_has_one_value);
}

int main(void) {
    Suite *suite = suite_create("bad_input");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
