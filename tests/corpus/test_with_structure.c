/* SPDX-License-Identifier: MIT */
/* Data of the corpus (BKT_CORPUS) read with their structure: the same rows and values as without,
 * and the key that the DSD has; and all data with all structures at once. */
#include <bktrade/reader.h>

#include "manifest.h"
#include "run_suite.h"

/* What the DSD has as its key, in its order. */
static const struct pair {
    const char *data;
    const char *structure;
    const char *key;
} pairs[] = {
    {"2.1-StructureSpecificData/statcan-10100001.zip",
     "2.1-StructureSpecificData/statcan-10100001.zip",
     "Geography Federal_public_sector_employment TIME_PERIOD"},
    {"2.0-CompactData/aei_ps_alt.sdmx.zip", "2.0-CompactData/aei_ps_alt.sdmx.zip",
     "FREQ unit landuse geo TIME_PERIOD"},
    {"2.0-CompactData/apro_cpp_crop.sdmx.zip", "2.0-CompactData/apro_cpp_crop.sdmx.zip",
     "FREQ crop_pro strucpro geo TIME_PERIOD"},
    {"2.0-CompactData/avia_ac_fatal.sdmx.zip", "2.0-CompactData/avia_ac_fatal.sdmx.zip",
     "FREQ acc_air geo TIME_PERIOD"},
    {"2.0-CompactData/avia_ec_enterp.sdmx.zip", "2.0-CompactData/avia_ec_enterp.sdmx.zip",
     "FREQ enterpr geo TIME_PERIOD"},
    {"1.0-CompactData/CompactSample.xml", "1.0-Structure/StructureSample.xml",
     "FREQ JD_TYPE JD_CATEGORY VIS_CTY TIME"},
    {"1.0-GenericData/GenericSample.xml", "1.0-Structure/StructureSample.xml",
     "FREQ JD_TYPE JD_CATEGORY VIS_CTY TIME"},
    {"1.0-UtilityData/UtilitySample.xml", "1.0-Structure/StructureSample.xml",
     "FREQ JD_TYPE JD_CATEGORY VIS_CTY TIME"},
    {"2.0-GenericData/GenericSample.xml", "2.0-Structure/StructureSample.xml",
     "FREQ JD_TYPE JD_CATEGORY VIS_CTY TIME"},
    {"2.1-GenericData/ng-flat.xml", "2.1-Structure/ng-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-GenericData/ng-xs.xml", "2.1-Structure/ng-structure.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-GenericData/ng-ts-gf.xml", "2.1-Structure/ng-structure.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificData/ng-flat-ss.xml", "2.1-Structure/ng-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificData/ng-xs-ss.xml", "2.1-Structure/ng-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificData/ng-ts-gf-ss.xml", "2.1-Structure/ng-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificTimeSeriesData/ng-ts-ss.xml", "2.1-Structure/ng-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificTimeSeriesData/rg-ts-ss.xml", "2.1-Structure/rg-structure-full.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD"},
    {"2.1-StructureSpecificData/demography-xs.xml", "2.1-Structure/demography-structure.xml",
     "FREQ COUNTRY SEX DEMO TIME_PERIOD"},
    {"2.1-StructureSpecificData/22_289.xml", "2.1-Structure/22_289-structure.xml",
     "FREQ REF_AREA DATA_TYPE SEX AGE MARITAL_STATUS TIME_PERIOD"},
    {"2.1-StructureSpecificData/WEO-data.xml", "2.1-Structure/WEO-structure.xml",
     "COUNTRY INDICATOR FREQUENCY TIME_PERIOD"},
    {"2.1-GenericData/IPI-2010-A21.xml", "2.1-Structure/IPI-2010-A21-structure.xml",
     "FREQ PRODUIT NATURE TIME_PERIOD"},
    {"2.1-StructureSpecificData/SDMXStructureSpecificDataExample_2.1.xml",
     "2.1-Structure/ECOFIN_DSD-structure.xml",
     "DATA_DOMAIN REF_AREA INDICATOR COUNTERPART_AREA FREQ TIME_PERIOD"},
    {"2.1-StructureSpecificData/ESTAT_NA_MAIN_1_0.xml", "2.1-Structure/ESTAT+NA_MAIN+1.0.xml",
     "FREQ REF_AREA ADJUSTMENT TRANSFORMATION PRICES STO INSTR_ASSET REF_SECTOR COUNTERPART_AREA "
     "COUNTERPART_SECTOR ACTIVITY EXPENDITURE ACCOUNTING_ENTRY UNIT_MEASURE TIME_PERIOD"},
    {"2.1-GenericData/M.USD.EUR.SP00.A.xml", "2.1-Structure/structure.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_SUFFIX TIME_PERIOD"},
    {"3.0-StructureSpecificData/ECB_EXR.xml", "3.0-Structure/ECB_EXR.xml",
     "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_SUFFIX TIME_PERIOD"},
};

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

/* A DSD of 1.0 or 2.0 may call time otherwise than the message, of which only one is. */
static const bkt_column *column_like(const bkt_table *table, const bkt_column *column) {
    const bkt_column *found = bkt_table_column_find(table, bkt_column_id(column));
    for (uint32_t i = 0; found == NULL && bkt_column_role(column) == BKT_ROLE_TIME &&
                         i < bkt_table_column_count(table);
         i++) {
        const bkt_column *each = bkt_table_column_at(table, i);
        found = bkt_column_role(each) == BKT_ROLE_TIME ? each : NULL;
    }
    return found;
}

static bool same_cell(const bkt_column *a, const bkt_column *b, int64_t row) {
    double number_a;
    double number_b;
    int32_t there = bkt_column_number_at(a, row, &number_a);
    const char *text_a = bkt_column_text_at(a, row);
    const char *text_b = bkt_column_text_at(b, row);
    return there == bkt_column_number_at(b, row, &number_b) &&
           (there == 0 || number_a == number_b) &&
           bkt_column_missing_at(a, row) == bkt_column_missing_at(b, row) &&
           (text_a == NULL) == (text_b == NULL) && (text_a == NULL || strcmp(text_a, text_b) == 0);
}

/* All that the first table has, the second has too. */
static bool has_all(const bkt_table *without, const bkt_table *with, const char *path) {
    if (bkt_table_row_count(without) != bkt_table_row_count(with)) {
        fprintf(stderr, "# %s: %lld rows, %lld with the structure\n", path,
                (long long)bkt_table_row_count(without), (long long)bkt_table_row_count(with));
        return false;
    }
    for (uint32_t i = 0; i < bkt_table_column_count(without); i++) {
        const bkt_column *of_a = bkt_table_column_at(without, i);
        const bkt_column *of_b = column_like(with, of_a);
        for (int64_t row = 0; row < bkt_table_row_count(without); row++) {
            if (of_b == NULL || !same_cell(of_a, of_b, row)) {
                fprintf(stderr, "# %s: %s differs in row %lld\n", path, bkt_column_id(of_a),
                        (long long)row);
                return false;
            }
        }
    }
    return true;
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
