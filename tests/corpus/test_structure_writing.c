/* SPDX-License-Identifier: MIT */
/* Structure messages of the corpus (BKT_CORPUS): read, written as 2.1 and as 3.0, valid by the
 * official schemas (BKT_SCHEMAS, by xmllint), and equal when they are read back. */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "manifest.h"
#include "run_suite.h"
#include "structure_compare.h"

static const char *schemas; /* NULL: they are not checked */
static char folder[200];

/* The version that a message is of; this one stands among those of 2.1. */
static const char *version_of(const char *path) {
    return strcmp(path, "2.1-Structure/DSD_BOP.xml") == 0 ? "3.0" : path;
}

static bool validates(const char *path, const char *version, const char *document) {
    char command[1600];
    if (schemas == NULL) {
        return true;
    }
    snprintf(command, sizeof command,
             "xmllint --noout --nonet --schema '%.500s/%s/SDMXMessage.xsd' %s >'%s/log' 2>&1",
             schemas, version, document, folder);
    if (system(command) == 0) {
        return true;
    }
    fprintf(stderr, "# %s as %s:\n", path, version);
    snprintf(command, sizeof command, "head -3 '%s/log' | cut -c1-400 >&2", folder);
    return system(command) != 0;
}

static bool check_version(const char *path, const bkt_structure *structure, bool to_21) {
    char written[300];
    bkt_context *context;
    bkt_write_options options;
    bkt_structure *again = NULL;
    snprintf(written, sizeof written, "%s/written.xml", folder);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = to_21 ? BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 : BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
    options.prepared = "2026-01-01T00:00:00Z";
    bkt_status status = bkt_structure_write_path(context, structure, &options, written);
    const char *version = to_21 ? "2.1" : "3.0";
    bool valid = status == BKT_OK && validates(path, version, written);
    status = status == BKT_OK ? bkt_structure_read(context, written, NULL, &again) : status;
    bool same_version = strncmp(version_of(path), version, strlen(version)) == 0;
    int differences =
        status == BKT_OK ? compare_structures(structure, again, same_version, to_21, 5) : 1;
    if (!valid || differences > 0) {
        fprintf(stderr, "# %s as %s: %s, %d differences%s%s\n", path, version,
                valid ? "valid" : "not valid", differences, status == BKT_OK ? "" : ": ",
                status == BKT_OK ? "" : bkt_context_error_text(context));
    }
    bkt_structure_free(again);
    bkt_context_free(context);
    return valid && differences == 0;
}

/* How many of the two versions went wrong. label begins with the version. */
static int check_file(const char *path, const char *label) {
    bkt_context *context;
    bkt_structure *structure = NULL;
    int wrong = 2;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    if (bkt_structure_read(context, path, NULL, &structure) == BKT_OK) {
        wrong = !check_version(label, structure, true) + !check_version(label, structure, false);
    } else {
        fprintf(stderr, "# %s: %s\n", label, bkt_context_error_text(context));
    }
    bkt_structure_free(structure);
    bkt_context_free(context);
    return wrong;
}

START_TEST(structures_come_back) {
    int wrong = 0;
    int checked = 0;
    for (int i = 0; i < row_count; i++) {
        if (strcmp(rows[i].cells[CELL_KIND], "Structure") == 0 && !is_same_file(i)) {
            wrong += check_file(file_of(i), rows[i].cells[CELL_PATH]);
            checked++;
        }
    }
    fprintf(stderr, "# %d messages%s\n", checked,
            schemas == NULL ? "; no schemas or no xmllint: validity was not checked" : "");
    ck_assert_int_gt(checked, 40);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* Those that the unit tests look at. */
START_TEST(own_structures_come_back) {
    static const char *const files[][2] = {
        {"trade-1.0.xml", "1.0"}, {"trade-2.0.xml", "2.0"},    {"trade-2.1.xml", "2.1"},
        {"trade-3.0.xml", "3.0"}, {"extended-3.0.xml", "3.0"}, {"kinds-2.1.xml", "2.1"},
        {"kinds-3.0.xml", "3.0"}, {"maps-3.0.xml", "3.0"},
    };
    const char *data = getenv("BKT_TEST_DATA");
    char path[1000];
    ck_assert_ptr_nonnull(data);
    snprintf(path, sizeof path, "%.700s/structures/%s", data, files[_i][0]);
    ck_assert_int_eq(check_file(path, files[_i][1]), 0);
}
END_TEST

int main(void) {
    char path[600];
    schemas = getenv("BKT_SCHEMAS");
    const char *parent = getenv("TMPDIR");
    if (!load_manifest()) {
        puts("1..0 # skipped: no corpus");
        return EXIT_SUCCESS;
    }
    snprintf(path, sizeof path, "%.500s/2.1/SDMXMessage.xsd", schemas == NULL ? "" : schemas);
    if (access(path, R_OK) != 0 || system("xmllint --version >/dev/null 2>&1") != 0) {
        schemas = NULL;
    }
    snprintf(folder, sizeof folder, "%.150s/bkt-structures-XXXXXX",
             parent == NULL ? "/tmp" : parent);
    if (mkdtemp(folder) == NULL) {
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("structure writing");
    TCase *test_case = tcase_create("structures");
    tcase_set_timeout(test_case, 0);
    tcase_add_test(test_case, structures_come_back);
    tcase_add_loop_test(test_case, own_structures_come_back, 0, 8);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    return system(path) == 0 ? result : EXIT_FAILURE;
}
