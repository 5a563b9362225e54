/* SPDX-License-Identifier: MIT */
/* Rows of fields, whatever the separator, the line ends, the encoding and the blocks. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "bkti_csv.h"
#include "bkti_text.h"
#include "failing_memory.h"
#include "run_suite.h"

typedef struct row_log {
    bkti_text text;
    bkti_csv *csv;
    char separator;
    bool has_begun;
    int rows_left; /* after so many rows the handler stops; -1: never */
} row_log;

static bkt_status on_begin(void *user, bkti_span text, char *out_separator) {
    row_log *to = user;
    ck_assert(!to->has_begun && text.size > 0 && text.size <= BKTI_CSV_HEAD);
    to->has_begun = true;
    *out_separator = to->separator;
    return BKT_OK;
}

/* "line:column[field|field]", the place being that of the last field. */
static bkt_status on_row(void *user, const bkti_span *fields, uint32_t count) {
    row_log *to = user;
    bkti_place place;
    bkti_csv_field_place(to->csv, count - 1, &place);
    bkti_text_append_format(&to->text, "%d:%d[", (int)place.line, (int)place.column);
    for (uint32_t i = 0; i < count; i++) {
        char slack[BKTI_CSV_SLACK];
        memcpy(slack, fields[i].data, sizeof slack);
        bkti_text_append_text(&to->text, i == 0 ? "" : "|");
        bkti_text_append_span(&to->text, fields[i]);
    }
    bkti_text_append_text(&to->text, "]");
    return to->rows_left-- == 0 ? BKT_ERR_STATE : BKT_OK;
}

static const bkti_csv_handler handler = {on_begin, on_row};

/* Reads in blocks of a size, each in memory of its own just as large. The log is to be freed. */
static bkt_status read_blocks(bkt_context *context, bkti_span text, size_t block, row_log *to) {
    bkti_source *source;
    bkti_text_init(&to->text, bkti_context_memory(context));
    bkt_status status = bkti_source_open_memory(context, text.data, text.size, "rows", &source);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_csv_new(context, source, &handler, to, &to->csv);
    for (size_t at = 0; status == BKT_OK && at <= text.size; at += block) {
        size_t size = text.size - at < block ? text.size - at : block;
        char *copy = malloc(size + (size == 0));
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, text.data + at, size);
        status = bkti_csv_block(to->csv, (bkti_span){copy, size}, at + block > text.size);
        free(copy);
    }
    bkti_csv_free(to->csv);
    bkti_source_free(source);
    return status;
}

static bkt_context *new_context(void) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

#define LONG_FIELD                                                                                 \
    "a field that is longer than what is looked at in one go and which is sixty-four bytes in a "  \
    "row"

static const struct good {
    char separator;
    const char *text;
    const char *log;
} goods[] = {
    {',', "a,b\nc,d\n", "1:3[a|b]2:3[c|d]"},
    {',', "a,b\r\nc,d", "1:3[a|b]2:3[c|d]"},
    {',', "a,b\rc,d\r", "1:3[a|b]2:3[c|d]"},
    {';', "a,b;c\n;\n", "1:5[a,b|c]2:2[|]"},
    {'\t', "a\tb\n\t\t\n", "1:3[a|b]2:3[||]"},
    {',', "\n\na\n\r\n\rb\n", "3:1[a]6:1[b]"},
    {',', "\"a\",\"b,c\"\n", "1:6[a|b,c]"},
    {',', "\"a \"\"b\"\"\",\"\"\"\"\n\"\",x", "1:12[a \"b\"|\"]2:4[|x]"},
    {',', "\"a\nb\",c\nd,e\n", "2:4[a\nb|c]3:3[d|e]"},
    {',', "\"a\r\nb\",\"c\n\"\r\nd", "2:5[a\r\nb|c\n]4:1[d]"},
    {',', "\"\"\n", "1:2[]"},
    {',', " a , b \n", "1:5[ a | b ]"},
    {',', "\xc3\xa9,\xe2\x82\xac\n\xf0\x9f\x98\x80",
     "1:4[\xc3\xa9|\xe2\x82\xac]2:1[\xf0\x9f\x98\x80]"},
    {',',
     "\xef\xbb\xbf"
     "a,b\n",
     "1:3[a|b]"},
    {',', LONG_FIELD "," LONG_FIELD "\n\"" LONG_FIELD "\"\"\",z\n",
     "1:96[" LONG_FIELD "|" LONG_FIELD "]2:100[" LONG_FIELD "\"|z]"},
};

START_TEST(rows_are_the_same_in_blocks_of_any_size) {
    const struct good *good = &goods[_i];
    bkti_span text = bkti_span_of(good->text);
    for (size_t block = 1; block <= text.size + 1; block++) {
        bkt_context *context = new_context();
        row_log to = {.separator = good->separator, .rows_left = -1};
        ck_assert_int_eq(read_blocks(context, text, block, &to), BKT_OK);
        ck_assert_str_eq(bkti_text_get(&to.text), good->log);
        ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
        bkti_text_free(&to.text);
        bkt_context_free(context);
    }
}
END_TEST

static const struct bad {
    bkti_span text;
    bkt_status status;
    uint64_t line;
    uint64_t column;
    const char *part;
} bads[] = {
    {{"a,\"b\nc\n", 7}, BKT_ERR_TRUNCATED, 1, 3, "never closed"},
    {{"a\n\"b\"c,d\n", 9}, BKT_ERR_LAYOUT, 2, 4, "text follows"},
    {{"a\n\"b\"c", 6}, BKT_ERR_LAYOUT, 2, 4, "text follows"},
    {{"a,b\"c\n", 6}, BKT_ERR_LAYOUT, 1, 4, "a quotation mark stands in a field"},
    {{"\"a\nb\",c\"\n", 9}, BKT_ERR_LAYOUT, 2, 5, "a quotation mark stands in a field"},
    {{"a,\0b\n", 5}, BKT_ERR_ENCODING, 1, 3, "zero byte"},
    {{"\xc3\xa9\nab\xff\n", 7}, BKT_ERR_ENCODING, 2, 3, "0xFF"},
    {{"\xc3\xa9\nab\xe2\x82z\n", 9}, BKT_ERR_ENCODING, 2, 3, "0xE2"},
    {{"ab,\xff\n", 5}, BKT_ERR_ENCODING, 1, 4, "0xFF"},
    {{"ab,\x80\n", 5}, BKT_ERR_ENCODING, 1, 4, "0x80"},
    {{"\xc3\xa9\xe2\x82", 4}, BKT_ERR_TRUNCATED, 1, 0, "middle of a character"},
    {{"\xef\xbb\xbf", 3}, BKT_ERR_EMPTY, 0, 0, "no text"},
    {{"\xff\xfe"
      "a\0\0\xd8"
      "b\0",
      8},
     BKT_ERR_ENCODING,
     1,
     2,
     "UTF-16"},
};

START_TEST(what_is_wrong_has_a_place_in_blocks_of_any_size) {
    const struct bad *bad = &bads[_i];
    for (size_t block = 1; block <= bad->text.size + 1; block++) {
        bkt_context *context = new_context();
        row_log to = {.separator = ',', .rows_left = -1};
        bkt_status status = read_blocks(context, bad->text, block, &to);
        ck_assert_msg(status == bad->status, "%d: status %d", _i, (int)status);
        const bkt_diagnostic *error = bkt_context_error(context);
        ck_assert_msg(strstr(bkt_diagnostic_text(error), bad->part) != NULL, "%s",
                      bkt_diagnostic_text(error));
        ck_assert_uint_eq(bkt_diagnostic_line(error), bad->line);
        ck_assert_msg(bad->column == 0 || bkt_diagnostic_column(error) == bad->column, "%s",
                      bkt_diagnostic_line_text(error));
        bkti_text_free(&to.text);
        bkt_context_free(context);
    }
}
END_TEST

static const struct encoded {
    bkti_span text;
    const char *name;
    bool warned;
} encodeds[] = {
    {{"\xff\xfe"
      "a\0,\0\xe9\0\n\0b\0,\0c\0",
      16},
     "UTF-16",
     false},
    {{"\xfe\xff\0a\0,\0\xe9\0\n\0b\0,\0c", 16}, "UTF-16", false},
    {{"a\0,\0\xe9\0\n\0b\0,\0c\0", 14}, "UTF-16", false},
    {{"\0a\0,\0\xe9\0\n\0b\0,\0c", 14}, "UTF-16", false},
    {{"a\0\0\0,\0\0\0\xe9\0\0\0\n\0\0\0b\0\0\0,\0\0\0c\0\0\0", 28}, "UTF-32LE", false},
    {{"a,\xe9\nb,c", 7}, "ISO-8859-1", true},
    {{"a,\xc3\xa9\nb,c", 8}, "UTF-8", false},
};

START_TEST(encodings_are_told_from_the_bytes) {
    const struct encoded *encoded = &encodeds[_i];
    for (size_t block = 1; block <= encoded->text.size + 1; block++) {
        bkt_context *context = new_context();
        row_log to = {.separator = ',', .rows_left = -1};
        ck_assert_int_eq(read_blocks(context, encoded->text, block, &to), BKT_OK);
        ck_assert_str_eq(bkti_text_get(&to.text), "1:3[a|\xc3\xa9]2:3[b|c]");
        ck_assert_uint_eq(bkt_context_diagnostic_count(context), encoded->warned);
        bkti_text_free(&to.text);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(limits_have_names) {
    static const struct {
        const char *text;
        const char *part;
        uint64_t column;
    } cases[] = {
        {"a,b,c,d\n", "attribute_count_limit", 7},
        {"a,0123456789abcdef\n", "attribute_limit", 3},
        {"a,\"0123456789abcdef\"\n", "attribute_limit", 3},
        {"a,\"0123456789abcd\n\n\n\n\n\n", "never closed", 3},
        {"a,0123456789abcdef\"\n", "attribute_limit", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t block = 1; block < 30; block++) {
            bkt_context_options options;
            bkt_context *context;
            ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
            options.attribute_limit = 12;
            options.attribute_count_limit = 3;
            ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
            row_log to = {.separator = ',', .rows_left = -1};
            ck_assert_int_eq(read_blocks(context, bkti_span_of(cases[i].text), block, &to),
                             BKT_ERR_LIMIT);
            const bkt_diagnostic *error = bkt_context_error(context);
            ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(error), cases[i].part));
            ck_assert_uint_eq(bkt_diagnostic_column(error), cases[i].column);
            bkti_text_free(&to.text);
            bkt_context_free(context);
        }
    }
}
END_TEST

START_TEST(a_handler_may_stop_the_scanner) {
    bkt_context *context = new_context();
    row_log to = {.separator = ',', .rows_left = 1};
    ck_assert_int_eq(read_blocks(context, BKTI_SPAN("a\nb\nc\n"), 100, &to), BKT_ERR_STATE);
    ck_assert_str_eq(bkti_text_get(&to.text), "1:1[a]2:1[b]");
    bkti_text_free(&to.text);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_allocation_may_fail) {
    static const char text[] = "\xff\xfe"
                               "a\0,\0\"\0\"\0\"\0b\0\"\0\n\0c\0,\0\xe9\0";
    for (size_t block = 1; block < 40; block += 12) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            row_log to = {.separator = ',', .rows_left = -1};
            failing_memory_arm(&memory);
            bkt_status status =
                read_blocks(context, (bkti_span){text, sizeof text - 1}, block, &to);
            failing_memory_disarm(&memory);
            ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
            bkti_text_free(&to.text);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void) {
    Suite *suite = suite_create("csv");
    TCase *test_case = tcase_create("csv");
    tcase_add_loop_test(test_case, rows_are_the_same_in_blocks_of_any_size, 0, COUNT(goods));
    tcase_add_loop_test(test_case, what_is_wrong_has_a_place_in_blocks_of_any_size, 0, COUNT(bads));
    tcase_add_loop_test(test_case, encodings_are_told_from_the_bytes, 0, COUNT(encodeds));
    tcase_add_test(test_case, limits_have_names);
    tcase_add_test(test_case, a_handler_may_stop_the_scanner);
    tcase_add_test(test_case, every_allocation_may_fail);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
