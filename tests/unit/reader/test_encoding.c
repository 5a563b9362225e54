/* SPDX-License-Identifier: MIT */
/* SDMX-CSV in encodings that its bytes don't show. */
#include "reader_fixture.h"

#include "failing_memory.h"
#include "run_suite.h"

#define HEAD "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,TITLE\n"
#define ROW  "BKT:TRADE(1.0),A,2012,804.1,"

#define BYTES(text)                                                                                \
    { text, sizeof(text) - 1 }

static bkt_status read_bytes(bkt_context *context, bkti_span bytes, const char *encoding,
                             bkt_table **out_table) {
    bkt_read_options options = read_options(0);
    options.encoding = encoding;
    options.source_name = "data.csv";
    return bkt_table_read_memory(context, bytes.data, bytes.size, &options, out_table);
}

START_TEST(cyrillic_data_are_read) {
    bkt_context *context = new_context();
    char path[TEXT_SIZE];
    char name[] = "Windows-1251";
    bkt_reader *reader;
    bkt_table *table;
    bkt_read_options options = read_options(0);
    options.encoding = name;
    ck_assert_int_eq(bkt_reader_open_path(context,
                                          data_path(path, "messages/csv-2.0-windows-1251.csv"),
                                          &options, &reader),
                     BKT_OK);
    memset(name, 'x', sizeof name - 1); /* it was copied */
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_str_eq(bkt_reader_property(reader, "encoding"), "Windows-1251");
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    ck_assert_cell(table, 0, "COMMENT_OBS", "По данным Белстата");
    ck_assert_cell(table, 1, "OBS_VALUE", "<absent>");
    ck_assert_cell(table, 2, "REF_AREA", "KZ");
    ck_assert_cell(table, 2, "COMMENT_OBS", "Ёлки; щепа");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

/* The same text in many encodings; the last field of its row. */
static const struct text {
    const char *encoding;
    bkti_span bytes;
    const char *field;
} texts[] = {
    {"KOI8-R", BYTES(HEAD ROW "\xed\xc9\xd2\n"), "Мир"},
    {"koi8-u", BYTES(HEAD ROW "\xb6\n"), "І"},
    {"windows-1252", BYTES(HEAD ROW "\x80 \x96 \xe9\n"), "€ – é"},
    {"Latin-1", BYTES(HEAD ROW "\xff\xe9\n"), "ÿé"},
    {"ISO_8859-1:1987", BYTES(HEAD ROW "\xe9\n"), "é"},
    {"ISO-8859-5", BYTES(HEAD ROW "\xbc\xd8\xe0\n"), "Мир"},
    {"CP866", BYTES(HEAD ROW "\x8c\xa8\xe0\n"), "Мир"},
    {"UTF-8", BYTES(HEAD ROW "\xd0\x9c\n"), "М"},
    {"GB18030", BYTES(HEAD ROW "\xd6\xd0\n"), "中"},
    /* Texts whose last character a mark that follows might still change. */
    {"windows-1258", BYTES(HEAD ROW "P"), "P"},
    {"windows-1258", BYTES(HEAD ROW "VA\xcc"), "VÀ"},
    {"TCVN", BYTES(HEAD ROW "Na"), "Na"},
    {"EUC-JISX0213", BYTES(HEAD ROW "\xa4\xab"), "か"},
    {"EUC-JISX0213", BYTES(HEAD ROW "\xa4\xf7"), "か\u309a"},
    /* What the first bytes show goes before what was named. */
    {"windows-1251", BYTES("\xef\xbb\xbf" HEAD ROW "\xd0\x9c\n"), "М"},
    {"UTF-8",
     BYTES("\xff\xfe"
           "D\0A\0T\0A\0F\0L\0O\0W\0,\0T\0I\0T\0L\0E\0\n\0A\0:\0B\0,\0\x1c\x04\n\0"),
     "М"},
    {"UTF-16",
     BYTES("\xfe\xff"
           "\0D\0A\0T\0A\0F\0L\0O\0W\0,\0T\0I\0T\0L\0E\0\n\0A\0:\0B\0,\x04\x1c\0\n"),
     "М"},
    {NULL,
     BYTES("\xff\xfe"
           "D\0A\0T\0A\0F\0L\0O\0W\0,\0T\0I\0T\0L\0E\0\n\0A\0:\0B\0,\0\x1c\x04\n\0"),
     "М"},
};

START_TEST(what_is_named_is_taken) {
    const struct text *row = &texts[_i];
    bkt_context *context = new_context();
    bkt_table *table;
    ck_assert_msg(read_bytes(context, row->bytes, row->encoding, &table) == BKT_OK, "%s",
                  bkt_context_error_text(context));
    ck_assert_cell(table, 0, "TITLE", row->field);
    ck_assert_ptr_null(find_diagnostic(context, BKT_ERR_ENCODING));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* A text that is not in what was named. */
static const struct bad {
    const char *encoding;
    bkti_span bytes;
    unsigned line;
    unsigned column;
    const char *sentence;
} bads[] = {
    {"windows-1251", BYTES(HEAD ROW "\xd7\x98\n"), 2, 31,
     "the byte 0x98 does not fit the text's encoding, windows-1251"},
    {"UTF-8", BYTES(HEAD ROW "\xe9\n"), 2, 29,
     "the byte 0xE9 does not fit the text's encoding, UTF-8"},
    {"UTF-16", BYTES(HEAD ROW "x\n"), 1, 1,
     "the text is not in UTF-16, as was said: its bytes are of 8 bits"},
};

START_TEST(what_does_not_fit_is_told_with_its_place) {
    const struct bad *row = &bads[_i];
    bkt_context *context = new_context();
    bkt_table *table;
    ck_assert_int_eq(read_bytes(context, row->bytes, row->encoding, &table), BKT_ERR_ENCODING);
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_str_eq(bkt_diagnostic_text(error), row->sentence);
    ck_assert_uint_eq(bkt_diagnostic_line(error), row->line);
    ck_assert_uint_eq(bkt_diagnostic_column(error), row->column);
    ck_assert_str_eq(bkt_diagnostic_source(error), "data.csv");
    bkt_context_free(context);
}
END_TEST

/* No encodings, or none that has ASCII in it, or more than a name. */
static const char *const unknown[] = {
    "",        "windows-1215",
    "UTF-7",   "EBCDIC-US",
    "char",    "windows-1251//IGNORE",
    "WCHAR_T", "windows 1251",
    "KOI8-R/", "an-encoding-whose-name-is-longer-than-any-there-is-to-be-found",
};

START_TEST(an_unknown_name_is_refused_at_once) {
    bkt_context *context = new_context();
    bkt_table *table;
    ck_assert_int_eq(read_bytes(context, BKTI_SPAN(HEAD ROW "x\n"), unknown[_i], &table),
                     BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(table);
    char words[TEXT_SIZE];
    snprintf(words, sizeof words, "no encoding '%s' is known here", unknown[_i]);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), words));
    bkt_context_free(context);
}
END_TEST

START_TEST(xml_says_itself_what_it_is_in) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD",
                                  "<m:DataSet ss:structureRef=\"S\"><Series AREA=\"\xd0\x9c\">"
                                  "<Obs TIME_PERIOD=\"2012\"/></Series></m:DataSet>");
    bkt_table *table;
    ck_assert_int_eq(read_bytes(context, bkti_span_of(text), "windows-1251", &table), BKT_OK);
    ck_assert_cell(table, 0, "AREA", "М");
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* Fed byte by byte the same comes out. */
START_TEST(chunks_may_cut_characters) {
    const struct text *row = &texts[_i];
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    options.encoding = row->encoding;
    bkt_reader *reader;
    bkt_table *table = NULL;
    ck_assert_int_eq(bkt_reader_open_feed(context, &options, &reader), BKT_OK);
    bkt_status status = BKT_MORE;
    for (size_t i = 0; i < row->bytes.size; i++) {
        ck_assert_int_eq(bkt_reader_feed(reader, row->bytes.data + i, 1, i + 1 == row->bytes.size),
                         BKT_OK);
        status = bkt_table_read_reader(reader, &table);
    }
    ck_assert_int_eq(status, BKT_OK);
    ck_assert_cell(table, 0, "TITLE", row->field);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_fails_in_its_turn) {
    const bkti_span text = BKTI_SPAN(HEAD ROW "\xcc\xe8\xf0\n");
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = read_bytes(context, text, "windows-1251", &table);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(table == NULL, status != BKT_OK);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("encoding");
    TCase *tests = tcase_create("encoding");
    tcase_add_test(tests, cyrillic_data_are_read);
    tcase_add_loop_test(tests, what_is_named_is_taken, 0, sizeof texts / sizeof *texts);
    tcase_add_loop_test(tests, what_does_not_fit_is_told_with_its_place, 0,
                        sizeof bads / sizeof *bads);
    tcase_add_loop_test(tests, an_unknown_name_is_refused_at_once, 0,
                        sizeof unknown / sizeof *unknown);
    tcase_add_test(tests, xml_says_itself_what_it_is_in);
    tcase_add_loop_test(tests, chunks_may_cut_characters, 0, sizeof texts / sizeof *texts);
    tcase_add_test(tests, every_allocation_fails_in_its_turn);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
