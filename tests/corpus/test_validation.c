/* SPDX-License-Identifier: MIT */
/* Data of the corpus (BKT_CORPUS) checked by the structures that belong to them. The sample sets of
 * the standard are right; where something is found it is said here why it is. */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/bktrade.h>

#include "run_suite.h"

#define NG "2.1-Structure/ng-structure-full.xml"
#define RG "2.1-Structure/rg-structure-full.xml"
#define S1 "1.0-Structure/StructureSample.xml"
#define S2 "2.0-Structure/StructureSample.xml"
/* The data name ECB_EXR_RG, the structure beside them is ECB_EXR_CG. */
#define RENAMED "structure-mismatch 1\n"

static const struct pair {
    const char *data;
    const char *structure; /* NULL: in the same zip */
    const char *expected;  /* "kind findings" a line */
} pairs[] = {
    {"2.1-GenericData/ng-flat.xml", NG, ""},
    {"2.1-GenericData/ng-ts-gf.xml", NG, ""},
    {"2.1-GenericData/ng-xs.xml", NG, ""},
    {"2.1-GenericTimeSeriesData/ng-ts.xml", NG, ""},
    {"2.1-StructureSpecificData/ng-flat-ss.xml", NG, ""},
    {"2.1-StructureSpecificData/ng-ts-gf-ss.xml", NG, ""},
    {"2.1-StructureSpecificData/ng-xs-ss.xml", NG, ""},
    {"2.1-StructureSpecificTimeSeriesData/ng-ts-ss.xml", NG, ""},
    {"2.1-GenericData/rg-flat.xml", RG, RENAMED},
    {"2.1-GenericData/rg-ts-gf.xml", RG, RENAMED},
    /* Its third section repeats August where it means October. */
    {"2.1-GenericData/rg-xs.xml", RG, RENAMED "duplicate-key 4\n"},
    {"2.1-GenericTimeSeriesData/rg-ts.xml", RG, RENAMED},
    {"2.1-StructureSpecificData/rg-flat-ss.xml", RG, RENAMED},
    {"2.1-StructureSpecificData/rg-ts-gf-ss.xml", RG, RENAMED},
    {"2.1-StructureSpecificData/rg-xs-ss.xml", RG, RENAMED},
    {"2.1-StructureSpecificTimeSeriesData/rg-ts-ss.xml", RG, ""},
    /* The samples of 1.0 and 2.0 give a year by its first month (and TIME_FORMAT P1Y); those of 2.0
     * are in a namespace that names the structure EXT_DEBT. */
    {"1.0-CompactData/CompactSample.xml", S1, "period-frequency 2\n"},
    {"1.0-GenericData/GenericSample.xml", S1, "period-frequency 1\n"},
    {"1.0-UtilityData/UtilitySample.xml", S1, ""},
    {"1.0-CrossSectionalData/CrossSectionalSample.xml", S1, ""},
    {"2.0-CompactData/CompactSample.xml", S2, "structure-mismatch 1\nperiod-frequency 2\n"},
    {"2.0-GenericData/GenericSample.xml", S2, "period-frequency 1\n"},
    {"2.0-UtilityData/UtilitySample.xml", S2, "structure-mismatch 1\n"},
    {"2.0-CrossSectionalData/CrossSectionalSample.xml", S2, "structure-mismatch 1\n"},
    /* Data and structure as published together. */
    {"2.0-CompactData/avia_ac_fatal.sdmx.zip", NULL, ""},
    {"2.0-CompactData/aei_ps_alt.sdmx.zip", NULL, ""},
    {"2.0-CompactData/avia_ec_enterp.sdmx.zip", NULL, ""},
    /* Two flags as one ("ce", "ep", "cp", "ps"), which the code list does not have. */
    {"2.0-CompactData/apro_cpp_crop.sdmx.zip", NULL, "unknown-code 4\n"},
    /* SCALAR_FACTOR, VECTOR_ID and NB_DECIMAL are attached to the observation, but stand at the
     * series. */
    {"2.1-StructureSpecificData/statcan-10100001.zip", NULL, "attribute-level 3\n"},
    {"2.1-GenericData/M.USD.EUR.SP00.A.xml", "2.1-Structure/structure.xml", ""},
    {"2.1-GenericData/IPI-2010-A21.xml", "2.1-Structure/IPI-2010-A21-structure.xml", ""},
    {"2.1-StructureSpecificData/22_289.xml", "2.1-Structure/22_289-structure.xml", ""},
    {"2.1-StructureSpecificData/WEO-data.xml", "2.1-Structure/WEO-structure.xml", ""},
    {"2.1-StructureSpecificData/edu_non_finance_data.xml",
     "2.1-Structure/edu_non_finance_structure.xml", ""},
    /* DECIMALS is mandatory, but is not there. */
    {"2.1-StructureSpecificData/demography-xs.xml", "2.1-Structure/demography-structure.xml",
     "attribute-missing 1\n"},
    /* Dates where date-times are demanded. */
    {"2.1-StructureSpecificData/ESTAT_NA_MAIN_1_0.xml", "2.1-Structure/ESTAT+NA_MAIN+1.0.xml",
     "wrong-type 5\n"},
    {"3.0-StructureSpecificData/ECB_EXR.xml", "3.0-Structure/ECB_EXR.xml", ""},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

static const char *corpus;

static bkt_status check_batches(bkt_reader *reader, bkt_validator *validator) {
    const bkt_table *batch = NULL;
    bkt_status status;
    while ((status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        status = bkt_validator_begin_dataset(validator, NULL);
        while (status == BKT_OK && (status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            status = bkt_validator_add(validator, batch);
        }
        if (status != BKT_END) {
            return status;
        }
    }
    return status;
}

static void write_summary(const bkt_validator *validator, char *text, size_t capacity) {
    bkt_table *summary = NULL;
    size_t size = 0;
    text[0] = '\0';
    ck_assert_int_eq(bkt_validator_summary(validator, &summary), BKT_OK);
    for (int64_t row = 0; row < bkt_table_row_count(summary) && size < capacity; row++) {
        double count = 0;
        bkt_column_number_at(bkt_table_column_find(summary, "FINDINGS"), row, &count);
        size += (size_t)snprintf(text + size, capacity - size, "%s %.0f\n",
                                 bkt_column_text_at(bkt_table_column_find(summary, "KIND"), row),
                                 count);
    }
    bkt_table_free(summary);
}

/* Batches of so many rows, read with the structure or without. */
static void check_pair(const struct pair *pair, uint32_t batch_rows, bool with_structure) {
    char data[600];
    char path[600];
    char found[1000];
    snprintf(data, sizeof data, "%s/%s", corpus, pair->data);
    snprintf(path, sizeof path, "%s/%s", corpus,
             pair->structure == NULL ? pair->data : pair->structure);
    bkt_context *context = NULL;
    bkt_structure *structure = NULL;
    bkt_validator *validator = NULL;
    bkt_reader *reader = NULL;
    bkt_read_options options;
    ck_assert_int_eq(bkt_read_options_init(&options, sizeof options), BKT_OK);
    options.batch_rows = batch_rows;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_status status = bkt_structure_read(context, path, NULL, &structure);
    options.structure = with_structure ? structure : NULL;
    status = status == BKT_OK ? bkt_validator_new(context, structure, NULL, &validator) : status;
    status = status == BKT_OK ? bkt_reader_open_path(context, data, &options, &reader) : status;
    status = status == BKT_OK ? check_batches(reader, validator) : status;
    ck_assert_msg(status == BKT_END, "%s: %s", pair->data, bkt_context_error_text(context));
    write_summary(validator, found, sizeof found);
    /* Read with the structure, attributes have the level that it says. */
    bool hides_levels = with_structure && strstr(pair->expected, "attribute-level") != NULL;
    const char *expected = hides_levels ? "" : pair->expected;
    ck_assert_msg(strcmp(found, expected) == 0, "%s, batches of %u%s:\n%s", pair->data,
                  (unsigned)batch_rows, with_structure ? ", with structure" : "", found);
    bkt_reader_free(reader);
    bkt_validator_free(validator);
    bkt_structure_free(structure);
    bkt_context_free(context);
}

START_TEST(a_pair) {
    check_pair(&pairs[_i], 0, false);
    check_pair(&pairs[_i], 0, true);
    if (strstr(pairs[_i].data, ".zip") == NULL) {
        check_pair(&pairs[_i], 3, false);
    }
}
END_TEST

int main(void) {
    corpus = getenv("BKT_CORPUS");
    char path[600];
    snprintf(path, sizeof path, "%s/MANIFEST.tsv", corpus == NULL ? "" : corpus);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        puts("1..0 # skipped: no corpus");
        return 0;
    }
    fclose(file);
    Suite *suite = suite_create("corpus/validation");
    TCase *test_case = tcase_create("pairs");
    tcase_add_loop_test(test_case, a_pair, 0, PAIRS);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
