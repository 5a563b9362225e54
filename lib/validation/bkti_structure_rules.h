/* SPDX-License-Identifier: MIT */
/* Rules out of a data structure definition and the constraints that are attached to it. */
#ifndef BKTI_STRUCTURE_RULES_H
#define BKTI_STRUCTURE_RULES_H

#include <bktrade/structure.h>

#include "bkti_rules.h"
#include "bkti_structure.h"
#include "bkti_text.h"

/* The dataflow of the data: its item, if a message has it, and what the data call it. */
typedef struct bkti_dataflow {
    const bkt_item *item; /* NULL: no message has it */
    const char *name;     /* "AGENCY:ID(VERSION)"; NULL: the data don't say it */
} bkti_dataflow;

/* flags: BKT_VALIDATE_... What can't be checked is told. STRUCTURE (with BKT_VALIDATE_STRICT);
 * LIMIT; MEMORY. */
bkt_status bkti_structure_rules_new(bkt_context *context, const bkt_item *data_structure,
                                    const bkti_dataflow *dataflow, uint32_t flags,
                                    bkti_rules **out_rules);

/* ---- Between the files of this room ---- */

bkt_status bkti_rules_add_constraints(bkti_rules *rules, const bkt_item *data_structure,
                                      const bkti_dataflow *dataflow, uint32_t flags);

#endif
