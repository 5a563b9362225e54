/* SPDX-License-Identifier: MIT */
/* madvise() is not of POSIX. */
#define _DEFAULT_SOURCE

#include "bkti_memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

/* Each block stands behind its own size, so that releasing needs no size from the caller and the
 * books are always right. 16 bytes keep the block aligned for any type. */
#define HEADER_SIZE ((size_t)16)

/* Below this a growing array doubles; above, it grows by half, as untouched room costs more. */
#define DOUBLING_LIMIT ((size_t)1 << 20)

struct bkti_memory {
    bkt_allocate_function allocate;
    bkt_reallocate_function reallocate;
    bkt_release_function release;
    void *user;
    size_t limit;
    /* Counters as wide as an address: lock-free on every machine, and never too narrow. */
    atomic_size_t used;
    atomic_size_t peak;
    atomic_size_t references;
    atomic_bool limit_was_reached; /* the newest failure was the limit's */
};

static void *allocate_by_c_library(size_t size, void *user) {
    (void)user;
    return malloc(size);
}

static void *reallocate_by_c_library(void *block, size_t size, void *user) {
    (void)user;
    return realloc(block, size);
}

static void release_by_c_library(void *block, void *user) {
    (void)user;
    free(block);
}

bkti_memory *bkti_memory_new(const bkt_context_options *options) {
    bkt_allocate_function allocate = allocate_by_c_library;
    bkt_reallocate_function reallocate = reallocate_by_c_library;
    bkt_release_function release = release_by_c_library;
    void *user = NULL;
    uint64_t limit = 0;
    if (options != NULL) {
        limit = options->memory_limit;
        if (options->allocate != NULL) {
            allocate = options->allocate;
            reallocate = options->reallocate;
            release = options->release;
            user = options->memory_user;
        }
    }
    if (limit == 0 || limit > SIZE_MAX) {
        limit = SIZE_MAX;
    }
    if (limit < sizeof(bkti_memory)) {
        return NULL;
    }
    bkti_memory *memory = allocate(sizeof *memory, user);
    if (memory == NULL) {
        return NULL;
    }
    memory->allocate = allocate;
    memory->reallocate = reallocate;
    memory->release = release;
    memory->user = user;
    memory->limit = (size_t)limit;
    atomic_init(&memory->used, sizeof *memory);
    atomic_init(&memory->peak, sizeof *memory);
    atomic_init(&memory->references, 1);
    atomic_init(&memory->limit_was_reached, false);
    return memory;
}

bkti_memory *bkti_memory_hold(bkti_memory *memory) {
    if (memory != NULL) {
        atomic_fetch_add_explicit(&memory->references, 1, memory_order_relaxed);
    }
    return memory;
}

void bkti_memory_drop(bkti_memory *memory) {
    if (memory != NULL &&
        atomic_fetch_sub_explicit(&memory->references, 1, memory_order_acq_rel) == 1) {
        memory->release(memory, memory->user);
    }
}

uint64_t bkti_memory_used(const bkti_memory *memory) {
    return memory == NULL ? 0 : atomic_load_explicit(&memory->used, memory_order_relaxed);
}

uint64_t bkti_memory_peak(const bkti_memory *memory) {
    return memory == NULL ? 0 : atomic_load_explicit(&memory->peak, memory_order_relaxed);
}

bool bkti_memory_limit_was_reached(const bkti_memory *memory) {
    return memory != NULL && atomic_load_explicit(&memory->limit_was_reached, memory_order_relaxed);
}

/* Enters `size` more bytes into the books, or refuses. */
static bool charge(bkti_memory *memory, size_t size) {
    size_t used = atomic_load_explicit(&memory->used, memory_order_relaxed);
    do {
        if (size > memory->limit - used) {
            atomic_store_explicit(&memory->limit_was_reached, true, memory_order_relaxed);
            return false;
        }
    } while (!atomic_compare_exchange_weak_explicit(&memory->used, &used, used + size,
                                                    memory_order_relaxed, memory_order_relaxed));
    size_t now = used + size;
    size_t peak = atomic_load_explicit(&memory->peak, memory_order_relaxed);
    while (now > peak &&
           !atomic_compare_exchange_weak_explicit(&memory->peak, &peak, now, memory_order_relaxed,
                                                  memory_order_relaxed)) {
    }
    return true;
}

static void discharge(bkti_memory *memory, size_t size) {
    atomic_fetch_sub_explicit(&memory->used, size, memory_order_relaxed);
}

static void note_system_failure(bkti_memory *memory, size_t charged) {
    discharge(memory, charged);
    atomic_store_explicit(&memory->limit_was_reached, false, memory_order_relaxed);
}

static void *block_of(void *header, size_t size) {
    memcpy(header, &size, sizeof size);
    return (unsigned char *)header + HEADER_SIZE;
}

static void *header_of(void *block, size_t *out_size) {
    void *header = (unsigned char *)block - HEADER_SIZE;
    memcpy(out_size, header, sizeof *out_size);
    return header;
}

/* Bytes of a block with its header; false when that is more than there can be. */
static bool total_size(size_t count, size_t item_size, size_t *out_total) {
    if (item_size != 0 && count > (PTRDIFF_MAX - HEADER_SIZE) / item_size) {
        return false;
    }
    size_t size = count * item_size;
    *out_total = HEADER_SIZE + (size == 0 ? 1 : size);
    return true;
}

void *bkti_allocate(bkti_memory *memory, size_t size) {
    return bkti_allocate_array(memory, size, 1);
}

static void *allocate(bkti_memory *memory, size_t count, size_t item_size, bool zeroed) {
    size_t total;
    if (!total_size(count, item_size, &total) || !charge(memory, total)) {
        return NULL;
    }
    /* The C library knows which memory is zero already; large blocks mostly are. */
    bool by_calloc = zeroed && memory->allocate == allocate_by_c_library;
    void *header = by_calloc ? calloc(1, total) : memory->allocate(total, memory->user);
    if (header == NULL) {
        note_system_failure(memory, total);
        return NULL;
    }
    void *block = block_of(header, total);
    if (zeroed && !by_calloc) {
        memset(block, 0, total - HEADER_SIZE);
    }
    return block;
}

void *bkti_allocate_array(bkti_memory *memory, size_t count, size_t item_size) {
    return allocate(memory, count, item_size, false);
}

void *bkti_allocate_zeroed(bkti_memory *memory, size_t count, size_t item_size) {
    return allocate(memory, count, item_size, true);
}

void *bkti_reallocate_array(bkti_memory *memory, void *block, size_t count, size_t item_size) {
    if (block == NULL) {
        return bkti_allocate_array(memory, count, item_size);
    }
    size_t total;
    if (!total_size(count, item_size, &total)) {
        return NULL;
    }
    size_t old_total;
    void *header = header_of(block, &old_total);
    size_t growth = total > old_total ? total - old_total : 0;
    if (!charge(memory, growth)) {
        return NULL;
    }
    void *moved = memory->reallocate(header, total, memory->user);
    if (moved == NULL) {
        note_system_failure(memory, growth);
        return NULL;
    }
    if (total < old_total) {
        discharge(memory, old_total - total);
    }
    return block_of(moved, total);
}

void bkti_release(bkti_memory *memory, void *block) {
    if (block == NULL) {
        return;
    }
    size_t total;
    void *header = header_of(block, &total);
    memory->release(header, memory->user);
    discharge(memory, total);
}

void bkti_prepare_pages(const bkti_memory *memory, void *block, size_t offset, size_t size) {
#if defined(__linux__) && defined(MADV_POPULATE_WRITE)
    if (memory->allocate != allocate_by_c_library) {
        return; /* who knows what memory that is */
    }
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t begin = ((uintptr_t)block + offset + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)block + offset + size) & ~(page - 1);
    if (begin < end) {
        /* A kernel that does not know this gives pages when they are written to. */
        int kept = errno;
        madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
        errno = kept;
    }
#else
    (void)memory, (void)block, (void)offset, (void)size;
#endif
}

char *bkti_copy_text(bkti_memory *memory, const char *data, size_t size) {
    if (size == SIZE_MAX) {
        return NULL;
    }
    char *copy = bkti_allocate(memory, size + 1);
    if (copy == NULL) {
        return NULL;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    copy[size] = '\0';
    return copy;
}

bool bkti_grow(bkti_memory *memory, void **array, size_t *capacity, size_t needed,
               size_t item_size) {
    if (needed <= *capacity) {
        return true;
    }
    size_t room = *capacity;
    size_t bytes = room * item_size;
    room = bytes < DOUBLING_LIMIT ? room * 2 : room + room / 2;
    if (room < needed) {
        room = needed;
    }
    if (room < 8) {
        room = 8;
    }
    void *grown = bkti_reallocate_array(memory, *array, room, item_size);
    if (grown == NULL && room > needed) {
        room = needed;
        grown = bkti_reallocate_array(memory, *array, room, item_size);
    }
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = room;
    return true;
}
