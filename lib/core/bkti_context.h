/* SPDX-License-Identifier: MIT */
/* What the rooms need of a context: memory, limits, diagnostics, progress, options structs. */
#ifndef BKTI_CONTEXT_H
#define BKTI_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bktrade/context.h>

#include "bkti_memory.h"

/* Where something was found. Zero or NULL: not known. Texts are copied when used. */
typedef struct bkti_place {
    const char *source;
    uint64_t offset; /* bytes from 0 */
    uint64_t line;   /* from 1 */
    uint64_t column; /* from 1, in bytes */
    uint32_t dataset;
    const char *series;
    const char *period;
    int32_t os_error;
    /* What sort of things it is told of, where a status has several of which each is to be heard:
     * compared by address. NULL: all of the status are alike. */
    const char *sort;
} bkti_place;

/* One more context on the same memory, with the same limits, that calls neither log nor progress;
 * ended by bkt_context_free(). For a thread of the library's own. NULL without memory. */
bkt_context *bkti_context_new_beside(const bkt_context *context);
bkti_memory *bkti_context_memory(bkt_context *context);
/* The options in force, every 0 replaced by its default. */
const bkt_context_options *bkti_context_options(const bkt_context *context);

/* Records an error and gives its status back, so that a caller can `return bkti_fail(...)`. Works
 * without memory too (the text is cut or lost, the status is not). place may be NULL. The context
 * may be NULL: then only the status is given back. No floating-point conversions. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bkt_status
bkti_fail(bkt_context *context, bkt_status status, const bkti_place *place, const char *format,
          ...);
/* Records a warning or a note (bkt_severity). The first few of a status are kept, then counted. */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
void bkti_tell(bkt_context *context, int32_t severity, bkt_status status, const bkti_place *place,
               const char *format, ...);
/* bkti_fail with BKT_ERR_MEMORY; with BKT_ERR_LIMIT where it was memory_limit that was reached. */
bkt_status bkti_no_memory(bkt_context *context);

/* Calls the progress callback if there is one. BKT_OK or BKT_ERR_CANCELLED (recorded). */
bkt_status bkti_progress(bkt_context *context, uint64_t done, uint64_t total, uint64_t rows);

/* Reads a caller's options struct into the library's own, which holds the defaults beforehand.
 * `given` may be NULL (defaults). `first_size` is the size in the first release, `own_size` this
 * library's. BKT_ERR_ABI for a size below first_size or above 4,096, or a non-zero unknown tail. */
bkt_status bkti_options_take(bkt_context *context, const void *given, void *own, size_t own_size,
                             size_t first_size);
/* BKT_ERR_ARGUMENT if `flags` of the struct called `name` has a bit that is not in `known`. */
bkt_status bkti_flags_check(bkt_context *context, const char *name, uint32_t flags, uint32_t known);
/* The `_init` of any options struct: writes the first struct_size bytes of `defaults` (which is
 * own_size long; a longer struct gets zeros) and sets its struct_size. */
bkt_status bkti_options_init(void *options, uint32_t struct_size, const void *defaults,
                             size_t own_size, size_t first_size);

#endif
