/* SPDX-License-Identifier: MIT */
/* How a table is made and what is inside: for the rooms that write tables row by row or whole. */
#ifndef BKTI_TABLE_H
#define BKTI_TABLE_H

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <bktrade/table.h>

#include "bkti_context.h"
#include "bkti_dictionary.h"
#include "bkti_span.h"

/* Texts with their frequency and ordinal, parsed once per distinct text. A text that is no period
 * is kept, with BKT_FREQUENCY_NONE. Counted by reference as the dictionary is. */
typedef struct bkti_period_list bkti_period_list;

/* Names that a structure, or the message itself, gives a column's concept and codes, and what else
 * a structure says of the column. Made by a room that knows these; counted by reference, shared by
 * all columns that are made of the first. The functions may be called by several threads at once.
 */
typedef struct bkti_labels bkti_labels;
struct bkti_labels {
    /* The concept's name, in the language or the nearest that there is; NULL if it has none. */
    const char *(*concept_name)(const bkti_labels *labels, const char *language);
    /* The same of a code; also NULL for a code that the list does not have. */
    const char *(*code_name)(const bkti_labels *labels, const char *code, const char *language);
    void (*end)(bkti_labels *labels); /* the last reference is gone */
    const char *type;                 /* SDMX's text type, such as "Decimal"; NULL */
    const char *code_list;            /* "AGENCY:ID(VERSION)" of the enumeration; NULL */
    bool has_code_names;
    _Atomic uint32_t references;
};
bkti_labels *bkti_labels_hold(bkti_labels *labels); /* NULL is fine */
void bkti_labels_drop(bkti_labels *labels);

/* A column that is being written, row by row. The fields are for reading; write through the
 * functions below. Rows between `filled` and the row written next become missing by themselves, and
 * arrays get room only when they are needed: a column that is never written costs nothing before
 * the table is finished, and neither does one whose rows all got the same code from
 * bkti_column_fill_code(). */
typedef struct bkti_column_writer {
    char *id;
    const char *shown;   /* what a table calls it, a text that stays; NULL: the id */
    char *label;         /* NULL: the id */
    char *unit;          /* NULL: "" */
    char *group;         /* as bkti_column_group() has it; NULL */
    bkti_labels *labels; /* NULL: no structure is known */
    uint32_t rank;       /* tables have their columns by rank, those of one rank as they came */
    int32_t kind;
    int32_t role;
    int32_t level;
    int32_t role_assumed;
    bkti_dictionary *dictionary; /* text and period */
    bkti_period_list *periods;   /* period */
    int32_t *codes;              /* text and period; NULL: all rows have same_code */
    int32_t same_code;
    double *numbers;  /* number */
    uint8_t *reasons; /* number; NULL until a number is missing */
    int64_t room;     /* rows that codes or numbers (and reasons) have room for */
    int64_t capacity; /* those of them that are ready to be written */
    int64_t filled;   /* rows written */
    int64_t null_count;
} bkti_column_writer;

/* Tables row by row: columns may be added at any time (earlier rows are missing in them). After
 * any function here has said BKT_ERR_MEMORY or BKT_ERR_LIMIT the writer can only be freed. The
 * context must outlive the writer. */
typedef struct bkti_table_writer bkti_table_writer;

bkt_status bkti_table_writer_new(bkt_context *context, bkti_table_writer **out_writer);
void bkti_table_writer_free(bkti_table_writer *writer);
/* The id must be new (BKT_ERR_REPEATED_COMPONENT if it isn't). The index stays the column's. */
bkt_status bkti_table_writer_add_column(bkti_table_writer *writer, bkti_span id, int32_t kind,
                                        int32_t role, int32_t level, uint32_t *out_index);
uint32_t bkti_table_writer_column_count(const bkti_table_writer *writer);
/* Index of a column by its exact id, -1 if there is none. */
int64_t bkti_table_writer_find(const bkti_table_writer *writer, bkti_span id);
/* Valid until the next add_column. */
bkti_column_writer *bkti_table_writer_column(bkti_table_writer *writer, uint32_t index);
bkt_status bkti_table_writer_set_label(bkti_table_writer *writer, uint32_t index, const char *label,
                                       const char *unit);
/* What a structure says of a column: the labels (held, may be NULL) and its place among the others.
 */
void bkti_table_writer_set_structure(bkti_table_writer *writer, uint32_t index, bkti_labels *labels,
                                     uint32_t rank);
/* Which group an attribute was told at, see bkti_column_group(). */
bkt_status bkti_table_writer_set_group(bkti_table_writer *writer, uint32_t index,
                                       const char *group);
/* What is known of a column's role by now; it may change as long as the table isn't finished. */
void bkti_table_writer_set_role(bkti_table_writer *writer, uint32_t index, int32_t role,
                                int32_t level, bool assumed);
/* Tables have the column under another id, which is kept as it is (it must outlive the writer), and
 * _find finds it no more. */
void bkti_table_writer_show(bkti_table_writer *writer, uint32_t index, const char *id);
/* text.data NULL takes the property away. */
bkt_status bkti_table_writer_set_property(bkti_table_writer *writer, const char *name,
                                          bkti_span text);
/* All properties of a table that the new one is computed from. */
bkt_status bkti_table_writer_copy_properties(bkti_table_writer *writer, const bkt_table *table);
/* Code of a text in a text column's dictionary (added if new); < 0 on failure (recorded). */
int32_t bkti_table_writer_code(bkti_table_writer *writer, uint32_t index, bkti_span text);
/* The same for a period column; *out_frequency is BKT_FREQUENCY_NONE for a text that is none. Both
 * results may be NULL. */
int32_t bkti_table_writer_period_code(bkti_table_writer *writer, uint32_t index, bkti_span text,
                                      int32_t *out_frequency, int64_t *out_ordinal);
/* Makes room in every column for rows up to `rows`, growing geometrically. */
bkt_status bkti_table_writer_reserve(bkti_table_writer *writer, int64_t rows);

/* What the inline functions below call when the row is not simply the next one with room. */
bkt_status bkti_column_write_code(bkti_table_writer *writer, bkti_column_writer *column,
                                  int64_t row, int32_t code);
bkt_status bkti_column_write_number(bkti_table_writer *writer, bkti_column_writer *column,
                                    int64_t row, double number);

/* The code that a row of a text or period column was given; row must be < column->filled. */
static inline int32_t bkti_column_written_code(const bkti_column_writer *column, int64_t row) {
    return column->codes == NULL ? column->same_code : column->codes[row];
}

/* Writes to one row of a column; row must be >= column->filled. The code is one of the column's
 * dictionary, or -1 for missing. */
static inline bkt_status bkti_column_put_code(bkti_table_writer *writer, bkti_column_writer *column,
                                              int64_t row, int32_t code) {
    if (row != column->filled || row >= column->capacity) {
        return bkti_column_write_code(writer, column, row, code);
    }
    column->codes[row] = code;
    column->null_count += code < 0;
    column->filled = row + 1;
    return BKT_OK;
}

/* A number that is known to be finite. */
static inline bkt_status bkti_column_put_finite(bkti_table_writer *writer,
                                                bkti_column_writer *column, int64_t row,
                                                double number) {
    if (row != column->filled || row >= column->capacity) {
        return bkti_column_write_number(writer, column, row, number);
    }
    column->numbers[row] = number;
    if (column->reasons != NULL) {
        column->reasons[row] = BKT_MISSING_NOT;
    }
    column->filled = row + 1;
    return BKT_OK;
}

/* A number that is not finite is written as missing: NaN as BKT_MISSING_NAN, infinite as
 * BKT_MISSING_OVERFLOW. */
static inline bkt_status bkti_column_put_number(bkti_table_writer *writer,
                                                bkti_column_writer *column, int64_t row,
                                                double number) {
    return isfinite(number) ? bkti_column_put_finite(writer, column, row, number)
                            : bkti_column_write_number(writer, column, row, number);
}

/* In a text or period column the reason is not kept. */
bkt_status bkti_column_put_missing(bkti_table_writer *writer, bkti_column_writer *column,
                                   int64_t row, uint8_t reason);
/* The same code in rows first_row up to (not with) end_row. */
bkt_status bkti_column_fill_code(bkti_table_writer *writer, bkti_column_writer *column,
                                 int64_t first_row, int64_t end_row, int32_t code);
/* Another code for a row of a text or period column that was given one; row must be <
 * column->filled. */
bkt_status bkti_column_change_code(bkti_table_writer *writer, bkti_column_writer *column,
                                   int64_t row, int32_t code);
/* All rows written to a column of another writer, from `row` on; the rows before that are not
 * written yet are missing. map: for a text or period column, what the other's codes are here (a
 * missing one stays so); NULL: the same. */
bkt_status bkti_column_append(bkti_table_writer *writer, bkti_column_writer *column, int64_t row,
                              const bkti_column_writer *other, const int32_t *map);
/* The rows written so far as a table, all columns padded to `rows`.
 * _lend: a table that borrows the writer's arrays until the next call on the writer (no copy).
 * Every table made from it by an operation has copies of its own, dictionaries included. _restart:
 * forgets the rows, keeps columns, dictionaries and room: for the next batch. _finish: makes a
 * table of its own, trims what is too large, and frees the writer, whatever the outcome. */
bkt_status bkti_table_writer_lend(bkti_table_writer *writer, int64_t rows,
                                  const bkt_table **out_table);
void bkti_table_writer_restart(bkti_table_writer *writer);
/* _lend may be asked for fewer rows than were written; then _drop_rows forgets the first `count`
 * rows (those lent) and keeps the rest as the first rows of the next batch. For the reader, whose
 * blocks of input do not end where batches do. */
void bkti_table_writer_drop_rows(bkti_table_writer *writer, int64_t count);
bkt_status bkti_table_writer_finish(bkti_table_writer *writer, int64_t rows, bkt_table **out_table);

/* The group that an attribute is attached to, "ID DIMENSION DIMENSION ..."; the id is empty where
 * only the dimensions are known. NULL: no group is. */
const char *bkti_column_group(const bkt_column *column);

/* For the rooms that look things up in a filter while reading. */
uint32_t bkti_filter_column_count(const bkt_filter *filter);
const char *bkti_filter_column_id(const bkt_filter *filter, uint32_t index);
bool bkti_filter_accepts_code(const bkt_filter *filter, uint32_t index, bkti_span code);
bool bkti_filter_has_periods(const bkt_filter *filter);
bool bkti_filter_accepts_period(const bkt_filter *filter, int32_t frequency, int64_t ordinal);

#endif
