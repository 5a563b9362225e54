/* SPDX-License-Identifier: MIT */
/* What a message being written is made of. For the writer room alone. */
#ifndef BKTI_WRITER_PARTS_H
#define BKTI_WRITER_PARTS_H

#include <stdbool.h>

#include <bktrade/writer.h>

#include "bkti_context.h"
#include "bkti_dictionary.h"
#include "bkti_sink.h"
#include "bkti_span.h"
#include "bkti_text.h"

/* Ids that SDMX fixes. */
#define BKTI_ID_TIME  "TIME_PERIOD"
#define BKTI_ID_VALUE "OBS_VALUE"

/* What is said of a data set; the names are those of a table's properties. */
enum bkti_set_fact {
    BKTI_SET_STRUCTURE,
    BKTI_SET_DATAFLOW,
    BKTI_SET_ACTION,
    BKTI_SET_ID,
    BKTI_SET_VALID_FROM,
    BKTI_SET_REPORTING_BEGIN,
    BKTI_SET_REPORTING_END,
    BKTI_SET_FACTS
};
typedef struct bkti_set {
    char *texts[BKTI_SET_FACTS]; /* NULL: not said */
} bkti_set;

/* A structure that the header names. */
typedef struct bkti_target {
    char *structure; /* NULL: not said */
    char *dataflow;
    char *time; /* what its time dimension is called; NULL: TIME_PERIOD */
    bool flat;
} bkti_target;

/* "AGENCY:ID(VERSION)" taken apart; parts that are not there are empty. */
typedef struct bkti_reference {
    bkti_span agency;
    bkti_span id;
    bkti_span version;
} bkti_reference;

/* A column of the table at hand, as it is written. */
typedef struct bkti_component {
    const bkt_column *column;
    const bkt_column *texts; /* of numbers that are none, in a column beside; NULL */
    const int32_t *codes;    /* NULL: numbers */
    const char *id;          /* as it is written */
    const bkt_item *item;    /* of the DSD; NULL: none is known, or it lacks the component */
    size_t before;           /* what stands before its value: a place in the layout's texts */
    size_t before_size;
    bool is_dataset; /* a structure says that it is the data set's */
    bool is_list;    /* its text is a list, whose values are written one by one */
    bool is_series;  /* by its level it may be written with the series */
    bool at_series;  /* it is the same in all rows of the series at hand */
    int32_t group;   /* the group of the layout that it is told at; -1: none */
} bkti_component;

/* A group: attributes told once for all rows with the same partial key. */
typedef struct bkti_layout_group {
    bkti_span id;        /* "": only its dimensions are known */
    uint32_t *positions; /* of its dimensions among the layout's, in their order */
    uint32_t count;
} bkti_layout_group;

/* A column of the table, and what it is. */
typedef struct bkti_candidate {
    const bkt_column *column;
    const bkt_item *item; /* of the DSD; NULL */
    int32_t role;
} bkti_candidate;

/* All of them, in the order in which they are written: dimensions, time, value, attributes. */
typedef struct bkti_layout {
    bkti_component *items;
    size_t capacity;
    uint32_t count;
    bkti_candidate *candidates; /* in the order of the DSD, or the table's */
    size_t candidate_capacity;
    uint32_t candidate_count;
    bkti_layout_group *groups;
    size_t group_capacity;
    uint32_t group_count;
    uint32_t dimension_count; /* the first so many */
    uint32_t first_attribute;
    bool has_dataset; /* there are attributes of the data set */
    bool has_lists;
    bkti_component *time;  /* NULL: none */
    bkti_component *value; /* NULL: none */
    bkti_text befores;
} bkti_layout;

/* A column that CSV's header names. */
typedef struct bkti_csv_name {
    char *id;
    char *label; /* NULL: it is written without */
    int place;   /* bkti_csv_place */
} bkti_csv_name;
enum bkti_csv_place { BKTI_CSV_DIMENSION, BKTI_CSV_TIME, BKTI_CSV_VALUE, BKTI_CSV_ATTRIBUTE };

/* How a format writes. */
typedef struct bkti_manner {
    bkt_status (*begin)(bkt_writer *writer);
    bkt_status (*begin_dataset)(bkt_writer *writer);
    bkt_status (*rows)(bkt_writer *writer, int64_t first, int64_t end);
    bkt_status (*end_dataset)(bkt_writer *writer);
    bkt_status (*end)(bkt_writer *writer);
    /* SDMX-ML alone. */
    void (*before)(bkti_text *text, const char *id); /* what stands before a component's value */
    void (*series)(bkt_writer *writer, int64_t row);
    void (*observation)(bkt_writer *writer, int64_t row);
    void (*group)(bkt_writer *writer, uint32_t group, int64_t row);
    const char *series_end;
} bkti_manner;
extern const bkti_manner bkti_manner_csv;
extern const bkti_manner bkti_manner_specific;
extern const bkti_manner bkti_manner_generic;

/* A group that the data set at hand has. */
typedef struct bkti_group_entry {
    int32_t values; /* its attributes, as a code of the texts */
    uint32_t group; /* of the layout at hand, if there is a row */
    int64_t row;    /* of the rows at hand, whose group is not written yet; -1 */
} bkti_group_entry;
typedef struct bkti_group_set {
    bkti_dictionary *keys; /* NULL: none yet */
    bkti_dictionary *texts;
    bkti_group_entry *entries; /* one for each key */
    size_t capacity;
    uint32_t kinds;    /* groups of the layout that the entries were made with */
    int32_t put_count; /* entries that are written, or have nothing to be */
} bkti_group_set;

enum bkti_writer_state { BKTI_WRITER_NEW, BKTI_WRITER_BEGUN, BKTI_WRITER_FINISHED };

struct bkt_writer {
    bkt_context *context;
    bkti_memory *memory;
    bkti_sink *sink;
    const bkti_manner *manner;
    bkt_write_options options; /* its texts are the writer's */
    bkti_text bytes;           /* of a writer to memory */
    bool is_memory;
    bool is_whole; /* each table is written whole, with one layout */
    int state;
    bkt_status status; /* the first error */
    uint64_t row_count;

    char **lists;     /* of the options, copied */
    char *message_id; /* of the header, known by its begin */
    char *prepared;
    char *sender;
    char *source; /* NULL: none */

    bkti_target *targets; /* of the header */
    size_t target_count;
    size_t target_capacity;
    size_t target; /* of the data set at hand */

    bkti_set set;   /* the data set at hand */
    bool set_asked; /* it was begun, and its begin is not written yet */
    bool set_given; /* the caller said its facts */
    bool set_open;  /* its begin is written */
    bool set_flat;  /* rows of it are written flat */
    bool set_deletes;
    bool set_deletes_all;  /* it had a row with nothing, */
    bool set_deletes_some; /* or with something */
    bool unknown_told;     /* that a structure is not known was said */
    bool split_told;       /* that a data set is begun again was said */
    uint32_t set_count;

    const bkt_item *data_structure; /* of the data set at hand; NULL: not known */
    bkti_dictionary *missing;       /* what was told once: data structures that are not there, */
    bkti_dictionary *strangers;     /* columns that they lack, */
    bkti_dictionary *misplaced;     /* attributes whose values contradict their level */

    bkti_layout layout;
    bkti_group_set groups;
    bool series_open;
    bkti_text set_key;    /* attributes of the data set that is open, as a text */
    int64_t set_row;      /* a row that has them */
    bkti_text series_key; /* of the series that the last table left open */
    bkti_text scratch;
    int64_t row; /* being written */

    /* CSV. */
    bkti_csv_name *names;
    size_t name_count;
    size_t name_capacity;
    bkti_component **fields; /* of the layout, one for each name; NULL: empty */
    size_t field_capacity;
    bool has_actions;
    bool has_labels;
    bkti_text row_begin; /* fields that are the same in all rows of the data set */
};

/* writer.c */
/* Whether a text was not there yet; it is then. Without memory, that is the writer's status. */
bool bkti_is_first(bkt_writer *writer, bkti_dictionary **known, const char *text);
bool bkti_writer_is_csv(const bkt_writer *writer);
/* Some rows of a table, as bkt_writer_write(). */
bkt_status bkti_writer_write_rows(bkt_writer *writer, const bkt_table *table, int64_t first,
                                  int64_t end);
bkt_status bkti_writer_fail_null(bkt_context *context, const char *function);
bkt_status bkti_writer_fail_state(bkt_writer *writer, const char *what, const char *name);

/* options.c */
bkt_status bkti_writer_take_options(bkt_writer *writer, const bkt_write_options *given);
void bkti_writer_free_options(bkt_writer *writer);
bkt_status bkti_writer_take_set(bkt_writer *writer, const bkt_dataset_options *given,
                                bkti_set *set);
/* By the options, or else the properties of the first table (NULL: none). */
bkt_status bkti_writer_know_header(bkt_writer *writer, const bkt_table *table);

/* dataset.c */
bkti_reference bkti_reference_of(const char *text);
/* The same with what must be there: "UNKNOWN" for an agency, 1.0 for a version. */
bkti_reference bkti_reference_whole(const char *text);
bool bkti_set_copy(bkt_writer *writer, bkti_set *set, const bkt_dataset_options *options);
/* What is not said yet, by a table's properties; table may be NULL. */
bool bkti_set_complete(bkt_writer *writer, bkti_set *set, const bkt_table *table);
void bkti_set_clear(bkt_writer *writer, bkti_set *set);
/* NULL in *out_action: none was said. ARGUMENT for one that there isn't. */
bkt_status bkti_set_action(bkt_writer *writer, const bkti_set *set, const char **out_action);
/* Whether the list has a target for the set. */
bool bkti_target_has(const bkt_writer *writer, const bkti_set *set, bool flat);
/* What the time dimension is called, as it is written; NULL: there is none. */
const char *bkti_layout_time(const bkti_layout *layout);
/* The target of a set in the list; added if it is not there and may be. MEMORY, STATE. */
bkt_status bkti_target_find(bkt_writer *writer, const bkti_set *set, bool flat, const char *time,
                            size_t *out_index);

/* data_structure.c */
/* What a table's properties say of a set is taken, and the DSD found. */
bkt_status bkti_set_know(bkt_writer *writer, bkti_set *set, const bkt_table *table);
/* What the DSD has for a column; NULL. */
const bkt_item *bkti_writer_component(const bkt_writer *writer, const bkt_column *column);
void bkti_tell_stranger(bkt_writer *writer, const char *id);
/* Values contradict the level (BKT_LEVEL_GROUP or BKT_LEVEL_SERIES) in a row. */
void bkti_tell_misplaced(bkt_writer *writer, const bkti_component *component, int32_t level,
                         int64_t row, const char *why);

/* layout.c */
bkt_status bkti_layout_make(bkt_writer *writer, const bkt_table *table, bkti_layout *layout);
/* For a table that is written whole: what is not the same throughout each series, stands with no
 * series. */
void bkti_layout_settle(bkt_writer *writer, bkti_layout *layout, int64_t rows);
void bkti_layout_free(bkt_writer *writer, bkti_layout *layout);
/* Whether there is a time that observations could be told apart by in their series. */
bool bkti_layout_has_series(const bkti_layout *layout);

/* Where a component that is an attribute stands. */
enum bkti_place_kind { BKTI_AT_DATASET, BKTI_AT_GROUP, BKTI_AT_SERIES, BKTI_AT_OBSERVATION };
static inline int bkti_component_place(const bkti_component *component) {
    return component->is_dataset   ? BKTI_AT_DATASET
           : component->group >= 0 ? BKTI_AT_GROUP
           : component->at_series  ? BKTI_AT_SERIES
                                   : BKTI_AT_OBSERVATION;
}

/* layout_groups.c */
/* Which attributes are told at which groups. */
bkt_status bkti_layout_find_groups(bkt_writer *writer, bkti_layout *layout);
/* A group's id, as it is written. */
void bkti_put_group_id(bkt_writer *writer, const bkti_layout *layout, uint32_t group);

/* group_set.c */
/* Looks at rows of one data set, which may have begun. Attributes that differ in their group, in
 * these rows, are told at none from here on. *out_again: the data set must be begun again, since it
 * has other groups. */
bkt_status bkti_group_set_scan(bkt_writer *writer, int64_t first, int64_t end, bool is_begun,
                               bool *out_again);
/* Writes those of them that the data set lacks. */
bkt_status bkti_group_set_put(bkt_writer *writer);
/* Of all rows of a table, which are not written yet. */
bkt_status bkti_group_set_settle(bkt_writer *writer, const bkt_table *table);
void bkti_group_set_clear(bkt_writer *writer);

/* value.c: the text of a row's value, as it stands between quotation marks; NULL: none is written.
 * Numbers are written to the buffer, of 32 bytes. */
const char *bkti_value_text(const bkti_layout *layout, int64_t row, char *buffer);
/* The same of a further number column. */
const char *bkti_number_text(const bkti_component *component, int64_t row, char *buffer);
/* Whether two rows have the same there. */
bool bkti_number_same(const bkti_component *component, int64_t a, int64_t b);
static inline bool bkti_component_same(const bkti_component *component, int64_t a, int64_t b) {
    const int32_t *codes = component->codes;
    return codes != NULL ? codes[a] == codes[b] : bkti_number_same(component, a, b);
}
/* The text of any component but the value; NULL if it is missing. */
static inline const char *bkti_component_text(const bkti_component *component, int64_t row,
                                              char *buffer) {
    if (component->codes == NULL) {
        return bkti_number_text(component, row, buffer);
    }
    int32_t code = component->codes[row];
    return code < 0 ? NULL : bkt_column_dictionary_text(component->column, code);
}

/* xml_text.c */
void bkti_put(bkt_writer *writer, const char *terminated);
/* Escaped, for an attribute or as text. component names the column in an error; NULL. */
void bkti_put_escaped(bkt_writer *writer, const char *text, const bkti_component *component);
void bkti_put_escaped_span(bkt_writer *writer, bkti_span text);
/* What stands before the component's value, and the value. */
static inline void bkti_put_before(bkt_writer *writer, const bkti_component *component) {
    bkti_sink_put(writer->sink, bkti_text_get(&writer->layout.befores) + component->before,
                  component->before_size);
}
bool bkti_is_xml_name(bkti_span text); /* an NCName of ASCII, or beyond it */
bool bkti_is_sdmx_id(bkti_span text);

/* xml_message.c: header and data sets of both kinds of SDMX-ML. */
bkt_status bkti_xml_begin(bkt_writer *writer, const char *root, const char *namespaces);
/* The document's begin, up to and with what all headers have. */
void bkti_xml_put_header(bkt_writer *writer, const char *root, const char *namespaces);
void bkti_xml_put_urn(bkt_writer *writer, const bkti_target *target);
void bkti_xml_put_set_facts(bkt_writer *writer, const char *prefix);
bkt_status bkti_xml_end_dataset(bkt_writer *writer);

/* whole.c */
/* The column DATASET, if it is one of provenance; NULL. */
const bkt_column *bkti_provenance_sets(const bkt_table *table);
int64_t bkti_provenance_end(const bkt_column *sets, int64_t row, int64_t rows);

/* series.c */
/* "ID=size:text" of a row, if there is a value. */
void bkti_key_add(bkti_text *key, const bkti_component *component, int64_t row);
/* Whether the attributes of the data set are those that it was begun with; those are noted. */
bkt_status bkti_set_key_changes(bkt_writer *writer, int64_t row, bool *out_changes);
/* The first row from one on that has others; end: none. */
int64_t bkti_set_key_end(const bkti_layout *layout, int64_t row, int64_t end);
bkt_status bkti_xml_rows(bkt_writer *writer, int64_t first, int64_t end);
void bkti_xml_end_series(bkt_writer *writer);

/* csv.c */
bkt_status bkti_csv_announce(bkt_writer *writer, const bkt_table *table);

#endif
