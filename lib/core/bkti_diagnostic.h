/* SPDX-License-Identifier: MIT */
/* The diagnostics of a context; for this room alone, others call bkti_fail and bkti_tell. */
#ifndef BKTI_DIAGNOSTIC_H
#define BKTI_DIAGNOSTIC_H

#include <stdarg.h>

#include "bkti_context.h"

/* How many of one status, severity and sort are kept before they are only counted. */
#define BKTI_DIAGNOSTICS_PER_STATUS 5
#define BKTI_RESERVE_SIZE           1024

struct bkt_diagnostic {
    uint64_t offset;
    uint64_t line;
    uint64_t column;
    uint64_t repeats;
    bkt_status status;
    int32_t severity;
    int32_t os_error;
    uint32_t dataset;
    const char *line_text;
    const char *text; /* the end of line_text */
    const char *source;
    const char *series;
    const char *period;
    const char *sort; /* not copied */
};

typedef struct bkti_diagnostics {
    bkti_memory *memory;
    bkt_diagnostic **kept;
    size_t capacity;
    uint32_t count;
    uint32_t limit;
    /* The newest error: one of those kept, or `loose` (an own block), or the reserve, which needs
     * no memory. */
    const bkt_diagnostic *error;
    bkt_diagnostic *loose;
    bkt_diagnostic reserve;
    char reserve_text[BKTI_RESERVE_SIZE];
} bkti_diagnostics;

void bkti_diagnostics_init(bkti_diagnostics *diagnostics, bkti_memory *memory, uint32_t limit);
void bkti_diagnostics_clear(bkti_diagnostics *diagnostics); /* frees what it holds */
/* Records one. The diagnostic, or NULL if it was only counted. */
const bkt_diagnostic *bkti_diagnostics_record(bkti_diagnostics *diagnostics, int32_t severity,
                                              bkt_status status, const bkti_place *place,
                                              const char *format, va_list arguments);

#endif
