/* SPDX-License-Identifier: MIT */
/* A table at once: its data sets one after the other. */
#include <bktrade/validation.h>

#include "bkti_context.h"

static const bkt_column *provenance(const bkt_table *table, const char *id) {
    const bkt_column *column = bkt_table_column_find(table, id);
    return bkt_column_role(column) == BKT_ROLE_PROVENANCE ? column : NULL;
}

static const char *first_row(const bkt_table *table, const char *id) {
    return bkt_column_text_at(provenance(table, id), 0);
}

static bkt_status add_rows(bkt_validator *validator, const bkt_table *rows) {
    const bkt_dataset_options options = {.struct_size = sizeof options,
                                         .structure = first_row(rows, "STRUCTURE"),
                                         .dataflow = first_row(rows, "DATAFLOW"),
                                         .action = first_row(rows, "ACTION")};
    bkt_status status = bkt_validator_begin_dataset(validator, &options);
    return status == BKT_OK ? bkt_validator_add(validator, rows) : status;
}

/* The rows of one data set. */
static bkt_status take_dataset(bkt_context *context, const bkt_table *table, const char *name,
                               bkt_table **out_rows) {
    bkt_filter *filter = NULL;
    bkt_status status = bkt_filter_new(context, &filter);
    status = status == BKT_OK ? bkt_filter_add_codes(filter, "DATASET", &name, 1) : status;
    status = status == BKT_OK ? bkt_table_filter(context, table, filter, out_rows) : status;
    bkt_filter_free(filter);
    return status;
}

static bkt_status add_datasets(bkt_context *context, bkt_validator *validator,
                               const bkt_table *table, const bkt_column *datasets) {
    bkt_status status = BKT_OK;
    int32_t count = bkt_column_dictionary_count(datasets);
    for (int32_t code = 0; code < count && status == BKT_OK; code++) {
        bkt_table *rows = NULL;
        status = take_dataset(context, table, bkt_column_dictionary_text(datasets, code), &rows);
        if (status == BKT_OK && bkt_table_row_count(rows) > 0) {
            status = add_rows(validator, rows);
        }
        bkt_table_free(rows);
    }
    return status;
}

static bkt_status check(bkt_context *context, bkt_validator *validator, const bkt_table *table,
                        bkt_table **out_findings, bkt_table **out_summary) {
    const bkt_column *datasets = provenance(table, "DATASET");
    bool is_one = datasets == NULL || bkt_column_null_count(datasets) > 0 ||
                  bkt_column_kind(datasets) != BKT_KIND_TEXT;
    bkt_status status =
        is_one ? add_rows(validator, table) : add_datasets(context, validator, table, datasets);
    status = status == BKT_OK ? bkt_validator_findings(validator, out_findings) : status;
    if (status == BKT_OK && out_summary != NULL) {
        status = bkt_validator_summary(validator, out_summary);
        if (status != BKT_OK) {
            bkt_table_free(*out_findings);
            *out_findings = NULL;
        }
    }
    return status;
}

bkt_status bkt_table_validate(bkt_context *context, const bkt_table *table,
                              const bkt_structure *structure, const bkt_validation_options *options,
                              bkt_table **out_findings, bkt_table **out_summary) {
    if (out_findings != NULL) {
        *out_findings = NULL;
    }
    if (out_summary != NULL) {
        *out_summary = NULL;
    }
    if (context == NULL || table == NULL || structure == NULL || out_findings == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "context, table, structure and out_findings must not be NULL");
    }
    bkt_validator *validator = NULL;
    bkt_status status = bkt_validator_new(context, structure, options, &validator);
    if (status == BKT_OK) {
        status = check(context, validator, table, out_findings, out_summary);
    }
    bkt_validator_free(validator);
    return status;
}
