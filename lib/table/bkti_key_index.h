/* SPDX-License-Identifier: MIT */
/* Rows by their key: which rows have the same codes in some columns. Missing is a value of its own;
 * two spellings of one period (2012Q1, 2012-Q1) are the same. */
#ifndef BKTI_KEY_INDEX_H
#define BKTI_KEY_INDEX_H

#include "bkti_column.h"

/* As many as the half hashes of the slots can tell apart. */
#define BKTI_GROUP_LIMIT ((size_t)INT32_MAX)

typedef struct bkti_key_index {
    bkti_memory *memory;
    bkt_column *const *columns; /* text or period */
    uint32_t column_count;
    int32_t **same;  /* a column: code to the first code of the same period, or NULL */
    uint64_t *slots; /* see key_index.c; 0 is free */
    size_t slot_count;
    int64_t *first_rows; /* of each group; groups are counted in order of first appearance */
    size_t first_row_capacity;
    size_t group_count;
} bkti_key_index;

/* Rows that repeat the key of an earlier one. */
typedef struct bkti_repeat {
    int64_t count;
    int64_t first_row;   /* the first of them */
    int64_t earlier_row; /* whose key it has */
} bkti_repeat;

/* columns are kept. False without memory; it is to be freed either way. */
bool bkti_key_index_init(bkti_key_index *index, bkti_memory *memory, bkt_column *const *columns,
                         uint32_t column_count);
void bkti_key_index_free(bkti_key_index *index);
/* Finds the groups of rows 0 to row_count. groups (one a row) and repeat may be NULL. False without
 * memory, and at more than BKTI_GROUP_LIMIT keys. */
bool bkti_key_index_rows(bkti_key_index *index, int64_t row_count, uint32_t *groups,
                         bkti_repeat *repeat);

#endif
