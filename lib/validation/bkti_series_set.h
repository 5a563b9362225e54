/* SPDX-License-Identifier: MIT */
/* The series of a data set, and which periods each had. A series is a row of codes; its periods
 * are bits, sixty-four to an entry, so that neither few nor many periods need much room. */
#ifndef BKTI_SERIES_SET_H
#define BKTI_SERIES_SET_H

#include "bkti_context.h"

typedef struct bkti_seen {
    uint64_t key; /* series * 2^32 + period / 64, plus 1; 0: free */
    uint64_t bits;
} bkti_seen;

typedef struct bkti_series_set {
    bkt_context *context;
    bkti_memory *memory;
    uint32_t width; /* codes of a key */
    int32_t *keys;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* index + 1; 0: free */
    size_t slot_count;
    bkti_seen *seen;
    size_t seen_count;
    size_t seen_room;
    bkti_seen *last; /* the entry used last; NULL */
    uint64_t seed;
} bkti_series_set;

void bkti_series_set_open(bkti_series_set *set, bkt_context *context, uint32_t width);
void bkti_series_set_close(bkti_series_set *set);
/* The index of a key, added if it is new. LIMIT; MEMORY. */
bkt_status bkti_series_set_find(bkti_series_set *set, const int32_t *key, uint32_t *out_index,
                                bool *out_is_new);
/* Finds or adds the entry of a series and period and makes it the last. */
bkt_status bkti_series_set_turn(bkti_series_set *set, uint64_t key);

/* Notes a period of a series; *out_again: it was there. */
static inline bkt_status bkti_series_set_see(bkti_series_set *set, uint32_t series, int32_t period,
                                             bool *out_again) {
    uint64_t key = ((uint64_t)series << 32 | (uint32_t)period >> 6) + 1;
    if (set->last == NULL || set->last->key != key) {
        bkt_status status = bkti_series_set_turn(set, key);
        if (status != BKT_OK) {
            return status;
        }
    }
    uint64_t bit = UINT64_C(1) << ((uint32_t)period & 63);
    *out_again = (set->last->bits & bit) != 0;
    set->last->bits |= bit;
    return BKT_OK;
}

#endif
