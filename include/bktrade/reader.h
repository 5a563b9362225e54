/* SPDX-License-Identifier: MIT */
/** @file reader.h
 * Reading: SDMX messages as tables, whole or batch by batch.
 *
 * Read: SDMX-ML data messages 1.0 and 2.0 (Compact, Generic, Utility, CrossSectional,
 * MessageGroup), 2.1 (GenericData, GenericTimeSeriesData, StructureSpecificData,
 * StructureSpecificTimeSeriesData), 3.0 and 3.1 (StructureSpecificData), also in a SOAP envelope;
 * SDMX-CSV data 1.0 and 2.0 with any separator; SDMX-JSON data 1.0, 2.0 and 2.1, if the library was
 * built with json-c (else BKT_ERR_UNSUPPORTED); plain, gzip or zip (told by their first bytes, not
 * by the name). Any other SDMX message is named in the error (BKT_ERR_MESSAGE_KIND).
 *
 * One table of batches a data set: dimension columns, time, measure (OBS_VALUE), attributes, in the
 * order in which the message brings them; a column that turns up later comes last (of data with a
 * structure, see below, it comes where the structure has it). Memory is
 * bounded by batch and dictionaries, whatever the length of the input, but that a JSON document is
 * whole in memory, with all its rows, before the first batch comes; the codes of a column stay
 * the same from batch to batch.
 *
 * Attributes of the data set and of groups stand in every row that they belong to; of several the
 * nearest is taken. A value that is no number is missing (BKT_MISSING_NOT_A_NUMBER), with a
 * warning, and its text is kept in the column OBS_VALUE_TEXT, which only such messages have. A text
 * that is no period keeps its row and its text. Structure-specific messages do not say which
 * components are attributes: those of SDMX's usual names are, all else is a dimension, and
 * bkt_column_role_assumed() tells such columns. Nor does SDMX-CSV: there, what stands behind the
 * value is an attribute if time stands before it. Rows one after the other that are of one
 * structure and have one action are a data set; an empty field is absent; of a code with its name
 * the code is kept. Names of codes and components, which SDMX-JSON and SDMX-CSV with labels have,
 * are those of the columns (bkt_column_name()), unless a structure says what these are. What gets
 * two names in one language, as a code of two structures in one file may, has none, and a warning
 * says so once for each column.
 *
 * Several values of one component are joined by "; ", texts in other languages than English have
 * the language before them ("fr: Commerce"), and so has each if there are several ("en: Trade; fr:
 * Commerce"). Metadata attributes of 3.x are attributes of what they stand at, those in others
 * called by their path ("CONTACT.NAME").
 *
 * Messages of 3.x and SDMX-CSV 2.0 may have several measures and do not say which components are
 * measures. One of an observation (but no Comp) is taken for a measure, and has a column of
 * numbers, if its id is none of SDMX's usual attributes, none of these stands before it, and its
 * first value is a number (bkt_column_role_assumed()). A later text that is no number, or that a
 * number does not give back
 * ("012"), is kept in a column ID_TEXT. SDMX-JSON says which components are measures.
 *
 * With a structure (bkt_read_options) each data set is read by its DSD, which is found by what the
 * message says of its structure or dataflow; where it says neither, or a dataflow that the
 * structure has not, the only DSD is taken. Then columns are in the DSD's order: its dimensions,
 * time and measures, also those that the data lack, and the attributes that the data have. Roles,
 * levels, types, names and code lists are the DSD's (bkt_column_level(), bkt_column_type(),
 * bkt_column_name(), bkt_column_dictionary_name() ...), and so is what makes the key of groups. A
 * measure is a column of numbers if its type is one of numbers (of the primary measure also String,
 * which structures give to measures that have numbers only) and it has no code list; other measures
 * are texts, and so are attributes, whatever their type. Components that a message must call
 * TIME_PERIOD, OBS_VALUE or MEASURE are called as in the DSD, and a cross-sectional measure of 1.0
 * or 2.0 becomes its code in the measure dimension. A data set without a DSD in the structure is
 * read as without, with a warning (BKT_ERR_STRUCTURE); so is, in any data set, a component that its
 * DSD lacks, behind those that it has. In a whole table of data sets with several DSDs a column is
 * described by the first that has it.
 *
 * Of a data set whose action is Delete each row is something to be deleted, also a series without
 * observations, a group, or the whole data set: a part of the key that is missing means any. A
 * value (missing for another reason than BKT_MISSING_ABSENT) or an attribute that is there is what
 * is to be deleted; if there is none, the observations are. */
#ifndef BKTRADE_READER_H
#define BKTRADE_READER_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/structure.h>
#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A message being read. Opaque; ended by bkt_reader_free(). */
typedef struct bkt_reader bkt_reader;

/** Flag of bkt_read_options: a fault of the data (a value that is no number, an impossible period,
 * a key twice, what contradicts the structure) stops the reading instead of being a warning. */
#define BKT_READ_STRICT 1
/** Flag of bkt_read_options: bkt_table_read() looks for keys that come twice and warns (or fails,
 * with BKT_READ_STRICT). For the place of the first one the input is read again, if it can be: not
 * one that came by a callback or was fed. */
#define BKT_READ_CHECK_DUPLICATES 2

/** Flag of bkt_read_options: columns of role BKT_ROLE_PROVENANCE say where each row came from:
 * SOURCE (what diagnostics call the source, in a zip with the member), DATASET (its number in the
 * source, from 1) and LINE (a number, from 1: where the observation begins; of a series that is to
 * be deleted, where it ends). If the data have a column of such an id, "_" stands behind that of
 * the provenance. Rows are read more slowly with it. */
#define BKT_READ_PROVENANCE 4

/** Which scanner takes a message's XML apart. What is read is the same with either. */
enum bkt_scanner {
    BKT_SCANNER_FAST = 0,   /**< the library's own, made for data messages, which hands over to
                                 libxml2's wherever a document has more of XML in it */
    BKT_SCANNER_LIBXML2 = 1 /**< libxml2's alone */
};

/** Options of reading. Start with bkt_read_options_init(). */
typedef struct bkt_read_options {
    uint32_t struct_size;
    uint32_t flags;           /**< BKT_READ_... or 0 */
    const bkt_filter *filter; /**< NULL: everything. Applied while reading: what is not wanted is
                                   skipped. Of a skipped series the values are not checked, and of
                                   its XML only that it is UTF-8, that comments, CDATA sections and
                                   instructions have their ends and that the series has its own
                                   (BKT_SCANNER_LIBXML2 checks the XML in full). A column
                                   that the filter names and a data set lacks lets nothing of that
                                   data set pass, with a warning. Kept: must live as long as the
                                   reader. */
    const char *source_name;  /**< what diagnostics call the source; NULL: the path, or "memory" */
    const char *member;       /**< which member of a zip; NULL: every data message in it, one after
                                   the other */
    uint32_t batch_rows;      /**< most rows of a batch; 0: 65,536 */
    uint32_t threads;         /**< threads that may be at work at once, the caller's own included; 0
                                   or 1: no other. More than 64 count as 64. Plain SDMX-ML of which
                                   any part can be read at once (a file, memory) is read in pieces
                                   side by side; compressed input is unpacked ahead. What is read is
                                   the same for any number; only when a column that begins late is
                                   first in a batch, without any value there, may differ. Callbacks
                                   are called in the caller's thread alone, but for those of the
                                   allocator, which must then bear several threads. */
    int32_t scanner;          /**< bkt_scanner */
    uint32_t reserved;        /**< 0 */
    const bkt_structure *structure; /**< what data structures (DSDs) say of the data (see above);
                                         NULL: none is known. Kept: it may be freed once the
                                         reader is open. */
    const char *encoding;           /**< what SDMX-CSV without a byte order mark is in, such as
                                         "windows-1251", "KOI8-R" or "GB18030": any encoding of the system's
                                         iconv() that has ASCII in it. Copied. NULL: UTF-8, or else
                                         ISO 8859-1, with a warning. UTF-16 and UTF-32 show in the first
                                         bytes, which go before what is named. SDMX-ML says itself what it is
                                         in, and SDMX-JSON is in UTF-8. */
} bkt_read_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_read_options_init(bkt_read_options *options, uint32_t struct_size);

/** Gives bytes to a reader. @param[out] buffer to be filled; @param capacity its bytes, never 0.
 * @param[out] out_size bytes written; 0 is the end of the input.
 * @return 0 to go on; anything else fails the reading with BKT_ERR_IO. */
typedef int32_t (*bkt_read_function)(void *buffer, size_t capacity, size_t *out_size, void *user);

/** Opens a file. @param path UTF-8; copied. @param options NULL for defaults; copied.
 * @param[out] out_reader the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NOT_FOUND; BKT_ERR_PERMISSION;
 * BKT_ERR_DIRECTORY; BKT_ERR_IO; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_reader_open_path(bkt_context *context, const char *path,
                                        const bkt_read_options *options, bkt_reader **out_reader);
/** Opens bytes in memory. @param data kept: must live and stay as it is as long as the reader.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_reader_open_memory(bkt_context *context, const void *data, size_t size,
                                          const bkt_read_options *options, bkt_reader **out_reader);
/** Opens a source that the reader asks for bytes. @param user handed to the function.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_reader_open_callback(bkt_context *context, bkt_read_function read,
                                            void *user, const bkt_read_options *options,
                                            bkt_reader **out_reader);
/** Opens a reader that is fed with bkt_reader_feed(). bkt_reader_next_dataset() and
 * bkt_reader_next_batch() give BKT_MORE whenever they need bytes.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_reader_open_feed(bkt_context *context, const bkt_read_options *options,
                                        bkt_reader **out_reader);
/** Hands bytes to a feeding reader. Chunks may be of any size and cut anywhere: the result is the
 * same. @param data copied as needed; may be NULL if size is 0. @param last 1 with the last bytes.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_STATE after the last or for another kind of reader;
 * BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_reader_feed(bkt_reader *reader, const void *data, size_t size, int32_t last);

/** Goes to the next data set of the message (also past batches not asked for).
 * @return BKT_OK; BKT_END when there is none; BKT_MORE; BKT_ERR_ARGUMENT for NULL; BKT_ERR_STATE
 * for a reader that is read whole; any BKT_ERR_... of reading: MEMORY, LIMIT, CANCELLED, NOT_FOUND
 * (no such member of the zip), UNSUPPORTED, IO, COMPRESSION, EMPTY, NOT_XML, XML, TRUNCATED,
 * ENCODING, DOCTYPE, NOT_SDMX, VERSION, MESSAGE_KIND, LAYOUT, VALUE, PERIOD, REPEATED_COMPONENT,
 * STRUCTURE, SERVER, ANSWER_LATER (at the end of what brought no data, but the address where they
 * will be). After an error every further call gives the same error. @since 0.1 */
BKT_API bkt_status bkt_reader_next_dataset(bkt_reader *reader);
/** The next batch of rows of the current data set (of the first, if none was asked for).
 * @param[out] out_batch a table, borrowed until the next call on this reader; NULL unless BKT_OK.
 * @return BKT_OK; BKT_END at the end of the data set; BKT_MORE; errors as above. @since 0.1 */
BKT_API bkt_status bkt_reader_next_batch(bkt_reader *reader, const bkt_table **out_batch);
/** Frees a reader, also in the middle. @param reader NULL is fine. @since 0.1 */
BKT_API void bkt_reader_free(bkt_reader *reader);

/** Kind of a message. */
enum bkt_message_kind {
    BKT_MESSAGE_UNKNOWN = 0,
    BKT_MESSAGE_GENERIC_DATA = 1,
    BKT_MESSAGE_GENERIC_TIME_SERIES_DATA = 2,
    BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA = 3,
    BKT_MESSAGE_STRUCTURE_SPECIFIC_TIME_SERIES_DATA = 4,
    BKT_MESSAGE_COMPACT_DATA = 5,
    BKT_MESSAGE_CROSS_SECTIONAL_DATA = 6,
    BKT_MESSAGE_UTILITY_DATA = 7,
    BKT_MESSAGE_MESSAGE_GROUP = 8,
    BKT_MESSAGE_STRUCTURE = 9,
    BKT_MESSAGE_GENERIC_METADATA = 10,
    BKT_MESSAGE_STRUCTURE_SPECIFIC_METADATA = 11,
    BKT_MESSAGE_QUERY = 12,
    BKT_MESSAGE_REGISTRY = 13,
    BKT_MESSAGE_ERROR = 14,
    BKT_MESSAGE_SDMX_CSV_DATA = 15,
    BKT_MESSAGE_SDMX_JSON_DATA = 16
};
/** What SDMX calls a kind of message, such as "StructureSpecificData", "SDMX-CSV" or
 * "SDMX-JSON".
 * @return "unknown" for any other number; lives as long as the library. @since 0.1 */
BKT_API const char *bkt_message_kind_text(int32_t kind);

/** A fact about the message as far as it was read: after the first bkt_reader_next_dataset() the
 * header is known. Names: "kind", "version" ("1.0", "2.0", "2.1", "3.0", "3.1"; of SDMX-CSV "1.0",
 * "2.0"; of SDMX-JSON "1.0", "2.0", "2.1"), "encoding", "id", "test", "prepared", "extracted",
 * "sender", "sender_name", "receiver", "source_name", "member"; of the current data set:
 * "structure" ("AGENCY:ID(VERSION)" as far as the message says), "dataflow", "namespace",
 * "dimension_at_observation", "action", "dataset_id", "valid_from", "valid_to", "publication_year",
 * "publication_period", "reporting_begin", "reporting_end"; after the end, also if it is
 * BKT_ERR_ANSWER_LATER: "footer" (code, severity and text of each of its messages), "address"
 * (where by the footer the answer to a large query is, or will be).
 * @return borrowed until the next call on the reader; NULL where it isn't said. @since 0.1 */
BKT_API const char *bkt_reader_property(const bkt_reader *reader, const char *name);
/** Kind of the message, also when reading failed because of it.
 * @return one of bkt_message_kind; BKT_MESSAGE_UNKNOWN for NULL. @since 0.1 */
BKT_API int32_t bkt_reader_message_kind(const bkt_reader *reader);
/** Data sets begun so far. @since 0.1 */
BKT_API uint32_t bkt_reader_dataset_count(const bkt_reader *reader);
/** Observations, series and groups read so far, the filtered-out included. @since 0.1 */
BKT_API uint64_t bkt_reader_observation_count(const bkt_reader *reader);
/** Series begun so far. @since 0.1 */
BKT_API uint64_t bkt_reader_series_count(const bkt_reader *reader);
/** Groups met so far. @since 0.1 */
BKT_API uint64_t bkt_reader_group_count(const bkt_reader *reader);

/** Reads a file whole: all its data sets in one table (columns by id; where data sets differ in
 * structure or action the provenance columns DATASET and ACTION say which is which).
 * @param options NULL for defaults. @param[out] out_table the caller's; NULL on failure.
 * @return BKT_OK; as bkt_reader_open_path() and bkt_reader_next_dataset(); BKT_ERR_DUPLICATE.
 * @since 0.1 */
BKT_API bkt_status bkt_table_read(bkt_context *context, const char *path,
                                  const bkt_read_options *options, bkt_table **out_table);
/** The same from bytes in memory, which are not needed afterwards.
 * @return as bkt_reader_open_memory() and bkt_reader_next_dataset(); BKT_ERR_DUPLICATE. @since 0.1
 */
BKT_API bkt_status bkt_table_read_memory(bkt_context *context, const void *data, size_t size,
                                         const bkt_read_options *options, bkt_table **out_table);
/** The same from a reader that was opened and not yet asked; it stays the caller's (its properties
 * and counts can be asked afterwards). A feeding reader gives BKT_MORE until the last bytes are
 * there: feed and call again.
 * @return as bkt_table_read(), and BKT_MORE; BKT_ERR_STATE for a reader that was asked before for
 * data sets, batches or its table. @since 0.1 */
BKT_API bkt_status bkt_table_read_reader(bkt_reader *reader, bkt_table **out_table);

#ifdef __cplusplus
}
#endif

#endif
