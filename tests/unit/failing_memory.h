/* SPDX-License-Identifier: MIT */
/* Memory functions that fail at one chosen call and count what is not given back, so that a test
 * can let every allocation fail in turn. */
#ifndef FAILING_MEMORY_H
#define FAILING_MEMORY_H

#include <stdint.h>
#include <stdlib.h>

#include <bktrade/context.h>

typedef struct failing_memory {
    int64_t fail_at; /* the call that fails, counted from 1; 0: none */
    int64_t calls;
    int64_t held; /* blocks not given back */
} failing_memory;

static void *failing_allocate(size_t size, void *user) {
    failing_memory *memory = user;
    if (++memory->calls == memory->fail_at)
        return NULL;
    void *block = malloc(size);
    memory->held += block != NULL;
    return block;
}

static void *failing_reallocate(void *block, size_t size, void *user) {
    failing_memory *memory = user;
    if (++memory->calls == memory->fail_at)
        return NULL;
    void *moved = realloc(block, size);
    memory->held += block == NULL && moved != NULL;
    return moved;
}

static void failing_release(void *block, void *user) {
    failing_memory *memory = user;
    memory->held -= block != NULL;
    free(block);
}

/* A context that uses the memory; NULL when its own allocations were to fail. */
static bkt_context *failing_context(failing_memory *memory) {
    bkt_context_options options;
    bkt_context *context = NULL;
    bkt_context_options_init(&options, sizeof options);
    options.allocate = failing_allocate;
    options.reallocate = failing_reallocate;
    options.release = failing_release;
    options.memory_user = memory;
    return bkt_context_new(&options, &context) == BKT_OK ? context : NULL;
}

#endif
