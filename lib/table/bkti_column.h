/* SPDX-License-Identifier: MIT */
/* What columns and tables are made of. For the table room, and for revision, which
 * takes tables apart. */
#ifndef BKTI_COLUMN_H
#define BKTI_COLUMN_H

#include "bkti_table.h"

/* One entry of a period list. */
typedef struct bkti_period {
    int64_t ordinal;
    int32_t frequency; /* BKT_FREQUENCY_NONE: the text is no period */
    int32_t first_day; /* days since 1970-01-01 */
} bkti_period;

/* The entries run parallel to those of the column's dictionary. */
struct bkti_period_list {
    bkti_memory *memory;
    bkti_period *items;
    size_t count;
    size_t capacity;
    _Atomic uint32_t references;
};

bkti_period_list *bkti_period_list_new(bkti_memory *memory);
bkti_period_list *bkti_period_list_hold(bkti_period_list *list);
void bkti_period_list_drop(bkti_period_list *list);
/* Parses the text as the next entry; one that is no period counts too. False without memory. */
bool bkti_period_list_add_text(bkti_period_list *list, bkti_span text);
bool bkti_period_list_add(bkti_period_list *list, bkti_period period);
/* A map from every code to the first code of the same period (ranges and texts that are no period
 * stay themselves); NULL in *out_map if the map would change nothing. False without memory. */
bool bkti_period_list_same(bkti_memory *memory, const bkti_period_list *list, int32_t **out_map);

struct bkt_column {
    bkti_memory *memory;
    char *id;
    char *label;         /* NULL: the id */
    char *unit;          /* NULL: "" */
    char *group;         /* as bkti_column_group() has it; NULL */
    bkti_labels *labels; /* NULL: no structure is known */
    int32_t kind;
    int32_t role;
    int32_t level;
    int32_t role_assumed;
    bkti_dictionary *dictionary; /* text and period */
    bkti_period_list *periods;   /* period */
    int32_t *codes;              /* text and period */
    double *numbers;             /* number; NaN where missing */
    uint8_t *validity;           /* number; NULL if none is missing */
    uint8_t *reasons;            /* number; NULL if none is missing */
    int64_t row_count;
    int64_t null_count;
    _Atomic uint32_t references;
    bool lent; /* all but the validity belongs to a table writer, whose dictionaries still grow */
};

/* All functions that make something give NULL without memory. */

/* A column without rows, dictionary or arrays. */
bkt_column *bkti_column_new(bkti_memory *memory, bkti_span id, int32_t kind, int32_t role);
/* Gives a new column label, unit and level of another, and whether the role is assumed. False
 * without memory. */
bool bkti_column_describe(bkt_column *column, const bkt_column *model);
/* A new column described as another, with its id, kind and role. */
bkt_column *bkti_column_like(bkti_memory *memory, const bkt_column *model);
bkt_column *bkti_column_hold(bkt_column *column);
void bkti_column_drop(bkt_column *column);
/* Gives a new column its array of codes or numbers, not yet filled. */
bool bkti_column_allocate(bkt_column *column, int64_t rows);
/* To be called when the arrays are filled: counts what is missing, makes numbers with a reason NaN,
 * makes the validity, lets go of reasons that all say BKT_MISSING_NOT. */
bool bkti_column_seal(bkt_column *column);
/* A column of some rows of another (NULL: all of them, in order). The dictionary is shared, or
 * copied as far as it is used if the column is lent. */
bkt_column *bkti_column_take(bkti_memory *memory, const bkt_column *column, const int64_t *rows,
                             int64_t count);
/* The column itself, held, or a copy if it is lent. */
bkt_column *bkti_column_share(bkti_memory *memory, bkt_column *column);
/* bkt_missing_reason to a bit each; NULL without memory. */
uint8_t *bkti_validity_of(bkti_memory *memory, const uint8_t *reasons, int64_t rows);

typedef struct bkti_property {
    char *name;
    char *text;
} bkti_property;

typedef struct bkti_properties {
    bkti_property *items;
    size_t count;
    size_t capacity;
} bkti_properties;

const char *bkti_properties_find(const bkti_properties *properties, const char *name);
/* text.data NULL takes the property away. False, and all as it was, without memory. */
bool bkti_properties_set(bkti_memory *memory, bkti_properties *properties, const char *name,
                         bkti_span text);
bool bkti_properties_copy(bkti_memory *memory, bkti_properties *properties,
                          const bkti_properties *others);
void bkti_properties_free(bkti_memory *memory, bkti_properties *properties);

struct bkt_table {
    bkti_memory *memory;
    bkt_column **columns;
    uint32_t column_count;
    uint32_t column_room;
    int64_t row_count;
    bkti_properties properties;
    bool lent; /* see bkt_column */
};

/* A table without columns yet, but room for them. */
bkt_table *bkti_table_new(bkti_memory *memory, uint32_t column_room, int64_t rows);
/* The same with the properties of another. */
bkt_table *bkti_table_derive(bkti_memory *memory, const bkt_table *table, uint32_t column_room,
                             int64_t rows);
/* Takes the column over; there must be room. NULL (out of memory) is passed on as false. */
bool bkti_table_add(bkt_table *table, bkt_column *column);
/* By its exact id; NULL. */
bkt_column *bkti_table_exact(const bkt_table *table, const char *id);
/* What bkt_table_column_find() finds, for change of its references; NULL. */
bkt_column *bkti_table_find(const bkt_table *table, const char *id);
/* The time column, one with periods if there is one; NULL. */
const bkt_column *bkti_table_time(const bkt_table *table);
/* All columns of a table at the given rows. */
bkt_table *bkti_table_take(bkti_memory *memory, const bkt_table *table, const int64_t *rows,
                           int64_t count);
/* Looks up several columns, each once; *out_columns is to be released. BKT_ERR_ARGUMENT for NULL,
 * BKT_ERR_NO_COLUMN, BKT_ERR_REPEATED_COMPONENT, BKT_ERR_MEMORY. */
bkt_status bkti_table_columns(bkt_context *context, const bkt_table *table, const char *const *ids,
                              uint32_t id_count, bkt_column ***out_columns);

#endif
