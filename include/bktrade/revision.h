/* SPDX-License-Identifier: MIT */
/** @file revision.h
 * Revisions: what changed between two vintages of a table, and changes applied to a table.
 *
 * Rows are known by their key: the dimension columns that both tables have (by their ids, without
 * regard to ASCII case where nothing else fits) and the time column, whatever it is called. The
 * order of rows and columns does not matter, nor do columns of provenance. A dimension that just
 * one of the tables has is left out of the key, with a warning; a measure or an attribute that just
 * one has is missing in every row of the other, with a note. Where the tables differ on whether a
 * column is a dimension, the one whose structure or message says it is followed, and of two that
 * assumed it the one that has a dimension.
 *
 * Numbers are the same if they are the same double ("1.0" and "1" are), texts if all their bytes
 * are, periods if they are the same period ("2012Q1" and "2012-Q1" are). Missing is the same as
 * missing, whatever the reason, and never the same as zero. */
#ifndef BKTRADE_REVISION_H
#define BKTRADE_REVISION_H

#include <stdint.h>

#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flag of bkt_comparison_options: keys of which nothing changed have a row, too. */
#define BKT_COMPARISON_UNCHANGED 1

/** Options of bkt_comparison(). Start with bkt_comparison_options_init(). */
typedef struct bkt_comparison_options {
    uint32_t struct_size;
    uint32_t flags;             /**< BKT_COMPARISON_... or 0 */
    const char *const *keys;    /**< `key_count` ids of the columns that make the key, which both
                                     tables must have; NULL: dimensions and time */
    const char *const *ignored; /**< `ignored_count` ids of columns that are not compared, and make
                                     no key; those that no table has do no harm. NULL: none */
    uint32_t key_count;         /**< of keys */
    uint32_t ignored_count;     /**< of ignored */
} bkt_comparison_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_comparison_options_init(bkt_comparison_options *options,
                                               uint32_t struct_size);

/** What changed from one vintage to another.
 *
 * One row a key of which something changed, sorted by the key. Columns:
 * - the key, as columns of the later table;
 * - CHANGE: "added" (only the later table has the key), "removed" (only the earlier), "revised" (a
 *   measure changed), "attributes" (nothing but attributes changed), "unchanged" (only with
 *   BKT_COMPARISON_UNCHANGED), "repeated before" or "repeated after" (a further row of a key that
 *   the earlier or later table has already: it is compared with nothing, the first one is);
 * - COMPONENTS: ids of the measures and attributes that changed, joined by "; ";
 * - for each measure M_BEFORE, M_AFTER and, if both have numbers, M_DIFFERENCE (after less before;
 *   missing for BKT_MISSING_INPUT if one of them is, for BKT_MISSING_NOT_APPLICABLE in rows that
 *   compare nothing);
 * - for each attribute that changed anywhere A_BEFORE and A_AFTER.
 *
 * Measures are those of role BKT_ROLE_MEASURE in either table. Memory: what the keys take of both
 * tables, some forty bytes a key, and the result.
 *
 * The summary has one row for each CHANGE that may be: CHANGE, ROWS (how many) and TEXT (what it
 * means). Repeated keys are also told with a warning (BKT_ERR_DUPLICATE).
 *
 * @param earlier a row whose ACTION is Delete is no observation (BKT_ERR_UNSUPPORTED).
 * @param later likewise; may be the same table.
 * @param options NULL for defaults. @param[out] out_changes the caller's; NULL on failure.
 * @param[out] out_summary likewise; may be NULL.
 * @return BKT_OK, whether anything changed or not; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN
 * for a key that is not in both, or if there is none; BKT_ERR_COLUMN_KIND for a key of numbers, or
 * of periods in one table and texts in the other; BKT_ERR_REPEATED_COMPONENT for a key named twice,
 * or if the result would have two columns of one id; BKT_ERR_UNSUPPORTED; BKT_ERR_LIMIT;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_comparison(bkt_context *context, const bkt_table *earlier,
                                  const bkt_table *later, const bkt_comparison_options *options,
                                  bkt_table **out_changes, bkt_table **out_summary);

/** Flag of bkt_update_options: Append adds only what is not there, as SDMX 2.1 has it; without it
 * Append is Merge, as SDMX 3.0 has it and servers take it. */
#define BKT_UPDATE_APPEND_KEEPS 1

/** Options of bkt_update(). Start with bkt_update_options_init(). */
typedef struct bkt_update_options {
    uint32_t struct_size;
    uint32_t flags;     /**< BKT_UPDATE_... or 0 */
    const char *action; /**< of rows that say none; NULL: "Merge" */
} bkt_update_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_update_options_init(bkt_update_options *options, uint32_t struct_size);

/** Tables applied in their order, each row by its action, to a table that is empty at first: what a
 * server would hold that was sent the messages one after the other.
 *
 * The action of a row is what its column ACTION (of role BKT_ROLE_PROVENANCE) says, or else the
 * property "action" of its table, or else the options:
 * - Merge (also Information, and Update of SDMX 1.0): what the row has is inserted or put in the
 *   place of what is there; what it lacks (BKT_MISSING_ABSENT) stays as it is;
 * - Append: the same, but for BKT_UPDATE_APPEND_KEEPS;
 * - Replace: the whole observation, what the row lacks included; attributes of the series or the
 * data set are merged;
 * - Delete: a part of the key that is missing means any. A measure (missing for another reason than
 *   BKT_MISSING_ABSENT) or attribute that is there is what is deleted; if there is none, the
 *   observations are, and with whole series the attributes of the series. What is not there is
 *   deleted without an error.
 *
 * The key is that of bkt_comparison(), of the dimensions and the time of all tables; a dimension
 * that is missing in a row that does not delete is a value of its own. Attributes whose level the
 * tables know to be the series (bkt_column_level()) are those of all rows of the series, those of
 * the data set those of all rows; attributes of groups are of the rows they came with, as a table
 * does not know the keys of groups. An observation whose values were deleted one by one keeps its
 * row. Of a measure the text that is no number (ID_TEXT) goes with it.
 *
 * One row an observation, in order of first appearance. The columns are those of all tables but for
 * ACTION and DATASET; other columns of provenance say where the row was written last. Columns and
 * properties are joined as by bkt_table_concatenate().
 *
 * @param tables the tables, none NULL; their number may be 1. @param table_count how many.
 * @param options NULL for defaults. @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT, also for an action in the options that is none; BKT_ERR_ABI;
 * BKT_ERR_VALUE for one in a table; BKT_ERR_NO_COLUMN without any dimension; BKT_ERR_COLUMN_KIND
 * when one id has several kinds; BKT_ERR_LIMIT, also for deletions by more than 64 sets of
 * dimensions; BKT_ERR_MEMORY. Source: SDMX-CSV 2.0 and SDMX-JSON 2.0 field guides, actions;
 * SDMX 2.1, common:ActionType. @since 0.1 */
BKT_API bkt_status bkt_update(bkt_context *context, const bkt_table *const *tables,
                              uint32_t table_count, const bkt_update_options *options,
                              bkt_table **out_table);

#ifdef __cplusplus
}
#endif

#endif
