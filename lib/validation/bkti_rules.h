/* SPDX-License-Identifier: MIT */
/* What is right: the components of a structure, what their values may be, and what its constraints
 * let pass. Put together piece by piece; immutable once a validator has it, and then shared. */
#ifndef BKTI_RULES_H
#define BKTI_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bktrade/table.h>

#include "bkti_context.h"
#include "bkti_dictionary.h"
#include "bkti_pattern.h"
#include "bkti_span.h"

/* One of SDMX's text types. */
typedef struct bkti_text_type {
    const char *name;
    bool (*accepts)(bkti_span text); /* NULL: any text will do */
    bool is_number;
    bool is_exclusive;    /* the least and the largest value are not among those allowed */
    double largest;       /* of types of whole numbers; 0: of another */
    const char *expected; /* "a whole number", for the sentence; NULL if any text will do */
} bkti_text_type;

/* By SDMX's name in any version ("Integer", "YearMonth", "GregorianYearMonth"); one that isn't
 * known accepts everything. Never NULL. */
const bkti_text_type *bkti_text_type_find(const char *name);
bool bkti_text_type_accepts_number(const bkti_text_type *type, double number);

enum bkti_facet {
    BKTI_FACET_MIN_LENGTH, /* in characters */
    BKTI_FACET_MAX_LENGTH,
    BKTI_FACET_MIN_VALUE,
    BKTI_FACET_MAX_VALUE,
    BKTI_FACET_DECIMALS,
    BKTI_FACET_START_VALUE, /* with the interval: the sequence that the values are of */
    BKTI_FACET_END_VALUE,
    BKTI_FACET_INTERVAL,
    BKTI_FACET_START_TIME,
    BKTI_FACET_END_TIME,
    BKTI_FACET_PATTERN, /* of XML Schema */
    BKTI_FACET_COUNT
};

typedef struct bkti_facets {
    char *texts[BKTI_FACET_COUNT];    /* as the structure has them; NULL: not set */
    double numbers[BKTI_FACET_COUNT]; /* of those that are numbers */
    int32_t days[BKTI_FACET_COUNT];   /* of the two times */
    bool is_sequence;
    bkti_pattern *pattern;
    bkti_dictionary *sentinels; /* values that no facet is for; NULL: none */
    bool any;
} bkti_facets;

/* A component. */
typedef struct bkti_rule {
    char *id;
    int32_t role;
    int32_t level; /* attributes */
    bool mandatory;
    bool several; /* its values are lists, joined by "; " */
    bool is_measure_dimension;
    bool frequency; /* its codes say how long the periods are */
    uint64_t group; /* attributes of groups: a bit for each dimension of the group */
    const bkti_text_type *type;
    char *code_list;        /* "AGENCY:ID(VERSION)"; NULL: not enumerated */
    bkti_dictionary *codes; /* the list's, in their order; then what else is right */
    int32_t list_size;      /* codes of the list itself */
    bkti_facets facets;
} bkti_rule;

/* What a region says of one component. */
typedef struct bkti_member {
    uint32_t rule;
    bool included;           /* false: all values but these */
    bkti_dictionary *values; /* NULL: it is a range of time */
    bool has_wildcards;      /* in some value "%" stands for any text */
    int32_t first_day;       /* of the range, both in it */
    int32_t last_day;
} bkti_member;

typedef struct bkti_region {
    bool included; /* false: what lies in it is not allowed */
    bkti_member *members;
    size_t member_count;
    size_t member_capacity;
} bkti_region;

/* A constraint: what lies in no included region (if there is one) or in one that is excluded is not
 * allowed. Keys of a key set are regions of one value a dimension. */
typedef struct bkti_constraint {
    char *name;
    bkti_region *regions;
    size_t region_count;
    size_t region_capacity;
} bkti_constraint;

typedef struct bkti_rules {
    bkt_context *context; /* of whoever puts them together */
    bkti_memory *memory;
    char *structure; /* "AGENCY:ID(VERSION)" */
    bkti_rule *items;
    size_t count;
    size_t capacity;
    bkti_constraint *constraints;
    size_t constraint_count;
    size_t constraint_capacity;
    uint64_t dimension_count; /* those that are not time */
} bkti_rules;

/* structure may be NULL: not known. NULL without memory. */
bkti_rules *bkti_rules_new(bkt_context *context, const char *structure);
void bkti_rules_free(bkti_rules *rules);
/* Adds a component; *out_index is what the others here take. All: BKT_OK; LIMIT; MEMORY. */
bkt_status bkti_rules_add(bkti_rules *rules, const char *id, int32_t role, int32_t level,
                          bool mandatory, const char *type, uint32_t *out_index);
/* The codes are added one after the other. */
bkt_status bkti_rules_set_code_list(bkti_rules *rules, uint32_t index, const char *name);
bkt_status bkti_rules_add_code(bkti_rules *rules, uint32_t index, const char *code);
/* One that is right though the list does not have it; after the list's own. */
bkt_status bkti_rules_add_other_code(bkti_rules *rules, uint32_t index, const char *code);
/* A facet by SDMX's name of it ("maxLength"); another name, and a value that is none for that
 * facet, is passed over with a warning. */
bkt_status bkti_rules_set_facet(bkti_rules *rules, uint32_t index, const char *name,
                                const char *value);
/* A value that means something else than itself: the facets are not for it. */
bkt_status bkti_rules_add_sentinel(bkti_rules *rules, uint32_t index, const char *value);
/* A group's attribute is known by this dimension too. */
void bkti_rules_add_group_dimension(bkti_rules *rules, uint32_t index, uint32_t dimension);
/* A new constraint; a new region of the newest constraint; a new member of its newest region. */
bkt_status bkti_rules_add_constraint(bkti_rules *rules, const char *name);
bkt_status bkti_rules_add_region(bkti_rules *rules, bool included);
bkt_status bkti_rules_add_member(bkti_rules *rules, uint32_t index, bool included);
bkt_status bkti_rules_add_member_value(bkti_rules *rules, const char *value);
void bkti_rules_set_member_days(bkti_rules *rules, int32_t first_day, int32_t last_day);
/* -1: none such. */
int64_t bkti_rules_find(const bkti_rules *rules, const char *id);

/* What a text is by a facet: NULL if all is well, or else the first facet (its name) broken.
 * *out_facet may be NULL. */
const char *bkti_facets_break(const bkti_rule *rule, bkti_span text, int *out_facet);
/* The same of numbers, without their texts: for columns of numbers. */
const char *bkti_facets_break_number(const bkti_rule *rule, double number, int *out_facet);
/* Whether a number has at most so many decimals, by its shortest text. */
bool bkti_number_has_decimals(double number, int decimals);
/* SDMX's name. */
const char *bkti_facet_name(int facet);

/* Whether a member has the value; for the time dimension the period counts. */
bool bkti_member_has(const bkti_member *member, bkti_span value);

#endif
