/* SPDX-License-Identifier: MIT */
#include "bkti_key_index.h"

/* Rows whose hashes are made together, column by column. */
enum { CHUNK_ROWS = 512 };

bool bkti_key_index_init(bkti_key_index *index, bkti_memory *memory, bkt_column *const *columns,
                         uint32_t column_count) {
    *index = (bkti_key_index){.memory = memory, .columns = columns, .column_count = column_count};
    index->same = bkti_allocate_zeroed(memory, column_count, sizeof(int32_t *));
    if (index->same == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < column_count; i++) {
        if (columns[i]->periods != NULL &&
            !bkti_period_list_same(memory, columns[i]->periods, &index->same[i])) {
            return false;
        }
    }
    return true;
}

void bkti_key_index_free(bkti_key_index *index) {
    for (uint32_t i = 0; index->same != NULL && i < index->column_count; i++) {
        bkti_release(index->memory, index->same[i]);
    }
    bkti_release(index->memory, index->same);
    bkti_release(index->memory, index->slots);
    bkti_release(index->memory, index->first_rows);
    *index = (bkti_key_index){.memory = index->memory};
}

static int32_t code_at(const bkti_key_index *index, uint32_t column, int64_t row) {
    int32_t code = index->columns[column]->codes[row];
    return code < 0 || index->same[column] == NULL ? code : index->same[column][code];
}

static bool same_key(const bkti_key_index *index, int64_t a, int64_t b) {
    for (uint32_t i = 0; i < index->column_count; i++) {
        if (code_at(index, i, a) != code_at(index, i, b)) {
            return false;
        }
    }
    return true;
}

/* Hashes of `count` rows (CHUNK_ROWS at most) from first_row on. The multiplier is splitmix64's;
 * folding the upper half in after each code keeps columns from cancelling each other. */
static void hash_rows(const bkti_key_index *index, int64_t first_row, int64_t count,
                      uint64_t *hashes) {
    for (int64_t i = 0; i < count; i++) {
        hashes[i] = UINT64_C(0x9E3779B97F4A7C15);
    }
    for (uint32_t column = 0; column < index->column_count; column++) {
        for (int64_t i = 0; i < count; i++) {
            uint64_t code = (uint32_t)code_at(index, column, first_row + i);
            uint64_t hash = (hashes[i] ^ code) * UINT64_C(0xBF58476D1CE4E5B9);
            hashes[i] = hash ^ hash >> 32;
        }
    }
}

/* A slot holds a group + 1 above the low half of its hash; 0 is free. With half a hash at hand,
 * keys are hardly ever compared in vain, and growing needs no keys. */
static uint64_t slot_for(uint32_t group, uint64_t hash) {
    return ((uint64_t)group + 1) << 32 | (uint32_t)hash;
}

static bool grow_slots(bkti_key_index *index) {
    size_t count = index->slot_count == 0 ? 1024 : index->slot_count * 2;
    uint64_t *slots = bkti_allocate_zeroed(index->memory, count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t old = 0; old < index->slot_count; old++) {
        if (index->slots[old] != 0) {
            size_t slot = (uint32_t)index->slots[old] & (count - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (count - 1);
            }
            slots[slot] = index->slots[old];
        }
    }
    bkti_release(index->memory, index->slots);
    index->slots = slots;
    index->slot_count = count;
    return true;
}

/* The group of a row, a new one if its key is new. False without memory. */
static bool find_group(bkti_key_index *index, int64_t row, uint64_t hash, uint32_t *out_group) {
    size_t mask = index->slot_count - 1;
    size_t slot = (uint32_t)hash & mask;
    while (index->slots[slot] != 0) {
        uint32_t group = (uint32_t)(index->slots[slot] >> 32) - 1;
        if ((uint32_t)index->slots[slot] == (uint32_t)hash &&
            same_key(index, index->first_rows[group], row)) {
            *out_group = group;
            return true;
        }
        slot = (slot + 1) & mask;
    }
    void *first_rows = index->first_rows;
    if (index->group_count >= BKTI_GROUP_LIMIT ||
        !bkti_grow(index->memory, &first_rows, &index->first_row_capacity, index->group_count + 1,
                   sizeof *index->first_rows)) {
        return false;
    }
    index->first_rows = first_rows;
    *out_group = (uint32_t)index->group_count;
    index->slots[slot] = slot_for(*out_group, hash);
    index->first_rows[index->group_count++] = row;
    return index->group_count <= index->slot_count / 4 * 3 || grow_slots(index);
}

bool bkti_key_index_rows(bkti_key_index *index, int64_t row_count, uint32_t *groups,
                         bkti_repeat *repeat) {
    uint64_t hashes[CHUNK_ROWS];
    if (index->slot_count == 0 && !grow_slots(index)) {
        return false;
    }
    uint32_t group = 0;
    for (int64_t first_row = 0; first_row < row_count; first_row += CHUNK_ROWS) {
        int64_t count = row_count - first_row < CHUNK_ROWS ? row_count - first_row : CHUNK_ROWS;
        hash_rows(index, first_row, count, hashes);
        for (int64_t i = 0; i < count; i++) {
            int64_t row = first_row + i;
            size_t known = index->group_count;
            /* Rows of a series follow each other. */
            if ((row == 0 || !same_key(index, row - 1, row)) &&
                !find_group(index, row, hashes[i], &group)) {
                return false;
            }
            if (groups != NULL) {
                groups[row] = group;
            }
            if (repeat != NULL && index->group_count == known) {
                if (repeat->count++ == 0) {
                    repeat->first_row = row;
                    repeat->earlier_row = index->first_rows[group];
                }
            }
        }
    }
    return true;
}
