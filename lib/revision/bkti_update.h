/* SPDX-License-Identifier: MIT */
/* What an update is made of. Rows are those of all tables put one under the other, and moments are
 * rows too: what was written by a later row is later. */
#ifndef BKTI_UPDATE_H
#define BKTI_UPDATE_H

#include "bkti_key_index.h"
#include "bkti_revision.h"

enum bkti_action { BKTI_MERGE, BKTI_APPEND, BKTI_REPLACE, BKTI_DELETE, BKTI_ACTION_COUNT };

/* Where a column's values are kept: one a key, one a series, or one. */
enum bkti_place_kind { BKTI_OF_OBSERVATION, BKTI_OF_SERIES, BKTI_OF_ALL, BKTI_PLACE_KIND_COUNT };

/* A measure, attribute or column of provenance. Its cells are kept in the arrays of the joined
 * table, each in the first row of its place. */
typedef struct bkti_kept {
    bkt_column *column;
    int64_t *written; /* a place each, the row that wrote it last, -1 for none; NULL: never asked */
    int32_t partner;  /* of a measure its column ID_TEXT, and the other way round; -1: none */
    int place;
    bool is_text;       /* goes with a measure */
    bool is_provenance; /* goes with the row */
} bkti_kept;

/* Deletions by one set of dimensions. */
typedef struct bkti_selection {
    bool *has; /* a dimension each */
    bkt_column **columns;
    uint32_t column_count;
    bkti_key_index index;
    uint32_t *groups; /* of the rows */
    int64_t *deleted; /* a group each: the newest row that deletes its observations; NULL: none */
    int64_t **cells;  /* a kept column each: the same of its cells; NULL: none */
    bool within[BKTI_PLACE_KIND_COUNT]; /* it means whole places of this kind */
} bkti_selection;

enum { BKTI_SELECTION_LIMIT = 64 };

typedef struct bkti_update {
    bkt_context *context;
    bkti_memory *memory;
    bkt_update_options options;
    int action;       /* of rows that say none */
    bkt_table *all;   /* the tables, one under the other */
    uint8_t *actions; /* of each row */
    bkt_column **keys;
    uint32_t key_count;
    bkti_kept *kept;
    uint32_t kept_count;
    bkti_key_index index; /* of observations */
    uint32_t *groups;
    bkti_key_index series_index;
    uint32_t *series; /* NULL: no column is of series */
    int64_t *written; /* an observation each */
    bkti_selection *selections;
    uint32_t selection_count;
} bkti_update;

/* A cell has something to say: it is not simply absent. */
bool bkti_cell_is_there(const bkt_column *column, int64_t row);
/* The place of a row's cell in a column: its number, and its first row. */
size_t bkti_place_of(const bkti_update *work, int place, int64_t row);
int64_t bkti_place_row(const bkti_update *work, int place, int64_t row);

/* Makes what all deletions need. */
bkt_status bkti_selections_prepare(bkti_update *work);
void bkti_selections_free(bkti_update *work);
/* Notes what a row deletes. */
void bkti_select_row(bkti_update *work, int64_t row);
/* Whether the observation, or the cell, of a row was written and not deleted since. */
bool bkti_observation_lives(const bkti_update *work, int64_t row);
bool bkti_cell_lives(const bkti_update *work, uint32_t kept, int64_t row);

#endif
