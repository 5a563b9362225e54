/* SPDX-License-Identifier: MIT */
/* What was found: so many of each kind are kept, all are counted. */
#ifndef BKTI_FINDINGS_H
#define BKTI_FINDINGS_H

#include "bkti_rules.h"
#include "bkti_text.h"

/* The kinds. A number may change, the id may not. */
enum bkti_finding_kind {
    BKTI_FINDING_STRUCTURE_MISMATCH,
    BKTI_FINDING_UNKNOWN_COMPONENT,
    BKTI_FINDING_DIMENSION_MISSING,
    BKTI_FINDING_ATTRIBUTE_MISSING,
    BKTI_FINDING_MEASURE_MISSING,
    BKTI_FINDING_UNKNOWN_CODE,
    BKTI_FINDING_WRONG_TYPE,
    BKTI_FINDING_FACET_BROKEN,
    BKTI_FINDING_VALUE_NO_NUMBER,
    BKTI_FINDING_PERIOD_IMPOSSIBLE,
    BKTI_FINDING_PERIOD_FREQUENCY,
    BKTI_FINDING_DUPLICATE_KEY,
    BKTI_FINDING_ATTRIBUTE_LEVEL,
    BKTI_FINDING_ATTRIBUTE_VARIES,
    BKTI_FINDING_ATTRIBUTE_CONFLICT,
    BKTI_FINDING_CONSTRAINT_VIOLATED,
    BKTI_FINDING_KIND_COUNT
};

typedef struct bkti_kind_facts {
    const char *id;
    int32_t severity; /* bkt_severity */
    const char *sentence;
} bkti_kind_facts;

extern const bkti_kind_facts bkti_finding_kinds[BKTI_FINDING_KIND_COUNT];

/* Texts are codes of a dictionary; -1: none. */
typedef struct bkti_finding {
    int32_t kind;
    int32_t source;
    int32_t dataset;
    int32_t series;
    int32_t period;
    int32_t component;
    int32_t value;
    int32_t expected;
    int64_t line; /* 0: not known */
    int64_t row;  /* of the data set, from 1 */
    int64_t rows; /* how many it concerns */
} bkti_finding;

typedef struct bkti_findings {
    bkt_context *context;
    bkti_memory *memory;
    bkti_dictionary *texts;
    bkti_finding *items;
    size_t count;
    size_t capacity;
    int64_t limit; /* kept of each kind */
    int64_t found[BKTI_FINDING_KIND_COUNT];
    int64_t rows[BKTI_FINDING_KIND_COUNT];
} bkti_findings;

bkt_status bkti_findings_open(bkti_findings *findings, bkt_context *context, int64_t limit);
void bkti_findings_close(bkti_findings *findings);
/* Counts a finding. True: it is to be kept too. */
bool bkti_findings_count(bkti_findings *findings, int kind);
/* The code of a text; -1 for NULL. Sets *status without memory. */
int32_t bkti_findings_text(bkti_findings *findings, const char *text, bkt_status *status);
/* Keeps one that was counted; *out_index is where. */
bkt_status bkti_findings_keep(bkti_findings *findings, const bkti_finding *finding,
                              int32_t *out_index);
/* So many rows more are concerned; index below 0: of one that isn't kept. */
void bkti_findings_add_rows(bkti_findings *findings, int kind, int32_t index, int64_t rows);
/* The warnings of a context that an attribute is told twice, as findings. */
bkt_status bkti_findings_add_warnings(bkti_findings *findings, const bkt_context *warned);
/* The tables: one row a finding, in order of what was found first; one row a kind found. */
bkt_status bkti_findings_table(const bkti_findings *findings, bkt_table **out_table);
bkt_status bkti_findings_summary(const bkti_findings *findings, bkt_table **out_table);

/* The code of a list that a text was most likely meant to be: the same in another case, without
 * white space, or one of few edits away. -1: none. *budget is how many codes may be looked at yet.
 */
int32_t bkti_nearest_code(const bkti_dictionary *codes, bkti_span text, int64_t *budget);

#endif
