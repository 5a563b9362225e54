/* SPDX-License-Identifier: MIT */
/* One message read in every way there is: whole and in batches, at once and in chunks. Shared by
 * the targets for messages and for containers. */
#ifndef WAYS_H
#define WAYS_H

#include "sound.h"

#define WAYS_TEXT 128

/* How a message is to be read; it follows from the input. */
typedef struct ways_plan {
    int32_t scanner;      /* bkt_scanner */
    uint32_t flags;       /* BKT_READ_... */
    uint32_t batch_rows;  /* small */
    uint32_t chunk_seed;  /* of the sizes of chunks */
    uint32_t chunk_limit; /* their largest */
    bool low_limits;
    bool has_structure;        /* see ways_structure() */
    uint64_t memory_limit;     /* 0: none */
    uint64_t fail_at;          /* which allocation gives nothing; 0: none */
    const char *member;        /* of a zip; NULL: all */
    uint32_t filter_choice;    /* which cell of the message its filter is taken from; 0: none */
    char filter_id[WAYS_TEXT]; /* "": no filter by codes */
    char filter_code[WAYS_TEXT];
    const char *first_period; /* NULL: none */
    const char *last_period;
} ways_plan;

/* What came of reading whole. */
typedef struct ways_outcome {
    bkt_status status;
    bkt_table *table; /* NULL on failure */
    fuzz_text said;   /* every diagnostic */
    bkt_status error; /* the newest error, and where it stands */
    uint64_t line;
    uint64_t column;
    char sentence[400];
} ways_outcome;

/* A message may begin with WAYS_HEADER bytes that say how it is to be read, the first of them below
 * WAYS_MARK, which begins no document. Without them the plan follows from all bytes. Takes the
 * header off. */
#define WAYS_HEADER 8
#define WAYS_MARK   9
ways_plan ways_take_plan(fuzz_bytes *bytes);

/* What messages are read with, where the plan says so. */
const bkt_structure *ways_structure(void);

ways_outcome ways_read_whole(const ways_plan *plan, const void *data, size_t size);
void ways_outcome_free(ways_outcome *outcome);
/* Reads in all ways, with what the plan says, and compares. */
void ways_compare(const ways_plan *plan, const void *data, size_t size);
/* Reads with too little memory. */
void ways_starve(const ways_plan *plan, const void *data, size_t size);

#endif
