/* SPDX-License-Identifier: MIT */
/* JSON as a tree, whatever the blocks; what is refused, and where. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "bkti_json.h"
#include "bkti_text.h"
#include "failing_memory.h"
#include "run_suite.h"

/* The tree in a form of its own: kinds, and texts as they are given. */
static void write_value(bkti_text *to, const bkti_json_value *value) {
    char room[BKTI_JSON_ROOM];
    bkti_json_walk walk = {0};
    switch (bkti_json_kind(value)) {
    case BKTI_JSON_OBJECT:
        bkti_text_append_text(to, "{");
        while (bkti_json_next_member(value, &walk)) {
            bkti_text_append_span(to, walk.name);
            bkti_text_append_text(to, "=");
            write_value(to, walk.value);
            bkti_text_append_text(to, ";");
        }
        bkti_text_append_text(to, "}");
        break;
    case BKTI_JSON_ARRAY:
        bkti_text_append_text(to, "[");
        for (size_t i = 0; i < bkti_json_count(value); i++) {
            write_value(to, bkti_json_item(value, i));
            bkti_text_append_text(to, ";");
        }
        bkti_text_append_text(to, "]");
        break;
    case BKTI_JSON_TEXT:
        bkti_text_append_text(to, "'");
        bkti_text_append_span(to, bkti_json_text(value, room));
        bkti_text_append_text(to, "'");
        break;
    case BKTI_JSON_NULL:
        bkti_text_append_text(to, "null");
        break;
    default:
        bkti_text_append_span(to, bkti_json_text(value, room));
    }
}

/* Reads in blocks of a size, each in memory of its own just as large. The tree goes to `to`. */
static bkt_status read_blocks(bkt_context *context, bkti_span text, size_t block, bkti_text *to) {
    bkti_source *source;
    bkti_json *json = NULL;
    bkt_status status = bkti_source_open_memory(context, text.data, text.size, "tree", &source);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_json_new(context, source, &json);
    for (size_t at = 0; status == BKT_OK && at <= text.size; at += block) {
        size_t size = text.size - at < block ? text.size - at : block;
        char *copy = malloc(size + (size == 0));
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, text.data + at, size);
        status = bkti_json_block(json, (bkti_span){copy, size}, at + block > text.size);
        free(copy);
    }
    if (json != NULL && status != BKT_OK) {
        ck_assert_int_eq(bkti_json_block(json, BKTI_SPAN(" "), true), status);
    } else if (json != NULL) {
        write_value(to, bkti_json_root(json));
        bkti_text_append_format(to, "%s%d", bkti_json_repeated_count(json) > 0 ? "; repeated " : "",
                                (int)bkti_json_repeated_count(json));
    }
    bkti_json_free(json);
    bkti_source_free(source);
    return status;
}

static bkt_context *new_context(void) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

static const struct good {
    const char *text;
    const char *tree;
} goods[] = {
    {"{}", "{}0"},
    {"\xEF\xBB\xBF \r\n[ ]\n", "[]0"},
    {"{\"a\": [0.1, 1.50, 1e5, -0.0, 1E-7], \"b\": {}}", "{a=[0.1;1.50;1e5;-0.0;1E-7;];b={};}0"},
    /* Integers of any length, and the greatest of 63 and 64 bits. */
    {"[0,-1,123456789012345678,9223372036854775807,9223372036854775808,-9223372036854775809,"
     "18446744073709551616,-123456789012345678901234567890,1234567890123456789.5]",
     "[0;-1;123456789012345678;9223372036854775807;9223372036854775808;-9223372036854775809;"
     "18446744073709551616;-123456789012345678901234567890;1234567890123456789.5;]0"},
    {"[true,false,null,\"\"]", "[true;false;null;'';]0"},
    {"[\"a\\\"b\\\\\", \"\\u0416\\ud83c\\udf0d\", \"\xd0\x96{[:,'\"]",
     "['a\"b\\';'\xd0\x96\xf0\x9f\x8c\x8d';'\xd0\x96{[:,'';]0"},
    /* Words that programs write where a number is none. */
    {"[NaN,-Infinity,Infinity]", "[NaN;-INF;INF;]0"},
    {"{\"a\":1,\"b\":2,\"a\":{\"c\":3}}", "{a={c=3;};b=2;}; repeated 1"},
};

START_TEST(any_blocks_give_the_same_tree) {
    bkt_context *context = new_context();
    bkti_span text = bkti_span_of(goods[_i].text);
    for (size_t block = 1; block <= text.size + 1; block++) {
        bkti_text tree;
        bkti_text_init(&tree, bkti_context_memory(context));
        bkt_status status = read_blocks(context, text, block, &tree);
        ck_assert_msg(status == BKT_OK, "%s: %s", goods[_i].text, bkt_context_error_text(context));
        ck_assert_str_eq(bkti_text_get(&tree), goods[_i].tree);
        bkti_text_free(&tree);
    }
    bkt_context_free(context);
}
END_TEST

static const struct bad {
    const char *text;
    bkt_status status;
    int line;
    int column;
    const char *part;
} bads[] = {
    {"", BKT_ERR_EMPTY, 1, 1, "no text"},
    {" \n ", BKT_ERR_EMPTY, 2, 2, "no text"},
    {"{\"a\":\n [1, 2", BKT_ERR_TRUNCATED, 2, 7, "ends in its midst"},
    {"{\"a", BKT_ERR_TRUNCATED, 1, 4, "ends in its midst"},
    {"{\"a\": 1,\n}", BKT_ERR_LAYOUT, 2, 1, "a value was expected"},
    {"{\"a\": 1\n \"b\": 2}", BKT_ERR_LAYOUT, 2, 2, "',' or '}' was expected"},
    {"{\"a\" 1}", BKT_ERR_LAYOUT, 1, 6, "':' was expected"},
    {"{a: 1}", BKT_ERR_LAYOUT, 1, 2, "the name of a member"},
    {"{'a': 1}", BKT_ERR_LAYOUT, 1, 2, "single quotation mark"},
    {"[1 2]", BKT_ERR_LAYOUT, 1, 4, "',' or ']' was expected"},
    {"[1}", BKT_ERR_LAYOUT, 1, 3, "',' or ']' was expected"},
    {"[01]", BKT_ERR_LAYOUT, 1, 4, "a number"},
    {"[-]", BKT_ERR_LAYOUT, 1, 3, "a number"},
    {"[1.2.3]", BKT_ERR_LAYOUT, 1, 5, "a number"},
    {"[nul]", BKT_ERR_LAYOUT, 1, 5, "null, true or false"},
    {"[\"\\x\"]", BKT_ERR_LAYOUT, 1, 4, "an escape"},
    {"/* so */ {}", BKT_ERR_LAYOUT, 1, 1, "a value was expected"},
    {"{}\n {}", BKT_ERR_LAYOUT, 2, 2, "behind the end"},
    {"[\"\xd0\x96\xff\"]", BKT_ERR_ENCODING, 1, 5, "0xFF"},
    {"[\"\xd0\x96\xe2\x82\"]", BKT_ERR_ENCODING, 1, 5, "0xE2"},
    {"[1 2 \xff", BKT_ERR_LAYOUT, 1, 4, "',' or ']'"},
};

START_TEST(what_is_wrong_is_told_with_its_place) {
    bkti_span text = bkti_span_of(bads[_i].text);
    for (size_t block = 1; block <= text.size + 1; block++) {
        bkt_context *context = new_context();
        bkti_text tree;
        bkti_text_init(&tree, bkti_context_memory(context));
        bkt_status status = read_blocks(context, text, block, &tree);
        const bkt_diagnostic *error = bkt_context_error(context);
        ck_assert_msg(status == bads[_i].status, "%s: %d", bads[_i].text, (int)status);
        const char *said = bkt_diagnostic_line_text(error);
        ck_assert_msg(strstr(said, bads[_i].part) != NULL, "%s: %s", bads[_i].text, said);
        ck_assert_msg((int)bkt_diagnostic_line(error) == bads[_i].line &&
                          (int)bkt_diagnostic_column(error) == bads[_i].column,
                      "%s, blocks of %d: %s", bads[_i].text, (int)block, said);
        bkti_text_free(&tree);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(a_zero_byte_is_refused) {
    bkt_context *context = new_context();
    bkti_text tree;
    bkti_text_init(&tree, bkti_context_memory(context));
    ck_assert_int_eq(read_blocks(context, BKTI_SPAN("[1,\n\0 2]"), 100, &tree), BKT_ERR_ENCODING);
    ck_assert_uint_eq(bkt_diagnostic_line(bkt_context_error(context)), 2);
    bkti_text_free(&tree);
    bkt_context_free(context);
}
END_TEST

/* A limit, what is just within it, and what is just beyond. */
START_TEST(limits_hold) {
    static const struct {
        size_t offset;
        uint32_t limit;
        const char *within;
        const char *beyond;
        const char *name;
    } limits[] = {
        {offsetof(bkt_context_options, depth_limit), 3, "[[[1]]]", "[[{\"a\":[1]}]]",
         "depth_limit"},
        {offsetof(bkt_context_options, text_limit), 5, "[\"12345\"]", "[\"123456\"]", "text_limit"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        bkt_context_options options;
        bkt_context *context;
        bkti_text tree;
        bkt_context_options_init(&options, (uint32_t)sizeof options);
        memcpy((char *)&options + limits[i].offset, &limits[i].limit, sizeof limits[i].limit);
        if (limits[i].offset == offsetof(bkt_context_options, text_limit)) {
            options.text_limit = limits[i].limit;
        }
        ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
        bkti_text_init(&tree, bkti_context_memory(context));
        ck_assert_int_eq(read_blocks(context, bkti_span_of(limits[i].within), 2, &tree), BKT_OK);
        ck_assert_int_eq(read_blocks(context, bkti_span_of(limits[i].beyond), 2, &tree),
                         BKT_ERR_LIMIT);
        ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), limits[i].name));
        bkti_text_free(&tree);
        bkt_context_free(context);
    }
}
END_TEST

/* No limit makes the nesting of a document that of the program. */
START_TEST(no_document_nests_without_end) {
    bkt_context_options options;
    bkt_context *context;
    bkt_context_options_init(&options, (uint32_t)sizeof options);
    options.depth_limit = UINT32_MAX;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    static char text[100000];
    memset(text, '[', sizeof text);
    bkti_text tree;
    bkti_text_init(&tree, bkti_context_memory(context));
    ck_assert_int_eq(read_blocks(context, (bkti_span){text, sizeof text}, 5000, &tree),
                     BKT_ERR_LIMIT);
    ck_assert_uint_eq(bkt_diagnostic_column(bkt_context_error(context)), 1001);
    bkti_text_free(&tree);
    bkt_context_free(context);
}
END_TEST

/* What json-c takes is not asked of the context's memory, but counted against its limit. */
START_TEST(the_tree_counts_against_the_memory_limit) {
    bkt_context_options options;
    bkt_context *context;
    bkt_context_options_init(&options, (uint32_t)sizeof options);
    options.memory_limit = 300000;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    static char text[3000];
    for (size_t i = 0; i + 4 <= sizeof text; i += 3) {
        memcpy(text + i, i == 0 ? "[{}" : ",{}", 3);
    }
    text[sizeof text - 1] = ']';
    bkti_text tree;
    bkti_text_init(&tree, bkti_context_memory(context));
    ck_assert_int_eq(read_blocks(context, (bkti_span){text, sizeof text}, sizeof text, &tree),
                     BKT_ERR_LIMIT);
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(error), "memory_limit (300000 bytes)"));
    ck_assert_uint_eq(bkt_diagnostic_line(error), 1);
    bkti_text_free(&tree);
    bkt_context_free(context);
}
END_TEST

START_TEST(objects_and_arrays_have_places) {
    static const char text[] = "\xEF\xBB\xBF{\"a\": [1,\n  {\"b\": 2}], \"c\": {}}";
    bkt_context *context = new_context();
    bkti_source *source;
    bkti_json *json;
    bkti_place place;
    ck_assert_int_eq(bkti_source_open_memory(context, text, strlen(text), "tree", &source), BKT_OK);
    ck_assert_int_eq(bkti_json_new(context, source, &json), BKT_OK);
    ck_assert_int_eq(bkti_json_block(json, bkti_span_of(text), true), BKT_OK);
    const bkti_json_value *root = bkti_json_root(json);
    const bkti_json_value *array = bkti_json_member(root, "a");
    bkti_json_place(json, array, &place);
    ck_assert(place.line == 1 && place.column == 7 && place.offset == 9);
    bkti_json_place(json, bkti_json_item(array, 1), &place);
    ck_assert(place.line == 2 && place.column == 3);
    bkti_json_place(json, bkti_json_member(root, "c"), &place);
    ck_assert(place.line == 2 && place.column == 19);
    bkti_json_place(json, bkti_json_item(array, 0), &place);
    ck_assert(place.line == 0 && strcmp(place.source, "tree") == 0);
    uint32_t index = 9;
    ck_assert(bkti_json_index(bkti_json_item(array, 0), &index) && index == 1);
    ck_assert(!bkti_json_index(array, &index) && !bkti_json_index(NULL, &index));
    ck_assert_ptr_null(bkti_json_item(array, 2));
    ck_assert_ptr_null(bkti_json_member(array, "a"));
    ck_assert_str_eq(bkti_json_kind_text(root), "an object");
    bkti_json_free(json);
    bkti_source_free(source);
    bkt_context_free(context);
}
END_TEST

START_TEST(every_failing_allocation_is_survived) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkti_text tree;
        bkti_text_init(&tree, bkti_context_memory(context));
        failing_memory_arm(&memory);
        bkt_status status = read_blocks(context, BKTI_SPAN("{\"a\": [{}, [1, 2]]}"), 3, &tree);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkti_text_free(&tree);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("json");
    TCase *test_case = tcase_create("json");
    tcase_add_loop_test(test_case, any_blocks_give_the_same_tree, 0,
                        (int)(sizeof goods / sizeof *goods));
    tcase_add_loop_test(test_case, what_is_wrong_is_told_with_its_place, 0,
                        (int)(sizeof bads / sizeof *bads));
    tcase_add_test(test_case, a_zero_byte_is_refused);
    tcase_add_test(test_case, limits_hold);
    tcase_add_test(test_case, no_document_nests_without_end);
    tcase_add_test(test_case, the_tree_counts_against_the_memory_limit);
    tcase_add_test(test_case, objects_and_arrays_have_places);
    tcase_add_test(test_case, every_failing_allocation_is_survived);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
