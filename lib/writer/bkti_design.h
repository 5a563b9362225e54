/* SPDX-License-Identifier: MIT */
/* A data structure to be written: as a structure message, or as an XML schema for its data. For the
 * writer room alone. */
#ifndef BKTI_DESIGN_H
#define BKTI_DESIGN_H

#include <bktrade/structure.h>

#include "bkti_writer_parts.h"

enum bkti_design_place {
    BKTI_PART_DIMENSION,
    BKTI_PART_TIME,
    BKTI_PART_MEASURE,
    BKTI_PART_ATTRIBUTE
};

typedef struct bkti_part {
    const char *id;
    const char *name;
    int place;
    bool is_list;             /* it may have several values */
    bool of_dataset;          /* an attribute that hangs on nothing */
    bool of_series;           /* an attribute that hangs on all dimensions but time */
    int32_t group;            /* of a table: the layout's group that it is told at; -1 */
    const char *type;         /* SDMX's text type, or one of XML Schema; NULL: it has codes */
    const bkt_column *column; /* of the codes; NULL */
    uint8_t *used;            /* codes of the column that rows have */
    const bkt_item *list;     /* of the codes, if the structure was read */
    const bkt_item *component;
} bkti_part;

typedef struct bkti_design {
    bkti_part *parts; /* by place */
    uint32_t count;
    bkti_reference structure;
    bkti_reference dataflow;
    const char *name;
    bool is_3;
    bool flat;
    bool has_lists;
    bool has_dataset; /* there are attributes of the data set */
    /* What has the groups: the DSD, if it was read, or else the table's layout, whose dimensions
     * are the first parts. */
    const bkt_item *source;
    const bkti_layout *layout;
} bkti_design;

/* Of a table, as the writer would write its data. Names and columns are the table's. */
bkt_status bkti_design_make(bkt_writer *writer, const bkt_table *table, bkti_design *design);
void bkti_design_free(bkt_writer *writer, bkti_design *design);

/* Groups of a table. */
uint32_t bkti_design_group_count(const bkti_design *design);
/* Whether a part, by its place, is a dimension of a group of a table. */
bool bkti_design_is_key(const bkti_design *design, uint32_t part, uint32_t group);

/* Codes (or values, or concepts) of a list. */
uint32_t bkti_codes_count(const bkt_item *list);

/* Elements with the writer's escapes. */
void bkti_put_pair(bkt_writer *writer, const char *before, bkti_span text, const char *behind);

/* Whether the writer's format has schemas. */
bkt_status bkti_design_check_schema(bkt_writer *writer);
/* Ends a writer that wrote a design, with the status of that, and frees it. */
bkt_status bkti_design_end(bkt_writer *writer, bkt_status status);

/* structure_message.c, schema.c */
bkt_status bkti_design_put_structure(bkt_writer *writer, const bkti_design *design);
bkt_status bkti_design_put_schema(bkt_writer *writer, const bkti_design *design);

#endif
