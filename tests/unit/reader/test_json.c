/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: what only its messages have. That they give what the same data in SDMX-ML do is in
 * test_layout.c, what each is told as in sdmx/test_message.c. */
#include "reader_fixture.h"

#include "failing_memory.h"
#include "io/archive_builder.h"
#include "run_suite.h"

#define JSON_SIZE 4000

/* A message with the structure below and data sets, quotation marks being single. */
#define STRUCTURE                                                                                  \
    "'structures': [{'dimensions': {'dataSet': [{'id': 'FREQ', 'values': [{'id': 'A'}]}],"         \
    " 'series': [{'id': 'AREA', 'values': [{'id': 'BY'}, {'id': 'KZ'}]}],"                         \
    " 'observation': [{'id': 'TIME_PERIOD', 'values': [{'id': '2012'}, {'id': '2013'}]}]},"        \
    " 'measures': {'observation': [{'id': 'OBS_VALUE'}, {'id': 'STAFF'}, {'id': 'NOTE'}]},"        \
    " 'attributes': {'series': [{'id': 'UNIT', 'values': [{'id': 'U'}]}],"                         \
    " 'observation': [{'id': 'OBS_STATUS', 'values': [{'id': 'A'}, {'id': 'C'}]}]}}]"

static const char *write_json(const char *datasets, char *text) {
    int size =
        snprintf(text, JSON_SIZE, "{'data': {\n'dataSets': [%s],\n" STRUCTURE "}}", datasets);
    ck_assert_int_lt(size, JSON_SIZE);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return text;
}

static bkt_table *read_json(bkt_context *context, const char *datasets) {
    char text[JSON_SIZE];
    return read_text(context, write_json(datasets, text), NULL);
}

START_TEST(measures_are_what_the_message_says) {
    bkt_context *context = new_context();
    bkt_table *table = read_json(context, "{'series': {'0': {'observations': {"
                                          "'0': [1.25, 20, 'first', 0], '1': [0.1, null, 5, 1]}},"
                                          "'1': {'observations': {'0': [null, 'many', null, 1],"
                                          "'1': [12345678901234567890, 3]}}}}");
    const bkt_column *staff = bkt_table_column_find(table, "STAFF");
    ck_assert_int_eq(bkt_column_role(staff), BKT_ROLE_MEASURE);
    ck_assert_int_eq(bkt_column_role_assumed(staff), 0);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "NOTE")), BKT_ROLE_ATTRIBUTE);
    ck_assert_int_eq(bkt_column_role(bkt_table_column_find(table, "FREQ")), BKT_ROLE_DIMENSION);
    ck_assert_cell(table, 0, "OBS_VALUE", "1.25");
    ck_assert_cell(table, 0, "STAFF", "20");
    ck_assert_cell(table, 0, "NOTE", "first");
    ck_assert_cell(table, 1, "OBS_VALUE", "0.1");
    ck_assert_cell(table, 1, "STAFF", "<absent>");
    ck_assert_cell(table, 1, "NOTE", "5");
    ck_assert_cell(table, 2, "OBS_VALUE", "<confidential>");
    ck_assert_cell(table, 2, "STAFF", "<not a number>");
    ck_assert_cell(table, 2, "STAFF_TEXT", "many");
    ck_assert_cell(table, 3, "OBS_VALUE", "1.2345678901234567e+19");
    ck_assert_cell(table, 3, "FREQ", "A");
    ck_assert_cell(table, 3, "OBS_STATUS", "");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_data_set_deletes) {
    bkt_context *context = new_context();
    bkt_table *table = read_json(context, "{'action': 'Delete', 'series': {'1': {'observations': {"
                                          "'0': [], '1': [1]}}, '0': {}}}, {'action': 'Delete'}");
    ck_assert_int_eq(bkt_table_row_count(table), 4);
    ck_assert_cell(table, 0, "AREA", "KZ");
    ck_assert_cell(table, 0, "TIME_PERIOD", "2012");
    ck_assert_cell(table, 1, "OBS_VALUE", "1");
    ck_assert_cell(table, 2, "AREA", "BY");
    ck_assert_cell(table, 2, "TIME_PERIOD", "");
    ck_assert_cell(table, 3, "AREA", "");
    ck_assert_cell(table, 3, "ACTION", "Delete");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static const struct bad {
    const char *datasets;
    const char *sentence;
    int column; /* in line 2; 0: of another line */
} bads[] = {
    {"{'series': {'2': {}}}",
     "data.dataSets[0].series[\"2\"]: '2' is no index of dimension AREA, of which the structure "
     "lists 2 values",
     31},
    {"{}, {'series': {'1': {'observations': {'0': [1], '3': [2]}}}}",
     "data.dataSets[1].series[\"1\"].observations[\"3\"]: '3' is no index of dimension "
     "TIME_PERIOD, "
     "of which the structure lists 2 values",
     68},
    {"{'series': {'0:1': {}}}",
     "data.dataSets[0].series[\"0:1\"]: a key of 1 indexes, one for each dimension here, was "
     "expected, but this has 2",
     33},
    {"{'series': {'': {}}}",
     "data.dataSets[0].series[\"\"]: a key of 1 indexes, one for each dimension here, was "
     "expected, "
     "but this has 0",
     30},
    {"{'observations': {'0': []}}",
     "data.dataSets[0].observations[\"0\"]: a key of 2 indexes, one for each dimension here, was "
     "expected, but this has 1",
     37},
    {"{'observations': {':0': []}}",
     "data.dataSets[0].observations[\":0\"]: '' is no index of dimension AREA, of which the "
     "structure lists 2 values",
     38},
    {"{'observations': {'0:-1': []}}",
     "data.dataSets[0].observations[\"0:-1\"]: '-1' is no index of dimension TIME_PERIOD, of which "
     "the structure lists 2 values",
     40},
    {"{'series': {'0': {'observations': {'0': [1, 2, '', 2]}}}}",
     "data.dataSets[0].series[\"0\"].observations[\"0\"]: 2 is no index of OBS_STATUS, of which "
     "the "
     "structure lists 2 values",
     54},
    {"{'series': {'0': {'observations': {'0': [1, 2, '', [1, 0.5]]}}}}",
     "data.dataSets[0].series[\"0\"].observations[\"0\"]: 0.5 is no index of OBS_STATUS, of which "
     "the structure lists 2 values",
     54},
    {"{'series': {'0': {'attributes': [1]}}}",
     "data.dataSets[0].series[\"0\"]: 1 is no index of UNIT, of which the structure lists 1 values",
     31},
    {"{'series': {'0': {'attributes': 0}}}",
     "data.dataSets[0].series[\"0\"]: its attributes are a number; an array was expected", 31},
    {"{'series': {'0': [1]}}",
     "data.dataSets[0].series[\"0\"]: the series is an array; an object was expected", 31},
    {"{'series': {'0': {'observations': {'0': 1}}}}",
     "data.dataSets[0].series[\"0\"].observations[\"0\"]: the observation is a number; an array "
     "was "
     "expected",
     48},
    {"{'series': {'0': {}}, 'observations': {'0:0': []}}",
     "data.dataSets[0]: it has series, and observations beside them; one of the two was expected",
     14},
    {"{'series': []}", "data.dataSets[0]: its series are an array; an object was expected", 14},
    {"{'structure': 1}", "data.dataSets[0]: its structure is no index of one of the message's 1",
     14},
    {"7", "data.dataSets[0]: it is a number; a data set, which is an object, was expected", 0},
    {"{'dimensionGroupAttributes': {'0:0': [0]}}",
     "data.dataSets[0].dimensionGroupAttributes[\"0:0\"]: a key of 3 indexes, one for each "
     "dimension here, was expected, but this has 2",
     51},
};

START_TEST(what_is_wrong_has_a_path_and_a_place) {
    char text[JSON_SIZE];
    bkt_context *context = new_context();
    bkt_table *table;
    write_json(bads[_i].datasets, text);
    ck_assert_int_eq(bkt_table_read_memory(context, text, strlen(text), NULL, &table),
                     BKT_ERR_LAYOUT);
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_str_eq(bkt_diagnostic_text(error), bads[_i].sentence);
    if (bads[_i].column > 0) {
        ck_assert_uint_eq(bkt_diagnostic_line(error), 2);
        ck_assert_uint_eq(bkt_diagnostic_column(error), (unsigned)bads[_i].column);
    }
    bkt_context_free(context);
}
END_TEST

/* Whole messages: other structures, and none. */
static const struct document {
    const char *text;
    bkt_status status;
    const char *part;
} documents[] = {
    {"{'dataSets': [{'series': {}}]}", BKT_ERR_LAYOUT,
     "dataSets[0]: the message has no structure, which would say what the indexes in it mean"},
    {"{'data': {'dataSets': [{}], 'structure': {}}}", BKT_ERR_LAYOUT,
     "the dimensions of its structure are null"},
    {"{'data': {'dataSets': [{}], 'structure': {'dimensions': {'series': 1}}}}", BKT_ERR_LAYOUT,
     "dimensions.series of its structure is a number; an array was expected"},
    {"{'data': {'dataSets': [{}], 'structure': {'dimensions': {'series': [{}, {}]}}}}",
     BKT_ERR_LAYOUT, "dimensions.series[0] of its structure has no id"},
    {"{'data': {'dataSets': [{}], 'structure': {'dimensions': {'series': [{'id': 'D',"
     " 'values': {}}]}}}}",
     BKT_ERR_LAYOUT, "the values of D in its structure are an object; an array was expected"},
    {"{'data': {'dataSets': [{}], 'structure': {'dimensions': {'dataSet': [{'id': 'D',"
     " 'values': [{'id': 'x'}, {'id': 'y'}]}]}}}}",
     BKT_ERR_LAYOUT, "dimension D is one of the whole data set, but the structure lists 2 values"},
    {"{'errors': [{'code': 404, 'title': 'No results\n found'}, {'message': 'sorry'}]}",
     BKT_ERR_SERVER, "the server answered with an error 404: No results found; error: sorry"},
    {"{'data': {'dataSets': 5, 'structure': {}}}", BKT_ERR_NOT_SDMX, "it has no dataSets"},
    {"{'data': {'dataSets': [}}", BKT_ERR_LAYOUT, "this is no JSON: a value was expected"},
};

START_TEST(messages_that_say_nothing_are_refused) {
    char text[JSON_SIZE];
    bkt_context *context = new_context();
    bkt_table *table;
    strcpy(text, documents[_i].text);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    bkt_status status = bkt_table_read_memory(context, text, strlen(text), NULL, &table);
    const char *said = bkt_context_error_text(context);
    ck_assert_msg(status == documents[_i].status, "%s: %d, %s", text, (int)status, said);
    ck_assert_msg(strstr(said, documents[_i].part) != NULL, "%s: %s", text, said);
    bkt_context_free(context);
}
END_TEST

START_TEST(faults_of_values_have_a_place) {
    bkt_context *context = new_context();
    bkt_table *table = read_json(context, "{'series': {'1': {'observations': {'0': [1],\n"
                                          "  '1': ['1,5']}}}}");
    ck_assert_cell(table, 1, "OBS_VALUE_TEXT", "1,5");
    const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_VALUE);
    ck_assert_uint_eq(bkt_diagnostic_line(warning), 3);
    ck_assert_uint_eq(bkt_diagnostic_column(warning), 8);
    ck_assert_str_eq(bkt_diagnostic_series(warning), "A.KZ");
    ck_assert_str_eq(bkt_diagnostic_period(warning), "2013");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(names_that_come_twice_are_told) {
    bkt_context *context = new_context();
    bkt_table *table =
        read_json(context, "{'series': {'1': {'observations': {'0': [1], '0': [2]}}}}");
    ck_assert_int_eq(bkt_table_row_count(table), 1);
    ck_assert_cell(table, 0, "OBS_VALUE", "2");
    const bkt_diagnostic *warning = find_diagnostic(context, BKT_ERR_REPEATED_COMPONENT);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(warning), "there are 1 of them"));
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* As the OECD's older service has it: an attribute without values, a flow without its agency. */
START_TEST(lists_may_be_empty_and_flows_named_alone) {
    static const char text[] =
        "{\"dataSets\":[{\"observations\":{\"0\":[1.5,0]}}],\"structure\":{\"links\":[{\"href\":"
        "\"https://x/sdmx-json/dataflow/PART2/"
        "all\"}],\"dimensions\":{\"observation\":[{\"id\":\"D\","
        "\"values\":[{\"id\":\"d\"}]}]},\"attributes\":{\"observation\":[{\"id\":\"TIME_FORMAT\","
        "\"values\":[]}]}}}";
    bkt_context *context = new_context();
    bkt_table *table = read_text(context, text, NULL);
    ck_assert_cell(table, 0, "OBS_VALUE", "1.5");
    ck_assert_ptr_null(bkt_table_column_find(table, "TIME_FORMAT"));
    ck_assert_str_eq(bkt_table_property(table, "dataflow"), "PART2");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static char *load(const char *name, size_t *out_size) {
    char path[TEXT_SIZE];
    FILE *file = fopen(data_path(path, name), "rb");
    ck_assert_ptr_nonnull(file);
    char *text = malloc(65536);
    ck_assert_ptr_nonnull(text);
    *out_size = fread(text, 1, 65536, file);
    ck_assert(*out_size > 0 && *out_size < 65536);
    fclose(file);
    return text;
}

static void assert_reads_as(const bkt_table *expected, const bytes *packed) {
    bkt_context *context = new_context();
    bkt_table *table;
    bkt_status status = bkt_table_read_memory(context, packed->data, packed->size, NULL, &table);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    assert_same_table(expected, table);
    bkt_table_free(table);
    bkt_context_free(context);
}

START_TEST(packed_and_marked_messages_are_read) {
    size_t size;
    char *text = load("messages/json-2.0-series.json", &size);
    bkt_context *context = new_context();
    bkt_table *plain = read_data(context, "messages/json-2.0-series.json");
    bytes gzip = {0};
    add_gzip(&gzip, text, size);
    assert_reads_as(plain, &gzip);
    bytes_free(&gzip);
    bytes zip = {0};
    add_member(&zip, "about.json", "{\"about\": 1}", 12, (member_form){.stored = true});
    add_member(&zip, "data.json", text, size, (member_form){.stored = false});
    add_directory(&zip, 2);
    assert_reads_as(plain, &zip);
    bytes_free(&zip);
    bytes marked = {0};
    bytes_add_text(&marked, "\xEF\xBB\xBF\n");
    bytes_add(&marked, text, size);
    assert_reads_as(plain, &marked);
    bytes_free(&marked);
    bkt_table_free(plain);
    bkt_context_free(context);
    free(text);
}
END_TEST

/* A document longer than several blocks, whose pieces mean nothing by themselves. */
START_TEST(threads_change_nothing) {
    enum { SERIES = 20000 };
    char *text = malloc(SERIES * 60 + JSON_SIZE);
    ck_assert_ptr_nonnull(text);
    char *end = text + sprintf(text, "{\"dataSets\":[{\"series\":{");
    for (int i = 0; i < SERIES; i++) {
        end +=
            sprintf(end, "%s\n\"%d\":{\"observations\":{\"0\":[%d.5]}}", i == 0 ? "" : ",", i, i);
    }
    end +=
        sprintf(end, "}}],\"structure\":{\"dimensions\":{\"observation\":[{\"id\":\"TIME_PERIOD\","
                     "\"values\":[{\"id\":\"2012\"}]}],\"series\":[{\"id\":\"D\",\"values\":[");
    for (int i = 0; i < SERIES; i++) {
        end += sprintf(end, "%s{\"id\":\"d%d\"}", i == 0 ? "" : ",", i);
    }
    end += sprintf(end, "]}]}}}");
    bkt_context *context = new_context();
    bkt_read_options options = read_options(0);
    bkt_table *table;
    options.threads = 3;
    bkt_status status =
        bkt_table_read_memory(context, text, (size_t)(end - text), &options, &table);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    ck_assert_int_eq(bkt_table_row_count(table), SERIES);
    ck_assert_cell(table, SERIES - 1, "D", "d19999");
    ck_assert_cell(table, SERIES - 1, "OBS_VALUE", "19999.5");
    bkt_table_free(table);
    bkt_context_free(context);
    free(text);
}
END_TEST

START_TEST(wide_encodings_are_refused) {
    static const struct {
        const char *text;
        size_t size;
    } texts[] = {{"\xFF\xFE{\0}\0", 6}, {"\xFE\xFF\0{\0}", 6}, {"{\0}\0", 4}, {"\0{\0}", 4}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkt_context *context = new_context();
        bkt_table *table;
        ck_assert_int_eq(bkt_table_read_memory(context, texts[i].text, texts[i].size, NULL, &table),
                         BKT_ERR_ENCODING);
        ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "JSON in UTF-16 or UTF-32"));
        bkt_context_free(context);
    }
}
END_TEST

/* A filter sees what it sees elsewhere: the key of a series, and periods. */
START_TEST(filters_choose_series_and_periods) {
    bkt_context *context = new_context();
    const char *const areas[] = {"KZ"};
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    ck_assert_int_eq(bkt_filter_add_codes(filter, "REF_AREA", areas, 1), BKT_OK);
    ck_assert_int_eq(bkt_filter_set_periods(filter, "2012", "2012"), BKT_OK);
    bkt_read_options options = read_options(0);
    options.filter = filter;
    static const char *const files[] = {"json-1.0-series.json", "json-draft-flat.json",
                                        "json-2.0-series.json", "json-2.1-cross.json"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[TEXT_SIZE];
        char path[TEXT_SIZE];
        bkt_table *table;
        snprintf(name, sizeof name, "messages/%s", files[i]);
        ck_assert_int_eq(bkt_table_read(context, data_path(path, name), &options, &table), BKT_OK);
        ck_assert_int_eq(bkt_table_row_count(table), 1);
        ck_assert_cell(table, 0, "OBS_VALUE", "675.5");
        bkt_table_free(table);
    }
    bkt_filter_free(filter);
    bkt_context_free(context);
}
END_TEST

static const char *const memory_files[] = {
    "messages/json-1.0-series.json", "messages/json-draft-flat.json",
    "messages/json-2.0-series.json", "messages/json-2.1-cross.json", "bad/json.json"};

/* As far as the context's memory goes: what json-c takes is its own. */
START_TEST(every_failing_allocation_is_survived) {
    size_t size;
    char *text = load(memory_files[_i], &size);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_read_memory(context, text, size, NULL, &table);
        failing_memory_disarm(&memory);
        ck_assert(status ==
                      (strncmp(memory_files[_i], "bad", 3) == 0 ? BKT_ERR_NOT_SDMX : BKT_OK) ||
                  (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(table == NULL, status != BKT_OK);
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("json");
    TCase *test_case = tcase_create("json");
    tcase_set_timeout(test_case, 120);
    tcase_add_test(test_case, measures_are_what_the_message_says);
    tcase_add_test(test_case, a_data_set_deletes);
    tcase_add_loop_test(test_case, what_is_wrong_has_a_path_and_a_place, 0,
                        (int)(sizeof bads / sizeof *bads));
    tcase_add_loop_test(test_case, messages_that_say_nothing_are_refused, 0,
                        (int)(sizeof documents / sizeof *documents));
    tcase_add_test(test_case, faults_of_values_have_a_place);
    tcase_add_test(test_case, names_that_come_twice_are_told);
    tcase_add_test(test_case, lists_may_be_empty_and_flows_named_alone);
    tcase_add_test(test_case, packed_and_marked_messages_are_read);
    tcase_add_test(test_case, threads_change_nothing);
    tcase_add_test(test_case, wide_encodings_are_refused);
    tcase_add_test(test_case, filters_choose_series_and_periods);
    tcase_add_loop_test(test_case, every_failing_allocation_is_survived, 0,
                        (int)(sizeof memory_files / sizeof *memory_files));
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
