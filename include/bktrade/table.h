/* SPDX-License-Identifier: MIT */
/** @file table.h
 * The table: what files are read into and what every analysis takes and gives.
 *
 * A table has columns of one length. A column has an id (the SDMX id), a role, and one of three
 * kinds: text (int32 codes into a dictionary), period (codes into a dictionary whose entries also
 * have a frequency and an ordinal), number (double with a validity bitmap and, per row, the reason
 * why a number is missing). The layout is Arrow's, so a column can be lent or exported as it is.
 *
 * A finished table is immutable: it may be used by several threads at once and freed by any, also
 * after its context. What a getter returns as text, array or column is borrowed and lives as long
 * as the table. Getters accept NULL and indexes out of range, and give 0 or NULL for them.
 *
 * Tables made from a table share its columns and dictionaries where they can; each lives on when
 * the other is freed. A batch that a reader lends (reader.h) is the exception: what is made from it
 * is copied, so that it outlives the batch and may go to another thread while the reader reads on.
 *
 * In keys (grouping, pivoting, duplicates) a missing code is a value of its own, and two spellings
 * of one period ("2012Q1", "2012-Q1") are the same. */
#ifndef BKTRADE_TABLE_H
#define BKTRADE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/context.h>
#include <bktrade/period.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A table. Opaque; ended by bkt_table_free(). */
typedef struct bkt_table bkt_table;
/** A column of a table. Opaque; borrowed from its table. */
typedef struct bkt_column bkt_column;
/** Makes a table out of a caller's arrays. Opaque. */
typedef struct bkt_table_builder bkt_table_builder;
/** Which rows are wanted. Opaque. */
typedef struct bkt_filter bkt_filter;

/** What a column holds. */
enum bkt_kind { BKT_KIND_TEXT = 1, BKT_KIND_PERIOD = 2, BKT_KIND_NUMBER = 3 };

/** What a column is to its rows. */
enum bkt_role {
    BKT_ROLE_DIMENSION = 1, /**< part of the key */
    BKT_ROLE_TIME = 2,      /**< the time dimension */
    BKT_ROLE_MEASURE = 3,   /**< an observed or computed value */
    BKT_ROLE_ATTRIBUTE = 4, /**< says something of a value */
    BKT_ROLE_PROVENANCE = 5 /**< where the row came from: data set, action, source */
};

/** Where an attribute is attached. */
enum bkt_level {
    BKT_LEVEL_NONE = 0, /**< no attribute, or not known */
    BKT_LEVEL_DATASET = 1,
    BKT_LEVEL_GROUP = 2,
    BKT_LEVEL_SERIES = 3,
    BKT_LEVEL_OBSERVATION = 4
};

/** Frees a table. @param table NULL is fine; a batch lent by a reader is left alone.
 * @since 0.1 */
BKT_API void bkt_table_free(bkt_table *table);
/** Rows. @since 0.1 */
BKT_API int64_t bkt_table_row_count(const bkt_table *table);
/** Columns. @since 0.1 */
BKT_API uint32_t bkt_table_column_count(const bkt_table *table);
/** A column by its place. @return NULL where there is none. @since 0.1 */
BKT_API const bkt_column *bkt_table_column_at(const bkt_table *table, uint32_t index);
/** A column by its id (exact case first, then without regard to ASCII case).
 * @return NULL where there is none. @since 0.1 */
BKT_API const bkt_column *bkt_table_column_find(const bkt_table *table, const char *id);
/** A fact about the whole table: "structure" (such as "IMF:DOT(1.0)"), "dataflow", "message",
 * "sender", "prepared", "source", "profile", ... whichever is known. "structure", "dataflow",
 * "sender" and "source" are joined by "; " when the table holds several.
 * @return NULL where it isn't known. @since 0.1 */
BKT_API const char *bkt_table_property(const bkt_table *table, const char *name);
/** Properties. @since 0.1 */
BKT_API uint32_t bkt_table_property_count(const bkt_table *table);
/** Name of a property by its place. @return NULL where there is none. @since 0.1 */
BKT_API const char *bkt_table_property_name_at(const bkt_table *table, uint32_t index);

/** SDMX id of the column. @since 0.1 */
BKT_API const char *bkt_column_id(const bkt_column *column);
/** What a person would call it; the id where nothing better is known. @since 0.1 */
BKT_API const char *bkt_column_label(const bkt_column *column);
/** Unit of a number column ("million USD", "%", "ratio"); "" where it isn't known. @since 0.1 */
BKT_API const char *bkt_column_unit(const bkt_column *column);
/** One of bkt_kind. @since 0.1 */
BKT_API int32_t bkt_column_kind(const bkt_column *column);
/** One of bkt_role. @since 0.1 */
BKT_API int32_t bkt_column_role(const bkt_column *column);
/** 1 if the role was assumed (a structure-specific message read without its structure does not say
 * what is a dimension and what an attribute), 0 if the message or structure says it. @since 0.1 */
BKT_API int32_t bkt_column_role_assumed(const bkt_column *column);
/** One of bkt_level. @since 0.1 */
BKT_API int32_t bkt_column_level(const bkt_column *column);
/** SDMX's type of the column's values by its structure, such as "String", "Decimal" or
 * "ObservationalTimePeriod". @return NULL where no structure says it. @since 0.1 */
BKT_API const char *bkt_column_type(const bkt_column *column);
/** The code list that the structure takes the column's values from, as "AGENCY:ID(VERSION)". The
 * column's dictionary then begins with the list's codes in their order.
 * @return NULL where there is none. @since 0.1 */
BKT_API const char *bkt_column_code_list(const bkt_column *column);
/** Name of the column's concept by the structure that the table was read with, or, where that says
 * nothing of the column, by the message itself (SDMX-JSON, SDMX-CSV with labels, which says not in
 * which language they are).
 * @param language such as "fr" or "pt-BR"; NULL or "": English, or else the structure's first.
 * Where the language has no name, the nearest is given: the language without its region, English,
 * any.
 * @return NULL where nothing gives a name. @since 0.1 */
BKT_API const char *bkt_column_name(const bkt_column *column, const char *language);
/** Rows. @since 0.1 */
BKT_API int64_t bkt_column_row_count(const bkt_column *column);
/** Rows without a value. @since 0.1 */
BKT_API int64_t bkt_column_null_count(const bkt_column *column);

/** The codes of a text or period column, one a row; -1 is missing. NULL for a number column.
 * @since 0.1 */
BKT_API const int32_t *bkt_column_codes_view(const bkt_column *column);
/** Entries of a text or period column's dictionary. It may hold texts that no row uses. @since 0.1
 */
BKT_API int32_t bkt_column_dictionary_count(const bkt_column *column);
/** Text of a code, as published. NULL where there is no such code. @since 0.1 */
BKT_API const char *bkt_column_dictionary_text(const bkt_column *column, int32_t code);
/** Code of a text; -1 where there is none. @since 0.1 */
BKT_API int32_t bkt_column_dictionary_find(const bkt_column *column, const char *text);
/** Name of a code by the structure that the table was read with, or else by the message itself, as
 * for bkt_column_name(). A batch knows the names of codes that came so far.
 * @param language as in bkt_column_name().
 * @return NULL where there is none, also for a code that its code list does not have. @since 0.1 */
BKT_API const char *bkt_column_dictionary_name(const bkt_column *column, int32_t code,
                                               const char *language);
/** Frequency (bkt_frequency) and ordinal of a period column's code.
 * @return BKT_OK; BKT_ERR_COLUMN_KIND; BKT_ERR_ARGUMENT for a code out of range; BKT_ERR_PERIOD for
 * a text that is no period. @since 0.1 */
BKT_API bkt_status bkt_column_dictionary_period(const bkt_column *column, int32_t code,
                                                int32_t *out_frequency, int64_t *out_ordinal);

/** The numbers, one a row; NaN where missing. NULL for other kinds. @since 0.1 */
BKT_API const double *bkt_column_numbers_view(const bkt_column *column);
/** Bit r (least significant first) is 1 if row r has a number. NULL if every row has one. @since
 * 0.1 */
BKT_API const uint8_t *bkt_column_validity_view(const bkt_column *column);
/** Per row, one of bkt_missing_reason. NULL if no row is missing. @since 0.1 */
BKT_API const uint8_t *bkt_column_reasons_view(const bkt_column *column);

/** Text of a row of a text or period column; NULL where missing. @since 0.1 */
BKT_API const char *bkt_column_text_at(const bkt_column *column, int64_t row);
/** Number of a row. @param[out] out_number set to NaN where missing; may be NULL.
 * @return 1 if there is one, 0 if it is missing or the column has no numbers. @since 0.1 */
BKT_API int32_t bkt_column_number_at(const bkt_column *column, int64_t row, double *out_number);
/** Why a row has no value: one of bkt_missing_reason; BKT_MISSING_NOT if it has one. @since 0.1 */
BKT_API int32_t bkt_column_missing_at(const bkt_column *column, int64_t row);

/** First and last day of the period of a row, by the table's time column and, for reporting periods
 * such as "2012-Q1", by the row's REPORTING_YEAR_START_DAY, if the table has such a column (see
 * bkt_period_days()). Ordinals, sorting and filters go by the calendar.
 * @param[out] out_first_day days since 1970-01-01; @param[out] out_last_day likewise.
 * @return BKT_OK; BKT_ERR_ARGUMENT for NULL or a row that is not there; BKT_ERR_NO_COLUMN without a
 * time column; BKT_ERR_PERIOD for a period that is missing or none; BKT_ERR_VALUE for a
 * REPORTING_YEAR_START_DAY that is no month and day. On failure both days are 0. @since 0.1 */
BKT_API bkt_status bkt_table_period_days(const bkt_table *table, int64_t row,
                                         int32_t *out_first_day, int32_t *out_last_day);

/** Makes a builder.
 * @param context owns limits and diagnostics; must outlive the builder.
 * @param[out] out_builder the caller's, to finish or free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_builder_new(bkt_context *context, bkt_table_builder **out_builder);
/** Frees a builder that was not finished. @param builder NULL is fine. @since 0.1 */
BKT_API void bkt_table_builder_free(bkt_table_builder *builder);
/** Adds a text column; the texts are copied.
 * @param id unique in the table, not empty; @param role one of bkt_role.
 * @param texts `count` terminated UTF-8 texts; NULL is missing.
 * @param count rows, the same for every column of the table.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_SHAPE for another count than before;
 * BKT_ERR_REPEATED_COMPONENT for an id given before; BKT_ERR_ENCODING for a text that is not UTF-8;
 * BKT_ERR_LIMIT; BKT_ERR_MEMORY. After a failure the builder is as it was. @since 0.1 */
BKT_API bkt_status bkt_table_builder_add_texts(bkt_table_builder *builder, const char *id,
                                               int32_t role, const char *const *texts,
                                               int64_t count);
/** Adds a text column from codes and their dictionary, as pandas' or Arrow's categories are held.
 * @param codes `count` codes below `dictionary_count`; -1 is missing.
 * @param dictionary terminated UTF-8 texts, none NULL, none twice.
 * @return as bkt_table_builder_add_texts(). @since 0.1 */
BKT_API bkt_status bkt_table_builder_add_codes(bkt_table_builder *builder, const char *id,
                                               int32_t role, const int32_t *codes, int64_t count,
                                               const char *const *dictionary,
                                               int32_t dictionary_count);
/** Adds a period column.
 * @param texts `count` periods in any SDMX form; NULL is missing.
 * @return as bkt_table_builder_add_texts(), and BKT_ERR_PERIOD (the diagnostic names the row).
 * @since 0.1 */
BKT_API bkt_status bkt_table_builder_add_periods(bkt_table_builder *builder, const char *id,
                                                 const char *const *texts, int64_t count);
/** Adds a number column; the numbers are copied. A row is missing if `reasons` gives a reason, if
 * its bit in `validity` is 0 (BKT_MISSING_ABSENT), or if its number is NaN (BKT_MISSING_NAN); the
 * first of these that holds is the reason kept.
 * @param role not BKT_ROLE_DIMENSION or BKT_ROLE_TIME: keys are texts, codes or periods.
 * @param unit may be NULL.
 * @param numbers `count` numbers. An infinite one that is not missing is refused
 * (BKT_ERR_ARGUMENT).
 * @param validity bitmap as in bkt_column_validity_view(); may be NULL.
 * @param reasons per row one of bkt_missing_reason; may be NULL.
 * @return as bkt_table_builder_add_texts(). @since 0.1 */
BKT_API bkt_status bkt_table_builder_add_numbers(bkt_table_builder *builder, const char *id,
                                                 int32_t role, const char *unit,
                                                 const double *numbers, const uint8_t *validity,
                                                 const uint8_t *reasons, int64_t count);
/** Sets a property of the table to be. @param text copied; NULL takes the property away.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ENCODING for a text that is not UTF-8; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_table_builder_set_property(bkt_table_builder *builder, const char *name,
                                                  const char *text);
/** Makes the table and frees the builder, whatever the outcome.
 * @param[out] out_table the caller's; NULL on failure. A table may have no columns and no rows.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_builder_finish(bkt_table_builder *builder, bkt_table **out_table);

/** Makes a filter that lets everything pass.
 * @param[out] out_filter the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_filter_new(bkt_context *context, bkt_filter **out_filter);
/** Frees a filter. @param filter NULL is fine. @since 0.1 */
BKT_API void bkt_filter_free(bkt_filter *filter);
/** Lets only rows pass whose column `id` has one of the codes. Columns are joined by AND, codes of
 * one column (also from several calls) by OR. A row without a value in the column does not pass.
 * Codes are compared as texts, those of a period column too.
 * @param id as for bkt_table_column_find().
 * @param codes `count` terminated texts, copied.
 * @param count not 0: to let everything pass, leave the column out.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. After a failure the filter is as it was.
 * @since 0.1 */
BKT_API bkt_status bkt_filter_add_codes(bkt_filter *filter, const char *id,
                                        const char *const *codes, uint32_t count);
/** Lets only periods of the time column pass that lie wholly within first day of `first_period` to
 * last day of `last_period`. A row without a period does not pass; a range ("2012-01-01/P1M")
 * counts as its first day. The last call counts.
 * @param first_period in any SDMX form; NULL: open on that side. @param last_period likewise.
 * @return BKT_OK; BKT_ERR_ARGUMENT for a first after the last; BKT_ERR_PERIOD. After a failure the
 * filter is as it was. @since 0.1 */
BKT_API bkt_status bkt_filter_set_periods(bkt_filter *filter, const char *first_period,
                                          const char *last_period);

/** The rows that pass the filter, in their order, with all columns and properties.
 * Dictionaries are shared, not copied.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_NO_COLUMN for a column that the filter names and the
 * table lacks (or a time column, if it is by period); BKT_ERR_COLUMN_KIND when that is a number
 * column (or a time column without periods); BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_filter(bkt_context *context, const bkt_table *table,
                                    const bkt_filter *filter, bkt_table **out_table);

/** Options of bkt_table_sort(). */
typedef struct bkt_sort_options {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_SORT_DESCENDING or 0 */
} bkt_sort_options;
/** Flag of bkt_sort_options: largest first (missing still last). */
#define BKT_SORT_DESCENDING 1
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_sort_options_init(bkt_sort_options *options, uint32_t struct_size);
/** The rows sorted by columns, the first named weighing most; rows that are equal keep their order;
 * missing comes last. Text is compared by its bytes, periods by their first day and then the longer
 * before the shorter (a text that is no period after all that are), numbers by size.
 * @param ids columns to sort by, each once. @param id_count how many.
 * @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN; BKT_ERR_REPEATED_COMPONENT;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_sort(bkt_context *context, const bkt_table *table,
                                  const char *const *ids, uint32_t id_count,
                                  const bkt_sort_options *options, bkt_table **out_table);

/** Options of bkt_table_group() and bkt_table_pivot(). */
typedef struct bkt_group_options {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_GROUP_AVAILABLE or 0 */
} bkt_group_options;
/** Flag of bkt_group_options: sum what is there. Without it a missing part makes the sum missing
 * (BKT_MISSING_INPUT). A sum of nothing is missing either way. */
#define BKT_GROUP_AVAILABLE 1
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_group_options_init(bkt_group_options *options, uint32_t struct_size);
/** One row a distinct combination of the key columns (in order of first appearance), with the sum
 * of every number column that is a measure and, for each, the columns ID_USED and ID_TOTAL (role
 * BKT_ROLE_ATTRIBUTE): how many values there were and how many rows. Other columns are left out.
 * Sums are exact before they are rounded once, so that they do not depend on the order of rows; a
 * sum too large for a number is missing (BKT_MISSING_OVERFLOW), a sum of no rows too
 * (BKT_MISSING_NOT_REPORTED).
 * @param ids the key columns, each once. @param id_count how many; 0 sums the whole table into one
 * row.
 * @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN; BKT_ERR_COLUMN_KIND when a key
 * column has numbers; BKT_ERR_REPEATED_COMPONENT for a column named twice or when the result would
 * have two columns of one id; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_group(bkt_context *context, const bkt_table *table,
                                   const char *const *ids, uint32_t id_count,
                                   const bkt_group_options *options, bkt_table **out_table);
/** One row a distinct combination of `row_ids`, one number column a code of `column_id` (in order
 * of first appearance; the column's id is the code, "(missing)" for rows without one), its cells
 * the sum of `value_id`. A cell without any row is missing (BKT_MISSING_NOT_REPORTED).
 * @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return as bkt_table_group(), and BKT_ERR_LIMIT for too many columns. @since 0.1 */
BKT_API bkt_status bkt_table_pivot(bkt_context *context, const bkt_table *table,
                                   const char *const *row_ids, uint32_t row_id_count,
                                   const char *column_id, const char *value_id,
                                   const bkt_group_options *options, bkt_table **out_table);

/** Tables one under the other: all columns of all tables by their exact ids, in order of first
 * appearance; a column that a table lacks is missing in its rows. A column's label and role are
 * those of the first table that has it (a role that is known goes before one that was assumed); if
 * units differ, the column has none and a warning says so. Properties other than those that are
 * joined (bkt_table_property()) are kept if the tables that have them agree.
 * @param tables the tables, none NULL. @param table_count how many; none give an empty table.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_COLUMN_KIND when one id has several kinds;
 * BKT_ERR_LIMIT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_concatenate(bkt_context *context, const bkt_table *const *tables,
                                         uint32_t table_count, bkt_table **out_table);
/** The named columns only, in that order; nothing is copied.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_NO_COLUMN; BKT_ERR_REPEATED_COMPONENT; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_table_select(bkt_context *context, const bkt_table *table,
                                    const char *const *ids, uint32_t id_count,
                                    bkt_table **out_table);
/** Flag of bkt_names_options: names in the place of codes, in the same columns. A code without a
 * name stays; names that several codes of a column share are followed by the code, as in "Georgia
 * (GE)".
 */
#define BKT_NAMES_INSTEAD 1
/** Options of bkt_table_add_names(). Start with bkt_names_options_init(). */
typedef struct bkt_names_options {
    uint32_t struct_size;
    uint32_t flags;               /**< BKT_NAMES_... or 0 */
    const char *const *languages; /**< `language_count` languages, as in bkt_column_name(); NULL
                                     (the default): one column of names, in English where there is
                                       any. With BKT_NAMES_INSTEAD one at most */
    uint32_t language_count;      /**< of languages */
    uint32_t reserved;            /**< 0 */
} bkt_names_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_names_options_init(bkt_names_options *options, uint32_t struct_size);
/** The table with the names of its codes (bkt_column_dictionary_name()): behind each text column
 * whose codes have names a column ID_NAME, or one ID_NAME_LANGUAGE for each of the languages
 * ("REF_AREA_NAME_fr"), attributes whose labels are the concept's name. A code without a name is
 * missing there. Columns without names stay alone.
 * @param options NULL for defaults.
 * @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_REPEATED_COMPONENT when the table has a
 * column of such an id already; BKT_ERR_LIMIT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_add_names(bkt_context *context, const bkt_table *table,
                                       const bkt_names_options *options, bkt_table **out_table);
/** How many rows repeat the key (all dimension and time columns) of an earlier row. In a table
 * without such columns none does.
 * @param[out] out_count how many; @param[out] out_first_row the first such row, -1 for none;
 * may be NULL. @param[out] out_earlier_row the row whose key it repeats; may be NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_table_count_duplicates(bkt_context *context, const bkt_table *table,
                                              int64_t *out_count, int64_t *out_first_row,
                                              int64_t *out_earlier_row);

#ifdef __cplusplus
}
#endif

#endif
