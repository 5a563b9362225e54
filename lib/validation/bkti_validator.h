/* SPDX-License-Identifier: MIT */
/* Checks tables, batch by batch, against rules. Every distinct value is judged once; rows are
 * looked at one by one only where a column has a value that is wrong or missing. */
#ifndef BKTI_VALIDATOR_H
#define BKTI_VALIDATOR_H

#include "bkti_findings.h"
#include "bkti_series_set.h"

/* A column of the data set at hand, or a component that the structure has and the data set lacks.
 */
typedef struct bkti_judged {
    char *id;
    const bkti_rule *rule; /* NULL: the structure has no such component */
    bool is_own;           /* of the library: provenance, the text of a value that is no number */
    /* Of every code of the dictionary, as far as it was judged. */
    uint8_t *verdicts; /* kind of finding + 1; 0: nothing is wrong */
    int32_t *places;   /* index of the finding; NOT_YET or NOT_KEPT */
    int32_t *same;     /* time: one number for all spellings of a period */
    uint16_t *lengths; /* time: its frequency as a bit; FREQ: those allowed */
    uint64_t *regions; /* bits of the regions that admit the code; constraint by constraint */
    size_t verdict_room, place_room, same_room, length_room, region_room;
    int32_t judged;          /* codes */
    int32_t bad_count;       /* of them */
    uint16_t all_lengths;    /* of all codes together */
    uint16_t common_lengths; /* of every single code */
    bool in_constraint;
    /* Findings told once a data set. */
    int32_t absent;    /* the column has no value at all in a batch */
    int32_t misplaced; /* the attribute stands at another level */
    /* Of the batch at hand. */
    const bkt_column *column; /* NULL: it has none */
    const int32_t *codes;     /* NULL: number column */
    int64_t null_count;
} bkti_judged;

#define BKTI_NOT_YET  (-1)
#define BKTI_NOT_KEPT (-2)

typedef struct bkti_validator {
    bkt_context *context;
    bkti_memory *memory;
    const bkti_rules *rules;
    bkti_findings findings;
    int64_t nearest_budget;
    /* Of the data set at hand. */
    bkti_judged *items; /* the rules' first, then what else turns up */
    size_t count;
    size_t capacity;
    char *source;
    char *dataset;
    char *structure;   /* that the data say they are of; NULL: as the first batch says */
    int wholeness;     /* bkti_wholeness */
    bool key_is_known; /* no dimension that the structure doesn't have */
    int64_t row_count; /* before the batch at hand */
    bkti_series_set series;
    bkti_series_set groups;
    int32_t *group_codes;
    size_t group_room;
    int32_t *series_codes; /* of each series, the codes of its attributes when it was met first */
    size_t series_code_room;
    size_t series_attributes; /* how many there are of that level */
    bkti_dictionary *periods; /* one text for all spellings of a period */
    size_t region_words;      /* of a code, for all constraints together */
    /* Of the batch at hand. */
    const bkt_column *source_column;
    const bkt_column *dataset_column;
    const bkt_column *line_column;
    bkti_judged *time;      /* NULL: the structure has none */
    bkti_judged *frequency; /* NULL */
    int64_t batch_rows;
    uint32_t *starts; /* first rows of series, and one behind the last */
    size_t start_room;
    size_t start_count;
    uint32_t *within; /* of every row: all ones if it is of the series of the row before */
    size_t within_room;
    uint64_t *included; /* of all regions, a bit if it is one that includes */
    uint64_t *admitted; /* room for the regions of a row */
    size_t included_room, admitted_room;
    int32_t *key; /* room for a series' key, and a group's */
    size_t key_room;
} bkti_validator;

/* What the rows of a data set must have. */
enum bkti_wholeness {
    BKTI_WHOLE,   /* all that is mandatory */
    BKTI_UPDATE,  /* their keys: the rest may be there already */
    BKTI_DELETION /* nothing: a part of the key that is missing means any */
};

/* rules must live as long. limit: findings kept of each kind. */
bkt_status bkti_validator_open(bkti_validator *validator, bkt_context *context,
                               const bkti_rules *rules, int64_t limit);
void bkti_validator_close(bkti_validator *validator);
/* Other rules, for the data sets that begin from now on. */
void bkti_validator_use(bkti_validator *validator, const bkti_rules *rules);
/* A new data set begins. source, name and structure may be NULL; columns of provenance (SOURCE,
 * DATASET, LINE) and the first batch tell more. */
bkt_status bkti_validator_begin(bkti_validator *validator, const char *source, const char *name,
                                const char *structure, int wholeness);
bkt_status bkti_validator_add(bkti_validator *validator, const bkt_table *batch);

/* ---- Between the files of this room ---- */

/* Whether two references ("AGENCY:ID(VERSION)") may be of one structure: what one of them leaves
 * out is as the other has it. */
bool bkti_references_agree(const char *a, const char *b);
/* Finds the batch's columns and judges the codes that are new. */
bkt_status bkti_validator_match(bkti_validator *validator, const bkt_table *batch);
/* What is wrong with values, wherever they stand. */
bkt_status bkti_validator_check_values(bkti_validator *validator);
/* Finds where series begin, and what is wrong with keys, periods and attributes of them. */
bkt_status bkti_validator_check_series(bkti_validator *validator);
/* Whether attributes stand at the level that the structure has for them (levels.c). */
bkt_status bkti_validator_check_levels(bkti_validator *validator, const bkt_table *batch);
/* Rows of one series. first and end are rows of the batch. */
bkt_status bkti_validator_check_constraints(bkti_validator *validator, int64_t first, int64_t end);
/* A finding about a row of the batch (-1: about the data set). rule or judged component by its id,
 * may be NULL. *out_index is where it is kept, or BKTI_NOT_KEPT. */
bkt_status bkti_validator_report(bkti_validator *validator, int kind, int64_t row,
                                 const char *component, const char *value, const char *expected,
                                 int64_t rows, int32_t *out_index);
/* What a value of a component should be: by its code list, its type or the facet. */
bkt_status bkti_validator_expect(bkti_validator *validator, const bkti_rule *rule, int kind,
                                 bkti_span value, bkti_text *text);

#endif
