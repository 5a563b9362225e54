/* SPDX-License-Identifier: MIT */
/* Texts stand one behind the other in chunks that never move; entries say where each stands; an
 * open-addressing table of (hash, code) finds them. The hot path of reading is a find of a text
 * that is there: one hash, one slot, one entry, one comparison. */
#include "bkti_dictionary.h"

#include <stdatomic.h>
#include <string.h>

#include "bkti_load.h"
#include "bkti_wide.h"

#define FIRST_CHUNK_SIZE   ((size_t)240)
#define LARGEST_CHUNK_SIZE ((size_t)1 << 18)
#define FIRST_SLOT_COUNT   ((size_t)16)

typedef struct chunk {
    struct chunk *next;
    size_t size;
    size_t used;
    char bytes[];
} chunk;

typedef struct entry {
    const char *data;
    uint32_t size;
    uint32_t hash;
} entry;

typedef struct slot {
    uint32_t hash;
    int32_t code; /* FREE_SLOT: none */
} slot;

#define FREE_SLOT (-1)

struct bkti_dictionary {
    bkti_memory *memory;
    atomic_size_t references;
    uint64_t keys[2];
    slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    entry *entries;
    size_t entry_capacity;
    int32_t count;
    chunk *chunks; /* the newest first */
};

/* The finisher of splitmix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit
 * of the output. */
static uint64_t mix(uint64_t word) {
    word += 0x9e3779b97f4a7c15u;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    return word ^ (word >> 31);
}

static uint64_t fold(uint64_t a, uint64_t b) {
    bkti_wide product = bkti_multiply_wide(a, b);
    return product.high ^ product.low;
}

/* Sixteen bytes a step through a folded 64 x 64 bit product, as in wyhash (Wang Yi, public
 * domain). The keys come from the dictionary's own address, so that a file can't be made whose
 * texts collide on every machine; the codes do not depend on the hash, so neither does any
 * result. */
static uint32_t hash_of(const bkti_dictionary *dictionary, bkti_span text) {
    const char *data = text.data;
    size_t size = text.size;
    uint64_t first_key = dictionary->keys[0];
    uint64_t hash = dictionary->keys[1] ^ size;
    while (size > 16) {
        hash = fold(bkti_load_8(data) ^ first_key, bkti_load_8(data + 8) ^ hash);
        data += 16;
        size -= 16;
    }
    uint64_t a = 0;
    uint64_t b = 0;
    if (size >= 8) {
        a = bkti_load_8(data);
        b = bkti_load_8(data + size - 8);
    } else if (size >= 4) {
        a = bkti_load_4(data);
        b = bkti_load_4(data + size - 4);
    } else if (size > 0) {
        a = (uint64_t)(unsigned char)data[0] << 16 | (uint64_t)(unsigned char)data[size / 2] << 8 |
            (unsigned char)data[size - 1];
    }
    hash = fold(a ^ first_key, b ^ hash);
    return (uint32_t)(hash ^ (hash >> 32));
}

bkti_dictionary *bkti_dictionary_new(bkti_memory *memory) {
    bkti_dictionary *dictionary = bkti_allocate_zeroed(memory, 1, sizeof *dictionary);
    if (dictionary == NULL) {
        return NULL;
    }
    dictionary->memory = bkti_memory_hold(memory);
    atomic_init(&dictionary->references, 1);
    dictionary->keys[0] = mix((uint64_t)(uintptr_t)dictionary);
    dictionary->keys[1] = mix(dictionary->keys[0]);
    return dictionary;
}

bkti_dictionary *bkti_dictionary_hold(bkti_dictionary *dictionary) {
    if (dictionary != NULL) {
        atomic_fetch_add_explicit(&dictionary->references, 1, memory_order_relaxed);
    }
    return dictionary;
}

void bkti_dictionary_drop(bkti_dictionary *dictionary) {
    if (dictionary == NULL ||
        atomic_fetch_sub_explicit(&dictionary->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    bkti_memory *memory = dictionary->memory;
    chunk *next;
    for (chunk *each = dictionary->chunks; each != NULL; each = next) {
        next = each->next;
        bkti_release(memory, each);
    }
    bkti_release(memory, dictionary->slots);
    bkti_release(memory, dictionary->entries);
    bkti_release(memory, dictionary);
    bkti_memory_drop(memory);
}

int32_t bkti_dictionary_count(const bkti_dictionary *dictionary) {
    return dictionary == NULL ? 0 : dictionary->count;
}

/* The slot that holds the text, or the free one where it belongs. There always is a free one. */
static slot *slot_of(const bkti_dictionary *dictionary, bkti_span text, uint32_t hash) {
    size_t mask = dictionary->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        slot *candidate = &dictionary->slots[i];
        if (candidate->code == FREE_SLOT) {
            return candidate;
        }
        if (candidate->hash == hash) {
            const entry *found = &dictionary->entries[candidate->code];
            if (found->size == text.size &&
                (text.size == 0 || memcmp(found->data, text.data, text.size) == 0)) {
                return candidate;
            }
        }
    }
}

/* Doubles the table. False leaves it as it was. */
static bool grow_slots(bkti_dictionary *dictionary) {
    size_t count = dictionary->slot_count == 0 ? FIRST_SLOT_COUNT : dictionary->slot_count * 2;
    slot *slots = bkti_allocate_array(dictionary->memory, count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        slots[i].hash = 0;
        slots[i].code = FREE_SLOT;
    }
    for (int32_t code = 0; code < dictionary->count; code++) {
        uint32_t hash = dictionary->entries[code].hash;
        size_t i = hash & (count - 1);
        while (slots[i].code != FREE_SLOT) {
            i = (i + 1) & (count - 1);
        }
        slots[i].hash = hash;
        slots[i].code = code;
    }
    bkti_release(dictionary->memory, dictionary->slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
    return true;
}

/* A copy of the text, terminated, that never moves. */
static const char *store_text(bkti_dictionary *dictionary, bkti_span text) {
    chunk *newest = dictionary->chunks;
    size_t needed = text.size + 1;
    if (newest == NULL || newest->size - newest->used < needed) {
        size_t size = newest == NULL ? FIRST_CHUNK_SIZE : newest->size * 2;
        if (size > LARGEST_CHUNK_SIZE) {
            size = LARGEST_CHUNK_SIZE;
        }
        if (size < needed) {
            size = needed;
        }
        chunk *fresh = bkti_allocate(dictionary->memory, sizeof *fresh + size);
        if (fresh == NULL) {
            return NULL;
        }
        fresh->next = newest;
        fresh->size = size;
        fresh->used = 0;
        dictionary->chunks = fresh;
        newest = fresh;
    }
    char *copy = newest->bytes + newest->used;
    if (text.size > 0) {
        memcpy(copy, text.data, text.size);
    }
    copy[text.size] = '\0';
    newest->used += needed;
    return copy;
}

int32_t bkti_dictionary_add(bkti_dictionary *dictionary, bkti_span text) {
    uint32_t hash = hash_of(dictionary, text);
    slot *place = NULL;
    if (dictionary->slot_count > 0) {
        place = slot_of(dictionary, text, hash);
        if (place->code != FREE_SLOT) {
            return place->code;
        }
    }
    int32_t code = dictionary->count;
    if (code == INT32_MAX || text.size >= UINT32_MAX) {
        return -1;
    }
    size_t count = (size_t)code + 1;
    void *entries = dictionary->entries;
    if (!bkti_grow(dictionary->memory, &entries, &dictionary->entry_capacity, count,
                   sizeof(entry))) {
        return -1;
    }
    dictionary->entries = entries;
    if (count > dictionary->slot_count - dictionary->slot_count / 4) {
        if (!grow_slots(dictionary)) {
            return -1;
        }
        place = slot_of(dictionary, text, hash);
    }
    const char *data = store_text(dictionary, text);
    if (data == NULL) {
        return -1;
    }
    dictionary->entries[code] = (entry){data, (uint32_t)text.size, hash};
    *place = (slot){hash, code};
    dictionary->count = code + 1;
    return code;
}

int32_t bkti_dictionary_find(const bkti_dictionary *dictionary, bkti_span text) {
    if (dictionary == NULL || dictionary->slot_count == 0) {
        return -1;
    }
    return slot_of(dictionary, text, hash_of(dictionary, text))->code;
}

const char *bkti_dictionary_text(const bkti_dictionary *dictionary, int32_t code) {
    if (dictionary == NULL || code < 0 || code >= dictionary->count) {
        return NULL;
    }
    return dictionary->entries[code].data;
}

bkti_span bkti_dictionary_span(const bkti_dictionary *dictionary, int32_t code) {
    bkti_span span = {NULL, 0};
    if (dictionary != NULL && code >= 0 && code < dictionary->count) {
        span.data = dictionary->entries[code].data;
        span.size = dictionary->entries[code].size;
    }
    return span;
}
