/* SPDX-License-Identifier: MIT */
/* Memory: the caller's allocator, counted and limited, shared by everything made with a context.
 * It is counted by reference (atomically) so that tables outlive the context. Every allocation of
 * the library goes through here. */
#ifndef BKTI_MEMORY_H
#define BKTI_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bktrade/context.h>

typedef struct bkti_memory bkti_memory;

/* options may be NULL; its memory functions and limit are taken. NULL when there is no memory. */
bkti_memory *bkti_memory_new(const bkt_context_options *options);
bkti_memory *bkti_memory_hold(bkti_memory *memory);
void bkti_memory_drop(bkti_memory *memory);
uint64_t bkti_memory_used(const bkti_memory *memory);
uint64_t bkti_memory_peak(const bkti_memory *memory);
/* Whether the newest allocation that failed did so because of the limit. */
bool bkti_memory_limit_was_reached(const bkti_memory *memory);

/* All give NULL when there is no memory, the limit is reached or a product overflows; a size of 0
 * counts as 1. Blocks are aligned for any type (16 bytes). */
void *bkti_allocate(bkti_memory *memory, size_t size);
void *bkti_allocate_array(bkti_memory *memory, size_t count, size_t item_size);
void *bkti_allocate_zeroed(bkti_memory *memory, size_t count, size_t item_size);
void *bkti_reallocate_array(bkti_memory *memory, void *block, size_t count, size_t item_size);
void bkti_release(bkti_memory *memory, void *block);
char *bkti_copy_text(bkti_memory *memory, const char *data, size_t size); /* adds a zero */

/* So many bytes of a block, from an offset on, will be written to soon: where the system can, it
 * gives the pages at once, which costs a third of giving them one by one. */
void bkti_prepare_pages(const bkti_memory *memory, void *block, size_t offset, size_t size);

/* Makes room for `needed` items in *array (of *capacity), growing geometrically. False leaves all
 * as it was. */
bool bkti_grow(bkti_memory *memory, void **array, size_t *capacity, size_t needed,
               size_t item_size);

#endif
