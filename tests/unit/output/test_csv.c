/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <unistd.h>

#include <bktrade/output.h>

#include "bkti_number.h"

#include "collect.h"
#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;
static collected text;
static char folder[200];

static void start(void) {
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.150s/bkt-csv-XXXXXX", parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void finish(void) {
    collected_free(&text);
    bkt_context_free(context);
    ck_assert_int_eq(rmdir(folder), 0); /* every test leaves it empty */
}

static const char *in_folder(const char *name) {
    static char path[320];
    snprintf(path, sizeof path, "%s/%.100s", folder, name);
    return path;
}

static int files_in_folder(void) {
    int count = 0;
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    }
    closedir(listing);
    return count;
}

static bkt_csv_options defaults(void) {
    bkt_csv_options options;
    ck_assert_int_eq(bkt_csv_options_init(&options, sizeof options), BKT_OK);
    return options;
}

static bkt_table *small_table(bkt_context *own) {
    static const char *const PERIODS[] = {"2011", "2012-Q1", NULL, "2014"};
    static const char *const NAMES[] = {"plain", "a \"quoted\", one", NULL, "=1+1"};
    static const char *const NOTES[] = {"", " edge", "two\r\nlines", "Беларусь"};
    static const double NUMBERS[] = {651174.793, 0.1, NAN, -1e-7};
    static const uint8_t WHY[] = {0, 0, BKT_MISSING_CONFIDENTIAL, 0};
    bkt_table_builder *builder;
    bkt_table *table;
    if (bkt_table_builder_new(own, &builder) != BKT_OK) {
        return NULL;
    }
    bkt_table_builder_add_periods(builder, "TIME_PERIOD", PERIODS, 4);
    bkt_table_builder_add_texts(builder, "NAME", BKT_ROLE_DIMENSION, NAMES, 4);
    bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, "USD", NUMBERS, NULL, WHY,
                                  4);
    bkt_table_builder_add_texts(builder, "NOTE", BKT_ROLE_ATTRIBUTE, NOTES, 4);
    return bkt_table_builder_finish(builder, &table) == BKT_OK ? table : NULL;
}

static void assert_written(const bkt_table *table, const bkt_csv_options *options,
                           const char *expected) {
    collected_free(&text);
    ck_assert_int_eq(bkt_table_write_csv(context, table, options, collect, &text), BKT_OK);
    ck_assert_str_eq(collected_text(&text), expected);
}

START_TEST(fields_are_quoted_where_they_must_be) {
    bkt_table *table = small_table(context);
    assert_written(table, NULL,
                   "TIME_PERIOD,NAME,OBS_VALUE,NOTE\n"
                   "2011,plain,651174.793,\"\"\n"
                   "2012-Q1,\"a \"\"quoted\"\", one\",0.1,\" edge\"\n"
                   ",,,\"two\r\nlines\"\n"
                   "2014,=1+1,-1e-07,Беларусь\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(options_change_form_and_columns) {
    bkt_table *table = small_table(context);
    static const char *const IDS[] = {"OBS_VALUE", "NAME"};
    bkt_csv_options options = defaults();
    options.flags = BKT_CSV_CRLF | BKT_CSV_QUOTE_TEXT | BKT_CSV_REASONS | BKT_CSV_MARK;
    options.separator = ';';
    options.missing = "NA";
    options.column_ids = IDS;
    options.column_count = 2;
    assert_written(table, &options,
                   "\xef\xbb\xbf\"OBS_VALUE\";\"OBS_VALUE_MISSING\";\"NAME\"\r\n"
                   "651174.793;;\"plain\"\r\n"
                   "0.1;;\"a \"\"quoted\"\", one\"\r\n"
                   "NA;\"confidential\";NA\r\n"
                   "-1e-07;;\"=1+1\"\r\n");
    options = defaults();
    options.flags = BKT_CSV_NO_HEADER;
    options.separator = '\t';
    options.column_ids = IDS;
    options.column_count = 1;
    /* A line of one empty field would be an empty line, which readers skip. */
    assert_written(table, &options, "651174.793\n0.1\n\"\"\n-1e-07\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(numbers_read_back_to_the_same_bits) {
    static double numbers[390];
    static const char *const IDS[] = {"X"};
    const double *const columns[] = {numbers};
    uint64_t state = 1;
    for (size_t i = 0; i < 390; i++) {
        uint64_t bits;
        do {
            state = state * 6364136223846793005u + 1442695040888963407u;
            bits = state ^ (state >> 29);
            memcpy(&numbers[i], &bits, sizeof bits);
        } while (!isfinite(numbers[i]));
    }
    bkt_table *table = yearly_table(context, 1600, 390, "", IDS, columns, 1);
    bkt_csv_options options = defaults();
    options.flags = BKT_CSV_NO_HEADER;
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text), BKT_OK);
    const char *cursor = text.data;
    for (size_t i = 0; i < 390; i++) {
        const char *begin = strchr(cursor, ',') + 1;
        const char *end = strchr(begin, '\n');
        double number;
        ck_assert_int_eq(bkti_number_parse((bkti_span){begin, (size_t)(end - begin)}, &number),
                         BKTI_NUMBER_FINITE);
        ck_assert_mem_eq(&number, &numbers[i], sizeof number);
        cursor = end + 1;
    }
    bkt_table_free(table);
}
END_TEST

START_TEST(tables_without_rows_or_columns) {
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    assert_written(table, NULL, "");
    bkt_table_free(table);
    table = yearly_table(context, 2000, 0, "", NULL, NULL, 0);
    assert_written(table, NULL, "TIME_PERIOD\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(wrong_calls_are_told) {
    static const char *const IDS[] = {"X", "X_MISSING"};
    static const char *const UNKNOWN[] = {"Y"};
    static const double NUMBERS[] = {1, 2};
    const double *const columns[] = {NUMBERS, NUMBERS};
    bkt_table *table = yearly_table(context, 2000, 2, "", IDS, columns, 2);
    bkt_csv_options options = defaults();
    ck_assert_int_eq(bkt_table_write_csv(NULL, table, NULL, collect, &text), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_csv(context, NULL, NULL, collect, &text), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_csv(context, table, NULL, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, NULL, ""), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_csv_options_init(&options, 0), BKT_ERR_ABI);
    options.flags = BKT_CSV_REASONS;
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text),
                     BKT_ERR_REPEATED_COMPONENT);
    options.flags = 1u << 20;
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text),
                     BKT_ERR_ARGUMENT);
    options.flags = 0;
    for (const char *c = "aZ09\"+-. \n"; *c != '\0'; c++) {
        options.separator = *c;
        ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text),
                         BKT_ERR_ARGUMENT);
    }
    options.separator = ';';
    options.missing = "a;b";
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text),
                     BKT_ERR_ARGUMENT);
    options.missing = NULL; /* as "" */
    options.column_ids = UNKNOWN;
    options.column_count = 1;
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text),
                     BKT_ERR_NO_COLUMN);
    options.struct_size = 3;
    ck_assert_int_eq(bkt_table_write_csv(context, table, &options, collect, &text), BKT_ERR_ABI);
    ck_assert_int_eq(text.calls, 0);
    bkt_table_free(table);
}
END_TEST

/* 20,000 rows: more than a caller gets in one call. */
static bkt_table *large_table(void) {
    int64_t count = 20000;
    int32_t *codes = calloc((size_t)count, sizeof *codes);
    static const char *const DICTIONARY[] = {"Belarus"};
    bkt_table_builder *builder;
    bkt_table *table;
    ck_assert_ptr_nonnull(codes);
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    bkt_table_builder_add_codes(builder, "REPORTER", BKT_ROLE_DIMENSION, codes, count, DICTIONARY,
                                1);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    free(codes);
    return table;
}

START_TEST(a_caller_may_stop_at_any_block) {
    bkt_table *table = large_table();
    collected whole = {0};
    ck_assert_int_eq(bkt_table_write_csv(context, table, NULL, collect, &whole), BKT_OK);
    ck_assert_uint_eq(whole.size, 9 + 20000 * 8);
    ck_assert_int_eq(whole.calls, 3);
    for (int n = 1; n <= whole.calls; n++) {
        collected part = {.refuse_at = n};
        ck_assert_int_eq(bkt_table_write_csv(context, table, NULL, collect, &part),
                         BKT_ERR_CANCELLED);
        ck_assert_int_eq(part.calls, n);
        collected_free(&part);
    }
    collected_free(&whole);
    bkt_table_free(table);
}
END_TEST

START_TEST(a_file_is_whole_or_not_there) {
    static const char *const UNKNOWN[] = {"Y"};
    bkt_table *table = small_table(context);
    bkt_csv_options options = defaults();
    char content[300];
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, NULL, in_folder("a.csv")), BKT_OK);
    ck_assert_int_eq(bkt_table_write_csv(context, table, NULL, collect, &text), BKT_OK);
    FILE *file = fopen(in_folder("a.csv"), "rb");
    ck_assert_ptr_nonnull(file);
    size_t size = fread(content, 1, sizeof content, file);
    fclose(file);
    ck_assert_uint_eq(size, text.size);
    ck_assert_mem_eq(content, text.data, size);
    ck_assert_int_eq(unlink(in_folder("a.csv")), 0);
    options.column_ids = UNKNOWN;
    options.column_count = 1;
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, &options, in_folder("b.csv")),
                     BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, NULL, folder), BKT_ERR_DIRECTORY);
    ck_assert_int_eq(bkt_table_write_csv_path(context, table, NULL, in_folder("no/such.csv")),
                     BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(files_in_folder(), 0);
    bkt_table_free(table);
}
END_TEST

START_TEST(every_allocation_may_fail) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = small_table(own);
        ck_assert_ptr_nonnull(table);
        bkt_csv_options options = defaults();
        options.flags = BKT_CSV_REASONS;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_write_csv_path(own, table, &options, in_folder("memory.csv"));
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(files_in_folder(), status == BKT_OK);
        unlink(in_folder("memory.csv"));
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("csv");
    TCase *test_case = tcase_create("csv");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, fields_are_quoted_where_they_must_be);
    tcase_add_test(test_case, options_change_form_and_columns);
    tcase_add_test(test_case, numbers_read_back_to_the_same_bits);
    tcase_add_test(test_case, tables_without_rows_or_columns);
    tcase_add_test(test_case, wrong_calls_are_told);
    tcase_add_test(test_case, a_caller_may_stop_at_any_block);
    tcase_add_test(test_case, a_file_is_whole_or_not_there);
    tcase_add_test(test_case, every_allocation_may_fail);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
