/* SPDX-License-Identifier: MIT */
/** @file validation.h
 * Validation: what is wrong with data, by the rules of their structure. As streaming as reading:
 * batches go in, what was found comes out as tables.
 *
 * Checked: codes by their code lists; types and facets of values; parts of the key, mandatory
 * attributes and measures that are missing; keys that come twice; periods that do not exist, and
 * periods that are longer or shorter than their frequency says; attributes that stand at another
 * level than the structure attaches them to, or that have several values within what they are
 * attached to; constraints. The kinds of findings can be listed: bkt_finding_kind_count().
 *
 * Of constraints those count that are attached to the data structure definition, or to the dataflow
 * of the data (where the data name none: to the only one of that definition), and say what is
 * allowed; those that say what there is (role or type "Actual", which 2.1 takes where none is
 * said) count with BKT_VALIDATE_ACTUAL. Validity dates are not looked at, nor when which data are
 * to be released.
 *
 * What can't be checked is told once, with a warning of the context: codes of a code list that no
 * message has (or only as a stub), patterns and facets that are not understood.
 *
 * At which level attributes stand is only seen in batches that were read without the structure
 * (bkt_read_options): with it they have the level that it says.
 *
 * Data sets whose action is Merge need only have keys, those that delete need not even have whole
 * ones. Memory grows with the series and groups of a data set, as keys are compared, not with its
 * observations. */
#ifndef BKTRADE_VALIDATION_H
#define BKTRADE_VALIDATION_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/structure.h>
#include <bktrade/table.h>
#include <bktrade/writer.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Checks data sets. Opaque; ended by bkt_validator_free(). */
typedef struct bkt_validator bkt_validator;

/** Flag of bkt_validation_options: constraints that say what data there are ("Actual") count as
 * well as those that say what is allowed. */
#define BKT_VALIDATE_ACTUAL 1
/** Flag of bkt_validation_options: no constraint counts. */
#define BKT_VALIDATE_NO_CONSTRAINTS 2
/** Flag of bkt_validation_options: a code list that no message has is an error
 * (BKT_ERR_STRUCTURE), not a warning. */
#define BKT_VALIDATE_STRICT 4

/** Options of validation. Start with bkt_validation_options_init(). Texts are copied. */
typedef struct bkt_validation_options {
    uint32_t struct_size;
    uint32_t flags;        /**< BKT_VALIDATE_... or 0 */
    const char *structure; /**< which data structure definition (or dataflow, or provision
                                agreement) the data are checked with, as in
                                bkt_structure_find_data_structure(); NULL: each data set with what
                                it says it is of, or with the only one that there is */
    const char *dataflow;  /**< whose constraints count, "AGENCY:ID(VERSION)"; NULL: see the head */
    uint32_t finding_limit; /**< findings of one kind that are kept (all are counted); 0: 1,000 */
    uint32_t reserved;      /**< 0 */
} bkt_validation_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_validation_options_init(bkt_validation_options *options,
                                               uint32_t struct_size);

/** Makes a validator. @param structure held: may be freed before the validator.
 * @param options NULL for defaults. @param[out] out_validator the caller's to free; NULL on
 * failure. The context must outlive it.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_STRUCTURE if the structure has no data
 * structure definition, or not the one of the options; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_validator_new(bkt_context *context, const bkt_structure *structure,
                                     const bkt_validation_options *options,
                                     bkt_validator **out_validator);
/** Begins a data set, which ends the one before: keys are compared within it.
 * @param options what is said of it; NULL: the properties of its first batch ("structure",
 * "dataflow", "action"), which stand in for whatever the options leave out, too.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_STATE after an error; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_validator_begin_dataset(bkt_validator *validator,
                                               const bkt_dataset_options *options);
/** Checks a batch of a reader, or a table that is one data set or a part of it; the first data set
 * is begun by itself. Batches that are not the first must have their codes as those before. If the
 * data name a structure that is not among those given, and there is only one, they are checked with
 * that one. Columns of provenance (SOURCE, DATASET, LINE) tell the places of findings, otherwise
 * the batch's property "source", the number of the data set in it, and the row do.
 * @return BKT_OK, also if there are findings; BKT_ERR_ARGUMENT; BKT_ERR_STATE after an error;
 * BKT_ERR_STRUCTURE where it can't be told which data structure definition the data are of, and
 * (BKT_VALIDATE_STRICT) for a code list that no message has; BKT_ERR_LIMIT; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_validator_add(bkt_validator *validator, const bkt_table *batch);
/** Takes over what only reading can see: an attribute that is told twice with different values (by
 * two groups, or by a group and a series) is a warning of the reader, as a row has only one. Each
 * becomes a finding "attribute-conflict", with the warning as VALUE; those that the context only
 * counted are counted. To be called once, after reading.
 * @param context the reader's; may be the validator's own.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_validator_add_warnings(bkt_validator *validator, const bkt_context *context);
/** Findings so far, those included that were not kept.
 * @param severity BKT_SEVERITY_ERROR or BKT_SEVERITY_WARNING: of this one; 0: of both.
 * @return 0 for NULL. @since 0.1 */
BKT_API uint64_t bkt_validator_finding_count(const bkt_validator *validator, int32_t severity);
/** Rows checked so far. @return 0 for NULL. @since 0.1 */
BKT_API uint64_t bkt_validator_row_count(const bkt_validator *validator);
/** The findings kept so far, one a row, in the order in which they were found. Columns: KIND (its
 * id), SEVERITY ("error", "warning"), SOURCE, DATASET (from 1), LINE (as far as known), ROW (of the
 * data set, from 1), SERIES_KEY (codes of the dimensions, joined by "."), PERIOD, COMPONENT, VALUE,
 * EXPECTED (what would be right), ROWS (how many the finding stands for: of a wrong value there is
 * one finding for all its rows). What does not apply is missing.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_LIMIT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_validator_findings(const bkt_validator *validator, bkt_table **out_table);
/** A row for each kind found so far: KIND, SEVERITY, FINDINGS, ROWS, TEXT (what the kind means).
 * @param[out] out_table the caller's; NULL on failure. @return as above. @since 0.1 */
BKT_API bkt_status bkt_validator_summary(const bkt_validator *validator, bkt_table **out_table);
/** Frees a validator. @param validator NULL is fine. @since 0.1 */
BKT_API void bkt_validator_free(bkt_validator *validator);

/** Checks a table whole. Where it has a column DATASET, the rows of each of its values are a data
 * set, with the structure, dataflow and action that the columns STRUCTURE, DATAFLOW and ACTION have
 * in the first of them, if they are there.
 * @param options NULL for defaults.
 * @param[out] out_findings the caller's, as bkt_validator_findings() gives them; NULL on failure.
 * @param[out] out_summary likewise of bkt_validator_summary(); may be NULL.
 * @return BKT_OK, also if there are findings; as bkt_validator_new() and bkt_validator_add().
 * @since 0.1 */
BKT_API bkt_status bkt_table_validate(bkt_context *context, const bkt_table *table,
                                      const bkt_structure *structure,
                                      const bkt_validation_options *options,
                                      bkt_table **out_findings, bkt_table **out_summary);

/** How many kinds of findings there are. @since 0.1 */
BKT_API uint32_t bkt_finding_kind_count(void);
/** Id of a kind, such as "unknown-code", by its place. @return NULL where there is none; lives as
 * long as the library. @since 0.1 */
BKT_API const char *bkt_finding_kind_id_at(uint32_t index);
/** What a kind means, one sentence. @return as above. @since 0.1 */
BKT_API const char *bkt_finding_kind_text_at(uint32_t index);
/** How grave a kind is: BKT_SEVERITY_ERROR or BKT_SEVERITY_WARNING. @return 0 where there is none.
 * @since 0.1 */
BKT_API int32_t bkt_finding_kind_severity_at(uint32_t index);

#ifdef __cplusplus
}
#endif

#endif
