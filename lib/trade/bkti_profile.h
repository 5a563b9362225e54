/* SPDX-License-Identifier: MIT */
/* What is inside a profile. The known ones are data (profile_known.c), the others own their texts.
 */
#ifndef BKTI_PROFILE_H
#define BKTI_PROFILE_H

#include <stdarg.h>
#include <stdbool.h>

#include <bktrade/trade.h>

#include "bkti_codes.h"
#include "bkti_context.h"
#include "bkti_dictionary.h"

#define BKTI_ROLE_COUNT       (BKT_PROFILE_CONFIDENTIALITY + 1)
#define BKTI_KNOWN_ASSUMPTION 4

/* Lists are those of bkti_codes.h. A text that is NULL or "" is none. */
struct bkt_profile {
    const char *id;
    const char *name;
    const char *structures; /* "AGENCY:ID" */
    const char *dimensions; /* without time, in key order */
    const char *columns[BKTI_ROLE_COUNT];
    const char *export_codes;
    const char *import_codes;
    const char *total_codes;     /* beside the well-known ones */
    const char *required_codes;  /* "COLUMN=code" */
    const char *local_areas;     /* "CODE=ISO3" */
    const char *structure_flows; /* "AGENCY:ID=X" where the structure is the flow */
    const char *reporter;        /* ISO3 */
    const char *unit;
    const char *refusal; /* why no pair can be made */
    int32_t area_system;
    int32_t multiplier_rule;
    int32_t multiplier_exponent;
    int32_t export_valuation; /* where no column says it */
    int32_t import_valuation;
    int32_t fixed_flow; /* of the whole table; BKT_FLOW_OTHER: a column says it */
    bool scale_is_hint; /* SCALE says how to show values, not what they are */
    const char *known_assumptions[BKTI_KNOWN_ASSUMPTION];
    /* Of the profiles that are not known ones: */
    bkti_memory *memory;          /* NULL: a known one */
    bkti_dictionary *texts;       /* holds what the fields above point to */
    bkti_dictionary *assumptions; /* each once, in order */
};

extern const struct bkt_profile bkti_profiles[];
extern const uint32_t bkti_profile_count;

/* Flow codes that mean the same wherever they are met (1 and 2 are not among them). */
extern const char bkti_well_known_exports[];
extern const char bkti_well_known_imports[];

/* A copy that owns what is added to it; base may be NULL. */
bkt_status bkti_profile_copy(bkt_context *context, const bkt_profile *base, bkt_profile **out_copy);
/* Keeps a text in the profile; NULL when there is no memory. */
const char *bkti_profile_keep(bkt_profile *profile, bkti_span text);
/* Adds a sentence to assumptions, each of which is kept once, and notes a new one on the context.
 */
bkt_status bkti_assume(bkt_context *context, bkti_dictionary *assumptions, const char *format,
                       va_list arguments);
/* The same to those of a profile. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
bkt_status
bkti_profile_assume(bkt_context *context, bkt_profile *profile, const char *format, ...);
/* A copy of a known profile fitted to a table: the columns as it has them, the flow of the whole
 * where the structure is the flow. */
bkt_status bkti_profile_fit(bkt_context *context, const bkt_table *table, const bkt_profile *known,
                            bkt_profile **out_profile);
/* BKT_ERR_PROFILE with the reason if no pair can be made. */
bkt_status bkti_profile_check_pair(bkt_context *context, const bkt_profile *profile);
/* A column of a table by its id (where it has a "*", the first that fits it), or, as some
 * registries number their concepts, by its id followed by digits. */
const bkt_column *bkti_trade_column(const bkt_table *table, const char *id);

#endif
