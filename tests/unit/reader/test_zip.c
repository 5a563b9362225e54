/* SPDX-License-Identifier: MIT */
/* Messages in gzip and zip: which members are read, and what is said of the others. */
#include "reader_fixture.h"

#include "io/archive_builder.h"
#include "run_suite.h"

/* A message of one observation. */
static char *message_of(const char *area, const char *value) {
    char datasets[300];
    snprintf(datasets, sizeof datasets,
             "<m:DataSet ss:structureRef=\"S\"><Series AREA=\"%s\">"
             "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"%s\"/></Series></m:DataSet>",
             area, value);
    return specific_message("TIME_PERIOD", datasets);
}

static const char structure_text[] =
    "<m:Structure xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\"/>";
static const char schema_text[] = "<schema xmlns=\"http://www.w3.org/2001/XMLSchema\"/>";
static const char later_text[] =
    "<GenericData xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v4_0/message\"/>";

static void add_text(bytes *zip, const char *name, const char *text) {
    add_member(zip, name, text, strlen(text), (member_form){.stored = false});
}

static void add_message(bytes *zip, const char *name, const char *area, const char *value) {
    char *text = message_of(area, value);
    add_text(zip, name, text);
    free(text);
}

static bkt_status read_zip(bkt_context *context, const bytes *zip, const char *member,
                           bkt_table **out_table) {
    bkt_read_options options = read_options(0);
    options.member = member;
    options.source_name = "all.zip";
    return bkt_table_read_memory(context, zip->data, zip->size, &options, out_table);
}

START_TEST(gzip_is_read_like_the_plain_file) {
    bkt_context *context = new_context();
    bytes packed = {0};
    char *text = message_of("BY", "804.1");
    add_gzip(&packed, text, strlen(text));
    bkt_table *plain = read_text(context, text, NULL);
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, packed.data, packed.size, NULL, &table),
                     BKT_OK);
    assert_same_table(plain, table);
    bkt_table_free(plain);
    bkt_table_free(table);
    bytes_free(&packed);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(what_is_no_data_is_passed_over) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_text(&zip, "readme.txt", "Read the data with care.\n");
    add_text(&zip, "structure.xml", structure_text);
    add_message(&zip, "data.xml", "BY", "804.1");
    add_text(&zip, "schema.xsd", schema_text);
    add_directory(&zip, 4);
    bkt_reader *reader;
    bkt_table *table;
    ck_assert_int_eq(bkt_reader_open_memory(context, zip.data, zip.size, NULL, &reader), BKT_OK);
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_str_eq(bkt_reader_property(reader, "member"), "data.xml");
    ck_assert_str_eq(bkt_reader_property(reader, "kind"), "StructureSpecificData");
    ck_assert_int_eq(bkt_reader_message_kind(reader), BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 3);
    for (uint32_t i = 0; i < 3; i++) {
        const bkt_diagnostic *note = bkt_context_diagnostic_at(context, i);
        ck_assert_int_eq(bkt_diagnostic_severity(note), BKT_SEVERITY_NOTE);
        ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(note), "passed over"));
    }
    ck_assert_ptr_null(bkt_context_error(context));
    bkt_table_free(table);
    bkt_reader_free(reader);
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

/* What folders and packers leave in a zip: pictures, files of zeros, other
 * archives. */
START_TEST(binary_members_are_passed_over) {
    static const struct {
        const char *bytes;
        size_t size;
        bkt_status status;
    } members[] = {
        {"\0\0\0\1Bud1\0\0\x10\0", 12, BKT_ERR_NOT_XML},
        {"\0\5\x16\7\0\2\0\0Mac OS X", 16, BKT_ERR_NOT_XML},
        {"\x89PNG\r\n\x1A\n", 8, BKT_ERR_NOT_XML},
        {"\xFF\xD8\xFF\xE0", 4, BKT_ERR_NOT_XML},
        {"\xFF\xFEr\0e\0a\0d\0", 10, BKT_ERR_NOT_XML},
        {"\xEF\xBB\xBFread me", 10, BKT_ERR_NOT_XML},
        {"\x1F\x8B\x08\0", 4, BKT_ERR_UNSUPPORTED},
        {"PK\3\4", 4, BKT_ERR_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        bkt_context *context = new_context();
        bytes zip = {0};
        add_member(&zip, "other", members[i].bytes, members[i].size, (member_form){.stored = true});
        add_message(&zip, "data.xml", "BY", "804.1");
        add_directory(&zip, 2);
        bkt_table *table;
        ck_assert_msg(read_zip(context, &zip, NULL, &table) == BKT_OK, "%d: %s", (int)i,
                      bkt_context_error_text(context));
        ck_assert_int_eq(bkt_table_row_count(table), 1);
        ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
        const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
        ck_assert_int_eq(bkt_diagnostic_status(told), members[i].status);
        ck_assert_str_eq(bkt_diagnostic_source(told), "all.zip(other)");
        bkt_table_free(table);
        bytes_free(&zip);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(several_messages_are_read_one_after_the_other) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_message(&zip, "a.xml", "BY", "1");
    add_text(&zip, "later.xml", later_text);
    add_message(&zip, "b.xml", "KZ", "2");
    add_directory(&zip, 3);
    bkt_table *table;
    ck_assert_int_eq(read_zip(context, &zip, NULL, &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 2);
    ck_assert_cell(table, 0, "AREA", "BY");
    ck_assert_cell(table, 1, "AREA", "KZ");
    ck_assert_str_eq(bkt_table_property(table, "source"), "all.zip(a.xml); all.zip(b.xml)");
    /* Data that could not be read are worth a warning. */
    const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_VERSION);
    ck_assert_int_eq(bkt_diagnostic_severity(warning), BKT_SEVERITY_WARNING);
    ck_assert_str_eq(bkt_diagnostic_source(warning), "all.zip(later.xml)");
    bkt_table_free(table);
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

START_TEST(one_member_may_be_named) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_message(&zip, "a.xml", "BY", "1");
    add_text(&zip, "structure.xml", structure_text);
    add_message(&zip, "b.xml", "KZ", "2");
    add_directory(&zip, 3);
    bkt_table *table;
    ck_assert_int_eq(read_zip(context, &zip, "b.xml", &table), BKT_OK);
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "AREA", "KZ");
    bkt_table_free(table);
    ck_assert_int_eq(read_zip(context, &zip, "structure.xml", &table), BKT_ERR_MESSAGE_KIND);
    ck_assert_int_eq(read_zip(context, &zip, "c.xml", &table), BKT_ERR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context),
                                 "no member 'c.xml'; it has: a.xml, structure.xml, b.xml"));
    bytes_free(&zip);
    bkt_read_options options = read_options(0);
    options.member = "a.xml";
    char *text = message_of("BY", "1");
    ck_assert_int_eq(bkt_table_read_memory(context, text, strlen(text), &options, &table),
                     BKT_ERR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "this is no zip"));
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_zip_without_data_fails_as_its_first_member_does) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_text(&zip, "structure.xml", structure_text);
    add_text(&zip, "readme.txt", "No data.\n");
    add_directory(&zip, 2);
    bkt_table *table;
    ck_assert_int_eq(read_zip(context, &zip, NULL, &table), BKT_ERR_MESSAGE_KIND);
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_str_eq(bkt_diagnostic_source(error), "all.zip(structure.xml)");
    ck_assert_uint_eq(bkt_diagnostic_line(error), 1);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(error), "2.1 Structure message"));
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_damaged_message_in_a_zip_is_an_error) {
    bkt_context *context = new_context();
    bytes zip = {0};
    add_message(&zip, "a.xml", "BY", "1");
    char *text = message_of("KZ", "2");
    text[strlen(text) - 50] = '\0';
    add_text(&zip, "b.xml", text);
    free(text);
    add_directory(&zip, 2);
    bkt_table *table;
    ck_assert_int_eq(read_zip(context, &zip, NULL, &table), BKT_ERR_TRUNCATED);
    ck_assert_str_eq(bkt_diagnostic_source(bkt_context_error(context)), "all.zip(b.xml)");
    bytes_free(&zip);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("zip");
    TCase *test_case = tcase_create("zip");
    tcase_add_test(test_case, gzip_is_read_like_the_plain_file);
    tcase_add_test(test_case, what_is_no_data_is_passed_over);
    tcase_add_test(test_case, several_messages_are_read_one_after_the_other);
    tcase_add_test(test_case, one_member_may_be_named);
    tcase_add_test(test_case, a_zip_without_data_fails_as_its_first_member_does);
    tcase_add_test(test_case, a_damaged_message_in_a_zip_is_an_error);
    tcase_add_test(test_case, binary_members_are_passed_over);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
