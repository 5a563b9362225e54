/* SPDX-License-Identifier: MIT */
/* An SDMX-JSON data message: a tree as facts. For the sdmx room alone. */
#ifndef BKTI_JSON_MESSAGE_H
#define BKTI_JSON_MESSAGE_H

#include "bkti_json.h"
#include "bkti_message_parts.h"

/* Where components are: of the data set, of a part of the key, of a series, of an observation. */
enum bkti_json_level {
    BKTI_JSON_DATASET,
    BKTI_JSON_GROUP,
    BKTI_JSON_SERIES,
    BKTI_JSON_OBSERVATION,
    BKTI_JSON_LEVELS
};

typedef struct bkti_json_component {
    bkti_span id;
    const bkti_json_value *value; /* what the structure has; NULL */
    bool is_indexed;    /* the data have indexes of its values, not the values themselves */
    uint32_t count;     /* of its values */
    bkti_span *texts;   /* of each; data NULL: none */
    bkti_span fallback; /* an attribute's default; data NULL: none */
    uint32_t level;
    uint32_t position; /* a dimension's in the key, as the message says it */
    uint32_t rank;     /* its place among all dimensions by their positions */
    uint64_t relation; /* dimensions that an attribute depends on: bits of ranks; 0: not known */
    bkti_span now;     /* a dimension's value in what is being told; data NULL: none */
} bkti_json_component;

typedef struct bkti_json_list {
    bkti_json_component *items;
    uint32_t count;
} bkti_json_list;

/* What the indexes of data sets mean. */
typedef struct bkti_json_structure {
    const bkti_json_value *value;
    bool is_read;
    bkti_json_list dimensions[BKTI_JSON_LEVELS];
    bkti_json_list attributes[BKTI_JSON_LEVELS];
    bkti_json_list measures;
    /* All dimensions: by their positions in the key, and level by level as they are listed. */
    bkti_json_component **key;
    bkti_json_component **listed;
    uint32_t key_count;
    bkti_json_component **group_order; /* one of the two; NULL: it isn't known */
} bkti_json_structure;

struct bkti_json_message {
    bkti_message *message;
    bkti_json *document;
    const bkti_json_value *data; /* the object that has the data sets */
    bool is_draft;               /* it is the document itself */
    bool is_several;             /* structures, not one structure */

    bkti_json_structure *structures;
    uint32_t structure_count;
    uint32_t *owners; /* by data set: the structure that names it */
    uint32_t dataset_count;

    /* Where the message stands. */
    bkti_json_structure *structure;
    bool deletes;
    uint32_t dataset;                /* from 0 */
    const char *part;                /* of the data set, such as "series"; NULL */
    bkti_span series;                /* its key; data NULL: none */
    bkti_span observation;           /* the same */
    const bkti_json_value *standing; /* the nearest object or array around */

    char *rooms; /* for the texts of numbers, one for each item of an array */
    size_t room_capacity;
    bkti_text joined; /* a text made of several */
};

/* json_message.c; json_absent.c in a build that has no JSON: then no message is one. */
/* BKT_END: the document is passed over. */
bkt_status bkti_json_message_new(bkti_message *message, bkti_span block,
                                 bkti_json_message **out_json);
void bkti_json_message_free(bkti_json_message *json);
bkt_status bkti_json_message_block(bkti_json_message *json, bkti_span block, bool last);
void bkti_json_message_place(const bkti_json_message *json, bkti_place *out_place);
/* Fails with where the message stands, as a path. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
bkt_status
bkti_json_message_fail(const bkti_json_message *json, bkt_status status, const char *format, ...);

/* json_header.c: what is told before data sets, and what servers have to say. */
bkt_status bkti_json_read_header(bkti_json_message *json, const bkti_json_value *root);
bkt_status bkti_json_read_errors(bkti_json_message *json, const bkti_json_value *errors);
/* A name in English, or else the best one. */
bkti_span bkti_json_name(const bkti_json_value *object, const char *name, const char *names);

/* json_structure.c */
bkt_status bkti_json_find_structures(bkti_json_message *json);
/* Reads the structure of a data set, if that was not done yet. */
bkt_status bkti_json_choose_structure(bkti_json_message *json, const bkti_json_value *dataset);
void bkti_json_free_structures(bkti_json_message *json);
/* What the links say a structure is. */
bool bkti_json_set_references(bkti_memory *memory, bkti_fields *fields,
                              const bkti_json_value *links);

/* json_value.c */
/* A value as one text: several and those in several languages joined as those of SDMX-ML (see
 * component.c). It lies in the document, the room or the message; data NULL: there is none. */
bkt_status bkti_json_value_text(bkti_json_message *json, const bkti_json_value *value,
                                char room[BKTI_JSON_ROOM], bkti_span *out_text);
/* The text of a value that is listed with its component. */
bkt_status bkti_json_listed_text(bkti_json_message *json, const bkti_json_value *value,
                                 bkti_span *out_text);
/* What an item of the data stands for. */
bkt_status bkti_json_item_text(bkti_json_message *json, const bkti_json_component *component,
                               const bkti_json_value *item, char room[BKTI_JSON_ROOM],
                               bkti_span *out_text);

/* json_names.c: what the structure of the data set calls its components and their values. */
bkt_status bkti_json_tell_names(bkti_json_message *json);

/* json_dataset.c */
bkt_status bkti_json_tell_dataset(bkti_json_message *json, const bkti_json_value *dataset);

#endif
