/* SPDX-License-Identifier: MIT */
/** @file context.h
 * The context: limits, memory, log, progress, and the diagnostics of whatever was done with it.
 *
 * Getters accept NULL and indexes out of range, and give 0, "" or NULL for them.
 *
 * A context, and an object made with it that is still being built or read, may be used by one
 * thread at a time (any thread). Finished tables are immutable: they may be shared by threads and
 * outlive the context. */
#ifndef BKTRADE_CONTEXT_H
#define BKTRADE_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A context. Opaque; made by bkt_context_new(), ended by bkt_context_free(). */
typedef struct bkt_context bkt_context;

/** One diagnostic of a context. Opaque; borrowed from the context. */
typedef struct bkt_diagnostic bkt_diagnostic;

/** Gives `size` bytes (never 0) or NULL. Must be safe to call from several threads. */
typedef void *(*bkt_allocate_function)(size_t size, void *user);
/** Changes a block to `size` bytes (never 0) as realloc does; `block` may be NULL. */
typedef void *(*bkt_reallocate_function)(void *block, size_t size, void *user);
/** Takes a block back; `block` may be NULL. */
typedef void (*bkt_release_function)(void *block, void *user);

/** Called with every diagnostic that is kept and with every error, in the thread that called the
 * library. What is only counted (bkt_diagnostic_repeats()) is not logged. It may read the
 * diagnostic but not use the context.
 * @param diagnostic borrowed for the call. */
typedef void (*bkt_log_function)(const bkt_diagnostic *diagnostic, void *user);

/** Called about every MiB of input. @return 0 to go on; anything else stops with
 * BKT_ERR_CANCELLED.
 * @param done bytes of the source read so far (compressed bytes, if it is compressed).
 * @param total bytes of the source in all, 0 where it isn't known.
 * @param rows observations read so far. */
typedef int32_t (*bkt_progress_function)(uint64_t done, uint64_t total, uint64_t rows, void *user);

/** Options of a context. Start with bkt_context_options_init(). A limit of 0 means its default.
 * Every limit stops with BKT_ERR_LIMIT and a diagnostic that names it. */
typedef struct bkt_context_options {
    uint32_t struct_size; /**< sizeof of the struct, set by _init */
    uint32_t flags;       /**< none yet: 0 */
    /** Memory functions: all three or none (then malloc, realloc, free). They must stay valid until
     * the last object made with the context is freed. */
    bkt_allocate_function allocate;
    bkt_reallocate_function reallocate; /**< see allocate */
    bkt_release_function release;       /**< see allocate */
    void *memory_user;                  /**< handed to the three */
    bkt_log_function log;               /**< may be NULL */
    void *log_user;                     /**< handed to log */
    bkt_progress_function progress;     /**< may be NULL */
    void *progress_user;                /**< handed to progress */
    uint64_t memory_limit;              /**< bytes held at once; default: no limit. Whatever may
                                             give BKT_ERR_MEMORY may give BKT_ERR_LIMIT then. What
                                             a JSON document takes, which is not asked of
                                             `allocate`, is estimated and counts here */
    uint64_t text_limit;                /**< bytes of one text node, of one text of JSON; default
                                             16 MiB */
    uint64_t attribute_limit;           /**< bytes of one attribute's value, of one field of
                                             CSV; default 1 MiB */
    uint64_t dictionary_limit;          /**< distinct codes of one column; default 100 million */
    uint32_t depth_limit;               /**< nesting of elements, of JSON's objects and arrays (of
                                             these 1,000 at most); default 64 */
    uint32_t attribute_count_limit;     /**< attributes of one element, fields of one row of
                                             CSV; default 1,000 */
    uint32_t column_limit;              /**< columns of a table; default 4,000 */
    uint32_t expansion_limit;  /**< bytes out for a byte in when decompressing, and bytes of a table
                                    for a byte of its message; default 400 */
    uint32_t member_limit;     /**< members of a zip; default 10,000 */
    uint32_t diagnostic_limit; /**< diagnostics kept (further ones are counted); default 1,000 */
} bkt_context_options;

/** Fills options with defaults.
 * @param[out] options the struct.
 * @param struct_size sizeof(bkt_context_options) as the caller knows it.
 * @return BKT_OK; BKT_ERR_ARGUMENT for NULL; BKT_ERR_ABI for a size this library can't have.
 * @since 0.1 */
BKT_API bkt_status bkt_context_options_init(bkt_context_options *options, uint32_t struct_size);

/** Makes a context.
 * @param options NULL for defaults; copied.
 * @param[out] out_context the new context, the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_context_new(const bkt_context_options *options, bkt_context **out_context);

/** Frees a context. Tables made with it live on; readers and builders must be freed before.
 * @param context NULL is fine.
 * @since 0.1 */
BKT_API void bkt_context_free(bkt_context *context);

/** Bytes that the context and all objects made with it hold now.
 * @return 0 for NULL. @since 0.1 */
BKT_API uint64_t bkt_context_memory_used(const bkt_context *context);

/** The most bytes ever held at once. @return 0 for NULL. @since 0.1 */
BKT_API uint64_t bkt_context_memory_peak(const bkt_context *context);

/** How grave a diagnostic is. */
enum bkt_severity {
    BKT_SEVERITY_NOTE = 1,    /**< something that was assumed or found, for information */
    BKT_SEVERITY_WARNING = 2, /**< a fault of the data that did not stop the work */
    BKT_SEVERITY_ERROR = 3    /**< what made a call fail */
};

/** How many diagnostics the context keeps, oldest first. Of one status and severity the first five
 * are kept and the rest is only counted: see bkt_diagnostic_repeats(). What a structure that is
 * written loses is told five times of each sort of loss. Beyond diagnostic_limit only
 * the first of its kind is kept. An error for which there was no room is not among them;
 * bkt_context_error() has it all the same.
 * @return 0 for NULL. @since 0.1 */
BKT_API uint32_t bkt_context_diagnostic_count(const bkt_context *context);

/** One of them.
 * @param index below the count.
 * @return borrowed until the context is used again or freed; NULL when there is none such.
 * @since 0.1 */
BKT_API const bkt_diagnostic *bkt_context_diagnostic_at(const bkt_context *context, uint32_t index);

/** The newest diagnostic that is an error, also if it was not kept otherwise (out of memory, or one
 * of many). @return borrowed as above; NULL when there is none.
 * @since 0.1 */
BKT_API const bkt_diagnostic *bkt_context_error(const bkt_context *context);

/** The newest error as one line such as "trade.xml:12:5: the value '1,5' is no number ...", or ""
 * when there is none: what a program prints.
 * @return borrowed until the context is used again or freed; never NULL.
 * @since 0.1 */
BKT_API const char *bkt_context_error_text(const bkt_context *context);

/** Forgets all diagnostics; those borrowed are gone. @param context NULL is fine. @since 0.1 */
BKT_API void bkt_context_diagnostics_clear(bkt_context *context);

/** The status that the diagnostic stands for (bkt_status_code). @since 0.1 */
BKT_API bkt_status bkt_diagnostic_status(const bkt_diagnostic *diagnostic);
/** One of bkt_severity. @since 0.1 */
BKT_API int32_t bkt_diagnostic_severity(const bkt_diagnostic *diagnostic);
/** The finished sentence, UTF-8, without the place. Borrowed with the diagnostic. @since 0.1 */
BKT_API const char *bkt_diagnostic_text(const bkt_diagnostic *diagnostic);
/** Sentence and place in one line, "file:line:column: sentence". Borrowed. @since 0.1 */
BKT_API const char *bkt_diagnostic_line_text(const bkt_diagnostic *diagnostic);
/** Name of the file or source; "" where there is none. Borrowed. @since 0.1 */
BKT_API const char *bkt_diagnostic_source(const bkt_diagnostic *diagnostic);
/** Byte of the (decompressed) source, counted from 0; meaningful where line is not 0. @since 0.1 */
BKT_API uint64_t bkt_diagnostic_offset(const bkt_diagnostic *diagnostic);
/** Line, counted from 1; 0 where the diagnostic has no place. @since 0.1 */
BKT_API uint64_t bkt_diagnostic_line(const bkt_diagnostic *diagnostic);
/** Column in bytes, counted from 1; 0 where it isn't known. @since 0.1 */
BKT_API uint64_t bkt_diagnostic_column(const bkt_diagnostic *diagnostic);
/** Data set of the message, counted from 1; 0 outside any. @since 0.1 */
BKT_API uint32_t bkt_diagnostic_dataset(const bkt_diagnostic *diagnostic);
/** The series' key, codes joined by "."; "" outside any. Borrowed. @since 0.1 */
BKT_API const char *bkt_diagnostic_series(const bkt_diagnostic *diagnostic);
/** The observation's period or other dimension value; "" outside any. Borrowed. @since 0.1 */
BKT_API const char *bkt_diagnostic_period(const bkt_diagnostic *diagnostic);
/** The operating system's error number, 0 where none took part. @since 0.1 */
BKT_API int32_t bkt_diagnostic_os_error(const bkt_diagnostic *diagnostic);
/** How many more diagnostics of this status (and sort) were only counted after this one (the last
 * one kept of them has the number). @since 0.1 */
BKT_API uint64_t bkt_diagnostic_repeats(const bkt_diagnostic *diagnostic);

#ifdef __cplusplus
}
#endif

#endif
