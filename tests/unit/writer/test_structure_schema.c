/* SPDX-License-Identifier: MIT */
/* The XML schema of a data structure that was read. That such schemas are valid, and that data of
 * the structure are valid by them, is seen by the corpus tests, where SDMX's schemas are at hand.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <bktrade/bktrade.h>

#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;
static bkt_structure *structure;
static char *text;
static size_t text_size;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void finish(void) {
    free(text);
    text = NULL;
    text_size = 0;
    bkt_structure_free(structure);
    structure = NULL;
    bkt_context_free(context);
}

static int32_t collect(const void *data, size_t size, void *user) {
    (void)user;
    text = realloc(text, text_size + size + 1);
    if (text == NULL) {
        return 1;
    }
    memcpy(text + text_size, data, size);
    text_size += size;
    text[text_size] = '\0';
    return 0;
}

static int32_t drop(const void *data, size_t size, void *user) {
    (void)data;
    (void)size;
    (void)user;
    return 0;
}

static int32_t refuse(const void *data, size_t size, void *user) {
    (void)data;
    (void)size;
    (void)user;
    return 1;
}

static const char *path_of(const char *name) {
    static char path[1000];
    const char *folder = getenv("BKT_TEST_DATA");
    ck_assert_ptr_nonnull(folder);
    snprintf(path, sizeof path, "%.700s/structures/%.200s", folder, name);
    return path;
}

static const bkt_item *read_from(bkt_context *by, const char *name) {
    bkt_structure_free(structure);
    structure = NULL;
    ck_assert_int_eq(bkt_structure_read(by, path_of(name), NULL, &structure), BKT_OK);
    return bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, 0);
}

static bkt_write_options options_of(int32_t format, uint32_t flags) {
    bkt_write_options options;
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = format;
    options.flags = flags;
    return options;
}

static void write_schema(const char *name, int32_t format, uint32_t flags) {
    const bkt_item *dsd = read_from(context, name);
    bkt_write_options options = options_of(format, flags);
    text_size = 0;
    bkt_status status = bkt_item_write_schema(context, dsd, &options, collect, NULL);
    ck_assert_msg(status == BKT_OK, "%s: %s", name, bkt_context_error_text(context));
}

static void assert_part(const char *part) {
    ck_assert_msg(text != NULL && strstr(text, part) != NULL, "'%s' is not in:\n%s", part,
                  text == NULL ? "" : text);
}

static void assert_no_part(const char *part) {
    ck_assert_msg(strstr(text, part) == NULL, "'%s' is in:\n%s", part, text);
}

START_TEST(components_of_2_1) {
    write_schema("trade-2.1.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_part("targetNamespace=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                "EX:TRADE(1.0):ObsLevelDim:TIME_PERIOD\"");
    assert_part("<xs:attribute name=\"REF_AREA\" type=\"CL_REF_AREA\" use=\"required\"/>\n"
                "<xs:attribute name=\"COUNTERPART\" type=\"CL_COUNTERPART\" use=\"required\"/>\n"
                "<xs:attribute name=\"FLOW\" type=");
    assert_part("<xs:attribute name=\"OBS_VALUE\" type=\"xs:double\" use=\"optional\"/>");
    assert_part("<xs:complexType name=\"ByFlow\">");
    assert_part("fixed=\"ByFlow\"/>");
    /* The data set has what hangs on nothing. */
    assert_part("type=\"xs:gMonthDay\" use=\"prohibited\"/>\n<xs:attribute name=\"COMPILER\"");
}
END_TEST

START_TEST(flat_data_have_no_series) {
    write_schema("trade-2.1.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT);
    assert_part(":ObsLevelDim:AllDimensions\"");
    assert_no_part("SeriesType");
    assert_part("<xs:attribute name=\"TIME_PERIOD\" type=\"common:ObservationalTimePeriodType\" "
                "use=\"required\"/>");
}
END_TEST

START_TEST(components_of_3_0) {
    write_schema("trade-3.0.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    assert_part("v3_0/data/structurespecific\"");
    assert_no_part("REPORTING_YEAR_START_DAY");
    write_schema("kinds-3.0.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    assert_part("<xs:simpleType name=\"CL_");
}
END_TEST

/* Codes of the measure dimension stand for cross-sectional measures. */
START_TEST(measures_of_2_0) {
    write_schema("trade-2.0.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_part("<xs:attribute name=\"OBS_VALUE\"");
    assert_part("name=\"TIME_PERIOD\" type=\"common:ObservationalTimePeriodType\"");
    assert_no_part("name=\"TIME\"");
}
END_TEST

START_TEST(wrong_calls) {
    const bkt_item *dsd = read_from(context, "trade-2.1.xml");
    bkt_write_options options = options_of(BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    const bkt_item *list = bkt_structure_item_at(structure, BKT_ITEM_CODE_LIST, 0);
    ck_assert_int_eq(bkt_item_write_schema(NULL, dsd, &options, collect, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_item_write_schema(context, NULL, &options, collect, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_item_write_schema(context, list, &options, collect, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "data structure (DSD)"));
    ck_assert_int_eq(bkt_item_write_schema(context, dsd, &options, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_item_write_schema_path(context, dsd, &options, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_item_write_schema_path(context, dsd, &options, "/nowhere/x"),
                     BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(bkt_item_write_schema(context, dsd, &options, refuse, NULL),
                     BKT_ERR_CANCELLED);
    options.format = BKT_FORMAT_GENERIC_2_1;
    ck_assert_int_eq(bkt_item_write_schema(context, dsd, &options, collect, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(text);
}
END_TEST

/* Over a file that is there. What was there must stay as it was if the schema can't be written, and
 * no other file be left beside it; else -1. Asserts nothing: Check keeps what was asserted in a
 * file, which may not grow here either. */
static bkt_status write_over(bkt_context *by, const bkt_item *dsd) {
    char folder[] = "/tmp/bkt-schema-XXXXXX";
    char path[100];
    char found[8] = "";
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/trade.xsd", folder);
    FILE *file = fopen(path, "w");
    bool good = file != NULL && fputs("old", file) >= 0 && fclose(file) == 0;
    bkt_status status = good ? bkt_item_write_schema_path(by, dsd, NULL, path) : -1;
    file = fopen(path, "r");
    good = file != NULL && fread(found, 1, sizeof found - 1, file) >= 3;
    good = file != NULL && fclose(file) == 0 && good;
    good = good && (strcmp(found, "old") == 0) == (status != BKT_OK);
    good = remove(path) == 0 && good;
    return rmdir(folder) == 0 && good ? status : -1; /* it was empty */
}

START_TEST(a_disk_that_is_full) {
    struct rlimit before;
    const bkt_item *dsd = read_from(context, "trade-2.1.xml");
    ck_assert_int_eq(write_over(context, dsd), BKT_OK);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {1000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    bkt_status status = write_over(context, dsd);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(status, BKT_ERR_IO);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "trade.xsd"));
    if (access("/dev/full", W_OK) == 0) {
        ck_assert_int_eq(bkt_item_write_schema_path(context, dsd, NULL, "/dev/full"), BKT_ERR_IO);
    }
}
END_TEST

static const struct {
    const char *name;
    int32_t format;
    uint32_t flags;
} failing[] = {
    {"trade-2.1.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0},
    {"trade-2.0.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT},
    {"kinds-3.0.xml", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_GZIP},
};
#define FAILING_COUNT ((int)(sizeof failing / sizeof *failing))

START_TEST(memory_that_fails_is_told) {
    failing_memory memory = {0};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        const bkt_item *dsd = read_from(own, failing[_i].name);
        bkt_write_options options = options_of(failing[_i].format, failing[_i].flags);
        failing_memory_arm(&memory);
        bkt_status status = bkt_item_write_schema(own, dsd, &options, drop, NULL);
        failing_memory_disarm(&memory);
        if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
            ck_abort_msg("turn %llu: %d", (unsigned long long)n, (int)status);
        }
        bkt_structure_free(structure);
        structure = NULL;
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

START_TEST(memory_that_fails_leaves_no_file) {
    failing_memory memory = {0};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        const bkt_item *dsd = read_from(own, "trade-2.1.xml");
        failing_memory_arm(&memory);
        bkt_status status = write_over(own, dsd);
        failing_memory_disarm(&memory);
        if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
            ck_abort_msg("turn %llu: %d", (unsigned long long)n, (int)status);
        }
        bkt_structure_free(structure);
        structure = NULL;
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("writer/structure_schema");
    TCase *test_case = tcase_create("structure_schema");
    tcase_set_timeout(test_case, 60);
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, components_of_2_1);
    tcase_add_test(test_case, flat_data_have_no_series);
    tcase_add_test(test_case, components_of_3_0);
    tcase_add_test(test_case, measures_of_2_0);
    tcase_add_test(test_case, wrong_calls);
    tcase_add_test(test_case, a_disk_that_is_full);
    tcase_add_loop_test(test_case, memory_that_fails_is_told, 0, FAILING_COUNT);
    tcase_add_test(test_case, memory_that_fails_leaves_no_file);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
