/* SPDX-License-Identifier: MIT */
/* What a reader is made of. For the reader room alone.
 *
 * Blocks of input go through the message, which tells facts; the facts become rows of a table
 * writer ("rows in hand"). Batches are the first rows in hand, lent and then dropped. What is the
 * same for many rows (the series' key, attributes of series, groups and data set) is kept as one
 * code a column and filled into its rows when the series ends or rows are handed out. */
#ifndef BKTI_READER_PARTS_H
#define BKTI_READER_PARTS_H

#include "bkti_components.h"
#include "bkti_dictionary.h"
#include "bkti_lane.h"
#include "bkti_message.h"
#include "bkti_source.h"
#include "bkti_table.h"
#include "bkti_text.h"

/* Which column a fact goes to when there is none for it: the primary measure under an attribute's
 * guise has none. */
#define BKTI_NO_COLUMN UINT32_MAX

/* Codes of a column are foreseen: most values of an observation are the one before again (statuses,
 * keys of flat data) or what followed the one before last time (periods, series after series). */
#define BKTI_FORESEEN_LIMIT 16384
typedef struct bkti_foreseen {
    char text[BKTI_LANE_SIZE];
    uint32_t size; /* UINT32_MAX: more than a lane, then it is not foreseen */
    int32_t next;  /* the code that followed last time */
} bkti_foreseen;

/* Codes that were looked up before, each text at one place: what isn't foreseen mostly needs no
 * look-up in the dictionary all the same. */
#define BKTI_CODE_CACHE 256
typedef struct bkti_cached_code {
    const char *data; /* the dictionary's */
    uint32_t size;
    int32_t code;
} bkti_cached_code;

/* What is known of a column beside the writer's own. */
typedef struct bkti_reader_column {
    bkti_column_writer *writer; /* moves when a column is added */
    bkti_foreseen *foreseen;    /* by code, up to BKTI_FORESEEN_LIMIT of them */
    int32_t foreseen_count;
    int32_t foreseen_room;
    int32_t last_code;       /* the code before; -1: none that is foreseen from */
    bool moves_on;           /* it was the next one, not the same */
    uint32_t look_ups;       /* the first few are not worth the memory of what follows */
    bkti_cached_code *cache; /* BKTI_CODE_CACHE of them; NULL until observations use the column */
    int32_t base_code;       /* the data set's; -1: none */
    int32_t series_code;     /* the running series', if stamp is the series' */
    uint64_t stamp;
    int32_t series_level;  /* bkt_level of what gave series_code */
    int32_t previous_code; /* of an assumed attribute in the series before */
    int32_t filter;        /* which of the filter's columns it is; -1: none */
    bool key;              /* dimension or time */
    bool doubtful;         /* an attribute that is a dimension in some structures */
    bool confidentiality;  /* its code may say that a value is confidential */
} bkti_reader_column;

/* What the i-th fact of an element was last time. */
typedef struct bkti_guess {
    const char *id;
    uint32_t column;
} bkti_guess;

typedef struct bkti_guess_list {
    bkti_guess *items;
    size_t count;
    size_t capacity;
} bkti_guess_list;

/* Where the facts of an observation went: those of the next one of its shape go there too. Columns
 * and their writers stay where they are until a column is added, which ends the plan. */
typedef struct bkti_planned_fact {
    bkti_reader_column *column; /* NULL: there is no such fact */
    bkti_column_writer *writer;
    uint32_t index; /* of the column */
    int32_t code;   /* of the observation before */
} bkti_planned_fact;

typedef struct bkti_row_plan {
    uint32_t shape;    /* 0: there is no plan */
    unsigned decimals; /* that values have mostly */
    bool flat;
    uint32_t measures_shape; /* of a plan with measures beside the primary one; then shape is 0 */
    bkti_column_writer *measure;
    bkti_planned_fact dimension;
    bkti_planned_fact facts[BKTI_REPEAT_LIMIT];
    bkti_planned_fact *end; /* behind the last */
} bkti_row_plan;

static inline void bkti_plan_drop(bkti_row_plan *plan) {
    plan->shape = 0;
    plan->measures_shape = 0;
}

/* See names.c. */
typedef struct bkti_names bkti_names;

/* See provenance.c. */
#define BKTI_PROVENANCE_COLUMNS 3
#define BKTI_PROVENANCE_LINE    2

typedef struct bkti_rows {
    bkti_table_writer *writer;
    bkti_reader_column *columns;
    size_t column_count;
    size_t column_capacity;
    int64_t count;         /* rows in hand */
    int64_t handed;        /* rows of the data set that were handed out and dropped */
    int64_t dataset_first; /* the running data set's first row in hand */
    int64_t series_first;  /* the running series' */
    uint64_t stamp;        /* number of the running series; columns with it have a series_code */
    uint32_t key_epoch;    /* moves when a column becomes part of the key */
    int64_t measure;       /* columns; -1: not there yet */
    int64_t time;
    int64_t measure_text;
    bool is_ranked; /* some data set has a DSD, whose order the columns have */
    int64_t provenance[BKTI_PROVENANCE_COLUMNS];
    bkti_names *names; /* that the message itself has told; NULL: none */
} bkti_rows;

/* Facts of a data set, as bkt_reader_property() has them. */
enum bkti_dataset_property {
    BKTI_DATASET_STRUCTURE,
    BKTI_DATASET_DATAFLOW,
    BKTI_DATASET_NAMESPACE,
    BKTI_DATASET_DIMENSION,
    BKTI_DATASET_ACTION,
    BKTI_DATASET_ID,
    BKTI_DATASET_VALID_FROM,
    BKTI_DATASET_VALID_TO,
    BKTI_DATASET_PUBLICATION_YEAR,
    BKTI_DATASET_PUBLICATION_PERIOD,
    BKTI_DATASET_REPORTING_BEGIN,
    BKTI_DATASET_REPORTING_END,
    BKTI_DATASET_PROPERTY_COUNT
};
extern const char *const bkti_dataset_property_names[BKTI_DATASET_PROPERTY_COUNT];

/* A data set that was begun and not yet left by the caller. */
typedef struct bkti_reader_dataset {
    struct bkti_reader_dataset *next;
    bkti_rows *rows; /* its own, or the reader's when a table is read whole */
    char *properties[BKTI_DATASET_PROPERTY_COUNT];
    uint32_t index;
    int64_t end_row;       /* whole reading: the row after its last */
    bool deletes;          /* see deletions.c */
    uint64_t items_before; /* what the message had told before it; see bkti_items_told() */
    bool opened;           /* it has columns for time, measure and attributes */
    bool finished;
} bkti_reader_dataset;

/* An attribute that came before the data set has all columns that belong before it. */
typedef struct bkti_pending {
    bkti_span id;
    size_t offset; /* of the value in pending_values */
    size_t size;
    int32_t level; /* BKT_LEVEL_DATASET, or BKT_LEVEL_SERIES, or BKT_LEVEL_GROUP without a value */
    bool assumed;
} bkti_pending;

/* Groups of one list of ids. Values are codes of group_texts until it is known which ids are the
 * key; then also codes of the columns. */
typedef struct bkti_signature {
    bkti_span name; /* "" if it has none */
    bkti_span *ids;
    uint32_t id_count;
    uint32_t key_count; /* the first ones, if the message marks the key; else 0 until resolved */
    bool marked;
    bool loose;
    bool resolved;
    bool by_row; /* a column of the key differs within series */
    uint32_t epoch;
    uint32_t *columns; /* per id; BKTI_NO_COLUMN for one that can't have any */
    bool *is_key;      /* per id */
    int32_t *raw;      /* id_count codes a group */
    int32_t *codes;    /* the same in terms of the columns */
    uint8_t *matched;  /* per group: what became of it */
    int64_t *arrival;  /* per group: rows of the data set before it */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* group + 1; 0: free */
    size_t slot_count;
    size_t late_count;  /* groups that came after rows of the data set */
    int64_t last_match; /* the group matched last; -1 */
} bkti_signature;

typedef struct bkti_groups {
    bkti_dictionary *texts;
    bkti_signature *items;
    size_t count;
    size_t capacity;
} bkti_groups;

/* One column that the filter names. */
typedef struct bkti_filter_state {
    uint64_t series_stamp; /* of the series that has a code in it that passes */
    uint64_t row_stamp;    /* of the observation that has */
    bool found;            /* the data set has such a column */
    bool lacking;          /* something did not pass because it has no such column */
} bkti_filter_state;

/* An observation that waits for the rest of its facts. */
typedef struct bkti_waiting_fact {
    bkti_span id;
    size_t offset; /* of the value in `values` */
    size_t size;
    bool is_absent;
} bkti_waiting_fact;
typedef struct bkti_waiting {
    bool is_waiting;
    bkti_observation observation;
    bkti_waiting_fact *items;
    size_t count;
    size_t capacity;
    bkti_fact *facts;
    size_t fact_capacity;
    bkti_text values;
    uint64_t line; /* where it stands, if that is asked for; else 0 */
} bkti_waiting;

/* Several threads: see bkti_pieces.h. */
typedef struct bkti_piece bkti_piece;
typedef struct bkti_pieces bkti_pieces;
#define BKTI_PIECE_SIZE ((uint64_t)1 << 20)

/* A fact of the message as a whole, as bkt_reader_property() has it. */
typedef struct bkti_named_text {
    const char *name; /* the library's */
    char *text;
} bkti_named_text;

#define BKTI_NAMED_TEXT_LIMIT 16

struct bkt_reader {
    bkt_context *context;
    bkti_memory *memory;
    bkt_read_options options;
    char *member;             /* of the options */
    char *encoding;           /* of the options */
    bkt_structure *structure; /* of the options, held */
    bkti_source *source;
    bkti_message *message; /* of the running document; NULL between documents */
    bkti_message_listener listener;
    bkt_status status; /* an error: given for ever */
    bool started;      /* a data set or a batch was asked for */
    bool ended;        /* no more documents */
    bool feeding;
    bool whole; /* all data sets go to one table */

    /* Documents. */
    bkti_named_text properties[BKTI_NAMED_TEXT_LIMIT];
    int32_t kind;
    uint32_t document_count; /* data messages begun */
    bkti_text members;       /* names of a zip's members, for an error */
    bkt_status refusal;      /* of the first document that was passed over */
    bkti_text refusal_text;
    bkti_place refusal_place;
    bkti_text refusal_source;
    bkti_text answer_address; /* where by a footer the answer is or will be; empty */
    bkti_place answer_place;
    bkti_text answer_source;
    uint64_t bytes_read;   /* of all documents, unpacked */
    uint64_t observations; /* of documents that are finished */
    uint64_t series;
    uint64_t groups;

    /* Data sets: the caller is at the first, the message at the last. */
    bkti_reader_dataset *first;
    bkti_reader_dataset *last;
    bkti_reader_dataset *current; /* what the caller has gone to; NULL before and after all */
    uint32_t dataset_count;       /* begun by the message(s) */
    uint32_t entered_count;       /* begun by the caller */
    int64_t lent;                 /* rows of `current` that are lent */
    /* What a block brings is seen when all of it was read, so that an error in it goes before. */
    bool in_block;     /* the last block was read in part */
    int64_t held_back; /* rows of `current` that this part brought */

    /* The data set that is being read. */
    bkti_rows *rows;
    bkti_components *components;       /* its DSD; NULL: none is known */
    bkti_components *known_components; /* all that were needed so far */
    bkti_groups group_list;
    bkti_pending *pending;
    size_t pending_count;
    size_t pending_capacity;
    bkti_text pending_values;
    bkti_guess_list series_guesses;
    bkti_guess_list series_attribute_guesses;
    bkti_guess_list fact_guesses;
    bkti_guess_list attribute_guesses;
    bkti_guess_list dimension_guess;
    const bkti_observation *told; /* the observation that is being told; NULL */
    bool row_open;                /* the last row may still get attributes */
    bkti_row_plan plan;
    bool plain; /* observations of the running series, or flat ones, need no filter and no groups */

    /* The series that is being read. */
    bool in_series;
    bool series_open;     /* its first observation came: groups are applied, filters checked */
    bool series_rejected; /* it does not pass the filter */
    uint32_t *active;     /* columns with a series_code */
    size_t active_count;
    size_t active_capacity;
    uint64_t key_hash;     /* of its dimensions */
    uint64_t empty_series; /* of the data set: they give no rows */

    /* Filter: per column of it, the number of the series or row that satisfied it. */
    uint32_t filter_count;
    bkti_filter_state *filter_states;
    uint64_t row_stamp;
    uint32_t filter_open; /* columns that a series leaves to its observations */
    uint64_t waited_line; /* of the observation that waited and is being told; else 0 */
    bool row_lacks;       /* the row did not pass because it has not all that is asked for */
    bkti_waiting waiting;
    bool filters_periods;
    bool period_passed; /* the series has a period, and it passes */
    bool period_found;  /* the data set has periods */
    bool period_lacking;

    uint64_t fault_count;
    bkti_text key_text; /* scratch of diagnostics */
    bkti_text period_text;

    /* The row whose place is looked for; see row_place.c. */
    bool watches;
    int64_t watched_row;   /* among the rows of all data sets */
    int64_t rows_before;   /* of data sets that are finished */
    bkti_place *row_place; /* its place, once it came */

    /* Several threads. */
    bkti_pieces *pieces;       /* NULL: this one reads alone */
    uint32_t may_begin_pieces; /* times that it still may read together with others */
    uint64_t piece_size;
    uint64_t taken_over; /* pieces that others read; tests look at it */
    bkti_piece *piece;   /* that this reader reads for another; NULL */

    /* Whole reading. */
    bkti_rows *whole_rows;
    bkti_text joined[4];              /* structure, dataflow, sender, source */
    bkti_dictionary *joined_texts[4]; /* what is in each */
};

/* reader.c: a reader without a source. */
bkt_status bkti_reader_new(bkt_context *context, const bkt_read_options *options,
                           bkt_reader **out_reader);

/* provenance.c: all but the listener do nothing if provenance was not asked for. */
const bkti_message_listener *bkti_listener_of(bkt_reader *reader);
/* The data set has all columns that belong before those of provenance. */
bkt_status bkti_provenance_open(bkt_reader *reader);
/* Writes the line of a row; to be called only if it was asked for. */
bkt_status bkti_provenance_row(bkt_reader *reader, int64_t row);
/* Before a table is made of the rows: what the columns are called in it. */
void bkti_provenance_show(bkti_rows *rows);
/* Rows that were read as if the document began so many lines later than it does. */
void bkti_provenance_move(bkt_reader *reader, int64_t first, int64_t count, uint64_t lines);

/* rows.c */
bkt_status bkti_rows_new(bkt_reader *reader, bkti_rows **out_rows);
void bkti_rows_free(bkt_reader *reader, bkti_rows *rows);
/* What the writer recorded when it gave a negative code. */
bkt_status bkti_rows_failure(bkt_reader *reader);
bkt_status bkti_rows_add_column(bkt_reader *reader, bkti_span id, int32_t kind, int32_t role,
                                int32_t level, bool assumed, uint32_t *out_column);
void bkti_rows_make_key(bkt_reader *reader, uint32_t column, bool assumed);
/* The rows of a column up to (not with) `row` get the codes of series and data set. */
bkt_status bkti_rows_settle(bkt_reader *reader, bkti_reader_column *column, int64_t row);
bkt_status bkti_rows_settle_all(bkt_reader *reader);
/* The code of a value; an impossible period is told. The first for what comes with every
 * observation, the second for the rest. */
bkt_status bkti_rows_cached_code(bkt_reader *reader, uint32_t column, bkti_span value,
                                 int32_t *out_code);
bkt_status bkti_rows_code(bkt_reader *reader, uint32_t column, bkti_span value, int32_t *out_code);
/* The code that a row or the running series has in a column; -1 for none. */
int32_t bkti_rows_code_at(const bkt_reader *reader, uint32_t column, int64_t row);
void bkti_rows_dropped(bkti_rows *rows, int64_t count);

/* structured.c: data sets whose DSD is known. To be called when one begins. */
bkt_status bkti_structured_begin(bkt_reader *reader);
/* What the DSD says of a new column; NULL: nothing. */
bkt_status bkti_structured_column(bkt_reader *reader, uint32_t column, bkti_component *component);
/* The place among the columns of one that the DSD says nothing of. */
void bkti_structured_rank(bkt_reader *reader, uint32_t column);
/* An id that data have for the first time: tells, once, if that contradicts the DSD. */
bkt_status bkti_structured_check(bkt_reader *reader, bkti_span id, int marking);
/* The same id need not be told. False without memory. */
bool bkti_structured_know(bkt_reader *reader, bkti_span id);
/* A cross-sectional measure becomes a code of the measure dimension. */
void bkti_structured_cross(const bkt_reader *reader, bkti_observation *observation);

/* What the DSD says of an id; NULL. */
static inline bkti_component *bkti_component_of(const bkt_reader *reader, bkti_span id) {
    int32_t place = reader->components == NULL ? -1 : bkti_components_find(reader->components, id);
    return place < 0 ? NULL : &reader->components->items[place];
}
/* The id under which a component has its column. */
static inline bkti_span bkti_column_id(const bkt_reader *reader, bkti_span id) {
    int32_t place = reader->components == NULL ? -1 : bkti_components_find(reader->components, id);
    return place < 0 ? id : bkti_components_id(reader->components, place);
}
/* The column of a fact; -1 if there is none yet. */
static inline int64_t bkti_column_find(const bkt_reader *reader, bkti_span id) {
    return bkti_table_writer_find(reader->rows->writer, bkti_column_id(reader, id));
}

/* roles.c */
/* What an id is to be taken for: by the DSD, or else by how the message marks it, by its name, and
 * by its place: unmarked facts behind those that must be dimensions are attributes or further
 * measures. */
void bkti_role_of(const bkt_reader *reader, int marking, const bkti_fact *facts, uint32_t count,
                  uint32_t index, int32_t *out_role, bool *out_assumed);
bool bkti_id_is_time(bkti_span id);
/* Also by the DSD. */
bool bkti_fact_is_time(const bkt_reader *reader, const bkti_fact *fact);
bool bkti_id_is_doubtful(bkti_span id);
/* On the list, doubtful or not. */
bool bkti_id_is_attribute(bkti_span id);
bool bkti_id_is_confidentiality(bkti_span id);
bool bkti_code_is_confidential(bkti_span id, bkti_span code);

/* measures.c: whether a fact that has no column yet is a measure, and values of measures. */
bool bkti_is_measure(const bkt_reader *reader, const bkti_fact *facts, uint32_t index,
                     int32_t level);
bkt_status bkti_measure_put(bkt_reader *reader, uint32_t column, int64_t row, bkti_span value);
/* The column of what a measure can't hold. */
bkt_status bkti_measure_text_column(bkt_reader *reader, uint32_t measure, int32_t level,
                                    bool assumed, uint32_t *out_column);

/* deletions.c: rows of data sets that delete. */
bool bkti_is_deletion(const char *action);
bkt_status bkti_delete_series(bkt_reader *reader);
bkt_status bkti_delete_group(bkt_reader *reader, int marking, const bkti_fact *facts,
                             uint32_t count, const bkti_fact *attributes, uint32_t attribute_count);
bkt_status bkti_delete_dataset(bkt_reader *reader);

/* columns.c: which column a fact goes to, made if need be. */
bkt_status bkti_column_of(bkt_reader *reader, bkti_guess_list *guesses, int marking,
                          const bkti_fact *facts, uint32_t count, uint32_t index, int32_t level,
                          uint32_t *out_column);
bkt_status bkti_open_dataset(bkt_reader *reader, const bkti_observation *observation);
/* The column of values, unless it is there. */
bkt_status bkti_need_measure(bkt_reader *reader);
bkt_status bkti_add_pending(bkt_reader *reader, bkti_span id, bkti_span value, int32_t level,
                            bool assumed);
/* The value becomes the series' in a column. */
/* A column that is there already, for a fact of a level. */
bkt_status bkti_column_found(bkt_reader *reader, int64_t found, int32_t level,
                             uint32_t *out_column);
bkt_status bkti_set_series_code(bkt_reader *reader, uint32_t column, int32_t code, int32_t level);

/* series.c */
bkt_status bkti_series_start(void *user, int marking, const bkti_fact *facts, uint32_t count,
                             bool *out_skip);
bkt_status bkti_series_attributes(void *user, const bkti_fact *facts, uint32_t count);
bkt_status bkti_series_finish(void *user);
/* Of the series that `active` and the columns' series_code are: whether it would make an attribute
 * a dimension if it came now; and that it was the last one. */
bool bkti_series_would_promote(const bkt_reader *reader);
void bkti_series_was_last(bkt_reader *reader);

/* observation.c */
/* The value of a fact in a row, which must be the last. */
bkt_status bkti_put_fact(bkt_reader *reader, uint32_t column, int64_t row, const bkti_fact *fact);
/* Why a text that bkti_number_parse() says is of a kind other than finite gives no number. */
uint8_t bkti_missing_reason(bkti_span value, int kind);
/* What can be said of a series only when it has a row. */
bkt_status bkti_open_series(bkt_reader *reader);
bkt_status bkti_observation_told(void *user, const bkti_observation *observation);
bkt_status bkti_observation_repeated(void *user, const bkti_repeat *repeat, bool *out_taken);
bkt_status bkti_observation_attributes(void *user, const bkti_fact *facts, uint32_t count);

/* The same for one that waited. */
bkt_status bkti_observation_settled(bkt_reader *reader, const bkti_observation *observation);

/* waiting.c */
bkt_status bkti_waiting_begin(bkt_reader *reader, const bkti_observation *observation);
bkt_status bkti_waiting_add(bkt_reader *reader, const bkti_fact *facts, uint32_t count);
/* To be called before anything else is taken: the observation is whole. */
bkt_status bkti_waiting_end(bkt_reader *reader);
void bkti_waiting_free(bkt_reader *reader);

/* groups.c */
void bkti_groups_clear(bkt_reader *reader);
bkt_status bkti_groups_add(bkt_reader *reader, const bkti_group *group);
/* Whether an id stands in a group of a message without marks. */
bool bkti_groups_have_id(const bkt_reader *reader, bkti_span id);
/* Makes the columns of all attributes of groups. */
bkt_status bkti_groups_resolve(bkt_reader *reader);
bkt_status bkti_groups_apply_to_series(bkt_reader *reader);
bkt_status bkti_groups_apply_to_row(bkt_reader *reader, int64_t row);
/* Groups that came after the rows they belong to, for rows in hand below end_row; and, at the end
 * of a data set, what can't be applied any more. */
bkt_status bkti_groups_apply_late(bkt_reader *reader, int64_t end_row, bool last);

/* filtering.c */
int32_t bkti_filter_index(const bkt_reader *reader, bkti_span id);
bool bkti_filter_series_fact(bkt_reader *reader, const bkti_fact *fact);
bool bkti_filter_series_period(bkt_reader *reader, const bkti_fact *facts, uint32_t count);
/* What groups and data set say of a series that has passed so far. */
bool bkti_filter_series(bkt_reader *reader);
bool bkti_filter_observation(bkt_reader *reader, const bkti_observation *observation);
void bkti_filter_finish(bkt_reader *reader);

/* faults.c */
/* Where the message is, with series and period as far as `row` (-1: none) has them. */
void bkti_reader_place(bkt_reader *reader, int64_t row, bkti_place *out_place);
/* A fault of the data: a warning, or with BKT_READ_STRICT an error. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bkt_status
bkti_data_fault(bkt_reader *reader, bkt_status status, int64_t row, const char *format, ...);
bkt_status bkti_value_fault(bkt_reader *reader, int64_t row, bkti_span value, int number_kind);
bkt_status bkti_period_fault(bkt_reader *reader, bkti_span value);
bkt_status bkti_repeated_fault(bkt_reader *reader, int64_t row, const bkti_fact *fact);

/* document.c */
/* Reads one block, or goes to the next document. BKT_OK; BKT_END after the last document; BKT_MORE;
 * errors (which stay). */
bkt_status bkti_reader_step(bkt_reader *reader);
/* Gives the message a part of a block, which ends at this offset in the document. */
bkt_status bkti_reader_take_part(bkt_reader *reader, bkti_span part, uint64_t offset);
void bkti_reader_end_message(bkt_reader *reader);

/* pieces.c: reading together with other threads. */
/* Whether that may begin in this document. */
bool bkti_pieces_may_begin(const bkt_reader *reader);
/* Gives the message a block, up to a place where it begins if there is one. *block becomes the part
 * that was given. */
bkt_status bkti_pieces_begin(bkt_reader *reader, bkti_span *block);
/* A step of it. False: it is over, nothing was read. */
bool bkti_pieces_step(bkt_reader *reader, bkt_status *out_status);
void bkti_pieces_end(bkt_reader *reader);
/* The data set goes: helpers may still look at its columns. */
void bkti_pieces_leave(bkt_reader *reader, uint32_t dataset);

/* piece.c */
/* To be called when a series was told: it is the same as the one before but for attributes. */
void bkti_piece_note_series(bkt_reader *reader, bool same);

/* names.c */
bkt_status bkti_name_told(void *user, bkti_span id, bkti_span code, bkti_span language,
                          bkti_span name);
/* Columns get what the message told, until it is hidden. */
bkt_status bkti_names_show(bkt_reader *reader, bkti_rows *rows);
void bkti_names_hide(bkti_rows *rows);
void bkti_names_free(bkti_memory *memory, bkti_names *names);

/* listener.c */
extern const bkti_message_listener bkti_reader_listener;
bool bkti_named_text_set(bkt_reader *reader, const char *name, bkti_span text);
const char *bkti_named_text_find(const bkt_reader *reader, const char *name);

/* datasets.c */
/* Observations, series and groups that the message has told. */
uint64_t bkti_items_told(const bkt_reader *reader);
bkt_status bkti_dataset_begin(bkt_reader *reader, const bkti_dataset_facts *facts);
bkt_status bkti_dataset_end(bkt_reader *reader);
void bkti_dataset_free(bkt_reader *reader, bkti_reader_dataset *dataset);
/* Sets the properties that a table of this data set (NULL: of the message) has. */
bkt_status bkti_dataset_describe(bkt_reader *reader, const bkti_reader_dataset *dataset,
                                 bkti_table_writer *writer);

/* row_place.c */
/* The place of a row of a table that was read whole, by its data set, line and column, for a fault
 * that shows only afterwards: the file is read once more up to it. False: it can't be told. */
bool bkti_row_place(const bkt_reader *reader, int64_t row, bkti_place *out_place);
/* To be called for each row of a reader that watches. */
void bkti_row_watched(bkt_reader *reader);

/* reader.c */
/* A reader without a source; the context's rules for options hold. */
bkt_status bkti_reader_new(bkt_context *context, const bkt_read_options *options,
                           bkt_reader **out_reader);

/* whole.c */
bkt_status bkti_whole_describe(bkt_reader *reader, const bkti_reader_dataset *dataset);
bkt_status bkti_whole_finish(bkt_reader *reader, bkt_table **out_table);

#endif
