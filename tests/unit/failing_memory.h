/* SPDX-License-Identifier: MIT */
/* An allocator for tests: counts the blocks that are out and fails when it is told to.
 *
 *     failing_memory memory;
 *     for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
 *         bkt_context *context = failing_memory_context(&memory);
 *         ck_assert_ptr_nonnull(context);
 *         ... prepare with memory that does not fail ...
 *         failing_memory_arm(&memory);
 *         bkt_status status = bkt_something(context, ...);
 *         failing_memory_disarm(&memory);
 *         ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
 *         ... free all, the context too ...
 *         failing_memory_check(&memory);
 *     }
 *
 * The loop ends after the first turn in which the n-th allocation never came; two passes are made,
 * one in which just the n-th allocation fails and one in which all from the n-th on fail. */
#ifndef FAILING_MEMORY_H
#define FAILING_MEMORY_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/context.h>

typedef struct failing_memory {
    uint64_t fail_at;    /* which allocation since arming fails, from 1; 0: none */
    uint64_t calls;      /* allocations and reallocations since arming */
    int64_t block_count; /* blocks that are out */
    bool armed;
    bool has_failed; /* an allocation failed in this turn */
    bool stays_out;  /* all later allocations fail too while armed */
    bool second_pass;
} failing_memory;

static inline bool failing_memory_must_fail(failing_memory *memory) {
    if (!memory->armed) {
        return false;
    }
    memory->calls++;
    bool fail = memory->fail_at != 0 && (memory->calls == memory->fail_at ||
                                         (memory->stays_out && memory->calls > memory->fail_at));
    memory->has_failed = memory->has_failed || fail;
    return fail;
}

static inline void *failing_memory_allocate(size_t size, void *user) {
    failing_memory *memory = user;
    if (failing_memory_must_fail(memory)) {
        return NULL;
    }
    void *block = malloc(size);
    if (block != NULL) {
        /* What is not initialised shall show. */
        memset(block, 0xA5, size);
        memory->block_count++;
    }
    return block;
}

static inline void *failing_memory_reallocate(void *block, size_t size, void *user) {
    failing_memory *memory = user;
    if (failing_memory_must_fail(memory)) {
        return NULL;
    }
    void *moved = realloc(block, size);
    memory->block_count += block == NULL && moved != NULL;
    return moved;
}

static inline void failing_memory_release(void *block, void *user) {
    failing_memory *memory = user;
    memory->block_count -= block != NULL;
    free(block);
}

/* Starts turn n; false when the turn before never came to its failure, in both passes. */
static inline bool failing_memory_turn(failing_memory *memory, uint64_t n) {
    static const failing_memory fresh = {0};
    bool second_pass = false;
    uint64_t fail_at = n;
    if (n > 1) {
        second_pass = memory->second_pass;
        fail_at = memory->fail_at + 1;
        if (!memory->has_failed) {
            if (second_pass) {
                return false;
            }
            second_pass = true;
            fail_at = 1;
        }
    }
    *memory = fresh;
    memory->fail_at = fail_at;
    memory->second_pass = second_pass;
    memory->stays_out = second_pass;
    return true;
}

/* A context that allocates here; NULL when even that failed. */
static inline bkt_context *failing_memory_context(failing_memory *memory) {
    bkt_context_options options;
    bkt_context *context = NULL;
    if (bkt_context_options_init(&options, (uint32_t)sizeof options) != BKT_OK) {
        return NULL;
    }
    options.allocate = failing_memory_allocate;
    options.reallocate = failing_memory_reallocate;
    options.release = failing_memory_release;
    options.memory_user = memory;
    return bkt_context_new(&options, &context) == BKT_OK ? context : NULL;
}

/* From here on allocations are counted, and fail when their turn comes. */
static inline void failing_memory_arm(failing_memory *memory) {
    memory->armed = true;
}

static inline void failing_memory_disarm(failing_memory *memory) {
    memory->armed = false;
}

/* To be called when everything was freed: no block may be out. */
static inline void failing_memory_check(const failing_memory *memory) {
    ck_assert_msg(memory->block_count == 0, "%lld blocks leaked when allocation %llu failed%s",
                  (long long)memory->block_count, (unsigned long long)memory->fail_at,
                  memory->stays_out ? ", and all after it" : "");
}

#endif
