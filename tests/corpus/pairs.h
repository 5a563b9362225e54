/* SPDX-License-Identifier: MIT */
/* Data of the corpus and their structures; tables that must be equal. */
#ifndef PAIRS_H
#define PAIRS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/table.h>

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

/* A DSD of 1.0 or 2.0 may call time otherwise than the message, of which only one is. */
static inline const bkt_column *column_like(const bkt_table *table, const bkt_column *column) {
    const bkt_column *found = bkt_table_column_find(table, bkt_column_id(column));
    for (uint32_t i = 0; found == NULL && bkt_column_role(column) == BKT_ROLE_TIME &&
                         i < bkt_table_column_count(table);
         i++) {
        const bkt_column *each = bkt_table_column_at(table, i);
        found = bkt_column_role(each) == BKT_ROLE_TIME ? each : NULL;
    }
    return found;
}

static inline bool same_cell(const bkt_column *a, const bkt_column *b, int64_t row) {
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
static inline bool has_all(const bkt_table *without, const bkt_table *with, const char *path) {
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

#endif
