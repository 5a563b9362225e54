/* SPDX-License-Identifier: MIT */
/* What comparing and updating share, and what a comparison is made of. */
#ifndef BKTI_REVISION_H
#define BKTI_REVISION_H

#include <bktrade/revision.h>

#include "bkti_column.h"

/* The table with the ids of another wherever its own mean the same: ids that differ in ASCII case
 * alone, and that of the time column. Columns are shared as far as they can be; nothing in it is
 * lent. NULL without memory. */
bkt_table *bkti_align(bkti_memory *memory, const bkt_table *table, const bkt_table *model);
bool bkti_is_key(const bkt_column *column); /* by its role */
/* The column ACTION, if it is one of provenance; NULL. */
const bkt_column *bkti_action_column(const bkt_table *table);
bool bkti_action_is(const char *action, const char *name);

/* A measure or an attribute of both tables. */
typedef struct bkti_component {
    const bkt_column *before; /* NULL: the earlier table lacks it */
    const bkt_column *after;
    int32_t
        *map; /* codes of the earlier text to those of the later, -2: it has none such; or NULL */
    bool is_measure;
    int64_t change_count; /* keys in which it changed */
} bkti_component;

enum bkti_change_kind {
    BKTI_ADDED,
    BKTI_REMOVED,
    BKTI_REVISED,
    BKTI_ATTRIBUTES,
    BKTI_UNCHANGED,
    BKTI_REPEATED_BEFORE,
    BKTI_REPEATED_AFTER,
    BKTI_CHANGE_KIND_COUNT
};

/* A row of the result. */
typedef struct bkti_change {
    int64_t before; /* row, -1 for none */
    int64_t after;
    int kind;
} bkti_change;

typedef struct bkti_comparison {
    bkt_context *context;
    bkti_memory *memory;
    bkt_comparison_options options;
    bkt_table *before;
    bkt_table *after;
    const char **key_ids; /* columns of both tables */
    uint32_t key_count;
    bkti_component *components;
    uint32_t component_count;
    bkt_table *keys; /* of the later table's rows, then of the earlier's */
    bkti_change *changes;
    size_t change_count;
    size_t change_capacity;
    int64_t counts[BKTI_CHANGE_KIND_COUNT];
} bkti_comparison;

/* Which columns make the key and which are compared. */
bkt_status bkti_pair_columns(bkti_comparison *work);
void bkti_pair_columns_free(bkti_comparison *work);
/* Whether a measure or attribute differs between two rows. */
bool bkti_component_differs(const bkti_component *component, int64_t before, int64_t after);
/* The tables of the result. */
bkt_status bkti_changes_table(bkti_comparison *work, bkt_table **out_table);
bkt_status bkti_changes_summary(const bkti_comparison *work, bkt_table **out_table);

#endif
