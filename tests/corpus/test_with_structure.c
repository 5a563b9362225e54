/* SPDX-License-Identifier: MIT */
/* Data of the corpus (BKT_CORPUS) read with their structure: the same rows and values as without,
 * and the key that the DSD has; and all data with all structures at once. */
#include <bktrade/reader.h>

#include "manifest.h"
#include "pairs.h"
#include "run_suite.h"

static bkt_table *read_data(bkt_context *context, const char *path, const bkt_structure *structure,
                            int32_t scanner, bkt_status *out_status) {
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", corpus, path);
    bkt_read_options options;
    bkt_table *table;
    bkt_read_options_init(&options, sizeof options);
    options.structure = structure;
    options.scanner = scanner;
    *out_status = bkt_table_read(context, full, &options, &table);
    return table;
}

/* The key as the table has it; no role may be assumed. */
static bool has_key(const bkt_table *table, const char *key, const char *path) {
    char found[1000] = "";
    bool assumed = false;
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        int32_t role = bkt_column_role(column);
        assumed = assumed || bkt_column_role_assumed(column) != 0;
        if (role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME) {
            size_t size = strlen(found);
            snprintf(found + size, sizeof found - size, "%s%s", size > 0 ? " " : "",
                     bkt_column_id(column));
        }
    }
    if (assumed || strcmp(found, key) != 0) {
        fprintf(stderr, "# %s: the key is %s%s\n", path, found, assumed ? ", a role assumed" : "");
    }
    return !assumed && strcmp(found, key) == 0;
}

static bool is_told(const bkt_context *context, bkt_status status) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        if (bkt_diagnostic_status(bkt_context_diagnostic_at(context, i)) == status) {
            return true;
        }
    }
    return false;
}

START_TEST(data_with_their_structure) {
    const struct pair *pair = &pairs[_i];
    char path[4096];
    bkt_context *context;
    bkt_structure *structure;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    snprintf(path, sizeof path, "%s/%s", corpus, pair->structure);
    ck_assert_int_eq(bkt_structure_read(context, path, NULL, &structure), BKT_OK);
    bkt_context_diagnostics_clear(context);
    for (int32_t scanner = BKT_SCANNER_FAST; scanner <= BKT_SCANNER_LIBXML2; scanner++) {
        bkt_status status;
        bkt_table *with = read_data(context, pair->data, structure, scanner, &status);
        ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
        ck_assert_msg(!is_told(context, BKT_ERR_STRUCTURE), "%s contradicts its structure",
                      pair->data);
        bkt_table *without = read_data(context, pair->data, NULL, scanner, &status);
        ck_assert(has_all(without, with, pair->data));
        ck_assert(has_key(with, pair->key, pair->data));
        bkt_table_free(with);
        bkt_table_free(without);
    }
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

/* IMF's dataflow IMTS finds the only DSD of that id, UNSD's, which the data contradict: their
 * groups have one of its dimensions, which their series lack. That is told. */
static const char of_another_dsd[] = "2.1-StructureSpecificData/imts_lao_2019_exports.xml";

/* Every structure message that can stand beside the others. */
static bkt_structure *read_all_structures(bkt_context *context) {
    bkt_structure_builder *builder;
    bkt_structure *structure;
    ck_assert_int_eq(bkt_structure_builder_new(context, NULL, &builder), BKT_OK);
    for (int i = 0; i < row_count; i++) {
        bkt_structure *alone;
        const char *path = file_of(i);
        if (!is_same_file(i) && strstr(path, "-Structure/") != NULL &&
            bkt_structure_read(context, path, NULL, &alone) == BKT_OK) {
            bkt_structure_free(alone);
            ck_assert_int_eq(bkt_structure_builder_add_path(builder, path), BKT_OK);
        }
    }
    bkt_status status = bkt_structure_builder_finish(builder, &structure);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    return structure;
}

/* Some find their DSD, most do not: none loses anything. */
START_TEST(any_data_with_all_structures) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_structure *structure = read_all_structures(context);
    ck_assert_uint_gt(bkt_structure_item_count(structure, BKT_ITEM_DATA_STRUCTURE), 50);
    int wrong = 0;
    int read = 0;
    for (int i = 0; i < row_count; i++) {
        const char *path = rows[i].cells[CELL_PATH];
        if (is_same_file(i)) {
            continue;
        }
        bkt_status alone;
        bkt_status status;
        bkt_table *without = read_data(context, path, NULL, BKT_SCANNER_FAST, &alone);
        bkt_table *with = read_data(context, path, structure, BKT_SCANNER_FAST, &status);
        wrong += status != alone;
        if (strcmp(path, of_another_dsd) == 0) {
            ck_assert(is_told(context, BKT_ERR_STRUCTURE));
        } else if (status == BKT_OK && alone == BKT_OK) {
            wrong += !has_all(without, with, path);
            read++;
        }
        bkt_table_free(with);
        bkt_table_free(without);
        bkt_context_diagnostics_clear(context);
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_gt(read, 80);
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    if (!load_manifest()) {
        puts("1..0 # skipped: no corpus");
        return EXIT_SUCCESS;
    }
    Suite *suite = suite_create("with_structure");
    TCase *test_case = tcase_create("with_structure");
    tcase_set_timeout(test_case, 0);
    tcase_add_loop_test(test_case, data_with_their_structure, 0,
                        (int)(sizeof pairs / sizeof *pairs));
    tcase_add_test(test_case, any_data_with_all_structures);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    return result;
}
