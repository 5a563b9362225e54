/* SPDX-License-Identifier: MIT */
/** @file writer.h
 * Writing: any table, or a stream of batches, as an SDMX message.
 *
 * What can be written: SDMX-ML 2.1 structure-specific and generic, 3.0 structure-specific (in
 * series or flat), SDMX-CSV 1.0 and 2.0, and plain CSV; packed with gzip or not; to a path, into
 * memory, or to a function. What is written reads back to the same rows. A file appears whole under
 * its name or not at all: on any error nothing is left of it, and a file that was there before is
 * untouched.
 *
 * Numbers are the shortest decimals that read back to the same double; periods and texts are as
 * published. A number that is missing is left out (BKT_MISSING_ABSENT, BKT_MISSING_NOT_REPORTED),
 * empty (BKT_MISSING_EMPTY; CSV has no such thing), the text that stood there
 * (BKT_MISSING_NOT_A_NUMBER, from the column ID_TEXT), or NaN. A confidential one is left out: its
 * status says why.
 *
 * Rows that come together and have the same dimensions become one series. In SDMX-ML attributes
 * stand where they belong. Which level that is, is said by a data structure
 * (bkt_write_options.data_structures), or by the table, as it was read: of the data set (where a
 * structure says so), of a group (its id and dimensions being known), of the series, or else of the
 * observation. With data structures each data set is written by its own, which is found as reading
 * does it: components come in its order, with its roles and levels; what it lacks comes last, as
 * the table has it (a warning names it). Where values contradict a level, nothing is lost: an
 * attribute of the data set that changes begins the data set again (a note tells it); one that
 * differs in its group is written with the series, one that differs in its series with the
 * observations, from there on (a warning names it and the row).
 *
 * In SDMX-ML 2.1 groups stand before the series. Those of a table are written before its rows;
 * where a stream's next table has others, the data set is begun again for them (a note tells it),
 * so that memory does not grow with the stream. In 3.0 they may stand anywhere.
 *
 * SDMX since 2.1 calls the time dimension TIME_PERIOD, and 2.1 calls the primary measure OBS_VALUE:
 * the time column is written under that name, and in SDMX-ML 2.1 and SDMX-CSV 1.0 so is the first
 * measure of a table that has no OBS_VALUE. Further number columns keep their ids. Columns of
 * provenance (DATASET, ACTION) say where data sets begin and are not written themselves, except in
 * plain CSV.
 *
 * Actions are written as the dialect has them: Merge is Append in SDMX-ML, whose schemas do not
 * have it. SDMX-CSV 1.0 has no actions. */
#ifndef BKTRADE_WRITER_H
#define BKTRADE_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/output.h>
#include <bktrade/structure.h>
#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A message being written. Opaque; ended by bkt_writer_free(). */
typedef struct bkt_writer bkt_writer;

/** What is written. */
enum bkt_format {
    BKT_FORMAT_CSV = 1,                    /**< CSV: column ids, then one line a row */
    BKT_FORMAT_SDMX_CSV_1 = 2,             /**< SDMX-CSV 1.0 */
    BKT_FORMAT_SDMX_CSV_2 = 3,             /**< SDMX-CSV 2.0 */
    BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 = 4, /**< SDMX-ML 2.1 StructureSpecificData */
    BKT_FORMAT_STRUCTURE_SPECIFIC_3_0 = 5, /**< SDMX-ML 3.0 StructureSpecificData */
    BKT_FORMAT_GENERIC_2_1 = 6             /**< SDMX-ML 2.1 GenericData */
};

/** @name Flags of bkt_write_options
 * @{ */
/** SDMX-ML: observations with their whole keys, not in series. So it is also if there is no time.
 */
#define BKT_WRITE_FLAT 1
/** Packed with gzip. The same rows give the same bytes. */
#define BKT_WRITE_GZIP 2
/** A file's bytes are on the disk before its name is: it lasts through a power cut. Slow. */
#define BKT_WRITE_SYNC 4
/** SDMX-CSV 2.0: a column ACTION, though no data set that is known at the header has an action
 * other than Information. */
#define BKT_WRITE_ACTION 8
/** SDMX-ML: the header says that the message is a test. */
#define BKT_WRITE_TEST 16
/** SDMX-CSV: codes and columns with their names, as a structure that the table was read with gives
 * them ("A: Annual"). A text that has no list but looks like a code with its name ("Belarus:
 * total") will be taken for one. */
#define BKT_WRITE_LABELS 32
/** Structures: what the version can't say is an error (BKT_ERR_UNSUPPORTED). Else it is left out,
 * with a warning that names it. */
#define BKT_WRITE_STRICT 64
/** @} */

/** Options of writing. Start with bkt_write_options_init(). Texts are copied. */
typedef struct bkt_write_options {
    uint32_t struct_size;
    uint32_t flags;         /**< BKT_WRITE_... or 0 */
    int32_t format;         /**< one of bkt_format; default BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 */
    int32_t separator;      /**< of CSV: ',' (default), ';', '|', tab or another ASCII mark */
    const char *message_id; /**< header; NULL: the first table's property "id", or "BKTRADE" */
    const char *prepared;   /**< header, such as "2026-01-31T12:00:00Z"; NULL: the first table's
                                 property "prepared", or the time of the system */
    const char *sender;     /**< header, an id; NULL: the first table's property "sender", or
                                 "UNKNOWN" */
    const char *receiver;   /**< header, an id; NULL: none */
    const char *source;     /**< header, where the data come from, as a text; NULL: the first
                                 table's property "source_name", or none */
    const char *structure;  /**< "AGENCY:ID(VERSION)" of data sets that say none; NULL: none. Where
                                 nothing says it, "UNKNOWN:UNKNOWN(1.0)" is written, with a note */
    const char *dataflow;   /**< the same of a dataflow */
    const char *const *lists; /**< `list_count` ids of attributes whose texts are lists, joined by
                                   "; ", as 3.0 may have them: in SDMX-ML 3.0 their values are
                                   written one by one, elsewhere as the text. Read back without a
                                 structure, what has numbers is taken for a measure. NULL: none */
    uint32_t list_count;      /**< of lists */
    uint32_t reserved;        /**< 0 */
    const char *value;        /**< column that is written as OBS_VALUE; NULL: see the head */
    const bkt_structure *data_structures; /**< data structures (DSDs), by which data are written,
                                               see the head; it may be freed once the writer is
                                               open. NULL: none. Of no concern to plain CSV */
} bkt_write_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_write_options_init(bkt_write_options *options, uint32_t struct_size);

/** What is said of a data set. Start with bkt_dataset_options_init(). NULL: what the properties of
 * the first table written to it say ("structure", "dataflow", "action", "dataset_id", "valid_from",
 * "reporting_begin", "reporting_end"). Texts are copied. */
typedef struct bkt_dataset_options {
    uint32_t struct_size;
    uint32_t flags;              /**< none yet: 0 */
    const char *structure;       /**< "AGENCY:ID(VERSION)" */
    const char *dataflow;        /**< "AGENCY:ID(VERSION)" */
    const char *action;          /**< "Append", "Replace", "Merge", "Delete", "Information" */
    const char *dataset_id;      /**< an id */
    const char *valid_from;      /**< a date-time */
    const char *reporting_begin; /**< a period */
    const char *reporting_end;   /**< a period */
} bkt_dataset_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_dataset_options_init(bkt_dataset_options *options, uint32_t struct_size);

/** Opens a file to be written. Until bkt_writer_finish() it stands beside its place under another
 * name. A path that is no regular file (a device, a pipe) is written to directly.
 * @param path UTF-8; copied. @param options NULL for defaults.
 * @param[out] out_writer the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NOT_FOUND for a folder that isn't there;
 * BKT_ERR_PERMISSION; BKT_ERR_DIRECTORY; BKT_ERR_IO; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_writer_open_path(bkt_context *context, const char *path,
                                        const bkt_write_options *options, bkt_writer **out_writer);
/** Opens a writer that hands its bytes to a function. @param user handed to the function.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_writer_open_callback(bkt_context *context, bkt_write_function write,
                                            void *user, const bkt_write_options *options,
                                            bkt_writer **out_writer);
/** Opens a writer that keeps its bytes: see bkt_writer_bytes_view().
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_writer_open_memory(bkt_context *context, const bkt_write_options *options,
                                          bkt_writer **out_writer);

/** Says what will come, before anything is written: the columns of a table, and the structure and
 * action of the data set it will stand in. The header of CSV names every column, and that of
 * SDMX-ML every structure; what a first table does not have and no announcement said can't be added
 * later. Rows are not looked at.
 * @param options NULL: by the table's properties. @param table NULL: the data set alone.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_STATE once something is written;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_writer_announce(bkt_writer *writer, const bkt_dataset_options *options,
                                       const bkt_table *table);
/** Begins a data set, which ends the one before.
 * @param options NULL: by the properties of the first table.
 * @return BKT_OK; BKT_ERR_ARGUMENT (an action that SDMX does not have, too); BKT_ERR_ABI;
 * BKT_ERR_STATE after bkt_writer_finish() or an error; errors of writing as below. @since 0.1 */
BKT_API bkt_status bkt_writer_begin_dataset(bkt_writer *writer, const bkt_dataset_options *options);
/** Writes the rows of a table, or of a reader's batch, to the data set (the first is begun by
 * itself). A series that the rows before did not end goes on.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_STATE after bkt_writer_finish() or an error, or for a
 * column, structure or action that the header written lacks (bkt_writer_announce());
 * BKT_ERR_NO_COLUMN and BKT_ERR_COLUMN_KIND for bkt_write_options.value; BKT_ERR_UNSUPPORTED for
 * what the format can't carry (an id that is no name in XML, Delete in SDMX-CSV 1.0, a row that
 * deletes all among others in SDMX-ML); BKT_ERR_ENCODING for a character that XML does not have;
 * BKT_ERR_REPEATED_COMPONENT for two columns that would have one name; BKT_ERR_CANCELLED;
 * BKT_ERR_IO; BKT_ERR_LIMIT; BKT_ERR_MEMORY. After an error every call gives it again. @since 0.1
 */
BKT_API bkt_status bkt_writer_write(bkt_writer *writer, const bkt_table *table);
/** Writes structures, as bkt_structure_write(), to a writer opened in any way: they are the whole
 * message. bkt_writer_finish() ends it.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_STATE if anything was written before; errors of
 * bkt_structure_write(). @since 0.1 */
BKT_API bkt_status bkt_writer_write_structure(bkt_writer *writer, const bkt_structure *structure);
/** Writes the end, and gives a file its name. A message without data sets is written too.
 * @return as bkt_writer_write(); BKT_ERR_STATE if it was called before. On failure nothing is left
 * of the file. @since 0.1 */
BKT_API bkt_status bkt_writer_finish(bkt_writer *writer);
/** Bytes of a finished writer that was opened with bkt_writer_open_memory().
 * @param[out] out_size may be NULL.
 * @return borrowed, as long as the writer; followed by a zero; NULL for another writer or one that
 * is not finished. @since 0.1 */
BKT_API const char *bkt_writer_bytes_view(const bkt_writer *writer, size_t *out_size);
/** Rows written so far. @since 0.1 */
BKT_API uint64_t bkt_writer_row_count(const bkt_writer *writer);
/** Frees a writer. What was not finished is not written. @param writer NULL is fine. @since 0.1 */
BKT_API void bkt_writer_free(bkt_writer *writer);

/** Writes a table whole. Where it has a column DATASET, each run of equal values is a data set,
 * with the structure, dataflow and action that stand in the columns STRUCTURE, DATAFLOW and ACTION,
 * if they are there.
 * @param options NULL for defaults. @param write gets the bytes. @param user handed to it.
 * @return as bkt_writer_open_callback() and bkt_writer_write(). @since 0.1 */
BKT_API bkt_status bkt_table_write(bkt_context *context, const bkt_table *table,
                                   const bkt_write_options *options, bkt_write_function write,
                                   void *user);
/** The same into a file. @param path UTF-8.
 * @return as bkt_writer_open_path() and bkt_writer_write(). @since 0.1 */
BKT_API bkt_status bkt_table_write_path(bkt_context *context, const bkt_table *table,
                                        const bkt_write_options *options, const char *path);

/** Writes structures that were read, whichever version they were of, as a structure message of 2.1
 * or 3.0. Names and descriptions come in all their languages, references as the version has them,
 * ids and versions as published. What 2.1 and 3.0 have otherwise is turned into it: concepts that
 * stand alone (1.0, 2.0) are put in a scheme STANDALONE_CONCEPT_SCHEME of their agency; a scheme of
 * several classes of organisations becomes one of each; codes that a list takes from others (3.0)
 * stand in it (2.1); further measures (3.0) become attributes (2.1), as they do in data;
 * hierarchies and maps in a set (2.1) stand alone (3.0). What a version can't say (value lists
 * in 2.1, AttachmentConstraint, artefacts of a kind whose parts are not read) is left out, with a
 * warning that names it; see BKT_WRITE_STRICT.
 * @param options `format` says the version, as of bkt_table_write_structure(). @param write gets
 * the bytes. @param user handed to it.
 * @return as bkt_writer_open_callback(); BKT_ERR_ARGUMENT for BKT_FORMAT_CSV; BKT_ERR_UNSUPPORTED
 * with BKT_WRITE_STRICT; BKT_ERR_ENCODING for a character that XML does not have;
 * BKT_ERR_CANCELLED; BKT_ERR_IO; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_structure_write(bkt_context *context, const bkt_structure *structure,
                                       const bkt_write_options *options, bkt_write_function write,
                                       void *user);
/** The same into a file. @param path UTF-8.
 * @return as bkt_writer_open_path() and bkt_structure_write(). @since 0.1 */
BKT_API bkt_status bkt_structure_write_path(bkt_context *context, const bkt_structure *structure,
                                            const bkt_write_options *options, const char *path);

/** Writes the structure that a table's data have when they are written with the same options, as a
 * structure message: the data structure definition, a dataflow, the concepts (named by the columns'
 * labels), and code lists of the codes that the table has, so that a balance or a projection can be
 * published. Code lists are called CL_ and the column's id, the concept scheme CS_ and the
 * structure's id. Texts that could not be codes ("a b") have no list. Attributes hang on
 * what bkt_table_write() writes them with: the data set, a group (which then is one of the
 * structure's), the dimensions of the series, or the observation. The
 * structure's name is the table's property "name", or its id. A table needs a dimension beside time
 * (BKT_ERR_UNSUPPORTED) and must be of one structure (BKT_ERR_AMBIGUOUS).
 * @param options `format` says the version: 3.0 for BKT_FORMAT_STRUCTURE_SPECIFIC_3_0 and
 * BKT_FORMAT_SDMX_CSV_2, 2.1 for the others; not BKT_FORMAT_CSV.
 * @return as bkt_table_write(). @since 0.1 */
BKT_API bkt_status bkt_table_write_structure(bkt_context *context, const bkt_table *table,
                                             const bkt_write_options *options,
                                             bkt_write_function write, void *user);
/** The same into a file. @param path UTF-8. @return as bkt_table_write_path(). @since 0.1 */
BKT_API bkt_status bkt_table_write_structure_path(bkt_context *context, const bkt_table *table,
                                                  const bkt_write_options *options,
                                                  const char *path);
/** Writes the XML schema of that structure, with which any validator checks a structure-specific
 * message of it, as bkt_table_write() writes it with the same options. It imports SDMX's schemas
 * SDMXCommon.xsd and SDMXDataStructureSpecific.xsd of the version, expected beside it.
 * @param options `format` is BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 or
 * BKT_FORMAT_STRUCTURE_SPECIFIC_3_0.
 * @return as bkt_table_write(). @since 0.1 */
BKT_API bkt_status bkt_table_write_schema(bkt_context *context, const bkt_table *table,
                                          const bkt_write_options *options,
                                          bkt_write_function write, void *user);
/** The same into a file. @param path UTF-8. @return as bkt_table_write_path(). @since 0.1 */
BKT_API bkt_status bkt_table_write_schema_path(bkt_context *context, const bkt_table *table,
                                               const bkt_write_options *options, const char *path);

/** Writes the XML schema of a data structure that was read, with which any validator checks
 * structure-specific messages of it: types by their representation, code lists as enumerations (a
 * list that no message has: any text), groups. Attributes of groups may also stand at series, as
 * those whose values differ in their group do. It imports SDMX's schemas as that of
 * bkt_table_write_schema() does.
 * @param data_structure an item of BKT_ITEM_DATA_STRUCTURE. @param options `format` is
 * BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 or BKT_FORMAT_STRUCTURE_SPECIFIC_3_0; BKT_WRITE_FLAT for data
 * whose dimensions all stand at the observation; else time stands there.
 * @param write gets the bytes. @param user handed to it.
 * @return as bkt_writer_open_callback(); BKT_ERR_ARGUMENT also for another item or format;
 * BKT_ERR_ENCODING; BKT_ERR_CANCELLED; BKT_ERR_IO; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_item_write_schema(bkt_context *context, const bkt_item *data_structure,
                                         const bkt_write_options *options, bkt_write_function write,
                                         void *user);
/** The same into a file. @param path UTF-8.
 * @return as bkt_writer_open_path() and bkt_item_write_schema(). @since 0.1 */
BKT_API bkt_status bkt_item_write_schema_path(bkt_context *context, const bkt_item *data_structure,
                                              const bkt_write_options *options, const char *path);

#ifdef __cplusplus
}
#endif

#endif
